/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program that reads PDF files may say, in whoever's hands it is: a text, or a reason; and what it makes of lines. */

#include "config.h"

#include "probity-document.h"
#include "probity-pdf-lines.h"
#include "probity-pdf.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;

  if (length < 3)
    return 0;

  text = probity_pdf_judge ((ProbityPdfEnd) (data[0] % 3), data[1] | data[2] << 8, (const char *) data + 3, length - 3, "file", &error);
  if ((text == NULL) != (error != NULL))
    g_error ("Neither a text nor a reason");
  if (text != NULL && (strlen (text) != length - 3 || !g_utf8_validate (text, -1, NULL)))
    g_error ("A text that is none");

  valid = g_utf8_make_valid ((const char *) data + 3, (gssize) (length - 3));
  probity_pdf_lines_append (lines, valid);
  if (!g_utf8_validate (lines->str, (gssize) lines->len, NULL))
    g_error ("Lines that are no text");
  for (gsize i = 0; i < lines->len; i++)
    if (g_ascii_iscntrl (lines->str[i]) && lines->str[i] != '\n' && lines->str[i] != '\t')
      g_error ("A control character");

  return 0;
}
