/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-check-private.h"

G_BEGIN_DECLS

/*
 * The approval gate: one examination of a case over all compartments that the reader holds, the
 * same for the gate card, for the decision and for verify. Rows are not only counted: signatures are
 * proved, and the signer's roles at that instant, and that the people are different.
 */

/** Where an examination reads; what is not held is %NULL. */
typedef struct
{
  ProbitySession *session;
  ProbityKeyring *keyring;
  ProbityDb      *registers; /* where the job stands */
  ProbityDb      *staff;     /* where people are known, wherever the job stands */
  ProbityDb      *standards;
  ProbityDb      *intelligence;
  ProbityDb      *searched[2]; /* by kind of check: where complaints and reports stand, wherever the case does */
  ProbityRead    *read;        /* one of them, for what stands in sealed compartments */
  ProbityWrite   *write;
  const char     *now;
  gboolean        historic; /* verify: no search for newer records, no age against now */
} ProbityGateSource;

typedef struct
{
  ProbityRow *clearance; /* the columns of `clearance`, signature included; NULL unless the check holds */
  ProbityRow *published; /* nullable: the newest published run */
  gboolean    known;     /* FALSE where the compartment is not held: nothing is said of it */
} ProbityGateCheck;

/** What was found. Codes are the full ones; what a reader is told of them is another matter. */
typedef struct
{
  ProbityRecord   *job;
  GPtrArray       *statements;
  GPtrArray       *stand_ins; /* proved */
  GPtrArray       *comments;  /* proved, of this round, oldest first */
  GPtrArray       *waivers;   /* proved, of this round */
  GPtrArray       *earlier;   /* proved comments and waivers of other rounds */
  ProbityGateCheck checks[2];
  ProbityRow      *view; /* the notice of the view that holds */
  gboolean         objection;
  ProbityRow      *advice;   /* newest; only where intelligence is held */
  ProbityRow      *appeal;   /* the one that is open; NULL: none */
  ProbityRow      *bundle;   /* the newest bundle of reasons for it */
  GPtrArray       *missing;  /* char*: codes in the order of the route */
  GPtrArray       *unseen;   /* char*: those of them that lack because the reader is not shown whether they are there */
  GPtrArray       *problems; /* char*: what does not prove, for verify */
} ProbityGate;

ProbityGate *probity_gate_examine (const ProbityGateSource *source,
                                   ProbityRecord           *job,
                                   GError                 **error);
/** An examination of which no part is made yet. */
ProbityGate *probity_gate_new (ProbityRecord *job);
void         probity_gate_free (ProbityGate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityGate, probity_gate_free)

gboolean probity_gate_lacks (ProbityGate *self,
                             const char  *code);
void     probity_gate_add_missing (ProbityGate *self,
                                   const char  *code);
/** Adds a code that lacks only because the reader is not shown whether it is there. */
void probity_gate_add_unseen (ProbityGate *self,
                              const char  *code);
void probity_gate_drop_missing (ProbityGate *self,
                                const char  *code);
void probity_gate_add_problem (ProbityGate *self,
                               const char  *code,
                               const char  *format,
                               ...) G_GNUC_PRINTF (3, 4);

/** The newest comment or waiver for @for_role; %NULL. */
ProbityRow *probity_gate_find_comment (ProbityGate *self,
                                       const char  *for_role);
ProbityRow *probity_gate_find_waiver (ProbityGate *self,
                                      const char  *for_role);

/**
 * Whether @row was signed by the account it names, who had one of @roles then and is the person it
 * names, and whether @log (nullable: not asked) has an entry of that account and instant about the case.
 */
gboolean probity_gate_prove (ProbityGate              *self,
                             const ProbityGateSource  *source,
                             const ProbitySignedTable *table,
                             ProbityRow               *row,
                             const char               *at,
                             ProbityRoles              roles,
                             const char               *problem,
                             ProbityDb                *log);

/** The parts, each adding what it finds missing. */
gboolean probity_gate_examine_line (ProbityGate             *self,
                                    const ProbityGateSource *source,
                                    GError                 **error);
gboolean probity_gate_examine_check (ProbityGate             *self,
                                     const ProbityGateSource *source,
                                     ProbityCheckKind         kind,
                                     GError                 **error);
/** @ret_proved: whether the published @run and each verdict on @hits are signed by who might, about @target; else a problem says why. */
gboolean probity_gate_prove_check (ProbityGate             *self,
                                   const ProbityGateSource *source,
                                   ProbityCheckTarget      *target,
                                   ProbityDb               *db,
                                   ProbityCheckKind         kind,
                                   ProbityRow              *run,
                                   GPtrArray               *hits,
                                   gboolean                *ret_proved,
                                   GError                 **error);
/** The columns of a clearance as the statement stands in @run. (transfer full) */
ProbityRow *probity_gate_build_clearance (ProbityRow *run);
gboolean    probity_gate_examine_view (ProbityGate             *self,
                                       const ProbityGateSource *source,
                                       GError                 **error);

/** What an appeal needs instead of a view: that it was lodged, and the bundle of reasons with checks that hold. */
gboolean probity_gate_examine_appeal (ProbityGate             *self,
                                      const ProbityGateSource *source,
                                      GError                 **error);
/** Whether a clearance that came in a box holds now; proved as at the decision. */
gboolean probity_gate_holds_clearance (ProbityGate             *self,
                                       const ProbityGateSource *source,
                                       ProbityCheckKind         kind,
                                       ProbityRow              *clearance);
/** Boxes with @bundle (NULL: void ones) for every chief officer whom @parts, persons, does not name. Fails where there is none. */
gboolean probity_gate_seal_appeal (ProbityWrite   *write,
                                   ProbitySession *session,
                                   ProbityDb      *registers,
                                   ProbityGate    *gate,
                                   ProbityRow     *bundle,
                                   GHashTable     *parts,
                                   GPtrArray      *ret_rows,
                                   GError        **error);
gboolean probity_gate_void_appeal (ProbityWrite   *write,
                                   ProbitySession *session,
                                   ProbityDb      *registers,
                                   ProbityRecord  *job,
                                   GError        **error);
/** The persons of the decision that the open appeal is against, and of the view behind it as far as they are known here. */
gboolean probity_gate_load_appealed (ProbityGate             *self,
                                     const ProbityGateSource *source,
                                     GHashTable              *persons,
                                     GError                 **error);

/** Whether the session's person took a part in the case that bars them from giving a view of it; from deciding it. */
gboolean probity_gate_is_barred (ProbityGate    *self,
                                 ProbitySession *session);
gboolean probity_gate_is_barred_from_deciding (ProbityGate    *self,
                                               ProbitySession *session);
/** The codes that the session's reader may know, NULL-terminated, none twice. (transfer full) */
GStrv probity_gate_dup_told (ProbityGate    *self,
                             ProbitySession *session);
/** Those of @told of which the reader is not shown whether they are there; by keys and roles alone. (transfer full) */
GStrv probity_gate_dup_unseen (ProbityGate *self,
                               GStrv        told);
/** Not an age against the present but whether @at lies within the age that the case allows before @now. */
gboolean probity_gate_is_fresh (ProbityRecord *job,
                                const char    *at,
                                const char    *now);

/** The connection of @source to @compartment; %NULL where it is not held. */
ProbityDb *probity_gate_source_get_db (const ProbityGateSource *source,
                                       ProbityCompartment       compartment);
/** Reads into @source from a command or a read; compartments that are not held stay %NULL. */
gboolean probity_gate_source_init_write (ProbityGateSource *source,
                                         ProbitySession    *session,
                                         ProbityWrite      *write,
                                         GError           **error);
gboolean probity_gate_source_init_read (ProbityGateSource *source,
                                        ProbitySession    *session,
                                        ProbityRead       *read,
                                        GError           **error);

/**
 * What a search for @subject through @db, of the compartment searched, comes upon by now that is not
 * among @hits, or stood otherwise then: the one judgement of whether a record touches somebody who was
 * checked, for `new-record` and for the end of a sealed view. (element-type ProbitySubjectHit)
 */
GPtrArray *probity_gate_find_unseen (ProbitySession      *session,
                                     ProbityDb           *db,
                                     ProbityCheckSubject *subject,
                                     GPtrArray           *hits,
                                     GError             **error);

/** Staff numbers of people with a second job whom @subject's name and birth date fit. (element-type utf8) */
GPtrArray *probity_gate_find_holders (ProbityDb            *registers,
                                      const ProbitySubject *subject,
                                      GError              **error);

/** Adds a problem where another acts for the head of HR without a cause (probity-second-job-stand-in.c). */
void probity_second_job_prove_stand_in (ProbityGate    *gate,
                                        ProbityKeyring *keyring);

/* Boxes for the signatory. */
gboolean probity_gate_seal_views (ProbityWrite   *write,
                                  ProbitySession *session,
                                  ProbityDb      *registers,
                                  ProbityRecord  *job,
                                  ProbityRow     *notice,     /* NULL: void boxes */
                                  ProbityRow     *complaints, /* clearances */
                                  ProbityRow     *intelligence,
                                  GPtrArray      *ret_rows, /* nullable: rows are put here instead of written */
                                  GError        **error);
gboolean probity_gate_void_views (ProbityWrite   *write,
                                  ProbitySession *session,
                                  ProbityDb      *registers,
                                  ProbityRecord  *job,
                                  GError        **error);
/** Opens this account's newest box; all %NULL where there is none or it is void. */
gboolean probity_gate_open_view (ProbitySession *session,
                                 ProbityDb      *registers,
                                 ProbityRecord  *job,
                                 ProbityRow    **ret_notice,
                                 ProbityRow    **ret_complaints,
                                 ProbityRow    **ret_intelligence,
                                 GError        **error);

G_END_DECLS
