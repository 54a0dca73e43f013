/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-parse-private.h"

#include <string.h>

/* Longer words are no value of a closed kind; they are cut where a message quotes them. */
#define LONGEST_QUOTE 60

G_DEFINE_QUARK (probity-parse-error-quark, probity_parse_error)

static const char *const words_for_true[] = { "true", "yes", "y", "t", "1", "paid", NULL };
static const char *const words_for_false[] = { "false", "no", "n", "f", "0", "unpaid", "voluntary", NULL };

/*
 * The order matters only to the reader: what is above OFFICIAL-SENSITIVE today, and CONFIDENTIAL of the scheme
 * before 2014. RESTRICTED and PROTECT of that scheme have no exact counterpart and are held at the higher of the
 * two markings that a casebook may have.
 */
static const struct
{
  const char *word;
  gboolean    too_high;
  int         marking;
} markings[] = {
  { "official", FALSE, PROBITY_MARKING_OFFICIAL },
  { "unclassified", FALSE, PROBITY_MARKING_OFFICIAL },
  { "notprotectivelymarked", FALSE, PROBITY_MARKING_OFFICIAL },
  { "npm", FALSE, PROBITY_MARKING_OFFICIAL },
  { "officialsensitive", FALSE, PROBITY_MARKING_OFFICIAL_SENSITIVE },
  { "os", FALSE, PROBITY_MARKING_OFFICIAL_SENSITIVE },
  { "sensitive", FALSE, PROBITY_MARKING_OFFICIAL_SENSITIVE },
  { "restricted", FALSE, PROBITY_MARKING_OFFICIAL_SENSITIVE },
  { "protect", FALSE, PROBITY_MARKING_OFFICIAL_SENSITIVE },
  { "confidential", TRUE, 0 },
  { "ukconfidential", TRUE, 0 },
  { "secret", TRUE, 0 },
  { "uksecret", TRUE, 0 },
  { "topsecret", TRUE, 0 },
  { "uktopsecret", TRUE, 0 },
};

char *
_probity_parse_trim (const char *text)
{
  const char *end;

  if (text == NULL)
    return g_strdup ("");

  /* No-break spaces come from spreadsheets and web pages as often as plain ones. */
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);

  end = text + strlen (text);
  while (end > text)
    {
      const char *before = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (before)))
        break;
      end = before;
    }

  return g_strndup (text, (gsize) (end - text));
}

char *
_probity_parse_begin (const char *text,
                      GError    **error)
{
  g_autofree char *trimmed = NULL;

  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_CHARACTER, "not valid UTF-8");
      return NULL;
    }

  trimmed = _probity_parse_trim (text);
  if (*trimmed == '\0')
    {
      g_set_error_literal (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_EMPTY, "no value");
      return NULL;
    }

  return g_steal_pointer (&trimmed);
}

char *
_probity_parse_quote (const char *text)
{
  GString *quoted = g_string_new ("“");
  int      n = 0;

  for (; *text != '\0' && n < LONGEST_QUOTE; text = g_utf8_next_char (text), n++)
    {
      gunichar character = g_utf8_get_char (text);

      g_string_append_unichar (quoted, g_unichar_isprint (character) ? character : ' ');
    }
  g_string_append (quoted, *text != '\0' ? "…”" : "”");

  return g_string_free_and_steal (quoted);
}

gboolean
_probity_parse_fail (GError          **error,
                     ProbityParseError code,
                     const char       *text,
                     const char       *complaint)
{
  g_autofree char *quoted = _probity_parse_quote (text);

  g_set_error (error, PROBITY_PARSE_ERROR, (int) code, "%s %s", quoted, complaint);

  return FALSE;
}

static gboolean
is_refused_character (gunichar character)
{
  if (character < 0x20 && character != '\t' && character != '\n')
    return TRUE;
  if (character >= 0x7f && character < 0xa0)
    return TRUE;
  /* Marks that turn the direction of writing can make a name look like another one. */
  return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069) || character == 0xfeff || (character & 0xfffe) == 0xfffe;
}

/* Most cells of most files: nothing in them is changed or refused but white space at the ends. */
static gboolean
is_plain (const char *text)
{
  for (; *text != '\0'; text++)
    if (*text < 0x20 || *text > 0x7e)
      return FALSE;

  return TRUE;
}

static char *
parse_any_text (const char *text,
                guint       max_characters,
                gboolean    lines,
                GError    **error)
{
  g_autoptr (GString) plain = NULL;
  g_autofree char *trimmed = NULL;
  g_autofree char *composed = NULL;
  glong            length;

  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_CHARACTER, "not valid UTF-8");
      return NULL;
    }

  if (text != NULL && strlen (text) <= max_characters && is_plain (text))
    return _probity_parse_trim (text);

  plain = g_string_sized_new (text != NULL ? strlen (text) : 0);
  for (const char *at = text != NULL ? text : ""; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character == '\r')
        {
          if (at[1] == '\n')
            continue;
          character = '\n';
        }
      if (is_refused_character (character))
        {
          g_set_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_CHARACTER, "the control character U+%04X cannot be kept", character);
          return NULL;
        }
      if (!lines && (character == '\n' || character == '\t'))
        character = ' ';
      g_string_append_unichar (plain, character);
    }

  trimmed = _probity_parse_trim (plain->str);
  composed = g_utf8_normalize (trimmed, -1, G_NORMALIZE_NFC);
  length = g_utf8_strlen (composed, -1);
  if (length > (glong) max_characters)
    {
      g_set_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_TOO_LONG, "%ld characters, where at most %u are kept", length, max_characters);
      return NULL;
    }

  return g_steal_pointer (&composed);
}

/**
 * probity_fold_word:
 *
 * Letters and digits only, without case: `First name(s)` and `FIRST_NAMES` become `firstnames`.
 *
 * Returns: (transfer full): empty where @text is %NULL or not UTF-8
 */
char *
probity_fold_word (const char *text)
{
  g_autofree char *folded = NULL;
  GString         *word = g_string_new (NULL);

  if (text != NULL && g_utf8_validate (text, -1, NULL))
    {
      folded = g_utf8_casefold (text, -1);
      for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
        if (g_unichar_isalnum (g_utf8_get_char (at)))
          g_string_append_unichar (word, g_utf8_get_char (at));
    }

  return g_string_free_and_steal (word);
}

/**
 * probity_parse_boolean:
 *
 * `yes`, `no`, `true`, `false`, `y`, `n`, `1`, `0`; of work also `paid`, `unpaid` and `voluntary`.
 */
gboolean
probity_parse_boolean (const char *text,
                       gboolean   *ret_value,
                       GError    **error)
{
  g_autofree char *value = _probity_parse_begin (text, error);
  g_autofree char *word = NULL;

  if (value == NULL)
    return FALSE;

  word = g_ascii_strdown (value, -1);
  if (g_strv_contains (words_for_true, word))
    *ret_value = TRUE;
  else if (g_strv_contains (words_for_false, word))
    *ret_value = FALSE;
  else
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is neither yes nor no");

  return TRUE;
}

/**
 * probity_parse_integer:
 *
 * A whole number in plain digits.
 */
gboolean
probity_parse_integer (const char *text,
                       gint64      minimum,
                       gint64      maximum,
                       gint64     *ret_value,
                       GError    **error)
{
  g_autofree char *value = _probity_parse_begin (text, error);
  g_autoptr (GError) local_error = NULL;
  gint64 number;

  if (value == NULL)
    return FALSE;

  if (!g_ascii_string_to_signed (value, 10, minimum, maximum, &number, &local_error))
    {
      g_autofree char *complaint = NULL;

      if (!g_error_matches (local_error, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS))
        return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is not a whole number");

      complaint = g_strdup_printf ("is not between %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT, minimum, maximum);
      return _probity_parse_fail (error, PROBITY_PARSE_ERROR_RANGE, value, complaint);
    }

  *ret_value = number;

  return TRUE;
}

/**
 * probity_parse_choice:
 * @choices: (array zero-terminated=1): the words of a closed list
 *
 * Finds @text in a list, without regard to case, spaces and punctuation: `Self employed` is `self-employed`.
 */
gboolean
probity_parse_choice (const char        *text,
                      const char *const *choices,
                      guint             *ret_index,
                      GError           **error)
{
  g_autofree char *value = _probity_parse_begin (text, error);
  g_autofree char *word = NULL;
  g_autofree char *list = NULL;
  g_autofree char *complaint = NULL;

  if (value == NULL)
    return FALSE;

  word = probity_fold_word (value);
  for (guint i = 0; choices[i] != NULL; i++)
    {
      g_autofree char *choice = probity_fold_word (choices[i]);

      if (g_str_equal (choice, word))
        {
          *ret_index = i;
          return TRUE;
        }
    }

  list = g_strjoinv (", ", (char **) choices);
  complaint = g_strdup_printf ("is none of %s", list);

  return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, complaint);
}

/**
 * probity_parse_line:
 *
 * Text of one line, as it is kept: composed (NFC), no space around it, line ends and tabs become spaces. An empty
 * value is an empty string, not an error.
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
probity_parse_line (const char *text,
                    guint       max_characters,
                    GError    **error)
{
  return parse_any_text (text, max_characters, FALSE, error);
}

/**
 * probity_parse_text:
 *
 * Text of many lines, as it is kept: like probity_parse_line(), with line ends as `\n` and tabs kept.
 */
char *
probity_parse_text (const char *text,
                    guint       max_characters,
                    GError    **error)
{
  return parse_any_text (text, max_characters, TRUE, error);
}

/**
 * probity_parse_marking:
 *
 * A marking by the Government Security Classifications, or of the scheme before 2014. Above OFFICIAL-SENSITIVE is
 * %PROBITY_PARSE_ERROR_MARKING: a casebook is not made for it.
 */
gboolean
probity_parse_marking (const char     *text,
                       ProbityMarking *ret_marking,
                       GError        **error)
{
  g_autofree char *value = _probity_parse_begin (text, error);
  g_autofree char *word = NULL;

  if (value == NULL)
    return FALSE;

  word = probity_fold_word (value);
  for (gsize i = 0; i < G_N_ELEMENTS (markings); i++)
    {
      if (!g_str_equal (markings[i].word, word))
        continue;
      if (markings[i].too_high)
        return _probity_parse_fail (error, PROBITY_PARSE_ERROR_MARKING, value, "is above OFFICIAL-SENSITIVE, which is the highest marking kept here");
      *ret_marking = (ProbityMarking) markings[i].marking;
      return TRUE;
    }

  /* A descriptor behind the marking: OFFICIAL-SENSITIVE: PERSONAL, SECRET UK EYES ONLY. */
  if (g_str_has_prefix (word, "officialsensitive"))
    {
      *ret_marking = PROBITY_MARKING_OFFICIAL_SENSITIVE;
      return TRUE;
    }
  if (g_str_has_prefix (word, "secret") || g_str_has_prefix (word, "topsecret") || g_str_has_prefix (word, "confidential") ||
      g_str_has_prefix (word, "uksecret") || g_str_has_prefix (word, "uktopsecret"))
    return _probity_parse_fail (error, PROBITY_PARSE_ERROR_MARKING, value, "is above OFFICIAL-SENSITIVE, which is the highest marking kept here");

  return _probity_parse_fail (error, PROBITY_PARSE_ERROR_INVALID, value, "is neither OFFICIAL nor OFFICIAL-SENSITIVE");
}

/**
 * probity_text_is_marked_too_high:
 *
 * Whether the first or the last line of @text, alone, is a marking above OFFICIAL-SENSITIVE, as protected documents
 * carry it. `confidential` in running text is no marking.
 */
gboolean
probity_text_is_marked_too_high (const char *text)
{
  g_auto (GStrv) lines = NULL;
  const char *first = NULL;
  const char *last = NULL;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  lines = g_strsplit_set (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*g_strstrip (lines[i]) == '\0')
        continue;
      if (first == NULL)
        first = lines[i];
      last = lines[i];
    }

  for (int i = 0; i < 2; i++)
    {
      const char      *line = i == 0 ? first : last;
      g_autofree char *word = line != NULL ? probity_fold_word (line) : NULL;

      if (word == NULL || g_utf8_strlen (line, -1) > 40)
        continue;
      for (gsize m = 0; m < G_N_ELEMENTS (markings); m++)
        if (markings[m].too_high && g_str_equal (markings[m].word, word))
          return TRUE;
    }

  return FALSE;
}
