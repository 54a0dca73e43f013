/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-row-value.h"

#include "probity-choice-row.h"
#include "probity-day-row.h"
#include "probity-instant-row.h"
#include "probity-text-row.h"

char *
probity_row_dup_value (GtkWidget *row)
{
  g_return_val_if_fail (GTK_IS_WIDGET (row), NULL);

  if (PROBITY_IS_TEXT_ROW (row))
    return probity_text_row_dup_text (PROBITY_TEXT_ROW (row));
  if (PROBITY_IS_DAY_ROW (row))
    return probity_day_row_dup_value (PROBITY_DAY_ROW (row));
  if (PROBITY_IS_INSTANT_ROW (row))
    return probity_instant_row_dup_value (PROBITY_INSTANT_ROW (row));
  if (ADW_IS_SWITCH_ROW (row))
    return g_strdup (adw_switch_row_get_active (ADW_SWITCH_ROW (row)) ? "true" : "false");
  if (PROBITY_IS_CHOICE_ROW (row))
    {
      const char *value = probity_choice_row_get_value (PROBITY_CHOICE_ROW (row));

      return g_strdup (value != NULL ? value : "");
    }

  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
}

void
probity_row_set_value (GtkWidget  *row,
                       const char *value)
{
  g_return_if_fail (GTK_IS_WIDGET (row));

  if (PROBITY_IS_TEXT_ROW (row))
    probity_text_row_set_text (PROBITY_TEXT_ROW (row), value);
  else if (PROBITY_IS_DAY_ROW (row))
    probity_day_row_set_value (PROBITY_DAY_ROW (row), value);
  else if (PROBITY_IS_INSTANT_ROW (row))
    probity_instant_row_set_value (PROBITY_INSTANT_ROW (row), value);
  else if (ADW_IS_SWITCH_ROW (row))
    adw_switch_row_set_active (ADW_SWITCH_ROW (row), g_strcmp0 (value, "true") == 0);
  else if (PROBITY_IS_CHOICE_ROW (row))
    probity_choice_row_set_value (PROBITY_CHOICE_ROW (row), value);
  else
    gtk_editable_set_text (GTK_EDITABLE (row), value != NULL ? value : "");
}
