/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What rows for values have in common, whatever kind of value they are for. */

/** The value of @row as records carry it; what was typed, where it is none; empty text for nothing. (transfer full) */
char *probity_row_dup_value (GtkWidget *row);
/** Shows @value; nullable. */
void probity_row_set_value (GtkWidget  *row,
                            const char *value);

G_END_DECLS
