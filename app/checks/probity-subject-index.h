/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-person-index.h"
#include "probity-record-kind.h"

G_BEGIN_DECLS

/**
 * The named subjects of @kind's records in @db, for person comparison; ids are those of the subject
 * rows. Built at first use and again when a record was made or changed since; shared by the casebook's
 * threads and gone with it.
 *
 * Returns: (transfer full): or %NULL with @error
 */
ProbityPersonIndex *probity_subject_index_ref (ProbityCasebook         *casebook,
                                               ProbityDb               *db,
                                               const ProbityRecordKind *kind,
                                               GError                 **error);
/** The key of a name in one field, `Smith, Jon` or `Jon Smith`. (transfer full) */
ProbityPersonKey *probity_subject_key_new (const char *staff_number,
                                           const char *name,
                                           const char *date_of_birth);

G_END_DECLS
