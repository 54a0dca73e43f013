/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-search-dialog.h"

#include <glib/gi18n.h>

#include "probity-errors.h"
#include "probity-labels.h"
#include "probity-list.h"
#include "probity-reply.h"
#include "probity-search-row.h"
#include "probity-search.h"
#include "probity-sections.h"

/* Records of each kind. */
#define MOST_SHOWN 8
/* So long after the last key the words are taken for what was looked for. */
#define SETTLE_MS 800

struct _ProbitySearchDialog
{
  AdwDialog parent_instance;

  ProbitySearch *search;
  guint          settle_id;
  gboolean       is_closed;
  char          *asked;     /* the words that were looked for last */
  char          *shown;     /* the words of what is shown */
  gboolean       is_adding; /* the words of before are looked for once more, with names that are there now */

  GtkEditable       *search_entry;
  GtkStack          *stack;
  AdwStatusPage     *error_page;
  GtkScrolledWindow *scrolled_window;
  GtkListBox        *results_list;
  GtkLabel          *count_label;
  GtkLabel          *names_label;
};

G_DEFINE_FINAL_TYPE (ProbitySearchDialog, probity_search_dialog, ADW_TYPE_DIALOG)

/* The sidebar's entry that lists records of @kind; NULL if there is none. */
static const ProbitySection *
find_section (const char *kind)
{
  const ProbitySection *sections;
  guint                 n_sections;

  sections = probity_sections_get (&n_sections);
  for (guint i = 0; i < n_sections; i++)
    {
      const ProbityListKind *list = sections[i].list != NULL ? probity_list_kind_find (sections[i].list) : NULL;

      if (list != NULL && g_str_equal (probity_record_kind_get_name (probity_list_kind_get_record_kind (list)), kind))
        return &sections[i];
    }

  return NULL;
}

static void
settle (ProbitySearchDialog *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->search != NULL)
    dex_future_disown (probity_search_settle (self->search));
}

/* Assistive technologies are told as long as what is shown answers other words than those that stand there. */
static void
update_busy (ProbitySearchDialog *self)
{
  const char    *words = gtk_editable_get_text (self->search_entry);
  const gboolean busy = g_utf8_strlen (words, -1) >= 2 && g_strcmp0 (self->shown, words) != 0;

  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
}

static void
text_changed_cb (ProbitySearchDialog *self)
{
  g_assert (PROBITY_IS_SEARCH_DIALOG (self));

  update_busy (self);
}

static void
settle_cb (gpointer data)
{
  ProbitySearchDialog *self = data;

  self->settle_id = 0;
  settle (self);
}

/* The focus stays in the entry: the row that Return opens is told to assistive technologies from there. */
static void
select_row (ProbitySearchDialog *self,
            GtkListBoxRow       *row)
{
  gtk_list_box_select_row (self->results_list, row);
  if (row == NULL)
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
  else
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
}

static void
scroll_to (ProbitySearchDialog *self,
           GtkListBoxRow       *row)
{
  GtkAdjustment  *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->results_list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y - bounds.size.height, bounds.origin.y + 2 * bounds.size.height);
}

static void
open_row (ProbitySearchDialog *self,
          GtkListBoxRow       *row)
{
  g_autofree char *kind = g_strdup (probity_search_row_get_kind (PROBITY_SEARCH_ROW (row)));
  g_autofree char *uid = g_strdup (probity_search_row_get_uid (PROBITY_SEARCH_ROW (row)));

  settle (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(ss)", kind, uid);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
row_activated_cb (ProbitySearchDialog *self,
                  GtkListBoxRow       *row)
{
  g_assert (PROBITY_IS_SEARCH_DIALOG (self));

  open_row (self, row);
}

static void
activate_cb (ProbitySearchDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->results_list);

  g_assert (PROBITY_IS_SEARCH_DIALOG (self));

  if (row != NULL)
    open_row (self, row);
}

static void
stop_search_cb (ProbitySearchDialog *self)
{
  g_assert (PROBITY_IS_SEARCH_DIALOG (self));

  adw_dialog_close (ADW_DIALOG (self));
}

/* Down, Up, Page Down, Page Up go through what was found while one types on. */
static gboolean
key_pressed_cb (ProbitySearchDialog *self,
                guint                key)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->results_list);
  GtkListBoxRow *other;
  int            step, at;

  g_assert (PROBITY_IS_SEARCH_DIALOG (self));

  switch (key)
    {
    case GDK_KEY_Down:
      step = 1;
      break;
    case GDK_KEY_Up:
      step = -1;
      break;
    case GDK_KEY_Page_Down:
      step = 5;
      break;
    case GDK_KEY_Page_Up:
      step = -5;
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  if (row == NULL)
    return GDK_EVENT_PROPAGATE;

  at = MAX (gtk_list_box_row_get_index (row) + step, 0);
  while ((other = gtk_list_box_get_row_at_index (self->results_list, at)) == NULL)
    at--;
  select_row (self, other);
  scroll_to (self, other);

  return GDK_EVENT_STOP;
}

static gboolean
is_shown (ProbitySearchDialog    *self,
          const ProbitySearchHit *hit,
          guint                   n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      ProbitySearchRow *row = PROBITY_SEARCH_ROW (gtk_list_box_get_row_at_index (self->results_list, (int) i));

      if (g_str_equal (probity_search_row_get_kind (row), hit->kind) && g_strcmp0 (probity_search_row_get_uid (row), hit->uid) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Says what is left out as long as names are being read, and where they cannot be. */
static void
show_names_state (ProbitySearchDialog *self,
                  gboolean             lacking,
                  gboolean             failed)
{
  const char *text = "";

  if (failed)
    text = _ ("The names could not be read: people whose names are only alike are missing.");
  else if (lacking)
    text = _ ("Names are still being read. People whose names are only alike are added below when they are.");
  gtk_label_set_label (self->names_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->names_label), lacking || failed);
}

/* What comes because names were read meanwhile is added below: nothing moves under somebody's pointer. */
static void
show_hits (ProbitySearchDialog *self,
           GPtrArray           *hits)
{
  const gboolean   adds = self->is_adding && gtk_list_box_get_row_at_index (self->results_list, 0) != NULL;
  const gboolean   lacking = probity_search_lacks_names (self->search);
  g_autofree char *count = NULL;
  guint            n_before = 0, n;

  if (!adds)
    gtk_list_box_remove_all (self->results_list);
  while (gtk_list_box_get_row_at_index (self->results_list, (int) n_before) != NULL)
    n_before++;
  n = n_before;
  for (guint i = 0; i < hits->len; i++)
    {
      const ProbitySearchHit *hit = g_ptr_array_index (hits, i);

      /* What has no page cannot be opened. */
      if (probity_record_view_find (hit->kind) == NULL || is_shown (self, hit, n_before))
        continue;
      gtk_list_box_append (self->results_list, probity_search_row_new (hit));
      n++;
    }
  if (!adds)
    {
      select_row (self, gtk_list_box_get_row_at_index (self->results_list, 0));
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled_window), 0);
    }
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "results" : lacking ? "names"
                                                                             : "nothing");
  show_names_state (self, lacking && n > 0, FALSE);

  count = g_strdup_printf (ngettext ("%u record found", "%u records found", n), n);
  gtk_label_set_label (self->count_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), n > 0);
}

static void
hits_loaded_cb (gpointer      object,
                const GValue *value,
                const GError *error)
{
  ProbitySearchDialog *self = PROBITY_SEARCH_DIALOG (object);

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    {
      g_autofree char *sentence = probity_error_dup_sentence (error);
      g_autofree char *escaped = g_markup_escape_text (sentence, -1);

      adw_status_page_set_description (self->error_page, escaped);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }

  if (g_utf8_strlen (gtk_editable_get_text (self->search_entry), -1) < 2)
    return;
  show_hits (self, g_value_get_boxed (value));
  /* Only the last question is answered; somebody may have typed on since it was put. */
  g_set_str (&self->shown, self->asked);
  update_busy (self);
  self->is_adding = FALSE;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  /* One search is logged once: with what it finds when the names are there. */
  if (!probity_search_lacks_names (self->search))
    self->settle_id = g_timeout_add_once (SETTLE_MS, settle_cb, self);
}

static void
look_for (ProbitySearchDialog *self,
          const char          *words)
{
  g_set_str (&self->asked, words);
  probity_reply (probity_search_run (self->search, words, MOST_SHOWN), self, hits_loaded_cb);
}

static void
names_read_cb (ProbitySearchDialog *self,
               gboolean             were_read)
{
  const char *words = gtk_editable_get_text (self->search_entry);

  g_assert (PROBITY_IS_SEARCH_DIALOG (self));

  /* What is being looked for just now finds the names by itself. */
  if (self->is_closed || !probity_search_lacks_names (self->search) || g_strcmp0 (self->shown, words) != 0)
    return;
  if (were_read)
    {
      self->is_adding = TRUE;
      look_for (self, words);
      return;
    }
  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "names"))
    gtk_stack_set_visible_child_name (self->stack, "nothing");
  show_names_state (self, TRUE, TRUE);
  self->settle_id = g_timeout_add_once (SETTLE_MS, settle_cb, self);
}

static void
search_changed_cb (ProbitySearchDialog *self)
{
  const char *words;

  g_assert (PROBITY_IS_SEARCH_DIALOG (self));

  if (self->search == NULL)
    return;
  self->is_adding = FALSE;
  words = gtk_editable_get_text (self->search_entry);
  if (g_utf8_strlen (words, -1) < 2)
    {
      settle (self);
      show_names_state (self, FALSE, FALSE);
      g_clear_pointer (&self->shown, g_free);
      gtk_list_box_remove_all (self->results_list);
      select_row (self, NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->count_label), FALSE);
      gtk_stack_set_visible_child_name (self->stack, "start");
      return;
    }
  look_for (self, words);
}

/* The kind of record stands over the first of each. */
static void
update_header_cb (GtkListBoxRow *row,
                  GtkListBoxRow *before,
                  gpointer       data)
{
  const char           *kind = probity_search_row_get_kind (PROBITY_SEARCH_ROW (row));
  const ProbitySection *section;
  GtkWidget            *box, *label;

  if (before != NULL && g_str_equal (probity_search_row_get_kind (PROBITY_SEARCH_ROW (before)), kind))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;

  section = find_section (kind);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  if (section != NULL)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (section->icon_name));
  label = gtk_label_new (section != NULL ? _ (section->title) : probity_label_for_kind (kind));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "dimmed");
  gtk_widget_set_margin_top (box, before != NULL ? 18 : 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 12);
  gtk_list_box_row_set_header (row, box);
}

static void
probity_search_dialog_closed (AdwDialog *dialog)
{
  PROBITY_SEARCH_DIALOG (dialog)->is_closed = TRUE;
  settle (PROBITY_SEARCH_DIALOG (dialog));
}

static void
probity_search_dialog_dispose (GObject *object)
{
  ProbitySearchDialog *self = PROBITY_SEARCH_DIALOG (object);

  settle (self);
  g_clear_object (&self->search);
  g_clear_pointer (&self->asked, g_free);
  g_clear_pointer (&self->shown, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_SEARCH_DIALOG);

  G_OBJECT_CLASS (probity_search_dialog_parent_class)->dispose (object);
}

static void
probity_search_dialog_class_init (ProbitySearchDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_search_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = probity_search_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/search/probity-search-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbitySearchDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ProbitySearchDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ProbitySearchDialog, error_page);
  gtk_widget_class_bind_template_child (widget_class, ProbitySearchDialog, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, ProbitySearchDialog, results_list);
  gtk_widget_class_bind_template_child (widget_class, ProbitySearchDialog, count_label);
  gtk_widget_class_bind_template_child (widget_class, ProbitySearchDialog, names_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
probity_search_dialog_init (ProbitySearchDialog *self)
{
  GtkEventController *keys;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->results_list, update_header_cb, NULL, NULL);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_RELATION_CONTROLS, self->results_list, NULL, -1);

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->search_entry), keys);
}

/** probity_search_dialog_new: (transfer floating) */
AdwDialog *
probity_search_dialog_new (ProbitySession *session)
{
  ProbitySearchDialog *self = g_object_new (PROBITY_TYPE_SEARCH_DIALOG, NULL);

  self->search = probity_search_new (session);
  g_signal_connect_object (self->search, "names-read", G_CALLBACK (names_read_cb), self, G_CONNECT_SWAPPED);

  return ADW_DIALOG (self);
}

void
probity_search_dialog_set_words (ProbitySearchDialog *self,
                                 const char          *words)
{
  g_return_if_fail (PROBITY_IS_SEARCH_DIALOG (self));

  gtk_editable_set_text (self->search_entry, words);
}

const char *
probity_search_dialog_get_state (ProbitySearchDialog *self)
{
  g_return_val_if_fail (PROBITY_IS_SEARCH_DIALOG (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}
