/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record-page.h"

G_BEGIN_DECLS

#define PROBITY_TYPE_COMPLAINT_PAGE (probity_complaint_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityComplaintPage, probity_complaint_page, PROBITY, COMPLAINT_PAGE, ProbityRecordPage)

AdwNavigationPage *probity_complaint_page_new (ProbitySession *session,
                                               const char     *uid);

G_END_DECLS
