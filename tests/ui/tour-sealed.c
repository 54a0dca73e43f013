/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-overview.h"
#include "probity-seal.h"
#include "probity-search-dialog.h"
#include "probity-sealed-answer-dialog.h"
#include "tour.h"

/* Where sealed cases show to who holds one beside the lists: the day, search, and the question about a pending check. */

static void
visit_search (Tour          *tour,
              ProbityWindow *window,
              const char    *words)
{
  AdwDialog *dialog = probity_search_dialog_new (probity_window_get_session (window));

  adw_dialog_present (dialog, GTK_WIDGET (window));
  probity_search_dialog_set_words (PROBITY_SEARCH_DIALOG (dialog), words);
  for (guint i = 0; i < 2000 && !g_str_equal (probity_search_dialog_get_state (PROBITY_SEARCH_DIALOG (dialog)), "results"); i++)
    ui_iterate ();
  tour_take (tour, GTK_WIDGET (window), "sealed-found");
  adw_dialog_force_close (dialog);
  ui_settle (GTK_WIDGET (window));
}

static void
visit_answer (Tour          *tour,
              ProbityWindow *window)
{
  ProbitySession *session = probity_window_get_session (window);
  g_autoptr (GPtrArray) day = wait_for_boxed (probity_my_day (session));

  for (guint i = 0; i < day->len; i++)
    {
      const ProbityDayItem *item = g_ptr_array_index (day, i);

      if (!g_str_equal (item->what, "sealed-check"))
        continue;
      probity_sealed_answer_dialog_open (tour_get_page (window), session, item->reference);
      for (guint j = 0; j < 2000 && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL; j++)
        ui_iterate ();
      ui_settle (GTK_WIDGET (window));
      tour_take_shown (tour, window, "sealed-answer");
      tour_take_dialog (tour, window, probity_sealed_answer_dialog_new_for_several (session, (const char *const[]) { item->reference, item->reference, NULL }), "sealed-answers");
      break;
    }
}

void
tour_visit_sealed (Tour          *tour,
                   ProbityWindow *window)
{
  ProbitySession *session = probity_window_get_session (window);
  g_autoptr (GPtrArray) sealed = wait_for_boxed (probity_case_load_sealed (session));
  GtkWidget *others;

  if (sealed->len == 0)
    return;

  probity_window_show_section (window, "my-day");
  ui_settle (GTK_WIDGET (window));
  others = tour_find_tooltip (GTK_WIDGET (window), "Answer for Everybody Whom No Sealed Case of Yours Names");
  if (others != NULL)
    {
      gtk_widget_grab_focus (others);
      ui_settle (GTK_WIDGET (window));
      tour_take (tour, GTK_WIDGET (window), "my-day-sealed");
    }
  visit_answer (tour, window);
  visit_search (tour, window, probity_record_get (g_ptr_array_index (sealed, 0), "subjects"));
}
