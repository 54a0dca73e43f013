/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-day.h"

#include <string.h>

#define MONDAY 1
#define SATURDAY 6
#define SUNDAY 7

/* Bank holidays that a proclamation added, and those it moved away from their rule, since 1990. */
static const struct
{
  int      year, month, day;
  gboolean holiday;
} proclaimed[] = {
  { 1995, 5, 1, FALSE }, /* moved to 8 May, fifty years of VE Day */
  { 1995, 5, 8, TRUE },
  { 1999, 12, 31, TRUE }, /* Millennium */
  { 2002, 5, 27, FALSE }, /* moved to 4 June, Golden Jubilee */
  { 2002, 6, 3, TRUE },
  { 2002, 6, 4, TRUE },
  { 2011, 4, 29, TRUE },  /* royal wedding */
  { 2012, 5, 28, FALSE }, /* moved to 4 June, Diamond Jubilee */
  { 2012, 6, 4, TRUE },
  { 2012, 6, 5, TRUE },
  { 2020, 5, 4, FALSE }, /* moved to 8 May, seventy-five years of VE Day */
  { 2020, 5, 8, TRUE },
  { 2022, 5, 30, FALSE }, /* moved to 2 June, Platinum Jubilee */
  { 2022, 6, 2, TRUE },
  { 2022, 6, 3, TRUE },
  { 2022, 9, 19, TRUE }, /* state funeral */
  { 2023, 5, 8, TRUE },  /* coronation */
};

static const char *const month_names[] = {
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
};

static ProbityDay
find_easter_sunday (int year)
{
  /* The anonymous Gregorian computus. */
  int a = year % 19;
  int b = year / 100;
  int c = year % 100;
  int d = b / 4;
  int e = b % 4;
  int f = (b + 8) / 25;
  int g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30;
  int i = c / 4;
  int k = c % 4;
  int l = (32 + 2 * e + 2 * i - h - k) % 7;
  int m = (a + 11 * h + 22 * l) / 451;
  int n = h + l - 7 * m + 114;

  return probity_day_new (year, n / 31, n % 31 + 1);
}

static ProbityDay
find_first_monday (int year,
                   int month)
{
  ProbityDay first = probity_day_new (year, month, 1);

  return first + (8 - probity_day_get_weekday (first)) % 7;
}

static ProbityDay
find_last_monday (int year,
                  int month)
{
  ProbityDay last = probity_day_new (year, month, 31);

  return last - (probity_day_get_weekday (last) - MONDAY);
}

static gboolean
is_ruled_holiday (ProbityDay day,
                  int        year,
                  int        month,
                  int        month_day)
{
  int weekday = probity_day_get_weekday (day);

  if (month == 1)
    {
      /* New Year's Day, or the Monday after it. */
      if (month_day == 1 && weekday < SATURDAY)
        return TRUE;
      return weekday == MONDAY && (month_day == 2 || month_day == 3);
    }

  if (month == 12)
    {
      if ((month_day == 25 || month_day == 26) && weekday < SATURDAY)
        return TRUE;
      /* Two days are owed for 25 and 26; each that falls on a weekend is given on the next working day. */
      if (month_day == 27)
        return weekday == MONDAY || weekday == MONDAY + 1;
      if (month_day == 28)
        return weekday == MONDAY || weekday == MONDAY + 1;
      return FALSE;
    }

  if (month == 3 || month == 4)
    {
      ProbityDay easter = find_easter_sunday (year);

      return day == easter - 2 || day == easter + 1;
    }

  if (month == 5)
    return day == find_first_monday (year, 5) || day == find_last_monday (year, 5);

  return month == 8 && day == find_last_monday (year, 8);
}

/**
 * probity_day_new:
 *
 * Returns: the day, or %PROBITY_DAY_NONE where the calendar has no such day
 */
ProbityDay
probity_day_new (int year,
                 int month,
                 int day)
{
  GDate date;

  if (year < PROBITY_DAY_FIRST_YEAR || year > PROBITY_DAY_LAST_YEAR || month < 1 || month > 12 || day < 1 || day > 31)
    return PROBITY_DAY_NONE;

  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return PROBITY_DAY_NONE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return g_date_get_julian (&date);
}

/**
 * probity_day_from_iso:
 * @text: (nullable): exactly `yyyy-mm-dd`
 *
 * Returns: the day, or %PROBITY_DAY_NONE
 */
ProbityDay
probity_day_from_iso (const char *text)
{
  int part[3] = { 0, 0, 0 };
  int index = 0;

  if (text == NULL || strlen (text) != 10)
    return PROBITY_DAY_NONE;

  for (int i = 0; i < 10; i++)
    {
      if (i == 4 || i == 7)
        {
          if (text[i] != '-')
            return PROBITY_DAY_NONE;
          index++;
        }
      else if (g_ascii_isdigit (text[i]))
        {
          part[index] = part[index] * 10 + (text[i] - '0');
        }
      else
        {
          return PROBITY_DAY_NONE;
        }
    }

  return probity_day_new (part[0], part[1], part[2]);
}

/**
 * probity_day_split:
 *
 * Returns: %FALSE for %PROBITY_DAY_NONE and for a number that is no day
 */
gboolean
probity_day_split (ProbityDay day,
                   int       *ret_year,
                   int       *ret_month,
                   int       *ret_day)
{
  GDate date;

  if (!g_date_valid_julian (day) || day > 1200000)
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);

  if (ret_year != NULL)
    *ret_year = g_date_get_year (&date);
  if (ret_month != NULL)
    *ret_month = (int) g_date_get_month (&date);
  if (ret_day != NULL)
    *ret_day = g_date_get_day (&date);

  return TRUE;
}

/**
 * probity_day_to_iso:
 *
 * Returns: (transfer full) (nullable): `2012-03-04`, or %NULL for %PROBITY_DAY_NONE
 */
char *
probity_day_to_iso (ProbityDay day)
{
  int year, month, month_day;

  if (!probity_day_split (day, &year, &month, &month_day))
    return NULL;

  return g_strdup_printf ("%04d-%02d-%02d", year, month, month_day);
}

/**
 * probity_day_to_words:
 *
 * Returns: (transfer full) (nullable): `4 March 2012`, as letters of the force write it, in English
 */
char *
probity_day_to_words (ProbityDay day)
{
  int year, month, month_day;

  if (!probity_day_split (day, &year, &month, &month_day))
    return NULL;

  return g_strdup_printf ("%d %s %d", month_day, month_names[month - 1], year);
}

/**
 * probity_day_get_weekday:
 *
 * Returns: 1 for Monday to 7 for Sunday
 */
int
probity_day_get_weekday (ProbityDay day)
{
  /* 1 January of year 1 was a Monday and has number 1. */
  return (int) ((day + 6) % 7) + 1;
}

/**
 * probity_day_add_months:
 *
 * Goes to the same day of another month, or to its last day where it is shorter (31 January + 1 month is
 * 28 or 29 February).
 */
ProbityDay
probity_day_add_months (ProbityDay day,
                        int        months)
{
  int year, month, month_day, index;

  if (!probity_day_split (day, &year, &month, &month_day) || ABS (months) > 12 * 1000)
    return PROBITY_DAY_NONE;

  index = year * 12 + (month - 1) + months;
  year = index / 12;
  month = index % 12 + 1;
  if (year < PROBITY_DAY_FIRST_YEAR || year > PROBITY_DAY_LAST_YEAR)
    return PROBITY_DAY_NONE;

  month_day = MIN (month_day, g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year));

  return probity_day_new (year, month, month_day);
}

ProbityDay
probity_day_add_years (ProbityDay day,
                       int        years)
{
  if (ABS (years) > 1000)
    return PROBITY_DAY_NONE;

  return probity_day_add_months (day, years * 12);
}

/**
 * probity_window_contains_day:
 *
 * Both ends of a window are included.
 */
gboolean
probity_window_contains_day (ProbityDay from,
                             ProbityDay to,
                             ProbityDay day)
{
  return day != PROBITY_DAY_NONE && day >= from && day <= to;
}

/**
 * probity_day_is_bank_holiday:
 * @extra: (array length=n_extra) (nullable): further bank holidays proclaimed since this program was made
 *
 * Bank holidays of England and Wales by the rules of 1978 and since, and the days proclaimed so far. A Saturday
 * or Sunday is none: its substitute is.
 */
gboolean
probity_day_is_bank_holiday (ProbityDay        day,
                             const ProbityDay *extra,
                             gsize             n_extra)
{
  int year, month, month_day;

  if (!probity_day_split (day, &year, &month, &month_day))
    return FALSE;

  for (gsize i = 0; i < n_extra; i++)
    if (extra[i] == day)
      return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (proclaimed); i++)
    if (proclaimed[i].year == year && proclaimed[i].month == month && proclaimed[i].day == month_day)
      return proclaimed[i].holiday;

  return is_ruled_holiday (day, year, month, month_day);
}

gboolean
probity_day_is_working (ProbityDay        day,
                        const ProbityDay *extra,
                        gsize             n_extra)
{
  return day != PROBITY_DAY_NONE &&
         probity_day_get_weekday (day) < SATURDAY &&
         !probity_day_is_bank_holiday (day, extra, n_extra);
}

/**
 * probity_day_add_working:
 *
 * The day that is @working_days working days after @day (before it, if negative). The day itself is not counted,
 * so that ten working days from a Monday end on the Monday two weeks later.
 */
ProbityDay
probity_day_add_working (ProbityDay        day,
                         int               working_days,
                         const ProbityDay *extra,
                         gsize             n_extra)
{
  int step = working_days < 0 ? -1 : 1;
  int left = ABS (working_days);

  if (day == PROBITY_DAY_NONE || left > 10000)
    return PROBITY_DAY_NONE;

  while (left > 0)
    {
      day = (ProbityDay) ((gint64) day + step);
      if (probity_day_is_working (day, extra, n_extra))
        left--;
    }

  return day;
}

/**
 * probity_day_count_working:
 *
 * How many working days come after @after up to and with @until; 0 where @until is not later.
 */
int
probity_day_count_working (ProbityDay        after,
                           ProbityDay        until,
                           const ProbityDay *extra,
                           gsize             n_extra)
{
  int count = 0;

  if (after == PROBITY_DAY_NONE || until == PROBITY_DAY_NONE || until - after > 1000000)
    return 0;

  for (ProbityDay day = after + 1; day <= until; day++)
    if (probity_day_is_working (day, extra, n_extra))
      count++;

  return count;
}
