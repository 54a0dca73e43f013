/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "ctl-passphrase.h"

/* Longer than any passphrase that a person types; a file that is not one is noticed. */
#define MAX_BYTES 1024

static char *from_environment;

static char *
new_buffer (void)
{
  char *buffer = sodium_malloc (MAX_BYTES + 2);

  if (buffer == NULL)
    g_error ("No locked memory for a passphrase");
  sodium_memzero (buffer, MAX_BYTES + 2);
  return buffer;
}

/* Reads without stdio, whose buffers would keep a copy. */
static char *
read_fd (int         fd,
         const char *name,
         gboolean    one_line,
         GError    **error)
{
  g_autoptr (CtlPassphrase) buffer = new_buffer ();
  gsize n = 0;

  for (;;)
    {
      gssize got = read (fd, buffer + n, one_line ? 1 : MAX_BYTES + 1 - n);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          g_set_error (error, CTL_ERROR, CTL_ERROR_FILE, "%s: %s", name, g_strerror (errno));
          return NULL;
        }
      n += got;
      if (n > MAX_BYTES)
        {
          g_set_error (error, CTL_ERROR, CTL_ERROR_FILE, "%s: longer than %d bytes", name, MAX_BYTES);
          return NULL;
        }
      if (got == 0 || (one_line && buffer[n - 1] == '\n'))
        break;
    }

  if (n > 0 && buffer[n - 1] == '\n')
    n--;
  buffer[n] = '\0';
  if (strlen (buffer) != n || !g_utf8_validate (buffer, n, NULL))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_FILE, "%s: not a line of UTF-8 text", name);
      return NULL;
    }

  return g_steal_pointer (&buffer);
}

static char *
read_file (const char *path,
           GError    **error)
{
  int   fd = open (path, O_RDONLY | O_CLOEXEC);
  char *passphrase;

  if (fd < 0)
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_FILE, "%s: %s", path, g_strerror (errno));
      return NULL;
    }
  passphrase = read_fd (fd, path, FALSE, error);
  close (fd);
  return passphrase;
}

static char *
ask (const char *prompt,
     GError    **error)
{
  struct termios before, silent;
  int            fd = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  char          *passphrase;

  if (fd < 0 || tcgetattr (fd, &before) != 0)
    {
      if (fd >= 0)
        close (fd);
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "No passphrase: give --passphrase-file FILE or PROBITY_PASSPHRASE, or call from a terminal");
      return NULL;
    }

  silent = before;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (fd, TCSAFLUSH, &silent);
  (void) !write (fd, prompt, strlen (prompt));
  passphrase = read_fd (fd, "terminal", TRUE, error);
  tcsetattr (fd, TCSAFLUSH, &before);
  (void) !write (fd, "\n", 1);
  close (fd);

  return passphrase;
}

void
ctl_passphrase_take_environment (void)
{
  char *value = getenv ("PROBITY_PASSPHRASE");

  if (value == NULL)
    return;
  if (strlen (value) <= MAX_BYTES)
    {
      from_environment = new_buffer ();
      memcpy (from_environment, value, strlen (value));
    }
  sodium_memzero (value, strlen (value));
  unsetenv ("PROBITY_PASSPHRASE");
}

char *
ctl_passphrase_dup (CtlCall    *call,
                    const char *account,
                    GError    **error)
{
  const char      *path = ctl_call_get_option (call, "passphrase-file");
  g_autofree char *prompt = NULL;

  if (path != NULL)
    return read_file (path, error);
  if (from_environment != NULL)
    {
      char *copy = new_buffer ();

      memcpy (copy, from_environment, strlen (from_environment));
      return copy;
    }

  prompt = g_strdup_printf ("Passphrase of %s: ", account);
  return ask (prompt, error);
}

char *
ctl_passphrase_dup_new (CtlCall    *call,
                        const char *name,
                        const char *account,
                        GError    **error)
{
  const char      *path = ctl_call_get_option (call, name);
  g_autofree char *prompt = g_strdup_printf ("New passphrase for %s: ", account);
  g_autoptr (CtlPassphrase) first = NULL;
  g_autoptr (CtlPassphrase) second = NULL;

  if (path != NULL)
    return read_file (path, error);

  first = ask (prompt, error);
  if (first == NULL)
    return NULL;
  second = ask ("The same again: ", error);
  if (second == NULL)
    return NULL;
  if (strcmp (first, second) != 0)
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_FAILED, "The two passphrases differ");
      return NULL;
    }
  return g_steal_pointer (&first);
}

void
ctl_passphrase_free (char *passphrase)
{
  if (passphrase != NULL)
    sodium_free (passphrase);
}
