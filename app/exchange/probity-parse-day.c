/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-parse-private.h"

#include <string.h>

#include "probity-instant.h"

typedef struct
{
  const char *text; /* as written */
  gboolean    is_word;
  int         value;  /* of a number */
  int         digits; /* of a number */
} Token;

#define MAX_TOKENS 4

static const char *const months[] = {
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"
};

static const char *const weekdays[] = {
  "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
};

/* A name or its beginning of three letters and more: `Mar`, `Sept`, `tues`. */
static int
find_name (const char        *word,
           gsize              length,
           const char *const *names,
           int                n_names)
{
  if (length < 3)
    return 0;

  for (int i = 0; i < n_names; i++)
    if (length <= strlen (names[i]) && g_ascii_strncasecmp (names[i], word, length) == 0)
      return i + 1;

  return 0;
}

static gboolean
fail_both_ways (GError    **error,
                const char *value,
                ProbityDay  one,
                ProbityDay  other,
                const char *remedy)
{
  g_autofree char *one_words = probity_day_to_words (one);
  g_autofree char *other_words = probity_day_to_words (other);
  g_autofree char *complaint = g_strdup_printf ("can be %s or %s; %s", one_words, other_words, remedy);

  return _probity_parse_fail (error, PROBITY_PARSE_ERROR_AMBIGUOUS, value, complaint);
}

/* `10:30`, `10:30:00`, `10:30:00.000` */
static gboolean
is_time (const char *text)
{
  int parts[3] = { 0, 0, 0 };
  int part = 0;
  int digits = 0;

  for (; *text != '\0' && *text != '.'; text++)
    {
      if (*text == ':' && digits > 0 && part < 2)
        {
          part++;
          digits = 0;
        }
      else if (g_ascii_isdigit (*text) && digits < 2)
        {
          parts[part] = parts[part] * 10 + (*text - '0');
          digits++;
        }
      else
        {
          return FALSE;
        }
    }

  if (*text == '.')
    {
      if (part != 2)
        return FALSE;
      while (g_ascii_isdigit (*++text))
        continue;
    }

  return *text == '\0' && part > 0 && digits == 2 && parts[0] < 24 && parts[1] < 60 && parts[2] < 60;
}

/* Cuts off a time of the day behind a date of digits. */
static void
drop_time (char *value)
{
  char *time = strpbrk (value, "T ");

  if (time != NULL && time != value && g_ascii_isdigit (time[-1]) && is_time (time + 1))
    *time = '\0';
}

static int
split_tokens (char  *value,
              Token *tokens)
{
  char *at = value;
  int   n = 0;

  while (*at != '\0')
    {
      Token token = { at, FALSE, 0, 0 };

      if (n == MAX_TOKENS)
        return 0;

      if (g_ascii_isdigit (*at))
        {
          while (g_ascii_isdigit (*at))
            {
              if (++token.digits > 8)
                return 0;
              token.value = token.value * 10 + (*at - '0');
              at++;
            }
          /* 1st, 2nd, 3rd, 4th */
          if (token.digits <= 2 &&
              (g_ascii_strncasecmp (at, "st", 2) == 0 || g_ascii_strncasecmp (at, "nd", 2) == 0 ||
               g_ascii_strncasecmp (at, "rd", 2) == 0 || g_ascii_strncasecmp (at, "th", 2) == 0) &&
              !g_ascii_isalpha (at[2]))
            at += 2;
        }
      else if (g_ascii_isalpha (*at))
        {
          token.is_word = TRUE;
          while (g_ascii_isalpha (*at))
            at++;
          token.digits = (int) (at - token.text);
        }
      else
        {
          return 0;
        }
      tokens[n++] = token;

      /* One separator, spaces around it, between two parts; nothing behind the last. */
      if (*at != '\0')
        {
          gboolean separated = FALSE;

          while (*at == ' ')
            {
              at++;
              separated = TRUE;
            }
          if (*at != '\0' && strchr ("/-.,", *at) != NULL)
            {
              at++;
              separated = TRUE;
            }
          while (*at == ' ')
            at++;
          if (*at == '\0' || (!separated && !g_ascii_isalpha (*at) && !token.is_word))
            return 0;
        }
    }

  return n;
}

static gboolean
parse_two_digit_year (const char *value,
                      int         year,
                      int         month,
                      int         day,
                      ProbityDay *ret_day,
                      GError    **error)
{
  ProbityDay old = probity_day_new (1900 + year, month, day);
  ProbityDay young = probity_day_new (2000 + year, month, day);

  *ret_day = PROBITY_DAY_NONE;
  if (old == PROBITY_DAY_NONE || young == PROBITY_DAY_NONE)
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is not a date; write the year in full");

  return fail_both_ways (error, value, old, young, "write the year in full");
}

static gboolean
parse_strokes (const char      *value,
               const Token     *tokens,
               ProbityDateOrder order,
               ProbityDay      *ret_day,
               GError         **error)
{
  int        year = tokens[2].value;
  ProbityDay dmy, mdy;

  if (tokens[0].digits > 2 || tokens[1].digits > 2 || (tokens[2].digits != 4 && tokens[2].digits != 2))
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is not a date");

  if (tokens[2].digits == 2)
    return parse_two_digit_year (value, year, order == PROBITY_DATE_ORDER_MDY ? tokens[0].value : tokens[1].value, order == PROBITY_DATE_ORDER_MDY ? tokens[1].value : tokens[0].value, ret_day, error);

  dmy = probity_day_new (year, tokens[1].value, tokens[0].value);
  mdy = probity_day_new (year, tokens[0].value, tokens[1].value);

  switch (order)
    {
    case PROBITY_DATE_ORDER_DMY:
      *ret_day = dmy;
      break;

    case PROBITY_DATE_ORDER_MDY:
      *ret_day = mdy;
      break;

    case PROBITY_DATE_ORDER_UNDECLARED:
      if (dmy != PROBITY_DAY_NONE && mdy != PROBITY_DAY_NONE && dmy != mdy)
        return fail_both_ways (error, value, dmy, mdy, "declare the order of day and month");
      *ret_day = dmy != PROBITY_DAY_NONE ? dmy : mdy;
      break;
    }

  if (*ret_day == PROBITY_DAY_NONE)
    {
      const char *complaint = "is not a day of the calendar";

      if (order == PROBITY_DATE_ORDER_DMY && mdy != PROBITY_DAY_NONE)
        complaint = "is not a date in the declared order, day before month";
      else if (order == PROBITY_DATE_ORDER_MDY && dmy != PROBITY_DAY_NONE)
        complaint = "is not a date in the declared order, month before day";
      return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, complaint);
    }

  return TRUE;
}

static gboolean
parse_tokens (const char      *value,
              const Token     *tokens,
              int              n,
              ProbityDateOrder order,
              ProbityDay      *ret_day,
              GError         **error)
{
  int month = 0;

  *ret_day = PROBITY_DAY_NONE;

  /* A weekday before the date says nothing more. */
  if (n == 4 && tokens[0].is_word && find_name (tokens[0].text, (gsize) tokens[0].digits, weekdays, 7) != 0)
    {
      tokens++;
      n--;
    }

  if (n == 1 && !tokens[0].is_word && tokens[0].digits == 8)
    *ret_day = probity_day_new (tokens[0].value / 10000, tokens[0].value / 100 % 100, tokens[0].value % 100);
  else if (n != 3)
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is not a date");
  else if (!tokens[0].is_word && !tokens[1].is_word && !tokens[2].is_word && tokens[0].digits == 4)
    *ret_day = tokens[1].digits <= 2 && tokens[2].digits <= 2
                   ? probity_day_new (tokens[0].value, tokens[1].value, tokens[2].value)
                   : PROBITY_DAY_NONE;
  else if (!tokens[0].is_word && !tokens[1].is_word && !tokens[2].is_word)
    return parse_strokes (value, tokens, order, ret_day, error);
  else
    {
      const Token *day = tokens[0].is_word ? &tokens[1] : &tokens[0];
      const Token *name = tokens[0].is_word ? &tokens[0] : &tokens[1];

      if (name->is_word)
        month = find_name (name->text, (gsize) name->digits, months, 12);
      if (month == 0 || day->is_word || day->digits > 2 || tokens[2].is_word)
        return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is not a date");
      if (tokens[2].digits == 2)
        return parse_two_digit_year (value, tokens[2].value, month, day->value, ret_day, error);
      if (tokens[2].digits == 4)
        *ret_day = probity_day_new (tokens[2].value, month, day->value);
    }

  if (*ret_day == PROBITY_DAY_NONE)
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is not a day of the calendar");

  return TRUE;
}

/**
 * probity_parse_date_order:
 * @text: `dmy`, `mdy`, or `iso` for neither
 *
 * Reads how a mapping file or a form declares the order of day and month.
 */
gboolean
probity_parse_date_order (const char       *text,
                          ProbityDateOrder *ret_order,
                          GError          **error)
{
  g_autofree char *value = _probity_parse_begin (text, error);
  g_autofree char *word = NULL;

  if (value == NULL)
    return FALSE;

  word = probity_fold_word (value);
  if (g_str_equal (word, "dmy") || g_str_equal (word, "ddmmyyyy"))
    *ret_order = PROBITY_DATE_ORDER_DMY;
  else if (g_str_equal (word, "mdy") || g_str_equal (word, "mmddyyyy"))
    *ret_order = PROBITY_DATE_ORDER_MDY;
  else if (g_str_equal (word, "iso") || g_str_equal (word, "ymd") || g_str_equal (word, "yyyymmdd"))
    *ret_order = PROBITY_DATE_ORDER_UNDECLARED;
  else
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is no order of a date: dmy, mdy or iso");

  return TRUE;
}

/**
 * probity_parse_day:
 * @order: how day and month are ordered where both are numbers; undeclared accepts only what can be read one way
 *
 * A date: `2012-03-04` (a time of the day behind it is dropped), `20120304`, `4 March 2012`, `4-Mar-2012`,
 * `March 4, 2012`, `04/03/2012`. `03/04/2012` in undeclared order, and a year of two digits, are
 * %PROBITY_PARSE_ERROR_AMBIGUOUS with both readings in the message.
 */
gboolean
probity_parse_day (const char      *text,
                   ProbityDateOrder order,
                   ProbityDay      *ret_day,
                   GError         **error)
{
  g_autofree char *value = _probity_parse_begin (text, error);
  g_autofree char *work = NULL;
  Token            tokens[MAX_TOKENS];
  int              n;

  if (value == NULL)
    return FALSE;

  work = g_strdup (value);
  *ret_day = probity_instant_to_day (work);
  if (*ret_day != PROBITY_DAY_NONE)
    return TRUE;

  drop_time (work);
  n = strlen (work) > 40 ? 0 : split_tokens (work, tokens);
  if (n == 0)
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is not a date");

  return parse_tokens (value, tokens, n, order, ret_day, error);
}
