/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-item.h"

typedef struct
{
  ProbityListItemFunc func;
  gpointer            data;
} Watch;

struct _ProbityListItem
{
  GObject parent_instance;

  gint64          id;
  ProbityListRow *row;
  GArray         *watches; /* of Watch; %NULL while nobody shows the item */
  gboolean        gone;
};

G_DEFINE_FINAL_TYPE (ProbityListItem, probity_list_item, G_TYPE_OBJECT)

static void
tell_watches (ProbityListItem *self)
{
  for (guint i = 0; self->watches != NULL && i < self->watches->len; i++)
    {
      Watch watch = g_array_index (self->watches, Watch, i);

      watch.func (self, watch.data);
    }
}

static void
probity_list_item_finalize (GObject *object)
{
  ProbityListItem *self = PROBITY_LIST_ITEM (object);

  g_clear_pointer (&self->row, probity_list_row_unref);
  g_clear_pointer (&self->watches, g_array_unref);

  G_OBJECT_CLASS (probity_list_item_parent_class)->finalize (object);
}

static void
probity_list_item_class_init (ProbityListItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = probity_list_item_finalize;
}

static void
probity_list_item_init (ProbityListItem *self)
{
}

/** probity_list_item_new: (transfer full) */
ProbityListItem *
probity_list_item_new (gint64 id)
{
  ProbityListItem *self = g_object_new (PROBITY_TYPE_LIST_ITEM, NULL);

  self->id = id;
  return self;
}

/** The id of the record in its table. */
gint64
probity_list_item_get_id (ProbityListItem *self)
{
  return self->id;
}

/** probity_list_item_get_row: (transfer none) (nullable): the cells, %NULL while they are being read. */
ProbityListRow *
probity_list_item_get_row (ProbityListItem *self)
{
  return self->row;
}

/** Whether the cells are still to come. */
gboolean
probity_list_item_is_loading (ProbityListItem *self)
{
  return self->row == NULL && !self->gone;
}

/** Whether the record is no longer there, or no longer for this reader. */
gboolean
probity_list_item_is_gone (ProbityListItem *self)
{
  return self->gone;
}

/** Gives the item its cells, or newer ones, and tells whoever shows them. */
void
probity_list_item_set_row (ProbityListItem *self,
                           ProbityListRow  *row)
{
  g_return_if_fail (PROBITY_IS_LIST_ITEM (self));
  g_return_if_fail (row != NULL);

  if (row == self->row)
    return;
  g_clear_pointer (&self->row, probity_list_row_unref);
  self->row = probity_list_row_ref (row);
  self->gone = FALSE;
  tell_watches (self);
}

/** Says that the record cannot be read any more; its old cells go at once. */
void
probity_list_item_set_gone (ProbityListItem *self)
{
  g_return_if_fail (PROBITY_IS_LIST_ITEM (self));

  if (self->gone)
    return;
  g_clear_pointer (&self->row, probity_list_row_unref);
  self->gone = TRUE;
  tell_watches (self);
}

/** Stands for another record from now on, whose cells are @row (nullable: still to come), and tells whoever shows them. */
void
probity_list_item_set_id (ProbityListItem *self,
                          gint64           id,
                          ProbityListRow  *row)
{
  g_return_if_fail (PROBITY_IS_LIST_ITEM (self));

  self->id = id;
  self->gone = FALSE;
  g_clear_pointer (&self->row, probity_list_row_unref);
  if (row != NULL)
    self->row = probity_list_row_ref (row);
  tell_watches (self);
}

/** Whether one of @changes can be of the record behind the item of a list of @list. */
gboolean
probity_list_item_is_changed_by (ProbityListItem       *self,
                                 const ProbityListKind *list,
                                 ProbityChanges        *changes)
{
  const char *kind = probity_record_kind_get_name (probity_list_kind_get_record_kind (list));

  g_return_val_if_fail (PROBITY_IS_LIST_ITEM (self), FALSE);

  for (guint i = 0; i < probity_changes_get_size (changes); i++)
    {
      const ProbityChange *change = probity_changes_get (changes, i);

      if (!probity_list_kind_is_changed_by (list, change->kind))
        continue;
      /* What is no record of the list's own kind can be behind any of its rows. */
      if (g_strcmp0 (change->kind, kind) != 0)
        return TRUE;
      /* Neither id nor uid: another program changed more records than it is worth naming. */
      if (change->id == 0 && change->uid == NULL)
        return TRUE;
      /* By the uid where it is known: ids are of one compartment, and a sealed case stands in another. */
      if (change->uid != NULL && self->row != NULL ? g_strcmp0 (self->row->uid, change->uid) == 0 : change->id == 0 || change->id == self->id)
        return TRUE;
    }
  return FALSE;
}

/** Calls @func with @data whenever the cells change. A thousand cells come and go at each jump, so this is no signal. */
void
probity_list_item_watch (ProbityListItem    *self,
                         ProbityListItemFunc func,
                         gpointer            data)
{
  Watch watch = { func, data };

  g_return_if_fail (PROBITY_IS_LIST_ITEM (self));

  if (self->watches == NULL)
    self->watches = g_array_new (FALSE, FALSE, sizeof (Watch));
  g_array_append_val (self->watches, watch);
}

/** Ends what probity_list_item_watch() began with @data. */
void
probity_list_item_unwatch (ProbityListItem *self,
                           gpointer         data)
{
  g_return_if_fail (PROBITY_IS_LIST_ITEM (self));

  for (guint i = 0; self->watches != NULL && i < self->watches->len; i++)
    if (g_array_index (self->watches, Watch, i).data == data)
      {
        g_array_remove_index_fast (self->watches, i);
        return;
      }
}
