/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwDialog         *probity_help_dialog_new (void);
const char *const *probity_help_get_topics (void);
char              *probity_help_dup_text (const char *topic,
                                          const char *language);

G_END_DECLS
