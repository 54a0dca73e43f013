/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-live-index.h"

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
};

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
      self->uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_data_full (G_OBJECT (session), name, self, live_index_free);
    }

  return self;
}

/* Reading ---------------------------------------------------------------------------------------- */

static void
add_row (ProbityPersonIndex *index,
         ProbityStatement   *row,
         GHashTable         *ids)
{
  const gint64        id = probity_statement_get_int64 (row, 0);
  const char         *whole = probity_statement_get_text (row, 9);
  g_autofree char    *forenames = NULL;
  g_autofree char    *surname = NULL;
  ProbityPersonFields fields = {
    .staff_number = probity_statement_get_text (row, 1),
    .forenames = probity_statement_get_text (row, 2),
    .surname = probity_statement_get_text (row, 3),
    .known_as = probity_statement_get_text (row, 4),
    .former_names = probity_statement_get_text (row, 5),
    .date_of_birth = probity_statement_get_text (row, 6),
    .address = probity_statement_get_text (row, 7),
    .postcode = probity_statement_get_text (row, 8),
  };

  if (whole != NULL && fields.surname == NULL && fields.forenames == NULL)
    {
      probity_full_name_split (whole, &forenames, &surname);
      fields.forenames = forenames;
      fields.surname = surname;
    }

  probity_person_index_add (index, id, probity_person_key_new (&fields));
  if (ids != NULL)
    g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
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
  gboolean row;

  if (uid != NULL)
    statement = probity_db_query (db, error, sql, "$uid", 's', uid, NULL);
  else
    statement = probity_db_query (db, error, sql, NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      add_row (index, statement, ids);
    }
}

static gboolean
read_everybody (LiveIndex               *self,
                const ProbityLiveSource *source,
                ProbityDb               *db,
                GError                 **error)
{
  g_autoptr (ProbityPersonIndex) index = probity_person_index_new ();

  if (!add_rows (index, source, db, NULL, NULL, error))
    return FALSE;

  probity_person_index_freeze (index);
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

static gboolean
refresh (LiveIndex               *self,
         const ProbityLiveSource *source,
         ProbityDb               *db,
         GError                 **error)
{
  g_autofree char *hash = NULL;
  gint64           seq;
  gboolean         continues, any, import;

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

  if (!continues && !read_everybody (self, source, db, error))
    return FALSE;

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
  gboolean   is_read = FALSE;

  /* Who has the lock is reading. */
  if (g_mutex_trylock (&self->lock))
    {
      is_read = self->base != NULL;
      g_mutex_unlock (&self->lock);
    }

  return is_read;
}

ProbityLiveView *
probity_live_index_get_view (ProbitySession          *session,
                             const ProbityLiveSource *source,
                             ProbityDb               *db,
                             GError                 **error)
{
  LiveIndex *self = find_live_index (session, source);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  ProbityLiveView *view;

  if (!refresh (self, source, db, error))
    return NULL;

  view = g_new0 (ProbityLiveView, 1);
  view->base = probity_person_index_ref (self->base);
  view->changed = self->changed != NULL ? probity_person_index_ref (self->changed) : NULL;
  view->superseded = self->superseded != NULL ? g_hash_table_ref (self->superseded) : NULL;

  return view;
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
                              guint            limit)
{
  g_autoptr (GArray) base = probity_person_index_find_words (self->base, words, threshold, limit > 0 ? limit * 2 : 0);
  g_autoptr (GArray) changed = self->changed != NULL ? probity_person_index_find_words (self->changed, words, threshold, 0) : NULL;

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

void
probity_live_view_freeze_beside (ProbityLiveView    *self,
                                 ProbityPersonIndex *few)
{
  probity_person_index_freeze_beside (few, self->base);
}
