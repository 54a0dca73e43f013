/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include "probity-backup-dialog.h"
#include "probity-check-dialog.h"
#include "probity-complaint-dialog.h"
#include "probity-create-dialog.h"
#include "probity-help-dialog.h"
#include "probity-intelligence-dialog.h"
#include "probity-list-page.h"
#include "probity-passphrase-dialog.h"
#include "probity-person-dialog.h"
#include "probity-preferences-dialog.h"
#include "probity-exhibit-dialogs.h"
#include "probity-restore-dialog.h"
#include "probity-second-job-form.h"
#include "probity-second-job-page.h"
#include "probity-second-job-steps.h"
#include "probity-sections.h"
#include "probity-verify-dialog.h"
#include "tour.h"

/*
 * tour [--look NAME] [--account NAME] [--part NAME] [--share K/N] OUTDIR [CASEBOOK [PASSPHRASE]]
 *
 * Takes a picture of every page and dialog, as each account of the casebook sees them: light, dark
 * and 360 pixels wide; on demand with text at 200 %, and both together; in high contrast with
 * ADW_DEBUG_HIGH_CONTRAST=1. Fails on a picture with next to nothing on it, on two pages of one account
 * that look alike, and on two pictures of one name. Without CASEBOOK a small one is made.
 */

/* Without a compositor a window draws its border inside its own size. */
#define BORDER 5

static const Look looks[] = {
  { "light", 1200, 800, FALSE, 96 },
  { "dark", 1200, 800, TRUE, 96 },
  { "narrow", 360 + 2 * BORDER, 720, FALSE, 96 },
  { "large-text", 1200, 800, FALSE, 192, TRUE },
  { "narrow-dark", 360 + 2 * BORDER, 720, TRUE, 96, TRUE },
  { "narrow-large-text", 360 + 2 * BORDER, 720, FALSE, 192, TRUE },
};

static char *only_look, *only_account, *only_part, *share;

static const GOptionEntry options[] = {
  { "look", 0, 0, G_OPTION_ARG_STRING, &only_look, "Only light, dark, narrow; or large-text (at 200 %), narrow-dark, narrow-large-text", "NAME" },
  { "part", 0, 0, G_OPTION_ARG_STRING, &only_part, "Only this part: investigations, sealed", "NAME" },
  { "account", 0, 0, G_OPTION_ARG_STRING, &only_account, "Only what this account sees", "NAME" },
  { "share", 0, 0, G_OPTION_ARG_STRING, &share, "Only the K-th of N shares; another process takes the others, with a casebook of its own", "K/N" },
  G_OPTION_ENTRY_NULL
};

static ProbityWindow *
new_window (Tour *tour)
{
  ProbityWindow *window = probity_window_new (ADW_APPLICATION (tour->application));

  gtk_window_set_default_size (GTK_WINDOW (window), tour->look->width, tour->look->height);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* --- pages that need nobody signed in --- */

static void
visit_start (Tour       *tour,
             const char *folder)
{
  ProbityWindow *window = new_window (tour);
  AdwDialog     *dialog;

  tour->account = "nobody";
  probity_window_show_start (window);
  tour_take (tour, GTK_WIDGET (window), "start");
  dialog = probity_create_dialog_new ();
  adw_dialog_present (dialog, GTK_WIDGET (window));
  tour_take (tour, GTK_WIDGET (window), "create-casebook");
  gtk_editable_set_text (GTK_EDITABLE (ui_find_titled (GTK_WIDGET (dialog), "Name of the casebook")), "Derbyshire");
  gtk_widget_activate_action (ui_find (GTK_WIDGET (dialog), ADW_TYPE_NAVIGATION_PAGE, NULL), "navigation.push", "s", "account");
  tour_take (tour, GTK_WIDGET (window), "create-account");
  gtk_widget_activate_action (ui_find (GTK_WIDGET (dialog), ADW_TYPE_NAVIGATION_PAGE, NULL), "navigation.push", "s", "passphrase");
  tour_take (tour, GTK_WIDGET (window), "create-passphrase");
  adw_dialog_force_close (dialog);
  tour_take_dialog (tour, window, probity_preferences_dialog_new (probity_application_get_settings (tour->application)), "preferences");
  dialog = probity_help_dialog_new ();
  adw_dialog_present (dialog, GTK_WIDGET (window));
  tour_take (tour, GTK_WIDGET (window), "help");
  g_signal_emit_by_name (ui_find (GTK_WIDGET (dialog), ADW_TYPE_ACTION_ROW, NULL), "activated");
  tour_take (tour, GTK_WIDGET (window), "help-topic");
  adw_dialog_force_close (dialog);
  tour_settle (GTK_WIDGET (window));
  tour_take_dialog (tour, window, probity_restore_dialog_new (), "restore");
  g_action_group_activate_action (G_ACTION_GROUP (tour->application), "about", NULL);
  tour_take (tour, GTK_WIDGET (window), "about");
  adw_dialog_force_close (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  probity_window_open_casebook (window, folder);
  tour_take (tour, GTK_WIDGET (window), "sign-in");
  tour_take_dialog (tour, window, probity_passphrase_dialog_new_recover (folder), "recover");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- backups --- */

static gboolean
is_insensitive (GtkWidget *widget)
{
  return !gtk_widget_is_sensitive (widget);
}

/* Makes one with the dialog itself, and chooses it for a restore. */
static void
visit_backup (Tour          *tour,
              ProbityWindow *window)
{
  GSettings       *settings = probity_application_get_settings (tour->application);
  g_autofree char *folder = g_dir_make_tmp ("tour-backups-XXXXXX", NULL);
  g_autofree char *path = NULL;
  g_autoptr (GDir) dir = NULL;
  AdwDialog *dialog;
  GtkWidget *row;

  g_settings_reset (settings, "backup-folder");
  tour_take_dialog (tour, window, probity_backup_dialog_new (probity_window_get_session (window), settings), "backups-none");
  g_settings_set_string (settings, "backup-folder", folder);
  dialog = probity_backup_dialog_new (probity_window_get_session (window), settings);
  adw_dialog_present (dialog, GTK_WIDGET (window));
  row = ui_find_titled (GTK_WIDGET (dialog), "_Back Up Now");
  g_signal_emit_by_name (row, "activated");
  g_assert_true (is_insensitive (row));
  tour_take (tour, GTK_WIDGET (window), "backups-running");
  while (is_insensitive (row))
    ui_iterate ();
  tour_take (tour, GTK_WIDGET (window), "backups-made");
  adw_dialog_force_close (dialog);

  dir = g_dir_open (folder, 0, NULL);
  path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  dialog = probity_restore_dialog_new ();
  probity_restore_dialog_set_backup (PROBITY_RESTORE_DIALOG (dialog), path);
  tour_take_dialog (tour, window, dialog, "restore-chosen");
  g_settings_reset (settings, "backup-folder");
  g_unlink (path);
  g_rmdir (folder);
}

/* --- what one account sees --- */

char *
tour_dup_first_uid (ProbitySession *session,
                    const char     *list)
{
  g_autoptr (ProbityListQuery) query = probity_list_query_new (probity_list_kind_find (list));
  g_autoptr (GArray) ids = wait_for_boxed (probity_list_load_ids (session, query, NULL));
  g_autoptr (GPtrArray) rows = NULL;

  if (ids->len == 0)
    return NULL;
  rows = wait_for_boxed (probity_list_load_rows (session, probity_list_kind_find (list), (const gint64 *) (gpointer) ids->data, 1, NULL));
  return g_strdup (((ProbityListRow *) g_ptr_array_index (rows, 0))->uid);
}

static ProbityRecord *
load_record (ProbitySession *session,
             const char     *kind,
             const char     *uid)
{
  return wait_for_boxed (probity_record_load (session, probity_record_kind_find (kind), uid));
}

static void
visit_sections (Tour          *tour,
                ProbityWindow *window)
{
  const ProbitySection *sections;
  guint                 n_sections;

  sections = probity_sections_get (&n_sections);
  for (guint i = 0; i < n_sections; i++)
    {
      if (!probity_section_is_open_to (&sections[i], probity_window_get_session (window)))
        continue;
      probity_window_show_section (window, sections[i].name);
      tour_take (tour, GTK_WIDGET (window), sections[i].name);
      if (g_str_equal (sections[i].name, "annual-review"))
        gtk_widget_activate_action (tour_get_page (window), "review.check-intelligence", NULL);
      if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) != NULL)
        {
          tour_take (tour, GTK_WIDGET (window), "annual-review-check");
          adw_dialog_force_close (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
        }
    }
}

/* The dialogs that add to a case. */
static void
take_additions (Tour          *tour,
                ProbityWindow *window)
{
  static const struct
  {
    const char *tooltip;
    const char *name;
  } additions[] = {
    { "Add an Action", "new-action" },
    { "Record a Decision", "new-decision" },
    { "Add a Log Entry", "new-log-entry" },
    { "Link a Record", "new-link" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (additions); i++)
    {
      GtkWidget *button = tour_find_tooltip (GTK_WIDGET (window), additions[i].tooltip);
      AdwDialog *dialog;

      if (button == NULL)
        continue;
      g_signal_emit_by_name (button, "clicked");
      tour_settle (GTK_WIDGET (window));
      dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
      if (dialog == NULL)
        {
          tour_complain (tour, "%s does not open", additions[i].name);
          continue;
        }
      tour_take (tour, GTK_WIDGET (window), additions[i].name);
      adw_dialog_force_close (dialog);
      tour_settle (GTK_WIDGET (window));
    }
}

static void
visit_records (Tour          *tour,
               ProbityWindow *window)
{
  static const struct
  {
    const char      *list;
    const char      *kind;
    ProbityOperation operation;
  } kinds[] = {
    { "second-jobs", "second-job", PROBITY_OPERATION_READ_REGISTERS },
    { "complaints", "complaint", PROBITY_OPERATION_READ_STANDARDS },
    { "intelligence", "intelligence-report", PROBITY_OPERATION_READ_INTELLIGENCE },
    { "people", "person", PROBITY_OPERATION_READ_REGISTERS },
  };
  ProbitySession *session = probity_window_get_session (window);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *uid = NULL;

      if (!probity_access_may (session, kinds[i].operation))
        continue;
      uid = tour_dup_first_uid (session, kinds[i].list);
      if (uid == NULL)
        continue;
      probity_window_show_section (window, kinds[i].list);
      probity_window_open_record (window, kinds[i].kind, uid);
      tour_take (tour, GTK_WIDGET (window), kinds[i].kind);
      if (g_str_equal (kinds[i].kind, "person"))
        {
          g_autofree char *job = tour_dup_first_uid (session, "second-jobs");
          g_autoptr (ProbityRecord) record = job != NULL ? load_record (session, "second-job", job) : NULL;

          probity_window_open_record (window, "everything", record != NULL ? probity_record_get (record, "staff_number") : uid);
          tour_take (tour, GTK_WIDGET (window), "everything");
          probity_window_open_record (window, "link-chart", record != NULL ? probity_record_get (record, "staff_number") : uid);
          tour_take (tour, GTK_WIDGET (window), "link-chart");
          for (guint step = 0; step < 3; step++)
            gtk_widget_activate_action (ui_find (tour_get_page (window), GTK_TYPE_SCROLLED_WINDOW, NULL), "page.zoom-out", NULL);
          tour_take (tour, GTK_WIDGET (window), "link-chart-small");
        }
      if (g_str_equal (kinds[i].kind, "second-job"))
        {
          tour_take_below (tour, window, kinds[i].kind);
          take_additions (tour, window);
        }
    }
}

static void
visit_dialogs (Tour          *tour,
               ProbityWindow *window)
{
  ProbitySession *session = probity_window_get_session (window);

  probity_window_show_section (window, "my-day");
  tour_take_dialog (tour, window, probity_passphrase_dialog_new_change (session), "change-passphrase");
  if (probity_access_may (session, PROBITY_OPERATION_EDIT_PEOPLE))
    {
      g_autofree char *uid = tour_dup_first_uid (session, "people");
      g_autoptr (ProbityRecord) record = uid != NULL ? load_record (session, "person", uid) : NULL;

      tour_take_dialog (tour, window, probity_person_dialog_new (session), "new-person");
      if (record != NULL)
        {
          tour_take_dialog (tour, window, probity_person_dialog_new_edit (session, record), "edit-person");
          tour_take_dialog (tour, window, probity_relation_dialog_new (session, probity_record_get (record, "staff_number"), probity_record_get (record, "surname")), "new-relation");
        }
    }
  if (probity_access_may (session, PROBITY_OPERATION_EDIT_COMPLAINTS))
    tour_take_dialog (tour, window, probity_complaint_dialog_new (session), "new-complaint");
  if (probity_access_may (session, PROBITY_OPERATION_EDIT_INTELLIGENCE))
    tour_take_dialog (tour, window, probity_intelligence_dialog_new (session), "new-report");
  if (probity_record_view_may_create (probity_record_view_find ("second-job"), session))
    {
      tour_take_dialog (tour, window, probity_second_job_form_new (session), "new-second-job");
      tour_take_sealed (tour, window, probity_second_job_form_new (session), "new-second-job-sealed");
    }
  if (probity_access_may (session, PROBITY_OPERATION_READ_AUDIT))
    tour_take_dialog (tour, window, probity_verify_dialog_new (session), "verify");
}

/* A picture of some colours, and a letter, where the case has none yet. */
static GPtrArray *
add_exhibits (ProbitySession *session,
              const char     *reference)
{
  static const char *const names[] = { "handover.png", "letter.txt" };
  static const char *const descriptions[] = { "Photograph of the shop front", "Letter of the employer" };
  GPtrArray               *exhibits = wait_for_boxed (probity_exhibit_list (session, reference));

  if (exhibits->len > 0 || !probity_exhibit_may_work (session, "second-job"))
    return exhibits;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (g_get_tmp_dir (), names[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (ProbityValues) values = probity_values_new ();
      g_autofree guint8 *pixels = g_malloc (640 * 400 * 4);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GdkTexture) texture = NULL;

      for (guint j = 0; j < 640 * 400; j++)
        {
          pixels[4 * j] = (guint8) (j % 640 * 255 / 640);
          pixels[4 * j + 1] = (guint8) (j / 640 * 255 / 400);
          pixels[4 * j + 2] = 120;
          pixels[4 * j + 3] = 255;
        }
      bytes = g_bytes_new (pixels, 640 * 400 * 4);
      texture = gdk_memory_texture_new (640, 400, GDK_MEMORY_R8G8B8A8, bytes, 640 * 4);
      if (i == 0)
        gdk_texture_save_to_png (texture, path);
      else
        g_file_set_contents (path, "Dear Sir or Madam,\n\nMs Marsh has worked here on Saturdays since March.\n", -1, NULL);
      probity_values_set (values, "description", descriptions[i]);
      probity_values_set (values, "received_from", "Peak Cycle Hire Ltd");
      wait_for_success (probity_exhibit_add (session, reference, file, values, NULL, NULL));
      g_file_delete (file, NULL, NULL);
    }
  g_ptr_array_unref (exhibits);

  return wait_for_boxed (probity_exhibit_list (session, reference));
}

static void
visit_exhibits (Tour          *tour,
                ProbityWindow *window,
                const char    *reference)
{
  ProbitySession *session = probity_window_get_session (window);
  g_autoptr (GPtrArray) exhibits = add_exhibits (session, reference);
  GtkWidget *group = ui_find (GTK_WIDGET (window), PROBITY_TYPE_EXHIBITS_GROUP, NULL);
  g_autoptr (GFile) file = g_file_new_for_path ("/srv/statement.pdf");

  if (group == NULL || exhibits->len < 2)
    return;
  probity_exhibits_group_reload (PROBITY_EXHIBITS_GROUP (group));
  tour_settle (GTK_WIDGET (window));
  gtk_widget_child_focus (group, GTK_DIR_TAB_BACKWARD);
  tour_take (tour, GTK_WIDGET (window), "exhibits");

  probity_exhibit_show (PROBITY_EXHIBITS_GROUP (group), exhibits->pdata[0]);
  for (guint i = 0; i < 2000 && ui_find (GTK_WIDGET (window), GTK_TYPE_PICTURE, NULL) == NULL; i++)
    ui_iterate ();
  tour_take_shown (tour, window, "exhibit-picture");
  probity_exhibit_show_continuity (PROBITY_EXHIBITS_GROUP (group), exhibits->pdata[0]);
  tour_take_shown (tour, window, "exhibit-continuity");
  if (!probity_exhibit_may_work (session, "second-job"))
    return;
  probity_exhibit_take_in (PROBITY_EXHIBITS_GROUP (group), file);
  tour_take_shown (tour, window, "exhibit-take-in");
  probity_exhibit_launch (PROBITY_EXHIBITS_GROUP (group), exhibits->pdata[0]);
  tour_take_shown (tour, window, "exhibit-launch");
}

static void
visit_steps (Tour          *tour,
             ProbityWindow *window)
{
  ProbitySession  *session = probity_window_get_session (window);
  g_autofree char *uid = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityGateState) gate = NULL;

  if (!probity_access_may (session, PROBITY_OPERATION_READ_REGISTERS))
    return;
  uid = tour_dup_first_uid (session, "second-jobs");
  if (uid == NULL)
    return;
  record = load_record (session, "second-job", uid);
  gate = wait_for_boxed (probity_second_job_load_gate (session, probity_record_get_reference (record)));
  probity_window_show_section (window, "second-jobs");
  probity_window_open_record (window, "second-job", uid);
  tour_settle (GTK_WIDGET (window));
  visit_exhibits (tour, window, probity_record_get_reference (record));

  if (probity_access_may (session, PROBITY_OPERATION_COMMENT_LINE_MANAGER) || probity_second_job_may_comment_as_head (session, record))
    tour_take_dialog (tour, window, probity_comment_dialog_new (session, record), "comment");
  if (probity_access_may (session, PROBITY_OPERATION_NAME_STAND_IN))
    tour_take_dialog (tour, window, probity_stand_in_dialog_new (session, record), "stand-in");
  if (probity_access_may (session, PROBITY_OPERATION_CHECK_COMPLAINTS))
    tour_take_dialog (tour, window, probity_check_dialog_new (session, record, PROBITY_CHECK_COMPLAINTS), "check-complaints");
  if (probity_access_may (session, PROBITY_OPERATION_CHECK_INTELLIGENCE))
    tour_take_dialog (tour, window, probity_check_dialog_new (session, record, PROBITY_CHECK_INTELLIGENCE), "check-intelligence");
  if (probity_access_may (session, PROBITY_OPERATION_ADVISE))
    tour_take_dialog (tour, window, probity_advise_dialog_new (session, record), "advise");
  if (probity_access_may (session, PROBITY_OPERATION_VIEW))
    tour_take_dialog (tour, window, probity_view_dialog_new (session, record), "view");
  if (probity_second_job_may_sign (session, record))
    tour_take_dialog (tour, window, probity_decide_dialog_new (session, record, gate), "decide");
  if (probity_access_may (session, PROBITY_OPERATION_WAIVE_COMMENT))
    tour_take_dialog (tour, window, probity_waive_dialog_new (session, record), "waive");
  if (probity_access_may (session, PROBITY_OPERATION_REVIEW))
    tour_take_dialog (tour, window, probity_review_dialog_new (session, record), "review");
  if (probity_access_may (session, PROBITY_OPERATION_SUBMIT))
    tour_take_dialog (tour, window, probity_withdraw_dialog_new (session, record), "withdraw");
}

static void
visit_account (Tour       *tour,
               const char *folder,
               const char *account,
               const char *passphrase)
{
  g_autoptr (ProbitySession) session = wait_for_object (probity_session_sign_in (folder, account, passphrase, NULL));
  ProbityWindow *window = new_window (tour);

  tour->account = account;
  probity_window_set_session (window, session);
  if (tour_is_narrow (tour))
    {
      AdwNavigationSplitView *split_view = ADW_NAVIGATION_SPLIT_VIEW (ui_find (GTK_WIDGET (window), ADW_TYPE_NAVIGATION_SPLIT_VIEW, NULL));

      adw_navigation_split_view_set_show_content (split_view, FALSE);
      tour_take (tour, GTK_WIDGET (window), "sidebar");
    }
  if (only_part != NULL)
    {
      (g_str_equal (only_part, "sealed") ? tour_visit_sealed : tour_visit_investigations) (tour, window);
      gtk_window_destroy (GTK_WINDOW (window));
      return;
    }
  visit_sections (tour, window);
  visit_records (tour, window);
  visit_dialogs (tour, window);
  visit_steps (tour, window);
  tour_visit_investigations (tour, window);
  tour_visit_follow_up (tour, window);
  tour_visit_sealed (tour, window);
  tour_visit_search (tour, window);
  if (probity_access_may (session, PROBITY_OPERATION_RESTORE))
    visit_backup (tour, window);
  tour_visit_screening (tour, window);
  probity_window_lock (window);
  tour_take (tour, GTK_WIDGET (window), "locked");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The accounts in their looks are dealt out like cards. */
static gboolean
is_ours (void)
{
  static guint n_dealt;
  guint        number, n_shares;

  if (share == NULL)
    return TRUE;
  if (sscanf (share, "%u/%u", &number, &n_shares) != 2 || number < 1 || number > n_shares)
    g_error ("“%s” is no share", share);

  return n_dealt++ % n_shares == number - 1;
}

int
main (int   argc,
      char *argv[])
{
  Tour tour = { 0 };
  g_autoptr (Force) force = NULL;
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("OUTDIR [CASEBOOK [PASSPHRASE]]");
  g_autoptr (GError) error = NULL;
  const char *passphrase;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc < 2)
    {
      g_printerr ("tour: %s\n", error != NULL ? error->message : "no folder for the pictures given");
      return 2;
    }
  tour_watch_warnings ();
  passphrase = argc > 3 ? argv[3] : "probity sample";
  tour.out = argv[1];
  if (g_mkdir_with_parents (tour.out, 0755) != 0)
    {
      g_printerr ("tour: %s cannot be made\n", tour.out);
      return 1;
    }

  probity_ui_init ();
  tour.application = probity_application_new ();
  if (!g_application_register (G_APPLICATION (tour.application), NULL, NULL))
    return 1;

  if (argc > 2)
    {
      folder = g_strdup (argv[2]);
    }
  else
    {
      force = force_new ("derbyshire");
      ui_populate (force);
      folder = g_strdup (force->casebook->folder);
    }
  keyring = probity_keyring_load (folder, NULL);
  tour.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint l = 0; l < G_N_ELEMENTS (looks); l++)
    {
      if (only_look != NULL ? !g_str_equal (only_look, looks[l].name) : looks[l].on_demand)
        continue;
      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", looks[l].dpi * 1024, NULL);
      tour.look = &looks[l];
      tour.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), tour.look->dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
      if (only_part == NULL && is_ours ())
        visit_start (&tour, folder);
      for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
        {
          const ProbityAccount *account = probity_keyring_get_account (keyring, i);

          g_hash_table_remove_all (tour.seen);
          if (!account->disabled && (only_account == NULL || g_str_equal (only_account, account->name)) && is_ours ())
            visit_account (&tour, folder, account->name, argc > 2 ? passphrase : account->name);
        }
      g_clear_pointer (&tour.seen, g_hash_table_unref);
    }
  g_print ("%u pictures in %s, %u problems\n", tour.n_pictures, tour.out, tour.n_problems);
  g_hash_table_unref (tour.names);
  g_object_unref (tour.application);
  return tour.n_problems > 0 || tour.n_pictures == 0 ? 1 : 0;
}
