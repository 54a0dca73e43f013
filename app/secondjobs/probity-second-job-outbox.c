/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <json-glib/json-glib.h>

#include "probity-check-private.h"
#include "probity-second-job-outbox.h"

ProbityBundle *
probity_bundle_new (void)
{
  ProbityBundle *self = g_new0 (ProbityBundle, 1);

  self->clearances = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_row_free);
  self->conditions = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_row_free);

  return self;
}

void
probity_bundle_free (ProbityBundle *self)
{
  if (self == NULL)
    return;

  g_free (self->second_job_uid);
  g_free (self->stage);
  g_free (self->approved_on);
  g_free (self->next_review);
  g_clear_pointer (&self->decision, probity_row_free);
  g_clear_pointer (&self->appeal, probity_row_free);
  g_ptr_array_unref (self->clearances);
  g_ptr_array_unref (self->conditions);
  g_free (self);
}

static JsonArray *
rows_to_array (GPtrArray *rows)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *json = probity_row_to_json (g_ptr_array_index (rows, i));

      json_array_add_string_element (array, json);
    }

  return array;
}

static gboolean
take_rows (JsonObject *object,
           const char *member,
           GPtrArray  *rows,
           GError    **error)
{
  JsonNode  *node = json_object_get_member (object, member);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode   *element = json_array_get_element (array, i);
      ProbityRow *row;

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_string (element) == NULL)
        continue;
      row = probity_row_from_json (json_node_get_string (element), error);
      if (row == NULL)
        return FALSE;
      g_ptr_array_add (rows, row);
    }

  return TRUE;
}

static JsonObject *
parse_object (const char *json,
              JsonNode  **ret_root,
              GError    **error)
{
  *ret_root = json_from_string (json, error);
  if (*ret_root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (*ret_root))
    {
      g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "What is left to finish is not readable");
      return NULL;
    }

  return json_node_get_object (*ret_root);
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

char *
probity_bundle_to_json (ProbityBundle *self)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject      *object = json_object_new ();
  g_autofree char *decision = probity_row_to_json (self->decision);

  json_node_take_object (root, object);
  set_text (object, "second_job", self->second_job_uid);
  set_text (object, "stage", self->stage);
  set_text (object, "approved_on", self->approved_on);
  set_text (object, "next_review", self->next_review);
  set_text (object, "decision", decision);
  json_object_set_array_member (object, "clearances", rows_to_array (self->clearances));
  json_object_set_array_member (object, "conditions", rows_to_array (self->conditions));

  return json_to_string (root, FALSE);
}

ProbityBundle *
probity_bundle_from_json (const char *json,
                          GError    **error)
{
  g_autoptr (ProbityBundle) self = probity_bundle_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = parse_object (json, &root, error);

  if (object == NULL)
    return NULL;
  self->second_job_uid = g_strdup (get_text (object, "second_job"));
  self->stage = g_strdup (get_text (object, "stage"));
  self->approved_on = g_strdup (get_text (object, "approved_on"));
  self->next_review = g_strdup (get_text (object, "next_review"));
  if (self->second_job_uid == NULL || self->stage == NULL || get_text (object, "decision") == NULL)
    {
      g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "What is left to finish is not whole");
      return NULL;
    }
  if ((self->decision = probity_row_from_json (get_text (object, "decision"), error)) == NULL ||
      !take_rows (object, "clearances", self->clearances, error) ||
      !take_rows (object, "conditions", self->conditions, error))
    return NULL;

  return g_steal_pointer (&self);
}

static gboolean
insert_all (ProbityDb  *registers,
            const char *table,
            GPtrArray  *rows,
            GError    **error)
{
  for (guint i = 0; i < rows->len; i++)
    if (!probity_row_insert (registers, table, g_ptr_array_index (rows, i), error))
      return FALSE;

  return TRUE;
}

gboolean
probity_bundle_apply (ProbityBundle  *self,
                      ProbityWrite   *write,
                      ProbitySession *session,
                      ProbityDb      *registers,
                      ProbityRecord  *job,
                      GError        **error)
{
  g_autoptr (ProbityStep) step = probity_second_job_step_new (session, probity_record_get_reference (job));
  const char  *outcome = probity_row_get (self->decision, "outcome");
  const char  *action = probity_row_get (self->decision, "action");
  const char  *reasons = probity_row_get (self->decision, "open_reasons");
  const char  *note = probity_row_get (self->decision, "missing_facts");
  const gint64 round = probity_row_get_int (self->decision, "round");

  if ((self->appeal != NULL && !probity_row_insert (registers, "appeal_outcome", self->appeal, error)) ||
      !insert_all (registers, "clearance", self->clearances, error) ||
      !insert_all (registers, "decision_condition", self->conditions, error) ||
      !probity_row_insert (registers, "decision", self->decision, error) ||
      !probity_db_run (registers, error, "UPDATE second_job SET stage = $stage, outcome = $outcome,"
                                         " decision_uid = CASE WHEN $outcome IS NULL THEN decision_uid ELSE $decision END,"
                                         " decided_at = CASE WHEN $outcome IS NULL THEN decided_at ELSE $at END,"
                                         " approved_on = coalesce (approved_on, $approved_on),"
                                         " appeal = CASE WHEN $upheld = 1 THEN 'upheld' ELSE appeal END,"
                                         " next_review = $next_review, version = version + 1 WHERE id = $id",
                       "$upheld",
                       't',
                       self->appeal != NULL,
                       "$id",
                       'i',
                       probity_record_get_id (job),
                       "$stage",
                       's',
                       self->stage,
                       "$outcome",
                       's',
                       outcome,
                       "$decision",
                       's',
                       probity_row_get (self->decision, "uid"),
                       "$at",
                       's',
                       probity_row_get (self->decision, "at"),
                       "$approved_on",
                       's',
                       self->approved_on,
                       "$next_review",
                       's',
                       self->next_review,
                       NULL))
    return FALSE;

  if (!probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "decision", NULL, action, error) ||
      !probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "open_reasons", NULL, reasons, error) ||
      !probity_step_log (step, write, job, PROBITY_VERB_ALTERATION, "stage", probity_record_get (job, "stage"), self->stage, error))
    return FALSE;

  /* An approval passes through "decided" into the register. */
  if (self->approved_on != NULL && !probity_second_job_enter_stage (step, write, job, round, self->appeal != NULL ? "upheld" : "decided", NULL, error))
    return FALSE;

  return probity_second_job_enter_stage (step, write, job, round, self->stage, note, error);
}

static gboolean
is_there (ProbityDb  *registers,
          const char *sql,
          const char *uid,
          gboolean   *ret_is,
          GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (registers, error, sql, "$uid", 's', uid, NULL);

  return statement != NULL && probity_statement_step (statement, ret_is, error);
}

static gboolean
finish_decide (ProbityWrite      *write,
               ProbityCompartment source,
               const char        *payload,
               gpointer           data,
               GError           **error)
{
  ProbitySession *session = data;
  ProbityDb      *registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityBundle) bundle = probity_bundle_from_json (payload, registers != NULL ? error : NULL);
  g_autoptr (ProbityRecord) job = NULL;
  gboolean done;

  if (registers == NULL || bundle == NULL ||
      !is_there (registers, "SELECT 1 FROM decision WHERE uid = $uid", probity_row_get (bundle->decision, "uid"), &done, error))
    return FALSE;
  if (done)
    return TRUE;
  if (!probity_record_read (registers, &probity_second_job_kind, NULL, bundle->second_job_uid, &job, error))
    return FALSE;

  if (job == NULL)
    return TRUE;

  /* Signatures are proved by the gate and by verify; what the database's gate refuses is not finished. */
  return probity_bundle_apply (bundle, write, session, registers, job, error) &&
         probity_audit_add (write, session, PROBITY_COMPARTMENT_REGISTERS, PROBITY_VERB_ALTERATION, "second-job", bundle->second_job_uid, "finished", NULL, probity_row_get (bundle->decision, "uid"), error);
}

/* Sealed boxes of a second job: where they go, and under what name. */
typedef struct
{
  const char *outbox_kind;
  const char *table;
  const char *field; /* of the log */
} Boxes;

static const Boxes all_boxes[] = {
  [PROBITY_BOXES_VIEW] = { PROBITY_OUTBOX_VIEW, "sealed_view", "sealed-view" },
  [PROBITY_BOXES_APPEAL] = { PROBITY_OUTBOX_APPEAL, "appeal_box", "appeal-box" },
};

static gboolean
log_boxes (const Boxes    *self,
           ProbityWrite   *write,
           ProbitySession *session,
           const char     *second_job_uid,
           GError        **error)
{
  return probity_audit_add (write, session, PROBITY_COMPARTMENT_REGISTERS, PROBITY_VERB_ALTERATION, "second-job", second_job_uid, self->field, NULL, "renewed", error);
}

gboolean
probity_second_job_put_boxes (ProbityWrite    *write,
                              ProbitySession  *session,
                              ProbityDb       *registers,
                              ProbityRecord   *job,
                              ProbityBoxesKind kind,
                              GPtrArray       *rows,
                              GError         **error)
{
  const Boxes     *self = &all_boxes[kind];
  g_autofree char *payload = NULL;
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (root, object);
  set_text (object, "second_job", probity_record_get_uid (job));
  json_object_set_array_member (object, "views", rows_to_array (rows));
  payload = json_to_string (root, FALSE);

  return probity_write_outbox_add (write, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_COMPARTMENT_REGISTERS, self->outbox_kind, payload, error) &&
         insert_all (registers, self->table, rows, error) &&
         log_boxes (self, write, session, probity_record_get_uid (job), error);
}

static gboolean
finish_boxes (const Boxes  *self,
              ProbityWrite *write,
              const char   *payload,
              gpointer      data,
              GError      **error)
{
  g_autofree char *known = g_strdup_printf ("SELECT 1 FROM %s WHERE uid = $uid", self->table);
  ProbitySession  *session = data;
  ProbityDb       *registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_row_free);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = registers != NULL ? parse_object (payload, &root, error) : NULL;

  if (object == NULL || !take_rows (object, "views", rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (rows, i);
      gboolean    done;

      if (!is_there (registers, known, probity_row_get (row, "uid"), &done, error))
        return FALSE;
      if (!done && !probity_row_insert (registers, self->table, row, error))
        return FALSE;
    }

  return log_boxes (self, write, session, get_text (object, "second_job"), error);
}

static gboolean
finish_view (ProbityWrite      *write,
             ProbityCompartment source,
             const char        *payload,
             gpointer           data,
             GError           **error)
{
  return finish_boxes (&all_boxes[PROBITY_BOXES_VIEW], write, payload, data, error);
}

static gboolean
finish_appeal (ProbityWrite      *write,
               ProbityCompartment source,
               const char        *payload,
               gpointer           data,
               GError           **error)
{
  return finish_boxes (&all_boxes[PROBITY_BOXES_APPEAL], write, payload, data, error);
}

void
probity_second_job_attach (ProbitySession *session)
{
  ProbityCasebook *casebook;

  g_return_if_fail (PROBITY_IS_SESSION (session));

  casebook = probity_session_get_casebook (session);
  /* The session owns the casebook and outlives its handlers. */
  probity_casebook_add_outbox_handler (casebook, PROBITY_OUTBOX_DECIDE, finish_decide, session, NULL);
  probity_casebook_add_outbox_handler (casebook, PROBITY_OUTBOX_VIEW, finish_view, session, NULL);
  probity_casebook_add_outbox_handler (casebook, PROBITY_OUTBOX_APPEAL, finish_appeal, session, NULL);
  probity_subjects_set_changed_funcs (probity_check_subjects_changed, probity_check_records_changed);
}
