/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-person-index-private.h"

#include <string.h>

/* Before anybody is compared in full, what speaks for each person is added up roughly, in quarters of a bit, one byte a person:
 * one walk over the postings of each word that is like one of the query's, of its date of birth and what may be a slip of it, of
 * its postcode and of the rarer words of its address. Only those with most are compared. */

#define LONGEST (G_N_ELEMENTS (((ProbityPersonIndex *) NULL)->length_starts) - 2)

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
count_slips (const ProbityNamePattern *pattern,
             guint                     allowed,
             const char               *other,
             gsize                     length)
{
  guint slips = probity_name_pattern_distance (pattern, other, length, allowed);

  return slips <= allowed ? (int) slips : -1;
}

/* Which letters a word has: a bit each, and another each for those that it has twice. */
guint64
probity_person_list_letters (const char *word,
                             gsize       length)
{
  guint64 letters = 0;

  for (gsize i = 0; i < length; i++)
    {
      guint64 letter = G_GUINT64_CONSTANT (1) << (word[i] & 31);

      letters |= (letters & letter) << 32 | letter;
    }

  return letters;
}

/* So many names are looked through at once. */
#define BLOCK 512

typedef guint (*FilterFunc) (const guint64 *letters,
                             guint          n,
                             guint64        wanted,
                             guint          most,
                             guint16       *ret_near);

/* Which of @n sets of letters differ from @wanted in at most @most bits. Without a branch: half a million names are asked. */
static inline __attribute__ ((always_inline)) guint
filter (const guint64 *letters,
        guint          n,
        guint64        wanted,
        guint          most,
        guint16       *ret_near)
{
  guint n_near = 0;

  for (guint i = 0; i < n; i++)
    {
      ret_near[n_near] = i;
      n_near += (guint) __builtin_popcountll (letters[i] ^ wanted) <= most;
    }

  return n_near;
}

static guint
filter_anywhere (const guint64 *letters,
                 guint          n,
                 guint64        wanted,
                 guint          most,
                 guint16       *ret_near)
{
  return filter (letters, n, wanted, most, ret_near);
}

#ifdef __x86_64__
/* Most processors count bits themselves, but not the oldest for which this is built. */
static __attribute__ ((target ("popcnt"))) guint
filter_counting (const guint64 *letters,
                 guint          n,
                 guint64        wanted,
                 guint          most,
                 guint16       *ret_near)
{
  return filter (letters, n, wanted, most, ret_near);
}
#endif

static FilterFunc
choose_filter (void)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("popcnt"))
    return filter_counting;
#endif

  return filter_anywhere;
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
  probity_person_gather_text (index, key_text (key, name->offset), name, gathered);
}

/* @word: the text, wherever it stands. */
void
probity_person_gather_text (ProbityPersonIndex *index,
                            const char         *word,
                            const NameWord     *name,
                            guint8             *gathered)
{
  const FilterFunc   look = choose_filter ();
  const WordList    *list = &index->names;
  guint              length = name->length, full, allowed;
  guint32            exact;
  guint64            letters;
  const char        *related[96];
  guint              n_related;
  ProbityNamePattern pattern;

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

  letters = probity_person_list_letters (word, length);
  probity_name_pattern_init (&pattern, word, length);
  allowed = length >= 8 ? 3 : length >= 5 ? 2
                                          : 1;
  for (guint other = length > allowed ? length - allowed : 1; other <= MIN (length + allowed, LONGEST); other++)
    {
      /* Another letter changes two bits of the set, one more or fewer changes one. */
      const guint   most = 2 * allowed - (guint) ABS ((int) other - (int) length);
      const guint32 start = index->length_starts[other];
      const guint32 end = index->length_starts[other + 1];
      const char   *texts = index->texts + index->text_starts[other];

      for (guint32 i = start; i < end; i += BLOCK)
        {
          guint16     near[BLOCK];
          const guint n_near = look (index->letters + i, MIN (BLOCK, end - i), letters, most, near);

          for (guint j = 0; j < n_near; j++)
            {
              const guint32 at = i + near[j];
              const int     slips = count_slips (&pattern, allowed, texts + (gsize) (at - start) * other, other);

              if (slips > 0)
                gather_word (list, index->by_length[at], full > (guint) (4 + 5 * slips) ? full - 4 - 5 * slips : 2, gathered);
            }
        }
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

          if (other != exact && count_slips (&pattern, allowed, list->text + list->at[other], list->at[other + 1] - list->at[other]) < 0)
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
