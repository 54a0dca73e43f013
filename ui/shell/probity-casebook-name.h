/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-keyring.h"

G_BEGIN_DECLS

char *probity_casebook_dup_display_name (const char     *folder,
                                         ProbityKeyring *keyring);

G_END_DECLS
