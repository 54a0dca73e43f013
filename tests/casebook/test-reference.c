/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "casebook-fixture.h"
#include "probity-seal.h"
#include "second-job-fixture.h"

/* The references of second jobs: drawn, or where the force has them numbered, without a gap. */

#define DRAWN "^SJ/[2-9BCDFGHJKMNPQRSTVWXYZ]{6}$"

#define count(force, sql) wait_for_int64 (read_int64 (probity_session_get_casebook ((force)->decider), PROBITY_COMPARTMENT_REGISTERS, (sql), NULL))

/* Rule: one that is sealed leaves no gap in references, nor does one that was sealed from the start. */
static void
test_drawn (void)
{
  static const char *const holders[] = { "decider", NULL };
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *first = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *second = force_submit (force, force->hr, "1002", "The Swan");
  g_autofree char *third = NULL;

  g_assert_true (g_regex_match_simple (DRAWN, first, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT));
  g_assert_true (g_regex_match_simple (DRAWN, second, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT));
  g_assert_cmpstr (first, !=, second);

  wait_for_success (probity_case_seal (force->decider, first, holders, "He is of the department that checks"));
  third = force_submit (force, force->hr, "1002", "The Crown");
  g_assert_true (g_regex_match_simple (DRAWN, third, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT));
  g_assert_cmpint (count (force, "SELECT count(*) FROM second_job"), ==, 2);
  g_assert_cmpint (count (force, "SELECT count(*) FROM second_job WHERE reference_number IS NOT NULL OR reference_year IS NOT NULL"), ==, 0);
}

/* Rule: numbers run without a gap through the UK year, and none is used twice, though its job was withdrawn or sealed. */
static void
test_numbered (void)
{
  static const char *const holders[] = { "decider", NULL };
  g_autoptr (Force) force = force_new ("numbered");
  g_autofree char *first = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *next = NULL;

  g_assert_cmpstr (first, ==, "SJ/2026/0001");
  wait_for_success (probity_second_job_withdraw (force->manager, first, "changed his mind"));
  second = force_submit (force, force->hr, "1001", "The Bell");
  g_assert_cmpstr (second, ==, "SJ/2026/0002");
  wait_for_success (probity_case_seal (force->decider, second, holders, "He is of the department that checks"));
  third = force_submit (force, force->hr, "1002", "The Swan");
  g_assert_cmpstr (third, ==, "SJ/2026/0003");
  force_set_now (force, "2027-01-01T00:00:00.000Z");
  next = force_submit (force, force->hr, "1002", "The Crown");
  g_assert_cmpstr (next, ==, "SJ/2027/0001");
}

/* The rules of the generic profile, but for the references. */
static char *
make_profiles (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("probity-profiles-XXXXXX", &error);
  g_autofree char *profiles = g_build_filename (folder, "profiles", NULL);
  g_autofree char *from = g_build_filename (g_getenv ("PROBITY_DATADIR"), "profiles", "generic.profile", NULL);
  g_autofree char *generic = g_build_filename (profiles, "generic.profile", NULL);
  g_autofree char *numbered = g_build_filename (profiles, "numbered.profile", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) other = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (profiles, 0700), ==, 0);
  g_file_get_contents (from, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (generic, text, -1, NULL));
  other = g_string_new (text);
  g_assert_cmpuint (g_string_replace (other, "Second-Jobs=drawn", "Second-Jobs=numbered", 0), ==, 1);
  g_assert_cmpuint (g_string_replace (other, "Name=generic", "Name=numbered", 0), ==, 1);
  g_assert_true (g_file_set_contents (numbered, other->str, -1, NULL));

  return g_steal_pointer (&folder);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  int              status;

  g_test_init (&argc, &argv, NULL);
  folder = make_profiles ();
  g_setenv ("PROBITY_DATADIR", folder, TRUE);
  dex_init ();
  session_fixture_places = 1;

  g_test_add_func ("/reference/drawn", test_drawn);
  g_test_add_func ("/reference/numbered", test_numbered);

  status = g_test_run ();
  remove_tree (folder);

  return status;
}
