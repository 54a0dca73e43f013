/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probity-person-index.h"
#include "probity-person-match-private.h"

G_BEGIN_DECLS

#define NO_WORD G_MAXUINT32
#define NOBODY G_MAXUINT32

/* Distinct words and, for each, the people who bear it. */
typedef struct
{
  guint32  n_words;
  guint32  n_allocated;
  guint32  n_slots;   /* a power of two */
  guint32 *slots;     /* word + 1 */
  guint32 *at;        /* where the word's text begins, and the next one's */
  guint32 *counts[2]; /* people who bear it: as a forename (or in an address), as a surname */
  guint32 *starts;    /* first posting, and the next word's */
  guint32 *people;    /* postings */
  char    *text;
  gsize    text_allocated;
} WordList;

typedef struct
{
  guint32 value;
  guint32 person;
} Posting;

typedef struct
{
  Posting *postings; /* by value, then person */
  guint    n_postings;
} PostingList;

struct _ProbityPersonIndex
{
  guint              n_keys;
  guint              n_allocated;
  ProbityPersonKey **keys;
  gint64            *ids;
  guint32           *by_id; /* the people in the order of their ids; NULL: that is the order in which they came */
  gboolean           is_frozen;
  GArray            *words; /* until it is frozen: see probity_person_index_note_words() */

  ProbityPersonIndex *population; /* whose names say which are rare; NULL: its own */

  WordList    names;
  WordList    places;
  guint32    *by_length;                               /* names, the shortest first */
  guint64    *letters;                                 /* of these: which letters are in a name, and which twice */
  guint32     length_starts[2 * PROBITY_NAME_MAX + 2]; /* where names of so many letters begin among these */
  char       *texts;                                   /* of these, one after the other, so that those that are compared stand near each other */
  gsize       text_starts[2 * PROBITY_NAME_MAX + 1];
  PostingList sounds; /* of names */
  PostingList births;
  PostingList postcodes;
  PostingList staff_numbers;
};

guint32 probity_word_list_look_up (const WordList *list,
                                   const char     *word,
                                   gsize           length);
guint32 probity_word_list_intern (WordList   *list,
                                  const char *word,
                                  gsize       length);
void    probity_person_index_note_words (ProbityPersonIndex     *index,
                                         const ProbityPersonKey *key);
void    probity_person_index_build (ProbityPersonIndex *index);
void    probity_person_index_weigh (const ProbityPersonIndex *index,
                                    ProbityPersonKey         *key);
guint32 probity_person_index_find_id (const ProbityPersonIndex *index,
                                      gint64                    id);
void    probity_person_gather_name (ProbityPersonIndex     *index,
                                    const ProbityPersonKey *key,
                                    const NameWord         *name,
                                    guint8                 *gathered);
void    probity_person_gather_text (ProbityPersonIndex *index,
                                    const char         *word,
                                    const NameWord     *name,
                                    guint8             *gathered);
void    probity_person_gather_births (ProbityPersonIndex *index,
                                      gint32              birth,
                                      guint8             *gathered);
void    probity_person_gather_values (const PostingList *list,
                                      guint32            value,
                                      guint              quarters,
                                      guint8            *gathered);
GArray *probity_person_take_candidates (ProbityPersonIndex *index,
                                        const guint8       *gathered,
                                        guint               least,
                                        guint               most);
void    probity_person_gather_place (ProbityPersonIndex *index, const char *word, guint quarters, guint8 *gathered);
guint8 *probity_person_new_gathering (ProbityPersonIndex *index);
guint64 probity_person_list_letters (const char *word,
                                     gsize       length);
guint32 probity_person_hash_postcode (const ProbityPersonKey *key);
int     probity_person_compare_hits (gconstpointer a,
                                     gconstpointer b);

G_END_DECLS
