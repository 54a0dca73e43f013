/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-secrets-private.h"

#include <sodium.h>
#include <string.h>

struct _ProbitySecrets
{
  gatomicrefcount ref_count;

  guint8 box_public[PROBITY_BOX_PUBLIC_BYTES];
  guint8 sign_public[PROBITY_SIGN_PUBLIC_BYTES];

  /* Guarded pages: locked, left out of core dumps, readable only. */
  ProbitySecretBytes *bytes;
};

G_STATIC_ASSERT (PROBITY_BOX_PUBLIC_BYTES == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT (PROBITY_SIGN_PUBLIC_BYTES == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (PROBITY_SIGNATURE_BYTES == crypto_sign_BYTES);
G_STATIC_ASSERT (PROBITY_SEED_BYTES == crypto_box_SECRETKEYBYTES + crypto_sign_SEEDBYTES);

void *
probity_secret_alloc (gsize length)
{
  void *memory;

  if (sodium_init () < 0)
    g_error ("The machine gives no random numbers");

  memory = sodium_malloc (length);
  if (memory == NULL)
    g_error ("No locked memory is left for a secret");

  return memory;
}

/**
 * probity_secrets_new_from_seed:
 *
 * @seed is 32 bytes of X25519 secret key and 32 bytes of Ed25519 seed.
 */
ProbitySecrets *
probity_secrets_new_from_seed (const guint8 seed[PROBITY_SEED_BYTES])
{
  ProbitySecrets *self = g_new0 (ProbitySecrets, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->bytes = probity_secret_alloc (sizeof *self->bytes);
  memcpy (self->bytes->box_secret, seed, crypto_box_SECRETKEYBYTES);
  crypto_scalarmult_base (self->box_public, self->bytes->box_secret);
  crypto_sign_seed_keypair (self->sign_public, self->bytes->sign_secret, seed + crypto_box_SECRETKEYBYTES);
  sodium_mprotect_readonly (self->bytes);

  return self;
}

ProbitySecrets *
probity_secrets_new_random (void)
{
  guint8         *seed = probity_secret_alloc (PROBITY_SEED_BYTES);
  ProbitySecrets *self;

  randombytes_buf (seed, PROBITY_SEED_BYTES);
  self = probity_secrets_new_from_seed (seed);
  sodium_free (seed);

  return self;
}

ProbitySecrets *
probity_secrets_ref (ProbitySecrets *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_secrets_unref (ProbitySecrets *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  /* sodium_free() wipes. */
  sodium_free (self->bytes);
  g_free (self);
}

/* Puts the seed, from which everything comes, into @seed, which is locked memory. */
void
probity_secrets_copy_seed (ProbitySecrets *self,
                           guint8          seed[PROBITY_SEED_BYTES])
{
  memcpy (seed, self->bytes->box_secret, crypto_box_SECRETKEYBYTES);
  crypto_sign_ed25519_sk_to_seed (seed + crypto_box_SECRETKEYBYTES, self->bytes->sign_secret);
}

const guint8 *
probity_secrets_peek_box_public (ProbitySecrets *self)
{
  return self->box_public;
}

const guint8 *
probity_secrets_peek_sign_public (ProbitySecrets *self)
{
  return self->sign_public;
}

GBytes *
probity_secrets_sign (ProbitySecrets *self,
                      GBytes         *message)
{
  guint8 signature[PROBITY_SIGNATURE_BYTES];

  g_return_val_if_fail (self != NULL && message != NULL, NULL);

  crypto_sign_detached (signature, NULL, g_bytes_get_data (message, NULL), g_bytes_get_size (message), self->bytes->sign_secret);

  return g_bytes_new (signature, sizeof signature);
}

/* NULL when @box was sealed to somebody else, or is damaged. */
GBytes *
probity_secrets_open (ProbitySecrets *self,
                      GBytes         *box)
{
  g_return_val_if_fail (self != NULL && box != NULL, NULL);

  return probity_open_bytes (self->box_public, self->bytes->box_secret, box);
}

/* The same for a compartment's key, which never stands in memory that is not locked. */
ProbityKey *
probity_secrets_open_key (ProbitySecrets *self,
                          GBytes         *box)
{
  g_autoptr (ProbityKey) key = NULL;
  guint8 *bytes;

  g_return_val_if_fail (self != NULL && box != NULL, NULL);

  if (g_bytes_get_size (box) != PROBITY_KEY_BYTES + crypto_box_SEALBYTES)
    return NULL;

  bytes = probity_secret_alloc (PROBITY_KEY_BYTES);
  if (crypto_box_seal_open (bytes, g_bytes_get_data (box, NULL), g_bytes_get_size (box), self->box_public, self->bytes->box_secret) == 0)
    key = probity_key_new_copy (bytes);
  sodium_free (bytes);

  return g_steal_pointer (&key);
}

guint8 *
probity_secrets_open_locked (ProbitySecrets *self,
                             const guint8   *box,
                             gsize           length)
{
  guint8 *bytes;

  g_return_val_if_fail (self != NULL && length > crypto_box_SEALBYTES, NULL);

  bytes = probity_secret_alloc (length - crypto_box_SEALBYTES);
  if (crypto_box_seal_open (bytes, box, length, self->box_public, self->bytes->box_secret) == 0)
    return bytes;
  sodium_free (bytes);

  return NULL;
}

GBytes *
probity_seal_bytes (const guint8  public_key[PROBITY_BOX_PUBLIC_BYTES],
                    gconstpointer data,
                    gsize         length)
{
  gsize   size = length + crypto_box_SEALBYTES;
  guint8 *box = g_malloc (size);

  /* Fails only for a public key of small order, which a keyring may hold if its maker wants nothing to be readable. */
  if (crypto_box_seal (box, data, length, public_key) != 0)
    memset (box, 0, size);

  return g_bytes_new_take (box, size);
}

GBytes *
probity_open_bytes (const guint8  public_key[PROBITY_BOX_PUBLIC_BYTES],
                    const guint8 *secret_key,
                    GBytes       *box)
{
  gsize   size = g_bytes_get_size (box);
  guint8 *message;

  if (size < crypto_box_SEALBYTES)
    return NULL;

  message = g_malloc (size - crypto_box_SEALBYTES + 1);
  if (crypto_box_seal_open (message, g_bytes_get_data (box, NULL), size, public_key, secret_key) != 0)
    {
      g_free (message);
      return NULL;
    }

  return g_bytes_new_take (message, size - crypto_box_SEALBYTES);
}

gboolean
probity_base64_read (const char *text,
                     guint8     *bytes,
                     gsize       length)
{
  gsize read;

  return text != NULL &&
         sodium_base642bin (bytes, length, text, strlen (text), NULL, &read, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
         read == length;
}

/* For public bytes only: the text is not wiped. */
char *
probity_base64_dup (gconstpointer bytes,
                    gsize         length)
{
  return g_base64_encode (bytes, length);
}

char *
probity_passphrase_copy (const char *passphrase,
                         GError    **error)
{
  gsize length = passphrase != NULL ? strlen (passphrase) : 0;
  char *copy;

  if (length == 0 || length > PROBITY_PASSPHRASE_MAX)
    {
      g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID, length == 0 ? "A passphrase is needed" : "A passphrase has at most %d bytes", PROBITY_PASSPHRASE_MAX);
      return NULL;
    }

  copy = probity_secret_alloc (length + 1);
  memcpy (copy, passphrase, length + 1);

  return copy;
}

void
probity_passphrase_free (char *passphrase)
{
  if (passphrase != NULL)
    sodium_free (passphrase);
}

/* Twenty-five characters are 125 bits: nobody guesses that. No letter looks like a digit. */
#define CODE_CHARACTERS 25
#define CODE_GROUP 5
static const char code_alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char *
probity_recovery_code_new (void)
{
  char *code = probity_secret_alloc (CODE_CHARACTERS + CODE_CHARACTERS / CODE_GROUP);
  char *next = code;

  for (int i = 0; i < CODE_CHARACTERS; i++)
    {
      if (i > 0 && i % CODE_GROUP == 0)
        *next++ = '-';
      *next++ = code_alphabet[randombytes_uniform (32)];
    }
  *next = '\0';

  return code;
}

/* Case, spaces and dashes do not matter, nor does O for 0 and I or L for 1. NULL when it cannot be a code. */
char *
probity_recovery_code_read (const char *text)
{
  char *code = probity_secret_alloc (CODE_CHARACTERS + CODE_CHARACTERS / CODE_GROUP);
  char *next = code;
  int   n = 0;

  for (; text != NULL && *text != '\0'; text++)
    {
      char c = g_ascii_toupper (*text);

      if (c == '-' || g_ascii_isspace (c))
        continue;
      c = c == 'O' ? '0' : (c == 'I' || c == 'L') ? '1'
                                                  : c;
      if (strchr (code_alphabet, c) == NULL || n == CODE_CHARACTERS)
        break;
      if (n > 0 && n % CODE_GROUP == 0)
        *next++ = '-';
      *next++ = c;
      n++;
    }

  if (n != CODE_CHARACTERS || text == NULL || *text != '\0')
    {
      sodium_free (code);
      return NULL;
    }
  *next = '\0';

  return code;
}
