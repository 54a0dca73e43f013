/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-backup-manifest.h"

G_BEGIN_DECLS

/*
 * Backup files on disk; see probity-backup-manifest.h for what is in them. Everything here blocks: any
 * thread but the main one, one at a time.
 */

/** How far a long step is; written by its thread, read by any. */
typedef struct _ProbityBackupProgress ProbityBackupProgress;
ProbityBackupProgress                *probity_backup_progress_new (void);
ProbityBackupProgress                *probity_backup_progress_ref (ProbityBackupProgress *self);
void                                  probity_backup_progress_unref (ProbityBackupProgress *self);
/** Bytes done and to be done. */
void probity_backup_progress_get (ProbityBackupProgress *self,
                                  guint64               *ret_done,
                                  guint64               *ret_total);
/** Asks the step to stop: it fails with G_IO_ERROR_CANCELLED and leaves nothing. */
void     probity_backup_progress_cancel (ProbityBackupProgress *self);
void     probity_backup_progress_add_total (ProbityBackupProgress *self,
                                            guint64                bytes);
gboolean probity_backup_progress_step (ProbityBackupProgress *self,
                                       guint64                bytes,
                                       GError               **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityBackupProgress, probity_backup_progress_unref)

/* --- Writing --- */

typedef struct _ProbityBackupWriter ProbityBackupWriter;

/** Begins @path under the name PATH.unverified. EXISTS, NO_RIGHTS, FULL, BUSY (another writes the same). */
ProbityBackupWriter *probity_backup_writer_new (const char *path,
                                                GError    **error);
/** Removes what was begun, unless it was committed. */
void probity_backup_writer_free (ProbityBackupWriter *self);
/** What will be written as the manifest; the caller fills in who and when. (transfer none) */
ProbityBackupManifest *probity_backup_writer_peek_manifest (ProbityBackupWriter *self);
void                   probity_backup_writer_set_progress (ProbityBackupWriter   *self,
                                                           ProbityBackupProgress *progress);

/** Gives up to @length bytes at @offset of a file; less at its end, -1 with @error. */
typedef gssize (*ProbityBackupReadFunc) (gpointer source,
                                         guint64  offset,
                                         guint8  *bytes,
                                         gsize    length,
                                         GError **error);
/** Adds a file of exactly @length bytes. */
gboolean probity_backup_writer_add (ProbityBackupWriter  *self,
                                    const char           *path,
                                    guint64               length,
                                    ProbityBackupReadFunc read,
                                    gpointer              source,
                                    GError              **error);
gboolean probity_backup_writer_add_bytes (ProbityBackupWriter *self,
                                          const char          *path,
                                          GBytes              *bytes,
                                          GError             **error);
/** Has what was written on the disk. */
gboolean probity_backup_writer_sync (ProbityBackupWriter *self,
                                     GError             **error);
/** Reads back what was written, proves it, and writes the files that @wanted names (NULL: none) below @folder. */
typedef gboolean (*ProbityBackupFilter) (const char *path);
gboolean probity_backup_writer_extract (ProbityBackupWriter *self,
                                        const char          *folder,
                                        ProbityBackupFilter  wanted,
                                        GError             **error);

/** Signs the manifest's digest. (transfer full) */
typedef GBytes *(*ProbityBackupSignFunc) (const guint8 digest[PROBITY_BACKUP_HASH_BYTES],
                                          gpointer     data);
/** Writes manifest and header, has all of it on the disk, and reads both back. */
gboolean probity_backup_writer_finish (ProbityBackupWriter  *self,
                                       ProbityBackupSignFunc sign,
                                       gpointer              data,
                                       guint8                ret_digest[PROBITY_BACKUP_HASH_BYTES],
                                       GError              **error);
/** Gives it its name, unless that was taken meanwhile: EXISTS. */
gboolean probity_backup_writer_commit (ProbityBackupWriter *self,
                                       GError             **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityBackupWriter, probity_backup_writer_free)

/* --- Reading --- */

typedef struct _ProbityBackupReader ProbityBackupReader;

/** Opens a backup and reads its header and manifest, no member yet. PROBITY_BACKUP_ERROR codes, NO_RIGHTS. */
ProbityBackupReader   *probity_backup_reader_open (const char *path,
                                                   GError    **error);
void                   probity_backup_reader_free (ProbityBackupReader *self);
ProbityBackupManifest *probity_backup_reader_peek_manifest (ProbityBackupReader *self);
/** Length, digest and signature. */
const ProbityBackupHeader *probity_backup_reader_peek_header (ProbityBackupReader *self);
/**
 * Reads every member, compares its SHA-256, and writes those that @wanted names (NULL: all) below @folder,
 * which exists and is empty; @folder NULL writes none. On failure the caller removes @folder.
 */
gboolean probity_backup_reader_extract (ProbityBackupReader   *self,
                                        const char            *folder,
                                        ProbityBackupFilter    wanted,
                                        ProbityBackupProgress *progress,
                                        GError               **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityBackupReader, probity_backup_reader_free)

G_END_DECLS
