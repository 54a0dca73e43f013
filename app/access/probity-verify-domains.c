/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-verify-private.h"

/* What each room proves of its own records; see ProbityVerifyFunc. */
const ProbityVerifyFunc probity_verify_domains[] = {
  NULL,
};
