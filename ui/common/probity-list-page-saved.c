/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-page-private.h"

#include <glib/gi18n.h>

#include "probity-reply.h"
#include "probity-toast.h"

/* The filters that a person saved for a list. */

static void
saved_loaded_cb (gpointer      object,
                 const GValue *value,
                 const GError *error)
{
  /* Without them the list is as good as with none. */
  if (value != NULL)
    _probity_list_page_set_saved (PROBITY_LIST_PAGE (object), g_value_get_boxed (value));
}

/* Reads this account's saved filters of the list again. */
void
_probity_list_page_load_saved (ProbityListPage *self)
{
  probity_reply (probity_saved_filter_load (probity_page_get_session (PROBITY_PAGE (self)), _probity_list_page_get_kind (self)), self, saved_loaded_cb);
}

static void
sort_as (ProbityListPage  *self,
         ProbityListQuery *query)
{
  GtkColumnView *view = _probity_list_page_get_column_view (self);
  GListModel    *columns = gtk_column_view_get_columns (view);
  gboolean       descending;
  const char    *name = probity_list_query_get_sort_column (query, &descending);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_str_equal (gtk_column_view_column_get_id (column), name))
        gtk_column_view_sort_by_column (view, column, descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
}

/** Asks as the saved filter called @name does; nothing happens where there is none. */
void
probity_list_page_use_filter (ProbityListPage *self,
                              const char      *name)
{
  GPtrArray         *all;
  const char *const *filters;

  g_return_if_fail (PROBITY_IS_LIST_PAGE (self));

  all = _probity_list_page_get_saved (self);
  filters = probity_list_kind_get_filters (_probity_list_page_get_kind (self));
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const ProbitySavedFilter *saved = g_ptr_array_index (all, i);
      const char               *words = probity_list_query_get_search (saved->query);

      if (!g_str_equal (saved->name, name))
        continue;
      for (guint f = 0; filters[f] != NULL; f++)
        probity_list_page_set_filter (self, filters[f], probity_list_query_get_filter (saved->query, filters[f]));
      if (saved->columns != NULL)
        _probity_list_page_show_columns (self, (const char *const *) saved->columns);
      sort_as (self, saved->query);
      probity_list_page_set_search (self, words != NULL ? words : "");
      return;
    }
}

static void
saved_cb (gpointer      object,
          const GValue *value,
          const GError *error)
{
  if (error != NULL)
    probity_toast_error (GTK_WIDGET (object), error);
  else
    _probity_list_page_load_saved (PROBITY_LIST_PAGE (object));
}

/** Saves what is asked for now under @name. */
void
probity_list_page_save_filter (ProbityListPage *self,
                               const char      *name)
{
  g_autoptr (ProbityListQuery) query = _probity_list_page_dup_query (self);
  g_auto (GStrv) columns = _probity_list_page_dup_columns (self);

  probity_reply (probity_saved_filter_save (probity_page_get_session (PROBITY_PAGE (self)), name, query, (const char *const *) columns), self, saved_cb);
}

static void
name_given_cb (ProbityListPage *self,
               const char      *response,
               AdwAlertDialog  *dialog)
{
  g_autofree char *name = NULL;

  if (!g_str_equal (response, "save"))
    return;
  name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog)))));
  if (*name != '\0')
    probity_list_page_save_filter (self, name);
}

static void
save_filter_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Save This Filter"), _ ("Search, filters, order and columns are kept for you alone, inside the casebook."));
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Name"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "save", _ ("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "save");
  adw_dialog_set_focus (dialog, entry);
  g_signal_connect_object (dialog, "response", G_CALLBACK (name_given_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
remove_filter_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  ProbityListPage *self = PROBITY_LIST_PAGE (widget);

  probity_reply (probity_saved_filter_remove (probity_page_get_session (PROBITY_PAGE (self)), _probity_list_page_get_kind (self), g_variant_get_string (parameter, NULL)), self, saved_cb);
}

static void
use_filter_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  probity_list_page_use_filter (PROBITY_LIST_PAGE (widget), g_variant_get_string (parameter, NULL));
}

/* Puts the names of @saved into @menu: to be used, and to be removed. */
void
_probity_list_page_fill_saved_menu (GMenu     *menu,
                                    GPtrArray *saved)
{
  g_autoptr (GMenu) uses = g_menu_new ();
  g_autoptr (GMenu) removals = g_menu_new ();

  g_menu_remove_all (menu);
  for (guint i = 0; i < saved->len; i++)
    {
      const ProbitySavedFilter *one = g_ptr_array_index (saved, i);
      g_autoptr (GMenuItem) use = g_menu_item_new (one->name, NULL);
      g_autoptr (GMenuItem) removal = g_menu_item_new (one->name, NULL);

      g_menu_item_set_action_and_target (use, "page.use-filter", "s", one->name);
      g_menu_item_set_action_and_target (removal, "page.remove-filter", "s", one->name);
      g_menu_append_item (uses, use);
      g_menu_append_item (removals, removal);
    }
  if (saved->len > 0)
    g_menu_append_submenu (menu, _ ("Saved _Filters"), G_MENU_MODEL (uses));
  g_menu_append (menu, _ ("_Save This Filter…"), "page.save-filter");
  if (saved->len > 0)
    g_menu_append_submenu (menu, _ ("_Remove a Saved Filter"), G_MENU_MODEL (removals));
}

void
_probity_list_page_class_install_saved_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.save-filter", NULL, save_filter_action);
  gtk_widget_class_install_action (widget_class, "page.use-filter", "s", use_filter_action);
  gtk_widget_class_install_action (widget_class, "page.remove-filter", "s", remove_filter_action);
}
