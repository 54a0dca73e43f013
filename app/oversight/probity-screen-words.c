/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-screen-private.h"

#include <string.h>

#include "probity-record-kind.h"

/* Names of at most so many words; more candidates than any article has. */
#define MAX_NAME 3
#define MAX_NAMES 4000
#define MAX_REFERENCES 500
#define MIN_NUMBER 4
#define MIN_FIRM 4
#define AROUND 60

/* Before a name; a single name after one of these is a surname. */
static const char *const ranks[] = { "pc", "dc", "wpc", "pcso", "sgt", "sergeant", "ps", "ds", "inspector", "insp", "di", "constable", "officer", "superintendent", "supt", "dci", "dcs", "chief", "detective", "special", "mr", "mrs", "ms", "miss", "dr", "sir", "acc", "dcc", "commander", "commissioner" };

/* Of those, what makes a single word a surname of one of us. */
static const char *const firm_words[] = { "ltd", "limited", "plc", "llp", "inc", "co", "company", "the", "and", "self", "employed", "own", "business", "none", "various", "n", "a", "services" };

static gboolean
is_one_of (const char        *word,
           const char *const *words,
           gsize              n)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (words[i], word))
      return TRUE;

  return FALSE;
}

static gboolean
is_rank (const char *word)
{
  return is_one_of (word, ranks, G_N_ELEMENTS (ranks));
}

static gboolean
is_word_character (gunichar character)
{
  return g_unichar_isalnum (character) || g_unichar_ismark (character) || character == '\'' || character == 0x2019;
}

static void
clear_word (gpointer data)
{
  g_free (((ProbityScreenWord *) data)->folded);
}

/* A name goes on over blanks, one line break and the full stop of an initial. */
static gboolean
is_joined (const char              *text,
           const ProbityScreenWord *before,
           const char              *start)
{
  guint breaks = 0;

  for (const char *p = text + before->place.start + before->place.length; p < start; p++)
    {
      if (*p == '\n')
        breaks++;
      else if (*p == '.')
        {
          if (before->place.length > 1)
            return FALSE;
        }
      else if (*p != ' ' && *p != '\r' && *p != '-')
        return FALSE;
    }

  return breaks <= 1;
}

/* "Marsh’s" is Marsh. */
static gsize
without_genitive (const char *start,
                  gsize       length)
{
  if (length > 2 && start[length - 1] == 's' && start[length - 2] == '\'')
    return length - 2;
  if (length > 4 && start[length - 1] == 's' && memcmp (start + length - 4, "\xe2\x80\x99", 3) == 0)
    return length - 4;

  return length;
}

GArray *
probity_screen_split (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (ProbityScreenWord));

  g_array_set_clear_func (words, clear_word);
  for (const char *p = text; *p != '\0';)
    {
      const char       *start = p;
      ProbityScreenWord word = { 0 };
      g_autofree char  *written = NULL;

      while (*p != '\0' && is_word_character (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      if (p == start)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      word.place.start = (guint) (start - text);
      word.place.length = (guint) without_genitive (start, (gsize) (p - start));
      written = g_strndup (start, word.place.length);
      word.folded = probity_fold_text (written);
      word.capital = g_unichar_isupper (g_utf8_get_char (start));
      word.joined = words->len > 0 && is_joined (text, &g_array_index (words, ProbityScreenWord, words->len - 1), start);
      g_array_append_val (words, word);
    }

  return words;
}

static void
free_name (gpointer data)
{
  g_free (((ProbityScreenName *) data)->words);
  g_free (data);
}

static ProbityScreenName *
add_name (GPtrArray  *names,
          const char *text,
          guint       start,
          guint       end)
{
  ProbityScreenName *name = g_new0 (ProbityScreenName, 1);

  name->place = (ProbitySearchMark) { start, end - start };
  name->words = g_strndup (text + start, end - start);
  g_strdelimit (name->words, "\r\n.-", ' ');
  g_ptr_array_add (names, name);

  return name;
}

static guint
get_end (const ProbityScreenWord *word)
{
  return word->place.start + word->place.length;
}

/* 1988 is a year wherever no rank or "number" says otherwise. */
static gboolean
is_number (GArray *words,
           guint   at)
{
  const ProbityScreenWord *word = &g_array_index (words, ProbityScreenWord, at);
  const char              *before = at > 0 ? g_array_index (words, ProbityScreenWord, at - 1).folded : "";
  const gboolean           announced = is_rank (before) || g_str_equal (before, "number") || g_str_equal (before, "collar") || g_str_equal (before, "no");

  if (strpbrk (word->folded, "0123456789") == NULL)
    return FALSE;
  if (announced)
    return TRUE;
  if (strlen (word->folded) < MIN_NUMBER)
    return FALSE;

  return !(strlen (word->folded) == 4 && (g_str_has_prefix (word->folded, "19") || g_str_has_prefix (word->folded, "20")));
}

static gboolean
is_name_word (const ProbityScreenWord *word)
{
  return word->capital && strpbrk (word->folded, "0123456789") == NULL && *word->folded != '\0' && !is_rank (word->folded);
}

GPtrArray *
probity_screen_find_names (const char *text,
                           GArray     *words)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (free_name);

  for (guint i = 0; i < words->len && names->len < MAX_NAMES; i++)
    {
      const ProbityScreenWord *word = &g_array_index (words, ProbityScreenWord, i);
      guint                    n = 1;

      if (is_number (words, i))
        {
          add_name (names, text, word->place.start, get_end (word))->number = TRUE;
          continue;
        }
      if (!is_name_word (word))
        continue;

      while (n < MAX_NAME && i + n < words->len && g_array_index (words, ProbityScreenWord, i + n).joined && is_name_word (&g_array_index (words, ProbityScreenWord, i + n)))
        {
          n++;
          add_name (names, text, word->place.start, get_end (&g_array_index (words, ProbityScreenWord, i + n - 1)));
        }
      if (n == 1 && i > 0 && word->joined && is_rank (g_array_index (words, ProbityScreenWord, i - 1).folded) && strlen (word->folded) >= 3)
        add_name (names, text, word->place.start, get_end (word))->surname = TRUE;
    }

  return names;
}

/* Two or three letters, and parts of letters and digits between strokes: SJ/2026/0007, LI/7KX2MQ. */
GPtrArray *
probity_screen_find_references (const char *text)
{
  GPtrArray  *references = g_ptr_array_new_with_free_func (free_name);
  const char *p = text;

  while ((p = strchr (p, '/')) != NULL && references->len < MAX_REFERENCES)
    {
      const char *start = p;
      const char *end = p + 1;

      while (start > text && p - start < 3 && g_ascii_isalpha (start[-1]))
        start--;
      while (g_ascii_isalnum (*end) || (*end == '/' && g_ascii_isalnum (end[1])))
        end++;
      if (p - start >= 2 && end - p > 3 && (start == text || !g_ascii_isalnum (start[-1])))
        {
          ProbityScreenName *name = g_new0 (ProbityScreenName, 1);

          name->place = (ProbitySearchMark) { (guint) (start - text), (guint) (end - start) };
          name->words = g_ascii_strup (start, end - start);
          g_ptr_array_add (references, name);
        }
      p = end;
    }

  return references;
}

char *
probity_screen_fold_firm (const char *name)
{
  g_autofree char *folded = probity_fold_text (name);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  g_autoptr (GString) firm = g_string_new (NULL);
  gboolean says_something = FALSE;
  guint    n = *folded != '\0' ? g_strv_length (words) : 0;

  while (n > 0 && is_one_of (words[n - 1], firm_words, G_N_ELEMENTS (firm_words)))
    n--;
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (firm, "%s%s", i > 0 ? " " : "", words[i]);
      says_something = says_something || !is_one_of (words[i], firm_words, G_N_ELEMENTS (firm_words));
    }

  return says_something && firm->len >= MIN_FIRM ? g_string_free (g_steal_pointer (&firm), FALSE) : NULL;
}

char *
probity_screen_dup_context (const char              *text,
                            const ProbitySearchMark *place)
{
  const char *first = text + place->start;
  const char *last = first + place->length;
  const char *start = first;
  const char *end = last;
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean blank = FALSE;

  while (start > text && first - start < AROUND)
    start = g_utf8_prev_char (start);
  while (start > text && start < first && !g_ascii_isspace (start[-1]))
    start = g_utf8_next_char (start);
  while (*end != '\0' && end - last < AROUND)
    end = g_utf8_next_char (end);
  while (*end != '\0' && end > last && !g_ascii_isspace (*end))
    end = g_utf8_prev_char (end);

  if (start > text)
    g_string_append (line, "…");
  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (g_unichar_isspace (character) || g_unichar_iscntrl (character))
        {
          blank = line->len > 0;
          continue;
        }
      if (blank)
        g_string_append_c (line, ' ');
      blank = FALSE;
      g_string_append_unichar (line, character);
    }
  if (*end != '\0')
    g_string_append (line, "…");

  return g_string_free (g_steal_pointer (&line), FALSE);
}
