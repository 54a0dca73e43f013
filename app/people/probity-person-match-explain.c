/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-person-match-private.h"

#include <string.h>

enum
{
  WRITTEN_FORENAMES,
  WRITTEN_SURNAME,
  WRITTEN_KNOWN_AS,
  WRITTEN_FORMER,
};

static const struct
{
  ProbityPersonReasonCode code;
  const char             *words;
  gboolean                with_texts;
} wordings[] = {
  { PROBITY_PERSON_STAFF_NUMBER_SAME, "same staff number", TRUE },
  { PROBITY_PERSON_SURNAME_SAME, "same surname", TRUE },
  { PROBITY_PERSON_SURNAME_ALIKE, "surname alike", TRUE },
  { PROBITY_PERSON_SURNAME_SPELLING, "surname spelled otherwise", TRUE },
  { PROBITY_PERSON_SURNAME_PART, "surname alike in part", TRUE },
  { PROBITY_PERSON_SURNAME_FORMER, "former name", TRUE },
  { PROBITY_PERSON_SURNAME_DIFFERENT, "different surname", TRUE },
  { PROBITY_PERSON_FORENAME_SAME, "same forename", TRUE },
  { PROBITY_PERSON_FORENAME_ALIKE, "forename alike", TRUE },
  { PROBITY_PERSON_FORENAME_SPELLING, "forename spelled otherwise", TRUE },
  { PROBITY_PERSON_FORENAME_NICKNAME, "short form of the forename", TRUE },
  { PROBITY_PERSON_FORENAME_INITIAL, "same initial", TRUE },
  { PROBITY_PERSON_FORENAME_MIDDLE, "forename is the other's second forename", TRUE },
  { PROBITY_PERSON_FORENAME_DIFFERENT, "different forename", TRUE },
  { PROBITY_PERSON_NAMES_EXCHANGED, "forename and surname exchanged", TRUE },
  { PROBITY_PERSON_BIRTH_SAME, "same date of birth", FALSE },
  { PROBITY_PERSON_BIRTH_EXCHANGED, "date of birth with day and month exchanged", TRUE },
  { PROBITY_PERSON_BIRTH_ALIKE, "date of birth alike", TRUE },
  { PROBITY_PERSON_BIRTH_YEAR_SAME, "same year of birth", FALSE },
  { PROBITY_PERSON_BIRTH_DIFFERENT, "different date of birth", TRUE },
  { PROBITY_PERSON_ADDRESS_SAME, "same address", FALSE },
  { PROBITY_PERSON_ADDRESS_ALIKE, "address alike", FALSE },
  { PROBITY_PERSON_ADDRESS_DIFFERENT, "different address", FALSE },
  { PROBITY_PERSON_POSTCODE_SAME, "same postcode", FALSE },
  { PROBITY_PERSON_POSTCODE_ALIKE, "postcode alike", TRUE },
  { PROBITY_PERSON_POSTCODE_DIFFERENT, "different postcode", FALSE },
  { PROBITY_PERSON_GENERATION_DIFFERENT, "one is senior, the other junior", FALSE },
  { PROBITY_PERSON_HOUSEHOLD, "may be two people of one household", FALSE },
};

static char *
dup_birth (const ProbityPersonKey *key)
{
  if (key->birth % 10000 == 0)
    return g_strdup_printf ("%d", key->birth / 10000);
  return g_strdup_printf ("%04d-%02d-%02d", key->birth / 10000, key->birth / 100 % 100, key->birth % 100);
}

static char *
dup_written (const ProbityPersonKey *key,
             guint                   field)
{
  if (key->written[field] == 0)
    return NULL;
  return g_strstrip (g_strdup (key_text (key, key->written[field])));
}

/* The field as it was written in which a compared word stood. */
static char *
dup_name_text (const ProbityPersonKey *key,
               const NameWord         *word)
{
  char *text = NULL;

  if (word == NULL)
    return NULL;
  if ((word->role & NAME_KNOWN_AS) != 0)
    text = dup_written (key, WRITTEN_KNOWN_AS);
  else if ((word->role & NAME_FORMER) != 0)
    text = dup_written (key, WRITTEN_FORMER);
  else if ((word->role & NAME_SURNAME) != 0)
    text = dup_written (key, WRITTEN_SURNAME);
  else
    text = dup_written (key, WRITTEN_FORENAMES);
  if (text == NULL)
    text = dup_written (key, WRITTEN_FORENAMES);
  if (text == NULL)
    text = dup_written (key, WRITTEN_SURNAME);
  return text;
}

static void
add_reason (GPtrArray              *reasons,
            ProbityPersonReasonCode code,
            double                  weight,
            char                   *text_a,
            char                   *text_b)
{
  ProbityPersonReason *reason = g_new0 (ProbityPersonReason, 1);

  reason->code = code;
  reason->weight = weight;
  reason->text_a = text_a;
  reason->text_b = text_b;
  g_ptr_array_add (reasons, reason);
}

static void
add_name_reason (GPtrArray              *reasons,
                 const NameFinding      *finding,
                 const ProbityPersonKey *a,
                 const ProbityPersonKey *b)
{
  if (finding->code != 0)
    add_reason (reasons, finding->code, finding->bits, dup_name_text (a, finding->a), dup_name_text (b, finding->b));
}

static char *
dup_full_name (const ProbityPersonKey *key)
{
  g_autofree char *forenames = dup_written (key, WRITTEN_FORENAMES), *surname = dup_written (key, WRITTEN_SURNAME);

  if (forenames == NULL || surname == NULL)
    return g_strdup (forenames != NULL ? forenames : surname);
  return g_strconcat (forenames, " ", surname, NULL);
}

void
probity_person_reason_free (ProbityPersonReason *reason)
{
  if (reason == NULL)
    return;
  g_free (reason->text_a);
  g_free (reason->text_b);
  g_free (reason);
}

/**
 * probity_person_dup_reasons:
 * @a: a key
 * @b: another
 *
 * Takes the comparison of @a and @b apart: what was compared, what it weighs in bits, and what each record says, in the order
 * staff number, surname, forename, date of birth, address, postcode. Any thread.
 *
 * Returns: (transfer full) (element-type ProbityPersonReason): the reasons
 */
GPtrArray *
probity_person_dup_reasons (const ProbityPersonKey *a,
                            const ProbityPersonKey *b)
{
  PersonFindings found;
  GPtrArray     *reasons;

  g_return_val_if_fail (a != NULL && b != NULL, NULL);

  reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_person_reason_free);
  probity_person_weigh (a, b, &found);
  if (found.staff_same)
    add_reason (reasons,
                PROBITY_PERSON_STAFF_NUMBER_SAME,
                10,
                g_strndup (key_text (a, a->staff_number), a->staff_length),
                g_strndup (key_text (b, b->staff_number), b->staff_length));
  if (found.exchanged)
    add_reason (reasons,
                PROBITY_PERSON_NAMES_EXCHANGED,
                found.surname.bits + found.forename.bits,
                dup_full_name (a),
                dup_full_name (b));
  else
    {
      add_name_reason (reasons, &found.surname, a, b);
      add_name_reason (reasons, &found.forename, a, b);
    }
  if (found.birth_code != 0)
    add_reason (reasons, found.birth_code, found.birth, dup_birth (a), dup_birth (b));
  if (found.address_code != 0)
    add_reason (reasons, found.address_code, found.address, NULL, NULL);
  if (found.postcode_code != 0)
    add_reason (reasons,
                found.postcode_code,
                found.postcode,
                g_strndup (a->postcode, sizeof a->postcode),
                g_strndup (b->postcode, sizeof b->postcode));
  if (found.generation < 0)
    add_reason (reasons, PROBITY_PERSON_GENERATION_DIFFERENT, found.generation, NULL, NULL);
  /* Told where it leaves doubt. */
  if (found.household < -1 && found.total < 6)
    add_reason (reasons, PROBITY_PERSON_HOUSEHOLD, found.household, NULL, NULL);
  return reasons;
}

/**
 * probity_person_explain:
 * @a: a key
 * @b: another
 *
 * Says in British English why @a and @b are or are not taken for one person, such as "surname alike (Marsh / Marsh-Poole), short
 * form of the forename (Aileen / Eileen), same date of birth". The wording is stable. Any thread.
 *
 * Returns: (transfer full): the reasons, separated by commas; empty when nothing could be compared
 */
char *
probity_person_explain (const ProbityPersonKey *a,
                        const ProbityPersonKey *b)
{
  g_autoptr (GPtrArray) reasons = NULL;
  GString *text;

  g_return_val_if_fail (a != NULL && b != NULL, NULL);

  reasons = probity_person_dup_reasons (a, b);
  text = g_string_new (NULL);
  for (guint i = 0; i < reasons->len; i++)
    {
      const ProbityPersonReason *reason = g_ptr_array_index (reasons, i);

      for (guint j = 0; j < G_N_ELEMENTS (wordings); j++)
        {
          if (wordings[j].code != reason->code)
            continue;
          if (text->len > 0)
            g_string_append (text, ", ");
          g_string_append (text, wordings[j].words);
          if (!wordings[j].with_texts || reason->text_a == NULL || reason->text_b == NULL)
            continue;
          if (strcmp (reason->text_a, reason->text_b) == 0)
            g_string_append_printf (text, " (%s)", reason->text_a);
          else
            g_string_append_printf (text, " (%s / %s)", reason->text_a, reason->text_b);
        }
    }
  return g_string_free (text, FALSE);
}
