/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-encoding.h"

#include <string.h>

#define CHUNK (64 * 1024)
#define HEAD 16

/* What Windows-1252 has at 0x80 to 0x9f; 0 where it has nothing. */
static const gunichar windows_1252[32] = {
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178
};

static const struct
{
  const char *bytes;
  gsize       n_bytes;
  const char *what;
} foreign[] = {
  { "PK\003\004", 4, "a spreadsheet or an archive (save it as CSV first)" },
  { "\xd0\xcf\x11\xe0", 4, "a spreadsheet of an older Excel (save it as CSV first)" },
  { "%PDF", 4, "a PDF document" },
  { "{\\rtf", 5, "an RTF document" },
  { "SQLite format 3", 15, "a database" },
  { "\x1f\x8b", 2, "a compressed file" },
  { "\x7f"
    "ELF",
    4,
    "a program" },
  { "\x89PNG", 4, "a picture" },
  { "\xff\xd8\xff", 3, "a picture" },
  { "\xff\xfe\0\0", 4, "UTF-32 text (save it as UTF-8 first)" },
  { "\0\0\xfe\xff", 4, "UTF-32 text (save it as UTF-8 first)" },
};

typedef struct
{
  guint64  line;
  gboolean after_cr;
  guint64  line_of_nul;
  guint64  line_of_invalid;   /* as UTF-8 */
  guint64  line_of_multibyte; /* good UTF-8 beyond ASCII */
  guint64  line_of_undefined; /* as Windows-1252 */
  gboolean twice;             /* may be doubly encoded */
} Survey;

typedef enum
{
  STEP_MORE,
  STEP_CHARACTER,
  STEP_INVALID,
} Step;

static Step
step_utf8 (ProbityUtf8State *state,
           guint8            byte)
{
  if (state->left == 0)
    {
      if (byte < 0x80)
        {
          state->character = byte;
          return STEP_CHARACTER;
        }
      if (byte >= 0xc2 && byte <= 0xdf)
        {
          state->character = byte & 0x1f;
          state->left = 1;
          state->least = 0x80;
        }
      else if ((byte & 0xf0) == 0xe0)
        {
          state->character = byte & 0x0f;
          state->left = 2;
          state->least = 0x800;
        }
      else if (byte >= 0xf0 && byte <= 0xf4)
        {
          state->character = byte & 0x07;
          state->left = 3;
          state->least = 0x10000;
        }
      else
        {
          return STEP_INVALID;
        }
      return STEP_MORE;
    }

  if ((byte & 0xc0) != 0x80)
    {
      state->left = 0;
      return STEP_INVALID;
    }

  state->character = state->character << 6 | (byte & 0x3f);
  if (--state->left > 0)
    return STEP_MORE;

  if (state->character < state->least || state->character > 0x10ffff || (state->character & 0xfffff800) == 0xd800)
    return STEP_INVALID;

  return STEP_CHARACTER;
}

/* The byte that Windows-1252 has for @character, or -1. */
static int
find_windows_1252 (gunichar character)
{
  if (character < 0x80 || (character >= 0xa0 && character <= 0xff))
    return (int) character;

  for (int i = 0; i < 32; i++)
    {
      if (windows_1252[i] == character)
        return 0x80 + i;
      if (windows_1252[i] == 0 && character == 0x80 + (gunichar) i)
        return 0x80 + i;
    }

  return -1;
}

static void
survey_bytes (Survey           *survey,
              ProbityUtf8State *outer,
              ProbityUtf8State *inner,
              const guint8     *bytes,
              gsize             n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    {
      guint8   byte = bytes[i];
      gboolean within = outer->left > 0;

      if (byte == '\r' || (byte == '\n' && !survey->after_cr))
        survey->line++;
      survey->after_cr = byte == '\r';

      if (byte == 0 && survey->line_of_nul == 0)
        survey->line_of_nul = survey->line;
      if (byte >= 0x80 && byte < 0xa0 && windows_1252[byte - 0x80] == 0 && survey->line_of_undefined == 0)
        survey->line_of_undefined = survey->line;

      switch (step_utf8 (outer, byte))
        {
        case STEP_MORE:
          break;

        case STEP_INVALID:
          if (survey->line_of_invalid == 0)
            survey->line_of_invalid = survey->line;
          /* The byte that broke a character may begin one. */
          if (within)
            step_utf8 (outer, byte);
          break;

        case STEP_CHARACTER:
          if (outer->character >= 0x80 && survey->line_of_multibyte == 0)
            survey->line_of_multibyte = survey->line;
          if (survey->twice)
            {
              int original = find_windows_1252 (outer->character);

              if (original < 0 || step_utf8 (inner, (guint8) original) == STEP_INVALID)
                survey->twice = FALSE;
            }
          break;
        }
    }
}

static gboolean
refuse_foreign (const guint8 *head,
                gsize         n_head,
                const char   *name,
                GError      **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (n_head >= foreign[i].n_bytes && memcmp (head, foreign[i].bytes, foreign[i].n_bytes) == 0)
      {
        g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_FORMAT, "%s, line 1: this is %s, not a CSV file", name, foreign[i].what);
        return FALSE;
      }

  return TRUE;
}

/* Byte order marks: of UTF-16, of UTF-8 (once or more), and of UTF-8 encoded twice. */
static gboolean
read_marks (const guint8    *head,
            gsize            n_head,
            ProbityEncoding *ret_encoding,
            gsize           *ret_skip,
            gboolean        *ret_twice)
{
  gsize at = 0;

  *ret_twice = FALSE;

  if (n_head >= 2 && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff)))
    {
      *ret_encoding = head[0] == 0xff ? PROBITY_ENCODING_UTF16_LE : PROBITY_ENCODING_UTF16_BE;
      *ret_skip = 2;
      return TRUE;
    }

  while (n_head - at >= 3 && memcmp (head + at, "\xef\xbb\xbf", 3) == 0)
    at += 3;
  if (n_head - at >= 6 && memcmp (head + at, "\xc3\xaf\xc2\xbb\xc2\xbf", 6) == 0)
    {
      at += 6;
      *ret_twice = TRUE;
    }

  *ret_skip = at;

  return FALSE;
}

/**
 * probity_encoding_sniff:
 * @stream: a seekable stream at its beginning, where it is left again
 * @ret_skip: how many bytes of byte order marks come before the text
 *
 * Reads the whole file to tell its encoding: marks first, then UTF-8, then Windows-1252. A file that is partly the one
 * and partly the other is refused, because either reading would spoil names.
 */
gboolean
probity_encoding_sniff (GInputStream    *stream,
                        const char      *name,
                        guint64          max_bytes,
                        ProbityEncoding *ret_encoding,
                        gsize           *ret_skip,
                        GCancellable    *cancellable,
                        GError         **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  Survey             survey = { 1, FALSE, 0, 0, 0, 0, FALSE };
  ProbityUtf8State   outer = { 0 };
  ProbityUtf8State   inner = { 0 };
  guint64            total = 0;
  gboolean           marked = FALSE;

  for (;;)
    {
      gsize n = 0;
      gsize begin = 0;

      if (!g_input_stream_read_all (stream, chunk, CHUNK, &n, cancellable, error))
        {
          g_prefix_error (error, "%s: ", name);
          return FALSE;
        }
      if (total == 0)
        {
          if (!refuse_foreign (chunk, n, name, error))
            return FALSE;
          marked = read_marks (chunk, MIN (n, HEAD), ret_encoding, ret_skip, &survey.twice);
          begin = *ret_skip;
        }

      total += n;
      if (total > max_bytes)
        {
          g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_TOO_LARGE, "%s: the file is larger than %" G_GUINT64_FORMAT " bytes", name, max_bytes);
          return FALSE;
        }
      if (marked || n == 0)
        break;

      survey_bytes (&survey, &outer, &inner, chunk + begin, n - begin);
    }

  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error))
    return FALSE;
  if (marked)
    return TRUE;

  if (outer.left > 0 && survey.line_of_invalid == 0)
    survey.line_of_invalid = survey.line;

  if (survey.line_of_nul != 0)
    g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_FORMAT, "%s, line %" G_GUINT64_FORMAT ": a NUL byte: this is a binary file, or UTF-16 without a byte order mark", name, survey.line_of_nul);
  else if (survey.line_of_invalid == 0)
    {
      *ret_encoding = survey.twice && inner.left == 0 ? PROBITY_ENCODING_UTF8_TWICE : PROBITY_ENCODING_UTF8;
      return TRUE;
    }
  else if (survey.line_of_multibyte != 0 || *ret_skip > 0)
    g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_ENCODING, "%s, line %" G_GUINT64_FORMAT ": not valid UTF-8, although %s is: the file mixes encodings", name, survey.line_of_invalid, survey.line_of_multibyte != 0 ? "another part" : "the byte order mark");
  else if (survey.line_of_undefined != 0)
    g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_ENCODING, "%s, line %" G_GUINT64_FORMAT ": neither UTF-8 nor Windows-1252", name, survey.line_of_undefined);
  else
    {
      *ret_encoding = PROBITY_ENCODING_WINDOWS_1252;
      return TRUE;
    }

  return FALSE;
}

void
probity_decoder_init (ProbityDecoder *self,
                      ProbityEncoding encoding)
{
  memset (self, 0, sizeof *self);
  self->encoding = encoding;
}

static gboolean
decode_utf16 (ProbityDecoder *self,
              guint8          byte,
              GString        *text)
{
  gunichar unit;

  self->half[self->n_half++] = byte;
  if (self->n_half < 2)
    return TRUE;
  self->n_half = 0;

  unit = self->encoding == PROBITY_ENCODING_UTF16_LE
             ? self->half[0] | (gunichar) self->half[1] << 8
             : self->half[1] | (gunichar) self->half[0] << 8;

  if ((unit & 0xfc00) == 0xdc00)
    {
      if (self->surrogate == 0)
        return FALSE;
      unit = 0x10000 + ((self->surrogate & 0x3ff) << 10) + (unit & 0x3ff);
      self->surrogate = 0;
    }
  else if (self->surrogate != 0)
    {
      return FALSE;
    }
  else if ((unit & 0xfc00) == 0xd800)
    {
      self->surrogate = unit;
      return TRUE;
    }

  if (unit == 0)
    return FALSE;
  g_string_append_unichar (text, unit);

  return TRUE;
}

static gboolean
decode_byte (ProbityDecoder *self,
             guint8          byte,
             GString        *text)
{
  int original;

  switch (self->encoding)
    {
    case PROBITY_ENCODING_UTF8:
      switch (step_utf8 (&self->outer, byte))
        {
        case STEP_MORE:
          return TRUE;
        case STEP_INVALID:
          return FALSE;
        case STEP_CHARACTER:
          g_string_append_unichar (text, self->outer.character);
          return self->outer.character != 0;
        }
      break;

    case PROBITY_ENCODING_UTF8_TWICE:
      switch (step_utf8 (&self->outer, byte))
        {
        case STEP_MORE:
          return TRUE;
        case STEP_INVALID:
          return FALSE;
        case STEP_CHARACTER:
          original = find_windows_1252 (self->outer.character);
          if (original <= 0)
            return FALSE;
          switch (step_utf8 (&self->inner, (guint8) original))
            {
            case STEP_MORE:
              return TRUE;
            case STEP_INVALID:
              return FALSE;
            case STEP_CHARACTER:
              g_string_append_unichar (text, self->inner.character);
              return TRUE;
            }
          break;
        }
      break;

    case PROBITY_ENCODING_WINDOWS_1252:
      if (byte == 0 || (byte >= 0x80 && byte < 0xa0 && windows_1252[byte - 0x80] == 0))
        return FALSE;
      g_string_append_unichar (text, byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte);
      return TRUE;

    case PROBITY_ENCODING_UTF16_LE:
    case PROBITY_ENCODING_UTF16_BE:
      return decode_utf16 (self, byte, text);
    }

  return FALSE;
}

/**
 * probity_decoder_feed:
 *
 * Appends the characters of @bytes to @text; a character may be cut by the end of a piece.
 *
 * Returns: %FALSE where the bytes are not of the encoding, with @text up to there
 */
gboolean
probity_decoder_feed (ProbityDecoder *self,
                      const guint8   *bytes,
                      gsize           n_bytes,
                      GString        *text)
{
  gsize at = 0;

  while (at < n_bytes)
    {
      /* Almost all of almost every file is ASCII. */
      if (self->encoding < PROBITY_ENCODING_UTF16_LE && self->outer.left == 0 && self->inner.left == 0)
        {
          gsize run = at;

          while (run < n_bytes && bytes[run] < 0x80 && bytes[run] != 0)
            run++;
          if (run > at)
            {
              g_string_append_len (text, (const char *) bytes + at, (gssize) (run - at));
              at = run;
              continue;
            }
        }

      if (!decode_byte (self, bytes[at], text))
        return FALSE;
      at++;
    }

  return TRUE;
}

/**
 * probity_decoder_end:
 *
 * Returns: whether the last character is whole
 */
gboolean
probity_decoder_end (ProbityDecoder *self)
{
  return self->outer.left == 0 && self->inner.left == 0 && self->n_half == 0 && self->surrogate == 0;
}
