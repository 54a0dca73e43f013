/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-check.h"
#include "probity-live-index.h"
#include "probity-record-kind.h"
#include "probity-subject-search.h"
#include "probity-table.h"

/* Who among the staff is meant: by words as they are typed, or a whole list of people. */

/* More people of one name than anybody looks through. */
#define MAX_HITS 50
/* Some of the best can be locked from the reader or not their people. */
#define MAX_CANDIDATES 400

typedef struct
{
  gatomicrefcount ref_count;
  ProbitySession *session;
  char           *words;
  GBytes         *csv;
  char           *file_name;
  char           *sha256;
  guint           n_rows;
} FindJob;

static FindJob *
find_job_new (ProbitySession *session)
{
  FindJob *self = g_new0 (FindJob, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->session = g_object_ref (session);

  return self;
}

static FindJob *
find_job_ref (FindJob *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
find_job_unref (gpointer data)
{
  FindJob *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->session);
  g_clear_pointer (&self->csv, g_bytes_unref);
  g_free (self->words);
  g_free (self->file_name);
  g_free (self->sha256);
  g_free (self);
}

void
probity_person_hit_free (ProbityPersonHit *self)
{
  if (self == NULL)
    return;

  g_free (self->staff_number);
  g_free (self->name);
  g_free (self->why);
  g_free (self);
}

void
probity_person_row_free (ProbityPersonRow *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_free (self);
}

static void
free_hit (gpointer data)
{
  probity_person_hit_free (data);
}

static void
free_row (gpointer data)
{
  probity_person_row_free (data);
}

/* Adds those of @hits that the reader may know of. @key or @words is what was looked for. */
static gboolean
add_people (FindJob                *self,
            ProbityDb              *db,
            ProbityLiveView        *view,
            GArray                 *hits,
            const ProbityPersonKey *key,
            GPtrArray              *people,
            GError                **error)
{
  g_autofree char *scope = probity_record_kind_dup_scope (&probity_person_kind, self->session);
  g_autofree char *sql = g_strdup_printf ("SELECT r.staff_number, trim (coalesce (r.forenames, '') || ' ' || coalesce (r.surname, ''))"
                                          " FROM person AS r WHERE r.id = $id AND %s",
                                          scope);

  for (guint i = 0; i < hits->len && people->len < MAX_HITS; i++)
    {
      const ProbityPersonIndexHit *hit = &g_array_index (hits, ProbityPersonIndexHit, i);
      g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$id", 'i', hit->id, NULL);
      ProbityPersonHit *person;
      gboolean          row;

      if (statement == NULL || !probity_access_bind_scope (self->session, statement, error) || !probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        continue;

      person = g_new0 (ProbityPersonHit, 1);
      person->id = hit->id;
      person->staff_number = probity_statement_dup_text (statement, 0);
      person->name = probity_statement_dup_text (statement, 1);
      person->score = hit->score;
      person->why = key != NULL ? probity_live_view_explain (view, key, hit->id) : probity_live_view_explain_words (view, self->words, hit->id);
      g_ptr_array_add (people, person);
    }

  return TRUE;
}

static gboolean
find_in_reader (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  FindJob *self = data;
  g_autoptr (ProbityLiveView) view = NULL;
  g_autoptr (GArray) hits = NULL;
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (free_hit);
  ProbityDb *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);

  if (db == NULL || (view = probity_live_index_get_view (self->session, &probity_staff_source, db, error)) == NULL)
    return FALSE;

  hits = probity_live_view_find_words (view, self->words, PROBITY_PERSON_THRESHOLD, MAX_CANDIDATES, NULL);
  if (!add_people (self, db, view, hits, NULL, people, error))
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&people));

  return TRUE;
}

/* A person of the file; what cannot be read as a value is compared as it stands. */
static ProbityPersonKey *
build_key (ProbityTable *table)
{
  g_autofree char    *birth = NULL;
  ProbityDay          day;
  ProbityPersonFields fields = {
    .staff_number = probity_table_get (table, "staff_number"),
    .forenames = probity_table_get (table, "forenames"),
    .surname = probity_table_get (table, "surname"),
    .known_as = probity_table_get (table, "known_as"),
    .former_names = probity_table_get (table, "former_names"),
    .date_of_birth = probity_table_get (table, "date_of_birth"),
    .address = probity_table_get (table, "address"),
    .postcode = probity_table_get (table, "postcode"),
  };

  if (probity_table_get_day (table, "date_of_birth", &day, NULL) && day != PROBITY_DAY_NONE)
    fields.date_of_birth = birth = probity_day_to_iso (day);

  return probity_person_key_new (&fields);
}

static gboolean
find_rows (FindJob         *self,
           ProbityDb       *db,
           ProbityLiveView *view,
           ProbityTable    *table,
           GPtrArray       *rows,
           GError         **error)
{
  gboolean more;

  while (TRUE)
    {
      g_autoptr (ProbityPersonKey) key = NULL;
      g_autoptr (GArray) hits = NULL;
      ProbityPersonRow *row;

      if (!probity_table_next (table, &more, NULL, error))
        return FALSE;
      if (!more)
        return TRUE;

      row = g_new0 (ProbityPersonRow, 1);
      row->line = probity_table_get_line (table);
      row->people = g_ptr_array_new_with_free_func (free_hit);
      g_ptr_array_add (rows, row);

      key = build_key (table);
      hits = probity_live_view_find (view, key, PROBITY_PERSON_THRESHOLD, MAX_CANDIDATES);
      if (!add_people (self, db, view, hits, key, row->people, error))
        return FALSE;
    }
}

static gboolean
find_file_in_reader (ProbityRead *read,
                     gpointer     data,
                     GValue      *result,
                     GError     **error)
{
  FindJob *self = data;
  g_autoptr (ProbityLiveView) view = NULL;
  g_autoptr (ProbityTable) table = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  ProbityDb *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);

  if (db == NULL ||
      (table = probity_table_open_bytes (PROBITY_FILE_PEOPLE, self->csv, self->file_name, NULL, error)) == NULL ||
      (view = probity_live_index_get_view (self->session, &probity_staff_source, db, error)) == NULL ||
      !find_rows (self, db, view, table, rows, error))
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&rows));

  return TRUE;
}

/* A list held against the staff combines two sets of data; words are a search. */
static gboolean
log_in_writer (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  FindJob         *self = data;
  g_autofree char *what = self->csv != NULL ? g_strdup_printf ("%s, sha256 %s", self->file_name, self->sha256) : g_strdup (self->words);

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_audit_add (write,
                            self->session,
                            probity_casebook_get_highest (probity_session_get_casebook (self->session)),
                            self->csv != NULL ? PROBITY_VERB_COMBINATION : PROBITY_VERB_CONSULTATION,
                            "person",
                            NULL,
                            "search",
                            NULL,
                            what,
                            error);
}

static DexFuture *
find_fiber (gpointer data)
{
  FindJob         *self = data;
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);
  GPtrArray       *found;
  GError          *error = NULL;

  if (!dex_await (probity_casebook_write (casebook, log_in_writer, find_job_ref (self), find_job_unref), &error))
    return dex_future_new_for_error (error);

  if (!dex_await (probity_live_index_await_warming (self->session), &error))
    return dex_future_new_for_error (error);
  found = dex_await_boxed (probity_casebook_read (casebook, self->csv != NULL ? find_file_in_reader : find_in_reader, find_job_ref (self), find_job_unref, NULL), &error);
  if (error != NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, found);
}

/**
 * probity_person_find:
 *
 * People of the staff who may be meant by @words, best first, only above the program's threshold and
 * only those whom the reader may know of. Logged as a search before anything is shown.
 *
 * Returns: (transfer full): resolves to a boxed GPtrArray of #ProbityPersonHit
 */
DexFuture *
probity_person_find (ProbitySession *session,
                     const char     *words)
{
  FindJob *self;
  GError  *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && words != NULL, NULL);

  if (!probity_access_check (session, PROBITY_OPERATION_READ_REGISTERS, &error))
    return dex_future_new_for_error (error);

  self = find_job_new (session);
  self->words = g_utf8_make_valid (words, -1);

  return dex_scheduler_spawn (NULL, 0, find_fiber, self, find_job_unref);
}

/**
 * probity_person_find_file:
 *
 * Holds every person of a list against the staff. The file is read as people of an import are, all
 * columns optional; every row of it is in the answer, in its order.
 *
 * Returns: (transfer full): resolves to a boxed GPtrArray of #ProbityPersonRow
 */
DexFuture *
probity_person_find_file (ProbitySession *session,
                          GBytes         *csv,
                          const char     *file_name)
{
  FindJob *self;
  GError  *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && csv != NULL && file_name != NULL, NULL);

  if (!probity_access_check (session, PROBITY_OPERATION_READ_REGISTERS, &error))
    return dex_future_new_for_error (error);

  self = find_job_new (session);
  self->csv = g_bytes_ref (csv);
  self->file_name = g_strdup (file_name);
  self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, csv);

  return dex_scheduler_spawn (NULL, 0, find_fiber, self, find_job_unref);
}

/* In the background, after sign-in ---------------------------------------------------------------- */

static gboolean
warm_in_reader (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  ProbitySession  *session = data;
  ProbityCasebook *casebook = probity_session_get_casebook (session);
  g_autoptr (ProbityLiveView) staff = NULL;
  ProbityDb *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);

  if (db == NULL || (staff = probity_live_index_get_view (session, &probity_staff_source, db, error)) == NULL)
    return FALSE;

  for (ProbityCompartment c = PROBITY_COMPARTMENT_STANDARDS; c <= PROBITY_COMPARTMENT_INTELLIGENCE; c++)
    if (probity_casebook_has (casebook, c))
      {
        g_autoptr (ProbityLiveView) subjects = NULL;

        db = probity_read_get_db (read, c, error);
        if (db == NULL || (subjects = probity_live_index_get_view (session, probity_subject_get_source (c), db, error)) == NULL)
          return FALSE;
      }

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

/* The one reading of a session that goes on. */
typedef struct
{
  GCancellable *cancellable;
  DexFuture    *future;
} Warming;

static void
warming_free (gpointer data)
{
  Warming *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  dex_unref (self->future);
  g_free (self);
}

static Warming *
find_warming (ProbitySession *session)
{
  Warming *warming = g_object_get_data (G_OBJECT (session), "probity-live-index-warming");

  return warming != NULL && dex_future_is_pending (warming->future) ? warming : NULL;
}

DexFuture *
probity_live_index_warm (ProbitySession *session)
{
  Warming *warming;
  GError  *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);

  if (!probity_access_check (session, PROBITY_OPERATION_READ_REGISTERS, &error))
    return dex_future_new_for_error (error);

  warming = find_warming (session);
  if (warming == NULL)
    {
      warming = g_new0 (Warming, 1);
      warming->cancellable = g_cancellable_new ();
      warming->future = probity_casebook_read (probity_session_get_casebook (session), warm_in_reader, g_object_ref (session), g_object_unref, warming->cancellable);
      g_object_set_data_full (G_OBJECT (session), "probity-live-index-warming", warming, warming_free);
    }

  return dex_ref (warming->future);
}

void
probity_live_index_stop_warming (ProbitySession *session)
{
  g_return_if_fail (PROBITY_IS_SESSION (session));

  g_object_set_data (G_OBJECT (session), "probity-live-index-warming", NULL);
}

static DexFuture *
warmed_cb (DexFuture *future,
           gpointer   data)
{
  return dex_future_new_true ();
}

DexFuture *
probity_live_index_await_warming (ProbitySession *session)
{
  Warming *warming;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);

  warming = find_warming (session);

  return warming != NULL ? dex_future_finally (dex_ref (warming->future), warmed_cb, NULL, NULL) : dex_future_new_true ();
}
