/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list.h"
#include "second-job-fixture.h"

/* Second jobs of people who hold a role on the route themselves: the profile names who acts instead. */

#define LINE "line-manager-comment head-of-hr-comment"

static void
sql (ProbitySession *session,
     const char     *text)
{
  wait_for_success (run_sql (probity_session_get_casebook (session), PROBITY_COMPARTMENT_REGISTERS, text));
}

/* The problems that verify names, or nothing. */
static char *
dup_problems (ProbitySession *session)
{
  g_autoptr (ProbityVerifyReport) report = wait_for_boxed (probity_audit_verify (session, NULL));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < report->compartments->len; i++)
    {
      ProbityVerifyCompartment *part = g_ptr_array_index (report->compartments, i);

      for (guint j = 0; part->problems[j] != NULL; j++)
        g_string_append_printf (text, "%s\n", part->problems[j]);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static ProbitySession *
add_account (Force      *force,
             const char *name,
             const char *role,
             const char *staff_number)
{
  session_fixture_add (force->casebook, name, role, staff_number);

  return session_fixture_sign_in (force->casebook, name);
}

static DexFuture *
comment (ProbitySession *session,
         const char     *reference,
         const char     *for_role)
{
  return probity_second_job_comment (session, reference, for_role, "no objection", TRUE, NULL, NULL);
}

/*
 * Rule: where the applicant is the head of HR, the profile's decider comments and signs in their place, reading the
 * checks; no other head of HR does, and the applicant finds no case.
 */
static void
test_head_of_hr_applies (gconstpointer profile)
{
  g_autoptr (Force) force = force_new (profile);
  g_autoptr (ProbityGateState) state = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *problems = NULL;
  ProbitySession  *second = add_account (force, "head-2", "head-of-hr", "3003");
  ProbityGateItem *item;

  force_add_person (force, "3002", "Helen", "Head", "1970-02-02", "2001");
  reference = force_submit (force, force->hr, "3002", "The Bell");
  assert_field (force->hr, reference, "signatory", "decider");
  assert_field (force->hr, reference, "head_of_hr_by", "decider");
  assert_field (force->hr, reference, "requires_view", "0");
  assert_missing (force->hr, reference, LINE " professional-standards");
  assert_missing (force->decider, reference, LINE " complaints-check intelligence-check");
  assert_day (force->decider, reference, "waiting comment");
  assert_day (second, reference, "");
  assert_not_found (probity_second_job_load_gate (force->head, reference));
  assert_not_found (comment (force->head, reference, "head-of-hr"));
  assert_not_found (force_decide (force->head, reference, "approve"));
  assert_refused (comment (second, reference, "head-of-hr"), "not-your-step");
  assert_refused (force_decide (second, reference, "approve"), "not-your-step");
  assert_refused (comment (force->psd, reference, "head-of-hr"), "not-your-step");

  state = wait_for_boxed (probity_second_job_load_gate (force->hr, reference));
  item = g_ptr_array_index (state->items, 1);
  g_assert_cmpstr (item->code, ==, "head-of-hr-comment");
  g_assert_cmpstr (item->who, ==, "decider");
  g_assert_cmpstr (item->detail, ==, "in-place-of-head-of-hr");

  wait_for_success (comment (force->manager, reference, NULL));
  assert_missing (force->manager, reference, "head-of-hr-comment professional-standards");
  /* Without a word for which role, the comment that is this account's to give. */
  wait_for_success (comment (force->decider, reference, NULL));
  assert_day (force->decider, reference, "");
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  assert_missing (force->decider, reference, "");
  assert_day (force->decider, reference, "waiting decide");
  wait_for_success (force_decide (force->decider, reference, "approve"));
  assert_field (force->hr, reference, "outcome", "approved");
  assert_not_found (probity_second_job_load_gate (force->head, reference));

  problems = dup_problems (force->decider);
  g_assert_cmpstr (problems, ==, "");
  session_fixture_sign_out (second);
}

/* Rule: nobody else's route changes; the decider gives no head of HR's comment on it and does not sign for them. */
static void
test_others_keep_their_route (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  assert_field (force->hr, reference, "signatory", "head-of-hr");
  assert_field (force->hr, reference, "head_of_hr_by", NULL);
  assert_refused (comment (force->decider, reference, "head-of-hr"), "not-your-step");
  assert_refused (comment (force->decider, reference, NULL), "not-your-step");
  assert_refused (force_decide (force->decider, reference, "approve"), "not-your-step");
  g_assert_false (force_has_day_item (force->decider, "comment", reference));
  g_assert_true (force_has_day_item (force->head, "comment", reference));
}

/* Rule: the manager of an applicant does not sign; so where they are the only head of HR, who acts instead signs. */
static void
test_head_of_hr_manages_the_applicant (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = NULL;
  g_autofree char *shared = NULL;
  g_autofree char *problems = NULL;
  ProbitySession  *second;

  force_add_person (force, "3002", "Helen", "Head", "1970-02-02", "2001");
  force_add_person (force, "3010", "Ola", "Officer", "1980-02-02", "3002");
  reference = force_submit (force, force->hr, "3010", "The Bell");
  assert_field (force->hr, reference, "head_of_hr_by", "decider");
  assert_refused (force_decide (force->head, reference, "approve"), "not-your-step");
  wait_for_success (comment (force->decider, reference, "head-of-hr"));

  /* The role is shared from here on: the other head of HR acts. */
  second = add_account (force, "head-2", "head-of-hr", "3003");
  shared = force_submit (force, force->hr, "3010", "The Ship");
  assert_field (force->hr, shared, "head_of_hr_by", NULL);
  wait_for_success (comment (second, shared, "head-of-hr"));
  problems = dup_problems (force->decider);
  g_assert_cmpstr (problems, ==, "");
  session_fixture_sign_out (second);
}

/* Rule: where a decider applies another decider acts, whether the route has a decision or a view of theirs. */
static void
test_decider_applies (void)
{
  const char *const profiles[] = { "durham", "derbyshire" };

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr (Force) force = force_new (profiles[i]);
      ProbitySession  *second = add_account (force, "decider-2", "decider", "6002");
      g_autofree char *reference = NULL;

      force_add_person (force, "6001", "Dora", "Decider", "1969-01-01", "2001");
      reference = force_submit (force, force->hr, "6001", "The Bell");
      force_prepare (force, reference);
      assert_day (force->decider, reference, "");
      assert_not_found (force_decide (force->decider, reference, "approve"));
      assert_not_found (probity_second_job_view (force->decider, reference, FALSE, NULL));
      if (i == 0)
        {
          assert_day (second, reference, "waiting decide");
          wait_for_success (force_decide (second, reference, "approve"));
        }
      else
        {
          assert_day (second, reference, "waiting view");
          wait_for_success (probity_second_job_view (second, reference, FALSE, NULL));
          wait_for_success (force_decide (force->head, reference, "approve"));
        }
      assert_field (force->hr, reference, "outcome", "approved");
      session_fixture_sign_out (second);
    }
}

/* Rule: where the only PSD officer applies, the anti-corruption unit makes both checks, and the applicant is told nothing. */
static void
test_psd_officer_applies (void)
{
  g_autoptr (Force) force = force_new ("durham");
  g_autofree char *reference = force_submit (force, force->hr, "4001", "The Bell");

  assert_day (force->psd, reference, "");
  assert_day (force->acu, reference, "waiting check-complaints|waiting check-intelligence");
  assert_not_found (probity_check_run (force->psd, reference, NULL, PROBITY_CHECK_COMPLAINTS));
  force_check (force->acu, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  assert_missing (force->decider, reference, "");
  wait_for_success (force_decide (force->decider, reference, "approve"));
}

/* Rule: the head of HR is passed over only where they or their people apply: another route is refused by the database and named by verify. */
static void
test_route_around_the_head_of_hr (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *problems = NULL;
  g_autoptr (GError) error = NULL;

  error = wait_for_error (run_sql (probity_session_get_casebook (force->hr), PROBITY_COMPARTMENT_REGISTERS, "UPDATE second_job SET head_of_hr_by = 'decider'"));
  g_assert_nonnull (error);
  sql (force->hr, "DROP TRIGGER second_job_stand_in_fixed");
  sql (force->hr, "DROP TRIGGER second_job_fixed");
  sql (force->hr, "UPDATE second_job SET head_of_hr_by = 'decider', signatory = 'decider', requires_view = 0");
  wait_for_success (comment (force->manager, reference, NULL));
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  wait_for_success (comment (force->decider, reference, "head-of-hr"));
  assert_refused (force_decide (force->decider, reference, "approve"), "separation-of-duties stale-check");
  problems = dup_problems (force->decider);
  g_assert_nonnull (strstr (problems, "forged-application"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_data_func ("/stand-in/head-of-hr-applies/derbyshire", "derbyshire", test_head_of_hr_applies);
  g_test_add_data_func ("/stand-in/head-of-hr-applies/generic", "generic", test_head_of_hr_applies);
  g_test_add_func ("/stand-in/others-keep-their-route", test_others_keep_their_route);
  g_test_add_func ("/stand-in/head-of-hr-manages-the-applicant", test_head_of_hr_manages_the_applicant);
  g_test_add_func ("/stand-in/decider-applies", test_decider_applies);
  g_test_add_func ("/stand-in/psd-officer-applies", test_psd_officer_applies);
  g_test_add_func ("/stand-in/route-around-the-head-of-hr", test_route_around_the_head_of_hr);

  return g_test_run ();
}
