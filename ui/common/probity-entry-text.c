/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-entry-text.h"

static GQuark
get_replacing_quark (void)
{
  return g_quark_from_static_string ("probity-entry-text-replacing");
}

static void
changed_cb (GtkEditable *editable)
{
  if (g_object_get_qdata (G_OBJECT (editable), get_replacing_quark ()) != NULL)
    g_signal_stop_emission_by_name (editable, "changed");
}

void
probity_entry_text_prepare (GtkEditable *editable)
{
  g_return_if_fail (GTK_IS_EDITABLE (editable));

  g_signal_connect (editable, "changed", G_CALLBACK (changed_cb), NULL);
}

void
probity_entry_text_replace (GtkEditable *editable,
                            const char  *text)
{
  int position = 0;

  g_return_if_fail (GTK_IS_EDITABLE (editable));
  g_return_if_fail (text != NULL);

  if (g_str_equal (gtk_editable_get_text (editable), text))
    return;

  g_object_set_qdata (G_OBJECT (editable), get_replacing_quark (), *text != '\0' ? editable : NULL);
  gtk_editable_delete_text (editable, 0, -1);
  g_object_set_qdata (G_OBJECT (editable), get_replacing_quark (), NULL);
  if (*text != '\0')
    gtk_editable_insert_text (editable, text, -1, &position);
}
