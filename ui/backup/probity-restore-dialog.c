/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-restore-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "probity-choose-path.h"
#include "probity-errors.h"
#include "probity-format.h"
#include "probity-reply.h"
#include "probity-session-backup.h"
#include "probity-toast.h"

#define PROGRESS_MS 150

struct _ProbityRestoreDialog
{
  AdwDialog parent_instance;

  char                  *backup;
  char                  *place;
  char                  *folder; /* what it is restored into */
  ProbityBackupProgress *progress;
  guint                  progress_id;

  AdwNavigationView   *navigation_view;
  AdwActionRow        *backup_row;
  AdwEntryRow         *name_row;
  AdwActionRow        *place_row;
  AdwEntryRow         *account_row;
  AdwPasswordEntryRow *passphrase_row;
  GtkWidget           *progress_group;
  GtkProgressBar      *progress_bar;
  GtkWidget           *stop_button;
  GtkWidget           *restore_button;
  AdwStatusPage       *result_page;
};

G_DEFINE_FINAL_TYPE (ProbityRestoreDialog, probity_restore_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_RESTORED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_folder (ProbityRestoreDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));

  if (*name == '\0' || *name == '.' || strchr (name, G_DIR_SEPARATOR) != NULL || self->place == NULL)
    return NULL;

  return g_build_filename (self->place, name, NULL);
}

static gboolean
is_ready (ProbityRestoreDialog *self)
{
  g_autofree char *folder = dup_folder (self);

  return self->progress == NULL && self->backup != NULL && folder != NULL && !g_file_test (folder, G_FILE_TEST_EXISTS) &&
         *gtk_editable_get_text (GTK_EDITABLE (self->account_row)) != '\0' &&
         *gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row)) != '\0';
}

static void
changed_cb (ProbityRestoreDialog *self)
{
  g_autofree char *folder = dup_folder (self);
  gboolean         taken = folder != NULL && self->folder == NULL && g_file_test (folder, G_FILE_TEST_EXISTS);
  gboolean         busy = self->progress != NULL;

  g_assert (PROBITY_IS_RESTORE_DIALOG (self));

  if (taken)
    gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->name_row), GTK_ACCESSIBLE_STATE_INVALID, taken ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name_row), taken ? _ ("Name of the new folder: this one exists") : _ ("Name of the new folder"));
  gtk_widget_set_visible (self->progress_group, busy);
  gtk_widget_set_visible (self->stop_button, busy);
  gtk_widget_set_sensitive (self->restore_button, is_ready (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->account_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->passphrase_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->name_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->backup_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->place_row), !busy);
}

static gboolean
progress_cb (gpointer data)
{
  ProbityRestoreDialog *self = data;
  guint64               done, total;

  probity_backup_progress_get (self->progress, &done, &total);
  if (total > 0 && done < total)
    gtk_progress_bar_set_fraction (self->progress_bar, (double) done / (double) total);
  else
    gtk_progress_bar_pulse (self->progress_bar);

  return G_SOURCE_CONTINUE;
}

static void
show_result (ProbityRestoreDialog      *self,
             const ProbityBackupReport *report)
{
  g_autofree char *created = probity_format_instant (report->info->created);
  g_autofree char *problems = g_strjoinv ("\n", report->problems);
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  if (report->problems[0] != NULL)
    text = g_strdup_printf (_ ("The casebook of %s is there, and its proof found problems:\n%s"), created, problems);
  else
    text = g_strdup_printf (_ ("The casebook of %s is there. What this account can open was proved; what was recorded after that moment is not in it."), created);
  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_title (self->result_page, report->problems[0] != NULL ? _ ("Restored With Problems") : _ ("Restored"));
  adw_status_page_set_icon_name (self->result_page, report->problems[0] != NULL ? "dialog-warning-symbolic" : "object-select-symbolic");
  adw_status_page_set_description (self->result_page, escaped);
  adw_navigation_view_push_by_tag (self->navigation_view, "result");
}

static void
restored_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  ProbityRestoreDialog *self = PROBITY_RESTORE_DIALOG (object);

  g_clear_pointer (&self->progress, probity_backup_progress_unref);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase_row), "");
  if (error != NULL)
    {
      g_clear_pointer (&self->folder, g_free);
      changed_cb (self);
      probity_toast_error (self->restore_button, error);
      return;
    }

  changed_cb (self);
  show_result (self, g_value_get_boxed (value));
}

static void
restore_cb (ProbityRestoreDialog *self)
{
  g_assert (PROBITY_IS_RESTORE_DIALOG (self));

  if (!is_ready (self))
    return;

  /* The place of casebooks in one's own data folder may be there for the first time. */
  g_mkdir_with_parents (self->place, 0700);
  g_free (self->folder);
  self->folder = dup_folder (self);
  self->progress = probity_backup_progress_new ();
  self->progress_id = g_timeout_add (PROGRESS_MS, progress_cb, self);
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  probity_reply (probity_backup_restore (self->backup,
                                         self->folder,
                                         gtk_editable_get_text (GTK_EDITABLE (self->account_row)),
                                         gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row)),
                                         NULL,
                                         self->progress),
                 self,
                 restored_cb);
  changed_cb (self);
}

static void
stop_cb (ProbityRestoreDialog *self)
{
  g_assert (PROBITY_IS_RESTORE_DIALOG (self));

  if (self->progress != NULL)
    probity_backup_progress_cancel (self->progress);
}

static void
open_cb (ProbityRestoreDialog *self)
{
  g_autofree char *folder = NULL;

  g_assert (PROBITY_IS_RESTORE_DIALOG (self));

  folder = g_strdup (self->folder);
  g_signal_emit (self, signals[SIGNAL_RESTORED], 0, folder);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
backup_chosen_cb (gpointer    widget,
                  const char *path)
{
  probity_restore_dialog_set_backup (widget, path);
}

static void
choose_backup_cb (ProbityRestoreDialog *self)
{
  g_assert (PROBITY_IS_RESTORE_DIALOG (self));

  probity_choose_path (GTK_WIDGET (self), PROBITY_CHOOSE_FILE, _ ("Choose a Backup"), NULL, backup_chosen_cb);
}

static void
place_chosen_cb (gpointer    widget,
                 const char *path)
{
  probity_restore_dialog_set_place (widget, path);
}

static void
choose_place_cb (ProbityRestoreDialog *self)
{
  g_assert (PROBITY_IS_RESTORE_DIALOG (self));

  probity_choose_path (GTK_WIDGET (self), PROBITY_CHOOSE_FOLDER, _ ("Where to Put the Casebook"), NULL, place_chosen_cb);
}

static void
probity_restore_dialog_dispose (GObject *object)
{
  ProbityRestoreDialog *self = PROBITY_RESTORE_DIALOG (object);

  if (self->progress != NULL)
    probity_backup_progress_cancel (self->progress);
  g_clear_pointer (&self->progress, probity_backup_progress_unref);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_RESTORE_DIALOG);
  g_clear_pointer (&self->backup, g_free);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (probity_restore_dialog_parent_class)->dispose (object);
}

static void
probity_restore_dialog_class_init (ProbityRestoreDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_restore_dialog_dispose;

  signals[SIGNAL_RESTORED] =
      g_signal_new ("restored", PROBITY_TYPE_RESTORE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/backup/probity-restore-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityRestoreDialog, navigation_view);
  gtk_widget_class_bind_template_child (widget_class, ProbityRestoreDialog, backup_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityRestoreDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityRestoreDialog, place_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityRestoreDialog, account_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityRestoreDialog, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityRestoreDialog, progress_group);
  gtk_widget_class_bind_template_child (widget_class, ProbityRestoreDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, ProbityRestoreDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityRestoreDialog, restore_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityRestoreDialog, result_page);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_backup_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_place_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
probity_restore_dialog_init (ProbityRestoreDialog *self)
{
  g_autofree char *place = g_build_filename (g_get_user_data_dir (), "probity", NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_action_row_set_subtitle (self->backup_row, _ ("None chosen"));
  probity_restore_dialog_set_place (self, place);
}

/** probity_restore_dialog_new: (transfer floating) */
AdwDialog *
probity_restore_dialog_new (void)
{
  return g_object_new (PROBITY_TYPE_RESTORE_DIALOG, NULL);
}

void
probity_restore_dialog_set_backup (ProbityRestoreDialog *self,
                                   const char           *path)
{
  g_autoptr (ProbityBackupInfo) info = NULL;
  g_autofree char *subtitle = NULL;

  g_return_if_fail (PROBITY_IS_RESTORE_DIALOG (self));
  g_return_if_fail (path != NULL);

  /* Its head and its list: a moment's work, and whoever chose the wrong file sees it here. */
  info = probity_backup_info_read (path);
  if (info->problem != NULL)
    {
      g_clear_pointer (&self->backup, g_free);
      subtitle = g_strdup_printf ("%s\n%s", path, info->problem);
    }
  else
    {
      g_autofree char *created = probity_format_instant (info->created);
      g_autofree char *size = g_format_size (info->length);

      g_set_str (&self->backup, path);
      subtitle = g_strdup_printf (_ ("%s\nThe casebook of %s, made by %s, %s"), path, created, info->account_name, size);
      if (*gtk_editable_get_text (GTK_EDITABLE (self->name_row)) == '\0')
        {
          g_autofree char *name = g_path_get_basename (path);

          if (g_str_has_suffix (name, PROBITY_BACKUP_SUFFIX))
            name[strlen (name) - strlen (PROBITY_BACKUP_SUFFIX)] = '\0';
          gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
        }
    }
  adw_action_row_set_subtitle (self->backup_row, subtitle);
  changed_cb (self);
}

void
probity_restore_dialog_set_place (ProbityRestoreDialog *self,
                                  const char           *folder)
{
  g_return_if_fail (PROBITY_IS_RESTORE_DIALOG (self));

  g_set_str (&self->place, folder);
  adw_action_row_set_subtitle (self->place_row, folder);
  changed_cb (self);
}
