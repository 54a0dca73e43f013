/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-signed-tables.h"
#include "second-job-fixture.h"

/* Rows written and edited with the key by other tools, with and without triggers: the gate counts none of them, verify names them. */

static void
sql (ProbitySession    *session,
     ProbityCompartment compartment,
     const char        *text)
{
  wait_for_success (run_sql (probity_session_get_casebook (session), compartment, text));
}

static void
sql_fails (ProbitySession    *session,
           ProbityCompartment compartment,
           const char        *text)
{
  g_autoptr (GError) error = wait_for_error (run_sql (probity_session_get_casebook (session), compartment, text));

  g_assert_nonnull (error);
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

static gint64
count (ProbitySession    *session,
       ProbityCompartment compartment,
       const char        *text)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), compartment, text, NULL));
}

/* Whether verify as @session has a problem in @compartment that begins with @code. */
static gboolean
verify_names (ProbitySession *session,
              const char     *compartment,
              const char     *code)
{
  g_autoptr (ProbityVerifyReport) report = wait_for_boxed (probity_audit_verify (session, NULL));
  gboolean found = FALSE;

  for (guint i = 0; i < report->compartments->len; i++)
    {
      ProbityVerifyCompartment *part = g_ptr_array_index (report->compartments, i);

      for (guint j = 0; part->problems[j] != NULL; j++)
        {
          g_test_message ("%s: %s", part->name, part->problems[j]);
          found = found || (g_str_equal (part->name, compartment) && g_str_has_prefix (part->problems[j], code) &&
                            part->problems[j][strlen (code)] == ':');
        }
    }

  return found;
}

static gboolean
verify_is_clean (ProbitySession *session)
{
  g_autoptr (ProbityVerifyReport) report = wait_for_boxed (probity_audit_verify (session, NULL));

  for (guint i = 0; i < report->compartments->len; i++)
    {
      ProbityVerifyCompartment *part = g_ptr_array_index (report->compartments, i);

      for (guint j = 0; part->problems[j] != NULL; j++)
        g_test_message ("%s: %s", part->name, part->problems[j]);
    }

  return report->ok;
}

static void
forge_comment (Force      *force,
               const char *reference)
{
  const ProbityAccount *manager;
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (force->decider);
  g_autofree char *text = NULL;

  manager = probity_keyring_find (keyring, "manager");
  text = g_strdup_printf ("INSERT INTO second_job_comment (uid, second_job_id, round, for_role, supports, text, account, person,"
                          " material_digest, at, signature) SELECT 'forged', id, 1, 'line-manager', 1, 'fine', '%s', 'staff:2001',"
                          " material_digest, '2026-03-02T09:00:00.000Z', zeroblob (64) FROM second_job WHERE reference = '%s'",
                          manager->uid,
                          reference);
  sql (force->hr, PROBITY_COMPARTMENT_REGISTERS, text);
}

/* Somebody with the registers' key writes a comment for the manager: it counts for nothing and verify names it. */
static void
test_forged_comment (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  g_assert_true (verify_is_clean (force->decider));
  forge_comment (force, reference);
  assert_missing (force->decider, reference, "line-manager-comment head-of-hr-comment complaints-check intelligence-check");
  assert_missing (force->manager, reference, "line-manager-comment head-of-hr-comment professional-standards");
  g_assert_true (verify_names (force->decider, "registers", "forged-comment"));
}

/* A comment of the manager under another case, or for another text, is no comment. */
static void
test_copied_comment (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *first = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *second = force_submit (force, force->hr, "1001", "The Casino");

  wait_for_success (probity_second_job_comment (force->manager, first, NULL, "fine", TRUE, NULL, NULL));
  sql (force->hr, PROBITY_COMPARTMENT_REGISTERS, "INSERT INTO second_job_comment (uid, second_job_id, round, for_role, supports, text, account, person, material_digest, at, signature)"
                                                 " SELECT 'copied', j.id, 1, c.for_role, c.supports, c.text, c.account, c.person, j.material_digest, c.at, c.signature"
                                                 " FROM second_job_comment AS c, second_job AS j WHERE j.employer = 'The Casino'");
  assert_missing (force->hr, second, "line-manager-comment head-of-hr-comment professional-standards");
  assert_missing (force->hr, first, "head-of-hr-comment professional-standards");
  g_assert_true (verify_names (force->decider, "registers", "forged-comment"));
}

typedef struct
{
  ProbitySession *session;
  ProbityRecord  *job;
  const char     *at;
} Backdated;

/* Well signed by the manager's own key, but put into the table past the program and its log. */
static gboolean
backdate_comment (ProbityWrite *write,
                  gpointer      data,
                  GValue       *result,
                  GError      **error)
{
  Backdated *backdated = data;
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityRow) row = probity_row_new ();

  g_value_init (result, G_TYPE_BOOLEAN);
  probity_row_set (row, "uid", "backdated");
  probity_row_set_int (row, "second_job_id", probity_record_get_id (backdated->job));
  probity_row_set (row, "round", "1");
  probity_row_set (row, "for_role", "line-manager");
  probity_row_set (row, "supports", "1");
  probity_row_set (row, "text", "fine");
  probity_row_set (row, "account", probity_session_get_account_uid (backdated->session));
  probity_row_set (row, "person", probity_session_get_person (backdated->session));
  probity_row_set (row, "material_digest", probity_record_get (backdated->job, "material_digest"));
  probity_row_set (row, "at", backdated->at);

  return probity_signed_sign (&probity_signed_comment, backdated->session, probity_record_get_uid (backdated->job), row, error) &&
         probity_row_insert (db, "second_job_comment", row, error);
}

/* Whoever had a role signs with its key as of a day when they had it: the log of that day knows nothing of it. */
static void
test_backdated_comment (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autoptr (ProbityRecord) job = force_load (force->hr, reference);
  Backdated backdated = { force->manager, job, "2026-03-02T12:00:00.000Z" };

  force_set_now (force, "2026-03-03T09:00:00.000Z");
  wait_for_success (probity_session_disable (force->casebook->admin, "manager"));
  wait_for_success (probity_casebook_write (probity_session_get_casebook (force->manager), backdate_comment, &backdated, NULL));
  assert_missing (force->hr, reference, "line-manager-comment head-of-hr-comment professional-standards");
  g_assert_true (verify_names (force->decider, "registers", "forged-comment"));
}

/* A published check that nobody signed, one whose result was turned round, one whose hit was taken out. */
static void
test_forged_check (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *complaint = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);

  wait_for_success (probity_check_run (force->psd, reference, NULL, PROBITY_CHECK_COMPLAINTS));
  sql_fails (force->psd, PROBITY_COMPARTMENT_STANDARDS, "UPDATE check_run SET published = started, result = 'no-concern'");
  sql (force->psd, PROBITY_COMPARTMENT_STANDARDS, "DROP TRIGGER check_run_update");
  sql (force->psd, PROBITY_COMPARTMENT_STANDARDS, "UPDATE check_run SET published = started, account = started_by, person = 'staff:4001', result = 'no-concern', searches_digest = '',"
                                                  " assessments_digest = '', signature = zeroblob (64), clearance_signature = zeroblob (64)");
  assert_missing (force->decider, reference, "line-manager-comment head-of-hr-comment complaints-check intelligence-check");
  g_assert_true (verify_names (force->decider, "standards", "forged-check"));
}

static void
test_altered_check (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *complaint = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);

  force_prepare (force, reference);
  assert_missing (force->decider, reference, "");
  sql (force->psd, PROBITY_COMPARTMENT_STANDARDS, "DROP TRIGGER check_run_update");
  sql (force->psd, PROBITY_COMPARTMENT_STANDARDS, "UPDATE check_run SET result = 'concern'");
  assert_missing (force->decider, reference, "complaints-check");
  sql (force->psd, PROBITY_COMPARTMENT_STANDARDS, "UPDATE check_run SET result = 'no-concern'");
  assert_missing (force->decider, reference, "");
  sql (force->psd, PROBITY_COMPARTMENT_STANDARDS, "DROP TRIGGER check_assessment_update");
  sql (force->psd, PROBITY_COMPARTMENT_STANDARDS, "UPDATE check_assessment SET reason = 'other'");
  assert_missing (force->decider, reference, "complaints-check");
  g_assert_true (verify_names (force->decider, "standards", "forged-check"));
}

/* An approval written by hand, with everything that the database's own gate asks for, signed by nobody. */
static const char forged_approval[] =
    "INSERT INTO clearance (uid, second_job_id, round, decision_uid, kind, check_uid, account, person, subject_digest, material_digest, at, signature)"
    " SELECT 'forged-' || k.value, j.id, 1, 'forged', k.value, 'check', 'x', 'account:x', '', j.material_digest, j.created, zeroblob (64)"
    " FROM second_job AS j, json_each ('[\"complaints\",\"intelligence\"]') AS k;"
    "INSERT INTO decision (uid, second_job_id, round, action, outcome, open_reasons, conditions_digest, clearances_digest, account, person,"
    " material_digest, at, signature) SELECT 'forged', id, 1, 'approve', 'approved', 'fine', '', '', 'y', 'account:y', material_digest,"
    " created, zeroblob (64) FROM second_job;"
    "UPDATE second_job SET stage = 'registered', outcome = 'approved', decision_uid = 'forged', decided_at = created,"
    " approved_on = substr (created, 1, 10), next_review = '2027-03-02'";

static void
test_forged_approval (void)
{
  g_autoptr (Force) force = force_new ("durham");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  sql_fails (force->hr, PROBITY_COMPARTMENT_REGISTERS, "UPDATE second_job SET outcome = 'approved', stage = 'registered'");
  sql_fails (force->hr, PROBITY_COMPARTMENT_REGISTERS, "DELETE FROM second_job");
  assert_field (force->hr, reference, "outcome", NULL);
  wait_for_success (probity_casebook_write (probity_session_get_casebook (force->hr), run_script, (gpointer) forged_approval, NULL));
  g_assert_true (verify_names (force->decider, "registers", "forged-decision"));
  g_assert_true (verify_names (force->decider, "registers", "forged-clearance"));
  /* Who holds registers only finds it as well. */
  g_assert_true (verify_names (force->head, "registers", "forged-decision"));
}

/* With the triggers gone: an outcome without a decision, a changed employer, a left-out comment, an edited manager. */
static void
test_rows_edited_without_triggers (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  const char      *triggers[] = { "second_job_fixed", "second_job_material", "second_job_decided", "second_job_stage", "second_job_approve" };

  force_prepare (force, reference);
  assert_missing (force->decider, reference, "");
  for (gsize i = 0; i < G_N_ELEMENTS (triggers); i++)
    {
      g_autofree char *drop = g_strdup_printf ("DROP TRIGGER %s", triggers[i]);

      sql (force->hr, PROBITY_COMPARTMENT_REGISTERS, drop);
    }
  sql (force->hr, PROBITY_COMPARTMENT_REGISTERS, "UPDATE second_job SET employer = 'The Casino'");
  assert_missing (force->decider, reference, "stale-check");
  assert_refused (force_decide (force->decider, reference, "approve"), "stale-check");
  g_assert_true (verify_names (force->decider, "registers", "forged-application"));
  sql (force->hr, PROBITY_COMPARTMENT_REGISTERS, "UPDATE second_job SET employer = 'The Bell', requires_head_of_hr_comment = 0");
  assert_missing (force->decider, reference, "stale-check");
  sql (force->hr, PROBITY_COMPARTMENT_REGISTERS, "UPDATE second_job SET requires_head_of_hr_comment = 1, manager_staff_number = '2009'");
  assert_missing (force->decider, reference, "line-manager-comment stale-check");
  sql (force->hr, PROBITY_COMPARTMENT_REGISTERS, "UPDATE second_job SET manager_staff_number = '2001'");
  assert_missing (force->decider, reference, "");
  sql (force->hr, PROBITY_COMPARTMENT_REGISTERS, "UPDATE second_job SET outcome = 'approved', stage = 'registered', approved_on = '2026-03-02'");
  g_assert_true (verify_names (force->decider, "registers", "forged-approval"));
}

/* Taking the raised re-check away takes nothing away: the gate searches itself. */
static void
test_recheck_taken_away (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *complaint = NULL;

  force_prepare (force, reference);
  complaint = force_add_complaint (force, "CO/1", "Incivility", NULL, "Jonathan Applegate", "1985-03-04");
  g_assert_cmpint (count (force->psd, PROBITY_COMPARTMENT_STANDARDS, "SELECT count(*) FROM recheck"), ==, 1);
  sql (force->psd, PROBITY_COMPARTMENT_STANDARDS, "DROP TRIGGER recheck_delete");
  sql (force->psd, PROBITY_COMPARTMENT_STANDARDS, "DELETE FROM recheck");
  assert_missing (force->decider, reference, "new-record");
  assert_refused (force_decide (force->decider, reference, "approve"), "new-record");
}

/* Boxes that a head of HR writes or copies tell nothing; a view that nobody signed is found. */
static void
test_forged_view (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *complaint = NULL;

  force_prepare (force, reference);
  sql (force->head, PROBITY_COMPARTMENT_REGISTERS, "INSERT INTO sealed_view (uid, second_job_id, account, box, at) SELECT 'forged', id, created_by, zeroblob (4144), created FROM second_job");
  assert_missing (force->head, reference, "professional-standards");

  wait_for_success (probity_second_job_view (force->decider, reference, FALSE, NULL));
  assert_missing (force->head, reference, "");
  complaint = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);
  assert_missing (force->head, reference, "professional-standards");
  /* The box from before the complaint, put in again. */
  sql (force->head, PROBITY_COMPARTMENT_REGISTERS, "INSERT INTO sealed_view (uid, second_job_id, account, box, at) SELECT 'again', second_job_id, account, box, at FROM sealed_view"
                                                   " WHERE length (box) > 4100 AND uid <> 'forged' ORDER BY id LIMIT 1");
  g_assert_cmpint (count (force->head, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM sealed_view WHERE uid = 'again'"), ==, 1);
  assert_missing (force->head, reference, "professional-standards");
  assert_refused (force_decide (force->head, reference, "approve"), "professional-standards");

  sql (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE, "DROP TRIGGER standards_view_update");
  sql (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE, "UPDATE standards_view SET objection = 1");
  g_assert_true (verify_names (force->decider, "intelligence", "forged-view"));
}

/* All boxes of a case have one size, so that nothing shows of what is in them. */
static void
test_boxes_look_alike (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *complaint = NULL;

  force_prepare (force, reference);
  wait_for_success (probity_second_job_view (force->decider, reference, FALSE, NULL));
  wait_for_success (probity_second_job_view (force->decider, reference, TRUE, "a long reason that stays where it is"));
  complaint = force_add_complaint (force, "CO/1", "Incivility", "1001", NULL, NULL);
  g_assert_cmpint (count (force->hr, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM sealed_view"), ==, 3);
  g_assert_cmpint (count (force->hr, PROBITY_COMPARTMENT_REGISTERS, "SELECT count (DISTINCT length (box)) FROM sealed_view"), ==, 1);
}

/* What a decision left in registers, taken out again by somebody without triggers: as a crash between the commits leaves it. */
static const char undo_decision[] =
    "DROP TRIGGER clearance_delete; DROP TRIGGER decision_delete; DROP TRIGGER stage_history_delete; DROP TRIGGER second_job_decided;"
    "DROP TRIGGER sealed_view_delete;"
    "DELETE FROM clearance; DELETE FROM decision; DELETE FROM stage_history WHERE stage IN ('decided', 'registered'); DELETE FROM sealed_view;"
    "UPDATE second_job SET outcome = NULL, stage = 'with-professional-standards', decision_uid = NULL, decided_at = NULL, next_review = NULL";

/* A decision with restricted reasons is two commits; the next program that opens both finishes what a crash left between them. */
static void
test_crash_between_the_commits (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  ProbityDecision  decision = { .action = "approve", .open_reasons = "no conflict", .restricted_reasons = "Wombat operation" };
  g_autoptr (ProbitySession) again = NULL;

  force_prepare (force, reference);
  /* The row that says how to finish stays, as after a kill. */
  sql (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE, "CREATE TRIGGER keep BEFORE DELETE ON outbox BEGIN SELECT RAISE (IGNORE); END");
  wait_for_success (probity_second_job_decide (force->decider, reference, &decision));
  sql (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE, "DROP TRIGGER keep");
  wait_for_success (probity_casebook_write (probity_session_get_casebook (force->hr), run_script, (gpointer) undo_decision, NULL));
  assert_field (force->hr, reference, "outcome", NULL);
  g_assert_cmpint (count (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT count(*) FROM outbox"), ==, 1);

  again = session_fixture_sign_in (force->casebook, "decider");
  assert_field (force->hr, reference, "outcome", "approved");
  assert_field (force->hr, reference, "stage", "registered");
  g_assert_cmpint (count (force->decider, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM clearance"), ==, 2);
  g_assert_cmpint (count (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT count(*) FROM outbox"), ==, 0);
  g_assert_false (verify_names (force->decider, "registers", "forged-decision"));
  g_assert_false (verify_names (force->decider, "registers", "forged-approval"));
  session_fixture_sign_out (g_steal_pointer (&again));
}

/* The same for a view: its boxes are put where they belong. */
static void
test_crash_before_the_boxes (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autoptr (ProbitySession) again = NULL;

  force_prepare (force, reference);
  sql (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE, "CREATE TRIGGER keep BEFORE DELETE ON outbox BEGIN SELECT RAISE (IGNORE); END");
  wait_for_success (probity_second_job_view (force->decider, reference, FALSE, NULL));
  sql (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE, "DROP TRIGGER keep");
  wait_for_success (probity_casebook_write (probity_session_get_casebook (force->hr), run_script, (gpointer) undo_decision, NULL));
  assert_missing (force->head, reference, "professional-standards");
  again = session_fixture_sign_in (force->casebook, "decider");
  assert_missing (force->head, reference, "");
  session_fixture_sign_out (g_steal_pointer (&again));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/gate-forged/forged-comment", test_forged_comment);
  g_test_add_func ("/gate-forged/copied-comment", test_copied_comment);
  g_test_add_func ("/gate-forged/backdated-comment", test_backdated_comment);
  g_test_add_func ("/gate-forged/forged-check", test_forged_check);
  g_test_add_func ("/gate-forged/altered-check", test_altered_check);
  g_test_add_func ("/gate-forged/forged-approval", test_forged_approval);
  g_test_add_func ("/gate-forged/rows-edited-without-triggers", test_rows_edited_without_triggers);
  g_test_add_func ("/gate-forged/recheck-taken-away", test_recheck_taken_away);
  g_test_add_func ("/gate-forged/forged-view", test_forged_view);
  g_test_add_func ("/gate-forged/boxes-look-alike", test_boxes_look_alike);
  g_test_add_func ("/gate-forged/crash-between-the-commits", test_crash_between_the_commits);
  g_test_add_func ("/gate-forged/crash-before-the-boxes", test_crash_before_the_boxes);

  return g_test_run ();
}
