/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-application.h"
#include "probity-closing-card.h"
#include "probity-exhibit.h"
#include "probity-exposure-page.h"
#include "probity-exposure.h"
#include "probity-form-dialog.h"
#include "probity-format.h"
#include "probity-instant-row.h"
#include "probity-investigation-page.h"
#include "probity-investigation-steps.h"
#include "ui-fixture.h"

/* The page of investigations and the exposure list. */

static Force              *force;
static ProbityApplication *application;

static AdwApplicationWindow *
new_window (gpointer page)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (adw_application_window_new (GTK_APPLICATION (application)));
  GtkWidget            *view = adw_navigation_view_new ();

  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), page);
  adw_application_window_set_content (window, view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 900);
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *text)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_visible (widget) &&
      (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0 || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static char *
dup_uid (ProbitySession *session,
         const char     *reference)
{
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (session, probity_record_kind_find ("leak-investigation"), reference));

  return g_strdup (probity_record_get_uid (record));
}

static void
test_part (void)
{
  g_autofree char      *reference = force_investigate (force->acu, &probity_leak_case, "Words of a briefing", NULL);
  g_autofree char      *uid = dup_uid (force->acu, reference);
  GtkWidget            *page = probity_investigation_page_new (force->acu, &probity_leak_case, uid);
  AdwApplicationWindow *window = new_window (page);
  ProbityFormDialog    *dialog;
  ProbityForm          *form;

  g_test_summary ("A part’s dialog is made of its fields, keeps what is refused and says why beside the field, and its row stands on the page");

  wait_until (ui_shows_text (page, "No source is identified"));
  wait_until (ui_shows_text (page, "Where and when it appeared"));
  g_signal_emit_by_name (find_button (page, "Add a Publication"), "clicked");
  wait_until (PROBITY_IS_FORM_DIALOG (adw_application_window_get_visible_dialog (window)));
  dialog = PROBITY_FORM_DIALOG (adw_application_window_get_visible_dialog (window));
  form = probity_form_dialog_get_form (dialog);
  probity_form_set_value (form, "outlet", "Dale Courier");
  probity_form_set_value (form, "published", "2026-03-03T06:15:00.000Z");
  probity_form_set_value (form, "earliest_seen", "2026-03-03T05:00:00.000Z");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "form.save", NULL);
  wait_until (ui_shows_text (GTK_WIDGET (dialog), "It cannot be seen before it was published."));
  probity_form_set_value (form, "earliest_seen", "2026-03-03T07:00:00.000Z");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "form.save", NULL);
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  wait_until (ui_shows_text (page, "Dale Courier"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add_exhibit (const char *reference,
             const char *description)
{
  g_autofree char *path = g_build_filename (force->casebook->base, "capture.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ProbityValues) values = probity_values_new ();

  g_assert_true (g_file_set_contents (path, description, -1, NULL));
  probity_values_set (values, "description", description);
  wait_for_success (probity_exhibit_add (force->acu, reference, file, values, NULL, NULL));
}

static ProbityFormDialog *
open_form (AdwApplicationWindow *window,
           GtkWidget            *page,
           const char           *button)
{
  wait_until (find_button (page, button) != NULL);
  g_signal_emit_by_name (find_button (page, button), "clicked");
  wait_until (PROBITY_IS_FORM_DIALOG (adw_application_window_get_visible_dialog (window)));

  return PROBITY_FORM_DIALOG (adw_application_window_get_visible_dialog (window));
}

static void
test_capture (void)
{
  g_autofree char      *reference = force_investigate (force->acu, &probity_leak_case, "A page of a newspaper", NULL);
  g_autofree char      *uid = dup_uid (force->acu, reference);
  GtkWidget            *page = probity_investigation_page_new (force->acu, &probity_leak_case, uid);
  AdwApplicationWindow *window = new_window (page);
  ProbityFormDialog    *dialog;
  ProbityForm          *form;
  AdwComboRow          *row;
  g_autofree char      *kept = NULL;

  g_test_summary ("The captured file of a publication is picked from the exhibits of the case, and shown again where it is corrected");

  add_exhibit (reference, "Page one");
  add_exhibit (reference, "Page two");
  dialog = open_form (window, page, "Add a Publication");
  form = probity_form_dialog_get_form (dialog);
  row = ADW_COMBO_ROW (ui_find_titled (GTK_WIDGET (dialog), "Exhibit that holds it"));
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (row)), ==, 3);
  g_assert_false (gtk_widget_get_visible (probity_form_get_row (form, "capture_exhibit")));
  adw_combo_row_set_selected (row, 2);
  kept = probity_form_dup_value (form, "capture_exhibit");
  g_assert_cmpstr (kept, !=, "");
  probity_form_set_value (form, "outlet", "Dale Courier");
  probity_form_set_value (form, "published", "2026-03-03T06:15:00.000Z");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "form.save", NULL);
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);

  dialog = open_form (window, page, "Correct");
  row = ADW_COMBO_ROW (ui_find_titled (GTK_WIDGET (dialog), "Exhibit that holds it"));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 2);
  adw_combo_row_set_selected (row, 0);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "form.save", NULL);
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  {
    g_autoptr (GPtrArray) rows = wait_for_boxed (probity_investigation_load_rows (force->acu, probity_case_part_find (&probity_leak_case, "publication"), uid));

    g_assert_cmpuint (rows->len, ==, 1);
    g_assert_cmpstr (probity_record_get (g_ptr_array_index (rows, 0), "capture_exhibit"), ==, NULL);
  }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_next_step (void)
{
  g_autofree char      *reference = force_investigate (force->acu, &probity_leak_case, "A list of names", "1001");
  g_autofree char      *uid = dup_uid (force->acu, reference);
  ProbitySession       *checker;
  GtkWidget            *own = probity_investigation_page_new (force->acu, &probity_leak_case, uid);
  AdwApplicationWindow *own_window = new_window (own);
  AdwApplicationWindow *window;
  GtkWidget            *page;

  g_test_summary ("The page suggests the reader’s own step: the decision to who investigates, a check to another officer, nothing but whom it waits for to the decider");

  session_fixture_add (force->casebook, "checker", "acu-officer", "5002");
  checker = session_fixture_sign_in (force->casebook, "checker");
  wait_until (find_button (own, "_Decide to Investigate…") != NULL);
  wait_for_success (probity_investigation_decide (force->acu, reference, NULL, "It stands in one record."));
  wait_until (find_button (own, "Change _Stage…") != NULL);
  g_assert_null (find_button (own, "_Check Complaints…"));
  gtk_window_destroy (GTK_WINDOW (own_window));

  page = probity_investigation_page_new (checker, &probity_leak_case, uid);
  window = new_window (page);
  wait_until (find_button (page, "_Check Complaints…") != NULL);
  gtk_window_destroy (GTK_WINDOW (window));

  page = probity_investigation_page_new (force->decider, &probity_leak_case, uid);
  window = new_window (page);
  wait_until (ui_shows_text (page, "Waiting for those who investigate it"));
  g_assert_null (find_button (page, "_Close the Case…"));
  g_assert_true (ui_shows_text (page, "ACU officer who does not investigate the case"));
  gtk_window_destroy (GTK_WINDOW (window));
  session_fixture_sign_out (checker);
}

static void
test_sealed_answer (void)
{
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "A recording", NULL);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->decider, probity_record_kind_find ("leak-investigation"), reference));
  g_autoptr (ProbityClosingState) state = wait_for_boxed (probity_closing_load (force->decider, reference));
  GtkWidget             *card = g_object_ref_sink (probity_closing_card_new (force->decider, probity_investigation_view_find (&probity_leak_case)));
  ProbityClosingSubject *subject = g_new0 (ProbityClosingSubject, 1);

  g_test_summary ("Who holds a sealed case that names the subject reads that their answer is missing, once and not as a fault of a check");

  subject->uid = g_strdup ("uid");
  subject->subject = g_strdup ("4127");
  subject->complaints = subject->intelligence = TRUE;
  subject->missing = g_new0 (char *, 1);
  g_ptr_array_add (state->subjects, subject);
  probity_closing_card_set_state (PROBITY_CLOSING_CARD (card), record, state);
  g_assert_false (ui_shows_text (card, "Your answer about 4127"));

  g_strfreev (subject->missing);
  subject->missing = g_strdupv ((char *[]) { (char *) "sealed-answer", NULL });
  subject->complaints = FALSE;
  probity_closing_card_set_state (PROBITY_CLOSING_CARD (card), record, state);
  g_assert_true (ui_shows_text (card, "Your answer about 4127"));
  g_assert_true (ui_shows_text (card, "ACU officer who does not investigate the case"));
  g_object_unref (card);
}

static void
test_closing_dialog (void)
{
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "A photograph", NULL);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->decider, probity_record_kind_find ("leak-investigation"), reference));
  g_autoptr (ProbityClosingState) state = NULL;
  ProbityStepDialog    *dialog;
  AdwApplicationWindow *window = new_window (adw_navigation_page_new (gtk_label_new (""), "Empty"));

  g_test_summary ("An outcome that nobody proposed cannot be chosen and says so; nobody to check wants a reason");

  wait_for_success (probity_closing_propose (force->acu, reference, "not-identified", "Too many had it."));
  state = wait_for_boxed (probity_closing_load (force->decider, reference));
  dialog = PROBITY_STEP_DIALOG (probity_close_case_dialog_new (force->decider, &probity_leak_case, record, state));
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  g_assert_cmpstr (probity_step_dialog_get (dialog, "outcome"), ==, "not-identified");
  probity_step_dialog_set (dialog, "outcome", "no-leak");
  g_assert_cmpstr (probity_step_dialog_get (dialog, "outcome"), ==, "not-identified");
  g_assert_true (ui_shows_text (GTK_WIDGET (dialog), "Nobody has proposed this outcome."));
  probity_step_dialog_set (dialog, "reasons", "As proposed.");
  g_assert_false (gtk_widget_get_sensitive (find_button (GTK_WIDGET (dialog), "_Close Case")));
  probity_step_dialog_set (dialog, "no_subject", "More than a hundred had it.");
  wait_until (gtk_widget_get_sensitive (find_button (GTK_WIDGET (dialog), "_Close Case")));
  g_signal_emit_by_name (find_button (GTK_WIDGET (dialog), "_Close Case"), "clicked");
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  gtk_window_destroy (GTK_WINDOW (window));

  {
    g_autofree char *uid = dup_uid (force->decider, reference);
    GtkWidget       *page = probity_investigation_page_new (force->decider, &probity_leak_case, uid);

    window = new_window (page);
    wait_until (ui_shows_text (page, "As proposed."));
    wait_until (find_button (page, "Add a Publication") == NULL);
    g_assert_nonnull (find_button (page, "Add Learning"));
    gtk_window_destroy (GTK_WINDOW (window));
  }
}

static void
test_exposure (void)
{
  g_autofree char      *reference = force_investigate (force->acu, &probity_leak_case, "A custody record", NULL);
  g_autofree char      *uid = dup_uid (force->acu, reference);
  AdwNavigationPage    *page = probity_exposure_page_new (force->acu, uid);
  AdwApplicationWindow *window = new_window (page);
  ProbityStepDialog    *dialog;

  g_test_summary ("Who was exposed without a log is added by hand, excluded with a reason that the steps show, and back after an undo");

  wait_until (ui_shows_text (GTK_WIDGET (page), "Nobody in the List"));
  gtk_widget_activate_action (GTK_WIDGET (page), "exposure.add", NULL);
  wait_until (PROBITY_IS_STEP_DIALOG (adw_application_window_get_visible_dialog (window)));
  dialog = PROBITY_STEP_DIALOG (adw_application_window_get_visible_dialog (window));
  probity_step_dialog_set (dialog, "who", "1001");
  probity_step_dialog_set (dialog, "manner", "briefed");
  probity_step_dialog_set (dialog, "reason", "Sat in the briefing.");
  g_signal_emit_by_name (find_button (GTK_WIDGET (dialog), "_Add"), "clicked");
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
  g_signal_emit_by_name (find_button (GTK_WIDGET (dialog), "_Exclude"), "clicked");
  wait_until (ui_shows_text (GTK_WIDGET (page), "0 of 1 people remain"));
  wait_until (ui_shows_text (GTK_WIDGET (page), "Was on the telephone."));
  gtk_widget_activate_action (GTK_WIDGET (page), "exposure.undo", NULL);
  wait_until (ui_shows_text (GTK_WIDGET (page), "1 of 1 people remains"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_instants (void)
{
  static const struct
  {
    const char *typed;
    const char *instant; /* NULL: none */
  } cases[] = {
    { "10 Feb 2026 06:15", "2026-02-10T06:15:00.000Z" },
    { "10 Feb 2026, 06:15:30", "2026-02-10T06:15:30.000Z" },
    { "2026-02-10 6:05", "2026-02-10T06:05:00.000Z" },
    { "2026-02-10T06:15:00+01:00", "2026-02-10T05:15:00.000Z" },
    { "10 Feb 2026", NULL },
    { "10 Feb 2026 25:00", NULL },
    { "10 Feb 2026 06:15 or so", NULL },
    { "soon", NULL },
  };
  GtkWidget *row = g_object_ref_sink (probity_instant_row_new ());

  g_test_summary ("A day and a time are read as people write them, and shown so that they are read back the same");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *instant = probity_format_read_instant (cases[i].typed, NULL);
      g_autofree char *shown = NULL;

      g_assert_cmpstr (instant, ==, cases[i].instant);
      if (instant == NULL)
        continue;
      probity_instant_row_set_value (PROBITY_INSTANT_ROW (row), instant);
      shown = probity_instant_row_dup_value (PROBITY_INSTANT_ROW (row));
      g_assert_cmpstr (shown, ==, instant);
    }
  g_object_unref (row);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  probity_ui_init ();
  application = probity_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  force = force_new ("derbyshire");

  g_test_add_func ("/ui/investigation-page/sealed-answer", test_sealed_answer);
  g_test_add_func ("/ui/investigation-page/part", test_part);
  g_test_add_func ("/ui/investigation-page/capture", test_capture);
  g_test_add_func ("/ui/investigation-page/next-step", test_next_step);
  g_test_add_func ("/ui/investigation-page/closing-dialog", test_closing_dialog);
  g_test_add_func ("/ui/investigation-page/exposure", test_exposure);
  g_test_add_func ("/ui/investigation-page/instants", test_instants);

  status = g_test_run ();
  g_object_unref (application);
  force_free (force);
  return status;
}
