/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sodium.h>
#include <unistd.h>

#include "probity-blocking.h"
#include "probity-exhibit-private.h"

/* Looking at an exhibit, proving it, giving it out, moving it. What leaves or is shown was recorded before. */

static ProbityExhibitTask *
make_task (ProbitySession  *session,
           const char      *case_reference,
           const char      *reference,
           ProbityProgress *progress,
           GCancellable    *cancellable)
{
  ProbityExhibitTask *task = probity_exhibit_task_new (session, case_reference, reference);

  task->progress = progress != NULL ? probity_progress_ref (progress) : NULL;
  g_set_object (&task->cancellable, cancellable);

  return task;
}

static gboolean
run_blocking (ProbityExhibitTask *task,
              ProbityBlockingFunc func,
              GError            **error)
{
  return dex_await (probity_run_blocking (func, probity_exhibit_task_ref (task), (GDestroyNotify) probity_exhibit_task_unref), error);
}

/* --- The bytes --- */

ProbityExhibitReader *
probity_exhibit_task_open (ProbityExhibitTask *task,
                           int                *ret_fd,
                           GError            **error)
{
  g_autofree char *name = probity_exhibit_keys_dup_name (task->keys, task->digest);
  g_autoptr (ProbityExhibitReader) reader = NULL;

  *ret_fd = probity_exhibit_store_open (task->folder, name, error);
  if (*ret_fd < 0)
    return NULL;

  reader = probity_exhibit_reader_open (task->keys, *ret_fd, task->digest, error);
  if (reader == NULL)
    {
      close (*ret_fd);
      return NULL;
    }
  probity_progress_set_total (task->progress, probity_exhibit_reader_get_size (reader));

  return g_steal_pointer (&reader);
}

gboolean
probity_exhibit_task_copy (ProbityExhibitTask   *task,
                           ProbityExhibitReader *reader,
                           GOutputStream        *stream,
                           GError              **error)
{
  g_autoptr (ProbityDigest) digest = probity_digest_new ();
  const guint8 *bytes;
  gsize         length;
  guint8        found[PROBITY_DIGEST_BYTES];

  do
    {
      g_autoptr (GError) local_error = NULL;

      if (g_cancellable_set_error_if_cancelled (task->cancellable, error) ||
          !probity_exhibit_reader_next (reader, &bytes, &length, error))
        return FALSE;
      probity_digest_add (digest, bytes, length);
      if (stream != NULL && length > 0 && !g_output_stream_write_all (stream, bytes, length, NULL, task->cancellable, &local_error))
        return probity_exhibit_set_source_error (error, local_error);
      probity_progress_add (task->progress, (gint64) length);
    }
  while (length > 0);

  probity_digest_finish (digest, found);
  if (sodium_memcmp (found, task->digest, sizeof found) == 0)
    return TRUE;

  g_set_error_literal (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_DAMAGED, "The exhibit is not what was taken in");

  return FALSE;
}

static gboolean
verify_func (gpointer data,
             GError **error)
{
  ProbityExhibitTask *task = data;
  g_autoptr (ProbityExhibitReader) reader = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean ok;
  int      fd;

  reader = probity_exhibit_task_open (task, &fd, &local_error);
  ok = reader != NULL && probity_exhibit_task_copy (task, reader, NULL, &local_error);
  if (reader != NULL)
    close (fd);

  if (ok)
    task->state = "whole";
  else if (g_error_matches (local_error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_MISSING))
    task->state = "missing";
  else if (g_error_matches (local_error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_DAMAGED))
    task->state = "damaged";
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return task->state != NULL;
}

static gboolean
load_func (gpointer data,
           GError **error)
{
  ProbityExhibitTask *task = data;
  g_autoptr (ProbityExhibitReader) reader = NULL;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  gboolean ok;
  int      fd;

  reader = probity_exhibit_task_open (task, &fd, error);
  if (reader == NULL)
    return FALSE;

  ok = probity_exhibit_task_copy (task, reader, stream, error) && g_output_stream_close (stream, NULL, error);
  close (fd);
  if (ok)
    task->bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));

  return ok;
}

/* What is not proved to its end is taken back: a copy is whole or is not there. */
static gboolean
export_func (gpointer data,
             GError **error)
{
  ProbityExhibitTask *task = data;
  g_autoptr (ProbityExhibitReader) reader = NULL;
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean there = g_file_query_exists (task->file, NULL);
  gboolean ok;
  int      fd;

  reader = probity_exhibit_task_open (task, &fd, error);
  if (reader == NULL)
    return FALSE;

  stream = g_file_replace (task->file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, task->cancellable, &local_error);
  if (stream == NULL)
    {
      close (fd);
      return probity_exhibit_set_source_error (error, local_error);
    }

  ok = probity_exhibit_task_copy (task, reader, G_OUTPUT_STREAM (stream), error);
  close (fd);
  if (!ok)
    {
      g_autoptr (GCancellable) cancelled = g_cancellable_new ();

      /* Closed under a cancelled one, the stream leaves what was there before; where nothing was, it leaves what was begun. */
      g_cancellable_cancel (cancelled);
      g_output_stream_close (G_OUTPUT_STREAM (stream), cancelled, NULL);
      if (!there)
        g_file_delete (task->file, NULL, NULL);
      return FALSE;
    }
  if (g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &local_error))
    return TRUE;

  if (!there)
    g_file_delete (task->file, NULL, NULL);

  return probity_exhibit_set_source_error (error, local_error);
}

/* --- The rows --- */

static gboolean
record_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep        *step = data;
  ProbityExhibitTask *task = step->data;
  g_autoptr (ProbityRecord) record = NULL;
  const gboolean views = g_str_equal (step->action, "viewed");

  if (views ? !probity_step_find (step, write, NULL, &record, error) : !probity_step_find_work (step, write, NULL, &record, error))
    return FALSE;
  if (g_str_equal (step->action, "disclosed") && !probity_access_check (task->session, PROBITY_OPERATION_EXPORT, error))
    return FALSE;
  if (!probity_exhibit_add_continuity (task, step, write, step->action, task->state != NULL ? task->state : task->to, task->reason, error))
    return FALSE;

  /* Who looks at a case must not find that somebody above them looked at it too. */
  if (g_str_equal (step->action, "moved") || probity_casebook_get_highest (probity_session_get_casebook (task->session)) == task->compartment)
    probity_step_note_change (step, write, record);
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static gboolean
record (ProbityExhibitTask *task,
        const char         *action,
        GError            **error)
{
  return dex_await (probity_step_run (probity_exhibit_task_new_step (task, action), record_write), error);
}

static DexFuture *
verify_fiber (gpointer data)
{
  ProbityExhibitTask *task = data;
  GError             *error = NULL;

  if (!probity_exhibit_task_prepare (task, "exhibit-verify", TRUE, &error) ||
      !run_blocking (task, verify_func, &error) ||
      !record (task, "verified", &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_string (g_strdup (task->state));
}

DexFuture *
probity_exhibit_verify (ProbitySession  *session,
                        const char      *case_reference,
                        const char      *reference,
                        ProbityProgress *progress,
                        GCancellable    *cancellable)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (case_reference != NULL && reference != NULL);

  return dex_scheduler_spawn (NULL, 0, verify_fiber, make_task (session, case_reference, reference, progress, cancellable), (GDestroyNotify) probity_exhibit_task_unref);
}

static DexFuture *
load_fiber (gpointer data)
{
  ProbityExhibitTask *task = data;
  GError             *error = NULL;

  if (!probity_exhibit_task_prepare (task, "exhibit-view", FALSE, &error))
    return dex_future_new_for_error (error);
  if ((guint64) task->exhibit->size > task->max_bytes)
    return dex_future_new_reject (PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_TOO_LARGE, "The exhibit is too large to be shown here");
  if (!record (task, "viewed", &error) || !run_blocking (task, load_func, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_steal_pointer (&task->bytes));
}

DexFuture *
probity_exhibit_load_bytes (ProbitySession *session,
                            const char     *case_reference,
                            const char     *reference,
                            gsize           max_bytes)
{
  ProbityExhibitTask *task;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (case_reference != NULL && reference != NULL);

  task = make_task (session, case_reference, reference, NULL, NULL);
  task->max_bytes = max_bytes;

  return dex_scheduler_spawn (NULL, 0, load_fiber, task, (GDestroyNotify) probity_exhibit_task_unref);
}

static DexFuture *
export_fiber (gpointer data)
{
  ProbityExhibitTask *task = data;
  GError             *error = NULL;

  if (!probity_exhibit_task_prepare (task, "exhibit-export", TRUE, &error) ||
      !probity_step_require_text ("to", task->to, &error) ||
      !probity_step_require_text ("reason", task->reason, &error) ||
      !record (task, "disclosed", &error) ||
      !run_blocking (task, export_func, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (PROBITY_TYPE_EXHIBIT, g_steal_pointer (&task->exhibit));
}

/** probity_exhibit_export: where the copy fails after it was recorded the record stands; nothing says that no byte was seen. */
DexFuture *
probity_exhibit_export (ProbitySession  *session,
                        const char      *case_reference,
                        const char      *reference,
                        GFile           *destination,
                        const char      *to,
                        const char      *reason,
                        ProbityProgress *progress,
                        GCancellable    *cancellable)
{
  ProbityExhibitTask *task;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (case_reference != NULL && reference != NULL);
  dex_return_error_if_fail (G_IS_FILE (destination));

  task = make_task (session, case_reference, reference, progress, cancellable);
  task->file = g_object_ref (destination);
  task->to = g_strdup (to);
  task->reason = g_strdup (reason);

  return dex_scheduler_spawn (NULL, 0, export_fiber, task, (GDestroyNotify) probity_exhibit_task_unref);
}

static DexFuture *
outside_fiber (gpointer data)
{
  ProbityExhibitTask *task = data;
  GError             *error = NULL;

  if (!probity_exhibit_task_prepare (task, "exhibit-open-outside", TRUE, &error) ||
      !probity_step_require_text ("reason", task->reason, &error))
    return dex_future_new_for_error (error);

  task->to = g_strdup ("another program of this computer");
  task->file = probity_exhibit_make_outside (task->session, task->exhibit, &error);
  if (task->file == NULL || !record (task, "disclosed", &error) || !run_blocking (task, export_func, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_object (g_steal_pointer (&task->file));
}

DexFuture *
probity_exhibit_open_outside (ProbitySession  *session,
                              const char      *case_reference,
                              const char      *reference,
                              const char      *reason,
                              ProbityProgress *progress,
                              GCancellable    *cancellable)
{
  ProbityExhibitTask *task;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (case_reference != NULL && reference != NULL);

  task = make_task (session, case_reference, reference, progress, cancellable);
  task->reason = g_strdup (reason);

  return dex_scheduler_spawn (NULL, 0, outside_fiber, task, (GDestroyNotify) probity_exhibit_task_unref);
}

static DexFuture *
move_fiber (gpointer data)
{
  ProbityExhibitTask *task = data;
  GError             *error = NULL;

  if (!probity_exhibit_task_prepare (task, "exhibit-move", TRUE, &error) ||
      !probity_step_require_text ("to", task->to, &error) ||
      !probity_step_require_text ("reason", task->reason, &error) ||
      !record (task, "moved", &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

DexFuture *
probity_exhibit_move (ProbitySession *session,
                      const char     *case_reference,
                      const char     *reference,
                      const char     *to,
                      const char     *reason)
{
  ProbityExhibitTask *task;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (case_reference != NULL && reference != NULL);

  task = make_task (session, case_reference, reference, NULL, NULL);
  task->to = g_strdup (to);
  task->reason = g_strdup (reason);

  return dex_scheduler_spawn (NULL, 0, move_fiber, task, (GDestroyNotify) probity_exhibit_task_unref);
}
