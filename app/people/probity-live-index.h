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
void             probity_live_view_free (ProbityLiveView *self);
guint            probity_live_view_get_n_people (ProbityLiveView *self);

/** Best first, one hit a record. (transfer full) (element-type ProbityPersonIndexHit) */
GArray *probity_live_view_find (ProbityLiveView        *self,
                                const ProbityPersonKey *key,
                                double                  threshold,
                                guint                   limit);
GArray *probity_live_view_find_words (ProbityLiveView *self,
                                      const char      *words,
                                      double           threshold,
                                      guint            limit);
/** Why the record is a hit. (transfer full) (nullable) */
char *probity_live_view_explain (ProbityLiveView        *self,
                                 const ProbityPersonKey *key,
                                 gint64                  id);
char *probity_live_view_explain_words (ProbityLiveView *self,
                                       const char      *words,
                                       gint64           id);
/** Freezes an index of a few people, who are weighed as the people of this one are. */
void probity_live_view_freeze_beside (ProbityLiveView    *self,
                                      ProbityPersonIndex *few);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityLiveView, probity_live_view_free)

/** The staff table. */
extern const ProbityLiveSource probity_staff_source;

/** Whether the index of @source was read in @session; main thread. */
gboolean probity_live_index_is_read (ProbitySession          *session,
                                     const ProbityLiveSource *source);

/**
 * Reads the staff, and the subjects that the session's keys open, in the background. Resolves to TRUE;
 * rejects when @cancellable (nullable) is cancelled, and what was read until then is kept.
 */
DexFuture *probity_live_index_warm (ProbitySession *session,
                                    GCancellable   *cancellable);

G_END_DECLS
