/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session-fixture.h"

#include <string.h>

static gint64
count (ProbitySession    *session,
       ProbityCompartment compartment,
       const char        *sql)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), compartment, sql, NULL));
}

/* Rule: a consultation is logged in the highest compartment that the reader holds, not the record's. */
static void
test_consultations (void)
{
  static const struct
  {
    const char        *name;
    const char        *roles;
    ProbityCompartment logged;
  } readers[] = {
    { "clerk", "administrator", PROBITY_COMPARTMENT_JOURNAL },
    { "hr", "head-of-hr", PROBITY_COMPARTMENT_REGISTERS },
    { "psd", "psd-officer", PROBITY_COMPARTMENT_STANDARDS },
    { "acu", "acu-officer", PROBITY_COMPARTMENT_INTELLIGENCE },
  };
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");

  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autoptr (ProbitySession) session = NULL;
      g_autofree char *sql = NULL;

      session_fixture_add (fixture, readers[i].name, readers[i].roles, NULL);
      session = session_fixture_sign_in (fixture, readers[i].name);
      wait_for_success (probity_audit_consult (session, "person", readers[i].name, NULL));
      wait_for_success (probity_audit_disclose (session, "person", readers[i].name, "letter.pdf"));
      sql = g_strdup_printf ("SELECT count(*) FROM audit_entry WHERE record = '%s' AND verb IN ('consultation', 'disclosure')", readers[i].name);
      for (ProbityCompartment compartment = 0; compartment < PROBITY_N_COMPARTMENTS; compartment++)
        g_assert_cmpint (count (fixture->admin, compartment, sql), ==, compartment == readers[i].logged ? 2 : 0);
      session_fixture_sign_out (g_steal_pointer (&session));
    }
}

typedef struct
{
  ProbitySession    *session;
  ProbityCompartment compartment;
  const char        *record;
  const char        *new_value;
} Entry;

static gboolean
add_func (ProbityWrite *write,
          gpointer      data,
          GValue       *result,
          GError      **error)
{
  Entry *entry = data;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_audit_add (write, entry->session, entry->compartment, PROBITY_VERB_ALTERATION, "person", entry->record, "surname", "Smith", entry->new_value, error);
}

static gboolean
fail_func (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  GValue ignored = G_VALUE_INIT;

  if (add_func (write, data, &ignored, error))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no");

  return FALSE;
}

static ProbityAuditEntry *
find_entry (GPtrArray  *entries,
            const char *record)
{
  for (guint i = 0; i < entries->len; i++)
    {
      ProbityAuditEntry *entry = g_ptr_array_index (entries, i);

      if (g_strcmp0 (entry->record, record) == 0)
        return entry;
    }

  return NULL;
}

/* Rule: an entry says who, when, what, which field, from what to what; it goes with its transaction. */
static void
test_entry (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  ProbityCasebook *casebook = probity_session_get_casebook (fixture->admin);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  ProbityAuditEntry *entry;
  Entry              added = { fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "one", "Smyth" };
  Entry              failed = { fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "two", "Smyth" };

  wait_for_success (probity_casebook_write (casebook, add_func, &added, NULL));
  error = wait_for_error (probity_casebook_write (casebook, fail_func, &failed, NULL));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);

  entries = wait_for_boxed (probity_audit_list (fixture->admin, NULL));
  entry = find_entry (entries, "one");
  g_assert_cmpstr (entry->account, ==, "admin");
  g_assert_cmpstr (entry->at, ==, SESSION_FIXTURE_NOW);
  g_assert_cmpstr (entry->verb, ==, "alteration");
  g_assert_cmpstr (entry->kind, ==, "person");
  g_assert_cmpstr (entry->field, ==, "surname");
  g_assert_cmpstr (entry->old_value, ==, "Smith");
  g_assert_cmpstr (entry->new_value, ==, "Smyth");
  g_assert_cmpint (entry->compartment, ==, PROBITY_COMPARTMENT_REGISTERS);
  g_assert_cmpuint (strlen (entry->hash), ==, 64);
  g_assert_null (find_entry (entries, "two"));

  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = wait_for_boxed (probity_audit_list (fixture->admin, "one"));
  g_assert_cmpuint (entries->len, ==, 2); /* and that its log was asked for before */
}

/* Rule: old and new values stand apart, so that nothing of them can be told from the entry itself. */
static void
test_values_are_salted (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  Entry entry = { fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "one", "Smyth" };

  for (guint i = 0; i < 3; i++)
    wait_for_success (probity_casebook_write (probity_session_get_casebook (fixture->admin), add_func, &entry, NULL));
  g_assert_cmpint (count (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(DISTINCT value_digest) FROM audit_entry WHERE record = 'one'"), ==, 3);
}

/* Rule: an administrator who is nothing else reads the journal's log only; line managers and HR none. */
static void
test_who_reads (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) clerk = NULL;
  g_autoptr (ProbitySession) hr = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_add (fixture, "clerk", "administrator", NULL);
  session_fixture_add (fixture, "hr", "head-of-hr", NULL);
  clerk = session_fixture_sign_in (fixture, "clerk");
  wait_for_success (probity_session_set_roles (clerk, "admin", PROBITY_ROLE_ADMINISTRATOR));
  entries = wait_for_boxed (probity_audit_list (fixture->admin, NULL));
  g_assert_cmpuint (entries->len, >, 0);
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpint (((ProbityAuditEntry *) g_ptr_array_index (entries, i))->compartment, ==, PROBITY_COMPARTMENT_JOURNAL);

  hr = session_fixture_sign_in (fixture, "hr");
  error = wait_for_error (probity_audit_list (hr, NULL));
  assert_access_error (error, NOT_PERMITTED);
  session_fixture_sign_out (g_steal_pointer (&clerk));
  session_fixture_sign_out (g_steal_pointer (&hr));
}

static gboolean
search_func (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  Entry *entry = data;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_audit_add (write, entry->session, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_VERB_CONSULTATION, "person", NULL, "search", NULL, entry->new_value, error);
}

/* Rule: nobody reads in the log what others did about them or their relatives. */
static void
test_own_records_are_silent (void)
{
  static const char persons[] =
      "INSERT INTO person (uid, staff_number, surname, sort_name, search_text, created, created_by) VALUES "
      "('p-1000', '1000', 'Ormerod', 'x', 'x', 'x', 'x'), ('p-2000', '2000', 'Ormerod', 'x', 'x', 'x', 'x'), ('p-3000', '3000', 'Jones', 'x', 'x', 'x', 'x');"
      "INSERT INTO relation (uid, staff_number, related_staff_number, nature, created, created_by) VALUES ('r-1', '2000', '1000', 'sibling', 'x', 'x');"
      "INSERT INTO relation (uid, staff_number, related_staff_number, nature, created, created_by) VALUES ('r-2', '2000', '3000', 'friend', 'x', 'x');";
  static const char complaint[] =
      "INSERT INTO complaint (uid, reference, received, allegation, search_text, created, created_by, changed) VALUES ('c-1', 'C/1', '2026-01-01', 'x', 'x', 'x', 'x', 'x');"
      "INSERT INTO complaint_subject (complaint_id, position, staff_number) SELECT id, 0, '1000' FROM complaint;";
  static const char *const hidden[] = { "p-1000", "p-2000", "r-1", "r-2", "c-1" };
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  ProbityCasebook *casebook = probity_session_get_casebook (fixture->admin);
  g_auto (GStrv) statements = g_strsplit (persons, ";", -1);
  g_auto (GStrv) complaints = g_strsplit (complaint, ";", -1);
  g_autoptr (GPtrArray) entries = NULL;
  Entry entry = { fixture->admin, PROBITY_COMPARTMENT_STANDARDS };

  for (guint i = 0; statements[i] != NULL && *statements[i] != '\0'; i++)
    wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, statements[i]));
  for (guint i = 0; complaints[i] != NULL && *complaints[i] != '\0'; i++)
    wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_STANDARDS, complaints[i]));

  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
      entry.record = hidden[i];
      wait_for_success (probity_casebook_write (casebook, add_func, &entry, NULL));
    }
  entry.record = "p-3000";
  wait_for_success (probity_casebook_write (casebook, add_func, &entry, NULL));
  entry.record = "about-another";
  entry.new_value = "C/1";
  wait_for_success (probity_casebook_write (casebook, add_func, &entry, NULL));
  entry.new_value = "ann ORMEROD";
  wait_for_success (probity_casebook_write (casebook, search_func, &entry, NULL));
  entry.new_value = "ann jones";
  wait_for_success (probity_casebook_write (casebook, search_func, &entry, NULL));

  entries = wait_for_boxed (probity_audit_list (fixture->admin, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    g_assert_null (find_entry (entries, hidden[i]));
  g_assert_null (find_entry (entries, "about-another"));
  g_assert_nonnull (find_entry (entries, "p-3000"));
  for (guint i = 0, found = 0; i <= entries->len; i++)
    {
      if (i == entries->len)
        g_assert_cmpuint (found, ==, 1);
      else if (g_strcmp0 (((ProbityAuditEntry *) g_ptr_array_index (entries, i))->field, "search") == 0)
        {
          g_assert_cmpstr (((ProbityAuditEntry *) g_ptr_array_index (entries, i))->new_value, ==, "ann jones");
          found++;
        }
    }
}

/* Rule: how far the logs go is written into the journal by itself, a while after a commit. */
static void
test_heads (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  Entry  entry = { fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "one", "Smyth" };
  gint64 last;

  for (guint i = 0; i < 5; i++)
    wait_for_success (probity_casebook_write (probity_session_get_casebook (fixture->admin), add_func, &entry, NULL));
  last = count (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, "SELECT max (seq) FROM audit_entry");
  while (count (fixture->admin, PROBITY_COMPARTMENT_JOURNAL, "SELECT seq FROM head WHERE log = 'registers'") < last)
    g_usleep (20000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/audit/consultations", test_consultations);
  g_test_add_func ("/audit/entry", test_entry);
  g_test_add_func ("/audit/values-are-salted", test_values_are_salted);
  g_test_add_func ("/audit/who-reads", test_who_reads);
  g_test_add_func ("/audit/own-records-are-silent", test_own_records_are_silent);
  g_test_add_func ("/audit/heads", test_heads);

  return g_test_run ();
}
