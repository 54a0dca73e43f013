/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "second-job-fixture.h"

/* Whole routes by several people on one casebook folder. */

#define ALL_OUTSIDE "line-manager-comment head-of-hr-comment professional-standards"
#define ALL_INSIDE "line-manager-comment head-of-hr-comment complaints-check intelligence-check"

/* Generic route: both comments, both checks, the decider's decision; then it is in the register for a year. */
static void
test_generic_route (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  assert_field (force->hr, reference, "category", "other");
  assert_field (force->hr, reference, "received", "2026-03-02");
  assert_field (force->manager, reference, "stage", "with-professional-standards");
  assert_missing (force->manager, reference, ALL_OUTSIDE);
  assert_missing (force->hr, reference, ALL_OUTSIDE);
  assert_missing (force->decider, reference, ALL_INSIDE);

  assert_refused (force_decide (force->decider, reference, "approve"), ALL_INSIDE);
  assert_refused (force_decide (force->head, reference, "approve"), "not-your-step");
  assert_refused (force_decide (force->acu, reference, "approve"), "not-your-step");

  wait_for_success (probity_second_job_comment (force->manager, reference, NULL, "a good officer", TRUE, NULL, NULL));
  assert_missing (force->manager, reference, "head-of-hr-comment professional-standards");
  assert_refused (force_decide (force->decider, reference, "approve"), "head-of-hr-comment complaints-check intelligence-check");
  wait_for_success (probity_second_job_comment (force->head, reference, NULL, "hours are fine", TRUE, NULL, NULL));
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  assert_missing (force->decider, reference, "intelligence-check");
  assert_refused (force_decide (force->decider, reference, "approve"), "intelligence-check");
  assert_missing (force->hr, reference, "professional-standards");
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  assert_missing (force->decider, reference, "");
  /* Nothing of it shows outside. */
  assert_missing (force->hr, reference, "professional-standards");
  assert_field (force->hr, reference, "stage", "with-professional-standards");

  wait_for_success (force_decide (force->decider, reference, "approve"));
  assert_field (force->manager, reference, "stage", "registered");
  assert_field (force->manager, reference, "outcome", "approved");
  assert_field (force->manager, reference, "next_review", "2027-03-02");
  assert_missing (force->manager, reference, "");
  assert_record_error (force_decide (force->decider, reference, "approve"), STAGE);
  assert_record_error (probity_second_job_withdraw (force->hr, reference, "too late"), STAGE);
}

/* Durham: no comment is required; the department checks and decides. */
static void
test_durham_route (void)
{
  g_autoptr (Force) force = force_new ("durham");
  g_autofree char *reference = force_submit (force, force->psd, "1001", "The Bell");

  assert_missing (force->decider, reference, "complaints-check intelligence-check");
  assert_missing (force->manager, reference, "professional-standards");
  /* A comment is allowed all the same. */
  wait_for_success (probity_second_job_comment (force->manager, reference, NULL, "fine", TRUE, NULL, NULL));
  /* Who entered an application may check it; the decider is another. */
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  assert_refused (force_decide (force->head, reference, "approve"), "not-your-step");
  wait_for_success (force_decide (force->decider, reference, "approve-with-conditions"));
  assert_field (force->hr, reference, "outcome", "approved-with-conditions");
}

/* Derbyshire: comments, checks, the sealed view of the head of PSD, the head of HR's signature. */
static void
test_derbyshire_route (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  assert_missing (force->decider, reference, ALL_INSIDE " professional-standards-view");
  assert_missing (force->head, reference, ALL_OUTSIDE);
  assert_refused (probity_second_job_view (force->decider, reference, FALSE, NULL), "complaints-check intelligence-check");
  force_prepare (force, reference);
  assert_missing (force->decider, reference, "professional-standards-view");
  assert_refused (force_decide (force->head, reference, "approve"), "professional-standards");
  assert_refused (force_decide (force->decider, reference, "approve"), "not-your-step");
  assert_refused (probity_second_job_view (force->acu, reference, FALSE, NULL), "not-your-step");

  wait_for_success (probity_second_job_view (force->decider, reference, FALSE, "nothing known"));
  assert_missing (force->decider, reference, "");
  assert_missing (force->head, reference, "");
  /* Sealed to the signatory: nobody else outside sees it. */
  assert_missing (force->hr, reference, "professional-standards");
  assert_missing (force->manager, reference, "professional-standards");

  wait_for_success (force_decide (force->head, reference, "approve"));
  assert_field (force->manager, reference, "stage", "registered");
  assert_field (force->manager, reference, "outcome", "approved");
}

/* The head of HR cannot approve over an objection. */
static void
test_derbyshire_objection (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  force_prepare (force, reference);
  wait_for_success (probity_second_job_view (force->decider, reference, TRUE, "seen with a target"));
  assert_missing (force->head, reference, "professional-standards");
  assert_refused (force_decide (force->head, reference, "approve"), "professional-standards");
  {
    g_autoptr (ProbityGateState) state = wait_for_boxed (probity_second_job_load_gate (force->head, reference));
    ProbityGateItem *item = g_ptr_array_index (state->items, state->items->len - 1);

    g_assert_cmpstr (item->code, ==, "professional-standards");
    g_assert_cmpstr (item->detail, ==, "objection");
  }
  /* A view is given again when minds change; the newest counts. */
  wait_for_success (probity_second_job_view (force->decider, reference, FALSE, NULL));
  assert_missing (force->head, reference, "");
  wait_for_success (probity_second_job_view (force->decider, reference, TRUE, NULL));
  assert_refused (force_decide (force->head, reference, "approve"), "professional-standards");
  wait_for_success (force_decide (force->head, reference, "refuse"));
  assert_field (force->manager, reference, "outcome", "refused");
}

/* A later record that touches the applicant ends the view without a word outside. */
static void
test_derbyshire_view_is_voided (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *complaint = NULL;

  force_prepare (force, reference);
  wait_for_success (probity_second_job_view (force->decider, reference, FALSE, NULL));
  assert_missing (force->head, reference, "");
  assert_unseen (force->psd, reference, "intelligence-check professional-standards-view");
  complaint = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);
  assert_missing (force->head, reference, "professional-standards");
  assert_missing (force->decider, reference, "new-record professional-standards-view");
  /* Told to the decider only. */
  assert_missing (force->psd, reference, "stale-check intelligence-check professional-standards-view");
  /* Whether these are there: not told to them, nor that it was so before. */
  assert_unseen (force->psd, reference, "intelligence-check professional-standards-view");
  assert_unseen (force->decider, reference, "");
  assert_unseen (force->head, reference, "");
  assert_refused (force_decide (force->head, reference, "approve"), "professional-standards");
  assert_refused (probity_second_job_view (force->decider, reference, FALSE, NULL), "new-record");

  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  assert_missing (force->head, reference, "professional-standards");
  wait_for_success (probity_second_job_view (force->decider, reference, FALSE, NULL));
  wait_for_success (force_decide (force->head, reference, "approve"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/second-job/generic-route", test_generic_route);
  g_test_add_func ("/second-job/durham-route", test_durham_route);
  g_test_add_func ("/second-job/derbyshire-route", test_derbyshire_route);
  g_test_add_func ("/second-job/derbyshire-objection", test_derbyshire_objection);
  g_test_add_func ("/second-job/derbyshire-view-is-voided", test_derbyshire_view_is_voided);

  return g_test_run ();
}
