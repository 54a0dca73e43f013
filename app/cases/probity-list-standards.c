/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-kind.h"

/* Complaints and intelligence reports. Of a report the sanitised text only: the original is not in its table. */

static const ProbityListColumn complaint_columns[] = {
  { "reference", PROBITY_FIELD_TEXT, TRUE },
  { "received", PROBITY_FIELD_DAY, TRUE },
  { "subjects", PROBITY_FIELD_TEXT, TRUE },
  { "allegation", PROBITY_FIELD_LONG_TEXT, TRUE },
  { "complainant", PROBITY_FIELD_TEXT, TRUE },
  { "status", PROBITY_FIELD_TEXT, TRUE },
  { "finalised", PROBITY_FIELD_DAY, TRUE },
  { "result", PROBITY_FIELD_LONG_TEXT, TRUE },
};

static const ProbityListSql complaint_sql[] = {
  { .cell = "r.reference" },
  { .cell = "r.received" },
  { .cell = "r.subjects", .order = "r.sort_subjects" },
  { .cell = "r.allegation" },
  { .cell = "r.complainant" },
  { .cell = "r.status" },
  { .cell = "r.finalised" },
  { .cell = "r.result" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (complaint_columns) == G_N_ELEMENTS (complaint_sql));

static const char *const complaint_filters[] = {
  "status", "result", "subject", "open", "received-from", "received-until", NULL
};

static const ProbityListFilter complaint_filter_sql[] = {
  { "r.status = $value" },
  { "r.result = $value" },
  { "r.id IN (SELECT f.complaint_id FROM complaint_subject AS f WHERE f.staff_number = $value)" },
  { "r.finalised IS NULL" },
  { "r.received >= $value" },
  { "r.received <= $value" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (complaint_filters) == G_N_ELEMENTS (complaint_filter_sql) + 1);

const ProbityListKind probity_complaints_list = {
  .name = "complaints",
  .record_kind = &probity_complaint_kind,
  .columns = complaint_columns,
  .sql = complaint_sql,
  .n_columns = G_N_ELEMENTS (complaint_columns),
  .filters = complaint_filters,
  .filter_sql = complaint_filter_sql,
  .search = "instr (r.search_text, $word) > 0 OR instr (coalesce (r.sort_subjects, ''), $word) > 0"
            " OR r.id IN (SELECT f.complaint_id FROM complaint_subject AS f WHERE f.staff_number = $word)",
  .sort = "received",
  .descending = TRUE,
  .read = PROBITY_OPERATION_READ_STANDARDS,
};

#define SANITISED_STATE                                           \
  "CASE WHEN r.sanitised_approved_at IS NOT NULL THEN 'approved'" \
  " WHEN r.sanitised_at IS NOT NULL THEN 'not-approved' ELSE 'not-sanitised' END"

static const ProbityListColumn intelligence_columns[] = {
  { "reference", PROBITY_FIELD_TEXT, TRUE },
  { "date", PROBITY_FIELD_DAY, TRUE },
  { "grading", PROBITY_FIELD_TEXT, TRUE },
  { "category", PROBITY_FIELD_TEXT, TRUE },
  { "subjects", PROBITY_FIELD_TEXT, TRUE },
  { "sanitised_text", PROBITY_FIELD_LONG_TEXT, FALSE },
  { "sanitised", PROBITY_FIELD_TEXT, TRUE },
  { "review_date", PROBITY_FIELD_DAY, TRUE },
  { "badges", PROBITY_FIELD_TEXT, FALSE },
};

static const ProbityListSql intelligence_sql[] = {
  { .cell = "r.reference" },
  { .cell = "r.date" },
  { .cell = "coalesce (r.source_evaluation || r.information_assessment || r.handling_code, r.graded_5x5x5)",
    .order = "r.source_evaluation || r.information_assessment || r.handling_code" },
  { .cell = "r.category" },
  { .cell = "r.subjects", .order = "r.sort_subjects" },
  { .cell = "r.sanitised_text" },
  { .cell = SANITISED_STATE },
  { .cell = "r.review_date" },
  { .cell = "CASE WHEN r.review_date < $today THEN 'overdue' END" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (intelligence_columns) == G_N_ELEMENTS (intelligence_sql));

static const char *const intelligence_filters[] = {
  "category", "sanitised", "subject", "review-due", "date-from", "date-until", NULL
};

static const ProbityListFilter intelligence_filter_sql[] = {
  { "r.category = $value" },
  { SANITISED_STATE " = $value" },
  { "r.id IN (SELECT f.report_id FROM report_subject AS f WHERE f.staff_number = $value)" },
  { "r.review_date <= $today" },
  { "r.date >= $value" },
  { "r.date <= $value" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (intelligence_filters) == G_N_ELEMENTS (intelligence_filter_sql) + 1);

const ProbityListKind probity_intelligence_list = {
  .name = "intelligence",
  .record_kind = &probity_intelligence_kind,
  .columns = intelligence_columns,
  .sql = intelligence_sql,
  .n_columns = G_N_ELEMENTS (intelligence_columns),
  .filters = intelligence_filters,
  .filter_sql = intelligence_filter_sql,
  .search = "instr (r.search_text, $word) > 0 OR instr (coalesce (r.sort_subjects, ''), $word) > 0"
            " OR r.id IN (SELECT f.report_id FROM report_subject AS f WHERE f.staff_number = $word)",
  .sort = "date",
  .descending = TRUE,
  .read = PROBITY_OPERATION_READ_INTELLIGENCE,
};
