/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-session-backup.h"

G_BEGIN_DECLS

/*
 * Sees to it that the casebook is backed up: makes the day's backup when it is due, and shows a banner when
 * none was made for too long. For accounts that may, and never for the sample.
 */
#define PROBITY_TYPE_BACKUP_MINDER (probity_backup_minder_get_type ())
G_DECLARE_FINAL_TYPE (ProbityBackupMinder, probity_backup_minder, PROBITY, BACKUP_MINDER, GObject)

ProbityBackupMinder *probity_backup_minder_new (AdwBanner *banner);
void                 probity_backup_minder_set_settings (ProbityBackupMinder *self,
                                                         GSettings           *settings);
/** Whose casebook it minds; %NULL for nobody's: what runs is stopped. */
void probity_backup_minder_set_session (ProbityBackupMinder *self,
                                        ProbitySession      *session);

/** The newest record of @kind; (nullable) (transfer none). */
const ProbityBackupRecord *probity_backup_find_newest (GPtrArray              *records,
                                                       ProbityBackupRecordKind kind);

G_END_DECLS
