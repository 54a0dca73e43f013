/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sodium.h>

#include "probity-role.h"
#include "probity-session-private.h"

/* Keys for what lies beside the databases. */

G_STATIC_ASSERT (crypto_kdf_KEYBYTES == PROBITY_KEY_BYTES);

/**
 * probity_session_derive_key:
 * @context: eight characters that name the use; one use, one context
 *
 * A key for something other than the database of @compartment, from that compartment's own key by
 * libsodium's crypto_kdf (BLAKE2b): whoever comes by it has neither the database nor another use. Any
 * thread.
 *
 * Returns: (transfer full): %NULL and PROBITY_ACCESS_ERROR_NO_KEY where the key is not held
 */
ProbityKey *
probity_session_derive_key (ProbitySession    *self,
                            ProbityCompartment compartment,
                            const char        *context,
                            GError           **error)
{
  ProbityKey *key;
  ProbityKey *derived;
  guint8     *bytes;

  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);
  g_return_val_if_fail (context != NULL && strlen (context) == crypto_kdf_CONTEXTBYTES, NULL);

  key = probity_session_peek_key (self, compartment);
  if (key == NULL)
    {
      g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NO_KEY, "The key of %s has not been granted to this account", probity_compartment_to_string (compartment));
      return NULL;
    }

  bytes = sodium_malloc (PROBITY_KEY_BYTES);
  if (bytes == NULL)
    g_error ("No locked memory is left for a key");
  crypto_kdf_derive_from_key (bytes, PROBITY_KEY_BYTES, 1, context, probity_key_peek (key));
  derived = probity_key_new_copy (bytes);
  sodium_free (bytes);

  return derived;
}
