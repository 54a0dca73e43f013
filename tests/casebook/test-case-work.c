/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-action.h"
#include "probity-closing.h"
#include "probity-conduct.h"
#include "probity-leak.h"
#include "probity-list.h"
#include "probity-overview.h"
#include "second-job-fixture.h"

/* What leak and conduct investigations put into the list of checks and into the day of those whom it concerns. */

/* A second ACU officer, who investigates nothing. */
static ProbitySession *
add_checker (Force *force)
{
  session_fixture_add (force->casebook, "checker", "acu-officer", "5002");

  return session_fixture_sign_in (force->casebook, "checker");
}

/* `check: state` of the row of @reference in the list of checks of @session; empty where there is none. */
static char *
dup_work (ProbitySession *session,
          const char     *reference)
{
  const ProbityListKind *kind = probity_list_kind_find ("checks");
  g_autoptr (ProbityListQuery) query = probity_list_query_new (kind);
  g_autoptr (GArray) ids = wait_for_boxed (probity_list_load_ids (session, query, NULL));
  g_autoptr (GPtrArray) rows = wait_for_boxed (probity_list_load_rows (session, kind, (const gint64 *) (gpointer) ids->data, ids->len, NULL));

  g_assert_cmpint (wait_for_int64 (probity_list_count (session, query)), ==, ids->len);
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityListRow *row = g_ptr_array_index (rows, i);

      g_assert_nonnull (row);
      if (g_strcmp0 (probity_list_row_find_cell (row, kind, "reference"), reference) == 0)
        return g_strdup_printf ("%s: %s", probity_list_row_find_cell (row, kind, "check"), probity_list_row_find_cell (row, kind, "state"));
    }

  return g_strdup ("");
}

#define assert_work(session, reference, expected)               \
  G_STMT_START                                                  \
  {                                                             \
    g_autofree char *work_ = dup_work ((session), (reference)); \
    g_assert_cmpstr (work_, ==, (expected));                    \
  }                                                             \
  G_STMT_END

/* Rule: the complaints check of a conduct case waits for PSD and the ACU, the intelligence check for the ACU; never for its investigator. */
static void
test_checks_of_conduct_wait (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *checker = add_checker (force);
  g_autofree char *complaint = force_add_complaint (force, "CM/1", "incivility", "1001", NULL, NULL);
  g_autofree char *of_unit = force_investigate (force->acu, &probity_conduct_case, "Posts about a shift", "1001");
  g_autofree char *of_psd = force_investigate (force->psd, &probity_conduct_case, "A loan", "1002");
  g_autofree char *about_nobody = force_investigate (force->psd, &probity_conduct_case, "An anonymous note", NULL);

  assert_work (force->psd, of_unit, "complaints: not-started");
  assert_work (force->acu, of_unit, "");
  assert_work (checker, of_unit, "complaints,intelligence: not-started");
  assert_work (force->psd, of_psd, "");
  assert_work (force->acu, of_psd, "complaints,intelligence: not-started");
  assert_work (checker, about_nobody, "");
  assert_day (force->psd, of_unit, "waiting check-complaints");
  assert_day (checker, of_unit, "waiting check-complaints|waiting check-intelligence");
  assert_day (force->acu, of_unit, "");
  assert_day (force->decider, of_unit, "");
  assert_day (force->hr, of_unit, "");
  assert_day (force->manager, of_unit, "");

  /* One that has begun is told as begun, one that is published no more; of several people each counts. */
  {
    g_autoptr (ProbityCheck) check = wait_for_boxed (probity_check_run (checker, of_unit, NULL, PROBITY_CHECK_COMPLAINTS));

    g_assert_cmpuint (check->hits->len, ==, 1);
  }
  assert_work (force->psd, of_unit, "complaints: open");
  force_check (checker, of_unit, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  assert_work (force->psd, of_unit, "");
  assert_work (checker, of_unit, "intelligence: not-started");
  wait_for_success (probity_investigation_add_subject (force->acu, of_unit, "1002", NULL, NULL, "seen beside him"));
  assert_work (force->psd, of_unit, "complaints: not-started");
  wait_for_success (probity_investigation_eliminate_subject (force->acu, of_unit, "1002", "was abroad"));
  assert_work (force->psd, of_unit, "");
  session_fixture_sign_out (checker);
}

/* Rule: both checks of a leak wait for an ACU officer who does not investigate it; PSD learns nothing of it. */
static void
test_checks_of_leaks_wait (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *checker = add_checker (force);
  g_autofree char *leak = force_investigate (force->acu, &probity_leak_case, "The arrest in the paper", "1001");
  g_autofree char *own = NULL;

  force_add_person (force, "5002", "Bea", "Checker", "1981-01-02", NULL);
  own = force_investigate (force->acu, &probity_leak_case, "Another", "5002");
  assert_work (checker, leak, "complaints,intelligence: not-started");
  assert_day (checker, leak, "waiting check-complaints|waiting check-intelligence");
  assert_work (force->acu, leak, "");
  assert_work (force->psd, leak, "");
  assert_day (force->psd, leak, "");
  assert_day (force->hr, leak, "");
  /* About the reader: as if it were not there. */
  assert_work (checker, own, "");
  assert_day (checker, own, "");
  session_fixture_sign_out (checker);
}

/* Rule: a check that holds no longer is asked for again when somebody proposes to close the case. */
static void
test_checks_wait_again_before_a_closing (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_investigate (force->psd, &probity_conduct_case, "A loan", "1001");
  g_autofree char *complaint = NULL;

  force_check (force->acu, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  assert_work (force->acu, reference, "");
  complaint = force_add_complaint (force, "CM/2", "incivility", "1001", NULL, NULL);
  assert_work (force->acu, reference, "");
  assert_day (force->decider, reference, "");

  wait_for_success (probity_closing_propose (force->psd, reference, "finding", "Proved."));
  assert_work (force->acu, reference, "complaints: new-record");
  assert_day (force->decider, reference, "");
  force_check (force->acu, reference, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  assert_work (force->acu, reference, "");
  assert_day (force->decider, reference, "waiting close");
  assert_day (force->psd, reference, "");
  assert_day (force->acu, reference, "");

  force_set_now (force, "2026-05-20T09:00:00.000Z");
  assert_work (force->acu, reference, "complaints,intelligence: stale");
  assert_day (force->decider, reference, "");
  force_check (force->acu, reference, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  wait_for_success (probity_closing_close (force->decider, reference, "finding", "Proved.", NULL));
  assert_day (force->decider, reference, "");
  assert_work (force->acu, reference, "");
}

/* Rule: a check by somebody who came to investigate afterwards is made again. */
static void
test_check_by_an_investigator_waits_again (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *checker = add_checker (force);
  g_autofree char *reference = force_investigate (force->psd, &probity_conduct_case, "A loan", "1001");

  force_check (force->acu, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  wait_for_success (probity_investigation_assign (force->psd, reference, "acu", NULL, "on leave"));
  assert_work (checker, reference, "complaints,intelligence: stale");
  assert_work (force->acu, reference, "");
  session_fixture_sign_out (checker);
}

/* Rule: before an intrusive step of a leak its investigator is told that the assessment is missing. */
static void
test_day_of_a_leak_investigator (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "The arrest in the paper", NULL);
  g_autoptr (ProbityValues) values = probity_values_new ();

  assert_day (force->acu, reference, "");
  probity_values_set (values, "title", "Communications data");
  probity_values_set (values, "intrusive", "true");
  wait_for_success (probity_action_add (force->acu, &probity_leak_case, reference, values));
  assert_day (force->acu, reference, "waiting assessment");
  assert_day (force->decider, reference, "");
  force_add_part (force->acu, &probity_leak_case, reference, "assessment", "public_interest", "None.", "protected_disclosure", "no", "protected_reasons", "Sold.", "necessity", "Yes.", "proportionality", "Yes.", "intrusion", "permitted", "assessed", "2026-03-02", NULL);
  assert_day (force->acu, reference, "");
}

/* Rule: a leak about nobody waits for the decider, who says why nobody could be checked; not for a decider who proposed it. */
static void
test_leak_without_subject_waits_for_the_decider (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "The arrest in the paper", NULL);

  wait_for_success (probity_closing_propose (force->decider, reference, "not-identified", "Too many had it."));
  assert_day (force->decider, reference, "");
  wait_for_success (probity_closing_propose (force->acu, reference, "not-identified", "Too many had it."));
  assert_day (force->decider, reference, "waiting close");
  assert_day (force->acu, reference, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/case-work/checks-of-conduct-wait", test_checks_of_conduct_wait);
  g_test_add_func ("/case-work/checks-of-leaks-wait", test_checks_of_leaks_wait);
  g_test_add_func ("/case-work/checks-wait-again-before-a-closing", test_checks_wait_again_before_a_closing);
  g_test_add_func ("/case-work/check-by-an-investigator-waits-again", test_check_by_an_investigator_waits_again);
  g_test_add_func ("/case-work/day-of-a-leak-investigator", test_day_of_a_leak_investigator);
  g_test_add_func ("/case-work/leak-without-subject-waits-for-the-decider", test_leak_without_subject_waits_for_the_decider);

  return g_test_run ();
}
