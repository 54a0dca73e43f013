/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access-log.h"

#include <string.h>

#include "probity-json-lines.h"
#include "probity-log-time.h"

#define MAX_MAPPING (256 * 1024)

/* Five million rows have some 500 MB. */
static const ProbityCsvLimits limits = {
  .max_bytes = G_GUINT64_CONSTANT (64) * 1024 * 1024 * 1024,
  .max_row = 1024 * 1024,
  .max_field = 64 * 1024,
  .max_columns = 512,
};

/* By ProbityLogField. */
static const char *const targets[PROBITY_LOG_N_FIELDS] = { "who", "record", "place", "role", "unit" };

/**
 * ProbityAccessLog:
 *
 * The access log of a system, CSV or one JSON object a line, read row by row in bounded memory: who, when, which
 * record, from where, and where the file has them role and unit. Which column is which is said by its headings or by a
 * mapping file (see #ProbityMapping), whose group `[who]` says how accounts become staff numbers.
 *
 * One reader belongs to one thread at a time.
 */
struct _ProbityAccessLog
{
  GObject parent_instance;

  GInputStream           *stream;
  guint64                 size;
  ProbityCsvReader       *csv;
  ProbityJsonLinesReader *lines;
  ProbityLogTime         *time;

  GPtrArray *columns;
  int        positions[PROBITY_LOG_N_FIELDS]; /* -1: the file has none */
  GArray    *when;                            /* (element-type guint) */
  guint      n_headings;
  gboolean   tells_order;

  GStrv         headings;
  GString      *joined;
  GError       *row_error;
  ProbityLogRow row;
};

G_DEFINE_FINAL_TYPE (ProbityAccessLog, probity_access_log, G_TYPE_OBJECT)

static void
probity_access_log_finalize (GObject *object)
{
  ProbityAccessLog *self = PROBITY_ACCESS_LOG (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->csv);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->time, probity_log_time_free);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->when, g_array_unref);
  g_clear_pointer (&self->headings, g_strfreev);
  g_string_free (self->joined, TRUE);
  g_clear_error (&self->row_error);

  G_OBJECT_CLASS (probity_access_log_parent_class)->finalize (object);
}

static void
probity_access_log_class_init (ProbityAccessLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = probity_access_log_finalize;
}

static void
probity_access_log_init (ProbityAccessLog *self)
{
  self->joined = g_string_new (NULL);
  self->when = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < PROBITY_LOG_N_FIELDS; i++)
    self->positions[i] = -1;
}

/* A JSON object comes first in one kind of file, and never in the other. */
static gboolean
is_json (GInputStream *stream,
         gboolean     *ret_json,
         GCancellable *cancellable,
         GError      **error)
{
  char  head[4096];
  gsize n = 0;
  gsize at = 0;

  if (!g_input_stream_read_all (stream, head, sizeof head, &n, cancellable, error) ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error))
    return FALSE;

  if (n >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    at = 3;
  while (at < n && g_ascii_isspace (head[at]))
    at++;
  *ret_json = at < n && head[at] == '{';

  return TRUE;
}

static gboolean
fail_missing (const char *name,
              const char *target,
              GError    **error)
{
  g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_HEADINGS, "%s: no column tells “%s”; a mapping file can say which", name, target);

  return FALSE;
}

static gboolean
take_columns (ProbityAccessLog    *self,
              ProbityMapping      *mapping,
              const ProbityCsvRow *headings,
              const char          *name,
              const char          *zone,
              GError             **error)
{
  g_autoptr (GPtrArray) ignored = NULL;
  ProbityDateOrder order = PROBITY_DATE_ORDER_UNDECLARED;

  self->columns = probity_mapping_resolve (mapping, headings, &ignored, error);
  if (self->columns == NULL)
    return FALSE;

  self->n_headings = headings->n_cells;
  self->headings = g_new0 (char *, headings->n_cells + 1);
  for (guint i = 0; i < headings->n_cells; i++)
    self->headings[i] = g_strdup (headings->cells[i]);

  for (guint i = 0; i < self->columns->len; i++)
    {
      ProbityColumn *column = g_ptr_array_index (self->columns, i);

      if (g_str_equal (column->alias->target, "when"))
        {
          g_array_append_vals (self->when, column->positions->data, column->positions->len);
          order = column->order;
        }
      for (guint field = 0; field < PROBITY_LOG_N_FIELDS; field++)
        if (g_str_equal (column->alias->target, targets[field]))
          self->positions[field] = (int) g_array_index (column->positions, guint, 0);
    }

  if (self->positions[PROBITY_LOG_WHO] < 0)
    return fail_missing (name, "who", error);
  if (self->when->len == 0)
    return fail_missing (name, "when", error);
  if (self->positions[PROBITY_LOG_RECORD] < 0)
    return fail_missing (name, "record", error);

  self->time = probity_log_time_new (zone, order, error);
  self->tells_order = order != PROBITY_DATE_ORDER_UNDECLARED;

  return self->time != NULL;
}

/**
 * probity_access_log_open_stream:
 * @stream: the file, in which can be sought
 * @name: what messages call the file
 * @mapping: (nullable): a mapping file
 * @mapping_name: (nullable): what messages call it
 * @zone: the time zone of times that tell none: `+01:00`, `UTC`, `Europe/London`
 *
 * Returns: (transfer full) (nullable): the log before its first row, or %NULL with an error that names the file
 */
ProbityAccessLog *
probity_access_log_open_stream (GInputStream *stream,
                                const char   *name,
                                GBytes       *mapping,
                                const char   *mapping_name,
                                const char   *zone,
                                GCancellable *cancellable,
                                GError      **error)
{
  g_autoptr (ProbityAccessLog) self = NULL;
  g_autoptr (ProbityMapping) columns = NULL;
  const ProbityCsvRow *headings;
  gboolean             json;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && G_IS_SEEKABLE (stream), NULL);
  g_return_val_if_fail (name != NULL && zone != NULL, NULL);

  self = g_object_new (PROBITY_TYPE_ACCESS_LOG, NULL);
  self->stream = g_object_ref (stream);
  columns = probity_mapping_new (PROBITY_FILE_ACCESS_LOG);
  if (mapping != NULL && !probity_mapping_read (columns, mapping, mapping_name != NULL ? mapping_name : "mapping", error))
    return NULL;

  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, cancellable, error))
    return NULL;
  self->size = (guint64) g_seekable_tell (G_SEEKABLE (stream));
  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error) || !is_json (stream, &json, cancellable, error))
    return NULL;

  if (json)
    {
      self->lines = probity_json_lines_reader_new (stream, name, &limits, cancellable, error);
      if (self->lines == NULL)
        return NULL;
      headings = probity_json_lines_reader_get_headings (self->lines);
    }
  else
    {
      self->csv = probity_csv_reader_new (stream, name, &limits, cancellable, error);
      if (self->csv == NULL ||
          !probity_csv_reader_find_headings (self->csv, probity_mapping_score, columns, NULL, &headings, cancellable, error))
        return NULL;
    }

  return take_columns (self, columns, headings, name, zone, error) ? g_steal_pointer (&self) : NULL;
}

/* As probity_access_log_open_stream() for a file. */
ProbityAccessLog *
probity_access_log_open (const char   *path,
                         GBytes       *mapping,
                         const char   *mapping_name,
                         const char   *zone,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree char *name = g_file_get_basename (file);

  if (stream == NULL)
    return NULL;

  return probity_access_log_open_stream (G_INPUT_STREAM (stream), name, mapping, mapping_name, zone, cancellable, error);
}

static void
reject (ProbityAccessLog *self,
        int               position,
        const char       *complaint)
{
  g_clear_error (&self->row_error);
  self->row_error = g_error_new_literal (PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_INVALID, complaint);
  self->row.error = self->row_error;
  self->row.column = position >= 0 ? self->headings[position] : NULL;
}

static void
take_texts (ProbityAccessLog    *self,
            const ProbityCsvRow *cells)
{
  for (guint field = 0; field < PROBITY_LOG_N_FIELDS; field++)
    {
      const int position = self->positions[field];

      self->row.texts[field] = position >= 0 && (guint) position < cells->n_cells ? cells->cells[position] : "";
      if (self->row.error == NULL && strlen (self->row.texts[field]) > PROBITY_LOG_MAX_TEXT)
        reject (self, position, "The text is longer than 512 bytes");
    }

  if (self->row.error == NULL && *self->row.texts[PROBITY_LOG_WHO] == '\0')
    reject (self, self->positions[PROBITY_LOG_WHO], "The line does not tell who");
  if (self->row.error == NULL && *self->row.texts[PROBITY_LOG_RECORD] == '\0')
    reject (self, self->positions[PROBITY_LOG_RECORD], "The line does not tell which record");
}

static void
take_time (ProbityAccessLog    *self,
           const ProbityCsvRow *cells)
{
  const guint first = g_array_index (self->when, guint, 0);
  const char *text = first < cells->n_cells ? cells->cells[first] : "";

  if (self->when->len > 1)
    {
      g_string_assign (self->joined, text);
      for (guint i = 1; i < self->when->len; i++)
        {
          const guint position = g_array_index (self->when, guint, i);
          const char *part = position < cells->n_cells ? cells->cells[position] : "";

          g_string_append_c (self->joined, ' ');
          g_string_append (self->joined, part);
        }
      text = self->joined->str;
    }

  g_clear_error (&self->row_error);
  if (probity_log_time_parse (self->time, text, &self->row.ms, &self->row_error))
    return;
  self->row.error = self->row_error;
  self->row.column = self->headings[first];
}

/**
 * probity_access_log_next:
 * @ret_row: (out) (nullable): the next row, valid until the next call; %NULL behind the last
 *
 * Returns: %FALSE where the file cannot be read on
 */
gboolean
probity_access_log_next (ProbityAccessLog     *self,
                         const ProbityLogRow **ret_row,
                         GCancellable         *cancellable,
                         GError              **error)
{
  const ProbityCsvRow *cells;

  g_return_val_if_fail (PROBITY_IS_ACCESS_LOG (self), FALSE);

  *ret_row = NULL;
  if (!(self->csv != NULL ? probity_csv_reader_next (self->csv, &cells, cancellable, error)
                          : probity_json_lines_reader_next (self->lines, &cells, cancellable, error)))
    return FALSE;
  if (cells == NULL)
    return TRUE;

  self->row.line = cells->line;
  self->row.error = cells->error;
  self->row.column = NULL;
  if (cells->error != NULL && cells->error_column > 0 && cells->error_column <= self->n_headings)
    self->row.column = self->headings[cells->error_column - 1];

  /* A cell too few or too many may have shifted all the others. */
  if (self->csv != NULL && cells->error == NULL && cells->n_cells != self->n_headings)
    reject (self, -1, cells->n_cells < self->n_headings ? "The line has fewer cells than there are headings" : "The line has more cells than there are headings");

  if (self->row.error == NULL)
    take_texts (self, cells);
  if (self->row.error == NULL)
    take_time (self, cells);
  *ret_row = &self->row;

  return TRUE;
}

/* Whether the mapping says in which order day, month and year stand. */
gboolean
probity_access_log_tells_order (ProbityAccessLog *self)
{
  g_return_val_if_fail (PROBITY_IS_ACCESS_LOG (self), FALSE);

  return self->tells_order;
}

/* Whether the file has a column for @field. */
gboolean
probity_access_log_has (ProbityAccessLog *self,
                        ProbityLogField   field)
{
  g_return_val_if_fail (PROBITY_IS_ACCESS_LOG (self), FALSE);

  return self->positions[field] >= 0;
}

/* How many bytes of the file were read, of probity_access_log_get_size(). */
guint64
probity_access_log_get_position (ProbityAccessLog *self)
{
  g_return_val_if_fail (PROBITY_IS_ACCESS_LOG (self), 0);

  return (guint64) g_seekable_tell (G_SEEKABLE (self->stream));
}

guint64
probity_access_log_get_size (ProbityAccessLog *self)
{
  g_return_val_if_fail (PROBITY_IS_ACCESS_LOG (self), 0);

  return self->size;
}

/* How many times fell into an hour that the clocks went through twice; the earlier instant was taken. */
guint64
probity_access_log_get_n_ambiguous (ProbityAccessLog *self)
{
  g_return_val_if_fail (PROBITY_IS_ACCESS_LOG (self), 0);

  return probity_log_time_get_n_ambiguous (self->time);
}

/**
 * probity_access_log_get_sha256:
 *
 * Returns: (nullable): SHA-256 of the bytes of the whole file, once the last row has been read
 */
const char *
probity_access_log_get_sha256 (ProbityAccessLog *self)
{
  g_return_val_if_fail (PROBITY_IS_ACCESS_LOG (self), NULL);

  return self->csv != NULL ? probity_csv_reader_get_sha256 (self->csv) : probity_json_lines_reader_get_sha256 (self->lines);
}

/* Accounts --------------------------------------------------------------------------------------- */

static gboolean
read_keep (GKeyFile   *file,
           const char *key,
           const char *name,
           gboolean   *ret_keep,
           GError    **error)
{
  g_autofree char *value = g_key_file_get_string (file, "who", key, NULL);

  *ret_keep = g_strcmp0 (value, "keep") == 0;
  if (value == NULL || *ret_keep || g_str_equal (value, "drop"))
    return TRUE;

  g_set_error (error, PROBITY_MAPPING_ERROR, PROBITY_MAPPING_ERROR_INVALID, "%s: [who] %s: keep or drop, not “%.60s”", name, key, value);

  return FALSE;
}

/**
 * probity_log_who_read:
 * @self: (out caller-allocates): clear it with probity_log_who_clear()
 * @mapping: (nullable): a mapping file; %NULL for what holds without one
 *
 * Reads the group `[who]` of a mapping file: `domain=drop`, `leading-zeros=drop` (or `keep`; drop is what holds), and
 * `prefixes=PC;PS`.
 */
gboolean
probity_log_who_read (ProbityLogWho *self,
                      GBytes        *mapping,
                      const char    *name,
                      GError       **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) keys = NULL;
  g_auto (GStrv) prefixes = NULL;
  const char *data;
  gsize       length;

  memset (self, 0, sizeof *self);
  if (mapping == NULL)
    return TRUE;

  data = g_bytes_get_data (mapping, &length);
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  if (length == 0 || length > MAX_MAPPING || !g_utf8_validate_len (data, length, NULL) ||
      !g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, NULL))
    {
      g_set_error (error, PROBITY_MAPPING_ERROR, PROBITY_MAPPING_ERROR_INVALID, "%s: no mapping file", name);
      return FALSE;
    }

  keys = g_key_file_get_keys (file, "who", NULL, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!g_str_equal (keys[i], "domain") && !g_str_equal (keys[i], "leading-zeros") && !g_str_equal (keys[i], "prefixes"))
      {
        g_set_error (error, PROBITY_MAPPING_ERROR, PROBITY_MAPPING_ERROR_UNKNOWN, "%s: [who] %.60s: domain, leading-zeros or prefixes", name, keys[i]);
        return FALSE;
      }
  if (!read_keep (file, "domain", name, &self->keep_domain, error) || !read_keep (file, "leading-zeros", name, &self->keep_zeros, error))
    return FALSE;

  prefixes = g_key_file_get_string_list (file, "who", "prefixes", NULL, NULL);
  if (prefixes != NULL)
    {
      g_autoptr (GStrvBuilder) folded = g_strv_builder_new ();

      for (guint i = 0; prefixes[i] != NULL; i++)
        {
          g_autofree char *stripped = g_strdup (g_strstrip (prefixes[i]));

          if (*stripped != '\0')
            g_strv_builder_take (folded, g_utf8_casefold (stripped, -1));
        }
      self->prefixes = g_strv_builder_end (folded);
    }

  return TRUE;
}

void
probity_log_who_clear (ProbityLogWho *self)
{
  g_clear_pointer (&self->prefixes, g_strfreev);
}

/**
 * probity_log_who_fold:
 * @account: as a log or the staff list writes it
 *
 * Two accounts of one folded form are one: without case, domain, leading zeros and prefixes, as @self says.
 *
 * Returns: (transfer full): never empty unless @account is
 */
char *
probity_log_who_fold (const ProbityLogWho *self,
                      const char          *account)
{
  g_autofree char *stripped = g_strstrip (g_strdup (account));
  const char      *start = stripped;
  g_autofree char *folded = NULL;
  char            *at;

  if (!self->keep_domain)
    {
      char *sign = strchr (stripped, '@');

      if (strrchr (stripped, '\\') != NULL && strrchr (stripped, '\\')[1] != '\0')
        start = strrchr (stripped, '\\') + 1;
      else if (sign != NULL && sign != stripped)
        *sign = '\0';
    }

  folded = g_utf8_casefold (start, -1);
  at = folded;
  for (guint i = 0; self->prefixes != NULL && self->prefixes[i] != NULL; i++)
    if (g_str_has_prefix (at, self->prefixes[i]))
      {
        char *rest = at + strlen (self->prefixes[i]);

        while (*rest == ' ' || *rest == '-')
          rest++;
        /* Somebody may be called so. */
        if (g_ascii_isdigit (*rest))
          {
            at = rest;
            break;
          }
      }
  if (!self->keep_zeros)
    while (*at == '0' && at[1] != '\0')
      at++;

  return g_strdup (at);
}
