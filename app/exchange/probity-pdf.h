/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The text of a PDF, read by a program of its own that has no rights and no keys (`app/pdftext/`).
 */

/** Whether @bytes say that they are a PDF: in their first kilobyte, as readers of PDF have it. */
gboolean probity_pdf_is_one (GBytes *bytes);

/**
 * The text of the PDF @bytes, valid UTF-8 without zero bytes. @name is used in errors.
 *
 * Starts the program and waits for it, for a minute at most. Any thread, but no thread that has something else to do;
 * @cancellable ends it from any other. Nothing is written to disk.
 *
 * Errors of PROBITY_DOCUMENT_ERROR; G_IO_ERROR_CANCELLED. (transfer full)
 */
char *probity_pdf_read_text (GBytes       *bytes,
                             const char   *name,
                             GCancellable *cancellable,
                             GError      **error);

/** What ended a run of the program. */
typedef enum
{
  PROBITY_PDF_END_EXIT,     /* by itself: the status that waitpid() gives tells how */
  PROBITY_PDF_END_TIME,     /* it was ended: it took too long */
  PROBITY_PDF_END_TOO_MUCH, /* it was ended: it wrote more than a text may have */
} ProbityPdfEnd;

/**
 * Judges what the program left: @output, when it ended so. Nothing about it is taken on trust: whoever wrote the document
 * may have made the program say it.
 */
char *probity_pdf_judge (ProbityPdfEnd end,
                         int           wait_status,
                         const char   *output,
                         gsize         length,
                         const char   *name,
                         GError      **error);

G_END_DECLS
