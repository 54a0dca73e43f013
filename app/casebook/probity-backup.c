/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-backup.h"
#include "probity-casebook-private.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *destination;
  char *unverified;
} Backup;

static void
free_backup (gpointer data)
{
  Backup *backup = data;

  g_free (backup->destination);
  g_free (backup->unverified);
  g_free (backup);
}

static int
remove_cb (const char        *path,
           const struct stat *info,
           int                type,
           struct FTW        *walk)
{
  return g_remove (path);
}

/* The index of a log belongs to the programs that have the database open. */
static int
sync_cb (const char        *path,
         const struct stat *info,
         int                type,
         struct FTW        *walk)
{
  int fd;
  int rc;

  if (type == FTW_F && g_str_has_suffix (path, "-shm"))
    return g_unlink (path);

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  rc = fd < 0 ? -1 : fsync (fd);
  if (fd >= 0)
    close (fd);

  return rc;
}

/*
 * By a program of its own: were the files of an open database closed in this one, SQLite's locks on
 * them would be gone (sqlite.org, howtocorrupt.html 2.2).
 */
static gboolean
copy_folder (const char *from,
             const char *to,
             GError    **error)
{
  const char      *arguments[] = { "cp", "-R", "--preserve=mode,timestamps", "--", from, to, NULL };
  g_autofree char *messages = NULL;
  int              status;

  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &messages, &status, error))
    return FALSE;

  if (!g_spawn_check_wait_status (status, NULL))
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, strstr (messages, g_strerror (ENOSPC)) != NULL ? PROBITY_CASEBOOK_ERROR_FULL : PROBITY_CASEBOOK_ERROR_FAILED, "The casebook could not be copied: %s", g_strchomp (messages));
      return FALSE;
    }

  if (nftw (to, sync_cb, 16, FTW_PHYS | FTW_DEPTH) != 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, to);
      return FALSE;
    }

  return TRUE;
}

static void
set_not_whole (ProbityDb  *db,
               const char *why,
               GError    **error)
{
  g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "The copy of “%s” is not whole: %s", probity_compartment_to_string (probity_db_get_compartment (db)), why);
}

static gboolean
check_pages (ProbityDb *db,
             GError   **error)
{
  g_autoptr (GPtrArray) damaged = probity_db_list_damaged_pages (db, error);

  if (damaged == NULL)
    return FALSE;
  if (damaged->len > 0)
    set_not_whole (db, g_ptr_array_index (damaged, 0), error);

  return damaged->len == 0;
}

/* Runs a check that answers with one row of `ok`, or with none. */
static gboolean
run_check (ProbityDb  *db,
           const char *sql,
           GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, NULL);
  gboolean row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row || g_strcmp0 (probity_statement_get_text (statement, 0), "ok") == 0)
    return TRUE;

  set_not_whole (db, probity_statement_get_text (statement, 0), error);

  return FALSE;
}

/* The hash of the newest entry of the log; NULL bytes if there is none. */
static gboolean
read_hash (ProbityDb *db,
           gint64     seq,
           GBytes   **ret_hash,
           GError   **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT hash FROM audit_entry WHERE seq = $seq", "$seq", 'i', seq, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  *ret_hash = row ? probity_statement_dup_bytes (statement, 0) : NULL;

  return TRUE;
}

/*
 * The copy's log reaches at least as far as the casebook's, along the same entries. It can reach
 * further: a program that was killed between writing a commit and telling the others of it leaves
 * one that only recovery finds, and the copy was just recovered.
 */
static gboolean
compare_logs (ProbityDb *original,
              ProbityDb *copy,
              GError   **error)
{
  g_autoptr (GBytes) hash = NULL;
  g_autoptr (GBytes) hash_in_copy = NULL;
  gint64 last;

  if (!probity_feed_read_last (original, &last, error) ||
      !read_hash (original, last, &hash, error) ||
      !read_hash (copy, last, &hash_in_copy, error))
    return FALSE;

  if (hash == NULL || (hash_in_copy != NULL && g_bytes_equal (hash, hash_in_copy)))
    return TRUE;

  g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "The copy of “%s” lacks the newest entries", probity_compartment_to_string (probity_db_get_compartment (original)));

  return FALSE;
}

static gboolean
verify_compartment (ProbityWrite      *write,
                    const char        *copy,
                    ProbityCompartment compartment,
                    ProbityLock       *lock,
                    GError           **error)
{
  ProbityPlaces   *places = probity_casebook_peek_places (write->casebook);
  g_autofree char *path = probity_file_system_dup_named_database (copy, probity_places_get_name (places, compartment));
  g_autoptr (ProbityDb) db = probity_places_open (places, compartment, path, PROBITY_DB_WRITER, lock, error);

  /* The log into the database first: a backup is as few files as can be, and every page is looked at as it stays. */
  return db != NULL &&
         probity_db_checkpoint (db, TRUE, error) &&
         check_pages (db, error) &&
         run_check (db, "PRAGMA integrity_check", error) &&
         run_check (db, "PRAGMA foreign_key_check", error) &&
         compare_logs (write->dbs[compartment], db, error);
}

static gboolean
verify_copy (ProbityWrite *write,
             const char   *copy,
             GError      **error)
{
  g_autoptr (ProbityLock) lock = probity_lock_open (copy, FALSE, error);
  gboolean ok = TRUE;

  if (lock == NULL || !probity_lock_take (lock, error))
    return FALSE;

  for (guint i = 0; ok && i < PROBITY_N_HANDLES; i++)
    {
      if (write->dbs[i] != NULL)
        ok = verify_compartment (write, copy, (ProbityCompartment) i, lock, error);
    }
  probity_lock_release (lock);

  return ok;
}

static gboolean
backup_func (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  Backup          *backup = data;
  const char      *folder = probity_casebook_get_folder (write->casebook);
  g_autofree char *parent = g_path_get_dirname (backup->destination);

  if (g_file_test (backup->destination, G_FILE_TEST_EXISTS) || g_file_test (backup->unverified, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_EXISTS, "%s exists already", backup->destination);
      return FALSE;
    }

  /* A copy of its own copy would not end. */
  if (g_str_has_prefix (backup->destination, folder) && G_IS_DIR_SEPARATOR (backup->destination[strlen (folder)]))
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FAILED, "A backup is not kept in the casebook itself");
      return FALSE;
    }

  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    {
      if (write->dbs[i] != NULL && !probity_db_checkpoint (write->dbs[i], FALSE, error))
        return FALSE;
    }

  if (copy_folder (folder, backup->unverified, error) &&
      verify_copy (write, backup->unverified, error) &&
      g_rename (backup->unverified, backup->destination) == 0)
    return probity_file_system_sync_folder (parent, error);

  if (error != NULL && *error == NULL)
    probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, backup->destination);
  nftw (backup->unverified, remove_cb, 16, FTW_PHYS | FTW_DEPTH);

  return FALSE;
}

DexFuture *
probity_casebook_backup (ProbityCasebook *self,
                         const char      *destination)
{
  Backup *backup;

  dex_return_error_if_fail (PROBITY_IS_CASEBOOK (self));
  dex_return_error_if_fail (destination != NULL);

  backup = g_new0 (Backup, 1);
  backup->destination = g_canonicalize_filename (destination, NULL);
  backup->unverified = g_strconcat (backup->destination, ".unverified", NULL);

  return probity_casebook_write (self, backup_func, backup, free_backup);
}
