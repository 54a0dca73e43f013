/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An exhibit's file lies in a folder where others can write. An even first byte: the rest is such a file. An odd one: the
 * rest is content, which is written, read back, then changed in one place and must not be read to its end again. */

#include "config.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "probity-exhibit-file.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

static gboolean
read_to_end (ProbityExhibitKeys *keys,
             int                 fd,
             const guint8       *digest,
             const guint8       *content,
             gsize               content_length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityExhibitReader) reader = probity_exhibit_reader_open (keys, fd, digest, &error);
  const guint8 *bytes;
  gsize         length;
  gsize         n_read = 0;

  if ((reader != NULL) != (error == NULL))
    g_error ("A file was neither accepted nor refused");
  if (reader == NULL)
    return FALSE;
  if (probity_exhibit_reader_get_size (reader) > PROBITY_EXHIBIT_MAX_BYTES)
    g_error ("A file says that it holds too much");
  do
    {
      if (!probity_exhibit_reader_next (reader, &bytes, &length, &error))
        return FALSE;
      if (content != NULL && (length > content_length - n_read || memcmp (bytes, content + n_read, length) != 0))
        g_error ("What is read is not what was written");
      n_read += length;
    }
  while (length > 0);
  if ((gint64) n_read != probity_exhibit_reader_get_size (reader))
    g_error ("Less is read than was promised");

  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         length)
{
  static const guint8        key_bytes[PROBITY_KEY_BYTES] = { 7 };
  static ProbityExhibitKeys *keys;
  guint8                     digest[PROBITY_DIGEST_BYTES];
  int                        fd;

  if (length < 6)
    return 0;
  if (keys == NULL)
    {
      g_autoptr (ProbityKey) key = probity_key_new_copy (key_bytes);

      keys = probity_exhibit_keys_new (key);
    }

  fd = memfd_create ("exhibit", MFD_CLOEXEC);
  if (fd < 0)
    return 0;
  if (data[0] % 2 == 0)
    {
      if (write (fd, data + 1, length - 1) == (gssize) length - 1 && read_to_end (keys, fd, NULL, NULL, 0))
        g_error ("A file is accepted that nobody with the key wrote");
    }
  else
    {
      g_autoptr (ProbityExhibitWriter) writer = probity_exhibit_writer_new (keys, fd);
      guint32 at;
      guint8  byte;
      gint64  size;

      memcpy (&at, data + 1, sizeof at);
      if (!probity_exhibit_writer_add (writer, data + 5, length - 5, NULL) || !probity_exhibit_writer_finish (writer, digest, &size, NULL) ||
          !read_to_end (keys, fd, digest, data + 5, length - 5))
        g_error ("What was written is not read");

      at %= (guint32) probity_exhibit_file_get_size (size);
      if (pread (fd, &byte, 1, at) != 1)
        g_error ("A file is shorter than it should be");
      byte ^= data[0];
      if (pwrite (fd, &byte, 1, at) != 1)
        g_error ("The file cannot be changed");
      if (read_to_end (keys, fd, digest, NULL, 0))
        g_error ("A change at %u is not noticed", at);
    }
  close (fd);

  return 0;
}
