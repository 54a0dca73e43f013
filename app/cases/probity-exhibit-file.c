/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exhibit-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probity-exhibit-cipher.h"

#define FORMAT 1
#define HEADER_BYTES 80
#define SEAL_OFFSET 48
#define SALT_OFFSET 16
#define SALT_BYTES 32
#define SEAL_BYTES 32
#define TAG_BYTES ((gsize) PROBITY_EXHIBIT_CIPHER_TAG_BYTES)
#define CHUNK_BYTES PROBITY_EXHIBIT_CHUNK_BYTES
#define SEALED_BYTES (CHUNK_BYTES + TAG_BYTES)
#define LENGTH_BYTES ((gsize) 8)
#define MIN_BYTES 4096
#define PAGE_BYTES ((gsize) 4096)

/* How many chunks are read and written at a time; what is worked on then stays near the processor. */
#define N_AT_ONCE ((gsize) 4)

/* After so much the disk is asked to begin, so that the last fsync() has little left to wait for. */
#define FLUSH_BYTES ((gint64) 8 * 1024 * 1024)

static const guint8 magic[8] = { 'P', 'R', 'O', 'B', 'E', 'X', 'H', 0 };

G_DEFINE_QUARK (probity-exhibit-error-quark, probity_exhibit_error)

/* --- Keys --- */

typedef struct
{
  guint8 content[crypto_generichash_KEYBYTES];
  guint8 name[crypto_generichash_KEYBYTES];
  guint8 seal[crypto_generichash_KEYBYTES];
} KeyBytes;

struct _ProbityExhibitKeys
{
  gatomicrefcount ref_count;
  KeyBytes       *bytes; /* locked memory */
};

G_STATIC_ASSERT (crypto_kdf_KEYBYTES == PROBITY_KEY_BYTES);

/**
 * probity_exhibit_keys_new:
 * @key: what probity_session_derive_key() gives for `exhibits`; it encrypts nothing itself
 *
 * Returns: (transfer full)
 */
ProbityExhibitKeys *
probity_exhibit_keys_new (ProbityKey *key)
{
  ProbityExhibitKeys *self;

  g_return_val_if_fail (key != NULL, NULL);

  self = g_new0 (ProbityExhibitKeys, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->bytes = sodium_malloc (sizeof *self->bytes);
  if (self->bytes == NULL)
    g_error ("No locked memory is left for a key");

  crypto_kdf_derive_from_key (self->bytes->content, sizeof self->bytes->content, 1, "exhdata_", probity_key_peek (key));
  crypto_kdf_derive_from_key (self->bytes->name, sizeof self->bytes->name, 2, "exhname_", probity_key_peek (key));
  crypto_kdf_derive_from_key (self->bytes->seal, sizeof self->bytes->seal, 3, "exhseal_", probity_key_peek (key));
  sodium_mprotect_readonly (self->bytes);

  return self;
}

ProbityExhibitKeys *
probity_exhibit_keys_ref (ProbityExhibitKeys *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_exhibit_keys_unref (ProbityExhibitKeys *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  sodium_free (self->bytes);
  g_free (self);
}

char *
probity_exhibit_keys_dup_name (ProbityExhibitKeys *self,
                               const guint8        digest[PROBITY_DIGEST_BYTES])
{
  guint8 name[PROBITY_DIGEST_BYTES];

  g_return_val_if_fail (self != NULL && digest != NULL, NULL);

  crypto_generichash (name, sizeof name, digest, PROBITY_DIGEST_BYTES, self->bytes->name, sizeof self->bytes->name);

  return probity_digest_to_text (name);
}

static void
make_seal (ProbityExhibitKeys *keys,
           const guint8       *header,
           const guint8        digest[PROBITY_DIGEST_BYTES],
           guint8              ret_seal[SEAL_BYTES])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, keys->bytes->seal, sizeof keys->bytes->seal, SEAL_BYTES);
  crypto_generichash_update (&state, header + SALT_OFFSET, SALT_BYTES);
  crypto_generichash_update (&state, digest, PROBITY_DIGEST_BYTES);
  crypto_generichash_final (&state, ret_seal, SEAL_BYTES);
}

static ProbityExhibitCipher *
make_cipher (ProbityExhibitKeys *keys,
             const guint8       *header)
{
  ProbityExhibitCipher *cipher;
  guint8               *key = sodium_malloc (PROBITY_EXHIBIT_CIPHER_KEY_BYTES);

  if (key == NULL)
    g_error ("No locked memory is left for a key");
  crypto_generichash (key, PROBITY_EXHIBIT_CIPHER_KEY_BYTES, header, SEAL_OFFSET, keys->bytes->content, sizeof keys->bytes->content);
  cipher = probity_exhibit_cipher_new (key);
  sodium_free (key);

  return cipher;
}

static void
make_nonce (guint64  index,
            gboolean is_last,
            guint8   ret_nonce[PROBITY_EXHIBIT_CIPHER_NONCE_BYTES])
{
  const guint64 number = GUINT64_TO_LE (index);

  memset (ret_nonce, 0, PROBITY_EXHIBIT_CIPHER_NONCE_BYTES);
  memcpy (ret_nonce, &number, sizeof number);
  ret_nonce[sizeof number] = is_last ? 1 : 0;
}

/* --- Sizes --- */

/* At most an eighth more, and no more of the length is left to be seen than some bits of its logarithm. */
static guint64
pad (guint64 size)
{
  guint   exponent, kept;
  guint64 mask;

  if (size <= MIN_BYTES)
    return MIN_BYTES;
  exponent = (guint) g_bit_storage (size) - 1;
  kept = (guint) g_bit_storage (exponent);
  mask = (G_GUINT64_CONSTANT (1) << (exponent - kept)) - 1;

  return (size + mask) & ~mask;
}

static guint64
count_chunks (guint64 padded)
{
  return (padded + CHUNK_BYTES - 1) / CHUNK_BYTES;
}

gint64
probity_exhibit_file_get_size (gint64 size)
{
  guint64 padded;

  g_return_val_if_fail (size >= 0 && size <= PROBITY_EXHIBIT_MAX_BYTES, 0);

  padded = pad ((guint64) size + LENGTH_BYTES);

  return (gint64) (HEADER_BYTES + padded + count_chunks (padded) * TAG_BYTES);
}

/* --- Writing --- */

struct _ProbityExhibitWriter
{
  ProbityExhibitKeys   *keys;
  int                   fd;
  guint8                header[HEADER_BYTES];
  ProbityExhibitCipher *cipher;
  guint8               *plain;  /* one chunk on its way */
  guint8               *sealed; /* what goes into the file from @offset on, whole pages of it at the beginning of pages */
  gsize                 n_plain;
  gsize                 n_sealed; /* bytes */
  guint64               index;    /* of the next chunk */
  gint64                size;
  gint64                offset;  /* in the file */
  gint64                flushed; /* up to where the disk was asked to begin */
  ProbityDigest        *digest;
};

static gboolean
set_write_error (int      code,
                 GError **error)
{
  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    g_set_error_literal (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_NO_SPACE, "There is not enough room on the casebook’s disk");
  else
    g_set_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_FAILED, "The exhibit could not be written: %s", g_strerror (code));

  return FALSE;
}

static gboolean
write_all (int           fd,
           const guint8 *bytes,
           gsize         length,
           gint64        offset,
           GError      **error)
{
  while (length > 0)
    {
      gssize n = pwrite (fd, bytes, length, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return set_write_error (n < 0 ? errno : EIO, error);
      bytes += n;
      length -= (gsize) n;
      offset += n;
    }

  return TRUE;
}

ProbityExhibitWriter *
probity_exhibit_writer_new (ProbityExhibitKeys *keys,
                            int                 fd)
{
  ProbityExhibitWriter *self;
  const guint32         format = GUINT32_TO_LE (FORMAT);
  const guint32         chunk_bytes = GUINT32_TO_LE ((guint32) CHUNK_BYTES);

  g_return_val_if_fail (keys != NULL && fd >= 0, NULL);

  self = g_new0 (ProbityExhibitWriter, 1);
  self->keys = probity_exhibit_keys_ref (keys);
  self->fd = fd;
  memcpy (self->header, magic, sizeof magic);
  memcpy (self->header + 8, &format, sizeof format);
  memcpy (self->header + 12, &chunk_bytes, sizeof chunk_bytes);
  randombytes_buf (self->header + SALT_OFFSET, SALT_BYTES);
  self->cipher = make_cipher (keys, self->header);
  self->plain = g_malloc (CHUNK_BYTES);
  self->sealed = g_aligned_alloc (SEALED_BYTES * N_AT_ONCE + PAGE_BYTES, 1, PAGE_BYTES);
  /* Nothing stands in the header's place before the rest is written. */
  memset (self->sealed, 0, HEADER_BYTES);
  self->n_sealed = HEADER_BYTES;
  self->digest = probity_digest_new ();

  return self;
}

void
probity_exhibit_writer_free (ProbityExhibitWriter *self)
{
  if (self == NULL)
    return;

  sodium_memzero (self->plain, CHUNK_BYTES);
  g_free (self->plain);
  g_aligned_free (self->sealed);
  probity_exhibit_cipher_free (self->cipher);
  probity_digest_free (self->digest);
  probity_exhibit_keys_unref (self->keys);
  g_free (self);
}

/* Whole pages, so that the kernel copies from page to page and reads none back; what is over goes with the next. */
static gboolean
flush_chunks (ProbityExhibitWriter *self,
              gboolean              is_last,
              GError              **error)
{
  const gsize n = is_last ? self->n_sealed : self->n_sealed - self->n_sealed % PAGE_BYTES;

  if (!write_all (self->fd, self->sealed, n, self->offset, error))
    return FALSE;

  self->offset += (gint64) n;
  self->n_sealed -= n;
  memmove (self->sealed, self->sealed + n, self->n_sealed);
  if (self->offset - self->flushed >= FLUSH_BYTES)
    {
      sync_file_range (self->fd, self->flushed, self->offset - self->flushed, SYNC_FILE_RANGE_WRITE);
      self->flushed = self->offset;
    }

  return TRUE;
}

static gboolean
seal_chunk (ProbityExhibitWriter *self,
            const guint8         *plain,
            gsize                 length,
            gboolean              is_last,
            GError              **error)
{
  guint8 nonce[PROBITY_EXHIBIT_CIPHER_NONCE_BYTES];

  make_nonce (self->index, is_last, nonce);
  probity_exhibit_cipher_seal (self->cipher, nonce, plain, length, self->sealed + self->n_sealed);
  self->index++;
  self->n_sealed += length + TAG_BYTES;
  if (is_last || self->n_sealed + SEALED_BYTES > SEALED_BYTES * N_AT_ONCE + PAGE_BYTES)
    return flush_chunks (self, is_last, error);

  return TRUE;
}

gboolean
probity_exhibit_writer_add (ProbityExhibitWriter *self,
                            const guint8         *bytes,
                            gsize                 length,
                            GError              **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL || length == 0, FALSE);

  if ((gint64) length > PROBITY_EXHIBIT_MAX_BYTES - self->size)
    {
      g_set_error_literal (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_TOO_LARGE, "An exhibit may hold 2 GB at most");
      return FALSE;
    }

  self->size += (gint64) length;
  probity_digest_add (self->digest, bytes, length);
  while (length > 0)
    {
      gsize n;

      /* The last chunk ends with the length, so a full one of content is never it. */
      if (self->n_plain == 0 && length >= CHUNK_BYTES)
        {
          if (!seal_chunk (self, bytes, CHUNK_BYTES, FALSE, error))
            return FALSE;
          bytes += CHUNK_BYTES;
          length -= CHUNK_BYTES;
          continue;
        }

      n = MIN (length, CHUNK_BYTES - self->n_plain);
      memcpy (self->plain + self->n_plain, bytes, n);
      self->n_plain += n;
      bytes += n;
      length -= n;
      if (self->n_plain == CHUNK_BYTES)
        {
          if (!seal_chunk (self, self->plain, CHUNK_BYTES, FALSE, error))
            return FALSE;
          self->n_plain = 0;
        }
    }

  return TRUE;
}

gboolean
probity_exhibit_writer_finish (ProbityExhibitWriter *self,
                               guint8                ret_digest[PROBITY_DIGEST_BYTES],
                               gint64               *ret_size,
                               GError              **error)
{
  const guint64 padded = pad ((guint64) self->size + LENGTH_BYTES);
  const guint64 n_chunks = count_chunks (padded);
  const guint64 length = GUINT64_TO_LE ((guint64) self->size);

  while (self->index < n_chunks)
    {
      const gboolean is_last = self->index + 1 == n_chunks;
      const gsize    n = is_last ? (gsize) (padded - self->index * CHUNK_BYTES) : CHUNK_BYTES;

      memset (self->plain + self->n_plain, 0, n - self->n_plain);
      if (is_last)
        memcpy (self->plain + n - LENGTH_BYTES, &length, LENGTH_BYTES);
      if (!seal_chunk (self, self->plain, n, is_last, error))
        return FALSE;
      self->n_plain = 0;
    }

  probity_digest_finish (self->digest, ret_digest);
  make_seal (self->keys, self->header, ret_digest, self->header + SEAL_OFFSET);
  *ret_size = self->size;

  /* What was set aside for more content than came is given back. */
  if (ftruncate (self->fd, self->offset) != 0)
    return set_write_error (errno, error);

  return write_all (self->fd, self->header, HEADER_BYTES, 0, error);
}

/* --- Reading --- */

struct _ProbityExhibitReader
{
  int                   fd;
  ProbityExhibitCipher *cipher;
  guint8               *sealed;
  guint8               *plain;
  guint64               padded;
  guint64               n_chunks;
  guint64               index; /* of the next chunk */
  gint64                size;
};

static gboolean
set_damaged (GError    **error,
             const char *what)
{
  g_set_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_DAMAGED, "The exhibit’s file %s", what);

  return FALSE;
}

static gboolean
read_all (int      fd,
          guint8  *bytes,
          gsize    length,
          gint64   offset,
          GError **error)
{
  while (length > 0)
    {
      gssize n = pread (fd, bytes, length, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_DAMAGED, "The exhibit’s file cannot be read: %s", g_strerror (errno));
          return FALSE;
        }
      if (n == 0)
        return set_damaged (error, "was cut short");
      bytes += n;
      length -= (gsize) n;
      offset += n;
    }

  return TRUE;
}

static gsize
get_chunk_bytes (ProbityExhibitReader *self,
                 guint64               index)
{
  return index + 1 == self->n_chunks ? (gsize) (self->padded - index * CHUNK_BYTES) : CHUNK_BYTES;
}

static gboolean
open_chunk (ProbityExhibitReader *self,
            guint64               index,
            const guint8         *sealed,
            guint8               *plain,
            GError              **error)
{
  guint8 nonce[PROBITY_EXHIBIT_CIPHER_NONCE_BYTES];

  make_nonce (index, index + 1 == self->n_chunks, nonce);
  if (probity_exhibit_cipher_open (self->cipher, nonce, sealed, get_chunk_bytes (self, index), plain))
    return TRUE;

  return set_damaged (error, "was altered or cut short");
}

/* The end says how long the content is, and that this is the end. */
static gboolean
read_length (ProbityExhibitReader *self,
             GError              **error)
{
  const guint64 last = self->n_chunks - 1;
  const gsize   n = get_chunk_bytes (self, last);
  guint64       length;

  if (!read_all (self->fd, self->sealed, n + TAG_BYTES, (gint64) (HEADER_BYTES + last * SEALED_BYTES), error) ||
      !open_chunk (self, last, self->sealed, self->plain, error))
    return FALSE;

  memcpy (&length, self->plain + n - LENGTH_BYTES, LENGTH_BYTES);
  length = GUINT64_FROM_LE (length);
  if (length > PROBITY_EXHIBIT_MAX_BYTES || pad (length + LENGTH_BYTES) != self->padded)
    return set_damaged (error, "says a length that it has not");
  self->size = (gint64) length;

  return TRUE;
}

ProbityExhibitReader *
probity_exhibit_reader_open (ProbityExhibitKeys *keys,
                             int                 fd,
                             const guint8        digest[PROBITY_DIGEST_BYTES],
                             GError            **error)
{
  g_autoptr (ProbityExhibitReader) self = NULL;
  struct stat info;
  guint8      header[HEADER_BYTES];
  guint8      seal[SEAL_BYTES];
  guint32     format, chunk_bytes;
  guint64     body;

  g_return_val_if_fail (keys != NULL && fd >= 0, NULL);

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      set_damaged (error, "is not a file");
      return NULL;
    }
  if (info.st_size < (gint64) (HEADER_BYTES + TAG_BYTES + MIN_BYTES))
    {
      set_damaged (error, "was cut short");
      return NULL;
    }
  if (!read_all (fd, header, sizeof header, 0, error))
    return NULL;

  memcpy (&format, header + 8, sizeof format);
  memcpy (&chunk_bytes, header + 12, sizeof chunk_bytes);
  if (memcmp (header, magic, sizeof magic) != 0 || GUINT32_FROM_LE (format) != FORMAT || GUINT32_FROM_LE (chunk_bytes) != CHUNK_BYTES)
    {
      set_damaged (error, "does not begin as one");
      return NULL;
    }
  if (digest != NULL)
    {
      make_seal (keys, header, digest, seal);
      if (sodium_memcmp (seal, header + SEAL_OFFSET, SEAL_BYTES) != 0)
        {
          set_damaged (error, "is another’s");
          return NULL;
        }
    }

  body = (guint64) info.st_size - HEADER_BYTES;
  if (body > (guint64) probity_exhibit_file_get_size (PROBITY_EXHIBIT_MAX_BYTES) || body % SEALED_BYTES == TAG_BYTES || (body % SEALED_BYTES != 0 && body % SEALED_BYTES < TAG_BYTES + LENGTH_BYTES))
    {
      set_damaged (error, "was cut short");
      return NULL;
    }

  self = g_new0 (ProbityExhibitReader, 1);
  self->fd = fd;
  self->n_chunks = (body + SEALED_BYTES - 1) / SEALED_BYTES;
  self->padded = body - self->n_chunks * TAG_BYTES;
  self->cipher = make_cipher (keys, header);
  self->sealed = g_malloc (SEALED_BYTES * MIN (self->n_chunks, N_AT_ONCE));
  self->plain = g_malloc (CHUNK_BYTES * MIN (self->n_chunks, N_AT_ONCE));
  if (!read_length (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
probity_exhibit_reader_free (ProbityExhibitReader *self)
{
  if (self == NULL)
    return;

  if (self->plain != NULL)
    sodium_memzero (self->plain, CHUNK_BYTES * MIN (self->n_chunks, N_AT_ONCE));
  g_free (self->plain);
  g_free (self->sealed);
  probity_exhibit_cipher_free (self->cipher);
  g_free (self);
}

gint64
probity_exhibit_reader_get_size (ProbityExhibitReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

/* Where the content has ended stand only zero bytes and the length. */
static gboolean
check_padding (ProbityExhibitReader *self,
               guint64               first,
               gsize                 n_plain,
               GError              **error)
{
  const guint64 start = first * CHUNK_BYTES;
  gsize         from = (guint64) self->size > start ? (gsize) MIN ((guint64) self->size - start, n_plain) : 0;
  gsize         to = self->index == self->n_chunks ? n_plain - LENGTH_BYTES : n_plain;

  for (; from < to; from++)
    if (self->plain[from] != 0)
      return set_damaged (error, "holds more than its content");

  return TRUE;
}

gboolean
probity_exhibit_reader_next (ProbityExhibitReader *self,
                             const guint8        **ret_bytes,
                             gsize                *ret_length,
                             GError              **error)
{
  g_return_val_if_fail (self != NULL && ret_bytes != NULL && ret_length != NULL, FALSE);

  *ret_bytes = self->plain;
  *ret_length = 0;
  while (self->index < self->n_chunks && *ret_length == 0)
    {
      const guint64 first = self->index;
      const gsize   n = (gsize) MIN (self->n_chunks - first, N_AT_ONCE);
      const gsize   n_plain = (n - 1) * CHUNK_BYTES + get_chunk_bytes (self, first + n - 1);

      if (!read_all (self->fd, self->sealed, n_plain + n * TAG_BYTES, (gint64) (HEADER_BYTES + first * SEALED_BYTES), error))
        return FALSE;
      for (gsize i = 0; i < n; i++)
        if (!open_chunk (self, first + i, self->sealed + i * SEALED_BYTES, self->plain + i * CHUNK_BYTES, error))
          return FALSE;

      self->index += n;
      if (!check_padding (self, first, n_plain, error))
        return FALSE;
      if ((guint64) self->size > first * CHUNK_BYTES)
        *ret_length = (gsize) MIN ((guint64) self->size - first * CHUNK_BYTES, n_plain);
    }

  return TRUE;
}
