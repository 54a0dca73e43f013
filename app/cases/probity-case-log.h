/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"

G_BEGIN_DECLS

/*
 * The case log and the decision log. Both are append-only and signed. A log entry is corrected by an
 * entry of its own that names it. A decision is amended by who recorded it, for 24 hours; then it is
 * sealed. @kind is %NULL for a case of any kind.
 */

/** Kinds of log entries: `note`, `enquiry`, `contact`, `meeting`, `advice`, `disclosure`, `correction`; NULL-terminated. */
extern const char *const probity_case_log_kinds[];

/**
 * @entry_kind: nullable: `note`, or `correction` where @corrects is set. @corrects: nullable, number of
 * the entry that this one corrects. Resolves to a boxed ProbityValues with `number`.
 */
DexFuture *probity_case_log_add (ProbitySession        *session,
                                 const ProbityCaseKind *kind,
                                 const char            *reference,
                                 const char            *entry_kind,
                                 const char            *text,
                                 guint                  corrects);

/** Resolves to a boxed GPtrArray of ProbityValues: number, uid, at, who, kind, text, corrects, corrected_by (numbers); oldest first. */
DexFuture *probity_case_log_load (ProbitySession        *session,
                                  const ProbityCaseKind *kind,
                                  const char            *reference);

/** What a decision is recorded under: title, the headings of the National Decision Model (`information`, `threat`, `powers`, `options`, `action`, `ethics`), `reasons`, `decided_by`; NULL-terminated. */
extern const char *const probity_decision_fields[];

/** `title`, `options` and `reasons` are needed; `decided_by` is this account where it says nothing. Resolves to a boxed ProbityValues with `number`. */
DexFuture *probity_decision_log_add (ProbitySession        *session,
                                     const ProbityCaseKind *kind,
                                     const char            *reference,
                                     ProbityValues         *values);

/** Fields that @values set take the place of the earlier ones, which stay on record. PROBITY_RECORD_ERROR_STAGE once it is sealed. */
DexFuture *probity_decision_log_amend (ProbitySession        *session,
                                       const ProbityCaseKind *kind,
                                       const char            *reference,
                                       guint                  number,
                                       ProbityValues         *values);

/**
 * Resolves to a boxed GPtrArray of ProbityValues, by number and amendment: number, amendment, uid, the
 * fields above, at, who, latest (the wording that stands), sealed, sealed_at, may_amend (this account, now).
 */
DexFuture *probity_decision_log_load (ProbitySession        *session,
                                      const ProbityCaseKind *kind,
                                      const char            *reference);

G_END_DECLS
