/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-audit-private.h"
#include "probity-sealed-private.h"
#include "probity-session-private.h"

#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

/*
 * How far each log goes, written down elsewhere: in the journal, for everybody, and in the memory of
 * this workstation, outside the casebook.
 */

/* What signing a head needs; the session itself would keep the casebook, which keeps this. */
typedef struct
{
  char           *casebook_uid;
  char           *memory; /* the name it is remembered by */
  char           *account_uid;
  char           *folder;
  ProbitySecrets *secrets;
  struct stat     keyring_status; /* when its head was last remembered */
} HeadWriter;

static void
free_head_writer (gpointer data)
{
  HeadWriter *self = data;

  g_free (self->casebook_uid);
  g_free (self->memory);
  g_free (self->account_uid);
  g_free (self->folder);
  probity_secrets_unref (self->secrets);
  g_free (self);
}

/* Whether @log holds the entry @hash as its number @seq: what goes further than that goes on from it. */
static gboolean
has_entry (ProbityDb *db,
           guint      log,
           gint64     seq,
           GBytes    *hash,
           gboolean  *ret_has,
           GError   **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GBytes) found = NULL;
  gboolean row;

  statement = probity_db_query (db, error, log < PROBITY_N_COMPARTMENTS ? "SELECT hash FROM audit_entry WHERE seq = $seq" : "SELECT hash FROM sealed_note WHERE seq = $seq", "$seq", 'i', seq, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  if (row)
    found = probity_statement_dup_bytes (statement, 0);
  *ret_has = found != NULL && g_bytes_equal (found, hash);

  return TRUE;
}

/*
 * A head that the log does not go on from is kept: the log was cut or replaced, and nothing may
 * overwrite what shows it.
 */
static gboolean
write_journal_head (HeadWriter   *self,
                    ProbityWrite *write,
                    ProbityDb    *db,
                    guint         log,
                    gint64        seq,
                    GBytes       *hash,
                    GError      **error)
{
  const char *name = probity_log_get_name (log);
  const char *now = probity_write_get_now (write);
  ProbityDb  *journal = probity_write_get_db (write, PROBITY_COMPARTMENT_JOURNAL, error);
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) signature = NULL;
  gboolean row;

  if (journal == NULL)
    return FALSE;

  {
    g_autoptr (ProbityStatement) statement = probity_db_query (journal, error, "SELECT seq, hash FROM head WHERE log = $log", "$log", 's', name, NULL);

    if (statement == NULL || !probity_statement_step (statement, &row, error))
      return FALSE;
    if (row)
      {
        g_autoptr (GBytes) old_hash = probity_statement_dup_bytes (statement, 1);
        gint64   old_seq = probity_statement_get_int64 (statement, 0);
        gboolean goes_on;

        if (old_seq >= seq)
          return TRUE;
        if (!has_entry (db, log, old_seq, old_hash, &goes_on, error))
          return FALSE;
        if (!goes_on)
          return TRUE;
      }
  }

  message = probity_audit_dup_signed_head (self->casebook_uid, name, seq, hash, now);
  signature = probity_secrets_sign (self->secrets, message);

  return probity_db_run (journal, error, "INSERT INTO head (log, seq, hash, at, account, signature)"
                                         " VALUES ($log, $seq, $hash, $at, $account, $signature)"
                                         " ON CONFLICT (log) DO UPDATE SET seq = excluded.seq, hash = excluded.hash,"
                                         "  at = excluded.at, account = excluded.account, signature = excluded.signature",
                         "$log",
                         's',
                         name,
                         "$seq",
                         'i',
                         seq,
                         "$hash",
                         'b',
                         hash,
                         "$at",
                         's',
                         now,
                         "$account",
                         's',
                         self->account_uid,
                         "$signature",
                         'b',
                         signature,
                         NULL);
}

static void
set_head (ProbityHead *head,
          gint64       seq,
          GBytes      *hash)
{
  head->seq = seq;
  sodium_bin2hex (head->hash, sizeof head->hash, g_bytes_get_data (hash, NULL), g_bytes_get_size (hash));
}

/* The same rule for the workstation: what it remembers is replaced only by what goes on from it. */
static gboolean
take_head (ProbityHead       *head,
           const ProbityHead *remembered,
           ProbityDb         *db,
           guint              log,
           gint64             seq,
           GBytes            *hash,
           GError           **error)
{
  gboolean goes_on = TRUE;

  if (remembered->seq > 0)
    {
      guint8 bytes[PROBITY_HASH_BYTES] = { 0 };
      g_autoptr (GBytes) remembered_hash = NULL;

      sodium_hex2bin (bytes, sizeof bytes, remembered->hash, strlen (remembered->hash), NULL, NULL, NULL);
      remembered_hash = g_bytes_new (bytes, sizeof bytes);
      if (!has_entry (db, log, remembered->seq, remembered_hash, &goes_on, error))
        return FALSE;
    }
  if (goes_on)
    set_head (head, seq, hash);

  return TRUE;
}

static void
take_keyring_head (HeadWriter        *self,
                   ProbityHead       *head,
                   const ProbityHead *remembered)
{
  g_autofree char *path = g_build_filename (self->folder, PROBITY_KEYRING_FILE, NULL);
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (GBytes) hash = NULL;
  struct stat status;

  /* Proving a long list takes a while; it seldom changes. */
  if (stat (path, &status) != 0 ||
      (status.st_size == self->keyring_status.st_size &&
       status.st_mtim.tv_sec == self->keyring_status.st_mtim.tv_sec &&
       status.st_mtim.tv_nsec == self->keyring_status.st_mtim.tv_nsec))
    return;

  keyring = probity_keyring_load (self->folder, NULL);
  if (keyring == NULL || (remembered->seq > 0 && !g_hash_table_contains (keyring->hashes, remembered->hash)))
    return;

  hash = g_bytes_new (keyring->head, sizeof keyring->head);
  set_head (head, keyring->n_statements, hash);
  self->keyring_status = status;
}

/* The same rule once more; what is remembered of a log that is not held now is kept. */
static gboolean
take_sealed_head (GArray     *heads,
                  ProbityKey *key,
                  ProbityDb  *db,
                  GError    **error)
{
  ProbitySealedHead *old = probity_sealed_memory_find (heads, key);
  ProbitySealedHead  head = { 0 };
  g_autoptr (GBytes) hash = NULL;
  gboolean goes_on = TRUE;

  if (!probity_audit_read_head (db, PROBITY_COMPARTMENT_JOURNAL, &head.seq, &hash, error))
    return FALSE;
  if (head.seq == 0 || g_bytes_get_size (hash) != sizeof head.hash || (old != NULL && old->seq >= head.seq))
    return TRUE;
  if (old != NULL)
    {
      g_autoptr (GBytes) old_hash = g_bytes_new (old->hash, sizeof old->hash);

      if (!has_entry (db, PROBITY_COMPARTMENT_JOURNAL, old->seq, old_hash, &goes_on, error))
        return FALSE;
      if (!goes_on)
        return TRUE;
    }
  memcpy (head.hash, g_bytes_get_data (hash, NULL), sizeof head.hash);
  if (old != NULL)
    {
      memcpy (head.id, old->id, sizeof head.id);
      *old = head;
      return TRUE;
    }
  probity_sealed_get_id (key, head.id);
  g_array_prepend_val (heads, head);

  return TRUE;
}

static gboolean
remember_sealed (HeadWriter   *self,
                 ProbityWrite *write,
                 GError      **error)
{
  ProbityCasebook *casebook = probity_write_get_casebook (write);
  g_autoptr (GArray) heads = probity_sealed_memory_load (self->memory, self->account_uid, self->secrets);

  for (guint i = 0; i < probity_casebook_get_n_sealed (casebook); i++)
    {
      const ProbityCompartment compartment = (ProbityCompartment) (PROBITY_COMPARTMENT_SEALED + i);
      ProbityDb               *db = probity_write_get_open_db (write, compartment, error);

      if (db == NULL || !take_sealed_head (heads, probity_casebook_peek_key (casebook, compartment), db, error))
        return FALSE;
    }
  probity_sealed_memory_save (self->memory, self->account_uid, self->secrets, heads);

  return TRUE;
}

static gboolean
write_heads_func (ProbityWrite *write,
                  gpointer      data,
                  GError      **error)
{
  HeadWriter      *self = data;
  ProbityCasebook *casebook = probity_write_get_casebook (write);
  ProbityHead      remembered[PROBITY_N_LOGS];
  ProbityHead      heads[PROBITY_N_LOGS] = { 0 };

  probity_workstation_load_heads (self->memory, remembered);

  for (guint log = 0; log <= PROBITY_N_COMPARTMENTS; log++)
    {
      ProbityCompartment compartment = log < PROBITY_N_COMPARTMENTS ? log : PROBITY_COMPARTMENT_JOURNAL;
      g_autoptr (GBytes) hash = NULL;
      ProbityDb *db;
      gint64     seq;

      if (!probity_casebook_has (casebook, compartment))
        continue;

      db = probity_write_get_db (write, compartment, error);
      if (db == NULL || !probity_audit_read_head (db, log, &seq, &hash, error))
        return FALSE;
      if (seq == 0 || g_bytes_get_size (hash) != PROBITY_HASH_BYTES)
        continue;

      if (!write_journal_head (self, write, db, log, seq, hash, error) ||
          !take_head (&heads[log], &remembered[log], db, log, seq, hash, error))
        return FALSE;
    }
  take_keyring_head (self, &heads[PROBITY_LOG_KEYRING], &remembered[PROBITY_LOG_KEYRING]);

  /* All of them were committed before this command began. A workstation without memory still works. */
  probity_workstation_save_heads (self->memory, self->folder, heads);

  return remember_sealed (self, write, error);
}

void
probity_audit_install_heads (ProbitySession *session)
{
  HeadWriter *self = g_new0 (HeadWriter, 1);

  self->casebook_uid = g_strdup (probity_session_get_casebook_uid (session));
  self->memory = g_strdup (probity_session_peek_memory (session));
  self->account_uid = g_strdup (probity_session_get_account_uid (session));
  self->folder = g_strdup (probity_session_peek_folder (session));
  self->secrets = probity_secrets_ref (probity_session_peek_secrets (session));
  probity_casebook_set_head_func (probity_session_get_casebook (session), write_heads_func, self, free_head_writer);
}
