/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-investigation.h"

G_BEGIN_DECLS

/*
 * Sealed cases. A case whose subject, or a relative of theirs, holds the key of the case's compartment is
 * moved into a compartment of its own, for accounts that are named. Who is not among them is answered
 * everywhere as if there were no such case.
 */

/**
 * Seals the case, whose reader this must be, to the accounts @holders (names) and to who seals it; each must
 * be one that may work on it and is not locked from it. Of a case that is sealed already: gives its key to
 * @holders too. Everything of the case goes with it, signed as it was; what its old compartment's log told
 * of it is erased there, and recorded as erased. Resolves to #ProbityRecord.
 *
 * Of a second job what stands in `registers`, `standards` and `intelligence` goes into one compartment, with
 * both checks: INVALID for the field `with-checks` where one of @holders has no key of `standards`; see
 * probity_case_seal_with_checks().
 */
DexFuture *probity_case_seal (ProbitySession    *session,
                              const char        *reference,
                              const char *const *holders,
                              const char        *reason);

/**
 * As probity_case_seal(), also to accounts that hold no key of `standards`: named to a second job they are given
 * a key under which its checks stand, though the program shows them none.
 */
DexFuture *probity_case_seal_with_checks (ProbitySession    *session,
                                          const char        *reference,
                                          const char *const *holders,
                                          const char        *reason);

/**
 * Takes @accounts (names) off the seal of a case that its reader holds: the case moves into a place of the
 * reader's own, under a key that they are not given. They find nothing from then on, in a window that is open
 * neither; the others who stay find it at their next sign-in. What somebody copied while they held it they keep.
 * @authority: who allowed it. Resolves to #ProbityRecord. INVALID for who does not hold it and for the reader;
 * STAGE where the case is not sealed.
 */
DexFuture *probity_case_seal_without (ProbitySession    *session,
                                      const char        *reference,
                                      const char *const *accounts,
                                      const char        *authority,
                                      const char        *reason);

/** As probity_investigation_open(), sealed from the first: no other compartment ever hears of it. */
DexFuture *probity_investigation_open_sealed (ProbitySession        *session,
                                              const ProbityCaseKind *kind,
                                              ProbityValues         *values,
                                              GPtrArray             *subjects,
                                              const char *const     *holders,
                                              const char            *reason);

/** How a case is sealed, or ought to be. */
typedef struct
{
  gboolean sealed;
  GStrv    holders;    /* names of accounts, where it is sealed */
  GStrv    candidates; /* accounts to which it could be sealed, or whom the reader could name besides */
  GStrv    conflicts;  /* accounts that hold the key of its compartment, of a second job of its checks, and are a subject, or related to one */
  GStrv    deciders;   /* of the candidates those whose role decides such a case */
  gboolean decided;    /* whether somebody is such who finds the case sealed anyhow */
  GStrv    gaining;    /* of the candidates those that hold no key of the checks of a second job, which they would be given */
} ProbitySealState;

#define PROBITY_TYPE_SEAL_STATE (probity_seal_state_get_type ())
GType probity_seal_state_get_type (void);
void  probity_seal_state_free (ProbitySealState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbitySealState, probity_seal_state_free)

/** Resolves to a boxed #ProbitySealState: whether the case is sealed, to whom, and who speaks for sealing it. */
DexFuture *probity_case_load_seal (ProbitySession *session,
                                   const char     *reference);

/** Whether the account opens cases of @kind sealed: by right, and with the keys of what would stand in one. */
gboolean probity_case_may_open_sealed (ProbitySession        *session,
                                       const ProbityCaseKind *kind);
/**
 * The same of a case of @kind that is not open yet, about the people with @staff_numbers: to whom it could be
 * sealed, and who speaks for it. Numbers that are nobody's, the reader's own and their relatives' tell nothing.
 * Subjects known by name alone are found when the case is opened. NOT_PERMITTED, NO_KEY or `not-your-step` for who opens none sealed.
 */
DexFuture *probity_case_load_seal_of_new (ProbitySession        *session,
                                          const ProbityCaseKind *kind,
                                          const char *const     *staff_numbers);

/** The sealed cases of which this account holds the key. Resolves to a boxed GPtrArray of #ProbityRecord. */
DexFuture *probity_case_load_sealed (ProbitySession *session);

/* For the rooms of app/. */

/** Called with each sealed case, its compartment entered. */
typedef gboolean (*ProbitySealCaseFunc) (const ProbitySource *source,
                                         const ProbityCase   *found,
                                         gpointer             data,
                                         GError             **error);
/** Calls @func for each sealed case whose key is held and from which the reader is not locked. On any thread of the casebook. */
gboolean probity_seal_collect (const ProbitySource *source,
                               ProbitySealCaseFunc  func,
                               gpointer             data,
                               GError             **error);

/** Says who finishes what a crash left of a move; once a session, before probity_casebook_finish_outbox(). */
void probity_seal_attach (ProbitySession *session);
/**
 * After that, before the session is used: clears this account's unused places of what a crash left, and has a
 * case whose move could not be finished here stand where it came from.
 */
DexFuture *probity_seal_settle (ProbitySession *session);

G_END_DECLS
