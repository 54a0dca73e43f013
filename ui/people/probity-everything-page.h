/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-page.h"

G_BEGIN_DECLS

/* Everything about one person that the reader may know of, on one page, with one timeline. */
#define PROBITY_TYPE_EVERYTHING_PAGE (probity_everything_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityEverythingPage, probity_everything_page, PROBITY, EVERYTHING_PAGE, ProbityPage)

AdwNavigationPage *probity_everything_page_new (ProbitySession *session,
                                                const char     *uid);

G_END_DECLS
