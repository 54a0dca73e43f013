/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <time.h>

#include "../casebook/session-fixture.h"
#include "bench-pages.h"
#include "bench-people.h"
#include "measure.h"
#include "probity-import.h"
#include "probity-list.h"
#include "probity-live-index.h"
#include "probity-record-kind.h"
#include "probity-subject-search.h"

/*
 * Files of 100,000 rows through the import as people use it (checked, found by key, indexed, signed,
 * logged, encrypted); P5: the order of the whole list by any column; P8: an applicant against all
 * subjects and texts of complaints.
 *
 *     PROBITY_PEOPLE=1000000 meson test -C _build-bench --verbose bench-lists       (its files of so many rows take long to be read in)
 *
 * Lists of conduct and leak investigations are in bench-cases.c, second jobs in bulk in bench-rows.c.
 */

static const char *const forenames[] = { "Aileen", "Tariq", "Colin", "Sian", "Ewan", "Priya", "Margaret", "Mohammed", "Katherine", "Piotr", "Zoe", "Hal", "Rose", "Jane", "Omar", "Bartholomew" };
static const char *const syllables[] = { "mar", "hol", "ing", "worth", "ack", "royd", "sut", "ton", "der", "by", "wal", "ker", "pen", "ning", "gar", "side", "thorn", "ley", "brad", "ford" };
static const char *const trades[] = { "Joinery", "Cycles", "Catering", "Security", "Letting", "Plumbing", "Tuition", "Kennels", "Haulage", "Studio" };

typedef struct
{
  SessionFixture        *fixture;
  ProbitySession        *session;
  const ProbityListKind *kind;
  const char            *column;
  const char            *order;
  guint                  n_rows;
} Bench;

static char *
dup_surname (guint *state)
{
  const char *first = syllables[measure_random (state, G_N_ELEMENTS (syllables))];
  const char *second = syllables[measure_random (state, G_N_ELEMENTS (syllables))];
  const char *third = syllables[measure_random (state, G_N_ELEMENTS (syllables))];
  char       *name = g_strconcat (first, second, third, NULL);

  name[0] = g_ascii_toupper (name[0]);

  return name;
}

static void
append_staff (GString *csv,
              guint    n)
{
  guint state = 5;

  g_string_append (csv, "staff_number,forenames,surname,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status\n");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *surname = dup_surname (&state);

      g_string_append_printf (csv, "%u,%s,%s,Constable,Unit %u,%u,officer,%u-%02u-%02u,%u High Street,DE%u %uAB,active\n", 10000 + i, forenames[measure_random (&state, G_N_ELEMENTS (forenames))], surname, measure_random (&state, 120), 10000 + i / 12, 1960 + measure_random (&state, 40), 1 + measure_random (&state, 12), 1 + measure_random (&state, 28), 1 + measure_random (&state, 200), 1 + measure_random (&state, 30), 1 + measure_random (&state, 9));
    }
}

static void
append_second_jobs (GString *csv,
                    guint    n)
{
  guint state = 9;

  g_string_append (csv, "reference,received,staff_number,employer,category,nature,paid,weekly_hours,start,outcome,decided,next_review\n");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = dup_surname (&state);

      g_string_append_printf (csv, "BI/%06u,20%02u-%02u-%02u,%u,%s %s,waged,Part-time work at weekends,yes,%u,,%s,20%02u-12-01,2026-%02u-%02u\n", i, 11 + measure_random (&state, 14), 1 + measure_random (&state, 12), 1 + measure_random (&state, 28), 10000 + measure_random (&state, n), name, trades[measure_random (&state, G_N_ELEMENTS (trades))], 1 + measure_random (&state, 20), measure_random (&state, 20) == 0 ? "refused" : "approved", 12 + measure_random (&state, 12), 1 + measure_random (&state, 12), 1 + measure_random (&state, 28));
    }
}

static void
append_complaints (GString *csv,
                   guint    n)
{
  guint state = 13;

  g_string_append (csv, "reference,received,complainant,staff_number,subject_name,date_of_birth,allegation,status,finalised,result\n");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *surname = dup_surname (&state);
      g_autofree char *named = dup_surname (&state);

      g_string_append_printf (csv, "CO/%06u,2019-05-01,B. Walker,,%s %s,%u-%02u-%02u,Incivility near %s %s in the afternoon,Closed,2019-08-01,No further action\n", i, forenames[measure_random (&state, G_N_ELEMENTS (forenames))], surname, 1960 + measure_random (&state, 40), 1 + measure_random (&state, 12), 1 + measure_random (&state, 28), named, trades[measure_random (&state, G_N_ELEMENTS (trades))]);
    }
}

/* Others of the same kind, about whoever. */
static void
append_more_complaints (GString *csv,
                        guint    n)
{
  guint state = 1313;

  g_string_append (csv, "reference,received,subject_name,date_of_birth,allegation\n");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *surname = dup_surname (&state);

      g_string_append_printf (csv, "CM/%06u,2025-05-01,%s %s,%u-%02u-%02u,Neglect of duty\n", i, forenames[measure_random (&state, G_N_ELEMENTS (forenames))], surname, 1960 + measure_random (&state, 40), 1 + measure_random (&state, 12), 1 + measure_random (&state, 28));
    }
}

static void
import (Bench      *bench,
        const char *what,
        guint       n_rows,
        void (*append) (GString *csv, guint n))
{
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autofree char *path = g_build_filename (bench->fixture->base, "bench.csv", NULL);
  g_autoptr (ProbityImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gint64  start;
  clock_t processor;

  append (csv, n_rows);
  g_file_set_contents (path, csv->str, (gssize) csv->len, &error);
  g_assert_no_error (error);

  start = g_get_monotonic_time ();
  processor = clock ();
  report = wait_for_boxed (probity_import (bench->session, what, path, NULL, FALSE));
  g_print ("     import of %s: %" G_GUINT64_FORMAT " rows in %.2f s, %.2f s of them on a processor\n", what, report->read, (double) (g_get_monotonic_time () - start) / 1e6, (double) (clock () - processor) / CLOCKS_PER_SEC);
  g_assert_cmpuint (report->added, ==, n_rows);
}

static void
sort_bare (gpointer data)
{
  Bench *bench = data;

  bench_sort_jobs (probity_session_get_casebook (bench->session), bench->order, bench->n_rows);
}

static void
sort_list (gpointer data)
{
  Bench *bench = data;
  g_autoptr (ProbityListQuery) query = probity_list_query_new (bench->kind);
  g_autoptr (GArray) ids = NULL;

  probity_list_query_set_sort (query, bench->column, FALSE);
  ids = wait_for_boxed (probity_list_load_ids (bench->session, query, NULL));
  g_assert_cmpuint (ids->len, ==, bench->n_rows);
}

static const ProbitySubjectSearch sought = {
  .person = { .staff_number = "10007", .forenames = "Margaret", .surname = "Hollingworth", .date_of_birth = "1979-08-14" },
  .employer = "Walkerderby Joinery Ltd",
};

static gboolean
search_func (ProbityRead *read,
             gpointer     data,
             GValue      *result,
             GError     **error)
{
  Bench *bench = data;
  g_autoptr (GPtrArray) hits = probity_subject_search (bench->session, read, PROBITY_COMPARTMENT_STANDARDS, &sought, error);

  return hits != NULL;
}

static void
search_by_index (gpointer data)
{
  Bench *bench = data;

  wait_for_success (probity_casebook_read (probity_session_get_casebook (bench->session), search_func, bench, NULL, NULL));
}

static gboolean
like_func (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (probity_read_get_db (read, PROBITY_COMPARTMENT_STANDARDS, NULL), error, "SELECT count (*) FROM complaint AS r LEFT JOIN complaint_subject AS s ON s.complaint_id = r.id"
                                                                                                                                     " WHERE s.name LIKE '%hollingworth%' OR r.allegation LIKE '%walkerderby joinery%'",
                                                             NULL);

  return statement != NULL && probity_statement_step (statement, NULL, error);
}

static void
search_by_like (gpointer data)
{
  Bench *bench = data;

  wait_for_success (probity_casebook_read (probity_session_get_casebook (bench->session), like_func, bench, NULL, NULL));
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *column;
    const char *order;
  } orders[] = {
    { "reference", "reference" },
    { "received", "received" },
    { "applicant_name", "applicant_sort_name" },
    { "employer", "employer" },
    { "category", "category" },
    { "stage", "stage" },
    { "waiting_for", "stage" },
    { "weekly_hours", "weekly_hours" },
    { "outcome", "outcome" },
    { "next_review", "next_review" },
  };
  Bench  bench = { 0 };
  gint64 start;

  dex_init ();
  bench.fixture = session_fixture_new ("derbyshire");
  bench.session = bench.fixture->admin;
  bench.n_rows = measure_get_n_rows ();
  bench.kind = probity_list_kind_find ("second-jobs");

  import (&bench, "staff", bench.n_rows, append_staff);
  import (&bench, "complaints", bench.n_rows, append_complaints);
  import (&bench, "second-jobs", bench.n_rows, append_second_jobs);
  /* Each of these is held against everybody who has a second job. */
  import (&bench, "complaints", bench.n_rows / 100, append_more_complaints);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *what = g_strdup_printf ("the list by %s", orders[i].column);

      bench.column = orders[i].column;
      bench.order = orders[i].order;
      measure_run (&(Measure) { "P5", what, "floor 10, target 25 (painted, at 1,000,000 rows); 50 ms at 100,000", MEASURE_SPEEDUP, 0, "all rows read and sorted", sort_bare, "as the list asks", sort_list, &bench });
    }

  /* A manager of twelve among them all. */
  session_fixture_add (bench.fixture, "manager", "line-manager", "10003");
  {
    ProbitySession *manager = session_fixture_sign_in (bench.fixture, "manager");
    g_autoptr (ProbityListQuery) query = probity_list_query_new (bench.kind);
    g_autoptr (GArray) ids = NULL;

    start = g_get_monotonic_time ();
    ids = wait_for_boxed (probity_list_load_ids (manager, query, NULL));
    g_print ("     a line manager’s own %u of %u second jobs: %.1f ms\n", ids->len, bench.n_rows, (double) (g_get_monotonic_time () - start) / 1e3);
    session_fixture_sign_out (manager);
  }

  start = g_get_monotonic_time ();
  wait_for_success (probity_live_index_warm (bench.session));
  g_print ("     people and subjects read into memory, once a session: %.2f s\n", (double) (g_get_monotonic_time () - start) / 1e6);
  measure_run (&(Measure) { "P8", "an applicant against subjects and texts of complaints", "floor 50, target 250 (at 1,000,000 names)", MEASURE_SPEEDUP, 0, "LIKE '%…%'", search_by_like, "by index", search_by_index, &bench });

  session_fixture_free (bench.fixture);

  return 0;
}
