/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-document.h"

#include "probity-file-load.h"
#include "probity-pdf.h"

void
probity_document_free (ProbityDocument *self)
{
  g_free (self->name);
  g_free (self->text);
  g_free (self->digest);
  g_free (self);
}

char *
probity_document_dup_label (const ProbityDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%s (file sha256 %s)", self->name, self->digest);
}

/* Blanks and line breaks alone name nobody. */
static gboolean
has_words (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isgraph (g_utf8_get_char (text)))
      return TRUE;

  return FALSE;
}

ProbityDocument *
probity_document_load (GFile        *file,
                       GCancellable *cancellable,
                       GError      **error)
{
  const ProbityFileErrors errors = { PROBITY_DOCUMENT_ERROR, PROBITY_DOCUMENT_ERROR_KIND, PROBITY_DOCUMENT_ERROR_TOO_LARGE };
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  ProbityDocument *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  bytes = probity_file_load_bytes (file, PROBITY_DOCUMENT_MAX_BYTES, &errors, cancellable, &name, error);
  if (bytes == NULL)
    return NULL;
  text = probity_pdf_is_one (bytes) ? probity_pdf_read_text (bytes, name, cancellable, error) : probity_document_read_text (bytes, name, error);
  if (text == NULL)
    return NULL;
  if (g_bytes_get_size (bytes) == 0)
    {
      g_set_error (error, PROBITY_DOCUMENT_ERROR, PROBITY_DOCUMENT_ERROR_EMPTY, "%s: the file is empty", name);
      return NULL;
    }
  if (!has_words (text))
    {
      g_set_error (error, PROBITY_DOCUMENT_ERROR, PROBITY_DOCUMENT_ERROR_NO_TEXT, "%s: there is no text in it", name);
      return NULL;
    }

  self = g_new0 (ProbityDocument, 1);
  self->name = g_steal_pointer (&name);
  self->text = g_steal_pointer (&text);
  self->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  return self;
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError          *error = NULL;
  ProbityDocument *document = probity_document_load (G_FILE (source), cancellable, &error);

  if (document != NULL)
    g_task_return_pointer (task, document, (GDestroyNotify) probity_document_free);
  else
    g_task_return_error (task, error);
}

void
probity_document_load_async (GFile              *file,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, data);
  g_task_set_source_tag (task, probity_document_load_async);
  g_task_run_in_thread (task, load_thread);
}

ProbityDocument *
probity_document_load_finish (GFile        *file,
                              GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
