/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-format.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "probity-instant.h"
#include "probity-labels.h"
#include "probity-parse.h"

static gboolean
read_iso_day (const char *iso,
              GDate      *date)
{
  int year, month, day, read = 0;

  if (iso == NULL || sscanf (iso, "%4d-%2d-%2d%n", &year, &month, &day, &read) != 3 || read != 10)
    return FALSE;
  if (!g_date_valid_dmy (day, month, year))
    return FALSE;
  g_date_set_dmy (date, day, month, year);
  return TRUE;
}

static char *
format_date (const char *iso,
             const char *format)
{
  GDate date;
  char  text[80];

  g_date_clear (&date, 1);
  if (!read_iso_day (iso, &date))
    return g_strdup (iso != NULL ? iso : "");
  g_date_strftime (text, sizeof text, format, &date);
  return g_strdup (g_strchug (text));
}

/** probity_format_day: (transfer full): an ISO day as `12 Nov 2026` in the reader's language. */
char *
probity_format_day (const char *iso)
{
  /* Translators: a day in a list: day of month, short month, year */
  return format_date (iso, C_ ("day in a list", "%-e %b %Y"));
}

/** probity_format_day_long: (transfer full): an ISO day as `Thursday 12 November 2026`. */
char *
probity_format_day_long (const char *iso)
{
  /* Translators: a day written out: weekday, day of month, month, year */
  return format_date (iso, C_ ("day written out", "%A %-e %B %Y"));
}

/** probity_format_instant: (transfer full): an ISO UTC instant as local `12 Nov 2026, 14:02`. */
char *
probity_format_instant (const char *instant)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *text = NULL;

  if (instant == NULL)
    return g_strdup ("");
  utc = g_date_time_new_from_iso8601 (instant, NULL);
  if (utc == NULL)
    return g_strdup (instant);
  local = g_date_time_to_local (utc);
  /* Translators: an instant: day of month, short month, year, hours, minutes */
  text = g_date_time_format (local, C_ ("instant", "%-e %b %Y, %H:%M"));
  return g_strdup (g_strchug (text));
}

/**
 * probity_format_instant_exactly:
 * @instant: (nullable): an ISO UTC instant
 *
 * Returns: (transfer full): the same as probity_format_instant(), with the seconds where there are any,
 * so that probity_format_read_instant() gives back what it was
 */
char *
probity_format_instant_exactly (const char *instant)
{
  g_autofree char *text = probity_format_instant (instant);
  g_autoptr (GDateTime) utc = instant != NULL ? g_date_time_new_from_iso8601 (instant, NULL) : NULL;

  if (utc == NULL || g_date_time_get_second (utc) == 0)
    return g_steal_pointer (&text);
  if (g_date_time_get_microsecond (utc) == 0)
    return g_strdup_printf ("%s:%02d", text, g_date_time_get_second (utc));

  return g_strdup (instant);
}

/**
 * probity_format_value:
 * @type: what kind of field @value is of
 * @value: (nullable): a value as records and lists carry it
 *
 * Returns: (transfer full): @value as people read it; empty text for %NULL
 */
char *
probity_format_value (ProbityFieldType type,
                      const char      *value)
{
  if (value == NULL || *value == '\0')
    return g_strdup ("");

  switch (type)
    {
    case PROBITY_FIELD_DAY:
      return probity_format_day (value);
    case PROBITY_FIELD_INSTANT:
      return probity_format_instant (value);
    case PROBITY_FIELD_BOOLEAN:
      return g_strdup (g_str_equal (value, "true") || g_str_equal (value, "1") ? _ ("Yes") : _ ("No"));
    case PROBITY_FIELD_CHOICE:
      return g_strdup (probity_label_for_value (value));
    case PROBITY_FIELD_HOURS:
      /* Translators: a number of hours */
      return g_strdup_printf (_ ("%s h"), value);
    case PROBITY_FIELD_TEXT:
      return probity_label_dup_text (value);
    case PROBITY_FIELD_LONG_TEXT:
    case PROBITY_FIELD_INTEGER:
    case PROBITY_FIELD_STAFF:
      return g_strdup (value);
    }
  return g_strdup (value);
}

/**
 * probity_format_read_day:
 * @text: what a person typed: `2026-11-12`, `12 Nov 2026`, `12/11/2026`
 * @error: return location for what is wrong with it
 *
 * Days stand before months, as in the United Kingdom; the form shows the day written out so that a
 * misreading is seen.
 *
 * Returns: (transfer full): the ISO day
 */
char *
probity_format_read_day (const char *text,
                         GError    **error)
{
  ProbityDay day;

  if (!probity_parse_day (text, PROBITY_DATE_ORDER_DMY, &day, error))
    return NULL;
  return probity_day_to_iso (day);
}

/**
 * probity_format_read_instant:
 * @text: what a person typed: `12 Nov 2026, 14:02`, `2026-11-12 14:02:30`, or ISO 8601 with `Z`
 * @error: return location for what is wrong with it
 *
 * Without an offset it is local time. The time follows the day after a blank.
 *
 * Returns: (transfer full): ISO 8601 in UTC
 */
char *
probity_format_read_instant (const char *text,
                             GError    **error)
{
  g_autoptr (GDateTime) date_time = g_date_time_new_from_iso8601 (text, NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *typed = g_strstrip (g_strdup (text));
  char            *blank = strrchr (typed, ' ');
  int              hour, minute, second = 0, read = 0, year, month, day;
  g_autofree char *iso = NULL;

  if (date_time == NULL)
    {
      if (blank == NULL || !(sscanf (blank, " %2d:%2d%n:%2d%n", &hour, &minute, &read, &second, &read) >= 2 && blank[read] == '\0'))
        {
          g_set_error_literal (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_INVALID, "No day and time");
          return NULL;
        }
      *blank = '\0';
      g_strdelimit (typed, ",", ' ');
      iso = probity_format_read_day (typed, error);
      if (iso == NULL)
        return NULL;
      sscanf (iso, "%d-%d-%d", &year, &month, &day);
      date_time = g_date_time_new (zone, year, month, day, hour, minute, second);
    }
  if (date_time == NULL)
    {
      g_set_error_literal (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_INVALID, "No such time");
      return NULL;
    }

  return probity_instant_from_ms (g_date_time_to_unix_usec (date_time) / 1000);
}
