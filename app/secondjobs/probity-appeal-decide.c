/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-appeal.h"

#include "probity-second-job-outbox.h"

/* The chief officer's decision on an appeal. */

/* Another person than those of the decision appealed against, and of everything before it. */
static gboolean
require_apart (ProbityStep             *step,
               const ProbityGateSource *source,
               ProbityGate             *gate,
               GError                 **error)
{
  g_autoptr (GHashTable) parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *person = probity_session_get_person (step->session);

  if (!probity_gate_load_appealed (gate, source, parts, error))
    return FALSE;
  if (!probity_gate_is_barred (gate, step->session) && !g_hash_table_contains (parts, person))
    return TRUE;

  return probity_step_refuse (error, "separation-of-duties", "Who took another part in %s does not decide the appeal", step->reference);
}

static gboolean
require_bundle (ProbityStep *step,
                ProbityGate *gate,
                gboolean     upheld,
                GError     **error)
{
  g_auto (GStrv) told = NULL;

  if (gate->appeal == NULL)
    return probity_step_refuse (error, "appeal", "The appeal on %s is not signed by who could lodge it", step->reference);
  if (gate->bundle == NULL)
    return probity_step_refuse (error, "professional-standards", "The reasons for the decision on %s have not been sealed to this account", step->reference);
  told = probity_gate_dup_told (gate, step->session);
  if (!upheld || told[0] == NULL)
    return TRUE;

  {
    g_autofree char *list = g_strjoinv (", ", told);

    g_propagate_error (error, probity_record_error_new_missing ((const char *const *) told, "The appeal on %s can’t be upheld yet: %s", step->reference, list));
  }

  return FALSE;
}

/* Takes @outcome. */
static gboolean
uphold (ProbityStep       *step,
        ProbityWrite      *write,
        ProbityGateSource *source,
        ProbityGate       *gate,
        ProbityRow        *outcome,
        GError           **error)
{
  g_autoptr (ProbityBundle) bundle = probity_bundle_new ();
  g_autofree char *uid = probity_write_new_uid (write);
  const char      *action = step->list != NULL && step->list[0] != NULL ? "approve-with-conditions" : "approve";
  ProbityRecord   *job = gate->job;

  bundle->appeal = outcome;
  if (!probity_second_job_build_decision (step, write, source, gate, action, bundle, error))
    return FALSE;
  probity_row_set (outcome, "uid", uid);
  probity_row_set (outcome, "decision_uid", probity_row_get (bundle->decision, "uid"));
  probity_row_set (outcome, "account", probity_session_get_account_uid (step->session));
  probity_row_set (outcome, "person", probity_session_get_person (step->session));
  probity_row_set (outcome, "at", probity_write_get_now (write));
  if (!probity_signed_sign (&probity_signed_appeal_outcome, step->session, probity_record_get_uid (job), outcome, error))
    return FALSE;

  return probity_bundle_apply (bundle, write, step->session, source->registers, job, error) &&
         probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "appeal", "open", "upheld", error);
}

static gboolean
dismiss (ProbityStep   *step,
         ProbityWrite  *write,
         ProbityDb     *registers,
         ProbityRecord *job,
         ProbityRow    *outcome,
         GError       **error)
{
  const gboolean refused = g_strcmp0 (probity_record_get (job, "stage"), "appeal") == 0;

  return probity_signed_insert (&probity_signed_appeal_outcome, write, step->session, registers, probity_record_get_uid (job), outcome, error) &&
         probity_db_run (registers, error, "UPDATE second_job SET appeal = 'dismissed', version = version + 1 WHERE id = $id", "$id", 'i', probity_record_get_id (job), NULL) &&
         probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "appeal", "open", "dismissed", error) &&
         probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "appeal_reasons", NULL, step->text, error) &&
         (!refused || probity_second_job_enter_stage (step, write, job, probity_second_job_get_round (job), "dismissed", NULL, error));
}

static gboolean
decide_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep      *step = data;
  ProbityDb        *registers;
  ProbityGateSource source = { 0 };
  const gboolean    upheld = g_strcmp0 (step->for_role, "upheld") == 0;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (ProbityGate) gate = NULL;
  g_autoptr (ProbityRow) outcome = probity_row_new ();
  gboolean ready;

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_DECIDE_APPEAL, error) ||
      !probity_second_job_require_appeal (job, error))
    return FALSE;
  if (!upheld && g_strcmp0 (step->for_role, "dismissed") != 0)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "outcome", "An appeal is upheld or dismissed"));
      return FALSE;
    }
  if (!upheld && step->list != NULL && step->list[0] != NULL)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "condition", "Only what is upheld has conditions"));
      return FALSE;
    }
  if (!probity_step_require_text ("reasons", step->text, error))
    return FALSE;

  ready = probity_gate_source_init_write (&source, step->session, write, error);
  keyring = source.keyring;
  if (!ready || (gate = probity_gate_examine (&source, job, error)) == NULL ||
      !require_apart (step, &source, gate, error) ||
      !require_bundle (step, gate, upheld, error) ||
      !probity_appeal_fill_outcome (registers, job, step->for_role, step->text, outcome, error))
    return FALSE;

  if (upheld ? !uphold (step, write, &source, gate, g_steal_pointer (&outcome), error)
             : !dismiss (step, write, registers, job, outcome, error))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

DexFuture *
probity_appeal_decide (ProbitySession              *session,
                       const char                  *reference,
                       const ProbityAppealDecision *decision)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && decision != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("decide-appeal");
  step->for_role = g_strdup (decision->outcome);
  step->text = g_strdup (decision->reasons);
  step->list = g_strdupv ((GStrv) decision->conditions);

  return probity_step_run (step, decide_write);
}
