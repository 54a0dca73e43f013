/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-application.h"
#include "probity-window.h"
#include "ui-fixture.h"

/* What a page that is open leaves in the log of what was looked at. */

static Force              *force;
static ProbityApplication *application;

static ProbityWindow *
new_window_as (const char *account)
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
  return window;
}

/* Consultations of the record @uid in the highest compartment that PSD holds; @field NULL: of the record itself. */
static gint64
count_consultations (const char *uid,
                     const char *field)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM audit_entry WHERE verb = 'consultation' AND record = '%s' AND coalesce (field, '') = '%s'", uid, field != NULL ? field : "");

  return wait_for_int64 (read_int64 (probity_session_get_casebook (force->psd), PROBITY_COMPARTMENT_STANDARDS, sql, NULL));
}

/* Saves another allegation; the version is counted here, for reading it would be one more consultation. */
static void
change_allegation (const char *uid,
                   gint64      version,
                   const char *allegation)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityRecord) changed = NULL;

  probity_values_set (values, "allegation", allegation);
  changed = wait_for_boxed (probity_record_update (force->acu, probity_record_kind_find ("complaint"), uid, version, values));
  g_assert_cmpint (probity_record_get_version (changed), ==, version + 1);
}

static void
test_record_page (void)
{
  g_autofree char *uid = force_add_complaint (force, "CO/VISIT", "Incivility", "1001", NULL, NULL);
  const gint64     records = count_consultations (uid, NULL);
  const gint64     subjects = count_consultations (uid, "subjects");
  ProbityWindow   *window = new_window_as ("psd");

  g_test_summary ("A record that is open and changes is consulted once; opened again it is consulted again");

  probity_window_open_record (window, "complaint", uid);
  wait_until (ui_shows_text (GTK_WIDGET (window), "Incivility"));
  ui_settle (GTK_WIDGET (window));
  /* Shown only after the entry was committed. */
  g_assert_cmpint (count_consultations (uid, NULL), ==, records + 1);
  g_assert_cmpint (count_consultations (uid, "subjects"), ==, subjects + 1);

  change_allegation (uid, 2, "Overbearing conduct");
  wait_until (ui_shows_text (GTK_WIDGET (window), "Overbearing conduct"));
  change_allegation (uid, 3, "Neglect of duty");
  wait_until (ui_shows_text (GTK_WIDGET (window), "Neglect of duty"));
  ui_settle (GTK_WIDGET (window));
  g_assert_cmpint (count_consultations (uid, NULL), ==, records + 1);
  g_assert_cmpint (count_consultations (uid, "subjects"), ==, subjects + 1);

  probity_window_show_section (window, "my-day");
  probity_window_open_record (window, "complaint", uid);
  wait_until (ui_shows_text (GTK_WIDGET (window), "Neglect of duty"));
  ui_settle (GTK_WIDGET (window));
  g_assert_cmpint (count_consultations (uid, NULL), ==, records + 2);
  g_assert_cmpint (count_consultations (uid, "subjects"), ==, subjects + 2);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_iterate ();
}

static void
test_case_page (void)
{
  g_autofree char *reference = force_submit (force, force->hr, "1001", "Corner Bakery");
  ProbityWindow   *window = new_window_as ("psd");
  g_autofree char *uid = NULL;

  g_test_summary ("A case that is open while others take its steps is consulted once");

  {
    g_autoptr (ProbityRecord) job = force_load (force->hr, reference);

    uid = g_strdup (probity_record_get_uid (job));
  }
  probity_window_open_record (window, "second-job", uid);
  wait_until (ui_shows_text (GTK_WIDGET (window), "Corner Bakery"));
  wait_for_success (probity_second_job_comment (force->manager, reference, NULL, "a good officer", TRUE, NULL, NULL));
  wait_until (ui_shows_text (GTK_WIDGET (window), "a good officer"));
  wait_for_success (probity_second_job_comment (force->head, reference, "head-of-hr", "hours are fine", TRUE, NULL, NULL));
  wait_until (ui_shows_text (GTK_WIDGET (window), "hours are fine"));
  ui_settle (GTK_WIDGET (window));
  g_assert_cmpint (count_consultations (uid, NULL), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_iterate ();
}

int
main (int   argc,
      char *argv[])
{
  application = ui_begin (&argc, &argv);
  force = force_new ("derbyshire");

  g_test_add_func ("/ui/visit/record-page", test_record_page);
  g_test_add_func ("/ui/visit/case-page", test_case_page);
  return ui_end (application, force);
}
