/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "casebook-fixture.h"

/* Commands over two compartments, and the heads of the logs. */

static gint64
count_in (ProbityCasebook   *casebook,
          ProbityCompartment compartment,
          const char        *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", table);

  return wait_for_int64 (read_int64 (casebook, compartment, sql, NULL));
}

static gboolean
write_both_func (ProbityWrite *write,
                 gpointer      data,
                 GValue       *result,
                 GError      **error)
{
  return probity_write_outbox_add (write, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_COMPARTMENT_REGISTERS, "publish", "{\"record\": \"one\"}", error) &&
         add_audit_entry (write, PROBITY_COMPARTMENT_REGISTERS, "alteration", "second-job", "one", error) &&
         add_audit_entry (write, PROBITY_COMPARTMENT_INTELLIGENCE, "alteration", "view", "one", error);
}

/* Rule: when both halves stand nothing is left to do. */
static void
test_both_halves (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);

  wait_for_success (probity_casebook_write (casebook, write_both_func, NULL, NULL));
  g_assert_cmpint (count_in (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "audit_entry"), ==, 1);
  g_assert_cmpint (count_in (casebook, PROBITY_COMPARTMENT_REGISTERS, "audit_entry"), ==, 1);
  g_assert_cmpint (count_in (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "outbox"), ==, 0);
  wait_for_success (probity_casebook_close (casebook));
}

static gboolean
commit_order_func (ProbityWrite *write,
                   gpointer      data,
                   GValue       *result,
                   GError      **error)
{
  /* The lower compartment's commit fails: a reference that is checked there has nothing to refer to. */
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);

  return write_both_func (write, data, result, error) &&
         probity_db_exec (db,
                          "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
                          "CREATE TABLE child (parent REFERENCES parent DEFERRABLE INITIALLY DEFERRED);"
                          "INSERT INTO child VALUES (7);",
                          error);
}

static gboolean
publish_func (ProbityWrite      *write,
              ProbityCompartment source,
              const char        *payload,
              gpointer           data,
              GError           **error)
{
  guint *n_called = data;

  (*n_called)++;
  g_assert_cmpint (source, ==, PROBITY_COMPARTMENT_INTELLIGENCE);
  g_assert_cmpstr (payload, ==, "{\"record\": \"one\"}");
  probity_write_note_change (write, PROBITY_COMPARTMENT_REGISTERS, "second-job", 1, "one");

  return add_audit_entry (write, PROBITY_COMPARTMENT_REGISTERS, "alteration", "second-job", "one", error);
}

/*
 * Rule: the detailed side is committed first; what did not come to be published is found and
 * finished by the next program that opens both, once.
 */
static void
test_finished_later (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (GError) error = NULL;
  guint n_called = 0;

  error = wait_for_error (probity_casebook_write (casebook, commit_order_func, NULL, NULL));
  assert_casebook_error (error, CONSTRAINT);
  g_assert_cmpint (count_in (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "audit_entry"), ==, 1);
  g_assert_cmpint (count_in (casebook, PROBITY_COMPARTMENT_REGISTERS, "audit_entry"), ==, 0);
  g_assert_cmpint (count_in (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "outbox"), ==, 1);
  wait_for_success (probity_casebook_close (casebook));
  g_clear_object (&casebook);

  casebook = casebook_fixture_open (fixture);
  /* Nobody here knows how: it waits. */
  g_assert_cmpint (wait_for_int64 (probity_casebook_finish_outbox (casebook)), ==, 0);
  probity_casebook_add_outbox_handler (casebook, "publish", publish_func, &n_called, NULL);
  g_assert_cmpint (wait_for_int64 (probity_casebook_finish_outbox (casebook)), ==, 1);
  g_assert_cmpint (wait_for_int64 (probity_casebook_finish_outbox (casebook)), ==, 0);
  g_assert_cmpuint (n_called, ==, 1);
  g_assert_cmpint (count_in (casebook, PROBITY_COMPARTMENT_REGISTERS, "audit_entry"), ==, 1);
  g_assert_cmpint (count_in (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "outbox"), ==, 0);
  wait_for_success (probity_casebook_close (casebook));
}

static gboolean
refuse_func (ProbityWrite      *write,
             ProbityCompartment source,
             const char        *payload,
             gpointer           data,
             GError           **error)
{
  add_audit_entry (write, PROBITY_COMPARTMENT_REGISTERS, "alteration", "second-job", "one", error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "forged");

  return FALSE;
}

/* Rule: a second half that is refused changes nothing and stays to be seen. */
static void
test_refused (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (GError) error = NULL;

  error = wait_for_error (probity_casebook_write (casebook, commit_order_func, NULL, NULL));
  assert_casebook_error (error, CONSTRAINT);
  g_clear_error (&error);
  probity_casebook_add_outbox_handler (casebook, "publish", refuse_func, NULL, NULL);
  error = wait_for_error (probity_casebook_finish_outbox (casebook));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpint (count_in (casebook, PROBITY_COMPARTMENT_REGISTERS, "audit_entry"), ==, 0);
  g_assert_cmpint (count_in (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "outbox"), ==, 1);
  wait_for_success (probity_casebook_close (casebook));
}

/* Rule: who lacks the key of one of the two leaves the row to those who have both. */
static void
test_missing_key (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (GError) error = NULL;
  guint n_called = 0;

  error = wait_for_error (probity_casebook_write (casebook, commit_order_func, NULL, NULL));
  assert_casebook_error (error, CONSTRAINT);
  wait_for_success (probity_casebook_close (casebook));
  g_clear_object (&casebook);

  g_clear_pointer (&fixture->keys[PROBITY_COMPARTMENT_REGISTERS], probity_key_unref);
  casebook = casebook_fixture_open (fixture);
  probity_casebook_add_outbox_handler (casebook, "publish", publish_func, &n_called, NULL);
  g_assert_cmpint (wait_for_int64 (probity_casebook_finish_outbox (casebook)), ==, 0);
  g_assert_cmpuint (n_called, ==, 0);
  g_assert_cmpint (count_in (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "outbox"), ==, 1);
  wait_for_success (probity_casebook_close (casebook));
}

typedef struct
{
  guint n_called;
  guint n_destroyed;
} Head;

static gboolean
head_func (ProbityWrite *write,
           gpointer      data,
           GError      **error)
{
  Head *head = data;

  g_atomic_int_inc (&head->n_called);

  return add_audit_entry (write, PROBITY_COMPARTMENT_JOURNAL, "collection", "head", NULL, error);
}

static void
destroy_head (gpointer data)
{
  ((Head *) data)->n_destroyed++;
}

static gboolean
touch_nothing_func (ProbityWrite *write,
                    gpointer      data,
                    GValue       *result,
                    GError      **error)
{
  return TRUE;
}

/* Rule: heads are written at most once a second while commands come, and at close, whether or not there were any. */
static void
test_heads (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  Head   head = { 0 };
  gint64 start;
  guint  n_written;

  probity_casebook_set_head_func (casebook, head_func, &head, destroy_head);
  wait_for_success (probity_casebook_write (casebook, touch_nothing_func, NULL, NULL));
  start = g_get_monotonic_time ();
  /* Longer than that where a disk is slow: one comes between commands, the other with the end. */
  while (g_get_monotonic_time () - start < 2300000 || g_atomic_int_get (&head.n_called) == 0)
    wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "ours"));
  wait_for_success (probity_casebook_close (casebook));
  n_written = head.n_called;
  g_assert_cmpuint (n_written, >=, 2);
  g_assert_cmpuint (n_written, <=, (guint) ((g_get_monotonic_time () - start) / G_USEC_PER_SEC) + 1);
  g_assert_cmpuint (head.n_destroyed, ==, 1);
  g_clear_object (&casebook);

  casebook = casebook_fixture_open (fixture);
  g_assert_cmpint (count_in (casebook, PROBITY_COMPARTMENT_JOURNAL, "audit_entry"), ==, n_written);
  probity_casebook_set_head_func (casebook, head_func, &head, destroy_head);
  wait_for_success (probity_casebook_close (casebook));
  g_assert_cmpuint (head.n_called, ==, n_written + 1);
  g_assert_cmpuint (head.n_destroyed, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/casebook/outbox/both-halves", test_both_halves);
  g_test_add_func ("/casebook/outbox/finished-later", test_finished_later);
  g_test_add_func ("/casebook/outbox/refused", test_refused);
  g_test_add_func ("/casebook/outbox/missing-key", test_missing_key);
  g_test_add_func ("/casebook/heads", test_heads);

  return g_test_run ();
}
