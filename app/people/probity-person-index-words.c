/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-person-index-private.h"

#include <string.h>

/* How well a word of the question is answered by a record. */
#define WORD_SAME 1.0
#define WORD_SPELLING 0.95
#define WORD_SHORT 0.9
#define WORD_SLIP 0.85
#define WORD_SLIPS 0.75
#define WORD_INITIAL 0.72
#define WORD_START 0.8
/* Of three words and more one may be wrong. */
#define WORD_MISSED 0.55

#define MAX_WORDS 12
#define MOST_COMPARED 20000
/* A fraction of a millisecond: who types on does not wait for what is looked for no more. */
#define COMPARED_AT_ONCE 128

typedef struct
{
  char   text[PROBITY_NAME_MAX + 1]; /* as a name or as part of an address */
  char   code[PROBITY_NAME_MAX + 1]; /* as a staff number or postcode */
  char   written[2 * PROBITY_NAME_MAX + 1];
  gint32 birth;
  gint8  name; /* which name of the key, -1 when it is none */
} Word;

typedef struct
{
  Word              words[MAX_WORDS];
  guint             n_words;
  ProbityPersonKey *key; /* the names */
} Question;

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

static void
write_code (const char *text,
            char       *out)
{
  gsize n = 0;

  for (; *text != '\0' && n < PROBITY_NAME_MAX; text++)
    if (g_ascii_isalnum (*text))
      out[n++] = g_ascii_toupper (*text);
  out[n] = '\0';
}

static gboolean
ends_postcode (const char *text)
{
  return strlen (text) == 3 && g_ascii_isdigit (text[0]) && g_ascii_isalpha (text[1]) && g_ascii_isalpha (text[2]);
}

static void
read_question (const char *words,
               Question   *question)
{
  g_auto (GStrv) parts = g_strsplit_set (words, " \t\n,;", 4 * MAX_WORDS);
  g_autoptr (GString) names = g_string_new (NULL);
  gint8 n_names = 0;

  question->n_words = 0;
  for (guint i = 0; parts[i] != NULL && question->n_words < MAX_WORDS; i++)
    {
      Word *word = &question->words[question->n_words];

      if (parts[i][0] == '\0')
        continue;
      word->name = -1;
      word->birth = 0;
      write_code (parts[i], word->code);
      g_strlcpy (word->written, parts[i], sizeof word->written);
      if (has_digit (parts[i]))
        {
          word->birth = strlen (word->code) >= 6 ? probity_person_parse_birth (parts[i]) : 0;
          probity_name_fold (parts[i], word->text, sizeof word->text);
          /* DE1 2AB */
          if (ends_postcode (parts[i]) && question->n_words > 0 && word[-1].name < 0 && strlen (word[-1].code) <= 4 &&
              g_ascii_isalpha (word[-1].code[0]))
            {
              g_strlcat (word[-1].code, word->code, sizeof word[-1].code);
              g_strlcat (word[-1].written, " ", sizeof word[-1].written);
              g_strlcat (word[-1].written, parts[i], sizeof word[-1].written);
              continue;
            }
          question->n_words++;
          continue;
        }
      else
        {
          g_auto (GStrv) folded = NULL;
          char text[128];

          probity_name_fold (parts[i], text, sizeof text);
          folded = g_strsplit (text, " ", -1);
          for (guint j = 0; folded[j] != NULL && question->n_words < MAX_WORDS; j++)
            {
              if (folded[j][0] == '\0')
                continue;
              word = &question->words[question->n_words++];
              word->birth = 0;
              word->name = n_names++;
              g_strlcpy (word->text, folded[j], sizeof word->text);
              g_strlcpy (word->written, folded[1] == NULL ? parts[i] : folded[j], sizeof word->written);
              write_code (folded[j], word->code);
              g_string_append_printf (names, "%s%s", names->len > 0 ? ";" : "", folded[j]);
            }
        }
    }
  /* As former names every word is kept as it is, one for one. */
  question->key = probity_person_key_new (&(ProbityPersonFields) { .former_names = names->str });
}

/* How a record answers a word, and in what words that is told. */
typedef struct
{
  double      rating;
  const char *how;
} Answer;

static Answer
rate_name (const ProbityPersonKey *key,
           const NameWord         *name,
           const Word             *word)
{
  const char      *text = key_text (key, name->offset);
  gsize            length = strlen (word->text);
  guint            slips;
  ProbityNameEntry entry;

  if (length == name->length && memcmp (text, word->text, length) == 0)
    return (Answer) { WORD_SAME, (name->role & NAME_FORMER) != 0 ? "former name" : "same name" };
  if (length == 1 || name->length == 1)
    {
      if (text[0] == word->text[0] && (name->role & (NAME_CALLED | NAME_MIDDLE)) != 0)
        return (Answer) { WORD_INITIAL, "same initial" };
      return (Answer) { 0, NULL };
    }
  entry = probity_name_look_up (word->text, length);
  for (guint surname = 0; surname < 2; surname++)
    switch (probity_name_relate (entry.term, name->term, surname))
      {
      case PROBITY_NAME_SPELLING:
        return (Answer) { WORD_SPELLING, "name spelled otherwise" };
      case PROBITY_NAME_SHORT:
        return (Answer) { WORD_SHORT, "short form of the name" };
      case PROBITY_NAME_SHARED_SHORT:
      case PROBITY_NAME_UNRELATED:
        break;
      }
  slips = probity_name_distance (text, name->length, word->text, length);
  if (slips == 1 && length >= 3)
    return (Answer) { WORD_SLIP, "name alike" };
  if (slips == 2 && length >= 5)
    return (Answer) { WORD_SLIPS, "name alike" };
  if (length >= 3 && length < name->length && memcmp (text, word->text, length) == 0)
    return (Answer) { WORD_START, "beginning of the name" };
  if (slips <= 3 && length >= 4 && name->sound != 0 && name->sound == probity_name_sound (word->text, length))
    return (Answer) { WORD_SLIPS, "name sounds alike" };
  return (Answer) { 0, NULL };
}

static void
keep_better (Answer     *best,
             double      rating,
             const char *how)
{
  if (rating > best->rating)
    *best = (Answer) { rating, how };
}

static Answer
rate_code (const ProbityPersonKey *key,
           const Word             *word)
{
  gsize            length = strlen (word->code);
  const PlaceWord *place = key_places (key);
  Answer           best = { 0, NULL };

  if (length > 0 && key->staff_length == length && memcmp (key_text (key, key->staff_number), word->code, length) == 0)
    return (Answer) { WORD_SAME, "same staff number" };
  if (length >= 2 && length <= sizeof key->postcode && memcmp (key->postcode, word->code, length) == 0)
    {
      if (length == strnlen (key->postcode, sizeof key->postcode))
        keep_better (&best, WORD_SAME, "same postcode");
      else
        keep_better (&best, WORD_START, "beginning of the postcode");
    }
  if (word->birth != 0 && key->birth == word->birth)
    keep_better (&best, WORD_SAME, "same date of birth");
  else if (word->birth != 0 && key->birth != 0 && key->birth == probity_person_exchange_birth (word->birth))
    keep_better (&best, WORD_SLIP, "date of birth with day and month exchanged");
  if (length == 4 && key->birth != 0 && key->birth / 10000 == (gint32) g_ascii_strtoll (word->code, NULL, 10))
    keep_better (&best, WORD_START, "same year of birth");
  for (guint i = 0; i < key->n_places; i++)
    if (place[i].is_number && place[i].length == strlen (word->text) &&
        memcmp (key_text (key, place[i].offset), word->text, place[i].length) == 0)
      keep_better (&best, WORD_SPELLING, "same number in the address");
  return best;
}

static Answer
rate_place (const ProbityPersonKey *key,
            const Word             *word)
{
  const PlaceWord *place = key_places (key);

  for (guint i = 0; i < key->n_places; i++)
    if (place[i].length == strlen (word->text) && memcmp (key_text (key, place[i].offset), word->text, place[i].length) == 0)
      return (Answer) { WORD_SHORT, "same word in the address" };
  return (Answer) { 0, NULL };
}

/* The best answer of a record to a word; a name that has answered one word does not answer another. */
static Answer
rate_word (const ProbityPersonKey *key,
           const Word             *word,
           guint32                *used)
{
  const NameWord *name = key_names (key);
  Answer          best = { 0, NULL };
  int             best_at = -1;

  if (word->name < 0)
    return rate_code (key, word);
  for (guint i = 0; i < key->n_names; i++)
    {
      Answer answer = (*used >> i & 1) != 0 ? (Answer) { 0, NULL } : rate_name (key, &name[i], word);

      if (answer.rating > best.rating)
        {
          best = answer;
          best_at = i;
        }
    }
  if (best_at >= 0)
    *used |= 1u << best_at;
  else
    best = rate_place (key, word);
  if (best.rating == 0)
    best = rate_code (key, word);
  return best;
}

static double
rate_record (const ProbityPersonKey *key,
             const Question         *question,
             GString                *why)
{
  guint32 used = 0;
  double  score = 1;
  guint   missed = 0;

  for (guint i = 0; i < question->n_words; i++)
    {
      const Word *word = &question->words[i];
      Answer      answer = rate_word (key, word, &used);

      if (answer.rating == 0)
        {
          missed++;
          answer = (Answer) { WORD_MISSED, "not found" };
        }
      score *= answer.rating;
      if (why != NULL)
        g_string_append_printf (why, "%s%s (%s)", why->len > 0 ? ", " : "", answer.how, word->written);
    }
  return missed == 0 || (missed == 1 && question->n_words >= 3) ? score : 0;
}

/**
 * probity_person_index_find_words:
 * @index: a frozen index
 * @words: what somebody typed: names in any order, initials, a staff number, a postcode or its beginning, a date of birth
 * @threshold: the least score, usually %PROBITY_PERSON_THRESHOLD
 * @limit: the most hits, 0 for all
 * @cancellable: (nullable): once it is cancelled nobody else is compared, and the hits are of no use
 *
 * Finds people by words. Every word must be answered by the record, well enough; of three and more, one may be wrong. Any thread.
 *
 * Returns: (transfer full) (element-type ProbityPersonIndexHit): the hits, best first, equals by id
 */
GArray *
probity_person_index_find_words (ProbityPersonIndex *index,
                                 const char         *words,
                                 double              threshold,
                                 guint               limit,
                                 GCancellable       *cancellable)
{
  g_autoptr (GArray) candidates = NULL;
  g_autofree guint8 *gathered = NULL;
  GArray            *hits;
  Question           question;

  g_return_val_if_fail (index != NULL && index->is_frozen && words != NULL, NULL);

  hits = g_array_new (FALSE, FALSE, sizeof (ProbityPersonIndexHit));
  read_question (words, &question);
  gathered = probity_person_new_gathering (index);
  for (guint i = 0; i < question.key->n_names && !g_cancellable_is_cancelled (cancellable); i++)
    probity_person_gather_name (index, question.key, &key_names (question.key)[i], gathered);
  for (guint i = 0; i < question.n_words; i++)
    {
      const Word *word = &question.words[i];
      gsize       length = strlen (word->code);

      if (length == 0)
        continue;
      probity_person_gather_place (index, word->text, 8, gathered);
      probity_person_gather_values (&index->staff_numbers, probity_name_hash (word->code, length), 120, gathered);
      probity_person_gather_values (&index->postcodes, probity_name_hash (word->code, length), 40, gathered);
      if (word->birth != 0)
        probity_person_gather_births (index, word->birth, gathered);
    }
  candidates = probity_person_take_candidates (index, gathered, 1, MOST_COMPARED);
  for (guint i = 0; i < candidates->len; i++)
    {
      guint32               person = g_array_index (candidates, guint32, i);
      ProbityPersonIndexHit hit;

      if (i % COMPARED_AT_ONCE == 0 && g_cancellable_is_cancelled (cancellable))
        break;
      hit = (ProbityPersonIndexHit) { index->ids[person], rate_record (index->keys[person], &question, NULL) };

      if (hit.score > 0 && hit.score >= threshold)
        g_array_append_val (hits, hit);
    }
  g_array_sort (hits, probity_person_compare_hits);
  if (limit > 0 && hits->len > limit)
    g_array_set_size (hits, limit);
  probity_person_key_free (question.key);
  return hits;
}

/**
 * probity_person_index_explain_words:
 * @index: a frozen index
 * @words: what somebody typed
 * @id: whom probity_person_index_find_words() found
 *
 * Says in British English how @id answers each of @words, such as "same name (Marsh), same staff number (4127)". Any thread.
 *
 * Returns: (transfer full) (nullable): the answers, separated by commas; %NULL when nobody in @index has @id
 */
char *
probity_person_index_explain_words (ProbityPersonIndex *index,
                                    const char         *words,
                                    gint64              id)
{
  Question question;
  GString *why;
  guint32  person;

  g_return_val_if_fail (index != NULL && index->is_frozen && words != NULL, NULL);

  person = probity_person_index_find_id (index, id);
  if (person == NOBODY)
    return NULL;
  why = g_string_new (NULL);
  read_question (words, &question);
  rate_record (index->keys[person], &question, why);
  probity_person_key_free (question.key);
  if (!g_utf8_validate (why->str, why->len, NULL))
    {
      /* A word that was cut within a letter. */
      char *valid = g_utf8_make_valid (why->str, why->len);

      g_string_free (why, TRUE);
      return valid;
    }

  return g_string_free (why, FALSE);
}
