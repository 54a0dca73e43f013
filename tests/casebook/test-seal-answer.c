/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-audit.h"
#include "probity-closing.h"
#include "probity-conduct.h"
#include "probity-leak.h"
#include "probity-overview.h"
#include "probity-seal.h"
#include "probity-sealed-answer.h"
#include "second-job-fixture.h"

/* What holders of sealed cases answer to checks of others, and that nobody else learns of it. */

static const char *const for_decider[] = { "decider", NULL };

static char *
seal_leak (Force      *force,
           const char *staff_number)
{
  char *reference = force_investigate (force->acu, &probity_leak_case, "Leak", staff_number);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_case_seal (force->acu, reference, for_decider, "r"));

  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");

  return reference;
}

static void
give (ProbitySession *session,
      const char     *reference,
      const char     *answer,
      const char     *reason)
{
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_sealed_answer_give (session, reference, answer, reason));

  g_assert_cmpstr (probity_record_get_reference (record), ==, reference);
}

/* All that others read of a case: what is missing, what was logged of it in the open, and their day. */
static char *
dup_outside (Force      *force,
             const char *reference)
{
  ProbitySession *outside[] = { force->psd, force->head, force->hr };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ProbityRecord) job = force_load (force->psd, reference);

  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      g_autofree char *missing = dup_missing (outside[i], reference);
      g_autofree char *day = force_dup_day (outside[i], reference);

      g_string_append_printf (text, "%s|%s\n", missing, day);
    }
  /* Who has all keys, and no sealed case, reads every entry; the reading itself adds some. */
  {
    g_autoptr (GPtrArray) entries = wait_for_boxed (probity_audit_list (force->casebook->admin, probity_record_get_uid (job)));

    for (guint i = 0; i < entries->len; i++)
      {
        const ProbityAuditEntry *entry = g_ptr_array_index (entries, i);

        if (!g_str_equal (entry->verb, "consultation"))
          g_string_append_printf (text, "%d %s %s\n", (int) entry->compartment, entry->verb, entry->field);
      }
  }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static guint
count_what (ProbitySession *session,
            const char     *reference,
            const char     *what)
{
  g_autoptr (GPtrArray) list = wait_for_boxed (probity_sealed_answer_load (session, reference));
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    n += g_strcmp0 (probity_values_get (g_ptr_array_index (list, i), "what"), what) == 0;

  return n;
}

/* Rule: who holds a sealed case about an applicant answers before they decide; the answer holds the gate, and tells nobody. */
static void
test_gate (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *leak = seal_leak (force, "1001");
  g_autofree char *named = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *other = force_submit (force, force->hr, "1002", "The Crown");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  force_prepare (force, named);
  /* Asked about both, whomever they concern; only they read which it is. */
  g_assert_true (force_has_day_item (force->decider, "sealed-check", named));
  g_assert_true (force_has_day_item (force->decider, "sealed-check", other));
  g_assert_false (force_has_day_item (force->psd, "sealed-check", named));
  g_assert_cmpuint (count_what (force->decider, named, "named"), ==, 1);
  g_assert_cmpuint (count_what (force->decider, other, "named"), ==, 0);

  before = dup_outside (force, named);
  assert_missing (force->decider, named, "sealed-answer");
  assert_refused (force_decide (force->decider, named, "approve"), "sealed-answer");
  assert_record_error (probity_sealed_answer_give (force->decider, named, "wait", " "), MISSING);
  assert_record_error (probity_sealed_answer_give (force->decider, named, "perhaps", NULL), INVALID);
  assert_record_error (probity_sealed_answer_give (force->decider, other, "wait", "r"), INVALID);
  {
    const char *const others[] = { other, NULL };

    g_assert_cmpint (wait_for_int64 (probity_sealed_answer_give_several (force->decider, others)), ==, 1);
  }
  g_assert_false (force_has_day_item (force->decider, "sealed-check", other));
  g_assert_false (force_has_day_item (force->acu, "sealed-check", other));

  /* Another holder of the same case answers for it; the newest answer counts. */
  give (force->acu, named, "nothing", NULL);
  assert_missing (force->decider, named, "");
  give (force->decider, named, "wait", "The source is to be spoken to first");
  assert_missing (force->decider, named, "sealed-wait");
  assert_missing (force->acu, named, "sealed-wait");
  assert_refused (force_decide (force->decider, named, "approve"), "sealed-wait");
  g_assert_cmpuint (count_what (force->acu, named, "answer"), ==, 1);

  /* Refused or held, not a word of it stands where others read. */
  after = dup_outside (force, named);
  g_assert_cmpstr (after, ==, before);
  assert_refused (probity_sealed_answer_give (force->psd, named, "nothing", NULL), "not-your-step");
  assert_refused (probity_sealed_answer_load (force->psd, named), "not-your-step");

  give (force->decider, named, "nothing", NULL);
  assert_missing (force->decider, named, "");
  wait_for_success (force_decide (force->decider, named, "approve"));
  g_assert_cmpuint (assert_verified (force->decider), ==, PROBITY_N_COMPARTMENTS + 1);
}

/* Rule: the same before an investigation is closed, for each person whom it is about. */
static void
test_closing (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *leak = seal_leak (force, "1001");
  g_autofree char *reference = force_investigate (force->psd, &probity_conduct_case, "Posts", "1001");

  force_check (force->acu, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  wait_for_success (probity_closing_propose (force->psd, reference, "no-further-action", "Nothing in it."));
  /* No check is pending any more, and the answer still is. */
  g_assert_true (force_has_day_item (force->decider, "sealed-check", reference));
  assert_refused (probity_closing_close (force->decider, reference, "no-further-action", "Nothing in it.", NULL), "sealed-answer");
  give (force->decider, reference, "nothing", NULL);
  g_assert_false (force_has_day_item (force->decider, "sealed-check", reference));
  wait_for_success (probity_closing_close (force->decider, reference, "no-further-action", "Nothing in it.", NULL));
}

typedef struct
{
  const char *uid;
  const char *digest;
} Forged;

static gboolean
forge_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  Forged *self = data;

  g_assert_true (probity_db_run (probity_write_get_db (write, PROBITY_COMPARTMENT_SEALED, error), error, "INSERT INTO sealed_answer (uid, case_uid, subject, material_digest, answer, account, person, at, signature)"
                                                                                                         " SELECT 'f', $uid, '1001', $digest, 'nothing', account, 'staff:6001', at, zeroblob (64) FROM audit_entry ORDER BY seq LIMIT 1",
                                 "$uid",
                                 's',
                                 self->uid,
                                 "$digest",
                                 's',
                                 self->digest,
                                 NULL));
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

/* Rule: an answer that its account did not sign opens no gate, and verify tells of it; a subject is answered as ever. */
static void
test_forged (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *subject;
  g_autofree char *leak = seal_leak (force, "1001");
  g_autofree char *named = force_submit (force, force->hr, "1001", "The Bell");
  g_autoptr (ProbityRecord) job = force_load (force->decider, named);
  Forged forged = { probity_record_get_uid (job), probity_record_get (job, "material_digest") };
  g_autoptr (ProbityVerifyReport) report = NULL;
  gboolean told = FALSE;

  force_prepare (force, named);
  wait_for_success (probity_casebook_write (probity_session_get_casebook (force->decider), forge_write, &forged, NULL));
  assert_missing (force->decider, named, "sealed-answer");
  report = wait_for_boxed (probity_audit_verify (force->decider, NULL));
  for (guint i = 0; ((const ProbityVerifyCompartment *) g_ptr_array_index (report->compartments, PROBITY_COMPARTMENT_SEALED))->problems[i] != NULL; i++)
    told = told || g_str_has_prefix (((const ProbityVerifyCompartment *) g_ptr_array_index (report->compartments, PROBITY_COMPARTMENT_SEALED))->problems[i], "forged-answer: ");
  g_assert_true (told);

  session_fixture_add (force->casebook, "subject", "acu-officer", "1001");
  subject = session_fixture_sign_in (force->casebook, "subject");
  assert_not_found (probity_sealed_answer_load (subject, named));
  assert_not_found (probity_sealed_answer_give (subject, leak, "nothing", NULL));
  session_fixture_sign_out (subject);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  session_fixture_places = 1;

  g_test_add_func ("/seal-answer/gate", test_gate);
  g_test_add_func ("/seal-answer/closing", test_closing);
  g_test_add_func ("/seal-answer/forged", test_forged);

  return g_test_run ();
}
