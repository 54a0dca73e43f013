/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-person-match-private.h"

#include <string.h>

#define NAMES_MOST 18.0
#define FORENAME_MOST 9.0
#define SURNAME_MOST 11.0
#define FORENAME_DIFFERENT -4.2
#define SURNAME_DIFFERENT -4.5
#define INITIAL_BITS 2.3
#define EXCHANGED_COST 2.0

/* A word as it is compared: of a key, or several of a key run together. */
typedef struct
{
  const NameWord *word;
  const char     *text;
  double          bits;
  guint32         sound;
  guint16         term;
  guint8          length;
  gboolean        listed;
} Word;

static Word
get_word (const ProbityPersonKey *key,
          const NameWord         *name,
          gboolean                as_surname)
{
  return (Word) {
    .word = name,
    .text = key_text (key, name->offset),
    .bits = (as_surname ? name->surname_bits : name->forename_bits) / 16.0,
    .sound = name->sound,
    .term = name->term,
    .length = name->length,
    .listed = (name->role & (as_surname ? NAME_IS_SURNAME : NAME_IS_FORENAME)) != 0,
  };
}

/* Letters that a scanner runs together. */
static gsize
blur_letters (const Word *word,
              char       *out)
{
  gsize n = 0;

  for (guint i = 0; i < word->length; i++)
    {
      char c = word->text[i], next = i + 1 < word->length ? word->text[i + 1] : '\0';

      if (c == 'r' && next == 'n')
        c = 'm', i++;
      else if (c == 'c' && next == 'l')
        c = 'd', i++;
      else if (c == 'v' && next == 'v')
        c = 'w', i++;
      else if (c == 'l')
        c = 'i';
      out[n++] = c;
    }
  return n;
}

static gboolean
looks_alike (const Word *a,
             const Word *b)
{
  char  left[PROBITY_NAME_MAX], right[PROBITY_NAME_MAX];
  gsize n;

  if (a->length < 4 || b->length < 4 || a->length > PROBITY_NAME_MAX || b->length > PROBITY_NAME_MAX)
    return FALSE;
  n = blur_letters (a, left);
  return n == blur_letters (b, right) && memcmp (left, right, n) == 0;
}

/* Whether a word that is no listed name is one slip away from a short form or spelling of a listed one: Magie for Margaret. */
static gboolean
is_slip_of_short_form (const Word *word,
                       const Word *listed)
{
  const char *related[48];
  guint       n = probity_name_related (listed->term, related, G_N_ELEMENTS (related));

  for (guint i = 0; i < n; i++)
    {
      gsize length = strlen (related[i]);

      if (length + 1 >= word->length && length <= word->length + 1u &&
          probity_name_distance (word->text, word->length, related[i], length) == 1)
        return TRUE;
    }
  return FALSE;
}

/* What two differing full words say, and as what. Two names that are both in the lists are rarely one name with a slip. */
static double
weigh_unlike (const Word *a,
              const Word *b,
              gboolean    as_surname,
              guint8     *ret_code)
{
  double   bits = MIN (MIN (a->bits, b->bits), 9.0);
  gboolean both_listed = a->listed && b->listed && a->term != b->term;
  guint    longest = MAX (a->length, b->length), shortest = MIN (a->length, b->length);
  guint    slips;
  double   cost;

  *ret_code = as_surname ? PROBITY_PERSON_SURNAME_SPELLING : PROBITY_PERSON_FORENAME_SPELLING;
  switch (probity_name_relate (a->term, b->term, as_surname))
    {
    case PROBITY_NAME_SPELLING:
      return bits - 0.7;
    case PROBITY_NAME_SHORT:
      *ret_code = PROBITY_PERSON_FORENAME_NICKNAME;
      return bits - 1.0;
    case PROBITY_NAME_SHARED_SHORT:
      *ret_code = PROBITY_PERSON_FORENAME_NICKNAME;
      return bits - 2.5;
    case PROBITY_NAME_UNRELATED:
      break;
    }

  *ret_code = as_surname ? PROBITY_PERSON_SURNAME_ALIKE : PROBITY_PERSON_FORENAME_ALIKE;
  slips = longest - shortest > 3 ? 4 : probity_name_distance (a->text, a->length, b->text, b->length);
  if (slips == 1 && shortest >= 2 && longest >= 3)
    cost = both_listed ? 6.0 : longest <= 4 ? 2.0
                                            : 1.3;
  else if (slips <= 2 && longest >= 5 && (longest >= 6 || (a->sound != 0 && a->sound == b->sound)))
    cost = both_listed ? 8.0 : 3.2;
  else if (slips == 2 && longest == 5 && shortest >= 4 && !both_listed)
    cost = 5.0;
  else if (slips == 3 && longest >= 8)
    cost = both_listed ? 12.0 : 5.0;
  else if (slips <= 3 && shortest >= 4 && a->sound != 0 && a->sound == b->sound)
    cost = both_listed ? 7.0 : 3.5;
  else if (looks_alike (a, b))
    cost = both_listed ? 5.0 : 2.0;
  else if (shortest >= 4 && memcmp (a->text, b->text, shortest) == 0 && (longest - shortest <= 4 || shortest >= 5))
    cost = both_listed ? 9.0 : 4.0;
  else if (!as_surname && shortest == 3 && longest >= 5 && memcmp (a->text, b->text, 3) == 0)
    {
      /* The first syllable, as Kim for Kimberly. */
      *ret_code = PROBITY_PERSON_FORENAME_NICKNAME;
      return bits - 3;
    }
  else
    {
      if (!as_surname && shortest >= 4 && a->listed != b->listed && is_slip_of_short_form (a->listed ? b : a, a->listed ? a : b))
        {
          *ret_code = PROBITY_PERSON_FORENAME_NICKNAME;
          return bits - 3.5;
        }
      *ret_code = as_surname ? PROBITY_PERSON_SURNAME_DIFFERENT : PROBITY_PERSON_FORENAME_DIFFERENT;
      return as_surname ? SURNAME_DIFFERENT : FORENAME_DIFFERENT;
    }
  return MAX (bits - cost, as_surname ? SURNAME_DIFFERENT + 1 : FORENAME_DIFFERENT + 1);
}

static double
weigh_words (const Word *a,
             const Word *b,
             gboolean    as_surname,
             guint8     *ret_code)
{
  if (a->length == b->length && memcmp (a->text, b->text, a->length) == 0)
    {
      if (a->length == 1)
        {
          *ret_code = PROBITY_PERSON_FORENAME_INITIAL;
          return INITIAL_BITS;
        }
      *ret_code = as_surname ? PROBITY_PERSON_SURNAME_SAME : PROBITY_PERSON_FORENAME_SAME;
      return MIN (a->bits, b->bits);
    }
  if (a->length == 1 || b->length == 1)
    {
      *ret_code = as_surname ? PROBITY_PERSON_SURNAME_PART : PROBITY_PERSON_FORENAME_INITIAL;
      if (a->text[0] == b->text[0])
        return INITIAL_BITS;
      *ret_code = as_surname ? PROBITY_PERSON_SURNAME_DIFFERENT : PROBITY_PERSON_FORENAME_DIFFERENT;
      return -3.2;
    }
  return weigh_unlike (a, b, as_surname, ret_code);
}

static void
keep_better (NameFinding    *best,
             const NameWord *a,
             const NameWord *b,
             double          bits,
             guint8          code)
{
  if (best->code != 0 && bits <= best->bits)
    return;
  best->a = a;
  best->b = b;
  best->bits = bits;
  best->code = code;
}

/* The words of one role run together, for names that are written apart in one record: Hay den, Marsh-Poole. */
static gboolean
join_words (const ProbityPersonKey *key,
            guint8                  role,
            gboolean                with_particles,
            gboolean                as_surname,
            char                   *buffer,
            Word                   *ret_word)
{
  guint           n = 0;
  gsize           length = 0;
  const NameWord *names = key_names (key);

  for (guint i = 0; i < key->n_names; i++)
    {
      gsize take;

      if ((names[i].role & role) == 0 || (!with_particles && (names[i].role & NAME_PARTICLE) != 0))
        continue;
      if (n++ == 0)
        *ret_word = get_word (key, &names[i], as_surname);
      take = MIN (names[i].length, PROBITY_NAME_MAX - length);
      memcpy (buffer + length, key_text (key, names[i].offset), take);
      length += take;
    }
  if (n == 0)
    return FALSE;
  if (n > 1)
    {
      ret_word->text = buffer;
      ret_word->length = length;
      ret_word->term = 0;
      ret_word->sound = 0;
      ret_word->listed = FALSE;
      ret_word->bits = as_surname ? SURNAME_MOST : FORENAME_MOST;
    }
  return TRUE;
}

static guint
count_role (const ProbityPersonKey *key,
            guint8                  role)
{
  const NameWord *names = key_names (key);
  guint           n = 0;

  for (guint i = 0; i < key->n_names; i++)
    if ((names[i].role & role) != 0 && (names[i].role & NAME_PARTICLE) == 0)
      n++;
  return n;
}

static gboolean
has_particle (const ProbityPersonKey *key)
{
  const NameWord *names = key_names (key);

  for (guint i = 0; i < key->n_names; i++)
    if ((names[i].role & NAME_PARTICLE) != 0)
      return TRUE;
  return FALSE;
}

static void
compare_forenames (const ProbityPersonKey *a,
                   const ProbityPersonKey *b,
                   NameFinding            *ret_finding,
                   double                 *ret_middle)
{
  const NameWord *left = key_names (a), *right = key_names (b);
  NameFinding     best = { 0 };
  guint           n_left, n_right;

  *ret_middle = 0;
  n_left = count_role (a, NAME_FORENAME | NAME_MIDDLE);
  n_right = count_role (b, NAME_FORENAME | NAME_MIDDLE);
  for (guint i = 0; i < a->n_names; i++)
    for (guint j = 0; j < b->n_names; j++)
      {
        Word   l, r;
        double bits;
        guint8 code;

        if ((left[i].role & (NAME_CALLED | NAME_MIDDLE)) == 0 || (right[j].role & (NAME_CALLED | NAME_MIDDLE)) == 0)
          continue;
        /* Two middle names alone say nothing of what somebody is called. */
        if ((left[i].role & NAME_CALLED) == 0 && (right[j].role & NAME_CALLED) == 0)
          continue;
        l = get_word (a, &left[i], FALSE);
        r = get_word (b, &right[j], FALSE);
        bits = weigh_words (&l, &r, FALSE, &code);
        if ((left[i].role & NAME_CALLED) == 0 || (right[j].role & NAME_CALLED) == 0)
          {
            if (bits <= 0 || code == PROBITY_PERSON_FORENAME_INITIAL)
              continue;
            bits = MAX (bits - 2.0, 0.1);
            code = PROBITY_PERSON_FORENAME_MIDDLE;
          }
        keep_better (&best, &left[i], &right[j], bits, code);
      }

  if (n_left != n_right && n_left > 0 && n_right > 0 && best.code != PROBITY_PERSON_FORENAME_SAME && !a->is_whole &&
      !b->is_whole)
    {
      char   text_a[PROBITY_NAME_MAX], text_b[PROBITY_NAME_MAX];
      Word   l, r;
      guint8 code;

      if (join_words (a, NAME_FORENAME | NAME_MIDDLE, TRUE, FALSE, text_a, &l) &&
          join_words (b, NAME_FORENAME | NAME_MIDDLE, TRUE, FALSE, text_b, &r) && l.length > 3 && r.length > 3)
        {
          double bits = weigh_words (&l, &r, FALSE, &code);

          if (code == PROBITY_PERSON_FORENAME_SAME || code == PROBITY_PERSON_FORENAME_ALIKE)
            keep_better (&best, l.word, r.word, bits - 0.5, PROBITY_PERSON_FORENAME_ALIKE);
        }
    }
  best.bits = MIN (best.bits, FORENAME_MOST);

  /* All of two forenames and more differ: no slip of a clerk's explains that. */
  if (best.code == PROBITY_PERSON_FORENAME_DIFFERENT && n_left > 1 && n_right > 1 && !a->is_whole && !b->is_whole)
    *ret_middle = -4;

  /* Second forenames confirm or contradict, where first names agree. */
  if (best.bits > 0 && best.code != PROBITY_PERSON_FORENAME_MIDDLE && !a->is_whole && !b->is_whole)
    {
      NameFinding middle = { 0 };

      for (guint i = 0; i < a->n_names; i++)
        for (guint j = 0; j < b->n_names; j++)
          {
            Word   l, r;
            double bits;
            guint8 code;

            if ((left[i].role & NAME_MIDDLE) == 0 || (right[j].role & NAME_MIDDLE) == 0)
              continue;
            l = get_word (a, &left[i], FALSE);
            r = get_word (b, &right[j], FALSE);
            bits = weigh_words (&l, &r, FALSE, &code);
            keep_better (&middle, &left[i], &right[j], bits, code);
          }
      if (middle.code == PROBITY_PERSON_FORENAME_INITIAL)
        *ret_middle = 1.2;
      else if (middle.code != 0)
        *ret_middle = middle.bits > 0 ? MIN (middle.bits, 4.0) : -2.5;
    }
  *ret_finding = best;
}

static void
compare_surnames (const ProbityPersonKey *a,
                  const ProbityPersonKey *b,
                  const NameWord         *used_a,
                  const NameWord         *used_b,
                  NameFinding            *ret_finding)
{
  const NameWord *left = key_names (a), *right = key_names (b);
  NameFinding     best = { 0 };
  guint           n_left = count_role (a, NAME_SURNAME), n_right = count_role (b, NAME_SURNAME);
  gboolean        whole = a->is_whole || b->is_whole;

  for (guint i = 0; i < a->n_names; i++)
    for (guint j = 0; j < b->n_names; j++)
      {
        Word   l, r;
        double bits;
        guint8 code;

        if ((left[i].role & NAME_FAMILY) == 0 || (right[j].role & NAME_FAMILY) == 0 ||
            ((left[i].role | right[j].role) & NAME_PARTICLE) != 0 || &left[i] == used_a || &right[j] == used_b)
          continue;
        l = get_word (a, &left[i], TRUE);
        r = get_word (b, &right[j], TRUE);
        bits = weigh_words (&l, &r, TRUE, &code);
        if (bits > 0 && ((left[i].role | right[j].role) & NAME_FORMER) != 0)
          {
            bits = MAX (bits - 0.7, 0.1);
            code = PROBITY_PERSON_SURNAME_FORMER;
          }
        else if (bits > 0 && !whole && (n_left > 1 || n_right > 1))
          {
            bits = MAX (bits - 1.0, 0.1);
            code = PROBITY_PERSON_SURNAME_PART;
          }
        keep_better (&best, &left[i], &right[j], bits, code);
      }

  if (!whole && n_left > 0 && n_right > 0 &&
      (n_left > 1 || n_right > 1 || has_particle (a) || has_particle (b)))
    for (guint with = 0; with < 2; with++)
      {
        char   text_a[PROBITY_NAME_MAX], text_b[PROBITY_NAME_MAX];
        Word   l, r;
        double bits;
        guint8 code;

        if (!join_words (a, NAME_SURNAME, with, TRUE, text_a, &l) || !join_words (b, NAME_SURNAME, with, TRUE, text_b, &r))
          continue;
        bits = weigh_words (&l, &r, TRUE, &code);
        if (bits > 0)
          keep_better (&best, l.word, r.word, bits, code);
      }
  /* Harpreet Kaur Dhillon is Harpreet Kaur elsewhere: where a name ends is not always told rightly. */
  if (best.code != 0 && best.bits <= 0 && !whole)
    for (guint i = 0; i < a->n_names; i++)
      for (guint j = 0; j < b->n_names; j++)
        {
          Word   l, r;
          guint8 roles = left[i].role | right[j].role;

          if ((roles & NAME_SURNAME) == 0 || (roles & NAME_MIDDLE) == 0 || (left[i].role & right[j].role & NAME_MIDDLE) != 0 ||
              left[i].length < 3 || left[i].length != right[j].length)
            continue;
          l = get_word (a, &left[i], TRUE);
          r = get_word (b, &right[j], TRUE);
          if (memcmp (l.text, r.text, l.length) == 0)
            keep_better (&best, &left[i], &right[j], MIN (l.bits, r.bits) - 3.5, PROBITY_PERSON_SURNAME_PART);
        }
  best.bits = MIN (best.bits, SURNAME_MOST);
  *ret_finding = best;
}

/* The best match of a surname word of one record with a forename word of the other. */
static void
compare_across (const ProbityPersonKey *a,
                const ProbityPersonKey *b,
                gboolean                from_a,
                NameFinding            *ret_finding)
{
  const NameWord *left = key_names (a), *right = key_names (b);
  NameFinding     best = { 0 };

  for (guint i = 0; i < a->n_names; i++)
    for (guint j = 0; j < b->n_names; j++)
      {
        Word   l, r;
        double bits;
        guint8 code;

        if ((left[i].role & (from_a ? NAME_FAMILY : NAME_FORENAME)) == 0 ||
            (right[j].role & (from_a ? NAME_FORENAME : NAME_FAMILY)) == 0 || left[i].length == 1 || right[j].length == 1)
          continue;
        l = get_word (a, &left[i], TRUE);
        r = get_word (b, &right[j], TRUE);
        /* Seldom both, so the rarer use is what counts; a listed forename as surname is no slip of another. */
        l.bits = MIN (l.bits, 10.0);
        r.bits = MIN (r.bits, 10.0);
        l.listed = (left[i].role & (NAME_IS_FORENAME | NAME_IS_SURNAME)) != 0;
        r.listed = (right[j].role & (NAME_IS_FORENAME | NAME_IS_SURNAME)) != 0;
        bits = weigh_words (&l, &r, TRUE, &code);
        if (((left[i].role | right[j].role) & NAME_FORMER) != 0)
          bits -= 0.7;
        keep_better (&best, &left[i], &right[j], bits, code);
      }
  *ret_finding = best;
}

/* Weighs the names and keeps what was found. Returns bits. */
double
probity_person_compare_names (const ProbityPersonKey *a,
                              const ProbityPersonKey *b,
                              PersonFindings         *findings)
{
  NameFinding across, back;
  double      straight;
  double      exchanged;

  compare_forenames (a, b, &findings->forename, &findings->middle);
  compare_surnames (a,
                    b,
                    a->is_whole && findings->forename.bits > 0 ? findings->forename.a : NULL,
                    b->is_whole && findings->forename.bits > 0 ? findings->forename.b : NULL,
                    &findings->surname);
  straight = findings->forename.bits + findings->middle + findings->surname.bits;

  if (!a->is_whole && !b->is_whole &&
      (findings->surname.code == 0 || findings->forename.code == 0 || findings->surname.bits < 3 || findings->forename.bits < 3))
    {
      compare_across (a, b, TRUE, &across);
      compare_across (a, b, FALSE, &back);
      exchanged = MAX (across.bits, FORENAME_DIFFERENT) + MAX (back.bits, FORENAME_DIFFERENT) - EXCHANGED_COST;
      if ((across.bits > 0 || back.bits > 0) && exchanged > straight)
        {
          findings->exchanged = TRUE;
          /* A word that is the surname of one of them is the surname, should the other not agree. */
          findings->surname = across.bits >= back.bits ? across : back;
          findings->forename = across.bits >= back.bits ? back : across;
          if (findings->forename.bits < 0)
            findings->forename.code = PROBITY_PERSON_FORENAME_DIFFERENT;
          findings->middle = 0;
          straight = exchanged;
        }
    }
  return MIN (straight, NAMES_MOST);
}
