/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-paged-model.h"

#include "probity-id-changes.h"
#include "probity-page-cache.h"
#include "probity-reply.h"

/*
 *   probity_list_load_ids…()  -> ids: every id in order (8 bytes a row); of a long list first the start, with its rows
 *   get_item (position)       -> a live item of that id, or a new one; never a query
 *   items without cells       -> their pages, gathered in one idle, most recently asked first
 *   probity_list_load_rows()  -> a page of cells, kept in a small cache of pages
 *
 * GTK may drop an item and ask for it again at any time, and must get the same object as long as
 * anybody holds it: live items are found by id in a table of weak references. When the ids change,
 * only the runs that really differ are told of, because a change from the first to the last position
 * would make GTK ask for every item of the list.
 */

#define MOST_PAGES 48
#define MOST_LOADS 2
#define RELOAD_DELAY_MS 120

G_STATIC_ASSERT (PROBITY_LIST_START == PROBITY_PAGED_MODEL_PAGE);

typedef struct
{
  ProbityPagedModel *self; /* weak, cleared by the cancellable */
  guint              number;
  guint              generation;
} Load;

struct _ProbityPagedModel
{
  GObject parent_instance;

  ProbitySession        *session;
  const ProbityListKind *kind;
  ProbityListQuery      *query;
  GArray                *ids;   /* gint64 */
  GHashTable            *items; /* gint64* inside the item's key → ProbityListItem, weak */
  ProbityPageCache      *pages;
  GArray                *wanted;    /* guint page numbers, the newest wish last */
  GHashTable            *in_flight; /* page numbers */
  GCancellable          *cancellable;
  GError                *error;
  guint                  generation;
  guint                  idle_id;
  guint                  reload_id;
  gulong                 changed_id;
  gboolean               loading;
  gboolean               anew;
  gboolean               partial; /* only the start of an order is there */
  gboolean               started; /* the start of the order that is being read */
  gboolean               stale;   /* changed while it was being loaded */
};

typedef enum
{
  PROP_LOADING = 1,
} ProbityPagedModelProps;

static GParamSpec *properties[PROP_LOADING + 1];

enum
{
  SIGNAL_STARTED,
  SIGNAL_RELOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);
static void queue_loads (ProbityPagedModel *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (ProbityPagedModel, probity_paged_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static gint64
get_id (ProbityPagedModel *self,
        guint              position)
{
  return g_array_index (self->ids, gint64, position);
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

/* Whether somebody still shows a row of the page that has no cells. */
static gboolean
page_is_wanted (ProbityPagedModel *self,
                guint              number)
{
  guint first = number * PROBITY_PAGED_MODEL_PAGE;
  guint end = MIN (first + PROBITY_PAGED_MODEL_PAGE, self->ids->len);

  for (guint position = first; position < end; position++)
    {
      gint64           id = get_id (self, position);
      ProbityListItem *item = g_hash_table_lookup (self->items, &id);

      if (item != NULL && probity_list_item_is_loading (item))
        return TRUE;
    }
  return FALSE;
}

static void
hand_out_rows (ProbityPagedModel *self,
               const gint64      *ids,
               guint              n_ids,
               GPtrArray         *rows)
{
  for (guint i = 0; i < n_ids && i < rows->len; i++)
    {
      ProbityListItem *item = g_hash_table_lookup (self->items, &ids[i]);
      ProbityListRow  *row = g_ptr_array_index (rows, i);

      if (item == NULL)
        continue;
      g_object_ref (item);
      if (row != NULL)
        probity_list_item_set_row (item, row);
      else
        probity_list_item_set_gone (item);
      g_object_unref (item);
    }
}

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_weak_pointer (&load->self);
  g_free (load);
}

static DexFuture *
page_loaded_cb (DexFuture *future,
                gpointer   data)
{
  Load              *load = data;
  ProbityPagedModel *self = load->self;
  const GValue      *value = dex_future_get_value (future, NULL);
  guint              first = load->number * PROBITY_PAGED_MODEL_PAGE;

  if (self == NULL || load->generation != self->generation)
    return dex_future_new_false ();

  g_hash_table_remove (self->in_flight, GUINT_TO_POINTER (load->number));
  if (value != NULL && first < self->ids->len)
    {
      GPtrArray *rows = g_value_get_boxed (value);
      guint      n_ids = MIN (PROBITY_PAGED_MODEL_PAGE, self->ids->len - first);

      g_object_ref (self);
      probity_page_cache_keep (self->pages, load->number, rows);
      hand_out_rows (self, &g_array_index (self->ids, gint64, first), n_ids, rows);
      queue_loads (self);
      g_object_unref (self);
    }
  return dex_future_new_true ();
}

static void
load_page (ProbityPagedModel *self,
           guint              number)
{
  Load      *load = g_new0 (Load, 1);
  guint      first = number * PROBITY_PAGED_MODEL_PAGE;
  guint      n_ids = MIN (PROBITY_PAGED_MODEL_PAGE, self->ids->len - first);
  DexFuture *future;

  g_set_weak_pointer (&load->self, self);
  load->number = number;
  load->generation = self->generation;
  g_hash_table_add (self->in_flight, GUINT_TO_POINTER (number));
  future = probity_list_load_rows (self->session, self->kind, &g_array_index (self->ids, gint64, first), n_ids, self->cancellable);
  dex_future_disown (dex_future_finally (future, page_loaded_cb, load, load_free));
}

static void
load_wanted_cb (gpointer data)
{
  ProbityPagedModel *self = data;

  self->idle_id = 0;
  /* The newest wish first: whoever scrolls fast has already left the older ones behind. */
  while (self->wanted->len > 0 && g_hash_table_size (self->in_flight) < MOST_LOADS)
    {
      guint number = g_array_index (self->wanted, guint, self->wanted->len - 1);

      g_array_set_size (self->wanted, self->wanted->len - 1);
      if (!g_hash_table_contains (self->in_flight, GUINT_TO_POINTER (number)) &&
          number * PROBITY_PAGED_MODEL_PAGE < self->ids->len &&
          page_is_wanted (self, number))
        load_page (self, number);
    }
}

static void
queue_loads (ProbityPagedModel *self)
{
  if (self->idle_id == 0 && self->wanted->len > 0)
    {
      self->idle_id = g_idle_add_once (load_wanted_cb, self);
      g_source_set_static_name (g_main_context_find_source_by_id (NULL, self->idle_id), "[probity] pages");
    }
}

static void
want_page (ProbityPagedModel *self,
           guint              number)
{
  if (g_hash_table_contains (self->in_flight, GUINT_TO_POINTER (number)))
    return;
  for (guint i = self->wanted->len; i > 0; i--)
    if (g_array_index (self->wanted, guint, i - 1) == number)
      {
        g_array_remove_index (self->wanted, i - 1);
        break;
      }
  g_array_append_val (self->wanted, number);
  queue_loads (self);
}

/* --- live items --- */

static void
item_gone_cb (gpointer data,
              GObject *where_the_item_was)
{
  gpointer          *pair = data;
  ProbityPagedModel *self = pair[0];
  gint64            *id = pair[1];

  g_hash_table_remove (self->items, id);
  g_free (id);
  g_free (pair);
}

static ProbityListItem *
dup_item (ProbityPagedModel *self,
          guint              position)
{
  gint64           id = get_id (self, position);
  ProbityListItem *item = g_hash_table_lookup (self->items, &id);
  guint            number = position / PROBITY_PAGED_MODEL_PAGE;
  gpointer        *pair;

  if (item != NULL)
    {
      g_object_ref (item);
    }
  else
    {
      item = probity_list_item_new (id);
      pair = g_new (gpointer, 2);
      pair[0] = self;
      pair[1] = g_memdup2 (&id, sizeof id);
      g_hash_table_insert (self->items, pair[1], item);
      g_object_weak_ref (G_OBJECT (item), item_gone_cb, pair);
      g_object_set_data (G_OBJECT (item), "probity-pair", pair);
    }

  if (probity_list_item_is_loading (item))
    {
      GPtrArray *rows = probity_page_cache_find (self->pages, number);

      if (rows != NULL && position % PROBITY_PAGED_MODEL_PAGE < rows->len &&
          g_ptr_array_index (rows, position % PROBITY_PAGED_MODEL_PAGE) != NULL)
        probity_list_item_set_row (item, g_ptr_array_index (rows, position % PROBITY_PAGED_MODEL_PAGE));
      else
        want_page (self, number);
    }
  return item;
}

static void
let_go_of_items (ProbityPagedModel *self)
{
  GHashTableIter iter;
  gpointer       id, item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &id, &item))
    {
      gpointer *pair = g_object_get_data (item, "probity-pair");

      g_object_weak_unref (item, item_gone_cb, pair);
      g_hash_table_iter_steal (&iter);
      g_free (pair[1]);
      g_free (pair);
    }
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

/*
 * What was asked for under the last order has been dropped with it. Items that are still shown and
 * without cells are looked up in the new one; they are a few hundred at most.
 */
static void
want_again (ProbityPagedModel *self)
{
  g_autoptr (GHashTable) loading = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTableIter iter;
  gpointer       id, item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &id, &item))
    if (probity_list_item_is_loading (item))
      g_hash_table_add (loading, id);
  for (guint i = 0; i < self->ids->len && g_hash_table_size (loading) > 0; i++)
    if (g_hash_table_remove (loading, &g_array_index (self->ids, gint64, i)))
      want_page (self, i / PROBITY_PAGED_MODEL_PAGE);
}

static gboolean
begins_alike (GArray *start,
              GArray *ids)
{
  return start->len <= ids->len && memcmp (start->data, ids->data, start->len * sizeof (gint64)) == 0;
}

/* The first rows in a new order, ahead of the rest: whoever clicked on a header looks at them meanwhile. */
static DexFuture *
start_loaded_cb (DexFuture *future,
                 gpointer   data)
{
  Load              *load = data;
  ProbityPagedModel *self = load->self;
  const GValue      *value = dex_future_get_value (future, NULL);
  ProbityListStart  *start;

  if (self == NULL || load->generation != self->generation || value == NULL || !self->loading)
    return dex_future_new_false ();

  g_object_ref (self);
  start = g_value_get_boxed (value);
  g_clear_error (&self->error);
  self->partial = self->started = TRUE;
  probity_page_cache_clear (self->pages);
  g_array_set_size (self->wanted, 0);
  g_hash_table_remove_all (self->in_flight);
  /* Changed meanwhile: the rows are read again, as those that are shown were. */
  if (!self->stale)
    probity_page_cache_keep (self->pages, 0, start->rows);
  probity_id_changes_replace (self->ids, start->ids, emit_run, self);
  want_again (self);
  g_signal_emit (self, signals[SIGNAL_STARTED], 0);
  g_object_unref (self);
  return dex_future_new_true ();
}

static DexFuture *
ids_loaded_cb (DexFuture *future,
               gpointer   data)
{
  Load              *load = data;
  ProbityPagedModel *self = load->self;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  gboolean      anew, goes_on;

  if (self == NULL || load->generation != self->generation)
    return dex_future_new_false ();

  g_object_ref (self);
  g_clear_error (&self->error);
  anew = self->anew && !self->started;
  self->anew = FALSE;
  if (value != NULL)
    {
      /* What is being read of the start is right for the whole as well. */
      goes_on = self->started && begins_alike (self->ids, g_value_get_boxed (value));
      self->partial = FALSE;
      if (!goes_on)
        {
          probity_page_cache_clear (self->pages);
          g_array_set_size (self->wanted, 0);
        }
      probity_id_changes_apply (self->ids, g_value_get_boxed (value), emit_run, self);
      if (!goes_on)
        want_again (self);
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
  Load      *load = g_new0 (Load, 1);
  DexFuture *future;

  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->in_flight);
  self->generation++;
  self->stale = self->started = FALSE;

  g_set_weak_pointer (&load->self, self);
  load->generation = self->generation;
  set_loading (self, TRUE);
  /* The same order once more changes in place, and is not begun anew. */
  if (self->anew)
    {
      DexFuture *start;
      Load      *start_load = g_new0 (Load, 1);

      g_set_weak_pointer (&start_load->self, self);
      start_load->generation = self->generation;
      future = probity_list_load_ids_from_start (self->session, self->query, self->cancellable, &start);
      dex_future_disown (dex_future_finally (start, start_loaded_cb, start_load, load_free));
    }
  else
    {
      future = probity_list_load_ids (self->session, self->query, self->cancellable);
    }
  dex_future_disown (dex_future_finally (future, ids_loaded_cb, load, load_free));
}

static void
reload_timeout_cb (gpointer data)
{
  ProbityPagedModel *self = data;

  self->reload_id = 0;
  load_ids (self);
}

/* --- what others save --- */

typedef struct
{
  ProbityPagedModel *self;
  GArray            *ids;
} Patch;

static void
patch_free (gpointer data)
{
  Patch *patch = data;

  g_clear_weak_pointer (&patch->self);
  g_array_unref (patch->ids);
  g_free (patch);
}

static DexFuture *
patch_loaded_cb (DexFuture *future,
                 gpointer   data)
{
  Patch        *patch = data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (patch->self != NULL && value != NULL)
    hand_out_rows (patch->self, (const gint64 *) (gpointer) patch->ids->data, patch->ids->len, g_value_get_boxed (value));
  return dex_future_new_true ();
}

static gboolean
list_is_changed (ProbityPagedModel *self,
                 ProbityChanges    *changes)
{
  for (guint i = 0; i < probity_changes_get_size (changes); i++)
    if (probity_list_kind_is_changed_by (self->kind, probity_changes_get (changes, i)->kind))
      return TRUE;
  return FALSE;
}

static gboolean
item_is_changed (ProbityPagedModel *self,
                 ProbityListItem   *item,
                 ProbityChanges    *changes)
{
  ProbityListRow *row = probity_list_item_get_row (item);
  const char     *kind = probity_record_kind_get_name (probity_list_kind_get_record_kind (self->kind));

  for (guint i = 0; i < probity_changes_get_size (changes); i++)
    {
      const ProbityChange *change = probity_changes_get (changes, i);

      if (!probity_list_kind_is_changed_by (self->kind, change->kind))
        continue;
      /* What is no record of the list's own kind can be behind any of its rows. */
      if (g_strcmp0 (change->kind, kind) != 0)
        return TRUE;
      /* Neither id nor uid: another program changed more records than it is worth naming. */
      if (change->id == 0 && change->uid == NULL)
        return TRUE;
      /* By the uid where it is known: ids are of one compartment, and a sealed case stands in another. */
      if (change->uid != NULL && row != NULL ? g_strcmp0 (row->uid, change->uid) == 0 : change->id == 0 || change->id == probity_list_item_get_id (item))
        return TRUE;
    }
  return FALSE;
}

static void
casebook_changed_cb (ProbityPagedModel *self,
                     ProbityChanges    *changes)
{
  g_autoptr (GArray) ids = NULL;
  GHashTableIter iter;
  gpointer       item;

  g_assert (PROBITY_IS_PAGED_MODEL (self));

  if (!list_is_changed (self, changes))
    return;

  /* What is shown is brought up to date at once and in place; the order follows a little later. */
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    if (item_is_changed (self, item, changes))
      {
        gint64 id = probity_list_item_get_id (item);

        g_array_append_val (ids, id);
      }
  probity_page_cache_clear (self->pages);
  if (ids->len > 0)
    {
      Patch     *patch = g_new0 (Patch, 1);
      DexFuture *future;

      g_set_weak_pointer (&patch->self, self);
      patch->ids = g_array_ref (ids);
      future = probity_list_load_rows (self->session, self->kind, (const gint64 *) (gpointer) ids->data, ids->len, NULL);
      dex_future_disown (dex_future_finally (future, patch_loaded_cb, patch, patch_free));
    }
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
  return PROBITY_PAGED_MODEL (model)->ids->len;
}

static gpointer
probity_paged_model_get_item (GListModel *model,
                              guint       position)
{
  ProbityPagedModel *self = PROBITY_PAGED_MODEL (model);

  return position < self->ids->len ? dup_item (self, position) : NULL;
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
  let_go_of_items (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (probity_paged_model_parent_class)->dispose (object);
}

static void
probity_paged_model_finalize (GObject *object)
{
  ProbityPagedModel *self = PROBITY_PAGED_MODEL (object);

  g_clear_pointer (&self->query, probity_list_query_free);
  g_clear_pointer (&self->ids, g_array_unref);
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

  signals[SIGNAL_STARTED] =
      g_signal_new ("started", PROBITY_TYPE_PAGED_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RELOADED] =
      g_signal_new ("reloaded", PROBITY_TYPE_PAGED_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
probity_paged_model_init (ProbityPagedModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
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
  return position < self->ids->len ? get_id (self, position) : 0;
}

/** Where @id stands now; %FALSE if it is not in the list. */
gboolean
probity_paged_model_find (ProbityPagedModel *self,
                          gint64             id,
                          guint             *ret_position)
{
  g_return_val_if_fail (PROBITY_IS_PAGED_MODEL (self), FALSE);

  for (guint i = 0; i < self->ids->len; i++)
    if (get_id (self, i) == id)
      {
        if (ret_position != NULL)
          *ret_position = i;
        return TRUE;
      }
  return FALSE;
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
