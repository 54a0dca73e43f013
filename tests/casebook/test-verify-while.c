/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-appeal.h"
#include "probity-closing.h"
#include "probity-link.h"
#include "probity-seal.h"
#include "probity-sealed-private.h"
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

static gboolean
is_thread (const char *expected)
{
  char name[32] = "";

  pthread_getname_np (pthread_self (), name, sizeof name);

  return g_str_equal (name, expected);
}

/* Runs @func on the main thread and waits for it. */
static void
do_meanwhile (GSourceFunc func)
{
  Work work = { .done = FALSE };

  g_mutex_init (&work.lock);
  g_cond_init (&work.changed);
  g_idle_add (func, &work);
  g_mutex_lock (&work.lock);
  while (!work.done)
    g_cond_wait (&work.changed, &work.lock);
  g_mutex_unlock (&work.lock);
  g_mutex_clear (&work.lock);
  g_cond_clear (&work.changed);
}

static void
end_work (Work *work)
{
  g_mutex_lock (&work->lock);
  work->done = TRUE;
  g_cond_signal (&work->changed);
  g_mutex_unlock (&work->lock);
}

/* A new case and its check: rows in two compartments, the second of the first. */
static gboolean
work_cb (gpointer data)
{
  Work            *work = data;
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  n_done++;
  end_work (work);

  return G_SOURCE_REMOVE;
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

  if (g_atomic_int_get (&n_more) > 0 && g_str_has_suffix (path, "/keyring.jsonl") && is_thread ("casebook-reader") && g_atomic_int_add (&n_more, -1) > 0)
    do_meanwhile (work_cb);

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

/* --- Between the commits of one command --- */

static ProbitySession *watcher; /* who verifies; NULL: nobody */
static guint           n_verified;
static guint           n_halves; /* of these, how often the second half was to come */

static gboolean
verify_cb (gpointer data)
{
  /* A head may be written by itself when nobody looks on any more. */
  if (watcher != NULL)
    {
      n_verified++;
      n_halves += wait_for_int64 (read_int64 (probity_session_get_casebook (watcher), PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT count(*) FROM outbox", NULL)) > 0;
      assert_verified (watcher);
    }
  end_work (data);

  return G_SOURCE_REMOVE;
}

/* A commit is seen by others after one of these: at the next one its compartment is written, and those that follow are not. */
static void
look_on (void)
{
  if (g_atomic_pointer_get (&watcher) != NULL && is_thread ("casebook-writer"))
    do_meanwhile (verify_cb);
}

int
fsync (int fd)
{
  int rc = (int) syscall (SYS_fsync, fd);

  look_on ();

  return rc;
}

int
fdatasync (int fd)
{
  int rc = (int) syscall (SYS_fdatasync, fd);

  look_on ();

  return rc;
}

/* From now on @session, which writes nothing meanwhile, looks on at every commit of the others. */
static void
begin_to_watch (ProbitySession *session)
{
  n_verified = 0;
  n_halves = 0;
  g_atomic_pointer_set (&watcher, session);
}

static void
end_to_watch (guint n_least,
              guint n_least_halves)
{
  g_atomic_pointer_set (&watcher, NULL);
  g_test_message ("verified %u times, %u of them with an open half", n_verified, n_halves);
  g_assert_cmpuint (n_verified, >=, n_least);
  g_assert_cmpuint (n_halves, >=, n_least_halves);
}

/* Rule: of a command over two compartments of which one is committed and the other is not, nothing is damaged and nothing forged. */
static void
test_second_job (void)
{
  ProbityDecision       refuse = { .action = "refuse", .open_reasons = "conflict with the office", .restricted_reasons = "the landlord is a target" };
  ProbityAppealDecision dismiss = { .outcome = "dismissed", .reasons = "heard on both sides" };
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autofree char *refused = NULL;
  g_autofree char *approved = NULL;
  g_autofree char *complaint = NULL;
  g_autofree char *report = NULL;
  ProbitySession  *looker, *chief;

  force = force_new ("generic");
  session_fixture_add (force->casebook, "looker", "decider", "6009");
  session_fixture_add (force->casebook, "chief", "chief-officer", "7001");
  looker = session_fixture_sign_in (force->casebook, "looker");
  chief = session_fixture_sign_in (force->casebook, "chief");
  begin_to_watch (looker);
  refused = force_submit (force, force->hr, "1001", "The Bell");
  approved = force_submit (force, force->hr, "1001", "The Crown");
  force_prepare (force, refused);
  force_prepare (force, approved);
  wait_for_success (probity_second_job_decide (force->decider, refused, &refuse));
  wait_for_success (force_decide (force->decider, approved, "approve-with-conditions"));
  wait_for_success (probity_appeal_serve (force->hr, refused, "2026-03-02", "by hand"));
  probity_values_set (values, "grounds", "The bar is shut when I am on duty.");
  wait_for_success (probity_appeal_lodge (force->hr, refused, values));
  wait_for_success (probity_appeal_seal (force->decider, refused, NULL));
  wait_for_success (probity_appeal_decide (chief, refused, &dismiss));
  /* What came later asks for the checks again. */
  complaint = force_add_complaint (force, "CO/1", "Drink after hours", "1001", "Jonathan Applegate", NULL);
  report = force_add_report (force, "IR/1", "He drinks there.", "He drinks there.", "1001", "Jonathan Applegate");
  end_to_watch (20, 3);
  session_fixture_sign_out (chief);
  session_fixture_sign_out (looker);
  force_free (force);
}

/* With both checks, and a link to a second job. */
static char *
investigate (void)
{
  g_autofree char *reference = force_investigate (force->psd, &probity_conduct_case, "Words in a bar", "1001");
  g_autofree char *other = force_submit (force, force->hr, "1001", "The Bell");

  wait_for_success (probity_investigation_decide (force->psd, reference, NULL, "It was said."));
  wait_for_success (probity_link_add (force->acu, "conduct-investigation", reference, "second-job", other, "related", "the same bar"));
  force_check (force->acu, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);

  return g_steal_pointer (&reference);
}

/* Rule: nor of an investigation, from its opening to its closing. */
static void
test_investigation (void)
{
  g_autofree char *reference = NULL;
  ProbitySession  *looker;

  force = force_new ("generic");
  session_fixture_add (force->casebook, "looker", "decider", "6009");
  looker = session_fixture_sign_in (force->casebook, "looker");
  begin_to_watch (looker);
  reference = investigate ();
  wait_for_success (probity_closing_propose (force->psd, reference, "no-further-action", "Nothing came of it."));
  wait_for_success (probity_closing_close (force->decider, reference, "no-further-action", "Nothing came of it.", NULL));
  end_to_watch (10, 0);
  session_fixture_sign_out (looker);
  force_free (force);
}

/* Rule: nor of a case that moves to a seal, for who stays outside and, once it is theirs, for who holds it. */
static void
test_seal (void)
{
  static const char *const holders[] = { "decider", NULL };
  g_autofree char         *job = NULL;
  g_autofree char         *leak = NULL;
  g_autofree char         *conduct = NULL;
  ProbitySession          *looker;

  force = force_new ("generic");
  session_fixture_add (force->casebook, "looker", "decider", "6009");
  looker = session_fixture_sign_in (force->casebook, "looker");
  probity_sealed_places_per_account = 4;
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  job = force_submit (force, force->hr, "1001", "The Bell");
  force_prepare (force, job);
  leak = force_investigate (force->acu, &probity_leak_case, "A page", "1001");
  conduct = investigate ();
  begin_to_watch (looker);
  wait_for_success (probity_case_seal (force->acu, conduct, holders, "His brother reads the compartment."));
  wait_for_success (probity_case_seal (force->acu, job, holders, "His brother reads the compartment."));
  wait_for_success (probity_case_seal (force->acu, leak, holders, "His brother reads the compartment."));
  end_to_watch (20, 0);
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  begin_to_watch (force->decider);
  wait_for_success (probity_investigation_decide (force->acu, leak, NULL, "It was said."));
  wait_for_success (probity_case_seal_without (force->acu, job, holders, "DCI Oldroyd", "Moved to another unit."));
  end_to_watch (6, 0);
  session_fixture_sign_out (looker);
  force_free (force);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/verify-while/new-case", test_new_case);
  g_test_add_func ("/verify-while/second-job", test_second_job);
  g_test_add_func ("/verify-while/investigation", test_investigation);
  g_test_add_func ("/verify-while/seal", test_seal);

  return g_test_run ();
}
