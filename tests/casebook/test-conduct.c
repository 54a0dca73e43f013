/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "probity-conduct.h"
#include "probity-exhibit.h"
#include "probity-overview.h"
#include "probity-profile.h"
#include "second-job-fixture.h"

/* Conduct investigations: the rules of their day, notices and reports on paper, and what falls due. */

static ProbityValues *
make_values (const char *first,
             ...)
{
  ProbityValues *values = probity_values_new ();
  va_list        args;

  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    probity_values_set (values, name, va_arg (args, const char *));
  va_end (args);

  return values;
}

static char *
open_case (Force      *force,
           const char *received,
           const char *origin,
           const char *staff_number)
{
  g_autoptr (ProbityValues) values = make_values ("title", "Posts about a shift", "received", received, "origin", origin, NULL);
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr (ProbityRecord) record = NULL;
  ProbitySubject subject = { (char *) staff_number, NULL, NULL };

  if (g_str_equal (origin, "social-media-referral"))
    {
      probity_values_set (values, "referrer", "HMIC");
      probity_values_set (values, "platform", "A social network");
    }
  g_ptr_array_add (subjects, &subject);
  record = wait_for_boxed (probity_investigation_open (force->psd, &probity_conduct_case, values, subjects));

  return g_strdup (probity_record_get_reference (record));
}

static DexFuture *
add_row (ProbitySession *session,
         const char     *reference,
         const char     *part,
         ProbityValues  *values)
{
  DexFuture *future = probity_investigation_add_row (session, probity_case_part_find (&probity_conduct_case, part), reference, values);

  probity_values_unref (values);

  return future;
}

static DexFuture *
assess (Force      *force,
        const char *reference,
        const char *severity,
        const char *route)
{
  const gboolean neither = g_str_equal (severity, "neither");
  ProbityValues *values = make_values ("subject", "1001", "severity", severity, "proceedings", neither ? "none" : "meeting", "assessed", "2026-03-02", "reasons", "r", NULL);

  if (route != NULL)
    probity_values_set (values, "route", route);

  return add_row (force->psd, reference, "severity", values);
}

static void
add_allegation (Force      *force,
                const char *reference)
{
  wait_for_success (add_row (force->psd, reference, "allegation", make_values ("allegation", "Posted a custody picture", "standard", "confidentiality", "subject", "1001", "occurred_from", "2026-02-27", NULL)));
}

static DexFuture *
withhold (Force      *force,
          const char *reference,
          const char *until)
{
  return add_row (force->psd, reference, "notice", make_values ("subject", "1001", "withheld_reason", "would warn others", "review_date", until, NULL));
}

#define PARTS "conduct_stated", "true", "severity_stated", "true", "proceedings_stated", "true", "advice_stated", "true", "representations_stated", "true", "inference_stated", "true"

static void
serve (Force      *force,
       const char *reference)
{
  wait_for_success (add_row (force->psd, reference, "notice", make_values ("subject", "1001", "served", "2026-03-02", "terms_of_reference", "The posts of February", PARTS, NULL)));
}

static void
assert_message (DexFuture  *future,
                const char *named)
{
  g_autoptr (GError) error = wait_for_error (future);

  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, named));
}

static guint
count_disclosures (ProbitySession *session,
                   const char     *field)
{
  g_autoptr (GPtrArray) entries = wait_for_boxed (probity_audit_list (session, NULL));
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const ProbityAuditEntry *entry = g_ptr_array_index (entries, i);

      n += g_str_equal (entry->verb, "disclosure") && g_strcmp0 (entry->field, field) == 0;
    }

  return n;
}

static void
assert_pdf (DexFuture *future)
{
  g_autoptr (GBytes) pdf = wait_for_boxed (future);

  g_assert_cmpuint (g_bytes_get_size (pdf), >, 1000);
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 4, "%PDF", 4);
}

/* Rule: the notice has its required parts or is not given; what lacks is named, all of it; printing is a logged disclosure. */
static void
test_notice_names_what_it_lacks (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force, "2026-03-02", "report", "1001");
  g_autoptr (ProbityValues) prepared = NULL;
  g_autoptr (ProbityValues) terms = make_values ("no_terms_reason", "They would show a source", NULL);

  assert_message (add_row (force->psd, reference, "notice", make_values ("subject", "1001", "served", "2026-03-02", "conduct_stated", "true", NULL)),
                  "whether it would be misconduct or gross misconduct; the likely proceedings; the right to advice");
  assert_message (probity_conduct_print_notice (force->psd, reference, "1001", NULL), "the conduct alleged; whether it would be misconduct or gross misconduct; the likely proceedings; the terms of reference");
  g_assert_cmpuint (count_disclosures (force->psd, "notice"), ==, 0);

  add_allegation (force, reference);
  wait_for_success (assess (force, reference, "gross-misconduct", NULL));
  prepared = wait_for_boxed (probity_conduct_prepare_notice (force->psd, reference, "1001"));
  g_assert_nonnull (strstr (probity_values_get (prepared, "conduct"), "Posted a custody picture\nOn 27 February 2026\nStandard: Confidentiality"));
  g_assert_nonnull (strstr (probity_values_get (prepared, "severity"), "gross misconduct"));
  g_assert_nonnull (strstr (probity_values_get (prepared, "proceedings"), "misconduct meeting"));
  g_assert_nonnull (strstr (probity_values_get (prepared, "representations"), "10 working days"));
  g_assert_nonnull (strstr (probity_values_get (prepared, "representations"), "16 March 2026"));
  g_assert_cmpstr (probity_values_get (prepared, "missing"), ==, "the terms of reference, or why they are not given");
  g_assert_cmpstr (probity_values_get (prepared, "rule"), ==, "Police (Conduct) Regulations 2020, reg. 17");

  assert_pdf (probity_conduct_print_notice (force->psd, reference, "1001", terms));
  wait_for_success (withhold (force, reference, "2026-04-01"));
  assert_record_error (probity_conduct_print_notice (force->psd, reference, "1001", NULL), STAGE);
  serve (force, reference);
  assert_pdf (probity_conduct_print_notice (force->psd, reference, "1001", NULL));
  g_assert_cmpuint (count_disclosures (force->psd, "notice"), ==, 2);
  assert_not_found (probity_conduct_print_notice (force->acu, "CI/222222", "1001", NULL));
}

/* Rule: the rules are those of the day on which the matter came to attention. */
static void
test_rules_are_of_their_day (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *old = open_case (force, "2012-02-06", "report", "1001");
  g_autofree char *between = open_case (force, "2024-02-06", "report", "1001");
  g_autofree char *new = open_case (force, "2026-03-02", "report", "1001");
  g_autoptr (ProbityRecord) notice = NULL;
  ProbityProfile *profile = probity_session_get_profile (force->psd);

  g_assert_cmpstr (probity_profile_get_conduct_rule (profile, probity_day_from_iso ("2024-02-06"), "Severity-Routes"), ==, "reflective-practice;performance;no-action");
  wait_for_success (assess (force, new, "neither", "vetting"));
  assert_record_error (assess (force, new, "neither", "management-action"), INVALID);
  /* An assessment made under later rules may go their way. */
  wait_for_success (assess (force, between, "neither", "vetting"));
  wait_for_success (assess (force, old, "neither", "management-action"));
  notice = wait_for_boxed (add_row (force->psd, old, "notice", make_values ("subject", "1001", "served", "2026-03-02", "terms_of_reference", "t", PARTS, NULL)));
  g_assert_cmpstr (probity_record_get (notice, "rule"), ==, "Police (Conduct) Regulations 2008, reg. 15");
}

/* Rule: stages come from the profile as of the day of receipt; a case keeps the version under which it was received. */
static void
test_stages_of_the_profile (void)
{
  g_autoptr (Force) force = force_new ("derbyshire");
  g_autofree char *reference = open_case (force, "2026-03-02", "report", "1001");
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->psd, &probity_conduct_kind, reference));
  ProbityProfile *profile = probity_session_get_profile (force->psd);
  g_auto (GStrv) stages = probity_case_dup_stages (force->psd, &probity_conduct_case, record);
  g_auto (GStrv) before = probity_profile_dup_stages (profile, "conduct", probity_day_from_iso ("2007-01-01"));
  g_autofree char *joined = g_strjoinv (" ", stages);
  const char      *source;
  guint            days;

  g_assert_cmpstr (joined, ==, "received severity-assessment investigation report decision closed");
  g_assert_null (before);
  g_assert_cmpstr (probity_profile_get_stage (profile, "conduct", probity_day_from_iso ("2026-03-02"), "severity-assessment", &source, &days), ==, "Severity assessment");
  g_assert_nonnull (source);
  g_assert_cmpuint (days, ==, 5);
  g_assert_cmpstr (probity_record_get (record, "profile_version"), ==, probity_profile_get_version (profile));
  assert_record_error (probity_case_set_stage (force->psd, NULL, reference, "appeal", NULL), INVALID);
  wait_for_success (probity_case_set_stage (force->psd, NULL, reference, "severity-assessment", NULL));
  assert_record_error (probity_case_set_stage (force->psd, NULL, reference, "received", NULL), MISSING);
}

/* Rule: what a social-media referral is about is captured in an exhibit of the case. */
static void
test_capture_is_an_exhibit (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force, "2026-03-02", "social-media-referral", "1001");
  g_autofree char *other = open_case (force, "2026-03-02", "report", "1001");
  g_autofree char *path = g_build_filename (force->casebook->folder, "post.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ProbityValues) described = make_values ("description", "The post as it stood", NULL);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->psd, &probity_conduct_kind, reference));
  g_autoptr (ProbityRecord) changed = NULL;
  g_autoptr (ProbityValues) capture = NULL;
  g_autoptr (ProbityExhibit) exhibit = NULL;

  g_assert_true (g_file_set_contents (path, "words", -1, NULL));
  exhibit = wait_for_boxed (probity_exhibit_add (force->psd, reference, file, described, NULL, NULL));
  capture = make_values ("capture_exhibit", exhibit->reference, NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  {
    g_autoptr (ProbityRecord) elsewhere = wait_for_boxed (probity_record_load (force->psd, &probity_conduct_kind, other));

    assert_record_error (probity_investigation_update (force->psd, other, probity_record_get_version (elsewhere), capture), INVALID);
  }
  changed = wait_for_boxed (probity_investigation_update (force->psd, reference, probity_record_get_version (record), capture));
  g_assert_cmpstr (probity_record_get (changed, "capture_exhibit"), ==, exhibit->reference);
}

/* What the case is asked for, `code:state`, in order. */
static char *
dup_duties (ProbitySession *session,
            const char     *reference)
{
  g_autoptr (GPtrArray) duties = wait_for_boxed (probity_conduct_load_duties (session, reference));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < duties->len; i++)
    g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "", probity_values_get (g_ptr_array_index (duties, i), "code"), probity_values_get (g_ptr_array_index (duties, i), "state"));

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_duties(session, reference, expected)             \
  G_STMT_START                                                  \
  {                                                             \
    g_autofree char *duties_ = dup_duties (session, reference); \
    g_assert_cmpstr (duties_, ==, expected);                    \
  }                                                             \
  G_STMT_END

/* Rule: what the regulations ask of the case is said of each officer, done or missing. */
static void
test_duties (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force, "2026-03-02", "social-media-referral", "1001");

  assert_duties (force->psd, reference, "capture:missing allegation:missing severity:missing referral:missing report:due");
  add_allegation (force, reference);
  wait_for_success (assess (force, reference, "misconduct", NULL));
  assert_duties (force->psd, reference, "capture:missing allegation:done severity:done notice:missing finding:missing referral:missing report:due");
  wait_for_success (withhold (force, reference, "2026-03-20"));
  assert_duties (force->psd, reference, "capture:missing allegation:done severity:done notice:withheld finding:missing referral:missing report:due");
  force_set_now (force, "2026-03-20T09:00:00.000Z");
  assert_duties (force->psd, reference, "capture:missing allegation:done severity:done notice:review-due finding:missing referral:missing report:due");
  serve (force, reference);
  assert_duties (force->psd, reference, "capture:missing allegation:done severity:done notice:done finding:missing referral:missing report:due");
  force_set_now (force, "2027-03-20T09:00:00.000Z");
  assert_duties (force->psd, reference, "capture:missing allegation:done severity:done notice:done finding:missing referral:missing report:overdue");
}

/* The clocks of the case on this reader's day; checks and closings are told there too. */
static char *
dup_due (ProbitySession *session,
         const char     *reference)
{
  static const char *const clocks[] = { "notice-review", "statutory-report", "stage-over", NULL };
  g_autoptr (GPtrArray) items = wait_for_boxed (probity_my_day (session));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const ProbityDayItem *item = g_ptr_array_index (items, i);

      if (g_strcmp0 (item->reference, reference) == 0 && g_strv_contains (clocks, item->what))
        g_string_append_printf (text, "%s%s %s %s", text->len > 0 ? "|" : "", item->group, item->what, item->due);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_due(session, reference, expected)              \
  G_STMT_START                                                \
  {                                                           \
    g_autofree char *due_ = dup_due ((session), (reference)); \
    g_assert_cmpstr (due_, ==, (expected));                   \
  }                                                           \
  G_STMT_END

/* Rule: a withheld notice, the statutory report and a stage that takes long fall due for who has the case, and for nobody else. */
static void
test_clocks_fall_due (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force, "2026-03-02", "report", "1001");

  wait_for_success (probity_investigation_decide (force->psd, reference, "2026-03-02", "r"));
  wait_for_success (probity_case_set_stage (force->psd, NULL, reference, "investigation", NULL));
  assert_due (force->psd, reference, "");
  wait_for_success (withhold (force, reference, "2026-04-01"));
  assert_due (force->psd, reference, "");
  force_set_now (force, "2026-03-26T09:00:00.000Z");
  assert_due (force->psd, reference, "waiting notice-review 2026-04-01");
  assert_due (force->acu, reference, "");
  assert_due (force->hr, reference, "");
  assert_due (force->head, reference, "");
  force_set_now (force, "2026-04-02T09:00:00.000Z");
  assert_due (force->psd, reference, "overdue notice-review 2026-04-01");
  serve (force, reference);
  assert_due (force->psd, reference, "");
  force_set_now (force, "2027-02-05T09:00:00.000Z");
  assert_due (force->psd, reference, "overdue stage-over 2026-08-21|waiting statutory-report 2027-03-02");
}

/* Rule: a notice is withheld until a day that is still to come, or today; one whose day has passed since is read and proved as before. */
static void
test_withheld_until_a_day_to_come (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force, "2026-02-20", "report", "1001");
  g_autoptr (GError) error = wait_for_error (withhold (force, reference, "2026-03-01"));
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_INVALID);
  g_assert_cmpstr (probity_record_error_get_field (error), ==, "review_date");
  wait_for_success (withhold (force, reference, "2026-03-02"));

  force_set_now (force, "2026-03-26T09:00:00.000Z");
  assert_record_error (withhold (force, reference, "2026-03-25"), INVALID);
  rows = wait_for_boxed (probity_investigation_load_rows (force->psd, probity_case_part_find (&probity_conduct_case, "notice"), reference));
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (probity_record_get (g_ptr_array_index (rows, 0), "review_date"), ==, "2026-03-02");
  assert_due (force->psd, reference, "overdue notice-review 2026-03-02");
  assert_verified (force->decider);
}

/* Rule: the report has its six items; what came as a complaint goes to the Director General too; printing is logged. */
static void
test_report_is_printed (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force, "2026-03-02", "complaint", "1001");
  g_autofree char *other = open_case (force, "2026-03-02", "report", "1001");
  g_autoptr (ProbityValues) values = wait_for_boxed (probity_conduct_prepare_report (force->psd, reference));
  g_autoptr (ProbityValues) plain = wait_for_boxed (probity_conduct_prepare_report (force->psd, other));
  g_autoptr (ProbityRecord) report = NULL;

  g_assert_cmpstr (probity_values_get (values, "rule"), ==, "Police (Complaints and Misconduct) Regulations 2020, reg. 13");
  g_assert_cmpstr (probity_values_get (values, "sent_to"), ==, "the local policing body and the Director General");
  g_assert_cmpstr (probity_values_get (plain, "rule"), ==, "Police (Conduct) Regulations 2020, reg. 19");
  g_assert_cmpstr (probity_values_get (values, "progress"), ==, "2 March 2026: Received");
  assert_record_error (probity_conduct_print_report (force->psd, reference, NULL), STAGE);
  probity_values_set (values, "estimated_end", "2027-06-30");
  probity_values_set (values, "reason_for_time", "Two witnesses are abroad.");
  probity_values_set (values, "planned_steps", "Hear them.");
  probity_values_set (values, "sent", "2027-03-02");
  probity_values_set (values, "officer_copy", "2027-03-03");
  probity_values_set (values, "copy_withheld_reason", "It would name a witness");
  probity_values_ref (values);
  assert_record_error (add_row (force->psd, reference, "progress-report", values), INVALID);
  probity_values_set (values, "copy_withheld_reason", "");
  probity_values_ref (values);
  report = wait_for_boxed (add_row (force->psd, reference, "progress-report", values));
  assert_pdf (probity_conduct_print_report (force->psd, reference, NULL));
  assert_pdf (probity_conduct_print_report (force->psd, reference, probity_record_get_uid (report)));
  assert_not_found (probity_conduct_print_report (force->psd, other, probity_record_get_uid (report)));
  g_assert_cmpuint (count_disclosures (force->psd, "progress-report"), ==, 2);
  wait_for_success (add_row (force->psd, other, "progress-report", make_values ("due", "2027-03-02", "came_to_attention", "2026-03-02", "withheld_reason", "would warn", NULL)));
  assert_record_error (probity_conduct_print_report (force->psd, other, NULL), STAGE);
}

/* Rule: whom a case is about finds no trace of it in the log either, nor of what was corrected in it. */
static void
test_the_log_is_silent_to_the_subject (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = NULL;
  g_autoptr (ProbityRecord) row = NULL;
  g_autoptr (ProbityValues) values = make_values ("learning", "Brindlewick again", NULL);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) others = NULL;
  ProbitySession *subject;
  guint           n_found = 0;

  force_add_person (force, "4009", "Ivor", "Pym", "1986-04-05", NULL);
  reference = open_case (force, "2026-03-02", "report", "4009");
  row = wait_for_boxed (add_row (force->psd, reference, "learning", make_values ("learning", "Brindlewick", NULL)));
  wait_for_success (probity_investigation_change_row (force->psd, probity_case_part_find (&probity_conduct_case, "learning"), reference, probity_record_get_uid (row), 1, values));
  session_fixture_add (force->casebook, "second", "psd-officer", "4009");
  subject = session_fixture_sign_in (force->casebook, "second");
  entries = wait_for_boxed (probity_audit_list (subject, NULL));
  others = wait_for_boxed (probity_audit_list (force->psd, NULL));
  for (guint i = 0; i < entries->len; i++)
    {
      const ProbityAuditEntry *entry = g_ptr_array_index (entries, i);

      g_assert_cmpstr (entry->new_value, !=, reference);
      g_assert_true (entry->kind == NULL || !g_str_has_prefix (entry->kind, "conduct"));
      g_assert_true (entry->new_value == NULL || strstr (entry->new_value, "Brindlewick") == NULL);
    }
  for (guint i = 0; i < others->len; i++)
    n_found += g_strcmp0 (((ProbityAuditEntry *) g_ptr_array_index (others, i))->new_value, "Brindlewick again") == 0;
  g_assert_cmpuint (n_found, ==, 1);
  session_fixture_sign_out (subject);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/conduct/notice-names-what-it-lacks", test_notice_names_what_it_lacks);
  g_test_add_func ("/conduct/rules-are-of-their-day", test_rules_are_of_their_day);
  g_test_add_func ("/conduct/stages-of-the-profile", test_stages_of_the_profile);
  g_test_add_func ("/conduct/capture-is-an-exhibit", test_capture_is_an_exhibit);
  g_test_add_func ("/conduct/duties", test_duties);
  g_test_add_func ("/conduct/clocks-fall-due", test_clocks_fall_due);
  g_test_add_func ("/conduct/withheld-until-a-day-to-come", test_withheld_until_a_day_to_come);
  g_test_add_func ("/conduct/report-is-printed", test_report_is_printed);
  g_test_add_func ("/conduct/the-log-is-silent-to-the-subject", test_the_log_is_silent_to_the_subject);

  return g_test_run ();
}
