/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "probity-keyring-private.h"
#include "probity-profile.h"
#include "probity-session-private.h"

static guint
get_holds (SessionFixture *fixture,
           const char     *name)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (fixture->admin);

  return probity_keyring_find (keyring, name)->holds;
}

#define JOURNAL (1u << PROBITY_COMPARTMENT_JOURNAL)
#define REGISTERS (1u << PROBITY_COMPARTMENT_REGISTERS)
#define STANDARDS (1u << PROBITY_COMPARTMENT_STANDARDS)
#define INTELLIGENCE (1u << PROBITY_COMPARTMENT_INTELLIGENCE)
#define EVERYTHING (JOURNAL | REGISTERS | STANDARDS | INTELLIGENCE)

static gint64
count (ProbitySession    *session,
       ProbityCompartment compartment,
       const char        *sql)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), compartment, sql, NULL));
}

/* Rule: what was made opens again with its passphrase, and everything belongs together. */
static void
test_sign_in (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  ProbityCasebook *casebook = probity_session_get_casebook (fixture->admin);
  g_autoptr (ProbitySession) again = NULL;

  g_assert_cmpstr (probity_session_get_account_name (fixture->admin), ==, "admin");
  g_assert_cmpstr (probity_session_get_person (fixture->admin), ==, "staff:1000");
  g_assert_cmpuint (probity_session_get_roles (fixture->admin), ==, PROBITY_ROLE_ADMINISTRATOR | PROBITY_ROLE_DECIDER);
  g_assert_cmpstr (probity_profile_get_name (probity_session_get_profile (fixture->admin)), ==, "derbyshire");
  g_assert_false (probity_session_is_sample (fixture->admin));
  g_assert_cmpuint (get_holds (fixture, "admin"), ==, EVERYTHING);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    g_assert_true (probity_casebook_has (casebook, (ProbityCompartment) i));

  /* Case does not matter, and two can be signed in at once. */
  again = wait_for_object (probity_session_sign_in (fixture->folder, " Admin ", "admin", fixture->clock));
  g_assert_cmpstr (probity_session_get_account_name (again), ==, "admin");
  session_fixture_sign_out (g_steal_pointer (&again));
}

/* Rule: a session whose folder is out of reach has no rights, and has them again when the very same keyring is back. */
static void
test_out_of_reach (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  g_autofree char *away = g_strconcat (fixture->folder, "-away", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;

  g_assert_true (probity_session_check_active (fixture->admin, &none));
  g_assert_no_error (none);
  g_assert_cmpint (g_rename (fixture->folder, away), ==, 0);
  g_assert_false (probity_session_check_active (fixture->admin, &error));
  g_assert_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK);
  g_assert_cmpint (g_rename (away, fixture->folder), ==, 0);
  g_assert_true (probity_session_check_active (fixture->admin, &none));
  g_assert_no_error (none);
}

/* Rule: one group's accounts share the folder, whatever the umask: 2770 and 0660. */
static void
check_modes (const char *path)
{
  struct stat status;

  g_assert_cmpint (lstat (path, &status), ==, 0);
  if (S_ISDIR (status.st_mode))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      g_assert_cmphex (status.st_mode & 07777, ==, 02770);
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          check_modes (child);
        }
    }
  else
    g_assert_cmphex (status.st_mode & 07777, ==, 0660);
}

static void
test_modes (void)
{
  mode_t before = umask (077);
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");

  session_fixture_add (fixture, "hr", "head-of-hr", NULL);
  wait_for_success (probity_session_change_passphrase (fixture->admin, "admin", "other"));
  check_modes (fixture->folder);
  umask (before);
}

/* Rule: what cannot become a casebook is refused, and nothing is left of the attempt. */
static void
test_create_refused (void)
{
  g_autofree char           *base = g_dir_make_tmp ("create-XXXXXX", NULL);
  g_autofree char           *folder = g_build_filename (base, "casebook", NULL);
  g_autofree char           *occupied = g_build_filename (base, "occupied", NULL);
  g_autofree char           *kept = g_build_filename (occupied, "kept", NULL);
  g_autofree char           *recovery = g_build_filename (base, "recovery", NULL);
  const ProbityCreateOptions good = {
    .folder = folder,
    .profile = "generic",
    .account = "admin",
    .roles = PROBITY_ROLE_ADMINISTRATOR,
    .passphrase = "admin",
    .cost = { 1, 8192 },
  };
  ProbityCreateOptions options;
  GError              *error;

  probity_key_cost_set_floor (&(ProbityKeyCost) { 1, 8192 });

#define REFUSED(domain, code)                                            \
  G_STMT_START                                                           \
  {                                                                      \
    error = wait_for_error (probity_session_create_casebook (&options)); \
    g_assert_error (error, domain, code);                                \
    g_clear_error (&error);                                              \
    g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));           \
  }                                                                      \
  G_STMT_END

  options = good;
  options.account = "no spaces";
  REFUSED (PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID);
  options = good;
  options.roles = PROBITY_ROLE_DECIDER;
  REFUSED (PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID);
  options = good;
  options.passphrase = "";
  REFUSED (PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID);
  options = good;
  options.profile = "ruritania";
  REFUSED (PROBITY_PROFILE_ERROR, PROBITY_PROFILE_ERROR_NOT_FOUND);

  /* The last step but one fails: the recovery code would go over another file. */
  g_assert_true (g_file_set_contents (recovery, "mine", -1, NULL));
  options = good;
  options.recovery_file = recovery;
  REFUSED (PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_EXISTS);
  {
    g_autofree char *text = NULL;

    g_assert_true (g_file_get_contents (recovery, &text, NULL, NULL));
    g_assert_cmpstr (text, ==, "mine");
  }

  g_assert_cmpint (g_mkdir (occupied, 0700), ==, 0);
  g_assert_true (g_file_set_contents (kept, "mine", -1, NULL));
  options = good;
  options.folder = occupied;
  error = wait_for_error (probity_session_create_casebook (&options));
  g_assert_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));

  /* After all that the same folder still serves. */
  options = good;
  wait_for_success (probity_session_create_casebook (&options));
  remove_tree (base);
}

/* Rule: a casebook that was not finished has no keyring, and is none. */
static void
test_unfinished (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autofree char *keyring = g_build_filename (fixture->folder, "keyring.jsonl", NULL);
  g_autoptr (GError) error = NULL;

  session_fixture_sign_out (g_steal_pointer (&fixture->admin));
  g_assert_cmpint (g_unlink (keyring), ==, 0);
  error = session_fixture_fail_to_sign_in (fixture, "admin", "admin");
  g_assert_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK);
}

/* Rule: a wrong passphrase and an unknown account are not told apart, and the former is in the log in the end. */
static void
test_wrong_passphrase (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) hr = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) empty = NULL;
  static const char refusals[] = "SELECT count(*) FROM audit_entry JOIN audit_value USING (seq)"
                                 " WHERE verb = 'refusal' AND field = 'passphrase' AND new = '2 since " SESSION_FIXTURE_NOW "'";

  session_fixture_add (fixture, "hr", "head-of-hr", "2000");
  wrong = session_fixture_fail_to_sign_in (fixture, "hr", "wrong");
  unknown = session_fixture_fail_to_sign_in (fixture, "nobody", "wrong");
  empty = session_fixture_fail_to_sign_in (fixture, "hr", "");
  assert_access_error (wrong, WRONG_PASSPHRASE);
  assert_access_error (unknown, WRONG_PASSPHRASE);
  assert_access_error (empty, WRONG_PASSPHRASE);
  g_assert_cmpstr (wrong->message, ==, unknown->message);
  g_clear_error (&wrong);
  wrong = session_fixture_fail_to_sign_in (fixture, "hr", "hr ");
  g_assert_cmpint (count (fixture->admin, PROBITY_COMPARTMENT_JOURNAL, refusals), ==, 0);

  hr = session_fixture_sign_in (fixture, "hr");
  g_assert_cmpint (count (hr, PROBITY_COMPARTMENT_JOURNAL, refusals), ==, 1);
  session_fixture_sign_out (g_steal_pointer (&hr));
  hr = session_fixture_sign_in (fixture, "hr");
  g_assert_cmpint (count (hr, PROBITY_COMPARTMENT_JOURNAL, "SELECT count(*) FROM audit_entry WHERE verb = 'refusal'"), ==, 1);
  session_fixture_sign_out (g_steal_pointer (&hr));
}

/* Rule: a sign-in is in the journal and in the highest compartment that the account opens. */
static void
test_sign_in_is_logged (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) psd = NULL;
  g_autofree char *sql = NULL;

  session_fixture_add (fixture, "psd", "psd-officer", NULL);
  psd = session_fixture_sign_in (fixture, "psd");
  sql = g_strdup_printf ("SELECT count(*) FROM audit_entry WHERE verb = 'sign-in' AND account = '%s'", probity_session_get_account_uid (psd));
  g_assert_cmpint (count (fixture->admin, PROBITY_COMPARTMENT_JOURNAL, sql), ==, 1);
  g_assert_cmpint (count (fixture->admin, PROBITY_COMPARTMENT_REGISTERS, sql), ==, 0);
  g_assert_cmpint (count (fixture->admin, PROBITY_COMPARTMENT_STANDARDS, sql), ==, 1);
  g_assert_cmpint (count (fixture->admin, PROBITY_COMPARTMENT_INTELLIGENCE, sql), ==, 0);
  session_fixture_sign_out (g_steal_pointer (&psd));
}

/* Rule: an added account gets the keys that its roles need and its maker holds; the rest waits for a holder. */
static void
test_grants (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) clerk = NULL;
  g_autoptr (ProbitySession) psd = NULL;
  g_autoptr (ProbitySession) acu = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_add (fixture, "lm", "line-manager", NULL);
  session_fixture_add (fixture, "hr", "hr-officer", NULL);
  session_fixture_add (fixture, "head", "head-of-hr", NULL);
  session_fixture_add (fixture, "psd", "psd-officer", NULL);
  session_fixture_add (fixture, "acu", "acu-officer", NULL);
  session_fixture_add (fixture, "dec", "decider", NULL);
  session_fixture_add (fixture, "clerk", "administrator", NULL);
  g_assert_cmpuint (get_holds (fixture, "lm"), ==, JOURNAL | REGISTERS);
  g_assert_cmpuint (get_holds (fixture, "hr"), ==, JOURNAL | REGISTERS);
  g_assert_cmpuint (get_holds (fixture, "head"), ==, JOURNAL | REGISTERS);
  g_assert_cmpuint (get_holds (fixture, "psd"), ==, JOURNAL | REGISTERS | STANDARDS);
  g_assert_cmpuint (get_holds (fixture, "acu"), ==, EVERYTHING);
  g_assert_cmpuint (get_holds (fixture, "dec"), ==, EVERYTHING);
  g_assert_cmpuint (get_holds (fixture, "clerk"), ==, JOURNAL);

  /* An administrator without keys adds a decider, who waits for whoever has them. */
  clerk = session_fixture_sign_in (fixture, "clerk");
  wait_for_success (probity_session_add_account (clerk, "late", PROBITY_ROLE_DECIDER, NULL, "late"));
  g_assert_cmpuint (get_holds (fixture, "late"), ==, JOURNAL);
  error = wait_for_error (probity_session_grant (clerk, "late"));
  assert_access_error (error, NO_KEY);

  psd = session_fixture_sign_in (fixture, "psd");
  wait_for_success (probity_session_grant (psd, "late"));
  g_assert_cmpuint (get_holds (fixture, "late"), ==, JOURNAL | REGISTERS | STANDARDS);
  acu = session_fixture_sign_in (fixture, "acu");
  wait_for_success (probity_session_grant (acu, "late"));
  g_assert_cmpuint (get_holds (fixture, "late"), ==, EVERYTHING);
  wait_for_success (probity_session_grant (acu, "late"));

  /* A grant gives what roles need, not what the giver has. */
  wait_for_success (probity_session_grant (acu, "hr"));
  g_assert_cmpuint (get_holds (fixture, "hr"), ==, JOURNAL | REGISTERS);
  session_fixture_sign_out (g_steal_pointer (&clerk));
  session_fixture_sign_out (g_steal_pointer (&psd));
  session_fixture_sign_out (g_steal_pointer (&acu));
}

/* Rule: only administrators add, disable, reset and give roles; the last one stays; names are taken once. */
static void
test_administration_refused (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) dec = NULL;
  GError *error;

  session_fixture_add (fixture, "dec", "decider", NULL);
  session_fixture_add (fixture, "hr", "head-of-hr", NULL);
  dec = session_fixture_sign_in (fixture, "dec");

#define REFUSED_WITH(future, code)     \
  G_STMT_START                         \
  {                                    \
    error = wait_for_error (future);   \
    assert_access_error (error, code); \
    g_clear_error (&error);            \
  }                                    \
  G_STMT_END

  REFUSED_WITH (probity_session_add_account (dec, "x", PROBITY_ROLE_DECIDER, NULL, "x"), NOT_PERMITTED);
  REFUSED_WITH (probity_session_disable (dec, "hr"), NOT_PERMITTED);
  REFUSED_WITH (probity_session_reset (dec, "hr", "x"), NOT_PERMITTED);
  REFUSED_WITH (probity_session_set_roles (dec, "hr", PROBITY_ROLE_DECIDER), NOT_PERMITTED);

  REFUSED_WITH (probity_session_add_account (fixture->admin, "HR", PROBITY_ROLE_DECIDER, NULL, "x"), EXISTS);
  REFUSED_WITH (probity_session_add_account (fixture->admin, "a/b", PROBITY_ROLE_DECIDER, NULL, "x"), INVALID);
  REFUSED_WITH (probity_session_add_account (fixture->admin, "x", PROBITY_ROLE_NONE, NULL, "x"), INVALID);
  REFUSED_WITH (probity_session_add_account (fixture->admin, "x", PROBITY_ROLE_DECIDER, NULL, ""), INVALID);
  REFUSED_WITH (probity_session_disable (fixture->admin, "nobody"), NOT_FOUND);
  REFUSED_WITH (probity_session_disable (fixture->admin, "admin"), LAST_ADMINISTRATOR);
  REFUSED_WITH (probity_session_set_roles (fixture->admin, "admin", PROBITY_ROLE_DECIDER), LAST_ADMINISTRATOR);
  REFUSED_WITH (probity_session_reset (fixture->admin, "admin", "x"), INVALID);

  wait_for_success (probity_session_set_roles (fixture->admin, "hr", PROBITY_ROLE_ADMINISTRATOR));
  REFUSED_WITH (probity_session_disable (fixture->admin, "admin"), INVALID);
  wait_for_success (probity_session_disable (fixture->admin, "hr"));
  REFUSED_WITH (probity_session_disable (fixture->admin, "hr"), DISABLED);
  REFUSED_WITH (probity_session_grant (fixture->admin, "hr"), DISABLED);
  session_fixture_sign_out (g_steal_pointer (&dec));
}

static void
ended_cb (ProbitySession *session,
          GError         *error,
          GError        **ended)
{
  *ended = error != NULL ? g_error_copy (error) : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "signed out");
}

/* Rule: who was disabled does nothing more, in sessions that are open either. */
static void
test_disable (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) dec = NULL;
  g_autoptr (GError) ended = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *slots = NULL;

  session_fixture_add (fixture, "dec", "decider", NULL);
  dec = session_fixture_sign_in (fixture, "dec");
  slots = g_strdup_printf ("%s/slots/%s.json", fixture->folder, probity_session_get_account_uid (dec));
  g_assert_true (g_file_test (slots, G_FILE_TEST_EXISTS));
  g_assert_true (probity_access_may (dec, PROBITY_OPERATION_READ_INTELLIGENCE));
  g_signal_connect (dec, "ended", G_CALLBACK (ended_cb), &ended);

  wait_for_success (probity_session_disable (fixture->admin, "dec"));
  g_assert_false (g_file_test (slots, G_FILE_TEST_EXISTS));
  g_assert_false (probity_access_may (dec, PROBITY_OPERATION_READ_INTELLIGENCE));
  g_assert_cmpuint (probity_session_get_roles (dec), ==, PROBITY_ROLE_NONE);
  error = wait_for_error (probity_audit_consult (dec, "person", NULL, NULL));
  assert_access_error (error, DISABLED);
  g_clear_error (&error);
  error = session_fixture_fail_to_sign_in (fixture, "dec", "dec");
  assert_access_error (error, DISABLED);

  /* The session is told with the next change that it hears of. */
  while (ended == NULL)
    g_main_context_iteration (NULL, TRUE);
  assert_access_error (ended, DISABLED);
  session_fixture_sign_out (g_steal_pointer (&dec));
}

/* Rule: a reset gives new keys and takes the grants; neither the old passphrase nor an old slot opens any more. */
static void
test_reset (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) dec = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *slots = NULL;
  g_autofree char *old_slots = NULL;

  session_fixture_add (fixture, "dec", "decider", NULL);
  dec = session_fixture_sign_in (fixture, "dec");
  slots = g_strdup_printf ("%s/slots/%s.json", fixture->folder, probity_session_get_account_uid (dec));
  g_assert_true (g_file_get_contents (slots, &old_slots, NULL, NULL));

  wait_for_success (probity_session_reset (fixture->admin, "dec", "fresh"));
  g_assert_cmpuint (get_holds (fixture, "dec"), ==, JOURNAL);
  error = wait_for_error (probity_audit_consult (dec, "person", NULL, NULL));
  assert_access_error (error, DISABLED);
  g_clear_error (&error);
  session_fixture_sign_out (g_steal_pointer (&dec));

  error = session_fixture_fail_to_sign_in (fixture, "dec", "dec");
  assert_access_error (error, WRONG_PASSPHRASE);
  g_clear_error (&error);
  dec = wait_for_object (probity_session_sign_in (fixture->folder, "dec", "fresh", fixture->clock));
  g_assert_false (probity_access_may (dec, PROBITY_OPERATION_READ_REGISTERS));
  session_fixture_sign_out (g_steal_pointer (&dec));

  wait_for_success (probity_session_grant (fixture->admin, "dec"));
  dec = wait_for_object (probity_session_sign_in (fixture->folder, "dec", "fresh", fixture->clock));
  g_assert_true (probity_access_may (dec, PROBITY_OPERATION_READ_INTELLIGENCE));
  session_fixture_sign_out (g_steal_pointer (&dec));

  g_assert_true (g_file_set_contents (slots, old_slots, -1, NULL));
  error = session_fixture_fail_to_sign_in (fixture, "dec", "dec");
  assert_access_error (error, WRONG_PASSPHRASE);
}

/* Rule: a changed passphrase replaces the old one, which is asked for. */
static void
test_change_passphrase (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (GError) error = NULL;

  error = wait_for_error (probity_session_change_passphrase (fixture->admin, "wrong", "new"));
  assert_access_error (error, WRONG_PASSPHRASE);
  g_clear_error (&error);
  wait_for_success (probity_session_change_passphrase (fixture->admin, "admin", "new"));
  session_fixture_sign_out (g_steal_pointer (&fixture->admin));

  error = session_fixture_fail_to_sign_in (fixture, "admin", "admin");
  assert_access_error (error, WRONG_PASSPHRASE);
  fixture->admin = wait_for_object (probity_session_sign_in (fixture->folder, "admin", "new", fixture->clock));
}

/* Rule: a recovery code gives a new passphrase, to whoever has it and for its account only. */
static void
test_recovery (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autofree char *path = g_build_filename (fixture->base, "code", NULL);
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;
  struct stat status;

  session_fixture_add (fixture, "hr", "head-of-hr", NULL);
  error = wait_for_error (probity_session_make_recovery_code (fixture->admin, "wrong", path));
  assert_access_error (error, WRONG_PASSPHRASE);
  g_clear_error (&error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  wait_for_success (probity_session_make_recovery_code (fixture->admin, "admin", path));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &code, NULL, NULL));

  error = wait_for_error (probity_session_recover (fixture->folder, "admin", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", "new"));
  assert_access_error (error, WRONG_PASSPHRASE);
  g_clear_error (&error);
  error = wait_for_error (probity_session_recover (fixture->folder, "hr", code, "new"));
  assert_access_error (error, WRONG_PASSPHRASE);
  g_clear_error (&error);
  wait_for_success (probity_session_recover (fixture->folder, "admin", code, "new"));

  session_fixture_sign_out (g_steal_pointer (&fixture->admin));
  error = session_fixture_fail_to_sign_in (fixture, "admin", "admin");
  assert_access_error (error, WRONG_PASSPHRASE);
  fixture->admin = wait_for_object (probity_session_sign_in (fixture->folder, "admin", "new", fixture->clock));
}

static void
attack (SessionFixture    *fixture,
        ProbityCompartment compartment,
        const char        *sql)
{
  wait_for_success (run_sql (probity_session_get_casebook (fixture->admin), compartment, sql));
}

/* Rule: databases of another keyring, and a profile that somebody edited, are refused. */
static void
test_foreign (void)
{
  static const char *const edits[][2] = {
    { "meta_update", "UPDATE meta SET value = '00' WHERE name = 'creator'" },
    { "meta_update", "UPDATE meta SET value = '00' WHERE name = 'casebook'" },
    { "meta_update", "UPDATE meta SET value = 'registers' WHERE name = 'compartment'" },
    { "meta_update", "UPDATE meta SET value = 'AAAA' WHERE name = 'secret_key'" },
    { "meta_delete", "DELETE FROM meta" },
    { NULL, "UPDATE setting SET value = value || ' ' WHERE name = 'profile'" },
    { NULL, "DELETE FROM setting" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
      g_autoptr (GError) error = NULL;

      if (edits[i][0] != NULL)
        {
          g_autofree char *drop = g_strconcat ("DROP TRIGGER ", edits[i][0], NULL);

          attack (fixture, PROBITY_COMPARTMENT_JOURNAL, drop);
        }
      attack (fixture, PROBITY_COMPARTMENT_JOURNAL, edits[i][1]);
      session_fixture_sign_out (g_steal_pointer (&fixture->admin));
      error = session_fixture_fail_to_sign_in (fixture, "admin", "admin");
      g_assert_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED);
    }
}

/* Rule: what is sealed to an account or to a compartment opens for nobody else. */
static void
test_sealing (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) hr = NULL;
  g_autoptr (GBytes) message = g_bytes_new_static ("objection", 9);
  g_autoptr (GBytes) to_hr = NULL;
  g_autoptr (GBytes) to_intelligence = NULL;
  g_autoptr (GBytes) opened = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_add (fixture, "hr", "head-of-hr", NULL);
  hr = session_fixture_sign_in (fixture, "hr");

  to_hr = probity_session_seal_to_account (fixture->admin, probity_session_get_account_uid (hr), message, &error);
  g_assert_no_error (error);
  opened = probity_session_open_sealed (hr, to_hr, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (opened, message));
  g_assert_null (probity_session_open_sealed (fixture->admin, to_hr, &error));
  assert_access_error (error, NO_KEY);
  g_clear_error (&error);

  to_intelligence = probity_session_seal_to_compartment (hr, PROBITY_COMPARTMENT_INTELLIGENCE, message);
  g_clear_pointer (&opened, g_bytes_unref);
  opened = probity_session_open_compartment_note (fixture->admin, PROBITY_COMPARTMENT_INTELLIGENCE, to_intelligence, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (opened, message));
  g_assert_null (probity_session_open_compartment_note (hr, PROBITY_COMPARTMENT_INTELLIGENCE, to_intelligence, &error));
  assert_access_error (error, NO_KEY);
  g_clear_error (&error);
  g_assert_null (probity_session_open_compartment_note (hr, PROBITY_COMPARTMENT_REGISTERS, to_intelligence, &error));
  assert_access_error (error, NO_KEY);
  session_fixture_sign_out (g_steal_pointer (&hr));
}

/* Rule: two programs that change the keyring at once lose nothing of each other. */
static void
test_two_administrators (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("generic");
  g_autoptr (ProbitySession) second = session_fixture_sign_in (fixture, "admin");
  g_autoptr (GPtrArray) futures = g_ptr_array_new ();
  g_autoptr (ProbityKeyring) keyring = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("account-%u", i);

      g_ptr_array_add (futures, probity_session_add_account (i % 2 == 0 ? fixture->admin : second, name, PROBITY_ROLE_HR_OFFICER, NULL, name));
    }
  for (guint i = 0; i < futures->len; i++)
    wait_for_success (g_ptr_array_index (futures, i));

  keyring = probity_session_dup_keyring (fixture->admin);
  g_assert_cmpuint (probity_keyring_get_n_accounts (keyring), ==, 11);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("account-%u", i);

      g_assert_cmpuint (get_holds (fixture, name), ==, JOURNAL | REGISTERS);
    }
  session_fixture_sign_out (g_steal_pointer (&second));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/session/sign-in", test_sign_in);
  g_test_add_func ("/session/modes", test_modes);
  g_test_add_func ("/session/create-refused", test_create_refused);
  g_test_add_func ("/session/unfinished", test_unfinished);
  g_test_add_func ("/session/wrong-passphrase", test_wrong_passphrase);
  g_test_add_func ("/session/sign-in-is-logged", test_sign_in_is_logged);
  g_test_add_func ("/session/grants", test_grants);
  g_test_add_func ("/session/administration-refused", test_administration_refused);
  g_test_add_func ("/session/disable", test_disable);
  g_test_add_func ("/session/reset", test_reset);
  g_test_add_func ("/session/change-passphrase", test_change_passphrase);
  g_test_add_func ("/session/recovery", test_recovery);
  g_test_add_func ("/session/out-of-reach", test_out_of_reach);
  g_test_add_func ("/session/foreign", test_foreign);
  g_test_add_func ("/session/sealing", test_sealing);
  g_test_add_func ("/session/two-administrators", test_two_administrators);

  return g_test_run ();
}
