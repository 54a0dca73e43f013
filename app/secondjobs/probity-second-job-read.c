/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <json-glib/json-glib.h>

#include "probity-case-readers.h"
#include "probity-gate-private.h"
#include "probity-hours.h"
#include "probity-parse.h"

/* What a reader sees of a case beside its record: who can open it, and the hours of all work together. */

/** probity_second_job_load_readers: accounts whose keys, roles and relations let them open this case. */
DexFuture *
probity_second_job_load_readers (ProbitySession *session,
                                 const char     *reference)
{
  return probity_case_load_readers (session, &probity_second_job_case, reference);
}

DexFuture *
probity_second_job_load_timeline (ProbitySession *session,
                                  const char     *reference)
{
  return probity_case_load_timeline (session, &probity_second_job_case, reference);
}

static ProbityHoursSummary *
probity_hours_summary_copy (ProbityHoursSummary *self)
{
  ProbityHoursSummary *copy = g_memdup2 (self, sizeof *self);

  copy->warnings = g_strdupv (self->warnings);

  return copy;
}

void
probity_hours_summary_free (ProbityHoursSummary *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->warnings);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (ProbityHoursSummary, probity_hours_summary, probity_hours_summary_copy, probity_hours_summary_free)

/* Minutes; -1 where nobody stated any. */
static int
get_minutes (ProbityRecord *record,
             const char    *field)
{
  const char *text = record != NULL ? probity_record_get (record, field) : NULL;
  int         minutes;

  return text != NULL && probity_parse_hours (text, &minutes, NULL) ? minutes : PROBITY_HOURS_UNKNOWN;
}

static gboolean
add_jobs (ProbityDb  *registers,
          const char *staff_number,
          const char *except,
          GArray     *others,
          GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (registers, error, "SELECT coalesce (weekly_hours, -1) FROM second_job WHERE staff_number = $staff_number AND uid <> $except"
                                                  " AND stage IN ('submitted', 'comments', 'with-professional-standards', 'deferred', 'decided', 'registered')",
                                "$staff_number",
                                's',
                                staff_number,
                                "$except",
                                's',
                                except,
                                NULL);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      gboolean row;
      int      minutes;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      minutes = (int) probity_statement_get_int64 (statement, 0);
      g_array_append_val (others, minutes);
    }
}

/* All of them that the reader may know of: also those in the sealed compartments whose keys are held. What was entered stays entered. */
static GArray *
load_other_jobs (ProbityRead    *read,
                 ProbitySession *session,
                 const char     *staff_number,
                 const char     *except,
                 GError        **error)
{
  const ProbityCompartment entered = probity_read_get_entered (read);
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (int));
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1];
  const guint        n = probity_casebook_list_homes (probity_session_get_casebook (session), PROBITY_COMPARTMENT_REGISTERS, compartments);
  gboolean           ok = TRUE;

  for (guint i = 0; ok && i < n; i++)
    {
      ProbityDb *db;

      probity_read_enter (read, compartments[i]);
      db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
      ok = db != NULL && add_jobs (db, staff_number, except, others, error);
    }
  probity_read_enter (read, entered);

  return ok ? g_steal_pointer (&others) : NULL;
}

static gboolean
hours_read (ProbityRead *read,
            gpointer     data,
            GValue      *result,
            GError     **error)
{
  ProbityStep *step = data;
  ProbityDb   *staff;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRecord) person = NULL;
  g_autoptr (GArray) others = NULL;
  ProbityHoursSummary *summary;
  ProbityHours         hours;
  const char          *staff_number = step->staff_number;
  int                  this_job = (int) step->version;
  int                  contracted, overtime;

  if (step->reference != NULL)
    {
      if (!probity_step_find_read (step, read, NULL, &job, error))
        return FALSE;
      staff_number = probity_record_get (job, "staff_number");
      if (this_job < 0)
        this_job = get_minutes (job, "weekly_hours");
    }
  else if (!probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error))
    {
      return FALSE;
    }

  staff = probity_read_get_open_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  if (staff == NULL || !probity_record_read (staff, &probity_person_kind, step->session, staff_number != NULL ? staff_number : "", &person, error))
    return FALSE;
  if (person == NULL)
    return probity_access_set_not_found (error, staff_number);
  if ((others = load_other_jobs (read, step->session, probity_record_get (person, "staff_number"), job != NULL ? probity_record_get_uid (job) : "", error)) == NULL)
    return FALSE;

  contracted = get_minutes (job, "contracted_hours");
  overtime = get_minutes (job, "overtime_hours");
  probity_hours_sum (probity_session_get_profile (step->session),
                     contracted >= 0 ? contracted : get_minutes (person, "contracted_hours"),
                     overtime >= 0 ? overtime : get_minutes (person, "overtime_hours"),
                     this_job,
                     (const int *) (gpointer) others->data,
                     others->len,
                     &hours);

  summary = g_new0 (ProbityHoursSummary, 1);
  summary->contracted = hours.contracted / 60.0;
  summary->overtime = hours.overtime / 60.0;
  summary->this_job = hours.this_job / 60.0;
  summary->other_jobs = hours.other_jobs / 60.0;
  summary->total = hours.total / 60.0;
  summary->limit = hours.limit / 60.0;
  summary->cap = hours.cap / 60.0;
  summary->warnings = probity_hours_dup_warnings (&hours);
  g_value_init (result, PROBITY_TYPE_HOURS_SUMMARY);
  g_value_take_boxed (result, summary);

  return TRUE;
}

/**
 * probity_second_job_load_hours:
 * @reference: (nullable): %NULL for a form that is not submitted
 * @staff_number: (nullable): the applicant, where @reference is %NULL
 * @weekly_hours: hours a week as the form has them; below 0: as recorded
 *
 * Sums contracted and usual overtime hours with all registered and pending second jobs. Warnings are
 * to be answered and never block.
 */
DexFuture *
probity_second_job_load_hours (ProbitySession *session,
                               const char     *reference,
                               const char     *staff_number,
                               double          weekly_hours)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL || staff_number != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("hours");
  step->staff_number = g_strdup (staff_number);
  step->version = weekly_hours < 0 || weekly_hours > 168 ? PROBITY_HOURS_UNKNOWN : (gint64) (weekly_hours * 60 + 0.5);

  return probity_step_read_for_page (step, hours_read);
}
