/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-document.h"

#include <string.h>

/*
 * A zip archive as documents are kept in: its list of members at the end says where each lies; stored or deflated,
 * not encrypted, not in several parts, not beyond 4 GiB. Every offset is checked against the file.
 */

#define END_SIGNATURE 0x06054b50u
#define ENTRY_SIGNATURE 0x02014b50u
#define LOCAL_SIGNATURE 0x04034b50u
#define END_LENGTH 22
#define ENTRY_LENGTH 46
#define LOCAL_LENGTH 30
#define MAX_COMMENT 65535
#define CHUNK (64 * 1024)

typedef struct
{
  const guint8 *data;
  gsize         size;
  const char   *name;
} Archive;

typedef struct
{
  guint16 flags;
  guint16 method;
  guint32 packed;
  guint32 unpacked;
  guint32 offset;
} Member;

static guint16
read_16 (const guint8 *at)
{
  return (guint16) (at[0] | at[1] << 8);
}

static guint32
read_32 (const guint8 *at)
{
  return (guint32) read_16 (at) | (guint32) read_16 (at + 2) << 16;
}

static gboolean
refuse (const Archive       *archive,
        ProbityDocumentError code,
        const char          *why,
        GError             **error)
{
  g_set_error (error, PROBITY_DOCUMENT_ERROR, (int) code, "%s: %s", archive->name, why);

  return FALSE;
}

/* Whether @length bytes at @offset lie in the archive. */
static gboolean
holds (const Archive *archive,
       gsize          offset,
       gsize          length)
{
  return offset <= archive->size && length <= archive->size - offset;
}

static const guint8 *
find_end (const Archive *archive)
{
  gsize least;

  if (archive->size < END_LENGTH)
    return NULL;
  least = archive->size - END_LENGTH > MAX_COMMENT ? archive->size - END_LENGTH - MAX_COMMENT : 0;
  for (gsize at = archive->size - END_LENGTH + 1; at-- > least;)
    if (read_32 (archive->data + at) == END_SIGNATURE && read_16 (archive->data + at + 20) <= archive->size - at - END_LENGTH)
      return archive->data + at;

  return NULL;
}

static gboolean
find_member (const Archive *archive,
             const char    *name,
             Member        *ret_member,
             gboolean      *ret_found,
             GError       **error)
{
  const guint8 *end = find_end (archive);
  guint         n_entries;
  gsize         at;

  *ret_found = FALSE;
  if (end == NULL)
    return refuse (archive, PROBITY_DOCUMENT_ERROR_DAMAGED, "its list of parts is not there", error);

  n_entries = read_16 (end + 10);
  at = read_32 (end + 16);
  for (guint i = 0; i < n_entries; i++)
    {
      const guint8 *entry = archive->data + at;
      gsize         name_length, length;

      if (!holds (archive, at, ENTRY_LENGTH) || read_32 (entry) != ENTRY_SIGNATURE)
        return refuse (archive, PROBITY_DOCUMENT_ERROR_DAMAGED, "its list of parts is cut", error);
      name_length = read_16 (entry + 28);
      length = ENTRY_LENGTH + name_length + read_16 (entry + 30) + read_16 (entry + 32);
      if (!holds (archive, at, length))
        return refuse (archive, PROBITY_DOCUMENT_ERROR_DAMAGED, "its list of parts is cut", error);

      if (name_length == strlen (name) && memcmp (entry + ENTRY_LENGTH, name, name_length) == 0)
        {
          *ret_member = (Member) { read_16 (entry + 8), read_16 (entry + 10), read_32 (entry + 20), read_32 (entry + 24), read_32 (entry + 42) };
          *ret_found = TRUE;
          return TRUE;
        }
      at += length;
    }

  return TRUE;
}

/* However little is there and whatever it says of its length, no more than @max_bytes come out. */
static GBytes *
unpack (const Archive *archive,
        const guint8  *data,
        gsize          size,
        gsize          max_bytes,
        GError       **error)
{
  g_autoptr (GConverter) inflater = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gsize              at = 0;

  while (TRUE)
    {
      gsize n_read, n_written;
      g_autoptr (GError) local_error = NULL;
      GConverterResult result = g_converter_convert (inflater, data + at, size - at, chunk, CHUNK, G_CONVERTER_INPUT_AT_END, &n_read, &n_written, &local_error);

      if (result == G_CONVERTER_ERROR)
        {
          refuse (archive, PROBITY_DOCUMENT_ERROR_DAMAGED, "a part of it cannot be unpacked", error);
          return NULL;
        }
      if (n_written > max_bytes - out->len)
        {
          refuse (archive, PROBITY_DOCUMENT_ERROR_TOO_LARGE, "it is longer than what is read here", error);
          return NULL;
        }
      g_byte_array_append (out, chunk, (guint) n_written);
      at += n_read;
      if (result == G_CONVERTER_FINISHED)
        return g_byte_array_free_to_bytes (g_steal_pointer (&out));
    }
}

GBytes *
probity_zip_read_member (GBytes     *bytes,
                         const char *member_name,
                         gsize       max_bytes,
                         const char *name,
                         GError    **error)
{
  Archive       archive = { .name = name };
  Member        member;
  const guint8 *local;
  gboolean      found;
  gsize         start;

  g_return_val_if_fail (bytes != NULL && member_name != NULL && name != NULL, NULL);

  archive.data = g_bytes_get_data (bytes, &archive.size);
  if (!find_member (&archive, member_name, &member, &found, error) || !found)
    return NULL;

  local = archive.data + member.offset;
  if (!holds (&archive, member.offset, LOCAL_LENGTH) || read_32 (local) != LOCAL_SIGNATURE)
    {
      refuse (&archive, PROBITY_DOCUMENT_ERROR_DAMAGED, "a part of it is not where it should be", error);
      return NULL;
    }
  start = (gsize) member.offset + LOCAL_LENGTH + read_16 (local + 26) + read_16 (local + 28);
  if (!holds (&archive, start, member.packed))
    {
      refuse (&archive, PROBITY_DOCUMENT_ERROR_DAMAGED, "a part of it is cut", error);
      return NULL;
    }
  if ((member.flags & 1) != 0)
    {
      refuse (&archive, PROBITY_DOCUMENT_ERROR_KIND, "it is encrypted with a password; save it without one", error);
      return NULL;
    }

  if (member.method == 8)
    return unpack (&archive, archive.data + start, member.packed, max_bytes, error);
  if (member.method != 0)
    {
      refuse (&archive, PROBITY_DOCUMENT_ERROR_KIND, "it is packed in a way that is not read here", error);
      return NULL;
    }
  if (member.packed > max_bytes)
    {
      refuse (&archive, PROBITY_DOCUMENT_ERROR_TOO_LARGE, "it is longer than what is read here", error);
      return NULL;
    }

  return g_bytes_new (archive.data + start, member.packed);
}
