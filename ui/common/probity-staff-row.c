/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-staff-row.h"

#include <glib/gi18n.h>

#include "probity-list.h"
#include "probity-reply.h"
#include "probity-toast.h"

#define MOST_FOUND 30
#define SEARCH_DELAY_MS 250

struct _ProbityStaffRow
{
  AdwEntryRow parent_instance;

  ProbitySession *session;
  char           *name;
  GCancellable   *cancellable;
  guint           search_id;

  GtkWidget      *button;
  GtkPopover     *popover;
  GtkSearchEntry *search_entry;
  GtkListBox     *found_list;
  GtkStack       *found_stack;
};

typedef enum
{
  PROP_NAME = 1,
} ProbityStaffRowProps;

static GParamSpec *properties[PROP_NAME + 1];

G_DEFINE_FINAL_TYPE (ProbityStaffRow, probity_staff_row, ADW_TYPE_ENTRY_ROW)

static const char *
get_cell (ProbityListRow *row,
          const char     *column)
{
  const char *cell = probity_list_row_find_cell (row, probity_list_kind_find ("people"), column);

  return cell != NULL ? cell : "";
}

static void
set_name (ProbityStaffRow *self,
          const char      *name)
{
  if (g_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

static void
show_found (ProbityStaffRow *self,
            GPtrArray       *rows)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self));
  guint       n_found = 0;

  gtk_list_box_remove_all (self->found_list);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      ProbityListRow  *row = g_ptr_array_index (rows, i);
      GtkWidget       *widget;
      g_autofree char *subtitle = NULL;

      if (row == NULL)
        continue;
      if (g_strcmp0 (get_cell (row, "staff_number"), typed) == 0)
        set_name (self, get_cell (row, "name"));
      widget = adw_action_row_new ();
      subtitle = g_strjoin (" · ", get_cell (row, "staff_number"), get_cell (row, "rank"), get_cell (row, "unit"), NULL);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), get_cell (row, "name"));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), subtitle);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), TRUE);
      g_object_set_data_full (G_OBJECT (widget), "staff-number", g_strdup (get_cell (row, "staff_number")), g_free);
      gtk_list_box_append (self->found_list, widget);
      n_found++;
    }
  gtk_stack_set_visible_child_name (self->found_stack, n_found > 0 ? "found" : "none");
}

static void
rows_loaded_cb (gpointer      object,
                const GValue *value,
                const GError *error)
{
  if (value != NULL)
    show_found (PROBITY_STAFF_ROW (object), g_value_get_boxed (value));
}

static void
ids_loaded_cb (gpointer      object,
               const GValue *value,
               const GError *error)
{
  ProbityStaffRow *self = PROBITY_STAFF_ROW (object);
  GArray          *ids;

  if (value == NULL)
    return;
  ids = g_value_get_boxed (value);
  if (ids->len == 0)
    show_found (self, NULL);
  else
    probity_reply (probity_list_load_rows (self->session, probity_list_kind_find ("people"), (const gint64 *) (gpointer) ids->data, MIN (ids->len, MOST_FOUND), self->cancellable), self, rows_loaded_cb);
}

static void
search_for (ProbityStaffRow *self,
            const char      *words)
{
  g_autoptr (ProbityListQuery) query = NULL;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session == NULL || *words == '\0')
    {
      show_found (self, NULL);
      return;
    }
  self->cancellable = g_cancellable_new ();
  query = probity_list_query_new (probity_list_kind_find ("people"));
  probity_list_query_set_search (query, words);
  probity_reply (probity_list_load_ids (self->session, query, self->cancellable), self, ids_loaded_cb);
}

static void
search_timeout_cb (gpointer data)
{
  ProbityStaffRow *self = data;

  self->search_id = 0;
  search_for (self, gtk_editable_get_text (GTK_EDITABLE (self)));
}

static void
row_changed_cb (ProbityStaffRow *self)
{
  g_assert (PROBITY_IS_STAFF_ROW (self));

  set_name (self, NULL);
  g_clear_handle_id (&self->search_id, g_source_remove);
  self->search_id = g_timeout_add_once (SEARCH_DELAY_MS, search_timeout_cb, self);
}

/* Enter on words that are no staff number opens the search with them. */
static void
row_activated_cb (ProbityStaffRow *self)
{
  g_assert (PROBITY_IS_STAFF_ROW (self));

  if (self->name != NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), gtk_editable_get_text (GTK_EDITABLE (self)));
  gtk_popover_popup (self->popover);
}

static void
search_changed_cb (ProbityStaffRow *self)
{
  g_assert (PROBITY_IS_STAFF_ROW (self));

  search_for (self, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

static void
popover_shown_cb (ProbityStaffRow *self)
{
  g_assert (PROBITY_IS_STAFF_ROW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
found_activated_cb (ProbityStaffRow *self,
                    GtkListBoxRow   *row)
{
  g_assert (PROBITY_IS_STAFF_ROW (self));

  probity_staff_row_set_person (self,
                                g_object_get_data (G_OBJECT (row), "staff-number"),
                                adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  gtk_popover_popdown (self->popover);
}

static void
search_activated_cb (ProbityStaffRow *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->found_list, 0);

  g_assert (PROBITY_IS_STAFF_ROW (self));

  if (first != NULL)
    found_activated_cb (self, first);
}

static void
probity_staff_row_dispose (GObject *object)
{
  ProbityStaffRow *self = PROBITY_STAFF_ROW (object);

  g_clear_handle_id (&self->search_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (probity_staff_row_parent_class)->dispose (object);
}

static void
probity_staff_row_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch ((ProbityStaffRowProps) property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, PROBITY_STAFF_ROW (object)->name);
      break;
    }
}

static void
probity_staff_row_class_init (ProbityStaffRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_staff_row_dispose;
  object_class->get_property = probity_staff_row_get_property;

  properties[PROP_NAME] =
      g_param_spec_string ("person-name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static GtkWidget *
new_popover (ProbityStaffRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *none = gtk_label_new (_ ("Nobody found"));

  self->search_entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_search_entry_set_placeholder_text (self->search_entry, _ ("Name, number, unit"));
  self->found_list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->found_list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("People found"), -1);
  gtk_list_box_set_selection_mode (self->found_list, GTK_SELECTION_NONE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->found_list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_widget_add_css_class (none, "dimmed");
  gtk_widget_set_margin_top (none, 12);
  gtk_widget_set_margin_bottom (none, 12);
  self->found_stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->found_stack, FALSE);
  gtk_stack_add_named (self->found_stack, scrolled, "found");
  gtk_stack_add_named (self->found_stack, none, "none");
  gtk_widget_set_size_request (box, 300, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search_entry));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->found_stack));

  g_signal_connect_object (self->search_entry, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_entry, "activate", G_CALLBACK (search_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->found_list, "row-activated", G_CALLBACK (found_activated_cb), self, G_CONNECT_SWAPPED);
  return box;
}

static void
probity_staff_row_init (ProbityStaffRow *self)
{
  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_child (self->popover, new_popover (self));
  g_signal_connect_object (self->popover, "map", G_CALLBACK (popover_shown_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "edit-find-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), GTK_WIDGET (self->popover));
  gtk_widget_set_tooltip_text (self->button, _ ("Find a Person"));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->button);

  g_signal_connect (self, "changed", G_CALLBACK (row_changed_cb), NULL);
  g_signal_connect (self, "entry-activated", G_CALLBACK (row_activated_cb), NULL);
}

/** probity_staff_row_new: (transfer floating) */
GtkWidget *
probity_staff_row_new (ProbitySession *session)
{
  ProbityStaffRow *self = g_object_new (PROBITY_TYPE_STAFF_ROW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/** probity_staff_row_get_name: (nullable): the name of the person whose number stands in the row, once it is known. */
const char *
probity_staff_row_get_name (ProbityStaffRow *self)
{
  g_return_val_if_fail (PROBITY_IS_STAFF_ROW (self), NULL);
  return self->name;
}

/** Puts in @staff_number, whose @name (nullable) is known. */
void
probity_staff_row_set_person (ProbityStaffRow *self,
                              const char      *staff_number,
                              const char      *name)
{
  g_return_if_fail (PROBITY_IS_STAFF_ROW (self));

  gtk_editable_set_text (GTK_EDITABLE (self), staff_number != NULL ? staff_number : "");
  if (name != NULL)
    {
      g_clear_handle_id (&self->search_id, g_source_remove);
      set_name (self, name);
    }
}
