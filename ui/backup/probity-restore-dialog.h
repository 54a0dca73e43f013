/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Restores a backup into a new folder. */
#define PROBITY_TYPE_RESTORE_DIALOG (probity_restore_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityRestoreDialog, probity_restore_dialog, PROBITY, RESTORE_DIALOG, AdwDialog)

AdwDialog *probity_restore_dialog_new (void);
/** Chooses the backup; names the casebook after it. */
void probity_restore_dialog_set_backup (ProbityRestoreDialog *self,
                                        const char           *path);
/** Chooses the folder in which the casebook's own folder is made. */
void probity_restore_dialog_set_place (ProbityRestoreDialog *self,
                                       const char           *folder);

/* Signal: restored (folder): somebody wants to open it. */

G_END_DECLS
