/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-record.h"

G_BEGIN_DECLS

AdwDialog *probity_intelligence_dialog_new (ProbitySession *session);
AdwDialog *probity_intelligence_dialog_new_edit (ProbitySession *session,
                                                 ProbityRecord  *record);
AdwDialog *probity_intelligence_dialog_new_sanitise (ProbitySession *session,
                                                     ProbityRecord  *record,
                                                     const char     *original);
AdwDialog *probity_original_dialog_new (const char *reference,
                                        const char *original);

G_END_DECLS
