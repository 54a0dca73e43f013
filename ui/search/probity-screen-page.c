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

  char *name; /* of the file whose text is there */

  GtkStack    *stack;
  GtkTextView *text_view;
  GtkWidget   *screen_button;
  GtkWidget   *again_button;
  GtkListBox  *findings_list;
};

G_DEFINE_FINAL_TYPE (ProbityScreenPage, probity_screen_page, PROBITY_TYPE_PAGE)

static void
show_state (ProbityScreenPage *self,
            const char        *state)
{
  gtk_stack_set_visible_child_name (self->stack, state);
  gtk_widget_set_visible (self->again_button, g_str_equal (state, "findings") || g_str_equal (state, "nothing"));
  if (!g_str_equal (state, "findings"))
    probity_page_set_subtitle (PROBITY_PAGE (self), NULL);
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

static void
screened_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  ProbityScreenPage *self = PROBITY_SCREEN_PAGE (object);
  GPtrArray         *findings;
  g_autofree char   *text = NULL;
  g_autofree char   *count = NULL;

  if (self->stack == NULL)
    return;
  if (error != NULL)
    {
      show_state (self, "text");
      probity_toast_error (GTK_WIDGET (self), error);
      return;
    }

  findings = g_value_get_boxed (value);
  text = dup_text (self);
  gtk_list_box_remove_all (self->findings_list);
  for (guint i = 0; i < findings->len; i++)
    gtk_list_box_append (self->findings_list, make_row (g_ptr_array_index (findings, i), text));
  show_state (self, findings->len > 0 ? "findings" : "nothing");
  count = g_strdup_printf (ngettext ("%u found", "%u found", findings->len), findings->len);
  if (findings->len > 0)
    probity_page_set_subtitle (PROBITY_PAGE (self), count);
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

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GFile  *file = data;
  GError *error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME, G_FILE_QUERY_INFO_NONE, NULL, &error);
  g_autoptr (GBytes) bytes = NULL;
  char *text = NULL;

  if (info != NULL && g_file_info_get_size (info) > PROBITY_DOCUMENT_MAX_BYTES)
    error = g_error_new (PROBITY_DOCUMENT_ERROR, PROBITY_DOCUMENT_ERROR_TOO_LARGE, "%s", g_file_info_get_display_name (info));
  else if (info != NULL && (bytes = g_file_load_bytes (file, NULL, NULL, &error)) != NULL)
    text = probity_document_read_text (bytes, g_file_info_get_display_name (info), &error);

  if (text == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, text, g_free);
}

static void
file_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  ProbityScreenPage *self = PROBITY_SCREEN_PAGE (object);
  GFile             *file = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->stack == NULL)
    return;
  show_state (self, "text");
  if (g_error_matches (error, PROBITY_DOCUMENT_ERROR, PROBITY_DOCUMENT_ERROR_KIND))
    probity_alert (GTK_WIDGET (self), _ ("This File Cannot Be Read"), _ ("Plain texts and OpenDocument texts (.odt) are read. For a PDF or another document, open it, copy its text and paste it here."));
  else if (g_error_matches (error, PROBITY_DOCUMENT_ERROR, PROBITY_DOCUMENT_ERROR_TOO_LARGE))
    probity_alert (GTK_WIDGET (self), _ ("This File Cannot Be Read"), _ ("It is too long to be screened."));
  else if (error != NULL)
    probity_toast_error (GTK_WIDGET (self), error);
  else
    {
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), text, -1);
      self->name = g_file_get_basename (file);
    }
}

static void
file_chosen_cb (gpointer    widget,
                const char *path)
{
  ProbityScreenPage *self = widget;
  g_autoptr (GTask) task = NULL;

  show_state (self, "loading");
  task = g_task_new (self, NULL, file_read_cb, NULL);
  g_task_set_task_data (task, g_file_new_for_path (path), g_object_unref);
  g_task_run_in_thread (task, read_thread);
}

static void
open_cb (ProbityScreenPage *self)
{
  g_assert (PROBITY_IS_SCREEN_PAGE (self));

  probity_choose_path (GTK_WIDGET (self), PROBITY_CHOOSE_FILE, _ ("Open a Text to Screen"), NULL, file_chosen_cb);
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
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_set_margin_top (label, 18);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_set_margin_start (label, 18);
  gtk_list_box_row_set_header (row, label);
}

static void
probity_screen_page_dispose (GObject *object)
{
  ProbityScreenPage *self = PROBITY_SCREEN_PAGE (object);

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
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, screen_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
probity_screen_page_init (ProbityScreenPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->findings_list, update_header_cb, NULL, NULL);
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
