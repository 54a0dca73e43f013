/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probity-claim.h"
#include "probity-scratch.h"

/*
 * The files of sealed compartments. One that waits to be used holds random bytes where its database
 * will be, as many as a database in which nothing was kept yet: what is encrypted looks no different.
 */

#define FOLDER_MODE 02770
#define FILE_MODE 0660
#define NAME_BYTES 8
#define MAKING "making-"

static gboolean
set_error (GError    **error,
           const char *path)
{
  probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, path);

  return FALSE;
}

static gboolean
write_file (const char   *path,
            const guint8 *bytes,
            gsize         length,
            GError      **error)
{
  int      fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
  gsize    done = 0;
  gboolean ok;

  if (fd < 0)
    return set_error (error, path);

  while (done < length)
    {
      ssize_t n = write (fd, bytes + done, length - done);

      if (n < 0 && errno != EINTR)
        break;
      if (n > 0)
        done += (gsize) n;
    }
  ok = done == length && fchmod (fd, FILE_MODE) == 0 && fsync (fd) == 0;
  if (!ok)
    set_error (error, path);
  close (fd);

  return ok;
}

/* So much comes faster from a stream under a key that nobody has than from the system. */
static guint8 *
make_noise (gsize length)
{
  guint8  key[crypto_stream_chacha20_KEYBYTES];
  guint8  nonce[crypto_stream_chacha20_NONCEBYTES];
  guint8 *noise = g_malloc (length);

  randombytes_buf (key, sizeof key);
  randombytes_buf (nonce, sizeof nonce);
  crypto_stream_chacha20 (noise, length, nonce, key);
  sodium_memzero (key, sizeof key);

  return noise;
}

static gboolean
fill_place (const char *folder,
            const char *name,
            GBytes     *keys,
            GError    **error)
{
  g_autofree guint8 *noise = make_noise (PROBITY_SEALED_BYTES);
  g_autofree char   *database = g_strdup_printf ("%s/%s.db", folder, name);
  g_autofree char   *keys_path = g_build_filename (folder, PROBITY_SEALED_KEYS_FILE, NULL);

  return write_file (database, noise, PROBITY_SEALED_BYTES, error) &&
         write_file (keys_path, g_bytes_get_data (keys, NULL), g_bytes_get_size (keys), error) &&
         probity_file_system_sync_folder (folder, error);
}

/**
 * probity_casebook_make_place:
 *
 * Makes the folder of a sealed compartment that waits to be used below @folder. After a crash it is there
 * whole, or as a folder `making-…` that probity_casebook_clear_making() takes away. Blocking.
 */
gboolean
probity_casebook_make_place (const char *folder,
                             GBytes     *keys,
                             GError    **error)
{
  guint8           random[NAME_BYTES];
  char             hex[NAME_BYTES * 2 + 1];
  g_autofree char *name = NULL;
  g_autofree char *making = NULL;
  g_autofree char *path = NULL;
  gboolean         ok;
  int              claim;

  g_return_val_if_fail (folder != NULL && keys != NULL, FALSE);

  randombytes_buf (random, sizeof random);
  sodium_bin2hex (hex, sizeof hex, random, sizeof random);
  name = g_strconcat ("sealed-", hex, NULL);
  path = g_build_filename (folder, name, NULL);

  claim = probity_claim_new_folder (folder, MAKING, &making, error);
  if (claim < 0)
    return FALSE;
  ok = (fchmod (claim, FOLDER_MODE) == 0 || set_error (error, making)) &&
       fill_place (making, name, keys, error) &&
       (g_rename (making, path) == 0 || set_error (error, path));
  if (!ok)
    probity_remove_tree (making);
  close (claim);

  return ok && probity_file_system_sync_folder (folder, error);
}

/** probity_casebook_clear_making: takes away the places that programs were making when they were killed. Blocking. */
void
probity_casebook_clear_making (const char *folder)
{
  g_return_if_fail (folder != NULL);

  probity_claim_sweep (folder, MAKING);
}

/**
 * probity_casebook_list_places:
 *
 * The names of all sealed compartments below @folder, used or not. Blocking.
 *
 * Returns: (transfer full): sorted
 */
GStrv
probity_casebook_list_places (const char *folder,
                              GError    **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (probity_sealed_name_is_valid (name))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  for (guint i = 0; i < names->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (names, i));

  return g_strv_builder_end (builder);
}

/* Files of @path, and folders of files; nothing deeper is ever made here. */
static gboolean
remove_folder (const char *path,
               GError    **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_unlink (file) != 0)
        return set_error (error, file);
    }

  return g_rmdir (path) == 0 || set_error (error, path);
}

static gboolean
renew_noise (const char *place,
             const char *database,
             GError    **error)
{
  g_autofree guint8 *noise = make_noise (PROBITY_SEALED_BYTES);
  g_autofree char   *made = g_strconcat (database, ".new", NULL);

  if (!write_file (made, noise, PROBITY_SEALED_BYTES, error))
    return FALSE;
  if (g_rename (made, database) != 0)
    return set_error (error, database);

  return probity_file_system_sync_folder (place, error);
}

/* Whether this process has @path open: a file that is opened and closed beside that loses the locks on it. */
static gboolean
is_open_here (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *number;
  struct stat wanted, found;

  if (dir == NULL || stat (path, &wanted) != 0)
    return TRUE;
  while ((number = g_dir_read_name (dir)) != NULL)
    if (fstat (atoi (number), &found) == 0 && found.st_dev == wanted.st_dev && found.st_ino == wanted.st_ino)
      return TRUE;

  return FALSE;
}

/*
 * Who has it open has the memory that they share beside it, with a lock on it, and the last one to close it
 * removes that. What a program that was killed left has no lock.
 */
gboolean
probity_casebook_place_is_idle (const char *folder,
                                const char *name)
{
  struct flock     lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autofree char *database = probity_file_system_dup_named_database (folder, name);
  g_autofree char *memory = g_strconcat (database, "-shm", NULL);
  gboolean         idle;
  int              fd;

  if (!g_file_test (memory, G_FILE_TEST_EXISTS))
    return TRUE;
  if (is_open_here (memory))
    return FALSE;
  fd = open (memory, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    return errno == ENOENT;
  idle = fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type == F_UNLCK;
  close (fd);

  return idle;
}

/* What is encrypted under a key that nobody has is noise as it is, if it has the length of noise. */
gboolean
probity_casebook_clean_place (const char *folder,
                              const char *name,
                              GError    **error)
{
  g_autofree char *place = g_build_filename (folder, name, NULL);
  g_autofree char *database = probity_file_system_dup_named_database (folder, name);
  g_autofree char *own = g_path_get_basename (database);
  g_autoptr (GDir) dir = NULL;
  const char *file;
  struct stat info;

  g_return_val_if_fail (probity_sealed_name_is_valid (name), FALSE);

  dir = g_dir_open (place, 0, error);
  if (dir == NULL)
    return FALSE;
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (place, file, NULL);

      if (g_str_equal (file, own) || g_str_equal (file, PROBITY_SEALED_KEYS_FILE))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR) ? !remove_folder (path, error) : g_unlink (path) != 0 && !set_error (error, path))
        return FALSE;
    }
  if (stat (database, &info) == 0 && info.st_size == PROBITY_SEALED_BYTES)
    return TRUE;

  return renew_noise (place, database, error);
}

/*
 * When a file was last written is the same of all of them, whichever a program that closes now wrote to.
 * Best effort: a time is no promise.
 */
void
probity_casebook_touch_places (const char *folder)
{
  g_auto (GStrv) names = probity_casebook_list_places (folder, NULL);
  struct timespec times[2];

  clock_gettime (CLOCK_REALTIME, &times[0]);
  times[0].tv_nsec = 0;
  times[1] = times[0];
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *place = g_build_filename (folder, names[i], NULL);
      g_autofree char *database = probity_file_system_dup_named_database (folder, names[i]);
      g_autofree char *keys = g_build_filename (place, PROBITY_SEALED_KEYS_FILE, NULL);

      utimensat (AT_FDCWD, database, times, AT_SYMLINK_NOFOLLOW);
      utimensat (AT_FDCWD, keys, times, AT_SYMLINK_NOFOLLOW);
      utimensat (AT_FDCWD, place, times, AT_SYMLINK_NOFOLLOW);
    }
}

/* Pages that hold nothing, until the file is as long as that of any other. */
static gboolean
pad (ProbityDb *db,
     GError   **error)
{
  gint64   page_size, n_pages;
  gboolean ok;

  if (!probity_db_get_pragma (db, "page_size", &page_size, error) || !probity_db_exec (db, "BEGIN IMMEDIATE; CREATE TABLE padding (filler BLOB)", error))
    return FALSE;

  for (ok = probity_db_get_pragma (db, "page_count", &n_pages, error);
       ok && n_pages * page_size < PROBITY_SEALED_BYTES;
       ok = ok && probity_db_get_pragma (db, "page_count", &n_pages, error))
    ok = probity_db_run (db, error, "INSERT INTO padding (filler) VALUES (zeroblob ($length))", "$length", 'i', page_size - 256, NULL);

  return ok && probity_db_exec (db, "DROP TABLE padding; COMMIT", error);
}

static void
remove_made (const char *path,
             gboolean    database)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = database ? 0 : 1; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
}

static gboolean
make_database (ProbityWrite      *self,
               ProbityCompartment compartment,
               const char        *path,
               const char        *casebook_uid,
               GError           **error)
{
  const char *name = probity_places_get_name (probity_casebook_peek_places (self->casebook), compartment);
  g_autoptr (ProbityDb) db = NULL;

  remove_made (path, TRUE);
  if (!write_file (path, NULL, 0, error))
    return FALSE;
  db = probity_places_open (probity_casebook_peek_places (self->casebook), compartment, path, PROBITY_DB_CREATOR, self->lock, error);

  return db != NULL &&
         probity_migrations_run (db, error) &&
         probity_db_run (db, error, "INSERT INTO meta (name, value) VALUES ('casebook', $casebook), ('compartment', $name)", "$casebook", 's', casebook_uid, "$name", 's', name, NULL) &&
         pad (db, error) &&
         probity_db_checkpoint (db, TRUE, error);
}

gboolean
probity_write_make_sealed (ProbityWrite       *self,
                           const char         *name,
                           ProbityCompartment  home,
                           ProbityKey         *key,
                           const char         *casebook_uid,
                           ProbityCompartment *ret_compartment,
                           GError            **error)
{
  ProbityPlaces   *places = probity_casebook_peek_places (self->casebook);
  const char      *folder = probity_casebook_get_folder (self->casebook);
  g_autofree char *path = probity_file_system_dup_named_database (folder, name);
  g_autofree char *made = g_strconcat (path, ".new", NULL);
  g_autofree char *place = g_path_get_dirname (path);

  g_return_val_if_fail (self->made == PROBITY_COMPARTMENT_JOURNAL, FALSE);
  g_return_val_if_fail (home > PROBITY_COMPARTMENT_JOURNAL && home < PROBITY_COMPARTMENT_SEALED, FALSE);

  /* What is made now could not be written back into its file before that is put in its place. */
  if (probity_lock_is_held_back (self->lock))
    {
      g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_BUSY, "A backup is being made: try again when it is done");
      return FALSE;
    }
  if (!probity_places_add (places, name, home, key, ret_compartment, error))
    return FALSE;
  self->made = *ret_compartment;

  if (!make_database (self, *ret_compartment, made, casebook_uid, error))
    {
      remove_made (made, TRUE);
      return FALSE;
    }
  /* The log of one that was begun and given up would be taken for the new one's. */
  remove_made (path, FALSE);
  if (g_rename (made, path) != 0)
    return set_error (error, path);
  if (!probity_file_system_sync_folder (place, error))
    return FALSE;

  self->dbs[self->made] = probity_places_open (places, self->made, NULL, PROBITY_DB_WRITER, self->lock, error);
  if (self->dbs[self->made] == NULL)
    return FALSE;
  probity_feed_set_seen (probity_casebook_peek_feed (self->casebook), self->made, 0);

  return TRUE;
}

/* After the command: from now on everybody here finds it, or nobody does. */
void
probity_write_settle_made (ProbityWrite *self,
                           gboolean      committed)
{
  ProbityPlaces *places = probity_casebook_peek_places (self->casebook);

  if (self->made == PROBITY_COMPARTMENT_JOURNAL)
    return;

  if (committed)
    {
      probity_places_publish (places);
    }
  else
    {
      g_clear_pointer (&self->dbs[self->made], probity_db_close);
      probity_places_take_back (places);
    }
  self->made = PROBITY_COMPARTMENT_JOURNAL;
}
