/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "probity-profile.h"

static ProbityProfile *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  ProbityProfile *profile = probity_profile_load_builtin (name, &error);

  g_assert_no_error (error);
  g_assert_nonnull (profile);

  return profile;
}

/* A profile with one line replaced; the line must be there. */
static GBytes *
edit (const char *name,
      const char *line,
      const char *replacement)
{
  g_autoptr (ProbityProfile) profile = load (name);
  gsize       length;
  const char *data = g_bytes_get_data (probity_profile_get_bytes (profile), &length);
  g_autoptr (GString) text = g_string_new_len (data, (gssize) length);
  g_autofree char *old = g_strconcat ("\n", line, "\n", NULL);
  g_autofree char *new = g_strconcat ("\n", replacement, "\n", NULL);

  g_assert_cmpuint (g_string_replace (text, old, new, 1), ==, 1);

  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static void
assert_refused (const char         *name,
                const char         *line,
                const char         *replacement,
                ProbityProfileError code,
                const char         *named)
{
  g_autoptr (GBytes) bytes = edit (name, line, replacement);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityProfile) profile = probity_profile_new_from_bytes (bytes, "force.profile", &error);

  g_assert_null (profile);
  g_assert_error (error, PROBITY_PROFILE_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "force.profile"));
  g_assert_nonnull (strstr (error->message, named));
}

/* Rule (casework, routes): Derbyshire: both comment, professional standards' view, the head of HR signs. */
static void
test_profile_derbyshire (void)
{
  g_autoptr (ProbityProfile) profile = load ("derbyshire");

  g_assert_cmpstr (probity_profile_get_name (profile), ==, "derbyshire");
  g_assert_cmpstr (probity_profile_get_force_name (profile), ==, "Derbyshire Constabulary");
  g_assert_cmpstr (probity_profile_get_department (profile, "professional-standards-short"), ==, "PSD");
  g_assert_true (probity_profile_requires_comment (profile, "line-manager"));
  g_assert_true (probity_profile_requires_comment (profile, "head-of-hr"));
  g_assert_true (probity_profile_requires_view (profile));
  g_assert_cmpstr (probity_profile_get_signatory (profile), ==, "head-of-hr");
  g_assert_true (probity_profile_head_of_hr_may_comment_and_sign (profile));
}

/* Rule (casework, routes): Durham: the department takes in, checks and decides; no comment is required. */
static void
test_profile_durham (void)
{
  g_autoptr (ProbityProfile) profile = load ("durham");

  g_assert_cmpstr (probity_profile_get_force_name (profile), ==, "Durham Constabulary");
  g_assert_cmpstr (probity_profile_get_department (profile, "professional-standards"), ==, "Professional Standards and Legal Services Department");
  g_assert_cmpstr (probity_profile_get_department (profile, "professional-standards-short"), ==, "PSLSD");
  g_assert_false (probity_profile_requires_comment (profile, "line-manager"));
  g_assert_false (probity_profile_requires_comment (profile, "head-of-hr"));
  g_assert_false (probity_profile_requires_view (profile));
  g_assert_cmpstr (probity_profile_get_signatory (profile), ==, "decider");
  g_assert_false (probity_profile_head_of_hr_may_comment_and_sign (profile));
}

/* Rule (casework, routes): generic: both comments, checks, decision by the decider. */
static void
test_profile_generic (void)
{
  g_autoptr (ProbityProfile) profile = load ("generic");

  g_assert_true (probity_profile_requires_comment (profile, "line-manager"));
  g_assert_true (probity_profile_requires_comment (profile, "head-of-hr"));
  g_assert_false (probity_profile_requires_view (profile));
  g_assert_cmpstr (probity_profile_get_signatory (profile), ==, "decider");
  g_assert_false (probity_profile_requires_comment (profile, "decider"));
}

/* Rule: what every shipped profile says alike. */
static void
test_profile_common (void)
{
  static const char *const names[] = { "derbyshire", "durham", "generic" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ProbityProfile) profile = load (names[i]);
      g_auto (GStrv) categories = probity_profile_dup_list (profile, "categories");
      g_auto (GStrv) corruption = probity_profile_dup_list (profile, "corruption-categories");
      g_auto (GStrv) complaints = probity_profile_dup_required_systems (profile, "complaints");
      g_auto (GStrv) intelligence = probity_profile_dup_required_systems (profile, "intelligence");
      g_auto (GStrv) systems = probity_profile_dup_list (profile, "other-systems-intelligence");
      g_auto (GStrv) conditions = probity_profile_dup_list (profile, "conditions");
      gsize n_holidays;

      g_assert_cmpuint (probity_profile_get_check_age_days (profile), ==, 28);
      g_assert_cmpint (probity_profile_get_weekly_limit (profile), ==, 48 * 60);
      g_assert_cmpint (probity_profile_get_local_cap (profile), ==, 0);
      g_assert_cmpuint (probity_profile_get_averaging_weeks (profile), ==, 17);
      g_assert_cmpuint (g_strv_length (categories), ==, 11);
      g_assert_cmpuint (g_strv_length (corruption), ==, 12);
      g_assert_cmpuint (g_strv_length (systems), >=, 3);
      g_assert_cmpuint (g_strv_length (conditions), >=, 3);
      /* No shipped profile requires another system to be searched. */
      g_assert_cmpuint (g_strv_length (complaints), ==, 0);
      g_assert_cmpuint (g_strv_length (intelligence), ==, 0);
      g_assert_cmpstr (probity_profile_get_stand_in (profile, "head-of-hr"), ==, "decider");
      g_assert_cmpuint (probity_profile_get_valid_from (profile), ==, probity_day_from_iso ("2011-09-01"));
      g_assert_true (g_str_has_prefix (probity_profile_get_version (profile), "2011-09-01-"));
      g_assert_cmpuint (strlen (probity_profile_get_digest (profile)), ==, 64);
      probity_profile_get_extra_holidays (profile, &n_holidays);
      g_assert_cmpuint (n_holidays, ==, 0);
      g_assert_nonnull (probity_profile_get_letter_text (profile, "Refused"));
      g_assert_null (probity_profile_dup_list (profile, "no-such-list"));
    }
}

/* Rule: every kind of case has a checklist at the stages where something is decided. */
static void
test_profile_checklists (void)
{
  static const char *const names[] = { "derbyshire", "durham", "generic" };
  static const char *const stages[][2] = {
    { "leak", "assessment" },
    { "leak", "investigation" },
    { "leak", "report" },
    { "conduct", "severity-assessment" },
    { "conduct", "investigation" },
    { "conduct", "decision" },
    { "second-job", "with-professional-standards" },
    { "second-job", "registered" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ProbityProfile) profile = load (names[i]);

      for (gsize j = 0; j < G_N_ELEMENTS (stages); j++)
        {
          g_test_message ("%s: %s, %s", names[i], stages[j][0], stages[j][1]);
          g_assert_cmpuint (probity_profile_get_n_checklist (profile, stages[j][0], stages[j][1]), >, 0);
        }
    }
}

/* Rule: each value has its source; what the reports do not state is marked as a setting. */
static void
test_profile_sources (void)
{
  g_autoptr (ProbityProfile) profile = load ("derbyshire");

  g_assert_true (g_str_has_prefix (probity_profile_get_source (profile, "Route", "Line-Manager-Comment"), "HMIC"));
  g_assert_false (probity_profile_is_setting (profile, "Review", "Interval-Months"));
  g_assert_true (probity_profile_is_setting (profile, "Route", "Signatory"));
  g_assert_true (probity_profile_is_setting (profile, "Hours", "Local-Cap"));
  g_assert_true (probity_profile_is_setting (profile, "Employment-Group officer", "Appeal-Days"));
  g_assert_nonnull (probity_profile_get_source (profile, "Categories", ""));
  g_assert_null (probity_profile_get_source (profile, "Categories", "no-such-key"));
}

/* Rule: an unknown category becomes `other`; words of lists are found however they are written. */
static void
test_profile_lists (void)
{
  g_autoptr (ProbityProfile) profile = load ("generic");

  g_assert_cmpstr (probity_profile_find_category (profile, "Property rental"), ==, "property-rental");
  g_assert_cmpstr (probity_profile_find_category (profile, "TRAINER/TEACHER"), ==, "trainer-teacher");
  g_assert_cmpstr (probity_profile_find_category (profile, "trainer or teacher"), ==, "trainer-teacher");
  g_assert_cmpstr (probity_profile_find_category (profile, "lion tamer"), ==, "other");
  g_assert_cmpstr (probity_profile_find_category (profile, NULL), ==, "other");
  g_assert_cmpstr (probity_profile_find (profile, "handling-codes", "p"), ==, "P");
  g_assert_null (probity_profile_find (profile, "handling-codes", "Q"));
  g_assert_null (probity_profile_find (profile, "handling-codes", "\xff"));
  g_assert_cmpstr (probity_profile_find (profile, "employment-groups", "Police Officer"), ==, "officer");
  g_assert_cmpstr (probity_profile_get_label (profile, "information-assessments", "E"), ==, "Suspected to be false");
  g_assert_cmpstr (probity_profile_get_label (profile, "employment-groups", "pcso"), ==, "Police community support officer");
  g_assert_null (probity_profile_get_label (profile, "categories", "lion-tamer"));
  g_assert_cmpuint (probity_profile_get_condition (profile, "hours-limit")->review_months, ==, 6);
  g_assert_null (probity_profile_get_condition (profile, "no-such-condition"));
}

/* Rule: the lawful order is for police officers only; appeal days are kept by employment group. */
static void
test_profile_employment_groups (void)
{
  g_autoptr (ProbityProfile) profile = load ("derbyshire");
  const ProbityEmploymentGroup *officer = probity_profile_get_employment_group (profile, "officer");
  g_auto (GStrv) ids = probity_profile_dup_list (profile, "employment-groups");

  g_assert_true (officer->lawful_order);
  g_assert_nonnull (officer->lawful_order_text);
  g_assert_cmpuint (officer->appeal_days, ==, 10);
  g_assert_cmpuint (officer->decide_days, ==, 28);
  g_assert_cmpuint (officer->legal_basis_from, ==, probity_day_from_iso ("2012-08-20"));

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const ProbityEmploymentGroup *group = probity_profile_get_employment_group (profile, ids[i]);

      g_assert_cmpstr (group->id, ==, ids[i]);
      g_assert_cmpint (group->lawful_order, ==, g_str_equal (ids[i], "officer"));
      g_assert_nonnull (group->companion_text);
    }

  g_assert_cmpstr (probity_profile_get_employment_group (profile, "SPECIAL CONSTABULARY")->id, ==, "special-constable");
  g_assert_cmpstr (probity_profile_get_employment_group (profile, "consultant")->id, ==, "staff");
  g_assert_cmpstr (probity_profile_get_employment_group (profile, NULL)->id, ==, "staff");
}

/* Rule: no profile removes the checks or the separation of duties. */
static void
test_profile_forbidden (void)
{
  assert_refused ("derbyshire", "Complaints=required", "Complaints=none", PROBITY_PROFILE_ERROR_FORBIDDEN, "[Checks] Complaints");
  assert_refused ("derbyshire", "Intelligence=required", "Intelligence=optional", PROBITY_PROFILE_ERROR_FORBIDDEN, "[Checks] Intelligence");
  assert_refused ("durham", "Separation-Of-Duties=required", "Separation-Of-Duties=no", PROBITY_PROFILE_ERROR_FORBIDDEN, "Separation-Of-Duties");
  assert_refused ("derbyshire", "Approve-Over-Objection=no", "Approve-Over-Objection=yes", PROBITY_PROFILE_ERROR_FORBIDDEN, "Approve-Over-Objection");
  assert_refused ("derbyshire", "View=required", "View=none", PROBITY_PROFILE_ERROR_FORBIDDEN, "[Route] View");
  assert_refused ("derbyshire", "View-By=decider", "View-By=line-manager", PROBITY_PROFILE_ERROR_FORBIDDEN, "View-By");
  assert_refused ("derbyshire", "Lawful-Order=no", "Lawful-Order=yes", PROBITY_PROFILE_ERROR_FORBIDDEN, "Lawful-Order");
  assert_refused ("derbyshire", "Intelligence=required", "", PROBITY_PROFILE_ERROR_INVALID, "[Checks] Intelligence");
  assert_refused ("derbyshire", "Maximum-Age-Days=28", "Maximum-Age-Days=36500", PROBITY_PROFILE_ERROR_INVALID, "Maximum-Age-Days");
  assert_refused ("derbyshire", "Signatory=head-of-hr", "Signatory=line-manager", PROBITY_PROFILE_ERROR_INVALID, "Signatory");
  assert_refused ("derbyshire", "Interval-Months=12", "Interval-Months=24", PROBITY_PROFILE_ERROR_INVALID, "Interval-Months");
}

/* Rule: a key that is misspelt, missing or without its source is an error that names it. */
static void
test_profile_invalid (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) binary = g_bytes_new_static ("[Profile]\nFormat=1\n\0\xff", 21);

  assert_refused ("generic", "Signatory=decider", "Signatry=decider", PROBITY_PROFILE_ERROR_INVALID, "Signatry");
  assert_refused ("generic", "Source.Signatory=setting: as in Durham", "", PROBITY_PROFILE_ERROR_INVALID, "Source.Signatory");
  assert_refused ("generic", "[Hours]", "[Ours]", PROBITY_PROFILE_ERROR_INVALID, "[Hours]");
  assert_refused ("generic", "[Retention]", "[Secrets]\nA=b\n[Retention]", PROBITY_PROFILE_ERROR_INVALID, "[Secrets]");
  assert_refused ("generic", "Valid-From=2011-09-01", "Valid-From=01/09/2011", PROBITY_PROFILE_ERROR_INVALID, "Valid-From");
  assert_refused ("generic", "other=Other", "others=Other", PROBITY_PROFILE_ERROR_INVALID, "[Categories] other");
  assert_refused ("generic", "Default=staff", "Default=robots", PROBITY_PROFILE_ERROR_INVALID, "Default");
  assert_refused ("generic", "Required-Systems-Complaints=", "Required-Systems-Complaints=crystal-ball", PROBITY_PROFILE_ERROR_INVALID, "Required-Systems-Complaints");
  assert_refused ("generic", "Format=1", "Format=2", PROBITY_PROFILE_ERROR_NEWER, "Format");
  assert_refused ("generic", "Format=1", "", PROBITY_PROFILE_ERROR_INVALID, "Format");

  g_assert_null (probity_profile_new_from_bytes (empty, "empty", &error));
  g_assert_error (error, PROBITY_PROFILE_ERROR, PROBITY_PROFILE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (probity_profile_new_from_bytes (binary, "binary", &error));
  g_assert_error (error, PROBITY_PROFILE_ERROR, PROBITY_PROFILE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (probity_profile_load_builtin ("../profiles/generic", &error));
  g_assert_error (error, PROBITY_PROFILE_ERROR, PROBITY_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (probity_profile_load_builtin ("atlantis", &error));
  g_assert_error (error, PROBITY_PROFILE_ERROR, PROBITY_PROFILE_ERROR_NOT_FOUND);
}

/* Rule: a force sets its own cap, required systems, days off and month of review; the version changes with the text. */
static void
test_profile_settings (void)
{
  g_autoptr (ProbityProfile) plain = load ("generic");
  g_autoptr (GBytes) cap = edit ("generic", "Local-Cap=off", "Local-Cap=16");
  g_autoptr (GBytes) systems = edit ("generic", "Required-Systems-Intelligence=", "Required-Systems-Intelligence=companies-house; open-sources");
  g_autoptr (GBytes) days = edit ("generic", "Extra-Bank-Holidays=", "Extra-Bank-Holidays=2027-06-07;2028-01-04");
  g_autoptr (GBytes) month = edit ("generic", "Month=0", "Month=4");
  g_autoptr (ProbityProfile) with_cap = probity_profile_new_from_bytes (cap, "cap", NULL);
  g_autoptr (ProbityProfile) with_systems = probity_profile_new_from_bytes (systems, "systems", NULL);
  g_autoptr (ProbityProfile) with_days = probity_profile_new_from_bytes (days, "days", NULL);
  g_autoptr (ProbityProfile) with_month = probity_profile_new_from_bytes (month, "month", NULL);
  g_auto (GStrv) required = probity_profile_dup_required_systems (with_systems, "intelligence");
  const ProbityDay *extra;
  gsize             n;

  g_assert_cmpint (probity_profile_get_local_cap (with_cap), ==, 16 * 60);
  g_assert_cmpstr (probity_profile_get_version (with_cap), !=, probity_profile_get_version (plain));
  g_assert_cmpuint (g_strv_length (required), ==, 2);
  g_assert_cmpstr (required[1], ==, "open-sources");
  extra = probity_profile_get_extra_holidays (with_days, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (probity_day_is_bank_holiday (probity_day_from_iso ("2027-06-07"), extra, n));

  g_assert_cmpuint (probity_profile_get_next_review (plain, probity_day_from_iso ("2012-02-29")), ==, probity_day_from_iso ("2013-02-28"));
  g_assert_cmpuint (probity_profile_get_next_review (with_month, probity_day_from_iso ("2012-02-29")), ==, probity_day_from_iso ("2012-04-01"));
  g_assert_cmpuint (probity_profile_get_next_review (with_month, probity_day_from_iso ("2012-04-01")), ==, probity_day_from_iso ("2013-04-01"));
  g_assert_cmpuint (probity_profile_get_next_review (with_month, probity_day_from_iso ("2012-09-30")), ==, probity_day_from_iso ("2013-04-01"));
}

/* Rule: the stages of an investigation begin, are investigated only once that is decided, and end closed; each has its source. */
static void
test_profile_stages (void)
{
  const ProbityDay day = probity_day_from_iso ("2026-03-02");
  const char      *groups = "[Stages conduct 2021-01-01]\nreceived=In\nSource.received=setting\ninvestigation=Work\nSource.investigation=setting\nDays.investigation=7\nSource.Days.investigation=setting\nwith-counsel=With counsel\nSource.with-counsel=setting\nclosed=Closed\nSource.closed=setting\n[Retention]";
  g_autoptr (GBytes) bytes = edit ("generic", "[Retention]", groups);
  g_autoptr (ProbityProfile) profile = probity_profile_new_from_bytes (bytes, "force.profile", NULL);
  g_auto (GStrv) stages = probity_profile_dup_stages (profile, "conduct", day);
  g_auto (GStrv) older = probity_profile_dup_stages (profile, "conduct", probity_day_from_iso ("2020-12-31"));
  g_autofree char *joined = g_strjoinv (" ", stages);
  guint            days;

  g_assert_cmpstr (joined, ==, "received investigation with-counsel closed");
  g_assert_cmpuint (g_strv_length (older), ==, 6);
  g_assert_cmpstr (probity_profile_get_stage (profile, "conduct", day, "investigation", NULL, &days), ==, "Work");
  g_assert_cmpuint (days, ==, 7);
  g_assert_null (probity_profile_get_stage (profile, "conduct", day, "report", NULL, &days));
  g_assert_cmpuint (days, ==, 0);
  g_assert_null (probity_profile_dup_stages (profile, "burglary", day));

  assert_refused ("generic", "[Stages leak 2008-12-01]", "[Stages leak]", PROBITY_PROFILE_ERROR_INVALID, "[Stages leak]");
  assert_refused ("generic", "Source.received=setting", "", PROBITY_PROFILE_ERROR_INVALID, "a source");
  assert_refused ("generic", "closed=Closed", "shut=Shut\nSource.shut=setting", PROBITY_PROFILE_ERROR_INVALID, "no stage");
  assert_refused ("generic", "received=Received", "arrived=Arrived\nSource.arrived=setting\nreceived=Received", PROBITY_PROFILE_ERROR_INVALID, "begins with another");
  assert_refused ("generic", "Days.severity-assessment=5", "Days.severity-assessment=soon", PROBITY_PROFILE_ERROR_INVALID, "whole number");
  assert_refused ("generic", "Severity-Routes=management-action;performance;no-action", "Severity-Routes=flogging", PROBITY_PROFILE_ERROR_INVALID, "Severity-Routes");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/profile/derbyshire", test_profile_derbyshire);
  g_test_add_func ("/profile/durham", test_profile_durham);
  g_test_add_func ("/profile/generic", test_profile_generic);
  g_test_add_func ("/profile/common", test_profile_common);
  g_test_add_func ("/profile/checklists", test_profile_checklists);
  g_test_add_func ("/profile/sources", test_profile_sources);
  g_test_add_func ("/profile/lists", test_profile_lists);
  g_test_add_func ("/profile/employment-groups", test_profile_employment_groups);
  g_test_add_func ("/profile/forbidden", test_profile_forbidden);
  g_test_add_func ("/profile/invalid", test_profile_invalid);
  g_test_add_func ("/profile/settings", test_profile_settings);
  g_test_add_func ("/profile/stages", test_profile_stages);

  return g_test_run ();
}
