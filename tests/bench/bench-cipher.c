/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "bench-people.h"
#include "measure.h"

/* P10: what encryption costs. The same rows, the same library and settings, once without a key. */

typedef struct
{
  CasebookFixture *fixture;
  guint            n_people;
  char            *encrypted_path;
  char            *plain_path;
  sqlite3         *encrypted;
  sqlite3         *plain;
} Bench;

static void
exec (sqlite3    *handle,
      const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (handle, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

static sqlite3 *
open_file (Bench      *bench,
           const char *path,
           gboolean    encrypted)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL), ==, SQLITE_OK);
  if (encrypted)
    {
      char *key = probity_key_dup_sql (bench->fixture->keys[PROBITY_COMPARTMENT_REGISTERS]);

      sqlite3_key (handle, key, PROBITY_KEY_SQL_LENGTH);
      sodium_free (key);
      exec (handle, "PRAGMA cipher_page_size = 8192; PRAGMA cipher_hmac_algorithm = HMAC_SHA256");
    }
  exec (handle, "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0");

  return handle;
}

static void
make_plain (Bench *bench)
{
  sqlite3         *handle = open_file (bench, bench->encrypted_path, TRUE);
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS plain KEY ''", bench->plain_path);
  sqlite3_stmt    *statement;

  exec (handle, attach);
  exec (handle, "PRAGMA plain.page_size = 8192");
  exec (handle, "SELECT sqlcipher_export ('plain')");
  exec (handle, "DETACH plain");
  sqlite3_close (handle);

  handle = open_file (bench, bench->plain_path, FALSE);
  exec (handle, "PRAGMA journal_mode = WAL");
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "PRAGMA page_size", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, 8192);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
}

static gint64
query (sqlite3    *handle,
       const char *sql,
       gint64      number,
       const char *text)
{
  sqlite3_stmt *statement = NULL;
  gint64        sum = 0;
  int           index;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if ((index = sqlite3_bind_parameter_index (statement, "$number")) != 0)
    sqlite3_bind_int64 (statement, index, number);
  if ((index = sqlite3_bind_parameter_index (statement, "$text")) != 0)
    sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        sum += sqlite3_column_bytes (statement, i);
    }
  sqlite3_finalize (statement);

  return sum;
}

/* What a window asks for in a minute's work: pages of lists, records, searches, counts. */
static void
run_mix (Bench   *bench,
         sqlite3 *handle)
{
  static const char *const letters = "abcdefghijklmnopqrstuvwxyz";
  guint                    state = 11;
  gint64                   sum = 0;

  for (guint i = 0; i < 100; i++)
    {
      char prefix[] = { letters[measure_random (&state, 26)], letters[measure_random (&state, 26)], '\0' };

      for (guint j = 0; j < 50; j++)
        sum += query (handle, "SELECT staff_number, forenames, surname, rank, unit, line_manager, status, date_of_birth FROM person WHERE id = $number", 1 + measure_random (&state, bench->n_people), NULL);
      sum += query (handle, "SELECT id FROM person WHERE sort_name >= $text ORDER BY sort_name LIMIT 50", 0, prefix);
      sum += query (handle, "SELECT id, search_text FROM person WHERE search_text >= $text AND search_text < $text || char (1114111) ORDER BY search_text LIMIT 50", 0, prefix);
      if (i % 20 == 0)
        sum += query (handle, "SELECT count(*) FROM person WHERE status = 'serving'", 0, NULL);
      if (i % 50 == 0)
        sum += query (handle, "SELECT id FROM person ORDER BY sort_name", 0, NULL);
    }

  g_assert_cmpint (sum, >, 0);
}

static void
mix_plain (gpointer data)
{
  Bench *bench = data;

  run_mix (bench, bench->plain);
}

static void
mix_encrypted (gpointer data)
{
  Bench *bench = data;

  run_mix (bench, bench->encrypted);
}

static void
scan (Bench      *bench,
      const char *path,
      gboolean    encrypted)
{
  sqlite3 *handle = open_file (bench, path, encrypted);

  g_assert_cmpint (query (handle, "SELECT sum (length (address)) FROM person NOT INDEXED", 0, NULL), >, 0);
  sqlite3_close (handle);
}

static void
scan_plain (gpointer data)
{
  Bench *bench = data;

  scan (bench, bench->plain_path, FALSE);
}

static void
scan_encrypted (gpointer data)
{
  Bench *bench = data;

  scan (bench, bench->encrypted_path, TRUE);
}

static void
edit (sqlite3 *handle,
      guint    n_people)
{
  guint state = 13;

  for (guint i = 0; i < 100; i++)
    {
      exec (handle, "BEGIN IMMEDIATE");
      query (handle, "UPDATE person SET version = version + 1, unit = 'Moved' WHERE id = $number", 1 + measure_random (&state, n_people), NULL);
      exec (handle, "COMMIT");
    }
}

static void
edit_plain (gpointer data)
{
  Bench *bench = data;

  edit (bench->plain, bench->n_people);
}

static void
edit_encrypted (gpointer data)
{
  Bench *bench = data;

  edit (bench->encrypted, bench->n_people);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { 0 };
  g_autoptr (ProbityCasebook) casebook = NULL;

  dex_init ();
  bench.n_people = measure_get_n_rows ();
  bench.fixture = casebook_fixture_new ();
  bench.encrypted_path = casebook_fixture_dup_path (bench.fixture, PROBITY_COMPARTMENT_REGISTERS, "");
  bench.plain_path = g_strconcat (bench.encrypted_path, ".plain", NULL);

  casebook = casebook_fixture_open (bench.fixture);
  bench_fill_people (casebook, bench.n_people);
  wait_for_success (probity_casebook_close (casebook));
  make_plain (&bench);
  bench.encrypted = open_file (&bench, bench.encrypted_path, TRUE);
  bench.plain = open_file (&bench, bench.plain_path, FALSE);

  g_print ("%u people; pages of 8 KiB, HMAC_SHA256, cache of 64 MiB\n", bench.n_people);
  measure_run (&(Measure) { "P10", "what a window asks for, cache warm", "floor 1.25, target 1.10", MEASURE_SLOWDOWN, 0, "not encrypted", mix_plain, "encrypted", mix_encrypted, &bench });
  measure_run (&(Measure) { "P10", "full scan, nothing in the cache", "floor 4.3, target 2.5", MEASURE_SLOWDOWN, 0, "not encrypted", scan_plain, "encrypted", scan_encrypted, &bench });
  measure_run (&(Measure) { "P10", "100 edits, a commit each, synchronous", NULL, MEASURE_SLOWDOWN, 0, "not encrypted", edit_plain, "encrypted", edit_encrypted, &bench });

  sqlite3_close (bench.encrypted);
  sqlite3_close (bench.plain);
  g_free (bench.encrypted_path);
  g_free (bench.plain_path);
  casebook_fixture_free (bench.fixture);

  return 0;
}
