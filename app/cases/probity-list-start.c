/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-start.h"

static void
clear_start (gpointer data)
{
  ProbityListStart *self = data;

  g_array_unref (self->ids);
  g_ptr_array_unref (self->rows);
}

ProbityListStart *
probity_list_start_ref (ProbityListStart *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
probity_list_start_unref (ProbityListStart *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear_start);
}

G_DEFINE_BOXED_TYPE (ProbityListStart, probity_list_start, probity_list_start_ref, probity_list_start_unref)

/* Giving it out ------------------------------------------------------------------------------------ */

struct _ProbityListStarter
{
  GMainContext *context;
  DexPromise   *promise;
  gboolean      given;
};

typedef struct
{
  DexPromise       *promise;
  ProbityListStart *start;
} Gift;

static void
gift_free (gpointer data)
{
  Gift *self = data;

  dex_unref (self->promise);
  probity_list_start_unref (self->start);
  g_free (self);
}

static gboolean
give_cb (gpointer data)
{
  Gift *self = data;

  dex_promise_resolve_boxed (self->promise, PROBITY_TYPE_LIST_START, g_steal_pointer (&self->start));

  return G_SOURCE_REMOVE;
}

ProbityListStarter *
probity_list_starter_new (DexFuture **ret_start)
{
  ProbityListStarter *self = g_new0 (ProbityListStarter, 1);

  self->context = g_main_context_ref_thread_default ();
  self->promise = dex_promise_new ();
  *ret_start = DEX_FUTURE (dex_ref (self->promise));

  return self;
}

void
probity_list_starter_free (ProbityListStarter *self)
{
  if (self == NULL)
    return;

  if (!self->given)
    dex_promise_reject (self->promise, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The list is no longer than that, or it cannot be read"));
  dex_unref (self->promise);
  g_main_context_unref (self->context);
  g_free (self);
}

/* With the priority of what the threads of a casebook answer, so that the start comes before the whole. */
void
probity_list_starter_give (ProbityListStarter *self,
                           GArray             *ids,
                           GPtrArray          *rows)
{
  Gift *gift = g_new0 (Gift, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  g_return_if_fail (!self->given);

  self->given = TRUE;
  gift->promise = dex_ref (self->promise);
  gift->start = g_atomic_rc_box_new0 (ProbityListStart);
  gift->start->ids = ids;
  gift->start->rows = rows;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, give_cb, gift, gift_free);
  g_source_set_static_name (source, "start of a list");
  g_source_attach (source, self->context);
}
