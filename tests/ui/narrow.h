/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ui-fixture.h"

G_BEGIN_DECLS

/*
 * Whether dialogs and pages fit into a window of 360 pixels with text at 200 %. They are all shown first and measured together at
 * the end, since each takes a moment to be drawn:
 *
 *   narrow_take (probity_help_dialog_new (), "help");
 *   …
 *   narrow_finish ();
 */

/** Sets the size of text for the whole program. */
void narrow_init (void);
/** An empty window that is that narrow. */
AdwApplicationWindow *narrow_window_new (GtkApplication *application,
                                         GtkWidget      *page);
/** Shows @dialog in a window of its own. */
void narrow_take (GtkApplication *application,
                  gpointer        dialog,
                  const char     *name);
/** Shows @page, a ProbityPage, in a window of its own. */
void narrow_take_page (GtkApplication *application,
                       gpointer        page,
                       const char     *name);
/** Waits for the dialog that was just asked for in @window, above @before (nullable); it stays open. (transfer none) */
AdwDialog *narrow_take_next (AdwApplicationWindow *window,
                             AdwDialog            *before,
                             const char           *name);
/** Presses every button below @page that adds to a part of a case, and takes the dialog that it opens. How many there were. */
guint narrow_take_parts (AdwApplicationWindow *window,
                         GtkWidget            *page);
/** Measures what was taken, fails if anything is too wide or a dialog begins with its Cancel button, and closes it with its windows. */
void narrow_finish (void);

G_END_DECLS
