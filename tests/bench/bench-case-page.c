/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sys/resource.h>

#include "probity-application.h"
#include "probity-case-log.h"
#include "probity-exhibit.h"
#include "probity-investigation-page.h"
#include "ui-fixture.h"

/*
 * What the page of a large case takes of the processor: 200 exhibits, 40 allegations of 24 lines, 300 log entries of which each
 * tenth has 24 lines. The time is that of the whole process, from the making of the page until nothing happens any more.
 */

#define N_EXHIBITS 200
#define N_ALLEGATIONS 40
#define N_ENTRIES 300
#define N_LINES 24
#define N_RUNS 7

static double
get_processor_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static char *
dup_long_text (guint i)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint line = 1; line <= N_LINES; line++)
    g_string_append_printf (text, "%s%u.%u On a day in spring the officer is said to have told a person outside the force what stood in the briefing.", line > 1 ? "\n" : "", i, line);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
fill (Force      *force,
      const char *reference)
{
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->psd, probity_record_kind_find ("conduct-investigation"), reference));
  g_autoptr (GPtrArray) subjects = wait_for_boxed (probity_investigation_load_subjects (force->psd, probity_record_get_uid (record)));
  const ProbityCaseSubject *subject = g_ptr_array_index (subjects, 0);

  for (guint i = 1; i <= N_ALLEGATIONS; i++)
    {
      g_autofree char *text = dup_long_text (i);

      force_add_part (force->psd, &probity_conduct_case, reference, "allegation", "subject", subject->uid, "allegation", text, "standard", "confidentiality", "occurred_from", "2026-02-01", NULL);
    }
  for (guint i = 1; i <= N_ENTRIES; i++)
    {
      g_autofree char *text = i % 10 == 0 ? dup_long_text (i) : g_strdup_printf ("Entry %u: the witness rang and wants to be rung back.", i);

      wait_for_success (probity_case_log_add (force->psd, NULL, reference, "note", text, 0));
    }
  for (guint i = 1; i <= N_EXHIBITS; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/paper-%u.txt", force->casebook->base, i);
      g_autofree char *description = g_strdup_printf ("Paper %u, from the desk of the second witness", i);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (ProbityValues) values = probity_values_new ();

      g_assert_true (g_file_set_contents (path, description, -1, NULL));
      probity_values_set (values, "description", description);
      wait_for_success (probity_exhibit_add (force->psd, reference, file, values, NULL, NULL));
    }
}

static int
compare_seconds (gconstpointer a,
                 gconstpointer b)
{
  const double one = *(const double *) a;
  const double other = *(const double *) b;

  return one < other ? -1 : one > other;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (ProbityApplication) application = NULL;
  g_autofree char *reference = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  double seconds[N_RUNS];
  Force *force;

  g_test_init (&argc, &argv, NULL);
  probity_ui_init ();
  application = probity_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  force = force_new ("derbyshire");
  reference = force_investigate (force->psd, &probity_conduct_case, "Posts about a shift", "1001");
  fill (force, reference);
  record = wait_for_boxed (probity_record_load (force->psd, probity_record_kind_find ("conduct-investigation"), reference));

  for (guint i = 0; i < N_RUNS; i++)
    {
      const double          before = get_processor_seconds ();
      GtkWidget            *page = probity_investigation_page_new (force->psd, &probity_conduct_case, probity_record_get_uid (record));
      AdwApplicationWindow *window = ui_window_new (GTK_APPLICATION (application), page);

      wait_until (ui_shows_text (page, "1.1 On a day") && ui_shows_text (page, "Entry 299") && ui_shows_text (page, "Paper 200"));
      ui_settle (page);
      seconds[i] = get_processor_seconds () - before;
      g_print ("run %u: %.2f s of processor\n", i + 1, seconds[i]);
      gtk_window_destroy (GTK_WINDOW (window));
      ui_iterate ();
    }
  qsort (seconds, N_RUNS, sizeof *seconds, compare_seconds);
  g_print ("median: %.2f s\n", seconds[N_RUNS / 2]);
  force_free (force);

  return 0;
}
