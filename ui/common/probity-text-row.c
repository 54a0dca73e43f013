/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-text-row.h"

struct _ProbityTextRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel    *title_label;
  GtkTextView *text_view;
};

typedef enum
{
  PROP_TEXT = 1,
} ProbityTextRowProps;

static GParamSpec *properties[PROP_TEXT + 1];

G_DEFINE_FINAL_TYPE (ProbityTextRow, probity_text_row, ADW_TYPE_PREFERENCES_ROW)

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
probity_text_row_class_init (ProbityTextRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

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
