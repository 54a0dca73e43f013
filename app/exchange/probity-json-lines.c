/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-json-lines.h"

#include <string.h>

#include "probity-json.h"

#define CHUNK (256 * 1024)

/* Members are looked for in so many lines; what comes up later for the first time is not a column. */
#define SAMPLE_LINES 1000

/* A path of members, `user.account`, is no longer than this. */
#define MAX_PATH 256

/**
 * ProbityJsonLinesReader:
 *
 * Reads a file of one JSON object a line (RFC 8259, strictly) as a table, in bounded memory: its columns are the
 * members of the first 1,000 lines, nested ones by their path (`user.account`), and a row has the texts and numbers as
 * they are written, nothing for null, and nothing for a list. A line that is not one object, or has a member twice, comes
 * with an error of its own. json-glib would make a tree of every line, at a tenth of the speed.
 *
 * One reader belongs to one thread at a time.
 */
struct _ProbityJsonLinesReader
{
  GObject parent_instance;

  GInputStream    *stream;
  char            *name;
  ProbityCsvLimits limits;
  GChecksum       *checksum;
  char            *sha256;

  GString *text;
  gsize    at;
  guint64  bytes_read;
  guint64  line;
  gboolean ended;
  gboolean sampling;

  GPtrArray  *paths;   /* the columns */
  GHashTable *columns; /* path → position + 1 */

  /* The line at hand. */
  const char   *p;
  const char   *end;
  GString      *path;
  GString      *cell_text;
  GArray       *offsets; /* of each column; 0: not there */
  GPtrArray    *cells;
  guint         expected; /* members mostly come in the order of the line before */
  GError       *row_error;
  ProbityCsvRow row;
  ProbityCsvRow headings;
};

G_DEFINE_FINAL_TYPE (ProbityJsonLinesReader, probity_json_lines_reader, G_TYPE_OBJECT)

/* Where the value of an unwanted member goes. */
#define NO_COLUMN G_MAXUINT

static gboolean read_value (ProbityJsonLinesReader *self,
                            guint                   column,
                            int                     depth);

static gboolean
refuse (ProbityJsonLinesReader *self,
        ProbityJsonError        code,
        guint                   column,
        const char             *complaint)
{
  if (self->row_error == NULL)
    {
      self->row_error = g_error_new_literal (PROBITY_JSON_ERROR, (int) code, complaint);
      self->row.error_column = column != NO_COLUMN ? column + 1 : 0;
    }

  return FALSE;
}

static inline void
skip_space (ProbityJsonLinesReader *self)
{
  while (self->p < self->end && (*self->p == ' ' || *self->p == '\t' || *self->p == '\r'))
    self->p++;
}

static inline gboolean
take (ProbityJsonLinesReader *self,
      char                    byte)
{
  if (self->p == self->end || *self->p != byte)
    return FALSE;
  self->p++;

  return TRUE;
}

static int
read_hex (ProbityJsonLinesReader *self)
{
  int value = 0;

  for (int i = 0; i < 4; i++, self->p++)
    {
      if (self->p == self->end || !g_ascii_isxdigit (*self->p))
        return -1;
      value = value << 4 | g_ascii_xdigit_value (*self->p);
    }

  return value;
}

/* What stands behind a backslash. */
static gboolean
read_escape (ProbityJsonLinesReader *self,
             GString                *text)
{
  static const char plain[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char       *found;
  gunichar          character;
  int               unit;

  if (self->p == self->end)
    return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "a text that does not end");

  found = *self->p != '\0' ? strchr (plain, *self->p) : NULL;
  if (found != NULL)
    {
      self->p++;
      if (text != NULL)
        g_string_append_c (text, meant[found - plain]);
      return TRUE;
    }
  if (!take (self, 'u'))
    return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "an unknown escape");

  unit = read_hex (self);
  if (unit < 0)
    return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "an escape without its four digits");
  character = (gunichar) unit;
  if ((character & 0xfc00) == 0xd800)
    {
      unit = take (self, '\\') && take (self, 'u') ? read_hex (self) : -1;
      if (unit < 0 || (unit & 0xfc00) != 0xdc00)
        return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "half a character");
      character = 0x10000 + ((character & 0x3ff) << 10) + ((gunichar) unit & 0x3ff);
    }
  else if ((character & 0xfc00) == 0xdc00)
    {
      return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "half a character");
    }
  if (character == 0)
    return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "a NUL character");
  if (text != NULL)
    g_string_append_unichar (text, character);

  return TRUE;
}

/* Reads a text and appends it to @text, which may be NULL. */
static gboolean
read_string (ProbityJsonLinesReader *self,
             GString                *text)
{
  if (!take (self, '"'))
    return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "a text in double quotation marks is expected");

  while (self->p < self->end)
    {
      const char *start = self->p;

      while (self->p < self->end && *self->p != '"' && *self->p != '\\' && (guchar) *self->p >= 0x20)
        self->p++;
      if (text != NULL && self->p > start)
        g_string_append_len (text, start, self->p - start);
      if (self->p == self->end)
        break;

      if (take (self, '"'))
        return TRUE;
      if (!take (self, '\\'))
        return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "a control character in a text");
      if (!read_escape (self, text))
        return FALSE;
    }

  return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "a text that does not end");
}

static gboolean
read_number (ProbityJsonLinesReader *self)
{
  const char *start;

  take (self, '-');
  start = self->p;
  if (!take (self, '0'))
    while (self->p < self->end && g_ascii_isdigit (*self->p))
      self->p++;
  if (self->p == start)
    return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "a value is expected");

  for (int part = 0; part < 2; part++)
    {
      if (part == 0 && !take (self, '.'))
        continue;
      if (part == 1)
        {
          if (!take (self, 'e') && !take (self, 'E'))
            continue;
          if (!take (self, '+'))
            take (self, '-');
        }
      start = self->p;
      while (self->p < self->end && g_ascii_isdigit (*self->p))
        self->p++;
      if (self->p == start)
        return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "a number that does not end");
    }

  if (self->p < self->end && (g_ascii_isalnum (*self->p) || *self->p == '.' || *self->p == '+'))
    return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "not a number");

  return TRUE;
}

/* The column of the path at hand; in the first lines a new path is a new column. */
static gboolean
find_column (ProbityJsonLinesReader *self,
             guint                  *ret_column)
{
  gpointer found;

  *ret_column = NO_COLUMN;
  if (self->expected < self->paths->len && strcmp (g_ptr_array_index (self->paths, self->expected), self->path->str) == 0)
    {
      *ret_column = self->expected++;
      return TRUE;
    }

  if (g_hash_table_lookup_extended (self->columns, self->path->str, NULL, &found))
    {
      *ret_column = GPOINTER_TO_UINT (found) - 1;
      self->expected = *ret_column + 1;
      return TRUE;
    }

  if (!self->sampling || self->path->len > MAX_PATH)
    return TRUE;
  if (self->paths->len >= self->limits.max_columns)
    return refuse (self, PROBITY_JSON_ERROR_TOO_LARGE, NO_COLUMN, "more different members than are read");

  *ret_column = self->paths->len;
  self->expected = self->paths->len + 1;
  g_ptr_array_add (self->paths, g_strdup (self->path->str));
  g_hash_table_insert (self->columns, g_ptr_array_index (self->paths, *ret_column), GUINT_TO_POINTER (*ret_column + 1));
  g_array_set_size (self->offsets, self->paths->len);

  return TRUE;
}

static gboolean
read_object (ProbityJsonLinesReader *self,
             int                     depth)
{
  const gsize length = self->path->len;

  skip_space (self);
  if (take (self, '}'))
    return TRUE;

  do
    {
      guint column = NO_COLUMN;

      skip_space (self);
      g_string_truncate (self->path, length);
      if (length > 0)
        g_string_append_c (self->path, '.');
      if (!read_string (self, self->path))
        return FALSE;
      skip_space (self);
      if (!take (self, ':'))
        return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "a colon is expected");
      skip_space (self);
      /* Of an object only what is in it can be a column. */
      if (self->p < self->end && *self->p != '{' && !find_column (self, &column))
        return FALSE;
      if (!read_value (self, column, depth))
        return FALSE;
      skip_space (self);
    }
  while (take (self, ','));
  g_string_truncate (self->path, length);

  return take (self, '}') || refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "a comma or the end of the object is expected");
}

/* What a list holds cannot be one cell; it is checked and left. */
static gboolean
read_array (ProbityJsonLinesReader *self,
            int                     depth)
{
  const gsize length = self->path->len;

  skip_space (self);
  if (take (self, ']'))
    return TRUE;

  /* Members of objects in a list are no columns. */
  g_string_append (self->path, "[]");
  do
    {
      if (!read_value (self, NO_COLUMN, depth))
        return FALSE;
      skip_space (self);
    }
  while (take (self, ','));
  g_string_truncate (self->path, length);

  return take (self, ']') || refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "a comma or the end of the list is expected");
}

static gboolean
begin_cell (ProbityJsonLinesReader *self,
            guint                   column)
{
  gsize *offset;

  if (column == NO_COLUMN)
    return TRUE;

  /* Two programs could read two different things in one line. */
  offset = &g_array_index (self->offsets, gsize, column);
  if (*offset != 0)
    return refuse (self, PROBITY_JSON_ERROR_SYNTAX, column, "the member comes twice");
  *offset = self->cell_text->len;

  return TRUE;
}

static gboolean
end_cell (ProbityJsonLinesReader *self,
          guint                   column)
{
  if (column == NO_COLUMN)
    return TRUE;
  if (self->cell_text->len - g_array_index (self->offsets, gsize, column) > self->limits.max_field)
    return refuse (self, PROBITY_JSON_ERROR_TOO_LARGE, column, "the text is too long");
  g_string_append_c (self->cell_text, '\0');

  return TRUE;
}

static gboolean
read_value (ProbityJsonLinesReader *self,
            guint                   column,
            int                     depth)
{
  static const char *const words[] = { "true", "false", "null" };
  const char              *start;

  if (depth > PROBITY_JSON_MAX_DEPTH)
    return refuse (self, PROBITY_JSON_ERROR_TOO_LARGE, NO_COLUMN, "nested too deeply");

  skip_space (self);
  if (self->p == self->end)
    return refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "a value is expected");

  if (take (self, '{'))
    return read_object (self, depth + 1);
  if (take (self, '['))
    return begin_cell (self, column) && end_cell (self, column) && read_array (self, depth + 1);
  if (!begin_cell (self, column))
    return FALSE;
  if (*self->p == '"')
    return read_string (self, column != NO_COLUMN ? self->cell_text : NULL) && end_cell (self, column);

  start = self->p;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (self->end - start) >= length && memcmp (start, words[i], length) == 0 &&
          (start + length == self->end || !g_ascii_isalnum (start[length])))
        {
          self->p += length;
          if (column != NO_COLUMN && *words[i] != 'n')
            g_string_append (self->cell_text, words[i]);
          return end_cell (self, column);
        }
    }

  if (!read_number (self))
    return FALSE;
  if (column != NO_COLUMN)
    g_string_append_len (self->cell_text, start, self->p - start);

  return end_cell (self, column);
}

static void
read_row (ProbityJsonLinesReader *self,
          const char             *line,
          gsize                   length)
{
  g_clear_error (&self->row_error);
  self->row.line = self->line;
  self->row.error_column = 0;
  self->p = line;
  self->end = line + length;
  self->expected = 0;
  g_string_truncate (self->path, 0);
  /* The first byte serves all cells that are not there. */
  g_string_truncate (self->cell_text, 0);
  g_string_append_c (self->cell_text, '\0');
  if (self->offsets->len > 0)
    memset (self->offsets->data, 0, sizeof (gsize) * self->offsets->len);

  skip_space (self);
  if (!g_utf8_validate_len (line, length, NULL))
    refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "not valid UTF-8");
  else if (!take (self, '{'))
    refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "the line is not an object");
  else if (read_object (self, 1))
    {
      skip_space (self);
      if (self->p != self->end)
        refuse (self, PROBITY_JSON_ERROR_SYNTAX, NO_COLUMN, "something behind the end of the object");
    }

  g_ptr_array_set_size (self->cells, 0);
  for (guint i = 0; i < self->offsets->len; i++)
    g_ptr_array_add (self->cells, self->row_error == NULL ? self->cell_text->str + g_array_index (self->offsets, gsize, i) : (gpointer) "");
  self->row.n_cells = self->cells->len;
  self->row.cells = (const char *const *) self->cells->pdata;
  self->row.error = self->row_error;
}

static gboolean
fill_text (ProbityJsonLinesReader *self,
           GCancellable           *cancellable,
           GError                **error)
{
  gsize n = 0;
  gsize length;

  g_string_erase (self->text, 0, (gssize) self->at);
  self->at = 0;
  length = self->text->len;
  g_string_set_size (self->text, length + CHUNK);
  if (!g_input_stream_read_all (self->stream, self->text->str + length, CHUNK, &n, cancellable, error))
    {
      g_prefix_error (error, "%s: ", self->name);
      return FALSE;
    }
  g_string_set_size (self->text, length + n);

  g_checksum_update (self->checksum, (const guchar *) self->text->str + length, (gssize) n);
  self->bytes_read += n;
  if (self->bytes_read > self->limits.max_bytes)
    {
      g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_TOO_LARGE, "%s: the file is larger than %" G_GUINT64_FORMAT " bytes", self->name, self->limits.max_bytes);
      return FALSE;
    }
  if (n == 0)
    {
      self->ended = TRUE;
      g_set_str (&self->sha256, g_checksum_get_string (self->checksum));
    }

  return TRUE;
}

/* Goes on to the end of a line that is longer than is read; it is no row. */
static gboolean
skip_line (ProbityJsonLinesReader *self,
           GCancellable           *cancellable,
           GError                **error)
{
  while (TRUE)
    {
      const char *newline = memchr (self->text->str + self->at, '\n', self->text->len - self->at);

      if (newline != NULL)
        {
          self->at = (gsize) (newline - self->text->str) + 1;
          return TRUE;
        }
      self->at = self->text->len;
      if (self->ended)
        return TRUE;
      if (!fill_text (self, cancellable, error))
        return FALSE;
    }
}

static gboolean
take_bytes (ProbityJsonLinesReader *self,
            const char            **ret_line,
            gsize                  *ret_length,
            gboolean               *ret_too_long,
            GCancellable           *cancellable,
            GError                **error)
{
  gsize seen = 0;

  *ret_line = NULL;
  *ret_too_long = FALSE;
  while (TRUE)
    {
      const gsize left = self->text->len - self->at;
      const char *start = self->text->str + self->at;
      const char *newline = memchr (start + seen, '\n', left - seen);

      if (newline != NULL || (self->ended && left > 0))
        {
          *ret_line = start;
          *ret_length = newline != NULL ? (gsize) (newline - start) : left;
          self->at += *ret_length + (newline != NULL);
          *ret_too_long = *ret_length > self->limits.max_row;
          return TRUE;
        }
      if (self->ended)
        return TRUE;
      if (left > self->limits.max_row)
        {
          *ret_line = "";
          *ret_length = 0;
          *ret_too_long = TRUE;
          return skip_line (self, cancellable, error);
        }
      seen = left;
      if (!fill_text (self, cancellable, error))
        return FALSE;
    }
}

/* Goes back to the first line, behind a byte order mark. */
static gboolean
rewind_reader (ProbityJsonLinesReader *self,
               GCancellable           *cancellable,
               GError                **error)
{
  if (!g_seekable_seek (G_SEEKABLE (self->stream), 0, G_SEEK_SET, cancellable, error))
    return FALSE;

  g_checksum_reset (self->checksum);
  g_clear_pointer (&self->sha256, g_free);
  g_string_truncate (self->text, 0);
  self->at = 0;
  self->bytes_read = 0;
  self->ended = FALSE;
  self->line = 0;
  if (!fill_text (self, cancellable, error))
    return FALSE;
  if (g_str_has_prefix (self->text->str, "\xef\xbb\xbf"))
    self->at = 3;

  return TRUE;
}

static void
probity_json_lines_reader_finalize (GObject *object)
{
  ProbityJsonLinesReader *self = PROBITY_JSON_LINES_READER (object);

  g_clear_object (&self->stream);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_clear_pointer (&self->sha256, g_free);
  g_string_free (self->text, TRUE);
  g_string_free (self->path, TRUE);
  g_string_free (self->cell_text, TRUE);
  g_clear_pointer (&self->columns, g_hash_table_unref);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->offsets, g_array_unref);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_error (&self->row_error);

  G_OBJECT_CLASS (probity_json_lines_reader_parent_class)->finalize (object);
}

static void
probity_json_lines_reader_class_init (ProbityJsonLinesReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = probity_json_lines_reader_finalize;
}

static void
probity_json_lines_reader_init (ProbityJsonLinesReader *self)
{
  self->limits = probity_csv_limits;
  self->limits.max_row = 1024 * 1024;
  self->limits.max_field = 64 * 1024;
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->text = g_string_new (NULL);
  self->path = g_string_new (NULL);
  self->cell_text = g_string_new (NULL);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->columns = g_hash_table_new (g_str_hash, g_str_equal);
  self->offsets = g_array_new (FALSE, TRUE, sizeof (gsize));
  self->cells = g_ptr_array_new ();
}

/**
 * probity_json_lines_reader_new:
 * @stream: the file, in which can be sought
 * @name: what messages call the file
 * @limits: (nullable): %NULL for lines of 1 MiB and texts of 64 KiB
 *
 * Reads the first lines of @stream for their members, and goes back to the first.
 *
 * Returns: (transfer full) (nullable): a reader, or %NULL with an error that names the file; %PROBITY_CSV_ERROR_HEADINGS
 *   where none of the first lines is an object
 */
ProbityJsonLinesReader *
probity_json_lines_reader_new (GInputStream           *stream,
                               const char             *name,
                               const ProbityCsvLimits *limits,
                               GCancellable           *cancellable,
                               GError                **error)
{
  g_autoptr (ProbityJsonLinesReader) self = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && G_IS_SEEKABLE (stream), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (PROBITY_TYPE_JSON_LINES_READER, NULL);
  self->stream = g_object_ref (stream);
  self->name = g_utf8_make_valid (name, -1);
  if (limits != NULL)
    self->limits = *limits;

  if (!rewind_reader (self, cancellable, error))
    return NULL;
  self->sampling = TRUE;
  for (guint i = 0; i < SAMPLE_LINES; i++)
    {
      const ProbityCsvRow *row;

      if (!probity_json_lines_reader_next (self, &row, cancellable, error))
        return NULL;
      if (row == NULL)
        break;
    }
  self->sampling = FALSE;

  if (self->paths->len == 0)
    {
      g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_HEADINGS, "%s: none of the first %d lines is a JSON object with members", self->name, SAMPLE_LINES);
      return NULL;
    }
  self->headings.line = 1;
  self->headings.n_cells = self->paths->len;
  self->headings.cells = (const char *const *) self->paths->pdata;

  return rewind_reader (self, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * probity_json_lines_reader_get_headings:
 *
 * Returns: (transfer none): the paths of the members as if they were the headings of a table; as long as the reader
 */
const ProbityCsvRow *
probity_json_lines_reader_get_headings (ProbityJsonLinesReader *self)
{
  g_return_val_if_fail (PROBITY_IS_JSON_LINES_READER (self), NULL);

  return &self->headings;
}

/**
 * probity_json_lines_reader_next:
 * @ret_row: (out) (nullable): the next line, valid until the next call; %NULL behind the last
 *
 * Blank lines are passed over.
 *
 * Returns: %FALSE where the file cannot be read on
 */
gboolean
probity_json_lines_reader_next (ProbityJsonLinesReader *self,
                                const ProbityCsvRow   **ret_row,
                                GCancellable           *cancellable,
                                GError                **error)
{
  g_return_val_if_fail (PROBITY_IS_JSON_LINES_READER (self), FALSE);

  *ret_row = NULL;
  while (TRUE)
    {
      const char *line;
      gsize       length;
      gsize       blank = 0;
      gboolean    too_long;

      if (!take_bytes (self, &line, &length, &too_long, cancellable, error))
        return FALSE;
      if (line == NULL)
        return TRUE;

      self->line++;
      while (blank < length && (line[blank] == ' ' || line[blank] == '\t' || line[blank] == '\r'))
        blank++;
      if (blank == length && !too_long)
        continue;

      read_row (self, line, too_long ? 0 : length);
      if (too_long)
        {
          g_clear_error (&self->row_error);
          refuse (self, PROBITY_JSON_ERROR_TOO_LARGE, NO_COLUMN, "the line is too long");
          self->row.error = self->row_error;
        }
      *ret_row = &self->row;
      return TRUE;
    }
}

/* How many bytes of the file were read. */
guint64
probity_json_lines_reader_get_position (ProbityJsonLinesReader *self)
{
  g_return_val_if_fail (PROBITY_IS_JSON_LINES_READER (self), 0);

  return self->bytes_read;
}

/**
 * probity_json_lines_reader_get_sha256:
 *
 * Returns: (nullable): SHA-256 of the bytes of the whole file, once the last line has been read
 */
const char *
probity_json_lines_reader_get_sha256 (ProbityJsonLinesReader *self)
{
  g_return_val_if_fail (PROBITY_IS_JSON_LINES_READER (self), NULL);

  return self->sha256;
}
