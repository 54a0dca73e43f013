/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "probity-aliases.h"
#include "probity-csv.h"
#include "probity-parse.h"

G_BEGIN_DECLS

/**
 * ProbityMappingError:
 * @PROBITY_MAPPING_ERROR_INVALID: the mapping file cannot be read as one
 * @PROBITY_MAPPING_ERROR_UNKNOWN: it names a column that files of the kind do not have
 * @PROBITY_MAPPING_ERROR_MISSING: it names a heading that this file does not have
 */
typedef enum
{
  PROBITY_MAPPING_ERROR_INVALID,
  PROBITY_MAPPING_ERROR_UNKNOWN,
  PROBITY_MAPPING_ERROR_MISSING,
} ProbityMappingError;

#define PROBITY_MAPPING_ERROR (probity_mapping_error_quark ())
GQuark probity_mapping_error_quark (void);

/**
 * ProbityColumn:
 * @positions: (element-type guint): the columns of the file that it is read from, in the order in which they are joined
 * @headings: their headings as the file has them, for messages
 * @order: how the file writes dates in it
 */
typedef struct
{
  const ProbityAlias *alias;
  GArray             *positions;
  char               *headings;
  ProbityDateOrder    order;
} ProbityColumn;

typedef struct _ProbityMapping ProbityMapping;

ProbityMapping *probity_mapping_new (ProbityFileKind kind);
void            probity_mapping_free (ProbityMapping *self);
gboolean        probity_mapping_read (ProbityMapping *self,
                                      GBytes         *bytes,
                                      const char     *name,
                                      GError        **error);
guint           probity_mapping_score (const ProbityCsvRow *row,
                                       gpointer             mapping);
GPtrArray      *probity_mapping_resolve (ProbityMapping      *self,
                                         const ProbityCsvRow *headings,
                                         GPtrArray          **ret_ignored,
                                         GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityMapping, probity_mapping_free)

G_END_DECLS
