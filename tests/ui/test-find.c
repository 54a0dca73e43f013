/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-application.h"
#include "probity-live-index.h"
#include "probity-page.h"
#include "probity-screen-page.h"
#include "probity-search-dialog.h"
#include "probity-search-row.h"
#include "probity-window.h"
#include "ui-fixture.h"

static Force              *force;
static ProbityApplication *application;

static ProbityWindow *
new_window_as (ProbitySession *session)
{
  ProbityWindow *window = probity_window_new (ADW_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  ui_present (GTK_WINDOW (window));
  probity_window_set_session (window, session);
  return window;
}

static ProbitySearchDialog *
find_dialog (ProbityWindow *window)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));

  return PROBITY_IS_SEARCH_DIALOG (dialog) ? PROBITY_SEARCH_DIALOG (dialog) : NULL;
}

static gboolean
shows (ProbitySearchDialog *dialog,
       const char          *state)
{
  return g_str_equal (probity_search_dialog_get_state (dialog), state);
}

static void
test_typed_found_opened (void)
{
  ProbityWindow       *window = new_window_as (force->decider);
  ProbitySearchDialog *dialog;
  GtkWidget           *entry;

  g_test_summary ("Ctrl+K’s action, words, Return: the record is open and the dialog gone");

  gtk_widget_activate_action (GTK_WIDGET (window), "win.find", NULL);
  dialog = find_dialog (window);
  g_assert_nonnull (dialog);
  g_assert_true (shows (dialog, "start"));

  probity_search_dialog_set_words (dialog, "zzzz");
  wait_until (shows (dialog, "nothing"));
  probity_search_dialog_set_words (dialog, "4111");
  wait_until (shows (dialog, "results"));
  g_assert_true (ui_shows_text (GTK_WIDGET (dialog), "People"));

  entry = ui_find (GTK_WIDGET (dialog), GTK_TYPE_SEARCH_ENTRY, NULL);
  g_signal_emit_by_name (entry, "activate");
  wait_until (find_dialog (window) == NULL);
  wait_until (ui_shows_text (GTK_WIDGET (window), "4111"));

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_closes_and_forgets (void)
{
  ProbityWindow       *window = new_window_as (force->hr);
  ProbitySearchDialog *dialog;

  g_test_summary ("Escape closes; less than two letters show nothing of what was found before");

  gtk_widget_activate_action (GTK_WIDGET (window), "win.find", NULL);
  dialog = find_dialog (window);
  probity_search_dialog_set_words (dialog, "marsh");
  wait_until (shows (dialog, "results"));
  g_assert_cmpuint (ui_count (GTK_WIDGET (dialog), PROBITY_TYPE_SEARCH_ROW), >, 0);
  probity_search_dialog_set_words (dialog, "m");
  wait_until (shows (dialog, "start"));
  g_assert_cmpuint (ui_count (GTK_WIDGET (dialog), PROBITY_TYPE_SEARCH_ROW), ==, 0);

  g_signal_emit_by_name (ui_find (GTK_WIDGET (dialog), GTK_TYPE_SEARCH_ENTRY, NULL), "stop-search");
  wait_until (find_dialog (window) == NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gint64
count_searches (void)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (force->psd), PROBITY_COMPARTMENT_STANDARDS, "SELECT count (*) FROM audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq WHERE e.field = 'search' AND v.new LIKE 'applegate (%'", NULL));
}

static void
test_settled_search_is_logged (void)
{
  ProbityWindow       *window = new_window_as (force->psd);
  ProbitySearchDialog *dialog;

  g_test_summary ("What was looked for is in the log once, however it was typed, when the dialog closes at the latest");

  gtk_widget_activate_action (GTK_WIDGET (window), "win.find", NULL);
  dialog = find_dialog (window);
  probity_search_dialog_set_words (dialog, "apple");
  probity_search_dialog_set_words (dialog, "applegate");
  wait_until (shows (dialog, "results"));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  wait_until (count_searches () == 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

typedef struct
{
  GString       *states;
  guint          n_removed;
  GtkListBox    *list;
  GtkListBoxRow *first; /* row that was ever shown */
} Seen;

static void
state_cb (Seen       *seen,
          GParamSpec *spec,
          GtkStack   *stack)
{
  g_string_append_printf (seen->states, " %s", gtk_stack_get_visible_child_name (stack));
}

static void
rows_cb (Seen       *seen,
         guint       position,
         guint       n_removed,
         guint       n_added,
         GListModel *rows)
{
  seen->n_removed += n_removed;
  if (seen->first == NULL)
    seen->first = gtk_list_box_get_row_at_index (seen->list, 0);
}

/* As somebody just signed in whose names nobody has read; the states that the dialog went through until it shows @awaited. */
static char *
type_before_names_are_read (const char *words,
                            const char *awaited,
                            guint       n_rows)
{
  ProbitySession      *session = session_fixture_sign_in (force->casebook, "psd");
  ProbityWindow       *window = new_window_as (session);
  ProbitySearchDialog *dialog;
  Seen                 seen = { g_string_new (NULL) };
  g_autoptr (GListModel) rows = NULL;
  GtkWidget *list, *stack;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.find", NULL);
  dialog = find_dialog (window);
  list = ui_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_BOX, NULL);
  seen.list = GTK_LIST_BOX (list);
  rows = gtk_widget_observe_children (list);
  stack = gtk_widget_get_ancestor (list, GTK_TYPE_STACK);
  g_signal_connect_swapped (stack, "notify::visible-child-name", G_CALLBACK (state_cb), &seen);
  g_signal_connect_swapped (rows, "items-changed", G_CALLBACK (rows_cb), &seen);
  probity_search_dialog_set_words (dialog, words);
  wait_until (ui_shows_text (GTK_WIDGET (dialog), awaited));
  g_assert_cmpuint (ui_count (GTK_WIDGET (dialog), PROBITY_TYPE_SEARCH_ROW), ==, n_rows);
  g_assert_cmpuint (seen.n_removed, ==, 0);
  g_assert_true (seen.first == gtk_list_box_get_row_at_index (seen.list, 0));
  g_assert_false (ui_shows_text (GTK_WIDGET (dialog), "Names are still being read"));

  g_signal_handlers_disconnect_by_data (stack, &seen);
  g_signal_handlers_disconnect_by_data (rows, &seen);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (session);

  return g_string_free_and_steal (seen.states);
}

static void
test_names_come_later (void)
{
  const gint64     few = probity_live_index_few;
  g_autofree char *none = NULL;
  g_autofree char *some = NULL;

  g_test_summary ("As long as names are being read the search says so; what they add stands below what is shown, which stays where it is");

  probity_live_index_few = -1;
  none = type_before_names_are_read ("Quintus Zeddekiah", "7002", 2);
  g_assert_cmpstr (none, ==, " names results");
  some = type_before_names_are_read ("Zedekyah", "7001", 2);
  g_assert_cmpstr (some, ==, " results");
  probity_live_index_few = few;
}

/* Opens a file of @content, and waits until it was read or refused. */
static void
open_document (ProbityScreenPage *page,
               const char        *content)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("document-XXXXXX", &stream, NULL);

  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)), content, strlen (content), NULL, NULL, NULL));
  probity_screen_page_open (page, file);
  g_assert_cmpstr (probity_screen_page_get_state (page), ==, "loading");
  wait_until (g_str_equal (probity_screen_page_get_state (page), "text"));
  g_file_delete (file, NULL, NULL);
}

/* Answers the question that stands there. */
static void
answer (ProbityWindow *window,
        const char    *response)
{
  AdwDialog *question = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));

  g_assert_true (ADW_IS_ALERT_DIALOG (question));
  g_signal_emit_by_name (question, "response", response);
  adw_dialog_force_close (question);
  wait_until (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL);
}

/* What stands in the box. */
static char *
dup_text (ProbityScreenPage *page)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (ui_find (GTK_WIDGET (page), GTK_TYPE_TEXT_VIEW, NULL)));
  char          *text = NULL;

  g_object_get (buffer, "text", &text, NULL);

  return text;
}

/* A document that is opened stands there as text, a PDF too; what cannot be read says why, and the text stays. */
static void
check_documents (ProbityWindow     *window,
                 ProbityScreenPage *page)
{
  static const char *const pdf = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
                                 "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
                                 "4 0 obj<</Length 60>>\nstream\nBT /F 12 Tf 50 800 Td (PC Jonathan) Tj 0 -15 Td (Applegate) Tj ET\nendstream endobj\n"
                                 "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

  /* What was typed or pasted is not replaced unasked; what a file said is. */
  for (guint i = 0; i < 3; i++)
    {
      const char *const responses[] = { "cancel", "append", "replace" };
      const char *const pasted = "PC Jonathan Applegate, 1001, of Operation Larkspur.";
      g_autofree char  *text = NULL;

      open_document (page, "A plain text.");
      answer (window, responses[i]);
      text = dup_text (page);
      g_assert_cmpint (strstr (text, pasted) != NULL, ==, i < 2);
      g_assert_cmpint (strstr (text, "A plain text.") != NULL, ==, i > 0);
    }
  open_document (page, "Another text.");
  g_assert_null (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "Another text."));
  open_document (page, "");
  g_assert_true (ui_shows_text (GTK_WIDGET (window), "The file is empty"));
  answer (window, "close");
  open_document (page, " \n \n");
  g_assert_true (ui_shows_text (GTK_WIDGET (window), "There is no text in it."));
  answer (window, "close");
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "Another text."));
  /* Only a development build starts the program beside it. */
  if (!g_file_test (PROBITY_PDF_TEXT, G_FILE_TEST_IS_EXECUTABLE))
    return;
  open_document (page, pdf);
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "PC Jonathan\nApplegate"));
  open_document (page, "%PDF-1.7\nno more");
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "PC Jonathan\nApplegate"));
  g_assert_true (ui_shows_text (GTK_WIDGET (window), "It is damaged, or was made to do harm."));
}

/* A page that draws forms which draw forms, each the next one ten times: more than any computer comes to the end of. */
static char *
make_endless_pdf (void)
{
  static const char content[] = "/F Do /F Do /F Do /F Do /F Do /F Do /F Do /F Do /F Do /F Do";
  GString          *pdf = g_string_new ("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
                                        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>endobj\n");

  g_string_append_printf (pdf, "4 0 obj<</Length %zu>>\nstream\n%s\nendstream endobj\n", strlen (content), content);
  for (guint i = 5; i < 17; i++)
    g_string_append_printf (pdf, "%u 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 900 900]/Resources<</XObject<</F %u 0 R>>>>/Length %zu>>\nstream\n%s\nendstream endobj\n", i, i + 1, strlen (content), content);
  g_string_append (pdf, "17 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 900 900]/Length 0>>\nstream\n\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

  return g_string_free_and_steal (pdf);
}

/* The process that reads PDF files for this one; 0 if there is none. */
static int
find_pdf_reader (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while ((task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", task, "children", NULL);
      g_autofree char *children = NULL;
      g_auto (GStrv) pids = NULL;

      if (!g_file_get_contents (path, &children, NULL, NULL))
        continue;
      pids = g_strsplit (children, " ", -1);
      for (guint i = 0; pids[i] != NULL; i++)
        {
          g_autofree char *name_path = g_build_filename ("/proc", pids[i], "comm", NULL);
          g_autofree char *name = NULL;

          if (*pids[i] != '\0' && g_file_get_contents (name_path, &name, NULL, NULL) && g_str_has_prefix (name, "probity-pdf"))
            return atoi (pids[i]);
        }
    }

  return 0;
}

static void
test_reading_is_cancelled (void)
{
  /* A window that closes signs out whom it was opened for. */
  g_autoptr (ProbitySession) session = session_fixture_sign_in (force->casebook, "acu");
  ProbityWindow     *window = new_window_as (session);
  ProbityScreenPage *page;
  g_autofree char   *pdf = make_endless_pdf ();
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileIOStream) stream = NULL;
  GtkWidget *cancel;

  g_test_summary ("Reading a PDF can be cancelled: the program that reads it is ended, and the page is as it was");

  if (!g_file_test (PROBITY_PDF_TEXT, G_FILE_TEST_IS_EXECUTABLE))
    {
      g_test_skip ("only a development build starts the program beside it");
      gtk_window_destroy (GTK_WINDOW (window));
      return;
    }
  file = g_file_new_tmp ("endless-XXXXXX.pdf", &stream, NULL);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)), pdf, strlen (pdf), NULL, NULL, NULL));

  probity_window_show_section (window, "screening");
  page = PROBITY_SCREEN_PAGE (ui_find (GTK_WIDGET (window), PROBITY_TYPE_SCREEN_PAGE, NULL));
  probity_screen_page_screen (page, "PC Jonathan Applegate, 1001, of Operation Larkspur.");
  wait_until (g_str_equal (probity_screen_page_get_state (page), "findings"));
  cancel = ui_find_any_button (GTK_WIDGET (page), "_Cancel");
  g_assert_nonnull (cancel);
  g_assert_false (gtk_widget_get_mapped (cancel));

  probity_screen_page_open (page, file);
  wait_until (find_pdf_reader () != 0);
  g_assert_cmpstr (probity_screen_page_get_state (page), ==, "loading");
  g_assert_true (gtk_widget_get_mapped (cancel));
  g_signal_emit_by_name (cancel, "clicked");

  g_assert_cmpstr (probity_screen_page_get_state (page), ==, "findings");
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "2 found"));
  wait_until (find_pdf_reader () == 0);
  ui_settle (GTK_WIDGET (page));
  g_assert_cmpstr (probity_screen_page_get_state (page), ==, "findings");
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "PC Jonathan Applegate, 1001, of Operation Larkspur."));

  g_file_delete (file, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_screening (void)
{
  ProbityWindow     *window = new_window_as (force->acu);
  ProbityScreenPage *page;

  g_test_summary ("A text is screened, findings open their record, and the text is there again");

  probity_window_show_section (window, "screening");
  page = PROBITY_SCREEN_PAGE (ui_find (GTK_WIDGET (window), PROBITY_TYPE_SCREEN_PAGE, NULL));
  g_assert_cmpstr (probity_screen_page_get_state (page), ==, "text");
  probity_screen_page_screen (page, "Nobody at all.");
  wait_until (g_str_equal (probity_screen_page_get_state (page), "nothing"));
  probity_screen_page_screen (page, "PC Jonathan Applegate, 1001, of Operation Larkspur.");
  wait_until (g_str_equal (probity_screen_page_get_state (page), "findings"));
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "Operations"));
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "1001"));
  check_documents (window, page);
  gtk_window_destroy (GTK_WINDOW (window));

  window = new_window_as (force->head);
  probity_window_show_section (window, "screening");
  g_assert_null (ui_find (GTK_WIDGET (window), PROBITY_TYPE_SCREEN_PAGE, NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  application = ui_begin (&argc, &argv);
  force = force_new ("derbyshire");
  ui_populate (force);
  force_add_person (force, "7001", "Quintus", "Zedekiah", "1980-01-01", NULL);
  force_add_person (force, "7002", "Quintus", "Zedekyah", "1980-01-01", NULL);

  g_test_add_func ("/search/typed-found-opened", test_typed_found_opened);
  g_test_add_func ("/search/closes-and-forgets", test_closes_and_forgets);
  g_test_add_func ("/search/settled-search-is-logged", test_settled_search_is_logged);
  g_test_add_func ("/search/screening", test_screening);
  g_test_add_func ("/search/names-come-later", test_names_come_later);
  g_test_add_func ("/search/reading-is-cancelled", test_reading_is_cancelled);
  return ui_end (application, force);
}
