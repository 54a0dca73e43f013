/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

/*
 * The threads that answer queries. Each owns a read-only connection to every compartment that a
 * query of its asked for, opened at the first. They never write, checkpoint, or wait for a lock.
 *
 * What nobody waits for, such as the numbers beside the sidebar, is read *behind* the rest: only when no other query
 * runs or waits, and one at a time, so that a thread is always free for what somebody looks at.
 */

#define N_READERS 2

typedef struct
{
  ProbityReaders *readers;
  GThread        *thread;
  ProbityDb      *dbs[PROBITY_N_HANDLES];
  gint64          registers_seen; /* their version when last looked at; -1 at first */
} Reader;

struct _ProbityReaders
{
  ProbityCasebook *casebook;
  GMutex           lock; /* of what follows, up to the threads */
  GCond            changed;
  GQueue           jobs;   /* of ProbityJob */
  GQueue           behind; /* of ProbityJob */
  guint            n_running;
  Reader           all[N_READERS];
};

struct _ProbityRead
{
  Reader            *reader;
  GCancellable      *cancellable;
  gboolean           begun[PROBITY_N_HANDLES];
  ProbityCompartment entered; /* JOURNAL: none */
  ProbityCompartment entered_home;
};

static void
end_read (ProbityRead *self)
{
  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    {
      ProbityDb *db = self->reader->dbs[i];

      if (!self->begun[i])
        continue;

      probity_db_set_cancellable (db, NULL);
      probity_db_end_passing (db);
      if (!sqlite3_get_autocommit (probity_db_get_handle (db)))
        probity_db_run (db, NULL, "COMMIT", NULL);
    }
}

static gboolean
look_at_registers (Reader      *self,
                   ProbityRead *read,
                   GError     **error)
{
  ProbityDb *registers;

  if (!probity_casebook_has_registers_func (self->readers->casebook))
    return TRUE;

  registers = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);

  return registers != NULL && probity_casebook_look_at_registers (self->readers->casebook, registers, &self->registers_seen, error);
}

static gboolean
run_read (Reader     *self,
          ProbityJob *job,
          GError    **error)
{
  ProbityRead read = { .reader = self, .cancellable = job->cancellable };
  gboolean    ok;

  /* Whoever asked has gone on to something else while the query waited. */
  if (g_cancellable_set_error_if_cancelled (job->cancellable, error) ||
      !probity_casebook_check_failure (self->readers->casebook, error))
    return FALSE;

  ok = look_at_registers (self, &read, error) && job->read (&read, job->data, &job->result, error);
  end_read (&read);

  return ok;
}

/* Waits for a job, which runs from now on. */
static ProbityJob *
take_job (ProbityReaders *self)
{
  ProbityJob *job;

  g_mutex_lock (&self->lock);
  while ((job = g_queue_pop_head (&self->jobs)) == NULL &&
         (self->n_running > 0 || (job = g_queue_pop_head (&self->behind)) == NULL))
    g_cond_wait (&self->changed, &self->lock);
  self->n_running++;
  g_mutex_unlock (&self->lock);

  return job;
}

static void
end_job (ProbityReaders *self)
{
  g_mutex_lock (&self->lock);
  self->n_running--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static gpointer
reader_thread (gpointer data)
{
  Reader        *self = data;
  ProbityJobKind kind;
  gboolean       ok;

  do
    {
      ProbityJob *job = take_job (self->readers);

      kind = job->kind;
      ok = kind == PROBITY_JOB_QUIT || run_read (self, job, &job->error);
      if (g_error_matches (job->error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_IO))
        probity_casebook_report (self->readers->casebook, job->error);
      probity_job_complete (job, ok);
      end_job (self->readers);
    }
  while (kind != PROBITY_JOB_QUIT);

  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    g_clear_pointer (&self->dbs[i], probity_db_close);

  return NULL;
}

ProbityReaders *
probity_readers_new (ProbityCasebook *casebook)
{
  ProbityReaders *self = g_new0 (ProbityReaders, 1);

  self->casebook = casebook;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->jobs);
  g_queue_init (&self->behind);
  for (guint i = 0; i < N_READERS; i++)
    {
      self->all[i].readers = self;
      self->all[i].registers_seen = -1;
      self->all[i].thread = g_thread_new ("casebook-reader", reader_thread, &self->all[i]);
    }

  return self;
}

static void
push_job (ProbityReaders *self,
          GQueue         *queue,
          ProbityJob     *job)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (queue, job);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
probity_readers_push (ProbityReaders *self,
                      ProbityJob     *job)
{
  push_job (self, &self->jobs, job);
}

void
probity_readers_push_behind (ProbityReaders *self,
                             ProbityJob     *job)
{
  push_job (self, &self->behind, job);
}

/* Takes what waits, in the order in which it would have been answered. */
static ProbityJob *
take_back (ProbityReaders *self)
{
  ProbityJob *job;

  g_mutex_lock (&self->lock);
  job = g_queue_pop_head (&self->jobs);
  if (job == NULL)
    job = g_queue_pop_head (&self->behind);
  g_mutex_unlock (&self->lock);

  return job;
}

/* Answers what waits with CLOSED; what runs is let finish. No more may be pushed. */
void
probity_readers_stop (ProbityReaders *self)
{
  ProbityJob *job;

  while ((job = take_back (self)) != NULL)
    {
      g_set_error_literal (&job->error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_CLOSED, "The casebook was closed");
      probity_job_complete (job, FALSE);
    }

  for (guint i = 0; i < N_READERS; i++)
    push_job (self, &self->jobs, probity_job_new (PROBITY_JOB_QUIT, NULL));
}

void
probity_readers_join (ProbityReaders *self)
{
  for (guint i = 0; i < N_READERS; i++)
    g_clear_pointer (&self->all[i].thread, g_thread_join);
}

void
probity_readers_free (ProbityReaders *self)
{
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

GCancellable *
probity_read_peek_cancellable (ProbityRead *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cancellable;
}

void
probity_read_enter (ProbityRead       *self,
                    ProbityCompartment compartment)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (compartment == PROBITY_COMPARTMENT_JOURNAL || compartment >= PROBITY_COMPARTMENT_SEALED);

  self->entered = compartment;
  self->entered_home = probity_casebook_get_home (self->reader->readers->casebook, compartment);
}

ProbityCompartment
probity_read_get_entered (ProbityRead *self)
{
  g_return_val_if_fail (self != NULL, PROBITY_COMPARTMENT_JOURNAL);

  return self->entered;
}

ProbityDb *
probity_read_get_db (ProbityRead       *self,
                     ProbityCompartment compartment,
                     GError           **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return probity_read_get_open_db (self, probity_compartment_resolve (compartment, self->entered, self->entered_home), error);
}

ProbityDb *
probity_read_get_open_db (ProbityRead       *self,
                          ProbityCompartment compartment,
                          GError           **error)
{
  ProbityCasebook *casebook;
  ProbityDb      **db;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) compartment < PROBITY_N_HANDLES, NULL);

  casebook = self->reader->readers->casebook;
  db = &self->reader->dbs[compartment];

  if (*db == NULL)
    {
      ProbityKey *key = probity_casebook_peek_key (casebook, compartment);

      if (key == NULL)
        {
          probity_casebook_set_no_key (error, compartment);
          return NULL;
        }

      *db = probity_places_open (probity_casebook_peek_places (casebook), compartment, NULL, PROBITY_DB_READER, NULL, error);
      if (*db == NULL)
        return NULL;
    }

  if (!self->begun[compartment])
    {
      if (!probity_db_run (*db, error, "BEGIN", NULL))
        return NULL;
      self->begun[compartment] = TRUE;
      probity_db_set_cancellable (*db, self->cancellable);
    }

  return *db;
}

/* What a query sees of @compartment from now on, and its version. */
static gboolean
begin_again (ProbityRead       *self,
             ProbityCompartment compartment,
             gint64            *ret_version,
             GError           **error)
{
  const gboolean begun = self->begun[compartment];
  ProbityDb     *db = probity_read_get_open_db (self, compartment, error);

  return db != NULL &&
         (!begun || (probity_db_run (db, error, "COMMIT", NULL) && probity_db_run (db, error, "BEGIN", NULL))) &&
         probity_db_get_pragma (db, "data_version", ret_version, error);
}

/* How often it is tried while others write without a pause: the more compartments, the more often one changes meanwhile. */
#define MOST_TRIES 100

/*
 * Each compartment has its own log, and is seen as it is when it is first asked. Where all of them have been looked at twice, one
 * round after the other, and none has changed between its two looks, they were like that all at once, between the rounds.
 */
gboolean
probity_read_take_moment (ProbityRead       *self,
                          ProbityCompartment compartment,
                          GError           **error)
{
  gint64   versions[PROBITY_N_HANDLES] = { 0 };
  gboolean same = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail ((guint) compartment < PROBITY_N_HANDLES, FALSE);

  for (guint i = 0; i < MOST_TRIES && !same; i++)
    {
      same = i > 0;
      for (guint c = 0; c < PROBITY_N_HANDLES; c++)
        {
          g_autoptr (GError) local_error = NULL;
          gint64 version = 0;

          if (c != (guint) compartment && (c >= PROBITY_N_COMPARTMENTS || !probity_casebook_has (self->reader->readers->casebook, (ProbityCompartment) c)))
            continue;
          /* One that is broken is told of where it is asked for. */
          if (!begin_again (self, (ProbityCompartment) c, &version, &local_error) && c == (guint) compartment)
            {
              g_propagate_error (error, g_steal_pointer (&local_error));
              return FALSE;
            }
          same = same && version == versions[c];
          versions[c] = version;
        }
    }

  return look_at_registers (self->reader, self, error);
}
