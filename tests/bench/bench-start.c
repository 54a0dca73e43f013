/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <stdio.h>

#include "bench-sample.h"
#include "measure.h"
#include "probity-application.h"
#include "probity-keyring-private.h"
#include "probity-list-page.h"
#include "probity-overview.h"
#include "probity-window.h"
#include "ui-fixture.h"

/*
 * P6: from the start of the program to its page for signing in, painted, against a bare window of libadwaita.
 * P6b: from the passphrase to the first rows of a long list, painted, against what the passphrase alone costs.
 * P13: the memory that is then resident, against the bare window's.
 *
 *     bench-start PROBITYCTL BARE-WINDOW
 *
 * PROBITY_CASEBOOK names a sample casebook that is there already, PROBITY_SECTION the section whose list is opened
 * (second-jobs) and PROBITY_ACCOUNT by whom (head-of-hr). The goals are for 1,000,000 rows; the casebook for that is
 * made once by long-casebook.c:
 *
 *     PROBITY_CASEBOOK=/tmp/long/casebook meson test -C _build-bench --verbose bench-start
 *
 * Each start is a program of its own:
 *
 *     bench-start --sign-in FOLDER | --list FOLDER SECTION ACCOUNT
 */

#define N_PAIRS 9
#define N_UNLOCKS 5

static int
read_memory (void)
{
  g_autofree char *status = NULL;
  const char      *line;

  return g_file_get_contents ("/proc/self/status", &status, NULL, NULL) && (line = strstr (status, "VmRSS:")) != NULL ? atoi (line + strlen ("VmRSS:")) : 0;
}

/* --- a program that starts --- */

static void
painted_cb (GdkFrameClock *clock,
            gboolean      *ret_painted)
{
  *ret_painted = TRUE;
}

static void
wait_for_frame (ProbityWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gboolean       painted = FALSE;
  gulong         id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  gtk_widget_queue_draw (GTK_WIDGET (window));
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
}

static ProbityWindow *
open_window (ProbityApplication *application,
             const char         *folder)
{
  ProbityWindow *window = probity_window_new (ADW_APPLICATION (application));
  GtkWidget     *passphrase;

  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_window_present (GTK_WINDOW (window));
  probity_window_open_casebook (window, folder);
  while ((passphrase = ui_find_titled (GTK_WIDGET (window), "Passphrase")) == NULL || !gtk_widget_get_mapped (passphrase))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (window);

  return window;
}

static gboolean
has_first_rows (ProbityListPage *page)
{
  GListModel *model = G_LIST_MODEL (probity_list_page_get_model (page));
  guint       n = MIN (g_list_model_get_n_items (model), 20);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ProbityListItem) item = g_list_model_get_item (model, i);

      if (probity_list_item_get_row (item) == NULL)
        return FALSE;
    }

  return n > 0;
}

static void
show_list (ProbityWindow *window,
           const char    *section,
           const char    *account)
{
  gint64           begun = g_get_monotonic_time ();
  double           cost, unlocked;
  ProbityListPage *page;

  probity_key_cost_spend (&probity_key_cost_standard, BENCH_SAMPLE_PASSPHRASE);
  cost = (g_get_monotonic_time () - begun) / 1e3;

  gtk_editable_set_text (GTK_EDITABLE (ui_find_titled (GTK_WIDGET (window), "Account")), account);
  gtk_editable_set_text (GTK_EDITABLE (ui_find_titled (GTK_WIDGET (window), "Passphrase")), BENCH_SAMPLE_PASSPHRASE);
  begun = g_get_monotonic_time ();
  g_signal_emit_by_name (ui_find_titled (GTK_WIDGET (window), "Passphrase"), "entry-activated");
  while (probity_window_get_session (window) == NULL)
    g_main_context_iteration (NULL, TRUE);
  probity_window_show_section (window, section);
  while ((page = PROBITY_LIST_PAGE (ui_find (GTK_WIDGET (window), PROBITY_TYPE_LIST_PAGE, NULL))) == NULL || !has_first_rows (page))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frame (window);
  unlocked = (g_get_monotonic_time () - begun) / 1e3;

  /* Of a long list the rest of the ids comes now, and the numbers beside the sidebar. */
  wait_until (!probity_paged_model_get_loading (probity_list_page_get_model (page)));
  g_ptr_array_unref (wait_for_boxed (probity_my_day_behind (probity_window_get_session (window))));
  ui_settle (GTK_WIDGET (window));
  printf ("unlocked %.1f %.1f %d %u\n", cost, unlocked, read_memory (), g_list_model_get_n_items (G_LIST_MODEL (probity_list_page_get_model (page))));
}

static int
run_child (int   argc,
           char *argv[])
{
  g_autoptr (ProbityApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  ProbityWindow *window;

  probity_ui_init ();
  application = probity_application_new ();
  g_application_set_flags (G_APPLICATION (application), g_application_get_flags (G_APPLICATION (application)) | G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  window = open_window (application, argv[2]);
  printf ("painted %d\n", read_memory ());
  fflush (stdout);
  if (argc == 5)
    show_list (window, argv[3], argv[4]);
  fflush (stdout);

  _exit (0);
}

/* --- who starts them --- */

/* Milliseconds until the program says that it is painted; @ret_lines: all that it said. */
static double
start (const char *const *command,
       char             **ret_lines)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) said = g_string_new (NULL);
  gint64 begun = g_get_monotonic_time ();
  double painted = 0;

  process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

      g_assert_no_error (error);
      if (line == NULL)
        break;
      if (painted == 0)
        painted = (g_get_monotonic_time () - begun) / 1e3;
      g_string_append_printf (said, "%s\n", line);
    }
  g_subprocess_wait (process, NULL, NULL);
  g_assert_cmpfloat (painted, >, 0);
  if (ret_lines != NULL)
    *ret_lines = g_string_free_and_steal (g_steal_pointer (&said));

  return painted;
}

static double
get_median (double *numbers,
            guint   n)
{
  qsort (numbers, n, sizeof *numbers, measure_compare_doubles);

  return numbers[n / 2];
}

static void
measure_start (const char *self,
               const char *bare,
               const char *folder,
               int        *ret_bare_memory)
{
  const char *const bare_command[] = { bare, NULL };
  const char *const own_command[] = { self, "--sign-in", folder, NULL };
  double            bare_times[N_PAIRS], own_times[N_PAIRS], ratios[N_PAIRS];
  g_autofree char  *load = measure_dup_load ();

  for (guint i = 0; i <= N_PAIRS; i++)
    {
      g_autofree char *said = NULL;
      double           first = 0, own;

      if (i % 2 == 0)
        first = start (bare_command, &said);
      own = start (own_command, NULL);
      if (i % 2 == 1)
        first = start (bare_command, &said);
      g_assert_cmpint (sscanf (said, "painted %d", ret_bare_memory), ==, 1);
      if (i > 0)
        {
          bare_times[i - 1] = first;
          own_times[i - 1] = own;
          ratios[i - 1] = own / first;
        }
    }
  g_print ("P6   start to the page for signing in, painted; load %s\n", load);
  g_print ("     bare window of libadwaita: median %.0f ms; the program: median %.0f ms\n", get_median (bare_times, N_PAIRS), get_median (own_times, N_PAIRS));
  measure_print_ratios ("times as long", ratios, N_PAIRS, "floor 2.0, target 1.5");
}

static void
measure_unlock (const char *self,
                const char *folder,
                int         bare_memory)
{
  const char       *section = g_getenv ("PROBITY_SECTION") != NULL ? g_getenv ("PROBITY_SECTION") : "second-jobs";
  const char       *account = g_getenv ("PROBITY_ACCOUNT") != NULL ? g_getenv ("PROBITY_ACCOUNT") : "head-of-hr";
  const char *const command[] = { self, "--list", folder, section, account, NULL };
  double            costs[N_UNLOCKS], times[N_UNLOCKS], beyond[N_UNLOCKS], memory[N_UNLOCKS];
  unsigned          n_rows = 0;

  for (guint i = 0; i < N_UNLOCKS; i++)
    {
      g_autofree char *said = NULL;
      int              painted, resident;

      start (command, &said);
      g_assert_cmpint (sscanf (said, "painted %d\nunlocked %lf %lf %d %u", &painted, &costs[i], &times[i], &resident, &n_rows), ==, 5);
      beyond[i] = times[i] - costs[i];
      memory[i] = resident / 1024.0;
    }
  g_print ("P6b  passphrase to the first of %u rows, painted: median %.0f ms, of which the key takes %.0f; beyond it median %.0f ms (floor + 300, target + 150)\n",
           n_rows,
           get_median (times, N_UNLOCKS),
           get_median (costs, N_UNLOCKS),
           get_median (beyond, N_UNLOCKS));
  g_print ("P13  resident with %u rows: median %.0f MB; bare window %.0f MB: + %.0f MB (floor + 120, target + 60)\n",
           n_rows,
           get_median (memory, N_UNLOCKS),
           bare_memory / 1024.0,
           get_median (memory, N_UNLOCKS) - bare_memory / 1024.0);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = NULL;
  g_autofree char *rows = g_strdup_printf ("%u", measure_get_n_rows ());
  g_autofree char *folder = NULL;
  int              bare_memory = 0;

  if (argc > 2 && g_str_has_prefix (argv[1], "--"))
    return run_child (argc, argv);

  g_assert_cmpint (argc, ==, 3);
  base = g_dir_make_tmp ("bench-XXXXXX", &error);
  g_assert_no_error (error);
  folder = bench_dup_sample (argv[1], base, (const char *const[]) { "--people", rows, "--second-jobs", rows, NULL });

  measure_start (argv[0], argv[2], folder, &bare_memory);
  measure_unlock (argv[0], folder, bare_memory);
  remove_tree (base);

  return 0;
}
