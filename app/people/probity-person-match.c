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

#define BIRTH_SAME 13.0
#define BIRTH_EXCHANGED 8.0
#define BIRTH_SLIP 4.0
#define BIRTH_TWO_PARTS 1.0
#define BIRTH_TWO_SLIPS -2.5
#define BIRTH_DIFFERENT -6.0
#define BIRTH_YEAR_SAME 3.5
#define BIRTH_YEAR_DIFFERENT -4.0

#define PLACE_MOST 15.0
#define PLACE_LEAST -6.0

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
  if (findings->forename.code == PROBITY_PERSON_FORENAME_INITIAL)
    return PRIOR_NAMES_ONLY + (findings->middle > 0 ? 0.7 : 2);
  return PRIOR_NAMES_ONLY;
}

/* Compares two keys and keeps every term, for the score and for its explanation. */
void
probity_person_weigh (const ProbityPersonKey *a,
                      const ProbityPersonKey *b,
                      PersonFindings         *ret_findings)
{
  PersonFindings *found = ret_findings;
  double          names, one, prior;

  memset (found, 0, sizeof *found);
  if (a->staff_length > 0 && a->staff_length == b->staff_length &&
      memcmp (key_text (a, a->staff_number), key_text (b, b->staff_number), a->staff_length) == 0)
    found->staff_same = TRUE;

  names = probity_person_compare_names (a, b, found);
  compare_births (a, b, found);
  probity_person_compare_addresses (a, b, found);
  probity_person_compare_postcodes (a, b, found);
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

  probity_person_weigh (a, b, &findings);
  return probity_person_score (findings.total);
}
