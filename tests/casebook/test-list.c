/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "records-fixture.h"

#include <glib/gstdio.h>

/* Lists: in SQL, behind the reader's scope, and counts that say what the list says. */

#define assert_lists(session, query, column, expected)                     \
  G_STMT_START                                                             \
  {                                                                        \
    g_autofree char *listed_ = list_column ((session), (query), (column)); \
    g_assert_cmpstr (listed_, ==, (expected));                             \
  }                                                                        \
  G_STMT_END

static void
test_people_are_ones_own (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  g_autoptr (ProbityListQuery) query = query_new ("people", NULL, NULL, NULL);

  /* By surname; nobody sees themselves, the unit's officer not their brother, a line manager their own people. */
  assert_lists (records_fixture_get (fixture, "line-manager"), query, "staff_number", "4128|4127|4200");
  assert_lists (records_fixture_get (fixture, "hr-officer"), query, "staff_number", "4128|2002|2003|4127|1000|2001|2005|4300|4200|2004");
  assert_lists (records_fixture_get (fixture, "acu-officer"), query, "staff_number", "4128|2002|2003|4127|1000|2006|2001|2005|4300");
}

static void
test_search_folds_and_filters (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *hr = records_fixture_get (fixture, "hr-officer");
  ProbitySession *manager = records_fixture_get (fixture, "line-manager");
  g_autoptr (ProbityListQuery) accents = query_new ("people", "SIAN pri", NULL, NULL);
  g_autoptr (ProbityListQuery) number = query_new ("people", "412", NULL, NULL);
  g_autoptr (ProbityListQuery) both = query_new ("people", "reid", "line-manager", "2001");
  g_autoptr (ProbityListQuery) none = query_new ("people", "reid nobody", NULL, NULL);
  g_autoptr (ProbityListQuery) hostile = query_new ("people", "%' OR 1=1 --", NULL, NULL);
  g_autofree char *sql = g_strdup ("SELECT count (*) FROM audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq"
                                   " WHERE e.verb = 'consultation' AND e.field = 'search' AND v.new = 'sian pri'");

  assert_lists (hr, accents, "name", "Siân Price");
  assert_lists (hr, number, "staff_number", "4128|4127");
  assert_lists (hr, both, "staff_number", "4200");
  assert_lists (hr, none, "staff_number", "");
  assert_lists (hr, hostile, "staff_number", "");

  /* Somebody else's person is not found either. */
  assert_lists (manager, accents, "name", "");
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (hr), PROBITY_COMPARTMENT_REGISTERS, sql, NULL)), ==, 2);
}

static void
test_sorts_both_ways (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *manager = records_fixture_get (fixture, "line-manager");
  g_autoptr (ProbityListQuery) query = query_new ("people", NULL, NULL, NULL);

  probity_list_query_set_sort (query, "staff_number", FALSE);
  assert_lists (manager, query, "staff_number", "4127|4128|4200");
  probity_list_query_set_sort (query, "staff_number", TRUE);
  assert_lists (manager, query, "staff_number", "4200|4128|4127");
  probity_list_query_set_sort (query, NULL, FALSE);
  assert_lists (manager, query, "staff_number", "4128|4127|4200");
}

static void
test_second_jobs_by_reader (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  g_autoptr (ProbityRecord) marsh = submit (fixture, "4127", "Peak Cycle Hire Ltd", "2026-01-10");
  g_autoptr (ProbityRecord) reid = submit (fixture, "4200", "Calder Joinery", "2026-01-12");
  g_autoptr (ProbityRecord) price = submit (fixture, "4300", "Dales Dog Walking", "2026-01-11");
  g_autoptr (ProbityListQuery) query = query_new ("second-jobs", NULL, NULL, NULL);
  g_autoptr (ProbityListQuery) words = query_new ("second-jobs", "marsh cycle", NULL, NULL);
  g_autoptr (ProbityListQuery) category = query_new ("second-jobs", NULL, "category", "waged");
  g_autoptr (ProbityListQuery) waiting = query_new ("second-jobs", NULL, "waiting-for", "line-manager");
  g_autofree char *all = g_strdup_printf ("%s|%s|%s", probity_record_get_reference (reid), probity_record_get_reference (price), probity_record_get_reference (marsh));
  g_autofree char *own = g_strdup_printf ("%s|%s", probity_record_get_reference (reid), probity_record_get_reference (marsh));
  g_autofree char *unrelated = g_strdup_printf ("%s|%s", probity_record_get_reference (price), probity_record_get_reference (marsh));

  assert_lists (records_fixture_get (fixture, "hr-officer"), query, "reference", all);
  assert_lists (records_fixture_get (fixture, "psd-officer"), query, "reference", all);
  assert_lists (records_fixture_get (fixture, "decider"), query, "reference", all);
  assert_lists (records_fixture_get (fixture, "line-manager"), query, "reference", own);
  assert_lists (records_fixture_get (fixture, "acu-officer"), query, "reference", unrelated);
  assert_lists (records_fixture_get (fixture, "hr-officer"), words, "applicant_name", "Aileen Marsh");
  assert_lists (records_fixture_get (fixture, "hr-officer"), category, "reference", all);
  assert_lists (records_fixture_get (fixture, "hr-officer"), waiting, "reference", all);
  assert_lists (records_fixture_get (fixture, "line-manager"), waiting, "weekly_hours", "6|6");

  probity_list_query_set_sort (query, "applicant_name", FALSE);
  assert_lists (records_fixture_get (fixture, "hr-officer"), query, "applicant_name", "Aileen Marsh|Siân Price|Colin Reid");
}

static void
test_stage_inside_does_not_show_outside (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  g_autoptr (ProbityRecord) job = submit (fixture, "4127", "Peak Cycle Hire Ltd", "2026-01-10");
  g_autoptr (ProbityListQuery) query = query_new ("second-jobs", NULL, NULL, NULL);
  g_autoptr (ProbityListQuery) filter = query_new ("second-jobs", NULL, "stage", "with-professional-standards");
  g_autoptr (ProbityListQuery) inner = query_new ("second-jobs", NULL, "stage", "comments");
  g_autofree char *sql = NULL;

  /* Whatever the stage is inside, it is one stage to who holds registers only. */
  sql = g_strdup_printf ("UPDATE second_job SET stage = 'comments' WHERE uid = '%s'", probity_record_get_uid (job));
  wait_for_success (run_sql (probity_session_get_casebook (fixture->admin), PROBITY_COMPARTMENT_REGISTERS, sql));

  assert_lists (records_fixture_get (fixture, "hr-officer"), query, "stage", "with-professional-standards");
  assert_lists (records_fixture_get (fixture, "line-manager"), filter, "stage", "with-professional-standards");
  assert_lists (records_fixture_get (fixture, "hr-officer"), inner, "stage", "");
  assert_lists (records_fixture_get (fixture, "psd-officer"), inner, "stage", "comments");
}

static void
test_checks_wait_for_who_can_make_them (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  g_autoptr (ProbityRecord) marsh = submit (fixture, "4127", "Peak Cycle Hire Ltd", "2026-01-10");
  g_autoptr (ProbityRecord) reid = submit (fixture, "4200", "Calder Joinery", "2026-01-12");
  g_autoptr (ProbityListQuery) query = query_new ("checks", NULL, NULL, NULL);
  g_autoptr (ProbityListQuery) none = query_new ("checks", NULL, "check", "intelligence");
  g_autoptr (GError) error = NULL;

  assert_lists (records_fixture_get (fixture, "psd-officer"), query, "check", "complaints|complaints");
  assert_lists (records_fixture_get (fixture, "psd-officer"), none, "check", "");
  assert_lists (records_fixture_get (fixture, "acu-officer"), query, "check", "complaints,intelligence");
  assert_lists (records_fixture_get (fixture, "acu-officer"), query, "applicant_name", "Aileen Marsh");
  assert_lists (records_fixture_get (fixture, "acu-officer"), query, "state", "not-started");

  error = wait_for_error (probity_list_load_ids (records_fixture_get (fixture, "hr-officer"), query, NULL));
  assert_access_error (error, NOT_PERMITTED);
}

static void
test_complaints_and_reports (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *psd = records_fixture_get (fixture, "psd-officer");
  ProbitySession *acu = records_fixture_get (fixture, "acu-officer");
  g_autoptr (ProbityRecord) first = make (psd, "complaint", "received", "2025-03-04", "complainant", "B. Walker", "allegation", "Incivility", NULL);
  g_autoptr (ProbityRecord) second = make (psd, "complaint", "received", "2025-02-01", "complainant", "C. Walker", "allegation", "Excessive force", "finalised", "2025-05-01", NULL);
  g_autoptr (ProbityRecord) third = make (psd, "complaint", "received", "2025-01-01", "allegation", "About the officer", NULL);
  g_autoptr (ProbityRecord) first_named = set_subject (psd, first, "4127", "Aileen Marsh", NULL);
  g_autoptr (ProbityRecord) second_named = set_subject (psd, second, "4200", "Colin Reid", NULL);
  g_autoptr (ProbityRecord) third_named = set_subject (psd, third, "2003", "Omar Farouk", NULL);
  g_autoptr (ProbityRecord) report = make (acu, "intelligence-report", "text", "CANARY words of the source", "sanitised_text", "Reported seen with others", "source_evaluation", "2", "information_assessment", "C", "handling_code", "P", "date", "2026-02-02", NULL);
  g_autoptr (ProbityListQuery) complaints = query_new ("complaints", NULL, NULL, NULL);
  g_autoptr (ProbityListQuery) open = query_new ("complaints", NULL, "open", "");
  g_autoptr (ProbityListQuery) subject = query_new ("complaints", "marsh", NULL, NULL);
  g_autoptr (ProbityListQuery) number = query_new ("complaints", NULL, "subject", "4200");
  g_autoptr (ProbityListQuery) reports = query_new ("intelligence", NULL, NULL, NULL);
  g_autoptr (ProbityListQuery) canary = query_new ("intelligence", "canary", NULL, NULL);
  g_autoptr (ProbityListQuery) seen = query_new ("intelligence", "seen", "sanitised", "not-approved");
  g_autoptr (GError) hr_error = NULL;
  g_autoptr (GError) psd_error = NULL;

  /* The third is about the officer who lists; the second about the brother of one who does. */
  assert_lists (psd, complaints, "subjects", "Aileen Marsh|Colin Reid");
  assert_lists (acu, complaints, "subjects", "Aileen Marsh|Omar Farouk");
  assert_lists (psd, open, "subjects", "Aileen Marsh");
  assert_lists (psd, subject, "allegation", "Incivility");
  assert_lists (psd, number, "allegation", "Excessive force");
  assert_lists (acu, number, "allegation", "");

  /* Never the original. */
  assert_lists (acu, reports, "sanitised_text", "Reported seen with others");
  assert_lists (acu, reports, "grading", "2CP");
  assert_lists (acu, canary, "reference", "");
  assert_lists (acu, seen, "sanitised", "not-approved");

  hr_error = wait_for_error (probity_list_count (records_fixture_get (fixture, "hr-officer"), complaints));
  assert_access_error (hr_error, NOT_PERMITTED);
  psd_error = wait_for_error (probity_list_load_ids (psd, reports, NULL));
  assert_access_error (psd_error, NOT_PERMITTED);
}

/* Each list to each role: its rows and as many of them as are counted, or a refusal of both. */
static void
test_lists_open_to_roles (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  const char *const roles[] = { "line-manager", "hr-officer", "head-of-hr", "psd-officer", "acu-officer", "decider" };
  const struct
  {
    const char *list;
    const char *open; /* a `+` for each of the roles */
  } lists[] = {
    { "second-jobs", "++++++" },
    { "reviews-due", "++++++" },
    { "people", "++++++" },
    { "organisations", "++++++" },
    { "relations", "++++++" },
    { "checks", "---++-" },
    { "complaints", "---+++" },
    { "intelligence", "----++" },
  };
  g_autoptr (ProbityRecord) job = submit (fixture, "4127", "Peak Cycle Hire Ltd", "2026-01-10");
  g_autoptr (ProbityRecord) firm = make (fixture->admin, "organisation", "name", "Peak Cycle Hire Ltd", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < G_N_ELEMENTS (roles); j++)
      {
        ProbitySession *session = records_fixture_get (fixture, roles[j]);
        g_autoptr (ProbityListQuery) query = query_new (lists[i].list, NULL, NULL, NULL);
        guint                    n_columns;
        const ProbityListColumn *columns = probity_list_kind_get_columns (probity_list_kind_find (lists[i].list), &n_columns);

        for (guint c = 0; c < n_columns; c++)
          {
            if (!columns[c].sortable)
              continue;
            probity_list_query_set_sort (query, columns[c].name, c % 2 == 0);
            if (lists[i].open[j] == '+')
              {
                g_autofree char *listed = list_column (session, query, columns[c].name);

                g_assert_nonnull (listed);
              }
            else
              {
                g_autoptr (GError) ids = wait_for_error (probity_list_load_ids (session, query, NULL));
                g_autoptr (GError) count = wait_for_error (probity_list_count (session, query));
                g_autofree char *path = g_build_filename (fixture->base->base, "refused.csv", NULL);
                g_autoptr (GError) export = wait_for_error (probity_list_export (session, query, path));

                assert_access_error (ids, NOT_PERMITTED);
                assert_access_error (count, NOT_PERMITTED);
                assert_access_error (export, NOT_PERMITTED);
                g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
              }
          }
      }

  g_assert_nonnull (job);
  g_assert_nonnull (firm);
}

/* Every filter of every list is SQL that runs. */
static void
test_filters_run (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  const char *const lists[] = { "second-jobs", "reviews-due", "people", "organisations", "relations", "checks", "complaints", "intelligence" };
  const char *const roles[] = { "acu-officer", "line-manager" };

  for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
    for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
      {
        const ProbityListKind *kind = probity_list_kind_find (lists[i]);
        const char *const     *filters = probity_list_kind_get_filters (kind);
        g_autoptr (ProbityListQuery) all = query_new (lists[i], "two words", NULL, NULL);

        if (r == 1 && i >= 5)
          continue;
        for (guint f = 0; filters[f] != NULL; f++)
          {
            g_autoptr (ProbityListQuery) query = query_new (lists[i], NULL, filters[f], "2026-01-01");
            g_autofree char *listed = list_column (records_fixture_get (fixture, roles[r]), query, probity_list_kind_get_columns (kind, NULL)[0].name);

            g_assert_nonnull (listed);
            probity_list_query_set_filter (all, filters[f], "1");
          }
        g_assert_cmpint (wait_for_int64 (probity_list_count (records_fixture_get (fixture, roles[r]), all)), ==, 0);
      }
}

static void
test_rows_of_others_are_empty (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *hr = records_fixture_get (fixture, "hr-officer");
  ProbitySession *manager = records_fixture_get (fixture, "line-manager");
  g_autoptr (ProbityListQuery) query = query_new ("people", NULL, NULL, NULL);
  g_autoptr (GArray) ids = wait_for_boxed (probity_list_load_ids (hr, query, NULL));
  g_autoptr (GPtrArray) rows = wait_for_boxed (probity_list_load_rows (manager, probity_list_kind_find ("people"), (const gint64 *) ids->data, ids->len, NULL));
  guint n_rows = 0;

  for (guint i = 0; i < rows->len; i++)
    n_rows += g_ptr_array_index (rows, i) != NULL;
  g_assert_cmpuint (rows->len, ==, ids->len);
  g_assert_cmpuint (n_rows, ==, 3);
}

static void
test_export_is_what_is_shown_and_logged (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *manager = records_fixture_get (fixture, "line-manager");
  g_autoptr (ProbityListQuery) query = query_new ("people", NULL, NULL, NULL);
  g_autofree char *path = g_build_filename (fixture->base->base, "people.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_cmpint (wait_for_int64 (probity_list_export (manager, query, path)), ==, 3);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "staff_number"));
  g_assert_nonnull (strstr (text, "Aileen Marsh"));
  g_assert_null (strstr (text, "Price"));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0077, ==, 0);
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (manager), PROBITY_COMPARTMENT_REGISTERS, "SELECT count (*) FROM audit_entry WHERE verb = 'disclosure'", NULL)),
                   ==,
                   1);
}

/* Rule: what a long list shows ahead of the rest is its start, for each reader their own; a short list has none. */
static void
test_long_list_starts_as_the_whole (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *manager = records_fixture_get (fixture, "line-manager");
  ProbitySession *acu = records_fixture_get (fixture, "acu-officer");
  ProbitySession *hr = records_fixture_get (fixture, "hr-officer");
  g_autoptr (GString) csv = g_string_new ("staff_number,forenames,surname,rank,unit,line_manager\n");
  g_autoptr (ProbityImportReport) report = NULL;
  g_autoptr (ProbityListQuery) all = query_new ("people", NULL, NULL, NULL);
  g_autoptr (ProbityListQuery) few = query_new ("people", NULL, "rank", "sergeant 3");
  g_autoptr (ProbityListQuery) words = query_new ("people", "zeta", NULL, NULL);
  g_autoptr (ProbityListQuery) checks = query_new ("checks", NULL, NULL, NULL);

  /* 40 of them the manager's, who has three more: below the length of a start. */
  for (guint i = 0; i < 600; i++)
    g_string_append_printf (csv, "%u,%s %u,S%u,Sergeant %u,Unit %u,%s\n", 10000 + i, i % 2 ? "Zeta" : "Eta", i % 97, i * 31 % 600, i % 13, i % 5, i < 40 ? "2001" : "2009");
  report = import_text (fixture, fixture->admin, "staff", csv->str, FALSE);
  assert_report (report, 600, 600, 0, 0, 0);

  g_assert_true (assert_list_starts (hr, all));
  g_assert_true (assert_list_starts (acu, all));
  g_assert_true (assert_list_starts (hr, words));
  g_assert_false (assert_list_starts (manager, all));
  g_assert_false (assert_list_starts (hr, few));
  g_assert_false (assert_list_starts (acu, checks));
  {
    g_autoptr (DexFuture) start = NULL;
    g_autoptr (GError) error = wait_for_error (probity_list_load_order (hr, checks, NULL, &start));
    g_autoptr (GError) start_error = wait_for_error (g_steal_pointer (&start));

    assert_access_error (error, NOT_PERMITTED);
    assert_access_error (start_error, NOT_PERMITTED);
  }
}

/* Ten thousand people: the order of ids is SQL's order of the column, and pages come in it. */
static void
test_large_list_keeps_the_order (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *decider = records_fixture_get (fixture, "decider");
  g_autoptr (GString) csv = g_string_new ("staff_number,forenames,surname,rank,unit\n");
  g_autoptr (ProbityImportReport) report = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  const char *const columns[] = { "name", "staff_number", "rank", "unit" };

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (csv, "%u,F%u,S%u,Rank %u,Unit %u\n", 10000 + i, g_rand_int_range (random, 0, 500), g_rand_int_range (random, 0, 500), i % 7, g_rand_int_range (random, 0, 90));
  report = import_text (fixture, fixture->admin, "staff", csv->str, FALSE);
  assert_report (report, 10000, 10000, 0, 0, 0);

  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    for (guint descending = 0; descending < 2; descending++)
      {
        g_autoptr (ProbityListQuery) query = query_new ("people", NULL, NULL, NULL);
        g_autofree char *listed = NULL;
        g_auto (GStrv) cells = NULL;
        guint n;

        probity_list_query_set_sort (query, columns[c], descending);
        g_assert_true (assert_list_starts (decider, query));
        listed = list_column (decider, query, c == 0 ? "staff_number" : columns[c]);
        cells = g_strsplit (listed, "|", -1);
        n = g_strv_length (cells);
        g_assert_cmpuint (n, ==, 10010);

        for (guint i = 1; i < n && c > 0; i++)
          {
            int order = g_ascii_strcasecmp (cells[i - 1], cells[i]);

            g_assert_true (descending ? order >= 0 : order <= 0);
          }
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/list/people-are-ones-own", test_people_are_ones_own);
  g_test_add_func ("/list/search-folds-and-filters", test_search_folds_and_filters);
  g_test_add_func ("/list/sorts-both-ways", test_sorts_both_ways);
  g_test_add_func ("/list/second-jobs-by-reader", test_second_jobs_by_reader);
  g_test_add_func ("/list/stage-inside-does-not-show-outside", test_stage_inside_does_not_show_outside);
  g_test_add_func ("/list/checks-wait-for-who-can-make-them", test_checks_wait_for_who_can_make_them);
  g_test_add_func ("/list/complaints-and-reports", test_complaints_and_reports);
  g_test_add_func ("/list/open-to-roles", test_lists_open_to_roles);
  g_test_add_func ("/list/filters-run", test_filters_run);
  g_test_add_func ("/list/rows-of-others-are-empty", test_rows_of_others_are_empty);
  g_test_add_func ("/list/export-is-what-is-shown-and-logged", test_export_is_what_is_shown_and_logged);
  g_test_add_func ("/list/long-list-starts-as-the-whole", test_long_list_starts_as_the_whole);
  g_test_add_func ("/list/large-list-keeps-the-order", test_large_list_keeps_the_order);

  return g_test_run ();
}
