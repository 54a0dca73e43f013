/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-audit-private.h"
#include "probity-secrets-private.h"
#include "probity-session-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "probity-profile.h"

/*
 * The making of a casebook: folder, databases, what each of them is, the creator's slots, and the
 * keyring last. Without a keyring nothing is a casebook, so one that was interrupted is never half
 * usable.
 */

typedef struct
{
  ProbityOpening *opening;
  char           *profile_name;
  ProbityRoles    roles;
  char           *staff_number;
  char           *recovery_file;
  ProbityKeyCost  cost;
  gboolean        sample;
  gboolean        made_folder;
  GBytes         *keyring_bytes;
} Creation;

static void
clear_creation (gpointer data)
{
  Creation *self = data;

  probity_opening_unref (self->opening);
  g_free (self->profile_name);
  g_free (self->staff_number);
  g_free (self->recovery_file);
  g_clear_pointer (&self->keyring_bytes, g_bytes_unref);
}

/* Counted: what runs on another thread goes on when nobody waits for it any more. */
static void
unref_creation (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_creation);
}

static gboolean
refuse (GError    **error,
        const char *message)
{
  g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID, message);

  return FALSE;
}

static gboolean
check_options (Creation *self,
               GError  **error)
{
  if (!probity_account_name_is_valid (self->opening->name))
    return refuse (error, "An account’s name has 1 to 64 of the characters a–z, 0–9, dot, dash and underscore");
  if ((self->roles & PROBITY_ROLE_ADMINISTRATOR) == 0)
    return refuse (error, "The first account of a casebook is an administrator: nobody else could add the next one");
  if (self->opening->passphrase == NULL)
    {
      char *copy = probity_passphrase_copy (NULL, error);

      g_assert (copy == NULL);
      return FALSE;
    }

  return TRUE;
}

/* Umask takes bits from mkdir(), so the mode is set once more. */
static gboolean
make_folder (const char *path,
             GError    **error)
{
  if (mkdir (path, 0770) == 0 && chmod (path, 02770) == 0)
    return TRUE;

  probity_access_file_set_error (error, errno, PROBITY_CASEBOOK_ERROR_IO, path);

  return FALSE;
}

static gboolean
prepare_folder (Creation *self,
                GError  **error)
{
  const char      *folder = self->opening->folder;
  g_autofree char *slots = g_build_filename (folder, "slots", NULL);
  g_autoptr (GDir) dir = NULL;

  if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    {
      g_autofree char *parent = g_path_get_dirname (folder);

      if (g_mkdir_with_parents (parent, 0777) != 0)
        {
          probity_access_file_set_error (error, errno, PROBITY_CASEBOOK_ERROR_IO, parent);
          return FALSE;
        }
      if (!make_folder (folder, error))
        return FALSE;
      self->made_folder = TRUE;

      return make_folder (slots, error);
    }

  dir = g_dir_open (folder, 0, NULL);
  if (dir == NULL)
    {
      probity_access_file_set_error (error, errno != 0 ? errno : EACCES, PROBITY_CASEBOOK_ERROR_IO, folder);
      return FALSE;
    }
  if (g_dir_read_name (dir) != NULL)
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_EXISTS, "%s is not empty", folder);
      return FALSE;
    }
  if (chmod (folder, 02770) != 0)
    {
      probity_access_file_set_error (error, errno, PROBITY_CASEBOOK_ERROR_IO, folder);
      return FALSE;
    }

  return make_folder (slots, error);
}

/* Takes back what was begun in a folder that was empty, or not there. */
static void
remove_what_was_made (Creation *self)
{
  const char              *folder = self->opening->folder;
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
  static const char *const files[] = { "lock", PROBITY_KEYRING_FILE };
  g_autofree char         *slots = g_build_filename (folder, "slots", NULL);

  for (ProbityCompartment compartment = 0; compartment < PROBITY_N_COMPARTMENTS; compartment++)
    {
      const char      *name = probity_compartment_to_string (compartment);
      g_autofree char *compartment_folder = g_build_filename (folder, name, NULL);

      for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
        {
          g_autofree char *path = g_strconcat (compartment_folder, "/", name, ".db", endings[i], NULL);

          g_unlink (path);
        }
      g_rmdir (compartment_folder);
    }

  if (self->opening->account_uid != NULL)
    {
      g_autofree char *path = g_strconcat (slots, "/", self->opening->account_uid, ".json", NULL);

      g_unlink (path);
    }
  g_rmdir (slots);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i], NULL);

      g_unlink (path);
    }
  if (self->made_folder)
    g_rmdir (folder);
}

static gboolean
make_keyring (Creation *self,
              GError  **error)
{
  ProbityOpening *opening = self->opening;
  g_autoptr (GPtrArray) payloads = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  gint64           now = probity_clock_get_unix_usec (opening->clock);
  g_autofree char *instant = probity_clock_dup_now (opening->clock);
  g_autofree char *casebook_uid = probity_uid_new (now);
  guint8           compartment_public[PROBITY_N_COMPARTMENTS][PROBITY_BOX_PUBLIC_BYTES];

  opening->account_uid = probity_uid_new (now);
  opening->secrets = probity_secrets_new_random ();
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      opening->keys[i] = probity_key_new_random ();
      opening->compartment_secrets[i] = probity_secret_alloc (sizeof *opening->compartment_secrets[i]);
      crypto_box_keypair (compartment_public[i], opening->compartment_secrets[i]->bytes);
    }

  g_ptr_array_add (payloads,
                   probity_payload_new_casebook (casebook_uid, self->profile_name, probity_profile_get_digest (opening->profile), self->sample, opening->account_uid, opening->name, self->roles, self->staff_number, opening->secrets, compartment_public, opening->keys));
  self->keyring_bytes = probity_keyring_extend (NULL, payloads, opening->account_uid, opening->secrets, instant, &opening->keyring, error);

  return self->keyring_bytes != NULL;
}

static gboolean
begin_func (gpointer data,
            GError **error)
{
  Creation *self = data;

  if (!check_options (self, error))
    return FALSE;

  self->opening->profile = probity_profile_load_builtin (self->profile_name, error);
  if (self->opening->profile == NULL || !make_keyring (self, error) || !prepare_folder (self, error))
    return FALSE;

  if (!probity_casebook_create_databases (self->opening->folder, self->opening->keys, error))
    {
      remove_what_was_made (self);
      return FALSE;
    }

  return TRUE;
}

static gboolean
add_meta (ProbityDb  *db,
          const char *name,
          const char *value,
          GError    **error)
{
  return probity_db_run (db, error, "INSERT INTO meta (name, value) VALUES ($name, $value)", "$name", 's', name, "$value", 's', value, NULL);
}

static gboolean
add_setting (ProbityDb      *db,
             ProbityWrite   *write,
             ProbitySession *session,
             const char     *name,
             const char     *value,
             GError        **error)
{
  return probity_db_run (db, error, "INSERT INTO setting (name, value, changed, changed_by) VALUES ($name, $value, $changed, $changed_by)", "$name", 's', name, "$value", 's', value, "$changed", 's', probity_write_get_now (write), "$changed_by", 's', probity_session_get_account_uid (session), NULL);
}

static gboolean
describe_compartment (ProbitySession    *session,
                      ProbityKeyring    *keyring,
                      ProbityWrite      *write,
                      ProbityCompartment compartment,
                      GError           **error)
{
  ProbityDb *db = probity_write_get_db (write, compartment, error);
  char       secret[sodium_base64_ENCODED_LEN (32, sodium_base64_VARIANT_ORIGINAL)];
  gboolean   added;

  if (db == NULL)
    return FALSE;

  sodium_bin2base64 (secret, sizeof secret, probity_session_peek_compartment_secret (session, compartment)->bytes, 32, sodium_base64_VARIANT_ORIGINAL);
  added = add_meta (db, "casebook", keyring->casebook_uid, error) &&
          add_meta (db, "compartment", probity_compartment_to_string (compartment), error) &&
          add_meta (db, "creator", keyring->fingerprint, error) &&
          add_meta (db, "secret_key", secret, error) &&
          probity_audit_add (write, session, compartment, PROBITY_VERB_COLLECTION, "casebook", keyring->casebook_uid, NULL, NULL, NULL, error);
  sodium_memzero (secret, sizeof secret);

  return added;
}

static gboolean
describe_func (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  ProbitySession *session = data;
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  ProbityProfile  *profile = probity_session_get_profile (session);
  GBytes          *bytes = probity_profile_get_bytes (profile);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  ProbityDb       *journal;

  for (ProbityCompartment compartment = 0; compartment < PROBITY_N_COMPARTMENTS; compartment++)
    if (!describe_compartment (session, keyring, write, compartment, error))
      return FALSE;

  journal = probity_write_get_db (write, PROBITY_COMPARTMENT_JOURNAL, error);
  if (journal == NULL ||
      !add_setting (journal, write, session, "profile", text, error) ||
      !add_setting (journal, write, session, "profile_digest", probity_profile_get_digest (profile), error) ||
      !probity_audit_log_keyring (write, session, keyring, "create", probity_session_get_account_uid (session), NULL, probity_session_get_account_name (session), error))
    return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static gboolean
finish_func (gpointer data,
             GError **error)
{
  Creation       *self = data;
  ProbityOpening *opening = self->opening;
  g_autoptr (ProbityKeySlots) slots = probity_key_slots_new (opening->account_uid);
  g_autofree char *path = g_build_filename (opening->folder, PROBITY_KEYRING_FILE, NULL);
  char            *code = NULL;
  gboolean         wrote_code = FALSE;
  gboolean         ok;

  ok = probity_key_slots_lock (slots, PROBITY_SLOT_PASSPHRASE, opening->secrets, opening->passphrase, &self->cost, error);
  if (ok && self->recovery_file != NULL)
    {
      code = probity_recovery_code_new ();
      ok = probity_key_slots_lock (slots, PROBITY_SLOT_RECOVERY, opening->secrets, code, &self->cost, error) &&
           (wrote_code = probity_recovery_code_write (self->recovery_file, code, error));
    }
  ok = ok && probity_key_slots_save (slots, opening->folder, error) &&
       probity_access_file_replace (path, self->keyring_bytes, 0660, error);
  if (!ok && wrote_code)
    g_unlink (self->recovery_file);
  probity_passphrase_free (code);

  return ok;
}

static gboolean
remove_func (gpointer data,
             GError **error)
{
  remove_what_was_made (data);

  return TRUE;
}

/* Also when @error is set: nothing of what was made stays open. */
static gboolean
describe (Creation *self,
          GError  **error)
{
  g_autoptr (ProbitySession) session = NULL;
  gboolean described;

  self->opening->casebook = dex_await_object (probity_casebook_open (self->opening->folder, self->opening->keys, self->opening->clock), error);
  if (self->opening->casebook == NULL)
    return FALSE;

  session = probity_session_new_from_opening (self->opening);
  probity_audit_install_heads (session);
  described = dex_await (probity_casebook_write (self->opening->casebook, describe_func, g_object_ref (session), g_object_unref), error);

  return dex_await (probity_casebook_close (self->opening->casebook), described ? error : NULL) && described;
}

static DexFuture *
create_fiber (gpointer data)
{
  Creation *self = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (probity_run_blocking (begin_func, g_atomic_rc_box_acquire (self), unref_creation), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!describe (self, &error) || !dex_await (probity_run_blocking (finish_func, g_atomic_rc_box_acquire (self), unref_creation), &error))
    {
      dex_await (probity_run_blocking (remove_func, g_atomic_rc_box_acquire (self), unref_creation), NULL);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_true ();
}

/**
 * probity_session_create_casebook:
 *
 * Takes what it needs of @options at once. Takes back what it made when it fails. The first account
 * is an administrator and all keys are sealed to it.
 *
 * Returns: (transfer full): resolves to %TRUE, or rejects with PROBITY_ACCESS_ERROR, PROBITY_CASEBOOK_ERROR
 *   (EXISTS: the folder is not empty) or PROBITY_PROFILE_ERROR
 */
DexFuture *
probity_session_create_casebook (const ProbityCreateOptions *options)
{
  Creation *self;

  dex_return_error_if_fail (options != NULL && options->folder != NULL);
  dex_return_error_if_fail (options->profile != NULL && options->account != NULL);

  self = g_atomic_rc_box_new0 (Creation);
  self->opening = probity_opening_new (options->folder, options->account, options->passphrase, options->clock);
  self->profile_name = g_strdup (options->profile);
  self->roles = options->roles;
  self->staff_number = options->staff_number != NULL && *options->staff_number != '\0' ? g_strdup (options->staff_number) : NULL;
  self->recovery_file = g_strdup (options->recovery_file);
  self->cost = options->cost;
  self->sample = options->sample;

  return dex_scheduler_spawn (NULL, 0, create_fiber, self, unref_creation);
}
