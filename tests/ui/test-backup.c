/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "probity-application.h"
#include "probity-backup-dialog.h"
#include "probity-backup-folder.h"
#include "probity-restore-dialog.h"
#include "probity-session-backup.h"
#include "probity-window.h"
#include "ui-fixture.h"

/* Backups as a person makes them in the window, and as the window makes them by itself. */

static Force              *force;
static ProbityApplication *application;

static ProbityWindow *
new_window_at (const char *account,
               const char *now)
{
  ProbityWindow *window = probity_window_new (ADW_APPLICATION (application));
  g_autoptr (ProbityClock) clock = probity_clock_new_fixed (now);
  g_autoptr (ProbitySession) session = wait_for_object (probity_session_sign_in (force->casebook->folder, account, account, clock));

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  ui_present (GTK_WINDOW (window));
  probity_window_set_session (window, session);
  ui_settle (GTK_WIDGET (window));

  return window;
}

static void
close_window (ProbityWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  ui_iterate ();
}

static GPtrArray *
list (const char *folder)
{
  return probity_backup_folder_list (folder, NULL);
}

static guint
count (const char *folder)
{
  g_autoptr (GPtrArray) infos = list (folder);

  return infos->len;
}

static guint
count_records (ProbityWindow *window)
{
  g_autoptr (GPtrArray) records = wait_for_boxed (probity_session_load_backups (probity_window_get_session (window)));

  return records->len;
}

static AdwBanner *
get_banner (ProbityWindow *window)
{
  return ADW_BANNER (gtk_widget_get_template_child (GTK_WIDGET (window), PROBITY_TYPE_WINDOW, "backup_banner"));
}

static void
restored_cb (ProbityRestoreDialog *dialog,
             const char           *folder,
             char                **ret_folder)
{
  *ret_folder = g_strdup (folder);
}

/* Rule: the dialog makes a backup into the folder that was chosen, tells of it, and what it made restores through the other dialog. */
static void
test_dialogs (void)
{
  GSettings       *settings = probity_application_get_settings (application);
  g_autofree char *folder = g_dir_make_tmp ("ui-backup-XXXXXX", NULL);
  g_autofree char *restored = NULL;
  g_autofree char *expected = g_build_filename (folder, "again", NULL);
  g_autoptr (GPtrArray) infos = NULL;
  ProbityWindow *window = new_window_at ("admin", "2026-03-02T10:00:00.000Z");
  AdwDialog     *dialog;
  GtkWidget     *row;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.back-up", NULL);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (PROBITY_IS_BACKUP_DIALOG (dialog));
  row = ui_find_titled (GTK_WIDGET (dialog), "_Back Up Now");
  g_assert_false (gtk_widget_is_sensitive (row));
  g_settings_set_string (settings, "backup-folder", folder);
  g_assert_true (gtk_widget_is_sensitive (row));
  g_signal_emit_by_name (row, "activated");
  g_assert_false (gtk_widget_is_sensitive (row));
  wait_until (gtk_widget_is_sensitive (row));
  g_assert_true (ui_shows_text (GTK_WIDGET (dialog), "Backed up"));
  infos = list (folder);
  g_assert_cmpuint (infos->len, ==, 1);

  probity_backup_dialog_try (PROBITY_BACKUP_DIALOG (dialog), ((ProbityBackupInfo *) g_ptr_array_index (infos, 0))->path);
  wait_until (gtk_widget_is_sensitive (row));
  g_assert_true (ui_shows_text (GTK_WIDGET (dialog), "This backup restores"));
  wait_until (!ui_shows_text (GTK_WIDGET (dialog), "No backup has been tried"));
  adw_dialog_force_close (dialog);

  dialog = probity_restore_dialog_new ();
  g_signal_connect (dialog, "restored", G_CALLBACK (restored_cb), &restored);
  adw_dialog_present (dialog, GTK_WIDGET (window));
  probity_restore_dialog_set_backup (PROBITY_RESTORE_DIALOG (dialog), ((ProbityBackupInfo *) g_ptr_array_index (infos, 0))->path);
  probity_restore_dialog_set_place (PROBITY_RESTORE_DIALOG (dialog), folder);
  gtk_editable_set_text (GTK_EDITABLE (ui_find_titled (GTK_WIDGET (dialog), "Name of the new folder")), "again");
  gtk_editable_set_text (GTK_EDITABLE (ui_find_titled (GTK_WIDGET (dialog), "Account")), "admin");
  gtk_editable_set_text (GTK_EDITABLE (ui_find_titled (GTK_WIDGET (dialog), "Passphrase")), "admin");
  g_signal_emit_by_name (ui_find_titled (GTK_WIDGET (dialog), "Passphrase"), "entry-activated");
  wait_until (g_file_test (expected, G_FILE_TEST_IS_DIR));
  wait_until (ui_shows_text (GTK_WIDGET (dialog), "Open the Casebook"));
  g_signal_emit_by_name (ui_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "open"), "clicked");
  wait_until (restored != NULL);
  g_assert_cmpstr (restored, ==, expected);

  close_window (window);
  g_settings_reset (settings, "backup-folder");
  remove_tree (folder);
}

/* Rule: the day's backup is made once it is due, once a day, and not before its hour. */
static void
test_daily (void)
{
  GSettings       *settings = probity_application_get_settings (application);
  g_autofree char *folder = g_dir_make_tmp ("ui-backup-XXXXXX", NULL);
  guint            n_records;
  ProbityWindow   *window;

  g_settings_set_string (settings, "backup-folder", folder);
  g_settings_set_boolean (settings, "backup-daily", TRUE);
  g_settings_set_uint (settings, "backup-hour", 23);
  window = new_window_at ("admin", "2026-05-04T10:00:00.000Z");
  n_records = count_records (window);
  ui_settle (GTK_WIDGET (window));
  g_assert_cmpuint (count (folder), ==, 0);

  g_settings_set_uint (settings, "backup-hour", 9);
  wait_until (count (folder) == 1);
  /* Recorded, so that it is not made again: a window that closes before gives it up. */
  wait_until (count_records (window) > n_records);
  ui_settle (GTK_WIDGET (window));
  g_assert_false (adw_banner_get_revealed (get_banner (window)));
  close_window (window);
  window = new_window_at ("admin", "2026-05-04T11:00:00.000Z");
  g_settings_set_uint (settings, "backup-hour", 10);
  ui_settle (GTK_WIDGET (window));
  g_assert_cmpuint (count (folder), ==, 1);
  close_window (window);

  g_settings_reset (settings, "backup-folder");
  g_settings_reset (settings, "backup-daily");
  g_settings_reset (settings, "backup-hour");
  remove_tree (folder);
}

/* Rule: who may back up is reminded when it was not done for so many days; nobody else is, and nobody who set no days. */
static void
test_reminder (void)
{
  GSettings     *settings = probity_application_get_settings (application);
  ProbityWindow *window = new_window_at ("admin", "2026-07-20T10:00:00.000Z");

  wait_until (adw_banner_get_revealed (get_banner (window)));
  g_settings_set_uint (settings, "backup-remind-days", 0);
  wait_until (!adw_banner_get_revealed (get_banner (window)));
  g_settings_reset (settings, "backup-remind-days");
  close_window (window);

  window = new_window_at ("manager", "2026-07-20T10:00:00.000Z");
  ui_settle (GTK_WIDGET (window));
  g_assert_false (adw_banner_get_revealed (get_banner (window)));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.back-up", NULL);
  g_assert_null (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  close_window (window);
}

/* Rule: of the invented casebook nobody is reminded, whatever is chosen while it is open. */
static void
test_sample (void)
{
  GSettings       *settings = probity_application_get_settings (application);
  g_autofree char *folder = g_build_filename (force->casebook->base, "sample", NULL);
  g_autoptr (ProbityClock) made = probity_clock_new_fixed ("2026-01-05T10:00:00.000Z");
  g_autoptr (ProbityClock) later = probity_clock_new_fixed ("2026-07-20T10:00:00.000Z");
  g_autoptr (ProbitySession) session = NULL;
  ProbityWindow *window = probity_window_new (ADW_APPLICATION (application));

  wait_for_success (probity_session_create_casebook (&(ProbityCreateOptions) {
      .folder = folder,
      .profile = "generic",
      .account = "admin",
      .roles = PROBITY_ROLE_ADMINISTRATOR | PROBITY_ROLE_DECIDER,
      .passphrase = "admin",
      .sample = TRUE,
      .cost = { 1, 8192 },
      .clock = made,
  }));
  session = wait_for_object (probity_session_sign_in (folder, "admin", "admin", later));
  ui_present (GTK_WINDOW (window));
  probity_window_set_session (window, session);
  g_settings_set_string (settings, "backup-folder", folder);
  ui_settle (GTK_WIDGET (window));
  g_assert_false (adw_banner_get_revealed (get_banner (window)));
  g_settings_reset (settings, "backup-folder");
  close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  /* The hour of a backup is that of the clock on the wall, wherever this is run. */
  g_setenv ("TZ", "Europe/London", TRUE);
  application = ui_begin (&argc, &argv);
  force = force_new ("derbyshire");

  g_test_add_func ("/ui/backup/dialogs", test_dialogs);
  g_test_add_func ("/ui/backup/daily", test_daily);
  g_test_add_func ("/ui/backup/reminder", test_reminder);
  g_test_add_func ("/ui/backup/sample", test_sample);
  return ui_end (application, force);
}
