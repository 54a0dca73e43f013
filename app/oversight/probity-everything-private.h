/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"
#include "probity-everything.h"

G_BEGIN_DECLS

/** With nothing in it yet. (transfer full) */
ProbityEverything *probity_everything_new (ProbityRecord *person);

/** On a reader thread: @person was found for this reader. (transfer full) */
ProbityEverything *probity_everything_collect (const ProbitySource *source,
                                               ProbityRecord       *person,
                                               GError             **error);

/** A row that is about a person. */
typedef struct
{
  gint64   id;
  gboolean eliminated;
} ProbityEverythingRow;

/** The rows of @kind, newest first, that are about the person @number and that the reader may know of: of ProbityEverythingRow. (transfer full) */
GArray *probity_everything_find_rows (const ProbitySource     *source,
                                      const ProbityRecordKind *kind,
                                      ProbityDb               *db,
                                      const char              *number,
                                      GError                 **error);

/** People related to the person @number: nature, ended, uid, staff_number, name. (element-type ProbityValues) (transfer full) */
GPtrArray *probity_everything_find_relations (const ProbitySource *source,
                                              const char          *number,
                                              GError             **error);

G_END_DECLS
