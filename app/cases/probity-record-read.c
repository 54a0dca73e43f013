/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-parse.h"
#include "probity-record-kind.h"

/* Rows of record kinds, read on the casebook's own threads. */

static char *
dup_select (const ProbityRecordKind *kind,
            gboolean                 outside,
            const char              *scope,
            const char              *condition)
{
  g_autoptr (GString) sql = g_string_new ("SELECT r.id, r.uid, r.version");

  for (guint i = 0; i < kind->n_fields; i++)
    if ((kind->fields[i].flags & PROBITY_FIELD_WITHHELD) != 0)
      g_string_append (sql, ", NULL");
    else
      g_string_append_printf (sql, ", r.%s", kind->fields[i].name);

  for (guint i = 0; i < kind->n_derived; i++)
    {
      const ProbityDerived *derived = &kind->derived[i];

      g_string_append_printf (sql, ", %s", outside && derived->outside_sql != NULL ? derived->outside_sql : derived->sql);
    }

  g_string_append_printf (sql, " FROM %s AS r WHERE (%s)", kind->table, condition);
  if (scope != NULL)
    g_string_append_printf (sql, " AND %s", scope);
  g_string_append (sql, " LIMIT 1");

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* The statement by which a kind is read whatever the reader may know; asked for with every row of a file. */
static const char *
get_select (const ProbityRecordKind *kind,
            const char              *condition)
{
  static GMutex      lock;
  static GHashTable *statements;
  g_autofree char   *key = g_strconcat (kind->name, "|", condition, NULL);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  const char *sql;

  if (statements == NULL)
    statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  sql = g_hash_table_lookup (statements, key);
  if (sql == NULL)
    {
      g_autofree char *built = dup_select (kind, FALSE, NULL, condition);

      sql = g_intern_string (built);
      g_hash_table_insert (statements, g_steal_pointer (&key), (gpointer) sql);
    }

  return sql;
}

static char *
dup_column (ProbityStatement   *statement,
            const ProbityField *field,
            int                 column)
{
  if (probity_statement_is_null (statement, column))
    return NULL;

  switch (field->type)
    {
    case PROBITY_FIELD_HOURS:
      return probity_hours_to_text ((int) probity_statement_get_int64 (statement, column));

    case PROBITY_FIELD_BOOLEAN:
      return g_strdup (probity_statement_get_int64 (statement, column) != 0 ? "true" : "false");

    case PROBITY_FIELD_TEXT:
    case PROBITY_FIELD_LONG_TEXT:
    case PROBITY_FIELD_DAY:
    case PROBITY_FIELD_INSTANT:
    case PROBITY_FIELD_INTEGER:
    case PROBITY_FIELD_CHOICE:
    case PROBITY_FIELD_STAFF:
      break;
    }

  return probity_statement_dup_text (statement, column);
}

static ProbityRecord *
take_record (ProbityStatement        *statement,
             const ProbityRecordKind *kind)
{
  char **values = g_new0 (char *, kind->n_fields + kind->n_derived + 1);
  int    column = 3;

  for (guint i = 0; i < kind->n_fields; i++, column++)
    values[i] = dup_column (statement, &kind->fields[i], column);

  for (guint i = 0; i < kind->n_derived; i++, column++)
    values[kind->n_fields + i] = probity_statement_dup_text (statement, column);

  return probity_record_new (kind,
                             probity_statement_get_int64 (statement, 0),
                             probity_statement_get_text (statement, 1),
                             probity_statement_get_int64 (statement, 2),
                             values);
}

static gboolean
read_one (ProbityDb               *db,
          const ProbityRecordKind *kind,
          ProbitySession          *session,
          const char              *condition,
          const char              *text,
          gint64                   id,
          ProbityRecord          **ret_record,
          GError                 **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *scope = NULL;
  g_autofree char *scoped = NULL;
  const char      *sql;
  gboolean         row;

  if (session != NULL)
    {
      scope = probity_record_kind_dup_scope (kind, session);
      sql = scoped = dup_select (kind, !probity_record_reader_is_inside (session), scope, condition);
    }
  else
    {
      sql = get_select (kind, condition);
    }

  if (strstr (condition, "$") == NULL)
    statement = probity_db_query (db, error, sql, NULL);
  else if (text != NULL)
    statement = probity_db_query (db, error, sql, "$text", 's', text, NULL);
  else
    statement = probity_db_query (db, error, sql, "$id", 'i', id, NULL);

  if (statement == NULL)
    return FALSE;

  if (scope != NULL && strstr (scope, "$locked") != NULL && !probity_access_bind_scope (session, statement, error))
    return FALSE;

  if (!probity_statement_step (statement, &row, error))
    return FALSE;

  *ret_record = row ? take_record (statement, kind) : NULL;

  return TRUE;
}

gboolean
probity_record_read (ProbityDb               *db,
                     const ProbityRecordKind *kind,
                     ProbitySession          *session,
                     const char              *uid_or_key,
                     ProbityRecord          **ret_record,
                     GError                 **error)
{
  g_autofree char *condition = NULL;

  if (uid_or_key == NULL)
    condition = g_strdup ("1");
  else if (kind->key != NULL)
    condition = g_strdup_printf ("r.uid = $text OR r.%s = $text", kind->key);
  else
    condition = g_strdup ("r.uid = $text");

  return read_one (db, kind, session, condition, uid_or_key, 0, ret_record, error);
}

gboolean
probity_record_read_id (ProbityDb               *db,
                        const ProbityRecordKind *kind,
                        ProbitySession          *session,
                        gint64                   id,
                        ProbityRecord          **ret_record,
                        GError                 **error)
{
  return read_one (db, kind, session, "r.id = $id", NULL, id, ret_record, error);
}
