/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-conduct.h"

/* A conduct investigation among the kinds of record and of case. */

static const ProbityField fields[] = {
  PROBITY_INVESTIGATION_FIELDS,
  { "origin", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED, 0, "=report,complaint,intelligence,social-media-referral,register-match,other" },
  { "came_to_attention", PROBITY_FIELD_DAY },
  { "referrer", PROBITY_FIELD_TEXT },
  { "platform", PROBITY_FIELD_TEXT },
  { "capture", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "capture_exhibit", PROBITY_FIELD_TEXT, 0, 64 },
  { "external_reference", PROBITY_FIELD_TEXT },
  { "register", PROBITY_FIELD_TEXT },
  { "corruption_category", PROBITY_FIELD_CHOICE, 0, 0, "corruption-categories" },
  { "appropriate_authority", PROBITY_FIELD_STAFF, 0, 64 },
};

static const ProbityDerived derived[] = {
  PROBITY_INVESTIGATION_DERIVED,
};

/* What was captured is an exhibit of this very case. */
static gboolean
check_capture (ProbityRecordChange *change,
               GError             **error)
{
  const char *exhibit = probity_values_get (change->values, "capture_exhibit");
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean found = FALSE;

  if (exhibit == NULL || *exhibit == '\0')
    return TRUE;
  if (change->old != NULL)
    {
      statement = probity_db_query (change->db, error, "SELECT 1 FROM exhibit WHERE case_uid = $case AND reference = $exhibit", "$case", 's', probity_record_get_uid (change->old), "$exhibit", 's', exhibit, NULL);
      if (statement == NULL || !probity_statement_step (statement, &found, error))
        return FALSE;
    }
  if (found)
    return TRUE;
  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "capture_exhibit", "The case has no exhibit “%s”", exhibit));

  return FALSE;
}

/* A referral says who referred and of what; a match, from which register. */
static gboolean
prepare_conduct (ProbityRecordChange *change,
                 GError             **error)
{
  static const struct
  {
    const char *origin;
    const char *field;
  } needed[] = {
    { "social-media-referral", "referrer" },
    { "social-media-referral", "platform" },
    { "register-match", "register" },
  };
  const char *origin = probity_record_change_get (change, "origin");
  const char *attention = probity_record_change_get (change, "came_to_attention");

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (g_strcmp0 (origin, needed[i].origin) == 0 && probity_record_change_get (change, needed[i].field) == NULL)
      {
        g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, needed[i].field, "“%s” must not be empty where the origin is %s", needed[i].field, origin));
        return FALSE;
      }
  if (!check_capture (change, error))
    return FALSE;
  if (attention == NULL)
    probity_values_set (change->values, "came_to_attention", probity_record_change_get (change, "received"));

  return probity_investigation_prepare (change, error);
}

const ProbityRecordKind probity_conduct_kind = {
  .name = "conduct-investigation",
  .table = "conduct",
  .compartment = PROBITY_COMPARTMENT_STANDARDS,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .derived = derived,
  .n_derived = G_N_ELEMENTS (derived),
  .key = "reference",
  .read = PROBITY_OPERATION_READ_STANDARDS,
  .edit = PROBITY_OPERATION_WORK_CONDUCT,
  .subject_table = "conduct_subject",
  .subject_parent = "conduct_id",
  .prepare = prepare_conduct,
  .own_commands = TRUE,
};

static const char *const stages[] = { "received", "severity-assessment", "investigation", "report", "decision", "closed", NULL };
static const char *const terminal[] = { "closed", NULL };

static const ProbityTimelineSource timeline[] = {
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT s.added, s.added_by, 'subject-added', coalesce (s.name, s.staff_number) FROM conduct_subject AS s JOIN conduct AS c ON c.id = s.conduct_id WHERE c.uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT s.eliminated, s.eliminated_by, 'subject-eliminated', s.elimination_reason FROM conduct_subject AS s JOIN conduct AS c ON c.id = s.conduct_id WHERE c.uid = $uid AND s.eliminated IS NOT NULL" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT created, created_by, 'allegation', allegation FROM conduct_allegation WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT created, created_by, 'severity:' || severity, reasons FROM conduct_severity WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT created, created_by, CASE WHEN served IS NULL THEN 'notice-withheld' ELSE 'notice-served' END, withheld_reason FROM conduct_notice WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT created, created_by, 'referral:' || decision, reasons FROM conduct_referral WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT created, created_by, 'progress-report', progress FROM conduct_progress_report WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT created, created_by, 'interview', interviewee FROM conduct_interview WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT created, created_by, 'finding:' || finding, reasons FROM conduct_finding WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT created, created_by, 'reflective-practice', NULL FROM conduct_reflective WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT published, account, 'check-published:' || kind, result FROM check_run WHERE case_uid = $uid AND kind = 'complaints' AND published IS NOT NULL" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT published, account, 'check-published:' || kind, result FROM check_run WHERE case_uid = $uid AND kind = 'intelligence' AND published IS NOT NULL" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT at, account, 'closing-proposed', outcome FROM closing_proposal WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT at, account, 'closing-decided', outcome FROM closing WHERE case_uid = $uid" },
};

const ProbityCaseKind probity_conduct_case = {
  .name = "conduct",
  .prefix = "CI",
  .record_kind = &probity_conduct_kind,
  .stages = stages,
  .terminal = terminal,
  .title = "title",
  .work = PROBITY_OPERATION_WORK_CONDUCT,
  .may_enter = probity_investigation_may_enter,
  .timeline = timeline,
  .n_timeline = G_N_ELEMENTS (timeline),
};
