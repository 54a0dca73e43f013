/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-page.h"

G_BEGIN_DECLS

/* Second jobs on the watch list, first due first. */
#define PROBITY_TYPE_WATCH_PAGE (probity_watch_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityWatchPage, probity_watch_page, PROBITY, WATCH_PAGE, ProbityPage)

AdwNavigationPage *probity_watch_page_new (ProbitySession *session);

G_END_DECLS
