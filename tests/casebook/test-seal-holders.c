/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "probity-case-log.h"
#include "probity-leak.h"
#include "probity-link.h"
#include "probity-seal.h"
#include "probity-db-private.h"
#include "probity-sealed-private.h"
#include "probity-session-private.h"
#include "probity-workstation-private.h"
#include "second-job-fixture.h"

/* Who holds sealed cases: how many there can be, who comes and who goes. */

static const char *const for_decider[] = { "decider", NULL };

static DexFuture *
open_sealed (ProbitySession    *session,
             const char        *title,
             const char *const *holders)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();

  probity_values_set (values, "title", title);
  probity_values_set (values, "item", "Briefing");

  return probity_investigation_open_sealed (session, &probity_leak_case, values, subjects, holders, "His brother reads the compartment.");
}

/* Rule: an account finds every sealed case to which it was named, however many they are. */
static void
test_many (void)
{
  const guint n_cases = 33;
  g_autoptr (Force) force = force_new ("generic");

  probity_sealed_places_per_account = n_cases;
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  probity_sealed_places_per_account = 0;
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *title = g_strdup_printf ("Leak %u", i + 1);

      wait_for_success (open_sealed (force->acu, title, for_decider));
    }
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  {
    g_autoptr (GPtrArray) mine = wait_for_boxed (probity_case_load_sealed (force->acu));
    g_autoptr (GPtrArray) given = wait_for_boxed (probity_case_load_sealed (force->decider));

    g_assert_cmpuint (mine->len, ==, n_cases);
    g_assert_cmpuint (given->len, ==, n_cases);
    for (guint i = 0; i < given->len; i++)
      wait_for_success (probity_case_load (force->decider, NULL, probity_record_get_reference (g_ptr_array_index (given, i))));
  }
}

/* Rule: a casebook has no more places than one account could hold keys of; who finds none left is told when sealing. */
static void
test_full (void)
{
  const guint room = probity_sealed_max_places;
  g_autoptr (Force) force = force_new ("generic");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;

  probity_sealed_max_places = 3;
  probity_sealed_places_per_account = 2;
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  names = probity_casebook_list_places (force->casebook->folder, NULL);
  g_assert_cmpuint (g_strv_length (names), ==, 3);
  wait_for_success (open_sealed (force->decider, "One", for_decider));
  error = wait_for_error (open_sealed (force->decider, "Two", for_decider));
  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_FAILED);
  {
    g_autoptr (GPtrArray) cases = wait_for_boxed (probity_case_load_sealed (force->decider));

    g_assert_cmpuint (cases->len, ==, 1);
  }
  probity_sealed_max_places = room;
  probity_sealed_places_per_account = 0;
}

/* --- Who goes --- */

static const char *const for_both[] = { "decider", "outsider", NULL };
static const char *const without_outsider[] = { "outsider", NULL };

static DexFuture *
take_off (ProbitySession    *session,
          const char        *reference,
          const char *const *accounts)
{
  return probity_case_seal_without (session, reference, accounts, "DCI Oldroyd", "Moved to another unit.");
}

static void
assert_holders (ProbitySession *session,
                const char     *reference,
                const char     *expected)
{
  g_autoptr (ProbitySealState) state = wait_for_boxed (probity_case_load_seal (session, reference));
  g_autofree char *names = g_strjoinv (" ", state->holders);

  g_assert_true (state->sealed);
  g_assert_cmpstr (names, ==, expected);
}

/* The key of the place in which the case stands, as this account was given it; NULL: none. */
static ProbityKey *
dup_key (Force      *force,
         const char *name,
         char      **ret_place)
{
  g_autoptr (ProbityKeyring) keyring = probity_keyring_load (force->casebook->folder, NULL);
  const ProbityAccount *account = probity_keyring_find (keyring, name);
  g_autoptr (ProbityKeySlots) slots = probity_key_slots_load (force->casebook->folder, account->uid, NULL);
  g_autoptr (ProbitySecrets) secrets = probity_key_slots_unlock (slots, PROBITY_SLOT_PASSPHRASE, name, NULL);
  g_autoptr (GPtrArray) places = probity_sealed_load (force->casebook->folder, keyring, account->uid, secrets, NULL);

  for (guint i = 0; i < places->len; i++)
    {
      ProbitySealedPlace *place = g_ptr_array_index (places, i);

      if (place->key == NULL)
        continue;
      g_set_str (ret_place, place->name);

      return probity_key_ref (place->key);
    }

  return NULL;
}

/* Rule: who is taken off finds nothing from their next command on, and their key opens nothing in the new place. */
static void
test_taken_off (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *outsider;
  g_autofree char *reference = NULL;
  g_autofree char *old_place = NULL;
  g_autofree char *new_place = NULL;
  g_autoptr (ProbityKey) old_key = NULL;
  g_autoptr (ProbityKey) new_key = NULL;

  probity_sealed_places_per_account = 2;
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  session_fixture_add (force->casebook, "outsider", "acu-officer", "5003");
  {
    g_autoptr (ProbityRecord) record = wait_for_boxed (open_sealed (force->acu, "Leak", for_both));

    reference = g_strdup (probity_record_get_reference (record));
  }
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  outsider = session_fixture_sign_in (force->casebook, "outsider");
  wait_for_success (probity_case_log_add (outsider, NULL, reference, "note", "What the outsider wrote", 0));
  assert_holders (outsider, reference, "acu decider outsider");
  old_key = dup_key (force, "outsider", &old_place);
  g_assert_nonnull (old_key);

  /* Not oneself, not who does not hold it, not without saying why. */
  assert_record_error (take_off (force->decider, reference, for_decider), INVALID);
  assert_record_error (take_off (force->decider, reference, (const char *const[]) { "psd", NULL }), INVALID);
  assert_record_error (take_off (force->decider, reference, (const char *const[]) { NULL }), MISSING);
  assert_record_error (probity_case_seal_without (force->decider, reference, without_outsider, " ", "r"), MISSING);
  assert_record_error (probity_case_seal_without (force->decider, reference, without_outsider, "a", ""), MISSING);

  wait_for_success (take_off (force->decider, reference, without_outsider));
  assert_not_found (probity_case_load (outsider, NULL, reference));
  assert_not_found (probity_case_log_add (outsider, NULL, reference, "note", "t", 0));
  assert_not_found (take_off (outsider, reference, for_decider));
  {
    g_autoptr (GPtrArray) none = wait_for_boxed (probity_case_load_sealed (outsider));

    g_assert_cmpuint (none->len, ==, 0);
  }
  session_fixture_sign_in_again (force->casebook, &outsider, "outsider");
  assert_not_found (probity_case_load (outsider, NULL, reference));
  g_assert_cmpuint (assert_verified (outsider), ==, PROBITY_N_COMPARTMENTS);

  /* Who stays finds it whole, at the next sign-in; the log says who went, by whose word and why. */
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  assert_holders (force->acu, reference, "acu decider");
  {
    g_autoptr (GPtrArray) log = wait_for_boxed (probity_case_log_load (force->acu, NULL, reference));

    g_assert_cmpuint (log->len, ==, 1);
    g_assert_cmpstr (probity_values_get (g_ptr_array_index (log, 0), "text"), ==, "What the outsider wrote");
  }
  g_assert_cmpuint (assert_verified (force->acu), ==, PROBITY_N_COMPARTMENTS + 1);
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (force->acu), PROBITY_COMPARTMENT_SEALED, "SELECT count(*) FROM audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq WHERE e.field = 'sealed-without' AND v.old = 'DCI Oldroyd' AND v.new = 'Moved to another unit.'", NULL)), ==, 1);
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (force->acu), PROBITY_COMPARTMENT_SEALED, "SELECT count(*) FROM carried_entry WHERE compartment GLOB 'sealed-*' AND field = 'sealed-for'", NULL)), ==, 3);

  new_key = dup_key (force, "acu", &new_place);
  g_assert_nonnull (new_key);
  g_assert_cmpstr (old_place, !=, new_place);
  g_assert_cmpint (memcmp (probity_key_peek (old_key), probity_key_peek (new_key), PROBITY_KEY_BYTES), !=, 0);
  {
    g_autofree char *none = NULL;

    g_assert_null (dup_key (force, "outsider", &none));
  }

  /* Named once more, they find it once more. */
  wait_for_success (probity_case_seal (force->acu, reference, without_outsider, "Back in the unit."));
  session_fixture_sign_in_again (force->casebook, &outsider, "outsider");
  wait_for_success (probity_case_load (outsider, NULL, reference));
  session_fixture_sign_out (outsider);
  probity_sealed_places_per_account = 0;
}

/* Rule: a place that was left is its owner's again once nobody has it open, and not before. */
static void
test_used_again (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = NULL;
  ProbitySession  *outsider;

  probity_sealed_places_per_account = 1;
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  session_fixture_add (force->casebook, "outsider", "acu-officer", "5003");
  {
    g_autoptr (ProbityRecord) record = wait_for_boxed (open_sealed (force->acu, "Leak", for_both));

    reference = g_strdup (probity_record_get_reference (record));
  }
  outsider = session_fixture_sign_in (force->casebook, "outsider");
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  wait_for_success (take_off (force->decider, reference, without_outsider));
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  {
    g_autoptr (GError) error = wait_for_error (open_sealed (force->acu, "Another", for_decider));

    g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_FAILED);
  }
  session_fixture_sign_out (outsider);
  wait_for_success (open_sealed (force->acu, "Another", for_decider));
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  g_assert_cmpuint (assert_verified (force->decider), ==, PROBITY_N_COMPARTMENTS + 2);
  {
    g_auto (GStrv) names = probity_casebook_list_places (force->casebook->folder, NULL);

    g_assert_cmpuint (g_strv_length (names), ==, 3);
  }
  probity_sealed_places_per_account = 0;
}

/* --- Where a log ends --- */

static gboolean
cut_write (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  ProbityDb *db = probity_write_get_open_db (write, PROBITY_COMPARTMENT_SEALED, error);
  g_auto (GStrv) triggers = db != NULL ? probity_db_suspend_triggers (db, error) : NULL;

  g_assert_nonnull (triggers);
  g_assert_true (probity_db_exec (db, "DELETE FROM audit_value WHERE seq = (SELECT max (seq) FROM audit_entry)", error));
  g_assert_true (probity_db_exec (db, "DELETE FROM audit_entry WHERE seq = (SELECT max (seq) FROM audit_entry)", error));
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_db_restore_triggers (db, triggers, error);
}

static gsize
get_memory_size (Force      *force,
                 const char *name)
{
  g_autoptr (ProbityKeyring) keyring = probity_keyring_load (force->casebook->folder, NULL);
  const ProbityAccount *account = probity_keyring_find (keyring, name);
  g_autofree char      *path = probity_workstation_dup_sealed_path (probity_keyring_get_casebook_uid (keyring), account->uid);
  g_autofree char      *bytes = NULL;
  gsize                 length = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));

  return length;
}

static guint
count_remembered (ProbitySession *session)
{
  g_autoptr (GArray) heads = probity_sealed_memory_load (probity_session_peek_memory (session), probity_session_get_account_uid (session), probity_session_peek_secrets (session));

  return heads->len;
}

/* Rule: the end of a sealed log cannot be cut by one holder without the workstation of another showing it; nor does that tell who holds one. */
static void
test_cut (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = NULL;
  g_autoptr (ProbityVerifyReport) report = NULL;
  const ProbityVerifyCompartment *compartment;
  gboolean                        named = FALSE;

  probity_sealed_places_per_account = 1;
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  probity_sealed_places_per_account = 0;
  {
    g_autoptr (ProbityRecord) record = wait_for_boxed (open_sealed (force->acu, "Leak", for_decider));

    reference = g_strdup (probity_record_get_reference (record));
  }
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  /* Nothing more is due to be remembered here when the other writes. */
  while (count_remembered (force->acu) == 0)
    g_usleep (10 * 1000);
  wait_for_success (probity_case_log_add (force->decider, NULL, reference, "note", "Said", 0));
  /* Both have seen it. */
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  g_assert_cmpuint (assert_verified (force->acu), ==, PROBITY_N_COMPARTMENTS + 1);

  wait_for_success (probity_casebook_write (probity_session_get_casebook (force->decider), cut_write, NULL, NULL));
  report = wait_for_boxed (probity_audit_verify (force->acu, NULL));
  compartment = g_ptr_array_index (report->compartments, PROBITY_COMPARTMENT_SEALED);
  g_assert_false (report->ok);
  for (guint i = 0; compartment->problems[i] != NULL; i++)
    {
      g_test_message ("%s", compartment->problems[i]);
      named = named || g_str_has_prefix (compartment->problems[i], "tail-cut: this workstation knows entry ");
    }
  g_assert_true (named);

  session_fixture_sign_in_again (force->casebook, &force->psd, "psd");
  session_fixture_sign_in_again (force->casebook, &force->hr, "hr");
  g_assert_cmpuint (get_memory_size (force, "acu"), ==, get_memory_size (force, "hr"));
  g_assert_cmpuint (get_memory_size (force, "acu"), ==, get_memory_size (force, "psd"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/seal-holders/many", test_many);
  g_test_add_func ("/seal-holders/full", test_full);
  g_test_add_func ("/seal-holders/taken-off", test_taken_off);
  g_test_add_func ("/seal-holders/used-again", test_used_again);
  g_test_add_func ("/seal-holders/cut", test_cut);

  return g_test_run ();
}
