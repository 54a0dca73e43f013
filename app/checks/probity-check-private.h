/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-check.h"
#include "probity-second-job-private.h"
#include "probity-subject-search.h"

G_BEGIN_DECLS

gboolean probity_check_kind_from_string (const char       *text,
                                         ProbityCheckKind *ret_kind);
/** The compartment that a check of @kind searches. */
ProbityCompartment probity_check_kind_get_compartment (ProbityCheckKind kind);

/** Roles whose holders may make this check of a second job's applicant. */
ProbityRoles probity_check_kind_get_roles (ProbityCheckKind kind);

/**
 * One subject of one case, whom a check is about: the applicant of a second job, or one of the
 * people whom an investigation is about.
 */
typedef struct
{
  ProbityRecord *record;       /* the case */
  char          *subject;      /* what check_run keeps as staff_number: the number, or name and birth date where none is known */
  char          *subject_uid;  /* the subject's own row; NULL for a second job */
  char          *staff_number; /* any of these may be NULL, not all */
  char          *name;
  char          *date_of_birth;
  char          *material_digest; /* what a check of this subject must have been about */
} ProbityCheckTarget;

ProbityCheckTarget *probity_check_target_new_for_job (ProbityRecord *job);
void                probity_check_target_free (ProbityCheckTarget *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityCheckTarget, probity_check_target_free)
/**
 * Everybody whom the case @record is about, eliminated ones only if @all; read through @db, the
 * connection to the case's own compartment. (element-type ProbityCheckTarget) (transfer full)
 */
GPtrArray *probity_check_load_targets (ProbityDb     *db,
                                       ProbityRecord *record,
                                       gboolean       all,
                                       GError       **error);
/** Digest of who a subject of an investigation is, and of which case. (transfer full) */
char *probity_check_dup_subject_digest (const char *case_kind,
                                        const char *case_uid,
                                        const char *staff_number,
                                        const char *name,
                                        const char *date_of_birth);
/** How check_run names a person. (transfer full) */
char *probity_check_dup_subject_name (const char *staff_number,
                                      const char *name,
                                      const char *date_of_birth);

gboolean    probity_check_target_is_second_job (ProbityCheckTarget *self);
const char *probity_check_target_get_uid (ProbityCheckTarget *self);       /* of the case */
const char *probity_check_target_get_reference (ProbityCheckTarget *self); /* of the case */
const char *probity_check_target_get_case_kind (ProbityCheckTarget *self); /* `second-job` */
/**
 * Where a check of @self is kept: where it searches; of a case that the department cannot read,
 * beside the case, so that nothing of it stands lower.
 */
ProbityCompartment probity_check_target_get_compartment (ProbityCheckTarget *self,
                                                         ProbityCheckKind    kind);
ProbityOperation   probity_check_target_get_operation (ProbityCheckTarget *self,
                                                       ProbityCheckKind    kind);
/** Roles whose holders may make this check. */
ProbityRoles probity_check_target_get_roles (ProbityCheckTarget *self,
                                             ProbityCheckKind    kind);

/** What a check of a target searches for; owns its text. */
typedef struct
{
  ProbitySubjectSearch search;
  ProbityRecord       *person;
  GPtrArray           *records;   /* of related people */
  GArray              *related;   /* ProbityPersonFields */
  char                *forenames; /* of a subject who is no one of the staff */
  char                *surname;
  char                *employer;
  char                *digest; /* of the subject's identity */
} ProbityCheckSubject;

ProbityCheckSubject *probity_check_subject_new (ProbityDb          *staff,
                                                ProbityCheckTarget *target,
                                                GError            **error);
void                 probity_check_subject_free (ProbityCheckSubject *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityCheckSubject, probity_check_subject_free)

/** `c-1a2b3c4d5e`: the same for the same case, subject and record, in every run. (transfer full) */
char *probity_check_dup_hit_id (ProbityCheckTarget *target,
                                ProbityCheckKind    kind,
                                const char         *found_uid);
/** Digest of the record found as it stands. (transfer full) */
char *probity_check_dup_target_digest (ProbitySubjectHit *hit);

/** Searches as the check of @kind does: (element-type ProbitySubjectHit). */
GPtrArray *probity_check_search (ProbitySession      *session,
                                 ProbityDb           *db,
                                 ProbityCheckSubject *subject,
                                 GError             **error);

/** The newest check of @target in @db: open, published or either; %NULL without an error where there is none. */
gboolean probity_check_find (ProbityDb          *db,
                             ProbityCheckTarget *target,
                             ProbityCheckKind    kind,
                             gboolean            open,
                             gboolean            published,
                             ProbityRow        **ret_run,
                             GError            **error);

/** One hit of a run beside its assessment (nullable row). */
typedef struct
{
  char       *uid;
  char       *hit;
  char       *target_kind;
  char       *target_uid;
  char       *target_reference;
  char       *target_digest;
  char       *title;
  char       *subject;
  double      score;
  char       *why;
  char       *assessment_uid;
  ProbityRow *assessment;
} ProbityCheckHitRow;

/** The hits that the last search of run @id found, by hit id. (element-type ProbityCheckHitRow) */
GPtrArray *probity_check_load_hits (ProbityDb *db,
                                    gint64     id,
                                    GError   **error);
/** Digests that a published check covers. (transfer full) */
char *probity_check_dup_records_digest (GPtrArray *hits);
char *probity_check_dup_assessments_digest (GPtrArray *hits);
char *probity_check_dup_searches_digest (ProbityDb *db, gint64 id, GError **error);

/** Searches again and brings the hits of the open check @run up to date; counts those without a verdict. */
gboolean probity_check_refresh (ProbityWrite       *write,
                                ProbitySession     *session,
                                ProbityDb          *staff,
                                ProbityDb          *db,
                                ProbityCheckTarget *target,
                                ProbityCheckKind    kind,
                                ProbityRow         *run,
                                guint              *ret_n_unassessed,
                                GError            **error);

/** Makes the snapshot that callers see of a run. */
ProbityCheck *probity_check_new_from_run (ProbitySession *session,
                                          ProbityDb      *db,
                                          ProbityRow     *run,
                                          GError        **error);

/**
 * Finds the case of @step for its reader, of whatever kind, and @ret_staff, where people are known, and of its subjects the one that the
 * step's staff_number names: a number, a name or a subject's uid, needed only where there are several.
 */
gboolean probity_check_step_find (ProbityStep         *step,
                                  ProbityWrite        *write,
                                  ProbityDb          **ret_staff,
                                  ProbityCheckTarget **ret_target,
                                  GError             **error);
/** As probity_check_step_find(), all subjects. (element-type ProbityCheckTarget) */
gboolean probity_check_step_find_all (ProbityStep  *step,
                                      ProbityWrite *write,
                                      ProbityDb   **ret_staff,
                                      GPtrArray   **ret_targets,
                                      GError      **error);

/** Whether @person ever owned or investigated the case; @db is of the case's compartment. */
gboolean probity_check_is_investigator (ProbityDb  *db,
                                        const char *case_uid,
                                        const char *person,
                                        gboolean   *ret_investigates,
                                        GError    **error);

/** Refuses a checker who took another part in the case. */
gboolean probity_check_require_separation (ProbityStep        *step,
                                           ProbityWrite       *write,
                                           ProbityCheckTarget *target,
                                           GError            **error);

/** Re-checks of a case in @db that are open, for records that @kind searches. (element-type ProbityRow) */
GPtrArray *probity_check_load_rechecks (ProbityDb       *db,
                                        const char      *case_uid,
                                        ProbityCheckKind kind,
                                        GError         **error);
/** Raises one of @job in @db for a record that touches it, unless one is open for the two. */
gboolean probity_check_raise_recheck (ProbityWrite   *write,
                                      ProbitySession *session,
                                      ProbityDb      *db,
                                      ProbityRecord  *job,
                                      const char     *target_kind,
                                      const char     *target_uid,
                                      const char     *target_reference,
                                      const char     *why,
                                      GError        **error);
/**
 * Raises them in the sealed second jobs of this session, for what a search by @kind comes upon that their published
 * check did not see and for which none was raised: of the records @uids, or with %NULL of all.
 */
gboolean probity_check_touch_sealed (ProbityWrite    *write,
                                     ProbitySession  *session,
                                     ProbityCheckKind kind,
                                     GHashTable      *uids,
                                     GError         **error);
/** Closes one, signed. */
gboolean probity_check_close_recheck (ProbityWrite   *write,
                                      ProbitySession *session,
                                      ProbityDb      *db,
                                      ProbityRow     *recheck,
                                      const char     *verdict,
                                      const char     *reason,
                                      GError        **error);

/** Told of complaints and reports that were made or changed: raises re-checks of holders. */
gboolean probity_check_subjects_changed (ProbityWrite   *write,
                                         ProbitySession *session,
                                         ProbityRecord  *record,
                                         GPtrArray      *subjects,
                                         GError        **error);
/** Told of them once a command: raises what the gate now finds new of open cases, and voids their sealed views. */
gboolean probity_check_records_changed (ProbityWrite      *write,
                                        ProbitySession    *session,
                                        ProbityCompartment compartment,
                                        GHashTable        *uids,
                                        GError           **error);

G_END_DECLS
