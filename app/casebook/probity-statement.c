/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

#include <string.h>

#define MAX_WAITING 100

struct _ProbityStatementCache
{
  ProbityDb  *db;
  GHashTable *by_sql; /* SQLite's own copy of the text → ProbityStatement */
  GQueue      newest; /* of ProbityStatement, by their links */
};

struct _ProbityStatement
{
  ProbityStatementCache *cache;
  ProbityDb             *db;
  sqlite3_stmt          *handle;
  GList                  link;
  gboolean               writes;
  gboolean               started;
  int                    n_parameters;
  int                    n_bound;
  gboolean              *bound;
};

static void
destroy_statement (ProbityStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self->bound);
  g_free (self);
}

/* Statements of one kind begin alike and can be thousands of characters long: their length and their end tell them apart. */
static guint
hash_sql (gconstpointer key)
{
  const char  *sql = key;
  const size_t length = strlen (sql);
  guint        hash = (guint) length;

  for (const char *p = sql + (length > 64 ? length - 64 : 0); *p != '\0'; p++)
    hash = hash * 33 + (guchar) *p;

  return hash;
}

ProbityStatementCache *
probity_statement_cache_new (ProbityDb *db)
{
  ProbityStatementCache *self = g_new0 (ProbityStatementCache, 1);

  self->db = db;
  self->by_sql = g_hash_table_new (hash_sql, g_str_equal);
  g_queue_init (&self->newest);

  return self;
}

static void
forget_statement (ProbityStatementCache *self,
                  ProbityStatement      *statement)
{
  g_hash_table_remove (self->by_sql, sqlite3_sql (statement->handle));
  g_queue_unlink (&self->newest, &statement->link);
}

void
probity_statement_cache_free (ProbityStatementCache *self)
{
  GList *link;

  g_hash_table_remove_all (self->by_sql);
  while ((link = g_queue_peek_head_link (&self->newest)) != NULL)
    {
      g_queue_unlink (&self->newest, link);
      destroy_statement (link->data);
    }
  g_hash_table_unref (self->by_sql);
  g_free (self);
}

/* Takes the statement out of the cache, so that a query within a query of the same text gets its own. */
ProbityStatement *
probity_statement_cache_take (ProbityStatementCache *self,
                              const char            *sql,
                              GError               **error)
{
  ProbityStatement *statement = g_hash_table_lookup (self->by_sql, sql);
  sqlite3_stmt     *handle = NULL;
  const char       *tail = NULL;
  int               rc;

  if (statement != NULL)
    {
      forget_statement (self, statement);
      return statement;
    }

  rc = sqlite3_prepare_v3 (probity_db_get_handle (self->db), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, &tail);
  if (rc != SQLITE_OK)
    {
      probity_db_set_error (self->db, rc, error);
      return NULL;
    }

  if (handle == NULL || tail[strspn (tail, " \t\r\n;")] != '\0')
    {
      sqlite3_finalize (handle);
      g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FAILED, "A query is exactly one statement");
      return NULL;
    }

  statement = g_new0 (ProbityStatement, 1);
  statement->cache = self;
  statement->db = self->db;
  statement->handle = handle;
  statement->link.data = statement;
  statement->writes = !sqlite3_stmt_readonly (handle);
  statement->n_parameters = sqlite3_bind_parameter_count (handle);
  statement->bound = g_new0 (gboolean, statement->n_parameters + 1);

  return statement;
}

static int
find_parameter (ProbityStatement *self,
                const char       *name,
                GError          **error)
{
  int index = sqlite3_bind_parameter_index (self->handle, name);

  if (index == 0)
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FAILED, "The query has no parameter %s: %s", name, sqlite3_sql (self->handle));
      return 0;
    }

  if (!self->bound[index])
    {
      self->bound[index] = TRUE;
      self->n_bound++;
    }

  return index;
}

static gboolean
take_result (ProbityStatement *self,
             int               rc,
             GError          **error)
{
  if (rc == SQLITE_OK)
    return TRUE;

  probity_db_set_error (self->db, rc, error);

  return FALSE;
}

static int
bind_bytes (ProbityStatement *self,
            int               index,
            GBytes           *bytes)
{
  gsize         size;
  gconstpointer data;

  if (bytes == NULL)
    return sqlite3_bind_null (self->handle, index);

  data = g_bytes_get_data (bytes, &size);
  if (size == 0)
    return sqlite3_bind_zeroblob (self->handle, index, 0);

  return sqlite3_bind_blob64 (self->handle, index, data, size, SQLITE_TRANSIENT);
}

gboolean
probity_statement_bind_valist (ProbityStatement *self,
                               va_list           arguments,
                               GError          **error)
{
  const char *name;

  while ((name = va_arg (arguments, const char *)) != NULL)
    {
      int type = va_arg (arguments, int);
      int index = find_parameter (self, name, error);
      int rc;

      if (index == 0)
        return FALSE;

      switch (type)
        {
        case 'i':
          rc = sqlite3_bind_int64 (self->handle, index, va_arg (arguments, gint64));
          break;
        case 't':
          rc = sqlite3_bind_int (self->handle, index, va_arg (arguments, gboolean) != FALSE);
          break;
        case 'd':
          rc = sqlite3_bind_double (self->handle, index, va_arg (arguments, double));
          break;
        case 's':
          /* NULL text is NULL. */
          rc = sqlite3_bind_text (self->handle, index, va_arg (arguments, const char *), -1, SQLITE_TRANSIENT);
          break;
        case 'b':
          rc = bind_bytes (self, index, va_arg (arguments, GBytes *));
          break;
        default:
          g_error ("Parameter %s is of an unknown type", name);
        }

      if (!take_result (self, rc, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
probity_statement_bind (ProbityStatement *self,
                        const char       *name,
                        const GValue     *value,
                        GError          **error)
{
  int index;
  int rc;

  probity_db_assert_owned (self->db);
  g_return_val_if_fail (name != NULL && G_IS_VALUE (value), FALSE);

  index = find_parameter (self, name, error);
  if (index == 0)
    return FALSE;

  if (G_VALUE_HOLDS_INT64 (value))
    rc = sqlite3_bind_int64 (self->handle, index, g_value_get_int64 (value));
  else if (G_VALUE_HOLDS_INT (value))
    rc = sqlite3_bind_int (self->handle, index, g_value_get_int (value));
  else if (G_VALUE_HOLDS_UINT (value))
    rc = sqlite3_bind_int64 (self->handle, index, g_value_get_uint (value));
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    rc = sqlite3_bind_int (self->handle, index, g_value_get_boolean (value) != FALSE);
  else if (G_VALUE_HOLDS_DOUBLE (value))
    rc = sqlite3_bind_double (self->handle, index, g_value_get_double (value));
  else if (G_VALUE_HOLDS_STRING (value))
    rc = sqlite3_bind_text (self->handle, index, g_value_get_string (value), -1, SQLITE_TRANSIENT);
  else if (G_VALUE_HOLDS (value, G_TYPE_BYTES))
    rc = bind_bytes (self, index, g_value_get_boxed (value));
  else
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FAILED, "A %s cannot be bound to %s", G_VALUE_TYPE_NAME (value), name);
      return FALSE;
    }

  return take_result (self, rc, error);
}

gboolean
probity_statement_step (ProbityStatement *self,
                        gboolean         *ret_row,
                        GError          **error)
{
  int rc;

  probity_db_assert_owned (self->db);
  /* One writer at a time in the world, and readers never. */
  if (self->writes)
    probity_db_assert_may_write (self->db);

  if (!self->started && self->n_bound != self->n_parameters)
    {
      for (int i = 1; i <= self->n_parameters; i++)
        {
          if (self->bound[i])
            continue;
          g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FAILED, "The query’s parameter %s was not given: %s", sqlite3_bind_parameter_name (self->handle, i), sqlite3_sql (self->handle));
          return FALSE;
        }
    }
  self->started = TRUE;

  rc = sqlite3_step (self->handle);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    {
      probity_db_set_error (self->db, rc, error);
      return FALSE;
    }

  if (ret_row != NULL)
    *ret_row = rc == SQLITE_ROW;

  return TRUE;
}

/* Runs the statement to its end and leaves its rows. */
gboolean
probity_statement_run (ProbityStatement *self,
                       GError          **error)
{
  gboolean row = TRUE;

  while (row)
    {
      if (!probity_statement_step (self, &row, error))
        return FALSE;
    }

  return TRUE;
}

gint64
probity_statement_get_int64 (ProbityStatement *self,
                             int               column)
{
  probity_db_assert_owned (self->db);

  return sqlite3_column_int64 (self->handle, column);
}

double
probity_statement_get_double (ProbityStatement *self,
                              int               column)
{
  probity_db_assert_owned (self->db);

  return sqlite3_column_double (self->handle, column);
}

gboolean
probity_statement_is_null (ProbityStatement *self,
                           int               column)
{
  probity_db_assert_owned (self->db);

  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

const char *
probity_statement_get_text (ProbityStatement *self,
                            int               column)
{
  probity_db_assert_owned (self->db);

  return (const char *) sqlite3_column_text (self->handle, column);
}

char *
probity_statement_dup_text (ProbityStatement *self,
                            int               column)
{
  return g_strdup (probity_statement_get_text (self, column));
}

GBytes *
probity_statement_dup_bytes (ProbityStatement *self,
                             int               column)
{
  gconstpointer data;

  if (probity_statement_is_null (self, column))
    return NULL;

  data = sqlite3_column_blob (self->handle, column);

  return g_bytes_new (data, (gsize) sqlite3_column_bytes (self->handle, column));
}

int
probity_statement_get_n_columns (ProbityStatement *self)
{
  probity_db_assert_owned (self->db);

  return sqlite3_column_count (self->handle);
}

void
probity_statement_free (ProbityStatement *self)
{
  ProbityStatementCache *cache;
  const char            *sql;

  if (self == NULL)
    return;

  probity_db_assert_owned (self->db);

  cache = self->cache;
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  memset (self->bound, 0, sizeof (gboolean) * (gsize) (self->n_parameters + 1));
  self->n_bound = 0;
  self->started = FALSE;

  sql = sqlite3_sql (self->handle);
  if (g_hash_table_contains (cache->by_sql, sql))
    {
      destroy_statement (self);
      return;
    }

  g_hash_table_insert (cache->by_sql, (gpointer) sql, self);
  g_queue_push_head_link (&cache->newest, &self->link);

  if (cache->newest.length > MAX_WAITING)
    {
      ProbityStatement *oldest = g_queue_peek_tail (&cache->newest);

      forget_statement (cache, oldest);
      destroy_statement (oldest);
    }
}
