/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "exposure-fixture.h"

#include <glib/gstdio.h>

#include "probity-exposure.h"
#include "probity-instant.h"
#include "probity-investigation.h"

/* Exposure lists: steps that say who goes, and nothing about the reader. */

/* Rule: each step shows who remains, who goes and with which; it can be undone, and stands on record all the same. */
static void
test_steps (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, NULL, 30);
  g_autoptr (ProbityExposureList) window = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .from = "2026-01-10T12:00:00.000Z", .until = "2026-01-12T12:00:00.000Z" });
  g_autoptr (ProbityExposureList) records = NULL;
  g_autoptr (ProbityExposureList) places = NULL;
  g_autoptr (ProbityExposureList) excluded = NULL;
  g_autoptr (ProbityExposureList) undone = NULL;
  g_autoptr (ProbityExposureList) again = NULL;
  const ProbityExposureStep *step;

  /* 4127 only within the error of the clock: half a minute after the publication. */
  exposure_assert_list (window, "svc-desk|2004|4127|4128|4200|4300");
  records = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_RECORDS, .keep = TRUE, .words = EXPOSURE_WORDS ("nic/1") });
  exposure_assert_list (records, "svc-desk|2004|4127|4200|4300|4128-2");
  places = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_PLACES, .words = EXPOSURE_WORDS ("WS-9", "WS-4"), .reason = "Front desk" });
  exposure_assert_list (places, "4127|4300|svc-desk-3|2004-3|4200-3|4128-2");
  excluded = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = EXPOSURE_WORDS ("4300"), .reason = "Abroad" });
  exposure_assert_list (excluded, "4127|4300-4|svc-desk-3|2004-3|4200-3|4128-2");
  g_assert_cmpuint (excluded->n_remaining, ==, 1);

  step = g_ptr_array_index (excluded->steps, 2);
  g_assert_cmpuint (step->before, ==, 5);
  g_assert_cmpuint (step->after, ==, 2);
  g_assert_cmpstr (step->reason, ==, "Front desk");
  g_assert_cmpstr (step->by, ==, "decider");
  step = g_ptr_array_index (excluded->steps, 3);
  g_assert_cmpuint (step->named, ==, 1);

  undone = wait_for_boxed (probity_exposure_undo (decider, reference));
  exposure_assert_list (undone, "4127|4300|svc-desk-3|2004-3|4200-3|4128-2");
  again = wait_for_boxed (probity_exposure_undo (decider, reference));
  exposure_assert_list (again, "svc-desk|2004|4127|4200|4300|4128-2");
  g_assert_cmpint (exposure_count (decider, "SELECT count (*) FROM exposure_step"), ==, 6);
  g_assert_cmpint (exposure_count (decider, "SELECT count (*) FROM audit_entry WHERE kind = 'exposure' AND field = 'step'"), ==, 6);
}

/* Rule: a word that no log names, a window without an end, an exclusion without a reason: refused, and nothing of it kept. */
static void
test_refused_steps (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  const struct
  {
    ProbityExposureNarrowing step;
    const char              *field;
  } cases[] = {
    { { .kind = PROBITY_EXPOSURE_RECORDS, .keep = TRUE, .words = EXPOSURE_WORDS ("NIC/11") }, "words" },
    { { .kind = PROBITY_EXPOSURE_PLACES, .keep = TRUE, .words = EXPOSURE_WORDS ("WS-1", "X-*") }, "words" },
    { { .kind = PROBITY_EXPOSURE_ROLES, .keep = TRUE }, "words" },
    { { .kind = PROBITY_EXPOSURE_WINDOW }, "until" },
    { { .kind = PROBITY_EXPOSURE_WINDOW, .until = "2012" }, "until" },
    { { .kind = PROBITY_EXPOSURE_WINDOW, .from = "2026-01-12T12:00:00.000Z", .until = "2026-01-10T12:00:00.000Z" }, "until" },
    { { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = EXPOSURE_WORDS ("4300"), .reason = " " }, "reason" },
    { { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = EXPOSURE_WORDS ("9999"), .reason = "Abroad" }, NULL },
  };
  const ProbityExposureNarrowing both[] = { { .kind = PROBITY_EXPOSURE_RECORDS, .keep = TRUE, .words = EXPOSURE_WORDS ("NIC/1") }, cases[0].step };
  g_autoptr (GError) early = wait_for_error (probity_exposure_narrow (decider, reference, both, 1));
  g_autoptr (GError) second = NULL;
  g_autoptr (GError) undo = NULL;
  g_autoptr (ProbityExposureLog) log = NULL;

  g_assert_error (early, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
  log = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, NULL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = wait_for_error (probity_exposure_narrow (decider, reference, &cases[i].step, 1));

      g_assert_nonnull (error);
      if (cases[i].field != NULL)
        g_assert_cmpstr (probity_record_error_get_field (error), ==, cases[i].field);
      else
        assert_access_error (error, NOT_FOUND);
    }
  second = wait_for_error (probity_exposure_narrow (decider, reference, both, 2));
  g_assert_nonnull (second);
  undo = wait_for_error (probity_exposure_undo (decider, reference));
  g_assert_error (undo, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
  g_assert_cmpint (exposure_count (decider, "SELECT count (*) FROM exposure_step"), ==, 0);
}

/* Rule: what a log does not tell eliminates nobody; ranks and units come from the staff list where the log has none. */
static void
test_what_is_not_told (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) one = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureLog) other = exposure_import_text (fixture, decider, reference, "short.csv", "User,Time,Record\n2001,2026-01-10 09:00:00,NIC/1\n2003,2026-01-10 09:00:00,NIC/1\nx1,2026-01-10 09:00:00,NIC/1\n", NULL, NULL, 0);
  g_autoptr (ProbityExposureList) roles = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_ROLES, .keep = TRUE, .words = EXPOSURE_WORDS ("Constable") });
  g_autoptr (ProbityExposureList) places = NULL;

  /* svc-desk has an empty cell, x1 is on no staff list, 2001 and 2003 are of other ranks there. */
  exposure_assert_list (roles, "4127|4128|svc-desk|x1|4200|2001-1|2003-1|2004-1|4300-1");
  places = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_PLACES, .keep = TRUE, .words = EXPOSURE_WORDS ("ws-?") });
  g_assert_cmpuint (places->n_remaining, ==, 5);
}

/* Rule: who was told, written to, or sat at somebody's log-on is added by hand, and stays until excluded. */
static void
test_added_by_hand (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) window = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .until = "2026-01-10T09:30:00.000Z" });
  g_autoptr (ProbityExposureList) staff = wait_for_boxed (probity_exposure_add (decider, reference, "2002", "briefed", "Gold group of 9 January"));
  g_autoptr (ProbityExposureList) named = wait_for_boxed (probity_exposure_add (decider, reference, "Pat Lowe", "e-mailed", "Press office of the council"));
  g_autoptr (ProbityExposureList) logged = wait_for_boxed (probity_exposure_add (decider, reference, "4300", "shared-log-on", "Sat at WS-1 with 4127"));
  g_autoptr (ProbityExposureList) excluded = NULL;
  g_autoptr (GError) manner = wait_for_error (probity_exposure_add (decider, reference, "2002", "told", "x"));
  g_autoptr (GError) reason = wait_for_error (probity_exposure_add (decider, reference, "2002", "briefed", " "));
  g_autoptr (GError) nobody = wait_for_error (probity_exposure_add (decider, reference, "77777", "briefed", "x"));

  g_assert_cmpstr (probity_record_error_get_field (manner), ==, "manner");
  g_assert_cmpstr (probity_record_error_get_field (reason), ==, "reason");
  assert_access_error (nobody, NOT_FOUND);
  g_assert_cmpuint (window->n_remaining, ==, 1);
  g_assert_cmpuint (staff->n_remaining, ==, 2);
  g_assert_cmpuint (named->n_remaining, ==, 3);
  g_assert_cmpuint (logged->n_remaining, ==, 4);
  exposure_assert_list (logged, "4127|Pat Lowe|2002|4300|svc-desk-1|2004-1|4128-1|4200-1");
  excluded = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = EXPOSURE_WORDS ("Pat Lowe", "2002"), .reason = "Told after the publication" });
  exposure_assert_list (excluded, "4127|4300|Pat Lowe-2|2002-2|svc-desk-1|2004-1|4128-1|4200-1");
}

/* Rule: readers find neither themselves nor their relatives, in rows, counts, steps or rows of logs; others see the whole. */
static void
test_readers_do_not_find_themselves (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *officer = records_fixture_get (fixture, "acu-officer");
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autofree char *uid = NULL;
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, officer, reference, "access.csv", EXPOSURE_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) theirs = exposure_load (officer, reference);
  g_autoptr (ProbityExposureList) whole = exposure_load (decider, reference);
  g_autoptr (ProbityExposureList) excluded = NULL;
  g_autoptr (GError) exclusion = NULL;
  g_autoptr (GError) addition = NULL;
  g_autoptr (GError) rows = NULL;
  const gint64 notes = wait_for_int64 (read_int64 (probity_session_get_casebook (decider), PROBITY_COMPARTMENT_JOURNAL, "SELECT count (*) FROM sealed_note", NULL));

  exposure_assert_list (theirs, "4127|4128|svc-desk|4300");
  exposure_assert_list (whole, "4127|4128|svc-desk|2004|4200|4300");
  g_assert_cmpuint (theirs->n_remaining, ==, 4);
  uid = g_strdup (((ProbityExposurePerson *) g_ptr_array_index (whole->people, 3))->uid);

  exclusion = wait_for_error (probity_exposure_narrow (officer, reference, &(ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = EXPOSURE_WORDS ("2004"), .reason = "Not me" }, 1));
  addition = wait_for_error (probity_exposure_add (officer, reference, "4200", "briefed", "My brother"));
  rows = wait_for_error (probity_exposure_load_rows (officer, reference, uid, TRUE, 10, NULL));
  assert_access_error (exclusion, NOT_FOUND);
  assert_access_error (addition, NOT_FOUND);
  assert_access_error (rows, NOT_FOUND);
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (decider), PROBITY_COMPARTMENT_JOURNAL, "SELECT count (*) FROM sealed_note", NULL)), ==, notes + 3);

  excluded = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = EXPOSURE_WORDS ("4200", "4300"), .reason = "Abroad" });
  g_clear_pointer (&theirs, probity_exposure_list_unref);
  theirs = exposure_load (officer, reference);
  exposure_assert_list (theirs, "4127|4128|svc-desk|4300-1");
  g_assert_cmpuint (((ProbityExposureStep *) g_ptr_array_index (theirs->steps, 0))->named, ==, 1);
  g_assert_cmpuint (((ProbityExposureStep *) g_ptr_array_index (theirs->steps, 0))->before, ==, 4);
  g_assert_cmpuint (((ProbityExposureStep *) g_ptr_array_index (excluded->steps, 0))->named, ==, 2);
}

/* Rule: ACU officers and deciders only. */
static void
test_who_may (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  g_autofree char  *reference = exposure_case_new (fixture);
  const char *const refused[] = { "line-manager", "hr-officer", "head-of-hr", "psd-officer" };
  g_autofree char  *path = write_text (fixture, "access.csv", EXPOSURE_LOG);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      ProbitySession *session = records_fixture_get (fixture, refused[i]);
      g_autoptr (GError) read = wait_for_error (probity_exposure_load (session, reference, NULL));
      g_autoptr (GError) import = wait_for_error (probity_exposure_import (session, reference, &(ProbityExposureSource) { .path = path, .system = "NICHE", .authority = "DPA", .necessity = "Leak" }, NULL, NULL));
      g_autoptr (GError) undo = wait_for_error (probity_exposure_undo (session, reference));
      g_autoptr (GError) export = wait_for_error (probity_exposure_export (session, reference, path));

      assert_access_error (read, NOT_PERMITTED);
      assert_access_error (import, NOT_PERMITTED);
      assert_access_error (undo, NOT_PERMITTED);
      assert_access_error (export, NOT_PERMITTED);
    }
}

/* Rule: who is eliminated in the case goes with a step that names them as they were eliminated then. */
static void
test_eliminated (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, NULL, 0);
  const ProbityExposureNarrowing step = { .kind = PROBITY_EXPOSURE_ELIMINATED };
  g_autoptr (GError) nobody = wait_for_error (probity_exposure_narrow (decider, reference, &step, 1));
  g_autoptr (ProbityExposureList) list = NULL;

  g_assert_error (nobody, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
  wait_for_success (probity_investigation_add_subject (decider, reference, "4128", NULL, NULL, "Opened it"));
  wait_for_success (probity_investigation_add_subject (decider, reference, "4300", NULL, NULL, "Opened it"));
  wait_for_success (probity_investigation_eliminate_subject (decider, reference, "4128", "In court all day"));
  list = exposure_narrow (decider, reference, step);
  exposure_assert_list (list, "4127|svc-desk|2004|4200|4300|4128-1");
  g_assert_cmpuint (((ProbityExposureStep *) g_ptr_array_index (list->steps, 0))->named, ==, 1);
}

typedef struct
{
  const char     *case_uid;
  gint64          masked;
  ProbitySession *session;
} Masking;

static gboolean
mask_func (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  Masking *masking = data;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_exposure_mask (write, masking->session, masking->case_uid, NULL, &masking->masked, error);
}

/* Rule: at closing the eliminated are masked, counts stay as they were, nothing can be narrowed any more. */
static void
test_masking (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG "4300,when,NIC/1,WS-1,\n", NULL, NULL, 0);
  g_autoptr (ProbityExposureList) window = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .until = "2026-01-10T11:00:00.000Z" });
  g_autoptr (ProbityExposureList) roles = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_PLACES, .keep = TRUE, .words = EXPOSURE_WORDS ("WS-1") });
  g_autoptr (ProbityExposureList) masked = NULL;
  Masking masking = { .case_uid = roles->case_uid, .session = decider };
  g_autoptr (GError) step = NULL;
  g_autoptr (GError) sql = NULL;

  wait_for_success (probity_casebook_write (probity_session_get_casebook (decider), mask_func, &masking, NULL));
  g_assert_cmpint (masking.masked, ==, 5);
  masked = exposure_load (decider, reference);
  g_assert_cmpstr (masked->disposal_due, ==, "2026-06-02");
  g_assert_cmpuint (masked->people->len, ==, 6);
  for (guint i = 0; i < 2; i++)
    {
      const ProbityExposureStep *before = g_ptr_array_index (roles->steps, i);
      const ProbityExposureStep *after = g_ptr_array_index (masked->steps, i);

      g_assert_cmpuint (before->before, ==, after->before);
      g_assert_cmpuint (before->after, ==, after->after);
    }
  for (guint i = 0; i < masked->people->len; i++)
    {
      const ProbityExposurePerson *person = g_ptr_array_index (masked->people, i);

      g_assert_cmpint (person->masked, ==, i > 0);
      if (i == 0)
        g_assert_cmpstr (person->staff_number, ==, "4127");
      else
        g_assert_true (g_str_has_prefix (person->accounts, "masked:") && person->staff_number == NULL && person->name == NULL);
    }
  g_assert_cmpint (exposure_count (decider, "SELECT (SELECT count (*) FROM exposure_account WHERE account = '4300' OR account LIKE '%svc%') + (SELECT count (*) FROM exposure_person WHERE key LIKE 'staff:43%')"), ==, 0);
  g_assert_cmpint (exposure_count (decider, "SELECT count (*) FROM exposure_import WHERE problems <> '[]'"), ==, 0);
  g_assert_cmpint (exposure_count (decider, "SELECT count (*) FROM audit_entry WHERE verb = 'erasure' AND kind = 'exposure'"), ==, 1);

  step = wait_for_error (probity_exposure_undo (decider, reference));
  g_assert_error (step, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
  /* Once more changes nothing. */
  wait_for_success (probity_casebook_write (probity_session_get_casebook (decider), mask_func, &masking, NULL));
  g_assert_cmpint (masking.masked, ==, 0);
}

/* Rule: a list leaves with its logs and steps, formulas disarmed, and logged first. */
static void
test_export (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autofree char *path = write_text (fixture, "exported.csv", "");
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG "=cmd(),2026-01-12 12:00:30,NIC/1,WS-1,\n", NULL, NULL, 0);
  g_autoptr (ProbityExposureList) window = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .until = "2026-01-12T13:00:00.000Z", .reason = "First seen at one" });
  g_autofree char *text = NULL;

  g_assert_cmpint (wait_for_int64 (probity_exposure_export (decider, reference, path)), ==, 7);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, log->sha256));
  g_assert_nonnull (strstr (text, "First seen at one"));
  g_assert_nonnull (strstr (text, "'=cmd()"));
  g_assert_nonnull (strstr (text, "Tariq Ahmed"));
  g_assert_cmpint (exposure_count (decider, "SELECT count (*) FROM audit_entry WHERE verb = 'disclosure' AND kind = 'exposure'"), ==, 1);
}

/* A log of random rows, and the same reckoned row by row. */
#define N_PEOPLE 60
#define N_ROWS 150000
#define N_STEPS 4

typedef struct
{
  guint  who, record, place, role;
  gint64 ms;
} Plain;

static gboolean
passes_plain (const Plain                    *row,
              const ProbityExposureNarrowing *step)
{
  g_autofree char *word = NULL;
  gint64           from = 0;
  gint64           until = 0;

  switch (step->kind)
    {
    case PROBITY_EXPOSURE_WINDOW:
      g_assert_true (probity_instant_to_ms (step->from, &from) && probity_instant_to_ms (step->until, &until));
      return row->ms >= from - 5000 && row->ms <= until + 5000;
    case PROBITY_EXPOSURE_RECORDS:
      word = g_strdup_printf ("R%u", row->record);
      break;
    case PROBITY_EXPOSURE_PLACES:
      word = g_strdup_printf ("P%u", row->place);
      break;
    default:
      word = g_strdup_printf ("G%u", row->role);
      break;
    }

  return g_strv_contains (step->words, word) == step->keep;
}

/* Rule: whatever the order of rows and steps, the list is what reading row by row gives. */
static void
test_against_row_by_row (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession   *decider = records_fixture_get (fixture, "decider");
  g_autofree char  *reference = exposure_case_new (fixture);
  g_autofree Plain *rows = g_new0 (Plain, N_ROWS);
  g_autoptr (GString) csv = g_string_new ("User,Time,Record,Place,Role\n");
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (ProbityExposureLog) log = NULL;

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *at = NULL;

      rows[i].who = (guint) (g_rand_double (random) * g_rand_double (random) * N_PEOPLE);
      rows[i].record = (guint) g_rand_int_range (random, 0, 300);
      rows[i].place = (guint) g_rand_int_range (random, 0, 40);
      rows[i].role = rows[i].who % 5;
      /* In order but for the tail, and over several chunks. */
      rows[i].ms = G_GINT64_CONSTANT (1768000000000) + (i < 100000 ? i * 20000 : g_rand_int_range (random, 0, 2000000) * G_GINT64_CONSTANT (1000)) + (i % 7 == 0 ? 250 : 0);
      at = probity_instant_from_ms (rows[i].ms);
      g_string_append_printf (csv, "u%u,%s,R%u,P%u,G%u\n", rows[i].who, at, rows[i].record, rows[i].place, rows[i].role);
    }
  log = exposure_import_text (fixture, decider, reference, "random.csv", csv->str, NULL, "UTC", 5);
  g_assert_cmpint (log->rows, ==, N_ROWS);

  for (guint order = 0; order < 6; order++)
    {
      const char *const        records[] = { "R1", "R2", "R3", NULL };
      const char *const        places[] = { "P1", "P2", "P3", "P4", NULL };
      const char *const        roles[] = { "G1", NULL };
      ProbityExposureNarrowing all[N_STEPS] = {
        { .kind = PROBITY_EXPOSURE_WINDOW, .from = "2026-01-15T00:00:00.000Z", .until = "2026-01-15T11:30:00.000Z" },
        { .kind = PROBITY_EXPOSURE_RECORDS, .keep = TRUE, .words = records },
        { .kind = PROBITY_EXPOSURE_PLACES, .keep = order % 2 == 0, .words = places },
        { .kind = PROBITY_EXPOSURE_ROLES, .words = roles },
      };
      ProbityExposureNarrowing steps[N_STEPS];
      guint                    level[N_PEOPLE] = { 0 };
      gint64                   n_rows[N_PEOPLE] = { 0 };
      guint                    left = 0;
      g_autoptr (ProbityExposureList) list = NULL;

      for (guint i = 0; i < N_STEPS; i++)
        steps[i] = all[(i + order) % N_STEPS];
      list = wait_for_boxed (probity_exposure_narrow (decider, reference, steps, N_STEPS));

      for (guint i = 0; i < N_ROWS; i++)
        {
          guint passed = 0;

          while (passed < N_STEPS && passes_plain (&rows[i], &steps[passed]))
            passed++;
          level[rows[i].who] = MAX (level[rows[i].who], passed);
          n_rows[rows[i].who] += passed == N_STEPS;
        }

      left = list->people->len;
      for (guint s = 0; s < N_STEPS; s++)
        {
          const ProbityExposureStep *step = g_ptr_array_index (list->steps, s);
          guint                      gone = 0;

          for (guint i = 0; i < list->people->len; i++)
            {
              const ProbityExposurePerson *person = g_ptr_array_index (list->people, i);
              const guint                  who = (guint) atoi (person->accounts + 1);

              gone += level[who] == s;
              if (level[who] == s)
                g_assert_cmpint (person->gone_step, ==, step->number);
              if (level[who] == N_STEPS)
                g_assert_cmpint (person->rows, ==, n_rows[who]);
            }
          g_assert_cmpuint (step->before, ==, left);
          left -= gone;
          g_assert_cmpuint (step->after, ==, left);
        }
      g_assert_cmpuint (list->n_remaining, ==, left);
      for (guint s = 0; s < N_STEPS; s++)
        probity_exposure_list_unref (wait_for_boxed (probity_exposure_undo (decider, reference)));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/exposure/steps", test_steps);
  g_test_add_func ("/exposure/refused-steps", test_refused_steps);
  g_test_add_func ("/exposure/what-is-not-told", test_what_is_not_told);
  g_test_add_func ("/exposure/added-by-hand", test_added_by_hand);
  g_test_add_func ("/exposure/readers-do-not-find-themselves", test_readers_do_not_find_themselves);
  g_test_add_func ("/exposure/who-may", test_who_may);
  g_test_add_func ("/exposure/eliminated", test_eliminated);
  g_test_add_func ("/exposure/masking", test_masking);
  g_test_add_func ("/exposure/export", test_export);
  g_test_add_func ("/exposure/against-row-by-row", test_against_row_by_row);

  return g_test_run ();
}
