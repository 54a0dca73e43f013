/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-pdf-lines.h"

#include <string.h>

#define SOFT_HYPHEN 0x00ad
#define HYPHEN 0x2010
#define FIRST_LIGATURE 0xfb00
#define LAST_LIGATURE 0xfb06

static const char *const ligatures[] = { "ff", "fi", "fl", "ffi", "ffl", "st", "st" };

static gboolean
is_hyphen (gunichar character)
{
  return character == '-' || character == HYPHEN || character == SOFT_HYPHEN;
}

/* The next character that is seen, or 0. */
static gunichar
peek (const char *text)
{
  while (*text == ' ' || *text == '\r')
    text++;

  return g_utf8_get_char (text);
}

/* Where the next line begins, if a word goes on there after the hyphen before @text; or NULL. */
static const char *
find_second_half (GString    *lines,
                  const char *text)
{
  const char *end = lines->str + lines->len;
  const char *before = g_utf8_find_prev_char (lines->str, end);

  if (before == NULL || !g_unichar_isalpha (g_utf8_get_char (before)) || peek (text) != '\n')
    return NULL;
  text = strchr (text, '\n') + 1;
  while (*text == ' ')
    text++;

  return g_unichar_isalpha (g_utf8_get_char (text)) ? text : NULL;
}

void
probity_pdf_lines_append (GString    *lines,
                          const char *text)
{
  for (const char *next; *text != '\0'; text = next)
    {
      gunichar    character = g_utf8_get_char (text);
      const char *half;

      next = g_utf8_next_char (text);
      if (is_hyphen (character) && (half = find_second_half (lines, next)) != NULL)
        {
          if (character != SOFT_HYPHEN && !g_unichar_islower (g_utf8_get_char (half)))
            g_string_append_c (lines, '-');
          next = half;
        }
      else if (character == SOFT_HYPHEN)
        continue;
      else if (character >= FIRST_LIGATURE && character <= LAST_LIGATURE)
        g_string_append (lines, ligatures[character - FIRST_LIGATURE]);
      else if (character != '\n' && character != '\t' && g_unichar_iscntrl (character))
        g_string_append_c (lines, ' ');
      else
        g_string_append_unichar (lines, character);
    }

  if (lines->len > 0 && lines->str[lines->len - 1] != '\n')
    g_string_append_c (lines, '\n');
}
