/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probity-casebook-private.h"
#include "probity-claim.h"

/* Stands in a folder that is one of these, whatever its name. */
#define OWNER "owner"
#define PREFIX "probity-scratch-"

struct _ProbityScratch
{
  char *path;
  char *casebook;
  int   fd; /* its lock */
};

static int
remove_cb (const char        *path,
           const struct stat *info,
           int                type,
           struct FTW        *walk)
{
  return g_remove (path) == 0 || errno == ENOENT ? 0 : -1;
}

void
probity_remove_tree (const char *path)
{
  nftw (path, remove_cb, 16, FTW_PHYS | FTW_DEPTH);
}

/* Under its name it may be a folder of somebody's; under this one it is cleared away, also when that was begun by who was killed. */
static gboolean
remove_all (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *away = g_str_has_prefix (name, PREFIX) ? g_strdup (path) : probity_claim_dup_path (parent, PREFIX);

  if (!g_str_equal (away, path) && g_rename (path, away) != 0)
    return FALSE;
  probity_remove_tree (away);

  return TRUE;
}

/* Only a folder that is one of these, and that nobody works in. errno is ENOENT where it is gone already. */
static gboolean
remove_left (const char *path)
{
  g_autofree char *owner = g_build_filename (path, OWNER, NULL);
  int              fd = probity_claim_take (path);
  struct stat      info;
  gboolean         removed;

  if (fd < 0)
    return FALSE;
  removed = lstat (owner, &info) == 0 && remove_all (path);
  close (fd);
  if (!removed)
    errno = EEXIST;

  return removed;
}

static ProbityScratch *
scratch_new (const char *parent,
             GError    **error)
{
  g_autoptr (ProbityScratch) self = g_new0 (ProbityScratch, 1);
  g_autofree char *owner = NULL;
  int              fd;

  probity_claim_sweep (parent, PREFIX);
  self->fd = probity_claim_new_folder (parent, PREFIX, &self->path, error);
  if (self->fd < 0)
    return NULL;

  owner = g_build_filename (self->path, OWNER, NULL);
  self->casebook = g_build_filename (self->path, "casebook", NULL);
  fd = open (owner, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0 || close (fd) != 0 || mkdir (self->casebook, 0770) != 0 || chmod (self->casebook, 02770) != 0 || fsync (self->fd) != 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, self->path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

ProbityScratch *
probity_scratch_new (const char *path,
                     GError    **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (ProbityScratch) self = scratch_new (parent, error);

  if (self == NULL)
    return NULL;

  /* It has this name once it is whole, with its owner. */
  while (renameat2 (AT_FDCWD, self->path, AT_FDCWD, path, RENAME_NOREPLACE) != 0)
    {
      if (errno != EEXIST)
        {
          probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, path);
          return NULL;
        }
      if (!remove_left (path) && errno != ENOENT)
        {
          g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_BUSY, "Another program works in %s", path);
          return NULL;
        }
    }
  g_set_str (&self->path, path);
  g_free (self->casebook);
  self->casebook = g_build_filename (path, "casebook", NULL);

  return g_steal_pointer (&self);
}

ProbityScratch *
probity_scratch_new_somewhere (const char *near,
                               GError    **error)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "probity", NULL);
  const char      *parent = cache;

  if (g_mkdir_with_parents (cache, 0700) != 0 || !probity_casebook_check_file_system (cache, near == NULL ? error : NULL))
    parent = near;
  if (parent == NULL)
    {
      if (error != NULL && *error == NULL)
        probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, cache);
      return NULL;
    }
  if (!probity_casebook_check_file_system (parent, error))
    return NULL;

  return scratch_new (parent, error);
}

const char *
probity_scratch_get_casebook (ProbityScratch *self)
{
  return self->casebook;
}

gboolean
probity_scratch_add_lock (ProbityScratch *self,
                          GError        **error)
{
  g_autoptr (ProbityLock) lock = probity_lock_open (self->casebook, TRUE, error);

  return lock != NULL;
}

/* What was written is synced already; this is for the names. */
static int
sync_cb (const char        *path,
         const struct stat *info,
         int                type,
         struct FTW        *walk)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  int rc = fd < 0 ? -1 : fsync (fd);

  if (fd >= 0)
    close (fd);

  return rc;
}

gboolean
probity_scratch_move_casebook (ProbityScratch *self,
                               const char     *folder,
                               GError        **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);

  if (nftw (self->casebook, sync_cb, 16, FTW_PHYS | FTW_DEPTH) != 0 ||
      renameat2 (AT_FDCWD, self->casebook, AT_FDCWD, folder, RENAME_NOREPLACE) != 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, folder);
      return FALSE;
    }

  return probity_file_system_sync_folder (parent, error);
}

void
probity_scratch_free (ProbityScratch *self)
{
  if (self->fd >= 0)
    {
      remove_all (self->path);
      close (self->fd);
    }
  g_free (self->path);
  g_free (self->casebook);
  g_free (self);
}
