/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bench-sample.h"

char *
bench_dup_sample (const char        *ctl,
                  const char        *base,
                  const char *const *sizes)
{
  const char      *ready = g_getenv ("PROBITY_CASEBOOK");
  g_autofree char *state = g_build_filename (base, "state", NULL);
  g_autofree char *folder = g_build_filename (base, "casebook", NULL);
  g_autoptr (GStrvBuilder) command = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("PROBITY_STATE_DIR", state, TRUE);
  if (ready != NULL)
    return g_strdup (ready);

  g_strv_builder_add_many (command, ctl, "sample", folder, "--force", "derbyshire", NULL);
  g_strv_builder_addv (command, (const char **) sizes);
  arguments = g_strv_builder_end (command);
  process = g_subprocess_newv ((const char *const *) arguments, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&folder);
}
