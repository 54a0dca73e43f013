/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"
#include "probity-import.h"

G_BEGIN_DECLS

/*
 * The exposure list of a leak investigation: who held what was disclosed. It begins with the access logs of the
 * systems that hold it and with people added by hand, and is narrowed in recorded steps to those who could have been
 * the source. Nothing of a step is stored but what it says: the list follows from the steps that were not undone,
 * the same whenever it is reckoned.
 *
 * What a log does not tell eliminates nobody: a row without a place stays at a step about places, somebody whose
 * rank nobody knows at a step about roles. A step about time takes the clock's error as against the
 * eliminating: a row stays where it can have been in the window. Who was added by hand goes by an elimination or an
 * exclusion only.
 *
 * Who may: ACU officers and deciders (PROBITY_OPERATION_EXPOSURE) who may read the case. A reader does not find
 * themselves, nor whom they are related to, in a list, in its counts, steps, or exports, as if these stood in no log
 * (casework.md: nobody finds or counts what is about themselves); what they recorded of others is the same
 * for all, and another officer sees the whole. They cannot name these people in a step either: they are
 * answered as somebody who is in no log, and the attempt is told to the ACU sealed.
 *
 * All functions return a future, take the leak case's reference or uid, and reject with PROBITY_ACCESS_ERROR_NOT_FOUND
 * alike where there is no such case or it is not for this reader. Main thread, from a fiber or chained.
 */

/** What a log is imported with. Texts are copied. */
typedef struct
{
  const char *path;
  const char *mapping_path; /* nullable: as remembered of the system, else by the file's headings */
  const char *mapping;      /* nullable: the same as text, instead of a file: probity_exposure_preview_dup_mapping() */
  const char *system;       /* which system's log: `NICHE` */
  const char *authority;    /* under which authority it was obtained */
  const char *necessity;    /* why it is needed, and why in this extent */
  const char *period_from;  /* nullable: ISO days for which it was asked for, both ends included */
  const char *period_to;
  const char *time_zone;   /* nullable: as remembered, else Europe/London; `+01:00`, `UTC`, `Europe/London` */
  int         clock_error; /* seconds either way, 0 to 86,400; -1: as remembered, else 0 */
} ProbityExposureSource;

/** What the columns that tell a log are called in a mapping: who, when, record, place, role, unit. The first three have to be there. */
#define PROBITY_EXPOSURE_N_LOG_COLUMNS 6
extern const char *const probity_exposure_log_columns[];

/** What a log tells of itself before it is imported; all strings owned. */
typedef struct
{
  GStrv    headings;                                /* of the file */
  char    *columns[PROBITY_EXPOSURE_N_LOG_COLUMNS]; /* by probity_exposure_log_columns: the heading that tells it, or several, one a line; NULL: none does */
  char    *mapping;                                 /* nullable: as remembered of the system */
  char    *time_zone;                               /* as remembered, else Europe/London */
  int      clock_error;
  gboolean remembered; /* a log of the system was imported before */
} ProbityExposurePreview;

#define PROBITY_TYPE_EXPOSURE_PREVIEW (probity_exposure_preview_get_type ())
GType                   probity_exposure_preview_get_type (void);
ProbityExposurePreview *probity_exposure_preview_copy (ProbityExposurePreview *self);
void                    probity_exposure_preview_free (ProbityExposurePreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExposurePreview, probity_exposure_preview_free)

/** Reads the headings of the log at @path and what is remembered of @system (nullable). Resolves to #ProbityExposurePreview. */
DexFuture *probity_exposure_load_preview (ProbitySession *session,
                                          const char     *path,
                                          const char     *system);

/**
 * The mapping of @self with @columns (by probity_exposure_log_columns, "" or NULL for none) in the place of its own; @dates says
 * how days are written, `dmy`, `mdy` or `iso`, or is NULL. What else was remembered of the system stays. (transfer full)
 */
char *probity_exposure_preview_dup_mapping (ProbityExposurePreview *self,
                                            const char *const      *columns,
                                            const char             *dates);

/** How far an import is; made before and asked from any thread while it runs. */
typedef struct _ProbityExposureProgress ProbityExposureProgress;
ProbityExposureProgress                *probity_exposure_progress_new (void);
ProbityExposureProgress                *probity_exposure_progress_ref (ProbityExposureProgress *self);
void                                    probity_exposure_progress_unref (ProbityExposureProgress *self);
/** 0 to 1. */
double  probity_exposure_progress_get_fraction (ProbityExposureProgress *self);
guint64 probity_exposure_progress_get_rows (ProbityExposureProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExposureProgress, probity_exposure_progress_unref)

/** That a log was set aside, or taken in again; all strings owned. */
typedef struct
{
  gboolean aside; /* FALSE: taken in again */
  char    *reason;
  char    *by; /* account name */
  char    *at;
  gint64   steps; /* how many were recorded before, undone ones too */
} ProbityExposureChange;

/** A log that was imported; all strings owned, instants as ISO 8601 UTC by the log's own clock. */
typedef struct
{
  char      *uid;
  char      *system;
  char      *authority;
  char      *necessity;
  char      *file_name;
  char      *sha256;
  char      *time_zone;
  char      *period_from; /* nullable, ISO days */
  char      *period_to;
  char      *first; /* of its rows */
  char      *last;
  char      *by; /* account name */
  char      *at;
  gint64     bytes;
  gint64     rows;
  gint64     rejected;
  gint64     ambiguous; /* times in an hour that the clocks went through twice; the earlier was taken */
  gint64     steps;     /* how many were recorded before it came in, undone ones too */
  int        clock_error;
  gboolean   set_aside; /* takes no part */
  GPtrArray *problems;  /* (element-type ProbityImportProblem): at most 100 of the rejected */
  GPtrArray *changes;   /* (element-type ProbityExposureChange): oldest first */
} ProbityExposureLog;

#define PROBITY_TYPE_EXPOSURE_LOG (probity_exposure_log_get_type ())
GType               probity_exposure_log_get_type (void);
ProbityExposureLog *probity_exposure_log_copy (ProbityExposureLog *self);
void                probity_exposure_log_free (ProbityExposureLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExposureLog, probity_exposure_log_free)

/**
 * Takes in a whole log or nothing of it: read and checked in a thread of its own, written in one transaction with one
 * entry of collection. A line that cannot be used is counted, and told of the first hundred. The same file
 * is not taken twice (PROBITY_RECORD_ERROR_EXISTS), unless what it was taken as is set aside. What was said of the system is remembered for its next log.
 * @progress and @cancellable are nullable. Resolves to #ProbityExposureLog.
 */
DexFuture *probity_exposure_import (ProbitySession              *session,
                                    const char                  *reference,
                                    const ProbityExposureSource *source,
                                    ProbityExposureProgress     *progress,
                                    GCancellable                *cancellable);

typedef enum
{
  PROBITY_EXPOSURE_WINDOW,
  PROBITY_EXPOSURE_RECORDS,
  PROBITY_EXPOSURE_PLACES,
  PROBITY_EXPOSURE_ROLES, /* of the log; the rank on the staff list where the log tells none */
  PROBITY_EXPOSURE_UNITS, /* likewise */
  PROBITY_EXPOSURE_ELIMINATED,
  PROBITY_EXPOSURE_EXCLUSION,
} ProbityExposureStepKind;

#define PROBITY_EXPOSURE_N_STEP_KINDS (PROBITY_EXPOSURE_EXCLUSION + 1)

/** `window`, `records`, `places`, `roles`, `units`, `eliminated`, `exclusion`; static. */
const char *probity_exposure_step_kind_to_string (ProbityExposureStepKind kind);

/** A step of the narrowing that holds; all strings owned. */
typedef struct
{
  char                   *uid;
  gint64                  number; /* of all that was recorded, undone ones too */
  ProbityExposureStepKind kind;
  gboolean                keep;   /* only what is named stays; FALSE: what is named goes */
  char                   *from;   /* of a window; nullable: from the beginning */
  char                   *until;  /* of a window: when it was first seen published */
  GStrv                   words;  /* records, places, roles, units; `*` stands for any letters, `?` for one */
  guint                   named;  /* people whom an elimination or exclusion names, of those the reader may know of */
  char                   *reason; /* nullable */
  char                   *by;     /* account name */
  char                   *at;
  guint                   n_set_aside; /* logs that took part when it was recorded, and do so no more */
  guint                   before;      /* people, by the logs that take part now */
  guint                   after;
} ProbityExposureStep;

/** Somebody in the list; all strings owned. */
typedef struct
{
  gint64   id;
  char    *uid;
  char    *staff_number; /* nullable: no account of theirs is a number on the staff list */
  char    *name;         /* nullable */
  char    *rank;         /* nullable, as on the staff list at the import */
  char    *unit;         /* nullable */
  char    *accounts;     /* nullable: as the logs write them, joined by `; `; a digest once masked */
  char    *manner;       /* nullable: `briefed`, `e-mailed`, `shared-log-on`, `other`, where added by hand */
  char    *reason;       /* nullable: of the addition */
  gboolean masked;
  gint64   rows;  /* of the logs that are left after the last step; 0 for who is gone */
  char    *first; /* nullable: the first and the last of them */
  char    *last;
  gint64   gone_step; /* number of the step they go with; 0: they remain */
} ProbityExposurePerson;

/** A list as it stands; immutable, any thread. */
typedef struct
{
  gatomicrefcount ref_count;
  char           *case_uid;
  GPtrArray      *logs;   /* ProbityExposureLog, oldest first, those set aside too */
  GPtrArray      *steps;  /* ProbityExposureStep, in their order */
  GPtrArray      *people; /* ProbityExposurePerson, none of whom stands in a log that is set aside alone: who remains, most rows first, then who is gone, last gone first */
  guint           n_remaining;
  guint           n_unmatched;  /* of those, on no staff list */
  char           *disposal_due; /* nullable: ISO day, once the eliminated are masked */
} ProbityExposureList;

#define PROBITY_TYPE_EXPOSURE_LIST (probity_exposure_list_get_type ())
GType                probity_exposure_list_get_type (void);
ProbityExposureList *probity_exposure_list_ref (ProbityExposureList *self);
void                 probity_exposure_list_unref (ProbityExposureList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExposureList, probity_exposure_list_unref)

/** Reckons the list and logs the consultation. Resolves to #ProbityExposureList. */
DexFuture *probity_exposure_load (ProbitySession *session,
                                  const char     *reference,
                                  GCancellable   *cancellable);

/** A step to be recorded. */
typedef struct
{
  ProbityExposureStepKind kind;
  gboolean                keep;   /* of records, places, roles, units */
  const char             *from;   /* of a window: instants, ISO 8601 UTC; nullable */
  const char             *until;  /* of a window */
  const char *const      *words;  /* of records, places, roles, units; of an exclusion staff numbers or accounts */
  const char             *reason; /* nullable; an exclusion needs one */
} ProbityExposureNarrowing;

/**
 * Records @steps (of ProbityExposureNarrowing, copied) all together or not at all. A word that stands in no log of the case
 * is refused (PROBITY_RECORD_ERROR_INVALID): a slip of the pen would eliminate everybody. Resolves to the
 * #ProbityExposureList after them.
 */
DexFuture *probity_exposure_narrow (ProbitySession                 *session,
                                    const char                     *reference,
                                    const ProbityExposureNarrowing *steps,
                                    guint                           n_steps);
/** Records that the last step that holds does so no more. Resolves to the #ProbityExposureList without it. */
DexFuture *probity_exposure_undo (ProbitySession *session,
                                  const char     *reference);

/**
 * Adds somebody who was exposed without a log. @who: a staff number on the staff list, or a name. @manner: `briefed`,
 * `e-mailed`, `shared-log-on`, `other`. Resolves to the #ProbityExposureList.
 */
DexFuture *probity_exposure_add (ProbitySession *session,
                                 const char     *reference,
                                 const char     *who,
                                 const char     *manner,
                                 const char     *reason);

/**
 * Sets a log aside (its uid), or takes it in again: for a reason, signed, and beside what is recorded. One that is set aside
 * stays, but takes no part in people, counts or steps; steps that were recorded with it stand and say what they do without it.
 * Refused of one that is so already (PROBITY_RECORD_ERROR_STAGE), and one is not taken in again whose file was imported
 * meanwhile (PROBITY_RECORD_ERROR_EXISTS). Resolves to the #ProbityExposureList.
 */
DexFuture *probity_exposure_set_aside (ProbitySession *session,
                                       const char     *reference,
                                       const char     *log,
                                       const char     *reason);
DexFuture *probity_exposure_take_in_again (ProbitySession *session,
                                           const char     *reference,
                                           const char     *log,
                                           const char     *reason);

/** One row of a log as it was imported; all strings owned. */
typedef struct
{
  char    *system;
  char    *file_name;
  gint64   line; /* of the file */
  char    *at;
  char    *account;
  char    *record;
  char    *place;
  char    *role;
  char    *unit;
  gboolean set_aside; /* of a log that takes no part */
} ProbityExposureRow;

/**
 * What somebody opened: the rows of @person (their uid, or staff number) that are left after the last step, or with @all every row,
 * those of logs set aside too, oldest first, at most @limit. Logs the consultation. Resolves to a boxed GPtrArray of #ProbityExposureRow.
 */
DexFuture *probity_exposure_load_rows (ProbitySession *session,
                                       const char     *reference,
                                       const char     *person,
                                       gboolean        all,
                                       guint           limit,
                                       GCancellable   *cancellable);

/**
 * The rows of one log (its uid) as it was imported, whether it takes part or not, of all whom the reader may know of, oldest first,
 * at most @limit. Logs the consultation. Resolves to a boxed GPtrArray of #ProbityExposureRow.
 */
DexFuture *probity_exposure_load_log_rows (ProbitySession *session,
                                           const char     *reference,
                                           const char     *log,
                                           guint           limit,
                                           GCancellable   *cancellable);

/**
 * The words of a field that the logs of the case that take part hold, for a choice: @field is RECORDS, PLACES, ROLES or UNITS; those that begin
 * with @prefix (nullable), without case, in the order of the alphabet, at most @limit. Resolves to GStrv.
 */
DexFuture *probity_exposure_load_words (ProbitySession         *session,
                                        const char             *reference,
                                        ProbityExposureStepKind field,
                                        const char             *prefix,
                                        guint                   limit,
                                        GCancellable           *cancellable);

/**
 * Writes the list with its logs and steps as CSV, private to its owner; logged as a disclosure to @path first. Resolves to how
 * many people were written (gint64).
 */
DexFuture *probity_exposure_export (ProbitySession *session,
                                    const char     *reference,
                                    const char     *path);

/**
 * Masks who does not remain, or stands in logs set aside alone, at the closing of the case, in its transaction: names, numbers and accounts become a digest whose
 * salt is thrown away, and what is left is due for disposal on @due (an ISO day; %NULL: three months on). The list can then
 * be read, and narrowed no more. Recorded as erasure. Does nothing a second time. Asks no rights:
 * the command that closes the case has. Writer thread.
 */
gboolean probity_exposure_mask (ProbityWrite   *write,
                                ProbitySession *session,
                                const char     *case_uid,
                                const char     *due,
                                gint64         *ret_masked,
                                GError        **error);

/** A #ProbityVerifyFunc: who set a log aside, or took it in again, signed it, and it was logged then. */
gboolean probity_exposure_verify (ProbitySession    *session,
                                  ProbityRead       *read,
                                  ProbityCompartment compartment,
                                  GPtrArray         *problems,
                                  GError           **error);

/** Which systems' logs were imported before, for a choice. Resolves to GStrv. */
DexFuture *probity_exposure_load_systems (ProbitySession *session);

G_END_DECLS
