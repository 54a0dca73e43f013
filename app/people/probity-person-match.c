/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-person-match-private.h"

#include <math.h>
#include <string.h>

/* How two records are weighed
 *
 * After Fellegi and Sunter (1969): every field that both records hold adds log2 (m / u) bits, m being how often two records of one
 * person agree (or differ) so, u how often two strangers do. What one record lacks adds nothing. Sharing a rare name says more than
 * sharing a common one (built-in frequencies, which an index mixes with those of its own records).
 *
 * Strangers are not the only ones who are taken for each other: parent and child, twins and spouses share surname and address. So
 * a second reading, two people of one household, is weighed against the first: odds = one person / (strangers + household).
 *
 * The weights were set by reasoning and tried on the invented UK names of tests/fixtures and on FEBRL data set 1. */

/* What must be found before one person is likelier than two: log2 of the size of a workforce. */
#define PRIOR 11.0
/* Where names are all there is to compare, the question is who bears the name; then the full name of the commonest suffices. */
#define PRIOR_NAMES_ONLY 8.8
/* Many share a birthday or one name. */
#define PRIOR_LITTLE 14.0
/* A household's second member is half as likely among the records as a second record of the same person. */
#define PRIOR_HOUSEHOLD 1.0

/* Two records of one person are written at two times; two people of one house are often entered at once. */
#define HOUSEHOLD_CLEAN 1.5
/* A full British postcode beside it leaves no doubt that it is one dwelling. */
#define HOUSEHOLD_CERTAIN 3.0
/* Other forename, other home: a clerk's slip explains one of them. */
#define FORENAME_AND_PLACE_DIFFERENT -5.0
#define SURNAME_AND_PLACE_DIFFERENT -2.5
/* No name is so rare that it outweighs another date of birth by itself. */
#define BIRTH_DIFFERENT_ALONE -1.5

#define NAMES_MOST 18.0
#define FORENAME_MOST 9.0
#define SURNAME_MOST 11.0
#define FORENAME_DIFFERENT -4.2
#define SURNAME_DIFFERENT -4.5
#define INITIAL_BITS 2.3
#define EXCHANGED_COST 2.0

#define BIRTH_SAME 13.0
#define BIRTH_EXCHANGED 8.0
#define BIRTH_SLIP 4.5
#define BIRTH_TWO_PARTS 2.0
#define BIRTH_TWO_SLIPS -1.0
#define BIRTH_DIFFERENT -6.0
#define BIRTH_YEAR_SAME 3.5
#define BIRTH_YEAR_DIFFERENT -4.0

#define PLACE_MOST 15.0
#define PLACE_LEAST -5.0

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
    cost = both_listed ? 4.5 : longest <= 4 ? 2.0
                                            : 1.3;
  else if (slips <= 2 && longest >= 5 && (longest >= 6 || (a->sound != 0 && a->sound == b->sound)))
    cost = both_listed ? 8.0 : 3.2;
  else if (slips == 3 && longest >= 8)
    cost = both_listed ? 12.0 : 5.0;
  else if (slips <= 3 && shortest >= 4 && a->sound != 0 && a->sound == b->sound)
    cost = both_listed ? 7.0 : 3.5;
  else if (looks_alike (a, b))
    cost = both_listed ? 5.0 : 2.0;
  else if (shortest >= 4 && memcmp (a->text, b->text, shortest) == 0 && (longest - shortest <= 4 || shortest >= 5))
    cost = both_listed ? 9.0 : 4.0;
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
      (n_left > 1 || n_right > 1 || count_role (a, NAME_SURNAME | NAME_PARTICLE) > 1))
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

static double
compare_names (const ProbityPersonKey *a,
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
      exchanged = MAX (across.bits, SURNAME_DIFFERENT) + MAX (back.bits, FORENAME_DIFFERENT) - EXCHANGED_COST;
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

static guint
count_differing_digits (gint32 a,
                        gint32 b)
{
  char left[16], right[16];
  int  n = g_snprintf (left, sizeof left, "%08d", a), m = g_snprintf (right, sizeof right, "%08d", b);

  return probity_name_distance (left, n, right, m);
}

static void
compare_births (const ProbityPersonKey *a,
                const ProbityPersonKey *b,
                PersonFindings         *findings)
{
  gint32 left = a->birth, right = b->birth;

  if (left == 0 || right == 0)
    return;
  if (left % 10000 == 0 || right % 10000 == 0)
    {
      gboolean same = left / 10000 == right / 10000;

      findings->birth = same ? BIRTH_YEAR_SAME : BIRTH_YEAR_DIFFERENT;
      findings->birth_code = same ? PROBITY_PERSON_BIRTH_YEAR_SAME : PROBITY_PERSON_BIRTH_DIFFERENT;
    }
  else if (left == right)
    {
      findings->birth = BIRTH_SAME;
      findings->birth_code = PROBITY_PERSON_BIRTH_SAME;
    }
  else if (probity_person_exchange_birth (left) == right || probity_person_exchange_birth (right) == left)
    {
      findings->birth = BIRTH_EXCHANGED;
      findings->birth_code = PROBITY_PERSON_BIRTH_EXCHANGED;
    }
  else
    {
      guint    slips = count_differing_digits (left, right);
      gboolean year = left / 10000 == right / 10000;
      gboolean month = left / 100 % 100 == right / 100 % 100;
      gboolean day = left % 100 == right % 100;

      findings->birth_code = PROBITY_PERSON_BIRTH_ALIKE;
      if (slips == 1)
        findings->birth = BIRTH_SLIP;
      else if (year + month + day == 2)
        findings->birth = year ? BIRTH_TWO_PARTS : BIRTH_TWO_PARTS - 1.5;
      else if (slips == 2)
        findings->birth = BIRTH_TWO_SLIPS;
      else
        {
          findings->birth = BIRTH_DIFFERENT;
          findings->birth_code = PROBITY_PERSON_BIRTH_DIFFERENT;
        }
    }
}

typedef struct
{
  double   matched;
  double   repeated; /* what of it says the same twice */
  double   total_a;
  double   total_b;
  gboolean both_have_numbers;
  gboolean number_matched;
  gboolean exact;
  gboolean clean; /* no word has a slip, and one address holds all of the other */
} PlaceSums;

static gboolean
place_words_alike (const char *a,
                   gsize       a_length,
                   const char *b,
                   gsize       b_length)
{
  gsize longest = MAX (a_length, b_length), shortest = MIN (a_length, b_length);
  guint allowed = longest >= 8 ? 2 : 1;

  if (shortest < 3 || longest - shortest > allowed)
    return FALSE;
  return probity_name_distance (a, a_length, b, b_length) <= allowed;
}

/* Two neighbours of one side that are one word of the other: gar butt and garbutt. */
static void
match_joined (const ProbityPersonKey *a,
              const ProbityPersonKey *b,
              guint32                *free_a,
              guint32                *free_b,
              PlaceSums              *sums)
{
  const PlaceWord *left = key_places (a), *right = key_places (b);

  for (guint i = 0; i + 1 < a->n_places; i++)
    {
      char  joined[2 * PROBITY_NAME_MAX];
      gsize length = left[i].length + left[i + 1].length;

      if ((*free_a >> i & 3) == 0 || length < 5)
        continue;
      memcpy (joined, key_text (a, left[i].offset), left[i].length);
      memcpy (joined + left[i].length, key_text (a, left[i + 1].offset), left[i + 1].length);
      for (guint j = 0; j < b->n_places; j++)
        {
          if ((*free_b >> j & 1) == 0 || right[j].length < 4 ||
              !place_words_alike (joined, length, key_text (b, right[j].offset), right[j].length))
            continue;
          /* What a matched half had already brought is not counted twice. */
          sums->matched += 0.9 * MIN (right[j].bits, ((*free_a >> i & 1) ? left[i].bits : 0) + ((*free_a >> (i + 1) & 1) ? left[i + 1].bits : 0));
          *free_a &= ~(G_GUINT64_CONSTANT (3) << i);
          *free_b &= ~(1u << j);
          break;
        }
    }
}

static void
match_places (const ProbityPersonKey *a,
              const ProbityPersonKey *b,
              PlaceSums              *sums)
{
  const PlaceWord *left = key_places (a), *right = key_places (b);
  guint32          free_a = (1u << a->n_places) - 1, free_b = (1u << b->n_places) - 1;
  int              last = -2; /* which word of b the one before was matched with */

  for (guint i = 0; i < a->n_places; i++)
    {
      guint8 bits;

      sums->total_a += left[i].bits;
      for (guint j = 0; j < b->n_places; j++)
        if ((free_b >> j & 1) != 0 && left[i].length == right[j].length &&
            memcmp (key_text (a, left[i].offset), key_text (b, right[j].offset), left[i].length) == 0)
          {
            free_a &= ~(1u << i);
            free_b &= ~(1u << j);
            bits = MIN (left[i].bits, right[j].bits);
            sums->matched += bits;
            /* Newton Aycliffe is one place: its second word tells nothing that the first did not. */
            if (i > 0 && last == (int) j - 1 && ABS (left[i].bits - left[i - 1].bits) <= 10 && !left[i].is_number)
              sums->repeated += 0.7 * bits;
            last = j;
            if (left[i].is_number)
              sums->number_matched = TRUE;
            break;
          }
    }
  for (guint j = 0; j < b->n_places; j++)
    sums->total_b += right[j].bits;
  sums->exact = free_a == 0 && free_b == 0;
  sums->clean = free_a == 0 || free_b == 0;
  for (guint i = 0; i < a->n_places; i++)
    for (guint j = 0; j < b->n_places; j++)
      if (left[i].is_number && right[j].is_number)
        sums->both_have_numbers = TRUE;
  if (free_a == 0 || free_b == 0)
    return;
  for (guint i = 0; i < a->n_places; i++)
    for (guint j = 0; (free_a >> i & 1) != 0 && j < b->n_places; j++)
      if ((free_b >> j & 1) != 0 && !left[i].is_number && !right[j].is_number &&
          place_words_alike (key_text (a, left[i].offset),
                             left[i].length,
                             key_text (b, right[j].offset),
                             right[j].length))
        {
          free_a &= ~(1u << i);
          free_b &= ~(1u << j);
          sums->matched += 0.85 * MIN (left[i].bits, right[j].bits);
        }
  match_joined (a, b, &free_a, &free_b, sums);
  match_joined (b, a, &free_b, &free_a, sums);
}

static void
compare_addresses (const ProbityPersonKey *a,
                   const ProbityPersonKey *b,
                   PersonFindings         *findings)
{
  PlaceSums sums = { 0 };
  double    share, trust;

  if (a->n_places == 0 || b->n_places == 0)
    return;
  match_places (a, b, &sums);
  /* What only one of them gives (a county, a flat) does not speak against it. */
  share = sums.matched / MAX (MIN (sums.total_a, sums.total_b), 1);
  sums.matched = (sums.matched - sums.repeated) / 16;
  trust = CLAMP ((share - 0.3) / 0.45, 0, 1);
  /* Neighbours share all but the number. */
  if (sums.both_have_numbers && !sums.number_matched)
    sums.matched = MAX (sums.matched - 6, 0);
  findings->address = MIN (sums.matched, 14) * trust - 3.5 * (1 - trust);
  findings->address_exact = sums.exact;
  findings->address_clean = sums.clean;
  findings->number_different = sums.both_have_numbers && !sums.number_matched;
  if (sums.exact)
    findings->address_code = PROBITY_PERSON_ADDRESS_SAME;
  else
    findings->address_code = findings->address > 3 ? PROBITY_PERSON_ADDRESS_ALIKE : PROBITY_PERSON_ADDRESS_DIFFERENT;
}

static void
compare_postcodes (const ProbityPersonKey *a,
                   const ProbityPersonKey *b,
                   PersonFindings         *findings)
{
  gsize n = strnlen (a->postcode, sizeof a->postcode), m = strnlen (b->postcode, sizeof b->postcode);

  if (n == 0 || m == 0)
    return;
  if (n == m && memcmp (a->postcode, b->postcode, n) == 0)
    {
      findings->postcode = n >= 5 ? 8.0 : 5.5;
      findings->postcode_code = PROBITY_PERSON_POSTCODE_SAME;
    }
  else if (probity_name_distance (a->postcode, n, b->postcode, m) == 1)
    {
      /* Of one outward code many British postcodes differ in a letter. */
      findings->postcode = n < 5 ? 2.5 : findings->address_code == 0 || findings->address > 0 ? 1.5
                                                                                              : 0;
      findings->postcode_code = PROBITY_PERSON_POSTCODE_ALIKE;
    }
  else
    {
      gboolean near = n >= 5 && m >= 5 && n == m && memcmp (a->postcode, b->postcode, n - 3) == 0;

      findings->postcode = near ? 0.5 : -1.5;
      findings->postcode_code = PROBITY_PERSON_POSTCODE_DIFFERENT;
    }
}

static gboolean
is_british (const char *postcode)
{
  return strnlen (postcode, 8) >= 5 && g_ascii_isalpha (postcode[0]);
}

/* What the same findings say of two people who live together, against two strangers. */
static double
weigh_household (const ProbityPersonKey *a,
                 const ProbityPersonKey *b,
                 const PersonFindings   *findings)
{
  double bits = findings->place;

  if (findings->surname.bits > 0)
    bits += findings->surname.bits - 0.5;
  else if (findings->surname.code != 0)
    bits -= 1;
  /* A child named after a parent. */
  if (findings->forename.bits > 0)
    bits += findings->forename.code == PROBITY_PERSON_FORENAME_INITIAL ? 0 : findings->forename.bits - 4.5;
  if (findings->forename.bits > 0 && findings->birth_code == PROBITY_PERSON_BIRTH_DIFFERENT)
    {
      int years = ABS (a->birth / 10000 - b->birth / 10000);

      if (years < 15 || years > 50)
        bits -= 4;
    }
  /* Twins bear one surname. */
  if (findings->surname.bits > 0 || findings->surname.code == 0)
    {
      if (findings->birth_code == PROBITY_PERSON_BIRTH_SAME)
        bits += findings->forename.bits > 0 ? 5 : 8;
      else if (findings->birth_code == PROBITY_PERSON_BIRTH_EXCHANGED)
        bits += 3;
    }
  if (findings->address_code != 0)
    {
      gboolean certain = findings->postcode_code == PROBITY_PERSON_POSTCODE_SAME && is_british (a->postcode);

      if (findings->address_clean && !findings->exchanged && findings->surname.code != PROBITY_PERSON_SURNAME_ALIKE)
        bits += certain ? HOUSEHOLD_CERTAIN : HOUSEHOLD_CLEAN;
      else if (!certain || (!findings->exchanged && findings->birth_code != PROBITY_PERSON_BIRTH_DIFFERENT))
        bits -= 1;
    }
  return bits;
}

/* How much must be found, by what there was to compare. */
static double
choose_prior (const PersonFindings *findings)
{
  guint    n_names = (findings->surname.code != 0) + (findings->forename.code != 0);
  gboolean more = findings->birth_code != 0 || findings->address_code != 0 || findings->postcode_code != 0;

  if (n_names == 0 || (n_names == 1 && !more))
    return PRIOR_LITTLE;
  if (more)
    return PRIOR;
  return PRIOR_NAMES_ONLY + (findings->forename.code == PROBITY_PERSON_FORENAME_INITIAL ? 2 : 0);
}

/* Compares two keys and keeps every term, for the score and for its explanation. */
void
probity_person_find (const ProbityPersonKey *a,
                     const ProbityPersonKey *b,
                     PersonFindings         *ret_findings)
{
  PersonFindings *found = ret_findings;
  double          names, one, prior;

  memset (found, 0, sizeof *found);
  if (a->staff_length > 0 && a->staff_length == b->staff_length &&
      memcmp (key_text (a, a->staff_number), key_text (b, b->staff_number), a->staff_length) == 0)
    found->staff_same = TRUE;

  names = compare_names (a, b, found);
  compare_births (a, b, found);
  compare_addresses (a, b, found);
  compare_postcodes (a, b, found);
  /* Other number, other postcode: what agrees is only the town. */
  if (found->number_different && found->postcode_code == PROBITY_PERSON_POSTCODE_DIFFERENT && is_british (a->postcode))
    found->address = MIN (found->address, 0);
  found->place = CLAMP (found->address + found->postcode, PLACE_LEAST, PLACE_MOST);
  if (a->generation != 0 && b->generation != 0 && a->generation != b->generation)
    found->generation = -6;

  if (found->forename.code == PROBITY_PERSON_FORENAME_DIFFERENT && found->place <= 4)
    names += FORENAME_AND_PLACE_DIFFERENT;
  if (found->surname.code == PROBITY_PERSON_SURNAME_DIFFERENT && found->place <= 0)
    names += SURNAME_AND_PLACE_DIFFERENT;
  if (found->birth_code == PROBITY_PERSON_BIRTH_DIFFERENT && found->place <= 0)
    names += BIRTH_DIFFERENT_ALONE;
  one = names + found->birth + found->place + found->generation;
  prior = choose_prior (found);
  found->total = one - prior;
  if (found->place > 4)
    {
      double household = weigh_household (a, b, found) - prior - PRIOR_HOUSEHOLD;

      found->household = -log2 (1 + exp2 (household));
      found->total += found->household;
    }
  /* A staff number is nobody else's; what contradicts it is told, and decides between 0.75 and 1. */
  if (found->staff_same)
    found->total = MAX (found->total, 0) + 3.2;
}

double
probity_person_score (double bits)
{
  return 1 / (1 + exp2 (-bits / 2));
}

/**
 * probity_person_compare:
 * @a: a key
 * @b: another
 *
 * Symmetric. Any thread.
 *
 * Returns: between 0 and 1, how likely both are one person; from %PROBITY_PERSON_THRESHOLD on they are taken to be
 */
double
probity_person_compare (const ProbityPersonKey *a,
                        const ProbityPersonKey *b)
{
  PersonFindings findings;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  probity_person_find (a, b, &findings);
  return probity_person_score (findings.total);
}
