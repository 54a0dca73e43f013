/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-name.h"

#include <string.h>

/* Nothing that is kept is longer than a few hundred bytes, whatever is handed in. */
#define MAX_FOLDED 2048

/* Letters that decomposition leaves whole. */
static const struct
{
  gunichar    letter;
  const char *plain;
} plain_letters[] = {
  { 0x00df, "ss" },
  { 0x00e6, "ae" },
  { 0x00f0, "d" },
  { 0x00f8, "o" },
  { 0x00fe, "th" },
  { 0x0111, "d" },
  { 0x0127, "h" },
  { 0x0131, "i" },
  { 0x0142, "l" },
  { 0x014b, "n" },
  { 0x0153, "oe" },
  { 0x0167, "t" },
  { 0x0259, "e" },
};

/* U+0430 to U+044F, as passports write them. */
static const char *const cyrillic[] = {
  "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "iu", "ia"
};

/* U+03B1 to U+03C9. */
static const char *const greek[] = {
  "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o"
};

static const char *
transliterate (gunichar letter)
{
  if (letter >= 0x430 && letter <= 0x44f)
    return cyrillic[letter - 0x430];
  if (letter >= 0x3b1 && letter <= 0x3c9)
    return greek[letter - 0x3b1];
  switch (letter)
    {
    case 0x451: /* io */
    case 0x454: /* Ukrainian ie */
      return "e";
    case 0x456: /* Ukrainian i */
    case 0x457:
      return "i";
    case 0x491:
      return "g";
    default:
      break;
    }
  for (guint i = 0; i < G_N_ELEMENTS (plain_letters); i++)
    if (plain_letters[i].letter == letter)
      return plain_letters[i].plain;
  return NULL;
}

static gboolean
is_apostrophe (gunichar letter)
{
  return letter == '\'' || letter == '`' || letter == 0xb4 || letter == 0x2018 || letter == 0x2019 ||
         letter == 0x2bb || letter == 0x2bc || letter == 0x2032;
}

typedef struct
{
  char    *out;
  gsize    size;
  gsize    length;
  gboolean gap;
} Folding;

static gboolean
append_folded (Folding    *folding,
               const char *text,
               gsize       length)
{
  gsize need = length + (folding->gap && folding->length > 0 ? 1 : 0);

  if (folding->length + need + 1 > folding->size)
    return FALSE;
  if (folding->gap && folding->length > 0)
    folding->out[folding->length++] = ' ';
  folding->gap = FALSE;
  memcpy (folding->out + folding->length, text, length);
  folding->length += length;
  return TRUE;
}

static void
fold_decomposed (Folding    *folding,
                 const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar    letter = g_unichar_tolower (g_utf8_get_char (at));
      const char *plain;
      char        encoded[6];

      if (is_apostrophe (letter) || g_unichar_ismark (letter))
        continue;
      if (letter == ',')
        {
          folding->gap = TRUE;
          if (!append_folded (folding, ",", 1))
            return;
          folding->gap = TRUE;
          continue;
        }
      if (!g_unichar_isalnum (letter))
        {
          folding->gap = TRUE;
          continue;
        }
      plain = letter < 0x80 ? NULL : transliterate (letter);
      if (plain != NULL)
        {
          if (!append_folded (folding, plain, strlen (plain)))
            return;
        }
      else if (!append_folded (folding, encoded, g_unichar_to_utf8 (letter, encoded)))
        return;
    }
}

/* Most names are plain ASCII, for which nothing has to be looked up. FALSE: this one is not. */
static gboolean
fold_ascii (Folding    *folding,
            const char *text)
{
  for (const char *at = text; *at != '\0' && at < text + MAX_FOLDED; at++)
    {
      if ((guchar) *at >= 0x80)
        return FALSE;
      if (g_ascii_isalnum (*at))
        {
          gsize need = folding->gap && folding->length > 0 ? 2 : 1;

          if (folding->length + need + 1 > folding->size)
            return TRUE;
          if (need == 2)
            folding->out[folding->length++] = ' ';
          folding->gap = FALSE;
          folding->out[folding->length++] = g_ascii_tolower (*at);
        }
      else if (*at == ',')
        {
          folding->gap = TRUE;
          if (!append_folded (folding, ",", 1))
            return TRUE;
          folding->gap = TRUE;
        }
      else if (*at != '\'' && *at != '`')
        folding->gap = TRUE;
    }

  return TRUE;
}

/**
 * probity_name_fold:
 * @text: (nullable): UTF-8 text; what is not valid UTF-8 ends it
 * @ret_folded: where the result goes, always ended with NUL
 * @size: room in @ret_folded
 *
 * Writes @text in small letters without accents or apostrophes, Cyrillic and Greek in Latin letters, its words separated by one
 * space and each comma a word of its own. What does not fit is left out.
 *
 * Returns: the length in bytes
 */
gsize
probity_name_fold (const char *text,
                   char       *ret_folded,
                   gsize       size)
{
  Folding          folding = { ret_folded, size, 0, FALSE };
  const char      *end;
  g_autofree char *decomposed = NULL;

  g_return_val_if_fail (ret_folded != NULL && size > 0, 0);

  if (text != NULL && !fold_ascii (&folding, text))
    {
      folding = (Folding) { ret_folded, size, 0, FALSE };
      g_utf8_validate_len (text, strnlen (text, MAX_FOLDED), &end);
      decomposed = g_utf8_normalize (text, end - text, G_NORMALIZE_ALL);
      fold_decomposed (&folding, decomposed != NULL ? decomposed : "");
    }
  ret_folded[folding.length] = '\0';
  return folding.length;
}

/**
 * probity_name_hash:
 *
 * Returns: a number for a folded word (FNV-1a), stable across runs
 */
guint32
probity_name_hash (const char *word,
                   gsize       length)
{
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) word[i]) * 16777619u;
  return hash;
}

static gboolean
is_vowel (char letter)
{
  return letter == 'a' || letter == 'e' || letter == 'i' || letter == 'o' || letter == 'u' || letter == 'y';
}

/* Writes the consonants of a word as they are heard; English spelling first, then what Irish, Welsh, Polish and South Asian
 * names need most. */
static gsize
write_sound (const char *word,
             gsize       length,
             char       *out,
             gsize       size)
{
  gsize n = 0;

  for (gsize i = 0; i < length && n + 2 < size; i++)
    {
      char c = word[i];
      char next = i + 1 < length ? word[i + 1] : '\0';
      char sound = c;

      if (is_vowel (c))
        sound = i == 0 ? 'a' : '\0';
      else if (c == 'h' || c == 'w')
        sound = i == 0 ? c : '\0';
      else if (i == 0 && ((c == 'k' && next == 'n') || (c == 'w' && next == 'r') || (c == 'p' && next == 's')))
        sound = '\0';
      else if (c == 'p' && next == 'h')
        sound = 'f', i++;
      else if ((c == 'c' || c == 's') && next == 'h')
        sound = 'x', i++;
      else if (c == 't' && next == 'h')
        sound = 't', i++;
      else if (c == 'g' && next == 'h')
        sound = i == 0 ? 'g' : '\0', i++;
      else if (c == 'c' && next == 'k')
        sound = 'k', i++;
      else if (c == 'c')
        sound = next == 'e' || next == 'i' || next == 'y' ? 's' : 'k';
      else if (c == 'd' && next == 'g')
        sound = 'j', i++;
      else if (c == 'q')
        sound = 'k';
      else if (c == 'x')
        sound = 's', out[n++] = 'k';
      else if (c == 'z')
        sound = 's';
      else if (c == 'v')
        sound = 'f';
      if (sound != '\0' && (n == 0 || out[n - 1] != sound))
        out[n++] = sound;
    }
  return n;
}

/**
 * probity_name_sound:
 * @word: a folded word
 *
 * Returns: a number that words share when they sound alike in English; 0 when too little is left to hear
 */
guint32
probity_name_sound (const char *word,
                    gsize       length)
{
  char  sound[PROBITY_NAME_MAX + 2];
  gsize n = write_sound (word, MIN (length, PROBITY_NAME_MAX), sound, sizeof sound);

  return n < 2 ? 0 : probity_name_hash (sound, n);
}

/* Between a word of @n_places letters, of which @places says where each stands, and @word; neither is empty. Some number above @most, if there are more. */
static inline guint
count_slips (const guint64 places[256],
             gsize         n_places,
             const char   *word,
             gsize         length,
             guint         most)
{
  guint64 up = G_MAXUINT64, down = 0, diagonal = 0, before = 0, last;
  guint   distance = (guint) n_places;

  last = G_GUINT64_CONSTANT (1) << (n_places - 1);
  for (gsize i = 0; i < length; i++)
    {
      guint64 here = places[(guchar) word[i]];
      guint64 exchanged = ((~diagonal & here) << 1) & before;
      guint64 more, fewer;

      diagonal = (((here & up) + up) ^ up) | here | down | exchanged;
      more = down | ~(diagonal | up);
      fewer = diagonal & up;
      if (more & last)
        distance++;
      if (fewer & last)
        distance--;
      /* Each letter that is left takes away one at most. */
      if (distance > most + (length - 1 - i))
        return distance;
      more = (more << 1) | 1;
      fewer <<= 1;
      up = fewer | ~(diagonal | more);
      down = diagonal & more;
      before = here;
    }

  return distance;
}

/**
 * probity_name_distance:
 *
 * How many single-letter slips (one letter more, fewer or other, or two neighbours exchanged) lie between two folded words. Words
 * are looked at up to %PROBITY_NAME_MAX bytes. The method is Hyyrö's bit-parallel one (2003): a column of the table a step.
 *
 * Returns: the number of slips
 */
guint
probity_name_distance (const char *a,
                       gsize       a_length,
                       const char *b,
                       gsize       b_length)
{
  /* Kept clean between calls, since clearing 2 kB would cost more than the comparison. */
  static _Thread_local guint64 places[256];
  guint                        distance;

  a_length = MIN (a_length, PROBITY_NAME_MAX);
  b_length = MIN (b_length, PROBITY_NAME_MAX);
  if (a_length == 0 || b_length == 0)
    return MAX (a_length, b_length);

  for (gsize i = 0; i < a_length; i++)
    places[(guchar) a[i]] |= G_GUINT64_CONSTANT (1) << i;
  distance = count_slips (places, a_length, b, b_length, PROBITY_NAME_MAX);
  for (gsize i = 0; i < a_length; i++)
    places[(guchar) a[i]] = 0;
  return distance;
}

void
probity_name_pattern_init (ProbityNamePattern *pattern,
                           const char         *word,
                           gsize               length)
{
  memset (pattern, 0, sizeof *pattern);
  pattern->length = MIN (length, PROBITY_NAME_MAX);
  for (gsize i = 0; i < pattern->length; i++)
    pattern->places[(guchar) word[i]] |= G_GUINT64_CONSTANT (1) << i;
}

/**
 * probity_name_pattern_distance:
 * @most: more slips than this are not counted to their end
 *
 * Returns: as probity_name_distance(), or some number above @most
 */
guint
probity_name_pattern_distance (const ProbityNamePattern *pattern,
                               const char               *word,
                               gsize                     length,
                               guint                     most)
{
  length = MIN (length, PROBITY_NAME_MAX);
  if (pattern->length == 0 || length == 0)
    return MAX (pattern->length, length);

  return count_slips (pattern->places, pattern->length, word, length, most);
}
