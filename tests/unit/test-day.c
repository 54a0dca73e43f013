/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-clock.h"
#include "probity-day.h"
#include "probity-instant.h"

#define assert_iso(day, expected)                     \
  G_STMT_START                                        \
  {                                                   \
    g_autofree char *_iso = probity_day_to_iso (day); \
    g_assert_cmpstr (_iso, ==, expected);             \
  }                                                   \
  G_STMT_END

static ProbityDay
parse_day (const char *iso)
{
  ProbityDay day = probity_day_from_iso (iso);

  g_assert_cmpuint (day, !=, PROBITY_DAY_NONE);

  return day;
}

/* Rule: a day is ISO text of a day that the calendar has, and nothing else. */
static void
test_day_iso (void)
{
  static const char *const wrong[] = {
    "", "2012", "2012-3-4", "2012-03-04 ", " 2012-03-04", "2012/03/04", "2012-02-30", "2011-02-29", "2012-13-01", "2012-00-01", "2012-01-00", "0000-01-01", "1799-12-31", "3000-01-01", "2012-03-04T00:00:00Z", "२०१२-०३-०४"
  };

  assert_iso (parse_day ("2012-02-29"), "2012-02-29");
  assert_iso (parse_day ("1800-01-01"), "1800-01-01");
  assert_iso (parse_day ("2999-12-31"), "2999-12-31");
  g_assert_cmpuint (probity_day_from_iso (NULL), ==, PROBITY_DAY_NONE);
  g_assert_null (probity_day_to_iso (PROBITY_DAY_NONE));

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpuint (probity_day_from_iso (wrong[i]), ==, PROBITY_DAY_NONE);
}

/* Rule: days are numbers in a row, and weekdays follow the calendar. */
static void
test_day_arithmetic (void)
{
  g_autofree char *words = probity_day_to_words (parse_day ("2012-03-04"));

  g_assert_cmpstr (words, ==, "4 March 2012");
  g_assert_cmpuint (parse_day ("2012-03-01") - parse_day ("2012-02-28"), ==, 2);
  g_assert_cmpint (probity_day_get_weekday (parse_day ("2012-12-17")), ==, 1);
  g_assert_cmpint (probity_day_get_weekday (parse_day ("2000-02-27")), ==, 7);
  assert_iso (parse_day ("2012-02-28") + 28, "2012-03-27");
}

/* Rule: a review is due on the same day of the month, or on the month's last day. */
static void
test_day_months (void)
{
  assert_iso (probity_day_add_months (parse_day ("2012-01-31"), 1), "2012-02-29");
  assert_iso (probity_day_add_months (parse_day ("2011-01-31"), 1), "2011-02-28");
  assert_iso (probity_day_add_months (parse_day ("2012-01-15"), -1), "2011-12-15");
  assert_iso (probity_day_add_months (parse_day ("2012-11-30"), 14), "2014-01-30");
  assert_iso (probity_day_add_years (parse_day ("2012-02-29"), 1), "2013-02-28");
  assert_iso (probity_day_add_years (parse_day ("2012-02-29"), 4), "2016-02-29");
  g_assert_cmpuint (probity_day_add_years (parse_day ("2999-12-31"), 1), ==, PROBITY_DAY_NONE);
  g_assert_cmpuint (probity_day_add_months (PROBITY_DAY_NONE, 1), ==, PROBITY_DAY_NONE);
}

/* Rule: a window of days includes its first and its last day. */
static void
test_day_window (void)
{
  ProbityDay from = parse_day ("2011-09-01");
  ProbityDay to = parse_day ("2012-05-31");

  g_assert_true (probity_window_contains_day (from, to, from));
  g_assert_true (probity_window_contains_day (from, to, to));
  g_assert_false (probity_window_contains_day (from, to, from - 1));
  g_assert_false (probity_window_contains_day (from, to, to + 1));
  g_assert_false (probity_window_contains_day (PROBITY_DAY_NONE, to, PROBITY_DAY_NONE));

  /* 31 May 2012 ends at 23:00 UTC, because British Summer Time holds. */
  g_assert_true (probity_window_contains_instant (from, to, "2012-05-31T22:59:59.999Z"));
  g_assert_false (probity_window_contains_instant (from, to, "2012-05-31T23:00:00.000Z"));
  g_assert_true (probity_window_contains_instant (from, to, "2011-08-31T23:00:00.000Z"));
  g_assert_false (probity_window_contains_instant (from, to, "2011-08-31T22:59:59.999Z"));
  g_assert_false (probity_window_contains_instant (from, to, "yesterday"));
}

/* Rule: an instant belongs to the day it is in the United Kingdom then, summer and winter. */
static void
test_day_of_instant (void)
{
  g_autofree char *summer = probity_day_start_instant (parse_day ("2012-06-01"));
  g_autofree char *words = probity_instant_to_words ("2012-06-30T23:30:00.000Z");
  g_autofree char *winter = probity_day_start_instant (parse_day ("2012-12-01"));

  g_assert_cmpstr (summer, ==, "2012-05-31T23:00:00.000Z");
  g_assert_cmpstr (winter, ==, "2012-12-01T00:00:00.000Z");
  g_assert_cmpstr (words, ==, "1 July 2012, 00:30");
  g_assert_null (probity_instant_to_words ("soon"));
  assert_iso (probity_instant_to_day ("2012-06-30T23:30:00.000Z"), "2012-07-01");
  assert_iso (probity_instant_to_day ("2012-12-31T23:30:00.000Z"), "2012-12-31");
  assert_iso (probity_instant_to_day ("2012-03-25T00:59:59.999Z"), "2012-03-25");
}

/* Rule: an instant is written in UTC with milliseconds and read back as the same one. */
static void
test_instant_text (void)
{
  static const char *const wrong[] = {
    "", "2026-11-22", "2026-11-22T09:30:00", "2026-11-22 09:30:00.123Z", "2026-11-22T09:30:00.123+", "2026-02-30T09:30:00.123Z", "2026-11-22T24:00:00.000Z", "2026-11-22T09:60:00.000Z", "2026-11-22T09:30:00,123Z", "2026-11-22T09:30:00.12Z"
  };
  gint64 ms;

  g_assert_true (probity_instant_to_ms ("1970-01-01T00:00:01.002Z", &ms));
  g_assert_cmpint (ms, ==, 1002);
  g_assert_true (probity_instant_to_ms ("1970-01-01T00:00:01Z", &ms));
  g_assert_cmpint (ms, ==, 1000);

  for (gint64 at = -5000; at < 5000; at += 7)
    {
      g_autofree char *text = probity_instant_from_ms (at);

      g_assert_true (probity_instant_to_ms (text, &ms));
      g_assert_cmpint (ms, ==, at);
    }

  g_assert_false (probity_instant_to_ms (NULL, &ms));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (probity_instant_to_ms (wrong[i], &ms));
}

/* Rule: a clock handed down stands or steps; the system's clock tells the time of this machine. */
static void
test_clock (void)
{
  g_autoptr (ProbityClock) system = probity_clock_new_system ();
  g_autoptr (ProbityClock) fixed = probity_clock_new_fixed ("2012-05-31T22:59:59.999Z");
  g_autofree char *one = probity_clock_dup_now (fixed);
  g_autofree char *two = probity_clock_dup_now (fixed);
  g_autofree char *today = probity_clock_dup_today (fixed);
  g_autofree char *three = NULL;
  g_autofree char *four = NULL;
  g_autofree char *five = NULL;
  g_autofree char *six = NULL;
  gint64           before, now;

  before = g_get_real_time ();
  now = probity_clock_get_unix_usec (system);
  /* Whatever lies between; only that somebody sets the clock just now is left some room. */
  g_assert_cmpint (now, >=, before - 5 * G_USEC_PER_SEC);
  g_assert_cmpint (now, <=, g_get_real_time () + 5 * G_USEC_PER_SEC);
  g_assert_cmpstr (one, ==, "2012-05-31T22:59:59.999Z");
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (today, ==, "2012-05-31");
  g_assert_cmpint (probity_clock_get_unix_usec (fixed), ==, G_GINT64_CONSTANT (1338505199999000));

  probity_clock_set_step (fixed, 1);
  three = probity_clock_dup_now (fixed);
  four = probity_clock_dup_now (fixed);
  five = probity_clock_dup_today (fixed);
  g_assert_cmpstr (three, ==, one);
  g_assert_cmpstr (four, ==, "2012-05-31T23:00:00.000Z");
  g_assert_cmpstr (five, ==, "2012-06-01");

  probity_clock_set (fixed, "2012-06-05T08:00:00.000Z");
  six = probity_clock_dup_now (fixed);
  g_assert_cmpstr (six, ==, "2012-06-05T08:00:00.000Z");
}

/* Rule: a record's uid is a UUIDv7, sortable by time and never the same twice. */
static void
test_uid (void)
{
  g_autofree char *early = probity_uid_new (G_GINT64_CONSTANT (1338505199999000));
  g_autofree char *late = probity_uid_new (G_GINT64_CONSTANT (1338505200000000));
  g_autofree char *again = probity_uid_new (G_GINT64_CONSTANT (1338505200000000));

  g_assert_true (probity_uid_is_valid (early));
  g_assert_true (g_str_has_prefix (early, "0137a520-817f-7"));
  g_assert_cmpstr (early, <, late);
  g_assert_cmpstr (late, !=, again);
  g_assert_false (probity_uid_is_valid (NULL));
  g_assert_false (probity_uid_is_valid ("0137a520-817f-4000-8000-000000000000"));
  g_assert_false (probity_uid_is_valid ("0137A514-AE5F-7000-8000-000000000000"));
  g_assert_true (probity_uid_is_valid ("0137a520-817f-7000-8000-000000000000"));
}

static void
assert_holidays (int               year,
                 const char *const expected[],
                 gsize             n_expected)
{
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GString) wanted = g_string_new (NULL);
  ProbityDay last = probity_day_new (year, 12, 31);

  for (ProbityDay day = probity_day_new (year, 1, 1); day <= last; day++)
    if (probity_day_is_bank_holiday (day, NULL, 0))
      {
        g_autofree char *iso = probity_day_to_iso (day);

        g_string_append_printf (found, "%s ", iso + 5);
      }
  for (gsize i = 0; i < n_expected; i++)
    g_string_append_printf (wanted, "%s ", expected[i]);

  g_assert_cmpstr (found->str, ==, wanted->str);
}

/* Rule: working days leave out the bank holidays of England and Wales, as they were proclaimed (gov.uk/bank-holidays). */
static void
test_bank_holidays_known (void)
{
  static const char *const of_2011[] = { "01-03", "04-22", "04-25", "04-29", "05-02", "05-30", "08-29", "12-26", "12-27" };
  static const char *const of_2012[] = { "01-02", "04-06", "04-09", "05-07", "06-04", "06-05", "08-27", "12-25", "12-26" };
  static const char *const of_2020[] = { "01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28" };
  static const char *const of_2021[] = { "01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28" };
  static const char *const of_2022[] = { "01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27" };
  static const char *const of_2023[] = { "01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26" };
  static const char *const of_2024[] = { "01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26" };
  static const char *const of_2026[] = { "01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28" };
  static const char *const of_2028[] = { "01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26" };

  assert_holidays (2011, of_2011, G_N_ELEMENTS (of_2011));
  assert_holidays (2012, of_2012, G_N_ELEMENTS (of_2012));
  assert_holidays (2020, of_2020, G_N_ELEMENTS (of_2020));
  assert_holidays (2021, of_2021, G_N_ELEMENTS (of_2021));
  assert_holidays (2022, of_2022, G_N_ELEMENTS (of_2022));
  assert_holidays (2023, of_2023, G_N_ELEMENTS (of_2023));
  assert_holidays (2024, of_2024, G_N_ELEMENTS (of_2024));
  assert_holidays (2026, of_2026, G_N_ELEMENTS (of_2026));
  assert_holidays (2028, of_2028, G_N_ELEMENTS (of_2028));
}

/* Rule: every year to come has its eight bank holidays, all on weekdays, Easter on the right Sunday. */
static void
test_bank_holidays_to_2040 (void)
{
  static const struct
  {
    int         year;
    const char *easter_monday;
  } easter[] = {
    { 2025, "2025-04-21" },
    { 2026, "2026-04-06" },
    { 2027, "2027-03-29" },
    { 2028, "2028-04-17" },
    { 2029, "2029-04-02" },
    { 2030, "2030-04-22" },
    { 2031, "2031-04-14" },
    { 2032, "2032-03-29" },
    { 2033, "2033-04-18" },
    { 2034, "2034-04-10" },
    { 2035, "2035-03-26" },
    { 2036, "2036-04-14" },
    { 2037, "2037-04-06" },
    { 2038, "2038-04-26" },
    { 2039, "2039-04-11" },
    { 2040, "2040-04-02" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (easter); i++)
    {
      ProbityDay last = probity_day_new (easter[i].year, 12, 31);
      ProbityDay monday = parse_day (easter[i].easter_monday);
      int        count = 0;

      g_assert_true (probity_day_is_bank_holiday (monday, NULL, 0));
      g_assert_true (probity_day_is_bank_holiday (monday - 3, NULL, 0));

      for (ProbityDay day = probity_day_new (easter[i].year, 1, 1); day <= last; day++)
        if (probity_day_is_bank_holiday (day, NULL, 0))
          {
            g_assert_cmpint (probity_day_get_weekday (day), <=, 5);
            count++;
          }
      g_assert_cmpint (count, ==, 8);
    }
}

/* Rule: a deadline in working days passes over weekends, bank holidays and days proclaimed since. */
static void
test_working_days (void)
{
  ProbityDay extra[] = { parse_day ("2027-06-07") };

  assert_iso (probity_day_add_working (parse_day ("2012-03-30"), 10, NULL, 0), "2012-04-17");
  assert_iso (probity_day_add_working (parse_day ("2012-04-17"), -10, NULL, 0), "2012-03-30");
  assert_iso (probity_day_add_working (parse_day ("2012-03-31"), 1, NULL, 0), "2012-04-02");
  assert_iso (probity_day_add_working (parse_day ("2012-03-31"), 0, NULL, 0), "2012-03-31");
  assert_iso (probity_day_add_working (parse_day ("2027-06-04"), 1, NULL, 0), "2027-06-07");
  assert_iso (probity_day_add_working (parse_day ("2027-06-04"), 1, extra, 1), "2027-06-08");
  g_assert_cmpint (probity_day_count_working (parse_day ("2012-03-30"), parse_day ("2012-04-17"), NULL, 0), ==, 10);
  g_assert_cmpint (probity_day_count_working (parse_day ("2012-04-17"), parse_day ("2012-03-30"), NULL, 0), ==, 0);
  g_assert_false (probity_day_is_working (PROBITY_DAY_NONE, NULL, 0));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/day/iso", test_day_iso);
  g_test_add_func ("/day/arithmetic", test_day_arithmetic);
  g_test_add_func ("/day/months", test_day_months);
  g_test_add_func ("/day/window", test_day_window);
  g_test_add_func ("/day/of-instant", test_day_of_instant);
  g_test_add_func ("/day/bank-holidays/known", test_bank_holidays_known);
  g_test_add_func ("/day/bank-holidays/to-2040", test_bank_holidays_to_2040);
  g_test_add_func ("/day/working-days", test_working_days);
  g_test_add_func ("/instant/text", test_instant_text);
  g_test_add_func ("/clock", test_clock);
  g_test_add_func ("/uid", test_uid);

  return g_test_run ();
}
