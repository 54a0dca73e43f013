/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-dialog-begin.h"
#include "probity-errors.h"
#include "probity-record.h"
#include "probity-reply.h"
#include "probity-second-job.h"
#include "probity-step-dialog-private.h"
#include "probity-toast.h"

/* How long after the last key a draft is written: a crash loses no more than this. */
#define DRAFT_DELAY_MS 1500

G_DEFINE_FINAL_TYPE (ProbityStepDialog, probity_step_dialog, ADW_TYPE_DIALOG)

enum
{
  TAKEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_changed (ProbityStepDialog *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      ProbityStepField *field = g_ptr_array_index (self->fields, i);

      if (field->before != NULL && g_strcmp0 (field->before, probity_step_field_read (field)) != 0)
        return TRUE;
    }
  return FALSE;
}

static void
remember_first_values (ProbityStepDialog *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      ProbityStepField *field = g_ptr_array_index (self->fields, i);

      if (field->before == NULL)
        field->before = g_strdup (probity_step_field_read (field));
    }
}

void
probity_step_dialog_update (ProbityStepDialog *self)
{
  gboolean complete = !self->lacking;

  for (guint i = 0; i < self->fields->len; i++)
    {
      ProbityStepField *field = g_ptr_array_index (self->fields, i);
      gboolean          shown = probity_step_dialog_shows (self, field);

      gtk_widget_set_visible (field->box, shown);
      if (shown && field->required && *probity_step_field_read (field) == '\0')
        complete = FALSE;
    }
  gtk_widget_set_sensitive (self->action_button, complete && !self->busy);
  gtk_widget_set_sensitive (self->content, !self->busy);
  gtk_widget_set_visible (self->spinner, self->busy);
  /* With a draft nothing is lost; without one whoever typed something is asked. */
  adw_dialog_set_can_close (ADW_DIALOG (self), !self->touched && (self->draft_key != NULL || !is_changed (self)));
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
      ProbityStepField *field = g_ptr_array_index (self->fields, i);

      if (*probity_step_field_read (field) != '\0')
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

  remember_first_values (self);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    probity_step_dialog_set (self, names[i], probity_values_get (values, names[i]));
  adw_banner_set_revealed (ADW_BANNER (self->draft_banner), names != NULL && is_changed (self));
  probity_step_dialog_update (self);
}

static void
drop_draft (ProbityStepDialog *self)
{
  g_clear_handle_id (&self->draft_source, g_source_remove);
  probity_reply (probity_draft_save (self->session, self->draft_key, NULL), self, drop_answer_cb);
}

/* The dialog is as it opens to who has no draft. */
static void
discard_draft_cb (ProbityStepDialog *self)
{
  g_assert (PROBITY_IS_STEP_DIALOG (self));

  adw_banner_set_revealed (ADW_BANNER (self->draft_banner), FALSE);
  for (guint i = 0; i < self->fields->len; i++)
    {
      ProbityStepField *field = g_ptr_array_index (self->fields, i);

      probity_step_dialog_set (self, field->id, field->before != NULL ? field->before : "");
    }
  drop_draft (self);
}

void
probity_step_dialog_field_changed (ProbityStepDialog *self)
{
  g_assert (PROBITY_IS_STEP_DIALOG (self));

  probity_step_dialog_update (self);
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
      const char       *name = probity_record_error_get_field (error);
      ProbityStepField *field = name != NULL ? probity_step_dialog_find_field (self, name) : NULL;
      g_autofree char  *sentence = NULL;

      /* Called as it is called here, which need not be its name among the fields of a record. */
      if (field != NULL && !probity_step_dialog_shows (self, field))
        field = NULL;
      sentence = probity_error_dup_sentence_titled (error, field != NULL ? field->title : NULL);
      probity_step_dialog_mark (self, field);
      show_problem (self, sentence);
      probity_step_dialog_update (self);
      return;
    }

  if (self->draft_key != NULL)
    drop_draft (self);
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
  probity_step_dialog_mark (self, NULL);
  self->busy = TRUE;
  probity_step_dialog_update (self);
  probity_reply (self->step (self, self->step_data), self, step_taken_cb);
}

static void
cancel_clicked_cb (ProbityStepDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
probity_step_dialog_close_attempt (AdwDialog *dialog)
{
  /* What comes of the step closes it, or says why not. */
  if (!PROBITY_STEP_DIALOG (dialog)->busy)
    probity_ask_discard (dialog);
}

static void
probity_step_dialog_map (GtkWidget *widget)
{
  ProbityStepDialog *self = PROBITY_STEP_DIALOG (widget);

  remember_first_values (self);

  GTK_WIDGET_CLASS (probity_step_dialog_parent_class)->map (widget);
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
  ADW_DIALOG_CLASS (klass)->close_attempt = probity_step_dialog_close_attempt;
  ADW_DIALOG_CLASS (klass)->closed = probity_step_dialog_closed;
  GTK_WIDGET_CLASS (klass)->map = probity_step_dialog_map;

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

  self->fields = g_ptr_array_new_with_free_func (probity_step_field_free);

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
  gtk_label_set_wrap_mode (GTK_LABEL (self->problem_label), PANGO_WRAP_WORD_CHAR);
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
  gtk_label_set_wrap_mode (GTK_LABEL (self->note), PANGO_WRAP_WORD_CHAR);
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
  probity_dialog_begin_in (ADW_DIALOG (self), self->content);
  adw_clamp_set_child (ADW_CLAMP (clamp), outer);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  self->draft_banner = adw_banner_new (_ ("What you entered before was restored."));
  adw_banner_set_button_label (ADW_BANNER (self->draft_banner), _ ("_Discard"));
  /* One that is not revealed would still be read to who cannot see that it is not there. */
  g_object_bind_property (self->draft_banner, "revealed", self->draft_banner, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->draft_banner, "button-clicked", G_CALLBACK (discard_draft_cb), self, G_CONNECT_SWAPPED);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->draft_banner);
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
  probity_step_dialog_update (self);
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
probity_step_dialog_set_touched (ProbityStepDialog *self,
                                 gboolean           touched)
{
  self->touched = touched;
  probity_step_dialog_update (self);
}

void
probity_step_dialog_set_lacking (ProbityStepDialog *self,
                                 gboolean           lacking)
{
  self->lacking = lacking;
  probity_step_dialog_update (self);
}

ProbityStepCase *
probity_step_case_new (ProbitySession *session,
                       const char     *reference)
{
  ProbityStepCase *self = g_new0 (ProbityStepCase, 1);

  self->session = g_object_ref (session);
  self->reference = g_strdup (reference);

  return self;
}

void
probity_step_case_free (gpointer data)
{
  ProbityStepCase *self = data;

  g_object_unref (self->session);
  g_free (self->reference);
  g_free (self);
}

void
probity_step_dialog_set_draft_key (ProbityStepDialog *self,
                                   const char        *key)
{
  g_set_str (&self->draft_key, key);
  probity_step_dialog_update (self);
  probity_reply (probity_draft_load (self->session, key), self, draft_loaded_cb);
}
