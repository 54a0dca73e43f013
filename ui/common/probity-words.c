/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-words.h"

#include <glib/gi18n.h>

const char *
probity_words_find (const ProbityWords *table,
                    gsize               n_words,
                    const char         *code)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_strcmp0 (table[i].code, code) == 0)
      return _ (table[i].words);

  return NULL;
}
