/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-secrets-private.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

/*
 * An account's secrets, wrapped under a key that Argon2id makes of the passphrase (and once more of
 * a recovery code). What stands beside the box is authenticated with it: a slot moved to another
 * account, or with its cost edited, does not open.
 */

#define SLOT_FORMAT 1
#define MAX_OPERATIONS 16
#define MAX_MEMORY (G_GUINT64_CONSTANT (1) << 30)
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define BOX_BYTES (PROBITY_SEED_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES)
#define ALGORITHM "argon2id13"

typedef struct
{
  gboolean       present;
  ProbityKeyCost cost;
  guint8         salt[crypto_pwhash_SALTBYTES];
  guint8         nonce[NONCE_BYTES];
  guint8         box[BOX_BYTES];
} Slot;

struct _ProbityKeySlots
{
  char *account_uid;
  Slot  slots[PROBITY_N_SLOT_KINDS];
};

/*
 * Three passes over 320 MiB took 0.46 to 0.51 s on the two-core machine on which Probity was made while
 * it was idle: each guess costs as much, and more than 256 MiB keep it off cheap hardware.
 */
#define STANDARD_OPERATIONS 3
#define STANDARD_MEMORY (G_GUINT64_CONSTANT (320) << 20)
const ProbityKeyCost probity_key_cost_standard = { STANDARD_OPERATIONS, STANDARD_MEMORY };

G_LOCK_DEFINE_STATIC (floor_cost);
static ProbityKeyCost floor_cost = { STANDARD_OPERATIONS, STANDARD_MEMORY };

static const char *
name_slot (ProbitySlotKind kind)
{
  switch (kind)
    {
    case PROBITY_SLOT_PASSPHRASE:
      return "passphrase";
    case PROBITY_SLOT_RECOVERY:
      return "recovery";
    }

  g_return_val_if_reached (NULL);
}

static GBytes *
make_slot_header (ProbityKeySlots *self,
                  ProbitySlotKind  kind)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/slot/1");
  const Slot *slot = &self->slots[kind];
  g_autoptr (GBytes) salt = g_bytes_new (slot->salt, sizeof slot->salt);

  probity_canonical_add_text (canonical, "account", self->account_uid);
  probity_canonical_add_text (canonical, "kind", name_slot (kind));
  probity_canonical_add_text (canonical, "algorithm", ALGORITHM);
  probity_canonical_add_int64 (canonical, "operations", (gint64) slot->cost.operations);
  probity_canonical_add_int64 (canonical, "memory", (gint64) slot->cost.memory);
  probity_canonical_add_bytes (canonical, "salt", salt);

  return probity_canonical_dup_bytes (canonical);
}

/* NULL when the machine does not have the memory. */
static guint8 *
derive_key (const ProbityKeyCost *cost,
            const guint8          salt[crypto_pwhash_SALTBYTES],
            const char           *passphrase)
{
  guint8 *key = probity_secret_alloc (crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

  if (crypto_pwhash (key, crypto_aead_xchacha20poly1305_ietf_KEYBYTES, passphrase, strlen (passphrase), salt, cost->operations, (size_t) cost->memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
    {
      sodium_free (key);
      return NULL;
    }

  return key;
}

static void
set_memory_error (GError              **error,
                  const ProbityKeyCost *cost)
{
  g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_FAILED, "Working out a key takes %" G_GUINT64_FORMAT " MiB of memory, which this machine does not have free", cost->memory >> 20);
}

static gboolean
set_damaged (GError    **error,
             const char *account_uid,
             const char *what)
{
  g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED, "The key slots of account %s are damaged: %s", account_uid, what);

  return FALSE;
}

static gboolean
parse_slot (ProbityKeySlots *self,
            JsonObject      *object,
            GError         **error)
{
  const char *kind_name = probity_access_json_get_text (object, "kind");
  const char *algorithm = probity_access_json_get_text (object, "algorithm");
  Slot        slot = { .present = TRUE };
  gint64      operations, memory;

  if (g_strcmp0 (algorithm, ALGORITHM) != 0)
    return set_damaged (error, self->account_uid, "unknown algorithm");

  if (!probity_access_json_get_integer (object, "operations", crypto_pwhash_OPSLIMIT_MIN, MAX_OPERATIONS, &operations) ||
      !probity_access_json_get_integer (object, "memory", crypto_pwhash_MEMLIMIT_MIN, (gint64) MAX_MEMORY, &memory))
    return set_damaged (error, self->account_uid, "a cost that nobody pays");

  slot.cost.operations = (guint64) operations;
  slot.cost.memory = (guint64) memory;
  if (!probity_base64_read (probity_access_json_get_text (object, "salt"), slot.salt, sizeof slot.salt) ||
      !probity_base64_read (probity_access_json_get_text (object, "nonce"), slot.nonce, sizeof slot.nonce) ||
      !probity_base64_read (probity_access_json_get_text (object, "box"), slot.box, sizeof slot.box))
    return set_damaged (error, self->account_uid, "salt, nonce or box");

  for (ProbitySlotKind kind = 0; kind < PROBITY_N_SLOT_KINDS; kind++)
    if (g_strcmp0 (kind_name, name_slot (kind)) == 0 && !self->slots[kind].present)
      {
        self->slots[kind] = slot;
        return TRUE;
      }

  return set_damaged (error, self->account_uid, "unknown or repeated kind of slot");
}

ProbityKeySlots *
probity_key_slots_new (const char *account_uid)
{
  ProbityKeySlots *self = g_new0 (ProbityKeySlots, 1);

  self->account_uid = g_strdup (account_uid);

  return self;
}

void
probity_key_slots_free (ProbityKeySlots *self)
{
  g_free (self->account_uid);
  g_free (self);
}

/* Reads a slot file that is said to be of @account_uid. */
ProbityKeySlots *
probity_key_slots_parse (GBytes     *bytes,
                         const char *account_uid,
                         GError    **error)
{
  g_autoptr (ProbityKeySlots) self = probity_key_slots_new (account_uid);
  g_autoptr (JsonObject) object = NULL;
  JsonNode   *slots;
  JsonArray  *array;
  gint64      format;
  gsize       length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (length <= PROBITY_SLOTS_MAX_BYTES)
    object = probity_access_json_parse (text, length);
  if (object == NULL)
    {
      set_damaged (error, account_uid, "not the JSON that it should be");
      return NULL;
    }

  if (!probity_access_json_get_integer (object, "format", SLOT_FORMAT, SLOT_FORMAT, &format) ||
      g_strcmp0 (probity_access_json_get_text (object, "account"), account_uid) != 0)
    {
      set_damaged (error, account_uid, "another format or another account");
      return NULL;
    }

  slots = json_object_get_member (object, "slots");
  if (slots == NULL || !JSON_NODE_HOLDS_ARRAY (slots))
    {
      set_damaged (error, account_uid, "no slots");
      return NULL;
    }

  array = json_node_get_array (slots);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          set_damaged (error, account_uid, "a slot that is no object");
          return NULL;
        }
      if (!parse_slot (self, json_node_get_object (node), error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

GBytes *
probity_key_slots_dup_bytes (ProbityKeySlots *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *array = json_array_new ();
  char      *text;

  json_object_set_int_member (object, "format", SLOT_FORMAT);
  json_object_set_string_member (object, "account", self->account_uid);

  for (ProbitySlotKind kind = 0; kind < PROBITY_N_SLOT_KINDS; kind++)
    {
      const Slot      *slot = &self->slots[kind];
      JsonObject      *member;
      g_autofree char *salt = NULL;
      g_autofree char *nonce = NULL;
      g_autofree char *box = NULL;

      if (!slot->present)
        continue;

      salt = probity_base64_dup (slot->salt, sizeof slot->salt);
      nonce = probity_base64_dup (slot->nonce, sizeof slot->nonce);
      box = probity_base64_dup (slot->box, sizeof slot->box);
      member = json_object_new ();
      json_object_set_string_member (member, "kind", name_slot (kind));
      json_object_set_string_member (member, "algorithm", ALGORITHM);
      json_object_set_int_member (member, "operations", (gint64) slot->cost.operations);
      json_object_set_int_member (member, "memory", (gint64) slot->cost.memory);
      json_object_set_string_member (member, "salt", salt);
      json_object_set_string_member (member, "nonce", nonce);
      json_object_set_string_member (member, "box", box);
      json_array_add_object_element (array, member);
    }
  json_object_set_array_member (object, "slots", array);

  text = probity_access_json_dup_text (object);

  return g_bytes_new_take (text, strlen (text));
}

static char *
dup_slots_path (const char *folder,
                const char *account_uid)
{
  g_autofree char *name = g_strconcat (account_uid, ".json", NULL);

  return g_build_filename (folder, "slots", name, NULL);
}

ProbityKeySlots *
probity_key_slots_load (const char *folder,
                        const char *account_uid,
                        GError    **error)
{
  g_autofree char *path = dup_slots_path (folder, account_uid);
  g_autoptr (GBytes) bytes = probity_access_file_read (path, PROBITY_SLOTS_MAX_BYTES, error);

  if (bytes == NULL)
    return NULL;

  return probity_key_slots_parse (bytes, account_uid, error);
}

gboolean
probity_key_slots_save (ProbityKeySlots *self,
                        const char      *folder,
                        GError         **error)
{
  g_autofree char *path = dup_slots_path (folder, self->account_uid);
  g_autoptr (GBytes) bytes = probity_key_slots_dup_bytes (self);

  return probity_access_file_replace (path, bytes, 0660, error);
}

void
probity_key_slots_remove (const char *folder,
                          const char *account_uid)
{
  g_autofree char *path = dup_slots_path (folder, account_uid);
  g_autofree char *slots = g_path_get_dirname (path);

  g_unlink (path);
  probity_access_file_sync_folder (slots, NULL);
}

gboolean
probity_key_slots_has (ProbityKeySlots *self,
                       ProbitySlotKind  kind)
{
  return self->slots[kind].present;
}

gboolean
probity_key_slots_get_cost (ProbityKeySlots *self,
                            ProbitySlotKind  kind,
                            ProbityKeyCost  *ret_cost)
{
  if (!self->slots[kind].present)
    return FALSE;

  *ret_cost = self->slots[kind].cost;

  return TRUE;
}

/*
 * Wraps @secrets under @passphrase, in place of what the slot held. The cost is never below the
 * floor. Takes as long as a guess.
 */
gboolean
probity_key_slots_lock (ProbityKeySlots      *self,
                        ProbitySlotKind       kind,
                        ProbitySecrets       *secrets,
                        const char           *passphrase,
                        const ProbityKeyCost *cost,
                        GError              **error)
{
  Slot slot = { .present = TRUE, .cost = probity_key_cost_raise (cost) };
  g_autoptr (GBytes) header = NULL;
  guint8 *key, *seed;

  if (slot.cost.operations > MAX_OPERATIONS || slot.cost.memory > MAX_MEMORY)
    {
      g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID, "A cost that nobody pays");
      return FALSE;
    }

  randombytes_buf (slot.salt, sizeof slot.salt);
  randombytes_buf (slot.nonce, sizeof slot.nonce);
  key = derive_key (&slot.cost, slot.salt, passphrase);
  if (key == NULL)
    {
      set_memory_error (error, &slot.cost);
      return FALSE;
    }

  self->slots[kind] = slot;
  header = make_slot_header (self, kind);
  seed = probity_secret_alloc (PROBITY_SEED_BYTES);
  probity_secrets_copy_seed (secrets, seed);
  crypto_aead_xchacha20poly1305_ietf_encrypt (self->slots[kind].box, NULL, seed, PROBITY_SEED_BYTES, g_bytes_get_data (header, NULL), g_bytes_get_size (header), NULL, slot.nonce, key);
  sodium_free (seed);
  sodium_free (key);

  return TRUE;
}

/* WRONG_PASSPHRASE, after the same work, also when there is no such slot. */
ProbitySecrets *
probity_key_slots_unlock (ProbityKeySlots *self,
                          ProbitySlotKind  kind,
                          const char      *passphrase,
                          GError         **error)
{
  const Slot *slot = &self->slots[kind];
  g_autoptr (GBytes) header = make_slot_header (self, kind);
  ProbitySecrets *secrets = NULL;
  guint8         *key, *seed;

  if (!slot->present)
    {
      probity_key_cost_spend (&probity_key_cost_standard, passphrase);
      g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE, "Not accepted");
      return NULL;
    }

  key = derive_key (&slot->cost, slot->salt, passphrase);
  if (key == NULL)
    {
      set_memory_error (error, &slot->cost);
      return NULL;
    }

  seed = probity_secret_alloc (PROBITY_SEED_BYTES);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (seed, NULL, NULL, slot->box, sizeof slot->box, g_bytes_get_data (header, NULL), g_bytes_get_size (header), slot->nonce, key) == 0)
    secrets = probity_secrets_new_from_seed (seed);
  else
    g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE, "Not accepted");
  sodium_free (seed);
  sodium_free (key);

  return secrets;
}

void
probity_key_cost_spend (const ProbityKeyCost *cost,
                        const char           *passphrase)
{
  guint8  salt[crypto_pwhash_SALTBYTES] = { 0 };
  guint8 *key = derive_key (cost, salt, passphrase);

  if (key != NULL)
    sodium_free (key);
}

void
probity_key_cost_set_floor (const ProbityKeyCost *cost)
{
  G_LOCK (floor_cost);
  floor_cost = *cost;
  G_UNLOCK (floor_cost);
}

ProbityKeyCost
probity_key_cost_raise (const ProbityKeyCost *cost)
{
  ProbityKeyCost raised;

  G_LOCK (floor_cost);
  raised.operations = MAX (cost->operations, floor_cost.operations);
  raised.memory = MAX (cost->memory, floor_cost.memory);
  G_UNLOCK (floor_cost);

  return raised;
}
