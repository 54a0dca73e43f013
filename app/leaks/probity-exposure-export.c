/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

#include "probity-csv-writer.h"

/*
 * A list as a file, for whoever has to follow how it came about: logs, steps with their counts and reasons, people with
 * the step they went with. One table, the first column saying what a row is. What has left the casebook was
 * logged before.
 */

static const char *const headings[] = {
  "what", "number", "system_or_step", "detail", "reason", "by", "at", "before", "after", "staff_number", "name", "rank", "unit", "accounts", "manner", "rows", "first", "last", "gone_with_step"
};

typedef struct
{
  ProbitySession *session;
  char           *reference;
  char           *path;
} ExportJob;

static void
export_job_free (gpointer data)
{
  ExportJob *self = data;

  g_object_unref (self->session);
  g_free (self->reference);
  g_free (self->path);
  g_free (self);
}

typedef struct
{
  ProbityCsvWriter *writer;
  const char       *cells[G_N_ELEMENTS (headings)];
  GPtrArray        *texts; /* what the cells own */
} Row;

static void
set_cell (Row        *row,
          const char *heading,
          const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    if (strcmp (headings[i], heading) == 0)
      row->cells[i] = text != NULL ? text : "";
}

static void
take_cell (Row        *row,
           const char *heading,
           char       *text)
{
  g_ptr_array_add (row->texts, text);
  set_cell (row, heading, text);
}

static void
take_number (Row        *row,
             const char *heading,
             gint64      number)
{
  take_cell (row, heading, g_strdup_printf ("%" G_GINT64_FORMAT, number));
}

static gboolean
write_row (Row     *row,
           GError **error)
{
  gboolean ok = probity_csv_writer_add_row (row->writer, row->cells, G_N_ELEMENTS (headings), NULL, error);

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    row->cells[i] = "";
  g_ptr_array_set_size (row->texts, 0);

  return ok;
}

/* Whether and why a log takes no part. */
static gboolean
write_changes (Row                      *row,
               const ProbityExposureLog *log,
               gint64                    number,
               GError                  **error)
{
  for (guint i = 0; i < log->changes->len; i++)
    {
      const ProbityExposureChange *change = g_ptr_array_index (log->changes, i);

      set_cell (row, "what", change->aside ? "set aside" : "taken in again");
      take_number (row, "number", number);
      set_cell (row, "system_or_step", log->system);
      set_cell (row, "detail", log->file_name);
      set_cell (row, "reason", change->reason);
      set_cell (row, "by", change->by);
      set_cell (row, "at", change->at);
      if (!write_row (row, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_logs (Row                 *row,
            ProbityExposureList *list,
            GError             **error)
{
  for (guint i = 0; i < list->logs->len; i++)
    {
      const ProbityExposureLog *log = g_ptr_array_index (list->logs, i);

      set_cell (row, "what", log->set_aside ? "log set aside" : "log");
      take_number (row, "number", (gint64) i + 1);
      set_cell (row, "system_or_step", log->system);
      take_cell (row, "detail", g_strdup_printf ("%s, SHA-256 %s, time zone %s, clock right within %d seconds, authority: %s", log->file_name, log->sha256, log->time_zone, log->clock_error, log->authority));
      set_cell (row, "reason", log->necessity);
      set_cell (row, "by", log->by);
      set_cell (row, "at", log->at);
      take_number (row, "rows", log->rows);
      set_cell (row, "first", log->first);
      set_cell (row, "last", log->last);
      if (!write_row (row, error) || !write_changes (row, log, (gint64) i + 1, error))
        return FALSE;
    }

  return TRUE;
}

static char *
describe_step (const ProbityExposureStep *step)
{
  if (step->kind == PROBITY_EXPOSURE_WINDOW)
    return g_strdup_printf ("%s/%s", step->from != NULL ? step->from : "", step->until);
  if (step->words != NULL && step->words[0] != NULL)
    {
      g_autofree char *words = g_strjoinv ("; ", step->words);

      return g_strdup_printf ("%s %s", step->keep ? "only" : "without", words);
    }

  return g_strdup_printf ("%u people", step->named);
}

static gboolean
write_steps (Row                 *row,
             ProbityExposureList *list,
             GError             **error)
{
  for (guint i = 0; i < list->steps->len; i++)
    {
      const ProbityExposureStep *step = g_ptr_array_index (list->steps, i);

      set_cell (row, "what", "step");
      take_number (row, "number", step->number);
      set_cell (row, "system_or_step", probity_exposure_step_kind_to_string (step->kind));
      take_cell (row, "detail", describe_step (step));
      set_cell (row, "reason", step->reason);
      set_cell (row, "by", step->by);
      set_cell (row, "at", step->at);
      take_number (row, "before", step->before);
      take_number (row, "after", step->after);
      if (!write_row (row, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_people (Row                 *row,
              ProbityExposureList *list,
              GError             **error)
{
  for (guint i = 0; i < list->people->len; i++)
    {
      const ProbityExposurePerson *person = g_ptr_array_index (list->people, i);

      set_cell (row, "what", person->gone_step == 0 ? "remains" : "gone");
      take_number (row, "number", (gint64) i + 1);
      set_cell (row, "reason", person->reason);
      set_cell (row, "staff_number", person->staff_number);
      set_cell (row, "name", person->name);
      set_cell (row, "rank", person->rank);
      set_cell (row, "unit", person->unit);
      set_cell (row, "accounts", person->accounts);
      set_cell (row, "manner", person->manner);
      if (person->gone_step == 0)
        take_number (row, "rows", person->rows);
      else
        take_number (row, "gone_with_step", person->gone_step);
      set_cell (row, "first", person->first);
      set_cell (row, "last", person->last);
      if (!write_row (row, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_list (ExportJob           *self,
            ProbityExposureList *list,
            GError             **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION | G_FILE_CREATE_PRIVATE, NULL, error);
  g_autoptr (ProbityCsvWriter) writer = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Row row = { .texts = texts };

  if (stream == NULL)
    return FALSE;
  row.writer = writer = probity_csv_writer_new (G_OUTPUT_STREAM (stream));
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    row.cells[i] = "";

  return probity_csv_writer_add_row (writer, headings, G_N_ELEMENTS (headings), NULL, error) &&
         write_logs (&row, list, error) &&
         write_steps (&row, list, error) &&
         write_people (&row, list, error) &&
         probity_csv_writer_finish (writer, NULL, error) &&
         g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

static DexFuture *
export_fiber (gpointer data)
{
  ExportJob *self = data;
  g_autoptr (ProbityExposureList) list = NULL;
  GError *error = NULL;

  list = dex_await_boxed (probity_exposure_load_after (self->session, self->reference), &error);
  if (list == NULL ||
      !dex_await (probity_audit_disclose (self->session, PROBITY_EXPOSURE_KIND, list->case_uid, self->path), &error) ||
      !write_list (self, list, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_int64 (list->people->len);
}

DexFuture *
probity_exposure_export (ProbitySession *session,
                         const char     *reference,
                         const char     *path)
{
  ExportJob *self;
  GError    *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && path != NULL);

  if (!probity_access_check (session, PROBITY_OPERATION_EXPORT, &error) || !probity_access_check (session, PROBITY_OPERATION_EXPOSURE, &error))
    return dex_future_new_for_error (error);

  self = g_new0 (ExportJob, 1);
  self->session = g_object_ref (session);
  self->reference = g_strdup (reference);
  self->path = g_strdup (path);

  return dex_scheduler_spawn (NULL, 0, export_fiber, self, export_job_free);
}
