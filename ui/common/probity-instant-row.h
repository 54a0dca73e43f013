/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row for a day and a time, typed as people write them, in local time. Signal: changed of GtkEditable. */
#define PROBITY_TYPE_INSTANT_ROW (probity_instant_row_get_type ())
G_DECLARE_FINAL_TYPE (ProbityInstantRow, probity_instant_row, PROBITY, INSTANT_ROW, AdwEntryRow)

GtkWidget *probity_instant_row_new (void);
char      *probity_instant_row_dup_value (ProbityInstantRow *self);
void       probity_instant_row_set_value (ProbityInstantRow *self,
                                          const char        *instant);

G_END_DECLS
