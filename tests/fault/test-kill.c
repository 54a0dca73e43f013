/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/session-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "probity-import.h"

/*
 * R1: people's programs on one casebook, each doing what its role does in a day, are killed with
 * SIGKILL at random moments. After each kill the casebook proves itself, and everything that was
 * acknowledged is there.
 */

/* Proving grows with the casebook; after so many kills another is begun. */
#define KILLS_A_CASEBOOK 40

static const struct
{
  const char *name;
  const char *roles;
  const char *staff_number;
} accounts[] = {
  { "head", "head-of-hr", "2001" },
  { "manager", "line-manager", "2002" },
  { "psd", "psd-officer", "2003" },
  { "acu", "acu-officer", "2004" },
  { "decider", "decider", "2005" },
  { "clerk", "hr-officer", "2006" },
};

/* How much a program does before it is killed, at most: on a slow machine that takes longer. */
#define MOST_DONE 30

typedef struct
{
  GSubprocess      *process;
  GDataInputStream *output;
  gint              n_left; /* to be done before it is killed */
  guint             delay_ms;
} Program;

typedef struct
{
  SessionFixture *fixture;
  GRand          *rand;
  GPtrArray      *acknowledged; /* `COMPARTMENT SQL`, since the last look */
  GPtrArray      *all;          /* the same, of this casebook */
  guint           round;
  guint           n_acknowledged;
  guint           n_refused;
  guint           n_decisions;
  guint           n_views;
} Kill;

static guint
get_n_kills (void)
{
  const char *text = g_getenv ("PROBITY_KILLS");

  return text != NULL ? (guint) MAX (atoi (text), 1) : 100;
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

static gboolean
kill_cb (gpointer data)
{
  g_subprocess_force_exit (data);

  return G_SOURCE_REMOVE;
}

static void
start_program (Kill    *kill,
               Program *program,
               guint    seed)
{
  g_autofree char *worker = g_test_build_filename (G_TEST_BUILT, "fault", "kill-worker", NULL);
  g_autofree char *number = g_strdup_printf ("%u", seed);
  const char      *name = accounts[g_rand_int_range (kill->rand, 0, G_N_ELEMENTS (accounts))].name;
  g_autoptr (GError) error = NULL;

  program->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, worker, kill->fixture->folder, name, number, NULL);
  g_assert_no_error (error);
  program->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (program->process));

  /* One of four dies at some time after its start, which may be while it opens the casebook; the others in the middle of their work. */
  if (g_rand_int_range (kill->rand, 0, 4) == 0)
    {
      program->n_left = -1;
      g_timeout_add ((guint) g_rand_int_range (kill->rand, 20, 350), kill_cb, program->process);
    }
  else
    {
      program->n_left = g_rand_int_range (kill->rand, 0, MOST_DONE);
      program->delay_ms = (guint) g_rand_int_range (kill->rand, 0, 20);
    }
}

static void
end_program (Kill    *kill,
             Program *program)
{
  char *line;

  while ((line = read_line (program)) != NULL)
    {
      if (g_str_has_prefix (line, "ack "))
        {
          g_ptr_array_add (kill->acknowledged, g_strdup (line + strlen ("ack ")));
          kill->n_decisions += strstr (line, " FROM decision ") != NULL;
          kill->n_views += strstr (line, " FROM standards_view ") != NULL;
        }
      else if (g_str_has_prefix (line, "refused "))
        kill->n_refused++;
      else if (g_str_has_prefix (line, "error "))
        g_error ("round %u: %s", kill->round, line);
      else if ((g_str_equal (line, "ready") || g_str_equal (line, "done")) && program->n_left-- == 0)
        g_timeout_add (program->delay_ms, kill_cb, program->process);
      g_free (line);
    }
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
      if (db == NULL)
        return FALSE;
      statement = probity_db_query (db, error, parts[1], NULL);
      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        g_error ("acknowledged and not there: %s", (const char *) g_ptr_array_index (acknowledged, i));
    }

  return TRUE;
}

static void
say_problems (const char *where,
              GStrv       problems)
{
  for (guint i = 0; problems != NULL && problems[i] != NULL; i++)
    g_test_message ("%s: %s", where, problems[i]);
}

static void
verify (Kill           *kill,
        ProbitySession *session)
{
  g_autoptr (ProbityVerifyReport) report = wait_for_boxed (probity_audit_verify (session, NULL));

  if (report->ok)
    return;

  say_problems ("casebook", report->problems);
  for (guint i = 0; i < report->compartments->len; i++)
    {
      ProbityVerifyCompartment *compartment = g_ptr_array_index (report->compartments, i);

      say_problems (compartment->name, compartment->problems);
    }
  g_error ("round %u: the casebook does not prove itself (kept in %s)", kill->round, kill->fixture->folder);
}

static ProbitySession *
sign_in (Kill *kill)
{
  return wait_for_object (probity_session_sign_in (kill->fixture->folder, "admin", "admin", NULL));
}

static void
look (Kill      *kill,
      GPtrArray *acknowledged)
{
  ProbitySession *session = sign_in (kill);

  /* What programs left half done was finished by signing in. */
  wait_for_success (probity_casebook_read (probity_session_get_casebook (session), find_missing_func, acknowledged, NULL, NULL));
  verify (kill, session);
  session_fixture_sign_out (session);
}

static void
import_people (Kill *kill)
{
  g_autofree char *path = g_build_filename (kill->fixture->base, "staff.csv", NULL);
  g_autoptr (GString) text = g_string_new ("staff_number,forenames,surname,line_manager,employment_group,contracted_hours\n");
  g_autoptr (ProbityImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 31; i++)
    g_string_append_printf (text, "%u,Sam %c,Applegate%c,2002,officer,40\n", 1001 + i, 'A' + (int) i % 26, 'a' + (int) i % 26);
  g_file_set_contents (path, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  report = wait_for_boxed (probity_import (kill->fixture->admin, "staff", path, NULL, FALSE));
  g_assert_cmpuint (report->added, ==, 31);
}

static void
begin_casebook (Kill *kill)
{
  kill->fixture = session_fixture_new ("derbyshire");
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    session_fixture_add (kill->fixture, accounts[i].name, accounts[i].roles, accounts[i].staff_number);
  import_people (kill);
  g_clear_pointer (&kill->fixture->admin, session_fixture_sign_out);
}

static void
end_casebook (Kill *kill)
{
  /* Also what was acknowledged long ago. */
  look (kill, kill->all);
  g_ptr_array_set_size (kill->all, 0);
  g_clear_pointer (&kill->fixture, session_fixture_free);
}

static void
remove_backups (Kill *kill)
{
  g_autoptr (GDir) dir = g_dir_open (kill->fixture->base, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (kill->fixture->base, name, NULL);

      if (strstr (name, ".backup-") != NULL || strstr (name, ".import-") != NULL)
        remove_tree (path);
    }
}

static void
run_round (Kill *kill)
{
  /* Every third time two are at work, and both are killed, not at once. */
  const guint n_programs = kill->round % 3 == 0 ? 2 : 1;
  Program     programs[2] = { 0 };

  for (guint i = 0; i < n_programs; i++)
    start_program (kill, &programs[i], kill->round * 10 + i);
  for (guint i = 0; i < n_programs; i++)
    end_program (kill, &programs[i]);

  look (kill, kill->acknowledged);
  kill->n_acknowledged += kill->acknowledged->len;
  for (guint i = 0; i < kill->acknowledged->len; i++)
    g_ptr_array_add (kill->all, g_strdup (g_ptr_array_index (kill->acknowledged, i)));
  g_ptr_array_set_size (kill->acknowledged, 0);
  remove_backups (kill);
}

/* Rule (R1): nothing acknowledged is lost, and verify finds nothing, however often programs are killed. */
static void
test_kill (void)
{
  const guint n_kills = get_n_kills ();
  Kill        kill = { 0 };

  kill.rand = g_rand_new_with_seed (2011);
  kill.acknowledged = g_ptr_array_new_with_free_func (g_free);
  kill.all = g_ptr_array_new_with_free_func (g_free);

  for (kill.round = 0; kill.round < n_kills; kill.round++)
    {
      if (kill.fixture == NULL)
        begin_casebook (&kill);
      run_round (&kill);
      if ((kill.round + 1) % KILLS_A_CASEBOOK == 0)
        end_casebook (&kill);
    }
  if (kill.fixture != NULL)
    end_casebook (&kill);

  g_test_message ("%u kills and more; %u acknowledged commands (%u views, %u decisions), none lost; %u refused in their course",
                  n_kills,
                  kill.n_acknowledged,
                  kill.n_views,
                  kill.n_decisions,
                  kill.n_refused);
  g_assert_cmpuint (kill.n_acknowledged, >, n_kills);
  g_ptr_array_unref (kill.acknowledged);
  g_ptr_array_unref (kill.all);
  g_rand_free (kill.rand);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/fault/kill", test_kill);

  return g_test_run ();
}
