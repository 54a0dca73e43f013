/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-file-load.h"

GBytes *
probity_file_load_bytes (GFile                   *file,
                         goffset                  max_bytes,
                         const ProbityFileErrors *errors,
                         GCancellable            *cancellable,
                         char                   **ret_name,
                         GError                 **error)
{
  g_autoptr (GFileInfo) info = NULL;
  const char *name;
  GBytes     *bytes;

  g_return_val_if_fail (G_IS_FILE (file) && errors != NULL, NULL);

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME, G_FILE_QUERY_INFO_NONE, cancellable, error);
  if (info == NULL)
    return NULL;
  name = g_file_info_get_display_name (info);
  /* A pipe or a device has no end that one could count on. */
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, errors->domain, errors->kind, "%s: this is no file", name);
      return NULL;
    }
  if (g_file_info_get_size (info) > max_bytes)
    {
      g_set_error (error, errors->domain, errors->too_large, "%s: the file is larger than %" G_GINT64_FORMAT " MiB", name, (gint64) max_bytes / (1024 * 1024));
      return NULL;
    }

  bytes = g_file_load_bytes (file, cancellable, NULL, error);
  if (bytes != NULL && ret_name != NULL)
    *ret_name = g_strdup (name);

  return bytes;
}
