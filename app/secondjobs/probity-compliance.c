/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-compliance.h"

#include "probity-instant.h"
#include "probity-part.h"
#include "probity-profile.h"
#include "probity-second-job-outbox.h"

/* The compliance reviews of conditions, and what follows from one that is not kept. */

static const char *const names[] = {
  "number",
  "uid",
  "code",
  "text",
  "due",
  "reviewed_on",
  "result",
  "seen",
  "exhibit",
  "@who",
  "answer",
  "@answered_by",
  "review_uid",
  NULL,
};

/* The newest review of each condition in force. */
#define CONDITIONS                                                                                                          \
  "SELECT c.position, c.uid, c.code, c.text, CASE WHEN v.uid IS NULL THEN c.review_on ELSE v.next_due END,"                 \
  " v.reviewed_on, v.result, v.seen, e.reference, v.account, a.text, a.account, v.uid"                                      \
  " FROM second_job AS j JOIN decision_condition AS c ON c.decision_uid = j.decision_uid"                                   \
  " LEFT JOIN condition_review AS v ON v.id = (SELECT max (n.id) FROM condition_review AS n WHERE n.condition_uid = c.uid)" \
  " LEFT JOIN condition_answer AS a ON a.review_uid = v.uid"                                                                \
  " LEFT JOIN exhibit AS e ON e.uid = v.exhibit_uid"                                                                        \
  " WHERE j.uid = $uid ORDER BY c.position"

static const char *
find_state (ProbityValues *values,
            const char    *today)
{
  const char *due = probity_values_get (values, "due");

  if (g_strcmp0 (probity_values_get (values, "result"), "not-complied") == 0 && probity_values_get (values, "answer") == NULL)
    return "not-kept";
  if (due != NULL && strcmp (due, today) < 0)
    return "overdue";

  return due != NULL && strcmp (due, today) == 0 ? "due" : NULL;
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *today = probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (step->session)));

  if (!probity_step_find_read (step, read, &registers, &job, error) ||
      (list = probity_part_load (registers, step->session, CONDITIONS, step->uid, names, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      ProbityValues *values = g_ptr_array_index (list, i);
      const char    *state = g_strcmp0 (probity_record_get (job, "stage"), "registered") == 0 ? find_state (values, today) : NULL;

      if (state != NULL)
        probity_values_set (values, "state", state);
    }

  return probity_part_return_list (result, g_steal_pointer (&list));
}

DexFuture *
probity_compliance_load (ProbitySession *session,
                         const char     *reference)
{
  return probity_part_read (session, &probity_second_job_case, reference, "conditions", load_read);
}

/* Condition @number of those in force; NOT_FOUND where there is none. */
static gboolean
find_condition (ProbityStep    *step,
                ProbityDb      *registers,
                ProbityValues **ret_condition,
                GError        **error)
{
  g_autofree char *number = g_strdup_printf ("%d", step->kind);
  g_autoptr (GPtrArray) list = probity_part_load (registers, step->session, CONDITIONS, step->uid, names, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (probity_values_get (g_ptr_array_index (list, i), "number"), number) == 0)
      {
        *ret_condition = probity_values_ref (g_ptr_array_index (list, i));
        return TRUE;
      }

  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "number", "%s has no condition %s", step->reference, number));

  return FALSE;
}

static gboolean
find_exhibit (ProbityStep *step,
              ProbityDb   *registers,
              const char  *reference,
              char       **ret_uid,
              GError     **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  *ret_uid = NULL;
  if (reference == NULL)
    return TRUE;
  statement = probity_db_query (registers, error, "SELECT uid FROM exhibit WHERE case_uid = $case AND reference = $reference", "$case", 's', step->uid, "$reference", 's', reference, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "exhibit", "%s has no exhibit “%.64s”", step->reference, reference));
      return FALSE;
    }
  *ret_uid = probity_statement_dup_text (statement, 0);

  return TRUE;
}

static ProbityDay
get_next (ProbityProfile *profile,
          ProbityValues  *condition,
          const char     *result,
          ProbityDay      reviewed)
{
  const char             *code = probity_values_get (condition, "code");
  const ProbityCondition *library = code != NULL ? probity_profile_get_condition (profile, code) : NULL;
  const gboolean          kept = !g_str_equal (result, "not-complied");
  int                     months = (int) g_ascii_strtoll (probity_profile_get_compliance (profile, kept ? "Review-Months" : "Not-Kept-Months"), NULL, 10);

  if (kept && library != NULL && library->review_months > 0)
    months = (int) library->review_months;

  return probity_day_add_months (reviewed, months);
}

static gboolean
settle_days (ProbityStep   *step,
             ProbityWrite  *write,
             ProbityValues *condition,
             ProbityRow    *row,
             GError       **error)
{
  const char      *now = probity_write_get_now (write);
  const char      *result = probity_row_get (row, "result");
  const char      *text = probity_part_get (step->values, "reviewed_on");
  const ProbityDay reviewed = text != NULL ? probity_day_from_iso (text) : probity_instant_to_day (now);
  g_autofree char *reviewed_text = NULL;
  g_autofree char *next = NULL;

  if (reviewed == PROBITY_DAY_NONE || reviewed > probity_instant_to_day (now))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "reviewed_on", "“%.64s” is not a day up to today", text));
      return FALSE;
    }
  if (!probity_part_read_deadline (step->session, now, "next_due", probity_part_get (step->values, "next_due"), &next, error))
    return FALSE;
  reviewed_text = probity_day_to_iso (reviewed);
  if (next == NULL && !g_str_equal (result, "not-applicable"))
    next = probity_day_to_iso (get_next (probity_session_get_profile (step->session), condition, result, reviewed));
  if (next != NULL && strcmp (next, reviewed_text) <= 0)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "next_due", "The next review comes after this one"));
      return FALSE;
    }
  probity_row_set (row, "due", probity_values_get (condition, "due"));
  probity_row_set (row, "reviewed_on", reviewed_text);
  probity_row_set (row, "next_due", next);

  return TRUE;
}

/* An action of the case, where the profile asks for one. Who decides and the checkers find it in their day. */
static gboolean
follow_up (ProbityStep   *step,
           ProbityWrite  *write,
           ProbityDb     *registers,
           ProbityRecord *job,
           ProbityValues *condition,
           GError       **error)
{
  ProbityProfile *profile = probity_session_get_profile (step->session);
  g_autoptr (ProbityValues) values = NULL;
  g_autofree char *title = NULL;
  g_autofree char *days = NULL;
  g_autofree char *number = NULL;

  if (!g_str_equal (probity_profile_get_compliance (profile, "Not-Kept-Action"), "yes"))
    return TRUE;
  values = probity_values_new ();
  title = g_strdup_printf ("Condition %d was not kept", step->kind);
  days = g_strdup_printf ("+%s", probity_profile_get_compliance (profile, "Action-Days"));
  probity_values_set (values, "title", title);
  probity_values_set (values, "what", probity_values_get (condition, "text"));
  probity_values_set (values, "hard_deadline", days);

  return probity_action_insert (step, write, registers, job, values, &number, error);
}

static gboolean
review_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  static const char *const results[] = { "complied", "not-complied", "not-applicable", NULL };
  ProbityStep             *step = data;
  ProbityDb               *registers;
  const char              *found = probity_part_get (step->values, "result");
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityValues) condition = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *exhibit = NULL;
  g_autofree char *field = g_strdup_printf ("condition-%d", step->kind);

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_COMPLIANCE, error))
    return FALSE;
  if (g_strcmp0 (probity_record_get (job, "stage"), "registered") != 0)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is not registered", step->reference);
      return FALSE;
    }
  if (found == NULL || !g_strv_contains (results, found))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "result", "A condition is complied, not-complied or not-applicable"));
      return FALSE;
    }
  if (!find_condition (step, registers, &condition, error) ||
      !probity_step_require_text ("seen", probity_part_get (step->values, "seen"), error) ||
      !find_exhibit (step, registers, probity_part_get (step->values, "exhibit"), &exhibit, error))
    return FALSE;

  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "condition_uid", probity_values_get (condition, "uid"));
  probity_row_set (row, "result", found);
  probity_row_set (row, "seen", probity_part_get (step->values, "seen"));
  probity_row_set (row, "exhibit_uid", exhibit);
  if (!settle_days (step, write, condition, row, error) ||
      !probity_signed_insert (&probity_signed_condition_review, write, step->session, registers, probity_record_get_uid (job), row, error) ||
      !probity_step_log (step, write, job, PROBITY_VERB_COLLECTION, field, probity_values_get (condition, "result"), found, error) ||
      (g_str_equal (found, "not-complied") && !follow_up (step, write, registers, job, condition, error)))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

DexFuture *
probity_compliance_review (ProbitySession *session,
                           const char     *reference,
                           guint           number,
                           ProbityValues  *values)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && values != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("condition-review");
  step->kind = (int) number;
  step->values = probity_values_ref (values);

  return probity_step_run (step, review_write);
}

static gboolean
answer_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep       *step = data;
  const ProbityRoles roles = probity_session_get_roles (step->session);
  ProbityDb         *registers;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityValues) condition = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *field = g_strdup_printf ("condition-%d:answer", step->kind);

  if (!probity_step_find (step, write, &registers, &job, error))
    return FALSE;
  if ((roles & PROBITY_ROLE_DECIDER) == 0 && !probity_second_job_is_signatory (roles, job))
    return probity_step_refuse (error, "not-your-step", "Who decides answers for a condition that was not kept");
  if (!find_condition (step, registers, &condition, error))
    return FALSE;
  if (g_strcmp0 (probity_values_get (condition, "result"), "not-complied") != 0 || probity_values_get (condition, "answer") != NULL)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "Condition %d of %s waits for no answer", step->kind, step->reference);
      return FALSE;
    }
  if (!probity_step_require_text ("text", step->text, error))
    return FALSE;

  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "review_uid", probity_values_get (condition, "review_uid"));
  probity_row_set (row, "text", step->text);
  if (!probity_signed_insert (&probity_signed_condition_answer, write, step->session, registers, probity_record_get_uid (job), row, error) ||
      !probity_step_log (step, write, job, PROBITY_VERB_COLLECTION, field, NULL, step->text, error))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

DexFuture *
probity_compliance_answer (ProbitySession *session,
                           const char     *reference,
                           guint           number,
                           const char     *text)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("condition-answer");
  step->kind = (int) number;
  step->text = g_strdup (text);

  return probity_step_run (step, answer_write);
}

gboolean
probity_compliance_verify (ProbityGate             *gate,
                           const ProbityGateSource *source,
                           ProbityRoles             signatory,
                           GError                 **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, probity_record_get_id (gate->job));
  g_autoptr (GPtrArray) reviews = probity_signed_load (&probity_signed_condition_review, source->registers, "second_job_id = $key ORDER BY id", id, error);
  g_autoptr (GPtrArray) answers = reviews != NULL ? probity_signed_load (&probity_signed_condition_answer, source->registers, "second_job_id = $key ORDER BY id", id, error) : NULL;

  if (answers == NULL)
    return FALSE;
  for (guint i = 0; i < reviews->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (reviews, i);

      probity_gate_prove (gate, source, &probity_signed_condition_review, row, probity_row_get (row, "at"), PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR | PROBITY_ROLE_PSD_OFFICER | PROBITY_ROLE_DECIDER, "forged-compliance", source->registers);
    }
  for (guint i = 0; i < answers->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (answers, i);

      probity_gate_prove (gate, source, &probity_signed_condition_answer, row, probity_row_get (row, "at"), signatory | PROBITY_ROLE_DECIDER, "forged-compliance", source->registers);
    }

  return TRUE;
}
