/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <time.h>

#include "bench-sample.h"
#include "measure.h"
#include "probity-application.h"
#include "probity-search-dialog.h"
#include "probity-search-private.h"
#include "probity-window.h"
#include "ui-fixture.h"

/*
 * P2 in the window: words are typed letter by letter into the search of a sample casebook, by somebody who reads
 * everything; from each key to the frame in which what it found is painted. The baseline is FTS5's own ORDER BY rank LIMIT 50
 * of the same beginning in the same indexes, from the key to the last row, nothing shown.
 *
 *     PROBITY_DATADIR=data GSETTINGS_SCHEMA_DIR=build/data GSETTINGS_BACKEND=memory GTK_A11Y=none PROBITY_PEOPLE=1000000 \
 *       tests/with-display build/tests/bench/bench-typing build/app/ctl/probityctl
 *
 * PROBITY_CASEBOOK=FOLDER: a casebook that is there already, such as the folder `casebook` in that which bench-find or
 * bench-search left, with PROBITY_PASSPHRASE=decider. The first keys are typed before the names are read: who types is not to
 * wait for them.
 *
 * What is lost to speed is told by bench-search.
 */

#define ACCOUNT "decider"
#define LIMIT 50

static const char *const words[] = { "anforin", "beergaha", "prestati", "constable", "hospitality", "marsh", "walker", "vehicle", "old/co/00012", "confidential", "custody", "interview", "record", "deti", "misuse" };

typedef struct
{
  ProbityWindow       *window;
  ProbitySearchDialog *dialog;
  guint                n_changes; /* of the rows shown */
  gboolean             painted;
} Typing;

static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static void
print_times (const char *what,
             GArray     *times)
{
  g_array_sort (times, measure_compare_doubles);
  g_print ("     %-44s median %.1f, p95 %.1f, p99 %.1f, most %.1f ms (%u keys)\n",
           what,
           g_array_index (times, double, times->len / 2),
           g_array_index (times, double, times->len * 95 / 100),
           g_array_index (times, double, times->len * 99 / 100),
           g_array_index (times, double, times->len - 1),
           times->len);
}

static void
rows_changed_cb (Typing *self)
{
  self->n_changes++;
}

static void
after_paint_cb (Typing *self)
{
  self->painted = TRUE;
}

/* Each answer takes the rows away and puts others there, or tells that there are none. */
static void
type_key (Typing     *self,
          const char *typed)
{
  const char *before = probity_search_dialog_get_state (self->dialog);

  self->n_changes = 0;
  probity_search_dialog_set_words (self->dialog, typed);
  while (self->n_changes == 0 && g_str_equal (probity_search_dialog_get_state (self->dialog), before))
    g_main_context_iteration (NULL, TRUE);
  self->painted = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self->window));
  while (!self->painted)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
rank_func (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  g_autoptr (ProbitySearchWords) sought = probity_search_words_new (data);
  const ProbitySearchSource *sources;
  guint                      n_sources;

  sources = probity_search_get_sources (&n_sources);
  for (guint i = 0; sought->n_words > 0 && i < n_sources; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT rowid FROM %s WHERE %s MATCH $match ORDER BY rank LIMIT %d", sources[i].index, sources[i].index, LIMIT);
      g_autoptr (ProbityStatement) statement = probity_db_query (probity_read_get_db (read, sources[i].record->compartment, error), error, sql, "$match", 's', sought->begun, NULL);
      gboolean row = TRUE;

      while (statement != NULL && probity_statement_step (statement, &row, error) && row)
        ;
    }

  return TRUE;
}

static void
type_words (Typing         *self,
            ProbitySession *session,
            gboolean        measured)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) cpu_keys = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) ranks = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) cpu_ranks = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *load = measure_dup_load ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    for (gsize length = 2; length <= strlen (words[i]); length++)
      {
        g_autofree char *typed = g_strndup (words[i], length);
        gint64           begun = g_get_monotonic_time ();
        double           cpu = get_cpu_ms ();
        double           taken;

        type_key (self, typed);
        taken = (double) (g_get_monotonic_time () - begun) / 1e3;
        g_array_append_val (keys, taken);
        taken = get_cpu_ms () - cpu;
        g_array_append_val (cpu_keys, taken);
        if (!measured)
          continue;

        begun = g_get_monotonic_time ();
        cpu = get_cpu_ms ();
        wait_for_success (probity_casebook_read (probity_session_get_casebook (session), rank_func, typed, NULL, NULL));
        taken = (double) (g_get_monotonic_time () - begun) / 1e3;
        g_array_append_val (ranks, taken);
        taken = get_cpu_ms () - cpu;
        g_array_append_val (cpu_ranks, taken);
      }

  if (!measured)
    return;
  g_print ("P2   in the window, key by key; load %s; goal: floor p95 50, target 16 ms\n", load);
  print_times ("FTS5 ORDER BY rank LIMIT 50, nothing shown", ranks);
  print_times ("  of the processor", cpu_ranks);
  print_times ("key to what was found, painted", keys);
  print_times ("  of the processor, all threads", cpu_keys);
}

/* The first words after sign-in, while names are read; and how long it takes until they are. */
static void
type_first_words (Typing         *self,
                  ProbitySession *session)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *load = measure_dup_load ();
  const gint64     first = g_get_monotonic_time ();
  const double     cpu = get_cpu_ms ();

  for (guint i = 5; i < 7; i++)
    for (gsize length = 3; length <= strlen (words[i]); length++)
      {
        g_autofree char *typed = g_strndup (words[i], length);
        gint64           begun = g_get_monotonic_time ();
        double           taken;

        type_key (self, typed);
        taken = (double) (g_get_monotonic_time () - begun) / 1e3;
        g_array_append_val (keys, taken);
      }
  wait_for_success (probity_live_index_await_warming (session));
  g_print ("     the names were read %.1f s after the first key, %.1f s of the processor with all else; load %s\n",
           (double) (g_get_monotonic_time () - first) / 1e6,
           (get_cpu_ms () - cpu) / 1e3,
           load);
  print_times ("first keys, while names are read, painted", keys);
}

int
main (int   argc,
      char *argv[])
{
  const char *passphrase = g_getenv ("PROBITY_PASSPHRASE");
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityClock) clock = NULL;
  g_autoptr (ProbitySession) session = NULL;
  g_autoptr (ProbityApplication) application = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autofree char *base = g_dir_make_tmp ("bench-XXXXXX", &error);
  g_autofree char *records = g_strdup_printf ("%u", measure_get_n_rows ());
  g_autofree char *cases = g_strdup_printf ("%u", measure_get_n_rows () / 100);
  g_autofree char *folder = NULL;
  Typing           typing = { 0 };

  g_assert_no_error (error);
  g_assert_cmpint (argc, ==, 2);
  folder = bench_dup_sample (argv[1], base, (const char *const[]) { "--records", records, "--cases", cases, NULL });

  session_fixture_allow_cheap_slots ();
  dex_init ();
  probity_ui_init ();
  application = probity_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  clock = probity_clock_new_system ();
  session = wait_for_object (probity_session_sign_in (folder, ACCOUNT, passphrase != NULL ? passphrase : BENCH_SAMPLE_PASSPHRASE, clock));
  typing.window = probity_window_new (ADW_APPLICATION (application));
  gtk_window_set_default_size (GTK_WINDOW (typing.window), 1200, 800);
  gtk_window_present (GTK_WINDOW (typing.window));
  probity_window_set_session (typing.window, session);
  ui_settle (GTK_WIDGET (typing.window));
  gtk_widget_activate_action (GTK_WIDGET (typing.window), "win.find", NULL);
  typing.dialog = PROBITY_SEARCH_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (typing.window)));
  ui_settle (GTK_WIDGET (typing.window));
  rows = gtk_widget_observe_children (ui_find (GTK_WIDGET (typing.dialog), GTK_TYPE_LIST_BOX, NULL));
  g_signal_connect_swapped (rows, "items-changed", G_CALLBACK (rows_changed_cb), &typing);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (typing.window)), "after-paint", G_CALLBACK (after_paint_cb), &typing);

  type_first_words (&typing, session);

  /* Once before the clock runs: pages, names and fonts are in memory, as while somebody types on. */
  type_words (&typing, session, FALSE);
  type_words (&typing, session, TRUE);

  g_clear_object (&rows);
  gtk_window_destroy (GTK_WINDOW (typing.window));
  ui_iterate ();
  remove_tree (base);

  return 0;
}
