/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void probity_toast (GtkWidget  *widget,
                    const char *text);
void probity_toast_error (GtkWidget    *widget,
                          const GError *error);
void probity_alert (GtkWidget  *widget,
                    const char *heading,
                    const char *body);

void probity_ask_discard (AdwDialog *dialog);

G_END_DECLS
