/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-create-dialog.h"

#include <glib/gi18n.h>

#include "probity-choose-path.h"
#include "probity-passphrase-rows.h"
#include "probity-reply.h"
#include "probity-role-rows.h"
#include "probity-session.h"
#include "probity-toast.h"

struct _ProbityCreateDialog
{
  AdwDialog parent_instance;

  char            *place;
  char            *recovery_file;
  char            *folder; /* while it is made */
  ProbityRoleRows *role_rows;

  AdwNavigationView     *navigation_view;
  AdwEntryRow           *name_row;
  AdwActionRow          *place_row;
  AdwComboRow           *profile_row;
  GtkWidget             *casebook_next;
  AdwEntryRow           *account_row;
  AdwEntryRow           *staff_number_row;
  AdwPreferencesGroup   *roles_group;
  GtkWidget             *account_next;
  ProbityPassphraseRows *passphrase_rows;
  AdwActionRow          *recovery_row;
  GtkWidget             *clear_recovery_button;
  GtkWidget             *create_button;
  GtkStack              *create_stack;
};

G_DEFINE_FINAL_TYPE (ProbityCreateDialog, probity_create_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *name;
  const char *title;
} profiles[] = {
  { "generic", N_ ("Generic") },
  { "derbyshire", N_ ("Derbyshire") },
  { "durham", N_ ("Durham") },
};

static gboolean
is_account_name (const char *name)
{
  gsize length = strlen (name);

  return length >= 1 && length <= 64 && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == length;
}

static gboolean
is_folder_name (const char *name)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  return *stripped != '\0' && strchr (stripped, G_DIR_SEPARATOR) == NULL && *stripped != '.';
}

static void
set_error_class (gpointer row,
                 gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
changed_cb (ProbityCreateDialog *self)
{
  const char *name, *account;
  gboolean    casebook, person;

  g_assert (PROBITY_IS_CREATE_DIALOG (self));

  if (self->role_rows == NULL)
    return;
  name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
  account = gtk_editable_get_text (GTK_EDITABLE (self->account_row));
  set_error_class (self->name_row, *name != '\0' && !is_folder_name (name));
  set_error_class (self->account_row, *account != '\0' && !is_account_name (account));
  casebook = is_folder_name (name) && self->place != NULL;
  person = is_account_name (account) && (probity_role_rows_get_roles (self->role_rows) & PROBITY_ROLE_ADMINISTRATOR) != 0;
  gtk_widget_set_sensitive (self->casebook_next, casebook);
  gtk_widget_set_sensitive (self->account_next, casebook && person);
  gtk_widget_set_sensitive (self->create_button,
                            self->folder == NULL && casebook && person && probity_passphrase_rows_get_acceptable (self->passphrase_rows));
}

static void
created_cb (gpointer      object,
            const GValue *value,
            const GError *error)
{
  ProbityCreateDialog *self = PROBITY_CREATE_DIALOG (object);
  g_autofree char     *folder = g_steal_pointer (&self->folder);

  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  gtk_stack_set_visible_child_name (self->create_stack, "label");
  changed_cb (self);
  if (error != NULL)
    {
      probity_toast_error (self->create_button, error);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_CREATED], 0, folder);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
create_cb (ProbityCreateDialog *self)
{
  g_autofree char     *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  g_autofree char     *staff_number = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->staff_number_row))));
  ProbityCreateOptions options = { 0 };

  g_assert (PROBITY_IS_CREATE_DIALOG (self));

  self->folder = g_build_filename (self->place, name, NULL);
  options.folder = self->folder;
  options.profile = profiles[adw_combo_row_get_selected (self->profile_row)].name;
  options.account = gtk_editable_get_text (GTK_EDITABLE (self->account_row));
  options.roles = probity_role_rows_get_roles (self->role_rows);
  options.staff_number = *staff_number != '\0' ? staff_number : NULL;
  options.passphrase = probity_passphrase_rows_get_text (self->passphrase_rows);
  options.recovery_file = self->recovery_file;
  options.cost = probity_key_cost_standard;

  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  gtk_stack_set_visible_child_name (self->create_stack, "spinner");
  gtk_widget_set_sensitive (self->create_button, FALSE);
  probity_reply (probity_session_create_casebook (&options), self, created_cb);
}

static void
place_chosen_cb (gpointer    widget,
                 const char *path)
{
  probity_create_dialog_set_place (widget, path);
}

static void
choose_place_cb (ProbityCreateDialog *self)
{
  g_assert (PROBITY_IS_CREATE_DIALOG (self));

  probity_choose_path (GTK_WIDGET (self), PROBITY_CHOOSE_FOLDER, _ ("Where to Put the Casebook"), NULL, place_chosen_cb);
}

static void
set_recovery_file (ProbityCreateDialog *self,
                   const char          *path)
{
  g_set_str (&self->recovery_file, path);
  adw_action_row_set_subtitle (self->recovery_row, path != NULL ? path : _ ("No recovery code"));
  gtk_widget_set_visible (self->clear_recovery_button, path != NULL);
}

static void
recovery_chosen_cb (gpointer    widget,
                    const char *path)
{
  set_recovery_file (widget, path);
}

static void
choose_recovery_cb (ProbityCreateDialog *self)
{
  g_assert (PROBITY_IS_CREATE_DIALOG (self));

  probity_choose_path (GTK_WIDGET (self), PROBITY_CHOOSE_NEW_FILE, _ ("Where to Write the Recovery Code"), _ ("recovery-code.txt"), recovery_chosen_cb);
}

static void
clear_recovery_cb (ProbityCreateDialog *self)
{
  g_assert (PROBITY_IS_CREATE_DIALOG (self));

  set_recovery_file (self, NULL);
}

static void
probity_create_dialog_dispose (GObject *object)
{
  ProbityCreateDialog *self = PROBITY_CREATE_DIALOG (object);

  self->role_rows = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_CREATE_DIALOG);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->recovery_file, g_free);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (probity_create_dialog_parent_class)->dispose (object);
}

static void
probity_create_dialog_class_init (ProbityCreateDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_create_dialog_dispose;

  signals[SIGNAL_CREATED] =
      g_signal_new ("created", PROBITY_TYPE_CREATE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (PROBITY_TYPE_PASSPHRASE_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/shell/probity-create-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, navigation_view);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, place_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, profile_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, casebook_next);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, account_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, staff_number_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, roles_group);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, account_next);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, passphrase_rows);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, recovery_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, clear_recovery_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityCreateDialog, create_stack);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_place_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_recovery_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_recovery_cb);
}

static void
probity_create_dialog_init (ProbityCreateDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *place = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    gtk_string_list_append (titles, _ (profiles[i].title));
  adw_combo_row_set_model (self->profile_row, G_LIST_MODEL (titles));

  self->role_rows = probity_role_rows_new (self->roles_group);
  probity_role_rows_set_roles (self->role_rows, PROBITY_ROLE_ADMINISTRATOR | PROBITY_ROLE_DECIDER);
  g_signal_connect_object (self->role_rows, "notify::roles", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  place = g_build_filename (g_get_user_data_dir (), "probity", NULL);
  probity_create_dialog_set_place (self, place);
}

/** probity_create_dialog_new: (transfer floating) */
AdwDialog *
probity_create_dialog_new (void)
{
  return g_object_new (PROBITY_TYPE_CREATE_DIALOG, NULL);
}

/** Sets the folder in which the casebook's own folder is made. */
void
probity_create_dialog_set_place (ProbityCreateDialog *self,
                                 const char          *folder)
{
  g_return_if_fail (PROBITY_IS_CREATE_DIALOG (self));

  g_set_str (&self->place, folder);
  adw_action_row_set_subtitle (self->place_row, folder);
  changed_cb (self);
}
