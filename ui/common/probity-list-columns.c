/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-columns.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "probity-labels.h"
#include "probity-list-item.h"
#include "probity-profile.h"

/* What a factory has to know; one a column, and one for the narrow rows. */
typedef struct
{
  const ProbityListKind   *kind;
  const ProbityListView   *view;
  const ProbityListColumn *columns;
  guint                    n_columns;
  guint                    index; /* of the column shown */
  ProbityProfile          *profile;
} Info;

typedef struct
{
  GtkWidget *name;
  GtkWidget *detail;
  GtkWidget *trailing;
} RowWidgets;

static GQuark info_quark;

static Info *
info_new (const ProbityListKind *kind,
          const ProbityListView *view,
          ProbityProfile        *profile,
          guint                  index)
{
  Info *info = g_new0 (Info, 1);

  info->kind = kind;
  info->view = view;
  info->columns = probity_list_kind_get_columns (kind, &info->n_columns);
  info->index = index;
  info->profile = profile != NULL ? probity_profile_ref (profile) : NULL;
  return info;
}

static void
info_free (gpointer data)
{
  Info *info = data;

  g_clear_pointer (&info->profile, probity_profile_unref);
  g_free (info);
}

static void
info_free_closure (gpointer  data,
                   GClosure *closure)
{
  info_free (data);
}

static char *
dup_cell (Info           *info,
          ProbityListRow *row,
          const char     *column)
{
  for (guint i = 0; column != NULL && row != NULL && i < info->n_columns && i < row->n_cells; i++)
    if (g_str_equal (info->columns[i].name, column))
      return probity_list_column_dup_text (info->profile, &info->columns[i], row->cells[i]);
  return g_strdup ("");
}

static char *
dup_details (Info           *info,
             ProbityListRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; info->view->detail_columns != NULL && info->view->detail_columns[i] != NULL; i++)
    {
      g_autofree char *cell = dup_cell (info, row, info->view->detail_columns[i]);

      if (*cell != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", cell);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* --- cells of the column view --- */

static void
show_cell (ProbityListItem *item,
           gpointer         data)
{
  GtkInscription  *inscription = data;
  Info            *info = g_object_get_qdata (G_OBJECT (inscription), info_quark);
  ProbityListRow  *row = probity_list_item_get_row (item);
  g_autofree char *text = NULL;

  if (row == NULL || info->index >= row->n_cells)
    {
      gtk_inscription_set_text (inscription, probity_list_item_is_gone (item) && info->index == 0 ? _ ("No longer here") : "");
      return;
    }
  text = probity_list_column_dup_text (info->profile, &info->columns[info->index], row->cells[info->index]);
  /* Never NULL: assistive technology asks how long the text is. */
  gtk_inscription_set_text (inscription, text != NULL ? text : "");
}

static gboolean
column_is_number (const ProbityListColumn *column)
{
  return column->type == PROBITY_FIELD_HOURS || column->type == PROBITY_FIELD_INTEGER;
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory,
               GtkColumnViewCell        *cell,
               Info                     *info)
{
  GtkWidget *inscription = gtk_inscription_new ("");

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (inscription), 3);
  if (column_is_number (&info->columns[info->index]))
    {
      gtk_inscription_set_xalign (GTK_INSCRIPTION (inscription), 1);
      gtk_widget_add_css_class (inscription, "numeric");
    }
  if (info->columns[info->index].type == PROBITY_FIELD_DAY || info->columns[info->index].type == PROBITY_FIELD_INSTANT)
    gtk_widget_add_css_class (inscription, "numeric");
  g_object_set_qdata (G_OBJECT (inscription), info_quark, info);
  gtk_column_view_cell_set_child (cell, inscription);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory,
              GtkColumnViewCell        *cell,
              Info                     *info)
{
  ProbityListItem *item = gtk_column_view_cell_get_item (cell);
  GtkWidget       *inscription = gtk_column_view_cell_get_child (cell);

  probity_list_item_watch (item, show_cell, inscription);
  show_cell (item, inscription);
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory,
                GtkColumnViewCell        *cell,
                Info                     *info)
{
  probity_list_item_unwatch (gtk_column_view_cell_get_item (cell), gtk_column_view_cell_get_child (cell));
}

/* --- a row as a screen reader says it --- */

static void
name_row (ProbityListItem *item,
          gpointer         data)
{
  GtkColumnViewRow *view_row = data;
  Info             *info = g_object_get_qdata (G_OBJECT (view_row), info_quark);
  ProbityListRow   *row = probity_list_item_get_row (item);
  g_autofree char  *name = dup_cell (info, row, info->view->name_column);
  g_autofree char  *details = dup_details (info, row);
  g_autofree char  *trailing = dup_cell (info, row, info->view->trailing_column);
  g_autofree char  *label = g_strdup_printf ("%s, %s, %s", name, details, trailing);

  gtk_column_view_row_set_accessible_label (view_row, row != NULL ? label : _ ("Loading"));
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkColumnViewRow         *view_row,
             Info                     *info)
{
  ProbityListItem *item = gtk_column_view_row_get_item (view_row);

  g_object_set_qdata (G_OBJECT (view_row), info_quark, info);
  probity_list_item_watch (item, name_row, view_row);
  name_row (item, view_row);
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory,
               GtkColumnViewRow         *view_row,
               Info                     *info)
{
  probity_list_item_unwatch (gtk_column_view_row_get_item (view_row), view_row);
}

/* --- narrow rows --- */

static void
show_narrow_row (ProbityListItem *item,
                 gpointer         data)
{
  GtkListItem     *list_item = data;
  Info            *info = g_object_get_qdata (G_OBJECT (list_item), info_quark);
  RowWidgets      *widgets = g_object_get_data (G_OBJECT (list_item), "widgets");
  ProbityListRow  *row = probity_list_item_get_row (item);
  g_autofree char *name = dup_cell (info, row, info->view->name_column);
  g_autofree char *details = dup_details (info, row);
  g_autofree char *trailing = dup_cell (info, row, info->view->trailing_column);

  gtk_inscription_set_text (GTK_INSCRIPTION (widgets->name), probity_list_item_is_gone (item) ? _ ("No longer here") : name != NULL ? name
                                                                                                                                    : "");
  gtk_inscription_set_text (GTK_INSCRIPTION (widgets->detail), details != NULL ? details : "");
  gtk_label_set_label (GTK_LABEL (widgets->trailing), trailing);
  gtk_list_item_set_accessible_label (list_item, name);
  gtk_list_item_set_accessible_description (list_item, details);
}

static GtkWidget *
new_line (const char *css_class)
{
  GtkWidget *inscription = gtk_inscription_new ("");

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_widget_set_hexpand (inscription, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (inscription, css_class);
  return inscription;
}

/* While rows are being selected a tap selects one more; there is no key to hold on a small screen. */
static void
narrow_pressed_cb (GtkListItem *list_item,
                   int          n_press,
                   double       x,
                   double       y,
                   GtkGesture  *gesture)
{
  GtkWidget *box = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *view = gtk_widget_get_ancestor (box, GTK_TYPE_LIST_VIEW);

  if (view == NULL || gtk_list_view_get_single_click_activate (GTK_LIST_VIEW (view)))
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (box, "page.toggle-row", "u", gtk_list_item_get_position (list_item));
}

static void
setup_narrow_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *list_item,
                 Info                     *info)
{
  RowWidgets *widgets = g_new0 (RowWidgets, 1);
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget  *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkGesture *gesture;

  widgets->name = new_line ("heading");
  widgets->detail = new_line ("dimmed");
  widgets->trailing = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (widgets->trailing), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (widgets->trailing), 14);
  gtk_widget_add_css_class (widgets->trailing, "caption");
  gtk_widget_add_css_class (widgets->trailing, "dimmed");
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_box_append (GTK_BOX (lines), widgets->name);
  gtk_box_append (GTK_BOX (lines), widgets->detail);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), widgets->trailing);
  gesture = gtk_gesture_click_new ();
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (narrow_pressed_cb), list_item, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (gesture));
  g_object_set_qdata (G_OBJECT (list_item), info_quark, info);
  g_object_set_data_full (G_OBJECT (list_item), "widgets", widgets, g_free);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_narrow_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *list_item,
                Info                     *info)
{
  ProbityListItem *item = gtk_list_item_get_item (list_item);

  probity_list_item_watch (item, show_narrow_row, list_item);
  show_narrow_row (item, list_item);
}

static void
unbind_narrow_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *list_item,
                  Info                     *info)
{
  probity_list_item_unwatch (gtk_list_item_get_item (list_item), list_item);
}

/* --- columns --- */

static gboolean
is_hidden (const ProbityListView *view,
           const char            *column)
{
  return view->hidden_columns != NULL && g_strv_contains (view->hidden_columns, column);
}

/* Room for what usually stands in a column, at the usual size of text; a width of 0 takes what is left. */
static int
get_width (const ProbityListColumn *column)
{
  static const struct
  {
    const char *name;
    int         width;
  } widths[] = {
    { "reference", 120 },
    { "kind", 180 },
    { "staff_number", 110 },
    { "stage", 140 },
    { "waiting_for", 165 },
    { "outcome", 180 },
    { "check", 200 },
    { "state", 160 },
    { "subjects", 160 },
    { "owner", 120 },
    { "complainant", 150 },
    { "result", 150 },
    { "grading", 90 },
    { "sanitised", 130 },
    { "badges", 110 },
    { "rank", 130 },
    { "status", 120 },
    { "second_jobs", 110 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    if (g_str_equal (widths[i].name, column->name))
      return widths[i].width;

  switch (column->type)
    {
    case PROBITY_FIELD_DAY:
      return 108;
    case PROBITY_FIELD_INSTANT:
      return 160;
    case PROBITY_FIELD_HOURS:
    case PROBITY_FIELD_INTEGER:
    case PROBITY_FIELD_BOOLEAN:
      return 110;
    case PROBITY_FIELD_STAFF:
      return 120;
    case PROBITY_FIELD_CHOICE:
    case PROBITY_FIELD_TEXT:
    case PROBITY_FIELD_LONG_TEXT:
      return 0;
    }
  return 0;
}

/** What @column shows. */
const ProbityListColumn *
probity_list_columns_get (GtkColumnViewColumn *column)
{
  return g_object_get_data (G_OBJECT (column), "probity-column");
}

/**
 * probity_list_columns_add:
 * @column_view: an empty column view
 * @kind: the list
 * @view: how it is shown
 * @profile: (nullable): for the force's own words
 *
 * Adds a column for each of @kind. Their sorters compare nothing: they only carry the order that was
 * clicked to whoever asks the casebook.
 */
void
probity_list_columns_add (GtkColumnView         *column_view,
                          const ProbityListKind *kind,
                          const ProbityListView *view,
                          ProbityProfile        *profile)
{
  g_autoptr (GtkListItemFactory) row_factory = NULL;
  const ProbityListColumn *columns;
  guint                    n_columns;
  Info                    *row_info;

  if (info_quark == 0)
    info_quark = g_quark_from_static_string ("probity-list-columns");

  columns = probity_list_kind_get_columns (kind, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      GtkListItemFactory  *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column;
      Info                *info = info_new (kind, view, profile, i);

      g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cell_cb), info, info_free_closure, 0);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), info);
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell_cb), info);
      column = gtk_column_view_column_new (probity_label_for_field (view->list, columns[i].name), factory);
      gtk_column_view_column_set_id (column, columns[i].name);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_visible (column, !is_hidden (view, columns[i].name));
      if (get_width (&columns[i]) > 0)
        gtk_column_view_column_set_fixed_width (column, adw_length_unit_to_px (ADW_LENGTH_UNIT_SP, get_width (&columns[i]), gtk_widget_get_settings (GTK_WIDGET (column_view))));
      else
        gtk_column_view_column_set_expand (column, TRUE);
      if (columns[i].sortable)
        {
          g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (NULL, NULL, NULL));

          gtk_column_view_column_set_sorter (column, sorter);
        }
      g_object_set_data (G_OBJECT (column), "probity-column", (gpointer) &columns[i]);
      gtk_column_view_append_column (column_view, column);
      g_object_unref (column);
    }

  row_info = info_new (kind, view, profile, 0);
  row_factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_data (row_factory, "bind", G_CALLBACK (bind_row_cb), row_info, info_free_closure, 0);
  g_signal_connect (row_factory, "unbind", G_CALLBACK (unbind_row_cb), row_info);
  gtk_column_view_set_row_factory (column_view, row_factory);
}

/** probity_list_columns_new_row_factory: (transfer full): makes rows of two lines for narrow windows. */
GtkListItemFactory *
probity_list_columns_new_row_factory (const ProbityListKind *kind,
                                      const ProbityListView *view,
                                      ProbityProfile        *profile)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Info               *info = info_new (kind, view, profile, 0);

  if (info_quark == 0)
    info_quark = g_quark_from_static_string ("probity-list-columns");
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_narrow_cb), info, info_free_closure, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_narrow_cb), info);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_narrow_cb), info);
  return factory;
}
