/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probity-exhibit-cipher.h"
#include "probity-exhibit-file.h"
#include "probity-exhibit-store.h"

/* House rule: exhibits are kept encrypted in chunks; cut short, reordered or spliced they are refused. */

#define CHUNK PROBITY_EXHIBIT_CHUNK_BYTES
#define SEALED (CHUNK + 16)
#define HEADER 80

static ProbityExhibitKeys *
make_keys (guint8 byte)
{
  guint8 bytes[PROBITY_KEY_BYTES];
  g_autoptr (ProbityKey) key = NULL;

  memset (bytes, byte, sizeof bytes);
  key = probity_key_new_copy (bytes);

  return probity_exhibit_keys_new (key);
}

static int
make_fd (void)
{
  int fd = memfd_create ("exhibit", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);

  return fd;
}

static guint8 *
make_content (gsize   length,
              guint32 seed)
{
  guint8 *bytes = g_malloc (length + 1);
  guint8  key[randombytes_SEEDBYTES] = { 0 };

  memcpy (key, &seed, sizeof seed);
  randombytes_buf_deterministic (bytes, length, key);

  return bytes;
}

/* In pieces of @step, as a stream brings them. */
static void
write_file (ProbityExhibitKeys *keys,
            int                 fd,
            const guint8       *content,
            gsize               length,
            gsize               step,
            guint8              ret_digest[PROBITY_DIGEST_BYTES])
{
  g_autoptr (ProbityExhibitWriter) writer = probity_exhibit_writer_new (keys, fd);
  g_autoptr (GError) error = NULL;
  gint64 size;

  for (gsize at = 0; at < length; at += step)
    {
      g_assert_true (probity_exhibit_writer_add (writer, content + at, MIN (step, length - at), &error));
      g_assert_no_error (error);
    }
  g_assert_true (probity_exhibit_writer_finish (writer, ret_digest, &size, &error));
  g_assert_no_error (error);
  g_assert_cmpint (size, ==, (gint64) length);
}

/* NULL with @error where it is refused, now or on the way. */
static GByteArray *
read_file (ProbityExhibitKeys *keys,
           int                 fd,
           const guint8       *digest,
           GError            **error)
{
  g_autoptr (GByteArray) found = g_byte_array_new ();
  g_autoptr (ProbityExhibitReader) reader = probity_exhibit_reader_open (keys, fd, digest, error);
  const guint8 *bytes;
  gsize         length;

  if (reader == NULL)
    return NULL;
  do
    {
      if (!probity_exhibit_reader_next (reader, &bytes, &length, error))
        return NULL;
      g_byte_array_append (found, bytes, (guint) length);
    }
  while (length > 0);
  g_assert_cmpint (probity_exhibit_reader_get_size (reader), ==, found->len);

  return g_steal_pointer (&found);
}

static void
assert_damaged (ProbityExhibitKeys *keys,
                int                 fd,
                const guint8       *digest)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) found = read_file (keys, fd, digest, &error);

  g_assert_null (found);
  g_assert_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_DAMAGED);
}

static const gsize lengths[] = { 0, 1, 7, 63, 64, 65, 4087, 4088, 4089, 5000, CHUNK - 9, CHUNK - 8, CHUNK - 7, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 16 * CHUNK - 8, 16 * CHUNK, 16 * CHUNK + 1, 50 * CHUNK + 12345 };

/* What was written is read, and its digest is that of the content, however it came. */
static void
test_whole (void)
{
  static const gsize steps[] = { 1000, CHUNK, 1048576, 2500000 };
  g_autoptr (ProbityExhibitKeys) keys = make_keys (1);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (guint j = 0; j < G_N_ELEMENTS (steps); j++)
      {
        g_autoptr (GError) error = NULL;
        g_autofree guint8 *content = make_content (lengths[i], i);
        g_autoptr (GByteArray) found = NULL;
        guint8 digest[PROBITY_DIGEST_BYTES];
        guint8 wanted[PROBITY_DIGEST_BYTES];
        int    fd = make_fd ();

        write_file (keys, fd, content, lengths[i], steps[j], digest);
        crypto_hash_sha256 (wanted, content, lengths[i]);
        g_assert_cmpmem (digest, sizeof digest, wanted, sizeof wanted);
        g_assert_cmpint (lseek (fd, 0, SEEK_END), ==, probity_exhibit_file_get_size ((gint64) lengths[i]));
        found = read_file (keys, fd, digest, &error);
        g_assert_no_error (error);
        g_assert_cmpmem (found->data, found->len, content, lengths[i]);
        close (fd);
      }
}

/* The digest by the processor's own instructions is libsodium's, however the bytes were cut. */
static void
test_digest (void)
{
  guint64 state = 7;

  for (guint i = 0; i < 300; i++)
    {
      const gsize        length = (gsize) g_random_int_range (0, 300000);
      g_autofree guint8 *content = make_content (length, i);
      g_autoptr (ProbityDigest) digest = probity_digest_new ();
      guint8 found[PROBITY_DIGEST_BYTES];
      guint8 wanted[PROBITY_DIGEST_BYTES];

      for (gsize at = 0; at < length;)
        {
          gsize n;

          state = state * 6364136223846793005u + 1442695040888963407u;
          n = MIN (length - at, (gsize) (state >> 33) % 5000);
          probity_digest_add (digest, content + at, n);
          at += n;
        }
      probity_digest_finish (digest, found);
      crypto_hash_sha256 (wanted, content, length);
      g_assert_cmpmem (found, sizeof found, wanted, sizeof wanted);
    }
}

/* FIPS 180-4: the empty message, `abc`, and a million times `a`. */
static void
test_digest_vectors (void)
{
  static const struct
  {
    const char *text;
    guint       times;
    const char *digest;
  } vectors[] = {
    { "", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 10000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (ProbityDigest) digest = probity_digest_new ();
      g_autofree char *text = NULL;
      guint8           found[PROBITY_DIGEST_BYTES];
      guint8           again[PROBITY_DIGEST_BYTES];

      for (guint j = 0; j < vectors[i].times; j++)
        probity_digest_add (digest, (const guint8 *) vectors[i].text, strlen (vectors[i].text));
      probity_digest_finish (digest, found);
      text = probity_digest_to_text (found);
      g_assert_cmpstr (text, ==, vectors[i].digest);
      g_assert_true (probity_digest_from_text (text, again));
      g_assert_cmpmem (found, sizeof found, again, sizeof again);
    }
  g_assert_false (probity_digest_from_text (NULL, (guint8[PROBITY_DIGEST_BYTES]) { 0 }));
  g_assert_false (probity_digest_from_text ("ba78", (guint8[PROBITY_DIGEST_BYTES]) { 0 }));
}

/* Cut anywhere, at the end of a chunk too, or with something behind it, a file is refused at once. */
static void
test_cut (void)
{
  const gsize length = 20 * CHUNK + 5000;
  g_autoptr (ProbityExhibitKeys) keys = make_keys (1);
  g_autofree guint8 *content = make_content (length, 1);
  guint8             digest[PROBITY_DIGEST_BYTES];
  int                fd = make_fd ();
  const gint64       size = probity_exhibit_file_get_size ((gint64) length);
  const gint64       cuts[] = { 0, 1, HEADER - 1, HEADER, HEADER + 15, HEADER + 16, HEADER + 24, HEADER + 4111, HEADER + 4112, HEADER + SEALED, HEADER + 2 * SEALED, HEADER + 20 * SEALED, size - 4096, size - 1, size + 1, size + 16, size + SEALED };

  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (ftruncate (fd, 0), ==, 0);
      write_file (keys, fd, content, length, CHUNK, digest);
      g_assert_cmpint (ftruncate (fd, cuts[i]), ==, 0);
      g_assert_null (probity_exhibit_reader_open (keys, fd, digest, &error));
      g_assert_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_DAMAGED);
    }
  close (fd);
}

static void
move_chunk (int    from_fd,
            gint64 from,
            int    to_fd,
            gint64 to)
{
  g_autofree guint8 *bytes = g_malloc (SEALED);

  g_assert_cmpint (pread (from_fd, bytes, SEALED, HEADER + from * (gint64) SEALED), ==, SEALED);
  g_assert_cmpint (pwrite (to_fd, bytes, SEALED, HEADER + to * (gint64) SEALED), ==, SEALED);
}

/* Chunks in another order, and chunks or heads of another file with the same key, do not open. */
static void
test_spliced (void)
{
  const gsize length = 20 * CHUNK;
  g_autoptr (ProbityExhibitKeys) keys = make_keys (1);
  g_autofree guint8 *content = make_content (length, 1);
  guint8             digest[PROBITY_DIGEST_BYTES];
  guint8             other_digest[PROBITY_DIGEST_BYTES];
  guint8             header[HEADER];
  int                fd = make_fd ();
  int                other = make_fd ();

  /* The very same content: only the salt differs. */
  write_file (keys, other, content, length, CHUNK, other_digest);

  write_file (keys, fd, content, length, CHUNK, digest);
  move_chunk (fd, 3, fd, 4);
  assert_damaged (keys, fd, digest);

  write_file (keys, fd, content, length, CHUNK, digest);
  move_chunk (other, 3, fd, 3);
  assert_damaged (keys, fd, digest);

  write_file (keys, fd, content, length, CHUNK, digest);
  g_assert_cmpint (pread (other, header, HEADER, 0), ==, HEADER);
  g_assert_cmpint (pwrite (fd, header, HEADER, 0), ==, HEADER);
  assert_damaged (keys, fd, digest);

  close (fd);
  close (other);
}

/* A whole file in another's place is refused before a byte of it is shown. */
static void
test_swapped (void)
{
  g_autoptr (ProbityExhibitKeys) keys = make_keys (1);
  g_autoptr (ProbityExhibitKeys) other_keys = make_keys (2);
  g_autoptr (GByteArray) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *content = make_content (1000, 1);
  g_autofree guint8 *other_content = make_content (1000, 2);
  guint8             digest[PROBITY_DIGEST_BYTES];
  guint8             other_digest[PROBITY_DIGEST_BYTES];
  int                fd = make_fd ();
  int                other = make_fd ();

  write_file (keys, fd, content, 1000, 1000, digest);
  write_file (keys, other, other_content, 1000, 1000, other_digest);
  g_assert_null (probity_exhibit_reader_open (keys, other, digest, &error));
  g_assert_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_DAMAGED);
  assert_damaged (other_keys, fd, digest);
  assert_damaged (other_keys, fd, NULL);

  /* Without knowing the content it opens: the check of sizes and heads needs no more. */
  g_clear_error (&error);
  found = read_file (keys, other, NULL, &error);
  g_assert_no_error (error);
  close (fd);
  close (other);
}

/* Any byte changed is found. */
static void
test_altered (void)
{
  const gsize length = 2 * CHUNK + 100;
  g_autoptr (ProbityExhibitKeys) keys = make_keys (1);
  g_autofree guint8 *content = make_content (length, 1);
  guint8             digest[PROBITY_DIGEST_BYTES];
  int                fd = make_fd ();
  gint64             size;

  write_file (keys, fd, content, length, CHUNK, digest);
  size = lseek (fd, 0, SEEK_END);
  for (gint64 at = 0; at < size; at += at < HEADER ? 1 : 997)
    {
      guint8 byte;

      g_assert_cmpint (pread (fd, &byte, 1, at), ==, 1);
      byte ^= 1;
      g_assert_cmpint (pwrite (fd, &byte, 1, at), ==, 1);
      assert_damaged (keys, fd, digest);
      byte ^= 1;
      g_assert_cmpint (pwrite (fd, &byte, 1, at), ==, 1);
    }
  close (fd);
}

/* Neither name nor size of a file tells who has no key what is in it. */
static void
test_tells_nothing (void)
{
  g_autoptr (ProbityExhibitKeys) keys = make_keys (1);
  g_autoptr (ProbityExhibitKeys) other_keys = make_keys (2);
  g_autofree guint8 *content = make_content (1000, 1);
  guint8             digest[PROBITY_DIGEST_BYTES];
  g_autofree char   *name = NULL;
  g_autofree char   *other_name = NULL;
  g_autofree char   *plain_name = NULL;

  crypto_hash_sha256 (digest, content, 1000);
  name = probity_exhibit_keys_dup_name (keys, digest);
  other_name = probity_exhibit_keys_dup_name (other_keys, digest);
  plain_name = probity_digest_to_text (digest);
  g_assert_cmpuint (strlen (name), ==, 64);
  g_assert_cmpstr (name, !=, other_name);
  g_assert_cmpstr (name, !=, plain_name);

  g_assert_cmpint (probity_exhibit_file_get_size (0), ==, probity_exhibit_file_get_size (4088));
  g_assert_cmpint (probity_exhibit_file_get_size (1000000), ==, probity_exhibit_file_get_size (1010000));
  for (gint64 size = 5000; size <= PROBITY_EXHIBIT_MAX_BYTES; size = size * 5 / 4)
    g_assert_cmpfloat ((double) probity_exhibit_file_get_size (size), <=, (double) size * 1.13);
}

/* What casebooks hold was written by libsodium, and must be read for as long as they are kept; and the other way about. */
static void
test_cipher (void)
{
  static const gsize sizes[] = { 1, 8, 15, 16, 17, 63, 64, 65, 255, 1023, 4096, 65535, 65536 };
  g_autofree guint8 *plain = make_content (65536, 5);
  g_autofree guint8 *sealed = g_malloc (65536 + 16);
  g_autofree guint8 *other = g_malloc (65536 + 16);
  g_autofree guint8 *opened = g_malloc (65536);
  guint8             key[32], nonce[24];
  g_autoptr (ProbityExhibitCipher) cipher = NULL;

  randombytes_buf (key, sizeof key);
  cipher = probity_exhibit_cipher_new (key);
  g_assert_true (probity_exhibit_cipher_is_quick (cipher));

  for (guint i = 0; i < G_N_ELEMENTS (sizes) * 4; i++)
    {
      const gsize n = sizes[i / 4];

      /* As the nonces of chunks are, and any other. */
      randombytes_buf (nonce, sizeof nonce);
      if (i % 2 == 0)
        memset (nonce + 9, 0, sizeof nonce - 9);

      probity_exhibit_cipher_seal (cipher, nonce, plain, n, sealed);
      crypto_aead_xchacha20poly1305_ietf_encrypt (other, NULL, plain, n, NULL, 0, NULL, nonce, key);
      g_assert_cmpmem (sealed, n + 16, other, n + 16);

      g_assert_true (probity_exhibit_cipher_open (cipher, nonce, other, n, opened));
      g_assert_cmpmem (opened, n, plain, n);

      other[randombytes_uniform ((guint32) n + 16)] ^= (guint8) (1u << randombytes_uniform (8));
      g_assert_false (probity_exhibit_cipher_open (cipher, nonce, other, n, opened));
      nonce[randombytes_uniform (sizeof nonce)] ^= 1;
      g_assert_false (probity_exhibit_cipher_open (cipher, nonce, sealed, n, opened));
    }
}

/* A file that was said to be long and came short takes no more of the disk than what came. */
static void
test_gives_back (void)
{
  g_autoptr (ProbityExhibitKeys) keys = make_keys (1);
  g_autoptr (GError) error = NULL;
  g_autofree char      *base = g_dir_make_tmp ("exhibits-XXXXXX", &error);
  g_autofree char      *folder = g_build_filename (base, "exhibits", NULL);
  ProbityExhibitIntake *intake;
  struct stat           info;
  guint8                digest[PROBITY_DIGEST_BYTES];

  g_assert_no_error (error);
  intake = probity_exhibit_intake_new (folder, 8 * 1024 * 1024, &error);
  g_assert_no_error (error);
  write_file (keys, probity_exhibit_intake_get_fd (intake), (const guint8 *) "short", 5, 5, digest);
  g_assert_cmpint (fstat (probity_exhibit_intake_get_fd (intake), &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, probity_exhibit_file_get_size (5));
  g_assert_cmpint (info.st_blocks * 512, <, 1024 * 1024);

  probity_exhibit_intake_free (intake);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpint (g_rmdir (base), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/exhibit-file/whole", test_whole);
  g_test_add_func ("/exhibit-file/digest", test_digest);
  g_test_add_func ("/exhibit-file/digest-vectors", test_digest_vectors);
  g_test_add_func ("/exhibit-file/cut", test_cut);
  g_test_add_func ("/exhibit-file/spliced", test_spliced);
  g_test_add_func ("/exhibit-file/swapped", test_swapped);
  g_test_add_func ("/exhibit-file/altered", test_altered);
  g_test_add_func ("/exhibit-file/tells-nothing", test_tells_nothing);
  g_test_add_func ("/exhibit-file/cipher", test_cipher);
  g_test_add_func ("/exhibit-file/gives-back", test_gives_back);

  return g_test_run ();
}
