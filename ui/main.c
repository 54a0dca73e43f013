/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "probity-application.h"
#include "probity-session.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (ProbityApplication) application = NULL;

  probity_harden_process ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, PROBITY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  probity_ui_init ();
  application = probity_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
