/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/session-fixture.h"
#include "bench-pages.h"
#include "bench-people.h"
#include "measure.h"
#include "probity-list.h"
#include "probity-overview.h"

/*
 * What the list of second jobs costs at size: 100,000 rows, or PROBITY_PEOPLE (the goals are for 1,000,000).
 *
 *   P4   a page anywhere in an order, its marks included, against LIMIT … OFFSET of the same cells in the same file
 *   P5   an order of all rows, against reading all and sorting them outside SQL
 *   P3   what the marks of a page cost (overdue, too many hours, notes, links), against its cells alone
 *        the filter by stage, which knows of appeals, against the bare column
 *   P9   the numbers of the statistics, against one GROUP BY over the same table
 *
 *     PROBITY_PEOPLE=1000000 meson test -C _build-bench --verbose bench-rows       (it makes its rows itself, in some minutes)
 *
 * P5 as somebody sees it, from the click to the rows painted, is in bench-frames.c.
 */

#define PAGE 50
#define N_PAGES 20

typedef struct
{
  SessionFixture        *fixture;
  ProbitySession        *session;
  const ProbityListKind *kind;
  GArray                *ids;
  const char            *column;
  const char            *order;
  const char            *stage;
  guint                  n_rows;
  guint                  state;
  gint64                 n_grouped;
} Bench;

/* --- the casebook --- */

static const char fill_sql[] =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $n)"
    " INSERT INTO second_job (uid, reference, reference_year, reference_number, staff_number, unit, employer, category, nature, received, created, created_by, entered_by_person,"
    " profile_name, profile_version, requires_line_manager_comment, requires_head_of_hr_comment, requires_view, signatory, check_age_days,"
    " material_digest, material_changed_at, stage, outcome, weekly_hours, next_review, brought_forward, search_text)"
    " SELECT 'job-' || i, printf ('OLD/%07d', i), 2010, i, printf ('%07d', i * 7919 % $people), 'Unit ' || (i % 60),"
    " printf ('%c%c %d Ltd', 65 + i * 31 % 26, 97 + i * 17 % 26, i * 7 % 5000), CASE i % 3 WHEN 0 THEN 'waged' WHEN 1 THEN 'letting' ELSE 'other' END, 'behind the bar',"
    " date ('2001-01-01', (i * 13 % 4000) || ' days'), '2012-03-02T09:00:00.000Z', 'nobody', 'staff:1', 'derbyshire', '1', 1, 1, 1, 'head-of-hr', 28, 'd', '2012-03-02T09:00:00.000Z',"
    " CASE WHEN i % 50 = 0 THEN 'refused' WHEN i % 20 = 0 THEN 'ceased' ELSE 'registered' END, 'brought-forward',"
    " i * 11 % 900, CASE WHEN i % 20 <> 0 THEN date ('2012-01-01', (i % 6000) || ' days') END, 1, printf ('old/%07d behind the bar', i)"
    " FROM n";

/* Words are another benchmark's: they wait for a release that does not come. */
static gboolean
fill_func (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  Bench     *bench = data;
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);

  return db != NULL &&
         probity_db_run (db, error, "INSERT INTO words_hold (held, after) VALUES ('second_job', 0)", NULL) &&
         probity_db_run (db, error, fill_sql, "$n", 'i', (gint64) bench->n_rows, "$people", 'i', (gint64) bench->n_rows / 10, NULL) &&
         probity_db_run (db, error, "INSERT INTO case_action (uid, case_uid, number, title, owner, hard_deadline, created, created_by)"
                                    " SELECT 'action-' || id, uid, 1, 'Ask the employer', 'nobody', '2012-04-01', '2012-03-02T09:00:00.000Z', 'nobody' FROM second_job WHERE id % 10 = 0",
                         NULL);
}

/* --- P4, and the marks --- */

#define CELLS                                                                                                                              \
  "r.id, r.uid, r.reference, r.received, r.staff_number,"                                                                                  \
  " (SELECT trim (coalesce (p.forenames, '') || ' ' || coalesce (p.surname, '')) FROM person AS p WHERE p.staff_number = r.staff_number)," \
  " r.employer, r.category, r.stage, r.weekly_hours, r.outcome, r.next_review, r.needed_by, r.rank, r.nature"

static void
jump_by_offset (gpointer data)
{
  Bench           *bench = data;
  g_autofree char *sql = g_strdup_printf ("SELECT " CELLS " FROM second_job AS r ORDER BY r.%s, r.id LIMIT $page OFFSET $offset", bench->order);

  bench_read_pages_by_offset (probity_session_get_casebook (bench->session), PROBITY_COMPARTMENT_REGISTERS, sql, bench->n_rows, PAGE, N_PAGES);
}

static void
jump_by_id (gpointer data)
{
  Bench *bench = data;

  bench_load_pages (bench->session, bench->kind, bench->ids, PAGE, N_PAGES);
}

static gboolean
cells_func (ProbityRead *read,
            gpointer     data,
            GValue      *result,
            GError     **error)
{
  Bench *bench = data;
  guint  at = measure_random (&bench->state, bench->n_rows - PAGE);
  g_autoptr (GString) ids = g_string_new ("[");
  g_autoptr (ProbityStatement) statement = NULL;

  for (guint i = 0; i < PAGE; i++)
    g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (bench->ids, gint64, at + i));
  g_string_append_c (ids, ']');
  statement = probity_db_query (probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error), error, "SELECT " CELLS " FROM json_each ($ids) AS h CROSS JOIN second_job AS r ON r.id = h.value", "$ids", 's', ids->str, NULL);

  return bench_read_all (statement, PAGE, error);
}

static void
read_cells (gpointer data)
{
  Bench *bench = data;

  bench->state = BENCH_PAGES_SEED;
  for (guint i = 0; i < N_PAGES; i++)
    wait_for_success (probity_casebook_read (probity_session_get_casebook (bench->session), cells_func, bench, NULL, NULL));
}

/* --- P5, and the filter by stage --- */

static void
sort_outside (gpointer data)
{
  Bench *bench = data;

  bench_sort_jobs (probity_session_get_casebook (bench->session), bench->order, bench->n_rows);
}

static void
load_ids (gpointer data)
{
  Bench *bench = data;
  g_autoptr (ProbityListQuery) query = probity_list_query_new (bench->kind);

  probity_list_query_set_sort (query, bench->column, FALSE);
  if (bench->stage != NULL)
    probity_list_query_set_filter (query, "stage", bench->stage);
  g_clear_pointer (&bench->ids, g_array_unref);
  bench->ids = wait_for_boxed (probity_list_load_ids (bench->session, query, NULL));
  g_assert_cmpuint (bench->ids->len, >, 0);
}

static gboolean
bare_stage_func (ProbityRead *read,
                 gpointer     data,
                 GValue      *result,
                 GError     **error)
{
  Bench *bench = data;
  g_autoptr (ProbityStatement) statement = probity_db_query (probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, NULL), error, "SELECT id FROM second_job WHERE stage = $stage ORDER BY received, id", "$stage", 's', bench->stage, NULL);
  gboolean row = TRUE;

  while (statement != NULL && probity_statement_step (statement, &row, error) && row)
    bench->n_grouped += probity_statement_get_int64 (statement, 0);

  return TRUE;
}

static void
filter_barely (gpointer data)
{
  Bench *bench = data;

  wait_for_success (probity_casebook_read (probity_session_get_casebook (bench->session), bare_stage_func, bench, NULL, NULL));
}

/* --- P9 --- */

static gboolean
group_func (ProbityRead *read,
            gpointer     data,
            GValue      *result,
            GError     **error)
{
  Bench *bench = data;
  g_autoptr (ProbityStatement) statement = probity_db_query (probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, NULL), error, "SELECT substr (received, 1, 7), stage, unit, count (*) FROM second_job GROUP BY 1, 2, 3", NULL);
  gboolean row = TRUE;

  while (statement != NULL && probity_statement_step (statement, &row, error) && row)
    bench->n_grouped += probity_statement_get_int64 (statement, 3);

  return TRUE;
}

static void
group_all (gpointer data)
{
  Bench *bench = data;

  wait_for_success (probity_casebook_read (probity_session_get_casebook (bench->session), group_func, bench, NULL, NULL));
}

static void
count_indicators (gpointer data)
{
  Bench *bench = data;
  g_autoptr (GPtrArray) indicators = wait_for_boxed (probity_statistics (bench->session, NULL, NULL));

  g_assert_cmpuint (indicators->len, >, 0);
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
    { "received", "received" },
    { "applicant_name", "applicant_sort_name" },
    { "employer", "employer" },
    { "stage", "stage" },
    { "next_review", "next_review" },
    { "waiting_for", "stage" },
  };
  static const char *const stages[] = { "registered", "refused" };
  Bench                    bench = { 0 };
  gint64                   begun = g_get_monotonic_time ();

  dex_init ();
  bench.fixture = session_fixture_new ("derbyshire");
  bench.session = bench.fixture->admin;
  bench.n_rows = measure_get_n_rows ();
  bench.kind = probity_list_kind_find ("second-jobs");
  bench_fill_people (probity_session_get_casebook (bench.session), bench.n_rows / 10);
  wait_for_success (probity_casebook_write (probity_session_get_casebook (bench.session), fill_func, &bench, NULL));
  g_print ("%u second jobs of %u people (made in %.0f s)\n", bench.n_rows, bench.n_rows / 10, (double) (g_get_monotonic_time () - begun) / 1e6);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *sorted = g_strdup_printf ("the list of second jobs by %s", orders[i].column);
      g_autofree char *jumped = g_strdup_printf ("%u pages anywhere in the list by %s, with their marks", N_PAGES, orders[i].column);

      bench.column = orders[i].column;
      bench.order = orders[i].order;
      measure_run (&(Measure) { "P5", sorted, "floor 10, target 25 (painted, at 1,000,000 rows)", MEASURE_SPEEDUP, 5, "all rows read and sorted", sort_outside, "as the list asks", load_ids, &bench });
      if (i < 2)
        measure_run (&(Measure) { "P4", jumped, "floor 50, target 200 (at 1,000,000 rows)", MEASURE_SPEEDUP, 5, "LIMIT 50 OFFSET n", jump_by_offset, "rows by id", jump_by_id, &bench });
    }

  bench.column = "received";
  load_ids (&bench);
  measure_run (&(Measure) { "P3", "20 pages of 50 rows with their marks, against their cells alone", "no goal", MEASURE_SLOWDOWN, 0, "cells", read_cells, "cells and marks", jump_by_id, &bench });

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autofree char *what = g_strdup_printf ("the list filtered by the stage %s, against the bare column", stages[i]);

      bench.stage = stages[i];
      measure_run (&(Measure) { "P5", what, "no goal", MEASURE_SLOWDOWN, 5, "stage = $stage", filter_barely, "as the list asks", load_ids, &bench });
    }

  measure_run (&(Measure) { "P9", "the statistics, against months by stages by units", "floor 20, target 100", MEASURE_SPEEDUP, 5, "GROUP BY", group_all, "statistics", count_indicators, &bench });

  g_array_unref (bench.ids);
  session_fixture_free (bench.fixture);

  return 0;
}
