/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What a code says to people; @words is marked with N_(). */
typedef struct
{
  const char *code;
  const char *words;
} ProbityWords;

/** The translated words of @code, or %NULL where @table has none. Static. */
const char *probity_words_find (const ProbityWords *table,
                                gsize               n_words,
                                const char         *code);

G_END_DECLS
