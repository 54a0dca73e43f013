/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record.h"

G_BEGIN_DECLS

/*
 * Intelligence reports, graded 3x5x2. Whoever writes `sanitised_text`, at first or later
 * by probity_record_update(), is its sanitiser, and an approval given before is gone.
 */

/**
 * Approves the sanitised text of the report @uid as it stood at @version. Never by the person who
 * sanitised it: PROBITY_ACCESS_ERROR_NOT_PERMITTED. Resolves to #ProbityRecord.
 */
DexFuture *probity_intelligence_approve_sanitised (ProbitySession *session,
                                                   const char     *uid,
                                                   gint64          version);

/** Whether the report @record waits for this reader: text to sanitise, or a sanitised text of somebody else to approve. */
gboolean probity_intelligence_may_approve (ProbitySession *session,
                                           ProbityRecord  *record);

G_END_DECLS
