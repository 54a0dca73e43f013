/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"

G_BEGIN_DECLS

/*
 * Checklists: what the force's profile wants looked at while a case of a kind stands at a stage. One is put
 * to a case by copying it, with profile and version; putting it again adds what is new in the profile
 * and keeps every answer. @kind is %NULL for a case of any kind.
 */

/** @stage: nullable: the case's present one. Resolves to a boxed ProbityValues with `added`, how many items were new. */
DexFuture *probity_checklist_apply (ProbitySession        *session,
                                    const ProbityCaseKind *kind,
                                    const char            *reference,
                                    const char            *stage);

/** @answer: `done`, `not-applicable` (which wants a @note) or `open` again. @stage: nullable: the present one. Resolves to TRUE. */
DexFuture *probity_checklist_answer (ProbitySession        *session,
                                     const ProbityCaseKind *kind,
                                     const char            *reference,
                                     const char            *stage,
                                     const char            *code,
                                     const char            *answer,
                                     const char            *note);

/**
 * Resolves to a boxed GPtrArray of ProbityValues, in the order of stages and of the profile: stage, code, text, rule,
 * answer (`open`, `done`, `not-applicable`), note, answered_at, answered_by, applied_at; present (of the
 * case's present stage). Before it is put to the case, what its present stage wants is listed with
 * answer `not-applied`.
 */
DexFuture *probity_checklist_load (ProbitySession        *session,
                                   const ProbityCaseKind *kind,
                                   const char            *reference);

G_END_DECLS
