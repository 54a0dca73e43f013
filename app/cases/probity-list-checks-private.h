/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-list-kind.h"

G_BEGIN_DECLS

/* What the files of the list of checks share. */

enum
{
  PROBITY_CHECKS_CELL_REFERENCE,
  PROBITY_CHECKS_CELL_KIND, /* of record */
  PROBITY_CHECKS_CELL_RECEIVED,
  PROBITY_CHECKS_CELL_STAFF_NUMBER,
  PROBITY_CHECKS_CELL_APPLICANT_NAME, /* whom the case is about */
  PROBITY_CHECKS_CELL_EMPLOYER,       /* what it is about */
  PROBITY_CHECKS_CELL_CATEGORY,
  PROBITY_CHECKS_CELL_NEEDED_BY,
  PROBITY_CHECKS_CELL_CHECK,
  PROBITY_CHECKS_CELL_STATE,
  PROBITY_CHECKS_CELL_BADGES,
  PROBITY_CHECKS_N_CELLS
};

/** A case with checks to be made by this reader. */
typedef struct
{
  gint64     id; /* of the row of the list: of other kinds than second jobs moved up, so that none meets another */
  char      *uid;
  char      *material_digest;
  ProbityDay oldest; /* a check published before this day is too old */
  gboolean   open;   /* waits for a decision: needs its checks */
  char      *asked;  /* since when both are to be made again, a condition not being kept; nullable */
  GPtrArray *kinds;  /* static: what this reader is to do */
  GPtrArray *states;
  char     **cells;
} ProbityChecksWaiting;

ProbityChecksWaiting *probity_checks_waiting_new (gint64      id,
                                                  const char *uid,
                                                  const char *kind);
void                  probity_checks_waiting_free (gpointer data);
/** @kind and @state: static. */
void probity_checks_waiting_add (ProbityChecksWaiting *waiting,
                                 const char           *kind,
                                 const char           *state);

/** Adds to @cases (by uid) the investigations with checks that this reader may make and that are missing; if @undecided, those too that somebody proposes to close. */
gboolean probity_checks_add_investigations (ProbitySession *session,
                                            ProbityRead    *read,
                                            GHashTable     *cases,
                                            gboolean        undecided,
                                            GError        **error);

G_END_DECLS
