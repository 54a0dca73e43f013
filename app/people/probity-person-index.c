/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-person-index-private.h"

#include <stdlib.h>
#include <string.h>

/* Who has this many quarters of a bit gathered may be the person; so many are compared in full at most. */
#define JOINED_BITS 144 /* sixteenths */
#define LEAST_GATHERED 12
#define MOST_COMPARED 2500

static guint32
find_slot (const WordList *list,
           const char     *word,
           gsize           length)
{
  guint32 slot = probity_name_hash (word, length) & (list->n_slots - 1);

  while (list->slots[slot] != 0)
    {
      guint32 other = list->slots[slot] - 1;

      if (list->at[other + 1] - list->at[other] == length && memcmp (list->text + list->at[other], word, length) == 0)
        break;
      slot = (slot + 1) & (list->n_slots - 1);
    }
  return slot;
}

guint32
probity_word_list_look_up (const WordList *list,
                           const char     *word,
                           gsize           length)
{
  if (list->n_words == 0)
    return NO_WORD;
  return list->slots[find_slot (list, word, length)] - 1;
}

static void
grow_slots (WordList *list)
{
  list->n_slots = MAX (1024, list->n_slots * 2);
  g_free (list->slots);
  list->slots = g_new0 (guint32, list->n_slots);
  for (guint32 i = 0; i < list->n_words; i++)
    list->slots[find_slot (list, list->text + list->at[i], list->at[i + 1] - list->at[i])] = i + 1;
}

guint32
probity_word_list_intern (WordList   *list,
                          const char *word,
                          gsize       length)
{
  guint32 slot, number;

  if (list->n_words * 2 >= list->n_slots)
    grow_slots (list);
  slot = find_slot (list, word, length);
  if (list->slots[slot] != 0)
    return list->slots[slot] - 1;

  number = list->n_words;
  if (number + 2 > list->n_allocated)
    {
      guint32 n = MAX (1024, list->n_allocated * 2);

      list->at = g_renew (guint32, list->at, n);
      for (guint i = 0; i < 2; i++)
        list->counts[i] = g_renew (guint32, list->counts[i], n);
      if (number == 0)
        list->at[0] = 0;
      list->n_allocated = n;
    }
  if (list->at[number] + length > list->text_allocated)
    {
      list->text_allocated = MAX (16384, list->text_allocated * 2);
      list->text = g_realloc (list->text, list->text_allocated);
    }
  memcpy (list->text + list->at[number], word, length);
  list->at[number + 1] = list->at[number] + length;
  list->counts[0][number] = list->counts[1][number] = 0;
  list->slots[slot] = ++list->n_words;
  return number;
}

static void
clear_word_list (WordList *list)
{
  g_free (list->slots);
  g_free (list->at);
  g_free (list->counts[0]);
  g_free (list->counts[1]);
  g_free (list->starts);
  g_free (list->people);
  g_free (list->text);
}

static void
clear_index (gpointer data)
{
  ProbityPersonIndex *index = data;

  for (guint i = 0; i < index->n_keys; i++)
    probity_person_key_free (index->keys[i]);
  g_free (index->keys);
  g_free (index->ids);
  g_free (index->by_id);
  g_clear_pointer (&index->words, g_array_unref);
  clear_word_list (&index->names);
  clear_word_list (&index->places);
  g_free (index->by_length);
  g_free (index->letters);
  g_free (index->texts);
  g_free (index->sounds.postings);
  g_free (index->births.postings);
  g_free (index->postcodes.postings);
  g_free (index->staff_numbers.postings);
  g_clear_pointer (&index->population, probity_person_index_unref);
}

int
probity_person_compare_hits (gconstpointer a,
                             gconstpointer b)
{
  const ProbityPersonIndexHit *left = a, *right = b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  return left->id < right->id ? -1 : left->id > right->id;
}

/**
 * probity_person_index_new:
 *
 * Makes an empty index of people. Add everybody, freeze it, then ask it from as many threads as you like.
 *
 * Returns: (transfer full): the index
 */
ProbityPersonIndex *
probity_person_index_new (void)
{
  return g_atomic_rc_box_new0 (ProbityPersonIndex);
}

ProbityPersonIndex *
probity_person_index_ref (ProbityPersonIndex *index)
{
  return g_atomic_rc_box_acquire (index);
}

void
probity_person_index_unref (ProbityPersonIndex *index)
{
  g_atomic_rc_box_release_full (index, clear_index);
}

/**
 * probity_person_index_add:
 * @index: an index that is not frozen
 * @id: the caller's number for the person
 * @key: (transfer full): the person's key
 */
void
probity_person_index_add (ProbityPersonIndex *index,
                          gint64              id,
                          ProbityPersonKey   *key)
{
  g_return_if_fail (index != NULL && !index->is_frozen && key != NULL);

  if (index->n_keys == index->n_allocated)
    {
      index->n_allocated = MAX (256, index->n_allocated * 2);
      index->keys = g_renew (ProbityPersonKey *, index->keys, index->n_allocated);
      index->ids = g_renew (gint64, index->ids, index->n_allocated);
    }
  index->keys[index->n_keys] = key;
  index->ids[index->n_keys++] = id;
  probity_person_index_note_words (index, key);
}

/**
 * probity_person_index_freeze:
 * @index: an index with all its people
 *
 * Builds the index and weighs every name by how many of its people bear it. From here on it never changes and may be read from
 * any thread.
 */
void
probity_person_index_freeze (ProbityPersonIndex *index)
{
  g_return_if_fail (index != NULL && !index->is_frozen);

  index->keys = g_renew (ProbityPersonKey *, index->keys, MAX (index->n_keys, 1));
  index->ids = g_renew (gint64, index->ids, MAX (index->n_keys, 1));
  probity_person_index_build (index);
  index->is_frozen = TRUE;
}

/**
 * probity_person_index_freeze_beside:
 * @index: an index with all its people
 * @population: a frozen index
 *
 * Freezes an index of a few people who belong to @population: which names are rare is asked of all of them, so that a few are
 * judged as they are once they stand among the others.
 */
void
probity_person_index_freeze_beside (ProbityPersonIndex *index,
                                    ProbityPersonIndex *population)
{
  g_return_if_fail (index != NULL && !index->is_frozen && population != NULL && population->is_frozen);

  index->population = probity_person_index_ref (population);
  probity_person_index_freeze (index);
}

guint
probity_person_index_get_n_keys (ProbityPersonIndex *index)
{
  g_return_val_if_fail (index != NULL, 0);

  return index->n_keys;
}

/* The number of the person whom the caller calls @id; NOBODY if there is none. */
guint32
probity_person_index_find_id (const ProbityPersonIndex *index,
                              gint64                    id)
{
  guint low = 0, high = index->n_keys;

  while (low < high)
    {
      guint   middle = low + (high - low) / 2;
      guint32 person = index->by_id != NULL ? index->by_id[middle] : middle;

      if (index->ids[person] == id)
        return person;
      if (index->ids[person] < id)
        low = middle + 1;
      else
        high = middle;
    }

  return NOBODY;
}

static gsize
measure_word_list (const WordList *list)
{
  gsize postings = list->starts != NULL ? list->starts[list->n_words] : 0;

  return (list->n_slots + postings + 3 * (gsize) list->n_allocated + list->n_words) * sizeof (guint32) + list->text_allocated;
}

/**
 * probity_person_index_get_size:
 * @index: a frozen index
 * @ret_keys_size: (out) (optional): the bytes of the keys it holds
 *
 * Returns: the bytes it takes beside its keys
 */
gsize
probity_person_index_get_size (ProbityPersonIndex *index,
                               gsize              *ret_keys_size)
{
  gsize keys = 0;

  g_return_val_if_fail (index != NULL, 0);

  for (guint i = 0; i < index->n_keys; i++)
    keys += probity_person_key_get_size (index->keys[i]);
  if (ret_keys_size != NULL)
    *ret_keys_size = keys;
  return measure_word_list (&index->names) + measure_word_list (&index->places) +
         index->n_keys * (sizeof (gpointer) + sizeof (gint64)) + index->names.n_words * (sizeof (guint32) + sizeof (guint64)) + (index->names.n_words > 0 ? index->names.at[index->names.n_words] : 0) +
         (index->sounds.n_postings + index->births.n_postings + index->postcodes.n_postings + index->staff_numbers.n_postings) *
             sizeof (Posting);
}

/* The query with the index's own weights, as its keys have them. */
static ProbityPersonKey *
weigh_query (ProbityPersonIndex     *index,
             const ProbityPersonKey *key)
{
  ProbityPersonKey *query = probity_person_key_copy (key);

  probity_person_index_weigh (index, query);
  return query;
}

/* Mary Ann is Maryann elsewhere. */
static void
gather_joined_forenames (ProbityPersonIndex     *index,
                         const ProbityPersonKey *query,
                         guint8                 *gathered)
{
  const NameWord *name = key_names (query);
  char            joined[2 * PROBITY_NAME_MAX];
  NameWord        all;
  guint           n = 0;

  for (guint i = 0; i < query->n_names; i++)
    {
      if ((name[i].role & (NAME_FORENAME | NAME_MIDDLE)) == 0 || (name[i].role & NAME_FAMILY) != 0)
        continue;
      if (n == 0)
        all = name[i], all.length = 0;
      if (all.length + name[i].length > PROBITY_NAME_MAX)
        return;
      memcpy (joined + all.length, key_text (query, name[i].offset), name[i].length);
      all.length += name[i].length;
      n++;
    }
  if (n < 2)
    return;

  all.term = 0;
  all.sound = 0;
  all.forename_bits = all.surname_bits = JOINED_BITS;
  probity_person_gather_text (index, joined, &all, gathered);
}

static void
gather (ProbityPersonIndex     *index,
        const ProbityPersonKey *query,
        guint8                 *gathered)
{
  const NameWord  *name = key_names (query);
  const PlaceWord *place = key_places (query);
  guint32          postcode = probity_person_hash_postcode (query);
  guint32          words[KEY_MAX_NAMES + 1], n_words = 0;
  char             joined[2 * PROBITY_NAME_MAX];
  gsize            joined_length = 0;
  guint            n_surnames = 0;

  for (guint i = 0; i < query->n_names; i++)
    {
      guint32  word = probity_name_hash (key_text (query, name[i].offset), name[i].length);
      gboolean seen = FALSE;

      if ((name[i].role & NAME_SURNAME) != 0 && (name[i].role & NAME_FORENAME) == 0 &&
          joined_length + name[i].length <= PROBITY_NAME_MAX)
        {
          memcpy (joined + joined_length, key_text (query, name[i].offset), name[i].length);
          joined_length += name[i].length;
          n_surnames++;
        }
      for (guint j = 0; j < n_words; j++)
        if (words[j] == word)
          seen = TRUE;
      if (seen || (name[i].role & NAME_PARTICLE) != 0)
        continue;
      words[n_words++] = word;
      probity_person_gather_name (index, query, &name[i], gathered);
    }
  gather_joined_forenames (index, query, gathered);
  if (n_surnames > 1)
    {
      guint32 word = probity_word_list_look_up (&index->names, joined, joined_length);

      if (word != NO_WORD)
        for (guint32 i = index->names.starts[word]; i < index->names.starts[word + 1]; i++)
          gathered[index->names.people[i]] = MIN (gathered[index->names.people[i]] + 36, 255);
    }

  probity_person_gather_births (index, query->birth, gathered);
  if (postcode != 0)
    probity_person_gather_values (&index->postcodes, postcode, 20, gathered);
  for (guint i = 0; i < query->n_places; i++)
    {
      guint32 word;

      if (place[i].is_number || place[i].is_common || place[i].length < 3)
        continue;
      word = probity_word_list_look_up (&index->places, key_text (query, place[i].offset), place[i].length);
      if (word == NO_WORD)
        continue;
      for (guint32 j = index->places.starts[word]; j < index->places.starts[word + 1]; j++)
        gathered[index->places.people[j]] = MIN (gathered[index->places.people[j]] + place[i].bits / 8, 255);
    }
  /* A staff number brings its bearer in whatever else is said. */
  if (query->staff_length > 0)
    probity_person_gather_values (&index->staff_numbers,
                                  probity_name_hash (key_text (query, query->staff_number), query->staff_length),
                                  255,
                                  gathered);
}

/**
 * probity_person_index_find:
 * @index: a frozen index
 * @key: who is sought
 * @threshold: the least score, usually %PROBITY_PERSON_THRESHOLD
 * @limit: the most hits, 0 for all
 *
 * Finds the people of @index who may be the one sought. Any thread.
 *
 * Returns: (transfer full) (element-type ProbityPersonIndexHit): the hits, best first, equals by id
 */
GArray *
probity_person_index_find (ProbityPersonIndex     *index,
                           const ProbityPersonKey *key,
                           double                  threshold,
                           guint                   limit)
{
  g_autoptr (ProbityPersonKey) query = NULL;
  g_autoptr (GArray) candidates = NULL;
  g_autofree guint8 *gathered = NULL;
  GArray            *hits;

  g_return_val_if_fail (index != NULL && index->is_frozen && key != NULL, NULL);

  hits = g_array_new (FALSE, FALSE, sizeof (ProbityPersonIndexHit));
  query = weigh_query (index, key);
  gathered = probity_person_new_gathering (index);
  gather (index, query, gathered);
  candidates = probity_person_take_candidates (index, gathered, LEAST_GATHERED, MOST_COMPARED);
  for (guint i = 0; i < candidates->len; i++)
    {
      guint32               person = g_array_index (candidates, guint32, i);
      ProbityPersonIndexHit hit = { index->ids[person], probity_person_compare (query, index->keys[person]) };

      if (hit.score >= threshold)
        g_array_append_val (hits, hit);
    }
  g_array_sort (hits, probity_person_compare_hits);
  if (limit > 0 && hits->len > limit)
    g_array_set_size (hits, limit);
  return hits;
}

/**
 * probity_person_index_explain:
 * @index: a frozen index
 * @key: who was sought
 * @id: whom probity_person_index_find() found
 *
 * Says why @id is a hit, with the weights that the index gave the names.
 *
 * Returns: (transfer full) (nullable): as probity_person_explain(), %NULL when nobody in @index has @id
 */
char *
probity_person_index_explain (ProbityPersonIndex     *index,
                              const ProbityPersonKey *key,
                              gint64                  id)
{
  g_autoptr (ProbityPersonKey) query = NULL;
  guint32 person;

  g_return_val_if_fail (index != NULL && index->is_frozen && key != NULL, NULL);

  person = probity_person_index_find_id (index, id);
  if (person == NOBODY)
    return NULL;
  query = weigh_query (index, key);

  return probity_person_explain (query, index->keys[person]);
}
