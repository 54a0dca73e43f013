/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-list-page.h"
#include "probity-list-view.h"

G_BEGIN_DECLS

void                   _probity_list_page_class_install_actions (GtkWidgetClass *widget_class);
const ProbityListKind *_probity_list_page_get_kind (ProbityListPage *self);
const ProbityListView *_probity_list_page_get_view (ProbityListPage *self);
GtkSearchBar          *_probity_list_page_get_search_bar (ProbityListPage *self);
ProbityListQuery      *_probity_list_page_dup_query (ProbityListPage *self);
void                   _probity_list_page_clear (ProbityListPage *self);
void                   _probity_list_page_fill_filters (ProbityListPage     *self,
                                                        AdwPreferencesGroup *group);
void                   _probity_list_page_show_filter (ProbityListPage     *self,
                                                       AdwPreferencesGroup *group,
                                                       const char          *name,
                                                       const char          *value);

G_END_DECLS
