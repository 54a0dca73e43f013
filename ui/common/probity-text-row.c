/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-text-row.h"

/* Pixels that stay free above and below the cursor. */
#define CURSOR_MARGIN 12

struct _ProbityTextRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel     *title_label;
  GtkTextView  *text_view;
  GSignalGroup *page_signals; /* of how far the page is scrolled: has a target while that follows the cursor */
  guint         follow_id;    /* while the page is about to be scrolled to the cursor */
  gboolean      scrolling;
};

typedef enum
{
  PROP_TEXT = 1,
} ProbityTextRowProps;

static GParamSpec *properties[PROP_TEXT + 1];

G_DEFINE_FINAL_TYPE (ProbityTextRow, probity_text_row, ADW_TYPE_PREFERENCES_ROW)

/* The row grows with its text, so that the page has to be scrolled and not the text in its view. */
static void
show_cursor (ProbityTextRow *self,
             GtkAdjustment  *adjustment)
{
  GtkWidget       *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  GtkWidget       *page = viewport != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  GdkRectangle     cursor;
  graphene_point_t place;
  double           value = gtk_adjustment_get_value (adjustment);
  int              x, y;

  gtk_text_view_get_cursor_locations (self->text_view, NULL, &cursor, NULL);
  gtk_text_view_buffer_to_window_coords (self->text_view, GTK_TEXT_WINDOW_WIDGET, cursor.x, cursor.y, &x, &y);
  if (page == NULL || !gtk_widget_compute_point (GTK_WIDGET (self->text_view), page, &GRAPHENE_POINT_INIT ((float) x, (float) y), &place))
    return;
  value = MAX (value, place.y + cursor.height + CURSOR_MARGIN - gtk_adjustment_get_page_size (adjustment));
  value = MIN (value, place.y - CURSOR_MARGIN);
  /* At once: clamp_page() may take its time, and be seen as somebody who scrolls. */
  self->scrolling = TRUE;
  gtk_adjustment_set_value (adjustment, value);
  self->scrolling = FALSE;
}

static gboolean
follow_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  ProbityTextRow *self = PROBITY_TEXT_ROW (widget);
  g_autoptr (GtkAdjustment) adjustment = g_signal_group_dup_target (self->page_signals);

  self->follow_id = 0;
  if (adjustment == NULL)
    return G_SOURCE_REMOVE;
  if (gtk_widget_is_focus (GTK_WIDGET (self->text_view)))
    show_cursor (self, adjustment);
  else
    g_signal_group_set_target (self->page_signals, NULL);

  return G_SOURCE_REMOVE;
}

/* Not while the page is being laid out, which is when its height is known to be another. */
static void
follow_soon_cb (ProbityTextRow *self)
{
  g_assert (PROBITY_IS_TEXT_ROW (self));

  if (self->follow_id == 0)
    self->follow_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), follow_cb, NULL, NULL);
}

/* Whoever scrolls away looks at something else, until the cursor moves again. */
static void
scrolled_cb (ProbityTextRow *self)
{
  g_assert (PROBITY_IS_TEXT_ROW (self));

  if (!self->scrolling)
    g_signal_group_set_target (self->page_signals, NULL);
}

/* A text is laid out over several frames, and with each of them the page grows. */
static void
cursor_moved_cb (ProbityTextRow *self)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);

  g_assert (PROBITY_IS_TEXT_ROW (self));

  if (viewport == NULL || !gtk_widget_is_focus (GTK_WIDGET (self->text_view)))
    return;
  g_signal_group_set_target (self->page_signals, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)));
  follow_soon_cb (self);
}

static void
buffer_changed_cb (ProbityTextRow *self)
{
  g_assert (PROBITY_IS_TEXT_ROW (self));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/* Tab goes on to the next field; a form is filled in by keyboard. */
static gboolean
key_pressed_cb (ProbityTextRow *self,
                guint           keyval,
                guint           keycode,
                GdkModifierType state)
{
  g_assert (PROBITY_IS_TEXT_ROW (self));

  if ((state & gtk_accelerator_get_default_mod_mask () & ~GDK_SHIFT_MASK) == 0 &&
      (keyval == GDK_KEY_Tab || keyval == GDK_KEY_ISO_Left_Tab))
    return gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))),
                                   keyval == GDK_KEY_Tab ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
probity_text_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (PROBITY_TEXT_ROW (widget)->text_view));
}

static void
probity_text_row_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch ((ProbityTextRowProps) property_id)
    {
    case PROP_TEXT:
      g_value_take_string (value, probity_text_row_dup_text (PROBITY_TEXT_ROW (object)));
      break;
    }
}

static void
probity_text_row_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch ((ProbityTextRowProps) property_id)
    {
    case PROP_TEXT:
      probity_text_row_set_text (PROBITY_TEXT_ROW (object), g_value_get_string (value));
      break;
    }
}

static void
probity_text_row_dispose (GObject *object)
{
  ProbityTextRow *self = PROBITY_TEXT_ROW (object);

  if (self->page_signals != NULL)
    g_signal_group_set_target (self->page_signals, NULL);

  G_OBJECT_CLASS (probity_text_row_parent_class)->dispose (object);
}

static void
probity_text_row_finalize (GObject *object)
{
  g_clear_object (&PROBITY_TEXT_ROW (object)->page_signals);

  G_OBJECT_CLASS (probity_text_row_parent_class)->finalize (object);
}

static void
probity_text_row_class_init (ProbityTextRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_text_row_dispose;
  object_class->finalize = probity_text_row_finalize;
  object_class->get_property = probity_text_row_get_property;
  object_class->set_property = probity_text_row_set_property;
  widget_class->grab_focus = probity_text_row_grab_focus;

  properties[PROP_TEXT] =
      g_param_spec_string ("text", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
probity_text_row_init (ProbityTextRow *self)
{
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->title_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title_label, 0);
  gtk_label_set_wrap (self->title_label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title_label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->title_label), "dimmed");

  self->text_view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->text_view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->text_view, FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self->text_view), -1, 54);
  gtk_widget_add_css_class (GTK_WIDGET (self->text_view), "form-text");
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->text_view), keys);

  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text_view));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);

  g_object_bind_property (self, "title", self->title_label, "label", G_BINDING_SYNC_CREATE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->text_view), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title_label, NULL, -1);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text_view), "changed", G_CALLBACK (buffer_changed_cb), self, G_CONNECT_SWAPPED);

  self->page_signals = g_signal_group_new (GTK_TYPE_ADJUSTMENT);
  g_signal_group_connect_swapped (self->page_signals, "changed", G_CALLBACK (follow_soon_cb), self);
  g_signal_group_connect_swapped (self->page_signals, "value-changed", G_CALLBACK (scrolled_cb), self);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text_view), "notify::cursor-position", G_CALLBACK (cursor_moved_cb), self, G_CONNECT_SWAPPED);
}

/** probity_text_row_new: (transfer floating) */
GtkWidget *
probity_text_row_new (const char *title)
{
  return g_object_new (PROBITY_TYPE_TEXT_ROW, "title", title, NULL);
}

/** probity_text_row_dup_text: (transfer full) */
char *
probity_text_row_dup_text (ProbityTextRow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/** Shows @text; %NULL for none. */
void
probity_text_row_set_text (ProbityTextRow *self,
                           const char     *text)
{
  g_return_if_fail (PROBITY_IS_TEXT_ROW (self));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), text != NULL ? text : "", -1);
}
