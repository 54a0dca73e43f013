/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void probity_full_name_split (const char *text,
                              char      **ret_forenames,
                              char      **ret_surname);

G_END_DECLS
