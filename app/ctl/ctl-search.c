/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-document.h"
#include "probity-screen.h"
#include "probity-search.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 500

static void
add_hit (JsonBuilder            *builder,
         const ProbitySearchHit *hit)
{
  json_builder_begin_object (builder);
  ctl_add_text (builder, "kind", hit->kind);
  ctl_add_text (builder, "part", hit->part);
  ctl_add_text (builder, "compartment", probity_compartment_to_string (hit->compartment));
  ctl_add_text (builder, "reference", hit->reference);
  ctl_add_text (builder, "uid", hit->uid);
  ctl_add_text (builder, "title", hit->title);
  ctl_add_text (builder, "snippet", hit->snippet);
  ctl_add_text (builder, "why", hit->why);
  json_builder_set_member_name (builder, "score");
  json_builder_add_double_value (builder, hit->score);
  json_builder_end_object (builder);
}

static JsonNode *
run_search (CtlCall *call,
            GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) hits = NULL;
  g_autofree char *words = g_strjoinv (" ", call->positional + 1);
  guint64          limit;

  if (!ctl_call_get_number (call, "limit", DEFAULT_LIMIT, MAX_LIMIT, &limit, error))
    return NULL;

  hits = dex_await_boxed (probity_search_once (call->session, words, (guint) limit), error);
  if (hits == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "results");
  json_builder_begin_array (builder);
  for (guint i = 0; i < hits->len; i++)
    add_hit (builder, g_ptr_array_index (hits, i));
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static void
add_finding (JsonBuilder                *builder,
             const ProbityScreenFinding *finding)
{
  json_builder_begin_object (builder);
  ctl_add_text (builder, "kind", finding->kind);
  ctl_add_text (builder, "compartment", finding->uid != NULL ? probity_compartment_to_string (finding->compartment) : NULL);
  ctl_add_text (builder, "reference", finding->reference);
  ctl_add_text (builder, "uid", finding->uid);
  ctl_add_text (builder, "title", finding->title);
  ctl_add_text (builder, "why", finding->why);
  json_builder_set_member_name (builder, "score");
  json_builder_add_double_value (builder, finding->score);
  ctl_add_text (builder, "context", finding->context);
  json_builder_set_member_name (builder, "places");
  json_builder_begin_array (builder);
  for (guint i = 0; i < finding->places->len; i++)
    {
      const ProbitySearchMark *place = &g_array_index (finding->places, ProbitySearchMark, i);

      json_builder_begin_object (builder);
      ctl_add_int (builder, "start", place->start);
      ctl_add_int (builder, "length", place->length);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static JsonNode *
run_screen (CtlCall *call,
            GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (ctl_call_get_argument (call, 1));
  g_autoptr (ProbityDocument) document = probity_document_load (file, NULL, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *label = NULL;

  if (document == NULL)
    return NULL;

  label = probity_document_dup_label (document);
  findings = dex_await_boxed (probity_screen (call->session, document->text, label), error);
  if (findings == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    add_finding (builder, g_ptr_array_index (findings, i));
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

const CtlCommand ctl_search_commands[] = {
  { { "screen", "FOLDER FILE", 2, 2, "" }, TRUE, run_screen },
  { { "search", "FOLDER WORDS…", 2, 32, "limit" }, TRUE, run_search },
  { { NULL } },
};
