/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 line;
  char   *column;
  char   *message;
} ProbityImportProblem;
typedef struct
{
  guint64    read, added, changed, unchanged, rejected;
  GPtrArray *errors; /* ProbityImportProblem */
  char      *sha256;
} ProbityImportReport;
#define PROBITY_TYPE_IMPORT_REPORT (probity_import_report_get_type ())
GType probity_import_report_get_type (void);
void  probity_import_report_free (ProbityImportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityImportReport, probity_import_report_free)

/** @what: staff, complaints, intelligence, second-jobs. Good rows land in one transaction with one collection entry carrying the file's SHA-256. Resolves to boxed ProbityImportReport. */
DexFuture *probity_import (ProbitySession *session, const char *what, const char *path, const char *mapping_path /* nullable */, gboolean dry_run);

G_END_DECLS
