/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-check.h"
#include "probity-sealed-answer.h"

static gboolean
read_kind (const char       *word,
           ProbityCheckKind *ret_kind,
           GError          **error)
{
  for (ProbityCheckKind kind = PROBITY_CHECK_COMPLAINTS; kind <= PROBITY_CHECK_INTELLIGENCE; kind++)
    if (g_str_equal (word, probity_check_kind_to_string (kind)))
      {
        *ret_kind = kind;
        return TRUE;
      }
  g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "A check is complaints or intelligence, not “%s”", word);
  return FALSE;
}

static JsonNode *
check_to_json (ProbityCheck *check)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_add_text (builder, "uid", check->uid);
  ctl_add_text (builder, "reference", check->reference);
  ctl_add_text (builder, "subject", check->subject);
  ctl_add_text (builder, "started", check->started);
  ctl_add_text (builder, "by", check->by);
  ctl_add_text (builder, "published", check->published);
  ctl_add_text (builder, "result", check->result);
  ctl_add_text (builder, "digest", check->digest);
  json_builder_set_member_name (builder, "stale");
  json_builder_add_boolean_value (builder, check->stale);
  json_builder_set_member_name (builder, "hits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < check->hits->len; i++)
    {
      ProbityHit *hit = g_ptr_array_index (check->hits, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "id", hit->id);
      ctl_add_text (builder, "compartment", hit->compartment);
      ctl_add_text (builder, "kind", hit->kind);
      ctl_add_text (builder, "reference", hit->reference);
      ctl_add_text (builder, "subject", hit->subject);
      ctl_add_text (builder, "title", hit->title);
      json_builder_set_member_name (builder, "score");
      json_builder_add_double_value (builder, hit->score);
      ctl_add_text (builder, "why", hit->why);
      ctl_add_text (builder, "verdict", hit->verdict);
      ctl_add_text (builder, "reason", hit->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "searched");
  json_builder_begin_array (builder);
  for (guint i = 0; check->searched != NULL && i < check->searched->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (check->searched, i));
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_run (CtlCall *call,
         GError **error)
{
  g_autoptr (ProbityCheck) check = NULL;
  ProbityCheckKind kind;

  if (!read_kind (ctl_call_get_argument (call, 2), &kind, error))
    return NULL;
  check = dex_await_boxed (probity_check_run (call->session, ctl_call_get_argument (call, 1), ctl_call_get_option (call, "subject"), kind), error);
  return check != NULL ? check_to_json (check) : NULL;
}

static JsonNode *
run_show (CtlCall *call,
          GError **error)
{
  g_autoptr (ProbityCheck) check = NULL;
  ProbityCheckKind kind;

  if (!read_kind (ctl_call_get_argument (call, 2), &kind, error))
    return NULL;
  check = dex_await_boxed (probity_check_load (call->session, ctl_call_get_argument (call, 1), ctl_call_get_option (call, "subject"), kind), error);
  return check != NULL ? check_to_json (check) : NULL;
}

static JsonNode *
run_assess (CtlCall *call,
            GError **error)
{
  static const char *const verdicts[] = { "relevant", "not-relevant", "not-the-same-person", NULL };
  const char              *reference = ctl_call_get_argument (call, 1);
  const char              *verdict = ctl_call_get_argument (call, 3);
  const char              *reason = ctl_call_require_option (call, "reason", error);

  if (reason == NULL)
    return NULL;
  if (!g_strv_contains (verdicts, verdict))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "A verdict is relevant, not-relevant or not-the-same-person, not “%s”", verdict);
      return NULL;
    }
  if (!dex_await (probity_check_assess (call->session, reference, ctl_call_get_argument (call, 2), verdict, reason), error))
    return NULL;
  return ctl_done ("assessed", reference);
}

static JsonNode *
run_publish (CtlCall *call,
             GError **error)
{
  g_autofree const char **searched = ctl_call_get_options (call, "searched");
  const char             *reference = ctl_call_get_argument (call, 1);
  const char             *word = ctl_call_get_argument (call, 3);
  ProbityCheckKind        kind;

  if (!read_kind (ctl_call_get_argument (call, 2), &kind, error))
    return NULL;
  if (!g_str_equal (word, "concern") && !g_str_equal (word, "no-concern"))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "A check ends in no-concern or concern, not “%s”", word);
      return NULL;
    }
  if (!dex_await (probity_check_publish (call->session, reference, ctl_call_get_option (call, "subject"), kind, g_str_equal (word, "concern"), searched), error))
    return NULL;
  return ctl_done ("published", reference);
}

/* What the reader's sealed cases say of whom a case is about, and what was answered. */
static JsonNode *
run_sealed (CtlCall *call,
            GError **error)
{
  g_autoptr (GPtrArray) list = dex_await_boxed (probity_sealed_answer_load (call->session, ctl_call_get_argument (call, 1)), error);

  return list != NULL ? ctl_list_to_json ("sealed", list, "what kind reference title subject why answer reason who at") : NULL;
}

static JsonNode *
run_answer (CtlCall *call,
            GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);

  if (!dex_await (probity_sealed_answer_give (call->session, reference, ctl_call_get_argument (call, 2), ctl_call_get_option (call, "reason")), error))
    return NULL;
  return ctl_done ("answered", reference);
}

const CtlCommand ctl_check_commands[] = {
  { { "check run", "FOLDER REFERENCE complaints|intelligence", 3, 3, "subject" }, TRUE, run_run },
  { { "check show", "FOLDER REFERENCE complaints|intelligence", 3, 3, "subject" }, TRUE, run_show },
  { { "check assess", "FOLDER REFERENCE HIT relevant|not-relevant|not-the-same-person", 4, 4, "reason" }, TRUE, run_assess },
  { { "check publish", "FOLDER REFERENCE complaints|intelligence no-concern|concern", 4, 4, "searched,subject" }, TRUE, run_publish },
  { { "check sealed", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_sealed },
  { { "check answer", "FOLDER REFERENCE nothing|wait", 3, 3, "reason" }, TRUE, run_answer },
  { { NULL } },
};
