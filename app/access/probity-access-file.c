/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-keyring-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void
probity_access_file_set_error (GError    **error,
                               int         code,
                               int         missing_code,
                               const char *path)
{
  int which;

  switch (code)
    {
    case ENOENT:
    case ENOTDIR:
      which = missing_code;
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      which = PROBITY_CASEBOOK_ERROR_NO_RIGHTS;
      break;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      which = PROBITY_CASEBOOK_ERROR_FULL;
      break;
    case EEXIST:
    case ENOTEMPTY:
      which = PROBITY_CASEBOOK_ERROR_EXISTS;
      break;
    default:
      which = PROBITY_CASEBOOK_ERROR_IO;
    }

  g_set_error (error, PROBITY_CASEBOOK_ERROR, which, "%s: %s", path, g_strerror (code));
}

gboolean
probity_access_file_sync_folder (const char *path,
                                 GError    **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0 || fsync (fd) != 0)
    {
      int code = errno;

      if (fd >= 0)
        close (fd);
      probity_access_file_set_error (error, code, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, path);
      return FALSE;
    }
  close (fd);

  return TRUE;
}

static gboolean
write_all (int           fd,
           const guint8 *data,
           gsize         length)
{
  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= (gsize) n;
    }

  return TRUE;
}

gboolean
probity_access_file_replace (const char *path,
                             GBytes     *bytes,
                             int         mode,
                             GError    **error)
{
  g_autofree char *temporary = g_strconcat (path, ".XXXXXX", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  int              fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  int              code = 0;

  if (fd < 0)
    {
      probity_access_file_set_error (error, errno, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, path);
      return FALSE;
    }

  /* The mode is set on the file itself: what the umask takes away would keep a colleague out. */
  if (!write_all (fd, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) ||
      fchmod (fd, (mode_t) mode) != 0 || fsync (fd) != 0)
    code = errno;
  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0 && rename (temporary, path) != 0)
    code = errno;

  if (code != 0)
    {
      unlink (temporary);
      probity_access_file_set_error (error, code, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, path);
      return FALSE;
    }

  return probity_access_file_sync_folder (folder, error);
}

GBytes *
probity_access_file_read (const char *path,
                          gsize       limit,
                          GError    **error)
{
  g_autoptr (GByteArray) array = NULL;
  struct stat status;
  guint8      chunk[16 * 1024];
  ssize_t     n;
  int         fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0 || fstat (fd, &status) != 0)
    {
      int code = errno;

      if (fd >= 0)
        close (fd);
      probity_access_file_set_error (error, code, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, path);
      return NULL;
    }

  if (!S_ISREG (status.st_mode) || (guint64) status.st_size > limit)
    {
      close (fd);
      g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED, "%s is no plain file of at most %" G_GSIZE_FORMAT " bytes", path, limit);
      return NULL;
    }

  array = g_byte_array_sized_new ((guint) status.st_size + 1);
  do
    {
      n = read (fd, chunk, sizeof chunk);
      if (n > 0)
        g_byte_array_append (array, chunk, (guint) n);
    }
  while ((n > 0 && array->len <= limit) || (n < 0 && errno == EINTR));

  if (n < 0)
    {
      int code = errno;

      close (fd);
      probity_access_file_set_error (error, code, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, path);
      return NULL;
    }
  close (fd);

  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

/* A file of one's own, never over one that is there. */
gboolean
probity_recovery_code_write (const char *path,
                             const char *code,
                             GError    **error)
{
  int     fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  gsize   length = strlen (code);
  ssize_t n = fd < 0 ? -1 : write (fd, code, length);
  int     status = errno;

  if (n == (ssize_t) length)
    n = write (fd, "\n", 1) == 1 && fsync (fd) == 0 ? n : -1;
  if (n != (ssize_t) length)
    status = errno;
  if (fd >= 0)
    close (fd);
  if (n == (ssize_t) length)
    return TRUE;

  if (fd >= 0)
    g_unlink (path);
  probity_access_file_set_error (error, status, PROBITY_CASEBOOK_ERROR_IO, path);

  return FALSE;
}
