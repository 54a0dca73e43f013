/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <cairo-svg.h>
#include <pango/pangocairo.h>

#include "probity-access.h"
#include "probity-audit.h"
#include "probity-link-chart.h"

/* A link chart on paper: as SVG, or as a picture. */

#define PADDING 10.0
#define RADIUS 8.0
#define PICTURE_SCALE 2.0

/* Black on white, whatever the screen looks like. Kinds are told by words. */
static void
set_grey (cairo_t *cairo,
          double   grey)
{
  cairo_set_source_rgb (cairo, grey, grey, grey);
}

static void
trace_box (cairo_t               *cairo,
           const ProbityChartBox *box)
{
  const double x = box->x, y = box->y, w = PROBITY_CHART_BOX_WIDTH, h = PROBITY_CHART_BOX_HEIGHT;

  cairo_new_sub_path (cairo);
  cairo_arc (cairo, x + w - RADIUS, y + RADIUS, RADIUS, -G_PI_2, 0);
  cairo_arc (cairo, x + w - RADIUS, y + h - RADIUS, RADIUS, 0, G_PI_2);
  cairo_arc (cairo, x + RADIUS, y + h - RADIUS, RADIUS, G_PI_2, G_PI);
  cairo_arc (cairo, x + RADIUS, y + RADIUS, RADIUS, G_PI, 3 * G_PI_2);
  cairo_close_path (cairo);
}

static void
draw_text (cairo_t               *cairo,
           const ProbityChartBox *box,
           double                 top,
           const char            *text,
           double                 size,
           gboolean               bold,
           double                 grey)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_width (layout, (int) ((PROBITY_CHART_BOX_WIDTH - 2 * PADDING) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  set_grey (cairo, grey);
  cairo_move_to (cairo, box->x + PADDING, box->y + top);
  pango_cairo_show_layout (cairo, layout);
}

static void
draw_line (ProbityLinkChart       *self,
           cairo_t                *cairo,
           const ProbityChartEdge *edge)
{
  const ProbityChartBox *from = &g_array_index (self->boxes, ProbityChartBox, edge->from);
  const ProbityChartBox *to = &g_array_index (self->boxes, ProbityChartBox, edge->to);
  const double           dashes[] = { 4, 4 };

  cairo_save (cairo);
  if (edge->leads)
    {
      ProbityChartPoint points[PROBITY_CHART_MAX_POINTS];
      guint             n = probity_chart_route (self->boxes, MAX (edge->from, edge->to), points);

      for (guint i = 0; i < n; i++)
        cairo_line_to (cairo, points[i].x, points[i].y);
      set_grey (cairo, 0.45);
    }
  else
    {
      cairo_set_dash (cairo, dashes, G_N_ELEMENTS (dashes), 0);
      cairo_move_to (cairo, from->x + PROBITY_CHART_BOX_WIDTH / 2, from->y + PROBITY_CHART_BOX_HEIGHT / 2);
      cairo_line_to (cairo, to->x + PROBITY_CHART_BOX_WIDTH / 2, to->y + PROBITY_CHART_BOX_HEIGHT / 2);
      set_grey (cairo, 0.7);
    }
  cairo_set_line_width (cairo, 1);
  cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cairo);
  cairo_restore (cairo);
}

/* How the box comes to stand there. */
static const ProbityChartEdge *
find_leading (ProbityLinkChart *self,
              guint             index)
{
  for (guint i = 0; index > 0 && i < self->edges->len; i++)
    {
      const ProbityChartEdge *edge = g_ptr_array_index (self->edges, i);

      if (edge->leads && MAX (edge->from, edge->to) == index)
        return edge;
    }

  return NULL;
}

void
probity_link_chart_draw (ProbityLinkChart     *self,
                         cairo_t              *cairo,
                         ProbityChartWordsFunc words)
{
  g_return_if_fail (self != NULL && cairo != NULL && words != NULL);

  set_grey (cairo, 1);
  cairo_paint (cairo);

  /* What joins boxes crosswise lies below what leads to them. */
  for (int leads = 0; leads <= 1; leads++)
    for (guint i = 0; i < self->edges->len; i++)
      if (((const ProbityChartEdge *) g_ptr_array_index (self->edges, i))->leads == leads)
        draw_line (self, cairo, g_ptr_array_index (self->edges, i));

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const ProbityChartNode *node = g_ptr_array_index (self->nodes, i);
      const ProbityChartBox  *box = &g_array_index (self->boxes, ProbityChartBox, i);
      const ProbityChartEdge *leading = find_leading (self, i);
      g_autofree char        *kind = words (node->kind, TRUE);
      g_autofree char        *how = leading == NULL ? NULL : leading->text != NULL ? g_strdup (leading->text)
                                                                                   : words (leading->type, FALSE);
      g_autofree char        *caption = how != NULL ? g_strdup_printf ("%s · %s", kind, how) : g_strdup (kind);

      trace_box (cairo, box);
      set_grey (cairo, 1);
      cairo_fill_preserve (cairo);
      set_grey (cairo, i == 0 ? 0 : 0.55);
      cairo_set_line_width (cairo, i == 0 ? 2 : 1);
      cairo_stroke (cairo);
      draw_text (cairo, box, 8, node->reference != NULL ? node->reference : node->title != NULL ? node->title
                                                                                                : "",
                 12,
                 TRUE,
                 0);
      if (node->reference != NULL && node->title != NULL)
        draw_text (cairo, box, 25, node->title, 11, FALSE, 0);
      draw_text (cairo, box, 43, caption, 10, FALSE, 0.35);
    }
}

typedef struct
{
  ProbityLinkChart     *chart;
  ProbitySession       *session;
  char                 *path;
  ProbityChartWordsFunc words;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  probity_link_chart_free (self->chart);
  g_object_unref (self->session);
  g_free (self->path);
  g_free (self);
}

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  return g_output_stream_write_all (closure, data, length, NULL, NULL, NULL) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static cairo_status_t
draw_to (Export        *self,
         GOutputStream *stream)
{
  const gboolean   picture = g_str_has_suffix (self->path, ".png");
  const double     scale = picture ? PICTURE_SCALE : 1;
  cairo_surface_t *surface = picture ? cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (self->chart->width * scale), (int) (self->chart->height * scale))
                                     : cairo_svg_surface_create_for_stream (write_cb, stream, self->chart->width, self->chart->height);
  cairo_t         *cairo = cairo_create (surface);
  cairo_status_t   status;

  cairo_scale (cairo, scale, scale);
  probity_link_chart_draw (self->chart, cairo, self->words);
  status = cairo_status (cairo);
  cairo_destroy (cairo);
  if (status == CAIRO_STATUS_SUCCESS && picture)
    status = cairo_surface_write_to_png_stream (surface, write_cb, stream);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  return status;
}

static DexFuture *
export_fiber (gpointer data)
{
  Export                 *self = data;
  const ProbityChartNode *node = g_ptr_array_index (self->chart->nodes, 0);
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileOutputStream) stream = NULL;
  GError        *error = NULL;
  cairo_status_t status;

  /* Nothing leaves before it is logged that it does. */
  if (!dex_await (probity_audit_disclose (self->session, node->kind, node->uid, self->path), &error) ||
      (stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION | G_FILE_CREATE_PRIVATE, NULL, &error)) == NULL)
    return dex_future_new_for_error (error);

  status = draw_to (self, G_OUTPUT_STREAM (stream));
  if (status != CAIRO_STATUS_SUCCESS)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "The chart was not written: %s", cairo_status_to_string (status));
  if (!g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_true ();
}

DexFuture *
probity_link_chart_export (ProbityLinkChart     *self,
                           ProbitySession       *session,
                           const char           *path,
                           ProbityChartWordsFunc words)
{
  Export *export;
  GError *error = NULL;

  dex_return_error_if_fail (self != NULL && PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (path != NULL && words != NULL);

  if (!probity_access_check (session, PROBITY_OPERATION_EXPORT, &error))
    return dex_future_new_for_error (error);

  export = g_new0 (Export, 1);
  export->chart = probity_link_chart_copy (self);
  export->session = g_object_ref (session);
  export->path = g_strdup (path);
  export->words = words;

  return dex_scheduler_spawn (NULL, 0, export_fiber, export, export_free);
}
