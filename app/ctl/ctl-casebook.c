/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "ctl-sample.h"
#include "probity-audit.h"
#include "probity-exhibit.h"
#include "probity-import.h"
#include "probity-json.h"
#include "probity-overview.h"

static JsonNode *
run_import (CtlCall *call,
            GError **error)
{
  static const char *const kinds[] = { "staff", "complaints", "intelligence", "second-jobs", NULL };
  const char              *what = call->syntax->name + strlen ("import ");
  g_autoptr (ProbityImportReport) report = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_assert (g_strv_contains (kinds, what));
  report = dex_await_boxed (probity_import (call->session,
                                            what,
                                            ctl_call_get_argument (call, 1),
                                            ctl_call_get_option (call, "mapping"),
                                            ctl_call_get_option (call, "dry-run") != NULL),
                            error);
  if (report == NULL)
    return NULL;

  json_builder_begin_object (builder);
  ctl_add_int (builder, "read", report->read);
  ctl_add_int (builder, "added", report->added);
  ctl_add_int (builder, "changed", report->changed);
  ctl_add_int (builder, "unchanged", report->unchanged);
  ctl_add_int (builder, "rejected", report->rejected);
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->errors->len; i++)
    {
      ProbityImportProblem *problem = g_ptr_array_index (report->errors, i);

      json_builder_begin_object (builder);
      ctl_add_int (builder, "line", problem->line);
      ctl_add_text (builder, "column", problem->column);
      ctl_add_text (builder, "message", problem->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  ctl_add_text (builder, "sha256", report->sha256);
  return ctl_finish (builder);
}

static JsonNode *
run_stats (CtlCall *call,
           GError **error)
{
  const char *from = ctl_call_get_option (call, "from");
  const char *to = ctl_call_get_option (call, "to");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) indicators = NULL;

  if ((from == NULL && ctl_call_get_option (call, "to") != NULL && ctl_call_require_option (call, "from", error) == NULL) ||
      (to == NULL && from != NULL && ctl_call_require_option (call, "to", error) == NULL))
    return NULL;
  indicators = dex_await_boxed (probity_statistics (call->session, from, to), error);
  if (indicators == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "indicators");
  json_builder_begin_array (builder);
  for (guint i = 0; i < indicators->len; i++)
    {
      ProbityIndicator *indicator = g_ptr_array_index (indicators, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "id", indicator->id);
      ctl_add_text (builder, "from", indicator->from);
      ctl_add_text (builder, "to", indicator->to);
      json_builder_set_member_name (builder, "value");
      if (indicator->available)
        json_builder_add_int_value (builder, indicator->value);
      else
        json_builder_add_null_value (builder);
      /* How many of them stand by what an earlier register recorded. */
      if (indicator->available)
        {
          ctl_add_int (builder, "brought_forward", indicator->brought_forward);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return ctl_finish (builder);
}

static JsonNode *
run_audit (CtlCall *call,
           GError **error)
{
  const char *record = ctl_call_get_option (call, "record");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) entries = NULL;

  /* What was asked for is logged: a reference that is typed here could be that of a sealed case. */
  if (record != NULL && !g_uuid_string_is_valid (record))
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_USAGE, "--record is the uid of a record, as show prints it");
      return NULL;
    }

  entries = dex_await_boxed (probity_audit_list (call->session, record), error);
  if (entries == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "entries");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    {
      ProbityAuditEntry *entry = g_ptr_array_index (entries, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "compartment", probity_compartment_to_string (entry->compartment));
      ctl_add_int (builder, "seq", entry->seq);
      ctl_add_text (builder, "at", entry->at);
      ctl_add_text (builder, "account", entry->account);
      ctl_add_text (builder, "verb", entry->verb);
      ctl_add_text (builder, "kind", entry->kind);
      ctl_add_text (builder, "record", entry->record);
      ctl_add_text (builder, "field", entry->field);
      ctl_add_text (builder, "old", entry->old_value);
      ctl_add_text (builder, "new", entry->new_value);
      ctl_add_text (builder, "hash", entry->hash);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return ctl_finish (builder);
}

/* What the report knew of restores: what it remembers from before one need not be in the backup. */
static void
add_newest_restore (JsonObject *root,
                    GHashTable *heads)
{
  JsonNode  *node = json_object_get_member (root, "restores");
  JsonArray *restores = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint      length = restores != NULL ? json_array_get_length (restores) : 0;
  JsonNode  *newest = length > 0 ? json_array_get_element (restores, length - 1) : NULL;

  if (newest != NULL && JSON_NODE_HOLDS_VALUE (newest) && json_node_get_value_type (newest) == G_TYPE_STRING)
    g_hash_table_insert (heads, g_strdup (PROBITY_VERIFY_EARLIER_RESTORE), g_strdup (json_node_get_string (newest)));
}

/* name → "seq:hash", as probity_audit_verify() takes it. */
static GHashTable *
read_heads (const char *path,
            GError    **error)
{
  g_autoptr (GHashTable) heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (JsonObject) root = probity_json_read_path (path, error);
  JsonArray *compartments = NULL;

  if (root == NULL)
    return NULL;
  if (json_object_has_member (root, "compartments"))
    {
      JsonNode *node = json_object_get_member (root, "compartments");

      if (JSON_NODE_HOLDS_ARRAY (node))
        compartments = json_node_get_array (node);
    }
  if (compartments == NULL)
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_FILE, "%s: not what verify --json prints", path);
      return NULL;
    }

  add_newest_restore (root, heads);
  for (guint i = 0; i < json_array_get_length (compartments); i++)
    {
      JsonNode   *node = json_array_get_element (compartments, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *name = object != NULL ? json_object_get_string_member_with_default (object, "name", NULL) : NULL;
      const char *head = object != NULL ? json_object_get_string_member_with_default (object, "head", NULL) : NULL;

      if (name == NULL)
        {
          g_set_error (error, CTL_ERROR, CTL_ERROR_FILE, "%s: a compartment without a name", path);
          return NULL;
        }
      if (head != NULL)
        g_hash_table_insert (heads,
                             g_strdup (name),
                             g_strdup_printf ("%" G_GINT64_FORMAT ":%s",
                                              json_object_get_int_member_with_default (object, "entries", 0),
                                              head));
    }

  return g_steal_pointer (&heads);
}

JsonNode *
ctl_verify_report_to_json (ProbityVerifyReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ok");
  json_builder_add_boolean_value (builder, report->ok);
  json_builder_set_member_name (builder, "compartments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->compartments->len; i++)
    {
      ProbityVerifyCompartment *compartment = g_ptr_array_index (report->compartments, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "name", compartment->name);
      json_builder_set_member_name (builder, "held");
      json_builder_add_boolean_value (builder, compartment->held);
      ctl_add_int (builder, "entries", compartment->entries);
      ctl_add_text (builder, "head", compartment->head);
      ctl_add_texts (builder, "problems", (const char *const *) compartment->problems);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  ctl_add_texts (builder, "problems", (const char *const *) report->problems);
  ctl_add_texts (builder, "notices", (const char *const *) report->notices);
  ctl_add_texts (builder, "restores", (const char *const *) report->restores);
  return ctl_finish (builder);
}

static void
add_problems (ProbityVerifyReport *report,
              GPtrArray           *found)
{
  g_autoptr (GStrvBuilder) problems = g_strv_builder_new ();

  g_strv_builder_addv (problems, (const char **) report->problems);
  for (guint i = 0; i < found->len; i++)
    g_strv_builder_add (problems, g_ptr_array_index (found, i));
  g_strfreev (report->problems);
  report->problems = g_strv_builder_end (problems);
  report->ok = report->ok && found->len == 0;
}

static JsonNode *
run_verify (CtlCall *call,
            GError **error)
{
  const char *path = ctl_call_get_option (call, "head");
  g_autoptr (ProbityVerifyReport) report = NULL;
  g_autoptr (GHashTable) heads = NULL;
  g_autoptr (GPtrArray) exhibits = NULL;

  if (path != NULL)
    {
      heads = read_heads (path, error);
      if (heads == NULL)
        return NULL;
    }
  report = dex_await_boxed (probity_audit_verify (call->session, heads), error);
  if (report == NULL)
    return NULL;

  /* Sizes, heads and ends of their files are among the rest; every byte is read only when asked for. */
  if (ctl_call_get_option (call, "exhibits") != NULL)
    {
      exhibits = dex_await_boxed (probity_exhibit_verify_all (call->session, NULL, NULL), error);
      if (exhibits == NULL)
        return NULL;
      add_problems (report, exhibits);
    }
  if (!report->ok)
    g_set_error_literal (error, CTL_ERROR, CTL_ERROR_PROBLEM, "The casebook has problems");
  return ctl_verify_report_to_json (report);
}

static JsonNode *
run_sample (CtlCall *call,
            GError **error)
{
  CtlSampleOptions options = { .folder = ctl_call_get_argument (call, 0) };

  options.force = ctl_call_require_option (call, "force", error);
  if (options.force == NULL ||
      !ctl_call_get_number (call, "people", 0, 2000000, &options.n_people, error) ||
      !ctl_call_get_number (call, "second-jobs", 0, 2000000, &options.n_second_jobs, error) ||
      !ctl_call_get_number (call, "cases", 0, 2000000, &options.n_cases, error) ||
      !ctl_call_get_number (call, "records", 0, 2000000, &options.n_records, error) ||
      !ctl_call_get_number (call, "seed", 2012, G_MAXUINT32, &options.seed, error))
    return NULL;
  if (!ctl_sample_make (&options, error))
    return NULL;
  return ctl_done ("sample made", NULL);
}

const CtlCommand ctl_casebook_commands[] = {
  { { "sample", "FOLDER", 1, 1, "force,people,second-jobs,cases,records,seed" }, FALSE, run_sample },
  { { "import staff", "FOLDER FILE.csv", 2, 2, "dry-run,mapping" }, TRUE, run_import },
  { { "import complaints", "FOLDER FILE.csv", 2, 2, "dry-run,mapping" }, TRUE, run_import },
  { { "import intelligence", "FOLDER FILE.csv", 2, 2, "dry-run,mapping" }, TRUE, run_import },
  { { "import second-jobs", "FOLDER FILE.csv", 2, 2, "dry-run,mapping" }, TRUE, run_import },
  { { "stats", "FOLDER", 1, 1, "from,to" }, TRUE, run_stats },
  { { "audit", "FOLDER", 1, 1, "record" }, TRUE, run_audit },
  { { "verify", "FOLDER", 1, 1, "head,exhibits" }, TRUE, run_verify },
  { { NULL } },
};
