/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-seal.h"

/* Sealed cases: moving one, who comes and goes, and which of them this account holds. */

static JsonNode *
run_seal (CtlCall *call,
          GError **error)
{
  const char    *reference = ctl_call_get_argument (call, 1);
  const char    *reason = ctl_call_get_option (call, "reason");
  const gboolean without = ctl_call_get_option (call, "without") != NULL;
  const gboolean with_checks = ctl_call_get_option (call, "with-checks") != NULL;
  g_auto (GStrv) names = ctl_call_dup_names (call, without ? "without" : "for", error);
  g_autoptr (ProbityRecord) record = NULL;

  if (names == NULL)
    return NULL;
  if (without && ctl_call_get_option (call, "for") != NULL)
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_USAGE, "--for and --without are two steps");
      return NULL;
    }
  record = dex_await_boxed (without       ? probity_case_seal_without (call->session, reference, (const char *const *) names, ctl_call_get_option (call, "authority"), reason)
                            : with_checks ? probity_case_seal_with_checks (call->session, reference, (const char *const *) names, reason)
                                          : probity_case_seal (call->session, reference, (const char *const *) names, reason),
                            error);

  return record != NULL ? ctl_done ("sealed", probity_record_get_reference (record)) : NULL;
}

static JsonNode *
show_state (CtlCall    *call,
            const char *reference,
            GError    **error)
{
  g_autoptr (ProbitySealState) state = dex_await_boxed (probity_case_load_seal (call->session, reference), error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (state == NULL)
    return NULL;
  json_builder_begin_object (builder);
  ctl_add_text (builder, "reference", reference);
  json_builder_set_member_name (builder, "sealed");
  json_builder_add_boolean_value (builder, state->sealed);
  ctl_add_texts (builder, "holders", (const char *const *) state->holders);
  ctl_add_texts (builder, "candidates", (const char *const *) state->candidates);
  ctl_add_texts (builder, "conflicts", (const char *const *) state->conflicts);
  ctl_add_texts (builder, "deciders", (const char *const *) state->deciders);
  ctl_add_texts (builder, "gaining_checks", (const char *const *) state->gaining);

  return ctl_finish (builder);
}

static JsonNode *
run_sealed (CtlCall *call,
            GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (ctl_call_get_argument (call, 1) != NULL)
    return show_state (call, ctl_call_get_argument (call, 1), error);

  records = dex_await_boxed (probity_case_load_sealed (call->session), error);
  if (records == NULL)
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "cases");
  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    {
      ProbityRecord           *record = g_ptr_array_index (records, i);
      const ProbityRecordKind *kind = probity_record_get_kind (record);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "reference", probity_record_get_reference (record));
      ctl_add_text (builder, "kind", probity_record_kind_get_name (kind));
      ctl_add_text (builder, "title", probity_record_get (record, probity_case_kind_of (kind)->title));
      ctl_add_text (builder, "stage", probity_record_get (record, "stage"));
      ctl_add_text (builder, "subjects", probity_record_get (record, kind == &probity_second_job_kind ? "applicant_name" : "subjects"));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

const CtlCommand ctl_seal_commands[] = {
  { { "case seal", "FOLDER REFERENCE", 2, 2, "for,with-checks,without,authority,reason" }, TRUE, run_seal },
  { { "case sealed", "FOLDER [REFERENCE]", 1, 2, "" }, TRUE, run_sealed },
  { { NULL } },
};
