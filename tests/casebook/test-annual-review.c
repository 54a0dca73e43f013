/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "second-job-fixture.h"

#include "probity-annual-review.h"
#include "probity-appeal.h"
#include "probity-audit.h"
#include "probity-csv.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define assert_fails(future)                               \
  G_STMT_START                                             \
  {                                                        \
    g_autoptr (GError) error_ = wait_for_error ((future)); \
    g_assert_nonnull (error_);                             \
  }                                                        \
  G_STMT_END

/* The annual review in bulk: a run, returns singly and by file, chasing, the batch of checks, lapses, leavers. */

static char *
register_one (Force      *force,
              const char *employer,
              const char *staff_number)
{
  g_autofree char *reference = force_submit (force, force->psd, staff_number, employer);

  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  wait_for_success (force_decide (force->decider, reference, "approve"));

  return g_steal_pointer (&reference);
}

static guint
get_number (DexFuture  *future,
            const char *field)
{
  g_autoptr (ProbityValues) values = wait_for_boxed (future);

  return (guint) g_ascii_strtoull (probity_values_get (values, field), NULL, 10);
}

static char *
dup_call (ProbitySession *session,
          const char     *reference,
          const char     *field)
{
  g_autoptr (GPtrArray) list = wait_for_boxed (probity_annual_review_load (session, 0));

  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (probity_values_get (g_ptr_array_index (list, i), "reference"), reference) == 0)
      return g_strdup (probity_values_get (g_ptr_array_index (list, i), field));

  return NULL;
}

#define assert_call(session, reference, field, expected)            \
  G_STMT_START                                                      \
  {                                                                 \
    g_autofree char *_value = dup_call (session, reference, field); \
    g_assert_cmpstr (_value, ==, expected);                         \
  }                                                                 \
  G_STMT_END

static DexFuture *
take (Force          *force,
      ProbitySession *session,
      const char     *text)
{
  g_autofree char *path = g_build_filename (force->casebook->base, "returns.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return probity_annual_review_take_file (session, file);
}

/* Rule: what is due is called for once, chased, taken, and a lapse is confirmed by the head of HR, never by the clock. */
static void
test_run (void)
{
  g_autoptr (Force) force = force_new ("durham");
  g_autofree char *one = register_one (force, "The Bell", "1001");
  g_autofree char *other = register_one (force, "The Crown", "1002");

  assert_record_error (probity_annual_review_begin (force->head, NULL, "2026-12-31"), INVALID);
  assert_refused (probity_annual_review_begin (force->hr, NULL, "2027-03-31"), "not-your-step");
  assert_record_error (probity_annual_review_load (force->hr, 0), INVALID);
  force_set_now (force, "2027-03-10T10:00:00.000Z");
  g_assert_cmpuint (get_number (probity_annual_review_begin (force->head, "2027-03-01", "2027-03-31"), "calls"), ==, 2);
  /* A manager sees their own people's. */
  assert_call (force->manager, one, "state", "outstanding");
  assert_call (force->manager, other, "state", NULL);

  assert_record_error (probity_annual_review_lapse (force->head, one, "no return"), STAGE);
  g_assert_cmpuint (get_number (probity_annual_review_chase (force->hr, 0, NULL, "by e-mail"), "chased"), ==, 2);
  assert_call (force->hr, one, "chases", "1");
  assert_refused (probity_annual_review_chase (force->manager, 0, NULL, "by e-mail"), "not-your-step");
  {
    g_autoptr (GBytes) pages = wait_for_boxed (probity_annual_review_print (force->hr, 0));

    g_autofree char *words = force_read_pages (pages);

    g_assert_cmpuint (g_bytes_get_size (pages), >, 2000);
    /* As people write a day, and to whom the paper goes back. */
    g_assert_nonnull (strstr (words, "Due 2 March 2027"));
    g_assert_nonnull (strstr (words, "Return to Head of "));
  }
  wait_for_success (probity_second_job_review (force->hr, other, "no-change", NULL, NULL));
  assert_call (force->hr, other, "state", "no-change");
  assert_field (force->hr, other, "next_review", "2028-03-10");
  assert_record_error (probity_annual_review_end (force->head, 0, NULL), STAGE);

  /* However long it waits, nothing lapses by itself. */
  force_set_now (force, "2028-03-01T10:00:00.000Z");
  assert_field (force->hr, one, "stage", "registered");
  assert_refused (probity_annual_review_lapse (force->hr, one, "no return"), "not-your-step");
  wait_for_success (probity_annual_review_lapse (force->head, one, "no return after two letters"));
  assert_field (force->hr, one, "stage", "lapsed");
  assert_field (force->hr, one, "outcome", "approved");
  wait_for_success (probity_annual_review_end (force->head, 0, "all in"));
  assert_record_error (probity_annual_review_end (force->head, 0, NULL), STAGE);
  assert_verified (force->decider);
}

/* Rule: a file of returns is taken whole or not at all, and errors name line and field. */
static void
test_file (void)
{
  g_autoptr (Force) force = force_new ("durham");
  g_autofree char *one = register_one (force, "The Bell", "1001");
  g_autofree char *other = register_one (force, "The Crown", "1002");
  g_autofree char *wrong = g_strdup_printf ("reference,result,note,weekly_hours\n%s,no-change,,\n%s,changed,,\nSJ/1999/0001,ceased,,\n%s,perhaps,,\n,ceased,,\n", one, other, one);
  g_autofree char *invalid = g_strdup_printf ("reference,result,note,weekly_hours\n%s,no-change,,\n%s,changed,,many\n", one, other);
  g_autofree char *right = g_strdup_printf ("reference,result,note,weekly_hours\n%s,no-change,\"as before, he says\",\n%s,changed,,12\n", one, other);

  {
    g_autoptr (ProbityValues) values = wait_for_boxed (take (force, force->hr, wrong));

    g_assert_cmpstr (probity_values_get (values, "taken"), ==, "0");
    g_assert_cmpstr (probity_values_get (values, "problems"), ==, "line 3, result: says changed, and no column says what\n"
                                                                  "line 4, reference: is not in the register\n"
                                                                  "line 5, result: is none of no-change, changed and ceased\n"
                                                                  "line 5, reference: stands in the file twice\n"
                                                                  "line 6, reference: must not be empty");
    g_assert_cmpstr (probity_values_get (values, "problem_codes"), ==, "3 result changed-without\n4 reference not-found\n5 result unknown-result\n5 reference twice\n6 reference empty");
    g_assert_cmpstr (probity_values_get (values, "n_problems"), ==, "5");
  }
  {
    g_autoptr (GError) error = wait_for_error (take (force, force->hr, invalid));

    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, "line 3"));
  }
  assert_field (force->hr, one, "next_review", "2027-03-02");
  assert_fails (take (force, force->hr, "reference,result,verdict\nx,no-change,\n"));
  assert_fails (take (force, force->hr, "who,what\nx,y\n"));
  assert_refused (take (force, force->manager, right), "not-your-step");

  force_set_now (force, "2027-03-01T10:00:00.000Z");
  g_assert_cmpuint (get_number (take (force, force->hr, right), "taken"), ==, 2);
  assert_field (force->hr, one, "next_review", "2028-03-01");
  /* What changed goes through the gate again. */
  assert_field (force->hr, other, "stage", "with-professional-standards");
  assert_missing (force->decider, other, "stale-check");
  assert_verified (force->decider);
}

/* Rule: what is no file of returns is refused before any of it is in memory, and nothing waits for it. */
static void
test_no_file (void)
{
  g_autoptr (Force) force = force_new ("durham");
  g_autofree char *pipe = g_build_filename (force->casebook->base, "pipe", NULL);
  g_autofree char *large = g_build_filename (force->casebook->base, "large.csv", NULL);
  g_autofree char *missing = g_build_filename (force->casebook->base, "missing.csv", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_true (g_file_set_contents (large, "reference,result\n", -1, NULL));
  g_assert_cmpint (truncate (large, G_GINT64_CONSTANT (65) * 1024 * 1024), ==, 0);

  {
    g_autoptr (GFile) file = g_file_new_for_path (pipe);
    g_autoptr (GError) error = wait_for_error (probity_annual_review_take_file (force->hr, file));

    g_assert_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_FORMAT);
  }
  {
    g_autoptr (GFile) file = g_file_new_for_path (large);
    g_autoptr (GError) error = wait_for_error (probity_annual_review_take_file (force->hr, file));

    g_assert_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_TOO_LARGE);
    g_assert_nonnull (strstr (error->message, "large.csv"));
  }
  {
    g_autoptr (GFile) file = g_file_new_for_path (missing);
    g_autoptr (GError) error = wait_for_error (probity_annual_review_take_file (force->hr, file));

    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  }
}

/* Rule: checks are one batch, verdicts are remembered, and who has no hit is published in one go. */
static void
test_checks (void)
{
  g_autoptr (Force) force = force_new ("durham");
  g_autofree char *one = register_one (force, "The Bell", "1001");
  g_autofree char *other = register_one (force, "The Crown", "1002");
  g_autofree char *complaint = NULL;
  g_autofree char *report = NULL;

  force_set_now (force, "2027-03-10T10:00:00.000Z");
  wait_for_success (probity_annual_review_begin (force->head, NULL, "2027-03-31"));
  complaint = force_add_complaint (force, "CO/1", "Incivility", "1002", NULL, NULL);
  assert_fails (probity_annual_review_check (force->hr, 0, PROBITY_CHECK_COMPLAINTS, NULL));
  {
    g_autoptr (ProbityValues) values = wait_for_boxed (probity_annual_review_check (force->psd, 0, PROBITY_CHECK_COMPLAINTS, NULL));

    g_assert_cmpstr (probity_values_get (values, "searched"), ==, "2");
    g_assert_cmpstr (probity_values_get (values, "published"), ==, "1");
    g_assert_cmpstr (probity_values_get (values, "with_hits"), ==, other);
  }
  {
    g_autoptr (ProbityCheck) published = wait_for_boxed (probity_check_load (force->psd, one, NULL, PROBITY_CHECK_COMPLAINTS));
    g_autoptr (ProbityCheck) open = wait_for_boxed (probity_check_load (force->psd, other, NULL, PROBITY_CHECK_COMPLAINTS));

    g_assert_cmpstr (published->published, >=, "2027-03-10");
    g_assert_null (open->published);
  }
  /* Whom it hit stays to be found, by who makes such checks alone. */
  assert_call (force->psd, other, "complaints_hits", "1");
  assert_call (force->psd, one, "complaints_hits", NULL);
  assert_call (force->acu, other, "complaints_hits", "1");
  assert_call (force->hr, other, "complaints_hits", NULL);
  assert_call (force->head, other, "complaints_hits", NULL);
  assert_call (force->decider, other, "complaints_hits", NULL);
  /* Its complaint raised a re-check, which stands in their day as it is. */
  g_assert_true (force_has_day_item (force->psd, "recheck", other));
  g_assert_false (force_has_day_item (force->psd, "check-complaints", other));
  report = force_add_report (force, "IR/1", "Seen at the bar with a man.", "Seen at a bar.", "1001", NULL);
  {
    g_autoptr (ProbityValues) values = wait_for_boxed (probity_annual_review_check (force->acu, 0, PROBITY_CHECK_INTELLIGENCE, NULL));

    g_assert_cmpstr (probity_values_get (values, "with_hits"), ==, one);
  }
  assert_call (force->acu, one, "intelligence_hits", "1");
  assert_call (force->psd, one, "intelligence_hits", NULL);
  assert_call (force->hr, one, "intelligence_hits", NULL);
  force_check (force->psd, other, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  assert_call (force->psd, other, "complaints_hits", NULL);
  /* Nothing of it shows where the register is read. */
  assert_call (force->hr, other, "state", "outstanding");
  assert_verified (force->decider);
}

/* Rule: whom a batch hit stands in the day of who makes such checks, until it is published; nobody else's day tells. */
static void
test_hits_in_my_day (void)
{
  g_autoptr (Force) force = force_new ("durham");
  g_autofree char *reference = NULL;
  g_autofree char *complaint = NULL;

  reference = register_one (force, "Qwyxdene Tavern", "1002");
  /* It names the employer and nobody of ours, so it raises no re-check. */
  complaint = force_add_complaint (force, "CO/1", "Words at the Qwyxdene Tavern", NULL, "Zebedee Quark", NULL);
  force_set_now (force, "2027-03-10T10:00:00.000Z");
  wait_for_success (probity_annual_review_begin (force->head, NULL, "2027-03-31"));
  g_assert_false (force_has_day_item (force->psd, "check-complaints", reference));
  {
    g_autoptr (ProbityValues) values = wait_for_boxed (probity_annual_review_check (force->psd, 0, PROBITY_CHECK_COMPLAINTS, NULL));

    g_assert_cmpstr (probity_values_get (values, "with_hits"), ==, reference);
  }
  g_assert_false (force_has_day_item (force->psd, "recheck", reference));
  g_assert_true (force_has_day_item (force->psd, "check-complaints", reference));
  g_assert_true (force_has_day_item (force->acu, "check-complaints", reference));
  g_assert_false (force_has_day_item (force->hr, "check-complaints", reference));
  g_assert_false (force_has_day_item (force->decider, "check-complaints", reference));
  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  g_assert_false (force_has_day_item (force->psd, "check-complaints", reference));
}

static void
retire (Force      *force,
        const char *staff_number)
{
  g_autoptr (ProbityRecord) person = wait_for_boxed (probity_record_load (force->head, probity_record_kind_find ("person"), staff_number));
  g_autoptr (ProbityValues) values = probity_values_new ();

  probity_values_set (values, "status", "Retired");
  wait_for_success (probity_record_update (force->head, probity_record_kind_find ("person"), probity_record_get_uid (person), probity_record_get_version (person), values));
}

/* Rule: jobs of those who left cease. */
static void
test_leavers (void)
{
  g_autoptr (Force) force = force_new ("durham");
  g_autofree char *one = register_one (force, "The Bell", "1001");
  g_autofree char *other = register_one (force, "The Crown", "1002");

  retire (force, "1001");
  force_set_now (force, "2027-03-10T10:00:00.000Z");
  wait_for_success (probity_annual_review_begin (force->head, NULL, "2027-03-31"));
  assert_call (force->hr, one, "leaver", "true");
  assert_refused (probity_annual_review_cease_leavers (force->hr, 0), "not-your-step");
  g_assert_cmpuint (get_number (probity_annual_review_cease_leavers (force->head, 0), "ceased"), ==, 1);
  assert_field (force->hr, one, "stage", "ceased");
  assert_field (force->hr, other, "stage", "registered");
  assert_verified (force->decider);
}

/* Registered with a condition against which an appeal is open. */
static char *
appeal_one (Force      *force,
            const char *employer,
            const char *staff_number)
{
  g_autofree char *reference = force_submit (force, force->psd, staff_number, employer);
  g_autoptr (ProbityValues) appeal = probity_values_new ();

  force_check (force->psd, reference, PROBITY_CHECK_COMPLAINTS, NULL);
  force_check (force->acu, reference, PROBITY_CHECK_INTELLIGENCE, NULL);
  wait_for_success (force_decide (force->decider, reference, "approve-with-conditions"));
  wait_for_success (probity_appeal_serve (force->hr, reference, "2026-03-02", "by hand"));
  probity_values_set (appeal, "grounds", "The bar is shut when I am on duty.");
  wait_for_success (probity_appeal_lodge (force->hr, reference, appeal));
  assert_field (force->hr, reference, "stage", "registered");

  return g_steal_pointer (&reference);
}

/* Rule: while an appeal is open nothing lapses or ceases; it is named, and keeps no other job of the leavers from ceasing. */
static void
test_leavers_with_appeal (void)
{
  g_autoptr (Force) force = force_new ("durham");
  g_autofree char *appealed = appeal_one (force, "The Bell", "1001");
  g_autofree char *one = register_one (force, "The Crown", "1001");
  g_autoptr (ProbityValues) ceased = NULL;

  retire (force, "1001");
  force_set_now (force, "2027-03-10T10:00:00.000Z");
  wait_for_success (probity_annual_review_begin (force->head, NULL, "2027-03-31"));
  assert_call (force->hr, appealed, "appeal_open", "true");
  assert_call (force->hr, one, "appeal_open", "false");

  g_assert_cmpuint (get_number (probity_annual_review_chase (force->hr, 0, NULL, "by e-mail"), "chased"), ==, 2);
  assert_record_error (probity_annual_review_lapse (force->head, appealed, "no return"), STAGE);
  {
    g_autofree char *returns = g_strdup_printf ("reference,result\n%s,no-change\n%s,ceased\n", one, appealed);
    g_autoptr (ProbityValues) refused = wait_for_boxed (take (force, force->hr, returns));

    g_assert_cmpstr (probity_values_get (refused, "problems"), ==, "line 3, result: is more than no-change, and an appeal is open");
  }
  ceased = wait_for_boxed (probity_annual_review_cease_leavers (force->head, 0));
  g_assert_cmpstr (probity_values_get (ceased, "ceased"), ==, "1");
  g_assert_cmpstr (probity_values_get (ceased, "with_appeal"), ==, appealed);
  assert_field (force->hr, one, "stage", "ceased");
  assert_field (force->hr, appealed, "stage", "registered");
  assert_call (force->hr, appealed, "state", "outstanding");

  /* What to do is done. */
  wait_for_success (probity_appeal_withdraw (force->hr, appealed, "has left the force"));
  assert_call (force->hr, appealed, "appeal_open", "false");
  g_clear_pointer (&ceased, probity_values_unref);
  ceased = wait_for_boxed (probity_annual_review_cease_leavers (force->head, 0));
  g_assert_cmpstr (probity_values_get (ceased, "ceased"), ==, "1");
  g_assert_cmpstr (probity_values_get (ceased, "with_appeal"), ==, "");
  assert_field (force->hr, appealed, "stage", "ceased");
  assert_verified (force->decider);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/annual-review/run", test_run);
  g_test_add_func ("/annual-review/file", test_file);
  g_test_add_func ("/annual-review/no-file", test_no_file);
  g_test_add_func ("/annual-review/checks", test_checks);
  g_test_add_func ("/annual-review/hits-in-my-day", test_hits_in_my_day);
  g_test_add_func ("/annual-review/leavers", test_leavers);
  g_test_add_func ("/annual-review/leavers-with-appeal", test_leavers_with_appeal);

  return g_test_run ();
}
