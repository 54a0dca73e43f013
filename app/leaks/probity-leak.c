/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-leak.h"
#include "probity-step.h"

/* A leak among the kinds of record and of case. */

static const ProbityField fields[] = {
  PROBITY_INVESTIGATION_FIELDS,
  { "item", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED },
  { "item_marking", PROBITY_FIELD_CHOICE, 0, 0, "=none,official,official-sensitive" },
  { "item_created", PROBITY_FIELD_DAY },
  { "discovered", PROBITY_FIELD_DAY },
  { "discovered_by", PROBITY_FIELD_TEXT },
  { "corruption_category", PROBITY_FIELD_CHOICE, 0, 0, "corruption-categories" },
};

static const ProbityDerived derived[] = {
  PROBITY_INVESTIGATION_DERIVED,
};

const ProbityRecordKind probity_leak_kind = {
  .name = "leak-investigation",
  .table = "leak",
  .compartment = PROBITY_COMPARTMENT_INTELLIGENCE,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .derived = derived,
  .n_derived = G_N_ELEMENTS (derived),
  .key = "reference",
  .read = PROBITY_OPERATION_READ_INTELLIGENCE,
  .edit = PROBITY_OPERATION_WORK_LEAKS,
  .subject_table = "leak_subject",
  .subject_parent = "leak_id",
  .prepare = probity_investigation_prepare,
  .own_commands = TRUE,
};

static const char *const stages[] = { "reported", "assessment", "investigation", "report", "closed", NULL };
static const char *const terminal[] = { "closed", NULL };

static const ProbityTimelineSource timeline[] = {
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT s.added, s.added_by, 'subject-added', coalesce (s.name, s.staff_number) FROM leak_subject AS s JOIN leak AS l ON l.id = s.leak_id WHERE l.uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT s.eliminated, s.eliminated_by, 'subject-eliminated', s.elimination_reason FROM leak_subject AS s JOIN leak AS l ON l.id = s.leak_id WHERE l.uid = $uid AND s.eliminated IS NOT NULL" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT created, created_by, 'publication', outlet FROM leak_publication WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT at, account, 'log-imported', system || ' · ' || file_name FROM exposure_import WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT s.at, s.account, CASE s.aside WHEN 1 THEN 'log-set-aside' ELSE 'log-taken-in-again' END, i.system || ' · ' || i.file_name || ': ' || s.reason FROM exposure_set_aside AS s JOIN exposure_import AS i ON i.uid = s.log_uid WHERE s.case_uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT created, created_by, 'line-of-enquiry', title FROM leak_line WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT created, created_by, 'public-interest-assessment', intrusion FROM leak_assessment WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT published, account, 'check-published:' || kind, result FROM check_run WHERE case_uid = $uid AND published IS NOT NULL" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT at, account, 'closing-proposed', outcome FROM closing_proposal WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT at, account, 'closing-decided', outcome FROM closing WHERE case_uid = $uid" },
};

gboolean
probity_leak_may_intrude (const ProbitySource *source,
                          const ProbityCase   *self,
                          char               **ret_assessment_uid,
                          GError             **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  /* The newest counts: what was permitted once may be so no more. */
  statement = probity_db_query (self->db, error, "SELECT uid, intrusion FROM leak_assessment WHERE case_uid = $uid ORDER BY id DESC LIMIT 1", "$uid", 's', probity_record_get_uid (self->record), NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return probity_step_refuse (error, "public-interest-assessment", "Nothing intrusive is started before public interest and protected disclosure are assessed");
  if (!g_str_equal (probity_statement_get_text (statement, 1), "permitted"))
    return probity_step_refuse (error, "public-interest-assessment", "The newest assessment of %s does not permit intrusive steps", probity_record_get_reference (self->record));
  *ret_assessment_uid = probity_statement_dup_text (statement, 0);

  return TRUE;
}

const ProbityCaseKind probity_leak_case = {
  .name = "leak",
  .prefix = "LI",
  .record_kind = &probity_leak_kind,
  .stages = stages,
  .terminal = terminal,
  .title = "title",
  .work = PROBITY_OPERATION_WORK_LEAKS,
  .may_enter = probity_investigation_may_enter,
  .may_intrude = probity_leak_may_intrude,
  .timeline = timeline,
  .n_timeline = G_N_ELEMENTS (timeline),
};
