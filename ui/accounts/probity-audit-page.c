/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-audit-page.h"

#include <glib/gi18n.h>

#include "probity-audit-words.h"
#include "probity-audit.h"
#include "probity-format.h"
#include "probity-labels.h"
#include "probity-reply.h"
#include "probity-verify-dialog.h"

/* The newest are looked at; whoever needs all of them takes them from the console program. */
#define MOST_SHOWN 20000

/* One entry as the list holds it: its number in the entries that were read. */
#define PROBITY_TYPE_AUDIT_ITEM (probity_audit_item_get_type ())
G_DECLARE_FINAL_TYPE (ProbityAuditItem, probity_audit_item, PROBITY, AUDIT_ITEM, GObject)

struct _ProbityAuditItem
{
  GObject parent_instance;

  GPtrArray *entries;
  guint      index;
};

G_DEFINE_FINAL_TYPE (ProbityAuditItem, probity_audit_item, G_TYPE_OBJECT)

struct _ProbityAuditPage
{
  ProbityPage parent_instance;

  char       *record;
  GPtrArray  *entries; /* ProbityAuditEntry, oldest first */
  GListStore *shown;

  GtkStack      *stack;
  GtkSearchBar  *search_bar;
  GtkEditable   *search_entry;
  GtkColumnView *column_view;
  GPtrArray     *columns; /* GtkColumnViewColumn, by Column */
};

G_DEFINE_FINAL_TYPE (ProbityAuditPage, probity_audit_page, PROBITY_TYPE_PAGE)

typedef enum
{
  COLUMN_AT,
  COLUMN_ACCOUNT,
  COLUMN_VERB,
  COLUMN_KIND,
  COLUMN_FIELD,
  COLUMN_OLD,
  COLUMN_NEW,
  COLUMN_COMPARTMENT,
  COLUMN_ENTRY, /* all of it in two lines, where there is no room for the others */
  N_COLUMNS,
} Column;

static void
probity_audit_item_finalize (GObject *object)
{
  g_clear_pointer (&PROBITY_AUDIT_ITEM (object)->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_audit_item_parent_class)->finalize (object);
}

static void
probity_audit_item_class_init (ProbityAuditItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = probity_audit_item_finalize;
}

static void
probity_audit_item_init (ProbityAuditItem *self)
{
}

static char *
dup_cell (const ProbityAuditEntry *entry,
          Column                   column)
{
  switch (column)
    {
    case COLUMN_AT:
      return probity_format_instant (entry->at);
    case COLUMN_ACCOUNT:
      return g_strdup (entry->account);
    case COLUMN_VERB:
      return g_strdup (probity_audit_words_for_verb (entry->verb));
    case COLUMN_KIND:
      return g_strdup (entry->kind != NULL ? probity_audit_words_for_kind (entry->kind) : "");
    case COLUMN_FIELD:
      return entry->field != NULL ? probity_audit_words_dup_field (entry->kind, entry->field) : g_strdup ("");
    case COLUMN_OLD:
      return g_strdup (entry->old_value);
    case COLUMN_NEW:
      return g_strdup (entry->new_value);
    case COLUMN_COMPARTMENT:
      return g_strdup (probity_label_for_compartment (entry->compartment));
    case COLUMN_ENTRY:
    case N_COLUMNS:
      break;
    }
  return NULL;
}

/* What @columns say, as far as they say something. */
static char *
dup_line (const ProbityAuditEntry *entry,
          const Column            *columns,
          guint                    n_columns)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *text = dup_cell (entry, columns[i]);

      if (text != NULL && *text != '\0')
        g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", text);
    }
  g_strdelimit (line->str, "\n\t", ' ');

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static GtkWidget *
new_line (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);

  return label;
}

static void
setup_entry_cb (GtkSignalListItemFactory *factory,
                GtkColumnViewCell        *cell)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *caption = new_line ();

  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dimmed");
  gtk_box_append (GTK_BOX (box), new_line ());
  gtk_box_append (GTK_BOX (box), caption);
  gtk_column_view_cell_set_child (cell, box);
}

static void
bind_entry_cb (GtkSignalListItemFactory *factory,
               GtkColumnViewCell        *cell)
{
  static const Column      what[] = { COLUMN_VERB, COLUMN_KIND, COLUMN_FIELD, COLUMN_NEW };
  static const Column      who[] = { COLUMN_AT, COLUMN_ACCOUNT, COLUMN_COMPARTMENT };
  ProbityAuditItem        *item = gtk_column_view_cell_get_item (cell);
  const ProbityAuditEntry *entry = g_ptr_array_index (item->entries, item->index);
  GtkWidget               *first = gtk_widget_get_first_child (gtk_column_view_cell_get_child (cell));
  g_autofree char         *title = dup_line (entry, what, G_N_ELEMENTS (what));
  g_autofree char         *caption = dup_line (entry, who, G_N_ELEMENTS (who));

  gtk_label_set_text (GTK_LABEL (first), title);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (first)), caption);
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory,
               GtkColumnViewCell        *cell)
{
  GtkWidget *inscription = gtk_inscription_new ("");

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_column_view_cell_set_child (cell, inscription);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory,
              GtkColumnViewCell        *cell,
              gpointer                  column)
{
  ProbityAuditItem *item = gtk_column_view_cell_get_item (cell);
  g_autofree char  *text = dup_cell (g_ptr_array_index (item->entries, item->index), GPOINTER_TO_INT (column));

  if (text != NULL)
    g_strdelimit (text, "\n\t", ' ');
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_column_view_cell_get_child (cell)), text != NULL ? text : "");
}

static void
add_column (ProbityAuditPage *self,
            const char       *title,
            Column            id,
            int               width)
{
  GtkListItemFactory  *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;

  g_signal_connect (factory, "setup", id == COLUMN_ENTRY ? G_CALLBACK (setup_entry_cb) : G_CALLBACK (setup_cell_cb), NULL);
  g_signal_connect (factory, "bind", id == COLUMN_ENTRY ? G_CALLBACK (bind_entry_cb) : G_CALLBACK (bind_cell_cb), GINT_TO_POINTER (id));
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, (int) adw_length_unit_to_px (ADW_LENGTH_UNIT_SP, width, gtk_widget_get_settings (GTK_WIDGET (self))));
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (self->column_view, column);
  g_ptr_array_add (self->columns, column);
}

static void
show_columns (ProbityAuditPage *self,
              gboolean          narrow)
{
  for (guint i = 0; i < self->columns->len; i++)
    gtk_column_view_column_set_visible (g_ptr_array_index (self->columns, i), (i == COLUMN_ENTRY) == narrow);
}

static void
narrow_cb (ProbityAuditPage *self)
{
  g_assert (PROBITY_IS_AUDIT_PAGE (self));

  show_columns (self, TRUE);
}

static void
wide_cb (ProbityAuditPage *self)
{
  g_assert (PROBITY_IS_AUDIT_PAGE (self));

  show_columns (self, FALSE);
}

static gboolean
entry_matches (const ProbityAuditEntry *entry,
               const char              *words)
{
  const char *texts[] = { entry->account, entry->verb, entry->kind, entry->record, entry->field, entry->old_value, entry->new_value };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *folded = texts[i] != NULL ? g_utf8_casefold (texts[i], -1) : NULL;

      if (folded != NULL && strstr (folded, words) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
show_entries (ProbityAuditPage *self)
{
  g_autofree char *words = g_utf8_casefold (gtk_editable_get_text (self->search_entry), -1);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *count = NULL;

  if (self->entries == NULL)
    return;
  for (guint i = self->entries->len; i > 0 && items->len < MOST_SHOWN; i--)
    if (*words == '\0' || entry_matches (g_ptr_array_index (self->entries, i - 1), words))
      {
        ProbityAuditItem *item = g_object_new (PROBITY_TYPE_AUDIT_ITEM, NULL);

        item->entries = g_ptr_array_ref (self->entries);
        item->index = i - 1;
        g_ptr_array_add (items, item);
      }
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)), items->pdata, items->len);
  count = g_strdup_printf ("%'u", items->len);
  probity_page_set_subtitle (PROBITY_PAGE (self), count);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "list" : "empty");
}

static void
search_changed_cb (ProbityAuditPage *self)
{
  g_assert (PROBITY_IS_AUDIT_PAGE (self));

  show_entries (self);
}

static void
entries_loaded_cb (gpointer      object,
                   const GValue *value,
                   const GError *error)
{
  ProbityAuditPage *self = PROBITY_AUDIT_PAGE (object);

  if (error != NULL)
    {
      probity_page_show_error (PROBITY_PAGE (self), error);
      return;
    }
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = g_value_dup_boxed (value);
  show_entries (self);
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  ProbityAuditPage *self = PROBITY_AUDIT_PAGE (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
verify_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  adw_dialog_present (probity_verify_dialog_new (probity_page_get_session (PROBITY_PAGE (widget))), widget);
}

static void
probity_audit_page_dispose (GObject *object)
{
  ProbityAuditPage *self = PROBITY_AUDIT_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_AUDIT_PAGE);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->record, g_free);

  G_OBJECT_CLASS (probity_audit_page_parent_class)->dispose (object);
}

static void
probity_audit_page_class_init (ProbityAuditPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_audit_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/accounts/probity-audit-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityAuditPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ProbityAuditPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, ProbityAuditPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ProbityAuditPage, column_view);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "audit.verify", NULL, verify_action);
}

static void
probity_audit_page_init (ProbityAuditPage *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  self->shown = g_list_store_new (PROBITY_TYPE_AUDIT_ITEM);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->shown)));
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (selection));
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  add_column (self, _ ("Time"), COLUMN_AT, 150);
  add_column (self, _ ("Account"), COLUMN_ACCOUNT, 120);
  add_column (self, _ ("Action"), COLUMN_VERB, 120);
  add_column (self, _ ("Record"), COLUMN_KIND, 140);
  add_column (self, _ ("Field"), COLUMN_FIELD, 150);
  add_column (self, _ ("Before"), COLUMN_OLD, 0);
  add_column (self, _ ("After"), COLUMN_NEW, 0);
  add_column (self, _ ("Compartment"), COLUMN_COMPARTMENT, 120);
  add_column (self, _ ("Entry"), COLUMN_ENTRY, 0);
  show_columns (self, FALSE);
}

/** probity_audit_page_new: (transfer floating): all entries that this reader may know of. */
AdwNavigationPage *
probity_audit_page_new (ProbitySession *session)
{
  return probity_audit_page_new_for_record (session, NULL);
}

/** probity_audit_page_new_for_record: (transfer floating): the entries about the record @uid; %NULL: all. */
AdwNavigationPage *
probity_audit_page_new_for_record (ProbitySession *session,
                                   const char     *uid)
{
  ProbityAuditPage *self = g_object_new (PROBITY_TYPE_AUDIT_PAGE, "session", session, NULL);

  self->record = g_strdup (uid);
  probity_reply (probity_audit_list (session, uid), self, entries_loaded_cb);
  return ADW_NAVIGATION_PAGE (self);
}
