/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-page-private.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-errors.h"
#include "probity-format.h"
#include "probity-id-selection.h"
#include "probity-labels.h"
#include "probity-list-columns.h"
#include "probity-reply.h"
#include "probity-sections.h"

struct _ProbityListPage
{
  ProbityPage parent_instance;

  const ProbityListKind *kind;
  const ProbityListView *view;
  ProbityPagedModel     *model;
  ProbityIdSelection    *selection;
  GHashTable            *filters; /* name → value */
  char                  *search;
  gint64                 total; /* of the list without search and filters; -1: not known */
  gint64                 anchor;
  gboolean               narrow;
  gboolean               restoring;
  gboolean               selecting; /* by a click alone, for who has no other way */
  GPtrArray             *saved;     /* ProbitySavedFilter */
  GMenu                 *saved_menu;

  GtkWidget           *new_button;
  GtkMenuButton       *filter_button;
  GtkMenuButton       *more_button;
  AdwPreferencesGroup *filter_group;
  GtkSearchBar        *search_bar;
  GtkEditable         *search_entry;
  AdwWrapBox          *pills_box;
  GtkStack            *stack;
  GtkStack            *view_stack;
  GtkScrolledWindow   *column_window;
  GtkColumnView       *column_view;
  GtkScrolledWindow   *row_window;
  GtkListView         *row_view;
  AdwStatusPage       *empty_page;
  GtkButton           *empty_button;
  AdwStatusPage       *error_page;
  GtkActionBar        *selection_bar;
  GtkLabel            *selection_label;
  GtkMenuButton       *selection_button;
};

G_DEFINE_FINAL_TYPE (ProbityListPage, probity_list_page, PROBITY_TYPE_PAGE)

static void rebuild_pills (ProbityListPage *self);

static gboolean
is_narrowed_down (ProbityListPage *self)
{
  return g_hash_table_size (self->filters) > 0 || (self->search != NULL && *self->search != '\0');
}

static void
ask_again (ProbityListPage *self)
{
  g_autoptr (ProbityListQuery) query = NULL;

  /* The search bar closes once more while the page is taken apart. */
  if (self->column_view == NULL || self->model == NULL)
    return;
  query = _probity_list_page_dup_query (self);
  self->anchor = 0;
  probity_paged_model_set_query (self->model, query);
}

static void
update_subtitle (ProbityListPage *self)
{
  guint            shown = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *text = g_strdup_printf ("%'u", shown);

  if (is_narrowed_down (self) && self->total >= 0)
    {
      g_autofree char *part = g_steal_pointer (&text);
      g_autofree char *total = g_strdup_printf ("%'" G_GINT64_FORMAT, self->total);

      /* Translators: how many records of a list are shown, and how many there are */
      text = g_strdup_printf (_ ("%s of %s"), part, total);
    }
  probity_page_set_subtitle (PROBITY_PAGE (self), text);
}

static void
total_counted_cb (gpointer      object,
                  const GValue *value,
                  const GError *error)
{
  ProbityListPage *self = PROBITY_LIST_PAGE (object);

  if (value != NULL)
    self->total = g_value_get_int64 (value);
  update_subtitle (self);
}

static void
count_total (ProbityListPage *self)
{
  g_autoptr (ProbityListQuery) query = probity_list_query_new (self->kind);

  probity_reply (probity_list_count (probity_page_get_session (PROBITY_PAGE (self)), query), self, total_counted_cb);
}

static void
update_state (ProbityListPage *self)
{
  const GError *error = probity_paged_model_get_error (self->model);
  const char   *state;

  if (error != NULL)
    {
      g_autofree char *sentence = probity_error_dup_sentence (error);
      g_autofree char *escaped = g_markup_escape_text (sentence, -1);

      adw_status_page_set_description (self->error_page, escaped);
      state = "error";
    }
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    state = "list";
  else if (is_narrowed_down (self))
    state = "no-results";
  else
    state = "empty";
  gtk_stack_set_visible_child_name (self->stack, state);
}

/* One row that was clicked is no selection to act on, unless somebody means to select. */
static void
update_selection (ProbityListPage *self)
{
  const gboolean   partial = probity_paged_model_is_partial (self->model);
  guint            n_selected = probity_id_selection_get_n_selected (self->selection);
  g_autofree char *text = g_strdup_printf (ngettext ("%u selected", "%u selected", n_selected), n_selected);

  g_assert (PROBITY_IS_LIST_PAGE (self));

  /* While the rest of a list is being read, what is selected may stand there: it is neither counted nor acted on. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->selection_button), n_selected > 0 && !partial);
  _probity_list_page_enable_selection_actions (self, !partial);
  if (partial)
    return;
  gtk_label_set_label (self->selection_label, text);
  gtk_action_bar_set_revealed (self->selection_bar, self->selecting || n_selected > 1);
}

static void
scroll_to (ProbityListPage *self,
           guint            position)
{
  if (self->narrow)
    gtk_list_view_scroll_to (self->row_view, position, GTK_LIST_SCROLL_NONE, NULL);
  else
    gtk_column_view_scroll_to (self->column_view, position, NULL, GTK_LIST_SCROLL_NONE, NULL);
}

/* A row that is kept stands for another record in the other order: Return must not open what nobody went to. */
static void
let_go_of_focus (ProbityListPage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return;
  for (GtkWidget *widget = focus; widget != GTK_WIDGET (self); widget = gtk_widget_get_parent (widget))
    if (g_str_equal (gtk_widget_get_css_name (widget), "row"))
      {
        gtk_root_set_focus (root, NULL);
        return;
      }
}

/*
 * At the top before another order comes there: what stands further down would go, with its widgets. As somebody scrolls:
 * after its own scroll_to() GTK does not follow the next jump of the scroll bar, and shows nothing.
 */
static void
starting_cb (ProbityListPage *self)
{
  g_assert (PROBITY_IS_LIST_PAGE (self));

  let_go_of_focus (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->narrow ? self->row_window : self->column_window), 0);
}

static void
started_cb (ProbityListPage *self)
{
  g_assert (PROBITY_IS_LIST_PAGE (self));

  update_state (self);
  update_selection (self);
  self->anchor = 0;
  self->restoring = FALSE;
}

static void
reloaded_cb (ProbityListPage *self,
             gboolean         anew)
{
  guint position;

  g_assert (PROBITY_IS_LIST_PAGE (self));

  update_state (self);
  update_subtitle (self);
  update_selection (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    {
      if (anew)
        scroll_to (self, 0);
      else if (self->restoring && probity_paged_model_find (self->model, self->anchor, &position))
        scroll_to (self, position);
    }
  self->restoring = FALSE;
  if (is_narrowed_down (self))
    count_total (self);
}

static void
items_changed_cb (ProbityListPage *self,
                  guint            position,
                  guint            removed,
                  guint            added)
{
  g_assert (PROBITY_IS_LIST_PAGE (self));

  /* Everything went and comes again: the place in the list has to be found once more. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0)
    self->restoring = TRUE;
}

static void
scrolled_cb (ProbityListPage *self,
             GtkAdjustment   *adjustment)
{
  guint  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  double upper = gtk_adjustment_get_upper (adjustment);

  g_assert (PROBITY_IS_LIST_PAGE (self));

  if (self->restoring || n_items == 0 || upper <= 0)
    return;
  self->anchor = probity_paged_model_get_id (self->model, gtk_adjustment_get_value (adjustment) / upper * n_items);
}

static void
sorter_changed_cb (ProbityListPage *self)
{
  g_assert (PROBITY_IS_LIST_PAGE (self));

  /* The view gives up its sorter when the page goes: nobody asks any more. */
  if (self->column_view != NULL)
    ask_again (self);
}

static void
search_changed_cb (ProbityListPage *self)
{
  g_assert (PROBITY_IS_LIST_PAGE (self));

  if (g_set_str (&self->search, gtk_editable_get_text (self->search_entry)))
    ask_again (self);
}

static void
stop_search_cb (ProbityListPage *self)
{
  g_assert (PROBITY_IS_LIST_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

static void
search_mode_changed_cb (ProbityListPage *self)
{
  g_assert (PROBITY_IS_LIST_PAGE (self));

  if (self->search_bar != NULL && !gtk_search_bar_get_search_mode (self->search_bar))
    probity_list_page_set_search (self, "");
}

static void
activate_cb (ProbityListPage *self,
             guint            position)
{
  g_autoptr (ProbityListItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  ProbityListRow *row = item != NULL ? probity_list_item_get_row (item) : NULL;

  g_assert (PROBITY_IS_LIST_PAGE (self));

  if (row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(ss)", probity_record_kind_get_name (probity_list_row_get_record_kind (row, self->kind)), row->uid);
}

static void
show_view (ProbityListPage *self,
           gboolean         narrow)
{
  guint position;

  self->restoring = TRUE;
  self->narrow = narrow;
  /* Only the view that is seen holds rows. */
  gtk_column_view_set_model (self->column_view, narrow ? NULL : GTK_SELECTION_MODEL (self->selection));
  gtk_list_view_set_model (self->row_view, narrow ? GTK_SELECTION_MODEL (self->selection) : NULL);
  gtk_stack_set_visible_child_name (self->view_stack, narrow ? "rows" : "columns");
  if (self->anchor != 0 && probity_paged_model_find (self->model, self->anchor, &position) && position > 0)
    scroll_to (self, position);
  self->restoring = FALSE;
}

static void
narrow_cb (ProbityListPage *self)
{
  g_assert (PROBITY_IS_LIST_PAGE (self));

  show_view (self, TRUE);
}

static void
wide_cb (ProbityListPage *self)
{
  g_assert (PROBITY_IS_LIST_PAGE (self));

  show_view (self, FALSE);
}

static void
remove_pill_cb (ProbityListPage *self,
                GtkButton       *button)
{
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (button), "filter"));

  g_assert (PROBITY_IS_LIST_PAGE (self));

  probity_list_page_set_filter (self, name, NULL);
}

static char *
describe_filter (ProbityListPage *self,
                 const char      *name,
                 const char      *value)
{
  const ProbityFilterView *filter = probity_filter_view_find (self->view->list, name);
  ProbityProfile          *profile = probity_session_get_profile (probity_page_get_session (PROBITY_PAGE (self)));

  if (filter == NULL || filter->type == PROBITY_FILTER_TOGGLE)
    return g_strdup (probity_label_for_filter (name));
  if (filter->type == PROBITY_FILTER_DAY)
    {
      g_autofree char *day = probity_format_day (value);

      return g_strdup_printf (_ ("%s: %s"), probity_label_for_filter (name), day);
    }
  if (filter->type == PROBITY_FILTER_TEXT)
    return g_strdup_printf (_ ("%s: %s"), probity_label_for_filter (name), value);
  /* Translators: a filter of a list and what it lets through */
  return g_strdup_printf (_ ("%s: %s"), probity_label_for_filter (name), probity_choices_get_label (profile, filter->choices, value));
}

static void
rebuild_pills (ProbityListPage *self)
{
  GHashTableIter iter;
  gpointer       name, value;
  GtkWidget     *pill;

  while ((pill = gtk_widget_get_first_child (GTK_WIDGET (self->pills_box))) != NULL)
    adw_wrap_box_remove (self->pills_box, pill);
  g_hash_table_iter_init (&iter, self->filters);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      GtkWidget       *button = gtk_button_new_from_icon_name ("window-close-symbolic");
      GtkWidget       *label;
      g_autofree char *text = describe_filter (self, name, value);
      g_autofree char *tooltip = NULL;

      pill = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      /* Translators: the button that removes a filter; %s is what the filter says */
      tooltip = g_strdup_printf (_ ("Remove the Filter “%s”"), text);
      gtk_widget_set_tooltip_text (button, tooltip);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "circular");
      g_object_set_data_full (G_OBJECT (button), "filter", g_strdup (name), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (remove_pill_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_add_css_class (pill, "filter-pill");
      label = gtk_label_new (text);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (pill), label);
      gtk_box_append (GTK_BOX (pill), button);
      adw_wrap_box_append (self->pills_box, pill);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->pills_box), g_hash_table_size (self->filters) > 0);
}

static void
probity_list_page_refresh (ProbityPage *page)
{
  ProbityListPage *self = PROBITY_LIST_PAGE (page);

  if (is_narrowed_down (self))
    count_total (self);
}

static void
probity_list_page_dispose (GObject *object)
{
  ProbityListPage *self = PROBITY_LIST_PAGE (object);

  if (self->column_view != NULL)
    {
      gtk_column_view_set_model (self->column_view, NULL);
      gtk_list_view_set_model (self->row_view, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_LIST_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_pointer (&self->filters, g_hash_table_unref);
  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->saved, g_ptr_array_unref);
  g_clear_object (&self->saved_menu);

  G_OBJECT_CLASS (probity_list_page_parent_class)->dispose (object);
}

static void
probity_list_page_class_init (ProbityListPageClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  ProbityPageClass *page_class = PROBITY_PAGE_CLASS (klass);

  object_class->dispose = probity_list_page_dispose;
  page_class->refresh = probity_list_page_refresh;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/common/probity-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, more_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, filter_group);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, pills_box);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, view_stack);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, column_window);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, column_view);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, row_window);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, row_view);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, empty_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, selection_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityListPage, selection_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);

  _probity_list_page_class_install_actions (widget_class);
  _probity_list_page_class_install_selection_actions (widget_class);
  _probity_list_page_class_install_saved_actions (widget_class);
}

static void
probity_list_page_init (ProbityListPage *self)
{
  self->filters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  /* As the entry has it, which says once that it has changed although it has not. */
  self->search = g_strdup ("");
  self->total = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
}

static void
set_up_columns (ProbityListPage *self)
{
  ProbityProfile *profile = probity_session_get_profile (probity_page_get_session (PROBITY_PAGE (self)));
  g_autoptr (GtkListItemFactory) factory = NULL;
  GListModel *columns;

  probity_list_columns_add (self->column_view, self->kind, self->view, profile);
  factory = probity_list_columns_new_row_factory (self->kind, self->view, profile);
  gtk_list_view_set_factory (self->row_view, factory);

  columns = gtk_column_view_get_columns (self->column_view);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_id (column), self->view->sort_column) == 0)
        gtk_column_view_sort_by_column (self->column_view, column, self->view->sort_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
  _probity_list_page_keep_columns (self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed", G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
set_up_menu (ProbityListPage *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->column_view);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) list_section = g_menu_new ();
  g_autoptr (GMenu) column_section = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      g_autoptr (GPropertyAction) action = g_property_action_new (gtk_column_view_column_get_id (column), column, "visible");
      g_autofree char *name = g_strconcat ("column.", gtk_column_view_column_get_id (column), NULL);

      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
      g_menu_append (column_section, gtk_column_view_column_get_title (column), name);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "column", G_ACTION_GROUP (group));
  g_menu_append (list_section, _ ("Se_lect"), "rows.select");
  g_menu_append (list_section, _ ("_Export…"), "page.export");
  g_menu_append_submenu (list_section, _ ("_Columns"), G_MENU_MODEL (column_section));
  _probity_list_page_add_sort_menu (self, list_section);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (list_section));
  self->saved_menu = g_menu_new ();
  g_menu_append_section (menu, NULL, G_MENU_MODEL (self->saved_menu));
  gtk_menu_button_set_menu_model (self->more_button, G_MENU_MODEL (menu));
}

static void
select_changed_cb (GSimpleAction *action,
                   GVariant      *value,
                   gpointer       data)
{
  g_simple_action_set_state (action, value);
  PROBITY_LIST_PAGE (data)->selecting = g_variant_get_boolean (value);
  gtk_list_view_set_single_click_activate (PROBITY_LIST_PAGE (data)->row_view, !g_variant_get_boolean (value));
  update_selection (PROBITY_LIST_PAGE (data));
}

static void
set_up_selection (ProbityListPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "select", .state = "false", .change_state = select_changed_cb },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "rows", G_ACTION_GROUP (group));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (update_selection), self, G_CONNECT_SWAPPED);
  _probity_list_page_set_up_selection_menu (self, self->selection_button);
}

static void
set_up_empty_state (ProbityListPage *self)
{
  const ProbityRecordView *record_view = probity_record_view_find (self->view->new_kind);
  ProbitySession          *session = probity_page_get_session (PROBITY_PAGE (self));
  gboolean                 may_create = probity_record_view_may_create (record_view, session);

  adw_status_page_set_icon_name (self->empty_page, self->view->icon_name);
  adw_status_page_set_title (self->empty_page, _ (self->view->empty_title));
  adw_status_page_set_description (self->empty_page, _ (self->view->empty_description));
  gtk_widget_set_visible (self->new_button, may_create);
  gtk_widget_set_visible (GTK_WIDGET (self->empty_button), may_create);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.new", may_create);
  if (may_create)
    {
      gtk_button_set_label (self->empty_button, _ (record_view->create_label));
      gtk_widget_set_tooltip_text (self->new_button, probity_label_for_new (self->view->new_kind));
    }
}

/** probity_list_page_new: (transfer floating): the page of @list (`people`), which starts to read at once. */
AdwNavigationPage *
probity_list_page_new (ProbitySession *session,
                       const char     *list)
{
  const ProbityListKind   *kind = probity_list_kind_find (list);
  ProbityListPage         *self;
  const ProbityRecordKind *record_kind;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (PROBITY_TYPE_LIST_PAGE, "session", session, NULL);
  self->kind = kind;
  self->view = probity_list_view_find (list);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ (self->view->title));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->column_view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (self->view->title), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->row_view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (self->view->title), -1);
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (self->search_entry), _ ("Reference, name or words"));

  self->model = probity_paged_model_new (session, kind);
  self->selection = probity_id_selection_new (self->model);
  g_signal_connect_object (self->model, "starting", G_CALLBACK (starting_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "started", G_CALLBACK (started_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "reloaded", G_CALLBACK (reloaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->column_window), "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->row_window), "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);

  set_up_columns (self);
  set_up_menu (self);
  set_up_selection (self);
  _probity_list_page_load_saved (self);
  set_up_empty_state (self);
  _probity_list_page_fill_filters (self, self->filter_group);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_button), *probity_list_kind_get_filters (kind) != NULL);
  show_view (self, FALSE);
  record_kind = probity_list_kind_get_record_kind (kind);
  if (record_kind != NULL)
    probity_page_watch (PROBITY_PAGE (self), (const char *const[]) { probity_record_kind_get_name (record_kind), NULL });
  ask_again (self);
  return ADW_NAVIGATION_PAGE (self);
}

/** (transfer none) */
ProbityPagedModel *
probity_list_page_get_model (ProbityListPage *self)
{
  g_return_val_if_fail (PROBITY_IS_LIST_PAGE (self), NULL);
  return self->model;
}

/** Searches for @words; empty text ends the search. */
void
probity_list_page_set_search (ProbityListPage *self,
                              const char      *words)
{
  g_return_if_fail (PROBITY_IS_LIST_PAGE (self));

  if (!g_str_equal (gtk_editable_get_text (self->search_entry), words))
    gtk_editable_set_text (self->search_entry, words);
  if (*words != '\0')
    gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  if (g_set_str (&self->search, words))
    ask_again (self);
}

/** Lets only through what has @value for the filter @name; %NULL removes the filter. */
void
probity_list_page_set_filter (ProbityListPage *self,
                              const char      *name,
                              const char      *value)
{
  g_return_if_fail (PROBITY_IS_LIST_PAGE (self));
  g_return_if_fail (name != NULL);

  if (g_strcmp0 (g_hash_table_lookup (self->filters, name), value) == 0)
    return;
  if (value != NULL)
    g_hash_table_insert (self->filters, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->filters, name);
  rebuild_pills (self);
  _probity_list_page_show_filter (self, self->filter_group, name, value);
  ask_again (self);
}

/** What is shown: `loading`, `list`, `empty`, `no-results`, `error`. */
const char *
probity_list_page_get_state (ProbityListPage *self)
{
  g_return_val_if_fail (PROBITY_IS_LIST_PAGE (self), NULL);
  return gtk_stack_get_visible_child_name (self->stack);
}

const ProbityListKind *
_probity_list_page_get_kind (ProbityListPage *self)
{
  return self->kind;
}

const ProbityListView *
_probity_list_page_get_view (ProbityListPage *self)
{
  return self->view;
}

GtkSearchBar *
_probity_list_page_get_search_bar (ProbityListPage *self)
{
  return self->search_bar;
}

/* (transfer full): what is asked for now */
ProbityListQuery *
_probity_list_page_dup_query (ProbityListPage *self)
{
  g_autoptr (ProbityListQuery) query = probity_list_query_new (self->kind);
  GtkColumnViewSorter *sorter = GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (self->column_view));
  GtkColumnViewColumn *column = gtk_column_view_sorter_get_primary_sort_column (sorter);
  GHashTableIter       iter;
  gpointer             name, value;

  if (self->search != NULL && *self->search != '\0')
    probity_list_query_set_search (query, self->search);
  g_hash_table_iter_init (&iter, self->filters);
  while (g_hash_table_iter_next (&iter, &name, &value))
    probity_list_query_set_filter (query, name, value);
  if (column != NULL)
    probity_list_query_set_sort (query, gtk_column_view_column_get_id (column), gtk_column_view_sorter_get_primary_sort_order (sorter) == GTK_SORT_DESCENDING);
  return g_steal_pointer (&query);
}

/* Ends search and filters. */
void
_probity_list_page_clear (ProbityListPage *self)
{
  g_autofree gpointer *names = g_hash_table_get_keys_as_array (self->filters, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup (names[i]);

      _probity_list_page_show_filter (self, self->filter_group, name, NULL);
    }
  g_hash_table_remove_all (self->filters);
  rebuild_pills (self);
  g_set_str (&self->search, "");
  gtk_editable_set_text (self->search_entry, "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  ask_again (self);
}

ProbityIdSelection *
_probity_list_page_get_selection (ProbityListPage *self)
{
  return self->selection;
}

GtkColumnView *
_probity_list_page_get_column_view (ProbityListPage *self)
{
  return self->column_view;
}

/* (transfer none) (nullable) */
GPtrArray *
_probity_list_page_get_saved (ProbityListPage *self)
{
  return self->saved;
}

void
_probity_list_page_set_saved (ProbityListPage *self,
                              GPtrArray       *saved)
{
  if (self->saved_menu == NULL)
    return;
  g_clear_pointer (&self->saved, g_ptr_array_unref);
  self->saved = g_ptr_array_ref (saved);
  _probity_list_page_fill_saved_menu (self->saved_menu, self->saved);
}

/** Whether rows are selected by a click alone. */
void
probity_list_page_set_selecting (ProbityListPage *self,
                                 gboolean         selecting)
{
  g_return_if_fail (PROBITY_IS_LIST_PAGE (self));

  if (self->selecting != selecting)
    gtk_widget_activate_action (GTK_WIDGET (self), "rows.select", NULL);
}
