/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

/* Of those that somebody waits for. */
static gint n_open = 0;

static gboolean
is_awaited (const ProbityJob *job)
{
  return job->kind == PROBITY_JOB_READ || job->kind == PROBITY_JOB_WRITE || job->kind == PROBITY_JOB_OUTBOX || job->kind == PROBITY_JOB_OPEN;
}

ProbityJob *
probity_job_new (ProbityJobKind   kind,
                 ProbityCasebook *casebook)
{
  ProbityJob *job = g_new0 (ProbityJob, 1);

  job->kind = kind;
  if (casebook != NULL)
    job->casebook = g_object_ref (casebook);
  if (is_awaited (job))
    g_atomic_int_inc (&n_open);

  return job;
}

/*
 * What the job brought with it is freed here on the main thread, so that nobody's last reference to
 * an object of the main thread goes away on another.
 */
void
probity_job_free (ProbityJob *job)
{
  if (is_awaited (job))
    g_atomic_int_add (&n_open, -1);
  if (job->data_destroy != NULL)
    job->data_destroy (job->data);
  g_clear_object (&job->cancellable);
  g_clear_pointer (&job->promise, dex_unref);
  g_clear_error (&job->error);
  g_clear_pointer (&job->changes, probity_changes_unref);
  if (G_IS_VALUE (&job->result))
    g_value_unset (&job->result);
  g_clear_object (&job->casebook);
  g_free (job);
}

/* How many reads and commands of this program, in whatever casebook, are not answered yet: tests wait until there is none. */
guint
probity_job_count_open (void)
{
  return (guint) g_atomic_int_get (&n_open);
}

static gboolean
complete_cb (gpointer data)
{
  ProbityJob *job = data;

  probity_casebook_job_completed (job->casebook, job);
  probity_job_free (job);

  return G_SOURCE_REMOVE;
}

void
probity_job_complete (ProbityJob *job,
                      gboolean    ok)
{
  GSource *source;

  if (job->casebook == NULL)
    {
      probity_job_free (job);
      return;
    }

  if (!ok && job->error == NULL)
    g_set_error_literal (&job->error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FAILED, "It failed and did not say why");

  /* Always by way of the main loop, also from the main thread: nobody is answered while still asking. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, complete_cb, job, NULL);
  g_source_set_static_name (source, "casebook job");
  g_source_attach (source, probity_casebook_peek_context (job->casebook));
  g_source_unref (source);
}
