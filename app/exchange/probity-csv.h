/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ProbityCsvError:
 * @PROBITY_CSV_ERROR_FORMAT: this is no CSV file at all: another document, or binary
 * @PROBITY_CSV_ERROR_ENCODING: the characters cannot be told
 * @PROBITY_CSV_ERROR_TOO_LARGE: file, row, field or number of columns beyond the limit
 * @PROBITY_CSV_ERROR_QUOTE: quotation marks do not match
 * @PROBITY_CSV_ERROR_HEADINGS: no row of known headings, or headings that contradict each other
 *
 * Failures to read the file itself are of %G_IO_ERROR.
 */
typedef enum
{
  PROBITY_CSV_ERROR_FORMAT,
  PROBITY_CSV_ERROR_ENCODING,
  PROBITY_CSV_ERROR_TOO_LARGE,
  PROBITY_CSV_ERROR_QUOTE,
  PROBITY_CSV_ERROR_HEADINGS,
} ProbityCsvError;

#define PROBITY_CSV_ERROR (probity_csv_error_quark ())
GQuark probity_csv_error_quark (void);

typedef struct
{
  guint64 max_bytes; /* of the file */
  gsize   max_row;   /* bytes of one row, decoded */
  gsize   max_field; /* bytes of one cell, decoded */
  guint   max_columns;
} ProbityCsvLimits;

/**
 * ProbityCsvRow:
 * @line: the line of the file on which the row starts, the first is 1
 * @n_cells: how many cells
 * @cells: (array length=n_cells): the cells, UTF-8
 * @error: (nullable): why this row cannot be used; the rows after it can
 * @error_column: the column of @error, the first is 1; 0 where it concerns the whole row
 */
typedef struct
{
  guint64            line;
  guint              n_cells;
  const char *const *cells;
  const GError      *error;
  guint              error_column;
} ProbityCsvRow;

/* How many of the cells are known headings. */
typedef guint (*ProbityCsvScoreFunc) (const ProbityCsvRow *row,
                                      gpointer             user_data);

extern const ProbityCsvLimits probity_csv_limits;

#define PROBITY_TYPE_CSV_READER (probity_csv_reader_get_type ())
G_DECLARE_FINAL_TYPE (ProbityCsvReader, probity_csv_reader, PROBITY, CSV_READER, GObject)

ProbityCsvReader *probity_csv_reader_new (GInputStream           *stream,
                                          const char             *name,
                                          const ProbityCsvLimits *limits,
                                          GCancellable           *cancellable,
                                          GError                **error);
ProbityCsvReader *probity_csv_reader_new_for_path (const char   *path,
                                                   GCancellable *cancellable,
                                                   GError      **error);
ProbityCsvReader *probity_csv_reader_new_for_bytes (GBytes     *bytes,
                                                    const char *name,
                                                    GError    **error);
const char       *probity_csv_reader_get_name (ProbityCsvReader *self);
void              probity_csv_reader_set_delimiter (ProbityCsvReader *self,
                                                    char              delimiter);
gboolean          probity_csv_reader_find_headings (ProbityCsvReader     *self,
                                                    ProbityCsvScoreFunc   score,
                                                    gpointer              user_data,
                                                    GPtrArray           **ret_preamble,
                                                    const ProbityCsvRow **ret_row,
                                                    GCancellable         *cancellable,
                                                    GError              **error);
gboolean          probity_csv_reader_next (ProbityCsvReader     *self,
                                           const ProbityCsvRow **ret_row,
                                           GCancellable         *cancellable,
                                           GError              **error);
const char       *probity_csv_reader_get_sha256 (ProbityCsvReader *self);

/** probity_file_load_bytes() with errors of a reader of CSV: PROBITY_CSV_ERROR_FORMAT and PROBITY_CSV_ERROR_TOO_LARGE. */
GBytes *probity_csv_load_bytes (GFile   *file,
                                goffset  max_bytes,
                                GError **error);

G_END_DECLS
