/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-log.h"

#include "probity-case-signed.h"
#include "probity-instant.h"
#include "probity-part.h"

/* Rule: a decision may be amended by who recorded it for 24 hours, then it is sealed. */
#define AMEND_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

const char *const probity_decision_fields[] = {
  "title",
  "information",
  "threat",
  "powers",
  "options",
  "action",
  "ethics",
  "reasons",
  "decided_by",
  NULL,
};

static const char *const needed[] = { "title", "options", "reasons", NULL };

static gboolean
read_fields (ProbityStep *step,
             ProbityRow  *row,
             GError     **error)
{
  for (guint i = 0; probity_decision_fields[i] != NULL; i++)
    {
      const char *field = probity_decision_fields[i];
      const char *value = probity_values_get (step->values, field);

      if (value != NULL)
        probity_row_set (row, field, *value != '\0' ? value : NULL);
      value = probity_row_get (row, field);
      if ((value != NULL || g_strv_contains (needed, field)) && !probity_step_require_text (field, value, error))
        return FALSE;
    }

  return TRUE;
}

/* Writes one wording of a decision, the first or an amendment. */
static gboolean
write_decision (ProbityStep   *step,
                ProbityWrite  *write,
                ProbityDb     *db,
                ProbityRecord *record,
                ProbityRow    *row,
                GValue        *result,
                GError       **error)
{
  const gboolean   first = probity_row_get_int (row, "amendment") == 0;
  g_autofree char *field = g_strdup_printf (first ? "decision-%s" : "decision-%s:amended", probity_row_get (row, "number"));
  g_autofree char *text = g_strdup_printf ("%s: %s", probity_row_get (row, "title"), probity_row_get (row, "reasons"));
  ProbityValues   *values;

  probity_row_set (row, "case_uid", step->uid);
  if (!probity_signed_insert (&probity_signed_case_decision, write, step->session, db, step->uid, row, error) ||
      !probity_step_log (step, write, record, first ? PROBITY_VERB_COLLECTION : PROBITY_VERB_ALTERATION, field, NULL, text, error))
    return FALSE;

  values = probity_values_new ();
  probity_values_set (values, "number", probity_row_get (row, "number"));
  probity_values_set (values, "reference", probity_record_get_reference (record));
  probity_step_note_change (step, write, record);

  return probity_part_return (result, values);
}

static gboolean
add_write (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *uid = probity_write_new_uid (write);
  gboolean         found;

  probity_row_set (row, "decided_by", probity_session_get_account_name (step->session));
  if (!probity_step_find_work (step, write, &db, &record, error) ||
      !read_fields (step, row, error))
    return FALSE;

  statement = probity_db_query (db, error, "SELECT coalesce (max (number), 0) + 1 FROM case_decision WHERE case_uid = $uid", "$uid", 's', step->uid, NULL);
  if (statement == NULL || !probity_statement_step (statement, &found, error))
    return FALSE;
  probity_row_set (row, "uid", uid);
  probity_row_set (row, "decision_uid", uid);
  probity_row_set_int (row, "amendment", 0);
  probity_row_set_int (row, "number", probity_statement_get_int64 (statement, 0));
  g_clear_pointer (&statement, probity_statement_free);

  return write_decision (step, write, db, record, row, result, error);
}

DexFuture *
probity_decision_log_add (ProbitySession        *session,
                          const ProbityCaseKind *kind,
                          const char            *reference,
                          ProbityValues         *values)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && values != NULL);

  step = probity_step_new (session, kind, reference);
  step->action = g_strdup ("decision-add");
  step->values = probity_values_ref (values);

  return probity_step_run (step, add_write);
}

static gboolean
is_sealed (const char *first_at,
           const char *now)
{
  gint64 first_ms, now_ms;

  return !probity_instant_to_ms (first_at, &first_ms) || !probity_instant_to_ms (now, &now_ms) || now_ms - first_ms > AMEND_MS;
}

static gboolean
amend_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  ProbityRow  *first = NULL;
  ProbityRow  *last = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();

  if (!probity_step_find_work (step, write, &db, &record, error) ||
      (rows = probity_signed_load (&probity_signed_case_decision, db, "case_uid = $key ORDER BY number, amendment", step->uid, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (probity_row_get_int (g_ptr_array_index (rows, i), "number") == step->version)
      {
        last = g_ptr_array_index (rows, i);
        first = first != NULL ? first : last;
      }
  if (first == NULL)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "number", "There is no decision %" G_GINT64_FORMAT, step->version));
      return FALSE;
    }
  if (g_strcmp0 (probity_row_get (first, "person"), probity_session_get_person (step->session)) != 0)
    return probity_step_refuse (error, "not-your-step", "A decision is amended by who recorded it");
  if (is_sealed (probity_row_get (first, "at"), probity_write_get_now (write)))
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "Decision %s of %s is sealed: 24 hours have passed", probity_row_get (first, "number"), probity_record_get_reference (record));
      return FALSE;
    }

  for (guint i = 0; probity_decision_fields[i] != NULL; i++)
    probity_row_set (row, probity_decision_fields[i], probity_row_get (last, probity_decision_fields[i]));
  if (!read_fields (step, row, error))
    return FALSE;
  probity_row_set (row, "decision_uid", probity_row_get (first, "uid"));
  probity_row_set (row, "number", probity_row_get (first, "number"));
  probity_row_set_int (row, "amendment", probity_row_get_int (last, "amendment") + 1);

  return write_decision (step, write, db, record, row, result, error);
}

DexFuture *
probity_decision_log_amend (ProbitySession        *session,
                            const ProbityCaseKind *kind,
                            const char            *reference,
                            guint                  number,
                            ProbityValues         *values)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && values != NULL);

  step = probity_step_new (session, kind, reference);
  step->action = g_strdup ("decision-amend");
  step->version = number;
  step->values = probity_values_ref (values);

  return probity_step_run (step, amend_write);
}

/* Until when the decision whose first wording is of @at may be amended. */
static char *
dup_sealed_at (const char *at)
{
  gint64 ms;

  return probity_instant_to_ms (at, &ms) ? probity_instant_from_ms (ms + AMEND_MS) : NULL;
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  static const char *const names[] = {
    "number",
    "amendment",
    "uid",
    "title",
    "information",
    "threat",
    "powers",
    "options",
    "action",
    "ethics",
    "reasons",
    "decided_by",
    "at",
    "@who",
    "person",
    "?latest",
    "first_at",
    NULL,
  };
  ProbityStep     *step = data;
  g_autofree char *now = probity_clock_dup_now (probity_casebook_get_clock (probity_session_get_casebook (step->session)));
  ProbityDb       *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) decisions = NULL;

  if (!probity_step_find_read (step, read, &db, &record, error))
    return FALSE;
  decisions = probity_part_load (db,
                                 step->session,
                                 "SELECT d.number, d.amendment, d.uid, d.title, d.information, d.threat, d.powers, d.options, d.action, d.ethics, d.reasons,"
                                 " d.decided_by, d.at, d.account, d.person,"
                                 " d.amendment = (SELECT max (m.amendment) FROM case_decision AS m WHERE m.decision_uid = d.decision_uid),"
                                 " (SELECT f.at FROM case_decision AS f WHERE f.uid = d.decision_uid)"
                                 " FROM case_decision AS d WHERE d.case_uid = $uid ORDER BY d.number, d.amendment",
                                 step->uid,
                                 names,
                                 error);
  if (decisions == NULL)
    return FALSE;
  for (guint i = 0; i < decisions->len; i++)
    {
      ProbityValues   *decision = g_ptr_array_index (decisions, i);
      const char      *first_at = probity_values_get (decision, "first_at");
      const gboolean   sealed = is_sealed (first_at, now);
      const gboolean   own = g_strcmp0 (probity_values_get (decision, "person"), probity_session_get_person (step->session)) == 0;
      g_autofree char *sealed_at = dup_sealed_at (first_at);

      probity_values_set (decision, "sealed", sealed ? "true" : "false");
      probity_values_set (decision, "sealed_at", sealed_at);
      probity_values_set (decision, "may_amend", !sealed && own && g_str_equal (probity_values_get (decision, "latest"), "true") ? "true" : "false");
    }

  return probity_part_return_list (result, g_steal_pointer (&decisions));
}

DexFuture *
probity_decision_log_load (ProbitySession        *session,
                           const ProbityCaseKind *kind,
                           const char            *reference)
{
  return probity_part_read (session, kind, reference, "decisions", load_read);
}
