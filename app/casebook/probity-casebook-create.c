/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * One machine can serve several users of it, all of one group: what is made in the folders belongs
 * to the folders' group, and SQLite gives its log and index the mode of the database.
 */
#define FOLDER_MODE 02770
#define FILE_MODE 0660

/* The umask takes bits away from both calls, so the mode is set once more. */
static gboolean
make_folder (const char *path,
             GError    **error)
{
  if (mkdir (path, 0770) == 0 && chmod (path, FOLDER_MODE) == 0)
    return TRUE;

  probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, path);

  return FALSE;
}

static gboolean
make_file (const char *path,
           GError    **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
  int rc = fd < 0 ? -1 : fchmod (fd, FILE_MODE);
  int code = errno;

  /* Nobody has it open through SQLite yet, so closing it here takes nobody's locks. */
  if (fd >= 0)
    close (fd);
  if (rc == 0)
    return TRUE;

  probity_file_system_set_error (error, code, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, path);

  return FALSE;
}

static gboolean
create_database (const char        *folder,
                 ProbityCompartment compartment,
                 ProbityKey        *key,
                 ProbityLock       *lock,
                 GError           **error)
{
  g_autofree char *path = probity_file_system_dup_database (folder, compartment);
  g_autofree char *compartment_folder = g_path_get_dirname (path);
  g_autoptr (ProbityDb) db = NULL;

  if (!make_folder (compartment_folder, error) || !make_file (path, error))
    return FALSE;

  db = probity_db_open (folder, compartment, key, PROBITY_DB_CREATOR, lock, error);

  return db != NULL &&
         probity_migrations_run (db, error) &&
         probity_db_checkpoint (db, TRUE, error) &&
         probity_file_system_sync_folder (compartment_folder, error);
}

/* Takes back what was begun; what the folder held before is not touched. */
static void
remove_database (const char        *folder,
                 ProbityCompartment compartment)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char         *path = probity_file_system_dup_database (folder, compartment);
  g_autofree char         *compartment_folder = g_path_get_dirname (path);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
  g_rmdir (compartment_folder);
}

static gboolean
check_empty (const char *folder,
             GError    **error)
{
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      g_autofree char *path = g_build_filename (folder, probity_compartment_to_string ((ProbityCompartment) i), NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        {
          g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_EXISTS, "%s exists already", path);
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
probity_casebook_create_databases (const char *folder,
                                   ProbityKey *keys[PROBITY_N_COMPARTMENTS],
                                   GError    **error)
{
  g_autoptr (ProbityLock) lock = NULL;
  gboolean ok = TRUE;
  guint    n_done;

  g_return_val_if_fail (folder != NULL, FALSE);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    g_return_val_if_fail (keys[i] != NULL, FALSE);

  if (!probity_casebook_check_library (error) ||
      !probity_casebook_check_file_system (folder, error) ||
      !check_empty (folder, error))
    return FALSE;

  lock = probity_lock_open (folder, TRUE, error);
  if (lock == NULL)
    return FALSE;

  ok = probity_lock_take (lock, error);
  for (n_done = 0; ok && n_done < PROBITY_N_COMPARTMENTS; n_done++)
    ok = create_database (folder, (ProbityCompartment) n_done, keys[n_done], lock, error);
  ok = ok && probity_file_system_sync_folder (folder, error);

  if (!ok)
    {
      g_autofree char *path = g_build_filename (folder, "lock", NULL);

      for (guint i = 0; i < n_done; i++)
        remove_database (folder, (ProbityCompartment) i);
      g_unlink (path);
    }

  if (probity_lock_is_held (lock))
    probity_lock_release (lock);

  return ok;
}
