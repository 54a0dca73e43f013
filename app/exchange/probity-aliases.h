/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PROBITY_FILE_STAFF,
  PROBITY_FILE_COMPLAINTS,
  PROBITY_FILE_INTELLIGENCE,
  PROBITY_FILE_SECOND_JOBS,
  PROBITY_FILE_PEOPLE,
  PROBITY_FILE_ACCESS_LOG, /* of a police system; read by ProbityAccessLog */
} ProbityFileKind;

/**
 * ProbityJoin:
 * @PROBITY_JOIN_NONE: one column; the same value where a heading comes twice
 * @PROBITY_JOIN_WORDS: words after each other, in the order of the aliases
 * @PROBITY_JOIN_LINES: parts of an address, in the order of the file
 * @PROBITY_JOIN_LIST: entries with semicolons between them, in the order of the file
 */
typedef enum
{
  PROBITY_JOIN_NONE,
  PROBITY_JOIN_WORDS,
  PROBITY_JOIN_LINES,
  PROBITY_JOIN_LIST,
} ProbityJoin;

typedef struct
{
  const char *target; /* the heading of our own files */
  ProbityJoin join;
  const char *aliases; /* folded, separated by spaces; `|` before those used only where none before it is there */
} ProbityAlias;

gboolean            probity_file_kind_parse (const char      *name,
                                             ProbityFileKind *ret_kind);
const ProbityAlias *probity_aliases_get (ProbityFileKind kind,
                                         gsize          *ret_n);

G_END_DECLS
