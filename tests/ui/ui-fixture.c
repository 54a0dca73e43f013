/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui-fixture.h"

#include "probity-action.h"
#include "probity-case-log.h"
#include "probity-casebook-private.h"
#include "probity-checklist.h"
#include "probity-link.h"

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

ProbityApplication *
ui_begin (int    *argc,
          char ***argv)
{
  ProbityApplication *application;

  g_test_init (argc, argv, NULL);
  probity_ui_init ();
  application = probity_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  return application;
}

int
ui_end (ProbityApplication *application,
        Force              *force)
{
  int status = g_test_run ();

  force_free (force);
  g_object_unref (application);

  return status;
}

/* One round of the main loop that never sleeps for long. */
void
ui_iterate (void)
{
  guint id = g_timeout_add (20, wake_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

void
ui_present (GtkWindow *window)
{
  gtk_window_present (window);
  wait_until (gtk_widget_get_height (GTK_WIDGET (window)) > 0);
}

static gboolean
is_waiting (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (ADW_IS_SPINNER (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (is_waiting (child))
      return TRUE;
  return FALSE;
}

static gboolean
is_any_waiting (GPtrArray *widgets)
{
  for (guint i = 0; i < widgets->len; i++)
    if (is_waiting (g_ptr_array_index (widgets, i)))
      return TRUE;
  return FALSE;
}

/*
 * Runs the main loop until nothing turns below any of @widgets, no casebook is asked anything, and, of that, some rounds
 * and frames have gone by: a program that is kept from running for a while has not done anything in it.
 */
void
ui_settle_all (GPtrArray *widgets)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  gint64 still_since = 0;
  guint  n_still = 0;

  while (g_get_monotonic_time () < end)
    {
      ui_iterate ();
      if (is_any_waiting (widgets) || probity_job_count_open () > 0)
        n_still = 0;
      else if (n_still++ == 0)
        still_since = g_get_monotonic_time ();
      else if (n_still > 16 && g_get_monotonic_time () - still_since > G_USEC_PER_SEC / 3)
        return;
    }
}

/* The same for one. */
void
ui_settle (GtkWidget *widget)
{
  g_autoptr (GPtrArray) widgets = g_ptr_array_new ();

  g_ptr_array_add (widgets, widget);
  ui_settle_all (widgets);
}

GtkWidget *
ui_find_where (GtkWidget    *widget,
               UiIsFunc      is,
               gconstpointer data)
{
  if (is (widget, data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find_where (child, is, data);

      if (found != NULL)
        return found;
    }

  return NULL;
}

typedef struct
{
  GType       type;
  const char *name;
} TypeAndName;

static gboolean
is_of_type (GtkWidget    *widget,
            gconstpointer data)
{
  const TypeAndName *wanted = data;

  return g_type_is_a (G_OBJECT_TYPE (widget), wanted->type) && (wanted->name == NULL || g_strcmp0 (gtk_widget_get_name (widget), wanted->name) == 0);
}

/* The first widget below @widget, itself included, of @type, with the name @name if that is given. */
GtkWidget *
ui_find (GtkWidget  *widget,
         GType       type,
         const char *name)
{
  const TypeAndName wanted = { type, name };

  return ui_find_where (widget, is_of_type, &wanted);
}

static gboolean
is_titled (GtkWidget    *widget,
           gconstpointer title)
{
  return ADW_IS_PREFERENCES_ROW (widget) && gtk_widget_get_visible (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

/* The first visible preferences row called @title. */
GtkWidget *
ui_find_titled (GtkWidget  *widget,
                const char *title)
{
  return ui_find_where (widget, is_titled, title);
}

static gboolean
is_any_button (GtkWidget    *widget,
               gconstpointer text)
{
  return GTK_IS_BUTTON (widget) &&
         (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0 || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0);
}

static gboolean
is_button (GtkWidget    *widget,
           gconstpointer text)
{
  return gtk_widget_get_visible (widget) && is_any_button (widget, text);
}

GtkWidget *
ui_find_button (GtkWidget  *widget,
                const char *text)
{
  return ui_find_where (widget, is_button, text);
}

GtkWidget *
ui_find_any_button (GtkWidget  *widget,
                    const char *text)
{
  return ui_find_where (widget, is_any_button, text);
}

AdwApplicationWindow *
ui_window_new (GtkApplication *application,
               gpointer        page)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (adw_application_window_new (application));
  GtkWidget            *view = adw_navigation_view_new ();

  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), page);
  adw_application_window_set_content (window, view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 900);
  ui_present (GTK_WINDOW (window));

  return window;
}

guint
ui_count (GtkWidget *widget,
          GType      type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (widget), type) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += ui_count (child, type);
  return n;
}

static gboolean
contains (const char *haystack,
          const char *needle)
{
  return haystack != NULL && strstr (haystack, needle) != NULL;
}

/* Whether @text stands in a label, a cell or a field anywhere below @widget, seen or not. */
gboolean
ui_shows_text (GtkWidget  *widget,
               const char *text)
{
  if (GTK_IS_LABEL (widget) && contains (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  if (GTK_IS_INSCRIPTION (widget) && contains (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text))
    return TRUE;
  if (GTK_IS_EDITABLE (widget) && contains (gtk_editable_get_text (GTK_EDITABLE (widget)), text))
    return TRUE;
  if (GTK_IS_TEXT_VIEW (widget))
    {
      GtkTextBuffer   *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      GtkTextIter      start, end;
      g_autofree char *content = NULL;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      content = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
      if (contains (content, text))
        return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (ui_shows_text (child, text))
      return TRUE;
  return FALSE;
}

static void
set_values (ProbityValues *values,
            const char    *first,
            ...)
{
  va_list args;

  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    probity_values_set (values, name, va_arg (args, const char *));
  va_end (args);
}

/* Actions in several states, a log with a correction, a decision, links, a checklist that is begun. */
static void
populate_parts (Force      *force,
                const char *reference)
{
  g_autoptr (ProbityValues) rota = probity_values_new ();
  g_autoptr (ProbityValues) licence = probity_values_new ();
  g_autoptr (ProbityValues) contract = probity_values_new ();
  g_autoptr (ProbityValues) decision = probity_values_new ();

  set_values (rota, "title", "Ask for the rota", "what", "Shifts from April on, from the duties office.", "soft_deadline", "+3", "hard_deadline", "+10", "owner", "head-of-hr", NULL);
  set_values (licence, "title", "See the premises licence", "hard_deadline", "2026-02-27", NULL);
  set_values (contract, "title", "Obtain the contract", NULL);
  set_values (decision, "title", "Wait for the rota", "information", "The shop opens at weekends.", "powers", "Police Regulations 2003, reg. 7", "options", "Decide on the form alone, or wait for the rota.", "reasons", "Rest days are not known yet.", NULL);
  wait_for_success (probity_action_add (force->hr, NULL, reference, rota));
  wait_for_success (probity_action_add (force->psd, NULL, reference, licence));
  wait_for_success (probity_action_add (force->hr, NULL, reference, contract));
  wait_for_success (probity_action_start (force->psd, NULL, reference, 2));
  wait_for_success (probity_action_finish (force->hr, NULL, reference, 3, "Six hours, Saturdays only."));
  wait_for_success (probity_case_log_add (force->hr, NULL, reference, "contact", "The applicant rang: the work begins on 4 April.", 0));
  wait_for_success (probity_case_log_add (force->hr, NULL, reference, NULL, "It begins on 11 April.", 1));
  wait_for_success (probity_decision_log_add (force->psd, NULL, reference, decision));
  wait_for_success (probity_checklist_apply (force->hr, NULL, reference, NULL));
  wait_for_success (probity_checklist_answer (force->hr, NULL, reference, NULL, "hours", "done", "46 of 48"));
  wait_for_success (probity_checklist_answer (force->hr, NULL, reference, NULL, "publicity", "not-applicable", "No customers of the force."));
  wait_for_success (probity_link_add (force->hr, NULL, reference, "person", "4105", "witness", "Works in the same shop."));
}

void
ui_populate (Force *force)
{
  static const char *const surnames[] = { "Marsh", "Ahmed", "Okafor", "Pryce", "Nair", "Whitlock", "Dunmore", "Kaur", "Fenwick", "Bell" };
  static const char *const forenames[] = { "Aileen", "Tariq", "Grace", "Owen", "Priya", "Joan", "Callum", "Simran", "Ruth", "Malcolm" };
  static const char *const employers[] = { "Peak Cycle Hire Ltd", "Calder Kennels", "St John Ambulance", "Derwent Driving School", "Matlock Music Tuition" };

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", 4101 + i);
      g_autofree char *born = g_strdup_printf ("19%02u-%02u-%02u", 60 + i % 38, 1 + i % 12, 1 + i % 28);

      force_add_person (force, number, forenames[i % 10], surnames[(i * 7) % 10], born, i % 3 == 0 ? "2009" : "2001");
    }
  for (guint i = 0; i < 14; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", 4101 + i);
      g_autofree char *reference = force_submit (force, force->hr, number, employers[i % 5]);

      if (i == 0 || i == 13)
        populate_parts (force, reference);
    }
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", 4101 + i);
      g_autofree char *complaint = g_strdup_printf ("CM/2025/%03u", 10 + i);
      g_autofree char *report = g_strdup_printf ("IR/2025/%04u", 410 + i);
      g_autofree char *uid = force_add_complaint (force, complaint, i % 2 == 0 ? "Incivility at a traffic stop" : "Property not returned", number, NULL, NULL);
      g_autofree char *other_uid = force_add_report (force, report, "A named source says that the officer works behind a bar.", i == 5 ? NULL : "Information suggests undeclared evening work.", number, NULL);

      g_assert_nonnull (uid);
      g_assert_nonnull (other_uid);
    }
  {
    g_autofree char *conduct = force_investigate (force->psd, &probity_conduct_case, "Posts about a shift", "4102");
    g_autofree char *other = force_investigate (force->acu, &probity_conduct_case, "A loan between colleagues", "4101");
    g_autofree char *leak = force_investigate (force->acu, &probity_leak_case, "Arrest told to a newspaper", "4105");

    g_assert_true (conduct != NULL && other != NULL && leak != NULL);
  }
}
