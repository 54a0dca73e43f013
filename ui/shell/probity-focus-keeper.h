/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * Gives the focus to somebody where nothing in @window has it any more: what had it is gone, or stands on a page that is
 * not shown. That is the chosen row of @sidebar, or the page itself where it was opened from another. Without it, who
 * works with the keyboard would begin at the head of the window, and a screen reader would say nothing.
 */
void probity_focus_keeper_attach (AdwApplicationWindow *window,
                                  AdwNavigationView    *view,
                                  GtkListBox           *sidebar);

G_END_DECLS
