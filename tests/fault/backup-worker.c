/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/session-fixture.h"

#include <signal.h>
#include <stdio.h>

#include "probity-session-backup.h"

/*
 * A nightly job that makes one backup after the other until it is killed:
 *
 *   backup-worker FOLDER ACCOUNT
 *
 * reads names of files from its input, makes each and answers `made PATH`.
 */

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  ProbitySession *session;
  char           *line;

  dex_init ();
  setvbuf (stdout, NULL, _IOLBF, 0);
  signal (SIGPIPE, SIG_DFL);
  session_fixture_allow_cheap_slots ();
  session = wait_for_object (probity_session_sign_in (argv[1], argv[2], argv[2], NULL));
  printf ("ready\n");

  while (g_io_channel_read_line (input, &line, NULL, NULL, NULL) == G_IO_STATUS_NORMAL)
    {
      g_autoptr (ProbityBackupReport) report = NULL;

      g_strchomp (line);
      report = wait_for_boxed (probity_session_back_up (session, line, 0, NULL));
      if (report->problems[0] != NULL)
        printf ("error %s\n", report->problems[0]);
      else
        printf ("made %s\n", line);
      g_free (line);
    }

  session_fixture_sign_out (session);

  return 0;
}
