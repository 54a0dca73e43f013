/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-page-private.h"

#include <glib/gi18n.h>

/*
 * Which columns of a list are shown: as this account last chose on this machine. Kept in the settings, which anybody of
 * the machine can read: names of accounts, lists and columns, nothing of the casebook.
 */

#define SCHEMA "org.probity.Probity"
#define KEY "list-columns"

/* NULL where the program is not installed, as in some tests. */
static GSettings *
get_settings (ProbityListPage *self)
{
  static GQuark          quark;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettings             *settings;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (quark == 0)
    quark = g_quark_from_static_string ("probity-list-page-settings");
  settings = g_object_get_qdata (G_OBJECT (self), quark);
  if (settings != NULL)
    return settings;

  schema = source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;
  if (schema == NULL)
    return NULL;

  settings = g_settings_new (SCHEMA);
  g_object_set_qdata_full (G_OBJECT (self), quark, settings, g_object_unref);

  return settings;
}

static char *
dup_name (ProbityListPage *self)
{
  return g_strdup_printf ("%s %s",
                          probity_session_get_account_name (probity_page_get_session (PROBITY_PAGE (self))),
                          _probity_list_page_get_view (self)->list);
}

static void
column_shown_cb (ProbityListPage *self)
{
  GSettings *settings = get_settings (self);
  g_autoptr (GVariant) before = NULL;
  g_auto (GStrv) columns = NULL;
  g_autofree char *name = NULL;

  g_assert (PROBITY_IS_LIST_PAGE (self));

  if (settings == NULL || _probity_list_page_get_column_view (self) == NULL)
    return;
  name = dup_name (self);
  columns = _probity_list_page_dup_columns (self);
  before = g_settings_get_value (settings, KEY);
  {
    g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sas}"));
    GVariantIter iter;
    const char  *other;
    GVariant    *value;

    g_variant_iter_init (&iter, before);
    while (g_variant_iter_loop (&iter, "{&s@as}", &other, &value))
      if (!g_str_equal (other, name))
        g_variant_builder_add (&builder, "{s@as}", other, value);
    g_variant_builder_add (&builder, "{s^as}", name, columns);
    g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
  }
}

/** Shows the columns called @names and no others; nobody has chosen them for good. */
void
_probity_list_page_show_columns (ProbityListPage   *self,
                                 const char *const *names)
{
  GListModel *columns = gtk_column_view_get_columns (_probity_list_page_get_column_view (self));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_signal_handlers_block_by_func (column, column_shown_cb, self);
      gtk_column_view_column_set_visible (column, g_strv_contains (names, gtk_column_view_column_get_id (column)));
      g_signal_handlers_unblock_by_func (column, column_shown_cb, self);
    }
}

/** (transfer full) */
GStrv
_probity_list_page_dup_columns (ProbityListPage *self)
{
  GListModel *columns = gtk_column_view_get_columns (_probity_list_page_get_column_view (self));
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_visible (column))
        g_strv_builder_add (names, gtk_column_view_column_get_id (column));
    }

  return g_strv_builder_end (names);
}

/** Shows the columns that the account chose, and keeps what it chooses from now on. */
void
_probity_list_page_keep_columns (ProbityListPage *self)
{
  GSettings  *settings = get_settings (self);
  GListModel *columns = gtk_column_view_get_columns (_probity_list_page_get_column_view (self));
  gboolean    known = FALSE;
  g_auto (GStrv) chosen = NULL;

  if (settings != NULL)
    {
      g_autoptr (GVariant) all = g_settings_get_value (settings, KEY);
      g_autofree char *name = dup_name (self);

      g_variant_lookup (all, name, "^as", &chosen);
    }

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      known = known || (chosen != NULL && g_strv_contains ((const char *const *) chosen, gtk_column_view_column_get_id (column)));
      g_signal_connect_object (column, "notify::visible", G_CALLBACK (column_shown_cb), self, G_CONNECT_SWAPPED);
    }
  /* A list without a column would be of no use; its columns can have other names in another version. */
  if (known)
    _probity_list_page_show_columns (self, (const char *const *) chosen);
}

/* --- The order, for whom there is no header to click: no key reaches it, and a narrow list has none --- */

#define SORT_GROUP "sort"

static GtkColumnViewSorter *
get_sorter (ProbityListPage *self)
{
  GtkColumnView *view = _probity_list_page_get_column_view (self);

  return view != NULL ? GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (view)) : NULL;
}

static void
sort_changed_cb (ProbityListPage *self)
{
  GActionMap          *group = g_object_get_data (G_OBJECT (self), SORT_GROUP);
  GtkColumnViewSorter *sorter = get_sorter (self);
  GtkColumnViewColumn *column = sorter != NULL ? gtk_column_view_sorter_get_primary_sort_column (sorter) : NULL;

  g_assert (PROBITY_IS_LIST_PAGE (self));

  if (column == NULL)
    return;
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (group, "by")), g_variant_new_string (gtk_column_view_column_get_id (column)));
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (group, "descending")),
                             g_variant_new_boolean (gtk_column_view_sorter_get_primary_sort_order (sorter) == GTK_SORT_DESCENDING));
}

static void
sort_by_cb (GSimpleAction *action,
            GVariant      *value,
            gpointer       data)
{
  ProbityListPage     *self = data;
  GListModel          *columns = gtk_column_view_get_columns (_probity_list_page_get_column_view (self));
  GtkColumnViewSorter *sorter = get_sorter (self);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_str_equal (gtk_column_view_column_get_id (column), g_variant_get_string (value, NULL)))
        gtk_column_view_sort_by_column (_probity_list_page_get_column_view (self), column, gtk_column_view_sorter_get_primary_sort_order (sorter));
    }
}

static void
sort_descending_cb (GSimpleAction *action,
                    GVariant      *value,
                    gpointer       data)
{
  ProbityListPage     *self = data;
  GtkColumnViewColumn *column = gtk_column_view_sorter_get_primary_sort_column (get_sorter (self));

  if (column != NULL)
    gtk_column_view_sort_by_column (_probity_list_page_get_column_view (self), column, g_variant_get_boolean (value) ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

/** Adds to @menu what a click on the header of a column does. */
void
_probity_list_page_add_sort_menu (ProbityListPage *self,
                                  GMenu           *menu)
{
  static const GActionEntry entries[] = {
    { .name = "by", .parameter_type = "s", .state = "''", .change_state = sort_by_cb },
    { .name = "descending", .state = "false", .change_state = sort_descending_cb },
  };
  GListModel *columns = gtk_column_view_get_columns (_probity_list_page_get_column_view (self));
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) sort_menu = g_menu_new ();
  g_autoptr (GMenu) by_section = g_menu_new ();
  g_autoptr (GMenu) order_section = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      g_autofree char *name = g_strconcat (SORT_GROUP ".by::", gtk_column_view_column_get_id (column), NULL);

      if (gtk_column_view_column_get_sorter (column) != NULL)
        g_menu_append (by_section, gtk_column_view_column_get_title (column), name);
    }
  g_menu_append (order_section, _ ("_Descending"), SORT_GROUP ".descending");
  g_menu_append_section (sort_menu, NULL, G_MENU_MODEL (by_section));
  g_menu_append_section (sort_menu, NULL, G_MENU_MODEL (order_section));
  g_menu_append_submenu (menu, _ ("S_ort By"), G_MENU_MODEL (sort_menu));

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  g_object_set_data (G_OBJECT (self), SORT_GROUP, group); /* the page has it, by the next */
  gtk_widget_insert_action_group (GTK_WIDGET (self), SORT_GROUP, G_ACTION_GROUP (group));
  g_signal_connect_object (get_sorter (self), "changed", G_CALLBACK (sort_changed_cb), self, G_CONNECT_SWAPPED);
  sort_changed_cb (self);
}
