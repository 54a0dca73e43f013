/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record.h"

G_BEGIN_DECLS

/*
 * A check finds nothing that is sealed. Whoever holds a sealed compartment is shown every check that is pending, hit
 * or not, with what their own sealed cases say of the person, and answers. The answer is signed and stands in the sealed
 * compartments of who gives it, in the same words in each: nothing outside shows that anybody was asked. It holds for
 * the person and the application as they were, and any holder of a compartment answers for that compartment.
 *
 * The gate of a reader who holds a sealed case that names the person lacks `sealed-answer` until there is one, and
 * `sealed-wait` while the newest asks to wait. Both are told to them alone, and logged nowhere else.
 */

/**
 * What sealed cases say of whom the case @reference is about, and what was answered. Resolves to a boxed GPtrArray of
 * #ProbityValues, each with `what`:
 *
 *   named    a sealed case: `kind`, `uid`, `reference`, `title`, `subject` (whom of the case asked about) and `why`
 *   answer   one that holds: `answer`, `reason`, `subject`, `who`, `at`, `reference` of the sealed case beside which it stands
 *
 * Logged as a consultation in the sealed compartments. `not-your-step` for who holds none.
 */
DexFuture *probity_sealed_answer_load (ProbitySession *session,
                                       const char     *reference);
/**
 * Answers for everybody whom the case @reference is about. @answer is `nothing`, or `wait` with a @reason, which is
 * put beside those sealed cases that name somebody; INVALID where none does. Resolves to #ProbityRecord.
 */
DexFuture *probity_sealed_answer_give (ProbitySession *session,
                                       const char     *reference,
                                       const char     *answer,
                                       const char     *reason);
/** Answers `nothing` for each of the cases @references, one command a case. Resolves to gint64: how many. */
DexFuture *probity_sealed_answer_give_several (ProbitySession    *session,
                                               const char *const *references);

G_END_DECLS
