/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-second-job.h"
#include "probity-signed-tables.h"
#include "probity-step.h"

G_BEGIN_DECLS

/** probity_step_new() for a second job and nothing else. */
ProbityStep *probity_second_job_step_new (ProbitySession *session,
                                          const char     *reference);
/** PROBITY_RECORD_ERROR_STAGE unless the case stands open (before its decision, deferred ones if @deferred). */
gboolean probity_second_job_require_open (ProbityRecord *job,
                                          gboolean       deferred,
                                          GError       **error);
/** Adds to the history of stages and notes the change. */
gboolean probity_second_job_enter_stage (ProbityStep   *step,
                                         ProbityWrite  *write,
                                         ProbityRecord *job,
                                         gint64         round,
                                         const char    *stage,
                                         const char    *note,
                                         GError       **error);
/** Whether an account with @roles signs off a case of this route. */
gboolean probity_second_job_is_signatory (ProbityRoles   roles,
                                          ProbityRecord *job);
/** Whether @person (`staff:4127`) is the applicant or the manager recorded at submission. */
gboolean probity_second_job_is_party (ProbityRecord *job,
                                      const char    *person);
/** The role that the profile names to act for the head of HR on an application of @applicant, or %NULL for the head of HR. Static. */
const char *probity_second_job_find_stand_in (ProbitySession *session,
                                              const char     *applicant,
                                              const char     *manager);
/** Who gives the head of HR's comment on @job. */
ProbityRoles probity_second_job_get_head_of_hr_roles (ProbityRecord *job);
/** Whether who comments as head of HR, or in their place, also decides @job. */
gboolean probity_second_job_head_of_hr_signs (ProbityRecord *job);
gint64   probity_second_job_get_round (ProbityRecord *job);
/** Whether an appeal against the case's decision is open. */
gboolean probity_second_job_has_appeal (ProbityRecord *job);
/** As probity_second_job_require_open(), or an appeal is open. */
gboolean probity_second_job_require_reviewed (ProbityRecord *job,
                                              GError       **error);
gboolean probity_second_job_is_open (ProbityRecord *job);

/** @values without what the course of the case sets; an unknown category is `other`. (transfer full) */
ProbityValues *probity_second_job_copy_values (ProbitySession *session,
                                               ProbityValues  *values,
                                               GError        **error);
/** Stage and outcome of a row that an import brings or changes. */
void probity_second_job_prepare_forward (ProbityRecordChange *change);

/** Digest of what the checks are about, from the values as a record shows them. (transfer full) */
char *probity_second_job_dup_material_digest (ProbityRecord *job);
char *probity_record_change_dup_material_digest (ProbityRecordChange *change);
/** Digest of the route and of who applied, manages and entered: what a statement of the application covers. (transfer full) */
char *probity_second_job_dup_route_digest (ProbityRecord *job);
/** Signs the application as it stands now in @job. */
gboolean probity_second_job_sign_application (ProbityWrite   *write,
                                              ProbitySession *session,
                                              ProbityRecord  *job,
                                              const char     *kind,
                                              GError        **error);

/** PROBITY_RECORD_ERROR_STAGE unless an appeal is open. */
gboolean probity_second_job_require_appeal (ProbityRecord *job,
                                            GError       **error);
/** Fills @row of `appeal_outcome` for the open appeal of @job, but for the signer. */
gboolean probity_appeal_fill_outcome (ProbityDb     *registers,
                                      ProbityRecord *job,
                                      const char    *outcome,
                                      const char    *reasons,
                                      ProbityRow    *row,
                                      GError       **error);
/** The return of a registered job as @step has it: for_role (`no-change`, `changed`, `ceased`), values, reason. */
gboolean probity_second_job_take_return (ProbityStep   *step,
                                         ProbityWrite  *write,
                                         ProbityDb     *registers,
                                         ProbityRecord *job,
                                         GError       **error);

G_END_DECLS
