/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "probity-list.h"

G_BEGIN_DECLS

/* One position of a paged list: an id that is known at once, and cells that come later. In another order another id. */
#define PROBITY_TYPE_LIST_ITEM (probity_list_item_get_type ())
G_DECLARE_FINAL_TYPE (ProbityListItem, probity_list_item, PROBITY, LIST_ITEM, GObject)

typedef void (*ProbityListItemFunc) (ProbityListItem *item,
                                     gpointer         data);

ProbityListItem *probity_list_item_new (gint64 id);
gint64           probity_list_item_get_id (ProbityListItem *self);
ProbityListRow  *probity_list_item_get_row (ProbityListItem *self);
gboolean         probity_list_item_is_loading (ProbityListItem *self);
gboolean         probity_list_item_is_gone (ProbityListItem *self);
void             probity_list_item_set_row (ProbityListItem *self,
                                            ProbityListRow  *row);
void             probity_list_item_set_gone (ProbityListItem *self);
void             probity_list_item_set_id (ProbityListItem *self,
                                           gint64           id,
                                           ProbityListRow  *row);
gboolean         probity_list_item_is_changed_by (ProbityListItem       *self,
                                                  const ProbityListKind *list,
                                                  ProbityChanges        *changes);
void             probity_list_item_watch (ProbityListItem    *self,
                                          ProbityListItemFunc func,
                                          gpointer            data);
void             probity_list_item_unwatch (ProbityListItem *self,
                                            gpointer         data);

G_END_DECLS
