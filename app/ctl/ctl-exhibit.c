/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-exhibit.h"

static void
add_exhibit (JsonBuilder    *builder,
             ProbityExhibit *exhibit)
{
  ctl_add_text (builder, "uid", exhibit->uid);
  ctl_add_text (builder, "case", exhibit->case_reference);
  ctl_add_text (builder, "reference", exhibit->reference);
  ctl_add_text (builder, "description", exhibit->description);
  ctl_add_text (builder, "received", exhibit->received);
  ctl_add_text (builder, "received_from", exhibit->received_from);
  ctl_add_text (builder, "place", exhibit->place);
  ctl_add_text (builder, "file_name", exhibit->file_name);
  ctl_add_text (builder, "media_type", exhibit->media_type);
  ctl_add_int (builder, "size", exhibit->size);
  ctl_add_text (builder, "sha256", exhibit->sha256);
  ctl_add_text (builder, "added", exhibit->added);
  ctl_add_text (builder, "by", exhibit->by);
  ctl_add_text (builder, "verified", exhibit->verified);
  ctl_add_text (builder, "state", exhibit->state);
}

static JsonNode *
exhibit_to_json (ProbityExhibit *exhibit)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_exhibit (builder, exhibit);

  return ctl_finish (builder);
}

static JsonNode *
run_add (CtlCall *call,
         GError **error)
{
  /* Options are written with a hyphen, fields with an underscore. */
  static const struct
  {
    const char *option;
    const char *field;
  } fields[] = {
    { "description", "description" },
    { "received", "received" },
    { "from", "received_from" },
    { "place", "place" },
    { "initials", "initials" },
  };
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (ctl_call_get_argument (call, 2));
  g_autoptr (ProbityExhibit) exhibit = NULL;

  if (ctl_call_require_option (call, "description", error) == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    probity_values_set (values, fields[i].field, ctl_call_get_option (call, fields[i].option));

  exhibit = dex_await_boxed (probity_exhibit_add (call->session, ctl_call_get_argument (call, 1), file, values, NULL, NULL), error);

  return exhibit != NULL ? exhibit_to_json (exhibit) : NULL;
}

static JsonNode *
run_list (CtlCall *call,
          GError **error)
{
  const char *case_reference = ctl_call_get_argument (call, 1);
  g_autoptr (GPtrArray) exhibits = NULL;
  g_autoptr (JsonBuilder) builder = NULL;

  if (!dex_await (probity_exhibit_consult (call->session, case_reference), error))
    return NULL;
  exhibits = dex_await_boxed (probity_exhibit_list (call->session, case_reference), error);
  if (exhibits == NULL)
    return NULL;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "exhibits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < exhibits->len; i++)
    {
      json_builder_begin_object (builder);
      add_exhibit (builder, g_ptr_array_index (exhibits, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_continuity (CtlCall *call,
                GError **error)
{
  const char *case_reference = ctl_call_get_argument (call, 1);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (JsonBuilder) builder = NULL;

  if (!dex_await (probity_exhibit_consult (call->session, case_reference), error))
    return NULL;
  items = dex_await_boxed (probity_exhibit_load_continuity (call->session, case_reference, ctl_call_get_argument (call, 2)), error);
  if (items == NULL)
    return NULL;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "continuity");
  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    {
      ProbityContinuityItem *item = g_ptr_array_index (items, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "at", item->at);
      ctl_add_text (builder, "account", item->who);
      ctl_add_text (builder, "action", item->action);
      ctl_add_text (builder, "detail", item->detail);
      ctl_add_text (builder, "reason", item->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

/* Every exhibit of the case, or the one named. */
static JsonNode *
run_verify (CtlCall *call,
            GError **error)
{
  const char *case_reference = ctl_call_get_argument (call, 1);
  const char *only = ctl_call_get_argument (call, 2);
  g_autoptr (GPtrArray) exhibits = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n_done = 0;
  guint n_bad = 0;

  exhibits = dex_await_boxed (probity_exhibit_list (call->session, case_reference), error);
  if (exhibits == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "exhibits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < exhibits->len; i++)
    {
      ProbityExhibit  *exhibit = g_ptr_array_index (exhibits, i);
      g_autofree char *state = NULL;

      if (only != NULL && g_ascii_strcasecmp (only, exhibit->reference) != 0)
        continue;
      state = dex_await_string (probity_exhibit_verify (call->session, case_reference, exhibit->reference, NULL, NULL), error);
      if (state == NULL)
        return NULL;
      n_done++;
      n_bad += g_str_equal (state, "whole") ? 0 : 1;
      json_builder_begin_object (builder);
      ctl_add_text (builder, "reference", exhibit->reference);
      ctl_add_text (builder, "sha256", exhibit->sha256);
      ctl_add_text (builder, "state", state);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  if (only != NULL && n_done == 0)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "exhibit", "%s has no exhibit %.40s", case_reference, only));
      return NULL;
    }
  if (n_bad > 0)
    g_set_error (error, CTL_ERROR, CTL_ERROR_PROBLEM, "%u of %u exhibits are not what was taken in", n_bad, n_done);

  return ctl_finish (builder);
}

static JsonNode *
run_export (CtlCall *call,
            GError **error)
{
  const char *path = ctl_call_get_argument (call, 3);
  const char *to = ctl_call_require_option (call, "to", error);
  const char *reason = to != NULL ? ctl_call_require_option (call, "reason", error) : NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (ProbityExhibit) exhibit = NULL;

  if (reason == NULL)
    return NULL;
  if (g_file_query_exists (file, NULL))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_FILE, "%s exists already", path);
      return NULL;
    }

  exhibit = dex_await_boxed (probity_exhibit_export (call->session, ctl_call_get_argument (call, 1), ctl_call_get_argument (call, 2), file, to, reason, NULL, NULL), error);

  return exhibit != NULL ? exhibit_to_json (exhibit) : NULL;
}

static JsonNode *
run_move (CtlCall *call,
          GError **error)
{
  const char *to = ctl_call_require_option (call, "to", error);
  const char *reason = to != NULL ? ctl_call_require_option (call, "reason", error) : NULL;

  if (reason == NULL ||
      !dex_await (probity_exhibit_move (call->session, ctl_call_get_argument (call, 1), ctl_call_get_argument (call, 2), to, reason), error))
    return NULL;

  return ctl_done ("move recorded", ctl_call_get_argument (call, 2));
}

const CtlCommand ctl_exhibit_commands[] = {
  { { "exhibit add", "FOLDER REFERENCE FILE", 3, 3, "description,received,from,place,initials" }, TRUE, run_add },
  { { "exhibit list", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_list },
  { { "exhibit continuity", "FOLDER REFERENCE EXHIBIT", 3, 3, "" }, TRUE, run_continuity },
  { { "exhibit verify", "FOLDER REFERENCE [EXHIBIT]", 2, 3, "" }, TRUE, run_verify },
  { { "exhibit export", "FOLDER REFERENCE EXHIBIT FILE", 4, 4, "to,reason" }, TRUE, run_export },
  { { "exhibit move", "FOLDER REFERENCE EXHIBIT", 3, 3, "to,reason" }, TRUE, run_move },
  { { NULL } },
};
