/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exhibit-store.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define FOLDER_MODE 02770
#define FILE_MODE 0660

/* What stays free on the disk for what is written beside it: a full disk closes the casebook. */
#define RESERVE_BYTES ((guint64) 64 * 1024 * 1024)

/* A file that was only just made may not be locked yet. */
guint probity_exhibit_part_seconds = 60;

#define PART_PREFIX "new-"
#define PART_SUFFIX ".part"

struct _ProbityExhibitIntake
{
  int   folder_fd;
  int   fd;
  char *part; /* NULL once placed or given away */
};

char *
probity_exhibit_store_dup_folder (const char *casebook_folder,
                                  const char *name)
{
  return g_build_filename (casebook_folder, name, "exhibits", NULL);
}

static gboolean
set_error (GError    **error,
           int         code,
           const char *what)
{
  if (code == ENOSPC || code == EDQUOT)
    g_set_error_literal (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_NO_SPACE, "There is not enough room on the casebook’s disk");
  else
    g_set_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_FAILED, "%s: %s", what, g_strerror (code));

  return FALSE;
}

static int
open_folder (const char *path)
{
  return open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* The compartment's folder gives its group; the umask takes bits away, so the mode is set once more. */
static int
make_folder (const char *path,
             GError    **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  int              fd = open_folder (path);
  int              parent_fd;

  if (fd >= 0)
    return fd;

  if (errno == ENOENT && (mkdir (path, 0770) == 0 || errno == EEXIST))
    {
      fd = open_folder (path);
      parent_fd = open_folder (parent);
      /* Only its maker may set the mode; another program may just have made it. */
      if (fd >= 0 && parent_fd >= 0 && (fchmod (fd, FOLDER_MODE) == 0 || errno == EPERM) && fsync (parent_fd) == 0)
        {
          close (parent_fd);
          return fd;
        }
    }

  set_error (error, errno, "The folder for exhibits could not be made");
  if (fd >= 0)
    close (fd);

  return -1;
}

static gboolean
check_room (int      fd,
            gint64   expected,
            GError **error)
{
  struct statvfs info;

  if (fstatvfs (fd, &info) != 0)
    return set_error (error, errno, "The casebook’s disk does not answer");
  if ((guint64) info.f_bavail * info.f_frsize >= (guint64) probity_exhibit_file_get_size (expected) + RESERVE_BYTES)
    return TRUE;

  return set_error (error, ENOSPC, "");
}

ProbityExhibitIntake *
probity_exhibit_intake_new (const char *path,
                            gint64      expected,
                            GError    **error)
{
  g_autoptr (ProbityExhibitIntake) self = NULL;
  g_autofree char *part = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (expected >= 0 && expected <= PROBITY_EXHIBIT_MAX_BYTES, NULL);

  self = g_new0 (ProbityExhibitIntake, 1);
  self->fd = -1;
  self->folder_fd = make_folder (path, error);
  if (self->folder_fd < 0 || !check_room (self->folder_fd, expected, error))
    return NULL;

  part = g_strdup_printf (PART_PREFIX "%08x%08x" PART_SUFFIX, randombytes_random (), randombytes_random ());
  self->fd = openat (self->folder_fd, part, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
  if (self->fd < 0)
    {
      set_error (error, errno, "The exhibit could not be written");
      return NULL;
    }
  self->part = g_steal_pointer (&part);
  if (flock (self->fd, LOCK_EX | LOCK_NB) != 0 || fchmod (self->fd, FILE_MODE) != 0)
    {
      set_error (error, errno, "The exhibit could not be written");
      return NULL;
    }

  /* The disk lays it out in one piece, and each write finds its place. Where it cannot, the writes will do it. */
  (void) fallocate (self->fd, FALLOC_FL_KEEP_SIZE, 0, probity_exhibit_file_get_size (expected));

  return g_steal_pointer (&self);
}

int
probity_exhibit_intake_get_fd (ProbityExhibitIntake *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->fd;
}

gboolean
probity_exhibit_intake_sync (ProbityExhibitIntake *self,
                             GError              **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return fsync (self->fd) == 0 || set_error (error, errno, "The exhibit could not be written");
}

/* In the command's transaction a failed sync must close the casebook, as every other does. */
static gboolean
set_command_error (GError **error,
                   int      code)
{
  g_set_error (error,
               PROBITY_CASEBOOK_ERROR,
               code == ENOSPC || code == EDQUOT ? PROBITY_CASEBOOK_ERROR_FULL : PROBITY_CASEBOOK_ERROR_IO,
               "The exhibit could not be put into its place: %s",
               g_strerror (code));

  return FALSE;
}

gboolean
probity_exhibit_intake_place (ProbityExhibitIntake *self,
                              ProbityExhibitKeys   *keys,
                              const guint8          digest[PROBITY_DIGEST_BYTES],
                              GError              **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL && self->part != NULL, FALSE);

  /* Taken in a second time it is stored once, and anew: what may have gone bad with the years is whole again. */
  name = probity_exhibit_keys_dup_name (keys, digest);
  if (renameat (self->folder_fd, self->part, self->folder_fd, name) != 0)
    return set_command_error (error, errno);
  g_clear_pointer (&self->part, g_free);

  return fsync (self->folder_fd) == 0 || set_command_error (error, errno);
}

void
probity_exhibit_intake_free (ProbityExhibitIntake *self)
{
  if (self == NULL)
    return;

  if (self->part != NULL)
    unlinkat (self->folder_fd, self->part, 0);
  if (self->fd >= 0)
    close (self->fd);
  if (self->folder_fd >= 0)
    close (self->folder_fd);
  g_free (self->part);
  g_free (self);
}

int
probity_exhibit_store_open (const char *folder,
                            const char *name,
                            GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int              fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

  if (fd >= 0)
    return fd;

  if (errno == ENOENT)
    g_set_error_literal (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_MISSING, "The exhibit’s file is missing");
  else
    g_set_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_DAMAGED, "The exhibit’s file cannot be read: %s", g_strerror (errno));

  return -1;
}

/* --- Sweeping --- */

static gboolean
is_abandoned (int         folder_fd,
              const char *name)
{
  int         fd = openat (folder_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  struct stat info;
  gboolean    is;

  if (fd < 0)
    return FALSE;
  is = fstat (fd, &info) == 0 && S_ISREG (info.st_mode) &&
       info.st_ctime <= g_get_real_time () / G_USEC_PER_SEC - probity_exhibit_part_seconds &&
       flock (fd, LOCK_EX | LOCK_NB) == 0;
  close (fd);

  return is;
}

static gboolean
is_named (ProbityDb  *db,
          const char *name,
          gboolean   *ret_is_named,
          GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT 1 FROM exhibit_file WHERE name = $name", "$name", 's', name, NULL);

  return statement != NULL && probity_statement_step (statement, ret_is_named, error);
}

static gboolean
is_store_name (const char *name)
{
  guint8 digest[PROBITY_DIGEST_BYTES];

  return probity_digest_from_text (name, digest);
}

gboolean
probity_exhibit_store_sweep (ProbityWrite      *write,
                             ProbityCompartment compartment,
                             guint             *ret_n_removed,
                             GError           **error)
{
  ProbityCasebook *casebook = probity_write_get_casebook (write);
  g_autofree char *path = probity_exhibit_store_dup_folder (probity_casebook_get_folder (casebook), probity_casebook_get_name (casebook, compartment));
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  ProbityDb  *db = NULL;
  const char *name;
  int         folder_fd;
  gboolean    ok = TRUE;

  *ret_n_removed = 0;
  if (folder == NULL)
    return TRUE;
  folder_fd = open_folder (path);
  if (folder_fd < 0)
    return TRUE;

  while (ok && (name = g_dir_read_name (folder)) != NULL)
    {
      gboolean named = TRUE;

      if (g_str_has_prefix (name, PART_PREFIX) && g_str_has_suffix (name, PART_SUFFIX))
        {
          named = !is_abandoned (folder_fd, name);
        }
      else if (is_store_name (name))
        {
          if (db == NULL)
            db = probity_write_get_db (write, compartment, error);
          ok = db != NULL && is_named (db, name, &named, error);
        }
      if (ok && !named && unlinkat (folder_fd, name, 0) == 0)
        (*ret_n_removed)++;
    }
  close (folder_fd);

  return ok;
}
