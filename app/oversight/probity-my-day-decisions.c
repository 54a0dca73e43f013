/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-kind.h"
#include "probity-my-day-private.h"
#include "probity-second-job.h"

/*
 * Cases ready for a view or a decision. Whether one is, only the gate says; so cases that could be
 * are found by a query, and the gate of each is examined.
 */

/* The gate proves signatures: so many cases take a few hundred milliseconds. */
#define MAX_EXAMINED 60

static void
free_item (gpointer data)
{
  probity_day_item_free (data);
}

/* Whether both checks of the case have been published at all; which ones still hold the gate says. */
static gboolean
has_checks (ProbityRead *read,
            const char  *uid,
            gboolean    *ret_has,
            GError     **error)
{
  static const struct
  {
    ProbityCompartment compartment;
    const char        *kind;
  } checks[] = {
    { PROBITY_COMPARTMENT_STANDARDS, "complaints" },
    { PROBITY_COMPARTMENT_INTELLIGENCE, "intelligence" },
  };

  *ret_has = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (ProbityStatement) statement = NULL;
      ProbityDb *db = probity_read_get_db (read, checks[i].compartment, error);
      gboolean   row;

      if (db == NULL)
        return FALSE;

      statement = probity_db_query (db, error, "SELECT 1 FROM check_run WHERE case_uid = $uid AND kind = $kind AND published IS NOT NULL LIMIT 1", "$uid", 's', uid, "$kind", 's', checks[i].kind, NULL);
      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
    }

  *ret_has = TRUE;

  return TRUE;
}

/* Of the compartment that was entered. */
static gboolean
add_candidates (ProbityDayRun *run,
                GError       **error)
{
  ProbitySession  *session = run->session;
  const gboolean   inside = probity_casebook_has (probity_session_get_casebook (session), PROBITY_COMPARTMENT_INTELLIGENCE);
  g_autofree char *scope = probity_record_kind_dup_scope (&probity_second_job_kind, session);
  g_autofree char *sql = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  ProbityDb *db = probity_read_get_db (run->read, PROBITY_COMPARTMENT_REGISTERS, error);
  gboolean   row;

  if (db == NULL)
    return FALSE;

  /* A signatory outside is told by the box that is sealed to their account. */
  sql = g_strdup_printf ("SELECT r.uid, r.reference,"
                         " (SELECT trim (coalesce (p.forenames, '') || ' ' || coalesce (p.surname, '')) FROM person AS p"
                         " WHERE p.staff_number = r.staff_number) || ' · ' || r.employer, r.needed_by"
                         " FROM second_job AS r WHERE (r.stage IN ('submitted', 'comments', 'with-professional-standards') OR r.appeal = 'open')"
                         " AND ($inside = 1 OR EXISTS (SELECT 1 FROM sealed_view AS v WHERE v.second_job_id = r.id AND v.account = $account AND r.appeal IS NOT 'open'))"
                         " AND %s ORDER BY r.needed_by IS NULL, r.needed_by, r.received",
                         scope);
  statement = probity_db_query (db, error, sql, "$inside", 't', inside, "$account", 's', probity_session_get_account_uid (session), NULL);
  if (statement == NULL || !probity_access_bind_scope (session, statement, error))
    return FALSE;

  while (run->items->len < MAX_EXAMINED)
    {
      gboolean ready = TRUE;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      if (inside && !has_checks (run->read, probity_statement_get_text (statement, 0), &ready, error))
        return FALSE;
      if (ready)
        probity_day_run_add (run,
                             "decide",
                             "second-job",
                             probity_statement_get_text (statement, 0),
                             probity_statement_get_text (statement, 1),
                             probity_statement_get_text (statement, 2),
                             probity_statement_get_text (statement, 3),
                             NULL);
    }

  return TRUE;
}

static gboolean
candidates_in_reader (ProbityRead *read,
                      gpointer     data,
                      GValue      *result,
                      GError     **error)
{
  ProbitySession  *session = data;
  g_autofree char *today = probity_day_to_iso (probity_list_get_today (session));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  ProbityDayRun run = { session, read, items, today };

  if (!probity_day_run_add_homes (&run, &probity_second_job_kind, add_candidates, error))
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&items));

  return TRUE;
}

gboolean
probity_my_day_await_decisions (ProbitySession *session,
                                GPtrArray      *items,
                                GError        **error)
{
  g_autoptr (GPtrArray) candidates = NULL;

  if (!probity_access_may (session, PROBITY_OPERATION_VIEW) && !probity_access_may (session, PROBITY_OPERATION_DECIDE))
    return TRUE;

  candidates = dex_await_boxed (probity_casebook_read (probity_session_get_casebook (session), candidates_in_reader, g_object_ref (session), g_object_unref, NULL), error);
  if (candidates == NULL)
    return FALSE;

  for (guint i = 0; i < candidates->len; i++)
    {
      ProbityDayItem *item = g_ptr_array_index (candidates, i);
      g_autoptr (GError) local_error = NULL;
      g_autoptr (ProbityGateState) gate = dex_await_boxed (probity_second_job_peek_gate (session, item->reference), &local_error);

      if (gate == NULL && probity_day_is_gone (&local_error))
        continue;
      if (gate == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (g_strcmp0 (gate->next_step, "view") != 0 && g_strcmp0 (gate->next_step, "seal-appeal") != 0 && !(g_strcmp0 (gate->next_step, "decide") == 0 && gate->may_decide))
        continue;

      g_free (item->what);
      item->what = g_strdup (gate->next_step);
      g_ptr_array_add (items, item);
      g_ptr_array_index (candidates, i) = NULL;
    }

  return TRUE;
}

/* A chief officer cannot decide what has not been sealed to them, nor where they took part before. */
gboolean
probity_my_day_await_appeals (ProbitySession *session,
                              GPtrArray      *items,
                              GError        **error)
{
  for (guint i = items->len; i > 0; i--)
    {
      ProbityDayItem *item = g_ptr_array_index (items, i - 1);
      g_autoptr (ProbityGateState) gate = NULL;
      g_autoptr (GError) local_error = NULL;

      if (g_strcmp0 (item->what, "decide-appeal") != 0)
        continue;
      gate = dex_await_boxed (probity_second_job_peek_gate (session, item->reference), &local_error);
      if (gate == NULL && probity_day_is_gone (&local_error))
        {
          g_ptr_array_remove_index (items, i - 1);
          continue;
        }
      if (gate == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (g_strcmp0 (gate->next_step, "decide-appeal") == 0)
        continue;
      if (g_strcmp0 (gate->waiting_for, "professional-standards") == 0)
        g_set_str (&item->what, "await-reasons");
      else
        g_ptr_array_remove_index (items, i - 1);
    }

  return TRUE;
}
