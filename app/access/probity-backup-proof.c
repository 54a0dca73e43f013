/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-backup-proof-private.h"

#include <string.h>

#include "probity-verify-private.h"

/* What is sealed is filled up to a multiple of this: its length tells nothing of how much there is. */
#define PADDING 8192

static void
free_report (gpointer data)
{
  probity_backup_report_free (data);
}

G_DEFINE_BOXED_TYPE (ProbityBackupReport, probity_backup_report, probity_backup_report_copy, free_report)

ProbityBackupReport *
probity_backup_report_new (ProbityBackupInfo *info)
{
  ProbityBackupReport *self = g_new0 (ProbityBackupReport, 1);

  self->info = info;
  self->proved = g_new0 (char *, 1);
  self->unproved = g_new0 (char *, 1);
  self->problems = g_new0 (char *, 1);
  self->removed = g_new0 (char *, 1);

  return self;
}

ProbityBackupReport *
probity_backup_report_copy (const ProbityBackupReport *self)
{
  ProbityBackupReport *copy = g_new0 (ProbityBackupReport, 1);

  copy->info = probity_backup_info_copy (self->info);
  copy->proved = g_strdupv (self->proved);
  copy->unproved = g_strdupv (self->unproved);
  copy->problems = g_strdupv (self->problems);
  copy->removed = g_strdupv (self->removed);
  copy->locked_us = self->locked_us;
  copy->copy_us = self->copy_us;
  copy->proof_us = self->proof_us;

  return copy;
}

void
probity_backup_report_free (ProbityBackupReport *self)
{
  g_clear_pointer (&self->info, probity_backup_info_free);
  g_strfreev (self->proved);
  g_strfreev (self->unproved);
  g_strfreev (self->problems);
  g_strfreev (self->removed);
  g_free (self);
}

static void
append (GStrv      *texts,
        const char *text)
{
  guint length = g_strv_length (*texts);

  *texts = g_renew (char *, *texts, length + 2);
  (*texts)[length] = g_strdup (text);
  (*texts)[length + 1] = NULL;
}

void
probity_backup_report_add (ProbityBackupReport *self,
                           const char          *problem)
{
  if (!g_strv_contains ((const char *const *) self->problems, problem))
    append (&self->problems, problem);
}

/* --- Signatures --- */

GBytes *
probity_backup_dup_signed (ProbityBackupManifest *manifest,
                           const guint8           digest[PROBITY_BACKUP_HASH_BYTES])
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/backup/1");
  g_autofree char *hex = probity_backup_hex (digest);

  probity_canonical_add_text (canonical, "casebook", manifest->casebook_uid);
  probity_canonical_add_text (canonical, "account", manifest->account_uid);
  probity_canonical_add_text (canonical, "created", manifest->created);
  probity_canonical_add_text (canonical, "manifest", hex);

  return probity_canonical_dup_bytes (canonical);
}

GBytes *
probity_backup_dup_signed_restore (const char *casebook_uid,
                                   const char *uid,
                                   const char *at,
                                   const char *account_uid,
                                   const char *digest,
                                   const char *created,
                                   const char *points)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/restore/1");

  probity_canonical_add_text (canonical, "casebook", casebook_uid);
  probity_canonical_add_text (canonical, "uid", uid);
  probity_canonical_add_text (canonical, "at", at);
  probity_canonical_add_text (canonical, "account", account_uid);
  probity_canonical_add_text (canonical, "backup", digest);
  probity_canonical_add_text (canonical, "created", created);
  probity_canonical_add_text (canonical, "points", points);

  return probity_canonical_dup_bytes (canonical);
}

gboolean
probity_backup_check_signature (ProbitySession            *copy,
                                ProbityBackupManifest     *manifest,
                                const ProbityBackupHeader *header,
                                GError                   **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (copy);
  g_autoptr (GBytes) message = probity_backup_dup_signed (manifest, header->digest);
  g_autoptr (GBytes) signature = g_bytes_new (header->signature, sizeof header->signature);

  if (g_str_equal (manifest->casebook_uid, probity_session_get_casebook_uid (copy)) &&
      probity_keyring_verify_at (keyring, manifest->account_uid, manifest->created, message, signature) &&
      probity_keyring_get_roles_at (keyring, manifest->account_uid, manifest->created) != PROBITY_ROLE_NONE)
    return TRUE;

  g_set_error (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_FOREIGN, "The backup is not signed by %s, whom it names", manifest->account_name);

  return FALSE;
}

/* --- Opening a copy --- */

static ProbitySession *
open_opening (ProbityOpening *opening,
              GError        **error)
{
  return probity_opening_open (opening, error) ? probity_session_new_from_opening (opening) : NULL;
}

static gboolean
find_sealed_func (gpointer data,
                  GError **error)
{
  return probity_opening_find_sealed (data, error);
}

/* No sign-in is logged in a copy, and no workstation remembers it: it is gone in a moment. */
ProbitySession *
probity_backup_open_copy (ProbitySession *self,
                          const char     *folder,
                          GError        **error)
{
  g_autoptr (ProbityOpening) opening = probity_opening_new (folder, probity_session_get_account_name (self), NULL, probity_casebook_get_clock (probity_session_get_casebook (self)));

  opening->keyring = probity_keyring_load (folder, error);
  if (opening->keyring == NULL)
    return NULL;
  if (!g_str_equal (opening->keyring->casebook_uid, probity_session_get_casebook_uid (self)) ||
      probity_keyring_find (opening->keyring, probity_session_get_account_uid (self)) == NULL)
    {
      g_set_error_literal (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_FOREIGN, "The backup is of another casebook, or from before this account was made");
      return NULL;
    }

  opening->account_uid = g_strdup (probity_session_get_account_uid (self));
  opening->secrets = probity_secrets_ref (probity_session_peek_secrets (self));
  opening->cost = *probity_session_peek_cost (self);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    if (probity_session_peek_key (self, (ProbityCompartment) i) != NULL)
      opening->keys[i] = probity_key_ref (probity_session_peek_key (self, (ProbityCompartment) i));

  return dex_await (probity_run_blocking (find_sealed_func, probity_opening_ref (opening), (GDestroyNotify) probity_opening_unref), error) ? open_opening (opening, error) : NULL;
}

static gboolean
unlock_func (gpointer data,
             GError **error)
{
  return probity_opening_unlock (data, PROBITY_SLOT_PASSPHRASE, error);
}

ProbitySession *
probity_backup_sign_in (const char   *folder,
                        const char   *account,
                        const char   *passphrase,
                        ProbityClock *clock,
                        GError      **error)
{
  g_autoptr (ProbityOpening) opening = probity_opening_new (folder, account, passphrase, clock);

  if (!dex_await (probity_run_blocking (unlock_func, probity_opening_ref (opening), (GDestroyNotify) probity_opening_unref), error))
    return NULL;

  return open_opening (opening, error);
}

void
probity_backup_close_copy (ProbitySession *copy)
{
  dex_await (probity_casebook_close (probity_session_get_casebook (copy)), NULL);
  probity_session_wipe (copy);
  g_object_unref (copy);
}

/* --- Proving a copy --- */

static gboolean
is_damage (const char *problem)
{
  return g_str_has_prefix (problem, "page-damaged:") || g_str_has_prefix (problem, "database-damaged:");
}

gboolean
probity_backup_prove_copy (ProbitySession      *copy,
                           gboolean             whole,
                           ProbityBackupReport *report,
                           GError             **error)
{
  g_autoptr (ProbityVerifyReport) found = dex_await_boxed (probity_audit_verify_copy (copy, whole), error);

  if (found == NULL)
    return FALSE;

  g_clear_pointer (&report->proved, g_strfreev);
  g_clear_pointer (&report->unproved, g_strfreev);
  report->proved = g_new0 (char *, 1);
  report->unproved = g_new0 (char *, 1);

  for (guint i = 0; i < found->compartments->len; i++)
    {
      ProbityVerifyCompartment *compartment = g_ptr_array_index (found->compartments, i);

      append (compartment->held ? &report->proved : &report->unproved, compartment->name);
      for (guint j = 0; compartment->problems[j] != NULL; j++)
        {
          g_autofree char *problem = g_strdup_printf ("%s (%s)", compartment->problems[j], compartment->name);

          if (is_damage (problem))
            {
              g_set_error (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_DAMAGED, "What was copied of “%s” is not whole: %s", compartment->name, compartment->problems[j]);
              return FALSE;
            }
          probity_backup_report_add (report, problem);
        }
    }
  for (guint i = 0; found->problems[i] != NULL; i++)
    probity_backup_report_add (report, found->problems[i]);

  return TRUE;
}

/* --- What is in it --- */

static gboolean
count_rows (ProbityDb  *db,
            const char *table,
            gint64     *ret_count,
            GError    **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM \"%s\"", table);
  g_autoptr (ProbityStatement) row = probity_db_query (db, error, sql, NULL);
  gboolean more;

  if (row == NULL || !probity_statement_step (row, &more, error))
    return FALSE;
  *ret_count = probity_statement_get_int64 (row, 0);

  return TRUE;
}

static GStrv
list_tables (ProbityDb *db,
             GError   **error)
{
  /* What is searched in words is made again from the rows. */
  g_autoptr (ProbityStatement) row = probity_db_query (db, error, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND sql NOT LIKE 'CREATE VIRTUAL%' AND instr (name, '\"') = 0 ORDER BY name", NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  gboolean more;

  if (row == NULL)
    return NULL;
  while (TRUE)
    {
      if (!probity_statement_step (row, &more, error))
        return NULL;
      if (!more)
        return g_strv_builder_end (names);
      g_strv_builder_add (names, probity_statement_get_text (row, 0));
    }
}

static gboolean
read_schema (ProbityDb *db,
             gint64    *ret_schema,
             GError   **error)
{
  g_autoptr (ProbityStatement) row = probity_db_query (db, error, "PRAGMA user_version", NULL);
  gboolean more;

  if (row == NULL || !probity_statement_step (row, &more, error))
    return FALSE;
  *ret_schema = probity_statement_get_int64 (row, 0);

  return TRUE;
}

/* `{"schema", "entries", "head", "tables": {name: rows}}`, with spaces behind. */
static char *
describe (ProbityDb         *db,
          ProbityCompartment compartment,
          GError           **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_auto (GStrv) tables = list_tables (db, error);
  g_autoptr (GBytes) hash = NULL;
  g_autofree char *text = NULL;
  JsonObject      *counts = json_object_new ();
  gint64           schema, seq;
  GString         *padded;

  json_object_set_object_member (object, "tables", counts);
  if (tables == NULL || !read_schema (db, &schema, error) || !probity_audit_read_head (db, compartment, &seq, &hash, error))
    return NULL;

  json_object_set_int_member (object, "schema", schema);
  json_object_set_int_member (object, "entries", seq);
  if (hash != NULL && g_bytes_get_size (hash) == PROBITY_BACKUP_HASH_BYTES)
    {
      g_autofree char *hex = probity_backup_hex (g_bytes_get_data (hash, NULL));

      json_object_set_string_member (object, "head", hex);
    }
  for (guint i = 0; tables[i] != NULL; i++)
    {
      gint64 count;

      if (!count_rows (db, tables[i], &count, error))
        return NULL;
      json_object_set_int_member (counts, tables[i], count);
    }

  text = probity_access_json_dup_text (object);
  padded = g_string_new (text);
  while (padded->len % PADDING != 0)
    g_string_append_c (padded, ' ');

  return g_string_free_and_steal (padded);
}

/* By compartment; NULL where it is not held. */
static gboolean
describe_func (ProbityRead *read,
               gpointer     data,
               GValue      *result,
               GError     **error)
{
  ProbityCasebook *casebook = data;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_full (PROBITY_N_COMPARTMENTS, g_free);

  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      ProbityDb *db;
      char      *text = NULL;

      if (probity_casebook_has (casebook, (ProbityCompartment) i))
        {
          db = probity_read_get_db (read, (ProbityCompartment) i, error);
          text = db != NULL ? describe (db, (ProbityCompartment) i, error) : NULL;
          if (text == NULL)
            return FALSE;
        }
      g_ptr_array_add (texts, text);
    }

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&texts));

  return TRUE;
}

static GPtrArray *
describe_all (ProbitySession *copy,
              GError        **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (copy);

  return dex_await_boxed (probity_casebook_read (casebook, describe_func, g_object_ref (casebook), g_object_unref, NULL), error);
}

gboolean
probity_backup_seal_contents (ProbitySession        *copy,
                              ProbityBackupManifest *manifest,
                              GError               **error)
{
  g_autoptr (GPtrArray) texts = describe_all (copy, error);

  if (texts == NULL)
    return FALSE;

  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) box = NULL;

      if (text == NULL)
        continue;
      bytes = g_bytes_new (text, strlen (text));
      box = probity_session_seal_to_compartment (copy, (ProbityCompartment) i, bytes);
      manifest->sealed[i] = g_base64_encode (g_bytes_get_data (box, NULL), g_bytes_get_size (box));
    }

  return TRUE;
}

static JsonObject *
open_contents (ProbitySession        *copy,
               ProbityBackupManifest *manifest,
               ProbityCompartment     compartment)
{
  gsize   length;
  guchar *data = g_base64_decode (manifest->sealed[compartment], &length);
  g_autoptr (GBytes) box = g_bytes_new_take (data, length);
  g_autoptr (GBytes) message = probity_session_open_compartment_note (copy, compartment, box, NULL);

  return message != NULL ? probity_access_json_parse (g_bytes_get_data (message, NULL), g_bytes_get_size (message)) : NULL;
}

/* Rows of tables are compared where no migration has touched them since. */
static void
compare (JsonObject          *said,
         JsonObject          *found,
         const char          *name,
         ProbityBackupReport *report)
{
  JsonObject *said_tables = probity_access_json_get_object (said, "tables");
  JsonObject *found_tables = probity_access_json_get_object (found, "tables");
  gint64      said_schema = 0, schema = 0;
  g_autoptr (GList) members = NULL;

  if (g_strcmp0 (probity_access_json_get_text (said, "head"), probity_access_json_get_text (found, "head")) != 0)
    {
      g_autofree char *problem = g_strdup_printf ("backup-contents: the log of %s does not end where the backup says", name);

      probity_backup_report_add (report, problem);
    }

  probity_access_json_get_integer (said, "schema", 1, G_MAXINT, &said_schema);
  probity_access_json_get_integer (found, "schema", 1, G_MAXINT, &schema);
  if (said_schema != schema || said_tables == NULL)
    return;

  members = json_object_get_members (said_tables);
  for (GList *l = members; l != NULL; l = l->next)
    {
      gint64 said_count = -1, count = -1;

      probity_access_json_get_integer (said_tables, l->data, 0, G_MAXINT64, &said_count);
      if (json_object_has_member (found_tables, l->data))
        probity_access_json_get_integer (found_tables, l->data, 0, G_MAXINT64, &count);
      if (count != said_count)
        {
          g_autofree char *problem = g_strdup_printf ("backup-contents: %s of %s has %" G_GINT64_FORMAT " rows, and the backup says %" G_GINT64_FORMAT, (const char *) l->data, name, count, said_count);

          probity_backup_report_add (report, problem);
        }
    }
}

gboolean
probity_backup_compare_contents (ProbitySession        *copy,
                                 ProbityBackupManifest *manifest,
                                 ProbityBackupReport   *report,
                                 GError               **error)
{
  g_autoptr (GPtrArray) texts = describe_all (copy, error);

  if (texts == NULL)
    return FALSE;

  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      const char *name = probity_compartment_to_string ((ProbityCompartment) i);
      const char *text = g_ptr_array_index (texts, i);
      g_autoptr (JsonObject) said = NULL;
      g_autoptr (JsonObject) found = NULL;

      if (text == NULL || manifest->sealed[i] == NULL)
        continue;
      said = open_contents (copy, manifest, (ProbityCompartment) i);
      found = probity_access_json_parse (text, strlen (text));
      if (said == NULL)
        {
          g_autofree char *problem = g_strdup_printf ("backup-contents: what the backup says of %s does not open", name);

          probity_backup_report_add (report, problem);
          continue;
        }
      compare (said, found, name, report);
    }

  return TRUE;
}
