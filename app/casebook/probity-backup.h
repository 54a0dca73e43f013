/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-casebook.h"

G_BEGIN_DECLS

/**
 * probity_casebook_backup:
 * @destination: a folder that does not exist; the one it is to be in does
 *
 * Copies the whole casebook, also what this account cannot open, while the write lock keeps every
 * program from writing: all compartments are of one moment. What is encrypted stays so. Then each
 * compartment whose key is held is opened in the copy and every page, every row and the end of its
 * log are compared with what they should be. Until then the copy is called @destination.unverified;
 * a copy that is found wanting is removed. PROBITY_CASEBOOK_ERROR_EXISTS, FULL, NO_RIGHTS, DAMAGED.
 *
 * Main thread. Commands wait meanwhile, queries do not.
 *
 * Returns: (transfer full): a future that resolves to %TRUE
 */
DexFuture *probity_casebook_backup (ProbityCasebook *self,
                                    const char      *destination);

G_END_DECLS
