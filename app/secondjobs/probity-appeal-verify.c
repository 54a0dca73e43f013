/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-instant.h"
#include "probity-second-job-outbox.h"

/* What verify proves of appeals. Triggers may have been dropped meanwhile. */

static const ProbityRoles lodge_roles = PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR | PROBITY_ROLE_PSD_OFFICER;

typedef struct
{
  ProbityGate             *gate;
  const ProbityGateSource *source;
  GPtrArray               *decisions;
  GPtrArray               *services;
  GPtrArray               *appeals;
  GPtrArray               *outcomes;
} Proof;

static ProbityRow *
find (GPtrArray  *rows,
      const char *column,
      const char *value)
{
  for (guint i = rows->len; i > 0; i--)
    if (value != NULL && g_strcmp0 (probity_row_get (g_ptr_array_index (rows, i - 1), column), value) == 0)
      return g_ptr_array_index (rows, i - 1);

  return NULL;
}

static gboolean
is_person (ProbityRow *row,
           const char *person)
{
  return row != NULL && g_strcmp0 (probity_row_get (row, "person"), person) == 0;
}

static void
prove_services (Proof *proof)
{
  for (guint i = 0; i < proof->services->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (proof->services, i);

      probity_gate_prove (proof->gate, proof->source, &probity_signed_letter_service, row, probity_row_get (row, "at"), lodge_roles, "forged-service", proof->source->registers);
    }
}

static void
prove_appeals (Proof *proof)
{
  for (guint i = 0; i < proof->appeals->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (proof->appeals, i);
      ProbityRow *service = find (proof->services, "uid", probity_row_get (row, "service_uid"));
      ProbityRow *decision = find (proof->decisions, "uid", probity_row_get (row, "decision_uid"));

      if (!probity_gate_prove (proof->gate, proof->source, &probity_signed_appeal, row, probity_row_get (row, "at"), lodge_roles, "forged-appeal", proof->source->registers))
        continue;
      if (decision == NULL || probity_row_get_int (decision, "round") != probity_row_get_int (row, "round") ||
          g_strcmp0 (probity_row_get (decision, "outcome"), "approved") == 0)
        probity_gate_add_problem (proof->gate, "forged-appeal", "%s is against no refusal and no conditions", probity_row_get (row, "uid"));
      if (service == NULL || g_strcmp0 (probity_row_get (service, "decision_uid"), probity_row_get (row, "decision_uid")) != 0)
        probity_gate_add_problem (proof->gate, "forged-appeal", "%s was lodged without the letter having been served", probity_row_get (row, "uid"));
      if (strcmp (probity_row_get (row, "lodged_on"), probity_row_get (row, "last_day")) > 0 && probity_row_get (row, "late_reason") == NULL)
        probity_gate_add_problem (proof->gate, "forged-appeal", "%s is late without a reason", probity_row_get (row, "uid"));
    }
}

/* As far as this reader can know who took part. */
static gboolean
prove_apart (Proof      *proof,
             ProbityRow *outcome,
             ProbityRow *appeal,
             GError    **error)
{
  ProbityGate *gate = proof->gate;
  const char  *person = probity_row_get (outcome, "person");
  GPtrArray   *lists[] = { gate->comments, gate->earlier, gate->statements };
  gboolean     same = probity_second_job_is_party (gate->job, person) || is_person (appeal, person) ||
                  g_strcmp0 (person, probity_record_get (gate->job, "entered_by_person")) == 0 ||
                  is_person (find (proof->decisions, "uid", probity_row_get (appeal, "decision_uid")), person);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      same = same || (is_person (g_ptr_array_index (lists[i], j), person) &&
                      probity_row_get_int (g_ptr_array_index (lists[i], j), "round") == probity_row_get_int (outcome, "round"));

  if (proof->source->intelligence != NULL)
    {
      g_autoptr (ProbityStatement) statement = NULL;
      gboolean seen;

      statement = probity_db_query (proof->source->intelligence, error, "SELECT 1 FROM standards_view WHERE second_job_uid = $uid AND person = $person"
                                                                        " UNION ALL SELECT 1 FROM appeal_bundle WHERE second_job_uid = $uid AND person = $person",
                                    "$uid",
                                    's',
                                    probity_record_get_uid (gate->job),
                                    "$person",
                                    's',
                                    person,
                                    NULL);
      if (statement == NULL || !probity_statement_step (statement, &seen, error))
        return FALSE;
      same = same || seen;
    }
  if (same)
    probity_gate_add_problem (gate, "separation-of-duties", "who decided the appeal took another part in the case");

  return TRUE;
}

static gboolean
prove_outcome (Proof      *proof,
               ProbityRow *row,
               GHashTable *upheld,
               GError    **error)
{
  const gboolean withdrawn = g_strcmp0 (probity_row_get (row, "outcome"), "withdrawn") == 0;
  const char    *decision_uid = probity_row_get (row, "decision_uid");
  ProbityRow    *appeal = find (proof->appeals, "uid", probity_row_get (row, "appeal_uid"));
  ProbityRow    *decision = find (proof->decisions, "uid", decision_uid);

  if (!probity_gate_prove (proof->gate, proof->source, &probity_signed_appeal_outcome, row, probity_row_get (row, "at"), withdrawn ? lodge_roles : PROBITY_ROLE_CHIEF_OFFICER, "forged-appeal-outcome", proof->source->registers))
    return TRUE;
  if (appeal == NULL || strcmp (probity_row_get (appeal, "at"), probity_row_get (row, "at")) > 0 ||
      probity_row_get_int (appeal, "round") != probity_row_get_int (row, "round"))
    {
      probity_gate_add_problem (proof->gate, "forged-appeal-outcome", "%s is of no appeal", probity_row_get (row, "uid"));
      return TRUE;
    }
  if (withdrawn)
    return TRUE;
  if (!prove_apart (proof, row, appeal, error))
    return FALSE;
  if (g_strcmp0 (probity_row_get (row, "outcome"), "upheld") != 0)
    return TRUE;
  if (decision == NULL || g_strcmp0 (probity_row_get (decision, "account"), probity_row_get (row, "account")) != 0 ||
      g_strcmp0 (probity_row_get (decision, "at"), probity_row_get (row, "at")) != 0)
    probity_gate_add_problem (proof->gate, "forged-appeal-outcome", "%s was upheld without a decision", probity_row_get (row, "uid"));
  else
    g_hash_table_add (upheld, g_strdup (decision_uid));

  return TRUE;
}

/* One decision a round, but for deferrals and what an appeal put in its place. */
static void
prove_once (Proof      *proof,
            GHashTable *upheld)
{
  for (guint i = 0; i < proof->decisions->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (proof->decisions, i);

      if (probity_row_get (row, "outcome") == NULL || g_hash_table_contains (upheld, probity_row_get (row, "uid")))
        continue;
      for (guint j = 0; j < i; j++)
        {
          ProbityRow *earlier = g_ptr_array_index (proof->decisions, j);

          if (probity_row_get (earlier, "outcome") != NULL && probity_row_get_int (earlier, "round") == probity_row_get_int (row, "round"))
            probity_gate_add_problem (proof->gate, "forged-decision", "%s decides again without an appeal", probity_row_get (row, "uid"));
        }
    }
}

/* What the row of the case says of its round's appeal. */
static void
prove_state (Proof *proof)
{
  const char *state = probity_record_get (proof->gate->job, "appeal");
  const char *expected = NULL;

  for (guint i = 0; i < proof->appeals->len; i++)
    {
      ProbityRow *appeal = g_ptr_array_index (proof->appeals, i);
      ProbityRow *outcome = find (proof->outcomes, "appeal_uid", probity_row_get (appeal, "uid"));

      if (probity_row_get_int (appeal, "round") != probity_second_job_get_round (proof->gate->job))
        continue;
      expected = outcome != NULL ? probity_row_get (outcome, "outcome") : "open";
      if (g_strcmp0 (expected, "withdrawn") == 0)
        expected = NULL;
    }
  if (g_strcmp0 (state, expected) != 0)
    probity_gate_add_problem (proof->gate, "forged-appeal", "the case says of its appeal what nobody signed");
}

gboolean
probity_appeal_verify (ProbityGate             *gate,
                       const ProbityGateSource *source,
                       GPtrArray               *decisions,
                       GHashTable             **ret_upheld,
                       GError                 **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, probity_record_get_id (gate->job));
  g_autoptr (GPtrArray) services = probity_signed_load (&probity_signed_letter_service, source->registers, "second_job_id = $key ORDER BY id", id, error);
  g_autoptr (GPtrArray) appeals = services != NULL ? probity_signed_load (&probity_signed_appeal, source->registers, "second_job_id = $key ORDER BY id", id, error) : NULL;
  g_autoptr (GPtrArray) outcomes = appeals != NULL ? probity_signed_load (&probity_signed_appeal_outcome, source->registers, "second_job_id = $key ORDER BY id", id, error) : NULL;
  g_autoptr (GHashTable) upheld = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Proof proof = { gate, source, decisions, services, appeals, outcomes };

  if (outcomes == NULL)
    return FALSE;
  prove_services (&proof);
  prove_appeals (&proof);
  for (guint i = 0; i < outcomes->len; i++)
    if (!prove_outcome (&proof, g_ptr_array_index (outcomes, i), upheld, error))
      return FALSE;
  prove_once (&proof, upheld);
  prove_state (&proof);
  *ret_upheld = g_steal_pointer (&upheld);

  return TRUE;
}
