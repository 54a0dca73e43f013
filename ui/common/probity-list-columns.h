/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "probity-list-view.h"

G_BEGIN_DECLS

void                     probity_list_columns_add (GtkColumnView         *column_view,
                                                   const ProbityListKind *kind,
                                                   const ProbityListView *view,
                                                   ProbityProfile        *profile);
const ProbityListColumn *probity_list_columns_get (GtkColumnViewColumn *column);
GtkListItemFactory      *probity_list_columns_new_row_factory (const ProbityListKind *kind,
                                                               const ProbityListView *view,
                                                               ProbityProfile        *profile);

G_END_DECLS
