/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "probity-application.h"
#include "probity-casebook-private.h"
#include "probity-form-dialog.h"
#include "probity-help-dialog.h"
#include "probity-idle.h"
#include "probity-list-page.h"
#include "probity-live-index.h"
#include "probity-person-page.h"
#include "probity-sidebar-row.h"
#include "probity-sign-in-page.h"
#include "probity-subject-search.h"
#include "probity-window.h"
#include "ui-fixture.h"

static Force              *force;
static ProbityApplication *application;

static ProbityWindow *
new_window (void)
{
  ProbityWindow *window = probity_window_new (ADW_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  probity_window_set_clock (window, force->casebook->clock);
  ui_present (GTK_WINDOW (window));
  return window;
}

static void
type (ProbityWindow *window,
      const char    *title,
      const char    *text)
{
  GtkWidget *row = ui_find_titled (GTK_WIDGET (window), title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
sign_in (ProbityWindow *window,
         const char    *account,
         const char    *passphrase)
{
  type (window, "Account", account);
  type (window, "Passphrase", passphrase);
  g_signal_emit_by_name (ui_find_titled (GTK_WIDGET (window), "Passphrase"), "entry-activated");
}

static ProbityWindow *
new_window_as (const char *account)
{
  ProbityWindow *window = new_window ();

  probity_window_open_casebook (window, force->casebook->folder);
  sign_in (window, account, account);
  wait_until (probity_window_get_session (window) != NULL);
  return window;
}

static void
close_window (ProbityWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  ui_iterate ();
}

static gboolean
has_section (ProbityWindow *window,
             const char    *name)
{
  GtkWidget     *list = gtk_widget_get_parent (ui_find (GTK_WIDGET (window), PROBITY_TYPE_SIDEBAR_ROW, NULL));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)) != NULL; i++)
    if (g_str_equal (probity_sidebar_row_get_name (PROBITY_SIDEBAR_ROW (row)), name))
      return TRUE;
  return FALSE;
}

static void
test_sign_in_wrong (void)
{
  ProbityWindow *window = new_window ();
  GtkWidget     *row;

  g_test_summary ("A wrong passphrase is said in words, and is gone from the field");

  probity_window_open_casebook (window, force->casebook->folder);
  sign_in (window, "hr", "not it");
  wait_until (ui_shows_text (GTK_WIDGET (window), "do not match"));
  g_assert_null (probity_window_get_session (window));
  row = ui_find_titled (GTK_WIDGET (window), "Passphrase");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "");
  g_assert_true (gtk_widget_has_css_class (row, "error"));

  sign_in (window, "hr", "hr");
  wait_until (probity_window_get_session (window) != NULL);
  close_window (window);
}

static void
test_out_of_reach (void)
{
  ProbityWindow   *window = new_window_as ("hr");
  g_autofree char *keyring = g_build_filename (force->casebook->folder, "keyring.jsonl", NULL);
  g_autofree char *away = g_build_filename (force->casebook->base, "keyring.away", NULL);

  g_test_summary ("A section that cannot be shown because the folder is gone is not passed over in silence, and is shown when it is back");

  wait_until (g_strcmp0 (probity_window_get_section (window), "my-day") == 0);
  ui_settle (GTK_WIDGET (window));
  g_assert_cmpint (g_rename (keyring, away), ==, 0);
  probity_window_show_section (window, "people");
  wait_until (ui_shows_text (GTK_WIDGET (window), "The casebook’s folder cannot be reached"));
  g_assert_cmpstr (probity_window_get_section (window), ==, "my-day");
  g_assert_cmpint (g_rename (away, keyring), ==, 0);
  probity_window_show_section (window, "people");
  g_assert_cmpstr (probity_window_get_section (window), ==, "people");
  close_window (window);
}

static void
test_record_out_of_reach (void)
{
  ProbityWindow   *window = new_window_as ("hr");
  g_autofree char *keyring = g_build_filename (force->casebook->folder, "keyring.jsonl", NULL);
  g_autofree char *away = g_build_filename (force->casebook->base, "keyring.away", NULL);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->hr, probity_record_kind_find ("person"), "1001"));

  g_test_summary ("A record that cannot be opened because the folder is gone is not said to be missing, and opens when it is back");

  wait_until (g_strcmp0 (probity_window_get_section (window), "my-day") == 0);
  ui_settle (GTK_WIDGET (window));
  g_assert_cmpint (g_rename (keyring, away), ==, 0);
  probity_window_open_record (window, "person", probity_record_get_uid (record));
  wait_until (ui_shows_text (GTK_WIDGET (window), "The casebook’s folder cannot be reached"));
  g_assert_null (ui_find (GTK_WIDGET (window), PROBITY_TYPE_PERSON_PAGE, NULL));
  g_assert_cmpint (g_rename (away, keyring), ==, 0);
  probity_window_open_record (window, "person", probity_record_get_uid (record));
  wait_until (ui_shows_text (GTK_WIDGET (window), "1001"));
  close_window (window);
}

static void
test_sign_in_buffer (void)
{
  ProbityWindow *window = new_window ();
  GtkWidget     *text;

  g_test_summary ("The passphrase is typed into memory that is not paged out");

  probity_window_open_casebook (window, force->casebook->folder);
  text = ui_find (ui_find_titled (GTK_WIDGET (window), "Passphrase"), GTK_TYPE_TEXT, NULL);
  g_assert_nonnull (text);
  g_assert_true (GTK_IS_PASSWORD_ENTRY_BUFFER (gtk_text_get_buffer (GTK_TEXT (text))));
  close_window (window);
}

static void
test_not_a_casebook (void)
{
  ProbityWindow   *window = new_window ();
  g_autofree char *folder = g_dir_make_tmp ("empty-XXXXXX", NULL);

  g_test_summary ("A folder that is no casebook is said to be none");

  probity_window_open_casebook (window, folder);
  g_assert_true (ui_shows_text (GTK_WIDGET (window), "not a casebook"));
  close_window (window);
}

static void
test_sign_in_title (void)
{
  ProbityWindow   *window = new_window ();
  g_autofree char *folder = g_dir_make_tmp ("corner-XXXXXX", NULL);
  g_autofree char *name = g_path_get_basename (folder);
  g_autoptr (SessionFixture) generic = session_fixture_new ("generic");
  g_autofree char *generic_name = g_path_get_basename (generic->folder);
  GtkWidget       *page = ui_find (GTK_WIDGET (window), PROBITY_TYPE_SIGN_IN_PAGE, NULL);

  g_test_summary ("A casebook is called by its force where that is known before sign-in, else by its folder");

  probity_window_open_casebook (window, force->casebook->folder);
  g_assert_true (ui_shows_text (page, "Derbyshire Constabulary"));
  g_assert_true (ui_shows_text (page, force->casebook->folder));
  probity_window_open_casebook (window, generic->folder);
  g_assert_false (ui_shows_text (page, "Constabulary"));
  g_assert_true (ui_shows_text (page, generic_name));
  probity_window_open_casebook (window, folder);
  g_assert_true (ui_shows_text (page, name));
  close_window (window);
}

static void
test_sidebar_by_role (void)
{
  static const struct
  {
    const char *account;
    const char *sections;
    const char *withheld;
  } cases[] = {
    { "manager", "my-day second-jobs people", "checks complaints intelligence accounts audit" },
    { "hr", "my-day second-jobs people", "checks complaints intelligence accounts audit" },
    { "psd", "my-day second-jobs checks complaints people audit", "intelligence accounts" },
    { "acu", "my-day second-jobs checks complaints intelligence people audit", "accounts" },
    { "admin", "my-day second-jobs accounts audit", "checks" },
  };

  g_test_summary ("The sidebar has an entry only for what the account can read");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ProbityWindow *window = new_window_as (cases[i].account);
      g_auto (GStrv) shown = g_strsplit (cases[i].sections, " ", -1);
      g_auto (GStrv) withheld = g_strsplit (cases[i].withheld, " ", -1);

      for (guint s = 0; shown[s] != NULL; s++)
        g_assert_true (has_section (window, shown[s]));
      for (guint s = 0; withheld[s] != NULL; s++)
        {
          g_assert_false (has_section (window, withheld[s]));
          /* nor by its shortcut or action */
          probity_window_show_section (window, withheld[s]);
          g_assert_cmpstr (probity_window_get_section (window), ==, "my-day");
        }
      close_window (window);
    }
}

static void
test_marking (void)
{
  ProbityWindow *window = new_window_as ("psd");
  const char    *sections[] = { "my-day", "second-jobs", "complaints", "people" };

  g_test_summary ("The marking is always visible");

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      probity_window_show_section (window, sections[i]);
      g_assert_true (ui_shows_text (GTK_WIDGET (window), "OFFICIAL-SENSITIVE"));
    }
  close_window (window);
}

static guint
count_lines (const char *text,
             const char *prefix)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], prefix) ? 1 : 0;
  return n;
}

static void
test_help (void)
{
  const char *const *topics = probity_help_get_topics ();
  ProbityWindow     *window = new_window ();
  AdwDialog         *dialog;

  g_test_summary ("There is help on every topic in both languages, before and after signing in, and it fits a narrow window");

  for (guint i = 0; topics[i] != NULL; i++)
    {
      g_autofree char *english = probity_help_dup_text (topics[i], "en");
      g_autofree char *welsh = probity_help_dup_text (topics[i], "cy");

      g_assert_nonnull (english);
      g_assert_nonnull (welsh);
      g_assert_cmpstr (english, !=, welsh);
      g_assert_cmpuint (count_lines (english, "## "), ==, count_lines (welsh, "## "));
      g_assert_cmpuint (count_lines (english, "- "), ==, count_lines (welsh, "- "));
      g_assert_cmpuint (count_lines (english, ""), ==, count_lines (welsh, ""));
    }

  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.help", NULL);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_dialog_get_title (dialog), ==, "Help");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.help", NULL);
  g_assert_true (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == dialog);
  for (guint i = 0; topics[i] != NULL; i++)
    {
      g_autofree char *text = probity_help_dup_text (topics[i], "en");
      g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
      AdwNavigationView *view = ADW_NAVIGATION_VIEW (ui_find (GTK_WIDGET (dialog), ADW_TYPE_NAVIGATION_VIEW, NULL));
      int                least;

      g_signal_emit_by_name (ui_find_titled (GTK_WIDGET (dialog), lines[0]), "activated");
      wait_until (g_strcmp0 (adw_navigation_page_get_title (adw_navigation_view_get_visible_page (view)), lines[0]) == 0);
      g_assert_true (ui_shows_text (GTK_WIDGET (adw_navigation_view_get_visible_page (view)), lines[1]));
      gtk_widget_measure (GTK_WIDGET (adw_navigation_view_get_visible_page (view)), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      g_assert_cmpint (least, <=, 360);
      adw_navigation_view_pop (view);
    }
  close_window (window);

  window = new_window_as ("psd");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.help", NULL);
  g_assert_nonnull (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  close_window (window);
}

static GtkWidget *
find_focus (ProbityWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return focus != NULL && gtk_widget_get_mapped (focus) ? focus : NULL;
}

static void
test_lock_shows_nothing (void)
{
  ProbityWindow *window = new_window_as ("head-of-hr");
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->head, probity_record_kind_find ("person"), "1001"));
  ProbitySession *session;
  GtkWidget      *page;

  g_test_summary ("A locked window shows nothing of the case, ends the session, and finds its place again");

  probity_window_show_section (window, "people");
  probity_window_open_record (window, "person", probity_record_get_uid (record));
  wait_until (ui_shows_text (GTK_WIDGET (window), "Applegate"));
  session = probity_window_get_session (window);
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  /* Whoever reads a page has the focus in it. No event comes after the lock: nobody is there. */
  page = GTK_WIDGET (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (ui_find (GTK_WIDGET (window), ADW_TYPE_NAVIGATION_VIEW, NULL))));
  ui_settle (GTK_WIDGET (window));
  g_assert_true (gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_is_ancestor (find_focus (window), page));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.lock", NULL);
  g_assert_null (probity_window_get_session (window));
  ui_settle (GTK_WIDGET (window));
  g_assert_false (ui_shows_text (GTK_WIDGET (window), "Applegate"));
  g_assert_false (ui_shows_text (GTK_WIDGET (window), "1001"));
  g_assert_null (ui_find (GTK_WIDGET (window), PROBITY_TYPE_LIST_PAGE, NULL));
  wait_until (session == NULL);

  sign_in (window, "head-of-hr", "head-of-hr");
  wait_until (probity_window_get_session (window) != NULL);
  g_assert_cmpstr (probity_window_get_section (window), ==, "people");
  wait_until (ui_shows_text (GTK_WIDGET (window), "Applegate"));

  /* The same from a form. */
  session = probity_window_get_session (window);
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  probity_window_new_record (window, "person");
  ui_settle (GTK_WIDGET (window));
  g_assert_true (gtk_widget_is_ancestor (find_focus (window), GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)))));
  probity_window_lock (window);
  wait_until (session == NULL);
  close_window (window);
}

static void
test_session_ends_by_itself (void)
{
  static const struct
  {
    const char *account;
    gboolean    reset;
    const char *message;
  } ends[] = {
    { "leaver", FALSE, "disabled" },
    { "forgetful", TRUE, "disabled" },
  };

  g_test_summary ("Who is disabled or reset while signed in is told, and nothing remains on screen");

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      ProbityWindow *window;
      g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->head, probity_record_kind_find ("person"), "1001"));
      AdwDialog *dialog;

      session_fixture_add (force->casebook, ends[i].account, "hr-officer", NULL);
      window = new_window_as (ends[i].account);
      probity_window_show_section (window, "people");
      probity_window_open_record (window, "person", probity_record_get_uid (record));
      wait_until (ui_shows_text (GTK_WIDGET (window), "Applegate"));
      probity_window_new_record (window, "second-job");
      g_assert_nonnull (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));

      if (ends[i].reset)
        wait_for_success (probity_session_reset (force->casebook->admin, ends[i].account, "another passphrase"));
      else
        wait_for_success (probity_session_disable (force->casebook->admin, ends[i].account));

      wait_until (probity_window_get_session (window) == NULL);
      ui_settle (GTK_WIDGET (window));
      dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
      g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
      g_assert_cmpstr (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (dialog)), ==, "Signed Out");
      g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), ends[i].message));
      g_assert_false (ui_shows_text (GTK_WIDGET (window), "Applegate"));
      g_assert_false (ui_shows_text (GTK_WIDGET (window), "1001"));
      g_assert_null (ui_find (GTK_WIDGET (window), PROBITY_TYPE_LIST_PAGE, NULL));
      g_assert_null (ui_find (GTK_WIDGET (window), PROBITY_TYPE_PERSON_PAGE, NULL));
      g_assert_nonnull (ui_find (GTK_WIDGET (window), PROBITY_TYPE_SIGN_IN_PAGE, NULL));
      close_window (window);
    }
}

static gboolean
beat_cb (gpointer data)
{
  gint64 *beat = data; /* the last one, the longest pause, how many */
  gint64  now = g_get_monotonic_time ();

  beat[1] = MAX (beat[1], now - beat[0]);
  beat[0] = now;
  beat[2]++;
  return G_SOURCE_CONTINUE;
}

static void
test_closing_does_not_block (void)
{
  const guint     before = probity_lock_timeout_ms;
  ProbityWindow  *window = new_window_as ("psd");
  ProbitySession *session = probity_window_get_session (window);
  g_autoptr (ProbityLock) lock = probity_lock_open (force->casebook->folder, FALSE, NULL);
  gint64 beat[3] = { 0 };
  guint  id;

  g_test_summary ("Locking answers at once, however long another program keeps the casebook from being closed");

  g_assert_nonnull (lock);
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  /* Who waits for the lock waits so long: no machine is so busy that nothing runs for half of it. */
  probity_lock_timeout_ms = 120000;
  g_assert_true (probity_lock_take (lock, NULL));
  id = g_timeout_add (20, beat_cb, beat);
  beat[0] = g_get_monotonic_time ();
  probity_window_lock (window);
  g_assert_null (probity_window_get_session (window));
  wait_until (beat[2] > 100);
  g_source_remove (id);
  g_assert_nonnull (session);
  g_test_message ("longest pause of the main loop: %.0f ms", beat[1] / 1000.0);
  g_assert_cmpint (beat[1], <, (gint64) probity_lock_timeout_ms * 1000 / 2);

  probity_lock_release (lock);
  wait_until (session == NULL);
  probity_lock_timeout_ms = before;
  close_window (window);
}

static void
test_lock_other_account (void)
{
  ProbityWindow *window = new_window_as ("head-of-hr");
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->head, probity_record_kind_find ("person"), "1001"));

  g_test_summary ("Whoever unlocks with another account does not come to the place of the one before");

  probity_window_show_section (window, "people");
  probity_window_open_record (window, "person", probity_record_get_uid (record));
  probity_window_lock (window);
  sign_in (window, "hr", "hr");
  wait_until (probity_window_get_session (window) != NULL);
  g_assert_cmpstr (probity_window_get_section (window), ==, "my-day");
  g_assert_null (ui_find (GTK_WIDGET (window), PROBITY_TYPE_PERSON_PAGE, NULL));
  close_window (window);
}

static void
test_lock_keeps_draft (void)
{
  ProbityWindow     *window = new_window_as ("psd");
  ProbityFormDialog *dialog;

  g_test_summary ("What was being typed when the window locked is offered again");

  probity_window_new_record (window, "complaint");
  dialog = PROBITY_FORM_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  ui_settle (GTK_WIDGET (window));
  probity_form_set_value (probity_form_dialog_get_form (dialog), "complainant", "Typed before the lock");
  probity_window_lock (window);
  g_assert_null (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  g_assert_false (ui_shows_text (GTK_WIDGET (window), "Typed before the lock"));

  /* However quickly somebody signs in, what was typed has been written before. */
  sign_in (window, "psd", "psd");
  wait_until (probity_window_get_session (window) != NULL);
  probity_window_new_record (window, "complaint");
  dialog = PROBITY_FORM_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  wait_until (adw_banner_get_revealed (ADW_BANNER (ui_find (GTK_WIDGET (dialog), ADW_TYPE_BANNER, NULL))));
  g_signal_emit_by_name (ui_find (GTK_WIDGET (dialog), ADW_TYPE_BANNER, NULL), "button-clicked");
  g_assert_true (ui_shows_text (GTK_WIDGET (dialog), "Typed before the lock"));
  close_window (window);
}

static void
test_sign_in_waits (void)
{
  ProbityWindow   *window = new_window ();
  GtkWidget       *page;
  g_autofree char *away = g_strconcat (force->casebook->folder, "-away", NULL);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  g_test_summary ("Nobody is signed in before the session that was locked has ended, and then at once");

  probity_window_open_casebook (window, force->casebook->folder);
  page = ui_find (GTK_WIDGET (window), PROBITY_TYPE_SIGN_IN_PAGE, NULL);
  probity_sign_in_page_set_held (PROBITY_SIGN_IN_PAGE (page), TRUE);
  sign_in (window, "hr", "hr");
  g_assert_false (gtk_widget_get_sensitive (ui_find_titled (page, "Account")));

  /* Who looked for the casebook now would not find it, and say so. */
  g_assert_cmpint (g_rename (force->casebook->folder, away), ==, 0);
  /* The page goes on turning: what is waited for is that no casebook is asked anything. */
  ui_settle_all (nothing);
  for (guint i = 0; i < 40; i++)
    ui_iterate ();
  g_assert_null (probity_window_get_session (window));
  g_assert_false (gtk_widget_get_sensitive (ui_find_titled (page, "Account")));
  g_assert_cmpint (g_rename (away, force->casebook->folder), ==, 0);

  probity_sign_in_page_set_held (PROBITY_SIGN_IN_PAGE (page), FALSE);
  wait_until (probity_window_get_session (window) != NULL);

  /* The window holds it while a session ends. */
  probity_window_lock (window);
  sign_in (window, "psd", "psd");
  wait_until (probity_window_get_session (window) != NULL);
  g_assert_cmpstr (probity_session_get_account_name (probity_window_get_session (window)), ==, "psd");
  close_window (window);
}

static void
test_warming (void)
{
  ProbityWindow  *window = new_window_as ("psd");
  ProbitySession *session = probity_window_get_session (window);

  g_test_summary ("The names that checks compare are read ahead for who checks, for nobody else, and locking does not wait for it");

  g_assert_false (probity_live_index_is_read (session, probity_subject_get_source (PROBITY_COMPARTMENT_STANDARDS)));
  wait_until (probity_live_index_is_read (session, probity_subject_get_source (PROBITY_COMPARTMENT_STANDARDS)));
  probity_window_lock (window);
  close_window (window);

  window = new_window_as ("hr");
  session = probity_window_get_session (window);
  for (gint64 end = g_get_monotonic_time () + 3 * G_USEC_PER_SEC; g_get_monotonic_time () < end;)
    ui_iterate ();
  g_assert_false (probity_live_index_is_read (session, &probity_staff_source));
  close_window (window);

  window = new_window_as ("psd");
  session = probity_window_get_session (window);
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  probity_window_lock (window);
  wait_until (session == NULL);
  close_window (window);
}

static gboolean
pass_gate_func (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  g_mutex_lock (data);
  g_mutex_unlock (data);
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);
  return TRUE;
}

static gboolean
shows_count (ProbityWindow *window,
             const char    *name,
             guint          count)
{
  GtkWidget       *list = gtk_widget_get_parent (ui_find (GTK_WIDGET (window), PROBITY_TYPE_SIDEBAR_ROW, NULL));
  g_autofree char *text = g_strdup_printf ("%u", count);
  GtkListBoxRow   *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)) != NULL; i++)
    if (g_str_equal (probity_sidebar_row_get_name (PROBITY_SIDEBAR_ROW (row)), name))
      return ui_shows_text (GTK_WIDGET (row), text);
  return FALSE;
}

static void
test_counts_come_last (void)
{
  ProbityWindow *window = new_window ();
  g_autoptr (ProbitySession) session = session_fixture_sign_in (force->casebook, "head-of-hr");
  g_autoptr (DexFuture) query = NULL;
  ProbityListPage *page;
  guint            n_people;
  GMutex           gate;

  g_test_summary ("A page does not wait for the numbers beside the sidebar: they are counted when nobody waits for anything else");

  g_mutex_init (&gate);
  g_mutex_lock (&gate);
  query = probity_casebook_read (probity_session_get_casebook (session), pass_gate_func, &gate, NULL, NULL);
  probity_window_set_session (window, session);
  probity_window_show_section (window, "people");
  page = PROBITY_LIST_PAGE (ui_find (GTK_WIDGET (window), PROBITY_TYPE_LIST_PAGE, NULL));
  wait_until (g_str_equal (probity_list_page_get_state (page), "list"));
  n_people = g_list_model_get_n_items (G_LIST_MODEL (probity_list_page_get_model (page)));
  /* Longer than it waits before it counts; the query that runs goes on. */
  for (guint i = 0; i < 40; i++)
    ui_iterate ();
  g_assert_false (shows_count (window, "people", n_people));

  g_mutex_unlock (&gate);
  wait_until (shows_count (window, "people", n_people));
  wait_for_success (g_steal_pointer (&query));
  g_mutex_clear (&gate);
  close_window (window);
}

static void
count_cb (gpointer object,
          guint   *count)
{
  (*count)++;
}

static void
test_idle (void)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (ProbityIdle) idle = probity_idle_new (window);
  guint  warnings = 0, ends = 0;
  gint64 touched;

  g_test_summary ("Nobody there: first a warning, then the end; a touch starts the time anew");

  g_signal_connect (idle, "warning", G_CALLBACK (count_cb), &warnings);
  g_signal_connect (idle, "expired", G_CALLBACK (count_cb), &ends);
  /* However long this program is kept from running, the end does not come in an hour. */
  probity_idle_set_limits (idle, 60 * 60 * 1000, 200);
  probity_idle_set_running (idle, TRUE);
  wait_until (warnings == 1);
  touched = g_get_monotonic_time ();
  probity_idle_touch (idle);
  probity_idle_set_limits (idle, 60 * 60 * 1000, 200);
  wait_until (warnings == 2);
  g_assert_cmpint (g_get_monotonic_time () - touched, >=, 199 * 1000);
  g_assert_cmpuint (ends, ==, 0);
  probity_idle_set_limits (idle, 400, 200);
  wait_until (ends == 1);
  g_assert_cmpint (g_get_monotonic_time () - touched, >=, 399 * 1000);
  probity_idle_touch (idle);
  g_assert_cmpuint (ends, ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_open_by_action (void)
{
  ProbityWindow *window = new_window_as ("psd");
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->head, probity_record_kind_find ("person"), "1001"));

  g_test_summary ("A record opens by its kind and uid; one that is not for this reader says that there is none");

  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-record", "(ss)", "person", probity_record_get_uid (record));
  wait_until (ui_shows_text (GTK_WIDGET (window), "Applegate"));
  /* Percy Standards is the PSD officer's own record. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-record", "(ss)", "person", "4001");
  wait_until (ui_shows_text (GTK_WIDGET (window), "no such record"));
  g_assert_false (ui_shows_text (GTK_WIDGET (window), "Percy"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-record", "(ss)", "person", "no-such-number");
  ui_settle (GTK_WIDGET (window));
  g_assert_true (ui_shows_text (GTK_WIDGET (window), "no such record"));
  close_window (window);
}

static void
test_focus (void)
{
  ProbityWindow     *window = new_window_as ("psd");
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (ui_find (GTK_WIDGET (window), ADW_TYPE_NAVIGATION_VIEW, NULL));

  g_test_summary ("The focus is never nowhere: after the sign-in it is on the page’s entry, on a page that opens in that page");

  wait_until (find_focus (window) != NULL && PROBITY_IS_SIDEBAR_ROW (find_focus (window)));
  g_assert_cmpstr (probity_sidebar_row_get_name (PROBITY_SIDEBAR_ROW (find_focus (window))), ==, "my-day");

  /* As where what had it is removed. */
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  wait_until (find_focus (window) != NULL && PROBITY_IS_SIDEBAR_ROW (find_focus (window)));

  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-record", "(ss)", "person", "1001");
  wait_until (ui_shows_text (GTK_WIDGET (window), "Applegate"));
  wait_until (find_focus (window) != NULL && gtk_widget_is_ancestor (find_focus (window), GTK_WIDGET (adw_navigation_view_get_visible_page (view))));
  close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  application = ui_begin (&argc, &argv);
  force = force_new ("derbyshire");

  g_test_add_func ("/ui/sign-in/wrong", test_sign_in_wrong);
  g_test_add_func ("/ui/sign-in/buffer", test_sign_in_buffer);
  g_test_add_func ("/ui/sign-in/not-a-casebook", test_not_a_casebook);
  g_test_add_func ("/ui/sign-in/title", test_sign_in_title);
  g_test_add_func ("/ui/window/sidebar-by-role", test_sidebar_by_role);
  g_test_add_func ("/ui/window/marking", test_marking);
  g_test_add_func ("/ui/window/open-by-action", test_open_by_action);
  g_test_add_func ("/ui/window/focus", test_focus);
  g_test_add_func ("/ui/window/help", test_help);
  g_test_add_func ("/ui/lock/shows-nothing", test_lock_shows_nothing);
  g_test_add_func ("/ui/lock/session-ends-by-itself", test_session_ends_by_itself);
  g_test_add_func ("/ui/lock/closing-does-not-block", test_closing_does_not_block);
  g_test_add_func ("/ui/lock/other-account", test_lock_other_account);
  g_test_add_func ("/ui/window/out-of-reach", test_out_of_reach);
  g_test_add_func ("/ui/window/record-out-of-reach", test_record_out_of_reach);
  g_test_add_func ("/ui/lock/keeps-draft", test_lock_keeps_draft);
  g_test_add_func ("/ui/lock/sign-in-waits", test_sign_in_waits);
  g_test_add_func ("/ui/lock/idle", test_idle);
  g_test_add_func ("/ui/window/counts-come-last", test_counts_come_last);
  g_test_add_func ("/ui/window/warming", test_warming);
  return ui_end (application, force);
}
