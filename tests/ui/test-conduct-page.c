/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-application.h"
#include "probity-conduct.h"
#include "probity-investigation-page.h"
#include "probity-step-dialog.h"
#include "ui-fixture.h"

/* What the page of a conduct investigation says of notices and statutory reports. */

static Force              *force;
static ProbityApplication *application;

static void
add_row (const char *reference,
         const char *part,
         const char *field,
         ...)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  va_list arguments;

  va_start (arguments, field);
  for (; field != NULL; field = va_arg (arguments, const char *))
    probity_values_set (values, field, va_arg (arguments, const char *));
  va_end (arguments);
  wait_for_success (probity_investigation_add_row (force->psd, probity_case_part_find (&probity_conduct_case, part), reference, values));
}

static void
test_days_are_named (void)
{
  g_autofree char      *reference = force_investigate (force->psd, &probity_conduct_case, "Words at a desk", "1001");
  AdwApplicationWindow *window;
  GtkWidget            *page;
  g_autoptr (ProbityRecord) record = NULL;

  g_test_summary ("A notice and a report say whether they were given or sent, and which of their days is which");

  add_row (reference, "notice", "subject", "1001", "withheld_reason", "He would warn others.", "review_date", "2026-03-20", NULL);
  add_row (reference, "notice", "subject", "1001", "served", "2026-03-02", "conduct_stated", "true", "severity_stated", "true", "proceedings_stated", "true", "advice_stated", "true", "representations_stated", "true", "inference_stated", "true", "terms_of_reference", "The words at the desk.", "representations_due", "2026-03-16", NULL);
  add_row (reference, "progress-report", "due", "2027-03-02", "came_to_attention", "2026-03-02", "withheld_reason", "It would warn him.", NULL);
  add_row (reference, "progress-report", "due", "2027-09-02", "came_to_attention", "2026-03-02", "progress", "p", "estimated_end", "2027-12-01", "reason_for_time", "r", "planned_steps", "s", "sent", "2026-03-01", "sent_to", "the local policing body", NULL);
  record = wait_for_boxed (probity_record_load (force->psd, &probity_conduct_kind, reference));
  page = probity_investigation_page_new (force->psd, &probity_conduct_case, probity_record_get_uid (record));
  window = ui_window_new (GTK_APPLICATION (application), page);
  wait_until (ui_shows_text (page, "Withheld, to be looked at again on 20 Mar 2026\nHe would warn others."));
  wait_until (ui_shows_text (page, "Given on 2 Mar 2026 · representations until 16 Mar 2026"));
  wait_until (ui_shows_text (page, "Due on 2 Mar 2027") && ui_shows_text (page, "Withheld: It would warn him."));
  wait_until (ui_shows_text (page, "Due on 2 Sep 2027") && ui_shows_text (page, "Sent on 1 Mar 2026 · the local policing body"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_withheld_until_a_day_to_come (void)
{
  g_autofree char      *reference = force_investigate (force->psd, &probity_conduct_case, "Words in a car", "1001");
  AdwApplicationWindow *window;
  GtkWidget            *page, *dialog, *row;
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->psd, &probity_conduct_kind, reference));

  g_test_summary ("A day that has passed is refused where a notice is withheld, in words; what was entered is kept, and a later day is taken");

  page = probity_investigation_page_new (force->psd, &probity_conduct_case, probity_record_get_uid (record));
  window = ui_window_new (GTK_APPLICATION (application), page);
  wait_until (ui_find_button (page, "Give a Notice") != NULL);
  g_signal_emit_by_name (ui_find_button (page, "Give a Notice"), "clicked");
  wait_until (adw_application_window_get_visible_dialog (window) != NULL);
  dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (window));
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "action", "withheld");
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "withheld_reason", "He would warn others.");
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "review_date", "2026-03-01");
  g_signal_emit_by_name (ui_find_any_button (dialog, "_Continue"), "clicked");
  wait_until (adw_application_window_get_visible_dialog (window) == NULL || ui_shows_text (dialog, "To be looked at again on: This day has passed. Give today or a later one."));
  g_assert_true (adw_application_window_get_visible_dialog (window) == ADW_DIALOG (dialog));
  g_assert_cmpstr (probity_step_dialog_get (PROBITY_STEP_DIALOG (dialog), "withheld_reason"), ==, "He would warn others.");
  row = ui_find_titled (dialog, "To be looked at again on");
  g_assert_true (gtk_widget_has_css_class (row, "error"));

  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "review_date", "2026-03-09");
  g_signal_emit_by_name (ui_find_any_button (dialog, "_Continue"), "clicked");
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  wait_until (ui_shows_text (page, "Withheld, to be looked at again on 9 Mar 2026"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  application = ui_begin (&argc, &argv);
  force = force_new ("derbyshire");
  g_test_add_func ("/ui/conduct-page/days-are-named", test_days_are_named);
  g_test_add_func ("/ui/conduct-page/withheld-until-a-day-to-come", test_withheld_until_a_day_to_come);
  return ui_end (application, force);
}
