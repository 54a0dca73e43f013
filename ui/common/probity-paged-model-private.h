/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-paged-model.h"

#include "probity-page-cache.h"

G_BEGIN_DECLS

/* What the order of ids (probity-paged-model.c) and the cells of what is shown (probity-paged-model-cells.c) have in common. */

struct _ProbityPagedModel
{
  GObject parent_instance;

  ProbitySession        *session;
  const ProbityListKind *kind;
  ProbityListQuery      *query;
  ProbityIds            *ids;
  GHashTable            *items; /* gint64* inside the item's key → ProbityListItem, weak */
  ProbityPageCache      *pages;
  GArray                *wanted;    /* guint page numbers, the newest wish last */
  GHashTable            *in_flight; /* page numbers */
  GCancellable          *cancellable;
  GError                *error;
  guint                  generation;
  guint                  order; /* counts those that pages are numbered by */
  guint                  idle_id;
  guint                  reload_id;
  gboolean               loading;
  gboolean               anew;
  gboolean               partial; /* only the start of an order is there */
  gboolean               started; /* the start of the order that is being read */
  gboolean               stale;   /* changed while it was being loaded */
};

/** An answer that is awaited: the model may go before it comes, or ask for something else. */
typedef struct
{
  ProbityPagedModel *self; /* weak */
  guint              generation;
} ProbityPagedLoad;

ProbityPagedLoad *_probity_paged_load_new (ProbityPagedModel *self);
/** %NULL when nobody waits for it any more. */
ProbityPagedModel *_probity_paged_load_get_model (ProbityPagedLoad *load);
void               _probity_paged_load_free (gpointer data);

/** (transfer full): the live item at @position, or a new one; its page is asked for where it has no cells. */
ProbityListItem *_probity_paged_model_dup_item (ProbityPagedModel *self,
                                                guint              position);
void             _probity_paged_model_let_go_of_items (ProbityPagedModel *self);
/** The items of the first @n positions stand for the first @n of @wanted from now on, which is to be the model's order; all others are let go. */
void _probity_paged_model_hand_over (ProbityPagedModel *self,
                                     ProbityIds        *wanted,
                                     guint              n);
/** Pages are of another order from now on: what is kept of the last one or on its way is none of theirs. */
void _probity_paged_model_forget_pages (ProbityPagedModel *self);
/** Asks for the cells of what is shown without them, under the order that there is now. */
void _probity_paged_model_want_again (ProbityPagedModel *self);
/** Reads anew what is shown and altered by @changes, in place. */
void _probity_paged_model_bring_up_to_date (ProbityPagedModel *self,
                                            ProbityChanges    *changes);

G_END_DECLS
