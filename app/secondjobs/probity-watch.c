/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-watch.h"

#include "probity-part.h"
#include "probity-second-job-private.h"

/* The watch list. Every entry is logged in `standards`, never beside the case. */

static gboolean
log_watch (ProbityStep   *step,
           ProbityWrite  *write,
           ProbityRecord *job,
           const char    *field,
           const char    *text,
           GError       **error)
{
  return probity_audit_add (write, step->session, PROBITY_COMPARTMENT_STANDARDS, PROBITY_VERB_COLLECTION, "second-job", probity_record_get_uid (job), field, NULL, text, error);
}

/* The rights first: who has none must not learn which cases could be watched. */
static gboolean
find (ProbityStep    *step,
      ProbityWrite   *write,
      ProbityDb     **ret_standards,
      ProbityRecord **ret_job,
      GError        **error)
{
  return probity_access_check (step->session, PROBITY_OPERATION_WATCH, error) &&
         probity_step_find (step, write, NULL, ret_job, error) &&
         (*ret_standards = probity_write_get_db (write, PROBITY_COMPARTMENT_STANDARDS, error)) != NULL;
}

/* The watch that has not ended; NULL: none. */
static gboolean
find_watch (ProbityDb  *standards,
            const char *case_uid,
            char      **ret_uid,
            GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (standards, error, "SELECT w.uid FROM watch AS w WHERE w.case_uid = $uid"
                                                  " AND NOT EXISTS (SELECT 1 FROM watch_note AS n WHERE n.watch_uid = w.uid AND n.kind = 'ended') LIMIT 1",
                                "$uid",
                                's',
                                case_uid,
                                NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  *ret_uid = row ? probity_statement_dup_text (statement, 0) : NULL;

  return TRUE;
}

static gboolean
read_review_day (ProbityStep  *step,
                 ProbityWrite *write,
                 char        **ret_day,
                 GError      **error)
{
  if (!probity_part_read_deadline (step->session, probity_write_get_now (write), "review_on", step->restricted, ret_day, error))
    return FALSE;
  if (*ret_day != NULL)
    return TRUE;

  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "review_on", "Say when it is to be looked at again"));

  return FALSE;
}

static gboolean
done (ProbityStep   *step,
      ProbityWrite  *write,
      ProbityRecord *job,
      ProbityRow    *row,
      GValue        *result)
{
  probity_write_note_change (write, PROBITY_COMPARTMENT_STANDARDS, "watch", 0, probity_row_get (row, "uid"));
  g_value_init (result, PROBITY_TYPE_RECORD);
  g_value_set_boxed (result, job);

  return TRUE;
}

static gboolean
add_write (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  static const char *const over[] = { "refused", "dismissed", "withdrawn", "ceased", "lapsed", NULL };
  ProbityStep             *step = data;
  ProbityDb               *standards;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *watch = NULL;
  g_autofree char *day = NULL;

  if (!find (step, write, &standards, &job, error))
    return FALSE;
  if (!g_strv_contains (over, probity_record_get (job, "stage")))
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is neither refused nor over", step->reference);
      return FALSE;
    }
  if (!probity_step_require_text ("reason", step->reason, error) ||
      !read_review_day (step, write, &day, error) ||
      !find_watch (standards, step->uid, &watch, error))
    return FALSE;
  if (watch != NULL)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_EXISTS, "%s is on the watch list", step->reference);
      return FALSE;
    }

  probity_row_set (row, "case_uid", step->uid);
  probity_row_set (row, "reference", probity_record_get_reference (job));
  probity_row_set (row, "staff_number", probity_record_get (job, "staff_number"));
  probity_row_set (row, "reason", step->reason);
  probity_row_set (row, "review_on", day);

  return probity_signed_insert (&probity_signed_watch, write, step->session, standards, step->uid, row, error) &&
         log_watch (step, write, job, "watch", step->reason, error) &&
         done (step, write, job, row, result);
}

static gboolean
note_write (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *standards;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *watch = NULL;
  g_autofree char *day = NULL;
  g_autofree char *field = g_strdup_printf ("watch:%s", step->for_role);

  if (!find (step, write, &standards, &job, error) ||
      !find_watch (standards, step->uid, &watch, error))
    return FALSE;
  if (watch == NULL)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is not on the watch list", step->reference);
      return FALSE;
    }
  if (!probity_step_require_text (g_str_equal (step->for_role, "ended") ? "reason" : "text", step->reason, error) ||
      (g_str_equal (step->for_role, "review") && !read_review_day (step, write, &day, error)))
    return FALSE;

  probity_row_set (row, "watch_uid", watch);
  probity_row_set (row, "case_uid", step->uid);
  probity_row_set (row, "kind", step->for_role);
  probity_row_set (row, "text", step->reason);
  probity_row_set (row, "review_on", day);

  return probity_signed_insert (&probity_signed_watch_note, write, step->session, standards, step->uid, row, error) &&
         log_watch (step, write, job, field, step->reason, error) &&
         done (step, write, job, row, result);
}

static DexFuture *
run (ProbitySession  *session,
     const char      *reference,
     const char      *kind,
     const char      *text,
     const char      *day,
     ProbityWriteFunc func)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("watch");
  step->for_role = g_strdup (kind);
  step->reason = g_strdup (text);
  step->restricted = g_strdup (day);

  return probity_step_run (step, func);
}

DexFuture *
probity_watch_add (ProbitySession *session,
                   const char     *reference,
                   const char     *reason,
                   const char     *review_on)
{
  return run (session, reference, "begun", reason, review_on, add_write);
}

DexFuture *
probity_watch_observe (ProbitySession *session,
                       const char     *reference,
                       const char     *text)
{
  return run (session, reference, "observation", text, NULL, note_write);
}

DexFuture *
probity_watch_review (ProbitySession *session,
                      const char     *reference,
                      const char     *text,
                      const char     *next)
{
  return run (session, reference, "review", text, next, note_write);
}

DexFuture *
probity_watch_end (ProbitySession *session,
                   const char     *reference,
                   const char     *reason)
{
  return run (session, reference, "ended", reason, NULL, note_write);
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  static const char *const names[] = { "kind", "at", "@who", "text", "review_on", NULL };
  ProbityStep             *step = data;
  ProbityDb               *standards;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (!probity_access_check (step->session, PROBITY_OPERATION_WATCH, error) ||
      !probity_step_find_read (step, read, NULL, &job, error) ||
      (standards = probity_read_get_db (read, PROBITY_COMPARTMENT_STANDARDS, error)) == NULL ||
      (list = probity_part_load (standards, step->session, "SELECT 'begun', at, account, reason, review_on FROM watch WHERE case_uid = $uid"
                                                           " UNION ALL SELECT kind, at, account, text, review_on FROM watch_note WHERE case_uid = $uid ORDER BY 2 DESC",
                                 step->uid,
                                 names,
                                 error)) == NULL)
    return FALSE;

  return probity_part_return_list (result, g_steal_pointer (&list));
}

DexFuture *
probity_watch_load (ProbitySession *session,
                    const char     *reference)
{
  return probity_part_read (session, &probity_second_job_case, reference, "watch", load_read);
}

static gboolean
add_job (ProbitySession *session,
         ProbityDb      *registers,
         ProbityValues  *values,
         gboolean       *ret_visible,
         GError        **error)
{
  g_autoptr (ProbityRecord) job = NULL;

  if (!probity_record_read (registers, &probity_second_job_kind, session, probity_values_get (values, "uid"), &job, error))
    return FALSE;
  *ret_visible = job != NULL;
  if (job != NULL)
    {
      probity_values_set (values, "name", probity_record_get (job, "applicant_name"));
      probity_values_set (values, "employer", probity_record_get (job, "employer"));
    }

  return TRUE;
}

/* Of the compartment that was entered. (transfer full) */
static GPtrArray *
collect_watches (ProbityRead    *read,
                 ProbitySession *session,
                 const char     *today,
                 GError        **error)
{
  static const char *const names[] = { "uid", "reference", "staff_number", "reason", "since", "@who", "review_on", "notes", NULL };
  ProbityDb               *standards, *registers;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if ((standards = probity_read_get_db (read, PROBITY_COMPARTMENT_STANDARDS, error)) == NULL ||
      (registers = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error)) == NULL)
    return NULL;
  statement = probity_db_query (standards, error, "SELECT w.case_uid, w.reference, w.staff_number, w.reason, w.at, w.account,"
                                                  " coalesce ((SELECT n.review_on FROM watch_note AS n WHERE n.watch_uid = w.uid AND n.review_on IS NOT NULL ORDER BY n.id DESC LIMIT 1), w.review_on) AS day,"
                                                  " (SELECT count (*) FROM watch_note AS n WHERE n.watch_uid = w.uid)"
                                                  " FROM watch AS w WHERE NOT EXISTS (SELECT 1 FROM watch_note AS n WHERE n.watch_uid = w.uid AND n.kind = 'ended')"
                                                  " ORDER BY day, w.id",
                                NULL);
  if (statement == NULL || (list = probity_part_collect (statement, session, names, error)) == NULL)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    {
      ProbityValues *values = g_ptr_array_index (list, i);
      const char    *day = probity_values_get (values, "review_on");
      gboolean       visible;

      if (!add_job (session, registers, values, &visible, error))
        return NULL;
      if (!visible)
        g_ptr_array_remove_index (list, i--);
      else if (strcmp (day, today) <= 0)
        probity_values_set (values, "state", strcmp (day, today) < 0 ? "overdue" : "due");
    }

  return g_steal_pointer (&list);
}

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  return strcmp (probity_values_get (*(ProbityValues *const *) a, "review_on"), probity_values_get (*(ProbityValues *const *) b, "review_on"));
}

static gboolean
list_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbitySession    *session = data;
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1];
  const guint        n = probity_casebook_list_homes (probity_session_get_casebook (session), PROBITY_COMPARTMENT_REGISTERS, compartments);
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *today = probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (session)));

  if (!probity_access_check (session, PROBITY_OPERATION_WATCH, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) list = NULL;

      probity_read_enter (read, compartments[i]);
      list = collect_watches (read, session, today, error);
      if (list == NULL)
        return FALSE;
      if (all == NULL)
        all = g_steal_pointer (&list);
      else
        g_ptr_array_extend_and_steal (all, g_steal_pointer (&list));
    }
  probity_read_enter (read, PROBITY_COMPARTMENT_JOURNAL);
  if (n > 1)
    g_ptr_array_sort (all, compare_days);

  return probity_part_return_list (result, g_steal_pointer (&all));
}

DexFuture *
probity_watch_list (ProbitySession *session)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  return probity_casebook_read (probity_session_get_casebook (session), list_read, g_object_ref (session), g_object_unref, NULL);
}
