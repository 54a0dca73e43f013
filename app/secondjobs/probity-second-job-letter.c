/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-gate-private.h"
#include "probity-instant.h"
#include "probity-letter.h"
#include "probity-parse.h"

/* The decision letter: from what stands in registers and nothing else. */

/* Who decided, as the applicant knows them: rank and name of the staff list; an account without a number, or of nobody in it, by its own name. */
static gboolean
find_decider (ProbityDb      *registers,
              ProbityKeyring *keyring,
              const char     *uid,
              char          **ret_name,
              GError        **error)
{
  const ProbityAccount *account = uid != NULL ? probity_keyring_find (keyring, uid) : NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (account == NULL || account->staff_number == NULL)
    {
      *ret_name = g_strdup (account != NULL ? account->name : uid);
      return TRUE;
    }
  statement = probity_db_query (registers, error, "SELECT trim (coalesce (rank || ' ', '') || coalesce (forenames || ' ', '') || coalesce (surname, '')) FROM person WHERE staff_number = $number", "$number", 's', account->staff_number, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  *ret_name = g_strdup (row && *probity_statement_get_text (statement, 0) != '\0' ? probity_statement_get_text (statement, 0) : account->name);

  return TRUE;
}

static GStrv
load_conditions (ProbityDb  *registers,
                 const char *decision_uid,
                 GError    **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (registers, error, "SELECT text FROM decision_condition WHERE decision_uid = $uid ORDER BY position", "$uid", 's', decision_uid, NULL);
  if (statement == NULL)
    return NULL;
  for (;;)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_strv_builder_end (builder);
      g_strv_builder_add (builder, probity_statement_get_text (statement, 0));
    }
}

/* The newest decision of the case, a deferral too. */
static gboolean
find_decision (ProbityDb     *registers,
               ProbityRecord *job,
               ProbityRow   **ret_decision,
               GError       **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, probity_record_get_id (job));
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_decision, registers, "second_job_id = $key ORDER BY id DESC LIMIT 1", id, error);

  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is not decided", probity_record_get_reference (job));
      return FALSE;
    }
  *ret_decision = g_ptr_array_steal_index (rows, 0);

  return TRUE;
}

/* The newest outcome of an appeal, unless a decision came after it; NULL: none. */
static gboolean
find_appeal (ProbityDb     *registers,
             ProbityRecord *job,
             ProbityRow    *decision,
             ProbityRow   **ret_outcome,
             GError       **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, probity_record_get_id (job));
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_appeal_outcome, registers, "second_job_id = $key AND outcome <> 'withdrawn' ORDER BY id DESC LIMIT 1", id, error);

  if (rows == NULL)
    return FALSE;
  *ret_outcome = NULL;
  if (rows->len > 0 && strcmp (probity_row_get (g_ptr_array_index (rows, 0), "at"), probity_row_get (decision, "at")) >= 0)
    *ret_outcome = g_ptr_array_steal_index (rows, 0);

  return TRUE;
}

/* The first row of @table with that uid; NULL where there is none. */
static gboolean
find_row (const ProbitySignedTable *table,
          ProbityDb                *registers,
          const char               *uid,
          ProbityRow              **ret_row,
          GError                  **error)
{
  g_autoptr (GPtrArray) rows = probity_signed_load (table, registers, "uid = $key", uid != NULL ? uid : "", error);

  if (rows == NULL)
    return FALSE;
  *ret_row = rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;

  return TRUE;
}

/* The appeal and the decision it was lodged against, which the letter names. */
static gboolean
find_appealed (ProbityDb   *registers,
               ProbityRow  *outcome,
               ProbityRow **ret_appeal,
               ProbityRow **ret_decision,
               GError     **error)
{
  *ret_appeal = *ret_decision = NULL;

  return outcome == NULL ||
         (find_row (&probity_signed_appeal, registers, probity_row_get (outcome, "appeal_uid"), ret_appeal, error) &&
          (*ret_appeal == NULL || find_row (&probity_signed_decision, registers, probity_row_get (*ret_appeal, "decision_uid"), ret_decision, error)));
}

static ProbityDay
get_day (ProbityRecord *job,
         const char    *field)
{
  const char *text = probity_record_get (job, field);

  return text != NULL ? probity_day_from_iso (text) : PROBITY_DAY_NONE;
}

static GBytes *
render (ProbityStep   *step,
        ProbityWrite  *write,
        ProbityDb     *registers,
        ProbityRecord *job,
        ProbityRow    *decision,
        ProbityRow    *appeal,
        GStrv          conditions,
        GError       **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  g_autoptr (ProbityRow) lodged = NULL;
  g_autoptr (ProbityRow) appealed = NULL;
  g_autofree char *decider = NULL;
  const char      *outcome = probity_row_get (decision, "outcome");
  ProbityRow      *decided = appeal != NULL ? appeal : decision;
  const char      *hours = probity_record_get (job, "weekly_hours");
  int              minutes = -1;

  if (hours != NULL && !probity_parse_hours (hours, &minutes, NULL))
    minutes = -1;
  if (!find_decider (registers, keyring, probity_row_get (decided, "account"), &decider, error) ||
      !find_appealed (registers, appeal, &lodged, &appealed, error))
    return NULL;

  return probity_letter_render (probity_session_get_profile (step->session),
                                &(ProbityLetter) {
                                    .reference = probity_record_get_reference (job),
                                    .name = probity_record_get (job, "applicant_name"),
                                    .rank = probity_record_get (job, "rank"),
                                    .staff_number = probity_record_get (job, "staff_number"),
                                    .unit = probity_record_get (job, "unit"),
                                    .employment_group = probity_record_get (job, "employment_group"),
                                    .employer = probity_record_get (job, "employer"),
                                    .category = probity_record_get (job, "category"),
                                    .nature = probity_record_get (job, "nature"),
                                    .place = probity_record_get (job, "place"),
                                    .paid = probity_record_get_boolean (job, "paid"),
                                    .weekly_minutes = minutes,
                                    .start = get_day (job, "start"),
                                    .received = get_day (job, "received"),
                                    .decided = probity_instant_to_day (probity_row_get (decided, "at")),
                                    .served = PROBITY_DAY_NONE,
                                    .outcome = outcome != NULL ? outcome : "deferred",
                                    .appeal = appeal != NULL ? probity_row_get (appeal, "outcome") : NULL,
                                    .appealed = appealed != NULL ? probity_instant_to_day (probity_row_get (appealed, "at")) : PROBITY_DAY_NONE,
                                    .appealed_outcome = appealed != NULL ? probity_row_get (appealed, "outcome") : NULL,
                                    .lodged = lodged != NULL ? probity_day_from_iso (probity_row_get (lodged, "lodged_on")) : PROBITY_DAY_NONE,
                                    .open_reasons = appeal != NULL ? probity_row_get (appeal, "reasons") : probity_row_get (decision, "open_reasons"),
                                    .conditions = (const char *const *) conditions,
                                    .missing_facts = probity_row_get (decision, "missing_facts"),
                                    .decided_by = decider,
                                    .printed_by = probity_session_get_account_name (step->session),
                                    .printed_at = probity_write_get_now (write),
                                },
                                error);
}

/* A command, since the letter is logged as a disclosure before anybody has it. */
static gboolean
letter_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRow) decision = NULL;
  g_autoptr (ProbityRow) appeal = NULL;
  g_auto (GStrv) conditions = NULL;
  g_autoptr (GBytes) letter = NULL;

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !find_decision (registers, job, &decision, error) ||
      !find_appeal (registers, job, decision, &appeal, error) ||
      (conditions = load_conditions (registers, probity_row_get (decision, "uid"), error)) == NULL ||
      (letter = render (step, write, registers, job, decision, appeal, conditions, error)) == NULL ||
      !probity_step_log (step, write, job, PROBITY_VERB_DISCLOSURE, "letter", NULL, probity_record_get (job, "staff_number"), error))
    return FALSE;

  g_value_init (result, G_TYPE_BYTES);
  g_value_take_boxed (result, g_steal_pointer (&letter));

  return TRUE;
}

/** probity_second_job_letter: the letter of the newest decision as PDF. */
DexFuture *
probity_second_job_letter (ProbitySession *session,
                           const char     *reference)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("letter");

  return probity_step_run (step, letter_write);
}
