/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *probity_error_dup_sentence (const GError *error);
/** The same, of a dialog that asks for the field that @error names under a title of its own; %NULL for the usual one. */
char       *probity_error_dup_sentence_titled (const GError *error,
                                               const char   *title);
gboolean    probity_error_is_cancelled (const GError *error);
const char *probity_gate_code_to_sentence (const char *code);

G_END_DECLS
