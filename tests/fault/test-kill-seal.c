/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/second-job-fixture.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "probity-case-log.h"
#include "probity-exhibit-store.h"
#include "probity-exhibit.h"
#include "probity-leak.h"
#include "probity-seal.h"
#include "probity-sealed-private.h"

/*
 * R1 for sealing: a program is killed with SIGKILL while it moves a case to a seal, at a random moment or just
 * before one of its calls that make something last. The case is whole, in one place; what was acknowledged
 * stands; who lacks the key finds it as it was, or nothing.
 */

#define DEFAULT_KILLS 6
#define N_PLACES 4
/* More such calls than a move makes. */
#define MAX_STEPS 50
#define CONTENT "What the page said"

static guint
get_n_kills (void)
{
  const char *text = g_getenv ("PROBITY_KILLS");

  return text != NULL ? (guint) MAX (atoi (text), 1) : DEFAULT_KILLS;
}

/* --- The program that is killed: FOLDER REFERENCE STEPS seal|without --- */

/* How many more lasting calls are let through; negative: all. */
static int steps_left = -1;

static void
count_step (void)
{
  if (g_atomic_int_get (&steps_left) >= 0 && g_atomic_int_add (&steps_left, -1) == 0)
    kill (getpid (), SIGKILL);
}

#define FORWARD(name, type, arguments, values)     \
  int name arguments                               \
  {                                                \
    static int (*real) arguments;                  \
                                                   \
    count_step ();                                 \
    if (real == NULL)                              \
      *(void **) &real = dlsym (RTLD_NEXT, #name); \
                                                   \
    return real values;                            \
  }

FORWARD (fsync, int, (int fd), (fd))
FORWARD (fdatasync, int, (int fd), (fd))
FORWARD (unlink, int, (const char *path), (path))
FORWARD (rename, int, (const char *from, const char *to), (from, to))

static int
work (char **argv)
{
  static const char *const holders[] = { "decider", NULL };
  g_autoptr (DexFuture) signed_in = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  ProbitySession *session;

  dex_init ();
  session_fixture_allow_cheap_slots ();
  signed_in = wait_for (probity_session_sign_in (argv[1], "acu", "acu", NULL));
  session = g_value_get_object (dex_future_get_value (signed_in, NULL));
  g_print ("ready\n");
  g_atomic_int_set (&steps_left, atoi (argv[3]));
  if (g_str_equal (argv[4], "seal"))
    record = wait_for_boxed (probity_case_seal (session, argv[2], holders, "His brother reads the compartment."));
  else
    record = wait_for_boxed (probity_case_seal_without (session, argv[2], holders, "DCI Oldroyd", "Moved to another unit."));
  g_print ("ack\n");
  while (record != NULL)
    pause ();

  return 0;
}

/* --- The program that looks on --- */

typedef struct
{
  gboolean        second_job; /* which stands in three compartments, not in one */
  Force          *force;
  ProbitySession *outsider;  /* signed in all the time */
  char           *reference; /* of the case that is to be moved */
  char           *uid;
  GPtrArray      *words; /* in its log */
  GRand          *rand;
  gint64          move_us; /* how long one took that was let be */
  guint           n_sealed;
  guint           n_moved;
  guint           round;
} Kill;

static void
write_word (Kill           *kill,
            ProbitySession *session)
{
  char *word = g_strdup_printf ("word-%u-%u", kill->round, kill->words->len);

  wait_for_success (probity_case_log_add (session, NULL, kill->reference, "note", word, 0));
  g_ptr_array_add (kill->words, word);
}

static ProbityCompartment
get_home (Kill *kill)
{
  return kill->second_job ? PROBITY_COMPARTMENT_REGISTERS : PROBITY_COMPARTMENT_INTELLIGENCE;
}

/* With a check in each of the compartments above its home. */
static void
submit_job (Kill       *kill,
            const char *title)
{
  kill->reference = force_submit (kill->force, kill->force->hr, "1001", title);
  wait_for_success (probity_check_run (kill->outsider, kill->reference, NULL, PROBITY_CHECK_COMPLAINTS));
  wait_for_success (probity_check_run (kill->outsider, kill->reference, NULL, PROBITY_CHECK_INTELLIGENCE));
}

static void
open_case (Kill *kill)
{
  g_autofree char *path = g_build_filename (kill->force->casebook->base, "page.txt", NULL);
  g_autofree char *title = g_strdup_printf ("Leak of round %u", kill->round);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityExhibit) exhibit = NULL;
  g_autoptr (ProbityRecord) record = NULL;

  g_clear_pointer (&kill->reference, g_free);
  g_clear_pointer (&kill->uid, g_free);
  g_ptr_array_set_size (kill->words, 0);
  if (kill->second_job)
    submit_job (kill, title);
  else
    kill->reference = force_investigate (kill->outsider, &probity_leak_case, title, "1001");
  record = wait_for_boxed (probity_case_load (kill->outsider, NULL, kill->reference));
  kill->uid = g_strdup (probity_record_get_uid (record));
  if (!kill->second_job)
    wait_for_success (probity_investigation_decide (kill->outsider, kill->reference, NULL, "It was said."));
  write_word (kill, kill->outsider);
  probity_values_set (values, "description", "Page");
  probity_values_set (values, "initials", "AB");
  g_assert_true (g_file_set_contents (path, CONTENT, -1, NULL));
  exhibit = wait_for_boxed (probity_exhibit_add (kill->outsider, kill->reference, file, values, NULL, NULL));
}

/* A new casebook once the places of the last are used. */
static void
close_casebook (Kill *kill)
{
  session_fixture_sign_out (kill->outsider);
  kill->force->acu = session_fixture_sign_in (kill->force->casebook, "acu");
  force_free (kill->force);
}

static void
renew (Kill *kill)
{
  if (kill->force != NULL)
    close_casebook (kill);
  kill->force = force_new ("generic");
  session_fixture_sign_out (kill->force->acu);
  /* Only who seals has places. */
  probity_sealed_places_per_account = N_PLACES;
  session_fixture_sign_out (session_fixture_sign_in (kill->force->casebook, "acu"));
  probity_sealed_places_per_account = 0;
  session_fixture_add (kill->force->casebook, "outsider", "acu-officer", "5003");
  kill->outsider = session_fixture_sign_in (kill->force->casebook, "outsider");
  kill->n_sealed = 0;
  open_case (kill);
}

/* Whether it said that the case is sealed. At @step, or after @delay microseconds where that is negative. */
static gboolean
run_worker (Kill       *kill,
            const char *action,
            int         step,
            gint64      delay)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *steps = g_strdup_printf ("%d", step);
  const char      *argv[] = { self, kill->force->casebook->folder, kill->reference, steps, action, NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *ready = NULL;
  g_autofree char *said = NULL;
  gint64           began;

  g_assert_nonnull (process);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  ready = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert_cmpstr (ready, ==, "ready");
  began = g_get_monotonic_time ();
  if (step < 0 && delay >= 0)
    {
      g_usleep ((gulong) delay);
      g_subprocess_force_exit (process);
    }
  said = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  if (said != NULL)
    g_assert_cmpstr (said, ==, "ack");
  if (said != NULL)
    kill->move_us = MAX (kill->move_us, g_get_monotonic_time () - began);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);

  return said != NULL;
}

/* Who lacks the key finds the case as it was and works on, or finds nothing. */
static gboolean
look_from_outside (Kill *kill)
{
  g_autoptr (DexFuture) done = wait_for (probity_case_load (kill->outsider, NULL, kill->reference));
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (done, &error) == NULL)
    {
      g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND);
      return FALSE;
    }
  if (g_rand_boolean (kill->rand))
    write_word (kill, kill->outsider);

  return TRUE;
}

/* With @value, the rows of @table whose @column is that. */
static gint64
count (ProbitySession    *session,
       ProbityCompartment compartment,
       const char        *table,
       const char        *column,
       const char        *value)
{
  g_autofree char *whole = g_strdup_printf ("SELECT count(*) FROM %s WHERE %s = '%s'", table, column, value);

  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), compartment, whole, NULL));
}

static void
check_whole (Kill           *kill,
             ProbitySession *session)
{
  g_autoptr (GPtrArray) log = wait_for_boxed (probity_case_log_load (session, NULL, kill->reference));
  g_autoptr (GPtrArray) exhibits = wait_for_boxed (probity_exhibit_list (session, kill->reference));
  g_autoptr (GPtrArray) stages = wait_for_boxed (probity_case_load_timeline (session, NULL, kill->reference));
  g_autoptr (GBytes) bytes = NULL;
  gint64 n_cases = 0;
  gint64 n_checks = 0;

  g_assert_cmpuint (log->len, ==, kill->words->len);
  for (guint i = 0; i < log->len; i++)
    g_assert_cmpstr (probity_values_get (g_ptr_array_index (log, i), "text"), ==, g_ptr_array_index (kill->words, i));
  g_assert_cmpuint (exhibits->len, ==, 1);
  g_assert_cmpuint (stages->len, >=, 3);
  bytes = wait_for_boxed (probity_exhibit_load_bytes (session, kill->reference, ((ProbityExhibit *) g_ptr_array_index (exhibits, 0))->reference, 1000));
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), CONTENT, strlen (CONTENT));

  for (guint i = 0; i <= probity_casebook_get_n_sealed (probity_session_get_casebook (session)); i++)
    {
      const ProbityCompartment compartment = i == 0 ? get_home (kill) : (ProbityCompartment) (PROBITY_COMPARTMENT_SEALED + i - 1);

      n_cases += count (session, compartment, kill->second_job ? "second_job" : "leak", "uid", kill->uid);
      n_checks += i > 0 ? count (session, compartment, "check_run", "case_uid", kill->uid) : 0;
      g_assert_cmpint (count (session, compartment, "outbox", "1", "1"), ==, 0);
    }
  for (ProbityCompartment c = PROBITY_COMPARTMENT_STANDARDS; c <= PROBITY_COMPARTMENT_INTELLIGENCE; c++)
    n_checks += count (session, c, "check_run", "case_uid", kill->uid);
  g_assert_cmpint (n_cases, ==, 1);
  g_assert_cmpint (n_checks, ==, kill->second_job ? 2 : 0);
}

/* No word of it is left where the case stood, and its file neither. */
static void
check_gone (Kill           *kill,
            ProbitySession *session)
{
  g_autofree char *path = probity_exhibit_store_dup_folder (kill->force->casebook->folder, probity_compartment_to_string (get_home (kill)));
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  for (guint i = 0; i < kill->words->len; i++)
    {
      const char *word = g_ptr_array_index (kill->words, i);

      g_assert_cmpint (count (session, get_home (kill), "case_log", "text", word), ==, 0);
      g_assert_cmpint (count (session, get_home (kill), "audit_value", "new", word), ==, 0);
    }
  for (ProbityCompartment c = PROBITY_COMPARTMENT_STANDARDS; c <= PROBITY_COMPARTMENT_INTELLIGENCE; c++)
    g_assert_cmpint (count (session, c, "check_run", "case_uid", kill->uid), ==, 0);
  g_assert_true (folder == NULL || g_dir_read_name (folder) == NULL);
}

/* Who reads the folder with other tools finds places that look like places, whatever was begun in one. */
static void
check_places (Kill *kill)
{
  const char *folder = kill->force->casebook->folder;
  g_auto (GStrv) names = probity_casebook_list_places (folder, NULL);
  guint n_with_exhibits = 0;

  g_assert_cmpuint (g_strv_length (names), ==, N_PLACES);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *place = g_build_filename (folder, names[i], NULL);
      g_autofree char *database = g_strconcat (names[i], ".db", NULL);
      g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);
      const char *name;

      while ((name = g_dir_read_name (dir)) != NULL)
        if (g_str_equal (name, "exhibits"))
          n_with_exhibits++;
        else if (!g_str_equal (name, "keys") && !g_str_equal (name, database))
          g_error ("round %u: %s/%s is left", kill->round, names[i], name);
    }
  g_assert_cmpuint (n_with_exhibits, ==, kill->n_sealed);
}

static gboolean
is_sealed (ProbitySession *session,
           const char     *reference)
{
  g_autoptr (ProbitySealState) state = wait_for_boxed (probity_case_load_seal (session, reference));

  return state->sealed;
}

static void
check_verified (Kill           *kill,
                ProbitySession *session)
{
  g_autoptr (ProbityVerifyReport) report = wait_for_boxed (probity_audit_verify (session, NULL));
  g_autoptr (GPtrArray) problems = wait_for_boxed (probity_exhibit_verify_all (session, NULL, NULL));

  for (guint i = 0; i < report->compartments->len; i++)
    {
      const ProbityVerifyCompartment *compartment = g_ptr_array_index (report->compartments, i);

      for (guint j = 0; j < g_strv_length (compartment->problems); j++)
        g_error ("round %u: %s: %s", kill->round, compartment->name, compartment->problems[j]);
    }
  g_assert_true (report->ok);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
look (Kill    *kill,
      gboolean acknowledged)
{
  const gboolean  seen = look_from_outside (kill);
  const gboolean  other_first = g_rand_boolean (kill->rand);
  ProbitySession *session;
  gboolean        sealed;

  /* Until a holder comes, others find nothing damaged and nothing forged. */
  check_verified (kill, kill->outsider);
  session = session_fixture_sign_in (kill->force->casebook, other_first ? "decider" : "acu");
  /* Whichever holder comes next finishes it; what no holder heard of, only who was sealing clears away. */
  if (other_first)
    {
      check_whole (kill, session);
      session_fixture_sign_out (session);
      session = session_fixture_sign_in (kill->force->casebook, "acu");
    }
  sealed = is_sealed (session, kill->reference);
  g_assert_true (sealed || !acknowledged);
  g_assert_true (sealed || seen);
  check_whole (kill, session);
  if (sealed)
    {
      g_autoptr (GError) error = wait_for_error (probity_case_load (kill->outsider, NULL, kill->reference));

      g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND);
      check_gone (kill, session);
      kill->n_sealed++;
      kill->n_moved++;
    }
  check_verified (kill, session);
  session_fixture_sign_out (session);
  check_places (kill);
}

/* The first is let be: it says how long a move takes. */
static gboolean
run_round (Kill       *kill,
           const char *action)
{
  const int      step = kill->round > 1 && g_rand_boolean (kill->rand) ? g_rand_int_range (kill->rand, 0, MAX_STEPS) : -1;
  const gint64   delay = kill->round > 1 ? g_rand_int_range (kill->rand, 0, (int) kill->move_us) : -1;
  const gboolean acknowledged = run_worker (kill, action, step, delay);

  g_test_message ("round %u: step %d, delay %d, %s", kill->round, step, (int) delay, acknowledged ? "acknowledged" : "killed before");

  return acknowledged;
}

static void
begin (Kill *kill)
{
  kill->move_us = 300000;
  kill->words = g_ptr_array_new_with_free_func (g_free);
  kill->rand = g_rand_new_with_seed (g_random_int ());
  probity_exhibit_part_seconds = 0;
  renew (kill);
}

static void
end (Kill *kill)
{
  close_casebook (kill);
  g_free (kill->reference);
  g_free (kill->uid);
  g_ptr_array_unref (kill->words);
  g_rand_free (kill->rand);
}

/* Rule (R1): a case that was on its way to a seal is whole, in one place, and nobody else finds a trace of the move. */
static void
test_killed (gconstpointer second_job)
{
  const guint n_kills = get_n_kills ();
  Kill        kill = { second_job != NULL };
  guint       n_acknowledged = 0;

  begin (&kill);
  for (kill.round = 1; kill.round <= n_kills; kill.round++)
    {
      const guint    n_sealed = kill.n_sealed;
      const gboolean acknowledged = run_round (&kill, "seal");

      n_acknowledged += acknowledged ? 1 : 0;
      look (&kill, acknowledged);
      if (kill.n_sealed == N_PLACES)
        renew (&kill);
      else if (kill.n_sealed > n_sealed)
        open_case (&kill);
    }
  g_test_message ("%u kills, %u moves acknowledged, %u finished", n_kills, n_acknowledged, kill.n_moved);
  g_assert_cmpuint (n_acknowledged, >, 0);
  end (&kill);
}

static gboolean
finds (Kill           *kill,
       ProbitySession *session)
{
  g_autoptr (DexFuture) done = wait_for (probity_case_load (session, NULL, kill->reference));
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (done, &error) != NULL)
    return TRUE;
  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND);

  return FALSE;
}

/* Rule (R1): who is being taken off a seal can work on the case, all of it, or finds nothing; what they wrote till then is there. */
static void
test_taken_off_killed (gconstpointer second_job)
{
  static const char *const holders[] = { "decider", NULL };
  const guint              n_kills = get_n_kills ();
  Kill                     kill = { second_job != NULL };
  guint                    n_acknowledged = 0;

  begin (&kill);
  kill.n_sealed = 1;
  kill.round = 1;
  g_assert_true (run_worker (&kill, "seal", -1, -1));
  for (; kill.round <= n_kills; kill.round++)
    {
      ProbitySession *leaver = session_fixture_sign_in (kill.force->casebook, "decider");
      const gboolean  acknowledged = run_round (&kill, "without");
      ProbitySession *session;

      n_acknowledged += acknowledged ? 1 : 0;
      if (finds (&kill, leaver))
        {
          g_assert_false (acknowledged);
          write_word (&kill, leaver);
        }
      session = session_fixture_sign_in (kill.force->casebook, "acu");
      check_whole (&kill, session);
      check_verified (&kill, session);
      g_assert_false (finds (&kill, kill.outsider));

      /* In the open window as at the next sign-in. */
      {
        const gboolean before = finds (&kill, leaver);

        session_fixture_sign_out (leaver);
        leaver = session_fixture_sign_in (kill.force->casebook, "decider");
        g_assert_true (finds (&kill, leaver) == before);
        session_fixture_sign_out (leaver);
        if (!before)
          {
            kill.n_moved++;
            wait_for_success (probity_case_seal (session, kill.reference, holders, "Back in the unit."));
          }
        g_assert_true (before ? !acknowledged : TRUE);
      }
      session_fixture_sign_out (session);
      /* The place that was left is cleared once nobody has it open. */
      session_fixture_sign_out (session_fixture_sign_in (kill.force->casebook, "acu"));
      check_places (&kill);
    }
  g_test_message ("%u kills, %u moves acknowledged, %u finished", n_kills, n_acknowledged, kill.n_moved);
  g_assert_cmpuint (n_acknowledged, >, 0);
  end (&kill);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 5)
    return work (argv);

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_data_func ("/fault/seal-killed", NULL, test_killed);
  g_test_add_data_func ("/fault/seal-killed-second-job", "second job", test_killed);
  g_test_add_data_func ("/fault/taken-off-killed", NULL, test_taken_off_killed);
  g_test_add_data_func ("/fault/taken-off-killed-second-job", "second job", test_taken_off_killed);

  return g_test_run ();
}
