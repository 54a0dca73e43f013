/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-exhibit-file.h"

G_BEGIN_DECLS

/*
 * Where a compartment's exhibits lie: FOLDER/COMPARTMENT/exhibits, of the casebook's group, one file for each
 * content under the name that probity_exhibit_keys_dup_name() gives it. A file is written and synced under
 * a name of its own (`new-….part`, locked while it is written) and gets its right name in the command that
 * writes its row, under the casebook's write lock: so whoever holds that lock knows that a file without a row
 * is nobody's. Functions block; any thread unless said otherwise.
 */

/** How old an unfinished file is before it counts as abandoned; tests lower it. */
extern guint probity_exhibit_part_seconds;

/** A file on its way in. */
typedef struct _ProbityExhibitIntake ProbityExhibitIntake;

/** Makes @folder (probity_exhibit_store_dup_folder()) where it is missing, and a file in it; @expected bytes must have room on the disk. (transfer full) */
ProbityExhibitIntake *probity_exhibit_intake_new (const char *folder,
                                                  gint64      expected,
                                                  GError    **error);
int                   probity_exhibit_intake_get_fd (ProbityExhibitIntake *self);
/** After the last byte: makes the bytes last through a loss of power. */
gboolean probity_exhibit_intake_sync (ProbityExhibitIntake *self,
                                      GError              **error);
/**
 * Under the write lock: gives the file its name, in place of one with the same content, and makes that last
 * too. The row is written after this.
 */
gboolean probity_exhibit_intake_place (ProbityExhibitIntake *self,
                                       ProbityExhibitKeys   *keys,
                                       const guint8          digest[PROBITY_DIGEST_BYTES],
                                       GError              **error);
/** Removes what was not placed. */
void probity_exhibit_intake_free (ProbityExhibitIntake *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExhibitIntake, probity_exhibit_intake_free)

/** Opens the file @name for reading; the caller closes it. -1 with MISSING or DAMAGED. */
int probity_exhibit_store_open (const char *folder,
                                const char *name,
                                GError    **error);

/**
 * In a command, under the write lock: removes files that no row names and no program writes any more.
 * Does nothing, and begins no transaction, where there is no folder.
 */
gboolean probity_exhibit_store_sweep (ProbityWrite      *write,
                                      ProbityCompartment compartment,
                                      guint             *ret_n_removed,
                                      GError           **error);

/** FOLDER/NAME/exhibits of the compartment @name. (transfer full) */
char *probity_exhibit_store_dup_folder (const char *casebook_folder,
                                        const char *name);

G_END_DECLS
