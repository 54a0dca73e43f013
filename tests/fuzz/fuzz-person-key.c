/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-person-index.h"

#include <stdint.h>
#include <string.h>

/* Whatever stands in a record or a file, a key can be made of it, compared with itself and another, explained and looked for. The
 * input is eight fields separated by newlines. */

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) fields = g_strsplit (text, "\n", 8);
  guint n = g_strv_length (fields);
  g_autoptr (ProbityPersonKey) key = probity_person_key_new (&(ProbityPersonFields) {
      .forenames = n > 0 ? fields[0] : NULL,
      .surname = n > 1 ? fields[1] : NULL,
      .known_as = n > 2 ? fields[2] : NULL,
      .former_names = n > 3 ? fields[3] : NULL,
      .date_of_birth = n > 4 ? fields[4] : NULL,
      .address = n > 5 ? fields[5] : NULL,
      .postcode = n > 6 ? fields[6] : NULL,
      .staff_number = n > 7 ? fields[7] : NULL,
  });
  g_autoptr (ProbityPersonKey) other = probity_person_key_new (
      &(ProbityPersonFields) { .forenames = "Aileen Jane", .surname = "Marsh-Poole", .address = "4 Mill Lane, Derby" });
  g_autoptr (ProbityPersonIndex) index = probity_person_index_new ();
  g_autoptr (GArray) hits = NULL;
  g_autoptr (GArray) by_words = NULL;
  g_autofree char *why = NULL, *answers = NULL;
  double           score = probity_person_compare (key, key), across = probity_person_compare (key, other);

  g_assert (score >= 0 && score <= 1 && across >= 0 && across <= 1);
  g_assert (ABS (across - probity_person_compare (other, key)) < 1e-6);
  why = probity_person_explain (key, other);
  g_assert (g_utf8_validate (why, -1, NULL));
  probity_person_index_add (index, 1, probity_person_key_copy (key));
  probity_person_index_add (index, 2, g_steal_pointer (&other));
  probity_person_index_freeze (index);
  hits = probity_person_index_find (index, key, 0, 0);
  by_words = probity_person_index_find_words (index, text, 0, 0, NULL);
  answers = probity_person_index_explain_words (index, text, 1);
  g_assert (g_utf8_validate (answers, -1, NULL));
  return 0;
}
