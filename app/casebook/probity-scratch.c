/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probity-casebook-private.h"

/* Whoever works in a scratch folder holds the lock on this file in it, which goes when it is killed. */
#define OWNER "owner"
#define NEW_OWNER "owner.new"
#define PREFIX "probity-scratch-"

struct _ProbityScratch
{
  char *path;
  char *casebook;
  int   fd; /* of OWNER */
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

/* It has its name once it is locked: a program that clears away finds none to lock, or one that is. */
static int
make_owner (const char *path)
{
  g_autofree char *owner = g_build_filename (path, OWNER, NULL);
  g_autofree char *made = g_build_filename (path, NEW_OWNER, NULL);
  int              fd = open (made, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0 && (flock (fd, LOCK_EX | LOCK_NB) != 0 || g_rename (made, owner) != 0))
    {
      int code = errno;

      close (fd);
      errno = code;
      return -1;
    }

  return fd;
}

/* -1 where somebody works in it; or cleared it away meanwhile, and another has made one of that name. */
static int
lock_owner (const char *path)
{
  g_autofree char *owner = g_build_filename (path, OWNER, NULL);
  int              fd = open (owner, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  struct stat      info;

  if (fd >= 0 && (flock (fd, LOCK_EX | LOCK_NB) != 0 || fstat (fd, &info) != 0 || info.st_nlink == 0))
    {
      close (fd);
      return -1;
    }

  return fd;
}

/* Only a folder that looks like one of these, and that nobody works in. */
static gboolean
remove_left (const char *path)
{
  int fd = lock_owner (path);

  if (fd < 0)
    return FALSE;
  probity_remove_tree (path);
  close (fd);

  return TRUE;
}

ProbityScratch *
probity_scratch_new (const char *path,
                     GError    **error)
{
  ProbityScratch *self;
  int             code = mkdir (path, 0700) == 0 ? 0 : errno;

  if (code == EEXIST && remove_left (path))
    code = mkdir (path, 0700) == 0 ? 0 : errno;
  if (code == EEXIST)
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_BUSY, "Another program works in %s", path);
      return NULL;
    }
  if (code != 0)
    {
      probity_file_system_set_error (error, code, PROBITY_CASEBOOK_ERROR_FAILED, path);
      return NULL;
    }

  self = g_new0 (ProbityScratch, 1);
  self->path = g_strdup (path);
  self->casebook = g_build_filename (path, "casebook", NULL);
  self->fd = make_owner (path);
  if (self->fd < 0 || mkdir (self->casebook, 0770) != 0 || chmod (self->casebook, 02770) != 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, path);
      probity_scratch_free (self);
      return NULL;
    }

  return self;
}

static void
remove_all_left (const char *parent)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, PREFIX))
        {
          g_autofree char *path = g_build_filename (parent, name, NULL);

          remove_left (path);
        }
    }
}

ProbityScratch *
probity_scratch_new_somewhere (const char *near,
                               GError    **error)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "probity", NULL);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
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

  remove_all_left (parent);
  name = g_uuid_string_random ();
  path = g_strconcat (parent, G_DIR_SEPARATOR_S PREFIX, name, NULL);

  return probity_scratch_new (path, error);
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
  probity_remove_tree (self->path);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self->casebook);
  g_free (self);
}
