/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Rows whose title or subtitle somebody wrote, a few words or pages of them. A long one stands with its first lines until
 * somebody asks for the whole: an AdwExpanderRow shows it unfolded, an AdwActionRow has a button for it.
 */

/** The first lines of @text, with an ellipsis; %NULL where it stands in full. (transfer full) */
char *probity_long_text_dup_start (const char *text);

/** Shows the first lines of what is long in @row; to be called once, when its texts are set. */
void     probity_long_row_limit (GtkWidget *row);
gboolean probity_long_row_is_whole (GtkWidget *row);
/** Nothing where no text of @row is long. */
void probity_long_row_set_whole (GtkWidget *row,
                                 gboolean   whole);

G_END_DECLS
