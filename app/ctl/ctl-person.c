/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-check.h"
#include "probity-csv.h"
#include "probity-everything.h"

/* A list of people that one call compares. */
#define MAX_PEOPLE_BYTES (256 * 1024 * 1024)

static void
add_people (JsonBuilder *builder,
            GPtrArray   *people)
{
  json_builder_set_member_name (builder, "people");
  json_builder_begin_array (builder);
  for (guint i = 0; i < people->len; i++)
    {
      ProbityPersonHit *hit = g_ptr_array_index (people, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "staff_number", hit->staff_number);
      ctl_add_text (builder, "name", hit->name);
      json_builder_set_member_name (builder, "score");
      json_builder_add_double_value (builder, hit->score);
      ctl_add_text (builder, "why", hit->why);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static JsonNode *
find_file (CtlCall    *call,
           const char *path,
           GError    **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);

  bytes = probity_csv_load_bytes (file, MAX_PEOPLE_BYTES, error);
  if (bytes == NULL)
    return NULL;

  rows = dex_await_boxed (probity_person_find_file (call->session, bytes, path), error);
  if (rows == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityPersonRow *row = g_ptr_array_index (rows, i);

      json_builder_begin_object (builder);
      ctl_add_int (builder, "line", row->line);
      add_people (builder, row->people);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_person_find (CtlCall *call,
                 GError **error)
{
  const char *path = ctl_call_get_option (call, "file");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) people = NULL;
  g_autofree char *words = g_strjoinv (" ", call->positional + 1);

  if ((path == NULL) == (*words == '\0'))
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_USAGE, "Give either the words to find or --file PEOPLE.csv");
      return NULL;
    }
  if (path != NULL)
    return find_file (call, path, error);

  people = dex_await_boxed (probity_person_find (call->session, words), error);
  if (people == NULL)
    return NULL;
  json_builder_begin_object (builder);
  add_people (builder, people);
  return ctl_finish (builder);
}

static JsonNode *
run_person_everything (CtlCall *call,
                       GError **error)
{
  g_autoptr (ProbityEverything) everything = dex_await_boxed (probity_everything_load (call->session, call->positional[1], NULL), error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (everything == NULL)
    return NULL;

  json_builder_begin_object (builder);
  ctl_add_text (builder, "staff_number", probity_record_get (everything->person, "staff_number"));
  ctl_add_text (builder, "name", probity_record_get (everything->person, "name"));
  json_builder_set_member_name (builder, "records");
  json_builder_begin_array (builder);
  for (guint i = 0; i < everything->items->len; i++)
    {
      const ProbityEverythingItem *item = g_ptr_array_index (everything->items, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "how", item->how);
      ctl_add_text (builder, "kind", item->kind);
      ctl_add_text (builder, "reference", item->reference);
      ctl_add_text (builder, "title", item->title);
      ctl_add_text (builder, "detail", item->detail);
      ctl_add_text (builder, "day", item->day);
      json_builder_set_member_name (builder, "closed");
      json_builder_add_boolean_value (builder, item->closed);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "events");
  json_builder_begin_array (builder);
  for (guint i = 0; i < everything->events->len; i++)
    {
      const ProbityEverythingEvent *event = g_ptr_array_index (everything->events, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "at", event->at);
      ctl_add_text (builder, "reference", event->reference);
      ctl_add_text (builder, "what", event->what);
      ctl_add_text (builder, "who", event->who);
      ctl_add_text (builder, "text", event->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

const CtlCommand ctl_person_commands[] = {
  { { "person find", "FOLDER WORDS…", 1, 32, "file" }, TRUE, run_person_find },
  { { "person everything", "FOLDER NUMBER", 2, 2, "" }, TRUE, run_person_everything },
  { { NULL } },
};
