/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-live-index.h"

#include <string.h>

#include "probity-full-name.h"

/* So many changed records are indexed beside the rest; with more, everything is read again. */
#define MAX_CHANGED 500

struct _ProbityLiveView
{
  ProbityPersonIndex *base;
  ProbityPersonIndex *changed;    /* records that changed since; nullable */
  GHashTable         *superseded; /* their ids, in which @base is not to be believed; nullable */
};

/* One a session and source; everything in it is behind the lock. */
typedef struct
{
  GMutex              lock;
  GCond               read; /* that everybody was read */
  gboolean            is_reading;
  ProbityPersonIndex *base;
  ProbityPersonIndex *changed;
  GHashTable         *superseded; /* never written to once a view has it */
  GHashTable         *uids;       /* of the records that changed */
  gint64              seq;        /* the log is looked at up to this entry */
  char               *hash;       /* of that entry, so that one that was rolled back is noticed */
} LiveIndex;

const ProbityLiveSource probity_staff_source = {
  .kind = "person",
  .rows = "SELECT id, staff_number, forenames, surname, known_as, former_names, date_of_birth, address, postcode, NULL FROM person WHERE ",
  .by_uid = "uid = $uid",
  .last = "SELECT max (id) FROM person",
};

gint64 probity_live_index_few = 5000;

static void
live_index_free (gpointer data)
{
  LiveIndex *self = data;

  g_clear_pointer (&self->base, probity_person_index_unref);
  g_clear_pointer (&self->changed, probity_person_index_unref);
  g_clear_pointer (&self->superseded, g_hash_table_unref);
  g_hash_table_unref (self->uids);
  g_free (self->hash);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->read);
  g_free (self);
}

/* The session owns its indexes; they go with it. */
static LiveIndex *
find_live_index (ProbitySession          *session,
                 const ProbityLiveSource *source)
{
  static GMutex    making;
  g_autofree char *name = g_strconcat ("probity-live-index-", source->kind, NULL);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&making);
  LiveIndex *self = g_object_get_data (G_OBJECT (session), name);

  if (self == NULL)
    {
      self = g_new0 (LiveIndex, 1);
      g_mutex_init (&self->lock);
      g_cond_init (&self->read);
      self->uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_data_full (G_OBJECT (session), name, self, live_index_free);
    }

  return self;
}

/* Reading ---------------------------------------------------------------------------------------- */

#define N_COLUMNS 10
#define BATCH_ROWS 1024
#define N_BATCHES 8
#define IS_NULL G_MAXUINT32

/* Rows on their way from the thread that reads to the one that makes keys of them. */
typedef struct
{
  GString *text;
  guint    n_rows;
  gint64   ids[BATCH_ROWS];
  guint32  at[BATCH_ROWS][N_COLUMNS]; /* where each value begins */
} Batch;

static Batch *
batch_new (void)
{
  Batch *self = g_new0 (Batch, 1);

  self->text = g_string_new (NULL);

  return self;
}

static void
batch_free (gpointer data)
{
  Batch *self = data;

  g_string_free (self->text, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Batch, batch_free)

static void
batch_take_row (Batch            *self,
                ProbityStatement *row)
{
  self->ids[self->n_rows] = probity_statement_get_int64 (row, 0);
  for (guint i = 1; i < N_COLUMNS; i++)
    {
      const char *value = probity_statement_get_text (row, i);

      self->at[self->n_rows][i] = value != NULL ? (guint32) self->text->len : IS_NULL;
      if (value != NULL)
        g_string_append_len (self->text, value, strlen (value) + 1);
    }
  self->n_rows++;
}

static const char *
batch_get (const Batch *self,
           guint        row,
           guint        column)
{
  return self->at[row][column] != IS_NULL ? self->text->str + self->at[row][column] : NULL;
}

static void
add_row (ProbityPersonIndex *index,
         const Batch        *batch,
         guint               row)
{
  const char         *whole = batch_get (batch, row, 9);
  g_autofree char    *forenames = NULL;
  g_autofree char    *surname = NULL;
  ProbityPersonFields fields = {
    .staff_number = batch_get (batch, row, 1),
    .forenames = batch_get (batch, row, 2),
    .surname = batch_get (batch, row, 3),
    .known_as = batch_get (batch, row, 4),
    .former_names = batch_get (batch, row, 5),
    .date_of_birth = batch_get (batch, row, 6),
    .address = batch_get (batch, row, 7),
    .postcode = batch_get (batch, row, 8),
  };

  if (whole != NULL && fields.surname == NULL && fields.forenames == NULL)
    {
      probity_full_name_split (whole, &forenames, &surname);
      fields.forenames = forenames;
      fields.surname = surname;
    }

  probity_person_index_add (index, batch->ids[row], probity_person_key_new (&fields));
}

static void
add_batch (ProbityPersonIndex *index,
           Batch              *batch)
{
  for (guint i = 0; i < batch->n_rows; i++)
    add_row (index, batch, i);
  batch->n_rows = 0;
  g_string_truncate (batch->text, 0);
}

/* Makes keys while the reader reads on: with many people each takes as long as the other. */
typedef struct
{
  ProbityPersonIndex *index;
  GAsyncQueue        *full;
  GAsyncQueue        *empty;
  GThread            *thread; /* NULL: not needed so far */
} Keymaker;

/* An empty batch says that there is no more. */
static gpointer
keymaker_thread (gpointer data)
{
  Keymaker *self = data;

  while (TRUE)
    {
      Batch         *batch = g_async_queue_pop (self->full);
      const gboolean last = batch->n_rows == 0;

      add_batch (self->index, batch);
      g_async_queue_push (self->empty, batch);
      if (last)
        return NULL;
    }
}

static void
keymaker_init (Keymaker           *self,
               ProbityPersonIndex *index)
{
  *self = (Keymaker) { index, g_async_queue_new_full (batch_free), g_async_queue_new_full (batch_free), NULL };
}

static Batch *
keymaker_push (Keymaker *self,
               Batch    *batch)
{
  if (self->thread == NULL)
    {
      self->thread = g_thread_new ("names", keymaker_thread, self);
      for (guint i = 1; i < N_BATCHES; i++)
        g_async_queue_push (self->empty, batch_new ());
    }
  g_async_queue_push (self->full, batch);

  return g_async_queue_pop (self->empty);
}

static void
keymaker_finish (Keymaker *self)
{
  if (self->thread != NULL)
    {
      g_async_queue_push (self->full, batch_new ());
      g_thread_join (self->thread);
    }
  g_async_queue_unref (self->full);
  g_async_queue_unref (self->empty);
}

static gboolean
read_rows (Keymaker         *keymaker,
           ProbityStatement *statement,
           GHashTable       *ids,
           GError          **error)
{
  g_autoptr (Batch) batch = batch_new ();
  gboolean row;

  while (TRUE)
    {
      gint64 id;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      id = probity_statement_get_int64 (statement, 0);
      if (ids != NULL)
        g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
      batch_take_row (batch, statement);
      if (batch->n_rows == BATCH_ROWS)
        batch = keymaker_push (keymaker, g_steal_pointer (&batch));
    }

  if (keymaker->thread == NULL)
    add_batch (keymaker->index, batch);
  else if (batch->n_rows > 0)
    batch = keymaker_push (keymaker, g_steal_pointer (&batch));

  return TRUE;
}

static gboolean
add_rows (ProbityPersonIndex      *index,
          const ProbityLiveSource *source,
          ProbityDb               *db,
          const char              *uid,
          GHashTable              *ids,
          GError                 **error)
{
  g_autofree char *sql = g_strconcat (source->rows, uid != NULL ? source->by_uid : "1", NULL);
  g_autoptr (ProbityStatement) statement = NULL;
  Keymaker keymaker;
  gboolean ok;

  if (uid != NULL)
    statement = probity_db_query (db, error, sql, "$uid", 's', uid, NULL);
  else
    statement = probity_db_query (db, error, sql, NULL);
  if (statement == NULL)
    return FALSE;

  keymaker_init (&keymaker, index);
  ok = read_rows (&keymaker, statement, ids, error);
  keymaker_finish (&keymaker);

  return ok;
}

/* The lock is let go meanwhile: who needs no names is not to wait. */
static gboolean
read_everybody (LiveIndex               *self,
                const ProbityLiveSource *source,
                ProbityDb               *db,
                GError                 **error)
{
  g_autoptr (ProbityPersonIndex) index = probity_person_index_new ();
  gboolean ok;

  self->is_reading = TRUE;
  g_mutex_unlock (&self->lock);
  ok = add_rows (index, source, db, NULL, NULL, error);
  if (ok)
    probity_person_index_freeze (index);
  g_mutex_lock (&self->lock);
  self->is_reading = FALSE;
  g_cond_broadcast (&self->read);
  if (!ok)
    return FALSE;

  g_clear_pointer (&self->base, probity_person_index_unref);
  g_clear_pointer (&self->changed, probity_person_index_unref);
  g_clear_pointer (&self->superseded, g_hash_table_unref);
  g_hash_table_remove_all (self->uids);
  self->base = g_steal_pointer (&index);

  return TRUE;
}

static gboolean
read_changed (LiveIndex               *self,
              const ProbityLiveSource *source,
              ProbityDb               *db,
              GError                 **error)
{
  g_autoptr (ProbityPersonIndex) index = probity_person_index_new ();
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer       uid;

  g_hash_table_iter_init (&iter, self->uids);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    if (!add_rows (index, source, db, uid, ids, error))
      return FALSE;

  probity_person_index_freeze_beside (index, self->base);
  g_clear_pointer (&self->changed, probity_person_index_unref);
  g_clear_pointer (&self->superseded, g_hash_table_unref);
  self->changed = g_steal_pointer (&index);
  self->superseded = g_steal_pointer (&ids);

  return TRUE;
}

/* The end of the log, and whether the entry up to which it is known is still the same. */
static gboolean
look_at_log (LiveIndex *self,
             ProbityDb *db,
             gint64    *ret_seq,
             char     **ret_hash,
             gboolean  *ret_continues,
             GError   **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT e.seq, hex (e.hash), (SELECT hex (k.hash) FROM audit_entry AS k WHERE k.seq = $seq)"
                                           " FROM audit_entry AS e ORDER BY e.seq DESC LIMIT 1",
                                "$seq",
                                'i',
                                self->seq,
                                NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  *ret_seq = row ? probity_statement_get_int64 (statement, 0) : 0;
  *ret_hash = row ? probity_statement_dup_text (statement, 1) : NULL;
  *ret_continues = self->base != NULL && (self->seq == 0 || (row && g_strcmp0 (probity_statement_get_text (statement, 2), self->hash) == 0));

  return TRUE;
}

/* Collects the records that changed; an import names none of its own. */
static gboolean
collect_changes (LiveIndex               *self,
                 const ProbityLiveSource *source,
                 ProbityDb               *db,
                 gboolean                *ret_any,
                 gboolean                *ret_import,
                 GError                 **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  *ret_any = *ret_import = FALSE;
  statement = probity_db_query (db, error, "SELECT record FROM audit_entry WHERE seq > $seq AND kind = $kind AND verb IN ('collection', 'alteration', 'erasure')", "$seq", 'i', self->seq, "$kind", 's', source->kind, NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (probity_statement_is_null (statement, 0))
        *ret_import = TRUE;
      else
        {
          /* Changed once more counts as well. */
          g_hash_table_add (self->uids, probity_statement_dup_text (statement, 0));
          *ret_any = TRUE;
        }
    }
}

/* *ret_ready: FALSE where everybody would have to be read first, and @may_read is not set. */
static gboolean
refresh (LiveIndex               *self,
         const ProbityLiveSource *source,
         ProbityDb               *db,
         gboolean                 may_read,
         gboolean                *ret_ready,
         GError                 **error)
{
  g_autofree char *hash = NULL;
  gint64           seq;
  gboolean         continues, any, import;

  *ret_ready = TRUE;
  if (!look_at_log (self, db, &seq, &hash, &continues, error))
    return FALSE;

  /* A reader whose view of the log is older than the index has nothing to add to it. */
  if (self->base != NULL && (seq < self->seq || (continues && seq == self->seq)))
    return TRUE;

  if (continues)
    {
      if (!collect_changes (self, source, db, &any, &import, error))
        return FALSE;
      if (import || g_hash_table_size (self->uids) > MAX_CHANGED)
        continues = FALSE;
      else if (any && !read_changed (self, source, db, error))
        return FALSE;
    }

  if (!continues)
    {
      *ret_ready = may_read;
      if (!may_read)
        return TRUE;
      if (!read_everybody (self, source, db, error))
        return FALSE;
    }

  self->seq = seq;
  g_free (self->hash);
  self->hash = g_steal_pointer (&hash);

  return TRUE;
}

gboolean
probity_live_index_is_read (ProbitySession          *session,
                            const ProbityLiveSource *source)
{
  LiveIndex *self = find_live_index (session, source);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->base != NULL && !self->is_reading;
}

static gboolean
are_few (const ProbityLiveSource *source,
         ProbityDb               *db,
         gboolean                *ret_few,
         GError                 **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, source->last, NULL);
  gboolean row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  *ret_few = !row || probity_statement_get_int64 (statement, 0) <= probity_live_index_few;

  return TRUE;
}

static gboolean
get_view (ProbitySession          *session,
          const ProbityLiveSource *source,
          ProbityDb               *db,
          gboolean                 may_wait,
          ProbityLiveView        **ret_view,
          GError                 **error)
{
  LiveIndex *self = find_live_index (session, source);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  ProbityLiveView *view;
  gboolean         ready;

  *ret_view = NULL;
  if (!may_wait && !are_few (source, db, &may_wait, error))
    return FALSE;
  while (self->is_reading)
    {
      if (!may_wait)
        return TRUE;
      g_cond_wait (&self->read, &self->lock);
    }
  if (!refresh (self, source, db, may_wait, &ready, error))
    return FALSE;
  if (!ready)
    return TRUE;

  view = g_new0 (ProbityLiveView, 1);
  view->base = probity_person_index_ref (self->base);
  view->changed = self->changed != NULL ? probity_person_index_ref (self->changed) : NULL;
  view->superseded = self->superseded != NULL ? g_hash_table_ref (self->superseded) : NULL;
  *ret_view = view;

  return TRUE;
}

ProbityLiveView *
probity_live_index_get_view (ProbitySession          *session,
                             const ProbityLiveSource *source,
                             ProbityDb               *db,
                             GError                 **error)
{
  ProbityLiveView *view;

  return get_view (session, source, db, TRUE, &view, error) ? view : NULL;
}

gboolean
probity_live_index_peek_view (ProbitySession          *session,
                              const ProbityLiveSource *source,
                              ProbityDb               *db,
                              ProbityLiveView        **ret_view,
                              GError                 **error)
{
  return get_view (session, source, db, FALSE, ret_view, error);
}

/* Views ------------------------------------------------------------------------------------------ */

void
probity_live_view_free (ProbityLiveView *self)
{
  if (self == NULL)
    return;

  probity_person_index_unref (self->base);
  g_clear_pointer (&self->changed, probity_person_index_unref);
  g_clear_pointer (&self->superseded, g_hash_table_unref);
  g_free (self);
}

guint
probity_live_view_get_n_people (ProbityLiveView *self)
{
  return probity_person_index_get_n_keys (self->base);
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const ProbityPersonIndexHit *hit_a = a;
  const ProbityPersonIndexHit *hit_b = b;

  if (hit_a->score != hit_b->score)
    return hit_a->score > hit_b->score ? -1 : 1;

  return (hit_a->id > hit_b->id) - (hit_a->id < hit_b->id);
}

/* What the base found of records that stand as they were, and what was found among the changed ones. */
static GArray *
merge_hits (ProbityLiveView *self,
            GArray          *base,
            GArray          *changed,
            guint            limit)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (ProbityPersonIndexHit));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *sources[] = { changed, base };

  for (guint s = 0; s < G_N_ELEMENTS (sources); s++)
    for (guint i = 0; sources[s] != NULL && i < sources[s]->len; i++)
      {
        ProbityPersonIndexHit *hit = &g_array_index (sources[s], ProbityPersonIndexHit, i);

        if (sources[s] == base && self->superseded != NULL && g_hash_table_contains (self->superseded, &hit->id))
          continue;
        if (g_hash_table_add (seen, &hit->id))
          g_array_append_vals (hits, hit, 1);
      }

  g_array_sort (hits, compare_hits);
  if (limit > 0 && hits->len > limit)
    g_array_set_size (hits, limit);

  return hits;
}

GArray *
probity_live_view_find (ProbityLiveView        *self,
                        const ProbityPersonKey *key,
                        double                  threshold,
                        guint                   limit)
{
  g_autoptr (GArray) base = probity_person_index_find (self->base, key, threshold, limit > 0 ? limit * 2 : 0);
  g_autoptr (GArray) changed = self->changed != NULL ? probity_person_index_find (self->changed, key, threshold, 0) : NULL;

  return merge_hits (self, base, changed, limit);
}

GArray *
probity_live_view_find_words (ProbityLiveView *self,
                              const char      *words,
                              double           threshold,
                              guint            limit,
                              GCancellable    *cancellable)
{
  g_autoptr (GArray) base = probity_person_index_find_words (self->base, words, threshold, limit > 0 ? limit * 2 : 0, cancellable);
  g_autoptr (GArray) changed = self->changed != NULL ? probity_person_index_find_words (self->changed, words, threshold, 0, cancellable) : NULL;

  return merge_hits (self, base, changed, limit);
}

static ProbityPersonIndex *
pick (ProbityLiveView *self,
      gint64           id)
{
  return self->superseded != NULL && g_hash_table_contains (self->superseded, &id) ? self->changed : self->base;
}

char *
probity_live_view_explain (ProbityLiveView        *self,
                           const ProbityPersonKey *key,
                           gint64                  id)
{
  return probity_person_index_explain (pick (self, id), key, id);
}

char *
probity_live_view_explain_words (ProbityLiveView *self,
                                 const char      *words,
                                 gint64           id)
{
  return probity_person_index_explain_words (pick (self, id), words, id);
}
