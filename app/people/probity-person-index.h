/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "probity-person-match.h"

G_BEGIN_DECLS

typedef struct _ProbityPersonIndex ProbityPersonIndex;

typedef struct
{
  gint64 id;
  double score;
} ProbityPersonIndexHit;

ProbityPersonIndex *probity_person_index_new (void);
ProbityPersonIndex *probity_person_index_ref (ProbityPersonIndex *index);
void                probity_person_index_unref (ProbityPersonIndex *index);
void                probity_person_index_add (ProbityPersonIndex *index,
                                              gint64              id,
                                              ProbityPersonKey   *key);
void                probity_person_index_freeze (ProbityPersonIndex *index);
void                probity_person_index_freeze_beside (ProbityPersonIndex *index,
                                                        ProbityPersonIndex *population);
guint               probity_person_index_get_n_keys (ProbityPersonIndex *index);
gsize               probity_person_index_get_size (ProbityPersonIndex *index,
                                                   gsize              *ret_keys_size);
GArray             *probity_person_index_find (ProbityPersonIndex     *index,
                                               const ProbityPersonKey *key,
                                               double                  threshold,
                                               guint                   limit);
GArray             *probity_person_index_find_words (ProbityPersonIndex *index,
                                                     const char         *words,
                                                     double              threshold,
                                                     guint               limit,
                                                     GCancellable       *cancellable);
char               *probity_person_index_explain (ProbityPersonIndex     *index,
                                                  const ProbityPersonKey *key,
                                                  gint64                  id);
char               *probity_person_index_explain_words (ProbityPersonIndex *index, const char *words, gint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityPersonIndex, probity_person_index_unref)

G_END_DECLS
