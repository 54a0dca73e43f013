/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-errors.h"
#include "probity-profile.h"
#include "probity-second-job-steps.h"
#include "probity-step-dialog.h"

typedef ProbitySecondJobStep Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->session);
  g_free (step->reference);
  g_free (step->manager);
  g_free (step);
}

ProbityStepDialog *
probity_second_job_step_dialog_new (ProbitySession *session,
                                    ProbityRecord  *record,
                                    const char     *title,
                                    const char     *action,
                                    const char     *draft,
                                    ProbityStepFunc func)
{
  ProbityStepDialog *dialog = probity_step_dialog_new (session, title, action);
  Step              *step = g_new0 (Step, 1);

  step->session = g_object_ref (session);
  step->reference = g_strdup (probity_record_get_reference (record));
  step->manager = g_strdup (probity_record_get (record, "manager_staff_number"));
  probity_step_dialog_set_step (dialog, func, step, step_free);
  if (draft != NULL)
    {
      g_autofree char *key = g_strdup_printf ("%s:%s", draft, probity_record_get_uid (record));

      probity_step_dialog_set_draft_key (dialog, key);
    }
  return dialog;
}

/* --- Comment --- */

static DexFuture *
comment (ProbityStepDialog *dialog,
         gpointer           data)
{
  static const char *const details[] = { "performance", "sickness", "hours", "impact", "own_interest" };
  Step                    *step = data;
  g_autoptr (ProbityValues) values = probity_values_new ();
  const char *for_role = probity_step_dialog_get (dialog, "for");
  gboolean    paper = g_str_equal (for_role, "paper");

  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    if (*probity_step_dialog_get (dialog, details[i]) != '\0')
      probity_values_set (values, details[i], probity_step_dialog_get (dialog, details[i]));

  return probity_second_job_comment (step->session,
                                     step->reference,
                                     g_str_equal (for_role, "head-of-hr") ? "head-of-hr" : "line-manager",
                                     probity_step_dialog_get (dialog, "text"),
                                     g_str_equal (probity_step_dialog_get (dialog, "supports"), "yes"),
                                     values,
                                     paper ? step->manager : NULL);
}

GtkWidget *
probity_comment_dialog_new (ProbitySession *session,
                            ProbityRecord  *record)
{
  static const ProbityStepChoice supports[] = { { "yes", N_ ("I support this application") }, { "no", N_ ("I do not support it") } };
  ProbityStepChoice              translated[G_N_ELEMENTS (supports)];
  ProbityStepChoice              whose[3];
  guint                          n_whose = 0;
  ProbityRoles                   roles = probity_session_get_roles (session);
  const gboolean                 manages = g_strcmp0 (probity_record_get (record, "manager_staff_number"), probity_session_get_staff_number (session)) == 0;
  ProbityStepDialog             *dialog = probity_second_job_step_dialog_new (session, record, _ ("Comment"), _ ("_Comment"), "comment", comment);

  for (guint i = 0; i < G_N_ELEMENTS (supports); i++)
    translated[i] = (ProbityStepChoice) { supports[i].value, _ (supports[i].label) };
  probity_step_dialog_set_note (dialog, _ ("The comment is signed with your account and cannot be changed afterwards."));
  if (probity_second_job_may_comment_as_head (session, record))
    whose[n_whose++] = (ProbityStepChoice) { "head-of-hr", (roles & PROBITY_ROLE_HEAD_OF_HR) ? _ ("My own, as head of HR") : _ ("My own, in the place of the head of HR") };
  if ((roles & PROBITY_ROLE_LINE_MANAGER) && (!(roles & ~PROBITY_ROLE_LINE_MANAGER) || manages))
    whose[n_whose++] = (ProbityStepChoice) { "line-manager", _ ("My own, as line manager") };
  if (roles & (PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR))
    whose[n_whose++] = (ProbityStepChoice) { "paper", _ ("The line manager’s, given on paper") };
  g_return_val_if_fail (n_whose > 0, GTK_WIDGET (dialog));
  probity_step_dialog_add_choice (dialog, "for", _ ("Whose comment"), whose, n_whose, whose[0].value);
  probity_step_dialog_add_choice (dialog, "supports", _ ("Recommendation"), translated, G_N_ELEMENTS (translated), NULL);
  probity_step_dialog_add_text (dialog, "text", _ ("Comment"), _ ("Suitability of the request, with reasons."), 4, TRUE);
  probity_step_dialog_add_text (dialog, "performance", _ ("Performance and attendance"), NULL, 1, FALSE);
  probity_step_dialog_add_text (dialog, "sickness", _ ("Sickness or restricted duty"), NULL, 1, FALSE);
  probity_step_dialog_add_text (dialog, "hours", _ ("Hours and rest"), NULL, 1, FALSE);
  probity_step_dialog_add_text (dialog, "impact", _ ("Impact on the unit"), NULL, 1, FALSE);
  probity_step_dialog_add_text (dialog, "own_interest", _ ("An interest of your own in this job"), NULL, 1, FALSE);

  return GTK_WIDGET (dialog);
}

/* --- View --- */

static DexFuture *
give_view (ProbityStepDialog *dialog,
           gpointer           data)
{
  Step *step = data;

  return probity_second_job_view (step->session,
                                  step->reference,
                                  g_str_equal (probity_step_dialog_get (dialog, "view"), "objection"),
                                  probity_step_dialog_get (dialog, "reasons"));
}

GtkWidget *
probity_view_dialog_new (ProbitySession *session,
                         ProbityRecord  *record)
{
  ProbityStepChoice  views[] = { { "no-objection", _ ("No objection") }, { "objection", _ ("Objection") } };
  ProbityStepDialog *dialog = probity_second_job_step_dialog_new (session, record, _ ("Professional Standards’ View"), _ ("_Give View"), "view", give_view);

  probity_step_dialog_set_note (dialog, _ ("The signatory learns only whether there is an objection. Reasons stay with professional standards and the anti-corruption unit."));
  probity_step_dialog_add_choice (dialog, "view", _ ("View"), views, G_N_ELEMENTS (views), NULL);
  probity_step_dialog_add_text (dialog, "reasons", _ ("Reasons, restricted"), NULL, 4, FALSE);

  return GTK_WIDGET (dialog);
}

/* --- Decide --- */

GStrv
probity_second_job_step_dup_conditions (ProbityStepDialog *dialog)
{
  g_autofree char *wanted = g_strjoin ("\n", probity_step_dialog_get (dialog, "library"), probity_step_dialog_get (dialog, "conditions"), NULL);
  g_auto (GStrv) lines = g_strsplit (wanted, "\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_strv_builder_add (builder, lines[i]);

  return g_strv_builder_end (builder);
}

static DexFuture *
decide (ProbityStepDialog *dialog,
        gpointer           data)
{
  Step       *step = data;
  const char *restricted = probity_access_may (step->session, PROBITY_OPERATION_READ_INTELLIGENCE) ? probity_step_dialog_get (dialog, "restricted") : "";
  g_auto (GStrv) conditions = probity_second_job_step_dup_conditions (dialog);
  ProbityDecision decision = {
    .action = probity_step_dialog_get (dialog, "action"),
    .open_reasons = probity_step_dialog_get (dialog, "reasons"),
    .restricted_reasons = *restricted != '\0' ? restricted : NULL,
  };

  decision.conditions = (const char *const *) conditions;
  if (g_str_equal (decision.action, "defer"))
    decision.missing_facts = probity_step_dialog_get (dialog, "facts");

  return probity_second_job_decide (step->session, step->reference, &decision);
}

static gboolean
is_objected_to (ProbityGateState *gate,
                const char       *code)
{
  for (guint i = 0; i < gate->items->len; i++)
    {
      ProbityGateItem *item = g_ptr_array_index (gate->items, i);

      if (g_str_equal (item->code, code) && g_strcmp0 (item->detail, "objection") == 0)
        return TRUE;
    }
  return FALSE;
}

char *
probity_second_job_step_dup_missing (ProbityGateState *gate)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; gate->missing != NULL && gate->missing[i] != NULL; i++)
    g_string_append_printf (text,
                            "%s%s",
                            i > 0 ? "\n" : "",
                            is_objected_to (gate, gate->missing[i]) ? _ ("Professional standards object.") : probity_gate_code_to_sentence (gate->missing[i]));
  return g_string_free_and_steal (text);
}

/* The library of the profile in force; a decision keeps the wording that it had then. */
void
probity_second_job_step_add_conditions (ProbityStepDialog *dialog,
                                        ProbitySession    *session,
                                        const char        *value)
{
  ProbityProfile *profile = probity_session_get_profile (session);
  g_auto (GStrv) codes = probity_profile_dup_list (profile, "conditions");
  guint                         n_codes = codes != NULL ? g_strv_length (codes) : 0;
  g_autofree ProbityStepChoice *choices = g_new0 (ProbityStepChoice, n_codes + 1);

  for (guint i = 0; i < n_codes; i++)
    choices[i] = (ProbityStepChoice) { codes[i], probity_profile_get_condition (profile, codes[i])->text };
  if (n_codes > 0)
    {
      probity_step_dialog_add_checks (dialog, "library", _ ("Conditions"), choices, n_codes);
      probity_step_dialog_show_field_for (dialog, "library", "action", value);
    }
  probity_step_dialog_add_text (dialog, "conditions", n_codes > 0 ? _ ("Other Conditions") : _ ("Conditions"), _ ("One a line."), 3, n_codes == 0);
  probity_step_dialog_show_field_for (dialog, "conditions", "action", value);
}

GtkWidget *
probity_decide_dialog_new (ProbitySession   *session,
                           ProbityRecord    *record,
                           ProbityGateState *gate)
{
  ProbityStepChoice actions[] = {
    { "approve", _ ("Approve") },
    { "approve-with-conditions", _ ("Approve with conditions") },
    { "refuse", _ ("Refuse") },
    { "defer", _ ("Defer until facts are there") },
  };
  ProbityStepDialog *dialog = probity_second_job_step_dialog_new (session, record, _ ("Decide"), _ ("_Decide"), "decision", decide);

  probity_step_dialog_set_note (dialog, _ ("The decision is signed with your account and cannot be changed afterwards."));
  probity_step_dialog_add_choice (dialog, "action", _ ("Decision"), actions, G_N_ELEMENTS (actions), NULL);
  probity_second_job_step_add_conditions (dialog, session, "approve-with-conditions");
  probity_step_dialog_add_text (dialog, "facts", _ ("Facts that are missing"), NULL, 3, TRUE);
  probity_step_dialog_add_text (dialog, "reasons", _ ("Reasons for the letter"), _ ("The applicant, the line manager and HR can read these."), 4, TRUE);
  if (probity_access_may (session, PROBITY_OPERATION_READ_INTELLIGENCE))
    probity_step_dialog_add_text (dialog, "restricted", _ ("Restricted reasons"), _ ("Only the anti-corruption unit and deciders can read these."), 3, FALSE);
  probity_step_dialog_show_field_for (dialog, "facts", "action", "defer");
  if (gate->missing != NULL && gate->missing[0] != NULL)
    {
      g_autofree char *missing = probity_second_job_step_dup_missing (gate);

      probity_step_dialog_forbid_choice (dialog, "action", "approve", missing);
      probity_step_dialog_forbid_choice (dialog, "action", "approve-with-conditions", missing);
    }

  return GTK_WIDGET (dialog);
}

/* --- Annual return --- */

static DexFuture *
review (ProbityStepDialog *dialog,
        gpointer           data)
{
  static const char *const fields[] = { "employer", "nature", "weekly_hours", "pattern", "place" };
  Step                    *step = data;
  const char              *result = probity_step_dialog_get (dialog, "result");
  g_autoptr (ProbityValues) values = NULL;

  if (g_str_equal (result, "changed"))
    {
      values = probity_values_new ();
      for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        if (*probity_step_dialog_get (dialog, fields[i]) != '\0')
          probity_values_set (values, fields[i], probity_step_dialog_get (dialog, fields[i]));
    }
  return probity_second_job_review (step->session, step->reference, result, values, probity_step_dialog_get (dialog, "note"));
}

GtkWidget *
probity_review_dialog_new (ProbitySession *session,
                           ProbityRecord  *record)
{
  ProbityStepChoice results[] = {
    { "no-change", _ ("No change") },
    { "changed", _ ("Changed: goes through the checks again") },
    { "ceased", _ ("The job has ceased") },
  };
  static const char *const fields[] = { "employer", "nature", "weekly_hours", "pattern", "place" };
  const char              *labels[] = { _ ("Employer"), _ ("Nature of the work"), _ ("Hours a week"), _ ("Pattern"), _ ("Place") };
  ProbityStepDialog       *dialog = probity_second_job_step_dialog_new (session, record, _ ("Annual Return"), _ ("_Enter Return"), "return", review);

  probity_step_dialog_add_choice (dialog, "result", _ ("The return says"), results, G_N_ELEMENTS (results), NULL);
  if (g_strcmp0 (probity_record_get (record, "appeal"), "open") == 0)
    {
      probity_step_dialog_forbid_choice (dialog, "result", "changed", _ ("An appeal is open, which is decided first."));
      probity_step_dialog_forbid_choice (dialog, "result", "ceased", _ ("An appeal is open, which is decided first."));
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *value = probity_record_get (record, fields[i]);

      probity_step_dialog_add_text (dialog, fields[i], labels[i], NULL, 1, FALSE);
      if (value != NULL)
        probity_step_dialog_set (dialog, fields[i], value);
      probity_step_dialog_show_field_for (dialog, fields[i], "result", "changed");
    }
  probity_step_dialog_add_text (dialog, "note", _ ("Note"), NULL, 2, FALSE);

  return GTK_WIDGET (dialog);
}

/* --- Stand-in, waiver, advice, withdrawal --- */

static DexFuture *
name_stand_in (ProbityStepDialog *dialog,
               gpointer           data)
{
  Step *step = data;

  return probity_second_job_name_stand_in (step->session,
                                           step->reference,
                                           probity_step_dialog_get (dialog, "number"),
                                           probity_step_dialog_get (dialog, "reason"));
}

GtkWidget *
probity_stand_in_dialog_new (ProbitySession *session,
                             ProbityRecord  *record)
{
  ProbityStepDialog *dialog = probity_second_job_step_dialog_new (session, record, _ ("Name a Stand-in"), _ ("_Name"), NULL, name_stand_in);

  probity_step_dialog_set_note (dialog, _ ("The stand-in can open this case and comment in the line manager’s place."));
  probity_step_dialog_add_text (dialog, "number", _ ("Staff number"), NULL, 1, TRUE);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, TRUE);

  return GTK_WIDGET (dialog);
}

static DexFuture *
waive (ProbityStepDialog *dialog,
       gpointer           data)
{
  Step *step = data;

  return probity_second_job_waive_comment (step->session,
                                           step->reference,
                                           probity_step_dialog_get (dialog, "for"),
                                           probity_step_dialog_get (dialog, "reason"));
}

GtkWidget *
probity_waive_dialog_new (ProbitySession *session,
                          ProbityRecord  *record)
{
  ProbityStepChoice  roles[] = { { "line-manager", _ ("The line manager’s comment") }, { "head-of-hr", _ ("The head of HR’s comment") } };
  ProbityStepDialog *dialog = probity_second_job_step_dialog_new (session, record, _ ("Waive a Comment"), _ ("_Waive"), NULL, waive);

  probity_step_dialog_set_note (dialog, _ ("A waiver is a recorded decision. The complaints check and the intelligence check cannot be waived."));
  probity_step_dialog_add_choice (dialog, "for", _ ("Comment"), roles, G_N_ELEMENTS (roles), NULL);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 3, TRUE);

  return GTK_WIDGET (dialog);
}

static DexFuture *
advise (ProbityStepDialog *dialog,
        gpointer           data)
{
  Step *step = data;

  return probity_second_job_advise (step->session,
                                    step->reference,
                                    probity_step_dialog_get (dialog, "advice"),
                                    probity_step_dialog_get (dialog, "text"));
}

GtkWidget *
probity_advise_dialog_new (ProbitySession *session,
                           ProbityRecord  *record)
{
  ProbityStepChoice advice[] = {
    { "wait", _ ("Wait with the decision") },
    { "as-if-unknown", _ ("Decide as if nothing were known") },
    { "none", _ ("No advice any more") },
  };
  ProbityStepDialog *dialog = probity_second_job_step_dialog_new (session, record, _ ("Advice to the Decider"), _ ("_Advise"), NULL, advise);

  probity_step_dialog_set_note (dialog, _ ("Only deciders and the anti-corruption unit can read this. Outwardly nothing shows."));
  probity_step_dialog_add_choice (dialog, "advice", _ ("Advice"), advice, G_N_ELEMENTS (advice), NULL);
  probity_step_dialog_add_text (dialog, "text", _ ("Reasons"), NULL, 3, FALSE);

  return GTK_WIDGET (dialog);
}

static DexFuture *
withdraw (ProbityStepDialog *dialog,
          gpointer           data)
{
  Step *step = data;

  return probity_second_job_withdraw (step->session, step->reference, probity_step_dialog_get (dialog, "reason"));
}

GtkWidget *
probity_withdraw_dialog_new (ProbitySession *session,
                             ProbityRecord  *record)
{
  ProbityStepDialog *dialog = probity_second_job_step_dialog_new (session, record, _ ("Withdraw"), _ ("_Withdraw"), NULL, withdraw);

  probity_step_dialog_set_note (dialog, _ ("The application stays on record as withdrawn. A new one can be entered at any time."));
  probity_step_dialog_set_destructive (dialog);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 3, TRUE);

  return GTK_WIDGET (dialog);
}
