/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/session-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "probity-import.h"
#include "probity-session-backup.h"

/*
 * R8: a nightly job makes backups while somebody works, and both are killed with SIGKILL at random moments.
 * What is called a backup then is one, each is restored elsewhere, opened and proved, and holds everything
 * that had been acknowledged when it was begun. Nothing else in the folder bears its name.
 */

/* A machine that is busy makes few backups whole in this time; it is not for this test to wait for it. */
#define LONGEST_MS 800

typedef struct
{
  GSubprocess      *process;
  GDataInputStream *output;
  GOutputStream    *input;
} Program;

typedef struct
{
  SessionFixture *fixture;
  GRand          *rand;
  char           *store;
  GPtrArray      *acknowledged; /* `COMPARTMENT SQL`, in their order */
  GHashTable     *begun;        /* path → how many had been acknowledged */
  guint           duration_ms;  /* of a backup that nobody disturbs, on this machine, now */
  guint           n_asked;
  guint           n_whole;
  guint           n_left; /* begun and not finished */
} Kill;

/* A third of the other kills: each round takes a restore and its proof. */
static guint
get_n_kills (void)
{
  const char *text = g_getenv ("PROBITY_KILLS");

  return text != NULL ? (guint) MAX (atoi (text) * 3 / 10, 1) : 30;
}

static void
read_line_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  GAsyncResult **ret_result = data;

  *ret_result = g_object_ref (result);
}

static char *
read_line (Program *program)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_data_input_stream_read_line_async (program->output, G_PRIORITY_DEFAULT, NULL, read_line_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_data_input_stream_read_line_finish (program->output, result, NULL, NULL);
}

static void
start (Program    *program,
       const char *name,
       const char *folder,
       const char *account,
       guint       seed)
{
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, "fault", name, NULL);
  g_autofree char *number = g_strdup_printf ("%u", seed);
  g_autoptr (GError) error = NULL;

  program->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, path, folder, account, number, NULL);
  g_assert_no_error (error);
  program->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (program->process));
  program->input = g_subprocess_get_stdin_pipe (program->process);
}

/* Asks for a backup of which it is known what had been acknowledged before. */
static void
ask (Kill    *kill,
     Program *job)
{
  g_autofree char *name = g_strdup_printf ("%u.probity-backup", kill->n_asked++);
  g_autofree char *path = g_build_filename (kill->store, name, NULL);
  g_autofree char *line = g_strconcat (path, "\n", NULL);

  g_hash_table_insert (kill->begun, g_steal_pointer (&path), GUINT_TO_POINTER (kill->acknowledged->len));
  g_output_stream_write_all (job->input, line, strlen (line), NULL, NULL, NULL);
}

static gboolean
kill_cb (gpointer data)
{
  g_subprocess_force_exit (data);

  return G_SOURCE_REMOVE;
}

static void
take_line (Kill       *kill,
           Program    *program,
           const char *line)
{
  if (g_str_has_prefix (line, "ack "))
    g_ptr_array_add (kill->acknowledged, g_strdup (line + strlen ("ack ")));
  else if (g_str_has_prefix (line, "error "))
    g_error ("%s", line);
  else if (g_str_has_prefix (line, "made "))
    ask (kill, program);
}

typedef struct
{
  Kill    *kill;
  Program *program;
  gboolean ended;
} Reading;

static void
reading_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Reading         *reading = data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  reading->ended = line == NULL;
  if (line == NULL)
    return;
  take_line (reading->kill, reading->program, line);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, reading_cb, reading);
}

static void
end (Program *program)
{
  g_assert_true (g_subprocess_wait (program->process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (program->process));
  g_clear_object (&program->output);
  g_clear_object (&program->process);
}

static gboolean
find_missing_func (ProbityRead *read,
                   gpointer     data,
                   GValue      *result,
                   GError     **error)
{
  GPtrArray *acknowledged = data;

  for (guint i = 0; i < acknowledged->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (acknowledged, i), " ", 2);
      g_autoptr (ProbityStatement) statement = NULL;
      ProbityCompartment compartment;
      ProbityDb         *db;
      gboolean           row;

      g_assert_true (probity_compartment_from_string (parts[0], &compartment));
      db = probity_read_get_db (read, compartment, error);
      statement = db != NULL ? probity_db_query (db, error, parts[1], NULL) : NULL;
      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        g_error ("acknowledged before the backup, and not in it: %s", parts[1]);
    }

  return TRUE;
}

static void
look_at (Kill       *kill,
         const char *path)
{
  guint            n_before = GPOINTER_TO_UINT (g_hash_table_lookup (kill->begun, path));
  g_autofree char *folder = g_build_filename (kill->fixture->base, "restored", NULL);
  g_autoptr (ProbityBackupReport) report = wait_for_boxed (probity_backup_restore (path, folder, "admin", "admin", NULL, NULL));
  g_autoptr (ProbityVerifyReport) verified = NULL;
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  ProbitySession *session;

  g_assert_null (report->problems[0]);
  session = wait_for_object (probity_session_sign_in (folder, "admin", "admin", NULL));
  for (guint i = 0; i < n_before; i++)
    g_ptr_array_add (before, g_ptr_array_index (kill->acknowledged, i));
  wait_for_success (probity_casebook_read (probity_session_get_casebook (session), find_missing_func, before, NULL, NULL));
  verified = wait_for_boxed (probity_audit_verify (session, NULL));
  for (guint i = 0; verified->problems[i] != NULL; i++)
    g_test_message ("%s", verified->problems[i]);
  g_assert_true (verified->ok);
  session_fixture_sign_out (session);
  remove_tree (folder);
  kill->n_whole++;
}

static void
look (Kill *kill)
{
  g_autoptr (GDir) dir = g_dir_open (kill->store, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (kill->store, name, NULL);

      if (g_str_has_suffix (name, PROBITY_BACKUP_SUFFIX))
        {
          g_autoptr (ProbityBackupInfo) info = probity_backup_info_read (path);

          /* Each is read to its last byte; of the many, one in four is restored too. */
          g_assert_null (info->problem);
          if (g_rand_int_range (kill->rand, 0, 4) == 0)
            look_at (kill, path);
          else
            {
              g_autoptr (ProbityBackupReader) reader = probity_backup_reader_open (path, NULL);
              g_autoptr (GError) error = NULL;

              probity_backup_reader_extract (reader, NULL, NULL, NULL, &error);
              g_assert_no_error (error);
              kill->n_whole++;
            }
        }
      else
        {
          g_assert_true (g_str_has_suffix (name, ".probity-backup.unverified"));
          kill->n_left++;
        }
      g_assert_no_errno (g_unlink (path));
    }
}

static void
run_round (Kill *kill,
           guint round)
{
  Program          job = { 0 };
  Program          clerk = { 0 };
  Reading          readings[] = { { kill, &job, FALSE }, { kill, &clerk, FALSE } };
  g_autofree char *ready = NULL;

  start (&job, "backup-worker", kill->fixture->folder, round % 2 == 0 ? "keeper" : "admin", 0);
  start (&clerk, "kill-worker", kill->fixture->folder, "clerk", round);
  ready = read_line (&job);
  g_assert_cmpstr (ready, ==, "ready");
  ask (kill, &job);
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    g_data_input_stream_read_line_async (readings[i].program->output, G_PRIORITY_DEFAULT, NULL, reading_cb, &readings[i]);
  g_timeout_add ((guint) g_rand_int_range (kill->rand, 5, (int) MIN (kill->duration_ms * 3, LONGEST_MS)), kill_cb, job.process);
  g_timeout_add ((guint) g_rand_int_range (kill->rand, 20, (int) MIN (kill->duration_ms * 3, LONGEST_MS)), kill_cb, clerk.process);
  while (!readings[0].ended || !readings[1].ended)
    g_main_context_iteration (NULL, TRUE);
  end (&job);
  end (&clerk);
  look (kill);
}

static void
measure (Kill *kill)
{
  Program          job = { 0 };
  g_autofree char *line = NULL;
  gint64           begun;

  start (&job, "backup-worker", kill->fixture->folder, "admin", 0);
  line = read_line (&job);
  g_assert_cmpstr (line, ==, "ready");
  begun = g_get_monotonic_time ();
  ask (kill, &job);
  g_free (read_line (&job));
  kill->duration_ms = (guint) ((g_get_monotonic_time () - begun) / 1000) + 20;
  g_subprocess_force_exit (job.process);
  end (&job);
  look (kill);
}

static void
import_people (Kill *kill)
{
  g_autofree char *path = g_build_filename (kill->fixture->base, "staff.csv", NULL);
  g_autoptr (GString) text = g_string_new ("staff_number,forenames,surname,line_manager,employment_group,contracted_hours\n");
  g_autoptr (ProbityImportReport) report = NULL;

  /* The clerk submits for these. */
  for (guint i = 0; i < 31; i++)
    g_string_append_printf (text, "%u,Sam %c,Applegate%c,2002,officer,40\n", 1001 + i, 'A' + (int) i % 26, 'a' + (int) i % 26);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  report = wait_for_boxed (probity_import (kill->fixture->admin, "staff", path, NULL, FALSE));
  g_assert_cmpuint (report->added, ==, 31);
}

/* Rule (R8): every backup was opened, its pages and log proved and its rows counted before it was called one; killed at any moment, there is a whole one or none. */
static void
test_kill (void)
{
  const guint n_kills = get_n_kills ();
  Kill        kill = { 0 };

  kill.rand = g_rand_new_with_seed (2012);
  kill.fixture = session_fixture_new ("derbyshire");
  session_fixture_add (kill.fixture, "clerk", "hr-officer", "2006");
  session_fixture_add (kill.fixture, "keeper", "administrator", NULL);
  import_people (&kill);
  g_clear_pointer (&kill.fixture->admin, session_fixture_sign_out);
  kill.store = g_build_filename (kill.fixture->base, "store", NULL);
  g_assert_no_errno (g_mkdir (kill.store, 0700));
  kill.acknowledged = g_ptr_array_new_with_free_func (g_free);
  kill.begun = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  measure (&kill);
  for (guint round = 0; round < n_kills; round++)
    run_round (&kill, round);

  g_test_message ("R8: %u kills; %u backups begun, %u whole and proved, %u cut off under another name, no half one; %u acknowledged commands, none missing from a backup made after it",
                  n_kills,
                  kill.n_asked,
                  kill.n_whole,
                  kill.n_left,
                  kill.acknowledged->len);
  g_assert_cmpuint (kill.n_whole, >, 0);

  g_hash_table_unref (kill.begun);
  g_ptr_array_unref (kill.acknowledged);
  g_free (kill.store);
  g_rand_free (kill.rand);
  session_fixture_free (kill.fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *cache = g_dir_make_tmp ("kill-backup-XXXXXX", NULL);
  int              status;

  /* Other tests make scratch folders too. */
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/fault/kill-backup", test_kill);

  status = g_test_run ();
  remove_tree (cache);

  return status;
}
