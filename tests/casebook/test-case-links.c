/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-log.h"
#include "probity-link.h"
#include "probity-reference.h"
#include "second-job-fixture.h"

/* Links between records, and that what is signed of a case is proved. */

static guint
count_links (ProbitySession *session,
             const char     *kind,
             const char     *reference,
             gboolean        removed_too)
{
  g_autoptr (GPtrArray) links = wait_for_boxed (probity_link_load (session, kind, reference, removed_too));

  return links->len;
}

static char *
link_records (ProbitySession *session,
              const char     *from,
              const char     *to_kind,
              const char     *to,
              const char     *type)
{
  g_autoptr (ProbityValues) link = wait_for_boxed (probity_link_add (session, NULL, from, to_kind, to, type, "they belong together"));

  return g_strdup (probity_values_get (link, "uid"));
}

typedef struct
{
  ProbityCompartment compartment;
  const char        *sql;
} Sql;

static gboolean
count_read (ProbityRead *read,
            gpointer     data,
            GValue      *result,
            GError     **error)
{
  Sql       *sql = data;
  ProbityDb *db = probity_read_get_db (read, sql->compartment, error);
  g_autoptr (ProbityStatement) statement = db != NULL ? probity_db_query (db, error, sql->sql, NULL) : NULL;
  gboolean row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, probity_statement_get_int64 (statement, 0));

  return TRUE;
}

static gint64
count_rows (Force             *force,
            ProbityCompartment compartment,
            const char        *text)
{
  Sql sql = { compartment, text };

  return wait_for_int64 (probity_casebook_read (probity_session_get_casebook (force->decider), count_read, &sql, NULL, NULL));
}

/* Rule: a link lives in the higher of its two compartments and is found from both sides, only with that key. */
static void
test_compartments (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *complaint = force_add_complaint (force, "CO/1", "Incivility", "1002", NULL, NULL);
  g_autofree char *report = force_add_report (force, "IR/1", "text", "sanitised", "1002", NULL);
  g_autofree char *to_report = link_records (force->acu, reference, NULL, "IR/1", "evidence");
  g_autofree char *to_complaint = link_records (force->psd, reference, NULL, "CO/1", "related");
  g_autofree char *to_person = link_records (force->hr, reference, "person", "1002", "witness");

  g_assert_cmpuint (count_links (force->acu, NULL, reference, FALSE), ==, 3);
  g_assert_cmpuint (count_links (force->decider, NULL, reference, FALSE), ==, 3);
  g_assert_cmpuint (count_links (force->psd, NULL, reference, FALSE), ==, 2);
  g_assert_cmpuint (count_links (force->hr, NULL, reference, FALSE), ==, 1);
  /* 1002 is not this manager's: neither is what is linked with them. */
  g_assert_cmpuint (count_links (force->manager, NULL, reference, FALSE), ==, 0);
  g_assert_cmpuint (count_links (force->acu, "intelligence-report", "IR/1", FALSE), ==, 1);
  g_assert_cmpuint (count_links (force->psd, "complaint", "CO/1", FALSE), ==, 1);
  g_assert_cmpuint (count_links (force->hr, "person", "1002", FALSE), ==, 1);
  assert_not_found (probity_link_load (force->psd, "intelligence-report", "IR/1", FALSE));
  assert_not_found (probity_link_load (force->psd, NULL, report, FALSE));

  g_assert_cmpint (count_rows (force, PROBITY_COMPARTMENT_REGISTERS, "SELECT count (*) FROM case_link"), ==, 1);
  g_assert_cmpint (count_rows (force, PROBITY_COMPARTMENT_STANDARDS, "SELECT count (*) FROM case_link"), ==, 1);
  g_assert_cmpint (count_rows (force, PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT count (*) FROM case_link"), ==, 1);
  /* Nor does a lower log tell of it. */
  g_assert_cmpint (count_rows (force, PROBITY_COMPARTMENT_REGISTERS, "SELECT count (*) FROM audit_entry WHERE verb = 'combination'"), ==, 2);
  g_assert_cmpint (count_rows (force, PROBITY_COMPARTMENT_STANDARDS, "SELECT count (*) FROM audit_entry WHERE verb = 'combination'"), ==, 2);

  assert_not_found (probity_link_remove (force->psd, to_report, "guessed"));
  assert_not_found (probity_link_remove (force->hr, to_complaint, "guessed"));
  g_assert_cmpuint (count_links (force->acu, NULL, reference, FALSE), ==, 3);
}

/* Rule: whoever is locked from one end of a link does not know of it, from the other end neither. */
static void
test_locked_end (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *one = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *other = force_submit (force, force->hr, "1002", "The Swan");
  g_autofree char *uid = link_records (force->hr, one, NULL, other, "same-matter");

  g_assert_cmpuint (count_links (force->psd, NULL, one, FALSE), ==, 1);
  force_relate (force, "4001", "1002");
  g_assert_cmpuint (count_links (force->psd, NULL, one, FALSE), ==, 0);
  assert_not_found (probity_link_load (force->psd, NULL, other, FALSE));
  assert_not_found (probity_link_remove (force->psd, uid, "mine"));
  assert_not_found (probity_link_add (force->psd, NULL, one, NULL, other, "related", "r"));
  assert_refused (probity_link_add (force->manager, NULL, one, "person", "1001", "subject", "r"), "not-your-step");
}

/* Rule: a link is made and removed for a reason; what was removed stays on record and can be made again. */
static void
test_removal (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *one = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *other = force_submit (force, force->hr, "1002", "The Swan");
  g_autofree char *uid = link_records (force->hr, one, NULL, other, "related");
  g_autofree char *again = NULL;

  assert_record_error (probity_link_add (force->hr, NULL, other, NULL, one, "related", "r"), EXISTS);
  assert_record_error (probity_link_add (force->hr, NULL, one, NULL, one, "related", "r"), INVALID);
  assert_record_error (probity_link_add (force->hr, NULL, one, NULL, other, "cousin", "r"), INVALID);
  assert_record_error (probity_link_add (force->hr, NULL, one, NULL, other, "witness", " "), MISSING);
  assert_record_error (probity_link_remove (force->hr, uid, NULL), MISSING);
  wait_for_success (probity_link_remove (force->psd, uid, "another shop"));
  assert_record_error (probity_link_remove (force->psd, uid, "twice"), STAGE);
  g_assert_cmpuint (count_links (force->hr, NULL, one, FALSE), ==, 0);
  g_assert_cmpuint (count_links (force->hr, NULL, one, TRUE), ==, 1);
  again = link_records (force->hr, one, NULL, other, "related");
  g_assert_cmpuint (count_links (force->hr, NULL, one, FALSE), ==, 1);
  g_assert_cmpuint (count_links (force->hr, NULL, other, TRUE), ==, 2);
}

static gboolean
tamper_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return db != NULL && probity_db_exec (db, data, error);
}

static gboolean
is_found (Force      *force,
          const char *problem)
{
  g_autoptr (ProbityVerifyReport) report = wait_for_boxed (probity_audit_verify (force->decider, NULL));
  gboolean found = FALSE;

  for (guint i = 0; i < report->compartments->len; i++)
    {
      ProbityVerifyCompartment *compartment = g_ptr_array_index (report->compartments, i);

      for (guint p = 0; compartment->problems[p] != NULL; p++)
        found = found || g_str_has_prefix (compartment->problems[p], problem);
    }

  return found;
}

/* Rule: a log entry, a decision or a link that another tool changed does not prove. */
static void
test_forged (void)
{
  static const struct
  {
    const char *sql;
    const char *problem;
  } forgeries[] = {
    { "DROP TRIGGER case_log_update; UPDATE case_log SET text = 'He wrote.'", "forged-log-entry" },
    { "DROP TRIGGER case_decision_update; UPDATE case_decision SET reasons = 'none'", "forged-decision" },
    { "DROP TRIGGER case_link_update; UPDATE case_link SET type = 'duplicate'", "forged-link" },
  };
  g_autoptr (Force) force = force_new ("generic");
  g_autoptr (ProbityValues) decision = probity_values_new ();
  g_autofree char *one = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *other = force_submit (force, force->hr, "1002", "The Swan");
  g_autofree char *uid = link_records (force->hr, one, NULL, other, "related");

  probity_values_set (decision, "title", "Wait");
  probity_values_set (decision, "options", "o");
  probity_values_set (decision, "reasons", "r");
  wait_for_success (probity_case_log_add (force->hr, NULL, one, NULL, "He rang.", 0));
  wait_for_success (probity_decision_log_add (force->hr, NULL, one, decision));
  wait_for_success (probity_decision_log_amend (force->hr, NULL, one, 1, decision));
  g_assert_false (is_found (force, "forged"));
  for (guint i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      wait_for_success (probity_casebook_write (probity_session_get_casebook (force->decider), tamper_write, (gpointer) forgeries[i].sql, NULL));
      if (!is_found (force, forgeries[i].problem))
        g_error ("“%s” is not found", forgeries[i].sql);
    }
}

/* Rule: references are random, of letters that are not mistaken for each other, and never given twice. */
static gboolean
reference_write (ProbityWrite *write,
                 gpointer      data,
                 GValue       *result,
                 GError      **error)
{
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 500; i++)
    {
      char *reference = probity_reference_take (db, "LI", error);

      g_assert_nonnull (reference);
      g_assert_true (g_regex_match_simple ("^LI/[2-9BCDFGHJKMNPQRSTVWXYZ]{6}$", reference, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT));
      g_assert_true (g_hash_table_add (seen, reference));
    }
  g_assert_false (probity_db_exec (db, "DELETE FROM case_reference", NULL));
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static void
test_references (void)
{
  g_autoptr (Force) force = force_new ("generic");

  wait_for_success (probity_casebook_write (probity_session_get_casebook (force->decider), reference_write, NULL, NULL));
  g_assert_cmpint (count_rows (force, PROBITY_COMPARTMENT_REGISTERS, "SELECT count (*) FROM case_reference"), ==, 500);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/case-links/compartments", test_compartments);
  g_test_add_func ("/case-links/locked-end", test_locked_end);
  g_test_add_func ("/case-links/removal", test_removal);
  g_test_add_func ("/case-links/forged", test_forged);
  g_test_add_func ("/case-links/references", test_references);

  return g_test_run ();
}
