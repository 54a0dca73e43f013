/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record-page.h"

G_BEGIN_DECLS

#define PROBITY_TYPE_INTELLIGENCE_PAGE (probity_intelligence_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityIntelligencePage, probity_intelligence_page, PROBITY, INTELLIGENCE_PAGE, ProbityRecordPage)

AdwNavigationPage *probity_intelligence_page_new (ProbitySession *session,
                                                  const char     *uid);

/* Only for the page's own files. */
void _probity_intelligence_page_class_install_actions (GtkWidgetClass *widget_class);
void _probity_intelligence_page_update_actions (ProbityIntelligencePage *self,
                                                ProbityRecord           *record);

G_END_DECLS
