/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>

#include "bench-force.h"
#include "invented.h"
#include "measure.h"
#include "probity-check.h"
#include "probity-live-index.h"
#include "probity-subject-search.h"

/*
 * P8: one applicant against 100,000 people (or PROBITY_PEOPLE), as many complaints and reports together, and their texts,
 * all encrypted: as the checks do it, against LIKE '%surname%' over the same columns.
 *
 * Every complaint and report is about somebody of the staff, whose number is not recorded and whose name
 * is written with one or two slips, half of them with the date of birth. What each way finds of the
 * records about an applicant is told beside its time.
 *
 *     PROBITY_DATADIR=data PROBITY_PEOPLE=1000000 build/tests/bench/bench-find
 *
 * PROBITY_CASEBOOK=FOLDER: a folder in which the casebook is left for the next run of as many people.
 */

#define N_APPLICANTS 20
#define N_RECALL 400
#define N_CHECKS 10

typedef struct
{
  Force          *force;
  InventedPerson *people;
  guint           n_people;
  guint           n_records; /* of each of the two kinds */
  guint          *about;     /* person of each complaint, then of each report */
  guint           first;     /* applicant of a block */
  guint           n_applicants;
  guint           n_rows;        /* found, so that nothing is optimised away */
  guint           n_expected[2]; /* without and with a date of birth */
  guint           n_found[2];
  guint           n_staff; /* applicants found among the staff under a name with slips */
  gboolean        by_like;
  gboolean        judge;
} Bench;

static const char *const employers[] = { "Peak Cycle Hire", "Calder Kennels", "Derwent Driving School", "Matlock Music Tuition", "Amber Valley Removals", "Dale Security" };
static const char *const texts[] = {
  "was seen working behind the bar on a Friday evening while off duty and gave the name of the force to a customer",
  "is said to spend more than the salary allows and to owe money to a person known to the unit",
  "spoke to the complainant without courtesy at a traffic stop and did not give a collar number when asked",
  "looked up a vehicle for no policing purpose that is recorded, and later met its keeper",
};

/* --- the casebook --- */

static gboolean
has_birth (guint record)
{
  return record % 2 == 0;
}

static gboolean
fill_people (Bench     *bench,
             ProbityDb *db,
             GError   **error)
{
  for (guint i = 0; i < bench->n_people; i++)
    {
      const InventedPerson *person = &bench->people[i];
      g_autofree char      *uid = g_strdup_printf ("person-%u", i);
      g_autofree char      *number = g_strdup_printf ("P%06u", i);
      g_autofree char      *name = g_strdup_printf ("%s %s", person->surname, person->forenames);
      g_autofree char      *all = g_strdup_printf ("%s %s %s", number, person->forenames, person->surname);

      if (!probity_db_run (db, error, "INSERT INTO person (uid, staff_number, forenames, surname, rank, unit, employment_group, date_of_birth,"
                                      " address, postcode, status, sort_name, search_text, created, created_by) VALUES ($uid, $number, $forenames,"
                                      " $surname, 'constable', 'Derby', 'officer', $birth, $address, $postcode, 'serving', $sort_name,"
                                      " $search_text, '2026-03-02T09:00:00.000Z', 'nobody')",
                           "$uid",
                           's',
                           uid,
                           "$number",
                           's',
                           number,
                           "$forenames",
                           's',
                           person->forenames,
                           "$surname",
                           's',
                           person->surname,
                           "$birth",
                           's',
                           person->birth,
                           "$address",
                           's',
                           person->address,
                           "$postcode",
                           's',
                           person->postcode,
                           "$sort_name",
                           's',
                           name,
                           "$search_text",
                           's',
                           all,
                           NULL))
        return FALSE;
    }

  return TRUE;
}

static gboolean
fill_records (Bench     *bench,
              ProbityDb *db,
              gboolean   complaints,
              GError   **error)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (complaints ? 11 : 12);

  for (guint i = 0; i < bench->n_records; i++)
    {
      guint            who = g_rand_int_range (rand, 0, bench->n_people);
      g_autofree char *forenames = NULL;
      g_autofree char *surname = NULL;
      g_autofree char *name = NULL;
      g_autofree char *uid = g_strdup_printf ("record-%u", i);
      g_autofree char *reference = g_strdup_printf ("R/%06u", i);
      g_autofree char *text = NULL;
      g_autofree char *all = NULL;

      bench->about[complaints ? i : bench->n_records + i] = who;
      invented_slips (rand, &bench->people[who], 1 + i / 2 % 2, &forenames, &surname);
      name = g_strdup_printf ("%s %s", forenames, surname);
      text = g_strdup_printf ("%s %s; %s of %s", name, texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))], bench->people[g_rand_int_range (rand, 0, bench->n_people)].surname, employers[g_rand_int_range (rand, 0, G_N_ELEMENTS (employers))]);
      all = g_strdup_printf ("%s %s", reference, text);
      /* Who it is about has to be known again of a casebook that an earlier run made. */
      if (db == NULL)
        continue;
      if (!probity_db_run (db, error, complaints ? "INSERT INTO complaint (uid, reference, received, allegation, subjects, search_text, created, created_by, changed)"
                                                   " VALUES ($uid, $reference, '2025-06-01', $text, $name, $all, '2026-03-02T09:00:00.000Z', 'nobody', '2026-03-02T09:00:00.000Z')"
                                                 : "INSERT INTO intelligence_report (uid, reference, date, source_evaluation, information_assessment, handling_code,"
                                                   " sanitised_text, author, subjects, search_text, created, created_by, changed)"
                                                   " VALUES ($uid, $reference, '2025-06-01', '1', 'A', 'P', $text, 'nobody', $name, $all, '2026-03-02T09:00:00.000Z', 'nobody', '2026-03-02T09:00:00.000Z')",
                           "$uid",
                           's',
                           uid,
                           "$reference",
                           's',
                           reference,
                           "$text",
                           's',
                           text,
                           "$name",
                           's',
                           name,
                           "$all",
                           's',
                           all,
                           NULL) ||
          !probity_db_run (db, error, complaints ? "INSERT INTO complaint_subject (complaint_id, position, name, date_of_birth) VALUES (last_insert_rowid (), 0, $name, $birth)" : "INSERT INTO report_subject (report_id, position, name, date_of_birth) VALUES (last_insert_rowid (), 0, $name, $birth)", "$name", 's', name, "$birth", 's', has_birth (i) ? bench->people[who].birth : NULL, NULL))
        return FALSE;
    }

  return TRUE;
}

/* In bulk, past the commands and the log. */
/* As an import does: words follow all at once. */
static gboolean
hold_words (ProbityDb  *db,
            const char *table,
            GError    **error)
{
  return probity_db_run (db, error, "INSERT INTO words_hold (held, after) VALUES ($table, 0)", "$table", 's', table, NULL);
}

static gboolean
release_words (ProbityDb *db,
               GError   **error)
{
  return probity_db_run (db, error, "DELETE FROM words_hold", NULL);
}

static gboolean
fill_func (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  Bench     *bench = data;
  ProbityDb *intelligence = probity_write_get_db (write, PROBITY_COMPARTMENT_INTELLIGENCE, error);
  ProbityDb *standards = probity_write_get_db (write, PROBITY_COMPARTMENT_STANDARDS, error);
  ProbityDb *registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);

  return hold_words (registers, "person", error) &&
         hold_words (standards, "complaint", error) &&
         hold_words (intelligence, "intelligence_report", error) &&
         fill_people (bench, registers, error) &&
         fill_records (bench, standards, TRUE, error) &&
         fill_records (bench, intelligence, FALSE, error) &&
         release_words (registers, error) &&
         release_words (standards, error) &&
         release_words (intelligence, error);
}

/* --- one applicant --- */

/* Whether the record, by its reference, is about the applicant; told apart by whether it has a date of birth. */
static void
judge_reference (Bench      *bench,
                 guint       applicant,
                 gboolean    complaints,
                 const char *reference)
{
  guint record;

  bench->n_rows++;
  if (!bench->judge || sscanf (reference, "R/%u", &record) != 1)
    return;
  if (bench->about[complaints ? record : bench->n_records + record] == applicant)
    bench->n_found[has_birth (record)]++;
}

static gboolean
like_in (Bench      *bench,
         ProbityDb  *db,
         const char *sql,
         guint       applicant,
         gboolean    people,
         gboolean    complaints,
         GError    **error)
{
  g_autofree char *pattern = g_strdup_printf ("%%%s%%", bench->people[applicant].surname);
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$pattern", 's', pattern, NULL);

  for (;;)
    {
      gboolean row;

      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (people)
        bench->n_rows++;
      else
        judge_reference (bench, applicant, complaints, probity_statement_get_text (statement, 0));
    }
}

static gboolean
find_by_like (Bench       *bench,
              ProbityRead *read,
              guint        applicant,
              GError     **error)
{
  return like_in (bench, probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error), "SELECT staff_number FROM person WHERE search_text LIKE $pattern", applicant, TRUE, FALSE, error) &&
         like_in (bench, probity_read_get_db (read, PROBITY_COMPARTMENT_STANDARDS, error), "SELECT reference FROM complaint WHERE search_text LIKE $pattern", applicant, FALSE, TRUE, error) &&
         like_in (bench, probity_read_get_db (read, PROBITY_COMPARTMENT_INTELLIGENCE, error), "SELECT reference FROM intelligence_report WHERE search_text LIKE $pattern", applicant, FALSE, FALSE, error);
}

static gboolean
find_by_search (Bench       *bench,
                ProbityRead *read,
                guint        applicant,
                GError     **error)
{
  const InventedPerson *person = &bench->people[applicant];
  ProbitySession       *session = bench->force->decider;
  g_autofree char      *number = g_strdup_printf ("P%06u", applicant);
  ProbitySubjectSearch  search = {
     .person = { .staff_number = number, .forenames = person->forenames, .surname = person->surname, .date_of_birth = person->birth, .address = person->address, .postcode = person->postcode },
     .employer = "Chatsworth Farm Shop Ltd",
  };
  ProbityDb *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityLiveView) staff = probity_live_index_get_view (session, &probity_staff_source, db, error);
  g_autoptr (GRand) rand = g_rand_new_with_seed (applicant + 1);
  g_autofree char *forenames = NULL;
  g_autofree char *surname = NULL;
  g_autoptr (ProbityPersonKey) key = NULL;
  g_autoptr (GArray) hits = NULL;

  if (staff == NULL)
    return FALSE;

  /* The form, too, has slips. */
  invented_slips (rand, person, 1 + applicant % 2, &forenames, &surname);
  key = probity_person_key_new (&(ProbityPersonFields) { .forenames = forenames, .surname = surname, .date_of_birth = person->birth });
  hits = probity_live_view_find (staff, key, PROBITY_PERSON_THRESHOLD, 50);
  bench->n_rows += hits->len;
  for (guint i = 0; bench->judge && i < hits->len; i++)
    {
      g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT staff_number FROM person WHERE id = $id", "$id", 'i', g_array_index (hits, ProbityPersonIndexHit, i).id, NULL);
      gboolean row;

      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return FALSE;
      bench->n_staff += row && g_strcmp0 (probity_statement_get_text (statement, 0), number) == 0;
    }

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) found = probity_subject_search (session, read, i == 0 ? PROBITY_COMPARTMENT_STANDARDS : PROBITY_COMPARTMENT_INTELLIGENCE, &search, error);

      if (found == NULL)
        return FALSE;
      for (guint j = 0; j < found->len; j++)
        judge_reference (bench, applicant, i == 0, ((ProbitySubjectHit *) g_ptr_array_index (found, j))->reference);
    }

  return TRUE;
}

static guint
get_applicant (Bench *bench,
               guint  i)
{
  return (i * 7919 + 13) % bench->n_people;
}

static gboolean
find_func (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  Bench *bench = data;

  for (guint i = bench->first; i < bench->first + bench->n_applicants; i++)
    if (!(bench->by_like ? find_by_like : find_by_search) (bench, read, get_applicant (bench, i), error))
      return FALSE;
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static void
find (Bench   *bench,
      gboolean by_like,
      guint    n_applicants)
{
  bench->by_like = by_like;
  bench->n_applicants = n_applicants;
  wait_for_success (probity_casebook_read (probity_session_get_casebook (bench->force->decider), find_func, bench, NULL, NULL));
}

static void
find_one_by_like (gpointer data)
{
  find (data, TRUE, 1);
}

static void
find_many_by_search (gpointer data)
{
  find (data, FALSE, N_APPLICANTS);
}

/* --- what is found --- */

static void
measure_recall (Bench   *bench,
                gboolean by_like,
                guint    n_applicants)
{
  bench->judge = TRUE;
  bench->n_rows = bench->n_staff = 0;
  memset (bench->n_expected, 0, sizeof bench->n_expected);
  memset (bench->n_found, 0, sizeof bench->n_found);
  find (bench, by_like, n_applicants);
  bench->judge = FALSE;

  for (guint i = 0; i < n_applicants; i++)
    for (guint j = 0; j < 2 * bench->n_records; j++)
      bench->n_expected[has_birth (j % bench->n_records)] += bench->about[j] == get_applicant (bench, i);
  g_print ("     %-28s recall of records about them, names with 1 or 2 slips: %.4f with date of birth (%u of %u), %.4f by name alone (%u of %u);"
           " %.1f rows an applicant\n",
           by_like ? "LIKE '%surname%'" : "the checks' search",
           bench->n_found[1] / (double) MAX (bench->n_expected[1], 1),
           bench->n_found[1],
           bench->n_expected[1],
           bench->n_found[0] / (double) MAX (bench->n_expected[0], 1),
           bench->n_found[0],
           bench->n_expected[0],
           bench->n_rows / (double) n_applicants);
  if (!by_like)
    g_print ("     %-28s recall among the staff, name with 1 or 2 slips and date of birth: %.4f (%u of %u)\n",
             "person find",
             bench->n_staff / (double) n_applicants,
             bench->n_staff,
             n_applicants);
}

static double
time_command (DexFuture *future)
{
  gint64 begun = g_get_monotonic_time ();

  wait_for_success (future);

  return (g_get_monotonic_time () - begun) / 1e3;
}

/* With logging, signing, storing and committing what was found. */
static void
measure_commands (Bench *bench)
{
  double find_best = G_MAXDOUBLE, check_best[2] = { G_MAXDOUBLE, G_MAXDOUBLE };

  for (guint i = 0; i < N_CHECKS; i++)
    {
      const InventedPerson *person = &bench->people[get_applicant (bench, i)];
      g_autofree char      *words = g_strdup_printf ("%s %s %s", person->forenames, person->surname, person->birth);
      g_autofree char      *number = g_strdup_printf ("P%06u", get_applicant (bench, i));
      g_autofree char      *reference = force_submit (bench->force, bench->force->hr, number, "Chatsworth Farm Shop Ltd");

      find_best = MIN (find_best, time_command (probity_person_find (bench->force->decider, words)));
      check_best[0] = MIN (check_best[0], time_command (probity_check_run (bench->force->psd, reference, NULL, PROBITY_CHECK_COMPLAINTS)));
      check_best[1] = MIN (check_best[1], time_command (probity_check_run (bench->force->acu, reference, NULL, PROBITY_CHECK_INTELLIGENCE)));
    }
  g_print ("     whole commands with log and commit, best of %u: person find %.1f ms, complaints check %.1f ms, intelligence check %.1f ms\n",
           N_CHECKS,
           find_best,
           check_best[0],
           check_best[1]);
}

int
main (int   argc,
      char *argv[])
{
  Bench  bench = { 0 };
  gint64 begun;

  dex_init ();
  bench.n_people = measure_get_n_rows ();
  bench.n_records = bench.n_people / 2;
  bench.people = invented_people_new (bench.n_people);
  bench.about = g_new (guint, bench.n_records * 2);
  bench.force = bench_force_new (fill_func, &bench);
  if (!fill_records (&bench, NULL, TRUE, NULL) || !fill_records (&bench, NULL, FALSE, NULL))
    g_assert_not_reached ();
  g_print ("%u people, %u complaints, %u reports\n", bench.n_people, bench.n_records, bench.n_records);

  begun = g_get_monotonic_time ();
  find_many_by_search (&bench);
  g_print ("the indexes in memory, once a session: %.0f ms\n", (g_get_monotonic_time () - begun) / 1e3);

  measure_run (&(Measure) { "P8", "an applicant against staff, complaints and intelligence", "floor 50, target 250 at 1,000,000", MEASURE_SPEEDUP, 0, "LIKE '%surname%', 1 applicant", find_one_by_like, "the checks' search, of each of " G_STRINGIFY (N_APPLICANTS) " applicants", find_many_by_search, &bench, .share = N_APPLICANTS });
  measure_recall (&bench, TRUE, 40);
  measure_recall (&bench, FALSE, N_RECALL);
  measure_commands (&bench);

  invented_people_free (bench.people, bench.n_people);
  g_free (bench.about);
  force_free (bench.force);

  return 0;
}
