/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <time.h>

#include "bench-sample.h"
#include "measure.h"
#include "probity-application.h"
#include "probity-list-page.h"
#include "probity-second-job.h"
#include "ui-fixture.h"

/*
 * P3: frames of the real page of second jobs over an encrypted casebook, eight columns, against the stock
 * GtkColumnView with a GtkLabel a cell over a GListStore that holds every row in memory.
 *
 *     bench-frames PROBITYCTL       (PROBITY_CASEBOOK=FOLDER: a sample casebook that is there already)
 *
 * A step moves the list: by three rows, by a page, or to any place. It ends when every row that is seen
 * has its cells and they are painted, so that frames of empty rows gain nothing; all frames of the step
 * count. Last the same while applications come in. A frame lasts from before-paint to after-paint of its GdkFrameClock. What the main thread works
 * outside frames (handing out cells) is counted as time of the processor.
 */

#define N_STEPS 300
#define N_BLOCKS 10
#define BLOCK (N_STEPS / N_BLOCKS)
#define N_COLUMNS 8
#define STEP_LIMIT_USEC (5 * G_USEC_PER_SEC)

static const char *const columns[] = { "reference", "received", "applicant_name", "employer", "category", "stage", "weekly_hours", "next_review", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (columns) == N_COLUMNS + 1);

typedef enum
{
  PATTERN_ROWS,
  PATTERN_PAGE,
  PATTERN_JUMP,
  N_PATTERNS
} Pattern;

static const char *const pattern_names[] = { "3 rows further", "a page further", "to any place" };

/* A window with a list, and what its frames cost. */
typedef struct
{
  const char    *name;
  GtkWidget     *window;
  GtkAdjustment *adjustment;
  GListModel    *model; /* of rows that come later; NULL: all are there */
  guint          n_rows;
  guint          state;
  gint64         frame_begun;
  double         thread_begun;
  gboolean       painted;  /* since the step began */
  gboolean       complete; /* what was painted last had all its cells */
  guint          n_empty;  /* frames with rows without cells */
  GArray        *frames;   /* double, ms */
  GArray        *threads;  /* double, ms of the processor */
  GArray        *waits;    /* double, ms from the step to all cells painted */
  double         frame_sum;
} View;

static double
get_thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static gboolean
is_complete (View *view)
{
  double upper = gtk_adjustment_get_upper (view->adjustment);
  double value = gtk_adjustment_get_value (view->adjustment);
  double page = gtk_adjustment_get_page_size (view->adjustment);
  guint  first = value / upper * view->n_rows;
  guint  end = MIN ((guint) ((value + page) / upper * view->n_rows) + 1, view->n_rows);

  if (view->model == NULL)
    return TRUE;
  for (guint i = first; i < end; i++)
    {
      g_autoptr (ProbityListItem) item = g_list_model_get_item (view->model, i);

      if (probity_list_item_get_row (item) == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
before_paint_cb (View *view)
{
  view->frame_begun = g_get_monotonic_time ();
  view->thread_begun = get_thread_time ();
}

static void
after_paint_cb (View *view)
{
  double taken = (g_get_monotonic_time () - view->frame_begun) / 1e3;
  double thread = get_thread_time () - view->thread_begun;

  g_array_append_val (view->frames, taken);
  g_array_append_val (view->threads, thread);
  view->frame_sum += taken;
  view->painted = TRUE;
  view->complete = is_complete (view);
  if (!view->complete)
    view->n_empty++;
}

static void
move (View   *view,
      Pattern pattern)
{
  double upper = gtk_adjustment_get_upper (view->adjustment);
  double page = gtk_adjustment_get_page_size (view->adjustment);
  double row = upper / view->n_rows;
  double value = gtk_adjustment_get_value (view->adjustment);

  switch (pattern)
    {
    case PATTERN_ROWS:
      value += 3 * row;
      break;
    case PATTERN_PAGE:
      value += page - row;
      break;
    case PATTERN_JUMP:
    case N_PATTERNS:
      value = row * measure_random (&view->state, view->n_rows - (guint) (page / row) - 1);
      break;
    }
  gtk_adjustment_set_value (view->adjustment, value < upper - page ? value : 0);
}

static void
step (View   *view,
      Pattern pattern)
{
  gint64 begun = g_get_monotonic_time ();
  double waited;

  view->painted = view->complete = FALSE;
  move (view, pattern);
  while ((!view->painted || !view->complete) && g_get_monotonic_time () - begun < STEP_LIMIT_USEC)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (view->painted && view->complete);
  waited = (g_get_monotonic_time () - begun) / 1e3;
  g_array_append_val (view->waits, waited);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_share (GArray *sorted,
           double  share)
{
  return g_array_index (sorted, double, MIN ((guint) (share * sorted->len), sorted->len - 1));
}

static void
print_frames (const char *what,
              GArray     *times)
{
  guint  n_late = 0;
  double sum = 0;

  for (guint i = 0; i < times->len; i++)
    {
      n_late += g_array_index (times, double, i) > 1000.0 / 60;
      sum += g_array_index (times, double, i);
    }
  g_array_sort (times, compare_doubles);
  g_print ("       %-24s mean %.1f, p50 %.1f, p95 %.1f, p99 %.1f ms; %u of %u over 16.7 ms\n",
           what,
           sum / times->len,
           get_share (times, 0.5),
           get_share (times, 0.95),
           get_share (times, 0.99),
           n_late,
           times->len);
}

static void
print_view (View *view)
{
  g_array_sort (view->waits, compare_doubles);
  g_print ("     %s: all cells painted after p50 %.0f, p95 %.0f ms; %u frames with empty rows\n",
           view->name,
           get_share (view->waits, 0.5),
           get_share (view->waits, 0.95),
           view->n_empty);
  print_frames ("frames, by the clock", view->frames);
  print_frames ("frames, of the processor", view->threads);
}

static void
run_block (View   *view,
           Pattern pattern,
           double *ret_frames,
           double *ret_thread)
{
  double begun = get_thread_time ();

  view->frame_sum = 0;
  for (guint i = 0; i < BLOCK; i++)
    step (view, pattern);
  *ret_thread = get_thread_time () - begun;
  *ret_frames = view->frame_sum;
}

static void
reset (View   *view,
       Pattern pattern)
{
  g_array_set_size (view->frames, 0);
  g_array_set_size (view->threads, 0);
  g_array_set_size (view->waits, 0);
  view->n_empty = 0;
  view->state = 5 + pattern;
}

static void
measure_pattern (View   *stock,
                 View   *page,
                 Pattern pattern)
{
  double           frames[N_BLOCKS], threads[N_BLOCKS];
  g_autofree char *load = measure_dup_load ();

  for (guint i = 0; i < N_BLOCKS + 1; i++)
    {
      double stock_frames = 0, stock_thread = 0, page_frames = 0, page_thread = 0;

      /* The first pair warms both up. */
      if (i <= 1)
        {
          reset (stock, pattern);
          reset (page, pattern);
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
           pattern_names[pattern],
           N_STEPS,
           page->n_rows,
           N_COLUMNS,
           gtk_adjustment_get_page_size (page->adjustment) / gtk_adjustment_get_upper (page->adjustment) * page->n_rows,
           load);
  print_view (stock);
  print_view (page);
  measure_print_ratios ("times faster, frames of a step", frames, N_BLOCKS, pattern == PATTERN_JUMP ? "floor 4, target 6, and p95 <= 16.7, p99 <= 25 ms" : "p95 <= 16.7, p99 <= 25 ms");
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
  for (guint first = 0; first < ids->len; first += 1000)
    {
      g_autoptr (GPtrArray) rows = wait_for_boxed (probity_list_load_rows (session, kind, &g_array_index (ids, gint64, first), MIN (1000, ids->len - first), NULL));

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
show_view (View       *view,
           const char *name,
           GtkWidget  *child,
           guint       n_rows)
{
  GtkWidget     *column_view;
  GdkFrameClock *clock;

  view->name = name;
  view->n_rows = n_rows;
  view->frames = g_array_new (FALSE, FALSE, sizeof (double));
  view->threads = g_array_new (FALSE, FALSE, sizeof (double));
  view->waits = g_array_new (FALSE, FALSE, sizeof (double));
  view->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (view->window), child);
  gtk_window_set_default_size (GTK_WINDOW (view->window), 1400, 900);
  gtk_window_present (GTK_WINDOW (view->window));
  column_view = ui_find (child, GTK_TYPE_COLUMN_VIEW, NULL);
  view->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (column_view));
  wait_until (gtk_adjustment_get_upper (view->adjustment) > 10000);
  ui_settle (view->window);
  clock = gtk_widget_get_frame_clock (view->window);
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (before_paint_cb), view);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), view);
}

/* Applications come in while somebody scrolls: the same list, and every row of it stays what it was. */
static void
measure_live (ProbitySession *session,
              View           *page)
{
  g_autofree char *load = measure_dup_load ();
  g_autoptr (DexFuture) coming = NULL;
  const guint before = g_list_model_get_n_items (page->model);
  guint       n_came = 0;

  reset (page, PATTERN_ROWS);
  gtk_adjustment_set_value (page->adjustment, 0);
  for (guint i = 0; i < N_STEPS; i++)
    {
      if (i % 10 == 0 && (coming == NULL || !dex_future_is_pending (coming)))
        {
          g_autoptr (ProbityValues) values = probity_values_new ();

          probity_values_set (values, "staff_number", "2100");
          probity_values_set (values, "employer", "The Bell");
          probity_values_set (values, "category", "other");
          probity_values_set (values, "nature", "serving behind the bar");
          probity_values_set (values, "paid", "true");
          probity_values_set (values, "weekly_hours", "7.5");
          probity_values_set (values, "start", "2030-01-01");
          dex_clear (&coming);
          coming = probity_second_job_submit (session, values);
          n_came++;
        }
      page->n_rows = g_list_model_get_n_items (page->model);
      step (page, PATTERN_ROWS);
    }
  while (dex_future_is_pending (coming))
    g_main_context_iteration (NULL, TRUE);
  wait_until (g_list_model_get_n_items (page->model) == before + n_came);

  g_print ("P3   3 rows further while %u applications come in: %u steps of %u rows; load %s\n", n_came, N_STEPS, page->n_rows, load);
  print_view (page);
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
  View                   stock = { 0 };
  View                   page = { 0 };
  AdwNavigationPage     *list_page;
  GtkWidget             *navigation;
  gint64                 begun;

  g_assert_no_error (error);
  g_assert_cmpint (argc, ==, 2);
  begun = g_get_monotonic_time ();
  folder = bench_dup_sample (argv[1], base, (const char *const[]) { "--people", rows, "--second-jobs", rows, NULL });
  g_print ("a sample of %s people and second jobs is there after %.0f s\n", rows, (g_get_monotonic_time () - begun) / 1e6);

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
  g_print ("the page of second jobs has its %u rows after %.0f ms", g_list_model_get_n_items (page.model), (g_get_monotonic_time () - begun) / 1e3);
  show_view (&page, "the page, rows as they are seen", navigation, g_list_model_get_n_items (page.model));

  begun = g_get_monotonic_time ();
  store = load_store (session, kind);
  g_print (", the GListStore after %.0f ms\n", (g_get_monotonic_time () - begun) / 1e3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, page.n_rows);
  show_view (&stock, "GtkColumnView, GtkLabel, GListStore", new_stock_list (store, kind), page.n_rows);

  for (Pattern pattern = 0; pattern < N_PATTERNS; pattern++)
    measure_pattern (&stock, &page, pattern);
  measure_live (session, &page);

  gtk_window_destroy (GTK_WINDOW (page.window));
  gtk_window_destroy (GTK_WINDOW (stock.window));
  wait_for_success (probity_session_sign_out (session));
  remove_tree (base);

  return 0;
}
