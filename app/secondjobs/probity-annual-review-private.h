/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-annual-review.h"
#include "probity-part.h"
#include "probity-second-job-private.h"

G_BEGIN_DECLS

/** A run by its number, 0 for the newest; NOT_FOUND where there is none. (transfer full) */
ProbityRow *probity_annual_review_find (ProbityDb *registers,
                                        guint      run,
                                        GError   **error);
/** What it called for; see probity_annual_review_load(). */
GPtrArray *probity_annual_review_collect (ProbitySession *session,
                                          ProbityDb      *registers,
                                          ProbityRow     *run,
                                          GError        **error);
/** Says of each of @calls how many hits of an open check the reader, who may make such checks, has to assess. Reader thread. */
gboolean probity_annual_review_add_hits (ProbitySession *session,
                                         ProbityRead    *read,
                                         GPtrArray      *calls,
                                         GError        **error);
/** A step that is about no one case. */
ProbityStep *probity_annual_review_step_new (ProbitySession *session,
                                             const char     *action,
                                             guint           run);
/** Adds one entry to the log of registers. */
gboolean probity_annual_review_log (ProbityStep  *step,
                                    ProbityWrite *write,
                                    ProbityVerb   verb,
                                    const char   *run_uid,
                                    const char   *field,
                                    const char   *text,
                                    GError      **error);
void     probity_annual_review_set_number (ProbityValues *values,
                                           const char    *name,
                                           guint          number);

G_END_DECLS
