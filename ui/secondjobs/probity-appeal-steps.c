/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-appeal.h"
#include "probity-case-words.h"
#include "probity-day-row.h"
#include "probity-format.h"
#include "probity-profile.h"
#include "probity-reply.h"
#include "probity-second-job-page-private.h"
#include "probity-second-job-steps.h"
#include "probity-toast.h"

/* The steps of an appeal: the letter is served, the appeal lodged, the reasons sealed, the chief officer decides. */

static DexFuture *
serve (ProbityStepDialog *dialog,
       gpointer           data)
{
  ProbitySecondJobStep *step = data;

  return probity_appeal_serve (step->session, step->reference, probity_step_dialog_get_filled (dialog, "day"), probity_step_dialog_get_filled (dialog, "how"));
}

GtkWidget *
probity_serve_dialog_new (ProbitySession *session,
                          ProbityRecord  *record)
{
  ProbityStepDialog *dialog = probity_second_job_step_dialog_new (session, record, _ ("Letter Served"), _ ("_Record"), NULL, serve);

  probity_step_dialog_set_note (dialog, _ ("The time to appeal runs from this day."));
  probity_step_dialog_add_row (dialog, "day", probity_day_row_new (), _ ("Served on"), _ ("Today, where none is given."), FALSE);
  probity_step_dialog_add_text (dialog, "how", _ ("How"), _ ("By hand, by post to the home address, …"), 1, TRUE);

  return GTK_WIDGET (dialog);
}

static DexFuture *
lodge (ProbityStepDialog *dialog,
       gpointer           data)
{
  static const char *const fields[] = { "grounds", "lodged_on", "companion", "late_reason" };
  ProbitySecondJobStep    *step = data;
  g_autoptr (ProbityValues) values = probity_values_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (probity_step_dialog_get_filled (dialog, fields[i]) != NULL)
      probity_values_set (values, fields[i], probity_step_dialog_get_filled (dialog, fields[i]));

  return probity_appeal_lodge (step->session, step->reference, values);
}

GtkWidget *
probity_lodge_dialog_new (ProbitySession *session,
                          ProbityRecord  *record)
{
  const ProbityEmploymentGroup *group = probity_profile_get_employment_group (probity_session_get_profile (session), probity_record_get (record, "employment_group"));
  ProbityStepDialog            *dialog = probity_second_job_step_dialog_new (session, record, _ ("Lodge Appeal"), _ ("_Lodge"), "appeal", lodge);
  /* Translators: who decides appeals, and in how many days one is to be lodged. */
  g_autofree char *note = g_strdup_printf (ngettext ("Appeals go to %s, within %u day of the day on which the letter was served. Until it is upheld the decision stands.",
                                                     "Appeals go to %s, within %u days of the day on which the letter was served. Until it is upheld the decision stands.",
                                                     group->appeal_days),
                                           group->appeal_to,
                                           group->appeal_days);

  probity_step_dialog_set_note (dialog, note);
  probity_step_dialog_add_row (dialog, "lodged_on", probity_day_row_new (), _ ("Lodged on"), _ ("Today, where none is given."), FALSE);
  probity_step_dialog_add_text (dialog, "grounds", _ ("Grounds"), NULL, 4, TRUE);
  probity_step_dialog_add_text (dialog, "companion", _ ("Companion"), _ ("Police friend, representative or colleague."), 1, FALSE);
  probity_step_dialog_add_text (dialog, "late_reason", _ ("Why it is late"), _ ("Needed after the last day to appeal."), 2, FALSE);

  return GTK_WIDGET (dialog);
}

static DexFuture *
withdraw (ProbityStepDialog *dialog,
          gpointer           data)
{
  ProbitySecondJobStep *step = data;

  return probity_appeal_withdraw (step->session, step->reference, probity_step_dialog_get_filled (dialog, "reason"));
}

GtkWidget *
probity_withdraw_appeal_dialog_new (ProbitySession *session,
                                    ProbityRecord  *record)
{
  ProbityStepDialog *dialog = probity_second_job_step_dialog_new (session, record, _ ("Withdraw Appeal"), _ ("_Withdraw"), NULL, withdraw);

  probity_step_dialog_set_note (dialog, _ ("The appeal is not pursued, and the decision stands."));
  probity_step_dialog_set_destructive (dialog);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, TRUE);

  return GTK_WIDGET (dialog);
}

static DexFuture *
seal (ProbityStepDialog *dialog,
      gpointer           data)
{
  ProbitySecondJobStep *step = data;

  return probity_appeal_seal (step->session, step->reference, probity_step_dialog_get_filled (dialog, "note"));
}

GtkWidget *
probity_seal_appeal_dialog_new (ProbitySession *session,
                                ProbityRecord  *record)
{
  ProbityStepDialog *dialog = probity_second_job_step_dialog_new (session, record, _ ("Seal Reasons for the Chief Officer"), _ ("_Seal"), "seal-appeal", seal);

  probity_step_dialog_set_note (dialog, _ ("The restricted reasons of the decision and professional standards’ view are sealed to the chief officer, with the clearances of both checks. Nobody else who opens the register can read them."));
  probity_step_dialog_add_text (dialog, "note", _ ("What the chief officer should know besides"), NULL, 4, FALSE);

  return GTK_WIDGET (dialog);
}

static DexFuture *
decide (ProbityStepDialog *dialog,
        gpointer           data)
{
  ProbitySecondJobStep *step = data;
  g_auto (GStrv) conditions = probity_second_job_step_dup_conditions (dialog);
  const char           *action = probity_step_dialog_get (dialog, "action");
  ProbityAppealDecision decision = {
    .outcome = g_str_has_prefix (action, "uphold") ? "upheld" : "dismissed",
    .reasons = probity_step_dialog_get_filled (dialog, "reasons"),
    .conditions = (const char *const *) conditions,
  };

  return probity_appeal_decide (step->session, step->reference, &decision);
}

GtkWidget *
probity_decide_appeal_dialog_new (ProbitySession   *session,
                                  ProbityRecord    *record,
                                  ProbityGateState *gate)
{
  const gboolean    refused = g_strcmp0 (probity_record_get (record, "outcome"), "refused") == 0;
  ProbityStepChoice actions[] = {
    { "uphold", refused ? _ ("Uphold: the job is approved") : _ ("Uphold: approved without conditions") },
    { "uphold-with-conditions", refused ? _ ("Uphold, on conditions") : _ ("Uphold, on other conditions") },
    { "dismiss", _ ("Dismiss: the decision stands") },
  };
  ProbityStepDialog *dialog = probity_second_job_step_dialog_new (session, record, _ ("Decide Appeal"), _ ("_Decide"), "appeal-decision", decide);

  probity_step_dialog_set_note (dialog, _ ("The decision is signed with your account and cannot be changed afterwards. Read the reasons that were sealed to you first."));
  probity_step_dialog_add_choice (dialog, "action", _ ("Decision"), actions, G_N_ELEMENTS (actions), NULL);
  probity_second_job_step_add_conditions (dialog, session, "uphold-with-conditions");
  probity_step_dialog_add_text (dialog, "reasons", _ ("Reasons for the letter"), _ ("The applicant, the line manager and HR can read these."), 4, TRUE);
  if (gate->missing != NULL && gate->missing[0] != NULL)
    {
      g_autofree char *missing = probity_second_job_step_dup_missing (gate);

      probity_step_dialog_forbid_choice (dialog, "action", "uphold", missing);
      probity_step_dialog_forbid_choice (dialog, "action", "uphold-with-conditions", missing);
    }

  return GTK_WIDGET (dialog);
}

/* --- What the chief officer decides on --- */

static void
add_text (AdwPreferencesGroup *group,
          const char          *title,
          const char          *text)
{
  GtkWidget *row;

  if (text == NULL || *text == '\0')
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (group, row);
}

static const char *
get_of_comment (ProbityValues *values,
                guint          number,
                const char    *what)
{
  g_autofree char *field = g_strdup_printf ("comment-%u-%s", number, what);

  return probity_values_get (values, field);
}

/* Whose comment it is, whether it supports the application, and what it says; FALSE where there is no such comment. */
static gboolean
add_comment (AdwPreferencesGroup *group,
             ProbityValues       *values,
             guint                number)
{
  const char      *text = get_of_comment (values, number, "text");
  g_autofree char *code = g_strdup_printf ("commented:%s:%s", get_of_comment (values, number, "for"), get_of_comment (values, number, "supports"));
  g_autofree char *words = text != NULL ? probity_case_words_dup_event (code) : NULL;
  g_autofree char *title = text != NULL ? g_strdup_printf ("%s · %s", words, get_of_comment (values, number, "who")) : NULL;

  if (text != NULL)
    add_text (group, title, text);

  return text != NULL;
}

GtkWidget *
probity_appeal_reasons_dialog_new (ProbityValues *values)
{
  AdwDialog           *dialog = adw_dialog_new ();
  GtkWidget           *view = adw_toolbar_view_new ();
  GtkWidget           *page = adw_preferences_page_new ();
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char     *when = probity_values_get (values, "sealed_at") != NULL ? probity_format_instant (probity_values_get (values, "sealed_at")) : NULL;

  add_text (group, _ ("Reasons of the Decision"), probity_values_get (values, "open_reasons"));
  add_text (group, _ ("Conditions"), probity_values_get (values, "conditions"));
  add_text (group, _ ("Grounds of the Appeal"), probity_values_get (values, "grounds"));
  add_text (group, _ ("Companion"), probity_values_get (values, "companion"));
  for (guint i = 1; add_comment (group, values, i); i++)
    continue;
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), group);

  if (probity_values_get (values, "sealed_by") != NULL)
    {
      const char      *restricted = probity_values_get (values, "restricted");
      g_autofree char *title = g_strdup_printf ("%s · %s", probity_values_get (values, "sealed_by"), when);

      group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (group, _ ("Sealed to the Chief Officer"));
      add_text (group, title, restricted != NULL && *restricted != '\0' ? restricted : _ ("There are no restricted reasons."));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), group);
    }

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _ ("Reasons"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 620);
  adw_dialog_set_child (dialog, view);

  return GTK_WIDGET (dialog);
}

static void
reasons_loaded_cb (gpointer      object,
                   const GValue *value,
                   const GError *error)
{
  ProbitySecondJobPage *self = object;

  if (error != NULL)
    probity_toast_error (GTK_WIDGET (self), error);
  else
    adw_dialog_present (ADW_DIALOG (probity_appeal_reasons_dialog_new (g_value_get_boxed (value))), GTK_WIDGET (self));
}

/* --- The actions of the page --- */

static void
serve_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_serve_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

static void
lodge_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_lodge_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

static void
withdraw_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_withdraw_appeal_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

static void
seal_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  _probity_second_job_page_present (self, probity_seal_appeal_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

static void
decide_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  if (self->gate != NULL)
    _probity_second_job_page_present (self, probity_decide_appeal_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record, self->gate));
}

static void
show_reasons_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (widget);

  probity_reply (probity_appeal_load_bundle (probity_page_get_session (PROBITY_PAGE (self)), _probity_second_job_page_get_reference (self)), self, reasons_loaded_cb);
}

void
_probity_second_job_page_install_appeal_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "case.serve", NULL, serve_cb);
  gtk_widget_class_install_action (klass, "case.lodge-appeal", NULL, lodge_cb);
  gtk_widget_class_install_action (klass, "case.withdraw-appeal", NULL, withdraw_cb);
  gtk_widget_class_install_action (klass, "case.seal-appeal", NULL, seal_cb);
  gtk_widget_class_install_action (klass, "case.decide-appeal", NULL, decide_cb);
  gtk_widget_class_install_action (klass, "case.appeal-reasons", NULL, show_reasons_cb);
}

void
_probity_second_job_page_update_appeal_actions (ProbitySecondJobPage *self)
{
  ProbitySession *session = probity_page_get_session (PROBITY_PAGE (self));
  const char     *outcome = self->record != NULL ? probity_record_get (self->record, "outcome") : NULL;
  const char     *appeal = self->record != NULL ? probity_record_get (self->record, "appeal") : NULL;
  const gboolean  open = g_strcmp0 (appeal, "open") == 0;
  const gboolean  against = appeal == NULL && (g_strcmp0 (outcome, "refused") == 0 || (g_strcmp0 (outcome, "approved-with-conditions") == 0 && g_strcmp0 (probity_record_get (self->record, "stage"), "registered") == 0));
  const gboolean  lodges = probity_access_may (session, PROBITY_OPERATION_LODGE_APPEAL);
  const gboolean  decides = probity_access_may (session, PROBITY_OPERATION_DECIDE_APPEAL);

  probity_case_head_set_enabled (&self->head, "case.serve", against && lodges);
  probity_case_head_set_enabled (&self->head, "case.lodge-appeal", against && lodges);
  probity_case_head_set_enabled (&self->head, "case.withdraw-appeal", open && lodges);
  probity_case_head_set_enabled (&self->head, "case.seal-appeal", open && probity_access_may (session, PROBITY_OPERATION_SEAL_APPEAL));
  probity_case_head_set_enabled (&self->head, "case.decide-appeal", open && decides && self->gate != NULL && g_strcmp0 (self->gate->next_step, "decide-appeal") == 0);
  probity_case_head_set_enabled (&self->head, "case.appeal-reasons", open && (decides || probity_access_may (session, PROBITY_OPERATION_SEAL_APPEAL)));
}
