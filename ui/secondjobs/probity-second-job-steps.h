/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "probity-second-job.h"

G_BEGIN_DECLS

/* The dialogs for one step each in a second job's review; all are ProbityStepDialog. */

GtkWidget *probity_comment_dialog_new (ProbitySession *session, ProbityRecord *record);
GtkWidget *probity_view_dialog_new (ProbitySession *session, ProbityRecord *record);
/** @gate says what is missing: Approve is shown insensitive with the reason while something is. */
GtkWidget *probity_decide_dialog_new (ProbitySession *session, ProbityRecord *record, ProbityGateState *gate);
GtkWidget *probity_review_dialog_new (ProbitySession *session, ProbityRecord *record);
GtkWidget *probity_stand_in_dialog_new (ProbitySession *session, ProbityRecord *record);
GtkWidget *probity_waive_dialog_new (ProbitySession *session, ProbityRecord *record);
GtkWidget *probity_advise_dialog_new (ProbitySession *session, ProbityRecord *record);
GtkWidget *probity_withdraw_dialog_new (ProbitySession *session, ProbityRecord *record);

G_END_DECLS
