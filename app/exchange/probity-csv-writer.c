/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-csv-writer.h"

#include <string.h>

#include "probity-csv-guard.h"

#define FLUSH_AT (64 * 1024)

/**
 * ProbityCsvWriter:
 *
 * Writes rows by RFC 4180, in UTF-8 with the line ends that it asks for, so that ProbityCsvReader reads exactly the
 * same cells again and no spreadsheet takes one for a formula.
 */
struct _ProbityCsvWriter
{
  GObject parent_instance;

  GOutputStream *stream;
  GString       *text;
};

G_DEFINE_FINAL_TYPE (ProbityCsvWriter, probity_csv_writer, G_TYPE_OBJECT)

static gboolean
needs_quotes (const char *cell,
              gboolean    alone)
{
  gsize length = strlen (cell);

  /* A row of one empty cell would be a blank line. */
  if (length == 0)
    return alone;

  /* What begins like a document, a byte order mark or a delimiter line is none between quotation marks. */
  return strpbrk (cell, ",;\t\"\r\n'=<{") != NULL || cell[0] == ' ' || cell[length - 1] == ' ' || (guchar) cell[0] >= 0x80;
}

static void
append_cell (GString    *text,
             const char *cell,
             gboolean    alone)
{
  gboolean guarded = probity_csv_guard_is_needed (cell);

  if (!guarded && !needs_quotes (cell, alone))
    {
      g_string_append (text, cell);
      return;
    }

  g_string_append_c (text, '"');
  if (guarded)
    g_string_append_c (text, '\'');
  for (; *cell != '\0'; cell++)
    {
      if (*cell == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *cell);
    }
  g_string_append_c (text, '"');
}

static gboolean
flush_text (ProbityCsvWriter *self,
            GCancellable     *cancellable,
            GError          **error)
{
  gboolean written = g_output_stream_write_all (self->stream, self->text->str, self->text->len, NULL, cancellable, error);

  g_string_truncate (self->text, 0);

  return written;
}

static void
probity_csv_writer_finalize (GObject *object)
{
  ProbityCsvWriter *self = PROBITY_CSV_WRITER (object);

  g_clear_object (&self->stream);
  g_string_free (self->text, TRUE);

  G_OBJECT_CLASS (probity_csv_writer_parent_class)->finalize (object);
}

static void
probity_csv_writer_class_init (ProbityCsvWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = probity_csv_writer_finalize;
}

static void
probity_csv_writer_init (ProbityCsvWriter *self)
{
  self->text = g_string_new (NULL);
}

ProbityCsvWriter *
probity_csv_writer_new (GOutputStream *stream)
{
  ProbityCsvWriter *self;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);

  self = g_object_new (PROBITY_TYPE_CSV_WRITER, NULL);
  self->stream = g_object_ref (stream);

  return self;
}

/**
 * probity_csv_writer_add_row:
 * @cells: (array length=n_cells): UTF-8; %NULL is written as an empty cell
 *
 * Returns: %FALSE where the stream cannot be written to
 */
gboolean
probity_csv_writer_add_row (ProbityCsvWriter  *self,
                            const char *const *cells,
                            guint              n_cells,
                            GCancellable      *cancellable,
                            GError           **error)
{
  g_return_val_if_fail (PROBITY_IS_CSV_WRITER (self), FALSE);
  g_return_val_if_fail (n_cells > 0, FALSE);

  for (guint i = 0; i < n_cells; i++)
    {
      if (i > 0)
        g_string_append_c (self->text, ',');
      append_cell (self->text, cells[i] != NULL ? cells[i] : "", n_cells == 1);
    }
  g_string_append (self->text, "\r\n");

  return self->text->len < FLUSH_AT || flush_text (self, cancellable, error);
}

/**
 * probity_csv_writer_finish:
 *
 * Writes what is left; the stream stays open. A writer dropped without it has not written its last rows.
 */
gboolean
probity_csv_writer_finish (ProbityCsvWriter *self,
                           GCancellable     *cancellable,
                           GError          **error)
{
  g_return_val_if_fail (PROBITY_IS_CSV_WRITER (self), FALSE);

  return flush_text (self, cancellable, error) && g_output_stream_flush (self->stream, cancellable, error);
}
