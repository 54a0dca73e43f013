/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record.h"

G_BEGIN_DECLS

/*
 * Appeals against the decision on a second job, to the chief officer. The clock runs from the day on
 * which the letter was served, for as many days as the profile gives the applicant's employment group.
 * An appeal leaves the decision in force; what is upheld goes through the same gate as any approval.
 */

/** Records when and how the letter of the newest decision was served. @served_on: ISO day. Resolves to ProbityRecord. */
DexFuture *probity_appeal_serve (ProbitySession *session,
                                 const char     *reference,
                                 const char     *served_on,
                                 const char     *how);

/**
 * Enters an appeal. Values: `grounds`; `lodged_on` (ISO day; today), `companion` (police friend,
 * representative or colleague), `late_reason`, needed once the last day is over. Against a refusal, or
 * the conditions of an approval; once a decision. Resolves to ProbityRecord.
 */
DexFuture *probity_appeal_lodge (ProbitySession *session,
                                 const char     *reference,
                                 ProbityValues  *values);

/** Ends an open appeal that the applicant does not pursue. Resolves to ProbityRecord. */
DexFuture *probity_appeal_withdraw (ProbitySession *session,
                                    const char     *reference,
                                    const char     *reason);

/**
 * The bundle of reasons, by a decider: the restricted reasons of the decision, professional standards' view
 * and @note (nullable) are sealed to the chief officers who took no part, with the clearances of both
 * checks as far as they hold. Given again whenever something changed. Resolves to ProbityRecord.
 */
DexFuture *probity_appeal_seal (ProbitySession *session,
                                const char     *reference,
                                const char     *note);

typedef struct
{
  const char        *outcome;    /* upheld, dismissed */
  const char        *reasons;    /* letter, `registers` */
  const char *const *conditions; /* nullable: upheld on these, codes or free text */
} ProbityAppealDecision;

/**
 * The chief officer's decision. Needs the bundle; to uphold also what the gate of any approval asks, but no
 * view of professional standards. PROBITY_RECORD_ERROR_GATE lists what is missing. Resolves to ProbityRecord.
 */
DexFuture *probity_appeal_decide (ProbitySession              *session,
                                  const char                  *reference,
                                  const ProbityAppealDecision *decision);

/**
 * Resolves to a boxed ProbityValues of the newest decision and its appeal: decision_outcome, decided,
 * served_on, how, last_day (by when to lodge), lodged_on, late (`true`), late_reason, grounds,
 * companion, decide_by, lodged_by, outcome, outcome_reasons, outcome_by, outcome_at. What is not there yet is left out.
 */
DexFuture *probity_appeal_load (ProbitySession *session,
                                const char     *reference);

/**
 * The bundle for its reader: open_reasons, missing_facts; `restricted` (chief officer, from their box; who
 * holds `intelligence`, as it was sealed), sealed_by, sealed_at; comments as `comment-1` and so on, whose
 * parts are `comment-1-for`, `-who`, `-supports` (`supports`, `does-not-support`) and `-text`. Logged as
 * a consultation. Resolves to a boxed ProbityValues.
 */
DexFuture *probity_appeal_load_bundle (ProbitySession *session,
                                       const char     *reference);

G_END_DECLS
