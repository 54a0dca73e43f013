/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"

G_BEGIN_DECLS

/*
 * Actions of a case: what is to be done, by whom, until when. They are numbered within the case. A soft
 * deadline is an aim; a hard one is moved only for a reason. An intrusive action is started only once
 * its case has the public-interest assessment that its kind asks for. Everybody who can see the case
 * sees its actions. @kind is %NULL for a case of any kind.
 */

/**
 * Values: `title`; `what`, `owner` (account name; the one that adds it), `soft_deadline` and
 * `hard_deadline` (ISO day, or `+10` working days), `intrusive` (`true`). The owner must be able to see
 * the case. Resolves to a boxed ProbityValues with `number`.
 */
DexFuture *probity_action_add (ProbitySession        *session,
                               const ProbityCaseKind *kind,
                               const char            *reference,
                               ProbityValues         *values);

/** Values that are set among `owner`, `soft_deadline`, `hard_deadline` change; @reason is needed where a hard deadline moves. */
DexFuture *probity_action_change (ProbitySession        *session,
                                  const ProbityCaseKind *kind,
                                  const char            *reference,
                                  guint                  number,
                                  ProbityValues         *values,
                                  const char            *reason);

DexFuture *probity_action_start (ProbitySession        *session,
                                 const ProbityCaseKind *kind,
                                 const char            *reference,
                                 guint                  number);
/** @result: what came of it; nullable. */
DexFuture *probity_action_finish (ProbitySession        *session,
                                  const ProbityCaseKind *kind,
                                  const char            *reference,
                                  guint                  number,
                                  const char            *result);
DexFuture *probity_action_cancel (ProbitySession        *session,
                                  const ProbityCaseKind *kind,
                                  const char            *reference,
                                  guint                  number,
                                  const char            *reason);

/**
 * Resolves to a boxed GPtrArray of ProbityValues: number, uid, title, what, owner, soft_deadline, hard_deadline,
 * intrusive, state (`open`, `started`, `done`, `cancelled`), result, created, created_by, started,
 * started_by, finished, finished_by, reason (the last one given), due (`overdue`, `past-soft`, `today`, `due`
 * in five working days, else absent), working_days (left until the next deadline, negative when over).
 * Open ones first, by deadline.
 */
DexFuture *probity_action_load (ProbitySession        *session,
                                const ProbityCaseKind *kind,
                                const char            *reference);

G_END_DECLS
