/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-types.h"

G_BEGIN_DECLS

/* What time it is, handed down so that tests and the sample casebook can set it. Thread-safe. */

ProbityClock *probity_clock_new_system (void);
/** A clock that stands at @instant (ISO 8601 UTC) until probity_clock_set(). */
ProbityClock *probity_clock_new_fixed (const char *instant);
void          probity_clock_set (ProbityClock *self, const char *instant);
/** Lets a clock that stands go on by @step_ms at every reading of the time (not of the day). */
void          probity_clock_set_step (ProbityClock *self, gint64 step_ms);
ProbityClock *probity_clock_ref (ProbityClock *self);
void          probity_clock_unref (ProbityClock *self);
/** Now as `2026-11-22T09:30:00.123Z`. (transfer full) */
char *probity_clock_dup_now (ProbityClock *self);
/** Now as microseconds since 1970. */
gint64 probity_clock_get_unix_usec (ProbityClock *self);
/** Today in Europe/London as `2026-11-22`. (transfer full) */
char *probity_clock_dup_today (ProbityClock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityClock, probity_clock_unref)

/** A UUIDv7 (RFC 9562) for @unix_usec: sortable by time, random after it. (transfer full) */
char    *probity_uid_new (gint64 unix_usec);
gboolean probity_uid_is_valid (const char *uid);

G_END_DECLS
