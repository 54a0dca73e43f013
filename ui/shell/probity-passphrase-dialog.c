/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-passphrase-dialog.h"

#include <glib/gi18n.h>

#include "probity-dialog-begin.h"
#include "probity-passphrase-rows.h"
#include "probity-reply.h"
#include "probity-toast.h"

typedef enum
{
  MODE_CHANGE,
  MODE_RESET,
  MODE_RECOVER,
} Mode;

struct _ProbityPassphraseDialog
{
  AdwDialog parent_instance;

  Mode            mode;
  ProbitySession *session;
  char           *account;
  char           *folder;
  gboolean        busy;

  GtkWidget             *save_button;
  GtkWidget             *page;
  AdwPreferencesGroup   *old_group;
  AdwEntryRow           *account_row;
  AdwEntryRow           *code_row;
  AdwPasswordEntryRow   *old_row;
  ProbityPassphraseRows *rows;
};

G_DEFINE_FINAL_TYPE (ProbityPassphraseDialog, probity_passphrase_dialog, ADW_TYPE_DIALOG)

static gboolean
is_filled (gpointer row)
{
  return !gtk_widget_get_visible (GTK_WIDGET (row)) || *gtk_editable_get_text (GTK_EDITABLE (row)) != '\0';
}

static void
changed_cb (ProbityPassphraseDialog *self)
{
  g_assert (PROBITY_IS_PASSPHRASE_DIALOG (self));

  gtk_widget_set_sensitive (self->save_button,
                            !self->busy && is_filled (self->account_row) && is_filled (self->code_row) &&
                                is_filled (self->old_row) && probity_passphrase_rows_get_acceptable (self->rows));
}

static void
saved_cb (gpointer      object,
          const GValue *value,
          const GError *error)
{
  ProbityPassphraseDialog *self = PROBITY_PASSPHRASE_DIALOG (object);
  GtkWidget               *root;

  self->busy = FALSE;
  changed_cb (self);
  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (self->save_button), error);
      return;
    }
  root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  adw_dialog_force_close (ADW_DIALOG (self));
  if (ADW_IS_APPLICATION_WINDOW (root))
    probity_toast (gtk_widget_get_first_child (adw_application_window_get_content (ADW_APPLICATION_WINDOW (root))), _ ("The new passphrase is set"));
}

static void
save_cb (ProbityPassphraseDialog *self)
{
  const char *passphrase = probity_passphrase_rows_get_text (self->rows);
  DexFuture  *future = NULL;

  g_assert (PROBITY_IS_PASSPHRASE_DIALOG (self));

  switch (self->mode)
    {
    case MODE_CHANGE:
      future = probity_session_change_passphrase (self->session, gtk_editable_get_text (GTK_EDITABLE (self->old_row)), passphrase);
      break;
    case MODE_RESET:
      future = probity_session_reset (self->session, self->account, passphrase);
      break;
    case MODE_RECOVER:
      future = probity_session_recover (self->folder, gtk_editable_get_text (GTK_EDITABLE (self->account_row)), gtk_editable_get_text (GTK_EDITABLE (self->code_row)), passphrase);
      break;
    }
  self->busy = TRUE;
  changed_cb (self);
  probity_reply (future, self, saved_cb);
}

static void
probity_passphrase_dialog_dispose (GObject *object)
{
  ProbityPassphraseDialog *self = PROBITY_PASSPHRASE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_PASSPHRASE_DIALOG);
  g_clear_object (&self->session);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (probity_passphrase_dialog_parent_class)->dispose (object);
}

static void
probity_passphrase_dialog_class_init (ProbityPassphraseDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_passphrase_dialog_dispose;

  g_type_ensure (PROBITY_TYPE_PASSPHRASE_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/shell/probity-passphrase-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityPassphraseDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityPassphraseDialog, page);
  gtk_widget_class_bind_template_child (widget_class, ProbityPassphraseDialog, old_group);
  gtk_widget_class_bind_template_child (widget_class, ProbityPassphraseDialog, account_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityPassphraseDialog, code_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityPassphraseDialog, old_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityPassphraseDialog, rows);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
probity_passphrase_dialog_init (ProbityPassphraseDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  probity_dialog_begin_in (ADW_DIALOG (self), self->page);
}

static ProbityPassphraseDialog *
make_dialog (Mode        mode,
             const char *title,
             const char *button)
{
  ProbityPassphraseDialog *self = g_object_new (PROBITY_TYPE_PASSPHRASE_DIALOG, "title", title, NULL);

  self->mode = mode;
  gtk_button_set_label (GTK_BUTTON (self->save_button), button);
  gtk_widget_set_visible (GTK_WIDGET (self->old_row), mode == MODE_CHANGE);
  gtk_widget_set_visible (GTK_WIDGET (self->account_row), mode == MODE_RECOVER);
  gtk_widget_set_visible (GTK_WIDGET (self->code_row), mode == MODE_RECOVER);
  gtk_widget_set_visible (GTK_WIDGET (self->old_group), mode != MODE_RESET);
  changed_cb (self);
  return self;
}

/** probity_passphrase_dialog_new_change: (transfer floating): a new passphrase for whoever is signed in. */
AdwDialog *
probity_passphrase_dialog_new_change (ProbitySession *session)
{
  ProbityPassphraseDialog *self = make_dialog (MODE_CHANGE, _ ("Change Passphrase"), _ ("C_hange"));

  self->session = g_object_ref (session);
  return ADW_DIALOG (self);
}

/** probity_passphrase_dialog_new_reset: (transfer floating): an administrator gives @account a new passphrase and new keys. */
AdwDialog *
probity_passphrase_dialog_new_reset (ProbitySession *session,
                                     const char     *account)
{
  ProbityPassphraseDialog *self = make_dialog (MODE_RESET, _ ("Reset Passphrase"), _ ("_Reset"));
  g_autofree char         *text = NULL;

  /* Translators: %s is the name of an account */
  text = g_strdup_printf (_ ("“%s” gets new keys and reads nothing until somebody who holds them grants them again."), account);
  self->session = g_object_ref (session);
  self->account = g_strdup (account);
  probity_passphrase_rows_set_note (self->rows, text);
  return ADW_DIALOG (self);
}

/** probity_passphrase_dialog_new_recover: (transfer floating): a new passphrase by means of a recovery code. */
AdwDialog *
probity_passphrase_dialog_new_recover (const char *folder)
{
  ProbityPassphraseDialog *self = make_dialog (MODE_RECOVER, _ ("Use a Recovery Code"), _ ("_Set"));

  self->folder = g_strdup (folder);
  return ADW_DIALOG (self);
}
