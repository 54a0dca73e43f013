/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-csv.h"

G_BEGIN_DECLS

#define PROBITY_TYPE_JSON_LINES_READER (probity_json_lines_reader_get_type ())
G_DECLARE_FINAL_TYPE (ProbityJsonLinesReader, probity_json_lines_reader, PROBITY, JSON_LINES_READER, GObject)

ProbityJsonLinesReader *probity_json_lines_reader_new (GInputStream           *stream,
                                                       const char             *name,
                                                       const ProbityCsvLimits *limits,
                                                       GCancellable           *cancellable,
                                                       GError                **error);
const ProbityCsvRow    *probity_json_lines_reader_get_headings (ProbityJsonLinesReader *self);
gboolean                probity_json_lines_reader_next (ProbityJsonLinesReader *self,
                                                        const ProbityCsvRow   **ret_row,
                                                        GCancellable           *cancellable,
                                                        GError                **error);
guint64                 probity_json_lines_reader_get_position (ProbityJsonLinesReader *self);
const char             *probity_json_lines_reader_get_sha256 (ProbityJsonLinesReader *self);

G_END_DECLS
