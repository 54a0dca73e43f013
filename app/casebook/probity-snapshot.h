/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-backup-file.h"
#include "probity-casebook.h"

G_BEGIN_DECLS

/*
 * All files of a casebook as they were at one moment, also those that this account cannot open.
 *
 * SQLite's backup API would need the key of what it copies, and an account that makes the nightly
 * backup holds the journal's only. In WAL mode a database's file changes only when its log is written
 * back, and that is done under the casebook's write lock by probity_db_checkpoint() and nowhere else.
 * So the write lock is held while the logs are read (they are short) and while writing back is put
 * off for everybody (probity_lock_hold_back()); then it is let go, commands go on into the logs, and the
 * databases' files are copied at leisure, encrypted as they are. What SQLite finds in the copy is what
 * had been committed when the lock was held, in every compartment.
 */
typedef struct _ProbitySnapshot ProbitySnapshot;

/** Takes one. Writer thread, in a command, which holds the write lock. */
ProbitySnapshot *probity_snapshot_take (ProbityWrite *write,
                                        GError      **error);
/** Bytes to be copied. */
guint64 probity_snapshot_get_length (ProbitySnapshot *self);
/** Copies it. Any thread. PROBITY_BACKUP_ERROR_CHANGED where an exhibit was removed meanwhile: take another one. */
gboolean probity_snapshot_copy (ProbitySnapshot     *self,
                                ProbityBackupWriter *to,
                                GError             **error);
/** Lets the logs be written back again. Any thread. */
void probity_snapshot_free (ProbitySnapshot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbitySnapshot, probity_snapshot_free)

G_END_DECLS
