/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-instant.h"
#include "probity-profile.h"
#include "probity-reference.h"
#include "probity-second-job-private.h"

/*
 * An existing register is brought forward: counted apart, by its recorded outcome, "checks not
 * recorded here" until it went through the gate. Never an approval of this casebook.
 */

static const struct
{
  const char *word;
  const char *outcome;
  const char *stage;
} outcomes[] = {
  { "approved", "approved", "registered" },
  { "granted", "approved", "registered" },
  { "authorised", "approved", "registered" },
  { "approved with conditions", "approved-with-conditions", "registered" },
  { "granted with conditions", "approved-with-conditions", "registered" },
  { "conditional", "approved-with-conditions", "registered" },
  { "brought forward", NULL, "registered" },
  { "refused", "refused", "refused" },
  { "declined", "refused", "refused" },
  { "rejected", "refused", "refused" },
  { "not approved", "refused", "refused" },
  { "withdrawn", "withdrawn", "withdrawn" },
};

/* Columns of the file and the fields that they are kept in. */
static const struct
{
  const char *column;
  const char *field;
} renamed[] = {
  { "outcome", "recorded_outcome" },
  { "decided", "recorded_decided" },
  { "decided_by", "recorded_decided_by" },
  { "conditions", "recorded_conditions" },
};

static int
find_outcome (const char *text)
{
  g_autofree char *folded = probity_fold_text (text);

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (g_str_equal (folded, outcomes[i].word))
      return (int) i;

  return -1;
}

void
probity_second_job_prepare_forward (ProbityRecordChange *change)
{
  ProbityProfile *profile = probity_session_get_profile (change->session);
  const char     *recorded = probity_record_change_get (change, "recorded_outcome");
  const char     *ceased = probity_record_change_get (change, "ceased");
  const char     *stage = "registered";

  for (guint i = 0; recorded != NULL && i < G_N_ELEMENTS (outcomes); i++)
    if (g_strcmp0 (outcomes[i].outcome, recorded) == 0)
      {
        stage = outcomes[i].stage;
        break;
      }
  if (ceased != NULL && g_str_equal (stage, "registered"))
    stage = "ceased";

  probity_values_set (change->computed, "stage", stage);
  if (change->old == NULL)
    {
      probity_values_set (change->computed, "brought_forward", "1");
      probity_values_set (change->computed, "outcome", "brought-forward");
    }

  if (g_str_equal (stage, "registered") && probity_record_change_get (change, "next_review") == NULL)
    {
      const char      *decided = probity_record_change_get (change, "recorded_decided");
      const char      *last = decided != NULL ? decided : probity_record_change_get (change, "received");
      g_autofree char *next = probity_day_to_iso (probity_profile_get_next_review (profile, probity_day_from_iso (last)));

      probity_values_set (change->values, "next_review", next);
    }
}

/* The values of a row of the file under the names of the fields. */
static ProbityValues *
rename_values (ProbitySession *session,
               ProbityValues  *values,
               GError        **error)
{
  g_autoptr (ProbityValues) fields = probity_values_new ();
  g_auto (GStrv) columns = probity_values_dup_fields (values);
  const char *category = probity_values_get (values, "category");

  for (guint i = 0; columns[i] != NULL; i++)
    {
      const char *name = columns[i];
      const char *value = probity_values_get (values, columns[i]);

      for (guint j = 0; j < G_N_ELEMENTS (renamed); j++)
        if (g_str_equal (renamed[j].column, name))
          name = renamed[j].field;

      if (g_str_equal (name, "recorded_outcome") && value != NULL && *value != '\0')
        {
          const int index = find_outcome (value);

          if (index < 0)
            {
              g_propagate_error (error,
                                 probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "outcome", "“%s” is none of approved, approved-with-conditions, refused, withdrawn", value));
              return NULL;
            }
          value = outcomes[index].outcome;
        }
      /* An empty cell does not take away the day that was worked out. */
      if (g_str_equal (name, "next_review") && (value == NULL || *value == '\0'))
        continue;
      probity_values_set (fields, name, value);
    }

  if (category != NULL && *category != '\0')
    {
      const char *found = probity_profile_find_category (probity_session_get_profile (session), category);

      probity_values_set (fields, "category", found != NULL ? found : "other");
    }
  else
    {
      probity_values_set (fields, "category", "other");
    }

  return g_steal_pointer (&fields);
}

static gboolean
write_history (ProbityWrite   *write,
               ProbitySession *session,
               ProbityRecord  *job,
               GError        **error)
{
  g_autoptr (ProbityStep) step = probity_second_job_step_new (session, probity_record_get_reference (job));

  return probity_second_job_sign_application (write, session, job, "brought-forward", error) &&
         probity_second_job_enter_stage (step, write, job, 1, probity_record_get (job, "stage"), NULL, error);
}

gboolean
probity_second_job_bring_forward (ProbityWrite   *write,
                                  ProbitySession *session,
                                  ProbityValues  *values,
                                  gboolean       *ret_added,
                                  gboolean       *ret_changed,
                                  GError        **error)
{
  ProbityDb  *registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  const char *reference = probity_values_get (values, "reference");
  const char *staff_number = probity_values_get (values, "staff_number");
  g_autoptr (ProbityValues) fields = NULL;
  g_autoptr (ProbityRecord) old = NULL;
  g_autoptr (ProbityRecord) job = NULL;
  gboolean added = FALSE;
  gboolean changed = FALSE;
  gboolean given;

  if (registers == NULL ||
      !probity_access_check (session, PROBITY_OPERATION_IMPORT_SECOND_JOBS, error) ||
      !probity_step_require_text ("reference", reference, error) ||
      !probity_step_require_text ("staff_number", staff_number, error) ||
      (fields = rename_values (session, values, error)) == NULL ||
      !probity_record_read (registers, &probity_second_job_kind, NULL, reference, &old, error) ||
      !probity_reference_was_given (registers, reference, &given, error))
    return FALSE;

  /* Nobody brings in a case about themselves, nor learns that there is one. */
  if (probity_access_is_locked (session, staff_number) ||
      (old != NULL && probity_access_is_locked (session, probity_record_get (old, "staff_number"))))
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "staff_number", "This row is not for this account to enter"));
      return FALSE;
    }

  if (old != NULL ? g_strcmp0 (probity_record_get (old, "outcome"), "brought-forward") != 0 : given)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_EXISTS, "reference", "“%s” is a case of this casebook", reference));
      return FALSE;
    }

  if (old == NULL)
    {
      if (!probity_record_insert (write, session, &probity_second_job_kind, fields, TRUE, &job, error))
        return FALSE;
      added = TRUE;
    }
  else if (!probity_record_change (write, session, old, fields, TRUE, &changed, &job, error))
    {
      return FALSE;
    }

  if ((added || changed) && !write_history (write, session, job, error))
    return FALSE;

  *ret_added = added;
  *ret_changed = changed;

  return TRUE;
}
