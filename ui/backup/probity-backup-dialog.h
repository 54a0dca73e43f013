/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-session.h"

G_BEGIN_DECLS

/* When the casebook was last backed up; backs it up; tries a backup; sets what is done each day. */
#define PROBITY_TYPE_BACKUP_DIALOG (probity_backup_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityBackupDialog, probity_backup_dialog, PROBITY, BACKUP_DIALOG, AdwDialog)

AdwDialog *probity_backup_dialog_new (ProbitySession *session,
                                      GSettings      *settings);
/** Begins to try the backup @path, as if it had been chosen. */
void probity_backup_dialog_try (ProbityBackupDialog *self,
                                const char          *path);

G_END_DECLS
