/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-session-backup.h"
#include "probity-session-private.h"

G_BEGIN_DECLS

/* What the files about backups share. From fibers unless said otherwise. */

/* What the signature of a backup covers, of a restore. Any thread. */
GBytes *probity_backup_dup_signed (ProbityBackupManifest *manifest,
                                   const guint8           digest[PROBITY_BACKUP_HASH_BYTES]);
GBytes *probity_backup_dup_signed_restore (const char *casebook_uid,
                                           const char *uid,
                                           const char *at,
                                           const char *account_uid,
                                           const char *digest,
                                           const char *created,
                                           const char *points);

/* Opens the casebook in @folder, a copy of this session's, with this session's keys. */
ProbitySession *probity_backup_open_copy (ProbitySession *self,
                                          const char     *folder,
                                          GError        **error);
/* The same with a passphrase. */
ProbitySession *probity_backup_sign_in (const char   *folder,
                                        const char   *account,
                                        const char   *passphrase,
                                        ProbityClock *clock,
                                        GError      **error);
void            probity_backup_close_copy (ProbitySession *copy);

/* Adds to @report what a proof of @copy found. DAMAGED where it cannot be read to its end. */
gboolean probity_backup_prove_copy (ProbitySession      *copy,
                                    gboolean             whole,
                                    ProbityBackupReport *report,
                                    GError             **error);
/* Counts what the copy holds into @manifest, sealed to each compartment; or compares it with what @manifest says. */
gboolean probity_backup_seal_contents (ProbitySession        *copy,
                                       ProbityBackupManifest *manifest,
                                       GError               **error);
gboolean probity_backup_compare_contents (ProbitySession        *copy,
                                          ProbityBackupManifest *manifest,
                                          ProbityBackupReport   *report,
                                          GError               **error);
/* Whether the account that the manifest names signed it. FOREIGN. Any thread. */
gboolean probity_backup_check_signature (ProbitySession            *copy,
                                         ProbityBackupManifest     *manifest,
                                         const ProbityBackupHeader *header,
                                         GError                   **error);

ProbityBackupReport *probity_backup_report_new (ProbityBackupInfo *info);
void                 probity_backup_report_add (ProbityBackupReport *self,
                                                const char          *problem);

/* Records in the journal of @session; resolve to TRUE. */
DexFuture *probity_backup_record (ProbitySession         *session,
                                  ProbityBackupRecordKind kind,
                                  ProbityBackupReport    *report);

G_END_DECLS
