/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-db-weights.h"

#include "probity-db-private.h"

/* Saturation of bm25, and words of a row in the middle; see probity-db-rank.c. */
#define K1 1.2
#define B 0.75
#define MEAN_LENGTH 24.0

/* Characters for private use: FTS5's unicode61 takes them for letters. */
#define FIRST_WEIGHT 0xE000
#define FIRST_LENGTH 0xE100

/* Rows up to so many words have a sign for each number of them, longer ones one for so many numbers. */
#define EXACT_LENGTHS 32
#define LENGTH_STEP 8

double
probity_db_rank_word (int n_found,
                      int n_words)
{
  return n_found / (n_found + K1 * (1 - B + B * n_words / MEAN_LENGTH));
}

static guint
weigh (int n_found,
       int n_words)
{
  return (guint) (probity_db_rank_word (n_found, n_words) * PROBITY_WEIGHTS);
}

static guint
sort_length (guint n_words)
{
  return n_words < EXACT_LENGTHS ? n_words : MIN (EXACT_LENGTHS + (n_words - EXACT_LENGTHS) / LENGTH_STEP, PROBITY_LENGTHS - 1);
}

guint
probity_db_weigh_length (guint length)
{
  return weigh (1, length < EXACT_LENGTHS ? (int) length : (int) (EXACT_LENGTHS + (length - EXACT_LENGTHS) * LENGTH_STEP));
}

static const char *
write_sign (gunichar sign,
            char    *ret_sign)
{
  ret_sign[g_unichar_to_utf8 (sign, ret_sign)] = '\0';

  return ret_sign;
}

const char *
probity_db_write_weight (guint weight,
                         char *ret_sign)
{
  return write_sign (FIRST_WEIGHT + weight, ret_sign);
}

const char *
probity_db_write_length (guint length,
                         char *ret_sign)
{
  return write_sign (FIRST_LENGTH + length, ret_sign);
}

gboolean
probity_db_has_weights (const char *beginning)
{
  gsize length = strlen (beginning);

  if (length < PROBITY_WEIGHTS_MIN_LETTERS || length > PROBITY_WEIGHTS_MAX_LETTERS)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (beginning[i]) || g_ascii_isupper (beginning[i]))
      return FALSE;

  return TRUE;
}

/*
 * Letters of ASCII and digits make words; what is beyond ASCII belongs to the word it stands in, which then
 * counts and has no weights of its own. A word's first eight letters are kept in a number whose order is theirs.
 */
static void
gather_words (const char *text,
              GArray     *keys,
              guint      *n_words)
{
  const guchar *p = (const guchar *) text;

  while (*p != '\0')
    {
      guint64  key = 0;
      guint    n = 0;
      gboolean plain = TRUE;

      while (*p != '\0' && *p < 0x80 && !g_ascii_isalnum (*p))
        p++;
      for (; *p >= 0x80 || g_ascii_isalnum (*p); p++, n++)
        {
          plain = plain && *p < 0x80;
          if (n < PROBITY_WEIGHTS_MAX_LETTERS)
            key |= (guint64) (guchar) g_ascii_tolower (*p) << (56 - 8 * n);
        }
      if (n == 0)
        continue;
      (*n_words)++;
      if (plain && n >= PROBITY_WEIGHTS_MIN_LETTERS)
        g_array_append_val (keys, key);
    }
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  guint64 x = *(const guint64 *) a;
  guint64 y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

static void
append_beginning (GString *weights,
                  guint64  key,
                  guint    letters,
                  guint    weight)
{
  char sign[8];

  g_string_append_c (weights, ' ');
  g_string_append (weights, probity_db_write_weight (weight, sign));
  for (guint i = 0; i < letters; i++)
    g_string_append_c (weights, (char) (key >> (56 - 8 * i)));
}

/* probity_weights (text, …): the weights of a row whose columns these are. */
static void
weights_func (sqlite3_context *context,
              int              n_values,
              sqlite3_value  **values)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GString) weights = NULL;
  guint n_words = 0;
  char  sign[8];
  gsize length;

  for (int i = 0; i < n_values; i++)
    {
      const char *text = (const char *) sqlite3_value_text (values[i]);

      if (text != NULL)
        gather_words (text, keys, &n_words);
    }
  if (n_words == 0)
    return;

  weights = g_string_new (probity_db_write_length (sort_length (n_words), sign));
  g_array_sort (keys, compare_keys);
  for (guint letters = PROBITY_WEIGHTS_MIN_LETTERS; letters <= PROBITY_WEIGHTS_MAX_LETTERS; letters++)
    {
      const guint64 mask = ~(guint64) 0 << (64 - 8 * letters);
      guint         end;

      for (guint i = 0; i < keys->len; i = end)
        {
          const guint64 key = g_array_index (keys, guint64, i) & mask;

          for (end = i + 1; end < keys->len && (g_array_index (keys, guint64, end) & mask) == key; end++)
            ;
          /* A shorter word is no beginning of so many letters. */
          if (end - i > 1 && (key >> (64 - 8 * letters) & 0xff) != 0)
            append_beginning (weights, key, letters, weigh ((int) (end - i), (int) n_words));
        }
    }

  length = weights->len;
  sqlite3_result_text64 (context, g_string_free_and_steal (g_steal_pointer (&weights)), length, g_free, SQLITE_UTF8);
}

int
probity_db_add_weights (sqlite3 *handle)
{
  return sqlite3_create_function_v2 (handle, "probity_weights", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, weights_func, NULL, NULL, NULL);
}
