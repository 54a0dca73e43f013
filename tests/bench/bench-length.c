/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <stdio.h>

#include "bench-sample.h"
#include "bench-view.h"
#include "measure.h"
#include "probity-application.h"
#include "probity-id-selection.h"
#include "ui-fixture.h"

/*
 * P3b: a list of organisations with ten times as many rows: until its first rows are painted, memory that is resident,
 * frames in three patterns of scrolling. The list is what pages of lists are made of, the model that reads its rows as
 * they are seen, with the selection by id, in a GtkColumnView of GtkInscriptions.
 *
 *     bench-length PROBITYCTL LONG-CASEBOOK       (PROBITY_PEOPLE=N: N and 10 N rows)
 *
 * The goal is for 1,000,000 and 10,000,000 rows, which takes some minutes and 5 GB below TMPDIR:
 *
 *     PROBITY_PEOPLE=1000000 meson test -C _build-bench --verbose bench-length
 *
 * PROBITY_SHORT and PROBITY_LONG name casebooks that long-casebook.c has made before. The rows are put in in bulk, and
 * lack what a list does not read: words by which they would be found, and entries of the audit log (bench-fill.h).
 * Organisations, since their table has the fewest indexes, and none of their rows is read at sign-in.
 *
 * Each opening is a program of its own: bench-length --show FOLDER
 */

#define N_PAIRS 5
#define N_STEPS 60

typedef struct
{
  double opened;                    /* ms, until the first rows were painted */
  double read;                      /* ms, until all ids were there */
  double memory;                    /* MB */
  double frames[BENCH_N_PATTERNS];  /* median, ms by the clock */
  double threads[BENCH_N_PATTERNS]; /* median, ms of the processor */
  guint  n_rows;
} Opening;

/* --- a program that opens one list --- */

static double
read_memory (void)
{
  g_autofree char *status = NULL;
  const char      *line;

  return g_file_get_contents ("/proc/self/status", &status, NULL, NULL) && (line = strstr (status, "VmRSS:")) != NULL ? atoi (line + strlen ("VmRSS:")) / 1024.0 : 0;
}

static void
show_cell (ProbityListItem *item,
           gpointer         data)
{
  GtkColumnViewCell *cell = data;
  ProbityListRow    *row = probity_list_item_get_row (item);
  const guint        column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (cell), "column"));

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_column_view_cell_get_child (cell)), row != NULL ? row->cells[column] : NULL);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkColumnViewCell        *cell,
          gpointer                  column)
{
  g_object_set_data (G_OBJECT (cell), "column", column);
  gtk_column_view_cell_set_child (cell, gtk_inscription_new (NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkColumnViewCell        *cell)
{
  ProbityListItem *item = gtk_column_view_cell_get_item (cell);

  show_cell (item, cell);
  probity_list_item_watch (item, show_cell, cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkColumnViewCell        *cell)
{
  probity_list_item_unwatch (gtk_column_view_cell_get_item (cell), cell);
}

static GtkWidget *
new_list (ProbityPagedModel *model)
{
  GtkSelectionModel       *selection = GTK_SELECTION_MODEL (probity_id_selection_new (model));
  GtkWidget               *column_view = gtk_column_view_new (selection);
  GtkWidget               *scrolled = gtk_scrolled_window_new ();
  guint                    n;
  const ProbityListColumn *columns = probity_list_kind_get_columns (probity_paged_model_get_kind (model), &n);

  for (guint i = 0; i < n; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (columns[i].name, factory);

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
      gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (column_view), column);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), column_view);

  return scrolled;
}

static int
run_child (const char *folder)
{
  g_autoptr (ProbityClock) clock = NULL;
  g_autoptr (ProbitySession) session = NULL;
  g_autoptr (ProbityPagedModel) model = NULL;
  g_autoptr (ProbityListQuery) query = NULL;
  BenchView view = { 0 };
  gint64    begun;
  double    opened, read;

  dex_init ();
  adw_init ();
  probity_ui_init ();
  clock = probity_clock_new_system ();
  session = wait_for_object (probity_session_sign_in (folder, "head-of-hr", BENCH_SAMPLE_PASSPHRASE, clock));

  begun = g_get_monotonic_time ();
  model = probity_paged_model_new (session, probity_list_kind_find ("organisations"));
  query = probity_list_query_new (probity_paged_model_get_kind (model));
  probity_paged_model_set_query (model, query);
  view.model = G_LIST_MODEL (model);
  bench_view_show_first (&view, new_list (model));
  opened = (g_get_monotonic_time () - begun) / 1e3;
  wait_until (!probity_paged_model_get_loading (model));
  read = (g_get_monotonic_time () - begun) / 1e3;
  view.n_rows = g_list_model_get_n_items (view.model);
  ui_settle (view.window);

  printf ("%f %f %f %u", opened, read, read_memory (), view.n_rows);
  for (BenchPattern pattern = 0; pattern < BENCH_N_PATTERNS; pattern++)
    {
      bench_view_reset (&view, pattern);
      for (guint i = 0; i < N_STEPS; i++)
        bench_view_step (&view, pattern);
      printf (" %f %f", bench_get_share (view.frames, 0.5), bench_get_share (view.threads, 0.5));
    }
  printf ("\n");
  fflush (stdout);
  _exit (0);
}

/* --- who starts them --- */

static void
open_list (const char *self,
           const char *folder,
           Opening    *ret_opening)
{
  const char *const command[] = { self, "--show", folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_autofree char *said = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sscanf (said,
                           "%lf %lf %lf %u %lf %lf %lf %lf %lf %lf",
                           &ret_opening->opened,
                           &ret_opening->read,
                           &ret_opening->memory,
                           &ret_opening->n_rows,
                           &ret_opening->frames[0],
                           &ret_opening->threads[0],
                           &ret_opening->frames[1],
                           &ret_opening->threads[1],
                           &ret_opening->frames[2],
                           &ret_opening->threads[2]),
                   ==,
                   10);
}

/* @offset: of a double in Opening. */
static void
print_ratio (const char    *what,
             const Opening *shorter,
             const Opening *longer,
             gsize          offset,
             const char    *goal)
{
  double ratios[N_PAIRS], least_short = G_MAXDOUBLE, least_long = G_MAXDOUBLE;

  for (guint i = 0; i < N_PAIRS; i++)
    {
      const double one = G_STRUCT_MEMBER (double, &shorter[i], offset);
      const double other = G_STRUCT_MEMBER (double, &longer[i], offset);

      ratios[i] = other / one;
      least_short = MIN (least_short, one);
      least_long = MIN (least_long, other);
    }
  g_print ("     %s: %.1f and %.1f at best\n", what, least_short, least_long);
  measure_print_ratios ("times as much", ratios, N_PAIRS, goal);
}

int
main (int   argc,
      char *argv[])
{
  static const char *const goal = "floor 1.2, target 1.05";
  g_autoptr (GError) error = NULL;
  g_autofree char *base = NULL;
  char            *folders[2] = { g_strdup (g_getenv ("PROBITY_SHORT")), g_strdup (g_getenv ("PROBITY_LONG")) };
  g_autofree char *load = NULL;
  Opening          openings[2][N_PAIRS + 1];

  if (argc == 3 && g_str_equal (argv[1], "--show"))
    return run_child (argv[2]);

  g_assert_cmpint (argc, ==, 3);
  base = g_dir_make_tmp ("bench-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *place = g_build_filename (base, i == 0 ? "short" : "long", NULL);
      g_autofree char *rows = g_strdup_printf ("%u", measure_get_n_rows () * (i == 0 ? 1 : 10));
      gint64           begun = g_get_monotonic_time ();

      g_mkdir_with_parents (place, 0700);
      if (folders[i] == NULL)
        folders[i] = bench_dup_long (argv[1], argv[2], place, (const char *const[]) { "organisations", rows, NULL });
      g_print ("%s: there after %.0f s\n", i == 0 ? "short" : "long", (g_get_monotonic_time () - begun) / 1e6);
    }

  load = measure_dup_load ();
  for (guint i = 0; i < N_PAIRS + 1; i++)
    for (guint j = 0; j < 2; j++)
      open_list (argv[0], folders[(i + j) % 2], &openings[(i + j) % 2][i]);

  g_print ("P3b  the list of organisations with %u rows against the same with %u; load %s\n", openings[1][0].n_rows, openings[0][0].n_rows, load);
  print_ratio ("ms to the first rows, painted", &openings[0][1], &openings[1][1], G_STRUCT_OFFSET (Opening, opened), goal);
  print_ratio ("ms to all ids, read behind them", &openings[0][1], &openings[1][1], G_STRUCT_OFFSET (Opening, read), "no goal");
  print_ratio ("MB resident", &openings[0][1], &openings[1][1], G_STRUCT_OFFSET (Opening, memory), goal);
  for (BenchPattern pattern = 0; pattern < BENCH_N_PATTERNS; pattern++)
    {
      g_autofree char *clock = g_strdup_printf ("ms a frame by the clock, %s", bench_pattern_names[pattern]);
      g_autofree char *thread = g_strdup_printf ("ms a frame of the processor, %s", bench_pattern_names[pattern]);

      print_ratio (clock, &openings[0][1], &openings[1][1], G_STRUCT_OFFSET (Opening, frames) + pattern * sizeof (double), goal);
      print_ratio (thread, &openings[0][1], &openings[1][1], G_STRUCT_OFFSET (Opening, threads) + pattern * sizeof (double), goal);
    }
  g_free (folders[0]);
  g_free (folders[1]);
  remove_tree (base);

  return 0;
}
