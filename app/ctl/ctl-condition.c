/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-compliance.h"
#include "probity-watch.h"

/* Conditions and whether they are kept; the watch list. */

static gboolean
read_number (CtlCall *call,
             guint   *ret_number,
             GError **error)
{
  guint64 number;

  if (g_ascii_string_to_unsigned (ctl_call_get_argument (call, 2), 10, 1, G_MAXINT, &number, NULL))
    {
      *ret_number = (guint) number;
      return TRUE;
    }
  g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "“%s” is no number", ctl_call_get_argument (call, 2));

  return FALSE;
}

/* What is listed is looked at: logged before it is read. */
static JsonNode *
run_condition_list (CtlCall *call,
                    GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  g_autoptr (ProbityRecord) record = dex_await_boxed (probity_record_load (call->session, probity_record_kind_find ("second-job"), reference), error);
  g_autoptr (GPtrArray) list = record != NULL ? dex_await_boxed (probity_compliance_load (call->session, reference), error) : NULL;

  return list != NULL ? ctl_list_to_json ("conditions", list, "number code text due state reviewed_on result seen exhibit who answer answered_by") : NULL;
}

static JsonNode *
run_condition_review (CtlCall *call,
                      GError **error)
{
  g_autoptr (ProbityValues) values = ctl_call_dup_values (call, "seen,reviewed-on,exhibit,next-due");
  guint number;

  if (!read_number (call, &number, error) || ctl_call_require_option (call, "seen", error) == NULL)
    return NULL;
  probity_values_set (values, "result", ctl_call_get_argument (call, 3));
  if (!dex_await (probity_compliance_review (call->session, ctl_call_get_argument (call, 1), number, values), error))
    return NULL;

  return ctl_done ("reviewed", ctl_call_get_argument (call, 1));
}

static JsonNode *
run_condition_answer (CtlCall *call,
                      GError **error)
{
  const char *text = ctl_call_require_option (call, "text", error);
  guint       number;

  if (text == NULL || !read_number (call, &number, error) ||
      !dex_await (probity_compliance_answer (call->session, ctl_call_get_argument (call, 1), number, text), error))
    return NULL;

  return ctl_done ("answered", ctl_call_get_argument (call, 1));
}

static JsonNode *
run_watch_list (CtlCall *call,
                GError **error)
{
  g_autoptr (GPtrArray) list = dex_await_boxed (probity_watch_list (call->session), error);

  return list != NULL ? ctl_list_to_json ("watch", list, "reference staff_number name employer reason since who review_on state notes") : NULL;
}

static JsonNode *
run_watch_show (CtlCall *call,
                GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  g_autoptr (ProbityRecord) record = dex_await_boxed (probity_record_load (call->session, probity_record_kind_find ("second-job"), reference), error);
  g_autoptr (GPtrArray) list = record != NULL ? dex_await_boxed (probity_watch_load (call->session, reference), error) : NULL;

  return list != NULL ? ctl_list_to_json ("notes", list, "kind at who text review_on") : NULL;
}

static JsonNode *
run_watch_add (CtlCall *call,
               GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);

  if (reason == NULL || !dex_await (probity_watch_add (call->session, ctl_call_get_argument (call, 1), reason, ctl_call_get_option (call, "review-on")), error))
    return NULL;

  return ctl_done ("watched", ctl_call_get_argument (call, 1));
}

static JsonNode *
run_watch_observe (CtlCall *call,
                   GError **error)
{
  const char *text = ctl_call_require_option (call, "text", error);

  if (text == NULL || !dex_await (probity_watch_observe (call->session, ctl_call_get_argument (call, 1), text), error))
    return NULL;

  return ctl_done ("observed", ctl_call_get_argument (call, 1));
}

static JsonNode *
run_watch_review (CtlCall *call,
                  GError **error)
{
  const char *text = ctl_call_require_option (call, "text", error);

  if (text == NULL || !dex_await (probity_watch_review (call->session, ctl_call_get_argument (call, 1), text, ctl_call_get_option (call, "review-on")), error))
    return NULL;

  return ctl_done ("reviewed", ctl_call_get_argument (call, 1));
}

static JsonNode *
run_watch_end (CtlCall *call,
               GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);

  if (reason == NULL || !dex_await (probity_watch_end (call->session, ctl_call_get_argument (call, 1), reason), error))
    return NULL;

  return ctl_done ("ended", ctl_call_get_argument (call, 1));
}

const CtlCommand ctl_condition_commands[] = {
  { { "condition list", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_condition_list },
  { { "condition review", "FOLDER REFERENCE NUMBER complied|not-complied|not-applicable", 4, 4, "seen,reviewed-on,exhibit,next-due" }, TRUE, run_condition_review },
  { { "condition answer", "FOLDER REFERENCE NUMBER", 3, 3, "text" }, TRUE, run_condition_answer },
  { { "watch list", "FOLDER", 1, 1, "" }, TRUE, run_watch_list },
  { { "watch show", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_watch_show },
  { { "watch add", "FOLDER REFERENCE", 2, 2, "reason,review-on" }, TRUE, run_watch_add },
  { { "watch observe", "FOLDER REFERENCE", 2, 2, "text" }, TRUE, run_watch_observe },
  { { "watch review", "FOLDER REFERENCE", 2, 2, "text,review-on" }, TRUE, run_watch_review },
  { { "watch end", "FOLDER REFERENCE", 2, 2, "reason" }, TRUE, run_watch_end },
  { { NULL } },
};
