/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-conduct-private.h"
#include "probity-part.h"
#include "probity-profile.h"

/* The statutory clock of a conduct investigation. */

/* Of a profile that was copied into its casebook before it had rules of conduct investigations. */
#define FIRST_REPORT_MONTHS 12
#define NEXT_REPORT_MONTHS 6
#define RULE "Police (Conduct) Regulations 2020, reg. 19"

static int
get_months (ProbityProfile *profile,
            ProbityDay      day,
            const char     *key,
            int             fallback)
{
  const char *text = probity_profile_get_conduct_rule (profile, day, key);

  return text != NULL ? (int) g_ascii_strtoll (text, NULL, 10) : fallback;
}

ProbityDay
probity_conduct_get_report_due (ProbityProfile *profile,
                                ProbityDay      attention,
                                guint           n)
{
  const int first = get_months (profile, attention, "First-Report-Months", FIRST_REPORT_MONTHS);
  const int next = get_months (profile, attention, "Next-Report-Months", NEXT_REPORT_MONTHS);

  if (first == 0 || (n > 0 && next == 0))
    return PROBITY_DAY_NONE;

  return probity_day_add_months (attention, first + (int) n * next);
}

ProbityDay
probity_conduct_get_next_report (ProbityProfile *profile,
                                 ProbityDay      attention,
                                 const char     *last_due)
{
  const ProbityDay last = last_due != NULL ? probity_day_from_iso (last_due) : PROBITY_DAY_NONE;
  ProbityDay       due = probity_conduct_get_report_due (profile, attention, 0);

  for (guint n = 1; last != PROBITY_DAY_NONE && due != PROBITY_DAY_NONE && due <= last; n++)
    due = probity_conduct_get_report_due (profile, attention, n);

  return due;
}

gboolean
probity_conduct_join_rows (ProbityDb  *db,
                           const char *sql,
                           const char *uid,
                           char      **ret_text,
                           GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$uid", 's', uid, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", probity_statement_get_text (statement, 0));
    }
  *ret_text = text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;

  return TRUE;
}

static void
set_text (ProbityValues *values,
          const char    *field,
          const char    *text)
{
  if (text != NULL)
    probity_values_set (values, field, text);
}

/* How far the case has come, a line a stage, as its force calls them. */
static gboolean
fill_progress (ProbityStep   *step,
               ProbityDb     *db,
               ProbityRecord *record,
               ProbityValues *values,
               GError       **error)
{
  static const char *const names[] = { "day", "stage", NULL };
  ProbityProfile          *profile = probity_session_get_profile (step->session);
  const ProbityDay         received = probity_day_from_iso (probity_record_get (record, "received"));
  g_autoptr (GPtrArray) stages = probity_part_load (db, step->session, "SELECT substr (entered_at, 1, 10), stage FROM case_stage WHERE case_uid = $uid ORDER BY id", step->uid, names, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (stages == NULL)
    return FALSE;
  for (guint i = 0; i < stages->len; i++)
    {
      ProbityValues   *row = g_ptr_array_index (stages, i);
      const char      *code = probity_values_get (row, "stage");
      const char      *label = probity_profile_get_stage (profile, step->case_kind->name, received, code, NULL, NULL);
      g_autofree char *day = probity_day_to_words (probity_day_from_iso (probity_values_get (row, "day")));

      g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "", day, label != NULL ? label : code);
    }
  if (text->len > 0)
    probity_values_set (values, "progress", text->str);

  return TRUE;
}

/* What came as a complaint is reported under the regulations on complaints, to the Director General too. */
static void
fill_rules (ProbityProfile *profile,
            ProbityRecord  *record,
            ProbityDay      day,
            ProbityValues  *values)
{
  const gboolean complaint = g_strcmp0 (probity_record_get (record, "origin"), "complaint") == 0;
  const char    *rule = complaint ? probity_profile_get_conduct_rule (profile, day, "Complaint-Report-Rule") : NULL;
  const char    *to = complaint ? probity_profile_get_conduct_rule (profile, day, "Complaint-Report-To") : NULL;

  if (rule == NULL)
    rule = probity_profile_get_conduct_rule (profile, day, "Report-Rule");
  if (to == NULL)
    to = probity_profile_get_conduct_rule (profile, day, "Report-To");
  probity_values_set (values, "rule", rule != NULL ? rule : RULE);
  set_text (values, "sent_to", to);
}

static gboolean
prepare_read (ProbityRead *read,
              gpointer     data,
              GValue      *result,
              GError     **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autofree char *last_due = NULL;
  g_autofree char *last = NULL;
  g_autofree char *notice = NULL;
  g_autofree char *steps = NULL;
  const char      *attention;

  if (!probity_step_find_read (step, read, &db, &record, error) ||
      !probity_conduct_join_rows (db, PROBITY_CONDUCT_LAST_REPORT_SQL, step->uid, &last_due, error) ||
      !probity_conduct_join_rows (db, "SELECT estimated_end FROM conduct_progress_report WHERE case_uid = $uid AND estimated_end IS NOT NULL ORDER BY id DESC LIMIT 1", step->uid, &last, error) ||
      !probity_conduct_join_rows (db, "SELECT min (served) FROM conduct_notice WHERE case_uid = $uid AND served IS NOT NULL HAVING min (served) IS NOT NULL", step->uid, &notice, error) ||
      !probity_conduct_join_rows (db, "SELECT title || coalesce (', by ' || hard_deadline, '') FROM case_action WHERE case_uid = $uid AND state IN ('open', 'started') ORDER BY number", step->uid, &steps, error) ||
      !fill_progress (step, db, record, values, error))
    return FALSE;

  attention = probity_record_get (record, "came_to_attention");
  set_text (values, "came_to_attention", attention);
  probity_values_set (values, "notice_served", notice != NULL ? notice : "not served");
  set_text (values, "estimated_end", last);
  set_text (values, "planned_steps", steps);
  if (probity_record_get (record, "closed") == NULL && attention != NULL)
    {
      ProbityProfile  *profile = probity_session_get_profile (step->session);
      const ProbityDay day = probity_day_from_iso (attention);
      const ProbityDay due = probity_conduct_get_next_report (profile, day, last_due);
      g_autofree char *text = due != PROBITY_DAY_NONE ? probity_day_to_iso (due) : NULL;

      fill_rules (profile, record, day, values);
      set_text (values, "due", text);
    }

  return probity_part_return (result, g_steal_pointer (&values));
}

DexFuture *
probity_conduct_prepare_report (ProbitySession *session,
                                const char     *reference)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, &probity_conduct_case, reference);
  step->action = g_strdup ("progress-report");

  return probity_step_read (step, prepare_read);
}
