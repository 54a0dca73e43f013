/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-session.h"

G_BEGIN_DECLS

/*
 * Sealed compartments, as commands use them: one case each, for accounts that are named. Writer thread.
 */

/**
 * A new one for a case whose home is @home, in a place of this account's own. Nobody holds its key but this
 * command, until probity_sealed_give(). PROBITY_ACCESS_ERROR_FAILED where the account has no place left.
 */
gboolean probity_sealed_begin (ProbityWrite       *write,
                               ProbitySession     *session,
                               ProbityCompartment  home,
                               ProbityCompartment *ret_compartment,
                               GError            **error);
/**
 * Gives the key of the sealed @compartment to @holders (account uids), beside those who hold it if @add, and
 * logs that there. The last thing of its command that can fail.
 */
gboolean probity_sealed_give (ProbityWrite      *write,
                              ProbitySession    *session,
                              ProbityCompartment compartment,
                              const char *const *holders,
                              gboolean           add,
                              const char        *reason,
                              GError           **error);
/**
 * SHA-256, in hex, of which entries of other logs were carried into @sealed; its own log holds it from when they
 * came, so that none can be put beside them. %NULL and no error where there are none. (transfer full)
 */
gboolean probity_sealed_dup_carried (ProbityDb *sealed,
                                     char     **ret_digest,
                                     GError   **error);
/** The uids of the accounts that hold the key of @sealed, a connection to it, as its log tells it. (transfer full) */
GStrv probity_sealed_dup_holders (ProbityDb *sealed,
                                  GError   **error);

G_END_DECLS
