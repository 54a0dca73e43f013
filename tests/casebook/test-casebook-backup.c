/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "casebook-fixture.h"

#include <fcntl.h>
#include <unistd.h>

#include "probity-backup.h"

/* A backup is a whole casebook of one moment. */

static gint64
count_entries (ProbityCasebook *casebook)
{
  return wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM audit_entry", NULL));
}

/* Rule: a backup that is made while others write opens with the same keys and holds all that was acknowledged. */
static void
test_backup (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autoptr (SecondProgram) second = second_program_new (fixture);
  g_autofree char *folder = g_dir_make_tmp ("backup-XXXXXX", NULL);
  g_autofree char *destination = g_build_filename (folder, "copy", NULL);
  g_autofree char *original = fixture->folder;
  g_autoptr (GError) error = NULL;
  gint64 n_copied;

  for (guint i = 0; i < 50; i++)
    wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "ours"));
  second_program_say (second, "open");
  second_program_say (second, "burst theirs 300");
  g_free (second_program_wait (second, "ack theirs-20"));
  wait_for_success (probity_casebook_backup (casebook, destination));
  g_free (second_program_wait (second, "ack theirs-299"));

  /* It is not written over by the next one. */
  error = wait_for_error (probity_casebook_backup (casebook, destination));
  assert_casebook_error (error, EXISTS);
  g_assert_cmpint (count_entries (casebook), ==, 350);
  wait_for_success (probity_casebook_close (casebook));
  g_clear_object (&casebook);

  fixture->folder = g_strdup (destination);
  casebook = casebook_fixture_open (fixture);
  n_copied = count_entries (casebook);
  g_assert_cmpint (n_copied, >=, 71);
  g_assert_cmpint (n_copied, <=, 350);
  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "in the copy"));
  wait_for_success (probity_casebook_close (casebook));

  g_free (fixture->folder);
  fixture->folder = g_steal_pointer (&original);
  remove_tree (folder);
}

/* Rule: who holds few keys copies everything, and what the copy of a damaged casebook lacks is found. */
static void
test_damaged (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = NULL;
  g_autofree char *folder = g_dir_make_tmp ("backup-XXXXXX", NULL);
  g_autofree char *destination = g_build_filename (folder, "copy", NULL);
  g_autofree char *unverified = g_strconcat (destination, ".unverified", NULL);
  g_autofree char *intelligence = g_build_filename (destination, "intelligence", "intelligence.db", NULL);
  g_autofree char *path = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_REGISTERS, "");
  g_autoptr (GError) error = NULL;
  int fd;

  g_clear_pointer (&fixture->keys[PROBITY_COMPARTMENT_INTELLIGENCE], probity_key_unref);
  casebook = casebook_fixture_open (fixture);
  wait_for_success (probity_casebook_backup (casebook, destination));
  g_assert_true (g_file_test (intelligence, G_FILE_TEST_EXISTS));
  remove_tree (destination);
  wait_for_success (probity_casebook_close (casebook));
  g_clear_object (&casebook);

  fd = open (path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (pwrite (fd, "damaged", 7, 8192 * 5 + 300), ==, 7);
  close (fd);
  casebook = casebook_fixture_open (fixture);
  error = wait_for_error (probity_casebook_backup (casebook, destination));
  assert_casebook_error (error, DAMAGED);
  g_assert_false (g_file_test (destination, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (unverified, G_FILE_TEST_EXISTS));
  wait_for_success (probity_casebook_close (casebook));
  remove_tree (folder);
}

/* Rule: there is no backup within the casebook. */
static void
test_inside (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autofree char *destination = g_build_filename (fixture->folder, "copy", NULL);
  g_autoptr (GError) error = NULL;

  error = wait_for_error (probity_casebook_backup (casebook, destination));
  assert_casebook_error (error, FAILED);
  g_assert_false (g_file_test (destination, G_FILE_TEST_EXISTS));
  wait_for_success (probity_casebook_close (casebook));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/casebook/backup/whole", test_backup);
  g_test_add_func ("/casebook/backup/damaged", test_damaged);
  g_test_add_func ("/casebook/backup/inside", test_inside);

  return g_test_run ();
}
