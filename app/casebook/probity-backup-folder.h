/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-backup-manifest.h"

G_BEGIN_DECLS

/* The backups that lie in one folder. Blocking; any thread. */

/** What a backup file says of itself. */
typedef struct
{
  char   *path;
  char   *problem; /* why it cannot be read; then only the path is set */
  char   *casebook_uid;
  char   *created; /* instant */
  char   *account_name;
  char   *digest; /* SHA-256 of its manifest, hex */
  guint64 length;
  guint   n_files;
} ProbityBackupInfo;

#define PROBITY_TYPE_BACKUP_INFO (probity_backup_info_get_type ())
GType              probity_backup_info_get_type (void);
ProbityBackupInfo *probity_backup_info_copy (const ProbityBackupInfo *self);
void               probity_backup_info_free (ProbityBackupInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityBackupInfo, probity_backup_info_free)

/** Reads header and manifest of the file @path, or what is wrong with them. */
ProbityBackupInfo *probity_backup_info_read (const char *path);
/**
 * The backups in @folder (files named *.probity-backup), newest first, then those that cannot be read.
 * (transfer full): of ProbityBackupInfo
 */
GPtrArray *probity_backup_folder_list (const char *folder,
                                       GError    **error);
/**
 * Removes older backups of the same casebook that lie beside @newest, which has just been verified: of each
 * day (UTC) the newest stays, of the @keep newest days. What is of another casebook, cannot be read, is
 * newer than @newest or is another kind of file is never touched.
 *
 * Returns: (transfer full): the paths that were removed
 */
GStrv probity_backup_folder_rotate (const ProbityBackupInfo *newest,
                                    guint                    keep);

G_END_DECLS
