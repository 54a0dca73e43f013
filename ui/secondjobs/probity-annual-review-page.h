/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-page.h"

G_BEGIN_DECLS

/* The newest run of the annual review: what it called for, and what is done with it in bulk. */
#define PROBITY_TYPE_ANNUAL_REVIEW_PAGE (probity_annual_review_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityAnnualReviewPage, probity_annual_review_page, PROBITY, ANNUAL_REVIEW_PAGE, ProbityPage)

AdwNavigationPage *probity_annual_review_page_new (ProbitySession *session);

G_END_DECLS
