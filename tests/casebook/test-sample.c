/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session-fixture.h"

#include <string.h>

#include "ctl-sample.h"
#include "probity-annual-review.h"
#include "probity-instant.h"
#include "probity-second-job.h"

/* The sample casebook, whenever it is made. */

/* Before people come to work. */
#define MADE "2026-11-23T03:12:45.000Z"
#define LATER "2026-11-23T03:13:10.000Z"

static DexFuture *
make_fiber (gpointer data)
{
  GError *error = NULL;

  return ctl_sample_make (data, &error) ? dex_future_new_true () : dex_future_new_for_error (error);
}

static ProbitySession *
sign_in (const CtlSampleOptions *options,
         const char             *account,
         ProbityClock           *clock)
{
  return wait_for_object (probity_session_sign_in (options->folder, account, CTL_SAMPLE_PASSPHRASE, clock));
}

static void
assert_nothing_to_come (ProbitySession *session)
{
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    if (probity_casebook_has (probity_session_get_casebook (session), (ProbityCompartment) i))
      g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (session), (ProbityCompartment) i, "SELECT count(*) FROM audit_entry WHERE at > '" LATER "'", NULL)), ==, 0);
}

static char *
dup_state (ProbitySession *session,
           const char     *reference,
           char          **ret_outstanding)
{
  g_autoptr (GPtrArray) calls = wait_for_boxed (probity_annual_review_load (session, 0));

  for (guint i = 0; i < calls->len; i++)
    {
      ProbityValues *call = g_ptr_array_index (calls, i);
      const char    *state = probity_values_get (call, "state");

      if (reference != NULL && g_str_equal (probity_values_get (call, "reference"), reference))
        return g_strdup (state);
      if (reference == NULL && g_str_equal (state, "outstanding"))
        g_set_str (ret_outstanding, probity_values_get (call, "reference"));
    }

  return NULL;
}

/* Rule: nothing in it is of a time to come, and what is done just after it was made comes after all of it: a return that is taken is taken. */
static void
test_early (void)
{
  g_autofree char *base = g_dir_make_tmp ("sample-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (base, "sample", NULL);
  g_autofree char *reference = NULL;
  g_autofree char *state = NULL;
  g_autoptr (ProbityClock) clock = probity_clock_new_fixed (LATER);
  CtlSampleOptions options = { .folder = folder, .force = "durham", .seed = 2012 };
  ProbitySession  *hr, *decider;
  gint64           made_ms;

  g_assert_true (probity_instant_to_ms (MADE, &made_ms));
  options.now = made_ms * 1000;
  wait_for_success (dex_scheduler_spawn (NULL, 0, make_fiber, &options, NULL));

  hr = sign_in (&options, "hr-officer", clock);
  dup_state (hr, NULL, &reference);
  g_assert_nonnull (reference);
  wait_for_success (probity_second_job_review (hr, reference, "no-change", NULL, NULL));
  state = dup_state (hr, reference, NULL);
  g_assert_cmpstr (state, ==, "no-change");
  assert_nothing_to_come (hr);
  session_fixture_sign_out (hr);

  decider = sign_in (&options, "decider", clock);
  assert_nothing_to_come (decider);
  assert_verified (decider);
  session_fixture_sign_out (decider);
  remove_tree (base);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *state = g_dir_make_tmp ("sample-state-XXXXXX", NULL);
  int              status;

  g_setenv ("PROBITY_STATE_DIR", state, TRUE);
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/sample/early", test_early);
  status = g_test_run ();
  remove_tree (state);

  return status;
}
