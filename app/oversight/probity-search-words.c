/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-search-private.h"

/* More than anybody types; what is beyond is not looked for. */
#define MAX_WORDS 12
#define MAX_TYPED 400
/* A name has so many letters at least before names that are only alike are looked for. */
#define MIN_NAME 3

/* Bytes of a snippet, and of what stands in it before the first word. */
#define SNIPPET 180
#define BEFORE 50
/* A text with more places than this shows one of them. */
#define MAX_MARKS 256

static gboolean
is_word_character (gunichar character)
{
  return g_unichar_isalnum (character) || g_unichar_ismark (character) || character == '\'' || character == 0x2019;
}

static gboolean
is_name (const char *word)
{
  if (g_utf8_strlen (word, -1) < MIN_NAME)
    return FALSE;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isalpha (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

/* What SQLite's index calls a word has nothing in it that a quoted string of a full-text query could mean. */
static char *
build_query (char      **words,
             const char *after)
{
  g_autoptr (GString) query = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const gboolean letter = g_utf8_strlen (words[i], -1) == 1;

      /* A single letter begins too much to be a beginning. */
      g_string_append_printf (query, "%s\"%s\"%s", i > 0 ? " AND " : "", words[i], letter ? "" : after);
    }

  return g_string_free (g_steal_pointer (&query), FALSE);
}

static ProbitySearchWords *
take_words (char *typed,
            GStrv words)
{
  ProbitySearchWords *self = g_new0 (ProbitySearchWords, 1);

  self->typed = typed;
  self->words = words;
  self->n_words = g_strv_length (words);
  self->whole = build_query (words, "");
  self->begun = build_query (words, " *");
  for (guint i = 0; i < self->n_words; i++)
    self->has_name = self->has_name || is_name (words[i]);

  return self;
}

/**
 * probity_search_words_new:
 * @typed: what somebody typed; any bytes
 *
 * Any thread. (transfer full)
 */
ProbitySearchWords *
probity_search_words_new (const char *typed)
{
  g_autofree char *valid = g_utf8_make_valid (typed, MIN (strlen (typed), MAX_TYPED));
  g_autofree char *folded = probity_fold_text (valid);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const gboolean      finished = *valid != '\0' && g_ascii_isspace (valid[strlen (valid) - 1]);
  ProbitySearchWords *self;
  guint               n_parts = *folded != '\0' ? g_strv_length (parts) : 0;
  guint               n = 0;

  for (guint i = 0; i < n_parts && n < MAX_WORDS; i++)
    {
      /* The word that is being typed has hardly begun. */
      if (i == n_parts - 1 && g_utf8_strlen (parts[i], -1) < 2)
        continue;
      g_strv_builder_add (words, parts[i]);
      n++;
    }

  self = take_words (g_strdup (g_strstrip (valid)), g_strv_builder_end (words));
  self->finished = finished;

  return self;
}

void
probity_search_words_free (ProbitySearchWords *self)
{
  if (self == NULL)
    return;

  g_free (self->typed);
  g_strfreev (self->words);
  g_free (self->whole);
  g_free (self->begun);
  g_free (self);
}

ProbitySearchWords *
probity_search_words_without (const ProbitySearchWords  *self,
                              const ProbitySearchSource *source)
{
  g_auto (GStrv) names = source->called != NULL ? g_strsplit (source->called, "|", -1) : NULL;
  ProbitySearchWords *rest;
  guint               longest = 0;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_auto (GStrv) name = g_strsplit (names[i], " ", -1);
      guint n = g_strv_length (name);
      guint same = 0;

      while (same < n && same < self->n_words && g_str_equal (name[same], self->words[same]))
        same++;
      if (same == n)
        longest = MAX (longest, n);
    }

  if (longest == 0)
    return NULL;

  rest = take_words (g_strdup (self->typed), g_strdupv (self->words + longest));
  rest->finished = self->finished;

  return rest;
}

/* The word at @text, of @length bytes, folded as the words looked for are; most are plain ASCII. */
static void
fold_word (const char *text,
           gsize       length,
           GString    *folded)
{
  g_string_truncate (folded, 0);
  for (gsize i = 0; i < length; i++)
    {
      if ((guchar) text[i] >= 0x80)
        {
          g_autofree char *copy = g_strndup (text, length);
          g_autofree char *plain = probity_fold_text (copy);

          g_string_assign (folded, plain);
          return;
        }
      if (text[i] != '\'')
        g_string_append_c (folded, g_ascii_tolower (text[i]));
    }
}

/* Goes on to the next word at or after @text; its length, 0 at the end. */
static gsize
find_word (const char **text)
{
  const char *p = *text;
  const char *end;

  while (*p != '\0' && !is_word_character (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  for (end = p; *end != '\0' && is_word_character (g_utf8_get_char (end));)
    end = g_utf8_next_char (end);
  *text = p;

  return (gsize) (end - p);
}

typedef struct
{
  ProbitySearchMark mark;
  guint32           words; /* a bit a word */
  guint32           whole;
} Place;

static GArray *
find_places (const ProbitySearchWords *self,
             const char               *text)
{
  GArray     *places = g_array_new (FALSE, FALSE, sizeof (Place));
  const char *p = text;
  gsize       length;
  g_autoptr (GString) folded = g_string_new (NULL);

  while (places->len < MAX_MARKS && (length = find_word (&p)) > 0)
    {
      Place place = { { (guint) (p - text), (guint) length }, 0, 0 };

      fold_word (p, length, folded);
      for (guint i = 0; i < self->n_words; i++)
        if (g_str_has_prefix (folded->str, self->words[i]))
          {
            const gboolean whole = folded->len == strlen (self->words[i]);

            if (!whole && g_utf8_strlen (self->words[i], -1) == 1)
              continue;
            place.words |= 1u << i;
            if (whole)
              place.whole |= 1u << i;
          }
      if (place.words != 0)
        g_array_append_val (places, place);
      p += length;
    }

  return places;
}

GArray *
probity_search_words_mark (const ProbitySearchWords *self,
                           const char               *text,
                           guint32                  *ret_whole)
{
  g_autoptr (GArray) places = text != NULL ? find_places (self, text) : NULL;
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (ProbitySearchMark));

  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);

      g_array_append_val (marks, place->mark);
      if (ret_whole != NULL)
        *ret_whole |= place->whole;
    }

  return marks;
}

/* From which place on most different words stand within a snippet's length. */
static guint
find_richest (GArray *places)
{
  guint best = 0;
  int   most = 0;

  for (guint i = 0; i < places->len; i++)
    {
      const guint start = g_array_index (places, Place, i).mark.start;
      guint32     words = 0;
      int         n;

      for (guint j = i; j < places->len && g_array_index (places, Place, j).mark.start - start < SNIPPET - BEFORE; j++)
        words |= g_array_index (places, Place, j).words;
      n = __builtin_popcount (words);
      if (n > most)
        {
          most = n;
          best = start;
        }
    }

  return best;
}

static const char *
find_blank_before (const char *start,
                   const char *text)
{
  for (const char *p = start; p > text; p--)
    if (g_ascii_isspace (p[-1]))
      return p;

  return text;
}

/* No line breaks, no two blanks in a row, nothing that is not for showing. */
static char *
put_on_one_line (const char *start,
                 const char *end,
                 gboolean    cut_before,
                 gboolean    cut_after)
{
  g_autoptr (GString) line = g_string_new (cut_before ? "…" : "");
  gboolean blank = FALSE;

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
  if (cut_after)
    g_string_append (line, "…");

  return g_string_free (g_steal_pointer (&line), FALSE);
}

char *
probity_search_words_cut (const ProbitySearchWords *self,
                          const char               *text)
{
  g_autoptr (GArray) places = NULL;
  gsize       length;
  const char *first, *start, *end;

  if (text == NULL || *text == '\0')
    return NULL;

  length = strlen (text);
  if (length <= SNIPPET)
    return put_on_one_line (text, text + length, FALSE, FALSE);

  places = find_places (self, text);
  first = text + find_richest (places);
  start = text;
  if (first - text > BEFORE)
    for (start = first - BEFORE; start < first && !g_ascii_isspace (start[-1]);)
      start++;
  end = start + MIN ((gsize) SNIPPET, length - (gsize) (start - text));
  if (*end != '\0')
    {
      const char *blank = find_blank_before (end, first);

      end = blank > first ? blank : end;
      while (((guchar) *end & 0xc0) == 0x80)
        end--;
    }

  return put_on_one_line (start, end, start > text, *end != '\0');
}
