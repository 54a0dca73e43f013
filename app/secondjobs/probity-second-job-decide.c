/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-gate-private.h"
#include "probity-instant.h"
#include "probity-profile.h"
#include "probity-second-job-outbox.h"

/* The decision: through the gate, signed, with its clearances, in one transaction. */

static const struct
{
  const char *action;
  const char *outcome; /* NULL: none yet */
  const char *stage;
} actions[] = {
  { "approve", "approved", "registered" },
  { "approve-with-conditions", "approved-with-conditions", "registered" },
  { "refuse", "refused", "refused" },
  { "defer", NULL, "deferred" },
};

static int
find_action (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (actions[i].action, action) == 0)
      return (int) i;

  return -1;
}

static gboolean
is_approval (int action)
{
  return g_str_has_prefix (actions[action].action, "approve");
}

/* Deferred cases are taken up again by deciding them: the facts came, or are waited for no longer. */
static gboolean
take_up (ProbityStep   *step,
         ProbityWrite  *write,
         ProbityDb     *registers,
         ProbityRecord *job,
         GError       **error)
{
  if (g_strcmp0 (probity_record_get (job, "stage"), "deferred") != 0)
    return TRUE;

  return probity_db_run (registers, error, "UPDATE second_job SET stage = 'with-professional-standards', version = version + 1 WHERE id = $id", "$id", 'i', probity_record_get_id (job), NULL) &&
         probity_second_job_enter_stage (step, write, job, probity_second_job_get_round (job), "with-professional-standards", NULL, error);
}

static gboolean
require_gate (ProbityStep *step,
              ProbityGate *gate,
              int          action,
              GError     **error)
{
  g_auto (GStrv) told = probity_gate_dup_told (gate, step->session);
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  if (is_approval (action))
    for (guint i = 0; told[i] != NULL; i++)
      g_ptr_array_add (codes, told[i]);
  if (probity_gate_is_barred_from_deciding (gate, step->session) &&
      !g_ptr_array_find_with_equal_func (codes, "separation-of-duties", g_str_equal, NULL))
    g_ptr_array_add (codes, (gpointer) "separation-of-duties");
  if (codes->len == 0)
    return TRUE;

  g_ptr_array_add (codes, NULL);
  {
    g_autofree char *list = g_strjoinv (", ", (GStrv) codes->pdata);

    g_propagate_error (error,
                       probity_record_error_new_missing ((const char *const *) codes->pdata, "%s can’t be decided yet: %s", step->reference, list));
  }

  return FALSE;
}

/* A condition of the profile's library by its code, or one in free text. */
static gboolean
add_conditions (ProbityStep   *step,
                ProbityWrite  *write,
                ProbityRecord *job,
                const char    *decision_uid,
                int            action,
                GPtrArray     *conditions,
                char         **ret_digest,
                GError       **error)
{
  ProbityProfile  *profile = probity_session_get_profile (step->session);
  const ProbityDay today = probity_instant_to_day (probity_write_get_now (write));
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/conditions/1");
  const gboolean wanted = g_str_equal (actions[action].action, "approve-with-conditions");
  guint          n = 0;

  for (; step->list != NULL && step->list[n] != NULL; n++)
    {
      const ProbityCondition *library = probity_profile_get_condition (profile, step->list[n]);
      g_autoptr (ProbityRow) row = probity_row_new ();
      g_autofree char *uid = probity_write_new_uid (write);
      const char      *text = library != NULL ? library->text : step->list[n];

      if (!probity_step_require_text ("condition", text, error))
        return FALSE;
      probity_row_set (row, "uid", uid);
      probity_row_set (row, "decision_uid", decision_uid);
      probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
      probity_row_set_int (row, "position", n + 1);
      probity_row_set (row, "code", library != NULL ? library->code : NULL);
      probity_row_set (row, "text", text);
      {
        const int        months = library != NULL && library->review_months > 0 ? (int) library->review_months : (int) g_ascii_strtoll (probity_profile_get_compliance (profile, "Review-Months"), NULL, 10);
        g_autofree char *day = probity_day_to_iso (probity_day_add_months (today, months));

        probity_row_set (row, "review_on", day);
      }
      probity_canonical_add_text (canonical, "code", probity_row_get (row, "code"));
      probity_canonical_add_text (canonical, "text", text);
      g_ptr_array_add (conditions, g_steal_pointer (&row));
    }

  if (wanted != (n > 0))
    {
      g_propagate_error (error,
                         probity_record_error_new_field (wanted ? PROBITY_RECORD_ERROR_MISSING : PROBITY_RECORD_ERROR_INVALID, "condition", wanted ? "An approval with conditions needs a condition" : "Only an approval with conditions has conditions"));
      return FALSE;
    }
  *ret_digest = probity_canonical_dup_digest (canonical);

  return TRUE;
}

/* The two clearances that the gate proved, as they are carried into registers; never a result. */
static char *
add_clearances (ProbityWrite   *write,
                ProbityKeyring *keyring,
                ProbityGate    *gate,
                const char     *decision_uid,
                GPtrArray      *clearances)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/clearances/1");

  for (guint i = 0; i < G_N_ELEMENTS (gate->checks); i++)
    {
      g_autofree char *json = probity_row_to_json (gate->checks[i].clearance);
      g_autoptr (ProbityRow) row = probity_row_from_json (json, NULL);
      g_autofree char *uid = probity_write_new_uid (write);
      g_autofree char *digest = NULL;

      digest = probity_signed_dup_digest (&probity_signed_clearance, probity_keyring_get_casebook_uid (keyring), probity_record_get_uid (gate->job), row);
      probity_canonical_add_text (canonical, probity_row_get (row, "kind"), digest);
      probity_row_set (row, "uid", uid);
      probity_row_set_int (row, "second_job_id", probity_record_get_id (gate->job));
      probity_row_set_int (row, "round", probity_second_job_get_round (gate->job));
      probity_row_set (row, "decision_uid", decision_uid);
      g_ptr_array_add (clearances, g_steal_pointer (&row));
    }

  return probity_canonical_dup_digest (canonical);
}

/* What the case itself becomes. */
static void
build_course (ProbityStep   *step,
              ProbityWrite  *write,
              ProbityRecord *job,
              int            action,
              ProbityBundle *bundle)
{
  const char      *now = probity_write_get_now (write);
  const ProbityDay today = probity_instant_to_day (now);

  bundle->second_job_uid = g_strdup (probity_record_get_uid (job));
  bundle->stage = g_strdup (actions[action].stage);
  if (is_approval (action))
    {
      ProbityProfile *profile = probity_session_get_profile (step->session);

      bundle->approved_on = probity_day_to_iso (today);
      bundle->next_review = probity_day_to_iso (probity_profile_get_next_review (profile, today));
    }
}

gboolean
probity_second_job_build_decision (ProbityStep       *step,
                                   ProbityWrite      *write,
                                   ProbityGateSource *source,
                                   ProbityGate       *gate,
                                   const char        *action_name,
                                   ProbityBundle     *bundle,
                                   GError           **error)
{
  const int        action = find_action (action_name);
  const char      *now = probity_write_get_now (write);
  g_autofree char *uid = probity_write_new_uid (write);
  g_autofree char *conditions = NULL;
  g_autofree char *clearances = NULL;
  ProbityRow      *decision = probity_row_new ();

  bundle->decision = decision;
  build_course (step, write, gate->job, action, bundle);
  if (!add_conditions (step, write, gate->job, uid, action, bundle->conditions, &conditions, error))
    return FALSE;
  if (is_approval (action))
    clearances = add_clearances (write, source->keyring, gate, uid, bundle->clearances);

  probity_row_set (decision, "uid", uid);
  probity_row_set_int (decision, "second_job_id", probity_record_get_id (gate->job));
  probity_row_set_int (decision, "round", probity_second_job_get_round (gate->job));
  probity_row_set (decision, "action", actions[action].action);
  probity_row_set (decision, "outcome", actions[action].outcome);
  probity_row_set (decision, "open_reasons", step->text);
  if (g_str_equal (actions[action].action, "defer"))
    probity_row_set (decision, "missing_facts", step->reason != NULL && *step->reason != '\0' ? step->reason : step->text);
  probity_row_set (decision, "conditions_digest", conditions);
  probity_row_set (decision, "clearances_digest", clearances != NULL ? clearances : "");
  probity_row_set (decision, "account", probity_session_get_account_uid (step->session));
  probity_row_set (decision, "person", probity_session_get_person (step->session));
  probity_row_set (decision, "material_digest", probity_record_get (gate->job, "material_digest"));
  probity_row_set (decision, "at", now);

  return probity_signed_sign (&probity_signed_decision, step->session, probity_record_get_uid (gate->job), decision, error);
}

/* Restricted reasons go to intelligence with the other half beside them: a crash between the commits is finished later. */
static gboolean
write_restricted (ProbityStep       *step,
                  ProbityWrite      *write,
                  ProbityGateSource *source,
                  ProbityRecord     *job,
                  ProbityBundle     *bundle,
                  GError           **error)
{
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *payload = NULL;

  if (step->restricted == NULL || *step->restricted == '\0')
    return TRUE;
  if (source->intelligence == NULL)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "restricted_reasons", "This account does not hold restricted reasons"));
      return FALSE;
    }
  if (!probity_step_require_text ("restricted_reasons", step->restricted, error))
    return FALSE;

  probity_row_set (row, "second_job_uid", probity_record_get_uid (job));
  probity_row_set (row, "reference", probity_record_get_reference (job));
  probity_row_set (row, "staff_number", probity_record_get (job, "staff_number"));
  probity_row_set (row, "decision_uid", probity_row_get (bundle->decision, "uid"));
  probity_row_set (row, "text", step->restricted);
  payload = probity_bundle_to_json (bundle);

  return probity_signed_insert (&probity_signed_restricted_reason, write, step->session, source->intelligence, probity_record_get_uid (job), row, error) &&
         probity_audit_add (write, step->session, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_VERB_COLLECTION, "second-job", probity_record_get_uid (job), "restricted_reason", NULL, step->restricted, error) &&
         probity_write_outbox_add (write, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_COMPARTMENT_REGISTERS, PROBITY_OUTBOX_DECIDE, payload, error);
}

static gboolean
decide_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep      *step = data;
  const int         action = find_action (step->action);
  ProbityDb        *registers;
  ProbityGateSource source = { 0 };
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (ProbityGate) gate = NULL;
  g_autoptr (ProbityBundle) bundle = probity_bundle_new ();

  if (!probity_step_find (step, write, &registers, &job, error))
    return FALSE;
  if (action < 0)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "action", "“%s” is none of approve, approve-with-conditions, refuse, defer", step->action));
      return FALSE;
    }
  if (!probity_second_job_is_signatory (probity_session_get_roles (step->session), job))
    return probity_step_refuse (error, "not-your-step", "The %s decides this case", probity_record_get (job, "signatory"));
  if (!probity_second_job_require_open (job, TRUE, error) ||
      !probity_step_require_text ("open_reasons", step->text, error))
    return FALSE;

  if (!probity_gate_source_init_write (&source, step->session, write, error))
    {
      g_clear_pointer (&source.keyring, probity_keyring_unref);
      return FALSE;
    }
  keyring = source.keyring;
  if ((gate = probity_gate_examine (&source, job, error)) == NULL ||
      !require_gate (step, gate, action, error) ||
      !probity_second_job_build_decision (step, write, &source, gate, step->action, bundle, error))
    return FALSE;

  if (!write_restricted (step, write, &source, job, bundle, error) ||
      !take_up (step, write, registers, job, error) ||
      !probity_bundle_apply (bundle, write, step->session, registers, job, error))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

/**
 * probity_second_job_decide:
 *
 * Decides a case through the gate. Only the signatory of the case's own route; to approve, everything
 * of the route must be there; PROBITY_RECORD_ERROR_GATE carries the codes of what is missing, as far
 * as this reader may know of them.
 */
DexFuture *
probity_second_job_decide (ProbitySession        *session,
                           const char            *reference,
                           const ProbityDecision *decision)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && decision != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup (decision->action);
  step->text = g_strdup (decision->open_reasons);
  step->reason = g_strdup (decision->missing_facts);
  step->restricted = g_strdup (decision->restricted_reasons);
  step->list = g_strdupv ((GStrv) decision->conditions);

  return probity_step_run (step, decide_write);
}
