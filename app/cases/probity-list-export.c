/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-csv-writer.h"
#include "probity-list-kind.h"

/* A list as a file: the rows that the reader sees, in the order in which they see them. */

/* How many rows are read at a time. */
#define EXPORT_PAGE 500

typedef struct
{
  ProbitySession        *session;
  const ProbityListKind *kind;
  ProbityListQuery      *query; /* NULL: @ids are given */
  GArray                *ids;
  char                  *path;
} ExportJob;

static void
export_job_free (gpointer data)
{
  ExportJob *self = data;

  g_object_unref (self->session);
  g_clear_pointer (&self->query, probity_list_query_free);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self->path);
  g_free (self);
}

static gboolean
write_headings (ProbityCsvWriter      *writer,
                const ProbityListKind *kind,
                GError               **error)
{
  g_autofree const char **cells = g_new0 (const char *, kind->n_columns);

  for (guint i = 0; i < kind->n_columns; i++)
    cells[i] = kind->columns[i].name;

  return probity_csv_writer_add_row (writer, cells, kind->n_columns, NULL, error);
}

static gboolean
write_rows (ProbityCsvWriter *writer,
            GPtrArray        *rows,
            gint64           *n_written,
            GError          **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const ProbityListRow *row = g_ptr_array_index (rows, i);

      if (row == NULL)
        continue;
      if (!probity_csv_writer_add_row (writer, row->cells, row->n_cells, NULL, error))
        return FALSE;
      (*n_written)++;
    }

  return TRUE;
}

static gboolean
await_export (ExportJob *self,
              gint64    *n_written,
              GError   **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (ProbityCsvWriter) writer = NULL;
  g_autoptr (GArray) ids = self->ids != NULL ? g_array_ref (self->ids) : dex_await_boxed (probity_list_load_ids (self->session, self->query, NULL), error);

  if (ids == NULL)
    return FALSE;

  /* Nothing leaves before it is logged that it does. */
  if (!dex_await (probity_audit_disclose (self->session, self->kind->record_kind->name, NULL, self->path), error))
    return FALSE;

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION | G_FILE_CREATE_PRIVATE, NULL, error);
  if (stream == NULL)
    return FALSE;

  writer = probity_csv_writer_new (G_OUTPUT_STREAM (stream));
  if (!write_headings (writer, self->kind, error))
    return FALSE;

  for (guint start = 0; start < ids->len; start += EXPORT_PAGE)
    {
      g_autoptr (GPtrArray) rows = NULL;

      rows = dex_await_boxed (probity_list_load_rows (self->session,
                                                      self->kind,
                                                      &g_array_index (ids, gint64, start),
                                                      MIN (EXPORT_PAGE, ids->len - start),
                                                      NULL),
                              error);
      if (rows == NULL || !write_rows (writer, rows, n_written, error))
        return FALSE;
    }

  return probity_csv_writer_finish (writer, NULL, error) && g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

static DexFuture *
export_fiber (gpointer data)
{
  ExportJob *self = data;
  GError    *error = NULL;
  gint64     n_written = 0;

  if (!await_export (self, &n_written, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_int64 (n_written);
}

static DexFuture *
export_rows (ProbitySession        *session,
             const ProbityListKind *kind,
             ProbityListQuery      *query,
             GArray                *ids,
             const char            *path)
{
  ExportJob *self;
  GError    *error = NULL;

  if (!probity_access_check (session, PROBITY_OPERATION_EXPORT, &error) || !probity_access_check (session, kind->read, &error))
    return dex_future_new_for_error (error);

  self = g_new0 (ExportJob, 1);
  self->session = g_object_ref (session);
  self->kind = kind;
  self->query = query != NULL ? probity_list_query_copy (query) : NULL;
  self->ids = ids != NULL ? g_array_ref (ids) : NULL;
  self->path = g_strdup (path);

  return dex_scheduler_spawn (NULL, 0, export_fiber, self, export_job_free);
}

DexFuture *
probity_list_export (ProbitySession   *session,
                     ProbityListQuery *query,
                     const char       *path)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session) && query != NULL && path != NULL, NULL);

  return export_rows (session, probity_list_query_get_kind (query), query, NULL, path);
}

DexFuture *
probity_list_export_ids (ProbitySession        *session,
                         const ProbityListKind *kind,
                         const gint64          *ids,
                         guint                  n_ids,
                         const char            *path)
{
  g_autoptr (GArray) wanted = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_ids);

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && kind != NULL && path != NULL, NULL);

  if (n_ids > 0)
    g_array_append_vals (wanted, ids, n_ids);

  return export_rows (session, kind, NULL, wanted, path);
}
