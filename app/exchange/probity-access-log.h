/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "probity-mapping.h"

G_BEGIN_DECLS

/** What a row of a log says; the last two need not be there. */
typedef enum
{
  PROBITY_LOG_WHO,
  PROBITY_LOG_RECORD,
  PROBITY_LOG_PLACE,
  PROBITY_LOG_ROLE,
  PROBITY_LOG_UNIT,
} ProbityLogField;

#define PROBITY_LOG_N_FIELDS (PROBITY_LOG_UNIT + 1)

/** What a mapping calls the columns that tell a log: who, when, record, place, role, unit; NULL-terminated. */
#define PROBITY_LOG_N_COLUMNS 6
extern const char *const probity_log_columns[];

GStrv probity_access_log_read_headings (const char *path,
                                        GBytes     *mapping,
                                        char      **ret_columns,
                                        GError    **error);

/** Longest text of each, in bytes. */
#define PROBITY_LOG_MAX_TEXT 512

/**
 * ProbityLogWho:
 * @keep_domain: `FORCE\4127` and `4127@force.example` are other accounts than `4127`
 * @keep_zeros: `004127` is another account than `4127`
 * @prefixes: (nullable): what else may stand before a staff number, `PC`, `PS`; folded
 *
 * How the accounts of a log become staff numbers; case never matters.
 */
typedef struct
{
  gboolean keep_domain;
  gboolean keep_zeros;
  GStrv    prefixes;
} ProbityLogWho;

gboolean probity_log_who_read (ProbityLogWho *self,
                               GBytes        *mapping,
                               const char    *name,
                               GError       **error);
void     probity_log_who_clear (ProbityLogWho *self);
char    *probity_log_who_fold (const ProbityLogWho *self,
                               const char          *account);

/**
 * ProbityLogRow:
 * @line: the line of the file on which the row starts, the first is 1
 * @ms: milliseconds since 1970 by the log's own clock
 * @texts: by #ProbityLogField; "" for what is not there
 * @error: (nullable): why this row cannot be used; the rows after it can
 * @column: (nullable): the heading that @error concerns
 */
typedef struct
{
  guint64       line;
  gint64        ms;
  const char   *texts[PROBITY_LOG_N_FIELDS];
  const GError *error;
  const char   *column;
} ProbityLogRow;

#define PROBITY_TYPE_ACCESS_LOG (probity_access_log_get_type ())
G_DECLARE_FINAL_TYPE (ProbityAccessLog, probity_access_log, PROBITY, ACCESS_LOG, GObject)

ProbityAccessLog *probity_access_log_open (const char   *path,
                                           GBytes       *mapping,
                                           const char   *mapping_name,
                                           const char   *zone,
                                           GCancellable *cancellable,
                                           GError      **error);
ProbityAccessLog *probity_access_log_open_stream (GInputStream *stream,
                                                  const char   *name,
                                                  GBytes       *mapping,
                                                  const char   *mapping_name,
                                                  const char   *zone,
                                                  GCancellable *cancellable,
                                                  GError      **error);
gboolean          probity_access_log_next (ProbityAccessLog     *self,
                                           const ProbityLogRow **ret_row,
                                           GCancellable         *cancellable,
                                           GError              **error);
gboolean          probity_access_log_tells_order (ProbityAccessLog *self);
gboolean          probity_access_log_has (ProbityAccessLog *self,
                                          ProbityLogField   field);
guint64           probity_access_log_get_position (ProbityAccessLog *self);
guint64           probity_access_log_get_size (ProbityAccessLog *self);
guint64           probity_access_log_get_n_ambiguous (ProbityAccessLog *self);
const char       *probity_access_log_get_sha256 (ProbityAccessLog *self);

G_END_DECLS
