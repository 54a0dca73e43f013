/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/session-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "measure.h"
#include "probity-session-backup.h"
#include "probity-session-private.h"

/*
 * P12: a backup of a casebook beside one call of SQLite's backup API for its largest database, into an encrypted
 * file too; and how long the main thread and other programs waited meanwhile. R8: what the proof takes beside
 * the copying. PROBITY_BACKUP_MB says how large the database is (200).
 */

#define N_PAIRS 3

typedef struct
{
  SessionFixture *fixture;
  char           *database;
  GArray         *gaps; /* gint64, µs between ticks of the main loop */
  gint64          last_tick;
  guint           tick_id;
  gboolean        stop;
  gint64          longest_command;
  guint           n_commands;
} Bench;

static guint
get_megabytes (void)
{
  const char *text = g_getenv ("PROBITY_BACKUP_MB");

  return text != NULL ? (guint) MAX (atoi (text), 1) : 200;
}

static void
exec (sqlite3    *handle,
      const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (handle, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

static sqlite3 *
open_database (Bench      *bench,
               const char *path)
{
  char    *key = probity_key_dup_sql (probity_session_peek_key (bench->fixture->admin, PROBITY_COMPARTMENT_REGISTERS));
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL), ==, SQLITE_OK);
  sqlite3_key (handle, key, PROBITY_KEY_SQL_LENGTH);
  sodium_free (key);
  exec (handle, "PRAGMA cipher_page_size = 8192; PRAGMA cipher_hmac_algorithm = HMAC_SHA256; PRAGMA wal_autocheckpoint = 0");
  sqlite3_db_config (handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);

  return handle;
}

/* Rows as lists have them: a short text, a number, an index on each. */
static void
fill (Bench *bench,
      guint  megabytes)
{
  g_autofree char *sql = g_strdup_printf ("CREATE TABLE filler (id INTEGER PRIMARY KEY, text TEXT, number INTEGER);"
                                          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
                                          " INSERT INTO filler SELECT i, hex (randomblob (90)), random () FROM n;"
                                          "CREATE INDEX filler_by_number ON filler (number)",
                                          megabytes * 4600);
  sqlite3         *handle = open_database (bench, bench->database);

  exec (handle, sql);
  exec (handle, "PRAGMA wal_checkpoint (TRUNCATE)");
  sqlite3_close (handle);
}

static double
call_backup_api (Bench *bench)
{
  g_autofree char *path = g_build_filename (bench->fixture->base, "baseline.db", NULL);
  sqlite3         *from = open_database (bench, bench->database);
  sqlite3         *to = open_database (bench, path);
  gint64           start = g_get_monotonic_time ();
  sqlite3_backup  *backup = sqlite3_backup_init (to, "main", from, "main");
  double           seconds;
  int              fd;

  g_assert_nonnull (backup);
  g_assert_cmpint (sqlite3_backup_step (backup, -1), ==, SQLITE_DONE);
  g_assert_cmpint (sqlite3_backup_finish (backup), ==, SQLITE_OK);
  sqlite3_close (to);
  sqlite3_close (from);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  fsync (fd);
  close (fd);
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_unlink (path);

  return seconds;
}

static gboolean
tick_cb (gpointer data)
{
  Bench *bench = data;
  gint64 now = g_get_monotonic_time ();
  gint64 gap = now - bench->last_tick;

  g_array_append_val (bench->gaps, gap);
  bench->last_tick = now;

  return G_SOURCE_CONTINUE;
}

static gboolean
command_func (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  g_value_init (result, G_TYPE_BOOLEAN);

  return probity_audit_add (write, data, PROBITY_COMPARTMENT_REGISTERS, PROBITY_VERB_ALTERATION, "bench", NULL, NULL, NULL, "value", error);
}

/* Somebody who goes on working, in a session of their own. */
static DexFuture *
work_fiber (gpointer data)
{
  Bench          *bench = data;
  ProbitySession *session = bench->fixture->admin;

  while (!bench->stop)
    {
      gint64 start = g_get_monotonic_time ();

      dex_await (probity_casebook_write (probity_session_get_casebook (session), command_func, session, NULL), NULL);
      bench->longest_command = MAX (bench->longest_command, g_get_monotonic_time () - start);
      bench->n_commands++;
      dex_await (dex_timeout_new_msec (20), NULL);
    }

  return dex_future_new_true ();
}

static ProbityBackupReport *
back_up (Bench *bench,
         guint  round)
{
  g_autofree char     *name = g_strdup_printf ("%u.probity-backup", round);
  g_autofree char     *path = g_build_filename (bench->fixture->base, name, NULL);
  ProbityBackupReport *report;

  bench->last_tick = g_get_monotonic_time ();
  bench->tick_id = g_timeout_add (1, tick_cb, bench);
  report = wait_for_boxed (probity_session_back_up (bench->fixture->admin, path, 0, NULL));
  g_source_remove (bench->tick_id);
  g_assert_null (report->problems[0]);
  g_unlink (path);

  return report;
}

static int
compare_gaps (gconstpointer a,
              gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

int
main (int   argc,
      char *argv[])
{
  Bench            bench = { 0 };
  guint            megabytes = get_megabytes ();
  g_autofree char *load = NULL;
  double           copying[N_PAIRS], whole[N_PAIRS], proving[N_PAIRS];
  gint64           locked = 0;

  dex_init ();
  bench.fixture = session_fixture_new ("generic");
  bench.database = g_build_filename (bench.fixture->folder, "registers", "registers.db", NULL);
  bench.gaps = g_array_new (FALSE, FALSE, sizeof (gint64));
  fill (&bench, megabytes);
  g_print ("P12: a database of about %u MB\n", megabytes);

  dex_future_disown (dex_scheduler_spawn (NULL, 0, work_fiber, &bench, NULL));
  for (guint i = 0; i <= N_PAIRS; i++)
    {
      double baseline = call_backup_api (&bench);
      g_autoptr (ProbityBackupReport) report = back_up (&bench, i);

      /* The first pair finds nothing in memory. */
      if (i == 0)
        continue;
      copying[i - 1] = (double) report->copy_us / G_USEC_PER_SEC / baseline;
      whole[i - 1] = (double) (report->copy_us + report->proof_us) / G_USEC_PER_SEC / baseline;
      proving[i - 1] = (double) report->proof_us / (double) report->copy_us;
      locked = MAX (locked, report->locked_us);
      g_print ("  one call of sqlite3_backup_step (-1) %.2f s; copied %.2f s, then proved %.2f s\n", baseline, (double) report->copy_us / G_USEC_PER_SEC, (double) report->proof_us / G_USEC_PER_SEC);
    }
  bench.stop = TRUE;

  measure_print_ratios ("P12 copying / backup API", copying, N_PAIRS, "floor 1.5, target 1.1, moonshot 0.6");
  measure_print_ratios ("P12 copying and proof / backup API", whole, N_PAIRS, "no goal");
  measure_print_ratios ("R8 proof / copying", proving, N_PAIRS, "target 2");
  g_array_sort (bench.gaps, compare_gaps);
  load = measure_dup_load ();
  g_print ("P12 main loop meanwhile: p99 %.1f ms between ticks of 1 ms, longest %.1f ms (goal: p99 16.7 ms); other programs were kept from writing for %.1f ms; the longest of %u commands took %.1f ms; load %s\n",
           (double) g_array_index (bench.gaps, gint64, bench.gaps->len * 99 / 100) / 1000,
           (double) g_array_index (bench.gaps, gint64, bench.gaps->len - 1) / 1000,
           (double) locked / 1000,
           bench.n_commands,
           (double) bench.longest_command / 1000,
           load);

  g_array_unref (bench.gaps);
  g_free (bench.database);
  session_fixture_free (bench.fixture);

  return 0;
}
