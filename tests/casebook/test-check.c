/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "second-job-fixture.h"

/* Checks: what is found, what is remembered, when a check no longer holds. */

static ProbityCheck *
run_check (ProbitySession  *session,
           const char      *reference,
           ProbityCheckKind kind)
{
  return wait_for_boxed (probity_check_run (session, reference, NULL, kind));
}

static ProbityHit *
get_hit (ProbityCheck *check,
         guint         index)
{
  g_assert_cmpuint (check->hits->len, >, index);

  return g_ptr_array_index (check->hits, index);
}

/* Exact staff number first, then the name however it is written; a stranger is no hit. */
static void
test_finds_the_applicant (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *one = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);
  g_autofree char *two = force_add_complaint (force, "CO/2", "Assault", NULL, "Aplegate, Jon", "1985-03-04");
  g_autofree char *three = force_add_complaint (force, "CO/3", "Fraud", NULL, "Winifred Zimmermann", "1950-12-31");
  g_autoptr (ProbityCheck) check = run_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS);

  g_assert_cmpuint (check->hits->len, ==, 2);
  g_assert_cmpstr (get_hit (check, 0)->uid, ==, one);
  g_assert_cmpstr (get_hit (check, 0)->reference, ==, "CO/1");
  g_assert_cmpstr (get_hit (check, 0)->compartment, ==, "standards");
  g_assert_cmpfloat (get_hit (check, 0)->score, ==, 1);
  g_assert_cmpstr (get_hit (check, 1)->uid, ==, two);
  g_assert_nonnull (get_hit (check, 1)->why);
  g_assert_null (check->published);
}

/* A hit keeps its id in every run, an open check its verdicts. */
static void
test_verdicts_survive_a_new_search (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *one = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);
  g_autofree char *id = NULL;
  g_autofree char *two = NULL;

  {
    g_autoptr (ProbityCheck) check = run_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS);

    id = g_strdup (get_hit (check, 0)->id);
  }
  assert_refused (probity_check_publish (force->psd, reference, NULL, PROBITY_CHECK_COMPLAINTS, FALSE, NULL), "unassessed-hits");
  assert_missing (force->decider, reference, "line-manager-comment head-of-hr-comment complaints-check unassessed-hits intelligence-check");
  assert_record_error (probity_check_assess (force->psd, reference, id, "fine", "r"), INVALID);
  assert_record_error (probity_check_assess (force->psd, reference, id, "relevant", " "), MISSING);
  assert_record_error (probity_check_assess (force->psd, reference, "c-0000000000", "relevant", "r"), STAGE);
  wait_for_success (probity_check_assess (force->psd, reference, id, "relevant", "shift times clash"));
  two = force_add_complaint (force, "CO/2", "Neglect", "1001", NULL, NULL);
  {
    g_autoptr (ProbityCheck) check = run_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS);

    g_assert_cmpuint (check->hits->len, ==, 2);
    for (guint i = 0; i < 2; i++)
      {
        ProbityHit *hit = get_hit (check, i);

        if (g_str_equal (hit->uid, one))
          {
            g_assert_cmpstr (hit->id, ==, id);
            g_assert_cmpstr (hit->verdict, ==, "relevant");
            g_assert_cmpstr (hit->reason, ==, "shift times clash");
          }
        else
          {
            g_assert_null (hit->verdict);
          }
      }
  }
  assert_refused (probity_check_publish (force->psd, reference, NULL, PROBITY_CHECK_COMPLAINTS, FALSE, NULL), "unassessed-hits");
}

/* A record that came after the last search is not published over. */
static void
test_publishing_searches_again (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *late = NULL;

  wait_for_success (probity_check_run (force->psd, reference, NULL, PROBITY_CHECK_COMPLAINTS));
  late = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);
  assert_refused (probity_check_publish (force->psd, reference, NULL, PROBITY_CHECK_COMPLAINTS, FALSE, NULL), "unassessed-hits");
  /* Without a search there is nothing to publish. */
  assert_refused (probity_check_publish (force->acu, reference, NULL, PROBITY_CHECK_INTELLIGENCE, FALSE, NULL), "intelligence-check");
}

/* That it is somebody else holds for every case of the applicant; that it does not matter, for this one. */
static void
test_remembers_across_checks (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *first = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *second = NULL;
  g_autofree char *other = force_add_complaint (force, "CO/1", "Assault", NULL, "John Applegate", "1985-03-04");
  g_autofree char *own = force_add_complaint (force, "CO/2", "Incivility", "1001", NULL, NULL);

  {
    g_autoptr (ProbityCheck) check = run_check (force->psd, first, PROBITY_CHECK_COMPLAINTS);

    for (guint i = 0; i < check->hits->len; i++)
      {
        ProbityHit *hit = get_hit (check, i);

        wait_for_success (probity_check_assess (force->psd, first, hit->id, g_str_equal (hit->uid, own) ? "not-relevant" : "not-the-same-person", "seen"));
      }
    wait_for_success (probity_check_publish (force->psd, first, NULL, PROBITY_CHECK_COMPLAINTS, FALSE, NULL));
  }
  /* The same case again: both are remembered. */
  {
    g_autoptr (ProbityCheck) check = run_check (force->psd, first, PROBITY_CHECK_COMPLAINTS);

    g_assert_cmpuint (check->hits->len, ==, 2);
    g_assert_nonnull (get_hit (check, 0)->verdict);
    g_assert_nonnull (get_hit (check, 1)->verdict);
  }
  second = force_submit (force, force->hr, "1001", "The Crown");
  {
    g_autoptr (ProbityCheck) check = run_check (force->psd, second, PROBITY_CHECK_COMPLAINTS);

    for (guint i = 0; i < 2; i++)
      if (g_str_equal (get_hit (check, i)->uid, own))
        g_assert_null (get_hit (check, i)->verdict);
      else
        g_assert_cmpstr (get_hit (check, i)->verdict, ==, "not-the-same-person");
  }
  /* Either record changed: asked again. */
  {
    const ProbityRecordKind *kind = probity_record_kind_find ("complaint");
    g_autoptr (ProbityRecord) complaint = wait_for_boxed (probity_record_load (force->psd, kind, other));
    g_autoptr (ProbityValues) values = probity_values_new ();
    g_autoptr (ProbityRecord) changed = NULL;
    g_autoptr (ProbityCheck) check = NULL;

    probity_values_set (values, "status", "reopened");
    changed = wait_for_boxed (probity_record_update (force->psd, kind, other, probity_record_get_version (complaint), values));
    check = run_check (force->psd, second, PROBITY_CHECK_COMPLAINTS);
    g_assert_null (get_hit (check, 0)->verdict);
    g_assert_null (get_hit (check, 1)->verdict);
  }
}

/* A material change, or the days that the profile gives, make a check stale. */
static void
test_goes_stale (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  force_prepare (force, reference);
  assert_missing (force->decider, reference, "");
  force_set_now (force, "2026-03-30T09:00:00.000Z");
  assert_missing (force->decider, reference, "");
  force_set_now (force, "2026-03-30T09:00:00.001Z");
  assert_missing (force->decider, reference, "stale-check");
  assert_missing (force->hr, reference, "professional-standards");
  assert_refused (force_decide (force->decider, reference, "approve"), "stale-check");
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  assert_missing (force->decider, reference, "stale-check");
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  assert_missing (force->decider, reference, "");

  {
    g_autoptr (ProbityRecord) job = force_load (force->hr, reference);
    g_autoptr (ProbityValues) values = probity_values_new ();

    probity_values_set (values, "publicity", "a web site");
    wait_for_success (probity_second_job_amend (force->hr, reference, probity_record_get_version (job), values));
    assert_missing (force->decider, reference, "");
    assert_record_error (probity_second_job_amend (force->hr, reference, probity_record_get_version (job), values), CONFLICT);
  }
  {
    g_autoptr (ProbityRecord) job = force_load (force->hr, reference);
    g_autoptr (ProbityValues) values = probity_values_new ();

    probity_values_set (values, "weekly_hours", "20");
    force_set_now (force, "2026-03-30T10:00:00.000Z");
    wait_for_success (probity_second_job_amend (force->hr, reference, probity_record_get_version (job), values));
  }
  assert_missing (force->decider, reference, "stale-check");
  assert_refused (force_decide (force->decider, reference, "approve"), "stale-check");
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  wait_for_success (force_decide (force->decider, reference, "approve"));
}

/* The identity of the applicant is part of what was checked. */
static void
test_new_name_makes_stale (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char         *reference = force_submit (force, force->hr, "1001", "The Bell");
  const ProbityRecordKind *kind = probity_record_kind_find ("person");
  g_autoptr (ProbityRecord) person = NULL;
  g_autoptr (ProbityRecord) changed = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();

  force_prepare (force, reference);
  person = wait_for_boxed (probity_record_load (force->head, kind, "1001"));
  probity_values_set (values, "former_names", "Jonathan Orchard");
  changed = wait_for_boxed (probity_record_update (force->head, kind, probity_record_get_uid (person), probity_record_get_version (person), values));
  assert_missing (force->decider, reference, "stale-check");
}

/* A later record that touches the applicant: told to the decider only, and only until it was checked. */
static void
test_new_record (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *report = NULL;

  force_prepare (force, reference);
  report = force_add_report (force, "IR/1", "source says", "seen with a dealer", NULL, "Jonathan Applegate");
  assert_missing (force->decider, reference, "new-record");
  assert_missing (force->acu, reference, "stale-check");
  /* The complaints side never tells that intelligence exists. */
  assert_missing (force->psd, reference, "intelligence-check");
  assert_unseen (force->psd, reference, "intelligence-check");
  assert_unseen (force->acu, reference, "");
  assert_unseen (force->hr, reference, "");
  assert_refused (force_decide (force->decider, reference, "approve"), "new-record");
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, "not-the-same-person");
  assert_missing (force->decider, reference, "");
  wait_for_success (force_decide (force->decider, reference, "approve"));
}

/* A registered job's holder is checked again; outside nothing shows, and a changed return waits for it. */
static void
test_recheck_of_a_registered_job (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *complaint = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autofree char *hit = NULL;

  force_prepare (force, reference);
  wait_for_success (force_decide (force->decider, reference, "approve"));
  complaint = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (force->psd), PROBITY_COMPARTMENT_STANDARDS, "SELECT count(*) FROM recheck WHERE closed IS NULL", NULL)),
                   ==,
                   1);
  assert_field (force->hr, reference, "stage", "registered");
  assert_missing (force->hr, reference, "");

  force_set_now (force, "2026-03-05T09:00:00.000Z");
  probity_values_set (values, "employer", "The Crown");
  wait_for_success (probity_second_job_review (force->hr, reference, "changed", values, NULL));
  assert_field (force->hr, reference, "stage", "with-professional-standards");
  assert_field (force->hr, reference, "outcome", NULL);
  assert_missing (force->decider, reference, "line-manager-comment head-of-hr-comment stale-check new-record recheck-open");
  assert_missing (force->hr, reference, "line-manager-comment head-of-hr-comment professional-standards");
  wait_for_success (probity_second_job_comment (force->manager, reference, NULL, "still good", TRUE, NULL, NULL));
  wait_for_success (probity_second_job_comment (force->head, reference, NULL, "still fine", TRUE, NULL, NULL));
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  {
    g_autoptr (ProbityCheck) check = run_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS);

    hit = g_strdup (get_hit (check, 0)->id);
  }
  assert_refused (force_decide (force->decider, reference, "approve"), "stale-check new-record unassessed-hits recheck-open");
  wait_for_success (probity_check_assess (force->psd, reference, hit, "not-relevant", "settled on the spot"));
  wait_for_success (probity_check_publish (force->psd, reference, NULL, PROBITY_CHECK_COMPLAINTS, FALSE, NULL));
  assert_missing (force->decider, reference, "");
  wait_for_success (force_decide (force->decider, reference, "approve"));
  assert_field (force->hr, reference, "approved_on", "2026-03-02");
  assert_field (force->hr, reference, "next_review", "2027-03-05");
}

/* Each check is for who may make it; other systems are recorded, each once. */
static void
test_who_checks (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  const char      *searched[] = { "PND=no trace", "Companies House=director of Bell Ltd", NULL };
  const char      *twice[] = { "PND=no trace", "PND=trace", NULL };
  const char      *none[] = { "PND", NULL };

  assert_refused (probity_check_run (force->hr, reference, NULL, PROBITY_CHECK_COMPLAINTS), "not-your-step");
  assert_refused (probity_check_run (force->manager, reference, NULL, PROBITY_CHECK_COMPLAINTS), "not-your-step");
  assert_refused (probity_check_run (force->psd, reference, NULL, PROBITY_CHECK_INTELLIGENCE), "not-your-step");
  assert_refused (probity_check_run (force->decider, reference, NULL, PROBITY_CHECK_INTELLIGENCE), "not-your-step");
  /* The ACU makes both. */
  wait_for_success (probity_check_run (force->acu, reference, NULL, PROBITY_CHECK_COMPLAINTS));
  assert_record_error (probity_check_publish (force->acu, reference, NULL, PROBITY_CHECK_COMPLAINTS, TRUE, twice), INVALID);
  assert_record_error (probity_check_publish (force->acu, reference, NULL, PROBITY_CHECK_COMPLAINTS, TRUE, none), INVALID);
  {
    g_autoptr (ProbityCheck) check = wait_for_boxed (probity_check_publish (force->acu, reference, NULL, PROBITY_CHECK_COMPLAINTS, TRUE, searched));

    g_assert_cmpstr (check->result, ==, "concern");
    g_assert_cmpuint (check->searched->len, ==, 2);
    g_assert_cmpstr (g_ptr_array_index (check->searched, 0), ==, "Companies House=director of Bell Ltd");
  }
  /* A check with a concern is a check: it is for the decider to weigh. */
  assert_missing (force->decider, reference, "line-manager-comment head-of-hr-comment intelligence-check");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/check/finds-the-applicant", test_finds_the_applicant);
  g_test_add_func ("/check/verdicts-survive-a-new-search", test_verdicts_survive_a_new_search);
  g_test_add_func ("/check/publishing-searches-again", test_publishing_searches_again);
  g_test_add_func ("/check/remembers-across-checks", test_remembers_across_checks);
  g_test_add_func ("/check/goes-stale", test_goes_stale);
  g_test_add_func ("/check/new-name-makes-stale", test_new_name_makes_stale);
  g_test_add_func ("/check/new-record", test_new_record);
  g_test_add_func ("/check/recheck-of-a-registered-job", test_recheck_of_a_registered_job);
  g_test_add_func ("/check/who-checks", test_who_checks);

  return g_test_run ();
}
