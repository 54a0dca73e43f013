/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record.h"

G_BEGIN_DECLS

/*
 * Everything about one person that a reader may know of, from every compartment whose key they hold:
 * each record is asked for through the same scope as its list, so that what is locked, confined or of a
 * compartment without key is not there and not counted.
 */

/** A record in which the person stands; all strings owned, nullable but for the first three. */
typedef struct
{
  char    *kind; /* of record: `second-job`, `complaint`, …, `relation`, `person` */
  char    *uid;
  char    *how;       /* applicant, subject, eliminated, related, linked, likely, mentioned */
  char    *reference; /* of a related person their staff number */
  char    *title;
  char    *detail; /* a code (stage, type of link) or text (nature of a relation, why it is likely, the words) */
  char    *day;    /* ISO: received, or the day of the report */
  gboolean closed;
} ProbityEverythingItem;

/** Something that happened in one of these records; all strings owned. */
typedef struct
{
  char *at;   /* instant, or ISO day */
  char *what; /* code, as ProbityTimelineItem */
  char *who;  /* account name; nullable */
  char *text; /* nullable */
  char *kind, *uid, *reference;
} ProbityEverythingEvent;

typedef struct
{
  ProbityRecord *person;
  GPtrArray     *items;  /* ProbityEverythingItem: by how, then newest first */
  GPtrArray     *events; /* ProbityEverythingEvent: oldest first */
} ProbityEverything;
#define PROBITY_TYPE_EVERYTHING (probity_everything_get_type ())
GType              probity_everything_get_type (void);
ProbityEverything *probity_everything_copy (ProbityEverything *self);
void               probity_everything_free (ProbityEverything *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityEverything, probity_everything_free)

/**
 * Everything about the person @staff_number (or uid). That the person is looked at, and each case whose
 * events are shown, is logged as a consultation before it resolves, once a @visit (nullable). NOT_FOUND alike for who is
 * absent, locked and not one's own. Resolves to #ProbityEverything.
 */
DexFuture *probity_everything_load (ProbitySession *session,
                                    const char     *staff_number,
                                    ProbityVisit   *visit);

G_END_DECLS
