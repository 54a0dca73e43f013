/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-leak.h"

/* What a leak investigation holds in rows. */

#define CASE_UID                                                                     \
  {                                                                                  \
    "case_uid", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED | PROBITY_FIELD_FIXED, 64 \
  }

static const ProbityDerived derived[] = {
  { "created", "r.created" },
  { "created_by", "r.created_by" },
};

/* The parts are read only through their case, whose lock is theirs too. */
#define DEFINE_PART(part, list, table_name, may_edit, late, read_with)       \
  static const ProbityRecordKind part##_kind = {                             \
    .name = "leak-" #part,                                                   \
    .table = table_name,                                                     \
    .compartment = PROBITY_COMPARTMENT_INTELLIGENCE,                         \
    .fields = part##_fields,                                                 \
    .n_fields = G_N_ELEMENTS (part##_fields),                                \
    .derived = derived,                                                      \
    .n_derived = G_N_ELEMENTS (derived),                                     \
    .read = PROBITY_OPERATION_READ_INTELLIGENCE,                             \
    .edit = PROBITY_OPERATION_WORK_LEAKS,                                    \
    .prepare = prepare_##part,                                               \
    .own_commands = TRUE,                                                    \
  };                                                                         \
  static const ProbityCasePart part##_part = {                               \
    #part, list, &probity_leak_case, &part##_kind, may_edit, late, read_with \
  }

#define prepare_record NULL
#define prepare_line NULL
#define prepare_outlet NULL
#define prepare_harm NULL
#define prepare_learning NULL

static const ProbityField record_fields[] = {
  CASE_UID,
  { "system", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED },
  { "record", PROBITY_FIELD_TEXT },
  { "description", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "held_since", PROBITY_FIELD_DAY },
  { "words", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
};
DEFINE_PART (record, "records", "leak_record", TRUE, FALSE, NULL);

static const ProbityField publication_fields[] = {
  CASE_UID,
  { "outlet", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED },
  { "author", PROBITY_FIELD_TEXT },
  { "platform", PROBITY_FIELD_TEXT },
  { "address", PROBITY_FIELD_TEXT, 0, 2000 },
  { "published", PROBITY_FIELD_INSTANT },
  { "quoted_words", PROBITY_FIELD_LONG_TEXT },
  { "earliest_seen", PROBITY_FIELD_INSTANT },
  { "seen_by", PROBITY_FIELD_TEXT },
  { "how_captured", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "capture_exhibit", PROBITY_FIELD_TEXT, 0, 64 },
  { "note", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
};

/* The captured file is an exhibit of this very case. */
static gboolean
check_capture (ProbityRecordChange *change,
               GError             **error)
{
  const char *exhibit = probity_record_change_get (change, "capture_exhibit");
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean found;

  if (exhibit == NULL || *exhibit == '\0')
    return TRUE;

  statement = probity_db_query (change->db, error, "SELECT 1 FROM exhibit WHERE case_uid = $case AND reference = $exhibit", "$case", 's', probity_record_change_get (change, "case_uid"), "$exhibit", 's', exhibit, NULL);
  if (statement == NULL || !probity_statement_step (statement, &found, error))
    return FALSE;
  if (!found)
    g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "capture_exhibit", "The case has no exhibit “%s”", exhibit));

  return found;
}

/* Without any time the exposure list has no end. */
static gboolean
prepare_publication (ProbityRecordChange *change,
                     GError             **error)
{
  const char *published = probity_record_change_get (change, "published");
  const char *seen = probity_record_change_get (change, "earliest_seen");

  if (!check_capture (change, error))
    return FALSE;
  if (published == NULL && seen == NULL)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "published", "When it was published, or when it was first seen"));
      return FALSE;
    }
  if (published != NULL && seen != NULL && strcmp (seen, published) < 0)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "earliest_seen", "First seen (%s) before it was published (%s)", seen, published));
      return FALSE;
    }

  return TRUE;
}
DEFINE_PART (publication, "publications", "leak_publication", TRUE, FALSE, NULL);

static const ProbityField line_fields[] = {
  CASE_UID,
  { "title", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED },
  { "reason", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "state", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED, 0, "=open,completed,not-pursued" },
  { "result", PROBITY_FIELD_LONG_TEXT },
};
DEFINE_PART (line, "lines", "leak_line", TRUE, FALSE, NULL);

static const ProbityField outlet_fields[] = {
  CASE_UID,
  { "outlet", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED },
  { "journalist", PROBITY_FIELD_TEXT },
  { "contact", PROBITY_FIELD_TEXT },
  { "recorded_contact", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "note", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
};
DEFINE_PART (outlet, "outlets", "leak_outlet", TRUE, FALSE, probity_leak_contact_read_values);

static const ProbityField harm_fields[] = {
  CASE_UID,
  { "kind", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED, 0, "=person,operation,source,victim,confidence,financial,other" },
  { "to_whom", PROBITY_FIELD_TEXT },
  { "description", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED, 4000 },
  { "severity", PROBITY_FIELD_CHOICE, 0, 0, "=low,medium,high,severe" },
  { "mitigation", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
};
DEFINE_PART (harm, "harms", "leak_harm", TRUE, FALSE, NULL);

static const ProbityField assessment_fields[] = {
  CASE_UID,
  { "public_interest", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED },
  { "protected_disclosure", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED, 0, "=no,possibly,yes" },
  { "protected_reasons", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED },
  { "necessity", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED },
  { "proportionality", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED },
  { "intrusion", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED, 0, "=permitted,not-permitted" },
  { "assessed", PROBITY_FIELD_DAY, PROBITY_FIELD_REQUIRED },
};

static gboolean
prepare_assessment (ProbityRecordChange *change,
                    GError             **error)
{
  if (g_strcmp0 (probity_record_change_get (change, "protected_disclosure"), "yes") == 0 &&
      g_strcmp0 (probity_record_change_get (change, "intrusion"), "permitted") == 0)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "intrusion", "Nothing intrusive is done to find who made a protected disclosure"));
      return FALSE;
    }

  return TRUE;
}
DEFINE_PART (assessment, "assessments", "leak_assessment", FALSE, FALSE, NULL);

static const ProbityField learning_fields[] = {
  CASE_UID,
  { "learning", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED },
  { "for_whom", PROBITY_FIELD_TEXT },
  { "done", PROBITY_FIELD_DAY },
};
DEFINE_PART (learning, "learning", "leak_learning", TRUE, TRUE, NULL);

const ProbityCasePart *const probity_leak_parts[] = {
  &record_part,
  &publication_part,
  &line_part,
  &outlet_part,
  &harm_part,
  &assessment_part,
  &learning_part,
  NULL,
};
