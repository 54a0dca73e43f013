/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-instant.h"
#include "probity-profile.h"
#include "probity-second-job-private.h"

/* The fields of a second job, and what a new or changed row carries beside them. */

#define MATERIAL PROBITY_FIELD_MATERIAL

static const ProbityField fields[] = {
  { "reference", PROBITY_FIELD_TEXT, PROBITY_FIELD_KEY | PROBITY_FIELD_FIXED, 64 },
  { "staff_number", PROBITY_FIELD_STAFF, PROBITY_FIELD_REQUIRED | PROBITY_FIELD_FIXED | MATERIAL, 64 },
  { "rank", PROBITY_FIELD_TEXT },
  { "unit", PROBITY_FIELD_TEXT },
  { "employment_group", PROBITY_FIELD_TEXT },
  { "contracted_hours", PROBITY_FIELD_HOURS },
  { "overtime_hours", PROBITY_FIELD_HOURS },
  { "employer", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED | MATERIAL },
  { "own_business", PROBITY_FIELD_BOOLEAN, MATERIAL },
  { "category", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED | MATERIAL, 0, "categories" },
  { "nature", PROBITY_FIELD_LONG_TEXT, MATERIAL, 4000 },
  { "paid", PROBITY_FIELD_BOOLEAN },
  { "place", PROBITY_FIELD_TEXT, MATERIAL },
  { "start", PROBITY_FIELD_DAY, MATERIAL },
  { "already_started_since", PROBITY_FIELD_DAY },
  { "who_knew", PROBITY_FIELD_TEXT },
  { "weekly_hours", PROBITY_FIELD_HOURS, MATERIAL },
  { "pattern", PROBITY_FIELD_TEXT, MATERIAL, 1000 },
  { "police_skills", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "police_powers", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "police_information", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "police_equipment", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "customers", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "licensed_trade", PROBITY_FIELD_TEXT, MATERIAL, 1000 },
  { "private_security", PROBITY_FIELD_BOOLEAN, MATERIAL },
  { "private_investigation", PROBITY_FIELD_BOOLEAN, MATERIAL },
  { "relatives_interests", PROBITY_FIELD_LONG_TEXT, MATERIAL, 4000 },
  { "relatives_licences", PROBITY_FIELD_LONG_TEXT, MATERIAL, 4000 },
  { "publicity", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "tax_insurance", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "declarations", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "received", PROBITY_FIELD_DAY },
  { "how_declared", PROBITY_FIELD_TEXT },
  { "needed_by", PROBITY_FIELD_DAY },
  /* Only of what an existing register brought; see probity-second-job-forward.c. */
  { "recorded_outcome", PROBITY_FIELD_TEXT },
  { "recorded_decided", PROBITY_FIELD_DAY },
  { "recorded_decided_by", PROBITY_FIELD_TEXT },
  { "recorded_conditions", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  /* Set by the course of the case. */
  { "next_review", PROBITY_FIELD_DAY },
  { "ceased", PROBITY_FIELD_DAY },
};

/* A refusal that is appealed against stands, under another name, until the appeal is upheld. */
#define APPEAL_STAGE " WHEN r.stage = 'refused' AND r.appeal = 'open' THEN 'appeal'" \
                     " WHEN r.stage = 'refused' AND r.appeal = 'dismissed' THEN 'dismissed' ELSE r.stage END"

/* Until the decision a reader outside professional standards sees one stage, whatever happens inside. */
#define OUTSIDE_STAGE "CASE WHEN r.stage IN ('submitted', 'comments') THEN 'with-professional-standards'" APPEAL_STAGE
#define INSIDE_STAGE "CASE" APPEAL_STAGE

static const ProbityDerived derived[] = {
  { "applicant_name", "(SELECT trim (coalesce (p.forenames, '') || ' ' || p.surname) FROM person AS p WHERE p.staff_number = r.staff_number)", NULL },
  { "manager_name", "(SELECT trim (coalesce (p.forenames, '') || ' ' || p.surname) FROM person AS p WHERE p.staff_number = r.manager_staff_number)", NULL },
  { "stage", INSIDE_STAGE, OUTSIDE_STAGE },
  { "appeal", "r.appeal", NULL },
  { "outcome", "r.outcome", NULL },
  { "decided_at", "r.decided_at", NULL },
  { "approved_on", "r.approved_on", NULL },
  { "round", "r.round", NULL },
  { "decision_uid", "r.decision_uid", NULL },
  { "open_reasons", "(SELECT d.open_reasons FROM decision AS d WHERE d.second_job_id = r.id AND d.round = r.round ORDER BY d.id DESC LIMIT 1)", NULL },
  { "missing_facts", "(SELECT d.missing_facts FROM decision AS d WHERE d.second_job_id = r.id AND d.round = r.round ORDER BY d.id DESC LIMIT 1)", NULL },
  { "conditions", "(SELECT group_concat (c.text, char (10) ORDER BY c.position) FROM decision_condition AS c WHERE c.decision_uid = r.decision_uid)", NULL },
  { "created", "r.created", NULL },
  { "created_by", "r.created_by", NULL },
  { "entered_by_person", "r.entered_by_person", NULL },
  { "manager_staff_number", "r.manager_staff_number", NULL },
  { "profile_name", "r.profile_name", NULL },
  { "profile_version", "r.profile_version", NULL },
  { "requires_line_manager_comment", "r.requires_line_manager_comment", NULL },
  { "requires_head_of_hr_comment", "r.requires_head_of_hr_comment", NULL },
  { "requires_view", "r.requires_view", NULL },
  { "signatory", "r.signatory", NULL },
  { "head_of_hr_by", "r.head_of_hr_by", NULL },
  { "check_age_days", "r.check_age_days", NULL },
  { "material_digest", "r.material_digest", NULL },
  { "material_changed_at", "r.material_changed_at", NULL },
  { "brought_forward", "CASE r.brought_forward WHEN 1 THEN 'true' ELSE 'false' END", NULL },
};

typedef const char *(*Getter) (gpointer    data,
                               const char *field);

static const char *
get_of_record (gpointer    data,
               const char *field)
{
  return probity_record_get (data, field);
}

static const char *
get_of_change (gpointer    data,
               const char *field)
{
  return probity_record_change_get (data, field);
}

/* Values that a row has by default and a form leaves empty are the same material fact. */
static const char *
plain (const ProbityField *field,
       const char         *value)
{
  if (field->type == PROBITY_FIELD_BOOLEAN && value == NULL)
    return "false";

  return value;
}

static char *
digest_material (Getter   get,
                 gpointer data)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/material/1");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if ((fields[i].flags & PROBITY_FIELD_MATERIAL) != 0)
      probity_canonical_add_text (canonical, fields[i].name, plain (&fields[i], get (data, fields[i].name)));

  return probity_canonical_dup_digest (canonical);
}

char *
probity_second_job_dup_material_digest (ProbityRecord *job)
{
  return digest_material (get_of_record, job);
}

char *
probity_record_change_dup_material_digest (ProbityRecordChange *change)
{
  return digest_material (get_of_change, change);
}

char *
probity_second_job_dup_route_digest (ProbityRecord *job)
{
  static const char *const names[] = {
    "reference",
    "staff_number",
    "received",
    "created",
    "created_by",
    "entered_by_person",
    "manager_staff_number",
    "profile_name",
    "profile_version",
    "requires_line_manager_comment",
    "requires_head_of_hr_comment",
    "requires_view",
    "signatory",
    "check_age_days",
    "brought_forward",
    "recorded_outcome",
    "recorded_decided",
    "recorded_decided_by",
    "recorded_conditions",
  };
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/route/1");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    probity_canonical_add_text (canonical, names[i], probity_record_get (job, names[i]));
  /* Routes without it were signed before there was such a thing. */
  if (probity_record_get (job, "head_of_hr_by") != NULL)
    probity_canonical_add_text (canonical, "head_of_hr_by", probity_record_get (job, "head_of_hr_by"));

  return probity_canonical_dup_digest (canonical);
}

static void
set_int (ProbityValues *values,
         const char    *name,
         gint64         value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  probity_values_set (values, name, text);
}

/* SJ/2026/0007; a reference that was drawn, or imported in another form, has neither year nor number. */
static void
set_reference_parts (ProbityRecordChange *change)
{
  const char *reference = probity_record_change_get (change, "reference");
  g_auto (GStrv) parts = g_strsplit (reference, "/", 4);
  gint64 year, number;

  if (g_strv_length (parts) != 3 || !g_str_equal (parts[0], "SJ") ||
      !g_ascii_string_to_signed (parts[1], 10, 1800, 2999, &year, NULL) ||
      !g_ascii_string_to_signed (parts[2], 10, 1, 999999, &number, NULL))
    return;

  set_int (change->computed, "reference_year", year);
  set_int (change->computed, "reference_number", number);
}

/* What the applicant was when they applied: taken from their own row where the form says nothing. */
static gboolean
copy_person (ProbityRecordChange *change,
             GError             **error)
{
  static const char *const copied[] = { "rank", "unit", "employment_group", "contracted_hours", "overtime_hours" };
  g_autoptr (ProbityRecord) person = NULL;
  const char *manager;

  if (!probity_record_read (change->db, &probity_person_kind, NULL, probity_record_change_get (change, "staff_number"), &person, error))
    return FALSE;
  if (person == NULL)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID,
                                                         "staff_number",
                                                         "There is nobody with the staff number “%s”",
                                                         probity_record_change_get (change, "staff_number")));
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (copied); i++)
    if (probity_record_change_get (change, copied[i]) == NULL && probity_record_get (person, copied[i]) != NULL)
      probity_values_set (change->values, copied[i], probity_record_get (person, copied[i]));

  probity_values_set (change->computed, "applicant_sort_name", probity_record_get (person, "sort_name"));

  /* Nobody is their own manager, whatever the staff list says. */
  manager = probity_record_get (person, "line_manager");
  if (manager != NULL && !g_str_equal (manager, probity_record_get (person, "staff_number")))
    probity_values_set (change->computed, "manager_staff_number", manager);

  return TRUE;
}

static void
copy_route (ProbityRecordChange *change)
{
  ProbityProfile *profile = probity_session_get_profile (change->session);
  ProbityValues  *computed = change->computed;
  const char     *stand_in = change->import ? NULL : probity_second_job_find_stand_in (change->session, probity_record_change_get (change, "staff_number"), probity_values_get (computed, "manager_staff_number"));

  probity_values_set (computed, "profile_name", probity_profile_get_name (profile));
  probity_values_set (computed, "profile_version", probity_profile_get_version (profile));
  set_int (computed, "requires_line_manager_comment", probity_profile_requires_comment (profile, "line-manager"));
  set_int (computed, "requires_head_of_hr_comment", probity_profile_requires_comment (profile, "head-of-hr"));
  /* Who acts instead reads the checks, so that no view is sealed to them. */
  set_int (computed, "requires_view", stand_in == NULL && probity_profile_requires_view (profile));
  probity_values_set (computed, "signatory", stand_in != NULL ? stand_in : probity_profile_get_signatory (profile));
  if (stand_in != NULL)
    probity_values_set (computed, "head_of_hr_by", stand_in);
  set_int (computed, "check_age_days", probity_profile_get_check_age_days (profile));
}

static void
set_search_text (ProbityRecordChange *change)
{
  g_autofree char *text = g_strjoin (" ",
                                     probity_record_change_get (change, "reference"),
                                     probity_record_change_get (change, "employer"),
                                     probity_record_change_get (change, "nature") != NULL ? probity_record_change_get (change, "nature") : "",
                                     probity_record_change_get (change, "place") != NULL ? probity_record_change_get (change, "place") : "",
                                     NULL);
  g_autofree char *folded = probity_fold_text (text);

  probity_values_set (change->computed, "search_text", folded);
}

static gboolean
prepare_new (ProbityRecordChange *change,
             GError             **error)
{
  ProbityValues   *computed = change->computed;
  const char      *now = probity_write_get_now (change->write);
  g_autofree char *digest = NULL;

  if (!copy_person (change, error))
    return FALSE;

  if (probity_record_change_get (change, "received") == NULL)
    {
      g_autofree char *today = probity_day_to_iso (probity_instant_to_day (now));

      probity_values_set (change->values, "received", today);
    }
  set_reference_parts (change);
  copy_route (change);
  set_search_text (change);
  probity_values_set (computed, "entered_by_person", probity_session_get_person (change->session));
  digest = probity_record_change_dup_material_digest (change);
  probity_values_set (computed, "material_digest", digest);
  probity_values_set (computed, "material_changed_at", now);
  if (change->import)
    probity_second_job_prepare_forward (change);
  else
    probity_values_set (computed, "stage", "with-professional-standards");

  return TRUE;
}

static gboolean
prepare_second_job (ProbityRecordChange *change,
                    GError             **error)
{
  g_autofree char *digest = NULL;

  if (change->old == NULL)
    return prepare_new (change, error);

  set_search_text (change);
  if (change->import)
    probity_second_job_prepare_forward (change);
  digest = probity_record_change_dup_material_digest (change);
  if (g_strcmp0 (digest, probity_record_get (change->old, "material_digest")) != 0)
    {
      probity_values_set (change->computed, "material_digest", digest);
      probity_values_set (change->computed, "material_changed_at", probity_write_get_now (change->write));
    }

  return TRUE;
}

/* Drawn, unless the force wants numbers: one that is missing tells that a second job was sealed. */
static gboolean
is_numbered (ProbitySession *session)
{
  return probity_profile_numbers_second_jobs (probity_session_get_profile (session));
}

const ProbityRecordKind probity_second_job_kind = {
  .name = "second-job",
  .table = "second_job",
  .compartment = PROBITY_COMPARTMENT_REGISTERS,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .derived = derived,
  .n_derived = G_N_ELEMENTS (derived),
  .key = "reference",
  .prefix = "SJ",
  .numbered = is_numbered,
  .read = PROBITY_OPERATION_READ_REGISTERS,
  .edit = PROBITY_OPERATION_SUBMIT,
  .staff_column = "r.staff_number",
  /* Asked once a query and not once a row: a manager has few cases among very many. */
  .manager_condition = "r.id IN (SELECT m.id FROM second_job AS m WHERE m.manager_staff_number = $me"
                       " UNION SELECT s.second_job_id FROM stand_in AS s WHERE s.staff_number = $me"
                       " UNION SELECT o.id FROM person AS p JOIN second_job AS o ON o.staff_number = p.staff_number WHERE p.line_manager = $me)",
  .prepare = prepare_second_job,
  .own_commands = TRUE,
};
