/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "probity-hours.h"

static ProbityProfile *
load_with_cap (const char *cap)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityProfile) generic = probity_profile_load_builtin ("generic", &error);
  g_autofree char *line = g_strconcat ("\nLocal-Cap=", cap, "\n", NULL);
  g_autoptr (GString) text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  ProbityProfile *profile;
  gsize           length;
  const char     *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (probity_profile_get_bytes (generic), &length);
  text = g_string_new_len (data, (gssize) length);
  g_assert_cmpuint (g_string_replace (text, "\nLocal-Cap=off\n", line, 1), ==, 1);
  bytes = g_string_free_to_bytes (g_steal_pointer (&text));
  profile = probity_profile_new_from_bytes (bytes, "cap", &error);
  g_assert_no_error (error);

  return profile;
}

static void
assert_warnings (const ProbityHours *hours,
                 const char         *expected)
{
  g_auto (GStrv) warnings = probity_hours_dup_warnings (hours);
  g_autofree char *joined = g_strjoinv (" ", warnings);

  g_assert_cmpstr (joined, ==, expected);
}

/* Rule: contracted and usual overtime hours and all jobs are held against the 48-hour average; 48 itself is not over. */
static void
test_hours_weekly_limit (void)
{
  g_autoptr (ProbityProfile) profile = load_with_cap ("off");
  const int    others[] = { 2 * 60, 30 };
  ProbityHours hours;

  probity_hours_sum (profile, 40 * 60, 90, 4 * 60, others, 2, &hours);
  g_assert_cmpint (hours.other_jobs, ==, 150);
  g_assert_cmpint (hours.total, ==, 48 * 60);
  g_assert_cmpint (hours.limit, ==, 48 * 60);
  g_assert_cmpint (hours.cap, ==, 0);
  assert_warnings (&hours, "");

  probity_hours_sum (profile, 40 * 60, 90, 4 * 60 + 1, others, 2, &hours);
  assert_warnings (&hours, "over-weekly-limit");
}

/* Rule: the local cap is on other work alone, and only where the force has set one. */
static void
test_hours_local_cap (void)
{
  g_autoptr (ProbityProfile) none = load_with_cap ("off");
  g_autoptr (ProbityProfile) sixteen = load_with_cap ("16");
  const int    others[] = { 10 * 60 };
  ProbityHours hours;

  probity_hours_sum (sixteen, 20 * 60, 0, 6 * 60, others, 1, &hours);
  assert_warnings (&hours, "");
  probity_hours_sum (sixteen, 20 * 60, 0, 6 * 60 + 1, others, 1, &hours);
  assert_warnings (&hours, "over-local-cap");
  probity_hours_sum (none, 20 * 60, 0, 6 * 60 + 1, others, 1, &hours);
  assert_warnings (&hours, "");
}

/* Rule: hours that nobody stated are said to be missing, not taken for none in silence. */
static void
test_hours_unknown (void)
{
  g_autoptr (ProbityProfile) profile = load_with_cap ("16");
  const int    others[] = { PROBITY_HOURS_UNKNOWN, 60 };
  ProbityHours hours;

  probity_hours_sum (profile, PROBITY_HOURS_UNKNOWN, PROBITY_HOURS_UNKNOWN, 60, others, 2, &hours);
  g_assert_cmpint (hours.total, ==, 120);
  assert_warnings (&hours, "contracted-hours-unknown job-hours-unknown");
  probity_hours_sum (profile, 40 * 60, 0, PROBITY_HOURS_UNKNOWN, NULL, 0, &hours);
  assert_warnings (&hours, "job-hours-unknown");
}

/* Rule: no number of rows makes the sum overflow. */
static void
test_hours_many (void)
{
  g_autoptr (ProbityProfile) profile = load_with_cap ("off");
  g_autofree int *others = g_new (int, 100000);
  ProbityHours    hours;

  for (int i = 0; i < 100000; i++)
    others[i] = G_MAXINT;
  probity_hours_sum (profile, G_MAXINT, G_MAXINT, G_MAXINT, others, 100000, &hours);
  g_assert_cmpint (hours.total, ==, G_MAXINT);
  assert_warnings (&hours, "over-weekly-limit");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hours/weekly-limit", test_hours_weekly_limit);
  g_test_add_func ("/hours/local-cap", test_hours_local_cap);
  g_test_add_func ("/hours/unknown", test_hours_unknown);
  g_test_add_func ("/hours/many", test_hours_many);

  return g_test_run ();
}
