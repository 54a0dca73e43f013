/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case.h"
#include "probity-list-kind.h"
#include "probity-my-day-private.h"
#include "probity-profile.h"

/* Actions of this reader, in cases of every kind, that are over or due within a working week. */

#define WORKING_DAYS 5

static gboolean
add_of_kind (ProbityDayRun         *run,
             const ProbityCaseKind *kind,
             const char            *until,
             GError               **error)
{
  const ProbityRecordKind *record_kind = kind->record_kind;
  ProbityDb               *db = probity_read_get_db (run->read, record_kind->compartment, error);
  g_autofree char         *scope = probity_record_kind_dup_scope (record_kind, run->session);
  g_autofree char         *sql = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  /* The nearer deadline that is still ahead counts; when both are over, the hard one. */
  sql = g_strdup_printf ("SELECT * FROM (SELECT r.uid, r.reference, a.title,"
                         " CASE WHEN a.soft_deadline IS NOT NULL AND (a.hard_deadline IS NULL OR a.soft_deadline >= $today) THEN a.soft_deadline"
                         " ELSE a.hard_deadline END AS due,"
                         " CASE WHEN a.hard_deadline < $today THEN 'deadline-passed' WHEN a.soft_deadline < $today THEN 'aim-passed' WHEN a.state = 'started' THEN 'started' END"
                         " FROM case_action AS a JOIN %s AS r ON r.uid = a.case_uid"
                         " WHERE a.state IN ('open', 'started') AND a.owner = $account AND %s)"
                         " WHERE due <= $until ORDER BY due",
                         record_kind->table,
                         scope);
  statement = db != NULL ? probity_db_query (db, error, sql, "$today", 's', run->today, "$account", 's', probity_session_get_account_uid (run->session), "$until", 's', until, NULL) : NULL;
  if (statement == NULL || !probity_access_bind_scope (run->session, statement, error))
    return FALSE;

  for (guint n = 0; n < PROBITY_DAY_MAX_ITEMS; n++)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      probity_day_run_add (run,
                           "action",
                           record_kind->name,
                           probity_statement_get_text (statement, 0),
                           probity_statement_get_text (statement, 1),
                           probity_statement_get_text (statement, 2),
                           probity_statement_get_text (statement, 3),
                           probity_statement_get_text (statement, 4));
    }

  return TRUE;
}

gboolean
probity_my_day_add_actions (ProbityDayRun *run,
                            GError       **error)
{
  gsize             n_extra;
  const ProbityDay *extra = probity_profile_get_extra_holidays (probity_session_get_profile (run->session), &n_extra);
  g_autofree char  *until = probity_day_to_iso (probity_day_add_working (probity_list_get_today (run->session), WORKING_DAYS, extra, n_extra));

  for (guint i = 0; probity_case_kinds[i] != NULL; i++)
    {
      const ProbityRecordKind *kind = probity_case_kinds[i]->record_kind;
      ProbityCompartment       compartments[PROBITY_MAX_SEALED + 1];
      const guint              n = probity_casebook_list_homes (probity_session_get_casebook (run->session), kind->compartment, compartments);

      if (!probity_access_may (run->session, kind->read))
        continue;
      for (guint j = 0; j < n; j++)
        {
          probity_read_enter (run->read, compartments[j]);
          if (!add_of_kind (run, probity_case_kinds[i], until, error))
            return FALSE;
        }
      probity_read_enter (run->read, PROBITY_COMPARTMENT_JOURNAL);
    }

  return TRUE;
}
