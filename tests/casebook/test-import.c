/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "records-fixture.h"

/* Import of files: by staff number or reference, good rows together, bad ones by line and column. */

#define assert_problem(report, index, on_line, in_column)                                 \
  G_STMT_START                                                                            \
  {                                                                                       \
    const ProbityImportProblem *problem_ = g_ptr_array_index ((report)->errors, (index)); \
    g_assert_cmpuint (problem_->line, ==, (on_line));                                     \
    g_assert_cmpstr (problem_->column, ==, (in_column));                                  \
    g_assert_nonnull (problem_->message);                                                 \
  }                                                                                       \
  G_STMT_END

static gint64
count (ProbitySession    *session,
       ProbityCompartment compartment,
       const char        *sql)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), compartment, sql, NULL));
}

static void
test_staff_are_found_by_number (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *head = records_fixture_get (fixture, "head-of-hr");
  const char     *file = "staff_number,forenames,surname,known_as,former_names,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status\n"
                         "6001,Zoë,Hart,,,PC,Roads,2001,officer,1990-02-28,\"1 High Street,\nDerby\",DE1 1AA,active\n"
                         "4127,Aileen,Marsh,,Poole,Sergeant,Roads,2001,officer,1988-03-12,,,active\n"
                         ",No,Number,,,,,,,,,,\n"
                         "6002,Bad,Date,,,,,,,30/02/1990,,,\n"
                         "6001,Zoë,Hart,,,PC,Roads,2001,officer,1990-02-28,\"1 High Street,\nDerby\",DE1 1AA,active\n"
                         "6001,Other,Person,,,,,,,,,,\n"
                         "6003,Aileen,Marsh,,Poole,Sergeant,Roads,2001,officer,1988-03-12,,,active\n";
  g_autoptr (ProbityImportReport) report = import_text (fixture, head, "staff", file, FALSE);
  g_autoptr (ProbityImportReport) again = NULL;
  g_autoptr (ProbityRecord) marsh = NULL;
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, file, -1);
  g_autofree char *entry = g_strdup_printf ("SELECT count (*) FROM audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq"
                                            " WHERE e.verb = 'collection' AND e.field = 'import' AND instr (v.new, '%s')",
                                            sha256);

  /* 6003 has all of Marsh's particulars and stays another person: rows are never merged by name. */
  assert_report (report, 7, 2, 1, 1, 3);
  g_assert_cmpstr (report->sha256, ==, sha256);
  g_assert_cmpuint (report->errors->len, ==, 3);
  assert_problem (report, 0, 5, "staff_number");
  assert_problem (report, 1, 6, "date_of_birth");
  assert_problem (report, 2, 9, "staff_number");
  g_assert_cmpint (count (head, PROBITY_COMPARTMENT_REGISTERS, entry), ==, 1);

  marsh = wait_for_boxed (probity_record_load (head, probity_record_kind_find ("person"), "4127"));
  g_assert_cmpstr (probity_record_get (marsh, "rank"), ==, "Sergeant");
  g_assert_cmpstr (probity_record_get (marsh, "former_names"), ==, "Poole");
  g_assert_cmpint (count (head, PROBITY_COMPARTMENT_REGISTERS, "SELECT count (*) FROM audit_entry WHERE verb = 'alteration' AND field = 'rank'"), ==, 1);

  again = import_text (fixture, head, "staff", file, FALSE);
  assert_report (again, 7, 0, 0, 4, 3);
}

static void
test_column_that_is_missing_leaves_what_stands (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *head = records_fixture_get (fixture, "head-of-hr");
  g_autoptr (ProbityImportReport) report = import_text (fixture, head, "staff", "Collar No,Unit\n4127,Dogs\n", FALSE);
  g_autoptr (ProbityImportReport) cleared = import_text (fixture, head, "staff", "staff_number,surname,rank\n4127,Marsh,\n", FALSE);
  g_autoptr (ProbityRecord) marsh = wait_for_boxed (probity_record_load (head, probity_record_kind_find ("person"), "4127"));

  assert_report (report, 1, 0, 1, 0, 0);
  assert_report (cleared, 1, 0, 1, 0, 0);
  g_assert_cmpstr (probity_record_get (marsh, "unit"), ==, "Dogs");
  g_assert_cmpstr (probity_record_get (marsh, "forenames"), ==, "Aileen");
  g_assert_null (probity_record_get (marsh, "rank"));
}

static void
test_dry_run_keeps_nothing (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *head = records_fixture_get (fixture, "head-of-hr");
  const char     *people = "SELECT count (*) FROM person";
  const gint64    before = count (head, PROBITY_COMPARTMENT_REGISTERS, people);
  g_autoptr (ProbityImportReport) report = import_text (fixture, head, "staff", "staff_number,surname\n6001,Hart\n4127,Marsh\n,None\n", TRUE);

  assert_report (report, 3, 1, 0, 1, 1);
  g_assert_cmpint (count (head, PROBITY_COMPARTMENT_REGISTERS, people), ==, before);
  g_assert_cmpint (count (head, PROBITY_COMPARTMENT_REGISTERS, "SELECT count (*) FROM audit_entry WHERE field = 'import'"), ==, 0);
  g_assert_cmpint (count (head, PROBITY_COMPARTMENT_REGISTERS, "SELECT count (*) FROM audit_entry WHERE field = 'import-trial'"), ==, 1);
}

static void
test_unreadable_file_leaves_nothing (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession   *head = records_fixture_get (fixture, "head-of-hr");
  const gint64      before = count (head, PROBITY_COMPARTMENT_REGISTERS, "SELECT count (*) FROM person");
  const char *const unreadable[] = {
    "staff_number,surname\n6001,Hart\n6002,\"Never closed\n",
    "what,is,this\n1,2,3\n",
    "",
  };
  g_autoptr (GError) missing = wait_for_error (probity_import (head, "staff", "/nonexistent/staff.csv", NULL, FALSE));
  g_autoptr (GError) kind = wait_for_error (probity_import (head, "people", "/nonexistent/staff.csv", NULL, FALSE));

  g_assert_nonnull (missing);
  g_assert_nonnull (kind);
  for (guint i = 0; i < G_N_ELEMENTS (unreadable); i++)
    {
      g_autofree char *path = write_text (fixture, "bad.csv", unreadable[i]);
      g_autoptr (GError) error = wait_for_error (probity_import (head, "staff", path, NULL, FALSE));

      g_assert_nonnull (error);
    }
  g_assert_cmpint (count (head, PROBITY_COMPARTMENT_REGISTERS, "SELECT count (*) FROM person"), ==, before);
}

static void
test_who_may_import (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  const struct
  {
    const char *role;
    const char *what;
  } refused[] = {
    { "line-manager", "staff" },
    { "hr-officer", "staff" },
    { "psd-officer", "staff" },
    { "acu-officer", "staff" },
    { "hr-officer", "second-jobs" },
    { "head-of-hr", "complaints" },
    { "hr-officer", "complaints" },
    { "psd-officer", "intelligence" },
    { "head-of-hr", "intelligence" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = write_text (fixture, "any.csv", "reference,staff_number,surname\nX/1,6001,Hart\n");
      g_autoptr (GError) error = wait_for_error (probity_import (records_fixture_get (fixture, refused[i].role), refused[i].what, path, NULL, FALSE));

      assert_access_error (error, NOT_PERMITTED);
    }
}

static void
test_rows_of_one_complaint_are_its_subjects (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *psd = records_fixture_get (fixture, "psd-officer");
  const ProbityRecordKind *kind = probity_record_kind_find ("complaint");
  const char              *file = "reference,received,complainant,staff_number,subject_name,date_of_birth,allegation,status,finalised,result\n"
                                  "CO/1/19,2019-05-01,B. Walker,4127,Aileen Marsh,1988-03-12,Incivility,Closed,2019-08-01,No further action\n"
                                  "CO/1/19,2019-05-01,B. Walker,4300,Sian Price,,Neglect of duty,Closed,2019-08-01,No further action\n"
                                  "CO/2/19,2019-06-01,C. Walker,,A. Poole,1988-03-12,Incivility,Open,,\n"
                                  "CO/1/19,2018-01-01,B. Walker,4128,Tariq Ahmed,,Incivility,Closed,,\n"
                                  ",2019-06-01,Nobody,,,,,,,\n"
                                  "CO/3/19,2019-06-01,D. Walker,,Somebody,,Incivility,Closed,2018-01-01,\n";
  const char              *later = "reference,received,complainant,staff_number,subject_name,date_of_birth,allegation,status,finalised,result\n"
                                   "CO/1/19,2019-05-01,B. Walker,4127,Aileen Marsh-Poole,1988-03-12,Incivility; Neglect of duty,Closed,2019-08-01,No further action\n"
                                   "CO/2/19,2019-06-01,C. Walker,,A. Poole,1988-03-12,Incivility,Open,,\n";
  g_autoptr (ProbityImportReport) report = import_text (fixture, psd, "complaints", file, FALSE);
  g_autoptr (ProbityImportReport) again = import_text (fixture, psd, "complaints", file, FALSE);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (psd, kind, "CO/1/19"));
  g_autoptr (GPtrArray) subjects = wait_for_boxed (probity_record_load_subjects (psd, kind, probity_record_get_uid (record)));
  g_autoptr (ProbityImportReport) changed = NULL;
  g_autoptr (GPtrArray) kept = NULL;

  assert_report (report, 6, 3, 0, 0, 3);
  assert_problem (report, 0, 5, "received");
  assert_problem (report, 1, 6, "reference");
  assert_problem (report, 2, 7, "finalised");
  assert_report (again, 6, 0, 0, 3, 3);
  g_assert_cmpstr (probity_record_get (record, "allegation"), ==, "Incivility; Neglect of duty");
  g_assert_cmpuint (subjects->len, ==, 2);

  /* A file adds and corrects subjects; it takes none away. */
  changed = import_text (fixture, psd, "complaints", later, FALSE);
  assert_report (changed, 2, 0, 1, 1, 0);
  kept = wait_for_boxed (probity_record_load_subjects (psd, kind, probity_record_get_uid (record)));
  g_assert_cmpuint (kept->len, ==, 2);
  g_assert_cmpstr (((ProbitySubject *) g_ptr_array_index (kept, 0))->name, ==, "Aileen Marsh-Poole");
}

/* Words are indexed at the end of a file: new rows once, changed ones as they now stand, and nothing is held any more. */
static void
test_words_of_a_file_are_found (void)
{
  static const struct
  {
    const char *sql;
    gint64      first, then;
  } counts[] = {
    { "SELECT count(*) FROM complaint_words WHERE complaint_words MATCH 'incivility'", 2, 1 },
    { "SELECT count(*) FROM complaint_words WHERE complaint_words MATCH 'overcoat'", 0, 2 },
    { "SELECT count(*) FROM search_complaint WHERE search_complaint MATCH 'inci*'", 2, 1 },
    { "SELECT count(*) FROM search_complaint WHERE search_complaint MATCH 'overc*'", 0, 2 },
    { "SELECT count(*) FROM search_complaint WHERE search_complaint MATCH 'marsh'", 1, 1 },
    { "SELECT count(*) FROM words_hold", 0, 0 },
  };
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *psd = records_fixture_get (fixture, "psd-officer");
  g_autoptr (ProbityImportReport) first = NULL;
  g_autoptr (ProbityImportReport) then = NULL;

  first = import_text (fixture, psd, "complaints", "reference,received,staff_number,subject_name,allegation\nCO/1,2019-05-01,4127,Aileen Marsh,Incivility\nCO/2,2019-05-02,,A. Poole,Incivility\n", FALSE);
  assert_report (first, 2, 2, 0, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpint (count (psd, PROBITY_COMPARTMENT_STANDARDS, counts[i].sql), ==, counts[i].first);

  then = import_text (fixture, psd, "complaints", "reference,received,staff_number,subject_name,allegation\nCO/2,2019-05-02,,A. Poole,Lost overcoat\nCO/3,2019-05-03,,B. Poole,Stolen overcoat\n", FALSE);
  assert_report (then, 2, 1, 1, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpint (count (psd, PROBITY_COMPARTMENT_STANDARDS, counts[i].sql), ==, counts[i].then);
}

static void
test_file_does_not_change_what_is_about_oneself (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *psd = records_fixture_get (fixture, "psd-officer");
  ProbitySession  *acu = records_fixture_get (fixture, "acu-officer");
  const char      *heading = "reference,received,complainant,staff_number,subject_name,allegation,status\n";
  g_autofree char *as_it_is = g_strconcat (heading, "CO/9/19,2019-05-01,B. Walker,2003,Omar Farouk,Corrupt practice,Open\n", NULL);
  g_autofree char *tampered = g_strconcat (heading, "CO/9/19,2019-05-01,B. Walker,2003,Omar Farouk,Incivility,Closed\n", NULL);
  g_autoptr (ProbityImportReport) made = import_text (fixture, acu, "complaints", as_it_is, FALSE);
  g_autoptr (ProbityImportReport) same = import_text (fixture, psd, "complaints", as_it_is, FALSE);
  g_autoptr (ProbityImportReport) refused = import_text (fixture, psd, "complaints", tampered, FALSE);
  g_autoptr (ProbityRecord) stands = wait_for_boxed (probity_record_load (acu, probity_record_kind_find ("complaint"), "CO/9/19"));

  assert_report (made, 1, 1, 0, 0, 0);
  assert_report (same, 1, 0, 0, 1, 0);
  assert_report (refused, 1, 0, 0, 0, 1);
  g_assert_cmpstr (probity_record_get (stands, "allegation"), ==, "Corrupt practice");
}

static void
test_reports_keep_their_grading (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *acu = records_fixture_get (fixture, "acu-officer");
  const ProbityRecordKind *kind = probity_record_kind_find ("intelligence-report");
  const char              *heading = "reference,date,source_evaluation,information_assessment,handling_code,category,text,sanitised_text,staff_number,subject_name,date_of_birth\n";
  g_autofree char         *file = g_strconcat (heading,
                                       "IR/1,2020-01-01,1,B,P,Disclosure,Words of the source,Clean words,4127,Aileen Marsh,1988-03-12\n"
                                               "IR/2,2010-01-01,B,2,4,Disclosure,Old words,,,A. Marsh,\n"
                                               "IR/3,2020-01-01,7,B,P,Disclosure,Words,,,A. Marsh,\n"
                                               "IR/4,2020-01-01,1,,P,Disclosure,Words,,,A. Marsh,\n",
                                       NULL);
  g_autofree char         *corrected = g_strconcat (heading, "IR/1,2020-01-01,1,B,P,Disclosure,Words of the source corrected,,4127,Aileen Marsh,1988-03-12\n", NULL);
  g_autoptr (ProbityImportReport) report = import_text (fixture, acu, "intelligence", file, FALSE);
  g_autoptr (ProbityImportReport) again = import_text (fixture, acu, "intelligence", file, FALSE);
  g_autoptr (ProbityRecord) first = wait_for_boxed (probity_record_load (acu, kind, "IR/1"));
  g_autoptr (ProbityRecord) old = wait_for_boxed (probity_record_load (acu, kind, "IR/2"));
  g_autoptr (ProbityImportReport) changed = NULL;
  g_autoptr (DexFuture) text = NULL;
  g_autoptr (ProbityRecord) kept = NULL;

  assert_report (report, 4, 2, 0, 0, 2);
  assert_problem (report, 0, 4, "source_evaluation");
  assert_problem (report, 1, 5, "information_assessment");
  assert_report (again, 4, 0, 0, 2, 2);
  g_assert_cmpstr (probity_record_get (first, "grading"), ==, "1BP");
  g_assert_cmpstr (probity_record_get (old, "grading"), ==, "B24");
  g_assert_null (probity_record_get (old, "source_evaluation"));

  /* The original may be corrected by where it came from, and a file without sanitised text takes none away. */
  changed = import_text (fixture, acu, "intelligence", corrected, FALSE);
  assert_report (changed, 1, 0, 1, 0, 0);
  text = wait_for (probity_record_load_withheld (acu, kind, probity_record_get_uid (first), "text", NULL));
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (text, NULL)), ==, "Words of the source corrected");
  kept = wait_for_boxed (probity_record_load (acu, kind, "IR/1"));
  g_assert_cmpstr (probity_record_get (kept, "sanitised_text"), ==, "Clean words");
  g_assert_cmpint (count (acu, PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT count (*) FROM audit_value WHERE instr (coalesce (old, '') || coalesce (new, ''), 'Words of the source')"),
                   ==,
                   0);
}

static void
test_second_jobs_are_brought_forward (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *head = records_fixture_get (fixture, "head-of-hr");
  const ProbityRecordKind *kind = probity_record_kind_find ("second-job");
  const char              *file = "reference,received,staff_number,employer,category,nature,paid,weekly_hours,start,outcome,decided,decided_by,conditions,next_review,ceased\n"
                                  "BI/1,2012-01-10,4127,Peak Cycle Hire,waged,Shop,yes,8,2012-02-01,approved,2012-02-01,D. Head,,2026-03-20,\n"
                                  "BI/2,2012-01-11,4128,Calder Joinery,something odd,,no,4.5,,refused,2012-02-02,D. Head,,,\n"
                                  "BI/3,2012-01-12,4300,Dales Dogs,waged,,yes,3,,approved with conditions,2012-02-03,D. Head,Not in uniform,,2015-01-01\n"
                                  "BI/4,2012-01-12,9999,Nobody's,waged,,yes,3,,approved,,,,,\n"
                                  "BI/5,2012-01-12,2002,Own,waged,,yes,3,,approved,,,,,\n"
                                  "BI/1,2012-01-10,4127,Peak Cycle Hire,waged,Shop,yes,8,2012-02-01,approved,2012-02-01,D. Head,,2026-03-20,\n"
                                  ",2012-01-12,4127,Peak,waged,,yes,3,,approved,,,,,\n";
  g_autoptr (ProbityImportReport) report = import_text (fixture, head, "second-jobs", file, FALSE);
  g_autoptr (ProbityImportReport) again = import_text (fixture, head, "second-jobs", file, FALSE);
  g_autoptr (ProbityRecord) first = wait_for_boxed (probity_record_load (head, kind, "BI/1"));
  g_autoptr (ProbityRecord) second = wait_for_boxed (probity_record_load (head, kind, "BI/2"));
  g_autoptr (ProbityRecord) third = wait_for_boxed (probity_record_load (head, kind, "BI/3"));
  g_autoptr (ProbityListQuery) due = query_new ("reviews-due", NULL, NULL, NULL);
  g_autofree char *listed = NULL;

  assert_report (report, 7, 3, 0, 0, 4);
  assert_report (again, 7, 0, 0, 3, 4);
  g_assert_cmpstr (probity_record_get (first, "outcome"), ==, "brought-forward");
  g_assert_cmpstr (probity_record_get (first, "stage"), ==, "registered");
  g_assert_cmpstr (probity_record_get (first, "recorded_outcome"), ==, "approved");
  g_assert_cmpstr (probity_record_get (second, "stage"), ==, "refused");
  g_assert_cmpstr (probity_record_get (second, "category"), ==, "other");
  g_assert_cmpstr (probity_record_get (third, "stage"), ==, "ceased");

  listed = list_column (head, due, "reference");
  g_assert_cmpstr (listed, ==, "BI/1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/import/staff-are-found-by-number", test_staff_are_found_by_number);
  g_test_add_func ("/import/column-that-is-missing-leaves-what-stands", test_column_that_is_missing_leaves_what_stands);
  g_test_add_func ("/import/dry-run-keeps-nothing", test_dry_run_keeps_nothing);
  g_test_add_func ("/import/unreadable-file-leaves-nothing", test_unreadable_file_leaves_nothing);
  g_test_add_func ("/import/who-may-import", test_who_may_import);
  g_test_add_func ("/import/rows-of-one-complaint-are-its-subjects", test_rows_of_one_complaint_are_its_subjects);
  g_test_add_func ("/import/words-of-a-file-are-found", test_words_of_a_file_are_found);
  g_test_add_func ("/import/file-does-not-change-what-is-about-oneself", test_file_does_not_change_what_is_about_oneself);
  g_test_add_func ("/import/reports-keep-their-grading", test_reports_keep_their_grading);
  g_test_add_func ("/import/second-jobs-are-brought-forward", test_second_jobs_are_brought_forward);

  return g_test_run ();
}
