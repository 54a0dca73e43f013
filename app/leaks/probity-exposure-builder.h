/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-access-log.h"
#include "probity-import.h"

G_BEGIN_DECLS

/*
 * A log on its way from a file into the database: rows are cut into chunks of columns of packed integers
 * as they come, so that of five million rows some 40 MB stand in memory, not the file's 500.
 *
 * Why not a table of rows. Measured with SQLCipher 4.6.1 on a busy machine of two cores (so in time of processors), a log
 * of 20,000 accounts, 120,000 records and 900 places (`./dev bench exposure` prints both):
 *
 *                                        packed columns          rows and four covering indexes
 *   5,000,000 rows, size                 46 MB (9 bytes a row)   668 MB
 *   5,000,000 rows, all rows asked       0.16 s
 *   2,000,000 rows, size                 22 MB (11 bytes a row)  266 MB
 *   2,000,000 rows, all rows asked       0.12 s                  1.2 s (10 s by the clock: it does not fit the cache)
 *   1,000,000 rows, a window first       0.06 s                  0.12 s
 *   1,000,000 rows, three records more   0.07 s                  0.008 s
 *
 * Indexes win where a step leaves a handful of rows, both being far below what a person notices; columns win by ten
 * where it leaves many, and by twelve in size, and what they cost is mostly the 20,000 people, whatever the rows.
 *
 * Rows stand in the order of their time, so that a window (almost every narrowing begins with it) leaves the
 * chunks outside unread, and cuts the ones at its ends by a search of halves.
 */
#define PROBITY_EXPOSURE_CHUNK_ROWS 65536

/* Fields of exposure_column beyond those of ProbityLogField. */
#define PROBITY_EXPOSURE_TIME PROBITY_LOG_N_FIELDS
#define PROBITY_EXPOSURE_LINE (PROBITY_LOG_N_FIELDS + 1)
#define PROBITY_EXPOSURE_N_COLUMNS (PROBITY_EXPOSURE_LINE + 1)

/** Problems beyond these are counted and not kept. */
#define PROBITY_EXPOSURE_MAX_PROBLEMS 100

typedef struct
{
  guint   rows;
  gint64  first_ms;
  gint64  last_ms;
  GBytes *columns[PROBITY_EXPOSURE_N_COLUMNS];
} ProbityExposureChunk;

/** Pure; one thread at a time. */
typedef struct _ProbityExposureBuilder ProbityExposureBuilder;
ProbityExposureBuilder                *probity_exposure_builder_new (void);
void                                   probity_exposure_builder_free (ProbityExposureBuilder *self);
gboolean                               probity_exposure_builder_add (ProbityExposureBuilder *self,
                                                                     const ProbityLogRow    *row,
                                                                     GError                **error);
void                                   probity_exposure_builder_finish (ProbityExposureBuilder *self);

guint64    probity_exposure_builder_get_rows (ProbityExposureBuilder *self);
guint64    probity_exposure_builder_get_rejected (ProbityExposureBuilder *self);
GPtrArray *probity_exposure_builder_get_problems (ProbityExposureBuilder *self);
GPtrArray *probity_exposure_builder_get_chunks (ProbityExposureBuilder *self);
GPtrArray *probity_exposure_builder_get_words (ProbityExposureBuilder *self,
                                               ProbityLogField         field);
void       probity_exposure_builder_get_range (ProbityExposureBuilder *self,
                                               gint64                 *ret_first_ms,
                                               gint64                 *ret_last_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExposureBuilder, probity_exposure_builder_free)

G_END_DECLS
