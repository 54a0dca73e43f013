/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record.h"

G_BEGIN_DECLS

/*
 * The watch list: second jobs that were refused or ended and may be carried on all the same. It stands in
 * `standards`, and so do its log entries: who opens registers alone finds no trace of the interest.
 */

/** Puts a refused, withdrawn, ceased or lapsed job on the list. @review_on: ISO day, or `+10` working days. Resolves to ProbityRecord. */
DexFuture *probity_watch_add (ProbitySession *session,
                              const char     *reference,
                              const char     *reason,
                              const char     *review_on);
/** What was observed. Resolves to ProbityRecord. */
DexFuture *probity_watch_observe (ProbitySession *session,
                                  const char     *reference,
                                  const char     *text);
/** That it was looked at on its day, with what came of it, and the next day. Resolves to ProbityRecord. */
DexFuture *probity_watch_review (ProbitySession *session,
                                 const char     *reference,
                                 const char     *text,
                                 const char     *next);
DexFuture *probity_watch_end (ProbitySession *session,
                              const char     *reference,
                              const char     *reason);

/**
 * The watch of one job, newest first: a boxed GPtrArray of ProbityValues, each what happened: kind (`begun`,
 * `observation`, `review`, `ended`), at, who, text, review_on. Empty where there was none. That the case is
 * looked at is logged by who shows it.
 */
DexFuture *probity_watch_load (ProbitySession *session,
                               const char     *reference);
/**
 * What is on the list now, first due first: a boxed GPtrArray of ProbityValues: reference, uid (of the job),
 * staff_number, name, employer, reason, since, who, review_on, notes (number of), state (`overdue`, `due`).
 * Without what the reader is locked from.
 */
DexFuture *probity_watch_list (ProbitySession *session);

G_END_DECLS
