/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-sidebar-row.h"

#include <glib/gi18n.h>

struct _ProbitySidebarRow
{
  GtkListBoxRow parent_instance;

  const ProbitySection *section;
  GtkWidget            *count_label;
};

G_DEFINE_FINAL_TYPE (ProbitySidebarRow, probity_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
probity_sidebar_row_class_init (ProbitySidebarRowClass *klass)
{
}

static void
probity_sidebar_row_init (ProbitySidebarRow *self)
{
}

/** probity_sidebar_row_new: (transfer floating): the sidebar's entry for @section. */
GtkWidget *
probity_sidebar_row_new (const ProbitySection *section)
{
  ProbitySidebarRow *self = g_object_new (PROBITY_TYPE_SIDEBAR_ROW, NULL);
  GtkWidget         *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget         *image = gtk_image_new_from_icon_name (section->icon_name);
  GtkWidget         *label = gtk_label_new (_ (section->title));

  self->section = section;
  self->count_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (self->count_label, "dimmed");
  gtk_widget_add_css_class (self->count_label, "numeric");
  gtk_widget_set_visible (self->count_label, FALSE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->count_label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (section->title), -1);
  if (section->starts_group)
    gtk_widget_add_css_class (GTK_WIDGET (self), "starts-group");
  return GTK_WIDGET (self);
}

/** The name of the section. */
const char *
probity_sidebar_row_get_name (ProbitySidebarRow *self)
{
  g_return_val_if_fail (PROBITY_IS_SIDEBAR_ROW (self), NULL);
  return self->section->name;
}

/** Shows @count beside the title. */
void
probity_sidebar_row_set_count (ProbitySidebarRow *self,
                               gint64             count)
{
  g_autofree char *text = g_strdup_printf ("%'" G_GINT64_FORMAT, count);
  g_autofree char *name = NULL;

  g_return_if_fail (PROBITY_IS_SIDEBAR_ROW (self));

  gtk_label_set_label (GTK_LABEL (self->count_label), text);
  gtk_widget_set_visible (self->count_label, count > 0);
  /* Translators: an entry of the sidebar and how many records it has, for screen readers */
  name = g_strdup_printf (_ ("%s, %s"), _ (self->section->title), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, count > 0 ? name : _ (self->section->title), -1);
}
