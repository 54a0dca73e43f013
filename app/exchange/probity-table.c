/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-table.h"

#include <string.h>

#include "probity-full-name.h"
#include "probity-mapping.h"

#define MAX_MAPPING (256 * 1024)

/**
 * ProbityTable:
 *
 * A file of people, complaints, reports or second jobs, read by the names of our own columns, whatever the file calls
 * them. A row that cannot be used says why and does not stop the ones after it.
 */
struct _ProbityTable
{
  GObject parent_instance;

  ProbityFileKind   kind;
  ProbityCsvReader *reader;
  GPtrArray        *columns;
  GStrv             ignored;
  guint             n_headings;

  /* The row at hand. */
  guint64     line;
  GHashTable *values; /* target → text */
  char       *problem;
  char       *problem_column;
};

G_DEFINE_FINAL_TYPE (ProbityTable, probity_table, G_TYPE_OBJECT)

static ProbityColumn *
find_column (ProbityTable *self,
             const char   *target)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      ProbityColumn *column = g_ptr_array_index (self->columns, i);

      if (g_str_equal (column->alias->target, target))
        return column;
    }

  return NULL;
}

static void
set_problem (ProbityTable *self,
             const char   *column,
             const char   *problem)
{
  if (self->problem != NULL)
    return;

  self->problem = g_strdup (problem);
  self->problem_column = g_strdup (column);
}

static gboolean
contains_part (const char *whole,
               const char *part)
{
  g_autofree char *folded_whole = g_utf8_casefold (whole, -1);
  g_autofree char *folded_part = g_utf8_casefold (part, -1);

  return strstr (folded_whole, folded_part) != NULL;
}

static gboolean
is_house_number (const char *text)
{
  const char *at = text;

  while (g_ascii_isdigit (*at))
    at++;
  if (at != text && g_ascii_isalpha (*at))
    at++;

  return at != text && *at == '\0';
}

/* Joins the cells of a column, or finds that the same heading says two different things. */
static void
set_value (ProbityTable        *self,
           const ProbityColumn *column,
           const ProbityCsvRow *row)
{
  g_autoptr (GString) value = g_string_new (NULL);
  const char *last = NULL;

  for (guint i = 0; i < column->positions->len; i++)
    {
      guint       position = g_array_index (column->positions, guint, i);
      const char *cell = position < row->n_cells ? row->cells[position] : "";

      if (*cell == '\0')
        continue;

      switch (column->alias->join)
        {
        case PROBITY_JOIN_NONE:
          if (value->len > 0 && !g_str_equal (value->str, cell))
            set_problem (self, column->headings, "two columns give different values");
          g_string_assign (value, cell);
          break;

        case PROBITY_JOIN_WORDS:
          if (g_str_equal (value->str, cell))
            break;
          if (value->len > 0)
            g_string_append_c (value, ' ');
          g_string_append (value, cell);
          break;

        case PROBITY_JOIN_LINES:
          /* A full address beside its parts. */
          if (value->len > 0 && strlen (cell) > 3 && contains_part (value->str, cell))
            break;
          if (value->len > 0)
            g_string_append (value, last != NULL && is_house_number (last) ? " " : ", ");
          g_string_append (value, cell);
          break;

        case PROBITY_JOIN_LIST:
          if (value->len > 0)
            g_string_append (value, "; ");
          g_string_append (value, cell);
          break;
        }
      last = cell;
    }

  if (value->len > 0)
    g_hash_table_insert (self->values, (gpointer) column->alias->target, g_string_free_and_steal (g_steal_pointer (&value)));
}

/* People written in one cell. */
static void
split_full_name (ProbityTable *self)
{
  const char      *full = g_hash_table_lookup (self->values, "name");
  g_autofree char *forenames = NULL;
  g_autofree char *surname = NULL;

  if (full == NULL || g_hash_table_contains (self->values, "surname"))
    return;

  probity_full_name_split (full, &forenames, &surname);
  if (surname != NULL)
    g_hash_table_insert (self->values, (gpointer) "surname", g_steal_pointer (&surname));
  if (forenames != NULL && !g_hash_table_contains (self->values, "forenames"))
    g_hash_table_insert (self->values, (gpointer) "forenames", g_steal_pointer (&forenames));
}

static const char *const gradings[] = { "source_evaluation", "information_assessment", "handling_code", NULL };

static gboolean
has_gradings (ProbityTable *self)
{
  for (gsize i = 0; gradings[i] != NULL; i++)
    if (find_column (self, gradings[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* `2BP` in one cell is a grading by 3x5x2; one by the older 5x5x5, such as `B24`, stays as it was given. */
static void
split_grading (ProbityTable *self)
{
  static const char *const signs[] = { "123", "ABCDE", "PC" };
  const char              *grading = g_hash_table_lookup (self->values, "graded_5x5x5");
  g_autofree char         *folded = grading != NULL ? probity_fold_word (grading) : NULL;
  g_autofree char         *upper = folded != NULL ? g_ascii_strup (folded, -1) : NULL;

  if (upper == NULL || strlen (upper) != G_N_ELEMENTS (signs) || has_gradings (self))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strchr (signs[i], upper[i]) == NULL)
      return;

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    g_hash_table_insert (self->values, (gpointer) gradings[i], g_strndup (upper + i, 1));
  g_hash_table_remove (self->values, "graded_5x5x5");
}

static void
check_markings (ProbityTable *self)
{
  static const char *const texts[] = { "text", "sanitised_text", "allegation", "nature" };
  const char              *marked = g_hash_table_lookup (self->values, "marking");
  g_autoptr (GError) error = NULL;
  ProbityMarking marking;

  if (marked != NULL && !probity_parse_marking (marked, &marking, &error))
    set_problem (self, probity_table_get_heading (self, "marking"), error->message);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = g_hash_table_lookup (self->values, texts[i]);

      if (text != NULL && probity_text_is_marked_too_high (text))
        set_problem (self, probity_table_get_heading (self, texts[i]), "the text is marked above OFFICIAL-SENSITIVE, which is the highest marking kept here");
    }
}

static void
take_row (ProbityTable        *self,
          const ProbityCsvRow *row)
{
  self->line = row->line;
  g_hash_table_remove_all (self->values);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->problem_column, g_free);

  if (row->error != NULL)
    set_problem (self, NULL, row->error->message);
  for (guint i = self->n_headings; i < row->n_cells; i++)
    if (*row->cells[i] != '\0')
      {
        set_problem (self, NULL, "the row has more cells than there are headings");
        break;
      }

  for (guint i = 0; i < self->columns->len; i++)
    set_value (self, g_ptr_array_index (self->columns, i), row);

  split_full_name (self);
  split_grading (self);
  check_markings (self);
}

static gboolean
is_empty_row (const ProbityCsvRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (*row->cells[i] != '\0')
      return FALSE;

  return row->error == NULL;
}

/* A page marked SECRET above its headings is so in every row. */
static gboolean
check_preamble (ProbityTable *self,
                GPtrArray    *preamble,
                GError      **error)
{
  for (guint i = 0; i < preamble->len; i++)
    if (probity_text_is_marked_too_high (g_ptr_array_index (preamble, i)))
      {
        g_set_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_MARKING, "%s: the file is marked “%s”, above OFFICIAL-SENSITIVE, which is the highest marking kept here", probity_csv_reader_get_name (self->reader), (const char *) g_ptr_array_index (preamble, i));
        return FALSE;
      }

  return TRUE;
}

static ProbityTable *
open_table (ProbityFileKind   kind,
            ProbityCsvReader *reader,
            GBytes           *mapping_bytes,
            const char       *mapping_name,
            GCancellable     *cancellable,
            GError          **error)
{
  g_autoptr (ProbityTable) self = g_object_new (PROBITY_TYPE_TABLE, NULL);
  g_autoptr (ProbityMapping) mapping = probity_mapping_new (kind);
  g_autoptr (GPtrArray) preamble = NULL;
  g_autoptr (GPtrArray) ignored = NULL;
  const ProbityCsvRow *headings;

  self->kind = kind;
  self->reader = g_object_ref (reader);

  if (mapping_bytes != NULL && !probity_mapping_read (mapping, mapping_bytes, mapping_name, error))
    return NULL;
  if (!probity_csv_reader_find_headings (reader, probity_mapping_score, mapping, &preamble, &headings, cancellable, error) ||
      !check_preamble (self, preamble, error))
    return NULL;

  self->columns = probity_mapping_resolve (mapping, headings, &ignored, error);
  if (self->columns == NULL)
    {
      g_prefix_error (error, "%s, line %" G_GUINT64_FORMAT ": ", probity_csv_reader_get_name (reader), headings->line);
      return NULL;
    }

  self->n_headings = headings->n_cells;
  g_ptr_array_add (ignored, NULL);
  self->ignored = (GStrv) g_ptr_array_free (g_steal_pointer (&ignored), FALSE);

  return g_steal_pointer (&self);
}

static void
probity_table_finalize (GObject *object)
{
  ProbityTable *self = PROBITY_TABLE (object);

  g_clear_object (&self->reader);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->ignored, g_strfreev);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->problem_column, g_free);

  G_OBJECT_CLASS (probity_table_parent_class)->finalize (object);
}

static void
probity_table_class_init (ProbityTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = probity_table_finalize;
}

static void
probity_table_init (ProbityTable *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

/**
 * probity_table_open:
 * @path: a CSV file
 * @mapping_path: (nullable): a mapping file, as ProbityMapping describes it
 *
 * Opens a file and finds its headings and columns.
 *
 * Returns: (transfer full) (nullable): the table at its first row, or %NULL with an error of ProbityCsvError,
 *   ProbityMappingError, %PROBITY_PARSE_ERROR_MARKING or %G_IO_ERROR that names the file and, where there is one, the line
 */
ProbityTable *
probity_table_open (ProbityFileKind kind,
                    const char     *path,
                    const char     *mapping_path,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_autoptr (ProbityCsvReader) reader = NULL;
  g_autoptr (GBytes) mapping = NULL;
  g_autofree char *mapping_name = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (mapping_path != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (mapping_path);
      g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);

      if (stream == NULL)
        return NULL;
      mapping = g_input_stream_read_bytes (G_INPUT_STREAM (stream), MAX_MAPPING + 1, cancellable, error);
      if (mapping == NULL)
        return NULL;
      mapping_name = g_file_get_basename (file);
    }

  reader = probity_csv_reader_new_for_path (path, cancellable, error);
  if (reader == NULL)
    return NULL;

  return open_table (kind, reader, mapping, mapping_name, cancellable, error);
}

ProbityTable *
probity_table_open_bytes (ProbityFileKind kind,
                          GBytes         *bytes,
                          const char     *name,
                          GBytes         *mapping,
                          GError        **error)
{
  g_autoptr (ProbityCsvReader) reader = probity_csv_reader_new_for_bytes (bytes, name, error);

  if (reader == NULL)
    return NULL;

  return open_table (kind, reader, mapping, "mapping", NULL, error);
}

/**
 * probity_table_get_ignored_headings:
 *
 * Returns: (array zero-terminated=1): headings of the file that nothing is read from, to be reported
 */
const char *const *
probity_table_get_ignored_headings (ProbityTable *self)
{
  g_return_val_if_fail (PROBITY_IS_TABLE (self), NULL);

  return (const char *const *) self->ignored;
}

/**
 * probity_table_has:
 *
 * Whether the file has the column at all: a cell that is empty clears a value, a column that is not there leaves it.
 * People written in one cell have both their names, a grading in one cell has its three parts.
 */
gboolean
probity_table_has (ProbityTable *self,
                   const char   *target)
{
  g_return_val_if_fail (PROBITY_IS_TABLE (self), FALSE);

  if (find_column (self, target) != NULL)
    return TRUE;

  if (g_strv_contains (gradings, target))
    return find_column (self, "graded_5x5x5") != NULL && !has_gradings (self);

  return (g_str_equal (target, "surname") || g_str_equal (target, "forenames")) && find_column (self, "name") != NULL;
}

/**
 * probity_table_get_heading:
 *
 * Returns: what the file calls the column, for messages; @target itself where the file does not have it
 */
const char *
probity_table_get_heading (ProbityTable *self,
                           const char   *target)
{
  const ProbityColumn *column;

  g_return_val_if_fail (PROBITY_IS_TABLE (self), NULL);

  column = find_column (self, target);
  if (column == NULL && (g_str_equal (target, "surname") || g_str_equal (target, "forenames")))
    column = find_column (self, "name");

  return column != NULL ? column->headings : target;
}

/**
 * probity_table_get_sha256:
 *
 * Returns: (nullable): of the whole file, once probity_table_next() has found its end
 */
const char *
probity_table_get_sha256 (ProbityTable *self)
{
  g_return_val_if_fail (PROBITY_IS_TABLE (self), NULL);

  return probity_csv_reader_get_sha256 (self->reader);
}

/**
 * probity_table_next:
 * @ret_row: whether there is another row
 *
 * Goes to the next row that is not empty.
 *
 * Returns: %FALSE with an error that names file and line where the file cannot be read on
 */
gboolean
probity_table_next (ProbityTable *self,
                    gboolean     *ret_row,
                    GCancellable *cancellable,
                    GError      **error)
{
  const ProbityCsvRow *row;

  g_return_val_if_fail (PROBITY_IS_TABLE (self), FALSE);

  do
    {
      if (!probity_csv_reader_next (self->reader, &row, cancellable, error))
        return FALSE;
    }
  while (row != NULL && is_empty_row (row));

  *ret_row = row != NULL;
  if (row != NULL)
    take_row (self, row);

  return TRUE;
}

/**
 * probity_table_get_line:
 *
 * Returns: the line of the file on which the row starts; the headings are usually on line 1
 */
guint64
probity_table_get_line (ProbityTable *self)
{
  g_return_val_if_fail (PROBITY_IS_TABLE (self), 0);

  return self->line;
}

/**
 * probity_table_get_problem:
 * @ret_column: (out) (optional) (nullable): the heading that it concerns, %NULL for the whole row
 *
 * Returns: (nullable): why the row as such must be rejected, before any of its values is looked at
 */
const char *
probity_table_get_problem (ProbityTable *self,
                           const char  **ret_column)
{
  g_return_val_if_fail (PROBITY_IS_TABLE (self), NULL);

  if (ret_column != NULL)
    *ret_column = self->problem_column;

  return self->problem;
}

/**
 * probity_table_get:
 *
 * Returns: (nullable): the value as the file has it, %NULL where it is empty; valid until the next row
 */
const char *
probity_table_get (ProbityTable *self,
                   const char   *target)
{
  g_return_val_if_fail (PROBITY_IS_TABLE (self), NULL);

  return g_hash_table_lookup (self->values, target);
}

/**
 * probity_table_get_line_text:
 * @ret_text: (out) (transfer full): as probity_parse_line() keeps it; empty where there is none
 */
gboolean
probity_table_get_line_text (ProbityTable *self,
                             const char   *target,
                             guint         max_characters,
                             char        **ret_text,
                             GError      **error)
{
  *ret_text = probity_parse_line (probity_table_get (self, target), max_characters, error);

  return *ret_text != NULL;
}

/**
 * probity_table_get_day:
 * @ret_day: %PROBITY_DAY_NONE where there is no value
 *
 * Reads a date in the order that the mapping or the heading declares.
 */
gboolean
probity_table_get_day (ProbityTable *self,
                       const char   *target,
                       ProbityDay   *ret_day,
                       GError      **error)
{
  const char          *value = probity_table_get (self, target);
  const ProbityColumn *column = find_column (self, target);

  *ret_day = PROBITY_DAY_NONE;

  return value == NULL || probity_parse_day (value, column != NULL ? column->order : PROBITY_DATE_ORDER_UNDECLARED, ret_day, error);
}

/**
 * probity_table_get_hours:
 * @ret_minutes: -1 where there is no value
 */
gboolean
probity_table_get_hours (ProbityTable *self,
                         const char   *target,
                         int          *ret_minutes,
                         GError      **error)
{
  const char *value = probity_table_get (self, target);

  *ret_minutes = -1;

  return value == NULL || probity_parse_hours (value, ret_minutes, error);
}

gboolean
probity_table_get_boolean (ProbityTable *self,
                           const char   *target,
                           gboolean     *ret_value,
                           gboolean     *ret_given,
                           GError      **error)
{
  const char *value = probity_table_get (self, target);

  *ret_value = FALSE;
  *ret_given = value != NULL;

  return value == NULL || probity_parse_boolean (value, ret_value, error);
}
