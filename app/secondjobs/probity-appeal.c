/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-appeal.h"

#include "probity-gate-private.h"
#include "probity-instant.h"
#include "probity-part.h"
#include "probity-profile.h"

/* The letter is served, an appeal is lodged, or withdrawn. */

static gboolean
read_day (ProbityWrite *write,
          const char   *field,
          const char   *text,
          ProbityDay   *ret_day,
          GError      **error)
{
  const ProbityDay today = probity_instant_to_day (probity_write_get_now (write));

  *ret_day = text != NULL && *text != '\0' ? probity_day_from_iso (text) : today;
  if (*ret_day == PROBITY_DAY_NONE)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field, "“%.64s” is not a day such as 2026-11-22", text));
      return FALSE;
    }
  if (*ret_day > today)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field, "“%s” is after today", text));
      return FALSE;
    }

  return TRUE;
}

static gboolean
require_decided (ProbityStep   *step,
                 ProbityRecord *job,
                 GError       **error)
{
  const char *outcome = probity_record_get (job, "outcome");

  if (probity_record_get (job, "decision_uid") != NULL && outcome != NULL)
    return TRUE;

  g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is not decided", step->reference);

  return FALSE;
}

static gboolean
has_appeal_row (ProbityDb     *registers,
                ProbityRecord *job,
                gboolean      *ret_has,
                GError       **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (registers, error, "SELECT 1 FROM appeal WHERE decision_uid = $uid", "$uid", 's', probity_record_get (job, "decision_uid"), NULL);

  return statement != NULL && probity_statement_step (statement, ret_has, error);
}

static gboolean
serve_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  ProbityDay   served;
  gboolean     appealed;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *day = NULL;

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_LODGE_APPEAL, error) ||
      !require_decided (step, job, error) ||
      !read_day (write, "served_on", step->text, &served, error) ||
      !probity_step_require_text ("how", step->reason, error) ||
      !has_appeal_row (registers, job, &appealed, error))
    return FALSE;
  if (served < probity_instant_to_day (probity_record_get (job, "decided_at")))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "served_on", "The letter cannot be served before the decision"));
      return FALSE;
    }
  if (appealed)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "The decision on %s has been appealed against: the day of service stands", step->reference);
      return FALSE;
    }

  day = probity_day_to_iso (served);
  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "decision_uid", probity_record_get (job, "decision_uid"));
  probity_row_set (row, "served_on", day);
  probity_row_set (row, "how", step->reason);
  if (!probity_signed_insert (&probity_signed_letter_service, write, step->session, registers, probity_record_get_uid (job), row, error) ||
      !probity_step_log (step, write, job, PROBITY_VERB_COLLECTION, "served_on", NULL, day, error))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

DexFuture *
probity_appeal_serve (ProbitySession *session,
                      const char     *reference,
                      const char     *served_on,
                      const char     *how)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("letter-served");
  step->text = g_strdup (served_on);
  step->reason = g_strdup (how);

  return probity_step_run (step, serve_write);
}

/* The newest service of the letter; NULL: none. */
static gboolean
load_service (ProbityDb     *registers,
              ProbityRecord *job,
              ProbityRow   **ret_service,
              GError       **error)
{
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_letter_service, registers, "decision_uid = $key ORDER BY id DESC LIMIT 1", probity_record_get (job, "decision_uid"), error);

  if (rows == NULL)
    return FALSE;
  *ret_service = rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;

  return TRUE;
}

static ProbityDay
get_last_day (ProbitySession *session,
              ProbityRecord  *job,
              ProbityRow     *service)
{
  const ProbityEmploymentGroup *group = probity_profile_get_employment_group (probity_session_get_profile (session), probity_record_get (job, "employment_group"));

  return probity_day_from_iso (probity_row_get (service, "served_on")) + group->appeal_days;
}

static gboolean
require_appealable (ProbityStep   *step,
                    ProbityDb     *registers,
                    ProbityRecord *job,
                    GError       **error)
{
  const char *outcome = probity_record_get (job, "outcome");
  const char *stage = probity_record_get (job, "stage");
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean again;

  if (probity_record_get (job, "decision_uid") == NULL ||
      !((g_strcmp0 (outcome, "refused") == 0 && g_strcmp0 (stage, "withdrawn") != 0) ||
        (g_strcmp0 (outcome, "approved-with-conditions") == 0 && g_strcmp0 (stage, "registered") == 0)))
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s has neither a refusal nor conditions to appeal against", step->reference);
      return FALSE;
    }
  statement = probity_db_query (registers, error, "SELECT 1 FROM appeal AS a WHERE a.decision_uid = $uid"
                                                  " AND NOT EXISTS (SELECT 1 FROM appeal_outcome AS o WHERE o.appeal_uid = a.uid AND o.outcome = 'withdrawn')",
                                "$uid",
                                's',
                                probity_record_get (job, "decision_uid"),
                                NULL);
  if (statement == NULL || !probity_statement_step (statement, &again, error))
    return FALSE;
  if (!again && probity_record_get (job, "appeal") == NULL)
    return TRUE;

  g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "The decision on %s has been appealed against", step->reference);

  return FALSE;
}

static gboolean
settle_clock (ProbityStep   *step,
              ProbityWrite  *write,
              ProbityRecord *job,
              ProbityRow    *service,
              ProbityRow    *row,
              GError       **error)
{
  const ProbityEmploymentGroup *group = probity_profile_get_employment_group (probity_session_get_profile (step->session), probity_record_get (job, "employment_group"));
  const ProbityDay              last = get_last_day (step->session, job, service);
  const char                   *late_reason = probity_part_get (step->values, "late_reason");
  g_autofree char              *last_text = probity_day_to_iso (last);
  g_autofree char              *lodged_text = NULL;
  g_autofree char              *decide_by = NULL;
  ProbityDay                    lodged;

  if (!read_day (write, "lodged_on", probity_part_get (step->values, "lodged_on"), &lodged, error))
    return FALSE;
  if (lodged < probity_day_from_iso (probity_row_get (service, "served_on")))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "lodged_on", "An appeal is not lodged before the letter was served"));
      return FALSE;
    }
  if (lodged > last && late_reason == NULL)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "late_reason", "The last day to appeal was %s; say why it is taken late", last_text));
      return FALSE;
    }
  lodged_text = probity_day_to_iso (lodged);
  decide_by = probity_day_to_iso (lodged + group->decide_days);
  probity_row_set (row, "last_day", last_text);
  probity_row_set (row, "lodged_on", lodged_text);
  probity_row_set (row, "decide_by", decide_by);
  probity_row_set (row, "late_reason", lodged > last ? late_reason : NULL);

  return lodged <= last || probity_step_require_text ("late_reason", late_reason, error);
}

static gboolean
lodge_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  const char  *stage;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRow) service = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_LODGE_APPEAL, error) ||
      !require_appealable (step, registers, job, error) ||
      !load_service (registers, job, &service, error))
    return FALSE;
  if (service == NULL)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "served_on", "Record first when the letter was served: the time to appeal runs from that day"));
      return FALSE;
    }
  if (!settle_clock (step, write, job, service, row, error) ||
      !probity_step_require_text ("grounds", probity_part_get (step->values, "grounds"), error))
    return FALSE;

  stage = probity_record_get (job, "stage");
  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "round", probity_record_get (job, "round"));
  probity_row_set (row, "decision_uid", probity_record_get (job, "decision_uid"));
  probity_row_set (row, "service_uid", probity_row_get (service, "uid"));
  probity_row_set (row, "grounds", probity_part_get (step->values, "grounds"));
  probity_row_set (row, "companion", probity_part_get (step->values, "companion"));
  probity_row_set (row, "material_digest", probity_record_get (job, "material_digest"));
  if (!probity_signed_insert (&probity_signed_appeal, write, step->session, registers, probity_record_get_uid (job), row, error) ||
      !probity_db_run (registers, error, "UPDATE second_job SET appeal = 'open', version = version + 1 WHERE id = $id", "$id", 'i', probity_record_get_id (job), NULL) ||
      !probity_step_log (step, write, job, PROBITY_VERB_COLLECTION, "appeal", NULL, probity_row_get (row, "grounds"), error) ||
      (g_strcmp0 (stage, "refused") == 0 &&
       !probity_second_job_enter_stage (step, write, job, probity_second_job_get_round (job), "appeal", NULL, error)))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

DexFuture *
probity_appeal_lodge (ProbitySession *session,
                      const char     *reference,
                      ProbityValues  *values)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && values != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("appeal");
  step->values = probity_values_ref (values);

  return probity_step_run (step, lodge_write);
}

static gboolean
withdraw_write (ProbityWrite *write,
                gpointer      data,
                GValue       *result,
                GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  const char  *stage;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_LODGE_APPEAL, error) ||
      !probity_second_job_require_appeal (job, error) ||
      !probity_step_require_text ("reason", step->reason, error))
    return FALSE;

  stage = probity_record_get (job, "stage");
  if (!probity_appeal_fill_outcome (registers, job, "withdrawn", step->reason, row, error) ||
      !probity_signed_insert (&probity_signed_appeal_outcome, write, step->session, registers, probity_record_get_uid (job), row, error) ||
      !probity_db_run (registers, error, "UPDATE second_job SET appeal = NULL, version = version + 1 WHERE id = $id", "$id", 'i', probity_record_get_id (job), NULL) ||
      !probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "appeal", "open", "withdrawn", error) ||
      (g_strcmp0 (stage, "appeal") == 0 &&
       !probity_second_job_enter_stage (step, write, job, probity_second_job_get_round (job), "refused", step->reason, error)))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

DexFuture *
probity_appeal_withdraw (ProbitySession *session,
                         const char     *reference,
                         const char     *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("withdraw-appeal");
  step->reason = g_strdup (reason);

  return probity_step_run (step, withdraw_write);
}

gboolean
probity_second_job_require_appeal (ProbityRecord *job,
                                   GError       **error)
{
  if (probity_second_job_has_appeal (job))
    return TRUE;

  g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "No appeal is open on %s", probity_record_get_reference (job));

  return FALSE;
}

gboolean
probity_appeal_fill_outcome (ProbityDb     *registers,
                             ProbityRecord *job,
                             const char    *outcome,
                             const char    *reasons,
                             ProbityRow    *row,
                             GError       **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean found;

  statement = probity_db_query (registers, error, "SELECT uid FROM appeal WHERE second_job_id = $id ORDER BY id DESC LIMIT 1", "$id", 'i', probity_record_get_id (job), NULL);
  if (statement == NULL || !probity_statement_step (statement, &found, error))
    return FALSE;
  if (!found)
    return probity_access_set_not_found (error, probity_record_get_reference (job));

  probity_row_set (row, "appeal_uid", probity_statement_get_text (statement, 0));
  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "round", probity_record_get (job, "round"));
  probity_row_set (row, "outcome", outcome);
  probity_row_set (row, "reasons", reasons);
  probity_row_set (row, "material_digest", probity_record_get (job, "material_digest"));

  return TRUE;
}

/* Where no appeal is lodged yet: until when one may be. */
static gboolean
add_clock (ProbityStep   *step,
           ProbityDb     *registers,
           ProbityRecord *job,
           ProbityValues *values,
           GError       **error)
{
  const ProbityEmploymentGroup *group = probity_profile_get_employment_group (probity_session_get_profile (step->session), probity_record_get (job, "employment_group"));
  g_autoptr (ProbityRow) service = NULL;
  g_autofree char *last_day = NULL;

  if (!load_service (registers, job, &service, error))
    return FALSE;
  probity_values_set (values, "appeal_to", group->appeal_to);
  if (service == NULL)
    return TRUE;

  last_day = probity_day_to_iso (get_last_day (step->session, job, service));
  probity_values_set (values, "served_on", probity_row_get (service, "served_on"));
  probity_values_set (values, "how", probity_row_get (service, "how"));
  probity_values_set (values, "last_day", last_day);

  return TRUE;
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  static const char *const names[] = { "uid", "last_day", "lodged_on", "?late", "late_reason", "grounds", "companion", "decide_by", "@lodged_by", "lodged_at", "outcome", "outcome_reasons", "@outcome_by", "outcome_at", "decision_outcome", "decided", "@decided_by", NULL };
  ProbityStep             *step = data;
  ProbityDb               *registers;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();
  ProbityValues *found = NULL;

  if (!probity_step_find_read (step, read, &registers, &job, error))
    return FALSE;
  if (probity_record_get (job, "decision_uid") != NULL && !add_clock (step, registers, job, values, error))
    return FALSE;

  statement = probity_db_query (registers, error, "SELECT a.uid, a.last_day, a.lodged_on, a.lodged_on > a.last_day, a.late_reason, a.grounds, a.companion, a.decide_by, a.account, a.at,"
                                                  " o.outcome, o.reasons, o.account, o.at, d.outcome, d.at, d.account"
                                                  " FROM appeal AS a JOIN decision AS d ON d.uid = a.decision_uid LEFT JOIN appeal_outcome AS o ON o.appeal_uid = a.uid"
                                                  " WHERE a.second_job_id = $id AND a.round = $round ORDER BY a.id DESC LIMIT 1",
                                "$id",
                                'i',
                                probity_record_get_id (job),
                                "$round",
                                'i',
                                probity_second_job_get_round (job),
                                NULL);
  if (statement == NULL || !probity_part_collect_one (statement, step->session, names, &found, error))
    return FALSE;
  if (found != NULL)
    {
      g_auto (GStrv) fields = probity_values_dup_fields (found);

      for (guint i = 0; fields[i] != NULL; i++)
        probity_values_set (values, fields[i], probity_values_get (found, fields[i]));
      probity_values_unref (found);
    }

  return probity_part_return (result, g_steal_pointer (&values));
}

DexFuture *
probity_appeal_load (ProbitySession *session,
                     const char     *reference)
{
  return probity_part_read (session, &probity_second_job_case, reference, "appeal", load_read);
}
