/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "probity-backup-file.h"
#include "probity-scratch.h"

/* The format of backup files: what is written is read again, and nothing else is. */

static const char *const databases[] = { "journal/journal.db", "registers/registers.db", "standards/standards.db", "intelligence/intelligence.db" };

static void
fill (ProbityBackupManifest *manifest)
{
  manifest->casebook_uid = g_strdup ("01900000-0000-7000-8000-000000000001");
  manifest->created = g_strdup ("2026-11-22T09:30:00.123Z");
  manifest->account_uid = g_strdup ("01900000-0000-7000-8000-000000000002");
  manifest->account_name = g_strdup ("keeper");
  manifest->program = g_strdup ("0.1.0");
  manifest->sealed[PROBITY_COMPARTMENT_JOURNAL] = g_strdup ("c2VhbGVk");
}

static void
add_all (ProbityBackupManifest *manifest)
{
  fill (manifest);
  probity_backup_manifest_add (manifest, "keyring.jsonl", 10);
  for (guint i = 0; i < G_N_ELEMENTS (databases); i++)
    probity_backup_manifest_add (manifest, databases[i], 8192 * (i + 1));
}

static ProbityBackupManifest *
parse_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ProbityBackupManifest *manifest = probity_backup_manifest_parse (bytes, &error);

  g_assert_true ((manifest == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_error (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_DAMAGED);

  return manifest;
}

/* Rule: what is read is what was written, and is written the same again. */
static void
test_manifest (void)
{
  g_autoptr (ProbityBackupManifest) manifest = probity_backup_manifest_new ();
  g_autoptr (ProbityBackupManifest) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) bytes_again = NULL;
  g_autoptr (GError) error = NULL;

  add_all (manifest);
  bytes = probity_backup_manifest_dup_bytes (manifest);
  again = probity_backup_manifest_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->members->len, ==, 5);
  g_assert_cmpstr (again->account_name, ==, "keeper");
  g_assert_cmpstr (again->sealed[PROBITY_COMPARTMENT_JOURNAL], ==, "c2VhbGVk");
  g_assert_null (again->sealed[PROBITY_COMPARTMENT_STANDARDS]);
  g_assert_cmpuint (probity_backup_manifest_find (again, databases[1])->offset, ==, PROBITY_BACKUP_HEADER_LENGTH + 10 + 8192);
  bytes_again = probity_backup_manifest_dup_bytes (again);
  g_assert_true (g_bytes_equal (bytes, bytes_again));
}

/* Rule: a list that lacks a line, says one twice, or says it in another way is none. */
static void
test_lines (void)
{
  g_autoptr (ProbityBackupManifest) manifest = probity_backup_manifest_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  add_all (manifest);
  bytes = probity_backup_manifest_dup_bytes (manifest);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i][0] != '\0'; i++)
    {
      g_autoptr (GString) without = g_string_new (NULL);
      g_autoptr (GString) twice = g_string_new (NULL);

      for (guint j = 0; lines[j][0] != '\0'; j++)
        {
          if (i != j)
            g_string_append_printf (without, "%s\n", lines[j]);
          g_string_append_printf (twice, "%s\n", lines[j]);
          if (i == j)
            g_string_append_printf (twice, "%s\n", lines[j]);
        }

      /* What nobody could open is not there. */
      if (!g_str_has_prefix (lines[i], "sealed "))
        g_assert_null (parse_text (without->str));
      g_assert_null (parse_text (twice->str));
    }

  {
    static const char *const changes[][2] = {
      { " 8192 ", " 08192 " },
      { " 8192 ", " -1 " },
      { " 8192 ", " 99999999999999999999 " },
      { " 8192 ", "  8192 " },
      { " 8192 ", " \v8192 " },
      { "end\n", "end" },
      { "end\n", "end\nmore\n" },
      { "created 2026", "created 0" },
      { "keyring.jsonl", "slots/../keyring.jsonl" },
      { "keyring.jsonl", "keyring" },
      { "registers/registers.db", "journal/journal.db/registers.db" },
      { "account 0", "account  0" },
      { "sealed journal ", "sealed elsewhere " },
    };

    for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
      {
        g_autoptr (GString) changed = g_string_new (text);

        g_assert_cmpuint (g_string_replace (changed, changes[i][0], changes[i][1], 1), ==, 1);
        g_test_message ("%s", changes[i][1]);
        g_assert_null (parse_text (changed->str));
      }
  }
}

/* Rule: a backup writes nowhere but where a casebook has its files. */
static void
test_paths (void)
{
  static const char *const good[] = { "keyring.jsonl", "slots/01900000-0000-7000-8000-000000000002.json", "registers/registers.db", "registers/registers.db-wal", "standards/exhibits/ab/abcdef", "intelligence/exhibits/Übersicht 1.pdf" };
  static const char *const bad[] = {
    "",
    "/keyring.jsonl",
    "lock",
    "slots/a/b.json",
    "slots/.json.XXXX",
    "slots/a.txt",
    "../keyring.jsonl",
    "registers",
    "registers/",
    "registers//registers.db",
    "registers/../journal/journal.db",
    "registers/./registers.db",
    "registers/registers.db-shm",
    "registers/journal.db-wal",
    "registers/exhibits/a-wal",
    "registers/lock",
    "elsewhere/registers.db",
    "registers/a\nb",
    "registers/1/2/3/4/5/6/7/8",
    "registers/\xff",
  };
  g_autofree char *long_name = g_strnfill (300, 'a');
  g_autofree char *long_path = g_strconcat ("registers/", long_name, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (probity_backup_path_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *escaped = g_strescape (bad[i], NULL);

      g_test_message ("%s", escaped);
      g_assert_false (probity_backup_path_is_valid (bad[i]));
    }
  g_assert_false (probity_backup_path_is_valid (long_path));
}

static GBytes *
sign_cb (const guint8 digest[PROBITY_BACKUP_HASH_BYTES],
         gpointer     data)
{
  guint8 signature[PROBITY_BACKUP_SIGNATURE_BYTES] = { 7 };

  return g_bytes_new (signature, sizeof signature);
}

static void
write_backup (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityBackupWriter) writer = probity_backup_writer_new (path, &error);
  g_autoptr (GBytes) keyring = g_bytes_new_static ("a keyring\n", 10);
  guint8 digest[PROBITY_BACKUP_HASH_BYTES];

  g_assert_no_error (error);
  fill (probity_backup_writer_peek_manifest (writer));
  g_assert_true (probity_backup_writer_add_bytes (writer, "keyring.jsonl", keyring, &error));
  for (guint i = 0; i < G_N_ELEMENTS (databases); i++)
    {
      g_autofree char *text = g_strnfill (i == 2 ? 3 * 1024 * 1024 + 17 : 1000, (char) ('a' + i));
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      g_assert_true (probity_backup_writer_add_bytes (writer, databases[i], bytes, &error));
    }
  g_assert_true (probity_backup_writer_finish (writer, sign_cb, NULL, digest, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (probity_backup_writer_commit (writer, &error));
  g_assert_no_error (error);
}

static GError *
try_to_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityBackupReader) reader = probity_backup_reader_open (path, &error);

  if (reader != NULL)
    probity_backup_reader_extract (reader, NULL, NULL, NULL, &error);

  return g_steal_pointer (&error);
}

/* Rule: files come out as they went in, and no byte of a backup can change unnoticed. */
static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("backup-file-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.probity-backup", NULL);
  g_autofree char *unverified = g_strconcat (path, ".unverified", NULL);
  g_autofree char *out = g_build_filename (folder, "out", NULL);
  g_autofree char *large = g_build_filename (out, databases[2], NULL);
  g_autofree char *contents = NULL;
  g_autofree char *text = NULL;
  g_autoptr (ProbityBackupReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  gsize length, text_length;

  write_backup (path);
  g_assert_false (g_file_test (unverified, G_FILE_TEST_EXISTS));
  g_assert_null (try_to_read (path));
  reader = probity_backup_reader_open (path, &error);
  g_assert_no_error (error);
  g_assert_no_errno (g_mkdir (out, 0700));
  g_assert_true (probity_backup_reader_extract (reader, out, NULL, NULL, &error));
  g_assert_true (g_file_get_contents (large, &text, &text_length, NULL));
  g_assert_cmpuint (text_length, ==, 3 * 1024 * 1024 + 17);
  g_assert_cmpuint (strspn (text, "c"), ==, text_length);

  /* Every byte of the head and the list, and some of the rest. */
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  for (gsize i = 0; i < length; i += i < PROBITY_BACKUP_HEADER_LENGTH + 10 || i > length - 100 ? 1 : 299993)
    {
      g_autoptr (GError) found = NULL;

      contents[i] ^= 1;
      g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
      contents[i] ^= 1;
      found = try_to_read (path);
      g_assert_nonnull (found);
      g_assert_true (found->domain == PROBITY_BACKUP_ERROR);
    }
  for (gsize i = 0; i < length; i += i < 300 ? 7 : 599983)
    {
      g_autoptr (GError) found = NULL;

      g_assert_true (g_file_set_contents (path, contents, (gssize) i, NULL));
      found = try_to_read (path);
      g_assert_nonnull (found);
      g_assert_true (found->domain == PROBITY_BACKUP_ERROR);
    }

  probity_remove_tree (folder);
}

/* Rule: what was not finished leaves nothing, and what a killed program left does not stand in the way. */
static void
test_unfinished (void)
{
  g_autofree char *folder = g_dir_make_tmp ("backup-file-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.probity-backup", NULL);
  g_autofree char *unverified = g_strconcat (path, ".unverified", NULL);
  g_autoptr (ProbityBackupWriter) writer = probity_backup_writer_new (path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_test (unverified, G_FILE_TEST_EXISTS));
  g_assert_null (probity_backup_writer_new (path, &error));
  g_assert_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_BUSY);
  g_clear_pointer (&writer, probity_backup_writer_free);
  g_assert_false (g_file_test (unverified, G_FILE_TEST_EXISTS));

  g_assert_true (g_file_set_contents (unverified, "left by somebody who was killed, and longer than nothing", -1, NULL));
  write_backup (path);
  g_assert_null (try_to_read (path));
  probity_remove_tree (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/backup-file/manifest", test_manifest);
  g_test_add_func ("/backup-file/lines", test_lines);
  g_test_add_func ("/backup-file/paths", test_paths);
  g_test_add_func ("/backup-file/file", test_file);
  g_test_add_func ("/backup-file/unfinished", test_unfinished);

  return g_test_run ();
}
