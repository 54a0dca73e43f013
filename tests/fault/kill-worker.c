/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/session-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "probity-backup.h"
#include "probity-check.h"
#include "probity-import.h"
#include "probity-second-job.h"

/*
 * A console program that works on a casebook until it is killed:
 *
 *   kill-worker FOLDER ACCOUNT SEED
 *
 * signs in and does at random what ACCOUNT's role does in a day. After each command that was
 * acknowledged to it it prints where the result is to be found,
 *
 *   ack COMPARTMENT SELECT 1 FROM …
 *
 * on a line, and `done` after each, whatever came of it. What a role may not do, or what is not its turn, is refused now and then and is no error.
 */

typedef struct
{
  const char     *folder;
  ProbitySession *session;
  GRand          *rand;
  guint           seed;
  guint           n;
} Worker;

typedef gboolean (*WorkFunc) (Worker *worker);

/* Says where to find what was acknowledged. */
static void
acknowledge (ProbityCompartment compartment,
             const char        *format,
             ...) G_GNUC_PRINTF (2, 3);

static void
acknowledge (ProbityCompartment compartment,
             const char        *format,
             ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  printf ("ack %s SELECT 1 FROM %s\n", probity_compartment_to_string (compartment), text);
}

static char *
make_token (Worker *worker)
{
  return g_strdup_printf ("token-%u-%u", worker->seed, worker->n++);
}

/* Refusals are part of the day; everything else ends the test. */
static gboolean
check_refusal (const char *what,
               GError     *error)
{
  if (error == NULL)
    return TRUE;

  if ((error->domain == PROBITY_RECORD_ERROR && error->code != PROBITY_RECORD_ERROR_FAILED) ||
      g_error_matches (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED) ||
      g_error_matches (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND))
    printf ("refused %s: %s\n", what, error->message);
  else
    printf ("error %s: %s\n", what, error->message);

  return FALSE;
}

static gboolean
wait_done (const char *what,
           DexFuture  *future)
{
  g_autoptr (GError) error = wait_for_error (future);

  return check_refusal (what, error);
}

static gpointer
wait_value (const char *what,
            DexFuture  *future)
{
  g_autoptr (DexFuture) done = wait_for (future);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (done, &error);

  return check_refusal (what, error) ? g_value_dup_boxed (value) : NULL;
}

static ProbityRecord *
create_record (Worker     *worker,
               const char *kind,
               ...) G_GNUC_NULL_TERMINATED;

static ProbityRecord *
create_record (Worker     *worker,
               const char *kind,
               ...)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  const char *field;
  va_list     arguments;

  va_start (arguments, kind);
  while ((field = va_arg (arguments, const char *)) != NULL)
    probity_values_set (values, field, va_arg (arguments, const char *));
  va_end (arguments);

  if (g_str_equal (kind, "second-job"))
    return wait_value ("submit", probity_second_job_submit (worker->session, values));

  return wait_value (kind, probity_record_create (worker->session, probity_record_kind_find (kind), values));
}

static gboolean
list_references_func (ProbityRead *read,
                      gpointer     data,
                      GValue      *result,
                      GError     **error)
{
  ProbityDb *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GStrvBuilder) references = g_strv_builder_new ();
  gboolean row;

  if (db == NULL)
    return FALSE;
  statement = probity_db_query (db, error, "SELECT reference FROM second_job WHERE stage NOT IN ('registered', 'refused', 'withdrawn')"
                                           " ORDER BY id LIMIT 4",
                                NULL);
  while (statement != NULL && probity_statement_step (statement, &row, error) && row)
    g_strv_builder_add (references, probity_statement_get_text (statement, 0));

  g_value_init (result, G_TYPE_STRV);
  g_value_take_boxed (result, g_strv_builder_end (references));

  return statement != NULL && *error == NULL;
}

static GStrv
list_references (Worker *worker)
{
  return wait_value ("list", probity_casebook_read (probity_session_get_casebook (worker->session), list_references_func, NULL, NULL, NULL));
}

/* One of the oldest cases that are under way, NULL if there is none. */
static char *
choose_case (Worker *worker)
{
  g_auto (GStrv) references = list_references (worker);

  if (references == NULL || references[0] == NULL)
    return NULL;

  return g_strdup (references[g_rand_int_range (worker->rand, 0, (int) g_strv_length (references))]);
}

static gboolean
submit (Worker *worker)
{
  g_autofree char *number = g_strdup_printf ("%d", 1001 + g_rand_int_range (worker->rand, 0, 8));
  g_autofree char *employer = make_token (worker);
  g_auto (GStrv) references = list_references (worker);
  g_autoptr (ProbityRecord) record = NULL;

  /* Not more than the others can keep up with. */
  if (references == NULL || (g_strv_length (references) >= 4 && g_rand_int_range (worker->rand, 0, 5) != 0))
    return FALSE;

  record = create_record (worker, "second-job", "staff_number", number, "employer", employer, "category", "other", "nature", "serving behind the bar", "paid", "true", "weekly_hours", "7.5", "start", "2027-01-04", NULL);
  if (record == NULL)
    return FALSE;

  acknowledge (PROBITY_COMPARTMENT_REGISTERS, "second_job WHERE uid = '%s' AND reference = '%s' AND employer = '%s'", probity_record_get_uid (record), probity_record_get_reference (record), employer);

  return TRUE;
}

static gboolean
comment (Worker *worker)
{
  g_autofree char *reference = choose_case (worker);
  g_autofree char *text = make_token (worker);

  if (reference == NULL ||
      !wait_done ("comment", probity_second_job_comment (worker->session, reference, NULL, text, TRUE, NULL, NULL)))
    return FALSE;

  acknowledge (PROBITY_COMPARTMENT_REGISTERS, "second_job_comment WHERE text = '%s'", text);

  return TRUE;
}

static gboolean
decide (Worker *worker)
{
  g_autofree char *reference = choose_case (worker);
  g_autofree char *reasons = make_token (worker);
  ProbityDecision  decision = { .action = "approve", .open_reasons = reasons };

  if (reference == NULL || !wait_done ("decide", probity_second_job_decide (worker->session, reference, &decision)))
    return FALSE;

  acknowledge (PROBITY_COMPARTMENT_REGISTERS,
               "decision AS d JOIN second_job AS j ON j.id = d.second_job_id"
               " WHERE d.open_reasons = '%s' AND j.outcome = 'approved' AND (SELECT count(*) FROM clearance AS c WHERE c.second_job_id = j.id) >= 2",
               reasons);

  return TRUE;
}

static gboolean
withdraw (Worker *worker)
{
  g_autofree char *reference = NULL;

  /* Rarely, or nothing would ever be decided. */
  if (g_rand_int_range (worker->rand, 0, 10) != 0)
    return FALSE;

  reference = choose_case (worker);
  if (reference == NULL || !wait_done ("withdraw", probity_second_job_withdraw (worker->session, reference, "changed their mind")))
    return FALSE;

  acknowledge (PROBITY_COMPARTMENT_REGISTERS, "second_job WHERE reference = '%s' AND stage = 'withdrawn'", reference);

  return TRUE;
}

static gboolean
check (Worker          *worker,
       ProbityCheckKind kind)
{
  g_autofree char *reference = choose_case (worker);
  g_autoptr (ProbityCheck) run = NULL;

  if (reference == NULL)
    return FALSE;
  run = wait_value ("check run", probity_check_run (worker->session, reference, NULL, kind));
  if (run == NULL)
    return FALSE;

  for (guint i = 0; i < run->hits->len; i++)
    {
      ProbityHit      *hit = g_ptr_array_index (run->hits, i);
      g_autofree char *reason = make_token (worker);

      if (hit->verdict != NULL)
        continue;
      if (!wait_done ("check assess", probity_check_assess (worker->session, reference, hit->id, "not-relevant", reason)))
        return FALSE;
      acknowledge (kind == PROBITY_CHECK_COMPLAINTS ? PROBITY_COMPARTMENT_STANDARDS : PROBITY_COMPARTMENT_INTELLIGENCE,
                   "check_assessment WHERE reason = '%s'",
                   reason);
    }

  if (!wait_done ("check publish", probity_check_publish (worker->session, reference, NULL, kind, FALSE, NULL)))
    return FALSE;
  acknowledge (kind == PROBITY_CHECK_COMPLAINTS ? PROBITY_COMPARTMENT_STANDARDS : PROBITY_COMPARTMENT_INTELLIGENCE,
               "check_run WHERE reference = '%s' AND published IS NOT NULL",
               reference);

  return TRUE;
}

static gboolean
check_complaints (Worker *worker)
{
  return check (worker, PROBITY_CHECK_COMPLAINTS);
}

static gboolean
check_intelligence (Worker *worker)
{
  return check (worker, PROBITY_CHECK_INTELLIGENCE);
}

static gboolean
view (Worker *worker)
{
  g_autofree char *reference = choose_case (worker);
  g_autofree char *reasons = make_token (worker);

  if (reference == NULL || !wait_done ("view", probity_second_job_view (worker->session, reference, FALSE, reasons)))
    return FALSE;

  acknowledge (PROBITY_COMPARTMENT_INTELLIGENCE, "standards_view WHERE reasons = '%s'", reasons);

  return TRUE;
}

static gboolean
add_subject (Worker        *worker,
             const char    *kind,
             ProbityRecord *record)
{
  g_autofree char *number = g_strdup_printf ("%d", 1001 + g_rand_int_range (worker->rand, 0, 30));
  ProbitySubject   subject = { number, (char *) "somebody", NULL };
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();

  g_ptr_array_add (subjects, &subject);

  return wait_done ("subjects", probity_record_set_subjects (worker->session, probity_record_kind_find (kind), probity_record_get_uid (record), probity_record_get_version (record), subjects));
}

static gboolean
complain (Worker *worker)
{
  g_autofree char *reference = make_token (worker);
  g_autoptr (ProbityRecord) record = create_record (worker, "complaint", "reference", reference, "received", "2026-01-05", "allegation", "Rude at the front desk", NULL);

  if (record == NULL)
    return FALSE;
  acknowledge (PROBITY_COMPARTMENT_STANDARDS, "complaint WHERE uid = '%s' AND reference = '%s'", probity_record_get_uid (record), reference);

  if (g_rand_int_range (worker->rand, 0, 8) == 0 && add_subject (worker, "complaint", record))
    acknowledge (PROBITY_COMPARTMENT_STANDARDS, "complaint_subject AS s JOIN complaint AS c ON c.id = s.complaint_id WHERE c.uid = '%s'", probity_record_get_uid (record));

  return TRUE;
}

static gboolean
report (Worker *worker)
{
  g_autofree char *reference = make_token (worker);
  g_autoptr (ProbityRecord) record = create_record (worker, "intelligence-report", "reference", reference, "date", "2026-01-06", "source_evaluation", "1", "information_assessment", "A", "handling_code", "P", "text", "Said to sell information", "sanitised_text", "Information may be sold", NULL);

  if (record == NULL)
    return FALSE;
  acknowledge (PROBITY_COMPARTMENT_INTELLIGENCE, "intelligence_report WHERE uid = '%s' AND reference = '%s'", probity_record_get_uid (record), reference);

  if (g_rand_int_range (worker->rand, 0, 8) == 0 && add_subject (worker, "intelligence-report", record))
    acknowledge (PROBITY_COMPARTMENT_INTELLIGENCE, "report_subject AS s JOIN intelligence_report AS r ON r.id = s.report_id WHERE r.uid = '%s'", probity_record_get_uid (record));

  return TRUE;
}

static gboolean
edit_person (Worker *worker)
{
  g_autofree char         *number = g_strdup_printf ("%d", 1001 + g_rand_int_range (worker->rand, 0, 30));
  g_autofree char         *unit = make_token (worker);
  const ProbityRecordKind *kind = probity_record_kind_find ("person");
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityRecord) changed = NULL;

  record = wait_value ("load", probity_record_load (worker->session, kind, number));
  if (record == NULL)
    return FALSE;
  probity_values_set (values, "unit", unit);
  changed = wait_value ("update", probity_record_update (worker->session, kind, probity_record_get_uid (record), probity_record_get_version (record), values));
  if (changed == NULL)
    return FALSE;

  acknowledge (PROBITY_COMPARTMENT_REGISTERS, "audit_value WHERE new = '%s'", unit);

  return TRUE;
}

static gboolean
import_staff (Worker *worker)
{
  g_autofree char *path = g_strdup_printf ("%s.import-%u.csv", worker->folder, worker->seed);
  g_autofree char *number = g_strdup_printf ("9%06u%03u", worker->seed % 1000000, worker->n % 1000);
  g_autoptr (GString) text = g_string_new ("staff_number,forenames,surname,unit\n");
  gboolean ok;

  worker->n++;
  for (guint i = 0; i < 25; i++)
    g_string_append_printf (text, "%s%02u,Alex,Example,Central\n", number, i);
  if (!g_file_set_contents (path, text->str, (gssize) text->len, NULL))
    return FALSE;

  ok = wait_done ("import", probity_import (worker->session, "staff", path, NULL, FALSE));
  g_unlink (path);
  if (!ok)
    return FALSE;

  acknowledge (PROBITY_COMPARTMENT_REGISTERS, "(SELECT count(*) AS n FROM person WHERE staff_number LIKE '%s%%') WHERE n = 25", number);

  return TRUE;
}

static gboolean
save_draft (Worker *worker)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autofree char *text = make_token (worker);

  probity_values_set (values, "employer", text);

  return wait_done ("draft", probity_draft_save (worker->session, "second-job", values));
}

static gboolean
back_up (Worker *worker)
{
  g_autofree char *destination = NULL;

  if (g_rand_int_range (worker->rand, 0, 8) != 0)
    return FALSE;

  destination = g_strdup_printf ("%s.backup-%u-%u", worker->folder, worker->seed, worker->n++);

  return wait_done ("backup", probity_casebook_backup (probity_session_get_casebook (worker->session), destination));
}

static const struct
{
  const char *account;
  WorkFunc    work[6];
} days[] = {
  { "clerk", { submit, submit, submit, submit, edit_person, save_draft } },
  { "manager", { comment, comment, comment, comment, withdraw, save_draft } },
  { "psd", { complain, check_complaints, check_complaints, check_complaints, check_complaints, save_draft } },
  { "acu", { report, check_intelligence, check_intelligence, check_intelligence, check_intelligence, back_up } },
  { "decider", { view, view, view, view, edit_person, back_up } },
  { "head", { comment, comment, decide, decide, decide, import_staff } },
};

int
main (int   argc,
      char *argv[])
{
  Worker          worker = { 0 };
  const WorkFunc *work = NULL;

  dex_init ();
  setvbuf (stdout, NULL, _IOLBF, 0);
  /* Whoever listens may be gone. */
  signal (SIGPIPE, SIG_DFL);

  worker.folder = argv[1];
  worker.seed = (guint) atoi (argv[3]);
  worker.rand = g_rand_new_with_seed (worker.seed);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      if (g_str_equal (days[i].account, argv[2]))
        work = days[i].work;
    }

  session_fixture_allow_cheap_slots ();
  {
    g_autoptr (DexFuture) future = wait_for (probity_session_sign_in (worker.folder, argv[2], argv[2], NULL));
    g_autoptr (GError) error = NULL;
    const GValue *value = dex_future_get_value (future, &error);

    if (value == NULL)
      {
        printf ("error sign-in: %s\n", error->message);
        return 1;
      }
    worker.session = g_value_dup_object (value);
  }

  printf ("ready\n");

  while (TRUE)
    {
      work[g_rand_int_range (worker.rand, 0, 6)](&worker);
      printf ("done\n");
    }
}
