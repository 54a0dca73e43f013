/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "casebook-fixture.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Encryption is on, one program writes at a time, and what is unsafe is refused. */

#define PAGE_SIZE 8192
#define CANARY "Wenlock-Edge-Canary-4127"

static char *
read_file (const char *path,
           gsize      *ret_size)
{
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, ret_size, &error);
  g_assert_no_error (error);

  return bytes;
}

/* 255 degrees of freedom: mean 255, standard deviation 22.6; clear text gives hundreds of thousands. */
static double
chi_square (const guint8 *bytes,
            gsize         size)
{
  double expected = (double) size / 256;
  double sum = 0;
  gsize  counts[256] = { 0 };

  for (gsize i = 0; i < size; i++)
    counts[bytes[i]]++;
  for (guint i = 0; i < 256; i++)
    sum += ((double) counts[i] - expected) * ((double) counts[i] - expected) / expected;

  return sum;
}

static void
check_encrypted (CasebookFixture   *fixture,
                 ProbityCompartment compartment,
                 const char        *ending)
{
  g_autofree char *path = casebook_fixture_dup_path (fixture, compartment, ending);
  gsize            size;
  g_autofree char *bytes = read_file (path, &size);

  g_assert_null (memmem (bytes, size, CANARY, strlen (CANARY)));
  g_assert_null (memmem (bytes, size, "CREATE TABLE", strlen ("CREATE TABLE")));
  g_assert_null (memmem (bytes, size, "SQLite format 3", strlen ("SQLite format 3")));

  if (*ending != '\0')
    return;

  g_assert_cmpuint (size % PAGE_SIZE, ==, 0);
  g_assert_cmpfloat (chi_square ((const guint8 *) bytes, size), <, 450);
  for (gsize at = 0; at < size; at += PAGE_SIZE)
    g_assert_cmpfloat (chi_square ((const guint8 *) bytes + at, PAGE_SIZE), <, 450);
}

/* Rule (S7): no byte of a database or its log is clear, from the first page on. */
static void
test_encrypted (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);

  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      for (guint j = 0; j < 20; j++)
        wait_for_success (collect (casebook, (ProbityCompartment) i, CANARY));
      check_encrypted (fixture, (ProbityCompartment) i, "-wal");
    }
  wait_for_success (probity_casebook_close (casebook));
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    check_encrypted (fixture, (ProbityCompartment) i, "");
}

/* Rule (S7): SQLite as everybody has it does not open the file. */
static void
test_stock_sqlite (void)
{
  static const char *const script =
      "import sqlite3, sys\n"
      "try:\n"
      "    sqlite3.connect(sys.argv[1]).execute('SELECT * FROM sqlite_master').fetchall()\n"
      "except sqlite3.DatabaseError as error:\n"
      "    print(error)\n";
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autofree char *python = g_find_program_in_path ("python3");
  g_autoptr (GError) error = NULL;

  if (python == NULL)
    {
      g_test_skip ("python3 is not here");
      return;
    }

  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      g_autofree char *path = casebook_fixture_dup_path (fixture, (ProbityCompartment) i, "");
      g_autofree char *output = NULL;
      const char      *arguments[] = { python, "-c", script, path, NULL };

      g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (output, ==, "file is not a database\n");
    }
}

/* Rule: a program that has done its work ends with its own status: what threads still use is not taken apart under them. */
static void
test_end (void)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "casebook", "ending-program", NULL);
  g_autofree char *output = NULL;
  const char      *arguments[] = { program, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpstr (output, ==, "ends\n");
}

static gboolean
attack_reader_func (ProbityRead *read,
                    gpointer     data,
                    GValue      *result,
                    GError     **error)
{
  static const char *const attacks[] = {
    "PRAGMA wal_checkpoint",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA WAL_Checkpoint(full)",
    "PRAGMA main.wal_checkpoint",
    "SELECT * FROM pragma_wal_checkpoint",
    "PRAGMA wal_autocheckpoint = 1",
    "PRAGMA journal_mode = DELETE",
    "SELECT * FROM pragma_journal_mode('DELETE')",
    "PRAGMA query_only = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA key = 'x'",
    "PRAGMA rekey = 'x'",
    "PRAGMA cipher_page_size = 4096",
    "ATTACH ':memory:' AS other",
    "INSERT INTO outbox (uid, target, command, payload, created) VALUES ('a', 'journal', 'b', '{}', 'c')",
    "UPDATE outbox SET command = 'x'",
    "DELETE FROM outbox",
    "CREATE TABLE other (a)",
    "DROP TABLE outbox",
    "PRAGMA user_version = 7",
    "VACUUM",
    "REINDEX",
    "ANALYZE",
  };
  ProbityDb *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);

  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autoptr (GError) refusal = NULL;

      if (probity_db_exec (db, attacks[i], &refusal))
        g_error ("A reader may %s", attacks[i]);
    }

  /* Past SQL, too. */
  g_assert_cmpint (sqlite3_wal_checkpoint_v2 (probity_db_get_handle (db), NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL), !=, SQLITE_OK);
  g_assert_cmpint (sqlite3_wal_checkpoint_v2 (probity_db_get_handle (db), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL), !=, SQLITE_OK);

  return TRUE;
}

/* Rule (R9): a reader can neither write nor checkpoint. */
static void
test_readers_only_read (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autofree char *wal = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_REGISTERS, "-wal");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize            size_before;
  gsize            size_after;

  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "one"));
  before = read_file (wal, &size_before);
  g_assert_cmpuint (size_before, >, 0);
  wait_for_success (probity_casebook_read (casebook, attack_reader_func, NULL, NULL, NULL));
  after = read_file (wal, &size_after);
  g_assert_cmpmem (before, size_before, after, size_after);
  wait_for_success (probity_casebook_close (casebook));
}

static gboolean
attack_writer_func (ProbityWrite *write,
                    gpointer      data,
                    GValue       *result,
                    GError      **error)
{
  static const char *const attacks[] = {
    "PRAGMA wal_checkpoint",
    "PRAGMA wal_autocheckpoint = 1",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA writable_schema = ON",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA trusted_schema = ON",
    "PRAGMA rekey = 'x'",
    "ATTACH ':memory:' AS other",
  };
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);

  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autoptr (GError) refusal = NULL;

      if (probity_db_exec (db, attacks[i], &refusal))
        g_error ("A command may %s", attacks[i]);
    }

  return TRUE;
}

/* Rule (R9): a command cannot change how its connection works, checkpoint, or open other files. */
static void
test_commands_only_write (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);

  wait_for_success (probity_casebook_write (casebook, attack_writer_func, NULL, NULL));
  wait_for_success (probity_casebook_close (casebook));
}

typedef struct
{
  const char *name;
  gint64      reader;
  gint64      writer;
} Setting;

static const Setting settings[] = {
  { "application_id", PROBITY_DB_APPLICATION_ID, PROBITY_DB_APPLICATION_ID },
  { "page_size", PAGE_SIZE, PAGE_SIZE },
  { "foreign_keys", 1, 1 },
  { "recursive_triggers", 1, 1 },
  { "temp_store", 2, 2 },
  { "trusted_schema", 0, 0 },
  { "cell_size_check", 1, 1 },
  { "secure_delete", 1, 1 },
  { "query_only", 1, 0 },
  { "mmap_size", 0, 0 },
  { "busy_timeout", PROBITY_DB_BUSY_TIMEOUT_MS, PROBITY_DB_BUSY_TIMEOUT_MS },
};

static void
check_settings (ProbityDb *db,
                gboolean   writes)
{
  sqlite3 *handle = probity_db_get_handle (db);
  int      on;

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *sql = g_strconcat ("PRAGMA ", settings[i].name, NULL);
      g_autoptr (ProbityStatement) statement = NULL;
      g_autoptr (GError) error = NULL;
      gboolean row;

      /* Reading some is as forbidden as setting them. */
      probity_db_set_unjudged (db, TRUE);
      statement = probity_db_query (db, &error, sql, NULL);
      probity_db_set_unjudged (db, FALSE);
      g_assert_no_error (error);
      probity_statement_step (statement, &row, &error);
      g_assert_no_error (error);
      if (!row || probity_statement_get_int64 (statement, 0) != (writes ? settings[i].writer : settings[i].reader))
        g_error ("%s is not as it should be", settings[i].name);
    }

  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, -1, &on);
  g_assert_true (on);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, -1, &on);
  g_assert_cmpint (on, ==, !writes);
  g_assert_cmpint (sqlite3_db_readonly (handle, "main"), ==, !writes);
}

static gboolean
check_reader_func (ProbityRead *read,
                   gpointer     data,
                   GValue      *result,
                   GError     **error)
{
  check_settings (probity_read_get_db (read, PROBITY_COMPARTMENT_STANDARDS, error), FALSE);

  return TRUE;
}

static gboolean
check_writer_func (ProbityWrite *write,
                   gpointer      data,
                   GValue       *result,
                   GError      **error)
{
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_STANDARDS, error);
  gint64     synchronous;

  check_settings (db, TRUE);
  probity_db_set_unjudged (db, TRUE);
  g_assert_true (probity_db_get_pragma (db, "synchronous", &synchronous, error));
  probity_db_set_unjudged (db, FALSE);
  g_assert_cmpint (synchronous, ==, 2);

  return TRUE;
}

/* Rule: every connection has the settings that the house wants. */
static void
test_settings (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);

  wait_for_success (probity_casebook_read (casebook, check_reader_func, NULL, NULL, NULL));
  wait_for_success (probity_casebook_write (casebook, check_writer_func, NULL, NULL));
  wait_for_success (probity_casebook_close (casebook));
}

static ProbityDb *
open_writer (CasebookFixture *fixture,
             ProbityLock     *lock)
{
  g_autoptr (GError) error = NULL;
  ProbityDb *db;

  probity_lock_take (lock, &error);
  g_assert_no_error (error);
  db = probity_db_open (fixture->folder, PROBITY_COMPARTMENT_REGISTERS, fixture->keys[PROBITY_COMPARTMENT_REGISTERS], PROBITY_DB_WRITER, lock, &error);
  g_assert_no_error (error);

  return db;
}

static void
break_rule (const char *how)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityLock) lock = probity_lock_open (fixture->folder, FALSE, NULL);
  ProbityDb *db = open_writer (fixture, lock);

  probity_lock_release (lock);
  if (g_str_equal (how, "write"))
    probity_db_run (db, NULL, "DELETE FROM outbox", NULL);
  else if (g_str_equal (how, "exec"))
    probity_db_exec (db, "DELETE FROM outbox", NULL);
  else if (g_str_equal (how, "begin"))
    probity_db_run (db, NULL, "BEGIN IMMEDIATE", NULL);
  else if (g_str_equal (how, "checkpoint"))
    probity_db_checkpoint (db, FALSE, NULL);
  else if (g_str_equal (how, "close"))
    probity_db_close (db);
}

static gpointer
read_on_other_thread (gpointer data)
{
  probity_db_run (data, NULL, "SELECT 1", NULL);

  return NULL;
}

static void
break_thread_rule (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityLock) lock = probity_lock_open (fixture->folder, FALSE, NULL);
  ProbityDb *db = open_writer (fixture, lock);

  g_thread_join (g_thread_new ("wrong", read_on_other_thread, db));
}

/* Rule (R9): writing, checkpointing and closing without the lock stop the program before they begin. */
static void
test_lock_rule (gconstpointer data)
{
  if (g_test_subprocess ())
    {
      break_rule (data);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*may_write*");
}

/* Rule: a connection is used by the thread that opened it, and no other. */
static void
test_thread_rule (void)
{
  if (g_test_subprocess ())
    {
      break_thread_rule ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*owner == g_thread_self*");
}

typedef struct
{
  const char *folder;
  gint        held;
  gint        released;
} LockHolder;

static gpointer
hold_lock (gpointer data)
{
  LockHolder *holder = data;
  g_autoptr (ProbityLock) lock = probity_lock_open (holder->folder, FALSE, NULL);

  g_assert_true (probity_lock_take (lock, NULL));
  g_atomic_int_set (&holder->held, TRUE);
  g_usleep (200000);
  g_atomic_int_set (&holder->released, TRUE);
  probity_lock_release (lock);

  return NULL;
}

/* Rule (R9): the lock keeps two casebooks of one program from each other as it does two programs. */
static void
test_lock_in_one_program (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityLock) lock = probity_lock_open (fixture->folder, FALSE, NULL);
  LockHolder holder = { .folder = fixture->folder };
  GThread   *thread = g_thread_new ("holder", hold_lock, &holder);

  while (!g_atomic_int_get (&holder.held))
    g_usleep (1000);
  g_assert_true (probity_lock_take (lock, NULL));
  g_assert_true (g_atomic_int_get (&holder.released));
  probity_lock_release (lock);
  g_thread_join (thread);
}

/* Rule: a program that is stuck with the lock gives the others an error, and they go on when it has gone. */
static void
test_stuck_program (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (ProbityLock) lock = probity_lock_open (fixture->folder, FALSE, NULL);
  g_autoptr (GError) error = NULL;

  probity_lock_timeout_ms = 100;
  g_assert_true (probity_lock_take (lock, NULL));
  error = wait_for_error (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "one"));
  assert_casebook_error (error, BUSY);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM audit_entry", NULL)), ==, 0);
  probity_lock_release (lock);
  probity_lock_timeout_ms = 60000;

  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "two"));
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM audit_entry", NULL)), ==, 1);
  wait_for_success (probity_casebook_close (casebook));
}

/* How often @needle, masked, stands in this process's writable memory. */
static guint
count_in_memory (const guint8 *needle,
                 gsize         size)
{
  const gsize        chunk = 1 << 20;
  g_autofree char   *maps = NULL;
  g_autofree guint8 *buffer = g_malloc (chunk + 128);
  g_auto (GStrv) lines = NULL;
  guint n_found = 0;
  int   fd = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);

  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint64 start;
      guint64 end;
      char    rights[5] = "";

      if (sscanf (lines[i], "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %4s", &start, &end, rights) != 3 || rights[0] != 'r')
        continue;

      for (; start < end; start += chunk)
        {
          gssize n = pread (fd, buffer, MIN (chunk + size, end - start), (off_t) start);

          for (gssize at = 0; at + (gssize) size <= n; at++)
            {
              gsize same = 0;

              while (same < size && (buffer[at + (gssize) same] ^ 0x5a) == needle[same])
                same++;
              n_found += same == size;
            }
        }
    }
  close (fd);

  return n_found;
}

static void
check_memory (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  const guint8 *key = probity_key_peek (fixture->keys[PROBITY_COMPARTMENT_INTELLIGENCE]);
  guint8        masked[PROBITY_KEY_BYTES];
  guint8        masked_text[PROBITY_KEY_BYTES * 2];

  for (guint i = 0; i < PROBITY_KEY_BYTES; i++)
    {
      masked[i] = key[i] ^ 0x5a;
      masked_text[2 * i] = (guint8) "0123456789abcdef"[key[i] >> 4] ^ 0x5a;
      masked_text[2 * i + 1] = (guint8) "0123456789abcdef"[key[i] & 15] ^ 0x5a;
    }

  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "one"));
  wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT count(*) FROM audit_entry", NULL));
  g_assert_cmpuint (count_in_memory (masked, sizeof masked), >, 0);

  wait_for_success (probity_casebook_close (casebook));
  g_clear_object (&casebook);
  g_clear_pointer (&fixture->keys[PROBITY_COMPARTMENT_INTELLIGENCE], probity_key_unref);
  g_assert_cmpuint (count_in_memory (masked, sizeof masked), ==, 0);
  g_assert_cmpuint (count_in_memory (masked_text, sizeof masked_text), ==, 0);
}

/* Rule (S3): when a casebook has closed, its keys are nowhere in the process's memory. */
static void
test_keys_wiped (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the address sanitizer's own memory is too large to be looked through");
  return;
#endif

  if (g_test_subprocess ())
    {
      check_memory ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* Rule (R10): WAL is refused where shared memory and locks do not hold. */
static void
test_file_systems (void)
{
  static const guint64 unsafe[] = {
    0x6969,     /* NFS */
    0x517b,     /* SMB */
    0xfe534d42, /* SMB 2 */
    0xff534d42, /* CIFS */
    0x01021997, /* 9p */
    0x65735546, /* FUSE */
    0x5346414f, /* AFS */
    0x00c36400, /* Ceph */
    0x4d44,     /* FAT */
  };
  static const guint64 safe[] = {
    0xef53,     /* ext4 */
    0x58465342, /* XFS */
    0x9123683e, /* Btrfs */
    0x01021994, /* tmpfs */
    0x794c7630, /* overlayfs */
    0x2fc12fc1, /* ZFS */
    0xf2f52010, /* F2FS */
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (unsafe); i++)
    {
      const char *name = NULL;

      g_assert_false (probity_file_system_type_is_safe (unsafe[i], &name));
      g_assert_nonnull (name);
      /* As a machine with a signed f_type gives it. */
      g_assert_false (probity_file_system_type_is_safe ((guint64) (gint64) (gint32) unsafe[i], &name));
    }
  for (guint i = 0; i < G_N_ELEMENTS (safe); i++)
    g_assert_true (probity_file_system_type_is_safe (safe[i], NULL));

  g_assert_false (probity_casebook_check_file_system ("/nonexistent", &error));
  assert_casebook_error (error, NOT_A_CASEBOOK);
}

/* Rule (R10): on such a file system nothing is created and nothing opened. */
static void
test_unsafe_file_system (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
      g_autoptr (GError) error = NULL;

      probity_file_system_pretend_type = 0x6969;
      error = wait_for_error (probity_casebook_open (fixture->folder, fixture->keys, fixture->clock));
      assert_casebook_error (error, UNSAFE_FILE_SYSTEM);
      g_assert_nonnull (strstr (error->message, "NFS"));
      g_clear_error (&error);
      g_assert_false (probity_casebook_create_databases (fixture->folder, fixture->keys, &error));
      assert_casebook_error (error, UNSAFE_FILE_SYSTEM);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* Rule (R10): SQLCipher is the one SQLite of the process; a second is refused. */
static void
test_second_sqlite (void)
{
  g_autoptr (GError) error = NULL;

  if (g_test_subprocess ())
    {
      g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();

      if (dlopen ("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL) == NULL)
        return;
      g_assert_false (probity_casebook_check_library (&error));
      assert_casebook_error (error, UNSAFE_LIBRARY);
      g_assert_nonnull (strstr (error->message, "libsqlite3"));
      g_clear_error (&error);
      error = wait_for_error (probity_casebook_open (fixture->folder, fixture->keys, fixture->clock));
      assert_casebook_error (error, UNSAFE_LIBRARY);
      return;
    }

  g_assert_true (probity_casebook_check_library (&error));
  g_assert_no_error (error);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/casebook/safety/end", test_end);
  g_test_add_func ("/casebook/safety/encrypted", test_encrypted);
  g_test_add_func ("/casebook/safety/stock-sqlite", test_stock_sqlite);
  g_test_add_func ("/casebook/safety/readers-only-read", test_readers_only_read);
  g_test_add_func ("/casebook/safety/commands-only-write", test_commands_only_write);
  g_test_add_func ("/casebook/safety/settings", test_settings);
  g_test_add_data_func ("/casebook/safety/lock-rule/write", "write", test_lock_rule);
  g_test_add_data_func ("/casebook/safety/lock-rule/exec", "exec", test_lock_rule);
  g_test_add_data_func ("/casebook/safety/lock-rule/begin", "begin", test_lock_rule);
  g_test_add_data_func ("/casebook/safety/lock-rule/checkpoint", "checkpoint", test_lock_rule);
  g_test_add_data_func ("/casebook/safety/lock-rule/close", "close", test_lock_rule);
  g_test_add_func ("/casebook/safety/thread-rule", test_thread_rule);
  g_test_add_func ("/casebook/safety/lock-in-one-program", test_lock_in_one_program);
  g_test_add_func ("/casebook/safety/stuck-program", test_stuck_program);
  g_test_add_func ("/casebook/safety/keys-wiped", test_keys_wiped);
  g_test_add_func ("/casebook/safety/file-systems", test_file_systems);
  g_test_add_func ("/casebook/safety/unsafe-file-system", test_unsafe_file_system);
  g_test_add_func ("/casebook/safety/second-sqlite", test_second_sqlite);

  return g_test_run ();
}
