/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The database's own part of the approval gate, attacked as anybody can who has the key: plain SQL
 * through plain sqlite3. Rule: approving without the checks is refused for INSERT, INSERT OR REPLACE,
 * upsert, UPDATE and DELETE; what was decided, checked or said does not change.
 */

#include <gio/gio.h>
#include <sqlite3.h>

#include "probity-migrations.h"

typedef struct
{
  const char *name;
  const char *trigger; /* the one that refuses it: without that trigger the attack goes through */
  const char *sql;
} Attack;

/* What an approval is made of; %NULL text: as it should be. */
typedef struct
{
  const char *name;
  gboolean    without_line_manager, without_head_of_hr, without_complaints, without_intelligence;
  gboolean    without_decision, with_view, without_condition;
  const char *complaints_at, *intelligence_at, *digest, *complaints_digest;
  const char *line_manager_person, *head_of_hr_person;
  const char *complaints_person, *intelligence_person, *decider_person, *decider_account;
  const char *outcome, *stage;
  const char *before; /* SQL run before it all */
} Approval;

#define T0 "'2026-11-01T09:00:00.000Z'"
#define JOB_COLUMNS                                                                             \
  "INTO second_job (id, uid, reference, reference_year, reference_number, staff_number, "       \
  "employer, category, received, created, created_by, entered_by_person, manager_staff_number," \
  "profile_name, profile_version, requires_line_manager_comment, requires_head_of_hr_comment, " \
  "requires_view, signatory, check_age_days, material_digest, material_changed_at, stage, "     \
  "outcome, brought_forward, search_text) "
#define JOB_VALUES(id, n, stage, outcome, forward)                                         \
  "VALUES (" id ", 'job-" n "', 'SJ/2026/000" n "', 2026, " n ", '1001', 'Bar', 'other', " \
  "'2026-11-01', " T0 ", 'acc-hr', 'account:acc-hr', '2001', 'generic', '1', 1, 1, 0, "    \
  "'decider', 28, 'digest-" n "', " T0 ", '" stage "', " outcome ", " forward ", '')"

static sqlite3 *
open_schema (const char *first, ...)
{
  sqlite3 *db = NULL;
  va_list  args;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  va_start (args, first);
  for (const char *name = first; name; name = va_arg (args, const char *))
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *sql = probity_migrations_dup_part (name, &error);
      char            *message = NULL;

      g_assert_no_error (error);
      sqlite3_exec (db, sql, NULL, NULL, &message);
      g_assert_cmpstr (message, ==, NULL);
    }
  va_end (args);
  return db;
}

static char *
run (sqlite3 *db, const char *sql)
{
  char            *message = NULL;
  g_autofree char *copy = NULL;

  sqlite3_exec (db, "SAVEPOINT attack", NULL, NULL, NULL);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  if (message)
    sqlite3_exec (db, "ROLLBACK TO attack", NULL, NULL, NULL);
  sqlite3_exec (db, "RELEASE attack", NULL, NULL, NULL);
  copy = g_strdup (message);
  sqlite3_free (message);
  return g_steal_pointer (&copy);
}

static void
run_well (sqlite3 *db, const char *sql)
{
  g_autofree char *message = run (db, sql);

  if (message)
    g_error ("%s\n%s", message, sql);
}

static gint64
count (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64        n;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

static char *
comment_sql (int job, const char *role, const char *person)
{
  return g_strdup_printf ("INSERT INTO second_job_comment (uid, second_job_id, round, for_role, supports, text, account, person,"
                          " material_digest, at, signature) VALUES ('comment-%s-%d', %d, 1, '%s', 1, 'fine', '%s', '%s',"
                          " (SELECT material_digest FROM second_job WHERE id = %d), '2026-11-02T09:00:00.000Z', x'00');",
                          role,
                          job,
                          job,
                          role,
                          person,
                          person,
                          job);
}

static char *
clearance_sql (int job, const char *kind, const char *person, const char *digest, const char *at)
{
  g_autofree char *own = g_strdup_printf ("(SELECT material_digest FROM second_job WHERE id = %d)", job);

  return g_strdup_printf ("INSERT INTO clearance (uid, second_job_id, round, decision_uid, kind, check_uid, account, person,"
                          " subject_digest, material_digest, at, signature) VALUES ('clearance-%s-%d', %d, 1, 'decision-%d', '%s',"
                          " 'check', '%s', '%s', 'subject', %s, '%s', x'00');",
                          kind,
                          job,
                          job,
                          job,
                          kind,
                          person,
                          person,
                          digest ? digest : own,
                          at);
}

static char *
approval_sql (int job, const Approval *parts)
{
  GString    *sql = g_string_new (parts->before);
  const char *outcome = parts->outcome ? parts->outcome : "approved";
  const char *person = parts->decider_person ? parts->decider_person : "account:decider";

#define ADD(text)                  \
  G_STMT_START                     \
  {                                \
    g_autofree char *_text = text; \
    g_string_append (sql, _text);  \
  }                                \
  G_STMT_END
  if (!parts->without_line_manager)
    ADD (comment_sql (job, "line-manager", parts->line_manager_person ? parts->line_manager_person : "staff:2001"));
  if (!parts->without_head_of_hr)
    ADD (comment_sql (job, "head-of-hr", parts->head_of_hr_person ? parts->head_of_hr_person : "account:head-of-hr"));
  if (!parts->without_complaints)
    ADD (clearance_sql (job, "complaints", parts->complaints_person ? parts->complaints_person : "account:psd", parts->complaints_digest, parts->complaints_at ? parts->complaints_at : "2026-11-03T09:00:00.000Z"));
  if (!parts->without_intelligence)
    ADD (clearance_sql (job, "intelligence", parts->intelligence_person ? parts->intelligence_person : "account:acu", NULL, parts->intelligence_at ? parts->intelligence_at : "2026-11-03T10:00:00.000Z"));
  if (g_str_equal (outcome, "approved-with-conditions") && !parts->without_condition)
    ADD (g_strdup_printf ("INSERT INTO decision_condition (uid, decision_uid, second_job_id, position, text)"
                          " VALUES ('condition-%d', 'decision-%d', %d, 1, 'not in uniform');",
                          job,
                          job,
                          job));
  if (!parts->without_decision)
    ADD (g_strdup_printf ("INSERT INTO decision (uid, second_job_id, round, action, outcome, open_reasons, conditions_digest,"
                          " clearances_digest, account, person, material_digest, at, signature) VALUES ('decision-%d', %d, 1,"
                          " '%s', '%s', 'no conflict', '', '', '%s', '%s',"
                          " (SELECT material_digest FROM second_job WHERE id = %d), '2026-11-04T09:00:00.000Z', x'00');",
                          job,
                          job,
                          g_str_equal (outcome, "approved") ? "approve" : "approve-with-conditions",
                          outcome,
                          parts->decider_account ? parts->decider_account : "decider",
                          person,
                          job));
  ADD (g_strdup_printf ("UPDATE second_job SET stage = '%s', outcome = '%s', decision_uid = 'decision-%d',"
                        " decided_at = '2026-11-04T09:00:00.000Z', approved_on = '2026-11-04', next_review = '2027-11-04'"
                        "%s WHERE id = %d;",
                        parts->stage ? parts->stage : "registered",
                        outcome,
                        job,
                        parts->digest ? parts->digest : "",
                        job));
#undef ADD
  return g_string_free (sql, FALSE);
}

/* Job 1 waits for its decision, 2 is approved, 3 was brought forward, 4 was withdrawn, 5 was refused. */
static sqlite3 *
open_registers (void)
{
  sqlite3         *db = open_schema ("registers-1.sql", "registers-secondjobs-1.sql", "registers-stand-ins-2.sql", "registers-appeals-2.sql", "registers-references-4.sql", NULL);
  const Approval   whole = { .name = "whole" };
  g_autofree char *approved = approval_sql (2, &whole);

  run_well (db, "CREATE TABLE case_reference (reference TEXT PRIMARY KEY NOT NULL)");
  run_well (db, "INSERT INTO person (uid, staff_number, surname, sort_name, search_text, created, created_by)"
                " VALUES ('p1', '1001', 'Applicant', 'applicant', '', " T0 ", 'x'), ('p2', '2001', 'Manager', 'manager', '', " T0 ", 'x')");
  run_well (db, "INSERT " JOB_COLUMNS JOB_VALUES ("1", "1", "with-professional-standards", "NULL", "0"));
  run_well (db, "INSERT " JOB_COLUMNS JOB_VALUES ("2", "2", "with-professional-standards", "NULL", "0"));
  run_well (db, "INSERT " JOB_COLUMNS JOB_VALUES ("3", "3", "registered", "'brought-forward'", "1"));
  run_well (db, "INSERT " JOB_COLUMNS JOB_VALUES ("4", "4", "submitted", "NULL", "0"));
  run_well (db, "INSERT " JOB_COLUMNS JOB_VALUES ("5", "5", "submitted", "NULL", "0"));
  run_well (db, "INSERT INTO stand_in (uid, second_job_id, staff_number, reason, account, person, at, signature)"
                " VALUES ('stand-in-2', 2, '2002', 'away', 'hr', 'account:hr', " T0 ", x'00')");
  run_well (db, "INSERT INTO waiver (uid, second_job_id, round, for_role, reason, account, person, material_digest, at, signature)"
                " VALUES ('waiver-2', 2, 1, 'head-of-hr', 'post vacant', 'd', 'account:d', 'digest-2', " T0 ", x'00')");
  run_well (db, "INSERT INTO sealed_view (uid, second_job_id, account, box, at) VALUES ('view-2', 2, 'head-of-hr', x'00', " T0 ")");
  run_well (db, "INSERT INTO application_statement (uid, second_job_id, round, kind, material_digest, route_digest, account, person, at, signature)"
                " VALUES ('statement-2', 2, 1, 'submitted', 'digest-2', 'route', 'acc-hr', 'account:acc-hr', " T0 ", x'00')");
  run_well (db, "INSERT INTO stage_history (uid, second_job_id, round, stage, account, at) VALUES ('stage-2', 2, 1, 'submitted', 'acc-hr', " T0 ")");
  run_well (db, "INSERT INTO decision_condition (uid, decision_uid, second_job_id, position, text) VALUES ('condition-2', 'decision-2', 2, 1, 'none')");
  run_well (db, approved);
  run_well (db, "INSERT INTO review (uid, second_job_id, round, result, account, person, at, material_digest, signature)"
                " VALUES ('review-2', 2, 1, 'no-change', 'hr', 'account:hr', " T0 ", 'digest-2', x'00')");
  run_well (db, "UPDATE second_job SET stage = 'withdrawn', outcome = 'withdrawn' WHERE id = 4");
  run_well (db, "INSERT INTO decision (uid, second_job_id, round, action, outcome, open_reasons, conditions_digest, clearances_digest,"
                " account, person, material_digest, at, signature) VALUES ('decision-5', 5, 1, 'refuse', 'refused', 'conflict', '', '',"
                " 'decider', 'account:decider', 'digest-5', '2026-11-04T09:00:00.000Z', x'00');"
                "UPDATE second_job SET stage = 'refused', outcome = 'refused', decision_uid = 'decision-5',"
                " decided_at = '2026-11-04T09:00:00.000Z' WHERE id = 5");
  return db;
}

#define APPEAL_COLUMNS \
  "INTO appeal (uid, second_job_id, round, decision_uid, service_uid, last_day, lodged_on, decide_by, grounds, account, person, material_digest, at, signature) "
#define OUTCOME_COLUMNS \
  "INTO appeal_outcome (uid, second_job_id, appeal_uid, round, outcome, reasons, decision_uid, account, person, material_digest, at, signature) "
#define DECIDED_AT "'2026-11-12T09:00:00.000Z'"

/* The same; and of job 5, which was refused, an appeal is open. */
static sqlite3 *
open_appeals (void)
{
  sqlite3 *db = open_registers ();

  run_well (db, "INSERT INTO letter_service (uid, second_job_id, decision_uid, served_on, how, account, person, at, signature)"
                " VALUES ('service-5', 5, 'decision-5', '2026-11-05', 'by hand', 'hr', 'account:hr', '2026-11-05T09:00:00.000Z', x'00')");
  run_well (db, "INSERT " APPEAL_COLUMNS "VALUES ('appeal-5', 5, 1, 'decision-5', 'service-5', '2026-11-15', '2026-11-10', '2026-12-08', 'hard', 'hr', 'account:hr',"
                " 'digest-5', '2026-11-10T09:00:00.000Z', x'00')");
  run_well (db, "UPDATE second_job SET appeal = 'open' WHERE id = 5");
  run_well (db, "INSERT INTO appeal_box (uid, second_job_id, account, box, at) VALUES ('box-5', 5, 'chief', x'00', '2026-11-11T09:00:00.000Z')");
  return db;
}

static char *
upheld_sql (const char *person, gboolean with_checks)
{
  g_autofree char *first = comment_sql (5, "line-manager", "staff:2001");
  g_autofree char *second = comment_sql (5, "head-of-hr", "account:head-of-hr");
  GString         *sql = g_string_new (first);

  g_string_append (sql, second);
  g_string_append_printf (sql, "INSERT " OUTCOME_COLUMNS "VALUES ('outcome-5', 5, 'appeal-5', 1, 'upheld', 'heard', 'decision-5b', 'chief', '%s', 'digest-5', " DECIDED_AT ", x'00');", person);
  for (int i = 0; with_checks && i < 2; i++)
    g_string_append_printf (sql, "INSERT INTO clearance (uid, second_job_id, round, decision_uid, kind, check_uid, account, person, subject_digest, material_digest, at, signature)"
                                 " VALUES ('clearance-5-%d', 5, 1, 'decision-5b', '%s', 'check', 'a', 'account:a', 's', 'digest-5', '2026-11-11T09:00:00.000Z', x'00');",
                            i,
                            i == 0 ? "complaints" : "intelligence");
  g_string_append_printf (sql, "INSERT INTO decision (uid, second_job_id, round, action, outcome, open_reasons, conditions_digest, clearances_digest, account, person, material_digest, at, signature)"
                               " VALUES ('decision-5b', 5, 1, 'approve', 'approved', 'heard', '', '', 'chief', '%s', 'digest-5', " DECIDED_AT ", x'00');"
                               "UPDATE second_job SET appeal = 'upheld', outcome = 'approved', stage = 'registered', decision_uid = 'decision-5b', decided_at = " DECIDED_AT ","
                               " approved_on = '2026-11-12', next_review = '2027-11-12' WHERE id = 5",
                          person);
  return g_string_free (sql, FALSE);
}

static sqlite3 *
open_standards (void)
{
  sqlite3 *db = open_schema ("checks-1.sql", "checks-2.sql", NULL);

  for (int i = 1; i <= 2; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "INSERT INTO check_run (id, uid, case_uid, reference, staff_number, kind, started, started_by, searched_at,"
          " material_digest, subject_digest, records_digest, coverage) VALUES (%d, 'check-%d', 'job-%d', 'SJ/2026/000%d', '1001',"
          " 'complaints', " T0 ", 'psd', " T0 ", 'm', 's', 'r', '{}');"
          "INSERT INTO check_assessment (id, uid, case_uid, staff_number, hit, target_kind, target_uid, target_digest,"
          " subject_digest, material_digest, verdict, reason, account, person, at, signature) VALUES (%d, 'assessment-%d',"
          " 'job-%d', '1001', 'c-1', 'complaint', 'cm-1', 't', 's', 'm', 'not-relevant', 'old', 'psd', 'account:psd', " T0 ", x'00');"
          "INSERT INTO check_hit (id, uid, check_run_id, hit, target_kind, target_uid, target_digest, score, why, assessment_uid)"
          " VALUES (%d, 'hit-%d', %d, 'c-1', 'complaint', 'cm-1', 't', 1.0, 'staff number', %s);"
          "INSERT INTO check_search (id, uid, check_run_id, system, result, account, at) VALUES (%d, 'search-%d', %d, 'pnd', 'none', 'psd', " T0 ");",
          i,
          i,
          i,
          i,
          i,
          i,
          i,
          i,
          i,
          i,
          i == 1 ? "NULL" : "'assessment-2'",
          i,
          i,
          i);
      run_well (db, sql);
    }
  run_well (db, "UPDATE check_run SET published = '2026-11-03T09:00:00.000Z', account = 'psd', person = 'account:psd', result = 'no-concern',"
                " searches_digest = 'x', assessments_digest = 'x', signature = x'00', clearance_signature = x'00' WHERE id = 2");
  run_well (db, "INSERT INTO recheck (id, uid, case_uid, reference, staff_number, target_kind, target_uid, why, raised, raised_by)"
                " VALUES (1, 'recheck-1', 'job-2', 'SJ/2026/0002', '1001', 'complaint', 'cm-2', 'staff number', " T0 ", 'psd')");
  return db;
}

static sqlite3 *
open_intelligence (void)
{
  sqlite3 *db = open_schema ("intelligence-secondjobs-1.sql", NULL);

  run_well (db, "INSERT INTO advice (id, uid, second_job_uid, reference, staff_number, advice, account, person, material_digest, at, signature)"
                " VALUES (1, 'advice-1', 'job-1', 'SJ/2026/0001', '1001', 'wait', 'acu', 'account:acu', 'm', " T0 ", x'00')");
  run_well (db, "INSERT INTO standards_view (id, uid, second_job_uid, reference, staff_number, round, objection, complaints_check_uid,"
                " intelligence_check_uid, account, person, material_digest, at, signature, notice_signature) VALUES (1, 'view-1', 'job-1', 'SJ/2026/0001',"
                " '1001', 1, 1, 'c', 'i', 'decider', 'account:decider', 'm', " T0 ", x'00', x'00')");
  run_well (db, "INSERT INTO restricted_reason (id, uid, second_job_uid, reference, staff_number, decision_uid, text, account, person, at, signature)"
                " VALUES (1, 'reason-1', 'job-1', 'SJ/2026/0001', '1001', 'decision-1', 'x', 'decider', 'account:decider', " T0 ", x'00')");
  return db;
}

#define REFERRED(reference, year, number)                                                                                                                           \
  "INSERT " JOB_COLUMNS "SELECT NULL, 'job-6', " reference ", " year ", " number ", staff_number, employer, category, received, created, created_by,"               \
  " entered_by_person, manager_staff_number, profile_name, profile_version, 0, 0, 0, 'decider', 28, material_digest, material_changed_at, 'submitted', NULL, 0, ''" \
  " FROM second_job WHERE id = 1"
#define APPROVED "stage = 'registered', outcome = 'approved', approved_on = '2026-11-04', decision_uid = 'decision-1', decided_at = '2026-11-04T09:00:00.000Z'"

static const Attack registers_attacks[] = {
  { "insert an approved row", "second_job_insert", "INSERT " JOB_COLUMNS JOB_VALUES ("6", "6", "registered", "'approved'", "0") },
  { "insert or replace the open case by an approved one", "second_job_insert", "INSERT OR REPLACE " JOB_COLUMNS JOB_VALUES ("1", "1", "registered", "'approved'", "0") },
  { "replace the refused case by an open one", "second_job_insert", "REPLACE " JOB_COLUMNS JOB_VALUES ("5", "5", "submitted", "NULL", "0") },
  { "replace by reference only", "second_job_insert", "REPLACE " JOB_COLUMNS "SELECT NULL, 'job-x', reference, NULL, NULL, staff_number, employer, category, received, created,"
                                                      " created_by, entered_by_person, manager_staff_number, profile_name, profile_version, 0, 0, 0, signatory, 28, material_digest,"
                                                      " material_changed_at, 'registered', 'brought-forward', 1, '' FROM second_job WHERE id = 1" },
  { "bring an approval forward", "second_job_insert", "INSERT " JOB_COLUMNS JOB_VALUES ("6", "6", "registered", "'approved'", "1") },
  { "insert with a decision", "second_job_insert", "INSERT INTO second_job (uid, reference, reference_year, reference_number, staff_number, employer, category, received, created,"
                                                   " created_by, entered_by_person, profile_name, profile_version, requires_line_manager_comment, requires_head_of_hr_comment,"
                                                   " requires_view, signatory, check_age_days, material_digest, material_changed_at, stage, search_text, approved_on)"
                                                   " VALUES ('job-6', 'SJ/2026/0006', 2026, 6, '1001', 'Bar', 'other', '2026-11-01', " T0 ", 'a', 'account:a', 'generic', '1', 0, 0, 0,"
                                                   " 'decider', 28, 'd', " T0 ", 'submitted', '', '2026-11-04')" },
  { "leave a gap in the references", "second_job_insert", "INSERT " JOB_COLUMNS JOB_VALUES ("8", "8", "submitted", "NULL", "0") },
  { "neither numbered nor drawn", "second_job_drawn_insert", REFERRED ("'SJ/2026/0006'", "NULL", "NULL") },
  { "drawn with a letter that is none", "second_job_drawn_insert", REFERRED ("'SJ/7KQ2MA'", "NULL", "NULL") },
  { "drawn and in a year", "second_job_drawn_insert", REFERRED ("'SJ/7KQ2MX'", "2026", "NULL") },
  { "numbered in no year", "second_job_insert", REFERRED ("'SJ/2026/0006'", "NULL", "6") },
  { "a head of HR who signs without a view", "second_job_insert", "INSERT INTO second_job (uid, reference, reference_year, reference_number, staff_number, employer, category, received, created,"
                                                                  " created_by, entered_by_person, profile_name, profile_version, requires_line_manager_comment, requires_head_of_hr_comment,"
                                                                  " requires_view, signatory, check_age_days, material_digest, material_changed_at, stage, search_text)"
                                                                  " VALUES ('job-6', 'SJ/2026/0006', 2026, 6, '1001', 'Bar', 'other', '2026-11-01', " T0 ", 'a', 'account:a', 'generic', '1', 0, 0, 0,"
                                                                  " 'head-of-hr', 28, 'd', " T0 ", 'submitted', '')" },
  { "upsert to approved", "second_job_insert", "INSERT " JOB_COLUMNS JOB_VALUES ("1", "1", "submitted", "NULL", "0") " ON CONFLICT DO UPDATE SET employer = 'Casino', material_digest = 'new'" },
  { "update to approved", "second_job_approve", "UPDATE second_job SET " APPROVED " WHERE id = 1" },
  { "update or replace to approved", "second_job_approve", "UPDATE OR REPLACE second_job SET " APPROVED " WHERE id = 1" },
  { "upsert the open case to approved", "second_job_insert", "INSERT " JOB_COLUMNS JOB_VALUES ("1", "1", "submitted", "NULL", "0") " ON CONFLICT (uid) DO UPDATE SET search_text = 'x'" },
  { "stage without outcome", "second_job_stage", "UPDATE second_job SET stage = 'registered' WHERE id = 1" },
  { "stage decided without outcome", "second_job_stage", "UPDATE second_job SET stage = 'decided' WHERE id = 1" },
  { "turn the open case into one brought forward", "second_job_stage", "UPDATE second_job SET outcome = 'brought-forward', stage = 'registered' WHERE id = 1" },
  { "refuse without a decision", "second_job_stage", "UPDATE second_job SET outcome = 'refused', stage = 'refused' WHERE id = 1" },
  { "an approval's day without an approval", "second_job_stage", "UPDATE second_job SET approved_on = '2026-11-04' WHERE id = 1" },
  { "move the day of an approval", "second_job_stage", "UPDATE second_job SET approved_on = '2025-11-04' WHERE id = 2" },
  { "approve what was refused", "second_job_decided", "UPDATE second_job SET outcome = NULL, stage = 'submitted' WHERE id = 5" },
  { "open what was withdrawn", "second_job_decided", "UPDATE second_job SET outcome = NULL, stage = 'submitted' WHERE id = 4" },
  { "open what was approved without a return", "second_job_decided", "UPDATE second_job SET outcome = NULL, stage = 'with-professional-standards', round = 2, decision_uid = NULL, decided_at = NULL,"
                                                                     " next_review = NULL WHERE id = 2" },
  { "hang another decision on", "second_job_decided", "UPDATE second_job SET decision_uid = 'decision-1' WHERE id = 2" },
  { "change the employer of what is registered", "second_job_material", "UPDATE second_job SET employer = 'Casino', material_digest = 'new' WHERE id = 2" },
  { "change the employer and keep the digest", "second_job_material", "UPDATE second_job SET employer = 'Casino' WHERE id = 1" },
  { "change the hours and keep the digest", "second_job_material", "UPDATE second_job SET weekly_hours = 60 WHERE id = 1" },
  { "put the day of the material change back", "second_job_material", "UPDATE second_job SET material_digest = 'new', material_changed_at = '2020-01-01T00:00:00.000Z' WHERE id = 1" },
  { "leave the head of HR out of the route", "second_job_fixed", "UPDATE second_job SET requires_head_of_hr_comment = 0 WHERE id = 1" },
  { "another signatory", "second_job_fixed", "UPDATE second_job SET requires_view = 1, signatory = 'head-of-hr' WHERE id = 1" },
  { "another in the place of the head of HR", "second_job_stand_in_fixed", "UPDATE second_job SET head_of_hr_by = 'decider' WHERE id = 1" },
  { "somebody in the place of the head of HR who signs", "second_job_stand_in_insert", "INSERT INTO second_job (uid, reference, reference_year, reference_number, staff_number, employer, category, received, created,"
                                                                                       " created_by, entered_by_person, profile_name, profile_version, requires_line_manager_comment, requires_head_of_hr_comment,"
                                                                                       " requires_view, signatory, head_of_hr_by, check_age_days, material_digest, material_changed_at, stage, search_text)"
                                                                                       " VALUES ('job-6', 'SJ/2026/0006', 2026, 6, '1001', 'Bar', 'other', '2026-11-01', " T0 ", 'a', 'account:a', 'generic', '1', 0, 0, 1,"
                                                                                       " 'head-of-hr', 'decider', 28, 'd', " T0 ", 'submitted', '')" },
  { "longer age of checks", "second_job_fixed", "UPDATE second_job SET check_age_days = 366 WHERE id = 1" },
  { "another manager", "second_job_fixed", "UPDATE second_job SET manager_staff_number = '2002' WHERE id = 1" },
  { "another applicant", "second_job_fixed", "UPDATE second_job SET staff_number = '2001' WHERE id = 1" },
  { "another who entered it", "second_job_fixed", "UPDATE second_job SET created_by = 'somebody', entered_by_person = 'account:x' WHERE id = 1" },
  { "replace a case by giving it another's id", "second_job_fixed", "UPDATE OR REPLACE second_job SET id = 2, uid = 'job-2' WHERE id = 5" },
  { "delete a case", "second_job_delete", "PRAGMA foreign_keys = OFF; DELETE FROM second_job WHERE id = 5" },

  { "replace a comment", "second_job_comment_insert", "REPLACE INTO second_job_comment SELECT * FROM second_job_comment WHERE uid = 'comment-line-manager-2'" },
  { "comment on what is decided", "second_job_comment_insert", "INSERT INTO second_job_comment (uid, second_job_id, round, for_role, supports, text, account, person, material_digest, at, signature)"
                                                               " VALUES ('c', 2, 1, 'line-manager', 0, 'x', 'a', 'p', 'digest-2', " T0 ", x'00')" },
  { "change a comment", "second_job_comment_update", "UPDATE second_job_comment SET supports = 0 WHERE second_job_id = 2" },
  { "delete a comment", "second_job_comment_delete", "DELETE FROM second_job_comment WHERE second_job_id = 2" },
  { "replace a clearance", "clearance_insert", "REPLACE INTO clearance SELECT * FROM clearance WHERE kind = 'complaints'" },
  { "a clearance after the decision", "clearance_insert", "INSERT INTO clearance (uid, second_job_id, round, decision_uid, kind, check_uid, account, person, subject_digest, material_digest,"
                                                          " at, signature) VALUES ('c', 1, 1, 'decision-5', 'complaints', 'c', 'a', 'p', 's', 'digest-1', " T0 ", x'00')" },
  { "change a clearance", "clearance_update", "UPDATE clearance SET at = '2026-11-03T11:00:00.000Z'" },
  { "delete a clearance", "clearance_delete", "DELETE FROM clearance" },
  { "replace a decision", "decision_insert", "REPLACE INTO decision SELECT * FROM decision WHERE uid = 'decision-2'" },
  { "a decision to approve without clearances", "decision_insert", "INSERT INTO decision (uid, second_job_id, round, action, outcome, open_reasons, conditions_digest, clearances_digest, account,"
                                                                   " person, material_digest, at, signature) VALUES ('decision-1', 1, 1, 'approve', 'approved', 'x', '', '', 'd', 'p', 'digest-1',"
                                                                   " '2026-11-04T09:00:00.000Z', x'00')" },
  { "change a decision", "decision_update", "UPDATE decision SET open_reasons = 'other' WHERE uid = 'decision-5'" },
  { "delete a decision", "decision_delete", "DELETE FROM decision WHERE uid = 'decision-5'" },
  { "replace a condition", "decision_condition_insert", "REPLACE INTO decision_condition SELECT * FROM decision_condition" },
  { "change a condition", "decision_condition_update", "UPDATE decision_condition SET text = 'none at all'" },
  { "delete a condition", "decision_condition_delete", "DELETE FROM decision_condition" },
  { "replace a waiver", "waiver_insert", "REPLACE INTO waiver SELECT * FROM waiver" },
  { "waive a check", "waiver_insert", "PRAGMA ignore_check_constraints = ON; INSERT INTO waiver (uid, second_job_id, round, for_role, reason, account, person,"
                                      " material_digest, at, signature) VALUES ('w', 1, 1, 'complaints-check', 'x', 'a', 'p', 'digest-1', " T0 ", x'00')" },
  { "change a waiver", "waiver_update", "UPDATE waiver SET reason = 'other'" },
  { "delete a waiver", "waiver_delete", "DELETE FROM waiver" },
  { "replace a view", "sealed_view_insert", "REPLACE INTO sealed_view SELECT * FROM sealed_view" },
  { "change a view", "sealed_view_update", "UPDATE sealed_view SET box = x'01'" },
  { "delete a view", "sealed_view_delete", "DELETE FROM sealed_view" },
  { "replace a stand-in", "stand_in_insert", "REPLACE INTO stand_in SELECT * FROM stand_in" },
  { "the applicant as stand-in", "stand_in_insert", "INSERT INTO stand_in (uid, second_job_id, staff_number, reason, account, person, at, signature)"
                                                    " VALUES ('s', 1, '1001', 'x', 'a', 'p', " T0 ", x'00')" },
  { "change a stand-in", "stand_in_update", "UPDATE stand_in SET staff_number = '2003'" },
  { "delete a stand-in", "stand_in_delete", "DELETE FROM stand_in" },
  { "replace a statement", "application_statement_insert", "REPLACE INTO application_statement SELECT * FROM application_statement" },
  { "change a statement", "application_statement_update", "UPDATE application_statement SET route_digest = 'x'" },
  { "delete a statement", "application_statement_delete", "DELETE FROM application_statement" },
  { "replace a stage", "stage_history_insert", "REPLACE INTO stage_history SELECT * FROM stage_history" },
  { "change a stage", "stage_history_update", "UPDATE stage_history SET stage = 'x'" },
  { "delete a stage", "stage_history_delete", "DELETE FROM stage_history" },
  { "replace a return", "review_insert", "REPLACE INTO review SELECT * FROM review" },
  { "a return of what is not registered", "review_insert", "INSERT INTO review (uid, second_job_id, round, result, account, person, at, material_digest, signature)"
                                                           " VALUES ('r', 5, 1, 'changed', 'hr', 'account:hr', " T0 ", 'digest-5', x'00')" },
  { "change a return", "review_update", "UPDATE review SET result = 'changed'" },
  { "delete a return", "review_delete", "DELETE FROM review" },
};

static const Attack appeals_attacks[] = {
  { "a letter served before the decision", "letter_service_insert", "INSERT INTO letter_service (uid, second_job_id, decision_uid, served_on, how, account, person, at, signature)"
                                                                    " VALUES ('s', 2, 'decision-2', '2026-11-03', 'post', 'hr', 'account:hr', " T0 ", x'00')" },
  { "another day of service once there is an appeal", "letter_service_insert", "INSERT INTO letter_service (uid, second_job_id, decision_uid, served_on, how, account, person, at, signature)"
                                                                               " VALUES ('s', 5, 'decision-5', '2026-11-06', 'post', 'hr', 'account:hr', '2026-11-06T09:00:00.000Z', x'00')" },
  { "change a service", "letter_service_update", "UPDATE letter_service SET served_on = '2026-11-09'" },
  { "delete a service", "letter_service_delete", "DELETE FROM letter_service" },
  { "appeal against an approval", "appeal_insert", "INSERT " APPEAL_COLUMNS "VALUES ('a', 2, 1, 'decision-2', 'service-5', '2026-11-15', '2026-11-10', '2026-12-08', 'hard', 'hr', 'account:hr', 'digest-2', " T0 ", x'00')" },
  { "appeal twice", "appeal_insert", "INSERT " APPEAL_COLUMNS "SELECT 'a', second_job_id, round, decision_uid, service_uid, last_day, lodged_on, decide_by, grounds, account, person, material_digest, at, signature FROM appeal" },
  { "appeal late without a reason", "appeal_insert", "INSERT " OUTCOME_COLUMNS "VALUES ('o', 5, 'appeal-5', 1, 'withdrawn', 'x', NULL, 'hr', 'account:hr', 'digest-5', " DECIDED_AT ", x'00');"
                                                     "UPDATE second_job SET appeal = NULL WHERE id = 5;"
                                                     "INSERT " APPEAL_COLUMNS "VALUES ('a', 5, 1, 'decision-5', 'service-5', '2026-11-15', '2026-11-16', '2026-12-08', 'hard', 'hr', 'account:hr', 'digest-5', " T0 ", x'00')" },
  { "change an appeal", "appeal_update", "UPDATE appeal SET lodged_on = '2026-11-06'" },
  { "delete an appeal", "appeal_delete", "DELETE FROM appeal" },
  { "an outcome by who refused", "appeal_outcome_insert", "INSERT " OUTCOME_COLUMNS "VALUES ('o', 5, 'appeal-5', 1, 'dismissed', 'x', NULL, 'other', 'account:decider', 'digest-5', " DECIDED_AT ", x'00')" },
  { "an outcome without reasons", "appeal_outcome_insert", "INSERT " OUTCOME_COLUMNS "VALUES ('o', 5, 'appeal-5', 1, 'dismissed', ' ', NULL, 'chief', 'account:chief', 'digest-5', " DECIDED_AT ", x'00')" },
  { "an outcome of another case's appeal", "appeal_outcome_insert", "INSERT " OUTCOME_COLUMNS "VALUES ('o', 2, 'appeal-5', 1, 'dismissed', 'x', NULL, 'chief', 'account:chief', 'digest-2', " DECIDED_AT ", x'00')" },
  { "change an outcome", "appeal_outcome_update", "INSERT " OUTCOME_COLUMNS "VALUES ('o', 5, 'appeal-5', 1, 'dismissed', 'x', NULL, 'chief', 'account:chief', 'digest-5', " DECIDED_AT ", x'00'); UPDATE appeal_outcome SET reasons = 'y'" },
  { "delete an outcome", "appeal_outcome_delete", "INSERT " OUTCOME_COLUMNS "VALUES ('o', 5, 'appeal-5', 1, 'dismissed', 'x', NULL, 'chief', 'account:chief', 'digest-5', " DECIDED_AT ", x'00'); DELETE FROM appeal_outcome" },
  { "a box without an appeal", "appeal_box_insert", "INSERT INTO appeal_box (uid, second_job_id, account, box, at) VALUES ('b', 2, 'chief', x'00', " T0 ")" },
  { "change a box", "appeal_box_update", "UPDATE appeal_box SET box = x'01'" },
  { "delete a box", "appeal_box_delete", "DELETE FROM appeal_box" },
  { "a case that begins with an appeal", "second_job_appeal_insert", "INSERT INTO second_job (uid, reference, reference_year, reference_number, staff_number, employer, category, received, created,"
                                                                     " created_by, entered_by_person, profile_name, profile_version, requires_line_manager_comment, requires_head_of_hr_comment,"
                                                                     " requires_view, signatory, check_age_days, material_digest, material_changed_at, stage, search_text, applicant_sort_name, appeal)"
                                                                     " VALUES ('job-6', 'SJ/2026/0006', 2026, 6, '1001', 'Bar', 'other', '2026-11-01', " T0 ", 'a', 'account:a', 'generic', '1', 0, 0, 0,"
                                                                     " 'decider', 28, 'd', " T0 ", 'submitted', '', 'x', 'open')" },
  { "open an appeal that nobody lodged", "second_job_appeal", "UPDATE second_job SET appeal = 'open' WHERE id = 2" },
  { "an appeal upheld by nobody", "second_job_appeal", "UPDATE second_job SET appeal = 'upheld' WHERE id = 5" },
  { "an appeal dismissed by nobody", "second_job_appeal", "UPDATE second_job SET appeal = 'dismissed' WHERE id = 5" },
  { "an appeal forgotten", "second_job_appeal", "UPDATE second_job SET appeal = NULL WHERE id = 5" },
  { "an appeal dismissed, then upheld", "second_job_appeal", "INSERT " OUTCOME_COLUMNS "VALUES ('o', 5, 'appeal-5', 1, 'dismissed', 'x', NULL, 'chief', 'account:chief', 'digest-5', " DECIDED_AT ", x'00');"
                                                             "UPDATE second_job SET appeal = 'dismissed' WHERE id = 5; UPDATE second_job SET appeal = 'upheld' WHERE id = 5" },
  { "approve what is appealed against", "second_job_decided", "UPDATE second_job SET outcome = NULL, stage = 'submitted' WHERE id = 5" },
  { "a decision to approve under an appeal that is not upheld", "decision_insert", "INSERT INTO decision (uid, second_job_id, round, action, outcome, open_reasons, conditions_digest, clearances_digest, account,"
                                                                                   " person, material_digest, at, signature) VALUES ('decision-5b', 5, 1, 'refuse', 'refused', 'x', '', '', 'd', 'p', 'digest-5', " DECIDED_AT ", x'00')" },
};

static const Attack standards_attacks[] = {
  { "insert a published check", "check_run_insert", "INSERT INTO check_run (uid, case_uid, reference, staff_number, kind, started, started_by, searched_at, material_digest,"
                                                    " subject_digest, records_digest, coverage, published, result) VALUES ('check-3', 'job-1', 'r', '1001', 'complaints', " T0 ","
                                                    " 'psd', " T0 ", 'm', 's', 'r', '{}', " T0 ", 'no-concern')" },
  { "replace a check", "check_run_insert", "PRAGMA foreign_keys = OFF; REPLACE INTO check_run SELECT * FROM check_run WHERE id = 1" },
  { "publish with a hit that nobody assessed", "check_run_update", "UPDATE check_run SET published = '2026-11-03T09:00:00.000Z', account = 'psd', person = 'account:psd', result = 'no-concern',"
                                                                   " searches_digest = 'x', assessments_digest = 'x', signature = x'00', clearance_signature = x'00' WHERE id = 1" },
  { "turn a published result round", "check_run_update", "UPDATE check_run SET result = 'concern' WHERE id = 2" },
  { "publish again later", "check_run_update", "UPDATE check_run SET published = '2026-12-03T09:00:00.000Z' WHERE id = 2" },
  { "give a check to another case", "check_run_update", "UPDATE check_run SET case_uid = 'job-9' WHERE id = 1" },
  { "give a check to another kind of case", "check_run_case", "UPDATE check_run SET case_kind = 'leak-investigation' WHERE id = 1" },
  { "delete a check", "check_run_delete", "PRAGMA foreign_keys = OFF; DELETE FROM check_run WHERE id = 2" },
  { "replace an assessment", "check_assessment_insert", "REPLACE INTO check_assessment SELECT * FROM check_assessment WHERE id = 1" },
  { "change an assessment", "check_assessment_update", "UPDATE check_assessment SET verdict = 'relevant'" },
  { "delete an assessment", "check_assessment_delete", "DELETE FROM check_assessment WHERE id = 1" },
  { "replace a hit", "check_hit_insert", "REPLACE INTO check_hit SELECT * FROM check_hit WHERE id = 1" },
  { "one more hit in a published check", "check_hit_insert", "INSERT INTO check_hit (uid, check_run_id, hit, target_kind, target_uid, target_digest, score, why)"
                                                             " VALUES ('hit-3', 2, 'c-2', 'complaint', 'cm-2', 't', 1.0, 'x')" },
  { "hide a hit of a published check", "check_hit_update", "UPDATE check_hit SET found = 0 WHERE id = 2" },
  { "give a hit to another record", "check_hit_update", "UPDATE check_hit SET target_uid = 'cm-9' WHERE id = 1" },
  { "delete a hit", "check_hit_delete", "DELETE FROM check_hit WHERE id = 1" },
  { "replace a search", "check_search_insert", "REPLACE INTO check_search SELECT * FROM check_search WHERE id = 1" },
  { "change a search", "check_search_update", "UPDATE check_search SET result = 'x'" },
  { "delete a search", "check_search_delete", "DELETE FROM check_search WHERE id = 1" },
  { "replace a re-check", "recheck_insert", "REPLACE INTO recheck SELECT * FROM recheck" },
  { "close a re-check without a name", "recheck_update", "UPDATE recheck SET closed = " T0 },
  { "give a re-check to another", "recheck_update", "UPDATE recheck SET staff_number = '1002'" },
  { "delete a re-check", "recheck_delete", "DELETE FROM recheck" },
};

static const Attack intelligence_attacks[] = {
  { "replace advice", "advice_insert", "REPLACE INTO advice SELECT * FROM advice" },
  { "change advice", "advice_update", "UPDATE advice SET advice = 'none'" },
  { "delete advice", "advice_delete", "DELETE FROM advice" },
  { "replace a view", "standards_view_insert", "REPLACE INTO standards_view SELECT * FROM standards_view" },
  { "turn a view round", "standards_view_update", "UPDATE standards_view SET objection = 0" },
  { "delete a view", "standards_view_delete", "DELETE FROM standards_view" },
  { "replace a restricted reason", "restricted_reason_insert", "REPLACE INTO restricted_reason SELECT * FROM restricted_reason" },
  { "change a restricted reason", "restricted_reason_update", "UPDATE restricted_reason SET text = 'y'" },
  { "delete a restricted reason", "restricted_reason_delete", "DELETE FROM restricted_reason" },
};

typedef struct
{
  sqlite3 *(*open) (void);
  const Attack *attacks;
  gsize         n_attacks;
  gboolean      appeals;
} Suite;

static const Suite suites[] = {
  { open_registers, registers_attacks, G_N_ELEMENTS (registers_attacks) },
  { open_standards, standards_attacks, G_N_ELEMENTS (standards_attacks) },
  { open_intelligence, intelligence_attacks, G_N_ELEMENTS (intelligence_attacks) },
  { open_appeals, appeals_attacks, G_N_ELEMENTS (appeals_attacks), TRUE },
};

/* A trigger of ours spoke, not a constraint that a pragma switches off or a typing error in the attack. */
static gboolean
is_own_refusal (const char *message)
{
  const char *prefixes[] = { "exists: ", "gate: ", "reference: ", "fixed: ", "material: ", "decided: ", "stage: ", "append-only: ", "separation-of-duties: ", "check: ", "unassessed-hits: ", "appeal: " };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (message, prefixes[i]))
      return TRUE;
  return FALSE;
}

static gint64
count_approved (sqlite3 *db)
{
  return count (db, "SELECT COUNT (*) FROM second_job WHERE outcome IN ('approved', 'approved-with-conditions')");
}

static void
test_attacks_are_refused (gconstpointer data)
{
  const Suite *suite = data;

  for (gsize i = 0; i < suite->n_attacks; i++)
    {
      const Attack    *attack = &suite->attacks[i];
      sqlite3         *db = suite->open ();
      gint64           approved = suite == suites ? count_approved (db) : 0;
      g_autofree char *message = NULL;

      g_test_message ("%s", attack->name);
      message = run (db, attack->sql);
      if (message == NULL)
        g_error ("went through: %s", attack->name);
      if (!is_own_refusal (message))
        g_error ("refused for another reason: %s: %s", attack->name, message);
      if (suite == suites)
        g_assert_cmpint (count_approved (db), ==, approved);
      sqlite3_close (db);
    }
}

/* Each trigger that refuses is needed: without it one of the attacks goes through that it alone refuses. */
static void
test_each_trigger_is_needed (gconstpointer data)
{
  const Suite *suite = data;
  sqlite3     *db = suite->open ();
  g_autoptr (GPtrArray) triggers = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (db, "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%RAISE%' AND (name LIKE '%appeal%' OR name LIKE 'letter%') IS ?1", -1, &statement, NULL);
  sqlite3_bind_int (statement, 1, suite->appeals);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (triggers, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  g_assert_cmpuint (triggers->len, >, 8);

  for (guint i = 0; i < triggers->len; i++)
    {
      const char *trigger = g_ptr_array_index (triggers, i);
      gboolean    needed = FALSE;

      for (gsize j = 0; j < suite->n_attacks && !needed; j++)
        {
          g_autofree char *drop = NULL;
          g_autofree char *message = NULL;

          if (!g_str_equal (suite->attacks[j].trigger, trigger))
            continue;
          db = suite->open ();
          drop = g_strdup_printf ("DROP TRIGGER %s", trigger);
          run_well (db, drop);
          message = run (db, suite->attacks[j].sql);
          needed = message == NULL;
          sqlite3_close (db);
        }
      if (!needed)
        g_error ("no attack needs the trigger %s", trigger);
    }
}

static const Approval lacking[] = {
  { "the line manager's comment", .without_line_manager = TRUE },
  { "the head of HR's comment", .without_head_of_hr = TRUE },
  { "the complaints check", .without_complaints = TRUE },
  { "the intelligence check", .without_intelligence = TRUE },
  { "the decision", .without_decision = TRUE },
  { "a fresh complaints check", .complaints_at = "2026-10-01T09:00:00.000Z" },
  { "an intelligence check within its age", .before = "UPDATE second_job SET material_digest = 'new', material_changed_at = " T0 " WHERE id = 1;", .intelligence_at = "2026-10-31T09:00:00.000Z" },
  { "a check that is made before the decision", .complaints_at = "2026-11-05T09:00:00.000Z" },
  { "a check of this application", .complaints_digest = "'another'" },
  { "a check made after the last change",
    .before = "UPDATE second_job SET employer = 'Casino', material_digest = 'new', material_changed_at = '2026-11-03T09:30:00.000Z' WHERE id = 1;" },
  { "a manager who is the recorded one", .line_manager_person = "staff:2009" },
  { "another checker than the line manager", .complaints_person = "staff:2001" },
  { "another checker than the applicant", .intelligence_person = "staff:1001" },
  { "another decider than the applicant", .decider_person = "staff:1001" },
  { "another decider than who entered it", .decider_person = "account:acc-hr" },
  { "another deciding account than the one that entered it", .decider_account = "acc-hr" },
  { "another decider than the checker", .decider_person = "account:acu" },
  { "another decider than the line manager", .decider_person = "staff:2001" },
  { "another decider than the manager in whose place a stand-in commented", .decider_person = "staff:2001", .line_manager_person = "staff:2005", .before = "INSERT INTO stand_in (uid, second_job_id, staff_number, reason, account, person, at, signature) VALUES ('s', 1, '2005', 'on leave', 'hr', 'account:hr', " T0 ", x'00');" },
  { "another decider than the head of HR who commented", .decider_person = "account:head-of-hr" },
  { "a condition", .outcome = "approved-with-conditions", .without_condition = TRUE },
  { "a stage that goes with it", .stage = "refused" },
  { "the old particulars", .digest = ", employer = 'Casino', material_digest = 'new'" },
  { "a case that is not deferred", .before = "UPDATE second_job SET stage = 'deferred' WHERE id = 1;" },
};

static void
test_approval_lacks_something (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lacking); i++)
    {
      sqlite3         *db = open_registers ();
      g_autofree char *sql = approval_sql (1, &lacking[i]);
      g_autofree char *message = run (db, sql);

      g_test_message ("without %s: %s", lacking[i].name, message);
      if (message == NULL)
        g_error ("approved without %s", lacking[i].name);
      g_assert_true (is_own_refusal (message));
      g_assert_cmpint (count_approved (db), ==, 1);
      sqlite3_close (db);
    }
}

/* The control: the same approval with all its parts goes through, so that the refusals above mean something. */
static void
test_whole_approval_passes (void)
{
  const Approval variants[] = {
    { "whole" },
    { "with conditions", .outcome = "approved-with-conditions" },
    { "with a stand-in", .line_manager_person = "staff:2005", .before = "INSERT INTO stand_in (uid, second_job_id, staff_number, reason, account, person, at, signature)"
                                                                        " VALUES ('s', 1, '2005', 'on leave', 'hr', 'account:hr', " T0 ", x'00');" },
    { "with a waiver", .without_line_manager = TRUE, .before = "INSERT INTO waiver (uid, second_job_id, round, for_role, reason, account, person, material_digest, at, signature)"
                                                               " VALUES ('w', 1, 1, 'line-manager', 'post vacant', 'd', 'account:d', 'digest-1', " T0 ", x'00');" },
    { "both checks by one", .complaints_person = "account:acu" },
    { "just within its age", .complaints_at = "2026-11-01T09:00:00.000Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      sqlite3         *db = open_registers ();
      g_autofree char *sql = approval_sql (1, &variants[i]);
      g_autofree char *message = run (db, sql);

      g_test_message ("%s", variants[i].name);
      g_assert_cmpstr (message, ==, NULL);
      g_assert_cmpint (count_approved (db), ==, 2);
      sqlite3_close (db);
    }
}

/* The control of the attacks on appeals, and what is still asked of what is upheld. */
static void
test_upheld_needs_the_gate (void)
{
  const struct
  {
    const char *name, *person, *before, *refusal;
    gboolean    with_checks;
  } variants[] = {
    { "whole", "account:chief", NULL, NULL, TRUE },
    { "without checks", "account:chief", NULL, "gate: ", FALSE },
    { "by who refused", "account:decider", NULL, "separation-of-duties: ", TRUE },
    { "by the head of HR who commented", "account:head-of-hr", NULL, "separation-of-duties: ", TRUE },
    { "by who entered it", "account:acc-hr", NULL, "separation-of-duties: ", TRUE },
    { "without a bundle", "account:chief", "DROP TRIGGER appeal_box_delete; DELETE FROM appeal_box", "gate: ", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      sqlite3         *db = open_appeals ();
      g_autofree char *sql = upheld_sql (variants[i].person, variants[i].with_checks);
      g_autofree char *message = NULL;

      if (variants[i].before != NULL)
        run_well (db, variants[i].before);
      message = run (db, sql);
      g_test_message ("%s: %s", variants[i].name, message != NULL ? message : "went through");
      if (variants[i].refusal == NULL)
        g_assert_cmpstr (message, ==, NULL);
      else
        g_assert_true (message != NULL && g_str_has_prefix (message, variants[i].refusal));
      g_assert_cmpint (count_approved (db), ==, variants[i].refusal == NULL ? 2 : 1);
      sqlite3_close (db);
    }
}

/* A changed return opens a new round, in which the old comments and clearances count no more. */
static void
test_changed_return_needs_the_gate_again (void)
{
  sqlite3         *db = open_registers ();
  g_autofree char *message = NULL;

  run_well (db, "INSERT INTO review (uid, second_job_id, round, result, account, person, at, material_digest, signature)"
                " VALUES ('changed', 2, 1, 'changed', 'hr', 'account:hr', " T0 ", 'digest-2', x'00')");
  run_well (db, "UPDATE second_job SET outcome = NULL, stage = 'with-professional-standards', round = 2, decision_uid = NULL,"
                " decided_at = NULL, next_review = NULL, employer = 'Casino', material_digest = 'digest-2b',"
                " material_changed_at = '2026-11-10T09:00:00.000Z' WHERE id = 2");
  g_assert_cmpint (count_approved (db), ==, 0);
  message = run (db, "UPDATE second_job SET outcome = 'approved', stage = 'registered', decision_uid = 'decision-2',"
                     " decided_at = '2026-11-04T09:00:00.000Z' WHERE id = 2");
  g_assert_nonnull (message);
  g_assert_true (g_str_has_prefix (message, "gate:"));
  g_assert_cmpint (count (db, "SELECT approved_on = '2026-11-04' FROM second_job WHERE id = 2"), ==, 1);
  sqlite3_close (db);
}

/* The control of the attacks on references. */
static void
test_references_pass (void)
{
  static const char *const passing[] = { REFERRED ("'SJ/7KQ2MX'", "NULL", "NULL"), REFERRED ("'SJ/2026/0006'", "2026", "6"), REFERRED ("'SJ/2027/0001'", "2027", "1") };

  for (gsize i = 0; i < G_N_ELEMENTS (passing); i++)
    {
      sqlite3 *db = open_registers ();

      run_well (db, passing[i]);
      sqlite3_close (db);
    }
}

int
main (int argc, char *argv[])
{
  const char *names[] = { "registers", "standards", "intelligence", "appeals" };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (suites); i++)
    {
      g_autofree char *refused = g_strdup_printf ("/gate-sql/%s/attacks-are-refused", names[i]);
      g_autofree char *needed = g_strdup_printf ("/gate-sql/%s/each-trigger-is-needed", names[i]);

      g_test_add_data_func (refused, &suites[i], test_attacks_are_refused);
      g_test_add_data_func (needed, &suites[i], test_each_trigger_is_needed);
    }
  g_test_add_func ("/gate-sql/references-pass", test_references_pass);
  g_test_add_func ("/gate-sql/approval-lacks-something", test_approval_lacks_something);
  g_test_add_func ("/gate-sql/whole-approval-passes", test_whole_approval_passes);
  g_test_add_func ("/gate-sql/upheld-needs-the-gate", test_upheld_needs_the_gate);
  g_test_add_func ("/gate-sql/changed-return-needs-the-gate-again", test_changed_return_needs_the_gate_again);
  return g_test_run ();
}
