/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-action.h"
#include "probity-application.h"
#include "probity-case-log.h"
#include "probity-case-parts.h"
#include "probity-checklist.h"
#include "ui-fixture.h"

/* The parts of a case on its page. */

static Force              *force;
static ProbityApplication *application;

/* A window with nothing but the parts of @reference as @session sees them. */
static AdwApplicationWindow *
new_window (ProbitySession *session,
            const char     *reference,
            GtkWidget     **ret_parts)
{
  const ProbityCaseKind *kind = probity_case_kind_find ("second-job");
  AdwApplicationWindow  *window = ADW_APPLICATION_WINDOW (adw_application_window_new (GTK_APPLICATION (application)));
  GtkWidget             *scrolled = gtk_scrolled_window_new ();
  GtkWidget             *parts = probity_case_parts_new (session, kind);
  g_autoptr (ProbityRecord) record = force_load (session, reference);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), parts);
  adw_application_window_set_content (window, scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 900);
  gtk_window_present (GTK_WINDOW (window));
  probity_case_parts_set_record (PROBITY_CASE_PARTS (parts), record);
  *ret_parts = parts;

  return window;
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *tooltip,
             const char *label)
{
  if (GTK_IS_BUTTON (widget) && ((tooltip != NULL && g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0) ||
                                 (label != NULL && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, tooltip, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_add_action (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Bell");
  GtkWidget            *parts;
  AdwApplicationWindow *window = new_window (force->hr, reference, &parts);
  GtkWidget            *dialog;
  GtkWidget            *button;

  g_test_summary ("An action is added in a dialog, whose refusal loses nothing, and then stands on the page and in the timeline");

  wait_until (ui_shows_text (parts, "What is to be done in this case"));
  g_signal_emit_by_name (find_button (parts, "Add an Action", NULL), "clicked");
  wait_until (adw_application_window_get_visible_dialog (window) != NULL);
  dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (window));
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "title", "Ask for the rota");
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "hard_deadline", "soon");
  g_assert_cmpstr (probity_step_dialog_get (PROBITY_STEP_DIALOG (dialog), "owner"), ==, "hr");
  button = find_button (dialog, NULL, "_Add");
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  wait_until (ui_shows_text (dialog, "+10"));
  g_assert_cmpstr (probity_step_dialog_get (PROBITY_STEP_DIALOG (dialog), "title"), ==, "Ask for the rota");
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "hard_deadline", "+2");
  wait_until (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  wait_until (ui_shows_text (parts, "1. Ask for the rota"));
  g_assert_true (ui_shows_text (parts, "1 open"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_reader (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Swan");
  GtkWidget            *parts;
  AdwApplicationWindow *window;

  g_test_summary ("Who only reads such a case is offered nothing to add, answer or remove");

  wait_for_success (probity_case_log_add (force->hr, NULL, reference, NULL, "He rang.", 0));
  window = new_window (force->manager, reference, &parts);
  wait_until (ui_shows_text (parts, "He rang."));
  g_assert_null (find_button (parts, "Add an Action", NULL));
  g_assert_null (find_button (parts, "Add a Log Entry", NULL));
  g_assert_null (find_button (parts, "Link a Record", NULL));
  g_assert_cmpuint (ui_count (parts, GTK_TYPE_MENU_BUTTON), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_checklist (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Anchor");
  GtkWidget            *parts;
  AdwApplicationWindow *window = new_window (force->hr, reference, &parts);
  GtkWidget            *check;
  GtkWidget            *second;
  GtkAdjustment        *adjustment;

  g_test_summary ("The checklist is put to the case with its button, and ticked; the focus stays on the tick, and the other points stay as they are");

  wait_until (ui_shows_text (parts, "What the force wants looked at now"));
  g_signal_emit_by_name (find_button (parts, "Put the Checklist to the Case", NULL), "clicked");
  wait_until (ui_shows_text (parts, "0 of 6 answered"));
  g_assert_false (gtk_widget_get_visible (find_button (parts, "Put the Checklist to the Case", NULL)));
  check = ui_find (parts, GTK_TYPE_CHECK_BUTTON, NULL);
  second = gtk_widget_get_next_sibling (gtk_widget_get_ancestor (check, ADW_TYPE_ACTION_ROW));
  g_assert_true (gtk_widget_grab_focus (check));
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (parts, GTK_TYPE_SCROLLED_WINDOW)));
  ui_settle (parts);
  gtk_adjustment_set_value (adjustment, 100);
  ui_settle (parts);
  /* The other parts are there too, or there would be nothing to scroll. */
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 100);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  wait_until (ui_shows_text (parts, "1 of 6 answered"));
  check = ui_find (parts, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == check);
  ui_settle (parts);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 100);
  g_assert_true (gtk_widget_get_next_sibling (gtk_widget_get_ancestor (check, ADW_TYPE_ACTION_ROW)) == second);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What joins two words, and nothing after it. */
static gboolean
has_dangling_dot (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && (g_str_has_suffix (gtk_label_get_label (GTK_LABEL (widget)), "· ") || strstr (gtk_label_get_label (GTK_LABEL (widget)), " · \n") != NULL))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_dangling_dot (child))
      return TRUE;

  return FALSE;
}

static void
test_checklist_of_earlier_stage (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Buoy");
  GtkWidget            *parts;
  AdwApplicationWindow *window;

  g_test_summary ("A point of an earlier stage that the force alone wants is named by its stage, with no dot after it");

  wait_for_success (probity_checklist_apply (force->hr, probity_case_kind_find ("second-job"), reference, NULL));
  wait_for_success (probity_second_job_withdraw (force->hr, reference, "Sold the boat."));
  window = new_window (force->hr, reference, &parts);
  wait_until (ui_shows_text (parts, "The form is complete"));
  ui_settle (parts);
  g_assert_true (ui_shows_text (parts, "With professional standards"));
  g_assert_false (has_dangling_dot (parts));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_link (void)
{
  g_autofree char      *one = force_submit (force, force->hr, "1001", "Linking Ltd");
  g_autofree char      *other = force_submit (force, force->hr, "1002", "Quince & Daughters");
  GtkWidget            *parts;
  AdwApplicationWindow *window = new_window (force->hr, one, &parts);
  GtkWidget            *dialog;
  GtkListBox           *list;

  g_test_summary ("The other record of a link is found by words, chosen, and opens from its row; the case itself is not offered");

  wait_until (ui_shows_text (parts, "Other cases, people, organisations"));
  g_signal_emit_by_name (find_button (parts, "Link a Record", NULL), "clicked");
  dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (window));
  gtk_editable_set_text (GTK_EDITABLE (ui_find (dialog, GTK_TYPE_SEARCH_ENTRY, NULL)), one);
  wait_until (ui_shows_text (dialog, "Nothing Found"));
  gtk_editable_set_text (GTK_EDITABLE (ui_find (dialog, GTK_TYPE_SEARCH_ENTRY, NULL)), "quince");
  wait_until (ui_shows_text (dialog, other));
  list = GTK_LIST_BOX (ui_find (dialog, GTK_TYPE_LIST_BOX, NULL));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  wait_until (PROBITY_IS_STEP_DIALOG (adw_application_window_get_visible_dialog (window)));
  dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (window));
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "type", "same-matter");
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "reason", "One landlord.");
  g_signal_emit_by_name (find_button (dialog, NULL, "_Link"), "clicked");
  wait_until (ui_shows_text (parts, "One landlord."));
  g_assert_true (ui_shows_text (parts, "Same matter"));
  g_assert_true (ui_shows_text (parts, other));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  probity_ui_init ();
  application = probity_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  force = force_new ("derbyshire");

  g_test_add_func ("/ui/case-page/add-action", test_add_action);
  g_test_add_func ("/ui/case-page/link", test_link);
  g_test_add_func ("/ui/case-page/reader", test_reader);
  g_test_add_func ("/ui/case-page/checklist", test_checklist);
  g_test_add_func ("/ui/case-page/checklist-of-earlier-stage", test_checklist_of_earlier_stage);

  status = g_test_run ();
  g_object_unref (application);
  force_free (force);
  return status;
}
