/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probity-exhibit-private.h"

/*
 * Copies for other programs. They lie in the user's runtime folder, which is kept in memory and is that
 * user's alone, in a folder for each session that is held by a lock while the program lives. It goes when the
 * session is locked or ends, and what a killed program left goes when one is started next.
 */

#define FOLDER_PREFIX "probity-exhibits-"
#define LOCK_NAME ".lock"
#define SESSION_DATA "probity-exhibit-outside"

typedef struct
{
  char *folder;
  int   lock_fd;
} Outside;

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      if (g_file_test (below, G_FILE_TEST_IS_DIR) && !g_file_test (below, G_FILE_TEST_IS_SYMLINK))
        remove_folder (below);
      else
        g_unlink (below);
    }
  g_rmdir (path);
}

static void
outside_free (gpointer data)
{
  Outside *self = data;

  remove_folder (self->folder);
  close (self->lock_fd);
  g_free (self->folder);
  g_free (self);
}

static Outside *
outside_new (GError **error)
{
  g_autofree char *folder = g_strdup_printf ("%s/" FOLDER_PREFIX "%08x%08x", g_get_user_runtime_dir (), randombytes_random (), randombytes_random ());
  g_autofree char *lock = g_build_filename (folder, LOCK_NAME, NULL);
  Outside         *self;
  int              fd = -1;

  /* GLib would take the user's cache instead, which is kept on the disk and in backups. */
  if (g_getenv ("XDG_RUNTIME_DIR") == NULL)
    {
      g_set_error_literal (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_SOURCE, "This user has no folder for copies that is kept in memory (XDG_RUNTIME_DIR)");
      return NULL;
    }

  if (g_mkdir (folder, 0700) == 0)
    fd = open (lock, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_SOURCE, "No folder for a copy could be made: %s", g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return NULL;
    }

  self = g_new0 (Outside, 1);
  self->folder = g_steal_pointer (&folder);
  self->lock_fd = fd;

  return self;
}

/* Each copy in a folder of its own, so that the other program shows the exhibit's own name. */
GFile *
probity_exhibit_make_outside (ProbitySession *session,
                              ProbityExhibit *exhibit,
                              GError        **error)
{
  Outside         *outside = g_object_get_data (G_OBJECT (session), SESSION_DATA);
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  if (outside == NULL)
    {
      outside = outside_new (error);
      if (outside == NULL)
        return NULL;
      g_object_set_data_full (G_OBJECT (session), SESSION_DATA, outside, outside_free);
    }

  folder = g_strdup_printf ("%s/%08x", outside->folder, randombytes_random ());
  if (g_mkdir (folder, 0700) != 0)
    {
      g_set_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_SOURCE, "No folder for a copy could be made: %s", g_strerror (errno));
      return NULL;
    }
  /* A name that begins with a dot, or is one, would be hidden or worse. */
  name = g_strconcat (exhibit->file_name[0] == '.' ? "exhibit" : "", exhibit->file_name, NULL);

  return g_file_new_build_filename (folder, name, NULL);
}

void
probity_exhibit_remove_outside (ProbitySession *session)
{
  g_return_if_fail (PROBITY_IS_SESSION (session));

  g_object_set_data (G_OBJECT (session), SESSION_DATA, NULL);
}

void
probity_exhibit_discard_outside (GFile *copy)
{
  g_autofree char *folder = NULL;

  g_return_if_fail (G_IS_FILE (copy) && g_file_peek_path (copy) != NULL);

  folder = g_path_get_dirname (g_file_peek_path (copy));
  g_unlink (g_file_peek_path (copy));
  g_rmdir (folder);
}

void
probity_exhibit_sweep_outside (void)
{
  g_autoptr (GDir) folder = g_dir_open (g_get_user_runtime_dir (), 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = NULL;
      g_autofree char *lock = NULL;
      struct stat      info;
      int              fd;

      if (!g_str_has_prefix (name, FOLDER_PREFIX))
        continue;
      path = g_build_filename (g_get_user_runtime_dir (), name, NULL);
      lock = g_build_filename (path, LOCK_NAME, NULL);
      if (lstat (path, &info) != 0 || !S_ISDIR (info.st_mode) || info.st_uid != getuid ())
        continue;

      /* Without a lock it is just being made, or its maker was killed in between; the runtime folder goes with the user's last session. */
      fd = open (lock, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
      if (fd < 0)
        continue;
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        remove_folder (path);
      close (fd);
    }
}

/* --- What a killed program left in the casebook --- */

static gboolean
sweep_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityCasebook *casebook = probity_write_get_casebook (write);
  guint            n_all = 0;

  probity_exhibit_sweep_outside ();
  for (ProbityCompartment compartment = PROBITY_COMPARTMENT_REGISTERS; compartment < PROBITY_N_COMPARTMENTS + probity_casebook_get_n_sealed (casebook); compartment++)
    {
      guint n = 0;

      if (probity_casebook_has (casebook, compartment) && !probity_exhibit_store_sweep (write, compartment, &n, error))
        return FALSE;
      n_all += n;
    }

  g_value_init (result, G_TYPE_UINT);
  g_value_set_uint (result, n_all);

  return TRUE;
}

void
probity_exhibit_sweep (ProbitySession *session)
{
  g_return_if_fail (PROBITY_IS_SESSION (session));

  dex_future_disown (probity_casebook_write (probity_session_get_casebook (session), sweep_write, NULL, NULL));
}
