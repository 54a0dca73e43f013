/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "person-truth.h"

#include <string.h>

enum
{
  FORENAMES,
  SURNAME,
  KNOWN_AS,
  FORMER_NAMES,
  DATE_OF_BIRTH,
  ADDRESS,
  POSTCODE,
  ROW,
  PERSON,
  N_FIELDS,
};

static const struct
{
  const char *heading;
  int         field;
} headings[] = {
  { "forenames", FORENAMES }, { "given_name", FORENAMES }, { "surname", SURNAME }, { "known_as", KNOWN_AS }, { "former_names", FORMER_NAMES }, { "date_of_birth", DATE_OF_BIRTH }, { "address", ADDRESS }, { "street_number", ADDRESS }, { "address_1", ADDRESS }, { "address_2", ADDRESS }, { "suburb", ADDRESS }, { "state", ADDRESS }, { "postcode", POSTCODE }, { "rec_id", PERSON }, { "person", PERSON }, { "row", ROW }
};

static GPtrArray *
split_row (const char *line)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) cell = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *at = line;; at++)
    {
      if (quoted && *at == '"' && at[1] == '"')
        g_string_append_c (cell, *++at);
      else if (*at == '"')
        quoted = !quoted;
      else if (*at == '\0' || *at == '\r' || (*at == ',' && !quoted))
        {
          g_ptr_array_add (cells, g_strstrip (g_strdup (cell->str)));
          g_string_truncate (cell, 0);
          if (*at != ',')
            return cells;
        }
      else
        g_string_append_c (cell, *at);
    }
}

static void
free_row (gpointer data)
{
  TruthRow *row = data;

  g_free (row->id);
  g_free (row->truth);
  g_free (row->text);
  probity_person_key_free (row->key);
  g_free (row);
}

static TruthRow *
read_row (const char *line,
          const int  *fields,
          guint       n_fields)
{
  g_autoptr (GPtrArray) cells = split_row (line);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  const char *values[N_FIELDS] = { NULL };
  TruthRow   *row = g_new0 (TruthRow, 1);

  for (guint i = 0; i < cells->len && i < n_fields; i++)
    {
      const char *cell = g_ptr_array_index (cells, i);

      if (fields[i] < 0 || *cell == '\0')
        continue;
      if (values[fields[i]] != NULL)
        {
          char *joined = g_strconcat (values[fields[i]], ", ", cell, NULL);

          g_ptr_array_add (owned, joined);
          cell = joined;
        }
      values[fields[i]] = cell;
    }
  row->id = g_strdup (values[ROW] != NULL ? values[ROW] : values[PERSON]);
  if (values[PERSON] != NULL && g_str_has_prefix (values[PERSON], "rec-"))
    row->truth = g_strndup (values[PERSON] + 4, strcspn (values[PERSON] + 4, "-"));
  else
    row->truth = g_strdup (values[PERSON] != NULL ? values[PERSON] : "");
  row->text = g_strdup (line);
  row->key = probity_person_key_new (&(ProbityPersonFields) {
      .forenames = values[FORENAMES],
      .surname = values[SURNAME],
      .known_as = values[KNOWN_AS],
      .former_names = values[FORMER_NAMES],
      .date_of_birth = values[DATE_OF_BIRTH],
      .address = values[ADDRESS],
      .postcode = values[POSTCODE],
  });
  return row;
}

GPtrArray *
truth_load (const char *path,
            GError    **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GPtrArray) heading = NULL;
  g_autofree int *fields = NULL;
  GPtrArray      *rows;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  heading = split_row (lines[0]);
  fields = g_new (int, heading->len);
  for (guint i = 0; i < heading->len; i++)
    {
      fields[i] = -1;
      for (guint j = 0; j < G_N_ELEMENTS (headings); j++)
        if (strcmp (headings[j].heading, g_ptr_array_index (heading, i)) == 0)
          fields[i] = headings[j].field;
    }
  rows = g_ptr_array_new_with_free_func (free_row);
  for (guint i = 1; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      g_ptr_array_add (rows, read_row (lines[i], fields, heading->len));
  return rows;
}

static void
tell_pair (const char     *what,
           const TruthRow *a,
           const TruthRow *b,
           double          score,
           const char     *why)
{
  g_print ("# %s %.4f %s\n#     %s\n#     %s\n", what, score, why, a->text, b->text);
}

/* Every row asks for its like; the pairs found, either way round, are held against the truth. */
void
truth_measure (GPtrArray   *rows,
               double       threshold,
               gboolean     tell,
               TruthResult *ret_result)
{
  g_autoptr (ProbityPersonIndex) index = probity_person_index_new ();
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  TruthResult *result = ret_result;

  memset (result, 0, sizeof *result);
  for (guint i = 0; i < rows->len; i++)
    {
      const TruthRow *row = g_ptr_array_index (rows, i);

      probity_person_index_add (index, i, probity_person_key_copy (row->key));
    }
  probity_person_index_freeze (index);

  for (guint i = 0; i < rows->len; i++)
    {
      const TruthRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GArray) hits = probity_person_index_find (index, row->key, threshold, 0);

      for (guint j = 0; j < hits->len; j++)
        {
          const ProbityPersonIndexHit *hit = &g_array_index (hits, ProbityPersonIndexHit, j);
          const TruthRow              *other = g_ptr_array_index (rows, hit->id);
          gint64                       pair = MIN (i, hit->id) * (gint64) rows->len + MAX (i, hit->id);
          g_autofree char             *why = NULL;

          if (hit->id == i || !g_hash_table_add (found, g_memdup2 (&pair, sizeof pair)))
            continue;
          if (strcmp (row->truth, other->truth) == 0)
            {
              result->right++;
              continue;
            }
          result->wrong++;
          if (tell)
            {
              why = probity_person_index_explain (index, row->key, hit->id);
              tell_pair ("WRONG", row, other, hit->score, why);
            }
        }
    }
  for (guint i = 0; i < rows->len; i++)
    for (guint j = i + 1; j < rows->len; j++)
      {
        const TruthRow  *a = g_ptr_array_index (rows, i), *b = g_ptr_array_index (rows, j);
        gint64           pair = i * (gint64) rows->len + j;
        g_autofree char *why = NULL;
        double           score;

        if (strcmp (a->truth, b->truth) != 0 || g_hash_table_contains (found, &pair))
          continue;
        result->missed++;
        score = probity_person_compare (a->key, b->key);
        if (score >= threshold + 0.15)
          result->not_compared++;
        if (tell)
          {
            why = probity_person_index_explain (index, a->key, j);
            tell_pair (score >= threshold + 0.15 ? "NOT COMPARED" : "MISSED", a, b, score, why);
          }
      }
  result->precision = result->right + result->wrong == 0 ? 0 : (double) result->right / (result->right + result->wrong);
  result->recall = result->right + result->missed == 0 ? 0 : (double) result->right / (result->right + result->missed);
  result->f1 = result->right == 0 ? 0 : 2 * result->precision * result->recall / (result->precision + result->recall);
}
