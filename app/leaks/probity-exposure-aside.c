/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

#include "probity-case-signed.h"

/*
 * A log that was imported with wrong columns, in a wrong time zone or for a wrong system is set aside: it stays as it
 * came in, and takes no part. What was recorded is not rewritten, since the list follows from the steps and the logs that
 * take part whenever it is reckoned.
 */

const ProbitySignedTable probity_signed_exposure_set_aside = {
  "probity/exposure-set-aside/1",
  "exposure_set_aside",
  "signature",
  "case_uid",
  (const char *const[]) { "uid", "log_uid", "aside", "steps", "reason", "account", "person", "at", NULL },
  "case",
};

/* Reading ---------------------------------------------------------------------------------------- */

static ProbityExposureLog *
find_log (GPtrArray  *logs,
          const char *uid)
{
  for (guint i = 0; i < logs->len; i++)
    {
      ProbityExposureLog *log = g_ptr_array_index (logs, i);

      if (g_strcmp0 (log->uid, uid) == 0)
        return log;
    }

  return NULL;
}

gboolean
probity_exposure_read_changes (ProbityDb  *db,
                               const char *case_uid,
                               GPtrArray  *logs,
                               GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT log_uid, aside, reason, account, at, steps FROM exposure_set_aside WHERE case_uid = $case ORDER BY id", "$case", 's', case_uid, NULL);

  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      ProbityExposureChange *change;
      ProbityExposureLog    *log;
      gboolean               row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      log = find_log (logs, probity_statement_get_text (statement, 0));
      if (log == NULL)
        continue;

      change = g_new0 (ProbityExposureChange, 1);
      change->aside = probity_statement_get_int64 (statement, 1) != 0;
      change->reason = probity_statement_dup_text (statement, 2);
      change->by = probity_statement_dup_text (statement, 3);
      change->at = probity_statement_dup_text (statement, 4);
      change->steps = probity_statement_get_int64 (statement, 5);
      g_ptr_array_add (log->changes, change);
      log->set_aside = change->aside;
    }
}

/* Writing ---------------------------------------------------------------------------------------- */

/* Refuses, before the database does, what cannot be. */
static gboolean
require_change (const ProbityExposureLog *log,
                GPtrArray                *logs,
                gboolean                  aside,
                GError                  **error)
{
  if (log->set_aside == aside)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, aside ? "The log %s of %s is set aside already" : "The log %s of %s is not set aside", log->file_name, log->system);
      return FALSE;
    }
  for (guint i = 0; !aside && i < logs->len; i++)
    {
      const ProbityExposureLog *other = g_ptr_array_index (logs, i);

      if (!other->set_aside && strcmp (other->sha256, log->sha256) == 0)
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_EXISTS, "log", "This very file was imported again, as a log of %s; one of them can take part", other->system));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
insert_change (ProbityStep              *step,
               ProbityWrite             *write,
               ProbityDb                *db,
               const ProbityExposureLog *log,
               GError                  **error)
{
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean found;

  statement = probity_db_query (db, error, "SELECT coalesce (max (number), 0) FROM exposure_step WHERE case_uid = $case", "$case", 's', step->uid, NULL);
  if (statement == NULL || !probity_statement_step (statement, &found, error))
    return FALSE;

  probity_row_set (row, "case_uid", step->uid);
  probity_row_set (row, "log_uid", log->uid);
  probity_row_set_int (row, "aside", step->flag);
  probity_row_set_int (row, "steps", probity_statement_get_int64 (statement, 0));
  probity_row_set (row, "reason", step->reason);

  return probity_signed_insert (&probity_signed_exposure_set_aside, write, step->session, db, step->uid, row, error);
}

static gboolean
change_in_writer (ProbityWrite *write,
                  gpointer      data,
                  GValue       *result,
                  GError      **error)
{
  ProbityStep *step = data;
  g_autoptr (GPtrArray) logs = NULL;
  g_autofree char    *summary = NULL;
  ProbityExposureLog *log;
  ProbityDb          *db;

  if (!probity_exposure_find_case (step, write, NULL, &db, error) || !probity_exposure_require_open (db, step->uid, error))
    return FALSE;
  logs = probity_exposure_read_logs (db, step->uid, 0, error);
  if (logs == NULL)
    return FALSE;
  log = find_log (logs, step->text);
  if (log == NULL)
    return probity_access_set_not_found (error, step->text);
  if (!require_change (log, logs, step->flag, error))
    return FALSE;

  summary = g_strdup_printf ("%s: %s, log of %s, sha256 %s; %s", step->flag ? "set aside" : "taken in again", log->file_name, log->system, log->sha256, step->reason);
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  /* The table asks for the entry. */
  return probity_exposure_log_entry (step, write, PROBITY_VERB_ALTERATION, "log", NULL, summary, error) &&
         insert_change (step, write, db, log, error);
}

static DexFuture *
change_fiber (gpointer data)
{
  return probity_exposure_list_after (data, change_in_writer);
}

static DexFuture *
change (ProbitySession *session,
        const char     *reference,
        const char     *log,
        gboolean        aside,
        const char     *reason)
{
  g_autoptr (ProbityStep) step = probity_exposure_step_new (session, reference, aside ? "exposure set-aside" : "exposure take-in");
  GError *error = NULL;

  if (!probity_step_require_text ("reason", reason, &error))
    return dex_future_new_for_error (error);
  step->text = g_strdup (log);
  step->reason = g_strdup (reason);
  step->flag = aside;

  return dex_scheduler_spawn (NULL, 0, change_fiber, g_steal_pointer (&step), (GDestroyNotify) probity_step_unref);
}

DexFuture *
probity_exposure_set_aside (ProbitySession *session,
                            const char     *reference,
                            const char     *log,
                            const char     *reason)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && log != NULL);

  return change (session, reference, log, TRUE, reason);
}

DexFuture *
probity_exposure_take_in_again (ProbitySession *session,
                                const char     *reference,
                                const char     *log,
                                const char     *reason)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && log != NULL);

  return change (session, reference, log, FALSE, reason);
}

/* Proving ---------------------------------------------------------------------------------------- */

gboolean
probity_exposure_verify (ProbitySession    *session,
                         ProbityRead       *read,
                         ProbityCompartment compartment,
                         GPtrArray         *problems,
                         GError           **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  g_autoptr (GPtrArray) rows = NULL;
  ProbityDb *db;

  if (compartment == PROBITY_COMPARTMENT_JOURNAL)
    return TRUE;
  db = probity_read_get_db (read, compartment, error);
  if (db == NULL)
    return FALSE;
  if (probity_db_get_home (db) != PROBITY_COMPARTMENT_INTELLIGENCE)
    return TRUE;

  rows = probity_signed_load (&probity_signed_exposure_set_aside, db, "1 ORDER BY id", NULL, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (rows, i);

      probity_case_prove_row (&probity_signed_exposure_set_aside, keyring, db, row, probity_row_get (row, "case_uid"), "forged-set-aside", problems);
    }

  return rows != NULL;
}
