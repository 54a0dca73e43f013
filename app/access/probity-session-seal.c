/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-secrets-private.h"
#include "probity-session-private.h"

/* Signing with the account's key, and boxes that only somebody else can open. */

GBytes *
probity_session_sign (ProbitySession *self,
                      GBytes         *message)
{
  ProbitySecrets *secrets;

  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);
  g_return_val_if_fail (message != NULL, NULL);

  secrets = probity_session_peek_secrets (self);
  g_return_val_if_fail (secrets != NULL, NULL);

  return probity_secrets_sign (secrets, message);
}

GBytes *
probity_session_seal_to_compartment (ProbitySession    *self,
                                     ProbityCompartment compartment,
                                     GBytes            *message)
{
  g_autoptr (ProbityKeyring) keyring = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);
  g_return_val_if_fail (message != NULL, NULL);

  keyring = probity_session_dup_keyring (self);

  return probity_seal_bytes (probity_keyring_peek_compartment_public (keyring, compartment),
                             g_bytes_get_data (message, NULL),
                             g_bytes_get_size (message));
}

GBytes *
probity_session_seal_to_account (ProbitySession *self,
                                 const char     *account_uid,
                                 GBytes         *message,
                                 GError        **error)
{
  g_autoptr (ProbityKeyring) keyring = NULL;
  const guint8 *public_key;

  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);
  g_return_val_if_fail (account_uid != NULL && message != NULL, NULL);

  keyring = probity_session_dup_keyring (self);
  public_key = probity_keyring_peek_box_public (keyring, account_uid);
  if (public_key == NULL)
    {
      g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND, "There is no account %s", account_uid);
      return NULL;
    }

  return probity_seal_bytes (public_key, g_bytes_get_data (message, NULL), g_bytes_get_size (message));
}

GBytes *
probity_session_open_sealed (ProbitySession *self,
                             GBytes         *box,
                             GError        **error)
{
  ProbitySecrets *secrets;
  GBytes         *message;

  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);
  g_return_val_if_fail (box != NULL, NULL);

  secrets = probity_session_peek_secrets (self);
  g_return_val_if_fail (secrets != NULL, NULL);

  message = probity_secrets_open (secrets, box);
  if (message == NULL)
    g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NO_KEY, "This was not sealed to this account");

  return message;
}

GBytes *
probity_session_open_compartment_note (ProbitySession    *self,
                                       ProbityCompartment compartment,
                                       GBytes            *box,
                                       GError           **error)
{
  g_autoptr (ProbityKeyring) keyring = NULL;
  const ProbityCompartmentSecret *secret;
  GBytes                         *message = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);
  g_return_val_if_fail (box != NULL, NULL);

  keyring = probity_session_dup_keyring (self);
  secret = probity_session_peek_compartment_secret (self, compartment);
  if (secret != NULL)
    message = probity_open_bytes (probity_keyring_peek_compartment_public (keyring, compartment),
                                  secret->bytes,
                                  box);
  if (message == NULL)
    g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NO_KEY, "This note does not open here");

  return message;
}
