/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-conduct-private.h"
#include "probity-instant.h"
#include "probity-pages.h"
#include "probity-part.h"
#include "probity-profile.h"

/* The notice of investigation and the statutory report on paper. Printing is a disclosure, logged before anybody has it. */

#define REPORT_TITLE "Report on the time taken by an investigation"

static ProbityPages *
start_pages (ProbityStep   *step,
             ProbityWrite  *write,
             ProbityRecord *record,
             const char    *title)
{
  ProbityProfile *profile = probity_session_get_profile (step->session);
  ProbityPages   *pages = probity_pages_new (title,
                                           probity_profile_get_force_name (profile),
                                           probity_session_get_account_name (step->session),
                                           probity_write_get_now (write));

  probity_pages_set_marking (pages, probity_record_get (record, "marking"));
  probity_pages_add_banner (pages, probity_profile_get_force_name (profile), probity_profile_get_department (profile, "professional-standards"));
  probity_pages_add_title (pages, title);

  return pages;
}

static void
add_day (ProbityPages *pages,
         const char   *label,
         const char   *iso)
{
  const ProbityDay day = iso != NULL ? probity_day_from_iso (iso) : PROBITY_DAY_NONE;
  g_autofree char *words = day != PROBITY_DAY_NONE ? probity_day_to_words (day) : g_strdup (iso);

  probity_pages_add_field (pages, label, words);
}

static gboolean
finish (ProbityStep   *step,
        ProbityWrite  *write,
        ProbityRecord *record,
        ProbityPages  *pages,
        const char    *what,
        const char    *to,
        GValue        *result,
        GError       **error)
{
  g_autoptr (GBytes) bytes = probity_pages_render (pages, error);

  if (bytes == NULL || !probity_step_log (step, write, record, PROBITY_VERB_DISCLOSURE, what, NULL, to, error))
    return FALSE;

  g_value_init (result, G_TYPE_BYTES);
  g_value_take_boxed (result, g_steal_pointer (&bytes));

  return TRUE;
}

/* --- The notice --- */

/* The newest notice to this officer says what is printed, unless the caller does. */
static gboolean
take_notice (ProbityStep   *step,
             ProbityDb     *db,
             const char    *subject,
             ProbityValues *values,
             GError       **error)
{
  static const char *const names[] = { "served", "served_by", "terms_of_reference", "no_terms_reason", "withheld_reason", NULL };
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (ProbityValues) row = NULL;

  statement = probity_db_query (db, error, "SELECT served, served_by, terms_of_reference, no_terms_reason, withheld_reason FROM conduct_notice WHERE subject = $uid ORDER BY id DESC LIMIT 1", "$uid", 's', subject, NULL);
  if (statement == NULL || !probity_part_collect_one (statement, step->session, names, &row, error))
    return FALSE;
  if (step->values == NULL && probity_part_get (row, "withheld_reason") != NULL)
    {
      g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "The notice to this officer is withheld");
      return FALSE;
    }
  for (guint i = 0; g_strcmp0 (names[i], "withheld_reason") != 0; i++)
    {
      const char *value = step->values != NULL ? probity_part_get (step->values, names[i]) : probity_part_get (row, names[i]);

      if (value != NULL)
        probity_values_set (values, names[i], value);
    }

  return TRUE;
}

static void
add_paragraphs (ProbityPages *pages,
                const char   *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      if (i > 0)
        probity_pages_add_space (pages, 4);
      probity_pages_add_text (pages, paragraphs[i]);
    }
}

static void
write_notice (ProbityPages  *pages,
              ProbityRecord *record,
              ProbityValues *values)
{
  static const struct
  {
    const char *heading;
    const char *part;
  } parts[] = {
    { "What is alleged", "conduct" },
    { "How serious it would be", "severity" },
    { "Which proceedings are likely", "proceedings" },
    { "Your right to advice", "advice" },
    { "What you may say, and until when", "representations" },
    { "If you say nothing", "inference" },
  };
  const char *terms = probity_part_get (values, "terms_of_reference");

  probity_pages_add_field (pages, "Given under", probity_values_get (values, "rule"));
  probity_pages_add_field (pages, "To", probity_part_get (values, "name"));
  probity_pages_add_field (pages, "Rank or grade", probity_part_get (values, "rank"));
  probity_pages_add_field (pages, "Staff number", probity_part_get (values, "staff_number"));
  probity_pages_add_field (pages, "Unit", probity_part_get (values, "unit"));
  probity_pages_add_field (pages, "Our reference", probity_record_get_reference (record));
  add_day (pages, "Given on", probity_part_get (values, "served"));
  probity_pages_add_field (pages, "Given by", probity_part_get (values, "served_by"));

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      probity_pages_add_heading (pages, parts[i].heading);
      add_paragraphs (pages, probity_values_get (values, parts[i].part));
    }
  probity_pages_add_heading (pages, "Terms of reference of the investigation");
  if (terms == NULL)
    probity_pages_add_text (pages, "They are not given with this notice, for this reason:");
  add_paragraphs (pages, terms != NULL ? terms : probity_values_get (values, "no_terms_reason"));

  probity_pages_add_space (pages, 10);
  probity_pages_add_box (pages, "Given by: name, signature, day and time", 2);
  probity_pages_add_box (pages, "Received by the officer: signature, day and time", 2);
}

static gboolean
notice_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep  *step = data;
  ProbitySource source = { .session = step->session, .write = write };
  ProbityDb    *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityPages) pages = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *missing = NULL;
  const char      *field;

  if (!probity_step_find (step, write, &db, &record, error) ||
      (subject = probity_investigation_dup_subject_uid (db, record, step->text, FALSE, error)) == NULL ||
      !take_notice (step, db, subject, values, error) ||
      !probity_conduct_fill_notice (&source, db, record, subject, probity_instant_to_day (probity_write_get_now (write)), values, error))
    return FALSE;
  missing = probity_conduct_dup_missing_parts (values, &field);
  if (missing != NULL)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, field, "The notice lacks: %s", missing));
      return FALSE;
    }

  pages = start_pages (step, write, record, probity_values_get (values, "title"));
  write_notice (pages, record, values);

  return finish (step, write, record, pages, "notice", probity_part_get (values, "staff_number") != NULL ? probity_values_get (values, "staff_number") : probity_part_get (values, "name"), result, error);
}

DexFuture *
probity_conduct_print_notice (ProbitySession *session,
                              const char     *reference,
                              const char     *subject,
                              ProbityValues  *values)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && subject != NULL);

  step = probity_step_new (session, &probity_conduct_case, reference);
  step->action = g_strdup ("print-notice");
  step->text = g_strdup (subject);
  step->values = values != NULL ? probity_values_ref (values) : NULL;

  return probity_step_run (step, notice_write);
}

/* --- The statutory report --- */

static void
add_item (ProbityPages *pages,
          const char   *heading,
          const char   *text)
{
  const ProbityDay day = probity_day_from_iso (text);
  g_autofree char *words = day != PROBITY_DAY_NONE ? probity_day_to_words (day) : g_strdup (text);

  probity_pages_add_heading (pages, heading);
  probity_pages_add_text (pages, words);
}

static void
write_report (ProbityPages  *pages,
              ProbityRecord *record,
              ProbityValues *row)
{
  static const struct
  {
    const char *heading;
    const char *field;
  } items[] = {
    { "(a) When the matter came to the appropriate authority’s attention", "came_to_attention" },
    { "(b) When written notice was given to the officer", "notice_served" },
    { "(c) Progress of the investigation", "progress" },
    { "(d) When the investigation is estimated to end, and its report to be submitted", "estimated_end" },
    { "(e) Reason for the time taken", "reason_for_time" },
    { "(f) Planned steps", "planned_steps" },
  };

  probity_pages_add_field (pages, "Made under", probity_values_get (row, "rule"));
  probity_pages_add_field (pages, "To", probity_values_get (row, "sent_to"));
  probity_pages_add_field (pages, "Our reference", probity_record_get_reference (record));
  add_day (pages, "Due on", probity_values_get (row, "due"));
  add_day (pages, "Sent on", probity_values_get (row, "sent"));
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    add_item (pages, items[i].heading, probity_values_get (row, items[i].field));
}

static gboolean
report_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  static const char *const names[] = { "due", "came_to_attention", "notice_served", "progress", "estimated_end", "reason_for_time", "planned_steps", "sent", "sent_to", "withheld_reason", "rule", NULL };
  ProbityStep             *step = data;
  ProbityDb               *db;
  ProbityProfile          *profile = probity_session_get_profile (step->session);
  const char              *title;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (ProbityValues) row = NULL;
  g_autoptr (ProbityPages) pages = NULL;

  if (!probity_step_find (step, write, &db, &record, error))
    return FALSE;
  statement = probity_db_query (db, error, "SELECT due, came_to_attention, notice_served, progress, estimated_end, reason_for_time, planned_steps, sent, sent_to, withheld_reason, rule"
                                           " FROM conduct_progress_report WHERE case_uid = $case AND uid = coalesce ($uid, uid) ORDER BY id DESC LIMIT 1",
                                "$case",
                                's',
                                step->uid,
                                "$uid",
                                's',
                                step->text,
                                NULL);
  if (statement == NULL || !probity_part_collect_one (statement, step->session, names, &row, error))
    return FALSE;
  if (row == NULL)
    return step->text != NULL ? probity_access_set_not_found (error, step->text)
                              : (g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s has no report", probity_record_get_reference (record)), FALSE);
  if (probity_part_get (row, "withheld_reason") != NULL)
    {
      g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "This report is withheld");
      return FALSE;
    }

  title = probity_profile_get_conduct_rule (profile, probity_conduct_get_rules_day (record), "Report-Title");
  pages = start_pages (step, write, record, title != NULL ? title : REPORT_TITLE);
  write_report (pages, record, row);

  return finish (step, write, record, pages, "progress-report", probity_values_get (row, "sent_to"), result, error);
}

DexFuture *
probity_conduct_print_report (ProbitySession *session,
                              const char     *reference,
                              const char     *uid)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, &probity_conduct_case, reference);
  step->action = g_strdup ("print-report");
  step->text = g_strdup (uid);

  return probity_step_run (step, report_write);
}
