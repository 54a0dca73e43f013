/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

/* Whose list it is. */

ProbityStep *
probity_exposure_step_new (ProbitySession *session,
                           const char     *reference,
                           const char     *action)
{
  ProbityStep *step = probity_step_new (session, &probity_leak_case, reference);

  step->action = g_strdup (action);

  return step;
}

gboolean
probity_exposure_find_case (ProbityStep  *step,
                            ProbityWrite *write,
                            ProbityRead  *read,
                            ProbityDb   **ret_db,
                            GError      **error)
{
  g_autoptr (ProbityRecord) record = NULL;

  if (!probity_access_check (step->session, PROBITY_OPERATION_EXPOSURE, error))
    return FALSE;

  return write != NULL ? probity_step_find (step, write, ret_db, &record, error) : probity_step_find_read (step, read, ret_db, &record, error);
}

gboolean
probity_exposure_log_entry (ProbityStep  *step,
                            ProbityWrite *write,
                            ProbityVerb   verb,
                            const char   *field,
                            const char   *old_value,
                            const char   *new_value,
                            GError      **error)
{
  if (!probity_audit_add (write, step->session, PROBITY_COMPARTMENT_INTELLIGENCE, verb, PROBITY_EXPOSURE_KIND, step->uid, field, old_value, new_value, error))
    return FALSE;

  probity_write_note_change (write, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_EXPOSURE_KIND, 0, step->uid);

  return TRUE;
}

gboolean
probity_exposure_require_open (ProbityDb  *db,
                               const char *case_uid,
                               GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT 1 FROM exposure_disposal WHERE case_uid = $case UNION ALL SELECT 1 FROM investigation_case WHERE uid = $case AND closed IS NOT NULL", "$case", 's', case_uid, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "The case was closed, and its list with it");

  return !row;
}

gboolean
probity_exposure_read_eliminated (ProbityExposureReckoning *self,
                                  GArray                   *ids,
                                  GError                  **error)
{
  g_autoptr (ProbityStatement) statement = NULL;

  if (!probity_exposure_reckoning_read_counted (self, error))
    return FALSE;
  statement = probity_db_query (self->db, error, "SELECT p.id FROM leak_subject AS s JOIN leak AS l ON l.id = s.leak_id JOIN exposure_person AS p ON p.case_uid = l.uid AND p.key = 'staff:' || s.staff_number"
                                                 " WHERE l.uid = $case AND s.eliminated IS NOT NULL AND s.staff_number IS NOT NULL ORDER BY p.id",
                                "$case",
                                's',
                                self->case_uid,
                                NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      const ProbityExposureMember *member;
      gboolean                     row;
      gint64                       id;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      id = probity_statement_get_int64 (statement, 0);
      member = probity_exposure_reckoning_find (self, id);
      if (member != NULL && member->counted && !member->hidden)
        g_array_append_val (ids, id);
    }
  if (ids->len > 0)
    return TRUE;

  g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "Nobody in the list is eliminated in the case");

  return FALSE;
}

void
probity_exposure_name_account (ProbityKeyring *keyring,
                               char          **account)
{
  const ProbityAccount *found = *account != NULL ? probity_keyring_find (keyring, *account) : NULL;

  if (found != NULL)
    g_set_str (account, found->name);
}
