/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bench-people.h"

#include "measure.h"

static gboolean
fill_func (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  static const char *const surnames[] = { "Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Patel", "Wright", "Walker", "White", "Edwards", "Hughes", "Green", "Hall" };
  static const char *const forenames[] = { "Amelia", "George", "Isla", "Harry", "Ava", "Noah", "Mia", "Jack", "Ivy", "Leo", "Lily", "Oscar", "Aisha", "Mohammed", "Ruby", "Tomos" };
  guint                    n_people = GPOINTER_TO_UINT (data);
  ProbityDb               *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  guint                    state = 7;

  /* As an import does: words follow all at once. */
  if (db == NULL || !probity_db_run (db, error, "INSERT INTO words_hold (held, after) SELECT 'person', coalesce (max (id), 0) FROM person", NULL))
    return FALSE;

  for (guint i = 0; i < n_people; i++)
    {
      const char      *surname = surnames[measure_random (&state, G_N_ELEMENTS (surnames))];
      const char      *forename = forenames[measure_random (&state, G_N_ELEMENTS (forenames))];
      g_autofree char *uid = probity_write_new_uid (write);
      g_autofree char *number = g_strdup_printf ("%07u", i);
      g_autofree char *manager = g_strdup_printf ("%07u", measure_random (&state, 500));
      g_autofree char *unit = g_strdup_printf ("Unit %u", measure_random (&state, 60));
      g_autofree char *birth = g_strdup_printf ("%u-%02u-%02u", 1955 + measure_random (&state, 50), 1 + measure_random (&state, 12), 1 + measure_random (&state, 28));
      g_autofree char *address = g_strdup_printf ("%u %s Street, Derby", 1 + measure_random (&state, 300), surnames[measure_random (&state, G_N_ELEMENTS (surnames))]);
      g_autofree char *sort_name = g_strdup_printf ("%s%04u, %s", surname, measure_random (&state, 10000), forename);
      g_autofree char *search_text = g_ascii_strdown (sort_name, -1);

      if (!probity_db_run (db, error, "INSERT INTO person (uid, staff_number, forenames, surname, rank, unit, line_manager, employment_group,"
                                      " date_of_birth, address, postcode, status, sort_name, search_text, created, created_by)"
                                      " VALUES ($uid, $number, $forenames, $surname, 'constable', $unit, $manager, 'officer',"
                                      " $birth, $address, 'DE1 1AA', 'serving', $sort_name, $search_text, $now, 'nobody')",
                           "$uid",
                           's',
                           uid,
                           "$number",
                           's',
                           number,
                           "$forenames",
                           's',
                           forename,
                           "$surname",
                           's',
                           surname,
                           "$unit",
                           's',
                           unit,
                           "$manager",
                           's',
                           manager,
                           "$birth",
                           's',
                           birth,
                           "$address",
                           's',
                           address,
                           "$sort_name",
                           's',
                           sort_name,
                           "$search_text",
                           's',
                           search_text,
                           "$now",
                           's',
                           probity_write_get_now (write),
                           NULL))
        return FALSE;
    }

  return probity_db_run (db, error, "DELETE FROM words_hold WHERE held = 'person'", NULL);
}

void
bench_fill_people (ProbityCasebook *casebook,
                   guint            n_people)
{
  wait_for_success (probity_casebook_write (casebook, fill_func, GUINT_TO_POINTER (n_people), NULL));
}
