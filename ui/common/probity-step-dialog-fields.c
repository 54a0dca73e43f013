/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-row-value.h"
#include "probity-step-dialog-private.h"

/* The fields of a step's dialog: what they hold, and when they are shown. */

void
probity_step_field_free (gpointer data)
{
  ProbityStepField *field = data;

  g_free (field->id);
  g_free (field->title);
  g_free (field->text);
  g_free (field->before);
  g_free (field->shown_by);
  g_strfreev (field->shown_for);
  g_clear_pointer (&field->values, g_ptr_array_unref);
  g_clear_pointer (&field->buttons, g_ptr_array_unref);
  g_clear_pointer (&field->rows, g_ptr_array_unref);
  g_free (field);
}

ProbityStepField *
probity_step_dialog_find_field (ProbityStepDialog *self,
                                const char        *id)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      ProbityStepField *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (field->id, id))
        return field;
    }
  return NULL;
}

const char *
probity_step_field_read (ProbityStepField *field)
{
  g_autofree char *before = g_steal_pointer (&field->text);

  switch (field->kind)
    {
    case PROBITY_STEP_FIELD_TEXT:
    case PROBITY_STEP_FIELD_SWITCH:
      if (GTK_IS_TEXT_VIEW (field->widget))
        {
          GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (field->widget));
          GtkTextIter    start, end;

          gtk_text_buffer_get_bounds (buffer, &start, &end);
          field->text = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
        }
      else
        {
          field->text = g_strstrip (probity_row_dup_value (field->widget));
        }
      break;
    case PROBITY_STEP_FIELD_CHOICE:
      for (guint i = 0; i < field->buttons->len; i++)
        if (gtk_check_button_get_active (g_ptr_array_index (field->buttons, i)))
          field->text = g_strdup (g_ptr_array_index (field->values, i));
      break;
    case PROBITY_STEP_FIELD_CHECKS:
      {
        g_autoptr (GString) text = g_string_new (NULL);

        for (guint i = 0; i < field->buttons->len; i++)
          if (gtk_check_button_get_active (g_ptr_array_index (field->buttons, i)))
            g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", (const char *) g_ptr_array_index (field->values, i));
        field->text = g_string_free_and_steal (g_steal_pointer (&text));
      }
      break;
    case PROBITY_STEP_FIELD_PICK:
      if (adw_combo_row_get_selected (ADW_COMBO_ROW (field->widget)) < field->values->len)
        field->text = g_strdup (g_ptr_array_index (field->values, adw_combo_row_get_selected (ADW_COMBO_ROW (field->widget))));
      break;
    }
  if (field->text == NULL)
    field->text = g_strdup ("");
  /* Whoever was given the same before still has it. */
  if (g_strcmp0 (before, field->text) == 0)
    {
      g_free (field->text);
      field->text = g_steal_pointer (&before);
    }

  return field->text;
}

gboolean
probity_step_dialog_shows (ProbityStepDialog *self,
                           ProbityStepField  *field)
{
  ProbityStepField *by;

  if (field->shown_by == NULL)
    return TRUE;
  by = probity_step_dialog_find_field (self, field->shown_by);
  return by == NULL || g_strv_contains ((const char *const *) field->shown_for, probity_step_field_read (by));
}

/* Shows that what stands in @wrong was refused; %NULL: in none. */
void
probity_step_dialog_mark (ProbityStepDialog *self,
                          ProbityStepField  *wrong)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      ProbityStepField *field = g_ptr_array_index (self->fields, i);

      if (field->widget == NULL)
        continue;
      if (field == wrong)
        gtk_widget_add_css_class (field->widget, "error");
      else
        gtk_widget_remove_css_class (field->widget, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (field->widget), GTK_ACCESSIBLE_STATE_INVALID, field == wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
    }
}

static ProbityStepField *
add_field (ProbityStepDialog   *self,
           const char          *id,
           ProbityStepFieldKind kind,
           const char          *title,
           GtkWidget           *box,
           GtkWidget           *widget)
{
  ProbityStepField *field = g_new0 (ProbityStepField, 1);

  field->id = g_strdup (id);
  field->title = g_strdup (title);
  field->kind = kind;
  field->box = box;
  field->widget = widget;
  g_ptr_array_add (self->fields, field);
  if (gtk_widget_get_parent (box) == NULL)
    {
      gtk_box_append (GTK_BOX (self->content), box);
      self->lines = NULL;
    }

  return field;
}

/* The title of a group is cut where it is long; a question has to be read to its end. */
static void
wrap_title (GtkWidget  *widget,
            const char *title)
{
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), title) == 0)
    {
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    wrap_title (child, title);
}

static GtkWidget *
new_text_box (ProbityStepDialog *self,
              const char        *label,
              const char        *hint,
              guint              n_lines,
              GtkWidget        **ret_view)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *frame = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (frame), 24 * (int) n_lines);
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (frame, "card");
  /* Of the colour of the card: its own is darker than the dialog in the dark. */
  gtk_widget_add_css_class (view, "form-text");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), label);
  wrap_title (group, label);
  if (hint != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), hint);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), frame);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed", G_CALLBACK (probity_step_dialog_field_changed), self, G_CONNECT_SWAPPED);

  *ret_view = view;
  return group;
}

void
probity_step_dialog_add_row (ProbityStepDialog *self,
                             const char        *id,
                             GtkWidget         *row,
                             const char        *label,
                             const char        *hint,
                             gboolean           required)
{
  /* Lines that follow each other stand in one group. */
  if (self->lines == NULL || hint != NULL)
    {
      self->lines = adw_preferences_group_new ();
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->lines), hint);
      gtk_box_append (GTK_BOX (self->content), self->lines);
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->lines), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (probity_step_dialog_field_changed), self, G_CONNECT_SWAPPED);
  add_field (self, id, PROBITY_STEP_FIELD_TEXT, label, row, row)->required = required;
  probity_step_dialog_update (self);
}

void
probity_step_dialog_add_text (ProbityStepDialog *self,
                              const char        *id,
                              const char        *label,
                              const char        *hint,
                              guint              n_lines,
                              gboolean           required)
{
  GtkWidget *box, *view;

  if (n_lines <= 1)
    {
      probity_step_dialog_add_row (self, id, adw_entry_row_new (), label, hint, required);
      return;
    }
  box = new_text_box (self, label, hint, n_lines, &view);
  add_field (self, id, PROBITY_STEP_FIELD_TEXT, label, box, view)->required = required;
  probity_step_dialog_update (self);
}

static void
add_buttons (ProbityStepDialog       *self,
             const char              *id,
             ProbityStepFieldKind     kind,
             const char              *label,
             const ProbityStepChoice *choices,
             guint                    n_choices,
             const char              *initial)
{
  GtkWidget        *group = adw_preferences_group_new ();
  ProbityStepField *field = add_field (self, id, kind, label, group, NULL);

  field->required = kind == PROBITY_STEP_FIELD_CHOICE;
  field->values = g_ptr_array_new_with_free_func (g_free);
  field->buttons = g_ptr_array_new ();
  field->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), label);
  for (guint i = 0; i < n_choices; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *button = gtk_check_button_new ();

      if (i > 0 && kind == PROBITY_STEP_FIELD_CHOICE)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button), g_ptr_array_index (field->buttons, 0));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (button), g_strcmp0 (choices[i].value, initial) == 0);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, choices[i].label, -1);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), choices[i].label);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      g_ptr_array_add (field->values, g_strdup (choices[i].value));
      g_ptr_array_add (field->buttons, button);
      g_ptr_array_add (field->rows, row);
      g_signal_connect_object (button, "toggled", G_CALLBACK (probity_step_dialog_field_changed), self, G_CONNECT_SWAPPED);
    }
  probity_step_dialog_update (self);
}

void
probity_step_dialog_add_choice (ProbityStepDialog       *self,
                                const char              *id,
                                const char              *label,
                                const ProbityStepChoice *choices,
                                guint                    n_choices,
                                const char              *initial)
{
  add_buttons (self, id, PROBITY_STEP_FIELD_CHOICE, label, choices, n_choices, initial);
}

void
probity_step_dialog_add_pick (ProbityStepDialog       *self,
                              const char              *id,
                              const char              *label,
                              const ProbityStepChoice *choices,
                              guint                    n_choices,
                              const char              *initial)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  ProbityStepField *field;

  for (guint i = 0; i < n_choices; i++)
    gtk_string_list_append (labels, choices[i].label);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), expression);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (row), n_choices > 12);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  field = add_field (self, id, PROBITY_STEP_FIELD_PICK, label, group, row);
  field->values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_choices; i++)
    g_ptr_array_add (field->values, g_strdup (choices[i].value));
  probity_step_dialog_set (self, id, initial);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (probity_step_dialog_field_changed), self, G_CONNECT_SWAPPED);
}

void
probity_step_dialog_add_checks (ProbityStepDialog       *self,
                                const char              *id,
                                const char              *label,
                                const ProbityStepChoice *choices,
                                guint                    n_choices)
{
  add_buttons (self, id, PROBITY_STEP_FIELD_CHECKS, label, choices, n_choices, NULL);
}

void
probity_step_dialog_add_switch (ProbityStepDialog *self,
                                const char        *id,
                                const char        *label,
                                const char        *hint)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  if (hint != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), hint);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  add_field (self, id, PROBITY_STEP_FIELD_SWITCH, label, group, row);
  g_signal_connect_object (row, "notify::active", G_CALLBACK (probity_step_dialog_field_changed), self, G_CONNECT_SWAPPED);
}

void
probity_step_dialog_add_widget (ProbityStepDialog *self,
                                GtkWidget         *widget)
{
  g_return_if_fail (PROBITY_IS_STEP_DIALOG (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_box_append (GTK_BOX (self->content), widget);
  self->lines = NULL;
}

void
probity_step_dialog_forbid_choice (ProbityStepDialog *self,
                                   const char        *id,
                                   const char        *value,
                                   const char        *reason)
{
  ProbityStepField *field = probity_step_dialog_find_field (self, id);

  g_return_if_fail (field != NULL && field->kind == PROBITY_STEP_FIELD_CHOICE);

  for (guint i = 0; i < field->values->len; i++)
    if (g_str_equal (g_ptr_array_index (field->values, i), value))
      {
        gtk_check_button_set_active (g_ptr_array_index (field->buttons, i), FALSE);
        gtk_widget_set_sensitive (g_ptr_array_index (field->buttons, i), FALSE);
        adw_action_row_set_subtitle (g_ptr_array_index (field->rows, i), reason);
      }
  probity_step_dialog_update (self);
}

void
probity_step_dialog_show_field_for (ProbityStepDialog *self,
                                    const char        *id,
                                    const char        *choice_id,
                                    const char        *values)
{
  ProbityStepField *field = probity_step_dialog_find_field (self, id);

  g_return_if_fail (field != NULL);

  field->shown_by = g_strdup (choice_id);
  field->shown_for = g_strsplit (values, ",", -1);
  probity_step_dialog_update (self);
}

const char *
probity_step_dialog_get (ProbityStepDialog *self,
                         const char        *id)
{
  ProbityStepField *field = probity_step_dialog_find_field (self, id);

  return field != NULL && probity_step_dialog_shows (self, field) ? probity_step_field_read (field) : "";
}

const char *
probity_step_dialog_get_filled (ProbityStepDialog *self,
                                const char        *id)
{
  const char *value = probity_step_dialog_get (self, id);

  return *value != '\0' ? value : NULL;
}

void
probity_step_dialog_set (ProbityStepDialog *self,
                         const char        *id,
                         const char        *value)
{
  ProbityStepField *field = probity_step_dialog_find_field (self, id);

  /* A draft of an earlier version can hold fields that are gone. */
  if (field == NULL)
    return;
  switch (field->kind)
    {
    case PROBITY_STEP_FIELD_TEXT:
    case PROBITY_STEP_FIELD_SWITCH:
      if (GTK_IS_TEXT_VIEW (field->widget))
        gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field->widget)), value, -1);
      else
        probity_row_set_value (field->widget, value);
      break;
    case PROBITY_STEP_FIELD_CHOICE:
      for (guint i = 0; i < field->values->len; i++)
        if (*value == '\0')
          gtk_check_button_set_active (g_ptr_array_index (field->buttons, i), FALSE);
        else if (g_str_equal (g_ptr_array_index (field->values, i), value) &&
                 gtk_widget_get_sensitive (g_ptr_array_index (field->buttons, i)))
          gtk_check_button_set_active (g_ptr_array_index (field->buttons, i), TRUE);
      break;
    case PROBITY_STEP_FIELD_CHECKS:
      {
        g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

        for (guint i = 0; i < field->values->len; i++)
          gtk_check_button_set_active (g_ptr_array_index (field->buttons, i),
                                       g_strv_contains ((const char *const *) lines, g_ptr_array_index (field->values, i)));
      }
      break;
    case PROBITY_STEP_FIELD_PICK:
      {
        guint index;

        if (g_ptr_array_find_with_equal_func (field->values, value, g_str_equal, &index))
          adw_combo_row_set_selected (ADW_COMBO_ROW (field->widget), index);
      }
      break;
    }
}
