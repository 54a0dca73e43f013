/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-appeal.h"

/* Appeals against decisions on second jobs. */

#define APPEAL_FIELDS                                                                                \
  "decision_outcome decided decided_by served_on how last_day appeal_to lodged_on late late_reason " \
  "grounds companion decide_by lodged_by outcome outcome_reasons outcome_by outcome_at"

static JsonNode *
values_to_json (ProbityValues *values,
                const char    *fields)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) names = g_strsplit (fields, " ", -1);

  json_builder_begin_object (builder);
  for (guint i = 0; names[i] != NULL; i++)
    ctl_add_field (builder, values, names[i]);

  return ctl_finish (builder);
}

/* Takes @future. */
static JsonNode *
done (CtlCall    *call,
      DexFuture  *future,
      const char *what,
      GError    **error)
{
  return dex_await (future, error) ? ctl_done (what, ctl_call_get_argument (call, 1)) : NULL;
}

static JsonNode *
run_serve (CtlCall *call,
           GError **error)
{
  const char *how = ctl_call_require_option (call, "how", error);

  if (how == NULL)
    return NULL;

  return done (call, probity_appeal_serve (call->session, ctl_call_get_argument (call, 1), ctl_call_get_option (call, "served-on"), how), "served", error);
}

static JsonNode *
run_lodge (CtlCall *call,
           GError **error)
{
  g_autoptr (ProbityValues) values = ctl_call_dup_values (call, "grounds,lodged-on,companion,late-reason");

  if (ctl_call_require_option (call, "grounds", error) == NULL)
    return NULL;

  return done (call, probity_appeal_lodge (call->session, ctl_call_get_argument (call, 1), values), "lodged", error);
}

static JsonNode *
run_withdraw (CtlCall *call,
              GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);

  if (reason == NULL)
    return NULL;

  return done (call, probity_appeal_withdraw (call->session, ctl_call_get_argument (call, 1), reason), "withdrawn", error);
}

static JsonNode *
run_seal (CtlCall *call,
          GError **error)
{
  return done (call, probity_appeal_seal (call->session, ctl_call_get_argument (call, 1), ctl_call_get_option (call, "restricted-reason")), "sealed", error);
}

/* What is shown is looked at: logged before it is read. */
static JsonNode *
run_show (CtlCall *call,
          GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  g_autoptr (ProbityRecord) record = dex_await_boxed (probity_record_load (call->session, probity_record_kind_find ("second-job"), reference), error);
  g_autoptr (ProbityValues) values = record != NULL ? dex_await_boxed (probity_appeal_load (call->session, reference), error) : NULL;

  return values != NULL ? values_to_json (values, APPEAL_FIELDS) : NULL;
}

static JsonNode *
run_bundle (CtlCall *call,
            GError **error)
{
  g_autoptr (ProbityValues) values = dex_await_boxed (probity_appeal_load_bundle (call->session, ctl_call_get_argument (call, 1)), error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) fields = NULL;

  if (values == NULL)
    return NULL;
  json_builder_begin_object (builder);
  fields = g_strsplit ("open_reasons conditions grounds companion restricted sealed_by sealed_at", " ", -1);
  for (guint i = 0; fields[i] != NULL; i++)
    ctl_add_field (builder, values, fields[i]);
  json_builder_set_member_name (builder, "comments");
  json_builder_begin_array (builder);
  for (guint i = 1;; i++)
    {
      g_autofree char *field = g_strdup_printf ("comment-%u", i);

      if (probity_values_get (values, field) == NULL)
        break;
      json_builder_add_string_value (builder, probity_values_get (values, field));
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_decide (CtlCall *call,
            GError **error)
{
  static const char *const outcomes[] = { "upheld", "dismissed", NULL };
  g_autofree const char  **conditions = ctl_call_get_options (call, "condition");
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  ProbityAppealDecision decision = { .outcome = ctl_call_get_argument (call, 2), .conditions = conditions };

  if (!g_strv_contains (outcomes, decision.outcome))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "An appeal is upheld or dismissed, not “%s”", decision.outcome);
      return NULL;
    }
  if ((decision.reasons = ctl_call_require_option (call, "reason", error)) == NULL)
    return NULL;
  record = dex_await_boxed (probity_appeal_decide (call->session, ctl_call_get_argument (call, 1), &decision), error);
  if (record == NULL)
    return NULL;

  json_builder_begin_object (builder);
  ctl_add_text (builder, "reference", probity_record_get_reference (record));
  ctl_add_text (builder, "stage", probity_record_get (record, "stage"));
  ctl_add_text (builder, "outcome", probity_record_get (record, "outcome"));

  return ctl_finish (builder);
}

const CtlCommand ctl_appeal_commands[] = {
  { { "appeal serve", "FOLDER REFERENCE", 2, 2, "served-on,how" }, TRUE, run_serve },
  { { "appeal lodge", "FOLDER REFERENCE", 2, 2, "grounds,lodged-on,companion,late-reason" }, TRUE, run_lodge },
  { { "appeal withdraw", "FOLDER REFERENCE", 2, 2, "reason" }, TRUE, run_withdraw },
  { { "appeal show", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_show },
  { { "appeal seal", "FOLDER REFERENCE", 2, 2, "restricted-reason" }, TRUE, run_seal },
  { { "appeal bundle", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_bundle },
  { { "appeal decide", "FOLDER REFERENCE upheld|dismissed", 3, 3, "reason,condition" }, TRUE, run_decide },
  { { NULL } },
};
