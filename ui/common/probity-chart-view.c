/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-chart-view.h"

#include <glib/gi18n.h>

#include "probity-case-words.h"
#include "probity-labels.h"

struct _ProbityChartView
{
  GtkWidget parent_instance;

  ProbityLinkChart *chart;
  GPtrArray        *buttons; /* beside the boxes; borrowed */
  double            zoom;
};

G_DEFINE_FINAL_TYPE (ProbityChartView, probity_chart_view, GTK_TYPE_WIDGET)

/* Boxes grow with the text in them. */
static double
get_scale (ProbityChartView *self)
{
  return adw_length_unit_to_px (ADW_LENGTH_UNIT_SP, 1, gtk_widget_get_settings (GTK_WIDGET (self)));
}

char *
probity_chart_words (const char *code,
                     gboolean    is_kind)
{
  if (is_kind)
    return g_strdup (probity_label_for_kind (code));
  if (g_str_equal (code, "about"))
    return g_strdup (_ ("Subject"));
  if (g_str_equal (code, "eliminated"))
    return g_strdup (_ ("Eliminated"));
  if (g_str_equal (code, "relation"))
    return g_strdup (_ ("Relation"));
  if (g_str_equal (code, "applicant"))
    return g_strdup (_ ("Applicant"));
  return g_strdup (probity_case_words_for_link (code, TRUE));
}

char *
probity_chart_dup_line (const ProbityChartEdge *edge,
                        guint                   index)
{
  static const char *const own[] = { "about", "eliminated", "relation", "applicant", NULL };

  if (edge->text != NULL)
    return g_strdup (edge->text);
  if (g_strv_contains (own, edge->type))
    return probity_chart_words (edge->type, FALSE);
  return g_strdup (probity_case_words_for_link (edge->type, edge->from == index));
}

static const ProbityChartEdge *
find_leading (ProbityLinkChart *chart,
              guint             index)
{
  for (guint i = 0; index > 0 && i < chart->edges->len; i++)
    {
      const ProbityChartEdge *edge = g_ptr_array_index (chart->edges, i);

      if (edge->leads && MAX (edge->from, edge->to) == index)
        return edge;
    }
  return NULL;
}

static GtkWidget *
new_line (const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_box (ProbityLinkChart *chart,
         guint             index)
{
  const ProbityChartNode *node = g_ptr_array_index (chart->nodes, index);
  const ProbityChartEdge *leading = find_leading (chart, index);
  const char             *name = node->reference != NULL ? node->reference : node->title;
  g_autofree char        *title = probity_label_dup_text (node->reference != NULL ? node->title : NULL);
  g_autofree char        *how = leading != NULL ? probity_chart_dup_line (leading, MIN (leading->from, leading->to)) : NULL;
  g_autofree char        *caption = how != NULL ? g_strdup_printf ("%s · %s", probity_label_for_kind (node->kind), how) : g_strdup (probity_label_for_kind (node->kind));
  g_autofree char        *accessible = g_strdup_printf ("%s, %s, %s", name != NULL ? name : "", title, caption);
  GtkWidget              *button = gtk_button_new ();
  GtkWidget              *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (lines), new_line (name, "heading"));
  if (*title != '\0')
    gtk_box_append (GTK_BOX (lines), new_line (title, NULL));
  gtk_box_append (GTK_BOX (lines), new_line (caption, "caption"));
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), lines);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "chart-box");
  gtk_widget_set_tooltip_text (button, accessible);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-record");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", node->kind, node->uid);
  if (index == 0)
    gtk_widget_add_css_class (button, "first");
  return button;
}

static void
remove_boxes (ProbityChartView *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->buttons, i));
  g_ptr_array_set_size (self->buttons, 0);
}

static void
append_line (ProbityChartView       *self,
             GtkSnapshot            *snapshot,
             const ProbityChartEdge *edge,
             const GdkRGBA          *colour)
{
  const float scale = (float) get_scale (self);
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GskStroke *stroke = gsk_stroke_new (edge->leads ? 1.5f : 1.0f);
  GdkRGBA    faint = *colour;

  if (edge->leads)
    {
      ProbityChartPoint points[PROBITY_CHART_MAX_POINTS];
      guint             n = probity_chart_route (self->chart->boxes, MAX (edge->from, edge->to), points);

      gsk_path_builder_move_to (builder, (float) points[0].x * scale, (float) points[0].y * scale);
      for (guint i = 1; i < n; i++)
        gsk_path_builder_line_to (builder, (float) points[i].x * scale, (float) points[i].y * scale);
      faint.alpha *= 0.6f;
    }
  else
    {
      const ProbityChartBox *from = &g_array_index (self->chart->boxes, ProbityChartBox, edge->from);
      const ProbityChartBox *to = &g_array_index (self->chart->boxes, ProbityChartBox, edge->to);
      const float            half_width = (float) PROBITY_CHART_BOX_WIDTH / 2;
      const float            half_height = (float) PROBITY_CHART_BOX_HEIGHT / 2;

      gsk_path_builder_move_to (builder, ((float) from->x + half_width) * scale, ((float) from->y + half_height) * scale);
      gsk_path_builder_line_to (builder, ((float) to->x + half_width) * scale, ((float) to->y + half_height) * scale);
      gsk_stroke_set_dash (stroke, (const float[]) { 4, 4 }, 2);
      faint.alpha *= 0.35f;
    }
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_stroke (snapshot, path, stroke, &faint);
  gsk_stroke_free (stroke);
}

static void
probity_chart_view_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  ProbityChartView *self = PROBITY_CHART_VIEW (widget);
  GdkRGBA           colour;

  gtk_widget_get_color (widget, &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_scale (snapshot, (float) self->zoom, (float) self->zoom);
  for (int leads = 0; self->chart != NULL && leads <= 1; leads++)
    for (guint i = 0; i < self->chart->edges->len; i++)
      if (((const ProbityChartEdge *) g_ptr_array_index (self->chart->edges, i))->leads == leads)
        append_line (self, snapshot, g_ptr_array_index (self->chart->edges, i), &colour);
  gtk_snapshot_restore (snapshot);
  GTK_WIDGET_CLASS (probity_chart_view_parent_class)->snapshot (widget, snapshot);
}

static void
probity_chart_view_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  ProbityChartView *self = PROBITY_CHART_VIEW (widget);
  double            size = 0;

  /* GTK wants a size to be asked of whatever is given one. */
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_measure (g_ptr_array_index (self->buttons, i), orientation, -1, NULL, NULL, NULL, NULL);
  if (self->chart != NULL)
    size = (orientation == GTK_ORIENTATION_HORIZONTAL ? self->chart->width : self->chart->height) * get_scale (self) * self->zoom;
  *minimum = *natural = (int) size;
}

static void
probity_chart_view_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  ProbityChartView *self = PROBITY_CHART_VIEW (widget);
  const double      scale = get_scale (self);

  for (guint i = 0; i < self->buttons->len; i++)
    {
      const ProbityChartBox *box = &g_array_index (self->chart->boxes, ProbityChartBox, i);

      GskTransform *transform = gsk_transform_scale (NULL, (float) self->zoom, (float) self->zoom);

      transform = gsk_transform_translate (transform, &GRAPHENE_POINT_INIT ((float) (box->x * scale), (float) (box->y * scale)));
      gtk_widget_allocate (g_ptr_array_index (self->buttons, i), (int) (PROBITY_CHART_BOX_WIDTH * scale), (int) (PROBITY_CHART_BOX_HEIGHT * scale), -1, transform);
    }
}

static void
probity_chart_view_dispose (GObject *object)
{
  ProbityChartView *self = PROBITY_CHART_VIEW (object);

  if (self->buttons != NULL)
    remove_boxes (self);
  g_clear_pointer (&self->chart, probity_link_chart_free);

  G_OBJECT_CLASS (probity_chart_view_parent_class)->dispose (object);
}

static void
probity_chart_view_finalize (GObject *object)
{
  g_clear_pointer (&PROBITY_CHART_VIEW (object)->buttons, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_chart_view_parent_class)->finalize (object);
}

static void
probity_chart_view_class_init (ProbityChartViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_chart_view_dispose;
  object_class->finalize = probity_chart_view_finalize;
  widget_class->snapshot = probity_chart_view_snapshot;
  widget_class->measure = probity_chart_view_measure;
  widget_class->size_allocate = probity_chart_view_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "chart");
}

static void
probity_chart_view_init (ProbityChartView *self)
{
  self->buttons = g_ptr_array_new ();
  self->zoom = 1;
}

/** probity_chart_view_new: (transfer floating): of nothing yet. */
GtkWidget *
probity_chart_view_new (void)
{
  return g_object_new (PROBITY_TYPE_CHART_VIEW, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER, NULL);
}

/** Shows a copy of @chart. */
void
probity_chart_view_set_chart (ProbityChartView *self,
                              ProbityLinkChart *chart)
{
  g_return_if_fail (PROBITY_IS_CHART_VIEW (self));
  g_return_if_fail (chart != NULL);

  remove_boxes (self);
  g_clear_pointer (&self->chart, probity_link_chart_free);
  self->chart = probity_link_chart_copy (chart);
  for (guint i = 0; i < self->chart->nodes->len; i++)
    {
      GtkWidget *button = new_box (self->chart, i);

      gtk_widget_set_parent (button, GTK_WIDGET (self));
      g_ptr_array_add (self->buttons, button);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/** How large the chart is drawn, 1 being the size of other text; kept between PROBITY_CHART_MIN_ZOOM and PROBITY_CHART_MAX_ZOOM. */
void
probity_chart_view_set_zoom (ProbityChartView *self,
                             double            zoom)
{
  g_return_if_fail (PROBITY_IS_CHART_VIEW (self));

  self->zoom = CLAMP (zoom, PROBITY_CHART_MIN_ZOOM, PROBITY_CHART_MAX_ZOOM);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

double
probity_chart_view_get_zoom (ProbityChartView *self)
{
  g_return_val_if_fail (PROBITY_IS_CHART_VIEW (self), 1);

  return self->zoom;
}

/** (transfer none) (nullable): the button of box @index. */
GtkWidget *
probity_chart_view_get_box (ProbityChartView *self,
                            guint             index)
{
  g_return_val_if_fail (PROBITY_IS_CHART_VIEW (self), NULL);

  return index < self->buttons->len ? g_ptr_array_index (self->buttons, index) : NULL;
}
