/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-kind.h"
#include "probity-my-day-private.h"
#include "probity-profile.h"

/* What follows a decision on a second job: appeals, conditions, and the watch list for who may know of it. */

/* Letters with a right of appeal are served, and the day is recorded; a chief officer decides what was appealed against. */
static gboolean
add_appeals (ProbityDayRun *run,
             GError       **error)
{
  g_autofree char *scope = probity_record_kind_dup_scope (&probity_second_job_kind, run->session);

  if ((probity_session_get_roles (run->session) & (PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR)) != 0 &&
      probity_access_may (run->session, PROBITY_OPERATION_LODGE_APPEAL))
    {
      g_autofree char *serve = g_strdup_printf (PROBITY_DAY_CASE ", NULL FROM second_job AS r"
                                                                 " WHERE r.outcome IN ('refused', 'approved-with-conditions') AND r.decided_at >= date ($today, '-56 days')"
                                                                 " AND r.decision_uid IS NOT NULL AND r.appeal IS NULL"
                                                                 " AND NOT EXISTS (SELECT 1 FROM letter_service AS s WHERE s.decision_uid = r.decision_uid)"
                                                                 " AND EXISTS (SELECT 1 FROM logged_entry AS a WHERE a.record = r.uid AND a.verb = 'disclosure' AND a.field = 'letter' AND a.at >= r.decided_at)"
                                                                 " AND %s ORDER BY r.decided_at",
                                                scope);

      if (!probity_day_run_add_query (run, PROBITY_COMPARTMENT_REGISTERS, "letter-served", "second-job", "not-served", serve, error))
        return FALSE;
    }

  if (probity_access_may (run->session, PROBITY_OPERATION_DECIDE_APPEAL))
    {
      g_autofree char *decide = g_strdup_printf (PROBITY_DAY_CASE ", (SELECT max (a.decide_by) FROM appeal AS a WHERE a.second_job_id = r.id AND a.round = r.round)"
                                                                  " FROM second_job AS r WHERE r.appeal = 'open' AND %s ORDER BY 4",
                                                 scope);

      if (!probity_day_run_add_query (run, PROBITY_COMPARTMENT_REGISTERS, "decide-appeal", "second-job", NULL, decide, error))
        return FALSE;
    }

  return TRUE;
}

/* The day on which each condition in force is looked at next. */
#define CONDITIONS                                                                                                                                       \
  "SELECT c.uid AS condition_uid, j.id AS job, coalesce (v.next_due, CASE WHEN v.id IS NULL THEN c.review_on END) AS due, v.result, v.uid AS review_uid" \
  " FROM decision_condition AS c CROSS JOIN second_job AS j ON j.id = c.second_job_id AND j.decision_uid = c.decision_uid"                               \
  " LEFT JOIN condition_review AS v ON v.id = (SELECT max (n.id) FROM condition_review AS n WHERE n.condition_uid = c.uid)"                              \
  " WHERE j.stage = 'registered' AND j.outcome = 'approved-with-conditions'"

static gboolean
add_conditions (ProbityDayRun *run,
                GError       **error)
{
  ProbityProfile    *profile = probity_session_get_profile (run->session);
  const ProbityRoles roles = probity_session_get_roles (run->session);
  const char        *signatory = probity_profile_get_signatory (profile);
  g_autofree char   *scope = probity_record_kind_dup_scope (&probity_second_job_kind, run->session);

  if ((roles & (PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR | PROBITY_ROLE_PSD_OFFICER)) != 0 &&
      probity_access_may (run->session, PROBITY_OPERATION_COMPLIANCE))
    {
      g_autofree char *due = g_strdup_printf (PROBITY_DAY_CASE ", min (k.due) FROM (" CONDITIONS ") AS k JOIN second_job AS r ON r.id = k.job"
                                                               " WHERE k.due <= $until AND %s GROUP BY r.id ORDER BY 4",
                                              scope);

      if (!probity_day_run_add_query (run, PROBITY_COMPARTMENT_REGISTERS, "condition-due", "second-job", NULL, due, error))
        return FALSE;
    }

  if (g_str_equal (probity_profile_get_compliance (profile, "Not-Kept-Decider"), "yes") &&
      ((roles & PROBITY_ROLE_DECIDER) != 0 || ((roles & PROBITY_ROLE_HEAD_OF_HR) != 0 && g_strcmp0 (signatory, "head-of-hr") == 0)))
    {
      g_autofree char *kept = g_strdup_printf (PROBITY_DAY_CASE ", NULL FROM second_job AS r WHERE r.id IN (SELECT k.job FROM (" CONDITIONS ") AS k"
                                                                " WHERE k.result = 'not-complied'"
                                                                " AND NOT EXISTS (SELECT 1 FROM condition_answer AS a WHERE a.review_uid = k.review_uid)) AND %s ORDER BY r.id",
                                               scope);

      if (!probity_day_run_add_query (run, PROBITY_COMPARTMENT_REGISTERS, "condition-not-kept", "second-job", "not-complied", kept, error))
        return FALSE;
    }

  return TRUE;
}

/* Looked at on its day by whoever may know of the list; the names stand in registers, the days do not. */
static gboolean
add_watches (ProbityDayRun *run,
             GError       **error)
{
  g_autofree char *scope = NULL;
  g_autofree char *sql = NULL;

  if (!probity_access_may (run->session, PROBITY_OPERATION_WATCH))
    return TRUE;

  scope = probity_access_dup_scope ("w.staff_number", NULL);
  sql = g_strdup_printf ("SELECT w.case_uid, w.reference, w.reason,"
                         " coalesce ((SELECT n.review_on FROM watch_note AS n WHERE n.watch_uid = w.uid AND n.review_on IS NOT NULL ORDER BY n.id DESC LIMIT 1), w.review_on) AS day"
                         " FROM watch AS w WHERE NOT EXISTS (SELECT 1 FROM watch_note AS n WHERE n.watch_uid = w.uid AND n.kind = 'ended')"
                         " AND day <= $today AND %s ORDER BY day",
                         scope);

  return probity_day_run_add_query (run, PROBITY_COMPARTMENT_STANDARDS, "watch", "second-job", NULL, sql, error);
}

/* --- What a batch of the annual review left to be looked at singly --- */

static gboolean
has_recheck (ProbityDayRun *run,
             const char    *uid)
{
  for (guint i = 0; i < run->items->len; i++)
    {
      const ProbityDayItem *item = g_ptr_array_index (run->items, i);

      if (g_strcmp0 (item->uid, uid) == 0 && g_strcmp0 (item->what, "recheck") == 0)
        return TRUE;
    }

  return FALSE;
}

/* Whom a run called for, and only while the job is registered: a changed one is checked as any application. */
static gboolean
add_review_hit (ProbityDayRun *run,
                ProbityDb     *registers,
                const char    *what,
                const char    *uid,
                GError       **error)
{
  g_autofree char *scope = probity_record_kind_dup_scope (&probity_second_job_kind, run->session);
  g_autofree char *sql = g_strdup_printf (PROBITY_DAY_CASE " FROM second_job AS r WHERE r.uid = $uid AND r.stage = 'registered'"
                                                           " AND EXISTS (SELECT 1 FROM review_call AS c WHERE c.second_job_id = r.id"
                                                           "  AND c.run_uid = (SELECT n.uid FROM review_run AS n ORDER BY n.id DESC LIMIT 1)) AND %s",
                                          scope);
  g_autoptr (ProbityStatement) statement = probity_db_query (registers, error, sql, "$uid", 's', uid, NULL);
  gboolean row;

  if (statement == NULL || !probity_access_bind_scope (run->session, statement, error) ||
      !probity_statement_step (statement, &row, error))
    return FALSE;
  if (row && !has_recheck (run, uid))
    probity_day_run_add (run, what, "second-job", probity_statement_get_text (statement, 0), probity_statement_get_text (statement, 1), probity_statement_get_text (statement, 2), NULL, "review-hits");

  return TRUE;
}

static gboolean
add_hits_of (ProbityDayRun     *run,
             ProbityCompartment compartment,
             const char        *kind,
             GError           **error)
{
  ProbityDb       *registers = probity_read_get_db (run->read, PROBITY_COMPARTMENT_REGISTERS, error);
  ProbityDb       *db = registers != NULL ? probity_read_get_db (run->read, compartment, error) : NULL;
  g_autofree char *what = g_strconcat ("check-", kind, NULL);
  g_autoptr (ProbityStatement) statement = NULL;

  statement = db != NULL ? probity_db_query (db, error, "SELECT c.case_uid FROM check_run AS c WHERE c.published IS NULL AND c.kind = $kind"
                                                        " AND EXISTS (SELECT 1 FROM check_hit AS h WHERE h.check_run_id = c.id AND h.found = 1)"
                                                        " AND NOT EXISTS (SELECT 1 FROM check_run AS n WHERE n.case_uid = c.case_uid AND n.kind = c.kind AND n.id > c.id) ORDER BY c.id",
                                             "$kind",
                                             's',
                                             kind,
                                             NULL)
                         : NULL;
  if (statement == NULL)
    return FALSE;
  for (guint n = 0; n < PROBITY_DAY_MAX_ITEMS; n++)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      if (!add_review_hit (run, registers, what, probity_statement_get_text (statement, 0), error))
        return FALSE;
    }

  return TRUE;
}

gboolean
probity_my_day_add_review_hits (ProbityDayRun *run,
                                GError       **error)
{
  return (!probity_access_may (run->session, PROBITY_OPERATION_CHECK_COMPLAINTS) || add_hits_of (run, PROBITY_COMPARTMENT_STANDARDS, "complaints", error)) &&
         (!probity_access_may (run->session, PROBITY_OPERATION_CHECK_INTELLIGENCE) || add_hits_of (run, PROBITY_COMPARTMENT_INTELLIGENCE, "intelligence", error));
}

gboolean
probity_my_day_add_second_jobs (ProbityDayRun *run,
                                GError       **error)
{
  return add_appeals (run, error) && add_conditions (run, error) && add_watches (run, error);
}
