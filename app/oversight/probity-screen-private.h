/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-screen.h"

G_BEGIN_DECLS

/** A word of a text. */
typedef struct
{
  ProbitySearchMark place;
  char             *folded;
  gboolean          capital; /* begins with a capital letter */
  gboolean          joined;  /* only blanks, or a full stop after a single letter, stand between it and the word before */
} ProbityScreenWord;

/** The words of @text. (element-type ProbityScreenWord) (transfer full) */
GArray *probity_screen_split (const char *text);

/** What can be somebody's name, or a number of theirs. */
typedef struct
{
  ProbitySearchMark place;
  char             *words;   /* as written, without ranks */
  gboolean          surname; /* one name after a rank */
  gboolean          number;  /* a staff number */
} ProbityScreenName;

/** (element-type ProbityScreenName) (transfer full) */
GPtrArray *probity_screen_find_names (const char *text,
                                      GArray     *words);

/** What has the form of a reference. (element-type ProbityScreenName) (transfer full) */
GPtrArray *probity_screen_find_references (const char *text);

/** @name without what every other firm is called, folded: `Peak Cycle Hire Ltd` → `peak cycle hire`; %NULL if too little is left. */
char *probity_screen_fold_firm (const char *name);

/** The text around @place on one line. (transfer full) */
char *probity_screen_dup_context (const char              *text,
                                  const ProbitySearchMark *place);

/** On a reader thread. (transfer full) (element-type ProbityScreenFinding) */
GPtrArray *probity_screen_collect (ProbitySession *session,
                                   ProbityRead    *read,
                                   const char     *text,
                                   GError        **error);

G_END_DECLS
