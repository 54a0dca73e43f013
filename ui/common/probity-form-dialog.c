/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-form-dialog.h"

#include <glib/gi18n.h>

#include "probity-conflict-dialog.h"
#include "probity-dialog-begin.h"
#include "probity-reply.h"
#include "probity-second-job.h"
#include "probity-toast.h"

struct _ProbityFormDialog
{
  AdwDialog parent_instance;

  ProbitySession          *session;
  const ProbityRecordKind *kind;
  ProbityForm             *form;
  ProbityValues           *draft;  /* of an earlier time, not yet restored */
  ProbityValues           *saving; /* what is being saved */
  ProbityFormSaveFunc      save_func;
  gpointer                 save_data;
  GDestroyNotify           save_data_destroy;
  ProbityFormReadyFunc     ready_func; /* nullable */
  gboolean                 finished;   /* saved or given up: no draft is wanted */

  GtkStack           *save_stack;
  GtkLabel           *save_label;
  AdwBanner          *draft_banner;
  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (ProbityFormDialog, probity_form_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void save (ProbityFormDialog *self);

static DexFuture *
save_as_usual (ProbityFormDialog *self,
               ProbityRecord     *record,
               ProbityValues     *values,
               gpointer           data)
{
  if (record != NULL)
    return probity_record_update (self->session, self->kind, probity_record_get_uid (record), probity_record_get_version (record), values);
  return probity_record_create (self->session, self->kind, values);
}

static void
set_busy (ProbityFormDialog *self,
          gboolean           busy)
{
  gtk_stack_set_visible_child_name (self->save_stack, busy ? "spinner" : "label");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.cancel", !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), !busy);
}

static void
update_can_close (ProbityFormDialog *self)
{
  adw_dialog_set_can_close (ADW_DIALOG (self), self->finished || !probity_form_get_dirty (self->form));
}

static void
finish (ProbityFormDialog *self)
{
  self->finished = TRUE;
  probity_form_discard_draft (self->form);
  update_can_close (self);
  adw_dialog_close (ADW_DIALOG (self));
}

/* --- somebody else saved first --- */

static void
conflict_resolved_cb (ProbityFormDialog *self,
                      ProbityRecord     *theirs,
                      ProbityValues     *chosen)
{
  g_assert (PROBITY_IS_FORM_DIALOG (self));

  probity_form_set_record (self->form, theirs);
  probity_form_set_values (self->form, chosen);
  save (self);
}

static void
theirs_loaded_cb (gpointer      object,
                  const GValue *value,
                  const GError *error)
{
  ProbityFormDialog *self = PROBITY_FORM_DIALOG (object);
  AdwDialog         *dialog;

  set_busy (self, FALSE);
  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (self->page), error);
      return;
    }
  dialog = probity_conflict_dialog_new (self->session, probity_form_get_record (self->form), g_value_get_boxed (value), self->saving);
  g_signal_connect_object (dialog, "resolved", G_CALLBACK (conflict_resolved_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* --- saving --- */

static void
saved_cb (gpointer      object,
          const GValue *value,
          const GError *error)
{
  ProbityFormDialog *self = PROBITY_FORM_DIALOG (object);
  ProbityRecord     *before = probity_form_get_record (self->form);
  g_autoptr (ProbityRecord) record = NULL;

  if (g_error_matches (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_CONFLICT) && before != NULL)
    {
      probity_reply (probity_record_load (self->session, self->kind, probity_record_get_uid (before)), self, theirs_loaded_cb);
      return;
    }
  set_busy (self, FALSE);
  if (error != NULL)
    {
      if (!probity_form_show_error (self->form, error))
        probity_toast_error (GTK_WIDGET (self->page), error);
      return;
    }
  if (G_VALUE_HOLDS (value, PROBITY_TYPE_RECORD))
    record = probity_record_ref (g_value_get_boxed (value));
  finish (self);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, record);
}

static void
save (ProbityFormDialog *self)
{
  g_clear_pointer (&self->saving, probity_values_unref);
  self->saving = probity_form_dup_values (self->form);
  set_busy (self, TRUE);
  probity_reply (self->save_func (self, probity_form_get_record (self->form), self->saving, self->save_data), self, saved_cb);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  ProbityFormDialog *self = PROBITY_FORM_DIALOG (widget);

  if (!probity_form_get_valid (self->form))
    probity_form_focus_first_problem (self->form);
  else if (probity_form_get_record (self->form) != NULL && !probity_form_get_dirty (self->form))
    finish (self);
  else if (self->ready_func == NULL || self->ready_func (self))
    save (self);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

/* --- closing --- */

static void
close_answered_cb (ProbityFormDialog *self,
                   const char        *response)
{
  g_assert (PROBITY_IS_FORM_DIALOG (self));

  if (g_str_equal (response, "discard"))
    {
      finish (self);
    }
  else if (g_str_equal (response, "keep"))
    {
      probity_form_save_draft (self->form);
      adw_dialog_force_close (ADW_DIALOG (self));
    }
}

static void
probity_form_dialog_close_attempt (AdwDialog *dialog)
{
  AdwDialog *question = adw_alert_dialog_new (_ ("Keep What You Entered?"), _ ("A draft is kept in the casebook, for you alone, and offered again when you come back."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (question),
                                  "cancel",
                                  _ ("_Go On"),
                                  "discard",
                                  _ ("_Discard"),
                                  "keep",
                                  _ ("_Keep Draft"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (question), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (question), "keep", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (question), "keep");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (question), "cancel");
  g_signal_connect_object (question, "response", G_CALLBACK (close_answered_cb), dialog, G_CONNECT_SWAPPED);
  adw_dialog_present (question, GTK_WIDGET (dialog));
}

/* Also when the window is locked: then nobody is asked, and the draft is saved before the keys go. */
static void
probity_form_dialog_closed (AdwDialog *dialog)
{
  ProbityFormDialog *self = PROBITY_FORM_DIALOG (dialog);

  if (!self->finished)
    probity_form_save_draft (self->form);
}

/* --- drafts --- */

static void
draft_loaded_cb (gpointer      object,
                 const GValue *value,
                 const GError *error)
{
  ProbityFormDialog *self = PROBITY_FORM_DIALOG (object);

  if (value == NULL || !G_VALUE_HOLDS (value, PROBITY_TYPE_VALUES) || g_value_get_boxed (value) == NULL)
    return;
  self->draft = g_value_dup_boxed (value);
  adw_banner_set_revealed (self->draft_banner, TRUE);
}

static void
restore_draft_cb (ProbityFormDialog *self)
{
  g_assert (PROBITY_IS_FORM_DIALOG (self));

  adw_banner_set_revealed (self->draft_banner, FALSE);
  if (self->draft != NULL)
    probity_form_set_values (self->form, self->draft);
  g_clear_pointer (&self->draft, probity_values_unref);
}

static void
form_changed_cb (ProbityFormDialog *self)
{
  g_assert (PROBITY_IS_FORM_DIALOG (self));

  update_can_close (self);
}

static void
probity_form_dialog_dispose (GObject *object)
{
  ProbityFormDialog *self = PROBITY_FORM_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_FORM_DIALOG);
  if (self->save_data_destroy != NULL)
    g_clear_pointer (&self->save_data, self->save_data_destroy);
  g_clear_pointer (&self->draft, probity_values_unref);
  g_clear_pointer (&self->saving, probity_values_unref);
  g_clear_object (&self->form);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (probity_form_dialog_parent_class)->dispose (object);
}

static void
probity_form_dialog_class_init (ProbityFormDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwDialogClass *dialog_class = ADW_DIALOG_CLASS (klass);

  object_class->dispose = probity_form_dialog_dispose;
  dialog_class->close_attempt = probity_form_dialog_close_attempt;
  dialog_class->closed = probity_form_dialog_closed;

  signals[SIGNAL_SAVED] =
      g_signal_new ("saved", PROBITY_TYPE_FORM_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, PROBITY_TYPE_RECORD);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/common/probity-form-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityFormDialog, save_stack);
  gtk_widget_class_bind_template_child (widget_class, ProbityFormDialog, save_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityFormDialog, draft_banner);
  gtk_widget_class_bind_template_child (widget_class, ProbityFormDialog, page);
  gtk_widget_class_bind_template_callback (widget_class, restore_draft_cb);

  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "form.save", NULL);
}

static void
probity_form_dialog_init (ProbityFormDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  probity_dialog_begin_in (ADW_DIALOG (self), GTK_WIDGET (self->page));
  self->save_func = save_as_usual;
}

/** probity_form_dialog_new: (transfer floating): an empty form; add its groups, then call probity_form_dialog_start(). */
ProbityFormDialog *
probity_form_dialog_new (ProbitySession          *session,
                         const ProbityRecordKind *kind,
                         const char              *title)
{
  ProbityFormDialog *self = g_object_new (PROBITY_TYPE_FORM_DIALOG, "title", title, NULL);

  self->session = g_object_ref (session);
  self->kind = kind;
  self->form = probity_form_new (session, kind);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/** (transfer none) */
ProbitySession *
probity_form_dialog_get_session (ProbityFormDialog *self)
{
  g_return_val_if_fail (PROBITY_IS_FORM_DIALOG (self), NULL);
  return self->session;
}

/** (transfer none) */
ProbityForm *
probity_form_dialog_get_form (ProbityFormDialog *self)
{
  g_return_val_if_fail (PROBITY_IS_FORM_DIALOG (self), NULL);
  return self->form;
}

/** The kind of record that is made or edited. */
const ProbityRecordKind *
probity_form_dialog_get_kind (ProbityFormDialog *self)
{
  g_return_val_if_fail (PROBITY_IS_FORM_DIALOG (self), NULL);
  return self->kind;
}

/** (transfer none): where groups are added. */
AdwPreferencesPage *
probity_form_dialog_get_page (ProbityFormDialog *self)
{
  g_return_val_if_fail (PROBITY_IS_FORM_DIALOG (self), NULL);
  return self->page;
}

/** The dialog edits @record; after the groups were added. */
void
probity_form_dialog_set_record (ProbityFormDialog *self,
                                ProbityRecord     *record)
{
  g_return_if_fail (PROBITY_IS_FORM_DIALOG (self));

  probity_form_set_record (self->form, record);
}

/** Saves by @func instead of making or updating the record; @label (nullable) with a mnemonic is on the button. */
void
probity_form_dialog_set_save (ProbityFormDialog  *self,
                              const char         *label,
                              ProbityFormSaveFunc func,
                              gpointer            data,
                              GDestroyNotify      data_destroy)
{
  g_return_if_fail (PROBITY_IS_FORM_DIALOG (self));

  if (label != NULL)
    gtk_label_set_label (self->save_label, label);
  if (func != NULL)
    {
      self->save_func = func;
      self->save_data = data;
      self->save_data_destroy = data_destroy;
    }
}

/** Asked before each time that it is saved. */
void
probity_form_dialog_set_ready (ProbityFormDialog   *self,
                               ProbityFormReadyFunc func)
{
  g_return_if_fail (PROBITY_IS_FORM_DIALOG (self));

  self->ready_func = func;
}

/** From now on the draft @key (nullable) is kept; an earlier one is offered. */
void
probity_form_dialog_start (ProbityFormDialog *self,
                           const char        *draft_key)
{
  g_return_if_fail (PROBITY_IS_FORM_DIALOG (self));

  if (draft_key == NULL)
    return;
  probity_form_set_draft (self->form, draft_key);
  probity_reply (probity_draft_load (self->session, draft_key), self, draft_loaded_cb);
}
