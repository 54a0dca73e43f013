/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record.h"

G_BEGIN_DECLS

/*
 * Whether the conditions of an approval are kept: each condition in force is looked at on its day, what
 * was seen is recorded, with evidence, and what follows from one that is not kept is what the profile
 * says: an action, both checks again, an answer by who decides.
 */

/**
 * Resolves to a boxed GPtrArray of ProbityValues of the conditions in force, in their order: number, uid,
 * code, text, due (when it is looked at; absent: not any more), state (`due`, `overdue`, `not-kept`: nobody who
 * decides has answered), and of the newest review: reviewed_on, result, seen, exhibit, who, answer, answered_by.
 */
DexFuture *probity_compliance_load (ProbitySession *session,
                                    const char     *reference);

/**
 * Records a review of condition @number. Values: `result` (`complied`, `not-complied`, `not-applicable`), `seen`;
 * `reviewed_on` (ISO day; today), `exhibit` (reference of an exhibit of the case), `next_due` (ISO day, or `+10`
 * working days; as the library or the profile says). Resolves to ProbityRecord.
 */
DexFuture *probity_compliance_review (ProbitySession *session,
                                      const char     *reference,
                                      guint           number,
                                      ProbityValues  *values);

/** What a decider, or the case's signatory, makes of condition @number not being kept. Resolves to ProbityRecord. */
DexFuture *probity_compliance_answer (ProbitySession *session,
                                      const char     *reference,
                                      guint           number,
                                      const char     *text);

G_END_DECLS
