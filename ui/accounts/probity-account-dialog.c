/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-account-dialog.h"

#include <glib/gi18n.h>

#include "probity-dialog-begin.h"
#include "probity-labels.h"
#include "probity-passphrase-rows.h"
#include "probity-reply.h"
#include "probity-role-rows.h"
#include "probity-toast.h"

struct _ProbityAccountDialog
{
  AdwDialog parent_instance;

  ProbitySession  *session;
  ProbityRoleRows *role_rows;
  GtkWidget       *staff_row;
  gboolean         busy;

  GtkStack              *add_stack;
  GtkWidget             *page;
  AdwEntryRow           *name_row;
  AdwPreferencesGroup   *staff_group;
  AdwPreferencesGroup   *roles_group;
  ProbityPassphraseRows *passphrase_rows;
};

G_DEFINE_FINAL_TYPE (ProbityAccountDialog, probity_account_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed_cb (ProbityAccountDialog *self)
{
  const char *name;
  gboolean    valid;

  g_assert (PROBITY_IS_ACCOUNT_DIALOG (self));

  if (self->role_rows == NULL)
    return;
  name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
  valid = probity_account_name_is_valid (name);
  if (*name != '\0' && !valid)
    gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "account.add",
                                 valid && !self->busy &&
                                     probity_role_rows_get_roles (self->role_rows) != PROBITY_ROLE_NONE &&
                                     probity_passphrase_rows_get_acceptable (self->passphrase_rows));
}

static void
added_cb (gpointer      object,
          const GValue *value,
          const GError *error)
{
  ProbityAccountDialog *self = PROBITY_ACCOUNT_DIALOG (object);

  self->busy = FALSE;
  gtk_stack_set_visible_child_name (self->add_stack, "label");
  gtk_widget_set_sensitive (self->page, TRUE);
  changed_cb (self);
  if (error != NULL)
    {
      probity_toast_error (self->page, error);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_ADDED], 0);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ProbityAccountDialog *self = PROBITY_ACCOUNT_DIALOG (widget);
  g_autofree char      *staff_number = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->staff_row))));

  self->busy = TRUE;
  gtk_stack_set_visible_child_name (self->add_stack, "spinner");
  gtk_widget_set_sensitive (self->page, FALSE);
  gtk_widget_action_set_enabled (widget, "account.add", FALSE);
  probity_reply (probity_session_add_account (self->session,
                                              gtk_editable_get_text (GTK_EDITABLE (self->name_row)),
                                              probity_role_rows_get_roles (self->role_rows),
                                              *staff_number != '\0' ? staff_number : NULL,
                                              probity_passphrase_rows_get_text (self->passphrase_rows)),
                 self,
                 added_cb);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
probity_account_dialog_dispose (GObject *object)
{
  ProbityAccountDialog *self = PROBITY_ACCOUNT_DIALOG (object);

  self->role_rows = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_ACCOUNT_DIALOG);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (probity_account_dialog_parent_class)->dispose (object);
}

static void
probity_account_dialog_class_init (ProbityAccountDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_account_dialog_dispose;

  signals[SIGNAL_ADDED] =
      g_signal_new ("added", PROBITY_TYPE_ACCOUNT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PROBITY_TYPE_PASSPHRASE_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/accounts/probity-account-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityAccountDialog, add_stack);
  gtk_widget_class_bind_template_child (widget_class, ProbityAccountDialog, page);
  gtk_widget_class_bind_template_child (widget_class, ProbityAccountDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityAccountDialog, staff_group);
  gtk_widget_class_bind_template_child (widget_class, ProbityAccountDialog, roles_group);
  gtk_widget_class_bind_template_child (widget_class, ProbityAccountDialog, passphrase_rows);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "account.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "account.cancel", NULL, cancel_action);
}

static void
probity_account_dialog_init (ProbityAccountDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  probity_dialog_begin_in (ADW_DIALOG (self), self->page);
  self->staff_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->staff_row), probity_label_for_field (NULL, "staff_number"));
  adw_preferences_group_add (self->staff_group, self->staff_row);
  self->role_rows = probity_role_rows_new (self->roles_group);
  g_signal_connect_object (self->role_rows, "notify::roles", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/** probity_account_dialog_new: (transfer floating) */
AdwDialog *
probity_account_dialog_new (ProbitySession *session)
{
  ProbityAccountDialog *self = g_object_new (PROBITY_TYPE_ACCOUNT_DIALOG, NULL);

  self->session = g_object_ref (session);
  return ADW_DIALOG (self);
}
