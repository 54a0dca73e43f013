/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the databases themselves refuse of compliance reviews, the watch list and the annual review, attacked
 * by plain SQL. Rule: what was seen, observed, chased or confirmed does not change, and nothing lapses alone.
 */

#include <gio/gio.h>
#include <sqlite3.h>

typedef struct
{
  const char *trigger; /* the one that refuses it: without that trigger the attack goes through */
  const char *sql;
} Attack;

#define T0 "'2026-11-01T09:00:00.000Z'"
#define SIGNED "account, person, at, signature"
#define SIGNATURE "'a', 'account:a', " T0 ", x'00'"

/* The tables that those of the register refer to, without its own triggers: they are attacked elsewhere. */
static const char registers[] =
    "CREATE TABLE second_job (id INTEGER PRIMARY KEY, uid TEXT, stage TEXT, outcome TEXT, round INTEGER, decision_uid TEXT, next_review TEXT);"
    "CREATE TABLE decision_condition (uid TEXT, decision_uid TEXT);"
    "CREATE TABLE review (second_job_id INTEGER, at TEXT);"
    "INSERT INTO second_job VALUES (1, 'job-1', 'registered', 'approved-with-conditions', 1, 'decision-1', '2026-10-01'),"
    " (2, 'job-2', 'registered', 'approved', 1, 'decision-2', '2027-10-01'), (3, 'job-3', 'ceased', 'approved-with-conditions', 1, 'decision-3', NULL);"
    "INSERT INTO decision_condition VALUES ('condition-1', 'decision-1'), ('condition-3', 'decision-3');";

static const char rows[] =
    "INSERT INTO condition_review (uid, second_job_id, condition_uid, reviewed_on, result, seen, next_due, " SIGNED ") VALUES ('r1', 1, 'condition-1', '2026-10-01', 'not-complied', 'x', '2026-11-01', " SIGNATURE ");"
    "INSERT INTO condition_answer (uid, second_job_id, review_uid, text, " SIGNED ") VALUES ('a1', 1, 'r1', 'x', " SIGNATURE ");"
    "INSERT INTO review_call (uid, run_uid, second_job_id, due) VALUES ('c1', 'run-1', 1, '2026-10-01');"
    "INSERT INTO review_run (uid, due_until, n_calls, calls_digest, " SIGNED ") VALUES ('run-1', '2026-10-31', 1, 'd', " SIGNATURE ");"
    "INSERT INTO review_chase (uid, second_job_id, run_uid, how, " SIGNED ") VALUES ('h1', 1, 'run-1', 'x', " SIGNATURE ");"
    "INSERT INTO review_run (uid, due_until, n_calls, calls_digest, " SIGNED ") VALUES ('run-0', '2025-10-31', 0, 'd', " SIGNATURE ");"
    "INSERT INTO review_run_end (uid, run_uid, " SIGNED ") VALUES ('e0', 'run-0', " SIGNATURE ");";

#define LAPSE "INSERT INTO job_lapse (uid, second_job_id, round, run_uid, reason, " SIGNED ") VALUES ('l1', 1, 1, 'run-1', 'x', " SIGNATURE ");"

static const Attack registers_attacks[] = {
  { "condition_review_insert", "INSERT INTO condition_review (uid, second_job_id, condition_uid, reviewed_on, result, seen, next_due, " SIGNED ") VALUES ('r2', 3, 'condition-3', '2026-10-01', 'complied', 'x', '2027-11-01', " SIGNATURE ")" },
  { "condition_review_insert", "INSERT INTO condition_review (uid, second_job_id, condition_uid, reviewed_on, result, seen, next_due, " SIGNED ") VALUES ('r2', 1, 'condition-1', '2026-10-01', 'complied', ' ', '2027-11-01', " SIGNATURE ")" },
  { "condition_review_insert", "INSERT INTO condition_review (uid, second_job_id, condition_uid, reviewed_on, result, seen, " SIGNED ") VALUES ('r2', 1, 'condition-1', '2026-10-01', 'complied', 'x', " SIGNATURE ")" },
  { "condition_review_update", "UPDATE condition_review SET result = 'complied'" },
  { "condition_review_delete", "DELETE FROM condition_review" },
  { "condition_answer_insert", "INSERT INTO condition_answer (uid, second_job_id, review_uid, text, " SIGNED ") VALUES ('a2', 1, 'r9', 'x', " SIGNATURE ")" },
  { "condition_answer_update", "UPDATE condition_answer SET text = 'y'" },
  { "condition_answer_delete", "DELETE FROM condition_answer" },
  { "review_run_insert", "REPLACE INTO review_run SELECT * FROM review_run WHERE uid = 'run-1'" },
  { "review_run_update", "UPDATE review_run SET due_until = '2027-01-01'" },
  { "review_run_delete", "DELETE FROM review_run" },
  { "review_call_insert", "INSERT INTO review_call (uid, run_uid, second_job_id, due) VALUES ('c2', 'run-1', 2, '2026-10-01')" },
  { "review_call_update", "UPDATE review_call SET due = '2027-10-01'" },
  { "review_call_delete", "DELETE FROM review_call" },
  { "review_chase_insert", "INSERT INTO review_chase (uid, second_job_id, run_uid, how, " SIGNED ") VALUES ('h2', 2, 'run-1', 'x', " SIGNATURE ")" },
  { "review_chase_update", "UPDATE review_chase SET how = 'y'" },
  { "review_chase_delete", "DELETE FROM review_chase" },
  { "job_lapse_insert", "INSERT INTO job_lapse (uid, second_job_id, round, run_uid, reason, " SIGNED ") VALUES ('l2', 2, 1, 'run-1', 'x', " SIGNATURE ")" },
  { "job_lapse_update", LAPSE "UPDATE job_lapse SET reason = 'y'" },
  { "job_lapse_delete", LAPSE "DELETE FROM job_lapse" },
  { "second_job_lapse", "UPDATE second_job SET stage = 'lapsed' WHERE id = 1" },
  { "review_run_end_insert", "INSERT INTO review_run_end (uid, run_uid, " SIGNED ") VALUES ('e1', 'run-1', " SIGNATURE ")" },
  { "review_run_end_update", "UPDATE review_run_end SET note = 'y'" },
  { "review_run_end_delete", "DELETE FROM review_run_end" },
};

static const char watched[] =
    "INSERT INTO watch (uid, case_uid, reference, staff_number, reason, review_on, " SIGNED ") VALUES ('w1', 'job-1', 'SJ/1', '1001', 'x', '2026-12-01', " SIGNATURE ");"
    "INSERT INTO watch_note (uid, watch_uid, case_uid, kind, text, " SIGNED ") VALUES ('n1', 'w1', 'job-1', 'observation', 'x', " SIGNATURE ");";

static const Attack standards_attacks[] = {
  { "watch_insert", "INSERT INTO watch (uid, case_uid, reference, staff_number, reason, review_on, " SIGNED ") VALUES ('w2', 'job-1', 'SJ/1', '1001', 'x', '2026-12-01', " SIGNATURE ")" },
  { "watch_update", "UPDATE watch SET review_on = '2036-12-01'" },
  { "watch_delete", "DELETE FROM watch" },
  { "watch_note_insert", "INSERT INTO watch_note (uid, watch_uid, case_uid, kind, text, " SIGNED ") VALUES ('n2', 'w9', 'job-1', 'ended', 'x', " SIGNATURE ")" },
  { "watch_note_insert", "INSERT INTO watch_note (uid, watch_uid, case_uid, kind, text, " SIGNED ") VALUES ('n2', 'w1', 'job-1', 'review', 'x', " SIGNATURE ")" },
  { "watch_note_update", "UPDATE watch_note SET text = 'y'" },
  { "watch_note_delete", "DELETE FROM watch_note" },
};

static void
exec (sqlite3    *db,
      const char *sql)
{
  char *message = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
}

static sqlite3 *
open_schema (gboolean standards)
{
  static const char *const files[][3] = { { "registers-conditions-2.sql", "registers-reviews-2.sql", NULL }, { "standards-watch-2.sql", NULL } };
  sqlite3                 *db = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  if (!standards)
    exec (db, registers);
  for (guint i = 0; files[standards][i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (g_getenv ("PROBITY_DATADIR"), "migrations", files[standards][i], NULL);
      g_autofree char *sql = NULL;

      g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
      exec (db, sql);
    }
  exec (db, standards ? watched : rows);

  return db;
}

static void
test_attacks (gconstpointer data)
{
  const gboolean standards = GPOINTER_TO_INT (data);
  const Attack  *attacks = standards ? standards_attacks : registers_attacks;
  const gsize    n_attacks = standards ? G_N_ELEMENTS (standards_attacks) : G_N_ELEMENTS (registers_attacks);

  for (gsize i = 0; i < n_attacks; i++)
    for (int dropped = 0; dropped < 2; dropped++)
      {
        sqlite3         *db = open_schema (standards);
        g_autofree char *drop = g_strdup_printf ("DROP TRIGGER %s", attacks[i].trigger);
        char            *message = NULL;

        if (dropped)
          exec (db, drop);
        sqlite3_exec (db, attacks[i].sql, NULL, NULL, &message);
        g_test_message ("%s%s: %s", attacks[i].trigger, dropped ? " dropped" : "", message != NULL ? message : "went through");
        g_assert_true ((message == NULL) == dropped);
        sqlite3_free (message);
        sqlite3_close (db);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/follow-up-sql/registers", GINT_TO_POINTER (0), test_attacks);
  g_test_add_data_func ("/follow-up-sql/standards", GINT_TO_POINTER (1), test_attacks);

  return g_test_run ();
}
