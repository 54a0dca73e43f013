/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "probity-document-limits.h"

G_BEGIN_DECLS

/*
 * The text of a document that somebody hands in: plain text in any usual encoding, an OpenDocument text (.odt) or a PDF.
 *
 * What is read comes from outside and can be anything: files of at most PROBITY_DOCUMENT_MAX_BYTES, texts of at most
 * PROBITY_DOCUMENT_MAX_TEXT after unpacking, whatever the file says of itself; XML without entities of its own. A PDF
 * is not read in this process, which holds keys, but by a program that has no rights (`probity-pdf.h`).
 */

typedef enum
{
  PROBITY_DOCUMENT_ERROR_KIND,        /* a kind of file that is not read */
  PROBITY_DOCUMENT_ERROR_DAMAGED,     /* it says that it is a document and does not keep to it */
  PROBITY_DOCUMENT_ERROR_TOO_LARGE,   /* beyond the limits above */
  PROBITY_DOCUMENT_ERROR_ENCRYPTED,   /* a PDF that wants a passphrase */
  PROBITY_DOCUMENT_ERROR_NO_TEXT,     /* not a sign in it, as in a PDF of pictures only */
  PROBITY_DOCUMENT_ERROR_TIME,        /* a PDF that takes too long to read */
  PROBITY_DOCUMENT_ERROR_UNAVAILABLE, /* PDF files cannot be read here */
  PROBITY_DOCUMENT_ERROR_EMPTY,       /* a file of no bytes */
} ProbityDocumentError;

#define PROBITY_DOCUMENT_ERROR (probity_document_error_quark ())
GQuark probity_document_error_quark (void);

/** What a document said, and what it was; strings owned. */
typedef struct
{
  char *name;   /* of the file */
  char *text;   /* valid UTF-8 without zero bytes */
  char *digest; /* SHA-256 of the file's bytes, in hexadecimal */
} ProbityDocument;

void probity_document_free (ProbityDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityDocument, probity_document_free)

/** Name and digest in one line, as they are logged: which file it was can be proved later. (transfer full) */
char *probity_document_dup_label (const ProbityDocument *self);

/**
 * Reads @file. It blocks for as long as that takes, for a PDF a minute at most; @cancellable ends it from another thread.
 *
 * Errors of PROBITY_DOCUMENT_ERROR and G_IO_ERROR, their messages in English and beginning with the file's name. Any
 * thread. (transfer full)
 */
ProbityDocument *probity_document_load (GFile        *file,
                                        GCancellable *cancellable,
                                        GError      **error);

/** As probity_document_load(), in a thread of its own; @callback comes in the main context that this is called in. */
void             probity_document_load_async (GFile              *file,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            data);
ProbityDocument *probity_document_load_finish (GFile        *file,
                                               GAsyncResult *result,
                                               GError      **error);

/**
 * The text in @bytes, valid UTF-8 without zero bytes; paragraphs end in a line break. @name is used in errors. A PDF is
 * refused as a kind that is not read here. Any thread. (transfer full)
 */
char *probity_document_read_text (GBytes     *bytes,
                                  const char *name,
                                  GError    **error);

/** One member of the zip archive @bytes, unpacked, of at most @max_bytes; %NULL without @error where it is not there. */
GBytes *probity_zip_read_member (GBytes     *bytes,
                                 const char *member,
                                 gsize       max_bytes,
                                 const char *name,
                                 GError    **error);

G_END_DECLS
