/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-session.h"

G_BEGIN_DECLS

/**
 * What followed decisions of the sample: an open appeal and a condition that was not kept (@conditional), a job
 * on the watch list (@refused); each nullable. @sessions: by CtlSampleAccount; @today: microseconds of the day's beginning.
 */
gboolean ctl_sample_follow_up (const char            *refused,
                               const char            *conditional,
                               ProbitySession *const *sessions,
                               gint64                 today,
                               GError               **error);

/** Opens an investigation of @staff_number, who holds an account of the unit, sealed for the decider and the other officer. */
gboolean ctl_sample_seal (const char            *staff_number,
                          ProbitySession *const *sessions,
                          GError               **error);

G_END_DECLS
