/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access-log.h"

#include <string.h>

#include "probity-json-lines.h"

/* What the headings of a log tell before it is read: which columns there are, and which of them is which of ours. */

const char *const probity_log_columns[] = { "who", "when", "record", "place", "role", "unit", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (probity_log_columns) == PROBITY_LOG_N_COLUMNS + 1);

#define LEAST_HEADINGS 3

static const ProbityCsvLimits limits = {
  .max_bytes = G_GUINT64_CONSTANT (64) * 1024 * 1024 * 1024,
  .max_row = 1024 * 1024,
  .max_field = 64 * 1024,
  .max_columns = 512,
};

/* Where no heading is known, the first row with as many cells as a log must have. */
static guint
score_any (const ProbityCsvRow *row,
           gpointer             data)
{
  guint n = 0;

  for (guint i = 0; i < row->n_cells; i++)
    n += *row->cells[i] != '\0';

  return n >= LEAST_HEADINGS ? n : 0;
}

static GStrv
copy_cells (const ProbityCsvRow *row)
{
  GStrv cells = g_new0 (char *, row->n_cells + 1);

  for (guint i = 0; i < row->n_cells; i++)
    cells[i] = g_strdup (row->cells[i]);

  return cells;
}

/* A day and a time can stand in two columns. */
static char *
join_headings (ProbityColumn       *column,
               const ProbityCsvRow *headings)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < column->positions->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", headings->cells[g_array_index (column->positions, guint, i)]);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
tell_columns (ProbityMapping      *mapping,
              const ProbityCsvRow *headings,
              char               **ret_columns)
{
  g_autoptr (GPtrArray) ignored = NULL;
  g_autoptr (GPtrArray) columns = probity_mapping_resolve (mapping, headings, &ignored, NULL);

  for (guint i = 0; columns != NULL && i < columns->len; i++)
    {
      ProbityColumn *column = g_ptr_array_index (columns, i);

      for (guint j = 0; probity_log_columns[j] != NULL; j++)
        if (g_str_equal (column->alias->target, probity_log_columns[j]))
          ret_columns[j] = join_headings (column, headings);
    }
}

static gboolean
is_json (GInputStream *stream,
         gboolean     *ret_json,
         GError      **error)
{
  char  head[4096];
  gsize n = 0;
  gsize at = 0;

  if (!g_input_stream_read_all (stream, head, sizeof head, &n, NULL, error) ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, error))
    return FALSE;
  if (n >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    at = 3;
  while (at < n && g_ascii_isspace (head[at]))
    at++;
  *ret_json = at < n && head[at] == '{';

  return TRUE;
}

/**
 * probity_access_log_read_headings:
 * @path: a log, CSV or one JSON object a line
 * @mapping: (nullable): a mapping file; one that does not fit the file is passed over
 * @ret_columns: (array length=6): by #probity_log_columns the heading that tells it, or the headings one a line,
 * %NULL where none does; each owned by the caller
 *
 * Returns: (transfer full) (nullable): the headings of the file
 */
GStrv
probity_access_log_read_headings (const char *path,
                                  GBytes     *mapping,
                                  char      **ret_columns,
                                  GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (ProbityMapping) columns = probity_mapping_new (PROBITY_FILE_ACCESS_LOG);
  g_autoptr (ProbityJsonLinesReader) lines = NULL;
  g_autoptr (ProbityCsvReader) csv = NULL;
  const ProbityCsvRow *headings;
  GStrv                cells;
  gboolean             json;

  if (stream == NULL || !is_json (G_INPUT_STREAM (stream), &json, error))
    return NULL;
  if (mapping != NULL && !probity_mapping_read (columns, mapping, name, NULL))
    {
      probity_mapping_free (columns);
      columns = probity_mapping_new (PROBITY_FILE_ACCESS_LOG);
    }

  if (json)
    {
      lines = probity_json_lines_reader_new (G_INPUT_STREAM (stream), name, &limits, NULL, error);
      if (lines == NULL)
        return NULL;
      headings = probity_json_lines_reader_get_headings (lines);
    }
  else
    {
      csv = probity_csv_reader_new (G_INPUT_STREAM (stream), name, &limits, NULL, error);
      if (csv == NULL)
        return NULL;
      if (!probity_csv_reader_find_headings (csv, probity_mapping_score, columns, NULL, &headings, NULL, NULL))
        {
          g_clear_object (&csv);
          if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, error))
            return NULL;
          csv = probity_csv_reader_new (G_INPUT_STREAM (stream), name, &limits, NULL, error);
          if (csv == NULL || !probity_csv_reader_find_headings (csv, score_any, NULL, NULL, &headings, NULL, error))
            return NULL;
        }
    }

  cells = copy_cells (headings);
  tell_columns (columns, headings, ret_columns);

  return cells;
}
