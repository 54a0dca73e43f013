/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-casebook.h"
#include "probity-digest.h"

G_BEGIN_DECLS

/*
 * The file in which an exhibit's bytes are kept, format 1.
 *
 *   0   8  `PROBEXH` and a zero byte
 *   8   4  format, little-endian: 1
 *   12  4  bytes of a chunk, little-endian: 65536
 *   16  32 salt, random for each file
 *   48  32 seal: BLAKE2b of salt and the content's SHA-256 under the seal key
 *   80  …  chunks, each XChaCha20-Poly1305 (16 bytes longer than what it holds), all full but the last
 *
 * The file's own key is BLAKE2b of the 48 bytes before the seal under the content key, so a chunk of another
 * file does not open. A chunk's nonce is its number and whether it is the last, so it opens nowhere else, and a
 * file that was cut short has no last chunk. What the chunks hold is the content, zero bytes, and in the last
 * eight bytes the content's length: the whole is rounded up (Padmé, Nikitin et al. 2019) to at least 4 KiB, so
 * that the size of the file names no document that somebody has at hand. The seal says at once, without
 * reading the rest, whose content this is: files that were swapped are found before a byte of them is shown.
 *
 * The three keys come by crypto_kdf from one that is derived from the compartment's key. Functions block
 * and may be called on any thread, on one object by one thread at a time.
 */

#define PROBITY_EXHIBIT_CHUNK_BYTES ((gsize) 65536)
/** What an exhibit may hold: 2 GB as people count them. */
#define PROBITY_EXHIBIT_MAX_BYTES (G_GINT64_CONSTANT (2) * 1024 * 1024 * 1024)

/** Each code is something that a caller does differently. */
typedef enum
{
  PROBITY_EXHIBIT_ERROR_FAILED,
  PROBITY_EXHIBIT_ERROR_MISSING,   /* the file is not there */
  PROBITY_EXHIBIT_ERROR_DAMAGED,   /* cut short, altered, or another file put in its place */
  PROBITY_EXHIBIT_ERROR_TOO_LARGE, /* for the casebook, or for the window to show */
  PROBITY_EXHIBIT_ERROR_NO_SPACE,  /* on the disk of the casebook or of the copy */
  PROBITY_EXHIBIT_ERROR_SOURCE,    /* the file to be taken in cannot be read, or the copy not be written */
} ProbityExhibitError;

#define PROBITY_EXHIBIT_ERROR (probity_exhibit_error_quark ())
GQuark probity_exhibit_error_quark (void);

/** The keys of one compartment's exhibits, in locked memory. */
typedef struct _ProbityExhibitKeys ProbityExhibitKeys;
ProbityExhibitKeys                *probity_exhibit_keys_new (ProbityKey *key);
ProbityExhibitKeys                *probity_exhibit_keys_ref (ProbityExhibitKeys *self);
void                               probity_exhibit_keys_unref (ProbityExhibitKeys *self);
/** The name of the file with this content: 64 hex digits that say nothing to who lacks the key. (transfer full) */
char *probity_exhibit_keys_dup_name (ProbityExhibitKeys *self,
                                     const guint8        digest[PROBITY_DIGEST_BYTES]);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExhibitKeys, probity_exhibit_keys_unref)

/** How many bytes a file with @size bytes of content has. */
gint64 probity_exhibit_file_get_size (gint64 size);

/** Writes from the start of @fd, which stays the caller's; nothing is synced here. (transfer full) */
typedef struct _ProbityExhibitWriter ProbityExhibitWriter;
ProbityExhibitWriter                *probity_exhibit_writer_new (ProbityExhibitKeys *keys,
                                                                 int                 fd);
void                                 probity_exhibit_writer_free (ProbityExhibitWriter *self);
gboolean                             probity_exhibit_writer_add (ProbityExhibitWriter *self,
                                                                 const guint8         *bytes,
                                                                 gsize                 length,
                                                                 GError              **error);
/** Writes what is left and the seal. */
gboolean probity_exhibit_writer_finish (ProbityExhibitWriter *self,
                                        guint8                ret_digest[PROBITY_DIGEST_BYTES],
                                        gint64               *ret_size,
                                        GError              **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExhibitWriter, probity_exhibit_writer_free)

/**
 * Opens what @fd (the caller's) holds: header, seal and last chunk are proved, in a time that does not
 * depend on the size. @digest is %NULL where nobody knows what the content should be. (transfer full)
 */
typedef struct _ProbityExhibitReader ProbityExhibitReader;
ProbityExhibitReader                *probity_exhibit_reader_open (ProbityExhibitKeys *keys,
                                                                  int                 fd,
                                                                  const guint8        digest[PROBITY_DIGEST_BYTES],
                                                                  GError            **error);
void                                 probity_exhibit_reader_free (ProbityExhibitReader *self);
/** Bytes of content. */
gint64 probity_exhibit_reader_get_size (ProbityExhibitReader *self);
/** The next bytes, up to a quarter of a megabyte, until the next call; @ret_length is 0 after the last. Each is proved before it is given. */
gboolean probity_exhibit_reader_next (ProbityExhibitReader *self,
                                      const guint8        **ret_bytes,
                                      gsize                *ret_length,
                                      GError              **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExhibitReader, probity_exhibit_reader_free)

G_END_DECLS
