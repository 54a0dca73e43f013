/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file from another system, whatever its bytes: rows of valid text within the limits, or a reason; and it ends. */

#include "config.h"

#include "probity-csv.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

static guint
count_short_cells (const ProbityCsvRow *row,
                   gpointer             user_data)
{
  guint n = 0;

  for (guint i = 0; i < row->n_cells; i++)
    n += strlen (row->cells[i]) == 2;
  return n;
}

static void
check_row (const ProbityCsvRow *row,
           guint64              before)
{
  if (row->line <= before)
    g_error ("A row starts on line %" G_GUINT64_FORMAT " after one on line %" G_GUINT64_FORMAT, row->line, before);
  if (row->n_cells > probity_csv_limits.max_columns)
    g_error ("A row has %u cells", row->n_cells);
  if (row->error != NULL && row->error_column > probity_csv_limits.max_columns + 1)
    g_error ("A complaint about column %u", row->error_column);
  for (guint i = 0; i < row->n_cells; i++)
    if (!g_utf8_validate (row->cells[i], -1, NULL) || strlen (row->cells[i]) > probity_csv_limits.max_field)
      g_error ("A cell is not a text within the limits");
}

static void
read_rows (GBytes  *bytes,
           gboolean find_headings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityCsvReader) reader = probity_csv_reader_new_for_bytes (bytes, "rows.csv", &error);
  const ProbityCsvRow *row = NULL;
  gboolean             good;
  guint64              line = 0;

  if ((reader != NULL) != (error == NULL))
    g_error ("A file was neither taken nor refused");
  if (reader == NULL)
    return;

  if (find_headings)
    {
      g_autoptr (GPtrArray) preamble = NULL;

      good = probity_csv_reader_find_headings (reader, count_short_cells, NULL, &preamble, &row, NULL, &error);
      if (good != (error == NULL))
        g_error ("Headings were neither found nor missed");
      if (!good)
        return;
      if (row != NULL)
        line = row->line;
    }

  while ((good = probity_csv_reader_next (reader, &row, NULL, &error)) && row != NULL)
    {
      check_row (row, line);
      line = row->line;
    }
  if (good != (error == NULL))
    g_error ("The end was neither reached nor refused");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);

  read_rows (bytes, FALSE);
  read_rows (bytes, TRUE);
  return 0;
}
