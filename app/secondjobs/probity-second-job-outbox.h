/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-outbox.h"
#include "probity-second-job-private.h"

G_BEGIN_DECLS

/* The registers' half of commands that also write to a higher compartment, in a form that can wait in its outbox. */

#define PROBITY_OUTBOX_DECIDE "second-job-decide"
#define PROBITY_OUTBOX_VIEW "second-job-view"

/** A decision and what goes with it. */
typedef struct
{
  char       *second_job_uid;
  char       *stage;
  char       *approved_on;
  char       *next_review;
  ProbityRow *decision;
  GPtrArray  *clearances; /* ProbityRow */
  GPtrArray  *conditions; /* ProbityRow */
} ProbityBundle;

ProbityBundle *probity_bundle_new (void);
void           probity_bundle_free (ProbityBundle *self);
char          *probity_bundle_to_json (ProbityBundle *self);
ProbityBundle *probity_bundle_from_json (const char *json,
                                         GError    **error);
/** Writes it all. The database's own gate has the last word. */
gboolean probity_bundle_apply (ProbityBundle  *self,
                               ProbityWrite   *write,
                               ProbitySession *session,
                               ProbityDb      *registers,
                               ProbityRecord  *job,
                               GError        **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityBundle, probity_bundle_free)

/** Rows of `sealed_view` and their case as JSON. (transfer full) */
char *probity_sealed_views_to_json (ProbityRecord *job,
                                    GPtrArray     *rows);

G_END_DECLS
