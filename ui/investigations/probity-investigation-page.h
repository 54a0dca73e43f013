/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-closing.h"
#include "probity-investigation-view.h"
#include "probity-page.h"

G_BEGIN_DECLS

/* The page of an investigation of whatever kind; what is particular to a kind is in its ProbityInvestigationView. */
#define PROBITY_TYPE_INVESTIGATION_PAGE (probity_investigation_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityInvestigationPage, probity_investigation_page, PROBITY, INVESTIGATION_PAGE, ProbityPage)

GtkWidget *probity_investigation_page_new (ProbitySession        *session,
                                           const ProbityCaseKind *kind,
                                           const char            *uid);

/* For the steps of a kind. */

/** NULL until it is read. */
ProbityRecord         *probity_investigation_page_get_record (ProbityInvestigationPage *self);
ProbityClosingState   *probity_investigation_page_get_closing (ProbityInvestigationPage *self);
const ProbityCaseKind *probity_investigation_page_get_kind (ProbityInvestigationPage *self);
/** Shows @dialog, and reads everything again when it closes. */
void probity_investigation_page_present (ProbityInvestigationPage *self,
                                         GtkWidget                *dialog);
/** The group that shows @part; NULL where the page has none. */
ProbityCaseGroup *probity_investigation_page_find_group (ProbityInvestigationPage *self,
                                                         const char               *part);

G_END_DECLS
