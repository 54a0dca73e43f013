/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-hours.h"

/* More than any week has, so that no sum of many rows overflows. */
#define MOST_MINUTES (1000 * 60)

static int
count_known (int                   minutes,
             ProbityHoursWarnings  warning,
             ProbityHoursWarnings *warnings)
{
  if (minutes < 0)
    {
      *warnings |= warning;
      return 0;
    }

  return MIN (minutes, MOST_MINUTES);
}

/**
 * probity_hours_sum:
 * @contracted: minutes a week by the contract, or %PROBITY_HOURS_UNKNOWN
 * @overtime: usual overtime; unknown is none
 * @this_job: of the job applied for
 * @other_jobs: (array length=n_other_jobs): of every other registered and pending job of the person
 *
 * Sums a week's work and holds it against the weekly average of the profile (48 hours by the Working Time Regulations
 * 1998) and the force's own cap on other work.
 */
void
probity_hours_sum (ProbityProfile *profile,
                   int             contracted,
                   int             overtime,
                   int             this_job,
                   const int      *other_jobs,
                   gsize           n_other_jobs,
                   ProbityHours   *ret_hours)
{
  ProbityHours hours = { 0 };
  gint64       others = 0;
  gint64       total;

  g_return_if_fail (profile != NULL && ret_hours != NULL);

  hours.contracted = count_known (contracted, PROBITY_HOURS_CONTRACT_UNKNOWN, &hours.warnings);
  hours.overtime = MIN (MAX (overtime, 0), MOST_MINUTES);
  hours.this_job = count_known (this_job, PROBITY_HOURS_JOB_UNKNOWN, &hours.warnings);
  for (gsize i = 0; i < n_other_jobs; i++)
    others += count_known (other_jobs[i], PROBITY_HOURS_JOB_UNKNOWN, &hours.warnings);

  total = hours.contracted + hours.overtime + hours.this_job + others;
  hours.other_jobs = (int) MIN (others, G_MAXINT);
  hours.total = (int) MIN (total, G_MAXINT);
  hours.limit = probity_profile_get_weekly_limit (profile);
  hours.cap = probity_profile_get_local_cap (profile);

  if (total > hours.limit)
    hours.warnings |= PROBITY_HOURS_OVER_WEEKLY_LIMIT;
  if (hours.cap > 0 && hours.this_job + others > hours.cap)
    hours.warnings |= PROBITY_HOURS_OVER_LOCAL_CAP;

  *ret_hours = hours;
}

/**
 * probity_hours_dup_warnings:
 *
 * Returns: (transfer full): codes: `over-weekly-limit`, `over-local-cap`, `contracted-hours-unknown`, `job-hours-unknown`
 */
GStrv
probity_hours_dup_warnings (const ProbityHours *hours)
{
  static const struct
  {
    ProbityHoursWarnings warning;
    const char          *code;
  } codes[] = {
    { PROBITY_HOURS_OVER_WEEKLY_LIMIT, "over-weekly-limit" },
    { PROBITY_HOURS_OVER_LOCAL_CAP, "over-local-cap" },
    { PROBITY_HOURS_CONTRACT_UNKNOWN, "contracted-hours-unknown" },
    { PROBITY_HOURS_JOB_UNKNOWN, "job-hours-unknown" },
  };
  g_autoptr (GStrvBuilder) warnings = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if ((hours->warnings & codes[i].warning) != 0)
      g_strv_builder_add (warnings, codes[i].code);

  return g_strv_builder_end (warnings);
}
