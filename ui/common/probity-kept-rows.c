/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-kept-rows.h"

#include "probity-long-row.h"

#define ROWS_KEY "probity-kept-rows"
#define SHOWN_KEY "probity-kept-shown"
#define NAME_KEY "probity-kept-key"
#define CONTENT_KEY "probity-kept-content"

typedef struct
{
  GPtrArray *rows; /* in the group, in their order */
  GPtrArray *next;
} KeptRows;

static void
kept_rows_free (gpointer data)
{
  KeptRows *self = data;

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->next);
  g_free (self);
}

static KeptRows *
get_rows (GtkWidget *group)
{
  KeptRows *self = g_object_get_data (G_OBJECT (group), ROWS_KEY);

  if (self != NULL)
    return self;
  self = g_new0 (KeptRows, 1);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->next = g_ptr_array_new_with_free_func (g_object_unref);
  g_object_set_data_full (G_OBJECT (group), ROWS_KEY, self, kept_rows_free);

  return self;
}

/* --- What a row shows --- */

static void
describe_action (GtkWidget *widget,
                 GString   *text)
{
  const char *name = gtk_actionable_get_action_name (GTK_ACTIONABLE (widget));
  GVariant   *target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget));

  if (name != NULL)
    g_string_append (text, name);
  if (target != NULL)
    g_variant_print_string (target, text, FALSE);
}

static void
describe_menu (GMenuModel *menu,
               GString    *text)
{
  static const char *const attributes[] = { G_MENU_ATTRIBUTE_LABEL, G_MENU_ATTRIBUTE_ACTION, G_MENU_ATTRIBUTE_TARGET };

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      for (guint j = 0; j < G_N_ELEMENTS (attributes); j++)
        {
          g_autoptr (GVariant) value = g_menu_model_get_item_attribute_value (menu, i, attributes[j], NULL);

          if (value != NULL)
            g_variant_print_string (value, text, FALSE);
        }
      if (section != NULL)
        describe_menu (section, text);
    }
}

static void
describe (GtkWidget *widget,
          GString   *text)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
  g_autofree char *joined = g_strjoinv (" ", classes);

  g_string_append_printf (text, "%s %d %d %s\x1f", G_OBJECT_TYPE_NAME (widget), gtk_widget_get_visible (widget), gtk_widget_get_sensitive (widget), joined);
  if (gtk_widget_get_tooltip_text (widget) != NULL)
    g_string_append (text, gtk_widget_get_tooltip_text (widget));
  if (GTK_IS_LABEL (widget))
    g_string_append (text, gtk_label_get_label (GTK_LABEL (widget)));
  if (GTK_IS_IMAGE (widget) && gtk_image_get_icon_name (GTK_IMAGE (widget)) != NULL)
    g_string_append (text, gtk_image_get_icon_name (GTK_IMAGE (widget)));
  if (GTK_IS_CHECK_BUTTON (widget))
    g_string_append_printf (text, "%d %d", gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)), gtk_check_button_get_inconsistent (GTK_CHECK_BUTTON (widget)));
  if (GTK_IS_ACTIONABLE (widget))
    describe_action (widget, text);
  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) != NULL)
    describe_menu (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)), text);
  g_string_append_c (text, '\x1e');
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    describe (child, text);
  g_string_append_c (text, '\x1d');
}

/* Before it is anywhere, so that what somebody opens, or an action that comes and goes with the place, is no difference. */
static char *
dup_shown (GtkWidget *row)
{
  const char *content = g_object_get_data (G_OBJECT (row), CONTENT_KEY);
  g_autoptr (GString) text = g_string_new (content);

  g_string_append_c (text, '\x1d');
  describe (row, text);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

const char *
probity_kept_row_get_key (GtkWidget *row)
{
  const char *key = g_object_get_data (G_OBJECT (row), NAME_KEY);

  if (key != NULL || !ADW_IS_PREFERENCES_ROW (row))
    return key;

  return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
}

static gboolean
show_the_same (GPtrArray *one,
               guint      i,
               GPtrArray *other,
               guint      j)
{
  const char *shown = g_object_get_data (G_OBJECT (g_ptr_array_index (one, i)), SHOWN_KEY);

  return shown != NULL && g_strcmp0 (shown, g_object_get_data (G_OBJECT (g_ptr_array_index (other, j)), SHOWN_KEY)) == 0;
}

/* --- Which stay --- */

/* Takes the rows that stay from @rows, where they leave gaps, into @next; what they replace there is dropped. */
static void
keep_equal (GPtrArray *rows,
            GPtrArray *next)
{
  guint n_rows = rows->len;
  guint n_next = next->len;
  guint from = 0;

  for (; n_rows > 0 && n_next > 0 && show_the_same (rows, n_rows - 1, next, n_next - 1); n_rows--, n_next--)
    {
      g_object_unref (next->pdata[n_next - 1]);
      next->pdata[n_next - 1] = g_steal_pointer (&rows->pdata[n_rows - 1]);
    }
  /* None overtakes another: a row that is moved would lose what is open in it, as one that is new. */
  for (guint i = 0; i < n_next; i++)
    for (guint j = from; j < n_rows; j++)
      if (show_the_same (rows, j, next, i))
        {
          g_object_unref (next->pdata[i]);
          next->pdata[i] = g_steal_pointer (&rows->pdata[j]);
          from = j + 1;
          break;
        }
}

static GtkWidget *
find_successor (GPtrArray *next,
                GtkWidget *row)
{
  for (guint i = 0; i < next->len; i++)
    {
      GtkWidget *other = g_ptr_array_index (next, i);

      if (gtk_widget_get_parent (other) == NULL && G_OBJECT_TYPE (other) == G_OBJECT_TYPE (row) && g_strcmp0 (probity_kept_row_get_key (other), probity_kept_row_get_key (row)) == 0)
        return other;
    }

  return NULL;
}

/* --- Swapping --- */

/* What stands in @other where @widget stands in @row, or the nearest there is around it. */
static GtkWidget *
find_counterpart (GtkWidget *row,
                  GtkWidget *widget,
                  GtkWidget *other)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  GtkWidget *around;
  GtkWidget *child;

  if (widget == row)
    return other;
  around = find_counterpart (row, parent, other);
  child = gtk_widget_get_first_child (around);
  for (GtkWidget *before = gtk_widget_get_first_child (parent); before != widget && child != NULL; before = gtk_widget_get_next_sibling (before))
    child = gtk_widget_get_next_sibling (child);

  return child != NULL && G_OBJECT_TYPE (child) == G_OBJECT_TYPE (widget) ? child : around;
}

static GtkWidget *
find_focus_within (GtkWidget *row)
{
  GtkRoot   *root = gtk_widget_get_root (row);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == row || gtk_widget_is_ancestor (focus, row)) ? focus : NULL;
}

static void
place (GtkWidget *group,
       GPtrArray *rows)
{
  GtkWidget *list = NULL;
  GtkWidget *before = NULL;

  for (guint i = 0; i < rows->len && list == NULL; i++)
    list = gtk_widget_get_ancestor (g_ptr_array_index (rows, i), GTK_TYPE_LIST_BOX);
  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (rows, i);

      if (gtk_widget_get_parent (row) == NULL)
        {
          /* A group adds at its end alone; its list takes a row anywhere. */
          if (list == NULL)
            adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
          else
            gtk_list_box_insert (GTK_LIST_BOX (list), row, before != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (before)) + 1 : 0);
          list = gtk_widget_get_parent (row);
          /* Past a list of hundreds of rows to what stands below it: arrows go through them, Tab through what is in one. */
          gtk_list_box_set_tab_behavior (GTK_LIST_BOX (list), GTK_LIST_TAB_ITEM);
        }
      before = row;
    }
}

void
probity_kept_rows_add (GtkWidget *group,
                       GtkWidget *row)
{
  g_return_if_fail (ADW_IS_PREFERENCES_GROUP (group));
  g_return_if_fail (ADW_IS_PREFERENCES_ROW (row));

  g_ptr_array_add (get_rows (group)->next, g_object_ref_sink (row));
  g_object_set_data_full (G_OBJECT (row), SHOWN_KEY, dup_shown (row), g_free);
}

void
probity_kept_rows_show (GtkWidget *group)
{
  KeptRows *self = get_rows (group);
  g_autoptr (GPtrArray) gone = NULL;
  GtkWidget *focus = NULL;

  g_return_if_fail (ADW_IS_PREFERENCES_GROUP (group));

  keep_equal (self->rows, self->next);
  gone = g_steal_pointer (&self->rows);
  self->rows = g_steal_pointer (&self->next);
  self->next = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < gone->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (gone, i);
      GtkWidget *successor = row != NULL ? find_successor (self->rows, row) : NULL;
      GtkWidget *within = row != NULL ? find_focus_within (row) : NULL;

      /* Who works without a mouse goes on where they were, not at the head of the page. */
      if (within != NULL && successor == NULL && self->rows->len > 0)
        focus = g_ptr_array_index (self->rows, MIN (i, self->rows->len - 1));
      if (successor == NULL)
        continue;
      if (ADW_IS_EXPANDER_ROW (row) && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (successor), TRUE);
      if (probity_long_row_is_whole (row))
        probity_long_row_set_whole (successor, TRUE);
      if (within != NULL)
        focus = find_counterpart (row, within, successor);
    }

  place (group, self->rows);
  while (focus != NULL && focus != group && !gtk_widget_grab_focus (focus))
    focus = gtk_widget_get_parent (focus);
  for (guint i = gone->len; i > 0; i--)
    if (g_ptr_array_index (gone, i - 1) != NULL)
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), g_ptr_array_index (gone, i - 1));
    else
      g_ptr_array_steal_index (gone, i - 1);
}

gboolean
probity_kept_rows_grab_focus (GtkWidget *group)
{
  KeptRows *self = get_rows (group);

  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_grab_focus (g_ptr_array_index (self->rows, i)))
      return TRUE;

  return FALSE;
}

void
probity_kept_row_set_key (GtkWidget  *row,
                          const char *key)
{
  g_return_if_fail (GTK_IS_WIDGET (row));

  g_object_set_data_full (G_OBJECT (row), NAME_KEY, g_strdup (key), g_free);
}

void
probity_kept_row_add_content (GtkWidget  *row,
                              const char *content)
{
  const char *before;

  g_return_if_fail (GTK_IS_WIDGET (row));
  g_return_if_fail (content != NULL);

  before = g_object_get_data (G_OBJECT (row), CONTENT_KEY);
  g_object_set_data_full (G_OBJECT (row), CONTENT_KEY, g_strconcat (before != NULL ? before : "", content, "\x1f", NULL), g_free);
}

void
probity_kept_row_touch (GtkWidget *row)
{
  g_return_if_fail (GTK_IS_WIDGET (row));

  g_object_set_data (G_OBJECT (row), SHOWN_KEY, NULL);
}
