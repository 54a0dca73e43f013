/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-page.h"

G_BEGIN_DECLS

/* The audit log, newest first, as far as this reader may know of it. */
#define PROBITY_TYPE_AUDIT_PAGE (probity_audit_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityAuditPage, probity_audit_page, PROBITY, AUDIT_PAGE, ProbityPage)

AdwNavigationPage *probity_audit_page_new (ProbitySession *session);
AdwNavigationPage *probity_audit_page_new_for_record (ProbitySession *session,
                                                      const char     *uid);

G_END_DECLS
