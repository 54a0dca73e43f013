/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "probity-second-job.h"
#include "probity-step-dialog.h"

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

/* Of appeals. */
GtkWidget *probity_serve_dialog_new (ProbitySession *session, ProbityRecord *record);
GtkWidget *probity_lodge_dialog_new (ProbitySession *session, ProbityRecord *record);
GtkWidget *probity_withdraw_appeal_dialog_new (ProbitySession *session, ProbityRecord *record);
GtkWidget *probity_seal_appeal_dialog_new (ProbitySession *session, ProbityRecord *record);
/** @gate as for probity_decide_dialog_new(). */
GtkWidget *probity_decide_appeal_dialog_new (ProbitySession *session, ProbityRecord *record, ProbityGateState *gate);
/** What the chief officer decides on, as this reader may know it. @values: of probity_appeal_load_bundle(). */
GtkWidget *probity_appeal_reasons_dialog_new (ProbityValues *values);

/* What they are made of. */

/** What a step's function finds as its data. */
typedef struct
{
  ProbitySession *session;
  char           *reference;
  char           *manager; /* staff number of the line manager recorded at submission; nullable */
} ProbitySecondJobStep;

/** @draft: nullable. (transfer floating) */
ProbityStepDialog *probity_second_job_step_dialog_new (ProbitySession *session, ProbityRecord *record, const char *title, const char *action, const char *draft, ProbityStepFunc func);
/** The library of conditions and room for others, shown while the field `action` has @value. */
void probity_second_job_step_add_conditions (ProbityStepDialog *dialog, ProbitySession *session, const char *value);
/** The conditions that were chosen or written. (transfer full) */
GStrv probity_second_job_step_dup_conditions (ProbityStepDialog *dialog);
/** What is missing, a sentence a line. (transfer full) */
char *probity_second_job_step_dup_missing (ProbityGateState *gate);

G_END_DECLS
