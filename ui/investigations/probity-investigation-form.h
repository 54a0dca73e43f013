/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-investigation.h"

G_BEGIN_DECLS

/* The form in which an investigation is opened, and its facts amended: the fields of its view. */
AdwDialog *probity_investigation_form_new (ProbitySession        *session,
                                           const ProbityCaseKind *kind);
AdwDialog *probity_investigation_form_new_edit (ProbitySession        *session,
                                                const ProbityCaseKind *kind,
                                                ProbityRecord         *record);

G_END_DECLS
