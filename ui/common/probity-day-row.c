/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-day-row.h"

#include <glib/gi18n.h>

#include "probity-entry-text.h"
#include "probity-format.h"

struct _ProbityDayRow
{
  AdwEntryRow parent_instance;

  GtkCalendar   *calendar;
  GtkMenuButton *button;
  gboolean       picking;
};

G_DEFINE_FINAL_TYPE (ProbityDayRow, probity_day_row, ADW_TYPE_ENTRY_ROW)

static void
show_in_calendar (ProbityDayRow *self)
{
  g_autofree char *iso = probity_format_read_day (gtk_editable_get_text (GTK_EDITABLE (self)), NULL);
  g_autoptr (GDateTime) date = NULL;

  if (iso != NULL)
    {
      g_autofree char *instant = g_strconcat (iso, "T12:00:00Z", NULL);

      date = g_date_time_new_from_iso8601 (instant, NULL);
    }
  if (date == NULL)
    date = g_date_time_new_now_local ();
  self->picking = TRUE;
  gtk_calendar_select_day (self->calendar, date);
  self->picking = FALSE;
}

static void
day_selected_cb (ProbityDayRow *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autofree char *iso = g_date_time_format (date, "%Y-%m-%d");

  g_assert (PROBITY_IS_DAY_ROW (self));

  if (self->picking)
    return;
  probity_day_row_set_value (self, iso);
  gtk_menu_button_popdown (self->button);
}

static void
focus_left_cb (ProbityDayRow *self)
{
  g_autofree char *iso = probity_format_read_day (gtk_editable_get_text (GTK_EDITABLE (self)), NULL);

  g_assert (PROBITY_IS_DAY_ROW (self));

  /* What was understood is shown in one form, so that a misreading is seen. */
  if (iso != NULL)
    probity_day_row_set_value (self, iso);
}

static void
probity_day_row_class_init (ProbityDayRowClass *klass)
{
}

static void
probity_day_row_init (ProbityDayRow *self)
{
  GtkWidget          *popover = gtk_popover_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->calendar));
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (self->button, popover);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _ ("Pick a Day"));
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), GTK_WIDGET (self->button));

  probity_entry_text_prepare (GTK_EDITABLE (self));
  g_signal_connect_object (popover, "map", G_CALLBACK (show_in_calendar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/** probity_day_row_new: (transfer floating) */
GtkWidget *
probity_day_row_new (void)
{
  return g_object_new (PROBITY_TYPE_DAY_ROW, NULL);
}

/** probity_day_row_dup_value: (transfer full): the ISO day; what was typed, if it is none. */
char *
probity_day_row_dup_value (ProbityDayRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));
  char       *iso = probity_format_read_day (text, NULL);

  return iso != NULL ? iso : g_strdup (text);
}

/** Shows the ISO day @iso; %NULL or empty for none. */
void
probity_day_row_set_value (ProbityDayRow *self,
                           const char    *iso)
{
  g_autofree char *text = probity_format_day (iso);

  g_return_if_fail (PROBITY_IS_DAY_ROW (self));

  probity_entry_text_replace (GTK_EDITABLE (self), text);
}
