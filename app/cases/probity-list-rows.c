/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-sealed.h"
#include "probity-parse.h"

/* The rows of a list: their cells, read by id a page at a time. */

typedef struct
{
  gatomicrefcount ref_count;
  ProbityListRow  row;
} ListRow;

G_DEFINE_BOXED_TYPE (ProbityListRow, probity_list_row, probity_list_row_ref, probity_list_row_unref)

static ListRow *
find_list_row (ProbityListRow *self)
{
  return (ListRow *) ((char *) self - G_STRUCT_OFFSET (ListRow, row));
}

ProbityListRow *
probity_list_row_new (gint64      id,
                      const char *uid,
                      guint       n_cells,
                      char      **cells)
{
  ListRow *self = g_new0 (ListRow, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->row.id = id;
  self->row.uid = g_strdup (uid);
  self->row.n_cells = n_cells;
  self->row.cells = (const char **) cells;

  return &self->row;
}

ProbityListRow *
probity_list_row_ref (ProbityListRow *self)
{
  g_atomic_ref_count_inc (&find_list_row (self)->ref_count);

  return self;
}

void
probity_list_row_unref (ProbityListRow *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&find_list_row (self)->ref_count))
    return;

  for (guint i = 0; i < self->n_cells; i++)
    g_free ((char *) self->cells[i]);
  g_free (self->cells);
  g_free ((char *) self->uid);
  g_free (find_list_row (self));
}

const char *
probity_list_row_find_cell (ProbityListRow        *self,
                            const ProbityListKind *kind,
                            const char            *column)
{
  guint index = probity_list_kind_find_column (kind, column);

  return index < self->n_cells ? self->cells[index] : NULL;
}

const ProbityRecordKind *
probity_list_row_get_record_kind (ProbityListRow        *self,
                                  const ProbityListKind *kind)
{
  const char *name = kind->others != NULL ? probity_list_row_find_cell (self, kind, "kind") : NULL;

  for (guint i = 0; name != NULL && kind->others[i] != NULL; i++)
    if (g_str_equal (kind->others[i]->name, name))
      return kind->others[i];

  return kind->record_kind;
}

gboolean
probity_list_row_is_sealed (ProbityListRow *self)
{
  gint64 id;

  return probity_list_id_split (self->id, &id) != PROBITY_COMPARTMENT_JOURNAL;
}

/* Reading ---------------------------------------------------------------------------------------- */

static char *
dup_rows_sql (const ProbityListKind *kind,
              ProbitySession        *session)
{
  const gboolean   outside = !probity_record_reader_is_inside (session);
  g_autofree char *scope = probity_record_kind_dup_scope (kind->record_kind, session);
  g_autoptr (GString) sql = g_string_new ("SELECT r.id, r.uid");

  for (guint i = 0; i < kind->n_columns; i++)
    g_string_append_printf (sql, ", %s", outside && kind->sql[i].outside_cell != NULL ? kind->sql[i].outside_cell : kind->sql[i].cell);

  g_string_append_printf (sql, " FROM json_each ($ids) AS i CROSS JOIN %s AS r ON r.id = i.value WHERE %s", kind->record_kind->table, scope);

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static char *
dup_ids_json (GArray *ids)
{
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (ids, gint64, i));
  g_string_append_c (json, ']');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

static char *
dup_cell (ProbityStatement        *statement,
          const ProbityListColumn *column,
          int                      index)
{
  if (probity_statement_is_null (statement, index))
    return NULL;

  if (column->type == PROBITY_FIELD_HOURS)
    return probity_hours_to_text ((int) probity_statement_get_int64 (statement, index));

  if (column->type == PROBITY_FIELD_BOOLEAN)
    return g_strdup (probity_statement_get_int64 (statement, index) != 0 ? "true" : "false");

  return probity_statement_dup_text (statement, index);
}

static ProbityListRow *
take_row (ProbityStatement      *statement,
          const ProbityListKind *kind)
{
  char **cells = g_new0 (char *, kind->n_columns + 1);

  for (guint i = 0; i < kind->n_columns; i++)
    cells[i] = dup_cell (statement, &kind->columns[i], (int) i + 2);

  return probity_list_row_new (probity_statement_get_int64 (statement, 0),
                               probity_statement_get_text (statement, 1),
                               kind->n_columns,
                               cells);
}

static void
unref_row (gpointer data)
{
  g_clear_pointer ((ProbityListRow **) &data, probity_list_row_unref);
}

/* id → row, of those of @wanted that are there and readable, in the compartment that is entered. */
static GHashTable *
read_rows (ProbitySession        *session,
           const ProbityListKind *kind,
           ProbityRead           *read,
           GArray                *wanted,
           GError               **error)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, unref_row);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *sql = dup_rows_sql (kind, session);
  g_autofree char *ids = dup_ids_json (wanted);
  ProbityDb       *db = probity_read_get_db (read, kind->record_kind->compartment, error);
  gboolean         row;

  if (db == NULL)
    return NULL;

  statement = probity_db_query (db, error, sql, "$ids", 's', ids, NULL);
  if (statement == NULL ||
      (strstr (sql, "$locked") != NULL && !probity_access_bind_scope (session, statement, error)) ||
      !probity_list_bind_days (statement, sql, session, error))
    return NULL;

  while (TRUE)
    {
      ProbityListRow *taken;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      taken = take_row (statement, kind);
      g_hash_table_replace (rows, &taken->id, taken);
    }

  return probity_list_add_badges (kind, session, read, db, rows, error) ? g_steal_pointer (&rows) : NULL;
}

/* Those of the ids asked for that stand in @compartment, as they are there. */
static GArray *
pick_ids (GArray            *wanted,
          ProbityCompartment compartment)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < wanted->len; i++)
    {
      gint64 id;

      if (probity_list_id_split (g_array_index (wanted, gint64, i), &id) == compartment)
        g_array_append_val (ids, id);
    }

  return ids;
}

/* As read_rows(), from wherever the rows stand. */
static GHashTable *
read_all_rows (ProbitySession        *session,
               const ProbityListKind *kind,
               ProbityRead           *read,
               GArray                *wanted,
               GError               **error)
{
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1];
  const guint        n = probity_list_kind_list_homes (kind, session, compartments);
  g_autoptr (GHashTable) all = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GArray) ids = pick_ids (wanted, compartments[i]);
      g_autoptr (GHashTable) rows = NULL;
      GHashTableIter iter;
      gpointer       row;

      if (i > 0 && ids->len == 0)
        continue;
      probity_read_enter (read, compartments[i]);
      if ((rows = read_rows (session, kind, read, ids, error)) == NULL)
        return NULL;
      if (all == NULL)
        {
          all = g_steal_pointer (&rows);
          continue;
        }
      g_hash_table_iter_init (&iter, rows);
      while (g_hash_table_iter_next (&iter, NULL, &row))
        {
          ProbityListRow *taken = row;

          g_hash_table_iter_steal (&iter);
          taken->id = probity_list_id_join (compartments[i], taken->id);
          g_hash_table_replace (all, &taken->id, taken);
        }
    }
  probity_read_enter (read, PROBITY_COMPARTMENT_JOURNAL);

  return g_steal_pointer (&all);
}

GPtrArray *
probity_list_read_rows (ProbitySession        *session,
                        const ProbityListKind *kind,
                        ProbityRead           *read,
                        GArray                *ids,
                        GError               **error)
{
  g_autoptr (GHashTable) by_id = NULL;
  GPtrArray *rows;

  if (kind->collect != NULL)
    {
      g_autoptr (ProbityListQuery) everything = probity_list_query_new (kind);
      g_autoptr (GPtrArray) collected = kind->collect (session, read, everything, error);

      if (collected == NULL)
        return NULL;

      by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, unref_row);
      for (guint i = 0; i < collected->len; i++)
        {
          ProbityListRow *row = g_ptr_array_index (collected, i);

          g_hash_table_replace (by_id, &row->id, probity_list_row_ref (row));
        }
    }
  else if ((by_id = read_all_rows (session, kind, read, ids, error)) == NULL)
    return NULL;

  rows = g_ptr_array_new_with_free_func (unref_row);
  for (guint i = 0; i < ids->len; i++)
    {
      ProbityListRow *row = g_hash_table_lookup (by_id, &g_array_index (ids, gint64, i));

      g_ptr_array_add (rows, row != NULL ? probity_list_row_ref (row) : NULL);
    }

  return rows;
}

typedef struct
{
  ProbitySession        *session;
  const ProbityListKind *kind;
  GArray                *ids;
} RowsJob;

static void
rows_job_free (gpointer data)
{
  RowsJob *self = data;

  g_object_unref (self->session);
  g_array_unref (self->ids);
  g_free (self);
}

static gboolean
rows_in_reader (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  RowsJob   *self = data;
  GPtrArray *rows = probity_list_read_rows (self->session, self->kind, read, self->ids, error);

  if (rows == NULL)
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, rows);

  return TRUE;
}

DexFuture *
probity_list_load_rows (ProbitySession        *session,
                        const ProbityListKind *kind,
                        const gint64          *ids,
                        guint                  n_ids,
                        GCancellable          *cancellable)
{
  RowsJob *self;
  GError  *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && kind != NULL && (ids != NULL || n_ids == 0), NULL);

  if (!probity_access_check (session, kind->read, &error))
    return dex_future_new_for_error (error);

  self = g_new0 (RowsJob, 1);
  self->session = g_object_ref (session);
  self->kind = kind;
  self->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_ids);
  if (n_ids > 0)
    g_array_append_vals (self->ids, ids, n_ids);

  return probity_casebook_read (probity_session_get_casebook (session), rows_in_reader, self, rows_job_free, cancellable);
}
