/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The rows of a group that is filled anew whenever something was saved. What is there already and would look the
 * same stays the widget that it is, with the menu that is open in it and the focus; only what differs is swapped.
 */

/** Takes @row (transfer floating) for the next probity_kept_rows_show() of @group, after those taken before. */
void probity_kept_rows_add (GtkWidget *group,
                            GtkWidget *row);
/** Shows the rows added since the last time, and no others. */
void probity_kept_rows_show (GtkWidget *group);

/** Gives the focus to the first row of @group that takes it. Unlike gtk_widget_child_focus() it needs no places: rows that just came have none. */
gboolean probity_kept_rows_grab_focus (GtkWidget *group);

/** Names what @row is about, where its title does not: another row about it comes expanded, and with the focus, as it was. */
void probity_kept_row_set_key (GtkWidget  *row,
                               const char *key);
/** That name, or its title. */
const char *probity_kept_row_get_key (GtkWidget *row);
/** What the steps of @row act on without showing it: a row with other @content is another row. */
void probity_kept_row_add_content (GtkWidget  *row,
                                   const char *content);
/** Somebody changed in @row what was not saved yet: the next reading puts a new one in its place, whatever it says. */
void probity_kept_row_touch (GtkWidget *row);

G_END_DECLS
