/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-chart-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "probity-access.h"
#include "probity-chart-view.h"
#include "probity-labels.h"
#include "probity-record-page.h"
#include "probity-reply.h"
#include "probity-toast.h"

struct _ProbityChartPage
{
  ProbityPage parent_instance;

  char                *uid;
  ProbityLinkChart    *chart;
  ProbityChartView    *view;
  double               pinched_from; /* the zoom at which a pinch began */
  AdwPreferencesGroup *group;

  GtkWidget          *breakpoint_bin;
  GtkScrolledWindow  *chart_window;
  AdwPreferencesPage *table;
};

G_DEFINE_FINAL_TYPE (ProbityChartPage, probity_chart_page, PROBITY_TYPE_PAGE)

static const char *
get_name (const ProbityChartNode *node)
{
  return node->reference != NULL ? node->reference : node->title != NULL ? node->title
                                                                         : "";
}

static char *
dup_full_name (const ProbityChartNode *node)
{
  g_autofree char *title = probity_label_dup_text (node->title);

  if (node->reference == NULL || *title == '\0')
    return g_strdup (get_name (node));
  return g_strdup_printf ("%s · %s", node->reference, title);
}

/* A row a line, from the end that is nearer to whose chart it is. */
static GtkWidget *
new_row (ProbityChartPage       *self,
         const ProbityChartEdge *edge)
{
  guint                   near_end = MIN (edge->from, edge->to);
  const ProbityChartNode *from = g_ptr_array_index (self->chart->nodes, near_end);
  const ProbityChartNode *to = g_ptr_array_index (self->chart->nodes, MAX (edge->from, edge->to));
  g_autofree char        *title = dup_full_name (to);
  g_autofree char        *line = probity_chart_dup_line (edge, near_end);
  g_autofree char        *subtitle = g_strdup_printf ("%s · %s · %s", probity_label_for_kind (to->kind), line, get_name (from));
  GtkWidget              *row = probity_link_row_new (title, subtitle, to->kind, to->uid);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  return row;
}

static void
show_table (ProbityChartPage *self)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u Link", "%u Links", self->chart->edges->len), self->chart->edges->len);

  if (self->group != NULL)
    adw_preferences_page_remove (self->table, self->group);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, title);
  if (self->chart->cut)
    adw_preferences_group_set_description (self->group, _ ("There are more than fit: these are the nearest."));
  for (guint i = 0; i < self->chart->edges->len; i++)
    adw_preferences_group_add (self->group, new_row (self, g_ptr_array_index (self->chart->edges, i)));
  adw_preferences_page_add (self->table, self->group);
}

static void
scroll_to_middle (gpointer data)
{
  ProbityChartPage *self = PROBITY_CHART_PAGE (data);
  GtkAdjustment    *across = gtk_scrolled_window_get_hadjustment (self->chart_window);
  GtkAdjustment    *down = gtk_scrolled_window_get_vadjustment (self->chart_window);
  GtkWidget        *box = self->view != NULL ? probity_chart_view_get_box (self->view, 0) : NULL;
  graphene_rect_t   bounds;

  if (box != NULL && gtk_widget_compute_bounds (box, GTK_WIDGET (self->view), &bounds))
    {
      gtk_adjustment_set_value (across, bounds.origin.x + bounds.size.width / 2 - gtk_adjustment_get_page_size (across) / 2);
      gtk_adjustment_set_value (down, bounds.origin.y + bounds.size.height / 2 - gtk_adjustment_get_page_size (down) / 2);
    }
  g_object_unref (self);
}

static void
loaded_cb (gpointer      object,
           const GValue *value,
           const GError *error)
{
  ProbityChartPage       *self = PROBITY_CHART_PAGE (object);
  const gboolean          first = self->chart == NULL;
  const ProbityChartNode *node;
  g_autofree char        *title = NULL;

  if (error != NULL)
    {
      probity_page_show_error (PROBITY_PAGE (self), error);
      return;
    }
  g_clear_pointer (&self->chart, probity_link_chart_free);
  self->chart = g_value_dup_boxed (value);
  node = g_ptr_array_index (self->chart->nodes, 0);
  /* Translators: %s is the reference of a case, or who a person is */
  title = g_strdup_printf (_ ("Links of %s"), get_name (node));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  probity_page_set_subtitle (PROBITY_PAGE (self), node->reference != NULL ? node->title : NULL);
  probity_chart_view_set_chart (self->view, self->chart);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  show_table (self);
  probity_page_set_content (PROBITY_PAGE (self), self->breakpoint_bin);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.export-svg", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.export-png", TRUE);
  /* Sizes are known only after the next frame. */
  if (first)
    g_timeout_add_once (50, scroll_to_middle, g_object_ref (self));
}

static void
load (ProbityChartPage *self)
{
  probity_reply (probity_link_chart_load (probity_page_get_session (PROBITY_PAGE (self)), self->uid, probity_page_get_visit (PROBITY_PAGE (self))), self, loaded_cb);
}

static void
probity_chart_page_refresh (ProbityPage *page)
{
  load (PROBITY_CHART_PAGE (page));
}

static void
exported_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  if (error != NULL)
    probity_toast_error (GTK_WIDGET (object), error);
  else
    probity_toast (GTK_WIDGET (object), _ ("The chart was exported"));
}

/** Writes the chart to @path, which says whether as SVG or as a picture. */
void
probity_chart_page_export (ProbityChartPage *self,
                           const char       *path)
{
  g_return_if_fail (PROBITY_IS_CHART_PAGE (self));
  g_return_if_fail (path != NULL);

  if (self->chart != NULL)
    probity_reply (probity_link_chart_export (self->chart, probity_page_get_session (PROBITY_PAGE (self)), path, probity_chart_words), self, exported_cb);
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (ProbityChartPage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    probity_chart_page_export (self, g_file_peek_path (file));
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  const gboolean picture = g_str_equal (action_name, "page.export-png");
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Export the Chart"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Export"));
  gtk_file_dialog_set_initial_name (dialog, picture ? "links.png" : "links.svg");
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, file_chosen_cb, g_object_ref (widget));
}

/* --- Zoom --- */

#define ZOOM_STEP 1.25

static void
keep_in_place (GtkAdjustment *adjustment,
               double         at,
               double         factor)
{
  const double page = gtk_adjustment_get_page_size (adjustment);
  const double size = gtk_adjustment_get_upper (adjustment) * factor;
  const double value = (gtk_adjustment_get_value (adjustment) + at) * factor - at;

  /* The new size is known before it is laid out: else the value would be cut to the old one. */
  gtk_adjustment_set_upper (adjustment, MAX (size, page));
  gtk_adjustment_set_value (adjustment, value);
}

/* What is at (@x, @y) of the scrolled window stays there. */
static void
zoom_to (ProbityChartPage *self,
         double            zoom,
         double            x,
         double            y)
{
  const double old = probity_chart_view_get_zoom (self->view);
  double       factor;

  probity_chart_view_set_zoom (self->view, zoom);
  factor = probity_chart_view_get_zoom (self->view) / old;
  keep_in_place (gtk_scrolled_window_get_hadjustment (self->chart_window), x, factor);
  keep_in_place (gtk_scrolled_window_get_vadjustment (self->chart_window), y, factor);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.zoom-in", probity_chart_view_get_zoom (self->view) < PROBITY_CHART_MAX_ZOOM);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.zoom-out", probity_chart_view_get_zoom (self->view) > PROBITY_CHART_MIN_ZOOM);
}

static void
zoom_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  ProbityChartPage *self = PROBITY_CHART_PAGE (widget);
  const double      zoom = probity_chart_view_get_zoom (self->view);
  const double      wanted = g_str_equal (action_name, "page.zoom-in") ? zoom * ZOOM_STEP : g_str_equal (action_name, "page.zoom-out") ? zoom / ZOOM_STEP
                                                                                                                                       : 1;

  zoom_to (self, wanted, gtk_widget_get_width (GTK_WIDGET (self->chart_window)) / 2.0, gtk_widget_get_height (GTK_WIDGET (self->chart_window)) / 2.0);
}

static gboolean
scroll_cb (ProbityChartPage         *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  double    x, y;

  if ((gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller)) & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  if (event == NULL || !gdk_event_get_position (event, &x, &y))
    x = y = 0;
  else
    {
      GtkNative       *native = gtk_widget_get_native (GTK_WIDGET (self->chart_window));
      graphene_point_t point;
      double           left, top;

      gtk_native_get_surface_transform (native, &left, &top);
      if (gtk_widget_compute_point (GTK_WIDGET (native), GTK_WIDGET (self->chart_window), &GRAPHENE_POINT_INIT ((float) (x - left), (float) (y - top)), &point))
        {
          x = point.x;
          y = point.y;
        }
    }
  zoom_to (self, probity_chart_view_get_zoom (self->view) * pow (ZOOM_STEP, -dy), x, y);

  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (ProbityChartPage *self)
{
  self->pinched_from = probity_chart_view_get_zoom (self->view);
}

static void
pinch_cb (ProbityChartPage *self,
          double            scale,
          GtkGesture       *gesture)
{
  double x = 0, y = 0;

  gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  zoom_to (self, self->pinched_from * scale, x, y);
}

static void
add_zoom_controllers (ProbityChartPage *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture         *pinch = gtk_gesture_zoom_new ();

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->chart_window), scroll);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (pinch), GTK_PHASE_CAPTURE);
  g_signal_connect_object (pinch, "begin", G_CALLBACK (pinch_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pinch, "scale-changed", G_CALLBACK (pinch_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->chart_window), GTK_EVENT_CONTROLLER (pinch));
}

static void
add_zoom_keys (GtkWidgetClass *klass)
{
  static const struct
  {
    guint       key;
    const char *action;
  } keys[] = {
    { GDK_KEY_plus, "page.zoom-in" },
    { GDK_KEY_equal, "page.zoom-in" },
    { GDK_KEY_KP_Add, "page.zoom-in" },
    { GDK_KEY_minus, "page.zoom-out" },
    { GDK_KEY_KP_Subtract, "page.zoom-out" },
    { GDK_KEY_0, "page.zoom-normal" },
    { GDK_KEY_KP_0, "page.zoom-normal" },
  };

  gtk_widget_class_install_action (klass, "page.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (klass, "page.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (klass, "page.zoom-normal", NULL, zoom_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (klass, keys[i].key, GDK_CONTROL_MASK, keys[i].action, NULL);
}

static void
probity_chart_page_dispose (GObject *object)
{
  ProbityChartPage *self = PROBITY_CHART_PAGE (object);

  g_clear_object (&self->breakpoint_bin);
  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_CHART_PAGE);
  self->view = NULL;
  g_clear_pointer (&self->chart, probity_link_chart_free);
  g_clear_pointer (&self->uid, g_free);

  G_OBJECT_CLASS (probity_chart_page_parent_class)->dispose (object);
}

static void
probity_chart_page_class_init (ProbityChartPageClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  ProbityPageClass *page_class = PROBITY_PAGE_CLASS (klass);

  object_class->dispose = probity_chart_page_dispose;
  page_class->refresh = probity_chart_page_refresh;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/overview/probity-chart-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityChartPage, breakpoint_bin);
  gtk_widget_class_bind_template_child (widget_class, ProbityChartPage, chart_window);
  gtk_widget_class_bind_template_child (widget_class, ProbityChartPage, table);
  gtk_widget_class_install_action (widget_class, "page.export-svg", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "page.export-png", NULL, export_action);
  add_zoom_keys (widget_class);
}

static void
probity_chart_page_init (ProbityChartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* It goes and comes with what else the page shows. */
  g_object_ref (self->breakpoint_bin);
  self->view = PROBITY_CHART_VIEW (probity_chart_view_new ());
  gtk_scrolled_window_set_child (self->chart_window, GTK_WIDGET (self->view));
  add_zoom_controllers (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.export-svg", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.export-png", FALSE);
}

/** probity_chart_page_new: (transfer floating): of the record with @uid, of whatever kind. */
AdwNavigationPage *
probity_chart_page_new (ProbitySession *session,
                        const char     *uid)
{
  ProbityChartPage *self = g_object_new (PROBITY_TYPE_CHART_PAGE, "session", session, "title", _ ("Link Chart"), NULL);

  self->uid = g_strdup (uid);
  probity_page_watch (PROBITY_PAGE (self), (const char *const[]) { "person", "relation", "organisation", "second-job", "conduct-investigation", "leak-investigation", "complaint", "intelligence-report", NULL });
  probity_page_show_loading (PROBITY_PAGE (self));
  load (self);
  return ADW_NAVIGATION_PAGE (self);
}
