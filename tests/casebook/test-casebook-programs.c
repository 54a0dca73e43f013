/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "casebook-fixture.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Several programs, and several users of the machine, on one casebook at once. */

#define SECOND_US G_USEC_PER_SEC
#define MOST_ROUNDS 20

typedef struct
{
  char *record; /* the last that another program changed */
  guint n_own;
} Seen;

static void
changed_cb (ProbityCasebook *casebook,
            ProbityChanges  *changes,
            gpointer         data)
{
  Seen *seen = data;

  for (guint i = 0; i < probity_changes_get_size (changes); i++)
    {
      const ProbityChange *change = probity_changes_get (changes, i);

      if (change->id != 0)
        {
          seen->n_own++;
          continue;
        }
      g_free (seen->record);
      seen->record = g_strdup (change->uid);
      g_assert_cmpint (change->compartment, ==, PROBITY_COMPARTMENT_REGISTERS);
      g_assert_cmpstr (change->kind, ==, "person");
    }
}

static gint64
count_entries (ProbityCasebook *casebook)
{
  return wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM audit_entry", NULL));
}

/* Waits until it was seen that another program changed @record; how long after its commit, in µs. */
static gint64
see_theirs (SecondProgram *second,
            const Seen    *seen,
            const char    *record)
{
  g_autofree char *ack = g_strdup_printf ("ack %s", record);
  gint64           start;

  second_program_say (second, "write %s", record);
  g_free (second_program_wait (second, ack));
  start = g_get_monotonic_time ();
  while (g_strcmp0 (seen->record, record) != 0)
    g_main_context_iteration (NULL, TRUE);

  return g_get_monotonic_time () - start;
}

static gint64
show_ours (SecondProgram   *second,
           ProbityCasebook *casebook,
           const char      *record)
{
  g_autofree char *saw = g_strdup_printf ("saw %s", record);
  gint64           start;

  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, record));
  start = g_get_monotonic_time ();
  g_free (second_program_wait (second, saw));

  return g_get_monotonic_time () - start;
}

/*
 * Rule: each program sees the other's commits within a second, and its own once. A machine may be busy with other
 * things at one time, not at all of them: the best of up to MOST_ROUNDS counts. Each is as long as it gets, since it begins just
 * after the other one has looked; the first is left out, which begins whenever it likes.
 */
static void
test_sees_others (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (SecondProgram) second = second_program_new (fixture);
  Seen   seen = { 0 };
  gint64 best[2] = { G_MAXINT64, G_MAXINT64 };
  guint  n_own = 0;

  g_signal_connect (casebook, "changed", G_CALLBACK (changed_cb), &seen);
  second_program_say (second, "open");
  g_free (second_program_wait (second, "open"));

  for (guint i = 0; i < 4 || (best[0] >= SECOND_US && i < MOST_ROUNDS); i++)
    {
      g_autofree char *record = g_strdup_printf ("theirs-%u", i);
      const gint64     took = see_theirs (second, &seen, record);

      best[0] = i > 0 ? MIN (best[0], took) : best[0];
    }
  for (guint i = 0; i < 4 || (best[1] >= SECOND_US && i < MOST_ROUNDS); i++)
    {
      g_autofree char *record = g_strdup_printf ("ours-%u", i);
      const gint64     took = show_ours (second, casebook, record);

      best[1] = i > 0 ? MIN (best[1], took) : best[1];
      g_assert_cmpuint (seen.n_own, ==, ++n_own);
    }
  g_assert_cmpint (best[0], <, SECOND_US);
  g_assert_cmpint (best[1], <, SECOND_US);

  /* Not a second time by way of the log: what comes last there was read after all of it. */
  see_theirs (second, &seen, "theirs-last");
  g_assert_cmpuint (seen.n_own, ==, n_own);

  wait_for_success (probity_casebook_close (casebook));
  g_free (seen.record);
}

/* Rule: two programs and two casebooks of one program write at once, and nothing is lost. */
static void
test_no_lost_write (void)
{
  const int n = g_test_slow () ? 3000 : 300;
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = NULL;
  g_autoptr (ProbityCasebook) other = NULL;
  g_autoptr (SecondProgram) second = second_program_new (fixture);
  g_autofree char *last = g_strdup_printf ("ack theirs-%d", n - 1);
  g_autofree char *line = NULL;

  probity_writer_checkpoint_pages = 20;
  casebook = casebook_fixture_open (fixture);
  other = casebook_fixture_open (fixture);
  second_program_say (second, "open");
  g_free (second_program_wait (second, "open"));
  second_program_say (second, "burst theirs %d", n);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *record = g_strdup_printf ("ours-%d", i);
      g_autoptr (DexFuture) first = collect (casebook, PROBITY_COMPARTMENT_REGISTERS, record);

      wait_for_success (collect (other, PROBITY_COMPARTMENT_REGISTERS, record));
      wait_for_success (g_steal_pointer (&first));
      if (i % 10 == 0)
        count_entries (casebook);
    }
  line = second_program_wait (second, last);
  g_assert_cmpstr (line, ==, last);

  g_assert_cmpint (count_entries (casebook), ==, 3 * n);
  g_assert_cmpint (count_entries (other), ==, 3 * n);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(DISTINCT record) FROM audit_entry", NULL)),
                   ==,
                   2 * n);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'", NULL)),
                   ==,
                   1);
  wait_for_success (probity_casebook_close (other));
  wait_for_success (probity_casebook_close (casebook));
  probity_writer_checkpoint_pages = 1000;
}

/* Rule: the write lock of a killed program is free, and what it acknowledged is there. */
static void
test_killed (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (SecondProgram) second = second_program_new (fixture);

  second_program_say (second, "open");
  second_program_say (second, "burst theirs 100000");
  g_free (second_program_wait (second, "ack theirs-99"));
  second_program_kill (second);

  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "ours"));
  g_assert_cmpint (count_entries (casebook), >=, 101);
  wait_for_success (probity_casebook_close (casebook));
}

/* Rule: a reader in the middle of a query keeps no command from being done, and sees one moment. */
static void
test_reader_is_no_obstacle (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) long_read = NULL;
  g_autoptr (GError) error = NULL;

  long_read = read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "WITH RECURSIVE n (i) AS (SELECT (SELECT count(*) FROM audit_entry)"
                                                                   " UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
                          cancellable);
  for (guint i = 0; i < 200; i++)
    wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "ours"));
  g_assert_true (dex_future_is_pending (long_read));
  g_assert_cmpint (count_entries (casebook), ==, 200);

  g_cancellable_cancel (cancellable);
  error = wait_for_error (g_steal_pointer (&long_read));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  wait_for_success (probity_casebook_close (casebook));
}

/* Rule: a query that was prepared before the schema changed is right afterwards. */
static void
test_stale_statement (void)
{
  static const char *const query = "SELECT sum (a) FROM t";
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (ProbityCasebook) other = casebook_fixture_open (fixture);

  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "CREATE TABLE t (a INTEGER)"));
  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "INSERT INTO t VALUES (1)"));
  g_assert_cmpint (wait_for_int64 (read_int64 (other, PROBITY_COMPARTMENT_REGISTERS, query, NULL)), ==, 1);
  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "DROP TABLE t"));
  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "CREATE TABLE t (b TEXT, a INTEGER)"));
  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "INSERT INTO t VALUES ('x', 2)"));
  g_assert_cmpint (wait_for_int64 (read_int64 (other, PROBITY_COMPARTMENT_REGISTERS, query, NULL)), ==, 2);

  wait_for_success (probity_casebook_close (other));
  wait_for_success (probity_casebook_close (casebook));
}

static guint
get_mode (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);

  return info.st_mode & 07777;
}

static void
check_modes (CasebookFixture *fixture)
{
  g_autofree char *lock = g_build_filename (fixture->folder, "lock", NULL);

  g_assert_cmpuint (get_mode (lock), ==, 0660);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      g_autofree char *file = casebook_fixture_dup_path (fixture, (ProbityCompartment) i, "");
      g_autofree char *wal = casebook_fixture_dup_path (fixture, (ProbityCompartment) i, "-wal");
      g_autofree char *shm = casebook_fixture_dup_path (fixture, (ProbityCompartment) i, "-shm");
      g_autofree char *folder = g_path_get_dirname (file);

      g_assert_cmpuint (get_mode (folder), ==, 02770);
      g_assert_cmpuint (get_mode (file), ==, 0660);
      g_assert_cmpuint (get_mode (wal), ==, 0660);
      g_assert_cmpuint (get_mode (shm), ==, 0660);
    }
}

/* Rule: folder 2770, files 0660, log and index too, whatever the umask. */
static void
test_modes (void)
{
  mode_t before = umask (077);
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);

  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    wait_for_success (collect (casebook, (ProbityCompartment) i, "ours"));
  check_modes (fixture);
  wait_for_success (probity_casebook_close (casebook));
  umask (before);
}

static void
remove_all_in (CasebookFixture *fixture)
{
  remove_tree (fixture->folder);
  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
}

/*
 * Rule: two users of one group work on one casebook at once, each may come first; a third who is not
 * of the group gets nothing but an error that says so.
 */
static void
test_two_users (void)
{
  enum
  {
    GROUP = 54321,
    ALICE = 54001,
    BOB = 54002,
    EVE = 54003
  };
  g_autoptr (CasebookFixture) fixture = NULL;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can become two other users");
      return;
    }

  fixture = casebook_fixture_new_for_users ();
  remove_all_in (fixture);
  if (chown (fixture->folder, ALICE, GROUP) != 0)
    {
      g_test_skip ("no other users here");
      return;
    }
  g_assert_cmpint (g_chmod (fixture->folder, 02770), ==, 0);

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (SecondProgram) alice = second_program_new_as (fixture, ALICE, GROUP);
      g_autoptr (SecondProgram) bob = second_program_new_as (fixture, BOB, GROUP);
      g_autoptr (SecondProgram) eve = second_program_new_as (fixture, EVE, 0);
      g_autofree char *line = NULL;

      if (round == 0)
        {
          second_program_say (alice, "create");
          line = second_program_wait (alice, "");
          if (line == NULL)
            {
              g_test_skip ("other users may not start the test program here");
              return;
            }
          g_assert_cmpstr (line, ==, "created");
        }

      /* Alice opens first, then Bob: their logs and indexes are each other's. */
      second_program_say (round == 0 ? alice : bob, "open");
      g_free (second_program_wait (round == 0 ? alice : bob, "open"));
      second_program_say (round == 0 ? bob : alice, "open");
      g_free (second_program_wait (round == 0 ? bob : alice, "open"));
      second_program_say (alice, "burst alice-%u 20", round);
      second_program_say (bob, "burst bob-%u 20", round);
      g_clear_pointer (&line, g_free);
      line = round == 0 ? second_program_wait (alice, "ack alice-0-19") : second_program_wait (alice, "ack alice-1-19");
      g_assert_nonnull (line);
      g_clear_pointer (&line, g_free);
      line = round == 0 ? second_program_wait (bob, "ack bob-0-19") : second_program_wait (bob, "ack bob-1-19");
      g_assert_nonnull (line);

      second_program_say (eve, "open");
      g_clear_pointer (&line, g_free);
      line = second_program_wait (eve, "");
      g_assert_cmpint (PROBITY_CASEBOOK_ERROR_NO_RIGHTS, ==, 7);
      g_assert_true (g_str_has_prefix (line, "error 7 "));
    }

  {
    g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);

    g_assert_cmpint (count_entries (casebook), ==, 80);
    wait_for_success (probity_casebook_close (casebook));
  }
}

/* Rule: a casebook that may be read but not written is refused with NO_RIGHTS: nothing could be logged. */
static void
test_read_only (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new_for_users ();
  g_autofree char *lock = g_build_filename (fixture->folder, "lock", NULL);
  g_autofree char *line = NULL;

  g_assert_cmpint (g_chmod (lock, 0666), ==, 0);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      g_autofree char *file = casebook_fixture_dup_path (fixture, (ProbityCompartment) i, "");
      g_autofree char *folder = g_path_get_dirname (file);

      g_assert_cmpint (g_chmod (file, 0444), ==, 0);
      g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
    }
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);

  {
    g_autoptr (SecondProgram) program = second_program_new_as (fixture, geteuid () == 0 ? 54001 : 0, 0);

    second_program_say (program, "open");
    line = second_program_wait (program, "");
  }
  if (line == NULL)
    g_test_skip ("other users may not start the test program here");
  else
    g_assert_true (g_str_has_prefix (line, "error 7 "));

  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      g_autofree char *file = casebook_fixture_dup_path (fixture, (ProbityCompartment) i, "");
      g_autofree char *folder = g_path_get_dirname (file);

      g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/casebook/programs/sees-others", test_sees_others);
  g_test_add_func ("/casebook/programs/no-lost-write", test_no_lost_write);
  g_test_add_func ("/casebook/programs/killed", test_killed);
  g_test_add_func ("/casebook/programs/reader-is-no-obstacle", test_reader_is_no_obstacle);
  g_test_add_func ("/casebook/programs/stale-statement", test_stale_statement);
  g_test_add_func ("/casebook/programs/modes", test_modes);
  g_test_add_func ("/casebook/programs/two-users", test_two_users);
  g_test_add_func ("/casebook/programs/read-only", test_read_only);

  return g_test_run ();
}
