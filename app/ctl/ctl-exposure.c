/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-exposure.h"
#include "probity-instant.h"
#include "probity-log-time.h"

static void
add_log (JsonBuilder              *builder,
         const ProbityExposureLog *log)
{
  json_builder_begin_object (builder);
  ctl_add_text (builder, "uid", log->uid);
  ctl_add_text (builder, "system", log->system);
  ctl_add_text (builder, "authority", log->authority);
  ctl_add_text (builder, "necessity", log->necessity);
  ctl_add_text (builder, "file_name", log->file_name);
  ctl_add_text (builder, "sha256", log->sha256);
  ctl_add_text (builder, "time_zone", log->time_zone);
  ctl_add_int (builder, "clock_error", log->clock_error);
  ctl_add_text (builder, "period_from", log->period_from);
  ctl_add_text (builder, "period_to", log->period_to);
  ctl_add_text (builder, "first", log->first);
  ctl_add_text (builder, "last", log->last);
  ctl_add_text (builder, "by", log->by);
  ctl_add_text (builder, "at", log->at);
  ctl_add_int (builder, "bytes", log->bytes);
  ctl_add_int (builder, "read", log->rows + log->rejected);
  ctl_add_int (builder, "added", log->rows);
  ctl_add_int (builder, "rejected", log->rejected);
  ctl_add_int (builder, "ambiguous", log->ambiguous);
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (guint i = 0; i < log->problems->len; i++)
    {
      const ProbityImportProblem *problem = g_ptr_array_index (log->problems, i);

      json_builder_begin_object (builder);
      ctl_add_int (builder, "line", (gint64) problem->line);
      ctl_add_text (builder, "column", problem->column);
      ctl_add_text (builder, "message", problem->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "set_aside");
  json_builder_add_boolean_value (builder, log->set_aside);
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < log->changes->len; i++)
    {
      const ProbityExposureChange *change = g_ptr_array_index (log->changes, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "what", change->aside ? "set-aside" : "taken-in-again");
      ctl_add_text (builder, "reason", change->reason);
      ctl_add_text (builder, "by", change->by);
      ctl_add_text (builder, "at", change->at);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_step (JsonBuilder               *builder,
          const ProbityExposureStep *step)
{
  json_builder_begin_object (builder);
  ctl_add_int (builder, "number", step->number);
  ctl_add_text (builder, "kind", probity_exposure_step_kind_to_string (step->kind));
  json_builder_set_member_name (builder, "keep");
  json_builder_add_boolean_value (builder, step->keep);
  ctl_add_text (builder, "from", step->from);
  ctl_add_text (builder, "until", step->until);
  json_builder_set_member_name (builder, "words");
  json_builder_begin_array (builder);
  for (guint i = 0; step->words != NULL && step->words[i] != NULL; i++)
    json_builder_add_string_value (builder, step->words[i]);
  json_builder_end_array (builder);
  ctl_add_int (builder, "named", step->named);
  ctl_add_text (builder, "reason", step->reason);
  ctl_add_text (builder, "by", step->by);
  ctl_add_text (builder, "at", step->at);
  ctl_add_int (builder, "before", step->before);
  ctl_add_int (builder, "gone", step->before - step->after);
  ctl_add_int (builder, "after", step->after);
  ctl_add_int (builder, "recorded_with_logs_set_aside", step->n_set_aside);
  json_builder_end_object (builder);
}

static void
add_person (JsonBuilder                 *builder,
            const ProbityExposurePerson *person)
{
  json_builder_begin_object (builder);
  ctl_add_text (builder, "uid", person->uid);
  ctl_add_text (builder, "staff_number", person->staff_number);
  ctl_add_text (builder, "name", person->name);
  ctl_add_text (builder, "rank", person->rank);
  ctl_add_text (builder, "unit", person->unit);
  ctl_add_text (builder, "accounts", person->accounts);
  json_builder_set_member_name (builder, "matched");
  json_builder_add_boolean_value (builder, person->staff_number != NULL);
  ctl_add_text (builder, "manner", person->manner);
  ctl_add_text (builder, "reason", person->reason);
  json_builder_set_member_name (builder, "masked");
  json_builder_add_boolean_value (builder, person->masked);
  ctl_add_int (builder, "rows", person->rows);
  ctl_add_text (builder, "first", person->first);
  ctl_add_text (builder, "last", person->last);
  json_builder_set_member_name (builder, "gone_with_step");
  if (person->gone_step != 0)
    json_builder_add_int_value (builder, person->gone_step);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

/* Of @gone people only the counts, unless all are asked for: they may be thousands. */
static JsonNode *
list_to_json (ProbityExposureList *list,
              gboolean             all)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "logs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->logs->len; i++)
    add_log (builder, g_ptr_array_index (list->logs, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->steps->len; i++)
    add_step (builder, g_ptr_array_index (list->steps, i));
  json_builder_end_array (builder);
  ctl_add_int (builder, "exposed", list->people->len);
  ctl_add_int (builder, "remaining", list->n_remaining);
  ctl_add_int (builder, "unmatched", list->n_unmatched);
  ctl_add_text (builder, "disposal_due", list->disposal_due);
  json_builder_set_member_name (builder, "people");
  json_builder_begin_array (builder);
  for (guint i = 0; i < (all ? list->people->len : list->n_remaining); i++)
    add_person (builder, g_ptr_array_index (list->people, i));
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_import (CtlCall *call,
            GError **error)
{
  ProbityExposureSource source = { .path = ctl_call_get_argument (call, 2) };
  const char           *clock_error = ctl_call_get_option (call, "clock-error");
  g_autoptr (ProbityExposureLog) log = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint64 seconds = 0;

  source.system = ctl_call_require_option (call, "system", error);
  source.authority = source.system != NULL ? ctl_call_require_option (call, "authority", error) : NULL;
  source.necessity = source.authority != NULL ? ctl_call_require_option (call, "necessity", error) : NULL;
  if (source.necessity == NULL || !ctl_call_get_number (call, "clock-error", 0, 86400, &seconds, error))
    return NULL;
  source.mapping_path = ctl_call_get_option (call, "mapping");
  source.time_zone = ctl_call_get_option (call, "time-zone");
  source.clock_error = clock_error != NULL ? (int) seconds : -1;
  source.period_from = ctl_call_get_option (call, "from");
  source.period_to = ctl_call_get_option (call, "to");

  log = dex_await_boxed (probity_exposure_import (call->session, ctl_call_get_argument (call, 1), &source, NULL, NULL), error);
  if (log == NULL)
    return NULL;
  add_log (builder, log);

  return json_builder_get_root (builder);
}

/* Steps ------------------------------------------------------------------------------------------ */

/* `a,b` with `\,` for a comma that belongs to a word. */
static GStrv
split_words (const char *text)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *at = text;; at++)
    {
      if (*at == '\\' && at[1] == ',')
        {
          g_string_append_c (word, ',');
          at++;
        }
      else if (*at == ',' || *at == '\0')
        {
          g_strv_builder_add (words, word->str);
          g_string_truncate (word, 0);
          if (*at == '\0')
            break;
        }
      else
        {
          g_string_append_c (word, *at);
        }
    }

  return g_strv_builder_end (words);
}

/* An instant as people write one; without an offset it is a time in the United Kingdom. */
static gboolean
read_instant (const char *text,
              char      **ret_instant,
              GError    **error)
{
  g_autoptr (ProbityLogTime) time = NULL;
  gint64 ms;

  if (*text == '\0')
    return TRUE;
  time = probity_log_time_new ("Europe/London", PROBITY_DATE_ORDER_UNDECLARED, error);
  if (time == NULL || !probity_log_time_parse (time, text, &ms, error))
    return FALSE;
  *ret_instant = probity_instant_from_ms (ms);

  return TRUE;
}

typedef struct
{
  char *from;
  char *until;
  GStrv words;
} StepTexts;

static void
clear_texts (gpointer data)
{
  StepTexts *texts = data;

  g_free (texts->from);
  g_free (texts->until);
  g_strfreev (texts->words);
}

static gboolean
read_step (const char               *word,
           const char               *reason,
           ProbityExposureNarrowing *step,
           StepTexts                *texts,
           GError                  **error)
{
  static const struct
  {
    const char             *name;
    ProbityExposureStepKind kind;
    gboolean                keep;
  } forms[] = {
    { "records", PROBITY_EXPOSURE_RECORDS, TRUE },
    { "not-records", PROBITY_EXPOSURE_RECORDS, FALSE },
    { "places", PROBITY_EXPOSURE_PLACES, TRUE },
    { "not-places", PROBITY_EXPOSURE_PLACES, FALSE },
    { "roles", PROBITY_EXPOSURE_ROLES, TRUE },
    { "not-roles", PROBITY_EXPOSURE_ROLES, FALSE },
    { "units", PROBITY_EXPOSURE_UNITS, TRUE },
    { "not-units", PROBITY_EXPOSURE_UNITS, FALSE },
    { "exclude", PROBITY_EXPOSURE_EXCLUSION, FALSE },
  };
  const char      *equals = strchr (word, '=');
  g_autofree char *name = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : g_strdup (word);

  step->reason = reason;
  if (g_str_equal (word, "eliminated"))
    {
      step->kind = PROBITY_EXPOSURE_ELIMINATED;
      return TRUE;
    }
  if (equals != NULL && g_str_equal (name, "window"))
    {
      /* Dates with strokes cannot be told from the one between. */
      const char      *stroke = strchr (equals + 1, '/');
      g_autofree char *from = stroke != NULL ? g_strndup (equals + 1, (gsize) (stroke - equals - 1)) : NULL;

      step->kind = PROBITY_EXPOSURE_WINDOW;
      if (stroke == NULL)
        {
          g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "A window is window=FROM/UNTIL, FROM may be empty, not “%s”", word);
          return FALSE;
        }
      if (!read_instant (from, &texts->from, error) || !read_instant (stroke + 1, &texts->until, error))
        return FALSE;
      step->from = texts->from;
      step->until = texts->until;
      return TRUE;
    }
  for (gsize i = 0; equals != NULL && i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].name, name))
      {
        texts->words = split_words (equals + 1);
        step->kind = forms[i].kind;
        step->keep = forms[i].keep;
        step->words = (const char *const *) texts->words;
        return TRUE;
      }

  g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "A step is window=FROM/UNTIL, records=, places=, roles=, units= (or not-records= …), eliminated, or exclude=, not “%s”", word);

  return FALSE;
}

static JsonNode *
run_narrow (CtlCall *call,
            GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  g_autoptr (ProbityExposureList) list = NULL;
  g_autoptr (GArray) steps = g_array_new (FALSE, TRUE, sizeof (ProbityExposureNarrowing));
  g_autoptr (GArray) texts = g_array_new (FALSE, TRUE, sizeof (StepTexts));

  g_array_set_clear_func (texts, clear_texts);
  for (guint i = 2; ctl_call_get_argument (call, i) != NULL; i++)
    {
      g_array_set_size (steps, steps->len + 1);
      g_array_set_size (texts, texts->len + 1);
      if (!read_step (ctl_call_get_argument (call, i),
                      ctl_call_get_option (call, "reason"),
                      &g_array_index (steps, ProbityExposureNarrowing, steps->len - 1),
                      &g_array_index (texts, StepTexts, texts->len - 1),
                      error))
        return NULL;
    }

  if ((ctl_call_get_option (call, "undo") != NULL) == (steps->len > 0))
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_USAGE, "Either steps, or --undo");
      return NULL;
    }
  list = dex_await_boxed (steps->len > 0 ? probity_exposure_narrow (call->session, reference, (const ProbityExposureNarrowing *) steps->data, steps->len)
                                         : probity_exposure_undo (call->session, reference),
                          error);

  return list != NULL ? list_to_json (list, FALSE) : NULL;
}

static JsonNode *
run_add (CtlCall *call,
         GError **error)
{
  const char *manner = ctl_call_require_option (call, "manner", error);
  const char *reason = manner != NULL ? ctl_call_require_option (call, "reason", error) : NULL;
  g_autoptr (ProbityExposureList) list = NULL;

  if (reason == NULL)
    return NULL;
  list = dex_await_boxed (probity_exposure_add (call->session, ctl_call_get_argument (call, 1), ctl_call_get_argument (call, 2), manner, reason), error);

  return list != NULL ? list_to_json (list, FALSE) : NULL;
}

/* A log is meant by its uid. */
static JsonNode *
change_log (CtlCall *call,
            DexFuture *(*change) (ProbitySession *session, const char *reference, const char *log, const char *reason),
            GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);
  g_autoptr (ProbityExposureList) list = NULL;

  if (reason == NULL)
    return NULL;
  list = dex_await_boxed (change (call->session, ctl_call_get_argument (call, 1), ctl_call_get_argument (call, 2), reason), error);

  return list != NULL ? list_to_json (list, FALSE) : NULL;
}

static JsonNode *
run_set_aside (CtlCall *call,
               GError **error)
{
  return change_log (call, probity_exposure_set_aside, error);
}

static JsonNode *
run_take_in (CtlCall *call,
             GError **error)
{
  return change_log (call, probity_exposure_take_in_again, error);
}

static JsonNode *
run_list (CtlCall *call,
          GError **error)
{
  g_autoptr (ProbityExposureList) list = dex_await_boxed (probity_exposure_load (call->session, ctl_call_get_argument (call, 1), NULL), error);

  return list != NULL ? list_to_json (list, ctl_call_get_option (call, "all") != NULL) : NULL;
}

static JsonNode *
run_rows (CtlCall *call,
          GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  const char *person = ctl_call_get_argument (call, 2);
  const char *log = ctl_call_get_option (call, "log");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint64 limit;

  if (!ctl_call_get_number (call, "limit", 1000, 100000, &limit, error))
    return NULL;
  if ((log != NULL) == (person != NULL))
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_USAGE, "Either a person, or --log");
      return NULL;
    }
  rows = dex_await_boxed (log != NULL ? probity_exposure_load_log_rows (call->session, reference, log, (guint) limit, NULL)
                                      : probity_exposure_load_rows (call->session, reference, person, ctl_call_get_option (call, "all") != NULL, (guint) limit, NULL),
                          error);
  if (rows == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      const ProbityExposureRow *row = g_ptr_array_index (rows, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "system", row->system);
      ctl_add_text (builder, "file_name", row->file_name);
      ctl_add_int (builder, "line", row->line);
      ctl_add_text (builder, "at", row->at);
      ctl_add_text (builder, "account", row->account);
      ctl_add_text (builder, "record", row->record);
      ctl_add_text (builder, "place", row->place);
      ctl_add_text (builder, "role", row->role);
      ctl_add_text (builder, "unit", row->unit);
      json_builder_set_member_name (builder, "set_aside");
      json_builder_add_boolean_value (builder, row->set_aside);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_export (CtlCall *call,
            GError **error)
{
  const char *path = ctl_call_get_argument (call, 2);
  g_autoptr (GError) problem = NULL;

  dex_await_int64 (probity_exposure_export (call->session, ctl_call_get_argument (call, 1), path), &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  return ctl_done ("exported", ctl_call_get_argument (call, 1));
}

const CtlCommand ctl_exposure_commands[] = {
  { { "exposure import", "FOLDER REFERENCE FILE", 3, 3, "system,authority,necessity,mapping,time-zone,clock-error,from,to" }, TRUE, run_import },
  { { "exposure narrow", "FOLDER REFERENCE [STEP…]", 2, 52, "undo,reason" }, TRUE, run_narrow },
  { { "exposure add", "FOLDER REFERENCE STAFF_NUMBER|NAME", 3, 3, "manner,reason" }, TRUE, run_add },
  { { "exposure list", "FOLDER REFERENCE", 2, 2, "all" }, TRUE, run_list },
  { { "exposure set-aside", "FOLDER REFERENCE LOG", 3, 3, "reason" }, TRUE, run_set_aside },
  { { "exposure take-in", "FOLDER REFERENCE LOG", 3, 3, "reason" }, TRUE, run_take_in },
  { { "exposure rows", "FOLDER REFERENCE [PERSON]", 2, 3, "all,limit,log" }, TRUE, run_rows },
  { { "exposure export", "FOLDER REFERENCE FILE.csv", 3, 3, "" }, TRUE, run_export },
  { { NULL } },
};
