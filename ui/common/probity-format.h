/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "probity-record.h"

G_BEGIN_DECLS

char *probity_format_day (const char *iso);
char *probity_format_day_long (const char *iso);
char *probity_format_instant (const char *instant);
char *probity_format_value (ProbityFieldType type,
                            const char      *value);
char *probity_format_instant_exactly (const char *instant);
char *probity_format_read_day (const char *text,
                               GError    **error);
char *probity_format_read_instant (const char *text,
                                   GError    **error);

G_END_DECLS
