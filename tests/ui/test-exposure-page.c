/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-application.h"
#include "probity-exposure-page.h"
#include "probity-exposure.h"
#include "probity-step-dialog.h"
#include "ui-fixture.h"

/* The page of the exposure list. */

static Force              *force;
static ProbityApplication *application;

static char *
dup_uid (ProbitySession *session,
         const char     *reference)
{
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (session, probity_record_kind_find ("leak-investigation"), reference));

  return g_strdup (probity_record_get_uid (record));
}

static void
test_people (void)
{
  g_autofree char      *reference = force_investigate (force->acu, &probity_leak_case, "A custody record", NULL);
  g_autofree char      *uid = dup_uid (force->acu, reference);
  AdwNavigationPage    *page = probity_exposure_page_new (force->acu, uid);
  AdwApplicationWindow *window = ui_window_new (GTK_APPLICATION (application), page);
  ProbityStepDialog    *dialog;

  g_test_summary ("Who was exposed without a log is added by hand, excluded with a reason that the steps show, and back after an undo");

  wait_until (ui_shows_text (GTK_WIDGET (page), "Nobody in the List"));
  gtk_widget_activate_action (GTK_WIDGET (page), "exposure.add", NULL);
  wait_until (PROBITY_IS_STEP_DIALOG (adw_application_window_get_visible_dialog (window)));
  dialog = PROBITY_STEP_DIALOG (adw_application_window_get_visible_dialog (window));
  probity_step_dialog_set (dialog, "who", "1001");
  probity_step_dialog_set (dialog, "manner", "briefed");
  probity_step_dialog_set (dialog, "reason", "Sat in the briefing.");
  g_signal_emit_by_name (ui_find_button (GTK_WIDGET (dialog), "_Add"), "clicked");
  wait_until (ui_shows_text (GTK_WIDGET (page), "1 of 1 people remains"));
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "Added by hand: Briefed"));

  {
    g_autoptr (ProbityExposureList) list = wait_for_boxed (probity_exposure_load (force->acu, reference, NULL));
    const ProbityExposurePerson *person = g_ptr_array_index (list->people, 0);

    gtk_widget_activate_action (GTK_WIDGET (page), "exposure.exclude", "s", person->uid);
  }
  wait_until (PROBITY_IS_STEP_DIALOG (adw_application_window_get_visible_dialog (window)));
  dialog = PROBITY_STEP_DIALOG (adw_application_window_get_visible_dialog (window));
  probity_step_dialog_set (dialog, "reason", "Was on the telephone.");
  g_signal_emit_by_name (ui_find_button (GTK_WIDGET (dialog), "_Exclude"), "clicked");
  wait_until (ui_shows_text (GTK_WIDGET (page), "0 of 1 people remain"));
  wait_until (ui_shows_text (GTK_WIDGET (page), "Was on the telephone."));
  gtk_widget_activate_action (GTK_WIDGET (page), "exposure.undo", NULL);
  wait_until (ui_shows_text (GTK_WIDGET (page), "1 of 1 people remains"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
import (const char *reference,
        const char *name,
        const char *text)
{
  g_autofree char      *path = g_build_filename (force->casebook->base, name, NULL);
  ProbityExposureSource source = { .path = path, .system = "NICHE", .authority = "DPA 2018", .necessity = "Who opened it", .time_zone = "UTC" };

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  wait_for_success (probity_exposure_import (force->acu, reference, &source, NULL, NULL));
}

static char *
dup_log (const char *reference,
         guint       index)
{
  g_autoptr (ProbityExposureList) list = wait_for_boxed (probity_exposure_load (force->acu, reference, NULL));

  return g_strdup (((ProbityExposureLog *) g_ptr_array_index (list->logs, index))->uid);
}

/* What the menu of the row with this title offers, as `label|label`. */
static char *
dup_menu (GtkWidget  *page,
          const char *title)
{
  GtkWidget  *button = ui_find (ui_find_titled (page, title), GTK_TYPE_MENU_BUTTON, NULL);
  GMenuModel *menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *label = NULL;

      g_assert_true (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label));
      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", label);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_menu(page, title, labels)               \
  G_STMT_START                                         \
  {                                                    \
    g_autofree char *_labels = dup_menu (page, title); \
    g_assert_cmpstr (_labels, ==, labels);             \
  }                                                    \
  G_STMT_END

static void
test_set_aside (void)
{
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "A custody record", NULL);
  g_autofree char *uid = dup_uid (force->acu, reference);
  g_autofree char *wrong = NULL;
  g_autoptr (ProbityExposureList) narrowed = NULL;
  GtkWidget                     *page;
  AdwApplicationWindow          *window;
  ProbityStepDialog             *dialog;
  const ProbityExposureNarrowing step = { .kind = PROBITY_EXPOSURE_WINDOW, .until = "2026-02-01T00:00:00.000Z" };

  g_test_summary ("A log is set aside from its row for a reason, is marked there and in the steps that were recorded with it, can be looked at, and taken in again");

  import (reference, "wrong.csv", "User,Time,Record\n1001,2026-01-10 09:00:00,NIC/1\n1002,2026-01-10 09:00:00,NIC/1\n");
  import (reference, "right.csv", "User,Time,Record\n1002,2026-01-10 10:00:00,NIC/1\n");
  narrowed = wait_for_boxed (probity_exposure_narrow (force->acu, reference, &step, 1));
  wrong = dup_log (reference, 0);
  page = GTK_WIDGET (probity_exposure_page_new (force->acu, uid));
  window = ui_window_new (GTK_APPLICATION (application), page);
  wait_until (ui_shows_text (page, "2 of 2 people remain"));
  g_assert_false (ui_shows_text (page, "Set aside"));
  assert_menu (page, "NICHE · wrong.csv", "_Look at Its Rows…|_Set Aside…");

  gtk_widget_activate_action (page, "exposure.set-aside", "s", wrong);
  wait_until (PROBITY_IS_STEP_DIALOG (adw_application_window_get_visible_dialog (window)));
  dialog = PROBITY_STEP_DIALOG (adw_application_window_get_visible_dialog (window));
  probity_step_dialog_set (dialog, "reason", "It is of the training system.");
  g_signal_emit_by_name (ui_find_button (GTK_WIDGET (dialog), "_Set Aside"), "clicked");
  wait_until (ui_shows_text (page, "1 of 1 people remains"));
  g_assert_true (ui_shows_text (page, "Set aside"));
  g_assert_true (ui_shows_text (page, "It is of the training system."));
  g_assert_true (ui_shows_text (page, "Recorded with 1 log that is set aside since; the numbers are those without it."));
  g_assert_true (gtk_widget_has_css_class (ui_find_titled (page, "NICHE · wrong.csv"), "set-aside"));
  g_assert_false (gtk_widget_has_css_class (ui_find_titled (page, "NICHE · right.csv"), "set-aside"));
  assert_menu (page, "NICHE · wrong.csv", "_Look at Its Rows…|_Take In Again…");
  assert_menu (page, "NICHE · right.csv", "_Look at Its Rows…|_Set Aside…");

  gtk_widget_activate_action (page, "exposure.log-rows", "s", wrong);
  wait_until (adw_application_window_get_visible_dialog (window) != NULL);
  wait_until (ui_shows_text (GTK_WIDGET (adw_application_window_get_visible_dialog (window)), "2 rows, as they were imported"));
  adw_dialog_force_close (adw_application_window_get_visible_dialog (window));

  /* While its file takes part as another import there is nothing to take in. */
  import (reference, "wrong.csv", "User,Time,Record\n1001,2026-01-10 09:00:00,NIC/1\n1002,2026-01-10 09:00:00,NIC/1\n");
  wait_until (ui_shows_text (page, "2 of 2 people remain"));
  {
    g_autofree char *again = dup_log (reference, 2);

    assert_menu (page, "NICHE · wrong.csv", "_Look at Its Rows…");
    probity_exposure_list_unref (wait_for_boxed (probity_exposure_set_aside (force->acu, reference, again, "Once more")));
  }
  wait_until (ui_shows_text (page, "1 of 1 people remains"));
  assert_menu (page, "NICHE · wrong.csv", "_Look at Its Rows…|_Take In Again…");

  gtk_widget_activate_action (page, "exposure.take-in", "s", wrong);
  wait_until (PROBITY_IS_STEP_DIALOG (adw_application_window_get_visible_dialog (window)));
  dialog = PROBITY_STEP_DIALOG (adw_application_window_get_visible_dialog (window));
  probity_step_dialog_set (dialog, "reason", "It was of ours.");
  g_signal_emit_by_name (ui_find_button (GTK_WIDGET (dialog), "_Take In"), "clicked");
  wait_until (ui_shows_text (page, "2 of 2 people remain"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  application = ui_begin (&argc, &argv);
  force = force_new ("derbyshire");

  g_test_add_func ("/ui/exposure-page/people", test_people);
  g_test_add_func ("/ui/exposure-page/set-aside", test_set_aside);

  return ui_end (application, force);
}
