/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row for text of several lines. Property: text. */
#define PROBITY_TYPE_TEXT_ROW (probity_text_row_get_type ())
G_DECLARE_FINAL_TYPE (ProbityTextRow, probity_text_row, PROBITY, TEXT_ROW, AdwPreferencesRow)

GtkWidget *probity_text_row_new (const char *title);
char      *probity_text_row_dup_text (ProbityTextRow *self);
void       probity_text_row_set_text (ProbityTextRow *self,
                                      const char     *text);

G_END_DECLS
