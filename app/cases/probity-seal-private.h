/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-step.h"

G_BEGIN_DECLS

/* Carrying a case from its compartment into a sealed one. Writer thread. */

/*
 * @from is the sealed compartment in which the case stands, or JOURNAL where it stands in the open ones.
 */

/**
 * Copies all of the case @uid of @kind into the sealed compartment @to, in place of what stands there: rows,
 * exhibits, and what the logs told of it.
 */
gboolean probity_seal_copy (ProbityWrite            *write,
                            ProbitySession          *session,
                            const ProbityRecordKind *kind,
                            const char              *uid,
                            ProbityCompartment       from,
                            ProbityCompartment       to,
                            GError                 **error);
/** Removes it from there; done already, it does nothing. */
gboolean probity_seal_remove (ProbityWrite            *write,
                              ProbitySession          *session,
                              const ProbityRecordKind *kind,
                              const char              *uid,
                              ProbityCompartment       from,
                              GError                 **error);
/** Whether it stands there still. */
gboolean probity_seal_has (ProbityWrite            *write,
                           const ProbityRecordKind *kind,
                           const char              *uid,
                           ProbityCompartment       from,
                           gboolean                *ret_has,
                           GError                 **error);
/** Whether @account works on cases of @kind; on a second job also who comments as its line manager and who decides an appeal. Any thread. */
gboolean probity_seal_takes_part (const ProbityCaseKind *kind,
                                  const ProbityAccount  *account);
/** Whether the key of a sealed @kind is one more than the account holds: both checks of a second job stand under it. Any thread. */
gboolean probity_seal_gains_checks (const ProbityCaseKind *kind,
                                    const ProbityAccount  *account);
/** Whether @session holds every key under which something of a case may stand that is sealed: the one rule of who seals. Any thread. */
gboolean probity_seal_holds_keys (ProbitySession *session);
/** `not-your-step` for who does not. */
gboolean probity_seal_require_keys (ProbityStep *step,
                                    GError     **error);
/** Leaves in the sealed @to what a crash after its commit leaves to be done. */
gboolean probity_seal_note_move (ProbityWrite            *write,
                                 const ProbityRecordKind *kind,
                                 const char              *uid,
                                 ProbityCompartment       from,
                                 ProbityCompartment       to,
                                 GError                 **error);
/** Has the log of the sealed compartment say which entries of other logs came with the case. */
gboolean probity_seal_log_carried (ProbityWrite            *write,
                                   ProbitySession          *session,
                                   const ProbityRecordKind *kind,
                                   const char              *uid,
                                   ProbityCompartment       sealed,
                                   GError                 **error);
/** Into the sealed compartment that is entered: whom a second job of @staff_number names, the applicant and their manager. */
gboolean probity_seal_copy_staff (ProbityWrite *write,
                                  const char   *staff_number,
                                  GError      **error);
/** As probity_step_run(), for a move: what lay beside the old database goes too. */
DexFuture *probity_seal_run (ProbityStep     *step,
                             ProbityWriteFunc func);
/** The tables of a compartment of which a row can be a case's but that have no column case_uid; %NULL-terminated. For a test. */
extern const char *const probity_seal_tables[];

G_END_DECLS
