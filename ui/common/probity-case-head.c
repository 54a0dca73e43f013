/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-head.h"

#include <glib/gi18n.h>

#include "probity-errors.h"

static gboolean
is_enabled (ProbityCaseHead *self,
            const char      *action)
{
  GActionGroup *seal = probity_seal_banner_get_actions (self->seal_banner);

  if (g_str_has_prefix (action, "seal."))
    return g_action_group_get_action_enabled (seal, action + strlen ("seal."));

  return g_hash_table_contains (self->enabled, action);
}

/* Items that are there for as long as they are in the menu count too. */
static gboolean
has_items (ProbityCaseHead *self,
           GMenuModel      *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *action = NULL;
      g_autofree char *hidden = NULL;

      if (section != NULL)
        {
          if (has_items (self, section))
            return TRUE;
          continue;
        }
      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action);
      g_menu_model_get_item_attribute (menu, i, "hidden-when", "s", &hidden);
      if (action != NULL && (hidden == NULL || is_enabled (self, action)))
        return TRUE;
    }

  return FALSE;
}

void
probity_case_head_update_menu (ProbityCaseHead *self)
{
  gtk_widget_set_visible (self->menu_button, !self->gone && has_items (self, self->menu));
}

static void
seal_enabled_cb (ProbityPage  *page,
                 const char   *name,
                 gboolean      enabled,
                 GActionGroup *actions)
{
  ProbityCaseHead *self = g_object_get_data (G_OBJECT (page), "probity-case-head");

  g_assert (PROBITY_IS_PAGE (page));

  if (self != NULL)
    probity_case_head_update_menu (self);
}

void
probity_case_head_add_to (ProbityCaseHead *self,
                          ProbityPage     *page,
                          GMenuModel      *menu,
                          GCallback        reload)
{
  g_return_if_fail (PROBITY_IS_PAGE (page));
  g_return_if_fail (G_IS_MENU_MODEL (menu));

  self->page = page;
  self->menu = g_object_ref (menu);
  self->enabled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->next_button = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (self->next_button), TRUE);
  gtk_widget_add_css_class (self->next_button, "suggested-action");
  gtk_widget_set_visible (self->next_button, FALSE);
  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), menu);
  gtk_widget_set_tooltip_text (self->menu_button, _ ("More Steps"));
  gtk_widget_set_visible (self->menu_button, FALSE);
  self->waiting_banner = adw_banner_new ("");
  adw_banner_set_use_markup (ADW_BANNER (self->waiting_banner), FALSE);

  probity_page_pack_end (page, self->menu_button);
  probity_page_pack_end (page, self->next_button);
  probity_page_add_top (page, self->waiting_banner);
  self->seal_banner = probity_seal_banner_add_to (page, reload);
  g_object_set_data (G_OBJECT (page), "probity-case-head", self);
  g_signal_connect_object (probity_seal_banner_get_actions (self->seal_banner), "action-enabled-changed", G_CALLBACK (seal_enabled_cb), page, G_CONNECT_SWAPPED);
}

void
probity_case_head_clear (ProbityCaseHead *self)
{
  if (self->page != NULL)
    g_object_set_data (G_OBJECT (self->page), "probity-case-head", NULL);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->enabled, g_hash_table_unref);
}

void
probity_case_head_set_enabled (ProbityCaseHead *self,
                               const char      *action,
                               gboolean         enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self->page), action, enabled);
  if (enabled)
    g_hash_table_add (self->enabled, g_strdup (action));
  else
    g_hash_table_remove (self->enabled, action);
  probity_case_head_update_menu (self);
}

void
probity_case_head_set_waiting (ProbityCaseHead *self,
                               const char      *waiting)
{
  adw_banner_set_title (ADW_BANNER (self->waiting_banner), waiting != NULL ? waiting : "");
  adw_banner_set_revealed (ADW_BANNER (self->waiting_banner), waiting != NULL);
}

void
probity_case_head_set_record (ProbityCaseHead *self,
                              ProbityRecord   *record)
{
  self->gone = FALSE;
  probity_seal_banner_set_record (self->seal_banner, record);
  probity_case_head_update_menu (self);
}

void
probity_case_head_show_error (ProbityCaseHead *self,
                              const GError    *error)
{
  if (probity_error_is_cancelled (error))
    return;
  self->gone = TRUE;
  probity_page_show_error (self->page, error);
  probity_seal_banner_clear (self->seal_banner);
  probity_case_head_set_waiting (self, NULL);
  gtk_widget_set_visible (self->next_button, FALSE);
  probity_case_head_update_menu (self);
}
