/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-paged-model-private.h"

/*
 * The cells of what is shown: live items by id, and pages of rows that are read when an item wants its cells, the newest
 * wish first.
 */

#define MOST_LOADS 2

static void queue_loads (ProbityPagedModel *self);

ProbityPagedLoad *
_probity_paged_load_new (ProbityPagedModel *self)
{
  ProbityPagedLoad *load = g_new0 (ProbityPagedLoad, 1);

  g_set_weak_pointer (&load->self, self);
  load->generation = self->generation;
  return load;
}

ProbityPagedModel *
_probity_paged_load_get_model (ProbityPagedLoad *load)
{
  return load->self != NULL && load->generation == load->self->generation ? load->self : NULL;
}

void
_probity_paged_load_free (gpointer data)
{
  ProbityPagedLoad *load = data;

  g_clear_weak_pointer (&load->self);
  g_free (load);
}

static guint
get_size (ProbityPagedModel *self)
{
  return probity_ids_get_size (self->ids);
}

/* The ids of the page @number, in order; how many. */
static guint
read_page_ids (ProbityPagedModel *self,
               guint              number,
               gint64             ret_ids[PROBITY_PAGED_MODEL_PAGE])
{
  const guint first = number * PROBITY_PAGED_MODEL_PAGE;
  const guint n_ids = MIN (PROBITY_PAGED_MODEL_PAGE, get_size (self) - first);

  probity_ids_read (self->ids, first, n_ids, ret_ids);
  return n_ids;
}

/* Whether somebody still shows a row of the page that has no cells. */
static gboolean
page_is_wanted (ProbityPagedModel *self,
                guint              number)
{
  gint64      ids[PROBITY_PAGED_MODEL_PAGE];
  const guint n_ids = read_page_ids (self, number, ids);

  for (guint i = 0; i < n_ids; i++)
    {
      ProbityListItem *item = g_hash_table_lookup (self->items, &ids[i]);

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

/* A page that is on its way: its rows are those of its ids, also when these stand elsewhere by now. */
typedef struct
{
  ProbityPagedLoad *load;
  guint             order;
  guint             number;
  guint             n_ids;
  gint64            ids[PROBITY_PAGED_MODEL_PAGE];
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  _probity_paged_load_free (page->load);
  g_free (page);
}

static DexFuture *
page_loaded_cb (DexFuture *future,
                gpointer   data)
{
  Page              *page = data;
  ProbityPagedModel *self = _probity_paged_load_get_model (page->load);
  const GValue      *value = dex_future_get_value (future, NULL);

  if (self == NULL)
    return dex_future_new_false ();

  if (page->order == self->order)
    g_hash_table_remove (self->in_flight, GUINT_TO_POINTER (page->number));
  if (value != NULL)
    {
      GPtrArray *rows = g_value_get_boxed (value);

      g_object_ref (self);
      if (page->order == self->order)
        probity_page_cache_keep (self->pages, page->number, rows);
      hand_out_rows (self, page->ids, page->n_ids, rows);
      queue_loads (self);
      g_object_unref (self);
    }
  return dex_future_new_true ();
}

static void
load_page (ProbityPagedModel *self,
           guint              number)
{
  Page      *page = g_new0 (Page, 1);
  DexFuture *future;

  page->load = _probity_paged_load_new (self);
  page->order = self->order;
  page->number = number;
  page->n_ids = read_page_ids (self, number, page->ids);
  g_hash_table_add (self->in_flight, GUINT_TO_POINTER (number));
  future = probity_list_load_rows (self->session, self->kind, page->ids, page->n_ids, self->cancellable);
  dex_future_disown (dex_future_finally (future, page_loaded_cb, page, page_free));
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
          number * PROBITY_PAGED_MODEL_PAGE < get_size (self) &&
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

static void
enter_item (ProbityPagedModel *self,
            ProbityListItem   *item)
{
  const gint64 id = probity_list_item_get_id (item);
  gpointer    *pair = g_new (gpointer, 2);

  pair[0] = self;
  pair[1] = g_memdup2 (&id, sizeof id);
  g_hash_table_insert (self->items, pair[1], item);
  g_object_weak_ref (G_OBJECT (item), item_gone_cb, pair);
  g_object_set_data (G_OBJECT (item), "probity-pair", pair);
}

/* (transfer none) (nullable): the row at @position, where its page is kept; otherwise that is asked for. */
static ProbityListRow *
find_row (ProbityPagedModel *self,
          guint              position)
{
  const guint number = position / PROBITY_PAGED_MODEL_PAGE;
  GPtrArray  *rows = probity_page_cache_find (self->pages, number);

  if (rows != NULL && position % PROBITY_PAGED_MODEL_PAGE < rows->len &&
      g_ptr_array_index (rows, position % PROBITY_PAGED_MODEL_PAGE) != NULL)
    return g_ptr_array_index (rows, position % PROBITY_PAGED_MODEL_PAGE);
  want_page (self, number);
  return NULL;
}

ProbityListItem *
_probity_paged_model_dup_item (ProbityPagedModel *self,
                               guint              position)
{
  gint64           id = probity_ids_get (self->ids, position);
  ProbityListItem *item = g_hash_table_lookup (self->items, &id);

  if (item != NULL)
    {
      g_object_ref (item);
    }
  else
    {
      item = probity_list_item_new (id);
      enter_item (self, item);
    }

  if (probity_list_item_is_loading (item))
    {
      ProbityListRow *row = find_row (self, position);

      if (row != NULL)
        probity_list_item_set_row (item, row);
    }
  return item;
}

void
_probity_paged_model_let_go_of_items (ProbityPagedModel *self)
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

/* The cells that are shown, by id. */
static GHashTable *
collect_rows (ProbityPagedModel *self)
{
  GHashTable    *rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) probity_list_row_unref);
  GHashTableIter iter;
  gpointer       item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      ProbityListRow *row = probity_list_item_get_row (item);

      if (row != NULL)
        g_hash_table_replace (rows, &row->id, probity_list_row_ref (row));
    }
  return rows;
}

void
_probity_paged_model_hand_over (ProbityPagedModel *self,
                                ProbityIds        *wanted,
                                guint              n)
{
  g_autoptr (GHashTable) rows = collect_rows (self);
  g_autofree ProbityListItem **items = g_new0 (ProbityListItem *, n);

  for (guint i = 0; i < n; i++)
    {
      const gint64 id = probity_ids_get (self->ids, i);

      items[i] = g_hash_table_lookup (self->items, &id);
      if (items[i] != NULL)
        g_object_ref (items[i]);
    }
  _probity_paged_model_let_go_of_items (self);
  /* From the end, so that the page that is seen is the newest wish. */
  for (guint i = n; i > 0; i--)
    {
      g_autoptr (ProbityListItem) item = items[i - 1];
      const gint64    id = probity_ids_get (wanted, i - 1);
      ProbityListRow *row;

      if (item == NULL)
        continue;
      if ((row = g_hash_table_lookup (rows, &id)) == NULL)
        row = find_row (self, i - 1);
      probity_list_item_set_id (item, id, row);
      enter_item (self, item);
    }
}

void
_probity_paged_model_forget_pages (ProbityPagedModel *self)
{
  probity_page_cache_clear (self->pages);
  g_array_set_size (self->wanted, 0);
  g_hash_table_remove_all (self->in_flight);
  self->order++;
}

/*
 * What was asked for under the last order has been dropped with it. Items that are still shown and
 * without cells are looked up in the new one; they are a few hundred at most.
 */
void
_probity_paged_model_want_again (ProbityPagedModel *self)
{
  g_autoptr (GHashTable) loading = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTableIter iter;
  gpointer       id, item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &id, &item))
    if (probity_list_item_is_loading (item))
      g_hash_table_add (loading, id);
  for (guint number = 0; number * PROBITY_PAGED_MODEL_PAGE < get_size (self) && g_hash_table_size (loading) > 0; number++)
    {
      gint64      ids[PROBITY_PAGED_MODEL_PAGE];
      const guint n_ids = read_page_ids (self, number, ids);

      for (guint i = 0; i < n_ids; i++)
        if (g_hash_table_remove (loading, &ids[i]))
          want_page (self, number);
    }
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

void
_probity_paged_model_bring_up_to_date (ProbityPagedModel *self,
                                       ProbityChanges    *changes)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer       item;
  Patch         *patch;
  DexFuture     *future;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    if (probity_list_item_is_changed_by (item, self->kind, changes))
      {
        gint64 id = probity_list_item_get_id (item);

        g_array_append_val (ids, id);
      }
  probity_page_cache_clear (self->pages);
  if (ids->len == 0)
    return;

  patch = g_new0 (Patch, 1);
  g_set_weak_pointer (&patch->self, self);
  patch->ids = g_array_ref (ids);
  future = probity_list_load_rows (self->session, self->kind, (const gint64 *) (gpointer) ids->data, ids->len, NULL);
  dex_future_disown (dex_future_finally (future, patch_loaded_cb, patch, patch_free));
}
