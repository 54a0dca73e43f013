/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-list.h"

/*
 * Who is recorded as related to whom. The same records as on a person's page: one that was true is ended on its day, so
 * that checks still see it; ended or not, neither of the two finds it.
 */

static const ProbityRecordKind *
get_kind (void)
{
  return probity_record_kind_find ("relation");
}

static JsonNode *
done_with (ProbityRecord *record,
           const char    *what)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_add_text (builder, "done", what);
  ctl_add_text (builder, "uid", probity_record_get_uid (record));
  ctl_add_text (builder, "ended", probity_record_get (record, "ended"));

  return ctl_finish (builder);
}

static JsonNode *
run_add (CtlCall *call,
         GError **error)
{
  g_autoptr (ProbityValues) values = ctl_call_dup_values (call, "nature,note,ended");
  g_autoptr (ProbityRecord) record = NULL;

  if (ctl_call_require_option (call, "nature", error) == NULL)
    return NULL;
  probity_values_set (values, "staff_number", ctl_call_get_argument (call, 1));
  probity_values_set (values, "related_staff_number", ctl_call_get_argument (call, 2));
  record = dex_await_boxed (probity_record_create (call->session, get_kind (), values), error);

  return record != NULL ? done_with (record, "related") : NULL;
}

/* Takes @values. What is not there, or not for this reader, is one answer. */
static JsonNode *
change (CtlCall       *call,
        ProbityValues *values,
        const char    *what,
        GError       **error)
{
  const char *uid = ctl_call_get_argument (call, 1);
  g_autoptr (ProbityValues) taken = values;
  g_autoptr (ProbityRecord) before = dex_await_boxed (probity_record_load (call->session, get_kind (), uid), error);
  g_autoptr (ProbityRecord) record = NULL;

  if (before == NULL)
    return NULL;
  record = dex_await_boxed (probity_record_update (call->session, get_kind (), uid, probity_record_get_version (before), taken), error);

  return record != NULL ? done_with (record, what) : NULL;
}

static JsonNode *
run_change (CtlCall *call,
            GError **error)
{
  if (ctl_call_get_option (call, "nature") == NULL && ctl_call_get_option (call, "note") == NULL && ctl_call_get_option (call, "ended") == NULL)
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_USAGE, "Say what changes: --nature, --note or --ended");
      return NULL;
    }

  return change (call, ctl_call_dup_values (call, "nature,note,ended"), "relation changed", error);
}

static JsonNode *
run_end (CtlCall *call,
         GError **error)
{
  const char      *on = ctl_call_get_option (call, "on");
  ProbityValues   *values = probity_values_new ();
  g_autofree char *today = probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (call->session)));

  probity_values_set (values, "ended", on != NULL ? on : today);

  return change (call, values, "relation ended", error);
}

static JsonNode *
run_show (CtlCall *call,
          GError **error)
{
  static const char *const names[] = { "staff_number", "name", "related_staff_number", "related_name", "nature", "note", "ended", "created" };
  g_autoptr (ProbityRecord) record = dex_await_boxed (probity_record_load (call->session, get_kind (), ctl_call_get_argument (call, 1)), error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (record == NULL)
    return NULL;
  json_builder_begin_object (builder);
  ctl_add_text (builder, "uid", probity_record_get_uid (record));
  ctl_add_int (builder, "version", probity_record_get_version (record));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    ctl_add_text (builder, names[i], probity_record_get (record, names[i]));

  return ctl_finish (builder);
}

/* The person is looked at first: who is not there for this reader has no relations either. */
static JsonNode *
run_list (CtlCall *call,
          GError **error)
{
  static const char *const names[] = { "staff_number", "name", "related_staff_number", "related_name", "nature", "ended" };
  const ProbityListKind   *kind = probity_list_kind_find ("relations");
  g_autoptr (ProbityRecord) person = dex_await_boxed (probity_record_load (call->session, probity_record_kind_find ("person"), ctl_call_get_argument (call, 1)), error);
  g_autoptr (ProbityListQuery) query = probity_list_query_new (kind);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) rows = NULL;

  if (person == NULL)
    return NULL;
  probity_list_query_set_filter (query, "person", probity_record_get (person, "staff_number"));
  rows = ctl_load_rows (call, kind, query, error);
  if (rows == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "relations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityListRow *row = g_ptr_array_index (rows, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "uid", row->uid);
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        ctl_add_text (builder, names[j], probity_list_row_find_cell (row, kind, names[j]));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

const CtlCommand ctl_relation_commands[] = {
  { { "relation add", "FOLDER NUMBER OTHER", 3, 3, "nature,note,ended" }, TRUE, run_add },
  { { "relation list", "FOLDER NUMBER", 2, 2, "" }, TRUE, run_list },
  { { "relation show", "FOLDER UID", 2, 2, "" }, TRUE, run_show },
  { { "relation change", "FOLDER UID", 2, 2, "nature,note,ended" }, TRUE, run_change },
  { { "relation end", "FOLDER UID", 2, 2, "on" }, TRUE, run_end },
  { { NULL } },
};
