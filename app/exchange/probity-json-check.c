/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-json.h"

#include <string.h>

/*
 * RFC 8259, strictly, before json-glib makes nodes: json-glib lets comments, single quotation marks and repeated
 * members pass, of which the last wins; two programs could then read two different things in one file.
 */
typedef struct
{
  const char *at;
  const char *end;
  const char *start;
  const char *name;
  GError    **error;
} Checker;

static gboolean check_value (Checker *checker,
                             int      depth);

static gboolean
refuse (Checker         *checker,
        ProbityJsonError code,
        const char      *complaint)
{
  guint64 line = 1;

  for (const char *at = checker->start; at < checker->at && at < checker->end; at++)
    line += *at == '\n';

  g_set_error (checker->error, PROBITY_JSON_ERROR, (int) code, "%s, line %" G_GUINT64_FORMAT ": %s", checker->name, line, complaint);

  return FALSE;
}

static void
skip_space (Checker *checker)
{
  while (checker->at < checker->end && strchr (" \t\r\n", *checker->at) != NULL)
    checker->at++;
}

static gboolean
take (Checker *checker,
      char     byte)
{
  if (checker->at == checker->end || *checker->at != byte)
    return FALSE;
  checker->at++;

  return TRUE;
}

static int
read_hex (Checker *checker)
{
  int value = 0;

  for (int i = 0; i < 4; i++, checker->at++)
    {
      if (checker->at == checker->end || !g_ascii_isxdigit (*checker->at))
        return -1;
      value = value << 4 | g_ascii_xdigit_value (*checker->at);
    }

  return value;
}

static gboolean
check_escape (Checker *checker,
              GString *decoded)
{
  static const char plain[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char       *found;
  gunichar          character;
  int               unit;

  if (checker->at == checker->end)
    return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "a text that does not end");

  found = strchr (plain, *checker->at);
  if (found != NULL && *checker->at != '\0')
    {
      g_string_append_c (decoded, meant[found - plain]);
      checker->at++;
      return TRUE;
    }
  if (!take (checker, 'u'))
    return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "an unknown escape");

  unit = read_hex (checker);
  if (unit < 0)
    return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "an escape without its four digits");
  character = (gunichar) unit;
  if ((character & 0xfc00) == 0xd800)
    {
      if (!take (checker, '\\') || !take (checker, 'u'))
        return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "half a character");
      unit = read_hex (checker);
      if (unit < 0 || (unit & 0xfc00) != 0xdc00)
        return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "half a character");
      character = 0x10000 + ((character & 0x3ff) << 10) + ((gunichar) unit & 0x3ff);
    }
  else if ((character & 0xfc00) == 0xdc00)
    {
      return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "half a character");
    }
  if (character == 0)
    return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "a NUL character");

  g_string_append_unichar (decoded, character);

  return TRUE;
}

static gboolean
check_string (Checker *checker,
              GString *decoded)
{
  if (!take (checker, '"'))
    return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "a text in double quotation marks is expected");

  while (checker->at < checker->end)
    {
      char byte = *checker->at++;

      if (byte == '"')
        return TRUE;
      if ((guchar) byte < 0x20)
        return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "a control character in a text");
      if (byte != '\\')
        g_string_append_c (decoded, byte);
      else if (!check_escape (checker, decoded))
        return FALSE;
    }

  return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "a text that does not end");
}

static gboolean
check_number (Checker *checker)
{
  const char *start = checker->at;
  gboolean    whole = TRUE;
  int         digits = 0;

  take (checker, '-');
  if (take (checker, '0'))
    digits = 1;
  else
    while (checker->at < checker->end && g_ascii_isdigit (*checker->at))
      {
        checker->at++;
        digits++;
      }
  if (digits == 0)
    return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "a value is expected");

  for (int part = 0; part < 2; part++)
    {
      int n = 0;

      if (part == 0 && !take (checker, '.'))
        continue;
      if (part == 1)
        {
          if (!take (checker, 'e') && !take (checker, 'E'))
            continue;
          if (!take (checker, '+'))
            take (checker, '-');
        }
      whole = FALSE;
      while (checker->at < checker->end && g_ascii_isdigit (*checker->at))
        {
          checker->at++;
          n++;
        }
      if (n == 0)
        return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "a number that does not end");
    }

  /* Whole numbers beyond 64 bits and fractions beyond a double would come out as other numbers. */
  if (checker->at - start > 40 || (whole && digits > 18))
    return refuse (checker, PROBITY_JSON_ERROR_TOO_LARGE, "a number that is too long");
  if (checker->at < checker->end && (g_ascii_isalnum (*checker->at) || *checker->at == '.' || *checker->at == '+'))
    return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "not a number");

  return TRUE;
}

static gboolean
check_object (Checker *checker,
              int      depth)
{
  g_autoptr (GHashTable) members = NULL;
  g_autoptr (GString) member = g_string_new (NULL);

  skip_space (checker);
  if (take (checker, '}'))
    return TRUE;

  members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  do
    {
      skip_space (checker);
      g_string_truncate (member, 0);
      if (!check_string (checker, member))
        return FALSE;
      if (!g_hash_table_add (members, g_strdup (member->str)))
        {
          g_autofree char *shown = g_utf8_substring (member->str, 0, MIN (60, g_utf8_strlen (member->str, -1)));
          g_autofree char *complaint = g_strdup_printf ("the member “%s” comes twice", shown);

          return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, complaint);
        }

      skip_space (checker);
      if (!take (checker, ':'))
        return refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "a colon is expected");
      if (!check_value (checker, depth))
        return FALSE;
      skip_space (checker);
    }
  while (take (checker, ','));

  return take (checker, '}') || refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "a comma or the end of the object is expected");
}

static gboolean
check_array (Checker *checker,
             int      depth)
{
  skip_space (checker);
  if (take (checker, ']'))
    return TRUE;

  do
    {
      if (!check_value (checker, depth))
        return FALSE;
      skip_space (checker);
    }
  while (take (checker, ','));

  return take (checker, ']') || refuse (checker, PROBITY_JSON_ERROR_SYNTAX, "a comma or the end of the array is expected");
}

static gboolean
check_value (Checker *checker,
             int      depth)
{
  static const char *const words[] = { "true", "false", "null" };

  if (depth > PROBITY_JSON_MAX_DEPTH)
    return refuse (checker, PROBITY_JSON_ERROR_TOO_LARGE, "nested too deeply");

  skip_space (checker);
  if (take (checker, '{'))
    return check_object (checker, depth + 1);
  if (take (checker, '['))
    return check_array (checker, depth + 1);
  if (checker->at < checker->end && *checker->at == '"')
    {
      g_autoptr (GString) text = g_string_new (NULL);

      return check_string (checker, text);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (checker->end - checker->at) >= length && memcmp (checker->at, words[i], length) == 0 &&
          (checker->at + length == checker->end || !g_ascii_isalnum (checker->at[length])))
        {
          checker->at += length;
          return TRUE;
        }
    }

  return check_number (checker);
}

/**
 * probity_json_check:
 * @text: (array length=length): one document
 * @name: what messages call the file
 *
 * Whether @text is one JSON document by RFC 8259, within %PROBITY_JSON_MAX_BYTES and %PROBITY_JSON_MAX_DEPTH, with no
 * member twice in an object. A byte order mark is refused as the RFC has it.
 *
 * Returns: %FALSE with an error that names file and line
 */
gboolean
probity_json_check (const char *text,
                    gsize       length,
                    const char *name,
                    GError    **error)
{
  Checker     checker = { text, text + length, text, name, error };
  const char *good = text;

  if (length > PROBITY_JSON_MAX_BYTES)
    {
      g_set_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TOO_LARGE, "%s: larger than %d bytes", name, PROBITY_JSON_MAX_BYTES);
      return FALSE;
    }
  if (!g_utf8_validate_len (text, length, &good))
    {
      checker.at = good;
      return refuse (&checker, PROBITY_JSON_ERROR_SYNTAX, "not valid UTF-8");
    }

  if (!check_value (&checker, 0))
    return FALSE;

  skip_space (&checker);
  if (checker.at != checker.end)
    return refuse (&checker, PROBITY_JSON_ERROR_SYNTAX, "something behind the end of the document");

  return TRUE;
}
