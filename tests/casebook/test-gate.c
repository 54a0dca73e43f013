/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "second-job-fixture.h"

/* What the gate refuses: the wrong person, the wrong moment, the forged row; and what it says to whom. */

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

/* A line manager knows of their own people only; a case about oneself or a relative is not there. */
static void
test_who_knows_of_the_case (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  assert_not_found (probity_second_job_comment (force->other, reference, NULL, "x", TRUE, NULL, NULL));
  assert_not_found (probity_second_job_load_gate (force->other, reference));
  assert_not_found (probity_second_job_load_timeline (force->other, reference));
  assert_not_found (probity_second_job_withdraw (force->other, reference, NULL));
  assert_not_found (probity_second_job_load_gate (force->manager, "SJ/2026/0002"));
  /* Nor can they enter one for another's people, nor anybody one for themselves. */
  {
    g_autoptr (ProbityValues) values = probity_values_new ();

    probity_values_set (values, "staff_number", "1002");
    assert_not_found (probity_second_job_submit (force->manager, values));
    probity_values_set (values, "staff_number", "4001");
    assert_not_found (probity_second_job_submit (force->psd, values));
    probity_values_set (values, "staff_number", "9999");
    assert_not_found (probity_second_job_submit (force->hr, values));
  }

  /* The PSD officer's own application, and that of the ACU officer's spouse. */
  {
    g_autofree char *own = force_submit (force, force->hr, "4001", "The Crown");

    assert_not_found (probity_second_job_load_gate (force->psd, own));
    assert_not_found (probity_check_run (force->psd, own, NULL, PROBITY_CHECK_COMPLAINTS));
    wait_for_success (probity_check_run (force->acu, own, NULL, PROBITY_CHECK_COMPLAINTS));
  }
  force_add_person (force, "5001", "Ada", "Unit", "1980-02-02", NULL);
  force_relate (force, "5001", "1001");
  assert_not_found (probity_second_job_load_gate (force->acu, reference));
  assert_not_found (probity_check_run (force->acu, reference, NULL, PROBITY_CHECK_COMPLAINTS));
}

/* The line manager's comment counts only from the recorded manager or a stand-in; without an account it comes on paper. */
static void
test_line_managers_comment (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *paper = NULL;

  /* The manager has an account: nobody comments for them. */
  assert_refused (probity_second_job_comment (force->hr, reference, "line-manager", "fine", TRUE, NULL, NULL), "not-your-step");
  assert_refused (probity_second_job_comment (force->hr, reference, NULL, "fine", TRUE, NULL, NULL), "not-your-step");
  assert_refused (probity_second_job_comment (force->manager, reference, "head-of-hr", "fine", TRUE, NULL, NULL), "not-your-step");
  assert_refused (probity_second_job_comment (force->psd, reference, "line-manager", "fine", TRUE, NULL, NULL), "not-your-step");
  assert_record_error (probity_second_job_comment (force->manager, reference, NULL, " ", TRUE, NULL, NULL), MISSING);
  assert_record_error (probity_second_job_comment (force->manager, reference, "friend", "x", TRUE, NULL, NULL), INVALID);

  /* A stand-in is named by HR with a reason, and then knows of the case. */
  assert_record_error (probity_second_job_name_stand_in (force->hr, reference, "2009", ""), MISSING);
  assert_refused (probity_second_job_name_stand_in (force->hr, reference, "1001", "nobody else"), "separation-of-duties");
  assert_refused (probity_second_job_name_stand_in (force->manager, reference, "2009", "away"), "not-your-step");
  wait_for_success (probity_second_job_name_stand_in (force->hr, reference, "2009", "the manager is on leave"));
  wait_for_success (probity_second_job_comment (force->other, reference, NULL, "fine", FALSE, NULL, NULL));
  assert_missing (force->hr, reference, "head-of-hr-comment professional-standards");

  /* 3003 manages 1003 and has no account. */
  force_add_person (force, "3003", "Norman", "Noaccount", "1969-09-09", NULL);
  force_add_person (force, "1003", "Ida", "Third", "1990-09-09", "3003");
  paper = force_submit (force, force->hr, "1003", "The Star");
  assert_refused (probity_second_job_comment (force->hr, paper, "line-manager", "fine", TRUE, NULL, "2001"), "not-your-step");
  wait_for_success (probity_second_job_comment (force->hr, paper, "line-manager", "fine, signed N. N.", TRUE, NULL, NULL));
  assert_missing (force->hr, paper, "head-of-hr-comment professional-standards");
}

/* Applicant, manager, checkers and decider are different people; accounts of one staff number are one person. */
static void
test_separation (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autoptr (ProbitySession) both = NULL;
  g_autofree char *reference = force_submit (force, force->manager, "1001", "The Bell");

  session_fixture_add (force->casebook, "double", "psd-officer,decider", "2001");
  both = session_fixture_sign_in (force->casebook, "double");
  wait_for_success (probity_second_job_comment (force->manager, reference, NULL, "fine", TRUE, NULL, NULL));
  wait_for_success (probity_second_job_comment (force->head, reference, NULL, "fine", TRUE, NULL, NULL));
  assert_refused (probity_check_run (both, reference, NULL, PROBITY_CHECK_COMPLAINTS), "separation-of-duties");
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  /* They entered it and commented. */
  assert_refused (force_decide (both, reference, "approve"), "separation-of-duties");
  assert_refused (force_decide (both, reference, "refuse"), "separation-of-duties");
  {
    g_autoptr (ProbityGateState) state = wait_for_boxed (probity_second_job_load_gate (both, reference));

    g_assert_false (state->may_decide);
  }
  wait_for_success (force_decide (force->decider, reference, "approve"));
  session_fixture_sign_out (g_steal_pointer (&both));
}

/* The recorded manager is the line manager of the case, whoever commented in their place. */
static void
test_manager_neither_checks_nor_decides (void)
{
  g_autoptr (Force) force = force_new ("durham");
  g_autoptr (ProbitySession) both = NULL;
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  session_fixture_add (force->casebook, "double", "psd-officer,decider", "2001");
  both = session_fixture_sign_in (force->casebook, "double");
  assert_refused (probity_check_run (both, reference, NULL, PROBITY_CHECK_COMPLAINTS), "separation-of-duties");
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  assert_refused (force_decide (both, reference, "approve"), "separation-of-duties");
  wait_for_success (force_decide (force->decider, reference, "approve"));
  session_fixture_sign_out (g_steal_pointer (&both));
}

/* Who checked does not decide, and does not comment afterwards. */
static void
test_checker_takes_no_other_part (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autoptr (ProbitySession) many = NULL;
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  session_fixture_add (force->casebook, "many", "head-of-hr,acu-officer,decider", "7001");
  many = session_fixture_sign_in (force->casebook, "many");
  force_check (many, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (many, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  assert_refused (probity_second_job_comment (many, reference, "head-of-hr", "fine", TRUE, NULL, NULL), "separation-of-duties");
  wait_for_success (probity_second_job_comment (force->manager, reference, NULL, "fine", TRUE, NULL, NULL));
  wait_for_success (probity_second_job_comment (force->head, reference, NULL, "fine", TRUE, NULL, NULL));
  assert_refused (force_decide (many, reference, "approve"), "separation-of-duties");
  wait_for_success (force_decide (force->decider, reference, "approve"));
  session_fixture_sign_out (g_steal_pointer (&many));
}

/* A comment can be waived with a reason by who decides; a check never. */
static void
test_waiver (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  assert_refused (probity_second_job_waive_comment (force->head, reference, "line-manager", "vacant"), "not-your-step");
  assert_record_error (probity_second_job_waive_comment (force->decider, reference, "line-manager", NULL), MISSING);
  assert_record_error (probity_second_job_waive_comment (force->decider, reference, "complaints-check", "urgent"), INVALID);
  wait_for_success (probity_second_job_waive_comment (force->decider, reference, "line-manager", "the post is vacant"));
  assert_missing (force->decider, reference, "head-of-hr-comment complaints-check intelligence-check");
}

/* A deferral says which facts are missing; a decision needs reasons; conditions belong to their approval. */
static void
test_kinds_of_decision (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  const char      *conditions[] = { "no work in uniform", NULL };
  ProbityDecision  no_reason = { .action = "refuse" };
  ProbityDecision  wrong = { .action = "approve", .open_reasons = "r", .conditions = conditions };
  ProbityDecision  bare = { .action = "approve-with-conditions", .open_reasons = "r" };
  ProbityDecision  unknown = { .action = "maybe", .open_reasons = "r" };
  ProbityDecision  defer = { .action = "defer", .open_reasons = "incomplete", .missing_facts = "the hours" };

  assert_record_error (probity_second_job_decide (force->decider, reference, &no_reason), MISSING);
  assert_record_error (probity_second_job_decide (force->decider, reference, &unknown), INVALID);
  wait_for_success (probity_second_job_decide (force->decider, reference, &defer));
  assert_field (force->manager, reference, "stage", "deferred");
  assert_field (force->manager, reference, "outcome", NULL);
  {
    g_autoptr (ProbityRecord) job = force_load (force->hr, reference);
    g_autoptr (ProbityValues) values = probity_values_new ();

    probity_values_set (values, "pattern", "Saturdays");
    wait_for_success (probity_second_job_amend (force->hr, reference, probity_record_get_version (job), values));
  }
  assert_field (force->manager, reference, "stage", "with-professional-standards");
  force_prepare (force, reference);
  assert_record_error (probity_second_job_decide (force->decider, reference, &wrong), INVALID);
  assert_record_error (probity_second_job_decide (force->decider, reference, &bare), MISSING);
  wait_for_success (force_decide (force->decider, reference, "approve-with-conditions"));
  assert_field (force->manager, reference, "outcome", "approved-with-conditions");
  {
    g_autoptr (GBytes) letter = wait_for_boxed (probity_second_job_letter (force->hr, reference));

    g_assert_cmpmem (g_bytes_get_data (letter, NULL), 5, "%PDF-", 5);
  }
  g_assert_true (verify_is_clean (force->decider));
}

/* A case that is withdrawn takes no further step; its number is never used again. */
static void
test_withdrawn (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *first = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *second = NULL;

  assert_refused (probity_second_job_withdraw (force->decider, first, NULL), "not-your-step");
  wait_for_success (probity_second_job_withdraw (force->manager, first, "changed his mind"));
  assert_field (force->hr, first, "outcome", "withdrawn");
  assert_record_error (probity_second_job_comment (force->manager, first, NULL, "x", TRUE, NULL, NULL), STAGE);
  assert_record_error (probity_check_run (force->psd, first, NULL, PROBITY_CHECK_COMPLAINTS), STAGE);
  assert_record_error (force_decide (force->decider, first, "approve"), STAGE);
  second = force_submit (force, force->hr, "1001", "The Bell");
  g_assert_cmpstr (second, !=, first);
}

/* The annual return dates a year on, ends, or goes through the gate again. */
static void
test_annual_return (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  assert_record_error (probity_second_job_review (force->hr, reference, "no-change", NULL, NULL), STAGE);
  force_prepare (force, reference);
  wait_for_success (force_decide (force->decider, reference, "approve"));
  assert_refused (probity_second_job_review (force->manager, reference, "no-change", NULL, NULL), "not-your-step");
  force_set_now (force, "2027-03-20T09:00:00.000Z");
  wait_for_success (probity_second_job_review (force->hr, reference, "no-change", NULL, "as before"));
  assert_field (force->hr, reference, "next_review", "2028-03-20");
  assert_field (force->hr, reference, "stage", "registered");
  wait_for_success (probity_second_job_review (force->hr, reference, "ceased", NULL, "the bar closed"));
  assert_field (force->hr, reference, "stage", "ceased");
  assert_field (force->hr, reference, "outcome", "approved");
  assert_record_error (probity_second_job_review (force->hr, reference, "no-change", NULL, NULL), STAGE);
  g_assert_true (verify_is_clean (force->decider));
}

/* The unit's advice is the decider's to see, no bar, and shows nowhere else. */
static void
test_advice (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  gboolean         shown = FALSE;

  force_prepare (force, reference);
  assert_refused (probity_second_job_advise (force->decider, reference, "wait", "x"), "not-your-step");
  assert_record_error (probity_second_job_advise (force->acu, reference, "hurry", "x"), INVALID);
  wait_for_success (probity_second_job_advise (force->acu, reference, "wait", "an operation runs"));
  {
    g_autoptr (ProbityGateState) state = wait_for_boxed (probity_second_job_load_gate (force->decider, reference));

    for (guint i = 0; i < state->items->len; i++)
      {
        ProbityGateItem *item = g_ptr_array_index (state->items, i);

        shown = shown || (g_str_equal (item->code, "advice") && !item->done && g_str_equal (item->detail, "wait"));
      }
    g_assert_true (shown);
    g_assert_cmpstr (state->missing[0], ==, NULL);
  }
  assert_missing (force->hr, reference, "professional-standards");
  wait_for_success (force_decide (force->decider, reference, "approve"));
}

/* An account that has lost its role can no longer sign what only the role may; what it signed before stands. */
static void
test_disabled_checker (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  force_prepare (force, reference);
  force_set_now (force, "2026-03-03T09:00:00.000Z");
  wait_for_success (probity_session_disable (force->casebook->admin, "psd"));
  assert_missing (force->decider, reference, "");
  wait_for_success (force_decide (force->decider, reference, "approve"));
}

/* Counts the values of all tables of the register, as the key shows them, that hold one of the words. */
static gboolean
scan_registers (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  const char *const *words = data;
  ProbityDb         *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityStatement) tables = NULL;
  gint64   found = 0, seen = 0;
  gboolean table;

  g_assert_nonnull (db);
  tables = probity_db_query (db, error, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'", NULL);
  while (probity_statement_step (tables, &table, error) && table)
    {
      g_autofree char *all = g_strdup_printf ("SELECT * FROM %s", probity_statement_get_text (tables, 0));
      g_autoptr (ProbityStatement) rows = probity_db_query (db, error, all, NULL);
      gboolean row;

      g_assert_nonnull (rows);
      while (probity_statement_step (rows, &row, error) && row)
        for (int i = 0; i < probity_statement_get_n_columns (rows); i++)
          {
            g_autoptr (GBytes) value = probity_statement_dup_bytes (rows, i);

            seen++;
            for (gsize w = 0; value != NULL && g_bytes_get_size (value) > 0 && words[w] != NULL; w++)
              found += memmem (g_bytes_get_data (value, NULL), g_bytes_get_size (value), words[w], strlen (words[w])) != NULL;
          }
    }
  g_assert_no_error (*error);
  g_assert_cmpint (seen, >, 100);
  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, found);

  return TRUE;
}

/* What is known inside stands in no file that HR or a line manager can open. */
static void
test_nothing_shows_outside (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *complaint = force_add_complaint (force, "CO/1", "Xylophone theft", "1001", NULL, NULL);
  g_autofree char *report = force_add_report (force, "IR/1", "Quokka informant", "Zebra crossing dealer", "1001", NULL);
  ProbityDecision  decision = { .action = "approve", .open_reasons = "no conflict", .restricted_reasons = "Wombat operation" };
  const char      *words[] = { "Xylophone", "Quokka", "Zebra", "Wombat", "concern", "not-relevant", "looked at both", "recheck", "CO/1", "IR/1", NULL };
  g_autoptr (GPtrArray) timeline = NULL;

  force_prepare (force, reference);
  wait_for_success (probity_second_job_advise (force->acu, reference, "as-if-unknown", "Wombat runs"));
  wait_for_success (probity_second_job_decide (force->decider, reference, &decision));
  {
    g_autofree char *later = force_add_complaint (force, "CO/2", "Xylophone again", "1001", NULL, NULL);
  }

  timeline = wait_for_boxed (probity_second_job_load_timeline (force->hr, reference));
  g_assert_cmpuint (timeline->len, >=, 5);
  for (gsize w = 0; words[w] != NULL; w++)
    {
      for (guint i = 0; i < timeline->len; i++)
        {
          ProbityTimelineItem *item = g_ptr_array_index (timeline, i);

          g_assert_null (item->text != NULL ? strstr (item->text, words[w]) : NULL);
          g_assert_null (strstr (item->what, words[w]));
        }
    }

  g_assert_cmpint (wait_for_int64 (probity_casebook_read (probity_session_get_casebook (force->hr), scan_registers, (gpointer) words, NULL, NULL)), ==, 0);
  {
    g_autoptr (ProbityGateState) state = wait_for_boxed (probity_second_job_load_gate (force->hr, reference));

    for (guint i = 0; i < state->items->len; i++)
      {
        ProbityGateItem *item = g_ptr_array_index (state->items, i);

        if (g_str_has_suffix (item->code, "-check"))
          g_assert_null (item->detail);
      }
  }
  /* Inside, it is all there. */
  {
    g_autoptr (GPtrArray) inside = wait_for_boxed (probity_second_job_load_timeline (force->decider, reference));

    g_assert_cmpuint (inside->len, >=, timeline->len + 7);
  }
}

/* Who can open a case is worked out by the function that decides it. */
static void
test_readers (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "4001", "The Bell");
  g_autoptr (GPtrArray) readers = wait_for_boxed (probity_second_job_load_readers (force->hr, reference));

  g_assert_true (g_ptr_array_find_with_equal_func (readers, "hr", g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (readers, "acu", g_str_equal, NULL));
  g_assert_false (g_ptr_array_find_with_equal_func (readers, "psd", g_str_equal, NULL));
  g_assert_false (g_ptr_array_find_with_equal_func (readers, "manager", g_str_equal, NULL));
}

/* All work together: contracted, overtime, every registered and pending job. */
static void
test_hours (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *first = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *second = force_submit (force, force->hr, "1001", "The Crown");
  g_autoptr (ProbityHoursSummary) summary = wait_for_boxed (probity_second_job_load_hours (force->hr, first, NULL, -1));
  g_autoptr (ProbityHoursSummary) form = NULL;

  g_assert_cmpfloat (summary->contracted, ==, 40);
  g_assert_cmpfloat (summary->this_job, ==, 7.5);
  g_assert_cmpfloat (summary->other_jobs, ==, 7.5);
  g_assert_cmpfloat (summary->total, ==, 55);
  g_assert_cmpuint (g_strv_length (summary->warnings), >, 0);
  wait_for_success (probity_second_job_withdraw (force->hr, second, NULL));
  form = wait_for_boxed (probity_second_job_load_hours (force->hr, NULL, "1001", 0.5));
  g_assert_cmpfloat (form->total, ==, 48);
  g_assert_cmpuint (g_strv_length (form->warnings), ==, 0);
  assert_not_found (probity_second_job_load_hours (force->manager, NULL, "1002", 1));
}

/* A draft is its account's own, and gone when the form is sent. */
static void
test_drafts (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityValues) loaded = NULL;

  probity_values_set (values, "employer", "The Bell");
  wait_for_success (probity_draft_save (force->hr, "second-job", values));
  loaded = wait_for_boxed (probity_draft_load (force->hr, "second-job"));
  g_assert_cmpstr (probity_values_get (loaded, "employer"), ==, "The Bell");
  g_assert_null (wait_for_boxed (probity_draft_load (force->head, "second-job")));
  wait_for_success (probity_draft_save (force->hr, "second-job", NULL));
  g_assert_null (wait_for_boxed (probity_draft_load (force->hr, "second-job")));
}

/* Applications of an earlier register are counted apart and are no approvals until they went through the gate. */
typedef struct
{
  ProbitySession *session;
  ProbityValues  *values;
  gboolean        added, changed;
} Forward;

static gboolean
forward_write (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  Forward *forward = data;

  g_value_init (result, G_TYPE_BOOLEAN);

  return probity_second_job_bring_forward (write, forward->session, forward->values, &forward->added, &forward->changed, error);
}

static DexFuture *
bring_forward (Forward        *forward,
               ProbitySession *session,
               const char     *employer,
               const char     *outcome)
{
  g_clear_pointer (&forward->values, probity_values_unref);
  forward->session = session;
  forward->values = probity_values_new ();
  probity_values_set (forward->values, "reference", "BI/2010/17");
  probity_values_set (forward->values, "staff_number", "1001");
  probity_values_set (forward->values, "employer", employer);
  probity_values_set (forward->values, "received", "2010-05-04");
  probity_values_set (forward->values, "outcome", outcome);
  probity_values_set (forward->values, "decided", "2010-06-01");
  probity_values_set (forward->values, "weekly_hours", "4");

  return probity_casebook_write (probity_session_get_casebook (session), forward_write, forward, NULL);
}

static void
test_brought_forward (void)
{
  g_autoptr (Force) force = force_new ("generic");
  Forward forward = { 0 };
  g_autoptr (ProbityValues) change = probity_values_new ();

  {
    g_autoptr (GError) error = wait_for_error (bring_forward (&forward, force->hr, "The Bell", "approved"));

    g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
  }
  assert_record_error (bring_forward (&forward, force->head, "The Bell", "perhaps"), INVALID);
  wait_for_success (bring_forward (&forward, force->head, "The Bell", "approved"));
  g_assert_true (forward.added);
  assert_field (force->manager, "BI/2010/17", "outcome", "brought-forward");
  assert_field (force->manager, "BI/2010/17", "recorded_outcome", "approved");
  assert_field (force->manager, "BI/2010/17", "stage", "registered");
  assert_field (force->manager, "BI/2010/17", "next_review", "2011-06-01");
  assert_field (force->manager, "BI/2010/17", "approved_on", NULL);
  wait_for_success (bring_forward (&forward, force->head, "The Bell", "approved"));
  g_assert_false (forward.added || forward.changed);
  wait_for_success (bring_forward (&forward, force->head, "The Crown", "approved"));
  g_assert_true (forward.changed);
  g_assert_true (verify_is_clean (force->decider));

  probity_values_set (change, "employer", "The Star");
  force_set_now (force, "2026-03-03T09:00:00.000Z");
  wait_for_success (probity_second_job_review (force->hr, "BI/2010/17", "changed", change, NULL));
  assert_refused (force_decide (force->decider, "BI/2010/17", "approve"), "line-manager-comment head-of-hr-comment complaints-check intelligence-check");
  force_prepare (force, "BI/2010/17");
  wait_for_success (force_decide (force->decider, "BI/2010/17", "approve"));
  assert_field (force->manager, "BI/2010/17", "outcome", "approved");
  assert_record_error (bring_forward (&forward, force->head, "The Bell", "approved"), EXISTS);
  g_assert_true (verify_is_clean (force->decider));
  probity_values_unref (forward.values);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/gate/who-knows-of-the-case", test_who_knows_of_the_case);
  g_test_add_func ("/gate/line-managers-comment", test_line_managers_comment);
  g_test_add_func ("/gate/separation", test_separation);
  g_test_add_func ("/gate/manager-neither-checks-nor-decides", test_manager_neither_checks_nor_decides);
  g_test_add_func ("/gate/checker-takes-no-other-part", test_checker_takes_no_other_part);
  g_test_add_func ("/gate/waiver", test_waiver);
  g_test_add_func ("/gate/kinds-of-decision", test_kinds_of_decision);
  g_test_add_func ("/gate/withdrawn", test_withdrawn);
  g_test_add_func ("/gate/annual-return", test_annual_return);
  g_test_add_func ("/gate/advice", test_advice);
  g_test_add_func ("/gate/disabled-checker", test_disabled_checker);
  g_test_add_func ("/gate/nothing-shows-outside", test_nothing_shows_outside);
  g_test_add_func ("/gate/readers", test_readers);
  g_test_add_func ("/gate/hours", test_hours);
  g_test_add_func ("/gate/drafts", test_drafts);
  g_test_add_func ("/gate/brought-forward", test_brought_forward);

  return g_test_run ();
}
