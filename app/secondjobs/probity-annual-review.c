/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-annual-review-private.h"
#include "probity-instant.h"
#include "probity-second-job-outbox.h"

/* A run of the annual review: what it calls for, chasing, lapses, its end. */

#define MAX_CALLS 20000

/* How staff lists say that somebody is not in the force any more. */
#define LEFT "lower (coalesce (p.status, '')) IN ('left', 'leaver', 'retired', 'resigned', 'dismissed', 'transferred', 'deceased', 'former')"

ProbityStep *
probity_annual_review_step_new (ProbitySession *session,
                                const char     *action,
                                guint           run)
{
  ProbityStep *step = probity_second_job_step_new (session, NULL);

  step->action = g_strdup (action);
  step->kind = (int) run;

  return step;
}

gboolean
probity_annual_review_log (ProbityStep  *step,
                           ProbityWrite *write,
                           ProbityVerb   verb,
                           const char   *run_uid,
                           const char   *field,
                           const char   *text,
                           GError      **error)
{
  return probity_audit_add (write, step->session, PROBITY_COMPARTMENT_REGISTERS, verb, "review-run", run_uid, field, NULL, text, error);
}

void
probity_annual_review_set_number (ProbityValues *values,
                                  const char    *name,
                                  guint          number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  probity_values_set (values, name, text);
}

static gboolean
require (ProbityStep     *step,
         ProbityOperation operation,
         ProbityWrite    *write,
         ProbityDb      **ret_registers,
         GError         **error)
{
  return probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error) &&
         probity_step_require (step->session, operation, error) &&
         (*ret_registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error)) != NULL;
}

/* --- The run --- */

/* In the order of its calls: what the run is signed over. */
static char *
dup_calls_digest (ProbityDb  *registers,
                  const char *run_uid,
                  guint      *ret_n,
                  GError    **error)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/review-calls/1");
  g_autoptr (ProbityStatement) statement = probity_db_query (registers, error, "SELECT j.uid, c.due FROM review_call AS c JOIN second_job AS j ON j.id = c.second_job_id WHERE c.run_uid = $uid ORDER BY c.id", "$uid", 's', run_uid, NULL);

  if (statement == NULL)
    return NULL;
  for (*ret_n = 0;; (*ret_n)++)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return probity_canonical_dup_digest (canonical);
      probity_canonical_add_text (canonical, probity_statement_get_text (statement, 0), probity_statement_get_text (statement, 1));
    }
}

/* Of everybody, whoever begins it: one's own job is called for like any other, and seen by others. */
static gboolean
add_calls (ProbityWrite *write,
           ProbityDb    *registers,
           const char   *run_uid,
           const char   *from,
           const char   *until,
           GError      **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (registers, error, "SELECT id, next_review FROM second_job WHERE stage = 'registered' AND next_review <= $until"
                                                  " AND ($from IS NULL OR next_review >= $from) ORDER BY next_review, id",
                                "$until",
                                's',
                                until,
                                "$from",
                                's',
                                from,
                                NULL);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      gboolean row;
      gint64   id;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      id = probity_statement_get_int64 (statement, 0);
      g_array_append_val (ids, id);
      g_ptr_array_add (days, probity_statement_dup_text (statement, 1));
    }
  if (ids->len == 0 || ids->len > MAX_CALLS)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "until", ids->len == 0 ? "No review is due in these days" : "So many reviews are due that they have to be called for in parts"));
      return FALSE;
    }
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *uid = probity_write_new_uid (write);

      if (!probity_db_run (registers, error, "INSERT INTO review_call (uid, run_uid, second_job_id, due) VALUES ($uid, $run, $job, $due)", "$uid", 's', uid, "$run", 's', run_uid, "$job", 'i', g_array_index (ids, gint64, i), "$due", 's', g_ptr_array_index (days, i), NULL))
        return FALSE;
    }

  return TRUE;
}

static gboolean
begin_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep     *step = data;
  ProbityDb       *registers;
  g_autofree char *uid = probity_write_new_uid (write);
  g_autofree char *digest = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autoptr (ProbityRow) run = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  ProbityValues *values;
  guint          n_calls;

  if (!require (step, PROBITY_OPERATION_RUN_REVIEW, write, &registers, error))
    return FALSE;
  if (step->text == NULL || probity_day_from_iso (step->text) == PROBITY_DAY_NONE ||
      (step->reason != NULL && (probity_day_from_iso (step->reason) == PROBITY_DAY_NONE || strcmp (step->reason, step->text) > 0)))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "until", "A run wants days such as 2026-11-30, the first not after the last"));
      return FALSE;
    }
  if (!add_calls (write, registers, uid, step->reason, step->text, error) ||
      (digest = dup_calls_digest (registers, uid, &n_calls, error)) == NULL)
    return FALSE;

  probity_row_set (row, "uid", uid);
  probity_row_set (row, "due_from", step->reason);
  probity_row_set (row, "due_until", step->text);
  probity_row_set_int (row, "n_calls", n_calls);
  probity_row_set (row, "calls_digest", digest);
  if (!probity_signed_insert (&probity_signed_review_run, write, step->session, registers, uid, row, error) ||
      !probity_annual_review_log (step, write, PROBITY_VERB_COLLECTION, probity_row_get (row, "uid"), "calls", step->text, error) ||
      (run = probity_annual_review_find (registers, 0, error)) == NULL ||
      (calls = probity_annual_review_collect (step->session, registers, run, error)) == NULL)
    return FALSE;

  /* Nobody counts what is about themselves. */
  values = probity_values_new ();
  probity_values_set (values, "run", probity_row_get (run, "id"));
  probity_annual_review_set_number (values, "calls", calls->len);
  probity_write_note_change (write, PROBITY_COMPARTMENT_REGISTERS, "review-run", probity_row_get_int (run, "id"), uid);

  return probity_part_return (result, values);
}

DexFuture *
probity_annual_review_begin (ProbitySession *session,
                             const char     *from,
                             const char     *until)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  step = probity_annual_review_step_new (session, "review-run", 0);
  step->reason = g_strdup (from);
  step->text = g_strdup (until);

  return probity_step_run (step, begin_write);
}

ProbityRow *
probity_annual_review_find (ProbityDb *registers,
                            guint      run,
                            GError   **error)
{
  g_autofree char *number = g_strdup_printf ("%u", run);
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_review_run, registers, run == 0 ? "1 ORDER BY id DESC LIMIT 1" : "id = $key", run == 0 ? NULL : number, error);

  if (rows == NULL)
    return NULL;
  if (rows->len > 0)
    return g_ptr_array_steal_index (rows, 0);

  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "run", "There is no such run of the annual review"));

  return NULL;
}

/* --- Reading --- */

#define RETURNED "EXISTS (SELECT 1 FROM review AS v WHERE v.second_job_id = c.second_job_id AND v.at >= n.at)"

GPtrArray *
probity_annual_review_collect (ProbitySession *session,
                               ProbityDb      *registers,
                               ProbityRow     *run,
                               GError        **error)
{
  static const char *const names[] = { "uid", "reference", "staff_number", "name", "employer", "due", "state", "chases", "last_chased", "?leaver", "?appeal_open", NULL };
  g_autofree char         *scope = probity_record_kind_dup_scope (&probity_second_job_kind, session);
  g_autofree char         *sql = g_strdup_printf ("SELECT r.uid, r.reference, r.staff_number, trim (coalesce (p.forenames, '') || ' ' || p.surname), r.employer, c.due,"
                                                  " coalesce ((SELECT v.result FROM review AS v WHERE v.second_job_id = r.id AND v.at >= n.at ORDER BY v.id DESC LIMIT 1),"
                                                  " CASE WHEN r.stage = 'registered' THEN 'outstanding' ELSE r.stage END),"
                                                  " (SELECT count (*) FROM review_chase AS h WHERE h.run_uid = n.uid AND h.second_job_id = r.id),"
                                                  " (SELECT max (h.at) FROM review_chase AS h WHERE h.run_uid = n.uid AND h.second_job_id = r.id), " LEFT ", coalesce (r.appeal, '') = 'open'"
                                                  " FROM review_run AS n JOIN review_call AS c ON c.run_uid = n.uid JOIN second_job AS r ON r.id = c.second_job_id"
                                                  " JOIN person AS p ON p.staff_number = r.staff_number WHERE n.uid = $run AND %s ORDER BY c.id",
                                          scope);
  g_autoptr (ProbityStatement) statement = probity_db_query (registers, error, sql, "$run", 's', probity_row_get (run, "uid"), NULL);

  return statement != NULL && probity_access_bind_scope (session, statement, error) ? probity_part_collect (statement, session, names, error) : NULL;
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRow) run = NULL;
  GPtrArray *list;

  if (!probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error) ||
      (registers = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error)) == NULL ||
      (run = probity_annual_review_find (registers, (guint) step->kind, error)) == NULL ||
      (list = probity_annual_review_collect (step->session, registers, run, error)) == NULL)
    return FALSE;
  if (!probity_annual_review_add_hits (step->session, read, list, error))
    {
      g_ptr_array_unref (list);
      return FALSE;
    }

  return probity_part_return_list (result, list);
}

DexFuture *
probity_annual_review_load (ProbitySession *session,
                            guint           run)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  return probity_step_read (probity_annual_review_step_new (session, "review-run", run), load_read);
}

static gboolean
runs_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  static const char *const names[] = { "run", "due_from", "due_until", "calls", "outstanding", "@who", "at", "?ended", NULL };
  ProbityStep             *step = data;
  ProbityDb               *registers;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *scope = probity_record_kind_dup_scope (&probity_second_job_kind, step->session);
  g_autofree char *sql = NULL;
  GPtrArray       *list;

  if (!probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error) ||
      (registers = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error)) == NULL)
    return FALSE;
  /* Only what the reader may know of is counted. */
  sql = g_strdup_printf ("SELECT n.id, n.due_from, n.due_until,"
                         " (SELECT count (*) FROM review_call AS c JOIN second_job AS r ON r.id = c.second_job_id WHERE c.run_uid = n.uid AND %s),"
                         " (SELECT count (*) FROM review_call AS c JOIN second_job AS r ON r.id = c.second_job_id WHERE c.run_uid = n.uid AND r.stage = 'registered' AND NOT " RETURNED " AND %s),"
                         " n.account, n.at, EXISTS (SELECT 1 FROM review_run_end AS e WHERE e.run_uid = n.uid) FROM review_run AS n ORDER BY n.id DESC LIMIT 100",
                         scope,
                         scope);
  statement = probity_db_query (registers, error, sql, NULL);
  if (statement == NULL || !probity_access_bind_scope (step->session, statement, error) ||
      (list = probity_part_collect (statement, step->session, names, error)) == NULL)
    return FALSE;

  return probity_part_return_list (result, list);
}

DexFuture *
probity_annual_review_load_runs (ProbitySession *session)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  return probity_step_read (probity_annual_review_step_new (session, "review-runs", 0), runs_read);
}

/* --- Chasing --- */

static gboolean
chase_one (ProbityStep   *step,
           ProbityWrite  *write,
           ProbityDb     *registers,
           ProbityRow    *run,
           ProbityValues *call,
           GError       **error)
{
  const char *uid = probity_values_get (call, "uid");
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();

  if (!probity_record_read (registers, &probity_second_job_kind, NULL, uid, &job, error))
    return FALSE;
  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "run_uid", probity_row_get (run, "uid"));
  probity_row_set (row, "how", step->text);

  return probity_signed_insert (&probity_signed_review_chase, write, step->session, registers, uid, row, error) &&
         probity_step_log (step, write, job, PROBITY_VERB_COLLECTION, "review-chase", NULL, step->text, error);
}

static gboolean
chase_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRow) run = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  ProbityValues *values;
  guint          n_chased = 0;

  if (!require (step, PROBITY_OPERATION_REVIEW, write, &registers, error) ||
      !probity_step_require_text ("how", step->text, error) ||
      (run = probity_annual_review_find (registers, (guint) step->kind, error)) == NULL ||
      (calls = probity_annual_review_collect (step->session, registers, run, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < calls->len; i++)
    {
      ProbityValues *call = g_ptr_array_index (calls, i);

      if (!g_str_equal (probity_values_get (call, "state"), "outstanding") ||
          (step->list != NULL && step->list[0] != NULL && !g_strv_contains ((const char *const *) step->list, probity_values_get (call, "reference"))))
        continue;
      if (!chase_one (step, write, registers, run, call, error))
        return FALSE;
      n_chased++;
    }
  if (n_chased == 0)
    {
      g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "No such return is outstanding");
      return FALSE;
    }

  values = probity_values_new ();
  probity_annual_review_set_number (values, "chased", n_chased);
  probity_write_note_change (write, PROBITY_COMPARTMENT_REGISTERS, "review-run", probity_row_get_int (run, "id"), probity_row_get (run, "uid"));

  return probity_part_return (result, values);
}

DexFuture *
probity_annual_review_chase (ProbitySession    *session,
                             guint              run,
                             const char *const *references,
                             const char        *how)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  step = probity_annual_review_step_new (session, "review-chase", run);
  step->list = g_strdupv ((GStrv) references);
  step->text = g_strdup (how);

  return probity_step_run (step, chase_write);
}

/* --- Lapses and leavers --- */

/* The newest run that called for the job and knows no return of it. */
static gboolean
find_open_call (ProbityDb     *registers,
                ProbityRecord *job,
                char         **ret_run,
                guint         *ret_n_chases,
                GError       **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (registers, error, "SELECT n.uid, (SELECT count (*) FROM review_chase AS h WHERE h.run_uid = n.uid AND h.second_job_id = c.second_job_id)"
                                                  " FROM review_call AS c JOIN review_run AS n ON n.uid = c.run_uid WHERE c.second_job_id = $id AND NOT " RETURNED " ORDER BY n.id DESC LIMIT 1",
                                "$id",
                                'i',
                                probity_record_get_id (job),
                                NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  *ret_run = row ? probity_statement_dup_text (statement, 0) : NULL;
  *ret_n_chases = row ? (guint) probity_statement_get_int64 (statement, 1) : 0;

  return TRUE;
}

static gboolean
lapse_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep     *step = data;
  ProbityDb       *registers;
  g_autofree char *today = probity_day_to_iso (probity_instant_to_day (probity_write_get_now (write)));
  g_autofree char *run = NULL;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  const char *due;
  guint       n_chases;

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_RUN_REVIEW, error) ||
      !probity_step_require_text ("reason", step->reason, error) ||
      !find_open_call (registers, job, &run, &n_chases, error))
    return FALSE;
  due = probity_record_get (job, "next_review");
  if (g_strcmp0 (probity_record_get (job, "stage"), "registered") != 0 || due == NULL || strcmp (due, today) >= 0 || run == NULL || n_chases == 0 || probity_second_job_has_appeal (job))
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s does not lapse: only what is registered, called for, overdue, chased and under no appeal does", step->reference);
      return FALSE;
    }

  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "round", probity_record_get (job, "round"));
  probity_row_set (row, "run_uid", run);
  probity_row_set (row, "reason", step->reason);
  if (!probity_signed_insert (&probity_signed_job_lapse, write, step->session, registers, probity_record_get_uid (job), row, error) ||
      !probity_db_run (registers, error, "UPDATE second_job SET stage = 'lapsed', next_review = NULL, version = version + 1 WHERE id = $id", "$id", 'i', probity_record_get_id (job), NULL) ||
      !probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "stage", "registered", "lapsed", error) ||
      !probity_second_job_enter_stage (step, write, job, probity_second_job_get_round (job), "lapsed", step->reason, error))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

DexFuture *
probity_annual_review_lapse (ProbitySession *session,
                             const char     *reference,
                             const char     *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("lapse");
  step->reason = g_strdup (reason);

  return probity_step_run (step, lapse_write);
}

static gboolean
leavers_write (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRow) run = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GString) with_appeal = g_string_new (NULL);
  ProbityValues *values;
  guint          n_ceased = 0;

  if (!require (step, PROBITY_OPERATION_RUN_REVIEW, write, &registers, error) ||
      (run = probity_annual_review_find (registers, (guint) step->kind, error)) == NULL ||
      (calls = probity_annual_review_collect (step->session, registers, run, error)) == NULL)
    return FALSE;
  step->for_role = g_strdup ("ceased");
  step->reason = g_strdup ("Left the force, as the staff list has it");
  for (guint i = 0; i < calls->len; i++)
    {
      ProbityValues *call = g_ptr_array_index (calls, i);
      g_autoptr (ProbityRecord) job = NULL;

      if (!g_str_equal (probity_values_get (call, "leaver"), "true") || !g_str_equal (probity_values_get (call, "state"), "outstanding"))
        continue;
      /* It is decided, or not pursued, before the job ceases; the others do not wait for it. */
      if (g_str_equal (probity_values_get (call, "appeal_open"), "true"))
        {
          g_string_append_printf (with_appeal, "%s%s", with_appeal->len > 0 ? "\n" : "", probity_values_get (call, "reference"));
          continue;
        }
      if (!probity_record_read (registers, &probity_second_job_kind, NULL, probity_values_get (call, "uid"), &job, error) ||
          !probity_second_job_take_return (step, write, registers, job, error))
        return FALSE;
      n_ceased++;
    }

  values = probity_values_new ();
  probity_annual_review_set_number (values, "ceased", n_ceased);
  probity_values_set (values, "with_appeal", with_appeal->str);
  probity_write_note_change (write, PROBITY_COMPARTMENT_REGISTERS, "review-run", probity_row_get_int (run, "id"), probity_row_get (run, "uid"));

  return probity_part_return (result, values);
}

DexFuture *
probity_annual_review_cease_leavers (ProbitySession *session,
                                     guint           run)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  return probity_step_run (probity_annual_review_step_new (session, "cease-leavers", run), leavers_write);
}

/* --- The end --- */

static gboolean
end_write (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRow) run = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autoptr (ProbityStatement) statement = NULL;
  ProbityValues *values;
  gboolean       outstanding;

  if (!require (step, PROBITY_OPERATION_RUN_REVIEW, write, &registers, error) ||
      (run = probity_annual_review_find (registers, (guint) step->kind, error)) == NULL)
    return FALSE;
  statement = probity_db_query (registers, error, "SELECT 1 FROM review_call AS c JOIN review_run AS n ON n.uid = c.run_uid JOIN second_job AS r ON r.id = c.second_job_id"
                                                  " WHERE n.uid = $uid AND r.stage = 'registered' AND NOT " RETURNED " UNION ALL SELECT 1 FROM review_run_end WHERE run_uid = $uid",
                                "$uid",
                                's',
                                probity_row_get (run, "uid"),
                                NULL);
  if (statement == NULL || !probity_statement_step (statement, &outstanding, error))
    return FALSE;
  if (outstanding)
    {
      g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "The run is over, or returns are outstanding: take them, or confirm what has lapsed");
      return FALSE;
    }

  probity_row_set (row, "run_uid", probity_row_get (run, "uid"));
  probity_row_set (row, "note", step->text);
  if (!probity_signed_insert (&probity_signed_review_run_end, write, step->session, registers, probity_row_get (run, "uid"), row, error) ||
      !probity_annual_review_log (step, write, PROBITY_VERB_ALTERATION, probity_row_get (run, "uid"), "ended", step->text, error))
    return FALSE;
  values = probity_values_new ();
  probity_values_set (values, "run", probity_row_get (run, "id"));
  probity_write_note_change (write, PROBITY_COMPARTMENT_REGISTERS, "review-run", probity_row_get_int (run, "id"), probity_row_get (run, "uid"));

  return probity_part_return (result, values);
}

DexFuture *
probity_annual_review_end (ProbitySession *session,
                           guint           run,
                           const char     *note)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  step = probity_annual_review_step_new (session, "review-end", run);
  step->text = g_strdup (note);

  return probity_step_run (step, end_write);
}

/* --- Calls that go with a case that is sealed --- */

#define LEFT_CALLS "calls-left"

/* What the log says of the calls that are left. */
static char *
dup_left (guint       n,
          const char *digest)
{
  return g_strdup_printf ("%u %s", n, digest);
}

gboolean
probity_annual_review_log_left (ProbityWrite      *write,
                                ProbitySession    *session,
                                ProbityCompartment compartment,
                                const char        *run_uid,
                                GError           **error)
{
  ProbityDb       *db = probity_write_get_open_db (write, compartment, error);
  guint            n;
  g_autofree char *digest = db != NULL ? dup_calls_digest (db, run_uid, &n, error) : NULL;
  g_autofree char *left = digest != NULL ? dup_left (n, digest) : NULL;

  return left != NULL && probity_audit_add (write, session, compartment, PROBITY_VERB_ERASURE, "review-run", run_uid, LEFT_CALLS, NULL, left, error);
}

/* The newest entry says what has to be there, if it is of who may seal: the log is proved by itself. */
static gboolean
is_as_left (const ProbityGateSource *source,
            const char              *run_uid,
            guint                    n,
            const char              *digest)
{
  g_autofree char *left = dup_left (n, digest);
  g_autoptr (ProbityStatement) row = NULL;
  gboolean found;

  row = probity_db_query (source->registers, NULL, "SELECT v.new, e.account, e.at FROM audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq"
                                                   " WHERE e.record = $run AND e.kind = 'review-run' AND e.field = '" LEFT_CALLS "' ORDER BY e.seq DESC LIMIT 1",
                          "$run",
                          's',
                          run_uid,
                          NULL);

  return row != NULL && probity_statement_step (row, &found, NULL) && found && g_strcmp0 (probity_statement_get_text (row, 0), left) == 0 &&
         (probity_keyring_get_roles_at (source->keyring, probity_statement_get_text (row, 1), probity_statement_get_text (row, 2)) & (PROBITY_ROLE_ACU_OFFICER | PROBITY_ROLE_DECIDER)) != 0;
}

/* --- Proof --- */

static gboolean
prove_rows (const ProbityGateSource  *source,
            const ProbitySignedTable *table,
            GPtrArray                *problems,
            GError                  **error)
{
  g_autoptr (GPtrArray) rows = probity_signed_load (table, source->registers, "1 ORDER BY id", NULL, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (rows, i);
      const char *run = probity_row_get (row, table->owner);

      if (!probity_signed_prove (table, source->keyring, run, row) ||
          (probity_keyring_get_roles_at (source->keyring, probity_row_get (row, "account"), probity_row_get (row, "at")) & PROBITY_ROLE_HEAD_OF_HR) == 0)
        g_ptr_array_add (problems, g_strdup_printf ("forged-review: %s: not signed by a head of HR", probity_row_get (row, "uid")));
      if (table == &probity_signed_review_run)
        {
          guint            n;
          g_autofree char *digest = dup_calls_digest (source->registers, run, &n, error);

          if (digest == NULL)
            return FALSE;
          if (g_strcmp0 (digest, probity_row_get (row, "calls_digest")) != 0 && !is_as_left (source, run, n, digest))
            g_ptr_array_add (problems, g_strdup_printf ("forged-review: %s: does not call for what was signed", probity_row_get (row, "uid")));
        }
    }

  return TRUE;
}

gboolean
probity_annual_review_verify_runs (const ProbityGateSource *source,
                                   GPtrArray               *problems,
                                   GError                 **error)
{
  return prove_rows (source, &probity_signed_review_run, problems, error) &&
         prove_rows (source, &probity_signed_review_run_end, problems, error);
}

gboolean
probity_annual_review_verify_case (ProbityGate             *gate,
                                   const ProbityGateSource *source,
                                   GError                 **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, probity_record_get_id (gate->job));
  g_autoptr (GPtrArray) chases = probity_signed_load (&probity_signed_review_chase, source->registers, "second_job_id = $key ORDER BY id", id, error);
  g_autoptr (GPtrArray) lapses = chases != NULL ? probity_signed_load (&probity_signed_job_lapse, source->registers, "second_job_id = $key ORDER BY id", id, error) : NULL;
  gboolean confirmed = FALSE;

  if (lapses == NULL)
    return FALSE;
  for (guint i = 0; i < chases->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (chases, i);

      probity_gate_prove (gate, source, &probity_signed_review_chase, row, probity_row_get (row, "at"), PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR | PROBITY_ROLE_PSD_OFFICER, "forged-review", source->registers);
    }
  for (guint i = 0; i < lapses->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (lapses, i);

      confirmed = (probity_gate_prove (gate, source, &probity_signed_job_lapse, row, probity_row_get (row, "at"), PROBITY_ROLE_HEAD_OF_HR, "forged-lapse", source->registers) &&
                   probity_row_get_int (row, "round") == probity_second_job_get_round (gate->job)) ||
                  confirmed;
    }
  if (g_strcmp0 (probity_record_get (gate->job, "stage"), "lapsed") == 0 && !probity_record_get_boolean (gate->job, "brought_forward") && !confirmed)
    probity_gate_add_problem (gate, "forged-lapse", "lapsed without the head of HR");

  return TRUE;
}
