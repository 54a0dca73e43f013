/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long it takes to hold one applicant against many people, and whether the right one is found: recall over applicants whose
 * names have one or two slips, beside a full scan that compares everybody, in the same run.
 *
 *     bench-person [PEOPLE]…        (100000 and 1000000 by default) */

#include "config.h"

#include "invented.h"
#include "probity-person-index.h"

#define N_FINDS 1000
#define N_SCANS 5

/* What the applicant's form gives: the name with slips, and the date of birth or not. */
static ProbityPersonKey *
make_query (GRand                *rand,
            const InventedPerson *person,
            guint                 slips,
            gboolean              with_birth)
{
  g_autofree char *forenames = NULL, *surname = NULL;

  invented_slips (rand, person, slips, &forenames, &surname);
  return probity_person_key_new (
      &(ProbityPersonFields) { .forenames = forenames, .surname = surname, .date_of_birth = with_birth ? person->birth : NULL });
}

static ProbityPersonKey *
make_key (const InventedPerson *person)
{
  return probity_person_key_new (&(ProbityPersonFields) { .forenames = person->forenames,
                                                          .surname = person->surname,
                                                          .date_of_birth = person->birth,
                                                          .address = person->address,
                                                          .postcode = person->postcode });
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static void
measure_finds (ProbityPersonIndex   *index,
               const InventedPerson *people,
               guint                 n_people,
               guint                 slips,
               gboolean              with_birth,
               double                threshold)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7 + slips);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint  found = 0;
  double sum = 0, hits_sum = 0;

  for (guint i = 0; i < N_FINDS; i++)
    {
      guint who = g_rand_int_range (rand, 0, n_people);
      g_autoptr (ProbityPersonKey) query = make_query (rand, &people[who], slips, with_birth);
      gint64 begun = g_get_monotonic_time (), taken;
      g_autoptr (GArray) hits = probity_person_index_find (index, query, threshold, 0);

      taken = g_get_monotonic_time () - begun;
      g_array_append_val (times, taken);
      sum += taken;
      hits_sum += hits->len;
      for (guint j = 0; j < hits->len; j++)
        if (g_array_index (hits, ProbityPersonIndexHit, j).id == who)
          {
            found++;
            break;
          }
    }
  g_array_sort (times, compare_times);
  g_print ("  find, %-28s %u slip%s, score >= %.2f: median %.2f ms, 95 %% %.2f ms, worst %.2f ms, recall %.4f, %.1f hits each\n",
           with_birth ? "name and date of birth," : "name alone,",
           slips,
           slips == 1 ? " " : "s",
           threshold,
           g_array_index (times, gint64, N_FINDS / 2) / 1e3,
           g_array_index (times, gint64, N_FINDS * 95 / 100) / 1e3,
           g_array_index (times, gint64, N_FINDS - 1) / 1e3,
           found / (double) N_FINDS,
           hits_sum / N_FINDS);
}

static void
measure_scan (const InventedPerson *people,
              guint                 n_people)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_person_key_free);
  guint  hits = 0;
  gint64 begun;

  for (guint i = 0; i < n_people; i++)
    g_ptr_array_add (keys, make_key (&people[i]));
  begun = g_get_monotonic_time ();
  for (guint i = 0; i < N_SCANS; i++)
    {
      g_autoptr (ProbityPersonKey) query = make_query (rand, &people[g_rand_int_range (rand, 0, n_people)], 1, TRUE);

      for (guint j = 0; j < n_people; j++)
        hits += probity_person_compare (query, g_ptr_array_index (keys, j)) >= PROBITY_PERSON_THRESHOLD;
    }
  g_print ("  full scan, everybody compared: %.1f ms (%u hits in %d scans)\n",
           (g_get_monotonic_time () - begun) / 1e3 / N_SCANS,
           hits,
           N_SCANS);
}

static void
measure (guint n_people)
{
  g_autoptr (ProbityPersonIndex) index = probity_person_index_new ();
  InventedPerson *people = invented_people_new (n_people);
  gint64          begun, made, frozen;
  gsize           size, keys_size;

  begun = g_get_monotonic_time ();
  for (guint i = 0; i < n_people; i++)
    probity_person_index_add (index, i, make_key (&people[i]));
  made = g_get_monotonic_time ();
  probity_person_index_freeze (index);
  frozen = g_get_monotonic_time ();
  size = probity_person_index_get_size (index, &keys_size);
  g_print ("%u people: keys %.2f s (%.0f bytes each), index %.2f s (%.0f bytes a person beside the key)\n",
           n_people,
           (made - begun) / 1e6,
           keys_size / (double) n_people,
           (frozen - made) / 1e6,
           size / (double) n_people);
  for (guint birth = 0; birth < 2; birth++)
    for (guint slips = 0; slips <= 2; slips++)
      measure_finds (index, people, n_people, slips, birth == 0, PROBITY_PERSON_THRESHOLD);
  measure_finds (index, people, n_people, 2, FALSE, 0.2);
  measure_scan (people, n_people);
  invented_people_free (people, n_people);
}

int
main (int   argc,
      char *argv[])
{
  if (argc < 2)
    {
      measure (100000);
      measure (1000000);
    }
  for (int i = 1; i < argc; i++)
    measure (MAX (1000, (guint) g_ascii_strtoull (argv[i], NULL, 10)));
  return 0;
}
