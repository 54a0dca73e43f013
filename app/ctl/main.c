/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libdex.h>
#include <locale.h>
#include <sodium.h>
#include <stdlib.h>

#include "ctl-call.h"
#include "ctl-output.h"
#include "ctl-passphrase.h"
#include "probity-session.h"
#include "probity-version.h"

typedef struct
{
  CtlCall           call;
  const CtlCommand *command;
  JsonNode         *document;
  GError           *error;
  GMainLoop        *loop;
} Run;

static gboolean
sign_in (Run     *run,
         GError **error)
{
  const char *name = ctl_call_get_option (&run->call, "as");
  g_autoptr (CtlPassphrase) passphrase = ctl_passphrase_dup (&run->call, name, error);

  if (passphrase == NULL)
    return FALSE;
  run->call.session = dex_await_object (probity_session_sign_in (ctl_call_get_argument (&run->call, 0), name, passphrase, NULL), error);
  return run->call.session != NULL;
}

static DexFuture *
run_fiber (gpointer data)
{
  Run *run = data;

  if (!run->command->signs_in || sign_in (run, &run->error))
    run->document = run->command->run (&run->call, &run->error);
  if (run->call.session != NULL)
    {
      g_autoptr (GError) error = NULL;

      /* What was done is committed by then; a close that fails is still a failure to tell. */
      if (!dex_await (probity_session_sign_out (run->call.session), &error) && run->error == NULL)
        run->error = g_steal_pointer (&error);
    }
  g_main_loop_quit (run->loop);

  return dex_future_new_for_boolean (TRUE);
}

/* A document beside an error is printed too: verify tells what it found and fails. */
static int
finish (Run *run)
{
  gboolean problem = g_error_matches (run->error, CTL_ERROR, CTL_ERROR_PROBLEM);

  if (run->document != NULL && (run->error == NULL || problem))
    {
      ctl_print (run->document, run->call.json);
    }
  else if (run->call.json && run->error != NULL)
    {
      const char *name = run->command != NULL ? run->command->syntax.name : "";
      gboolean    is_step = g_str_has_prefix (name, "second-job ") || g_str_has_prefix (name, "check ") || g_str_has_prefix (name, "exhibit ") ||
                         g_str_has_prefix (name, "appeal ") || g_str_has_prefix (name, "condition ") || g_str_has_prefix (name, "watch ") ||
                         g_str_has_prefix (name, "review ") || g_str_has_prefix (name, "leak ") || g_str_has_prefix (name, "conduct ");
      g_autoptr (JsonNode) document = ctl_error_to_json (run->error, is_step);

      ctl_print (document, TRUE);
    }
  if (run->error == NULL)
    return EXIT_SUCCESS;

  g_printerr ("probityctl: %s\n", run->error->message);
  return g_error_matches (run->error, CTL_ERROR, CTL_ERROR_USAGE) ? 2 : EXIT_FAILURE;
}

int
main (int    argc,
      char **argv)
{
  Run run = { 0 };
  g_autoptr (DexFuture) fiber = NULL;
  int status;

  if (sodium_init () < 0)
    {
      g_printerr ("probityctl: libsodium does not start\n");
      return EXIT_FAILURE;
    }
  ctl_passphrase_take_environment ();
  probity_harden_process ();
  setlocale (LC_ALL, "");
  dex_init ();

  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help"))
    {
      g_autofree char *usage = ctl_dup_usage ();

      if (argc < 2)
        g_printerr ("%s", usage);
      else
        g_print ("%s", usage);
      return argc < 2 ? 2 : EXIT_SUCCESS;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("probityctl %s\n", probity_version ());
      return EXIT_SUCCESS;
    }

  if (ctl_call_parse (&run.call, &run.command, argv, &run.error))
    {
      run.loop = g_main_loop_new (NULL, FALSE);
      fiber = dex_scheduler_spawn (NULL, 0, run_fiber, &run, NULL);
      g_main_loop_run (run.loop);
      g_clear_pointer (&run.loop, g_main_loop_unref);
    }

  status = finish (&run);
  ctl_call_clear (&run.call);
  g_clear_pointer (&run.document, json_node_unref);
  g_clear_error (&run.error);

  return status;
}
