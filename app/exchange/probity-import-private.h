/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-import.h"
#include "probity-record-kind.h"
#include "probity-table.h"

G_BEGIN_DECLS

/** One import on the writer thread, while it reads its file. */
typedef struct
{
  ProbityWrite            *write;
  ProbitySession          *session;
  ProbityDb               *db; /* of the kind's compartment */
  const ProbityRecordKind *kind;
  ProbityTable            *table;
  ProbityImportReport     *report;
  GHashTable              *lines; /* keys of rows that were taken → their line */
  GHashTable              *uids;  /* of complaints or reports that were made or changed */
} ProbityImportRun;

typedef enum
{
  PROBITY_IMPORT_ADDED,
  PROBITY_IMPORT_CHANGED,
  PROBITY_IMPORT_UNCHANGED,
} ProbityImportFate;

/**
 * The values of the row at hand for the fields of the kind that the file has columns for, days read
 * in the order that the file declares. %NULL with an error that names the field.
 */
ProbityValues *probity_import_take_values (ProbityImportRun *run,
                                           GError          **error);

/** The key of the row at hand, or %NULL with an error of a row without one. (transfer full) */
char *probity_import_take_key (ProbityImportRun *run,
                               GError          **error);

/** Counts the row of @line as @fate. */
void probity_import_count (ProbityImportRun *run,
                           ProbityImportFate fate);

/** Rejects the row of @line because of @problem (transfer full), naming the column as the file does. */
void probity_import_reject (ProbityImportRun *run,
                            guint64           line,
                            GError           *problem);

/** Whether @error is about the row, so that the others can still be taken; FALSE for a full disk and the like. */
gboolean probity_import_is_about_row (const GError *error);

/** Complaints and reports: several rows of one reference are one record with several subjects. */
gboolean probity_import_grouped (ProbityImportRun *run,
                                 GError          **error);

G_END_DECLS
