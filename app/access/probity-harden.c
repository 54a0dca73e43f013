/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-session.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/**
 * probity_harden_process:
 *
 * Called first thing in main(): no core dump is written of this process, and no other process of the
 * same user may look into its memory.
 */
void
probity_harden_process (void)
{
  struct rlimit none = { 0, 0 };

  /* Neither can fail for a limit that is lowered and a flag that exists since Linux 2.4. */
  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}
