/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-closing-private.h"
#include "probity-instant.h"

/*
 * What verify proves of investigations: that every closed case was closed by a decider, on clearances
 * of every subject that the checkers signed, by different people, and that no further action was proposed by
 * a second one. Triggers may have been dropped meanwhile.
 */

typedef struct
{
  const ProbityGateSource *source;
  ProbityDb               *db;
  ProbityGate             *gate;
  GPtrArray               *targets;    /* as the case was closed */
  GPtrArray               *clearances; /* rows of closing_clearance, in order */
  ProbityRow              *closing;
} Closed;

static GPtrArray *
load_clearances (ProbityDb  *db,
                 const char *uid,
                 GError    **error)
{
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_closing_clearance, db, "case_uid = $key ORDER BY id", uid, error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityRow      *row = g_ptr_array_index (rows, i);
      g_autofree char *id = g_strdup (probity_row_get (row, "id"));
      g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT subject_uid, closing_uid FROM closing_clearance WHERE id = $id", "$id", 's', id, NULL);
      gboolean found;

      if (statement == NULL || !probity_statement_step (statement, &found, error))
        return NULL;
      probity_row_set (row, "subject_uid", probity_statement_get_text (statement, 0));
      probity_row_set (row, "closing_uid", probity_statement_get_text (statement, 1));
    }

  return g_steal_pointer (&rows);
}

static void
verify_subjects (Closed *self)
{
  const char *kind = probity_record_kind_get_name (probity_record_get_kind (self->gate->job));

  for (guint i = 0; i < self->targets->len; i++)
    {
      ProbityCheckTarget *target = g_ptr_array_index (self->targets, i);
      g_autofree char    *digest = NULL;

      if (g_str_has_prefix (target->subject, "masked:"))
        continue;
      digest = probity_check_dup_subject_digest (kind, probity_record_get_uid (self->gate->job), target->staff_number, target->name, target->date_of_birth);
      if (g_strcmp0 (digest, target->material_digest) != 0)
        probity_gate_add_problem (self->gate, "forged-subject", "the subject %s is not who was entered", target->subject_uid);
    }
}

/* The clearance of @kind that the decision carries of @target, proved. */
static gboolean
verify_clearance (Closed             *self,
                  ProbityCheckTarget *target,
                  ProbityCheckKind    kind,
                  GError            **error)
{
  const char *at = probity_row_get (self->closing, "at");
  ProbityDb  *db = probity_gate_source_get_db (self->source, probity_check_target_get_compartment (target, kind));
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  for (guint i = 0; i < self->clearances->len; i++)
    {
      ProbityRow *clearance = g_ptr_array_index (self->clearances, i);
      const char *published = probity_row_get (clearance, "at");

      if (g_strcmp0 (probity_row_get (clearance, "subject_uid"), target->subject_uid) != 0 ||
          g_strcmp0 (probity_row_get (clearance, "kind"), probity_check_kind_to_string (kind)) != 0)
        continue;
      if (!probity_gate_prove (self->gate, self->source, &probity_signed_closing_clearance, clearance, published, probity_check_target_get_roles (target, kind), "forged-clearance", NULL))
        return TRUE;
      if (g_strcmp0 (probity_row_get (clearance, "material_digest"), target->material_digest) != 0 ||
          !probity_gate_is_fresh (self->gate->job, published, at))
        probity_gate_add_problem (self->gate, "forged-clearance", "a clearance is of somebody else, or was too old");
      if (db == NULL)
        return TRUE;
      statement = probity_db_query (db, error, "SELECT 1 FROM check_run WHERE uid = $uid AND kind = $kind AND published = $at AND case_uid = $case", "$uid", 's', probity_row_get (clearance, "check_uid"), "$kind", 's', probity_row_get (clearance, "kind"), "$at", 's', published, "$case", 's', probity_record_get_uid (self->gate->job), NULL);
      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        probity_gate_add_problem (self->gate, "forged-clearance", "no %s check of this case is behind its clearance", probity_row_get (clearance, "kind"));
      return TRUE;
    }
  probity_gate_add_problem (self->gate, "forged-closing", "closed without the %s check of a subject", probity_check_kind_to_string (kind));

  return TRUE;
}

static gboolean
verify_separation (Closed  *self,
                   GError **error)
{
  const char *decider = probity_row_get (self->closing, "person");
  const char *uid = probity_record_get_uid (self->gate->job);
  gboolean    same, investigates;

  if (!probity_check_is_investigator (self->db, uid, decider, &same, error))
    return FALSE;
  for (guint i = 0; i < self->clearances->len; i++)
    {
      const char *checker = probity_row_get (g_ptr_array_index (self->clearances, i), "person");

      if (!probity_check_is_investigator (self->db, uid, checker, &investigates, error))
        return FALSE;
      same = same || investigates || g_strcmp0 (checker, decider) == 0;
    }
  for (guint i = 0; i < self->targets->len; i++)
    {
      ProbityCheckTarget *target = g_ptr_array_index (self->targets, i);
      g_autofree char    *person = g_strconcat ("staff:", target->staff_number, NULL);

      same = same || g_strcmp0 (person, decider) == 0;
    }
  if (same)
    probity_gate_add_problem (self->gate, "separation-of-duties", "one person took two parts of the case that exclude each other");

  return TRUE;
}

static gboolean
verify_second_person (Closed  *self,
                      GError **error)
{
  const char *proposal_uid = probity_row_get (self->closing, "proposal_uid");
  g_autoptr (GPtrArray) rows = NULL;
  ProbityRow *row;

  if (proposal_uid == NULL)
    {
      if (probity_closing_is_no_further_action (probity_row_get (self->closing, "outcome")))
        probity_gate_add_problem (self->gate, "forged-closing", "no further action by one person alone");
      return TRUE;
    }
  rows = probity_signed_load (&probity_signed_closing_proposal, self->db, "uid = $key", proposal_uid, error);
  if (rows == NULL)
    return FALSE;
  row = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  if (row == NULL || g_strcmp0 (probity_row_get (row, "outcome"), probity_row_get (self->closing, "outcome")) != 0 ||
      g_strcmp0 (probity_row_get (row, "person"), probity_row_get (self->closing, "person")) == 0)
    probity_gate_add_problem (self->gate, "forged-closing", "the proposal behind the decision is missing, another, or the same person's");

  return TRUE;
}

static gboolean
verify_closed (Closed  *self,
               GError **error)
{
  const char *uid = probity_record_get_uid (self->gate->job);
  g_autoptr (GPtrArray) closings = probity_signed_load (&probity_signed_closing, self->db, "case_uid = $key ORDER BY id", uid, error);
  g_autoptr (GPtrArray) clearances = closings != NULL ? load_clearances (self->db, uid, error) : NULL;
  g_autofree char *subjects = probity_closing_dup_subjects_digest (self->targets);
  g_autofree char *digest = NULL;
  gboolean         open = probity_record_get (self->gate->job, "closed") == NULL;

  if (clearances == NULL)
    return FALSE;
  if (open)
    {
      if (closings->len > 0)
        probity_gate_add_problem (self->gate, "forged-closing", "a decision closed it and it is open");
      return TRUE;
    }
  if (closings->len != 1)
    {
      probity_gate_add_problem (self->gate, "forged-closing", "closed without a closing decision");
      return TRUE;
    }

  self->closing = g_ptr_array_index (closings, 0);
  self->clearances = clearances;
  digest = probity_closing_dup_clearances_digest (clearances, probity_keyring_get_casebook_uid (self->source->keyring), uid);
  if (!probity_gate_prove (self->gate, self->source, &probity_signed_closing, self->closing, probity_row_get (self->closing, "at"), PROBITY_ROLE_DECIDER, "forged-closing", self->db))
    return TRUE;
  if (g_strcmp0 (probity_row_get (self->closing, "outcome"), probity_record_get (self->gate->job, "outcome")) != 0 ||
      g_strcmp0 (probity_row_get (self->closing, "subjects_digest"), subjects) != 0 ||
      g_strcmp0 (probity_row_get (self->closing, "clearances_digest"), digest) != 0)
    probity_gate_add_problem (self->gate, "forged-closing", "the outcome, the subjects or the clearances are not those that were signed");
  if ((self->targets->len == 0) != (probity_row_get (self->closing, "no_subject") != NULL))
    probity_gate_add_problem (self->gate, "forged-closing", "closed about nobody without saying so, or saying so about somebody");
  for (guint i = 0; i < self->targets->len; i++)
    if (!verify_clearance (self, g_ptr_array_index (self->targets, i), PROBITY_CHECK_COMPLAINTS, error) ||
        !verify_clearance (self, g_ptr_array_index (self->targets, i), PROBITY_CHECK_INTELLIGENCE, error))
      return FALSE;

  return verify_separation (self, error) && verify_second_person (self, error);
}

static gboolean
verify_case (const ProbityGateSource *source,
             ProbityDb               *db,
             ProbityRecord           *record,
             GPtrArray               *problems,
             GError                 **error)
{
  g_autoptr (ProbityGate) gate = probity_gate_new (record);
  g_autoptr (GPtrArray) targets = probity_check_load_targets (db, record, FALSE, error);
  g_autoptr (GPtrArray) proposals = targets != NULL ? probity_signed_load (&probity_signed_closing_proposal, db, "case_uid = $key ORDER BY id", probity_record_get_uid (record), error) : NULL;
  Closed closed = { source, db, gate, targets, NULL, NULL };

  if (proposals == NULL)
    return FALSE;
  verify_subjects (&closed);
  for (guint i = 0; i < proposals->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (proposals, i);

      probity_gate_prove (gate, source, &probity_signed_closing_proposal, row, probity_row_get (row, "at"), probity_closing_get_proposer_roles (record), "forged-proposal", db);
    }
  if (!verify_closed (&closed, error))
    return FALSE;

  g_ptr_array_extend_and_steal (problems, g_steal_pointer (&gate->problems));

  return TRUE;
}

static gboolean
verify_kind (const ProbityGateSource *source,
             ProbityDb               *db,
             const ProbityRecordKind *kind,
             GPtrArray               *problems,
             GError                 **error)
{
  g_autofree char *scope = probity_record_kind_dup_scope (kind, source->session);
  g_autofree char *sql = g_strdup_printf ("SELECT r.id FROM %s AS r WHERE %s ORDER BY r.id", kind->table, scope);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, NULL);

  if (statement == NULL || !probity_access_bind_scope (source->session, statement, error))
    return FALSE;
  for (;;)
    {
      gboolean row;
      gint64   id;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      id = probity_statement_get_int64 (statement, 0);
      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (ProbityRecord) record = NULL;

      if (!probity_record_read_id (db, kind, NULL, g_array_index (ids, gint64, i), &record, error) ||
          (record != NULL && !verify_case (source, db, record, problems, error)))
        return FALSE;
    }

  return TRUE;
}

gboolean
probity_closing_verify (ProbitySession    *session,
                        ProbityRead       *read,
                        ProbityCompartment compartment,
                        GPtrArray         *problems,
                        GError           **error)
{
  ProbityGateSource source = { 0 };
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autofree char *now = NULL;
  gboolean         ready;

  if (compartment == PROBITY_COMPARTMENT_JOURNAL || compartment == PROBITY_COMPARTMENT_REGISTERS ||
      !probity_casebook_has (probity_session_get_casebook (session), PROBITY_COMPARTMENT_REGISTERS))
    return TRUE;

  now = probity_clock_dup_now (probity_casebook_get_clock (probity_session_get_casebook (session)));
  ready = probity_gate_source_init_read (&source, session, read, error);
  keyring = source.keyring;
  source.now = now;
  source.historic = TRUE;
  if (!ready)
    return FALSE;

  for (guint i = 0; probity_case_kinds[i] != NULL; i++)
    {
      const ProbityRecordKind *kind = probity_case_kinds[i]->record_kind;

      if (*probity_closing_get_outcomes (probity_case_kinds[i]) != NULL && kind->compartment == compartment &&
          !verify_kind (&source, probity_gate_source_get_db (&source, compartment), kind, problems, error))
        return FALSE;
    }

  return TRUE;
}
