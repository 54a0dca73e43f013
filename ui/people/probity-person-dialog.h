/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-record.h"

G_BEGIN_DECLS

AdwDialog *probity_person_dialog_new (ProbitySession *session);
AdwDialog *probity_person_dialog_new_edit (ProbitySession *session,
                                           ProbityRecord  *record);
AdwDialog *probity_relation_dialog_new (ProbitySession *session,
                                        const char     *staff_number,
                                        const char     *name);
AdwDialog *probity_relation_dialog_new_edit (ProbitySession *session,
                                             ProbityRecord  *record);

G_END_DECLS
