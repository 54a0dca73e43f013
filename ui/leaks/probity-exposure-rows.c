/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-rows.h"

#include <glib/gi18n.h>

#include "probity-case-group.h"
#include "probity-exposure-words.h"
#include "probity-format.h"
#include "probity-kept-rows.h"
#include "probity-record-page.h"

/* Of those who went with a step. */
#define MOST_GONE 100

/* In a line. */
#define BADGE_CHARS 12

GtkWidget *
probity_exposure_badge_new (const char *text)
{
  GtkWidget *badge = gtk_label_new (text);

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (badge), g_utf8_strlen (text, -1) > BADGE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (badge), BADGE_CHARS);
  gtk_label_set_justify (GTK_LABEL (badge), GTK_JUSTIFY_CENTER);

  return badge;
}

GtkWidget *
probity_exposure_menu_button_new (GMenu      *menu,
                                  const char *name)
{
  GtkWidget       *button = gtk_menu_button_new ();
  g_autofree char *label = g_strdup_printf (_ ("Steps for “%s”"), name);

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return button;
}

/* --- Steps --- */

static void
fill_step (AdwExpanderRow      *expander,
           ProbityExposureList *list,
           gint64               number)
{
  guint n = 0;

  for (guint i = list->n_remaining; i < list->people->len; i++)
    {
      const ProbityExposurePerson *person = g_ptr_array_index (list->people, i);
      g_autofree char             *text = NULL;

      if (person->gone_step != number)
        continue;
      if (n++ >= MOST_GONE)
        continue;
      text = probity_exposure_words_dup_person (person);
      adw_expander_row_add_row (expander, probity_case_row_new (probity_exposure_words_get_name (person), text));
    }
  if (n > MOST_GONE)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more, who stands in the export", "and %u more, who stand in the export", n - MOST_GONE), n - MOST_GONE);

      adw_expander_row_add_row (expander, probity_case_row_new (more, NULL));
    }
}

/* Who went is made into rows only where somebody looks: they can be thousands. */
static void
expanded_cb (GtkWidget  *expander,
             GParamSpec *pspec,
             gpointer    data)
{
  gint64 *number = g_object_get_data (G_OBJECT (expander), "probity-step");

  if (number == NULL || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (expander)))
    return;
  fill_step (ADW_EXPANDER_ROW (expander), g_object_get_data (G_OBJECT (expander), "probity-list"), *number);
  g_object_set_data (G_OBJECT (expander), "probity-step", NULL);
}

GtkWidget *
probity_exposure_step_row_new (ProbityExposureList *list,
                               guint                index)
{
  const ProbityExposureStep *step = g_ptr_array_index (list->steps, index);
  GtkWidget                 *row = adw_expander_row_new ();
  g_autofree char           *whose = g_strdup_printf ("%p", (gpointer) list);
  g_autofree char           *words = probity_exposure_words_dup_step (step);
  g_autofree char           *title = g_strdup_printf ("%u. %s", index + 1, words);
  g_autofree char           *effect = probity_exposure_words_dup_effect (step);
  g_autofree char           *who_when = probity_case_dup_who_when (step->by, step->at);
  g_autoptr (GString) text = g_string_new (effect);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (step->n_set_aside > 0)
    {
      g_autofree char *mark = g_strdup_printf (ngettext ("Recorded with %u log that is set aside since; the numbers are those without it.", "Recorded with %u logs that are set aside since; the numbers are those without them.", step->n_set_aside), step->n_set_aside);

      g_string_append_printf (text, "\n%s", mark);
    }
  if (step->reason != NULL)
    g_string_append_printf (text, "\n%s", step->reason);
  g_string_append_printf (text, "\n%s", who_when);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), text->str);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), step->before > step->after);
  g_object_set_data_full (G_OBJECT (row), "probity-step", g_memdup2 (&step->number, sizeof step->number), g_free);
  g_object_set_data_full (G_OBJECT (row), "probity-list", probity_exposure_list_ref (list), (GDestroyNotify) probity_exposure_list_unref);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
  /* Who went is looked up in the list as it is now. */
  probity_kept_row_add_content (row, whose);

  return row;
}

/* --- Logs --- */

static void
add_detail (AdwExpanderRow *expander,
            const char     *title,
            const char     *value)
{
  if (value != NULL && *value != '\0')
    adw_expander_row_add_row (expander, probity_property_row_new (title, value));
}

static char *
dup_problems (const ProbityExposureLog *log)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (log->problems->len, 10); i++)
    {
      const ProbityImportProblem *problem = g_ptr_array_index (log->problems, i);

      /* Translators: the number of a line in a file, and what is wrong with it. */
      g_string_append_printf (text, _ ("Line %u: %s"), (guint) problem->line, problem->message);
      g_string_append_c (text, '\n');
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Why and by whom, and before that, oldest first. */
static void
add_changes (AdwExpanderRow           *expander,
             const ProbityExposureLog *log)
{
  for (guint i = 0; i < log->changes->len; i++)
    {
      const ProbityExposureChange *change = g_ptr_array_index (log->changes, i);
      g_autofree char             *who_when = probity_case_dup_who_when (change->by, change->at);
      g_autofree char             *text = g_strdup_printf ("%s\n%s", change->reason, who_when);

      add_detail (expander, change->aside ? _ ("Set aside") : _ ("Taken in again"), text);
    }
}

/* Whether the file of @log takes part as another import of it. */
static gboolean
is_in_again (ProbityExposureList      *list,
             const ProbityExposureLog *log)
{
  for (guint i = 0; i < list->logs->len; i++)
    {
      const ProbityExposureLog *other = g_ptr_array_index (list->logs, i);

      if (!other->set_aside && g_str_equal (other->sha256, log->sha256))
        return TRUE;
    }

  return FALSE;
}

static GtkWidget *
new_log_menu (ProbityExposureList      *list,
              const ProbityExposureLog *log,
              const char               *title)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *rows = g_strdup_printf ("exposure.log-rows('%s')", log->uid);
  g_autofree char *set_aside = g_strdup_printf ("exposure.set-aside('%s')", log->uid);
  g_autofree char *take_in = g_strdup_printf ("exposure.take-in('%s')", log->uid);

  g_menu_append (menu, _ ("_Look at Its Rows…"), rows);
  if (list->disposal_due == NULL && !log->set_aside)
    g_menu_append (menu, _ ("_Set Aside…"), set_aside);
  else if (list->disposal_due == NULL && !is_in_again (list, log))
    g_menu_append (menu, _ ("_Take In Again…"), take_in);

  return probity_exposure_menu_button_new (menu, title);
}

GtkWidget *
probity_exposure_log_row_new (ProbityExposureList *list,
                              guint                index)
{
  const ProbityExposureLog *log = g_ptr_array_index (list->logs, index);
  GtkWidget                *row = adw_expander_row_new ();
  g_autofree char          *title = g_strdup_printf ("%s · %s", log->system, log->file_name);
  g_autofree char          *span = probity_exposure_words_dup_span (log->first, log->last);
  g_autofree char          *rows = g_strdup_printf (ngettext ("%u row, %s", "%u rows, %s", (guint) log->rows), (guint) log->rows, span);
  g_autofree char          *from = log->period_from != NULL ? probity_format_day (log->period_from) : NULL;
  g_autofree char          *to = log->period_to != NULL ? probity_format_day (log->period_to) : NULL;
  g_autofree char          *period = from != NULL && to != NULL ? g_strdup_printf ("%s – %s", from, to) : g_strdup (from != NULL ? from : to);
  g_autofree char          *clock = g_strdup_printf (ngettext ("%s, %d second either way", "%s, %d seconds either way", log->clock_error), log->time_zone, log->clock_error);
  g_autofree char          *rejected = log->rejected > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, log->rejected) : NULL;
  g_autofree char          *ambiguous = log->ambiguous > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, log->ambiguous) : NULL;
  g_autofree char          *problems = dup_problems (log);
  g_autofree char          *who_when = probity_case_dup_who_when (log->by, log->at);
  AdwExpanderRow           *expander = ADW_EXPANDER_ROW (row);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  /* A file that was imported again has the same title. */
  probity_kept_row_set_key (row, log->uid);
  if (log->rejected > 0)
    {
      g_autofree char *unused = g_strdup_printf (ngettext ("%u line cannot be used", "%u lines cannot be used", (guint) log->rejected), (guint) log->rejected);
      g_autofree char *both = g_strjoin ("\n", rows, unused, NULL);

      g_set_str (&rows, both);
    }
  adw_expander_row_add_suffix (expander, new_log_menu (list, log, title));
  if (log->set_aside)
    {
      const ProbityExposureChange *last = g_ptr_array_index (log->changes, log->changes->len - 1);
      g_autofree char             *both = g_strjoin ("\n", rows, last->reason, NULL);

      g_set_str (&rows, both);
      gtk_widget_add_css_class (row, "set-aside");
      adw_expander_row_add_suffix (expander, probity_exposure_badge_new (_ ("Set aside")));
    }
  adw_expander_row_set_subtitle (expander, rows);
  add_changes (expander, log);
  add_detail (expander, _ ("Authority"), log->authority);
  add_detail (expander, _ ("Why it is needed"), log->necessity);
  add_detail (expander, _ ("Asked for"), period);
  add_detail (expander, _ ("Time zone and clock error"), clock);
  add_detail (expander, _ ("Lines that cannot be used"), rejected);
  add_detail (expander, _ ("The first of them"), problems);
  add_detail (expander, _ ("Times that the clocks went through twice"), ambiguous);
  add_detail (expander, "SHA-256", log->sha256);
  add_detail (expander, _ ("Imported"), who_when);

  return row;
}
