/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-dialog-begin.h"

static GtkWidget *
find_focusable (GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_is_sensitive (widget))
    return NULL;
  /* A list takes the focus for its rows, what scrolls for what is in it. */
  if (gtk_widget_get_focusable (widget) && !GTK_IS_LIST_BOX (widget) && !GTK_IS_SCROLLED_WINDOW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_focusable (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The toolkit looks for a place as the dialog is mapped. */
static void
realize_cb (AdwDialog *dialog,
            GtkWidget *content)
{
  if (adw_dialog_get_focus (dialog) == NULL)
    adw_dialog_set_focus (dialog, find_focusable (content));
}

void
probity_dialog_begin_in (AdwDialog *dialog,
                         GtkWidget *content)
{
  g_signal_connect_object (dialog, "realize", G_CALLBACK (realize_cb), content, G_CONNECT_DEFAULT);
}
