/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * probity-pdf-text: the text of a PDF.
 *
 * A PDF is read by a hundred thousand lines of code that have been wrong before, and comes from whoever wishes us ill.
 * So that is done here, by a program that holds no keys, and that has given up every right it does not need before it
 * reads the first byte. `probity-pdf-reading.h` says how it is spoken to.
 */

#include "config.h"

#include <errno.h>
#include <poppler.h>
#include <string.h>
#include <unistd.h>

#include "probity-confine.h"
#include "probity-document-limits.h"
#include "probity-pdf-lines.h"
#include "probity-pdf-reading.h"

static GByteArray *
read_document (ProbityPdfReading *ret_status)
{
  g_autoptr (GByteArray) document = g_byte_array_new ();

  for (;;)
    {
      const guint at = document->len;
      gssize      n;

      g_byte_array_set_size (document, at + 64 * 1024);
      n = read (STDIN_FILENO, document->data + at, 64 * 1024);
      g_byte_array_set_size (document, at + (n > 0 ? (guint) n : 0));
      if (n == 0)
        return g_steal_pointer (&document);
      if (n < 0 && errno != EINTR)
        {
          *ret_status = PROBITY_PDF_READING_FAILED;
          return NULL;
        }
      if (document->len > PROBITY_DOCUMENT_MAX_BYTES)
        {
          *ret_status = PROBITY_PDF_READING_TOO_LARGE;
          return NULL;
        }
    }
}

static gboolean
write_all (const char *text,
           gsize       length)
{
  while (length > 0)
    {
      gssize n = write (STDOUT_FILENO, text, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      text += n;
      length -= (gsize) n;
    }

  return TRUE;
}

static gboolean
has_letters (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalnum (g_utf8_get_char (text)))
      return TRUE;

  return FALSE;
}

static ProbityPdfReading
write_pages (PopplerDocument *document)
{
  gsize    written = 0;
  gboolean found = FALSE;

  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      g_autoptr (GObject) page = (GObject *) poppler_document_get_page (document, i);
      g_autofree char *raw = page != NULL ? poppler_page_get_text (POPPLER_PAGE (page)) : NULL;
      g_autofree char *text = raw != NULL ? g_utf8_make_valid (raw, -1) : NULL;
      g_autoptr (GString) lines = g_string_new (NULL);

      if (text == NULL || *text == '\0')
        continue;
      /* Nobody's name goes on over the foot of a page. */
      if (written > 0)
        g_string_append_c (lines, '\n');
      probity_pdf_lines_append (lines, text);
      written += lines->len;
      if (written > PROBITY_DOCUMENT_MAX_TEXT)
        return PROBITY_PDF_READING_TOO_LARGE;
      if (!write_all (lines->str, lines->len))
        return PROBITY_PDF_READING_FAILED;
      found = found || has_letters (lines->str);
    }

  return found ? PROBITY_PDF_READING_DONE : PROBITY_PDF_READING_NO_TEXT;
}

int
main (void)
{
  static char      *nothing[] = { NULL };
  ProbityPdfReading status = PROBITY_PDF_READING_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) read = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PopplerDocument *document;

  /* Whoever starts this by hand has an environment; it is not read either. */
  environ = nothing;
  if (!probity_confine ())
    return PROBITY_PDF_READING_FAILED;

  read = read_document (&status);
  if (read == NULL)
    return (int) status;

  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&read));
  document = poppler_document_new_from_bytes (bytes, NULL, &error);
  if (document != NULL)
    status = write_pages (document);
  else
    status = g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? PROBITY_PDF_READING_ENCRYPTED : PROBITY_PDF_READING_DAMAGED;

  /* Nothing is left to be tidied, and what a stranger's document made of the memory need not be walked once more. */
  _exit ((int) status);
}
