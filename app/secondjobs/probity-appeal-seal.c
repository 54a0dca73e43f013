/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-appeal.h"

#include "probity-part.h"
#include "probity-second-job-outbox.h"

/* The bundle of reasons: what a decider seals to the chief officer, and how it is read. */

static gboolean
append_text (ProbityDb  *db,
             GString    *text,
             const char *title,
             const char *sql,
             const char *key,
             GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$key", 's', key, NULL);
  gboolean row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (row && probity_statement_get_text (statement, 0) != NULL)
    g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n\n" : "", title, probity_statement_get_text (statement, 0));

  return TRUE;
}

/* What stands in intelligence of the decision, in the words in which it was recorded. */
static char *
compose (ProbityStep   *step,
         ProbityDb     *intelligence,
         ProbityRecord *job,
         GError       **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!append_text (intelligence, text, "Restricted reasons of the decision", "SELECT text FROM restricted_reason WHERE decision_uid = $key", probity_record_get (job, "decision_uid"), error) ||
      !append_text (intelligence, text, "Professional standards’ view", "SELECT CASE objection WHEN 1 THEN 'objection' ELSE 'no objection' END || coalesce (': ' || reasons, '')"
                                                                        " FROM standards_view WHERE second_job_uid = $key ORDER BY id DESC LIMIT 1",
                    probity_record_get_uid (job),
                    error))
    return NULL;
  if (step->text != NULL && *step->text != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", step->text);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static gboolean
sign_bundle (ProbityStep       *step,
             ProbityWrite      *write,
             ProbityGateSource *source,
             ProbityGate       *gate,
             ProbityRow        *row,
             GError           **error)
{
  static const char *const columns[] = { "complaints_check_uid", "intelligence_check_uid" };
  g_autofree char         *restricted = compose (step, source->intelligence, gate->job, error);

  if (restricted == NULL)
    return FALSE;
  probity_row_set (row, "second_job_uid", probity_record_get_uid (gate->job));
  probity_row_set (row, "reference", probity_record_get_reference (gate->job));
  probity_row_set (row, "staff_number", probity_record_get (gate->job, "staff_number"));
  probity_row_set (row, "appeal_uid", probity_row_get (gate->appeal, "uid"));
  probity_row_set (row, "round", probity_record_get (gate->job, "round"));
  probity_row_set (row, "restricted", restricted);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (gate->checks[i].clearance != NULL)
      probity_row_set (row, columns[i], probity_row_get (gate->checks[i].clearance, "check_uid"));
  probity_row_set (row, "material_digest", probity_record_get (gate->job, "material_digest"));

  return probity_signed_insert (&probity_signed_appeal_bundle, write, step->session, source->intelligence, probity_record_get_uid (gate->job), row, error) &&
         probity_audit_add (write, step->session, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_VERB_COLLECTION, "second-job", probity_record_get_uid (gate->job), "appeal_bundle", NULL, restricted, error);
}

static gboolean
write_boxes (ProbityStep       *step,
             ProbityWrite      *write,
             ProbityGateSource *source,
             ProbityGate       *gate,
             ProbityRow        *bundle,
             GError           **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_row_free);
  g_autoptr (GHashTable) parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_hash_table_add (parts, g_strdup (probity_session_get_person (step->session)));
  if (!probity_gate_load_appealed (gate, source, parts, error) ||
      !probity_gate_seal_appeal (write, step->session, source->registers, gate, bundle, parts, rows, error))
    return FALSE;

  return probity_second_job_put_boxes (write, step->session, source->registers, gate->job, PROBITY_BOXES_APPEAL, rows, error);
}

static gboolean
seal_write (ProbityWrite *write,
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
  g_autoptr (ProbityRow) row = probity_row_new ();
  gboolean ready;

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_SEAL_APPEAL, error) ||
      !probity_second_job_require_appeal (job, error))
    return FALSE;
  if (step->text != NULL && *step->text != '\0' && !probity_step_require_text ("restricted_reasons", step->text, error))
    return FALSE;

  ready = probity_gate_source_init_write (&source, step->session, write, error);
  keyring = source.keyring;
  if (!ready || !probity_access_check (step->session, PROBITY_OPERATION_READ_INTELLIGENCE, error) ||
      (gate = probity_gate_examine (&source, job, error)) == NULL)
    return FALSE;
  if (gate->appeal == NULL)
    return probity_step_refuse (error, "appeal", "The appeal on %s is not signed by who could lodge it", step->reference);
  if (!sign_bundle (step, write, &source, gate, row, error) ||
      !write_boxes (step, write, &source, gate, row, error))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

DexFuture *
probity_appeal_seal (ProbitySession *session,
                     const char     *reference,
                     const char     *note)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("seal-appeal");
  step->text = g_strdup (note);

  return probity_step_run (step, seal_write);
}

static void
set_of_comment (ProbityValues *values,
                guint          number,
                const char    *what,
                const char    *text)
{
  g_autofree char *field = g_strdup_printf ("comment-%u%s", number, what);

  probity_values_set (values, field, text);
}

static void
add_comments (ProbityGate    *gate,
              ProbityKeyring *keyring,
              ProbityValues  *values)
{
  for (guint i = 0; i < gate->comments->len; i++)
    {
      ProbityRow           *row = g_ptr_array_index (gate->comments, i);
      const ProbityAccount *account = probity_keyring_find (keyring, probity_row_get (row, "account"));
      const char           *who = account != NULL ? account->name : probity_row_get (row, "person");
      const gboolean        supports = probity_row_get_int (row, "supports") != 0;
      g_autofree char      *text = g_strdup_printf ("%s (%s): %s", who, supports ? "supports" : "does not support", probity_row_get (row, "text"));

      set_of_comment (values, i + 1, "", text);
      set_of_comment (values, i + 1, "-for", probity_row_get (row, "for_role"));
      set_of_comment (values, i + 1, "-who", who);
      set_of_comment (values, i + 1, "-supports", supports ? "supports" : "does-not-support");
      set_of_comment (values, i + 1, "-text", probity_row_get (row, "text"));
    }
}

/* Looking is logged before anything is shown; where the reader's other doings are. */
static gboolean
load_write (ProbityWrite *write,
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
  g_autoptr (ProbityValues) values = probity_values_new ();
  gboolean ready;

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_second_job_require_appeal (job, error))
    return FALSE;
  ready = probity_gate_source_init_write (&source, step->session, write, error);
  keyring = source.keyring;
  if (!ready || (gate = probity_gate_examine (&source, job, error)) == NULL)
    return FALSE;

  probity_values_set (values, "open_reasons", probity_record_get (job, "open_reasons"));
  probity_values_set (values, "conditions", probity_record_get (job, "conditions"));
  if (gate->appeal != NULL)
    {
      probity_values_set (values, "grounds", probity_row_get (gate->appeal, "grounds"));
      probity_values_set (values, "companion", probity_row_get (gate->appeal, "companion"));
    }
  add_comments (gate, keyring, values);
  if (gate->bundle != NULL)
    {
      const ProbityAccount *sealer = probity_keyring_find (keyring, probity_row_get (gate->bundle, "account"));

      probity_values_set (values, "restricted", probity_row_get (gate->bundle, "restricted"));
      probity_values_set (values, "sealed_by", sealer != NULL ? sealer->name : NULL);
      probity_values_set (values, "sealed_at", probity_row_get (gate->bundle, "at"));
    }

  return probity_audit_add (write, step->session, probity_casebook_get_highest (probity_session_get_casebook (step->session)), PROBITY_VERB_CONSULTATION, "second-job", probity_record_get_uid (job), "appeal_bundle", NULL, NULL, error) &&
         probity_part_return (result, g_steal_pointer (&values));
}

DexFuture *
probity_appeal_load_bundle (ProbitySession *session,
                            const char     *reference)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("appeal-bundle");

  return probity_step_run (step, load_write);
}
