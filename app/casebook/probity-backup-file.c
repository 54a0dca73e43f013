/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-backup-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probity-casebook-private.h"

#define CHUNK (1024 * 1024)

/* --- Progress --- */

struct _ProbityBackupProgress
{
  gatomicrefcount ref_count;
  GMutex          lock;
  guint64         done;
  guint64         total;
  gboolean        cancelled;
};

ProbityBackupProgress *
probity_backup_progress_new (void)
{
  ProbityBackupProgress *self = g_new0 (ProbityBackupProgress, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);

  return self;
}

ProbityBackupProgress *
probity_backup_progress_ref (ProbityBackupProgress *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_backup_progress_unref (ProbityBackupProgress *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_mutex_clear (&self->lock);
  g_free (self);
}

void
probity_backup_progress_get (ProbityBackupProgress *self,
                             guint64               *ret_done,
                             guint64               *ret_total)
{
  g_mutex_lock (&self->lock);
  *ret_done = self->done;
  *ret_total = self->total;
  g_mutex_unlock (&self->lock);
}

void
probity_backup_progress_cancel (ProbityBackupProgress *self)
{
  g_mutex_lock (&self->lock);
  self->cancelled = TRUE;
  g_mutex_unlock (&self->lock);
}

void
probity_backup_progress_add_total (ProbityBackupProgress *self,
                                   guint64                bytes)
{
  g_mutex_lock (&self->lock);
  self->total += bytes;
  g_mutex_unlock (&self->lock);
}

gboolean
probity_backup_progress_step (ProbityBackupProgress *self,
                              guint64                bytes,
                              GError               **error)
{
  gboolean cancelled;

  if (self == NULL)
    return TRUE;

  g_mutex_lock (&self->lock);
  self->done += bytes;
  cancelled = self->cancelled;
  g_mutex_unlock (&self->lock);

  if (cancelled)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");

  return !cancelled;
}

/* --- Bytes --- */

static gboolean
write_at (int           fd,
          const char   *path,
          guint64       offset,
          const guint8 *bytes,
          gsize         length,
          GError      **error)
{
  while (length > 0)
    {
      ssize_t n = pwrite (fd, bytes, length, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, path);
          return FALSE;
        }
      bytes += n;
      offset += (guint64) n;
      length -= (gsize) n;
    }

  return TRUE;
}

/* Exactly @length bytes, or the backup was cut. */
static gboolean
read_at (int         fd,
         const char *path,
         guint64     offset,
         guint8     *bytes,
         gsize       length,
         GError    **error)
{
  while (length > 0)
    {
      ssize_t n = pread (fd, bytes, length, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, path);
          return FALSE;
        }
      if (n == 0)
        {
          g_set_error_literal (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_DAMAGED, "The backup was cut short");
          return FALSE;
        }
      bytes += n;
      offset += (guint64) n;
      length -= (gsize) n;
    }

  return TRUE;
}

/* --- Members back out of the file --- */

static int
create_member (const char *folder,
               const char *name,
               char      **ret_path,
               GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  int              fd;

  for (char *slash = strchr (parent + strlen (folder), '/'); TRUE; slash = strchr (slash + 1, '/'))
    {
      if (slash != NULL)
        *slash = '\0';
      if (mkdir (parent, 0770) == 0)
        chmod (parent, 02770);
      if (slash == NULL)
        break;
      *slash = '/';
    }

  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0660);
  if (fd < 0 || fchmod (fd, 0660) != 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, path);
      if (fd >= 0)
        close (fd);
      return -1;
    }
  *ret_path = g_steal_pointer (&path);

  return fd;
}

static gboolean
copy_member (int                    fd,
             const char            *path,
             ProbityBackupMember   *member,
             int                    out,
             const char            *out_path,
             guint8                *chunk,
             ProbityBackupProgress *progress,
             GError               **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 hash[PROBITY_BACKUP_HASH_BYTES];
  gsize  hash_length = sizeof hash;

  for (guint64 done = 0; done < member->length;)
    {
      gsize n = (gsize) MIN (member->length - done, CHUNK);

      if (!read_at (fd, path, member->offset + done, chunk, n, error) ||
          (out >= 0 && !write_at (out, out_path, done, chunk, n, error)) ||
          !probity_backup_progress_step (progress, n, error))
        return FALSE;
      g_checksum_update (checksum, chunk, (gssize) n);
      done += n;
    }

  g_checksum_get_digest (checksum, hash, &hash_length);
  if (memcmp (hash, member->sha256, sizeof hash) != 0)
    {
      g_set_error (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_DAMAGED, "“%s” in the backup is not what it was when the backup was made", member->path);
      return FALSE;
    }

  if (out >= 0 && fsync (out) != 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, out_path);
      return FALSE;
    }

  return TRUE;
}

static gboolean
extract_members (int                    fd,
                 const char            *path,
                 ProbityBackupManifest *manifest,
                 const char            *folder,
                 ProbityBackupFilter    wanted,
                 ProbityBackupProgress *progress,
                 GError               **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);

  for (guint i = 0; i < manifest->members->len; i++)
    {
      ProbityBackupMember *member = g_ptr_array_index (manifest->members, i);
      g_autofree char     *out_path = NULL;
      int                  out = -1;
      gboolean             ok;

      if (folder != NULL && (wanted == NULL || wanted (member->path)))
        {
          out = create_member (folder, member->path, &out_path, error);
          if (out < 0)
            return FALSE;
        }
      ok = copy_member (fd, path, member, out, out_path, chunk, progress, error);
      if (out >= 0 && close (out) != 0 && ok)
        {
          probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, out_path);
          ok = FALSE;
        }
      if (!ok)
        return FALSE;
    }

  return TRUE;
}

/* --- Writing --- */

struct _ProbityBackupWriter
{
  char                  *path;
  char                  *unverified;
  int                    fd;
  ProbityBackupManifest *manifest;
  ProbityBackupProgress *progress;
  guint8                *chunk;
  gboolean               committed;
};

/* What a killed program left under the same name may go; what another one writes may not. */
static int
open_unverified (const char *path)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0660);

  if (fd < 0 && errno == EEXIST)
    {
      fd = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
      if (fd >= 0 && (flock (fd, LOCK_EX | LOCK_NB) != 0 || ftruncate (fd, 0) != 0))
        {
          close (fd);
          errno = EBUSY;
          return -1;
        }
    }
  else if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    {
      /* Somebody was quicker. */
      close (fd);
      errno = EBUSY;
      return -1;
    }

  return fd;
}

ProbityBackupWriter *
probity_backup_writer_new (const char *path,
                           GError    **error)
{
  g_autoptr (ProbityBackupWriter) self = g_new0 (ProbityBackupWriter, 1);
  struct stat info;

  self->path = g_strdup (path);
  self->fd = -1;
  self->manifest = probity_backup_manifest_new ();
  self->chunk = g_malloc (CHUNK);

  if (lstat (path, &info) == 0)
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_EXISTS, "%s exists already", path);
      return NULL;
    }

  self->unverified = g_strconcat (path, ".unverified", NULL);
  self->fd = open_unverified (self->unverified);
  if (self->fd < 0)
    {
      if (errno == EBUSY)
        g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_BUSY, "Another program is writing %s", self->unverified);
      else
        probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, self->unverified);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
probity_backup_writer_free (ProbityBackupWriter *self)
{
  if (self->fd >= 0)
    {
      if (!self->committed)
        g_unlink (self->unverified);
      close (self->fd);
    }
  g_clear_pointer (&self->progress, probity_backup_progress_unref);
  probity_backup_manifest_free (self->manifest);
  g_free (self->path);
  g_free (self->unverified);
  g_free (self->chunk);
  g_free (self);
}

ProbityBackupManifest *
probity_backup_writer_peek_manifest (ProbityBackupWriter *self)
{
  return self->manifest;
}

void
probity_backup_writer_set_progress (ProbityBackupWriter   *self,
                                    ProbityBackupProgress *progress)
{
  self->progress = probity_backup_progress_ref (progress);
}

/* Hashing takes longer than reading and writing together: it is done beside them. */
typedef struct
{
  GChecksum *checksum;
  guint8    *bytes;
  gsize      length;
} Hashing;

static gpointer
hash_thread (gpointer data)
{
  Hashing *hashing = data;

  g_checksum_update (hashing->checksum, hashing->bytes, (gssize) hashing->length);

  return NULL;
}

gboolean
probity_backup_writer_add (ProbityBackupWriter  *self,
                           const char           *path,
                           guint64               length,
                           ProbityBackupReadFunc read,
                           gpointer              source,
                           GError              **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8   *hashed = length > CHUNK ? g_malloc (CHUNK) : NULL;
  ProbityBackupMember *member;
  Hashing              hashing = { .checksum = checksum };
  GThread             *thread = NULL;
  gsize                hash_length = PROBITY_BACKUP_HASH_BYTES;
  gboolean             ok = TRUE;

  if (!probity_backup_path_is_valid (path) || self->manifest->members->len >= PROBITY_BACKUP_MAX_MEMBERS)
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FAILED, "“%s” cannot be part of a backup", path);
      return FALSE;
    }

  member = probity_backup_manifest_add (self->manifest, path, length);
  for (guint64 done = 0; ok && done < length;)
    {
      gsize  wanted = (gsize) MIN (length - done, CHUNK);
      gsize  n = 0;
      gssize got = 1;

      while (n < wanted && got > 0)
        {
          got = read (source, done + n, self->chunk + n, wanted - n, error);
          if (got > 0)
            n += (gsize) got;
        }
      if (got == 0)
        g_set_error (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_CHANGED, "“%s” became shorter while it was copied", path);
      ok = n == wanted;

      g_clear_pointer (&thread, g_thread_join);
      if (!ok)
        break;

      if (length > CHUNK)
        {
          memcpy (hashed, self->chunk, n);
          hashing.bytes = hashed;
          hashing.length = n;
          thread = g_thread_new ("backup-hash", hash_thread, &hashing);
        }
      else
        g_checksum_update (checksum, self->chunk, (gssize) n);

      ok = write_at (self->fd, self->unverified, member->offset + done, self->chunk, n, error) &&
           probity_backup_progress_step (self->progress, n, error);
      done += n;
    }
  g_clear_pointer (&thread, g_thread_join);

  if (ok)
    g_checksum_get_digest (checksum, member->sha256, &hash_length);

  return ok;
}

static gssize
read_bytes (gpointer source,
            guint64  offset,
            guint8  *bytes,
            gsize    length,
            GError **error)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (source, &size);

  length = MIN (length, size - (gsize) offset);
  memcpy (bytes, data + offset, length);

  return (gssize) length;
}

gboolean
probity_backup_writer_add_bytes (ProbityBackupWriter *self,
                                 const char          *path,
                                 GBytes              *bytes,
                                 GError             **error)
{
  return probity_backup_writer_add (self, path, g_bytes_get_size (bytes), read_bytes, bytes, error);
}

gboolean
probity_backup_writer_sync (ProbityBackupWriter *self,
                            GError             **error)
{
  if (fsync (self->fd) != 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, self->unverified);
      return FALSE;
    }

  /* What is read back comes from the disk, not from what is still in memory of what was written. */
  posix_fadvise (self->fd, 0, 0, POSIX_FADV_DONTNEED);

  return TRUE;
}

gboolean
probity_backup_writer_extract (ProbityBackupWriter *self,
                               const char          *folder,
                               ProbityBackupFilter  wanted,
                               GError             **error)
{
  return extract_members (self->fd, self->unverified, self->manifest, folder, wanted, self->progress, error);
}

gboolean
probity_backup_writer_finish (ProbityBackupWriter  *self,
                              ProbityBackupSignFunc sign,
                              gpointer              data,
                              guint8                ret_digest[PROBITY_BACKUP_HASH_BYTES],
                              GError              **error)
{
  g_autoptr (GBytes) bytes = probity_backup_manifest_dup_bytes (self->manifest);
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (ProbityBackupReader) reader = NULL;
  ProbityBackupHeader header = { .manifest_offset = probity_backup_manifest_get_offset (self->manifest), .manifest_length = g_bytes_get_size (bytes) };
  guint8              head[PROBITY_BACKUP_HEADER_LENGTH];

  header.total_length = header.manifest_offset + header.manifest_length;
  probity_backup_hash (g_bytes_get_data (bytes, NULL), header.manifest_length, header.digest);
  signature = sign (header.digest, data);
  g_assert (g_bytes_get_size (signature) == sizeof header.signature);
  memcpy (header.signature, g_bytes_get_data (signature, NULL), sizeof header.signature);
  probity_backup_header_write (&header, head);

  if (!write_at (self->fd, self->unverified, header.manifest_offset, g_bytes_get_data (bytes, NULL), header.manifest_length, error) ||
      !write_at (self->fd, self->unverified, 0, head, sizeof head, error))
    return FALSE;
  if (ftruncate (self->fd, (off_t) header.total_length) != 0 || fsync (self->fd) != 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, self->unverified);
      return FALSE;
    }

  reader = probity_backup_reader_open (self->unverified, error);
  if (reader == NULL)
    return FALSE;
  memcpy (ret_digest, header.digest, sizeof header.digest);

  return TRUE;
}

/* FAT and FUSE may not know how to keep a name that is taken. */
static int
rename_new (const char *from,
            const char *to)
{
  struct stat info;
  int         rc = renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);

  if (rc == 0 || (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP))
    return rc;
  if (lstat (to, &info) == 0)
    {
      errno = EEXIST;
      return -1;
    }

  return rename (from, to);
}

gboolean
probity_backup_writer_commit (ProbityBackupWriter *self,
                              GError             **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int              fd;

  if (rename_new (self->unverified, self->path) != 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, self->path);
      return FALSE;
    }
  self->committed = TRUE;

  /* Where a folder cannot be synced, the file's own sync is all there is. */
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }

  return TRUE;
}

/* --- Reading --- */

struct _ProbityBackupReader
{
  char                  *path;
  int                    fd;
  ProbityBackupHeader    header;
  ProbityBackupManifest *manifest;
};

static gboolean
read_manifest (ProbityBackupReader *self,
               GError             **error)
{
  guint8 *bytes = g_malloc (self->header.manifest_length);
  g_autoptr (GBytes) manifest = g_bytes_new_take (bytes, self->header.manifest_length);
  guint8 digest[PROBITY_BACKUP_HASH_BYTES];

  if (!read_at (self->fd, self->path, self->header.manifest_offset, bytes, self->header.manifest_length, error))
    return FALSE;

  probity_backup_hash (bytes, self->header.manifest_length, digest);
  if (memcmp (digest, self->header.digest, sizeof digest) != 0)
    {
      g_set_error_literal (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_DAMAGED, "The backup’s list of files is damaged");
      return FALSE;
    }

  self->manifest = probity_backup_manifest_parse (manifest, error);
  if (self->manifest == NULL)
    return FALSE;
  if (probity_backup_manifest_get_offset (self->manifest) != self->header.manifest_offset)
    {
      g_set_error_literal (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_DAMAGED, "The backup holds other files than it lists");
      return FALSE;
    }

  return TRUE;
}

ProbityBackupReader *
probity_backup_reader_open (const char *path,
                            GError    **error)
{
  g_autoptr (ProbityBackupReader) self = g_new0 (ProbityBackupReader, 1);
  guint8      head[PROBITY_BACKUP_HEADER_LENGTH];
  struct stat info;

  self->path = g_strdup (path);
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (self->fd < 0 || fstat (self->fd, &info) != 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, path);
      return NULL;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_NOT_A_BACKUP, "%s is not a file", path);
      return NULL;
    }

  memset (head, 0, sizeof head);
  if (!read_at (self->fd, path, 0, head, MIN (sizeof head, (gsize) info.st_size), error) ||
      !probity_backup_header_parse (&self->header, head, MIN (sizeof head, (gsize) info.st_size), error))
    return NULL;

  if ((guint64) info.st_size != self->header.total_length)
    {
      g_set_error_literal (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_DAMAGED, (guint64) info.st_size < self->header.total_length ? "The backup was cut short" : "Something was put behind the backup’s end");
      return NULL;
    }
  if (!read_manifest (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
probity_backup_reader_free (ProbityBackupReader *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->manifest, probity_backup_manifest_free);
  g_free (self->path);
  g_free (self);
}

ProbityBackupManifest *
probity_backup_reader_peek_manifest (ProbityBackupReader *self)
{
  return self->manifest;
}

const ProbityBackupHeader *
probity_backup_reader_peek_header (ProbityBackupReader *self)
{
  return &self->header;
}

gboolean
probity_backup_reader_extract (ProbityBackupReader   *self,
                               const char            *folder,
                               ProbityBackupFilter    wanted,
                               ProbityBackupProgress *progress,
                               GError               **error)
{
  if (progress != NULL)
    probity_backup_progress_add_total (progress, self->header.manifest_offset);

  return extract_members (self->fd, self->path, self->manifest, folder, wanted, progress, error);
}
