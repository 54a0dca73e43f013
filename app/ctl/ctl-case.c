/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-action.h"
#include "probity-case-log.h"
#include "probity-case-readers.h"
#include "probity-checklist.h"
#include "probity-link.h"
#include "probity-timeline.h"

/* Parts of a case of any kind; each command takes its case by reference. */

/* What is listed is looked at: logged before it is read. */
static JsonNode *
list_part (CtlCall *call,
           DexFuture *(*load) (ProbitySession *, const ProbityCaseKind *, const char *),
           const char *member,
           const char *fields,
           GError    **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  g_autoptr (ProbityRecord) record = dex_await_boxed (probity_case_load (call->session, NULL, reference), error);
  g_autoptr (GPtrArray) list = NULL;

  if (record == NULL)
    return NULL;
  list = dex_await_boxed (load (call->session, NULL, probity_record_get_uid (record)), error);

  return list != NULL ? ctl_list_to_json (member, list, fields) : NULL;
}

/* The values that a command made, and what was done. Takes @future. */
static JsonNode *
done_with (DexFuture  *future,
           const char *what,
           const char *fields,
           GError    **error)
{
  g_autoptr (ProbityValues) values = dex_await_boxed (future, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) names = g_strsplit (fields, " ", -1);

  if (values == NULL)
    return NULL;
  json_builder_begin_object (builder);
  ctl_add_text (builder, "done", what);
  for (guint f = 0; names[f] != NULL; f++)
    ctl_add_field (builder, values, names[f]);

  return ctl_finish (builder);
}

static gboolean
read_number (CtlCall *call,
             guint    index,
             guint   *ret_number,
             GError **error)
{
  guint64 number;

  if (g_ascii_string_to_unsigned (ctl_call_get_argument (call, index), 10, 1, G_MAXINT, &number, NULL))
    {
      *ret_number = (guint) number;
      return TRUE;
    }
  g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "“%s” is no number", ctl_call_get_argument (call, index));

  return FALSE;
}

#define ACTION_OPTIONS "title,what,owner,soft-deadline,hard-deadline"
#define ACTION_FIELDS                                                                                \
  "number uid title what owner soft_deadline hard_deadline intrusive state due working_days result " \
  "reason created created_by started started_by finished finished_by"

static JsonNode *
run_action_add (CtlCall *call,
                GError **error)
{
  g_autoptr (ProbityValues) values = ctl_call_dup_values (call, ACTION_OPTIONS);

  if (ctl_call_require_option (call, "title", error) == NULL)
    return NULL;
  if (ctl_call_get_option (call, "intrusive") != NULL)
    probity_values_set (values, "intrusive", "true");

  return done_with (probity_action_add (call->session, NULL, ctl_call_get_argument (call, 1), values), "action added", "reference number", error);
}

static JsonNode *
run_action_change (CtlCall *call,
                   GError **error)
{
  g_autoptr (ProbityValues) values = ctl_call_dup_values (call, "owner,soft-deadline,hard-deadline");
  guint number;

  if (!read_number (call, 2, &number, error))
    return NULL;

  return done_with (probity_action_change (call->session, NULL, ctl_call_get_argument (call, 1), number, values, ctl_call_get_option (call, "reason")), "action changed", "reference number", error);
}

static JsonNode *
run_action_start (CtlCall *call,
                  GError **error)
{
  guint number;

  if (!read_number (call, 2, &number, error))
    return NULL;

  return done_with (probity_action_start (call->session, NULL, ctl_call_get_argument (call, 1), number), "action started", "reference number", error);
}

static JsonNode *
run_action_done (CtlCall *call,
                 GError **error)
{
  guint number;

  if (!read_number (call, 2, &number, error))
    return NULL;

  return done_with (probity_action_finish (call->session, NULL, ctl_call_get_argument (call, 1), number, ctl_call_get_option (call, "result")), "action done", "reference number", error);
}

static JsonNode *
run_action_cancel (CtlCall *call,
                   GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);
  guint       number;

  if (reason == NULL || !read_number (call, 2, &number, error))
    return NULL;

  return done_with (probity_action_cancel (call->session, NULL, ctl_call_get_argument (call, 1), number, reason), "action cancelled", "reference number", error);
}

static JsonNode *
run_action_list (CtlCall *call,
                 GError **error)
{
  return list_part (call, probity_action_load, "actions", ACTION_FIELDS, error);
}

static JsonNode *
run_log_add (CtlCall *call,
             GError **error)
{
  const char *text = ctl_call_require_option (call, "text", error);
  guint64     corrects;

  if (text == NULL || !ctl_call_get_number (call, "corrects", 0, G_MAXINT, &corrects, error))
    return NULL;

  return done_with (probity_case_log_add (call->session, NULL, ctl_call_get_argument (call, 1), ctl_call_get_option (call, "kind"), text, (guint) corrects), "logged", "reference number", error);
}

static JsonNode *
run_log_list (CtlCall *call,
              GError **error)
{
  return list_part (call, probity_case_log_load, "log", "number uid at who kind text corrects corrected_by", error);
}

#define DECISION_OPTIONS "title,information,threat,powers,options,action,ethics,reasons,decided-by"

static JsonNode *
run_decision_add (CtlCall *call,
                  GError **error)
{
  g_autoptr (ProbityValues) values = ctl_call_dup_values (call, DECISION_OPTIONS);

  if (ctl_call_require_option (call, "title", error) == NULL ||
      ctl_call_require_option (call, "options", error) == NULL ||
      ctl_call_require_option (call, "reasons", error) == NULL)
    return NULL;

  return done_with (probity_decision_log_add (call->session, NULL, ctl_call_get_argument (call, 1), values), "decision recorded", "reference number", error);
}

static JsonNode *
run_decision_amend (CtlCall *call,
                    GError **error)
{
  g_autoptr (ProbityValues) values = ctl_call_dup_values (call, DECISION_OPTIONS);
  guint number;

  if (!read_number (call, 2, &number, error))
    return NULL;

  return done_with (probity_decision_log_amend (call->session, NULL, ctl_call_get_argument (call, 1), number, values), "decision amended", "reference number", error);
}

static JsonNode *
run_decision_list (CtlCall *call,
                   GError **error)
{
  return list_part (call,
                    probity_decision_log_load,
                    "decisions",
                    "number amendment uid title information threat powers options action ethics reasons decided_by at who latest sealed sealed_at may_amend",
                    error);
}

static JsonNode *
run_link_add (CtlCall *call,
              GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);
  const char *type = ctl_call_get_option (call, "type");

  if (reason == NULL)
    return NULL;

  return done_with (probity_link_add (call->session,
                                      ctl_call_get_option (call, "kind"),
                                      ctl_call_get_argument (call, 1),
                                      ctl_call_get_option (call, "other-kind"),
                                      ctl_call_get_argument (call, 2),
                                      type != NULL ? type : "related",
                                      reason),
                    "linked",
                    "uid",
                    error);
}

static JsonNode *
run_link_remove (CtlCall *call,
                 GError **error)
{
  const char *uid = ctl_call_get_argument (call, 1);
  const char *reason = ctl_call_require_option (call, "reason", error);

  if (reason == NULL || !dex_await (probity_link_remove (call->session, uid, reason), error))
    return NULL;

  return ctl_done ("link removed", uid);
}

/* Without --kind a case is meant: a person and an organisation have no reference that says what they are. */
static JsonNode *
run_link_list (CtlCall *call,
               GError **error)
{
  const char              *kind_name = ctl_call_get_option (call, "kind");
  const ProbityRecordKind *kind = kind_name != NULL ? probity_record_kind_find (kind_name) : NULL;
  const ProbityCaseKind   *case_kind = kind_name != NULL ? probity_case_kind_find (kind_name) : NULL;
  const char              *reference = ctl_call_get_argument (call, 1);
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) links = NULL;

  if (kind_name != NULL && kind == NULL && case_kind == NULL)
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "There are no records of the kind “%s”", kind_name);
      return NULL;
    }
  record = dex_await_boxed (kind != NULL ? probity_record_load (call->session, kind, reference) : probity_case_load (call->session, case_kind, reference), error);
  if (record == NULL)
    return NULL;
  links = dex_await_boxed (probity_link_load (call->session,
                                              probity_record_kind_get_name (probity_record_get_kind (record)),
                                              probity_record_get_uid (record),
                                              ctl_call_get_option (call, "removed") != NULL),
                           error);

  return links != NULL ? ctl_list_to_json ("links", links, "uid type outgoing kind record_uid reference title reason at who compartment state removed_at removed_by removed_reason") : NULL;
}

static JsonNode *
run_checklist_apply (CtlCall *call,
                     GError **error)
{
  return done_with (probity_checklist_apply (call->session, NULL, ctl_call_get_argument (call, 1), ctl_call_get_option (call, "stage")), "checklist applied", "added", error);
}

static JsonNode *
run_checklist_answer (CtlCall *call,
                      GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);

  if (!dex_await (probity_checklist_answer (call->session,
                                            NULL,
                                            reference,
                                            ctl_call_get_option (call, "stage"),
                                            ctl_call_get_argument (call, 2),
                                            ctl_call_get_argument (call, 3),
                                            ctl_call_get_option (call, "note")),
                  error))
    return NULL;

  return ctl_done ("answered", reference);
}

static JsonNode *
run_checklist_list (CtlCall *call,
                    GError **error)
{
  return list_part (call, probity_checklist_load, "checklist", "stage code text rule answer note answered_at answered_by applied_at present", error);
}

static JsonNode *
run_case_stages (CtlCall *call,
                 GError **error)
{
  return list_part (call, probity_case_load_stages, "stages", "stage at who reason", error);
}

static JsonNode *
run_case_timeline (CtlCall *call,
                   GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  g_autoptr (ProbityRecord) record = dex_await_boxed (probity_case_load (call->session, NULL, reference), error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) items = NULL;

  if (record == NULL)
    return NULL;
  items = dex_await_boxed (probity_case_load_timeline (call->session, NULL, probity_record_get_uid (record)), error);
  if (items == NULL)
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "timeline");
  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    {
      ProbityTimelineItem *item = g_ptr_array_index (items, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "at", item->at);
      ctl_add_text (builder, "who", item->who);
      ctl_add_text (builder, "what", item->what);
      ctl_add_text (builder, "text", item->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_case_readers (CtlCall *call,
                  GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  g_autoptr (ProbityRecord) record = dex_await_boxed (probity_case_load (call->session, NULL, reference), error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) names = NULL;

  if (record == NULL)
    return NULL;
  names = dex_await_boxed (probity_case_load_readers (call->session, NULL, probity_record_get_uid (record)), error);
  if (names == NULL)
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "readers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < names->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (names, i));
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

const CtlCommand ctl_case_commands[] = {
  { { "action add", "FOLDER REFERENCE", 2, 2, ACTION_OPTIONS ",intrusive" }, TRUE, run_action_add },
  { { "action change", "FOLDER REFERENCE NUMBER", 3, 3, "owner,soft-deadline,hard-deadline,reason" }, TRUE, run_action_change },
  { { "action start", "FOLDER REFERENCE NUMBER", 3, 3, "" }, TRUE, run_action_start },
  { { "action done", "FOLDER REFERENCE NUMBER", 3, 3, "result" }, TRUE, run_action_done },
  { { "action cancel", "FOLDER REFERENCE NUMBER", 3, 3, "reason" }, TRUE, run_action_cancel },
  { { "action list", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_action_list },
  { { "log add", "FOLDER REFERENCE", 2, 2, "text,kind,corrects" }, TRUE, run_log_add },
  { { "log list", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_log_list },
  { { "decision add", "FOLDER REFERENCE", 2, 2, DECISION_OPTIONS }, TRUE, run_decision_add },
  { { "decision amend", "FOLDER REFERENCE NUMBER", 3, 3, DECISION_OPTIONS }, TRUE, run_decision_amend },
  { { "decision list", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_decision_list },
  { { "link add", "FOLDER REFERENCE OTHER", 3, 3, "type,reason,kind,other-kind" }, TRUE, run_link_add },
  { { "link remove", "FOLDER UID", 2, 2, "reason" }, TRUE, run_link_remove },
  { { "link list", "FOLDER REFERENCE", 2, 2, "kind,removed" }, TRUE, run_link_list },
  { { "checklist apply", "FOLDER REFERENCE", 2, 2, "stage" }, TRUE, run_checklist_apply },
  { { "checklist answer", "FOLDER REFERENCE CODE done|not-applicable|open", 4, 4, "note,stage" }, TRUE, run_checklist_answer },
  { { "checklist list", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_checklist_list },
  { { "case stages", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_case_stages },
  { { "case timeline", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_case_timeline },
  { { "case readers", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_case_readers },
  { { NULL } },
};
