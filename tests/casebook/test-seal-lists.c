/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-bulk.h"
#include "probity-case.h"
#include "probity-conduct.h"
#include "probity-leak.h"
#include "probity-list-kind.h"
#include "probity-overview.h"
#include "probity-seal.h"
#include "probity-watch.h"
#include "second-job-fixture.h"

/* Lists of cases hold what is sealed to their reader, where it belongs, and nothing of it for anybody else. */

static const char *const for_decider[] = { "decider", NULL };

static char *
open_leak (Force      *force,
           const char *title,
           const char *received,
           const char *staff_number)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr (ProbityRecord) record = NULL;
  ProbitySubject subject = { (char *) staff_number, NULL, NULL };

  probity_values_set (values, "title", title);
  probity_values_set (values, "received", received);
  probity_values_set (values, "item", "Custody record of an arrest");
  if (staff_number != NULL)
    g_ptr_array_add (subjects, &subject);
  record = wait_for_boxed (probity_investigation_open (force->acu, &probity_leak_case, values, subjects));

  return g_strdup (probity_record_get_reference (record));
}

static void
seal (Force      *force,
      const char *reference)
{
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_case_seal (force->acu, reference, for_decider, "r"));

  g_assert_cmpstr (probity_record_get_reference (record), ==, reference);
}

static ProbityListQuery *
make_query (const char *list,
            const char *column,
            gboolean    descending)
{
  ProbityListQuery *query = probity_list_query_new (probity_list_kind_find (list));

  if (column != NULL)
    probity_list_query_set_sort (query, column, descending);

  return query;
}

/* The cells of one column, of every row in order. Each row is read by itself too, and the count is asked for. */
static char *
dup_column (ProbitySession   *session,
            ProbityListQuery *query,
            const char       *column)
{
  const ProbityListKind *kind = probity_list_query_get_kind (query);
  g_autoptr (GArray) ids = wait_for_boxed (probity_list_load_ids (session, query, NULL));
  g_autoptr (GPtrArray) rows = wait_for_boxed (probity_list_load_rows (session, kind, (const gint64 *) (gpointer) ids->data, ids->len, NULL));
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpint (wait_for_int64 (probity_list_count (session, query)), ==, ids->len);
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityListRow *row = g_ptr_array_index (rows, i);
      const char     *cell;

      g_assert_nonnull (row);
      g_assert_cmpint (row->id, ==, g_array_index (ids, gint64, i));
      cell = probity_list_row_find_cell (row, kind, column);
      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", cell != NULL ? cell : "");
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_column(session, query, column, expected)               \
  G_STMT_START                                                        \
  {                                                                   \
    g_autofree char *_column = dup_column (session, (query), column); \
    g_assert_cmpstr (_column, ==, expected);                          \
  }                                                                   \
  G_STMT_END

/* Everything that lists of leaks say to @session, in every order that there is. */
static char *
dup_lists (ProbitySession *session)
{
  const ProbityListKind   *kind = probity_list_kind_find ("leaks");
  const ProbityListColumn *columns;
  guint                    n;
  g_autoptr (GString) text = g_string_new (NULL);

  columns = probity_list_kind_get_columns (kind, &n);
  for (guint i = 0; i < n; i++)
    for (guint descending = 0; columns[i].sortable && descending < 2; descending++)
      {
        g_autoptr (ProbityListQuery) query = make_query ("leaks", columns[i].name, descending != 0);
        g_autofree char *references = dup_column (session, query, "reference");
        g_autofree char *titles = dup_column (session, query, "title");

        g_string_append_printf (text, "%s %u: %s %s\n", columns[i].name, descending, references, titles);
      }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
dup_day (ProbitySession *session)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) day = wait_for_boxed (probity_my_day (session));

  for (guint i = 0; i < day->len; i++)
    {
      const ProbityDayItem *item = g_ptr_array_index (day, i);

      g_string_append_printf (text, "%s %s %s\n", item->what, item->reference, item->why);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Rule: sealed cases stand in the lists of their holders, sorted, filtered, searched and counted as any other. */
static void
test_holder (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *first = open_leak (force, "apple", "2026-02-03", NULL);
  g_autofree char *second = open_leak (force, "Banana", "2026-02-05", "1001");
  g_autofree char *third = open_leak (force, "cherry", "2026-02-01", NULL);
  g_autofree char *fourth = open_leak (force, "Date", "2026-02-04", "1002");
  g_autofree char *fifth = open_leak (force, "elder", "2026-02-02", NULL);
  g_autofree char *path = g_build_filename (force->casebook->base, "leaks.csv", NULL);
  g_autofree char *file = NULL;

  seal (force, second);
  seal (force, fifth);
  seal (force, first);
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");

  for (guint who = 0; who < 2; who++)
    {
      ProbitySession *session = who == 0 ? force->acu : force->decider;
      g_autoptr (ProbityListQuery) by_title = make_query ("leaks", "title", FALSE);
      g_autoptr (ProbityListQuery) by_title_back = make_query ("leaks", "title", TRUE);
      g_autoptr (ProbityListQuery) by_day = make_query ("leaks", NULL, FALSE);
      g_autoptr (ProbityListQuery) by_closing = make_query ("leaks", "closed", TRUE);
      g_autoptr (ProbityListQuery) filtered = make_query ("leaks", "title", FALSE);
      g_autoptr (ProbityListQuery) of_one = make_query ("leaks", NULL, FALSE);
      g_autoptr (ProbityListQuery) searched = make_query ("leaks", NULL, FALSE);

      /* As the column compares, not as bytes do. */
      assert_column (session, by_title, "title", "apple|Banana|cherry|Date|elder");
      assert_column (session, by_title_back, "title", "elder|Date|cherry|Banana|apple");
      assert_column (session, by_title, "badges", "sealed|sealed|||sealed");
      assert_column (session, by_day, "title", "Banana|Date|apple|elder|cherry");
      /* None of them is closed: by their ids then, the sealed ones after the others. */
      assert_column (session, by_closing, "title", "apple|elder|Banana|Date|cherry");

      probity_list_query_set_filter (filtered, "received-from", "2026-02-02");
      probity_list_query_set_filter (filtered, "received-until", "2026-02-04");
      assert_column (session, filtered, "title", "apple|Date|elder");
      probity_list_query_set_filter (of_one, "subject", "1001");
      assert_column (session, of_one, "reference", second);
      probity_list_query_set_search (searched, "banana");
      assert_column (session, searched, "reference", second);
    }

  /* What was selected is acted on, wherever it stands. */
  {
    const ProbityListKind *kind = probity_list_kind_find ("leaks");
    g_autoptr (ProbityListQuery) all = make_query ("leaks", "title", FALSE);
    g_autoptr (GArray) ids = wait_for_boxed (probity_list_load_ids (force->acu, all, NULL));
    g_autoptr (ProbityBulkResult) result = wait_for_boxed (probity_bulk_assign (force->acu, kind, (const gint64 *) (gpointer) ids->data, ids->len, "decider", "r"));

    g_assert_cmpuint (result->n_done, ==, 5);
    assert_column (force->acu, all, "owner", "decider|decider|decider|decider|decider");
    g_assert_cmpint (wait_for_int64 (probity_list_export (force->acu, all, path)), ==, 5);
    g_assert_true (g_file_get_contents (path, &file, NULL, NULL));
    g_assert_nonnull (strstr (file, second));
    g_assert_true (strstr (file, first) < strstr (file, second) && strstr (file, second) < strstr (file, third));
  }
}

/* Rule: a long list begins with the sealed cases that belong there, and with none of them for who lacks their keys. */
static void
test_start (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession          *outsider;
  g_autofree char         *first = open_leak (force, "Case 0000", "2026-02-26", NULL);
  g_autofree char         *within = open_leak (force, "Case 0020 a", "2026-02-10", NULL);
  g_autofree char *shown   G_GNUC_UNUSED = open_leak (force, "Case 0063 a", "2026-02-09", NULL);
  g_autofree char         *edge = open_leak (force, "Case 0252 a", "2025-06-18", NULL);
  g_autofree char         *beyond = open_leak (force, "Case 0270", "2026-02-08", NULL);
  g_autofree char         *last = open_leak (force, "Case 0999", "2020-01-01", NULL);
  const ProbityListColumn *columns;
  guint                    n;

  session_fixture_add (force->casebook, "outsider", "acu-officer", "5003");
  wait_for_success (run_sql (probity_session_get_casebook (force->acu), PROBITY_COMPARTMENT_INTELLIGENCE, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
                                                                                                          " INSERT INTO leak (uid, reference, title, marking, owner, received, item, stage, check_age_days, profile_name, profile_version, search_text, created, created_by, changed)"
                                                                                                          " SELECT 'bulk-' || i, printf ('OLD/%04d', i), printf ('Case %04d', i), 'official', 'acu', date ('2026-02-25', (-i) || ' days'), 'Custody record', 'reported', 28, 'generic', '1', 'old',"
                                                                                                          " '2026-01-01T09:00:00.000Z', 'acu', '2026-01-01T09:00:00.000Z' FROM n"));
  seal (force, first);
  seal (force, within);
  seal (force, edge);
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  outsider = session_fixture_sign_in (force->casebook, "outsider");

  columns = probity_list_kind_get_columns (probity_list_kind_find ("leaks"), &n);
  for (guint i = 0; i < n; i++)
    for (guint descending = 0; columns[i].sortable && descending < 2; descending++)
      {
        g_autoptr (ProbityListQuery) query = make_query ("leaks", columns[i].name, descending != 0);

        g_assert_true (assert_list_starts (force->decider, query));
        g_assert_true (assert_list_starts (force->acu, query));
        g_assert_true (assert_list_starts (outsider, query));
      }
  session_fixture_sign_out (outsider);
}

/* Rule: who lacks the key has the same lists, day and work to do as before the case was, to the byte; so has its subject. */
static void
test_blind (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *outsider;
  ProbitySession  *subject;
  g_autofree char *open = open_leak (force, "Open", "2026-02-03", "1002");
  g_autofree char *sealed = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  char *before[6] = { NULL };

  force_add_person (force, "5004", "Una", "Brannigan", "1990-01-01", NULL);
  session_fixture_add (force->casebook, "outsider", "acu-officer", "5003");
  session_fixture_add (force->casebook, "subject", "acu-officer", "5004");
  outsider = session_fixture_sign_in (force->casebook, "outsider");
  subject = session_fixture_sign_in (force->casebook, "subject");
  {
    ProbitySession *blind[] = { outsider, subject };

    for (guint after = 0; after < 2; after++)
      {
        for (guint i = 0; i < G_N_ELEMENTS (blind); i++)
          {
            g_autoptr (ProbityListQuery) checks = make_query ("checks", NULL, FALSE);
            char *seen[3] = { dup_lists (blind[i]), dup_column (blind[i], checks, "reference"), dup_day (blind[i]) };

            for (guint j = 0; j < G_N_ELEMENTS (seen); j++)
              {
                if (after == 0)
                  before[3 * i + j] = g_steal_pointer (&seen[j]);
                else
                  g_assert_cmpstr (seen[j], ==, before[3 * i + j]);
                g_free (seen[j]);
              }
          }
        if (after == 0)
          {
            g_autoptr (ProbityValues) values = probity_values_new ();
            g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
            ProbitySubject of = { (char *) "5004", NULL, NULL };

            probity_values_set (values, "title", "Sealed");
            probity_values_set (values, "item", "Briefing");
            g_ptr_array_add (subjects, &of);
            record = wait_for_boxed (probity_investigation_open_sealed (force->acu, &probity_leak_case, values, subjects, for_decider, "from the first"));
            sealed = g_strdup (probity_record_get_reference (record));
          }
      }
  }
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    g_free (before[i]);

  /* An id that names a compartment which is not theirs is no row. */
  {
    const gint64 foreign = (G_GINT64_CONSTANT (1) << 54) | 1;
    g_autoptr (GPtrArray) rows = wait_for_boxed (probity_list_load_rows (outsider, probity_list_kind_find ("leaks"), &foreign, 1, NULL));

    g_assert_cmpuint (rows->len, ==, 1);
    g_assert_null (g_ptr_array_index (rows, 0));
  }

  /* Its subject is locked from it even with the key in hand, and the unit is told. */
  {
    static const char *const for_subject[] = { "subject", NULL };
    g_autofree char         *told = g_strdup_printf ("refused-attempt %s", sealed);
    g_autofree char         *day = NULL;

    assert_record_error (probity_case_seal (force->acu, sealed, for_subject, "r"), INVALID);
    assert_not_found (probity_case_load (subject, NULL, sealed));
    day = dup_day (force->acu);
    g_test_message ("%s", day);
    g_assert_nonnull (strstr (day, told));
  }

  /* So are its holders where a program asks by its uid, and nobody else: a uid is of something that was there. */
  {
    g_autoptr (ProbityRecord) held_case = wait_for_boxed (probity_case_load (force->acu, NULL, sealed));
    const char      *asked = probity_record_get_uid (record);
    g_autofree char *held = NULL;
    g_autofree char *foreign = NULL;

    assert_not_found (probity_case_load (subject, NULL, asked));
    held = dup_day (force->acu);
    foreign = dup_day (outsider);
    g_assert_nonnull (strstr (held, asked));
    g_assert_null (strstr (foreign, asked));
  }

  session_fixture_sign_out (outsider);
  session_fixture_sign_out (subject);
}

/* Rule: checks of a sealed case wait for those of its holders who may make them, and for nobody else. */
static void
test_checks (void)
{
  static const char *const both[] = { "decider", "checker", NULL };
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *checker;
  g_autofree char *reference = NULL;
  g_autofree char *conduct = NULL;

  session_fixture_add (force->casebook, "checker", "acu-officer", "5002");
  reference = open_leak (force, "Leak", "2026-02-03", "1001");
  conduct = force_investigate (force->decider, &probity_conduct_case, "Posts", "1002");
  {
    g_autoptr (ProbityRecord) one = wait_for_boxed (probity_case_seal (force->acu, reference, both, "r"));
    g_autoptr (ProbityRecord) two = wait_for_boxed (probity_case_seal (force->decider, conduct, &both[1], "r"));
  }
  checker = session_fixture_sign_in (force->casebook, "checker");
  {
    g_autoptr (ProbityListQuery) query = make_query ("checks", "reference", FALSE);
    g_autoptr (ProbityListQuery) of_conduct = make_query ("checks", "reference", FALSE);
    g_autofree char *expected = g_strcmp0 (conduct, reference) < 0 ? g_strconcat (conduct, "|", reference, NULL) : g_strconcat (reference, "|", conduct, NULL);
    g_autofree char *due = g_strdup_printf ("check-complaints %s not-started\ncheck-intelligence %s not-started\n", reference, reference);
    g_autofree char *day = dup_day (checker);

    assert_column (checker, query, "reference", expected);
    assert_column (checker, query, "badges", "sealed|sealed");
    probity_list_query_set_filter (of_conduct, "kind", "conduct-investigation");
    assert_column (checker, of_conduct, "check", "complaints,intelligence");
    g_assert_nonnull (strstr (day, due));
    /* Who investigates it does not check it. */
    assert_column (force->acu, query, "reference", "");
    assert_column (force->psd, query, "reference", "");
  }
  force_check (checker, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  {
    g_autoptr (ProbityListQuery) query = make_query ("checks", NULL, FALSE);

    probity_list_query_set_filter (query, "kind", "leak-investigation");
    assert_column (checker, query, "check", "intelligence");
  }
  session_fixture_sign_out (checker);
}

static gint64
count_submitted (ProbitySession *session)
{
  g_autoptr (GPtrArray) indicators = wait_for_boxed (probity_statistics (session, "2026-01-01", "2026-12-31"));

  return ((ProbityIndicator *) g_ptr_array_index (indicators, 0))->value;
}

static double
sum_other_jobs (ProbitySession *session,
                const char     *reference)
{
  g_autoptr (ProbityHoursSummary) hours = wait_for_boxed (probity_second_job_load_hours (session, reference, NULL, -1));

  return hours->other_jobs;
}

static guint
count_watched (ProbitySession *session)
{
  g_autoptr (GPtrArray) list = wait_for_boxed (probity_watch_list (session));

  return list->len;
}

/* Rule: a second job that is sealed stands in every list and count of who holds it, and in nobody else's. */
static void
test_second_jobs (void)
{
  static const char *const named[] = { "decider", "psd", "manager", "head-of-hr", NULL };
  g_autoptr (Force) force = force_new ("generic");
  g_autoptr (ProbityListQuery) jobs = make_query ("second-jobs", "reference", FALSE);
  g_autoptr (ProbityListQuery) checks = make_query ("checks", "reference", FALSE);
  g_autofree char *open = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *sealed = force_submit (force, force->hr, "1001", "Family lettings");
  const gboolean   first = strcmp (sealed, open) < 0;
  g_autofree char *both = first ? g_strdup_printf ("%s|%s", sealed, open) : g_strdup_printf ("%s|%s", open, sealed);
  ProbitySession  *colleague;

  force_add_person (force, "4002", "Nora", "Neighbour", "1980-02-02", NULL);
  session_fixture_add (force->casebook, "colleague", "psd-officer", "4002");
  colleague = session_fixture_sign_in (force->casebook, "colleague");
  wait_for_success (probity_case_seal_with_checks (force->acu, sealed, named, "r"));
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  session_fixture_sign_in_again (force->casebook, &force->psd, "psd");
  session_fixture_sign_in_again (force->casebook, &force->manager, "manager");
  session_fixture_sign_in_again (force->casebook, &force->head, "head-of-hr");

  assert_column (force->psd, jobs, "reference", both);
  assert_column (force->manager, jobs, "applicant_name", "Jonathan Applegate|Jonathan Applegate");
  assert_column (colleague, jobs, "reference", open);
  assert_column (force->hr, jobs, "reference", open);
  assert_column (force->psd, checks, "reference", both);
  assert_column (force->psd, checks, "badges", first ? "sealed|" : "|sealed");
  assert_column (force->acu, checks, "check", "complaints,intelligence|complaints,intelligence");
  assert_column (colleague, checks, "reference", open);
  g_assert_cmpint (count_submitted (force->psd), ==, 2);
  g_assert_cmpint (count_submitted (colleague), ==, 1);
  g_assert_cmpfloat (sum_other_jobs (force->psd, open), >, 0);
  g_assert_cmpfloat (sum_other_jobs (force->psd, sealed), ==, sum_other_jobs (force->psd, open));
  g_assert_cmpfloat (sum_other_jobs (colleague, open), ==, 0);

  assert_day (force->manager, sealed, "waiting comment|sealed sealed-case");
  assert_day (force->psd, sealed, "waiting check-complaints|sealed sealed-case");
  assert_day (force->decider, sealed, "sealed sealed-case");
  assert_day (force->hr, sealed, "");
  assert_day (colleague, sealed, "");
  force_prepare (force, sealed);
  assert_day (force->decider, sealed, "waiting decide|sealed sealed-case");
  wait_for_success (force_decide (force->decider, sealed, "refuse"));
  assert_day (force->head, sealed, "waiting letter");

  wait_for_success (probity_watch_add (force->psd, sealed, "whether it goes on", "+10"));
  g_assert_cmpuint (count_watched (force->psd), ==, 1);
  g_assert_cmpuint (count_watched (colleague), ==, 0);
  session_fixture_sign_out (colleague);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  session_fixture_places = 3;

  g_test_add_func ("/seal-lists/holder", test_holder);
  g_test_add_func ("/seal-lists/start", test_start);
  g_test_add_func ("/seal-lists/blind", test_blind);
  g_test_add_func ("/seal-lists/checks", test_checks);
  g_test_add_func ("/seal-lists/second-jobs", test_second_jobs);

  return g_test_run ();
}
