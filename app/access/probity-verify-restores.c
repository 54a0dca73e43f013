/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-backup-proof-private.h"
#include "probity-verify-private.h"

#include <sodium.h>
#include <string.h>

#include "probity-access.h"
#include "probity-sealed-private.h"
#include "probity-session-private.h"

/*
 * An older file that somebody put back, and a backup that an account restored, look alike to whoever
 * remembers more. The second says so: it leaves a signed row in the journal, an entry in its log, and from
 * then on each workstation remembers the restored casebook apart from the one before. So what was known
 * before a restore and lies behind the backup's end is explained by it. What was known after it is not,
 * and neither is anything by a row that nobody who may restore has signed.
 */

#define MAX_RESTORES 1000

/* Lines `LOG SEQ HASH`. */
static gboolean
read_points (ProbityKnownRestore *restore,
             const char          *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", PROBITY_N_LOGS + 1);

  for (guint log = 0; log < PROBITY_N_LOGS; log++)
    restore->points[log] = -1;

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);
      gboolean known = FALSE;

      if (g_strv_length (words) != 3)
        return FALSE;
      for (guint log = 0; log < PROBITY_N_LOGS; log++)
        if (g_str_equal (words[0], probity_log_get_name (log)))
          known = g_ascii_string_to_signed (words[1], 10, 0, G_MAXINT64, &restore->points[log], NULL);
      if (!known)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_logged (ProbityDb  *journal,
           const char *uid,
           gboolean   *ret_logged,
           GError    **error)
{
  g_autoptr (ProbityStatement) row = probity_db_query (journal, error, "SELECT 1 FROM audit_entry WHERE kind = 'restore' AND record = $uid", "$uid", 's', uid, NULL);

  return row != NULL && probity_statement_step (row, ret_logged, error);
}

static gboolean
judge_restore (ProbityVerification *self,
               ProbityDb           *journal,
               ProbityStatement    *row,
               GError             **error)
{
  const char *casebook_uid = probity_session_get_casebook_uid (self->session);
  const char *uid = probity_verification_get_text (row, 0);
  const char *at = probity_verification_get_text (row, 1);
  const char *account_uid = probity_verification_get_text (row, 2);
  const char *digest = probity_verification_get_text (row, 3);
  const char *created = probity_verification_get_text (row, 4);
  const char *points = probity_verification_get_text (row, 5);
  g_autoptr (GBytes) signature = probity_verification_dup_bytes (row, 6);
  g_autoptr (GBytes) message = probity_backup_dup_signed_restore (casebook_uid, uid, at, account_uid, digest, created, points);
  const ProbityAccount *account = probity_keyring_find (self->keyring, account_uid);
  ProbityKnownRestore  *restore;
  gboolean              logged;

  if (!is_logged (journal, uid, &logged, error))
    return FALSE;

  if (account == NULL || !probity_keyring_verify_at (self->keyring, account_uid, at, message, signature) ||
      !probity_access_roles_may (probity_keyring_get_roles_at (self->keyring, account_uid, at), PROBITY_OPERATION_RESTORE))
    {
      probity_verification_add (self, "restore-invalid: the restore %s is not signed by an account that could restore on %s", uid, at);
      return TRUE;
    }
  if (!logged)
    {
      probity_verification_add (self, "restore-unlogged: the journal’s log does not tell of the restore %s", uid);
      return TRUE;
    }

  restore = g_new0 (ProbityKnownRestore, 1);
  restore->uid = g_strdup (uid);
  restore->account = g_strdup (account->name);
  restore->at = g_strdup (at);
  restore->created = g_strdup (created);
  g_ptr_array_add (self->restores, restore);
  if (!read_points (restore, points))
    probity_verification_add (self, "restore-invalid: what the restore %s says of the logs cannot be read", uid);

  return TRUE;
}

gboolean
probity_verify_restores (ProbityVerification *self,
                         ProbityDb           *journal,
                         GError             **error)
{
  g_autoptr (ProbityStatement) row = probity_db_query (journal, error, "SELECT uid, at, account, digest, created, points, signature FROM restore ORDER BY id", NULL);
  gboolean more;

  if (row == NULL)
    return FALSE;

  for (guint i = 0; i < MAX_RESTORES; i++)
    {
      if (!probity_statement_step (row, &more, error))
        return FALSE;
      if (!more)
        break;
      if (!judge_restore (self, journal, row, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
probity_verify_is_excused (ProbityVerification *self,
                           guint                first,
                           guint                log,
                           gint64               seq)
{
  for (guint i = first; i < self->restores->len; i++)
    {
      ProbityKnownRestore *restore = g_ptr_array_index (self->restores, i);

      if (seq > restore->points[log])
        return TRUE;
    }

  return FALSE;
}

static void
add_heads (ProbityVerification *self,
           const char          *restore_uid,
           guint                first)
{
  g_autofree char *name = probity_workstation_dup_name (probity_session_get_casebook_uid (self->session), restore_uid);
  ProbityHead      heads[PROBITY_N_LOGS];

  probity_workstation_load_heads (name, heads);
  for (guint log = 0; log < PROBITY_N_LOGS; log++)
    if (heads[log].seq > 0)
      probity_verification_add_head (self, "this workstation", log, heads[log].seq, heads[log].hash, first);
}

/* A backup does not say how far the logs of sealed compartments went: after a restore they are remembered anew. */
static void
add_sealed_heads (ProbityVerification *self)
{
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);
  g_autoptr (GArray) heads = probity_sealed_memory_load (probity_session_peek_memory (self->session), probity_session_get_account_uid (self->session), probity_session_peek_secrets (self->session));

  for (guint i = 0; i < probity_casebook_get_n_sealed (casebook); i++)
    {
      const ProbityCompartment compartment = (ProbityCompartment) (PROBITY_COMPARTMENT_SEALED + i);
      const ProbitySealedHead *head = probity_sealed_memory_find (heads, probity_casebook_peek_key (casebook, compartment));
      char                     hex[PROBITY_HASH_BYTES * 2 + 1];

      if (head == NULL)
        continue;
      sodium_bin2hex (hex, sizeof hex, head->hash, sizeof head->hash);
      probity_verification_add_head (self, "this workstation", PROBITY_LOG_SEALED (compartment), head->seq, hex, G_MAXUINT);
    }
}

/* This folder held a casebook that had been restored; what is in it now has not, or only earlier than that. */
static void
judge_folder (ProbityVerification *self)
{
  g_auto (GStrv) known = probity_workstation_find_restores (probity_session_get_casebook_uid (self->session), probity_session_peek_folder (self->session));

  for (guint i = 0; known[i] != NULL; i++)
    {
      gboolean found = FALSE;

      /* Uids are in the order of their times: a later restore takes the place of an earlier one. */
      for (guint j = 0; !found && j < self->restores->len; j++)
        found = strcmp (((ProbityKnownRestore *) g_ptr_array_index (self->restores, j))->uid, known[i]) >= 0;
      if (!found)
        probity_verification_add (self, "restore-undone: this workstation knows the restored casebook %s in this folder: another file was put back", known[i]);
    }
}

void
probity_verify_add_memory (ProbityVerification *self)
{
  add_heads (self, NULL, 0);
  for (guint i = 0; i < self->restores->len; i++)
    add_heads (self, ((ProbityKnownRestore *) g_ptr_array_index (self->restores, i))->uid, i + 1);
  add_sealed_heads (self);
  judge_folder (self);
}
