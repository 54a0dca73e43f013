/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session-fixture.h"

#include <string.h>

#include "probity-overview.h"

/*
 * Who may do what, written out: a line an operation, a column a role, in the order line manager, HR
 * officer, head of HR, PSD officer, ACU officer, decider, administrator, chief officer. S: whoever the profile lets
 * sign, who is the head of HR in Derbyshire and the decider in the generic profile.
 */
static const struct
{
  ProbityOperation operation;
  const char      *name;
  const char      *derbyshire;
  const char      *generic;
} expected[] = {
  { PROBITY_OPERATION_READ_REGISTERS, "read registers", "xxxxxx-x", "xxxxxx-x" },
  { PROBITY_OPERATION_READ_STANDARDS, "read standards", "---xxx--", "---xxx--" },
  { PROBITY_OPERATION_READ_INTELLIGENCE, "read intelligence", "----xx--", "----xx--" },
  { PROBITY_OPERATION_SUBMIT, "submit", "xxxx----", "xxxx----" },
  { PROBITY_OPERATION_SUBMIT_SEALED, "submit sealed", "----xx--", "----xx--" },
  { PROBITY_OPERATION_COMMENT_LINE_MANAGER, "line manager's comment", "xxx-----", "xxx-----" },
  { PROBITY_OPERATION_COMMENT_HEAD_OF_HR, "head of HR's comment", "--x--x--", "--x--x--" },
  { PROBITY_OPERATION_NAME_STAND_IN, "name a stand-in", "-xxx----", "-xxx----" },
  { PROBITY_OPERATION_CHECK_COMPLAINTS, "complaints check", "---xx---", "---xx---" },
  { PROBITY_OPERATION_CHECK_INTELLIGENCE, "intelligence check", "----x---", "----x---" },
  { PROBITY_OPERATION_ADVISE, "advise", "----x---", "----x---" },
  { PROBITY_OPERATION_VIEW, "view", "-----x--", "-----x--" },
  { PROBITY_OPERATION_DECIDE, "decide", "--x--x--", "-----x--" },
  { PROBITY_OPERATION_WAIVE_COMMENT, "waive a comment", "--x--x--", "-----x--" },
  { PROBITY_OPERATION_REVIEW, "review", "-xxx----", "-xxx----" },
  { PROBITY_OPERATION_EDIT_PEOPLE, "edit people", "-xx--x--", "-xx--x--" },
  { PROBITY_OPERATION_IMPORT_STAFF, "import staff", "--x--x--", "--x--x--" },
  { PROBITY_OPERATION_IMPORT_SECOND_JOBS, "import second jobs", "--x--x--", "--x--x--" },
  { PROBITY_OPERATION_EDIT_COMPLAINTS, "edit complaints", "---xxx--", "---xxx--" },
  { PROBITY_OPERATION_IMPORT_COMPLAINTS, "import complaints", "---xxx--", "---xxx--" },
  { PROBITY_OPERATION_EDIT_INTELLIGENCE, "edit intelligence", "----x---", "----x---" },
  { PROBITY_OPERATION_APPROVE_SANITISED, "approve sanitised text", "----xx--", "----xx--" },
  { PROBITY_OPERATION_IMPORT_INTELLIGENCE, "import intelligence", "----xx--", "----xx--" },
  { PROBITY_OPERATION_SCREEN, "screen a text", "---xxx--", "---xxx--" },
  { PROBITY_OPERATION_EXPOSURE, "exposure list", "----xx--", "----xx--" },
  { PROBITY_OPERATION_STATISTICS, "statistics", "xxxxxx-x", "xxxxxx-x" },
  { PROBITY_OPERATION_READ_AUDIT, "read the log", "---xxxx-", "---xxxx-" },
  { PROBITY_OPERATION_EXPORT, "export", "xxxxxx-x", "xxxxxx-x" },
  { PROBITY_OPERATION_ADMINISTER, "administer", "------x-", "------x-" },
  { PROBITY_OPERATION_GRANT, "grant", "xxxxxxxx", "xxxxxxxx" },
  { PROBITY_OPERATION_WORK_SECOND_JOBS, "work on second jobs", "-xxxxx--", "-xxxxx--" },
  { PROBITY_OPERATION_WORK_CONDUCT, "work on conduct investigations", "---xxx--", "---xxx--" },
  { PROBITY_OPERATION_WORK_LEAKS, "work on leak investigations", "----xx--", "----xx--" },
  { PROBITY_OPERATION_BACK_UP, "back up", "-xxxxxxx", "-xxxxxxx" },
  { PROBITY_OPERATION_RESTORE, "restore", "-----xx-", "-----xx-" },
  { PROBITY_OPERATION_CLOSE_CASE, "close investigations", "-----x--", "-----x--" },
  { PROBITY_OPERATION_LODGE_APPEAL, "lodge an appeal", "-xxx----", "-xxx----" },
  { PROBITY_OPERATION_SEAL_APPEAL, "seal what is restricted for an appeal", "-----x--", "-----x--" },
  { PROBITY_OPERATION_DECIDE_APPEAL, "decide an appeal", "-------x", "-------x" },
  { PROBITY_OPERATION_COMPLIANCE, "review conditions", "-xxx-x--", "-xxx-x--" },
  { PROBITY_OPERATION_WATCH, "watch list", "---xxx--", "---xxx--" },
  { PROBITY_OPERATION_RUN_REVIEW, "run the annual review", "--x-----", "--x-----" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (expected) == PROBITY_N_OPERATIONS);

static const char *const roles[] = { "line-manager", "hr-officer", "head-of-hr", "psd-officer", "acu-officer", "decider", "administrator", "chief-officer" };

/* Rule: the table of rights, every role by every operation. */
static void
test_rights (gconstpointer data)
{
  const char *profile = data;
  g_autoptr (SessionFixture) fixture = session_fixture_new (profile);
  gboolean generic = g_str_equal (profile, "generic");

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autoptr (ProbitySession) session = NULL;

      session_fixture_add (fixture, roles[i], roles[i], NULL);
      session = session_fixture_sign_in (fixture, roles[i]);
      for (gsize j = 0; j < G_N_ELEMENTS (expected); j++)
        {
          const char *line = generic ? expected[j].generic : expected[j].derbyshire;
          g_autoptr (GError) error = NULL;
          gboolean may = probity_access_check (session, expected[j].operation, &error);

          if (may != (line[i] == 'x'))
            g_error ("%s: %s: %s", roles[i], expected[j].name, may ? "is allowed" : error->message);
          if (!may)
            assert_access_error (error, NOT_PERMITTED);
        }
      session_fixture_sign_out (g_steal_pointer (&session));
    }
}

/* Rule: a role without the key opens nothing, and a key without the role neither. */
static void
test_role_and_key (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) clerk = NULL;
  g_autoptr (ProbitySession) late = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_add (fixture, "clerk", "administrator", NULL);
  clerk = session_fixture_sign_in (fixture, "clerk");
  wait_for_success (probity_session_add_account (clerk, "late", PROBITY_ROLE_DECIDER, NULL, "late"));
  late = session_fixture_sign_in (fixture, "late");
  g_assert_false (probity_access_check (late, PROBITY_OPERATION_READ_REGISTERS, &error));
  assert_access_error (error, NO_KEY);
  g_clear_error (&error);
  g_assert_true (probity_access_check (late, PROBITY_OPERATION_STATISTICS, &error));

  /* The first account holds every key; an administrator only, it reads nothing. */
  wait_for_success (probity_session_set_roles (clerk, "admin", PROBITY_ROLE_ADMINISTRATOR));
  g_assert_true (probity_casebook_has (probity_session_get_casebook (fixture->admin), PROBITY_COMPARTMENT_INTELLIGENCE));
  g_assert_false (probity_access_check (fixture->admin, PROBITY_OPERATION_READ_INTELLIGENCE, &error));
  assert_access_error (error, NOT_PERMITTED);
  session_fixture_sign_out (g_steal_pointer (&clerk));
  session_fixture_sign_out (g_steal_pointer (&late));
}

static void
run (SessionFixture    *fixture,
     ProbityCompartment compartment,
     const char        *sql)
{
  wait_for_success (run_sql (probity_session_get_casebook (fixture->admin), compartment, sql));
}

static void
add_person (SessionFixture *fixture,
            const char     *number,
            const char     *surname,
            const char     *manager)
{
  g_autofree char *uid = probity_uid_new (1);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO person (uid, staff_number, surname, line_manager, sort_name, search_text, created, created_by)"
                                          " VALUES ('%s', '%s', '%s', %s%s%s, '%s', '%s', '" SESSION_FIXTURE_NOW "', 'test')",
                                          uid,
                                          number,
                                          surname,
                                          manager != NULL ? "'" : "",
                                          manager != NULL ? manager : "NULL",
                                          manager != NULL ? "'" : "",
                                          surname,
                                          surname);

  run (fixture, PROBITY_COMPARTMENT_REGISTERS, sql);
}

static gboolean
list_func (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbitySession  *session = data;
  ProbityDb       *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autofree char *scope = probity_access_dup_scope ("staff_number", "line_manager = $me");
  g_autofree char *sql = g_strconcat ("SELECT group_concat (staff_number) FROM (SELECT staff_number FROM person WHERE ", scope, " ORDER BY staff_number)", NULL);
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (db == NULL)
    return FALSE;
  statement = probity_db_query (db, error, sql, NULL);
  if (statement == NULL || !probity_access_bind_scope (session, statement, error) || !probity_statement_step (statement, &row, error))
    return FALSE;

  g_value_init (result, G_TYPE_STRING);
  g_value_take_string (result, probity_statement_dup_text (statement, 0));

  return TRUE;
}

static void
assert_sees (ProbitySession *session,
             const char     *numbers)
{
  g_autoptr (DexFuture) future = wait_for (probity_casebook_read (probity_session_get_casebook (session), list_func, session, NULL, NULL));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_value_get_string (value), ==, numbers);
}

/* Rule: nobody knows of what is about themselves or a relative; a line manager knows of their own people only. */
static void
test_scope (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) lm = NULL;
  g_autoptr (ProbitySession) both = NULL;
  g_autoptr (ProbitySession) hr = NULL;
  g_autoptr (ProbitySession) nobody = NULL;
  g_autofree char *uid = probity_uid_new (1);
  g_autofree char *relate = NULL;

  add_person (fixture, "1000", "Admin", NULL);
  add_person (fixture, "2000", "Manager", "3000");
  add_person (fixture, "2001", "Worker", "2000");
  add_person (fixture, "2002", "Worker", "2000");
  add_person (fixture, "3000", "Chief", "2000");
  relate = g_strdup_printf ("INSERT INTO relation (uid, staff_number, related_staff_number, nature, created, created_by)"
                            " VALUES ('%s', '2002', '2000', 'sibling', '" SESSION_FIXTURE_NOW "', 'test')",
                            uid);

  session_fixture_add (fixture, "lm", "line-manager", "2000");
  session_fixture_add (fixture, "both", "line-manager,hr-officer", "2000");
  session_fixture_add (fixture, "hr", "hr-officer", "2002");
  session_fixture_add (fixture, "nobody", "line-manager", NULL);
  lm = session_fixture_sign_in (fixture, "lm");
  both = session_fixture_sign_in (fixture, "both");
  hr = session_fixture_sign_in (fixture, "hr");
  nobody = session_fixture_sign_in (fixture, "nobody");

  assert_sees (fixture->admin, "2000,2001,2002,3000");
  assert_sees (lm, "2001,2002,3000");
  assert_sees (both, "1000,2001,2002,3000");
  assert_sees (hr, "1000,2000,2001,3000");
  assert_sees (nobody, NULL);

  /* A relation locks both ways. */
  run (fixture, PROBITY_COMPARTMENT_REGISTERS, relate);
  assert_sees (lm, "2001,3000");
  assert_sees (both, "1000,2001,3000");
  assert_sees (hr, "1000,2001,3000");
  g_assert_true (probity_access_is_locked (lm, "2000"));
  g_assert_true (probity_access_is_locked (lm, "2002"));
  g_assert_false (probity_access_is_locked (lm, "2001"));
  g_assert_false (probity_access_is_locked (lm, NULL));

  /* Until it ended. */
  run (fixture, PROBITY_COMPARTMENT_REGISTERS, "UPDATE relation SET ended = '2026-03-01'");
  assert_sees (lm, "2001,2002,3000");
  run (fixture, PROBITY_COMPARTMENT_REGISTERS, "UPDATE relation SET ended = '2026-03-03'");
  assert_sees (lm, "2001,3000");

  session_fixture_sign_out (g_steal_pointer (&lm));
  session_fixture_sign_out (g_steal_pointer (&both));
  session_fixture_sign_out (g_steal_pointer (&hr));
  session_fixture_sign_out (g_steal_pointer (&nobody));
}

typedef struct
{
  ProbitySession *session;
  const char     *number;
} Relation;

static gboolean
relate_func (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  Relation        *relation = data;
  ProbityDb       *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autofree char *uid = probity_write_new_uid (write);

  if (db == NULL ||
      !probity_db_run (db, error, "INSERT INTO relation (uid, staff_number, related_staff_number, nature, created, created_by)"
                                  " VALUES ($uid, $me, $number, 'spouse', $now, 'test')",
                       "$uid",
                       's',
                       uid,
                       "$me",
                       's',
                       probity_session_get_staff_number (relation->session),
                       "$number",
                       's',
                       relation->number,
                       "$now",
                       's',
                       probity_write_get_now (write),
                       NULL) ||
      !probity_audit_add (write, relation->session, PROBITY_COMPARTMENT_REGISTERS, PROBITY_VERB_COLLECTION, "relation", uid, NULL, NULL, NULL, error))
    return FALSE;

  probity_write_note_change (write, PROBITY_COMPARTMENT_REGISTERS, "relation", 1, uid);
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static gboolean
query_is_locked (ProbityRead *read,
                 gpointer     data,
                 GValue      *result,
                 GError     **error)
{
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, probity_access_is_locked (data, "2000"));

  return TRUE;
}

static gboolean
command_is_locked (ProbityWrite *write,
                   gpointer      data,
                   GValue       *result,
                   GError      **error)
{
  return query_is_locked (NULL, data, result, error);
}

/* The next question of each thread, whether or not the main thread has heard of a change. */
static void
assert_locked (ProbitySession *session,
               gboolean        locked)
{
  ProbityCasebook *casebook = probity_session_get_casebook (session);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (DexFuture) query = wait_for (probity_casebook_read (casebook, query_is_locked, session, NULL, NULL));
      g_autoptr (DexFuture) command = wait_for (probity_casebook_write (casebook, command_is_locked, session, NULL));

      g_assert_cmpint (g_value_get_boolean (dex_future_get_value (query, NULL)), ==, locked);
      g_assert_cmpint (g_value_get_boolean (dex_future_get_value (command, NULL)), ==, locked);
    }
}

/* Rule: who is related to whom counts at once in every session that is open, here and in other programs. */
static void
test_relation_is_noticed (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) again = session_fixture_sign_in (fixture, "admin");
  Relation relation = { fixture->admin, "2000" };

  add_person (fixture, "1000", "Admin", NULL);
  add_person (fixture, "2000", "Spouse", NULL);
  assert_locked (fixture->admin, FALSE);
  assert_locked (again, FALSE);
  wait_for_success (probity_casebook_write (probity_session_get_casebook (fixture->admin), relate_func, &relation, NULL));
  assert_locked (again, TRUE);
  assert_locked (fixture->admin, TRUE);
  session_fixture_sign_out (g_steal_pointer (&again));
}

static guint
count_refused (ProbitySession *session)
{
  g_autoptr (GPtrArray) items = wait_for_boxed (probity_my_day (session));
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((ProbityDayItem *) g_ptr_array_index (items, i))->group, "refused"))
      n++;

  return n;
}

/* Rule: a refused attempt is told to the unit alone, and all look alike to everybody else. */
static void
test_refusals (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) hr = NULL;
  g_autoptr (ProbitySession) acu = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autofree char         *huge = g_strnfill (100000, 'x');
  static const char *const references[] = { "SJ/2026/0001", "", "\"\\\n\t\x01", "Ünïcödé \xff\xfe broken" };
  ProbityCasebook         *casebook;

  add_person (fixture, "3000", "Officer", NULL);
  session_fixture_add (fixture, "hr", "head-of-hr", "2000");
  session_fixture_add (fixture, "acu", "acu-officer", "3000");
  hr = session_fixture_sign_in (fixture, "hr");
  acu = session_fixture_sign_in (fixture, "acu");
  casebook = probity_session_get_casebook (hr);

  for (gsize i = 0; i < G_N_ELEMENTS (references); i++)
    {
      g_clear_error (&error);
      error = wait_for_error (probity_access_refuse (hr, "second-job", references[i]));
      assert_access_error (error, NOT_FOUND);
    }
  g_clear_error (&error);
  error = wait_for_error (probity_access_refuse (hr, "intelligence-report", huge));
  assert_access_error (error, NOT_FOUND);

  /* What is about who reads it is not told to them. */
  g_clear_error (&error);
  error = wait_for_error (probity_access_refuse (hr, "person", "3000"));
  assert_access_error (error, NOT_FOUND);
  g_clear_error (&error);
  error = wait_for_error (probity_access_refuse (acu, "second-job", "mine"));
  assert_access_error (error, NOT_FOUND);

  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_JOURNAL, "SELECT count(*) FROM sealed_note", NULL)), ==, 7);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_JOURNAL, "SELECT count(DISTINCT length (box)) FROM sealed_note", NULL)), ==, 1);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_JOURNAL, "SELECT count(*) FROM audit_entry WHERE verb = 'refusal'", NULL)), ==, 0);

  refusals = wait_for_boxed (probity_access_load_refusals (acu));
  g_assert_cmpuint (refusals->len, ==, 5);
  for (guint i = 0; i < refusals->len; i++)
    {
      ProbityRefusal *refusal = g_ptr_array_index (refusals, i);

      g_assert_cmpstr (refusal->account, ==, "hr");
      g_assert_cmpstr (refusal->at, ==, SESSION_FIXTURE_NOW);
    }
  g_assert_cmpstr (((ProbityRefusal *) g_ptr_array_index (refusals, 4))->reference, ==, "SJ/2026/0001");

  /* In My day one line a person and record, for a fortnight. */
  g_assert_cmpuint (count_refused (acu), ==, 5);
  g_assert_cmpuint (count_refused (hr), ==, 0);
  probity_clock_set (fixture->clock, "2026-03-16T09:00:00.000Z");
  g_assert_cmpuint (count_refused (acu), ==, 5);
  probity_clock_set (fixture->clock, "2026-03-17T09:00:00.000Z");
  g_assert_cmpuint (count_refused (acu), ==, 0);

  g_clear_error (&error);
  error = wait_for_error (probity_access_load_refusals (hr));
  assert_access_error (error, NOT_PERMITTED);
  session_fixture_sign_out (g_steal_pointer (&hr));
  session_fixture_sign_out (g_steal_pointer (&acu));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_data_func ("/access/rights/derbyshire", "derbyshire", test_rights);
  g_test_add_data_func ("/access/rights/generic", "generic", test_rights);
  g_test_add_func ("/access/role-and-key", test_role_and_key);
  g_test_add_func ("/access/scope", test_scope);
  g_test_add_func ("/access/relation-is-noticed", test_relation_is_noticed);
  g_test_add_func ("/access/refusals", test_refusals);

  return g_test_run ();
}
