/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-audit.h"
#include "probity-backup-file.h"
#include "probity-backup-folder.h"

G_BEGIN_DECLS

/*
 * Backups: made from an open casebook, proved, restored, tried. Who may: PROBITY_OPERATION_BACK_UP and
 * PROBITY_OPERATION_RESTORE in probity-access.c. All functions: main thread; none of them blocks it.
 */

/** What was done with a backup, and what its proof found. */
typedef struct
{
  ProbityBackupInfo *info;
  GStrv              proved;    /* names of the compartments that the account's keys open: opened and proved */
  GStrv              unproved;  /* the others: every byte is as it was copied, and that is all that is known */
  GStrv              problems;  /* sentences with a stable code in front, as verify tells them */
  GStrv              removed;   /* older backups that rotation took away */
  gint64             locked_us; /* how long other programs could not write, in microseconds */
  gint64             copy_us;   /* how long the copying took, until it was on the disk */
  gint64             proof_us;  /* and reading it back, opening and proving it */
} ProbityBackupReport;

#define PROBITY_TYPE_BACKUP_REPORT (probity_backup_report_get_type ())
GType                probity_backup_report_get_type (void);
ProbityBackupReport *probity_backup_report_copy (const ProbityBackupReport *self);
void                 probity_backup_report_free (ProbityBackupReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityBackupReport, probity_backup_report_free)

/** The name of a new backup in @folder: the casebook's folder and the instant. (transfer full) */
char *probity_session_dup_backup_path (ProbitySession *self,
                                       const char     *folder);

/**
 * Writes the whole casebook as it is at one moment into the new file @path, while everybody goes on working.
 * Called PATH.unverified until it has been read back, its databases have been opened with the keys that
 * are held, every page, log and count has been proved, and all is on the disk. Damage found in it fails
 * with PROBITY_CASEBOOK_ERROR_DAMAGED and leaves nothing; a log that is not whole in the casebook itself
 * is told among the problems. Logged as a disclosure before and recorded in the journal after. With @keep
 * not 0 and no problem, older backups beside it go: see probity_backup_folder_rotate().
 * PROBITY_CASEBOOK_ERROR_EXISTS, FULL, NO_RIGHTS, DAMAGED; PROBITY_BACKUP_ERROR_CHANGED.
 *
 * Returns: (transfer full): resolves to a boxed #ProbityBackupReport
 */
DexFuture *probity_session_back_up (ProbitySession        *self,
                                    const char            *path,
                                    guint                  keep,
                                    ProbityBackupProgress *progress /* nullable */);

/**
 * Proves the backup @path without restoring it, as far as the keys of @account (which the backup itself
 * must know) open it: every file's SHA-256, the signature of whoever made it, and all that
 * probity_audit_verify() proves but what this workstation remembers, which goes further.
 *
 * Returns: (transfer full): resolves to a boxed #ProbityBackupReport
 */
DexFuture *probity_backup_prove (const char            *path,
                                 const char            *account,
                                 const char            *passphrase,
                                 ProbityClock          *clock /* nullable */,
                                 ProbityBackupProgress *progress /* nullable */);

/**
 * Restores the backup @path into @folder, which must not exist. Written beside it, proved, recorded in
 * the restored casebook's journal and log, signed by @account, and only then given its name: there is
 * a whole casebook or none.
 *
 * Returns: (transfer full): resolves to a boxed #ProbityBackupReport
 */
DexFuture *probity_backup_restore (const char            *path,
                                   const char            *folder,
                                   const char            *account,
                                   const char            *passphrase,
                                   ProbityClock          *clock /* nullable */,
                                   ProbityBackupProgress *progress /* nullable */);

/**
 * Tries the backup @path of this casebook: restores it into a folder of its own, opens it with this session's
 * keys, proves it as probity_backup_prove() does, removes it, and records that in the journal.
 *
 * Returns: (transfer full): resolves to a boxed #ProbityBackupReport
 */
DexFuture *probity_session_rehearse (ProbitySession        *self,
                                     const char            *path,
                                     ProbityBackupProgress *progress /* nullable */);

/** Lists the backups in @folder: resolves to a boxed GPtrArray of #ProbityBackupInfo; see probity_backup_folder_list(). */
DexFuture *probity_backup_list (const char *folder);

/* --- What the journal knows --- */

typedef enum
{
  PROBITY_BACKUP_RECORD_BACKUP,
  PROBITY_BACKUP_RECORD_REHEARSAL,
  PROBITY_BACKUP_RECORD_RESTORE,
} ProbityBackupRecordKind;

typedef struct
{
  ProbityBackupRecordKind kind;
  char                   *uid;
  char                   *at;
  char                   *account; /* name */
  char                   *digest;
  char                   *created;     /* the moment that the backup holds */
  char                   *destination; /* of a backup; else NULL */
  gint64                  bytes;       /* of a backup; else 0 */
  char                   *proved;
  gint64                  problems;
} ProbityBackupRecord;

/** The newest 100 of each kind, newest first: resolves to a boxed GPtrArray of #ProbityBackupRecord. */
DexFuture *probity_session_load_backups (ProbitySession *self);

G_END_DECLS
