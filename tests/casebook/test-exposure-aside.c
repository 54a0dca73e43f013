/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "exposure-fixture.h"

/* Both fixtures have one. */
#undef assert_record_error

#include "probity-closing.h"
#include "probity-leak.h"
#include "probity-seal.h"
#include "seal-fixture.h"
#include "second-job-fixture.h"

/* Access logs that were imported wrongly: set aside, and taken in again. */

/* Of whom 4127, 4128 and 2004 stand in EXPOSURE_LOG too. */
#define OTHER_LOG                         \
  "User,Time,Record,Workstation\n"        \
  "4127,2026-01-10 09:30:00,STM/1,DESK\n" \
  "4128,2026-01-13 09:30:00,STM/2,DESK\n" \
  "2001,2026-01-10 10:00:00,STM/1,DESK\n" \
  "helper,2026-01-10 11:00:00,STM/1,OPS\n"

#define WINDOW ((ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .until = "2026-01-11T12:30:00.000Z" })

static const ProbityExposureLog *
get_log (ProbityExposureList *list,
         guint                index)
{
  return g_ptr_array_index (list->logs, index);
}

static const ProbityExposureStep *
get_step (ProbityExposureList *list,
          guint                index)
{
  return g_ptr_array_index (list->steps, index);
}

static ProbityExposureList *
set_aside (ProbitySession           *session,
           const char               *reference,
           const ProbityExposureLog *log)
{
  return wait_for_boxed (probity_exposure_set_aside (session, reference, log->uid, "The export of another system"));
}

static ProbityExposureList *
take_in (ProbitySession           *session,
         const char               *reference,
         const ProbityExposureLog *log)
{
  return wait_for_boxed (probity_exposure_take_in_again (session, reference, log->uid, "It was of the system after all"));
}

/* Rule: a log that is set aside takes no part in people, counts or steps; it and what was recorded with it stand. */
static void
test_takes_no_part (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) early = exposure_import_text (fixture, decider, reference, "early.csv", OTHER_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) before = exposure_narrow (decider, reference, WINDOW);
  g_autoptr (ProbityExposureLog) wrong = exposure_import_text (fixture, decider, reference, "wrong.csv", EXPOSURE_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) both = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_RECORDS, .keep = TRUE, .words = EXPOSURE_WORDS ("NIC/1", "STM/1") });
  g_autoptr (ProbityExposureList) left = NULL;
  g_autoptr (ProbityExposureList) after = NULL;
  g_autoptr (ProbityExposureList) undone = NULL;
  const ProbityExposureChange *change;

  /* Reckoned with rows that were opened in the other's time and place. */
  exposure_assert_list (both, "4127|helper|svc-desk|2001|4128|4300|2004-1|4200-1");
  g_assert_cmpuint (get_step (both, 0)->before, ==, 8);
  g_assert_cmpuint (get_step (both, 0)->n_set_aside, ==, 0);

  left = set_aside (decider, reference, wrong);
  exposure_assert_list (left, "helper|2001|4127|4128-1");
  g_assert_cmpuint (left->n_remaining, ==, 3);
  g_assert_cmpuint (left->n_unmatched, ==, 1);
  g_assert_cmpuint (get_step (left, 0)->before, ==, 4);
  g_assert_cmpuint (get_step (left, 0)->after, ==, 3);
  g_assert_cmpuint (get_step (left, 1)->after, ==, 3);
  /* The first step was recorded before the log came in. */
  g_assert_cmpuint (get_step (left, 0)->n_set_aside, ==, 0);
  g_assert_cmpuint (get_step (left, 1)->n_set_aside, ==, 1);
  g_assert_cmpint (((ProbityExposurePerson *) g_ptr_array_index (left->people, 2))->rows, ==, 1);
  g_assert_cmpstr (((ProbityExposurePerson *) g_ptr_array_index (left->people, 2))->accounts, ==, "4127");

  g_assert_cmpuint (left->logs->len, ==, 2);
  g_assert_false (get_log (left, 0)->set_aside);
  g_assert_true (get_log (left, 1)->set_aside);
  g_assert_cmpstr (get_log (left, 1)->authority, ==, wrong->authority);
  g_assert_cmpuint (get_log (left, 1)->changes->len, ==, 1);
  change = g_ptr_array_index (get_log (left, 1)->changes, 0);
  g_assert_true (change->aside);
  g_assert_cmpstr (change->reason, ==, "The export of another system");
  g_assert_cmpstr (change->by, ==, "decider");
  g_assert_cmpstr (change->at, ==, SESSION_FIXTURE_NOW);

  /* What is recorded from here on was not recorded with it. */
  after = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_PLACES, .keep = TRUE, .words = EXPOSURE_WORDS ("DESK") });
  exposure_assert_list (after, "2001|4127|helper-3|4128-1");
  g_assert_cmpuint (get_step (after, 2)->n_set_aside, ==, 0);
  undone = wait_for_boxed (probity_exposure_undo (decider, reference));
  exposure_assert_list (undone, "helper|2001|4127|4128-1");
  g_assert_cmpint (exposure_count (decider, "SELECT count (*) FROM audit_entry WHERE kind = 'exposure' AND field = 'log' AND verb = 'alteration'"), ==, 1);
  g_assert_cmpint (exposure_count (decider, "SELECT count (*) FROM exposure_chunk"), ==, 2);
  g_assert_cmpuint (assert_verified (decider), ==, PROBITY_N_COMPARTMENTS);
}

/* Rule: nobody is named in a step, and no word is, by a log that is set aside. */
static void
test_steps_know_nothing_of_it (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) wrong = exposure_import_text (fixture, decider, reference, "wrong.csv", EXPOSURE_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) nobody = NULL;
  g_autoptr (ProbityExposureLog) right = NULL;
  g_autoptr (GError) empty = NULL;
  g_auto (GStrv) words = NULL;
  const ProbityExposureNarrowing refused[] = {
    { .kind = PROBITY_EXPOSURE_RECORDS, .keep = TRUE, .words = EXPOSURE_WORDS ("NIC/1") },
    { .kind = PROBITY_EXPOSURE_PLACES, .keep = TRUE, .words = EXPOSURE_WORDS ("WS-1") },
    { .kind = PROBITY_EXPOSURE_ROLES, .keep = TRUE, .words = EXPOSURE_WORDS ("Sergeant") },
    { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = EXPOSURE_WORDS ("4300"), .reason = "Abroad" },
    { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = EXPOSURE_WORDS ("svc-desk"), .reason = "No person" },
    { .kind = PROBITY_EXPOSURE_ELIMINATED },
  };

  nobody = set_aside (decider, reference, wrong);
  g_assert_cmpuint (nobody->people->len, ==, 0);
  empty = wait_for_error (probity_exposure_narrow (decider, reference, &WINDOW, 1));
  g_assert_error (empty, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);

  right = exposure_import_text (fixture, decider, reference, "right.csv", "User,Time,Record\n4127,2026-01-10 09:30:00,STM/1\n", NULL, NULL, 0);
  wait_for_success (probity_investigation_add_subject (decider, reference, "4300", NULL, NULL, "Opened it"));
  wait_for_success (probity_investigation_eliminate_subject (decider, reference, "4300", "In court all day"));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = wait_for_error (probity_exposure_narrow (decider, reference, &refused[i], 1));

      if (error == NULL)
        g_error ("step %u was taken", i);
    }
  words = wait_for_boxed (probity_exposure_load_words (decider, reference, PROBITY_EXPOSURE_RECORDS, NULL, 10, NULL));
  g_assert_cmpuint (g_strv_length (words), ==, 1);
  g_assert_cmpstr (words[0], ==, "STM/1");

  /* Added by hand, they are in the list whatever becomes of the log. */
  g_clear_pointer (&nobody, probity_exposure_list_unref);
  nobody = wait_for_boxed (probity_exposure_add (decider, reference, "4300", "briefed", "Gold group"));
  exposure_assert_list (nobody, "4127|4300");
}

/* Rule: what a log that is set aside tells can be looked at as it came in, and by its readers alone. */
static void
test_looked_at (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *officer = records_fixture_get (fixture, "acu-officer");
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autofree char *other = exposure_case_new (fixture);
  g_autofree char *path = write_text (fixture, "exported.csv", "");
  g_autofree char *text = NULL;
  g_autoptr (ProbityExposureLog) wrong = exposure_import_text (fixture, decider, reference, "wrong.csv", EXPOSURE_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureLog) right = exposure_import_text (fixture, decider, reference, "right.csv", OTHER_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) list = set_aside (decider, reference, wrong);
  g_autoptr (GPtrArray) left = wait_for_boxed (probity_exposure_load_rows (decider, reference, "4127", FALSE, 10, NULL));
  g_autoptr (GPtrArray) all = wait_for_boxed (probity_exposure_load_rows (decider, reference, "4127", TRUE, 10, NULL));
  g_autoptr (GPtrArray) whole = wait_for_boxed (probity_exposure_load_log_rows (decider, reference, wrong->uid, 100, NULL));
  /* 2004 is the officer, 4200 their brother. */
  g_autoptr (GPtrArray) theirs = wait_for_boxed (probity_exposure_load_log_rows (officer, reference, wrong->uid, 100, NULL));
  g_autoptr (GPtrArray) first = wait_for_boxed (probity_exposure_load_log_rows (decider, reference, right->uid, 2, NULL));
  g_autoptr (GError) elsewhere = wait_for_error (probity_exposure_load_log_rows (decider, other, wrong->uid, 100, NULL));
  const ProbityExposureRow *row = g_ptr_array_index (whole, 0);

  g_assert_cmpuint (left->len, ==, 1);
  g_assert_false (((ProbityExposureRow *) g_ptr_array_index (left, 0))->set_aside);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_true (((ProbityExposureRow *) g_ptr_array_index (all, 0))->set_aside);
  g_assert_false (((ProbityExposureRow *) g_ptr_array_index (all, 1))->set_aside);
  g_assert_cmpuint (whole->len, ==, 8);
  g_assert_true (row->set_aside);
  g_assert_cmpstr (row->account, ==, "FORCE\\4127");
  g_assert_cmpstr (row->file_name, ==, "wrong.csv");
  g_assert_cmpint (row->line, ==, 2);
  g_assert_cmpuint (theirs->len, ==, 6);
  g_assert_cmpuint (first->len, ==, 2);
  assert_access_error (elsewhere, NOT_FOUND);

  /* The export names it, and none of who stands in it alone. */
  g_assert_cmpint (wait_for_int64 (probity_exposure_export (decider, reference, path)), ==, 4);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "log set aside"));
  g_assert_nonnull (strstr (text, "The export of another system"));
  g_assert_null (strstr (text, "svc-desk"));
  g_assert_null (strstr (text, "Sian Price"));
}

/* Rule: the same file comes in again once its import is set aside, with the right mapping, and never twice. */
static void
test_imported_again (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) wrong = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, "+05:00", 0);
  g_autoptr (GError) twice = wait_for_error (exposure_import (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, "UTC", 0));
  g_autoptr (ProbityExposureList) nobody = set_aside (decider, reference, wrong);
  g_autoptr (ProbityExposureLog) right = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, "UTC", 0);
  g_autoptr (GError) thrice = wait_for_error (exposure_import (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, "UTC", 0));
  g_autoptr (GError) back = wait_for_error (probity_exposure_take_in_again (decider, reference, wrong->uid, "Both"));
  g_autoptr (ProbityExposureList) list = exposure_load (decider, reference);
  g_autoptr (ProbityExposureList) swapped = NULL;
  g_autoptr (ProbityExposureList) back_again = NULL;

  g_assert_error (twice, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_EXISTS);
  g_assert_cmpuint (nobody->people->len, ==, 0);
  g_assert_cmpstr (right->sha256, ==, wrong->sha256);
  g_assert_cmpstr (right->first, ==, "2026-01-10T09:00:00.000Z");
  g_assert_error (thrice, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_EXISTS);
  g_assert_error (back, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_EXISTS);
  exposure_assert_list (list, "4127|4128|svc-desk|2004|4200|4300");
  g_assert_cmpuint (list->logs->len, ==, 2);
  g_assert_true (get_log (list, 0)->set_aside);

  /* The other way round: what was right is set aside, and the first comes back with its time zone. */
  swapped = set_aside (decider, reference, right);
  back_again = take_in (decider, reference, wrong);
  g_assert_cmpuint (swapped->people->len, ==, 0);
  g_assert_cmpstr (((ProbityExposurePerson *) g_ptr_array_index (back_again->people, 0))->first, ==, "2026-01-10T04:00:00.000Z");
}

/* Rule: a log is taken in again for a reason, beside the first, and then nothing marks what was recorded with it. */
static void
test_taken_in_again (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureLog) other = exposure_import_text (fixture, decider, reference, "other.csv", OTHER_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) before = exposure_narrow (decider, reference, WINDOW);
  g_autoptr (ProbityExposureList) aside = set_aside (decider, reference, log);
  g_autoptr (ProbityExposureList) without = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_PLACES, .words = EXPOSURE_WORDS ("OPS") });
  g_autoptr (ProbityExposureList) again = take_in (decider, reference, log);
  g_autoptr (ProbityExposureList) aside_again = NULL;
  g_autofree char *people = exposure_describe (before);

  g_assert_cmpuint (get_step (without, 0)->n_set_aside, ==, 1);
  g_assert_cmpuint (get_step (without, 1)->n_set_aside, ==, 0);
  g_assert_false (get_log (again, 0)->set_aside);
  g_assert_cmpuint (get_log (again, 0)->changes->len, ==, 2);
  g_assert_cmpstr (((ProbityExposureChange *) g_ptr_array_index (get_log (again, 0)->changes, 1))->reason, ==, "It was of the system after all");
  g_assert_cmpuint (get_step (again, 0)->n_set_aside, ==, 0);
  g_assert_cmpuint (get_step (again, 0)->before, ==, get_step (before, 0)->before);
  g_assert_cmpuint (get_step (again, 0)->after, ==, get_step (before, 0)->after);

  /* The second step was recorded without it. */
  aside_again = set_aside (decider, reference, log);
  g_assert_cmpuint (get_step (aside_again, 0)->n_set_aside, ==, 1);
  g_assert_cmpuint (get_step (aside_again, 1)->n_set_aside, ==, 0);
  g_assert_cmpuint (assert_verified (decider), ==, PROBITY_N_COMPARTMENTS);
}

/* Rule: who may import a log sets it aside; for a reason, once, and only a log of the case. */
static void
test_refused (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession   *decider = records_fixture_get (fixture, "decider");
  g_autofree char  *reference = exposure_case_new (fixture);
  g_autofree char  *other = exposure_case_new (fixture);
  const char *const not_theirs[] = { "line-manager", "hr-officer", "head-of-hr", "psd-officer" };
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, NULL, 0);
  g_autoptr (GError) unreasoned = wait_for_error (probity_exposure_set_aside (decider, reference, log->uid, " \n"));
  g_autoptr (GError) unknown = wait_for_error (probity_exposure_set_aside (decider, reference, "none", "r"));
  g_autoptr (GError) elsewhere = wait_for_error (probity_exposure_set_aside (decider, other, log->uid, "r"));
  g_autoptr (GError) is_in = wait_for_error (probity_exposure_take_in_again (decider, reference, log->uid, "r"));
  g_autoptr (GError) twice = NULL;
  g_autoptr (ProbityExposureList) list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (not_theirs); i++)
    {
      g_autoptr (GError) aside = wait_for_error (probity_exposure_set_aside (records_fixture_get (fixture, not_theirs[i]), reference, log->uid, "r"));
      g_autoptr (GError) in = wait_for_error (probity_exposure_take_in_again (records_fixture_get (fixture, not_theirs[i]), reference, log->uid, "r"));
      g_autoptr (GError) rows = wait_for_error (probity_exposure_load_log_rows (records_fixture_get (fixture, not_theirs[i]), reference, log->uid, 10, NULL));

      assert_access_error (aside, NOT_PERMITTED);
      assert_access_error (in, NOT_PERMITTED);
      assert_access_error (rows, NOT_PERMITTED);
    }
  g_assert_error (unreasoned, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_MISSING);
  g_assert_cmpstr (probity_record_error_get_field (unreasoned), ==, "reason");
  assert_access_error (unknown, NOT_FOUND);
  assert_access_error (elsewhere, NOT_FOUND);
  g_assert_error (is_in, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
  g_assert_cmpint (exposure_count (decider, "SELECT count (*) FROM exposure_set_aside"), ==, 0);

  list = set_aside (records_fixture_get (fixture, "acu-officer"), reference, log);
  twice = wait_for_error (probity_exposure_set_aside (decider, reference, log->uid, "r"));
  g_assert_error (twice, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
}

/* Rule: at closing, who stands in logs set aside alone is masked with the eliminated; then nothing is set aside any more. */
static void
test_closing (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "Leak", NULL);
  g_autofree char *wrong_path = g_build_filename (force->casebook->base, "wrong.csv", NULL);
  g_autofree char *right_path = g_build_filename (force->casebook->base, "right.csv", NULL);
  g_autoptr (ProbityExposureLog) wrong = NULL;
  g_autoptr (ProbityExposureLog) right = NULL;
  g_autoptr (ProbityExposureList) before = NULL;
  g_autoptr (ProbityExposureList) after = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) late = NULL;
  g_autoptr (GError) import = NULL;
  ProbityExposureSource source = { .system = "NICHE", .authority = "DPA", .necessity = "Leak" };

  g_assert_true (g_file_set_contents (wrong_path, "User,Time,Record\n1001,2026-01-10 09:00:00,NIC/1\nsvc-desk,2026-01-10 09:00:00,NIC/1\n1002,2026-01-10 09:00:00,NIC/1\n", -1, NULL));
  g_assert_true (g_file_set_contents (right_path, "User,Time,Record\n1002,2026-01-10 09:00:00,NIC/1\n2001,2026-01-12 09:00:00,NIC/1\n", -1, NULL));
  source.path = wrong_path;
  wrong = wait_for_boxed (probity_exposure_import (force->acu, reference, &source, NULL, NULL));
  source.path = right_path;
  right = wait_for_boxed (probity_exposure_import (force->acu, reference, &source, NULL, NULL));
  probity_exposure_list_unref (set_aside (force->acu, reference, wrong));
  before = exposure_narrow (force->acu, reference, WINDOW);
  exposure_assert_list (before, "1002|2001-1");

  wait_for_success (probity_closing_propose (force->acu, reference, "not-identified", "Nobody is found."));
  wait_for_success (probity_closing_close (force->decider, reference, "not-identified", "Nobody is found.", "Nobody could be named."));
  after = exposure_load (force->acu, reference);
  g_assert_nonnull (after->disposal_due);
  g_assert_cmpuint (after->people->len, ==, 2);
  g_assert_cmpuint (after->n_remaining, ==, 1);
  g_assert_cmpstr (((ProbityExposurePerson *) g_ptr_array_index (after->people, 0))->staff_number, ==, "1002");
  g_assert_true (((ProbityExposurePerson *) g_ptr_array_index (after->people, 1))->masked);
  g_assert_cmpuint (get_step (after, 0)->before, ==, get_step (before, 0)->before);
  g_assert_cmpint (exposure_count (force->acu, "SELECT count (*) FROM exposure_person WHERE masked IS NOT NULL"), ==, 3);
  g_assert_cmpint (exposure_count (force->acu, "SELECT count (*) FROM exposure_account WHERE account IN ('1001', 'svc-desk', '2001')"), ==, 0);
  rows = wait_for_boxed (probity_exposure_load_log_rows (force->acu, reference, wrong->uid, 10, NULL));
  g_assert_cmpuint (rows->len, ==, 3);

  late = wait_for_error (probity_exposure_take_in_again (force->acu, reference, wrong->uid, "r"));
  g_assert_error (late, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
  g_clear_error (&late);
  late = wait_for_error (probity_exposure_set_aside (force->acu, reference, right->uid, "r"));
  g_assert_error (late, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
  g_assert_true (g_file_set_contents (right_path, "User,Time,Record\n1002,2026-01-11 09:00:00,NIC/1\n", -1, NULL));
  import = wait_for_error (probity_exposure_import (force->acu, reference, &source, NULL, NULL));
  g_assert_error (import, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
}

/* Rule: the same where no step was recorded that they could have gone with. */
static void
test_closing_without_a_step (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char      *reference = force_investigate (force->acu, &probity_leak_case, "Leak", NULL);
  g_autofree char      *path = g_build_filename (force->casebook->base, "wrong.csv", NULL);
  ProbityExposureSource source = { .path = path, .system = "NICHE", .authority = "DPA", .necessity = "Leak" };
  g_autoptr (ProbityExposureLog) wrong = NULL;
  g_autoptr (ProbityExposureList) after = NULL;

  g_assert_true (g_file_set_contents (path, "User,Time,Record\n1001,2026-01-10 09:00:00,NIC/1\nsvc-desk,2026-01-10 09:00:00,NIC/1\n", -1, NULL));
  wrong = wait_for_boxed (probity_exposure_import (force->acu, reference, &source, NULL, NULL));
  probity_exposure_list_unref (set_aside (force->acu, reference, wrong));
  probity_exposure_list_unref (wait_for_boxed (probity_exposure_add (force->acu, reference, "1002", "briefed", "Gold group")));
  wait_for_success (probity_closing_propose (force->acu, reference, "not-identified", "Nobody is found."));
  wait_for_success (probity_closing_close (force->decider, reference, "not-identified", "Nobody is found.", "Nobody could be named."));
  after = exposure_load (force->acu, reference);
  exposure_assert_list (after, "1002");
  g_assert_nonnull (after->disposal_due);
  g_assert_cmpint (exposure_count (force->acu, "SELECT count (*) FROM exposure_person WHERE masked IS NOT NULL"), ==, 2);
  g_assert_cmpint (exposure_count (force->acu, "SELECT count (*) FROM exposure_account WHERE account IN ('1001', 'svc-desk')"), ==, 0);
}

static gboolean
sql_func (ProbityWrite *write,
          gpointer      data,
          GValue       *result,
          GError      **error)
{
  g_value_init (result, G_TYPE_BOOLEAN);

  return probity_db_exec (probity_write_get_db (write, PROBITY_COMPARTMENT_INTELLIGENCE, NULL), data, error);
}

#define FORGE(log, aside, steps, account, at)                                                                             \
  "INSERT INTO exposure_set_aside (uid, case_uid, log_uid, aside, steps, reason, account, person, at, signature) SELECT " \
  "'forged', case_uid, " log ", " aside ", " steps ", 'r', " account ", 'staff:2005', " at ", x'00' FROM exposure_set_aside LIMIT 1"
#define OTHER "(SELECT uid FROM exposure_import WHERE file_name = 'other.csv')"
#define ASIDE "(SELECT uid FROM exposure_import WHERE file_name = 'access.csv')"

/* Rule: to whoever has the key, what was set aside does not change, and nothing is set aside that no log tells. */
static void
test_forged (void)
{
  static const struct
  {
    const char *sql;
    const char *refusal;
  } hostile[] = {
    { "UPDATE exposure_set_aside SET reason = 'x'", "append-only" },
    { "UPDATE exposure_set_aside SET aside = 0", "append-only" },
    { "DELETE FROM exposure_set_aside", "append-only" },
    { "INSERT OR REPLACE INTO exposure_set_aside SELECT * FROM exposure_set_aside", "exists" },
    { FORGE ("'none'", "1", "1", "account", "at"), "set-aside" },
    { FORGE (ASIDE, "1", "1", "account", "at"), "set-aside" },
    { FORGE (OTHER, "0", "1", "account", "at"), "set-aside" },
    { FORGE (OTHER, "1", "0", "account", "at"), "step" },
    { FORGE (OTHER, "1", "1", "'nobody'", "at"), "log" },
    { FORGE (OTHER, "1", "1", "account", "'2026-03-02T08:59:59.999Z'"), "log" },
    { "INSERT INTO exposure_import SELECT id + 10, uid || 'x', case_uid, system, authority, necessity, file_name, sha256, bytes, mapping, time_zone, clock_error, period_from, period_to,"
      " first_ms, last_ms, rows, rejected, ambiguous, accounts, fields, problems, account, at, 1 FROM exposure_import WHERE file_name = 'other.csv'",
      "exists" },
    { "INSERT INTO exposure_import SELECT id + 10, uid || 'x', case_uid, system, authority, necessity, file_name, sha256, bytes, mapping, time_zone, clock_error, period_from, period_to,"
      " first_ms, last_ms, rows, rejected, ambiguous, accounts, fields, problems, account, at, 0 FROM exposure_import WHERE file_name = 'access.csv'",
      "step" },
    { "UPDATE exposure_import SET steps = 7", "fixed" },
    { "UPDATE exposure_import SET problems = 'x', sha256 = lower (hex (randomblob (32)))", "fixed" },
  };
  static const struct
  {
    const char *sql;
    const char *problem;
  } unproved[] = {
    { FORGE (OTHER, "1", "1", "account", "at"), "not signed" },
    { "DROP TRIGGER exposure_set_aside_delete; DELETE FROM exposure_set_aside WHERE uid = 'forged'; DROP TRIGGER exposure_set_aside_update; UPDATE exposure_set_aside SET log_uid = " OTHER, "not signed" },
  };
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  ProbityCasebook *casebook = probity_session_get_casebook (decider);
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureLog) other = exposure_import_text (fixture, decider, reference, "other.csv", OTHER_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) step = exposure_narrow (decider, reference, WINDOW);
  g_autoptr (ProbityExposureList) list = set_aside (decider, reference, log);

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (GError) error = wait_for_error (probity_casebook_write (casebook, sql_func, (gpointer) hostile[i].sql, NULL));

      if (!g_error_matches (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_CONSTRAINT) || strstr (error->message, hostile[i].refusal) == NULL)
        g_error ("%s: %s", hostile[i].sql, error != NULL ? error->message : "was allowed");
    }

  assert_verified (decider);
  for (guint i = 0; i < G_N_ELEMENTS (unproved); i++)
    {
      g_autoptr (ProbityVerifyReport) report = NULL;
      gboolean found = FALSE;

      wait_for_success (probity_casebook_write (casebook, sql_func, (gpointer) unproved[i].sql, NULL));
      report = wait_for_boxed (probity_audit_verify (decider, NULL));
      for (guint c = 0; c < report->compartments->len; c++)
        {
          const ProbityVerifyCompartment *compartment = g_ptr_array_index (report->compartments, c);

          for (guint p = 0; compartment->problems[p] != NULL; p++)
            found |= g_str_has_prefix (compartment->problems[p], "forged-set-aside") && strstr (compartment->problems[p], unproved[i].problem) != NULL;
        }
      if (!found)
        g_error ("%s is not found", unproved[i].sql);
    }
}

/* Rule: a case that is sealed takes along what was set aside, and it is set aside, taken in and proved there as it was outside. */
static void
test_sealed (void)
{
  static const char *const both[] = { "acu", "decider", NULL };
  static const char *const decider_only[] = { "decider", NULL };
  g_autoptr (Force) force = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *path = NULL;
  g_autoptr (ProbityExposureLog) wrong = NULL;
  g_autoptr (ProbityExposureLog) right = NULL;
  ProbityExposureSource source = { .system = "NICHE", .authority = "DPA", .necessity = "Leak" };

  force = force_new ("generic");
  reference = force_investigate (force->acu, &probity_leak_case, "Leak", NULL);
  path = g_build_filename (force->casebook->base, "access.csv", NULL);
  g_assert_true (g_file_set_contents (path, "User,Time,Record\n1001,2026-01-10 09:00:00,NIC/1\n1002,2026-01-12 09:00:00,NIC/1\n", -1, NULL));
  source.path = path;
  source.time_zone = "+05:00";
  wrong = wait_for_boxed (probity_exposure_import (force->acu, reference, &source, NULL, NULL));
  probity_exposure_list_unref (set_aside (force->acu, reference, wrong));
  source.time_zone = "UTC";
  right = wait_for_boxed (probity_exposure_import (force->acu, reference, &source, NULL, NULL));

  wait_for_success (probity_case_seal (force->acu, reference, both, "His brother reads the compartment."));
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  g_assert_cmpint (exposure_count (force->acu, "SELECT (SELECT count (*) FROM exposure_import) + (SELECT count (*) FROM exposure_set_aside)"), ==, 0);
  {
    g_autoptr (ProbityExposureList) list = exposure_load (force->acu, reference);
    g_autoptr (ProbityExposureList) nobody = NULL;
    g_autoptr (ProbityExposureList) first = NULL;
    g_autoptr (GError) twice = wait_for_error (probity_exposure_import (force->acu, reference, &source, NULL, NULL));

    exposure_assert_list (list, "1001|1002");
    g_assert_cmpuint (list->logs->len, ==, 2);
    g_assert_true (get_log (list, 0)->set_aside);
    g_assert_cmpstr (((ProbityExposureChange *) g_ptr_array_index (get_log (list, 0)->changes, 0))->by, ==, "acu");
    g_assert_error (twice, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_EXISTS);
    nobody = set_aside (force->decider, reference, right);
    g_assert_cmpuint (nobody->people->len, ==, 0);
    first = take_in (force->decider, reference, wrong);
    g_assert_cmpuint (first->people->len, ==, 2);
  }
  g_assert_cmpuint (assert_verified (force->decider), ==, PROBITY_N_COMPARTMENTS + 1);

  /* To another place, under another key. */
  wait_for_success (probity_case_seal_without (force->acu, reference, decider_only, "DCI Oldroyd", "Moved to another unit."));
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  {
    g_autoptr (ProbityExposureList) list = exposure_load (force->acu, reference);

    g_assert_cmpuint (list->people->len, ==, 2);
    g_assert_false (get_log (list, 0)->set_aside);
    g_assert_cmpuint (get_log (list, 0)->changes->len, ==, 2);
    g_assert_true (get_log (list, 1)->set_aside);
  }
  g_assert_cmpuint (assert_verified (force->acu), ==, PROBITY_N_COMPARTMENTS + 1);
}

/* Rule: the timeline tells when a log came in, was set aside and taken in again, and why. */
static void
test_timeline (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, NULL, 0);

  probity_exposure_list_unref (set_aside (decider, reference, log));
  probity_exposure_list_unref (take_in (decider, reference, log));
  g_assert_cmpuint (seal_fixture_count_timeline (decider, reference, "log-imported"), ==, 1);
  g_assert_cmpuint (seal_fixture_count_timeline (decider, reference, "log-set-aside"), ==, 1);
  g_assert_cmpuint (seal_fixture_count_timeline (decider, reference, "log-taken-in-again"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  session_fixture_places = 2;

  g_test_add_func ("/exposure-aside/takes-no-part", test_takes_no_part);
  g_test_add_func ("/exposure-aside/steps-know-nothing-of-it", test_steps_know_nothing_of_it);
  g_test_add_func ("/exposure-aside/looked-at", test_looked_at);
  g_test_add_func ("/exposure-aside/imported-again", test_imported_again);
  g_test_add_func ("/exposure-aside/taken-in-again", test_taken_in_again);
  g_test_add_func ("/exposure-aside/refused", test_refused);
  g_test_add_func ("/exposure-aside/closing", test_closing);
  g_test_add_func ("/exposure-aside/closing-without-a-step", test_closing_without_a_step);
  g_test_add_func ("/exposure-aside/forged", test_forged);
  g_test_add_func ("/exposure-aside/sealed", test_sealed);
  g_test_add_func ("/exposure-aside/timeline", test_timeline);

  return g_test_run ();
}
