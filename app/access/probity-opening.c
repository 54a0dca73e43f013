/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-session-private.h"

#include <sodium.h>
#include <string.h>

#include "probity-profile.h"
#include "probity-secrets-private.h"
#include "probity-workstation-private.h"

/* No account's uid. */
#define NOBODY "nobody"

/* The way from a folder, a name and a passphrase to open databases, each step proved. */

static void
clear_opening (gpointer data)
{
  ProbityOpening *self = data;

  g_free (self->folder);
  g_free (self->name);
  probity_passphrase_free (self->passphrase);
  g_clear_pointer (&self->clock, probity_clock_unref);
  g_clear_pointer (&self->keyring, probity_keyring_unref);
  g_free (self->account_uid);
  g_clear_pointer (&self->secrets, probity_secrets_unref);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      g_clear_pointer (&self->keys[i], probity_key_unref);
      g_clear_pointer (&self->compartment_secrets[i], sodium_free);
    }
  g_clear_pointer (&self->sealed, g_ptr_array_unref);
  g_clear_object (&self->casebook);
  g_clear_pointer (&self->profile, probity_profile_unref);
  g_free (self->restore_uid);
}

ProbityOpening *
probity_opening_new (const char   *folder,
                     const char   *account,
                     const char   *passphrase,
                     ProbityClock *clock)
{
  ProbityOpening  *self = g_atomic_rc_box_new0 (ProbityOpening);
  g_autofree char *name = g_ascii_strdown (account, -1);

  self->folder = g_strdup (folder);
  self->name = g_strdup (g_strstrip (name));
  if (passphrase != NULL)
    self->passphrase = probity_passphrase_copy (passphrase, NULL);
  self->clock = clock != NULL ? probity_clock_ref (clock) : probity_clock_new_system ();

  return self;
}

ProbityOpening *
probity_opening_ref (ProbityOpening *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
probity_opening_unref (ProbityOpening *self)
{
  g_atomic_rc_box_release_full (self, clear_opening);
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE, "The account and the passphrase do not go together");

  return FALSE;
}

/* A guess at an account that is not there costs what it costs at one that is. */
static void
spend_a_guess (ProbityOpening *self)
{
  ProbityKeyCost   cost = probity_key_cost_standard;
  g_autofree char *now = probity_clock_dup_now (self->clock);

  for (guint i = 0; i < probity_keyring_get_n_accounts (self->keyring); i++)
    {
      const char *uid = probity_keyring_get_account (self->keyring, i)->uid;
      g_autoptr (ProbityKeySlots) slots = probity_key_slots_load (self->folder, uid, NULL);

      if (slots != NULL && probity_key_slots_get_cost (slots, PROBITY_SLOT_PASSPHRASE, &cost))
        break;
    }

  probity_key_cost_spend (&cost, self->passphrase);

  /* Counted like any other, though nobody will sign in who could be told. */
  probity_workstation_note_failure (self->keyring->casebook_uid, NOBODY, now);
}

static gboolean
open_grants (ProbityOpening        *self,
             ProbityKeyringAccount *inner,
             GError               **error)
{
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      if (inner->sealed[i] == NULL)
        continue;

      self->keys[i] = probity_secrets_open_key (self->secrets, inner->sealed[i]);
      if (self->keys[i] == NULL)
        {
          g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED, "The key of %s that was granted to %s does not open", probity_compartment_to_string (i), self->name);
          return FALSE;
        }
    }

  if (self->keys[PROBITY_COMPARTMENT_JOURNAL] == NULL)
    {
      g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NO_KEY, "No key of this casebook has been granted to this account yet");
      return FALSE;
    }

  return TRUE;
}

gboolean
probity_opening_unlock (ProbityOpening *self,
                        ProbitySlotKind kind,
                        GError        **error)
{
  g_autoptr (ProbityKeySlots) slots = NULL;
  g_autoptr (GError) local_error = NULL;
  ProbityKeyringAccount *inner;
  ProbityKeyPeriod      *period;

  self->keyring = probity_keyring_load (self->folder, error);
  if (self->keyring == NULL)
    return FALSE;

  if (self->passphrase == NULL)
    return refuse (error);

  inner = g_hash_table_lookup (self->keyring->by_name, self->name);
  if (inner == NULL || inner->account.disabled)
    {
      spend_a_guess (self);
      if (inner == NULL)
        return refuse (error);
      g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_DISABLED, "This account is disabled");
      return FALSE;
    }

  slots = probity_key_slots_load (self->folder, inner->account.uid, &local_error);
  if (slots == NULL)
    {
      if (g_error_matches (local_error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK))
        g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED, "The key slots of %s are missing", self->name);
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  self->secrets = probity_key_slots_unlock (slots, kind, self->passphrase, &local_error);
  period = &g_array_index (inner->periods, ProbityKeyPeriod, inner->periods->len - 1);

  /* A slot from before a reset, put back: its passphrase is none any more. */
  if (self->secrets != NULL &&
      (memcmp (probity_secrets_peek_sign_public (self->secrets), period->sign_public, PROBITY_SIGN_PUBLIC_BYTES) != 0 ||
       memcmp (probity_secrets_peek_box_public (self->secrets), period->box_public, PROBITY_BOX_PUBLIC_BYTES) != 0))
    {
      g_clear_pointer (&self->secrets, probity_secrets_unref);
      refuse (&local_error);
    }

  if (self->secrets == NULL)
    {
      if (g_error_matches (local_error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE))
        {
          g_autofree char *now = probity_clock_dup_now (self->clock);

          probity_workstation_note_failure (self->keyring->casebook_uid, inner->account.uid, now);
          return refuse (error);
        }
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  /* The cost of the new slot is that of the old one, or the floor. */
  if (!probity_key_slots_get_cost (slots, PROBITY_SLOT_PASSPHRASE, &self->cost))
    self->cost = probity_key_cost_standard;
  self->account_uid = g_strdup (inner->account.uid);

  return open_grants (self, inner, error) && probity_opening_find_sealed (self, error);
}

gboolean
probity_opening_find_sealed (ProbityOpening *self,
                             GError        **error)
{
  g_clear_pointer (&self->sealed, g_ptr_array_unref);
  self->sealed = probity_sealed_load (self->folder, self->keyring, self->account_uid, self->secrets, error);

  return self->sealed != NULL;
}

gboolean
probity_opening_may_seal (ProbityOpening *self)
{
  const ProbityAccount *account = probity_keyring_find (self->keyring, self->account_uid);

  return self->keys[PROBITY_COMPARTMENT_STANDARDS] != NULL &&
         (account->roles & (PROBITY_ROLE_PSD_OFFICER | PROBITY_ROLE_ACU_OFFICER | PROBITY_ROLE_DECIDER)) != 0;
}

static char *
read_one_text (ProbityDb  *db,
               const char *sql,
               const char *name,
               GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$name", 's', name, NULL);
  gboolean row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return NULL;

  /* An empty string is a value that nobody gave. */
  return row ? probity_statement_dup_text (statement, 0) : g_strdup ("");
}

static gboolean
set_foreign (GError           **error,
             ProbityCompartment compartment,
             const char        *what)
{
  g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "%s does not belong to this keyring: %s", probity_compartment_to_string (compartment), what);

  return FALSE;
}

static gboolean
check_compartment (ProbityOpening    *self,
                   ProbityDb         *db,
                   ProbityCompartment compartment,
                   GError           **error)
{
  static const char         sql[] = "SELECT value FROM meta WHERE name = $name";
  g_autofree char          *casebook_uid = read_one_text (db, sql, "casebook", error);
  g_autofree char          *name = NULL;
  g_autofree char          *creator = NULL;
  g_autofree char          *secret = NULL;
  ProbityCompartmentSecret *bytes;
  guint8                    public_key[PROBITY_BOX_PUBLIC_BYTES];
  gboolean                  fits;

  if (casebook_uid == NULL)
    return FALSE;
  name = read_one_text (db, sql, "compartment", error);
  if (name == NULL)
    return FALSE;
  creator = read_one_text (db, sql, "creator", error);
  if (creator == NULL)
    return FALSE;
  secret = read_one_text (db, sql, "secret_key", error);
  if (secret == NULL)
    return FALSE;

  bytes = probity_secret_alloc (sizeof *bytes);
  self->compartment_secrets[compartment] = bytes;
  fits = probity_base64_read (secret, bytes->bytes, sizeof bytes->bytes) &&
         crypto_scalarmult_base (public_key, bytes->bytes) == 0 &&
         memcmp (public_key, self->keyring->compartment_public[compartment], sizeof public_key) == 0;
  sodium_memzero (secret, strlen (secret));

  if (!g_str_equal (casebook_uid, self->keyring->casebook_uid))
    return set_foreign (error, compartment, "it is of another casebook");
  if (!g_str_equal (name, probity_compartment_to_string (compartment)))
    return set_foreign (error, compartment, "it is another compartment");
  if (!g_str_equal (creator, self->keyring->fingerprint))
    return set_foreign (error, compartment, "somebody else made the keyring");
  if (!fits)
    return set_foreign (error, compartment, "its key pair is another");

  return TRUE;
}

/* What a key of the right account opens is still to be what it says. */
static gboolean
check_sealed (ProbityOpening *self,
              ProbityDb      *db,
              GError        **error)
{
  static const char sql[] = "SELECT value FROM meta WHERE name = $name";
  g_autofree char  *casebook_uid = read_one_text (db, sql, "casebook", error);
  g_autofree char  *name = NULL;

  if (casebook_uid == NULL || (name = read_one_text (db, sql, "compartment", error)) == NULL)
    return FALSE;
  if (g_str_equal (casebook_uid, self->keyring->casebook_uid) && g_str_equal (name, probity_db_get_name (db)))
    return TRUE;

  g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "A sealed compartment is of another casebook, or another one");

  return FALSE;
}

/* A log that knows of a statement which the keyring does not have: somebody took it away. */
static gboolean
check_keyring_is_whole (ProbityOpening *self,
                        ProbityDb      *journal,
                        GError        **error)
{
  g_autofree char *hash = read_one_text (journal,
                                         "SELECT record FROM audit_entry"
                                         " WHERE verb = 'key-change' AND kind = $name ORDER BY seq DESC LIMIT 1",
                                         "keyring",
                                         error);

  if (hash == NULL)
    return FALSE;
  if (*hash == '\0' || g_hash_table_contains (self->keyring->hashes, hash))
    return TRUE;

  /* Another program may have added it since the file was read. */
  {
    g_autoptr (ProbityKeyring) newer = probity_keyring_load (self->folder, error);

    if (newer == NULL)
      return FALSE;
    probity_keyring_unref (self->keyring);
    self->keyring = g_steal_pointer (&newer);
  }
  if (g_hash_table_contains (self->keyring->hashes, hash))
    return TRUE;

  g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED, "Statements are missing at the end of the keyring");

  return FALSE;
}

static gboolean
read_profile (ProbityOpening *self,
              ProbityDb      *journal,
              GError        **error)
{
  char *text = read_one_text (journal, "SELECT value FROM setting WHERE name = $name", "profile", error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *digest = NULL;

  if (text == NULL)
    return FALSE;

  bytes = g_bytes_new_take (text, strlen (text));
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (!g_str_equal (digest, self->keyring->profile_digest))
    {
      g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "The force profile in this casebook is not the one that it was made with");
      return FALSE;
    }

  self->profile = probity_profile_new_from_bytes (bytes, self->keyring->profile_name, error);

  return self->profile != NULL;
}

static gboolean
check_func (ProbityRead *read,
            gpointer     data,
            GValue      *result,
            GError     **error)
{
  ProbityOpening *self = data;
  ProbityDb      *journal = probity_read_get_db (read, PROBITY_COMPARTMENT_JOURNAL, error);

  if (journal == NULL || !check_keyring_is_whole (self, journal, error) || !read_profile (self, journal, error))
    return FALSE;

  self->restore_uid = read_one_text (journal, "SELECT uid FROM restore WHERE $name IS NOT NULL ORDER BY id DESC LIMIT 1", "", error);
  if (self->restore_uid == NULL)
    return FALSE;

  for (ProbityCompartment compartment = 0; compartment < PROBITY_N_COMPARTMENTS; compartment++)
    {
      ProbityDb *db;

      if (self->keys[compartment] == NULL)
        continue;
      db = probity_read_get_db (read, compartment, error);
      if (db == NULL || !check_compartment (self, db, compartment, error))
        return FALSE;
    }

  for (guint i = 0; i < probity_casebook_get_n_sealed (self->casebook); i++)
    {
      const ProbityCompartment compartment = (ProbityCompartment) (PROBITY_COMPARTMENT_SEALED + i);
      ProbityDb               *db = probity_read_get_db (read, compartment, error);

      if (db == NULL || !check_sealed (self, db, error))
        return FALSE;
    }

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static DexFuture *
open_casebook (ProbityOpening *self)
{
  g_autofree ProbitySealedKey *sealed = g_new0 (ProbitySealedKey, self->sealed != NULL ? self->sealed->len + 1 : 1);
  guint                        n_sealed = 0;

  for (guint i = 0; self->sealed != NULL && i < self->sealed->len; i++)
    {
      ProbitySealedPlace *place = g_ptr_array_index (self->sealed, i);

      if (place->key != NULL)
        sealed[n_sealed++] = (ProbitySealedKey) { place->name, place->home, place->key };
    }

  /* More than one session can hold there never are, unless somebody put folders there: then it says so. */
  return probity_casebook_open_with_sealed (self->folder, self->keys, sealed, n_sealed, self->clock);
}

gboolean
probity_opening_open (ProbityOpening *self,
                      GError        **error)
{
  self->casebook = dex_await_object (open_casebook (self), error);
  if (self->casebook == NULL)
    return FALSE;

  if (!dex_await (probity_casebook_read (self->casebook, check_func, probity_opening_ref (self), (GDestroyNotify) probity_opening_unref, NULL), error))
    {
      dex_await (probity_casebook_close (self->casebook), NULL);
      return FALSE;
    }

  return TRUE;
}
