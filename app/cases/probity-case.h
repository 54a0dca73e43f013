/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-access.h"
#include "probity-audit.h"
#include "probity-record-kind.h"

G_BEGIN_DECLS

/*
 * What every kind of case shares. A kind is declared once, in its own room, and named in the one
 * table of kinds (probity-case-kinds.c). Parts of a case (actions, log, decisions, checklists, …)
 * stand in its compartment and name it by its uid; a link stands in the higher of its two compartments.
 */

typedef struct _ProbityCaseKind ProbityCaseKind;

/** Where databases are read from: exactly one of @read and @write is set. */
typedef struct
{
  ProbitySession *session;
  ProbityRead    *read;
  ProbityWrite   *write;
} ProbitySource;

ProbityDb *probity_source_get_db (const ProbitySource *source,
                                  ProbityCompartment   compartment,
                                  GError             **error);
/** The same, the compartment itself whatever was entered: staff, complaints and reports stand in no sealed one. */
ProbityDb *probity_source_get_open_db (const ProbitySource *source,
                                       ProbityCompartment   compartment,
                                       GError             **error);

/** From here on `standards` and `intelligence` are the sealed @compartment; JOURNAL: themselves again. */
void               probity_source_enter (const ProbitySource *source,
                                         ProbityCompartment   compartment);
ProbityCompartment probity_source_get_entered (const ProbitySource *source);
/**
 * Finds the record of @kind as probity_record_read() does, a case also where it is sealed, if the reader
 * holds the key of that: then its compartment is entered, else none. %NULL without an error where there is none.
 */
gboolean probity_source_read_record (const ProbitySource     *source,
                                     const ProbityRecordKind *kind,
                                     const char              *uid_or_key,
                                     ProbityDb              **ret_db,
                                     ProbityRecord          **ret_record,
                                     GError                 **error);

/** A case as one reader may know it. */
typedef struct
{
  const ProbityCaseKind *kind;
  ProbityDb             *db; /* of its compartment, on this thread */
  ProbityRecord         *record;
} ProbityCase;

/**
 * Whether the case may go to @stage by probity_case_set_stage(); refuses with
 * PROBITY_RECORD_ERROR_STAGE or a gate's codes. Writer thread.
 */
typedef gboolean (*ProbityCaseStageFunc) (const ProbitySource *source,
                                          const ProbityCase   *self,
                                          const char          *stage,
                                          GError             **error);

/**
 * The recorded assessment under which intrusive actions of the case may be started: its uid, or an
 * error with the code `public-interest-assessment` where there is none. Writer thread.
 */
typedef gboolean (*ProbityCaseIntrudeFunc) (const ProbitySource *source,
                                            const ProbityCase   *self,
                                            char               **ret_assessment_uid,
                                            GError             **error);

/**
 * Rows of the timeline: at, account uid, code of what happened, text. `$uid` is the case's. Read only
 * where the reader holds the compartment.
 */
typedef struct
{
  ProbityCompartment compartment;
  const char        *sql;
} ProbityTimelineSource;

struct _ProbityCaseKind
{
  const char                  *name;        /* `second-job`, `conduct`, `leak`: console and profile */
  const char                  *prefix;      /* of its references: `SJ`, `CI`, `LI` */
  const ProbityRecordKind     *record_kind; /* table with uid, reference, stage; compartment; who reads; lock */
  const char *const           *stages;      /* in the order of a case's course; NULL-terminated */
  const char *const           *terminal;    /* those in which a case is closed; NULL-terminated */
  const char                  *title;       /* field of the record that says what the case is about */
  ProbityOperation             work;        /* who writes its parts */
  ProbityCaseStageFunc         may_enter;   /* NULL: its stage moves by its own commands alone */
  ProbityCaseIntrudeFunc       may_intrude; /* NULL: this kind has no intrusive actions */
  const ProbityTimelineSource *timeline;    /* beyond what every case has */
  guint                        n_timeline;
  gboolean                     own_stages; /* case_stage is filled by the kind's own triggers */
};

/** The table of kinds; NULL-terminated. */
extern const ProbityCaseKind *const probity_case_kinds[];

extern const ProbityCaseKind probity_second_job_case; /* app/secondjobs */
extern const ProbityCaseKind probity_leak_case;       /* app/leaks */
extern const ProbityCaseKind probity_conduct_case;    /* app/conduct */

/** `second-job`, `leak`, `conduct`; %NULL if unknown. */
const ProbityCaseKind *probity_case_kind_find (const char *name);
/** By the prefix of a reference (`LI/7KQ2MX`); %NULL where no kind has it. */
const ProbityCaseKind *probity_case_kind_find_by_reference (const char *reference);
/** The kind of case whose records are of @record_kind; %NULL for people, complaints, … */
const ProbityCaseKind *probity_case_kind_of (const ProbityRecordKind *record_kind);
ProbityCompartment     probity_case_kind_get_compartment (const ProbityCaseKind *kind);

/**
 * The stages that the case of @record goes through, in order: of its force's profile as of the day on which it
 * was received, or of its kind where the profile says nothing. (transfer full)
 */
GStrv probity_case_dup_stages (ProbitySession        *session,
                               const ProbityCaseKind *kind,
                               ProbityRecord         *record);

/** Whether a case with @record stands in one of its kind's last stages. */
gboolean probity_case_is_closed (const ProbityCaseKind *kind,
                                 ProbityRecord         *record);

/**
 * Finds a case by uid or reference as its reader may know it. @kind is %NULL for any. What is absent,
 * locked, or in a compartment that is not held is looked for in the same places and answered with
 * the same PROBITY_ACCESS_ERROR_NOT_FOUND; NOT_PERMITTED only where the account reads no such cases at all.
 */
gboolean probity_case_locate (const ProbitySource   *source,
                              const ProbityCaseKind *kind,
                              const char            *uid_or_reference,
                              ProbityCase           *ret_case,
                              GError               **error);
void     probity_case_clear (ProbityCase *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProbityCase, probity_case_clear)

/**
 * Adds to the history of stages, once the kind's own command has moved the row (or made it): no row
 * of the kind's table is written here. @reason is nullable.
 */
gboolean probity_case_enter_stage (ProbityWrite          *write,
                                   ProbitySession        *session,
                                   const ProbityCaseKind *kind,
                                   ProbityRecord         *record,
                                   const char            *stage,
                                   const char            *reason,
                                   GError               **error);

/**
 * Moves the row of @self to @stage: `stage`, `version`, history, audit entry, change note. Asks
 * nothing: for commands that have judged it. @reason is nullable.
 */
gboolean probity_case_move (ProbityWrite      *write,
                            ProbitySession    *session,
                            const ProbityCase *self,
                            const char        *stage,
                            const char        *reason,
                            GError           **error);

/** probity_record_load() of a case of any kind where @kind is %NULL: logs the consultation. Resolves to ProbityRecord. */
DexFuture *probity_case_load (ProbitySession        *session,
                              const ProbityCaseKind *kind,
                              const char            *reference);

/** Moves a case to @stage as far as its kind lets that be done freely. Resolves to ProbityRecord. */
DexFuture *probity_case_set_stage (ProbitySession        *session,
                                   const ProbityCaseKind *kind,
                                   const char            *reference,
                                   const char            *stage,
                                   const char            *reason);

/** Resolves to a boxed GPtrArray of ProbityValues (stage, at, who, reason), oldest first. @kind is %NULL for any. */
DexFuture *probity_case_load_stages (ProbitySession        *session,
                                     const ProbityCaseKind *kind,
                                     const char            *reference);

G_END_DECLS
