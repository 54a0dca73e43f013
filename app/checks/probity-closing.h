/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"

G_BEGIN_DECLS

/*
 * The closing gate of leak and conduct investigations. No closing decision (finding, no further
 * action, referral to proceedings) is made before a complaints check and an intelligence check of every
 * subject are published: of the subject as they are now, fresh, each hit assessed, no newer record, by
 * people who do not investigate. No further action wants a proposal by a second person. Missing-codes:
 * complaints-check, intelligence-check, unassessed-hits, stale-check, new-record, second-person, no-subject,
 * separation-of-duties, not-your-step.
 */

/** What is there of the two checks of one subject. All strings owned. */
typedef struct
{
  char    *uid;                               /* of the subject */
  char    *subject;                           /* staff number, or name and birth date */
  char    *name;                              /* nullable */
  gboolean complaints;                        /* a check holds: published, proved, fresh, nothing newer */
  gboolean intelligence;                      /* FALSE too where the reader cannot know */
  char    *complaints_by, *complaints_at;     /* account name, instant: of the check that holds; nullable */
  char    *intelligence_by, *intelligence_at; /* likewise */
  GStrv    missing;                           /* codes of this subject */
  GStrv    unseen;                            /* those of them of which this reader is not shown whether they are there */
} ProbityClosingSubject;

typedef struct
{
  char      *reference;
  GPtrArray *subjects;     /* ProbityClosingSubject; who was eliminated is not among them */
  GStrv      missing;      /* what hinders this case from being closed by anybody */
  GStrv      unseen;       /* as of its subjects */
  gboolean   may_close;    /* this reader, now, with the outcome proposed */
  gboolean   investigates; /* this reader is or was owner or investigating officer: makes no check, closes nothing */
  char      *proposed;     /* outcome that somebody proposed last; NULL */
  char      *proposed_by, *proposed_at, *proposed_reasons;
  char      *closed_by, *closed_at, *closed_reasons; /* once it is closed */
} ProbityClosingState;
#define PROBITY_TYPE_CLOSING_STATE (probity_closing_state_get_type ())
GType probity_closing_state_get_type (void);
void  probity_closing_state_free (ProbityClosingState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityClosingState, probity_closing_state_free)

/** The outcomes that close a case of @kind; NULL-terminated, static. */
const char *const *probity_closing_get_outcomes (const ProbityCaseKind *kind);
/** Whether @outcome means that nothing further is done, which two people answer for. */
gboolean probity_closing_is_no_further_action (const char *outcome);

/** Examines the gate; resolves to #ProbityClosingState. */
DexFuture *probity_closing_load (ProbitySession *session,
                                 const char     *reference);
/** The same for a list that the program makes: a case that is this reader's no longer rejects too, and nothing is logged. */
DexFuture *probity_closing_peek (ProbitySession *session,
                                 const char     *reference);

/** Proposes to close with @outcome; signed. By whoever works on the case. */
DexFuture *probity_closing_propose (ProbitySession *session,
                                    const char     *reference,
                                    const char     *outcome,
                                    const char     *reasons);

/**
 * Closes through the gate: the decider alone. @no_subject: why nobody could be checked, where the case
 * is about nobody; else %NULL. PROBITY_RECORD_ERROR_GATE carries what is missing. Resolves to #ProbityRecord.
 */
DexFuture *probity_closing_close (ProbitySession *session,
                                  const char     *reference,
                                  const char     *outcome,
                                  const char     *reasons,
                                  const char     *no_subject);

/** What verify proves of closing decisions, of checks and proposals behind them. A ProbityVerifyFunc. */
gboolean probity_closing_verify (ProbitySession    *session,
                                 ProbityRead       *read,
                                 ProbityCompartment compartment,
                                 GPtrArray         *problems,
                                 GError           **error);

G_END_DECLS
