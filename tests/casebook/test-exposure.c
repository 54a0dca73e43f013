/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "exposure-fixture.h"

#include <glib/gstdio.h>

#include "probity-exposure.h"
#include "probity-instant.h"
#include "probity-investigation.h"

/* Exposure lists: whole logs or nothing of them, steps that say who goes, and nothing about the reader. */

#define LOG                                                  \
  "User,Time,Record,Workstation,Role\n"                      \
  "FORCE\\4127,2026-01-10 09:00:00,NIC/1,WS-1,Constable\n"   \
  "4128,2026-01-10 10:00:00,NIC/1,WS-2,Constable\n"          \
  "FORCE\\004128,2026-01-12 10:00:00,NIC/2,WS-2,Constable\n" \
  "4300,2026-01-11 11:00:00,NIC/1,WS-3,Sergeant\n"           \
  "svc-desk,2026-01-11 12:00:00,NIC/1,WS-4,\n"               \
  "2004,2026-01-11 13:00:00,NIC/1,WS-9,Sergeant\n"           \
  "4200,2026-01-11 14:00:00,NIC/1,WS-9,Constable\n"          \
  "4127,2026-01-12 12:00:30,NIC/1,WS-1,Constable\n"

static char *
describe (ProbityExposureList *list)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < list->people->len; i++)
    {
      const ProbityExposurePerson *person = g_ptr_array_index (list->people, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", person->staff_number != NULL ? person->staff_number : person->accounts != NULL ? person->accounts
                                                                                                                                             : person->name);
      if (person->gone_step != 0)
        g_string_append_printf (text, "-%d", (int) person->gone_step);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_list(list, text)                    \
  G_STMT_START                                     \
  {                                                \
    g_autofree char *described_ = describe (list); \
    g_assert_cmpstr (described_, ==, (text));      \
  }                                                \
  G_STMT_END

static ProbityExposureList *
load (ProbitySession *session,
      const char     *reference)
{
  return wait_for_boxed (probity_exposure_load (session, reference, NULL));
}

static ProbityExposureList *
narrow (ProbitySession          *session,
        const char              *reference,
        ProbityExposureNarrowing step)
{
  return wait_for_boxed (probity_exposure_narrow (session, reference, &step, 1));
}

#define WORDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

static gint64
count (ProbitySession *session,
       const char     *sql)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), PROBITY_COMPARTMENT_INTELLIGENCE, sql, NULL));
}

/* Rule: a whole log with authority, necessity, period, digest, zone and clock; one entry of collection. */
static void
test_import (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  const char      *text = LOG ",2026-01-10 09:00:00,NIC/1,WS-1,\n"
                              "4127,yesterday,NIC/1,WS-1,\n"
                              "4127,2026-01-10 09:00:00,NIC/1\n"
                              "4127,2026-03-29 01:30:00,NIC/1,WS-1,Constable\n"
                              "4127,2025-10-26 01:30:00,NIC/1,WS-1,Constable\n";
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", text, NULL, NULL, 30);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (ProbityExposureList) list = NULL;
  const guint64 lines[] = { 10, 11, 12, 13 };

  g_assert_cmpint (log->rows, ==, 9);
  g_assert_cmpint (log->rejected, ==, 4);
  /* The clocks went through half past one twice; the earlier is taken. */
  g_assert_cmpint (log->ambiguous, ==, 1);
  g_assert_cmpstr (log->first, ==, "2025-10-26T00:30:00.000Z");
  g_assert_cmpstr (log->last, ==, "2026-01-12T12:00:30.000Z");
  g_assert_cmpstr (log->sha256, ==, sha256);
  g_assert_cmpstr (log->time_zone, ==, "Europe/London");
  g_assert_cmpint (log->clock_error, ==, 30);
  g_assert_cmpstr (log->by, ==, "decider");
  g_assert_cmpuint (log->problems->len, ==, G_N_ELEMENTS (lines));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const ProbityImportProblem *problem = g_ptr_array_index (log->problems, i);

      g_assert_cmpuint (problem->line, ==, lines[i]);
      g_assert_cmpstr (problem->message, !=, "");
    }
  g_assert_cmpstr (((ProbityImportProblem *) g_ptr_array_index (log->problems, 1))->column, ==, "Time");
  g_assert_cmpint (count (decider, "SELECT count (*) FROM audit_entry WHERE verb = 'collection' AND kind = 'exposure'"), ==, 1);

  /* By number, without domain and leading zeros; who is on no staff list is shown as such. */
  list = load (decider, reference);
  assert_list (list, "4127|4128|svc-desk|2004|4200|4300");
  g_assert_cmpuint (list->n_remaining, ==, 6);
  g_assert_cmpuint (list->n_unmatched, ==, 1);
  {
    const ProbityExposurePerson *person = g_ptr_array_index (list->people, 1);

    g_assert_cmpstr (person->accounts, ==, "4128; FORCE\\004128");
    g_assert_cmpstr (person->name, ==, "Tariq Ahmed");
    g_assert_cmpint (person->rows, ==, 2);
    g_assert_cmpstr (person->first, ==, "2026-01-10T10:00:00.000Z");
    g_assert_cmpstr (person->last, ==, "2026-01-12T10:00:00.000Z");
  }
}

/* Rule: nothing of a log that cannot be taken whole, nor of one that is cancelled; no file twice. */
static void
test_all_or_nothing (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession   *decider = records_fixture_get (fixture, "decider");
  g_autofree char  *reference = exposure_case_new (fixture);
  const char       *rows = "SELECT (SELECT count (*) FROM exposure_import) + (SELECT count (*) FROM exposure_chunk) + (SELECT count (*) FROM exposure_person) + (SELECT count (*) FROM exposure_system)";
  const char *const unreadable[] = {
    "User,Time,Record\n4127,2026-01-10 09:00:00,\"NIC/1\n",
    "User,Time,Record\n4127,never,NIC/1\n",
    "User,Record\n4127,NIC/1\n",
    "",
    "{\"user\":\"4127\"}\n",
  };
  g_autofree char *path = write_text (fixture, "access.csv", LOG);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ProbityExposureProgress) progress = probity_exposure_progress_new ();
  g_autoptr (ProbityExposureLog) log = NULL;
  g_autoptr (GError) cancelled = NULL;
  g_autoptr (GError) twice = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (unreadable); i++)
    {
      g_autoptr (GError) error = wait_for_error (exposure_import (fixture, decider, reference, "bad", unreadable[i], NULL, NULL, -1));

      g_assert_nonnull (error);
    }

  g_cancellable_cancel (cancellable);
  cancelled = wait_for_error (probity_exposure_import (decider, reference, &(ProbityExposureSource) { .path = path, .system = "NICHE", .authority = "DPA", .necessity = "Leak", .clock_error = -1 }, progress, cancellable));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (decider, rows), ==, 0);

  log = wait_for_boxed (probity_exposure_import (decider, reference, &(ProbityExposureSource) { .path = path, .system = "NICHE", .authority = "DPA", .necessity = "Leak", .clock_error = -1 }, progress, NULL));
  g_assert_cmpuint (probity_exposure_progress_get_rows (progress), ==, 8);
  g_assert_cmpfloat (probity_exposure_progress_get_fraction (progress), ==, 1);
  twice = wait_for_error (probity_exposure_import (decider, reference, &(ProbityExposureSource) { .path = path, .system = "NICHE", .authority = "DPA", .necessity = "Leak", .clock_error = -1 }, NULL, NULL));
  g_assert_error (twice, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_EXISTS);
}

/* Rule: a log is asked for with authority and necessity, and in a time zone that there is. */
static void
test_needs (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autofree char *path = write_text (fixture, "access.csv", LOG);
  const struct
  {
    ProbityExposureSource source;
    const char           *field;
  } cases[] = {
    { { .path = path, .system = "", .authority = "DPA", .necessity = "Leak" }, "system" },
    { { .path = path, .system = "NICHE", .authority = " ", .necessity = "Leak" }, "authority" },
    { { .path = path, .system = "NICHE", .authority = "DPA", .necessity = NULL }, "necessity" },
    { { .path = path, .system = "NICHE", .authority = "DPA", .necessity = "Leak", .period_from = "2026-02-30" }, "period_from" },
    { { .path = path, .system = "NICHE", .authority = "DPA", .necessity = "Leak", .period_from = "2026-02-10", .period_to = "2026-02-01" }, "period_to" },
    { { .path = path, .system = "NICHE", .authority = "DPA", .necessity = "Leak", .clock_error = 86401 }, "clock_error" },
    { { .path = path, .system = "NICHE", .authority = "DPA", .necessity = "Leak", .time_zone = "Europe/Derby" }, "time_zone" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = wait_for_error (probity_exposure_import (decider, reference, &cases[i].source, NULL, NULL));

      g_assert_nonnull (error);
      g_assert_cmpstr (probity_record_error_get_field (error), ==, cases[i].field);
    }
}

/* Rule: columns, zone and clock of a system are remembered for its next log. */
static void
test_system_is_remembered (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autofree char *other = exposure_case_new (fixture);
  const char      *mapping = "[columns]\nwho=A\nwhen=B;C\nrecord=D\n[formats]\ndate=dmy\n[who]\nprefixes=PC\n";
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "first.csv", "A,B,C,D\nPC 4127,04/02/2026,10:00,NIC/1\n", mapping, "+01:00", 45);
  g_autoptr (ProbityExposureLog) next = exposure_import_text (fixture, decider, other, "next.csv", "A,B,C,D\npc4128,05/02/2026,10:00,NIC/1\n", NULL, NULL, -1);
  g_autoptr (ProbityExposureList) list = load (decider, other);
  g_auto (GStrv) systems = wait_for_boxed (probity_exposure_load_systems (decider));

  g_assert_cmpstr (log->first, ==, "2026-02-04T09:00:00.000Z");
  g_assert_cmpstr (next->first, ==, "2026-02-05T09:00:00.000Z");
  g_assert_cmpint (next->clock_error, ==, 45);
  g_assert_cmpstr (next->time_zone, ==, "+01:00");
  assert_list (list, "4128");
  g_assert_cmpstr (systems[0], ==, "NICHE");
  g_assert_null (systems[1]);
}

/* Rule: which column tells what is asked before the import, by headings nobody knows too, and remembered of the system. */
static void
test_columns_are_chosen (void)
{
  static const char text[] = "Kürzel,Tag,Zeit,Akte\n1001,2026-03-01,10:00:00,R1\n";
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession       *decider = records_fixture_get (fixture, "decider");
  g_autofree char      *reference = exposure_case_new (fixture);
  g_autofree char      *path = g_build_filename (g_get_tmp_dir (), "probity-unknown.csv", NULL);
  const char           *columns[PROBITY_EXPOSURE_N_LOG_COLUMNS] = { "Kürzel", "Tag\nZeit", "Akte" };
  g_autofree char      *mapping = NULL;
  ProbityExposureSource source = { .path = path, .system = "AKTE", .authority = "a", .necessity = "n", .clock_error = 30 };
  g_autoptr (ProbityExposurePreview) before = NULL;
  g_autoptr (ProbityExposurePreview) after = NULL;
  g_autoptr (ProbityExposureLog) log = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  before = wait_for_boxed (probity_exposure_load_preview (decider, path, "AKTE"));
  g_assert_false (before->remembered);
  g_assert_cmpuint (g_strv_length (before->headings), ==, 4);
  g_assert_null (before->columns[0]);
  mapping = probity_exposure_preview_dup_mapping (before, columns, "iso");
  source.mapping = mapping;
  log = wait_for_boxed (probity_exposure_import (decider, reference, &source, NULL, NULL));
  g_assert_cmpint (log->rows, ==, 1);
  after = wait_for_boxed (probity_exposure_load_preview (decider, path, "AKTE"));
  g_assert_true (after->remembered);
  g_assert_cmpint (after->clock_error, ==, 30);
  g_assert_cmpstr (after->columns[0], ==, "Kürzel");
  g_assert_cmpstr (after->columns[1], ==, "Tag\nZeit");
  g_assert_cmpstr (after->columns[2], ==, "Akte");
  g_assert_null (after->columns[3]);
  g_unlink (path);
}

/* Rule: each step shows who remains, who goes and with which; it can be undone, and stands on record all the same. */
static void
test_steps (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", LOG, NULL, NULL, 30);
  g_autoptr (ProbityExposureList) window = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .from = "2026-01-10T12:00:00.000Z", .until = "2026-01-12T12:00:00.000Z" });
  g_autoptr (ProbityExposureList) records = NULL;
  g_autoptr (ProbityExposureList) places = NULL;
  g_autoptr (ProbityExposureList) excluded = NULL;
  g_autoptr (ProbityExposureList) undone = NULL;
  g_autoptr (ProbityExposureList) again = NULL;
  const ProbityExposureStep *step;

  /* 4127 only within the error of the clock: half a minute after the publication. */
  assert_list (window, "svc-desk|2004|4127|4128|4200|4300");
  records = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_RECORDS, .keep = TRUE, .words = WORDS ("nic/1") });
  assert_list (records, "svc-desk|2004|4127|4200|4300|4128-2");
  places = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_PLACES, .words = WORDS ("WS-9", "WS-4"), .reason = "Front desk" });
  assert_list (places, "4127|4300|svc-desk-3|2004-3|4200-3|4128-2");
  excluded = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = WORDS ("4300"), .reason = "Abroad" });
  assert_list (excluded, "4127|4300-4|svc-desk-3|2004-3|4200-3|4128-2");
  g_assert_cmpuint (excluded->n_remaining, ==, 1);

  step = g_ptr_array_index (excluded->steps, 2);
  g_assert_cmpuint (step->before, ==, 5);
  g_assert_cmpuint (step->after, ==, 2);
  g_assert_cmpstr (step->reason, ==, "Front desk");
  g_assert_cmpstr (step->by, ==, "decider");
  step = g_ptr_array_index (excluded->steps, 3);
  g_assert_cmpuint (step->named, ==, 1);

  undone = wait_for_boxed (probity_exposure_undo (decider, reference));
  assert_list (undone, "4127|4300|svc-desk-3|2004-3|4200-3|4128-2");
  again = wait_for_boxed (probity_exposure_undo (decider, reference));
  assert_list (again, "svc-desk|2004|4127|4200|4300|4128-2");
  g_assert_cmpint (count (decider, "SELECT count (*) FROM exposure_step"), ==, 6);
  g_assert_cmpint (count (decider, "SELECT count (*) FROM audit_entry WHERE kind = 'exposure' AND field = 'step'"), ==, 6);
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
    { { .kind = PROBITY_EXPOSURE_RECORDS, .keep = TRUE, .words = WORDS ("NIC/11") }, "words" },
    { { .kind = PROBITY_EXPOSURE_PLACES, .keep = TRUE, .words = WORDS ("WS-1", "X-*") }, "words" },
    { { .kind = PROBITY_EXPOSURE_ROLES, .keep = TRUE }, "words" },
    { { .kind = PROBITY_EXPOSURE_WINDOW }, "until" },
    { { .kind = PROBITY_EXPOSURE_WINDOW, .until = "2012" }, "until" },
    { { .kind = PROBITY_EXPOSURE_WINDOW, .from = "2026-01-12T12:00:00.000Z", .until = "2026-01-10T12:00:00.000Z" }, "until" },
    { { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = WORDS ("4300"), .reason = " " }, "reason" },
    { { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = WORDS ("9999"), .reason = "Abroad" }, NULL },
  };
  const ProbityExposureNarrowing both[] = { { .kind = PROBITY_EXPOSURE_RECORDS, .keep = TRUE, .words = WORDS ("NIC/1") }, cases[0].step };
  g_autoptr (GError) early = wait_for_error (probity_exposure_narrow (decider, reference, both, 1));
  g_autoptr (GError) second = NULL;
  g_autoptr (GError) undo = NULL;
  g_autoptr (ProbityExposureLog) log = NULL;

  g_assert_error (early, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
  log = exposure_import_text (fixture, decider, reference, "access.csv", LOG, NULL, NULL, 0);
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
  g_assert_cmpint (count (decider, "SELECT count (*) FROM exposure_step"), ==, 0);
}

/* Rule: what a log does not tell eliminates nobody; ranks and units come from the staff list where the log has none. */
static void
test_what_is_not_told (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) one = exposure_import_text (fixture, decider, reference, "access.csv", LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureLog) other = exposure_import_text (fixture, decider, reference, "short.csv", "User,Time,Record\n2001,2026-01-10 09:00:00,NIC/1\n2003,2026-01-10 09:00:00,NIC/1\nx1,2026-01-10 09:00:00,NIC/1\n", NULL, NULL, 0);
  g_autoptr (ProbityExposureList) roles = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_ROLES, .keep = TRUE, .words = WORDS ("Constable") });
  g_autoptr (ProbityExposureList) places = NULL;

  /* svc-desk has an empty cell, x1 is on no staff list, 2001 and 2003 are of other ranks there. */
  assert_list (roles, "4127|4128|svc-desk|x1|4200|2001-1|2003-1|2004-1|4300-1");
  places = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_PLACES, .keep = TRUE, .words = WORDS ("ws-?") });
  g_assert_cmpuint (places->n_remaining, ==, 5);
}

/* Rule: who was told, written to, or sat at somebody's log-on is added by hand, and stays until excluded. */
static void
test_added_by_hand (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) window = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .until = "2026-01-10T09:30:00.000Z" });
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
  assert_list (logged, "4127|Pat Lowe|2002|4300|svc-desk-1|2004-1|4128-1|4200-1");
  excluded = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = WORDS ("Pat Lowe", "2002"), .reason = "Told after the publication" });
  assert_list (excluded, "4127|4300|Pat Lowe-2|2002-2|svc-desk-1|2004-1|4128-1|4200-1");
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
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, officer, reference, "access.csv", LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) theirs = load (officer, reference);
  g_autoptr (ProbityExposureList) whole = load (decider, reference);
  g_autoptr (ProbityExposureList) excluded = NULL;
  g_autoptr (GError) exclusion = NULL;
  g_autoptr (GError) addition = NULL;
  g_autoptr (GError) rows = NULL;
  const gint64 notes = wait_for_int64 (read_int64 (probity_session_get_casebook (decider), PROBITY_COMPARTMENT_JOURNAL, "SELECT count (*) FROM sealed_note", NULL));

  assert_list (theirs, "4127|4128|svc-desk|4300");
  assert_list (whole, "4127|4128|svc-desk|2004|4200|4300");
  g_assert_cmpuint (theirs->n_remaining, ==, 4);
  uid = g_strdup (((ProbityExposurePerson *) g_ptr_array_index (whole->people, 3))->uid);

  exclusion = wait_for_error (probity_exposure_narrow (officer, reference, &(ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = WORDS ("2004"), .reason = "Not me" }, 1));
  addition = wait_for_error (probity_exposure_add (officer, reference, "4200", "briefed", "My brother"));
  rows = wait_for_error (probity_exposure_load_rows (officer, reference, uid, TRUE, 10, NULL));
  assert_access_error (exclusion, NOT_FOUND);
  assert_access_error (addition, NOT_FOUND);
  assert_access_error (rows, NOT_FOUND);
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (decider), PROBITY_COMPARTMENT_JOURNAL, "SELECT count (*) FROM sealed_note", NULL)), ==, notes + 3);

  excluded = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_EXCLUSION, .words = WORDS ("4200", "4300"), .reason = "Abroad" });
  g_clear_pointer (&theirs, probity_exposure_list_unref);
  theirs = load (officer, reference);
  assert_list (theirs, "4127|4128|svc-desk|4300-1");
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
  g_autofree char  *path = write_text (fixture, "access.csv", LOG);

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

/* Rule: the rows behind somebody, with the lines of the file; and the words of the logs for a choice. */
static void
test_rows_and_words (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) list = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .from = "2026-01-12T00:00:00.000Z", .until = "2026-01-13T00:00:00.000Z" });
  const char *uid = ((ProbityExposurePerson *) g_ptr_array_index (list->people, 0))->uid;
  g_autoptr (GPtrArray) left = wait_for_boxed (probity_exposure_load_rows (decider, reference, uid, FALSE, 10, NULL));
  g_autoptr (GPtrArray) all = wait_for_boxed (probity_exposure_load_rows (decider, reference, uid, TRUE, 10, NULL));
  g_autoptr (GPtrArray) first = wait_for_boxed (probity_exposure_load_rows (decider, reference, uid, TRUE, 1, NULL));
  g_auto (GStrv) words = wait_for_boxed (probity_exposure_load_words (decider, reference, PROBITY_EXPOSURE_PLACES, "ws", 3, NULL));
  const ProbityExposureRow *row = g_ptr_array_index (left, 0);

  g_assert_cmpstr (((ProbityExposurePerson *) g_ptr_array_index (list->people, 0))->staff_number, ==, "4127");
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpint (row->line, ==, 9);
  g_assert_cmpstr (row->at, ==, "2026-01-12T12:00:30.000Z");
  g_assert_cmpstr (row->account, ==, "4127");
  g_assert_cmpstr (row->record, ==, "NIC/1");
  g_assert_cmpstr (row->place, ==, "WS-1");
  g_assert_cmpstr (row->role, ==, "Constable");
  row = g_ptr_array_index (all, 0);
  g_assert_cmpint (row->line, ==, 2);
  g_assert_cmpstr (row->account, ==, "FORCE\\4127");
  g_assert_cmpstr (words[0], ==, "WS-1");
  g_assert_cmpstr (words[2], ==, "WS-3");
  g_assert_null (words[3]);
}

/* Rule: who is eliminated in the case goes with a step that names them as they were eliminated then. */
static void
test_eliminated (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", LOG, NULL, NULL, 0);
  const ProbityExposureNarrowing step = { .kind = PROBITY_EXPOSURE_ELIMINATED };
  g_autoptr (GError) nobody = wait_for_error (probity_exposure_narrow (decider, reference, &step, 1));
  g_autoptr (ProbityExposureList) list = NULL;

  g_assert_error (nobody, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
  wait_for_success (probity_investigation_add_subject (decider, reference, "4128", NULL, NULL, "Opened it"));
  wait_for_success (probity_investigation_add_subject (decider, reference, "4300", NULL, NULL, "Opened it"));
  wait_for_success (probity_investigation_eliminate_subject (decider, reference, "4128", "In court all day"));
  list = narrow (decider, reference, step);
  assert_list (list, "4127|svc-desk|2004|4200|4300|4128-1");
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
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", LOG "4300,when,NIC/1,WS-1,\n", NULL, NULL, 0);
  g_autoptr (ProbityExposureList) window = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .until = "2026-01-10T11:00:00.000Z" });
  g_autoptr (ProbityExposureList) roles = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_PLACES, .keep = TRUE, .words = WORDS ("WS-1") });
  g_autoptr (ProbityExposureList) masked = NULL;
  Masking masking = { .case_uid = roles->case_uid, .session = decider };
  g_autoptr (GError) step = NULL;
  g_autoptr (GError) sql = NULL;

  wait_for_success (probity_casebook_write (probity_session_get_casebook (decider), mask_func, &masking, NULL));
  g_assert_cmpint (masking.masked, ==, 5);
  masked = load (decider, reference);
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
  g_assert_cmpint (count (decider, "SELECT (SELECT count (*) FROM exposure_account WHERE account = '4300' OR account LIKE '%svc%') + (SELECT count (*) FROM exposure_person WHERE key LIKE 'staff:43%')"), ==, 0);
  g_assert_cmpint (count (decider, "SELECT count (*) FROM exposure_import WHERE problems <> '[]'"), ==, 0);
  g_assert_cmpint (count (decider, "SELECT count (*) FROM audit_entry WHERE verb = 'erasure' AND kind = 'exposure'"), ==, 1);

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
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", LOG "=cmd(),2026-01-12 12:00:30,NIC/1,WS-1,\n", NULL, NULL, 0);
  g_autoptr (ProbityExposureList) window = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .until = "2026-01-12T13:00:00.000Z", .reason = "First seen at one" });
  g_autofree char *text = NULL;

  g_assert_cmpint (wait_for_int64 (probity_exposure_export (decider, reference, path)), ==, 7);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, log->sha256));
  g_assert_nonnull (strstr (text, "First seen at one"));
  g_assert_nonnull (strstr (text, "'=cmd()"));
  g_assert_nonnull (strstr (text, "Tariq Ahmed"));
  g_assert_cmpint (count (decider, "SELECT count (*) FROM audit_entry WHERE verb = 'disclosure' AND kind = 'exposure'"), ==, 1);
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

static gboolean
hostile_func (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  return probity_db_exec (probity_write_get_db (write, PROBITY_COMPARTMENT_INTELLIGENCE, NULL), data, error);
}

/* Rule: steps and logs are append-only to whoever has the key. */
static void
test_append_only (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) list = narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .until = "2026-01-12T13:00:00.000Z" });
  const char *const hostile[] = {
    "UPDATE exposure_step SET until_ms = 0",
    "DELETE FROM exposure_step",
    "INSERT OR REPLACE INTO exposure_step SELECT * FROM exposure_step",
    "INSERT INTO exposure_step (uid, case_uid, number, kind, keep, until_ms, account, at) SELECT uid || 'x', case_uid, 3, kind, keep, until_ms, account, at FROM exposure_step",
    "INSERT INTO exposure_step (uid, case_uid, number, kind, keep, undoes, account, at) SELECT uid || 'x', case_uid || 'x', 1, 'undo', 0, id, account, at FROM exposure_step",
    "INSERT INTO exposure_step (uid, case_uid, number, kind, keep, words, account, at) SELECT uid || 'x', case_uid, 2, 'records', 1, NULL, account, at FROM exposure_step",
    "INSERT INTO exposure_step (uid, case_uid, number, kind, keep, people, account, at) SELECT uid || 'x', case_uid, 2, 'exclusion', 0, '[1]', account, at FROM exposure_step",
    "UPDATE exposure_import SET rows = rows + 1",
    "INSERT OR REPLACE INTO exposure_import SELECT * FROM exposure_import",
  };

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (GError) error = wait_for_error (probity_casebook_write (probity_session_get_casebook (decider), hostile_func, (gpointer) hostile[i], NULL));

      if (!g_error_matches (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_CONSTRAINT))
        g_error ("%s: %s", hostile[i], error != NULL ? error->message : "was allowed");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/exposure/import", test_import);
  g_test_add_func ("/exposure/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/exposure/needs", test_needs);
  g_test_add_func ("/exposure/system-is-remembered", test_system_is_remembered);
  g_test_add_func ("/exposure/columns-are-chosen", test_columns_are_chosen);
  g_test_add_func ("/exposure/steps", test_steps);
  g_test_add_func ("/exposure/refused-steps", test_refused_steps);
  g_test_add_func ("/exposure/what-is-not-told", test_what_is_not_told);
  g_test_add_func ("/exposure/added-by-hand", test_added_by_hand);
  g_test_add_func ("/exposure/readers-do-not-find-themselves", test_readers_do_not_find_themselves);
  g_test_add_func ("/exposure/who-may", test_who_may);
  g_test_add_func ("/exposure/rows-and-words", test_rows_and_words);
  g_test_add_func ("/exposure/eliminated", test_eliminated);
  g_test_add_func ("/exposure/masking", test_masking);
  g_test_add_func ("/exposure/export", test_export);
  g_test_add_func ("/exposure/against-row-by-row", test_against_row_by_row);
  g_test_add_func ("/exposure/append-only", test_append_only);

  return g_test_run ();
}
