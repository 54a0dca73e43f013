/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-sealed-private.h"

#include <sodium.h>
#include <string.h>

#include "probity-secrets-private.h"

#define PAYLOAD_BYTES 40
#define ENTRY_BYTES (PAYLOAD_BYTES + crypto_box_SEALBYTES)
#define HEADER_BYTES 16
#define ENTRIES_STEP 64
#define MAX_BYTES (HEADER_BYTES + (PROBITY_KEYRING_MAX_STATEMENTS + ENTRIES_STEP) * ENTRY_BYTES)

/* What an entry says. */
#define SAYS_FREE 1
#define SAYS_HELD 2
#define SAYS_SPENT 3

static const guint8 header[HEADER_BYTES] = "PROBITY-SEALED\n\1";

guint probity_sealed_places_per_account = 4;
guint probity_sealed_max_places = PROBITY_MAX_SEALED;

static void
free_place (gpointer data)
{
  ProbitySealedPlace *self = data;

  g_free (self->name);
  g_clear_pointer (&self->key, probity_key_unref);
  g_free (self);
}

static guint
find_index (ProbityKeyring *keyring,
            const char     *account_uid)
{
  guint i = 0;

  while (i < probity_keyring_get_n_accounts (keyring) &&
         !g_str_equal (probity_keyring_get_account (keyring, i)->uid, account_uid))
    i++;

  return i;
}

static char *
dup_path (const char *folder,
          const char *name)
{
  return g_build_filename (folder, name, PROBITY_SEALED_KEYS_FILE, NULL);
}

/* NULL where it says nothing to this account, or is no such file: to others it is theirs to miss. */
static ProbitySealedPlace *
read_entry (GBytes         *file,
            guint           index,
            const char     *name,
            ProbitySecrets *secrets)
{
  gsize               length;
  const guint8       *bytes = g_bytes_get_data (file, &length);
  const gsize         offset = HEADER_BYTES + (gsize) index * ENTRY_BYTES;
  guint8             *payload;
  ProbitySealedPlace *place = NULL;

  if (length < HEADER_BYTES || memcmp (bytes, header, HEADER_BYTES) != 0 || length < offset + ENTRY_BYTES)
    return NULL;

  payload = probity_secrets_open_locked (secrets, bytes + offset, ENTRY_BYTES);
  if (payload != NULL && payload[0] >= SAYS_FREE && payload[0] <= SAYS_SPENT &&
      ((payload[1] > PROBITY_COMPARTMENT_JOURNAL && payload[1] < PROBITY_COMPARTMENT_SEALED) || payload[0] != SAYS_HELD))
    {
      place = g_new0 (ProbitySealedPlace, 1);
      place->name = g_strdup (name);
      place->own = payload[2] != 0;
      place->spent = payload[0] == SAYS_SPENT;
      place->home = (ProbityCompartment) payload[1];
      if (payload[0] == SAYS_HELD)
        place->key = probity_key_new_copy (payload + PAYLOAD_BYTES - PROBITY_KEY_BYTES);
    }
  if (payload != NULL)
    sodium_free (payload);

  return place;
}

GPtrArray *
probity_sealed_load (const char     *folder,
                     ProbityKeyring *keyring,
                     const char     *account_uid,
                     ProbitySecrets *secrets,
                     GError        **error)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (free_place);
  g_auto (GStrv) names = probity_casebook_list_places (folder, error);
  const guint index = find_index (keyring, account_uid);

  if (names == NULL)
    return NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = dup_path (folder, names[i]);
      g_autoptr (GBytes) file = probity_access_file_read (path, MAX_BYTES, NULL);
      ProbitySealedPlace *place = file != NULL ? read_entry (file, index, names[i], secrets) : NULL;

      if (place != NULL)
        g_ptr_array_add (places, place);
    }

  return g_steal_pointer (&places);
}

static gboolean
add_entry (GByteArray        *file,
           const guint8       box_public[PROBITY_BOX_PUBLIC_BYTES],
           int                says,
           ProbityCompartment home,
           gboolean           own,
           ProbityKey        *key)
{
  guint8  *payload = probity_secret_alloc (PAYLOAD_BYTES);
  guint8   entry[ENTRY_BYTES];
  gboolean ok;

  memset (payload, 0, PAYLOAD_BYTES);
  payload[0] = (guint8) says;
  payload[1] = (guint8) home;
  payload[2] = own ? 1 : 0;
  if (key != NULL)
    memcpy (payload + PAYLOAD_BYTES - PROBITY_KEY_BYTES, probity_key_peek (key), PROBITY_KEY_BYTES);
  ok = crypto_box_seal (entry, payload, PAYLOAD_BYTES, box_public) == 0;
  sodium_free (payload);
  if (ok)
    g_byte_array_append (file, entry, sizeof entry);

  return ok;
}

/* A box that nobody opens looks like one that somebody does; random bytes would not. */
static gboolean
add_nothing (GByteArray *file)
{
  guint8 box_public[crypto_box_PUBLICKEYBYTES];
  guint8 box_secret[crypto_box_SECRETKEYBYTES];

  crypto_box_keypair (box_public, box_secret);
  sodium_memzero (box_secret, sizeof box_secret);

  return add_entry (file, box_public, 0, PROBITY_COMPARTMENT_JOURNAL, FALSE, NULL);
}

static guint
get_capacity (ProbityKeyring *keyring)
{
  return (probity_keyring_get_n_accounts (keyring) / ENTRIES_STEP + 1) * ENTRIES_STEP;
}

static GBytes *
make_free (ProbityKeyring *keyring,
           const char     *account_uid)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  const guint index = find_index (keyring, account_uid);

  g_byte_array_append (file, header, HEADER_BYTES);
  for (guint i = 0; i < get_capacity (keyring); i++)
    if (i == index ? !add_entry (file, probity_keyring_peek_box_public (keyring, account_uid), SAYS_FREE, PROBITY_COMPARTMENT_JOURNAL, TRUE, NULL)
                   : !add_nothing (file))
      return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}

gboolean
probity_sealed_make_places (const char     *folder,
                            ProbityKeyring *keyring,
                            const char     *account_uid,
                            GPtrArray      *places,
                            GError        **error)
{
  guint n_own = 0;
  guint n_all;
  g_auto (GStrv) names = NULL;

  probity_casebook_clear_making (folder);
  for (guint i = 0; i < places->len; i++)
    n_own += ((ProbitySealedPlace *) g_ptr_array_index (places, i))->own ? 1 : 0;
  if (n_own >= probity_sealed_places_per_account)
    return TRUE;

  names = probity_casebook_list_places (folder, error);
  if (names == NULL)
    return FALSE;
  n_all = g_strv_length (names);
  for (; n_own < probity_sealed_places_per_account && n_all < probity_sealed_max_places; n_own++, n_all++)
    {
      g_autoptr (GBytes) keys = make_free (keyring, account_uid);

      if (keys == NULL || !probity_casebook_make_place (folder, keys, error))
        return FALSE;
    }

  return TRUE;
}

/* Where @uid stands in @holders; -1. */
static int
find_holder (const char *const *holders,
             const char        *uid)
{
  for (int i = 0; uid != NULL && holders[i] != NULL; i++)
    if (g_str_equal (holders[i], uid))
      return i;

  return -1;
}

gboolean
probity_sealed_grant (const char        *folder,
                      const char        *name,
                      ProbityKeyring    *keyring,
                      ProbityCompartment home,
                      ProbityKey        *key,
                      const char *const *holders,
                      const char *const *instants,
                      GError           **error)
{
  g_autofree char *path = dup_path (folder, name);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  g_byte_array_append (file, header, HEADER_BYTES);
  for (guint i = 0; i < get_capacity (keyring); i++)
    {
      const ProbityAccount *account = i < probity_keyring_get_n_accounts (keyring) ? probity_keyring_get_account (keyring, i) : NULL;
      const int             which = find_holder (holders, account != NULL ? account->uid : NULL);
      const guint8         *box_public = which >= 0 ? probity_keyring_peek_box_public_at (keyring, account->uid, instants[which]) : NULL;

      if (box_public != NULL ? !add_entry (file, box_public, SAYS_HELD, home, which == 0, key) : !add_nothing (file))
        {
          g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED, "Nothing can be sealed to “%s”", account != NULL ? account->name : "");
          return FALSE;
        }
    }
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&file));

  return probity_access_file_replace (path, bytes, 0660, error);
}

gboolean
probity_sealed_spend (const char     *folder,
                      const char     *name,
                      ProbityKeyring *keyring,
                      const char     *owner_uid,
                      const char     *instant,
                      GError        **error)
{
  g_autofree char *path = dup_path (folder, name);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  const guint   owner = find_index (keyring, owner_uid);
  const guint8 *box_public = probity_keyring_peek_box_public_at (keyring, owner_uid, instant);

  g_byte_array_append (file, header, HEADER_BYTES);
  for (guint i = 0; i < get_capacity (keyring); i++)
    if (i == owner && box_public != NULL ? !add_entry (file, box_public, SAYS_SPENT, PROBITY_COMPARTMENT_JOURNAL, TRUE, NULL) : !add_nothing (file))
      {
        g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED, "Nothing can be sealed to who owns a sealed compartment");
        return FALSE;
      }
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&file));

  return probity_access_file_replace (path, bytes, 0660, error);
}
