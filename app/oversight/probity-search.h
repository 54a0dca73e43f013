/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record.h"

G_BEGIN_DECLS

/*
 * Search over everything that a reader may know of: references, names and words, as they are typed.
 *
 * Each compartment has full-text indexes of its own, and what is not the reader's is left out of the
 * query itself: it gives no hit, no count, and takes no time. Of intelligence reports the sanitised
 * text alone is in an index.
 *
 * A name in full and words that are finished come before words that only begin so. Where more hits answer than can
 * be ranked while somebody types, those of one beginning are read best first, and those of several words newest first;
 * what that loses is measured by `./dev bench bench-search`.
 */

/** Where a word that was looked for stands in a text: bytes. */
typedef struct
{
  guint start;
  guint length;
} ProbitySearchMark;

/** One record found; strings owned. */
typedef struct
{
  const char        *kind; /* of the record that opens: `second-job` …; static */
  const char        *part; /* what of it has the words: `comment` …; NULL: the record itself; static */
  ProbityCompartment compartment;
  gint64             id;
  char              *uid;
  char              *reference; /* nullable */
  char              *title;
  char              *snippet;                                       /* of the text around the words; nullable */
  char              *why;                                           /* where a name is only alike: how, in English; nullable */
  GArray            *reference_marks, *title_marks, *snippet_marks; /* of ProbitySearchMark */
  double             score;                                         /* 0 to 1; 1: the reference itself */
} ProbitySearchHit;

void probity_search_hit_free (ProbitySearchHit *self);

/**
 * One person's searching: a line in which they type. Of the main thread.
 *
 * What was looked for is logged as a consultation in the highest compartment that the reader holds: once
 * when the first hits are to be shown, before they are; and then the words on which the person settled,
 * with the number of hits, by probity_search_settle(). What was typed on the way is not logged one by one.
 */
#define PROBITY_TYPE_SEARCH (probity_search_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySearch, probity_search, PROBITY, SEARCH, GObject)

ProbitySearch *probity_search_new (ProbitySession *session);

/**
 * Looks for @words and stops what was still being looked for: that is rejected with G_IO_ERROR_CANCELLED.
 * At most @limit hits a kind of record. PROBITY_ACCESS_ERROR_NOT_PERMITTED for who reads no records.
 *
 * Returns: (transfer full): resolves to a boxed GPtrArray of #ProbitySearchHit; those of a kind stand
 *   together, best first, the kind that holds the reference looked for before the others
 */
DexFuture *probity_search_run (ProbitySearch *self,
                               const char    *words,
                               guint          limit);

/**
 * Whether the last run had to leave out people whose names are only alike, since the names are still being read. Once they
 * are, ::names-read (TRUE) says so, and the same words find more; with FALSE they cannot be read.
 */
gboolean probity_search_lacks_names (ProbitySearch *self);

/** Logs what was last found, unless it has been logged. Resolves to TRUE. */
DexFuture *probity_search_settle (ProbitySearch *self);

/** A search that is settled as it stands: logged before it resolves; otherwise as probity_search_run(). */
DexFuture *probity_search_once (ProbitySession *session,
                                const char     *words,
                                guint           limit);

G_END_DECLS
