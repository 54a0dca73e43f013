/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-bulk.h"

#include "probity-access.h"
#include "probity-action.h"
#include "probity-investigation.h"
#include "probity-list-kind.h"

/* So many rows are read at a time. */
#define PAGE 200

static void
free_failure (gpointer data)
{
  ProbityBulkFailure *self = data;

  g_free (self->reference);
  g_clear_error (&self->error);
  g_free (self);
}

static gpointer
copy_failure (gconstpointer data,
              gpointer      user_data)
{
  const ProbityBulkFailure *failure = data;
  ProbityBulkFailure       *copy = g_new0 (ProbityBulkFailure, 1);

  copy->reference = g_strdup (failure->reference);
  copy->error = g_error_copy (failure->error);

  return copy;
}

static ProbityBulkResult *
probity_bulk_result_copy (ProbityBulkResult *self)
{
  ProbityBulkResult *copy = g_memdup2 (self, sizeof *self);

  copy->failures = g_ptr_array_copy (self->failures, (GCopyFunc) copy_failure, NULL);
  g_ptr_array_set_free_func (copy->failures, free_failure);

  return copy;
}

void
probity_bulk_result_free (ProbityBulkResult *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->failures, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (ProbityBulkResult, probity_bulk_result, probity_bulk_result_copy, probity_bulk_result_free)

/* The kind of case of all rows; NULL where they are of several kinds or no cases. */
static const ProbityCaseKind *
find_case_kind (const ProbityListKind *kind)
{
  return kind->others == NULL ? probity_case_kind_of (kind->record_kind) : NULL;
}

gboolean
probity_bulk_may_act (ProbitySession        *session,
                      const ProbityListKind *kind)
{
  const ProbityCaseKind *case_kind = find_case_kind (kind);

  return case_kind != NULL && probity_access_may (session, case_kind->work);
}

gboolean
probity_bulk_may_assign (ProbitySession        *session,
                         const ProbityListKind *kind)
{
  return find_case_kind (kind) != &probity_second_job_case && probity_bulk_may_act (session, kind);
}

typedef struct
{
  ProbitySession        *session;
  const ProbityListKind *kind;
  GArray                *ids;
  char                  *owner;
  char                  *reason;
  ProbityValues         *values; /* of an action; NULL: assign */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_object_unref (self->session);
  g_array_unref (self->ids);
  g_free (self->owner);
  g_free (self->reason);
  g_clear_pointer (&self->values, probity_values_unref);
  g_free (self);
}

static DexFuture *
act (Job        *self,
     const char *uid)
{
  if (self->values != NULL)
    return probity_action_add (self->session, find_case_kind (self->kind), uid, self->values);

  return probity_investigation_assign (self->session, uid, self->owner, NULL, self->reason);
}

static void
add_failure (ProbityBulkResult *result,
             const char        *reference,
             GError            *error)
{
  ProbityBulkFailure *failure = g_new0 (ProbityBulkFailure, 1);

  failure->reference = g_strdup (reference);
  failure->error = error;
  g_ptr_array_add (result->failures, failure);
}

static DexFuture *
bulk_fiber (gpointer data)
{
  Job    *self = data;
  GError *error = NULL;
  g_autoptr (ProbityBulkResult) result = g_new0 (ProbityBulkResult, 1);

  result->failures = g_ptr_array_new_with_free_func (free_failure);
  for (guint start = 0; start < self->ids->len; start += PAGE)
    {
      const guint n_ids = MIN (PAGE, self->ids->len - start);
      g_autoptr (GPtrArray) rows = dex_await_boxed (probity_list_load_rows (self->session, self->kind, &g_array_index (self->ids, gint64, start), n_ids, NULL), &error);

      if (rows == NULL)
        return dex_future_new_for_error (error);
      for (guint i = 0; i < rows->len; i++)
        {
          ProbityListRow *row = g_ptr_array_index (rows, i);

          if (row == NULL)
            add_failure (result, NULL, g_error_new_literal (PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND, "This case is no longer there"));
          else if (dex_await (act (self, row->uid), &error))
            result->n_done++;
          else
            add_failure (result, probity_list_row_find_cell (row, self->kind, "reference"), g_steal_pointer (&error));
        }
    }

  return dex_future_new_take_boxed (PROBITY_TYPE_BULK_RESULT, g_steal_pointer (&result));
}

static Job *
job_new (ProbitySession        *session,
         const ProbityListKind *kind,
         const gint64          *ids,
         guint                  n_ids)
{
  Job *self = g_new0 (Job, 1);

  self->session = g_object_ref (session);
  self->kind = kind;
  self->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_ids);
  if (n_ids > 0)
    g_array_append_vals (self->ids, ids, n_ids);

  return self;
}

static DexFuture *
refuse (void)
{
  return dex_future_new_reject (PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED, "The roles of this account do not allow this");
}

DexFuture *
probity_bulk_assign (ProbitySession        *session,
                     const ProbityListKind *kind,
                     const gint64          *ids,
                     guint                  n_ids,
                     const char            *owner,
                     const char            *reason)
{
  Job *job;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (kind != NULL && owner != NULL);

  if (!probity_bulk_may_assign (session, kind))
    return refuse ();

  job = job_new (session, kind, ids, n_ids);
  job->owner = g_strdup (owner);
  job->reason = g_strdup (reason);

  return dex_scheduler_spawn (NULL, 0, bulk_fiber, job, job_free);
}

DexFuture *
probity_bulk_add_action (ProbitySession        *session,
                         const ProbityListKind *kind,
                         const gint64          *ids,
                         guint                  n_ids,
                         ProbityValues         *values)
{
  Job *job;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (kind != NULL && values != NULL);

  if (!probity_bulk_may_act (session, kind))
    return refuse ();

  job = job_new (session, kind, ids, n_ids);
  job->values = probity_values_ref (values);

  return dex_scheduler_spawn (NULL, 0, bulk_fiber, job, job_free);
}
