/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-types.h"

G_BEGIN_DECLS

/* A row for one of a list of stored words. Property: value. */
#define PROBITY_TYPE_CHOICE_ROW (probity_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (ProbityChoiceRow, probity_choice_row, PROBITY, CHOICE_ROW, AdwComboRow)

GtkWidget  *probity_choice_row_new (ProbityProfile *profile,
                                    const char     *choices);
const char *probity_choice_row_get_value (ProbityChoiceRow *self);
void        probity_choice_row_set_value (ProbityChoiceRow *self,
                                          const char       *value);

/*
 * A choice and a text that say the same: who sets the one is not answered by the other. It can be set when
 * probity_choice_begin() says so, and until probity_choice_end() nothing else can. An entry says twice that it has
 * another text, at first that it has none.
 */
gboolean probity_choice_begin (gpointer choice);
void     probity_choice_end (gpointer choice);

G_END_DECLS
