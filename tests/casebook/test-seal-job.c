/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "probity-annual-review.h"
#include "probity-appeal.h"
#include "probity-case-log.h"
#include "probity-case-readers.h"
#include "probity-compliance.h"
#include "probity-exhibit.h"
#include "probity-link.h"
#include "probity-seal.h"
#include "probity-sealed-private.h"
#include "probity-watch.h"
#include "seal-fixture.h"
#include "second-job-fixture.h"

/* Sealed second jobs: one compartment holds what otherwise stands in three, and all of the route works within it. */

/* No other word of the fixture is like it. */
#define WORD "Zyxwbakery"

/* In the fixture 1001 applies. */
#define APPLICANT "1001"

/* The applicant is of professional standards, and so is one more, who is named to nothing. */
typedef struct
{
  Force          *force;
  ProbitySession *applicant;
  ProbitySession *colleague;
  ProbitySession *chief;
} Unit;

static void
unit_init (Unit       *unit,
           const char *profile)
{
  unit->force = force_new (profile);
  force_add_person (unit->force, "4002", "Nora", "Neighbour", "1980-02-02", NULL);
  force_add_person (unit->force, "7001", "Clara", "Chief", "1964-01-09", NULL);
  session_fixture_add (unit->force->casebook, "applicant", "psd-officer", APPLICANT);
  session_fixture_add (unit->force->casebook, "colleague", "psd-officer", "4002");
  session_fixture_add (unit->force->casebook, "chief", "chief-officer", "7001");
  /* Places are made at sign-in; for one case, and for where it moves on to. */
  probity_sealed_places_per_account = 2;
  session_fixture_sign_in_again (unit->force->casebook, &unit->force->acu, "acu");
  probity_sealed_places_per_account = 0;
  unit->applicant = session_fixture_sign_in (unit->force->casebook, "applicant");
  unit->colleague = session_fixture_sign_in (unit->force->casebook, "colleague");
  unit->chief = session_fixture_sign_in (unit->force->casebook, "chief");
}

static void
unit_clear (Unit *unit)
{
  session_fixture_sign_out (unit->applicant);
  session_fixture_sign_out (unit->colleague);
  session_fixture_sign_out (unit->chief);
  force_free (unit->force);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Unit, unit_clear)

/* A key that was given is found at the next sign-in. */
static void
sign_in_named (Unit *unit)
{
  Force *force = unit->force;

  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  session_fixture_sign_in_again (force->casebook, &force->head, "head-of-hr");
  session_fixture_sign_in_again (force->casebook, &force->psd, "psd");
  session_fixture_sign_in_again (force->casebook, &force->manager, "manager");
  session_fixture_sign_in_again (force->casebook, &unit->chief, "chief");
}

static void
seal_for (Unit              *unit,
          const char        *reference,
          const char *const *names)
{
  Force *force = unit->force;

  wait_for_success (probity_case_seal_with_checks (force->acu, reference, names, "He is of the department that checks."));
  sign_in_named (unit);
}

static const char *const named[] = { "decider", "head-of-hr", "psd", "manager", "chief", NULL };

/* A job with something in every part that one has before its decision, also in the two higher compartments. */
static char *
make_job (Unit *unit)
{
  Force           *force = unit->force;
  g_autofree char *complaint = force_add_complaint (force, "CM/9", "incivility", APPLICANT, NULL, NULL);
  g_autofree char *report = force_add_report (force, "IR/9", "Seen late", "Seen late", APPLICANT, NULL);
  char            *reference = force_submit (force, force->hr, APPLICANT, WORD " & Sons");
  g_autofree char *path = g_build_filename (force->casebook->base, "page.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ProbityExhibit) exhibit = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityValues) draft = probity_values_new ();
  g_autoptr (ProbityRecord) job = force_load (force->hr, reference);
  g_autofree char *key = g_strconcat ("case-log:", probity_record_get_uid (job), NULL);

  probity_values_set (values, "description", "Letter of " WORD);
  probity_values_set (values, "initials", "HR");
  probity_values_set (draft, "text", WORD " rang");
  g_assert_true (g_file_set_contents (path, "What " WORD " wrote", -1, NULL));
  wait_for_success (probity_second_job_comment (force->manager, reference, NULL, WORD " is a good employer", TRUE, NULL, NULL));
  wait_for_success (probity_case_log_add (force->hr, NULL, reference, "note", WORD " rang", 0));
  wait_for_success (probity_draft_save (force->hr, key, draft));
  wait_for_success (probity_draft_save (force->acu, key, draft));
  exhibit = wait_for_boxed (probity_exhibit_add (force->hr, reference, file, values, NULL, NULL));
  wait_for_success (probity_link_add (force->psd, NULL, reference, "complaint", "CM/9", "related", WORD " complained"));
  /* Both checks, of which one is published by an account that will not be named. */
  force_check (unit->colleague, reference, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  wait_for_success (probity_check_run (force->acu, reference, NULL, PROBITY_CHECK_INTELLIGENCE));
  wait_for_success (probity_second_job_advise (force->acu, reference, "none", "nothing against " WORD));

  return reference;
}

/* --- Rules --- */

/* Rule: who lacks the key finds nothing: of a second job that is sealed no table of the three compartments says anything. */
static void
test_moves_whole (void)
{
  g_auto (Unit) unit = { NULL };
  g_autofree char *reference = NULL;
  g_autofree char *uid = NULL;
  Force           *force;

  unit_init (&unit, "generic");
  force = unit.force;
  reference = make_job (&unit);
  {
    g_autoptr (ProbityRecord) job = force_load (force->hr, reference);

    uid = g_strdup (probity_record_get_uid (job));
  }
  seal_for (&unit, reference, named);

  /* What the open logs still say: that there was a record, by its uid; no word of it. */
  for (ProbityCompartment c = PROBITY_COMPARTMENT_JOURNAL; c <= PROBITY_COMPARTMENT_INTELLIGENCE; c++)
    {
      assert_stands (force->decider, c, WORD, "");
      assert_stands (force->decider, c, uid, c == PROBITY_COMPARTMENT_JOURNAL ? "" : "audit_entry.record");
      assert_stands (force->decider, c, reference, c == PROBITY_COMPARTMENT_REGISTERS ? "case_reference.reference" : "");
    }

  {
    g_autoptr (ProbityRecord) job = force_load (force->decider, reference);
    g_autoptr (GPtrArray) log = wait_for_boxed (probity_case_log_load (force->psd, NULL, reference));
    g_autoptr (GPtrArray) links = wait_for_boxed (probity_link_load (force->decider, NULL, reference, TRUE));
    g_autoptr (GPtrArray) timeline = wait_for_boxed (probity_case_load_timeline (force->decider, NULL, reference));
    g_autoptr (GPtrArray) readers = wait_for_boxed (probity_case_load_readers (force->head, NULL, reference));
    g_autoptr (GPtrArray) exhibits = wait_for_boxed (probity_exhibit_list (force->manager, reference));
    g_autoptr (GBytes) bytes = NULL;

    g_assert_cmpstr (probity_record_get (job, "applicant_name"), ==, "Jonathan Applegate");
    g_assert_cmpstr (probity_record_get (job, "manager_name"), ==, "Mary Manager");
    g_assert_cmpuint (log->len, ==, 1);
    g_assert_cmpuint (links->len, ==, 1);
    g_assert_cmpuint (timeline->len, >=, 8);
    g_assert_cmpuint (readers->len, ==, 6);
    g_assert_cmpuint (exhibits->len, ==, 1);
    bytes = wait_for_boxed (probity_exhibit_load_bytes (force->manager, reference, ((ProbityExhibit *) g_ptr_array_index (exhibits, 0))->reference, 1000));
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "What " WORD " wrote", strlen ("What " WORD " wrote"));
  }

  g_assert_cmpuint (assert_verified (force->decider), ==, PROBITY_N_COMPARTMENTS + 1);
  g_assert_cmpuint (assert_verified (force->head), ==, assert_verified (force->hr) + 1);
  g_assert_cmpuint (assert_verified (force->psd), ==, assert_verified (unit.colleague) + 1);
  g_assert_cmpuint (assert_verified (unit.applicant), ==, assert_verified (unit.colleague));

  /* Which of the places holds it does not show by its size. */
  {
    g_auto (GStrv) places = probity_casebook_list_places (force->casebook->folder, NULL);

    g_assert_cmpuint (g_strv_length (places), ==, 2);
    for (guint i = 0; places[i] != NULL; i++)
      {
        g_autofree char *database = g_strdup_printf ("%s/%s/%s.db", force->casebook->folder, places[i], places[i]);
        GStatBuf         info;

        g_assert_cmpint (g_stat (database, &info), ==, 0);
        g_assert_cmpint (info.st_size, ==, 3 * 1024 * 1024);
      }
  }

  /* It is known as given, so that it is not given again. */
  {
    g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM case_reference WHERE reference = '%s'", reference);

    g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (force->decider), PROBITY_COMPARTMENT_REGISTERS, sql, NULL)), ==, 1);
  }
}

/* Everything that may be asked about a case by its reference. */
static char *
dup_answers (ProbitySession *session,
             const char     *reference)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityValues) appeal = probity_values_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  const ProbityDecision       decision = { .action = "refuse", .open_reasons = "r" };
  const ProbityAppealDecision outcome = { .outcome = "dismissed", .reasons = "r" };
  const char *const           names[] = { "decider", NULL };

  probity_values_set (values, "employer", "The Bell");
  probity_values_set (appeal, "grounds", "g");
  {
    DexFuture *futures[] = {
      probity_case_load (session, NULL, reference),
      probity_case_load (session, &probity_second_job_case, reference),
      probity_second_job_load_gate (session, reference),
      probity_second_job_load_hours (session, reference, NULL, -1),
      probity_case_load_timeline (session, NULL, reference),
      probity_case_load_readers (session, NULL, reference),
      probity_case_log_load (session, NULL, reference),
      probity_case_log_add (session, NULL, reference, "note", "n", 0),
      probity_link_load (session, "second-job", reference, TRUE),
      probity_link_add (session, "complaint", "CM/9", "second-job", reference, "related", "r"),
      probity_exhibit_list (session, reference),
      probity_second_job_comment (session, reference, NULL, "c", TRUE, NULL, NULL),
      probity_second_job_name_stand_in (session, reference, "2001", "r"),
      probity_second_job_waive_comment (session, reference, "head-of-hr", "r"),
      probity_second_job_advise (session, reference, "none", NULL),
      probity_second_job_view (session, reference, FALSE, NULL),
      probity_second_job_decide (session, reference, &decision),
      probity_second_job_amend (session, reference, 1, values),
      probity_second_job_withdraw (session, reference, "r"),
      probity_second_job_review (session, reference, "no-change", NULL, NULL),
      probity_second_job_letter (session, reference),
      probity_check_run (session, reference, NULL, PROBITY_CHECK_COMPLAINTS),
      probity_check_run (session, reference, NULL, PROBITY_CHECK_INTELLIGENCE),
      probity_check_load (session, reference, NULL, PROBITY_CHECK_COMPLAINTS),
      probity_check_publish (session, reference, NULL, PROBITY_CHECK_COMPLAINTS, FALSE, NULL),
      probity_appeal_serve (session, reference, "2026-03-01", "by hand"),
      probity_appeal_lodge (session, reference, appeal),
      probity_appeal_decide (session, reference, &outcome),
      probity_appeal_load (session, reference),
      probity_compliance_load (session, reference),
      probity_watch_add (session, reference, "r", "+10"),
      probity_watch_load (session, reference),
      probity_case_load_seal (session, reference),
      probity_case_seal (session, reference, names, "r"),
      probity_case_seal_without (session, reference, names, "a", "r"),
    };

    for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
      {
        g_autoptr (GError) error = wait_for_error (futures[i]);

        g_string_append_printf (text, "%u %s %d %s\n", i, g_quark_to_string (error->domain), error->code, error->message);
      }
  }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Rule: a sealed case is answered like one that does not exist: to the applicant, to another of the department and to who entered it. */
static void
test_outsiders (void)
{
  g_auto (Unit) unit = { NULL };
  g_autofree char *reference = NULL;
  Force           *force;

  unit_init (&unit, "generic");
  force = unit.force;
  reference = force_submit (force, force->hr, APPLICANT, WORD);
  seal_for (&unit, reference, named);
  {
    ProbitySession *const outsiders[] = { unit.applicant, unit.colleague, force->hr, force->other };

    for (guint i = 0; i < G_N_ELEMENTS (outsiders); i++)
      {
        g_autofree char *sealed = dup_answers (outsiders[i], reference);
        g_autofree char *none = dup_answers (outsiders[i], "SJ/9ZZZ9Z");
        g_auto (GStrv) parts = g_strsplit (none, "SJ/9ZZZ9Z", -1);
        g_autofree char *expected = g_strjoinv (reference, parts);

        g_assert_cmpstr (sealed, ==, expected);
      }
  }
}

/* Rule: everything of the route works within the seal, the gate as elsewhere, and all of it is proved. */
static void
test_life (void)
{
  static const char *const conditions[] = { "Not in uniform", NULL };
  g_auto (Unit) unit = { NULL };
  g_autofree char *reference = NULL;
  g_autoptr (ProbityValues) review = probity_values_new ();
  g_autoptr (GBytes) letter = NULL;
  Force *force;

  unit_init (&unit, "generic");
  force = unit.force;
  reference = make_job (&unit);
  seal_for (&unit, reference, named);

  assert_missing (force->decider, reference, "head-of-hr-comment intelligence-check unassessed-hits");
  assert_refused (force_decide (force->decider, reference, "approve"), "head-of-hr-comment intelligence-check unassessed-hits");
  wait_for_success (probity_second_job_comment (force->head, reference, "head-of-hr", "hours are fine", TRUE, NULL, NULL));
  wait_for_success (probity_second_job_name_stand_in (force->head, reference, "2009", "On leave"));
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, "not-relevant");
  assert_missing (force->decider, reference, "");

  /* Whatever the key of the case opens: the program shows what the account's other keys say. */
  assert_missing (force->head, reference, "professional-standards");
  assert_missing (force->manager, reference, "professional-standards");
  g_assert_cmpuint (seal_fixture_count_timeline (force->head, reference, "check-"), ==, 0);
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "check-published:complaints"), ==, 1);
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "check-published:intelligence"), ==, 0);
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "advice"), ==, 0);
  g_assert_cmpuint (seal_fixture_count_timeline (force->decider, reference, "check-published:"), ==, 2);
  {
    g_autoptr (GError) error = wait_for_error (probity_check_load (force->head, reference, NULL, PROBITY_CHECK_COMPLAINTS));

    g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
  }

  /* A later record is new to the gate, though it comes in where nobody knows of the job. */
  {
    g_autofree char *complaint = force_add_complaint (force, "CM/10", "rudeness", APPLICANT, NULL, NULL);
  }
  assert_missing (force->decider, reference, "new-record");
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  assert_missing (force->decider, reference, "");

  {
    const ProbityDecision decision = { .action = "approve-with-conditions", .open_reasons = "As asked, on conditions", .restricted_reasons = WORD " is known", .conditions = conditions };

    wait_for_success (probity_second_job_decide (force->decider, reference, &decision));
  }
  assert_field (force->psd, reference, "stage", "registered");
  assert_field (force->manager, reference, "outcome", "approved-with-conditions");
  letter = wait_for_boxed (probity_second_job_letter (force->head, reference));
  g_assert_cmpuint (g_bytes_get_size (letter), >, 500);
  wait_for_success (probity_appeal_serve (force->head, reference, "2026-03-02", "by hand"));
  probity_values_set (review, "result", "complied");
  probity_values_set (review, "seen", "his word");
  wait_for_success (probity_compliance_review (force->psd, reference, 1, review));
  wait_for_success (probity_second_job_review (force->head, reference, "ceased", NULL, "sold"));
  wait_for_success (probity_watch_add (force->psd, reference, "whether it goes on", "+10"));
  wait_for_success (probity_watch_observe (force->psd, reference, "closed shutters"));

  for (ProbityCompartment c = PROBITY_COMPARTMENT_JOURNAL; c <= PROBITY_COMPARTMENT_INTELLIGENCE; c++)
    {
      assert_stands (force->decider, c, WORD, "");
      assert_stands (force->decider, c, "Not in uniform", "");
      assert_stands (force->decider, c, reference, c == PROBITY_COMPARTMENT_REGISTERS ? "case_reference.reference" : "");
    }
  g_assert_cmpuint (assert_verified (force->decider), ==, PROBITY_N_COMPARTMENTS + 1);
  g_assert_cmpuint (assert_verified (force->psd), ==, assert_verified (unit.colleague) + 1);
  g_assert_cmpuint (assert_verified (force->head), ==, assert_verified (force->hr) + 1);
}

/* Rule: the view is sealed to the signatory, and a refusal appealed against, as where no case is sealed. */
static void
test_view_and_appeal (void)
{
  g_auto (Unit) unit = { NULL };
  g_autofree char *reference = NULL;
  g_autoptr (ProbityValues) appeal = probity_values_new ();
  const ProbityAppealDecision outcome = { .outcome = "dismissed", .reasons = "Nothing new" };
  Force                      *force;

  unit_init (&unit, "derbyshire");
  force = unit.force;
  reference = force_submit (force, force->hr, APPLICANT, WORD);
  seal_for (&unit, reference, named);
  force_prepare (force, reference);
  assert_refused (force_decide (force->head, reference, "approve"), "professional-standards");
  wait_for_success (probity_second_job_view (force->decider, reference, FALSE, "nothing known"));
  assert_missing (force->head, reference, "");
  wait_for_success (force_decide (force->head, reference, "refuse"));
  wait_for_success (probity_appeal_serve (force->head, reference, "2026-03-02", "by hand"));
  probity_values_set (appeal, "grounds", "He needs it");
  probity_values_set (appeal, "lodged_on", "2026-03-02");
  wait_for_success (probity_appeal_lodge (force->psd, reference, appeal));
  wait_for_success (probity_appeal_seal (force->decider, reference, "as it stands"));
  wait_for_success (probity_appeal_decide (unit.chief, reference, &outcome));
  assert_field (force->decider, reference, "stage", "dismissed");
  g_assert_cmpuint (assert_verified (force->decider), ==, PROBITY_N_COMPARTMENTS + 1);
  g_assert_cmpuint (assert_verified (unit.chief), >, 0);
}

/* Rule: who may be named takes part in such cases and is neither applicant nor related; who would gain the checks only if that is said. */
static void
test_named (void)
{
  static const char *const for_applicant[] = { "applicant", NULL };
  static const char *const for_other[] = { "other", NULL };
  static const char *const for_head[] = { "head-of-hr", NULL };
  static const char *const for_psd[] = { "psd", NULL };
  g_auto (Unit) unit = { NULL };
  g_autofree char *reference = NULL;
  Force           *force;

  unit_init (&unit, "generic");
  force = unit.force;
  reference = force_submit (force, force->hr, APPLICANT, WORD);
  assert_refused (probity_case_seal (force->psd, reference, for_psd, "r"), "not-your-step");
  assert_refused (probity_case_seal (force->head, reference, for_psd, "r"), "not-your-step");
  assert_record_error (probity_case_seal_with_checks (force->acu, reference, for_applicant, "r"), INVALID);
  /* Another manager's man. */
  assert_record_error (probity_case_seal_with_checks (force->acu, reference, for_other, "r"), INVALID);
  {
    g_autoptr (GError) error = wait_for_error (probity_case_seal (force->acu, reference, for_head, "r"));

    g_assert_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_INVALID);
    g_assert_cmpstr (probity_record_error_get_field (error), ==, "with-checks");
  }
  {
    g_autoptr (ProbitySealState) state = wait_for_boxed (probity_case_load_seal (force->acu, reference));

    g_assert_false (state->sealed);
    g_assert_true (g_strv_contains ((const char *const *) state->conflicts, "applicant"));
    g_assert_true (g_strv_contains ((const char *const *) state->candidates, "manager"));
    g_assert_true (g_strv_contains ((const char *const *) state->candidates, "chief"));
    g_assert_false (g_strv_contains ((const char *const *) state->candidates, "other"));
    g_assert_true (g_strv_contains ((const char *const *) state->gaining, "head-of-hr"));
    g_assert_false (g_strv_contains ((const char *const *) state->gaining, "psd"));
  }
  wait_for_success (probity_case_seal (force->acu, reference, for_psd, "r"));

  /* Later the head of HR too, and then not any more: the case moves again. */
  assert_record_error (probity_case_seal (force->acu, reference, for_head, "r"), INVALID);
  wait_for_success (probity_case_seal_with_checks (force->acu, reference, for_head, "r"));
  session_fixture_sign_in_again (force->casebook, &force->head, "head-of-hr");
  wait_for_success (probity_second_job_comment (force->head, reference, "head-of-hr", "hours are fine", TRUE, NULL, NULL));
  assert_refused (probity_case_seal_with_checks (force->head, reference, for_psd, "r"), "not-your-step");
  wait_for_success (probity_case_seal_without (force->acu, reference, for_head, "The decider", "He moved"));
  assert_not_found (probity_case_load (force->head, NULL, reference));
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  session_fixture_sign_in_again (force->casebook, &force->psd, "psd");
  assert_field (force->psd, reference, "employer", WORD);
  assert_field (force->psd, reference, "applicant_name", "Jonathan Applegate");
  g_assert_cmpuint (assert_verified (force->acu), ==, PROBITY_N_COMPARTMENTS + 1);
}

/* Rule: what an annual review called for is proved, also when a job that it called for was sealed, and nothing else may go from it. */
static void
test_annual_review (void)
{
  g_auto (Unit) unit = { NULL };
  g_autofree char *reference = NULL;
  g_autofree char *other = NULL;
  g_autoptr (ProbityValues) changed = probity_values_new ();
  Force *force;

  unit_init (&unit, "generic");
  force = unit.force;
  reference = force_submit (force, force->hr, APPLICANT, WORD);
  other = force_submit (force, force->hr, APPLICANT, "The Bell");
  force_prepare (force, reference);
  wait_for_success (force_decide (force->decider, reference, "approve"));
  force_prepare (force, other);
  wait_for_success (force_decide (force->decider, other, "approve"));
  force_set_now (force, "2027-02-01T09:00:00.000Z");
  wait_for_success (probity_annual_review_begin (force->head, NULL, "2027-12-31"));
  seal_for (&unit, reference, named);

  g_assert_cmpuint (assert_verified (force->hr), >, 0);
  g_assert_cmpuint (assert_verified (force->decider), ==, PROBITY_N_COMPARTMENTS + 1);
  assert_stands (force->decider, PROBITY_COMPARTMENT_REGISTERS, WORD, "");
  wait_for_success (probity_second_job_review (force->head, reference, "no-change", NULL, "as before"));

  /* One that says what changed opens another round, through the same gate. */
  probity_values_set (changed, "weekly_hours", "9");
  wait_for_success (probity_second_job_review (force->head, reference, "changed", changed, "more hours"));
  assert_field (force->decider, reference, "round", "2");
  wait_for_success (probity_second_job_waive_comment (force->decider, reference, "line-manager", "On leave"));
  wait_for_success (probity_second_job_comment (force->head, reference, "head-of-hr", "hours are fine", TRUE, NULL, NULL));
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  wait_for_success (force_decide (force->decider, reference, "approve"));
  assert_field (force->manager, reference, "stage", "registered");
  g_assert_cmpuint (assert_verified (force->decider), ==, PROBITY_N_COMPARTMENTS + 1);
}

/* Rule: a later record raises a re-check of a job that is registered under a seal, for its holders alone, whoever brings it in. */
static void
test_later_record (void)
{
  g_auto (Unit) unit = { NULL };
  g_autofree char *reference = NULL;
  g_autofree char *by_holder = NULL;
  g_autofree char *by_other = NULL;
  g_autofree char *report = NULL;
  Force           *force;

  unit_init (&unit, "generic");
  force = unit.force;
  reference = force_submit (force, force->hr, APPLICANT, WORD);
  seal_for (&unit, reference, named);
  force_prepare (force, reference);
  wait_for_success (force_decide (force->decider, reference, "approve"));

  by_holder = force_add_complaint (force, "CM/11", "rudeness", APPLICANT, NULL, NULL);
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "recheck-raised"), ==, 1);
  {
    ProbitySession *psd = force->psd;

    force->psd = unit.colleague;
    by_other = force_add_complaint (force, "CM/12", "lateness", APPLICANT, NULL, NULL);
    force->psd = psd;
  }
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "recheck-raised"), ==, 1);
  session_fixture_sign_in_again (force->casebook, &force->psd, "psd");
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "recheck-raised"), ==, 2);
  session_fixture_sign_in_again (force->casebook, &force->psd, "psd");
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "recheck-raised"), ==, 2);

  /* What was answered by itself is not raised again, though no check that is published covers it. */
  {
    g_autoptr (ProbityRecord) job = force_load (force->psd, reference);
    g_autofree char *pair = g_strconcat (probity_record_get_uid (job), "|", by_other, NULL);
    g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, pair, -1);
    g_autofree char *hit = g_strdup_printf ("c-%.10s", digest);

    wait_for_success (probity_check_assess (force->psd, reference, hit, "not-relevant", "Of long ago"));
  }
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "recheck-closed"), ==, 1);
  session_fixture_sign_in_again (force->casebook, &force->psd, "psd");
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "recheck-raised"), ==, 2);
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "recheck-closed"), ==, 2);
  assert_stands (force->decider, PROBITY_COMPARTMENT_STANDARDS, reference, "");

  /* What a report raises is for who reads reports, though it stands in the same table. */
  report = force_add_report (force, "IR/11", "text", "Sanitised", APPLICANT, NULL);
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  session_fixture_sign_in_again (force->casebook, &force->psd, "psd");
  g_assert_cmpuint (seal_fixture_count_timeline (force->decider, reference, "recheck-raised"), ==, 3);
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "recheck-raised"), ==, 2);
  g_assert_cmpuint (assert_verified (force->decider), ==, PROBITY_N_COMPARTMENTS + 1);
}

/* Rule: a second job that is opened sealed leaves nothing in the open compartments, not even a number among those of the year. */
static void
test_opened (void)
{
  static const char *const for_psd[] = { "psd", "decider", NULL };
  g_auto (Unit) unit = { NULL };
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autofree char *before = NULL;
  g_autofree char *reference = NULL;
  Force           *force;

  unit_init (&unit, "generic");
  force = unit.force;
  before = force_submit (force, force->hr, "1002", "The Bell");
  probity_values_set (values, "staff_number", APPLICANT);
  probity_values_set (values, "employer", WORD);
  probity_values_set (values, "nature", "Baking");
  probity_values_set (values, "category", "retail");
  probity_values_set (values, "weekly_hours", "6");

  assert_refused (probity_second_job_submit_sealed (force->psd, values, for_psd, FALSE, "r"), "not-your-step");
  assert_refused (probity_second_job_submit_sealed (force->hr, values, for_psd, FALSE, "r"), "not-your-step");
  assert_record_error (probity_second_job_submit_sealed (force->acu, values, named, FALSE, "r"), INVALID);
  assert_record_error (probity_second_job_submit_sealed (force->acu, values, for_psd, FALSE, NULL), MISSING);
  {
    g_autoptr (ProbityRecord) job = wait_for_boxed (probity_second_job_submit_sealed (force->acu, values, named, TRUE, "He is of the department that checks"));

    reference = g_strdup (probity_record_get_reference (job));
    g_assert_cmpstr (probity_record_get (job, "applicant_name"), ==, "Jonathan Applegate");
    g_assert_cmpstr (probity_record_get (job, "manager_name"), ==, "Mary Manager");
    for (ProbityCompartment c = PROBITY_COMPARTMENT_JOURNAL; c <= PROBITY_COMPARTMENT_INTELLIGENCE; c++)
      {
        assert_stands (force->decider, c, WORD, "");
        assert_stands (force->decider, c, reference, "");
        assert_stands (force->decider, c, probity_record_get_uid (job), "");
      }
  }
  g_assert_cmpuint (strlen (reference), ==, strlen (before));
  assert_not_found (probity_case_load (unit.applicant, NULL, reference));
  assert_not_found (probity_case_load (unit.colleague, NULL, reference));
  assert_not_found (probity_case_load (force->hr, NULL, reference));

  sign_in_named (&unit);
  force_prepare (force, reference);
  wait_for_success (force_decide (force->decider, reference, "approve"));
  assert_field (force->psd, reference, "stage", "registered");
  g_assert_cmpuint (assert_verified (force->decider), ==, PROBITY_N_COMPARTMENTS + 1);
  g_assert_cmpuint (assert_verified (force->hr), >, 0);
}

/* Whom it could be sealed to, and who speaks for it, as the console's --for is judged. */
static void
test_proposed (void)
{
  static const char *const nobody[] = { NULL };
  static const char *const about_applicant[] = { APPLICANT, NULL };
  static const char *const about_reader[] = { "5001", NULL };
  static const char *const about_nobody[] = { "9999", "", NULL };
  const ProbityCaseKind   *job = probity_case_kind_of (&probity_second_job_kind);
  g_auto (Unit) unit = { NULL };
  g_autoptr (ProbitySealState) empty = NULL;
  g_autoptr (ProbitySealState) state = NULL;
  g_autoptr (ProbitySealState) conduct = NULL;
  g_autoptr (ProbitySealState) own = NULL;
  g_autoptr (ProbitySealState) unknown = NULL;
  Force *force;

  g_test_summary ("A case that is not open yet is proposed to be sealed where whom it is about, or a relative, holds a key; nobody else learns that");

  unit_init (&unit, "generic");
  force = unit.force;
  g_assert_true (probity_case_may_open_sealed (force->acu, job) && probity_case_may_open_sealed (force->decider, &probity_leak_case));
  g_assert_false (probity_case_may_open_sealed (force->hr, job) || probity_case_may_open_sealed (force->psd, job) || probity_case_may_open_sealed (force->psd, &probity_conduct_case));
  {
    g_autoptr (GError) error = wait_for_error (probity_case_load_seal_of_new (force->hr, job, about_applicant));

    assert_access_error (error, NOT_PERMITTED);
  }
  assert_refused (probity_case_load_seal_of_new (force->psd, &probity_conduct_case, about_applicant), "not-your-step");

  empty = wait_for_boxed (probity_case_load_seal_of_new (force->acu, job, nobody));
  g_assert_cmpuint (g_strv_length (empty->conflicts), ==, 0);
  g_assert_true (g_strv_contains ((const char *const *) empty->candidates, "applicant"));
  /* Of whose people it is, is not known yet. */
  g_assert_false (g_strv_contains ((const char *const *) empty->candidates, "manager"));

  state = wait_for_boxed (probity_case_load_seal_of_new (force->acu, job, about_applicant));
  g_assert_false (state->sealed);
  g_assert_cmpuint (g_strv_length (state->conflicts), ==, 1);
  g_assert_cmpstr (state->conflicts[0], ==, "applicant");
  g_assert_true (g_strv_contains ((const char *const *) state->candidates, "manager"));
  g_assert_true (g_strv_contains ((const char *const *) state->candidates, "chief"));
  g_assert_false (g_strv_contains ((const char *const *) state->candidates, "other"));
  g_assert_false (g_strv_contains ((const char *const *) state->candidates, "applicant"));
  g_assert_false (g_strv_contains ((const char *const *) state->candidates, "acu"));
  g_assert_true (g_strv_contains ((const char *const *) state->gaining, "head-of-hr"));
  g_assert_false (g_strv_contains ((const char *const *) state->gaining, "psd"));

  /* A relative's key speaks for it too; who comments or decides appeals works on no investigation. */
  force_relate (force, APPLICANT, "4001");
  conduct = wait_for_boxed (probity_case_load_seal_of_new (force->decider, &probity_conduct_case, about_applicant));
  g_assert_cmpuint (g_strv_length (conduct->conflicts), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *) conduct->conflicts, "psd"));
  g_assert_false (g_strv_contains ((const char *const *) conduct->candidates, "psd"));
  g_assert_false (g_strv_contains ((const char *const *) conduct->candidates, "manager"));
  g_assert_cmpuint (g_strv_length (conduct->gaining), ==, 0);

  /* Their own number tells no more than one that is nobody's. */
  own = wait_for_boxed (probity_case_load_seal_of_new (force->acu, job, about_reader));
  unknown = wait_for_boxed (probity_case_load_seal_of_new (force->acu, job, about_nobody));
  g_assert_true (g_strv_equal ((const char *const *) own->candidates, (const char *const *) unknown->candidates));
  g_assert_cmpuint (g_strv_length (own->conflicts), ==, 0);
  g_assert_cmpuint (g_strv_length (unknown->conflicts), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/seal-job/moves-whole", test_moves_whole);
  g_test_add_func ("/seal-job/outsiders", test_outsiders);
  g_test_add_func ("/seal-job/life", test_life);
  g_test_add_func ("/seal-job/view-and-appeal", test_view_and_appeal);
  g_test_add_func ("/seal-job/named", test_named);
  g_test_add_func ("/seal-job/annual-review", test_annual_review);
  g_test_add_func ("/seal-job/later-record", test_later_record);
  g_test_add_func ("/seal-job/opened", test_opened);
  g_test_add_func ("/seal-job/proposed", test_proposed);

  return g_test_run ();
}
