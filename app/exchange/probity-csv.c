/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-csv.h"

#include <string.h>

#include "probity-csv-guard.h"
#include "probity-encoding.h"
#include "probity-file-load.h"

#define CHUNK (64 * 1024)

/* A stream that cannot be read twice is held in memory; a larger one has to be saved as a file first. */
#define MAX_UNSEEKABLE (64 * 1024 * 1024)

/* Headings are looked for in so many rows. */
#define HEADING_ROWS 20

const ProbityCsvLimits probity_csv_limits = {
  .max_bytes = G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024,
  .max_row = 16 * 1024 * 1024,
  .max_field = 1024 * 1024,
  .max_columns = 512,
};

typedef enum
{
  STATE_START,  /* of a cell */
  STATE_PLAIN,  /* in a cell without quotation marks */
  STATE_QUOTED, /* between quotation marks */
  STATE_CLOSED, /* behind the closing one */
} State;

/**
 * ProbityCsvReader:
 *
 * Reads comma-separated values by RFC 4180, row by row in bounded memory, from files as they really are: any of the
 * encodings that spreadsheets write, rows above the headings, semicolons or tabs for commas, spaces around cells.
 *
 * The file is read twice (its encoding is not known before its end). One reader belongs to one thread at a time.
 */
struct _ProbityCsvReader
{
  GObject parent_instance;

  GInputStream    *stream;
  char            *name;
  ProbityCsvLimits limits;
  ProbityEncoding  encoding;
  gsize            skip;
  char             delimiter;

  GChecksum     *checksum;
  char          *sha256;
  guint8        *chunk;
  ProbityDecoder decoder;
  GString       *text;
  gsize          at;
  guint64        bytes_read;
  gboolean       ended;
  guint64        line;
  gboolean       after_cr;

  /* The row at hand. */
  GString      *row_text;
  GArray       *offsets;
  GPtrArray    *cells;
  GError       *row_error;
  guint         n_columns;
  gsize         cell_start;
  gboolean      skipping;
  gboolean      was_quoted;
  guint64       quote_line;
  State         state;
  ProbityCsvRow row;
};

G_DEFINE_QUARK (probity-csv-error-quark, probity_csv_error)
G_DEFINE_FINAL_TYPE (ProbityCsvReader, probity_csv_reader, G_TYPE_OBJECT)

static gboolean
fail_undecodable (ProbityCsvReader *self,
                  GError          **error)
{
  guint64 line = self->line;

  for (gsize i = self->at; i < self->text->len; i++)
    if (self->text->str[i] == '\n')
      line++;

  g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_ENCODING, "%s, line %" G_GUINT64_FORMAT ": characters that are not of the file's encoding, or NUL", self->name, line);

  return FALSE;
}

/* Decodes the next piece of the file behind what is left in self->text. */
static gboolean
fill_text (ProbityCsvReader *self,
           GCancellable     *cancellable,
           GError          **error)
{
  gsize n = 0;

  g_string_erase (self->text, 0, (gssize) self->at);
  self->at = 0;

  if (!g_input_stream_read_all (self->stream, self->chunk, CHUNK, &n, cancellable, error))
    {
      g_prefix_error (error, "%s: ", self->name);
      return FALSE;
    }

  g_checksum_update (self->checksum, self->chunk, (gssize) n);
  self->bytes_read += n;
  if (self->bytes_read > self->limits.max_bytes)
    {
      g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_TOO_LARGE, "%s: the file is larger than %" G_GUINT64_FORMAT " bytes", self->name, self->limits.max_bytes);
      return FALSE;
    }

  if (n == 0)
    {
      if (!probity_decoder_end (&self->decoder))
        return fail_undecodable (self, error);
      self->ended = TRUE;
      g_set_str (&self->sha256, g_checksum_get_string (self->checksum));
      return TRUE;
    }

  {
    gsize skip = self->bytes_read == n ? MIN (self->skip, n) : 0;

    if (!probity_decoder_feed (&self->decoder, self->chunk + skip, n - skip, self->text))
      return fail_undecodable (self, error);
  }

  return TRUE;
}

/* A page of a web site that asks to sign in, or the query by which the file was to be made, saved under .csv. */
static gboolean
refuse_documents (ProbityCsvReader *self,
                  GError          **error)
{
  static const char query[] = "^[\\s\"]*(select\\s[\\s\\S]*\\sfrom\\s|with\\s+\\w+\\s+as\\s*\\(|insert\\s+into\\s|delete\\s+from\\s|update\\s+\\S+\\s+set\\s"
                              "|exec(ute)?\\s+\\S+[._]|declare\\s+@|set\\s+nocount\\s|use\\s+\\[)";
  g_autofree char  *head = g_strndup (self->text->str, MIN (self->text->len, 8192));
  const char       *start = head;
  const char       *what = NULL;

  while (g_ascii_isspace (*start))
    start++;

  if (*start == '<' && (g_ascii_isalpha (start[1]) || start[1] == '!' || start[1] == '?' || start[1] == '/'))
    what = "an HTML or XML document";
  else if (*start == '{')
    what = "a JSON document";
  else if (g_regex_match_simple (query, head, G_REGEX_CASELESS | G_REGEX_RAW, G_REGEX_MATCH_DEFAULT))
    what = "an SQL query on the first line";

  if (what == NULL)
    return TRUE;

  g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_FORMAT, "%s, line 1: this is %s, not a CSV file", self->name, what);

  return FALSE;
}

static gboolean
rewind_reader (ProbityCsvReader *self,
               GCancellable     *cancellable,
               GError          **error)
{
  if (!g_seekable_seek (G_SEEKABLE (self->stream), 0, G_SEEK_SET, cancellable, error))
    return FALSE;

  g_checksum_reset (self->checksum);
  g_clear_pointer (&self->sha256, g_free);
  probity_decoder_init (&self->decoder, self->encoding);
  g_string_truncate (self->text, 0);
  self->at = 0;
  self->bytes_read = 0;
  self->ended = FALSE;
  self->line = 1;
  self->after_cr = FALSE;

  if (!fill_text (self, cancellable, error) || !refuse_documents (self, error))
    return FALSE;

  /* Excel's own line that names the delimiter. */
  if (g_ascii_strncasecmp (self->text->str, "sep=", 4) == 0 && self->text->len > 5 && strchr ("\r\n", self->text->str[5]) != NULL)
    {
      self->delimiter = self->text->str[4];
      self->at = 5;
      if (self->text->str[5] == '\r' && self->text->str[6] == '\n')
        self->at++;
      self->at++;
      self->line = 2;
    }

  return TRUE;
}

static void
begin_row (ProbityCsvReader *self)
{
  g_string_truncate (self->row_text, 0);
  g_array_set_size (self->offsets, 0);
  g_clear_error (&self->row_error);
  self->n_columns = 0;
  self->cell_start = 0;
  self->skipping = FALSE;
  self->was_quoted = FALSE;
  self->state = STATE_START;
  self->row.line = self->line;
  self->row.error_column = 0;
}

/* The first thing that is wrong with a row is told. */
static void
reject_row (ProbityCsvReader *self,
            ProbityCsvError   code,
            const char       *complaint)
{
  if (self->row_error != NULL)
    return;

  self->row.error_column = self->n_columns + 1;
  self->row_error = g_error_new (PROBITY_CSV_ERROR, (int) code, "column %u: %s", self->row.error_column, complaint);
}

static inline void
append_byte (ProbityCsvReader *self,
             char              byte)
{
  if (self->skipping)
    return;

  if (self->row_text->len - self->cell_start >= self->limits.max_field)
    {
      g_autofree char *complaint = g_strdup_printf ("the cell is longer than %" G_GSIZE_FORMAT " bytes", self->limits.max_field);

      reject_row (self, PROBITY_CSV_ERROR_TOO_LARGE, complaint);
      self->skipping = TRUE;
    }
  else if (self->row_text->len >= self->limits.max_row)
    {
      g_autofree char *complaint = g_strdup_printf ("the row is longer than %" G_GSIZE_FORMAT " bytes", self->limits.max_row);

      reject_row (self, PROBITY_CSV_ERROR_TOO_LARGE, complaint);
      self->skipping = TRUE;
    }
  else
    {
      g_string_append_c (self->row_text, byte);
    }
}

static void
end_cell (ProbityCsvReader *self)
{
  if (self->n_columns >= self->limits.max_columns)
    {
      if (self->row_error == NULL)
        {
          g_autofree char *complaint = g_strdup_printf ("more than %u columns", self->limits.max_columns);

          reject_row (self, PROBITY_CSV_ERROR_TOO_LARGE, complaint);
        }
      g_string_truncate (self->row_text, self->cell_start);
    }
  else
    {
      if (!self->was_quoted)
        while (self->row_text->len > self->cell_start && strchr (" \t", self->row_text->str[self->row_text->len - 1]) != NULL)
          g_string_truncate (self->row_text, self->row_text->len - 1);
      if (self->skipping)
        g_string_truncate (self->row_text, self->cell_start);
      if (self->row_error != NULL)
        {
          const char *end;

          /* A complaint can come between the bytes of one character. */
          if (!g_utf8_validate_len (self->row_text->str + self->cell_start, self->row_text->len - self->cell_start, &end))
            g_string_truncate (self->row_text, (gsize) (end - self->row_text->str));
        }
      probity_csv_guard_remove (self->row_text, self->cell_start);
      g_string_append_c (self->row_text, '\0');
      g_array_append_val (self->offsets, self->cell_start);
      self->cell_start = self->row_text->len;
    }

  self->n_columns++;
  self->skipping = FALSE;
  self->was_quoted = FALSE;
  self->state = STATE_START;
}

static void
finish_row (ProbityCsvReader     *self,
            const ProbityCsvRow **ret_row)
{
  g_ptr_array_set_size (self->cells, 0);
  for (guint i = 0; i < self->offsets->len; i++)
    g_ptr_array_add (self->cells, self->row_text->str + g_array_index (self->offsets, gsize, i));

  self->row.n_cells = self->cells->len;
  self->row.cells = (const char *const *) self->cells->pdata;
  self->row.error = self->row_error;
  *ret_row = &self->row;
}

/* Takes one byte; TRUE where it ends the row. */
static gboolean
take_byte (ProbityCsvReader *self,
           char              byte)
{
  switch (self->state)
    {
    case STATE_START:
      if (byte == '"')
        {
          self->state = STATE_QUOTED;
          self->was_quoted = TRUE;
          self->quote_line = self->line;
          return FALSE;
        }
      if ((byte == ' ' || byte == '\t') && byte != self->delimiter)
        return FALSE;
      self->state = STATE_PLAIN;
      G_GNUC_FALLTHROUGH;

    case STATE_PLAIN:
      if (byte == self->delimiter)
        {
          end_cell (self);
          return FALSE;
        }
      if (byte == '\n' || byte == '\r')
        return TRUE;
      append_byte (self, byte);
      return FALSE;

    case STATE_QUOTED:
      if (byte == '"')
        self->state = STATE_CLOSED;
      else
        append_byte (self, byte);
      return FALSE;

    case STATE_CLOSED:
      if (byte == '"')
        {
          append_byte (self, byte);
          self->state = STATE_QUOTED;
          return FALSE;
        }
      if (byte == self->delimiter)
        {
          end_cell (self);
          return FALSE;
        }
      if (byte == '\n' || byte == '\r')
        return TRUE;
      if (byte != ' ' && byte != '\t')
        {
          reject_row (self, PROBITY_CSV_ERROR_QUOTE, "text behind the closing quotation mark");
          self->state = STATE_PLAIN;
        }
      return FALSE;
    }

  return FALSE;
}

static void
probity_csv_reader_finalize (GObject *object)
{
  ProbityCsvReader *self = PROBITY_CSV_READER (object);

  g_clear_object (&self->stream);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->chunk, g_free);
  g_string_free (self->text, TRUE);
  g_string_free (self->row_text, TRUE);
  g_clear_pointer (&self->offsets, g_array_unref);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_error (&self->row_error);

  G_OBJECT_CLASS (probity_csv_reader_parent_class)->finalize (object);
}

static void
probity_csv_reader_class_init (ProbityCsvReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = probity_csv_reader_finalize;
}

static void
probity_csv_reader_init (ProbityCsvReader *self)
{
  self->limits = probity_csv_limits;
  self->delimiter = ',';
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->chunk = g_malloc (CHUNK);
  self->text = g_string_new (NULL);
  self->row_text = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->cells = g_ptr_array_new ();
}

/**
 * probity_csv_reader_new:
 * @stream: the file; one that cannot be sought in is read into memory
 * @name: what messages call the file
 * @limits: (nullable): %NULL for the usual ones
 *
 * Reads the whole of @stream once, for its encoding, and goes back to its first row.
 *
 * Returns: (transfer full) (nullable): a reader, or %NULL with an error that names file and line
 */
ProbityCsvReader *
probity_csv_reader_new (GInputStream           *stream,
                        const char             *name,
                        const ProbityCsvLimits *limits,
                        GCancellable           *cancellable,
                        GError                **error)
{
  g_autoptr (ProbityCsvReader) self = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (PROBITY_TYPE_CSV_READER, NULL);
  self->name = g_utf8_make_valid (name, -1);
  if (limits != NULL)
    self->limits = *limits;

  if (G_IS_SEEKABLE (stream) && g_seekable_can_seek (G_SEEKABLE (stream)))
    {
      self->stream = g_object_ref (stream);
    }
  else
    {
      g_autofree char *memory = g_malloc (MAX_UNSEEKABLE);
      gsize            n = 0;

      if (!g_input_stream_read_all (stream, memory, MAX_UNSEEKABLE, &n, cancellable, error))
        {
          g_prefix_error (error, "%s: ", self->name);
          return NULL;
        }
      if (n == MAX_UNSEEKABLE)
        {
          g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_TOO_LARGE, "%s: more than %d bytes from a stream; save it as a file first", self->name, MAX_UNSEEKABLE);
          return NULL;
        }
      memory = g_realloc (memory, MAX (n, 1));
      self->stream = g_memory_input_stream_new_from_data (g_steal_pointer (&memory), (gssize) n, g_free);
    }

  if (!probity_encoding_sniff (self->stream, self->name, self->limits.max_bytes, &self->encoding, &self->skip, cancellable, error) ||
      !rewind_reader (self, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

ProbityCsvReader *
probity_csv_reader_new_for_path (const char   *path,
                                 GCancellable *cancellable,
                                 GError      **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree char *name = g_file_get_basename (file);

  if (stream == NULL)
    return NULL;

  return probity_csv_reader_new (G_INPUT_STREAM (stream), name, NULL, cancellable, error);
}

ProbityCsvReader *
probity_csv_reader_new_for_bytes (GBytes     *bytes,
                                  const char *name,
                                  GError    **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return probity_csv_reader_new (stream, name, NULL, NULL, error);
}

const char *
probity_csv_reader_get_name (ProbityCsvReader *self)
{
  g_return_val_if_fail (PROBITY_IS_CSV_READER (self), NULL);

  return self->name;
}

void
probity_csv_reader_set_delimiter (ProbityCsvReader *self,
                                  char              delimiter)
{
  g_return_if_fail (PROBITY_IS_CSV_READER (self));
  g_return_if_fail (delimiter != '"' && delimiter != '\r' && delimiter != '\n' && delimiter != '\0');

  self->delimiter = delimiter;
}

/**
 * probity_csv_reader_next:
 * @ret_row: (out) (nullable): the next row, valid until the next call; %NULL behind the last
 *
 * Blank lines are passed over. A row that breaks a limit or RFC 4180 comes with an error of its own; what makes the
 * rest of the file doubtful ends the reading.
 *
 * Returns: %FALSE with an error that names file and line where the file cannot be read on
 */
gboolean
probity_csv_reader_next (ProbityCsvReader     *self,
                         const ProbityCsvRow **ret_row,
                         GCancellable         *cancellable,
                         GError              **error)
{
  g_return_val_if_fail (PROBITY_IS_CSV_READER (self), FALSE);

  *ret_row = NULL;
  begin_row (self);

  for (;;)
    {
      char byte;

      if (self->at == self->text->len)
        {
          if (!self->ended && !fill_text (self, cancellable, error))
            return FALSE;
          if (!self->ended)
            continue;
          break;
        }

      byte = self->text->str[self->at++];

      /* The second half of a line end. */
      if (byte == '\n' && self->after_cr)
        {
          self->after_cr = FALSE;
          if (self->state == STATE_QUOTED)
            append_byte (self, byte);
          continue;
        }
      self->after_cr = byte == '\r';

      if (take_byte (self, byte))
        {
          gboolean blank = self->n_columns == 0 && self->row_text->len == 0 && !self->was_quoted && self->row_error == NULL;

          self->line++;
          if (blank)
            {
              begin_row (self);
              continue;
            }
          end_cell (self);
          finish_row (self, ret_row);
          return TRUE;
        }
      if (byte == '\n' || byte == '\r')
        self->line++;
    }

  if (self->state == STATE_QUOTED)
    {
      g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_QUOTE, "%s, line %" G_GUINT64_FORMAT ": a quotation mark is opened and never closed", self->name, self->quote_line);
      return FALSE;
    }

  if (self->n_columns > 0 || self->row_text->len > 0 || self->was_quoted || self->row_error != NULL)
    {
      end_cell (self);
      finish_row (self, ret_row);
    }

  return TRUE;
}

/**
 * probity_csv_reader_find_headings:
 * @score: counts the known headings of a row
 * @ret_preamble: (out) (optional) (element-type utf8) (transfer full): the cells above the headings
 * @ret_row: (out): the row of headings, valid until the next call
 *
 * Finds the row of headings among the first 20, and whether commas, semicolons or tabs part the cells; the next row
 * is the first below it.
 *
 * Returns: %FALSE where no row has enough known headings (%PROBITY_CSV_ERROR_HEADINGS), or the file cannot be read
 */
gboolean
probity_csv_reader_find_headings (ProbityCsvReader     *self,
                                  ProbityCsvScoreFunc   score,
                                  gpointer              user_data,
                                  GPtrArray           **ret_preamble,
                                  const ProbityCsvRow **ret_row,
                                  GCancellable         *cancellable,
                                  GError              **error)
{
  static const char delimiters[] = { ',', ';', '\t' };
  g_autoptr (GPtrArray) preamble = NULL;
  guint best_score = 0;
  int   best_row = -1;
  char  best_delimiter = ',';

  g_return_val_if_fail (PROBITY_IS_CSV_READER (self), FALSE);

  for (gsize d = 0; d < G_N_ELEMENTS (delimiters); d++)
    {
      self->delimiter = delimiters[d];
      if (!rewind_reader (self, cancellable, error))
        return FALSE;

      for (int r = 0; r < HEADING_ROWS; r++)
        {
          const ProbityCsvRow *row;
          guint                known;

          /* With a wrong delimiter quotation marks may seem wrong too. */
          if (!probity_csv_reader_next (self, &row, cancellable, NULL) || row == NULL)
            break;

          known = score (row, user_data);
          if (known > best_score && (known >= 2 || row->n_cells <= 2))
            {
              best_score = known;
              best_row = r;
              best_delimiter = delimiters[d];
            }
        }
    }

  self->delimiter = best_delimiter;
  if (!rewind_reader (self, cancellable, error))
    return FALSE;

  preamble = g_ptr_array_new_with_free_func (g_free);
  for (int r = 0; best_row < 0 ? r < HEADING_ROWS : r <= best_row; r++)
    {
      if (!probity_csv_reader_next (self, ret_row, cancellable, error))
        return FALSE;
      if (*ret_row == NULL)
        break;
      for (guint i = 0; r < best_row && i < (*ret_row)->n_cells; i++)
        g_ptr_array_add (preamble, g_strdup ((*ret_row)->cells[i]));
    }

  if (best_row < 0)
    {
      g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_HEADINGS, "%s: no row of known headings among the first %d", self->name, HEADING_ROWS);
      return FALSE;
    }

  if (ret_preamble != NULL)
    *ret_preamble = g_steal_pointer (&preamble);

  return TRUE;
}

/**
 * probity_csv_reader_get_sha256:
 *
 * Returns: (nullable): SHA-256 of the bytes of the whole file, once the last row has been read
 */
const char *
probity_csv_reader_get_sha256 (ProbityCsvReader *self)
{
  g_return_val_if_fail (PROBITY_IS_CSV_READER (self), NULL);

  return self->sha256;
}

GBytes *
probity_csv_load_bytes (GFile   *file,
                        goffset  max_bytes,
                        GError **error)
{
  const ProbityFileErrors errors = { PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_FORMAT, PROBITY_CSV_ERROR_TOO_LARGE };

  return probity_file_load_bytes (file, max_bytes, &errors, NULL, NULL, error);
}
