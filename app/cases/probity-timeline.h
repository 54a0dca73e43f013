/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"

G_BEGIN_DECLS

/** One thing that happened to a case; all strings owned. */
typedef struct
{
  char *at;
  char *who;  /* account name; nullable */
  char *what; /* code: `stage:registered`, `action:done`, `commented:head-of-hr:supports`, … */
  char *text; /* nullable */
} ProbityTimelineItem;

/**
 * What happened to a case of any kind, from every compartment that the reader holds, oldest first: its
 * stages, actions, log, decisions, links, checklists, exhibits, and what its kind adds. Resolves to a
 * boxed GPtrArray of ProbityTimelineItem. @kind is %NULL for any.
 */
DexFuture *probity_case_load_timeline (ProbitySession        *session,
                                       const ProbityCaseKind *kind,
                                       const char            *reference);

void probity_timeline_item_free (ProbityTimelineItem *self);

/** The same on a reader thread, of a case that was found for this reader; in no order. (element-type ProbityTimelineItem) (transfer full) */
GPtrArray *probity_timeline_collect (const ProbitySource   *source,
                                     const ProbityCaseKind *kind,
                                     ProbityRecord         *record,
                                     GError               **error);

G_END_DECLS
