/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bench-force.h"

#include <glib/gstdio.h>

Force *
bench_force_new (ProbityWriteFunc fill,
                 gpointer         data)
{
  const char      *base = g_getenv ("PROBITY_CASEBOOK");
  g_autofree char *ready = base != NULL ? g_build_filename (base, "ready", NULL) : NULL;
  g_autoptr (GError) error = NULL;
  gint64 begun;
  Force *self;

  if (ready != NULL && g_file_test (ready, G_FILE_TEST_EXISTS))
    return force_open (base);

  if (base == NULL)
    self = force_new ("derbyshire");
  else
    {
      g_assert_cmpint (g_mkdir_with_parents (base, 0700), ==, 0);
      self = force_new_with (session_fixture_new_in (base, "derbyshire"));
    }

  begun = g_get_monotonic_time ();
  wait_for_success (probity_casebook_write (probity_session_get_casebook (self->decider), fill, data, NULL));
  g_print ("made in %.0f s\n", (double) (g_get_monotonic_time () - begun) / 1e6);
  if (ready != NULL)
    {
      /* Only what was made to its end is opened again. */
      g_file_set_contents (ready, "", 0, &error);
      g_assert_no_error (error);
      self->casebook->is_kept = TRUE;
    }

  return self;
}
