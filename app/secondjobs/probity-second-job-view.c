/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-gate-private.h"
#include "probity-second-job-outbox.h"

/* What the unit and the decider say among themselves: advice, and professional standards' view. */

static gboolean
advise_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep      *step = data;
  const char *const advices[] = { "wait", "as-if-unknown", "none", NULL };
  ProbityDb        *registers, *intelligence;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_ADVISE, error) ||
      !probity_second_job_require_reviewed (job, error))
    return FALSE;
  if (step->for_role == NULL || !g_strv_contains (advices, step->for_role))
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "advice", "Advice is wait, as-if-unknown or none"));
      return FALSE;
    }
  intelligence = probity_write_get_db (write, PROBITY_COMPARTMENT_INTELLIGENCE, error);
  if (intelligence == NULL)
    return FALSE;

  probity_row_set (row, "second_job_uid", probity_record_get_uid (job));
  probity_row_set (row, "reference", probity_record_get_reference (job));
  probity_row_set (row, "staff_number", probity_record_get (job, "staff_number"));
  probity_row_set (row, "advice", step->for_role);
  probity_row_set (row, "text", step->text);
  probity_row_set (row, "material_digest", probity_record_get (job, "material_digest"));
  if (!probity_signed_insert (&probity_signed_advice, write, step->session, intelligence, probity_record_get_uid (job), row, error) ||
      !probity_audit_add (write, step->session, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_VERB_COLLECTION, "second-job", probity_record_get_uid (job), "advice", NULL, step->for_role, error))
    return FALSE;
  probity_write_note_change (write, PROBITY_COMPARTMENT_INTELLIGENCE, "advice", 0, probity_row_get (row, "uid"));
  g_value_init (result, PROBITY_TYPE_RECORD);
  g_value_set_boxed (result, job);

  return TRUE;
}

/**
 * probity_second_job_advise:
 * @advice: `wait`, `as-if-unknown` or `none` (takes earlier advice back)
 *
 * The ACU's advice to the decider; stands in `intelligence` alone, and nothing outside shows.
 */
DexFuture *
probity_second_job_advise (ProbitySession *session,
                           const char     *reference,
                           const char     *advice,
                           const char     *text)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("advise");
  step->for_role = g_strdup (advice);
  step->text = g_strdup (text);

  return probity_step_run (step, advise_write);
}

/* All that is missing on the inside, but the view itself and what is the line's. */
static gboolean
require_checked (ProbityStep *step,
                 ProbityGate *gate,
                 GError     **error)
{
  g_auto (GStrv) told = NULL;

  probity_gate_drop_missing (gate, "professional-standards-view");
  probity_gate_drop_missing (gate, "line-manager-comment");
  probity_gate_drop_missing (gate, "head-of-hr-comment");
  if (probity_gate_is_barred (gate, step->session))
    probity_gate_add_missing (gate, "separation-of-duties");
  if (gate->missing->len == 0)
    return TRUE;

  told = probity_gate_dup_told (gate, step->session);
  g_propagate_error (error,
                     probity_record_error_new_missing ((const char *const *) told, "No view can be given of %s yet", step->reference));

  return FALSE;
}

static gboolean
sign_view (ProbityStep       *step,
           ProbityWrite      *write,
           ProbityGateSource *source,
           ProbityGate       *gate,
           ProbityRow        *row,
           GError           **error)
{
  const char      *uid = probity_record_get_uid (gate->job);
  g_autofree char *view_uid = probity_write_new_uid (write);

  probity_row_set (row, "uid", view_uid);
  probity_row_set (row, "second_job_uid", uid);
  probity_row_set (row, "reference", probity_record_get_reference (gate->job));
  probity_row_set (row, "staff_number", probity_record_get (gate->job, "staff_number"));
  probity_row_set_int (row, "round", probity_second_job_get_round (gate->job));
  probity_row_set_int (row, "objection", step->flag);
  probity_row_set (row, "reasons", step->reason);
  probity_row_set (row, "complaints_check_uid", probity_row_get (gate->checks[PROBITY_CHECK_COMPLAINTS].clearance, "check_uid"));
  probity_row_set (row, "intelligence_check_uid", probity_row_get (gate->checks[PROBITY_CHECK_INTELLIGENCE].clearance, "check_uid"));
  probity_row_set (row, "account", probity_session_get_account_uid (step->session));
  probity_row_set (row, "person", probity_session_get_person (step->session));
  probity_row_set (row, "material_digest", probity_record_get (gate->job, "material_digest"));
  probity_row_set (row, "at", probity_write_get_now (write));

  return probity_signed_sign (&probity_signed_view, step->session, uid, row, error) &&
         probity_signed_sign (&probity_signed_view_notice, step->session, uid, row, error) &&
         probity_row_insert (source->intelligence, "standards_view", row, error) &&
         probity_audit_add (write, step->session, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_VERB_COLLECTION, "second-job", uid, "view", NULL, step->flag ? "objection" : "no-objection", error);
}

/* The signatory's boxes hold the notice, never the reasons. */
static gboolean
seal_view (ProbityStep       *step,
           ProbityWrite      *write,
           ProbityGateSource *source,
           ProbityGate       *gate,
           ProbityRow        *view,
           GError           **error)
{
  static const char *const columns[] = {
    "uid",
    "round",
    "objection",
    "complaints_check_uid",
    "intelligence_check_uid",
    "account",
    "person",
    "material_digest",
    "at",
  };
  g_autoptr (ProbityRow) notice = probity_row_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_row_free);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    probity_row_set (notice, columns[i], probity_row_get (view, columns[i]));
  probity_row_set_bytes (notice, "notice_signature", probity_row_get_bytes (view, "notice_signature"));

  if (!probity_gate_seal_views (write, step->session, source->registers, gate->job, notice, gate->checks[PROBITY_CHECK_COMPLAINTS].clearance, gate->checks[PROBITY_CHECK_INTELLIGENCE].clearance, rows, error))
    return FALSE;

  return probity_second_job_put_boxes (write, step->session, source->registers, gate->job, PROBITY_BOXES_VIEW, rows, error);
}

static gboolean
view_write (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  ProbityStep      *step = data;
  ProbityDb        *registers;
  ProbityGateSource source = { 0 };
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (ProbityGate) gate = NULL;
  g_autoptr (ProbityRow) view = probity_row_new ();
  gboolean ready;

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_VIEW, error))
    return FALSE;
  if (g_strcmp0 (probity_record_get (job, "requires_view"), "1") != 0)
    return probity_step_refuse (error, "not-your-step", "The route of %s knows no view of professional standards", step->reference);
  if (!probity_second_job_require_open (job, TRUE, error))
    return FALSE;

  ready = probity_gate_source_init_write (&source, step->session, write, error);
  keyring = source.keyring;
  if (!ready || !probity_access_check (step->session, PROBITY_OPERATION_READ_INTELLIGENCE, error) ||
      (gate = probity_gate_examine (&source, job, error)) == NULL ||
      !require_checked (step, gate, error) ||
      !sign_view (step, write, &source, gate, view, error) ||
      !seal_view (step, write, &source, gate, view, error))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

/**
 * probity_second_job_view:
 * @objection: whether professional standards object
 * @reasons: (nullable): stay in `intelligence`
 *
 * Given only when both checks hold; sealed to each head of HR together with the two clearances.
 */
DexFuture *
probity_second_job_view (ProbitySession *session,
                         const char     *reference,
                         gboolean        objection,
                         const char     *reasons)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("view");
  step->flag = !!objection;
  step->reason = g_strdup (reasons);

  return probity_step_run (step, view_write);
}
