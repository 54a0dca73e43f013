/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The casebook's write lock: who holds it may write, checkpoint and close a writing connection, and
 * nobody else in the world may. It belongs to an open file description, not to a process, so that
 * two casebooks in one process keep each other out too, and it goes when its holder is killed.
 */

guint probity_lock_timeout_ms = 60000;

struct _ProbityLock
{
  int      fd;
  GThread *holder;
};

/* Bytes of the file: who may write, and who copies what nobody may write back meanwhile. */
#define WRITE_BYTE 0
#define HOLD_BYTE 1

static gboolean
set_lock (int fd,
          int byte,
          int type)
{
  struct flock lock = { .l_type = (short) type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
  int          rc;

  do
    rc = fcntl (fd, F_OFD_SETLK, &lock);
  while (rc != 0 && errno == EINTR);

  return rc == 0;
}

/* Opens FOLDER/lock; it is made only with @create. */
ProbityLock *
probity_lock_open (const char *folder,
                   gboolean    create,
                   GError    **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  ProbityLock     *self;
  int              fd;

  fd = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | (create ? O_CREAT | O_EXCL : 0), 0660);
  if (fd < 0 || (create && fchmod (fd, 0660) != 0))
    {
      int code = errno;

      if (fd >= 0)
        close (fd);
      probity_file_system_set_error (error, code, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, path);
      return NULL;
    }

  self = g_new0 (ProbityLock, 1);
  self->fd = fd;

  return self;
}

/*
 * Takes the lock for this thread. Blocks, but not for ever: another program that was stopped in the
 * middle of a command must give an error here, not a window that never answers.
 */
gboolean
probity_lock_take (ProbityLock *self,
                   GError     **error)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) probity_lock_timeout_ms * 1000;
  gulong pause = 100;

  g_assert (self->holder == NULL);

  while (!set_lock (self->fd, WRITE_BYTE, F_WRLCK))
    {
      if (errno != EAGAIN && errno != EACCES)
        {
          g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_IO, "The casebook’s write lock does not work: %s", g_strerror (errno));
          return FALSE;
        }

      if (g_get_monotonic_time () > deadline)
        {
          g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_BUSY, "Another program has been writing to this casebook for too long");
          return FALSE;
        }

      /* Uneven, so that two waiting programs do not keep in step. */
      g_usleep (pause + (gulong) g_random_int_range (0, 200));
      pause = MIN (pause * 2, 3000);
    }

  self->holder = g_thread_self ();

  return TRUE;
}

void
probity_lock_release (ProbityLock *self)
{
  g_assert (self->holder == g_thread_self ());

  self->holder = NULL;
  set_lock (self->fd, WRITE_BYTE, F_UNLCK);
}

gboolean
probity_lock_is_held (ProbityLock *self)
{
  return self->holder == g_thread_self ();
}

/*
 * Keeps every program from writing logs back into their databases until @self is closed, or its holder is
 * killed: the databases' files then stay as they are, also those for which this account has no key, while
 * commands go on into the logs. Taken while the write lock is held by somebody who waits for this.
 */
gboolean
probity_lock_hold_back (ProbityLock *self,
                        GError     **error)
{
  if (set_lock (self->fd, HOLD_BYTE, F_RDLCK))
    return TRUE;

  g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_IO, "The casebook’s write lock does not work: %s", g_strerror (errno));

  return FALSE;
}

/* Whether anybody holds logs back. Under the write lock, so that nobody begins to meanwhile. */
gboolean
probity_lock_is_held_back (ProbityLock *self)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = HOLD_BYTE, .l_len = 1 };

  g_assert (probity_lock_is_held (self));

  return fcntl (self->fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

/* Let go of by name: a child that was forked and has not yet become its program has the description open too. */
void
probity_lock_close (ProbityLock *self)
{
  set_lock (self->fd, WRITE_BYTE, F_UNLCK);
  set_lock (self->fd, HOLD_BYTE, F_UNLCK);
  close (self->fd);
  g_free (self);
}
