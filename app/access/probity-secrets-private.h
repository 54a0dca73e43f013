/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-keyring-private.h"

G_BEGIN_DECLS

/* Shared by the slots, which wrap secrets, and the secrets themselves. */

#define PROBITY_SEED_BYTES 64

typedef struct
{
  guint8 box_secret[32];
  guint8 sign_secret[64];
} ProbitySecretBytes;

/* Locked, guarded memory; free it with sodium_free(), which wipes it. Never NULL. */
void           *probity_secret_alloc (gsize length);
ProbitySecrets *probity_secrets_new_from_seed (const guint8 seed[PROBITY_SEED_BYTES]);
void            probity_secrets_copy_seed (ProbitySecrets *self,
                                           guint8          seed[PROBITY_SEED_BYTES]);
/* Opens a box into such memory; NULL where it was sealed to somebody else. */
guint8 *probity_secrets_open_locked (ProbitySecrets *self,
                                     const guint8   *box,
                                     gsize           length);
GBytes *probity_open_bytes (const guint8  public_key[PROBITY_BOX_PUBLIC_BYTES],
                            const guint8 *secret_key,
                            GBytes       *box);

G_END_DECLS
