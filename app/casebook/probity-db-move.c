/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-db-private.h"

#include <string.h>

/*
 * Rows on their way from one compartment to another. The triggers that keep what is recorded from being
 * changed know nothing of that, so they are taken out and put back within the command's transaction:
 * nobody else ever sees the schema without them, and `verify` compares it with what it has to be.
 */

static GStrv
read_texts (ProbityDb  *self,
            const char *sql,
            const char *argument,
            GError    **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (ProbityStatement) statement = probity_db_query (self, error, sql, "$argument", 's', argument, NULL);
  gboolean row;

  if (statement == NULL)
    return NULL;
  for (;;)
    {
      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_strv_builder_end (builder);
      g_strv_builder_add (builder, probity_statement_get_text (statement, 0));
    }
}

/* Those that refuse, and the one that would write rows again which come along. */
#define SUSPENDED "type = 'trigger' AND (sql GLOB $argument OR name = 'stage_history_case') ORDER BY name"

GStrv
probity_db_suspend_triggers (ProbityDb *self,
                             GError   **error)
{
  g_auto (GStrv) names = NULL;
  g_auto (GStrv) sqls = NULL;

  names = read_texts (self, "SELECT name FROM sqlite_schema WHERE " SUSPENDED, "CREATE TRIGGER * BEFORE *", error);
  sqls = names != NULL ? read_texts (self, "SELECT sql FROM sqlite_schema WHERE " SUSPENDED, "CREATE TRIGGER * BEFORE *", error) : NULL;
  if (sqls == NULL || !probity_db_exec (self, "PRAGMA defer_foreign_keys = ON", error))
    return NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP TRIGGER %s", names[i]);

      if (!probity_db_exec (self, sql, error))
        return NULL;
    }

  return g_steal_pointer (&sqls);
}

gboolean
probity_db_restore_triggers (ProbityDb *self,
                             GStrv      triggers,
                             GError   **error)
{
  for (guint i = 0; triggers[i] != NULL; i++)
    if (!probity_db_exec (self, triggers[i], error))
      return FALSE;

  return TRUE;
}

GStrv
probity_db_list_tables (ProbityDb  *self,
                        const char *column,
                        GError    **error)
{
  return read_texts (self, "SELECT s.name FROM sqlite_schema AS s WHERE s.type = 'table' AND s.sql NOT GLOB 'CREATE VIRTUAL *'"
                           " AND EXISTS (SELECT 1 FROM pragma_table_info (s.name) AS c WHERE c.name = $argument) ORDER BY s.name",
                     column,
                     error);
}

static gboolean
is_shifted (const char *column)
{
  return strcmp (column, "id") == 0 || g_str_equal (column, "check_run_id");
}

static gboolean
check (ProbityDb *self,
       int        rc,
       GError   **error)
{
  if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
    return TRUE;
  probity_db_set_error (self, rc, error);

  return FALSE;
}

static gboolean
copy_all (ProbityDb    *from,
          ProbityDb    *to,
          sqlite3_stmt *select,
          sqlite3_stmt *insert,
          GStrv         columns,
          gint64        shift,
          GError      **error)
{
  for (;;)
    {
      int rc = sqlite3_step (select);

      if (rc == SQLITE_DONE)
        return TRUE;
      if (!check (from, rc, error))
        return FALSE;

      sqlite3_reset (insert);
      for (int i = 0; columns[i] != NULL; i++)
        {
          if (shift != 0 && is_shifted (columns[i]) && sqlite3_column_type (select, i) == SQLITE_INTEGER)
            rc = sqlite3_bind_int64 (insert, i + 1, sqlite3_column_int64 (select, i) + shift);
          else
            rc = sqlite3_bind_value (insert, i + 1, sqlite3_column_value (select, i));
          if (!check (to, rc, error))
            return FALSE;
        }
      if (!check (to, sqlite3_step (insert), error))
        return FALSE;
    }
}

gboolean
probity_db_copy_rows (ProbityDb  *from,
                      ProbityDb  *to,
                      const char *table,
                      const char *condition,
                      const char *uid,
                      gint64      shift,
                      GError    **error)
{
  g_auto (GStrv) columns = read_texts (to, "SELECT name FROM pragma_table_info ($argument) ORDER BY cid", table, error);
  g_autoptr (GString) marks = g_string_new (NULL);
  g_autofree char *names = NULL;
  g_autofree char *select_sql = NULL;
  g_autofree char *insert_sql = NULL;
  sqlite3_stmt    *select = NULL;
  sqlite3_stmt    *insert = NULL;
  gboolean         ok;

  if (columns == NULL)
    return FALSE;
  probity_db_assert_may_write (to);

  names = g_strjoinv (", ", columns);
  for (guint i = 0; columns[i] != NULL; i++)
    g_string_append (marks, i == 0 ? "?" : ", ?");
  select_sql = g_strdup_printf ("SELECT %s FROM %s WHERE %s", names, table, condition);
  insert_sql = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", table, names, marks->str);

  ok = check (from, sqlite3_prepare_v2 (from->handle, select_sql, -1, &select, NULL), error) &&
       check (to, sqlite3_prepare_v2 (to->handle, insert_sql, -1, &insert, NULL), error) &&
       (sqlite3_bind_parameter_count (select) == 0 ||
        check (from, sqlite3_bind_text (select, 1, uid, -1, SQLITE_TRANSIENT), error)) &&
       copy_all (from, to, select, insert, columns, shift, error);
  sqlite3_finalize (select);
  sqlite3_finalize (insert);

  return ok;
}
