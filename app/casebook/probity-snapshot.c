/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probity-casebook-private.h"

/* A log is written back from some megabytes on; one that is longer was kept by something. */
#define MAX_LOG (G_GUINT64_CONSTANT (4) << 30)
#define MAX_SMALL (16 * 1024 * 1024)

typedef struct
{
  char   *path;  /* below the folder */
  GBytes *bytes; /* read already; NULL: to be read */
  guint64 length;
} SnapshotFile;

/* Of a sealed compartment that waits to be used too: nobody can tell it from one that is used. */
typedef struct
{
  char    *path; /* below the folder */
  sqlite3 *handle;
  guint64  length;
} SnapshotDatabase;

struct _ProbitySnapshot
{
  char        *folder;
  ProbityLock *hold;
  GPtrArray   *databases; /* SnapshotDatabase */
  GPtrArray   *files;     /* SnapshotFile */
  guint64      total;
};

static void
free_file (gpointer data)
{
  SnapshotFile *file = data;

  g_free (file->path);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file);
}

static void
free_database (gpointer data)
{
  SnapshotDatabase *database = data;

  sqlite3_close (database->handle);
  g_free (database->path);
  g_free (database);
}

static void
add_file (ProbitySnapshot *self,
          const char      *path,
          GBytes          *bytes,
          guint64          length)
{
  SnapshotFile *file = g_new0 (SnapshotFile, 1);

  file->path = g_strdup (path);
  file->bytes = bytes;
  file->length = length;
  self->total += length;
  g_ptr_array_add (self->files, file);
}

/* A file that no database program locks: closing it again drops nobody's locks. */
static GBytes *
read_whole (const char *path,
            guint64     most,
            GError    **error)
{
  int         fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat info;
  guint8     *bytes;
  gsize       length = 0;
  ssize_t     n = 1;

  if (fd < 0 || fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || (guint64) info.st_size > most)
    {
      probity_file_system_set_error (error, fd < 0 ? errno : EFBIG, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, path);
      if (fd >= 0)
        close (fd);
      return NULL;
    }

  bytes = g_malloc ((gsize) info.st_size + 1);
  while (length < (gsize) info.st_size && (n > 0 || errno == EINTR))
    {
      n = read (fd, bytes + length, (gsize) info.st_size - length);
      if (n > 0)
        length += (gsize) n;
      else if (n == 0)
        break;
    }
  close (fd);
  if (n < 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, path);
      g_free (bytes);
      return NULL;
    }

  return g_bytes_new_take (bytes, length);
}

static gboolean
add_small (ProbitySnapshot *self,
           const char      *name,
           guint64          most,
           GError         **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  GBytes          *bytes = read_whole (path, most, error);

  if (bytes == NULL)
    return FALSE;
  add_file (self, name, bytes, g_bytes_get_size (bytes));

  return TRUE;
}

static gboolean
add_slots (ProbitySnapshot *self,
           GError         **error)
{
  g_autofree char *path = g_build_filename (self->folder, "slots", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *slot = g_strconcat ("slots/", name, NULL);

      /* One that is half written has another ending. */
      if (probity_backup_path_is_valid (slot) && !add_small (self, slot, MAX_SMALL, error))
        return FALSE;
    }

  return TRUE;
}

/* Through SQLite, which knows that closing a file drops the locks of this process on it, and waits with it. */
static gboolean
open_database (ProbitySnapshot *self,
               const char      *name,
               GError         **error)
{
  g_autofree char  *path = probity_file_system_dup_named_database (self->folder, name);
  SnapshotDatabase *database = g_new0 (SnapshotDatabase, 1);
  sqlite3_file     *file = NULL;
  sqlite3_int64     length;
  int               rc;

  probity_casebook_prepare_library ();
  database->path = g_strdup_printf ("%s/%s.db", name, name);
  g_ptr_array_add (self->databases, database);
  rc = sqlite3_open_v2 (path, &database->handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_file_control (database->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (rc == SQLITE_OK && file != NULL && file->pMethods != NULL)
    rc = file->pMethods->xFileSize (file, &length);
  else if (rc == SQLITE_OK)
    rc = SQLITE_CANTOPEN;
  if (rc != SQLITE_OK)
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FAILED, "%s cannot be read: %s", path, sqlite3_errstr (rc));
      return FALSE;
    }

  database->length = (guint64) length;
  self->total += (guint64) length;

  return TRUE;
}

/* Everything else that lies in a compartment's folder: its exhibits. They do not change, and are hashed inside. */
static gboolean
add_folder (ProbitySnapshot *self,
            const char      *name,
            guint            depth,
            GError         **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  const char *entry;

  if (dir == NULL)
    return FALSE;

  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_strconcat (name, "/", entry, NULL);
      g_autofree char *entry_path = g_build_filename (self->folder, below, NULL);
      struct stat      info;

      if (lstat (entry_path, &info) != 0)
        continue;
      if (S_ISDIR (info.st_mode) && depth < PROBITY_BACKUP_MAX_DEPTH)
        {
          if (!add_folder (self, below, depth + 1, error))
            return FALSE;
        }
      else if (S_ISREG (info.st_mode) && probity_backup_path_is_valid (below) &&
               !(depth == 1 && strstr (entry, ".db") != NULL))
        add_file (self, below, NULL, (guint64) info.st_size);
    }

  return TRUE;
}

static gboolean
take_compartment (ProbitySnapshot *self,
                  const char      *name,
                  GError         **error)
{
  g_autofree char *wal = g_strdup_printf ("%s/%s.db-wal", name, name);
  g_autofree char *wal_path = g_build_filename (self->folder, wal, NULL);
  struct stat      info;

  if (!open_database (self, name, error))
    return FALSE;
  if (stat (wal_path, &info) == 0 && info.st_size > 0 && !add_small (self, wal, MAX_LOG, error))
    return FALSE;

  return add_folder (self, name, 1, error);
}

ProbitySnapshot *
probity_snapshot_take (ProbityWrite *write,
                       GError      **error)
{
  g_autoptr (ProbitySnapshot) self = g_new0 (ProbitySnapshot, 1);
  g_auto (GStrv) sealed = NULL;

  self->folder = g_strdup (probity_casebook_get_folder (write->casebook));
  self->databases = g_ptr_array_new_with_free_func (free_database);
  self->files = g_ptr_array_new_with_free_func (free_file);
  self->hold = probity_lock_open (self->folder, FALSE, error);
  if (self->hold == NULL || !probity_lock_hold_back (self->hold, error) ||
      !add_small (self, "keyring.jsonl", MAX_SMALL, error) ||
      !add_slots (self, error))
    return NULL;

  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    if (!take_compartment (self, probity_compartment_to_string ((ProbityCompartment) i), error))
      return NULL;
  sealed = probity_casebook_list_places (self->folder, error);
  if (sealed == NULL)
    return NULL;
  for (guint i = 0; sealed[i] != NULL; i++)
    if (!take_compartment (self, sealed[i], error))
      return NULL;

  return g_steal_pointer (&self);
}

guint64
probity_snapshot_get_length (ProbitySnapshot *self)
{
  return self->total;
}

static gssize
read_database (gpointer source,
               guint64  offset,
               guint8  *bytes,
               gsize    length,
               GError **error)
{
  sqlite3_file *file = source;
  int           rc = file->pMethods->xRead (file, bytes, (int) length, (sqlite3_int64) offset);

  if (rc == SQLITE_OK)
    return (gssize) length;

  g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_IO, "A database cannot be read: %s", sqlite3_errstr (rc));

  return -1;
}

static gssize
read_file (gpointer source,
           guint64  offset,
           guint8  *bytes,
           gsize    length,
           GError **error)
{
  ssize_t n;

  do
    n = pread (GPOINTER_TO_INT (source), bytes, length, (off_t) offset);
  while (n < 0 && errno == EINTR);

  if (n < 0)
    g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_IO, "An exhibit cannot be read: %s", g_strerror (errno));

  return n;
}

static gboolean
copy_file (ProbitySnapshot     *self,
           SnapshotFile        *file,
           ProbityBackupWriter *to,
           GError             **error)
{
  g_autofree char *path = g_build_filename (self->folder, file->path, NULL);
  gboolean         ok;
  int              fd;

  if (file->bytes != NULL)
    return probity_backup_writer_add_bytes (to, file->path, file->bytes, error);

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0 && errno == ENOENT)
    {
      g_set_error (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_CHANGED, "“%s” was removed while the backup was made", file->path);
      return FALSE;
    }
  if (fd < 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, path);
      return FALSE;
    }
  ok = probity_backup_writer_add (to, file->path, file->length, read_file, GINT_TO_POINTER (fd), error);
  close (fd);

  return ok;
}

gboolean
probity_snapshot_copy (ProbitySnapshot     *self,
                       ProbityBackupWriter *to,
                       GError             **error)
{
  for (guint i = 0; i < self->databases->len; i++)
    {
      SnapshotDatabase *database = g_ptr_array_index (self->databases, i);
      sqlite3_file     *file = NULL;

      sqlite3_file_control (database->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
      if (!probity_backup_writer_add (to, database->path, database->length, read_database, file, error))
        return FALSE;
    }

  for (guint i = 0; i < self->files->len; i++)
    if (!copy_file (self, g_ptr_array_index (self->files, i), to, error))
      return FALSE;

  return TRUE;
}

void
probity_snapshot_free (ProbitySnapshot *self)
{
  g_clear_pointer (&self->databases, g_ptr_array_unref);
  g_clear_pointer (&self->hold, probity_lock_close);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->folder);
  g_free (self);
}
