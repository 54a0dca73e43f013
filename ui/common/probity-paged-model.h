/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "probity-list-item.h"

G_BEGIN_DECLS

/** Rows that are read together. */
#define PROBITY_PAGED_MODEL_PAGE 64

/*
 * A GListModel of ProbityListItem over a list of the casebook. Properties: loading, error.
 * Signals: starting: a long list is about to show its first rows, in a new order: items at its top are kept, others go;
 * reordered (guint n): the items of the first n positions are what they were, and stand for other records;
 * started: those rows are there, and the rest of the ids is still being read;
 * reloaded (gboolean anew): the ids have been read; @anew when the order is another one and did not start before.
 */
#define PROBITY_TYPE_PAGED_MODEL (probity_paged_model_get_type ())
G_DECLARE_FINAL_TYPE (ProbityPagedModel, probity_paged_model, PROBITY, PAGED_MODEL, GObject)

ProbityPagedModel     *probity_paged_model_new (ProbitySession        *session,
                                                const ProbityListKind *kind);
ProbitySession        *probity_paged_model_get_session (ProbityPagedModel *self);
const ProbityListKind *probity_paged_model_get_kind (ProbityPagedModel *self);
void                   probity_paged_model_set_query (ProbityPagedModel *self,
                                                      ProbityListQuery  *query);
ProbityListQuery      *probity_paged_model_get_query (ProbityPagedModel *self);
void                   probity_paged_model_reload (ProbityPagedModel *self);
gboolean               probity_paged_model_get_loading (ProbityPagedModel *self);
gboolean               probity_paged_model_is_partial (ProbityPagedModel *self);
const GError          *probity_paged_model_get_error (ProbityPagedModel *self);
gint64                 probity_paged_model_get_id (ProbityPagedModel *self,
                                                   guint              position);
gboolean               probity_paged_model_find (ProbityPagedModel *self,
                                                 gint64             id,
                                                 guint             *ret_position);
guint                  probity_paged_model_get_n_cached_pages (ProbityPagedModel *self);
guint                  probity_paged_model_get_n_live_items (ProbityPagedModel *self);

G_END_DECLS
