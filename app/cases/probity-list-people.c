/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-kind.h"

static const ProbityListColumn people_columns[] = {
  { "staff_number", PROBITY_FIELD_TEXT, TRUE },
  { "name", PROBITY_FIELD_TEXT, TRUE },
  { "rank", PROBITY_FIELD_TEXT, TRUE },
  { "unit", PROBITY_FIELD_TEXT, TRUE },
  { "line_manager", PROBITY_FIELD_STAFF, TRUE },
  { "employment_group", PROBITY_FIELD_TEXT, TRUE },
  { "date_of_birth", PROBITY_FIELD_DAY, TRUE },
  { "status", PROBITY_FIELD_TEXT, TRUE },
  { "known_as", PROBITY_FIELD_TEXT, FALSE },
  { "former_names", PROBITY_FIELD_TEXT, FALSE },
  { "second_jobs", PROBITY_FIELD_INTEGER, FALSE },
};

static const ProbityListSql people_sql[] = {
  { .cell = "r.staff_number" },
  { .cell = "trim (coalesce (r.forenames, '') || ' ' || coalesce (r.surname, ''))", .order = "r.sort_name" },
  { .cell = "r.rank" },
  { .cell = "r.unit" },
  { .cell = "r.line_manager" },
  { .cell = "r.employment_group" },
  { .cell = "r.date_of_birth" },
  { .cell = "r.status" },
  { .cell = "r.known_as" },
  { .cell = "r.former_names" },
  { .cell = "(SELECT nullif (count (*), 0) FROM second_job AS j WHERE j.staff_number = r.staff_number"
            " AND j.stage NOT IN ('refused', 'withdrawn', 'ceased', 'lapsed'))" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (people_columns) == G_N_ELEMENTS (people_sql));

static const char *const people_filters[] = {
  "rank", "unit", "line-manager", "employment-group", "status", NULL
};

static const ProbityListFilter people_filter_sql[] = {
  { "r.rank = $value" },
  { "r.unit = $value" },
  { "r.line_manager = $value" },
  { "r.employment_group = $value" },
  { "r.status = $value" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (people_filters) == G_N_ELEMENTS (people_filter_sql) + 1);

const ProbityListKind probity_people_list = {
  .name = "people",
  .record_kind = &probity_person_kind,
  .columns = people_columns,
  .sql = people_sql,
  .n_columns = G_N_ELEMENTS (people_columns),
  .filters = people_filters,
  .filter_sql = people_filter_sql,
  .search = "instr (r.search_text, $word) > 0",
  .sort = "name",
  .read = PROBITY_OPERATION_READ_REGISTERS,
};

static const ProbityListColumn organisation_columns[] = {
  { "name", PROBITY_FIELD_TEXT, TRUE },
  { "nature", PROBITY_FIELD_TEXT, TRUE },
  { "registration_number", PROBITY_FIELD_TEXT, TRUE },
  { "postcode", PROBITY_FIELD_TEXT, TRUE },
  { "address", PROBITY_FIELD_LONG_TEXT, FALSE },
};

static const ProbityListSql organisation_sql[] = {
  { .cell = "r.name", .order = "r.sort_name" },
  { .cell = "r.nature" },
  { .cell = "r.registration_number" },
  { .cell = "r.postcode" },
  { .cell = "r.address" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (organisation_columns) == G_N_ELEMENTS (organisation_sql));

static const char *const organisation_filters[] = { "nature", NULL };

static const ProbityListFilter organisation_filter_sql[] = {
  { "r.nature = $value" },
};

const ProbityListKind probity_organisations_list = {
  .name = "organisations",
  .record_kind = &probity_organisation_kind,
  .columns = organisation_columns,
  .sql = organisation_sql,
  .n_columns = G_N_ELEMENTS (organisation_columns),
  .filters = organisation_filters,
  .filter_sql = organisation_filter_sql,
  .search = "instr (r.search_text, $word) > 0",
  .sort = "name",
  .read = PROBITY_OPERATION_READ_REGISTERS,
};

static const ProbityListColumn relation_columns[] = {
  { "staff_number", PROBITY_FIELD_STAFF, TRUE },
  { "name", PROBITY_FIELD_TEXT, FALSE },
  { "related_staff_number", PROBITY_FIELD_STAFF, TRUE },
  { "related_name", PROBITY_FIELD_TEXT, FALSE },
  { "nature", PROBITY_FIELD_TEXT, TRUE },
  { "ended", PROBITY_FIELD_DAY, TRUE },
};

#define RELATION_NAME(column) "(SELECT trim (coalesce (p.forenames, '') || ' ' || p.surname) FROM person AS p WHERE p.staff_number = " column ")"

static const ProbityListSql relation_sql[] = {
  { .cell = "r.staff_number" },
  { .cell = RELATION_NAME ("r.staff_number") },
  { .cell = "r.related_staff_number" },
  { .cell = RELATION_NAME ("r.related_staff_number") },
  { .cell = "r.nature" },
  { .cell = "r.ended" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (relation_columns) == G_N_ELEMENTS (relation_sql));

static const char *const relation_filters[] = { "person", NULL };

/* A relation holds both ways. */
static const ProbityListFilter relation_filter_sql[] = {
  { "r.staff_number = $value OR r.related_staff_number = $value" },
};

const ProbityListKind probity_relations_list = {
  .name = "relations",
  .record_kind = &probity_relation_kind,
  .columns = relation_columns,
  .sql = relation_sql,
  .n_columns = G_N_ELEMENTS (relation_columns),
  .filters = relation_filters,
  .filter_sql = relation_filter_sql,
  .sort = "nature",
  .read = PROBITY_OPERATION_READ_REGISTERS,
};
