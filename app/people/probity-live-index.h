/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-person-index.h"
#include "probity-session.h"

G_BEGIN_DECLS

/*
 * The people of one table, kept in memory for as long as a session lasts and brought up to date from
 * the audit log: what changed since is looked at anew, and the whole is read again only after an
 * import or many changes. It holds everybody; who asks filters what is found by their scope.
 */

/** Where an index comes from. */
typedef struct
{
  const char *kind; /* of records, as the audit log names it */

  /*
   * A query of: record id, staff number, forenames, surname, known as, former names, birth date,
   * address, postcode, whole name (split where forenames and surname are NULL). It ends in a WHERE
   * to which a condition is added: `1`, or the one below.
   */
  const char *rows;
  const char *by_uid; /* a condition with $uid */
  const char *last;   /* a query of the greatest id */
} ProbityLiveSource;

/** What the index held at one moment; any thread. */
typedef struct _ProbityLiveView ProbityLiveView;

/**
 * The index of @source for @session as @db, a connection of the thread that calls, has it now.
 * The first call reads everybody. (transfer full)
 */
ProbityLiveView *probity_live_index_get_view (ProbitySession          *session,
                                              const ProbityLiveSource *source,
                                              ProbityDb               *db,
                                              GError                 **error);
/** So few people are read while somebody waits; a test sets it to nobody. */
extern gint64 probity_live_index_few;

/**
 * As probity_live_index_get_view(), but where there are more people than a few it never reads everybody, and never waits
 * until somebody else has: *ret_view is then %NULL. FALSE: @error.
 */
gboolean probity_live_index_peek_view (ProbitySession          *session,
                                       const ProbityLiveSource *source,
                                       ProbityDb               *db,
                                       ProbityLiveView        **ret_view,
                                       GError                 **error);
void     probity_live_view_free (ProbityLiveView *self);
guint    probity_live_view_get_n_people (ProbityLiveView *self);

/** Best first, one hit a record; of no use once @cancellable (nullable) is cancelled. (transfer full) (element-type ProbityPersonIndexHit) */
GArray *probity_live_view_find (ProbityLiveView        *self,
                                const ProbityPersonKey *key,
                                double                  threshold,
                                guint                   limit);
GArray *probity_live_view_find_words (ProbityLiveView *self,
                                      const char      *words,
                                      double           threshold,
                                      guint            limit,
                                      GCancellable    *cancellable);
/** Why the record is a hit. (transfer full) (nullable) */
char *probity_live_view_explain (ProbityLiveView        *self,
                                 const ProbityPersonKey *key,
                                 gint64                  id);
char *probity_live_view_explain_words (ProbityLiveView *self,
                                       const char      *words,
                                       gint64           id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityLiveView, probity_live_view_free)

/** The staff table. */
extern const ProbityLiveSource probity_staff_source;

/** Whether the index of @source was read in @session. */
gboolean probity_live_index_is_read (ProbitySession          *session,
                                     const ProbityLiveSource *source);

/**
 * Reads the staff, and the subjects that the session's keys open, in the background; once, however often it is asked for
 * meanwhile. Resolves to TRUE; rejects when it is stopped, and what was read until then is kept. Main thread.
 */
DexFuture *probity_live_index_warm (ProbitySession *session);
void       probity_live_index_stop_warming (ProbitySession *session);

/**
 * Resolves once nothing is being warmed any more, also where that failed: so that a query which needs names does not take
 * up one reader while another reads them. Main thread.
 */
DexFuture *probity_live_index_await_warming (ProbitySession *session);

G_END_DECLS
