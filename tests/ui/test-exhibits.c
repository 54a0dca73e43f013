/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "probity-application.h"
#include "probity-exhibit-dialogs.h"
#include "probity-step-dialog.h"
#include "probity-window.h"
#include "ui-fixture.h"

/* Exhibits on the page of a case: what is shown of them, to whom, and that a preview writes no file. */

static Force              *force;
static ProbityApplication *application;

static ProbityWindow *
open_case (const char *account,
           const char *uid)
{
  ProbityWindow *window = probity_window_new (ADW_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  probity_window_set_clock (window, force->casebook->clock);
  ui_present (GTK_WINDOW (window));
  probity_window_open_casebook (window, force->casebook->folder);
  gtk_editable_set_text (GTK_EDITABLE (ui_find_titled (GTK_WIDGET (window), "Account")), account);
  gtk_editable_set_text (GTK_EDITABLE (ui_find_titled (GTK_WIDGET (window), "Passphrase")), account);
  g_signal_emit_by_name (ui_find_titled (GTK_WIDGET (window), "Passphrase"), "entry-activated");
  wait_until (probity_window_get_session (window) != NULL);
  probity_window_open_record (window, "second-job", uid);
  wait_until (ui_find (GTK_WIDGET (window), PROBITY_TYPE_EXHIBITS_GROUP, NULL) != NULL);

  return window;
}

static GFile *
make_file (const char *name,
           GBytes     *bytes)
{
  g_autofree char *path = g_build_filename (force->casebook->base, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));

  return g_file_new_for_path (path);
}

static GBytes *
make_picture (void)
{
  static const guint8 pixels[4 * 8 * 8] = { 255, 0, 0, 255 };
  g_autoptr (GBytes) data = g_bytes_new_static (pixels, sizeof pixels);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (8, 8, GDK_MEMORY_R8G8B8A8, data, 4 * 8);

  return gdk_texture_save_to_png_bytes (texture);
}

static void
add (const char *reference,
     const char *name,
     GBytes     *bytes,
     const char *description)
{
  g_autoptr (GFile) file = make_file (name, bytes);
  g_autoptr (ProbityValues) values = probity_values_new ();

  probity_values_set (values, "description", description);
  wait_for_success (probity_exhibit_add (force->hr, reference, file, values, NULL, NULL));
}

static void
close_dialog (ProbityWindow *window)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));

  g_assert_nonnull (dialog);
  adw_dialog_force_close (dialog);
  ui_settle (GTK_WIDGET (window));
}

static ProbityExhibit *
get_exhibit (GPtrArray  *exhibits,
             const char *reference)
{
  for (guint i = 0; i < exhibits->len; i++)
    if (g_str_equal (((ProbityExhibit *) g_ptr_array_index (exhibits, i))->reference, reference))
      return g_ptr_array_index (exhibits, i);
  g_assert_not_reached ();
}

static void
test_shown (void)
{
  g_autofree char *reference = force_submit (force, force->hr, "1001", "Corner Bakery");
  g_autoptr (ProbityRecord) job = force_load (force->hr, reference);
  const char *uid = probity_record_get_uid (job);
  g_autoptr (GBytes) text = g_bytes_new_static ("A statement in so many words.", 29);
  g_autoptr (GBytes) picture = make_picture ();
  g_autoptr (GBytes) false_picture = g_bytes_new_static ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff", 24);
  g_autoptr (GBytes) no_picture = g_bytes_new_static ("A page of the Courier.", 22);
  g_autoptr (GBytes) wide_text = g_bytes_new_static ("\xff\xfe"
                                                     "C\0a\0f\0\xe9\0 \0r\0o\0t\0a\0",
                                                     20);
  g_autoptr (GBytes) broken_text = g_bytes_new_static ("before\0after", 12);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GPtrArray) exhibits = NULL;
  ProbityWindow        *window;
  ProbityExhibitsGroup *group;

  g_test_summary ("A page lists exhibits; text and pictures are shown from memory, one that would take all of it is not, and an empty file is said to be one");

  add (reference, "statement.txt", text, "Statement");
  add (reference, "picture.png", picture, "Photograph");
  add (reference, "bomb.png", false_picture, "Enormous photograph");
  add (reference, "page.png", no_picture, "Page under a picture's name");
  add (reference, "rota.txt", wide_text, "Rota saved as Unicode");
  add (reference, "broken.txt", broken_text, "Text with a hole");
  add (reference, "nothing.txt", nothing, "Nothing");
  window = open_case ("hr", uid);
  group = PROBITY_EXHIBITS_GROUP (ui_find (GTK_WIDGET (window), PROBITY_TYPE_EXHIBITS_GROUP, NULL));
  wait_until (ui_shows_text (GTK_WIDGET (window), "H/2 · Photograph"));
  g_assert_true (ui_shows_text (GTK_WIDGET (window), "not proved since it was taken in"));
  exhibits = wait_for_boxed (probity_exhibit_list (force->hr, reference));

  probity_exhibit_show (group, get_exhibit (exhibits, "H/1"));
  wait_until (ui_shows_text (GTK_WIDGET (window), "in so many words"));
  close_dialog (window);
  probity_exhibit_show (group, get_exhibit (exhibits, "H/2"));
  wait_until (ui_find (GTK_WIDGET (window), GTK_TYPE_PICTURE, NULL) != NULL);
  close_dialog (window);
  probity_exhibit_show (group, get_exhibit (exhibits, "H/3"));
  wait_until (ui_shows_text (GTK_WIDGET (window), "It Cannot Be Shown Here"));
  g_assert_true (ui_shows_text (GTK_WIDGET (window), "This is too large"));
  close_dialog (window);
  probity_exhibit_show (group, get_exhibit (exhibits, "H/4"));
  wait_until (ui_shows_text (GTK_WIDGET (window), "It Cannot Be Shown Here"));
  g_assert_true (ui_shows_text (GTK_WIDGET (window), "it holds none that can be read"));
  close_dialog (window);
  probity_exhibit_show (group, get_exhibit (exhibits, "H/5"));
  wait_until (ui_shows_text (GTK_WIDGET (window), "Café rota"));
  close_dialog (window);
  probity_exhibit_show (group, get_exhibit (exhibits, "H/6"));
  wait_until (ui_shows_text (GTK_WIDGET (window), "after"));
  close_dialog (window);
  probity_exhibit_show (group, get_exhibit (exhibits, "H/7"));
  wait_until (ui_shows_text (GTK_WIDGET (window), "There is nothing in it"));
  close_dialog (window);

  probity_exhibit_show_continuity (group, get_exhibit (exhibits, "H/1"));
  wait_until (ui_shows_text (GTK_WIDGET (window), "Viewed"));
  close_dialog (window);
  probity_exhibit_prove (group, get_exhibit (exhibits, "H/1"));
  wait_until (ui_shows_text (GTK_WIDGET (window), "proved whole"));
  gtk_window_destroy (GTK_WINDOW (window));
  ui_iterate ();
}

static void
test_taken_in (void)
{
  g_autofree char *reference = force_submit (force, force->hr, "1002", "Calder Kennels");
  g_autoptr (ProbityRecord) job = force_load (force->hr, reference);
  g_autoptr (GBytes) text = g_bytes_new_static ("A receipt.", 10);
  g_autoptr (GFile) file = make_file ("receipt.txt", text);
  ProbityWindow *window = open_case ("hr", probity_record_get_uid (job));
  GtkWidget     *group = ui_find (GTK_WIDGET (window), PROBITY_TYPE_EXHIBITS_GROUP, NULL);
  AdwDialog     *dialog;

  g_test_summary ("A file is described and taken in; a day that is none keeps the dialog open with what was typed");

  wait_until (ui_shows_text (group, "Add one, or drop it here"));
  probity_exhibit_take_in (PROBITY_EXHIBITS_GROUP (group), file);
  wait_until ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))) != NULL);
  /* What is typed at once is typed there, and no space presses Cancel. */
  wait_until (gtk_window_get_focus (GTK_WINDOW (window)) != NULL && gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), GTK_WIDGET (dialog)));
  g_assert_true (GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (window))));
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "description", "Receipt for dog food");
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "received", "the day before yesterday");
  gtk_widget_activate (adw_dialog_get_default_widget (dialog));
  ui_settle (GTK_WIDGET (window));
  g_assert_true (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == dialog);
  g_assert_cmpstr (probity_step_dialog_get (PROBITY_STEP_DIALOG (dialog), "description"), ==, "Receipt for dog food");

  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "received", "2012-05-04");
  gtk_widget_activate (adw_dialog_get_default_widget (dialog));
  wait_until (ui_shows_text (group, "H/1 · Receipt for dog food"));
  gtk_window_destroy (GTK_WINDOW (window));
  ui_iterate ();
}

static void
test_many (void)
{
  g_autofree char *reference = force_submit (force, force->hr, "1002", "Derwent Ferries");
  g_autoptr (ProbityRecord) job = force_load (force->hr, reference);
  ProbityWindow *window;
  GtkWidget     *group;
  GtkWidget     *earlier;

  g_test_summary ("Of many exhibits the newest are shown, the others a page at a time when somebody asks");

  for (guint i = 1; i <= 85; i++)
    {
      g_autofree char *name = g_strdup_printf ("paper-%u.txt", i);
      g_autofree char *description = g_strdup_printf ("Paper %u.", i);
      g_autoptr (GBytes) text = g_bytes_new (name, strlen (name));

      add (reference, name, text, description);
    }
  window = open_case ("hr", probity_record_get_uid (job));
  group = ui_find (GTK_WIDGET (window), PROBITY_TYPE_EXHIBITS_GROUP, NULL);
  wait_until (ui_shows_text (group, "Paper 85."));
  g_assert_true (ui_shows_text (group, "Paper 66."));
  g_assert_false (ui_shows_text (group, "Paper 65."));
  earlier = ui_find (group, ADW_TYPE_BUTTON_ROW, NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (earlier)), ==, "Show 50 Earlier");
  gtk_widget_activate (earlier);
  wait_until (ui_shows_text (group, "Paper 16."));
  g_assert_false (ui_shows_text (group, "Paper 15."));
  earlier = ui_find (group, ADW_TYPE_BUTTON_ROW, NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (earlier)), ==, "Show 15 Earlier");
  gtk_widget_activate (earlier);
  wait_until (ui_shows_text (group, "Paper 1."));
  g_assert_null (ui_find (group, ADW_TYPE_BUTTON_ROW, NULL));

  /* Read again, as when somebody else saves, they stay. */
  probity_exhibits_group_reload (PROBITY_EXHIBITS_GROUP (group));
  ui_settle (GTK_WIDGET (window));
  g_assert_true (ui_shows_text (group, "Paper 1."));
  gtk_window_destroy (GTK_WINDOW (window));
  ui_iterate ();
}

/* How many folders of copies lie in the user's runtime folder. */
static guint
count_copies (void)
{
  g_autoptr (GDir) folder = g_dir_open (g_get_user_runtime_dir (), 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "probity-exhibits-"))
      {
        g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), name, NULL);
        g_autoptr (GDir) copies = g_dir_open (path, 0, NULL);
        const char *copy;

        while ((copy = g_dir_read_name (copies)) != NULL)
          n += copy[0] != '.';
      }

  return n;
}

static void
test_not_opened (void)
{
  g_autofree char *reference = force_submit (force, force->hr, "1001", "Amber Mill");
  g_autoptr (ProbityRecord) job = force_load (force->hr, reference);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\x01\x02\x03\x04", 4);
  g_autoptr (GPtrArray) exhibits = NULL;
  ProbityWindow *window;
  GtkWidget     *group;
  AdwDialog     *dialog;

  g_test_summary ("A copy that no program opened lies in clear no longer");

  add (reference, "dump.probity-unheard-of", bytes, "Dump of a telephone");
  exhibits = wait_for_boxed (probity_exhibit_list (force->hr, reference));
  window = open_case ("hr", probity_record_get_uid (job));
  group = ui_find (GTK_WIDGET (window), PROBITY_TYPE_EXHIBITS_GROUP, NULL);
  wait_until (ui_shows_text (group, "Dump of a telephone"));
  probity_exhibit_launch (PROBITY_EXHIBITS_GROUP (group), get_exhibit (exhibits, "H/1"));
  wait_until ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))) != NULL);
  wait_until (gtk_widget_get_mapped (adw_dialog_get_default_widget (dialog)));
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "reason", "To see what it is");
  gtk_widget_activate (adw_dialog_get_default_widget (dialog));
  wait_until (ui_shows_text (GTK_WIDGET (window), "The copy was removed"));
  g_assert_cmpuint (count_copies (), ==, 0);
  close_dialog (window);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_iterate ();
}

/* As a killed program leaves them: nobody holds the lock. */
static char *
leave_copies (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "probity-exhibits-left", NULL);
  g_autofree char *copy = g_build_filename (folder, "copy", NULL);
  g_autofree char *lock = g_build_filename (folder, ".lock", NULL);

  g_assert_cmpint (g_mkdir_with_parents (copy, 0700), ==, 0);
  g_assert_true (g_file_set_contents (lock, "", 0, NULL));

  return g_steal_pointer (&folder);
}

static void
test_left (gconstpointer data)
{
  g_test_summary ("What a killed program left in clear goes when one is started, before anybody signs in");

  g_assert_true (GPOINTER_TO_INT (data));
}

static void
test_reader (void)
{
  g_autofree char *reference = force_submit (force, force->hr, "1001", "Peak Cycle Hire");
  g_autoptr (ProbityRecord) job = force_load (force->hr, reference);
  ProbityWindow *window = open_case ("manager", probity_record_get_uid (job));

  g_test_summary ("Who only reads a case is offered nothing that takes in or gives out");

  wait_until (ui_shows_text (GTK_WIDGET (window), "There are none"));
  g_assert_null (adw_preferences_group_get_header_suffix (ADW_PREFERENCES_GROUP (ui_find (GTK_WIDGET (window), PROBITY_TYPE_EXHIBITS_GROUP, NULL))));
  gtk_window_destroy (GTK_WINDOW (window));
  ui_iterate ();
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *left = NULL;
  gboolean         swept;
  int              status;

  g_test_init (&argc, &argv, NULL);
  probity_ui_init ();
  left = leave_copies ();
  application = probity_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  swept = !g_file_test (left, G_FILE_TEST_EXISTS);
  force = force_new ("derbyshire");

  g_test_add_func ("/ui/exhibits/shown", test_shown);
  g_test_add_func ("/ui/exhibits/taken-in", test_taken_in);
  g_test_add_func ("/ui/exhibits/many", test_many);
  g_test_add_func ("/ui/exhibits/not-opened", test_not_opened);
  g_test_add_data_func ("/ui/exhibits/left", GINT_TO_POINTER (swept), test_left);
  g_test_add_func ("/ui/exhibits/reader", test_reader);
  status = g_test_run ();
  force_free (force);
  g_object_unref (application);
  return status;
}
