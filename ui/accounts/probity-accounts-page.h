/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-page.h"

G_BEGIN_DECLS

/* Who has an account, with what roles and keys; for administrators. */
#define PROBITY_TYPE_ACCOUNTS_PAGE (probity_accounts_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityAccountsPage, probity_accounts_page, PROBITY, ACCOUNTS_PAGE, ProbityPage)

AdwNavigationPage *probity_accounts_page_new (ProbitySession *session);

G_END_DECLS
