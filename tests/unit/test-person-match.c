/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "person-truth.h"

#include "probity-name.h"

#include <string.h>

/* Person comparison finds the same person in spite of spelling, order, initials, nicknames, former names, exchanged fields and
 * missing values, and explains its score. */

typedef struct
{
  const char         *why;
  ProbityPersonFields a;
  ProbityPersonFields b;
} Pair;

static const Pair same[] = {
  { "a full name is enough", { .forenames = "Aileen", .surname = "Marsh" }, { .forenames = "Aileen", .surname = "Marsh" } },
  { "so is the commonest", { .forenames = "John", .surname = "Smith" }, { .forenames = "John", .surname = "Smith" } },
  { "one slip", { .forenames = "Jonh", .surname = "Smith" }, { .forenames = "John", .surname = "Smith", .postcode = "DE1 1AA" } },
  { "nickname",
    { .forenames = "Peggy", .surname = "Prosser", .date_of_birth = "1964-02-03" },
    { .forenames = "Margaret", .surname = "Prosser", .date_of_birth = "1964-02-03" } },
  { "initials",
    { .forenames = "A. J.", .surname = "Marsh", .date_of_birth = "1964-02-03" },
    { .forenames = "Aileen Jane", .surname = "Marsh", .date_of_birth = "1964-02-03" } },
  { "initials run together",
    { .forenames = "AJ", .surname = "Marsh", .date_of_birth = "1964-02-03" },
    { .forenames = "Aileen Jane", .surname = "Marsh", .date_of_birth = "1964-02-03" } },
  { "former name",
    { .forenames = "Aileen", .surname = "Poole", .former_names = "Aileen Marsh", .date_of_birth = "1964-02-03" },
    { .forenames = "Aileen", .surname = "Marsh", .date_of_birth = "1964-02-03" } },
  { "hyphenation",
    { .forenames = "Aileen", .surname = "Marsh-Poole", .date_of_birth = "1964-02-03" },
    { .forenames = "Aileen", .surname = "Marsh", .date_of_birth = "1964-02-03" } },
  { "transliteration",
    { .forenames = "Mohammed", .surname = "Hussain", .date_of_birth = "1980-12-01" },
    { .forenames = "Muhammad", .surname = "Hussein", .date_of_birth = "1980-12-01" } },
  { "accents and apostrophes",
    { .forenames = "Siobhán", .surname = "O’Brien", .date_of_birth = "1980-12-01" },
    { .forenames = "SIOBHAN", .surname = "O BRIEN", .date_of_birth = "1980-12-01" } },
  { "Cyrillic",
    { .forenames = "Дмитрий", .surname = "Соколов", .date_of_birth = "1980-12-01" },
    { .forenames = "Dmitri", .surname = "Sokolov", .date_of_birth = "1980-12-01" } },
  { "exchanged names",
    { .forenames = "Llewellyn", .surname = "Rhys", .date_of_birth = "1980-12-01" },
    { .forenames = "Rhys", .surname = "Llewellyn", .date_of_birth = "1980-12-01" } },
  { "the whole name in one field",
    { .forenames = "Marsh, Aileen", .date_of_birth = "1980-12-01" },
    { .forenames = "Aileen", .surname = "Marsh", .date_of_birth = "1980-12-01" } },
  { "day and month exchanged",
    { .forenames = "Aileen", .surname = "Marsh", .date_of_birth = "1980-12-01" },
    { .forenames = "Aileen", .surname = "Marsh", .date_of_birth = "1980-01-12" } },
  { "dates as written",
    { .forenames = "A", .surname = "Marsh", .date_of_birth = "1 December 1980" },
    { .forenames = "Aileen", .surname = "Marsh", .date_of_birth = "19801201" } },
  { "a title is no name",
    { .forenames = "PC", .surname = "Entwistle", .date_of_birth = "1980-12-01", .address = "4 Mill Lane, Derby" },
    { .forenames = "Huw", .surname = "Entwistle", .date_of_birth = "1980-12-01", .address = "4 Mill Lane, Derby" } },
  { "no surname, no date, address in another order",
    { .forenames = "Isolde", .address = "17 Whinney Close, Durham", .postcode = "DH1 4QQ" },
    { .forenames = "Isolde", .surname = "Marsh", .address = "Durham, Whinney Cl. 17", .postcode = "dh14qq" } },
  { "a staff number decides",
    { .surname = "Marsh", .staff_number = "pc 4127" },
    { .forenames = "Aileen", .surname = "Poole", .staff_number = "PC4127" } },
};

static const Pair different[] = {
  { "a common name with another date of birth",
    { .forenames = "John", .surname = "Smith", .date_of_birth = "1980-12-01" },
    { .forenames = "John", .surname = "Smith", .date_of_birth = "1964-05-20" } },
  { "even a rare one",
    { .forenames = "Isolde", .surname = "Micklethwaite", .date_of_birth = "1980-12-01" },
    { .forenames = "Isolde", .surname = "Micklethwaite", .date_of_birth = "1964-05-23" } },
  { "brothers",
    { .forenames = "Huw", .surname = "Pugh", .date_of_birth = "1980-12-01", .address = "4 Mill Lane, Derby", .postcode = "DE1 1AA" },
    { .forenames = "Rhys", .surname = "Pugh", .date_of_birth = "1983-07-09", .address = "4 Mill Lane, Derby", .postcode = "DE1 1AA" } },
  { "father and son",
    { .forenames = "Huw", .surname = "Pugh", .date_of_birth = "1980-12-01", .address = "4 Mill Lane, Derby", .postcode = "DE1 1AA" },
    { .forenames = "Huw", .surname = "Pugh", .date_of_birth = "1953-07-09", .address = "4 Mill Lane, Derby", .postcode = "DE1 1AA" } },
  { "twins",
    { .forenames = "Huw", .surname = "Pugh", .date_of_birth = "1980-12-01", .address = "4 Mill Lane, Derby", .postcode = "DE1 1AA" },
    { .forenames = "Carys", .surname = "Pugh", .date_of_birth = "1980-12-01", .address = "4 Mill Lane, Derby", .postcode = "DE1 1AA" } },
  { "strangers born on one day",
    { .forenames = "Huw", .surname = "Pugh", .date_of_birth = "1980-12-01" },
    { .forenames = "Alan", .surname = "Entwistle", .date_of_birth = "1980-12-01" } },
  { "a date of birth alone", { .date_of_birth = "1980-12-01" }, { .forenames = "Alan", .date_of_birth = "1980-12-01" } },
  { "a surname alone", { .surname = "Entwistle" }, { .forenames = "Alan", .surname = "Entwistle" } },
  { "neighbours of one common name",
    { .forenames = "Ngozi", .surname = "Smith", .date_of_birth = "1998-06-16", .address = "249 Nottingham Court, Chester-le-Street" },
    { .forenames = "Ngozi", .surname = "Smith", .date_of_birth = "1995-03-09", .address = "26 Church Gardens, Chester-le-Street" } },
  { "nothing to compare", { .forenames = "Alan" }, { .surname = "Smith" } },
};

static double
compare (const Pair *pair,
         gboolean    turned)
{
  g_autoptr (ProbityPersonKey) a = probity_person_key_new (&pair->a);
  g_autoptr (ProbityPersonKey) b = probity_person_key_new (&pair->b);

  return turned ? probity_person_compare (b, a) : probity_person_compare (a, b);
}

static void
test_same (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      double score = compare (&same[i], FALSE);

      g_test_message ("%s: %.4f", same[i].why, score);
      g_assert_cmpfloat (score, >=, PROBITY_PERSON_THRESHOLD);
      g_assert_cmpfloat_with_epsilon (score, compare (&same[i], TRUE), 1e-9);
    }
}

static void
test_different (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (different); i++)
    {
      double score = compare (&different[i], FALSE);

      g_test_message ("%s: %.4f", different[i].why, score);
      g_assert_cmpfloat (score, <, PROBITY_PERSON_THRESHOLD);
      g_assert_cmpfloat_with_epsilon (score, compare (&different[i], TRUE), 1e-9);
    }
}

static void
test_explain (void)
{
  g_autoptr (ProbityPersonKey) a = probity_person_key_new (
      &(ProbityPersonFields) { .forenames = "Aileen", .surname = "Marsh", .date_of_birth = "01/12/1980", .postcode = "de1 1aa" });
  g_autoptr (ProbityPersonKey) b = probity_person_key_new (
      &(ProbityPersonFields) { .forenames = "Eileen", .surname = "Marsh-Poole", .date_of_birth = "1980-12-01", .postcode = "DE1 1AA" });
  g_autofree char *why = probity_person_explain (a, b);
  g_autoptr (GPtrArray) reasons = probity_person_dup_reasons (a, b);
  const ProbityPersonReason *first = g_ptr_array_index (reasons, 0);

  g_assert_cmpstr (why,
                   ==,
                   "surname alike in part (Marsh / Marsh-Poole), forename spelled otherwise (Aileen / Eileen), same date of birth, "
                   "same postcode");
  g_assert_cmpint (first->code, ==, PROBITY_PERSON_SURNAME_PART);
  g_assert_cmpfloat (first->weight, >, 0);
  g_assert_cmpstr (first->text_a, ==, "Marsh");
  g_assert_cmpstr (first->text_b, ==, "Marsh-Poole");
}

static void
test_fold (void)
{
  char folded[64];

  probity_name_fold ("  Ó Dónaill-SZCZĘSNY,  Đorđe ", folded, sizeof folded);
  g_assert_cmpstr (folded, ==, "o donaill szczesny , dorde");
  probity_name_fold ("O’Brien Straße", folded, sizeof folded);
  g_assert_cmpstr (folded, ==, "obrien strasse");
  /* Never past the room there is, nor within a letter. */
  g_assert_cmpuint (probity_name_fold ("abcdefgh", folded, 5), ==, 4);
  g_assert_cmpuint (probity_name_fold ("\xff\xfe", folded, sizeof folded), ==, 0);
}

static void
test_distance (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    guint       slips;
  } cases[] = {
    { "marsh", "marsh", 0 }, { "marsh", "mrash", 1 }, { "marsh", "mash", 1 }, { "marsh", "marshe", 1 }, { "marsh", "march", 1 }, { "", "abc", 3 }, { "kitten", "sitting", 3 }, { "ca", "abc", 3 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpuint (probity_name_distance (cases[i].a, strlen (cases[i].a), cases[i].b, strlen (cases[i].b)), ==, cases[i].slips);
      g_assert_cmpuint (probity_name_distance (cases[i].b, strlen (cases[i].b), cases[i].a, strlen (cases[i].a)), ==, cases[i].slips);
    }
}

static ProbityPersonIndex *
make_index (void)
{
  static const ProbityPersonFields people[] = {
    { .forenames = "Aileen Jane", .surname = "Marsh", .staff_number = "4127", .date_of_birth = "1980-12-01", .postcode = "DE1 1AA" },
    { .forenames = "Eileen", .surname = "Marsh", .staff_number = "4128", .date_of_birth = "1971-03-09" },
    { .forenames = "John", .surname = "Smith", .staff_number = "4129", .known_as = "Jack" },
    { .forenames = "Margaret", .surname = "O'Brien", .former_names = "Margaret Poole", .staff_number = "C55" },
    { .forenames = "Marsha", .surname = "Quirke", .staff_number = "4130" },
  };
  ProbityPersonIndex *index = probity_person_index_new ();

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    probity_person_index_add (index, 100 + i, probity_person_key_new (&people[i]));
  probity_person_index_freeze (index);
  return index;
}

/* Numbers of people come in any order; why somebody is a hit is told of the right one. */
static void
test_index_of_any_ids (void)
{
  static const gint64      ids[] = { 70, 9, 300, 12 };
  static const char *const surnames[] = { "Marsh", "Okafor", "Brannigan", "Featherstone" };
  g_autoptr (ProbityPersonIndex) index = probity_person_index_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    probity_person_index_add (index, ids[i], probity_person_key_new (&(ProbityPersonFields) { .forenames = "Aileen", .surname = surnames[i] }));
  probity_person_index_freeze (index);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *why = probity_person_index_explain_words (index, surnames[i], ids[i]);
      g_autofree char *expected = g_strdup_printf ("same name (%s)", surnames[i]);

      g_assert_cmpstr (why, ==, expected);
    }
  g_assert_null (probity_person_index_explain_words (index, "Marsh", 71));
}

/* Nobody is compared for a question that is asked no more. */
static void
test_index_is_cancelled (void)
{
  g_autoptr (ProbityPersonIndex) index = probity_person_index_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) none = NULL;

  for (guint i = 0; i < 300; i++)
    probity_person_index_add (index, i, probity_person_key_new (&(ProbityPersonFields) { .forenames = "Aileen", .surname = "Marsh" }));
  probity_person_index_freeze (index);

  all = probity_person_index_find_words (index, "Marsh", PROBITY_PERSON_THRESHOLD, 0, cancellable);
  g_assert_cmpuint (all->len, ==, 300);
  g_cancellable_cancel (cancellable);
  none = probity_person_index_find_words (index, "Marsh", PROBITY_PERSON_THRESHOLD, 0, cancellable);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Where a slip took the blank between two forenames, they are found as one word; two slips in five letters are told from another name. */
static void
test_index_finds_joined_and_short (void)
{
  g_autoptr (ProbityPersonIndex) index = probity_person_index_new ();
  g_autoptr (ProbityPersonKey) joined = probity_person_key_new (&(ProbityPersonFields) { .forenames = "Jogroundpound Dendcoutt", .surname = "Marsh" });
  g_autoptr (ProbityPersonKey) slips = probity_person_key_new (&(ProbityPersonFields) { .forenames = "Salourttheett", .surname = "Poote" });
  g_autoptr (GArray) found = NULL;

  for (guint i = 0; i < 4000; i++)
    {
      g_autofree char *forename = g_strdup_printf ("Zq%c%c%cx Dendcoutt", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676 % 26);

      probity_person_index_add (index, i, probity_person_key_new (&(ProbityPersonFields) { .forenames = forename, .surname = "Marsh" }));
    }
  probity_person_index_add (index, 9001, probity_person_key_new (&(ProbityPersonFields) { .forenames = "Jogroundpoundgendcoutt", .surname = "Marsh" }));
  probity_person_index_add (index, 9002, probity_person_key_new (&(ProbityPersonFields) { .forenames = "Salourttheett", .surname = "Oprte" }));
  probity_person_index_freeze (index);

  /* The others share one name more with the question, and are more than are compared. */
  found = probity_person_index_find (index, joined, PROBITY_PERSON_THRESHOLD, 1);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (g_array_index (found, ProbityPersonIndexHit, 0).id, ==, 9001);
  g_array_unref (found);
  found = probity_person_index_find (index, slips, PROBITY_PERSON_THRESHOLD, 0);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (g_array_index (found, ProbityPersonIndexHit, 0).id, ==, 9002);
}

static void
test_index (void)
{
  g_autoptr (ProbityPersonIndex) index = make_index ();
  g_autoptr (ProbityPersonKey) key = probity_person_key_new (&(ProbityPersonFields) { .forenames = "Aileen", .surname = "Marsh" });
  g_autoptr (ProbityPersonKey) number = probity_person_key_new (&(ProbityPersonFields) { .staff_number = "c55" });
  g_autoptr (GArray) hits = probity_person_index_find (index, key, PROBITY_PERSON_THRESHOLD, 0);
  g_autoptr (GArray) one = probity_person_index_find (index, key, PROBITY_PERSON_THRESHOLD, 1);
  g_autoptr (GArray) bearer = probity_person_index_find (index, number, PROBITY_PERSON_THRESHOLD, 0);
  g_autofree char *why = probity_person_index_explain (index, key, 100);

  g_assert_cmpuint (hits->len, ==, 2);
  g_assert_cmpint (g_array_index (hits, ProbityPersonIndexHit, 0).id, ==, 100);
  g_assert_cmpint (g_array_index (hits, ProbityPersonIndexHit, 1).id, ==, 101);
  g_assert_cmpfloat (g_array_index (hits, ProbityPersonIndexHit, 0).score, >, g_array_index (hits, ProbityPersonIndexHit, 1).score);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (bearer->len, ==, 1);
  g_assert_cmpint (g_array_index (bearer, ProbityPersonIndexHit, 0).id, ==, 103);
  g_assert_cmpstr (why, ==, "same surname (Marsh), same forename (Aileen / Aileen Jane)");
}

static void
test_words (void)
{
  static const struct
  {
    const char *words;
    gint64      first; /* 0 for nobody */
  } cases[] = {
    { "Aileen Marsh", 100 }, { "marsh aileen", 100 }, { "Marsh, Aileen", 100 }, { "marsh 4127", 100 }, { "4129", 102 }, { "j smith", 102 }, { "jack smith", 102 }, { "aileen mrash", 100 }, { "de1 1aa", 100 }, { "peggy poole", 103 }, { "o'brien", 103 }, { "c55", 103 }, { "1.12.1980", 100 }, { "aileen smith", 0 }, { "", 0 }, { "zzz", 0 }
  };
  g_autoptr (ProbityPersonIndex) index = make_index ();
  g_autofree char *why = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) hits = probity_person_index_find_words (index, cases[i].words, PROBITY_PERSON_THRESHOLD, 0, NULL);

      g_test_message ("%s: %u", cases[i].words, hits->len);
      if (cases[i].first == 0)
        g_assert_cmpuint (hits->len, ==, 0);
      else
        {
          g_assert_cmpuint (hits->len, >, 0);
          g_assert_cmpint (g_array_index (hits, ProbityPersonIndexHit, 0).id, ==, cases[i].first);
        }
    }
  why = probity_person_index_explain_words (index, "Marsh 4127 a De1 1aa", 100);
  g_assert_cmpstr (why, ==, "same name (Marsh), same staff number (4127), same initial (a), same postcode (De1 1aa)");
}

static void
check_truth (const char *path,
             double      floor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = truth_load (path, &error);
  TruthResult result;

  g_assert_no_error (error);
  truth_measure (rows, PROBITY_PERSON_THRESHOLD, FALSE, &result);
  g_test_message ("%s: precision %.4f, recall %.4f, F1 %.4f, %u wrong, %u missed",
                  path,
                  result.precision,
                  result.recall,
                  result.f1,
                  result.wrong,
                  result.missed);
  g_assert_cmpfloat (result.f1, >, floor);
  /* Few pairs are lost because nobody looked at them. */
  g_assert_cmpuint (result.not_compared * 500, <=, result.right);
}

static void
test_uk_names (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "people-uk.csv", NULL);

  check_truth (path, 0.98);
}

static void
test_febrl (gconstpointer data)
{
  const char      *shared = g_getenv ("PROBITY_SHARED");
  g_autofree char *beside = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", NULL);
  g_autofree char *path = g_build_filename (shared != NULL ? shared : beside, "data", "febrl", data, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the FEBRL data sets are not here");
      return;
    }
  check_truth (path, 0.98);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/person-match/fold", test_fold);
  g_test_add_func ("/person-match/distance", test_distance);
  g_test_add_func ("/person-match/same", test_same);
  g_test_add_func ("/person-match/different", test_different);
  g_test_add_func ("/person-match/explain", test_explain);
  g_test_add_func ("/person-match/index", test_index);
  g_test_add_func ("/person-match/index of any ids", test_index_of_any_ids);
  g_test_add_func ("/person-match/index is cancelled", test_index_is_cancelled);
  g_test_add_func ("/person-match/index finds joined and short names", test_index_finds_joined_and_short);
  g_test_add_func ("/person-match/words", test_words);
  g_test_add_func ("/person-match/uk-names", test_uk_names);
  g_test_add_data_func ("/person-match/febrl-1", "dataset1.csv", test_febrl);
  g_test_add_data_func ("/person-match/febrl-2", "dataset2.csv", test_febrl);
  g_test_add_data_func ("/person-match/febrl-3", "dataset3.csv", test_febrl);
  return g_test_run ();
}
