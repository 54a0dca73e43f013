/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "casebook-fixture.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>

/* A program that used a database and ends; prints `dismantled` if libcrypto is taken apart on the way. */

static void
dismantled (void)
{
  puts ("dismantled");
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);

  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "record"));
  if (OPENSSL_atexit (dismantled) != 1)
    g_error ("libcrypto takes no handler");
  puts ("ends");

  return EXIT_SUCCESS;
}
