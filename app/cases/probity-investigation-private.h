/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-investigation.h"
#include "probity-step.h"

G_BEGIN_DECLS

/** PROBITY_RECORD_ERROR_STAGE unless the case is open. */
gboolean probity_investigation_require_open (ProbityRecord *record,
                                             GError       **error);

/** Adds somebody whom the case is about: row, names of the case, audit entry. */
gboolean probity_investigation_insert_subject (ProbityStep          *step,
                                               ProbityWrite         *write,
                                               ProbityDb            *db,
                                               ProbityRecord        *record,
                                               const ProbitySubject *subject,
                                               const char           *reason,
                                               GError              **error);

/** The uid of the subject of the case that @text (staff number, name or uid) names, eliminated ones only if @all. (transfer full) */
char *probity_investigation_dup_subject_uid (ProbityDb     *db,
                                             ProbityRecord *record,
                                             const char    *text,
                                             gboolean       all,
                                             GError       **error);

/**
 * In open_write of an investigation: begins the sealed compartment that @step asks for (in its list), or
 * does nothing.
 */
gboolean probity_seal_begin (ProbityStep  *step,
                             ProbityWrite *write,
                             GError      **error);
/** At its end: gives the key to the holders. */
gboolean probity_seal_finish (ProbityStep   *step,
                              ProbityWrite  *write,
                              ProbityRecord *record,
                              GError       **error);

G_END_DECLS
