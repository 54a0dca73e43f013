/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLib stops at a fatal message with a trap, which libFuzzer passes by; as an abort it keeps the input. */

#include "config.h"

#include <signal.h>
#include <stdlib.h>

int LLVMFuzzerInitialize (int    *argc,
                          char ***argv);

static void
trap_cb (int number)
{
  abort ();
}

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  signal (SIGTRAP, trap_cb);
  return 0;
}
