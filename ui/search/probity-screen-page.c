/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-screen-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "probity-choose-path.h"
#include "probity-document.h"
#include "probity-labels.h"
#include "probity-reply.h"
#include "probity-screen.h"
#include "probity-search-row.h"
#include "probity-sections.h"
#include "probity-toast.h"

struct _ProbityScreenPage
{
  ProbityPage parent_instance;

  char         *name;    /* of the file whose text is there, with its digest */
  GCancellable *reading; /* while a file is read */
  const char   *before;  /* what was shown when its reading began */
  guint         n_found;

  GtkStack    *stack;
  GtkTextView *text_view;
  GtkWidget   *screen_button;
  GtkWidget   *again_button;
  GtkListBox  *findings_list;
  GtkLabel    *reading_label;
  GtkWidget   *cancel_button;
};

G_DEFINE_FINAL_TYPE (ProbityScreenPage, probity_screen_page, PROBITY_TYPE_PAGE)

static void
show_state (ProbityScreenPage *self,
            const char        *state)
{
  g_autofree char *count = NULL;

  if (g_str_equal (state, "findings"))
    count = g_strdup_printf (ngettext ("%u found", "%u found", self->n_found), self->n_found);
  gtk_stack_set_visible_child_name (self->stack, state);
  gtk_widget_set_visible (self->again_button, g_str_equal (state, "findings") || g_str_equal (state, "nothing"));
  gtk_widget_set_visible (GTK_WIDGET (self->reading_label), self->reading != NULL);
  gtk_widget_set_visible (self->cancel_button, self->reading != NULL);
  probity_page_set_subtitle (PROBITY_PAGE (self), count);
}

static const char *
get_heading (const char *kind)
{
  if (g_str_equal (kind, "operation"))
    return _ ("Operations");
  if (g_str_equal (kind, "outlet"))
    return _ ("Newspapers and Broadcasters");
  if (g_str_equal (kind, "journalist"))
    return _ ("Journalists");

  return probity_label_for_kind (kind);
}

/* What was found in the line around it. */
static GArray *
mark_context (const ProbityScreenFinding *finding,
              const char                 *text)
{
  const ProbitySearchMark *place = &g_array_index (finding->places, ProbitySearchMark, 0);
  g_autofree char         *words = g_strndup (text + place->start, place->length);
  const char              *there = finding->context != NULL ? strstr (finding->context, words) : NULL;
  GArray                  *marks = g_array_new (FALSE, FALSE, sizeof (ProbitySearchMark));

  if (there != NULL)
    {
      ProbitySearchMark mark = { (guint) (there - finding->context), place->length };

      g_array_append_val (marks, mark);
    }

  return marks;
}

static GtkWidget *
make_row (const ProbityScreenFinding *finding,
          const char                 *text)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (ProbitySearchMark));
  g_autoptr (GArray) marks = mark_context (finding, text);
  g_autofree char *why = NULL;
  GtkWidget       *row;

  /* Translators: why a text is taken to name a record; how sure that is, in per cent; and in how many places */
  why = g_strdup_printf (ngettext ("%s · %.0f %% · %u place", "%s · %.0f %% · %u places", finding->places->len), finding->why, finding->score * 100, finding->places->len);
  row = probity_search_row_new (&(ProbitySearchHit) {
      .kind = finding->kind,
      .compartment = finding->compartment,
      .uid = finding->uid,
      .reference = finding->reference,
      .title = finding->title,
      .snippet = finding->context,
      .why = why,
      .reference_marks = none,
      .title_marks = none,
      .snippet_marks = marks,
  });
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), finding->uid != NULL && probity_record_view_find (finding->kind) != NULL);

  return row;
}

static char *
dup_text (ProbityScreenPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* A file may have been dropped while the text was screened. */
static void
show_result (ProbityScreenPage *self,
             const char        *state)
{
  if (self->reading != NULL)
    self->before = state;
  else
    show_state (self, state);
}

static void
screened_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  ProbityScreenPage *self = PROBITY_SCREEN_PAGE (object);
  GPtrArray         *findings;
  g_autofree char   *text = NULL;

  if (self->stack == NULL)
    return;
  if (error != NULL)
    {
      show_result (self, "text");
      probity_toast_error (GTK_WIDGET (self), error);
      return;
    }

  findings = g_value_get_boxed (value);
  text = dup_text (self);
  gtk_list_box_remove_all (self->findings_list);
  for (guint i = 0; i < findings->len; i++)
    gtk_list_box_append (self->findings_list, make_row (g_ptr_array_index (findings, i), text));
  self->n_found = findings->len;
  show_result (self, findings->len > 0 ? "findings" : "nothing");
}

static void
screen_cb (ProbityScreenPage *self)
{
  g_autofree char *text = dup_text (self);

  g_assert (PROBITY_IS_SCREEN_PAGE (self));

  show_state (self, "loading");
  probity_reply (probity_screen (probity_page_get_session (PROBITY_PAGE (self)), text, self->name), self, screened_cb);
}

static void
again_cb (ProbityScreenPage *self)
{
  g_assert (PROBITY_IS_SCREEN_PAGE (self));

  show_state (self, "text");
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
text_changed_cb (ProbityScreenPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);

  g_assert (PROBITY_IS_SCREEN_PAGE (self));

  gtk_widget_set_sensitive (self->screen_button, gtk_text_buffer_get_char_count (buffer) > 0);
  /* What was changed is no longer what the file says. */
  g_clear_pointer (&self->name, g_free);
}

static void
row_activated_cb (ProbityScreenPage *self,
                  GtkListBoxRow     *row)
{
  ProbitySearchRow *found = PROBITY_SEARCH_ROW (row);

  g_assert (PROBITY_IS_SCREEN_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(ss)", probity_search_row_get_kind (found), probity_search_row_get_uid (found));
}

/* Files ------------------------------------------------------------------------------------------ */

/* Why a document is not there, for the person who opened it; NULL where an error says it itself. */
static const char *
get_reason (const GError *error)
{
  if (error->domain != PROBITY_DOCUMENT_ERROR)
    return NULL;

  switch ((ProbityDocumentError) error->code)
    {
    case PROBITY_DOCUMENT_ERROR_KIND:
      return _ ("Plain texts, OpenDocument texts (.odt) and PDF files are read. Open another document with the program that made it, copy its text and paste it here.");
    case PROBITY_DOCUMENT_ERROR_TOO_LARGE:
      return _ ("It is too long to be screened.");
    case PROBITY_DOCUMENT_ERROR_ENCRYPTED:
      return _ ("It is encrypted. Open it with its passphrase, copy its text and paste it here.");
    case PROBITY_DOCUMENT_ERROR_NO_TEXT:
      return _ ("There is no text in it. A scan holds pictures of pages only: what it says has to be typed or recognised by another program first.");
    case PROBITY_DOCUMENT_ERROR_EMPTY:
      return _ ("The file is empty: there is nothing at all in it. It may not have been copied whole.");
    case PROBITY_DOCUMENT_ERROR_TIME:
      return _ ("It took too long to be read and was given up.");
    case PROBITY_DOCUMENT_ERROR_UNAVAILABLE:
      return _ ("PDF files cannot be read on this computer: the program that reads them is missing or could not give up its rights. Open the file with another program, copy its text and paste it here.");
    case PROBITY_DOCUMENT_ERROR_DAMAGED:
      return _ ("It is damaged, or was made to do harm. Nothing of it was used.");
    }

  return NULL;
}

static void
show_document (ProbityScreenPage     *self,
               const ProbityDocument *document)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), document->text, -1);
  self->name = probity_document_dup_label (document);
}

static void
append_document (ProbityScreenPage     *self,
                 const ProbityDocument *document)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter    end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, "\n\n", -1);
  gtk_text_buffer_insert (buffer, &end, document->text, -1);
}

static void
replace_answered_cb (ProbityScreenPage *self,
                     const char        *response,
                     AdwDialog         *question)
{
  const ProbityDocument *document = g_object_get_data (G_OBJECT (question), "document");

  g_assert (PROBITY_IS_SCREEN_PAGE (self));

  if (self->stack == NULL)
    return;
  if (g_str_equal (response, "replace"))
    show_document (self, document);
  else if (g_str_equal (response, "append"))
    append_document (self, document);
}

/* What somebody typed or pasted stands nowhere else. */
static void
ask_to_replace (ProbityScreenPage *self,
                ProbityDocument   *document /* transfer full */)
{
  /* Translators: %s is the name of a file. */
  g_autofree char *body = g_strdup_printf (_ ("What you typed or pasted is stored nowhere. The text of “%s” can take its place, or stand below it."), document->name);
  AdwDialog       *question = adw_alert_dialog_new (_ ("Replace Your Text?"), body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (question), "cancel", _ ("_Cancel"), "append", _ ("_Add Below"), "replace", _ ("_Replace"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (question), "replace", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (question), "append");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (question), "cancel");
  g_object_set_data_full (G_OBJECT (question), "document", document, (GDestroyNotify) probity_document_free);
  g_signal_connect_object (question, "response", G_CALLBACK (replace_answered_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (question, GTK_WIDGET (self));
}

/* The unchanged text of another file can be opened again. */
static gboolean
is_written_by_hand (ProbityScreenPage *self)
{
  return self->name == NULL && gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (self->text_view)) > 0;
}

static void
file_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (ProbityScreenPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityDocument) document = probity_document_load_finish (G_FILE (object), result, &error);
  const char *reason;

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  show_state (self, "text");
  if (document != NULL && is_written_by_hand (self))
    ask_to_replace (self, g_steal_pointer (&document));
  else if (document != NULL)
    show_document (self, document);
  else if ((reason = get_reason (error)) != NULL)
    probity_alert (GTK_WIDGET (self), _ ("This File Cannot Be Read"), reason);
  else
    probity_toast_error (GTK_WIDGET (self), error);
}

void
probity_screen_page_open (ProbityScreenPage *self,
                          GFile             *file)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autofree char *reading = NULL;

  g_return_if_fail (PROBITY_IS_SCREEN_PAGE (self));
  g_return_if_fail (G_IS_FILE (file));

  /* Of a second file dropped meanwhile it is still the page before the first. */
  if (self->reading == NULL)
    self->before = g_intern_string (gtk_stack_get_visible_child_name (self->stack));
  else
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  base = g_file_get_basename (file);
  name = g_filename_display_name (base);
  /* Translators: %s is the name of a file. */
  reading = g_strdup_printf (_ ("Reading “%s”…"), name);
  gtk_label_set_text (self->reading_label, reading);
  show_state (self, "loading");
  probity_document_load_async (file, self->reading, file_read_cb, g_object_ref (self));
}

/* The page is as it was, and a program that reads a PDF is ended. */
static void
cancel_cb (ProbityScreenPage *self)
{
  g_assert (PROBITY_IS_SCREEN_PAGE (self));

  if (self->reading == NULL)
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  show_state (self, self->before);
  gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
file_chosen_cb (gpointer    widget,
                const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  probity_screen_page_open (widget, file);
}

static gboolean
drop_cb (ProbityScreenPage *self,
         const GValue      *value)
{
  GSList *files = g_value_get_boxed (value);

  g_assert (PROBITY_IS_SCREEN_PAGE (self));

  if (files == NULL)
    return FALSE;
  if (files->next != NULL)
    {
      probity_toast (GTK_WIDGET (self), _ ("Each document is screened by itself: drop one file at a time."));
      return FALSE;
    }
  probity_screen_page_open (self, files->data);

  return TRUE;
}

static GListStore *
make_filters (void)
{
  static const char *const types[] = { "text/plain", "application/vnd.oasis.opendocument.text", "application/pdf" };
  static const char *const suffixes[] = { "txt", "odt", "pdf" };
  GListStore              *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) documents = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (documents, _ ("Texts, OpenDocument Texts and PDF"));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gtk_file_filter_add_mime_type (documents, types[i]);
      gtk_file_filter_add_suffix (documents, suffixes[i]);
    }
  g_list_store_append (filters, documents);
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, all);

  return filters;
}

static void
open_cb (ProbityScreenPage *self)
{
  g_autoptr (GListStore) filters = make_filters ();

  g_assert (PROBITY_IS_SCREEN_PAGE (self));

  probity_choose_file (GTK_WIDGET (self), _ ("Open a Text to Screen"), G_LIST_MODEL (filters), file_chosen_cb);
}

/* ------------------------------------------------------------------------------------------------ */

static void
update_header_cb (GtkListBoxRow *row,
                  GtkListBoxRow *before,
                  gpointer       data)
{
  const char *kind = probity_search_row_get_kind (PROBITY_SEARCH_ROW (row));
  GtkWidget  *label;

  if (before != NULL && g_str_equal (probity_search_row_get_kind (PROBITY_SEARCH_ROW (before)), kind))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (get_heading (kind));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_set_margin_top (label, 18);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_set_margin_start (label, 18);
  gtk_list_box_row_set_header (row, label);
}

/* Before the text view, which would take the file's name for words. */
static void
add_drop_target (ProbityScreenPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (target));
}

static void
probity_screen_page_dispose (GObject *object)
{
  ProbityScreenPage *self = PROBITY_SCREEN_PAGE (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_SCREEN_PAGE);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (probity_screen_page_parent_class)->dispose (object);
}

static void
probity_screen_page_class_init (ProbityScreenPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = probity_screen_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/search/probity-screen-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityScreenPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ProbityScreenPage, text_view);
  gtk_widget_class_bind_template_child (widget_class, ProbityScreenPage, screen_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityScreenPage, again_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityScreenPage, findings_list);
  gtk_widget_class_bind_template_child (widget_class, ProbityScreenPage, reading_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityScreenPage, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, screen_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
probity_screen_page_init (ProbityScreenPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->findings_list, update_header_cb, NULL, NULL);
  add_drop_target (self);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text_view), "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
}

/** probity_screen_page_new: (transfer floating) */
AdwNavigationPage *
probity_screen_page_new (ProbitySession *session)
{
  return g_object_new (PROBITY_TYPE_SCREEN_PAGE, "session", session, NULL);
}

void
probity_screen_page_screen (ProbityScreenPage *self,
                            const char        *text)
{
  g_return_if_fail (PROBITY_IS_SCREEN_PAGE (self));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), text, -1);
  screen_cb (self);
}

const char *
probity_screen_page_get_state (ProbityScreenPage *self)
{
  g_return_val_if_fail (PROBITY_IS_SCREEN_PAGE (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}
