/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-sample-follow-up.h"

#include "ctl-sample-story.h"
#include "probity-annual-review.h"
#include "probity-appeal.h"
#include "probity-compliance.h"
#include "probity-conduct.h"
#include "probity-record-kind.h"
#include "probity-seal.h"
#include "probity-watch.h"

static char *
dup_day (gint64 usec)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC);

  return g_date_time_format (day, "%Y-%m-%d");
}

static gboolean
follow_conditions (const char            *reference,
                   ProbitySession *const *sessions,
                   gint64                 today,
                   GError               **error)
{
  ProbitySession *hr = sessions[CTL_SAMPLE_HR_OFFICER];
  g_autoptr (ProbityValues) appeal = probity_values_new ();
  g_autoptr (ProbityValues) review = probity_values_new ();
  g_autofree char *served = dup_day (today - 8 * G_TIME_SPAN_DAY);
  g_autofree char *lodged = dup_day (today - 3 * G_TIME_SPAN_DAY);

  probity_values_set (review, "result", "not-complied");
  probity_values_set (review, "seen", "The rota of last month shows eleven hours in two of its weeks.");
  probity_values_set (appeal, "grounds", "Rest days are kept without the second condition; the first is accepted.");
  probity_values_set (appeal, "companion", "A colleague of the same station");
  probity_values_set (appeal, "lodged_on", lodged);

  return dex_await (probity_compliance_review (hr, reference, 2, review), error) &&
         dex_await (probity_appeal_serve (hr, reference, served, "By hand; a first letter was lost in the post"), error) &&
         dex_await (probity_appeal_lodge (hr, reference, appeal), error) &&
         dex_await (probity_appeal_seal (sessions[CTL_SAMPLE_DECIDER], reference, "Nothing is known beyond what the letter says."), error);
}

/* A run over what is due in the coming month, chased once; where nothing is due there is none. */
static gboolean
run_review (ProbitySession *const *sessions,
            gint64                 today,
            GError               **error)
{
  g_autofree char *until = dup_day (today + 28 * G_TIME_SPAN_DAY);
  g_autoptr (GError) problem = NULL;

  if (!dex_await (probity_annual_review_begin (sessions[CTL_SAMPLE_HEAD_OF_HR], NULL, until), &problem))
    {
      if (g_error_matches (problem, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_INVALID))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return dex_await (probity_annual_review_chase (sessions[CTL_SAMPLE_HR_OFFICER], 0, NULL, "By e-mail to each holder"), error);
}

gboolean
ctl_sample_follow_up (const char            *refused,
                      const char            *conditional,
                      ProbitySession *const *sessions,
                      gint64                 today,
                      GError               **error)
{
  if (conditional != NULL && !follow_conditions (conditional, sessions, today, error))
    return FALSE;

  if (!run_review (sessions, today, error))
    return FALSE;

  return refused == NULL ||
         (dex_await (probity_watch_add (sessions[CTL_SAMPLE_PSD_OFFICER], refused, "A notice in the shop window still names the applicant.", "+10"), error) &&
          dex_await (probity_watch_observe (sessions[CTL_SAMPLE_ACU_OFFICER], refused, "The notice is gone; the page on the web still shows the name."), error));
}

gboolean
ctl_sample_seal (const char            *staff_number,
                 ProbitySession *const *sessions,
                 GError               **error)
{
  static const char *const holders[] = { "acu-officer", NULL };
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);

  probity_values_set (values, "title", "Searches of a custody record without a policing purpose");
  probity_values_set (values, "origin", "report");
  probity_values_set (values, "summary", "A colleague says that the record was looked up for a friend.");
  g_ptr_array_add (subjects, probity_subject_new (staff_number, NULL, NULL));

  return dex_await (probity_investigation_open_sealed (sessions[CTL_SAMPLE_DECIDER], &probity_conduct_case, values, subjects, holders, "The officer researches for the unit and could read the case."), error);
}
