/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-instant.h"
#include "probity-investigation-private.h"
#include "probity-profile.h"
#include "probity-reference.h"
#include "probity-seal-private.h"
#include "probity-second-job-private.h"

/* An application is entered, amended, withdrawn. */

/* What the course of the case sets, never a form. */
static const char *const not_entered[] = {
  "reference",
  "recorded_outcome",
  "recorded_decided",
  "recorded_decided_by",
  "recorded_conditions",
  "next_review",
  "ceased",
  NULL,
};

/* Lists differ by force: a category that this profile does not have is "other". */
static void
settle_category (ProbitySession *session,
                 ProbityValues  *values)
{
  const char *text = probity_values_get (values, "category");
  const char *category;

  if (text == NULL || *text == '\0')
    return;
  category = probity_profile_find_category (probity_session_get_profile (session), text);
  probity_values_set (values, "category", category != NULL ? category : "other");
}

ProbityValues *
probity_second_job_copy_values (ProbitySession *session,
                                ProbityValues  *values,
                                GError        **error)
{
  g_auto (GStrv) fields = probity_values_dup_fields (values);
  g_autoptr (ProbityValues) copy = probity_values_new ();

  for (guint i = 0; fields[i] != NULL; i++)
    {
      if (g_strv_contains (not_entered, fields[i]))
        {
          g_propagate_error (error,
                             probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, fields[i], "“%s” is not entered", fields[i]));
          return NULL;
        }
      probity_values_set (copy, fields[i], probity_values_get (values, fields[i]));
    }

  settle_category (session, copy);

  return g_steal_pointer (&copy);
}

static gboolean
check_received (ProbityWrite   *write,
                ProbitySession *session,
                ProbityValues  *values,
                GError        **error)
{
  const char      *text = probity_values_get (values, "received");
  g_autofree char *received = NULL;
  g_autofree char *today = probity_day_to_iso (probity_instant_to_day (probity_write_get_now (write)));

  if (text == NULL)
    return TRUE;
  if (!probity_record_normalise (&probity_second_job_kind, probity_session_get_profile (session), "received", text, &received, error))
    return FALSE;
  if (received != NULL && strcmp (received, today) > 0)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "received", "“%s” is after today", received));
      return FALSE;
    }

  return TRUE;
}

gboolean
probity_second_job_sign_application (ProbityWrite   *write,
                                     ProbitySession *session,
                                     ProbityRecord  *job,
                                     const char     *kind,
                                     GError        **error)
{
  ProbityDb *registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *route = probity_second_job_dup_route_digest (job);

  if (registers == NULL)
    return FALSE;

  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "round", probity_record_get (job, "round"));
  probity_row_set (row, "kind", kind);
  probity_row_set (row, "material_digest", probity_record_get (job, "material_digest"));
  probity_row_set (row, "route_digest", route);

  return probity_signed_insert (&probity_signed_application, write, session, registers, probity_record_get_uid (job), row, error);
}

/* The applicant as this account may know of them: alike for nobody, oneself, a relative and another manager's people. */
static gboolean
find_applicant (ProbityStep    *step,
                ProbityDb      *registers,
                ProbityRecord **ret_person,
                GError        **error)
{
  const char *staff_number = probity_values_get (step->values, "staff_number");

  if (!probity_step_require_text ("staff_number", staff_number, error))
    return FALSE;
  g_free (step->reference);
  step->reference = g_strdup (staff_number);
  if (!probity_record_read (registers, &probity_person_kind, step->session, staff_number, ret_person, error))
    return FALSE;
  if (*ret_person == NULL || !g_str_equal (probity_record_get (*ret_person, "staff_number"), staff_number))
    return probity_access_set_not_found (error, staff_number);

  return TRUE;
}

/* In a compartment of its own from here on, if it is for named accounts. */
static gboolean
begin_sealed (ProbityStep   *step,
              ProbityWrite  *write,
              ProbityValues *values,
              GError       **error)
{
  ProbityDb       *registers;
  g_autofree char *reference = NULL;

  if (step->list == NULL)
    return TRUE;
  if (!probity_seal_begin (step, write, error) ||
      (registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error)) == NULL ||
      !probity_seal_copy_staff (write, probity_values_get (values, "staff_number"), error) ||
      (reference = probity_reference_draw (registers, step->case_kind->prefix, error)) == NULL)
    return FALSE;
  probity_values_set (values, "reference", reference);

  return TRUE;
}

static gboolean
submit_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRecord) person = NULL;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityValues) values = NULL;

  if (!probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error) ||
      !probity_step_require (step->session, step->list != NULL ? PROBITY_OPERATION_SUBMIT_SEALED : PROBITY_OPERATION_SUBMIT, error) ||
      (registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error)) == NULL ||
      !find_applicant (step, registers, &person, error) ||
      (values = probity_second_job_copy_values (step->session, step->values, error)) == NULL ||
      !probity_step_require_text ("nature", probity_values_get (values, "nature"), error) ||
      !probity_step_require_text ("weekly_hours", probity_values_get (values, "weekly_hours"), error) ||
      !check_received (write, step->session, values, error) ||
      !begin_sealed (step, write, values, error))
    return FALSE;

  if (!probity_record_insert (write, step->session, &probity_second_job_kind, values, FALSE, &job, error) ||
      !probity_second_job_sign_application (write, step->session, job, "submitted", error) ||
      !probity_second_job_enter_stage (step, write, job, 1, "submitted", NULL, error) ||
      !probity_second_job_enter_stage (step, write, job, 1, "with-professional-standards", NULL, error) ||
      !probity_step_log (step, write, job, PROBITY_VERB_COLLECTION, "reference", NULL, probity_record_get_reference (job), error) ||
      !probity_step_log (step, write, job, PROBITY_VERB_COLLECTION, "material_digest", NULL, probity_record_get (job, "material_digest"), error) ||
      !probity_seal_finish (step, write, job, error))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

static ProbityStep *
make_submit_step (ProbitySession *session,
                  ProbityValues  *values)
{
  ProbityStep *step = probity_second_job_step_new (session, NULL);

  step->action = g_strdup ("submit");
  step->values = probity_values_ref (values);

  return step;
}

/**
 * probity_second_job_submit_sealed:
 * @holders: names of accounts, beside who enters it
 * @with_checks: also for accounts without a key of `standards`; see probity_case_seal_with_checks()
 *
 * Enters an application that no open compartment ever hears of. Its reference is drawn even where the force numbers
 * second jobs, so that it leaves no gap among them. Resolves to #ProbityRecord.
 */
DexFuture *
probity_second_job_submit_sealed (ProbitySession    *session,
                                  ProbityValues     *values,
                                  const char *const *holders,
                                  gboolean           with_checks,
                                  const char        *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (values != NULL && holders != NULL);

  step = make_submit_step (session, values);
  step->list = g_strdupv ((GStrv) holders);
  step->flag = with_checks;
  step->reason = g_strdup (reason);

  return probity_step_run (step, submit_write);
}

/**
 * probity_second_job_submit:
 *
 * Enters an application on the applicant's behalf. The reference, the manager and the route are
 * settled in the same transaction.
 */
DexFuture *
probity_second_job_submit (ProbitySession *session,
                           ProbityValues  *values)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (values != NULL);

  return probity_step_run (make_submit_step (session, values), submit_write);
}

static gboolean
return_from_deferral (ProbityStep   *step,
                      ProbityWrite  *write,
                      ProbityDb     *registers,
                      ProbityRecord *job,
                      GError       **error)
{
  if (g_strcmp0 (probity_record_get (job, "stage"), "deferred") != 0)
    return TRUE;

  return probity_db_run (registers, error, "UPDATE second_job SET stage = 'with-professional-standards', version = version + 1 WHERE id = $id", "$id", 'i', probity_record_get_id (job), NULL) &&
         probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "stage", "deferred", "with-professional-standards", error) &&
         probity_second_job_enter_stage (step, write, job, probity_second_job_get_round (job), "with-professional-standards", step->reason, error);
}

static gboolean
amend_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRecord) amended = NULL;
  g_autoptr (ProbityValues) values = NULL;
  gboolean changed = FALSE;

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_SUBMIT, error) ||
      !probity_second_job_require_open (job, TRUE, error) ||
      (values = probity_second_job_copy_values (step->session, step->values, error)) == NULL)
    return FALSE;
  if (step->version != probity_record_get_version (job))
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_CONFLICT, "%s was saved by somebody else", step->reference);
      return FALSE;
    }

  if (!probity_record_change (write, step->session, job, values, FALSE, &changed, &amended, error))
    return FALSE;
  if (g_strcmp0 (probity_record_get (amended, "material_digest"), probity_record_get (job, "material_digest")) != 0 &&
      (!probity_second_job_sign_application (write, step->session, amended, "amended", error) ||
       !probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "material_digest", probity_record_get (job, "material_digest"), probity_record_get (amended, "material_digest"), error)))
    return FALSE;
  if (!return_from_deferral (step, write, registers, amended, error))
    return FALSE;

  return probity_step_return (step, write, amended, result, error);
}

/**
 * probity_second_job_amend:
 *
 * Changes an application that is not decided, or brings the facts for which it was deferred. A
 * material change makes earlier checks stale.
 */
DexFuture *
probity_second_job_amend (ProbitySession *session,
                          const char     *reference,
                          gint64          version,
                          ProbityValues  *values)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && values != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("amend");
  step->version = version;
  step->values = probity_values_ref (values);

  return probity_step_run (step, amend_write);
}

static gboolean
withdraw_write (ProbityWrite *write,
                gpointer      data,
                GValue       *result,
                GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRecord) job = NULL;

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_SUBMIT, error) ||
      !probity_second_job_require_open (job, TRUE, error) ||
      !probity_db_run (registers, error, "UPDATE second_job SET stage = 'withdrawn', outcome = 'withdrawn', decided_at = $now, version = version + 1"
                                         " WHERE id = $id",
                       "$id",
                       'i',
                       probity_record_get_id (job),
                       "$now",
                       's',
                       probity_write_get_now (write),
                       NULL) ||
      !probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "outcome", NULL, "withdrawn", error) ||
      !probity_second_job_enter_stage (step, write, job, probity_second_job_get_round (job), "withdrawn", step->reason, error))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

/** probity_second_job_withdraw: ends an application that is not decided; @reason may be %NULL. */
DexFuture *
probity_second_job_withdraw (ProbitySession *session,
                             const char     *reference,
                             const char     *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("withdraw");
  step->reason = g_strdup (reason);

  return probity_step_run (step, withdraw_write);
}
