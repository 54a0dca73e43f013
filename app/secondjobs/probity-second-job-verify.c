/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-gate-private.h"
#include "probity-instant.h"
#include "probity-second-job-outbox.h"

/*
 * What verify proves of second jobs: that every application, comment, waiver, check, view and
 * decision was signed by who could do so then, that every approval carries valid clearances of its
 * own application, and that the people are different. Triggers may have been dropped meanwhile.
 */

static gboolean
is_approving (ProbityRow *decision)
{
  const char *outcome = probity_row_get (decision, "outcome");

  return g_strcmp0 (outcome, "approved") == 0 || g_strcmp0 (outcome, "approved-with-conditions") == 0;
}

static ProbityRoles
get_signatory_roles (ProbityRecord *job)
{
  return g_strcmp0 (probity_record_get (job, "signatory"), "head-of-hr") == 0 ? PROBITY_ROLE_HEAD_OF_HR : PROBITY_ROLE_DECIDER;
}

/* Proved comments and waivers of one round, whichever it is. */
static void
collect_line (ProbityGate *gate,
              gint64       round,
              GPtrArray   *rows)
{
  GPtrArray *lists[] = { gate->comments, gate->waivers, gate->earlier };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        ProbityRow *row = g_ptr_array_index (lists[i], j);

        if (probity_row_get_int (row, "round") == round)
          g_ptr_array_add (rows, row);
      }
}

static gboolean
is_comment (ProbityRow *row)
{
  return probity_row_get (row, "supports") != NULL;
}

static void
verify_line (ProbityGate *gate,
             ProbityRow  *decision,
             GPtrArray   *line)
{
  const char *const roles[] = { "line-manager", "head-of-hr" };
  const char *const required[] = { "requires_line_manager_comment", "requires_head_of_hr_comment" };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      gboolean found = g_strcmp0 (probity_record_get (gate->job, required[i]), "0") == 0;

      for (guint j = 0; j < line->len && !found; j++)
        {
          ProbityRow *row = g_ptr_array_index (line, j);

          found = g_strcmp0 (probity_row_get (row, "for_role"), roles[i]) == 0 &&
                  strcmp (probity_row_get (row, "at"), probity_row_get (decision, "at")) <= 0;
        }
      if (!found)
        probity_gate_add_problem (gate, "forged-approval", "approved without the comment of the %s", roles[i]);
    }
}

static void
verify_separation (ProbityGate *gate,
                   ProbityRow  *decision,
                   GPtrArray   *line,
                   GPtrArray   *clearances)
{
  const gint64   round = probity_row_get_int (decision, "round");
  const char    *decider = probity_row_get (decision, "person");
  const gboolean head_of_hr_signs = probity_second_job_head_of_hr_signs (gate->job);
  gboolean       same = probity_second_job_is_party (gate->job, decider) || g_strcmp0 (decider, probity_record_get (gate->job, "entered_by_person")) == 0;

  for (guint i = 0; i < gate->statements->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (gate->statements, i);

      same = same || (probity_row_get_int (row, "round") == round && g_strcmp0 (probity_row_get (row, "person"), decider) == 0);
    }
  for (guint i = 0; i < line->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (line, i);

      if (!is_comment (row))
        continue;
      same = same || (g_strcmp0 (probity_row_get (row, "person"), decider) == 0 &&
                      (!head_of_hr_signs || g_strcmp0 (probity_row_get (row, "for_role"), "line-manager") == 0));
      for (guint j = 0; j < clearances->len; j++)
        same = same || g_strcmp0 (probity_row_get (row, "person"), probity_row_get (g_ptr_array_index (clearances, j), "person")) == 0;
    }
  for (guint i = 0; i < clearances->len; i++)
    {
      const char *checker = probity_row_get (g_ptr_array_index (clearances, i), "person");

      same = same || g_strcmp0 (checker, decider) == 0 || probity_second_job_is_party (gate->job, checker);
    }

  if (same)
    probity_gate_add_problem (gate, "separation-of-duties", "one person took two parts of the case that exclude each other");
}

/* The check that a clearance names, where its compartment is held. */
static gboolean
verify_run (ProbityGate             *gate,
            const ProbityGateSource *source,
            ProbityRow              *clearance,
            GError                 **error)
{
  const gboolean complaints = g_strcmp0 (probity_row_get (clearance, "kind"), "complaints") == 0;
  ProbityDb     *db = complaints ? source->standards : source->intelligence;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (db == NULL)
    return TRUE;
  statement = probity_db_query (db, error, "SELECT 1 FROM check_run WHERE uid = $uid AND kind = $kind AND published = $at AND case_uid = $job", "$uid", 's', probity_row_get (clearance, "check_uid"), "$kind", 's', probity_row_get (clearance, "kind"), "$at", 's', probity_row_get (clearance, "at"), "$job", 's', probity_record_get_uid (gate->job), NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    probity_gate_add_problem (gate, "forged-clearance", "no %s check of this case is behind its clearance", probity_row_get (clearance, "kind"));

  return TRUE;
}

static gboolean
verify_clearances (ProbityGate             *gate,
                   const ProbityGateSource *source,
                   ProbityRow              *decision,
                   GPtrArray               *clearances,
                   GError                 **error)
{
  static const char *const kinds[] = { "complaints", "intelligence" };
  const char              *decided = probity_row_get (decision, "at");
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/clearances/1");
  g_autofree char *digest = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      ProbityRow      *clearance = NULL;
      g_autofree char *own = NULL;
      const char      *at;

      for (guint j = 0; j < clearances->len; j++)
        if (g_strcmp0 (probity_row_get (g_ptr_array_index (clearances, j), "kind"), kinds[i]) == 0)
          clearance = g_ptr_array_index (clearances, j);
      if (clearance == NULL)
        {
          probity_gate_add_problem (gate, "forged-approval", "approved without a clearance of the %s check", kinds[i]);
          return TRUE;
        }
      at = probity_row_get (clearance, "at");
      probity_gate_prove (gate, source, &probity_signed_clearance, clearance, at, probity_check_kind_get_roles (i == 0 ? PROBITY_CHECK_COMPLAINTS : PROBITY_CHECK_INTELLIGENCE), "forged-clearance", NULL);
      if (g_strcmp0 (probity_row_get (clearance, "material_digest"), probity_row_get (decision, "material_digest")) != 0 ||
          !probity_gate_is_fresh (gate->job, at, decided))
        probity_gate_add_problem (gate, "forged-approval", "the %s check was not of the application that was decided", kinds[i]);
      if (!verify_run (gate, source, clearance, error))
        return FALSE;
      own = probity_signed_dup_digest (&probity_signed_clearance, probity_keyring_get_casebook_uid (source->keyring), probity_record_get_uid (gate->job), clearance);
      probity_canonical_add_text (canonical, kinds[i], own);
    }

  digest = probity_canonical_dup_digest (canonical);
  if (g_strcmp0 (digest, probity_row_get (decision, "clearances_digest")) != 0)
    probity_gate_add_problem (gate, "forged-clearance", "the clearances are not those that the decision was made on");

  return TRUE;
}

static gboolean
verify_conditions (ProbityGate             *gate,
                   const ProbityGateSource *source,
                   ProbityRow              *decision,
                   GError                 **error)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/conditions/1");
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *digest = NULL;

  statement = probity_db_query (source->registers, error, "SELECT code, text FROM decision_condition WHERE decision_uid = $uid ORDER BY position", "$uid", 's', probity_row_get (decision, "uid"), NULL);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      probity_canonical_add_text (canonical, "code", probity_statement_get_text (statement, 0));
      probity_canonical_add_text (canonical, "text", probity_statement_get_text (statement, 1));
    }
  digest = probity_canonical_dup_digest (canonical);
  if (g_strcmp0 (digest, probity_row_get (decision, "conditions_digest")) != 0)
    probity_gate_add_problem (gate, "forged-decision", "the conditions are not those that were signed");

  return TRUE;
}

/* A route with a view: the newest one before the decision was no objection, and of these checks. */
static gboolean
verify_view (ProbityGate             *gate,
             const ProbityGateSource *source,
             ProbityRow              *decision,
             GPtrArray               *clearances,
             GError                 **error)
{
  g_autoptr (GPtrArray) views = NULL;
  ProbityRow *view = NULL;
  gboolean    of_these = TRUE;

  if (source->intelligence == NULL || g_strcmp0 (probity_record_get (gate->job, "requires_view"), "1") != 0)
    return TRUE;
  views = probity_signed_load (&probity_signed_view, source->intelligence, "second_job_uid = $key ORDER BY id", probity_record_get_uid (gate->job), error);
  if (views == NULL)
    return FALSE;
  for (guint i = 0; i < views->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (views, i);

      if (strcmp (probity_row_get (row, "at"), probity_row_get (decision, "at")) <= 0 &&
          probity_row_get_int (row, "round") == probity_row_get_int (decision, "round"))
        view = row;
    }
  for (guint i = 0; view != NULL && i < clearances->len; i++)
    {
      ProbityRow    *clearance = g_ptr_array_index (clearances, i);
      const gboolean complaints = g_strcmp0 (probity_row_get (clearance, "kind"), "complaints") == 0;

      of_these = of_these && g_strcmp0 (probity_row_get (clearance, "check_uid"),
                                        probity_row_get (view, complaints ? "complaints_check_uid" : "intelligence_check_uid")) == 0;
    }
  if (view == NULL || !of_these)
    probity_gate_add_problem (gate, "forged-view", "approved without a view of professional standards on these checks");
  else if (probity_row_get_int (view, "objection") != 0)
    probity_gate_add_problem (gate, "forged-approval", "approved over an objection of professional standards");

  return TRUE;
}

static gboolean
verify_decision (ProbityGate             *gate,
                 const ProbityGateSource *source,
                 ProbityRow              *decision,
                 GHashTable              *upheld,
                 GError                 **error)
{
  const gboolean on_appeal = g_hash_table_contains (upheld, probity_row_get (decision, "uid"));
  g_autoptr (GPtrArray) clearances = NULL;
  g_autoptr (GPtrArray) line = g_ptr_array_new ();

  probity_gate_prove (gate, source, &probity_signed_decision, decision, probity_row_get (decision, "at"), on_appeal ? PROBITY_ROLE_CHIEF_OFFICER : get_signatory_roles (gate->job), "forged-decision", source->registers);
  if (!verify_conditions (gate, source, decision, error))
    return FALSE;
  if (!is_approving (decision))
    return TRUE;

  clearances = probity_signed_load (&probity_signed_clearance, source->registers, "decision_uid = $key", probity_row_get (decision, "uid"), error);
  if (clearances == NULL)
    return FALSE;
  collect_line (gate, probity_row_get_int (decision, "round"), line);
  verify_line (gate, decision, line);
  verify_separation (gate, decision, line, clearances);

  return verify_clearances (gate, source, decision, clearances, error) &&
         (on_appeal || verify_view (gate, source, decision, clearances, error));
}

/* The row of the case says what its decisions say. */
static void
verify_course (ProbityGate *gate,
               GPtrArray   *decisions)
{
  ProbityRecord    *job = gate->job;
  const char       *stage = probity_record_get (job, "stage");
  const char       *outcome = probity_record_get (job, "outcome");
  const char *const open[] = { "submitted", "comments", "with-professional-standards", "deferred", NULL };
  const gboolean    forward = g_strcmp0 (outcome, "brought-forward") == 0;
  ProbityRow       *current = NULL;
  g_autofree char  *approved_on = NULL;

  for (guint i = 0; i < decisions->len; i++)
    {
      ProbityRow *decision = g_ptr_array_index (decisions, i);

      if (is_approving (decision) && approved_on == NULL)
        approved_on = probity_day_to_iso (probity_instant_to_day (probity_row_get (decision, "at")));
      if (g_strcmp0 (probity_row_get (decision, "uid"), probity_record_get (job, "decision_uid")) == 0)
        current = decision;
    }

  if (g_strcmp0 (approved_on, probity_record_get (job, "approved_on")) != 0)
    probity_gate_add_problem (gate, "forged-approval", "the day of the approval is not that of a decision");
  if ((outcome == NULL) != g_strv_contains (open, stage))
    probity_gate_add_problem (gate, "forged-approval", "the stage %s does not go with the outcome", stage);
  if (outcome != NULL && !forward && g_strcmp0 (outcome, "withdrawn") != 0 &&
      (current == NULL || g_strcmp0 (probity_row_get (current, "outcome"), outcome) != 0 ||
       g_strcmp0 (probity_row_get (current, "at"), probity_record_get (job, "decided_at")) != 0 ||
       g_strcmp0 (probity_row_get (current, "material_digest"), probity_record_get (job, "material_digest")) != 0 ||
       probity_row_get_int (current, "round") != probity_second_job_get_round (job)))
    probity_gate_add_problem (gate, "forged-approval", "%s without a decision on this application", outcome);
  if (probity_record_get_boolean (job, "brought_forward") !=
      (gate->statements->len > 0 &&
       g_strcmp0 (probity_row_get (g_ptr_array_index (gate->statements, 0), "kind"), "brought-forward") == 0))
    probity_gate_add_problem (gate, "forged-application", "brought forward by nobody");
}

static gboolean
verify_case (const ProbityGateSource *source,
             ProbityRecord           *job,
             GPtrArray               *problems,
             GError                 **error)
{
  g_autoptr (ProbityGate) gate = probity_gate_new (job);
  g_autoptr (GPtrArray) decisions = NULL;
  g_autoptr (GPtrArray) reviews = NULL;
  g_autoptr (GHashTable) upheld = NULL;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, probity_record_get_id (job));

  if (!probity_gate_examine_line (gate, source, error) ||
      (decisions = probity_signed_load (&probity_signed_decision, source->registers, "second_job_id = $key ORDER BY id", id, error)) == NULL ||
      (reviews = probity_signed_load (&probity_signed_review, source->registers, "second_job_id = $key ORDER BY id", id, error)) == NULL ||
      !probity_appeal_verify (gate, source, decisions, &upheld, error))
    return FALSE;

  for (guint i = 0; i < decisions->len; i++)
    if (!verify_decision (gate, source, g_ptr_array_index (decisions, i), upheld, error))
      return FALSE;
  for (guint i = 0; i < reviews->len; i++)
    {
      ProbityRow *review = g_ptr_array_index (reviews, i);

      probity_gate_prove (gate, source, &probity_signed_review, review, probity_row_get (review, "at"), PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR | PROBITY_ROLE_PSD_OFFICER, "forged-review", source->registers);
    }
  if (!probity_compliance_verify (gate, source, get_signatory_roles (job), error) ||
      !probity_annual_review_verify_case (gate, source, error))
    return FALSE;
  verify_course (gate, decisions);
  g_ptr_array_extend_and_steal (problems, g_steal_pointer (&gate->problems));

  return TRUE;
}

static gboolean
verify_cases (const ProbityGateSource *source,
              GPtrArray               *problems,
              GError                 **error)
{
  gint64 last = 0;

  for (;;)
    {
      g_autoptr (ProbityStatement) statement = NULL;
      g_autoptr (ProbityRecord) job = NULL;
      gboolean row;

      statement = probity_db_query (source->registers, error, "SELECT id FROM second_job WHERE id > $last ORDER BY id LIMIT 1", "$last", 'i', last, NULL);
      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      last = probity_statement_get_int64 (statement, 0);
      if (!probity_record_read_id (source->registers, &probity_second_job_kind, NULL, last, &job, error))
        return FALSE;
      /* What this reader is locked from is judged by others. */
      if (job != NULL && !probity_access_is_locked (source->session, probity_record_get (job, "staff_number")) &&
          !verify_case (source, job, problems, error))
        return FALSE;
    }
}

/*
 * A case that is sealed is removed first from where it stands, and the log says so there. What other compartments hold of it
 * is removed by later commits of that command; after a kill between them, once a holder of the seal opens the casebook.
 */
static gboolean
was_removed (const ProbityGateSource *source,
             ProbityDb               *db,
             const ProbityRecordKind *kind,
             const char              *uid,
             gboolean                *ret_removed,
             GError                 **error)
{
  const ProbityRoles sealers = PROBITY_ROLE_PSD_OFFICER | PROBITY_ROLE_ACU_OFFICER | PROBITY_ROLE_DECIDER;
  g_autoptr (ProbityStatement) entry = probity_db_query (db, error, "SELECT account, at FROM audit_entry WHERE record = $uid AND kind = $kind AND verb = 'erasure' AND field IS NULL", "$uid", 's', uid, "$kind", 's', kind->name, NULL);
  gboolean more;

  *ret_removed = FALSE;
  if (entry == NULL)
    return FALSE;
  while (!*ret_removed)
    {
      if (!probity_statement_step (entry, &more, error))
        return FALSE;
      if (!more)
        break;
      *ret_removed = (probity_keyring_get_roles_at (source->keyring, probity_statement_get_text (entry, 0), probity_statement_get_text (entry, 1)) & sealers) != 0;
    }

  return TRUE;
}

/* The case of a row in a higher compartment; NULL where this reader is locked from it or it is not there. */
static gboolean
find_case (const ProbityGateSource *source,
           const char              *uid,
           GHashTable              *cases,
           ProbityGate            **ret_gate,
           GPtrArray               *problems,
           const char              *problem,
           GError                 **error)
{
  *ret_gate = g_hash_table_lookup (cases, uid);
  if (*ret_gate != NULL)
    return TRUE;

  for (guint i = 0; probity_case_kinds[i] != NULL; i++)
    {
      const ProbityRecordKind *kind = probity_case_kinds[i]->record_kind;
      ProbityDb               *db = probity_gate_source_get_db (source, kind->compartment);
      g_autoptr (ProbityRecord) record = NULL;
      g_autoptr (ProbityRecord) visible = NULL;

      /* A sealed compartment has the tables of one kind. */
      if (db == NULL || probity_db_get_home (db) != kind->compartment)
        continue;
      if (!probity_record_read (db, kind, NULL, uid, &record, error) ||
          (record != NULL && !probity_record_read (db, kind, source->session, uid, &visible, error)))
        return FALSE;
      if (record == NULL)
        {
          gboolean removed;

          if (!was_removed (source, db, kind, uid, &removed, error))
            return FALSE;
          if (removed)
            return TRUE;
          continue;
        }
      if (visible == NULL)
        return TRUE;
      *ret_gate = probity_gate_new (record);
      g_hash_table_insert (cases, g_strdup (uid), *ret_gate);

      return TRUE;
    }

  g_ptr_array_add (problems, g_strdup_printf ("%s: a row is of no case", problem));

  return TRUE;
}

/* Whom @run is about, of the people whom its case is or was about. */
static gboolean
find_target (const ProbityGateSource *source,
             ProbityGate             *gate,
             ProbityRow              *run,
             ProbityCheckTarget     **ret_target,
             GError                 **error)
{
  ProbityDb *db = probity_gate_source_get_db (source, probity_record_kind_get_compartment (probity_record_get_kind (gate->job)));
  g_autoptr (GPtrArray) targets = probity_check_load_targets (db, gate->job, TRUE, error);

  *ret_target = NULL;
  if (targets == NULL)
    return FALSE;
  for (guint i = 0; i < targets->len && *ret_target == NULL; i++)
    {
      ProbityCheckTarget *target = g_ptr_array_index (targets, i);

      if (probity_check_target_is_second_job (target))
        {
          *ret_target = g_ptr_array_steal_index (targets, i);
        }
      else if (g_strcmp0 (target->material_digest, probity_row_get (run, "material_digest")) == 0)
        {
          /* Whose name was masked at the end of a case is still known by the digest. */
          g_free (target->subject);
          target->subject = g_strdup (probity_row_get (run, "staff_number"));
          *ret_target = g_ptr_array_steal_index (targets, i);
        }
    }
  if (*ret_target == NULL)
    probity_gate_add_problem (gate, "forged-check", "%s is about nobody of the case", probity_row_get (run, "uid"));

  return TRUE;
}

static gboolean
verify_rows (const ProbityGateSource  *source,
             ProbityDb                *db,
             const ProbitySignedTable *table,
             const char               *condition,
             const char               *at,
             ProbityRoles              roles,
             const char               *problem,
             GHashTable               *cases,
             GPtrArray                *problems,
             GError                  **error)
{
  g_autoptr (GPtrArray) rows = probity_signed_load (table, db, condition, NULL, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityRow  *row = g_ptr_array_index (rows, i);
      ProbityGate *gate;

      /* A re-check's signer stands under another name. */
      if (probity_row_get (row, "account") == NULL)
        probity_row_set (row, "account", probity_row_get (row, "closed_by"));
      if (!find_case (source, probity_row_get (row, table->owner), cases, &gate, problems, problem, error))
        return FALSE;
      if (gate != NULL)
        probity_gate_prove (gate, source, table, row, probity_row_get (row, at), roles, problem, db);
    }

  return TRUE;
}

static gboolean
verify_runs (const ProbityGateSource *source,
             ProbityDb               *db,
             GHashTable              *cases,
             GPtrArray               *problems,
             GError                 **error)
{
  g_autoptr (GPtrArray) runs = probity_signed_load (&probity_signed_check, db, "published IS NOT NULL ORDER BY id", NULL, error);
  g_autoptr (GPtrArray) clearances = runs != NULL ? probity_signed_load (&probity_signed_check_clearance, db, "published IS NOT NULL ORDER BY id", NULL, error) : NULL;

  if (clearances == NULL)
    return FALSE;
  for (guint i = 0; i < runs->len; i++)
    {
      ProbityRow *run = g_ptr_array_index (runs, i);
      g_autoptr (GPtrArray) hits = NULL;
      g_autoptr (ProbityCheckTarget) target = NULL;
      ProbityCheckKind kind;
      ProbityGate     *gate;
      gboolean         proved;

      if (!find_case (source, probity_row_get (run, "case_uid"), cases, &gate, problems, "forged-check", error))
        return FALSE;
      if (gate == NULL || !probity_check_kind_from_string (probity_row_get (run, "kind"), &kind))
        continue;
      if (!find_target (source, gate, run, &target, error))
        return FALSE;
      if (target == NULL)
        continue;
      /* Of a sealed case both checks stand beside it. */
      if (probity_db_get_compartment (db) < PROBITY_COMPARTMENT_SEALED && probity_check_target_get_compartment (target, kind) != probity_db_get_compartment (db))
        {
          probity_gate_add_problem (gate, "forged-check", "%s stands where no such check is kept", probity_row_get (run, "uid"));
          continue;
        }
      probity_row_set_bytes (run, "clearance_signature", probity_row_get_bytes (g_ptr_array_index (clearances, i), "clearance_signature"));
      if ((hits = probity_check_load_hits (db, probity_row_get_int (run, "id"), error)) == NULL ||
          !probity_gate_prove_check (gate, source, target, db, kind, run, hits, &proved, error))
        return FALSE;
      if (!proved && gate->problems->len == 0)
        probity_gate_add_problem (gate, "forged-check", "%s was published with a hit that nobody assessed", probity_row_get (run, "uid"));
    }

  return TRUE;
}

/* What is of `standards` and of `intelligence` stands in @db; of a sealed job both. */
static gboolean
verify_higher (const ProbityGateSource *source,
               ProbityDb               *db,
               gboolean                 standards,
               gboolean                 intelligence,
               GPtrArray               *problems,
               GError                 **error)
{
  const ProbityRoles checkers = standards ? PROBITY_ROLE_PSD_OFFICER | PROBITY_ROLE_ACU_OFFICER : PROBITY_ROLE_ACU_OFFICER;
  const ProbityRoles watchers = PROBITY_ROLE_PSD_OFFICER | PROBITY_ROLE_ACU_OFFICER | PROBITY_ROLE_DECIDER;
  g_autoptr (GHashTable) cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) probity_gate_free);
  GHashTableIter iter;
  gpointer       value;

  if (!verify_runs (source, db, cases, problems, error) ||
      !verify_rows (source, db, &probity_signed_assessment, "1 ORDER BY id", "at", checkers, "forged-check", cases, problems, error) ||
      !verify_rows (source, db, &probity_signed_recheck, "closed IS NOT NULL ORDER BY id", "closed", checkers, "forged-recheck", cases, problems, error))
    return FALSE;
  if (standards && (!verify_rows (source, db, &probity_signed_watch, "1 ORDER BY id", "at", watchers, "forged-watch", cases, problems, error) ||
                    !verify_rows (source, db, &probity_signed_watch_note, "1 ORDER BY id", "at", watchers, "forged-watch", cases, problems, error)))
    return FALSE;
  if (intelligence &&
      (!verify_rows (source, db, &probity_signed_advice, "1 ORDER BY id", "at", PROBITY_ROLE_ACU_OFFICER, "forged-advice", cases, problems, error) ||
       !verify_rows (source, db, &probity_signed_view, "1 ORDER BY id", "at", PROBITY_ROLE_DECIDER, "forged-view", cases, problems, error) ||
       !verify_rows (source, db, &probity_signed_view_notice, "1 ORDER BY id", "at", PROBITY_ROLE_DECIDER, "forged-view", cases, problems, error) ||
       !verify_rows (source, db, &probity_signed_appeal_bundle, "1 ORDER BY id", "at", PROBITY_ROLE_DECIDER, "forged-appeal-bundle", cases, problems, error) ||
       !verify_rows (source, db, &probity_signed_restricted_reason, "1 ORDER BY id", "at", PROBITY_ROLE_DECIDER | PROBITY_ROLE_HEAD_OF_HR, "forged-decision", cases, problems, error)))
    return FALSE;

  g_hash_table_iter_init (&iter, cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ProbityGate *gate = value;

      g_ptr_array_extend_and_steal (problems, g_steal_pointer (&gate->problems));
    }

  return TRUE;
}

gboolean
probity_second_job_verify (ProbitySession    *session,
                           ProbityRead       *read,
                           ProbityCompartment compartment,
                           GPtrArray         *problems,
                           GError           **error)
{
  ProbityGateSource source = { 0 };
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autofree char *now = NULL;
  gboolean         ready;

  /* Without the register there is nothing that a row could be held against. */
  if (compartment == PROBITY_COMPARTMENT_JOURNAL ||
      !probity_casebook_has (probity_session_get_casebook (session), PROBITY_COMPARTMENT_REGISTERS))
    return TRUE;

  now = probity_clock_dup_now (probity_casebook_get_clock (probity_session_get_casebook (session)));
  ready = probity_gate_source_init_read (&source, session, read, error);
  keyring = source.keyring;
  source.now = now;
  source.historic = TRUE;
  if (!ready)
    return FALSE;

  if (compartment == PROBITY_COMPARTMENT_STANDARDS)
    return verify_higher (&source, source.standards, TRUE, FALSE, problems, error);
  if (compartment == PROBITY_COMPARTMENT_INTELLIGENCE)
    return verify_higher (&source, source.intelligence, FALSE, TRUE, problems, error);

  /* A sealed job has its calls of the annual review, and not the runs, which call for others too. */
  return verify_cases (&source, problems, error) &&
         (probity_read_get_entered (read) == PROBITY_COMPARTMENT_JOURNAL ? probity_annual_review_verify_runs (&source, problems, error)
                                                                         : verify_higher (&source, source.registers, TRUE, TRUE, problems, error));
}
