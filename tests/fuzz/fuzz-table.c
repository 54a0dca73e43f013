/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of people, complaints, reports or second jobs with any mapping: every row is read or says why not. The input
 * is a byte for the kind, a mapping, a byte 0xff, and the file. Rows that are read are written and read again as the
 * same cells. */

#include "config.h"

#include "probity-csv-writer.h"
#include "probity-csv.h"
#include "probity-table.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

static GBytes *
write_again (ProbityCsvReader *reader,
             guint            *ret_n_rows)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (ProbityCsvWriter) writer = probity_csv_writer_new (stream);
  const char *const    heading[] = { "heading" };
  const ProbityCsvRow *row;

  /* What begins a file tells what it is; rows come below a heading. */
  probity_csv_writer_add_row (writer, heading, 1, NULL, NULL);
  *ret_n_rows = 0;
  while (probity_csv_reader_next (reader, &row, NULL, NULL) && row != NULL)
    {
      if (row->error != NULL || row->n_cells == 0)
        continue;
      if (!probity_csv_writer_add_row (writer, row->cells, row->n_cells, NULL, NULL))
        g_error ("A row was not written");
      (*ret_n_rows)++;
    }
  probity_csv_writer_finish (writer, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
check_round_trip (GBytes *bytes)
{
  g_autoptr (ProbityCsvReader) reader = probity_csv_reader_new_for_bytes (bytes, "rows.csv", NULL);
  g_autoptr (ProbityCsvReader) again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GError) error = NULL;
  const ProbityCsvRow *row, *row_again;
  guint                n_rows;

  if (reader == NULL)
    return;
  written = write_again (reader, &n_rows);
  again = probity_csv_reader_new_for_bytes (written, "written.csv", &error);
  if (again == NULL)
    g_error ("What was written cannot be read: %s", error->message);

  g_clear_object (&reader);
  reader = probity_csv_reader_new_for_bytes (bytes, "rows.csv", NULL);
  if (!probity_csv_reader_next (again, &row_again, NULL, NULL) || row_again == NULL)
    g_error ("The heading is lost");
  for (guint r = 0; r < n_rows; r++)
    {
      do
        {
          if (!probity_csv_reader_next (reader, &row, NULL, NULL) || row == NULL)
            g_error ("A file gives other rows the second time");
        }
      while (row->error != NULL || row->n_cells == 0);
      if (!probity_csv_reader_next (again, &row_again, NULL, NULL) || row_again == NULL || row_again->error != NULL || row->n_cells != row_again->n_cells)
        g_error ("A row was written as another one");
      for (guint i = 0; i < row->n_cells; i++)
        if (!g_str_equal (row->cells[i], row_again->cells[i]))
          g_error ("“%s” was written and read as “%s”", row->cells[i], row_again->cells[i]);
    }
}

static void
check_table (ProbityFileKind kind,
             GBytes         *bytes,
             GBytes         *mapping)
{
  static const char *const days[] = { "date_of_birth", "received", "date", "start", "decided", "next_review" };
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityTable) table = probity_table_open_bytes (kind, bytes, "any.csv", mapping, &error);
  guint64  line = 0;
  gboolean row;

  if ((table != NULL) != (error == NULL))
    g_error ("A file was neither taken nor refused");
  if (table == NULL)
    return;

  while (probity_table_next (table, &row, NULL, NULL) && row)
    {
      g_autofree char *text = NULL;
      ProbityDay       day;
      int              minutes;
      gboolean         value, given;
      const char      *column;

      if (probity_table_get_line (table) <= line)
        g_error ("A row comes before the one before it");
      line = probity_table_get_line (table);

      for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
        {
          g_autoptr (GError) day_error = NULL;

          if (probity_table_get_day (table, days[i], &day, &day_error) != (day_error == NULL))
            g_error ("A day was neither read nor refused");
        }
      probity_table_get_hours (table, "weekly_hours", &minutes, NULL);
      probity_table_get_boolean (table, "paid", &value, &given, NULL);
      probity_table_get_line_text (table, "surname", 200, &text, NULL);
      probity_table_get_problem (table, &column);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         length)
{
  const uint8_t *split;
  g_autoptr (GBytes) mapping = NULL;
  g_autoptr (GBytes) file = NULL;

  if (length < 2)
    return 0;

  split = memchr (data + 1, 0xff, length - 1);
  if (split != NULL && split > data + 1)
    mapping = g_bytes_new (data + 1, (gsize) (split - data - 1));
  file = split != NULL ? g_bytes_new (split + 1, (gsize) (data + length - split - 1)) : g_bytes_new (data + 1, length - 1);

  check_table ((ProbityFileKind) (data[0] % 5), file, mapping);
  check_round_trip (file);

  return 0;
}
