/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-person-match-private.h"

#include <string.h>

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

static int
order_places (const ProbityPersonKey *a,
              const ProbityPersonKey *b)
{
  const PlaceWord *left = key_places (a), *right = key_places (b);

  if (a->n_places != b->n_places)
    return a->n_places < b->n_places ? -1 : 1;
  for (guint i = 0; i < a->n_places; i++)
    {
      int order = left[i].length != right[i].length
                      ? left[i].length - right[i].length
                      : memcmp (key_text (a, left[i].offset), key_text (b, right[i].offset), left[i].length);

      if (order != 0)
        return order;
    }
  return 0;
}

void
probity_person_compare_addresses (const ProbityPersonKey *a,
                                  const ProbityPersonKey *b,
                                  PersonFindings         *findings)
{
  PlaceSums sums = { 0 };
  double    share, trust;

  if (a->n_places == 0 || b->n_places == 0)
    return;
  /* Always the same way round, since the first match takes a word. */
  if (order_places (a, b) > 0)
    match_places (b, a, &sums);
  else
    match_places (a, b, &sums);
  /* What only one of them gives (a county, a flat) does not speak against it. */
  share = sums.matched / MAX (MIN (sums.total_a, sums.total_b), 1);
  sums.matched = (sums.matched - sums.repeated) / 16;
  trust = CLAMP ((share - 0.3) / 0.45, 0, 1);
  /* Neighbours share all but the number. */
  if (sums.both_have_numbers && !sums.number_matched)
    sums.matched = MAX (sums.matched - 6, 0);
  findings->address = MIN (sums.matched, 14) * trust - 4.5 * (1 - trust);
  findings->address_exact = sums.exact;
  findings->address_clean = sums.clean;
  findings->number_different = sums.both_have_numbers && !sums.number_matched;
  if (sums.exact)
    findings->address_code = PROBITY_PERSON_ADDRESS_SAME;
  else
    findings->address_code = findings->address > 3 ? PROBITY_PERSON_ADDRESS_ALIKE : PROBITY_PERSON_ADDRESS_DIFFERENT;
}

void
probity_person_compare_postcodes (const ProbityPersonKey *a,
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
