/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record-page.h"

G_BEGIN_DECLS

#define PROBITY_TYPE_PERSON_PAGE (probity_person_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityPersonPage, probity_person_page, PROBITY, PERSON_PAGE, ProbityRecordPage)

AdwNavigationPage *probity_person_page_new (ProbitySession *session,
                                            const char     *uid);

G_END_DECLS
