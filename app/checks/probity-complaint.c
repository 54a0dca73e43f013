/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-record-kind.h"

/* A complaint: reference, received, complainant, officers (its subjects), allegation types, finalised how and when. */

static const ProbityField complaint_fields[] = {
  { "reference", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED | PROBITY_FIELD_KEY | PROBITY_FIELD_FIXED, 64 },
  { "received", PROBITY_FIELD_DAY },
  { "complainant", PROBITY_FIELD_TEXT },
  { "allegation", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "status", PROBITY_FIELD_TEXT },
  { "finalised", PROBITY_FIELD_DAY },
  { "result", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
};

static const ProbityDerived complaint_derived[] = {
  { "subjects", "r.subjects" },
  { "created", "r.created" },
  { "changed", "r.changed" },
};

static gboolean
prepare_complaint (ProbityRecordChange *change,
                   GError             **error)
{
  const char      *received = probity_record_change_get (change, "received");
  const char      *finalised = probity_record_change_get (change, "finalised");
  const char      *complainant = probity_record_change_get (change, "complainant");
  const char      *allegation = probity_record_change_get (change, "allegation");
  const char      *status = probity_record_change_get (change, "status");
  const char      *result = probity_record_change_get (change, "result");
  g_autofree char *all = NULL;
  g_autofree char *search_text = NULL;

  if (received != NULL && finalised != NULL && strcmp (finalised, received) < 0)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "finalised", "Finalised (%s) before it was received (%s)", finalised, received));
      return FALSE;
    }

  all = g_strjoin (" ", probity_record_change_get (change, "reference"), complainant != NULL ? complainant : "", allegation != NULL ? allegation : "", status != NULL ? status : "", result != NULL ? result : "", NULL);
  search_text = probity_fold_text (all);
  probity_values_set (change->computed, "search_text", search_text);
  probity_values_set (change->computed, "changed", probity_write_get_now (change->write));

  return TRUE;
}

const ProbityRecordKind probity_complaint_kind = {
  .name = "complaint",
  .table = "complaint",
  .compartment = PROBITY_COMPARTMENT_STANDARDS,
  .fields = complaint_fields,
  .n_fields = G_N_ELEMENTS (complaint_fields),
  .derived = complaint_derived,
  .n_derived = G_N_ELEMENTS (complaint_derived),
  .key = "reference",
  .prefix = "CM",
  .read = PROBITY_OPERATION_READ_STANDARDS,
  .edit = PROBITY_OPERATION_EDIT_COMPLAINTS,
  .subject_table = "complaint_subject",
  .subject_parent = "complaint_id",
  .prepare = prepare_complaint,
};
