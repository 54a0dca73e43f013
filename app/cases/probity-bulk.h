/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-list.h"

G_BEGIN_DECLS

/*
 * One act for several cases of a list. Each case is a command of its own, with its own permission, audit entry and
 * refusal: what is refused for one is done for the others, and told.
 */

typedef struct
{
  char   *reference; /* of the case; nullable where the reader may know of it no more */
  GError *error;
} ProbityBulkFailure;

typedef struct
{
  guint      n_done;
  GPtrArray *failures; /* ProbityBulkFailure */
} ProbityBulkResult;
#define PROBITY_TYPE_BULK_RESULT (probity_bulk_result_get_type ())
GType probity_bulk_result_get_type (void);
void  probity_bulk_result_free (ProbityBulkResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityBulkResult, probity_bulk_result_free)

/** Whether cases of this list have an owner whom this account may change, and actions that it may add. Any thread. */
gboolean probity_bulk_may_assign (ProbitySession *session, const ProbityListKind *kind);
gboolean probity_bulk_may_act (ProbitySession *session, const ProbityListKind *kind);

/** Gives the cases with @ids to the account called @owner. Resolves to #ProbityBulkResult. */
DexFuture *probity_bulk_assign (ProbitySession *session, const ProbityListKind *kind, const gint64 *ids, guint n_ids, const char *owner, const char *reason);
/** Adds the same action to each; @values as probity_action_add(). Resolves to #ProbityBulkResult. */
DexFuture *probity_bulk_add_action (ProbitySession *session, const ProbityListKind *kind, const gint64 *ids, guint n_ids, ProbityValues *values);

G_END_DECLS
