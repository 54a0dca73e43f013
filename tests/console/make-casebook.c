/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/session-fixture.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * make-casebook FOLDER PROFILE PASSPHRASE ROLE[:NAME]=STAFF-NUMBER…
 *
 * Makes a casebook as `probityctl create` and `account add` do, its administrator `administrator` and
 * an account of each role, named after it where no name is given, all under PASSPHRASE, with key slots at the lowest cost that
 * there is, which no shipped program makes. The suites of the console program sign in some three
 * hundred times; what a sign-in costs has tests of its own.
 */

static const ProbityKeyCost cheapest = { 1, 8192 };

int
main (int    argc,
      char **argv)
{
  g_autoptr (ProbitySession) session = NULL;

  if (argc < 4)
    {
      fprintf (stderr, "Usage: make-casebook FOLDER PROFILE PASSPHRASE ROLE[:NAME]=STAFF-NUMBER…\n");
      return EXIT_FAILURE;
    }

  dex_init ();
  session_fixture_allow_cheap_slots ();
  wait_for_success (probity_session_create_casebook (&(ProbityCreateOptions) {
      .folder = argv[1],
      .profile = argv[2],
      .account = "administrator",
      .roles = PROBITY_ROLE_ADMINISTRATOR,
      .passphrase = argv[3],
      .cost = cheapest,
  }));
  session = wait_for_object (probity_session_sign_in (argv[1], "administrator", argv[3], NULL));
  for (int i = 4; i < argc; i++)
    {
      g_auto (GStrv) words = g_strsplit (argv[i], "=", 2);
      g_auto (GStrv) names = g_strsplit (words[0], ":", 2);
      g_autoptr (GError) error = NULL;
      ProbityRoles roles;

      g_assert_cmpuint (g_strv_length (words), ==, 2);
      probity_roles_parse (names[0], &roles, &error);
      g_assert_no_error (error);
      wait_for_success (probity_session_add_account (session, names[1] != NULL ? names[1] : names[0], roles, words[1], argv[3]));
    }
  session_fixture_sign_out (g_steal_pointer (&session));

  return EXIT_SUCCESS;
}
