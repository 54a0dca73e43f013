/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-session.h"
#include "probity-visit.h"

G_BEGIN_DECLS

/* The base of every page beside the sidebar: header bar, the sample's banner, room for the content. */
#define PROBITY_TYPE_PAGE (probity_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (ProbityPage, probity_page, PROBITY, PAGE, AdwNavigationPage)

struct _ProbityPageClass
{
  AdwNavigationPageClass parent_class;

  /* Reads again what is shown; called after ProbityCasebook::changed touched one of the kinds. */
  void (*refresh) (ProbityPage *self);
};

ProbitySession *probity_page_get_session (ProbityPage *self);
ProbityVisit   *probity_page_get_visit (ProbityPage *self);
void            probity_page_set_content (ProbityPage *self,
                                          GtkWidget   *content);
void            probity_page_set_subtitle (ProbityPage *self,
                                           const char  *subtitle);
void            probity_page_pack_start (ProbityPage *self,
                                         GtkWidget   *widget);
void            probity_page_pack_end (ProbityPage *self,
                                       GtkWidget   *widget);
void            probity_page_add_top (ProbityPage *self,
                                      GtkWidget   *widget);
void            probity_page_add_bottom (ProbityPage *self,
                                         GtkWidget   *widget);
void            probity_page_watch (ProbityPage       *self,
                                    const char *const *kinds);
void            probity_page_show_loading (ProbityPage *self);
void            probity_page_show_error (ProbityPage  *self,
                                         const GError *error);
GtkWidget      *probity_sample_banner_new (void);

G_END_DECLS
