/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/second-job-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "probity-exhibit-store.h"
#include "probity-exhibit.h"

/*
 * R1 for exhibits: a program is killed with SIGKILL at random moments while it takes files in. What was
 * acknowledged is there and whole, no row is without its file, and no file stays that no row names.
 */

#define DEFAULT_KILLS 30
#define MAX_BYTES 1500000
/* Proving all of them grows with their number. */
#define PROVE_EVERY 10

static guint
get_n_kills (void)
{
  const char *text = g_getenv ("PROBITY_KILLS");

  return text != NULL ? (guint) MAX (atoi (text), 1) : DEFAULT_KILLS;
}

/* --- The program that is killed: FOLDER REFERENCE SEED --- */

static int
work (char **argv)
{
  const char *reference = argv[2];
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) atoi (argv[3]));
  g_autofree char *path = g_strdup_printf ("%s.source", argv[1]);
  g_autofree char *content = g_malloc (MAX_BYTES);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (DexFuture) signed_in = NULL;
  ProbitySession *session;

  dex_init ();
  session_fixture_allow_cheap_slots ();
  signed_in = wait_for (probity_session_sign_in (argv[1], "hr", "hr", NULL));
  session = g_value_get_object (dex_future_get_value (signed_in, NULL));
  g_print ("ready\n");
  for (;;)
    {
      g_autoptr (ProbityValues) values = probity_values_new ();
      g_autoptr (ProbityExhibit) exhibit = NULL;
      const gsize length = (gsize) g_rand_int_range (rand, 0, MAX_BYTES);

      memset (content, g_rand_int_range (rand, 0, 256), length);
      if (!g_file_set_contents (path, content, (gssize) length, NULL))
        return 1;
      probity_values_set (values, "description", "Taken in while killed");
      exhibit = wait_for_boxed (probity_exhibit_add (session, reference, file, values, NULL, NULL));
      g_print ("ack %s\n", exhibit->reference);
    }
}

/* --- The program that looks on --- */

typedef struct
{
  Force      *force;
  char       *reference;
  GRand      *rand;
  GHashTable *acknowledged;
  guint       round;
} Kill;

static gboolean
take_line (Kill             *kill,
           GDataInputStream *output)
{
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

  if (line != NULL && g_str_has_prefix (line, "ack "))
    g_hash_table_add (kill->acknowledged, g_strdup (line + strlen ("ack ")));

  return line != NULL;
}

static void
run_worker (Kill *kill)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *seed = g_strdup_printf ("%u", g_rand_int (kill->rand) % 1000000);
  const char      *argv[] = { self, kill->force->casebook->folder, kill->reference, seed, NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  char *line;

  g_assert_nonnull (process);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert_cmpstr (line, ==, "ready");
  g_free (line);

  /* Some die in their first file, some after a few, however long those take. */
  for (int n = g_rand_boolean (kill->rand) ? 0 : g_rand_int_range (kill->rand, 1, 6); n > 0; n--)
    take_line (kill, output);
  g_usleep ((gulong) g_rand_int_range (kill->rand, 0, 20000));
  g_subprocess_force_exit (process);
  while (take_line (kill, output))
    ;
  g_subprocess_wait (process, NULL, NULL);
}

static void
look (Kill *kill)
{
  ProbitySession *session = session_fixture_sign_in (kill->force->casebook, "hr");
  g_autoptr (GPtrArray) exhibits = wait_for_boxed (probity_exhibit_list (session, kill->reference));
  g_autofree char *path = probity_exhibit_store_dup_folder (kill->force->casebook->folder, "registers");
  g_autoptr (GDir) folder = NULL;
  gint64 n_rows;
  gint64 n_files = 0;

  for (guint i = 0; i < exhibits->len; i++)
    g_hash_table_remove (kill->acknowledged, ((ProbityExhibit *) g_ptr_array_index (exhibits, i))->reference);
  if (g_hash_table_size (kill->acknowledged) > 0)
    g_error ("round %u: %u exhibits were acknowledged and are not there", kill->round, g_hash_table_size (kill->acknowledged));

  /* The sweep was queued by the sign-in, this after it. */
  wait_for_success (probity_exhibit_consult (session, kill->reference));
  n_rows = wait_for_int64 (read_int64 (probity_session_get_casebook (session), PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM exhibit_file", NULL));
  folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n_files++;
  if (n_files != n_rows)
    g_error ("round %u: %" G_GINT64_FORMAT " files and %" G_GINT64_FORMAT " rows", kill->round, n_files, n_rows);

  if (kill->round % PROVE_EVERY == 0)
    {
      g_autoptr (GPtrArray) problems = wait_for_boxed (probity_exhibit_verify_all (session, NULL, NULL));
      g_autoptr (ProbityVerifyReport) report = wait_for_boxed (probity_audit_verify (session, NULL));

      g_assert_cmpuint (problems->len, ==, 0);
      g_assert_true (report->ok);
    }
  session_fixture_sign_out (session);
}

/* Rule (R1): every acknowledged exhibit is whole, no row is without its file. */
static void
test_killed (void)
{
  const guint n_kills = get_n_kills ();
  Kill        kill = { .force = force_new ("generic") };
  guint       n_all = 0;

  kill.reference = force_submit (kill.force, kill.force->hr, "1001", "The Bell");
  kill.rand = g_rand_new_with_seed (g_random_int ());
  kill.acknowledged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  probity_exhibit_part_seconds = 0;

  for (kill.round = 1; kill.round <= n_kills; kill.round++)
    {
      run_worker (&kill);
      n_all += g_hash_table_size (kill.acknowledged);
      look (&kill);
    }
  kill.round = PROVE_EVERY;
  look (&kill);
  g_test_message ("%u kills, %u exhibits acknowledged, all of them whole", n_kills, n_all);
  g_assert_cmpuint (n_all, >, 0);

  g_hash_table_unref (kill.acknowledged);
  g_rand_free (kill.rand);
  g_free (kill.reference);
  force_free (kill.force);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4)
    return work (argv);

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/fault/exhibits-killed", test_killed);

  return g_test_run ();
}
