/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-closing-private.h"
#include "probity-exposure.h"
#include "probity-instant.h"
#include "probity-investigation-private.h"

/* Proposing to close an investigation, and closing it through the gate. */

const char *const *
probity_closing_get_outcomes (const ProbityCaseKind *kind)
{
  static const char *const leak[] = { "source-identified", "not-identified", "no-leak", "lawful-disclosure", "referred", NULL };
  static const char *const conduct[] = { "finding", "no-further-action", "referred-to-proceedings", NULL };
  static const char *const none[] = { NULL };

  if (kind == &probity_leak_case)
    return leak;

  return kind == &probity_conduct_case ? conduct : none;
}

gboolean
probity_closing_is_no_further_action (const char *outcome)
{
  static const char *const further[] = { "finding", "referred-to-proceedings", "source-identified", "referred", NULL };

  return !g_strv_contains (further, outcome);
}

static void
free_state_subject (gpointer data)
{
  ProbityClosingSubject *self = data;

  g_free (self->uid);
  g_free (self->subject);
  g_free (self->name);
  g_free (self->complaints_by);
  g_free (self->complaints_at);
  g_free (self->intelligence_by);
  g_free (self->intelligence_at);
  g_strfreev (self->missing);
  g_strfreev (self->unseen);
  g_free (self);
}

static gpointer
copy_state_subject (gconstpointer data,
                    gpointer      user_data)
{
  const ProbityClosingSubject *subject = data;
  ProbityClosingSubject       *copy = g_memdup2 (subject, sizeof *subject);

  copy->uid = g_strdup (subject->uid);
  copy->subject = g_strdup (subject->subject);
  copy->name = g_strdup (subject->name);
  copy->complaints_by = g_strdup (subject->complaints_by);
  copy->complaints_at = g_strdup (subject->complaints_at);
  copy->intelligence_by = g_strdup (subject->intelligence_by);
  copy->intelligence_at = g_strdup (subject->intelligence_at);
  copy->missing = g_strdupv (subject->missing);
  copy->unseen = g_strdupv (subject->unseen);

  return copy;
}

static ProbityClosingState *
probity_closing_state_copy (ProbityClosingState *self)
{
  ProbityClosingState *copy = g_memdup2 (self, sizeof *self);

  copy->reference = g_strdup (self->reference);
  copy->subjects = g_ptr_array_copy (self->subjects, (GCopyFunc) copy_state_subject, NULL);
  g_ptr_array_set_free_func (copy->subjects, free_state_subject);
  copy->missing = g_strdupv (self->missing);
  copy->unseen = g_strdupv (self->unseen);
  copy->proposed = g_strdup (self->proposed);
  copy->proposed_by = g_strdup (self->proposed_by);
  copy->proposed_at = g_strdup (self->proposed_at);
  copy->proposed_reasons = g_strdup (self->proposed_reasons);
  copy->closed_by = g_strdup (self->closed_by);
  copy->closed_at = g_strdup (self->closed_at);
  copy->closed_reasons = g_strdup (self->closed_reasons);

  return copy;
}

void
probity_closing_state_free (ProbityClosingState *self)
{
  if (self == NULL)
    return;

  g_free (self->reference);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_strfreev (self->missing);
  g_strfreev (self->unseen);
  g_free (self->proposed);
  g_free (self->proposed_by);
  g_free (self->proposed_at);
  g_free (self->proposed_reasons);
  g_free (self->closed_by);
  g_free (self->closed_at);
  g_free (self->closed_reasons);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (ProbityClosingState, probity_closing_state, probity_closing_state_copy, probity_closing_state_free)

static gboolean
require_investigation (ProbityStep *step,
                       GError     **error)
{
  if (*probity_closing_get_outcomes (step->case_kind) != NULL)
    return TRUE;

  g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is no investigation", step->reference);

  return FALSE;
}

static gboolean
require_outcome (ProbityStep *step,
                 GError     **error)
{
  const char *const *outcomes = probity_closing_get_outcomes (step->case_kind);
  g_autofree char   *list = NULL;

  if (!require_investigation (step, error))
    return FALSE;
  if (step->action != NULL && step->text != NULL && g_strv_contains (outcomes, step->text))
    return TRUE;

  list = g_strjoinv (", ", (GStrv) outcomes);
  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "outcome", "“%.64s” is none of %s", step->text != NULL ? step->text : "", list));

  return FALSE;
}

static char *
dup_name (ProbityKeyring *keyring,
          const char     *account_uid)
{
  const ProbityAccount *account = account_uid != NULL ? probity_keyring_find (keyring, account_uid) : NULL;

  return account != NULL ? g_strdup (account->name) : NULL;
}

/* Codes that any decider would meet, then what of the steps lacks. */
static void
add_common_missing (ProbityClosing *closing,
                    gboolean        no_subject)
{
  if (closing->targets->len == 0 && !no_subject)
    probity_gate_add_missing (closing->gate, "no-subject");
}

static gboolean
fill_closed (ProbityClosingState *state,
             ProbityDb           *db,
             ProbityKeyring      *keyring,
             const char          *uid,
             GError             **error)
{
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_closing, db, "case_uid = $key", uid, error);

  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    {
      ProbityRow *row = g_ptr_array_index (rows, 0);

      state->closed_by = dup_name (keyring, probity_row_get (row, "account"));
      state->closed_at = g_strdup (probity_row_get (row, "at"));
      state->closed_reasons = g_strdup (probity_row_get (row, "reasons"));
    }

  return TRUE;
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbityStep      *step = data;
  ProbityGateSource source = { 0 };
  ProbityDb        *db;
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityClosing) closing = NULL;
  g_autoptr (ProbityClosingState) state = NULL;
  g_autofree char *now = probity_clock_dup_now (probity_casebook_get_clock (probity_session_get_casebook (step->session)));
  gboolean         ready, barred;

  if (!probity_step_find_read (step, read, &db, &record, error) || !require_investigation (step, error))
    return FALSE;
  ready = probity_gate_source_init_read (&source, step->session, read, error);
  keyring = source.keyring;
  source.now = now;
  if (!ready)
    return FALSE;

  state = g_new0 (ProbityClosingState, 1);
  state->reference = g_strdup (probity_record_get_reference (record));
  if (probity_record_get (record, "closed") != NULL)
    {
      state->subjects = g_ptr_array_new_with_free_func (free_state_subject);
      state->missing = g_new0 (char *, 1);
      state->unseen = g_new0 (char *, 1);
      if (!fill_closed (state, db, keyring, step->uid, error))
        return FALSE;
    }
  else
    {
      if ((closing = probity_closing_examine (&source, record, error)) == NULL ||
          !probity_closing_is_barred (closing, probity_session_get_person (step->session), &barred, error) ||
          !probity_check_is_investigator (db, step->uid, probity_session_get_person (step->session), &state->investigates, error))
        return FALSE;
      add_common_missing (closing, FALSE);
      if (closing->proposal != NULL)
        {
          state->proposed = g_strdup (probity_row_get (closing->proposal, "outcome"));
          state->proposed_by = dup_name (keyring, probity_row_get (closing->proposal, "account"));
          state->proposed_at = g_strdup (probity_row_get (closing->proposal, "at"));
          state->proposed_reasons = g_strdup (probity_row_get (closing->proposal, "reasons"));
        }
      state->subjects = g_steal_pointer (&closing->state);
      state->missing = probity_gate_dup_told (closing->gate, step->session);
      state->unseen = probity_gate_dup_unseen (closing->gate, state->missing);
      state->may_close = state->missing[0] == NULL && !barred && probity_access_may (step->session, PROBITY_OPERATION_CLOSE_CASE) &&
                         (closing->proposal == NULL ||
                          g_strcmp0 (probity_row_get (closing->proposal, "person"), probity_session_get_person (step->session)) != 0);
    }

  g_value_init (result, PROBITY_TYPE_CLOSING_STATE);
  g_value_take_boxed (result, g_steal_pointer (&state));

  return TRUE;
}

DexFuture *
probity_closing_load (ProbitySession *session,
                      const char     *reference)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("closing");

  return probity_step_read_for_page (step, load_read);
}

DexFuture *
probity_closing_peek (ProbitySession *session,
                      const char     *reference)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  return probity_step_read_unasked (probity_step_new (session, NULL, reference), load_read);
}

static gboolean
propose_write (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *digest = NULL;

  if (!probity_step_find_work (step, write, &db, &record, error) || !require_outcome (step, error) ||
      !probity_investigation_require_open (record, error) || !probity_step_require_text ("reasons", step->reason, error) ||
      (targets = probity_check_load_targets (db, record, FALSE, error)) == NULL)
    return FALSE;

  digest = probity_closing_dup_subjects_digest (targets);
  probity_row_set (row, "case_uid", step->uid);
  probity_row_set (row, "outcome", step->text);
  probity_row_set (row, "reasons", step->reason);
  probity_row_set (row, "subjects_digest", digest);

  return probity_signed_insert (&probity_signed_closing_proposal, write, step->session, db, step->uid, row, error) &&
         probity_step_log (step, write, record, PROBITY_VERB_COLLECTION, "closing-proposal", NULL, step->text, error) &&
         probity_step_return (step, write, record, result, error);
}

DexFuture *
probity_closing_propose (ProbitySession *session,
                         const char     *reference,
                         const char     *outcome,
                         const char     *reasons)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("propose-closing");
  step->text = g_strdup (outcome);
  step->reason = g_strdup (reasons);

  return probity_step_run (step, propose_write);
}

/* The proposal on which this decision stands; NULL where it needs none and none fits. */
static ProbityRow *
find_proposal (ProbityStep    *step,
               ProbityClosing *closing)
{
  if (closing->proposal == NULL || g_strcmp0 (probity_row_get (closing->proposal, "outcome"), step->text) != 0 ||
      g_strcmp0 (probity_row_get (closing->proposal, "person"), probity_session_get_person (step->session)) == 0)
    return NULL;

  return closing->proposal;
}

static gboolean
require_gate (ProbityStep    *step,
              ProbityClosing *closing,
              GError        **error)
{
  g_auto (GStrv) told = NULL;
  g_autofree char *list = NULL;
  gboolean         barred;

  add_common_missing (closing, step->restricted != NULL);
  if (probity_closing_is_no_further_action (step->text) && find_proposal (step, closing) == NULL)
    probity_gate_add_missing (closing->gate, "second-person");
  if (!probity_closing_is_barred (closing, probity_session_get_person (step->session), &barred, error))
    return FALSE;
  if (barred)
    probity_gate_add_missing (closing->gate, "separation-of-duties");

  told = probity_gate_dup_told (closing->gate, step->session);
  if (told[0] == NULL)
    return TRUE;
  list = g_strjoinv (", ", told);
  g_propagate_error (error, probity_record_error_new_missing ((const char *const *) told, "%s can’t be closed yet: %s", step->reference, list));

  return FALSE;
}

static gboolean
write_clearances (ProbityWrite   *write,
                  ProbityClosing *closing,
                  const char     *closing_uid,
                  GError        **error)
{
  for (guint i = 0; i < closing->clearances->len; i++)
    {
      ProbityRow      *row = g_ptr_array_index (closing->clearances, i);
      g_autofree char *uid = probity_write_new_uid (write);

      probity_row_set (row, "uid", uid);
      probity_row_set (row, "closing_uid", closing_uid);
      if (!probity_row_insert (closing->db, "closing_clearance", row, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_closing (ProbityStep    *step,
               ProbityWrite   *write,
               ProbityClosing *closing,
               ProbityKeyring *keyring,
               GError        **error)
{
  g_autoptr (ProbityRow) row = probity_row_new ();
  ProbityRow      *proposal = find_proposal (step, closing);
  g_autofree char *uid = probity_write_new_uid (write);
  g_autofree char *subjects = probity_closing_dup_subjects_digest (closing->targets);
  g_autofree char *clearances = probity_closing_dup_clearances_digest (closing->clearances, probity_keyring_get_casebook_uid (keyring), step->uid);

  probity_row_set (row, "uid", uid);
  probity_row_set (row, "case_uid", step->uid);
  probity_row_set (row, "outcome", step->text);
  probity_row_set (row, "reasons", step->reason);
  probity_row_set (row, "no_subject", step->restricted);
  probity_row_set (row, "proposal_uid", proposal != NULL ? probity_row_get (proposal, "uid") : NULL);
  probity_row_set (row, "subjects_digest", subjects);
  probity_row_set (row, "clearances_digest", clearances);

  return write_clearances (write, closing, uid, error) &&
         probity_signed_insert (&probity_signed_closing, write, step->session, closing->db, step->uid, row, error);
}

static gboolean
close_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep      *step = data;
  ProbityGateSource source = { 0 };
  ProbityDb        *db;
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityClosing) closing = NULL;
  g_autofree char *today = probity_day_to_iso (probity_instant_to_day (probity_write_get_now (write)));
  g_autofree char *sql = NULL;
  gboolean         ready;

  if (!probity_step_find (step, write, &db, &record, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_CLOSE_CASE, error) ||
      !require_outcome (step, error) || !probity_investigation_require_open (record, error) ||
      !probity_step_require_text ("reasons", step->reason, error))
    return FALSE;

  ready = probity_gate_source_init_write (&source, step->session, write, error);
  keyring = source.keyring;
  if (!ready || (closing = probity_closing_examine (&source, record, error)) == NULL)
    return FALSE;
  if (step->restricted != NULL && closing->targets->len > 0)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "no_subject", "%s is about somebody", step->reference));
      return FALSE;
    }
  sql = g_strdup_printf ("UPDATE %s SET stage = 'closed', outcome = $outcome, closed = $day, changed = $now, version = version + 1 WHERE id = $id", probity_record_get_kind (record)->table);
  if (!require_gate (step, closing, error) || !write_closing (step, write, closing, keyring, error) ||
      !probity_investigation_mask (write, step->session, record, error) ||
      (step->case_kind == &probity_leak_case && !probity_exposure_mask (write, step->session, step->uid, NULL, NULL, error)) ||
      !probity_db_run (db, error, sql, "$outcome", 's', step->text, "$day", 's', today, "$now", 's', probity_write_get_now (write), "$id", 'i', probity_record_get_id (record), NULL) ||
      !probity_case_enter_stage (write, step->session, step->case_kind, record, "closed", step->text, error) ||
      !probity_step_log (step, write, record, PROBITY_VERB_ALTERATION, "outcome", NULL, step->text, error))
    return FALSE;

  return probity_step_return (step, write, record, result, error);
}

DexFuture *
probity_closing_close (ProbitySession *session,
                       const char     *reference,
                       const char     *outcome,
                       const char     *reasons,
                       const char     *no_subject)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("close");
  step->text = g_strdup (outcome);
  step->reason = g_strdup (reasons);
  step->restricted = no_subject != NULL && *no_subject != '\0' ? g_strdup (no_subject) : NULL;

  return probity_step_run (step, close_write);
}
