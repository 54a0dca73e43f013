/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-search-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "probity-labels.h"

/* Of 65535: how much of the accent colour lies behind a word. */
#define MARK_ALPHA 14000

struct _ProbitySearchRow
{
  GtkListBoxRow parent_instance;

  const char *kind;
  char       *uid;
};

G_DEFINE_FINAL_TYPE (ProbitySearchRow, probity_search_row, GTK_TYPE_LIST_BOX_ROW)

static void
add_attribute (PangoAttrList  *attributes,
               PangoAttribute *attribute,
               guint           start,
               guint           end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

/* In weight and in colour, so that neither alone tells it. */
static PangoAttrList *
make_attributes (GArray *marks)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());

  for (guint i = 0; i < marks->len; i++)
    {
      const ProbitySearchMark *mark = &g_array_index (marks, ProbitySearchMark, i);
      const guint              end = mark->start + mark->length;

      add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), mark->start, end);
      add_attribute (attributes, pango_attr_background_new ((guint16) (accent->red * 65535), (guint16) (accent->green * 65535), (guint16) (accent->blue * 65535)), mark->start, end);
      add_attribute (attributes, pango_attr_background_alpha_new (MARK_ALPHA), mark->start, end);
    }

  return attributes;
}

static GtkWidget *
make_label (const char *text,
            GArray     *marks,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  g_autoptr (PangoAttrList) attributes = make_attributes (marks);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
make_snippet (const ProbitySearchHit *hit)
{
  GtkWidget *label = make_label (hit->snippet, hit->snippet_marks, "caption");

  gtk_widget_add_css_class (label, "dimmed");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);

  return label;
}

static GtkWidget *
make_content (const ProbitySearchHit *hit)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = make_label (hit->title, hit->title_marks, "heading");

  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (line), title);
  if (hit->reference != NULL)
    {
      GtkWidget *reference = make_label (hit->reference, hit->reference_marks, "caption");

      gtk_widget_add_css_class (reference, "numeric");
      gtk_label_set_ellipsize (GTK_LABEL (reference), PANGO_ELLIPSIZE_NONE);
      gtk_box_append (GTK_BOX (line), reference);
    }
  gtk_box_append (GTK_BOX (content), line);
  if (hit->snippet != NULL && *hit->snippet != '\0')
    gtk_box_append (GTK_BOX (content), make_snippet (hit));
  if (hit->why != NULL)
    {
      GtkWidget *why = gtk_label_new (hit->why);

      gtk_label_set_xalign (GTK_LABEL (why), 0);
      gtk_label_set_ellipsize (GTK_LABEL (why), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (why, "caption");
      gtk_widget_add_css_class (why, "accent");
      gtk_box_append (GTK_BOX (content), why);
    }
  gtk_widget_set_margin_top (content, 8);
  gtk_widget_set_margin_bottom (content, 8);
  gtk_widget_set_margin_start (content, 12);
  gtk_widget_set_margin_end (content, 12);

  return content;
}

static void
probity_search_row_finalize (GObject *object)
{
  g_free (PROBITY_SEARCH_ROW (object)->uid);

  G_OBJECT_CLASS (probity_search_row_parent_class)->finalize (object);
}

static void
probity_search_row_class_init (ProbitySearchRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = probity_search_row_finalize;
}

static void
probity_search_row_init (ProbitySearchRow *self)
{
}

/** probity_search_row_new: (transfer floating) */
GtkWidget *
probity_search_row_new (const ProbitySearchHit *hit)
{
  ProbitySearchRow *self = g_object_new (PROBITY_TYPE_SEARCH_ROW, NULL);
  g_autofree char  *label = NULL;

  self->kind = hit->kind;
  self->uid = g_strdup (hit->uid);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), make_content (hit));

  /* Translators: a record that was found, as a screen reader says it: its kind, title and reference */
  label = g_strdup_printf (_ ("%s: %s, %s"), probity_label_for_kind (hit->kind), hit->title, hit->reference != NULL ? hit->reference : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return GTK_WIDGET (self);
}

const char *
probity_search_row_get_kind (ProbitySearchRow *self)
{
  g_return_val_if_fail (PROBITY_IS_SEARCH_ROW (self), NULL);

  return self->kind;
}

const char *
probity_search_row_get_uid (ProbitySearchRow *self)
{
  g_return_val_if_fail (PROBITY_IS_SEARCH_ROW (self), NULL);

  return self->uid;
}
