/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case-group.h"
#include "probity-page.h"

G_BEGIN_DECLS

/*
 * Who could have been the source of a leak: the access logs, the steps by which the list was narrowed with how many
 * people go with each and why, and who remains. Opened as the record `exposure` with the uid of the leak.
 */
#define PROBITY_TYPE_EXPOSURE_PAGE (probity_exposure_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityExposurePage, probity_exposure_page, PROBITY, EXPOSURE_PAGE, ProbityPage)

AdwNavigationPage *probity_exposure_page_new (ProbitySession *session,
                                              const char     *uid);

/** The way from the page of the leak to its exposure list. */
extern const ProbityCaseGroupKind probity_exposure_group;

G_END_DECLS
