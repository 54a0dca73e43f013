/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * Has @dialog begin with the focus on the first that can be entered in @content, which is in it, not on the button that
 * gives it up. Asked once, while it is built; what else is to have the focus when it comes keeps it.
 */
void probity_dialog_begin_in (AdwDialog *dialog,
                              GtkWidget *content);

G_END_DECLS
