/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-import.h"
#include "probity-overview.h"
#include "second-job-fixture.h"

/* The numbers that come out, and what each reader's day holds. */

/* `submitted/approved`, with `(n)` behind either where n of them are brought forward; `-` where not available. */
static char *
count (ProbitySession *session,
       const char     *from,
       const char     *to)
{
  g_autoptr (GPtrArray) indicators = wait_for_boxed (probity_statistics (session, from, to));
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (indicators->len, >=, 2);
  g_assert_cmpstr (((ProbityIndicator *) g_ptr_array_index (indicators, 0))->id, ==, "second-jobs-submitted");
  g_assert_cmpstr (((ProbityIndicator *) g_ptr_array_index (indicators, 1))->id, ==, "second-jobs-approved");

  for (guint i = 0; i < 2; i++)
    {
      const ProbityIndicator *indicator = g_ptr_array_index (indicators, i);

      g_assert_cmpstr (indicator->from, ==, from);
      g_assert_cmpstr (indicator->to, ==, to);
      if (i > 0)
        g_string_append_c (text, '/');
      if (indicator->available)
        g_string_append_printf (text, "%" G_GINT64_FORMAT, indicator->value);
      else
        g_string_append_c (text, '-');
      if (indicator->brought_forward > 0)
        g_string_append_printf (text, "(%" G_GINT64_FORMAT ")", indicator->brought_forward);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_count(session, from, to, expected)                \
  G_STMT_START                                                   \
  {                                                              \
    g_autofree char *counted_ = count ((session), (from), (to)); \
    g_assert_cmpstr (counted_, ==, (expected));                  \
  }                                                              \
  G_STMT_END

static void
test_both_days_are_included (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *withdrawn = force_submit (force, force->hr, "1002", "The Crown");

  wait_for_success (probity_second_job_withdraw (force->hr, withdrawn, "no longer wanted"));

  assert_count (force->hr, "2026-03-02", "2026-03-02", "2/0");
  assert_count (force->hr, "2026-03-01", "2026-03-02", "2/0");
  assert_count (force->hr, "2026-03-02", "2026-03-31", "2/0");
  assert_count (force->hr, "2026-03-03", "2026-03-31", "0/0");
  assert_count (force->hr, "2026-02-01", "2026-03-01", "0/0");
}

static void
test_approved_are_those_applications_ever_approved (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *approved = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *conditions = force_submit (force, force->hr, "1001", "The Crown");
  g_autofree char *refused = force_submit (force, force->hr, "1001", "The Anchor");
  g_autofree char *pending = force_submit (force, force->hr, "1001", "The Swan");

  force_prepare (force, approved);
  force_prepare (force, conditions);
  force_prepare (force, refused);
  force_set_now (force, "2026-03-20T09:00:00.000Z");
  wait_for_success (force_decide (force->decider, approved, "approve"));
  wait_for_success (force_decide (force->decider, conditions, "approve-with-conditions"));
  wait_for_success (force_decide (force->decider, refused, "refuse"));

  /* Received in the window; the day of the decision does not matter. */
  assert_count (force->hr, "2026-03-02", "2026-03-02", "4/2");
  assert_count (force->hr, "2026-03-03", "2026-03-31", "0/0");

  /* Ever approved, even if since ceased. */
  wait_for_success (probity_second_job_review (force->hr, approved, "ceased", NULL, "left the trade"));
  assert_field (force->hr, approved, "stage", "ceased");
  assert_count (force->hr, "2026-03-02", "2026-03-02", "4/2");
  g_assert_nonnull (pending);
}

static void
test_brought_forward_counts_by_its_recorded_outcome (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *path = g_build_filename (force->casebook->base, "register.csv", NULL);
  g_autoptr (ProbityImportReport) report = NULL;
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path,
                       "reference,received,staff_number,employer,category,outcome,decided,ceased\n"
                       "BI/1,2026-03-02,1001,The Crown,other,approved,2026-03-02,\n"
                       "BI/2,2026-03-02,1001,The Anchor,other,refused,2026-03-02,\n"
                       "BI/3,2026-03-02,1002,The Swan,other,approved,2026-03-02,2026-03-02\n",
                       -1,
                       &error);
  g_assert_no_error (error);
  report = wait_for_boxed (probity_import (force->head, "second-jobs", path, NULL, FALSE));
  g_assert_cmpuint (report->added, ==, 3);
  assert_count (force->hr, "2026-03-02", "2026-03-02", "4(3)/2(2)");
  g_assert_nonnull (reference);
}

static void
test_numbers_are_the_readers_own (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *first = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *second = force_submit (force, force->hr, "1002", "The Crown");
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) backwards = NULL;
  g_autoptr (GError) no_day = NULL;

  /* A line manager counts their own people, nobody a relative. */
  assert_count (force->manager, "2026-01-01", "2026-12-31", "1/0");
  assert_count (force->other, "2026-01-01", "2026-12-31", "1/0");
  assert_count (force->psd, "2026-01-01", "2026-12-31", "2/0");
  force_relate (force, "4001", "1002");
  assert_count (force->psd, "2026-01-01", "2026-12-31", "1/0");
  assert_count (force->hr, "2026-01-01", "2026-12-31", "2/0");

  session_fixture_add (force->casebook, "keeper", "administrator", NULL);
  {
    ProbitySession *keeper = session_fixture_sign_in (force->casebook, "keeper");

    refused = wait_for_error (probity_statistics (keeper, "2026-01-01", "2026-12-31"));
    session_fixture_sign_out (keeper);
  }
  g_assert_error (refused, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED);

  backwards = wait_for_error (probity_statistics (force->hr, "2026-12-31", "2026-01-01"));
  g_assert_cmpstr (probity_record_error_get_field (backwards), ==, "to");
  no_day = wait_for_error (probity_statistics (force->hr, "yesterday", "2026-01-01"));
  g_assert_cmpstr (probity_record_error_get_field (no_day), ==, "from");
}

static void
test_day_holds_ones_own_next_step (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  assert_day (force->manager, reference, "waiting comment");
  assert_day (force->other, reference, "");
  assert_day (force->head, reference, "waiting comment");
  assert_day (force->hr, reference, "");
  assert_day (force->psd, reference, "waiting check-complaints");
  assert_day (force->acu, reference, "waiting check-complaints|waiting check-intelligence");
  assert_day (force->decider, reference, "");

  force_prepare (force, reference);
  assert_day (force->manager, reference, "");
  assert_day (force->head, reference, "");
  assert_day (force->psd, reference, "");
  assert_day (force->acu, reference, "");
  assert_day (force->decider, reference, "waiting decide");

  wait_for_success (force_decide (force->decider, reference, "approve"));
  assert_day (force->decider, reference, "");
  assert_day (force->hr, reference, "waiting letter");
  wait_for_success (probity_second_job_letter (force->hr, reference));
  assert_day (force->hr, reference, "");

  /* A year later the return is due, then overdue. */
  force_set_now (force, "2027-03-02T09:00:00.000Z");
  assert_day (force->hr, reference, "today review-due");
  force_set_now (force, "2027-03-03T09:00:00.000Z");
  assert_day (force->hr, reference, "overdue review-due");
  assert_day (force->manager, reference, "");
}

static void
test_day_of_derbyshires_signatory (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  force_prepare (force, reference);
  assert_day (force->decider, reference, "waiting view");
  assert_day (force->head, reference, "");
  wait_for_success (probity_second_job_view (force->decider, reference, FALSE, "nothing known"));
  assert_day (force->decider, reference, "");
  assert_day (force->head, reference, "waiting decide");
}

static void
test_day_of_the_unit (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *report = force_add_report (force, "IR/7", "CANARY words", NULL, "1001", "Jonathan Applegate");
  g_autoptr (GError) error = wait_for_error (probity_record_load (force->manager, probity_record_kind_find ("second-job"), "SJ/2026/0099"));

  g_assert_nonnull (error);
  assert_day (force->acu, "IR/7", "waiting sanitise");
  assert_day (force->decider, "IR/7", "");
  assert_day (force->acu, "SJ/2026/0099", "refused refused-attempt");
  assert_day (force->decider, "SJ/2026/0099", "");
  assert_day (force->psd, "SJ/2026/0099", "");
  g_assert_nonnull (report);
}

/* Rule: an attempt that was looked at is put away, which is logged; nobody puts away their own or what they are not shown. */
static void
test_refused_attempt_is_seen (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autoptr (GError) error = wait_for_error (probity_record_load (force->manager, probity_record_kind_find ("second-job"), "SJ/2026/0099"));
  g_autoptr (GError) own = wait_for_error (probity_record_load (force->acu, probity_record_kind_find ("second-job"), "SJ/2026/0098"));
  g_autoptr (GPtrArray) refusals = wait_for_boxed (probity_access_load_refusals (force->acu));
  g_autoptr (GPtrArray) after = NULL;
  ProbityRefusal *refusal;

  g_assert_nonnull (error);
  g_assert_nonnull (own);
  g_assert_cmpuint (refusals->len, ==, 1);
  refusal = g_ptr_array_index (refusals, 0);
  g_assert_false (refusal->seen);
  assert_not_found (probity_access_mark_refusal_seen (force->acu, refusal->seq + 1));
  {
    g_autoptr (GError) refused = wait_for_error (probity_access_mark_refusal_seen (force->psd, refusal->seq));

    g_assert_error (refused, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
  }

  wait_for_success (probity_access_mark_refusal_seen (force->acu, refusal->seq));
  wait_for_success (probity_access_mark_refusal_seen (force->acu, refusal->seq));
  assert_day (force->acu, "SJ/2026/0099", "");
  after = wait_for_boxed (probity_access_load_refusals (force->acu));
  g_assert_true (((ProbityRefusal *) g_ptr_array_index (after, 0))->seen);
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (force->acu), PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT count(*) FROM audit_entry WHERE kind = 'refusal' AND field = 'seen'", NULL)),
                   ==,
                   1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/statistics/both-days-are-included", test_both_days_are_included);
  g_test_add_func ("/statistics/approved-are-those-applications-ever-approved", test_approved_are_those_applications_ever_approved);
  g_test_add_func ("/statistics/brought-forward-counts-by-its-recorded-outcome", test_brought_forward_counts_by_its_recorded_outcome);
  g_test_add_func ("/statistics/numbers-are-the-readers-own", test_numbers_are_the_readers_own);
  g_test_add_func ("/my-day/holds-ones-own-next-step", test_day_holds_ones_own_next_step);
  g_test_add_func ("/my-day/of-derbyshires-signatory", test_day_of_derbyshires_signatory);
  g_test_add_func ("/my-day/of-the-unit", test_day_of_the_unit);
  g_test_add_func ("/my-day/refused-attempt-is-seen", test_refused_attempt_is_seen);

  return g_test_run ();
}
