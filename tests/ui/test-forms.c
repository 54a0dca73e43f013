/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-account-dialog.h"
#include "probity-application.h"
#include "probity-complaint-dialog.h"
#include "probity-conflict-dialog.h"
#include "probity-day-row.h"
#include "probity-format.h"
#include "probity-instant-row.h"
#include "probity-intelligence-dialog.h"
#include "probity-intelligence-page.h"
#include "probity-passphrase-rows.h"
#include "probity-person-dialog.h"
#include "probity-seal.h"
#include "probity-sealed-private.h"
#include "probity-second-job-form.h"
#include "probity-staff-row.h"
#include "probity-subjects.h"
#include "probity-text-row.h"
#include "probity-window.h"
#include "ui-fixture.h"

static Force              *force;
static ProbityApplication *application;

static gpointer
wait_for_boxed_or_null (DexFuture *future)
{
  g_autoptr (DexFuture) done = wait_for (future);
  const GValue *value = dex_future_get_value (done, NULL);

  return value != NULL && G_VALUE_HOLDS_BOXED (value) ? g_value_dup_boxed (value) : NULL;
}

static AdwApplicationWindow *
new_window (void)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (adw_application_window_new (GTK_APPLICATION (application)));

  adw_application_window_set_content (window, adw_toast_overlay_new ());
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  ui_present (GTK_WINDOW (window));
  return window;
}

static void
test_validation (void)
{
  g_autoptr (ProbityForm) form = probity_form_new (force->head, probity_record_kind_find ("person"));
  AdwPreferencesPage *page = g_object_ref_sink (ADW_PREFERENCES_PAGE (adw_preferences_page_new ()));
  GtkWidget          *row;

  g_test_summary ("What is wrong is said beside the field as one types; an empty field that is needed only once it was touched");

  probity_form_add_group (form, page, "Person", NULL, (const char *const[]) { "staff_number", "surname", "date_of_birth", "contracted_hours", NULL });
  row = probity_form_get_row (form, "date_of_birth");
  g_assert_false (probity_form_get_valid (form));
  g_assert_false (gtk_widget_has_css_class (probity_form_get_row (form, "staff_number"), "error"));

  probity_form_set_value (form, "staff_number", "7001");
  probity_form_set_value (form, "surname", "Newman");
  g_assert_true (probity_form_get_valid (form));
  gtk_editable_set_text (GTK_EDITABLE (row), "31 February 1980");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_false (probity_form_get_valid (form));
  gtk_editable_set_text (GTK_EDITABLE (row), "3 Nov 1980");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "3 November 1980"));
  probity_form_set_value (form, "staff_number", "");
  g_assert_true (gtk_widget_has_css_class (probity_form_get_row (form, "staff_number"), "error"));
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "has to be filled in"));
  probity_form_set_value (form, "staff_number", "7001");

  probity_form_set_value (form, "contracted_hours", "many");
  g_assert_true (gtk_widget_has_css_class (probity_form_get_row (form, "contracted_hours"), "error"));
  g_object_unref (page);
}

static void
test_values (void)
{
  g_autoptr (ProbityForm) form = probity_form_new (force->head, probity_record_kind_find ("person"));
  AdwPreferencesPage *page = g_object_ref_sink (ADW_PREFERENCES_PAGE (adw_preferences_page_new ()));
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->head, probity_record_kind_find ("person"), "1002"));
  g_autoptr (ProbityValues) values = NULL;
  g_auto (GStrv) fields = NULL;

  g_test_summary ("Of a record being edited only what was changed is saved, and what is fixed cannot be");

  probity_form_add_group (form, page, NULL, NULL, (const char *const[]) { "staff_number", "surname", "date_of_birth", "unit", NULL });
  probity_form_set_record (form, record);
  g_assert_false (probity_form_get_dirty (form));
  g_assert_false (gtk_widget_get_sensitive (probity_form_get_row (form, "staff_number")));
  probity_form_set_value (form, "unit", "Glossop");
  g_assert_true (probity_form_get_dirty (form));
  values = probity_form_dup_values (form);
  fields = probity_values_dup_fields (values);
  g_assert_cmpuint (g_strv_length (fields), ==, 1);
  g_assert_cmpstr (probity_values_get (values, "unit"), ==, "Glossop");
  probity_form_set_value (form, "unit", "");
  g_assert_false (probity_form_get_dirty (form));
  g_object_unref (page);
}

static void
test_day_words (void)
{
  static const struct
  {
    const char *typed;
    const char *iso;
  } days[] = {
    { "2026-11-12", "2026-11-12" },
    { "12 Nov 2026", "2026-11-12" },
    { "12/11/2026", "2026-11-12" },
    { "1/2/2026", "2026-02-01" },
    { "31/4/2026", NULL },
    { "soon", NULL },
  };

  g_test_summary ("Days are read as people in the United Kingdom write them");

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *iso = probity_format_read_day (days[i].typed, NULL);

      g_assert_cmpstr (iso, ==, days[i].iso);
    }
}

static void
test_staff_row (void)
{
  GtkWidget *row = g_object_ref_sink (probity_staff_row_new (force->head));

  g_test_summary ("A staff number that is typed is shown with the person's name");

  gtk_editable_set_text (GTK_EDITABLE (row), "1002");
  wait_until (g_strcmp0 (probity_staff_row_get_name (PROBITY_STAFF_ROW (row)), "Sheila Brannigan") == 0);
  gtk_editable_set_text (GTK_EDITABLE (row), "10");
  g_assert_null (probity_staff_row_get_name (PROBITY_STAFF_ROW (row)));
  g_object_unref (row);
}

static void
saved_cb (AdwDialog      *dialog,
          ProbityRecord  *record,
          ProbityRecord **ret_record)
{
  *ret_record = probity_record_ref (record);
}

static void
test_save_complaint (void)
{
  AdwApplicationWindow *window = new_window ();
  AdwDialog            *dialog = probity_complaint_dialog_new (force->psd);
  ProbitySubjects      *subjects = g_object_get_data (G_OBJECT (dialog), "probity-subjects");
  ProbityForm          *form = probity_form_dialog_get_form (PROBITY_FORM_DIALOG (dialog));
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) list = NULL;

  g_test_summary ("A complaint is saved with whom it is about");

  adw_dialog_present (dialog, GTK_WIDGET (window));
  g_signal_connect (dialog, "saved", G_CALLBACK (saved_cb), &record);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "form.save", NULL);
  g_assert_null (record);
  g_assert_true (gtk_widget_has_css_class (probity_form_get_row (form, "reference"), "error"));

  probity_form_set_value (form, "reference", "CM/2026/900");
  probity_form_set_value (form, "allegation", "Lost property");
  probity_subjects_add (subjects, "1001", "Jon Applegate", NULL);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "form.save", NULL);
  wait_until (record != NULL);
  list = wait_for_boxed (probity_record_load_subjects (force->psd, probity_record_kind_find ("complaint"), probity_record_get_uid (record)));
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((ProbitySubject *) g_ptr_array_index (list, 0))->staff_number, ==, "1001");
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
shows_place (GtkWidget         *view,
             const GtkTextIter *iter)
{
  GtkWidget       *viewport = gtk_widget_get_ancestor (view, GTK_TYPE_VIEWPORT);
  GdkRectangle     cursor;
  graphene_point_t place;
  int              x, y;

  gtk_text_view_get_cursor_locations (GTK_TEXT_VIEW (view), iter, &cursor, NULL);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (view), GTK_TEXT_WINDOW_WIDGET, cursor.x, cursor.y, &x, &y);

  return gtk_widget_compute_point (view, viewport, &GRAPHENE_POINT_INIT ((float) x, (float) y), &place) &&
         place.y >= 0 && place.y + (float) cursor.height <= (float) gtk_widget_get_height (viewport);
}

static gboolean
shows_cursor (GtkWidget *view)
{
  return shows_place (view, NULL);
}

static void
test_long_text (void)
{
  AdwApplicationWindow *window = new_window ();
  GtkWidget            *page = adw_preferences_page_new ();
  GtkWidget            *group = adw_preferences_group_new ();
  GtkWidget            *row = probity_text_row_new ("Summary");
  GtkWidget            *view = ui_find (row, GTK_TYPE_TEXT_VIEW, NULL);
  GtkTextBuffer        *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter           start;

  g_test_summary ("Whoever types more than a form has room for sees what is typed");

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_application_window_set_content (window, page);
  wait_until (gtk_widget_get_mapped (view));
  gtk_widget_grab_focus (view);
  g_assert_true (gtk_widget_is_focus (view));
  for (guint i = 0; i < 60; i++)
    gtk_text_buffer_insert_at_cursor (buffer, "A line of what is alleged\n", -1);
  wait_until (gtk_widget_get_height (view) > 1000);
  wait_until (shows_cursor (view));
  for (guint i = 0; i < 5; i++)
    gtk_text_buffer_insert_at_cursor (buffer, "One more line\n", -1);
  wait_until (shows_cursor (view));
  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_false (shows_place (view, &start));
  gtk_text_buffer_place_cursor (buffer, &start);
  wait_until (shows_cursor (view));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_draft_after_crash (void)
{
  AdwApplicationWindow *window = new_window ();
  AdwDialog            *dialog = probity_complaint_dialog_new (force->psd);
  g_autoptr (ProbityValues) draft = NULL;

  g_test_summary ("What was typed is in the casebook a second later, and a new form offers it");

  adw_dialog_present (dialog, GTK_WIDGET (window));
  ui_settle (GTK_WIDGET (window));
  probity_form_set_value (probity_form_dialog_get_form (PROBITY_FORM_DIALOG (dialog)), "complainant", "Typed and lost");
  probity_subjects_add (g_object_get_data (G_OBJECT (dialog), "probity-subjects"), "1002", NULL, NULL);
  /* nothing is closed properly: another session of the same account reads what is there */
  wait_until (draft != NULL || (draft = wait_for_boxed_or_null (probity_draft_load (force->psd, "complaint/new"))) != NULL);
  g_assert_cmpstr (probity_values_get (draft, "complainant"), ==, "Typed and lost");
  gtk_window_destroy (GTK_WINDOW (window));

  window = new_window ();
  dialog = probity_complaint_dialog_new (force->psd);
  adw_dialog_present (dialog, GTK_WIDGET (window));
  wait_until (adw_banner_get_revealed (ADW_BANNER (ui_find (GTK_WIDGET (dialog), ADW_TYPE_BANNER, NULL))));
  g_assert_false (ui_shows_text (GTK_WIDGET (dialog), "Typed and lost"));
  g_signal_emit_by_name (ui_find (GTK_WIDGET (dialog), ADW_TYPE_BANNER, NULL), "button-clicked");
  g_assert_true (ui_shows_text (GTK_WIDGET (dialog), "Typed and lost"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static ProbityRecord *
update (ProbityRecord *record,
        const char    *field,
        const char    *value)
{
  g_autoptr (ProbityValues) values = probity_values_new ();

  probity_values_set (values, field, value);
  return wait_for_boxed (probity_record_update (force->hr, probity_record_get_kind (record), probity_record_get_uid (record), probity_record_get_version (record), values));
}

static void
test_conflict (void)
{
  AdwApplicationWindow *window = new_window ();
  g_autoptr (ProbityRecord) before = wait_for_boxed (probity_record_load (force->head, probity_record_kind_find ("person"), "1002"));
  AdwDialog   *dialog = probity_person_dialog_new_edit (force->head, before);
  ProbityForm *form = probity_form_dialog_get_form (PROBITY_FORM_DIALOG (dialog));
  g_autoptr (ProbityRecord) theirs = NULL;
  g_autoptr (ProbityRecord) saved = NULL;
  AdwDialog *conflict;

  g_test_summary ("A save that comes second shows both versions, loses neither, and saves what is chosen");

  adw_dialog_present (dialog, GTK_WIDGET (window));
  g_signal_connect (dialog, "saved", G_CALLBACK (saved_cb), &saved);
  probity_form_set_value (form, "unit", "Mine");
  probity_form_set_value (form, "rank", "Sergeant");
  theirs = update (before, "unit", "Theirs");

  gtk_widget_activate_action (GTK_WIDGET (dialog), "form.save", NULL);
  wait_until (PROBITY_IS_CONFLICT_DIALOG (adw_application_window_get_visible_dialog (window)));
  conflict = adw_application_window_get_visible_dialog (window);
  g_assert_true (ui_shows_text (GTK_WIDGET (conflict), "Mine"));
  g_assert_true (ui_shows_text (GTK_WIDGET (conflict), "Theirs"));
  g_assert_true (ui_shows_text (GTK_WIDGET (conflict), "Sergeant"));
  g_assert_null (saved);

  probity_conflict_dialog_choose (PROBITY_CONFLICT_DIALOG (conflict), "unit", FALSE);
  gtk_widget_activate_action (GTK_WIDGET (conflict), "conflict.resolve", NULL);
  wait_until (saved != NULL);
  g_assert_cmpstr (probity_record_get (saved, "unit"), ==, "Theirs");
  g_assert_cmpstr (probity_record_get (saved, "rank"), ==, "Sergeant");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_close_asks (void)
{
  AdwApplicationWindow *window = new_window ();
  AdwDialog            *dialog = probity_person_dialog_new (force->head);
  AdwDialog            *question;

  g_test_summary ("A form closes at once while it is empty, and asks what to do with what was entered");

  adw_dialog_present (dialog, GTK_WIDGET (window));
  g_assert_true (adw_dialog_get_can_close (dialog));
  probity_form_set_value (probity_form_dialog_get_form (PROBITY_FORM_DIALOG (dialog)), "surname", "Halfway");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "form.cancel", NULL);
  question = adw_application_window_get_visible_dialog (window);
  g_assert_true (ADW_IS_ALERT_DIALOG (question));
  g_signal_emit_by_name (question, "response", "discard");
  adw_dialog_force_close (question);
  ui_settle (GTK_WIDGET (window));
  g_assert_null (adw_application_window_get_visible_dialog (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_passphrase_strength (void)
{
  g_test_summary ("Short, repeated and counted-up passphrases are weak; four words are strong");

  g_assert_cmpuint (probity_passphrase_get_strength ("short"), ==, 0);
  g_assert_cmpuint (probity_passphrase_get_strength ("aaaaaaaaaaaaaaaa"), <, 2);
  g_assert_cmpuint (probity_passphrase_get_strength ("123456789012"), <, 2);
  g_assert_cmpuint (probity_passphrase_get_strength ("kettle orbit walnut drum"), >=, 3);
}

static void
test_original_needs_reason (void)
{
  ProbityWindow *window = probity_window_new (ADW_APPLICATION (application));
  g_autoptr (ProbitySession) session = session_fixture_sign_in (force->casebook, "decider");
  g_autofree char *uid = force_add_report (force, "IR/2026/0900", "the words of the source", "a sanitised sentence", "1001", NULL);
  GtkWidget       *page;
  AdwDialog       *dialog;

  g_test_summary ("The original text of a report is on no page, and opens to others only after a reason");

  ui_present (GTK_WINDOW (window));
  probity_window_set_session (window, session);
  probity_window_open_record (window, "intelligence-report", uid);
  wait_until (ui_shows_text (GTK_WIDGET (window), "a sanitised sentence"));
  g_assert_false (ui_shows_text (GTK_WIDGET (window), "the words of the source"));
  page = ui_find (GTK_WIDGET (window), PROBITY_TYPE_INTELLIGENCE_PAGE, NULL);

  gtk_widget_activate_action (page, "intelligence.show-original", NULL);
  wait_until (ADW_IS_ALERT_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))));
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_false (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "show"));
  gtk_editable_set_text (GTK_EDITABLE (ui_find_titled (GTK_WIDGET (dialog), "Reason")), "to judge an appeal");
  g_assert_true (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "show"));
  g_signal_emit_by_name (dialog, "response", "show");
  adw_dialog_force_close (dialog);
  wait_until (ui_shows_text (GTK_WIDGET (window), "the words of the source"));
  adw_dialog_force_close (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  ui_settle (GTK_WIDGET (window));
  g_assert_false (ui_shows_text (GTK_WIDGET (window), "the words of the source"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_focus_row (AdwApplicationWindow *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus != NULL ? (GTK_IS_LIST_BOX_ROW (focus) ? focus : gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW)) : NULL;
}

static float
get_y (GtkWidget *widget,
       GtkWidget *in)
{
  graphene_point_t point;

  g_assert_true (gtk_widget_compute_point (widget, in, &GRAPHENE_POINT_INIT (0, 0), &point));
  return point.y;
}

static void
test_tab_order (void)
{
  g_test_summary ("A form begins in its first field; Tab goes through the fields as one reads them, each of them, and never back up");

  for (guint d = 0; d < 5; d++)
    {
      AdwApplicationWindow *window = new_window ();
      AdwDialog            *dialogs[] = {
        probity_person_dialog_new (force->head),
        probity_complaint_dialog_new (force->psd),
        ADW_DIALOG (probity_second_job_form_new (force->hr)),
        probity_intelligence_dialog_new (force->acu),
        probity_account_dialog_new (force->decider),
      };
      AdwDialog *dialog = dialogs[d];
      g_autoptr (GHashTable) met = g_hash_table_new (NULL, NULL);
      GtkWidget *content, *first, *before = NULL;
      guint      n_fields = 0;

      for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
        if (i != d)
          g_object_unref (g_object_ref_sink (dialogs[i]));
      adw_dialog_present (dialog, GTK_WIDGET (window));
      ui_settle (GTK_WIDGET (window));
      /* One begins with what is to be entered, not with the button that gives it up. */
      first = find_focus_row (window);
      g_assert_nonnull (first);
      gtk_window_set_focus (GTK_WINDOW (window), NULL);
      for (guint i = 0; i < 300; i++)
        {
          GtkWidget *row;

          if (!gtk_widget_child_focus (GTK_WIDGET (dialog), GTK_DIR_TAB_FORWARD))
            break;
          row = find_focus_row (window);
          content = row != NULL ? gtk_widget_get_ancestor (row, GTK_TYPE_VIEWPORT) : NULL;
          if (content == NULL || row == before)
            continue;
          content = gtk_viewport_get_child (GTK_VIEWPORT (content));
          /* Round again from the first. */
          if (g_hash_table_contains (met, row))
            break;
          if (before != NULL)
            g_assert_cmpfloat (get_y (row, content), >=, get_y (before, content));
          else
            g_assert_true (row == first);
          g_hash_table_add (met, row);
          before = row;
          n_fields++;
        }
      g_test_message ("%s: %u rows", adw_dialog_get_title (dialog), n_fields);
      g_assert_cmpuint (n_fields, >, 4);
      adw_dialog_force_close (dialog);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
note_text_cb (GtkEditable *editable,
              GString     *told)
{
  g_string_append_printf (told, "[%s]", gtk_editable_get_text (editable));
}

/* A button that is pressed as the entry is left must not become insensitive in between: the click would be lost. */
static void
test_replaced_text_is_never_empty (void)
{
  g_autoptr (GtkWidget) instant = g_object_ref_sink (probity_instant_row_new ());
  g_autoptr (GtkWidget) day = g_object_ref_sink (probity_day_row_new ());
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree char *expected = NULL;

  g_test_summary ("What was typed is put into one form without the entry being empty in between");

  gtk_editable_set_text (GTK_EDITABLE (instant), "2026-11-12 9:30");
  gtk_editable_set_text (GTK_EDITABLE (day), "2026-11-12");
  g_signal_connect (instant, "changed", G_CALLBACK (note_text_cb), told);
  g_signal_connect (day, "changed", G_CALLBACK (note_text_cb), told);
  probity_instant_row_set_value (PROBITY_INSTANT_ROW (instant), "2026-11-12T09:30:00.000Z");
  probity_day_row_set_value (PROBITY_DAY_ROW (day), "2026-11-12");
  expected = g_strdup_printf ("[%s][%s]", gtk_editable_get_text (GTK_EDITABLE (instant)), gtk_editable_get_text (GTK_EDITABLE (day)));
  g_assert_cmpstr (told->str, ==, expected);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (day)), ==, "12 Nov 2026");

  g_string_truncate (told, 0);
  probity_instant_row_set_value (PROBITY_INSTANT_ROW (instant), NULL);
  probity_day_row_set_value (PROBITY_DAY_ROW (day), NULL);
  g_assert_cmpstr (told->str, ==, "[][]");
}

static void
type (gpointer    form,
      const char *title,
      const char *text)
{
  GtkWidget *row = ui_find_titled (form, title);

  g_assert_nonnull (row);
  if (PROBITY_IS_TEXT_ROW (row))
    probity_text_row_set_text (PROBITY_TEXT_ROW (row), text);
  else
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
test_application_sealed (void)
{
  AdwApplicationWindow *window = new_window ();
  GtkWidget            *open = g_object_ref_sink (probity_second_job_form_new (force->hr));
  GtkWidget            *form, *submit;
  g_autoptr (GPtrArray) cases = NULL;

  g_test_summary ("The anti-corruption unit enters an application sealed and in no other way, with a reason; human resources are not asked");

  g_assert_null (ui_find_titled (open, "Sealed"));
  g_object_unref (open);

  probity_sealed_places_per_account = 1;
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  probity_sealed_places_per_account = 0;
  form = probity_second_job_form_new (force->acu);
  adw_dialog_present (ADW_DIALOG (form), GTK_WIDGET (window));
  submit = adw_dialog_get_default_widget (ADW_DIALOG (form));
  g_assert_true (adw_switch_row_get_active (ADW_SWITCH_ROW (ui_find_titled (form, "Sealed"))));
  g_assert_false (gtk_widget_get_sensitive (ui_find_titled (form, "Sealed")));
  type (form, "Applicant", "1001");
  type (form, "Employer or business", "Zyxwbakery");
  type (form, "Nature of the work", "Baking");
  type (form, "Weekly hours", "4");
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find_titled (form, "Category")), 1);
  /* His manager is offered once it is known whose people he is. */
  wait_until (ui_find (form, GTK_TYPE_CHECK_BUTTON, "manager") != NULL);
  g_assert_false (gtk_widget_get_sensitive (submit));
  type (form, "Reason for the seal", "Handed over in an envelope.");
  wait_until (gtk_widget_get_sensitive (submit));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (ui_find (form, GTK_TYPE_CHECK_BUTTON, "manager")), TRUE);
  g_signal_emit_by_name (submit, "clicked");
  wait_until (adw_application_window_get_visible_dialog (window) == NULL);

  cases = wait_for_boxed (probity_case_load_sealed (force->acu));
  g_assert_cmpuint (cases->len, ==, 1);
  g_assert_cmpstr (probity_record_get (g_ptr_array_index (cases, 0), "employer"), ==, "Zyxwbakery");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  application = ui_begin (&argc, &argv);
  force = force_new ("derbyshire");

  g_test_add_func ("/ui/form/validation", test_validation);
  g_test_add_func ("/ui/form/values", test_values);
  g_test_add_func ("/ui/form/day-words", test_day_words);
  g_test_add_func ("/ui/form/replaced-text", test_replaced_text_is_never_empty);
  g_test_add_func ("/ui/form/staff-row", test_staff_row);
  g_test_add_func ("/ui/form/save-complaint", test_save_complaint);
  g_test_add_func ("/ui/form/long-text", test_long_text);
  g_test_add_func ("/ui/form/draft-after-crash", test_draft_after_crash);
  g_test_add_func ("/ui/form/conflict", test_conflict);
  g_test_add_func ("/ui/form/close-asks", test_close_asks);
  g_test_add_func ("/ui/form/passphrase-strength", test_passphrase_strength);
  g_test_add_func ("/ui/form/tab-order", test_tab_order);
  g_test_add_func ("/ui/form/original-needs-reason", test_original_needs_reason);
  g_test_add_func ("/ui/form/application-sealed", test_application_sealed);
  return ui_end (application, force);
}
