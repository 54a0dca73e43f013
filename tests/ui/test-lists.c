/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-application.h"
#include "probity-list-page.h"
#include "probity-sidebar-row.h"
#include "probity-window.h"
#include "ui-fixture.h"

static Force              *force;
static ProbityApplication *application;

static ProbityWindow *
new_window (ProbitySession *session,
            int             width)
{
  ProbityWindow *window = probity_window_new (ADW_APPLICATION (application));
  g_autoptr (ProbitySession) own = NULL;

  /* The window ends its session; the fixture keeps its own. */
  own = session_fixture_sign_in (force->casebook, probity_session_get_account_name (session));
  gtk_window_set_default_size (GTK_WINDOW (window), width, 700);
  ui_present (GTK_WINDOW (window));
  probity_window_set_session (window, own);
  return window;
}

/* A window that is folded together has a navigation of its own around that of the pages. */
static gboolean
shows_list (GtkWidget    *widget,
            gconstpointer data)
{
  return ADW_IS_NAVIGATION_VIEW (widget) && PROBITY_IS_LIST_PAGE (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (widget)));
}

static ProbityListPage *
open_list (ProbityWindow *window,
           const char    *section)
{
  ProbityListPage *page;

  probity_window_show_section (window, section);
  page = PROBITY_LIST_PAGE (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (ui_find_where (GTK_WIDGET (window), shows_list, NULL))));
  wait_until (!g_str_equal (probity_list_page_get_state (page), "loading"));
  return page;
}

static guint
count_rows (ProbityListPage *page)
{
  wait_until (!probity_paged_model_get_loading (probity_list_page_get_model (page)));
  return g_list_model_get_n_items (G_LIST_MODEL (probity_list_page_get_model (page)));
}

static void
close_window (ProbityWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  ui_iterate ();
}

static void
test_cells (void)
{
  ProbityWindow   *window = new_window (force->psd, 1200);
  ProbityListPage *page = open_list (window, "complaints");

  g_test_summary ("A list shows its rows in columns, with a title for each");

  g_assert_cmpstr (probity_list_page_get_state (page), ==, "list");
  g_assert_cmpuint (count_rows (page), ==, 6);
  wait_until (ui_shows_text (GTK_WIDGET (page), "Incivility at a traffic stop"));
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "Allegation"));
  close_window (window);
}

static void
test_search (void)
{
  ProbityWindow   *window = new_window (force->psd, 1200);
  ProbityListPage *page = open_list (window, "complaints");

  g_test_summary ("Search and filters are answered by the casebook; nothing found offers to show all");

  probity_list_page_set_search (page, "property");
  g_assert_cmpuint (count_rows (page), ==, 3);
  probity_list_page_set_search (page, "nothing like it");
  g_assert_cmpuint (count_rows (page), ==, 0);
  g_assert_cmpstr (probity_list_page_get_state (page), ==, "no-results");
  gtk_widget_activate_action (GTK_WIDGET (page), "page.clear", NULL);
  g_assert_cmpuint (count_rows (page), ==, 6);
  g_assert_cmpstr (probity_list_page_get_state (page), ==, "list");
  close_window (window);
}

static void
test_asks_once (void)
{
  ProbityWindow   *window = new_window (force->psd, 1200);
  ProbityListPage *page = open_list (window, "complaints");

  g_test_summary ("A list is read once when it is opened: a search entry that says it has changed, and is empty, asks for nothing");

  g_assert_cmpuint (count_rows (page), ==, 6);
  g_signal_emit_by_name (ui_find (GTK_WIDGET (page), GTK_TYPE_SEARCH_ENTRY, NULL), "search-changed");
  g_assert_false (probity_paged_model_get_loading (probity_list_page_get_model (page)));
  close_window (window);
}

static void
test_filter_pill (void)
{
  ProbityWindow   *window = new_window (force->hr, 1200);
  ProbityListPage *page = open_list (window, "second-jobs");
  GtkWidget       *pills, *button;

  g_test_summary ("A filter stands as a pill above the list, and goes with its button");

  probity_list_page_set_filter (page, "stage", "registered");
  g_assert_cmpuint (count_rows (page), ==, 0);
  pills = ui_find (GTK_WIDGET (page), ADW_TYPE_WRAP_BOX, NULL);
  g_assert_true (gtk_widget_get_visible (pills));
  g_assert_true (ui_shows_text (pills, "Stage: Registered"));
  button = ui_find (pills, GTK_TYPE_BUTTON, NULL);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (count_rows (page), ==, 14);
  g_assert_false (gtk_widget_get_visible (pills));
  close_window (window);
}

static void
test_name_of_filter (void)
{
  ProbityWindow   *window = new_window (force->hr, 1200);
  ProbityListPage *page = open_list (window, "second-jobs");
  AdwDialog       *dialog;
  GtkWidget       *entry;

  g_test_summary ("Whoever saves a filter types its name at once: a space in it presses no button");

  probity_list_page_set_filter (page, "stage", "registered");
  gtk_widget_activate_action (GTK_WIDGET (page), "page.save-filter", NULL);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_nonnull (dialog);
  entry = adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (dialog));
  wait_until (gtk_widget_get_mapped (entry));
  wait_until (gtk_window_get_focus (GTK_WINDOW (window)) != NULL && gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), GTK_WIDGET (dialog)));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), entry));
  adw_dialog_force_close (dialog);
  close_window (window);
}

static gboolean
column_is_shown (ProbityWindow *window,
                 const char    *section,
                 const char    *name)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (ui_find (GTK_WIDGET (open_list (window, section)), GTK_TYPE_COLUMN_VIEW, NULL));
  GListModel    *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_str_equal (gtk_column_view_column_get_id (column), name))
        return gtk_column_view_column_get_visible (column);
    }
  g_assert_not_reached ();
}

static void
test_columns_are_kept (void)
{
  ProbityWindow *window = new_window (force->psd, 1200);

  g_test_summary ("Which columns a list has stays as the account chose it, for that list and that account");

  g_assert_true (column_is_shown (window, "complaints", "allegation"));
  gtk_widget_activate_action (GTK_WIDGET (open_list (window, "complaints")), "column.allegation", NULL);
  g_assert_false (column_is_shown (window, "complaints", "allegation"));
  close_window (window);

  window = new_window (force->psd, 1200);
  g_assert_false (column_is_shown (window, "complaints", "allegation"));
  g_assert_true (column_is_shown (window, "complaints", "reference"));
  g_assert_true (column_is_shown (window, "people", "staff_number"));
  gtk_widget_activate_action (GTK_WIDGET (open_list (window, "complaints")), "column.allegation", NULL);
  close_window (window);

  window = new_window (force->psd, 1200);
  g_assert_true (column_is_shown (window, "complaints", "allegation"));
  gtk_widget_activate_action (GTK_WIDGET (open_list (window, "complaints")), "column.allegation", NULL);
  close_window (window);

  window = new_window (force->acu, 1200);
  g_assert_true (column_is_shown (window, "complaints", "allegation"));
  close_window (window);

  window = new_window (force->psd, 1200);
  gtk_widget_activate_action (GTK_WIDGET (open_list (window, "complaints")), "column.allegation", NULL);
  close_window (window);
}

static void
test_sort (void)
{
  ProbityWindow       *window = new_window (force->head, 1200);
  ProbityListPage     *page = open_list (window, "people");
  GtkColumnView       *view = GTK_COLUMN_VIEW (ui_find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW, NULL));
  GListModel          *columns = gtk_column_view_get_columns (view);
  ProbityPagedModel   *model = probity_list_page_get_model (page);
  GtkColumnViewSorter *sorter = GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (view));
  g_autoptr (GtkColumnViewColumn) number = g_list_model_get_item (columns, 0);
  g_autoptr (ProbityListItem) first = NULL;
  gint64 before = probity_paged_model_get_id (model, 0);

  g_test_summary ("A click on a header asks the casebook for another order");

  g_assert_cmpstr (gtk_column_view_column_get_id (number), ==, "staff_number");
  gtk_column_view_sort_by_column (view, number, GTK_SORT_DESCENDING);
  wait_until (!probity_paged_model_get_loading (model));
  g_assert_cmpint (probity_paged_model_get_id (model, 0), !=, before);
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  wait_until (!probity_list_item_is_loading (first));
  g_assert_cmpstr (probity_list_item_get_row (first)->cells[0], ==, "4140");
  g_clear_object (&first);

  /* By the menu too: no key reaches a header, and a narrow list has none. */
  gtk_widget_activate_action (GTK_WIDGET (page), "sort.descending", NULL);
  wait_until (gtk_column_view_sorter_get_primary_sort_order (sorter) == GTK_SORT_ASCENDING && !probity_paged_model_get_loading (model));
  g_assert_true (gtk_column_view_sorter_get_primary_sort_column (sorter) == number);
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  wait_until (!probity_list_item_is_loading (first));
  g_assert_cmpstr (probity_list_item_get_row (first)->cells[0], ==, "1001");
  gtk_widget_activate_action (GTK_WIDGET (page), "sort.by", "s", "name");
  wait_until (gtk_column_view_sorter_get_primary_sort_column (sorter) != number && !probity_paged_model_get_loading (model));
  g_assert_cmpint (probity_paged_model_get_id (model, 0), ==, before);
  close_window (window);
}

static void
test_narrow (void)
{
  ProbityWindow   *window = new_window (force->psd, 370);
  ProbityListPage *page = open_list (window, "complaints");
  GtkWidget       *view;

  g_test_summary ("In a narrow window a list has rows instead of columns");

  view = ui_find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW, NULL);
  wait_until (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)) == NULL);
  wait_until (!gtk_widget_get_mapped (view));
  wait_until (ui_shows_text (GTK_WIDGET (page), "Incivility at a traffic stop"));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, 370);
  close_window (window);
}

static void
test_empty (void)
{
  g_autoptr (SessionFixture) casebook = session_fixture_new ("generic");
  ProbityWindow *window = probity_window_new (ADW_APPLICATION (application));
  g_autoptr (ProbitySession) session = session_fixture_sign_in (casebook, "admin");
  ProbityListPage *page;

  ProbitySession *watched;

  g_test_summary ("An empty list says what it is for and offers the first step");

  ui_present (GTK_WINDOW (window));
  probity_window_set_session (window, session);
  page = open_list (window, "complaints");
  g_assert_cmpstr (probity_list_page_get_state (page), ==, "empty");
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "every second job is checked against them"));
  gtk_widget_activate_action (GTK_WIDGET (page), "page.new", NULL);
  g_assert_nonnull (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  /* The window's own session has to be gone before the casebook is. */
  watched = session;
  g_object_add_weak_pointer (G_OBJECT (watched), (gpointer *) &watched);
  g_clear_object (&session);
  close_window (window);
  wait_until (watched == NULL);
}

static void
test_open (void)
{
  ProbityWindow     *window = new_window (force->psd, 1200);
  ProbityListPage   *page = open_list (window, "complaints");
  AdwNavigationView *navigation = ADW_NAVIGATION_VIEW (ui_find (GTK_WIDGET (window), ADW_TYPE_NAVIGATION_VIEW, NULL));

  g_test_summary ("A row opens its record; back leads to the list as it was");

  count_rows (page);
  wait_until (ui_shows_text (GTK_WIDGET (page), "Incivility at a traffic stop"));
  g_signal_emit_by_name (ui_find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW, NULL), "activate", 0);
  g_assert_true (adw_navigation_view_get_visible_page (navigation) != ADW_NAVIGATION_PAGE (page));
  wait_until (ui_shows_text (GTK_WIDGET (adw_navigation_view_get_visible_page (navigation)), "Property not returned"));
  adw_navigation_view_pop (navigation);
  g_assert_true (adw_navigation_view_get_visible_page (navigation) == ADW_NAVIGATION_PAGE (page));
  close_window (window);
}

static void
test_own_people_only (void)
{
  ProbityWindow   *window = new_window (force->other, 1200);
  ProbityListPage *page = open_list (window, "second-jobs");
  guint            n_rows = count_rows (page);
  GtkWidget       *sidebar;

  g_test_summary ("A line manager's list has their own people's cases, and counts no others");

  g_assert_cmpuint (n_rows, ==, 5);
  wait_until (ui_shows_text (GTK_WIDGET (page), "Aileen"));
  sidebar = gtk_widget_get_parent (ui_find (GTK_WIDGET (window), PROBITY_TYPE_SIDEBAR_ROW, NULL));
  wait_until (ui_shows_text (sidebar, "5"));
  ui_settle (GTK_WIDGET (window));
  g_assert_false (ui_shows_text (GTK_WIDGET (window), "Tariq"));
  g_assert_false (ui_shows_text (sidebar, "14"));
  close_window (window);
}

/* The rows of the first positions, from the top, show what the model has there. */
static void
assert_top_rows (GtkWidget         *rows,
                 ProbityPagedModel *model)
{
  GtkWidget *row = gtk_widget_get_first_child (rows);

  for (guint i = 0; i < 10; i++, row = gtk_widget_get_next_sibling (row))
    {
      g_autoptr (ProbityListItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);
      GtkInscription *cell = GTK_INSCRIPTION (ui_find (row, GTK_TYPE_INSCRIPTION, NULL));

      wait_until (!probity_list_item_is_loading (item));
      g_assert_cmpstr (gtk_inscription_get_text (cell), ==, probity_list_item_get_row (item)->cells[0]);
      g_assert_cmpint ((gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0, ==, g_strcmp0 (probity_list_item_get_row (item)->cells[0], "1001") == 0);
    }
}

static void
row_gone_cb (gpointer data,
             GObject *where_the_row_was)
{
  (*(guint *) data)++;
}

static void
test_sort_long (void)
{
  ProbityWindow     *window;
  ProbityListPage   *page;
  GtkColumnView     *view;
  GtkWidget         *rows;
  GtkAdjustment     *adjustment;
  ProbityPagedModel *model;
  g_autoptr (GtkColumnViewColumn) number = NULL;
  guint n_rows = 0;
  guint n_gone = 0;

  g_test_summary ("A long list in another order is filled into the rows that it has, at its top, wherever it was looked at");

  wait_for_success (run_sql (probity_session_get_casebook (force->head), PROBITY_COMPARTMENT_REGISTERS, "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 700)"
                                                                                                        " INSERT INTO person (uid, staff_number, forenames, surname, unit, sort_name, search_text, created, created_by)"
                                                                                                        " SELECT 'long-' || i, printf ('7%04d', i), 'Many', printf ('Name%04d', 700 - i), 'Matlock', printf ('name%04d, many', 700 - i), 'many', '2012-01-01T09:00:00.000Z', 'head' FROM n"));
  window = new_window (force->head, 1200);
  page = open_list (window, "people");
  view = GTK_COLUMN_VIEW (ui_find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW, NULL));
  model = probity_list_page_get_model (page);
  rows = ui_find (GTK_WIDGET (view), g_type_from_name ("GtkColumnListView"), NULL);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  number = g_list_model_get_item (gtk_column_view_get_columns (view), 0);
  g_assert_cmpuint (count_rows (page), >, 700);
  gtk_column_view_sort_by_column (view, number, GTK_SORT_DESCENDING);
  wait_until (!probity_paged_model_get_loading (model));
  ui_settle (GTK_WIDGET (window));
  assert_top_rows (rows, model);
  g_assert_cmpstr (gtk_inscription_get_text (GTK_INSCRIPTION (ui_find (rows, GTK_TYPE_INSCRIPTION, NULL))), ==, "70700");

  /* From far down. One is chosen that stands near the top in the other order. */
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  ui_settle (GTK_WIDGET (window));
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 1000);
  {
    g_autoptr (ProbityListItem) item = g_list_model_get_item (G_LIST_MODEL (model), g_list_model_get_n_items (G_LIST_MODEL (model)) - 1);

    wait_until (!probity_list_item_is_loading (item));
    g_assert_cmpstr (gtk_inscription_get_text (GTK_INSCRIPTION (ui_find (gtk_widget_get_last_child (rows), GTK_TYPE_INSCRIPTION, NULL))), ==, probity_list_item_get_row (item)->cells[0]);
  }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (ProbityListItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      wait_until (!probity_list_item_is_loading (item));
      if (g_str_equal (probity_list_item_get_row (item)->cells[0], "1001"))
        gtk_selection_model_select_item (gtk_column_view_get_model (view), i, TRUE);
    }
  for (GtkWidget *row = gtk_widget_get_first_child (rows); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      g_object_weak_ref (G_OBJECT (row), row_gone_cb, &n_gone);
      n_rows++;
    }
  g_assert_cmpuint (n_rows, >, 100);
  /* Who was at a row is at none: it is another record's. */
  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_first_child (rows)));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), rows));
  gtk_column_view_sort_by_column (view, number, GTK_SORT_ASCENDING);
  wait_until (!probity_paged_model_get_loading (model));
  ui_settle (GTK_WIDGET (window));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == NULL || !gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), rows));
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
  assert_top_rows (rows, model);
  g_test_message ("%u rows, of which %u were made anew", n_rows, n_gone);
  g_assert_cmpuint (n_gone, <, 5);
  close_window (window);
}

static void
test_focus_runs_ahead (void)
{
  ProbityWindow   *window = new_window (force->head, 1200);
  ProbityListPage *page = open_list (window, "people");
  GtkColumnView   *view = GTK_COLUMN_VIEW (ui_find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW, NULL));
  GtkWidget       *rows = ui_find (GTK_WIDGET (view), g_type_from_name ("GtkColumnListView"), NULL);
  GtkWidget       *focus;

  g_test_summary ("Keys that are quicker than the scrolling, or go to the end of a list, leave the focus in it");

  g_assert_cmpuint (count_rows (page), >, 700);
  ui_settle (GTK_WIDGET (window));
  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_first_child (rows)));
  for (guint i = 0; i < 3; i++)
    {
      /* As the Down key goes: more rows than are in view, before a frame is drawn. */
      for (guint n = 1; n <= 40; n++)
        gtk_column_view_scroll_to (view, 40 * i + n, NULL, GTK_LIST_SCROLL_FOCUS, NULL);
      focus = gtk_window_get_focus (GTK_WINDOW (window));
      g_assert_true (gtk_widget_is_ancestor (focus, rows));
      ui_settle (GTK_WIDGET (window));
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == focus);
      g_assert_true (gtk_widget_get_mapped (focus));
    }
  gtk_column_view_scroll_to (view, count_rows (page) - 1, NULL, GTK_LIST_SCROLL_FOCUS, NULL);
  ui_settle (GTK_WIDGET (window));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), rows));

  /* The wheel takes the row out of view; what happens in the window then is no reason to leave it. */
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)), 0);
  ui_settle (GTK_WIDGET (window));
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_false (gtk_widget_get_mapped (focus));
  g_object_notify (G_OBJECT (window), "focus-widget");
  ui_settle (GTK_WIDGET (window));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == focus);
  close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  application = ui_begin (&argc, &argv);
  force = force_new ("derbyshire");
  ui_populate (force);

  g_test_add_func ("/ui/list/cells", test_cells);
  g_test_add_func ("/ui/list/search", test_search);
  g_test_add_func ("/ui/list/asks-once", test_asks_once);
  g_test_add_func ("/ui/list/filter-pill", test_filter_pill);
  g_test_add_func ("/ui/list/name-of-filter", test_name_of_filter);
  g_test_add_func ("/ui/list/columns-are-kept", test_columns_are_kept);
  g_test_add_func ("/ui/list/sort", test_sort);
  g_test_add_func ("/ui/list/narrow", test_narrow);
  g_test_add_func ("/ui/list/open", test_open);
  g_test_add_func ("/ui/list/own-people-only", test_own_people_only);
  g_test_add_func ("/ui/list/empty", test_empty);
  g_test_add_func ("/ui/list/sort-long", test_sort_long);
  g_test_add_func ("/ui/list/focus-runs-ahead", test_focus_runs_ahead);
  return ui_end (application, force);
}
