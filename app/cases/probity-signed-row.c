/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <json-glib/json-glib.h>

#include "probity-signed-row.h"

struct _ProbityRow
{
  GHashTable *texts;
  GHashTable *bytes;
};

ProbityRow *
probity_row_new (void)
{
  ProbityRow *self = g_new0 (ProbityRow, 1);

  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->bytes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  return self;
}

void
probity_row_free (ProbityRow *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->bytes);
  g_free (self);
}

void
probity_row_set (ProbityRow *self,
                 const char *column,
                 const char *value)
{
  g_hash_table_replace (self->texts, g_strdup (column), g_strdup (value));
}

void
probity_row_set_int (ProbityRow *self,
                     const char *column,
                     gint64      value)
{
  g_hash_table_replace (self->texts, g_strdup (column), g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

void
probity_row_set_bytes (ProbityRow *self,
                       const char *column,
                       GBytes     *value)
{
  if (value != NULL)
    g_hash_table_replace (self->bytes, g_strdup (column), g_bytes_ref (value));
  else
    g_hash_table_remove (self->bytes, column);
}

const char *
probity_row_get (ProbityRow *self,
                 const char *column)
{
  return g_hash_table_lookup (self->texts, column);
}

gint64
probity_row_get_int (ProbityRow *self,
                     const char *column)
{
  const char *text = probity_row_get (self, column);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

GBytes *
probity_row_get_bytes (ProbityRow *self,
                       const char *column)
{
  return g_hash_table_lookup (self->bytes, column);
}

char *
probity_row_to_json (ProbityRow *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  GHashTableIter iter;
  gpointer       key, value;

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (value != NULL)
      json_object_set_string_member (object, key, value);
  g_hash_table_iter_init (&iter, self->bytes);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_autofree char *member = g_strconcat (key, "*", NULL);
      gsize            size;
      gconstpointer    data = g_bytes_get_data (value, &size);
      g_autofree char *text = g_base64_encode (data, size);

      json_object_set_string_member (object, member, text);
    }
  json_node_set_object (root, object);

  return json_to_string (root, FALSE);
}

static void
take_member (JsonObject *object,
             const char *member,
             JsonNode   *node,
             gpointer    data)
{
  ProbityRow *row = data;
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  if (text == NULL)
    return;
  if (g_str_has_suffix (member, "*"))
    {
      g_autofree char *column = g_strndup (member, strlen (member) - 1);
      gsize            size;
      guchar          *bytes = g_base64_decode (text, &size);
      g_autoptr (GBytes) value = g_bytes_new_take (bytes, size);

      probity_row_set_bytes (row, column, value);
    }
  else
    {
      probity_row_set (row, member, text);
    }
}

ProbityRow *
probity_row_from_json (const char *json,
                       GError    **error)
{
  g_autoptr (JsonNode) root = json_from_string (json, error);
  ProbityRow *row;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "A stored row is not an object");
      return NULL;
    }
  row = probity_row_new ();
  json_object_foreach_member (json_node_get_object (root), take_member, row);

  return row;
}

ProbityValues *
probity_row_to_values (ProbityRow *self)
{
  ProbityValues *values = probity_values_new ();
  GHashTableIter iter;
  gpointer       key, value;

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    probity_values_set (values, key, value);

  return values;
}

static GPtrArray *
sort_columns (ProbityRow *row)
{
  GPtrArray     *columns = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, row->texts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (columns, key);
  g_hash_table_iter_init (&iter, row->bytes);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (columns, key);
  /* One text of SQL for one shape of row, so that the statement cache finds it again. */
  g_ptr_array_sort_values (columns, (GCompareFunc) strcmp);

  return columns;
}

gboolean
probity_row_insert (ProbityDb  *db,
                    const char *table,
                    ProbityRow *row,
                    GError    **error)
{
  g_autoptr (GPtrArray) columns = sort_columns (row);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) parameters = g_string_new (NULL);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *sql = NULL;

  for (guint i = 0; i < columns->len; i++)
    {
      const char *column = g_ptr_array_index (columns, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", column);
      g_string_append_printf (parameters, "%s$%s", i > 0 ? ", " : "", column);
    }
  sql = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", table, names->str, parameters->str);
  statement = probity_db_query (db, error, sql, NULL);
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < columns->len; i++)
    {
      const char      *column = g_ptr_array_index (columns, i);
      g_autofree char *parameter = g_strconcat ("$", column, NULL);
      GBytes          *bytes = probity_row_get_bytes (row, column);
      g_auto (GValue) value = G_VALUE_INIT;

      if (bytes != NULL)
        {
          g_value_init (&value, G_TYPE_BYTES);
          g_value_set_boxed (&value, bytes);
        }
      else
        {
          g_value_init (&value, G_TYPE_STRING);
          g_value_set_string (&value, probity_row_get (row, column));
        }
      if (!probity_statement_bind (statement, parameter, &value, error))
        return FALSE;
    }

  return probity_statement_step (statement, NULL, error);
}

/* `a=b`: signed as a, stands in column b. */
static const char *
get_column (const char *declared,
            char      **ret_name)
{
  const char *equals = strchr (declared, '=');

  *ret_name = equals != NULL ? g_strndup (declared, equals - declared) : g_strdup (declared);

  return equals != NULL ? equals + 1 : declared;
}

static const char *
get_signed (const ProbitySignedTable *table,
            ProbityRow               *row,
            const char               *signed_name)
{
  for (guint i = 0; table->columns[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      const char      *column = get_column (table->columns[i], &name);

      if (g_str_equal (name, signed_name))
        return probity_row_get (row, column);
    }

  return NULL;
}

static ProbityCanonical *
build_canonical (const ProbitySignedTable *table,
                 const char               *casebook_uid,
                 const char               *case_uid,
                 ProbityRow               *row)
{
  ProbityCanonical *canonical = probity_canonical_new (table->tag);

  probity_canonical_add_text (canonical, "casebook", casebook_uid);
  /* What was signed when second jobs were the only kind of case stays provable. */
  probity_canonical_add_text (canonical, table->owned_by != NULL ? table->owned_by : "second_job", case_uid);
  for (guint i = 0; table->columns[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      const char      *column = get_column (table->columns[i], &name);

      probity_canonical_add_text (canonical, name, probity_row_get (row, column));
    }

  return canonical;
}

GBytes *
probity_signed_dup_message (const ProbitySignedTable *table,
                            const char               *casebook_uid,
                            const char               *case_uid,
                            ProbityRow               *row)
{
  g_autoptr (ProbityCanonical) canonical = build_canonical (table, casebook_uid, case_uid, row);

  return probity_canonical_dup_bytes (canonical);
}

char *
probity_signed_dup_digest (const ProbitySignedTable *table,
                           const char               *casebook_uid,
                           const char               *case_uid,
                           ProbityRow               *row)
{
  g_autoptr (ProbityCanonical) canonical = build_canonical (table, casebook_uid, case_uid, row);

  return probity_canonical_dup_digest (canonical);
}

gboolean
probity_signed_sign (const ProbitySignedTable *table,
                     ProbitySession           *session,
                     const char               *case_uid,
                     ProbityRow               *row,
                     GError                  **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) signature = NULL;

  message = probity_signed_dup_message (table, probity_keyring_get_casebook_uid (keyring), case_uid, row);
  signature = probity_session_sign (session, message);
  if (signature == NULL)
    {
      g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_SIGNATURE, "The account's signing key is not at hand");
      return FALSE;
    }
  probity_row_set_bytes (row, table->signature, signature);

  return TRUE;
}

gboolean
probity_signed_prove (const ProbitySignedTable *table,
                      ProbityKeyring           *keyring,
                      const char               *case_uid,
                      ProbityRow               *row)
{
  const char *account = get_signed (table, row, "account");
  const char *at = get_signed (table, row, "at");
  GBytes     *signature = probity_row_get_bytes (row, table->signature);
  g_autoptr (GBytes) message = NULL;

  if (account == NULL || signature == NULL)
    return FALSE;
  message = probity_signed_dup_message (table, probity_keyring_get_casebook_uid (keyring), case_uid, row);

  /* After a reset the old key signs nothing any more. */
  return probity_keyring_verify_at (keyring, account, at != NULL ? at : get_signed (table, row, "published"), message, signature);
}

gboolean
probity_signed_insert (const ProbitySignedTable *table,
                       ProbityWrite             *write,
                       ProbitySession           *session,
                       ProbityDb                *db,
                       const char               *case_uid,
                       ProbityRow               *row,
                       GError                  **error)
{
  if (probity_row_get (row, "uid") == NULL)
    {
      g_autofree char *uid = probity_write_new_uid (write);

      probity_row_set (row, "uid", uid);
    }
  probity_row_set (row, "account", probity_session_get_account_uid (session));
  /* A comment on paper is another person's than that of the account which signs it. */
  if (probity_row_get (row, "person") == NULL)
    probity_row_set (row, "person", probity_session_get_person (session));
  probity_row_set (row, "at", probity_write_get_now (write));

  return probity_signed_sign (table, session, case_uid, row, error) &&
         probity_row_insert (db, table->table, row, error);
}

GPtrArray *
probity_signed_load (const ProbitySignedTable *table,
                     ProbityDb                *db,
                     const char               *condition,
                     const char               *key,
                     GError                  **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_row_free);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GString) sql = g_string_new ("SELECT id, uid, ");
  guint n_columns = 0;

  g_string_append_printf (sql, "%s, %s", table->signature, table->owner);
  for (n_columns = 0; table->columns[n_columns] != NULL; n_columns++)
    {
      g_autofree char *name = NULL;

      g_string_append_printf (sql, ", %s", get_column (table->columns[n_columns], &name));
    }
  g_string_append_printf (sql, " FROM %s WHERE %s", table->table, condition);

  if (key != NULL)
    statement = probity_db_query (db, error, sql->str, "$key", 's', key, NULL);
  else
    statement = probity_db_query (db, error, sql->str, NULL);
  if (statement == NULL)
    return NULL;

  for (;;)
    {
      ProbityRow *row;
      gboolean    more;
      g_autoptr (GBytes) signature = NULL;

      if (!probity_statement_step (statement, &more, error))
        return NULL;
      if (!more)
        break;

      row = probity_row_new ();
      g_ptr_array_add (rows, row);
      probity_row_set_int (row, "id", probity_statement_get_int64 (statement, 0));
      probity_row_set (row, "uid", probity_statement_get_text (statement, 1));
      signature = probity_statement_dup_bytes (statement, 2);
      probity_row_set_bytes (row, table->signature, signature);
      probity_row_set (row, table->owner, probity_statement_get_text (statement, 3));
      for (guint i = 0; i < n_columns; i++)
        {
          g_autofree char *name = NULL;

          probity_row_set (row, get_column (table->columns[i], &name), probity_statement_get_text (statement, 4 + (int) i));
        }
    }

  return g_steal_pointer (&rows);
}
