/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** What its reader calls a file that it does not read. */
typedef struct
{
  GQuark domain;
  int    kind; /* a pipe, a device or a folder */
  int    too_large;
} ProbityFileErrors;

/**
 * The bytes of @file, where the whole has to be seen before anything of it is taken. What has no end and what is longer
 * than @max_bytes is refused, as @errors says, before it is opened; errors of G_IO_ERROR besides. It blocks for as long as
 * that takes. Any thread. (transfer full)
 *
 * @ret_name: (out) (transfer full) (optional): the file's name to be shown, where the bytes are returned
 */
GBytes *probity_file_load_bytes (GFile                   *file,
                                 goffset                  max_bytes,
                                 const ProbityFileErrors *errors,
                                 GCancellable            *cancellable,
                                 char                   **ret_name,
                                 GError                 **error);

G_END_DECLS
