/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-import.h"
#include "probity-record-kind.h"
#include "second-job-fixture.h"

/* What becomes of published checks and of a view given when a complaint or report comes or changes later. */

static gint64
count (ProbitySession *session,
       const char     *sql)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), PROBITY_COMPARTMENT_REGISTERS, sql, NULL));
}

/* Every field of a record as it stands, one changed. */
static void
change_record (ProbitySession *session,
               const char     *kind_name,
               const char     *uid,
               const char     *field,
               const char     *value)
{
  const ProbityRecordKind *kind = probity_record_kind_find (kind_name);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (session, kind, uid));
  g_autoptr (ProbityRecord) changed = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();

  probity_values_set (values, field, value);
  changed = wait_for_boxed (probity_record_update (session, kind, uid, probity_record_get_version (record), values));
}

static void
change_subject (ProbitySession *session,
                const char     *kind_name,
                const char     *uid,
                const char     *staff_number,
                const char     *name)
{
  const ProbityRecordKind *kind = probity_record_kind_find (kind_name);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (session, kind, uid));
  g_autoptr (ProbityRecord) changed = NULL;
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);

  g_ptr_array_add (subjects, probity_subject_new (staff_number, name, NULL));
  changed = wait_for_boxed (probity_record_set_subjects (session, kind, uid, probity_record_get_version (record), subjects));
}

static char *
submit_and_view (Force *force)
{
  char *reference = force_submit (force, force->hr, "1001", "Peak Cycle Hire Ltd");

  force_prepare (force, reference);
  wait_for_success (probity_second_job_view (force->decider, reference, FALSE, NULL));
  assert_missing (force->decider, reference, "");
  assert_missing (force->head, reference, "");

  return reference;
}

/* The decider is told of a new record; the signatory's box is void, of the same size, and outwardly the case is where it was. */
static void
assert_view_void (Force      *force,
                  const char *reference)
{
  assert_missing (force->decider, reference, "new-record professional-standards-view");
  assert_missing (force->head, reference, "professional-standards");
  assert_refused (force_decide (force->head, reference, "approve"), "professional-standards");
  g_assert_cmpint (count (force->head, "SELECT count (DISTINCT length (box)) FROM sealed_view"), ==, 1);
  g_assert_cmpint (count (force->head, "SELECT count (*) FROM sealed_view"), ==, 2);
  assert_field (force->hr, reference, "stage", "with-professional-standards");
}

/* Rule: a complaint that the check came upon already, and that says something else now, is a new record. */
static void
test_complaint_changes (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *complaint = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);
  g_autofree char *reference = submit_and_view (force);

  change_record (force->psd, "complaint", complaint, "allegation", "Supplied what was seized to a customer");
  assert_view_void (force, reference);
}

/* Rule: the same of a report, and of one whose sanitised text comes to name the employer. */
static void
test_report_names_the_employer (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *report = force_add_report (force, "IR/1", "source says", "a shop is used", NULL, "Winifred Zimmermann");
  g_autofree char *reference = submit_and_view (force);

  change_record (force->acu, "intelligence-report", report, "sanitised_text", "Peak Cycle Hire is used to launder money");
  assert_view_void (force, reference);
}

/* Rule: other subjects of a record that stood there before touch the applicant as a new record does. */
static void
test_subjects_change (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *report = force_add_report (force, "IR/1", "source says", "seen with a dealer", NULL, "Winifred Zimmermann");
  g_autofree char *reference = submit_and_view (force);

  change_subject (force->acu, "intelligence-report", report, NULL, "Jonathan Applegate");
  assert_view_void (force, reference);
}

/* Rule: by a relative of the applicant too, as a check searches. */
static void
test_relative (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = NULL;
  g_autofree char *complaint = NULL;

  force_add_person (force, "1003", "Peregrine", "Underhill", "1980-02-02", "2001");
  force_relate (force, "1001", "1003");
  reference = submit_and_view (force);
  complaint = force_add_complaint (force, "CO/1", "Assault", "1003", NULL, NULL);
  assert_view_void (force, reference);
}

/* Rule: a file that changes a record does what the form does. */
static void
test_file_changes (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *complaint = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);
  g_autofree char *reference = submit_and_view (force);
  g_autofree char *path = g_build_filename (force->casebook->folder, "..", "later.csv", NULL);
  g_autoptr (ProbityImportReport) report = NULL;

  g_assert_true (g_file_set_contents (path, "reference,allegation,staff_number\nCO/1,Assault,1001\n", -1, NULL));
  report = wait_for_boxed (probity_import (force->psd, "complaints", path, NULL, FALSE));
  g_assert_cmpuint (report->changed, ==, 1);
  assert_view_void (force, reference);
}

/* Rule: what does not touch the applicant leaves the view as it is, and boxes are renewed once a change. */
static void
test_stranger (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *report = force_add_report (force, "IR/1", "source says", "seen", NULL, "Winifred Zimmermann");
  g_autofree char *reference = submit_and_view (force);

  change_record (force->acu, "intelligence-report", report, "provenance", "a neighbour");
  change_subject (force->acu, "intelligence-report", report, NULL, "Winifred Zimmer");
  assert_missing (force->decider, reference, "");
  assert_missing (force->head, reference, "");
  g_assert_cmpint (count (force->head, "SELECT count (*) FROM sealed_view"), ==, 1);
  wait_for_success (force_decide (force->head, reference, "approve"));
}

/*
 * Rule: the gate and the end of a view judge a name alike, however near the threshold it lies. Were
 * they two judgements, one of these would be told to the decider and leave the box as it was.
 */
static void
test_same_judgement (void)
{
  const char *names[] = {
    "J Applegate",
    "Applegate",
    "John Applegate",
    "Jonathon Appelgate",
    "Jon Aplegate",
    "Jonathan Appleton",
    "Nathan Applegate",
    "Jonathan Apple",
    "Jack Applegarth",
    "Jo Applegate",
    "Jonathan",
    "Jonathan Pellgate",
    "Joan Applegate",
    "Applegate Jonathan",
  };
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *report = force_add_report (force, "IR/1", "source says", "seen", NULL, "Winifred Zimmermann");
  g_autofree char *reference = submit_and_view (force);
  guint            n_touching = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const gint64 before = count (force->head, "SELECT count (*) FROM sealed_view");
      gboolean     is_new, is_void;

      change_subject (force->acu, "intelligence-report", report, NULL, names[i]);
      {
        g_autofree char *missing = dup_missing (force->decider, reference);
        gint64           raised = wait_for_int64 (read_int64 (probity_session_get_casebook (force->acu), PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT count(*) FROM recheck", NULL));

        is_new = strstr (missing, "new-record") != NULL;
        is_void = count (force->head, "SELECT count (*) FROM sealed_view") > before;
        g_test_message ("%s: %s; box %s; %" G_GINT64_FORMAT " raised", names[i], missing, is_void ? "void" : "as it was", raised);
      }
      g_assert_cmpint (is_new, ==, is_void);
      if (!is_new)
        continue;

      /* Checked and seen again, so that the next name is judged by itself. */
      n_touching++;
      force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, "not-the-same-person");
      wait_for_success (probity_second_job_view (force->decider, reference, FALSE, NULL));
      assert_missing (force->head, reference, "");
    }
  g_assert_cmpuint (n_touching, >, 2);
  g_assert_cmpuint (n_touching, <, G_N_ELEMENTS (names));
}

static gint64
count_open_rechecks (Force *force)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (force->psd), PROBITY_COMPARTMENT_STANDARDS, "SELECT count(*) FROM recheck WHERE closed IS NULL", NULL));
}

/* A record that changes after its re-check was closed raises another; while one is open there is no second. */
static void
test_raised_again (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *complaint = NULL;

  force_prepare (force, reference);
  wait_for_success (force_decide (force->decider, reference, "approve"));
  complaint = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);
  g_assert_cmpint (count_open_rechecks (force), ==, 1);
  change_record (force->psd, "complaint", complaint, "allegation", "Incivility on duty");
  g_assert_cmpint (count_open_rechecks (force), ==, 1);

  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  g_assert_cmpint (count_open_rechecks (force), ==, 0);
  change_record (force->psd, "complaint", complaint, "allegation", "Threats on duty");
  g_assert_cmpint (count_open_rechecks (force), ==, 1);
  change_record (force->psd, "complaint", complaint, "allegation", "Threats off duty");
  g_assert_cmpint (count_open_rechecks (force), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/check-later/complaint-changes", test_complaint_changes);
  g_test_add_func ("/check-later/report-names-the-employer", test_report_names_the_employer);
  g_test_add_func ("/check-later/subjects-change", test_subjects_change);
  g_test_add_func ("/check-later/relative", test_relative);
  g_test_add_func ("/check-later/file-changes", test_file_changes);
  g_test_add_func ("/check-later/raised-again", test_raised_again);
  g_test_add_func ("/check-later/stranger", test_stranger);
  g_test_add_func ("/check-later/same-judgement", test_same_judgement);

  return g_test_run ();
}
