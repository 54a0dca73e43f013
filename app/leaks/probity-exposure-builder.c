/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-builder.h"

#include <stdlib.h>

#include "probity-packed.h"

/* So many rows are put in order at a time; logs come in order, or nearly. */
#define RUN_CHUNKS 8
#define RUN_ROWS (RUN_CHUNKS * PROBITY_EXPOSURE_CHUNK_ROWS)

/* A dictionary beyond this is not one: the column is no name of a thing. */
#define MAX_WORDS_BYTES (G_GUINT64_CONSTANT (1) << 30)

typedef struct
{
  gint64  ms;
  guint64 line;
  guint32 codes[PROBITY_LOG_N_FIELDS];
} Row;

typedef struct
{
  GHashTable *codes; /* word → code */
  GPtrArray  *words; /* code - 1 → word */
  const char *last;  /* the word of the row before */
  guint32     last_code;
} Dictionary;

struct _ProbityExposureBuilder
{
  Dictionary dictionaries[PROBITY_LOG_N_FIELDS];
  guint64    words_bytes;
  Row       *run;
  guint      n_run;
  gint64    *values;
  GPtrArray *chunks;
  guint64    rows;
  guint64    rejected;
  GPtrArray *problems;
  gint64     first_ms;
  gint64     last_ms;
};

static void
free_chunk (gpointer data)
{
  ProbityExposureChunk *chunk = data;

  for (guint i = 0; i < PROBITY_EXPOSURE_N_COLUMNS; i++)
    g_clear_pointer (&chunk->columns[i], g_bytes_unref);
  g_free (chunk);
}

static void
free_problem (gpointer data)
{
  ProbityImportProblem *problem = data;

  g_free (problem->column);
  g_free (problem->message);
  g_free (problem);
}

ProbityExposureBuilder *
probity_exposure_builder_new (void)
{
  ProbityExposureBuilder *self = g_new0 (ProbityExposureBuilder, 1);

  for (guint i = 0; i < PROBITY_LOG_N_FIELDS; i++)
    {
      self->dictionaries[i].words = g_ptr_array_new_with_free_func (g_free);
      self->dictionaries[i].codes = g_hash_table_new (g_str_hash, g_str_equal);
    }
  self->run = g_new (Row, RUN_ROWS);
  self->values = g_new (gint64, PROBITY_EXPOSURE_CHUNK_ROWS);
  self->chunks = g_ptr_array_new_with_free_func (free_chunk);
  self->problems = g_ptr_array_new_with_free_func (free_problem);
  self->first_ms = G_MAXINT64;
  self->last_ms = G_MININT64;

  return self;
}

void
probity_exposure_builder_free (ProbityExposureBuilder *self)
{
  for (guint i = 0; i < PROBITY_LOG_N_FIELDS; i++)
    {
      g_hash_table_unref (self->dictionaries[i].codes);
      g_ptr_array_unref (self->dictionaries[i].words);
    }
  g_free (self->run);
  g_free (self->values);
  g_ptr_array_unref (self->chunks);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static void
reject (ProbityExposureBuilder *self,
        guint64                 line,
        const char             *column,
        const char             *message)
{
  ProbityImportProblem *problem;

  self->rejected++;
  if (self->problems->len == PROBITY_EXPOSURE_MAX_PROBLEMS)
    return;

  problem = g_new0 (ProbityImportProblem, 1);
  problem->line = line;
  problem->column = g_strdup (column);
  problem->message = g_utf8_make_valid (message, -1);
  g_ptr_array_add (self->problems, problem);
}

static int
compare_rows (const void *a,
              const void *b)
{
  const Row *one = a;
  const Row *other = b;

  if (one->ms != other->ms)
    return one->ms < other->ms ? -1 : 1;

  return (one->line > other->line) - (one->line < other->line);
}

static void
pack_chunk (ProbityExposureBuilder *self,
            const Row              *rows,
            guint                   n,
            guint64                 place)
{
  ProbityExposureChunk *chunk = g_new0 (ProbityExposureChunk, 1);

  chunk->rows = n;
  chunk->first_ms = rows[0].ms;
  chunk->last_ms = rows[n - 1].ms;
  for (guint field = 0; field < PROBITY_LOG_N_FIELDS; field++)
    {
      for (guint i = 0; i < n; i++)
        self->values[i] = rows[i].codes[field];
      chunk->columns[field] = probity_packed_new (self->values, n);
    }
  for (guint i = 0; i < n; i++)
    self->values[i] = rows[i].ms;
  chunk->columns[PROBITY_EXPOSURE_TIME] = probity_packed_new (self->values, n);
  /* Of a log in order of time this is one number. */
  for (guint i = 0; i < n; i++)
    self->values[i] = (gint64) (rows[i].line - place - i);
  chunk->columns[PROBITY_EXPOSURE_LINE] = probity_packed_new (self->values, n);

  self->first_ms = MIN (self->first_ms, chunk->first_ms);
  self->last_ms = MAX (self->last_ms, chunk->last_ms);
  g_ptr_array_add (self->chunks, chunk);
}

static void
pack_run (ProbityExposureBuilder *self)
{
  const guint64 place = self->rows - self->n_run;
  gboolean      sorted = TRUE;

  for (guint i = 1; sorted && i < self->n_run; i++)
    sorted = self->run[i - 1].ms <= self->run[i].ms;
  if (!sorted)
    qsort (self->run, self->n_run, sizeof (Row), compare_rows);

  for (guint at = 0; at < self->n_run; at += PROBITY_EXPOSURE_CHUNK_ROWS)
    pack_chunk (self, self->run + at, MIN (PROBITY_EXPOSURE_CHUNK_ROWS, self->n_run - at), place + at);
  self->n_run = 0;
}

/* The code of @word, 0 where it is empty; a new one is looked at more closely. */
static gboolean
find_code (ProbityExposureBuilder *self,
           guint                   field,
           const char             *word,
           guint32                *ret_code,
           GError                **error)
{
  Dictionary      *dictionary = &self->dictionaries[field];
  g_autofree char *line = NULL;
  gpointer         found;

  *ret_code = 0;
  if (*word == '\0')
    return TRUE;
  if (dictionary->last != NULL && strcmp (dictionary->last, word) == 0)
    {
      *ret_code = dictionary->last_code;
      return TRUE;
    }

  found = g_hash_table_lookup (dictionary->codes, word);
  if (found == NULL)
    {
      /* A cell of several lines, or with a sign that turns the writing, would show as another. */
      line = probity_parse_line (word, PROBITY_LOG_MAX_TEXT, error);
      if (line == NULL)
        return FALSE;
      if (*line == '\0')
        return TRUE;
      found = g_hash_table_lookup (dictionary->codes, line);
    }
  if (found == NULL)
    {
      self->words_bytes += strlen (line);
      g_ptr_array_add (dictionary->words, line);
      found = GUINT_TO_POINTER (dictionary->words->len);
      g_hash_table_insert (dictionary->codes, g_steal_pointer (&line), found);
    }

  *ret_code = GPOINTER_TO_UINT (found);
  dictionary->last = g_ptr_array_index (dictionary->words, *ret_code - 1);
  dictionary->last_code = *ret_code;

  return TRUE;
}

/**
 * probity_exposure_builder_add:
 * @row: taken, or counted as rejected where it has an error
 *
 * Returns: %FALSE with %PROBITY_CSV_ERROR_TOO_LARGE where the log holds more different words than are kept
 */
gboolean
probity_exposure_builder_add (ProbityExposureBuilder *self,
                              const ProbityLogRow    *row,
                              GError                **error)
{
  static const char *const names[] = { "who", "record", "place", "role", "unit" };
  Row                     *taken = &self->run[self->n_run];

  if (row->error != NULL)
    {
      reject (self, row->line, row->column, row->error->message);
      return TRUE;
    }

  /* The account last, so that nobody is listed for a row that is rejected. */
  for (guint i = PROBITY_LOG_N_FIELDS; i-- > 0;)
    {
      g_autoptr (GError) problem = NULL;

      if (!find_code (self, i, row->texts[i], &taken->codes[i], &problem))
        {
          reject (self, row->line, names[i], problem->message);
          return TRUE;
        }
    }
  if (self->words_bytes > MAX_WORDS_BYTES)
    {
      g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_TOO_LARGE, "Line %" G_GUINT64_FORMAT ": the log names more different accounts, records and places than are kept; is each column what it should be?", row->line);
      return FALSE;
    }

  if (taken->codes[PROBITY_LOG_WHO] == 0 || taken->codes[PROBITY_LOG_RECORD] == 0)
    {
      reject (self, row->line, taken->codes[PROBITY_LOG_WHO] == 0 ? "who" : "record", "The cell is blank");
      return TRUE;
    }

  taken->ms = row->ms;
  taken->line = row->line;
  self->rows++;
  if (++self->n_run == RUN_ROWS)
    pack_run (self);

  return TRUE;
}

/* After the last row. */
void
probity_exposure_builder_finish (ProbityExposureBuilder *self)
{
  if (self->n_run > 0)
    pack_run (self);
}

guint64
probity_exposure_builder_get_rows (ProbityExposureBuilder *self)
{
  return self->rows;
}

guint64
probity_exposure_builder_get_rejected (ProbityExposureBuilder *self)
{
  return self->rejected;
}

/* (element-type ProbityImportProblem): the first of the lines that were not taken */
GPtrArray *
probity_exposure_builder_get_problems (ProbityExposureBuilder *self)
{
  return self->problems;
}

/* (element-type ProbityExposureChunk) */
GPtrArray *
probity_exposure_builder_get_chunks (ProbityExposureBuilder *self)
{
  return self->chunks;
}

/* (element-type utf8): the word of code 1 first */
GPtrArray *
probity_exposure_builder_get_words (ProbityExposureBuilder *self,
                                    ProbityLogField         field)
{
  return self->dictionaries[field].words;
}

void
probity_exposure_builder_get_range (ProbityExposureBuilder *self,
                                    gint64                 *ret_first_ms,
                                    gint64                 *ret_last_ms)
{
  *ret_first_ms = self->first_ms;
  *ret_last_ms = self->last_ms;
}
