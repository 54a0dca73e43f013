/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-record-kind.h"

/* People of the force, who is related to whom, and organisations. */

static const ProbityField person_fields[] = {
  { "staff_number", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED | PROBITY_FIELD_KEY | PROBITY_FIELD_FIXED, 64 },
  { "forenames", PROBITY_FIELD_TEXT },
  { "surname", PROBITY_FIELD_TEXT },
  { "known_as", PROBITY_FIELD_TEXT },
  { "former_names", PROBITY_FIELD_TEXT, 0, 500 },
  { "rank", PROBITY_FIELD_TEXT },
  { "unit", PROBITY_FIELD_TEXT },
  { "line_manager", PROBITY_FIELD_STAFF, 0, 64 },
  { "employment_group", PROBITY_FIELD_TEXT },
  { "date_of_birth", PROBITY_FIELD_DAY },
  { "address", PROBITY_FIELD_LONG_TEXT, 0, 500 },
  { "postcode", PROBITY_FIELD_TEXT, 0, 20 },
  { "status", PROBITY_FIELD_TEXT },
  { "contracted_hours", PROBITY_FIELD_HOURS },
  { "overtime_hours", PROBITY_FIELD_HOURS },
  { "email", PROBITY_FIELD_TEXT },
};

static const ProbityDerived person_derived[] = {
  { "name", "trim (coalesce (r.forenames, '') || ' ' || coalesce (r.surname, ''))" },
  { "line_manager_name",
    "(SELECT trim (coalesce (m.forenames, '') || ' ' || coalesce (m.surname, '')) FROM person AS m WHERE m.staff_number = r.line_manager)" },
  { "created", "r.created" },
  { "sort_name", "r.sort_name" },
};

/* "Marsh, Aileen" sorts as `marsh aileen`; found by number, any name, rank and unit. */
static gboolean
prepare_person (ProbityRecordChange *change,
                GError             **error)
{
  const char      *forenames = probity_record_change_get (change, "forenames");
  const char      *surname = probity_record_change_get (change, "surname");
  const char      *known_as = probity_record_change_get (change, "known_as");
  const char      *former_names = probity_record_change_get (change, "former_names");
  const char      *rank = probity_record_change_get (change, "rank");
  const char      *unit = probity_record_change_get (change, "unit");
  const char      *line_manager = probity_record_change_get (change, "line_manager");
  const char      *staff_number = probity_record_change_get (change, "staff_number");
  g_autofree char *name = g_strjoin (" ", surname != NULL ? surname : "", forenames != NULL ? forenames : "", NULL);
  g_autofree char *all = g_strjoin (" ", staff_number, forenames != NULL ? forenames : "", surname != NULL ? surname : "", known_as != NULL ? known_as : "", former_names != NULL ? former_names : "", rank != NULL ? rank : "", unit != NULL ? unit : "", NULL);
  g_autofree char *sort_name = probity_fold_text (name);
  g_autofree char *search_text = probity_fold_text (all);

  /* Extracts from other systems lack one or the other. */
  if (surname == NULL && forenames == NULL)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "surname", "A person has a name"));
      return FALSE;
    }
  /* Staff systems let the head of a force be their own manager; nobody who enters one here. */
  if (!change->import && line_manager != NULL && strcmp (line_manager, staff_number) == 0)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "line_manager", "Nobody is their own line manager"));
      return FALSE;
    }

  probity_values_set (change->computed, "sort_name", sort_name);
  probity_values_set (change->computed, "search_text", search_text);

  return TRUE;
}

const ProbityRecordKind probity_person_kind = {
  .name = "person",
  .table = "person",
  .compartment = PROBITY_COMPARTMENT_REGISTERS,
  .fields = person_fields,
  .n_fields = G_N_ELEMENTS (person_fields),
  .derived = person_derived,
  .n_derived = G_N_ELEMENTS (person_derived),
  .key = "staff_number",
  .read = PROBITY_OPERATION_READ_REGISTERS,
  .edit = PROBITY_OPERATION_EDIT_PEOPLE,
  .staff_column = "r.staff_number",
  .manager_condition = "r.line_manager = $me",
  .prepare = prepare_person,
};

static const ProbityField relation_fields[] = {
  { "staff_number", PROBITY_FIELD_STAFF, PROBITY_FIELD_REQUIRED | PROBITY_FIELD_FIXED, 64 },
  { "related_staff_number", PROBITY_FIELD_STAFF, PROBITY_FIELD_REQUIRED | PROBITY_FIELD_FIXED, 64 },
  { "nature", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED },
  { "note", PROBITY_FIELD_LONG_TEXT },
  { "ended", PROBITY_FIELD_DAY },
};

static const ProbityDerived relation_derived[] = {
  { "name",
    "(SELECT trim (coalesce (p.forenames, '') || ' ' || coalesce (p.surname, '')) FROM person AS p WHERE p.staff_number = r.staff_number)" },
  { "related_name",
    "(SELECT trim (coalesce (p.forenames, '') || ' ' || coalesce (p.surname, '')) FROM person AS p WHERE p.staff_number = r.related_staff_number)" },
  { "created", "r.created" },
};

/* A relation holds both ways: the same of the same two stands once. One that ended, told from the other side, bars none. */
static gboolean
is_recorded (ProbityRecordChange *change,
             gboolean            *ret_recorded,
             GError             **error)
{
  const char *nature = probity_record_change_get (change, "nature");
  g_autoptr (ProbityStatement) statement = NULL;

  *ret_recorded = FALSE;
  if (change->old != NULL && g_strcmp0 (nature, probity_record_get (change->old, "nature")) == 0)
    return TRUE;
  statement = probity_db_query (change->db, error, "SELECT 1 FROM relation WHERE nature = $nature AND"
                                                   " ((staff_number = $one AND related_staff_number = $other) OR"
                                                   "  (staff_number = $other AND related_staff_number = $one AND ended IS NULL))",
                                "$nature",
                                's',
                                nature,
                                "$one",
                                's',
                                probity_record_change_get (change, "staff_number"),
                                "$other",
                                's',
                                probity_record_change_get (change, "related_staff_number"),
                                NULL);

  return statement != NULL && probity_statement_step (statement, ret_recorded, error);
}

static gboolean
prepare_relation (ProbityRecordChange *change,
                  GError             **error)
{
  gboolean recorded;

  if (g_strcmp0 (probity_record_change_get (change, "staff_number"), probity_record_change_get (change, "related_staff_number")) == 0)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "related_staff_number", "Nobody is related to themselves"));
      return FALSE;
    }
  if (!is_recorded (change, &recorded, error))
    return FALSE;
  if (recorded)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_EXISTS, "nature", "The two are recorded as that already"));
      return FALSE;
    }

  return TRUE;
}

const ProbityRecordKind probity_relation_kind = {
  .name = "relation",
  .table = "relation",
  .compartment = PROBITY_COMPARTMENT_REGISTERS,
  .fields = relation_fields,
  .n_fields = G_N_ELEMENTS (relation_fields),
  .derived = relation_derived,
  .n_derived = G_N_ELEMENTS (relation_derived),
  .read = PROBITY_OPERATION_READ_REGISTERS,
  .edit = PROBITY_OPERATION_EDIT_PEOPLE,
  .staff_column = "r.staff_number",
  .manager_condition = "(r.staff_number IN (SELECT staff_number FROM person WHERE line_manager = $me)"
                       " OR r.related_staff_number IN (SELECT staff_number FROM person WHERE line_manager = $me))",
  .second_staff_column = "r.related_staff_number",
  .prepare = prepare_relation,
};

static const ProbityField organisation_fields[] = {
  { "name", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED },
  { "nature", PROBITY_FIELD_TEXT },
  { "registration_number", PROBITY_FIELD_TEXT, 0, 64 },
  { "address", PROBITY_FIELD_LONG_TEXT, 0, 500 },
  { "postcode", PROBITY_FIELD_TEXT, 0, 20 },
  { "note", PROBITY_FIELD_LONG_TEXT },
};

static const ProbityDerived organisation_derived[] = {
  { "created", "r.created" },
};

static gboolean
prepare_organisation (ProbityRecordChange *change,
                      GError             **error)
{
  const char      *name = probity_record_change_get (change, "name");
  const char      *nature = probity_record_change_get (change, "nature");
  const char      *number = probity_record_change_get (change, "registration_number");
  g_autofree char *all = g_strjoin (" ", name, nature != NULL ? nature : "", number != NULL ? number : "", NULL);
  g_autofree char *sort_name = probity_fold_text (name);
  g_autofree char *search_text = probity_fold_text (all);

  probity_values_set (change->computed, "sort_name", sort_name);
  probity_values_set (change->computed, "search_text", search_text);

  return TRUE;
}

/* About nobody: an organisation is not locked from anybody. */
const ProbityRecordKind probity_organisation_kind = {
  .name = "organisation",
  .table = "organisation",
  .compartment = PROBITY_COMPARTMENT_REGISTERS,
  .fields = organisation_fields,
  .n_fields = G_N_ELEMENTS (organisation_fields),
  .derived = organisation_derived,
  .n_derived = G_N_ELEMENTS (organisation_derived),
  .read = PROBITY_OPERATION_READ_REGISTERS,
  .edit = PROBITY_OPERATION_EDIT_PEOPLE,
  .prepare = prepare_organisation,
};
