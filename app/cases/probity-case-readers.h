/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"

G_BEGIN_DECLS

/** Whether @account can open the case: key, role, scope and relations, as when it asks itself. Reader or writer thread. */
gboolean probity_case_may_see (const ProbitySource  *source,
                               const ProbityCase    *self,
                               const ProbityAccount *account,
                               gboolean             *ret_may,
                               GError              **error);

/** Resolves to a boxed GPtrArray of char*: names of the accounts that can open the case, in the keyring's order. @kind is %NULL for any. */
DexFuture *probity_case_load_readers (ProbitySession        *session,
                                      const ProbityCaseKind *kind,
                                      const char            *reference);

G_END_DECLS
