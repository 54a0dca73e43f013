/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"
#include "probity-case-log.h"
#include "probity-closing.h"
#include "probity-link-chart.h"
#include "probity-overview.h"
#include "second-job-fixture.h"

/*
 * A case goes out of a reader's sight between two readings of the program: a list and what is asked of each of its
 * cases, or a page and the same page once more. That is no error of the list, and no attempt of the reader.
 */

/* What both cases are about is the decider's relative, or is not. */
static void
set_related (Force      *force,
             const char *ended)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE relation SET ended = %s", ended);

  wait_for_success (run_sql (probity_session_get_casebook (force->head), PROBITY_COMPARTMENT_REGISTERS, sql));
}

static gint64
count_notes (Force *force)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (force->acu), PROBITY_COMPARTMENT_JOURNAL, "SELECT count(*) FROM sealed_note", NULL));
}

typedef struct
{
  GMutex   lock;
  GCond    changed;
  gboolean done;
} Flag;

static gboolean
raise_flag (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  Flag *flag = data;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_mutex_lock (&flag->lock);
  flag->done = TRUE;
  g_cond_signal (&flag->changed);
  g_mutex_unlock (&flag->lock);

  return TRUE;
}

/* While nothing else goes on here: the writer is done with the first once it is at the second. */
static void
relate_at_once (Force *force)
{
  ProbityCasebook *casebook = probity_session_get_casebook (force->head);
  Flag             flag = { .done = FALSE };
  g_autoptr (DexFuture) related = NULL;
  g_autoptr (DexFuture) raised = NULL;

  g_mutex_init (&flag.lock);
  g_cond_init (&flag.changed);
  related = run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "UPDATE relation SET ended = NULL");
  raised = probity_casebook_write (casebook, raise_flag, &flag, NULL);
  g_mutex_lock (&flag.lock);
  while (!flag.done)
    g_cond_wait (&flag.changed, &flag.lock);
  g_mutex_unlock (&flag.lock);
  wait_for_success (g_steal_pointer (&raised));
  wait_for_success (g_steal_pointer (&related));
  g_mutex_clear (&flag.lock);
  g_cond_clear (&flag.changed);
}

/* Two cases that wait for the decider, about somebody to whom they may be related. */
static void
prepare (Force *force,
         char **ret_job,
         char **ret_conduct)
{
  force_add_person (force, "6001", "Dinah", "Decider", "1970-01-02", NULL);
  force_relate (force, "6001", "1001");
  set_related (force, "'2020-01-01'");
  *ret_job = force_submit (force, force->hr, "1001", "The Bell");
  force_prepare (force, *ret_job);
  *ret_conduct = force_investigate (force->psd, &probity_conduct_case, "Words in a bar", "1001");
  wait_for_success (probity_investigation_decide (force->psd, *ret_conduct, NULL, "It was said."));
  force_check (force->acu, *ret_conduct, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, *ret_conduct, PROBITY_CHECK_INTELLIGENCE, NULL);
  wait_for_success (probity_closing_propose (force->psd, *ret_conduct, "no-further-action", "Nothing came of it."));
}

/*
 * Rule: a case that goes out of sight at whatever moment of the reading of a day just does not stand in it, and its reader
 * is not said to have tried to see it. Between two answers to this thread nothing of the reading goes on.
 */
static void
test_day (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *job = NULL;
  g_autofree char *conduct = NULL;
  gboolean         over = FALSE;
  gint64           n_notes;

  prepare (force, &job, &conduct);
  assert_day (force->decider, job, "waiting decide");
  assert_day (force->decider, conduct, "waiting close");
  n_notes = count_notes (force);

  for (guint moment = 0; !over; moment++)
    {
      g_autoptr (DexFuture) day = probity_my_day (force->decider);
      g_autoptr (GPtrArray) items = NULL;

      for (guint i = 0; i < moment && dex_future_is_pending (day); i++)
        g_main_context_iteration (NULL, TRUE);
      over = !dex_future_is_pending (day);
      /* The next answer is here, and nobody has looked at it. */
      while (!over && !g_main_context_pending (NULL))
        g_usleep (100);
      relate_at_once (force);
      items = wait_for_boxed (g_steal_pointer (&day));
      g_assert_nonnull (items);
      assert_day (force->decider, job, "");
      assert_day (force->decider, conduct, "");
      set_related (force, "'2020-01-01'");
      g_assert_cmpint (count_notes (force), ==, n_notes);
    }
  assert_day (force->decider, job, "waiting decide");
  assert_day (force->decider, conduct, "waiting close");
}

static void
assert_parts_not_found (ProbitySession *session,
                        const char     *reference,
                        const char     *uid,
                        ProbityVisit   *visit)
{
  assert_not_found (probity_record_load_in_visit (session, probity_record_kind_find ("second-job"), uid, visit));
  assert_not_found (probity_second_job_load_gate (session, reference));
  assert_not_found (probity_second_job_load_hours (session, reference, "1001", 8));
  assert_not_found (probity_case_load_timeline (session, &probity_second_job_case, uid));
  assert_not_found (probity_case_log_load (session, NULL, uid));
  assert_not_found (probity_link_chart_load (session, uid, visit));
}

/* Rule: nor is who has a case on a page that the program reads again; whoever opens it anew, or changes it, is. */
static void
test_page (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autoptr (ProbityVisit) visit = probity_visit_new (force->decider);
  g_autoptr (ProbityVisit) another = probity_visit_new (force->decider);
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityLinkChart) chart = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *uid = NULL;
  gint64           n_notes;

  force_add_person (force, "6001", "Dinah", "Decider", "1970-01-02", NULL);
  force_relate (force, "6001", "1001");
  set_related (force, "'2020-01-01'");
  reference = force_submit (force, force->hr, "1001", "The Bell");
  record = wait_for_boxed (probity_record_load_in_visit (force->decider, probity_record_kind_find ("second-job"), reference, visit));
  uid = g_strdup (probity_record_get_uid (record));
  chart = wait_for_boxed (probity_link_chart_load (force->decider, uid, visit));
  n_notes = count_notes (force);

  set_related (force, "NULL");
  assert_parts_not_found (force->decider, reference, uid, visit);
  g_assert_cmpint (count_notes (force), ==, n_notes);

  assert_not_found (probity_record_load_in_visit (force->decider, probity_record_kind_find ("second-job"), uid, another));
  g_assert_cmpint (count_notes (force), ==, n_notes + 1);
  assert_not_found (probity_case_load (force->decider, NULL, reference));
  g_assert_cmpint (count_notes (force), ==, n_notes + 2);
  assert_not_found (probity_case_log_add (force->decider, NULL, reference, "note", "words", 0));
  g_assert_cmpint (count_notes (force), ==, n_notes + 3);

  /* The page is closed: all of it is asked for by somebody. */
  g_clear_pointer (&visit, probity_visit_unref);
  assert_parts_not_found (force->decider, reference, uid, NULL);
  g_assert_cmpint (count_notes (force), ==, n_notes + 3 + 6);
}

/* Rule: a batch of checks that the program goes through does not say of the checker what went out of their sight; a check of one case does. */
static void
test_batch (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  gint64           n_notes;

  force_add_person (force, "5001", "Ada", "Unit", "1980-01-02", NULL);
  force_relate (force, "5001", "1001");
  n_notes = count_notes (force);
  assert_not_found (probity_check_run_in_batch (force->acu, reference, PROBITY_CHECK_COMPLAINTS));
  assert_not_found (probity_check_publish_in_batch (force->acu, reference, PROBITY_CHECK_COMPLAINTS, NULL));
  g_assert_cmpint (count_notes (force), ==, n_notes);
  assert_not_found (probity_check_run (force->acu, reference, NULL, PROBITY_CHECK_COMPLAINTS));
  assert_not_found (probity_check_publish (force->acu, reference, NULL, PROBITY_CHECK_COMPLAINTS, FALSE, NULL));
  g_assert_cmpint (count_notes (force), ==, n_notes + 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/gone/day", test_day);
  g_test_add_func ("/gone/page", test_page);
  g_test_add_func ("/gone/batch", test_batch);

  return g_test_run ();
}
