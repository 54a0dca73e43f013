/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-audit-private.h"
#include "probity-second-job-private.h"

/*
 * Forms that are not finished: one per account and key, sealed to the account, in the highest compartment that it
 * holds, so that others who hold a lower key don't even see that something is being written. What is written about a
 * sealed case stands with that: its uid alone would tell the others that there is one.
 */

/* (transfer full) (nullable): the case that @key names, as in `case-log:UID` or `leak-line/UID/ROW`. */
static char *
dup_uid (const char *key)
{
  g_auto (GStrv) parts = g_strsplit_set (key, ":/", 3);

  return parts[0] != NULL && parts[1] != NULL && g_uuid_string_is_valid (parts[1]) ? g_strdup (parts[1]) : NULL;
}

static ProbityDb *
get_open_db (ProbityWrite      *write,
             ProbityRead       *read,
             ProbityCompartment compartment,
             GError           **error)
{
  return write != NULL ? probity_write_get_open_db (write, compartment, error) : probity_read_get_open_db (read, compartment, error);
}

static ProbityDb *
find_db (ProbityStep  *step,
         ProbityWrite *write,
         ProbityRead  *read,
         GError      **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (step->session);
  g_autofree char *uid = dup_uid (step->text);

  for (guint i = 0; uid != NULL && i < probity_casebook_get_n_sealed (casebook); i++)
    {
      ProbityDb *db = get_open_db (write, read, (ProbityCompartment) (PROBITY_COMPARTMENT_SEALED + i), error);
      gboolean   tells;

      if (db == NULL || !probity_audit_tells_of (db, uid, &tells, error))
        return NULL;
      if (tells)
        return db;
    }

  return get_open_db (write, read, probity_casebook_get_highest (casebook), error);
}

static gboolean
require_register (ProbityStep *step,
                  GError     **error)
{
  return probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error);
}

static GBytes *
seal_values (ProbityStep *step,
             GError     **error)
{
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_auto (GStrv) fields = probity_values_dup_fields (step->values);
  g_autoptr (GBytes) content = NULL;
  char *json;

  for (guint i = 0; fields[i] != NULL; i++)
    probity_row_set (row, fields[i], probity_values_get (step->values, fields[i]));
  json = probity_row_to_json (row);
  content = g_bytes_new_take (json, strlen (json));

  return probity_session_seal_to_account (step->session, probity_session_get_account_uid (step->session), content, error);
}

static gboolean
save_write (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  ProbityStep *step = data;
  const char  *account = probity_session_get_account_uid (step->session);
  g_autoptr (GBytes) box = NULL;
  ProbityDb *db;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);
  if (!require_register (step, error) || (db = find_db (step, write, NULL, error)) == NULL)
    return FALSE;

  if (step->values == NULL)
    return probity_db_run (db, error, "DELETE FROM draft WHERE account = $account AND key = $key", "$account", 's', account, "$key", 's', step->text, NULL);

  return (box = seal_values (step, error)) != NULL &&
         probity_db_run (db, error, "INSERT INTO draft (account, key, box, at) VALUES ($account, $key, $box, $at)"
                                    " ON CONFLICT (account, key) DO UPDATE SET box = excluded.box, at = excluded.at",
                         "$account",
                         's',
                         account,
                         "$key",
                         's',
                         step->text,
                         "$box",
                         'b',
                         box,
                         "$at",
                         's',
                         probity_write_get_now (write),
                         NULL);
}

/**
 * probity_draft_save:
 * @key: which form, `second-job`, or `comment:UID` where it is about a case
 * @values: (nullable): %NULL removes the draft
 */
DexFuture *
probity_draft_save (ProbitySession *session,
                    const char     *key,
                    ProbityValues  *values)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (key != NULL);

  step = probity_second_job_step_new (session, NULL);
  step->action = g_strdup ("draft");
  step->text = g_strdup (key);
  step->values = values != NULL ? probity_values_ref (values) : NULL;

  return probity_step_run (step, save_write);
}

static void
take_values (ProbityStep *step,
             GBytes      *box,
             GValue      *result)
{
  g_autoptr (GBytes) opened = probity_session_open_sealed (step->session, box, NULL);
  g_autoptr (ProbityRow) row = NULL;
  g_autoptr (ProbityValues) values = NULL;
  g_autofree char *json = NULL;

  /* After a reset the account has another key: the draft is gone. */
  if (opened == NULL)
    return;
  json = g_strndup (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened));
  row = probity_row_from_json (json, NULL);
  if (row == NULL)
    return;
  values = probity_row_to_values (row);
  g_value_take_boxed (result, g_steal_pointer (&values));
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GBytes) box = NULL;
  gboolean row;

  g_value_init (result, PROBITY_TYPE_VALUES);
  if (!require_register (step, error) ||
      (db = find_db (step, NULL, read, error)) == NULL)
    return FALSE;
  statement = probity_db_query (db, error, "SELECT box FROM draft WHERE account = $account AND key = $key", "$account", 's', probity_session_get_account_uid (step->session), "$key", 's', step->text, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (row && (box = probity_statement_dup_bytes (statement, 0)) != NULL)
    take_values (step, box, result);

  return TRUE;
}

/** probity_draft_load: resolves to #ProbityValues, a %NULL box where there is no draft. */
DexFuture *
probity_draft_load (ProbitySession *session,
                    const char     *key)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (key != NULL);

  step = probity_second_job_step_new (session, NULL);
  step->action = g_strdup ("draft");
  step->text = g_strdup (key);

  return probity_step_read (step, load_read);
}
