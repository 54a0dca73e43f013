/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "probity-document.h"
#include "probity-pdf-reading.h"

/* By the clock on the wall; of processor time the program allows itself less. */
#define MAX_SECONDS 60

typedef struct
{
  GPid          pid;
  int           output_fd;
  gint64        deadline; /* monotonic */
  GCancellable *cancellable;
} Run;

static char *
refuse (const char          *name,
        ProbityDocumentError code,
        const char          *why,
        GError             **error)
{
  g_set_error (error, PROBITY_DOCUMENT_ERROR, (int) code, "%s: %s", name, why);

  return NULL;
}

gboolean
probity_pdf_is_one (GBytes *bytes)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size > 0 && g_strstr_len (data, (gssize) MIN (size, 1024), "%PDF-") != NULL;
}

static gboolean
write_all (int           fd,
           const guint8 *data,
           gsize         size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      size -= (gsize) n;
    }

  return TRUE;
}

/* A file that is nowhere but in memory, and which nobody can change any more. */
static int
make_document_fd (GBytes *bytes)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofd int  fd = memfd_create ("document", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd < 0 || !write_all (fd, data, size) || lseek (fd, 0, SEEK_SET) != 0 ||
      fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
    return -1;

  return g_steal_fd (&fd);
}

static gboolean
start (Run        *self,
       GBytes     *bytes,
       const char *name,
       GError    **error)
{
  static const char *const argv[] = { PROBITY_PDF_TEXT, NULL };
  static const char *const envp[] = { NULL };
  g_autoptr (GError) local_error = NULL;
  g_autofd int document_fd = make_document_fd (bytes);
  g_autofd int read_fd = -1;
  g_autofd int write_fd = -1;
  int          fds[2];

  if (document_fd < 0 || !g_unix_open_pipe (fds, O_CLOEXEC, NULL))
    {
      refuse (name, PROBITY_DOCUMENT_ERROR_UNAVAILABLE, "there is no memory to read a PDF", error);
      return FALSE;
    }
  read_fd = fds[0];
  write_fd = fds[1];
  if (!g_spawn_async_with_pipes_and_fds ("/", argv, envp, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, document_fd, write_fd, -1, NULL, NULL, 0, &self->pid, NULL, NULL, NULL, &local_error))
    {
      refuse (name, PROBITY_DOCUMENT_ERROR_UNAVAILABLE, "the program that reads PDF files is not there or cannot be started", error);
      return FALSE;
    }
  self->output_fd = g_steal_fd (&read_fd);

  return TRUE;
}

/* Waits until there is something to read from @fd while there is time; what ends that else is in @ret_end or @error. */
static gboolean
wait_for (Run           *self,
          int            fd,
          ProbityPdfEnd *ret_end,
          GError       **error)
{
  GPollFD       cancel = { -1, 0, 0 };
  gboolean      can_cancel = g_cancellable_make_pollfd (self->cancellable, &cancel);
  struct pollfd fds[] = { { fd, POLLIN, 0 }, { cancel.fd, POLLIN, 0 } };
  int           n;

  do
    {
      const gint64 left = (self->deadline - g_get_monotonic_time () + 999) / 1000;

      n = poll (fds, can_cancel ? 2 : 1, (int) MAX (left, 0));
    }
  while (n < 0 && errno == EINTR);
  if (can_cancel)
    g_cancellable_release_fd (self->cancellable);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (n <= 0)
    *ret_end = PROBITY_PDF_END_TIME;

  return n > 0;
}

/* Reads all that the program writes, and waits for its end. */
static ProbityPdfEnd
collect (Run     *self,
         GString *output,
         GError **error)
{
  char          buffer[16 * 1024];
  g_autofd int  pid_fd = (int) syscall (SYS_pidfd_open, self->pid, 0u);
  ProbityPdfEnd end = PROBITY_PDF_END_EXIT;

  while (wait_for (self, self->output_fd, &end, error))
    {
      gssize n = read (self->output_fd, buffer, sizeof buffer);

      if (n < 0 && errno == EINTR)
        continue;
      /* It may have closed its output and go on. */
      if (n <= 0)
        {
          wait_for (self, pid_fd, &end, error);
          break;
        }
      if (output->len + (gsize) n > PROBITY_DOCUMENT_MAX_TEXT)
        return PROBITY_PDF_END_TOO_MUCH;
      g_string_append_len (output, buffer, n);
    }

  return end;
}

static int
reap (Run *self)
{
  int status = 0, result;

  g_clear_fd (&self->output_fd, NULL);
  do
    result = waitpid (self->pid, &status, 0);
  while (result < 0 && errno == EINTR);
  g_spawn_close_pid (self->pid);

  return result == self->pid ? status : W_EXITCODE (PROBITY_PDF_READING_FAILED, 0);
}

char *
probity_pdf_judge (ProbityPdfEnd end,
                   int           wait_status,
                   const char   *output,
                   gsize         length,
                   const char   *name,
                   GError      **error)
{
  const int by_signal = WIFSIGNALED (wait_status) ? WTERMSIG (wait_status) : 0;

  if (end == PROBITY_PDF_END_TOO_MUCH || length > PROBITY_DOCUMENT_MAX_TEXT)
    return refuse (name, PROBITY_DOCUMENT_ERROR_TOO_LARGE, "it is longer than what is read here", error);
  if (end == PROBITY_PDF_END_TIME || by_signal == SIGXCPU || by_signal == SIGKILL)
    return refuse (name, PROBITY_DOCUMENT_ERROR_TIME, "it took too long to be read", error);
  if (!WIFEXITED (wait_status))
    return refuse (name, PROBITY_DOCUMENT_ERROR_DAMAGED, "it is damaged, or was made to do harm", error);

  switch (WEXITSTATUS (wait_status))
    {
    case PROBITY_PDF_READING_DONE:
      if (memchr (output, '\0', length) != NULL || !g_utf8_validate (output, (gssize) length, NULL))
        return refuse (name, PROBITY_DOCUMENT_ERROR_DAMAGED, "what was read from it is no text", error);
      return g_strndup (output, length);
    case PROBITY_PDF_READING_ENCRYPTED:
      return refuse (name, PROBITY_DOCUMENT_ERROR_ENCRYPTED, "it is encrypted; open it with its passphrase, copy its text and paste it", error);
    case PROBITY_PDF_READING_TOO_LARGE:
      return refuse (name, PROBITY_DOCUMENT_ERROR_TOO_LARGE, "it is longer than what is read here", error);
    case PROBITY_PDF_READING_NO_TEXT:
      return refuse (name, PROBITY_DOCUMENT_ERROR_NO_TEXT, "there is no text in it; a scan holds pictures only", error);
    case PROBITY_PDF_READING_FAILED:
      return refuse (name, PROBITY_DOCUMENT_ERROR_UNAVAILABLE, "the program that reads PDF files could not give up its rights, and reads nothing without that", error);
    case PROBITY_PDF_READING_NO_LIBRARY:
      return refuse (name, PROBITY_DOCUMENT_ERROR_UNAVAILABLE, "the program that reads PDF files lacks a library", error);
    default:
      return refuse (name, PROBITY_DOCUMENT_ERROR_DAMAGED, "it is damaged", error);
    }
}

char *
probity_pdf_read_text (GBytes       *bytes,
                       const char   *name,
                       GCancellable *cancellable,
                       GError      **error)
{
  Run run = { .output_fd = -1, .cancellable = cancellable };
  g_autoptr (GString) output = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;
  ProbityPdfEnd end;
  int           status;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !start (&run, bytes, name, error))
    return NULL;
  run.deadline = g_get_monotonic_time () + MAX_SECONDS * G_TIME_SPAN_SECOND;
  end = collect (&run, output, &local_error);
  if (end != PROBITY_PDF_END_EXIT || local_error != NULL)
    kill (run.pid, SIGKILL);
  status = reap (&run);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return probity_pdf_judge (end, status, output->str, output->len, name, error);
}
