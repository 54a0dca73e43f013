/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-action.h"
#include "probity-application.h"
#include "probity-case-log.h"
#include "probity-case-parts.h"
#include "probity-case-words.h"
#include "probity-checklist.h"
#include "probity-investigation-page.h"
#include "probity-long-row.h"
#include "ui-fixture.h"

/* The parts of a case on its page. */

static Force              *force;
static ProbityApplication *application;

/* A window with nothing but the parts of @reference as @session sees them, not presented yet. */
static AdwApplicationWindow *
make_window (ProbitySession *session,
             const char     *reference,
             GtkWidget     **ret_parts)
{
  const ProbityCaseKind *kind = probity_case_kind_find ("second-job");
  AdwApplicationWindow  *window = ADW_APPLICATION_WINDOW (adw_application_window_new (GTK_APPLICATION (application)));
  GtkWidget             *scrolled = gtk_scrolled_window_new ();
  GtkWidget             *parts = probity_case_parts_new (session, kind);
  g_autoptr (ProbityRecord) record = force_load (session, reference);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), parts);
  adw_application_window_set_content (window, scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 900);
  probity_case_parts_set_record (PROBITY_CASE_PARTS (parts), record);
  *ret_parts = parts;

  return window;
}

static AdwApplicationWindow *
new_window (ProbitySession *session,
            const char     *reference,
            GtkWidget     **ret_parts)
{
  AdwApplicationWindow *window = make_window (session, reference, ret_parts);

  ui_present (GTK_WINDOW (window));

  return window;
}

static void
test_add_action (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Bell");
  GtkWidget            *parts;
  AdwApplicationWindow *window = new_window (force->hr, reference, &parts);
  GtkWidget            *dialog;
  GtkWidget            *button;

  g_test_summary ("An action is added in a dialog, whose refusal loses nothing, and then stands on the page and in the timeline");

  wait_until (ui_shows_text (parts, "What is to be done in this case"));
  g_signal_emit_by_name (ui_find_any_button (parts, "Add an Action"), "clicked");
  wait_until (adw_application_window_get_visible_dialog (window) != NULL);
  dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (window));
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "title", "Ask for the rota");
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "hard_deadline", "soon");
  g_assert_cmpstr (probity_step_dialog_get (PROBITY_STEP_DIALOG (dialog), "owner"), ==, "hr");
  button = ui_find_any_button (dialog, "_Add");
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  wait_until (ui_shows_text (dialog, "+10"));
  g_assert_cmpstr (probity_step_dialog_get (PROBITY_STEP_DIALOG (dialog), "title"), ==, "Ask for the rota");
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "hard_deadline", "+2");
  wait_until (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);
  wait_until (ui_shows_text (parts, "1. Ask for the rota"));
  g_assert_true (ui_shows_text (parts, "1 open"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_reader (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Swan");
  GtkWidget            *parts;
  AdwApplicationWindow *window;

  g_test_summary ("Who only reads such a case is offered nothing to add, answer or remove");

  wait_for_success (probity_case_log_add (force->hr, NULL, reference, NULL, "He rang.", 0));
  window = new_window (force->manager, reference, &parts);
  wait_until (ui_shows_text (parts, "He rang."));
  g_assert_null (ui_find_any_button (parts, "Add an Action"));
  g_assert_null (ui_find_any_button (parts, "Add a Log Entry"));
  g_assert_null (ui_find_any_button (parts, "Link a Record"));
  g_assert_cmpuint (ui_count (parts, GTK_TYPE_MENU_BUTTON), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_checklist (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Anchor");
  GtkWidget            *parts;
  AdwApplicationWindow *window = new_window (force->hr, reference, &parts);
  GtkWidget            *check;
  GtkWidget            *second;
  GtkAdjustment        *adjustment;

  g_test_summary ("The checklist is put to the case with its button, and ticked; the focus stays on the tick, and the other points stay as they are");

  wait_until (ui_shows_text (parts, "What the force wants looked at now"));
  g_assert_true (gtk_widget_grab_focus (ui_find_any_button (parts, "Put the Checklist to the Case")));
  g_signal_emit_by_name (ui_find_any_button (parts, "Put the Checklist to the Case"), "clicked");
  wait_until (ui_shows_text (parts, "0 of 6 answered"));
  g_assert_false (gtk_widget_get_visible (ui_find_any_button (parts, "Put the Checklist to the Case")));
  check = ui_find (parts, GTK_TYPE_CHECK_BUTTON, NULL);
  /* The button is gone; who pressed it is at the first point. */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == gtk_widget_get_ancestor (check, ADW_TYPE_ACTION_ROW));
  second = gtk_widget_get_next_sibling (gtk_widget_get_ancestor (check, ADW_TYPE_ACTION_ROW));
  g_assert_true (gtk_widget_grab_focus (check));
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (parts, GTK_TYPE_SCROLLED_WINDOW)));
  ui_settle (parts);
  gtk_adjustment_set_value (adjustment, 100);
  ui_settle (parts);
  /* The other parts are there too, or there would be nothing to scroll. */
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 100);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  wait_until (ui_shows_text (parts, "1 of 6 answered"));
  check = ui_find (parts, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == check);
  ui_settle (parts);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 100);
  g_assert_true (gtk_widget_get_next_sibling (gtk_widget_get_ancestor (check, ADW_TYPE_ACTION_ROW)) == second);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_checklist_unplaced (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Capstan");
  GtkWidget            *parts, *button;
  AdwApplicationWindow *window = make_window (force->hr, reference, &parts);

  g_test_summary ("The focus goes from the button to the first point also where the points have no place on the screen yet");

  wait_until (ui_shows_text (parts, "What the force wants looked at now"));
  button = ui_find_any_button (parts, "Put the Checklist to the Case");
  g_assert_true (gtk_widget_grab_focus (button));
  g_signal_emit_by_name (button, "clicked");
  wait_until (ui_shows_text (parts, "0 of 6 answered"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == gtk_widget_get_ancestor (ui_find (parts, GTK_TYPE_CHECK_BUTTON, NULL), ADW_TYPE_ACTION_ROW));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What joins two words, and nothing after it. */
static gboolean
has_dangling_dot (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && (g_str_has_suffix (gtk_label_get_label (GTK_LABEL (widget)), "· ") || strstr (gtk_label_get_label (GTK_LABEL (widget)), " · \n") != NULL))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_dangling_dot (child))
      return TRUE;

  return FALSE;
}

static void
test_checklist_of_earlier_stage (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Buoy");
  GtkWidget            *parts;
  AdwApplicationWindow *window;

  g_test_summary ("A point of an earlier stage that the force alone wants is named by its stage, with no dot after it");

  wait_for_success (probity_checklist_apply (force->hr, probity_case_kind_find ("second-job"), reference, NULL));
  wait_for_success (probity_second_job_withdraw (force->hr, reference, "Sold the boat."));
  window = new_window (force->hr, reference, &parts);
  wait_until (ui_shows_text (parts, "The form is complete"));
  ui_settle (parts);
  g_assert_true (ui_shows_text (parts, "With professional standards"));
  g_assert_false (has_dangling_dot (parts));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_link (void)
{
  g_autofree char      *one = force_submit (force, force->hr, "1001", "Linking Ltd");
  g_autofree char      *other = force_submit (force, force->hr, "1002", "Quince & Daughters");
  GtkWidget            *parts;
  AdwApplicationWindow *window = new_window (force->hr, one, &parts);
  GtkWidget            *dialog;
  GtkListBox           *list;

  g_test_summary ("The other record of a link is found by words, chosen, and opens from its row; the case itself is not offered");

  wait_until (ui_shows_text (parts, "Other cases, people, organisations"));
  g_signal_emit_by_name (ui_find_any_button (parts, "Link a Record"), "clicked");
  dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (window));
  gtk_editable_set_text (GTK_EDITABLE (ui_find (dialog, GTK_TYPE_SEARCH_ENTRY, NULL)), one);
  wait_until (ui_shows_text (dialog, "Nothing Found"));
  gtk_editable_set_text (GTK_EDITABLE (ui_find (dialog, GTK_TYPE_SEARCH_ENTRY, NULL)), "quince");
  wait_until (ui_shows_text (dialog, other));
  list = GTK_LIST_BOX (ui_find (dialog, GTK_TYPE_LIST_BOX, NULL));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  wait_until (PROBITY_IS_STEP_DIALOG (adw_application_window_get_visible_dialog (window)));
  dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (window));
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "type", "same-matter");
  probity_step_dialog_set (PROBITY_STEP_DIALOG (dialog), "reason", "One landlord.");
  g_signal_emit_by_name (ui_find_any_button (dialog, "_Link"), "clicked");
  wait_until (ui_shows_text (parts, "One landlord."));
  g_assert_true (ui_shows_text (parts, "Same matter"));
  g_assert_true (ui_shows_text (parts, other));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_start_of_text (void)
{
  g_autofree char *short_words = g_strnfill (349, 'a');
  g_autofree char *letters = g_strnfill (3000, 'a');
  g_autofree char *letters_start = NULL;
  g_autofree char *lines = probity_long_text_dup_start ("one\ntwo\nthree\n\nfive\nsix");
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new (NULL);
  g_autofree char *words_start = NULL;
  g_autofree char *marks_start = NULL;

  g_test_summary ("A long text is cut after some lines, between two words, never between a letter and its mark; one that is hardly longer is not");

  g_assert_null (probity_long_text_dup_start (NULL));
  g_assert_null (probity_long_text_dup_start (""));
  g_assert_null (probity_long_text_dup_start (short_words));
  g_assert_null (probity_long_text_dup_start ("one\ntwo\nthree\nfour\nfive"));
  g_assert_cmpstr (lines, ==, "one\ntwo\nthree…");

  letters_start = probity_long_text_dup_start (letters);
  g_assert_cmpuint (strlen (letters_start), ==, 280 + strlen ("…"));

  for (guint i = 0; i < 100; i++)
    g_string_append (words, "âge vécu ");
  words_start = probity_long_text_dup_start (words->str);
  g_assert_true (g_utf8_validate (words_start, -1, NULL));
  g_assert_true (g_str_has_suffix (words_start, "âge…") || g_str_has_suffix (words_start, "vécu…"));

  g_string_append (marks, "aaa");
  for (guint i = 0; i < 400; i++)
    g_string_append (marks, "e\xcc\x81");
  marks_start = probity_long_text_dup_start (marks->str);
  g_assert_true (g_str_has_suffix (marks_start, "e\xcc\x81…"));
}

/* The group of @parts that is called @title. */
static gboolean
is_group (GtkWidget    *widget,
          gconstpointer title)
{
  return ADW_IS_PREFERENCES_GROUP (widget) && g_strcmp0 (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget)), title) == 0;
}

static GtkWidget *
find_group (GtkWidget  *widget,
            const char *title)
{
  return ui_find_where (widget, is_group, title);
}

static void
test_long_entry (void)
{
  g_autofree char *reference = force_submit (force, force->hr, "1001", "The Long Acre");
  g_autoptr (GString) text = g_string_new ("The first line");
  GtkWidget            *parts;
  AdwApplicationWindow *window;
  GtkWidget            *log;
  GtkWidget            *row;
  GtkWidget            *button;

  g_test_summary ("A long log entry stands with its first lines, and in full for who asks with a key; so it stays when somebody saves");

  for (guint i = 2; i <= 30; i++)
    g_string_append_printf (text, "\nand line %u", i);
  wait_for_success (probity_case_log_add (force->hr, NULL, reference, NULL, text->str, 0));
  wait_for_success (probity_case_log_add (force->hr, NULL, reference, NULL, "He rang.", 0));
  window = new_window (force->hr, reference, &parts);
  log = find_group (parts, "Log");
  wait_until (ui_shows_text (log, "and line 4") && ui_shows_text (log, "He rang."));
  g_assert_false (ui_shows_text (log, "and line 5"));
  g_assert_null (ui_find_button (ui_find_titled (log, "He rang."), "Show the Whole Text"));

  row = ui_find_titled (log, "The first line\nand line 2\nand line 3\nand line 4…");
  button = ui_find_button (row, "Show the Whole Text");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Show the Whole Text");
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
  gtk_test_accessible_assert_property (ui_find (row, GTK_TYPE_MENU_BUTTON, NULL), GTK_ACCESSIBLE_PROPERTY_LABEL, "Steps for “The first line\nand line 2\nand line 3\nand line 4…”");
  g_assert_true (gtk_widget_grab_focus (button));
  gtk_widget_activate (button);
  wait_until (ui_find_titled (log, text->str) == row);
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Show Less");

  /* Where the row says something new, its successor is open too, and has the focus. */
  wait_for_success (probity_case_log_add (force->hr, NULL, reference, NULL, "Line 7 is of another day.", 1));
  probity_case_group_reload (PROBITY_CASE_GROUP (log));
  wait_until (ui_shows_text (log, "corrected by 3"));
  g_assert_true (ui_find_titled (log, text->str) != NULL && ui_find_titled (log, text->str) != row);
  row = ui_find_titled (log, text->str);
  button = ui_find_button (row, "Show Less");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == button);

  /* The row itself does it too. */
  gtk_widget_activate (row);
  wait_until (!ui_shows_text (log, "and line 5"));
  g_assert_true (ui_find_button (row, "Show the Whole Text") == button);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_pill (GtkWidget    *widget,
         gconstpointer data)
{
  return gtk_widget_has_css_class (widget, "pill-label");
}

static void
test_names (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Plough");
  GtkWidget            *parts;
  AdwApplicationWindow *window = new_window (force->hr, reference, &parts);
  GtkWidget            *stages = find_group (parts, "Stages");
  GtkWidget            *pill;

  g_test_summary ("A stage’s row is called by the stage, though it has no title");

  wait_until ((pill = ui_find_where (stages, is_pill, NULL)) != NULL);
  gtk_test_accessible_assert_relation (gtk_widget_get_ancestor (pill, ADW_TYPE_ACTION_ROW), GTK_ACCESSIBLE_RELATION_LABELLED_BY, pill, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_pages (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, "1001", "The Long Meadow");
  GtkWidget            *parts;
  AdwApplicationWindow *window;
  GtkWidget            *log;
  GtkWidget            *more;

  g_test_summary ("Of many log entries more are shown a page at a time; the focus stays where somebody works");

  for (guint i = 1; i <= 62; i++)
    {
      g_autofree char *text = g_strdup_printf ("Entry %u.", i);

      wait_for_success (probity_case_log_add (force->hr, NULL, reference, NULL, text, 0));
    }
  window = new_window (force->hr, reference, &parts);
  log = find_group (parts, "Log");
  wait_until (ui_find_titled (log, "Entry 58.") != NULL);
  g_assert_null (ui_find_titled (log, "Entry 57."));
  more = ui_find (log, ADW_TYPE_BUTTON_ROW, NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (more)), ==, "Show 50 More");
  g_assert_true (gtk_widget_grab_focus (more));
  gtk_widget_activate (more);
  wait_until (ui_find_titled (log, "Entry 8.") != NULL);
  g_assert_null (ui_find_titled (log, "Entry 7."));
  more = ui_find (log, ADW_TYPE_BUTTON_ROW, NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (more)), ==, "Show 7 More");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == more);

  gtk_widget_activate (more);
  wait_until (ui_find_titled (log, "Entry 1.") != NULL);
  g_assert_null (ui_find (log, ADW_TYPE_BUTTON_ROW, NULL));
  /* The first of those that came in its place. */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == ui_find_titled (log, "Entry 7."));

  /* Tab goes through what is in a row, and then past the others. */
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == ui_find (ui_find (ui_find_titled (log, "Entry 7."), GTK_TYPE_MENU_BUTTON, NULL), GTK_TYPE_TOGGLE_BUTTON, NULL));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD));
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), log));

  /* Read again, as when somebody else saves, they stay. */
  probity_case_group_reload (PROBITY_CASE_GROUP (log));
  ui_settle (parts);
  g_assert_nonnull (ui_find_titled (log, "Entry 1."));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_long_allegation (void)
{
  g_autofree char *reference = force_investigate (force->psd, &probity_conduct_case, "Words at a custody desk", "1001");
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->psd, probity_record_kind_find ("conduct-investigation"), reference));
  g_autoptr (GPtrArray) subjects = wait_for_boxed (probity_investigation_load_subjects (force->psd, probity_record_get_uid (record)));
  g_autoptr (GString) text = g_string_new ("On 1 March the officer");
  AdwApplicationWindow *window;
  GtkWidget            *page;
  GtkWidget            *row;

  g_test_summary ("An allegation of many lines stands with the first of them, and in full where it is unfolded");

  for (guint i = 0; i < 100; i++)
    g_string_append (text, " said more");
  g_string_append (text, " and was seen.");
  force_add_part (force->psd, &probity_conduct_case, reference, "allegation", "subject", ((ProbityCaseSubject *) g_ptr_array_index (subjects, 0))->uid, "allegation", text->str, "standard", "confidentiality", NULL);
  page = probity_investigation_page_new (force->psd, &probity_conduct_case, probity_record_get_uid (record));
  window = ui_window_new (GTK_APPLICATION (application), page);
  wait_until (ui_shows_text (page, "On 1 March the officer said more"));
  ui_settle (page);
  g_assert_null (ui_find_titled (page, text->str));
  row = gtk_widget_get_ancestor (ui_find_button (page, "Correct"), ADW_TYPE_EXPANDER_ROW);
  g_assert_true (g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "On 1 March the officer said more"));
  g_assert_true (g_str_has_suffix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "…"));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  g_assert_true (ui_find_titled (page, text->str) == row);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), FALSE);
  g_assert_null (ui_find_titled (page, text->str));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_days_in_events (void)
{
  static const struct
  {
    const char *what;
    const char *text;
    const char *shown;
  } events[] = {
    { "letter-served", "2026-11-23: by hand", "23 Nov 2026: by hand" },
    { "letter-served", "by hand", "by hand" },
    { "action:soft-deadline", "1. Ring the bar: 2026-12-01", "1. Ring the bar: 1 Dec 2026" },
    { "action:hard-deadline", "2. Ring the bar: 2026-12-01", "2. Ring the bar: 1 Dec 2026" },
    { "action:hard-deadline", "2. Ring the bar: away until 2026-12-01", "2. Ring the bar: away until 2026-12-01" },
    { "action:soft-deadline", "1. Ring", "1. Ring" },
    { "log:note", "2026-11-23: he rang", "2026-11-23: he rang" },
  };

  g_test_summary ("A day that the library tells of in the timeline is written as everywhere else; what a person wrote stays as it is");

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autofree char *text = probity_case_words_dup_event_text (events[i].what, events[i].text);

      g_assert_cmpstr (text, ==, events[i].shown);
    }
}

int
main (int   argc,
      char *argv[])
{
  application = ui_begin (&argc, &argv);
  force = force_new ("derbyshire");

  g_test_add_func ("/ui/case-page/add-action", test_add_action);
  g_test_add_func ("/ui/case-page/link", test_link);
  g_test_add_func ("/ui/case-page/reader", test_reader);
  g_test_add_func ("/ui/case-page/checklist", test_checklist);
  g_test_add_func ("/ui/case-page/checklist-unplaced", test_checklist_unplaced);
  g_test_add_func ("/ui/case-page/checklist-of-earlier-stage", test_checklist_of_earlier_stage);

  g_test_add_func ("/ui/case-page/start-of-text", test_start_of_text);
  g_test_add_func ("/ui/case-page/long-entry", test_long_entry);
  g_test_add_func ("/ui/case-page/long-allegation", test_long_allegation);
  g_test_add_func ("/ui/case-page/days-in-events", test_days_in_events);
  g_test_add_func ("/ui/case-page/names", test_names);
  g_test_add_func ("/ui/case-page/pages", test_pages);

  return ui_end (application, force);
}
