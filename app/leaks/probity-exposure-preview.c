/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

#include "probity-blocking.h"

/* Which columns a log has and what is remembered of its system, so that somebody can say which tells what. */

const char *const probity_exposure_log_columns[] = { "who", "when", "record", "place", "role", "unit", NULL };

G_STATIC_ASSERT (PROBITY_EXPOSURE_N_LOG_COLUMNS == PROBITY_LOG_N_COLUMNS);

void
probity_exposure_preview_free (ProbityExposurePreview *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->headings);
  for (guint i = 0; i < PROBITY_EXPOSURE_N_LOG_COLUMNS; i++)
    g_free (self->columns[i]);
  g_free (self->mapping);
  g_free (self->time_zone);
  g_free (self);
}

ProbityExposurePreview *
probity_exposure_preview_copy (ProbityExposurePreview *self)
{
  ProbityExposurePreview *copy = g_memdup2 (self, sizeof *self);

  copy->headings = g_strdupv (self->headings);
  for (guint i = 0; i < PROBITY_EXPOSURE_N_LOG_COLUMNS; i++)
    copy->columns[i] = g_strdup (self->columns[i]);
  copy->mapping = g_strdup (self->mapping);
  copy->time_zone = g_strdup (self->time_zone);

  return copy;
}

G_DEFINE_BOXED_TYPE (ProbityExposurePreview, probity_exposure_preview, probity_exposure_preview_copy, probity_exposure_preview_free)

typedef struct
{
  ProbitySession         *session; /* until the casebook was asked */
  char                   *path;
  char                   *system;  /* nullable */
  ProbityExposurePreview *preview; /* once it is begun; the thread's while that reads */
} PreviewJob;

static void
clear_preview_job (gpointer data)
{
  PreviewJob *self = data;

  g_clear_object (&self->session);
  g_free (self->path);
  g_free (self->system);
  probity_exposure_preview_free (self->preview);
}

static void
preview_job_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_preview_job);
}

static gboolean
remember_in_reader (ProbityRead *read,
                    gpointer     data,
                    GValue      *result,
                    GError     **error)
{
  const char *system = data;
  ProbityDb  *db = probity_read_get_db (read, PROBITY_COMPARTMENT_INTELLIGENCE, error);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (ProbityExposurePreview) preview = g_new0 (ProbityExposurePreview, 1);
  gboolean row;

  if (db == NULL)
    return FALSE;
  statement = probity_db_query (db, error, "SELECT mapping, time_zone, clock_error FROM exposure_system WHERE name = $name", "$name", 's', system, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    {
      preview->remembered = TRUE;
      preview->mapping = probity_statement_is_null (statement, 0) ? NULL : probity_statement_dup_text (statement, 0);
      preview->time_zone = probity_statement_dup_text (statement, 1);
      preview->clock_error = (int) probity_statement_get_int64 (statement, 2);
    }
  else
    {
      preview->time_zone = g_strdup ("Europe/London");
    }
  g_value_init (result, PROBITY_TYPE_EXPOSURE_PREVIEW);
  g_value_take_boxed (result, g_steal_pointer (&preview));

  return TRUE;
}

/* A file may lie on a slow disk. */
static gboolean
read_headings (gpointer data,
               GError **error)
{
  PreviewJob             *self = data;
  ProbityExposurePreview *preview = self->preview;
  g_autoptr (GBytes) mapping = preview->mapping != NULL ? g_bytes_new (preview->mapping, strlen (preview->mapping)) : NULL;

  preview->headings = probity_access_log_read_headings (self->path, mapping, preview->columns, error);

  return preview->headings != NULL;
}

static DexFuture *
preview_fiber (gpointer data)
{
  PreviewJob      *self = data;
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);
  GError          *error = NULL;

  self->preview = dex_await_boxed (probity_casebook_read (casebook, remember_in_reader, g_strdup (self->system != NULL ? self->system : ""), g_free, NULL), &error);
  /* A slow disk may take longer than the session lasts, and its keys are not kept for that. */
  g_clear_object (&self->session);
  if (self->preview == NULL || !dex_await (probity_run_blocking (read_headings, g_atomic_rc_box_acquire (self), preview_job_unref), &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (PROBITY_TYPE_EXPOSURE_PREVIEW, g_steal_pointer (&self->preview));
}

DexFuture *
probity_exposure_load_preview (ProbitySession *session,
                               const char     *path,
                               const char     *system)
{
  PreviewJob *job;
  GError     *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (path != NULL);

  if (!probity_access_check (session, PROBITY_OPERATION_EXPOSURE, &error))
    return dex_future_new_for_error (error);

  job = g_atomic_rc_box_new0 (PreviewJob);
  job->session = g_object_ref (session);
  job->path = g_strdup (path);
  job->system = g_strdup (system);

  return dex_scheduler_spawn (NULL, 0, preview_fiber, job, preview_job_unref);
}

char *
probity_exposure_preview_dup_mapping (ProbityExposurePreview *self,
                                      const char *const      *columns,
                                      const char             *dates)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (self != NULL && columns != NULL, NULL);

  if (self->mapping != NULL)
    g_key_file_load_from_data (file, self->mapping, strlen (self->mapping), G_KEY_FILE_NONE, NULL);
  g_key_file_remove_group (file, "columns", NULL);
  for (guint i = 0; i < PROBITY_EXPOSURE_N_LOG_COLUMNS; i++)
    if (columns[i] != NULL && *columns[i] != '\0')
      {
        g_auto (GStrv) headings = g_strsplit (columns[i], "\n", -1);

        g_key_file_set_string_list (file, "columns", probity_exposure_log_columns[i], (const char *const *) headings, g_strv_length (headings));
      }
  if (dates != NULL)
    g_key_file_set_string (file, "formats", "date", dates);

  return g_key_file_to_data (file, NULL, NULL);
}
