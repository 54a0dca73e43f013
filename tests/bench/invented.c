/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "invented.h"

#include <math.h>
#include <string.h>

#define N_SURNAMES 40000
#define N_FORENAMES 4000

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

static InventedPerson
make_person (GRand     *rand,
             GPtrArray *forenames,
             GPtrArray *surnames)
{
  InventedPerson person;
  const char    *first = g_ptr_array_index (forenames, draw_zipf (rand, N_FORENAMES));
  const char    *second = g_ptr_array_index (forenames, draw_zipf (rand, N_FORENAMES));
  const char    *street = g_ptr_array_index (surnames, g_rand_int_range (rand, 0, 5000));

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
clear_person (InventedPerson *person)
{
  g_free (person->forenames);
  g_free (person->surname);
  g_free (person->birth);
  g_free (person->address);
  g_free (person->postcode);
}

char *
invented_slip (GRand      *rand,
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

void
invented_slips (GRand                *rand,
                const InventedPerson *person,
                guint                 n_slips,
                char                **ret_forenames,
                char                **ret_surname)
{
  g_autofree char *forenames = g_strdup (person->forenames);
  g_autofree char *surname = g_strdup (person->surname);

  for (guint i = 0; i < n_slips; i++)
    {
      char **name = g_rand_boolean (rand) ? &forenames : &surname;
      char  *slipped = invented_slip (rand, *name);

      g_free (*name);
      *name = slipped;
    }
  *ret_forenames = g_steal_pointer (&forenames);
  *ret_surname = g_steal_pointer (&surname);
}

InventedPerson *
invented_people_new (guint n_people)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) surnames = make_words (rand, N_SURNAMES, TRUE);
  g_autoptr (GPtrArray) forenames = make_words (rand, N_FORENAMES, FALSE);
  InventedPerson *people = g_new (InventedPerson, n_people);

  for (guint i = 0; i < n_people; i++)
    people[i] = make_person (rand, forenames, surnames);

  return people;
}

void
invented_people_free (InventedPerson *people,
                      guint           n_people)
{
  for (guint i = 0; i < n_people; i++)
    clear_person (&people[i]);
  g_free (people);
}
