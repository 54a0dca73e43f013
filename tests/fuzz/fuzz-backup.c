/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backups come on drives that anybody may have had. Their head and their list of files are read with limits: what is
 * accepted is written the same again, and names no place but those that a casebook has. */

#include "config.h"

#include "probity-backup-manifest.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

static void
check_manifest (ProbityBackupManifest *manifest,
                GBytes                *bytes)
{
  g_autoptr (GBytes) again = probity_backup_manifest_dup_bytes (manifest);
  guint64 offset = PROBITY_BACKUP_HEADER_LENGTH;

  if (!g_bytes_equal (bytes, again))
    g_error ("There are two ways to write one list");
  for (guint i = 0; i < manifest->members->len; i++)
    {
      ProbityBackupMember *member = g_ptr_array_index (manifest->members, i);

      g_auto (GStrv) parts = g_strsplit (member->path, "/", -1);

      if (member->offset != offset || !probity_backup_path_is_valid (member->path) ||
          g_strv_contains ((const char *const *) parts, "..") || g_strv_contains ((const char *const *) parts, ""))
        g_error ("A file was accepted that lies nowhere: %s", member->path);
      offset += member->length;
    }
}

static void
check_header (const ProbityBackupHeader *header,
              const uint8_t             *data)
{
  guint8 bytes[PROBITY_BACKUP_HEADER_LENGTH];

  probity_backup_header_write (header, bytes);
  if (header->total_length != header->manifest_offset + header->manifest_length ||
      header->manifest_length > PROBITY_BACKUP_MAX_MANIFEST)
    g_error ("A head was accepted whose lengths do not fit");
  if (memcmp (bytes, data, 160) != 0)
    g_error ("There are two ways to write one head");
}

/* With the check at its end put right, so that what lies behind the check is reached. */
static void
try_header (const uint8_t *data,
            size_t         length)
{
  guint8              bytes[PROBITY_BACKUP_HEADER_LENGTH];
  ProbityBackupHeader header = { 0 };

  if (probity_backup_header_parse (&header, data, length, NULL))
    check_header (&header, data);
  if (length < sizeof bytes)
    return;

  memcpy (bytes, data, sizeof bytes);
  probity_backup_hash (bytes, 160, bytes + 160);
  memset (bytes + 144, 0, 16);
  probity_backup_hash (bytes, 160, bytes + 160);
  if (probity_backup_header_parse (&header, bytes, sizeof bytes, NULL))
    check_header (&header, bytes);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (ProbityBackupManifest) manifest = probity_backup_manifest_parse (bytes, NULL);

  if (manifest != NULL)
    check_manifest (manifest, bytes);
  try_header (data, length);

  return 0;
}
