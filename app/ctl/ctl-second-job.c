/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-json.h"
#include "probity-list.h"
#include "probity-second-job.h"

static char *
dup_member_text (JsonNode *node)
{
  GType type;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  type = json_node_get_value_type (node);
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (type == G_TYPE_DOUBLE)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.6g", json_node_get_double (node)));
    }
  return g_strdup (json_node_get_string (node));
}

static gboolean
has_field (const ProbityRecordKind *kind,
           const char              *name)
{
  guint               n_fields;
  const ProbityField *fields = probity_record_kind_get_fields (kind, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].name, name))
      return TRUE;
  return FALSE;
}

ProbityValues *
ctl_read_application (const char *path,
                      GError    **error)
{
  const ProbityRecordKind *kind = probity_record_kind_find ("second-job");
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (JsonObject) object = probity_json_read_path (path, error);
  g_autoptr (GList) members = NULL;

  if (object == NULL)
    return NULL;

  members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode        *node = json_object_get_member (object, l->data);
      g_autofree char *text = NULL;

      if (!has_field (kind, l->data))
        {
          g_set_error (error, CTL_ERROR, CTL_ERROR_FILE, "%s: an application has no “%s”", path, (char *) l->data);
          return NULL;
        }
      if (JSON_NODE_HOLDS_NULL (node))
        continue;
      text = dup_member_text (node);
      if (text == NULL)
        {
          g_set_error (error, CTL_ERROR, CTL_ERROR_FILE, "%s: “%s” is neither text, number nor boolean", path, (char *) l->data);
          return NULL;
        }
      probity_values_set (values, l->data, text);
    }

  return g_steal_pointer (&values);
}

static JsonNode *
run_submit (CtlCall *call,
            GError **error)
{
  g_autoptr (ProbityValues) values = ctl_read_application (ctl_call_get_argument (call, 1), error);
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) holders = NULL;

  if (values == NULL)
    return NULL;
  if (ctl_call_get_option (call, "for") != NULL && (holders = ctl_call_dup_names (call, "for", error)) == NULL)
    return NULL;
  if (holders != NULL)
    record = dex_await_boxed (probity_second_job_submit_sealed (call->session, values, (const char *const *) holders, ctl_call_get_option (call, "with-checks") != NULL, ctl_call_get_option (call, "reason")), error);
  else
    record = dex_await_boxed (probity_second_job_submit (call->session, values), error);
  if (record == NULL)
    return NULL;

  json_builder_begin_object (builder);
  ctl_add_text (builder, "reference", probity_record_get_reference (record));
  ctl_add_text (builder, "uid", probity_record_get_uid (record));
  return ctl_finish (builder);
}

/* What outside scripts rely on of one second job, with every further field behind it. */
static gboolean
add_second_job (CtlCall     *call,
                JsonBuilder *builder,
                const char  *reference,
                const char  *uid,
                const char  *staff_number,
                const char  *stage,
                const char  *outcome,
                GError     **error)
{
  static const char *const ended[] = { "registered", "refused", "dismissed", "withdrawn", "ceased", "lapsed", NULL };
  g_autoptr (ProbityGateState) gate = NULL;

  /* Nothing is missing from what has been decided; a long register is listed without asking. */
  if (stage == NULL || !g_strv_contains (ended, stage))
    gate = dex_await_boxed (probity_second_job_load_gate (call->session, reference), error);
  if (gate == NULL && *error != NULL)
    return FALSE;

  ctl_add_text (builder, "reference", reference);
  ctl_add_text (builder, "uid", uid);
  ctl_add_text (builder, "staff_number", staff_number);
  ctl_add_text (builder, "stage", stage);
  ctl_add_text (builder, "outcome", outcome != NULL && g_str_equal (outcome, "none") ? NULL : outcome);
  ctl_add_missing (builder, call->json, gate != NULL ? (const char *const *) gate->missing : NULL, gate != NULL ? (const char *const *) gate->unseen : NULL);
  ctl_add_text (builder, "waiting_for", gate != NULL ? gate->waiting_for : NULL);
  ctl_add_text (builder, "next_step", gate != NULL ? gate->next_step : NULL);

  return TRUE;
}

static JsonNode *
run_show (CtlCall *call,
          GError **error)
{
  const ProbityRecordKind *kind = probity_record_kind_find ("second-job");
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const ProbityField *fields;
  guint               n_fields;

  record = dex_await_boxed (probity_record_load (call->session, kind, ctl_call_get_argument (call, 1)), error);
  if (record == NULL)
    return NULL;

  json_builder_begin_object (builder);
  if (!add_second_job (call,
                       builder,
                       probity_record_get_reference (record),
                       probity_record_get_uid (record),
                       probity_record_get (record, "staff_number"),
                       probity_record_get (record, "stage"),
                       probity_record_get (record, "outcome"),
                       error))
    return NULL;
  ctl_add_int (builder, "version", probity_record_get_version (record));
  fields = probity_record_kind_get_fields (kind, &n_fields);
  for (guint i = 0; i < n_fields; i++)
    if (!g_str_equal (fields[i].name, "staff_number") && !g_str_equal (fields[i].name, "reference"))
      ctl_add_text (builder, fields[i].name, probity_record_get (record, fields[i].name));
  return ctl_finish (builder);
}

static JsonNode *
run_list (CtlCall *call,
          GError **error)
{
  const ProbityListKind *kind = probity_list_kind_find ("second-jobs");
  g_autoptr (ProbityListQuery) query = probity_list_query_new (kind);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) rows = NULL;

  probity_list_query_set_sort (query, "reference", FALSE);
  rows = ctl_load_rows (call, kind, query, error);
  if (rows == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "second_jobs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityListRow *row = g_ptr_array_index (rows, i);

      json_builder_begin_object (builder);
      if (!add_second_job (call,
                           builder,
                           probity_list_row_find_cell (row, kind, "reference"),
                           row->uid,
                           probity_list_row_find_cell (row, kind, "staff_number"),
                           probity_list_row_find_cell (row, kind, "stage"),
                           probity_list_row_find_cell (row, kind, "outcome"),
                           error))
        return NULL;
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_withdraw (CtlCall *call,
              GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);

  if (!dex_await (probity_second_job_withdraw (call->session, reference, ctl_call_get_option (call, "reason")), error))
    return NULL;
  return ctl_done ("withdrawn", reference);
}

static gboolean
read_yes (const char *option,
          const char *word,
          gboolean   *ret_yes,
          GError    **error)
{
  if (word != NULL && (g_str_equal (word, "yes") || g_str_equal (word, "no")))
    {
      *ret_yes = g_str_equal (word, "yes");
      return TRUE;
    }
  g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "--%s is yes or no", option);
  return FALSE;
}

static JsonNode *
run_comment (CtlCall *call,
             GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  const char *text = ctl_call_require_option (call, "text", error);
  gboolean    supports;

  if (text == NULL || !read_yes ("supports", ctl_call_get_option (call, "supports"), &supports, error))
    return NULL;
  if (!dex_await (probity_second_job_comment (call->session,
                                              reference,
                                              ctl_call_get_option (call, "for"),
                                              text,
                                              supports,
                                              NULL,
                                              ctl_call_get_option (call, "on-paper-from")),
                  error))
    return NULL;
  return ctl_done ("commented", reference);
}

static JsonNode *
run_stand_in (CtlCall *call,
              GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  const char *reason = ctl_call_require_option (call, "reason", error);

  if (reason == NULL ||
      !dex_await (probity_second_job_name_stand_in (call->session, reference, ctl_call_get_argument (call, 2), reason), error))
    return NULL;
  return ctl_done ("stand-in named", reference);
}

static JsonNode *
run_waive (CtlCall *call,
           GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  const char *reason = ctl_call_require_option (call, "reason", error);

  if (reason == NULL ||
      !dex_await (probity_second_job_waive_comment (call->session, reference, ctl_call_get_argument (call, 2), reason), error))
    return NULL;
  return ctl_done ("waived", reference);
}

static JsonNode *
run_advise (CtlCall *call,
            GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);

  if (!dex_await (probity_second_job_advise (call->session,
                                             reference,
                                             ctl_call_get_argument (call, 2),
                                             ctl_call_get_option (call, "text")),
                  error))
    return NULL;
  return ctl_done ("advised", reference);
}

static JsonNode *
run_view (CtlCall *call,
          GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  const char *word = ctl_call_get_argument (call, 2);

  if (!g_str_equal (word, "no-objection") && !g_str_equal (word, "objection"))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "A view is no-objection or objection, not “%s”", word);
      return NULL;
    }
  if (!dex_await (probity_second_job_view (call->session,
                                           reference,
                                           g_str_equal (word, "objection"),
                                           ctl_call_get_option (call, "reason")),
                  error))
    return NULL;
  return ctl_done ("viewed", reference);
}

static JsonNode *
run_decide (CtlCall *call,
            GError **error)
{
  static const char *const actions[] = { "approve", "approve-with-conditions", "refuse", "defer", NULL };
  g_autofree const char  **conditions = ctl_call_get_options (call, "condition");
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  ProbityDecision decision = {
    .action = ctl_call_get_argument (call, 2),
    .restricted_reasons = ctl_call_get_option (call, "restricted-reason"),
    .conditions = conditions,
    .missing_facts = ctl_call_get_option (call, "missing-facts"),
  };

  if (!g_strv_contains (actions, decision.action))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "A decision is approve, approve-with-conditions, refuse or defer, not “%s”", decision.action);
      return NULL;
    }
  decision.open_reasons = ctl_call_require_option (call, "reason", error);
  if (decision.open_reasons == NULL)
    return NULL;
  if (g_str_equal (decision.action, "defer") && decision.missing_facts == NULL)
    decision.missing_facts = decision.open_reasons;

  record = dex_await_boxed (probity_second_job_decide (call->session, ctl_call_get_argument (call, 1), &decision), error);
  if (record == NULL)
    return NULL;

  json_builder_begin_object (builder);
  ctl_add_text (builder, "reference", probity_record_get_reference (record));
  ctl_add_text (builder, "uid", probity_record_get_uid (record));
  ctl_add_text (builder, "stage", probity_record_get (record, "stage"));
  ctl_add_text (builder, "outcome", probity_record_get (record, "outcome"));
  return ctl_finish (builder);
}

static JsonNode *
run_review (CtlCall *call,
            GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  const char *path = ctl_call_get_option (call, "file");
  g_autoptr (ProbityValues) values = NULL;

  if (path != NULL)
    {
      values = ctl_read_application (path, error);
      if (values == NULL)
        return NULL;
    }
  if (!dex_await (probity_second_job_review (call->session,
                                             reference,
                                             ctl_call_get_argument (call, 2),
                                             values,
                                             ctl_call_get_option (call, "reason")),
                  error))
    return NULL;
  return ctl_done ("reviewed", reference);
}

static JsonNode *
run_amend (CtlCall *call,
           GError **error)
{
  const ProbityRecordKind *kind = probity_record_kind_find ("second-job");
  const char              *reference = ctl_call_get_argument (call, 1);
  g_autoptr (ProbityValues) values = ctl_read_application (ctl_call_get_argument (call, 2), error);
  g_autoptr (ProbityRecord) record = NULL;

  if (values == NULL)
    return NULL;
  record = dex_await_boxed (probity_record_load (call->session, kind, reference), error);
  if (record == NULL ||
      !dex_await (probity_second_job_amend (call->session, reference, probity_record_get_version (record), values), error))
    return NULL;
  return ctl_done ("amended", reference);
}

static JsonNode *
run_letter (CtlCall *call,
            GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  g_autoptr (GBytes) letter = dex_await_boxed (probity_second_job_letter (call->session, reference), error);

  if (letter == NULL ||
      !g_file_set_contents_full (ctl_call_get_argument (call, 2),
                                 g_bytes_get_data (letter, NULL),
                                 g_bytes_get_size (letter),
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600,
                                 error))
    return NULL;
  return ctl_done ("printed", reference);
}

const CtlCommand ctl_second_job_commands[] = {
  { { "second-job submit", "FOLDER FILE.json", 2, 2, "for,with-checks,reason" }, TRUE, run_submit },
  { { "second-job show", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_show },
  { { "second-job list", "FOLDER", 1, 1, "" }, TRUE, run_list },
  { { "second-job withdraw", "FOLDER REFERENCE", 2, 2, "reason" }, TRUE, run_withdraw },
  { { "second-job amend", "FOLDER REFERENCE FILE.json", 3, 3, "" }, TRUE, run_amend },
  { { "second-job comment", "FOLDER REFERENCE", 2, 2, "text,supports,for,on-paper-from" }, TRUE, run_comment },
  { { "second-job stand-in", "FOLDER REFERENCE STAFF-NUMBER", 3, 3, "reason" }, TRUE, run_stand_in },
  { { "second-job waive", "FOLDER REFERENCE line-manager|head-of-hr", 3, 3, "reason" }, TRUE, run_waive },
  { { "second-job advise", "FOLDER REFERENCE wait|as-if-unknown|none", 3, 3, "text" }, TRUE, run_advise },
  { { "second-job view", "FOLDER REFERENCE no-objection|objection", 3, 3, "reason" }, TRUE, run_view },
  { { "second-job decide", "FOLDER REFERENCE approve|approve-with-conditions|refuse|defer", 3, 3, "reason,restricted-reason,condition,missing-facts" }, TRUE, run_decide },
  { { "second-job review", "FOLDER REFERENCE no-change|changed|ceased", 3, 3, "file,reason" }, TRUE, run_review },
  { { "second-job letter", "FOLDER REFERENCE FILE.pdf", 3, 3, "" }, TRUE, run_letter },
  { { NULL } },
};
