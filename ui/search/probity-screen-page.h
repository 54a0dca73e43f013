/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-page.h"

G_BEGIN_DECLS

/* A text is held against the casebook: whom and what of ours does it name? */
#define PROBITY_TYPE_SCREEN_PAGE (probity_screen_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityScreenPage, probity_screen_page, PROBITY, SCREEN_PAGE, ProbityPage)

AdwNavigationPage *probity_screen_page_new (ProbitySession *session);

/** Opens @file as the person would: its text is there afterwards, or a dialog says why not. */
void probity_screen_page_open (ProbityScreenPage *self,
                               GFile             *file);

/* For tests and tours: puts @text there and screens it; and what is shown: `text`, `loading`, `nothing` or `findings`. */
void        probity_screen_page_screen (ProbityScreenPage *self,
                                        const char        *text);
const char *probity_screen_page_get_state (ProbityScreenPage *self);

G_END_DECLS
