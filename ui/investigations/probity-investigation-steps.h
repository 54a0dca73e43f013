/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-closing.h"
#include "probity-investigation-view.h"
#include "probity-step-dialog.h"

G_BEGIN_DECLS

/* The dialogs for one step each that every kind of investigation has; all are ProbityStepDialog. */

GtkWidget *probity_investigate_dialog_new (ProbitySession *session,
                                           ProbityRecord  *record);
/** @readers: (element-type utf8): the accounts that can see the case. */
GtkWidget *probity_assign_dialog_new (ProbitySession *session,
                                      ProbityRecord  *record,
                                      GPtrArray      *readers);
/** @stage (nullable) is chosen at first. */
GtkWidget *probity_stage_dialog_new (ProbitySession        *session,
                                     const ProbityCaseKind *kind,
                                     ProbityRecord         *record,
                                     const char            *stage);
GtkWidget *probity_propose_dialog_new (ProbitySession        *session,
                                       const ProbityCaseKind *kind,
                                       ProbityRecord         *record);
/** @state says what is missing: what cannot be decided yet is shown insensitive with the reason. */
GtkWidget *probity_close_case_dialog_new (ProbitySession        *session,
                                          const ProbityCaseKind *kind,
                                          ProbityRecord         *record,
                                          ProbityClosingState   *state);

G_END_DECLS
