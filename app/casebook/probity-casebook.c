/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

#include <sys/resource.h>
#include "probity-outbox.h"
#include "probity-role.h"

struct _ProbityCasebook
{
  GObject parent_instance;

  /* Fixed before any thread runs. */
  char          *folder;
  ProbityPlaces *places;
  ProbityClock  *clock;
  GMainContext  *context;
  ProbityFeed   *feed;

  ProbityWriter  *writer;
  ProbityReaders *readers; /* NULL until it is open */
  ProbityWatcher *watcher;
  DexFuture      *closed; /* set once it closes: resolves when it has closed */
  gboolean        open;
  guint           n_asked; /* reads and writes on their way */

  /* Shared with the threads. */
  GMutex  lock;
  GError *failure; /* after which nothing is done */

  ProbityHooks *hooks;
};

G_DEFINE_FINAL_TYPE (ProbityCasebook, probity_casebook, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stop_readers (ProbityCasebook *self)
{
  if (self->readers != NULL)
    probity_readers_stop (self->readers);
  if (self->watcher != NULL)
    probity_watcher_stop (self->watcher);
}

/* The writer has quit, or does so next (@wait): it joined the others before. */
static void
release_threads (ProbityCasebook *self,
                 gboolean         wait)
{
  if (self->writer != NULL)
    probity_writer_free (g_steal_pointer (&self->writer), wait);
  g_clear_pointer (&self->readers, probity_readers_free);
  g_clear_pointer (&self->watcher, probity_watcher_free);
  probity_places_wipe (self->places);
  probity_hooks_clear (self->hooks);
}

static DexFuture *
push_to_writer (ProbityCasebook *self,
                ProbityJob      *job)
{
  DexPromise *promise = dex_promise_new ();

  job->promise = dex_ref (promise);
  probity_writer_push (self->writer, job);

  return DEX_FUTURE (promise);
}

static void
answer (ProbityJob *job)
{
  if (job->promise == NULL)
    return;

  if (job->error != NULL)
    dex_promise_reject (job->promise, g_steal_pointer (&job->error));
  else if (G_IS_VALUE (&job->result))
    dex_promise_resolve (job->promise, &job->result);
  else
    dex_promise_resolve_boolean (job->promise, TRUE);
}

/* On the main thread: what a thread has done. */
void
probity_casebook_job_completed (ProbityCasebook *self,
                                ProbityJob      *job)
{
  switch (job->kind)
    {
    case PROBITY_JOB_OPEN:
      if (job->error != NULL)
        {
          dex_future_disown (probity_casebook_close (self));
        }
      else
        {
          self->open = TRUE;
          self->readers = probity_readers_new (self);
          self->watcher = probity_watcher_new (self);
          g_value_init (&job->result, PROBITY_TYPE_CASEBOOK);
          g_value_set_object (&job->result, self);
        }
      break;

    case PROBITY_JOB_FAILURE:
      dex_future_disown (probity_casebook_close (self));
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, job->error);
      break;

    case PROBITY_JOB_QUIT:
      release_threads (self, FALSE);
      break;

    case PROBITY_JOB_READ:
    case PROBITY_JOB_WRITE:
    case PROBITY_JOB_OUTBOX:
    case PROBITY_JOB_CHANGES:
      break;
    }

  if (job->changes != NULL && probity_changes_get_size (job->changes) > 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, job->changes);

  answer (job);
  if (job->kind == PROBITY_JOB_READ || job->kind == PROBITY_JOB_WRITE)
    self->n_asked--;
}

static void
probity_casebook_dispose (GObject *object)
{
  ProbityCasebook *self = PROBITY_CASEBOOK (object);

  /* No job is under way, each would hold a reference; the threads only have to be told. */
  if (self->writer != NULL)
    {
      stop_readers (self);
      probity_writer_push (self->writer, probity_job_new (PROBITY_JOB_QUIT, NULL));
      release_threads (self, TRUE);
    }
  dex_clear (&self->closed);

  G_OBJECT_CLASS (probity_casebook_parent_class)->dispose (object);
}

static void
probity_casebook_finalize (GObject *object)
{
  ProbityCasebook *self = PROBITY_CASEBOOK (object);

  g_clear_pointer (&self->places, probity_places_free);
  g_clear_pointer (&self->clock, probity_clock_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->feed, probity_feed_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->hooks, probity_hooks_free);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (probity_casebook_parent_class)->finalize (object);
}

static void
probity_casebook_class_init (ProbityCasebookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_casebook_dispose;
  object_class->finalize = probity_casebook_finalize;

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed",
                    G_TYPE_FROM_CLASS (klass),
                    G_SIGNAL_RUN_LAST,
                    0,
                    NULL,
                    NULL,
                    NULL,
                    G_TYPE_NONE,
                    1,
                    PROBITY_TYPE_CHANGES);

  signals[SIGNAL_FAILED] =
      g_signal_new ("failed",
                    G_TYPE_FROM_CLASS (klass),
                    G_SIGNAL_RUN_LAST,
                    0,
                    NULL,
                    NULL,
                    NULL,
                    G_TYPE_NONE,
                    1,
                    G_TYPE_ERROR);
}

static void
probity_casebook_init (ProbityCasebook *self)
{
  g_mutex_init (&self->lock);
  self->feed = probity_feed_new ();
  self->hooks = probity_hooks_new ();
}

DexFuture *
probity_casebook_open (const char   *folder,
                       ProbityKey   *keys[PROBITY_N_COMPARTMENTS],
                       ProbityClock *clock)
{
  return probity_casebook_open_with_sealed (folder, keys, NULL, 0, clock);
}

/* A compartment takes a dozen descriptors in its threads; so many are seldom allowed unless asked for. */
static void
allow_descriptors (void)
{
  const rlim_t  wanted = 256 + 16 * PROBITY_N_HANDLES;
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
    return;
  limit.rlim_cur = MIN (wanted, limit.rlim_max);
  setrlimit (RLIMIT_NOFILE, &limit);
}

DexFuture *
probity_casebook_open_with_sealed (const char             *folder,
                                   ProbityKey             *keys[PROBITY_N_COMPARTMENTS],
                                   const ProbitySealedKey *sealed,
                                   guint                   n_sealed,
                                   ProbityClock           *clock)
{
  g_autoptr (ProbityCasebook) self = NULL;
  GError *error = NULL;

  dex_return_error_if_fail (folder != NULL);
  dex_return_error_if_fail (keys != NULL);
  dex_return_error_if_fail (clock != NULL);

  self = g_object_new (PROBITY_TYPE_CASEBOOK, NULL);
  self->folder = g_canonicalize_filename (folder, NULL);
  self->clock = probity_clock_ref (clock);
  self->context = g_main_context_ref_thread_default ();
  self->places = probity_places_new (self->folder, keys);
  for (guint i = 0; i < n_sealed; i++)
    {
      ProbityCompartment compartment;

      if (!probity_places_add (self->places, sealed[i].name, sealed[i].home, sealed[i].key, &compartment, &error))
        return dex_future_new_for_error (error);
      probity_places_publish (self->places);
    }
  allow_descriptors ();
  self->writer = probity_writer_new (self);

  return push_to_writer (self, probity_job_new (PROBITY_JOB_OPEN, self));
}

DexFuture *
probity_casebook_close (ProbityCasebook *self)
{
  dex_return_error_if_fail (PROBITY_IS_CASEBOOK (self));

  if (self->closed == NULL)
    {
      self->open = FALSE;
      stop_readers (self);
      self->closed = push_to_writer (self, probity_job_new (PROBITY_JOB_QUIT, self));
    }

  return dex_ref (self->closed);
}

static DexFuture *
refuse_closed (ProbityCasebook *self)
{
  g_autoptr (GError) failure = NULL;

  if (!probity_casebook_check_failure (self, &failure))
    return dex_future_new_for_error (g_steal_pointer (&failure));

  return dex_future_new_reject (PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_CLOSED, "The casebook is closed");
}

static DexFuture *
push_to_readers (ProbityCasebook *self,
                 void (*push) (ProbityReaders *readers,
                               ProbityJob     *job),
                 ProbityReadFunc func,
                 gpointer        data,
                 GDestroyNotify  data_destroy,
                 GCancellable   *cancellable)
{
  DexPromise *promise;
  ProbityJob *job = probity_job_new (PROBITY_JOB_READ, self);

  job->read = func;
  job->data = data;
  job->data_destroy = data_destroy;
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  if (!self->open)
    {
      probity_job_free (job);
      return refuse_closed (self);
    }

  promise = dex_promise_new ();
  job->promise = dex_ref (promise);
  self->n_asked++;
  push (self->readers, job);

  return DEX_FUTURE (promise);
}

DexFuture *
probity_casebook_read (ProbityCasebook *self,
                       ProbityReadFunc  func,
                       gpointer         data,
                       GDestroyNotify   data_destroy,
                       GCancellable    *cancellable)
{
  dex_return_error_if_fail (PROBITY_IS_CASEBOOK (self));
  dex_return_error_if_fail (func != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  return push_to_readers (self, probity_readers_push, func, data, data_destroy, cancellable);
}

DexFuture *
probity_casebook_read_behind (ProbityCasebook *self,
                              ProbityReadFunc  func,
                              gpointer         data,
                              GDestroyNotify   data_destroy,
                              GCancellable    *cancellable)
{
  dex_return_error_if_fail (PROBITY_IS_CASEBOOK (self));
  dex_return_error_if_fail (func != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  return push_to_readers (self, probity_readers_push_behind, func, data, data_destroy, cancellable);
}

DexFuture *
probity_casebook_write (ProbityCasebook *self,
                        ProbityWriteFunc func,
                        gpointer         data,
                        GDestroyNotify   data_destroy)
{
  ProbityJob *job;

  dex_return_error_if_fail (PROBITY_IS_CASEBOOK (self));
  dex_return_error_if_fail (func != NULL);

  job = probity_job_new (PROBITY_JOB_WRITE, self);
  job->write = func;
  job->data = data;
  job->data_destroy = data_destroy;
  if (!self->open)
    {
      probity_job_free (job);
      return refuse_closed (self);
    }
  self->n_asked++;

  return push_to_writer (self, job);
}

DexFuture *
probity_casebook_finish_outbox (ProbityCasebook *self)
{
  dex_return_error_if_fail (PROBITY_IS_CASEBOOK (self));

  if (!self->open)
    return refuse_closed (self);

  return push_to_writer (self, probity_job_new (PROBITY_JOB_OUTBOX, self));
}

/* The first failure counts; it closes the casebook. */
void
probity_casebook_report (ProbityCasebook *self,
                         const GError    *error)
{
  ProbityJob *job;
  gboolean    first;

  g_mutex_lock (&self->lock);
  first = self->failure == NULL;
  if (first)
    self->failure = g_error_copy (error);
  g_mutex_unlock (&self->lock);

  if (!first)
    return;

  job = probity_job_new (PROBITY_JOB_FAILURE, self);
  job->error = g_error_copy (error);
  probity_job_complete (job, FALSE);
}

gboolean
probity_casebook_check_failure (ProbityCasebook *self,
                                GError         **error)
{
  gboolean ok;

  g_mutex_lock (&self->lock);
  ok = self->failure == NULL;
  if (!ok)
    g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_CLOSED, "The casebook was closed: %s", self->failure->message);
  g_mutex_unlock (&self->lock);

  return ok;
}

void
probity_casebook_join_readers (ProbityCasebook *self)
{
  if (self->readers != NULL)
    probity_readers_join (self->readers);
  if (self->watcher != NULL)
    probity_watcher_join (self->watcher);
}

gboolean
probity_casebook_is_asked (ProbityCasebook *self)
{
  g_return_val_if_fail (PROBITY_IS_CASEBOOK (self), FALSE);

  return self->n_asked > 0;
}

const char *
probity_casebook_get_folder (ProbityCasebook *self)
{
  g_return_val_if_fail (PROBITY_IS_CASEBOOK (self), NULL);

  return self->folder;
}

gboolean
probity_casebook_has (ProbityCasebook   *self,
                      ProbityCompartment compartment)
{
  g_return_val_if_fail (PROBITY_IS_CASEBOOK (self), FALSE);
  g_return_val_if_fail ((guint) compartment < PROBITY_N_HANDLES, FALSE);

  return probity_places_peek_key (self->places, compartment) != NULL;
}

ProbityCompartment
probity_casebook_get_highest (ProbityCasebook *self)
{
  g_return_val_if_fail (PROBITY_IS_CASEBOOK (self), PROBITY_COMPARTMENT_JOURNAL);

  for (int i = PROBITY_N_COMPARTMENTS - 1; i > 0; i--)
    {
      if (probity_places_peek_key (self->places, (ProbityCompartment) i) != NULL)
        return (ProbityCompartment) i;
    }

  return PROBITY_COMPARTMENT_JOURNAL;
}

ProbityClock *
probity_casebook_get_clock (ProbityCasebook *self)
{
  g_return_val_if_fail (PROBITY_IS_CASEBOOK (self), NULL);

  return self->clock;
}

ProbityKey *
probity_casebook_peek_key (ProbityCasebook   *self,
                           ProbityCompartment compartment)
{
  return probity_places_peek_key (self->places, compartment);
}

ProbityPlaces *
probity_casebook_peek_places (ProbityCasebook *self)
{
  return self->places;
}

guint
probity_casebook_get_n_sealed (ProbityCasebook *self)
{
  g_return_val_if_fail (PROBITY_IS_CASEBOOK (self), 0);

  return probity_places_get_n_sealed (self->places);
}

ProbityCompartment
probity_casebook_get_home (ProbityCasebook   *self,
                           ProbityCompartment compartment)
{
  g_return_val_if_fail (PROBITY_IS_CASEBOOK (self), PROBITY_COMPARTMENT_JOURNAL);
  g_return_val_if_fail ((guint) compartment < PROBITY_N_HANDLES, PROBITY_COMPARTMENT_JOURNAL);

  return probity_places_get_home (self->places, compartment);
}

void
probity_casebook_set_pending (ProbityCasebook   *self,
                              ProbityCompartment compartment)
{
  g_return_if_fail (PROBITY_IS_CASEBOOK (self));
  g_return_if_fail (compartment >= PROBITY_COMPARTMENT_SEALED && (guint) compartment < PROBITY_N_HANDLES);

  probity_places_set_pending (self->places, compartment);
}

gboolean
probity_casebook_is_pending (ProbityCasebook   *self,
                             ProbityCompartment compartment)
{
  g_return_val_if_fail (PROBITY_IS_CASEBOOK (self), FALSE);
  g_return_val_if_fail ((guint) compartment < PROBITY_N_HANDLES, FALSE);

  return probity_places_is_pending (self->places, compartment);
}

guint
probity_casebook_list_homes (ProbityCasebook   *self,
                             ProbityCompartment home,
                             ProbityCompartment compartments[PROBITY_MAX_SEALED + 1])
{
  const guint n_sealed = probity_casebook_get_n_sealed (self);
  guint       n = 0;

  compartments[n++] = PROBITY_COMPARTMENT_JOURNAL;
  for (guint i = 0; i < n_sealed; i++)
    {
      const ProbityCompartment compartment = (ProbityCompartment) (PROBITY_COMPARTMENT_SEALED + i);

      if (probity_places_get_home (self->places, compartment) == home && !probity_places_is_pending (self->places, compartment))
        compartments[n++] = compartment;
    }

  return n;
}

const char *
probity_casebook_get_name (ProbityCasebook   *self,
                           ProbityCompartment compartment)
{
  g_return_val_if_fail (PROBITY_IS_CASEBOOK (self), NULL);
  g_return_val_if_fail ((guint) compartment < PROBITY_N_HANDLES, NULL);

  return probity_places_get_name (self->places, compartment);
}

GMainContext *
probity_casebook_peek_context (ProbityCasebook *self)
{
  return self->context;
}

ProbityHooks *
probity_casebook_peek_hooks (ProbityCasebook *self)
{
  return self->hooks;
}

ProbityFeed *
probity_casebook_peek_feed (ProbityCasebook *self)
{
  return self->feed;
}

void
probity_casebook_set_no_key (GError           **error,
                             ProbityCompartment compartment)
{
  g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NO_KEY, "This account holds no key to “%s”", probity_compartment_to_string (compartment));
}
