/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-person-index-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * How an index is built. Each word of a person is looked up once, when the person is added; what follows works with the numbers
 * of words, since at sign-in people wait for a million of them.
 */

/* So many imagined people have names as the built-in lists say; they are mixed with the people of the index. Thus a name that is
 * common in this workforce says little, and a small index does not take its few people for the whole country. */
#define IMAGINED_PEOPLE 2000.0

/* Words of addresses that more people share than this are not followed. */
#define MOST_SHARING 400

/* What sharing a word of an address is taken to say that is in no list, in sixteenths of a bit. */
#define PLACE_BITS 128

/* Whether the index has the word: a particle or an initial leads to nobody. */
static gboolean
is_listed (const NameWord *name)
{
  return name->length >= 2 && (name->role & NAME_PARTICLE) == 0;
}

static gboolean
is_listed_place (const PlaceWord *place)
{
  return !place->is_number && !place->is_common && place->length > 2;
}

/* How many numbers of words a key has in `words`: of each name, of the surnames run together, of each word of the address; those
 * that are not listed stand there as NO_WORD. */
static guint
count_slots (const ProbityPersonKey *key)
{
  return key->n_names + 1 + key->n_places;
}

static gboolean
is_repeated (const guint32 *words,
             guint          at)
{
  for (guint i = 0; i < at; i++)
    if (words[i] == words[at])
      return TRUE;
  return FALSE;
}

/**
 * probity_person_index_note_words:
 *
 * Looks up the words of a person who is added, and counts who bears them.
 */
void
probity_person_index_note_words (ProbityPersonIndex     *index,
                                 const ProbityPersonKey *key)
{
  const NameWord  *name = key_names (key);
  const PlaceWord *place = key_places (key);
  guint32          words[KEY_MAX_NAMES + 1 + KEY_MAX_PLACES];
  guint32         *places = words + key->n_names + 1;
  char             joined[2 * PROBITY_NAME_MAX];
  gsize            joined_length = 0;
  guint            n_surnames = 0;

  for (guint i = 0; i < key->n_names; i++)
    {
      const char *text = key_text (key, name[i].offset);

      words[i] = NO_WORD;
      if ((name[i].role & NAME_SURNAME) != 0 && (name[i].role & NAME_FORENAME) == 0 &&
          joined_length + name[i].length <= PROBITY_NAME_MAX)
        {
          memcpy (joined + joined_length, text, name[i].length);
          joined_length += name[i].length;
          n_surnames++;
        }
      if (!is_listed (&name[i]))
        continue;
      words[i] = probity_word_list_intern (&index->names, text, name[i].length);
      if ((name[i].role & (NAME_CALLED | NAME_MIDDLE)) != 0)
        index->names.counts[0][words[i]]++;
      if ((name[i].role & NAME_FAMILY) != 0)
        index->names.counts[1][words[i]]++;
    }
  words[key->n_names] = n_surnames > 1 ? probity_word_list_intern (&index->names, joined, joined_length) : NO_WORD;

  for (guint i = 0; i < key->n_places; i++)
    {
      places[i] = NO_WORD;
      if (!is_listed_place (&place[i]))
        continue;
      places[i] = probity_word_list_intern (&index->places, key_text (key, place[i].offset), place[i].length);
      if (!is_repeated (places, i))
        index->places.counts[0][places[i]]++;
    }

  if (index->words == NULL)
    index->words = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_vals (index->words, words, count_slots (key));
}

/* Bits in sixteenths for a word that @count of the index's people share besides the one asked about. */
static guint8
mix_bits (guint8 built_in,
          guint  count,
          guint  n_people,
          double least,
          double most)
{
  double share = (MAX (count, 1) - 1 + IMAGINED_PEOPLE * exp2 (-built_in / 16.0)) / (n_people + IMAGINED_PEOPLE);

  /* That nobody else here is called David does not make David a rare name. */
  most = MIN (most, built_in / 16.0 + 1.5);
  return (guint8) (CLAMP (-log2 (share), least, MAX (least, most)) * 16);
}

static guint8
mix_forename (const ProbityPersonIndex *population,
              guint8                    built_in,
              guint32                   word)
{
  return mix_bits (built_in, word != NO_WORD ? population->names.counts[0][word] : 0, population->n_keys, 5, 10);
}

static guint8
mix_surname (const ProbityPersonIndex *population,
             guint8                    built_in,
             guint32                   word)
{
  return mix_bits (built_in, word != NO_WORD ? population->names.counts[1][word] : 0, population->n_keys, 6.2, 11.5);
}

static guint8
mix_place (const ProbityPersonIndex *population,
           guint8                    built_in,
           guint32                   word)
{
  return mix_bits (built_in, population->places.counts[0][word], population->n_keys, 0.5, 10);
}

static void
weigh_name (const ProbityPersonIndex *index,
            const ProbityPersonKey   *key,
            NameWord                 *name)
{
  const ProbityPersonIndex *population = index->population != NULL ? index->population : index;
  guint32                   word = probity_word_list_look_up (&population->names, key_text (key, name->offset), name->length);

  /* Somebody who came since has the weights that they will have among the others. */
  if (word == NO_WORD && population == index)
    return;
  name->forename_bits = mix_forename (population, name->forename_bits, word);
  name->surname_bits = mix_surname (population, name->surname_bits, word);
}

/**
 * probity_person_index_weigh:
 *
 * Gives the words of a key, which has the built-in weights, those of the index's people.
 */
void
probity_person_index_weigh (const ProbityPersonIndex *index,
                            ProbityPersonKey         *key)
{
  const ProbityPersonIndex *population = index->population != NULL ? index->population : index;
  NameWord                 *name = (NameWord *) key_names (key);
  PlaceWord                *place = (PlaceWord *) key_places (key);

  for (guint i = 0; i < key->n_names; i++)
    weigh_name (index, key, &name[i]);
  for (guint i = 0; i < key->n_places; i++)
    {
      guint32 word = probity_word_list_look_up (&population->places, key_text (key, place[i].offset), place[i].length);

      if (word != NO_WORD)
        place[i].bits = mix_place (population, place[i].bits, word);
    }
}

/* The weights of every word of the index, so that they are reckoned once a word and not once a person. */
static void
weigh_everybody (ProbityPersonIndex *index)
{
  const WordList    *names = &index->names;
  const guint32     *words = (const guint32 *) index->words->data;
  g_autofree guint8 *forenames = g_new (guint8, MAX (names->n_words, 1));
  g_autofree guint8 *surnames = g_new (guint8, MAX (names->n_words, 1));
  g_autofree guint8 *places = g_new (guint8, MAX (index->places.n_words, 1));

  for (guint32 i = 0; i < names->n_words; i++)
    {
      ProbityNameEntry entry = probity_name_look_up (names->text + names->at[i], names->at[i + 1] - names->at[i]);

      forenames[i] = mix_forename (index, entry.forename_bits, i);
      surnames[i] = mix_surname (index, entry.surname_bits, i);
    }
  for (guint32 i = 0; i < index->places.n_words; i++)
    places[i] = mix_place (index, PLACE_BITS, i);

  for (guint i = 0; i < index->n_keys; i++)
    {
      ProbityPersonKey *key = index->keys[i];
      NameWord         *name = (NameWord *) key_names (key);
      PlaceWord        *place = (PlaceWord *) key_places (key);

      for (guint j = 0; j < key->n_names; j++)
        if (words[j] == NO_WORD)
          weigh_name (index, key, &name[j]);
        else
          {
            name[j].forename_bits = forenames[words[j]];
            name[j].surname_bits = surnames[words[j]];
          }
      for (guint j = 0; j < key->n_places; j++)
        if (words[key->n_names + 1 + j] != NO_WORD)
          place[j].bits = places[words[key->n_names + 1 + j]];
      words += count_slots (key);
    }
}

/* Calls for each word of one person, once: to count it or to put the person there. */
static void
post_words (WordList      *list,
            const guint32 *words,
            guint          n_words,
            guint32        most,
            guint32       *ends,
            guint32        person)
{
  for (guint i = 0; i < n_words; i++)
    {
      if (words[i] == NO_WORD || is_repeated (words, i) || (most > 0 && list->counts[0][words[i]] > most))
        continue;
      if (ends == NULL)
        list->starts[words[i]]++;
      else
        list->people[ends[words[i]]++] = person;
    }
}

static void
post_everybody (ProbityPersonIndex *index,
                guint32            *name_ends,
                guint32            *place_ends)
{
  const guint32 *words = (const guint32 *) index->words->data;

  for (guint32 person = 0; person < index->n_keys; person++)
    {
      const ProbityPersonKey *key = index->keys[person];

      post_words (&index->names, words, key->n_names + 1, 0, name_ends, person);
      post_words (&index->places, words + key->n_names + 1, key->n_places, MOST_SHARING, place_ends, person);
      words += count_slots (key);
    }
}

static void
fill_postings (ProbityPersonIndex *index)
{
  WordList *lists[] = { &index->names, &index->places };
  guint32  *ends[2];

  for (guint i = 0; i < 2; i++)
    lists[i]->starts = g_new0 (guint32, lists[i]->n_words + 1);
  post_everybody (index, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    {
      guint32 sum = 0;

      for (guint32 j = 0; j <= lists[i]->n_words; j++)
        {
          guint32 count = lists[i]->starts[j];

          lists[i]->starts[j] = sum;
          sum += count;
        }
      lists[i]->people = g_new (guint32, MAX (sum, 1));
      ends[i] = g_memdup2 (lists[i]->starts, (lists[i]->n_words + 1) * sizeof (guint32));
    }
  post_everybody (index, ends[0], ends[1]);
  g_free (ends[0]);
  g_free (ends[1]);
}

static void
add_posting (PostingList *list,
             guint32      value,
             guint32      person)
{
  list->postings[list->n_postings++] = (Posting) { value, person };
}

/* By value; people came in their order and stay in it. Byte by byte, which for a million is ten times as fast as comparing. */
static void
close_postings (PostingList *list)
{
  g_autofree Posting *other = NULL;

  list->postings = g_renew (Posting, list->postings, MAX (list->n_postings, 1));
  other = g_new (Posting, MAX (list->n_postings, 1));
  for (guint shift = 0; shift < 32; shift += 8)
    {
      guint32  starts[257] = { 0 };
      Posting *sorted = other;

      for (guint i = 0; i < list->n_postings; i++)
        starts[(list->postings[i].value >> shift & 0xff) + 1]++;
      for (guint i = 1; i < G_N_ELEMENTS (starts); i++)
        starts[i] += starts[i - 1];
      for (guint i = 0; i < list->n_postings; i++)
        sorted[starts[list->postings[i].value >> shift & 0xff]++] = list->postings[i];
      other = list->postings;
      list->postings = sorted;
    }
}

static void
fill_values (ProbityPersonIndex *index)
{
  PostingList *lists[] = { &index->births, &index->postcodes, &index->staff_numbers };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    lists[i]->postings = g_new (Posting, MAX (index->n_keys, 1));
  for (guint32 i = 0; i < index->n_keys; i++)
    {
      const ProbityPersonKey *key = index->keys[i];
      guint32                 postcode = probity_person_hash_postcode (key);

      if (key->birth != 0)
        add_posting (&index->births, key->birth, i);
      if (postcode != 0)
        add_posting (&index->postcodes, postcode, i);
      if (key->staff_length > 0)
        add_posting (&index->staff_numbers, probity_name_hash (key_text (key, key->staff_number), key->staff_length), i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    close_postings (lists[i]);
}

static void
describe_names (ProbityPersonIndex *index)
{
  const WordList *list = &index->names;

  guint32 ends[G_N_ELEMENTS (index->length_starts)];

  index->by_length = g_new (guint32, MAX (list->n_words, 1));
  index->letters = g_new (guint64, MAX (list->n_words, 1));
  index->sounds.postings = g_new (Posting, MAX (list->n_words, 1));
  for (guint32 i = 0; i < list->n_words; i++)
    {
      const char *word = list->text + list->at[i];
      gsize       length = list->at[i + 1] - list->at[i];
      guint32     sound = probity_name_sound (word, length);

      index->length_starts[length + 1]++;
      if (sound != 0)
        add_posting (&index->sounds, sound, i);
    }
  close_postings (&index->sounds);

  for (guint i = 1; i < G_N_ELEMENTS (index->length_starts); i++)
    index->length_starts[i] += index->length_starts[i - 1];
  memcpy (ends, index->length_starts, sizeof ends);
  index->texts = g_malloc (list->n_words > 0 ? list->at[list->n_words] + 1 : 1);
  for (guint i = 1; i < G_N_ELEMENTS (index->text_starts); i++)
    index->text_starts[i] = index->text_starts[i - 1] + (gsize) (index->length_starts[i] - index->length_starts[i - 1]) * (i - 1);
  for (guint32 i = 0; i < list->n_words; i++)
    {
      const char *word = list->text + list->at[i];
      gsize       length = list->at[i + 1] - list->at[i];
      guint32     at = ends[length]++;

      index->by_length[at] = i;
      index->letters[at] = probity_person_list_letters (word, length);
      memcpy (index->texts + index->text_starts[length] + (gsize) (at - index->length_starts[length]) * length, word, length);
    }
}

static int
compare_ids (gconstpointer a,
             gconstpointer b,
             gpointer      data)
{
  const gint64 *ids = data;
  const gint64  left = ids[*(const guint32 *) a], right = ids[*(const guint32 *) b];

  return (left > right) - (left < right);
}

static void
order_ids (ProbityPersonIndex *index)
{
  gboolean in_order = TRUE;

  for (guint i = 1; i < index->n_keys && in_order; i++)
    in_order = index->ids[i - 1] <= index->ids[i];
  if (in_order)
    return;

  index->by_id = g_new (guint32, index->n_keys);
  for (guint32 i = 0; i < index->n_keys; i++)
    index->by_id[i] = i;
  g_sort_array (index->by_id, index->n_keys, sizeof (guint32), compare_ids, index->ids);
}

/**
 * probity_person_index_build:
 *
 * Weighs everybody's words and makes what leads from a word to people.
 */
void
probity_person_index_build (ProbityPersonIndex *index)
{
  if (index->words == NULL)
    index->words = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (index->population == NULL)
    weigh_everybody (index);
  else
    for (guint i = 0; i < index->n_keys; i++)
      probity_person_index_weigh (index, index->keys[i]);
  fill_postings (index);
  g_clear_pointer (&index->words, g_array_unref);
  fill_values (index);
  describe_names (index);
  order_ids (index);
}
