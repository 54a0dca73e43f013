/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-live-index.h"
#include "probity-record-kind.h"
#include "probity-search.h"

G_BEGIN_DECLS

/*
 * One index of words. Rows of the record's table are `r`, rows of a part's table are `x`.
 */
typedef struct
{
  const ProbityRecordKind *record; /* what opens and whose scope holds */
  const char              *index;  /* the full-text table; its rowid is the id of the record or part */
  const char              *part;   /* told of hits; NULL: the record itself */
  const char              *table;  /* of the part */
  const char              *join;   /* of part and record */
  const char              *reference;
  const char              *title;
  const char              *text;  /* from which the snippet is taken */
  const char              *names; /* columns of the index that hold names; NULL: none */

  /* Names are compared with this index; `p.id` are its ids. */
  const ProbityLiveSource *(*get_people) (void);
  const char *people; /* FROM and joins from `h.value`, an id of the index, to `r` */

  const char *called; /* what people call such records, folded, separated by `|` */
} ProbitySearchSource;

/** Every index there is, kinds of record together. */
const ProbitySearchSource *probity_search_get_sources (guint *ret_n);

/** The words of one search. */
typedef struct
{
  char    *typed;
  GStrv    words;    /* folded; the last may be one letter only if it stands alone */
  guint    n_words;  /* 0: nothing is looked for */
  char    *whole;    /* full-text query of whole words */
  char    *begun;    /* of beginnings of words */
  gboolean has_name; /* a word that can be a name */
  gboolean finished; /* a blank stands after the last word */
} ProbitySearchWords;

ProbitySearchWords *probity_search_words_new (const char *typed);
void                probity_search_words_free (ProbitySearchWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbitySearchWords, probity_search_words_free)

/** What is left of @self when words by which people call the source are taken off; %NULL when they are not there. */
ProbitySearchWords *probity_search_words_without (const ProbitySearchWords  *self,
                                                  const ProbitySearchSource *source);

/** Where the words stand in @text (nullable). @ret_found (nullable) gets a bit a word that stands there whole. */
GArray *probity_search_words_mark (const ProbitySearchWords *self,
                                   const char               *text,
                                   guint32                  *ret_whole);
/** The part of @text (nullable) that shows most words, on one line. (transfer full) (nullable) */
char *probity_search_words_cut (const ProbitySearchWords *self,
                                const char               *text);

typedef struct
{
  gint64 id; /* of the index */
  double score;
} ProbitySearchBest;

/**
 * Whether more than @n rows of the index answer @match.
 * @locked: (nullable): selects ids of the index that the reader may not know of
 */
gboolean probity_search_has_more (const ProbitySearchSource *source,
                                  ProbitySession            *session,
                                  ProbityDb                 *db,
                                  const char                *locked,
                                  const char                *match,
                                  guint                      n,
                                  gboolean                  *ret_more,
                                  GError                   **error);

/** The rows that answer @beginning best, for which probity_db_has_weights(). (element-type ProbitySearchBest) (transfer full) */
GArray *probity_search_read_best (const ProbitySearchSource *source,
                                  ProbitySession            *session,
                                  ProbityDb                 *db,
                                  const char                *locked,
                                  const char                *beginning,
                                  guint                      limit,
                                  GError                   **error);

/**
 * On a reader thread. @ret_lacks_names (nullable): what has only a name that is alike is left out where names would have
 * to be read first, and that is told there; %NULL: they are waited for. (element-type ProbitySearchHit) (transfer full)
 */
GPtrArray *probity_search_collect (ProbitySession           *session,
                                   ProbityRead              *read,
                                   const ProbitySearchWords *words,
                                   guint                     limit,
                                   gboolean                 *ret_lacks_names,
                                   GError                  **error);

G_END_DECLS
