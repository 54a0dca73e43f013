/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/session-fixture.h"
#include "bench-pages.h"
#include "bench-sample.h"
#include "measure.h"
#include "probity-list.h"

/*
 * The lists of conduct and leak investigations at size.
 *
 *   P4   a page anywhere in an order, its marks included, against LIMIT … OFFSET of the same cells in the same file
 *   P5   the start of an order, with the rows of its first page, and an order of all rows, against reading all and
 *        sorting them outside SQL
 *
 *     bench-cases PROBITYCTL LONG-CASEBOOK       (PROBITY_PEOPLE=N: rows of the casebook that it makes)
 *
 * The goals are for 1,000,000 rows:
 *
 *     PROBITY_CASEBOOK=/tmp/long/casebook meson test -C _build-bench --verbose bench-cases
 */

#define PAGE 50
#define N_PAGES 20

typedef struct
{
  const char *column;
  const char *order;
} Order;

static const Order orders[] = {
  { "received", "received" },
  { "title", "title" },
  { "subjects", "sort_subjects" },
  { "owner", "owner" },
};

typedef struct
{
  const char        *list;
  const char        *table;
  const char        *account;
  ProbityCompartment compartment;
} Kind;

static const Kind kinds[] = {
  { "conduct", "conduct", "psd-officer", PROBITY_COMPARTMENT_STANDARDS },
  { "leaks", "leak", "acu-officer", PROBITY_COMPARTMENT_INTELLIGENCE },
};

typedef struct
{
  ProbitySession        *session;
  const ProbityListKind *list;
  const Kind            *kind;
  const Order           *order;
  GArray                *ids;
} Bench;

static void
jump_by_offset (gpointer data)
{
  Bench           *bench = data;
  g_autofree char *sql = g_strdup_printf ("SELECT r.id, r.uid, r.reference, r.title, r.received, r.decided_to_investigate, r.subjects, r.stage, r.outcome, r.closed, r.owner, r.marking"
                                          " FROM %s AS r ORDER BY r.%s, r.id LIMIT $page OFFSET $offset",
                                          bench->kind->table,
                                          bench->order->order);

  bench_read_pages_by_offset (probity_session_get_casebook (bench->session), bench->kind->compartment, sql, bench->ids->len, PAGE, N_PAGES);
}

static void
jump_by_id (gpointer data)
{
  Bench *bench = data;

  bench_load_pages (bench->session, bench->list, bench->ids, PAGE, N_PAGES);
}

static void
sort_outside (gpointer data)
{
  Bench *bench = data;

  bench_sort_rows (probity_session_get_casebook (bench->session), bench->kind->compartment, bench->kind->table, bench->order->order, 0);
}

static void
load_ids (gpointer data)
{
  Bench *bench = data;
  g_autoptr (ProbityListQuery) query = probity_list_query_new (bench->list);

  probity_list_query_set_sort (query, bench->order->column, FALSE);
  g_clear_pointer (&bench->ids, g_array_unref);
  bench->ids = wait_for_boxed (probity_list_load_ids (bench->session, query, NULL));
}

/* The rest is given up once the start is there. */
static void
load_start (gpointer data)
{
  Bench *bench = data;
  g_autoptr (ProbityListQuery) query = probity_list_query_new (bench->list);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) start = NULL;
  DexFuture *whole;

  probity_list_query_set_sort (query, bench->order->column, FALSE);
  whole = probity_list_load_order (bench->session, query, cancellable, &start);
  wait_for_success (g_steal_pointer (&start));
  g_cancellable_cancel (cancellable);
  dex_unref (wait_for (whole));
}

static void
measure_kind (const char *folder,
              const Kind *kind)
{
  Bench bench = { .kind = kind, .list = probity_list_kind_find (kind->list) };

  bench.session = wait_for_object (probity_session_sign_in (folder, kind->account, BENCH_SAMPLE_PASSPHRASE, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *started = NULL;
      g_autofree char *sorted = NULL;
      g_autofree char *jumped = NULL;

      bench.order = &orders[i];
      load_ids (&bench);
      started = g_strdup_printf ("%s by %s, %u rows: the first page", kind->list, orders[i].column, bench.ids->len);
      sorted = g_strdup_printf ("%s by %s, %u rows: all ids", kind->list, orders[i].column, bench.ids->len);
      jumped = g_strdup_printf ("%u pages anywhere in %s by %s, with their marks", N_PAGES, kind->list, orders[i].column);
      measure_run (&(Measure) { "P5", started, "floor 10, target 25 (painted, at 1,000,000 rows)", MEASURE_SPEEDUP, 5, "all rows read and sorted", sort_outside, "as the list shows first", load_start, &bench });
      measure_run (&(Measure) { "P5", sorted, "no goal", MEASURE_SPEEDUP, 5, "all rows read and sorted", sort_outside, "as the list asks", load_ids, &bench });
      measure_run (&(Measure) { "P4", jumped, "floor 50, target 200 (<= 5 ms a page, at 1,000,000 rows)", MEASURE_SPEEDUP, 5, "LIMIT 50 OFFSET n", jump_by_offset, "rows by id", jump_by_id, &bench });
    }
  g_array_unref (bench.ids);
  wait_for_success (probity_session_sign_out (bench.session));
  g_object_unref (bench.session);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_dir_make_tmp ("bench-XXXXXX", &error);
  g_autofree char *rows = g_strdup_printf ("%u", measure_get_n_rows ());
  g_autofree char *folder = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (argc, ==, 3);
  folder = bench_dup_long (argv[1], argv[2], base, (const char *const[]) { "conduct", rows, "leaks", rows, NULL });

  dex_init ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    measure_kind (folder, &kinds[i]);
  remove_tree (base);

  return 0;
}
