/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-form-field.h"

#include <glib/gi18n.h>

#include "probity-choice-row.h"
#include "probity-day-row.h"
#include "probity-format.h"
#include "probity-instant-row.h"
#include "probity-labels.h"
#include "probity-list-view.h"
#include "probity-row-value.h"
#include "probity-staff-row.h"
#include "probity-text-row.h"

static GtkWidget *
new_row (ProbitySession          *session,
         const ProbityRecordKind *kind,
         const ProbityField      *field)
{
  const char *choices = probity_choices_for_field (probity_record_kind_get_name (kind), field);
  GtkWidget  *row = NULL;

  if (choices != NULL)
    return probity_choice_row_new (probity_session_get_profile (session), choices);

  switch (field->type)
    {
    case PROBITY_FIELD_TEXT:
      row = adw_entry_row_new ();
      break;
    case PROBITY_FIELD_INSTANT:
      row = probity_instant_row_new ();
      break;
    case PROBITY_FIELD_LONG_TEXT:
      row = probity_text_row_new (NULL);
      break;
    case PROBITY_FIELD_DAY:
      row = probity_day_row_new ();
      break;
    case PROBITY_FIELD_HOURS:
    case PROBITY_FIELD_INTEGER:
      row = adw_entry_row_new ();
      adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_NUMBER);
      if (field->type == PROBITY_FIELD_HOURS)
        adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), gtk_label_new (C_ ("unit beside a field", "hours")));
      break;
    case PROBITY_FIELD_BOOLEAN:
      row = adw_switch_row_new ();
      break;
    case PROBITY_FIELD_CHOICE:
      row = adw_entry_row_new (); /* a choice of nothing */
      break;
    case PROBITY_FIELD_STAFF:
      row = probity_staff_row_new (session);
      break;
    }
  return row;
}

/** probity_form_field_new: (transfer full): the rows are floating until they are put into a group. */
ProbityFormField *
probity_form_field_new (ProbitySession          *session,
                        const ProbityRecordKind *kind,
                        const ProbityField      *field)
{
  ProbityFormField *self = g_new0 (ProbityFormField, 1);

  self->field = field;
  self->row = new_row (session, kind, field);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), probity_label_for_field (probity_record_kind_get_name (kind), field->name));
  gtk_widget_set_name (self->row, field->name);

  self->message = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->message, 0);
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_wrap_mode (self->message, PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "caption");
  self->message_row = GTK_WIDGET (g_object_new (ADW_TYPE_PREFERENCES_ROW, "activatable", FALSE, "focusable", FALSE, "visible", FALSE, NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->message_row), GTK_WIDGET (self->message));
  gtk_widget_add_css_class (self->message_row, "field-message");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->message, NULL, -1);
  return self;
}

/** Forgets the field; its rows belong to their group. */
void
probity_form_field_free (ProbityFormField *self)
{
  g_free (self->original);
  g_free (self->hint);
  g_free (self->problem);
  g_free (self);
}

/** The signal of the row that tells of a new value. */
const char *
probity_form_field_get_signal (ProbityFormField *self)
{
  if (PROBITY_IS_TEXT_ROW (self->row))
    return "notify::text";
  if (ADW_IS_SWITCH_ROW (self->row))
    return "notify::active";
  if (ADW_IS_COMBO_ROW (self->row))
    return "notify::selected";
  return "changed";
}

/** probity_form_field_dup_value: (transfer full): the value as records carry it; empty text for none. */
char *
probity_form_field_dup_value (ProbityFormField *self)
{
  return probity_row_dup_value (self->row);
}

/** Shows @value (nullable). */
void
probity_form_field_set_value (ProbityFormField *self,
                              const char       *value)
{
  probity_row_set_value (self->row, value);
}

static char *
dup_hint (ProbityFormField *self)
{
  if (PROBITY_IS_DAY_ROW (self->row))
    {
      g_autofree char *iso = probity_format_read_day (gtk_editable_get_text (GTK_EDITABLE (self->row)), NULL);

      if (iso != NULL)
        return probity_format_day_long (iso);
    }
  if (PROBITY_IS_STAFF_ROW (self->row) && probity_staff_row_get_name (PROBITY_STAFF_ROW (self->row)) != NULL)
    return g_strdup (probity_staff_row_get_name (PROBITY_STAFF_ROW (self->row)));
  return g_strdup (self->hint);
}

/** Says below the row what is wrong with its value; %NULL: nothing, and a hint is shown if there is one. */
void
probity_form_field_set_problem (ProbityFormField *self,
                                const char       *problem)
{
  g_autofree char *hint = dup_hint (self);
  const char      *text = problem != NULL ? problem : hint;

  g_set_str (&self->problem, problem);
  gtk_label_set_label (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (self->message_row, text != NULL);
  if (text != NULL)
    gtk_widget_add_css_class (self->row, "with-message");
  else
    gtk_widget_remove_css_class (self->row, "with-message");
  if (problem != NULL)
    {
      gtk_widget_add_css_class (self->row, "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->message), "dimmed");
    }
  else
    {
      gtk_widget_remove_css_class (self->row, "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->message), "dimmed");
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->row),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/** Whether the value is another one than that of the record being edited, or than nothing. */
gboolean
probity_form_field_is_changed (ProbityFormField *self)
{
  g_autofree char *value = probity_form_field_dup_value (self);

  if (self->original == NULL && self->field->type == PROBITY_FIELD_BOOLEAN)
    return g_str_equal (value, "true");
  return g_strcmp0 (value, self->original != NULL ? self->original : "") != 0;
}
