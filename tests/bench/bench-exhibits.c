/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

#include "../casebook/second-job-fixture.h"
#include "measure.h"
#include "probity-exhibit-store.h"
#include "probity-exhibit.h"

/*
 * P11: what it costs to take a large file in and to prove it, as whole commands on a casebook, beside the
 * tools that people would use without one. PROBITY_EXHIBIT_MB says how large the file is (512).
 */

typedef struct
{
  Force *force;
  char  *reference;
  char  *path;
  char  *copy;
} Bench;

static void
run_tool (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", argv[0], error->message);
}

static void
copy_with_tools (gpointer data)
{
  Bench *bench = data;

  g_unlink (bench->copy);
  run_tool ((const char *const[]) { "cp", "--reflink=never", bench->path, bench->copy, NULL });
  run_tool ((const char *const[]) { "sync", bench->copy, NULL });
}

static void
take_in (gpointer data)
{
  Bench *bench = data;
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (GFile) file = g_file_new_for_path (bench->path);

  probity_values_set (values, "description", "A recording");
  wait_for_success (probity_exhibit_add (bench->force->hr, bench->reference, file, values, NULL, NULL));
}

static void
sum_with_tools (gpointer data)
{
  Bench *bench = data;

  run_tool ((const char *const[]) { "sha256sum", bench->path, NULL });
}

static void
prove (gpointer data)
{
  Bench *bench = data;
  g_autoptr (GPtrArray) problems = wait_for_boxed (probity_exhibit_verify_all (bench->force->hr, NULL, NULL));

  g_assert_cmpuint (problems->len, ==, 0);
}

static void
write_source (const char *path,
              gsize       n_mb)
{
  g_autofree guint8 *block = g_malloc (1024 * 1024);
  FILE              *file = fopen (path, "w");

  g_assert_nonnull (file);
  for (gsize i = 0; i < n_mb; i++)
    {
      randombytes_buf (block, 1024 * 1024);
      g_assert_cmpuint (fwrite (block, 1, 1024 * 1024, file), ==, 1024 * 1024);
    }
  g_assert_cmpint (fclose (file), ==, 0);
}

/* From the command to the first bytes of the content. */
static void
print_first_byte (Bench *bench)
{
  g_autofree char *folder = probity_exhibit_store_dup_folder (bench->force->casebook->folder, "registers");
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);
  g_autoptr (ProbityKey) key = probity_session_derive_key (bench->force->hr, PROBITY_COMPARTMENT_REGISTERS, "exhibits", NULL);
  g_autoptr (ProbityExhibitKeys) keys = probity_exhibit_keys_new (key);
  const char *name = g_dir_read_name (listing);
  gint64      best = G_MAXINT64;

  for (guint i = 0; i < 20; i++)
    {
      const gint64 start = g_get_monotonic_time ();
      int          fd = probity_exhibit_store_open (folder, name, NULL);
      g_autoptr (ProbityExhibitReader) reader = probity_exhibit_reader_open (keys, fd, NULL, NULL);
      const guint8 *bytes;
      gsize         length;

      g_assert_true (probity_exhibit_reader_next (reader, &bytes, &length, NULL));
      best = MIN (best, g_get_monotonic_time () - start);
      close (fd);
    }
  g_print ("P11  first bytes (a quarter of a megabyte) after %.2f ms at best; goal 10 ms\n", (double) best / 1000);
}

int
main (int   argc,
      char *argv[])
{
  const char *text = g_getenv ("PROBITY_EXHIBIT_MB");
  const gsize n_mb = text != NULL ? (gsize) MAX (atoi (text), 1) : 512;
  Bench       bench = { 0 };

  dex_init ();
  bench.force = force_new ("generic");
  bench.reference = force_submit (bench.force, bench.force->hr, "1001", "The Bell");
  bench.path = g_build_filename (bench.force->casebook->base, "recording", NULL);
  bench.copy = g_strconcat (bench.path, ".copy", NULL);
  write_source (bench.path, n_mb);

  g_print ("a file of %" G_GSIZE_FORMAT " MB, in the page cache\n", n_mb);
  measure_run (&(Measure) { "P11", "take in: read, hash, encrypt, sync, write the rows", "floor 0.4, target 0.8", MEASURE_SPEEDUP, 5, "cp and sync", copy_with_tools, "exhibit", take_in, &bench });
  measure_run (&(Measure) { "P11", "prove: decrypt and hash every byte", "floor 0.5, target 0.8", MEASURE_SPEEDUP, 5, "sha256sum", sum_with_tools, "exhibit", prove, &bench });
  print_first_byte (&bench);

  g_free (bench.path);
  g_free (bench.copy);
  g_free (bench.reference);
  force_free (bench.force);

  return 0;
}
