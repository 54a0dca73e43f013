/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-kind.h"

/* Second jobs, and those whose annual review is due. */

#define OPEN_STAGES "('submitted', 'comments', 'with-professional-standards')"

/* A reader outside professional standards sees one stage from submission to decision. */
#define OUTSIDE_STAGE "CASE WHEN r.stage IN " OPEN_STAGES " THEN 'with-professional-standards' ELSE r.stage END"

/* A refusal that is appealed against stands under another name. The few appeals are found by their own index, never by the stage. */
#define APPEALED "(SELECT a.id FROM second_job AS a WHERE a.appeal IN ('open', 'dismissed') AND +a.stage = 'refused')"
#define WITH_APPEAL(stage)                                                                                                \
  "CASE WHEN r.stage = 'refused' AND r.appeal = 'open' THEN 'appeal' WHEN r.stage = 'refused' AND r.appeal = 'dismissed'" \
  " THEN 'dismissed' ELSE " stage " END"

/*
 * The filter by stage: one comparison of the stage, so that the index of stages and days gives the rows in their order, and the
 * few appeals by their own index. A reader outside professional standards means several stages by one.
 */
#define STAGE_OF(value) "CASE " value " WHEN 'appeal' THEN 'refused' WHEN 'dismissed' THEN 'refused' ELSE " value " END"
#define OF_APPEAL(value)                                                                                                     \
  "CASE WHEN " value " IN ('appeal', 'dismissed') THEN r.id IN (SELECT a.id FROM second_job AS a WHERE +a.stage = 'refused'" \
  " AND a.appeal = CASE " value " WHEN 'appeal' THEN 'open' ELSE 'dismissed' END) ELSE r.id NOT IN " APPEALED " END"
#define OUTSIDE_STAGES(value)                                                                                                 \
  "CASE WHEN " value " = 'with-professional-standards' THEN '[\"submitted\", \"comments\", \"with-professional-standards\"]'" \
  " WHEN " value " IN " OPEN_STAGES " THEN '[]' ELSE json_array (" STAGE_OF (value) ") END"

#define APPLICANT_NAME "(SELECT trim (coalesce (p.forenames, '') || ' ' || coalesce (p.surname, '')) FROM person AS p WHERE p.staff_number = r.staff_number)"

#define COMMENT_MISSING(role, column)                                                   \
  "w." column " = 1"                                                                    \
  " AND NOT EXISTS (SELECT 1 FROM second_job_comment AS c WHERE c.second_job_id = w.id" \
  " AND c.round = w.round AND c.for_role = '" role "')"                                 \
  " AND NOT EXISTS (SELECT 1 FROM waiver AS c WHERE c.second_job_id = w.id"             \
  " AND c.round = w.round AND c.for_role = '" role "')"

/*
 * Whom the case waits for, as far as everybody may know. The inner query looks at the few open
 * cases only; for all others the index on the stage says enough.
 */
#define WAITING_FOR                                                                                                                                                                                                                               \
  "CASE WHEN r.stage IN " OPEN_STAGES " THEN (SELECT CASE"                                                                                                                                                                                        \
  " WHEN " COMMENT_MISSING ("line-manager", "requires_line_manager_comment") " THEN 'line-manager'"                                                                                                                                               \
                                                                             " WHEN " COMMENT_MISSING ("head-of-hr", "requires_head_of_hr_comment") " THEN CASE WHEN w.head_of_hr_by IS NULL THEN 'head-of-hr' ELSE 'professional-standards' END" \
                                                                                                                                                    " ELSE 'professional-standards' END FROM second_job AS w WHERE w.id = r.id)"                  \
                                                                                                                                                    " WHEN r.stage = 'deferred' THEN 'applicant'"                                                 \
                                                                                                                                                    " WHEN r.id IN (SELECT a.id FROM second_job AS a WHERE a.appeal = 'open') THEN 'chief-officer' END"

/* One look into the index of hours for all of a person's jobs, not one a stage. */
#define OVER_LIMIT                                                                                           \
  "r.stage IN ('submitted', 'comments', 'with-professional-standards', 'deferred', 'decided', 'registered')" \
  " AND coalesce (r.contracted_hours, 0) + coalesce (r.overtime_hours, 0)"                                   \
  " + (SELECT coalesce (sum (o.weekly_hours), 0) FROM second_job AS o"                                       \
  " WHERE o.staff_number = r.staff_number"                                                                   \
  " AND +o.stage IN ('submitted', 'comments', 'with-professional-standards', 'deferred', 'decided', 'registered')) > $limit"

#define OVERDUE                                         \
  "(r.stage = 'registered' AND r.next_review < $today)" \
  " OR (r.stage IN " OPEN_STAGES " AND r.needed_by < $today)"

#define BADGES                                                       \
  "nullif (rtrim (CASE WHEN " OVERDUE " THEN 'overdue,' ELSE '' END" \
  " || CASE WHEN " OVER_LIMIT " THEN 'over-48,' ELSE '' END"         \
  " || CASE WHEN r.brought_forward = 1 THEN 'brought-forward,' ELSE '' END, ','), '')"

#define SEARCH "instr (r.search_text, $word) > 0 OR instr (r.applicant_sort_name, $word) > 0 OR instr (lower (r.staff_number), $word) > 0"

static const ProbityListColumn columns[] = {
  { "reference", PROBITY_FIELD_TEXT, TRUE },
  { "received", PROBITY_FIELD_DAY, TRUE },
  { "staff_number", PROBITY_FIELD_STAFF, TRUE },
  { "applicant_name", PROBITY_FIELD_TEXT, TRUE },
  { "employer", PROBITY_FIELD_TEXT, TRUE },
  { "category", PROBITY_FIELD_CHOICE, TRUE },
  { "stage", PROBITY_FIELD_TEXT, TRUE },
  { "waiting_for", PROBITY_FIELD_TEXT, TRUE },
  { "weekly_hours", PROBITY_FIELD_HOURS, TRUE },
  { "outcome", PROBITY_FIELD_TEXT, TRUE },
  { "next_review", PROBITY_FIELD_DAY, TRUE },
  { "needed_by", PROBITY_FIELD_DAY, FALSE },
  { "rank", PROBITY_FIELD_TEXT, FALSE },
  { "nature", PROBITY_FIELD_LONG_TEXT, FALSE },
  { "badges", PROBITY_FIELD_TEXT, FALSE },
};

static const ProbityListSql sql[] = {
  { .cell = "r.reference" },
  { .cell = "r.received" },
  { .cell = "r.staff_number" },
  { .cell = APPLICANT_NAME, .order = "r.applicant_sort_name" },
  { .cell = "r.employer" },
  { .cell = "r.category" },
  { .cell = WITH_APPEAL ("r.stage"), .outside_cell = WITH_APPEAL (OUTSIDE_STAGE), .order = "r.stage", .outside_order = OUTSIDE_STAGE },
  { .cell = WAITING_FOR },
  { .cell = "r.weekly_hours" },
  { .cell = "r.outcome" },
  { .cell = "r.next_review" },
  { .cell = "r.needed_by" },
  { .cell = "r.rank" },
  { .cell = "r.nature" },
  { .cell = BADGES },
};

G_STATIC_ASSERT (G_N_ELEMENTS (columns) == G_N_ELEMENTS (sql));

static const char *const filters[] = {
  "stage",
  "waiting-for",
  "category",
  "outcome",
  "employer",
  "applicant",
  "line-manager",
  "unit",
  "over-48",
  "overdue",
  "brought-forward",
  "received-from",
  "received-until",
  NULL,
};

static const ProbityListFilter filter_sql[] = {
  { "r.stage = " STAGE_OF ("$value") " AND " OF_APPEAL ("$value"),
    "r.stage IN (SELECT value FROM json_each (" OUTSIDE_STAGES ("$value") ")) AND " OF_APPEAL ("$value") },
  { WAITING_FOR " = $value" },
  { "r.category = $value" },
  { "r.outcome = $value" },
  { "r.employer = $value" },
  { "r.staff_number = $value" },
  { "r.manager_staff_number = $value OR r.staff_number IN (SELECT m.staff_number FROM person AS m WHERE m.line_manager = $value)" },
  { "r.unit = $value" },
  { OVER_LIMIT },
  { OVERDUE },
  { "r.brought_forward = 1" },
  { "r.received >= $value" },
  { "r.received <= $value" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (filters) == G_N_ELEMENTS (filter_sql) + 1);

const ProbityListKind probity_second_jobs_list = {
  .name = "second-jobs",
  .record_kind = &probity_second_job_kind,
  .columns = columns,
  .sql = sql,
  .n_columns = G_N_ELEMENTS (columns),
  .filters = filters,
  .filter_sql = filter_sql,
  .search = SEARCH,
  .sort = "received",
  .descending = TRUE,
  .read = PROBITY_OPERATION_READ_REGISTERS,
};

/* What is due within the days that the profile gives as lead, or overdue. */
const ProbityListKind probity_reviews_due_list = {
  .name = "reviews-due",
  .record_kind = &probity_second_job_kind,
  .columns = columns,
  .sql = sql,
  .n_columns = G_N_ELEMENTS (columns),
  .filters = filters,
  .filter_sql = filter_sql,
  .base = "r.stage = 'registered' AND r.next_review <= $until",
  .search = SEARCH,
  .sort = "next_review",
  .read = PROBITY_OPERATION_READ_REGISTERS,
};
