/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-id-selection.h"
#include "probity-list-page.h"
#include "probity-list-view.h"
#include "probity-saved-filter.h"

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
ProbityIdSelection    *_probity_list_page_get_selection (ProbityListPage *self);
GtkColumnView         *_probity_list_page_get_column_view (ProbityListPage *self);
GPtrArray             *_probity_list_page_get_saved (ProbityListPage *self);
void                   _probity_list_page_set_saved (ProbityListPage *self,
                                                     GPtrArray       *saved);
void                   _probity_list_page_load_saved (ProbityListPage *self);
void                   _probity_list_page_keep_columns (ProbityListPage *self);
void                   _probity_list_page_show_columns (ProbityListPage   *self,
                                                        const char *const *names);
GStrv                  _probity_list_page_dup_columns (ProbityListPage *self);
void                   _probity_list_page_add_sort_menu (ProbityListPage *self,
                                                         GMenu           *menu);
void                   _probity_list_page_fill_saved_menu (GMenu     *menu,
                                                           GPtrArray *saved);
void                   _probity_list_page_set_up_selection_menu (ProbityListPage *self,
                                                                 GtkMenuButton   *button);
void                   _probity_list_page_class_install_selection_actions (GtkWidgetClass *widget_class);
void                   _probity_list_page_enable_selection_actions (ProbityListPage *self,
                                                                    gboolean         enabled);
void                   _probity_list_page_class_install_saved_actions (GtkWidgetClass *widget_class);

G_END_DECLS
