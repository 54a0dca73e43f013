/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/session-fixture.h"
#include "bench-pages.h"
#include "bench-people.h"
#include "measure.h"
#include "probity-list.h"

/*
 * P4: to any place in any order of the list of people, against LIMIT … OFFSET in the same encrypted file.
 *
 *     PROBITY_PEOPLE=1000000 meson test -C _build-bench --verbose bench-jump
 */

#define N_JUMPS 20
#define PAGE 50

typedef struct
{
  const char *column;
  const char *order;
} Order;

static const Order orders[] = {
  { "name", "r.sort_name" },
  { "staff_number", "r.staff_number" },
  { "date_of_birth", "r.date_of_birth" },
  { "unit", "r.unit" },
};

typedef struct
{
  ProbitySession        *session;
  const ProbityListKind *kind;
  const Order           *order;
  GArray                *ids;
  guint                  n_people;
} Bench;

/* The cells that the list shows, in the list's order. */
static void
jump_by_offset (gpointer data)
{
  Bench           *bench = data;
  g_autofree char *sql = g_strdup_printf ("SELECT r.id, r.uid, r.staff_number, trim (coalesce (r.forenames, '') || ' ' || coalesce (r.surname, '')),"
                                          " r.rank, r.unit, r.line_manager, r.employment_group, r.date_of_birth, r.status, r.known_as, r.former_names,"
                                          " (SELECT nullif (count (*), 0) FROM second_job AS j WHERE j.staff_number = r.staff_number"
                                          " AND j.stage NOT IN ('refused', 'withdrawn', 'ceased', 'lapsed'))"
                                          " FROM person AS r ORDER BY %s LIMIT $page OFFSET $offset",
                                          bench->order->order);

  bench_read_pages_by_offset (probity_session_get_casebook (bench->session), PROBITY_COMPARTMENT_REGISTERS, sql, bench->n_people, PAGE, N_JUMPS);
}

static void
jump_by_id (gpointer data)
{
  Bench *bench = data;

  bench_load_pages (bench->session, bench->kind, bench->ids, PAGE, N_JUMPS);
}

static void
load_ids (Bench *bench)
{
  g_autoptr (ProbityListQuery) query = probity_list_query_new (bench->kind);

  probity_list_query_set_sort (query, bench->order->column, FALSE);
  g_clear_pointer (&bench->ids, g_array_unref);
  bench->ids = wait_for_boxed (probity_list_load_ids (bench->session, query, NULL));
  g_assert_cmpuint (bench->ids->len, ==, bench->n_people);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (SessionFixture) fixture = NULL;
  Bench bench = { 0 };

  dex_init ();
  fixture = session_fixture_new ("derbyshire");
  bench.session = fixture->admin;
  bench.kind = probity_list_kind_find ("people");
  bench.n_people = measure_get_n_rows ();
  bench_fill_people (probity_session_get_casebook (bench.session), bench.n_people);
  g_assert_cmpint (probity_list_kind_get_record_kind (bench.kind) != NULL, ==, TRUE);

  g_print ("%u people, %u jumps to pages of %u rows each\n", bench.n_people, N_JUMPS, PAGE);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *what = g_strdup_printf ("jump to any place of the list by %s", orders[i].column);
      gint64           start;

      bench.order = &orders[i];
      start = g_get_monotonic_time ();
      load_ids (&bench);
      start = g_get_monotonic_time () - start;
      measure_run (&(Measure) { "P4", what, "floor 50, target 200 (at 1,000,000 rows)", MEASURE_SPEEDUP, 0, "LIMIT 50 OFFSET n", jump_by_offset, "rows by id", jump_by_id, &bench });
      g_print ("     the array of ids, once an order: %.1f ms\n", (double) start / 1e3);
    }
  g_array_unref (bench.ids);

  return 0;
}
