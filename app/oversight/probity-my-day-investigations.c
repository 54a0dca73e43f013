/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-closing.h"
#include "probity-leak.h"
#include "probity-list-kind.h"
#include "probity-my-day-private.h"

/*
 * What leaks want of who owns or investigates them, and closings of either kind of whoever may close the case.
 * Checks are told from the list of checks, actions with those of every kind of case.
 */

/* The gate proves signatures: so many cases take a few hundred milliseconds. */
#define MAX_EXAMINED 60

static void
free_item (gpointer data)
{
  probity_day_item_free (data);
}

static gboolean
bind_text (ProbityStatement *statement,
           const char       *parameter,
           const char       *text,
           GError          **error)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, text);

  return probity_statement_bind (statement, parameter, &value, error);
}

/* @sql begins with uid, reference, subject; $name is this reader's account, $person the reader in signatures. */
static ProbityStatement *
query_own (ProbityDayRun           *run,
           const ProbityRecordKind *kind,
           const char              *sql_of_rows,
           GError                 **error)
{
  ProbityDb       *db = probity_read_get_db (run->read, kind->compartment, error);
  g_autofree char *scope = probity_record_kind_dup_scope (kind, run->session);
  g_autofree char *sql = g_strconcat (sql_of_rows, " AND r.closed IS NULL AND ", scope, NULL);
  g_autoptr (ProbityStatement) statement = NULL;

  statement = db != NULL ? probity_db_query (db, error, sql, NULL) : NULL;
  if (statement == NULL || !probity_access_bind_scope (run->session, statement, error))
    return NULL;
  if (strstr (sql, "$name") != NULL && !bind_text (statement, "$name", probity_session_get_account_name (run->session), error))
    return NULL;
  if (strstr (sql, "$person") != NULL && !bind_text (statement, "$person", probity_session_get_person (run->session), error))
    return NULL;

  return g_steal_pointer (&statement);
}

#define CASE "SELECT r.uid, r.reference, coalesce (r.subjects || ' · ', '') || r.title"

static gboolean
add_rows (ProbityDayRun           *run,
          const ProbityRecordKind *kind,
          const char              *what,
          const char              *why,
          const char              *sql,
          GError                 **error)
{
  g_autoptr (ProbityStatement) statement = query_own (run, kind, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  for (guint n = 0; n < PROBITY_DAY_MAX_ITEMS; n++)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      probity_day_run_add (run, what, kind->name, probity_statement_get_text (statement, 0), probity_statement_get_text (statement, 1), probity_statement_get_text (statement, 2), probity_statement_get_text (statement, 3), why);
    }

  return TRUE;
}

/* Before an intrusive step public interest and protected disclosure are assessed. */
gboolean
probity_my_day_add_leaks (ProbityDayRun *run,
                          GError       **error)
{
  if (!probity_access_may (run->session, PROBITY_OPERATION_WORK_LEAKS))
    return TRUE;

  return add_rows (run,
                   &probity_leak_kind,
                   "assessment",
                   "public-interest-assessment",
                   CASE ", NULL FROM leak AS r WHERE NOT EXISTS (SELECT 1 FROM leak_assessment AS a WHERE a.case_uid = r.uid)"
                        " AND (r.stage = 'investigation' OR EXISTS (SELECT 1 FROM case_action AS a WHERE a.case_uid = r.uid AND a.intrusive = 1 AND a.state = 'open'))"
                        " AND (r.owner = $name OR (r.investigating_officer IS NOT NULL AND r.investigating_officer = $me))",
                   error);
}

/* Closings ---------------------------------------------------------------------------------------- */

static gboolean
candidates_in_reader (ProbityRead *read,
                      gpointer     data,
                      GValue      *result,
                      GError     **error)
{
  static const ProbityRecordKind *const kinds[] = { &probity_conduct_kind, &probity_leak_kind };
  ProbitySession                       *session = data;
  g_autofree char                      *today = probity_day_to_iso (probity_list_get_today (session));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  ProbityDayRun run = { session, read, items, today };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      ProbityCompartment compartments[PROBITY_MAX_SEALED + 1];
      const guint        n = probity_casebook_list_homes (probity_session_get_casebook (session), kinds[i]->compartment, compartments);
      g_autofree char   *sql = g_strdup_printf (CASE ", NULL FROM %s AS r WHERE EXISTS (SELECT 1 FROM closing_proposal AS p WHERE p.case_uid = r.uid)"
                                                     " AND NOT EXISTS (SELECT 1 FROM case_investigator AS i WHERE i.case_uid = r.uid AND i.person = $person)",
                                              kinds[i]->table);

      if (!probity_access_may (session, kinds[i]->read))
        continue;
      for (guint j = 0; j < n; j++)
        {
          probity_read_enter (read, compartments[j]);
          if (!add_rows (&run, kinds[i], "close", NULL, sql, error))
            return FALSE;
        }
      probity_read_enter (read, PROBITY_COMPARTMENT_JOURNAL);
    }

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&items));

  return TRUE;
}

/* A case about nobody waits for the decider, who says why nobody could be checked. */
static gboolean
wants_no_subject (ProbitySession      *session,
                  ProbityClosingState *state)
{
  return g_strv_length (state->missing) == 1 && g_str_equal (state->missing[0], "no-subject") &&
         g_strcmp0 (state->proposed_by, probity_session_get_account_name (session)) != 0;
}

gboolean
probity_my_day_await_closings (ProbitySession *session,
                               GPtrArray      *items,
                               GError        **error)
{
  g_autoptr (GPtrArray) candidates = NULL;

  if (!probity_access_may (session, PROBITY_OPERATION_CLOSE_CASE))
    return TRUE;

  candidates = dex_await_boxed (probity_casebook_read (probity_session_get_casebook (session), candidates_in_reader, g_object_ref (session), g_object_unref, NULL), error);
  if (candidates == NULL)
    return FALSE;

  for (guint i = 0; i < MIN (candidates->len, MAX_EXAMINED); i++)
    {
      ProbityDayItem *item = g_ptr_array_index (candidates, i);
      g_autoptr (GError) local_error = NULL;
      g_autoptr (ProbityClosingState) state = dex_await_boxed (probity_closing_peek (session, item->reference), &local_error);

      if (state == NULL && probity_day_is_gone (&local_error))
        continue;
      if (state == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (state->proposed == NULL || !(state->may_close || wants_no_subject (session, state)))
        continue;

      item->why = g_strdup (state->proposed);
      g_ptr_array_add (items, item);
      g_ptr_array_index (candidates, i) = NULL;
    }

  return TRUE;
}
