/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-backup-dialog.h"

#include <glib/gi18n.h>

#include "probity-backup-minder.h"
#include "probity-choose-path.h"
#include "probity-errors.h"
#include "probity-format.h"
#include "probity-labels.h"
#include "probity-reply.h"

#define PROGRESS_MS 150

struct _ProbityBackupDialog
{
  AdwDialog parent_instance;

  ProbitySession        *session;
  GSettings             *settings;
  ProbityBackupProgress *progress; /* of what runs */
  guint                  progress_id;

  AdwActionRow   *last_row;
  AdwActionRow   *tried_row;
  AdwActionRow   *folder_row;
  GtkWidget      *back_up_row;
  GtkWidget      *progress_row;
  GtkProgressBar *progress_bar;
  AdwActionRow   *result_row;
  GtkImage       *result_icon;
  GtkWidget      *try_row;
  AdwSwitchRow   *daily_row;
  AdwSpinRow     *hour_row;
  AdwSpinRow     *keep_row;
  AdwSpinRow     *remind_row;
};

G_DEFINE_FINAL_TYPE (ProbityBackupDialog, probity_backup_dialog, ADW_TYPE_DIALOG)

/* `Journal, Registers`, as a reader knows the compartments. */
static char *
dup_compartments (const char *const *names)
{
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      ProbityCompartment compartment;

      if (probity_compartment_from_string (names[i], &compartment))
        g_strv_builder_add (labels, probity_label_for_compartment (compartment));
    }
  texts = g_strv_builder_end (labels);

  return g_strjoinv (", ", texts);
}

static void
show_record (AdwActionRow              *row,
             const ProbityBackupRecord *record)
{
  g_autofree char *at = probity_format_instant (record->at);
  g_autofree char *title = g_strdup_printf (_ ("%s by %s"), at, record->account);
  g_auto (GStrv) names = g_strsplit (record->proved, ",", -1);
  g_autofree char *compartments = dup_compartments ((const char *const *) names);
  g_autoptr (GString) subtitle = g_string_new (record->destination);

  if (subtitle->len > 0)
    g_string_append_c (subtitle, '\n');
  g_string_append_printf (subtitle, _ ("Opened and proved: %s"), compartments);
  if (record->problems > 0)
    g_string_append_printf (subtitle, "\n%s", _ ("Problems were found: verify the casebook"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle->str);
}

static void
loaded_cb (gpointer      object,
           const GValue *value,
           const GError *error)
{
  ProbityBackupDialog       *self = PROBITY_BACKUP_DIALOG (object);
  const ProbityBackupRecord *record;

  if (error != NULL)
    return;
  record = probity_backup_find_newest (g_value_get_boxed (value), PROBITY_BACKUP_RECORD_BACKUP);
  if (record != NULL)
    show_record (self->last_row, record);
  record = probity_backup_find_newest (g_value_get_boxed (value), PROBITY_BACKUP_RECORD_REHEARSAL);
  if (record != NULL)
    {
      g_autofree char *at = probity_format_instant (record->at);
      g_autofree char *created = probity_format_instant (record->created);
      g_autofree char *title = g_strdup_printf (_ ("Last tried %s by %s"), at, record->account);
      g_autofree char *subtitle = g_strdup_printf (_ ("The backup of %s"), created);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->tried_row), title);
      adw_action_row_set_subtitle (self->tried_row, subtitle);
    }
}

static void
load (ProbityBackupDialog *self)
{
  probity_reply (probity_session_load_backups (self->session), self, loaded_cb);
}

static gboolean
progress_cb (gpointer data)
{
  ProbityBackupDialog *self = data;
  guint64              done, total;

  probity_backup_progress_get (self->progress, &done, &total);
  if (total > 0 && done < total)
    gtk_progress_bar_set_fraction (self->progress_bar, (double) done / (double) total);
  else
    gtk_progress_bar_pulse (self->progress_bar);

  return G_SOURCE_CONTINUE;
}

static void
update (ProbityBackupDialog *self)
{
  g_autofree char *folder = g_settings_get_string (self->settings, "backup-folder");
  gboolean         busy = self->progress != NULL;

  adw_action_row_set_subtitle (self->folder_row, *folder != '\0' ? folder : _ ("None chosen"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->folder_row), !busy);
  gtk_widget_set_sensitive (self->back_up_row, !busy && *folder != '\0');
  gtk_widget_set_sensitive (self->try_row, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->daily_row), *folder != '\0');
  gtk_widget_set_visible (self->progress_row, busy);
}

static void
begin (ProbityBackupDialog *self)
{
  self->progress = probity_backup_progress_new ();
  self->progress_id = g_timeout_add (PROGRESS_MS, progress_cb, self);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->result_row), FALSE);
  update (self);
}

static void
show_result (ProbityBackupDialog *self,
             const char          *title,
             const char          *subtitle,
             gboolean             good)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result_row), title);
  adw_action_row_set_subtitle (self->result_row, subtitle);
  gtk_image_set_from_icon_name (self->result_icon, good ? "object-select-symbolic" : "dialog-warning-symbolic");
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (self->result_row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->result_row), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->result_row), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
end (ProbityBackupDialog *self,
     const GValue        *value,
     const GError        *error,
     const char          *success)
{
  const ProbityBackupReport *report = value != NULL ? g_value_get_boxed (value) : NULL;

  g_clear_pointer (&self->progress, probity_backup_progress_unref);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  update (self);
  load (self);

  if (error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      show_result (self, _ ("Stopped"), _ ("Nothing was kept."), TRUE);
    }
  else if (error != NULL)
    {
      g_autofree char *sentence = probity_error_dup_sentence (error);

      show_result (self, _ ("This did not succeed"), sentence, FALSE);
    }
  else if (report->problems[0] != NULL)
    {
      g_autofree char *problems = g_strjoinv ("\n", report->problems);

      show_result (self, _ ("Problems were found"), problems, FALSE);
    }
  else
    {
      g_autofree char *compartments = dup_compartments ((const char *const *) report->proved);
      g_autofree char *size = g_format_size (report->info->length);
      g_autofree char *subtitle = g_strdup_printf (_ ("%s\n%s. Opened and proved: %s"), report->info->path, size, compartments);

      show_result (self, success, subtitle, TRUE);
    }
}

static void
backed_up_cb (gpointer      object,
              const GValue *value,
              const GError *error)
{
  end (PROBITY_BACKUP_DIALOG (object), value, error, _ ("Backed up"));
}

static void
tried_cb (gpointer      object,
          const GValue *value,
          const GError *error)
{
  end (PROBITY_BACKUP_DIALOG (object), value, error, _ ("This backup restores"));
}

static void
back_up_cb (ProbityBackupDialog *self)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  g_assert (PROBITY_IS_BACKUP_DIALOG (self));

  folder = g_settings_get_string (self->settings, "backup-folder");
  if (self->progress != NULL || *folder == '\0')
    return;
  path = probity_session_dup_backup_path (self->session, folder);
  begin (self);
  probity_reply (probity_session_back_up (self->session, path, 0, self->progress), self, backed_up_cb);
}

static void
stop_cb (ProbityBackupDialog *self)
{
  g_assert (PROBITY_IS_BACKUP_DIALOG (self));

  if (self->progress != NULL)
    probity_backup_progress_cancel (self->progress);
}

static void
folder_chosen_cb (gpointer    widget,
                  const char *path)
{
  ProbityBackupDialog *self = widget;

  g_settings_set_string (self->settings, "backup-folder", path);
}

static void
choose_folder_cb (ProbityBackupDialog *self)
{
  g_assert (PROBITY_IS_BACKUP_DIALOG (self));

  probity_choose_path (GTK_WIDGET (self), PROBITY_CHOOSE_FOLDER, _ ("Where to Keep Backups"), NULL, folder_chosen_cb);
}

static void
backup_chosen_cb (gpointer    widget,
                  const char *path)
{
  probity_backup_dialog_try (widget, path);
}

static void
choose_backup_cb (ProbityBackupDialog *self)
{
  g_assert (PROBITY_IS_BACKUP_DIALOG (self));

  probity_choose_path (GTK_WIDGET (self), PROBITY_CHOOSE_FILE, _ ("Try a Backup"), NULL, backup_chosen_cb);
}

static void
probity_backup_dialog_dispose (GObject *object)
{
  ProbityBackupDialog *self = PROBITY_BACKUP_DIALOG (object);

  if (self->progress != NULL)
    probity_backup_progress_cancel (self->progress);
  g_clear_pointer (&self->progress, probity_backup_progress_unref);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_BACKUP_DIALOG);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (probity_backup_dialog_parent_class)->dispose (object);
}

static void
probity_backup_dialog_class_init (ProbityBackupDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_backup_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/backup/probity-backup-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, last_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, tried_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, back_up_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, progress_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, result_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, result_icon);
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, try_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, daily_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, hour_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, keep_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityBackupDialog, remind_row);
  gtk_widget_class_bind_template_callback (widget_class, back_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_backup_cb);
}

static void
probity_backup_dialog_init (ProbityBackupDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** probity_backup_dialog_new: (transfer floating) */
AdwDialog *
probity_backup_dialog_new (ProbitySession *session,
                           GSettings      *settings)
{
  ProbityBackupDialog *self = g_object_new (PROBITY_TYPE_BACKUP_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  g_settings_bind (settings, "backup-daily", self->daily_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "backup-hour", self->hour_row, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "backup-keep", self->keep_row, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "backup-remind-days", self->remind_row, "value", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings, "changed::backup-folder", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  load (self);

  return ADW_DIALOG (self);
}

void
probity_backup_dialog_try (ProbityBackupDialog *self,
                           const char          *path)
{
  g_return_if_fail (PROBITY_IS_BACKUP_DIALOG (self));

  if (self->progress != NULL)
    return;
  begin (self);
  probity_reply (probity_session_rehearse (self->session, path, self->progress), self, tried_cb);
}
