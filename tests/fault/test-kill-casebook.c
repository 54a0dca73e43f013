/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/casebook-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * R1, below the records: programs on one casebook are killed with SIGKILL at random moments while
 * they write, write back their logs, make backups, open and create. What was acknowledged is there,
 * commands over two compartments are whole, every page and every row is sound.
 */

typedef struct
{
  CasebookFixture *fixture;
  GHashTable      *acknowledged; /* since the last look */
  GRand           *rand;
  guint            round;
} Kill;

static guint
get_n_kills (void)
{
  const char *text = g_getenv ("PROBITY_KILLS");

  return text != NULL ? (guint) MAX (atoi (text), 1) : 100;
}

/* Reads what a program says until its end. */
static void
drain (Kill          *kill,
       SecondProgram *program)
{
  char *line;

  while ((line = second_program_wait (program, "")) != NULL)
    {
      if (g_str_has_prefix (line, "ack "))
        g_hash_table_add (kill->acknowledged, g_strdup (line + strlen ("ack ")));
      else if (g_str_has_prefix (line, "error "))
        g_error ("round %u: %s", kill->round, line);
      g_free (line);
    }
}

static gboolean
kill_cb (gpointer data)
{
  second_program_kill (data);

  return G_SOURCE_REMOVE;
}

static void
start_work (Kill          *kill,
            SecondProgram *program,
            const char    *name)
{
  second_program_say (program, "open");
  if (g_rand_boolean (kill->rand))
    {
      second_program_say (program, "burst %s-%u-a 30", name, kill->round);
      second_program_say (program, "both %s-%u-b 1000000", name, kill->round);
    }
  else
    {
      second_program_say (program, "both %s-%u-b 20", name, kill->round);
      if (g_rand_int_range (kill->rand, 0, 4) == 0)
        second_program_say (program, "backup %s.backup-%s-%u", kill->fixture->folder, name, kill->round);
      second_program_say (program, "burst %s-%u-c 1000000", name, kill->round);
    }
}

static gboolean
find_missing_func (ProbityRead *read,
                   gpointer     data,
                   GValue      *result,
                   GError     **error)
{
  Kill          *kill = data;
  ProbityDb     *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  GHashTableIter iter;
  gpointer       record;

  if (db == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, kill->acknowledged);
  while (g_hash_table_iter_next (&iter, &record, NULL))
    {
      g_autoptr (ProbityStatement) statement = NULL;
      gboolean row;

      statement = probity_db_query (db, error, "SELECT 1 FROM audit_entry WHERE record = $record", "$record", 's', record, NULL);
      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        g_error ("round %u: %s was acknowledged and is not there", kill->round, (const char *) record);
    }

  return TRUE;
}

static gint64
check_value (ProbityCasebook   *casebook,
             ProbityCompartment compartment,
             const char        *sql)
{
  return wait_for_int64 (read_int64 (casebook, compartment, sql, NULL));
}

/* Everything in intelligence that was to be published is, and once. */
static gboolean
check_halves_func (ProbityRead *read,
                   gpointer     data,
                   GValue      *result,
                   GError     **error)
{
  ProbityDb *high = probity_read_get_db (read, PROBITY_COMPARTMENT_INTELLIGENCE, error);
  ProbityDb *low = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (high == NULL || low == NULL)
    return FALSE;

  statement = probity_db_query (high, error, "SELECT record FROM audit_entry", NULL);
  while (statement != NULL && probity_statement_step (statement, &row, error) && row)
    {
      g_autoptr (ProbityStatement) other = NULL;
      gboolean found;

      other = probity_db_query (low, error, "SELECT count(*) FROM audit_entry WHERE record = $record", "$record", 's', probity_statement_get_text (statement, 0), NULL);
      if (other == NULL || !probity_statement_step (other, &found, error))
        return FALSE;
      g_assert_cmpint (probity_statement_get_int64 (other, 0), ==, 1);
    }

  return statement != NULL && (error == NULL || *error == NULL);
}

static void
look (Kill *kill)
{
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (kill->fixture);

  add_publish_handler (casebook);
  wait_for_int64 (probity_casebook_finish_outbox (casebook));
  wait_for_success (probity_casebook_read (casebook, find_missing_func, kill, NULL, NULL));
  wait_for_success (probity_casebook_read (casebook, check_halves_func, NULL, NULL, NULL));
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      g_assert_cmpint (check_value (casebook, (ProbityCompartment) i, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), ==, 0);
      g_assert_cmpint (check_value (casebook, (ProbityCompartment) i, "SELECT count(*) FROM outbox"), ==, 0);
      g_assert_cmpint (check_value (casebook, (ProbityCompartment) i, "SELECT count(*) FROM audit_entry WHERE prev IS NOT coalesce ((SELECT hash FROM audit_entry AS b WHERE b.seq = audit_entry.seq - 1), zeroblob (32))"), ==, 0);
      g_assert_cmpint (count_damaged (casebook, (ProbityCompartment) i), ==, 0);
    }
  wait_for_success (probity_casebook_close (casebook));
  g_hash_table_remove_all (kill->acknowledged);
}

static void
remove_backups (Kill *kill)
{
  g_autofree char *parent = g_path_get_dirname (kill->fixture->folder);
  g_autofree char *name = g_path_get_basename (kill->fixture->folder);
  g_autofree char *prefix = g_strconcat (name, ".backup-", NULL);
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *found;

  while ((found = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (parent, found, NULL);

      if (!g_str_has_prefix (found, prefix))
        continue;

      /* What is called a backup is one. */
      if (!g_str_has_suffix (found, ".unverified"))
        {
          CasebookFixture copy = *kill->fixture;
          g_autoptr (ProbityCasebook) casebook = NULL;

          copy.folder = path;
          casebook = casebook_fixture_open (&copy);
          wait_for_success (probity_casebook_close (casebook));
        }
      remove_tree (path);
    }
}

/* Rule (R1): nothing acknowledged is lost and nothing is broken, however often writers are killed. */
static void
test_writers (void)
{
  const guint n_kills = get_n_kills ();
  Kill        kill = { 0 };
  guint       n_acknowledged = 0;
  guint       n_done = 0;

  kill.fixture = casebook_fixture_new ();
  kill.acknowledged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  kill.rand = g_rand_new_with_seed (20111);

  while (n_done < n_kills)
    {
      /* Every third time two programs are at work, and only the first is killed. */
      gboolean two = kill.round % 3 == 0;
      g_autoptr (SecondProgram) first = second_program_new (kill.fixture);
      g_autoptr (SecondProgram) second = two ? second_program_new (kill.fixture) : NULL;

      start_work (&kill, first, "first");
      if (second != NULL)
        {
          second_program_say (second, "open");
          second_program_say (second, "burst second-%u 20", kill.round);
          second_program_say (second, "both second-%u-b 20", kill.round);
          second_program_say (second, "close");
        }
      g_timeout_add ((guint) g_rand_int_range (kill.rand, 1, 90), kill_cb, first);
      drain (&kill, first);
      if (second != NULL)
        {
          second_program_end (second);
          drain (&kill, second);
        }

      n_done++;
      n_acknowledged += g_hash_table_size (kill.acknowledged);
      look (&kill);
      remove_backups (&kill);
      kill.round++;

      /* A long log makes the looks slow. */
      if (kill.round % 50 == 0)
        {
          casebook_fixture_free (kill.fixture);
          kill.fixture = casebook_fixture_new ();
        }
    }

  g_test_message ("%u kills, %u commands acknowledged, none lost", n_done, n_acknowledged);
  g_assert_cmpuint (n_acknowledged, >, n_kills);
  g_hash_table_unref (kill.acknowledged);
  g_rand_free (kill.rand);
  casebook_fixture_free (kill.fixture);
}

/* Rule: a creation that was killed leaves no casebook that opens and lacks something. */
static void
test_creation (void)
{
  const guint n_kills = MAX (get_n_kills () / 5, 20);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);
  guint n_whole = 0;

  for (guint i = 0; i < n_kills; i++)
    {
      g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
      g_autoptr (DexFuture) future = NULL;
      g_autoptr (SecondProgram) program = NULL;
      g_autoptr (GError) error = NULL;
      const GValue *value;
      char         *line;

      remove_tree (fixture->folder);
      g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
      program = second_program_new (fixture);
      second_program_say (program, "create");
      g_timeout_add ((guint) g_rand_int_range (rand, 1, 350), kill_cb, program);
      while ((line = second_program_wait (program, "")) != NULL)
        g_free (line);

      future = wait_for (probity_casebook_open (fixture->folder, fixture->keys, fixture->clock));
      value = dex_future_get_value (future, &error);
      if (value == NULL)
        {
          g_assert_true (g_error_matches (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK) ||
                         g_error_matches (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED));
          continue;
        }

      for (guint j = 0; j < PROBITY_N_COMPARTMENTS; j++)
        g_assert_cmpint (check_value (g_value_get_object (value), (ProbityCompartment) j, "SELECT count(*) FROM outbox"), ==, 0);
      wait_for_success (probity_casebook_close (g_value_get_object (value)));
      n_whole++;
    }

  g_test_message ("%u creations killed, %u were done", n_kills, n_whole);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/fault/kill-casebook/writers", test_writers);
  g_test_add_func ("/fault/kill-casebook/creation", test_creation);

  return g_test_run ();
}
