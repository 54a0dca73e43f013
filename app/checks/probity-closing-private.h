/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-closing.h"
#include "probity-gate-private.h"
#include "probity-step.h"

G_BEGIN_DECLS

/** An examination of the closing gate of one case. */
typedef struct
{
  ProbityGate *gate;       /* its problems and missing codes */
  ProbityDb   *db;         /* of the case's compartment */
  GPtrArray   *targets;    /* ProbityCheckTarget: the subjects as they are now */
  GPtrArray   *state;      /* ProbityClosingSubject beside them */
  GPtrArray   *clearances; /* ProbityRow: columns of closing_clearance without uid and closing_uid */
  ProbityRow  *proposal;   /* the newest that proves and is of the subjects as they are now; nullable */
} ProbityClosing;

ProbityClosing *probity_closing_examine (const ProbityGateSource *source,
                                         ProbityRecord           *record,
                                         GError                 **error);
void            probity_closing_free (ProbityClosing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityClosing, probity_closing_free)

/** Digest of whom the case is about now. (element-type ProbityCheckTarget) (transfer full) */
char *probity_closing_dup_subjects_digest (GPtrArray *targets);
/** Digest of the clearances that a decision carries, in their order. (transfer full) */
char *probity_closing_dup_clearances_digest (GPtrArray  *clearances,
                                             const char *casebook_uid,
                                             const char *case_uid);
/** Roles whose holders may propose. */
ProbityRoles probity_closing_get_proposer_roles (ProbityRecord *record);
/** The people whom a case's closing decision must not come from. */
gboolean probity_closing_is_barred (ProbityClosing *self,
                                    const char     *person,
                                    gboolean       *ret_barred,
                                    GError        **error);

extern const ProbitySignedTable probity_signed_closing_proposal;
extern const ProbitySignedTable probity_signed_closing_clearance;
extern const ProbitySignedTable probity_signed_closing;

G_END_DECLS
