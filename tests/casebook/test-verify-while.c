/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "second-job-fixture.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What verify finds while others work on the casebook. */

static Force *force;
static gint   n_more; /* how often something is still done before the keyring is read */
static guint  n_done;

typedef struct
{
  GMutex   lock;
  GCond    changed;
  gboolean done;
} Work;

/* A new case and its check: rows in two compartments, the second of the first. */
static gboolean
work_cb (gpointer data)
{
  Work            *work = data;
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  n_done++;
  g_mutex_lock (&work->lock);
  work->done = TRUE;
  g_cond_signal (&work->changed);
  g_mutex_unlock (&work->lock);

  return G_SOURCE_REMOVE;
}

static gboolean
is_reader (void)
{
  char name[32] = "";

  pthread_getname_np (pthread_self (), name, sizeof name);

  return g_str_equal (name, "casebook-reader");
}

/* Threads that prove a compartment read the keyring once they have begun with it. Others read it too, and must not wait here. */
int
open (const char *path,
      int         flags,
      ...)
{
  va_list arguments;
  mode_t  mode;

  va_start (arguments, flags);
  mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (arguments, mode_t) : 0;
  va_end (arguments);

  if (g_atomic_int_get (&n_more) > 0 && g_str_has_suffix (path, "/keyring.jsonl") && is_reader () && g_atomic_int_add (&n_more, -1) > 0)
    {
      Work work = { .done = FALSE };

      g_mutex_init (&work.lock);
      g_cond_init (&work.changed);
      g_idle_add (work_cb, &work);
      g_mutex_lock (&work.lock);
      while (!work.done)
        g_cond_wait (&work.changed, &work.lock);
      g_mutex_unlock (&work.lock);
      g_mutex_clear (&work.lock);
      g_cond_clear (&work.changed);
    }

  return (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
}

/* Rule: rows are held against those of another compartment as they were at one moment: a case and its check that come meanwhile are no forgery. */
static void
test_new_case (void)
{
  force = force_new ("derbyshire");
  /* Once for each compartment. */
  g_atomic_int_set (&n_more, PROBITY_N_COMPARTMENTS);
  assert_verified (force->decider);
  g_assert_cmpuint (n_done, ==, PROBITY_N_COMPARTMENTS);
  assert_verified (force->decider);
  force_free (force);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/verify-while/new-case", test_new_case);

  return g_test_run ();
}
