/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-search-private.h"

#include "probity-audit.h"

#define MAX_LIMIT 500

struct _ProbitySearch
{
  GObject parent_instance;

  ProbitySession *session;
  GCancellable   *cancellable; /* of the run that is going on */
  guint           generation;
  DexFuture      *begun;       /* the entry that says that there is a search */
  gboolean        lacks_names; /* the last run */
  gboolean        awaits_names;
  char           *words; /* of the last run that came to its end and is not logged yet */
  guint           n_hits;
  GArray         *sealed; /* where it found something, of ProbityCompartment */
};

G_DEFINE_FINAL_TYPE (ProbitySearch, probity_search, G_TYPE_OBJECT)

enum
{
  NAMES_READ,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The log ---------------------------------------------------------------------------------------- */

/* In open logs stands how much others would have found; of what is sealed, only the logs of those cases tell. */
static DexFuture *
write_words (ProbitySession *session,
             const char     *words,
             guint           n_hits,
             GArray         *sealed)
{
  g_autofree char *what = g_strdup_printf (n_hits == 1 ? "%s (%u hit)" : "%s (%u hits)", words, n_hits);

  return probity_audit_search (session, NULL, words, what, sealed);
}

/* Runs ------------------------------------------------------------------------------------------- */

typedef struct
{
  gatomicrefcount     ref_count;
  ProbitySearch      *search; /* NULL: once */
  ProbitySession     *session;
  ProbitySearchWords *words;
  guint               limit;
  guint               generation;
  gboolean            lacks_names;
  GCancellable       *cancellable;
} Run;

static Run *
run_new (ProbitySession *session,
         const char     *words,
         guint           limit)
{
  Run *self = g_new0 (Run, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->session = g_object_ref (session);
  self->words = probity_search_words_new (words);
  self->limit = CLAMP (limit, 1, MAX_LIMIT);

  return self;
}

static Run *
run_ref (Run *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
run_unref (gpointer data)
{
  Run *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->search);
  g_object_unref (self->session);
  probity_search_words_free (self->words);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static gboolean
collect_in_reader (ProbityRead *read,
                   gpointer     data,
                   GValue      *result,
                   GError     **error)
{
  Run       *self = data;
  GPtrArray *hits = probity_search_collect (self->session, read, self->words, self->limit, self->search != NULL ? &self->lacks_names : NULL, error);

  if (hits == NULL)
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, hits);

  return TRUE;
}

static GPtrArray *
await_hits (Run     *self,
            GError **error)
{
  return dex_await_boxed (probity_casebook_read (probity_session_get_casebook (self->session), collect_in_reader, run_ref (self), run_unref, self->cancellable), error);
}

static guint
count_open (GPtrArray *hits)
{
  guint n = 0;

  for (guint i = 0; i < hits->len; i++)
    n += ((const ProbitySearchHit *) g_ptr_array_index (hits, i))->compartment < PROBITY_COMPARTMENT_SEALED ? 1 : 0;

  return n;
}

static GArray *
collect_sealed (GPtrArray *hits)
{
  GArray *sealed = g_array_new (FALSE, FALSE, sizeof (ProbityCompartment));

  for (guint i = 0; i < hits->len; i++)
    probity_audit_add_sealed (sealed, ((const ProbitySearchHit *) g_ptr_array_index (hits, i))->compartment);

  return sealed;
}

static DexFuture *
once_fiber (gpointer data)
{
  Run    *self = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) hits = await_hits (self, &error);
  g_autoptr (GArray) sealed = hits != NULL ? collect_sealed (hits) : NULL;

  if (hits == NULL || !dex_await (write_words (self->session, self->words->typed, count_open (hits), sealed), &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&hits));
}

DexFuture *
probity_search_once (ProbitySession *session,
                     const char     *words,
                     guint           limit)
{
  GError *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (words != NULL);

  if (!probity_access_check (session, PROBITY_OPERATION_READ_REGISTERS, &error))
    return dex_future_new_for_error (error);

  return dex_scheduler_spawn (NULL, 0, once_fiber, run_new (session, words, limit), run_unref);
}

/* Nothing is shown before it is logged that something is looked for. */
static gboolean
await_begun (ProbitySearch *self,
             GError       **error)
{
  if (self->begun == NULL)
    self->begun = probity_audit_search (self->session, NULL, "begun", "begun", NULL);
  if (dex_await (dex_ref (self->begun), error))
    return TRUE;

  dex_clear (&self->begun);

  return FALSE;
}

static DexFuture *
names_read_cb (DexFuture *future,
               gpointer   data)
{
  ProbitySearch *self = data;

  self->awaits_names = FALSE;
  if (self->session != NULL)
    g_signal_emit (self, signals[NAMES_READ], 0, dex_future_is_resolved (future));

  return dex_future_new_true ();
}

static void
await_names (ProbitySearch *self)
{
  if (self->awaits_names)
    return;

  self->awaits_names = TRUE;
  dex_future_disown (dex_future_finally (probity_live_index_warm (self->session), names_read_cb, g_object_ref (self), g_object_unref));
}

static DexFuture *
run_fiber (gpointer data)
{
  Run           *run = data;
  ProbitySearch *self = run->search;
  GError        *error = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  if (!await_begun (self, &error))
    return dex_future_new_for_error (error);

  hits = await_hits (run, &error);
  if (hits == NULL)
    return dex_future_new_for_error (error);
  if (run->generation != self->generation)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Something else is being looked for");

  g_set_str (&self->words, run->words->n_words > 0 ? run->words->typed : NULL);
  self->n_hits = count_open (hits);
  g_clear_pointer (&self->sealed, g_array_unref);
  self->sealed = collect_sealed (hits);
  self->lacks_names = run->lacks_names;
  if (self->lacks_names)
    await_names (self);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&hits));
}

DexFuture *
probity_search_run (ProbitySearch *self,
                    const char    *words,
                    guint          limit)
{
  GError *error = NULL;
  Run    *run;

  dex_return_error_if_fail (PROBITY_IS_SEARCH (self));
  dex_return_error_if_fail (words != NULL);

  if (!probity_access_check (self->session, PROBITY_OPERATION_READ_REGISTERS, &error))
    return dex_future_new_for_error (error);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  run = run_new (self->session, words, limit);
  run->search = g_object_ref (self);
  run->cancellable = g_object_ref (self->cancellable);
  run->generation = ++self->generation;

  return dex_scheduler_spawn (NULL, 0, run_fiber, run, run_unref);
}

gboolean
probity_search_lacks_names (ProbitySearch *self)
{
  g_return_val_if_fail (PROBITY_IS_SEARCH (self), FALSE);

  return self->lacks_names;
}

DexFuture *
probity_search_settle (ProbitySearch *self)
{
  g_autofree char *words = NULL;

  dex_return_error_if_fail (PROBITY_IS_SEARCH (self));

  words = g_steal_pointer (&self->words);
  if (words == NULL)
    return dex_future_new_true ();

  return write_words (self->session, words, self->n_hits, self->sealed);
}

static void
probity_search_dispose (GObject *object)
{
  ProbitySearch *self = PROBITY_SEARCH (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  dex_clear (&self->begun);
  g_clear_object (&self->session);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->sealed, g_array_unref);

  G_OBJECT_CLASS (probity_search_parent_class)->dispose (object);
}

static void
probity_search_class_init (ProbitySearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = probity_search_dispose;

  /* Names, which the last run lacked, are there now; FALSE: they cannot be had. */
  signals[NAMES_READ] = g_signal_new ("names-read", PROBITY_TYPE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
probity_search_init (ProbitySearch *self)
{
}

ProbitySearch *
probity_search_new (ProbitySession *session)
{
  ProbitySearch *self;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);

  self = g_object_new (PROBITY_TYPE_SEARCH, NULL);
  self->session = g_object_ref (session);

  return self;
}
