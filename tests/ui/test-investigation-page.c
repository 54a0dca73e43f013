/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-application.h"
#include "probity-case-log.h"
#include "probity-check-dialog.h"
#include "probity-closing-card.h"
#include "probity-exhibit.h"
#include "probity-exposure-page.h"
#include "probity-form-dialog.h"
#include "probity-format.h"
#include "probity-instant-row.h"
#include "probity-investigation-form.h"
#include "probity-investigation-page.h"
#include "probity-investigation-steps.h"
#include "probity-seal-dialog.h"
#include "probity-seal.h"
#include "probity-sealed-private.h"
#include "probity-staff-row.h"
#include "probity-text-row.h"
#include "ui-fixture.h"

/* The page of investigations. */

static Force              *force;
static ProbityApplication *application;

#define find_button ui_find_button

static AdwApplicationWindow *
new_window (gpointer page)
{
  return ui_window_new (GTK_APPLICATION (application), page);
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

static AdwComboRow *
find_combo (GtkWidget  *widget,
            const char *title)
{
  if (ADW_IS_COMBO_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return ADW_COMBO_ROW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      AdwComboRow *found = find_combo (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_media_contacts (void)
{
  g_autofree char      *reference = force_investigate (force->acu, &probity_leak_case, "Words of a minute", NULL);
  g_autofree char      *uid = dup_uid (force->acu, reference);
  GtkWidget            *page = probity_investigation_page_new (force->acu, &probity_leak_case, uid);
  AdwApplicationWindow *window = new_window (page);
  ProbityForm          *form;
  GtkWidget            *dialog;
  AdwComboRow          *choice;

  g_test_summary ("What came of looking up media contacts is chosen; an empty field says that nobody looked, and what was typed is not lost by a choice");

  dialog = GTK_WIDGET (open_form (window, page, "Add an Outlet"));
  form = probity_form_dialog_get_form (PROBITY_FORM_DIALOG (dialog));
  choice = find_combo (dialog, "Finding");
  probity_form_set_value (form, "outlet", "Dale Courier");
  g_assert_cmpuint (adw_combo_row_get_selected (choice), ==, 0);
  gtk_widget_activate_action (dialog, "form.save", NULL);
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  wait_until (ui_shows_text (page, "Media contacts not looked up yet"));

  dialog = GTK_WIDGET (open_form (window, page, "Add an Outlet"));
  form = probity_form_dialog_get_form (PROBITY_FORM_DIALOG (dialog));
  choice = find_combo (dialog, "Finding");
  probity_form_set_value (form, "outlet", "Dale Gazette");
  probity_form_set_value (form, "recorded_contact", "1 to 3 March");
  g_assert_cmpuint (adw_combo_row_get_selected (choice), ==, 0);
  for (guint i = 0; i < 4; i++)
    {
      const char *const texts[] = { "1 to 3 March", "No record: 1 to 3 March", "Contact recorded: 1 to 3 March", "No record: 1 to 3 March" };
      const guint       choices[] = { 0, 1, 2, 1 };
      g_autofree char  *text = NULL;

      adw_combo_row_set_selected (choice, choices[i]);
      text = probity_form_dup_value (form, "recorded_contact");
      g_assert_cmpstr (text, ==, texts[i]);
    }
  probity_form_set_value (form, "recorded_contact", "Contact recorded: a call");
  g_assert_cmpuint (adw_combo_row_get_selected (choice), ==, 2);
  probity_form_set_value (form, "recorded_contact", "No record: 1 to 4 March");
  g_assert_cmpuint (adw_combo_row_get_selected (choice), ==, 1);
  gtk_widget_activate_action (dialog, "form.save", NULL);
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  wait_until (ui_shows_text (page, "No record: 1 to 4 March"));
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

static ProbityCasePart const *
find_publication (void)
{
  return probity_case_part_find (&probity_leak_case, "publication");
}

static void
change_publication (ProbitySession *session,
                    const char     *uid,
                    const char     *outlet)
{
  g_autoptr (GPtrArray) rows = wait_for_boxed (probity_investigation_load_rows (session, find_publication (), uid));
  ProbityRecord *row = g_ptr_array_index (rows, 0);
  g_autoptr (ProbityValues) values = probity_values_new ();

  probity_values_set (values, "outlet", outlet);
  wait_for_success (probity_investigation_change_row (session, find_publication (), uid, probity_record_get_uid (row), probity_record_get_version (row), values));
}

static void
test_kept_rows (void)
{
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "Words of a rota", NULL);
  g_autofree char *uid = dup_uid (force->acu, reference);
  g_autoptr (ProbityValues) values = probity_values_new ();
  AdwApplicationWindow *window;
  ProbitySession       *other;
  GtkWidget            *page;
  GtkWidget            *publication;
  GtkWidget            *entry;
  GtkWidget            *button;

  g_test_summary ("When somebody else saves, rows that say the same stay as they are, with the open menu, the focus and what is unfolded; what changed is shown");

  session_fixture_add (force->casebook, "partner", "acu-officer", "5004");
  other = session_fixture_sign_in (force->casebook, "partner");
  probity_values_set (values, "outlet", "Dale Courier");
  probity_values_set (values, "published", "2026-03-03T06:15:00.000Z");
  wait_for_success (probity_investigation_add_row (force->acu, find_publication (), uid, values));
  wait_for_success (probity_case_log_add (force->acu, NULL, reference, NULL, "The editor rang.", 0));
  page = probity_investigation_page_new (force->acu, &probity_leak_case, uid);
  window = new_window (page);
  wait_until (ui_find_titled (page, "Dale Courier") != NULL && ui_find_titled (page, "The editor rang.") != NULL);
  publication = ui_find_titled (page, "Dale Courier");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (publication), TRUE);
  entry = ui_find_titled (page, "The editor rang.");
  button = ui_find (entry, GTK_TYPE_MENU_BUTTON, NULL);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)))));

  wait_for_success (probity_case_log_add (other, NULL, reference, NULL, "She rang again.", 0));
  wait_for_success (probity_investigation_decide (other, reference, NULL, "It stands in one record."));
  wait_until (ui_find_titled (page, "She rang again.") != NULL);
  wait_until (find_button (page, "_Decide to Investigate…") == NULL);
  ui_settle (page);
  g_assert_true (ui_find_titled (page, "The editor rang.") == entry);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)))));
  g_assert_true (ui_find_titled (page, "Dale Courier") == publication);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (publication)));
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (ui_find_titled (page, "She rang again."))), <, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (entry)));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));

  /* A row that says something else is another, unfolded as the one before, with the focus where it was. */
  g_assert_true (gtk_widget_grab_focus (find_button (publication, "Correct")));
  change_publication (other, uid, "Dale Gazette");
  wait_until (ui_find_titled (page, "Dale Gazette") != NULL);
  g_assert_null (ui_find_titled (page, "Dale Courier"));
  publication = ui_find_titled (page, "Dale Gazette");
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (publication)));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == find_button (publication, "Correct"));

  /* One that says the same of a later version is corrected from there. */
  change_publication (other, uid, "Dale Journal");
  change_publication (other, uid, "Dale Gazette");
  wait_until (ui_find_titled (page, "Dale Gazette") != NULL && ui_find_titled (page, "Dale Gazette") != publication);
  ui_settle (page);
  g_signal_emit_by_name (find_button (ui_find_titled (page, "Dale Gazette"), "Correct"), "clicked");
  wait_until (PROBITY_IS_FORM_DIALOG (adw_application_window_get_visible_dialog (window)));
  probity_form_set_value (probity_form_dialog_get_form (PROBITY_FORM_DIALOG (adw_application_window_get_visible_dialog (window))), "outlet", "Dale Weekly");
  gtk_widget_activate_action (GTK_WIDGET (adw_application_window_get_visible_dialog (window)), "form.save", NULL);
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  wait_until (ui_find_titled (page, "Dale Weekly") != NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  session_fixture_sign_out (other);
}

static void
test_sealed_answer (void)
{
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "A recording", NULL);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->decider, probity_record_kind_find ("leak-investigation"), reference));
  g_autoptr (ProbityClosingState) state = wait_for_boxed (probity_closing_load (force->decider, reference));
  GtkWidget             *card = g_object_ref_sink (probity_closing_card_new (probity_investigation_view_find (&probity_leak_case)));
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

/* What @session's card of @reference says; how often it says that something is missing. */
static GtkWidget *
make_closing_card (ProbitySession *session,
                   const char     *reference)
{
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (session, probity_record_kind_find ("conduct-investigation"), reference));
  g_autoptr (ProbityClosingState) state = wait_for_boxed (probity_closing_load (session, reference));
  GtkWidget *card = g_object_ref_sink (probity_closing_card_new (probity_investigation_view_find (&probity_conduct_case)));

  probity_closing_card_set_state (PROBITY_CLOSING_CARD (card), record, state);

  return card;
}

static void
test_unseen_check (void)
{
  g_autofree char *reference = force_investigate (force->psd, &probity_conduct_case, "Words at a desk", "1001");
  const char      *note = "The anti-corruption unit makes it; only they and deciders see whether it is done.";

  g_test_summary ("Professional standards read the same of the intelligence check whether it is made or not: neither done nor missing");

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *psd = make_closing_card (force->psd, reference);
      GtkWidget *decider = make_closing_card (force->decider, reference);

      g_assert_true (ui_shows_text (psd, note));
      g_assert_cmpint (ui_shows_text (psd, "PSD or ACU officer who does not investigate the case"), ==, i == 0);
      g_assert_false (ui_shows_text (decider, note));
      g_assert_cmpint (ui_shows_text (decider, "ACU officer who does not investigate the case"), ==, i == 0);
      g_object_unref (psd);
      g_object_unref (decider);
      for (guint kind = 0; i == 0 && kind < 2; kind++)
        force_check (force->acu, reference, (ProbityCheckKind) kind, "not-relevant");
    }
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

static ProbityStepDialog *
wait_for_step (AdwApplicationWindow *window)
{
  wait_until (PROBITY_IS_STEP_DIALOG (adw_application_window_get_visible_dialog (window)));

  return PROBITY_STEP_DIALOG (adw_application_window_get_visible_dialog (window));
}

/* Closes what was typed into, and answers whether it is discarded. */
static void
close_and_answer (AdwApplicationWindow *window,
                  AdwDialog            *dialog,
                  const char           *response)
{
  adw_dialog_close (dialog);
  wait_until (ADW_IS_ALERT_DIALOG (adw_application_window_get_visible_dialog (window)));
  g_signal_emit_by_name (adw_application_window_get_visible_dialog (window), "response", response);
  adw_dialog_force_close (adw_application_window_get_visible_dialog (window));
}

static void
test_typed (void)
{
  g_autofree char      *reference = force_investigate (force->acu, &probity_leak_case, "A roll call", NULL);
  g_autofree char      *uid = dup_uid (force->acu, reference);
  GtkWidget            *page = probity_investigation_page_new (force->acu, &probity_leak_case, uid);
  AdwApplicationWindow *window = new_window (page);
  AdwNavigationPage    *list;
  ProbityStepDialog    *dialog;
  GtkWidget            *banner;

  g_test_summary ("What is typed into a step of a case is there again after it was closed; where no draft is kept, nobody loses it unasked");

  wait_until (find_button (page, "Add an Action") != NULL);
  g_signal_emit_by_name (find_button (page, "Add an Action"), "clicked");
  dialog = wait_for_step (window);
  probity_step_dialog_set (dialog, "what", "Ask the shift who stood there.");
  adw_dialog_close (ADW_DIALOG (dialog));
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  /* Until the draft is written. */
  ui_settle (page);
  g_signal_emit_by_name (find_button (page, "Add an Action"), "clicked");
  dialog = wait_for_step (window);
  wait_until (g_str_equal (probity_step_dialog_get (dialog, "what"), "Ask the shift who stood there."));

  /* What comes back is said, and can be thrown away for good. */
  banner = ui_find (GTK_WIDGET (dialog), ADW_TYPE_BANNER, NULL);
  g_assert_true (adw_banner_get_revealed (ADW_BANNER (banner)));
  g_signal_emit_by_name (banner, "button-clicked");
  g_assert_false (adw_banner_get_revealed (ADW_BANNER (banner)));
  g_assert_cmpstr (probity_step_dialog_get (dialog, "what"), ==, "");
  g_assert_cmpstr (probity_step_dialog_get (dialog, "owner"), ==, "acu");
  adw_dialog_close (ADW_DIALOG (dialog));
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  ui_settle (page);
  g_signal_emit_by_name (find_button (page, "Add an Action"), "clicked");
  dialog = wait_for_step (window);
  ui_settle (GTK_WIDGET (dialog));
  g_assert_false (adw_banner_get_revealed (ADW_BANNER (ui_find (GTK_WIDGET (dialog), ADW_TYPE_BANNER, NULL))));
  g_assert_cmpstr (probity_step_dialog_get (dialog, "what"), ==, "");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  gtk_window_destroy (GTK_WINDOW (window));

  list = probity_exposure_page_new (force->acu, uid);
  window = new_window (list);
  wait_until (ui_shows_text (GTK_WIDGET (list), "Nobody in the List"));
  gtk_widget_activate_action (GTK_WIDGET (list), "exposure.add", NULL);
  adw_dialog_close (ADW_DIALOG (wait_for_step (window)));
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);

  gtk_widget_activate_action (GTK_WIDGET (list), "exposure.add", NULL);
  dialog = wait_for_step (window);
  probity_step_dialog_set (dialog, "reason", "Heard it read out.");
  close_and_answer (window, ADW_DIALOG (dialog), "cancel");
  wait_until (adw_application_window_get_visible_dialog (window) == ADW_DIALOG (dialog));
  g_assert_cmpstr (probity_step_dialog_get (dialog, "reason"), ==, "Heard it read out.");
  close_and_answer (window, ADW_DIALOG (dialog), "discard");
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static AdwEntryRow *
wait_for_system (AdwDialog *dialog)
{
  wait_until (ui_find_titled (GTK_WIDGET (dialog), "Companies House") != NULL);

  return ADW_ENTRY_ROW (ui_find_titled (GTK_WIDGET (dialog), "Companies House"));
}

static void
test_check_typed (void)
{
  g_autofree char *reference = force_submit (force, force->hr, "1001", "Dale Bakery Ltd");
  g_autoptr (ProbityRecord) job = force_load (force->hr, reference);
  AdwApplicationWindow *window = new_window (adw_navigation_page_new (gtk_label_new (NULL), "Checks"));
  AdwDialog            *dialog = ADW_DIALOG (probity_check_dialog_new (force->acu, job, PROBITY_CHECK_INTELLIGENCE));

  g_test_summary ("What a checker writes of other systems stays when the records are searched again, and is not lost unasked");

  adw_dialog_present (dialog, GTK_WIDGET (window));
  gtk_editable_set_text (GTK_EDITABLE (wait_for_system (dialog)), "Director of two firms");
  g_signal_emit_by_name (find_button (GTK_WIDGET (dialog), "Search Again"), "clicked");
  ui_settle (GTK_WIDGET (dialog));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (wait_for_system (dialog))), ==, "Director of two firms");

  close_and_answer (window, dialog, "cancel");
  wait_until (adw_application_window_get_visible_dialog (window) == dialog);
  gtk_editable_set_text (GTK_EDITABLE (wait_for_system (dialog)), "");
  adw_dialog_close (dialog);
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
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

/* A label of these words that is not hidden. */
static gboolean
shows_visibly (GtkWidget  *widget,
               const char *words)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows_visibly (child, words))
      return TRUE;

  return FALSE;
}

static AdwDialog *
open_new (AdwApplicationWindow *window,
          const char           *staff_number,
          GtkWidget           **ret_form)
{
  AdwDialog *dialog = probity_investigation_form_new (force->acu, &probity_conduct_case);
  GtkWidget *subject;

  adw_dialog_present (dialog, GTK_WIDGET (window));
  *ret_form = GTK_WIDGET (dialog);
  if (staff_number == NULL)
    return dialog;
  g_signal_emit_by_name (find_button (*ret_form, "Add a Subject"), "clicked");
  wait_until ((subject = ui_find (*ret_form, ADW_TYPE_EXPANDER_ROW, NULL)) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (ui_find (subject, PROBITY_TYPE_STAFF_ROW, NULL)), staff_number);

  return dialog;
}

static void
test_seal_dialog (void)
{
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "A seating plan", NULL);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->acu, probity_record_kind_find ("leak-investigation"), reference));
  g_autoptr (ProbitySealState) state = wait_for_boxed (probity_case_load_seal (force->acu, reference));
  AdwApplicationWindow *window = new_window (adw_navigation_page_new (gtk_label_new (NULL), "Cases"));
  GtkWidget            *dialog = probity_seal_dialog_new (force->acu, record, state);
  const char           *nobody = "Nobody who would find the case can decide it.";
  GtkWidget            *decider;

  g_test_summary ("Sealing says that nobody named could decide the case, and who was ticked is not forgotten by Escape");

  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  wait_until (gtk_widget_get_mapped (dialog));
  g_assert_true (shows_visibly (dialog, nobody));
  decider = ui_find (dialog, GTK_TYPE_CHECK_BUTTON, "decider");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (decider), TRUE);
  g_assert_false (shows_visibly (dialog, nobody));
  g_assert_false (adw_dialog_get_can_close (ADW_DIALOG (dialog)));
  adw_dialog_close (ADW_DIALOG (dialog));
  wait_until (ADW_IS_ALERT_DIALOG (adw_application_window_get_visible_dialog (window)));
  adw_dialog_force_close (adw_application_window_get_visible_dialog (window));
  wait_until (adw_application_window_get_visible_dialog (window) == ADW_DIALOG (dialog));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (decider)));

  /* Nobody ticked is nothing lost. */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (decider), FALSE);
  g_assert_true (shows_visibly (dialog, nobody));
  adw_dialog_close (ADW_DIALOG (dialog));
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_open_sealed (void)
{
  AdwApplicationWindow *window;
  GtkWidget            *form, *sealed, *reason;
  AdwDialog            *dialog;
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (ProbitySealState) state = NULL;

  g_test_summary ("A new case is proposed to be sealed where a key is held of whom it is about, asks then for whom and why, and is opened so");

  force_add_person (force, "4002", "Nora", "Neighbour", "1980-02-02", NULL);
  session_fixture_add (force->casebook, "colleague", "psd-officer", "4002");
  probity_sealed_places_per_account = 1;
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  probity_sealed_places_per_account = 0;
  window = new_window (adw_navigation_page_new (gtk_label_new (NULL), "Cases"));

  /* What a form begins with, nobody has entered: it closes without a question. */
  dialog = open_new (window, NULL, &form);
  adw_dialog_close (dialog);
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);

  dialog = open_new (window, "4002", &form);
  wait_until (ui_shows_text (form, "This case is about colleague, or a relative of theirs, who could read its files"));
  probity_form_set_value (probity_form_dialog_get_form (PROBITY_FORM_DIALOG (dialog)), "title", "Zyxwgifts");
  probity_form_set_value (probity_form_dialog_get_form (PROBITY_FORM_DIALOG (dialog)), "origin", "report");
  /* The clock of the casebook is another than the desktop's. */
  probity_form_set_value (probity_form_dialog_get_form (PROBITY_FORM_DIALOG (dialog)), "received", "2026-01-05");
  sealed = ui_find_titled (form, "Sealed");
  reason = ui_find_titled (form, "Reason for the seal");
  g_assert_false (adw_switch_row_get_active (ADW_SWITCH_ROW (sealed)));
  g_assert_false (gtk_widget_get_mapped (reason));
  g_signal_emit_by_name (find_button (form, "_Seal"), "clicked");
  g_assert_true (adw_switch_row_get_active (ADW_SWITCH_ROW (sealed)));
  wait_until (gtk_widget_get_mapped (reason));

  /* Not without a reason; nothing is lost. */
  gtk_widget_activate_action (form, "form.save", NULL);
  g_assert_true (gtk_widget_has_css_class (reason, "error"));
  probity_text_row_set_text (PROBITY_TEXT_ROW (reason), "She works beside who would check it.");
  g_assert_false (gtk_widget_has_css_class (reason, "error"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (ui_find (form, GTK_TYPE_CHECK_BUTTON, "decider")), TRUE);
  g_assert_null (ui_find (form, GTK_TYPE_CHECK_BUTTON, "colleague"));
  gtk_widget_activate_action (form, "form.save", NULL);
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);

  cases = wait_for_boxed (probity_case_load_sealed (force->acu));
  g_assert_cmpuint (cases->len, ==, 1);
  g_assert_cmpstr (probity_record_get (g_ptr_array_index (cases, 0), "title"), ==, "Zyxwgifts");
  state = wait_for_boxed (probity_case_load_seal (force->acu, probity_record_get_reference (g_ptr_array_index (cases, 0))));
  g_assert_cmpuint (g_strv_length (state->holders), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *) state->holders, "decider"));

  /* Further accounts are named when there is one, and a decider holds it already. */
  dialog = ADW_DIALOG (probity_seal_dialog_new (force->acu, g_ptr_array_index (cases, 0), state));
  adw_dialog_present (dialog, GTK_WIDGET (window));
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "reason", "She helps.");
  g_assert_false (gtk_widget_get_sensitive (find_button (GTK_WIDGET (dialog), "_Name")));
  g_assert_false (shows_visibly (GTK_WIDGET (dialog), "Nobody who would find the case can decide it."));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (ui_find (GTK_WIDGET (dialog), GTK_TYPE_CHECK_BUTTON, NULL)), TRUE);
  g_assert_true (gtk_widget_get_sensitive (find_button (GTK_WIDGET (dialog), "_Name")));
  adw_dialog_force_close (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_menu (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), "More Steps") == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_menu (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_sealed_meanwhile (void)
{
  g_autofree char      *reference = force_investigate (force->acu, &probity_conduct_case, "Qwyxgift of a contractor", NULL);
  const char *const     nobody[] = { NULL };
  g_autofree char      *uid = NULL;
  AdwApplicationWindow *window;
  GtkWidget            *page;
  g_autoptr (ProbityRecord) record = NULL;

  g_test_summary ("Of a case that is sealed while somebody else looks at it nothing stays on their page, and no step that would show it");

  record = wait_for_boxed (probity_record_load (force->psd, probity_record_kind_find ("conduct-investigation"), reference));
  uid = g_strdup (probity_record_get_uid (record));
  page = probity_investigation_page_new (force->psd, &probity_conduct_case, uid);
  window = new_window (page);
  wait_until (ui_shows_text (page, "Qwyxgift") && find_menu (page) != NULL && gtk_widget_get_visible (find_menu (page)));

  probity_sealed_places_per_account = 2;
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  probity_sealed_places_per_account = 0;
  wait_for_success (probity_case_seal (force->acu, reference, nobody, "They work beside it."));
  wait_until (ui_shows_text (page, "Nothing to Show"));
  ui_settle (page);
  g_assert_false (gtk_widget_get_visible (find_menu (page)));
  g_assert_null (find_button (page, "_Propose Closing…"));
  g_assert_false (ui_shows_text (page, "Qwyxgift"));
  g_assert_false (ui_shows_text (page, "Sealed for"));
  g_assert_false (ui_shows_text (page, "Waiting for"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  application = ui_begin (&argc, &argv);
  force = force_new ("derbyshire");

  g_test_add_func ("/ui/investigation-page/sealed-answer", test_sealed_answer);
  g_test_add_func ("/ui/investigation-page/part", test_part);
  g_test_add_func ("/ui/investigation-page/kept-rows", test_kept_rows);
  g_test_add_func ("/ui/investigation-page/capture", test_capture);
  g_test_add_func ("/ui/investigation-page/next-step", test_next_step);
  g_test_add_func ("/ui/investigation-page/media-contacts", test_media_contacts);
  g_test_add_func ("/ui/investigation-page/unseen-check", test_unseen_check);
  g_test_add_func ("/ui/investigation-page/closing-dialog", test_closing_dialog);
  g_test_add_func ("/ui/investigation-page/typed", test_typed);
  g_test_add_func ("/ui/investigation-page/check-typed", test_check_typed);
  g_test_add_func ("/ui/investigation-page/instants", test_instants);
  g_test_add_func ("/ui/investigation-page/seal-dialog", test_seal_dialog);
  g_test_add_func ("/ui/investigation-page/open-sealed", test_open_sealed);
  g_test_add_func ("/ui/investigation-page/sealed-meanwhile", test_sealed_meanwhile);

  return ui_end (application, force);
}
