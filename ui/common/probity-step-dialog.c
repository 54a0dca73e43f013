/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-errors.h"
#include "probity-reply.h"
#include "probity-row-value.h"
#include "probity-second-job.h"
#include "probity-step-dialog.h"

/* How long after the last key a draft is written: a crash loses no more than this. */
#define DRAFT_DELAY_MS 1500

typedef enum
{
  FIELD_TEXT,
  FIELD_CHOICE,
  FIELD_CHECKS,
  FIELD_PICK,
  FIELD_SWITCH,
} FieldKind;

typedef struct
{
  char      *id;
  FieldKind  kind;
  gboolean   required;
  GtkWidget *box;     /* what is shown or hidden as a whole */
  GtkWidget *widget;  /* entry row, text view, combo row, or switch row */
  GPtrArray *values;  /* of a choice or pick */
  GPtrArray *buttons; /* GtkCheckButton, one a choice */
  GPtrArray *rows;    /* AdwActionRow, one a choice */
  char      *text;    /* what probity_step_dialog_get() gives */
  char      *shown_by;
  GStrv      shown_for;
} Field;

struct _ProbityStepDialog
{
  AdwDialog parent_instance;

  ProbitySession *session;
  GPtrArray      *fields;
  ProbityStepFunc step;
  gpointer        step_data;
  GDestroyNotify  step_destroy;
  char           *draft_key;
  guint           draft_source;
  gboolean        busy;

  GtkWidget *content;
  GtkWidget *lines; /* group of the single lines added last; NULL after another field */
  GtkWidget *note;
  GtkWidget *problem;
  GtkWidget *problem_label;
  GtkWidget *action_button;
  GtkWidget *cancel_button;
  GtkWidget *spinner;
  GtkWidget *header;
  GtkWidget *step_bar; /* for the action where there is no room in the header */
};

G_DEFINE_FINAL_TYPE (ProbityStepDialog, probity_step_dialog, ADW_TYPE_DIALOG)

enum
{
  TAKEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
field_free (gpointer data)
{
  Field *field = data;

  g_free (field->id);
  g_free (field->text);
  g_free (field->shown_by);
  g_strfreev (field->shown_for);
  g_clear_pointer (&field->values, g_ptr_array_unref);
  g_clear_pointer (&field->buttons, g_ptr_array_unref);
  g_clear_pointer (&field->rows, g_ptr_array_unref);
  g_free (field);
}

static Field *
find_field (ProbityStepDialog *self,
            const char        *id)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (field->id, id))
        return field;
    }
  return NULL;
}

static const char *
read_field (Field *field)
{
  g_autofree char *before = g_steal_pointer (&field->text);

  switch (field->kind)
    {
    case FIELD_TEXT:
    case FIELD_SWITCH:
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
    case FIELD_CHOICE:
      for (guint i = 0; i < field->buttons->len; i++)
        if (gtk_check_button_get_active (g_ptr_array_index (field->buttons, i)))
          field->text = g_strdup (g_ptr_array_index (field->values, i));
      break;
    case FIELD_CHECKS:
      {
        g_autoptr (GString) text = g_string_new (NULL);

        for (guint i = 0; i < field->buttons->len; i++)
          if (gtk_check_button_get_active (g_ptr_array_index (field->buttons, i)))
            g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", (const char *) g_ptr_array_index (field->values, i));
        field->text = g_string_free_and_steal (g_steal_pointer (&text));
      }
      break;
    case FIELD_PICK:
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

static gboolean
is_shown (ProbityStepDialog *self,
          Field             *field)
{
  Field *by;

  if (field->shown_by == NULL)
    return TRUE;
  by = find_field (self, field->shown_by);
  return by == NULL || g_strv_contains ((const char *const *) field->shown_for, read_field (by));
}

static void
update (ProbityStepDialog *self)
{
  gboolean complete = TRUE;

  for (guint i = 0; i < self->fields->len; i++)
    {
      Field   *field = g_ptr_array_index (self->fields, i);
      gboolean shown = is_shown (self, field);

      gtk_widget_set_visible (field->box, shown);
      if (shown && field->required && *read_field (field) == '\0')
        complete = FALSE;
    }
  gtk_widget_set_sensitive (self->action_button, complete && !self->busy);
  gtk_widget_set_sensitive (self->content, !self->busy);
  gtk_widget_set_visible (self->spinner, self->busy);
}

/* --- Drafts --- */

static void
drop_answer_cb (gpointer      object,
                const GValue *value,
                const GError *error)
{
}

static void
save_draft (ProbityStepDialog *self)
{
  g_autoptr (ProbityValues) values = probity_values_new ();

  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = g_ptr_array_index (self->fields, i);

      if (*read_field (field) != '\0')
        probity_values_set (values, field->id, field->text);
    }
  probity_reply (probity_draft_save (self->session, self->draft_key, values), self, drop_answer_cb);
}

static void
draft_due_cb (gpointer data)
{
  ProbityStepDialog *self = data;

  self->draft_source = 0;
  save_draft (self);
}

static void
draft_loaded_cb (gpointer      object,
                 const GValue *value,
                 const GError *error)
{
  ProbityStepDialog *self = object;
  ProbityValues     *values = value != NULL && G_VALUE_HOLDS (value, PROBITY_TYPE_VALUES) ? g_value_get_boxed (value) : NULL;
  g_auto (GStrv) names = values != NULL ? probity_values_dup_fields (values) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    probity_step_dialog_set (self, names[i], probity_values_get (values, names[i]));
  update (self);
}

static void
field_changed_cb (ProbityStepDialog *self)
{
  g_assert (PROBITY_IS_STEP_DIALOG (self));

  update (self);
  if (self->draft_key != NULL && !self->busy)
    {
      g_clear_handle_id (&self->draft_source, g_source_remove);
      self->draft_source = g_timeout_add_once (DRAFT_DELAY_MS, draft_due_cb, self);
    }
}

/* --- The step --- */

static void
show_problem (ProbityStepDialog *self,
              const char        *text)
{
  gtk_label_set_label (GTK_LABEL (self->problem_label), text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
  if (text == NULL)
    return;
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  /* The dialog may be scrolled to its end. */
  gtk_widget_grab_focus (self->problem_label);
  gtk_label_select_region (GTK_LABEL (self->problem_label), 0, 0);
}

static void
step_taken_cb (gpointer      object,
               const GValue *value,
               const GError *error)
{
  ProbityStepDialog *self = object;

  self->busy = FALSE;
  if (error != NULL)
    {
      g_autofree char *sentence = probity_error_dup_sentence (error);

      show_problem (self, sentence);
      update (self);
      return;
    }

  if (self->draft_key != NULL)
    {
      g_clear_handle_id (&self->draft_source, g_source_remove);
      probity_reply (probity_draft_save (self->session, self->draft_key, NULL), self, drop_answer_cb);
    }
  g_object_ref (self);
  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[TAKEN], 0);
  g_object_unref (self);
}

static void
action_clicked_cb (ProbityStepDialog *self)
{
  g_assert (PROBITY_IS_STEP_DIALOG (self));

  if (self->busy || self->step == NULL)
    return;
  show_problem (self, NULL);
  self->busy = TRUE;
  update (self);
  probity_reply (self->step (self, self->step_data), self, step_taken_cb);
}

static void
cancel_clicked_cb (ProbityStepDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
probity_step_dialog_closed (AdwDialog *dialog)
{
  ProbityStepDialog *self = PROBITY_STEP_DIALOG (dialog);

  /* Closed before the delay was over: what was typed is kept all the same. */
  if (self->draft_source != 0)
    {
      g_clear_handle_id (&self->draft_source, g_source_remove);
      save_draft (self);
    }
}

static void
probity_step_dialog_dispose (GObject *object)
{
  ProbityStepDialog *self = PROBITY_STEP_DIALOG (object);

  g_clear_handle_id (&self->draft_source, g_source_remove);
  if (self->step_destroy != NULL)
    g_clear_pointer (&self->step_data, self->step_destroy);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (probity_step_dialog_parent_class)->dispose (object);
}

static void
probity_step_dialog_finalize (GObject *object)
{
  ProbityStepDialog *self = PROBITY_STEP_DIALOG (object);

  g_ptr_array_unref (self->fields);
  g_object_unref (self->action_button);
  g_free (self->draft_key);

  G_OBJECT_CLASS (probity_step_dialog_parent_class)->finalize (object);
}

static void
narrow_cb (ProbityStepDialog *self)
{
  g_assert (PROBITY_IS_STEP_DIALOG (self));

  adw_header_bar_remove (ADW_HEADER_BAR (self->header), self->action_button);
  gtk_widget_set_hexpand (self->action_button, TRUE);
  gtk_box_append (GTK_BOX (self->step_bar), self->action_button);
  gtk_widget_set_visible (self->step_bar, TRUE);
}

static void
wide_cb (ProbityStepDialog *self)
{
  g_assert (PROBITY_IS_STEP_DIALOG (self));

  gtk_box_remove (GTK_BOX (self->step_bar), self->action_button);
  gtk_widget_set_hexpand (self->action_button, FALSE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (self->header), self->action_button);
  gtk_widget_set_visible (self->step_bar, FALSE);
}

static void
probity_step_dialog_class_init (ProbityStepDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = probity_step_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = probity_step_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = probity_step_dialog_closed;

  signals[TAKEN] = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "dialog");
}

static void
probity_step_dialog_init (ProbityStepDialog *self)
{
  GtkWidget     *view = adw_toolbar_view_new ();
  GtkWidget     *header = self->header = adw_header_bar_new ();
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 340sp"));
  GtkWidget     *scroller = gtk_scrolled_window_new ();
  GtkWidget     *clamp = adw_clamp_new ();
  GtkWidget     *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget     *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  self->fields = g_ptr_array_new_with_free_func (field_free);

  self->cancel_button = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  self->action_button = g_object_ref_sink (gtk_button_new ()); /* goes from bar to bar */
  self->spinner = adw_spinner_new ();
  gtk_widget_add_css_class (self->action_button, "suggested-action");
  gtk_widget_set_visible (self->spinner, FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->cancel_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->action_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->spinner);

  self->problem = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->problem_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem_label), 0);
  gtk_label_set_selectable (GTK_LABEL (self->problem_label), TRUE);
  gtk_widget_set_hexpand (self->problem_label, TRUE);
  gtk_box_append (GTK_BOX (self->problem), icon);
  gtk_box_append (GTK_BOX (self->problem), self->problem_label);
  gtk_widget_add_css_class (self->problem, "card");
  gtk_widget_add_css_class (self->problem, "problem");
  gtk_widget_set_visible (self->problem, FALSE);

  self->note = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_widget_add_css_class (self->note, "dim-label");
  gtk_widget_set_visible (self->note, FALSE);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (outer), self->problem);
  gtk_box_append (GTK_BOX (outer), self->note);
  gtk_box_append (GTK_BOX (outer), self->content);
  gtk_widget_set_margin_top (outer, 12);
  gtk_widget_set_margin_bottom (outer, 24);
  gtk_widget_set_margin_start (outer, 12);
  gtk_widget_set_margin_end (outer, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), outer);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);

  self->step_bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->step_bar, "toolbar");
  gtk_widget_set_visible (self->step_bar, FALSE);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), self->step_bar);
  g_signal_connect_object (narrow, "apply", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (narrow, "unapply", G_CALLBACK (wide_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_add_breakpoint (ADW_DIALOG (self), narrow);
  gtk_widget_set_size_request (GTK_WIDGET (self), 300, 150);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_content_width (ADW_DIALOG (self), 520);
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->action_button);

  g_signal_connect_object (self->action_button, "clicked", G_CALLBACK (action_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cancel_button, "clicked", G_CALLBACK (cancel_clicked_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

ProbityStepDialog *
probity_step_dialog_new (ProbitySession *session,
                         const char     *title,
                         const char     *action_label)
{
  ProbityStepDialog *self = g_object_new (PROBITY_TYPE_STEP_DIALOG, "title", title, NULL);

  self->session = g_object_ref (session);
  gtk_button_set_label (GTK_BUTTON (self->action_button), action_label);
  gtk_button_set_use_underline (GTK_BUTTON (self->action_button), TRUE);

  return self;
}

void
probity_step_dialog_set_note (ProbityStepDialog *self,
                              const char        *note)
{
  gtk_label_set_label (GTK_LABEL (self->note), note);
  gtk_widget_set_visible (self->note, TRUE);
}

void
probity_step_dialog_set_destructive (ProbityStepDialog *self)
{
  gtk_widget_remove_css_class (self->action_button, "suggested-action");
  gtk_widget_add_css_class (self->action_button, "destructive-action");
}

static Field *
add_field (ProbityStepDialog *self,
           const char        *id,
           FieldKind          kind,
           GtkWidget         *box,
           GtkWidget         *widget)
{
  Field *field = g_new0 (Field, 1);

  field->id = g_strdup (id);
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
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), label);
  if (hint != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), hint);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), frame);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);

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
  g_signal_connect_object (row, "changed", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);
  add_field (self, id, FIELD_TEXT, row, row)->required = required;
  update (self);
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
  add_field (self, id, FIELD_TEXT, box, view)->required = required;
  update (self);
}

static void
add_buttons (ProbityStepDialog       *self,
             const char              *id,
             FieldKind                kind,
             const char              *label,
             const ProbityStepChoice *choices,
             guint                    n_choices,
             const char              *initial)
{
  GtkWidget *group = adw_preferences_group_new ();
  Field     *field = add_field (self, id, kind, group, NULL);

  field->required = kind == FIELD_CHOICE;
  field->values = g_ptr_array_new_with_free_func (g_free);
  field->buttons = g_ptr_array_new ();
  field->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), label);
  for (guint i = 0; i < n_choices; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *button = gtk_check_button_new ();

      if (i > 0 && kind == FIELD_CHOICE)
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
      g_signal_connect_object (button, "toggled", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

void
probity_step_dialog_add_choice (ProbityStepDialog       *self,
                                const char              *id,
                                const char              *label,
                                const ProbityStepChoice *choices,
                                guint                    n_choices,
                                const char              *initial)
{
  add_buttons (self, id, FIELD_CHOICE, label, choices, n_choices, initial);
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
  Field *field;

  for (guint i = 0; i < n_choices; i++)
    gtk_string_list_append (labels, choices[i].label);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), expression);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (row), n_choices > 12);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  field = add_field (self, id, FIELD_PICK, group, row);
  field->values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_choices; i++)
    g_ptr_array_add (field->values, g_strdup (choices[i].value));
  probity_step_dialog_set (self, id, initial);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);
}

void
probity_step_dialog_add_checks (ProbityStepDialog       *self,
                                const char              *id,
                                const char              *label,
                                const ProbityStepChoice *choices,
                                guint                    n_choices)
{
  add_buttons (self, id, FIELD_CHECKS, label, choices, n_choices, NULL);
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
  add_field (self, id, FIELD_SWITCH, group, row);
  g_signal_connect_object (row, "notify::active", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);
}

void
probity_step_dialog_forbid_choice (ProbityStepDialog *self,
                                   const char        *id,
                                   const char        *value,
                                   const char        *reason)
{
  Field *field = find_field (self, id);

  g_return_if_fail (field != NULL && field->kind == FIELD_CHOICE);

  for (guint i = 0; i < field->values->len; i++)
    if (g_str_equal (g_ptr_array_index (field->values, i), value))
      {
        gtk_check_button_set_active (g_ptr_array_index (field->buttons, i), FALSE);
        gtk_widget_set_sensitive (g_ptr_array_index (field->buttons, i), FALSE);
        adw_action_row_set_subtitle (g_ptr_array_index (field->rows, i), reason);
      }
  update (self);
}

void
probity_step_dialog_show_field_for (ProbityStepDialog *self,
                                    const char        *id,
                                    const char        *choice_id,
                                    const char        *values)
{
  Field *field = find_field (self, id);

  g_return_if_fail (field != NULL);

  field->shown_by = g_strdup (choice_id);
  field->shown_for = g_strsplit (values, ",", -1);
  update (self);
}

const char *
probity_step_dialog_get (ProbityStepDialog *self,
                         const char        *id)
{
  Field *field = find_field (self, id);

  return field != NULL && is_shown (self, field) ? read_field (field) : "";
}

void
probity_step_dialog_set (ProbityStepDialog *self,
                         const char        *id,
                         const char        *value)
{
  Field *field = find_field (self, id);

  /* A draft of an earlier version can hold fields that are gone. */
  if (field == NULL)
    return;
  switch (field->kind)
    {
    case FIELD_TEXT:
    case FIELD_SWITCH:
      if (GTK_IS_TEXT_VIEW (field->widget))
        gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field->widget)), value, -1);
      else
        probity_row_set_value (field->widget, value);
      break;
    case FIELD_CHOICE:
      for (guint i = 0; i < field->values->len; i++)
        if (g_str_equal (g_ptr_array_index (field->values, i), value) &&
            gtk_widget_get_sensitive (g_ptr_array_index (field->buttons, i)))
          gtk_check_button_set_active (g_ptr_array_index (field->buttons, i), TRUE);
      break;
    case FIELD_CHECKS:
      {
        g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

        for (guint i = 0; i < field->values->len; i++)
          gtk_check_button_set_active (g_ptr_array_index (field->buttons, i),
                                       g_strv_contains ((const char *const *) lines, g_ptr_array_index (field->values, i)));
      }
      break;
    case FIELD_PICK:
      {
        guint index;

        if (g_ptr_array_find_with_equal_func (field->values, value, g_str_equal, &index))
          adw_combo_row_set_selected (ADW_COMBO_ROW (field->widget), index);
      }
      break;
    }
}

void
probity_step_dialog_set_step (ProbityStepDialog *self,
                              ProbityStepFunc    step,
                              gpointer           data,
                              GDestroyNotify     destroy)
{
  self->step = step;
  self->step_data = data;
  self->step_destroy = destroy;
}

void
probity_step_dialog_set_draft_key (ProbityStepDialog *self,
                                   const char        *key)
{
  g_set_str (&self->draft_key, key);
  probity_reply (probity_draft_load (self->session, key), self, draft_loaded_cb);
}
