/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record.h"
#include "probity-timeline.h"

G_BEGIN_DECLS

/*
 * Second job (business interest) review. Stored stages in `registers`: draft, submitted, comments,
 * with-professional-standards, decided, registered, deferred, withdrawn, refused, ceased. Outcome:
 * none, approved, approved-with-conditions, refused, withdrawn, brought-forward.
 *
 * JSON and console names are those of the record's fields; `staff_number` is the applicant.
 */

/** Makes @session's casebook know this room: finishers of its outbox, and what later records raise. Called once by sign-in, before the outbox is finished. */
void probity_second_job_attach (ProbitySession *session);

/** A #ProbityVerifyFunc: every approval has valid clearances, every statement a signer who could make it then, people are different. */
gboolean probity_second_job_verify (ProbitySession *session, ProbityRead *read, ProbityCompartment compartment, GPtrArray *problems, GError **error);

/** Enters an application on the applicant's behalf; values as in the record kind `second-job`. Unknown category becomes `other`. Resolves to ProbityRecord. */
DexFuture *probity_second_job_submit (ProbitySession *session, ProbityValues *values);
DexFuture *probity_second_job_submit_sealed (ProbitySession *session, ProbityValues *values, const char *const *holders, gboolean with_checks, const char *reason);
/**
 * For imports, inside their one transaction: a row of an existing register, under the names of the
 * file's columns (`outcome`, `decided`, `decided_by`, `conditions`, `next_review`, `ceased` and the
 * fields of the kind). Found again by its reference. One audit entry a changed field; of what is
 * added the import's own entry tells.
 */
gboolean probity_second_job_bring_forward (ProbityWrite *write, ProbitySession *session, ProbityValues *values, gboolean *ret_added, gboolean *ret_changed, GError **error);

/** A draft: encrypted like the rest, one per account and kind, survives a crash. Resolves to TRUE / to ProbityValues or NULL pointer. */
DexFuture *probity_draft_save (ProbitySession *session, const char *key, ProbityValues *values /* NULL removes */);
DexFuture *probity_draft_load (ProbitySession *session, const char *key);

DexFuture *probity_second_job_withdraw (ProbitySession *session, const char *reference, const char *reason);
/** @for_role: `line-manager` or `head-of-hr`; NULL: the one that this account gives. @on_paper_from: staff number when HR enters a manager's paper comment. */
DexFuture *probity_second_job_comment (ProbitySession *session, const char *reference, const char *for_role, const char *text, gboolean supports, ProbityValues *details /* performance, sickness, hours, impact, own_interest; nullable */, const char *on_paper_from);
DexFuture *probity_second_job_name_stand_in (ProbitySession *session, const char *reference, const char *staff_number, const char *reason);
/** The ACU's advice to the decider: `wait`, `as-if-unknown`, `none`; outwardly nothing shows. */
DexFuture *probity_second_job_advise (ProbitySession *session, const char *reference, const char *advice, const char *text);
/** Professional standards' view (decider): @objection, with reasons kept in `intelligence`; sealed to the signatory. */
DexFuture *probity_second_job_view (ProbitySession *session, const char *reference, gboolean objection, const char *reasons);
DexFuture *probity_second_job_waive_comment (ProbitySession *session, const char *reference, const char *for_role, const char *reason);

typedef struct
{
  const char        *action;             /* approve, approve-with-conditions, refuse, defer */
  const char        *open_reasons;       /* letter, `registers` */
  const char        *restricted_reasons; /* nullable; `intelligence` */
  const char *const *conditions;         /* free text or library codes; needed for approve-with-conditions */
  const char        *missing_facts;      /* for defer */
} ProbityDecision;
/** Through the gate. PROBITY_RECORD_ERROR_GATE lists what is missing in the codes this reader may know. Resolves to ProbityRecord. */
DexFuture *probity_second_job_decide (ProbitySession *session, const char *reference, const ProbityDecision *decision);
/** After a deferral: the facts that came. Values that are material make the checks stale. */
DexFuture *probity_second_job_amend (ProbitySession *session, const char *reference, gint64 version, ProbityValues *values);
/** Whether the head of HR's comment, or the decision, is this account's by its roles: also where it acts instead of another. */
gboolean probity_second_job_may_comment_as_head (ProbitySession *session, ProbityRecord *job);
gboolean probity_second_job_may_sign (ProbitySession *session, ProbityRecord *job);
/** The annual return: `no-change`, `changed` (with values: goes through the gate again), `ceased`. */
DexFuture *probity_second_job_review (ProbitySession *session, const char *reference, const char *result, ProbityValues *values, const char *note);
/** The decision letter as PDF bytes (GBytes, boxed); logged as disclosure. */
DexFuture *probity_second_job_letter (ProbitySession *session, const char *reference);

/* --- The gate, as far as this reader may know of it --- */

typedef struct
{
  const char *code; /* `line-manager-comment`, … as in the console's JSON */
  gboolean    done;
  char       *who;    /* done: name; missing: who can supply it */
  char       *when;   /* instant, done only */
  char       *detail; /* nullable: supports / no concern / … only what this reader may know */
  gboolean    unseen; /* not shown to this reader, done or not */
} ProbityGateItem;

typedef struct
{
  GPtrArray *items;       /* ProbityGateItem in route order */
  GStrv      missing;     /* codes */
  GStrv      unseen;      /* those of them of which this reader is not shown whether they are there */
  gboolean   may_decide;  /* this reader is the signatory and everything is there */
  char      *waiting_for; /* whom the case waits for, as far as this reader may know: line-manager, head-of-hr, professional-standards, signatory, nobody, … */
  char      *next_step;   /* what this reader can do next: comment, check-complaints, check-intelligence, view, decide, review, none */
} ProbityGateState;
#define PROBITY_TYPE_GATE_STATE (probity_gate_state_get_type ())
GType probity_gate_state_get_type (void);
void  probity_gate_state_free (ProbityGateState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityGateState, probity_gate_state_free)
/** Resolves to a boxed ProbityGateState. Signatures are proved, not only rows counted. */
DexFuture *probity_second_job_load_gate (ProbitySession *session, const char *reference);
/** The same for a list that the program makes: a case that is this reader's no longer rejects too, and nothing is logged. */
DexFuture *probity_second_job_peek_gate (ProbitySession *session, const char *reference);

/** probity_case_load_timeline() of a second job. */
DexFuture *probity_second_job_load_timeline (ProbitySession *session, const char *reference);
/** Resolves to boxed GPtrArray of char*: names of accounts that can open this case, by the same function that decides. */
DexFuture *probity_second_job_load_readers (ProbitySession *session, const char *reference);

typedef struct
{
  double contracted, overtime, this_job, other_jobs, total, limit, cap;
  GStrv  warnings;
} ProbityHoursSummary;
#define PROBITY_TYPE_HOURS_SUMMARY (probity_hours_summary_get_type ())
GType probity_hours_summary_get_type (void);
void  probity_hours_summary_free (ProbityHoursSummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityHoursSummary, probity_hours_summary_free)
/** Hours of the applicant with all registered and pending jobs. For a form before it is submitted @reference is NULL. */
DexFuture *probity_second_job_load_hours (ProbitySession *session, const char *reference, const char *staff_number, double weekly_hours);

G_END_DECLS
