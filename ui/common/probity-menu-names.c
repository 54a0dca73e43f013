/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-menu-names.h"

#include <gtk/gtk.h>

/*
 * GTK 4.18 names the items of a menu by a label which it hides from assistive technology, so that
 * they have no name there. Each is given its text as it comes onto the screen.
 */

static char *
dup_without_mnemonic (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (p[0] == '_' && p[1] != '\0')
        p++;
      g_string_append_c (plain, *p);
    }
  return g_string_free_and_steal (g_steal_pointer (&plain));
}

static gboolean
mapped_cb (GSignalInvocationHint *hint,
           guint                  n_values,
           const GValue          *values,
           gpointer               data)
{
  GtkWidget       *widget = g_value_get_object (&values[0]);
  g_autofree char *text = NULL;
  g_autofree char *plain = NULL;

  if (g_strcmp0 (G_OBJECT_TYPE_NAME (widget), "GtkModelButton") != 0)
    return TRUE;
  g_object_get (widget, "text", &text, NULL);
  if (text == NULL || *text == '\0')
    return TRUE;
  plain = dup_without_mnemonic (text);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, plain, -1);
  return TRUE;
}

/** Names every menu item from now on; once, after GTK is initialised. */
void
probity_menu_names_init (void)
{
  /* The signal is there once the class is, which lives as long as the program. */
  g_type_class_ref (GTK_TYPE_WIDGET);
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, mapped_cb, NULL, NULL);
}
