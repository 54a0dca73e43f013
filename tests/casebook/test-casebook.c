/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "casebook-fixture.h"

#include <string.h>
#include <time.h>

#include "probity-role.h"

/* Opening, reading, writing, closing: what every other room stands on. */

static void
changed_cb (ProbityCasebook *casebook,
            ProbityChanges  *changes,
            gpointer         data)
{
  GPtrArray *seen = data;

  for (guint i = 0; i < probity_changes_get_size (changes); i++)
    g_ptr_array_add (seen, g_strdup (probity_changes_get (changes, i)->uid));
}

/* Rule: what was committed is there after the casebook was closed and opened again. */
static void
test_write_read (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);

  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    g_assert_true (probity_casebook_has (casebook, (ProbityCompartment) i));
  g_assert_cmpint (probity_casebook_get_highest (casebook), ==, PROBITY_COMPARTMENT_INTELLIGENCE);

  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "one"));
  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "two"));
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM audit_entry", NULL)), ==, 2);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_STANDARDS, "SELECT count(*) FROM audit_entry", NULL)), ==, 0);
  wait_for_success (probity_casebook_close (casebook));
  g_clear_object (&casebook);

  casebook = casebook_fixture_open (fixture);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM audit_entry", NULL)), ==, 2);
  wait_for_success (probity_casebook_close (casebook));
}

static gboolean
fail_after_writing_func (ProbityWrite *write,
                         gpointer      data,
                         GValue       *result,
                         GError      **error)
{
  if (!add_audit_entry (write, PROBITY_COMPARTMENT_REGISTERS, "collection", "person", "one", error) ||
      !add_audit_entry (write, PROBITY_COMPARTMENT_INTELLIGENCE, "collection", "person", "one", error))
    return FALSE;

  probity_write_note_change (write, PROBITY_COMPARTMENT_REGISTERS, "person", 1, "one");
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no");

  return FALSE;
}

/* Rule: a command that fails leaves nothing in any compartment, and tells nobody of a change. */
static void
test_rollback (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_signal_connect (casebook, "changed", G_CALLBACK (changed_cb), seen);
  error = wait_for_error (probity_casebook_write (casebook, fail_after_writing_func, NULL, NULL));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpuint (seen->len, ==, 0);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM audit_entry", NULL)), ==, 0);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT count(*) FROM audit_entry", NULL)), ==, 0);

  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "two"));
  g_assert_cmpuint (seen->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (seen, 0), ==, "two");
  wait_for_success (probity_casebook_close (casebook));
}

static gboolean
count_queries_func (ProbityRead *read,
                    gpointer     data,
                    GValue      *result,
                    GError     **error)
{
  g_atomic_int_inc ((int *) data);
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

/* What this program has worked, in µs: however long it is kept from running, that does not count. */
static gint64
get_processor_time (void)
{
  struct timespec used;

  g_assert_cmpint (clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used), ==, 0);

  return (gint64) used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

/* Rule: a query that runs stops within milliseconds of its cancelling; one that waits never runs. */
static void
test_cancel (void)
{
  static const char *const endless =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) first = NULL;
  g_autoptr (DexFuture) second = NULL;
  g_autoptr (DexFuture) waiting = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;
  int    n_run = 0;

  first = read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, endless, cancellable);
  second = read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, endless, cancellable);
  waiting = probity_casebook_read (casebook, count_queries_func, &n_run, NULL, cancellable);
  /* Nothing else works here: they run. */
  for (start = get_processor_time (); get_processor_time () - start < 50000;)
    g_usleep (1000);
  /* They work until then, also while this thread is kept from running. */
  g_cancellable_cancel (cancellable);
  start = get_processor_time ();
  error = wait_for_error (g_steal_pointer (&first));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  error = wait_for_error (g_steal_pointer (&second));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (get_processor_time () - start, <, 100000);
  g_clear_error (&error);
  error = wait_for_error (g_steal_pointer (&waiting));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (n_run, ==, 0);

  /* The connection is of use afterwards. */
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT 7", NULL)), ==, 7);
  wait_for_success (probity_casebook_close (casebook));
}

typedef struct
{
  GMutex lock;
  int    n_came;
} Gate;

static gboolean
pass_gate_func (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  Gate *gate = data;

  g_atomic_int_inc (&gate->n_came);
  g_mutex_lock (&gate->lock);
  g_mutex_unlock (&gate->lock);
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static void
ask_a_few_times (ProbityCasebook *casebook)
{
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT 7", NULL)), ==, 7);
}

/* Rule: what nobody waits for is read when no query runs, one at a time, and a thread stays free for queries; closing answers it. */
static void
test_behind (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (DexFuture) query = NULL;
  g_autoptr (DexFuture) behind = NULL;
  g_autoptr (DexFuture) counted = NULL;
  g_autoptr (DexFuture) closing = NULL;
  g_autoptr (GError) error = NULL;
  Gate gate = { 0 };
  int  n_run = 0;

  g_mutex_init (&gate.lock);
  g_mutex_lock (&gate.lock);
  query = probity_casebook_read (casebook, pass_gate_func, &gate, NULL, NULL);
  counted = probity_casebook_read_behind (casebook, count_queries_func, &n_run, NULL, NULL);
  ask_a_few_times (casebook);
  g_assert_cmpint (g_atomic_int_get (&n_run), ==, 0);
  g_mutex_unlock (&gate.lock);
  wait_for_success (g_steal_pointer (&query));
  wait_for_success (g_steal_pointer (&counted));
  g_assert_cmpint (g_atomic_int_get (&n_run), ==, 1);

  g_mutex_lock (&gate.lock);
  behind = probity_casebook_read_behind (casebook, pass_gate_func, &gate, NULL, NULL);
  while (g_atomic_int_get (&gate.n_came) < 2)
    g_thread_yield ();
  counted = probity_casebook_read_behind (casebook, count_queries_func, &n_run, NULL, NULL);
  ask_a_few_times (casebook);
  g_assert_cmpint (g_atomic_int_get (&n_run), ==, 1);

  closing = probity_casebook_close (casebook);
  error = wait_for_error (g_steal_pointer (&counted));
  assert_casebook_error (error, CLOSED);
  g_assert_cmpint (g_atomic_int_get (&n_run), ==, 1);
  g_mutex_unlock (&gate.lock);
  wait_for_success (g_steal_pointer (&behind));
  wait_for_success (g_steal_pointer (&closing));
  g_clear_error (&error);
  error = wait_for_error (probity_casebook_read_behind (casebook, count_queries_func, &n_run, NULL, NULL));
  assert_casebook_error (error, CLOSED);
  g_mutex_clear (&gate.lock);
}

static gboolean
fill_func (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  ProbityDb *registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return registers != NULL && probity_db_exec (registers, "CREATE TABLE filling (bytes BLOB); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 800) INSERT INTO filling SELECT zeroblob (8000) FROM n", error);
}

/* Reads 6 MB; @data: whether they are read through. The result: bytes that the connection then holds. */
static gboolean
read_much_func (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  ProbityDb *registers = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;
  int      bytes, highest;

  if (data != NULL)
    probity_db_pass_through (registers);
  statement = probity_db_query (registers, error, "SELECT count (*) FROM filling WHERE instr (bytes, x'01') = 0", NULL);
  g_assert_true (probity_statement_step (statement, &row, error));
  g_assert_cmpint (probity_statement_get_int64 (statement, 0), ==, 800);
  g_assert_cmpint (sqlite3_db_status (probity_db_get_handle (registers), SQLITE_DBSTATUS_CACHE_USED, &bytes, &highest, 0), ==, SQLITE_OK);
  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, bytes);

  return TRUE;
}

/* Rule: what is read through from end to end leaves no more than two megabytes in memory; the next query keeps what it reads. */
static void
test_pass_through (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  const gint64 limit = 3 * 1024 * 1024;

  wait_for_success (probity_casebook_write (casebook, fill_func, NULL, NULL));
  /* Of both readers. */
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (wait_for_int64 (probity_casebook_read (casebook, read_much_func, GINT_TO_POINTER (1), NULL, NULL)), <, limit);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (wait_for_int64 (probity_casebook_read (casebook, read_much_func, NULL, NULL, NULL)), >, limit);
  wait_for_success (probity_casebook_close (casebook));
}

/* Rule: after closing everything is refused with CLOSED; closing twice is no error. */
static void
test_closed (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (DexFuture) pending = collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "one");
  g_autoptr (GError) error = NULL;

  wait_for_success (probity_casebook_close (casebook));
  wait_for_success (probity_casebook_close (casebook));
  /* What was asked for before closing is done. */
  wait_for_success (g_steal_pointer (&pending));

  error = wait_for_error (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "one"));
  assert_casebook_error (error, CLOSED);
  g_clear_error (&error);
  error = wait_for_error (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT 1", NULL));
  assert_casebook_error (error, CLOSED);
}

/* Rule: a casebook that is dropped without closing stops its threads and loses nothing. */
static void
test_dropped (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autofree char *wal = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_REGISTERS, "-wal");

  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "one"));
  g_assert_finalize_object (g_steal_pointer (&casebook));
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));

  casebook = casebook_fixture_open (fixture);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM audit_entry", NULL)), ==, 1);
  wait_for_success (probity_casebook_close (casebook));
}

/* Rule: without the key of a compartment nothing of it is opened, and asking is answered with NO_KEY. */
static void
test_some_keys (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->keys[PROBITY_COMPARTMENT_INTELLIGENCE], probity_key_unref);
  casebook = casebook_fixture_open (fixture);
  g_assert_false (probity_casebook_has (casebook, PROBITY_COMPARTMENT_INTELLIGENCE));
  g_assert_cmpint (probity_casebook_get_highest (casebook), ==, PROBITY_COMPARTMENT_STANDARDS);

  error = wait_for_error (read_int64 (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT 1", NULL));
  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NO_KEY);
  g_clear_error (&error);
  error = wait_for_error (collect (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "one"));
  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NO_KEY);
  wait_for_success (probity_casebook_close (casebook));
}

static gboolean
bind_func (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_JOURNAL, error);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\0b", 3);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) found = NULL;
  g_autoptr (GBytes) found_empty = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (ProbityStatement) same = NULL;
  g_autoptr (ProbityStatement) lacking = NULL;
  g_autoptr (GError) lack = NULL;
  g_auto (GValue) late = G_VALUE_INIT;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT $i, $s, $n, $d, $b, $e, $t, $late", "$t", 't', 17, "$i", 'i', G_MININT64, "$s", 's', "naïve", "$n", 's', NULL, "$d", 'd', 0.5, "$b", 'b', bytes, "$e", 'b', empty, NULL);
  g_assert_no_error (*error);
  g_value_init (&late, G_TYPE_INT64);
  g_value_set_int64 (&late, 4);
  g_assert_true (probity_statement_bind (statement, "$late", &late, error));
  g_assert_true (probity_statement_step (statement, &row, error));
  g_assert_true (row);
  g_assert_cmpint (probity_statement_get_int64 (statement, 0), ==, G_MININT64);
  g_assert_cmpstr (probity_statement_get_text (statement, 1), ==, "naïve");
  g_assert_true (probity_statement_is_null (statement, 2));
  g_assert_cmpfloat (probity_statement_get_double (statement, 3), ==, 0.5);
  found = probity_statement_dup_bytes (statement, 4);
  g_assert_true (g_bytes_equal (found, bytes));
  found_empty = probity_statement_dup_bytes (statement, 5);
  g_assert_nonnull (found_empty);
  g_assert_cmpuint (g_bytes_get_size (found_empty), ==, 0);
  g_assert_cmpint (probity_statement_get_int64 (statement, 6), ==, 1);
  g_assert_cmpint (probity_statement_get_int64 (statement, 7), ==, 4);
  g_assert_cmpint (probity_statement_get_n_columns (statement), ==, 8);
  g_assert_true (probity_statement_step (statement, &row, error));
  g_assert_false (row);

  /* A query within a query of the same text is another statement. */
  g_clear_pointer (&statement, probity_statement_free);
  statement = probity_db_query (db, error, "SELECT $i", "$i", 'i', (gint64) 1, NULL);
  same = probity_db_query (db, error, "SELECT $i", "$i", 'i', (gint64) 2, NULL);
  g_assert_true (statement != same);
  g_assert_true (probity_statement_step (statement, &row, error));
  g_assert_true (probity_statement_step (same, &row, error));
  g_assert_cmpint (probity_statement_get_int64 (statement, 0), ==, 1);
  g_assert_cmpint (probity_statement_get_int64 (same, 0), ==, 2);

  /* Nothing of an earlier use is left in the cache. */
  g_clear_pointer (&statement, probity_statement_free);
  lacking = probity_db_query (db, error, "SELECT $i", NULL);
  g_assert_no_error (*error);
  g_assert_false (probity_statement_step (lacking, &row, &lack));
  assert_casebook_error (lack, FAILED);
  g_assert_nonnull (strstr (lack->message, "$i"));

  return TRUE;
}

/* Rule: parameters go in as they are, by name, and one that is forgotten is an error. */
static void
test_bind (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);

  wait_for_success (probity_casebook_write (casebook, bind_func, NULL, NULL));
  wait_for_success (probity_casebook_close (casebook));
}

static gboolean
slow_cache_func (ProbityWrite *write,
                 gpointer      data,
                 GValue       *result,
                 GError      **error)
{
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_JOURNAL, error);

  /* Three times what the cache holds, twice over. */
  for (gint64 i = 0; i < 600; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %d + $i", (int) (i % 300));
      g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$i", 'i', i, NULL);
      gboolean row;

      g_assert_true (statement != NULL && probity_statement_step (statement, &row, error));
      g_assert_cmpint (probity_statement_get_int64 (statement, 0), ==, i % 300 + i);
    }

  return TRUE;
}

/* Rule: the statement cache is bounded and right when it overflows. */
static void
test_statement_cache (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);

  wait_for_success (probity_casebook_write (casebook, slow_cache_func, NULL, NULL));
  wait_for_success (probity_casebook_close (casebook));
}

/* Rule: what a database refuses comes back as CONSTRAINT with the trigger's own words. */
static void
test_constraint (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "one"));
  error = wait_for_error (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "DELETE FROM audit_entry"));
  assert_casebook_error (error, CONSTRAINT);
  g_assert_cmpstr (error->message, ==, "audit: entries do not go");
  wait_for_success (probity_casebook_close (casebook));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/casebook/write-read", test_write_read);
  g_test_add_func ("/casebook/rollback", test_rollback);
  g_test_add_func ("/casebook/cancel", test_cancel);
  g_test_add_func ("/casebook/behind", test_behind);
  g_test_add_func ("/casebook/pass-through", test_pass_through);
  g_test_add_func ("/casebook/closed", test_closed);
  g_test_add_func ("/casebook/dropped", test_dropped);
  g_test_add_func ("/casebook/some-keys", test_some_keys);
  g_test_add_func ("/casebook/bind", test_bind);
  g_test_add_func ("/casebook/statement-cache", test_statement_cache);
  g_test_add_func ("/casebook/constraint", test_constraint);

  return g_test_run ();
}
