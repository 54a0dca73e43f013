/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What two names have to do with each other, weakest first. */
typedef enum
{
  PROBITY_NAME_UNRELATED,
  PROBITY_NAME_SHARED_SHORT, /* two short forms of one name: Liz and Beth */
  PROBITY_NAME_SHORT,        /* a name and its short form: Margaret and Peggy */
  PROBITY_NAME_SPELLING,     /* spellings or transliterations: Mohammed and Muhammad */
} ProbityNameRelation;

typedef struct
{
  guint16 term;          /* number in the built-in table, 0 when the name is not in it */
  guint8  forename_bits; /* sixteenths of a bit: what sharing it as a forename says */
  guint8  surname_bits;  /* the same, as a surname */
  guint   is_forename : 1;
  guint   is_surname : 1;
} ProbityNameEntry;

/* The longest folded word that is looked at; what is longer is cut. */
#define PROBITY_NAME_MAX 48

/* A word that many others are compared with. */
typedef struct
{
  guint64 places[256]; /* of each byte, a bit a place */
  gsize   length;
} ProbityNamePattern;

void                probity_name_pattern_init (ProbityNamePattern *pattern,
                                               const char         *word,
                                               gsize               length);
guint               probity_name_pattern_distance (const ProbityNamePattern *pattern,
                                                   const char               *word,
                                                   gsize                     length,
                                                   guint                     most);
gsize               probity_name_fold (const char *text,
                                       char       *ret_folded,
                                       gsize       size);
guint32             probity_name_hash (const char *word,
                                       gsize       length);
guint32             probity_name_sound (const char *word,
                                        gsize       length);
guint               probity_name_distance (const char *a,
                                           gsize       a_length,
                                           const char *b,
                                           gsize       b_length);
ProbityNameEntry    probity_name_look_up (const char *word,
                                          gsize       length);
ProbityNameRelation probity_name_relate (guint16  a,
                                         guint16  b,
                                         gboolean as_surname);
guint               probity_name_related (guint16      term,
                                          const char **ret_words,
                                          guint        size);

G_END_DECLS
