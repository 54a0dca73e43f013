/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-full-name.h"

#include <string.h>

static const char *const titles[] = {
  "mr", "mrs", "miss", "ms", "mx", "dr", "sir", "pc", "wpc", "dc", "ps", "ds", "sgt", "insp", "di", "dci", "ci", "supt", "pcso", "sc", NULL
};

static const char *const particles[] = {
  "de", "da", "do", "dos", "di", "del", "della", "la", "le", "van", "von", "der", "den", "ter", "ten", "st", "san", "bin", "ibn", "al", "el", "mac", "ap", NULL
};

static gboolean
is_among (const char        *word,
          const char *const *words)
{
  g_autofree char *lower = g_ascii_strdown (word, -1);
  gsize            length = strlen (lower);

  if (length > 0 && lower[length - 1] == '.')
    lower[length - 1] = '\0';

  return g_strv_contains (words, lower);
}

static gboolean
is_upper (const char *word)
{
  int letters = 0;

  for (; *word != '\0'; word = g_utf8_next_char (word))
    {
      gunichar character = g_utf8_get_char (word);

      if (g_unichar_islower (character))
        return FALSE;
      letters += g_unichar_isalpha (character) ? 1 : 0;
    }

  return letters > 1;
}

static char *
join_words (char **words,
            guint  n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", words[i]);

  return g_string_free_and_steal (text);
}

/**
 * probity_full_name_split:
 * @ret_forenames: (out) (nullable): %NULL where there is only a surname
 * @ret_surname: (out) (nullable): %NULL where @text is empty
 *
 * Splits a name written in one cell: `Smith, John Paul`, `SMITH John`, `John van der Berg`. Without comma or capitals
 * the last word is taken for the surname, with the particles before it. Ranks and titles before it are dropped.
 */
void
probity_full_name_split (const char *text,
                         char      **ret_forenames,
                         char      **ret_surname)
{
  const char      *comma = strchr (text, ',');
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "\t\r\n,", ' ');
  g_auto (GStrv) all = g_strsplit (spaced, " ", -1);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  char **words;
  guint  n;
  guint  first = 0;

  *ret_forenames = NULL;
  *ret_surname = NULL;

  for (guint i = 0; all[i] != NULL; i++)
    if (*all[i] != '\0' && !(list->len == 0 && is_among (all[i], titles)))
      g_ptr_array_add (list, all[i]);
  words = (char **) list->pdata;
  n = list->len;
  if (n == 0)
    return;

  if (comma != NULL)
    {
      g_autofree char *before = g_strndup (text, (gsize) (comma - text));
      g_autofree char *after = g_strdup (comma + 1);

      g_strstrip (before);
      g_strstrip (after);
      *ret_surname = g_strdup (*before != '\0' ? before : after);
      if (*before != '\0' && *after != '\0')
        *ret_forenames = g_strdup (after);
      return;
    }

  /* SMITH John */
  while (first < n && is_upper (words[first]))
    first++;
  if (first > 0 && first < n)
    {
      *ret_surname = join_words (words, first);
      *ret_forenames = join_words (words + first, n - first);
      return;
    }

  first = n - 1;
  while (first > 1 && is_among (words[first - 1], particles))
    first--;
  *ret_surname = join_words (words + first, n - first);
  if (first > 0)
    *ret_forenames = join_words (words, first);
}
