/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-annual-review.h"
#include "probity-day.h"
#include "probity-second-job.h"

/* The annual review in bulk. */

static gboolean
read_run (CtlCall *call,
          guint   *ret_run,
          GError **error)
{
  guint64 number;

  if (!ctl_call_get_number (call, "run", 0, G_MAXINT, &number, error))
    return FALSE;
  *ret_run = (guint) number;

  return TRUE;
}

/* What a command made. Takes @future. */
static JsonNode *
finish_values (DexFuture  *future,
               const char *done,
               const char *fields,
               GError    **error)
{
  g_autoptr (ProbityValues) values = dex_await_boxed (future, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) names = g_strsplit (fields, " ", -1);

  if (values == NULL)
    return NULL;
  json_builder_begin_object (builder);
  ctl_add_text (builder, "done", done);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = probity_values_get (values, names[i]);

      if (g_str_equal (names[i], "with_hits") || g_str_equal (names[i], "with_appeal") || g_str_equal (names[i], "problems"))
        {
          g_auto (GStrv) lines = g_strsplit (value != NULL ? value : "", "\n", -1);

          ctl_add_texts (builder, names[i], value != NULL && *value != '\0' ? (const char *const *) lines : NULL);
        }
      else
        {
          ctl_add_field (builder, values, names[i]);
        }
    }

  return ctl_finish (builder);
}

/* `--month 2026-11`: from its first day to its last. */
static gboolean
read_month (const char *month,
            char      **ret_from,
            char      **ret_until,
            GError    **error)
{
  g_autofree char *first = g_strconcat (month, "-01", NULL);
  const ProbityDay day = probity_day_from_iso (first);

  if (day == PROBITY_DAY_NONE)
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "--month is a month such as 2026-11, not “%s”", month);
      return FALSE;
    }
  *ret_from = g_steal_pointer (&first);
  *ret_until = probity_day_to_iso (probity_day_add_months (day, 1) - 1);

  return TRUE;
}

static JsonNode *
run_run (CtlCall *call,
         GError **error)
{
  const char      *month = ctl_call_get_option (call, "month");
  g_autofree char *from = g_strdup (ctl_call_get_option (call, "from"));
  g_autofree char *until = g_strdup (ctl_call_get_option (call, "until"));

  if (month != NULL && (from != NULL || until != NULL))
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_USAGE, "Either --month, or --until and perhaps --from");
      return NULL;
    }
  if (month != NULL && !read_month (month, &from, &until, error))
    return NULL;
  if (until == NULL)
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_USAGE, "--month or --until is missing");
      return NULL;
    }

  return finish_values (probity_annual_review_begin (call->session, from, until), "begun", "run calls", error);
}

static JsonNode *
run_list (CtlCall *call,
          GError **error)
{
  g_autoptr (GPtrArray) list = dex_await_boxed (probity_annual_review_load_runs (call->session), error);

  return list != NULL ? ctl_list_to_json ("runs", list, "run due_from due_until calls outstanding who at ended") : NULL;
}

/* What is listed is looked at: logged before it is read. */
static JsonNode *
run_show (CtlCall *call,
          GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  guint run;

  if (!read_run (call, &run, error) ||
      !dex_await (probity_audit_consult (call->session, "review-run", NULL, NULL), error))
    return NULL;
  list = dex_await_boxed (probity_annual_review_load (call->session, run), error);

  return list != NULL ? ctl_list_to_json ("calls", list, "reference staff_number name employer due state chases last_chased leaver appeal_open complaints_hits intelligence_hits") : NULL;
}

static JsonNode *
take_file (CtlCall    *call,
           const char *path,
           GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return finish_values (probity_annual_review_take_file (call->session, file), "returns", "read taken problems sha256", error);
}

static JsonNode *
run_return (CtlCall *call,
            GError **error)
{
  const char *path = ctl_call_get_option (call, "file");
  const char *reference = ctl_call_get_argument (call, 1);
  const char *result = ctl_call_get_argument (call, 2);
  g_autoptr (ProbityValues) values = NULL;

  if (path != NULL && reference == NULL)
    return take_file (call, path, error);
  if (result == NULL)
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_USAGE, "Either --file RETURNS.csv, or REFERENCE and no-change, changed or ceased");
      return NULL;
    }
  if (g_str_equal (result, "changed") != (path != NULL))
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_USAGE, path == NULL ? "What changed stands in --file CHANGES.json, the fields of an application that are otherwise now: the job goes through the gate again" : "Only a return that says changed has a file of what did");
      return NULL;
    }
  if (path != NULL && (values = ctl_read_application (path, error)) == NULL)
    return NULL;
  if (!dex_await (probity_second_job_review (call->session, reference, result, values, ctl_call_get_option (call, "note")), error))
    return NULL;

  return ctl_done ("returned", reference);
}

static JsonNode *
run_print (CtlCall *call,
           GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  guint run;

  if (!read_run (call, &run, error) || (bytes = dex_await_boxed (probity_annual_review_print (call->session, run), error)) == NULL ||
      !g_file_set_contents_full (ctl_call_get_argument (call, 1),
                                 g_bytes_get_data (bytes, NULL),
                                 g_bytes_get_size (bytes),
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600,
                                 error))
    return NULL;

  return ctl_done ("printed", ctl_call_get_argument (call, 1));
}

static JsonNode *
run_chase (CtlCall *call,
           GError **error)
{
  const char             *how = ctl_call_require_option (call, "how", error);
  g_autofree const char **references = ctl_call_get_options (call, "reference");
  guint                   run;

  if (how == NULL || !read_run (call, &run, error))
    return NULL;

  return finish_values (probity_annual_review_chase (call->session, run, references, how), "chased", "chased", error);
}

static JsonNode *
run_check (CtlCall *call,
           GError **error)
{
  const char             *word = ctl_call_get_argument (call, 1);
  g_autofree const char **searched = ctl_call_get_options (call, "searched");
  guint                   run;

  if (!g_str_equal (word, "complaints") && !g_str_equal (word, "intelligence"))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "A check is complaints or intelligence, not “%s”", word);
      return NULL;
    }
  if (!read_run (call, &run, error))
    return NULL;

  return finish_values (probity_annual_review_check (call->session, run, g_str_equal (word, "complaints") ? PROBITY_CHECK_COMPLAINTS : PROBITY_CHECK_INTELLIGENCE, searched),
                        "checked",
                        "searched published with_hits skipped",
                        error);
}

static JsonNode *
run_lapse (CtlCall *call,
           GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);

  if (reason == NULL || !dex_await (probity_annual_review_lapse (call->session, ctl_call_get_argument (call, 1), reason), error))
    return NULL;

  return ctl_done ("lapsed", ctl_call_get_argument (call, 1));
}

static JsonNode *
run_leavers (CtlCall *call,
             GError **error)
{
  guint run;

  return read_run (call, &run, error) ? finish_values (probity_annual_review_cease_leavers (call->session, run), "ceased", "ceased with_appeal", error) : NULL;
}

static JsonNode *
run_close (CtlCall *call,
           GError **error)
{
  guint run;

  return read_run (call, &run, error) ? finish_values (probity_annual_review_end (call->session, run, ctl_call_get_option (call, "note")), "closed", "run", error) : NULL;
}

const CtlCommand ctl_review_commands[] = {
  { { "review run", "FOLDER", 1, 1, "month,from,until" }, TRUE, run_run },
  { { "review list", "FOLDER", 1, 1, "" }, TRUE, run_list },
  { { "review show", "FOLDER", 1, 1, "run" }, TRUE, run_show },
  { { "review return", "FOLDER [REFERENCE no-change|changed|ceased]", 1, 3, "file,note" }, TRUE, run_return },
  { { "review print", "FOLDER FILE.pdf", 2, 2, "run" }, TRUE, run_print },
  { { "review chase", "FOLDER", 1, 1, "run,reference,how" }, TRUE, run_chase },
  { { "review check", "FOLDER complaints|intelligence", 2, 2, "run,searched" }, TRUE, run_check },
  { { "review lapse", "FOLDER REFERENCE", 2, 2, "reason" }, TRUE, run_lapse },
  { { "review leavers", "FOLDER", 1, 1, "run" }, TRUE, run_leavers },
  { { "review close", "FOLDER", 1, 1, "run,note" }, TRUE, run_close },
  { { NULL } },
};
