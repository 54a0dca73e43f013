/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"
#include "probity-list-kind.h"

G_BEGIN_DECLS

/* The rows of lists that stand in sealed compartments. */

/**
 * The id of a row of a list: that of its record where @compartment is JOURNAL, and with the number of a sealed
 * compartment above it where the record stands in one. It holds for as long as the casebook is open.
 */
gint64 probity_list_id_join (ProbityCompartment compartment,
                             gint64             id);
/** Where the row stands: JOURNAL, or a sealed compartment. */
ProbityCompartment probity_list_id_split (gint64  list_id,
                                          gint64 *ret_id);

/** As probity_casebook_list_homes() for the rows of @kind; 1 for lists that have no cases. */
guint probity_list_kind_list_homes (const ProbityListKind *kind,
                                    ProbitySession        *session,
                                    ProbityCompartment     compartments[PROBITY_MAX_SEALED + 1]);

/** Puts what the sealed compartments of this reader have for @query into @ids, where the order has them. On a reader thread. */
gboolean probity_list_add_sealed_ids (ProbityListQuery *query,
                                      ProbitySession   *session,
                                      ProbityRead      *read,
                                      ProbityIds       *ids,
                                      GError          **error);
/** The sealed compartments in which @query finds something, each once. (element-type ProbityCompartment) (transfer full) */
GArray *probity_list_find_sealed (ProbityListQuery *query,
                                  ProbitySession   *session,
                                  ProbityRead      *read,
                                  GError          **error);
/** Adds their number to @count. */
gboolean probity_list_count_sealed (ProbityListQuery *query,
                                    ProbitySession   *session,
                                    ProbityRead      *read,
                                    gint64           *count,
                                    GError          **error);

G_END_DECLS
