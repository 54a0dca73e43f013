/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-page.h"

G_BEGIN_DECLS

/* The links of one record to two steps: a chart, and beside it a table of the same. */
#define PROBITY_TYPE_CHART_PAGE (probity_chart_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityChartPage, probity_chart_page, PROBITY, CHART_PAGE, ProbityPage)

AdwNavigationPage *probity_chart_page_new (ProbitySession *session,
                                           const char     *uid);
void               probity_chart_page_export (ProbityChartPage *self,
                                              const char       *path);

G_END_DECLS
