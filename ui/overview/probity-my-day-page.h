/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-page.h"

G_BEGIN_DECLS

/* What is due, overdue or waits for whoever is signed in, and why. */
#define PROBITY_TYPE_MY_DAY_PAGE (probity_my_day_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityMyDayPage, probity_my_day_page, PROBITY, MY_DAY_PAGE, ProbityPage)

AdwNavigationPage *probity_my_day_page_new (ProbitySession *session);

G_END_DECLS
