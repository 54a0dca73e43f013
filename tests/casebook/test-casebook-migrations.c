/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "casebook-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "probity-migrations.h"

/* Bringing a compartment from one schema to the next. */

typedef struct
{
  char        *folder;
  ProbityKey  *key;
  ProbityLock *lock;
} Place;

static void
place_init (Place *place)
{
  *place = (Place) { 0 };
  place->folder = g_dir_make_tmp ("migrations-XXXXXX", NULL);
  place->key = probity_key_new_random ();
  place->lock = probity_lock_open (place->folder, TRUE, NULL);
  g_assert_true (probity_lock_take (place->lock, NULL));
}

static void
place_clear (Place *place)
{
  probity_lock_release (place->lock);
  probity_lock_close (place->lock);
  probity_key_unref (place->key);
  remove_tree (place->folder);
  g_free (place->folder);
}

static void
make_file (Place             *place,
           ProbityCompartment compartment)
{
  g_autofree char *path = probity_file_system_dup_database (place->folder, compartment);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  g_unlink (wal);
  g_unlink (shm);
  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static ProbityDb *
open_place (Place             *place,
            ProbityCompartment compartment,
            ProbityDbMode      mode)
{
  g_autoptr (GError) error = NULL;
  ProbityDb *db = probity_db_open (place->folder, compartment, place->key, mode, place->lock, &error);

  g_assert_no_error (error);

  return db;
}

static void
check_current (ProbityDb *db)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) problems = NULL;
  gint64 version;

  g_assert_true (probity_db_get_pragma (db, "user_version", &version, NULL));
  g_assert_cmpint (version, ==, probity_migrations_get_version (probity_db_get_compartment (db)));
  problems = probity_migrations_compare_schema (db, &error);
  g_assert_no_error (error);
  if (problems[0] != NULL)
    g_error ("%s (until a version is released its dump follows it: test-casebook-migrations --print %s > tests/fixtures/schema/%s-%d.dump)",
             problems[0],
             probity_compartment_to_string (probity_db_get_compartment (db)),
             probity_compartment_to_string (probity_db_get_compartment (db)),
             (int) version);
}

/* Rule: a new compartment has exactly the schema that verify expects, and every change of it is named. */
static void
test_expected_schema (void)
{
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      Place      place;
      ProbityDb *db;
      g_auto (GStrv) problems = NULL;
      g_autoptr (GError) error = NULL;

      place_init (&place);
      make_file (&place, (ProbityCompartment) i);
      db = open_place (&place, (ProbityCompartment) i, PROBITY_DB_CREATOR);
      probity_migrations_run (db, &error);
      g_assert_no_error (error);
      check_current (db);

      g_assert_true (probity_db_exec (db,
                                      "DROP TRIGGER audit_entry_update;"
                                      "DROP TRIGGER audit_entry_delete;"
                                      "CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry BEGIN SELECT 1; END;"
                                      "CREATE INDEX more ON outbox (created);",
                                      &error));
      problems = probity_migrations_compare_schema (db, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (problems[0], ==, "schema-added: index more");
      g_assert_cmpstr (problems[1], ==, "schema-changed: trigger audit_entry_delete");
      g_assert_cmpstr (problems[2], ==, "schema-missing: trigger audit_entry_update");
      g_assert_null (problems[3]);

      probity_db_close (db);
      place_clear (&place);
    }
}

static int
die_cb (unsigned int what,
        void        *data,
        void        *statement,
        void        *text)
{
  int *n_left = data;

  if ((*n_left)-- == 0)
    kill (getpid (), SIGKILL);

  return 0;
}

/* In a process of its own: runs the migration until the @n_left'th statement. */
static void
migrate_and_die (Place             *place,
                 ProbityCompartment compartment,
                 int                n_left)
{
  ProbityLock *lock = probity_lock_open (place->folder, FALSE, NULL);
  ProbityDb   *db;

  if (!probity_lock_take (lock, NULL))
    _exit (2);
  db = probity_db_open (place->folder, compartment, place->key, PROBITY_DB_CREATOR, lock, NULL);
  if (db == NULL)
    _exit (3);
  sqlite3_trace_v2 (probity_db_get_handle (db), SQLITE_TRACE_STMT, die_cb, &n_left);
  if (!probity_migrations_run (db, NULL))
    _exit (4);
  _exit (0);
}

/* Rule (R11): killed at any statement the compartment has the old schema or the new one, and goes on. */
static void
test_killed (void)
{
  const ProbityCompartment compartment = PROBITY_COMPARTMENT_REGISTERS;
  const int                step = g_test_slow () ? 1 : 5;
  gboolean                 finished = FALSE;
  guint                    n_old = 0;
  guint                    n_new = 0;
  Place                    place;

  place_init (&place);
  for (int n = 0; !finished; n += step)
    {
      ProbityDb *db;
      gint64     version;
      pid_t      child;
      int        status;

      make_file (&place, compartment);
      probity_lock_release (place.lock);
      child = fork ();
      if (child == 0)
        migrate_and_die (&place, compartment, n);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      finished = WIFEXITED (status) && WEXITSTATUS (status) == 0;
      g_assert_true (finished || (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL));
      g_assert_true (probity_lock_take (place.lock, NULL));

      db = open_place (&place, compartment, PROBITY_DB_CREATOR);
      g_assert_true (probity_db_get_pragma (db, "user_version", &version, NULL));
      if (version == 0)
        {
          g_autoptr (ProbityStatement) statement = probity_db_query (db, NULL, "SELECT count(*) FROM sqlite_schema", NULL);
          gboolean row;

          g_assert_true (probity_statement_step (statement, &row, NULL));
          g_assert_cmpint (probity_statement_get_int64 (statement, 0), ==, 0);
          n_old++;
        }
      else
        {
          n_new++;
        }
      g_assert_true (probity_migrations_run (db, NULL));
      check_current (db);
      probity_db_close (db);
    }
  g_assert_cmpuint (n_old, >, 0);
  g_assert_cmpuint (n_new, >, 0);
  place_clear (&place);
}

/* Rule: every schema that was ever released, as a dump in fixtures/schema, comes to the current one. */
static void
test_released_schemas (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fixtures", "schema", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint       n_tried = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *sql = NULL;
      g_auto (GStrv) parts = g_strsplit_set (name, "-.", 3);
      g_autoptr (GError) error = NULL;
      ProbityCompartment compartment;
      Place              place;
      ProbityDb         *db;

      if (!g_str_has_suffix (name, ".dump"))
        continue;
      g_assert_true (probity_compartment_from_string (parts[0], &compartment));
      g_file_get_contents (path, &sql, NULL, &error);
      g_assert_no_error (error);

      place_init (&place);
      make_file (&place, compartment);
      db = open_place (&place, compartment, PROBITY_DB_CREATOR);
      probity_db_set_unjudged (db, TRUE);
      probity_db_exec (db, sql, &error);
      g_assert_no_error (error);
      probity_db_close (db);

      db = open_place (&place, compartment, PROBITY_DB_WRITER);
      probity_migrations_run (db, &error);
      g_assert_no_error (error);
      check_current (db);
      probity_db_close (db);
      place_clear (&place);
      n_tried++;
    }

  g_assert_cmpuint (n_tried, >=, PROBITY_N_COMPARTMENTS);
}

static gint64
read_number (ProbityDb  *db,
             const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityStatement) statement = probity_db_query (db, &error, sql, NULL);
  gboolean row;

  g_assert_no_error (error);
  g_assert_true (probity_statement_step (statement, &row, &error) && row);
  g_assert_no_error (error);

  return probity_statement_get_int64 (statement, 0);
}

/* Rule: an access log of version 2 keeps its rows, and knows which steps were recorded before it came in. */
static void
test_access_logs (void)
{
#define LOG(id, digit, at)                                                                                                                                              \
  "INSERT INTO exposure_import (id, uid, case_uid, system, authority, necessity, file_name, sha256, bytes, time_zone, clock_error, first_ms, last_ms, rows, rejected,"  \
  " ambiguous, accounts, fields, problems, account, at) VALUES (" id ", 'log-" id "', 'case', 'NICHE', 'a', 'n', 'f', replace (hex (zeroblob (32)), '0', '" digit "')," \
  " 1, 'UTC', 0, 1, 2, 1, 0, 0, 1, 7, '[]', 'acc', '" at "');"                                                                                                          \
  "INSERT INTO exposure_chunk (id, import_id, number, rows, first_ms, last_ms) VALUES (" id ", " id ", 0, 1, 1, 2);"                                                    \
  "INSERT INTO exposure_column (chunk_id, field, data) VALUES (" id ", 0, x'01');"                                                                                      \
  "INSERT INTO exposure_words (import_id, field, page, data) VALUES (" id ", 1, 0, x'00');"                                                                             \
  "INSERT INTO exposure_account (import_id, number, person_id, account) VALUES (" id ", 1, 1, '4127');"
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "schema", "intelligence-2.dump", NULL);
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;
  Place      place;
  ProbityDb *db;

  g_file_get_contents (path, &dump, NULL, &error);
  g_assert_no_error (error);
  place_init (&place);
  make_file (&place, PROBITY_COMPARTMENT_INTELLIGENCE);
  db = open_place (&place, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_DB_CREATOR);
  probity_db_set_unjudged (db, TRUE);
  probity_db_exec (db, dump, &error);
  g_assert_no_error (error);
  probity_db_exec (db,
                   "INSERT INTO exposure_person (id, uid, case_uid, key) VALUES (1, 'person', 'case', 'account:4127');" LOG ("1", "a", "2026-03-01T09:00:00.000Z") "INSERT INTO exposure_step (uid, case_uid, number, kind, keep, until_ms, account, at) VALUES ('step', 'case', 1, 'window', 1, 5, 'acc', '2026-03-02T09:00:00.000Z');" LOG ("3", "b", "2026-03-03T09:00:00.000Z"),
                   &error);
  g_assert_no_error (error);
  probity_db_close (db);

  db = open_place (&place, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_DB_WRITER);
  probity_migrations_run (db, &error);
  g_assert_no_error (error);
  check_current (db);
  g_assert_cmpint (read_number (db, "SELECT count (*) FROM exposure_import_in"), ==, 2);
  g_assert_cmpint (read_number (db, "SELECT group_concat (id || steps, '') FROM (SELECT * FROM exposure_import ORDER BY id)"), ==, 1031);
  g_assert_cmpint (read_number (db, "SELECT (SELECT count (*) FROM exposure_chunk) + (SELECT count (*) FROM exposure_column) + (SELECT count (*) FROM exposure_words) + (SELECT count (*) FROM exposure_account)"), ==, 8);
  /* What belongs to a log still goes with it. */
  g_assert_true (probity_db_exec (db, "DELETE FROM exposure_import WHERE id = 3", &error));
  g_assert_cmpint (read_number (db, "SELECT (SELECT count (*) FROM exposure_chunk) + (SELECT count (*) FROM exposure_column)"), ==, 2);
  probity_db_close (db);
  place_clear (&place);
}

static void
print_schema (const char *name)
{
  ProbityCompartment compartment;
  g_autoptr (ProbityDb) db = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  gboolean row;

  if (!probity_compartment_from_string (name, &compartment))
    g_error ("%s is no compartment", name);

  db = probity_db_open_memory (compartment, &error);
  g_assert_no_error (error);
  probity_migrations_run (db, &error);
  g_assert_no_error (error);

  /* What FTS5 makes for itself comes with its tables; statements that only set it up are not seen here. */
  statement = probity_db_query (db, &error, "SELECT sql FROM sqlite_schema AS s WHERE sql IS NOT NULL"
                                            " AND NOT EXISTS (SELECT 1 FROM sqlite_schema AS v"
                                            " WHERE v.sql LIKE 'CREATE VIRTUAL TABLE%' AND s.name LIKE v.name || '\\_%' ESCAPE '\\'"
                                            " AND s.type = 'table')"
                                            " ORDER BY type <> 'table', rowid",
                                NULL);
  g_assert_no_error (error);
  while (probity_statement_step (statement, &row, &error) && row)
    {
      /* Not g_print(), which would write what the locale of the terminal cannot as question marks. */
      fputs (probity_statement_get_text (statement, 0), stdout);
      fputs (";\n", stdout);
    }
  g_assert_no_error (error);
  g_print ("PRAGMA application_id = %d;\nPRAGMA user_version = %u;\n",
           PROBITY_DB_APPLICATION_ID,
           probity_migrations_get_version (compartment));
}

int
main (int   argc,
      char *argv[])
{
  /* How a dump is made: test-casebook-migrations --print registers. */
  if (argc == 3 && g_str_equal (argv[1], "--print"))
    {
      print_schema (argv[2]);
      return 0;
    }

  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/casebook/migrations/expected-schema", test_expected_schema);
  g_test_add_func ("/casebook/migrations/killed", test_killed);
  g_test_add_func ("/casebook/migrations/released-schemas", test_released_schemas);
  g_test_add_func ("/casebook/migrations/access-logs", test_access_logs);

  return g_test_run ();
}
