/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-id-selection.h"

/*
 * GtkMultiSelection holds the item of every selected row, which for "select all" means all of them.
 * Here an id is selected if it stands in the table, or, after "select all", if it does not.
 */
struct _ProbityIdSelection
{
  GObject parent_instance;

  ProbityPagedModel *model;
  GHashTable        *ids; /* set of gint64 */
  gboolean           inverted;
};

static void list_model_iface_init (GListModelInterface *iface);
static void selection_model_iface_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ProbityIdSelection, probity_id_selection, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init) G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_iface_init))

static gboolean
id_is_selected (ProbityIdSelection *self,
                gint64              id)
{
  return g_hash_table_contains (self->ids, &id) != self->inverted;
}

static void
mark_id (ProbityIdSelection *self,
         gint64              id,
         gboolean            selected)
{
  if (selected != self->inverted)
    g_hash_table_add (self->ids, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (self->ids, &id);
}

static void
forget_all (ProbityIdSelection *self,
            gboolean            inverted)
{
  g_hash_table_remove_all (self->ids);
  self->inverted = inverted;
}

static guint
get_n_items (ProbityIdSelection *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static void
tell_all_changed (ProbityIdSelection *self)
{
  if (get_n_items (self) > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, get_n_items (self));
}

static void
items_changed_cb (ProbityIdSelection *self,
                  guint               position,
                  guint               removed,
                  guint               added)
{
  g_assert (PROBITY_IS_ID_SELECTION (self));

  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
reordered_cb (ProbityIdSelection *self,
              guint               n)
{
  g_assert (PROBITY_IS_ID_SELECTION (self));

  if (g_hash_table_size (self->ids) > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n);
}

static gboolean
probity_id_selection_is_selected (GtkSelectionModel *model,
                                  guint              position)
{
  ProbityIdSelection *self = PROBITY_ID_SELECTION (model);

  return position < get_n_items (self) && id_is_selected (self, probity_paged_model_get_id (self->model, position));
}

static GtkBitset *
probity_id_selection_get_selection_in_range (GtkSelectionModel *model,
                                             guint              position,
                                             guint              n_items)
{
  ProbityIdSelection *self = PROBITY_ID_SELECTION (model);
  GtkBitset          *bitset = gtk_bitset_new_empty ();
  guint               end = MIN (position + n_items, get_n_items (self));

  if (g_hash_table_size (self->ids) == 0)
    {
      if (self->inverted && end > position)
        gtk_bitset_add_range (bitset, position, end - position);
      return bitset;
    }
  for (guint i = position; i < end; i++)
    if (id_is_selected (self, probity_paged_model_get_id (self->model, i)))
      gtk_bitset_add (bitset, i);
  return bitset;
}

static gboolean
probity_id_selection_select_all (GtkSelectionModel *model)
{
  ProbityIdSelection *self = PROBITY_ID_SELECTION (model);

  forget_all (self, TRUE);
  tell_all_changed (self);
  return TRUE;
}

static gboolean
probity_id_selection_unselect_all (GtkSelectionModel *model)
{
  ProbityIdSelection *self = PROBITY_ID_SELECTION (model);

  forget_all (self, FALSE);
  tell_all_changed (self);
  return TRUE;
}

static gboolean
probity_id_selection_set_selection (GtkSelectionModel *model,
                                    GtkBitset         *selected,
                                    GtkBitset         *mask)
{
  ProbityIdSelection *self = PROBITY_ID_SELECTION (model);
  GtkBitsetIter       iter;
  guint               position;
  guint               n_items = get_n_items (self);

  if (gtk_bitset_is_empty (mask))
    return TRUE;
  /* A plain click: everything is unselected but one row. Walking the whole mask would be as long as the list. */
  if (gtk_bitset_get_size (mask) >= n_items)
    {
      forget_all (self, FALSE);
      for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more; more = gtk_bitset_iter_next (&iter, &position))
        mark_id (self, probity_paged_model_get_id (self->model, position), TRUE);
      tell_all_changed (self);
      return TRUE;
    }
  for (gboolean more = gtk_bitset_iter_init_first (&iter, mask, &position); more && position < n_items; more = gtk_bitset_iter_next (&iter, &position))
    mark_id (self, probity_paged_model_get_id (self->model, position), gtk_bitset_contains (selected, position));
  gtk_selection_model_selection_changed (model, gtk_bitset_get_minimum (mask), gtk_bitset_get_maximum (mask) - gtk_bitset_get_minimum (mask) + 1);
  return TRUE;
}

static gboolean
select_range (ProbityIdSelection *self,
              guint               position,
              guint               n_items,
              gboolean            selected,
              gboolean            only)
{
  guint end = MIN (position + n_items, get_n_items (self));

  if (only)
    forget_all (self, FALSE);
  for (guint i = position; i < end; i++)
    mark_id (self, probity_paged_model_get_id (self->model, i), selected);
  if (only)
    tell_all_changed (self);
  else if (end > position)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, end - position);
  return TRUE;
}

static gboolean
probity_id_selection_select_item (GtkSelectionModel *model,
                                  guint              position,
                                  gboolean           unselect_rest)
{
  return select_range (PROBITY_ID_SELECTION (model), position, 1, TRUE, unselect_rest);
}

static gboolean
probity_id_selection_unselect_item (GtkSelectionModel *model,
                                    guint              position)
{
  return select_range (PROBITY_ID_SELECTION (model), position, 1, FALSE, FALSE);
}

static gboolean
probity_id_selection_select_range (GtkSelectionModel *model,
                                   guint              position,
                                   guint              n_items,
                                   gboolean           unselect_rest)
{
  return select_range (PROBITY_ID_SELECTION (model), position, n_items, TRUE, unselect_rest);
}

static gboolean
probity_id_selection_unselect_range (GtkSelectionModel *model,
                                     guint              position,
                                     guint              n_items)
{
  return select_range (PROBITY_ID_SELECTION (model), position, n_items, FALSE, FALSE);
}

static void
selection_model_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = probity_id_selection_is_selected;
  iface->get_selection_in_range = probity_id_selection_get_selection_in_range;
  iface->select_item = probity_id_selection_select_item;
  iface->unselect_item = probity_id_selection_unselect_item;
  iface->select_range = probity_id_selection_select_range;
  iface->unselect_range = probity_id_selection_unselect_range;
  iface->select_all = probity_id_selection_select_all;
  iface->unselect_all = probity_id_selection_unselect_all;
  iface->set_selection = probity_id_selection_set_selection;
}

static GType
probity_id_selection_get_item_type (GListModel *model)
{
  return PROBITY_TYPE_LIST_ITEM;
}

static guint
probity_id_selection_get_n_items (GListModel *model)
{
  return get_n_items (PROBITY_ID_SELECTION (model));
}

static gpointer
probity_id_selection_get_item (GListModel *model,
                               guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (PROBITY_ID_SELECTION (model)->model), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = probity_id_selection_get_item_type;
  iface->get_n_items = probity_id_selection_get_n_items;
  iface->get_item = probity_id_selection_get_item;
}

static void
probity_id_selection_finalize (GObject *object)
{
  ProbityIdSelection *self = PROBITY_ID_SELECTION (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->ids, g_hash_table_unref);

  G_OBJECT_CLASS (probity_id_selection_parent_class)->finalize (object);
}

static void
probity_id_selection_class_init (ProbityIdSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = probity_id_selection_finalize;
}

static void
probity_id_selection_init (ProbityIdSelection *self)
{
  self->ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/** probity_id_selection_new: (transfer full) */
ProbityIdSelection *
probity_id_selection_new (ProbityPagedModel *model)
{
  ProbityIdSelection *self = g_object_new (PROBITY_TYPE_ID_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "reordered", G_CALLBACK (reordered_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/** (transfer none) */
ProbityPagedModel *
probity_id_selection_get_model (ProbityIdSelection *self)
{
  g_return_val_if_fail (PROBITY_IS_ID_SELECTION (self), NULL);
  return self->model;
}

/** How many rows of the present list are selected. */
guint
probity_id_selection_get_n_selected (ProbityIdSelection *self)
{
  g_autoptr (GtkBitset) bitset = NULL;

  g_return_val_if_fail (PROBITY_IS_ID_SELECTION (self), 0);

  if (g_hash_table_size (self->ids) == 0)
    return self->inverted ? get_n_items (self) : 0;
  bitset = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self));
  return gtk_bitset_get_size (bitset);
}

/** probity_id_selection_dup_ids: (transfer full): gint64 ids of the selected rows, in the list's order. */
GArray *
probity_id_selection_dup_ids (ProbityIdSelection *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (PROBITY_IS_ID_SELECTION (self), NULL);

  for (guint i = 0; i < get_n_items (self); i++)
    {
      gint64 id = probity_paged_model_get_id (self->model, i);

      if (id_is_selected (self, id))
        g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}
