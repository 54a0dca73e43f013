/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-parse.h"

G_BEGIN_DECLS

/* The value without space around it; NULL with an error where it is empty or not UTF-8. */
char *_probity_parse_begin (const char *text,
                            GError    **error);
char *_probity_parse_trim (const char *text);
char *_probity_parse_quote (const char *text);

/* Sets "“text” complaint" and returns FALSE. */
gboolean _probity_parse_fail (GError          **error,
                              ProbityParseError code,
                              const char       *text,
                              const char       *complaint);

G_END_DECLS
