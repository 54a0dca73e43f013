/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "narrow.h"

#include "probity-case-group.h"

#define NARROW 360
/* Without a compositor a window draws its border inside its own size. */
#define BORDER 5
#define LARGE_DPI (192 * 1024)

typedef struct
{
  char      *name;
  AdwDialog *dialog; /* nullable */
  GtkWidget *widget; /* what has to fit; NULL: the dialog's child, which may come late */
} Taken;

static GPtrArray *all_taken;
static GPtrArray *windows;

static void
taken_free (gpointer data)
{
  Taken *self = data;

  g_clear_object (&self->dialog);
  g_clear_object (&self->widget);
  g_free (self->name);
  g_free (self);
}

void
narrow_init (void)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", LARGE_DPI, NULL);
  all_taken = g_ptr_array_new_with_free_func (taken_free);
  windows = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_window_destroy);
}

static int
measure (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* Down to the widget that needs the room. */
static void
tell_widest (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (gtk_widget_get_visible (child) && measure (child) > NARROW - 40)
        {
          const char *text = GTK_IS_LABEL (child) ? gtk_label_get_text (GTK_LABEL (child)) : ADW_IS_PREFERENCES_ROW (child) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child))
                                                                                                                            : "";

          g_test_message ("  %s %d %s", G_OBJECT_TYPE_NAME (child), measure (child), text);
          tell_widest (child);
        }
      child = next;
    }
}

static void
take (AdwDialog  *dialog,
      const char *name)
{
  Taken *taken = g_new0 (Taken, 1);

  /* What is too wide warns of itself, which ends the program. */
  g_test_message ("%s", name);
  taken->dialog = g_object_ref (dialog);
  taken->name = g_strdup (name);
  g_ptr_array_add (all_taken, taken);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (dialog)));
}

AdwApplicationWindow *
narrow_window_new (GtkApplication *application,
                   GtkWidget      *page)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (adw_application_window_new (application));
  GtkWidget            *content = adw_toast_overlay_new ();

  if (page != NULL)
    {
      GtkWidget *view = adw_navigation_view_new ();

      adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
      adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (content), view);
    }
  adw_application_window_set_content (window, content);
  gtk_widget_set_size_request (GTK_WIDGET (window), NARROW, -1);
  gtk_window_set_default_size (GTK_WINDOW (window), NARROW + 2 * BORDER, 720);
  ui_present (GTK_WINDOW (window));
  g_ptr_array_add (windows, window);

  return window;
}

void
narrow_take (GtkApplication *application,
             gpointer        dialog,
             const char     *name)
{
  AdwApplicationWindow *window = narrow_window_new (application, NULL);

  g_assert_true (ADW_IS_DIALOG (dialog));
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  take (dialog, name);
}

void
narrow_take_page (GtkApplication *application,
                  gpointer        page,
                  const char     *name)
{
  Taken *taken = g_new0 (Taken, 1);

  g_test_message ("%s", name);
  taken->name = g_strdup (name);
  narrow_window_new (application, page);
  /* The page itself is as narrow as its window. */
  taken->widget = g_object_ref (ui_find (page, ADW_TYPE_TOOLBAR_VIEW, NULL));
  g_ptr_array_add (all_taken, taken);
  wait_until (gtk_widget_get_mapped (page));
}

static GtkWidget *
get_widget (Taken *taken)
{
  GtkWidget *child;

  if (taken->widget != NULL)
    return taken->widget;
  child = adw_dialog_get_child (taken->dialog);

  return child != NULL ? child : GTK_WIDGET (taken->dialog);
}

AdwDialog *
narrow_take_next (AdwApplicationWindow *window,
                  AdwDialog            *before,
                  const char           *name)
{
  AdwDialog *dialog;

  wait_until ((dialog = adw_application_window_get_visible_dialog (window)) != NULL && dialog != before);
  take (dialog, name);

  return dialog;
}

static void
collect_buttons (GtkWidget *widget,
                 gboolean   in_group,
                 GPtrArray *buttons)
{
  in_group = in_group || PROBITY_IS_CASE_GROUP (widget);
  if (in_group && GTK_IS_BUTTON (widget) && gtk_widget_get_visible (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "list-add-symbolic") == 0)
    g_ptr_array_add (buttons, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_buttons (child, in_group, buttons);
}

guint
narrow_take_parts (AdwApplicationWindow *window,
                   GtkWidget            *page)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();

  collect_buttons (page, FALSE, buttons);
  for (guint i = 0; i < buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (buttons, i);
      AdwDialog *before = adw_application_window_get_visible_dialog (window);

      g_signal_emit_by_name (button, "clicked");
      narrow_take_next (window, before, gtk_widget_get_tooltip_text (button));
    }

  return buttons->len;
}

/* Whether everything below @widget that folds where it is narrow has done so: on a busy machine the first frames are late. */
static gboolean
is_folded (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return TRUE;
  if (ADW_IS_BREAKPOINT_BIN (widget) && adw_breakpoint_bin_get_current_breakpoint (ADW_BREAKPOINT_BIN (widget)) == NULL)
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!is_folded (child))
      return FALSE;

  return TRUE;
}

/* Whether the title of @page can be read to its end. */
static gboolean
shows_title (GtkWidget  *widget,
             const char *title)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), title) &&
      !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows_title (child, title))
      return TRUE;

  return FALSE;
}

/* What gives a dialog up is not what somebody begins with who came to enter something. */
static gboolean
begins_with_cancel (AdwDialog *dialog)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (dialog)));

  return focus != NULL && GTK_IS_BUTTON (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (dialog)) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (focus)), "_Cancel") == 0;
}

void
narrow_finish (void)
{
  g_autoptr (GPtrArray) widgets = g_ptr_array_new ();
  guint n_too_wide = 0;
  guint n_backwards = 0;

  g_assert_cmpuint (all_taken->len, >, 0);
  for (guint i = 0; i < all_taken->len; i++)
    g_ptr_array_add (widgets, get_widget (g_ptr_array_index (all_taken, i)));
  ui_settle_all (widgets);

  for (guint i = 0; i < all_taken->len; i++)
    {
      Taken     *taken = g_ptr_array_index (all_taken, i);
      GtkWidget *page = taken->dialog == NULL ? gtk_widget_get_ancestor (taken->widget, ADW_TYPE_NAVIGATION_PAGE) : NULL;
      int        minimum;

      if (page != NULL)
        wait_until (gtk_widget_get_mapped (page) && is_folded (page) && shows_title (page, adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (page))));
      minimum = measure (get_widget (taken));
      g_test_message ("%s: %d", taken->name, minimum);
      if (taken->dialog != NULL && begins_with_cancel (taken->dialog))
        {
          n_backwards++;
          g_test_message ("  begins with the button that gives it up");
        }
      if (minimum > NARROW)
        {
          n_too_wide++;
          tell_widest (get_widget (taken));
        }
    }
  for (guint i = all_taken->len; i > 0; i--)
    if (((Taken *) g_ptr_array_index (all_taken, i - 1))->dialog != NULL)
      adw_dialog_force_close (((Taken *) g_ptr_array_index (all_taken, i - 1))->dialog);
  g_ptr_array_set_size (all_taken, 0);
  g_ptr_array_set_size (windows, 0);
  g_assert_cmpuint (n_too_wide, ==, 0);
  g_assert_cmpuint (n_backwards, ==, 0);
}
