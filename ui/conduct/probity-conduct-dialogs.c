/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-conduct-dialogs.h"

#include <glib/gi18n.h>

#include "probity-clock.h"
#include "probity-day-row.h"
#include "probity-exhibit.h"
#include "probity-investigation.h"
#include "probity-labels.h"
#include "probity-profile.h"
#include "probity-reply.h"
#include "probity-toast.h"

#define FIELDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

/* --- What the dialogs share --- */

char *
probity_conduct_dup_today (ProbityCaseGroup *group)
{
  return probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (probity_case_group_get_session (group))));
}

const char *
probity_conduct_get_officer_name (ProbityCaseSubject *officer)
{
  return officer->name != NULL ? officer->name : officer->staff_number;
}

const char *
probity_conduct_get_rule (ProbityCaseGroup *group,
                          const char       *key)
{
  ProbityRecord *record = probity_case_group_get_record (group);
  const char    *attention = probity_record_get (record, "came_to_attention");
  const char    *day = attention != NULL ? attention : probity_record_get (record, "received");

  return probity_profile_get_conduct_rule (probity_session_get_profile (probity_case_group_get_session (group)), probity_day_from_iso (day), key);
}

DexFuture *
probity_conduct_add_row (ProbityCaseGroup  *group,
                         ProbityStepDialog *dialog,
                         const char        *part,
                         const char *const *fields,
                         const char        *subject)
{
  g_autoptr (ProbityValues) values = probity_case_dialog_dup_values (dialog, fields);

  if (subject != NULL)
    probity_values_set (values, "subject", subject);

  return probity_investigation_add_row (probity_case_group_get_session (group),
                                        probity_case_part_find (&probity_conduct_case, part),
                                        probity_record_get_uid (probity_case_group_get_record (group)),
                                        values);
}

/* --- Which officer --- */

typedef struct
{
  ProbityConductOfficerFunc func;
  char                     *title;
  char                     *subject;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_free (self->title);
  g_free (self->subject);
  g_free (self);
}

static DexFuture *
officer_chosen (ProbityCaseGroup  *group,
                ProbityStepDialog *dialog,
                ProbityValues     *item)
{
  ProbityConductOfficerFunc func = g_object_get_data (G_OBJECT (dialog), "probity-func");

  probity_conduct_choose_officer (group, "", probity_step_dialog_get (dialog, "officer"), func);

  return dex_future_new_true ();
}

static void
ask_officer (ProbityCaseGroup         *group,
             const char               *title,
             GPtrArray                *officers,
             ProbityConductOfficerFunc func)
{
  ProbityStepDialog            *dialog = probity_case_group_new_dialog (group, title, _ ("_Continue"), NULL, officer_chosen);
  g_autofree ProbityStepChoice *choices = g_new0 (ProbityStepChoice, officers->len);

  for (guint i = 0; i < officers->len; i++)
    {
      ProbityCaseSubject *officer = g_ptr_array_index (officers, i);

      choices[i] = (ProbityStepChoice) { officer->uid, probity_conduct_get_officer_name (officer) };
    }
  g_object_set_data (G_OBJECT (dialog), "probity-func", func);
  probity_step_dialog_add_choice (dialog, "officer", _ ("Officer"), choices, officers->len, NULL);
  probity_case_group_present (group, dialog);
}

static void
officers_loaded_cb (gpointer      object,
                    const GValue *value,
                    const GError *error)
{
  ProbityCaseGroup *group = object;
  Asking           *asking = g_object_steal_data (G_OBJECT (group), "probity-asking");
  g_autoptr (GPtrArray) officers = g_ptr_array_new ();

  if (asking == NULL)
    return;
  if (error != NULL)
    probity_toast_error (GTK_WIDGET (group), error);
  for (guint i = 0; error == NULL && i < ((GPtrArray *) g_value_get_boxed (value))->len; i++)
    {
      ProbityCaseSubject *officer = g_ptr_array_index ((GPtrArray *) g_value_get_boxed (value), i);

      if (officer->eliminated == NULL && (asking->subject == NULL || g_str_equal (asking->subject, officer->uid)))
        g_ptr_array_add (officers, officer);
    }

  if (officers->len == 1)
    asking->func (group, g_ptr_array_index (officers, 0));
  else if (officers->len > 1)
    ask_officer (group, asking->title, officers, asking->func);
  else if (error == NULL)
    probity_alert (GTK_WIDGET (group), _ ("Nobody to Record This Of"), _ ("Add the person as a subject of the case first."));
  asking_free (asking);
}

void
probity_conduct_choose_officer (ProbityCaseGroup         *group,
                                const char               *title,
                                const char               *subject,
                                ProbityConductOfficerFunc func)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->func = func;
  asking->title = g_strdup (title);
  asking->subject = g_strdup (subject);
  g_object_set_data_full (G_OBJECT (group), "probity-asking", asking, asking_free);
  probity_reply (probity_investigation_load_subjects (probity_case_group_get_session (group), probity_record_get_uid (probity_case_group_get_record (group))), group, officers_loaded_cb);
}

/* --- Severity assessment --- */

static DexFuture *
assess (ProbityCaseGroup  *group,
        ProbityStepDialog *dialog,
        ProbityValues     *item)
{
  g_autoptr (ProbityValues) values = probity_case_dialog_dup_values (dialog, FIELDS ("severity", "proceedings", "route", "reasons", "assessed", "notified", "notified_on"));

  if (g_str_equal (probity_values_get (values, "severity"), "neither"))
    probity_values_set (values, "proceedings", "none");
  probity_values_set (values, "subject", probity_values_get (item, "subject"));

  return probity_investigation_add_row (probity_case_group_get_session (group),
                                        probity_case_part_find (&probity_conduct_case, "severity"),
                                        probity_record_get_uid (probity_case_group_get_record (group)),
                                        values);
}

/* The ways that the rules of the case know for what is neither. */
static void
add_routes (ProbityStepDialog *dialog,
            ProbityCaseGroup  *group)
{
  static const ProbityStepChoice all[] = {
    { "management-action", N_ ("Management action") },
    { "reflective-practice", N_ ("Reflective practice") },
    { "performance", N_ ("Performance procedures") },
    { "vetting", N_ ("Referral to vetting") },
    { "no-action", N_ ("No action") },
  };
  const char *known = probity_conduct_get_rule (group, "Severity-Routes");
  g_auto (GStrv) routes = g_strsplit (known != NULL ? known : "", ";", -1);
  ProbityStepChoice choices[G_N_ELEMENTS (all)];
  guint             n_choices = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (known == NULL || g_strv_contains ((const char *const *) routes, all[i].value))
      choices[n_choices++] = (ProbityStepChoice) { all[i].value, _ (all[i].label) };
  probity_step_dialog_add_choice (dialog, "route", _ ("Which way it goes instead"), choices, n_choices, NULL);
  probity_step_dialog_show_field_for (dialog, "route", "severity", "neither");
}

static void
open_severity (ProbityCaseGroup   *group,
               ProbityCaseSubject *officer)
{
  /* Translators: %s is an officer. */
  g_autofree char *title = g_strdup_printf (_ ("Assess Severity: %s"), probity_conduct_get_officer_name (officer));
  g_autofree char *today = probity_conduct_dup_today (group);
  const char      *rule = probity_conduct_get_rule (group, "Severity-Rule");
  g_autofree char *note = g_strdup_printf ("%s%s%s", _ ("Asked of what is alleged as if it were shown to be true. Every assessment is kept; the newest counts."), rule != NULL ? "\n" : "", rule != NULL ? rule : "");
  g_autoptr (ProbityValues) item = probity_values_new ();
  ProbityStepChoice  severities[] = { { "misconduct", _ ("Misconduct") }, { "gross-misconduct", _ ("Gross misconduct") }, { "neither", _ ("Neither") } };
  ProbityStepChoice  proceedings[] = { { "meeting", _ ("Misconduct meeting") }, { "hearing", _ ("Misconduct hearing") } };
  ProbityStepDialog *dialog;

  probity_values_set (item, "subject", officer->uid);
  dialog = probity_case_group_new_dialog (group, title, _ ("_Assess"), item, assess);
  probity_step_dialog_set_note (dialog, note);
  probity_step_dialog_add_choice (dialog, "severity", _ ("It would be"), severities, G_N_ELEMENTS (severities), NULL);
  probity_step_dialog_add_choice (dialog, "proceedings", _ ("Proceedings that are likely"), proceedings, G_N_ELEMENTS (proceedings), NULL);
  probity_step_dialog_show_field_for (dialog, "proceedings", "severity", "misconduct,gross-misconduct");
  add_routes (dialog, group);
  probity_step_dialog_add_text (dialog, "reasons", _ ("Reasons"), NULL, 4, TRUE);
  probity_step_dialog_add_row (dialog, "assessed", probity_day_row_new (), _ ("Assessed on"), NULL, TRUE);
  probity_step_dialog_add_text (dialog, "notified", _ ("Who was notified"), _ ("Needed where an earlier assessment is changed:"), 1, FALSE);
  probity_step_dialog_add_row (dialog, "notified_on", probity_day_row_new (), _ ("Notified on"), NULL, FALSE);
  probity_step_dialog_set (dialog, "assessed", today);
  probity_case_group_keep_draft (group, dialog, "severity", officer->uid);
  probity_case_group_present (group, dialog);
}

void
probity_conduct_assess (ProbityCaseGroup *group,
                        const char       *subject)
{
  probity_conduct_choose_officer (group, _ ("Assess Severity"), subject, open_severity);
}

void
probity_conduct_add_severity (ProbityCaseGroup *group)
{
  probity_conduct_assess (group, NULL);
}

/* --- Referral --- */

static DexFuture *
decide_referral (ProbityCaseGroup  *group,
                 ProbityStepDialog *dialog,
                 ProbityValues     *item)
{
  return probity_conduct_add_row (group, dialog, "referral", FIELDS ("if_true", "criterion", "decision", "reasons", "decided", "referred", "their_reference", "their_decision"), NULL);
}

void
probity_conduct_decide_referral (ProbityCaseGroup *group)
{
  ProbityProfile *profile = probity_session_get_profile (probity_case_group_get_session (group));
  g_auto (GStrv) criteria = probity_profile_dup_list (profile, "referral-criteria");
  const guint                   n_criteria = criteria != NULL ? g_strv_length (criteria) : 0;
  g_autofree ProbityStepChoice *choices = g_new0 (ProbityStepChoice, n_criteria + 1);
  g_autofree char              *today = probity_conduct_dup_today (group);
  const char                   *question = probity_conduct_get_rule (group, "Referral-Question");
  const char                   *rule = probity_conduct_get_rule (group, "Referral-Rule");
  g_autofree char              *note = g_strdup_printf ("%s\n%s", question != NULL ? question : _ ("If what is alleged were shown to be true, would it have to be referred?"), rule != NULL ? rule : "");
  ProbityStepChoice             decisions[] = {
    { "mandatory", _ ("It is referred: a criterion is met") },
    { "voluntary", _ ("It is referred though no criterion is met") },
    { "not-referred", _ ("It is not referred") },
  };
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, _ ("Decide on Referral"), _ ("_Decide"), NULL, decide_referral);

  for (guint i = 0; i < n_criteria; i++)
    choices[i] = (ProbityStepChoice) { criteria[i], probity_profile_get_label (profile, "referral-criteria", criteria[i]) };
  probity_step_dialog_set_note (dialog, g_strstrip (note));
  probity_step_dialog_add_text (dialog, "if_true", _ ("If it were shown to be true, what would have happened"), NULL, 3, TRUE);
  probity_step_dialog_add_pick (dialog, "criterion", _ ("Criterion"), choices, n_criteria, "none");
  probity_step_dialog_add_choice (dialog, "decision", _ ("Decision"), decisions, G_N_ELEMENTS (decisions), NULL);
  probity_step_dialog_add_text (dialog, "reasons", _ ("Reasons"), _ ("Of what is alleged, not of how well it can be shown: that the evidence is weak is no reason."), 4, TRUE);
  probity_step_dialog_add_row (dialog, "decided", probity_day_row_new (), _ ("Decided on"), NULL, TRUE);
  probity_step_dialog_add_row (dialog, "referred", probity_day_row_new (), _ ("Referred on"), NULL, FALSE);
  probity_step_dialog_add_text (dialog, "their_reference", _ ("Their reference"), NULL, 1, FALSE);
  probity_step_dialog_add_text (dialog, "their_decision", _ ("What they decided"), NULL, 1, FALSE);
  probity_step_dialog_show_field_for (dialog, "referred", "decision", "mandatory,voluntary");
  probity_step_dialog_show_field_for (dialog, "their_reference", "decision", "mandatory,voluntary");
  probity_step_dialog_show_field_for (dialog, "their_decision", "decision", "mandatory,voluntary");
  probity_step_dialog_set (dialog, "decided", today);
  probity_case_group_keep_draft (group, dialog, "referral", NULL);
  probity_case_group_present (group, dialog);
}

/* --- What was captured --- */

static DexFuture *
set_capture (ProbityCaseGroup  *group,
             ProbityStepDialog *dialog,
             ProbityValues     *item)
{
  ProbityRecord *record = probity_case_group_get_record (group);
  g_autoptr (ProbityValues) values = probity_case_dialog_dup_values (dialog, FIELDS ("capture_exhibit"));

  return probity_investigation_update (probity_case_group_get_session (group), probity_record_get_uid (record), probity_record_get_version (record), values);
}

static void
exhibits_loaded_cb (gpointer      object,
                    const GValue *value,
                    const GError *error)
{
  ProbityCaseGroup             *group = object;
  GPtrArray                    *exhibits = error == NULL ? g_value_get_boxed (value) : NULL;
  g_autofree ProbityStepChoice *choices = NULL;
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  ProbityStepDialog *dialog;

  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (group), error);
      return;
    }
  if (exhibits->len == 0)
    {
      probity_alert (GTK_WIDGET (group), _ ("No Exhibit Yet"), _ ("Take the captured file in as an exhibit of this case first."));
      return;
    }

  choices = g_new0 (ProbityStepChoice, exhibits->len);
  for (guint i = 0; i < exhibits->len; i++)
    {
      ProbityExhibit *exhibit = g_ptr_array_index (exhibits, i);

      g_ptr_array_add (labels, g_strdup_printf ("%s · %s", exhibit->reference, exhibit->description));
      choices[i] = (ProbityStepChoice) { exhibit->reference, g_ptr_array_index (labels, i) };
    }
  dialog = probity_case_group_new_dialog (group, _ ("What Was Captured"), _ ("_Record"), NULL, set_capture);
  probity_step_dialog_add_choice (dialog, "capture_exhibit", _ ("Exhibit that holds what was referred"), choices, exhibits->len, NULL);
  probity_case_group_present (group, dialog);
}

void
probity_conduct_choose_capture (ProbityCaseGroup *group)
{
  probity_reply (probity_exhibit_list (probity_case_group_get_session (group), probity_record_get_uid (probity_case_group_get_record (group))), group, exhibits_loaded_cb);
}
