/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-person-index-private.h"

#include <string.h>

/* Before anybody is compared in full, what speaks for each person is added up roughly, in quarters of a bit, one byte a person:
 * one walk over the postings of each word that is like one of the query's, of its date of birth and what may be a slip of it, of
 * its postcode and of the rarer words of its address. Only those with most are compared. */

static void
add_quarters (guint8 *gathered,
              guint32 person,
              guint   quarters)
{
  guint sum = gathered[person] + quarters;

  gathered[person] = MIN (sum, 255);
}

static void
gather_word (const WordList *list,
             guint32         word,
             guint           quarters,
             guint8         *gathered)
{
  if (quarters == 0)
    return;
  for (guint32 i = list->starts[word]; i < list->starts[word + 1]; i++)
    add_quarters (gathered, list->people[i], quarters);
}

/* How like two listed names are, in slips that full comparison would forgive; -1 for unlike. */
static int
count_slips (const ProbityPersonIndex *index,
             const char               *word,
             gsize                     length,
             guint32                   other)
{
  guint allowed = length >= 8 ? 3 : length >= 5 ? 2
                                                : 1;
  guint slips = probity_name_distance (word, length, index->names.text + index->names.at[other], index->lengths[other]);

  return slips <= allowed ? (int) slips : -1;
}

static guint
rate_word (const ProbityPersonIndex *index,
           const NameWord           *name,
           guint32                   word)
{
  double forename = name->forename_bits, surname = name->surname_bits;
  /* In sixteenths; the query's own weight stands for both, whichever way it is used. */
  double rating = (name->role & NAME_FAMILY) != 0 && (name->role & NAME_CALLED) == 0 ? surname : MIN (forename, surname + 32);

  return (guint) (rating / 4);
}

void
probity_person_gather_name (ProbityPersonIndex     *index,
                            const ProbityPersonKey *key,
                            const NameWord         *name,
                            guint8                 *gathered)
{
  const WordList *list = &index->names;
  const char     *word = key_text (key, name->offset);
  guint           length = name->length, full, allowed;
  guint32         letters = 0, exact;
  const char     *related[96];
  guint           n_related;

  if (length < 2)
    return;
  exact = probity_word_list_look_up (list, word, length);
  full = rate_word (index, name, exact);
  if (exact != NO_WORD)
    gather_word (list, exact, full, gathered);

  n_related = probity_name_related (name->term, related, G_N_ELEMENTS (related));
  for (guint i = 0; i < n_related; i++)
    {
      guint32 other = probity_word_list_look_up (list, related[i], strlen (related[i]));

      if (other != NO_WORD && other != exact)
        gather_word (list, other, full > 6 ? full - 6 : 1, gathered);
    }

  for (guint i = 0; i < length; i++)
    letters |= 1u << (word[i] & 31);
  allowed = length >= 8 ? 3 : length >= 5 ? 2
                                          : 1;
  for (guint32 i = 0; i < list->n_words; i++)
    {
      guint32 differing = letters ^ index->letters[i];
      int     slips;

      if ((guint) (index->lengths[i] + allowed - length) > 2 * allowed)
        continue;
      /* A slip changes at most two letters of the set: take that many away and nothing may be left. */
      for (guint j = 0; j < 2 * allowed; j++)
        differing &= differing - 1;
      if (differing != 0 || i == exact)
        continue;
      slips = count_slips (index, word, length, i);
      if (slips > 0)
        gather_word (list, i, full > (guint) (4 + 5 * slips) ? full - 4 - 5 * slips : 2, gathered);
    }

  if (name->sound != 0)
    {
      const PostingList *sounds = &index->sounds;
      guint              low = 0, high = sounds->n_postings;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (sounds->postings[middle].value < name->sound)
            low = middle + 1;
          else
            high = middle;
        }
      for (; low < sounds->n_postings && sounds->postings[low].value == name->sound; low++)
        {
          guint32 other = sounds->postings[low].person;

          if (other != exact && count_slips (index, word, length, other) < 0)
            gather_word (list, other, full > 14 ? full - 14 : 1, gathered);
        }
    }
}

void
probity_person_gather_values (const PostingList *list,
                              guint32            value,
                              guint              quarters,
                              guint8            *gathered)
{
  guint low = 0, high = list->n_postings;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (list->postings[middle].value < value)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < list->n_postings && list->postings[low].value == value; low++)
    add_quarters (gathered, list->postings[low].person, quarters);
}

/* A word of an address; words that very many share bring nobody. */
void
probity_person_gather_place (ProbityPersonIndex *index,
                             const char         *word,
                             guint               quarters,
                             guint8             *gathered)
{
  guint32 place = probity_word_list_look_up (&index->places, word, strlen (word));

  if (place != NO_WORD)
    gather_word (&index->places, place, quarters, gathered);
}

void
probity_person_gather_births (ProbityPersonIndex *index,
                              gint32              birth,
                              guint8             *gathered)
{
  gint32 other;
  gint32 unit = 1;

  if (birth == 0)
    return;
  probity_person_gather_values (&index->births, birth, 52, gathered);
  if (birth % 10000 == 0)
    return;
  other = probity_person_exchange_birth (birth);
  if (other != 0)
    probity_person_gather_values (&index->births, other, 32, gathered);
  for (guint place = 0; place < 8; place++, unit *= 10)
    {
      gint32 digit = birth / unit % 10, next = birth / (unit * 10) % 10;

      for (gint32 try = 0; try < 10; try++)
        if (try != digit)
          probity_person_gather_values (&index->births, birth + (try - digit) * unit, 22, gathered);
      /* Neighbours exchanged; seen twice where a single digit differs already, which does no harm. */
      if (place < 7 && digit != next)
        probity_person_gather_values (&index->births, birth + (next - digit) * unit + (digit - next) * unit * 10, 22, gathered);
    }
}

/* Room for what is gathered about everybody, in whole blocks of eight. */
guint8 *
probity_person_new_gathering (ProbityPersonIndex *index)
{
  return (guint8 *) g_new0 (guint64, index->n_keys / 8 + 1);
}

/* The people with most gathered, at least @least, most of them first; about @most. */
GArray *
probity_person_take_candidates (ProbityPersonIndex *index,
                                const guint8       *gathered,
                                guint               least,
                                guint               most)
{
  GArray        *candidates = g_array_new (FALSE, FALSE, sizeof (guint32));
  const guint64 *blocks = (const guint64 *) gathered;
  guint          n_blocks = (index->n_keys + 7) / 8;
  guint          counts[256] = { 0 };
  guint          cut = 255, n = 0;

  /* Most people have nothing gathered, eight at a time. */
  for (guint i = 0; i < n_blocks; i++)
    if (blocks[i] != 0)
      for (guint j = 0; j < 8; j++)
        counts[gathered[8 * i + j]]++;
  for (; cut > least; cut--)
    {
      n += counts[cut];
      if (n + counts[cut - 1] > most && n > 0)
        break;
    }
  cut = MAX (cut, MAX (least, 1));
  for (guint32 i = 0; i < n_blocks && candidates->len < 4 * most; i++)
    if (blocks[i] != 0)
      for (guint32 j = 8 * i; j < 8 * i + 8; j++)
        if (gathered[j] >= cut)
          g_array_append_val (candidates, j);
  return candidates;
}

guint32
probity_person_hash_postcode (const ProbityPersonKey *key)
{
  gsize length = strnlen (key->postcode, sizeof key->postcode);

  return length == 0 ? 0 : probity_name_hash (key->postcode, length);
}
