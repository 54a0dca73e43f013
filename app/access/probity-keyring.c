/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-keyring-private.h"

#include <sodium.h>
#include <string.h>

#include "probity-clock.h"

G_DEFINE_BOXED_TYPE (ProbityKeyring, probity_keyring, probity_keyring_ref, probity_keyring_unref)

static void
free_account (gpointer data)
{
  ProbityKeyringAccount *self = data;

  g_free ((char *) self->account.uid);
  g_free ((char *) self->account.name);
  g_free ((char *) self->account.staff_number);
  g_free ((char *) self->account.created);
  for (guint i = 0; i < self->periods->len; i++)
    g_free (g_array_index (self->periods, ProbityKeyPeriod, i).from);
  g_array_unref (self->periods);
  for (guint i = 0; i < self->changes->len; i++)
    g_free (g_array_index (self->changes, ProbityRoleChange, i).at);
  g_array_unref (self->changes);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    g_clear_pointer (&self->sealed[i], g_bytes_unref);
  g_free (self);
}

static ProbityKeyring *
make_keyring (void)
{
  ProbityKeyring *self = g_new0 (ProbityKeyring, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->accounts = g_ptr_array_new_with_free_func (free_account);
  self->by_uid = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

ProbityKeyring *
probity_keyring_ref (ProbityKeyring *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_keyring_unref (ProbityKeyring *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->by_uid);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->hashes);
  g_ptr_array_unref (self->accounts);
  g_free (self->casebook_uid);
  g_free (self->created);
  g_free (self->profile_name);
  g_free (self->profile_digest);
  g_free (self->fingerprint);
  g_free (self->last_at);
  g_free (self);
}

GBytes *
probity_keyring_dup_signed (const guint8 previous[PROBITY_HASH_BYTES],
                            const char  *payload)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/keyring/1");
  g_autoptr (GBytes) hash = g_bytes_new (previous, PROBITY_HASH_BYTES);

  probity_canonical_add_bytes (canonical, "previous", hash);
  probity_canonical_add_text (canonical, "payload", payload);

  return probity_canonical_dup_bytes (canonical);
}

void
probity_keyring_hash (const guint8 previous[PROBITY_HASH_BYTES],
                      const char  *payload,
                      const char  *by,
                      const guint8 signature[PROBITY_SIGNATURE_BYTES],
                      guint8       ret_hash[PROBITY_HASH_BYTES])
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/keyring-statement/1");
  g_autoptr (GBytes) before = g_bytes_new (previous, PROBITY_HASH_BYTES);
  g_autoptr (GBytes) signed_bytes = g_bytes_new (signature, PROBITY_SIGNATURE_BYTES);
  g_autoptr (GBytes) bytes = NULL;

  probity_canonical_add_bytes (canonical, "previous", before);
  probity_canonical_add_text (canonical, "payload", payload);
  probity_canonical_add_text (canonical, "by", by);
  probity_canonical_add_bytes (canonical, "signature", signed_bytes);
  bytes = probity_canonical_dup_bytes (canonical);

  crypto_hash_sha256 (ret_hash, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
set_line_error (GError    **error,
                guint       line,
                const char *format,
                ...) G_GNUC_PRINTF (3, 4);

static gboolean
set_line_error (GError    **error,
                guint       line,
                const char *format,
                ...)
{
  g_autofree char *what = NULL;
  va_list          arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED, "Line %u of the keyring: %s", line, what);

  return FALSE;
}

/* One line, without its end. */
static gboolean
take_line (ProbityKeyring *self,
           const char     *text,
           gsize           length,
           guint           line,
           GError        **error)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonObject) payload = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *payload_text, *by, *hash_text;
  guint8      signature[PROBITY_SIGNATURE_BYTES];
  guint8      hash[PROBITY_HASH_BYTES];
  guint8      signer[PROBITY_SIGN_PUBLIC_BYTES];
  char        hex[PROBITY_HASH_BYTES * 2 + 1];

  if (length > PROBITY_KEYRING_MAX_LINE)
    return set_line_error (error, line, "longer than %d bytes", PROBITY_KEYRING_MAX_LINE);

  object = probity_access_json_parse (text, length);
  if (object == NULL || json_object_get_size (object) != 4)
    return set_line_error (error, line, "not a statement");

  payload_text = probity_access_json_get_text (object, "payload");
  by = probity_access_json_get_text (object, "by");
  hash_text = probity_access_json_get_text (object, "hash");
  if (payload_text == NULL || by == NULL || hash_text == NULL || !probity_uid_is_valid (by) ||
      !probity_base64_read (probity_access_json_get_text (object, "signature"), signature, sizeof signature))
    return set_line_error (error, line, "not a statement");

  probity_keyring_hash (self->head, payload_text, by, signature, hash);
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
  if (!g_str_equal (hex, hash_text))
    return set_line_error (error, line, "does not follow from the line before: something was changed, removed or moved");

  payload = probity_access_json_parse (payload_text, strlen (payload_text));
  if (payload == NULL)
    return set_line_error (error, line, "its payload is not a statement");

  if (!probity_keyring_find_signer (self, payload, by, signer, &local_error))
    return set_line_error (error, line, "%s", local_error->message);

  message = probity_keyring_dup_signed (self->head, payload_text);
  if (crypto_sign_verify_detached (signature, g_bytes_get_data (message, NULL), g_bytes_get_size (message), signer) != 0)
    return set_line_error (error, line, "is not signed by whom it names");

  if (!probity_keyring_apply (self, payload, by, &local_error))
    {
      if (local_error->domain == PROBITY_CASEBOOK_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      return set_line_error (error, line, "%s", local_error->message);
    }

  memcpy (self->head, hash, sizeof hash);
  g_hash_table_add (self->hashes, g_strdup (hex));
  self->n_statements++;

  return TRUE;
}

/**
 * probity_keyring_parse:
 *
 * Reads and proves a whole list: each hash, each signature, and that each signer was allowed to say
 * it at that point. What stands behind the last line end was interrupted while it was written; it
 * says nothing and is passed over. Any thread.
 *
 * Returns: (transfer full): the keyring, or %NULL with PROBITY_ACCESS_ERROR_KEYRING_DAMAGED naming the
 *   line, or PROBITY_CASEBOOK_ERROR_NEWER_VERSION
 */
ProbityKeyring *
probity_keyring_parse (GBytes  *bytes,
                       GError **error)
{
  g_autoptr (ProbityKeyring) self = NULL;
  const char *text;
  gsize       length, start = 0;
  guint       line = 0;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (sodium_init () < 0)
    g_error ("The machine gives no random numbers");

  text = g_bytes_get_data (bytes, &length);
  if (length > PROBITY_KEYRING_MAX_BYTES)
    {
      set_line_error (error, 1, "the keyring is longer than %d bytes", PROBITY_KEYRING_MAX_BYTES);
      return NULL;
    }

  self = make_keyring ();
  while (start < length)
    {
      const char *end = memchr (text + start, '\n', length - start);

      if (end == NULL)
        break;

      if (++line > PROBITY_KEYRING_MAX_STATEMENTS)
        {
          set_line_error (error, line, "a keyring has at most %d statements", PROBITY_KEYRING_MAX_STATEMENTS);
          return NULL;
        }
      if (!take_line (self, text + start, (gsize) (end - text) - start, line, error))
        return NULL;
      start = (gsize) (end - text) + 1;
      self->length = start;
    }

  if (self->n_statements == 0)
    {
      set_line_error (error, 1, "there is no statement");
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * probity_keyring_load:
 *
 * Reads FOLDER/keyring.jsonl. It is the last file that the making of a casebook writes: where it is
 * missing there is no casebook, or none that was finished. Blocks; any thread.
 *
 * Returns: (transfer full): the keyring, or %NULL with a PROBITY_ACCESS_ERROR or PROBITY_CASEBOOK_ERROR
 */
ProbityKeyring *
probity_keyring_load (const char *folder,
                      GError    **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  path = g_build_filename (folder, PROBITY_KEYRING_FILE, NULL);
  bytes = probity_access_file_read (path, PROBITY_KEYRING_MAX_BYTES, error);
  if (bytes == NULL)
    return NULL;

  return probity_keyring_parse (bytes, error);
}

const char *
probity_keyring_get_casebook_uid (ProbityKeyring *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->casebook_uid;
}

const char *
probity_keyring_get_fingerprint (ProbityKeyring *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fingerprint;
}

const char *
probity_keyring_get_created (ProbityKeyring *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->created;
}

const char *
probity_keyring_get_profile_name (ProbityKeyring *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->profile_name;
}

gboolean
probity_keyring_is_sample (ProbityKeyring *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->sample;
}

guint
probity_keyring_get_n_accounts (ProbityKeyring *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->accounts->len;
}

const ProbityAccount *
probity_keyring_get_account (ProbityKeyring *self,
                             guint           index)
{
  ProbityKeyringAccount *inner;

  g_return_val_if_fail (self != NULL && index < self->accounts->len, NULL);

  inner = g_ptr_array_index (self->accounts, index);

  return &inner->account;
}

ProbityKeyringAccount *
probity_keyring_find_inner (ProbityKeyring *self,
                            const char     *uid_or_name)
{
  ProbityKeyringAccount *inner = g_hash_table_lookup (self->by_uid, uid_or_name);

  return inner != NULL ? inner : g_hash_table_lookup (self->by_name, uid_or_name);
}

const ProbityAccount *
probity_keyring_find (ProbityKeyring *self,
                      const char     *uid_or_name)
{
  ProbityKeyringAccount *inner;

  g_return_val_if_fail (self != NULL && uid_or_name != NULL, NULL);

  inner = probity_keyring_find_inner (self, uid_or_name);

  return inner != NULL ? &inner->account : NULL;
}

/**
 * probity_keyring_get_roles_at:
 *
 * At the very instant of a change the roles of before and after both count: what an account did and
 * the statement that ended its right may carry the same millisecond. Any thread.
 */
ProbityRoles
probity_keyring_get_roles_at (ProbityKeyring *self,
                              const char     *uid,
                              const char     *instant)
{
  ProbityKeyringAccount *inner;
  ProbityRoles           roles = PROBITY_ROLE_NONE;

  g_return_val_if_fail (self != NULL && uid != NULL && instant != NULL, PROBITY_ROLE_NONE);

  inner = g_hash_table_lookup (self->by_uid, uid);
  if (inner == NULL)
    return PROBITY_ROLE_NONE;

  for (guint i = 0; i < inner->changes->len; i++)
    {
      const ProbityRoleChange *change = &g_array_index (inner->changes, ProbityRoleChange, i);
      int                      order = strcmp (change->at, instant);

      if (order > 0)
        break;
      roles = order == 0 ? roles | change->roles : change->roles;
    }

  return roles;
}

static gboolean
verify_with (const ProbityKeyPeriod *period,
             GBytes                 *message,
             GBytes                 *signature)
{
  return g_bytes_get_size (signature) == PROBITY_SIGNATURE_BYTES &&
         crypto_sign_verify_detached (g_bytes_get_data (signature, NULL),
                                      g_bytes_get_data (message, NULL),
                                      g_bytes_get_size (message),
                                      period->sign_public) == 0;
}

gboolean
probity_keyring_verify (ProbityKeyring *self,
                        const char     *uid,
                        GBytes         *message,
                        GBytes         *signature)
{
  return probity_keyring_verify_at (self, uid, NULL, message, signature);
}

/**
 * probity_keyring_verify_at:
 * @instant: (nullable): when it is said to have been signed
 *
 * The same, but only with the key that the account had at @instant: after a reset the old key signs
 * nothing any more. Any thread.
 */
gboolean
probity_keyring_verify_at (ProbityKeyring *self,
                           const char     *uid,
                           const char     *instant,
                           GBytes         *message,
                           GBytes         *signature)
{
  ProbityKeyringAccount *inner;

  g_return_val_if_fail (self != NULL && uid != NULL, FALSE);
  g_return_val_if_fail (message != NULL && signature != NULL, FALSE);

  inner = g_hash_table_lookup (self->by_uid, uid);
  if (inner == NULL)
    return FALSE;

  for (guint i = 0; i < inner->periods->len; i++)
    {
      const ProbityKeyPeriod *period = &g_array_index (inner->periods, ProbityKeyPeriod, i);
      const ProbityKeyPeriod *next = i + 1 < inner->periods->len ? period + 1 : NULL;

      if (instant != NULL &&
          (strcmp (period->from, instant) > 0 || (next != NULL && strcmp (next->from, instant) < 0)))
        continue;
      if (verify_with (period, message, signature))
        return TRUE;
    }

  return FALSE;
}

char *
probity_keyring_dup_person_of (ProbityKeyring *self,
                               const char     *uid)
{
  ProbityKeyringAccount *inner;

  g_return_val_if_fail (self != NULL && uid != NULL, NULL);

  inner = g_hash_table_lookup (self->by_uid, uid);
  if (inner != NULL && inner->account.staff_number != NULL)
    return g_strconcat ("staff:", inner->account.staff_number, NULL);

  return g_strconcat ("account:", uid, NULL);
}

const guint8 *
probity_keyring_peek_compartment_public (ProbityKeyring    *self,
                                         ProbityCompartment compartment)
{
  return self->compartment_public[compartment];
}

const guint8 *
probity_keyring_peek_box_public_at (ProbityKeyring *self,
                                    const char     *uid,
                                    const char     *instant)
{
  ProbityKeyringAccount *inner = g_hash_table_lookup (self->by_uid, uid);
  const guint8          *found = NULL;

  for (guint i = 0; inner != NULL && i < inner->periods->len; i++)
    {
      const ProbityKeyPeriod *period = &g_array_index (inner->periods, ProbityKeyPeriod, i);

      if (strcmp (period->from, instant) <= 0)
        found = period->box_public;
    }

  return found;
}

const guint8 *
probity_keyring_peek_box_public (ProbityKeyring *self,
                                 const char     *uid)
{
  ProbityKeyringAccount *inner = g_hash_table_lookup (self->by_uid, uid);

  if (inner == NULL)
    return NULL;

  return g_array_index (inner->periods, ProbityKeyPeriod, inner->periods->len - 1).box_public;
}
