/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-profile.h"

G_BEGIN_DECLS

/* Hours that nobody stated. */
#define PROBITY_HOURS_UNKNOWN (-1)

/**
 * ProbityHoursWarnings:
 * @PROBITY_HOURS_OVER_WEEKLY_LIMIT: all work together is more than the weekly average of the profile
 * @PROBITY_HOURS_OVER_LOCAL_CAP: other work together is more than the force's own cap
 * @PROBITY_HOURS_CONTRACT_UNKNOWN: the contracted hours are not known, so the sum is too small
 * @PROBITY_HOURS_JOB_UNKNOWN: the hours of one of the jobs are not known, so the sum is too small
 *
 * Warnings are answered by whoever decides; they never block.
 */
typedef enum /*< flags >*/
{
  PROBITY_HOURS_OVER_WEEKLY_LIMIT = 1 << 0,
  PROBITY_HOURS_OVER_LOCAL_CAP = 1 << 1,
  PROBITY_HOURS_CONTRACT_UNKNOWN = 1 << 2,
  PROBITY_HOURS_JOB_UNKNOWN = 1 << 3,
} ProbityHoursWarnings;

/**
 * ProbityHours:
 *
 * Minutes a week; what is not known counts as none and has its warning.
 */
typedef struct
{
  int                  contracted;
  int                  overtime;
  int                  this_job;
  int                  other_jobs;
  int                  total;
  int                  limit;
  int                  cap; /* 0: the force has none */
  ProbityHoursWarnings warnings;
} ProbityHours;

void  probity_hours_sum (ProbityProfile *profile,
                         int             contracted,
                         int             overtime,
                         int             this_job,
                         const int      *other_jobs,
                         gsize           n_other_jobs,
                         ProbityHours   *ret_hours);
GStrv probity_hours_dup_warnings (const ProbityHours *hours);

G_END_DECLS
