/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) of the chunks of an exhibit, byte for byte as libsodium's
 * crypto_aead_xchacha20poly1305_ietf_*() has it, without additional data: the 16 bytes of authentication follow the
 * content. One thread at a time.
 */
#define PROBITY_EXHIBIT_CIPHER_KEY_BYTES 32
#define PROBITY_EXHIBIT_CIPHER_NONCE_BYTES 24
#define PROBITY_EXHIBIT_CIPHER_TAG_BYTES 16

typedef struct _ProbityExhibitCipher ProbityExhibitCipher;

ProbityExhibitCipher *probity_exhibit_cipher_new (const guint8 key[PROBITY_EXHIBIT_CIPHER_KEY_BYTES]);
void                  probity_exhibit_cipher_free (ProbityExhibitCipher *self);

/** @sealed has room for @length and the tag. @length is at most G_MAXINT. */
void probity_exhibit_cipher_seal (ProbityExhibitCipher *self,
                                  const guint8          nonce[PROBITY_EXHIBIT_CIPHER_NONCE_BYTES],
                                  const guint8         *plain,
                                  gsize                 length,
                                  guint8               *sealed);
/** @length is of the content; what is in @plain is only worth something where this says %TRUE. */
gboolean probity_exhibit_cipher_open (ProbityExhibitCipher *self,
                                      const guint8          nonce[PROBITY_EXHIBIT_CIPHER_NONCE_BYTES],
                                      const guint8         *sealed,
                                      gsize                 length,
                                      guint8               *plain);

/** Whether the quick way is taken; else libsodium does it all. For tests. */
gboolean probity_exhibit_cipher_is_quick (ProbityExhibitCipher *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExhibitCipher, probity_exhibit_cipher_free)

G_END_DECLS
