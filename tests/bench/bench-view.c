/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bench-view.h"

#include <time.h>

#include "measure.h"
#include "probity-list-item.h"
#include "ui-fixture.h"

#define STEP_LIMIT_USEC (30 * G_USEC_PER_SEC)

const char *const bench_pattern_names[BENCH_N_PATTERNS] = { "3 rows further", "a page further", "to any place" };

double
bench_get_thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static gboolean
is_complete (BenchView *view)
{
  const double upper = gtk_adjustment_get_upper (view->adjustment);
  const double value = gtk_adjustment_get_value (view->adjustment);
  const double page = gtk_adjustment_get_page_size (view->adjustment);
  const guint  n_rows = view->model != NULL ? g_list_model_get_n_items (view->model) : 0;
  guint        first, end;

  if (view->model == NULL)
    return TRUE;
  if (view->waiting || n_rows == 0 || upper <= 0)
    return FALSE;
  first = value / upper * n_rows;
  end = MIN ((guint) ((value + page) / upper * n_rows) + 1, n_rows);
  for (guint i = first; i < end; i++)
    {
      g_autoptr (ProbityListItem) item = g_list_model_get_item (view->model, i);

      if (probity_list_item_get_row (item) == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
before_paint_cb (BenchView *view)
{
  view->frame_begun = g_get_monotonic_time ();
  view->thread_begun = bench_get_thread_time ();
}

static void
after_paint_cb (BenchView *view)
{
  double taken = (g_get_monotonic_time () - view->frame_begun) / 1e3;
  double thread = bench_get_thread_time () - view->thread_begun;

  g_array_append_val (view->frames, taken);
  g_array_append_val (view->threads, thread);
  view->frame_sum += taken;
  view->painted = TRUE;
  view->complete = is_complete (view);
  if (!view->complete)
    view->n_empty++;
}

static void
move (BenchView   *view,
      BenchPattern pattern)
{
  double upper = gtk_adjustment_get_upper (view->adjustment);
  double page = gtk_adjustment_get_page_size (view->adjustment);
  double row = upper / view->n_rows;
  double value = gtk_adjustment_get_value (view->adjustment);

  switch (pattern)
    {
    case BENCH_PATTERN_ROWS:
      value += 3 * row;
      break;
    case BENCH_PATTERN_PAGE:
      value += page - row;
      break;
    case BENCH_PATTERN_JUMP:
    case BENCH_N_PATTERNS:
      value = row * measure_random (&view->state, view->n_rows - (guint) (page / row) - 1);
      break;
    }
  gtk_adjustment_set_value (view->adjustment, value < upper - page ? value : 0);
}

void
bench_view_begin (BenchView *view)
{
  view->begun = g_get_monotonic_time ();
  view->painted = view->complete = view->waiting = FALSE;
}

void
bench_view_finish (BenchView *view)
{
  double waited;

  while ((!view->painted || !view->complete) && g_get_monotonic_time () - view->begun < STEP_LIMIT_USEC)
    g_main_context_iteration (NULL, TRUE);
  if (!view->painted || !view->complete)
    g_error ("%s: %s after %d s", view->name, !view->painted ? "nothing painted" : view->waiting ? "nothing new"
                                                                                                 : "rows without cells",
             (int) (STEP_LIMIT_USEC / G_USEC_PER_SEC));
  waited = (g_get_monotonic_time () - view->begun) / 1e3;
  g_array_append_val (view->waits, waited);
}

void
bench_view_step (BenchView   *view,
                 BenchPattern pattern)
{
  bench_view_begin (view);
  move (view, pattern);
  bench_view_finish (view);
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
  g_array_sort (times, measure_compare_doubles);
  g_print ("       %-24s mean %.1f, p50 %.1f, p95 %.1f, p99 %.1f ms; %u of %u over 16.7 ms\n",
           what,
           sum / times->len,
           get_share (times, 0.5),
           get_share (times, 0.95),
           get_share (times, 0.99),
           n_late,
           times->len);
}

void
bench_view_print (BenchView *view)
{
  g_array_sort (view->waits, measure_compare_doubles);
  g_print ("     %s: all cells painted after p50 %.0f, p95 %.0f ms; %u frames with empty rows\n",
           view->name,
           get_share (view->waits, 0.5),
           get_share (view->waits, 0.95),
           view->n_empty);
  print_frames ("frames, by the clock", view->frames);
  print_frames ("frames, of the processor", view->threads);
}

void
bench_view_reset (BenchView   *view,
                  BenchPattern pattern)
{
  g_array_set_size (view->frames, 0);
  g_array_set_size (view->threads, 0);
  g_array_set_size (view->waits, 0);
  view->n_empty = 0;
  view->state = 5 + pattern;
}

static void
open_window (BenchView *view,
             GtkWidget *child)
{
  GtkWidget     *column_view;
  GdkFrameClock *clock;

  view->frames = g_array_new (FALSE, FALSE, sizeof (double));
  view->threads = g_array_new (FALSE, FALSE, sizeof (double));
  view->waits = g_array_new (FALSE, FALSE, sizeof (double));
  view->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (view->window), child);
  gtk_window_set_default_size (GTK_WINDOW (view->window), 1400, 900);
  gtk_window_present (GTK_WINDOW (view->window));
  column_view = ui_find (child, GTK_TYPE_COLUMN_VIEW, NULL);
  view->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (column_view));
  clock = gtk_widget_get_frame_clock (view->window);
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (before_paint_cb), view);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), view);
}

void
bench_view_show (BenchView  *view,
                 const char *name,
                 GtkWidget  *child,
                 guint       n_rows)
{
  view->name = name;
  view->n_rows = n_rows;
  open_window (view, child);
  wait_until (gtk_adjustment_get_upper (view->adjustment) > 10000);
  ui_settle (view->window);
}

void
bench_view_show_first (BenchView *view,
                       GtkWidget *child)
{
  open_window (view, child);
  bench_view_begin (view);
  while (g_list_model_get_n_items (view->model) == 0 || !view->painted || !view->complete)
    g_main_context_iteration (NULL, TRUE);
}

double
bench_get_share (GArray *times,
                 double  share)
{
  g_array_sort (times, measure_compare_doubles);

  return get_share (times, share);
}
