/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-annual-review-page-private.h"
#include "probity-annual-review-page.h"
#include "probity-annual-review.h"
#include "probity-appeal.h"
#include "probity-application.h"
#include "probity-compliance.h"
#include "probity-import.h"
#include "probity-second-job-page.h"
#include "probity-step-dialog.h"
#include "probity-watch-page.h"
#include "probity-watch.h"
#include "ui-fixture.h"

/* What follows the decision of a second job, on its page and on the page of the watch list. */

static Force              *force;
static ProbitySession     *chief;
static ProbityApplication *application;

static AdwApplicationWindow *
new_window (GtkWidget *content)
{
  return ui_window_new (GTK_APPLICATION (application), content);
}

static AdwApplicationWindow *
open_case (ProbitySession *session,
           const char     *reference,
           GtkWidget     **ret_page)
{
  g_autoptr (ProbityRecord) record = force_load (session, reference);

  *ret_page = probity_second_job_page_new (session, probity_record_get_uid (record));

  return new_window (*ret_page);
}

static ProbityStepDialog *
open_dialog (AdwApplicationWindow *window,
             GtkWidget            *page,
             const char           *action)
{
  gtk_widget_activate_action (page, action, NULL);
  wait_until (adw_application_window_get_visible_dialog (window) != NULL);

  return PROBITY_STEP_DIALOG (adw_application_window_get_visible_dialog (window));
}

static void
take (AdwApplicationWindow *window,
      const char           *label)
{
  GtkWidget *button = ui_find_any_button (GTK_WIDGET (adw_application_window_get_visible_dialog (window)), label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
}

static char *
refuse_one (const char *employer)
{
  g_autofree char *reference = force_submit (force, force->hr, "1001", employer);
  ProbityDecision  decision = { .action = "refuse", .open_reasons = "conflict with the office", .restricted_reasons = "RESTRICTEDWORD" };

  force_prepare (force, reference);
  wait_for_success (probity_second_job_decide (force->decider, reference, &decision));

  return g_steal_pointer (&reference);
}

/* The menu of further steps in the page's header. */
static gboolean
offers_menu (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), "More Steps") == 0)
    return gtk_widget_get_visible (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (offers_menu (child))
      return TRUE;

  return FALSE;
}

static void
test_appeal (void)
{
  g_autofree char      *reference = refuse_one ("The Bell");
  GtkWidget            *page;
  AdwApplicationWindow *window = open_case (force->hr, reference, &page);
  ProbityStepDialog    *dialog;

  g_test_summary ("HR records the service and lodges the appeal; the decider seals; the chief officer alone reads and decides");

  wait_until (ui_shows_text (page, "conflict with the office") && ui_find_any_button (page, "Letter _Served…") != NULL);
  dialog = open_dialog (window, page, "case.serve");
  /* Nothing was entered before, and nobody is told so who only hears what stands there. */
  g_assert_false (gtk_widget_get_visible (ui_find (GTK_WIDGET (dialog), ADW_TYPE_BANNER, NULL)));
  probity_step_dialog_set (dialog, "how", "by hand");
  take (window, "_Record");
  wait_until (ui_shows_text (page, "Last day to appeal"));
  /* In the timeline too. */
  wait_until (ui_shows_text (page, "2 Mar 2026: by hand"));
  dialog = open_dialog (window, page, "case.lodge-appeal");
  probity_step_dialog_set (dialog, "grounds", "GROUNDSWORD");
  take (window, "_Lodge");
  wait_until (ui_shows_text (page, "GROUNDSWORD") && ui_shows_text (page, "Under appeal"));
  g_assert_false (ui_shows_text (page, "Watch List"));
  g_assert_true (offers_menu (page));
  gtk_window_destroy (GTK_WINDOW (window));

  /* Before the reasons are sealed to them a chief officer has no step, so no menu that would open empty. */
  window = open_case (chief, reference, &page);
  wait_until (ui_shows_text (page, "Waiting for professional standards"));
  g_assert_false (offers_menu (page));
  gtk_window_destroy (GTK_WINDOW (window));

  window = open_case (force->decider, reference, &page);
  wait_until (ui_find_any_button (page, "_Seal Reasons…") != NULL && gtk_widget_get_visible (ui_find_any_button (page, "_Seal Reasons…")));
  open_dialog (window, page, "case.seal-appeal");
  take (window, "_Seal");
  gtk_window_destroy (GTK_WINDOW (window));

  window = open_case (chief, reference, &page);
  wait_until (ui_find_any_button (page, "_Decide Appeal…") != NULL);
  g_assert_true (offers_menu (page));
  g_assert_false (ui_shows_text (page, "RESTRICTEDWORD"));
  gtk_widget_activate_action (page, "case.appeal-reasons", NULL);
  wait_until (adw_application_window_get_visible_dialog (window) != NULL);
  wait_until (ui_shows_text (GTK_WIDGET (adw_application_window_get_visible_dialog (window)), "RESTRICTEDWORD"));
  g_assert_true (ui_shows_text (GTK_WIDGET (adw_application_window_get_visible_dialog (window)), "Line manager’s comment: supports it"));
  adw_dialog_force_close (adw_application_window_get_visible_dialog (window));
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  dialog = open_dialog (window, page, "case.decide-appeal");
  probity_step_dialog_set (dialog, "action", "uphold");
  probity_step_dialog_set (dialog, "reasons", "heard on both sides");
  take (window, "_Decide");
  wait_until (ui_shows_text (page, "Registered"));
  assert_field (force->hr, reference, "outcome", "approved");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_unseen_check (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Globe");
  const char           *note = "only they and deciders see whether it is done.";
  GtkWidget            *page;
  AdwApplicationWindow *window = open_case (force->psd, reference, &page);

  g_test_summary ("Professional standards read the same of the intelligence check whether it is made or not: neither done nor missing");

  wait_until (ui_shows_text (page, note));
  g_assert_true (ui_shows_text (page, "Missing"));
  gtk_window_destroy (GTK_WINDOW (window));

  force_prepare (force, reference);
  window = open_case (force->psd, reference, &page);
  wait_until (ui_shows_text (page, note));
  g_assert_false (ui_shows_text (page, "Missing"));
  gtk_window_destroy (GTK_WINDOW (window));

  window = open_case (force->decider, reference, &page);
  wait_until (ui_shows_text (page, "Intelligence check"));
  g_assert_false (ui_shows_text (page, note));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_conditions (void)
{
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Swan");
  g_autoptr (ProbityValues) values = probity_values_new ();
  GtkWidget            *page;
  AdwApplicationWindow *window;

  g_test_summary ("Conditions stand on the page with their reviews; who decides answers for one that was not kept");

  force_prepare (force, reference);
  wait_for_success (force_decide (force->decider, reference, "approve-with-conditions"));
  window = open_case (force->hr, reference, &page);
  wait_until (ui_shows_text (page, "not in uniform"));
  probity_values_set (values, "result", "not-complied");
  probity_values_set (values, "seen", "SEENWORD");
  wait_for_success (probity_compliance_review (force->hr, reference, 1, values));
  wait_until (ui_shows_text (page, "SEENWORD") && ui_shows_text (page, "Not kept"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_watch (void)
{
  g_autofree char      *reference = refuse_one ("The Anchor");
  GtkWidget            *page;
  AdwApplicationWindow *window;

  g_test_summary ("Professional standards find the watch list on the case and on its page; HR finds neither");

  wait_for_success (probity_watch_add (force->psd, reference, "WATCHWORD", "+5"));
  window = open_case (force->psd, reference, &page);
  wait_until (ui_shows_text (page, "WATCHWORD"));
  gtk_window_destroy (GTK_WINDOW (window));

  page = GTK_WIDGET (probity_watch_page_new (force->psd));
  window = new_window (page);
  wait_until (ui_shows_text (page, "The Anchor"));
  wait_for_success (probity_watch_end (force->psd, reference, "moved away"));
  wait_until (ui_shows_text (page, "Nothing on the Watch List"));
  gtk_window_destroy (GTK_WINDOW (window));

  window = open_case (force->hr, reference, &page);
  wait_until (ui_shows_text (page, "conflict with the office"));
  g_assert_false (ui_shows_text (page, "WATCHWORD"));
  g_assert_false (ui_shows_text (page, "Watch List"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_annual_review (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Ship");
  GtkWidget            *page;
  AdwApplicationWindow *window;
  ProbityStepDialog    *dialog;

  g_test_summary ("The head of HR begins the run; what is outstanding is chased, returned and ends the run; others begin none");

  force_prepare (force, reference);
  wait_for_success (force_decide (force->decider, reference, "approve"));
  force_set_now (force, "2027-03-01T10:00:00.000Z");
  page = GTK_WIDGET (probity_annual_review_page_new (force->hr));
  window = new_window (page);
  wait_until (ui_shows_text (page, "No Annual Review Yet"));
  g_assert_false (gtk_widget_get_visible (ui_find_any_button (page, "_Begin a Run…")));
  gtk_window_destroy (GTK_WINDOW (window));

  page = GTK_WIDGET (probity_annual_review_page_new (force->head));
  window = new_window (page);
  wait_until (ui_shows_text (page, "No Annual Review Yet") && gtk_widget_get_visible (ui_find_any_button (page, "_Begin a Run…")));
  g_signal_emit_by_name (ui_find_any_button (page, "_Begin a Run…"), "clicked");
  wait_until (adw_application_window_get_visible_dialog (window) != NULL);
  dialog = PROBITY_STEP_DIALOG (adw_application_window_get_visible_dialog (window));
  probity_step_dialog_set (dialog, "until", "2027-03-31");
  take (window, "_Begin");
  wait_until (ui_shows_text (page, "The Ship"));
  dialog = open_dialog (window, page, "review.chase");
  probity_step_dialog_set (dialog, "how", "by letter");
  take (window, "_Record");
  wait_until (ui_shows_text (page, "chased once"));
  /* Not before it is overdue. */
  g_assert_null (ui_find_any_button (page, "_Lapse…"));
  wait_for_success (probity_second_job_review (force->hr, reference, "no-change", NULL, NULL));
  wait_until (ui_shows_text (page, "No change"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* An existing register of @n jobs of one person, all due in January 2020. */
static void
import_register (guint n)
{
  g_autoptr (GString) csv = g_string_new ("reference,received,staff_number,employer,category,nature,paid,weekly_hours,start,outcome,decided,next_review\n");
  g_autofree char *path = g_build_filename (force->casebook->base, "register.csv", NULL);
  g_autoptr (ProbityImportReport) report = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "BI/%03u,2019-01-10,1002,Employer %03u,waged,Work,yes,6,2019-02-01,approved,2019-01-20,2020-01-%02u\n", i, i, 1 + i / 5);
  g_file_set_contents (path, csv->str, -1, NULL);
  report = wait_for_boxed (probity_import (force->head, "second-jobs", path, NULL, FALSE));
  g_assert_cmpint (report->added, ==, n);
}

static void
begin_run (const char *from,
           const char *until)
{
  g_autoptr (ProbityValues) begun = wait_for_boxed (probity_annual_review_begin (force->head, from, until));

  g_assert_nonnull (begun);
}

static void
test_annual_review_runs (void)
{
  GtkWidget            *page, *row;
  AdwApplicationWindow *window;
  ProbityStepDialog    *dialog;
  g_autoptr (ProbityCheck) check = NULL;
  g_autofree char *complaint = NULL;

  g_test_summary ("Earlier runs can be chosen, any number of rows is turned through, and a batch says what came of other systems");

  import_register (130);
  begin_run ("2020-01-01", "2020-01-31");
  begin_run ("2020-01-01", "2020-01-01");
  page = GTK_WIDGET (probity_annual_review_page_new (force->psd));
  window = new_window (page);
  wait_until (ui_shows_text (page, "Employer 004"));
  g_assert_false (ui_shows_text (page, "Employer 005"));
  g_assert_false (ui_shows_text (page, "of 130"));
  row = ui_find (page, ADW_TYPE_COMBO_ROW, NULL);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  wait_until (ui_shows_text (page, "1–100 of 130") && ui_shows_text (page, "Employer 099"));
  g_assert_false (ui_shows_text (page, "Employer 100"));
  g_assert_true (ui_shows_text (page, "Earlier Run"));
  gtk_widget_activate_action (page, "review.turn", "(bu)", TRUE, 100u);
  wait_until (ui_shows_text (page, "101–130 of 130") && ui_shows_text (page, "Employer 129"));
  g_assert_false (ui_shows_text (page, "Employer 099"));

  row = ui_find (page, ADW_TYPE_COMBO_ROW, NULL);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  wait_until (ui_shows_text (page, "Newest Run") && ui_shows_text (page, "Employer 004"));
  g_assert_false (ui_shows_text (page, "Hits to Assess"));
  dialog = open_dialog (window, page, "review.check-complaints");
  probity_step_dialog_set (dialog, "civil-claims", "3 March: nothing there");
  take (window, "_Check");
  wait_until (ADW_IS_ALERT_DIALOG (adw_application_window_get_visible_dialog (window)));
  g_assert_true (ui_shows_text (GTK_WIDGET (adw_application_window_get_visible_dialog (window)), "5 searched, 5 without a hit published"));
  check = wait_for_boxed (probity_check_load (force->psd, "BI/002", NULL, PROBITY_CHECK_COMPLAINTS));
  g_assert_cmpuint (check->searched->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (check->searched, 0), ==, "civil-claims=3 March: nothing there");
  adw_dialog_force_close (adw_application_window_get_visible_dialog (window));

  /* Whom a later batch hits stands on the page when the alert is closed, for who makes such checks. */
  complaint = force_add_complaint (force, "CM/9", "Incivility", "1002", NULL, NULL);
  wait_for_success (probity_annual_review_check (force->psd, 0, PROBITY_CHECK_COMPLAINTS, NULL));
  wait_until (ui_shows_text (page, "Hits to Assess") && ui_shows_text (page, "Complaints check: 1 hit"));
  gtk_window_destroy (GTK_WINDOW (window));
  page = GTK_WIDGET (probity_annual_review_page_new (force->hr));
  window = new_window (page);
  wait_until (ui_shows_text (page, "Employer 004"));
  g_assert_false (ui_shows_text (page, "Hits to Assess"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The staff list says that they have left. */
static void
import_leaver (const char *staff_number,
               const char *forenames,
               const char *surname)
{
  g_autofree char *csv = g_strdup_printf ("staff_number,forenames,surname,status\n%s,%s,%s,left\n", staff_number, forenames, surname);
  g_autofree char *path = g_build_filename (force->casebook->base, "staff.csv", NULL);
  g_autoptr (ProbityImportReport) report = NULL;

  g_file_set_contents (path, csv, -1, NULL);
  report = wait_for_boxed (probity_import (force->head, "staff", path, NULL, FALSE));
  g_assert_cmpint (report->changed, ==, 1);
}

static void
test_annual_review_ends (void)
{
  GtkWidget            *page;
  AdwApplicationWindow *window;
  ProbityStepDialog    *dialog;

  g_test_summary ("Before a job lapses or ceases the dialog says whose it is, and a leaver stands on the page once the staff list has them");

  wait_for_success (probity_annual_review_chase (force->hr, 0, NULL, "by letter"));
  page = GTK_WIDGET (probity_annual_review_page_new (force->head));
  window = new_window (page);
  wait_until (ui_shows_text (page, "Employer 004") && ui_find_button (page, "_Lapse…") != NULL);
  gtk_widget_activate_action (page, "review.lapse", "s", "BI/001");
  wait_until (adw_application_window_get_visible_dialog (window) != NULL);
  dialog = PROBITY_STEP_DIALOG (adw_application_window_get_visible_dialog (window));
  g_assert_true (ui_shows_text (GTK_WIDGET (dialog), "BI/001 · Sheila Brannigan · Employer 001"));
  probity_step_dialog_set (dialog, "reason", "Nobody answers.");
  take (window, "_Lapse");
  wait_until (ui_shows_text (page, "Lapsed"));

  g_assert_false (ui_shows_text (page, "has left the force"));
  import_leaver ("1002", "Sheila", "Brannigan");
  wait_until (ui_shows_text (page, "has left the force"));
  gtk_widget_activate_action (page, "review.leavers", NULL);
  wait_until (ADW_IS_ALERT_DIALOG (adw_application_window_get_visible_dialog (window)));
  g_assert_true (ui_shows_text (GTK_WIDGET (adw_application_window_get_visible_dialog (window)), "BI/004 · Sheila Brannigan · Employer 004"));
  g_assert_false (ui_shows_text (GTK_WIDGET (adw_application_window_get_visible_dialog (window)), "Employer 001"));
  take (window, "_Cease");
  wait_until (ui_shows_text (page, "Ceased"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Lets the page take a file of @text, and asserts that the alert says @words. */
static void
refuse_returns (AdwApplicationWindow *window,
                GtkWidget            *page,
                const char           *text,
                const char           *words)
{
  g_autofree char *path = g_build_filename (force->casebook->base, "returns.csv", NULL);
  GtkWidget       *alert;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  probity_annual_review_page_take_path (page, path);
  wait_until (ADW_IS_ALERT_DIALOG (adw_application_window_get_visible_dialog (window)));
  alert = GTK_WIDGET (adw_application_window_get_visible_dialog (window));
  g_test_message ("%s", adw_alert_dialog_get_body (ADW_ALERT_DIALOG (alert)));
  g_assert_true (g_str_has_prefix (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (alert)), words));
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (alert)), "The first row of the file names its columns"));
  adw_dialog_force_close (ADW_DIALOG (alert));
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
}

static void
test_annual_review_file (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Plough");
  g_autofree char      *invalid = g_strdup_printf ("reference,result,weekly_hours\n%s,changed,many\n", reference);
  const char           *wrong = "reference,result,weekly_hours\nSJ/1999/0001,ceased,\n,no-change,\nSJ/1999/0002,sideways,\n\"SJ\"/1999,ceased,\n";
  const char           *words = "Line 2: reference: It is not in the register.\n"
                                "Line 3: reference: This has to be filled in.\n"
                                "Line 4: result: This is none of no-change, changed and ceased.\n"
                                "Line 4: reference: It is not in the register.\n"
                                "Line 5: It cannot be read: it is too long, or its quotation marks do not match.\n\n";
  GtkWidget            *page = GTK_WIDGET (probity_annual_review_page_new (force->hr));
  AdwApplicationWindow *window = new_window (page);

  g_test_summary ("What stands in the way of taking a file of returns is said in the words of the window, with line and column");

  force_prepare (force, reference);
  wait_for_success (force_decide (force->decider, reference, "approve"));
  refuse_returns (window, page, wrong, words);
  refuse_returns (window, page, "reference,result,verdict\nSJ/1999/0001,ceased,\n", "Line 1: “verdict”: A heading is missing, is not known, or stands there twice.\n");
  refuse_returns (window, page, "reference,note\nSJ/1999/0001,ceased\n", "A heading is missing, is not known, or stands there twice.\n");
  refuse_returns (window, page, invalid, "Line 2: Weekly hours: This is not a number of hours.");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_annual_review_appeal (void)
{
  g_autofree char      *appealed = force_submit (force, force->hr, "1001", "The Harp");
  g_autofree char      *other = force_submit (force, force->hr, "1001", "The Lamb");
  GtkWidget            *page, *dialog;
  AdwApplicationWindow *window;
  g_autoptr (ProbityValues) appeal = probity_values_new ();

  g_test_summary ("While an appeal is open no lapse is offered and no return but one of no change; of leavers the others cease, and it is named with the reason");

  force_set_now (force, "2028-04-03T10:00:00.000Z");
  force_prepare (force, appealed);
  force_prepare (force, other);
  wait_for_success (force_decide (force->decider, appealed, "approve-with-conditions"));
  wait_for_success (force_decide (force->decider, other, "approve"));
  wait_for_success (probity_appeal_serve (force->hr, appealed, "2028-04-03", "by hand"));
  probity_values_set (appeal, "grounds", "The bar is shut when I am on duty.");
  wait_for_success (probity_appeal_lodge (force->hr, appealed, appeal));
  force_set_now (force, "2029-05-02T10:00:00.000Z");
  begin_run ("2029-04-01", "2029-04-30");
  wait_for_success (probity_annual_review_chase (force->hr, 0, NULL, "by letter"));

  window = open_case (force->hr, appealed, &page);
  wait_until (ui_shows_text (page, "The bar is shut when I am on duty."));
  dialog = GTK_WIDGET (open_dialog (window, page, "case.review"));
  g_assert_true (ui_shows_text (dialog, "An appeal is open, which is decided first."));
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "result", "no-change");
  g_assert_true (gtk_widget_get_sensitive (ui_find_any_button (dialog, "_Enter Return")));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  gtk_window_destroy (GTK_WINDOW (window));

  page = GTK_WIDGET (probity_annual_review_page_new (force->head));
  window = new_window (page);
  wait_until (ui_shows_text (page, "The Harp") && ui_shows_text (page, "The Lamb"));
  g_assert_true (ui_shows_text (page, "an appeal is open, which is decided first"));
  /* Of the two rows one has the button. */
  dialog = ui_find_any_button (page, "_Lapse…");
  g_assert_nonnull (dialog);
  g_assert_cmpstr (g_variant_get_string (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (dialog)), NULL), ==, other);

  import_leaver ("1001", "Jonathan", "Applegate");
  wait_until (ui_shows_text (page, "has left the force"));
  gtk_widget_activate_action (page, "review.leavers", NULL);
  wait_until (ADW_IS_ALERT_DIALOG (adw_application_window_get_visible_dialog (window)));
  dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (window));
  g_assert_true (ui_shows_text (dialog, "The Lamb\n\nAn appeal is open on what follows"));
  g_assert_true (ui_shows_text (dialog, "The Harp"));
  g_signal_emit_by_name (ui_find_any_button (dialog, "_Cease"), "clicked");
  wait_until (adw_application_window_get_visible_dialog (window) != NULL && ui_shows_text (GTK_WIDGET (adw_application_window_get_visible_dialog (window)), "1 job has ceased"));
  g_assert_true (ui_shows_text (GTK_WIDGET (adw_application_window_get_visible_dialog (window)), appealed));
  g_assert_false (ui_shows_text (GTK_WIDGET (adw_application_window_get_visible_dialog (window)), other));
  assert_field (force->hr, other, "stage", "ceased");
  assert_field (force->hr, appealed, "stage", "registered");
  adw_dialog_force_close (adw_application_window_get_visible_dialog (window));
  wait_until (ui_shows_text (page, "Ceased") && ui_find_any_button (page, "_Lapse…") == NULL);
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
  g_application_register (G_APPLICATION (application), NULL, NULL);
  force = force_new ("generic");
  session_fixture_add (force->casebook, "chief", "chief-officer", "7001");
  chief = session_fixture_sign_in (force->casebook, "chief");
  g_test_add_func ("/follow-up/appeal", test_appeal);
  g_test_add_func ("/follow-up/unseen-check", test_unseen_check);
  g_test_add_func ("/follow-up/conditions", test_conditions);
  g_test_add_func ("/follow-up/watch", test_watch);
  g_test_add_func ("/follow-up/annual-review", test_annual_review);
  g_test_add_func ("/follow-up/annual-review-runs", test_annual_review_runs);
  g_test_add_func ("/follow-up/annual-review-ends", test_annual_review_ends);
  g_test_add_func ("/follow-up/annual-review-file", test_annual_review_file);
  g_test_add_func ("/follow-up/annual-review-appeal", test_annual_review_appeal);
  status = g_test_run ();
  session_fixture_sign_out (chief);
  force_free (force);
  g_object_unref (application);

  return status;
}
