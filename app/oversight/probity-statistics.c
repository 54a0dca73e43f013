/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-kind.h"
#include "probity-overview.h"
#include "probity-parse.h"

typedef struct
{
  ProbitySession *session;
  char           *from;
  char           *to;
} StatisticsJob;

void
probity_indicator_free (ProbityIndicator *self)
{
  g_free (self->id);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

static void
statistics_job_free (gpointer data)
{
  StatisticsJob *self = data;

  g_object_unref (self->session);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

static void
free_indicator (gpointer data)
{
  probity_indicator_free (data);
}

/*
 * Each indicator's own window where none is asked for: those of HMIC's reports of December 2012, which
 * say for second jobs only since when.
 */
static const struct
{
  const char *id;
  const char *from;
  const char *to; /* NULL: today */
} windows[] = {
  { "second-jobs-submitted", "2011-09-01", NULL },
  { "second-jobs-approved", "2011-09-01", NULL },
  { "leak-investigations", "2011-09-01", "2012-05-31" },
  { "leak-investigations-open", "2011-09-01", "2012-05-31" },
  { "conduct-investigations", "2011-09-01", "2012-05-31" },
  { "social-media-referrals", "2012-01-01", "2012-12-31" },
};

static ProbityIndicator *
add_indicator (GPtrArray     *indicators,
               StatisticsJob *job,
               const char    *id)
{
  ProbityIndicator *indicator = g_new0 (ProbityIndicator, 1);

  indicator->id = g_strdup (id);
  indicator->from = g_strdup (job->from);
  indicator->to = g_strdup (job->to);
  for (guint i = 0; i < G_N_ELEMENTS (windows) && job->from == NULL; i++)
    if (g_str_equal (windows[i].id, id))
      {
        g_set_str (&indicator->from, windows[i].from);
        indicator->to = windows[i].to != NULL ? g_strdup (windows[i].to)
                                              : probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (job->session)));
      }
  g_ptr_array_add (indicators, indicator);

  return indicator;
}

/*
 * An application counts once, on the day it was received, withdrawn ones too; drafts and returns are
 * not in the table. Approved are those of them that ever were, on conditions too and since ceased
 * too. What an earlier register recorded counts by its recorded outcome.
 */
static gboolean
count_second_jobs (StatisticsJob    *job,
                   ProbityRead      *read,
                   ProbityIndicator *submitted,
                   ProbityIndicator *approved,
                   GError          **error)
{
  g_autofree char   *scope = probity_record_kind_dup_scope (&probity_second_job_kind, job->session);
  g_autofree char   *sql = NULL;
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1];
  const guint        n = probity_casebook_list_homes (probity_session_get_casebook (job->session), probity_second_job_kind.compartment, compartments);
  gboolean           ok = TRUE;

  sql = g_strdup_printf ("SELECT count (*), coalesce (sum (a.brought_forward), 0),"
                         " coalesce (sum (a.approved), 0), coalesce (sum (a.approved AND a.brought_forward), 0)"
                         " FROM (SELECT r.brought_forward,"
                         " (r.approved_on IS NOT NULL"
                         " OR (r.brought_forward = 1 AND coalesce (r.recorded_outcome, '') IN ('approved', 'approved-with-conditions'))) AS approved"
                         " FROM second_job AS r WHERE r.received >= $from AND r.received <= $to AND %s) AS a",
                         scope);
  submitted->available = approved->available = TRUE;
  for (guint i = 0; ok && i < n; i++)
    {
      g_autoptr (ProbityStatement) statement = NULL;
      ProbityDb *db;
      gboolean   row;

      probity_read_enter (read, compartments[i]);
      db = probity_read_get_db (read, probity_second_job_kind.compartment, error);
      statement = db != NULL ? probity_db_query (db, error, sql, "$from", 's', submitted->from, "$to", 's', submitted->to, NULL) : NULL;
      ok = statement != NULL && probity_access_bind_scope (job->session, statement, error) && probity_statement_step (statement, &row, error);
      if (!ok)
        break;
      submitted->value += probity_statement_get_int64 (statement, 0);
      submitted->brought_forward += probity_statement_get_int64 (statement, 1);
      approved->value += probity_statement_get_int64 (statement, 2);
      approved->brought_forward += probity_statement_get_int64 (statement, 3);
    }
  probity_read_enter (read, PROBITY_COMPARTMENT_JOURNAL);

  return ok;
}

/*
 * One per case, by the day of the recorded decision to investigate; open are those not closed at the
 * window's end. Leaks stand in a table of their own and are not counted under conduct.
 */
static gboolean
count_cases (StatisticsJob           *job,
             ProbityRead             *read,
             const ProbityRecordKind *kind,
             const char              *counted,
             const char              *also,
             ProbityIndicator        *first,
             ProbityIndicator        *second,
             GError                 **error)
{
  ProbityCasebook   *casebook = probity_session_get_casebook (job->session);
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1];
  const guint        n = probity_casebook_list_homes (casebook, kind->compartment, compartments);
  g_autofree char   *scope = NULL;
  g_autofree char   *sql = NULL;
  gboolean           ok = TRUE;

  if (!probity_casebook_has (casebook, kind->compartment) || !probity_access_may (job->session, kind->read))
    return TRUE;

  scope = probity_record_kind_dup_scope (kind, job->session);
  sql = g_strdup_printf ("SELECT coalesce (sum (%s), 0), coalesce (sum (%s), 0) FROM %s AS r WHERE %s", counted, also, kind->table, scope);
  first->available = second->available = TRUE;
  for (guint i = 0; ok && i < n; i++)
    {
      g_autoptr (ProbityStatement) statement = NULL;
      ProbityDb *db;
      gboolean   row;

      probity_read_enter (read, compartments[i]);
      db = probity_read_get_db (read, kind->compartment, error);
      statement = db != NULL ? probity_db_query (db, error, sql, "$from", 's', first->from, "$to", 's', first->to, "$also_from", 's', second->from, "$also_to", 's', second->to, NULL) : NULL;
      ok = statement != NULL && probity_access_bind_scope (job->session, statement, error) && probity_statement_step (statement, &row, error);
      if (ok)
        {
          first->value += probity_statement_get_int64 (statement, 0);
          second->value += probity_statement_get_int64 (statement, 1);
        }
    }
  probity_read_enter (read, PROBITY_COMPARTMENT_JOURNAL);

  return ok;
}

#define INSTIGATED "coalesce (r.decided_to_investigate >= $from AND r.decided_to_investigate <= $to, 0)"

static gboolean
count_in_reader (ProbityRead *read,
                 gpointer     data,
                 GValue      *result,
                 GError     **error)
{
  StatisticsJob *job = data;
  g_autoptr (GPtrArray) indicators = g_ptr_array_new_with_free_func (free_indicator);
  ProbityIndicator *submitted = add_indicator (indicators, job, "second-jobs-submitted");
  ProbityIndicator *approved = add_indicator (indicators, job, "second-jobs-approved");
  ProbityIndicator *leaks = add_indicator (indicators, job, "leak-investigations");
  ProbityIndicator *leaks_open = add_indicator (indicators, job, "leak-investigations-open");
  ProbityIndicator *conduct = add_indicator (indicators, job, "conduct-investigations");
  ProbityIndicator *referrals = add_indicator (indicators, job, "social-media-referrals");

  if (probity_casebook_has (probity_session_get_casebook (job->session), PROBITY_COMPARTMENT_REGISTERS) &&
      probity_access_may (job->session, PROBITY_OPERATION_READ_REGISTERS) &&
      !count_second_jobs (job, read, submitted, approved, error))
    return FALSE;
  if (!count_cases (job, read, &probity_leak_kind, INSTIGATED, "coalesce (r.decided_to_investigate >= $also_from AND r.decided_to_investigate <= $also_to, 0) AND (r.closed IS NULL OR r.closed > $also_to)", leaks, leaks_open, error) ||
      !count_cases (job, read, &probity_conduct_kind, INSTIGATED, "r.origin = 'social-media-referral' AND r.received >= $also_from AND r.received <= $also_to", conduct, referrals, error))
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&indicators));

  return TRUE;
}

static char *
take_day (const char *name,
          const char *text,
          GError    **error)
{
  g_autoptr (GError) cause = NULL;
  ProbityDay day;

  if (!probity_parse_day (text, PROBITY_DATE_ORDER_UNDECLARED, &day, &cause))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, name, "%s", cause->message));
      return NULL;
    }

  return probity_day_to_iso (day);
}

DexFuture *
probity_statistics (ProbitySession *session,
                    const char     *from,
                    const char     *to)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  StatisticsJob   *job;
  GError          *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && (from == NULL) == (to == NULL), NULL);

  if (!probity_access_check (session, PROBITY_OPERATION_STATISTICS, &error) ||
      (from != NULL && (first = take_day ("from", from, &error)) == NULL) ||
      (to != NULL && (last = take_day ("to", to, &error)) == NULL))
    return dex_future_new_for_error (error);

  if (from != NULL && strcmp (last, first) < 0)
    return dex_future_new_for_error (probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "to", "The last day (%s) is before the first (%s)", last, first));

  job = g_new0 (StatisticsJob, 1);
  job->session = g_object_ref (session);
  job->from = g_steal_pointer (&first);
  job->to = g_steal_pointer (&last);

  return probity_casebook_read (probity_session_get_casebook (session), count_in_reader, job, statistics_job_free, NULL);
}
