/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-sealed.h"
#include "probity-session-private.h"
#include "probity-verify-private.h"

#include <sodium.h>
#include <string.h>

static void
write_hex (char    hex[PROBITY_HASH_BYTES * 2 + 1],
           GBytes *hash)
{
  hex[0] = '\0';
  if (hash != NULL && g_bytes_get_size (hash) == PROBITY_HASH_BYTES)
    sodium_bin2hex (hex, PROBITY_HASH_BYTES * 2 + 1, g_bytes_get_data (hash, NULL), PROBITY_HASH_BYTES);
}

static GBytes *
make_first_prev (void)
{
  static const guint8 nothing[PROBITY_HASH_BYTES];

  return g_bytes_new_static (nothing, sizeof nothing);
}

/* Where triggers and constraints were dropped, anything may stand anywhere. */
const char *
probity_verification_get_text (ProbityStatement *row,
                               int               column)
{
  const char *text = probity_statement_get_text (row, column);

  return text != NULL ? text : "";
}

GBytes *
probity_verification_dup_bytes (ProbityStatement *row,
                                int               column)
{
  GBytes *bytes = probity_statement_dup_bytes (row, column);

  return bytes != NULL ? bytes : g_bytes_new_static ("", 0);
}

/* Who signed, whether it is theirs, and whether they could at that time. */
static void
judge_signature (ProbityVerification      *self,
                 const ProbityAuditFields *fields,
                 GBytes                   *hash,
                 GBytes                   *signature)
{
  const ProbityAccount *account = probity_keyring_find (self->keyring, fields->account);
  g_autoptr (GBytes) message = probity_audit_dup_signed (hash);

  if (account == NULL || !g_str_equal (account->uid, fields->account))
    probity_verification_add (self, "signer-unknown: entry %" G_GINT64_FORMAT " names an account that does not exist", fields->seq);
  else if (!probity_keyring_verify_at (self->keyring, fields->account, fields->at, message, signature))
    {
      if (probity_keyring_verify (self->keyring, fields->account, message, signature))
        probity_verification_add (self, "signer-key-replaced: entry %" G_GINT64_FORMAT " is signed with a key that %s did not have on %s", fields->seq, account->name, fields->at);
      else
        probity_verification_add (self, "signature-invalid: entry %" G_GINT64_FORMAT " is not signed by %s, whom it names", fields->seq, account->name);
    }
  else if (probity_keyring_get_roles_at (self->keyring, fields->account, fields->at) == PROBITY_ROLE_NONE)
    probity_verification_add (self, "signer-disabled: entry %" G_GINT64_FORMAT " is signed by %s, who was disabled on %s", fields->seq, account->name, fields->at);
}

static guint
get_log (ProbityVerification *self)
{
  return self->compartment < PROBITY_COMPARTMENT_SEALED ? (guint) self->compartment : PROBITY_LOG_SEALED (self->compartment);
}

static void
judge_entry (ProbityVerification *self,
             ProbityStatement    *row,
             gint64               expected,
             GBytes              *prev,
             GBytes             **ret_hash)
{
  g_autoptr (GBytes) value_digest = probity_statement_dup_bytes (row, 7);
  g_autoptr (GBytes) stored_prev = probity_verification_dup_bytes (row, 8);
  g_autoptr (GBytes) stored_hash = probity_verification_dup_bytes (row, 9);
  g_autoptr (GBytes) signature = probity_verification_dup_bytes (row, 10);
  g_autoptr (GBytes) hash = NULL;
  char               hex[PROBITY_HASH_BYTES * 2 + 1];
  ProbityAuditFields fields = {
    .casebook = probity_session_get_casebook_uid (self->session),
    .compartment = self->name,
    .seq = probity_statement_get_int64 (row, 0),
    .at = probity_verification_get_text (row, 1),
    .account = probity_verification_get_text (row, 2),
    .verb = probity_verification_get_text (row, 3),
    .kind = probity_statement_get_text (row, 4),
    .record = probity_statement_get_text (row, 5),
    .field = probity_statement_get_text (row, 6),
    .value_digest = value_digest,
    .prev = stored_prev,
  };

  if (fields.seq == expected + 1)
    probity_verification_add (self, "entry-missing: entry %" G_GINT64_FORMAT, expected);
  else if (fields.seq > expected)
    probity_verification_add (self, "entry-missing: entries %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, expected, fields.seq - 1);
  else if (!g_bytes_equal (stored_prev, prev))
    probity_verification_add (self, "chain-broken: entry %" G_GINT64_FORMAT " does not follow from the one before", fields.seq);

  hash = probity_audit_hash (&fields);
  if (!g_bytes_equal (hash, stored_hash))
    probity_verification_add (self, "entry-changed: entry %" G_GINT64_FORMAT " is not as it was written", fields.seq);
  else if (!self->chain_only)
    judge_signature (self, &fields, hash, signature);

  /* A statement of the keyring that the log knows of stands in the keyring. */
  if (self->compartment == PROBITY_COMPARTMENT_JOURNAL && g_strcmp0 (fields.verb, "key-change") == 0 &&
      g_strcmp0 (fields.kind, "keyring") == 0 && fields.record != NULL &&
      !g_hash_table_contains (self->keyring->hashes, fields.record))
    g_ptr_array_add (self->keyring_problems,
                     g_strdup_printf ("keyring-cut: the statement that entry %" G_GINT64_FORMAT " of the journal tells of is gone", fields.seq));

  write_hex (hex, stored_hash);
  probity_verification_meet (self, get_log (self), fields.seq, hex);
  g_strlcpy (self->head, hex, sizeof self->head);
  *ret_hash = g_steal_pointer (&stored_hash);
}

/*
 * Reads the whole log in its order. After a break it goes on from what is there, so that each break
 * is told once and where it is.
 */
gboolean
probity_verify_chain (ProbityVerification *self,
                      ProbityDb           *db,
                      GError             **error)
{
  g_autoptr (ProbityStatement) row = NULL;
  g_autoptr (GBytes) prev = make_first_prev ();
  gint64   last = 0;
  gboolean more;

  row = probity_db_query (db, error, "SELECT seq, at, account, verb, kind, record, field, value_digest, prev, hash, signature"
                                     " FROM audit_entry ORDER BY seq",
                          NULL);
  if (row == NULL)
    return FALSE;

  while (TRUE)
    {
      GBytes *hash;

      if (!probity_statement_step (row, &more, error))
        return FALSE;
      if (!more)
        break;

      judge_entry (self, row, last + 1, prev, &hash);
      last = probity_statement_get_int64 (row, 0);
      g_bytes_unref (prev);
      prev = hash;
      self->entries++;
    }

  if (self->entries == 0)
    probity_verification_add (self, "entry-missing: the log is empty");
  probity_verification_judge_heads (self, get_log (self), last);

  return TRUE;
}

static gboolean
is_erased (ProbityDb *db,
           gint64     seq,
           gboolean  *ret_erased,
           GError   **error)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, seq);
  g_autoptr (ProbityStatement) row = probity_db_query (db, error, "SELECT 1 FROM audit_entry WHERE verb = 'erasure' AND kind = 'audit-value' AND record = $record AND seq > $seq", "$record", 's', name, "$seq", 'i', seq, NULL);

  return row != NULL && probity_statement_step (row, ret_erased, error);
}

/* Old and new values are those that the entries were signed over; what is gone was erased and recorded. */
gboolean
probity_verify_values (ProbityVerification *self,
                       ProbityDb           *db,
                       GError             **error)
{
  g_autoptr (ProbityStatement) row = NULL;
  gboolean more;

  row = probity_db_query (db, error, "SELECT audit_entry.seq, value_digest, salt, old, new FROM audit_entry"
                                     " LEFT JOIN audit_value ON audit_value.seq = audit_entry.seq"
                                     " WHERE value_digest IS NOT NULL OR salt IS NOT NULL ORDER BY audit_entry.seq",
                          NULL);
  if (row == NULL)
    return FALSE;

  while (TRUE)
    {
      g_autoptr (GBytes) digest = NULL;
      g_autoptr (GBytes) salt = NULL;
      g_autoptr (GBytes) found = NULL;
      gint64   seq;
      gboolean erased;

      if (!probity_statement_step (row, &more, error))
        return FALSE;
      if (!more)
        break;

      seq = probity_statement_get_int64 (row, 0);
      digest = probity_statement_dup_bytes (row, 1);
      salt = probity_statement_dup_bytes (row, 2);
      if (salt == NULL)
        {
          if (!is_erased (db, seq, &erased, error))
            return FALSE;
          if (!erased)
            probity_verification_add (self, "value-missing: the values of entry %" G_GINT64_FORMAT " are gone, and no erasure is recorded", seq);
          continue;
        }

      found = probity_audit_hash_values (salt, probity_statement_get_text (row, 3), probity_statement_get_text (row, 4));
      if (digest == NULL)
        probity_verification_add (self, "value-added: entry %" G_GINT64_FORMAT " was written without values", seq);
      else if (!g_bytes_equal (digest, found))
        probity_verification_add (self, "value-changed: the values of entry %" G_GINT64_FORMAT " are not those that were written", seq);
    }

  return TRUE;
}

/* One entry of another log that came with a case: hash, signature and values as they were there. */
static void
judge_carried (ProbityVerification *self,
               ProbityStatement    *row)
{
  g_autoptr (GBytes) value_digest = probity_statement_dup_bytes (row, 8);
  g_autoptr (GBytes) prev = probity_verification_dup_bytes (row, 9);
  g_autoptr (GBytes) stored_hash = probity_verification_dup_bytes (row, 10);
  g_autoptr (GBytes) signature = probity_verification_dup_bytes (row, 11);
  g_autoptr (GBytes) salt = probity_statement_dup_bytes (row, 12);
  g_autoptr (GBytes) hash = NULL;
  g_autoptr (GBytes) values = NULL;
  const ProbityAuditFields fields = {
    .casebook = probity_session_get_casebook_uid (self->session),
    .compartment = probity_verification_get_text (row, 0),
    .seq = probity_statement_get_int64 (row, 1),
    .at = probity_verification_get_text (row, 2),
    .account = probity_verification_get_text (row, 3),
    .verb = probity_verification_get_text (row, 4),
    .kind = probity_statement_get_text (row, 5),
    .record = probity_statement_get_text (row, 6),
    .field = probity_statement_get_text (row, 7),
    .value_digest = value_digest,
    .prev = prev,
  };

  hash = probity_audit_hash (&fields);
  if (!g_bytes_equal (hash, stored_hash))
    probity_verification_add (self, "carried-changed: entry %" G_GINT64_FORMAT " of %s is not as it was written there", fields.seq, fields.compartment);
  else
    judge_signature (self, &fields, hash, signature);
  if (salt == NULL)
    return;
  values = probity_audit_hash_values (salt, probity_statement_get_text (row, 13), probity_statement_get_text (row, 14));
  if (value_digest == NULL || !g_bytes_equal (values, value_digest))
    probity_verification_add (self, "carried-changed: the values of entry %" G_GINT64_FORMAT " of %s are not those that were written", fields.seq, fields.compartment);
}

/* Whether the log of the compartment says that just these came. */
static gboolean
is_carried (ProbityDb  *db,
            const char *digest,
            gboolean   *ret_is,
            GError    **error)
{
  g_autoptr (ProbityStatement) row = NULL;

  row = probity_db_query (db, error, "SELECT 1 FROM audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq"
                                     " WHERE e.verb = 'collection' AND e.field = 'carried' AND v.new = $digest LIMIT 1",
                          "$digest",
                          's',
                          digest,
                          NULL);

  return row != NULL && probity_statement_step (row, ret_is, error);
}

gboolean
probity_verify_carried (ProbityVerification *self,
                        ProbityDb           *db,
                        GError             **error)
{
  g_autoptr (ProbityStatement) row = NULL;
  g_autofree char *digest = NULL;
  gboolean         more;

  if (self->compartment == PROBITY_COMPARTMENT_JOURNAL)
    return TRUE;
  if (!probity_sealed_dup_carried (db, &digest, error))
    return FALSE;
  if (digest == NULL)
    return TRUE;

  more = FALSE;
  if (self->compartment >= PROBITY_COMPARTMENT_SEALED && !is_carried (db, digest, &more, error))
    return FALSE;
  if (!more)
    probity_verification_add (self, "carried-forged: entries stand here as of another log that did not come with a case");

  row = probity_db_query (db, error, "SELECT compartment, seq, at, account, verb, kind, record, field, value_digest, prev, hash, signature, salt, old, new"
                                     " FROM carried_entry ORDER BY id",
                          NULL);
  if (row == NULL)
    return FALSE;
  while (TRUE)
    {
      if (!probity_statement_step (row, &more, error))
        return FALSE;
      if (!more)
        return TRUE;
      judge_carried (self, row);
    }
}

gboolean
probity_verify_notes (ProbityVerification *self,
                      ProbityDb           *journal,
                      GError             **error)
{
  g_autoptr (ProbityStatement) row = NULL;
  g_autoptr (GBytes) prev = make_first_prev ();
  gint64   last = 0;
  gboolean more;

  row = probity_db_query (journal, error, "SELECT seq, compartment, box, prev, hash FROM sealed_note ORDER BY seq", NULL);
  if (row == NULL)
    return FALSE;

  while (TRUE)
    {
      g_autoptr (GBytes) box = NULL;
      g_autoptr (GBytes) stored_prev = NULL;
      g_autoptr (GBytes) stored_hash = NULL;
      g_autoptr (GBytes) hash = NULL;
      char   hex[PROBITY_HASH_BYTES * 2 + 1];
      gint64 seq;

      if (!probity_statement_step (row, &more, error))
        return FALSE;
      if (!more)
        break;

      seq = probity_statement_get_int64 (row, 0);
      box = probity_verification_dup_bytes (row, 2);
      stored_prev = probity_verification_dup_bytes (row, 3);
      stored_hash = probity_verification_dup_bytes (row, 4);
      if (seq != last + 1)
        probity_verification_add (self, "note-missing: sealed note %" G_GINT64_FORMAT, last + 1);
      else if (!g_bytes_equal (stored_prev, prev))
        probity_verification_add (self, "note-chain-broken: sealed note %" G_GINT64_FORMAT " does not follow from the one before", seq);

      hash = probity_audit_hash_note (probity_session_get_casebook_uid (self->session), seq, probity_verification_get_text (row, 1), box, stored_prev);
      if (!g_bytes_equal (hash, stored_hash))
        probity_verification_add (self, "note-changed: sealed note %" G_GINT64_FORMAT " is not as it was written", seq);

      write_hex (hex, stored_hash);
      probity_verification_meet (self, PROBITY_LOG_SEALED_NOTE, seq, hex);
      g_bytes_unref (prev);
      prev = g_steal_pointer (&stored_hash);
      last = seq;
    }

  probity_verification_judge_heads (self, PROBITY_LOG_SEALED_NOTE, last);

  return TRUE;
}

/* Rows of @sql that are not `ok`. */
static GPtrArray *
run_pragma (ProbityDb  *db,
            const char *sql,
            GError    **error)
{
  g_autoptr (ProbityStatement) row = probity_db_query (db, error, sql, NULL);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (g_free);
  gboolean more;

  if (row == NULL)
    return NULL;

  while (TRUE)
    {
      if (!probity_statement_step (row, &more, error))
        return NULL;
      if (!more)
        break;
      if (g_strcmp0 (probity_statement_get_text (row, 0), "ok") != 0)
        g_ptr_array_add (answers, probity_statement_dup_text (row, 0));
    }

  return g_steal_pointer (&answers);
}

/*
 * A connection proves an index of words by what it remembers of the index, and sees that another one has merged parts of
 * it when a search begins, not when the proof does (SQLite 3.46): so one is begun. What it says is left to the proof.
 */
static gboolean
look_at_words (ProbityDb *db,
               GError   **error)
{
  g_autoptr (ProbityStatement) names = probity_db_query (db, error, "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%' AND instr (name, '\"') = 0", NULL);
  gboolean more;

  if (names == NULL)
    return FALSE;
  while (TRUE)
    {
      g_autoptr (ProbityStatement) search = NULL;
      g_autofree char *sql = NULL;

      if (!probity_statement_step (names, &more, error))
        return FALSE;
      if (!more)
        return TRUE;
      sql = g_strdup_printf ("SELECT rowid FROM \"%1$s\" WHERE \"%1$s\" MATCH 'a' LIMIT 1", probity_statement_get_text (names, 0));
      search = probity_db_query (db, NULL, sql, NULL);
      if (search != NULL)
        probity_statement_step (search, NULL, NULL);
    }
}

gboolean
probity_verify_integrity (ProbityVerification *self,
                          ProbityDb           *db,
                          GError             **error)
{
  static const struct
  {
    const char *sql; /* NULL: the pages of the file */
    const char *code;
  } checks[] = {
    { NULL, "page-damaged" },
    { "PRAGMA integrity_check", "database-damaged" },
    { "PRAGMA foreign_key_check", "reference-broken" },
  };

  if (!look_at_words (db, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (GPtrArray) answers = checks[i].sql != NULL ? run_pragma (db, checks[i].sql, error) : probity_db_list_damaged_pages (db, error);

      if (answers == NULL)
        return FALSE;
      for (guint j = 0; j < answers->len; j++)
        probity_verification_add (self, "%s: %s", checks[i].code, (const char *) g_ptr_array_index (answers, j));
    }

  return TRUE;
}
