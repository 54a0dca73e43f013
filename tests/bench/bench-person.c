/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long it takes to hold one applicant against many people, and whether the right one is found: recall over applicants whose
 * names have one or two slips, beside a full scan that compares everybody, in the same run.
 *
 *     bench-person [PEOPLE]…        (100000 and 1000000 by default)
 *
 * Frequencies of names follow Zipf's law, as in life: the commonest of 40,000 surnames has about one bearer in 90. */

#include "probity-person-index.h"

#include <math.h>
#include <string.h>

#define N_SURNAMES 40000
#define N_FORENAMES 4000
#define N_FINDS 1000
#define N_SCANS 5

typedef struct
{
  char *forenames;
  char *surname;
  char *birth;
  char *address;
  char *postcode;
} Person;

static const char *const heads[] = { "b", "br", "c", "cl", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "th", "w", "wh", "j" };
static const char *const vowels[] = { "a", "e", "i", "o", "u", "ea", "ee", "oo", "ai", "ou" };
static const char *const tails[] = { "n", "r", "s", "l", "ck", "ll", "m", "nd", "rt", "tt", "x", "ng", "rd", "st", "" };
static const char *const endings[] = { "", "", "ton", "ley", "ham", "son", "er", "field", "by", "man", "well", "ford", "worth" };

static char *
make_word (GRand   *rand,
           gboolean surname)
{
  GString *word = g_string_new (NULL);
  int      n = surname ? g_rand_int_range (rand, 1, 3) : g_rand_int_range (rand, 2, 4);

  for (int i = 0; i < n; i++)
    {
      g_string_append (word, heads[g_rand_int_range (rand, 0, G_N_ELEMENTS (heads))]);
      g_string_append (word, vowels[g_rand_int_range (rand, 0, G_N_ELEMENTS (vowels))]);
      if (i == n - 1 || g_rand_boolean (rand))
        g_string_append (word, tails[g_rand_int_range (rand, 0, G_N_ELEMENTS (tails))]);
    }
  if (surname)
    g_string_append (word, endings[g_rand_int_range (rand, 0, G_N_ELEMENTS (endings))]);
  if (word->len < 4)
    g_string_append (word, "ard");
  return g_string_free (word, FALSE);
}

static GPtrArray *
make_words (GRand   *rand,
            guint    n,
            gboolean surname)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  while (words->len < n)
    g_ptr_array_add (words, make_word (rand, surname));
  return words;
}

/* A number below n, small ones far more often: Zipf's law by the inverse of its continuous kin. */
static guint
draw_zipf (GRand *rand,
           guint  n)
{
  return MIN ((guint) (exp (g_rand_double (rand) * log (n + 1)) - 1), n - 1);
}

static Person
make_person (GRand     *rand,
             GPtrArray *forenames,
             GPtrArray *surnames)
{
  Person      person;
  const char *first = g_ptr_array_index (forenames, draw_zipf (rand, N_FORENAMES));
  const char *second = g_ptr_array_index (forenames, draw_zipf (rand, N_FORENAMES));
  const char *street = g_ptr_array_index (surnames, g_rand_int_range (rand, 0, 5000));

  person.forenames = g_rand_boolean (rand) ? g_strconcat (first, " ", second, NULL) : g_strdup (first);
  person.surname = g_strdup (g_ptr_array_index (surnames, draw_zipf (rand, N_SURNAMES)));
  person.birth = g_strdup_printf ("%d-%02d-%02d",
                                  g_rand_int_range (rand, 1955, 2006),
                                  g_rand_int_range (rand, 1, 13),
                                  g_rand_int_range (rand, 1, 29));
  person.address = g_strdup_printf ("%d %s Road, Town%d", g_rand_int_range (rand, 1, 200), street, g_rand_int_range (rand, 1, 300));
  person.postcode = g_strdup_printf ("DE%d %dAB", g_rand_int_range (rand, 1, 99), g_rand_int_range (rand, 1, 10));
  return person;
}

static void
clear_person (Person *person)
{
  g_free (person->forenames);
  g_free (person->surname);
  g_free (person->birth);
  g_free (person->address);
  g_free (person->postcode);
}

static char *
add_slip (GRand      *rand,
          const char *word)
{
  gsize    length = strlen (word), at = g_rand_int_range (rand, 0, length);
  GString *slipped = g_string_new (word);

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      g_string_erase (slipped, at, 1);
      break;
    case 1:
      g_string_insert_c (slipped, at, 'a' + g_rand_int_range (rand, 0, 26));
      break;
    case 2:
      slipped->str[at] = 'a' + g_rand_int_range (rand, 0, 26);
      break;
    default:
      if (at + 1 < length && word[at + 1] != ' ' && word[at] != ' ')
        {
          slipped->str[at] = word[at + 1];
          slipped->str[at + 1] = word[at];
        }
      break;
    }
  return g_string_free (slipped, FALSE);
}

/* What the applicant's form gives: the name with slips, and the date of birth or not. */
static ProbityPersonKey *
make_query (GRand        *rand,
            const Person *person,
            guint         slips,
            gboolean      with_birth)
{
  g_autofree char *forenames = g_strdup (person->forenames), *surname = g_strdup (person->surname);

  for (guint i = 0; i < slips; i++)
    {
      char **name = g_rand_boolean (rand) ? &forenames : &surname;
      char  *slipped = add_slip (rand, *name);

      g_free (*name);
      *name = slipped;
    }
  return probity_person_key_new (
      &(ProbityPersonFields) { .forenames = forenames, .surname = surname, .date_of_birth = with_birth ? person->birth : NULL });
}

static ProbityPersonKey *
make_key (const Person *person)
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
measure_finds (ProbityPersonIndex *index,
               const Person       *people,
               guint               n_people,
               guint               slips,
               gboolean            with_birth,
               double              threshold)
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
measure_scan (const Person *people,
              guint         n_people)
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
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) surnames = make_words (rand, N_SURNAMES, TRUE);
  g_autoptr (GPtrArray) forenames = make_words (rand, N_FORENAMES, FALSE);
  g_autoptr (ProbityPersonIndex) index = probity_person_index_new ();
  g_autofree Person *people = g_new (Person, n_people);
  gint64             begun, made, frozen;
  gsize              size, keys_size;

  for (guint i = 0; i < n_people; i++)
    people[i] = make_person (rand, forenames, surnames);
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
  for (guint i = 0; i < n_people; i++)
    clear_person (&people[i]);
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
