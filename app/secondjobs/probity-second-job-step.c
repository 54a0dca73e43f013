/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-second-job-private.h"

/* What steps of second jobs have beyond those of every case. */

ProbityStep *
probity_second_job_step_new (ProbitySession *session,
                             const char     *reference)
{
  return probity_step_new (session, &probity_second_job_case, reference);
}

gboolean
probity_second_job_is_open (ProbityRecord *job)
{
  return probity_record_get (job, "outcome") == NULL;
}

gboolean
probity_second_job_require_open (ProbityRecord *job,
                                 gboolean       deferred,
                                 GError       **error)
{
  const gboolean is_deferred = g_strcmp0 (probity_record_get (job, "stage"), "deferred") == 0;

  if (probity_second_job_is_open (job) && (deferred || !is_deferred))
    return TRUE;

  g_set_error (error,
               PROBITY_RECORD_ERROR,
               PROBITY_RECORD_ERROR_STAGE,
               is_deferred ? "%s is deferred until the missing facts are there" : "%s is decided",
               probity_record_get_reference (job));

  return FALSE;
}

gboolean
probity_second_job_has_appeal (ProbityRecord *job)
{
  return g_strcmp0 (probity_record_get (job, "appeal"), "open") == 0;
}

gboolean
probity_second_job_require_reviewed (ProbityRecord *job,
                                     GError       **error)
{
  return probity_second_job_has_appeal (job) || probity_second_job_require_open (job, TRUE, error);
}

gint64
probity_second_job_get_round (ProbityRecord *job)
{
  const char *text = probity_record_get (job, "round");

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 1;
}

gboolean
probity_second_job_enter_stage (ProbityStep   *step,
                                ProbityWrite  *write,
                                ProbityRecord *job,
                                gint64         round,
                                const char    *stage,
                                const char    *note,
                                GError       **error)
{
  ProbityDb       *registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autofree char *uid = probity_write_new_uid (write);

  if (registers == NULL ||
      !probity_db_run (registers, error, "INSERT INTO stage_history (uid, second_job_id, round, stage, account, at, note)"
                                         " VALUES ($uid, $second_job_id, $round, $stage, $account, $at, $note)",
                       "$uid",
                       's',
                       uid,
                       "$second_job_id",
                       'i',
                       probity_record_get_id (job),
                       "$round",
                       'i',
                       round,
                       "$stage",
                       's',
                       stage,
                       "$account",
                       's',
                       probity_session_get_account_uid (step->session),
                       "$at",
                       's',
                       probity_write_get_now (write),
                       "$note",
                       's',
                       note,
                       NULL))
    return FALSE;

  probity_write_note_change (write,
                             PROBITY_COMPARTMENT_REGISTERS,
                             "second-job",
                             probity_record_get_id (job),
                             probity_record_get_uid (job));

  return TRUE;
}
