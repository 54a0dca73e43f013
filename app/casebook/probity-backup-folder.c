/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-backup-folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "probity-backup-file.h"

/* How much of an instant is its day. */
#define DAY_LENGTH 10

G_DEFINE_BOXED_TYPE (ProbityBackupInfo, probity_backup_info, probity_backup_info_copy, probity_backup_info_free)

ProbityBackupInfo *
probity_backup_info_copy (const ProbityBackupInfo *self)
{
  ProbityBackupInfo *copy = g_new0 (ProbityBackupInfo, 1);

  copy->path = g_strdup (self->path);
  copy->problem = g_strdup (self->problem);
  copy->casebook_uid = g_strdup (self->casebook_uid);
  copy->created = g_strdup (self->created);
  copy->account_name = g_strdup (self->account_name);
  copy->digest = g_strdup (self->digest);
  copy->length = self->length;
  copy->n_files = self->n_files;

  return copy;
}

void
probity_backup_info_free (ProbityBackupInfo *self)
{
  g_free (self->path);
  g_free (self->problem);
  g_free (self->casebook_uid);
  g_free (self->created);
  g_free (self->account_name);
  g_free (self->digest);
  g_free (self);
}

ProbityBackupInfo *
probity_backup_info_read (const char *path)
{
  ProbityBackupInfo *self = g_new0 (ProbityBackupInfo, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityBackupReader) reader = probity_backup_reader_open (path, &error);
  ProbityBackupManifest *manifest;

  self->path = g_strdup (path);
  if (reader == NULL)
    {
      self->problem = g_strdup (error->message);
      return self;
    }

  manifest = probity_backup_reader_peek_manifest (reader);
  self->casebook_uid = g_strdup (manifest->casebook_uid);
  self->created = g_strdup (manifest->created);
  self->account_name = g_strdup (manifest->account_name);
  self->digest = probity_backup_hex (probity_backup_reader_peek_header (reader)->digest);
  self->length = probity_backup_reader_peek_header (reader)->total_length;
  self->n_files = manifest->members->len;

  return self;
}

static int
compare_infos (gconstpointer a,
               gconstpointer b)
{
  const ProbityBackupInfo *one = *(const ProbityBackupInfo *const *) a;
  const ProbityBackupInfo *other = *(const ProbityBackupInfo *const *) b;
  int                      order = g_strcmp0 (other->created, one->created);

  return order != 0 ? order : strcmp (one->path, other->path);
}

GPtrArray *
probity_backup_folder_list (const char *folder,
                            GError    **error)
{
  g_autoptr (GPtrArray) infos = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_backup_info_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat      info;

      /* A link may lead anywhere; what it names is listed where it lies. */
      if (g_str_has_suffix (name, PROBITY_BACKUP_SUFFIX) && lstat (path, &info) == 0 && S_ISREG (info.st_mode))
        g_ptr_array_add (infos, probity_backup_info_read (path));
    }
  g_ptr_array_sort (infos, compare_infos);

  return g_steal_pointer (&infos);
}

static gboolean
is_same_day (const char *one,
             const char *other)
{
  return strncmp (one, other, DAY_LENGTH) == 0;
}

GStrv
probity_backup_folder_rotate (const ProbityBackupInfo *newest,
                              guint                    keep)
{
  g_autoptr (GStrvBuilder) removed = g_strv_builder_new ();
  g_autofree char *folder = g_path_get_dirname (newest->path);
  g_autoptr (GPtrArray) infos = probity_backup_folder_list (folder, NULL);
  const char *day = newest->created;
  guint       n_days = 1;

  for (guint i = 0; infos != NULL && keep > 0 && i < infos->len; i++)
    {
      ProbityBackupInfo *info = g_ptr_array_index (infos, i);

      if (info->problem != NULL || !g_str_equal (info->casebook_uid, newest->casebook_uid) ||
          g_strcmp0 (info->created, newest->created) >= 0 || g_str_equal (info->path, newest->path))
        continue;

      if (!is_same_day (info->created, day) && n_days < keep)
        {
          day = info->created;
          n_days++;
          continue;
        }
      if (g_unlink (info->path) == 0)
        g_strv_builder_add (removed, info->path);
    }

  return g_strv_builder_end (removed);
}
