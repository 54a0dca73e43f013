/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PROBITY_TYPE_APPLICATION (probity_application_get_type ())
G_DECLARE_FINAL_TYPE (ProbityApplication, probity_application, PROBITY, APPLICATION, AdwApplication)

void                probity_ui_init (void);
ProbityApplication *probity_application_new (void);
GSettings          *probity_application_get_settings (ProbityApplication *self);
char               *probity_application_dup_sample (ProbityApplication *self);
void                probity_application_remember_casebook (ProbityApplication *self,
                                                           const char         *folder);

G_END_DECLS
