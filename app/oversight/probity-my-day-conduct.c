/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-conduct.h"
#include "probity-instant.h"
#include "probity-list-kind.h"
#include "probity-my-day-private.h"
#include "probity-profile.h"

/*
 * The clocks of conduct investigations, for who owns or investigates them: a withheld notice that is to be
 * looked at again, the statutory report, a stage that takes longer than the force means it to.
 */

#define LEAD_DAYS 28
#define WORKING_DAYS 5

static gboolean
run_query (ProbityDayRun     *run,
           const char        *sql,
           ProbityStatement **ret_statement,
           GError           **error)
{
  ProbityDb       *db = probity_read_get_db (run->read, probity_conduct_kind.compartment, error);
  g_autofree char *scope = probity_record_kind_dup_scope (&probity_conduct_kind, run->session);
  g_autofree char *mine = g_strdup_printf ("%s AND r.closed IS NULL AND (r.owner = $owner OR r.investigating_officer = $me) AND %s", sql, scope);
  g_autoptr (ProbityStatement) statement = NULL;

  statement = db != NULL ? probity_db_query (db, error, mine, "$owner", 's', probity_session_get_account_name (run->session), NULL) : NULL;
  if (statement == NULL || !probity_access_bind_scope (run->session, statement, error))
    return FALSE;
  *ret_statement = g_steal_pointer (&statement);

  return TRUE;
}

/* The newest notice to an officer counts: whoever was told since needs no second look. */
static gboolean
add_notices (ProbityDayRun *run,
             ProbityDay     until,
             GError       **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *last = probity_day_to_iso (until);
  gboolean         row;

  if (!run_query (run,
                  "SELECT r.uid, r.reference, r.title, n.review_date FROM conduct_notice AS n JOIN conduct AS r ON r.uid = n.case_uid"
                  " JOIN conduct_subject AS s ON s.uid = n.subject"
                  " WHERE n.withheld_reason IS NOT NULL AND s.eliminated IS NULL"
                  " AND NOT EXISTS (SELECT 1 FROM conduct_notice AS m WHERE m.subject = n.subject AND m.id > n.id)",
                  &statement,
                  error))
    return FALSE;
  for (guint n = 0; n < PROBITY_DAY_MAX_ITEMS; n++)
    {
      const char *due;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      due = probity_statement_get_text (statement, 3);
      if (strcmp (due, last) <= 0)
        probity_day_run_add (run, "notice-review", probity_conduct_kind.name, probity_statement_get_text (statement, 0), probity_statement_get_text (statement, 1), probity_statement_get_text (statement, 2), due, "notice-withheld");
    }

  return TRUE;
}

static void
add_clocks_of (ProbityDayRun    *run,
               ProbityStatement *statement,
               ProbityDay        today)
{
  ProbityProfile   *profile = probity_session_get_profile (run->session);
  const ProbityDay  attention = probity_day_from_iso (probity_statement_get_text (statement, 3));
  const ProbityDay  received = probity_day_from_iso (probity_statement_get_text (statement, 5));
  const char       *entered = probity_statement_get_text (statement, 7);
  const ProbityDay  report = probity_conduct_get_next_report (profile, attention, probity_statement_get_text (statement, 4));
  gsize             n_extra;
  const ProbityDay *extra = probity_profile_get_extra_holidays (profile, &n_extra);
  guint             days = 0;

  if (report != PROBITY_DAY_NONE && report <= today + LEAD_DAYS)
    {
      g_autofree char *due = probity_day_to_iso (report);

      probity_day_run_add (run, "statutory-report", probity_conduct_kind.name, probity_statement_get_text (statement, 0), probity_statement_get_text (statement, 1), probity_statement_get_text (statement, 2), due, NULL);
    }

  probity_profile_get_stage (profile, probity_conduct_case.name, received, probity_statement_get_text (statement, 6), NULL, &days);
  if (days > 0 && entered != NULL)
    {
      const ProbityDay end = probity_day_add_working (probity_instant_to_day (entered), (int) days, extra, n_extra);
      g_autofree char *due = probity_day_to_iso (end);

      if (end < today)
        probity_day_run_add (run, "stage-over", probity_conduct_kind.name, probity_statement_get_text (statement, 0), probity_statement_get_text (statement, 1), probity_statement_get_text (statement, 2), due, probity_statement_get_text (statement, 6));
    }
}

gboolean
probity_my_day_add_conduct (ProbityDayRun *run,
                            GError       **error)
{
  const ProbityDay  today = probity_list_get_today (run->session);
  gsize             n_extra;
  const ProbityDay *extra = probity_profile_get_extra_holidays (probity_session_get_profile (run->session), &n_extra);
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (!probity_access_may (run->session, PROBITY_OPERATION_WORK_CONDUCT))
    return TRUE;
  if (!add_notices (run, probity_day_add_working (today, WORKING_DAYS, extra, n_extra), error) ||
      !run_query (run,
                  "SELECT r.uid, r.reference, r.title, coalesce (r.came_to_attention, r.received),"
                  " (SELECT max (p.due) FROM conduct_progress_report AS p WHERE p.case_uid = r.uid), r.received, r.stage,"
                  " (SELECT max (h.entered_at) FROM case_stage AS h WHERE h.case_uid = r.uid AND h.stage = r.stage)"
                  " FROM conduct AS r WHERE 1",
                  &statement,
                  error))
    return FALSE;
  for (guint n = 0; n < PROBITY_DAY_MAX_ITEMS; n++)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      add_clocks_of (run, statement, today);
    }

  return TRUE;
}
