/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-sealed.h"
#include "probity-list-start.h"

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
  GCancellable          *cancellable;
  ProbityListStarter    *starter; /* nullable */
  gboolean               behind;
} ListJob;

static ListJob *
list_job_new (ProbitySession   *session,
              ProbityListQuery *query,
              GCancellable     *cancellable)
{
  ListJob *self = g_new0 (ListJob, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->session = g_object_ref (session);
  self->kind = probity_list_query_get_kind (query);
  self->query = probity_list_query_copy (query);
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
  probity_list_query_free (self->query);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->starter, probity_list_starter_free);
  g_free (self);
}

static ProbityIds *
collect_ids (GPtrArray *rows)
{
  ProbityIds *ids = probity_ids_new ();

  for (guint i = 0; i < rows->len; i++)
    probity_ids_append (ids, ((ProbityListRow *) g_ptr_array_index (rows, i))->id);

  return ids;
}

/*
 * A whole list is read from an index, or through its table, from end to end. What a filter or a search looks up by id it
 * finds near what it found before, and one by one.
 */
static gboolean
is_whole (ListJob *self)
{
  return self->kind->base == NULL && !probity_list_query_is_narrowed (self->query);
}

/*
 * What is read so far, and the sealed cases that stand among it: those that come after it are cut off again. The rows
 * are of the same transaction as the ids.
 */
static gboolean
give_start (ListJob     *self,
            ProbityRead *read,
            ProbityIds  *ids,
            GError     **error)
{
  g_autoptr (ProbityIds) start = probity_ids_new ();
  g_autoptr (GArray) start_ids = NULL;
  g_autoptr (GArray) seen = NULL;
  const guint n = probity_ids_get_size (ids) - 1;
  GPtrArray  *rows;

  for (guint i = 0; i < n; i++)
    probity_ids_append (start, probity_ids_get (ids, i));
  if (!probity_list_add_sealed_ids (self->query, self->session, read, start, error))
    return FALSE;
  start_ids = probity_ids_to_array (start);
  g_array_set_size (start_ids, n);

  seen = g_array_copy (start_ids);
  g_array_set_size (seen, PROBITY_LIST_START);
  if ((rows = probity_list_read_rows (self->session, self->kind, read, seen, error)) == NULL)
    return FALSE;
  probity_list_starter_give (self->starter, g_steal_pointer (&start_ids), rows);

  return TRUE;
}

/* What is looked up one by one is near what was looked up before, and that is kept. */
static void
pass_through (ListJob   *self,
              ProbityDb *db)
{
  if (is_whole (self))
    probity_db_pass_through (db);
}

static gboolean
ids_in_reader (ProbityRead *read,
               gpointer     data,
               GValue      *result,
               GError     **error)
{
  ListJob *self = data;
  g_autoptr (ProbityIds) ids = NULL;

  if (self->kind->collect != NULL)
    {
      g_autoptr (GPtrArray) rows = self->kind->collect (self->session, read, self->query, error);

      if (rows == NULL)
        return FALSE;

      ids = collect_ids (rows);
    }
  else
    {
      ProbityDb  *db = probity_read_get_db (read, self->kind->record_kind->compartment, error);
      const guint n_start = is_whole (self) ? PROBITY_LIST_START_IDS : PROBITY_LIST_START;
      g_autoptr (ProbityStatement) statement = NULL;
      gboolean row;

      if (db == NULL)
        return FALSE;
      pass_through (self, db);
      if ((statement = probity_list_query_prepare (self->query, self->session, db, FALSE, error)) == NULL)
        return FALSE;

      ids = probity_ids_new ();
      while (TRUE)
        {
          if (!probity_statement_step (statement, &row, error))
            return FALSE;
          if (!row)
            break;
          probity_ids_append (ids, probity_statement_get_int64 (statement, 0));
          if (self->starter != NULL && probity_ids_get_size (ids) == n_start + 1 && !give_start (self, read, ids, error))
            return FALSE;
        }
      if (!probity_list_add_sealed_ids (self->query, self->session, read, ids, error))
        return FALSE;
    }

  g_value_init (result, PROBITY_TYPE_IDS);
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

      if (db == NULL)
        return FALSE;
      pass_through (self, db);
      if ((statement = probity_list_query_prepare (self->query, self->session, db, TRUE, error)) == NULL ||
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
find_sealed_in_reader (ProbityRead *read,
                       gpointer     data,
                       GValue      *result,
                       GError     **error)
{
  ListJob *self = data;
  GArray  *sealed = probity_list_find_sealed (self->query, self->session, read, error);

  if (sealed == NULL)
    return FALSE;

  g_value_init (result, G_TYPE_ARRAY);
  g_value_take_boxed (result, sealed);

  return TRUE;
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

/* Who was looked for is logged before what was found is shown, and where what was found is logged. */
static gboolean
await_search_logged (ListJob *self,
                     GError **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);
  const char      *words = probity_list_query_get_search (self->query);
  LastSearch      *last = g_object_get_data (G_OBJECT (self->session), "probity-last-search");
  g_autofree char *what = NULL;
  g_autoptr (GArray) sealed = NULL;

  if (words == NULL)
    return TRUE;

  what = g_strconcat (self->kind->name, "|", words, NULL);
  if (last != NULL && g_str_equal (last->what, what) && g_get_monotonic_time () - last->at < SAME_SEARCH_USEC)
    return TRUE;

  if (probity_casebook_get_n_sealed (casebook) > 0 &&
      (sealed = dex_await_boxed (probity_casebook_read (casebook, find_sealed_in_reader, list_job_ref (self), list_job_unref, NULL), error)) == NULL)
    return FALSE;
  if (!dex_await (probity_audit_search (self->session, self->kind->record_kind->name, words, words, sealed), error))
    return FALSE;

  last = g_new0 (LastSearch, 1);
  last->what = g_steal_pointer (&what);
  last->at = g_get_monotonic_time ();
  g_object_set_data_full (G_OBJECT (self->session), "probity-last-search", last, last_search_free);

  return TRUE;
}

static DexFuture *
order_fiber (gpointer data)
{
  ListJob *self = data;
  g_autoptr (ProbityIds) ids = NULL;
  GError *error = NULL;

  if (!await_search_logged (self, &error) ||
      (ids = dex_await_boxed (probity_casebook_read (probity_session_get_casebook (self->session), ids_in_reader, list_job_ref (self), list_job_unref, self->cancellable), &error)) == NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (PROBITY_TYPE_IDS, g_steal_pointer (&ids));
}

DexFuture *
probity_list_load_order (ProbitySession   *session,
                         ProbityListQuery *query,
                         GCancellable     *cancellable,
                         DexFuture       **ret_start)
{
  ListJob *self;
  GError  *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && query != NULL, NULL);

  if (!probity_access_check (session, probity_list_query_get_kind (query)->read, &error))
    {
      if (ret_start != NULL)
        *ret_start = dex_future_new_for_error (g_error_copy (error));
      return dex_future_new_for_error (error);
    }

  self = list_job_new (session, query, cancellable);
  if (ret_start != NULL)
    self->starter = probity_list_starter_new (ret_start);

  return dex_scheduler_spawn (NULL, 0, order_fiber, self, list_job_unref);
}

static DexFuture *
unpack_cb (DexFuture *future,
           gpointer   data)
{
  return dex_future_new_take_boxed (G_TYPE_ARRAY, probity_ids_to_array (g_value_get_boxed (dex_future_get_value (future, NULL))));
}

DexFuture *
probity_list_load_ids (ProbitySession   *session,
                       ProbityListQuery *query,
                       GCancellable     *cancellable)
{
  return dex_future_then (probity_list_load_order (session, query, cancellable, NULL), unpack_cb, NULL, NULL);
}

static DexFuture *
count_fiber (gpointer data)
{
  ListJob         *self = data;
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);
  GError          *error = NULL;
  gint64           count;

  if (!await_search_logged (self, &error))
    return dex_future_new_for_error (error);

  count = dex_await_int64 ((self->behind ? probity_casebook_read_behind : probity_casebook_read) (casebook, count_in_reader, list_job_ref (self), list_job_unref, NULL), &error);
  if (error != NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_for_int64 (count);
}

static DexFuture *
count (ProbitySession   *session,
       ProbityListQuery *query,
       gboolean          behind)
{
  ListJob *self;
  GError  *error = NULL;

  if (!probity_access_check (session, probity_list_query_get_kind (query)->read, &error))
    return dex_future_new_for_error (error);

  self = list_job_new (session, query, NULL);
  self->behind = behind;

  return dex_scheduler_spawn (NULL, 0, count_fiber, self, list_job_unref);
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
  g_return_val_if_fail (PROBITY_IS_SESSION (session) && query != NULL, NULL);

  return count (session, query, FALSE);
}

/** As probity_list_count(), when nobody waits for anything else (probity_casebook_read_behind()). */
DexFuture *
probity_list_count_behind (ProbitySession   *session,
                           ProbityListQuery *query)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session) && query != NULL, NULL);

  return count (session, query, TRUE);
}
