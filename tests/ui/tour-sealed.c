/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-overview.h"
#include "probity-seal.h"
#include "probity-search-dialog.h"
#include "probity-sealed-answer-dialog.h"
#include "probity-staff-row.h"
#include "tour.h"

/* Where sealed cases show to who holds one beside the lists: the day, search, and the question about a pending check. */

void
tour_take_sealed (Tour          *tour,
                  ProbityWindow *window,
                  gpointer       dialog,
                  const char    *name)
{
  g_autofree char *proposed = g_strconcat (name, "-proposed", NULL);
  GtkWidget       *row, *staff_row;

  g_object_ref_sink (dialog);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  row = ui_find_titled (dialog, "Sealed");
  if (row != NULL)
    {
      GtkWidget *button = tour_find_tooltip (dialog, "Add a Subject");

      if (button != NULL)
        g_signal_emit_by_name (button, "clicked");
      staff_row = ui_find (button != NULL ? ui_find (dialog, ADW_TYPE_EXPANDER_ROW, NULL) : dialog, PROBITY_TYPE_STAFF_ROW, NULL);
      /* Of the sample: who researches for the unit, and would hold a key of the case about himself. */
      if (staff_row != NULL)
        gtk_editable_set_text (GTK_EDITABLE (staff_row), "2008");
      tour_settle (GTK_WIDGET (window));
      gtk_widget_grab_focus (row);
      tour_take (tour, GTK_WIDGET (window), proposed);
      adw_switch_row_set_active (ADW_SWITCH_ROW (row), TRUE);
      tour_settle (GTK_WIDGET (window));
      gtk_widget_grab_focus (ui_find_titled (dialog, "Reason for the seal"));
      tour_take_shown (tour, window, name);
    }
  adw_dialog_force_close (dialog);
  tour_settle (GTK_WIDGET (window));
  g_object_unref (dialog);
}

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
  tour_settle (GTK_WIDGET (window));
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
      tour_settle (GTK_WIDGET (window));
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
  tour_settle (GTK_WIDGET (window));
  others = tour_find_tooltip (GTK_WIDGET (window), "Answer for Everybody Whom No Sealed Case of Yours Names");
  if (others != NULL)
    {
      gtk_widget_grab_focus (others);
      tour_settle (GTK_WIDGET (window));
      tour_take (tour, GTK_WIDGET (window), "my-day-sealed");
    }
  visit_answer (tour, window);
  visit_search (tour, window, probity_record_get (g_ptr_array_index (sealed, 0), "subjects"));
}
