/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-keyring-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

static void
set_base64_member (JsonObject   *object,
                   const char   *name,
                   gconstpointer bytes,
                   gsize         length)
{
  g_autofree char *text = probity_base64_dup (bytes, length);

  json_object_set_string_member (object, name, text);
}

static void
set_public_keys (JsonObject     *object,
                 ProbitySecrets *secrets)
{
  set_base64_member (object, "x25519", probity_secrets_peek_box_public (secrets), PROBITY_BOX_PUBLIC_BYTES);
  set_base64_member (object, "ed25519", probity_secrets_peek_sign_public (secrets), PROBITY_SIGN_PUBLIC_BYTES);
}

static void
set_sealed_key (JsonObject  *object,
                const guint8 box_public[PROBITY_BOX_PUBLIC_BYTES],
                ProbityKey  *key)
{
  g_autoptr (GBytes) box = probity_seal_bytes (box_public, probity_key_peek (key), PROBITY_KEY_BYTES);

  json_object_set_int_member (object, "generation", 1);
  set_base64_member (object, "sealed", g_bytes_get_data (box, NULL), g_bytes_get_size (box));
}

static JsonObject *
make_payload (const char *kind,
              const char *account_uid)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", kind);
  if (account_uid != NULL)
    json_object_set_string_member (object, "account", account_uid);

  return object;
}

JsonObject *
probity_payload_new_account (const char     *account_uid,
                             const char     *name,
                             ProbityRoles    roles,
                             const char     *staff_number,
                             ProbitySecrets *secrets)
{
  JsonObject      *object = make_payload ("account", NULL);
  JsonObject      *account = json_object_new ();
  g_autofree char *roles_text = probity_roles_to_string (roles);

  json_object_set_string_member (account, "uid", account_uid);
  json_object_set_string_member (account, "name", name);
  json_object_set_string_member (account, "roles", roles_text);
  if (staff_number != NULL)
    json_object_set_string_member (account, "staff_number", staff_number);
  set_public_keys (account, secrets);
  json_object_set_object_member (object, "account", account);

  return object;
}

JsonObject *
probity_payload_new_casebook (const char     *casebook_uid,
                              const char     *profile_name,
                              const char     *profile_digest,
                              gboolean        sample,
                              const char     *account_uid,
                              const char     *name,
                              ProbityRoles    roles,
                              const char     *staff_number,
                              ProbitySecrets *secrets,
                              const guint8    compartment_public[PROBITY_N_COMPARTMENTS][PROBITY_BOX_PUBLIC_BYTES],
                              ProbityKey     *keys[PROBITY_N_COMPARTMENTS])
{
  JsonObject *object = probity_payload_new_account (account_uid, name, roles, staff_number, secrets);
  JsonObject *compartments = json_object_new ();
  JsonObject *profile = json_object_new ();

  json_object_set_string_member (object, "kind", "casebook");
  json_object_set_string_member (object, "uid", casebook_uid);
  json_object_set_int_member (object, "format", 1);
  json_object_set_string_member (profile, "name", profile_name);
  json_object_set_string_member (profile, "digest", profile_digest);
  json_object_set_object_member (object, "profile", profile);
  if (sample)
    json_object_set_boolean_member (object, "sample", TRUE);

  for (ProbityCompartment compartment = 0; compartment < PROBITY_N_COMPARTMENTS; compartment++)
    {
      JsonObject *member = json_object_new ();

      set_base64_member (member, "x25519", compartment_public[compartment], PROBITY_BOX_PUBLIC_BYTES);
      set_sealed_key (member, probity_secrets_peek_box_public (secrets), keys[compartment]);
      json_object_set_object_member (compartments, probity_compartment_to_string (compartment), member);
    }
  json_object_set_object_member (object, "compartments", compartments);

  return object;
}

JsonObject *
probity_payload_new_roles (const char  *account_uid,
                           ProbityRoles roles)
{
  JsonObject      *object = make_payload ("roles", account_uid);
  g_autofree char *text = probity_roles_to_string (roles);

  json_object_set_string_member (object, "roles", text);

  return object;
}

JsonObject *
probity_payload_new_grant (const char        *account_uid,
                           ProbityCompartment compartment,
                           const guint8       box_public[PROBITY_BOX_PUBLIC_BYTES],
                           ProbityKey        *key)
{
  JsonObject *object = make_payload ("grant", account_uid);

  json_object_set_string_member (object, "compartment", probity_compartment_to_string (compartment));
  set_sealed_key (object, box_public, key);

  return object;
}

JsonObject *
probity_payload_new_reset (const char     *account_uid,
                           ProbitySecrets *secrets)
{
  JsonObject *object = make_payload ("reset", account_uid);

  set_public_keys (object, secrets);

  return object;
}

JsonObject *
probity_payload_new_disable (const char *account_uid)
{
  return make_payload ("disable", account_uid);
}

static void
append_line (GByteArray     *file,
             guint8          head[PROBITY_HASH_BYTES],
             JsonObject     *payload,
             const char     *by,
             ProbitySecrets *secrets)
{
  g_autoptr (JsonObject) line = json_object_new ();
  g_autofree char *payload_text = probity_access_json_dup_text (payload);
  g_autoptr (GBytes) message = probity_keyring_dup_signed (head, payload_text);
  g_autoptr (GBytes) signature = probity_secrets_sign (secrets, message);
  g_autofree char *line_text = NULL;
  char             hex[PROBITY_HASH_BYTES * 2 + 1];

  probity_keyring_hash (head, payload_text, by, g_bytes_get_data (signature, NULL), head);
  sodium_bin2hex (hex, sizeof hex, head, PROBITY_HASH_BYTES);
  json_object_set_string_member (line, "payload", payload_text);
  json_object_set_string_member (line, "by", by);
  set_base64_member (line, "signature", g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
  json_object_set_string_member (line, "hash", hex);

  line_text = probity_access_json_dup_text (line);
  g_byte_array_append (file, (const guint8 *) line_text, (guint) strlen (line_text));
  g_byte_array_append (file, (const guint8 *) "\n", 1);
}

/*
 * A refusal of what was added is told as what it is, not as damage: the rules of reading are the
 * rules of writing, but the person who asked did nothing to the file.
 */
static ProbityKeyring *
prove_extended (ProbityKeyring *before,
                GPtrArray      *payloads,
                const char     *by,
                GBytes         *bytes,
                GError        **error)
{
  ProbityKeyring *keyring = probity_keyring_parse (bytes, error);

  if (keyring != NULL || error == NULL || *error == NULL)
    return keyring;

  if (before != NULL)
    {
      g_autoptr (GError) reason = NULL;
      guint8 signer[PROBITY_SIGN_PUBLIC_BYTES];

      for (guint i = 0; i < payloads->len; i++)
        {
          JsonObject *payload = g_ptr_array_index (payloads, i);

          if (!probity_keyring_find_signer (before, payload, by, signer, &reason) ||
              !probity_keyring_apply (before, payload, by, &reason))
            {
              g_clear_error (error);
              g_propagate_error (error, g_steal_pointer (&reason));
              break;
            }
        }
    }

  return NULL;
}

GBytes *
probity_keyring_extend (GBytes          *bytes,
                        GPtrArray       *payloads,
                        const char      *by,
                        ProbitySecrets  *secrets,
                        const char      *now,
                        ProbityKeyring **ret_keyring,
                        GError         **error)
{
  g_autoptr (ProbityKeyring) before = NULL;
  g_autoptr (ProbityKeyring) after = NULL;
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) extended = NULL;
  guint8      head[PROBITY_HASH_BYTES] = { 0 };
  const char *at = now;

  if (bytes != NULL)
    {
      before = probity_keyring_parse (bytes, error);
      if (before == NULL)
        return NULL;
      memcpy (head, before->head, sizeof head);
      g_byte_array_append (file, g_bytes_get_data (bytes, NULL), (guint) before->length);

      /* A clock that went back must not make the list unreadable. */
      if (strcmp (at, before->last_at) < 0)
        at = before->last_at;
    }

  for (guint i = 0; i < payloads->len; i++)
    {
      JsonObject *payload = g_ptr_array_index (payloads, i);

      json_object_set_string_member (payload, "at", at);
      append_line (file, head, payload, by, secrets);
    }

  extended = g_byte_array_free_to_bytes (g_steal_pointer (&file));
  after = prove_extended (before, payloads, by, extended, error);
  if (after == NULL)
    return NULL;

  if (ret_keyring != NULL)
    *ret_keyring = g_steal_pointer (&after);

  return g_steal_pointer (&extended);
}

/* Writes what is new behind the whole lines; what an interrupted writer left there goes first. */
static int
write_tail (int     fd,
            GBytes *bytes,
            gsize   from)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  gsize         length = g_bytes_get_size (bytes);

  if (ftruncate (fd, (off_t) from) != 0)
    return errno;

  for (gsize at = from; at < length;)
    {
      ssize_t n = pwrite (fd, data + at, length - at, (off_t) at);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          int code = errno;

          /* Half a statement says nothing; the next writer would take it away if this does not. */
          if (ftruncate (fd, (off_t) from) != 0)
            return code;
          return code;
        }
      at += (gsize) n;
    }

  return fsync (fd) != 0 ? errno : 0;
}

ProbityKeyring *
probity_keyring_append (const char     *folder,
                        GPtrArray      *payloads,
                        const char     *by,
                        ProbitySecrets *secrets,
                        const char     *now,
                        GError        **error)
{
  g_autofree char *path = g_build_filename (folder, PROBITY_KEYRING_FILE, NULL);
  g_autoptr (GBytes) bytes = probity_access_file_read (path, PROBITY_KEYRING_MAX_BYTES, error);
  g_autoptr (GBytes) extended = NULL;
  g_autoptr (ProbityKeyring) keyring = NULL;
  const char *text;
  const char *last;
  gsize       length;
  int         fd, code;

  if (bytes == NULL)
    return NULL;

  extended = probity_keyring_extend (bytes, payloads, by, secrets, now, &keyring, error);
  if (extended == NULL)
    return NULL;

  text = g_bytes_get_data (bytes, &length);
  last = memrchr (text, '\n', length);

  fd = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  code = fd < 0 ? errno : write_tail (fd, extended, last != NULL ? (gsize) (last - text) + 1 : 0);
  if (fd >= 0 && close (fd) != 0 && code == 0)
    code = errno;
  if (code != 0)
    {
      probity_access_file_set_error (error, code, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, path);
      return NULL;
    }
  if (!probity_access_file_sync_folder (folder, error))
    return NULL;

  return g_steal_pointer (&keyring);
}
