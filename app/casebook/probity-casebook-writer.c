/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"
#include "probity-migrations.h"

/*
 * The one thread of a casebook that writes. It owns a writing connection to each open compartment,
 * and does everything that changes files under the write lock: commands, checkpoints, closing.
 */

/* The log is written back when it has grown by this many pages; and cut when readers kept it long. */
guint probity_writer_checkpoint_pages = 1000;
#define TRUNCATE_FACTOR 8

/* The ends of the logs are written into the journal not more often than this. */
gint64 probity_writer_head_interval_us = G_USEC_PER_SEC;

struct _ProbityWriter
{
  ProbityCasebook *casebook;
  GThread         *thread;
  GAsyncQueue     *jobs; /* of ProbityJob */

  /* The thread's own. */
  ProbityLock *lock;
  ProbityDb   *dbs[PROBITY_N_HANDLES];
  gint64       head_due;       /* monotonic; 0 when nothing was committed since */
  gint64       registers_seen; /* their version when last looked at; -1 at first, and after a command here changed them */
};

static void
close_all (ProbityWriter *self)
{
  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    g_clear_pointer (&self->dbs[i], probity_db_close);
}

static gboolean
open_compartment (ProbityWriter     *self,
                  ProbityCompartment compartment,
                  GError           **error)
{
  ProbityKey *key = probity_casebook_peek_key (self->casebook, compartment);
  gint64      seq;

  if (key == NULL)
    return TRUE;

  self->dbs[compartment] = probity_places_open (probity_casebook_peek_places (self->casebook), compartment, NULL, PROBITY_DB_WRITER, self->lock, error);
  if (self->dbs[compartment] == NULL ||
      !probity_migrations_run (self->dbs[compartment], error) ||
      !probity_feed_read_last (self->dbs[compartment], &seq, error))
    return FALSE;

  probity_feed_set_seen (probity_casebook_peek_feed (self->casebook), compartment, seq);

  return TRUE;
}

static gboolean
open_all (ProbityWriter *self,
          GError       **error)
{
  const char *folder = probity_casebook_get_folder (self->casebook);
  gboolean    ok = TRUE;

  if (!probity_casebook_check_library (error) || !probity_casebook_check_file_system (folder, error))
    return FALSE;

  self->lock = probity_lock_open (folder, FALSE, error);
  if (self->lock == NULL || !probity_lock_take (self->lock, error))
    return FALSE;

  for (guint i = 0; ok && i < PROBITY_N_HANDLES; i++)
    ok = open_compartment (self, (ProbityCompartment) i, error);

  if (!ok)
    close_all (self);
  probity_lock_release (self->lock);

  return ok;
}

/* Under the lock. A log that cannot be written back now can be later. */
static gboolean
checkpoint_all (ProbityWriter *self,
                gboolean       closing,
                GError       **error)
{
  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    {
      guint bound = probity_writer_checkpoint_pages;
      guint n_pages;

      if (self->dbs[i] == NULL)
        continue;

      n_pages = (guint) probity_db_get_wal_pages (self->dbs[i]);
      if ((closing || n_pages >= bound) &&
          !probity_db_checkpoint (self->dbs[i], closing || n_pages >= bound * TRUNCATE_FACTOR, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_failure (const GError *error)
{
  return g_error_matches (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_IO) ||
         g_error_matches (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FULL);
}

/* Under the lock: what a command, a head and the outbox have in common after they ran. */
static gboolean
settle (ProbityWriter *self,
        ProbityWrite  *write,
        gboolean       ok,
        GError       **error)
{
  g_autoptr (GError) later_error = NULL;
  gboolean had_begun = probity_write_has_begun (write);

  if (!ok || !probity_write_commit (write, error))
    {
      probity_write_rollback (write);
      probity_write_settle_made (write, FALSE);
      return FALSE;
    }
  probity_write_settle_made (write, TRUE);

  /* The command stands from here on; what fails now fails the casebook, not the command. */
  if (!probity_outbox_remove (self->casebook, self->dbs, self->lock, write->outbox, &later_error) ||
      (had_begun && !checkpoint_all (self, FALSE, &later_error)))
    {
      if (is_failure (later_error))
        probity_casebook_report (self->casebook, later_error);
    }

  return TRUE;
}

static gboolean
write_head (ProbityWriter *self,
            GError       **error)
{
  ProbityWrite write;
  gboolean     ok;

  self->head_due = 0;
  if (!probity_casebook_has_head_func (self->casebook))
    return TRUE;

  if (!probity_lock_take (self->lock, error))
    return FALSE;

  probity_write_init (&write, self->casebook, self->dbs, self->lock);
  ok = settle (self, &write, probity_casebook_call_head_func (self->casebook, &write, error), error);
  probity_write_clear (&write);
  probity_lock_release (self->lock);

  return ok;
}

static gboolean
run_write (ProbityWriter *self,
           ProbityJob    *job,
           GError       **error)
{
  ProbityWrite write;
  gboolean     committing;
  gboolean     ok;

  if (!probity_lock_take (self->lock, error))
    return FALSE;

  probity_write_init (&write, self->casebook, self->dbs, self->lock);
  ok = (self->dbs[PROBITY_COMPARTMENT_REGISTERS] == NULL ||
        probity_casebook_look_at_registers (self->casebook, self->dbs[PROBITY_COMPARTMENT_REGISTERS], &self->registers_seen, error)) &&
       job->write (&write, job->data, &job->result, error);
  committing = ok && probity_write_has_begun (&write);
  ok = settle (self, &write, ok, error);
  /* A connection's own commits do not change the version that it sees. */
  if (committing)
    self->registers_seen = -1;
  if (ok)
    job->changes = probity_changes_ref (write.changes);
  probity_write_clear (&write);
  probity_lock_release (self->lock);

  if (ok && committing && self->head_due == 0)
    self->head_due = g_get_monotonic_time () + probity_writer_head_interval_us;

  return ok;
}

static gboolean
finish_outbox (ProbityWriter *self,
               ProbityJob    *job,
               GError       **error)
{
  gint64   n_finished;
  gboolean ok;

  if (!probity_lock_take (self->lock, error))
    return FALSE;

  job->changes = probity_changes_new ();
  ok = probity_outbox_finish (self->casebook, self->dbs, self->lock, job->changes, &n_finished, error);
  probity_lock_release (self->lock);

  if (n_finished > 0 && self->head_due == 0)
    self->head_due = g_get_monotonic_time () + probity_writer_head_interval_us;

  g_value_init (&job->result, G_TYPE_INT64);
  g_value_set_int64 (&job->result, n_finished);

  return ok;
}

static void
abandon_all (ProbityWriter *self)
{
  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    {
      if (self->dbs[i] != NULL)
        probity_db_abandon (self->dbs[i]);
    }
  close_all (self);
}

/*
 * After a failure the log is left as it is: whoever opens the casebook next finds in it all that was
 * committed. So it is when somebody is stuck with the lock.
 */
static gboolean
close_casebook (ProbityWriter *self,
                GError       **error)
{
  gboolean failed = !probity_casebook_check_failure (self->casebook, NULL);
  gboolean ok = TRUE;

  /* Readers first: they would keep the log from being written back. */
  probity_casebook_join_readers (self->casebook);

  if (self->lock == NULL)
    return TRUE;

  /* Whether or not anything is due: what others wrote since is as far as this workstation has seen the logs go. */
  if (!failed)
    ok = write_head (self, error);

  if (failed || !probity_lock_take (self->lock, ok ? error : NULL))
    {
      abandon_all (self);
      ok = failed;
    }
  else
    {
      ok = checkpoint_all (self, TRUE, ok ? error : NULL) && ok;
      close_all (self);
      probity_casebook_touch_places (probity_casebook_get_folder (self->casebook));
      probity_lock_release (self->lock);
    }

  g_clear_pointer (&self->lock, probity_lock_close);

  return ok;
}

static ProbityJob *
take_job (ProbityWriter *self)
{
  gint64 now;

  if (self->head_due == 0)
    return g_async_queue_pop (self->jobs);

  now = g_get_monotonic_time ();
  if (self->head_due <= now)
    return g_async_queue_try_pop (self->jobs);

  return g_async_queue_timeout_pop (self->jobs, (guint64) (self->head_due - now));
}

static gboolean
run_job (ProbityWriter *self,
         ProbityJob    *job,
         GError       **error)
{
  switch (job->kind)
    {
    case PROBITY_JOB_OPEN:
      return open_all (self, error);

    case PROBITY_JOB_WRITE:
      return probity_casebook_check_failure (self->casebook, error) && run_write (self, job, error);

    case PROBITY_JOB_OUTBOX:
      return probity_casebook_check_failure (self->casebook, error) && finish_outbox (self, job, error);

    case PROBITY_JOB_QUIT:
      return close_casebook (self, error);

    case PROBITY_JOB_READ:
    case PROBITY_JOB_CHANGES:
    case PROBITY_JOB_FAILURE:
    default:
      g_assert_not_reached ();
    }
}

static void
clear_writer (gpointer data)
{
  ProbityWriter *self = data;

  g_async_queue_unref (self->jobs);
}

static gpointer
writer_thread (gpointer data)
{
  ProbityWriter *self = data;

  while (TRUE)
    {
      g_autoptr (GError) head_error = NULL;
      ProbityJob    *job = take_job (self);
      ProbityJobKind kind;
      gboolean       ok;

      /* Due also between commands that come without a pause. */
      if (self->head_due != 0 && self->head_due <= g_get_monotonic_time () &&
          probity_casebook_check_failure (self->casebook, NULL) &&
          !write_head (self, &head_error))
        {
          if (is_failure (head_error))
            probity_casebook_report (self->casebook, head_error);
          else
            self->head_due = g_get_monotonic_time () + probity_writer_head_interval_us;
        }

      if (job == NULL)
        continue;

      kind = job->kind;
      ok = run_job (self, job, &job->error);
      if (!ok && kind != PROBITY_JOB_OPEN && is_failure (job->error))
        probity_casebook_report (self->casebook, job->error);
      probity_job_complete (job, ok);

      if (kind == PROBITY_JOB_QUIT)
        {
          g_atomic_rc_box_release_full (self, clear_writer);
          return NULL;
        }
    }
}

ProbityWriter *
probity_writer_new (ProbityCasebook *casebook)
{
  ProbityWriter *self = g_atomic_rc_box_new0 (ProbityWriter);

  self->casebook = casebook;
  self->registers_seen = -1;
  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new ("casebook-writer", writer_thread, g_atomic_rc_box_acquire (self));

  return self;
}

void
probity_writer_push (ProbityWriter *self,
                     ProbityJob    *job)
{
  g_async_queue_push (self->jobs, job);
}

/*
 * After a QUIT job. With @wait until it is done, for a casebook that goes away meanwhile; without, where the
 * job was answered: the thread only has to end, and the main thread does not wait for it.
 */
void
probity_writer_free (ProbityWriter *self,
                     gboolean       wait)
{
  if (wait)
    g_thread_join (self->thread);
  else
    g_thread_unref (self->thread);
  g_atomic_rc_box_release_full (self, clear_writer);
}
