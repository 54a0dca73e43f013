/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/exposure-fixture.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * An import of an access log is killed with SIGKILL at random moments, most of them while it writes. It leaves the whole
 * log or nothing of it: no chunk, word, account or person, nor what was said of the system. The program is its own
 * victim: with --work it imports.
 */

#define N_ROWS 120000

static const char everything[] =
    "SELECT (SELECT count (*) FROM exposure_import) + (SELECT count (*) FROM exposure_chunk) + (SELECT count (*) FROM exposure_column)"
    " + (SELECT count (*) FROM exposure_words) + (SELECT count (*) FROM exposure_account) + (SELECT count (*) FROM exposure_person)"
    " + (SELECT count (*) FROM exposure_system)";

static const char *self_path;

static int
work (char **argv)
{
  g_autoptr (ProbitySession) session = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_allow_cheap_slots ();
  session = wait_for_object (probity_session_sign_in (argv[2], "admin", "admin", NULL));
  printf ("importing\n");
  fflush (stdout);
  error = wait_for_error (probity_exposure_import (session, argv[3], &(ProbityExposureSource) { .path = argv[4], .system = "NICHE", .authority = "DPA", .necessity = "Leak", .time_zone = "UTC" }, NULL, NULL));
  printf ("%s\n", error != NULL ? error->message : "imported");
  fflush (stdout);

  return error != NULL;
}

/* Starts an import and kills it @delay_us after it began; with 0 lets it end. How long it took, in µs. */
static gint64
run_import (SessionFixture *fixture,
            const char     *reference,
            const char     *path,
            gint64          delay_us,
            gboolean       *ret_imported)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self_path, "--work", fixture->folder, reference, path, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gint64           start;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  first = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert_cmpstr (first, ==, "importing");
  start = g_get_monotonic_time ();
  if (delay_us > 0)
    {
      g_usleep ((gulong) delay_us);
      g_subprocess_force_exit (process);
    }
  second = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  *ret_imported = g_strcmp0 (second, "imported") == 0;

  return g_get_monotonic_time () - start;
}

static gint64
count (SessionFixture *fixture,
       const char     *sql)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (fixture->admin), PROBITY_COMPARTMENT_INTELLIGENCE, sql, NULL));
}

static void
test_killed_imports (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  g_autofree char *first_case = exposure_case_new_in (fixture);
  g_autofree char *path = g_build_filename (fixture->base, "log.csv", NULL);
  g_autoptr (GString) csv = g_string_new ("user,when,record,terminal\n");
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  const char *kills = g_getenv ("PROBITY_KILLS");
  const guint n_kills = MAX (kills != NULL ? (guint) atoi (kills) / 10 : 10, 3);
  guint       n_whole = 0;
  guint       n_nothing = 0;
  gint64      takes, before;
  gboolean    imported;

  for (guint i = 0; i < N_ROWS; i++)
    g_string_append_printf (csv, "u%u,2026-01-%02d %02d:%02d:%02d,R%u,T%u\n", (guint) g_rand_int_range (random, 0, 3000), (int) (i / 6000) + 1, (int) (i / 250 % 24), (int) (i / 4 % 60), (int) (i % 60), (guint) g_rand_int_range (random, 0, 20000), (guint) g_rand_int_range (random, 0, 300));
  g_assert_true (g_file_set_contents (path, csv->str, (gssize) csv->len, NULL));

  takes = run_import (fixture, first_case, path, 0, &imported);
  g_assert_true (imported);
  before = count (fixture, everything);

  for (guint i = 0; i < n_kills; i++)
    {
      g_autofree char *reference = exposure_case_new_in (fixture);
      gint64           after;

      run_import (fixture, reference, path, MAX (1, (gint64) ((0.3 + 0.8 * g_rand_double (random)) * (double) takes)), &imported);
      after = count (fixture, everything);
      if (after == before)
        {
          /* What was acknowledged is there. */
          g_assert_false (imported);
          n_nothing++;
          continue;
        }
      n_whole++;
      g_assert_cmpint (count (fixture, "SELECT count (*) FROM exposure_import WHERE rows <> (SELECT sum (c.rows) FROM exposure_chunk AS c WHERE c.import_id = exposure_import.id)"
                                       " OR accounts <> (SELECT count (*) FROM exposure_account AS a WHERE a.import_id = exposure_import.id)"
                                       " OR 7 * (SELECT count (*) FROM exposure_chunk AS c WHERE c.import_id = exposure_import.id)"
                                       " <> (SELECT count (*) FROM exposure_column AS d JOIN exposure_chunk AS c ON c.id = d.chunk_id WHERE c.import_id = exposure_import.id)"),
                       ==,
                       0);
      g_assert_cmpint (count (fixture, "SELECT count (*) FROM exposure_import"), ==, count (fixture, "SELECT count (*) FROM audit_entry WHERE verb = 'collection' AND kind = 'exposure'"));
      before = after;
    }
  g_test_message ("%u kills: %u left nothing, %u came too late", n_kills, n_nothing, n_whole);
}

int
main (int   argc,
      char *argv[])
{
  self_path = argv[0];
  if (argc == 5 && g_str_equal (argv[1], "--work"))
    {
      dex_init ();
      return work (argv);
    }

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/kill/exposure-import", test_killed_imports);

  return g_test_run ();
}
