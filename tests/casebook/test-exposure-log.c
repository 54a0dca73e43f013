/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "exposure-fixture.h"

#include <glib/gstdio.h>

#include "probity-exposure.h"

/* Logs of exposure lists: the whole of one or nothing, with what it was taken on and how its columns were read. */

/* Rule: a whole log with authority, necessity, period, digest, zone and clock; one entry of collection. */
static void
test_import (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  const char      *text = EXPOSURE_LOG ",2026-01-10 09:00:00,NIC/1,WS-1,\n"
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
  g_assert_cmpint (exposure_count (decider, "SELECT count (*) FROM audit_entry WHERE verb = 'collection' AND kind = 'exposure'"), ==, 1);

  /* By number, without domain and leading zeros; who is on no staff list is shown as such. */
  list = exposure_load (decider, reference);
  exposure_assert_list (list, "4127|4128|svc-desk|2004|4200|4300");
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
  g_autofree char *path = write_text (fixture, "access.csv", EXPOSURE_LOG);
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
  g_assert_cmpint (exposure_count (decider, rows), ==, 0);

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
  g_autofree char *path = write_text (fixture, "access.csv", EXPOSURE_LOG);
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
  g_autoptr (ProbityExposureList) list = exposure_load (decider, other);
  g_auto (GStrv) systems = wait_for_boxed (probity_exposure_load_systems (decider));

  g_assert_cmpstr (log->first, ==, "2026-02-04T09:00:00.000Z");
  g_assert_cmpstr (next->first, ==, "2026-02-05T09:00:00.000Z");
  g_assert_cmpint (next->clock_error, ==, 45);
  g_assert_cmpstr (next->time_zone, ==, "+01:00");
  exposure_assert_list (list, "4128");
  g_assert_cmpstr (systems[0], ==, "NICHE");
  g_assert_null (systems[1]);
}

/* Rule: days that can be read in two ways are asked about; nobody is missing from a list because some of them could be read. */
static void
test_order_of_days (void)
{
  static const char text[] = "User,Time,Record\n4127,04/02/2026 10:00,NIC/1\n4128,20/02/2026 10:00,NIC/1\n2004,07/03/26 10:00,NIC/1\n";
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (GError) error = wait_for_error (exposure_import (fixture, decider, reference, "access.csv", text, NULL, NULL, -1));
  g_autoptr (ProbityExposureLog) log = NULL;

  g_assert_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_INVALID);
  g_assert_cmpstr (probity_record_error_get_field (error), ==, "date_order");
  g_assert_cmpint (exposure_count (decider, "SELECT count (*) FROM exposure_import"), ==, 0);

  /* Once that is told, a line that still cannot be read is counted and keeps nobody from the others. */
  log = exposure_import_text (fixture, decider, reference, "access.csv", text, "[columns]\nwho=User\nwhen=Time\nrecord=Record\n[formats]\ndate=dmy\n", NULL, -1);
  g_assert_cmpint (log->rows, ==, 2);
  g_assert_cmpint (log->rejected, ==, 1);
  g_assert_cmpstr (log->first, ==, "2026-02-04T10:00:00.000Z");
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

/* Rule: the rows behind somebody, with the lines of the file; and the words of the logs for a choice. */
static void
test_rows_and_words (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *reference = exposure_case_new (fixture);
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) list = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .from = "2026-01-12T00:00:00.000Z", .until = "2026-01-13T00:00:00.000Z" });
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
  g_autoptr (ProbityExposureLog) log = exposure_import_text (fixture, decider, reference, "access.csv", EXPOSURE_LOG, NULL, NULL, 0);
  g_autoptr (ProbityExposureList) list = exposure_narrow (decider, reference, (ProbityExposureNarrowing) { .kind = PROBITY_EXPOSURE_WINDOW, .until = "2026-01-12T13:00:00.000Z" });
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

  g_test_add_func ("/exposure-log/import", test_import);
  g_test_add_func ("/exposure-log/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/exposure-log/needs", test_needs);
  g_test_add_func ("/exposure-log/system-is-remembered", test_system_is_remembered);
  g_test_add_func ("/exposure-log/order-of-days", test_order_of_days);
  g_test_add_func ("/exposure-log/columns-are-chosen", test_columns_are_chosen);
  g_test_add_func ("/exposure-log/rows-and-words", test_rows_and_words);
  g_test_add_func ("/exposure-log/append-only", test_append_only);

  return g_test_run ();
}
