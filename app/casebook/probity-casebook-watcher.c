/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

/*
 * The thread that notices what other programs write to the casebook. SQLite tells a connection
 * cheaply that another one has committed; which records it was stands in the audit log.
 */

/* Others' commits are to be seen within a second. */
#define INTERVAL_US (300 * 1000)

/* An import of another program is told of as "all of that kind", not record by record. */
#define MAX_TOLD 5000

/* It reads a few rows now and then. */
#define CACHE_KIB 256

struct _ProbityWatcher
{
  GWeakRef       casebook; /* may be on its way out while a change is found */
  ProbityFeed   *feed;
  ProbityPlaces *places;
  GThread       *thread;

  GMutex   lock;
  GCond    stopped;
  gboolean stop;

  /* The thread's own. */
  ProbityDb *dbs[PROBITY_N_HANDLES];
  gint64     versions[PROBITY_N_HANDLES];
};

static gboolean
read_entries (ProbityWatcher    *self,
              ProbityCompartment compartment,
              ProbityChanges    *changes,
              GError           **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gint64   seen = probity_feed_get_seen (self->feed, compartment);
  gboolean row;

  statement = probity_db_query (self->dbs[compartment], error, "SELECT seq, kind, record, verb IN ('collection', 'alteration', 'erasure', 'key-change')"
                                                               "  FROM audit_entry WHERE seq > $seen ORDER BY seq",
                                "$seen",
                                'i',
                                seen,
                                NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      const char *kind;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;

      seen = probity_statement_get_int64 (statement, 0);
      kind = probity_statement_get_text (statement, 1);
      if (kind == NULL || !probity_statement_get_int64 (statement, 3) ||
          probity_feed_is_own (self->feed, compartment, seen))
        continue;

      probity_changes_add (changes, compartment, kind, 0, probity_changes_get_size (changes) < MAX_TOLD ? probity_statement_get_text (statement, 2) : NULL);
    }

  probity_feed_set_seen (self->feed, compartment, seen);

  return TRUE;
}

static gboolean
look_at (ProbityWatcher    *self,
         ProbityCompartment compartment,
         ProbityChanges    *changes,
         GError           **error)
{
  gint64 version;

  if (!probity_places_is_open (self->places, compartment))
    return TRUE;

  if (self->dbs[compartment] == NULL)
    {
      self->dbs[compartment] = probity_places_open (self->places, compartment, NULL, PROBITY_DB_READER, NULL, error);
      if (self->dbs[compartment] == NULL)
        return FALSE;
      probity_db_set_cache (self->dbs[compartment], CACHE_KIB);
    }

  if (!probity_db_get_pragma (self->dbs[compartment], "data_version", &version, error))
    return FALSE;
  if (version == self->versions[compartment])
    return TRUE;

  if (!read_entries (self, compartment, changes, error))
    return FALSE;
  self->versions[compartment] = version;

  return TRUE;
}

static void
look (ProbityWatcher *self)
{
  g_autoptr (ProbityChanges) changes = probity_changes_new ();
  g_autoptr (ProbityCasebook) casebook = NULL;
  ProbityJob *job;

  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    {
      g_autoptr (GError) error = NULL;

      /* What could not be read now is read the next time; a broken disk shows where it matters. */
      if (!look_at (self, (ProbityCompartment) i, changes, &error))
        self->versions[i] = 0;
    }

  if (probity_changes_get_size (changes) == 0)
    return;

  casebook = g_weak_ref_get (&self->casebook);
  if (casebook == NULL)
    return;

  job = probity_job_new (PROBITY_JOB_CHANGES, casebook);
  job->changes = g_steal_pointer (&changes);
  g_clear_object (&casebook);
  probity_job_complete (job, TRUE);
}

static gpointer
watcher_thread (gpointer data)
{
  ProbityWatcher *self = data;
  gboolean        stop = FALSE;

  while (!stop)
    {
      gint64 until = g_get_monotonic_time () + INTERVAL_US;

      g_mutex_lock (&self->lock);
      while (!self->stop && g_cond_wait_until (&self->stopped, &self->lock, until))
        ;
      stop = self->stop;
      g_mutex_unlock (&self->lock);

      if (!stop)
        look (self);
    }

  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    g_clear_pointer (&self->dbs[i], probity_db_close);

  return NULL;
}

ProbityWatcher *
probity_watcher_new (ProbityCasebook *casebook)
{
  ProbityWatcher *self = g_new0 (ProbityWatcher, 1);

  g_weak_ref_init (&self->casebook, casebook);
  self->feed = probity_casebook_peek_feed (casebook);
  self->places = probity_casebook_peek_places (casebook);
  g_mutex_init (&self->lock);
  g_cond_init (&self->stopped);
  self->thread = g_thread_new ("casebook-watcher", watcher_thread, self);

  return self;
}

void
probity_watcher_stop (ProbityWatcher *self)
{
  g_mutex_lock (&self->lock);
  self->stop = TRUE;
  g_cond_signal (&self->stopped);
  g_mutex_unlock (&self->lock);
}

void
probity_watcher_join (ProbityWatcher *self)
{
  g_clear_pointer (&self->thread, g_thread_join);
}

void
probity_watcher_free (ProbityWatcher *self)
{
  g_weak_ref_clear (&self->casebook);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->stopped);
  g_free (self);
}
