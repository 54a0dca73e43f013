/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-everything-private.h"

/* Everything about one person: what is given to callers, and what is logged before. */

static void
free_item (gpointer data)
{
  ProbityEverythingItem *self = data;

  g_free (self->kind);
  g_free (self->uid);
  g_free (self->how);
  g_free (self->reference);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->day);
  g_free (self);
}

static gpointer
copy_item (gconstpointer data,
           gpointer      user_data)
{
  const ProbityEverythingItem *item = data;
  ProbityEverythingItem       *copy = g_memdup2 (item, sizeof *item);

  copy->kind = g_strdup (item->kind);
  copy->uid = g_strdup (item->uid);
  copy->how = g_strdup (item->how);
  copy->reference = g_strdup (item->reference);
  copy->title = g_strdup (item->title);
  copy->detail = g_strdup (item->detail);
  copy->day = g_strdup (item->day);

  return copy;
}

static void
free_event (gpointer data)
{
  ProbityEverythingEvent *self = data;

  g_free (self->at);
  g_free (self->what);
  g_free (self->who);
  g_free (self->text);
  g_free (self->kind);
  g_free (self->uid);
  g_free (self->reference);
  g_free (self);
}

static gpointer
copy_event (gconstpointer data,
            gpointer      user_data)
{
  const ProbityEverythingEvent *event = data;
  ProbityEverythingEvent       *copy = g_memdup2 (event, sizeof *event);

  copy->at = g_strdup (event->at);
  copy->what = g_strdup (event->what);
  copy->who = g_strdup (event->who);
  copy->text = g_strdup (event->text);
  copy->kind = g_strdup (event->kind);
  copy->uid = g_strdup (event->uid);
  copy->reference = g_strdup (event->reference);

  return copy;
}

ProbityEverything *
probity_everything_new (ProbityRecord *person)
{
  ProbityEverything *self = g_new0 (ProbityEverything, 1);

  self->person = probity_record_ref (person);
  self->items = g_ptr_array_new_with_free_func (free_item);
  self->events = g_ptr_array_new_with_free_func (free_event);

  return self;
}

ProbityEverything *
probity_everything_copy (ProbityEverything *self)
{
  ProbityEverything *copy = g_new0 (ProbityEverything, 1);

  copy->person = probity_record_ref (self->person);
  copy->items = g_ptr_array_copy (self->items, (GCopyFunc) copy_item, NULL);
  g_ptr_array_set_free_func (copy->items, free_item);
  copy->events = g_ptr_array_copy (self->events, (GCopyFunc) copy_event, NULL);
  g_ptr_array_set_free_func (copy->events, free_event);

  return copy;
}

void
probity_everything_free (ProbityEverything *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->person, probity_record_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (ProbityEverything, probity_everything, probity_everything_copy, probity_everything_free)

typedef struct
{
  gatomicrefcount ref_count;
  ProbitySession *session;
  char           *staff_number;
  ProbityVisit   *visit;
  ProbityRecord  *person;
} Job;

static Job *
job_ref (Job *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
job_unref (gpointer data)
{
  Job *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->session);
  g_free (self->staff_number);
  g_clear_pointer (&self->visit, probity_visit_unref);
  g_clear_pointer (&self->person, probity_record_unref);
  g_free (self);
}

static gboolean
collect_in_reader (ProbityRead *read,
                   gpointer     data,
                   GValue      *result,
                   GError     **error)
{
  Job                *self = data;
  const ProbitySource source = { .session = self->session, .read = read };
  ProbityEverything  *everything = probity_everything_collect (&source, self->person, error);

  if (everything == NULL)
    return FALSE;

  g_value_init (result, PROBITY_TYPE_EVERYTHING);
  g_value_take_boxed (result, everything);

  return TRUE;
}

/* Whose events are shown was looked at, each case for itself. */
static gboolean
await_logged (Job               *self,
              ProbityEverything *everything,
              GError           **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) futures = g_ptr_array_new_with_free_func (dex_unref);

  g_ptr_array_add (futures, probity_visit_consult (self->visit, self->session, "person", probity_record_get_uid (self->person), "everything"));
  for (guint i = 0; i < everything->events->len; i++)
    {
      ProbityEverythingEvent *event = g_ptr_array_index (everything->events, i);

      if (g_hash_table_add (seen, event->uid))
        g_ptr_array_add (futures, probity_visit_consult (self->visit, self->session, event->kind, event->uid, "timeline"));
    }

  return dex_await (dex_future_allv ((DexFuture *const *) futures->pdata, futures->len), error);
}

static DexFuture *
load_fiber (gpointer data)
{
  Job    *self = data;
  GError *error = NULL;
  g_autoptr (ProbityEverything) everything = NULL;

  self->person = dex_await_boxed (probity_record_load_in_visit (self->session, probity_record_kind_find ("person"), self->staff_number, self->visit), &error);
  if (self->person == NULL)
    return dex_future_new_for_error (error);

  everything = dex_await_boxed (probity_casebook_read (probity_session_get_casebook (self->session), collect_in_reader, job_ref (self), job_unref, NULL), &error);
  if (everything == NULL || !await_logged (self, everything, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (PROBITY_TYPE_EVERYTHING, g_steal_pointer (&everything));
}

DexFuture *
probity_everything_load (ProbitySession *session,
                         const char     *staff_number,
                         ProbityVisit   *visit)
{
  Job *self;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (staff_number != NULL);

  self = g_new0 (Job, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->session = g_object_ref (session);
  self->staff_number = g_strdup (staff_number);
  self->visit = visit != NULL ? probity_visit_ref (visit) : NULL;

  return dex_scheduler_spawn (NULL, 0, load_fiber, self, job_unref);
}
