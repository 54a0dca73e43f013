/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-seal-banner.h"

G_BEGIN_DECLS

/*
 * What heads the page of a case, whatever its kind: the suggested step, the menu of further steps, the banner that says
 * whom it waits for, and whether it is sealed. A page has one as its member.
 */
typedef struct
{
  ProbityPage       *page;
  GtkWidget         *next_button;
  GtkWidget         *menu_button;
  GtkWidget         *waiting_banner;
  ProbitySealBanner *seal_banner;
  GMenuModel        *menu;
  GHashTable        *enabled; /* actions of the page that can be taken now */
  gboolean           gone;    /* what was read is not shown any more */
} ProbityCaseHead;

/** Puts it on @page, which has a session; @reload, a function of the page alone, is called after the case was sealed. */
void probity_case_head_add_to (ProbityCaseHead *self,
                               ProbityPage     *page,
                               GMenuModel      *menu,
                               GCallback        reload);
void probity_case_head_clear (ProbityCaseHead *self);
/** Whether the page's @action can be taken now; a menu with nothing in it is not offered. */
void probity_case_head_set_enabled (ProbityCaseHead *self,
                                    const char      *action,
                                    gboolean         enabled);
/** Shows the menu if anything is in it. */
void probity_case_head_update_menu (ProbityCaseHead *self);
/** Says whom the case waits for; %NULL for nobody. */
void probity_case_head_set_waiting (ProbityCaseHead *self,
                                    const char      *waiting);
/** The case was read, and is @record. */
void probity_case_head_set_record (ProbityCaseHead *self,
                                   ProbityRecord   *record);
/** The case could not be read. Of one that was sealed or taken from this reader meanwhile no word stays, and no step that would show one. */
void probity_case_head_show_error (ProbityCaseHead *self,
                                   const GError    *error);

G_END_DECLS
