/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/*
 * What the program that reads PDF files and the one that starts it agree on. The document is descriptor 0, its text
 * comes out of descriptor 1 as UTF-8, and the exit status says how it went. There are no arguments and no environment.
 */

typedef enum
{
  PROBITY_PDF_READING_DONE = 0,
  PROBITY_PDF_READING_FAILED = 70,      /* the program itself: it could not give up its rights, or not read or write */
  PROBITY_PDF_READING_ENCRYPTED = 71,   /* a passphrase is wanted */
  PROBITY_PDF_READING_DAMAGED = 72,     /* no PDF that could be read */
  PROBITY_PDF_READING_TOO_LARGE = 73,   /* the document or its text */
  PROBITY_PDF_READING_NO_TEXT = 74,     /* not a letter on all its pages: a scan */
  PROBITY_PDF_READING_NO_LIBRARY = 127, /* said by the loader: the program did not begin */
} ProbityPdfReading;
