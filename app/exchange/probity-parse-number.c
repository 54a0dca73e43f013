/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-parse-private.h"

#include <string.h>

#define MINUTES_A_WEEK (7 * 24 * 60)

/* Reads digits into *ret_value, at most @max_digits of them; returns how many, 0 where there are too many. */
static int
read_number (const char **at,
             int          max_digits,
             gint64      *ret_value)
{
  gint64 value = 0;
  int    n = 0;

  while (g_ascii_isdigit (**at))
    {
      if (++n > max_digits)
        return 0;
      value = value * 10 + (**at - '0');
      (*at)++;
    }

  *ret_value = value;

  return n;
}

static void
skip_spaces (const char **at)
{
  while (**at == ' ')
    (*at)++;
}

static gboolean
skip_word (const char       **at,
           const char *const *words)
{
  skip_spaces (at);
  for (; *words != NULL; words++)
    {
      gsize length = strlen (*words);

      if (g_ascii_strncasecmp (*at, *words, length) == 0 && !g_ascii_isalpha ((*at)[length]))
        {
          *at += length;
          skip_spaces (at);
          return TRUE;
        }
    }

  return FALSE;
}

/* Digits after the point as a fraction of @whole, rounded to the nearest part. */
static gboolean
read_fraction (const char **at,
               gint64       whole,
               gint64      *ret_part)
{
  gint64 digits, scale = 1;
  int    n = read_number (at, 9, &digits);

  if (n == 0)
    return FALSE;
  for (int i = 0; i < n; i++)
    scale *= 10;

  *ret_part = (digits * whole * 2 + scale) / (scale * 2);

  return TRUE;
}

/**
 * probity_parse_hours:
 * @ret_minutes: hours in minutes, as they are stored
 *
 * Hours a week: `7.5`, `7:30`, `7h30`, `7 hours`, `7 hours 30 minutes`, `45 minutes`. From nothing to the 168 hours
 * that a week has.
 */
gboolean
probity_parse_hours (const char *text,
                     int        *ret_minutes,
                     GError    **error)
{
  static const char *const hour_words[] = { "hours", "hour", "hrs", "hr", "h", NULL };
  static const char *const minute_words[] = { "minutes", "minute", "mins", "min", "m", NULL };
  g_autofree char         *value = _probity_parse_begin (text, error);
  const char              *at = value;
  gint64                   whole = 0;
  gint64                   minutes = 0;
  gboolean                 good = TRUE;
  gboolean                 digits;

  if (value == NULL)
    return FALSE;

  if (*at == '-' && g_ascii_isdigit (at[1]))
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_RANGE, value, "hours are less than none");

  digits = read_number (&at, 6, &whole) > 0;
  if (digits && skip_word (&at, minute_words))
    {
      minutes = whole;
      whole = 0;
    }
  else if (*at == ':' && digits)
    {
      at++;
      good = read_number (&at, 2, &minutes) == 2 && minutes < 60;
      skip_word (&at, hour_words);
    }
  else
    {
      if (*at == '.')
        {
          at++;
          good = read_fraction (&at, 60, &minutes);
          skip_word (&at, hour_words);
        }
      else
        {
          gboolean named;

          good = digits;
          named = good && (skip_word (&at, hour_words) || *at == 'h' || *at == 'H');
          if (named && (*at == 'h' || *at == 'H'))
            at++;
          if (named && g_ascii_isdigit (*at))
            {
              good = read_number (&at, 2, &minutes) > 0 && minutes < 60;
              skip_word (&at, minute_words);
            }
        }
    }

  if (!good || *at != '\0')
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is not a number of hours, such as 7.5 or 7:30");

  minutes += whole * 60;
  if (minutes > MINUTES_A_WEEK)
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_RANGE, value, "is more than the 168 hours of a week");

  *ret_minutes = (int) minutes;

  return TRUE;
}

/**
 * probity_hours_to_text:
 *
 * Hours in decimals with at most two places, which probity_parse_hours() reads back as the same minutes: 450 is
 * `7.5`, 440 is `7.33`.
 *
 * Returns: (transfer full): the text
 */
char *
probity_hours_to_text (int minutes)
{
  int hundredths = (minutes % 60 * 100 + 30) / 60;

  g_return_val_if_fail (minutes >= 0, NULL);

  if (hundredths == 0)
    return g_strdup_printf ("%d", minutes / 60);
  if (hundredths % 10 == 0)
    return g_strdup_printf ("%d.%d", minutes / 60, hundredths / 10);

  return g_strdup_printf ("%d.%02d", minutes / 60, hundredths);
}

/**
 * probity_parse_pence:
 *
 * An amount in pounds, kept in pence: `£1,234.56`, `1234.5`, `-12`, and `(978)` for minus 978 pounds.
 */
gboolean
probity_parse_pence (const char *text,
                     gint64     *ret_pence,
                     GError    **error)
{
  g_autofree char *value = _probity_parse_begin (text, error);
  const char      *at = value;
  gboolean         bracket, minus;
  gint64           pounds = 0;
  gint64           pence = 0;
  int              n_digits = 0;
  int              group = -1;

  if (value == NULL)
    return FALSE;

  bracket = *at == '(';
  if (bracket)
    at++;
  minus = *at == '-';
  if (minus)
    at++;
  if (g_str_has_prefix (at, "£"))
    at += strlen ("£");
  if (!minus && !bracket && *at == '-')
    {
      minus = TRUE;
      at++;
    }
  skip_spaces (&at);

  for (; g_ascii_isdigit (*at) || *at == ','; at++)
    {
      if (*at == ',')
        {
          /* Commas stand before each three digits or nowhere. */
          if (n_digits == 0 || (group >= 0 ? group != 3 : n_digits > 3))
            break;
          group = 0;
          continue;
        }
      if (++n_digits > 13)
        return _probity_parse_fail (error, PROBITY_PARSE_ERROR_RANGE, value, "is too large an amount");
      pounds = pounds * 10 + (*at - '0');
      if (group >= 0)
        group++;
    }

  if (n_digits == 0 || (group >= 0 && group != 3))
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is not an amount in pounds");

  if (*at == '.')
    {
      gint64 digits;
      int    n;

      at++;
      n = read_number (&at, 2, &digits);
      if (n == 0)
        return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is not an amount in pounds and whole pence");
      pence = n == 1 ? digits * 10 : digits;
    }

  if (bracket && *at == ')')
    at++;
  else if (bracket)
    at = "?";
  if (*at != '\0' || (bracket && minus))
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is not an amount in pounds and whole pence");

  pence += pounds * 100;
  *ret_pence = minus || bracket ? -pence : pence;

  return TRUE;
}
