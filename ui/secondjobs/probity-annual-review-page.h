/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-annual-review.h"
#include "probity-page.h"
#include "probity-step-dialog.h"

G_BEGIN_DECLS

/* A run of the annual review, at first the newest: what it called for, and what is done with it in bulk. */
#define PROBITY_TYPE_ANNUAL_REVIEW_PAGE (probity_annual_review_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityAnnualReviewPage, probity_annual_review_page, PROBITY, ANNUAL_REVIEW_PAGE, ProbityPage)

AdwNavigationPage *probity_annual_review_page_new (ProbitySession *session);

ProbityStepDialog *probity_annual_review_check_dialog_new (ProbitySession *session, ProbityCheckKind kind);
const char *const *probity_annual_review_check_dialog_get_searched (ProbityStepDialog *dialog);

G_END_DECLS
