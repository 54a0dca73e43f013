/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-sealed.h"
#include "probity-list-start.h"
#include "probity-parse.h"

static const ProbityListKind *const list_kinds[] = {
  &probity_second_jobs_list,
  &probity_checks_list,
  &probity_complaints_list,
  &probity_intelligence_list,
  &probity_people_list,
  &probity_organisations_list,
  &probity_relations_list,
  &probity_reviews_due_list,
  &probity_conduct_list,
  &probity_leaks_list,
};

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

guint
probity_list_kind_find_column (const ProbityListKind *kind,
                               const char            *column)
{
  g_return_val_if_fail (kind != NULL && column != NULL, G_MAXUINT);

  for (guint i = 0; i < kind->n_columns; i++)
    if (g_str_equal (kind->columns[i].name, column))
      return i;

  return G_MAXUINT;
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

gboolean
probity_list_kind_is_changed_by (const ProbityListKind *kind,
                                 const char            *change_kind)
{
  g_return_val_if_fail (kind != NULL && change_kind != NULL, FALSE);

  for (guint i = 0; kind->others != NULL && kind->others[i] != NULL; i++)
    if (g_str_equal (kind->others[i]->name, change_kind))
      return TRUE;

  return g_str_equal (kind->record_kind->name, change_kind) ||
         (kind->watched != NULL && g_strv_contains (kind->watched, change_kind));
}

const ProbityListKind *
probity_list_kind_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (list_kinds); i++)
    if (strcmp (list_kinds[i]->name, name) == 0)
      return list_kinds[i];

  return NULL;
}

const ProbityListColumn *
probity_list_kind_get_columns (const ProbityListKind *kind,
                               guint                 *ret_n)
{
  if (ret_n != NULL)
    *ret_n = kind->n_columns;

  return kind->columns;
}

const char *const *
probity_list_kind_get_filters (const ProbityListKind *kind)
{
  return kind->filters;
}

const ProbityRecordKind *
probity_list_kind_get_record_kind (const ProbityListKind *kind)
{
  return kind->record_kind;
}

/* Jobs ------------------------------------------------------------------------------------------- */

typedef struct
{
  gatomicrefcount        ref_count;
  ProbitySession        *session;
  const ProbityListKind *kind;
  ProbityListQuery      *query;
  GArray                *ids;
  GCancellable          *cancellable;
  ProbityListStarter    *starter; /* nullable */
} ListJob;

static ListJob *
list_job_new (ProbitySession        *session,
              const ProbityListKind *kind,
              ProbityListQuery      *query,
              GCancellable          *cancellable)
{
  ListJob *self = g_new0 (ListJob, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->session = g_object_ref (session);
  self->kind = kind;
  self->query = query != NULL ? probity_list_query_copy (query) : NULL;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;

  return self;
}

static ListJob *
list_job_ref (ListJob *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
list_job_unref (gpointer data)
{
  ListJob *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->session);
  g_clear_pointer (&self->query, probity_list_query_free);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->starter, probity_list_starter_free);
  g_free (self);
}

static GPtrArray *read_rows_in_order (ListJob     *self,
                                      ProbityRead *read,
                                      GError     **error);

static GArray *
collect_ids (GPtrArray *rows)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), rows->len);

  for (guint i = 0; i < rows->len; i++)
    {
      const ProbityListRow *row = g_ptr_array_index (rows, i);

      g_array_append_val (ids, row->id);
    }

  return ids;
}

/*
 * What is read so far, and the sealed cases that stand among it: those that come after it are cut off again. The rows
 * are of the same transaction as the ids.
 */
static gboolean
give_start (ListJob     *self,
            ProbityRead *read,
            GArray      *ids,
            GError     **error)
{
  g_autoptr (GArray) start = g_array_sized_new (FALSE, FALSE, sizeof (gint64), PROBITY_LIST_START);
  ListJob    job = { .session = self->session, .kind = self->kind, .ids = start };
  GPtrArray *rows;

  g_array_append_vals (start, ids->data, PROBITY_LIST_START);
  if (!probity_list_add_sealed_ids (self->query, self->session, read, start, error))
    return FALSE;
  g_array_set_size (start, PROBITY_LIST_START);

  if ((rows = read_rows_in_order (&job, read, error)) == NULL)
    return FALSE;
  probity_list_starter_give (self->starter, g_steal_pointer (&start), rows);

  return TRUE;
}

static gboolean
ids_in_reader (ProbityRead *read,
               gpointer     data,
               GValue      *result,
               GError     **error)
{
  ListJob *self = data;
  g_autoptr (GArray) ids = NULL;

  if (self->kind->collect != NULL)
    {
      g_autoptr (GPtrArray) rows = self->kind->collect (self->session, read, self->query, error);

      if (rows == NULL)
        return FALSE;

      ids = collect_ids (rows);
    }
  else
    {
      ProbityDb *db = probity_read_get_db (read, self->kind->record_kind->compartment, error);
      g_autoptr (ProbityStatement) statement = NULL;
      gboolean row;

      if (db == NULL || (statement = probity_list_query_prepare (self->query, self->session, db, FALSE, error)) == NULL)
        return FALSE;

      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      while (TRUE)
        {
          gint64 id;

          if (!probity_statement_step (statement, &row, error))
            return FALSE;
          if (!row)
            break;
          id = probity_statement_get_int64 (statement, 0);
          g_array_append_val (ids, id);
          if (self->starter != NULL && ids->len == PROBITY_LIST_START + 1 && !give_start (self, read, ids, error))
            return FALSE;
        }
      if (!probity_list_add_sealed_ids (self->query, self->session, read, ids, error))
        return FALSE;
    }

  g_value_init (result, G_TYPE_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&ids));

  return TRUE;
}

static gboolean
count_in_reader (ProbityRead *read,
                 gpointer     data,
                 GValue      *result,
                 GError     **error)
{
  ListJob *self = data;
  gint64   count;

  if (self->kind->collect != NULL)
    {
      g_autoptr (GPtrArray) rows = self->kind->collect (self->session, read, self->query, error);

      if (rows == NULL)
        return FALSE;

      count = rows->len;
    }
  else
    {
      ProbityDb *db = probity_read_get_db (read, self->kind->record_kind->compartment, error);
      g_autoptr (ProbityStatement) statement = NULL;
      gboolean row;

      if (db == NULL ||
          (statement = probity_list_query_prepare (self->query, self->session, db, TRUE, error)) == NULL ||
          !probity_statement_step (statement, &row, error))
        return FALSE;

      count = probity_statement_get_int64 (statement, 0);
      if (!probity_list_count_sealed (self->query, self->session, read, &count, error))
        return FALSE;
    }

  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, count);

  return TRUE;
}

static gboolean
log_search_in_writer (ProbityWrite *write,
                      gpointer      data,
                      GValue       *result,
                      GError      **error)
{
  ListJob *self = data;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_audit_add (write,
                            self->session,
                            probity_casebook_get_highest (probity_session_get_casebook (self->session)),
                            PROBITY_VERB_CONSULTATION,
                            self->kind->record_kind->name,
                            NULL,
                            "search",
                            NULL,
                            probity_list_query_get_search (self->query),
                            error);
}

/* A list asks for its rows and for their number: one search, logged once. */
#define SAME_SEARCH_USEC (5 * G_USEC_PER_SEC)

typedef struct
{
  char  *what;
  gint64 at;
} LastSearch;

static void
last_search_free (gpointer data)
{
  LastSearch *self = data;

  g_free (self->what);
  g_free (self);
}

/* Who was looked for is logged before what was found is shown. */
static gboolean
await_search_logged (ListJob *self,
                     GError **error)
{
  const char      *words = probity_list_query_get_search (self->query);
  LastSearch      *last = g_object_get_data (G_OBJECT (self->session), "probity-last-search");
  g_autofree char *what = NULL;

  if (words == NULL)
    return TRUE;

  what = g_strconcat (self->kind->name, "|", words, NULL);
  if (last != NULL && g_str_equal (last->what, what) && g_get_monotonic_time () - last->at < SAME_SEARCH_USEC)
    return TRUE;

  if (!dex_await (probity_casebook_write (probity_session_get_casebook (self->session), log_search_in_writer, list_job_ref (self), list_job_unref), error))
    return FALSE;

  last = g_new0 (LastSearch, 1);
  last->what = g_steal_pointer (&what);
  last->at = g_get_monotonic_time ();
  g_object_set_data_full (G_OBJECT (self->session), "probity-last-search", last, last_search_free);

  return TRUE;
}

static GArray *
await_ids (ListJob *self,
           GError **error)
{
  if (!await_search_logged (self, error))
    return NULL;

  return dex_await_boxed (probity_casebook_read (probity_session_get_casebook (self->session), ids_in_reader, list_job_ref (self), list_job_unref, self->cancellable), error);
}

static DexFuture *
ids_fiber (gpointer data)
{
  ListJob *self = data;
  GError  *error = NULL;
  GArray  *ids = await_ids (self, &error);

  if (error != NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_ARRAY, ids);
}

DexFuture *
probity_list_load_ids (ProbitySession   *session,
                       ProbityListQuery *query,
                       GCancellable     *cancellable)
{
  GError *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && query != NULL, NULL);

  if (!probity_access_check (session, probity_list_query_get_kind (query)->read, &error))
    return dex_future_new_for_error (error);

  return dex_scheduler_spawn (NULL, 0, ids_fiber, list_job_new (session, probity_list_query_get_kind (query), query, cancellable), list_job_unref);
}

DexFuture *
probity_list_load_ids_from_start (ProbitySession   *session,
                                  ProbityListQuery *query,
                                  GCancellable     *cancellable,
                                  DexFuture       **ret_start)
{
  ListJob *self;
  GError  *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && query != NULL && ret_start != NULL, NULL);

  if (!probity_access_check (session, probity_list_query_get_kind (query)->read, &error))
    {
      *ret_start = dex_future_new_for_error (g_error_copy (error));
      return dex_future_new_for_error (error);
    }

  self = list_job_new (session, probity_list_query_get_kind (query), query, cancellable);
  self->starter = probity_list_starter_new (ret_start);

  return dex_scheduler_spawn (NULL, 0, ids_fiber, self, list_job_unref);
}

static DexFuture *
count_fiber (gpointer data)
{
  ListJob *self = data;
  GError  *error = NULL;
  gint64   count;

  if (!await_search_logged (self, &error))
    return dex_future_new_for_error (error);

  count = dex_await_int64 (probity_casebook_read (probity_session_get_casebook (self->session), count_in_reader, list_job_ref (self), list_job_unref, NULL), &error);
  if (error != NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_for_int64 (count);
}

/**
 * probity_list_count:
 *
 * Counts what probity_list_load_ids() would list, behind the same scope.
 *
 * Returns: (transfer full): resolves to gint64
 */
DexFuture *
probity_list_count (ProbitySession   *session,
                    ProbityListQuery *query)
{
  GError *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && query != NULL, NULL);

  if (!probity_access_check (session, probity_list_query_get_kind (query)->read, &error))
    return dex_future_new_for_error (error);

  return dex_scheduler_spawn (NULL, 0, count_fiber, list_job_new (session, probity_list_query_get_kind (query), query, NULL), list_job_unref);
}

/* Rows ------------------------------------------------------------------------------------------- */

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
read_rows (ListJob     *self,
           ProbityRead *read,
           GArray      *wanted,
           GError     **error)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, unref_row);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *sql = dup_rows_sql (self->kind, self->session);
  g_autofree char *ids = dup_ids_json (wanted);
  ProbityDb       *db = probity_read_get_db (read, self->kind->record_kind->compartment, error);
  gboolean         row;

  if (db == NULL)
    return NULL;

  statement = probity_db_query (db, error, sql, "$ids", 's', ids, NULL);
  if (statement == NULL ||
      (strstr (sql, "$locked") != NULL && !probity_access_bind_scope (self->session, statement, error)) ||
      !probity_list_bind_days (statement, sql, self->session, error))
    return NULL;

  while (TRUE)
    {
      ProbityListRow *taken;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      taken = take_row (statement, self->kind);
      g_hash_table_replace (rows, &taken->id, taken);
    }

  return probity_list_add_badges (self->kind, self->session, read, db, rows, error) ? g_steal_pointer (&rows) : NULL;
}

/* Those of the ids asked for that stand in @compartment, as they are there. */
static GArray *
pick_ids (ListJob           *self,
          ProbityCompartment compartment)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->ids->len; i++)
    {
      gint64 id;

      if (probity_list_id_split (g_array_index (self->ids, gint64, i), &id) == compartment)
        g_array_append_val (ids, id);
    }

  return ids;
}

/* As read_rows(), from wherever the rows stand. */
static GHashTable *
read_all_rows (ListJob     *self,
               ProbityRead *read,
               GError     **error)
{
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1];
  const guint        n = probity_list_kind_list_homes (self->kind, self->session, compartments);
  g_autoptr (GHashTable) all = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GArray) ids = pick_ids (self, compartments[i]);
      g_autoptr (GHashTable) rows = NULL;
      GHashTableIter iter;
      gpointer       row;

      if (i > 0 && ids->len == 0)
        continue;
      probity_read_enter (read, compartments[i]);
      if ((rows = read_rows (self, read, ids, error)) == NULL)
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

/* The rows of the ids asked for, in their order; NULL for what is not there or not for this reader. */
static GPtrArray *
read_rows_in_order (ListJob     *self,
                    ProbityRead *read,
                    GError     **error)
{
  g_autoptr (GHashTable) by_id = NULL;
  GPtrArray *rows;

  if (self->kind->collect != NULL)
    {
      g_autoptr (ProbityListQuery) everything = probity_list_query_new (self->kind);
      g_autoptr (GPtrArray) collected = self->kind->collect (self->session, read, everything, error);

      if (collected == NULL)
        return NULL;

      by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, unref_row);
      for (guint i = 0; i < collected->len; i++)
        {
          ProbityListRow *row = g_ptr_array_index (collected, i);

          g_hash_table_replace (by_id, &row->id, probity_list_row_ref (row));
        }
    }
  else if ((by_id = read_all_rows (self, read, error)) == NULL)
    return NULL;

  rows = g_ptr_array_new_with_free_func (unref_row);
  for (guint i = 0; i < self->ids->len; i++)
    {
      ProbityListRow *row = g_hash_table_lookup (by_id, &g_array_index (self->ids, gint64, i));

      g_ptr_array_add (rows, row != NULL ? probity_list_row_ref (row) : NULL);
    }

  return rows;
}

static gboolean
rows_in_reader (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  GPtrArray *rows = read_rows_in_order (data, read, error);

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
  ListJob *self;
  GError  *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && kind != NULL && (ids != NULL || n_ids == 0), NULL);

  if (!probity_access_check (session, kind->read, &error))
    return dex_future_new_for_error (error);

  self = list_job_new (session, kind, NULL, NULL);
  self->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_ids);
  if (n_ids > 0)
    g_array_append_vals (self->ids, ids, n_ids);

  return probity_casebook_read (probity_session_get_casebook (session), rows_in_reader, self, list_job_unref, cancellable);
}
