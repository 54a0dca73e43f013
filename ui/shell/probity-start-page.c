/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-start-page.h"

#include <glib/gi18n.h>

#include "probity-casebook-name.h"

struct _ProbityStartPage
{
  AdwBin parent_instance;

  GPtrArray *recent_rows;

  AdwPreferencesGroup *recent_group;
};

G_DEFINE_FINAL_TYPE (ProbityStartPage, probity_start_page, ADW_TYPE_BIN)

static void
probity_start_page_dispose (GObject *object)
{
  ProbityStartPage *self = PROBITY_START_PAGE (object);

  g_clear_pointer (&self->recent_rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_START_PAGE);

  G_OBJECT_CLASS (probity_start_page_parent_class)->dispose (object);
}

static void
probity_start_page_class_init (ProbityStartPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_start_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/shell/probity-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityStartPage, recent_group);
}

static void
probity_start_page_init (ProbityStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->recent_rows = g_ptr_array_new ();
}

/** Lists the casebooks that were opened before, most recent first; those that are gone are left out. */
void
probity_start_page_set_recent (ProbityStartPage  *self,
                               const char *const *folders)
{
  g_return_if_fail (PROBITY_IS_START_PAGE (self));

  for (guint i = 0; i < self->recent_rows->len; i++)
    adw_preferences_group_remove (self->recent_group, g_ptr_array_index (self->recent_rows, i));
  g_ptr_array_set_size (self->recent_rows, 0);

  for (guint i = 0; folders != NULL && folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], "keyring.jsonl", NULL);
      g_autoptr (ProbityKeyring) keyring = NULL;
      g_autofree char *name = NULL;
      GtkWidget       *row;

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      keyring = probity_keyring_load (folders[i], NULL);
      name = probity_casebook_dup_display_name (folders[i], keyring);
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), folders[i]);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-folder");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", folders[i]);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      adw_preferences_group_add (self->recent_group, row);
      g_ptr_array_add (self->recent_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->recent_group), self->recent_rows->len > 0);
}
