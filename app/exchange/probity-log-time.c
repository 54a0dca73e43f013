/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-log-time.h"

#include <string.h>

#include "probity-parse-private.h"

/* Clocks change on a quarter of an hour, everywhere. */
#define QUARTER (15 * 60)

#define MAX_TEXT 64

struct _ProbityLogTime
{
  GTimeZone       *zone;
  ProbityDateOrder order;
  guint64          n_ambiguous;

  /* The quarter of an hour that was asked for last. */
  gint64   quarter;
  gint64   offset;    /* seconds east */
  gboolean missing;   /* the clock went forward over it */
  gboolean ambiguous; /* the clock went back over it */

  /* The date that was read last, in words that take time to read. */
  char   date_text[MAX_TEXT];
  gint64 date_days;
};

typedef struct
{
  int      hour, minute, second, ms;
  gboolean has_offset;
  gint64   offset;
} Clock;

static GTimeZone *
find_zone (const char *name,
           GError    **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  const char *at = name;

  /* GLib takes many more forms for offsets (`5`, `+530`) and POSIX rules; these are what people write. */
  if (g_str_equal (name, "Z") || g_str_equal (name, "UTC"))
    return g_time_zone_new_utc ();

  if (*at == '+' || *at == '-')
    {
      if (strlen (name) == 6 && g_ascii_isdigit (at[1]) && g_ascii_isdigit (at[2]) && at[3] == ':' && g_ascii_isdigit (at[4]) && g_ascii_isdigit (at[5]))
        zone = g_time_zone_new_identifier (name);
    }
  else if (g_ascii_isalpha (*at) && strlen (name) <= MAX_TEXT && strstr (name, "..") == NULL)
    {
      while (g_ascii_isalnum (*at) || strchr ("/_-+", *at) != NULL)
        {
          if (*at == '\0')
            break;
          at++;
        }
      if (*at == '\0')
        zone = g_time_zone_new_identifier (name);
    }

  if (zone == NULL)
    g_set_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_INVALID, "“%.60s” is no time zone: an offset as +01:00, UTC, or a name as Europe/London", name);

  return g_steal_pointer (&zone);
}

/**
 * probity_log_time_zone_is_valid:
 *
 * Whether @zone is an offset (`+01:00`, `UTC`) or the name of a time zone that this machine knows (`Europe/London`).
 */
gboolean
probity_log_time_zone_is_valid (const char *zone,
                                GError    **error)
{
  g_autoptr (GTimeZone) found = find_zone (zone, error);

  return found != NULL;
}

/**
 * probity_log_time_new:
 * @zone: where times without an offset of their own are: `+01:00`, `UTC`, `Europe/London`
 * @order: how day and month are ordered where both are numbers
 *
 * Returns: (transfer full) (nullable): %NULL with %PROBITY_PARSE_ERROR_INVALID for an unknown time zone
 */
ProbityLogTime *
probity_log_time_new (const char      *zone,
                      ProbityDateOrder order,
                      GError         **error)
{
  g_autoptr (GTimeZone) found = NULL;
  ProbityLogTime *self;

  g_return_val_if_fail (zone != NULL, NULL);

  found = find_zone (zone, error);
  if (found == NULL)
    return NULL;

  self = g_new0 (ProbityLogTime, 1);
  self->zone = g_steal_pointer (&found);
  self->order = order;
  self->quarter = G_MAXINT64;

  return self;
}

void
probity_log_time_free (ProbityLogTime *self)
{
  g_time_zone_unref (self->zone);
  g_free (self);
}

/* How many times fell into an hour that the clock went through twice. */
guint64
probity_log_time_get_n_ambiguous (ProbityLogTime *self)
{
  return self->n_ambiguous;
}

static inline gboolean
read_digits (const char **at,
             int          n,
             int         *ret_value)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit ((*at)[i]))
        return FALSE;
      value = value * 10 + ((*at)[i] - '0');
    }
  *at += n;
  *ret_value = value;

  return TRUE;
}

/* Days from 1970-01-01 of the Gregorian calendar; the year is counted from March, so that a leap day ends it. */
static gint64
count_days (int year,
            int month,
            int day)
{
  const gint64 y = month <= 2 ? year - 1 : year;
  const gint64 era = y / 400;
  const gint64 year_of_era = y - era * 400;
  const gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static gboolean
is_day (int year,
        int month,
        int day)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean         leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

  return year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

static gboolean
read_offset (const char **at,
             Clock       *clock)
{
  gboolean west = **at == '-';
  int      hours;
  int      minutes = 0;

  if (**at == 'Z' || **at == 'z')
    {
      (*at)++;
      clock->has_offset = TRUE;
      clock->offset = 0;
      return TRUE;
    }
  if (**at != '+' && **at != '-')
    return TRUE;

  (*at)++;
  if (!read_digits (at, 2, &hours))
    return FALSE;
  if (**at == ':')
    (*at)++;
  if (**at != '\0' && !read_digits (at, 2, &minutes))
    return FALSE;
  if (hours > 15 || minutes > 59)
    return FALSE;

  clock->has_offset = TRUE;
  clock->offset = (gint64) (hours * 60 + minutes) * 60 * (west ? -1 : 1);

  return TRUE;
}

/* `10:30`, `9:30:15`, `10:30:15.123`, `2:30:00 PM`, `10:30:00Z`, `10:30:00 +0100`; to the end of the text. */
static gboolean
read_clock (const char *at,
            Clock      *clock)
{
  memset (clock, 0, sizeof *clock);

  if (!read_digits (&at, g_ascii_isdigit (at[0]) && g_ascii_isdigit (at[1]) ? 2 : 1, &clock->hour) ||
      *at++ != ':' || !read_digits (&at, 2, &clock->minute))
    return FALSE;
  if (*at == ':')
    {
      at++;
      if (!read_digits (&at, 2, &clock->second))
        return FALSE;
      if (*at == '.' || *at == ',')
        {
          int scale = 100;

          at++;
          if (!g_ascii_isdigit (*at))
            return FALSE;
          /* What is finer than a millisecond is cut off. */
          for (; g_ascii_isdigit (*at); at++, scale /= 10)
            clock->ms += (*at - '0') * scale;
        }
    }

  if (*at == ' ')
    at++;
  if ((*at == 'A' || *at == 'a' || *at == 'P' || *at == 'p') && (at[1] == 'M' || at[1] == 'm'))
    {
      if (clock->hour < 1 || clock->hour > 12)
        return FALSE;
      clock->hour = clock->hour % 12 + (*at == 'P' || *at == 'p' ? 12 : 0);
      at += 2;
      if (*at == ' ')
        at++;
    }
  if (!read_offset (&at, clock))
    return FALSE;

  return *at == '\0' && clock->hour < 24 && clock->minute < 60 && clock->second < 60;
}

static void
look_up_quarter (ProbityLogTime *self,
                 gint64          local)
{
  const gint64 start = local - ((local % QUARTER) + QUARTER) % QUARTER;
  int          winter = g_time_zone_find_interval (self->zone, G_TIME_TYPE_STANDARD, start);
  int          summer = g_time_zone_find_interval (self->zone, G_TIME_TYPE_DAYLIGHT, start);
  gint64       one, other;

  self->quarter = start;
  self->missing = winter < 0 || summer < 0;
  if (self->missing)
    return;

  /* Of two instants the earlier: what may lie before a publication is not lost. */
  one = g_time_zone_get_offset (self->zone, winter);
  other = g_time_zone_get_offset (self->zone, summer);
  self->offset = MAX (one, other);
  self->ambiguous = one != other;
}

static gboolean
fail (const char *text,
      const char *complaint,
      GError    **error)
{
  return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, text, complaint);
}

static gboolean
finish (ProbityLogTime *self,
        const char     *text,
        gint64          days,
        const Clock    *clock,
        gint64         *ret_ms,
        GError        **error)
{
  const gint64 local = days * 86400 + clock->hour * 3600 + clock->minute * 60 + clock->second;
  gint64       offset = clock->offset;

  if (!clock->has_offset)
    {
      if (local < self->quarter || local >= self->quarter + QUARTER)
        look_up_quarter (self, local);
      if (self->missing)
        return fail (text, "is a time that the clocks of that zone went forward over", error);
      if (self->ambiguous)
        self->n_ambiguous++;
      offset = self->offset;
    }

  *ret_ms = (local - offset) * 1000 + clock->ms;
  if (*ret_ms < PROBITY_LOG_TIME_FIRST_MS || *ret_ms >= PROBITY_LOG_TIME_LAST_MS)
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_RANGE, text, "is before 1990 or after 2099");

  return TRUE;
}

/* `2012-03-04T10:30:00` and what follows it: almost every log of today. */
static gboolean
read_iso (ProbityLogTime *self,
          const char     *text,
          gint64         *ret_days,
          Clock          *clock)
{
  const char *at = text;
  int         year, month, day;

  if (!read_digits (&at, 4, &year) || *at++ != '-' || !read_digits (&at, 2, &month) || *at++ != '-' ||
      !read_digits (&at, 2, &day) || (*at != 'T' && *at != ' ') || !is_day (year, month, day))
    return FALSE;

  *ret_days = count_days (year, month, day);

  return read_clock (at + 1, clock);
}

/* Seconds, milliseconds or microseconds since 1970, or `20120304103000`. */
static gboolean
read_number (const char *text,
             gsize       n_digits,
             gint64     *ret_ms,
             gint64     *ret_days,
             Clock      *clock)
{
  const char *at = text;
  int         year, month, day;

  *ret_ms = -1;
  if (n_digits == 14 || n_digits == 12)
    {
      memset (clock, 0, sizeof *clock);
      if (text[n_digits] != '\0' || !read_digits (&at, 4, &year) || !read_digits (&at, 2, &month) || !read_digits (&at, 2, &day) ||
          !read_digits (&at, 2, &clock->hour) || !read_digits (&at, 2, &clock->minute) ||
          (n_digits == 14 && !read_digits (&at, 2, &clock->second)))
        return FALSE;
      *ret_days = count_days (year, month, day);
      return is_day (year, month, day) && clock->hour < 24 && clock->minute < 60 && clock->second < 60;
    }

  if (n_digits == 13 || n_digits == 16)
    {
      *ret_ms = g_ascii_strtoll (text, NULL, 10) / (n_digits == 16 ? 1000 : 1);
    }
  else if (n_digits == 9 || n_digits == 10)
    {
      int scale = 100;

      *ret_ms = g_ascii_strtoll (text, NULL, 10) * 1000;
      if (text[n_digits] == '.')
        for (n_digits++; g_ascii_isdigit (text[n_digits]); n_digits++, scale /= 10)
          *ret_ms += (text[n_digits] - '0') * scale;
    }

  return *ret_ms >= 0 && text[n_digits] == '\0';
}

/* A date in any other form, a blank or comma, and the time of the day. */
static gboolean
read_words (ProbityLogTime *self,
            const char     *text,
            gint64         *ret_days,
            Clock          *clock,
            GError        **error)
{
  const char *colon = strchr (text, ':');
  gsize       length;
  char        date[MAX_TEXT];
  ProbityDay  day;
  int         year, month, month_day;

  if (colon == NULL || colon == text || !g_ascii_isdigit (colon[-1]))
    return fail (text, "has no time of the day", error);
  length = (gsize) (colon - text) - 1;
  if (length > 0 && g_ascii_isdigit (text[length - 1]))
    length--;
  if (!read_clock (text + length, clock))
    return fail (text, "is not a date and a time", error);

  while (length > 0 && (strchr (" ,", text[length - 1]) != NULL || (text[length - 1] == 'T' && length > 1 && g_ascii_isdigit (text[length - 2]))))
    length--;
  memcpy (date, text, length);
  date[length] = '\0';
  if (*self->date_text != '\0' && strcmp (date, self->date_text) == 0)
    {
      *ret_days = self->date_days;
      return TRUE;
    }

  if (!probity_parse_day (date, self->order, &day, error))
    return FALSE;
  probity_day_split (day, &year, &month, &month_day);
  *ret_days = count_days (year, month, month_day);
  self->date_days = *ret_days;
  memcpy (self->date_text, date, length + 1);

  return TRUE;
}

/**
 * probity_log_time_parse:
 * @ret_ms: (out): milliseconds since 1970-01-01T00:00:00Z
 *
 * A date and a time of the day, `2012-03-04T10:30:00.123Z`, `04/03/2012 10:30:00` in the declared order, `4 March 2012
 * 2:30 PM`, `20120304103000`, or seconds, milliseconds or microseconds since 1970. Without an offset of its own it is a
 * time of the zone. In the hour that a clock goes through twice the earlier instant is taken and counted; a time that
 * the clock went forward over is %PROBITY_PARSE_ERROR_INVALID.
 */
gboolean
probity_log_time_parse (ProbityLogTime *self,
                        const char     *text,
                        gint64         *ret_ms,
                        GError        **error)
{
  gsize  n_digits = 0;
  gsize  length = strlen (text);
  gint64 days = 0;
  Clock  clock;

  if (length == 0)
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_EMPTY, "", "is no time");
  if (length >= MAX_TEXT)
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_TOO_LONG, text, "is too long for a time");

  if (read_iso (self, text, &days, &clock))
    return finish (self, text, days, &clock, ret_ms, error);

  while (g_ascii_isdigit (text[n_digits]))
    n_digits++;
  if (n_digits >= 9)
    {
      if (!read_number (text, n_digits, ret_ms, &days, &clock))
        return fail (text, "is not a time", error);
      if (*ret_ms < 0)
        return finish (self, text, days, &clock, ret_ms, error);
      if (*ret_ms < PROBITY_LOG_TIME_FIRST_MS || *ret_ms >= PROBITY_LOG_TIME_LAST_MS)
        return _probity_parse_fail (error, PROBITY_PARSE_ERROR_RANGE, text, "is before 1990 or after 2099");
      return TRUE;
    }

  return read_words (self, text, &days, &clock, error) && finish (self, text, days, &clock, ret_ms, error);
}
