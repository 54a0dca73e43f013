/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-window-private.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-access.h"
#include "probity-application.h"
#include "probity-backup-dialog.h"
#include "probity-choose-path.h"
#include "probity-create-dialog.h"
#include "probity-help-dialog.h"
#include "probity-passphrase-dialog.h"
#include "probity-preferences-dialog.h"
#include "probity-restore-dialog.h"
#include "probity-search-dialog.h"
#include "probity-sections.h"
#include "probity-toast.h"

static void
show_section_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  probity_window_show_section (PROBITY_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* Alt+1, Alt+2 …: the entries of the sidebar in the order in which this account sees them. */
static void
show_nth_section_action (GtkWidget  *widget,
                         const char *action_name,
                         GVariant   *parameter)
{
  ProbityWindow        *self = PROBITY_WINDOW (widget);
  const ProbitySection *sections;
  guint                 n_sections;
  int                   nth = g_variant_get_int32 (parameter);

  if (probity_window_get_session (self) == NULL)
    return;
  sections = probity_sections_get (&n_sections);
  for (guint i = 0; i < n_sections; i++)
    if (probity_section_is_open_to (&sections[i], probity_window_get_session (self)) && --nth == 0)
      probity_window_show_section (self, sections[i].name);
}

static void
open_record_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  const char *kind, *uid;

  g_variant_get (parameter, "(&s&s)", &kind, &uid);
  probity_window_open_record (PROBITY_WINDOW (widget), kind, uid);
}

static void
new_record_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  probity_window_new_record (PROBITY_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
help_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AdwDialog *open = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (widget));

  /* Over a form too: its reader may be the one who asks. */
  if (open == NULL || g_object_get_data (G_OBJECT (open), "probity-help") == NULL)
    adw_dialog_present (probity_help_dialog_new (), widget);
}

static void
lock_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  probity_window_lock (PROBITY_WINDOW (widget));
}

static void
sign_out_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  probity_window_sign_out (PROBITY_WINDOW (widget));
}

static void
close_casebook_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  probity_window_show_start (PROBITY_WINDOW (widget));
}

static void
change_passphrase_action (GtkWidget  *widget,
                          const char *action_name,
                          GVariant   *parameter)
{
  ProbityWindow *self = PROBITY_WINDOW (widget);

  adw_dialog_present (probity_passphrase_dialog_new_change (probity_window_get_session (self)), widget);
}

static void
recover_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  const char *folder = _probity_window_get_folder (PROBITY_WINDOW (widget));

  if (folder != NULL)
    adw_dialog_present (probity_passphrase_dialog_new_recover (folder), widget);
}

static void
preferences_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (widget));

  if (PROBITY_IS_APPLICATION (application))
    adw_dialog_present (probity_preferences_dialog_new (probity_application_get_settings (PROBITY_APPLICATION (application))), widget);
}

static void
casebook_created_cb (ProbityWindow *self,
                     const char    *folder)
{
  g_assert (PROBITY_IS_WINDOW (self));

  probity_window_open_casebook (self, folder);
}

static void
create_casebook_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  AdwDialog *dialog = probity_create_dialog_new ();

  g_signal_connect_object (dialog, "created", G_CALLBACK (casebook_created_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
folder_chosen_cb (gpointer    widget,
                  const char *path)
{
  probity_window_open_casebook (widget, path);
}

static void
open_casebook_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  probity_choose_path (widget, PROBITY_CHOOSE_FOLDER, _ ("Open a Casebook"), NULL, folder_chosen_cb);
}

static void
back_up_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (widget));
  ProbitySession *session = probity_window_get_session (PROBITY_WINDOW (widget));

  if (session != NULL && PROBITY_IS_APPLICATION (application))
    adw_dialog_present (probity_backup_dialog_new (session, probity_application_get_settings (PROBITY_APPLICATION (application))), widget);
}

static void
restore_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  AdwDialog *dialog = probity_restore_dialog_new ();

  g_signal_connect_object (dialog, "restored", G_CALLBACK (casebook_created_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
open_folder_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  probity_window_open_casebook (PROBITY_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
open_sample_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  GtkApplication  *application = gtk_window_get_application (GTK_WINDOW (widget));
  g_autofree char *folder = NULL;

  if (PROBITY_IS_APPLICATION (application))
    folder = probity_application_dup_sample (PROBITY_APPLICATION (application));
  if (folder != NULL)
    probity_window_open_casebook (PROBITY_WINDOW (widget), folder);
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (_probity_window_get_navigation_view (PROBITY_WINDOW (widget)));

  if (page == NULL || !gtk_widget_activate_action (GTK_WIDGET (page), "page.search", NULL))
    {
      probity_window_show_section (PROBITY_WINDOW (widget), "people");
      page = adw_navigation_view_get_visible_page (_probity_window_get_navigation_view (PROBITY_WINDOW (widget)));
      if (page != NULL)
        gtk_widget_activate_action (GTK_WIDGET (page), "page.search", NULL);
    }
}

/* Ctrl+K: everything, wherever one is. */
static void
find_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (widget)) == NULL)
    adw_dialog_present (probity_search_dialog_new (probity_window_get_session (PROBITY_WINDOW (widget))), widget);
}

/* Ctrl+N, Ctrl+E, Ctrl+Return do on the visible page what its own action of that name does, wherever the focus is. */
static void
page_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (_probity_window_get_navigation_view (PROBITY_WINDOW (widget)));
  g_autofree char   *name = g_strconcat ("page.", action_name + strlen ("win.page-"), NULL);

  if (page != NULL && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (widget)) == NULL)
    gtk_widget_activate_action (GTK_WIDGET (page), name, NULL);
}

void
_probity_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.section", "s", show_section_action);
  gtk_widget_class_install_action (widget_class, "win.nth-section", "i", show_nth_section_action);
  gtk_widget_class_install_action (widget_class, "win.open-record", "(ss)", open_record_action);
  gtk_widget_class_install_action (widget_class, "win.new-record", "s", new_record_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, help_action);
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, lock_action);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out_action);
  gtk_widget_class_install_action (widget_class, "win.change-passphrase", NULL, change_passphrase_action);
  gtk_widget_class_install_action (widget_class, "win.recover", NULL, recover_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.create-casebook", NULL, create_casebook_action);
  gtk_widget_class_install_action (widget_class, "win.open-casebook", NULL, open_casebook_action);
  gtk_widget_class_install_action (widget_class, "win.back-up", NULL, back_up_action);
  gtk_widget_class_install_action (widget_class, "win.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "win.open-folder", "s", open_folder_action);
  gtk_widget_class_install_action (widget_class, "win.open-sample", NULL, open_sample_action);
  gtk_widget_class_install_action (widget_class, "win.close-casebook", NULL, close_casebook_action);

  gtk_widget_class_install_action (widget_class, "win.page-new", NULL, page_action);
  gtk_widget_class_install_action (widget_class, "win.page-export", NULL, page_action);
  gtk_widget_class_install_action (widget_class, "win.page-step", NULL, page_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "win.page-new", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "win.page-export", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "win.page-step", NULL);
  for (int i = 1; i <= 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + i, GDK_ALT_MASK, "win.nth-section", "i", i);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, GDK_CONTROL_MASK, "win.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0, "win.help", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "win.lock", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_comma, GDK_CONTROL_MASK, "win.preferences", NULL);
}

void
_probity_window_update_actions (ProbityWindow *self)
{
  static const char *const signed_in[] = {
    "win.section", "win.nth-section", "win.open-record", "win.new-record", "win.search", "win.lock", "win.sign-out", "win.change-passphrase", "win.page-new", "win.page-export", "win.page-step"
  };
  static const char *const signed_out[] = {
    "win.recover", "win.create-casebook", "win.open-casebook", "win.open-folder", "win.close-casebook", "win.restore"
  };
  GtkApplication  *application = gtk_window_get_application (GTK_WINDOW (self));
  gboolean         open = probity_window_get_session (self) != NULL;
  g_autofree char *sample = PROBITY_IS_APPLICATION (application) ? probity_application_dup_sample (PROBITY_APPLICATION (application)) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (signed_in); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), signed_in[i], open);
  for (guint i = 0; i < G_N_ELEMENTS (signed_out); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), signed_out[i], !open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.find", open && probity_access_may (probity_window_get_session (self), PROBITY_OPERATION_READ_REGISTERS));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back-up", open && probity_access_may (probity_window_get_session (self), PROBITY_OPERATION_BACK_UP));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.open-sample", !open && sample != NULL);
}
