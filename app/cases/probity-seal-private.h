/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"

G_BEGIN_DECLS

/* Carrying a case from its compartment into a sealed one. Writer thread. */

/** Copies all of @record's case into the sealed @compartment: rows, exhibits, and what the logs told of it. */
gboolean probity_seal_copy (ProbityWrite      *write,
                            ProbitySession    *session,
                            ProbityRecord     *record,
                            ProbityCompartment compartment,
                            GError           **error);
/** Removes the case @uid of @kind from the open compartments; done already, it does nothing. */
gboolean probity_seal_remove (ProbityWrite            *write,
                              ProbitySession          *session,
                              const ProbityRecordKind *kind,
                              const char              *uid,
                              GError                 **error);
/** The tables of a compartment of which a row can be a case's but that have no column case_uid; %NULL-terminated. For a test. */
extern const char *const probity_seal_tables[];

G_END_DECLS
