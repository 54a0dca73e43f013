/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-overview.h"

G_BEGIN_DECLS

/* What the files of "My day" share. */

/* More of one kind than anybody does in a day; the lists have the rest. */
#define PROBITY_DAY_MAX_ITEMS 200

typedef struct
{
  ProbitySession *session;
  ProbityRead    *read;
  GPtrArray      *items;
  const char     *today;
} ProbityDayRun;

/** Adds a line; its group follows from @due. */
ProbityDayItem *probity_day_run_add (ProbityDayRun *run,
                                     const char    *what,
                                     const char    *kind,
                                     const char    *uid,
                                     const char    *reference,
                                     const char    *subject,
                                     const char    *due,
                                     const char    *why);

/** Whether @error is that a case of the list was sealed, or locked to this reader, since the list was read; clears it then. */
gboolean probity_day_is_gone (GError **error);

typedef gboolean (*ProbityDayAddFunc) (ProbityDayRun *run,
                                       GError       **error);

/** Calls @add for the compartment of cases of @kind, and for each sealed one whose key is held, entered. */
gboolean probity_day_run_add_homes (ProbityDayRun           *run,
                                    const ProbityRecordKind *kind,
                                    ProbityDayAddFunc        add,
                                    GError                 **error);

/** Columns of a query over `second_job AS r`: uid, reference, who and where; the day comes behind. */
#define PROBITY_DAY_CASE                                                                                                     \
  "SELECT r.uid, r.reference, (SELECT trim (coalesce (p.forenames, '') || ' ' || coalesce (p.surname, '')) FROM person AS p" \
  " WHERE p.staff_number = r.staff_number) || ' · ' || r.employer"
/** Runs a query whose columns are uid, reference, subject, due, and adds an item for each row. `$me`, `$locked`, `$everyone`, `$today`, `$until` and `$account` are bound where it has them. */
gboolean probity_day_run_add_query (ProbityDayRun     *run,
                                    ProbityCompartment compartment,
                                    const char        *what,
                                    const char        *kind,
                                    const char        *why,
                                    const char        *sql,
                                    GError           **error);

/** On a reader thread: adds appeals, conditions and the watch list. */
gboolean probity_my_day_add_second_jobs (ProbityDayRun *run,
                                         GError       **error);

/** On a reader thread: adds the checks that a batch of the newest annual review left with hits, for who makes them. */
gboolean probity_my_day_add_review_hits (ProbityDayRun *run,
                                         GError       **error);

/** On a reader thread: adds this reader's actions that are over or due soon. */
gboolean probity_my_day_add_actions (ProbityDayRun *run,
                                     GError       **error);

/** On a reader thread: adds the clocks of conduct investigations that this reader owns or investigates. */
gboolean probity_my_day_add_conduct (ProbityDayRun *run,
                                     GError       **error);

/** On a reader thread: adds every pending check, for who holds a sealed compartment. */
gboolean probity_my_day_add_sealed (ProbityDayRun *run,
                                    GError       **error);

/** In a fiber: adds cases that are ready for this reader's view or decision. */
gboolean probity_my_day_await_decisions (ProbitySession *session,
                                         GPtrArray      *items,
                                         GError        **error);

/** In a fiber: of appeals to be decided, tells which still wait for the reasons to be sealed to this reader, and drops those that others decide. */
gboolean probity_my_day_await_appeals (ProbitySession *session,
                                       GPtrArray      *items,
                                       GError        **error);

/** On a reader thread: adds this reader's leaks whose public-interest assessment is missing. */
gboolean probity_my_day_add_leaks (ProbityDayRun *run,
                                   GError       **error);

/** In a fiber: adds investigations that this reader could close as somebody proposed. */
gboolean probity_my_day_await_closings (ProbitySession *session,
                                        GPtrArray      *items,
                                        GError        **error);

G_END_DECLS
