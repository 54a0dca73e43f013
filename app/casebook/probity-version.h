/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The version of the program as `MAJOR.MINOR.MICRO`; static, any thread. */
const char *probity_version (void);

G_END_DECLS
