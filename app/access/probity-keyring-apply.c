/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-keyring-private.h"

#include <string.h>

#include "probity-clock.h"
#include "probity-instant.h"

/* What each statement says, and who may say it at that point of the list. */

#define KEYRING_FORMAT 1
#define STAFF_NUMBER_MAX 64

static gboolean
refuse (GError    **error,
        const char *message)
{
  g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED, message);

  return FALSE;
}

/* Any other than an administrator is told so by the code, which writers pass on. */
static gboolean
refuse_signer (GError    **error,
               const char *message)
{
  g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED, message);

  return FALSE;
}

gboolean
probity_account_name_is_valid (const char *name)
{
  gsize length = strlen (name);

  if (length < 1 || length > 64)
    return FALSE;

  /* What looks like a uid could be taken for another account's. */
  return strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == length && !probity_uid_is_valid (name);
}

static gboolean
staff_number_is_valid (const char *number)
{
  gsize length = strlen (number);

  if (length < 1 || length > STAFF_NUMBER_MAX)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (g_ascii_iscntrl (number[i]) || (g_ascii_isspace (number[i]) && (i == 0 || i + 1 == length)))
      return FALSE;

  return TRUE;
}

static void
add_period (ProbityKeyringAccount *inner,
            const char            *from,
            const guint8           box_public[PROBITY_BOX_PUBLIC_BYTES],
            const guint8           sign_public[PROBITY_SIGN_PUBLIC_BYTES])
{
  ProbityKeyPeriod period = { .from = g_strdup (from) };

  memcpy (period.box_public, box_public, sizeof period.box_public);
  memcpy (period.sign_public, sign_public, sizeof period.sign_public);
  g_array_append_val (inner->periods, period);
}

static void
add_change (ProbityKeyringAccount *inner,
            const char            *at,
            ProbityRoles           roles)
{
  ProbityRoleChange change = { g_strdup (at), roles };

  g_array_append_val (inner->changes, change);
}

static void
drop_grants (ProbityKeyringAccount *inner)
{
  inner->account.holds = 0;
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    g_clear_pointer (&inner->sealed[i], g_bytes_unref);
}

static gboolean
read_public_keys (JsonObject *object,
                  guint8      box_public[PROBITY_BOX_PUBLIC_BYTES],
                  guint8      sign_public[PROBITY_SIGN_PUBLIC_BYTES])
{
  return probity_base64_read (probity_access_json_get_text (object, "x25519"), box_public, PROBITY_BOX_PUBLIC_BYTES) &&
         probity_base64_read (probity_access_json_get_text (object, "ed25519"), sign_public, PROBITY_SIGN_PUBLIC_BYTES);
}

static ProbityKeyringAccount *
apply_account (ProbityKeyring *self,
               JsonObject     *payload,
               const char     *at,
               GError        **error)
{
  JsonObject            *object = probity_access_json_get_object (payload, "account");
  const char            *uid, *name, *roles_text, *staff_number;
  guint8                 box_public[PROBITY_BOX_PUBLIC_BYTES];
  guint8                 sign_public[PROBITY_SIGN_PUBLIC_BYTES];
  ProbityRoles           roles;
  ProbityKeyringAccount *inner;

  if (object == NULL)
    {
      refuse (error, "an account is not described");
      return NULL;
    }

  uid = probity_access_json_get_text (object, "uid");
  name = probity_access_json_get_text (object, "name");
  roles_text = probity_access_json_get_text (object, "roles");
  staff_number = probity_access_json_get_text (object, "staff_number");
  if (uid == NULL || !probity_uid_is_valid (uid) || name == NULL || !probity_account_name_is_valid (name) ||
      roles_text == NULL || !read_public_keys (object, box_public, sign_public) ||
      (staff_number != NULL && !staff_number_is_valid (staff_number)) ||
      !probity_roles_parse (roles_text, &roles, NULL))
    {
      refuse (error, "an account is not described as it should be");
      return NULL;
    }

  if (g_hash_table_contains (self->by_uid, uid) || g_hash_table_contains (self->by_name, name))
    {
      g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_EXISTS, "there is an account “%s” already", name);
      return NULL;
    }

  inner = g_new0 (ProbityKeyringAccount, 1);
  inner->periods = g_array_new (FALSE, FALSE, sizeof (ProbityKeyPeriod));
  inner->changes = g_array_new (FALSE, FALSE, sizeof (ProbityRoleChange));
  inner->account.uid = g_strdup (uid);
  inner->account.name = g_strdup (name);
  inner->account.roles = roles;
  inner->account.staff_number = g_strdup (staff_number);
  inner->account.created = g_strdup (at);
  add_period (inner, at, box_public, sign_public);
  add_change (inner, at, roles);

  g_ptr_array_add (self->accounts, inner);
  g_hash_table_insert (self->by_uid, (char *) inner->account.uid, inner);
  g_hash_table_insert (self->by_name, (char *) inner->account.name, inner);

  return inner;
}

static gboolean
take_sealed_key (ProbityKeyringAccount *inner,
                 ProbityCompartment     compartment,
                 JsonObject            *object,
                 GError               **error)
{
  /* A key and what sealing adds: 32 + 48. */
  guint8 box[PROBITY_KEY_BYTES + 48];
  gint64 generation;

  if (!probity_access_json_get_integer (object, "generation", 1, 1, &generation) ||
      !probity_base64_read (probity_access_json_get_text (object, "sealed"), box, sizeof box))
    return refuse (error, "a key is not granted as it should be");

  g_clear_pointer (&inner->sealed[compartment], g_bytes_unref);
  inner->sealed[compartment] = g_bytes_new (box, sizeof box);
  inner->account.holds |= 1u << compartment;

  return TRUE;
}

static gboolean
apply_casebook (ProbityKeyring *self,
                JsonObject     *payload,
                const char     *at,
                GError        **error)
{
  JsonObject            *compartments = probity_access_json_get_object (payload, "compartments");
  JsonObject            *profile = probity_access_json_get_object (payload, "profile");
  JsonNode              *sample = json_object_get_member (payload, "sample");
  const char            *uid = probity_access_json_get_text (payload, "uid");
  const char            *profile_name = NULL;
  const char            *profile_digest = NULL;
  ProbityKeyringAccount *creator;
  ProbityKeyPeriod      *period;
  gint64                 format;

  if (!probity_access_json_get_integer (payload, "format", 1, G_MAXINT, &format))
    return refuse (error, "the casebook has no format");
  if (format > KEYRING_FORMAT)
    {
      g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_NEWER_VERSION, "A newer version of the program made this casebook");
      return FALSE;
    }
  if (profile != NULL)
    {
      profile_name = probity_access_json_get_text (profile, "name");
      profile_digest = probity_access_json_get_text (profile, "digest");
    }
  if (uid == NULL || !probity_uid_is_valid (uid) || compartments == NULL || profile_name == NULL || profile_digest == NULL)
    return refuse (error, "the casebook is not described as it should be");

  creator = apply_account (self, payload, at, error);
  if (creator == NULL)
    return FALSE;
  if ((creator->account.roles & PROBITY_ROLE_ADMINISTRATOR) == 0)
    {
      g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID, "the first account of a casebook is an administrator: nobody else could add the next one");
      return FALSE;
    }

  for (ProbityCompartment compartment = 0; compartment < PROBITY_N_COMPARTMENTS; compartment++)
    {
      JsonObject *object = probity_access_json_get_object (compartments, probity_compartment_to_string (compartment));

      if (object == NULL ||
          !probity_base64_read (probity_access_json_get_text (object, "x25519"),
                                self->compartment_public[compartment],
                                PROBITY_BOX_PUBLIC_BYTES))
        return refuse (error, "a compartment is not described as it should be");
      if (!take_sealed_key (creator, compartment, object, error))
        return FALSE;
    }

  period = &g_array_index (creator->periods, ProbityKeyPeriod, 0);
  self->fingerprint = g_compute_checksum_for_data (G_CHECKSUM_SHA256, period->sign_public, sizeof period->sign_public);
  self->casebook_uid = g_strdup (uid);
  self->profile_name = g_strdup (profile_name);
  self->profile_digest = g_strdup (profile_digest);
  self->sample = sample != NULL && JSON_NODE_HOLDS_VALUE (sample) && json_node_get_value_type (sample) == G_TYPE_BOOLEAN && json_node_get_boolean (sample);
  self->created = g_strdup (at);

  return TRUE;
}

static gboolean
keeps_an_administrator (ProbityKeyring        *self,
                        ProbityKeyringAccount *without)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      ProbityKeyringAccount *inner = g_ptr_array_index (self->accounts, i);

      if (inner != without && !inner->account.disabled && (inner->account.roles & PROBITY_ROLE_ADMINISTRATOR) != 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
refuse_last_administrator (GError **error)
{
  g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_LAST_ADMINISTRATOR, "this is the last administrator");

  return FALSE;
}

static gboolean
apply_roles (ProbityKeyring        *self,
             ProbityKeyringAccount *target,
             JsonObject            *payload,
             const char            *at,
             GError               **error)
{
  const char  *text = probity_access_json_get_text (payload, "roles");
  ProbityRoles roles;

  if (text == NULL || !probity_roles_parse (text, &roles, NULL))
    return refuse (error, "roles are not named as they should be");
  if ((roles & PROBITY_ROLE_ADMINISTRATOR) == 0 && !keeps_an_administrator (self, target))
    return refuse_last_administrator (error);

  target->account.roles = roles;
  add_change (target, at, roles);

  return TRUE;
}

static gboolean
apply_grant (ProbityKeyringAccount *signer,
             ProbityKeyringAccount *target,
             JsonObject            *payload,
             GError               **error)
{
  const char        *name = probity_access_json_get_text (payload, "compartment");
  ProbityCompartment compartment;

  if (name == NULL || !probity_compartment_from_string (name, &compartment))
    return refuse (error, "a grant names no compartment");
  if ((signer->account.holds & (1u << compartment)) == 0)
    return refuse_signer (error, "only who holds a key can grant it");

  return take_sealed_key (target, compartment, payload, error);
}

static gboolean
apply_reset (ProbityKeyringAccount *target,
             JsonObject            *payload,
             const char            *at,
             GError               **error)
{
  guint8 box_public[PROBITY_BOX_PUBLIC_BYTES];
  guint8 sign_public[PROBITY_SIGN_PUBLIC_BYTES];

  if (!read_public_keys (payload, box_public, sign_public))
    return refuse (error, "a reset brings no new keys");

  /* What was sealed to the old key stays closed to the new one. */
  drop_grants (target);
  add_period (target, at, box_public, sign_public);

  return TRUE;
}

static gboolean
apply_disable (ProbityKeyring        *self,
               ProbityKeyringAccount *target,
               const char            *at,
               GError               **error)
{
  if ((target->account.roles & PROBITY_ROLE_ADMINISTRATOR) != 0 && !keeps_an_administrator (self, target))
    return refuse_last_administrator (error);

  target->account.disabled = TRUE;
  drop_grants (target);
  add_change (target, at, PROBITY_ROLE_NONE);

  return TRUE;
}

static gboolean
apply_later (ProbityKeyring *self,
             JsonObject     *payload,
             const char     *kind,
             const char     *at,
             const char     *by,
             GError        **error)
{
  ProbityKeyringAccount *signer = g_hash_table_lookup (self->by_uid, by);
  ProbityKeyringAccount *target = NULL;
  gboolean               grant = g_str_equal (kind, "grant");

  if (!grant && (signer->account.roles & PROBITY_ROLE_ADMINISTRATOR) == 0)
    return refuse_signer (error, "only an administrator can say this");

  if (g_str_equal (kind, "account"))
    return apply_account (self, payload, at, error) != NULL;

  if (probity_access_json_get_text (payload, "account") != NULL)
    target = g_hash_table_lookup (self->by_uid, probity_access_json_get_text (payload, "account"));
  if (target == NULL)
    return refuse (error, "it is about an account that does not exist");
  if (target->account.disabled)
    {
      g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_DISABLED, "the account “%s” is disabled for good", target->account.name);
      return FALSE;
    }

  if (grant)
    return apply_grant (signer, target, payload, error);
  if (g_str_equal (kind, "roles"))
    return apply_roles (self, target, payload, at, error);
  if (g_str_equal (kind, "reset"))
    return apply_reset (target, payload, at, error);
  if (g_str_equal (kind, "disable"))
    return apply_disable (self, target, at, error);

  return refuse (error, "a statement of an unknown kind");
}

gboolean
probity_keyring_apply (ProbityKeyring *self,
                       JsonObject     *payload,
                       const char     *by,
                       GError        **error)
{
  const char *kind = probity_access_json_get_text (payload, "kind");
  const char *at = probity_access_json_get_text (payload, "at");
  gboolean    applied;
  gint64      ms;

  if (kind == NULL || at == NULL || strlen (at) != PROBITY_INSTANT_SIZE - 1 || !probity_instant_to_ms (at, &ms))
    return refuse (error, "a statement needs a kind and a time");
  if (self->last_at != NULL && strcmp (at, self->last_at) < 0)
    return refuse (error, "it is older than the line before");

  if (self->n_statements == 0)
    applied = apply_casebook (self, payload, at, error);
  else
    applied = apply_later (self, payload, kind, at, by, error);
  if (!applied)
    return FALSE;

  g_free (self->last_at);
  self->last_at = g_strdup (at);

  return TRUE;
}

gboolean
probity_keyring_find_signer (ProbityKeyring *self,
                             JsonObject     *payload,
                             const char     *by,
                             guint8          ret_public[PROBITY_SIGN_PUBLIC_BYTES],
                             GError        **error)
{
  ProbityKeyringAccount *signer;
  ProbityKeyPeriod      *period;

  if (self->n_statements == 0)
    {
      JsonObject *account = probity_access_json_get_object (payload, "account");
      guint8      box_public[PROBITY_BOX_PUBLIC_BYTES];

      if (g_strcmp0 (probity_access_json_get_text (payload, "kind"), "casebook") != 0 || account == NULL ||
          g_strcmp0 (probity_access_json_get_text (account, "uid"), by) != 0 ||
          !read_public_keys (account, box_public, ret_public))
        return refuse (error, "the list does not begin with the casebook and who made it");

      return TRUE;
    }

  signer = g_hash_table_lookup (self->by_uid, by);
  if (signer == NULL || signer->account.disabled)
    return refuse_signer (error, signer == NULL ? "signed by an unknown account" : "signed by a disabled account");

  period = &g_array_index (signer->periods, ProbityKeyPeriod, signer->periods->len - 1);
  memcpy (ret_public, period->sign_public, PROBITY_SIGN_PUBLIC_BYTES);

  return TRUE;
}
