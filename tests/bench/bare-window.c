/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>
#include <stdio.h>

/* The least that a program of libadwaita does until its window is painted: what bench-start is held against. Prints its memory in KiB. */

static void
painted_cb (GdkFrameClock *clock,
            GApplication  *application)
{
  g_autofree char *status = NULL;
  const char      *line;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL) && (line = strstr (status, "VmRSS:")) != NULL)
    printf ("painted %d\n", atoi (line + strlen ("VmRSS:")));
  fflush (stdout);
  g_application_quit (application);
}

static void
activate_cb (GApplication *application,
             gpointer      data)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));

  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), gtk_label_new ("Probity"));
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), application, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AdwApplication) application = adw_application_new ("org.probity.Bare", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
