/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Makes a casebook in three steps. Emits ::created (folder). */
#define PROBITY_TYPE_CREATE_DIALOG (probity_create_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityCreateDialog, probity_create_dialog, PROBITY, CREATE_DIALOG, AdwDialog)

AdwDialog *probity_create_dialog_new (void);
void       probity_create_dialog_set_place (ProbityCreateDialog *self,
                                            const char          *folder);

G_END_DECLS
