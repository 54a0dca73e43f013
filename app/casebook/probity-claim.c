/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-claim.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probity-casebook-private.h"
#include "probity-scratch.h"

/* Whether @path names what is open as @fd: it may have been cleared away, and another made there, before the lock was taken. */
static gboolean
is_named (int         fd,
          const char *path)
{
  struct stat opened, named;

  if (fstat (fd, &opened) != 0 || lstat (path, &named) != 0)
    return FALSE;
  errno = ENOENT;

  return opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

int
probity_claim_take (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);

  if (fd >= 0 && (flock (fd, LOCK_EX | LOCK_NB) != 0 || !is_named (fd, path)))
    {
      int code = errno;

      close (fd);
      errno = code;
      return -1;
    }

  return fd;
}

char *
probity_claim_dup_path (const char *parent,
                        const char *prefix)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strconcat (parent, G_DIR_SEPARATOR_S, prefix, uuid, NULL);
}

int
probity_claim_new_folder (const char *parent,
                          const char *prefix,
                          char      **ret_path,
                          GError    **error)
{
  while (TRUE)
    {
      g_autofree char *path = probity_claim_dup_path (parent, prefix);
      int              fd;

      if (mkdir (path, 0700) != 0)
        {
          if (errno == EEXIST)
            continue;
          probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, path);
          return -1;
        }
      fd = probity_claim_take (path);
      if (fd >= 0)
        {
          *ret_path = g_steal_pointer (&path);
          return fd;
        }
      /* Who clears away has it, or had it. */
      if (errno != EWOULDBLOCK && errno != ENOENT)
        {
          probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_FAILED, path);
          rmdir (path);
          return -1;
        }
    }
}

void
probity_claim_sweep (const char *parent,
                     const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      const char *rest = name + strlen (prefix);

      if (g_str_has_prefix (name, prefix) && *rest != '\0' && rest[strspn (rest, "0123456789abcdef-")] == '\0')
        {
          g_autofree char *path = g_build_filename (parent, name, NULL);
          int              fd = probity_claim_take (path);

          if (fd < 0)
            continue;
          probity_remove_tree (path);
          close (fd);
        }
    }
}
