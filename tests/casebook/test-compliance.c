/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "second-job-fixture.h"

#include "probity-action.h"
#include "probity-audit.h"
#include "probity-compliance.h"
#include "probity-list.h"
#include "probity-overview.h"
#include "probity-timeline.h"
#include "probity-watch.h"

/* Conditions and whether they are kept; the watch list and who finds no trace of it. */

static DexFuture *
review (ProbitySession *session,
        const char     *reference,
        const char     *result,
        const char     *seen,
        const char     *next)
{
  g_autoptr (ProbityValues) values = probity_values_new ();

  probity_values_set (values, "result", result);
  if (seen != NULL)
    probity_values_set (values, "seen", seen);
  if (next != NULL)
    probity_values_set (values, "next_due", next);

  return probity_compliance_review (session, reference, 1, values);
}

static char *
approve_one (Force *force)
{
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  force_prepare (force, reference);
  wait_for_success (force_decide (force->decider, reference, "approve-with-conditions"));

  return g_steal_pointer (&reference);
}

static char *
dup_condition (ProbitySession *session,
               const char     *reference,
               const char     *field)
{
  g_autoptr (GPtrArray) list = wait_for_boxed (probity_compliance_load (session, reference));

  g_assert_cmpuint (list->len, ==, 1);

  return g_strdup (probity_values_get (g_ptr_array_index (list, 0), field));
}

#define assert_condition(session, reference, field, expected)            \
  G_STMT_START                                                           \
  {                                                                      \
    g_autofree char *_value = dup_condition (session, reference, field); \
    g_assert_cmpstr (_value, ==, expected);                              \
  }                                                                      \
  G_STMT_END

/* Rule: each condition has its own review, what was seen is recorded, and the next day follows. */
static void
test_kept (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = approve_one (force);

  assert_condition (force->hr, reference, "due", "2027-03-02");
  assert_condition (force->hr, reference, "state", NULL);
  g_assert_false (force_has_day_item (force->hr, "condition-due", reference));
  force_set_now (force, "2027-03-03T10:00:00.000Z");
  assert_condition (force->hr, reference, "state", "overdue");
  g_assert_true (force_has_day_item (force->hr, "condition-due", reference));
  g_assert_true (force_has_day_item (force->psd, "condition-due", reference));

  assert_refused (review (force->manager, reference, "complied", "rota", NULL), "not-your-step");
  assert_record_error (review (force->hr, reference, "complied", NULL, NULL), MISSING);
  assert_record_error (review (force->hr, reference, "perhaps", "rota", NULL), INVALID);
  assert_record_error (review (force->hr, reference, "complied", "rota", "2027-03-01"), INVALID);
  wait_for_success (review (force->hr, reference, "complied", "the rota of February", NULL));
  assert_condition (force->manager, reference, "due", "2028-03-03");
  assert_condition (force->manager, reference, "result", "complied");
  g_assert_false (force_has_day_item (force->hr, "condition-due", reference));

  wait_for_success (review (force->hr, reference, "not-applicable", "the bar has closed its uniformed bar", NULL));
  assert_condition (force->manager, reference, "due", NULL);
  assert_verified (force->decider);
}

/* Rule: what is not kept leads to an action, both checks again, and an answer by who decides. */
static void
test_not_kept (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = approve_one (force);

  force_set_now (force, "2026-06-01T10:00:00.000Z");
  g_assert_false (force_has_day_item (force->psd, "recheck", reference));
  wait_for_success (review (force->hr, reference, "not-complied", "seen in uniform", NULL));
  assert_condition (force->hr, reference, "due", "2026-07-01");
  assert_condition (force->hr, reference, "state", "not-kept");
  {
    g_autoptr (GPtrArray) actions = wait_for_boxed (probity_action_load (force->hr, NULL, reference));

    g_assert_cmpuint (actions->len, ==, 1);
    g_assert_cmpstr (probity_values_get (g_ptr_array_index (actions, 0), "hard_deadline"), ==, "2026-06-15");
  }
  g_assert_true (force_has_day_item (force->psd, "recheck", reference));
  g_assert_true (force_has_day_item (force->acu, "recheck", reference));
  g_assert_false (force_has_day_item (force->hr, "recheck", reference));
  g_assert_true (force_has_day_item (force->decider, "condition-not-kept", reference));
  g_assert_false (force_has_day_item (force->hr, "condition-not-kept", reference));

  assert_refused (probity_compliance_answer (force->hr, reference, 1, "warned"), "not-your-step");
  assert_record_error (probity_compliance_answer (force->decider, reference, 2, "warned"), INVALID);
  wait_for_success (probity_compliance_answer (force->decider, reference, 1, "warned in writing"));
  assert_record_error (probity_compliance_answer (force->decider, reference, 1, "again"), STAGE);
  g_assert_false (force_has_day_item (force->decider, "condition-not-kept", reference));
  assert_condition (force->hr, reference, "answer", "warned in writing");

  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  g_assert_false (force_has_day_item (force->psd, "recheck", reference));
  g_assert_true (force_has_day_item (force->acu, "recheck", reference));
  assert_verified (force->decider);
}

/* Rule: only conditions in force are reviewed. */
static void
test_not_in_force (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = approve_one (force);

  wait_for_success (probity_second_job_review (force->hr, reference, "ceased", NULL, "sold"));
  assert_record_error (review (force->hr, reference, "complied", "rota", NULL), STAGE);
}

static char *
refuse_one (Force *force)
{
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");

  wait_for_success (force_decide (force->decider, reference, "refuse"));

  return g_steal_pointer (&reference);
}

/* Whatever the registers' key opens, with other tools too. */
static gint64
count_registers (ProbitySession *session)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), PROBITY_COMPARTMENT_REGISTERS, "SELECT (SELECT count (*) FROM audit_entry) + (SELECT count (*) FROM case_stage) + (SELECT sum (version) FROM second_job)", NULL));
}

/* All that @session can read of a case and of its own day, as one text. */
static char *
dup_everything (ProbitySession *session,
                const char     *reference)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) timeline = wait_for_boxed (probity_case_load_timeline (session, NULL, reference));
  g_autoptr (GPtrArray) items = wait_for_boxed (probity_my_day (session));

  for (guint i = 0; i < timeline->len; i++)
    {
      ProbityTimelineItem *entry = g_ptr_array_index (timeline, i);

      g_string_append_printf (text, "%s %s\n", entry->what, entry->text != NULL ? entry->text : "");
    }
  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (text, "%s\n", ((ProbityDayItem *) g_ptr_array_index (items, i))->what);

  return g_string_free (text, FALSE);
}

/* Rule: the watch list is kept by professional standards; who opens registers finds no trace of it. */
static void
test_watch (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = refuse_one (force);
  g_autofree char *open = force_submit (force, force->hr, "1002", "The Crown");
  ProbitySession  *outside[] = { force->manager, force->hr, force->head };
  const gint64     before = count_registers (force->hr);

  assert_record_error (probity_watch_add (force->psd, open, "carried on", "+20"), STAGE);
  assert_record_error (probity_watch_add (force->psd, reference, "carried on", NULL), MISSING);
  assert_record_error (probity_watch_add (force->psd, reference, " ", "+20"), MISSING);
  wait_for_success (probity_watch_add (force->psd, reference, "WATCHWORD behind the bar", "2026-04-01"));
  assert_record_error (probity_watch_add (force->decider, reference, "carried on", "+20"), EXISTS);
  wait_for_success (probity_watch_observe (force->acu, reference, "OBSERVEDWORD on Friday"));
  g_assert_false (force_has_day_item (force->psd, "watch", reference));
  force_set_now (force, "2026-04-01T10:00:00.000Z");
  g_assert_true (force_has_day_item (force->psd, "watch", reference));
  g_assert_cmpint (count_registers (force->hr), ==, before);

  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      g_autofree char *everything = dup_everything (outside[i], reference);
      g_autoptr (GError) listed = wait_for_error (probity_watch_list (outside[i]));
      g_autoptr (GError) shown = wait_for_error (probity_watch_load (outside[i], reference));
      g_autoptr (GError) absent = wait_for_error (probity_watch_load (outside[i], "SJ/1999/0001"));

      g_assert_nonnull (listed);
      g_assert_error (shown, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
      g_assert_cmpstr (shown->message, ==, absent->message);
      g_assert_null (strstr (everything, "watch"));
      g_assert_null (strstr (everything, "WATCHWORD"));
      g_assert_null (strstr (everything, "OBSERVEDWORD"));
    }

  wait_for_success (probity_watch_review (force->psd, reference, "nothing new", "2026-07-01"));
  g_assert_false (force_has_day_item (force->psd, "watch", reference));
  {
    g_autoptr (GPtrArray) list = wait_for_boxed (probity_watch_list (force->psd));

    g_assert_cmpuint (list->len, ==, 1);
    g_assert_cmpstr (probity_values_get (g_ptr_array_index (list, 0), "review_on"), ==, "2026-07-01");
    g_assert_cmpstr (probity_values_get (g_ptr_array_index (list, 0), "employer"), ==, "The Bell");
  }
  wait_for_success (probity_watch_end (force->decider, reference, "moved away"));
  assert_record_error (probity_watch_observe (force->psd, reference, "again"), STAGE);
  {
    g_autoptr (GPtrArray) notes = wait_for_boxed (probity_watch_load (force->psd, reference));
    g_autoptr (GPtrArray) list = wait_for_boxed (probity_watch_list (force->psd));

    g_assert_cmpuint (notes->len, ==, 4);
    g_assert_cmpuint (list->len, ==, 0);
  }
  assert_verified (force->decider);
}

/* Rule: nobody finds themselves on the list. */
static void
test_watch_is_locked (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_submit (force, force->hr, "4001", "The Bell");

  wait_for_success (force_decide (force->decider, reference, "refuse"));
  wait_for_success (probity_watch_add (force->decider, reference, "carried on", "2026-03-02"));
  {
    g_autoptr (GPtrArray) list = wait_for_boxed (probity_watch_list (force->psd));

    g_assert_cmpuint (list->len, ==, 0);
  }
  g_assert_false (force_has_day_item (force->psd, "watch", reference));
  g_assert_true (force_has_day_item (force->acu, "watch", reference));
  assert_not_found (probity_watch_load (force->psd, reference));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/compliance/kept", test_kept);
  g_test_add_func ("/compliance/not-kept", test_not_kept);
  g_test_add_func ("/compliance/not-in-force", test_not_in_force);
  g_test_add_func ("/watch/list", test_watch);
  g_test_add_func ("/watch/locked", test_watch_is_locked);

  return g_test_run ();
}
