/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-day.h"

G_BEGIN_DECLS

/* "2026-11-22T09:30:00.123Z" and its terminating zero. */
#define PROBITY_INSTANT_SIZE 25

char      *probity_instant_from_ms (gint64 ms);
gboolean   probity_instant_to_ms (const char *instant,
                                  gint64     *ret_ms);
ProbityDay probity_instant_to_day (const char *instant);
char      *probity_instant_to_words (const char *instant);
char      *probity_day_start_instant (ProbityDay day);
gboolean   probity_window_contains_instant (ProbityDay  from,
                                            ProbityDay  to,
                                            const char *instant);

G_END_DECLS
