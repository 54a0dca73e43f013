/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"
#include "probity-exposure-page.h"
#include "probity-exposure.h"
#include "probity-investigation-form.h"
#include "probity-investigation-page.h"
#include "tour.h"

/* Leak and conduct investigations. */

static const struct
{
  const char            *list;
  const ProbityCaseKind *kind;
} kinds[] = {
  { "leaks", &probity_leak_case },
  { "conduct", &probity_conduct_case },
};

/* The dialogs that add to the parts of a case. */
static void
take_part_dialogs (Tour          *tour,
                   ProbityWindow *window,
                   const char    *kind)
{
  GtkWidget                      *page = tour_get_page (window);
  const ProbityInvestigationView *view = probity_investigation_view_find (probity_case_kind_find (kind));

  for (guint i = 0; i < view->n_parts; i++)
    {
      GtkWidget       *button = view->parts[i].group.add_label != NULL ? tour_find_tooltip (page, view->parts[i].group.add_label) : NULL;
      g_autofree char *name = g_strdup_printf ("%s-new-%s", kind, view->parts[i].part);

      if (button == NULL || view->parts[i].part == NULL)
        continue;
      g_signal_emit_by_name (button, "clicked");
      tour_settle (GTK_WIDGET (window));
      tour_take_shown (tour, window, name);
    }
}

static void
take_actions (Tour          *tour,
              ProbityWindow *window,
              const char    *kind)
{
  static const char *const actions[] = { "case.stage", "case.assign", "case.amend", "case.propose", "case.close", "seal.name", "seal.take-off" };
  GtkWidget               *page = tour_get_page (window);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%s", kind, actions[i] + strlen ("case."));

      if (tour_open (window, page, actions[i]))
        tour_take_shown (tour, window, name);
    }
}

/* What a log that is set aside looks like, and how it comes to that. */
static void
take_set_aside (Tour          *tour,
                ProbityWindow *window,
                const char    *uid)
{
  static const char *const actions[] = { "exposure.set-aside", "exposure.log-rows", "exposure.take-in" };
  ProbitySession          *session = probity_window_get_session (window);
  g_autoptr (ProbityExposureList) list = wait_for_boxed (probity_exposure_load (session, uid, NULL));
  const ProbityExposureLog *log = list->logs->len > 0 ? g_ptr_array_index (list->logs, 0) : NULL;
  g_autofree char          *title = log != NULL ? g_strdup_printf ("%s · %s", log->system, log->file_name) : NULL;

  if (log == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *name = g_strdup_printf ("exposure-%s", actions[i] + strlen ("exposure."));

      gtk_widget_activate_action (tour_get_page (window), actions[i], "s", log->uid);
      tour_settle (GTK_WIDGET (window));
      tour_take_shown (tour, window, name);
      if (i > 0)
        continue;
      probity_exposure_list_unref (wait_for_boxed (probity_exposure_set_aside (session, uid, log->uid, "It is of the training system.")));
      wait_until (gtk_widget_has_css_class (ui_find_titled (tour_get_page (window), title), "set-aside"));
      tour_take (tour, GTK_WIDGET (window), "exposure-aside");
    }
  probity_exposure_list_unref (wait_for_boxed (probity_exposure_take_in_again (session, uid, log->uid, "It was of ours.")));
}

static void
take_exposure (Tour          *tour,
               ProbityWindow *window,
               const char    *uid)
{
  static const char *const actions[] = { "exposure.step", "exposure.add", "exposure.import" };
  ProbitySession          *session = probity_window_get_session (window);
  GtkWidget               *page;

  if (!probity_access_may (session, PROBITY_OPERATION_EXPOSURE))
    return;
  probity_window_open_record (window, "exposure", uid);
  tour_take (tour, GTK_WIDGET (window), "exposure");
  tour_take_below (tour, window, "exposure");
  page = tour_get_page (window);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *name = g_strdup_printf ("exposure-%s", actions[i] + strlen ("exposure."));

      tour_open (window, page, actions[i]);
      tour_take_shown (tour, window, name);
    }
  take_set_aside (tour, window, uid);
}

void
tour_visit_investigations (Tour          *tour,
                           ProbityWindow *window)
{
  ProbitySession *session = probity_window_get_session (window);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const char      *name = kinds[i].kind->name;
      g_autofree char *uid = NULL;
      g_autofree char *form = g_strconcat ("new-", name, NULL);
      g_autofree char *page = g_strconcat (name, "-case", NULL);
      g_autofree char *sealed = g_strconcat (form, "-sealed", NULL);

      if (!probity_access_may (session, kinds[i].kind->work))
        continue;
      probity_window_show_section (window, kinds[i].list);
      tour_take_dialog (tour, window, probity_investigation_form_new (session, kinds[i].kind), form);
      tour_take_sealed (tour, window, probity_investigation_form_new (session, kinds[i].kind), sealed);
      uid = tour_dup_first_uid (session, kinds[i].list);
      if (uid == NULL)
        continue;
      probity_window_open_record (window, kinds[i].kind->record_kind->name, uid);
      tour_take (tour, GTK_WIDGET (window), page);
      tour_take_below (tour, window, page);
      take_part_dialogs (tour, window, name);
      take_actions (tour, window, name);
      if (kinds[i].kind == &probity_leak_case)
        take_exposure (tour, window, uid);
    }
}
