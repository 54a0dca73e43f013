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
 * Logs in the sealed @compartment that @holders (account uids), beside those whom the log names already, hold
 * its key, and gives it to all of them once that is committed and before anything else of the command is. The
 * first whom a new one is given to is whose place it is.
 */
gboolean probity_sealed_give (ProbityWrite      *write,
                              ProbitySession    *session,
                              ProbityCompartment compartment,
                              const char *const *holders,
                              const char        *reason,
                              GError           **error);
/** The outbox command by which that is finished after a crash, and what finishes it. */
#define PROBITY_SEALED_OUTBOX "seal-keys"
gboolean probity_sealed_give_again (ProbityWrite      *write,
                                    ProbitySession    *session,
                                    ProbityCompartment compartment,
                                    GError           **error);
/**
 * The case of the sealed @compartment stands elsewhere now: once that is committed, nobody holds its key any
 * more, and its owner can use the place again when no program has it open.
 */
gboolean probity_sealed_leave (ProbityWrite      *write,
                               ProbitySession    *session,
                               ProbityCompartment compartment,
                               GError           **error);
/** Those of probity_sealed_dup_holders() who can open it still: neither disabled nor reset since. (transfer full) */
GStrv probity_sealed_dup_current (ProbitySession *session,
                                  ProbityDb      *sealed,
                                  GError        **error);
/** Clears this account's unused places of what a crash left there. In a command. */
gboolean probity_sealed_clean (ProbitySession *session,
                               GError        **error);
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
