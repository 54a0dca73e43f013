/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exhibit-cipher.h"

#include <openssl/evp.h>
#include <sodium.h>
#include <string.h>

/*
 * libcrypto, which is here for SQLCipher, has the rounds of ChaCha20-Poly1305 for each processor, three times as fast as
 * libsodium's; the X of XChaCha is one more block, from which a key for this nonce comes. Where libcrypto was told to do
 * without this cipher, libsodium does it all.
 */

G_STATIC_ASSERT (PROBITY_EXHIBIT_CIPHER_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (PROBITY_EXHIBIT_CIPHER_NONCE_BYTES == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
G_STATIC_ASSERT (PROBITY_EXHIBIT_CIPHER_TAG_BYTES == crypto_aead_xchacha20poly1305_ietf_ABYTES);

#define IV_BYTES 12

typedef struct
{
  guint8 key[PROBITY_EXHIBIT_CIPHER_KEY_BYTES];
  guint8 nonce_key[PROBITY_EXHIBIT_CIPHER_KEY_BYTES];
} KeyBytes;

struct _ProbityExhibitCipher
{
  KeyBytes       *bytes; /* locked memory */
  EVP_CIPHER     *cipher;
  EVP_CIPHER_CTX *context; /* NULL: libsodium does it all */
};

ProbityExhibitCipher *
probity_exhibit_cipher_new (const guint8 key[PROBITY_EXHIBIT_CIPHER_KEY_BYTES])
{
  ProbityExhibitCipher *self = g_new0 (ProbityExhibitCipher, 1);

  self->bytes = sodium_malloc (sizeof *self->bytes);
  if (self->bytes == NULL)
    g_error ("No locked memory is left for a key");
  memcpy (self->bytes->key, key, sizeof self->bytes->key);

  self->cipher = EVP_CIPHER_fetch (NULL, "ChaCha20-Poly1305", NULL);
  if (self->cipher != NULL)
    self->context = EVP_CIPHER_CTX_new ();

  return self;
}

void
probity_exhibit_cipher_free (ProbityExhibitCipher *self)
{
  if (self == NULL)
    return;

  EVP_CIPHER_CTX_free (self->context);
  EVP_CIPHER_free (self->cipher);
  sodium_free (self->bytes);
  g_free (self);
}

gboolean
probity_exhibit_cipher_is_quick (ProbityExhibitCipher *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->context != NULL;
}

/* Section 2.3: the first 16 bytes of the nonce make the key, the other 8 stand behind four of zero. */
static gboolean
begin (ProbityExhibitCipher *self,
       const guint8         *nonce,
       int                   encrypt)
{
  guint8 iv[IV_BYTES] = { 0 };

  crypto_core_hchacha20 (self->bytes->nonce_key, nonce, self->bytes->key, NULL);
  memcpy (iv + 4, nonce + crypto_core_hchacha20_INPUTBYTES, 8);

  return EVP_CipherInit_ex2 (self->context, self->cipher, self->bytes->nonce_key, iv, encrypt, NULL) == 1;
}

static gboolean
seal_quickly (ProbityExhibitCipher *self,
              const guint8         *nonce,
              const guint8         *plain,
              gsize                 length,
              guint8               *sealed)
{
  int n = 0;
  int n_rest = 0;

  return begin (self, nonce, 1) &&
         EVP_EncryptUpdate (self->context, sealed, &n, plain, (int) length) == 1 && (gsize) n == length &&
         EVP_EncryptFinal_ex (self->context, sealed + n, &n_rest) == 1 && n_rest == 0 &&
         EVP_CIPHER_CTX_ctrl (self->context, EVP_CTRL_AEAD_GET_TAG, PROBITY_EXHIBIT_CIPHER_TAG_BYTES, sealed + length) == 1;
}

void
probity_exhibit_cipher_seal (ProbityExhibitCipher *self,
                             const guint8          nonce[PROBITY_EXHIBIT_CIPHER_NONCE_BYTES],
                             const guint8         *plain,
                             gsize                 length,
                             guint8               *sealed)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (length <= G_MAXINT);

  if (self->context == NULL || !seal_quickly (self, nonce, plain, length, sealed))
    crypto_aead_xchacha20poly1305_ietf_encrypt (sealed, NULL, plain, length, NULL, 0, NULL, nonce, self->bytes->key);
}

static gboolean
open_quickly (ProbityExhibitCipher *self,
              const guint8         *nonce,
              const guint8         *sealed,
              gsize                 length,
              guint8               *plain)
{
  guint8 tag[PROBITY_EXHIBIT_CIPHER_TAG_BYTES];
  int    n = 0;
  int    n_rest = 0;

  memcpy (tag, sealed + length, sizeof tag);

  return begin (self, nonce, 0) &&
         EVP_CIPHER_CTX_ctrl (self->context, EVP_CTRL_AEAD_SET_TAG, (int) sizeof tag, tag) == 1 &&
         EVP_DecryptUpdate (self->context, plain, &n, sealed, (int) length) == 1 && (gsize) n == length &&
         EVP_DecryptFinal_ex (self->context, plain + n, &n_rest) == 1 && n_rest == 0;
}

gboolean
probity_exhibit_cipher_open (ProbityExhibitCipher *self,
                             const guint8          nonce[PROBITY_EXHIBIT_CIPHER_NONCE_BYTES],
                             const guint8         *sealed,
                             gsize                 length,
                             guint8               *plain)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (length <= G_MAXINT, FALSE);

  /* What is refused here is asked once more: that a file was altered is said by both, or not at all. */
  return (self->context != NULL && open_quickly (self, nonce, sealed, length, plain)) ||
         crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, sealed, length + PROBITY_EXHIBIT_CIPHER_TAG_BYTES, NULL, 0, nonce, self->bytes->key) == 0;
}
