/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-session.h"

G_BEGIN_DECLS

/** One number of the statistics. Days are ISO, UK, both included. */
typedef struct
{
  char    *id; /* second-jobs-submitted, second-jobs-approved, leak-investigations, leak-investigations-open, conduct-investigations, social-media-referrals */
  char    *from;
  char    *to;
  gboolean available; /* FALSE: this account cannot read it; never 0 then */
  gint64   value;
  gint64   brought_forward; /* how many of them stand by what an earlier register recorded */
} ProbityIndicator;

void probity_indicator_free (ProbityIndicator *self);

/**
 * Counts what was received, or for investigations decided, from @from to @to, both included; with %NULL for both
 * days each indicator in its own window, that of the founding reports. Resolves to boxed GPtrArray of
 * #ProbityIndicator. A day that cannot be read is PROBITY_RECORD_ERROR_INVALID.
 */
DexFuture *probity_statistics (ProbitySession *session,
                               const char     *from,
                               const char     *to);

/** One line of "My day". */
typedef struct
{
  char *group;     /* overdue, today, waiting, new, sealed, refused */
  char *what;      /* comment, check-complaints, check-intelligence, view, decide, facts, letter, review-due, recheck, sanitise, approve-sanitised, report-review, letter-served, seal-appeal, decide-appeal, await-reasons, condition-due, condition-not-kept, watch, refused-attempt, grant, action, statutory-report, notice-review, stage-over, assessment, close, sealed-check, sealed-case */
  char *kind;      /* record kind to open; NULL: none */
  char *uid;       /* nullable; of a refused attempt its number */
  char *reference; /* nullable */
  char *subject;   /* who or what */
  char *due;       /* ISO day, nullable */
  char *why;       /* code or text, nullable */
} ProbityDayItem;

void probity_day_item_free (ProbityDayItem *self);

/**
 * What waits for this reader, most pressing first, by role: actions, comments, returns, letters, checks,
 * re-checks, sanitising, a view or decision, statutory reports, withheld notices, assessments, closings,
 * grants; for the ACU also refused attempts (sealed notes
 * of the journal). Resolves to boxed GPtrArray of #ProbityDayItem.
 */
DexFuture *probity_my_day (ProbitySession *session);
/** The same, to be counted: once nobody waits for anything else. */
DexFuture *probity_my_day_behind (ProbitySession *session);

G_END_DECLS
