/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-signed-row.h"

G_BEGIN_DECLS

/* What is signed of every case. */

extern const ProbitySignedTable probity_signed_case_log;
extern const ProbitySignedTable probity_signed_case_decision;
extern const ProbitySignedTable probity_signed_case_link;

/** A #ProbityVerifyFunc: log entries, decisions and links are signed by whom they name, logged then, and amended in time. */
gboolean probity_case_verify (ProbitySession    *session,
                              ProbityRead       *read,
                              ProbityCompartment compartment,
                              GPtrArray         *problems,
                              GError           **error);

/** Adds to @problems, with @code, that @row is not signed by whom it names, or stands in no entry of the log about @record. */
void probity_case_prove_row (const ProbitySignedTable *table,
                             ProbityKeyring           *keyring,
                             ProbityDb                *db,
                             ProbityRow               *row,
                             const char               *record,
                             const char               *code,
                             GPtrArray                *problems);

G_END_DECLS
