/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-instant.h"

#include <string.h>

static GTimeZone *
get_uk_zone (void)
{
  static GTimeZone *zone = NULL;

  if (g_once_init_enter_pointer (&zone))
    {
      GTimeZone *found = g_time_zone_new_identifier ("Europe/London");

      /* A machine without the time zone files still has today's rule. */
      if (found == NULL)
        found = g_time_zone_new_identifier ("GMT0BST,M3.5.0/1,M10.5.0");
      if (found == NULL)
        found = g_time_zone_new_utc ();

      g_once_init_leave_pointer (&zone, found);
    }

  return zone;
}

static gboolean
read_digits (const char *text,
             int         n,
             int        *ret_value)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      value = value * 10 + (text[i] - '0');
    }

  *ret_value = value;

  return TRUE;
}

/**
 * probity_instant_from_ms:
 * @ms: milliseconds since 1970-01-01T00:00:00Z
 *
 * Returns: (transfer full): the instant in UTC, as `2026-11-22T09:30:00.123Z`
 */
char *
probity_instant_from_ms (gint64 ms)
{
  gint64 seconds = ms / 1000;
  gint64 rest = ms % 1000;
  g_autoptr (GDateTime) time = NULL;

  if (rest < 0)
    {
      rest += 1000;
      seconds--;
    }

  time = g_date_time_new_from_unix_utc (seconds);
  g_return_val_if_fail (time != NULL, NULL);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                          g_date_time_get_year (time),
                          g_date_time_get_month (time),
                          g_date_time_get_day_of_month (time),
                          g_date_time_get_hour (time),
                          g_date_time_get_minute (time),
                          g_date_time_get_second (time),
                          (int) rest);
}

/**
 * probity_instant_to_ms:
 *
 * Reads exactly the form that probity_instant_from_ms() writes; the milliseconds may be left out.
 *
 * Returns: whether @instant is an instant
 */
gboolean
probity_instant_to_ms (const char *instant,
                       gint64     *ret_ms)
{
  int   year, month, day, hour, minute, second, ms = 0;
  gsize length = instant != NULL ? strlen (instant) : 0;
  g_autoptr (GDateTime) time = NULL;

  if (length != PROBITY_INSTANT_SIZE - 1 && length != PROBITY_INSTANT_SIZE - 5)
    return FALSE;

  if (!read_digits (instant, 4, &year) || instant[4] != '-' ||
      !read_digits (instant + 5, 2, &month) || instant[7] != '-' ||
      !read_digits (instant + 8, 2, &day) || instant[10] != 'T' ||
      !read_digits (instant + 11, 2, &hour) || instant[13] != ':' ||
      !read_digits (instant + 14, 2, &minute) || instant[16] != ':' ||
      !read_digits (instant + 17, 2, &second) || instant[length - 1] != 'Z')
    return FALSE;

  if (length == PROBITY_INSTANT_SIZE - 1 &&
      (instant[19] != '.' || !read_digits (instant + 20, 3, &ms)))
    return FALSE;

  if (probity_day_new (year, month, day) == PROBITY_DAY_NONE || hour > 23 || minute > 59 || second > 59)
    return FALSE;

  time = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (time == NULL)
    return FALSE;

  if (ret_ms != NULL)
    *ret_ms = g_date_time_to_unix (time) * 1000 + ms;

  return TRUE;
}

static GDateTime *
make_local_time (const char *instant)
{
  g_autoptr (GDateTime) utc = NULL;
  gint64 ms;

  if (!probity_instant_to_ms (instant, &ms))
    return NULL;

  utc = g_date_time_new_from_unix_utc (ms >= 0 ? ms / 1000 : (ms - 999) / 1000);

  return utc != NULL ? g_date_time_to_timezone (utc, get_uk_zone ()) : NULL;
}

/**
 * probity_instant_to_day:
 *
 * Returns: the day in the United Kingdom on which @instant falls, or %PROBITY_DAY_NONE
 */
ProbityDay
probity_instant_to_day (const char *instant)
{
  g_autoptr (GDateTime) local = make_local_time (instant);
  int year, month, day;

  if (local == NULL)
    return PROBITY_DAY_NONE;

  g_date_time_get_ymd (local, &year, &month, &day);

  return probity_day_new (year, month, day);
}

/**
 * probity_instant_to_words:
 *
 * Returns: (transfer full) (nullable): `4 March 2012, 10:30`, the time it was in the United Kingdom, in English
 */
char *
probity_instant_to_words (const char *instant)
{
  g_autoptr (GDateTime) local = make_local_time (instant);
  g_autofree char *day = NULL;

  if (local == NULL)
    return NULL;

  day = probity_day_to_words (probity_instant_to_day (instant));

  return g_strdup_printf ("%s, %02d:%02d", day, g_date_time_get_hour (local), g_date_time_get_minute (local));
}

/**
 * probity_day_start_instant:
 *
 * The instant at which a UK day begins. With the start of the day after the last one, it makes a window of days
 * into a half-open range of instants for SQL.
 *
 * Returns: (transfer full): an instant in UTC
 */
char *
probity_day_start_instant (ProbityDay day)
{
  g_autoptr (GDateTime) local = NULL;
  int year, month, month_day;

  g_return_val_if_fail (probity_day_split (day, &year, &month, &month_day), NULL);

  local = g_date_time_new (get_uk_zone (), year, month, month_day, 0, 0, 0);
  g_return_val_if_fail (local != NULL, NULL);

  return probity_instant_from_ms (g_date_time_to_unix (local) * 1000);
}

/**
 * probity_window_contains_instant:
 *
 * Whether @instant falls in the window of UK days, first and last day included.
 */
gboolean
probity_window_contains_instant (ProbityDay  from,
                                 ProbityDay  to,
                                 const char *instant)
{
  ProbityDay day = probity_instant_to_day (instant);

  return day != PROBITY_DAY_NONE && day >= from && day <= to;
}
