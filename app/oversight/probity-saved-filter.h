/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-list.h"

G_BEGIN_DECLS

/*
 * Filters that a person saved for a list, with its order and columns. What somebody looks for betrays what they
 * know: it is kept inside the casebook, sealed to the account, in the highest compartment that it holds. It is gone after a
 * reset of the account, whose keys are others then.
 */
typedef struct
{
  char             *name;
  ProbityListQuery *query;
  GStrv             columns; /* those that are shown; nullable: as the list has them */
} ProbitySavedFilter;
void probity_saved_filter_free (ProbitySavedFilter *self);

/** Resolves to a boxed GPtrArray of #ProbitySavedFilter by name. */
DexFuture *probity_saved_filter_load (ProbitySession *session, const ProbityListKind *kind);
/** Saves under @name, in the place of one of that name. @columns is nullable. Resolves to TRUE. */
DexFuture *probity_saved_filter_save (ProbitySession *session, const char *name, ProbityListQuery *query, const char *const *columns);
/** Resolves to TRUE, whether there was one or not. */
DexFuture *probity_saved_filter_remove (ProbitySession *session, const ProbityListKind *kind, const char *name);

G_END_DECLS
