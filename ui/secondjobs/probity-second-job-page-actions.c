/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-check-dialog.h"
#include "probity-print.h"
#include "probity-reply.h"
#include "probity-second-job-form.h"
#include "probity-second-job-page-private.h"
#include "probity-second-job-steps.h"
#include "probity-toast.h"

typedef struct
{
  const char *step; /* ProbityGateState.next_step */
  const char *action;
  const char *label;
} NextStep;

static const NextStep next_steps[] = {
  { "comment", "case.comment", N_ ("_Comment…") },
  { "check-complaints", "case.check-complaints", N_ ("_Check Complaints…") },
  { "check-intelligence", "case.check-intelligence", N_ ("_Check Intelligence…") },
  { "view", "case.view", N_ ("Give _View…") },
  { "decide", "case.decide", N_ ("_Decide…") },
  { "serve-letter", "case.serve", N_ ("Letter _Served…") },
  { "seal-appeal", "case.seal-appeal", N_ ("_Seal Reasons…") },
  { "decide-appeal", "case.decide-appeal", N_ ("_Decide Appeal…") },
  { "review", "case.review", N_ ("Enter _Return…") },
  { "amend", "case.amend", N_ ("Enter _Facts…") },
};

const char *
_probity_second_job_page_get_next_action (ProbitySecondJobPage *self,
                                          const char          **ret_label)
{
  for (guint i = 0; self->gate != NULL && i < G_N_ELEMENTS (next_steps); i++)
    if (g_strcmp0 (self->gate->next_step, next_steps[i].step) == 0)
      {
        *ret_label = _ (next_steps[i].label);
        return next_steps[i].action;
      }
  return NULL;
}

static void
step_taken_cb (ProbitySecondJobPage *self)
{
  g_assert (PROBITY_IS_SECOND_JOB_PAGE (self));

  _probity_second_job_page_reload (self);
}

void
_probity_second_job_page_present (ProbitySecondJobPage *self,
                                  GtkWidget            *dialog)
{
  g_signal_connect_object (dialog, "closed", G_CALLBACK (step_taken_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
comment_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_comment_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

static void
check_complaints_cb (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_check_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record, PROBITY_CHECK_COMPLAINTS));
}

static void
check_intelligence_cb (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_check_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record, PROBITY_CHECK_INTELLIGENCE));
}

/* What was found, without searching again. */
static void
show_complaints_check_cb (GtkWidget  *widget,
                          const char *name,
                          GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_check_dialog_new_to_read (probity_page_get_session (PROBITY_PAGE (self)), self->record, PROBITY_CHECK_COMPLAINTS));
}

static void
show_intelligence_check_cb (GtkWidget  *widget,
                            const char *name,
                            GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_check_dialog_new_to_read (probity_page_get_session (PROBITY_PAGE (self)), self->record, PROBITY_CHECK_INTELLIGENCE));
}

static void
view_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_view_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

static void
decide_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_decide_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record, self->gate));
}

static void
review_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_review_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

static void
amend_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_second_job_form_new_for_amendment (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

static void
stand_in_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_stand_in_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

static void
waive_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_waive_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

static void
advise_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_advise_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

static void
withdraw_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_withdraw_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

/* --- The letter --- */

static void
letter_made_cb (gpointer      object,
                const GValue *value,
                const GError *error)
{
  ProbitySecondJobPage *self = object;
  g_autofree char      *name = NULL;

  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (self), error);
      return;
    }
  name = g_strdup_printf ("%s.pdf", _probity_second_job_page_get_reference (self));
  probity_print_pages (GTK_WIDGET (self), g_value_get_boxed (value), _ ("Decision Letter"), name);
}

static void
letter_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  probity_reply (probity_second_job_letter (probity_page_get_session (PROBITY_PAGE (self)),
                                            _probity_second_job_page_get_reference (self)),
                 self,
                 letter_made_cb);
}

/* --- Which of them can be taken --- */

static gboolean
is_open (ProbitySecondJobPage *self)
{
  static const char *const open_stages[] = { "submitted", "comments", "with-professional-standards", "deferred", NULL };
  const char              *stage = self->record != NULL ? probity_record_get (self->record, "stage") : NULL;

  return stage != NULL && g_strv_contains (open_stages, stage);
}

static gboolean
may_comment (ProbitySession *session,
             ProbityRecord  *record)
{
  return probity_access_may (session, PROBITY_OPERATION_COMMENT_LINE_MANAGER) ||
         probity_second_job_may_comment_as_head (session, record);
}

static const struct
{
  const char      *action;
  ProbityOperation operation;
  gboolean         in_appeal;
} steps[] = {
  { "case.amend", PROBITY_OPERATION_SUBMIT },
  { "case.withdraw", PROBITY_OPERATION_SUBMIT },
  { "case.stand-in", PROBITY_OPERATION_NAME_STAND_IN, TRUE },
  { "case.waive", PROBITY_OPERATION_WAIVE_COMMENT, TRUE },
  { "case.advise", PROBITY_OPERATION_ADVISE, TRUE },
  { "case.check-complaints", PROBITY_OPERATION_CHECK_COMPLAINTS, TRUE },
  { "case.check-intelligence", PROBITY_OPERATION_CHECK_INTELLIGENCE, TRUE },
};

void
_probity_second_job_page_update_actions (ProbitySecondJobPage *self)
{
  ProbitySession *session = probity_page_get_session (PROBITY_PAGE (self));
  gboolean        appeal = self->record != NULL && g_strcmp0 (probity_record_get (self->record, "appeal"), "open") == 0;
  gboolean        open = is_open (self);
  const char     *outcome = self->record != NULL ? probity_record_get (self->record, "outcome") : NULL;
  gboolean        decided = outcome != NULL && (g_str_has_prefix (outcome, "approved") || g_str_equal (outcome, "refused"));
  gboolean        registered = self->record != NULL && g_strcmp0 (probity_record_get (self->record, "stage"), "registered") == 0;
  gboolean        requires_view = self->record != NULL && g_strcmp0 (probity_record_get (self->record, "requires_view"), "1") == 0;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    probity_case_head_set_enabled (&self->head, steps[i].action, (open || (appeal && steps[i].in_appeal)) && probity_access_may (session, steps[i].operation));
  probity_case_head_set_enabled (&self->head, "case.comment", (open || appeal) && may_comment (session, self->record));
  probity_case_head_set_enabled (&self->head, "case.decide", open && probity_second_job_may_sign (session, self->record));
  probity_case_head_set_enabled (&self->head, "case.view", open && requires_view && probity_access_may (session, PROBITY_OPERATION_VIEW));
  probity_case_head_set_enabled (&self->head, "case.letter", decided && probity_access_may (session, PROBITY_OPERATION_REVIEW));
  probity_case_head_set_enabled (&self->head, "case.review", registered && probity_access_may (session, PROBITY_OPERATION_REVIEW));
  /* Of what is registered a condition that was not kept, or a later record, asks for checks again. */
  if (registered)
    {
      probity_case_head_set_enabled (&self->head, "case.check-complaints", probity_access_may (session, PROBITY_OPERATION_CHECK_COMPLAINTS));
      probity_case_head_set_enabled (&self->head, "case.check-intelligence", probity_access_may (session, PROBITY_OPERATION_CHECK_INTELLIGENCE));
    }
  _probity_second_job_page_update_appeal_actions (self);
}

void
_probity_second_job_page_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "case.comment", NULL, comment_cb);
  gtk_widget_class_install_action (klass, "case.check-complaints", NULL, check_complaints_cb);
  gtk_widget_class_install_action (klass, "case.check-intelligence", NULL, check_intelligence_cb);
  gtk_widget_class_install_action (klass, "case.show-complaints-check", NULL, show_complaints_check_cb);
  gtk_widget_class_install_action (klass, "case.show-intelligence-check", NULL, show_intelligence_check_cb);
  gtk_widget_class_install_action (klass, "case.view", NULL, view_cb);
  gtk_widget_class_install_action (klass, "case.decide", NULL, decide_cb);
  gtk_widget_class_install_action (klass, "case.review", NULL, review_cb);
  gtk_widget_class_install_action (klass, "case.letter", NULL, letter_cb);
  gtk_widget_class_install_action (klass, "case.amend", NULL, amend_cb);
  gtk_widget_class_install_action (klass, "case.stand-in", NULL, stand_in_cb);
  gtk_widget_class_install_action (klass, "case.waive", NULL, waive_cb);
  gtk_widget_class_install_action (klass, "case.advise", NULL, advise_cb);
  gtk_widget_class_install_action (klass, "case.withdraw", NULL, withdraw_cb);
}
