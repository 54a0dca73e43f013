/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-session.h"

G_BEGIN_DECLS

typedef struct { char *id, *from, *to; gboolean available; gint64 value; } ProbityIndicator;
/** Days ISO, both included, UK. Resolves to boxed GPtrArray of ProbityIndicator: second-jobs-submitted, second-jobs-approved. */
DexFuture *probity_statistics (ProbitySession *session, const char *from, const char *to);

/** One line of "My day". */
typedef struct
{
  char *group;     /* overdue, today, waiting, new, refused */
  char *what;      /* code: comment, check-complaints, check-intelligence, view, decide, letter, review-due, recheck, sanitise, refused-attempt, grant, … */
  char *kind;      /* record kind to open */
  char *uid;
  char *reference;
  char *subject;   /* who or what */
  char *due;       /* ISO day, nullable */
  char *why;       /* code or text */
} ProbityDayItem;
/** Resolves to boxed GPtrArray of ProbityDayItem, most pressing first. */
DexFuture *probity_my_day (ProbitySession *session);
/** Opens sealed notes in the journal for compartments this session holds (refused attempts); part of My day for the ACU. */

G_END_DECLS
