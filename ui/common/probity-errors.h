/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char       *probity_error_dup_sentence (const GError *error);
gboolean    probity_error_is_cancelled (const GError *error);
const char *probity_gate_code_to_sentence (const char *code);

G_END_DECLS
