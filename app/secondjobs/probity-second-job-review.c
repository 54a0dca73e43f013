/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-instant.h"
#include "probity-profile.h"
#include "probity-second-job-private.h"

/* The annual return of a registered second job. */

static gboolean
write_return (ProbityStep   *step,
              ProbityWrite  *write,
              ProbityDb     *registers,
              ProbityRecord *job,
              GError       **error)
{
  g_autoptr (ProbityRow) row = probity_row_new ();

  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "round", probity_record_get (job, "round"));
  probity_row_set (row, "due", probity_record_get (job, "next_review"));
  probity_row_set (row, "result", step->for_role);
  probity_row_set (row, "note", step->reason);
  probity_row_set (row, "material_digest", probity_record_get (job, "material_digest"));

  return probity_signed_insert (&probity_signed_review, write, step->session, registers, probity_record_get_uid (job), row, error) &&
         probity_step_log (step, write, job, PROBITY_VERB_COLLECTION, "review", NULL, step->for_role, error);
}

/* Another year. What the unit may hold against the holder shows nowhere here. */
static gboolean
keep (ProbityStep   *step,
      ProbityWrite  *write,
      ProbityDb     *registers,
      ProbityRecord *job,
      GError       **error)
{
  ProbityProfile  *profile = probity_session_get_profile (step->session);
  g_autofree char *next = probity_day_to_iso (probity_profile_get_next_review (profile, probity_instant_to_day (probity_write_get_now (write))));

  return probity_db_run (registers, error, "UPDATE second_job SET next_review = $next, version = version + 1 WHERE id = $id", "$id", 'i', probity_record_get_id (job), "$next", 's', next, NULL) &&
         probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "next_review", probity_record_get (job, "next_review"), next, error);
}

static gboolean
cease (ProbityStep   *step,
       ProbityWrite  *write,
       ProbityDb     *registers,
       ProbityRecord *job,
       GError       **error)
{
  g_autofree char *today = probity_day_to_iso (probity_instant_to_day (probity_write_get_now (write)));

  return probity_db_run (registers, error, "UPDATE second_job SET stage = 'ceased', ceased = $today, next_review = NULL, version = version + 1 WHERE id = $id", "$id", 'i', probity_record_get_id (job), "$today", 's', today, NULL) &&
         probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "stage", "registered", "ceased", error) &&
         probity_second_job_enter_stage (step, write, job, probity_second_job_get_round (job), "ceased", step->reason, error);
}

/* A changed job goes through the gate again, in a round of its own; what was approved before stays on record. */
static gboolean
reopen (ProbityStep   *step,
        ProbityWrite  *write,
        ProbityDb     *registers,
        ProbityRecord *job,
        GError       **error)
{
  const gint64 round = probity_second_job_get_round (job) + 1;
  g_autoptr (ProbityRecord) opened = NULL;
  g_autoptr (ProbityRecord) changed = NULL;
  g_autoptr (ProbityValues) values = NULL;

  if (step->values == NULL)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "values", "Say what has changed"));
      return FALSE;
    }

  return (values = probity_second_job_copy_values (step->session, step->values, error)) != NULL &&
         probity_db_run (registers, error, "UPDATE second_job SET outcome = NULL, stage = 'with-professional-standards', round = $round, decision_uid = NULL,"
                                           " decided_at = NULL, next_review = NULL, appeal = NULL, version = version + 1 WHERE id = $id",
                         "$id",
                         'i',
                         probity_record_get_id (job),
                         "$round",
                         'i',
                         round,
                         NULL) &&
         probity_record_read_id (registers, &probity_second_job_kind, NULL, probity_record_get_id (job), &opened, error) &&
         probity_record_change (write, step->session, opened, values, FALSE, NULL, &changed, error) &&
         probity_second_job_sign_application (write, step->session, changed, "changed", error) &&
         probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "stage", "registered", "with-professional-standards", error) &&
         probity_second_job_enter_stage (step, write, job, round, "with-professional-standards", step->reason, error);
}

gboolean
probity_second_job_take_return (ProbityStep   *step,
                                ProbityWrite  *write,
                                ProbityDb     *registers,
                                ProbityRecord *job,
                                GError       **error)
{
  const char *reference = probity_record_get_reference (job);

  if (g_strcmp0 (probity_record_get (job, "stage"), "registered") != 0)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is not registered", reference);
      return FALSE;
    }
  if (g_strcmp0 (step->for_role, "no-change") != 0 && g_strcmp0 (step->for_role, "changed") != 0 && g_strcmp0 (step->for_role, "ceased") != 0)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "result", "A return is no-change, changed or ceased"));
      return FALSE;
    }
  if (probity_second_job_has_appeal (job) && !g_str_equal (step->for_role, "no-change"))
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "An appeal is open on %s", reference);
      return FALSE;
    }
  if (!write_return (step, write, registers, job, error))
    return FALSE;

  if (g_str_equal (step->for_role, "no-change"))
    return keep (step, write, registers, job, error);
  if (g_str_equal (step->for_role, "ceased"))
    return cease (step, write, registers, job, error);

  return reopen (step, write, registers, job, error);
}

static gboolean
review_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRecord) job = NULL;

  return probity_step_find (step, write, &registers, &job, error) &&
         probity_step_require (step->session, PROBITY_OPERATION_REVIEW, error) &&
         probity_second_job_take_return (step, write, registers, job, error) &&
         probity_step_return (step, write, job, result, error);
}

/**
 * probity_second_job_review:
 * @result: `no-change` dates the next review a year on; `changed` with @values goes through the gate
 *   again; `ceased` ends it
 * @values: (nullable): what changed
 * @note: (nullable): what the return says besides
 */
DexFuture *
probity_second_job_review (ProbitySession *session,
                           const char     *reference,
                           const char     *result,
                           ProbityValues  *values,
                           const char     *note)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("review");
  step->for_role = g_strdup (result);
  step->values = values != NULL ? probity_values_ref (values) : NULL;
  step->reason = g_strdup (note);

  return probity_step_run (step, review_write);
}
