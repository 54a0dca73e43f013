/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

/* What crosses from the reader threads. */

G_DEFINE_BOXED_TYPE (ProbityExposureList, probity_exposure_list, probity_exposure_list_ref, probity_exposure_list_unref)
G_DEFINE_BOXED_TYPE (ProbityExposureLog, probity_exposure_log, probity_exposure_log_copy, probity_exposure_log_free)

static const char *const kind_names[PROBITY_EXPOSURE_N_STEP_KINDS] = {
  "window", "records", "places", "roles", "units", "eliminated", "exclusion"
};

const char *
probity_exposure_step_kind_to_string (ProbityExposureStepKind kind)
{
  g_return_val_if_fail ((guint) kind < PROBITY_EXPOSURE_N_STEP_KINDS, NULL);

  return kind_names[kind];
}

gboolean
probity_exposure_step_kind_from_string (const char              *text,
                                        ProbityExposureStepKind *ret_kind)
{
  for (guint i = 0; i < PROBITY_EXPOSURE_N_STEP_KINDS; i++)
    if (g_strcmp0 (kind_names[i], text) == 0)
      {
        *ret_kind = (ProbityExposureStepKind) i;
        return TRUE;
      }

  return FALSE;
}

guint
probity_exposure_step_kind_get_field (ProbityExposureStepKind kind)
{
  switch (kind)
    {
    case PROBITY_EXPOSURE_RECORDS:
      return PROBITY_LOG_RECORD;
    case PROBITY_EXPOSURE_PLACES:
      return PROBITY_LOG_PLACE;
    case PROBITY_EXPOSURE_ROLES:
      return PROBITY_LOG_ROLE;
    case PROBITY_EXPOSURE_UNITS:
      return PROBITY_LOG_UNIT;
    case PROBITY_EXPOSURE_WINDOW:
    case PROBITY_EXPOSURE_ELIMINATED:
    case PROBITY_EXPOSURE_EXCLUSION:
      return PROBITY_LOG_N_FIELDS;
    }

  g_return_val_if_reached (PROBITY_LOG_N_FIELDS);
}

static gpointer
copy_problem (gconstpointer data,
              gpointer      user_data)
{
  const ProbityImportProblem *problem = data;
  ProbityImportProblem       *copy = g_memdup2 (problem, sizeof *problem);

  copy->column = g_strdup (problem->column);
  copy->message = g_strdup (problem->message);

  return copy;
}

static void
free_problem (gpointer data)
{
  ProbityImportProblem *problem = data;

  g_free (problem->column);
  g_free (problem->message);
  g_free (problem);
}

static gpointer
copy_change (gconstpointer data,
             gpointer      user_data)
{
  const ProbityExposureChange *change = data;
  ProbityExposureChange       *copy = g_memdup2 (change, sizeof *change);

  copy->reason = g_strdup (change->reason);
  copy->by = g_strdup (change->by);
  copy->at = g_strdup (change->at);

  return copy;
}

void
probity_exposure_change_free (ProbityExposureChange *self)
{
  g_free (self->reason);
  g_free (self->by);
  g_free (self->at);
  g_free (self);
}

gboolean
probity_exposure_log_was_in (const ProbityExposureLog *log,
                             gint64                    number)
{
  gboolean in = number > log->steps;

  for (guint i = 0; i < log->changes->len; i++)
    {
      const ProbityExposureChange *change = g_ptr_array_index (log->changes, i);

      if (number > change->steps)
        in = !change->aside;
    }

  return in && log->set_aside;
}

ProbityExposureLog *
probity_exposure_log_copy (ProbityExposureLog *self)
{
  ProbityExposureLog *copy = g_memdup2 (self, sizeof *self);

  copy->uid = g_strdup (self->uid);
  copy->system = g_strdup (self->system);
  copy->authority = g_strdup (self->authority);
  copy->necessity = g_strdup (self->necessity);
  copy->file_name = g_strdup (self->file_name);
  copy->sha256 = g_strdup (self->sha256);
  copy->time_zone = g_strdup (self->time_zone);
  copy->period_from = g_strdup (self->period_from);
  copy->period_to = g_strdup (self->period_to);
  copy->first = g_strdup (self->first);
  copy->last = g_strdup (self->last);
  copy->by = g_strdup (self->by);
  copy->at = g_strdup (self->at);
  copy->problems = g_ptr_array_copy (self->problems, copy_problem, NULL);
  g_ptr_array_set_free_func (copy->problems, free_problem);
  copy->changes = g_ptr_array_copy (self->changes, copy_change, NULL);
  g_ptr_array_set_free_func (copy->changes, (GDestroyNotify) probity_exposure_change_free);

  return copy;
}

void
probity_exposure_log_free (ProbityExposureLog *self)
{
  g_free (self->uid);
  g_free (self->system);
  g_free (self->authority);
  g_free (self->necessity);
  g_free (self->file_name);
  g_free (self->sha256);
  g_free (self->time_zone);
  g_free (self->period_from);
  g_free (self->period_to);
  g_free (self->first);
  g_free (self->last);
  g_free (self->by);
  g_free (self->at);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

void
probity_exposure_step_free (ProbityExposureStep *self)
{
  g_free (self->uid);
  g_free (self->from);
  g_free (self->until);
  g_strfreev (self->words);
  g_free (self->reason);
  g_free (self->by);
  g_free (self->at);
  g_free (self);
}

void
probity_exposure_person_free (ProbityExposurePerson *self)
{
  g_free (self->uid);
  g_free (self->staff_number);
  g_free (self->name);
  g_free (self->rank);
  g_free (self->unit);
  g_free (self->accounts);
  g_free (self->manner);
  g_free (self->reason);
  g_free (self->first);
  g_free (self->last);
  g_free (self);
}

void
probity_exposure_row_free (ProbityExposureRow *self)
{
  g_free (self->system);
  g_free (self->file_name);
  g_free (self->at);
  g_free (self->account);
  g_free (self->record);
  g_free (self->place);
  g_free (self->role);
  g_free (self->unit);
  g_free (self);
}

ProbityExposureList *
probity_exposure_list_ref (ProbityExposureList *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_exposure_list_unref (ProbityExposureList *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->case_uid);
  g_clear_pointer (&self->logs, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_free (self->disposal_due);
  g_free (self);
}
