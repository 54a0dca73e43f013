/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-version.h"

const char *
probity_version (void)
{
  return PROBITY_VERSION;
}
