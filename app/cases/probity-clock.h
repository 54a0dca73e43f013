/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "probity-day.h"

G_BEGIN_DECLS

/* "2026-11-22T09:30:00.123Z" and its terminating zero. */
#define PROBITY_INSTANT_SIZE 25

#define PROBITY_TYPE_CLOCK (probity_clock_get_type ())
G_DECLARE_FINAL_TYPE (ProbityClock, probity_clock, PROBITY, CLOCK, GObject)

ProbityClock *probity_clock_new_system (void);
ProbityClock *probity_clock_new_test (const char *instant,
                                      gint64      step_ms);
gint64        probity_clock_now_ms (ProbityClock *self);
ProbityDay    probity_clock_today (ProbityClock *self);
gboolean      probity_clock_is_test (ProbityClock *self);
void          probity_clock_set (ProbityClock *self,
                                 const char   *instant);
void          probity_clock_advance (ProbityClock *self,
                                     gint64        ms);

char      *probity_instant_now (ProbityClock *clock);
char      *probity_instant_from_ms (gint64 ms);
gboolean   probity_instant_to_ms (const char *instant,
                                  gint64     *ret_ms);
ProbityDay probity_instant_to_day (const char *instant);
char      *probity_day_start_instant (ProbityDay day);
gboolean   probity_window_contains_instant (ProbityDay  from,
                                            ProbityDay  to,
                                            const char *instant);

G_END_DECLS
