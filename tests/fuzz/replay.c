/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives every file of a corpus to a fuzz target, each as a test of its own. */

#include "config.h"

#include <glib.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

static void
test_input (gconstpointer data)
{
  const char      *path = data;
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  /* A copy of exactly this size, so that a sanitizer sees a read beyond its end. */
  g_autofree guint8 *bytes = g_memdup2 (contents, length);
  g_assert_cmpint (LLVMFuzzerTestOneInput (bytes, length), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/replay/", name, NULL);

      g_test_add_data_func_full (test, g_build_filename (argv[1], name, NULL), test_input, g_free);
    }
  return g_test_run ();
}
