/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-page.h"
#include "probity-paged-model.h"

G_BEGIN_DECLS

/* A list of the casebook with search, filters, sorting, export; columns where there is room, else rows. */
#define PROBITY_TYPE_LIST_PAGE (probity_list_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityListPage, probity_list_page, PROBITY, LIST_PAGE, ProbityPage)

AdwNavigationPage *probity_list_page_new (ProbitySession *session,
                                          const char     *list);
ProbityPagedModel *probity_list_page_get_model (ProbityListPage *self);
void               probity_list_page_set_search (ProbityListPage *self,
                                                 const char      *words);
void               probity_list_page_set_filter (ProbityListPage *self,
                                                 const char      *name,
                                                 const char      *value);
const char        *probity_list_page_get_state (ProbityListPage *self);
void               probity_list_page_save_filter (ProbityListPage *self,
                                                  const char      *name);
void               probity_list_page_use_filter (ProbityListPage *self,
                                                 const char      *name);
void               probity_list_page_set_selecting (ProbityListPage *self,
                                                    gboolean         selecting);

G_END_DECLS
