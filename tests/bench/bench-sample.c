/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bench-sample.h"

static void
remember_at (const char *base)
{
  g_autofree char *state = g_build_filename (base, "state", NULL);

  g_setenv ("PROBITY_STATE_DIR", state, TRUE);
}

static void
run (GStrvBuilder *builder)
{
  g_auto (GStrv) command = g_strv_builder_end (builder);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_newv ((const char *const *) command, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

char *
bench_dup_sample_at (const char        *ctl,
                     const char        *folder,
                     const char        *base,
                     const char *const *sizes)
{
  g_autoptr (GStrvBuilder) command = g_strv_builder_new ();

  remember_at (base);
  g_strv_builder_add_many (command, ctl, "sample", folder, "--force", "derbyshire", NULL);
  g_strv_builder_addv (command, (const char **) sizes);
  run (command);

  return g_strdup (folder);
}

char *
bench_dup_sample (const char        *ctl,
                  const char        *base,
                  const char *const *sizes)
{
  const char      *ready = g_getenv ("PROBITY_CASEBOOK");
  g_autofree char *folder = g_build_filename (base, "casebook", NULL);

  remember_at (base);

  return ready != NULL ? g_strdup (ready) : bench_dup_sample_at (ctl, folder, base, sizes);
}

char *
bench_dup_long (const char        *ctl,
                const char        *program,
                const char        *base,
                const char *const *lists)
{
  const char      *ready = g_getenv ("PROBITY_CASEBOOK");
  g_autofree char *folder = g_build_filename (base, "casebook", NULL);
  g_autoptr (GStrvBuilder) command = g_strv_builder_new ();

  remember_at (base);
  if (ready != NULL)
    return g_strdup (ready);

  g_strv_builder_add_many (command, program, ctl, folder, NULL);
  g_strv_builder_addv (command, (const char **) lists);
  run (command);

  return g_steal_pointer (&folder);
}
