/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-choice-row.h"

#include <glib/gi18n.h>

#include "probity-list-view.h"
#include "probity-profile.h"

/* Longer lists can be searched by typing. */
#define SHORT_LIST 8

struct _ProbityChoiceRow
{
  AdwComboRow parent_instance;

  GStrv          values;
  GtkStringList *labels;
};

G_DEFINE_FINAL_TYPE (ProbityChoiceRow, probity_choice_row, ADW_TYPE_COMBO_ROW)

static void
probity_choice_row_finalize (GObject *object)
{
  ProbityChoiceRow *self = PROBITY_CHOICE_ROW (object);

  g_clear_pointer (&self->values, g_strfreev);
  g_clear_object (&self->labels);

  G_OBJECT_CLASS (probity_choice_row_parent_class)->finalize (object);
}

static void
probity_choice_row_class_init (ProbityChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = probity_choice_row_finalize;
}

static void
probity_choice_row_init (ProbityChoiceRow *self)
{
}

/** probity_choice_row_new: (transfer floating): offers @choices (`=a,b,c`, or a list of @profile). */
GtkWidget *
probity_choice_row_new (ProbityProfile *profile,
                        const char     *choices)
{
  ProbityChoiceRow *self = g_object_new (PROBITY_TYPE_CHOICE_ROW, NULL);

  self->values = probity_choices_dup (profile, choices);
  self->labels = gtk_string_list_new (NULL);
  gtk_string_list_append (self->labels, C_ ("choice", "Not chosen"));
  for (guint i = 0; self->values[i] != NULL; i++)
    gtk_string_list_append (self->labels, probity_choices_get_label (profile, choices, self->values[i]));
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->labels));
  if (g_strv_length (self->values) > SHORT_LIST)
    {
      g_autoptr (GtkExpression) expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

      adw_combo_row_set_expression (ADW_COMBO_ROW (self), expression);
      adw_combo_row_set_enable_search (ADW_COMBO_ROW (self), TRUE);
    }
  return GTK_WIDGET (self);
}

/** probity_choice_row_get_value: (nullable): the stored word chosen. */
const char *
probity_choice_row_get_value (ProbityChoiceRow *self)
{
  guint selected;

  g_return_val_if_fail (PROBITY_IS_CHOICE_ROW (self), NULL);

  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  return selected == 0 || selected == GTK_INVALID_LIST_POSITION ? NULL : self->values[selected - 1];
}

/** Chooses @value; %NULL for none. A word that is not offered any more stays as it is stored. */
void
probity_choice_row_set_value (ProbityChoiceRow *self,
                              const char       *value)
{
  guint selected = 0;
  guint n_values;

  g_return_if_fail (PROBITY_IS_CHOICE_ROW (self));

  n_values = g_strv_length (self->values);
  for (guint i = 0; value != NULL && *value != '\0' && i < n_values; i++)
    if (g_str_equal (self->values[i], value))
      selected = i + 1;
  if (selected == 0 && value != NULL && *value != '\0')
    {
      self->values = g_renew (char *, self->values, n_values + 2);
      self->values[n_values] = g_strdup (value);
      self->values[n_values + 1] = NULL;
      gtk_string_list_append (self->labels, value);
      selected = n_values + 1;
    }
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
}

#define SETTING_KEY "probity-setting"

gboolean
probity_choice_begin (gpointer choice)
{
  if (g_object_get_data (choice, SETTING_KEY) != NULL)
    return FALSE;
  g_object_set_data (choice, SETTING_KEY, choice);

  return TRUE;
}

void
probity_choice_end (gpointer choice)
{
  g_object_set_data (choice, SETTING_KEY, NULL);
}
