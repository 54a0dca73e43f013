/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"
#include "probity-list-page.h"
#include "probity-screen-page.h"
#include "probity-search-dialog.h"
#include "tour.h"

/* Search, screening, and what is done with lists. */

static void
visit_find (Tour          *tour,
            ProbityWindow *window)
{
  static const struct
  {
    const char *words;
    const char *state;
    const char *name;
  } searches[] = {
    { "", "start", "find" },
    { "ma", "results", "find-results" },
    { "jonathon", "results", "find-alike" },
    { "zzzz", "nothing", "find-nothing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      AdwDialog *dialog = probity_search_dialog_new (probity_window_get_session (window));

      adw_dialog_present (dialog, GTK_WIDGET (window));
      probity_search_dialog_set_words (PROBITY_SEARCH_DIALOG (dialog), searches[i].words);
      for (guint j = 0; j < 2000 && !g_str_equal (probity_search_dialog_get_state (PROBITY_SEARCH_DIALOG (dialog)), searches[i].state); j++)
        ui_iterate ();
      tour_take (tour, GTK_WIDGET (window), searches[i].name);
      adw_dialog_force_close (dialog);
      tour_settle (GTK_WIDGET (window));
    }
}

/* A PDF that is none: what a person is told. */
static void
visit_refused (Tour              *tour,
               ProbityWindow     *window,
               ProbityScreenPage *page)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("article-XXXXXX.pdf", &stream, NULL);
  AdwDialog *dialog;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)), "%PDF-1.7\n", 9, NULL, NULL, NULL);
  probity_screen_page_open (page, file);
  while (g_str_equal (probity_screen_page_get_state (page), "loading"))
    ui_iterate ();
  g_file_delete (file, NULL, NULL);
  tour_take (tour, GTK_WIDGET (window), "screening-refused");
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  if (dialog != NULL)
    adw_dialog_force_close (dialog);
  tour_settle (GTK_WIDGET (window));
}

void
tour_visit_screening (Tour          *tour,
                      ProbityWindow *window)
{
  GtkWidget *page;

  if (!probity_access_may (probity_window_get_session (window), PROBITY_OPERATION_SCREEN))
    return;
  probity_window_show_section (window, "screening");
  page = ui_find (GTK_WIDGET (window), PROBITY_TYPE_SCREEN_PAGE, NULL);
  visit_refused (tour, window, PROBITY_SCREEN_PAGE (page));
  probity_screen_page_screen (PROBITY_SCREEN_PAGE (page), "The BBC reports that PC Aileen Marsh, 4111, works for Peak Cycle Hire; Operation Larkspur goes on.");
  for (guint i = 0; i < 2000 && !g_str_equal (probity_screen_page_get_state (PROBITY_SCREEN_PAGE (page)), "findings"); i++)
    ui_iterate ();
  tour_take (tour, GTK_WIDGET (window), "screening-findings");
}

void
tour_visit_search (Tour          *tour,
                   ProbityWindow *window)
{
  GtkWidget *page;

  if (!probity_access_may (probity_window_get_session (window), PROBITY_OPERATION_READ_REGISTERS))
    return;
  probity_window_show_section (window, "second-jobs");
  visit_find (tour, window);
  page = ui_find (GTK_WIDGET (window), PROBITY_TYPE_LIST_PAGE, NULL);
  probity_list_page_set_search (PROBITY_LIST_PAGE (page), "zzzz");
  tour_take (tour, GTK_WIDGET (window), "nothing-found");
  gtk_widget_activate_action (page, "page.clear", NULL);
  probity_list_page_set_filter (PROBITY_LIST_PAGE (page), "over-48", "true");
  probity_list_page_set_filter (PROBITY_LIST_PAGE (page), "stage", "with-professional-standards");
  tour_take (tour, GTK_WIDGET (window), "filtered");
  gtk_widget_activate_action (page, "page.clear", NULL);
  probity_list_page_set_selecting (PROBITY_LIST_PAGE (page), TRUE);
  tour_settle (GTK_WIDGET (window));
  gtk_widget_activate_action (page, "page.toggle-row", "u", 0);
  gtk_widget_activate_action (page, "page.toggle-row", "u", 2);
  tour_take (tour, GTK_WIDGET (window), "selected");
  gtk_widget_activate_action (page, "page.unselect", NULL);
}
