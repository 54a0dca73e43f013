/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-record.h"

G_BEGIN_DECLS

/* Both versions of a record, field by field. Signal: resolved (ProbityRecord theirs, ProbityValues chosen). */
#define PROBITY_TYPE_CONFLICT_DIALOG (probity_conflict_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityConflictDialog, probity_conflict_dialog, PROBITY, CONFLICT_DIALOG, AdwDialog)

AdwDialog *probity_conflict_dialog_new (ProbitySession *session,
                                        ProbityRecord  *before,
                                        ProbityRecord  *theirs,
                                        ProbityValues  *mine);
void       probity_conflict_dialog_choose (ProbityConflictDialog *self,
                                           const char            *field,
                                           gboolean               mine);

G_END_DECLS
