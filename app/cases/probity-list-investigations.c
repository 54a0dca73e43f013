/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-kind.h"

/* Leak and conduct investigations. */

static const ProbityListColumn leak_columns[] = {
  { "reference", PROBITY_FIELD_TEXT, TRUE },
  { "title", PROBITY_FIELD_TEXT, TRUE },
  { "received", PROBITY_FIELD_DAY, TRUE },
  { "decided_to_investigate", PROBITY_FIELD_DAY, TRUE },
  { "subjects", PROBITY_FIELD_TEXT, TRUE },
  { "stage", PROBITY_FIELD_TEXT, TRUE },
  { "outcome", PROBITY_FIELD_TEXT, FALSE },
  { "closed", PROBITY_FIELD_DAY, TRUE },
  { "owner", PROBITY_FIELD_TEXT, TRUE },
  { "marking", PROBITY_FIELD_TEXT, FALSE },
  { "badges", PROBITY_FIELD_TEXT, FALSE },
};

#define SHARED_SQL                                          \
  { .cell = "r.reference" },                                \
      { .cell = "r.title" },                                \
      { .cell = "r.received" },                             \
      { .cell = "r.decided_to_investigate" },               \
      { .cell = "r.subjects", .order = "r.sort_subjects" }, \
      { .cell = "r.stage" },                                \
      { .cell = "r.outcome" },                              \
      { .cell = "r.closed" },                               \
      { .cell = "r.owner" },                                \
      { .cell = "r.marking" }

/* What a badge says is added page by page: probity_list_add_badges(). */
static const ProbityListSql leak_sql[] = { SHARED_SQL, { .cell = "NULL" } };

G_STATIC_ASSERT (G_N_ELEMENTS (leak_columns) == G_N_ELEMENTS (leak_sql));

static const char *const leak_filters[] = {
  "stage", "outcome", "owner", "open", "subject", "received-from", "received-until", NULL
};

#define SHARED_FILTERS(table)                                                                          \
  { "r.stage = $value" },                                                                              \
      { "r.outcome = $value" },                                                                        \
      { "r.owner = $value" },                                                                          \
      { "r.closed IS NULL" },                                                                          \
      { "r.id IN (SELECT f." table "_id FROM " table "_subject AS f WHERE f.staff_number = $value)" }, \
      { "r.received >= $value" },                                                                      \
      { "r.received <= $value" }

static const ProbityListFilter leak_filter_sql[] = { SHARED_FILTERS ("leak") };

G_STATIC_ASSERT (G_N_ELEMENTS (leak_filters) == G_N_ELEMENTS (leak_filter_sql) + 1);

#define SEARCH(table)                                                                     \
  "instr (r.search_text, $word) > 0 OR instr (coalesce (r.sort_subjects, ''), $word) > 0" \
  " OR r.id IN (SELECT f." table "_id FROM " table "_subject AS f WHERE f.staff_number = $word)"

const ProbityListKind probity_leaks_list = {
  .name = "leaks",
  .record_kind = &probity_leak_kind,
  .columns = leak_columns,
  .sql = leak_sql,
  .n_columns = G_N_ELEMENTS (leak_columns),
  .filters = leak_filters,
  .filter_sql = leak_filter_sql,
  .search = SEARCH ("leak"),
  .sort = "received",
  .descending = TRUE,
  .read = PROBITY_OPERATION_READ_INTELLIGENCE,
};

static const ProbityListColumn conduct_columns[] = {
  { "reference", PROBITY_FIELD_TEXT, TRUE },
  { "title", PROBITY_FIELD_TEXT, TRUE },
  { "received", PROBITY_FIELD_DAY, TRUE },
  { "decided_to_investigate", PROBITY_FIELD_DAY, TRUE },
  { "subjects", PROBITY_FIELD_TEXT, TRUE },
  { "stage", PROBITY_FIELD_TEXT, TRUE },
  { "outcome", PROBITY_FIELD_TEXT, FALSE },
  { "closed", PROBITY_FIELD_DAY, TRUE },
  { "owner", PROBITY_FIELD_TEXT, TRUE },
  { "marking", PROBITY_FIELD_TEXT, FALSE },
  { "origin", PROBITY_FIELD_TEXT, TRUE },
  { "severity", PROBITY_FIELD_TEXT, FALSE },
  { "badges", PROBITY_FIELD_TEXT, FALSE },
};

static const ProbityListSql conduct_sql[] = {
  SHARED_SQL,
  { .cell = "r.origin" },
  { .cell = "(SELECT s.severity FROM conduct_severity AS s WHERE s.case_uid = r.uid ORDER BY s.id DESC LIMIT 1)" },
  { .cell = "NULL" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (conduct_columns) == G_N_ELEMENTS (conduct_sql));

static const char *const conduct_filters[] = {
  "stage", "outcome", "owner", "open", "subject", "received-from", "received-until", "origin", NULL
};

static const ProbityListFilter conduct_filter_sql[] = {
  SHARED_FILTERS ("conduct"),
  { "r.origin = $value" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (conduct_filters) == G_N_ELEMENTS (conduct_filter_sql) + 1);

const ProbityListKind probity_conduct_list = {
  .name = "conduct",
  .record_kind = &probity_conduct_kind,
  .columns = conduct_columns,
  .sql = conduct_sql,
  .n_columns = G_N_ELEMENTS (conduct_columns),
  .filters = conduct_filters,
  .filter_sql = conduct_filter_sql,
  .search = SEARCH ("conduct"),
  .sort = "received",
  .descending = TRUE,
  .read = PROBITY_OPERATION_READ_STANDARDS,
};
