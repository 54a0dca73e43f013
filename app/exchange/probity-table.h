/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "probity-aliases.h"
#include "probity-parse.h"

G_BEGIN_DECLS

#define PROBITY_TYPE_TABLE (probity_table_get_type ())
G_DECLARE_FINAL_TYPE (ProbityTable, probity_table, PROBITY, TABLE, GObject)

ProbityTable      *probity_table_open (ProbityFileKind kind,
                                       const char     *path,
                                       const char     *mapping_path,
                                       GCancellable   *cancellable,
                                       GError        **error);
ProbityTable      *probity_table_open_bytes (ProbityFileKind kind,
                                             GBytes         *bytes,
                                             const char     *name,
                                             GBytes         *mapping,
                                             GError        **error);
const char *const *probity_table_get_ignored_headings (ProbityTable *self);
gboolean           probity_table_has (ProbityTable *self,
                                      const char   *target);
const char        *probity_table_get_heading (ProbityTable *self,
                                              const char   *target);
const char        *probity_table_get_sha256 (ProbityTable *self);

/* Row by row. */
gboolean    probity_table_next (ProbityTable *self,
                                gboolean     *ret_row,
                                GCancellable *cancellable,
                                GError      **error);
guint64     probity_table_get_line (ProbityTable *self);
const char *probity_table_get_problem (ProbityTable *self,
                                       const char  **ret_column);
const char *probity_table_get (ProbityTable *self,
                               const char   *target);
gboolean    probity_table_get_line_text (ProbityTable *self,
                                         const char   *target,
                                         guint         max_characters,
                                         char        **ret_text,
                                         GError      **error);
gboolean    probity_table_get_day (ProbityTable *self,
                                   const char   *target,
                                   ProbityDay   *ret_day,
                                   GError      **error);
gboolean    probity_table_get_hours (ProbityTable *self,
                                     const char   *target,
                                     int          *ret_minutes,
                                     GError      **error);
gboolean    probity_table_get_boolean (ProbityTable *self,
                                       const char   *target,
                                       gboolean     *ret_value,
                                       gboolean     *ret_given,
                                       GError      **error);

G_END_DECLS
