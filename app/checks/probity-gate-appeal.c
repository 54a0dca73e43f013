/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-gate-private.h"

/*
 * What an appeal needs before it can be upheld: both checks as any approval, and the bundle of reasons
 * that a decider sealed to the chief officer. It carries what is restricted, and both clearances to who
 * cannot read the checks. Every box has one size, whatever is in it.
 */

#define BOX_BYTES 32768

static const ProbityRoles lodge_roles = PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR | PROBITY_ROLE_PSD_OFFICER;

static gboolean
load_appeal (ProbityGate             *self,
             const ProbityGateSource *source,
             GError                 **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, probity_record_get_id (self->job));
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_appeal, source->registers, "second_job_id = $key ORDER BY id DESC LIMIT 1", id, error);

  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    {
      ProbityRow *row = g_ptr_array_index (rows, 0);

      if (probity_gate_prove (self, source, &probity_signed_appeal, row, probity_row_get (row, "at"), lodge_roles, "forged-appeal", source->registers) &&
          g_strcmp0 (probity_row_get (row, "decision_uid"), probity_record_get (self->job, "decision_uid")) == 0)
        self->appeal = g_ptr_array_steal_index (rows, 0);
    }

  return TRUE;
}

/* Of this appeal and this application; signed by a decider. */
static gboolean
holds_bundle (ProbityGate             *self,
              const ProbityGateSource *source,
              ProbityRow              *bundle)
{
  return self->appeal != NULL &&
         probity_gate_prove (self, source, &probity_signed_appeal_bundle, bundle, probity_row_get (bundle, "at"), PROBITY_ROLE_DECIDER, "forged-appeal-bundle", source->intelligence) &&
         g_strcmp0 (probity_row_get (bundle, "appeal_uid"), probity_row_get (self->appeal, "uid")) == 0 &&
         probity_row_get_int (bundle, "round") == probity_second_job_get_round (self->job) &&
         g_strcmp0 (probity_row_get (bundle, "material_digest"), probity_record_get (self->job, "material_digest")) == 0;
}

static gboolean
is_of_check (ProbityGate     *self,
             ProbityRow      *bundle,
             ProbityCheckKind kind,
             const char      *column)
{
  ProbityRow *clearance = self->checks[kind].clearance;

  return clearance != NULL && g_strcmp0 (probity_row_get (bundle, column), probity_row_get (clearance, "check_uid")) == 0;
}

static gboolean
examine_inside (ProbityGate             *self,
                const ProbityGateSource *source,
                GError                 **error)
{
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_appeal_bundle, source->intelligence, "second_job_uid = $key ORDER BY id DESC LIMIT 1", probity_record_get_uid (self->job), error);

  if (rows == NULL)
    return FALSE;
  if (rows->len > 0 && holds_bundle (self, source, g_ptr_array_index (rows, 0)))
    self->bundle = g_ptr_array_steal_index (rows, 0);
  if (self->bundle == NULL ||
      !is_of_check (self, self->bundle, PROBITY_CHECK_COMPLAINTS, "complaints_check_uid") ||
      !is_of_check (self, self->bundle, PROBITY_CHECK_INTELLIGENCE, "intelligence_check_uid"))
    probity_gate_add_missing (self, "reasons-bundle");

  return TRUE;
}

static gboolean
count_boxes (ProbityDb  *registers,
             gint64      job_id,
             const char *account,
             gint64     *ret_n,
             GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (registers, error, "SELECT count(*) FROM appeal_box WHERE second_job_id = $id AND account = $account", "$id", 'i', job_id, "$account", 's', account, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  *ret_n = probity_statement_get_int64 (statement, 0);

  return TRUE;
}

static ProbityRow *
take_row (ProbityRow *content,
          const char *name)
{
  const char *json = probity_row_get (content, name);

  return json != NULL ? probity_row_from_json (json, NULL) : NULL;
}

/* The newest box of this account; NULL where it is void, not the one that belongs here or not there. */
static gboolean
open_box (const ProbityGateSource *source,
          ProbityRecord           *job,
          ProbityRow             **ret_content,
          GError                 **error)
{
  const char *account = probity_session_get_account_uid (source->session);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GBytes) box = NULL;
  g_autoptr (GBytes) opened = NULL;
  g_autoptr (ProbityRow) content = NULL;
  g_autofree char *json = NULL;
  gint64           n;
  gboolean         row;

  *ret_content = NULL;
  if (!count_boxes (source->registers, probity_record_get_id (job), account, &n, error))
    return FALSE;
  statement = probity_db_query (source->registers, error, "SELECT box FROM appeal_box WHERE second_job_id = $id AND account = $account ORDER BY id DESC LIMIT 1", "$id", 'i', probity_record_get_id (job), "$account", 's', account, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  box = probity_statement_dup_bytes (statement, 0);
  opened = box != NULL ? probity_session_open_sealed (source->session, box, NULL) : NULL;
  if (opened == NULL || g_bytes_get_size (opened) != BOX_BYTES)
    return TRUE;
  json = g_strndup (g_bytes_get_data (opened, NULL), BOX_BYTES);
  content = probity_row_from_json (json, NULL);
  if (content != NULL && g_strcmp0 (probity_row_get (content, "second_job"), probity_record_get_uid (job)) == 0 &&
      probity_row_get_int (content, "place") == n)
    *ret_content = g_steal_pointer (&content);

  return TRUE;
}

static void
take_clearance (ProbityGate             *self,
                const ProbityGateSource *source,
                ProbityRow              *content,
                ProbityCheckKind         kind,
                const char              *code)
{
  g_autoptr (ProbityRow) clearance = take_row (content, probity_check_kind_to_string (kind));

  if (clearance == NULL || !probity_gate_holds_clearance (self, source, kind, clearance))
    return;
  self->checks[kind].clearance = g_steal_pointer (&clearance);
  probity_gate_drop_missing (self, code);
}

/* What was sealed to this chief officer, the clearances with it. */
static gboolean
examine_box (ProbityGate             *self,
             const ProbityGateSource *source,
             GError                 **error)
{
  g_autoptr (ProbityRow) content = NULL;
  g_autoptr (ProbityRow) bundle = NULL;

  if ((probity_session_get_roles (source->session) & PROBITY_ROLE_CHIEF_OFFICER) == 0)
    {
      probity_gate_add_unseen (self, "reasons-bundle");
    }
  else
    {
      if (!open_box (source, self->job, &content, error))
        return FALSE;
      bundle = content != NULL ? take_row (content, "bundle") : NULL;
      if (bundle != NULL && holds_bundle (self, source, bundle))
        {
          take_clearance (self, source, content, PROBITY_CHECK_COMPLAINTS, "complaints-check");
          take_clearance (self, source, content, PROBITY_CHECK_INTELLIGENCE, "intelligence-check");
          self->bundle = g_steal_pointer (&bundle);
        }
      if (self->bundle == NULL)
        probity_gate_add_missing (self, "reasons-bundle");
    }

  return TRUE;
}

gboolean
probity_gate_examine_appeal (ProbityGate             *self,
                             const ProbityGateSource *source,
                             GError                 **error)
{
  if (!load_appeal (self, source, error))
    return FALSE;

  return source->intelligence != NULL ? examine_inside (self, source, error) : examine_box (self, source, error);
}

static gboolean
add_persons (ProbityDb  *db,
             const char *sql,
             const char *key,
             GHashTable *persons,
             GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$key", 's', key, NULL);

  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      g_hash_table_add (persons, probity_statement_dup_text (statement, 0));
    }
}

gboolean
probity_gate_load_appealed (ProbityGate             *self,
                            const ProbityGateSource *source,
                            GHashTable              *persons,
                            GError                 **error)
{
  const char *decision = probity_record_get (self->job, "decision_uid");

  if (self->appeal != NULL)
    g_hash_table_add (persons, g_strdup (probity_row_get (self->appeal, "person")));
  if (self->bundle != NULL)
    g_hash_table_add (persons, g_strdup (probity_row_get (self->bundle, "person")));

  return add_persons (source->registers, "SELECT person FROM decision WHERE uid = $key", decision != NULL ? decision : "", persons, error) &&
         (source->intelligence == NULL ||
          add_persons (source->intelligence, "SELECT person FROM standards_view WHERE second_job_uid = $key", probity_record_get_uid (self->job), persons, error));
}

static GBytes *
fill_box (ProbityRecord *job,
          gint64         place,
          ProbityGate   *gate,
          ProbityRow    *bundle,
          GError       **error)
{
  g_autoptr (ProbityRow) content = probity_row_new ();
  g_autofree char *json = NULL;
  char            *padded;

  probity_row_set (content, "second_job", probity_record_get_uid (job));
  probity_row_set_int (content, "place", place);
  if (bundle != NULL)
    {
      g_autofree char *bundle_json = probity_row_to_json (bundle);

      probity_row_set (content, "bundle", bundle_json);
      for (guint i = 0; i < G_N_ELEMENTS (gate->checks); i++)
        if (gate->checks[i].clearance != NULL)
          {
            g_autofree char *clearance = probity_row_to_json (gate->checks[i].clearance);

            probity_row_set (content, probity_check_kind_to_string ((ProbityCheckKind) i), clearance);
          }
    }
  json = probity_row_to_json (content);
  if (strlen (json) >= BOX_BYTES)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "restricted_reasons", "The restricted reasons are too long to be sealed"));
      return NULL;
    }
  padded = g_malloc (BOX_BYTES);
  memset (padded, ' ', BOX_BYTES);
  memcpy (padded, json, strlen (json));

  return g_bytes_new_take (padded, BOX_BYTES);
}

static ProbityRow *
seal_box (ProbityWrite         *write,
          ProbitySession       *session,
          ProbityDb            *registers,
          ProbityRecord        *job,
          const ProbityAccount *account,
          ProbityGate          *gate,
          ProbityRow           *bundle,
          GError              **error)
{
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GBytes) box = NULL;
  g_autofree char *uid = probity_write_new_uid (write);
  gint64           n;

  if (!count_boxes (registers, probity_record_get_id (job), account->uid, &n, error) ||
      (content = fill_box (job, n + 1, gate, bundle, error)) == NULL ||
      (box = probity_session_seal_to_account (session, account->uid, content, error)) == NULL)
    return NULL;
  probity_row_set (row, "uid", uid);
  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "account", account->uid);
  probity_row_set (row, "at", probity_write_get_now (write));
  probity_row_set_bytes (row, "box", box);

  return g_steal_pointer (&row);
}

gboolean
probity_gate_seal_appeal (ProbityWrite   *write,
                          ProbitySession *session,
                          ProbityDb      *registers,
                          ProbityGate    *gate,
                          ProbityRow     *bundle,
                          GHashTable     *parts,
                          GPtrArray      *ret_rows,
                          GError        **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  g_autofree char *applicant = g_strconcat ("staff:", probity_record_get (gate->job, "staff_number"), NULL);

  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);
      g_autofree char      *person = NULL;
      ProbityRow           *row;

      if (!probity_access_account_may (account, PROBITY_OPERATION_DECIDE_APPEAL))
        continue;
      person = probity_keyring_dup_person_of (keyring, account->uid);
      if (g_strcmp0 (person, applicant) == 0 || g_hash_table_contains (parts, person))
        continue;
      if ((row = seal_box (write, session, registers, gate->job, account, gate, bundle, error)) == NULL)
        return FALSE;
      g_ptr_array_add (ret_rows, row);
    }
  if (ret_rows->len > 0)
    return TRUE;

  g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "There is no account of a chief officer, or acting one, who took no part in %s", probity_record_get_reference (gate->job));

  return FALSE;
}

gboolean
probity_gate_void_appeal (ProbityWrite   *write,
                          ProbitySession *session,
                          ProbityDb      *registers,
                          ProbityRecord  *job,
                          GError        **error)
{
  g_autoptr (ProbityKeyring) keyring = NULL;
  gboolean any = FALSE;

  if (!probity_second_job_has_appeal (job))
    return TRUE;
  keyring = probity_session_dup_keyring (session);
  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);
      g_autoptr (ProbityRow) row = NULL;
      gint64 n;

      if (!count_boxes (registers, probity_record_get_id (job), account->uid, &n, error))
        return FALSE;
      if (n == 0)
        continue;
      any = TRUE;
      if ((row = seal_box (write, session, registers, job, account, NULL, NULL, error)) == NULL ||
          !probity_row_insert (registers, "appeal_box", row, error))
        return FALSE;
    }

  /* The same words for a bundle and for its end. */
  return !any ||
         probity_audit_add (write, session, PROBITY_COMPARTMENT_REGISTERS, PROBITY_VERB_ALTERATION, "second-job", probity_record_get_uid (job), "appeal-box", NULL, "renewed", error);
}
