/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "second-job-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probity-exhibit-store.h"
#include "probity-exhibit.h"
#include "probity-investigation.h"

/* Exhibits: file before row, continuity that cannot be changed, nothing left behind, nothing told below. */

#define assert_exhibit_error(future, error_code)                                        \
  G_STMT_START                                                                          \
  {                                                                                     \
    g_autoptr (GError) _error = wait_for_error (future);                                \
    g_assert_error (_error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_##error_code); \
  }                                                                                     \
  G_STMT_END

static GFile *
make_file (Force      *force,
           const char *name,
           const char *text,
           gsize       length)
{
  g_autofree char *path = g_build_filename (force->casebook->base, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, (gssize) length, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

static DexFuture *
add (ProbitySession *session,
     const char     *reference,
     GFile          *file,
     const char     *field,
     const char     *value,
     GCancellable   *cancellable)
{
  g_autoptr (ProbityValues) values = probity_values_new ();

  probity_values_set (values, "description", "Signed form");
  if (field != NULL)
    probity_values_set (values, field, value);

  return probity_exhibit_add (session, reference, file, values, NULL, cancellable);
}

static ProbityExhibit *
add_text (Force          *force,
          ProbitySession *session,
          const char     *reference,
          const char     *text)
{
  g_autoptr (GFile) file = make_file (force, "form.txt", text, strlen (text));

  return wait_for_boxed (add (session, reference, file, NULL, NULL, NULL));
}

static guint
count_files (Force             *force,
             ProbityCompartment compartment)
{
  g_autofree char *path = probity_exhibit_store_dup_folder (force->casebook->folder, probity_compartment_to_string (compartment));
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

/* The actions that @session may know of, separated by blanks. */
static char *
dup_actions (ProbitySession *session,
             const char     *reference,
             const char     *exhibit)
{
  g_autoptr (GPtrArray) items = wait_for_boxed (probity_exhibit_load_continuity (session, reference, exhibit));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", ((ProbityContinuityItem *) g_ptr_array_index (items, i))->action);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define assert_actions(session, reference, exhibit, actions)             \
  G_STMT_START                                                           \
  {                                                                      \
    g_autofree char *_found = dup_actions (session, reference, exhibit); \
    g_assert_cmpstr (_found, ==, actions);                               \
  }                                                                      \
  G_STMT_END

static Force *
begin (void)
{
  Force *force = force_new ("generic");

  /* Whose initials the exhibits bear. */
  force_add_person (force, "3001", "Hilda", "Rowan", "1980-01-01", NULL);

  return force;
}

/* A copy for another program is its user's alone, and gone with the session. */
static void
check_outside (Force      *force,
               const char *reference)
{
  g_autoptr (GFile) copy = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autofree char *runtime = g_strdup (g_get_user_runtime_dir ());
  g_autoptr (GError) error = NULL;
  struct stat info;

  assert_record_error (probity_exhibit_open_outside (force->hr, reference, "HR/1", NULL, NULL, NULL), MISSING);

  /* Never where it would stay on the disk. */
  g_unsetenv ("XDG_RUNTIME_DIR");
  error = wait_for_error (probity_exhibit_open_outside (force->hr, reference, "HR/1", "To read it", NULL, NULL));
  g_assert_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_SOURCE);
  assert_actions (force->hr, reference, "HR/1", "taken-in viewed");
  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);

  copy = wait_for_object (probity_exhibit_open_outside (force->hr, reference, "HR/1", "To read it", NULL, NULL));
  name = g_file_get_basename (copy);
  g_assert_cmpstr (name, ==, "form.txt");
  g_assert_cmpint (stat (g_file_peek_path (copy), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  folder = g_path_get_dirname (g_file_peek_path (copy));
  g_assert_cmpint (stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  assert_actions (force->hr, reference, "HR/1", "taken-in viewed disclosed");

  probity_exhibit_remove_outside (force->hr);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

/* Nothing is shown that was not recorded; what a reader above looked at shows to nobody below. */
static void
test_viewed (void)
{
  g_autoptr (Force) force = begin ();
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autoptr (ProbityExhibit) exhibit = add_text (force, force->hr, reference, "a form");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;

  g_assert_cmpstr (exhibit->reference, ==, "HR/1");
  g_assert_cmpstr (exhibit->media_type, ==, "text/plain");
  assert_exhibit_error (probity_exhibit_load_bytes (force->hr, reference, "HR/1", 5), TOO_LARGE);
  assert_actions (force->hr, reference, "HR/1", "taken-in");

  /* A line manager may look at what belongs to their own people's cases. */
  bytes = wait_for_boxed (probity_exhibit_load_bytes (force->manager, reference, "hr/1", 6));
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "a form", 6);
  again = wait_for_boxed (probity_exhibit_load_bytes (force->acu, reference, "HR/1", 100));
  assert_actions (force->hr, reference, "HR/1", "taken-in viewed");
  assert_actions (force->psd, reference, "HR/1", "taken-in viewed");
  assert_actions (force->decider, reference, "HR/1", "taken-in viewed viewed");

  assert_not_found (probity_exhibit_load_bytes (force->other, reference, "HR/1", 100));
  assert_record_error (probity_exhibit_load_bytes (force->hr, reference, "HR/2", 100), INVALID);
  check_outside (force, reference);
}

static char *
open_case (ProbitySession        *session,
           const ProbityCaseKind *kind,
           const char            *field,
           const char            *value)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr (ProbityRecord) record = NULL;

  probity_values_set (values, "title", "An article in the evening paper");
  probity_values_set (values, field, value);
  record = wait_for_boxed (probity_investigation_open (session, kind, values, subjects));

  return g_strdup (probity_record_get_reference (record));
}

/* Exhibits of any kind of case lie in that case's compartment; without its key they do not exist. */
static void
check_kinds (Force *force)
{
  g_autofree char *leak = open_case (force->acu, &probity_leak_case, "item", "Custody record of an arrest");
  g_autofree char *conduct = open_case (force->psd, &probity_conduct_case, "origin", "report");
  g_autoptr (ProbityExhibit) captured = add_text (force, force->acu, leak, "the article");
  g_autoptr (ProbityExhibit) statement = add_text (force, force->psd, conduct, "a statement");
  g_autoptr (GBytes) bytes = wait_for_boxed (probity_exhibit_load_bytes (force->decider, leak, captured->reference, 100));
  g_autoptr (DexFuture) proved = wait_for (probity_exhibit_verify (force->acu, conduct, statement->reference, NULL, NULL));

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "the article", 11);
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (proved, NULL)), ==, "whole");
  g_assert_cmpuint (count_files (force, PROBITY_COMPARTMENT_INTELLIGENCE), ==, 1);
  g_assert_cmpuint (count_files (force, PROBITY_COMPARTMENT_STANDARDS), ==, 1);

  assert_not_found (probity_exhibit_list (force->psd, leak));
  assert_not_found (probity_exhibit_load_bytes (force->psd, leak, captured->reference, 100));
  assert_not_found (probity_exhibit_list (force->hr, leak));
  assert_not_found (probity_exhibit_list (force->hr, conduct));
  assert_not_found (probity_exhibit_list (force->manager, conduct));
  assert_actions (force->psd, conduct, statement->reference, "taken-in");
  assert_actions (force->decider, conduct, statement->reference, "taken-in verified");
}

/* Of a case about themselves or a relative nobody learns that it has exhibits, or exists. */
static void
test_locked (void)
{
  g_autoptr (Force) force = begin ();
  g_autofree char *reference = force_submit (force, force->hr, "4001", "The Bell");
  g_autoptr (ProbityExhibit) exhibit = add_text (force, force->hr, reference, "a form");
  g_autoptr (GFile) file = make_file (force, "mine", "mine", 4);

  assert_not_found (probity_exhibit_list (force->psd, reference));
  assert_not_found (probity_exhibit_load_continuity (force->psd, reference, "HR/1"));
  assert_not_found (add (force->psd, reference, file, NULL, NULL, NULL));
  assert_not_found (probity_exhibit_verify (force->psd, reference, "HR/1", NULL, NULL));
  assert_not_found (probity_exhibit_export (force->psd, reference, "HR/1", file, "me", "mine", NULL, NULL));
  check_kinds (force);
  g_assert_cmpuint (count_files (force, PROBITY_COMPARTMENT_REGISTERS), ==, 1);
}

/* Where the disk is full nothing is taken in, and the casebook stays open. */
static void
check_no_room (Force      *force,
               const char *reference)
{
  g_autofree char *content = g_strnfill (8 * 1024 * 1024, 'x');
  g_autoptr (GFile) file = make_file (force, "film", content, 8 * 1024 * 1024);
  g_autoptr (ProbityExhibit) exhibit = NULL;
  struct rlimit limit, before;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  limit = before;
  limit.rlim_cur = 6 * 1024 * 1024;
  setrlimit (RLIMIT_FSIZE, &limit);
  assert_exhibit_error (add (force->hr, reference, file, NULL, NULL, NULL), NO_SPACE);
  setrlimit (RLIMIT_FSIZE, &before);

  g_assert_cmpuint (count_files (force, PROBITY_COMPARTMENT_REGISTERS), ==, 0);
  exhibit = wait_for_boxed (add (force->hr, reference, file, NULL, NULL, NULL));
  g_assert_cmpint (exhibit->size, ==, 8 * 1024 * 1024);
}

/* What is refused leaves no file, and says which field is wrong. */
static void
test_refused (void)
{
  static const struct
  {
    const char *field;
    const char *value;
  } wrong[] = { { "description", " " }, { "received", "tomorrow" }, { "received", "2999-01-01" }, { "initials", "A1" }, { "initials", "ABCDEF" } };
  g_autoptr (Force) force = begin ();
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autoptr (GFile) file = make_file (force, "form", "a form", 6);
  g_autoptr (GFile) folder = g_file_new_for_path (force->casebook->base);
  g_autoptr (GFile) absent = g_file_get_child (folder, "absent");
  g_autoptr (GFile) large = make_file (force, "large", "", 0);
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/zero");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityExhibit) exhibit = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) refused = wait_for_error (add (force->hr, reference, file, wrong[i].field, wrong[i].value, NULL));

      g_assert_cmpstr (probity_record_error_get_field (refused), ==, wrong[i].field);
    }
  assert_exhibit_error (add (force->hr, reference, folder, NULL, NULL, NULL), SOURCE);
  assert_exhibit_error (add (force->hr, reference, absent, NULL, NULL, NULL), SOURCE);
  assert_exhibit_error (add (force->hr, reference, device, NULL, NULL, NULL), SOURCE);
  g_assert_cmpint (truncate (g_file_peek_path (large), PROBITY_EXHIBIT_MAX_BYTES + 1), ==, 0);
  assert_exhibit_error (add (force->hr, reference, large, NULL, NULL, NULL), TOO_LARGE);
  g_cancellable_cancel (cancelled);
  error = wait_for_error (add (force->hr, reference, file, NULL, NULL, cancelled));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_refused (add (force->manager, reference, file, NULL, NULL, NULL), "not-your-step");
  g_assert_cmpuint (count_files (force, PROBITY_COMPARTMENT_REGISTERS), ==, 0);
  check_no_room (force, reference);

  exhibit = wait_for_boxed (add (force->hr, reference, file, "received", "2012-05-04", NULL));
  g_assert_cmpstr (exhibit->received, ==, "2012-05-04");
  assert_refused (probity_exhibit_export (force->manager, reference, "HR/2", absent, "me", "mine", NULL, NULL), "not-your-step");
  assert_record_error (probity_exhibit_export (force->hr, reference, "HR/2", absent, "IOPC", " ", NULL, NULL), MISSING);
  g_assert_false (g_file_query_exists (absent, NULL));
  assert_actions (force->hr, reference, "HR/2", "taken-in");
}

/* What a killed program left goes at the next sign-in; what another is just writing stays. */
static void
test_swept (void)
{
  g_autoptr (Force) force = begin ();
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autoptr (ProbityExhibit) exhibit = add_text (force, force->hr, reference, "a form");
  g_autofree char *folder = probity_exhibit_store_dup_folder (force->casebook->folder, "registers");
  g_autofree char *stray = g_build_filename (folder, "abababababababababababababababababababababababababababababababab", NULL);
  g_autofree char *other = g_build_filename (folder, "notes", NULL);
  g_autoptr (ProbityExhibitIntake) intake = probity_exhibit_intake_new (folder, 100, NULL);
  g_autoptr (GError) error = NULL;
  ProbitySession *session;

  g_assert_true (g_file_set_contents (stray, "x", 1, NULL));
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  g_assert_cmpuint (count_files (force, PROBITY_COMPARTMENT_REGISTERS), ==, 4);

  session = session_fixture_sign_in (force->casebook, "hr");
  session_fixture_sign_out (session);
  g_assert_false (g_file_test (stray, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (force, PROBITY_COMPARTMENT_REGISTERS), ==, 3);
  g_unlink (other);

  g_clear_pointer (&intake, probity_exhibit_intake_free);
  g_assert_cmpuint (count_files (force, PROBITY_COMPARTMENT_REGISTERS), ==, 1);
}

static void
assert_constraint (ProbitySession *session,
                   const char     *sql)
{
  g_autoptr (GError) error = wait_for_error (run_sql (probity_session_get_casebook (session), PROBITY_COMPARTMENT_REGISTERS, sql));

  assert_casebook_error (error, CONSTRAINT);
}

/* What was taken in and what happened to it does not change, for any tool that has the key. */
static void
check_append_only (Force *force)
{
  static const char *const statements[] = {
    "UPDATE exhibit SET description = 'another'",
    "DELETE FROM exhibit",
    "INSERT OR REPLACE INTO exhibit SELECT * FROM exhibit",
    "INSERT INTO exhibit SELECT id + 1, uid || 'x', case_kind, case_uid, initials || '/2', initials, 3, description, received, received_from, place, file_name, media_type, size, sha256, account, person, at, signature FROM exhibit",
    "INSERT INTO exhibit SELECT id + 1, uid || 'x', case_kind, case_uid, initials || '/2', initials, 2, description, received, received_from, place, file_name, media_type, size + 1, sha256, account, person, at, signature FROM exhibit",
    "UPDATE exhibit_continuity SET reason = 'another'",
    "DELETE FROM exhibit_continuity",
    "INSERT OR REPLACE INTO exhibit_continuity SELECT * FROM exhibit_continuity",
    "UPDATE exhibit_file SET size = 1",
    "DELETE FROM exhibit_file",
    "INSERT OR REPLACE INTO exhibit_file SELECT * FROM exhibit_file",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    assert_constraint (force->hr, statements[i]);
}

/* All problem codes of registers, without those of the schema, separated by blanks. */
static char *
dup_problems (ProbitySession *session)
{
  g_autoptr (ProbityVerifyReport) report = wait_for_boxed (probity_audit_verify (session, NULL));
  ProbityVerifyCompartment *compartment = g_ptr_array_index (report->compartments, PROBITY_COMPARTMENT_REGISTERS);
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; compartment->problems[i] != NULL; i++)
    if (!g_str_has_prefix (compartment->problems[i], "schema-"))
      g_string_append_printf (codes, "%s%.*s", codes->len > 0 ? " " : "", (int) strcspn (compartment->problems[i], ":"), compartment->problems[i]);

  return g_string_free (g_steal_pointer (&codes), FALSE);
}

#define assert_problems(session, codes)               \
  G_STMT_START                                        \
  {                                                   \
    g_autofree char *_found = dup_problems (session); \
    g_assert_cmpstr (_found, ==, codes);              \
  }                                                   \
  G_STMT_END

static void
exchange (GPtrArray  *paths,
          const char *aside)
{
  g_assert_cmpint (g_rename (paths->pdata[0], aside), ==, 0);
  g_assert_cmpint (g_rename (paths->pdata[1], paths->pdata[0]), ==, 0);
  g_assert_cmpint (g_rename (aside, paths->pdata[1]), ==, 0);
}

/* Two contents whose files were changed for each other: found without reading them. */
static void
check_swapped (Force      *force,
               const char *reference)
{
  g_autofree char *folder = probity_exhibit_store_dup_folder (force->casebook->folder, "registers");
  g_autofree char *aside = g_build_filename (folder, "aside", NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (listing)) != NULL)
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_assert_cmpuint (paths->len, ==, 2);
  exchange (paths, aside);
  assert_problems (force->hr, "exhibit-damaged exhibit-damaged");
  assert_exhibit_error (probity_exhibit_load_bytes (force->hr, reference, "HR/1", 100), DAMAGED);
  exchange (paths, aside);
}

/* Rows that a tool with the key forged or took away are named, and files that are not what they were. */
static void
test_forged (void)
{
  g_autoptr (Force) force = begin ();
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Bell");
  g_autoptr (ProbityExhibit) exhibit = add_text (force, force->hr, reference, "a form");
  g_autoptr (ProbityExhibit) second = add_text (force, force->hr, reference, "another form");
  ProbityCasebook *casebook = probity_session_get_casebook (force->hr);

  assert_problems (force->hr, "");
  check_append_only (force);
  check_swapped (force, reference);
  assert_problems (force->hr, "");

  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "INSERT INTO exhibit_continuity SELECT id + 10, uid || 'x', exhibit_uid, case_uid, 'moved', 'elsewhere', reason, account, person, at, signature FROM exhibit_continuity WHERE id = 1"));
  assert_problems (force->hr, "forged-exhibit");

  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "DROP TRIGGER exhibit_update"));
  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "UPDATE exhibit SET description = 'Another form' WHERE id = 2"));
  assert_problems (force->hr, "forged-exhibit forged-exhibit");

  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "DROP TRIGGER exhibit_delete"));
  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_REGISTERS, "DELETE FROM exhibit WHERE id = 2"));
  assert_problems (force->hr, "forged-exhibit exhibit-gone");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/exhibit/viewed", test_viewed);
  g_test_add_func ("/exhibit/locked", test_locked);
  g_test_add_func ("/exhibit/refused", test_refused);
  g_test_add_func ("/exhibit/swept", test_swept);
  g_test_add_func ("/exhibit/forged", test_forged);

  return g_test_run ();
}
