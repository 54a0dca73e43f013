/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "bench-sample.h"
#include "bench-view.h"
#include "measure.h"
#include "probity-application.h"
#include "probity-list-page.h"
#include "probity-second-job.h"
#include "ui-fixture.h"

/*
 * P3: frames of the real page of second jobs over an encrypted casebook, eight columns, against the stock
 * GtkColumnView with a GtkLabel a cell over a GListStore that holds every row in memory; the same from the middle of
 * the list on while applications come in, and rows into the GListStore.
 * P5: from the click on a header to the rows in the new order, painted, against a GtkSortListModel with a string sorter
 * that puts them in order and shows nothing.
 *
 *     bench-frames PROBITYCTL [P3|P5]       (PROBITY_PEOPLE=N: rows of the sample that it makes)
 *
 * The goals are for 1,000,000 rows; the casebook for that is made once by long-casebook.c, and applications are added:
 *
 *     PROBITY_CASEBOOK=/tmp/long/casebook meson test -C _build-bench --verbose bench-frames
 *
 * Steps and frames: bench-view.h. What the main thread works outside frames (handing out cells) is counted as time of
 * the processor.
 */

#define N_STEPS 300
#define N_BLOCKS 10
#define BLOCK (N_STEPS / N_BLOCKS)
#define N_COLUMNS 8
#define N_CLICKS 5
#define ROWS_OF_STORE 1000

static const char *const columns[] = { "reference", "received", "applicant_name", "employer", "category", "stage", "weekly_hours", "next_review", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (columns) == N_COLUMNS + 1);

static void
run_block (BenchView   *view,
           BenchPattern pattern,
           double      *ret_frames,
           double      *ret_thread)
{
  double begun = bench_get_thread_time ();

  view->frame_sum = 0;
  for (guint i = 0; i < BLOCK; i++)
    bench_view_step (view, pattern);
  *ret_thread = bench_get_thread_time () - begun;
  *ret_frames = view->frame_sum;
}

static void
measure_pattern (BenchView   *stock,
                 BenchView   *page,
                 BenchPattern pattern)
{
  double           frames[N_BLOCKS], threads[N_BLOCKS];
  g_autofree char *load = measure_dup_load ();

  for (guint i = 0; i < N_BLOCKS + 1; i++)
    {
      double stock_frames = 0, stock_thread = 0, page_frames = 0, page_thread = 0;

      /* The first pair warms both up. */
      if (i <= 1)
        {
          bench_view_reset (stock, pattern);
          bench_view_reset (page, pattern);
        }
      if (i % 2 == 0)
        run_block (stock, pattern, &stock_frames, &stock_thread);
      run_block (page, pattern, &page_frames, &page_thread);
      if (i % 2 == 1)
        run_block (stock, pattern, &stock_frames, &stock_thread);
      if (i > 0)
        {
          frames[i - 1] = stock_frames / page_frames;
          threads[i - 1] = stock_thread / page_thread;
        }
    }

  g_print ("P3   %s: %u steps of %u rows x %u columns, %.0f rows seen; load %s\n",
           bench_pattern_names[pattern],
           N_STEPS,
           page->n_rows,
           N_COLUMNS,
           gtk_adjustment_get_page_size (page->adjustment) / gtk_adjustment_get_upper (page->adjustment) * page->n_rows,
           load);
  bench_view_print (stock);
  bench_view_print (page);
  measure_print_ratios ("times faster, frames of a step", frames, N_BLOCKS, pattern == BENCH_PATTERN_JUMP ? "floor 4, target 6, and p95 <= 16.7, p99 <= 25 ms" : "p95 <= 16.7, p99 <= 25 ms");
  measure_print_ratios ("times faster, all work of the main thread", threads, N_BLOCKS, NULL);
}

/* --- the stock list --- */

#define STOCK_TYPE_ROW (stock_row_get_type ())
G_DECLARE_FINAL_TYPE (StockRow, stock_row, STOCK, ROW, GObject)

struct _StockRow
{
  GObject         parent_instance;
  ProbityListRow *row;
};

G_DEFINE_FINAL_TYPE (StockRow, stock_row, G_TYPE_OBJECT)

static void
stock_row_finalize (GObject *object)
{
  g_clear_pointer (&STOCK_ROW (object)->row, probity_list_row_unref);
  G_OBJECT_CLASS (stock_row_parent_class)->finalize (object);
}

static void
stock_row_class_init (StockRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stock_row_finalize;
}

static void
stock_row_init (StockRow *self)
{
}

static void
setup_label_cb (GtkSignalListItemFactory *factory,
                GtkColumnViewCell        *cell,
                gpointer                  column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_column_view_cell_set_child (cell, label);
}

static void
bind_label_cb (GtkSignalListItemFactory *factory,
               GtkColumnViewCell        *cell,
               gpointer                  column)
{
  StockRow   *row = gtk_column_view_cell_get_item (cell);
  const char *text = row->row->cells[GPOINTER_TO_UINT (column)];

  gtk_label_set_text (GTK_LABEL (gtk_column_view_cell_get_child (cell)), text != NULL ? text : "");
}

static GListStore *
load_store (ProbitySession        *session,
            const ProbityListKind *kind)
{
  g_autoptr (ProbityListQuery) query = probity_list_query_new (kind);
  g_autoptr (GArray) ids = NULL;
  GListStore *store = g_list_store_new (STOCK_TYPE_ROW);

  probity_list_query_set_sort (query, "received", TRUE);
  ids = wait_for_boxed (probity_list_load_ids (session, query, NULL));
  for (guint first = 0; first < ids->len; first += ROWS_OF_STORE)
    {
      g_autoptr (GPtrArray) rows = wait_for_boxed (probity_list_load_rows (session, kind, &g_array_index (ids, gint64, first), MIN (ROWS_OF_STORE, ids->len - first), NULL));

      for (guint i = 0; i < rows->len; i++)
        {
          g_autoptr (StockRow) row = g_object_new (STOCK_TYPE_ROW, NULL);

          row->row = probity_list_row_ref (g_ptr_array_index (rows, i));
          g_list_store_append (store, row);
        }
    }

  return store;
}

static GtkWidget *
new_stock_list (GListStore            *store,
                const ProbityListKind *kind)
{
  g_autoptr (GtkSelectionModel) selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (store))));
  GtkWidget               *column_view = gtk_column_view_new (g_object_ref (selection));
  GtkWidget               *scrolled = gtk_scrolled_window_new ();
  const ProbityListColumn *all;
  guint                    n;

  all = probity_list_kind_get_columns (kind, &n);
  for (guint i = 0; i < n; i++)
    if (g_strv_contains (columns, all[i].name))
      {
        GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
        g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (all[i].name, factory);

        g_signal_connect (factory, "setup", G_CALLBACK (setup_label_cb), GUINT_TO_POINTER (i));
        g_signal_connect (factory, "bind", G_CALLBACK (bind_label_cb), GUINT_TO_POINTER (i));
        gtk_column_view_column_set_expand (column, TRUE);
        gtk_column_view_append_column (GTK_COLUMN_VIEW (column_view), column);
      }
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (column_view), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), column_view);

  return scrolled;
}

/* --- both --- */

static void
show_columns (GtkWidget *column_view)
{
  GListModel *model = gtk_column_view_get_columns (GTK_COLUMN_VIEW (column_view));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (model, i);

      gtk_column_view_column_set_visible (column, g_strv_contains (columns, gtk_column_view_column_get_id (column)));
    }
}

static void
submit (ProbitySession *session,
        DexFuture     **coming)
{
  g_autoptr (ProbityValues) values = probity_values_new ();

  probity_values_set (values, "staff_number", "2100");
  probity_values_set (values, "employer", "The Bell");
  probity_values_set (values, "category", "other");
  probity_values_set (values, "nature", "serving behind the bar");
  probity_values_set (values, "paid", "true");
  probity_values_set (values, "weekly_hours", "7.5");
  probity_values_set (values, "start", "2030-01-01");
  dex_clear (coming);
  *coming = probity_second_job_submit (session, values);
}

static void
go_to_middle (BenchView *view)
{
  bench_view_begin (view);
  gtk_adjustment_set_value (view->adjustment, gtk_adjustment_get_upper (view->adjustment) / 2);
  bench_view_finish (view);
  bench_view_reset (view, BENCH_PATTERN_ROWS);
}

/*
 * Applications come in while somebody scrolls, above what is seen: the same list, and every row of it stays what it
 * was. The stock list gets as many rows at its top.
 */
static void
measure_live (ProbitySession *session,
              GListStore     *store,
              BenchView      *stock,
              BenchView      *page)
{
  g_autofree char *load = measure_dup_load ();
  g_autoptr (DexFuture) coming = NULL;
  g_autoptr (GObject) row = g_list_model_get_item (G_LIST_MODEL (store), 0);
  const guint before = g_list_model_get_n_items (page->model);
  guint       n_came = 0;

  go_to_middle (stock);
  for (guint i = 0; i < N_STEPS; i++)
    {
      if (i % 10 == 0)
        g_list_store_insert (store, 0, row);
      stock->n_rows = g_list_model_get_n_items (G_LIST_MODEL (store));
      bench_view_step (stock, BENCH_PATTERN_ROWS);
    }

  go_to_middle (page);
  for (guint i = 0; i < N_STEPS; i++)
    {
      if (i % 10 == 0 && (coming == NULL || !dex_future_is_pending (coming)))
        {
          submit (session, &coming);
          n_came++;
        }
      page->n_rows = g_list_model_get_n_items (page->model);
      bench_view_step (page, BENCH_PATTERN_ROWS);
    }
  while (dex_future_is_pending (coming))
    g_main_context_iteration (NULL, TRUE);
  wait_until (g_list_model_get_n_items (page->model) == before + n_came);

  g_print ("P3   3 rows further from the middle on while %u applications come in (the stock list: %u rows): %u steps of %u rows; load %s\n", n_came, N_STEPS / 10, N_STEPS, page->n_rows, load);
  bench_view_print (stock);
  bench_view_print (page);
  g_print ("     (p95 <= 16.7, p99 <= 25 ms)\n");
}

/* --- P5 --- */

static void
arrived_cb (BenchView *view)
{
  view->waiting = FALSE;
}

static char *
dup_cell_cb (StockRow *row,
             gpointer  column)
{
  const char *text = row->row->cells[GPOINTER_TO_UINT (column)];

  return g_strdup (text != NULL ? text : "");
}

/* Milliseconds until a GtkSortListModel has its rows in order by @column; nobody shows them. */
static double
sort_stock (GListStore *store,
            guint       column)
{
  g_autoptr (GtkSortListModel) model = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (store)), NULL);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_string_sorter_new (gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (dup_cell_cb), GUINT_TO_POINTER (column), NULL)));
  const gint64 begun = g_get_monotonic_time ();

  gtk_sort_list_model_set_sorter (model, sorter);

  return (g_get_monotonic_time () - begun) / 1e3;
}

/* Milliseconds until the first rows in the order of the column @name are painted. */
static double
click (BenchView  *page,
       const char *name,
       gboolean    descending,
       double     *ret_thread,
       double     *ret_read)
{
  GtkColumnView *column_view = GTK_COLUMN_VIEW (ui_find (page->window, GTK_TYPE_COLUMN_VIEW, NULL));
  GListModel    *model = gtk_column_view_get_columns (column_view);
  const double   begun = bench_get_thread_time ();

  bench_view_begin (page);
  page->waiting = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (model, i);

      if (g_strcmp0 (gtk_column_view_column_get_id (column), name) == 0)
        gtk_column_view_sort_by_column (column_view, column, descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
  bench_view_finish (page);
  *ret_thread = bench_get_thread_time () - begun;
  wait_until (!probity_paged_model_get_loading (PROBITY_PAGED_MODEL (page->model)));
  *ret_read = (g_get_monotonic_time () - page->begun) / 1e3;

  return g_array_index (page->waits, double, page->waits->len - 1);
}

static void
measure_headers (GListStore            *store,
                 const ProbityListKind *kind,
                 BenchView             *page)
{
  static const char *const headers[] = { "applicant_name", "employer", "received", "weekly_hours", "stage" };

  g_signal_connect_swapped (page->model, "started", G_CALLBACK (arrived_cb), page);
  g_signal_connect_swapped (page->model, "reloaded", G_CALLBACK (arrived_cb), page);
  for (guint h = 0; h < G_N_ELEMENTS (headers); h++)
    {
      g_autofree char *load = measure_dup_load ();
      const guint      column = probity_list_kind_find_column (kind, headers[h]);
      double           ratios[N_CLICKS], thread, read, least_stock = G_MAXDOUBLE, least = G_MAXDOUBLE, least_thread = G_MAXDOUBLE, least_read = G_MAXDOUBLE, most = 0;

      for (guint i = 0; i < N_CLICKS + 1; i++)
        {
          const double of_stock = sort_stock (store, column);
          const double of_page = click (page, headers[h], i % 2 == 1, &thread, &read);

          if (i == 0)
            continue;
          ratios[i - 1] = of_stock / of_page;
          least_stock = MIN (least_stock, of_stock);
          least = MIN (least, of_page);
          most = MAX (most, of_page);
          least_thread = MIN (least_thread, thread);
          least_read = MIN (least_read, read);
        }
      g_print ("P5   click on the header %s to its rows painted, %u rows; load %s\n", headers[h], g_list_model_get_n_items (page->model), load);
      g_print ("     GtkSortListModel, in order but not painted: %.0f ms at best\n", least_stock);
      g_print ("     the page, painted: %.0f to %.0f ms, %.0f of the main thread's processor at best; all ids after %.0f ms at best\n", least, most, least_thread, least_read);
      measure_print_ratios ("times faster", ratios, N_CLICKS, "floor 10, target 25 (<= 50 ms)");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityClock) clock = NULL;
  g_autoptr (ProbitySession) session = NULL;
  g_autoptr (GListStore) store = NULL;
  g_autofree char       *base = g_dir_make_tmp ("bench-XXXXXX", &error);
  g_autofree char       *rows = g_strdup_printf ("%u", measure_get_n_rows ());
  g_autofree char       *folder = NULL;
  const ProbityListKind *kind;
  BenchView              stock = { 0 };
  BenchView              page = { 0 };
  AdwNavigationPage     *list_page;
  GtkWidget             *navigation;
  gint64                 begun;

  g_assert_no_error (error);
  g_assert_cmpint (argc, >=, 2);
  begun = g_get_monotonic_time ();
  folder = bench_dup_sample (argv[1], base, (const char *const[]) { "--people", rows, "--second-jobs", rows, NULL });
  g_print ("the casebook is there after %.0f s\n", (g_get_monotonic_time () - begun) / 1e6);

  dex_init ();
  adw_init ();
  probity_ui_init ();
  clock = probity_clock_new_system ();
  session = wait_for_object (probity_session_sign_in (folder, "head-of-hr", BENCH_SAMPLE_PASSPHRASE, clock));
  kind = probity_list_kind_find ("second-jobs");

  begun = g_get_monotonic_time ();
  list_page = probity_list_page_new (session, "second-jobs");
  show_columns (ui_find (GTK_WIDGET (list_page), GTK_TYPE_COLUMN_VIEW, NULL));
  navigation = adw_navigation_view_new ();
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (navigation), list_page);
  page.model = G_LIST_MODEL (probity_list_page_get_model (PROBITY_LIST_PAGE (list_page)));
  wait_until (g_list_model_get_n_items (page.model) > 0);
  g_print ("the page of second jobs has its first rows after %.0f ms", (g_get_monotonic_time () - begun) / 1e3);
  wait_until (!probity_paged_model_get_loading (PROBITY_PAGED_MODEL (page.model)));
  g_print (", its %u ids after %.0f ms", g_list_model_get_n_items (page.model), (g_get_monotonic_time () - begun) / 1e3);
  bench_view_show (&page, "the page, rows as they are seen", navigation, g_list_model_get_n_items (page.model));

  begun = g_get_monotonic_time ();
  store = load_store (session, kind);
  g_print (", the GListStore after %.0f ms\n", (g_get_monotonic_time () - begun) / 1e3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, page.n_rows);
  bench_view_show (&stock, "GtkColumnView, GtkLabel, GListStore", new_stock_list (store, kind), page.n_rows);

  for (BenchPattern pattern = 0; pattern < BENCH_N_PATTERNS && g_strcmp0 (argv[2], "P5") != 0; pattern++)
    measure_pattern (&stock, &page, pattern);
  if (g_strcmp0 (argv[2], "P5") != 0)
    measure_live (session, store, &stock, &page);
  if (g_strcmp0 (argv[2], "P3") != 0)
    measure_headers (store, kind, &page);

  gtk_window_destroy (GTK_WINDOW (page.window));
  gtk_window_destroy (GTK_WINDOW (stock.window));
  wait_for_success (probity_session_sign_out (session));
  remove_tree (base);

  return 0;
}
