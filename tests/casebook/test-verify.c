/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session-fixture.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "probity-audit-private.h"
#include "probity-session-private.h"

static ProbityVerifyReport *
verify (ProbitySession *session)
{
  return wait_for_boxed (probity_audit_verify (session, NULL));
}

static ProbityVerifyCompartment *
get_compartment (ProbityVerifyReport *report,
                 ProbityCompartment   compartment)
{
  return g_ptr_array_index (report->compartments, compartment);
}

static void
print_report (ProbityVerifyReport *report)
{
  for (guint i = 0; report->problems[i] != NULL; i++)
    g_test_message ("casebook: %s", report->problems[i]);
  for (guint i = 0; i < report->compartments->len; i++)
    {
      ProbityVerifyCompartment *compartment = g_ptr_array_index (report->compartments, i);

      for (guint j = 0; compartment->problems[j] != NULL; j++)
        g_test_message ("%s: %s", compartment->name, compartment->problems[j]);
    }
}

static void
assert_ok (ProbitySession *session)
{
  g_autoptr (ProbityVerifyReport) report = verify (session);

  print_report (report);
  g_assert_true (report->ok);
}

static gboolean
has_problem (GStrv       problems,
             const char *start)
{
  for (guint i = 0; problems[i] != NULL; i++)
    if (g_str_has_prefix (problems[i], start))
      return TRUE;

  return FALSE;
}

/* @start: the code, and as much of the sentence as matters. */
static void
assert_named (ProbitySession    *session,
              ProbityCompartment compartment,
              const char        *start)
{
  g_autoptr (ProbityVerifyReport) report = verify (session);

  print_report (report);
  g_assert_false (report->ok);
  g_assert_true (has_problem (get_compartment (report, compartment)->problems, start));
}

static void
assert_keyring_named (ProbitySession *session,
                      const char     *start)
{
  g_autoptr (ProbityVerifyReport) report = verify (session);

  print_report (report);
  g_assert_false (report->ok);
  g_assert_true (has_problem (report->problems, start));
}

typedef struct
{
  ProbitySession    *session;
  ProbityCompartment compartment;
  guint              n;
} Entries;

static gboolean
add_entries_func (ProbityWrite *write,
                  gpointer      data,
                  GValue       *result,
                  GError      **error)
{
  Entries *entries = data;

  for (guint i = 0; i < entries->n; i++)
    if (!probity_audit_add (write, entries->session, entries->compartment, PROBITY_VERB_ALTERATION, "person", "0198c0de-0000-7000-8000-000000000000", "surname", "Smith", "Smyth", error))
      return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static void
add_entries (ProbitySession    *session,
             ProbityCompartment compartment,
             guint              n)
{
  Entries entries = { session, compartment, n };

  wait_for_success (probity_casebook_write (probity_session_get_casebook (session), add_entries_func, &entries, NULL));
}

typedef struct
{
  ProbityCompartment compartment;
  const char        *sql;
} Attack;

static gboolean
attack_func (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  Attack    *attack = data;
  ProbityDb *db = probity_write_get_db (write, attack->compartment, error);

  if (db == NULL || !probity_db_exec (db, attack->sql, error))
    return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

/* Plain SQL, as of anybody who holds the compartment's key and has other tools. */
static GError *
attack (ProbitySession    *session,
        ProbityCompartment compartment,
        const char        *sql)
{
  Attack data = { compartment, sql };

  return wait_for_error (probity_casebook_write (probity_session_get_casebook (session), attack_func, &data, NULL));
}

static void
attack_with_success (ProbitySession    *session,
                     ProbityCompartment compartment,
                     const char        *sql)
{
  g_autoptr (GError) error = attack (session, compartment, sql);

  g_assert_no_error (error);
}

#define DROP_TRIGGERS                \
  "DROP TRIGGER audit_entry_insert;" \
  "DROP TRIGGER audit_entry_update;" \
  "DROP TRIGGER audit_entry_delete;" \
  "DROP TRIGGER audit_value_insert;" \
  "DROP TRIGGER audit_value_update;" \
  "DROP TRIGGER audit_value_delete;"

/* Rule: the log refuses to be changed, whatever tool asks. */
static void
test_triggers_refuse (void)
{
  static const char *const attacks[] = {
    "UPDATE audit_entry SET account = 'x' WHERE seq = 5",
    "UPDATE audit_entry SET seq = 500 WHERE seq = 5",
    "UPDATE OR REPLACE audit_entry SET seq = 6 WHERE seq = 5",
    "DELETE FROM audit_entry WHERE seq = 5",
    "DELETE FROM audit_entry",
    "INSERT INTO audit_entry SELECT 5, at, account, verb, kind, record, field, value_digest, prev, hash, signature FROM audit_entry WHERE seq = 6",
    "INSERT OR REPLACE INTO audit_entry SELECT 5, at, account, verb, kind, record, field, value_digest, prev, hash, signature FROM audit_entry WHERE seq = 6",
    "REPLACE INTO audit_entry SELECT seq, at, 'x', verb, kind, record, field, value_digest, prev, hash, signature FROM audit_entry WHERE seq = 5",
    "INSERT OR IGNORE INTO audit_entry SELECT 500, at, account, verb, kind, record, field, value_digest, prev, hash, signature FROM audit_entry WHERE seq = 6",
    "INSERT INTO audit_entry SELECT seq, at, 'x', verb, kind, record, field, value_digest, prev, hash, signature FROM audit_entry WHERE seq = 5"
    " ON CONFLICT (seq) DO UPDATE SET account = excluded.account",
    "INSERT INTO audit_entry (at, account, verb, prev, hash, signature) SELECT at, account, verb, hash, hash, signature FROM audit_entry WHERE seq = 5",
    "INSERT INTO audit_entry SELECT (SELECT max (seq) + 1 FROM audit_entry), at, account, verb, kind, record, field, value_digest, prev, hash, signature FROM audit_entry WHERE seq = 5",
    "INSERT INTO audit_entry SELECT (SELECT max (seq) + 2 FROM audit_entry), at, account, verb, kind, record, field, value_digest, hash, hash, signature FROM audit_entry ORDER BY seq DESC LIMIT 1",
    "UPDATE audit_value SET new = 'x' WHERE seq = 5",
    "DELETE FROM audit_value WHERE seq = 5",
    "INSERT OR REPLACE INTO audit_value SELECT seq, salt, 'x', new FROM audit_value WHERE seq = 5",
    "INSERT INTO audit_value SELECT seq, salt, 'x', new FROM audit_value WHERE seq = 5 ON CONFLICT (seq) DO UPDATE SET old = 'x'",
    "INSERT INTO audit_value (seq, salt) VALUES (1, zeroblob (16))",
    "UPDATE meta SET value = 'x' WHERE name = 'creator'",
    "DELETE FROM meta",
    "INSERT OR REPLACE INTO meta (name, value) VALUES ('creator', 'x')",
  };
  static const char *const journal_attacks[] = {
    "UPDATE head SET seq = seq - 1",
    "UPDATE head SET hash = zeroblob (32)",
    "DELETE FROM head",
    "INSERT OR REPLACE INTO head SELECT log, seq - 1, hash, at, account, signature FROM head WHERE log = 'registers'",
    "INSERT INTO head SELECT log, seq - 1, hash, at, account, signature FROM head WHERE log = 'registers'"
    " ON CONFLICT (log) DO UPDATE SET seq = excluded.seq",
    "UPDATE sealed_note SET box = zeroblob (8)",
    "DELETE FROM sealed_note",
    "INSERT OR REPLACE INTO sealed_note SELECT seq, compartment, zeroblob (8), prev, hash FROM sealed_note WHERE seq = 1",
  };
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  g_autoptr (GError) refused = NULL;

  add_entries (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, 20);
  refused = wait_for_error (probity_access_refuse (fixture->admin, "second-job", "SJ/2026/0001"));
  assert_access_error (refused, NOT_FOUND);

  for (gsize i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autoptr (GError) error = attack (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, attacks[i]);

      g_test_message ("%s: %s", attacks[i], error != NULL ? error->message : "not refused");
      g_assert_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_CONSTRAINT);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (journal_attacks); i++)
    {
      g_autoptr (GError) error = attack (fixture->admin, PROBITY_COMPARTMENT_JOURNAL, journal_attacks[i]);

      g_test_message ("%s: %s", journal_attacks[i], error != NULL ? error->message : "not refused");
      g_assert_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_CONSTRAINT);
    }
  assert_ok (fixture->admin);
}

/* Rule: with the triggers dropped, what was done to the log is named, and where. */
static void
test_forgeries_are_named (void)
{
  static const struct
  {
    const char *sql;
    const char *named;
  } forgeries[] = {
    { "", "schema-missing: trigger audit_entry_delete" },
    { "UPDATE audit_entry SET record = 'somebody else' WHERE seq = 7", "entry-changed: entry 7" },
    { "UPDATE audit_entry SET account = 'nobody' WHERE seq = 7", "entry-changed: entry 7" },
    { "UPDATE audit_entry SET at = '2001-01-01T00:00:00.000Z' WHERE seq = 7", "entry-changed: entry 7" },
    { "UPDATE audit_entry SET signature = zeroblob (64) WHERE seq = 7", "signature-invalid: entry 7 is not signed by admin" },
    { "UPDATE audit_entry SET signature = (SELECT signature FROM audit_entry WHERE seq = 8) WHERE seq = 7", "signature-invalid: entry 7" },
    { "DELETE FROM audit_value WHERE seq = 7; DELETE FROM audit_entry WHERE seq = 7", "entry-missing: entry 7" },
    { "DELETE FROM audit_value WHERE seq < 7; DELETE FROM audit_entry WHERE seq < 7", "entry-missing: entries 1 to 6" },
    { "PRAGMA defer_foreign_keys = ON;"
      "UPDATE audit_entry SET seq = 1000 WHERE seq = 7; UPDATE audit_entry SET seq = 7 WHERE seq = 8; UPDATE audit_entry SET seq = 8 WHERE seq = 1000",
      "chain-broken: entry 7" },
    { "UPDATE audit_value SET new = 'Smyth-Jones' WHERE seq = 7", "value-changed: the values of entry 7" },
    { "DELETE FROM audit_value WHERE seq = 7", "value-missing: the values of entry 7" },
    { "INSERT INTO audit_value (seq, salt, old, new) VALUES (1, zeroblob (16), 'a', 'b')", "value-added: entry 1" },
    { "DELETE FROM audit_value WHERE seq > 15; DELETE FROM audit_entry WHERE seq > 15", "tail-cut: the journal knows entry 21" },
    { "DELETE FROM audit_value; DELETE FROM audit_entry", "entry-missing: the log is empty" },
    { "INSERT INTO words_hold (held, after) VALUES ('person', 0)", "words-held: person" },
    { "CREATE TABLE extra (x)", "schema-added: table extra" },
    { "DROP INDEX audit_entry_by_record", "schema-missing: index audit_entry_by_record" },
    { "CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry WHEN 0 BEGIN SELECT 1; END", "schema-changed: trigger audit_entry_delete" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
      g_autofree char *sql = g_strconcat (DROP_TRIGGERS, forgeries[i].sql, NULL);

      g_test_message ("%s", forgeries[i].sql);
      add_entries (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, 20);
      session_fixture_sign_out (g_steal_pointer (&fixture->admin));
      fixture->admin = session_fixture_sign_in (fixture, "admin");
      attack_with_success (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, sql);
      assert_named (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, forgeries[i].named);
    }
}

typedef struct
{
  ProbitySession *signer;  /* whose key signs */
  const char     *account; /* whom the entry names */
  const char     *at;
} Forgery;

/* A whole entry, well made but for who signed it and when. */
static gboolean
forge_func (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  Forgery   *forgery = data;
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (GBytes) prev = NULL;
  g_autoptr (GBytes) hash = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) signature = NULL;
  ProbityAuditFields fields = {
    .casebook = probity_session_get_casebook_uid (forgery->signer),
    .compartment = "registers",
    .at = forgery->at,
    .account = forgery->account,
    .verb = "erasure",
  };

  if (db == NULL || !probity_audit_read_head (db, PROBITY_COMPARTMENT_REGISTERS, &fields.seq, &prev, error))
    return FALSE;
  fields.seq++;
  fields.prev = prev;
  hash = probity_audit_hash (&fields);
  message = probity_audit_dup_signed (hash);
  signature = probity_session_sign (forgery->signer, message);

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_db_run (db, error, "INSERT INTO audit_entry (seq, at, account, verb, prev, hash, signature)"
                                    " VALUES ($seq, $at, $account, $verb, $prev, $hash, $signature)",
                         "$seq",
                         'i',
                         fields.seq,
                         "$at",
                         's',
                         fields.at,
                         "$account",
                         's',
                         fields.account,
                         "$verb",
                         's',
                         fields.verb,
                         "$prev",
                         'b',
                         prev,
                         "$hash",
                         'b',
                         hash,
                         "$signature",
                         'b',
                         signature,
                         NULL);
}

/* Rule: who signs in another's name, is unknown, or was disabled at that time, is named. */
static void
test_wrong_signers_are_named (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  g_autoptr (ProbitySession) hr = NULL;
  g_autofree char *stranger = probity_uid_new (1);
  Forgery          forgery;

  session_fixture_add (fixture, "hr", "head-of-hr", "2000");
  hr = session_fixture_sign_in (fixture, "hr");

  forgery = (Forgery) { hr, probity_session_get_account_uid (fixture->admin), SESSION_FIXTURE_NOW };
  wait_for_success (probity_casebook_write (probity_session_get_casebook (hr), forge_func, &forgery, NULL));
  assert_named (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "signature-invalid: entry 3 is not signed by admin");

  forgery = (Forgery) { hr, stranger, SESSION_FIXTURE_NOW };
  wait_for_success (probity_casebook_write (probity_session_get_casebook (hr), forge_func, &forgery, NULL));
  assert_named (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "signer-unknown: entry 4");

  probity_clock_set (fixture->clock, "2026-03-03T09:00:00.000Z");
  wait_for_success (probity_session_disable (fixture->admin, "hr"));
  forgery = (Forgery) { hr, probity_session_get_account_uid (hr), "2026-03-04T09:00:00.000Z" };
  wait_for_success (probity_casebook_write (probity_session_get_casebook (hr), forge_func, &forgery, NULL));
  assert_named (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "signer-disabled: entry 5 is signed by hr");

  session_fixture_sign_out (g_steal_pointer (&hr));
}

/* Rule: after a reset the old key signs nothing any more; what it signed before stays proved. */
static void
test_old_key_is_named (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  g_autoptr (ProbitySession) hr = NULL;
  Forgery forgery;

  session_fixture_add (fixture, "hr", "head-of-hr", "2000");
  hr = session_fixture_sign_in (fixture, "hr");
  add_entries (hr, PROBITY_COMPARTMENT_REGISTERS, 3);
  probity_clock_set (fixture->clock, "2026-03-03T09:00:00.000Z");
  wait_for_success (probity_session_reset (fixture->admin, "hr", "new"));
  assert_ok (fixture->admin);

  forgery = (Forgery) { hr, probity_session_get_account_uid (hr), "2026-03-04T09:00:00.000Z" };
  wait_for_success (probity_casebook_write (probity_session_get_casebook (hr), forge_func, &forgery, NULL));
  assert_named (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "signer-key-replaced: entry 6");

  session_fixture_sign_out (g_steal_pointer (&hr));
}

static void
copy_tree (const char *from,
           const char *to)
{
  const char *arguments[] = { "cp", "-a", from, to, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error));
  g_assert_true (g_spawn_check_wait_status (status, &error));
}

/* Rule: an older database put back is found by the journal's heads. */
static void
test_older_file (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  g_autofree char *live = g_build_filename (fixture->folder, "registers", NULL);
  g_autofree char *saved = g_build_filename (fixture->base, "registers-saved", NULL);

  add_entries (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, 10);
  session_fixture_sign_out (g_steal_pointer (&fixture->admin));
  copy_tree (live, saved);

  fixture->admin = session_fixture_sign_in (fixture, "admin");
  add_entries (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, 10);
  session_fixture_sign_out (g_steal_pointer (&fixture->admin));
  remove_tree (live);
  copy_tree (saved, live);

  fixture->admin = session_fixture_sign_in (fixture, "admin");
  assert_named (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "tail-cut: the journal knows entry 21 of registers, which ends with 11");

  /* Written on beyond the old end, it is still another history. */
  add_entries (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, 20);
  assert_named (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "history-replaced: entry 21 of registers is another than the journal knows");
  session_fixture_sign_out (g_steal_pointer (&fixture->admin));
  fixture->admin = session_fixture_sign_in (fixture, "admin");
  assert_named (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "history-replaced: entry 21 of registers is another than the journal knows");
}

/* Rule: a whole older casebook put back is found by this workstation's memory, and by an earlier report. */
static void
test_older_casebook (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  g_autofree char *saved = g_build_filename (fixture->base, "saved", NULL);
  g_autofree char *other = g_build_filename (fixture->base, "other-workstation", NULL);
  g_autoptr (ProbityVerifyReport) report = NULL;
  g_autoptr (ProbityVerifyReport) later = NULL;
  g_autoptr (GHashTable) earlier = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  ProbityVerifyCompartment *registers;

  add_entries (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, 10);
  session_fixture_sign_out (g_steal_pointer (&fixture->admin));
  copy_tree (fixture->folder, saved);

  fixture->admin = session_fixture_sign_in (fixture, "admin");
  add_entries (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, 10);
  session_fixture_add (fixture, "hr", "head-of-hr", "2000");
  report = verify (fixture->admin);
  g_assert_true (report->ok);
  registers = get_compartment (report, PROBITY_COMPARTMENT_REGISTERS);
  g_hash_table_insert (earlier, registers->name, g_strdup_printf ("%" G_GINT64_FORMAT ":%s", registers->entries, registers->head));
  session_fixture_sign_out (g_steal_pointer (&fixture->admin));
  remove_tree (fixture->folder);
  copy_tree (saved, fixture->folder);

  fixture->admin = session_fixture_sign_in (fixture, "admin");
  assert_named (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "tail-cut: this workstation knows entry 21 of registers");
  assert_keyring_named (fixture->admin, "keyring-cut: this workstation");
  add_entries (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, 30);
  session_fixture_sign_out (g_steal_pointer (&fixture->admin));
  fixture->admin = session_fixture_sign_in (fixture, "admin");
  assert_named (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "history-replaced: entry 21 of registers is another than this workstation knows");

  /* Elsewhere nothing is remembered, but what was lodged there. */
  g_setenv ("PROBITY_STATE_DIR", other, TRUE);
  assert_ok (fixture->admin);
  later = wait_for_boxed (probity_audit_verify (fixture->admin, earlier));
  g_assert_false (later->ok);
  g_assert_true (has_problem (get_compartment (later, PROBITY_COMPARTMENT_REGISTERS)->problems, "history-replaced: entry 21 of registers is another than the earlier report knows"));
}

static void
flip_last_byte (const char *path)
{
  FILE *file = g_fopen (path, "r+b");
  int   byte;

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, -100, SEEK_END), ==, 0);
  byte = fgetc (file);
  g_assert_cmpint (fseek (file, -100, SEEK_END), ==, 0);
  g_assert_cmpint (fputc (byte ^ 1, file), !=, EOF);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* Rule: a page that is damaged while the casebook is open is found, though all were looked at before. */
static void
test_page_is_named (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  g_autofree char *path = g_build_filename (fixture->folder, "intelligence", "intelligence.db", NULL);

  assert_ok (fixture->admin);
  session_fixture_sign_out (g_steal_pointer (&fixture->admin));
  fixture->admin = session_fixture_sign_in (fixture, "admin");
  for (guint i = 0; i < 4; i++)
    {
      flip_last_byte (path);
      assert_named (fixture->admin, PROBITY_COMPARTMENT_INTELLIGENCE, "page-damaged: ");
      flip_last_byte (path);
      assert_ok (fixture->admin);
    }
}

static void
edit_keyring (SessionFixture *fixture,
              guint           drop_last,
              const char     *from,
              const char     *to)
{
  g_autofree char *path = g_build_filename (fixture->folder, "keyring.jsonl", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *joined = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  lines = g_strsplit (text, "\n", -1);
  n = g_strv_length (lines);
  g_clear_pointer (&lines[n - 1], g_free);
  for (guint i = 0; i < drop_last; i++)
    g_clear_pointer (&lines[n - 2 - i], g_free);
  lines[n - 1 - drop_last] = g_strdup ("");
  joined = g_strjoinv ("\n", lines);
  if (from != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (joined, from, 2);

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      g_free (joined);
      joined = g_strjoinv (to, parts);
    }
  g_assert_true (g_file_set_contents (path, joined, -1, &error));
}

/* Rule: a statement taken off the end of the keyring is found by the log, at the next sign-in and by verify. */
static void
test_keyring_cut (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  g_autoptr (GError) error = NULL;

  session_fixture_add (fixture, "hr", "head-of-hr", "2000");
  wait_for_success (probity_session_disable (fixture->admin, "hr"));

  edit_keyring (fixture, 1, NULL, NULL);
  assert_keyring_named (fixture->admin, "keyring-cut: the statement that entry");
  session_fixture_sign_out (g_steal_pointer (&fixture->admin));
  error = session_fixture_fail_to_sign_in (fixture, "admin", "admin");
  assert_access_error (error, KEYRING_DAMAGED);
}

/* Rule: an edited role is named, and gives nobody anything. */
static void
test_keyring_edited (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  g_autoptr (ProbitySession) hr = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_add (fixture, "hr", "line-manager", "2000");
  hr = session_fixture_sign_in (fixture, "hr");
  g_assert_true (probity_access_may (hr, PROBITY_OPERATION_SUBMIT));
  edit_keyring (fixture, 0, "line-manager", "head-of-hr");

  assert_keyring_named (fixture->admin, "keyring-damaged: Line 2");
  g_assert_false (probity_access_may (hr, PROBITY_OPERATION_SUBMIT));
  g_assert_false (probity_access_may (hr, PROBITY_OPERATION_COMMENT_HEAD_OF_HR));
  session_fixture_sign_out (g_steal_pointer (&hr));
  error = session_fixture_fail_to_sign_in (fixture, "hr", "hr");
  assert_access_error (error, KEYRING_DAMAGED);
}

/* Rule: values may go by a recorded erasure, and the log stays whole. */
static gboolean
erase_func (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_audit_add (write, data, PROBITY_COMPARTMENT_REGISTERS, PROBITY_VERB_ERASURE, "audit-value", "7", NULL, NULL, NULL, error);
}

static void
test_recorded_erasure (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  g_autoptr (GError) refused = NULL;

  add_entries (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, 10);
  refused = attack (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "DELETE FROM audit_value WHERE seq = 7");
  g_assert_error (refused, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_CONSTRAINT);

  wait_for_success (probity_casebook_write (probity_session_get_casebook (fixture->admin), erase_func, fixture->admin, NULL));
  attack_with_success (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "DELETE FROM audit_value WHERE seq = 7");
  assert_ok (fixture->admin);

  g_clear_error (&refused);
  refused = attack (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "DELETE FROM audit_value WHERE seq = 8");
  g_assert_error (refused, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_CONSTRAINT);
}

/* Rule: a sealed note that went, or was put in another's place, is named. */
static void
test_notes (void)
{
  static const struct
  {
    const char *sql;
    const char *named;
  } forgeries[] = {
    { "DELETE FROM sealed_note WHERE seq = 2", "note-missing: sealed note 2" },
    { "DELETE FROM sealed_note WHERE seq = 3", "tail-cut: the journal knows entry 3 of sealed-note" },
    { "UPDATE sealed_note SET box = (SELECT box FROM sealed_note WHERE seq = 1) WHERE seq = 2", "note-changed: sealed note 2" },
    { "UPDATE head SET signature = zeroblob (64) WHERE log = 'registers'", "head-invalid: the head of registers" },
    { "UPDATE head SET account = 'x' WHERE log = 'registers'", "head-invalid: the head of registers" },
    { "DELETE FROM head WHERE log = 'registers'", "head-missing: the journal has no head of registers" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
      g_autofree char *sql = g_strconcat ("DROP TRIGGER sealed_note_update; DROP TRIGGER sealed_note_delete;"
                                          "DROP TRIGGER head_update; DROP TRIGGER head_delete;",
                                          forgeries[i].sql,
                                          NULL);

      for (guint j = 0; j < 3; j++)
        {
          g_autoptr (GError) error = wait_for_error (probity_access_refuse (fixture->admin, "second-job", "SJ/2026/0001"));

          assert_access_error (error, NOT_FOUND);
        }
      session_fixture_sign_out (g_steal_pointer (&fixture->admin));
      fixture->admin = session_fixture_sign_in (fixture, "admin");
      attack_with_success (fixture->admin, PROBITY_COMPARTMENT_JOURNAL, sql);
      assert_named (fixture->admin, PROBITY_COMPARTMENT_JOURNAL, forgeries[i].named);
    }
}

/* Rule: what honest programs did is found to be whole, with nothing to tell. */
static void
test_honest (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  g_autoptr (ProbityVerifyReport) report = NULL;
  g_autoptr (ProbitySession) hr = NULL;

  session_fixture_add (fixture, "hr", "head-of-hr", "2000");
  add_entries (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, 50);
  wait_for_success (probity_session_disable (fixture->admin, "hr"));
  assert_ok (fixture->admin);

  session_fixture_add (fixture, "hr2", "head-of-hr", "2001");
  hr = session_fixture_sign_in (fixture, "hr2");
  report = verify (hr);
  print_report (report);
  g_assert_true (report->ok);
  g_assert_true (get_compartment (report, PROBITY_COMPARTMENT_REGISTERS)->held);
  g_assert_cmpint (get_compartment (report, PROBITY_COMPARTMENT_REGISTERS)->entries, ==, 52);
  g_assert_cmpuint (strlen (get_compartment (report, PROBITY_COMPARTMENT_REGISTERS)->head), ==, 64);

  /* What is not held is said to be so, and not judged. */
  g_assert_false (get_compartment (report, PROBITY_COMPARTMENT_INTELLIGENCE)->held);
  g_assert_null (get_compartment (report, PROBITY_COMPARTMENT_INTELLIGENCE)->head);
  session_fixture_sign_out (g_steal_pointer (&hr));
}

/* Rule: words that came while a session was open, and were put together anew in their index, are not taken for damage by it. */
static void
test_words_merged (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  ProbitySession *psd;
  guint           n = 0;

  session_fixture_add (fixture, "psd", "psd-officer", "2001");
  psd = session_fixture_sign_in (fixture, "psd");
  for (guint round = 0; round < 12; round++)
    {
      for (guint i = 0; i < round; i++)
        {
          g_autoptr (ProbityValues) values = probity_values_new ();
          g_autofree char *reference = g_strdup_printf ("CM/%u", ++n);

          probity_values_set (values, "reference", reference);
          probity_values_set (values, "received", "2026-01-05");
          probity_values_set (values, "allegation", "Rude at the front desk");
          wait_for_success (probity_record_create (psd, probity_record_kind_find ("complaint"), values));
        }
      /* By whichever of its connections. */
      for (guint i = 0; i < 3; i++)
        assert_ok (fixture->admin);
    }
  session_fixture_sign_out (psd);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/verify/honest", test_honest);
  g_test_add_func ("/verify/triggers-refuse", test_triggers_refuse);
  g_test_add_func ("/verify/forgeries-are-named", test_forgeries_are_named);
  g_test_add_func ("/verify/wrong-signers-are-named", test_wrong_signers_are_named);
  g_test_add_func ("/verify/old-key-is-named", test_old_key_is_named);
  g_test_add_func ("/verify/older-file", test_older_file);
  g_test_add_func ("/verify/older-casebook", test_older_casebook);
  g_test_add_func ("/verify/page-is-named", test_page_is_named);
  g_test_add_func ("/verify/words-merged", test_words_merged);
  g_test_add_func ("/verify/keyring-cut", test_keyring_cut);
  g_test_add_func ("/verify/keyring-edited", test_keyring_edited);
  g_test_add_func ("/verify/recorded-erasure", test_recorded_erasure);
  g_test_add_func ("/verify/notes", test_notes);

  return g_test_run ();
}
