/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row for a day: typed as people write it, or picked from a calendar. Signal: changed of GtkEditable. */
#define PROBITY_TYPE_DAY_ROW (probity_day_row_get_type ())
G_DECLARE_FINAL_TYPE (ProbityDayRow, probity_day_row, PROBITY, DAY_ROW, AdwEntryRow)

GtkWidget *probity_day_row_new (void);
char      *probity_day_row_dup_value (ProbityDayRow *self);
void       probity_day_row_set_value (ProbityDayRow *self,
                                      const char    *iso);

G_END_DECLS
