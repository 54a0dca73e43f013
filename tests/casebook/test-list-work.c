/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"
#include "probity-action.h"
#include "probity-bulk.h"
#include "probity-case-log.h"
#include "probity-conduct.h"
#include "probity-leak.h"
#include "probity-link.h"
#include "probity-list-kind.h"
#include "probity-saved-filter.h"
#include "second-job-fixture.h"

/* What is done with lists: several rows at a time, badges, filters that a person saved. */

static GArray *
load_ids (ProbitySession *session,
          const char     *list)
{
  g_autoptr (ProbityListQuery) query = probity_list_query_new (probity_list_kind_find (list));

  return wait_for_boxed (probity_list_load_ids (session, query, NULL));
}

/* The cell of @column in the row of @reference. */
static char *
dup_cell (ProbitySession *session,
          const char     *list,
          const char     *reference,
          const char     *column)
{
  const ProbityListKind *kind = probity_list_kind_find (list);
  g_autoptr (GArray) ids = load_ids (session, list);
  g_autoptr (GPtrArray) rows = wait_for_boxed (probity_list_load_rows (session, kind, (const gint64 *) (gpointer) ids->data, ids->len, NULL));

  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (probity_list_row_find_cell (g_ptr_array_index (rows, i), kind, "reference"), reference) == 0)
      return g_strdup (probity_list_row_find_cell (g_ptr_array_index (rows, i), kind, column));
  g_assert_not_reached ();
}

#define assert_cell(session, list, reference, column, expected)                   \
  G_STMT_START                                                                    \
  {                                                                               \
    g_autofree char *cell_ = dup_cell ((session), (list), (reference), (column)); \
    g_assert_cmpstr (cell_, ==, (expected));                                      \
  }                                                                               \
  G_STMT_END

/* Rule: several cases are given to somebody in one act; each is logged for itself, and what is refused for one is told and done for the others. */
static void
test_assigns_several (void)
{
  g_autoptr (Force) force = force_new ("generic");
  const ProbityListKind *kind = probity_list_kind_find ("conduct");
  g_autofree char       *first = force_investigate (force->psd, &probity_conduct_case, "A loan", "1001");
  g_autofree char       *second = force_investigate (force->psd, &probity_conduct_case, "A car", "1002");
  g_autoptr (GArray) ids = load_ids (force->psd, "conduct");
  g_autoptr (ProbityBulkResult) result = NULL;
  g_autoptr (ProbityBulkResult) refused = NULL;
  gint64 gone = 4711;

  g_assert_cmpuint (ids->len, ==, 2);
  g_array_append_val (ids, gone);
  result = wait_for_boxed (probity_bulk_assign (force->psd, kind, (const gint64 *) (gpointer) ids->data, ids->len, "acu", "The unit takes both."));
  g_assert_cmpuint (result->n_done, ==, 2);
  g_assert_cmpuint (result->failures->len, ==, 1);
  g_assert_error (((ProbityBulkFailure *) g_ptr_array_index (result->failures, 0))->error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND);
  assert_cell (force->psd, "conduct", first, "owner", "acu");
  assert_cell (force->psd, "conduct", second, "owner", "acu");
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (force->psd), PROBITY_COMPARTMENT_STANDARDS, "SELECT count (*) FROM audit_entry WHERE kind = 'conduct-investigation' AND verb = 'alteration' AND field = 'owner'", NULL)), ==, 2);

  /* Without a reason none of them. */
  refused = wait_for_boxed (probity_bulk_assign (force->psd, kind, (const gint64 *) (gpointer) ids->data, 2, "psd", ""));
  g_assert_cmpuint (refused->n_done, ==, 0);
  g_assert_cmpuint (refused->failures->len, ==, 2);
  g_assert_false (probity_bulk_may_assign (force->psd, probity_list_kind_find ("second-jobs")));
  g_assert_false (probity_bulk_may_act (force->manager, probity_list_kind_find ("second-jobs")));
  g_assert_false (probity_bulk_may_act (force->psd, probity_list_kind_find ("people")));
}

/* Rule: a row says what its case's parts hold: an action that is over, notes, and a link only where the reader may know of its other end. */
static void
test_badges (void)
{
  g_autoptr (Force) force = force_new ("generic");
  const ProbityListKind *kind = probity_list_kind_find ("conduct");
  g_autofree char       *first = force_investigate (force->psd, &probity_conduct_case, "A loan", "1001");
  g_autofree char       *second = force_investigate (force->psd, &probity_conduct_case, "A car", "1002");
  g_autofree char       *leak = force_investigate (force->acu, &probity_leak_case, "The arrest in the paper", NULL);
  g_autoptr (GArray) ids = load_ids (force->psd, "conduct");
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityBulkResult) result = NULL;

  assert_cell (force->psd, "conduct", first, "badges", NULL);
  probity_values_set (values, "title", "Ask the bank");
  probity_values_set (values, "hard_deadline", "2026-03-06");
  result = wait_for_boxed (probity_bulk_add_action (force->psd, kind, (const gint64 *) (gpointer) ids->data, ids->len, values));
  g_assert_cmpuint (result->n_done, ==, 2);
  wait_for_success (probity_action_finish (force->psd, &probity_conduct_case, second, 1, "Asked."));
  wait_for_success (probity_case_log_add (force->psd, &probity_conduct_case, first, "note", "He rang.", 0));
  wait_for_success (probity_link_add (force->acu, "conduct", second, "leak", leak, "related", "Same paper."));
  force_set_now (force, "2026-03-09T09:00:00.000Z");
  assert_cell (force->psd, "conduct", first, "badges", "overdue,notes");
  assert_cell (force->acu, "conduct", first, "badges", "overdue,notes");
  /* The link lives with the leak: who lacks that key sees no badge of it. */
  assert_cell (force->psd, "conduct", second, "badges", NULL);
  assert_cell (force->acu, "conduct", second, "badges", "links");
  assert_cell (force->acu, "leaks", leak, "badges", "links");

  /* Nor does the ACU officer of a link to what is about a relative of theirs. */
  force_add_person (force, "5001", "Ada", "Unit", "1980-01-02", NULL);
  wait_for_success (probity_link_add (force->psd, "conduct", first, "person", "1001", "subject", "It is he."));
  assert_cell (force->psd, "conduct", first, "badges", "overdue,notes,links");
  assert_cell (force->acu, "conduct", first, "badges", "overdue,notes,links");
  wait_for_success (probity_link_add (force->psd, "conduct", second, "person", "5001", "witness", "She was there."));
  assert_cell (force->psd, "conduct", second, "badges", "links");
}

/* Rule: the rows chosen are written, in their order, and it is logged before that they leave. */
static void
test_exports_what_was_chosen (void)
{
  g_autoptr (Force) force = force_new ("generic");
  const ProbityListKind *kind = probity_list_kind_find ("conduct");
  g_autofree char       *first = force_investigate (force->psd, &probity_conduct_case, "A loan", "1001");
  g_autofree char       *second = force_investigate (force->psd, &probity_conduct_case, "A car", "1002");
  g_autoptr (GArray) ids = load_ids (force->psd, "conduct");
  g_autofree char *path = g_build_filename (force->casebook->base, "chosen.csv", NULL);
  g_autofree char *text = NULL;

  g_assert_cmpint (wait_for_int64 (probity_list_export_ids (force->psd, kind, (const gint64 *) (gpointer) ids->data, 1, path)), ==, 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true ((strstr (text, first) != NULL) != (strstr (text, second) != NULL));
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (force->psd), PROBITY_COMPARTMENT_STANDARDS, "SELECT count (*) FROM audit_entry WHERE verb = 'disclosure'", NULL)), ==, 1);
}

static gint64
count_boxes (ProbitySession    *session,
             ProbityCompartment compartment)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), compartment, "SELECT count (*) FROM draft WHERE key LIKE 'filters:%'", NULL));
}

/* Rule: a saved filter is its account's own: in the highest compartment that it holds, sealed to the account. */
static void
test_saved_filters_are_ones_own (void)
{
  g_autoptr (Force) force = force_new ("generic");
  const ProbityListKind *kind = probity_list_kind_find ("conduct");
  const char *const      columns[] = { "reference", "owner", NULL };
  g_autoptr (ProbityListQuery) query = probity_list_query_new (kind);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) left = NULL;
  ProbitySavedFilter *saved;

  probity_list_query_set_filter (query, "subject", "1001");
  probity_list_query_set_search (query, "loan");
  probity_list_query_set_sort (query, "owner", TRUE);
  wait_for_success (probity_saved_filter_save (force->acu, "Applegate", query, columns));
  probity_list_query_set_filter (query, "subject", NULL);
  wait_for_success (probity_saved_filter_save (force->acu, "Loans", query, NULL));
  wait_for_success (probity_saved_filter_save (force->acu, "Loans", query, NULL));

  one = wait_for_boxed (probity_saved_filter_load (force->acu, kind));
  g_assert_cmpuint (one->len, ==, 2);
  saved = g_ptr_array_index (one, 0);
  g_assert_cmpstr (saved->name, ==, "Applegate");
  g_assert_cmpstr (probity_list_query_get_filter (saved->query, "subject"), ==, "1001");
  g_assert_cmpstr (probity_list_query_get_search (saved->query), ==, "loan");
  g_assert_cmpuint (g_strv_length (saved->columns), ==, 2);
  none = wait_for_boxed (probity_saved_filter_load (force->decider, kind));
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (count_boxes (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE), ==, 1);
  g_assert_cmpint (count_boxes (force->decider, PROBITY_COMPARTMENT_REGISTERS), ==, 0);
  /* Whoever reads the table finds none of the words. */
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (force->decider), PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT count (*) FROM draft WHERE instr (box, CAST ('Applegate' AS BLOB)) > 0", NULL)), ==, 0);

  wait_for_success (probity_saved_filter_remove (force->acu, kind, "Applegate"));
  left = wait_for_boxed (probity_saved_filter_load (force->acu, kind));
  g_assert_cmpuint (left->len, ==, 1);
  wait_for_success (probity_saved_filter_remove (force->acu, kind, "Loans"));
  g_assert_cmpint (count_boxes (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE), ==, 0);
  assert_record_error (probity_saved_filter_save (force->acu, "", query, NULL), INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/list-work/assigns-several", test_assigns_several);
  g_test_add_func ("/list-work/badges", test_badges);
  g_test_add_func ("/list-work/exports-what-was-chosen", test_exports_what_was_chosen);
  g_test_add_func ("/list-work/saved-filters-are-ones-own", test_saved_filters_are_ones_own);

  return g_test_run ();
}
