/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "casebook-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "probity-casebook-private.h"
#include "probity-scratch.h"

/* Locks in the moments in which programs come and go. */

/* What SQLite locks of a database (its file format, 1.2). */
#define SHARED_FIRST (0x40000000 + 2)
#define SHARED_SIZE 510

/* Runs once, just before a flock() of this process: that after the next @n_flocks. */
static void (*before_flock) (void);
static guint n_flocks;

/* How many more calls that change a folder are let through before this process is gone, as if it were killed; negative: all. */
static int steps_left = -1;

static void
count_step (void)
{
  if (steps_left >= 0 && steps_left-- == 0)
    _exit (3);
}

int
flock (int fd,
       int operation)
{
  void (*run) (void) = before_flock;

  count_step ();
  if (run != NULL && n_flocks == 0)
    {
      before_flock = NULL;
      run ();
    }
  else if (run != NULL)
    {
      n_flocks--;
    }

  return (int) syscall (SYS_flock, fd, operation);
}

int
mkdir (const char *path,
       mode_t      mode)
{
  count_step ();

  return (int) syscall (SYS_mkdirat, AT_FDCWD, path, mode);
}

int
rename (const char *from,
        const char *to)
{
  count_step ();

  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
renameat2 (int          from_folder,
           const char  *from,
           int          to_folder,
           const char  *to,
           unsigned int flags)
{
  count_step ();

  return (int) syscall (SYS_renameat2, from_folder, from, to_folder, to, flags);
}

int
remove (const char *path)
{
  count_step ();
  if (syscall (SYS_unlinkat, AT_FDCWD, path, 0) == 0)
    return 0;

  return errno == EISDIR ? (int) syscall (SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR) : -1;
}

typedef struct
{
  pid_t pid;
  int   go; /* closed: the child ends */
} Child;

/* A copy of this process that does nothing but keep what is open, and the databases in @paths locked. */
static Child
fork_child (const char *const *paths)
{
  Child child;
  int   ready[2];
  int   go[2];
  char  byte = 0;

  g_assert_no_errno (pipe (ready));
  g_assert_no_errno (pipe (go));
  child.pid = fork ();
  g_assert_cmpint (child.pid, >=, 0);
  if (child.pid == 0)
    {
      struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = SHARED_FIRST, .l_len = SHARED_SIZE };

      close (go[1]);
      for (; *paths != NULL; paths++)
        {
          int fd = open (*paths, O_RDWR);

          if (fd < 0 || fcntl (fd, F_SETLK, &lock) != 0)
            _exit (1);
        }
      if (write (ready[1], &byte, 1) != 1 || read (go[0], &byte, 1) != 0)
        _exit (2);
      _exit (0);
    }
  close (ready[1]);
  close (go[0]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);
  child.go = go[1];

  return child;
}

static void
end_child (Child *child)
{
  int status;

  close (child->go);
  g_assert_cmpint (waitpid (child->pid, &status, 0), ==, child->pid);
  g_assert_cmpint (status, ==, 0);
}

static gboolean
is_taken (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  struct flock     lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1 };
  int              fd = open (path, O_RDWR | O_CLOEXEC);

  g_assert_no_errno (fcntl (fd, F_OFD_GETLK, &lock));
  close (fd);

  return lock.l_type != F_UNLCK;
}

static gboolean
count_cb (gpointer data)
{
  (*(guint *) data)++;

  return G_SOURCE_CONTINUE;
}

/*
 * Rule: what another program has locked for a moment is waited for from the first read on. A program that is killed while it
 * closes a casebook leaves such a moment: its files are closed in the order in which they were opened, and the write
 * lock's was the first.
 */
static void
test_open_waits (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autofree char *journal = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_JOURNAL, "");
  g_autofree char *registers = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_REGISTERS, "");
  Child            child = fork_child ((const char *const[]) { journal, registers, NULL });
  g_autoptr (DexFuture) opened = probity_casebook_open (fixture->folder, fixture->keys, fixture->clock);
  g_autoptr (GError) error = NULL;
  const GValue *value;
  guint         n_ticks = 0;
  const guint   tick = g_timeout_add (20, count_cb, &n_ticks);

  /* It comes to the databases as soon as it has the lock; what does not wait there is refused by now, or at the latest at the end. */
  while (dex_future_is_pending (opened) && !is_taken (fixture->folder))
    g_main_context_iteration (NULL, TRUE);
  n_ticks = 0;
  while (dex_future_is_pending (opened) && n_ticks < 10)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  end_child (&child);

  wait_for (opened);
  value = dex_future_get_value (opened, &error);
  g_assert_no_error (error);
  wait_for_success (probity_casebook_close (g_value_get_object (value)));
}

/* Rule: a lock that is let go is free, although a child that is just being started has the same file open. */
static void
test_closed_with_child (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityLock) other = probity_lock_open (fixture->folder, FALSE, NULL);
  ProbityLock *lock = probity_lock_open (fixture->folder, FALSE, NULL);
  Child        child;

  g_assert_true (probity_lock_hold_back (lock, NULL));
  g_assert_true (probity_lock_take (other, NULL));
  g_assert_true (probity_lock_is_held_back (other));
  child = fork_child ((const char *const[]) { NULL });
  probity_lock_close (lock);
  g_assert_false (probity_lock_is_held_back (other));
  probity_lock_release (other);
  end_child (&child);
}

static ProbityScratch *other_scratch;

static void
make_other_scratch (void)
{
  g_autoptr (GError) error = NULL;

  other_scratch = probity_scratch_new_somewhere (NULL, &error);
  g_assert_no_error (error);
}

/* Rule: who clears away what killed programs left does not take a folder that is just being made for one of theirs. */
static void
test_scratch_in_the_making (void)
{
  g_autoptr (ProbityScratch) scratch = NULL;
  g_autoptr (GError) error = NULL;

  n_flocks = 0;
  before_flock = make_other_scratch;
  scratch = probity_scratch_new_somewhere (NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (other_scratch);
  g_assert_true (g_file_test (probity_scratch_get_casebook (scratch), G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_test (probity_scratch_get_casebook (other_scratch), G_FILE_TEST_IS_DIR));
  g_clear_pointer (&other_scratch, probity_scratch_free);
}

/* What was left at a path, and is cleared away and made anew by another program between two calls of one that clears away. */
static char *left;

static void
renew_left (void)
{
  g_autoptr (GError) error = NULL;

  probity_remove_tree (left);
  other_scratch = probity_scratch_new (left, &error);
  g_assert_no_error (error);
}

/* Rule: nor one that another program made meanwhile in the place of what was left; and it says that somebody works there. */
static void
test_scratch_renewed (void)
{
  g_autofree char *base = g_dir_make_tmp ("locks-XXXXXX", NULL);
  g_autofree char *owner = NULL;
  g_autoptr (ProbityScratch) scratch = NULL;
  g_autoptr (GError) error = NULL;

  left = g_build_filename (base, "restored.unfinished", NULL);
  owner = g_build_filename (left, "owner", NULL);
  g_assert_no_errno (g_mkdir (left, 0700));
  g_assert_true (g_file_set_contents (owner, "", -1, NULL));
  /* The first is of the folder that takes its place. */
  n_flocks = 1;
  before_flock = renew_left;
  scratch = probity_scratch_new (left, &error);
  assert_casebook_error (error, BUSY);
  g_clear_error (&error);
  g_assert_null (probity_scratch_new (left, &error));
  assert_casebook_error (error, BUSY);
  g_assert_true (g_file_test (probity_scratch_get_casebook (other_scratch), G_FILE_TEST_IS_DIR));
  g_clear_pointer (&other_scratch, probity_scratch_free);
  g_clear_pointer (&left, g_free);
  remove_tree (base);
}

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* Runs @work in a child that is gone before its call number @step; whether it came to its end instead. */
static gboolean
run_until (void (*work) (const char *folder),
           const char *folder,
           int         step)
{
  pid_t pid = fork ();
  int   status;

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      steps_left = step;
      work (folder);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_true (WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == 3);

  return WEXITSTATUS (status) == 0;
}

static void
work_somewhere (const char *cache)
{
  probity_scratch_free (probity_scratch_new_somewhere (NULL, NULL));
}

static void
work_at (const char *path)
{
  probity_scratch_free (probity_scratch_new (path, NULL));
}

/* Rule: wherever a program is killed that makes a scratch folder or takes it away, the next one clears away what it left. */
static void
test_scratch_left (void)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "probity", NULL);
  int              step = 0;

  while (!run_until (work_somewhere, cache, step++))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ProbityScratch) scratch = probity_scratch_new_somewhere (NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (count_entries (cache), ==, 1);
      g_clear_pointer (&scratch, probity_scratch_free);
      g_assert_cmpuint (count_entries (cache), ==, 0);
    }
  g_assert_cmpint (step, >, 6);
}

/* Rule: the same beside a folder that is restored; but a folder of that name which is nobody's scratch is let be. */
static void
test_scratch_left_beside (void)
{
  g_autofree char *base = g_dir_make_tmp ("locks-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (base, "restored.unfinished", NULL);
  int              step = 0;

  while (!run_until (work_at, path, step++))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ProbityScratch) scratch = probity_scratch_new (path, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (count_entries (base), ==, 1);
      g_clear_pointer (&scratch, probity_scratch_free);
      g_assert_cmpuint (count_entries (base), ==, 0);
    }
  g_assert_cmpint (step, >, 6);

  g_assert_no_errno (g_mkdir (path, 0700));
  g_assert_null (probity_scratch_new (path, NULL));
  g_assert_cmpuint (count_entries (base), ==, 1);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
  remove_tree (base);
}

static void
work_place (const char *folder)
{
  g_autoptr (GBytes) keys = g_bytes_new_static ("keys", 4);

  probity_casebook_clear_making (folder);
  probity_casebook_make_place (folder, keys, NULL);
}

static void
clear_making (void)
{
  probity_casebook_clear_making (left);
}

/* Rule: nor does a place for a sealed case stay behind unfinished; and none is cleared away that is just being made. */
static void
test_place_left (void)
{
  g_autofree char *base = g_dir_make_tmp ("locks-XXXXXX", NULL);
  g_autoptr (GBytes) keys = g_bytes_new_static ("keys", 4);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  int step = 0;

  while (!run_until (work_place, base, step++))
    {
      probity_casebook_clear_making (base);
      names = probity_casebook_list_places (base, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (count_entries (base), ==, g_strv_length (names));
      g_clear_pointer (&names, g_strfreev);
    }
  g_assert_cmpint (step, >, 2);

  left = g_strdup (base);
  n_flocks = 0;
  before_flock = clear_making;
  g_assert_true (probity_casebook_make_place (base, keys, &error));
  g_assert_no_error (error);
  g_assert_null (before_flock);
  names = probity_casebook_list_places (base, &error);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpuint (count_entries (base), ==, 2);
  g_clear_pointer (&left, g_free);
  remove_tree (base);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *cache = g_dir_make_tmp ("locks-XXXXXX", NULL);
  int              status;

  /* Other tests make scratch folders too. */
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  /* These fork, and go first: no thread is begun yet. */
  g_test_add_func ("/casebook/locks/scratch-left", test_scratch_left);
  g_test_add_func ("/casebook/locks/scratch-left-beside", test_scratch_left_beside);
  g_test_add_func ("/casebook/locks/place-left", test_place_left);
  g_test_add_func ("/casebook/locks/open-waits", test_open_waits);
  g_test_add_func ("/casebook/locks/closed-with-child", test_closed_with_child);
  g_test_add_func ("/casebook/locks/scratch-in-the-making", test_scratch_in_the_making);
  g_test_add_func ("/casebook/locks/scratch-renewed", test_scratch_renewed);

  status = g_test_run ();
  remove_tree (cache);

  return status;
}
