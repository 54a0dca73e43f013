/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "casebook-fixture.h"
#include "probity-backup.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Files that are not as they should be: each gives an error that says so, and nothing is written
 * over.
 */

#define PAGE_SIZE 8192

static GError *
open_error (CasebookFixture *fixture)
{
  return wait_for_error (probity_casebook_open (fixture->folder, fixture->keys, fixture->clock));
}

static char *
digest_file (const char *path)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) bytes, size);
}

static goffset
get_size (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);

  return info.st_size;
}

/* Puts enough into registers that its file has pages to spare. */
static void
fill (CasebookFixture *fixture)
{
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *record = g_strdup_printf ("record %u", i);

      wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, record));
    }
  wait_for_success (probity_casebook_close (casebook));
}

/* Rule (S7): a file that does not open with its key is never created anew. */
static void
test_wrong_key (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autofree char *path = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_STANDARDS, "");
  g_autofree char *before = digest_file (path);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  ProbityKey *right = fixture->keys[PROBITY_COMPARTMENT_STANDARDS];

  fixture->keys[PROBITY_COMPARTMENT_STANDARDS] = probity_key_new_random ();
  error = open_error (fixture);
  assert_casebook_error (error, WRONG_KEY);
  after = digest_file (path);
  g_assert_cmpstr (before, ==, after);

  probity_key_unref (fixture->keys[PROBITY_COMPARTMENT_STANDARDS]);
  fixture->keys[PROBITY_COMPARTMENT_STANDARDS] = right;
  g_clear_error (&error);
  error = open_error (fixture);
  g_assert_no_error (error);
}

/* Rule: a missing file is damage; it is not made. */
static void
test_missing_file (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autofree char *path = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_STANDARDS, "");
  g_autoptr (GError) error = NULL;

  g_unlink (path);
  error = open_error (fixture);
  assert_casebook_error (error, DAMAGED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Rule: a file of no bytes is damage, not a new database. */
static void
test_empty_file (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autofree char *path = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_STANDARDS, "");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (truncate (path, 0), ==, 0);
  error = open_error (fixture);
  assert_casebook_error (error, DAMAGED);
  g_assert_cmpint (get_size (path), ==, 0);
}

/* Rule: a file that was cut, in a page or between two, is damage. */
static void
test_cut_file (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autofree char *path = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_REGISTERS, "");
  g_autoptr (GError) error = NULL;
  goffset size;

  fill (fixture);
  size = get_size (path);
  g_assert_cmpint (truncate (path, size - 100), ==, 0);
  error = open_error (fixture);
  assert_casebook_error (error, DAMAGED);

  g_clear_error (&error);
  g_assert_cmpint (truncate (path, size - 2 * PAGE_SIZE), ==, 0);
  error = open_error (fixture);
  assert_casebook_error (error, DAMAGED);

  g_clear_error (&error);
  g_assert_cmpint (truncate (path, 100), ==, 0);
  error = open_error (fixture);
  assert_casebook_error (error, DAMAGED);
}

/* Rule: a changed bit anywhere is found, at the latest when its page is read. */
static void
test_flipped_bits (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autofree char *path = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_REGISTERS, "");
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint   n_opening = 0;
  guint   n_reading = 0;
  goffset size;

  fill (fixture);
  size = get_size (path);

  for (guint i = 0; i < 40; i++)
    {
      goffset at = i < 4 ? (goffset) i * 5 : g_rand_int_range (rand, 0, (int) size);
      g_autoptr (DexFuture) future = NULL;
      g_autoptr (GError) error = NULL;
      const GValue *value;

      flip_byte (path, at);
      future = wait_for (probity_casebook_open (fixture->folder, fixture->keys, fixture->clock));
      value = dex_future_get_value (future, &error);
      if (value == NULL)
        {
          g_assert_true (g_error_matches (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED) ||
                         (at < PAGE_SIZE && g_error_matches (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_WRONG_KEY)));
          n_opening++;
        }
      else
        {
          ProbityCasebook *casebook = g_value_get_object (value);
          g_autoptr (DexFuture) check = NULL;

          /* Every page has an HMAC of its own. */
          check = wait_for (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "PRAGMA cipher_integrity_check", NULL));
          value = dex_future_get_value (check, &error);
          if (value != NULL)
            g_assert_cmpint (g_value_get_int64 (value), !=, -1);
          else
            assert_casebook_error (error, DAMAGED);
          n_reading++;
          wait_for_success (probity_casebook_close (casebook));
        }
      flip_byte (path, at);
    }

  g_assert_cmpuint (n_opening, >, 0);
  g_assert_cmpuint (n_reading, >, 0);

  {
    g_autoptr (GError) error = open_error (fixture);

    g_assert_no_error (error);
  }
}

/* Rule: a damaged page that a query needs gives DAMAGED, to readers and to writers. */
static void
test_damaged_page (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autofree char *path = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_REGISTERS, "");
  g_autoptr (ProbityCasebook) casebook = NULL;
  g_autoptr (GError) error = NULL;
  goffset size;
  gint64  root;

  fill (fixture);
  casebook = casebook_fixture_open (fixture);
  root = wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT rootpage FROM sqlite_schema WHERE name = 'person'", NULL));
  wait_for_success (probity_casebook_close (casebook));
  g_clear_object (&casebook);

  size = get_size (path);
  g_assert_cmpint (root * PAGE_SIZE, <=, size);
  flip_byte (path, (root - 1) * PAGE_SIZE + 1000);
  casebook = casebook_fixture_open (fixture);
  error = wait_for_error (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM person NOT INDEXED", NULL));
  assert_casebook_error (error, DAMAGED);
  g_clear_error (&error);
  error = wait_for_error (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "DELETE FROM person"));
  assert_casebook_error (error, DAMAGED);
  wait_for_success (probity_casebook_close (casebook));
}

/* --- Pages --- */

/* A query that waits until it is let go: as long as it lasts, later commits stay in the log. */
typedef struct
{
  GMutex   lock;
  GCond    changed;
  gboolean begun;
  gboolean released;
} Hold;

static gboolean
hold_func (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  Hold *hold = data;
  g_autoptr (ProbityStatement) statement = NULL;
  ProbityDb *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  gboolean   row;

  statement = db != NULL ? probity_db_query (db, error, "SELECT count(*) FROM t", NULL) : NULL;
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  g_mutex_lock (&hold->lock);
  hold->begun = TRUE;
  g_cond_signal (&hold->changed);
  while (!hold->released)
    g_cond_wait (&hold->changed, &hold->lock);
  g_mutex_unlock (&hold->lock);

  return TRUE;
}

/* A page of zeros with another behind it; its number, 0 if there is none. */
static guint
find_hole (const char *path)
{
  static const guint8 zeros[PAGE_SIZE];
  g_autofree char    *bytes = NULL;
  gsize               length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (gsize i = 0; i + 2 * PAGE_SIZE <= length; i += PAGE_SIZE)
    if (memcmp (bytes + i, zeros, PAGE_SIZE) == 0)
      return (guint) (i / PAGE_SIZE) + 1;

  return 0;
}

/*
 * Rule: a page that was never written back, because a reader held back the log, is not damaged: not where it lies, and
 * not in a copy.
 */
static void
test_page_in_log (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autofree char *path = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_REGISTERS, "");
  g_autofree char *copy = g_strconcat (fixture->folder, ".copy", NULL);
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (DexFuture) held = NULL;
  Hold hold = { 0 };

  g_mutex_init (&hold.lock);
  g_cond_init (&hold.changed);
  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB)"));
  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "INSERT INTO t (b) WITH n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT randomblob (6000) FROM n"));

  held = probity_casebook_read (casebook, hold_func, &hold, NULL, NULL);
  g_mutex_lock (&hold.lock);
  while (!hold.begun)
    g_cond_wait (&hold.changed, &hold.lock);
  g_mutex_unlock (&hold.lock);

  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "UPDATE t SET b = randomblob (6000) WHERE id BETWEEN 10 AND 20"));
  probity_writer_checkpoint_pages = 1;
  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "written back"));
  probity_writer_checkpoint_pages = 1000;
  g_assert_cmpuint (find_hole (path), >, 0);

  g_assert_cmpint (count_damaged (casebook, PROBITY_COMPARTMENT_REGISTERS), ==, 0);
  wait_for_success (probity_casebook_backup (casebook, copy));

  g_mutex_lock (&hold.lock);
  hold.released = TRUE;
  g_cond_signal (&hold.changed);
  g_mutex_unlock (&hold.lock);
  wait_for_success (g_steal_pointer (&held));
  wait_for_success (probity_casebook_close (casebook));
  g_assert_cmpuint (find_hole (path), ==, 0);
  remove_tree (copy);
  g_cond_clear (&hold.changed);
  g_mutex_clear (&hold.lock);
}

static void
set_pragma (CasebookFixture *fixture,
            const char      *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityLock) lock = probity_lock_open (fixture->folder, FALSE, &error);
  ProbityDb *db;

  g_assert_no_error (error);
  probity_lock_take (lock, &error);
  g_assert_no_error (error);
  db = probity_db_open (fixture->folder, PROBITY_COMPARTMENT_REGISTERS, fixture->keys[PROBITY_COMPARTMENT_REGISTERS], PROBITY_DB_WRITER, lock, &error);
  g_assert_no_error (error);
  probity_db_exec (db, sql, &error);
  g_assert_no_error (error);
  probity_db_close (db);
  probity_lock_release (lock);
}

/* Rule: a casebook of a newer program is refused, and left as it is. */
static void
test_newer_version (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (GError) error = NULL;

  set_pragma (fixture, "PRAGMA user_version = 99");
  error = open_error (fixture);
  assert_casebook_error (error, NEWER_VERSION);
}

/* Rule: a database of another program is refused, even with the right key. */
static void
test_other_database (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (GError) error = NULL;

  set_pragma (fixture, "PRAGMA application_id = 1234");
  error = open_error (fixture);
  assert_casebook_error (error, NOT_A_CASEBOOK);
}

/* Rule: a folder that is not there, or holds no casebook, is said to be none; nothing is made in it. */
static void
test_no_casebook (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autofree char *lock = g_build_filename (fixture->folder, "lock", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;

  remove_tree (fixture->folder);
  error = open_error (fixture);
  assert_casebook_error (error, NOT_A_CASEBOOK);
  g_clear_error (&error);

  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  error = open_error (fixture);
  assert_casebook_error (error, NOT_A_CASEBOOK);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
}

/* Rule: creating where something is already is refused, and leaves it alone. */
static void
test_create_twice (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autofree char *path = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_STANDARDS, "");
  g_autofree char *before = digest_file (path);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (probity_casebook_create_databases (fixture->folder, fixture->keys, &error));
  assert_casebook_error (error, EXISTS);
  after = digest_file (path);
  g_assert_cmpstr (before, ==, after);
}

static void
failed_cb (ProbityCasebook *casebook,
           GError          *error,
           gpointer         data)
{
  GError **failure = data;

  g_assert_null (*failure);
  *failure = g_error_copy (error);
}

static gboolean
fill_func (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  for (guint i = 0; i < 2000; i++)
    {
      if (!add_audit_entry (write, PROBITY_COMPARTMENT_REGISTERS, "collection", "person", "a record among many others", error))
        return FALSE;
    }

  return TRUE;
}

/* Writes until the disk is full; then makes room by @make_room and looks at what there is. */
static void
check_full_disk (CasebookFixture *fixture,
                 void (*make_room) (CasebookFixture *fixture))
{
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_done = 0;

  g_signal_connect (casebook, "failed", G_CALLBACK (failed_cb), &failure);
  while (error == NULL && n_done < 1000)
    {
      error = wait_for_error (probity_casebook_write (casebook, fill_func, NULL, NULL));
      if (error == NULL)
        n_done++;
    }
  assert_casebook_error (error, FULL);
  while (failure == NULL)
    g_main_context_iteration (NULL, TRUE);
  assert_casebook_error (failure, FULL);

  /* What cannot be logged is not shown. */
  g_clear_error (&error);
  error = wait_for_error (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT 1", NULL));
  assert_casebook_error (error, CLOSED);
  wait_for_success (probity_casebook_close (casebook));
  g_clear_object (&casebook);

  make_room (fixture);
  casebook = casebook_fixture_open (fixture);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM audit_entry", NULL)), ==, n_done * 2000);
  wait_for_success (probity_casebook_close (casebook));
}

static void
raise_limit (CasebookFixture *fixture)
{
  struct rlimit limit;

  getrlimit (RLIMIT_FSIZE, &limit);
  limit.rlim_cur = limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* Rule: when a file may not grow any more the casebook closes itself with FULL, and nothing is lost. */
static void
test_file_limit (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
      struct rlimit limit;

      signal (SIGXFSZ, SIG_IGN);
      getrlimit (RLIMIT_FSIZE, &limit);
      limit.rlim_cur = 3 * 1024 * 1024;
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      check_full_disk (fixture, raise_limit);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
remove_ballast (CasebookFixture *fixture)
{
  g_autofree char *ballast = g_build_filename (g_getenv ("TMPDIR"), "ballast", NULL);

  g_assert_cmpint (g_unlink (ballast), ==, 0);
}

/* In a mount namespace of its own: TMPDIR is a disk of 24 MiB, of which a file takes the half. */
static void
run_on_small_disk (void)
{
  g_autofree char *ballast = g_build_filename (g_getenv ("TMPDIR"), "ballast", NULL);
  g_autofree char *bytes = g_malloc0 (12 * 1024 * 1024);
  g_autoptr (CasebookFixture) fixture = NULL;

  g_assert_true (g_file_set_contents (ballast, bytes, 12 * 1024 * 1024, NULL));
  fixture = casebook_fixture_new ();
  check_full_disk (fixture, remove_ballast);
}

/* Rule: on a disk that is full the casebook closes itself with FULL, and nothing is lost. */
static void
test_full_disk (void)
{
  static const char *const script =
      "mount -t tmpfs -o size=24m none \"$1\" || exit 77; TMPDIR=$1 exec \"$2\" --small-disk";
  g_autofree char *folder = g_dir_make_tmp ("disk-XXXXXX", NULL);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char      *arguments[] = { "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", folder, self, NULL };
  int              status = 0;

  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL) ||
      (WIFEXITED (status) && (WEXITSTATUS (status) == 77 || WEXITSTATUS (status) == 1)))
    g_test_skip ("no small disk can be mounted here");
  else
    g_assert_cmpint (status, ==, 0);

  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 2 && g_str_equal (argv[1], "--small-disk"))
    {
      dex_init ();
      run_on_small_disk ();
      return 0;
    }

  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/casebook/damage/wrong-key", test_wrong_key);
  g_test_add_func ("/casebook/damage/missing-file", test_missing_file);
  g_test_add_func ("/casebook/damage/empty-file", test_empty_file);
  g_test_add_func ("/casebook/damage/cut-file", test_cut_file);
  g_test_add_func ("/casebook/damage/flipped-bits", test_flipped_bits);
  g_test_add_func ("/casebook/damage/damaged-page", test_damaged_page);
  g_test_add_func ("/casebook/damage/page-in-log", test_page_in_log);
  g_test_add_func ("/casebook/damage/newer-version", test_newer_version);
  g_test_add_func ("/casebook/damage/other-database", test_other_database);
  g_test_add_func ("/casebook/damage/no-casebook", test_no_casebook);
  g_test_add_func ("/casebook/damage/create-twice", test_create_twice);
  g_test_add_func ("/casebook/damage/file-limit", test_file_limit);
  g_test_add_func ("/casebook/damage/full-disk", test_full_disk);

  return g_test_run ();
}
