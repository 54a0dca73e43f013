/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-application.h"
#include "probity-audit-words.h"
#include "probity-audit.h"
#include "probity-chart-page.h"
#include "probity-chart-view.h"
#include "probity-conduct.h"
#include "probity-due-minder.h"
#include "probity-investigation.h"
#include "probity-record-kind.h"
#include "probity-everything-page.h"
#include "probity-list-page.h"
#include "probity-my-day-page.h"
#include "probity-overview.h"
#include "probity-step-dialog.h"
#include "probity-window.h"
#include "ui-fixture.h"

static Force              *force;
static ProbityApplication *application;

/* A window signs its session out when it goes: each has one of its own. */
static ProbityWindow *
new_window_as (const char *account)
{
  g_autoptr (ProbitySession) session = session_fixture_sign_in (force->casebook, account);
  ProbityWindow *window = probity_window_new (ADW_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 700);
  ui_present (GTK_WINDOW (window));
  probity_window_set_session (window, session);
  return window;
}

static void
test_checks_of_investigations (void)
{
  g_autofree char *reference = force_investigate (force->acu, &probity_conduct_case, "Posts about a shift", "4103");
  g_autofree char *later = NULL;
  ProbityWindow   *window = new_window_as ("psd");
  GtkWidget       *page;
  guint            before;

  g_test_summary ("The complaints check of a conduct case stands in the day and in the list of checks, and a new case comes by itself");

  probity_window_show_section (window, "my-day");
  wait_until (ui_shows_text (GTK_WIDGET (window), reference));
  probity_window_show_section (window, "checks");
  page = ui_find (GTK_WIDGET (window), PROBITY_TYPE_LIST_PAGE, NULL);
  probity_list_page_set_filter (PROBITY_LIST_PAGE (page), "kind", "conduct-investigation");
  wait_until (ui_shows_text (page, reference));
  wait_until (ui_shows_text (page, "Conduct investigation"));
  before = g_list_model_get_n_items (G_LIST_MODEL (probity_list_page_get_model (PROBITY_LIST_PAGE (page))));
  later = force_investigate (force->acu, &probity_conduct_case, "A loan", "4104");
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (probity_list_page_get_model (PROBITY_LIST_PAGE (page)))) == before + 1);
  wait_until (ui_shows_text (page, later));

  /* Published elsewhere: it goes by itself. */
  force_check (force->psd, later, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (probity_list_page_get_model (PROBITY_LIST_PAGE (page)))) == before);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_everything_about_a_person (void)
{
  ProbityWindow *window = new_window_as ("acu");
  GtkWidget     *page;

  g_test_summary ("From the page of a person to everything about them, and on to one of their cases; each reader sees their own");

  probity_window_open_record (window, "person", "4105");
  wait_until (ui_shows_text (GTK_WIDGET (window), "Everything About This Person"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-record", "(ss)", "everything", "4105");
  wait_until ((page = ui_find (GTK_WIDGET (window), PROBITY_TYPE_EVERYTHING_PAGE, NULL)) != NULL && ui_shows_text (page, "Timeline"));
  g_assert_true (ui_shows_text (page, "Leak Investigations"));
  g_assert_true (ui_shows_text (page, "Complaints"));
  g_assert_true (ui_shows_text (page, "Second Jobs"));
  gtk_window_destroy (GTK_WINDOW (window));

  window = new_window_as ("hr");
  probity_window_open_record (window, "everything", "4105");
  wait_until ((page = ui_find (GTK_WIDGET (window), PROBITY_TYPE_EVERYTHING_PAGE, NULL)) != NULL && ui_shows_text (page, "Second Jobs"));
  g_assert_false (ui_shows_text (page, "Leak Investigations"));
  g_assert_false (ui_shows_text (page, "Complaints"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_several_rows_at_once (void)
{
  ProbityWindow     *window = new_window_as ("acu");
  ProbityListPage   *page;
  ProbityPagedModel *model;
  GtkColumnView     *view;
  GtkWidget         *bar;
  AdwDialog         *dialog;

  g_test_summary ("Two rows are selected and given to somebody in one act; the rows change in place and the selection is gone");

  probity_window_show_section (window, "conduct");
  page = PROBITY_LIST_PAGE (ui_find (GTK_WIDGET (window), PROBITY_TYPE_LIST_PAGE, NULL));
  model = probity_list_page_get_model (page);
  view = GTK_COLUMN_VIEW (ui_find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW, NULL));
  bar = ui_find (GTK_WIDGET (page), GTK_TYPE_ACTION_BAR, NULL);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (model)) >= 2);
  g_assert_false (gtk_action_bar_get_revealed (GTK_ACTION_BAR (bar)));
  gtk_selection_model_select_item (gtk_column_view_get_model (view), 0, FALSE);
  g_assert_false (gtk_action_bar_get_revealed (GTK_ACTION_BAR (bar)));
  gtk_selection_model_select_item (gtk_column_view_get_model (view), 1, FALSE);
  g_assert_true (gtk_action_bar_get_revealed (GTK_ACTION_BAR (bar)));
  g_assert_true (ui_shows_text (bar, "2 selected"));

  gtk_widget_activate_action (GTK_WIDGET (page), "page.assign", NULL);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (PROBITY_IS_STEP_DIALOG (dialog));
  /* What is to be entered has the focus, not the button that gives it up. */
  wait_until (gtk_window_get_focus (GTK_WINDOW (window)) != NULL && gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), GTK_WIDGET (dialog)));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (gtk_window_get_focus (GTK_WINDOW (window))), ==, "AdwComboRow");
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "owner", "decider");
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "reason", "One hand for both.");
  g_signal_emit_by_name (adw_dialog_get_default_widget (dialog), "clicked");
  wait_until (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL);
  wait_until (!gtk_action_bar_get_revealed (GTK_ACTION_BAR (bar)));
  probity_list_page_set_filter (page, "owner", "decider");
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (model)) == 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Saved filters come a moment after the list. */
static void
use_until_shown (ProbityListPage *page)
{
  for (guint i = 0; i < 2000 && !ui_shows_text (GTK_WIDGET (page), "Kind: Conduct investigation"); i++)
    {
      ui_iterate ();
      probity_list_page_use_filter (page, "Only conduct");
    }
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "Kind: Conduct investigation"));
}

static void
test_saved_filter (void)
{
  ProbityWindow   *window = new_window_as ("acu");
  ProbityListPage *page;

  g_test_summary ("A filter is saved, is there for the account after signing in again, and for nobody else");

  probity_window_show_section (window, "checks");
  page = PROBITY_LIST_PAGE (ui_find (GTK_WIDGET (window), PROBITY_TYPE_LIST_PAGE, NULL));
  probity_list_page_set_filter (page, "kind", "conduct-investigation");
  probity_list_page_save_filter (page, "Only conduct");
  gtk_widget_activate_action (GTK_WIDGET (page), "page.clear", NULL);
  use_until_shown (page);
  gtk_window_destroy (GTK_WINDOW (window));

  window = new_window_as ("acu");
  probity_window_show_section (window, "checks");
  page = PROBITY_LIST_PAGE (ui_find (GTK_WIDGET (window), PROBITY_TYPE_LIST_PAGE, NULL));
  use_until_shown (page);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_link_chart (void)
{
  ProbityWindow    *window = new_window_as ("acu");
  GtkWidget        *page, *box;
  ProbityChartView *view;
  g_autofree char  *path = g_build_filename (force->casebook->base, "links.svg", NULL);
  guint             n_boxes = 0;

  g_test_summary ("The boxes of a link chart are buttons with names, told as a table too, opened with Enter; and it leaves as a file");

  probity_window_open_record (window, "link-chart", "4105");
  wait_until ((page = ui_find (GTK_WIDGET (window), PROBITY_TYPE_CHART_PAGE, NULL)) != NULL && ui_find (page, PROBITY_TYPE_CHART_VIEW, NULL) != NULL);
  view = PROBITY_CHART_VIEW (ui_find (page, PROBITY_TYPE_CHART_VIEW, NULL));
  wait_until (probity_chart_view_get_box (view, 2) != NULL);
  for (guint i = 0; (box = probity_chart_view_get_box (view, i)) != NULL; i++, n_boxes++)
    {
      g_assert_true (gtk_widget_get_focusable (box));
      g_assert_nonnull (gtk_widget_get_tooltip_text (box));
    }
  g_assert_cmpuint (n_boxes, >=, 4);
  g_assert_true (ui_shows_text (page, "Leak investigation · Subject"));
  g_assert_cmpuint (ui_count (page, ADW_TYPE_ACTION_ROW), >=, n_boxes - 1);

  {
    GtkWidget        *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (view), GTK_TYPE_SCROLLED_WINDOW);
    const char *const actions[] = { "page.zoom-in", "page.zoom-in", "page.zoom-normal", "page.zoom-out" };
    const double      zooms[] = { 1.25, 1.5625, 1, 0.8 };
    int               normal, zoomed;

    gtk_widget_measure (GTK_WIDGET (view), GTK_ORIENTATION_HORIZONTAL, -1, &normal, NULL, NULL, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
      {
        g_assert_true (gtk_widget_activate_action (scrolled, actions[i], NULL));
        g_assert_cmpfloat_with_epsilon (probity_chart_view_get_zoom (view), zooms[i], 1e-6);
        gtk_widget_measure (GTK_WIDGET (view), GTK_ORIENTATION_HORIZONTAL, -1, &zoomed, NULL, NULL, NULL);
        g_assert_cmpint (ABS (zoomed - (int) (normal * zooms[i])), <=, 1);
      }
    for (guint i = 0; i < 20; i++)
      gtk_widget_activate_action (scrolled, "page.zoom-out", NULL);
    g_assert_cmpfloat_with_epsilon (probity_chart_view_get_zoom (view), PROBITY_CHART_MIN_ZOOM, 1e-6);
    gtk_widget_activate_action (scrolled, "page.zoom-normal", NULL);
  }
  probity_chart_page_export (PROBITY_CHART_PAGE (page), path);
  wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  gtk_widget_grab_focus (probity_chart_view_get_box (view, 1));
  g_signal_emit_by_name (probity_chart_view_get_box (view, 1), "clicked");
  wait_until (ui_find (GTK_WIDGET (window), PROBITY_TYPE_CHART_PAGE, NULL) == NULL || !gtk_widget_get_mapped (page));
  gtk_window_destroy (GTK_WINDOW (window));

  /* The leak is neither a box nor a row to who lacks its key. */
  window = new_window_as ("hr");
  probity_window_open_record (window, "link-chart", "4105");
  wait_until ((page = ui_find (GTK_WIDGET (window), PROBITY_TYPE_CHART_PAGE, NULL)) != NULL && ui_shows_text (page, "Second job · Applicant"));
  g_assert_false (ui_shows_text (page, "Leak investigation · Subject"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add_item (GPtrArray  *items,
          const char *group,
          const char *uid)
{
  ProbityDayItem *item = g_new0 (ProbityDayItem, 1);

  item->group = g_strdup (group);
  item->what = g_strdup ("action");
  item->uid = g_strdup (uid);
  item->reference = g_strdup ("CI/234567");
  item->subject = g_strdup ("Aileen Marsh");
  g_ptr_array_add (items, item);
}

static void
due_cb (ProbityDueMinder *minder,
        guint             number,
        gpointer          data)
{
  GString *told = data;

  g_string_append_printf (told, "%u ", number);
}

static void
test_due_is_told_once (void)
{
  g_autoptr (ProbityDueMinder) minder = probity_due_minder_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_day_item_free);
  g_autoptr (GString) told = g_string_new (NULL);

  g_test_summary ("What is due is told at first and when more falls due, as a number alone; a new session is told anew");

  g_signal_connect (minder, "due", G_CALLBACK (due_cb), told);
  probity_due_minder_take (minder, NULL, items);
  add_item (items, "waiting", "a");
  probity_due_minder_take (minder, NULL, items);
  g_assert_cmpstr (told->str, ==, "");
  add_item (items, "today", "b");
  add_item (items, "overdue", "c");
  probity_due_minder_take (minder, NULL, items);
  probity_due_minder_take (minder, NULL, items);
  g_assert_cmpstr (told->str, ==, "2 ");
  add_item (items, "today", "d");
  probity_due_minder_take (minder, NULL, items);
  g_assert_cmpstr (told->str, ==, "2 3 ");
  probity_due_minder_forget (minder, NULL);
  probity_due_minder_take (minder, NULL, items);
  g_assert_cmpstr (told->str, ==, "2 3 3 ");
}

static void
check_parts (const ProbityCasePart *const *parts)
{
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_test_message ("%s, %s", probity_record_kind_get_name (parts[i]->record_kind), parts[i]->plural);
      g_assert_true (probity_audit_words_know_kind (probity_record_kind_get_name (parts[i]->record_kind)));
      g_assert_true (probity_audit_words_know_field (NULL, parts[i]->plural));
    }
}

/* Every entry that @session may read. */
static guint
check_log (ProbitySession *session)
{
  g_autoptr (GPtrArray) entries = wait_for_boxed (probity_audit_list (session, NULL));

  for (guint i = 0; i < entries->len; i++)
    {
      const ProbityAuditEntry *entry = g_ptr_array_index (entries, i);

      if (!probity_audit_words_know_verb (entry->verb) || (entry->kind != NULL && !probity_audit_words_know_kind (entry->kind)) ||
          (entry->field != NULL && !probity_audit_words_know_field (entry->kind, entry->field)))
        {
          g_test_message ("%s, %s, %s", entry->verb, entry->kind, entry->field);
          g_test_fail ();
        }
    }

  return entries->len;
}

static void
test_audit_words (void)
{
  static const char *const events[] = { "watch:observation", "log:note", "link:removed", "action-3:added", "condition-2:answer", "exhibit:AB/1:viewed", "checklist:registered:letter", "comment:line-manager" };
  g_autofree char         *watch = probity_audit_words_dup_field ("second-job", "watch:observation");
  g_autofree char         *action = probity_audit_words_dup_field ("second-job", "action-3:added");

  g_test_summary ("No verb, kind or event that the log can tell of is without words that can be translated");

  for (ProbityVerb verb = PROBITY_VERB_COLLECTION; verb <= PROBITY_VERB_KEY_CHANGE; verb++)
    g_assert_true (probity_audit_words_know_verb (probity_verb_to_string (verb)));
  for (guint i = 0; probity_record_kinds_get ()[i] != NULL; i++)
    g_assert_true (probity_audit_words_know_kind (probity_record_kind_get_name (probity_record_kinds_get ()[i])));
  check_parts (probity_leak_parts);
  check_parts (probity_conduct_parts);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    g_assert_true (probity_audit_words_know_field ("second-job", events[i]));
  g_assert_cmpstr (watch, ==, "Watch list · Observation");
  g_assert_cmpstr (action, ==, "Action 3 · Added");

  /* And what a busy casebook has told. */
  g_assert_cmpuint (check_log (force->psd) + check_log (force->acu) + check_log (force->decider), >, 100);
}

int
main (int   argc,
      char *argv[])
{
  application = ui_begin (&argc, &argv);
  force = force_new ("derbyshire");
  ui_populate (force);

  g_test_add_func ("/day/checks-of-investigations", test_checks_of_investigations);
  g_test_add_func ("/people/everything-about-a-person", test_everything_about_a_person);
  g_test_add_func ("/list/several-rows-at-once", test_several_rows_at_once);
  g_test_add_func ("/list/saved-filter", test_saved_filter);
  g_test_add_func ("/people/link-chart", test_link_chart);
  g_test_add_func ("/day/due-is-told-once", test_due_is_told_once);
  g_test_add_func ("/audit/words", test_audit_words);
  return ui_end (application, force);
}
