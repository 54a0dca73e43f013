/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Replacing what stands in an entry. GTK takes the old text away before it puts the new one there, and says so each time:
 * who hears of an empty entry makes the button insensitive that is being pressed, and the click is lost.
 */

/** To be called before anybody else hears of changes, as while @editable is made. */
void probity_entry_text_prepare (GtkEditable *editable);

/** Shows @text; one change is told at most. */
void probity_entry_text_replace (GtkEditable *editable,
                                 const char  *text);

G_END_DECLS
