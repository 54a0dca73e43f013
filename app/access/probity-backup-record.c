/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-backup-proof-private.h"

#include <sodium.h>
#include <string.h>

#include "probity-verify-private.h"

/* Which backups were made, tried and restored, in the journal: tables backup, rehearsal and restore. */

typedef struct
{
  ProbitySession         *session;
  ProbityBackupRecordKind kind;
  ProbityBackupReport    *report;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_object_unref (request->session);
  probity_backup_report_free (request->report);
  g_free (request);
}

static const char *
kind_to_string (ProbityBackupRecordKind kind)
{
  switch (kind)
    {
    case PROBITY_BACKUP_RECORD_BACKUP:
      return "backup";
    case PROBITY_BACKUP_RECORD_REHEARSAL:
      return "rehearsal";
    case PROBITY_BACKUP_RECORD_RESTORE:
      return "restore";
    default:
      g_assert_not_reached ();
    }
}

/* Everybody reads the journal: that this account holds a sealed compartment is none of their business. */
static char *
dup_proved (ProbityBackupReport *report)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; report->proved[i] != NULL; i++)
    if (!probity_sealed_name_is_valid (report->proved[i]))
      g_strv_builder_add (builder, report->proved[i]);
  names = g_strv_builder_end (builder);

  return g_strjoinv (",", names);
}

static gboolean
insert_backup (Request      *request,
               ProbityWrite *write,
               ProbityDb    *journal,
               const char   *uid,
               GError      **error)
{
  ProbityBackupInfo *info = request->report->info;
  g_autofree char   *proved = dup_proved (request->report);

  return probity_db_run (journal, error, "INSERT INTO backup (uid, at, account, digest, created, destination, bytes, files, proved, problems)"
                                         " VALUES ($uid, $at, $account, $digest, $created, $destination, $bytes, $files, $proved, $problems)",
                         "$uid",
                         's',
                         uid,
                         "$at",
                         's',
                         probity_write_get_now (write),
                         "$account",
                         's',
                         probity_session_get_account_uid (request->session),
                         "$digest",
                         's',
                         info->digest,
                         "$created",
                         's',
                         info->created,
                         "$destination",
                         's',
                         info->path,
                         "$bytes",
                         'i',
                         (gint64) info->length,
                         "$files",
                         'i',
                         (gint64) info->n_files,
                         "$proved",
                         's',
                         proved,
                         "$problems",
                         'i',
                         (gint64) g_strv_length (request->report->problems),
                         NULL);
}

static gboolean
insert_rehearsal (Request      *request,
                  ProbityWrite *write,
                  ProbityDb    *journal,
                  const char   *uid,
                  GError      **error)
{
  g_autofree char *proved = dup_proved (request->report);

  return probity_db_run (journal, error, "INSERT INTO rehearsal (uid, at, account, digest, created, proved, problems)"
                                         " VALUES ($uid, $at, $account, $digest, $created, $proved, $problems)",
                         "$uid",
                         's',
                         uid,
                         "$at",
                         's',
                         probity_write_get_now (write),
                         "$account",
                         's',
                         probity_session_get_account_uid (request->session),
                         "$digest",
                         's',
                         request->report->info->digest,
                         "$created",
                         's',
                         request->report->info->created,
                         "$proved",
                         's',
                         proved,
                         "$problems",
                         'i',
                         (gint64) g_strv_length (request->report->problems),
                         NULL);
}

static void
add_point (GString *points,
           guint    log,
           gint64   seq,
           GBytes  *hash)
{
  char hex[PROBITY_HASH_BYTES * 2 + 1] = "-";

  if (hash != NULL && g_bytes_get_size (hash) == PROBITY_HASH_BYTES)
    sodium_bin2hex (hex, sizeof hex, g_bytes_get_data (hash, NULL), PROBITY_HASH_BYTES);
  g_string_append_printf (points, "%s %" G_GINT64_FORMAT " %s\n", probity_log_get_name (log), seq, hex);
}

/* Where the logs end; of those that this account does not open, as far as the journal knows. */
static char *
read_points (Request      *request,
             ProbityWrite *write,
             ProbityDb    *journal,
             GError      **error)
{
  g_autoptr (GString) points = g_string_new (NULL);
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (request->session);
  g_autoptr (GBytes) head = g_bytes_new (keyring->head, sizeof keyring->head);

  for (guint log = 0; log <= PROBITY_N_COMPARTMENTS; log++)
    {
      ProbityCompartment compartment = log < PROBITY_N_COMPARTMENTS ? log : PROBITY_COMPARTMENT_JOURNAL;
      g_autoptr (GBytes) hash = NULL;
      gint64 seq = 0;

      if (probity_casebook_has (probity_write_get_casebook (write), compartment))
        {
          ProbityDb *db = probity_write_get_db (write, compartment, error);

          if (db == NULL || !probity_audit_read_head (db, log, &seq, &hash, error))
            return NULL;
        }
      else
        {
          g_autoptr (ProbityStatement) row = probity_db_query (journal, error, "SELECT seq, hash FROM head WHERE log = $log", "$log", 's', probity_log_get_name (log), NULL);
          gboolean found;

          if (row == NULL || !probity_statement_step (row, &found, error))
            return NULL;
          if (found)
            {
              seq = probity_statement_get_int64 (row, 0);
              hash = probity_statement_dup_bytes (row, 1);
            }
        }
      add_point (points, log, seq, hash);
    }
  add_point (points, PROBITY_LOG_KEYRING, keyring->n_statements, head);

  return g_string_free_and_steal (g_steal_pointer (&points));
}

static gboolean
insert_restore (Request      *request,
                ProbityWrite *write,
                ProbityDb    *journal,
                const char   *uid,
                GError      **error)
{
  ProbitySession    *session = request->session;
  ProbityBackupInfo *info = request->report->info;
  const char        *now = probity_write_get_now (write);
  const char        *account_uid = probity_session_get_account_uid (session);
  g_autofree char   *points = read_points (request, write, journal, error);
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) signature = NULL;

  if (points == NULL)
    return FALSE;
  message = probity_backup_dup_signed_restore (probity_session_get_casebook_uid (session), uid, now, account_uid, info->digest, info->created, points);
  signature = probity_session_sign (session, message);

  return probity_db_run (journal, error, "INSERT INTO restore (uid, at, account, digest, created, points, signature)"
                                         " VALUES ($uid, $at, $account, $digest, $created, $points, $signature)",
                         "$uid",
                         's',
                         uid,
                         "$at",
                         's',
                         now,
                         "$account",
                         's',
                         account_uid,
                         "$digest",
                         's',
                         info->digest,
                         "$created",
                         's',
                         info->created,
                         "$points",
                         's',
                         points,
                         "$signature",
                         'b',
                         signature,
                         NULL);
}

static gboolean
record_func (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  Request         *request = data;
  ProbityDb       *journal = probity_write_get_db (write, PROBITY_COMPARTMENT_JOURNAL, error);
  g_autofree char *uid = probity_write_new_uid (write);
  const char      *kind = kind_to_string (request->kind);
  gboolean         ok = FALSE;

  if (journal == NULL)
    return FALSE;

  switch (request->kind)
    {
    case PROBITY_BACKUP_RECORD_BACKUP:
      ok = insert_backup (request, write, journal, uid, error);
      break;
    case PROBITY_BACKUP_RECORD_REHEARSAL:
      ok = insert_rehearsal (request, write, journal, uid, error);
      break;
    case PROBITY_BACKUP_RECORD_RESTORE:
      ok = insert_restore (request, write, journal, uid, error);
      break;
    }
  if (!ok || !probity_audit_add (write, request->session, PROBITY_COMPARTMENT_JOURNAL, PROBITY_VERB_COLLECTION, kind, uid, "backup", NULL, request->report->info->digest, error))
    return FALSE;

  probity_write_note_change (write, PROBITY_COMPARTMENT_JOURNAL, kind, 0, uid);
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

DexFuture *
probity_backup_record (ProbitySession         *session,
                       ProbityBackupRecordKind kind,
                       ProbityBackupReport    *report)
{
  Request *request = g_new0 (Request, 1);

  request->session = g_object_ref (session);
  request->kind = kind;
  request->report = probity_backup_report_copy (report);

  return probity_casebook_write (probity_session_get_casebook (session), record_func, request, free_request);
}

/* --- Reading --- */

static void
free_record (gpointer data)
{
  ProbityBackupRecord *record = data;

  g_free (record->uid);
  g_free (record->at);
  g_free (record->account);
  g_free (record->digest);
  g_free (record->created);
  g_free (record->destination);
  g_free (record->proved);
  g_free (record);
}

static gboolean
load_func (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbitySession *session = data;
  ProbityDb      *journal = probity_read_get_db (read, PROBITY_COMPARTMENT_JOURNAL, error);
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (free_record);
  g_autoptr (ProbityStatement) row = NULL;

  if (journal == NULL)
    return FALSE;
  row = probity_db_query (journal, error, "SELECT * FROM (SELECT $backup, uid, at, account, digest, created, destination, bytes, proved, problems FROM backup ORDER BY id DESC LIMIT 100)"
                                          " UNION ALL SELECT * FROM (SELECT $rehearsal, uid, at, account, digest, created, NULL, 0, proved, problems FROM rehearsal ORDER BY id DESC LIMIT 100)"
                                          " UNION ALL SELECT * FROM (SELECT $restore, uid, at, account, digest, created, NULL, 0, '', 0 FROM restore ORDER BY id DESC LIMIT 100)"
                                          " ORDER BY at DESC",
                          "$backup",
                          'i',
                          (gint64) PROBITY_BACKUP_RECORD_BACKUP,
                          "$rehearsal",
                          'i',
                          (gint64) PROBITY_BACKUP_RECORD_REHEARSAL,
                          "$restore",
                          'i',
                          (gint64) PROBITY_BACKUP_RECORD_RESTORE,
                          NULL);
  if (row == NULL)
    return FALSE;

  while (TRUE)
    {
      ProbityBackupRecord  *record;
      const ProbityAccount *account;
      gboolean              more;

      if (!probity_statement_step (row, &more, error))
        return FALSE;
      if (!more)
        break;

      record = g_new0 (ProbityBackupRecord, 1);
      record->kind = (ProbityBackupRecordKind) probity_statement_get_int64 (row, 0);
      record->uid = probity_statement_dup_text (row, 1);
      record->at = probity_statement_dup_text (row, 2);
      account = probity_keyring_find (keyring, probity_statement_get_text (row, 3));
      record->account = account != NULL ? g_strdup (account->name) : probity_statement_dup_text (row, 3);
      record->digest = probity_statement_dup_text (row, 4);
      record->created = probity_statement_dup_text (row, 5);
      record->destination = probity_statement_dup_text (row, 6);
      record->bytes = probity_statement_get_int64 (row, 7);
      record->proved = probity_statement_dup_text (row, 8);
      record->problems = probity_statement_get_int64 (row, 9);
      g_ptr_array_add (records, record);
    }

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&records));

  return TRUE;
}

DexFuture *
probity_session_load_backups (ProbitySession *self)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (self));

  return probity_casebook_read (probity_session_get_casebook (self), load_func, g_object_ref (self), g_object_unref, NULL);
}
