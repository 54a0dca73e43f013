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

G_END_DECLS
