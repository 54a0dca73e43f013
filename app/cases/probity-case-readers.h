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

/** Whether its role and keys let @account know of such a case, and no lock keeps them from this one; who holds its seal is not asked. */
gboolean probity_case_may_know (const ProbitySource  *source,
                                const ProbityCase    *self,
                                const ProbityAccount *account,
                                gboolean             *ret_may,
                                GError              **error);
/** Whether the case is about the holder of @account, or somebody related to them. */
gboolean probity_case_is_locked_for (const ProbitySource  *source,
                                     const ProbityCase    *self,
                                     const ProbityAccount *account,
                                     gboolean             *ret_locked,
                                     GError              **error);
/** Whether its roles let @account know of anybody's cases, not only their own people's. Any thread. */
gboolean probity_case_knows_everyone (const ProbityAccount *account);
/** The last two, of a case that would be about the person with @staff_number; its kind is not asked. */
gboolean probity_case_may_know_person (const ProbitySource  *source,
                                       const char           *staff_number,
                                       const ProbityAccount *account,
                                       gboolean             *ret_locked,
                                       gboolean             *ret_may,
                                       GError              **error);

G_END_DECLS
