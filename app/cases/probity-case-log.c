/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-log.h"

#include "probity-case-signed.h"
#include "probity-part.h"

const char *const probity_case_log_kinds[] = { "note", "enquiry", "contact", "meeting", "advice", "disclosure", "correction", NULL };

static gboolean
find_entry (ProbityDb  *db,
            const char *case_uid,
            guint       number,
            char      **ret_uid,
            GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT uid FROM case_log WHERE case_uid = $uid ORDER BY id LIMIT 1 OFFSET $before", "$uid", 's', case_uid, "$before", 'i', (gint64) number - 1, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "corrects", "There is no entry %u", number));
      return FALSE;
    }
  *ret_uid = probity_statement_dup_text (statement, 0);

  return TRUE;
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
  g_autofree char *corrects = NULL;
  g_autofree char *field = NULL;
  ProbityValues   *values;
  gboolean         found;

  if (!probity_step_find_work (step, write, &db, &record, error) ||
      !probity_step_require_text ("text", step->text, error))
    return FALSE;
  if (!g_strv_contains (probity_case_log_kinds, step->for_role) ||
      g_str_equal (step->for_role, "correction") != (step->version > 0))
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID,
                                                         "kind",
                                                         step->version > 0 ? "What corrects another entry is a correction" : "There are no log entries of the kind “%.64s”",
                                                         step->for_role));
      return FALSE;
    }
  if (step->version > 0 && !find_entry (db, step->uid, (guint) step->version, &corrects, error))
    return FALSE;

  probity_row_set (row, "case_uid", step->uid);
  probity_row_set (row, "kind", step->for_role);
  probity_row_set (row, "text", step->text);
  probity_row_set (row, "corrects", corrects);
  field = g_strconcat ("log:", step->for_role, NULL);
  if (!probity_signed_insert (&probity_signed_case_log, write, step->session, db, step->uid, row, error) ||
      !probity_step_log (step, write, record, PROBITY_VERB_COLLECTION, field, NULL, step->text, error))
    return FALSE;

  statement = probity_db_query (db, error, "SELECT count (*) FROM case_log WHERE case_uid = $uid", "$uid", 's', step->uid, NULL);
  if (statement == NULL || !probity_statement_step (statement, &found, error))
    return FALSE;
  values = probity_values_new ();
  probity_values_set (values, "number", probity_statement_get_text (statement, 0));
  probity_values_set (values, "reference", probity_record_get_reference (record));
  probity_step_note_change (step, write, record);

  return probity_part_return (result, values);
}

DexFuture *
probity_case_log_add (ProbitySession        *session,
                      const ProbityCaseKind *kind,
                      const char            *reference,
                      const char            *entry_kind,
                      const char            *text,
                      guint                  corrects)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, kind, reference);
  step->action = g_strdup ("log-add");
  step->for_role = g_strdup (entry_kind != NULL ? entry_kind : corrects > 0 ? "correction"
                                                                            : "note");
  step->text = g_strdup (text);
  step->version = corrects;

  return probity_step_run (step, add_write);
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  static const char *const names[] = { "number", "uid", "at", "@who", "kind", "text", "corrects", "corrected_by", NULL };
  ProbityStep             *step = data;
  ProbityDb               *db;
  g_autoptr (ProbityRecord) record = NULL;
  GPtrArray *entries;

  if (!probity_step_find_read (step, read, &db, &record, error))
    return FALSE;
  entries = probity_part_load (db,
                               step->session,
                               "WITH entry AS (SELECT l.*, row_number () OVER (ORDER BY l.id) AS number FROM case_log AS l WHERE l.case_uid = $uid)"
                               " SELECT e.number, e.uid, e.at, e.account, e.kind, e.text,"
                               " (SELECT c.number FROM entry AS c WHERE c.uid = e.corrects),"
                               " (SELECT group_concat (c.number) FROM entry AS c WHERE c.corrects = e.uid)"
                               " FROM entry AS e ORDER BY e.number",
                               step->uid,
                               names,
                               error);

  return entries != NULL && probity_part_return_list (result, entries);
}

DexFuture *
probity_case_log_load (ProbitySession        *session,
                       const ProbityCaseKind *kind,
                       const char            *reference)
{
  return probity_part_read (session, kind, reference, "log", load_read);
}
