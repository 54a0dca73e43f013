/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-instant-row.h"

#include "probity-entry-text.h"
#include "probity-format.h"

struct _ProbityInstantRow
{
  AdwEntryRow parent_instance;
};

G_DEFINE_FINAL_TYPE (ProbityInstantRow, probity_instant_row, ADW_TYPE_ENTRY_ROW)

static void
focus_left_cb (ProbityInstantRow *self)
{
  g_autofree char *instant = probity_format_read_instant (gtk_editable_get_text (GTK_EDITABLE (self)), NULL);

  g_assert (PROBITY_IS_INSTANT_ROW (self));

  /* What was understood is shown in one form, so that a misreading is seen. */
  if (instant != NULL)
    probity_instant_row_set_value (self, instant);
}

static void
probity_instant_row_class_init (ProbityInstantRowClass *klass)
{
}

static void
probity_instant_row_init (ProbityInstantRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  probity_entry_text_prepare (GTK_EDITABLE (self));
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/** probity_instant_row_new: (transfer floating) */
GtkWidget *
probity_instant_row_new (void)
{
  return g_object_new (PROBITY_TYPE_INSTANT_ROW, NULL);
}

/** probity_instant_row_dup_value: (transfer full): ISO 8601 in UTC; what was typed, if it is no instant. */
char *
probity_instant_row_dup_value (ProbityInstantRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));
  char       *instant = probity_format_read_instant (text, NULL);

  return instant != NULL ? instant : g_strdup (text);
}

/** Shows @instant, ISO 8601 in UTC; %NULL or empty for none. */
void
probity_instant_row_set_value (ProbityInstantRow *self,
                               const char        *instant)
{
  g_autofree char *text = probity_format_instant_exactly (instant);

  g_return_if_fail (PROBITY_IS_INSTANT_ROW (self));

  probity_entry_text_replace (GTK_EDITABLE (self), text);
}
