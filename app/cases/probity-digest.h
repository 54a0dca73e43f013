/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PROBITY_DIGEST_BYTES 32

/*
 * SHA-256 (FIPS 180-4) of a long run of bytes, worked out on a thread of its own while the caller goes on to
 * read, encrypt and write. One caller's thread at a time.
 */
typedef struct _ProbityDigest ProbityDigest;

ProbityDigest *probity_digest_new (void);
void           probity_digest_free (ProbityDigest *self);
/** Takes a copy of @bytes; blocks while a megabyte waits to be worked through. */
void probity_digest_add (ProbityDigest *self,
                         const guint8  *bytes,
                         gsize          length);
/** Waits for the rest; nothing can be added after it. */
void probity_digest_finish (ProbityDigest *self,
                            guint8         ret_digest[PROBITY_DIGEST_BYTES]);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityDigest, probity_digest_free)

/** As 64 hex digits. (transfer full) */
char *probity_digest_to_text (const guint8 digest[PROBITY_DIGEST_BYTES]);
/** Reads what probity_digest_to_text() writes. */
gboolean probity_digest_from_text (const char *text,
                                   guint8      ret_digest[PROBITY_DIGEST_BYTES]);

G_END_DECLS
