/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"

#include "probity-session-private.h"

/* Which rows a reader may know of. */

/* Nobody who has another role besides is confined to their own people. */
static gboolean
sees_everyone (ProbitySession *session)
{
  return (probity_session_get_roles (session) & ~(PROBITY_ROLE_LINE_MANAGER | PROBITY_ROLE_ADMINISTRATOR)) != 0;
}

/**
 * probity_access_dup_scope:
 * @staff_column: SQL of the subject's staff number; where it is NULL nobody is known to be locked
 * @manager_condition: (nullable): SQL that is true where $me manages the subject; without it a line
 *   manager sees nothing
 *
 * Rules: nobody opens, finds or counts what is about themselves or someone related; a line manager
 * who has no other role knows of their own people only. Any thread.
 */
char *
probity_access_dup_scope (const char *staff_column,
                          const char *manager_condition)
{
  g_return_val_if_fail (staff_column != NULL, NULL);

  /* $me stands in every scope, so that what is bound is the same for all of them. */
  return g_strdup_printf ("(coalesce (%s, '') NOT IN (SELECT value FROM json_each ($locked))"
                          " AND ($everyone = 1 OR ($me <> '' AND (%s))))",
                          staff_column,
                          manager_condition != NULL ? manager_condition : "0");
}

static gboolean
bind_text (ProbityStatement *statement,
           const char       *name,
           const char       *text,
           GError          **error)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, text);

  return probity_statement_bind (statement, name, &value, error);
}

gboolean
probity_access_bind_scope (ProbitySession   *session,
                           ProbityStatement *statement,
                           GError          **error)
{
  g_auto (GValue) everyone = G_VALUE_INIT;
  const char      *me;
  g_autofree char *locked = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), FALSE);
  g_return_val_if_fail (statement != NULL, FALSE);

  me = probity_session_get_staff_number (session);
  locked = probity_session_dup_locked_json (session);
  g_value_init (&everyone, G_TYPE_INT64);
  g_value_set_int64 (&everyone, sees_everyone (session) ? 1 : 0);

  return bind_text (statement, "$me", me != NULL ? me : "", error) &&
         bind_text (statement, "$locked", locked, error) &&
         probity_statement_bind (statement, "$everyone", &everyone, error);
}

gboolean
probity_access_is_locked (ProbitySession *session,
                          const char     *staff_number)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session), TRUE);

  return staff_number != NULL && probity_session_is_locked_from (session, staff_number);
}

/* Holds both ways; an ended relation locks no more. */
static const char related_sql[] =
    "SELECT related_staff_number FROM relation WHERE staff_number = $me AND (ended IS NULL OR ended > $today)"
    " UNION "
    "SELECT staff_number FROM relation WHERE related_staff_number = $me AND (ended IS NULL OR ended > $today)";

static gboolean
read_locked_func (ProbityRead *read,
                  gpointer     data,
                  GValue      *result,
                  GError     **error)
{
  ProbitySession  *session = data;
  ProbityDb       *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autofree char *today = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GHashTable) locked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean row;

  if (db == NULL)
    return FALSE;

  today = probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (session)));
  statement = probity_db_query (db, error, related_sql, "$me", 's', probity_session_get_staff_number (session), "$today", 's', today, NULL);
  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      g_hash_table_add (locked, probity_statement_dup_text (statement, 0));
    }

  probity_session_take_locked (session, g_steal_pointer (&locked));
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

DexFuture *
probity_access_refresh_locked (ProbitySession *session)
{
  ProbityCasebook *casebook;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  casebook = probity_session_get_casebook (session);
  if (probity_session_get_staff_number (session) == NULL || !probity_casebook_has (casebook, PROBITY_COMPARTMENT_REGISTERS))
    return dex_future_new_true ();

  return probity_casebook_read (casebook, read_locked_func, g_object_ref (session), g_object_unref, NULL);
}

gboolean
probity_access_set_not_found (GError    **error,
                              const char *reference)
{
  g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND, "There is no “%.80s”", reference);

  return FALSE;
}
