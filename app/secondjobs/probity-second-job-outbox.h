/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-outbox.h"
#include "probity-gate-private.h"
#include "probity-second-job-private.h"

G_BEGIN_DECLS

/* The registers' half of commands that also write to a higher compartment, in a form that can wait in its outbox. */

#define PROBITY_OUTBOX_DECIDE "second-job-decide"
#define PROBITY_OUTBOX_VIEW "second-job-view"
#define PROBITY_OUTBOX_APPEAL "second-job-appeal"

/** A decision and what goes with it. */
typedef struct
{
  char       *second_job_uid;
  char       *stage;
  char       *approved_on;
  char       *next_review;
  ProbityRow *decision;
  ProbityRow *appeal;     /* nullable: the outcome of the appeal that is upheld by it */
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

typedef enum
{
  PROBITY_BOXES_VIEW,   /* of professional standards' view, for the signatory */
  PROBITY_BOXES_APPEAL, /* of an appeal's reasons, for the chief officers */
} ProbityBoxesKind;

/** Puts boxes sealed in the intelligence compartment, rows of their table, into @registers; finished from the outbox after a crash. */
gboolean probity_second_job_put_boxes (ProbityWrite    *write,
                                       ProbitySession  *session,
                                       ProbityDb       *registers,
                                       ProbityRecord   *job,
                                       ProbityBoxesKind kind,
                                       GPtrArray       *rows,
                                       GError         **error);

/** What of a decision with @action (`approve`, …) @step says, @gate proved: decision, conditions, clearances, and what the case becomes. */
gboolean probity_second_job_build_decision (ProbityStep       *step,
                                            ProbityWrite      *write,
                                            ProbityGateSource *source,
                                            ProbityGate       *gate,
                                            const char        *action,
                                            ProbityBundle     *bundle,
                                            GError           **error);

/**
 * For verify: services of letters, appeals and their outcomes are signed by who could, in time or with a
 * reason, by other people than those of the decision; the case says what they say. @ret_upheld: uids of the
 * decisions that a proved outcome put in the place of the one appealed against. (element-type utf8) (transfer full)
 */
gboolean probity_appeal_verify (ProbityGate             *gate,
                                const ProbityGateSource *source,
                                GPtrArray               *decisions,
                                GHashTable             **ret_upheld,
                                GError                 **error);

/** For verify: compliance reviews and answers are signed by who could. */
gboolean probity_compliance_verify (ProbityGate             *gate,
                                    const ProbityGateSource *source,
                                    ProbityRoles             signatory,
                                    GError                 **error);

/** The same of chases, lapses, and runs of the annual review. */
gboolean probity_annual_review_verify_case (ProbityGate             *gate,
                                            const ProbityGateSource *source,
                                            GError                 **error);
gboolean probity_annual_review_verify_runs (const ProbityGateSource *source,
                                            GPtrArray               *problems,
                                            GError                 **error);

G_END_DECLS
