/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-find-dialog.h"

#include <glib/gi18n.h>

#include "probity-errors.h"
#include "probity-labels.h"
#include "probity-reply.h"

/* Of a kind: more words find the right one sooner than more rows. */
#define LIMIT 8

struct _ProbityCaseFindDialog
{
  AdwDialog parent_instance;

  ProbitySearch *search;
  char          *hidden_uid;
  GPtrArray     *hits;
  GtkWidget     *entry;
  GtkWidget     *list;
  GtkWidget     *stack;
  GtkWidget     *status;
};

G_DEFINE_FINAL_TYPE (ProbityCaseFindDialog, probity_case_find_dialog, ADW_TYPE_DIALOG)

enum
{
  FOUND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_status (ProbityCaseFindDialog *self,
             const char            *title,
             const char            *description)
{
  adw_status_page_set_title (ADW_STATUS_PAGE (self->status), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), description);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->status);
}

static GtkWidget *
new_row (const ProbitySearchHit *hit)
{
  const char      *kind = probity_label_for_kind (hit->kind);
  g_autofree char *title = hit->reference != NULL ? g_strdup_printf ("%s · %s", hit->reference, hit->title) : g_strdup (hit->title);
  g_autofree char *subtitle = hit->snippet != NULL ? g_strdup_printf ("%s · %s", kind, hit->snippet) : g_strdup (kind);
  GtkWidget       *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

static gboolean
is_known (ProbityCaseFindDialog  *self,
          const ProbitySearchHit *hit,
          guint                   before)
{
  if (g_strcmp0 (hit->uid, self->hidden_uid) == 0)
    return TRUE;
  /* One record can be found by several of its parts. */
  for (guint i = 0; i < before; i++)
    if (g_strcmp0 (((const ProbitySearchHit *) g_ptr_array_index (self->hits, i))->uid, hit->uid) == 0)
      return TRUE;

  return FALSE;
}

static void
searched_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  ProbityCaseFindDialog *self = object;
  guint                  n_shown = 0;

  if (error != NULL)
    {
      g_autofree char *sentence = probity_error_is_cancelled (error) ? NULL : probity_error_dup_sentence (error);

      if (sentence != NULL)
        show_status (self, _ ("Not Searched"), sentence);
      return;
    }
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  self->hits = g_value_dup_boxed (value);
  gtk_list_box_remove_all (GTK_LIST_BOX (self->list));
  for (guint i = 0; i < self->hits->len; i++)
    {
      const ProbitySearchHit *hit = g_ptr_array_index (self->hits, i);
      GtkWidget              *row;

      if (hit->uid == NULL || is_known (self, hit, i))
        continue;
      row = new_row (hit);
      g_object_set_data (G_OBJECT (row), "hit", (gpointer) hit);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      n_shown++;
    }
  if (n_shown == 0 && probity_search_lacks_names (self->search))
    show_status (self, _ ("Names Are Being Read"), _ ("No record that you can read has these very words. People with a name like them are shown in a moment."));
  else if (n_shown == 0)
    show_status (self, _ ("Nothing Found"), _ ("Try a reference, a staff number or another word."));
  else
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
}

static void
search_changed_cb (ProbityCaseFindDialog *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  g_assert (PROBITY_IS_CASE_FIND_DIALOG (self));

  if (*words == '\0')
    show_status (self, _ ("Find the Other Record"), _ ("By its reference, a name, a staff number or words."));
  else
    probity_reply (probity_search_run (self->search, words, LIMIT), self, searched_cb);
}

/* More is found of the same words now. */
static void
names_read_cb (ProbityCaseFindDialog *self,
               gboolean               were_read)
{
  g_assert (PROBITY_IS_CASE_FIND_DIALOG (self));

  if (were_read && probity_search_lacks_names (self->search))
    search_changed_cb (self);
}

/* What was settled on is logged; that it could not be is told by the step that follows. */
static void
settled_cb (gpointer      object,
            const GValue *value,
            const GError *error)
{
}

static void
row_activated_cb (ProbityCaseFindDialog *self,
                  GtkListBoxRow         *row)
{
  const ProbitySearchHit *hit = g_object_get_data (G_OBJECT (row), "hit");

  g_assert (PROBITY_IS_CASE_FIND_DIALOG (self));

  probity_reply (probity_search_settle (self->search), self, settled_cb);
  g_object_ref (self);
  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[FOUND], 0, hit);
  g_object_unref (self);
}

static void
entry_activate_cb (ProbityCaseFindDialog *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  if (first != NULL && g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "list") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
probity_case_find_dialog_dispose (GObject *object)
{
  ProbityCaseFindDialog *self = PROBITY_CASE_FIND_DIALOG (object);

  g_clear_object (&self->search);
  g_clear_pointer (&self->hidden_uid, g_free);
  g_clear_pointer (&self->hits, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_case_find_dialog_parent_class)->dispose (object);
}

static void
probity_case_find_dialog_class_init (ProbityCaseFindDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_case_find_dialog_dispose;
  signals[FOUND] = g_signal_new ("found", PROBITY_TYPE_CASE_FIND_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
probity_case_find_dialog_init (ProbityCaseFindDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->entry = gtk_search_entry_new ();
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (self->entry), _ ("Reference, name, staff number or words"));
  gtk_widget_set_margin_start (self->entry, 12);
  gtk_widget_set_margin_end (self->entry, 12);
  gtk_widget_set_margin_bottom (self->entry, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Find a record"), -1);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activate_cb), self, G_CONNECT_SWAPPED);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);

  self->status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), "system-search-symbolic");
  gtk_widget_add_css_class (self->status, "compact");
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), self->status, "status");
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "list");

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->entry);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->stack);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_content_width (ADW_DIALOG (self), 520);
  adw_dialog_set_content_height (ADW_DIALOG (self), 480);
  adw_dialog_set_focus (ADW_DIALOG (self), self->entry);
  search_changed_cb (self);
}

GtkWidget *
probity_case_find_dialog_new (ProbitySession *session,
                              const char     *title)
{
  ProbityCaseFindDialog *self;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);

  self = g_object_new (PROBITY_TYPE_CASE_FIND_DIALOG, "title", title, NULL);
  self->search = probity_search_new (session);
  g_signal_connect_object (self->search, "names-read", G_CALLBACK (names_read_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
probity_case_find_dialog_hide (ProbityCaseFindDialog *self,
                               const char            *uid)
{
  g_return_if_fail (PROBITY_IS_CASE_FIND_DIALOG (self));

  g_set_str (&self->hidden_uid, uid);
}
