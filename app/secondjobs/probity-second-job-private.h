/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-access.h"
#include "probity-audit.h"
#include "probity-record-kind.h"
#include "probity-second-job.h"
#include "probity-signed-row.h"

G_BEGIN_DECLS

/** One step of a case on its way to the writer; counted, since a caller may go away before it ran. */
typedef struct
{
  ProbitySession *session;
  char           *reference;
  char           *uid; /* of the case, once found */
  char           *action;
  char           *for_role;
  char           *text;
  char           *reason;
  char           *restricted;
  char           *staff_number;
  gboolean        flag;
  gint64          version;
  int             kind;
  ProbityValues  *values;
  GStrv           list;
} ProbityStep;

ProbityStep *probity_step_new (ProbitySession *session,
                               const char     *reference);
void         probity_step_unref (ProbityStep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityStep, probity_step_unref)

/** Runs @func as a command with @step (transfer full) as its data; logs a refusal. Resolves to what @func made. */
DexFuture *probity_step_run (ProbityStep     *step,
                             ProbityWriteFunc func);
/** Runs @func as a read with @step (transfer full). */
DexFuture *probity_step_read (ProbityStep    *step,
                              ProbityReadFunc func);

/**
 * Finds the case of @step for its reader: NOT_FOUND alike for what is absent, locked or somebody
 * else's. @ret_registers may be %NULL.
 */
gboolean probity_step_find (ProbityStep    *step,
                            ProbityWrite   *write,
                            ProbityDb     **ret_registers,
                            ProbityRecord **ret_job,
                            GError        **error);

/** A refusal by the gate with one code. Always %FALSE. */
gboolean probity_step_refuse (GError    **error,
                              const char *code,
                              const char *format,
                              ...) G_GNUC_PRINTF (3, 4);
/** `not-your-step` unless the session may do @operation. */
gboolean probity_step_require (ProbitySession  *session,
                               ProbityOperation operation,
                               GError         **error);
/** PROBITY_RECORD_ERROR_STAGE unless the case stands open (before its decision, deferred ones if @deferred). */
gboolean probity_step_require_open (ProbityRecord *job,
                                    gboolean       deferred,
                                    GError       **error);
/** PROBITY_RECORD_ERROR_MISSING unless @text says something. */
gboolean probity_step_require_text (const char *field,
                                    const char *text,
                                    GError    **error);

/** Logs one field of the case as altered, in registers. */
gboolean probity_step_log (ProbityStep   *step,
                           ProbityWrite  *write,
                           ProbityRecord *job,
                           ProbityVerb    verb,
                           const char    *field,
                           const char    *old_value,
                           const char    *new_value,
                           GError       **error);
/** Adds to the history of stages and notes the change. */
gboolean probity_step_enter_stage (ProbityStep   *step,
                                   ProbityWrite  *write,
                                   ProbityRecord *job,
                                   gint64         round,
                                   const char    *stage,
                                   const char    *note,
                                   GError       **error);
/** Reads the case anew and gives it back as the command's result. */
gboolean probity_step_return (ProbityStep   *step,
                              ProbityWrite  *write,
                              ProbityRecord *job,
                              GValue        *result,
                              GError       **error);

/** Whether an account with @roles signs off a case of this route. */
gboolean probity_second_job_is_signatory (ProbityRoles   roles,
                                          ProbityRecord *job);
/** Whether @person (`staff:4127`) is the applicant or the manager recorded at submission. */
gboolean probity_second_job_is_party (ProbityRecord *job,
                                      const char    *person);
gint64   probity_second_job_get_round (ProbityRecord *job);
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

G_END_DECLS
