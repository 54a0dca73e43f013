/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "probity-paged-model.h"

G_BEGIN_DECLS

/* What is selected in a paged list, by id: survives sorting, filtering and reloading, and makes no items. */
#define PROBITY_TYPE_ID_SELECTION (probity_id_selection_get_type ())
G_DECLARE_FINAL_TYPE (ProbityIdSelection, probity_id_selection, PROBITY, ID_SELECTION, GObject)

ProbityIdSelection *probity_id_selection_new (ProbityPagedModel *model);
ProbityPagedModel  *probity_id_selection_get_model (ProbityIdSelection *self);
guint               probity_id_selection_get_n_selected (ProbityIdSelection *self);
GArray             *probity_id_selection_dup_ids (ProbityIdSelection *self);

G_END_DECLS
