/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-related-group.h"

#include <glib/gi18n.h>

#include "probity-errors.h"
#include "probity-list-view.h"
#include "probity-reply.h"

/* Beyond this the list itself is the better place to look. */
#define MOST_SHOWN 50

struct _ProbityRelatedGroup
{
  AdwPreferencesGroup parent_instance;

  ProbitySession        *session;
  const ProbityListKind *kind;
  char                  *empty_text;
  ProbityRelatedRowFunc  func;
  gpointer               data; /* of the page, which outlives its groups */
  guint                  n_found;
};

G_DEFINE_FINAL_TYPE (ProbityRelatedGroup, probity_related_group, ADW_TYPE_PREFERENCES_GROUP)

static void
add_note (ProbityRelatedGroup *self,
          const char          *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_widget_add_css_class (row, "dimmed");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
show_error (ProbityRelatedGroup *self,
            const GError        *error)
{
  g_autofree char *sentence = NULL;

  if (probity_error_is_cancelled (error))
    return;
  sentence = probity_error_dup_sentence (error);
  add_note (self, sentence);
}

static void
rows_loaded_cb (gpointer      object,
                const GValue *value,
                const GError *error)
{
  ProbityRelatedGroup *self = PROBITY_RELATED_GROUP (object);
  GPtrArray           *rows;

  if (error != NULL)
    {
      show_error (self, error);
      return;
    }
  rows = g_value_get_boxed (value);
  for (guint i = 0; i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != NULL)
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->func (self, g_ptr_array_index (rows, i), self->data));
  if (self->n_found > MOST_SHOWN)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", self->n_found - MOST_SHOWN), self->n_found - MOST_SHOWN);

      add_note (self, text);
    }
}

static void
ids_loaded_cb (gpointer      object,
               const GValue *value,
               const GError *error)
{
  ProbityRelatedGroup *self = PROBITY_RELATED_GROUP (object);
  GArray              *ids;

  if (error != NULL)
    {
      show_error (self, error);
      return;
    }
  ids = g_value_get_boxed (value);
  self->n_found = ids->len;
  if (ids->len == 0)
    add_note (self, self->empty_text);
  else
    probity_reply (probity_list_load_rows (self->session, self->kind, (const gint64 *) (gpointer) ids->data, MIN (ids->len, MOST_SHOWN), NULL), self, rows_loaded_cb);
}

static void
probity_related_group_dispose (GObject *object)
{
  ProbityRelatedGroup *self = PROBITY_RELATED_GROUP (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->empty_text, g_free);

  G_OBJECT_CLASS (probity_related_group_parent_class)->dispose (object);
}

static void
probity_related_group_class_init (ProbityRelatedGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_related_group_dispose;
}

static void
probity_related_group_init (ProbityRelatedGroup *self)
{
}

/**
 * probity_related_group_new:
 * @session: who is signed in
 * @title: heading of the group
 * @empty_text: what stands there when there is nothing
 * @list: a list of the casebook
 * @filter: one of its filters
 * @value: what the filter lets through
 * @func: makes the row of a record
 * @data: for @func; has to live as long as the group
 *
 * Returns: (transfer floating): the group, which starts to read at once
 */
GtkWidget *
probity_related_group_new (ProbitySession       *session,
                           const char           *title,
                           const char           *empty_text,
                           const char           *list,
                           const char           *filter,
                           const char           *value,
                           ProbityRelatedRowFunc func,
                           gpointer              data)
{
  ProbityRelatedGroup *self = g_object_new (PROBITY_TYPE_RELATED_GROUP, "title", title, NULL);
  g_autoptr (ProbityListQuery) query = NULL;

  self->session = g_object_ref (session);
  self->kind = probity_list_kind_find (list);
  self->empty_text = g_strdup (empty_text);
  self->func = func;
  self->data = data;
  query = probity_list_query_new (self->kind);
  probity_list_query_set_filter (query, filter, value);
  probity_reply (probity_list_load_ids (session, query, NULL), self, ids_loaded_cb);
  return GTK_WIDGET (self);
}

/** The cell of @column as it is stored; empty text for none. */
const char *
probity_related_group_get_cell (ProbityRelatedGroup *self,
                                ProbityListRow      *row,
                                const char          *column)
{
  const char *cell = probity_list_row_find_cell (row, self->kind, column);

  return cell != NULL ? cell : "";
}

/** probity_related_group_dup_text: (transfer full): the cell of @column as people read it. */
char *
probity_related_group_dup_text (ProbityRelatedGroup *self,
                                ProbityListRow      *row,
                                const char          *column)
{
  const ProbityListColumn *columns;
  guint                    n_columns, index = probity_list_kind_find_column (self->kind, column);

  columns = probity_list_kind_get_columns (self->kind, &n_columns);
  if (index >= row->n_cells)
    return g_strdup ("");
  return probity_list_column_dup_text (probity_session_get_profile (self->session), &columns[index], row->cells[index]);
}
