/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session-fixture.h"

/* Rule: what was made opens again with its passphrase, and everything belongs together. */
static void
test_sign_in (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new ("derbyshire");
  ProbityCasebook *casebook = probity_session_get_casebook (fixture->admin);

  g_assert_cmpstr (probity_session_get_account_name (fixture->admin), ==, "admin");
  g_assert_cmpstr (probity_session_get_person (fixture->admin), ==, "staff:1000");
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    g_assert_true (probity_casebook_has (casebook, (ProbityCompartment) i));
  g_assert_nonnull (probity_session_get_profile (fixture->admin));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/session/sign-in", test_sign_in);

  return g_test_run ();
}
