/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-gate-private.h"
#include "probity-sealed-answer.h"
#include "probity-sealed-people.h"

G_BEGIN_DECLS

/** What was answered about one person, by the sealed compartments that a reader holds. */
typedef struct
{
  gboolean due;   /* one of them has no answer that holds */
  gboolean named; /* a case in one of them names the person */
  gboolean lacks; /* and has no answer that holds */
  gboolean waits; /* the newest answer in one of them asks to wait */
} ProbitySealedJudgement;

/** @gate is told what does not prove. Nothing is judged where @source was made without readers, and of what is sealed itself. */
gboolean probity_sealed_answer_judge (ProbityGate             *gate,
                                      const ProbityGateSource *source,
                                      ProbitySealedPeople     *people,
                                      ProbityCheckTarget      *target,
                                      ProbitySealedJudgement  *ret_judgement,
                                      GError                 **error);
/** Adds to the codes of @gate, and to @codes (nullable), what is missing about @target. */
gboolean probity_sealed_answer_examine (ProbityGate             *gate,
                                        const ProbityGateSource *source,
                                        ProbityCheckTarget      *target,
                                        GPtrArray               *codes,
                                        GError                 **error);
/** The case behind a pending check, judged as a whole: whether this reader is still asked about it. On a reader thread. */
gboolean probity_sealed_answer_is_due (ProbitySession          *session,
                                       ProbityRead             *read,
                                       ProbitySealedPeople     *people,
                                       const ProbityRecordKind *kind,
                                       const char              *uid,
                                       ProbitySealedJudgement  *ret_judgement,
                                       GError                 **error);

extern const ProbitySignedTable probity_signed_sealed_answer;

/** Proves the answers of the sealed compartment that is entered; a ProbityVerifyFunc. */
gboolean probity_sealed_answer_verify (ProbitySession    *session,
                                       ProbityRead       *read,
                                       ProbityCompartment compartment,
                                       GPtrArray         *problems,
                                       GError           **error);

G_END_DECLS
