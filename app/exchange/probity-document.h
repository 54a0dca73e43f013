/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The text of a document that somebody hands in: plain text in any usual encoding, or an OpenDocument text (.odt).
 *
 * What is read comes from outside and can be anything: files of at most PROBITY_DOCUMENT_MAX_BYTES, texts of at most
 * PROBITY_DOCUMENT_MAX_TEXT after unpacking, whatever the file says of itself; XML without entities of its own.
 * PDF is refused in so many words: there is no reader for it here that one could trust with a stranger's file.
 */
#define PROBITY_DOCUMENT_MAX_BYTES (64 * 1024 * 1024)
#define PROBITY_DOCUMENT_MAX_TEXT (4 * 1024 * 1024)

typedef enum
{
  PROBITY_DOCUMENT_ERROR_KIND,      /* a kind of file that is not read, PDF among them */
  PROBITY_DOCUMENT_ERROR_DAMAGED,   /* it says that it is a document and does not keep to it */
  PROBITY_DOCUMENT_ERROR_TOO_LARGE, /* beyond the limits above */
} ProbityDocumentError;

#define PROBITY_DOCUMENT_ERROR (probity_document_error_quark ())
GQuark probity_document_error_quark (void);

/**
 * The text in @bytes, valid UTF-8 without zero bytes; paragraphs end in a line break. @name is used in errors.
 * Any thread. (transfer full)
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
