/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tour.h"

/* How the tour takes its pictures. */

/* Nothing was drawn for so long: about four frames. What is on its way is not waited for by time. */
#define STILL (60 * 1000)
/* What goes on being drawn, a bar of progress say, is taken as it is. */
#define RESTLESS (2 * G_USEC_PER_SEC)
#define SETTLED (20 * G_USEC_PER_SEC)

static guint n_warnings;

void
tour_complain (Tour       *tour,
               const char *format,
               ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("tour: %s\n", text);
  tour->n_problems++;
}

/* A widget that does not fit into 360 pixels, or a value out of range, is told by a warning. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         data)
{
  if (level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL))
    n_warnings++;
  return g_log_writer_default (level, fields, n_fields, data);
}

void
tour_watch_warnings (void)
{
  g_log_set_writer_func (write_log, NULL, NULL);
}

static gboolean
is_turning (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (ADW_IS_SPINNER (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (is_turning (child))
      return TRUE;
  return FALSE;
}

static gboolean
is_asked (GtkWidget *window)
{
  ProbitySession *session = PROBITY_IS_WINDOW (window) ? probity_window_get_session (PROBITY_WINDOW (window)) : NULL;

  return session != NULL && probity_casebook_is_asked (probity_session_get_casebook (session));
}

static void
painted_cb (GdkFrameClock *clock,
            gboolean      *ret_painted)
{
  *ret_painted = TRUE;
}

void
tour_settle (GtkWidget *window)
{
  const gint64   end = g_get_monotonic_time () + SETTLED;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gboolean       painted = FALSE;
  gulong         id = clock != NULL ? g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted) : 0;
  gint64         still = g_get_monotonic_time (); /* since when nothing is drawn */
  gint64         answered = still;                /* since when nothing is on its way */

  for (gint64 now = still; now < end; now = g_get_monotonic_time ())
    {
      if (is_asked (window) || is_turning (window))
        still = answered = now;
      else if (painted)
        still = now;
      painted = FALSE;
      if (now - still > STILL ? !g_main_context_pending (NULL) : now - answered > RESTLESS)
        break;
      ui_iterate ();
    }
  if (id != 0)
    g_signal_handler_disconnect (clock, id);
}

gboolean
tour_is_narrow (Tour *tour)
{
  return g_str_has_prefix (tour->look->name, "narrow");
}

static guint
count_colours (const guint8 *data,
               gsize         size)
{
  g_autoptr (GHashTable) colours = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i + 4 <= size && g_hash_table_size (colours) < 64; i += 4)
    {
      guint32 colour;

      memcpy (&colour, data + i, sizeof colour);
      g_hash_table_add (colours, GUINT_TO_POINTER (colour));
    }
  return g_hash_table_size (colours);
}

/* A picture of a widget is of the frame drawn last, which on a busy machine is not yet what the widget now holds. */
static void
wait_for_frame (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gboolean       painted = FALSE;
  gulong         id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  gtk_widget_queue_draw (window);
  for (guint i = 0; i < 1000 && !painted; i++)
    ui_iterate ();
  g_signal_handler_disconnect (clock, id);
}

static GBytes *
download (GdkTexture *texture,
          gsize      *ret_stride)
{
  GdkTextureDownloader *downloader = gdk_texture_downloader_new (texture);
  GBytes               *pixels;

  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  pixels = gdk_texture_downloader_download_bytes (downloader, ret_stride);
  gdk_texture_downloader_free (downloader);

  return pixels;
}

/* Hardly compressed: the pictures are many, and soon deleted. */
static gboolean
save (GBytes     *pixels,
      int         width,
      int         height,
      gsize       stride,
      const char *path)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_bytes (pixels, GDK_COLORSPACE_RGB, TRUE, 8, width, height, (int) stride);

  return gdk_pixbuf_save (pixbuf, path, "png", NULL, "compression", "1", NULL);
}

void
tour_take (Tour       *tour,
           GtkWidget  *window,
           const char *page)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *checksum = NULL;
  g_autoptr (GBytes) pixels = NULL;
  const guint8 *data;
  gsize         stride, size;
  int           width, height;
  const char   *twin;

  n_warnings = 0;
  tour_settle (window);
  wait_for_frame (window);
  width = gtk_widget_get_width (window);
  height = gtk_widget_get_height (window);
  /* Between a change and its layout a widget draws nothing; the next frame has it. */
  for (guint i = 0; i < 100 && node == NULL; i++)
    {
      g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

      gdk_paintable_snapshot (paintable, snapshot, width, height);
      node = gtk_snapshot_to_node (snapshot);
      if (node == NULL)
        ui_iterate ();
    }
  name = g_strdup_printf ("%s-%s-%s", tour->account, page, tour->look->name);
  if (!g_hash_table_add (tour->names, g_strdup (name)))
    tour_complain (tour, "%s is taken twice", name);
  if (n_warnings > 0)
    tour_complain (tour, "%s was drawn with warnings", name);
  if (node == NULL)
    {
      tour_complain (tour, "%s draws nothing", name);
      return;
    }
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  path = g_strdup_printf ("%s/%s.png", tour->out, name);
  pixels = download (texture, &stride);
  data = g_bytes_get_data (pixels, &size);
  if (!save (pixels, width, height, stride, path))
    {
      tour_complain (tour, "%s cannot be written", path);
      return;
    }
  tour->n_pictures++;

  if (count_colours (data, size) < 12)
    tour_complain (tour, "%s is blank", name);
  if (tour_is_narrow (tour) && width > tour->look->width)
    tour_complain (tour, "%s does not fold: it is %d pixels wide", name, width);
  checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);
  twin = g_hash_table_lookup (tour->seen, checksum);
  if (twin != NULL)
    tour_complain (tour, "%s looks like %s", name, twin);
  else
    g_hash_table_insert (tour->seen, g_steal_pointer (&checksum), g_steal_pointer (&name));
}

void
tour_take_dialog (Tour          *tour,
                  ProbityWindow *window,
                  gpointer       dialog,
                  const char    *name)
{
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  tour_take (tour, GTK_WIDGET (window), name);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  tour_settle (GTK_WIDGET (window));
}

void
tour_take_shown (Tour          *tour,
                 ProbityWindow *window,
                 const char    *name)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));

  if (dialog == NULL)
    {
      tour_complain (tour, "%s does not come up", name);
      return;
    }
  tour_take (tour, GTK_WIDGET (window), name);
  adw_dialog_force_close (dialog);
  tour_settle (GTK_WIDGET (window));
}

gboolean
tour_open (ProbityWindow *window,
           GtkWidget     *widget,
           const char    *name)
{
  gtk_widget_activate_action (widget, name, NULL);
  tour_settle (GTK_WIDGET (window));

  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) != NULL;
}

/* The page on top: others may still be on their way out. A narrow window has one view of pages in another. */
GtkWidget *
tour_get_page (ProbityWindow *window)
{
  GtkWidget *page = GTK_WIDGET (window);
  GtkWidget *view;

  while ((view = ui_find (page, ADW_TYPE_NAVIGATION_VIEW, NULL)) != NULL)
    page = GTK_WIDGET (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)));

  return page;
}

/* What stands below the fold of the page on top. */
void
tour_take_below (Tour          *tour,
                 ProbityWindow *window,
                 const char    *name)
{
  static const double parts[] = { 0.34, 0.67, 1.0 };
  GtkWidget          *page = tour_get_page (window);
  GtkWidget          *scrolled = page != NULL ? ui_find (page, GTK_TYPE_SCROLLED_WINDOW, NULL) : NULL;
  GtkAdjustment      *adjustment;

  if (scrolled == NULL)
    {
      tour_complain (tour, "%s has nothing to scroll", name);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = g_strdup_printf ("%s-below-%u", name, i + 1);

      adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
      gtk_adjustment_set_value (adjustment, parts[i] * (gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment)));
      tour_take (tour, GTK_WIDGET (window), part);
    }
}

GtkWidget *
tour_find_tooltip (GtkWidget  *widget,
                   const char *tooltip)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = tour_find_tooltip (child, tooltip);

      if (found != NULL)
        return found;
    }
  return NULL;
}
