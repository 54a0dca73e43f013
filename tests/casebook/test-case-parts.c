/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-action.h"
#include "probity-case-log.h"
#include "probity-case-readers.h"
#include "probity-checklist.h"
#include "probity-link.h"
#include "probity-overview.h"
#include "probity-timeline.h"
#include "second-job-fixture.h"

/* What every case has: actions, logs, decisions, checklists, stages, timeline. Shown on a second job. */

/* For tests that neither move the clock nor relate people. */
static Force *shared;

static ProbityValues *
build (const char *first,
       ...)
{
  ProbityValues *values = probity_values_new ();
  va_list        args;

  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    probity_values_set (values, name, va_arg (args, const char *));
  va_end (args);

  return values;
}

/* Frees @values. */
static DexFuture *
add_action (ProbitySession *session,
            const char     *reference,
            ProbityValues  *values)
{
  DexFuture *future = probity_action_add (session, NULL, reference, values);

  probity_values_unref (values);

  return future;
}

static DexFuture *
change_action (ProbitySession *session,
               const char     *reference,
               guint           number,
               ProbityValues  *values,
               const char     *reason)
{
  DexFuture *future = probity_action_change (session, NULL, reference, number, values, reason);

  probity_values_unref (values);

  return future;
}

/* The fields of every item, `a=b c=d | …`. */
static char *
dup_fields (DexFuture  *future,
            const char *names)
{
  g_autoptr (GPtrArray) list = wait_for_boxed (future);
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) fields = g_strsplit (names, " ", -1);

  for (guint i = 0; i < list->len; i++)
    {
      g_string_append (text, i > 0 ? " | " : "");
      for (guint f = 0; fields[f] != NULL; f++)
        {
          const char *value = probity_values_get (g_ptr_array_index (list, i), fields[f]);

          g_string_append_printf (text, "%s%s", f > 0 ? " " : "", value != NULL ? value : "-");
        }
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define assert_list(future, names, expected)             \
  G_STMT_START                                           \
  {                                                      \
    g_autofree char *_text = dup_fields (future, names); \
    g_assert_cmpstr (_text, ==, expected);               \
  }                                                      \
  G_STMT_END

#define assert_invalid(future, expected)                                     \
  G_STMT_START                                                               \
  {                                                                          \
    g_autoptr (GError) _error = wait_for_error (future);                     \
    g_assert_nonnull (_error);                                               \
    g_assert_cmpstr (probity_record_error_get_field (_error), ==, expected); \
  }                                                                          \
  G_STMT_END

/* Runs SQL on registers as any tool with the key could; TRUE where it is refused. */
static gboolean
sql_write (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return db != NULL && probity_db_exec (db, data, error);
}

static DexFuture *
tamper (Force      *force,
        const char *sql)
{
  return probity_casebook_write (probity_session_get_casebook (force->decider), sql_write, (gpointer) sql, NULL);
}

static void
assert_sql_refused (Force      *force,
                    const char *sql,
                    const char *words)
{
  g_autoptr (GError) error = wait_for_error (tamper (force, sql));

  g_assert_nonnull (error);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” was refused with “%s”", sql, error->message);
}

/* Rule: soft and hard deadlines in working days of England and Wales; a hard one is moved for a reason only. */
static void
test_deadlines (void)
{
  Force           *force = shared;
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  /* Ten working days from Monday 2 March end on the 16th; Good Friday and Easter Monday 2026 are 3 and 6 April. */
  wait_for_success (add_action (force->hr, reference, build ("title", "Ask for the contract", "soft_deadline", "+10", "hard_deadline", "+24", NULL)));
  assert_list (probity_action_load (force->hr, NULL, reference), "number title owner soft_deadline hard_deadline state", "1 Ask for the contract hr 2026-03-16 2026-04-07 open");

  assert_invalid (add_action (force->hr, reference, build ("title", "x", "soft_deadline", "next week", NULL)), "soft_deadline");
  assert_invalid (add_action (force->hr, reference, build ("title", "x", "soft_deadline", "2026-05-01", "hard_deadline", "2026-04-01", NULL)), "soft_deadline");
  assert_invalid (add_action (force->hr, reference, build ("title", "  ", NULL)), "title");

  /* A soft one is moved freely, a hard one is not, by the library or by any other tool. */
  wait_for_success (change_action (force->hr, reference, 1, build ("soft_deadline", "2026-03-20", NULL), NULL));
  assert_invalid (change_action (force->hr, reference, 1, build ("hard_deadline", "2026-04-30", NULL), NULL), "reason");
  assert_sql_refused (force, "UPDATE case_action SET hard_deadline = '2026-04-30', version = version + 1", "a hard deadline is moved for a reason");
  wait_for_success (change_action (force->hr, reference, 1, build ("hard_deadline", "2026-04-30", NULL), "the employer is abroad"));
  assert_list (probity_action_load (force->hr, NULL, reference), "soft_deadline hard_deadline reason", "2026-03-20 2026-04-30 the employer is abroad");
}

/* Rule: what is due and what is over is told, also in My day, to its owner and to nobody else. */
static void
test_due (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  guint            n_mine = 0;

  wait_for_success (add_action (force->hr, reference, build ("title", "Ask", "soft_deadline", "2026-03-04", "hard_deadline", "2026-03-10", "owner", "head-of-hr", NULL)));
  wait_for_success (add_action (force->hr, reference, build ("title", "Later", "soft_deadline", "2026-06-04", NULL)));
  assert_list (probity_action_load (force->hr, NULL, reference), "number due working_days", "1 due 2 | 2 - 64");
  force_set_now (force, "2026-03-06T09:00:00.000Z");
  assert_list (probity_action_load (force->hr, NULL, reference), "number due working_days", "1 past-soft 2 | 2 - 60");
  force_set_now (force, "2026-03-11T09:00:00.000Z");
  assert_list (probity_action_load (force->hr, NULL, reference), "number due working_days", "1 overdue -1 | 2 - 57");

  {
    g_autoptr (GPtrArray) head = wait_for_boxed (probity_my_day (force->head));
    g_autoptr (GPtrArray) hr = wait_for_boxed (probity_my_day (force->hr));

    for (guint i = 0; i < head->len; i++)
      {
        ProbityDayItem *item = g_ptr_array_index (head, i);

        if (g_str_equal (item->what, "action"))
          {
            n_mine++;
            g_assert_cmpstr (item->group, ==, "overdue");
            g_assert_cmpstr (item->reference, ==, reference);
            g_assert_cmpstr (item->kind, ==, "second-job");
            g_assert_cmpstr (item->subject, ==, "Ask");
          }
      }
    for (guint i = 0; i < hr->len; i++)
      g_assert_cmpstr (((ProbityDayItem *) g_ptr_array_index (hr, i))->what, !=, "action");
  }
  g_assert_cmpuint (n_mine, ==, 1);

  wait_for_success (probity_action_finish (force->head, NULL, reference, 1, "it came"));
  assert_list (probity_action_load (force->hr, NULL, reference), "number state due", "2 open - | 1 done -");
}

/* Rule: an action goes from open to started to done or cancelled, and what is finished stays so. */
static void
test_action_states (void)
{
  Force           *force = shared;
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  wait_for_success (add_action (force->psd, reference, build ("title", "Ask", NULL)));
  wait_for_success (add_action (force->psd, reference, build ("title", "Look", NULL)));
  wait_for_success (probity_action_start (force->psd, NULL, reference, 1));
  assert_record_error (probity_action_start (force->psd, NULL, reference, 1), STAGE);
  wait_for_success (probity_action_finish (force->hr, NULL, reference, 1, "answered"));
  assert_record_error (probity_action_finish (force->hr, NULL, reference, 1, NULL), STAGE);
  assert_record_error (probity_action_cancel (force->hr, NULL, reference, 1, "no"), STAGE);
  assert_invalid (probity_action_cancel (force->hr, NULL, reference, 2, ""), "reason");
  wait_for_success (probity_action_cancel (force->hr, NULL, reference, 2, "not needed"));
  assert_invalid (probity_action_start (force->hr, NULL, reference, 3), "number");
  assert_list (probity_action_load (force->hr, NULL, reference),
               "number state started_by finished_by result reason",
               "1 done psd hr answered - | 2 cancelled - hr - not needed");

  assert_sql_refused (force, "UPDATE case_action SET state = 'open', version = version + 1 WHERE number = 1", "a finished action stays so");
  assert_sql_refused (force, "DELETE FROM case_action", "cancelled, not removed");
  assert_sql_refused (force, "REPLACE INTO case_action SELECT * FROM case_action", "never replaced");
  assert_sql_refused (force, "DELETE FROM case_action_event", "append-only");
  assert_sql_refused (force, "UPDATE case_action_event SET reason = 'x'", "append-only");
  assert_sql_refused (force,
                      "INSERT INTO case_action (uid, case_uid, number, title, owner, intrusive, created, created_by) VALUES ('i', 'c', 1, 't', 'o', 1, 'n', 'm');"
                      "UPDATE case_action SET state = 'started', version = 2 WHERE uid = 'i'",
                      "the public-interest assessment comes first");
  /* A second job has nothing intrusive. */
  assert_invalid (add_action (force->psd, reference, build ("title", "Watch", "intrusive", "true", NULL)), "intrusive");
}

/* Rule: parts are written by who works on such cases; the owner of an action can see its case; who cannot see it finds nothing. */
static void
test_who (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  assert_refused (add_action (force->manager, reference, build ("title", "x", NULL)), "not-your-step");
  assert_not_found (add_action (force->other, reference, build ("title", "x", NULL)));
  assert_not_found (add_action (force->hr, "SJ/2026/0009", build ("title", "x", NULL)));
  assert_not_found (probity_action_load (force->other, NULL, reference));
  assert_not_found (probity_case_log_load (force->other, NULL, reference));
  assert_not_found (probity_decision_log_load (force->other, NULL, reference));
  assert_not_found (probity_checklist_load (force->other, NULL, reference));
  assert_not_found (probity_case_load_stages (force->other, NULL, reference));
  assert_not_found (probity_case_load_timeline (force->other, NULL, reference));
  assert_not_found (probity_case_load_readers (force->other, NULL, reference));
  assert_invalid (add_action (force->hr, reference, build ("title", "x", "owner", "other", NULL)), "owner");
  assert_invalid (add_action (force->hr, reference, build ("title", "x", "owner", "nobody", NULL)), "owner");
  wait_for_success (add_action (force->hr, reference, build ("title", "x", "owner", "manager", NULL)));

  /* A relation locks: from then on nothing of the case is there for that account. */
  force_relate (force, "4001", "1001");
  assert_not_found (probity_action_load (force->psd, NULL, reference));
  assert_not_found (probity_action_start (force->psd, NULL, reference, 1));
  assert_invalid (add_action (force->hr, reference, build ("title", "x", "owner", "psd", NULL)), "owner");
  {
    g_autoptr (GPtrArray) readers = wait_for_boxed (probity_case_load_readers (force->hr, NULL, reference));

    g_assert_false (g_ptr_array_find_with_equal_func (readers, "psd", g_str_equal, NULL));
    g_assert_false (g_ptr_array_find_with_equal_func (readers, "other", g_str_equal, NULL));
    g_assert_true (g_ptr_array_find_with_equal_func (readers, "manager", g_str_equal, NULL));
    g_assert_true (g_ptr_array_find_with_equal_func (readers, "acu", g_str_equal, NULL));
  }
}

/* Rule: the case log is append-only; a correction is an entry of its own that names the one it corrects. */
static void
test_log (void)
{
  Force           *force = shared;
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *other = force_submit (force, force->hr, "1002", "The Swan");

  wait_for_success (probity_case_log_add (force->hr, NULL, reference, NULL, "He rang.", 0));
  wait_for_success (probity_case_log_add (force->psd, NULL, other, "meeting", "Another case.", 0));
  wait_for_success (probity_case_log_add (force->psd, NULL, reference, NULL, "She rang.", 1));
  assert_invalid (probity_case_log_add (force->hr, NULL, reference, NULL, "x", 7), "corrects");
  assert_invalid (probity_case_log_add (force->hr, NULL, reference, "gossip", "x", 0), "kind");
  assert_invalid (probity_case_log_add (force->hr, NULL, reference, "correction", "x", 0), "kind");
  assert_invalid (probity_case_log_add (force->hr, NULL, reference, NULL, " ", 0), "text");
  assert_list (probity_case_log_load (force->hr, NULL, reference),
               "number who kind text corrects corrected_by",
               "1 hr note He rang. - 2 | 2 psd correction She rang. 1 -");

  assert_sql_refused (force, "UPDATE case_log SET text = 'x'", "append-only");
  assert_sql_refused (force, "DELETE FROM case_log", "append-only");
  assert_sql_refused (force, "REPLACE INTO case_log SELECT * FROM case_log", "never replaced");
}

static DexFuture *
decide_log (ProbitySession *session,
            const char     *reference,
            guint           amends,
            ProbityValues  *values)
{
  DexFuture *future = amends == 0 ? probity_decision_log_add (session, NULL, reference, values) : probity_decision_log_amend (session, NULL, reference, amends, values);

  probity_values_unref (values);

  return future;
}

/* Rule: a decision may be amended by its author for 24 hours; then it is sealed. */
static void
test_decisions (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  assert_invalid (decide_log (force->psd, reference, 0, build ("title", "Wait", "reasons", "r", NULL)), "options");
  wait_for_success (decide_log (force->psd, reference, 0, build ("title", "Wait", "options", "ask or wait", "reasons", "the rota is not out", "powers", "reg. 7", NULL)));
  assert_refused (decide_log (force->hr, reference, 1, build ("reasons", "other", NULL)), "not-your-step");

  force_set_now (force, "2026-03-03T08:59:59.000Z");
  wait_for_success (decide_log (force->psd, reference, 1, build ("reasons", "the rota comes on Friday", NULL)));
  assert_list (probity_decision_log_load (force->psd, NULL, reference),
               "number amendment reasons decided_by latest sealed may_amend",
               "1 0 the rota is not out psd false false false | 1 1 the rota comes on Friday psd true false true");

  force_set_now (force, "2026-03-03T09:00:01.000Z");
  assert_record_error (decide_log (force->psd, reference, 1, build ("reasons", "too late", NULL)), STAGE);
  assert_list (probity_decision_log_load (force->psd, NULL, reference), "amendment sealed may_amend", "0 true false | 1 true false");

  assert_sql_refused (force, "UPDATE case_decision SET reasons = 'x'", "sealed");
  assert_sql_refused (force, "DELETE FROM case_decision", "sealed");
  assert_sql_refused (force,
                      "INSERT INTO case_decision (uid, case_uid, decision_uid, amendment, number, title, options, reasons, decided_by, account, person, at, signature)"
                      " SELECT 'x', case_uid, decision_uid, 2, number, title, options, 'late', decided_by, account, person, '2026-03-03T09:00:01.000Z', signature"
                      " FROM case_decision WHERE amendment = 0",
                      "within 24 hours");
  /* The next one has the next number. */
  wait_for_success (decide_log (force->hr, reference, 0, build ("title", "Go", "options", "o", "reasons", "r", "decided_by", "Supt Reid", NULL)));
  assert_list (probity_decision_log_load (force->psd, NULL, reference), "number decided_by", "1 psd | 1 psd | 2 Supt Reid");
}

/* Rule: a checklist is put to a case by stage; putting it again adds what is new and keeps the answers. */
static void
test_checklist (void)
{
  Force           *force = shared;
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  before = dup_fields (probity_checklist_load (force->hr, NULL, reference), "answer");
  g_assert_true (g_str_has_prefix (before, "not-applied | not-applied"));
  assert_invalid (probity_checklist_answer (force->hr, NULL, reference, NULL, "hours", "done", NULL), "code");

  wait_for_success (probity_checklist_apply (force->hr, NULL, reference, NULL));
  wait_for_success (probity_checklist_answer (force->hr, NULL, reference, NULL, "hours", "done", "46 of 48"));
  assert_invalid (probity_checklist_answer (force->hr, NULL, reference, NULL, "publicity", "not-applicable", NULL), "note");
  assert_invalid (probity_checklist_answer (force->hr, NULL, reference, NULL, "publicity", "perhaps", NULL), "answer");

  /* As if the profile had got one more since. */
  wait_for_success (tamper (force, "DROP TRIGGER case_checklist_delete; DELETE FROM case_checklist WHERE code = 'relatives'"));
  wait_for_success (probity_checklist_apply (force->psd, NULL, reference, NULL));
  after = dup_fields (probity_checklist_load (force->hr, NULL, reference), "code answer note");
  g_assert_nonnull (strstr (after, "hours done 46 of 48"));
  g_assert_nonnull (strstr (after, "relatives open"));
  assert_invalid (probity_checklist_apply (force->hr, NULL, reference, "no-such"), "stage");
}

/* Rule: every stage is kept with when, who and why; the history only grows. */
static void
test_stages (void)
{
  Force           *force = shared;
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  wait_for_success (probity_second_job_withdraw (force->hr, reference, "changed his mind"));
  assert_list (probity_case_load_stages (force->hr, NULL, reference),
               "stage who reason",
               "submitted hr - | with-professional-standards hr - | withdrawn hr changed his mind");
  assert_sql_refused (force, "UPDATE case_stage SET stage = 'x'", "append-only");
  assert_sql_refused (force, "DELETE FROM case_stage", "append-only");
  /* A second job moves by its own steps alone. */
  assert_record_error (probity_case_set_stage (force->psd, NULL, reference, "registered", "so"), STAGE);
  assert_invalid (probity_case_set_stage (force->psd, NULL, reference, "nowhere", "so"), "stage");
}

/* Rule: one timeline over all parts of a case. */
static void
test_timeline (void)
{
  static const char *const expected[] = { "stage:submitted", "action:added", "action:done", "log:note", "log-decision", "checklist:applied", "checklist:done", "link:related", "link-removed", NULL };
  Force                   *force = shared;
  g_autofree char         *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char         *other = force_submit (force, force->hr, "1002", "The Swan");
  g_autoptr (ProbityValues) link = NULL;
  g_autoptr (GPtrArray) items = NULL;
  const char *last = "";

  wait_for_success (add_action (force->hr, reference, build ("title", "Ask", NULL)));
  wait_for_success (probity_action_finish (force->hr, NULL, reference, 1, "done"));
  wait_for_success (probity_case_log_add (force->hr, NULL, reference, NULL, "He rang.", 0));
  wait_for_success (decide_log (force->hr, reference, 0, build ("title", "Go", "options", "o", "reasons", "r", NULL)));
  wait_for_success (probity_checklist_apply (force->hr, NULL, reference, NULL));
  wait_for_success (probity_checklist_answer (force->hr, NULL, reference, NULL, "hours", "done", NULL));
  link = wait_for_boxed (probity_link_add (force->hr, NULL, reference, NULL, other, "related", "the same landlord"));
  wait_for_success (probity_link_remove (force->hr, probity_values_get (link, "uid"), "another one"));

  items = wait_for_boxed (probity_case_load_timeline (force->hr, NULL, reference));
  for (guint e = 0; expected[e] != NULL; e++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < items->len; i++)
        found = found || g_str_equal (((ProbityTimelineItem *) g_ptr_array_index (items, i))->what, expected[e]);
      if (!found)
        g_error ("“%s” is not in the timeline", expected[e]);
    }
  for (guint i = 0; i < items->len; i++)
    {
      ProbityTimelineItem *item = g_ptr_array_index (items, i);

      g_assert_cmpstr (last, <=, item->at);
      last = item->at;
      g_assert_cmpstr (item->who, ==, "hr");
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  shared = force_new ("generic");

  g_test_add_func ("/case-parts/deadlines", test_deadlines);
  g_test_add_func ("/case-parts/due", test_due);
  g_test_add_func ("/case-parts/action-states", test_action_states);
  g_test_add_func ("/case-parts/who", test_who);
  g_test_add_func ("/case-parts/log", test_log);
  g_test_add_func ("/case-parts/decisions", test_decisions);
  g_test_add_func ("/case-parts/checklist", test_checklist);
  g_test_add_func ("/case-parts/stages", test_stages);
  g_test_add_func ("/case-parts/timeline", test_timeline);

  status = g_test_run ();
  force_free (shared);

  return status;
}
