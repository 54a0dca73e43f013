/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "second-job-fixture.h"

#include "probity-appeal.h"
#include "probity-audit.h"
#include "probity-overview.h"

/* Appeals: the clock, who decides, what they are shown, and that nothing gets round the gate. */

static ProbitySession *
add_chief (Force *force)
{
  session_fixture_add (force->casebook, "chief", "chief-officer", "7001");

  return session_fixture_sign_in (force->casebook, "chief");
}

static ProbityValues *
new_appeal (const char *lodged_on,
            const char *late_reason)
{
  ProbityValues *values = probity_values_new ();

  probity_values_set (values, "grounds", "The bar is shut when I am on duty.");
  probity_values_set (values, "companion", "A. Friend, Police Federation");
  if (lodged_on != NULL)
    probity_values_set (values, "lodged_on", lodged_on);
  if (late_reason != NULL)
    probity_values_set (values, "late_reason", late_reason);

  return values;
}

static DexFuture *
lodge (ProbitySession *session,
       const char     *reference,
       const char     *lodged_on,
       const char     *late_reason)
{
  g_autoptr (ProbityValues) values = new_appeal (lodged_on, late_reason);

  return probity_appeal_lodge (session, reference, values);
}

static DexFuture *
decide (ProbitySession *session,
        const char     *reference,
        const char     *outcome)
{
  ProbityAppealDecision decision = { .outcome = outcome, .reasons = "heard on both sides" };

  return probity_appeal_decide (session, reference, &decision);
}

/* A refusal of 2 March 2026 with restricted reasons. */
static char *
refuse_one (Force *force)
{
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  ProbityDecision  decision = { .action = "refuse", .open_reasons = "conflict with the office", .restricted_reasons = "the landlord is a target" };

  force_prepare (force, reference);
  wait_for_success (probity_second_job_decide (force->decider, reference, &decision));

  return g_steal_pointer (&reference);
}

static char *
dup_value (DexFuture  *future,
           const char *field)
{
  g_autoptr (ProbityValues) values = wait_for_boxed (future);

  return g_strdup (probity_values_get (values, field));
}

#define assert_value(future, field, expected)            \
  G_STMT_START                                           \
  {                                                      \
    g_autofree char *_value = dup_value (future, field); \
    g_assert_cmpstr (_value, ==, expected);              \
  }                                                      \
  G_STMT_END

/* Rule: the clock runs from the recorded day of service; late only with a reason; once a decision. */
static void
test_clock (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = refuse_one (force);

  assert_record_error (lodge (force->hr, reference, NULL, NULL), MISSING);
  assert_record_error (probity_appeal_serve (force->hr, reference, "2026-03-01", "by hand"), INVALID);
  assert_record_error (probity_appeal_serve (force->hr, reference, "2026-03-09", "by hand"), INVALID);
  assert_refused (probity_appeal_serve (force->decider, reference, "2026-03-02", "by hand"), "not-your-step");
  wait_for_success (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"));
  assert_value (probity_appeal_load (force->hr, reference), "last_day", "2026-03-12");

  force_set_now (force, "2026-03-20T10:00:00.000Z");
  assert_record_error (lodge (force->hr, reference, NULL, NULL), MISSING);
  assert_record_error (lodge (force->hr, reference, "2026-03-01", NULL), INVALID);
  assert_record_error (lodge (force->hr, reference, "2026-03-21", NULL), INVALID);
  assert_refused (lodge (force->manager, reference, NULL, "ill"), "not-your-step");
  wait_for_success (lodge (force->hr, reference, "2026-03-13", "in hospital until the 13th"));
  assert_field (force->manager, reference, "stage", "appeal");
  assert_field (force->manager, reference, "outcome", "refused");
  assert_value (probity_appeal_load (force->hr, reference), "late", "true");
  assert_value (probity_appeal_load (force->hr, reference), "decide_by", "2026-04-10");
  assert_record_error (lodge (force->hr, reference, NULL, "again"), STAGE);
  assert_record_error (probity_appeal_serve (force->hr, reference, "2026-03-05", "post"), STAGE);

  /* What is not pursued may be lodged once more; the refusal stood all the while. */
  wait_for_success (probity_appeal_withdraw (force->hr, reference, "sold the bar"));
  assert_field (force->manager, reference, "stage", "refused");
  wait_for_success (lodge (force->hr, reference, "2026-03-13", "in hospital until the 13th"));
  assert_verified (force->decider);
}

/* Rule: what is registered without conditions, open or withdrawn has nothing to appeal against. */
static void
test_nothing_to_appeal (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  assert_record_error (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"), STAGE);
  assert_record_error (lodge (force->hr, reference, NULL, NULL), STAGE);
  force_prepare (force, reference);
  wait_for_success (force_decide (force->decider, reference, "approve"));
  wait_for_success (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"));
  assert_record_error (lodge (force->hr, reference, NULL, NULL), STAGE);
}

static void
assert_waiting (ProbitySession *session,
                const char     *reference,
                const char     *whom)
{
  g_autoptr (ProbityGateState) state = wait_for_boxed (probity_second_job_load_gate (session, reference));

  g_assert_cmpstr (state->waiting_for, ==, whom);
}

/* Rule: restricted reasons reach the chief officer alone; nothing of them stands in registers. */
static void
test_bundle (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *chief = add_chief (force);
  g_autofree char *reference = refuse_one (force);

  wait_for_success (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"));
  g_assert_false (force_has_day_item (chief, "decide-appeal", reference));
  wait_for_success (lodge (force->hr, reference, NULL, NULL));
  g_assert_false (force_has_day_item (chief, "decide-appeal", reference));
  g_assert_true (force_has_day_item (chief, "await-reasons", reference));
  g_assert_true (force_has_day_item (force->decider, "seal-appeal", reference));
  /* Nobody waits for a chief officer who cannot decide yet, and others are not told. */
  assert_waiting (chief, reference, "professional-standards");
  assert_waiting (force->hr, reference, "chief-officer");

  assert_refused (decide (chief, reference, "dismissed"), "professional-standards");
  assert_refused (probity_appeal_seal (force->acu, reference, NULL), "not-your-step");
  assert_refused (probity_appeal_seal (chief, reference, NULL), "not-your-step");
  wait_for_success (probity_appeal_seal (force->decider, reference, "see also IR/1"));
  g_assert_false (force_has_day_item (force->decider, "seal-appeal", reference));
  g_assert_true (force_has_day_item (chief, "decide-appeal", reference));
  g_assert_false (force_has_day_item (chief, "await-reasons", reference));
  assert_waiting (chief, reference, "chief-officer");
  assert_waiting (force->hr, reference, "chief-officer");
  assert_value (probity_appeal_load_bundle (chief, reference), "restricted", "Restricted reasons of the decision: the landlord is a target\n\nsee also IR/1");
  assert_value (probity_appeal_load_bundle (chief, reference), "open_reasons", "conflict with the office");
  assert_value (probity_appeal_load_bundle (force->hr, reference), "restricted", NULL);
  assert_value (probity_appeal_load_bundle (force->manager, reference), "restricted", NULL);
  assert_missing (force->hr, reference, "professional-standards");
  session_fixture_sign_out (chief);
}

static void
print_letter (ProbitySession *session,
              const char     *reference)
{
  g_autoptr (GBytes) letter = wait_for_boxed (probity_second_job_letter (session, reference));

  g_assert_cmpuint (g_bytes_get_size (letter), >, 1000);
}

static char *
read_letter (ProbitySession *session,
             const char     *reference)
{
  g_autoptr (GBytes) letter = wait_for_boxed (probity_second_job_letter (session, reference));

  return force_read_pages (letter);
}

/* Rule: decided by the chief officer, who took no other part; dismissed, the refusal stands for good. */
static void
test_dismissed (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *chief = add_chief (force);
  g_autofree char *reference = refuse_one (force);

  wait_for_success (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"));
  wait_for_success (lodge (force->hr, reference, NULL, NULL));
  wait_for_success (probity_appeal_seal (force->decider, reference, NULL));
  assert_refused (decide (force->decider, reference, "dismissed"), "not-your-step");
  assert_refused (decide (force->head, reference, "upheld"), "not-your-step");
  assert_record_error (decide (chief, reference, "perhaps"), INVALID);
  wait_for_success (decide (chief, reference, "dismissed"));
  assert_field (force->manager, reference, "stage", "dismissed");
  assert_field (force->manager, reference, "outcome", "refused");
  assert_field (force->manager, reference, "approved_on", NULL);
  assert_record_error (decide (chief, reference, "upheld"), STAGE);
  assert_record_error (lodge (force->hr, reference, NULL, NULL), STAGE);
  print_letter (force->hr, reference);
  assert_verified (force->decider);
  assert_verified (chief);
  session_fixture_sign_out (chief);
}

/* Rule: HR is told that the letter of a decision waits, and the letter of an appeal that left the decision as it was, until each is made. */
static void
test_letters (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *chief = add_chief (force);
  g_autofree char *reference = refuse_one (force);

  g_assert_true (force_has_day_item (force->hr, "letter", reference));
  g_assert_false (force_has_day_item (force->hr, "letter-served", reference));
  print_letter (force->hr, reference);
  g_assert_false (force_has_day_item (force->hr, "letter", reference));
  g_assert_true (force_has_day_item (force->hr, "letter-served", reference));
  wait_for_success (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"));
  wait_for_success (lodge (force->hr, reference, NULL, NULL));
  wait_for_success (probity_appeal_seal (force->decider, reference, NULL));
  g_assert_false (force_has_day_item (force->hr, "letter", reference));

  /* Longer after the decision than its own letter would be asked for. */
  force_set_now (force, "2026-04-20T10:00:00.000Z");
  wait_for_success (decide (chief, reference, "dismissed"));
  g_assert_true (force_has_day_item (force->hr, "letter", reference));
  g_assert_false (force_has_day_item (force->decider, "letter", reference));
  print_letter (force->hr, reference);
  g_assert_false (force_has_day_item (force->hr, "letter", reference));
  g_assert_false (force_has_day_item (force->hr, "letter-served", reference));
  session_fixture_sign_out (chief);
}

/* Rule: the letter names the decision it is about and who decided, by the name that the staff list has. */
static void
test_letter_names (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *chief = add_chief (force);
  g_autofree char *reference = refuse_one (force);
  g_autofree char *decision = NULL;
  g_autofree char *outcome = NULL;

  force_add_person (force, "7001", "Clara", "Chief", "1965-06-06", NULL);
  decision = read_letter (force->hr, reference);
  /* Nobody of the staff list has the number of this account. */
  g_assert_nonnull (strstr (decision, "Decided by decider "));
  g_assert_nonnull (strstr (decision, "Date of decision 2 March 2026"));
  wait_for_success (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"));
  force_set_now (force, "2026-03-05T10:00:00.000Z");
  wait_for_success (lodge (force->hr, reference, NULL, NULL));
  wait_for_success (probity_appeal_seal (force->decider, reference, NULL));
  force_set_now (force, "2026-03-09T10:00:00.000Z");
  wait_for_success (decide (chief, reference, "dismissed"));

  outcome = read_letter (force->hr, reference);
  g_assert_nonnull (strstr (outcome, "Appealed against 2 March 2026: refused"));
  g_assert_nonnull (strstr (outcome, "Appeal lodged 5 March 2026"));
  g_assert_nonnull (strstr (outcome, "Appeal decided 9 March 2026"));
  g_assert_nonnull (strstr (outcome, "Decided by Clara Chief "));
  session_fixture_sign_out (chief);
}

/* Rule: an appeal upheld goes through the same gate, with checks that hold that day, and counts as approved. */
static void
test_upheld (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *chief = add_chief (force);
  g_autofree char *reference = refuse_one (force);

  wait_for_success (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"));
  wait_for_success (lodge (force->hr, reference, NULL, NULL));
  wait_for_success (probity_appeal_seal (force->decider, reference, NULL));
  assert_missing (chief, reference, "");

  /* Five weeks on the checks are too old, for whoever decides. */
  force_set_now (force, "2026-04-08T10:00:00.000Z");
  assert_missing (chief, reference, "professional-standards");
  assert_refused (decide (chief, reference, "upheld"), "professional-standards");
  assert_missing (force->decider, reference, "stale-check reasons-bundle");
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  assert_missing (force->decider, reference, "reasons-bundle");
  assert_refused (decide (chief, reference, "upheld"), "professional-standards");
  wait_for_success (probity_appeal_seal (force->decider, reference, NULL));

  /* A complaint that comes now ends the bundle without a word outside. */
  {
    g_autofree char *complaint = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);

    assert_missing (chief, reference, "professional-standards");
    assert_refused (decide (chief, reference, "upheld"), "professional-standards");
    assert_refused (decide (chief, reference, "dismissed"), "professional-standards");
  }
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  wait_for_success (probity_appeal_seal (force->decider, reference, NULL));
  wait_for_success (decide (chief, reference, "upheld"));
  assert_field (force->manager, reference, "stage", "registered");
  assert_field (force->manager, reference, "outcome", "approved");
  assert_field (force->manager, reference, "approved_on", "2026-04-08");
  assert_field (force->manager, reference, "next_review", "2027-04-08");
  assert_value (probity_appeal_load (force->hr, reference), "outcome", "upheld");
  assert_value (probity_appeal_load (force->hr, reference), "decision_outcome", "refused");
  {
    g_autoptr (GPtrArray) indicators = wait_for_boxed (probity_statistics (force->hr, "2026-01-01", "2026-12-31"));

    g_assert_cmpint (((ProbityIndicator *) g_ptr_array_index (indicators, 1))->value, ==, 1);
  }
  assert_verified (force->decider);
  assert_verified (chief);

  /* A changed return opens the next round without the appeal. */
  {
    g_autoptr (ProbityValues) values = probity_values_new ();

    probity_values_set (values, "weekly_hours", "12");
    wait_for_success (probity_second_job_review (force->hr, reference, "changed", values, NULL));
  }
  assert_field (force->manager, reference, "appeal", NULL);
  assert_verified (force->decider);
  session_fixture_sign_out (chief);
}

/* Rule: conditions can be appealed against while they hold; upheld, others or none take their place. */
static void
test_conditions_appealed (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  ProbitySession       *chief = add_chief (force);
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Bell");
  const char *const     conditions[] = { "not at weekends", NULL };
  ProbityAppealDecision decision = { .outcome = "upheld", .reasons = "one is enough", .conditions = conditions };

  force_prepare (force, reference);
  wait_for_success (probity_second_job_view (force->decider, reference, FALSE, NULL));
  wait_for_success (force_decide (force->head, reference, "approve-with-conditions"));
  wait_for_success (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"));
  wait_for_success (lodge (force->hr, reference, NULL, NULL));
  assert_field (force->manager, reference, "stage", "registered");
  assert_field (force->manager, reference, "appeal", "open");
  assert_record_error (probity_second_job_review (force->hr, reference, "ceased", NULL, NULL), STAGE);
  wait_for_success (probity_appeal_seal (force->decider, reference, NULL));
  wait_for_success (probity_appeal_decide (chief, reference, &decision));
  assert_field (force->manager, reference, "outcome", "approved-with-conditions");
  assert_field (force->manager, reference, "conditions", "not at weekends");
  assert_field (force->manager, reference, "approved_on", "2026-03-02");
  assert_verified (force->decider);
  session_fixture_sign_out (chief);
}

/* Rule: who took part does not decide the appeal, even with the role. */
static void
test_separation (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *both = NULL;
  g_autofree char *reference = NULL;

  /* The decider of the case, under another account with the chief officer's role. */
  session_fixture_add (force->casebook, "acting", "chief-officer", "6001");
  both = session_fixture_sign_in (force->casebook, "acting");
  reference = refuse_one (force);
  wait_for_success (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"));
  wait_for_success (lodge (force->hr, reference, NULL, NULL));
  assert_record_error (probity_appeal_seal (force->decider, reference, NULL), STAGE);
  assert_refused (decide (both, reference, "dismissed"), "separation-of-duties");
  g_assert_false (force_has_day_item (both, "decide-appeal", reference));
  g_assert_false (force_has_day_item (both, "await-reasons", reference));
  session_fixture_sign_out (both);
}

static gboolean
run_script (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);

  g_value_init (result, G_TYPE_BOOLEAN);

  return db != NULL && probity_db_exec (db, data, error);
}

static gboolean
verify_names (ProbitySession *session,
              const char     *code)
{
  g_autoptr (ProbityVerifyReport) report = wait_for_boxed (probity_audit_verify (session, NULL));
  gboolean found = FALSE;

  for (guint i = 0; i < report->compartments->len; i++)
    {
      ProbityVerifyCompartment *compartment = g_ptr_array_index (report->compartments, i);

      for (guint j = 0; compartment->problems[j] != NULL; j++)
        found = found || g_str_has_prefix (compartment->problems[j], code);
    }

  return found;
}

/* Rule: what somebody with the key writes of an appeal, with the triggers dropped, counts for nothing and is named. */
static void
test_forged (void)
{
  static const char triggers[] = "DROP TRIGGER second_job_appeal; DROP TRIGGER second_job_decided; DROP TRIGGER second_job_stage;"
                                 " DROP TRIGGER second_job_approve; DROP TRIGGER decision_insert; DROP TRIGGER appeal_outcome_insert;"
                                 " DROP TRIGGER letter_service_update; DROP TRIGGER letter_service_insert;";
  static const char upheld[] = "INSERT INTO appeal_outcome (uid, second_job_id, appeal_uid, round, outcome, reasons, decision_uid, account, person, material_digest, at, signature)"
                               " SELECT 'forged', j.id, a.uid, 1, 'upheld', 'x', 'forged-decision', d.account, 'staff:7001', j.material_digest, '2026-03-02T09:00:00.000Z', zeroblob (64)"
                               " FROM second_job AS j JOIN appeal AS a ON a.second_job_id = j.id JOIN decision AS d ON d.uid = j.decision_uid;"
                               "INSERT INTO decision (uid, second_job_id, round, action, outcome, open_reasons, conditions_digest, clearances_digest, account, person, material_digest, at, signature)"
                               " SELECT 'forged-decision', second_job_id, 1, 'approve', 'approved', 'x', conditions_digest, '', account, person, material_digest, '2026-03-02T09:00:00.000Z', zeroblob (64) FROM decision;"
                               "UPDATE second_job SET appeal = 'upheld', outcome = 'approved', stage = 'registered', decision_uid = 'forged-decision', decided_at = '2026-03-02T09:00:00.000Z', approved_on = '2026-03-02';";
  g_autoptr (Force) force = force_new ("generic");
  ProbityCasebook *casebook = probity_session_get_casebook (force->hr);
  g_autofree char *reference = refuse_one (force);

  wait_for_success (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"));
  wait_for_success (lodge (force->hr, reference, NULL, NULL));
  assert_verified (force->decider);
  wait_for_success (probity_casebook_write (casebook, run_script, (gpointer) triggers, NULL));
  wait_for_success (probity_casebook_write (casebook, run_script, (gpointer) "UPDATE letter_service SET served_on = '2026-03-05'", NULL));
  g_assert_true (verify_names (force->decider, "forged-service"));
  wait_for_success (probity_casebook_write (casebook, run_script, (gpointer) upheld, NULL));
  g_assert_true (verify_names (force->decider, "forged-appeal-outcome"));
  g_assert_true (verify_names (force->decider, "forged-decision"));
  g_assert_true (verify_names (force->decider, "forged-approval"));
}

/* Rule: a chief officer is locked from their own case as everybody is. */
static void
test_own_case (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *own = NULL;
  g_autofree char *reference = refuse_one (force);

  session_fixture_add (force->casebook, "own", "chief-officer", "1001");
  own = session_fixture_sign_in (force->casebook, "own");
  wait_for_success (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"));
  wait_for_success (lodge (force->hr, reference, NULL, NULL));
  assert_not_found (decide (own, reference, "upheld"));
  g_assert_false (force_has_day_item (own, "decide-appeal", reference));
  session_fixture_sign_out (own);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/appeal/clock", test_clock);
  g_test_add_func ("/appeal/nothing-to-appeal", test_nothing_to_appeal);
  g_test_add_func ("/appeal/bundle", test_bundle);
  g_test_add_func ("/appeal/dismissed", test_dismissed);
  g_test_add_func ("/appeal/letters", test_letters);
  g_test_add_func ("/appeal/letter-names", test_letter_names);
  g_test_add_func ("/appeal/upheld", test_upheld);
  g_test_add_func ("/appeal/conditions", test_conditions_appealed);
  g_test_add_func ("/appeal/separation", test_separation);
  g_test_add_func ("/appeal/forged", test_forged);
  g_test_add_func ("/appeal/own-case", test_own_case);

  return g_test_run ();
}
