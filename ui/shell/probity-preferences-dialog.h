/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PROBITY_TYPE_PREFERENCES_DIALOG (probity_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityPreferencesDialog, probity_preferences_dialog, PROBITY, PREFERENCES_DIALOG, AdwPreferencesDialog)

AdwDialog *probity_preferences_dialog_new (GSettings *settings);

G_END_DECLS
