/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-check.h"
#include "probity-second-job-private.h"
#include "probity-subject-search.h"

G_BEGIN_DECLS

ProbityCompartment probity_check_kind_get_compartment (ProbityCheckKind kind);
gboolean           probity_check_kind_from_string (const char       *text,
                                                   ProbityCheckKind *ret_kind);
ProbityOperation   probity_check_kind_get_operation (ProbityCheckKind kind);
/** Roles whose holders may make this check. */
ProbityRoles probity_check_kind_get_roles (ProbityCheckKind kind);

/** What a check of @job's applicant searches for; owns its text. */
typedef struct
{
  ProbitySubjectSearch search;
  ProbityRecord       *person;
  GPtrArray           *records; /* of related people */
  GArray              *related; /* ProbityPersonFields */
  char                *employer;
  char                *digest; /* of the applicant's identity */
} ProbityCheckSubject;

ProbityCheckSubject *probity_check_subject_new (ProbityDb     *registers,
                                                ProbityRecord *job,
                                                GError       **error);
void                 probity_check_subject_free (ProbityCheckSubject *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityCheckSubject, probity_check_subject_free)

/** `c-1a2b3c4d5e`: the same for the same case and record, in every run. (transfer full) */
char *probity_check_dup_hit_id (ProbityCompartment compartment,
                                const char        *second_job_uid,
                                const char        *target_uid);
/** Digest of the record found as it stands. (transfer full) */
char *probity_check_dup_target_digest (ProbitySubjectHit *hit);

/** Searches as the check of @kind does: (element-type ProbitySubjectHit). */
GPtrArray *probity_check_search (ProbitySession      *session,
                                 ProbityDb           *db,
                                 ProbityCheckSubject *subject,
                                 GError             **error);

/** The newest check of @job in @db: open, published or either; %NULL without an error where there is none. */
gboolean probity_check_find (ProbityDb       *db,
                             const char      *second_job_uid,
                             ProbityCheckKind kind,
                             gboolean         open,
                             gboolean         published,
                             ProbityRow     **ret_run,
                             GError         **error);

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
gboolean probity_check_refresh (ProbityWrite    *write,
                                ProbitySession  *session,
                                ProbityDb       *registers,
                                ProbityDb       *db,
                                ProbityRecord   *job,
                                ProbityCheckKind kind,
                                ProbityRow      *run,
                                guint           *ret_n_unassessed,
                                GError         **error);

/** Makes the snapshot that callers see of a run. */
ProbityCheck *probity_check_new_from_run (ProbitySession *session,
                                          ProbityDb      *db,
                                          ProbityRow     *run,
                                          GError        **error);

/** Refuses a checker who took another part in the case. */
gboolean probity_check_require_separation (ProbityStep   *step,
                                           ProbityDb     *registers,
                                           ProbityRecord *job,
                                           GError       **error);

/** Re-checks of @job in @db that are open. (element-type ProbityRow) */
GPtrArray *probity_check_load_rechecks (ProbityDb  *db,
                                        const char *second_job_uid,
                                        GError    **error);
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
