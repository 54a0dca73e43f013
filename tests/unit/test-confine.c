/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-confine.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a program that has given up its rights can still do. Each act is tried in a process of its own. */

typedef int (*Act) (void);

static int kept_fd = -1;

/* The status in which a process ends that tries @act, before or after it gave up its rights. */
static int
try (Act      act,
     gboolean confined)
{
  pid_t pid = fork ();
  int   status;

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      if (confined && !probity_confine ())
        _exit (99);
      _exit (act ());
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);

  return status;
}

/* An act that works for others (its status is 0) ends with the errno @expected for a confined one. */
static void
assert_refused (Act act,
                int expected)
{
  int before = try (act, FALSE);
  int after = try (act, TRUE);

  g_assert_true (WIFEXITED (before));
  g_assert_cmpint (WEXITSTATUS (before), ==, 0);
  g_assert_true (WIFEXITED (after));
  g_assert_cmpint (WEXITSTATUS (after), ==, expected);
}

static void
assert_kills (Act act)
{
  int before = try (act, FALSE);
  int after = try (act, TRUE);

  g_assert_true (WIFEXITED (before));
  g_assert_cmpint (WEXITSTATUS (before), ==, 0);
  g_assert_true (WIFSIGNALED (after));
  g_assert_cmpint (WTERMSIG (after), ==, SIGSYS);
}

static int
answer (gboolean ok)
{
  return ok ? 0 : errno;
}

static int
read_file (void)
{
  return answer (open ("/etc/passwd", O_RDONLY) >= 0);
}

static int
write_file (void)
{
  return answer (open ("/dev/null", O_WRONLY) >= 0);
}

static int
look_for_file (void)
{
  struct stat info;

  return answer (stat ("/etc/passwd", &info) == 0);
}

static int
use_kept_descriptor (void)
{
  char byte;

  return answer (pread (kept_fd, &byte, 1, 0) == 1);
}

static int
read_kept_descriptor (void)
{
  char byte;

  lseek (kept_fd, 0, SEEK_SET);
  return answer (read (kept_fd, &byte, 1) == 1);
}

static int
make_socket (void)
{
  return answer (socket (AF_UNIX, SOCK_STREAM, 0) >= 0);
}

static int
make_process (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    _exit (0);
  return answer (pid > 0);
}

static void *
thread_func (void *data)
{
  return data;
}

static int
make_thread (void)
{
  pthread_t thread;

  return pthread_create (&thread, NULL, thread_func, NULL) == 0 ? 0 : EAGAIN;
}

static int
start_program (void)
{
  char *const argv[] = { (char *) "true", NULL };
  char *const envp[] = { NULL };

  execve ("/bin/true", argv, envp);
  return errno;
}

static int
signal_parent (void)
{
  return answer (kill (getppid (), 0) == 0);
}

static int
map_code (void)
{
  return answer (mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}

static int
make_code (void)
{
  void *memory = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return answer (memory != MAP_FAILED && mprotect (memory, 4096, PROT_READ | PROT_EXEC) == 0);
}

static int
be_traced (void)
{
  return answer (ptrace (PTRACE_TRACEME, 0, NULL, NULL) == 0);
}

static int
change_itself (void)
{
  return answer (prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
}

static int
remove_file (void)
{
  return unlink ("/nowhere/at/all") == 0 || errno == ENOENT ? 0 : errno;
}

static int
take_memory (void)
{
  const gsize size = 2 * (gsize) PROBITY_CONFINE_MEMORY;
  void       *memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  return answer (memory != MAP_FAILED);
}

static int
work (void)
{
  char *memory = malloc (32 * 1024 * 1024);

  if (memory == NULL)
    return 1;
  memset (memory, 1, 32 * 1024 * 1024);
  free (memory);
  return 0;
}

static void
test_files (void)
{
  g_test_summary ("No file is opened, for reading or writing, or looked for, and what was open before is closed");

  assert_refused (read_file, EACCES);
  assert_refused (write_file, EACCES);
  assert_refused (look_for_file, EACCES);
  assert_kills (remove_file);
  kept_fd = open ("/etc/passwd", O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (kept_fd, >, 2);
  assert_refused (read_kept_descriptor, EBADF);
  assert_kills (use_kept_descriptor);
  close (kept_fd);
}

static void
test_others (void)
{
  g_test_summary ("No socket, process, thread or program is made, and no other process is reached");

  assert_kills (make_socket);
  assert_kills (make_process);
  assert_kills (make_thread);
  assert_kills (start_program);
  assert_kills (signal_parent);
  assert_kills (be_traced);
}

static void
test_itself (void)
{
  g_test_summary ("No code is loaded, nothing is given back, memory has an end; and work goes on");

  assert_kills (map_code);
  assert_kills (make_code);
  assert_kills (change_itself);
  assert_refused (take_memory, ENOMEM);
  g_assert_cmpint (try (work, TRUE), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/confine/no files", test_files);
  g_test_add_func ("/confine/nobody else", test_others);
  g_test_add_func ("/confine/nothing more", test_itself);

  return g_test_run ();
}
