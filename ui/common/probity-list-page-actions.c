/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-page-private.h"

#include <glib/gi18n.h>

#include "probity-day-row.h"
#include "probity-day.h"
#include "probity-labels.h"
#include "probity-reply.h"
#include "probity-toast.h"

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  GtkSearchBar *search_bar = _probity_list_page_get_search_bar (PROBITY_LIST_PAGE (widget));

  gtk_search_bar_set_search_mode (search_bar, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (search_bar), GTK_DIR_TAB_FORWARD);
}

static void
clear_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  _probity_list_page_clear (PROBITY_LIST_PAGE (widget));
}

static void
reload_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  probity_paged_model_reload (probity_list_page_get_model (PROBITY_LIST_PAGE (widget)));
}

static void
new_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  const ProbityListView *view = _probity_list_page_get_view (PROBITY_LIST_PAGE (widget));

  if (view->new_kind != NULL)
    gtk_widget_activate_action (widget, "win.new-record", "s", view->new_kind);
}

static void
exported_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  gint64           rows;
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (object), error);
      return;
    }
  rows = g_value_get_int64 (value);
  number = g_strdup_printf ("%'" G_GINT64_FORMAT, rows);
  text = g_strdup_printf (ngettext ("%s record exported", "%s records exported", (gulong) rows), number);
  probity_toast (GTK_WIDGET (object), text);
}

/* What is chosen is written as it stands when the file is chosen: others may have changed the list meanwhile. */
static DexFuture *
export_to (ProbityListPage *self,
           const char      *path,
           gboolean         selected)
{
  ProbitySession *session = probity_page_get_session (PROBITY_PAGE (self));

  if (selected)
    {
      g_autoptr (GArray) ids = probity_id_selection_dup_ids (_probity_list_page_get_selection (self));

      return probity_list_export_ids (session, _probity_list_page_get_kind (self), (const gint64 *) (gpointer) ids->data, ids->len, path);
    }
  {
    g_autoptr (ProbityListQuery) query = _probity_list_page_dup_query (self);

    return probity_list_export (session, query, path);
  }
}

static void
export_file_chosen_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      data)
{
  g_autoptr (ProbityListPage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file == NULL || g_file_peek_path (file) == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  probity_reply (export_to (self, g_file_peek_path (file), g_object_get_data (source, "selected") != NULL), self, exported_cb);
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  ProbityListPage *self = PROBITY_LIST_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autofree char *name = g_strdup_printf ("%s.csv", _probity_list_page_get_view (self)->list);

  gtk_file_filter_set_name (filter, _ ("Tables (CSV)"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_dialog_set_default_filter (dialog, filter);
  if (g_str_equal (action_name, "page.export-selected"))
    g_object_set_data (G_OBJECT (dialog), "selected", dialog);
  gtk_file_dialog_set_title (dialog, g_str_equal (action_name, "page.export-selected") ? _ ("Export What Is Selected") : _ ("Export What Is Shown"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Export"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, export_file_chosen_cb, g_object_ref (self));
}

void
_probity_list_page_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "page.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "page.export-selected", NULL, export_action);
}

/* --- filters --- */

static void
toggle_changed_cb (ProbityListPage *self,
                   GParamSpec      *pspec,
                   AdwSwitchRow    *row)
{
  g_assert (PROBITY_IS_LIST_PAGE (self));

  probity_list_page_set_filter (self, g_object_get_data (G_OBJECT (row), "filter"), adw_switch_row_get_active (row) ? "true" : NULL);
}

static void
choice_changed_cb (ProbityListPage *self,
                   GParamSpec      *pspec,
                   AdwComboRow     *row)
{
  const char *const *values = g_object_get_data (G_OBJECT (row), "values");
  guint              selected = adw_combo_row_get_selected (row);

  g_assert (PROBITY_IS_LIST_PAGE (self));

  if (selected != GTK_INVALID_LIST_POSITION)
    probity_list_page_set_filter (self, g_object_get_data (G_OBJECT (row), "filter"), selected > 0 ? values[selected - 1] : NULL);
}

static void
text_applied_cb (ProbityListPage *self,
                 AdwEntryRow     *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));

  g_assert (PROBITY_IS_LIST_PAGE (self));

  probity_list_page_set_filter (self, g_object_get_data (G_OBJECT (row), "filter"), *text != '\0' ? text : NULL);
}

static void
day_changed_cb (ProbityListPage *self,
                ProbityDayRow   *row)
{
  g_autofree char *value = probity_day_row_dup_value (row);

  g_assert (PROBITY_IS_LIST_PAGE (self));

  if (*value == '\0' || probity_day_from_iso (value) != PROBITY_DAY_NONE)
    probity_list_page_set_filter (self, g_object_get_data (G_OBJECT (row), "filter"), *value != '\0' ? value : NULL);
}

static GtkWidget *
new_filter_row (ProbityListPage         *self,
                const ProbityFilterView *filter)
{
  ProbityProfile *profile = probity_session_get_profile (probity_page_get_session (PROBITY_PAGE (self)));
  GtkWidget      *row = NULL;

  switch (filter->type)
    {
    case PROBITY_FILTER_TOGGLE:
      row = adw_switch_row_new ();
      g_signal_connect_object (row, "notify::active", G_CALLBACK (toggle_changed_cb), self, G_CONNECT_SWAPPED);
      break;
    case PROBITY_FILTER_CHOICE:
      {
        GStrv values = probity_choices_dup (profile, filter->choices);
        g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

        gtk_string_list_append (labels, C_ ("filter", "All"));
        for (guint i = 0; values[i] != NULL; i++)
          gtk_string_list_append (labels, probity_choices_get_label (profile, filter->choices, values[i]));
        row = adw_combo_row_new ();
        adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
        g_object_set_data_full (G_OBJECT (row), "values", values, (GDestroyNotify) g_strfreev);
        g_signal_connect_object (row, "notify::selected", G_CALLBACK (choice_changed_cb), self, G_CONNECT_SWAPPED);
        break;
      }
    case PROBITY_FILTER_TEXT:
      row = adw_entry_row_new ();
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
      g_signal_connect_object (row, "apply", G_CALLBACK (text_applied_cb), self, G_CONNECT_SWAPPED);
      break;
    case PROBITY_FILTER_DAY:
      row = probity_day_row_new ();
      g_signal_connect_object (row, "changed", G_CALLBACK (day_changed_cb), self, G_CONNECT_SWAPPED);
      break;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), probity_label_for_filter (filter->name));
  g_object_set_data (G_OBJECT (row), "filter", (gpointer) filter->name);
  return row;
}

/* Puts a row for each filter of the list into @group. */
void
_probity_list_page_fill_filters (ProbityListPage     *self,
                                 AdwPreferencesGroup *group)
{
  const char *const *names = probity_list_kind_get_filters (_probity_list_page_get_kind (self));
  GHashTable        *rows = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const ProbityFilterView *filter = probity_filter_view_find (_probity_list_page_get_view (self)->list, names[i]);
      GtkWidget               *row;

      if (filter == NULL)
        continue;
      row = new_filter_row (self, filter);
      g_hash_table_insert (rows, (gpointer) names[i], row);
      adw_preferences_group_add (group, row);
    }
  g_object_set_data_full (G_OBJECT (group), "rows", rows, (GDestroyNotify) g_hash_table_unref);
}

/* Brings the row of the filter @name to @value. */
void
_probity_list_page_show_filter (ProbityListPage     *self,
                                AdwPreferencesGroup *group,
                                const char          *name,
                                const char          *value)
{
  GtkWidget *row = g_hash_table_lookup (g_object_get_data (G_OBJECT (group), "rows"), name);

  if (ADW_IS_SWITCH_ROW (row))
    {
      adw_switch_row_set_active (ADW_SWITCH_ROW (row), value != NULL);
    }
  else if (ADW_IS_COMBO_ROW (row))
    {
      const char *const *values = g_object_get_data (G_OBJECT (row), "values");
      guint              selected = 0;

      for (guint i = 0; value != NULL && values[i] != NULL; i++)
        if (g_str_equal (values[i], value))
          selected = i + 1;
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
    }
  else if (ADW_IS_ENTRY_ROW (row) && value == NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (row), "");
    }
}
