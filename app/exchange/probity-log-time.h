/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-parse.h"

G_BEGIN_DECLS

/*
 * The times of a system's log, which are written in one way in one time zone, millions of them after each other.
 */

/** Times before 1990 and from 2100 are no times of a log. */
#define PROBITY_LOG_TIME_FIRST_MS G_GINT64_CONSTANT (631152000000)
#define PROBITY_LOG_TIME_LAST_MS G_GINT64_CONSTANT (4102444800000)

/** What a reader of times remembers from one to the next; one thread at a time. */
typedef struct _ProbityLogTime ProbityLogTime;

ProbityLogTime *probity_log_time_new (const char      *zone,
                                      ProbityDateOrder order,
                                      GError         **error);
void            probity_log_time_free (ProbityLogTime *self);
gboolean        probity_log_time_parse (ProbityLogTime *self,
                                        const char     *text,
                                        gint64         *ret_ms,
                                        GError        **error);
guint64         probity_log_time_get_n_ambiguous (ProbityLogTime *self);
gboolean        probity_log_time_zone_is_valid (const char *zone,
                                                GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityLogTime, probity_log_time_free)

G_END_DECLS
