/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

struct _ProbityExposureMatcher
{
  GStrv       words;
  GHashTable *exact;    /* folded word → place in words + 1 */
  GPtrArray  *patterns; /* GPatternSpec; NULL at the places of exact words */
  gboolean   *found;
  GString    *folded;
};

/* Almost every record, place and rank is ASCII. */
static const char *
fold (ProbityExposureMatcher *self,
      const char             *word)
{
  g_string_truncate (self->folded, 0);
  for (const char *at = word; *at != '\0'; at++)
    {
      if ((guchar) *at >= 0x80)
        {
          g_autofree char *folded = g_utf8_casefold (word, -1);

          g_string_assign (self->folded, folded);
          break;
        }
      g_string_append_c (self->folded, g_ascii_tolower (*at));
    }

  return self->folded->str;
}

static void
free_pattern (gpointer data)
{
  if (data != NULL)
    g_pattern_spec_free (data);
}

ProbityExposureMatcher *
probity_exposure_matcher_new (const char *const *words)
{
  ProbityExposureMatcher *self = g_new0 (ProbityExposureMatcher, 1);

  self->words = g_strdupv ((GStrv) words);
  self->exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->patterns = g_ptr_array_new_with_free_func (free_pattern);
  self->found = g_new0 (gboolean, g_strv_length (self->words) + 1);
  self->folded = g_string_new (NULL);

  for (guint i = 0; self->words[i] != NULL; i++)
    {
      const char *folded = fold (self, self->words[i]);
      gboolean    wild = strpbrk (folded, "*?") != NULL;

      g_ptr_array_add (self->patterns, wild ? g_pattern_spec_new (folded) : NULL);
      if (!wild)
        g_hash_table_insert (self->exact, g_strdup (folded), GUINT_TO_POINTER (i + 1));
    }

  return self;
}

void
probity_exposure_matcher_free (ProbityExposureMatcher *self)
{
  g_strfreev (self->words);
  g_hash_table_unref (self->exact);
  g_ptr_array_unref (self->patterns);
  g_free (self->found);
  g_string_free (self->folded, TRUE);
  g_free (self);
}

gboolean
probity_exposure_matcher_match (ProbityExposureMatcher *self,
                                const char             *word)
{
  const char *folded = fold (self, word);
  guint       exact = GPOINTER_TO_UINT (g_hash_table_lookup (self->exact, folded));
  gboolean    matches = exact != 0;

  if (exact != 0)
    self->found[exact - 1] = TRUE;
  for (guint i = 0; i < self->patterns->len; i++)
    {
      GPatternSpec *pattern = g_ptr_array_index (self->patterns, i);

      if (pattern != NULL && g_pattern_spec_match_string (pattern, folded))
        {
          self->found[i] = TRUE;
          matches = TRUE;
        }
    }

  return matches;
}

const char *
probity_exposure_matcher_get_unfound (ProbityExposureMatcher *self)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    if (!self->found[i])
      return self->words[i];

  return NULL;
}
