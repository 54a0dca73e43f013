/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bench-fill.h"
#include "bench-sample.h"

#include "../casebook/session-fixture.h"

/*
 * Makes a casebook with long lists, to be named to other benchmarks as PROBITY_CASEBOOK:
 *
 *     long-casebook PROBITYCTL FOLDER [LIST ROWS]…
 *
 *     mkdir /tmp/long
 *     PROBITY_DATADIR=data _build-bench/tests/bench/long-casebook _build-bench/app/ctl/probityctl /tmp/long/casebook \
 *       second-jobs 1000000 conduct 1000000 leaks 1000000
 *
 * It is the sample of Derbyshire with 100,000 people, and of each LIST so many rows more, in bulk: what these lack
 * stands in bench-fill.h. FOLDER's parent must be there; what a workstation remembers goes beside it.
 */
int
main (int   argc,
      char *argv[])
{
  g_autofree char *base = NULL;
  g_autofree char *folder = NULL;

  g_assert_cmpint (argc, >=, 3);
  base = g_path_get_dirname (argv[2]);
  g_assert_cmpstr (g_getenv ("PROBITY_CASEBOOK"), ==, NULL);
  folder = bench_dup_sample_at (argv[1], argv[2], base, (const char *const[]) { "--people", "100000", NULL });

  dex_init ();
  for (int i = 3; i + 1 < argc; i += 2)
    {
      const char *account = g_str_equal (argv[i], "conduct") ? "psd-officer" : g_str_equal (argv[i], "leaks") ? "acu-officer"
                                                                                                              : "head-of-hr";
      g_autoptr (ProbitySession) session = wait_for_object (probity_session_sign_in (folder, account, BENCH_SAMPLE_PASSPHRASE, NULL));
      gint64 begun = g_get_monotonic_time ();

      bench_fill (probity_session_get_casebook (session), argv[i], (guint) g_ascii_strtoull (argv[i + 1], NULL, 10));
      g_print ("%s of %s in %.0f s\n", argv[i + 1], argv[i], (g_get_monotonic_time () - begun) / 1e6);
      wait_for_success (probity_session_sign_out (session));
    }

  return 0;
}
