/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-focus-keeper.h"

#define KEEPER_KEY "probity-focus-keeper"

typedef struct
{
  AdwApplicationWindow *window;
  AdwNavigationView    *view;
  GtkListBox           *sidebar;
  guint                 idle_id;
} Keeper;

static void
keeper_free (gpointer data)
{
  Keeper *self = data;

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_free (self);
}

/* A list does not map a row that is out of view. The focus is at home there all the same: whoever holds the Down key is
 * ahead of the scrolling. */
static gboolean
is_scrolled_away (GtkWidget *widget)
{
  while (widget != NULL && !gtk_widget_get_mapped (widget) && gtk_widget_get_visible (widget))
    widget = gtk_widget_get_parent (widget);
  return widget != NULL && gtk_widget_get_mapped (widget) && (GTK_IS_LIST_VIEW (widget) || GTK_IS_GRID_VIEW (widget));
}

static void
keep_cb (gpointer data)
{
  Keeper            *self = data;
  GtkWidget         *focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->view);
  GtkListBoxRow     *row = gtk_list_box_get_selected_row (self->sidebar);

  self->idle_id = 0;
  if ((focus != NULL && (gtk_widget_get_mapped (focus) || is_scrolled_away (focus))) || adw_application_window_get_visible_dialog (self->window) != NULL)
    return;

  if (page != NULL && gtk_widget_get_mapped (GTK_WIDGET (page)) && (row == NULL || !gtk_widget_get_mapped (GTK_WIDGET (row)) || adw_navigation_view_get_previous_page (self->view, page) != NULL))
    gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
  else if (row != NULL && gtk_widget_get_mapped (GTK_WIDGET (row)))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Later: where a page or a dialog goes, the toolkit looks for a place of its own first. */
static void
look (AdwApplicationWindow *window)
{
  Keeper *self = g_object_get_data (G_OBJECT (window), KEEPER_KEY);

  if (self != NULL && self->idle_id == 0 && !gtk_widget_in_destruction (GTK_WIDGET (window)))
    self->idle_id = g_idle_add_once (keep_cb, self);
}

static void
stop (AdwApplicationWindow *window)
{
  g_object_set_data (G_OBJECT (window), KEEPER_KEY, NULL);
}

void
probity_focus_keeper_attach (AdwApplicationWindow *window,
                             AdwNavigationView    *view,
                             GtkListBox           *sidebar)
{
  Keeper *self = g_new0 (Keeper, 1);

  self->window = window;
  self->view = view;
  self->sidebar = sidebar;
  g_object_set_data_full (G_OBJECT (window), KEEPER_KEY, self, keeper_free);
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (look), NULL);
  g_signal_connect (window, "notify::visible-dialog", G_CALLBACK (look), NULL);
  g_signal_connect (window, "destroy", G_CALLBACK (stop), NULL);
  g_signal_connect_object (view, "notify::visible-page", G_CALLBACK (look), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "map", G_CALLBACK (look), window, G_CONNECT_SWAPPED);
}
