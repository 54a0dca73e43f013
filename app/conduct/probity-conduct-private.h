/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-conduct.h"
#include "probity-investigation-private.h"

G_BEGIN_DECLS

/* For probity_conduct_get_next_report(). */
#define PROBITY_CONDUCT_LAST_REPORT_SQL "SELECT max (due) FROM conduct_progress_report WHERE case_uid = $uid HAVING max (due) IS NOT NULL"

/** The day as of which the rules of @record's case are asked for. */
ProbityDay probity_conduct_get_rules_day (ProbityRecord *record);

/** Appends the rows of @sql's first column, one below the other; %NULL in @ret_text where there are none. */
gboolean probity_conduct_join_rows (ProbityDb  *db,
                                    const char *sql,
                                    const char *uid,
                                    char      **ret_text,
                                    GError    **error);

/**
 * Fills @values with what the notice to one officer (uid of the subject) says: name, staff_number, rank, unit,
 * title, rule, conduct, severity, proceedings, advice, representations, representations_due, inference; of each
 * part that can be stated `…_stated` is `true`. `served` in @values is the day from which time runs, else today.
 */
gboolean probity_conduct_fill_notice (const ProbitySource *source,
                                      ProbityDb           *db,
                                      ProbityRecord       *record,
                                      const char          *subject_uid,
                                      ProbityDay           today,
                                      ProbityValues       *values,
                                      GError             **error);

/** What a notice with @values lacks, in words, `; ` between; %NULL where it is whole. @ret_field: the first field. (transfer full) */
char *probity_conduct_dup_missing_parts (ProbityValues *values,
                                         const char   **ret_field);

G_END_DECLS
