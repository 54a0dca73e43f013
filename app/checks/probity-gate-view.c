/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <json-glib/json-glib.h>

#include "probity-gate-private.h"

/*
 * Professional standards' view, and the boxes that carry it with both clearances to a signatory who
 * cannot read the checks. Every box of a casebook has one size, and a view that no longer holds is
 * followed by a box that says so inside only.
 */

#define BOX_BYTES 4096

/* The place of a box in the row of boxes for one account and case: an old one put in again shows. */
static gboolean
count_boxes (ProbityDb  *registers,
             gint64      job_id,
             const char *account,
             gint64     *ret_n,
             GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (registers, error, "SELECT count(*) FROM sealed_view WHERE second_job_id = $id AND account = $account", "$id", 'i', job_id, "$account", 's', account, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  *ret_n = probity_statement_get_int64 (statement, 0);

  return TRUE;
}

static GBytes *
fill_box (ProbityRecord *job,
          gint64         place,
          ProbityRow    *notice,
          ProbityRow    *complaints,
          ProbityRow    *intelligence,
          GError       **error)
{
  g_autoptr (ProbityRow) content = probity_row_new ();
  g_autofree char *json = NULL;
  char            *padded;

  probity_row_set (content, "second_job", probity_record_get_uid (job));
  probity_row_set_int (content, "place", place);
  if (notice != NULL)
    {
      g_autofree char *notice_json = probity_row_to_json (notice);
      g_autofree char *complaints_json = probity_row_to_json (complaints);
      g_autofree char *intelligence_json = probity_row_to_json (intelligence);

      probity_row_set (content, "notice", notice_json);
      probity_row_set (content, "complaints", complaints_json);
      probity_row_set (content, "intelligence", intelligence_json);
    }
  json = probity_row_to_json (content);
  if (strlen (json) >= BOX_BYTES)
    {
      g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_FAILED, "The view does not fit into its box");
      return NULL;
    }
  padded = g_malloc (BOX_BYTES);
  memset (padded, ' ', BOX_BYTES);
  memcpy (padded, json, strlen (json));

  return g_bytes_new_take (padded, BOX_BYTES);
}

gboolean
probity_gate_seal_views (ProbityWrite   *write,
                         ProbitySession *session,
                         ProbityDb      *registers,
                         ProbityRecord  *job,
                         ProbityRow     *notice,
                         ProbityRow     *complaints,
                         ProbityRow     *intelligence,
                         GPtrArray      *ret_rows,
                         GError        **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);

  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);
      g_autoptr (ProbityRow) row = NULL;
      g_autoptr (GBytes) content = NULL;
      g_autoptr (GBytes) box = NULL;
      g_autofree char *uid = NULL;
      gint64           n;

      if (account->disabled || (account->roles & PROBITY_ROLE_HEAD_OF_HR) == 0 ||
          g_strcmp0 (account->staff_number, probity_record_get (job, "staff_number")) == 0)
        continue;
      if (!count_boxes (registers, probity_record_get_id (job), account->uid, &n, error) ||
          (content = fill_box (job, n + 1, notice, complaints, intelligence, error)) == NULL ||
          (box = probity_session_seal_to_account (session, account->uid, content, error)) == NULL)
        return FALSE;

      row = probity_row_new ();
      uid = probity_write_new_uid (write);
      probity_row_set (row, "uid", uid);
      probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
      probity_row_set (row, "account", account->uid);
      probity_row_set (row, "at", probity_write_get_now (write));
      probity_row_set_bytes (row, "box", box);
      if (ret_rows != NULL)
        g_ptr_array_add (ret_rows, g_steal_pointer (&row));
      else if (!probity_row_insert (registers, "sealed_view", row, error))
        return FALSE;
    }

  /* The same words for a view and for its end. */
  return ret_rows != NULL ||
         probity_audit_add (write, session, PROBITY_COMPARTMENT_REGISTERS, PROBITY_VERB_ALTERATION, "second-job", probity_record_get_uid (job), "sealed-view", NULL, "renewed", error);
}

gboolean
probity_gate_void_views (ProbityWrite   *write,
                         ProbitySession *session,
                         ProbityDb      *registers,
                         ProbityRecord  *job,
                         GError        **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (registers, error, "SELECT 1 FROM sealed_view WHERE second_job_id = $id LIMIT 1", "$id", 'i', probity_record_get_id (job), NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error) ||
      !probity_gate_void_appeal (write, session, registers, job, error))
    return FALSE;

  return !row || probity_gate_seal_views (write, session, registers, job, NULL, NULL, NULL, NULL, error);
}

static gboolean
take_row (ProbityRow  *content,
          const char  *name,
          ProbityRow **ret_row)
{
  const char *json = probity_row_get (content, name);

  *ret_row = json != NULL ? probity_row_from_json (json, NULL) : NULL;

  return *ret_row != NULL;
}

gboolean
probity_gate_open_view (ProbitySession *session,
                        ProbityDb      *registers,
                        ProbityRecord  *job,
                        ProbityRow    **ret_notice,
                        ProbityRow    **ret_complaints,
                        ProbityRow    **ret_intelligence,
                        GError        **error)
{
  const char *account = probity_session_get_account_uid (session);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GBytes) box = NULL;
  g_autoptr (GBytes) opened = NULL;
  g_autoptr (ProbityRow) content = NULL;
  g_autofree char *json = NULL;
  gint64           n;
  gboolean         row;

  *ret_notice = *ret_complaints = *ret_intelligence = NULL;
  if (!count_boxes (registers, probity_record_get_id (job), account, &n, error))
    return FALSE;
  statement = probity_db_query (registers, error, "SELECT box FROM sealed_view WHERE second_job_id = $id AND account = $account ORDER BY id DESC LIMIT 1", "$id", 'i', probity_record_get_id (job), "$account", 's', account, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  /* A box that does not open, or is not the one that belongs here, tells as little as a void one. */
  box = probity_statement_dup_bytes (statement, 0);
  opened = box != NULL ? probity_session_open_sealed (session, box, NULL) : NULL;
  if (opened == NULL || g_bytes_get_size (opened) != BOX_BYTES)
    return TRUE;
  json = g_strndup (g_bytes_get_data (opened, NULL), BOX_BYTES);
  content = probity_row_from_json (json, NULL);
  if (content == NULL ||
      g_strcmp0 (probity_row_get (content, "second_job"), probity_record_get_uid (job)) != 0 ||
      probity_row_get_int (content, "place") != n)
    return TRUE;
  if (!take_row (content, "notice", ret_notice) ||
      !take_row (content, "complaints", ret_complaints) ||
      !take_row (content, "intelligence", ret_intelligence))
    {
      g_clear_pointer (ret_notice, probity_row_free);
      g_clear_pointer (ret_complaints, probity_row_free);
      g_clear_pointer (ret_intelligence, probity_row_free);
    }

  return TRUE;
}

/* A clearance that came in a box: proved as it is at the decision and in verify. */
gboolean
probity_gate_holds_clearance (ProbityGate             *self,
                              const ProbityGateSource *source,
                              ProbityCheckKind         kind,
                              ProbityRow              *clearance)
{
  const char *at = probity_row_get (clearance, "at");
  const char *person = probity_row_get (clearance, "person");

  if (g_strcmp0 (probity_row_get (clearance, "kind"), probity_check_kind_to_string (kind)) != 0 || at == NULL ||
      g_strcmp0 (probity_row_get (clearance, "material_digest"), probity_record_get (self->job, "material_digest")) != 0 ||
      strcmp (at, probity_record_get (self->job, "material_changed_at")) < 0 ||
      !probity_gate_is_fresh (self->job, at, source->now) ||
      !probity_gate_prove (self, source, &probity_signed_clearance, clearance, at, probity_check_kind_get_roles (kind), "forged-clearance", NULL) ||
      probity_second_job_is_party (self->job, person))
    return FALSE;
  for (guint i = 0; i < self->comments->len; i++)
    if (g_strcmp0 (probity_row_get (g_ptr_array_index (self->comments, i), "person"), person) == 0)
      return FALSE;

  return TRUE;
}

/* Who views did not check, comment, apply. */
static gboolean
is_viewer_apart (ProbityGate *self,
                 ProbityRow  *notice,
                 ProbityRow  *complaints,
                 ProbityRow  *intelligence)
{
  const char *person = probity_row_get (notice, "person");

  if (probity_second_job_is_party (self->job, person) || g_strcmp0 (person, probity_row_get (complaints, "person")) == 0 ||
      g_strcmp0 (person, probity_row_get (intelligence, "person")) == 0)
    return FALSE;
  for (guint i = 0; i < self->comments->len; i++)
    {
      ProbityRow *comment = g_ptr_array_index (self->comments, i);

      if (g_strcmp0 (probity_row_get (comment, "person"), person) == 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
holds_view (ProbityGate              *self,
            const ProbityGateSource  *source,
            const ProbitySignedTable *table,
            ProbityRow               *notice,
            ProbityRow               *complaints,
            ProbityRow               *intelligence)
{
  return probity_gate_prove (self, source, table, notice, probity_row_get (notice, "at"), PROBITY_ROLE_DECIDER, "forged-view", source->intelligence) &&
         probity_row_get_int (notice, "round") == probity_second_job_get_round (self->job) &&
         g_strcmp0 (probity_row_get (notice, "material_digest"), probity_record_get (self->job, "material_digest")) == 0 &&
         g_strcmp0 (probity_row_get (notice, "complaints_check_uid"), probity_row_get (complaints, "check_uid")) == 0 &&
         g_strcmp0 (probity_row_get (notice, "intelligence_check_uid"), probity_row_get (intelligence, "check_uid")) == 0 &&
         is_viewer_apart (self, notice, complaints, intelligence);
}

/* Inside: the view as it stands beside its reasons. */
static gboolean
examine_inside (ProbityGate             *self,
                const ProbityGateSource *source,
                GError                 **error)
{
  ProbityRow *complaints = self->checks[PROBITY_CHECK_COMPLAINTS].clearance;
  ProbityRow *intelligence = self->checks[PROBITY_CHECK_INTELLIGENCE].clearance;
  g_autoptr (GPtrArray) notices = NULL;
  g_autoptr (GPtrArray) views = NULL;

  notices = probity_signed_load (&probity_signed_view_notice, source->intelligence, "second_job_uid = $key ORDER BY id DESC LIMIT 1", probity_record_get_uid (self->job), error);
  views = notices != NULL ? probity_signed_load (&probity_signed_view, source->intelligence, "second_job_uid = $key ORDER BY id DESC LIMIT 1", probity_record_get_uid (self->job), error)
                          : NULL;
  if (views == NULL)
    return FALSE;
  if (notices->len == 0 || complaints == NULL || intelligence == NULL)
    return TRUE;
  if (holds_view (self, source, &probity_signed_view, g_ptr_array_index (views, 0), complaints, intelligence) &&
      holds_view (self, source, &probity_signed_view_notice, g_ptr_array_index (notices, 0), complaints, intelligence))
    self->view = g_ptr_array_steal_index (notices, 0);

  return TRUE;
}

/* Outside: what the decider sealed to this account, the clearances with it. */
static gboolean
examine_box (ProbityGate             *self,
             const ProbityGateSource *source,
             GError                 **error)
{
  g_autoptr (ProbityRow) notice = NULL;
  g_autoptr (ProbityRow) complaints = NULL;
  g_autoptr (ProbityRow) intelligence = NULL;

  if ((probity_session_get_roles (source->session) & PROBITY_ROLE_HEAD_OF_HR) == 0)
    return TRUE;
  if (!probity_gate_open_view (source->session, source->registers, self->job, &notice, &complaints, &intelligence, error))
    return FALSE;
  if (notice == NULL ||
      !probity_gate_holds_clearance (self, source, PROBITY_CHECK_COMPLAINTS, complaints) ||
      !probity_gate_holds_clearance (self, source, PROBITY_CHECK_INTELLIGENCE, intelligence) ||
      !holds_view (self, source, &probity_signed_view_notice, notice, complaints, intelligence))
    return TRUE;

  self->view = g_steal_pointer (&notice);
  self->checks[PROBITY_CHECK_COMPLAINTS].clearance = g_steal_pointer (&complaints);
  self->checks[PROBITY_CHECK_INTELLIGENCE].clearance = g_steal_pointer (&intelligence);
  probity_gate_drop_missing (self, "complaints-check");
  probity_gate_drop_missing (self, "intelligence-check");

  return TRUE;
}

gboolean
probity_gate_examine_view (ProbityGate             *self,
                           const ProbityGateSource *source,
                           GError                 **error)
{
  if (g_strcmp0 (probity_record_get (self->job, "requires_view"), "1") != 0)
    return TRUE;

  if (source->intelligence != NULL ? !examine_inside (self, source, error) : !examine_box (self, source, error))
    return FALSE;

  self->objection = self->view != NULL && probity_row_get_int (self->view, "objection") != 0;
  if (source->intelligence == NULL && (probity_session_get_roles (source->session) & PROBITY_ROLE_HEAD_OF_HR) == 0)
    probity_gate_add_unseen (self, "professional-standards-view");
  else if (self->view == NULL || self->objection)
    probity_gate_add_missing (self, "professional-standards-view");

  return TRUE;
}
