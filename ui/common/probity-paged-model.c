/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-paged-model-private.h"

#include "probity-id-changes.h"

/*
 *   probity_list_load_order() -> ids: every id in order (3 bytes a row); of a long list first the start, with its rows
 *   get_item (position)       -> a live item of that id, or a new one; never a query
 *   items without cells       -> their pages, gathered in one idle, most recently asked first
 *   probity_list_load_rows()  -> a page of cells, kept in a small cache of pages
 *
 * GTK may drop an item and ask for it again at any time, and must get the same object as long as
 * anybody holds it: live items are found by id in a table of weak references. When the ids change,
 * only the runs that really differ are told of, because a change from the first to the last position
 * would make GTK ask for every item of the list.
 *
 * With an item that goes GTK throws away the widgets of its row, and to make them is much more work than to write other
 * words into them. So in another order the items of the first positions stay, and stand for other records.
 */

#define MOST_PAGES 48
#define RELOAD_DELAY_MS 120

G_STATIC_ASSERT (PROBITY_LIST_START == PROBITY_PAGED_MODEL_PAGE);

typedef enum
{
  PROP_LOADING = 1,
} ProbityPagedModelProps;

static GParamSpec *properties[PROP_LOADING + 1];

enum
{
  SIGNAL_STARTING,
  SIGNAL_REORDERED,
  SIGNAL_STARTED,
  SIGNAL_RELOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ProbityPagedModel, probity_paged_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static gint64
get_id (ProbityPagedModel *self,
        guint              position)
{
  return probity_ids_get (self->ids, position);
}

static guint
get_size (ProbityPagedModel *self)
{
  return probity_ids_get_size (self->ids);
}

static void
set_loading (ProbityPagedModel *self,
             gboolean           loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* --- ids --- */

static void
emit_run (guint    position,
          guint    removed,
          guint    added,
          gpointer data)
{
  g_list_model_items_changed (G_LIST_MODEL (data), position, removed, added);
}

/* No more than there were before, or than a window shows: for each that is new GTK makes widgets. */
static void
take_start (ProbityPagedModel *self,
            GArray            *start)
{
  const guint before = get_size (self);
  const guint after = MIN (start->len, MAX (before, PROBITY_LIST_START));
  const guint kept = MIN (before, after);
  g_autoptr (ProbityIds) ids = probity_ids_new ();

  for (guint i = 0; i < after; i++)
    probity_ids_append (ids, g_array_index (start, gint64, i));
  _probity_paged_model_hand_over (self, ids, kept);
  probity_ids_assign (self->ids, ids);
  if (before != after)
    emit_run (kept, before - kept, after - kept, self);
  if (kept > 0)
    g_signal_emit (self, signals[SIGNAL_REORDERED], 0, kept);
}

/* The first rows in a new order, ahead of the rest: whoever clicked on a header looks at them meanwhile. */
static DexFuture *
start_loaded_cb (DexFuture *future,
                 gpointer   data)
{
  ProbityPagedModel *self = _probity_paged_load_get_model (data);
  const GValue      *value = dex_future_get_value (future, NULL);
  ProbityListStart  *start;

  if (self == NULL || value == NULL || !self->loading)
    return dex_future_new_false ();

  g_object_ref (self);
  start = g_value_get_boxed (value);
  g_clear_error (&self->error);
  g_signal_emit (self, signals[SIGNAL_STARTING], 0);
  self->partial = self->started = TRUE;
  _probity_paged_model_forget_pages (self);
  /* Changed meanwhile: the rows are read again, as those that are shown were. */
  if (!self->stale)
    probity_page_cache_keep (self->pages, 0, start->rows);
  take_start (self, start->ids);
  g_signal_emit (self, signals[SIGNAL_STARTED], 0);
  g_object_unref (self);
  return dex_future_new_true ();
}

static DexFuture *
ids_loaded_cb (DexFuture *future,
               gpointer   data)
{
  ProbityPagedModel *self = _probity_paged_load_get_model (data);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  gboolean      anew, goes_on;

  if (self == NULL)
    return dex_future_new_false ();

  g_object_ref (self);
  g_clear_error (&self->error);
  anew = self->anew && !self->started;
  self->anew = FALSE;
  if (value != NULL)
    {
      /* What is being read of the start is right for the whole as well. */
      goes_on = self->started && probity_ids_count_alike (self->ids, g_value_get_boxed (value)) == get_size (self);
      self->partial = FALSE;
      if (!goes_on)
        _probity_paged_model_forget_pages (self);
      probity_id_changes_apply (self->ids, g_value_get_boxed (value), emit_run, self);
      if (!goes_on)
        _probity_paged_model_want_again (self);
    }
  else
    {
      self->error = g_steal_pointer (&error);
    }
  set_loading (self, FALSE);
  g_signal_emit (self, signals[SIGNAL_RELOADED], 0, anew);
  if (self->stale)
    probity_paged_model_reload (self);
  g_object_unref (self);
  return dex_future_new_true ();
}

static void
load_ids (ProbityPagedModel *self)
{
  DexFuture *future;

  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->in_flight);
  self->generation++;
  self->stale = self->started = FALSE;
  set_loading (self, TRUE);
  /* The same order once more changes in place, and is not begun anew. */
  if (self->anew)
    {
      DexFuture *start;

      future = probity_list_load_order (self->session, self->query, self->cancellable, &start);
      dex_future_disown (dex_future_finally (start, start_loaded_cb, _probity_paged_load_new (self), _probity_paged_load_free));
    }
  else
    {
      future = probity_list_load_order (self->session, self->query, self->cancellable, NULL);
    }
  dex_future_disown (dex_future_finally (future, ids_loaded_cb, _probity_paged_load_new (self), _probity_paged_load_free));
}

static void
reload_timeout_cb (gpointer data)
{
  ProbityPagedModel *self = data;

  self->reload_id = 0;
  load_ids (self);
}

/* --- what others save --- */

static gboolean
list_is_changed (ProbityPagedModel *self,
                 ProbityChanges    *changes)
{
  for (guint i = 0; i < probity_changes_get_size (changes); i++)
    if (probity_list_kind_is_changed_by (self->kind, probity_changes_get (changes, i)->kind))
      return TRUE;
  return FALSE;
}

static void
casebook_changed_cb (ProbityPagedModel *self,
                     ProbityChanges    *changes)
{
  g_assert (PROBITY_IS_PAGED_MODEL (self));

  if (!list_is_changed (self, changes))
    return;

  /* What is shown is brought up to date at once and in place; the order follows a little later. */
  _probity_paged_model_bring_up_to_date (self, changes);
  if (self->loading)
    self->stale = TRUE;
  else
    probity_paged_model_reload (self);
}

static GType
probity_paged_model_get_item_type (GListModel *model)
{
  return PROBITY_TYPE_LIST_ITEM;
}

static guint
probity_paged_model_get_n_items (GListModel *model)
{
  return get_size (PROBITY_PAGED_MODEL (model));
}

static gpointer
probity_paged_model_get_item (GListModel *model,
                              guint       position)
{
  ProbityPagedModel *self = PROBITY_PAGED_MODEL (model);

  return position < get_size (self) ? _probity_paged_model_dup_item (self, position) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = probity_paged_model_get_item_type;
  iface->get_n_items = probity_paged_model_get_n_items;
  iface->get_item = probity_paged_model_get_item;
}

static void
probity_paged_model_dispose (GObject *object)
{
  ProbityPagedModel *self = PROBITY_PAGED_MODEL (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  _probity_paged_model_let_go_of_items (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (probity_paged_model_parent_class)->dispose (object);
}

static void
probity_paged_model_finalize (GObject *object)
{
  ProbityPagedModel *self = PROBITY_PAGED_MODEL (object);

  g_clear_pointer (&self->query, probity_list_query_free);
  g_clear_pointer (&self->ids, probity_ids_unref);
  g_clear_pointer (&self->items, g_hash_table_unref);
  g_clear_pointer (&self->pages, probity_page_cache_free);
  g_clear_pointer (&self->wanted, g_array_unref);
  g_clear_pointer (&self->in_flight, g_hash_table_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (probity_paged_model_parent_class)->finalize (object);
}

static void
probity_paged_model_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  ProbityPagedModel *self = PROBITY_PAGED_MODEL (object);

  switch ((ProbityPagedModelProps) property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    }
}

static void
probity_paged_model_class_init (ProbityPagedModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_paged_model_dispose;
  object_class->finalize = probity_paged_model_finalize;
  object_class->get_property = probity_paged_model_get_property;

  properties[PROP_LOADING] =
      g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_STARTING] =
      g_signal_new ("starting", PROBITY_TYPE_PAGED_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REORDERED] =
      g_signal_new ("reordered", PROBITY_TYPE_PAGED_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_STARTED] =
      g_signal_new ("started", PROBITY_TYPE_PAGED_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RELOADED] =
      g_signal_new ("reloaded", PROBITY_TYPE_PAGED_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
probity_paged_model_init (ProbityPagedModel *self)
{
  self->ids = probity_ids_new ();
  self->items = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->pages = probity_page_cache_new (MOST_PAGES);
  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  self->in_flight = g_hash_table_new (NULL, NULL);
}

/** probity_paged_model_new: (transfer full): an empty list until it is given a query. */
ProbityPagedModel *
probity_paged_model_new (ProbitySession        *session,
                         const ProbityListKind *kind)
{
  ProbityPagedModel *self = g_object_new (PROBITY_TYPE_PAGED_MODEL, NULL);

  self->session = g_object_ref (session);
  self->kind = kind;
  g_signal_connect_object (probity_session_get_casebook (session), "changed", G_CALLBACK (casebook_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/** (transfer none) */
ProbitySession *
probity_paged_model_get_session (ProbityPagedModel *self)
{
  g_return_val_if_fail (PROBITY_IS_PAGED_MODEL (self), NULL);
  return self->session;
}

/** Which list this is. */
const ProbityListKind *
probity_paged_model_get_kind (ProbityPagedModel *self)
{
  g_return_val_if_fail (PROBITY_IS_PAGED_MODEL (self), NULL);
  return self->kind;
}

/** Asks for a copy of @query from now on, and reads at once; an answer to an earlier query is dropped. */
void
probity_paged_model_set_query (ProbityPagedModel *self,
                               ProbityListQuery  *query)
{
  g_return_if_fail (PROBITY_IS_PAGED_MODEL (self));
  g_return_if_fail (query != NULL);

  g_clear_pointer (&self->query, probity_list_query_free);
  self->query = probity_list_query_copy (query);
  self->anew = TRUE;
  load_ids (self);
}

/** (transfer none) (nullable) */
ProbityListQuery *
probity_paged_model_get_query (ProbityPagedModel *self)
{
  g_return_val_if_fail (PROBITY_IS_PAGED_MODEL (self), NULL);
  return self->query;
}

/** Reads the ids again soon; calls in quick succession are one. */
void
probity_paged_model_reload (ProbityPagedModel *self)
{
  g_return_if_fail (PROBITY_IS_PAGED_MODEL (self));

  if (self->query != NULL && self->reload_id == 0)
    self->reload_id = g_timeout_add_once (RELOAD_DELAY_MS, reload_timeout_cb, self);
}

/** Whether the ids are being read. */
gboolean
probity_paged_model_get_loading (ProbityPagedModel *self)
{
  g_return_val_if_fail (PROBITY_IS_PAGED_MODEL (self), FALSE);
  return self->loading;
}

/** Whether only the first rows of the present order are there, while the ids of the others are being read. */
gboolean
probity_paged_model_is_partial (ProbityPagedModel *self)
{
  g_return_val_if_fail (PROBITY_IS_PAGED_MODEL (self), FALSE);
  return self->partial;
}

/** (nullable): why the list could not be read. */
const GError *
probity_paged_model_get_error (ProbityPagedModel *self)
{
  g_return_val_if_fail (PROBITY_IS_PAGED_MODEL (self), NULL);
  return self->error;
}

/** The id at @position; 0 beyond the end. Makes no item. */
gint64
probity_paged_model_get_id (ProbityPagedModel *self,
                            guint              position)
{
  g_return_val_if_fail (PROBITY_IS_PAGED_MODEL (self), 0);
  return position < get_size (self) ? get_id (self, position) : 0;
}

/** Where @id stands now; %FALSE if it is not in the list. */
gboolean
probity_paged_model_find (ProbityPagedModel *self,
                          gint64             id,
                          guint             *ret_position)
{
  guint position;

  g_return_val_if_fail (PROBITY_IS_PAGED_MODEL (self), FALSE);

  if (!probity_ids_find (self->ids, id, &position))
    return FALSE;
  if (ret_position != NULL)
    *ret_position = position;
  return TRUE;
}

/** How many pages of cells are kept; never more than a fixed number. */
guint
probity_paged_model_get_n_cached_pages (ProbityPagedModel *self)
{
  return probity_page_cache_get_size (self->pages);
}

/** How many items somebody holds. */
guint
probity_paged_model_get_n_live_items (ProbityPagedModel *self)
{
  return g_hash_table_size (self->items);
}
