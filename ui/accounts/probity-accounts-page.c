/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-accounts-page.h"

#include <glib/gi18n.h>

#include "probity-account-dialog.h"
#include "probity-labels.h"
#include "probity-passphrase-dialog.h"
#include "probity-record-page.h"
#include "probity-reply.h"
#include "probity-toast.h"

struct _ProbityAccountsPage
{
  ProbityPage parent_instance;

  AdwPreferencesPage *body;
  GPtrArray          *groups;
};

G_DEFINE_FINAL_TYPE (ProbityAccountsPage, probity_accounts_page, PROBITY_TYPE_PAGE)

static void show_accounts (ProbityAccountsPage *self);

static gboolean
lacks_keys (const ProbityAccount *account)
{
  for (guint c = 0; c < PROBITY_N_COMPARTMENTS; c++)
    if (probity_roles_open (account->roles, c) && (account->holds & (1u << c)) == 0)
      return TRUE;
  return FALSE;
}

static char *
dup_keys (const ProbityAccount *account)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint c = 0; c < PROBITY_N_COMPARTMENTS; c++)
    if (account->holds & (1u << c))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", probity_label_for_compartment (c));
  if (text->len == 0)
    g_string_append (text, _ ("None"));
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
done_cb (gpointer      object,
         const GValue *value,
         const GError *error)
{
  ProbityAccountsPage *self = PROBITY_ACCOUNTS_PAGE (object);

  if (error != NULL)
    probity_toast_error (GTK_WIDGET (self), error);
  show_accounts (self);
}

static void
grant_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  probity_reply (probity_session_grant (probity_page_get_session (PROBITY_PAGE (widget)), g_variant_get_string (parameter, NULL)), widget, done_cb);
}

static void
reset_closed_cb (ProbityAccountsPage *self)
{
  g_assert (PROBITY_IS_ACCOUNTS_PAGE (self));

  show_accounts (self);
}

static void
reset_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  AdwDialog *dialog = probity_passphrase_dialog_new_reset (probity_page_get_session (PROBITY_PAGE (widget)), g_variant_get_string (parameter, NULL));

  g_signal_connect_object (dialog, "closed", G_CALLBACK (reset_closed_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
disable_answered_cb (ProbityAccountsPage *self,
                     const char          *response,
                     AdwAlertDialog      *dialog)
{
  g_assert (PROBITY_IS_ACCOUNTS_PAGE (self));

  if (g_str_equal (response, "disable"))
    probity_reply (probity_session_disable (probity_page_get_session (PROBITY_PAGE (self)), g_object_get_data (G_OBJECT (dialog), "account")), self, done_cb);
}

static void
disable_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  const char      *account = g_variant_get_string (parameter, NULL);
  g_autofree char *heading = g_strdup_printf (_ ("Disable “%s”?"), account);
  AdwDialog       *dialog = adw_alert_dialog_new (heading, _ ("The account can never be used again; whoever comes back gets a new one. What it signed stays valid."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "disable", _ ("_Disable"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "disable", ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (dialog), "account", g_strdup (account), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (disable_answered_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  AdwDialog *dialog = probity_account_dialog_new (probity_page_get_session (PROBITY_PAGE (widget)));

  g_signal_connect_object (dialog, "added", G_CALLBACK (show_accounts), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static GtkWidget *
new_action_row (const char *title,
                const char *action,
                const char *account,
                gboolean    destructive)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", account);
  if (destructive)
    gtk_widget_add_css_class (row, "destructive-action");
  return row;
}

static GtkWidget *
new_account_row (ProbityAccountsPage  *self,
                 const ProbityAccount *account)
{
  ProbitySession  *session = probity_page_get_session (PROBITY_PAGE (self));
  gboolean         is_self = g_str_equal (account->uid, probity_session_get_account_uid (session));
  GtkWidget       *row = adw_expander_row_new ();
  g_autofree char *roles = probity_label_dup_roles (account->roles);
  g_autofree char *keys = dup_keys (account);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), account->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), roles);
  if (!account->disabled && lacks_keys (account))
    {
      GtkWidget *badge = gtk_label_new (_ ("Keys missing"));

      gtk_widget_add_css_class (badge, "badge");
      gtk_widget_add_css_class (badge, "warning");
      gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
      adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), badge);
    }
  if (account->staff_number != NULL)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), probity_property_row_new (probity_label_for_field (NULL, "staff_number"), account->staff_number));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), probity_property_row_new (_ ("Keys held"), keys));
  if (account->disabled)
    return row;
  if (lacks_keys (account))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_action_row (_ ("Grant the Keys That You Hold"), "accounts.grant", account->name, FALSE));
  if (!is_self)
    {
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_action_row (_ ("Reset Passphrase…"), "accounts.reset", account->name, FALSE));
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_action_row (_ ("Disable…"), "accounts.disable", account->name, TRUE));
    }
  return row;
}

static void
add_accounts (ProbityAccountsPage *self,
              ProbityKeyring      *keyring,
              const char          *title,
              gboolean             disabled)
{
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);

      if (account->disabled != disabled)
        continue;
      if (group == NULL)
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          if (title != NULL)
            adw_preferences_group_set_title (group, title);
          adw_preferences_page_add (self->body, group);
          g_ptr_array_add (self->groups, group);
        }
      adw_preferences_group_add (group, new_account_row (self, account));
    }
}

static void
show_accounts (ProbityAccountsPage *self)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (probity_page_get_session (PROBITY_PAGE (self)));

  g_assert (PROBITY_IS_ACCOUNTS_PAGE (self));

  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->body, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  add_accounts (self, keyring, NULL, FALSE);
  add_accounts (self, keyring, _ ("Disabled"), TRUE);
}

static void
probity_accounts_page_refresh (ProbityPage *page)
{
  show_accounts (PROBITY_ACCOUNTS_PAGE (page));
}

static void
probity_accounts_page_finalize (GObject *object)
{
  g_clear_pointer (&PROBITY_ACCOUNTS_PAGE (object)->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_accounts_page_parent_class)->finalize (object);
}

static void
probity_accounts_page_class_init (ProbityAccountsPageClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  ProbityPageClass *page_class = PROBITY_PAGE_CLASS (klass);

  object_class->finalize = probity_accounts_page_finalize;
  page_class->refresh = probity_accounts_page_refresh;

  gtk_widget_class_install_action (widget_class, "page.new", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "accounts.grant", "s", grant_action);
  gtk_widget_class_install_action (widget_class, "accounts.reset", "s", reset_action);
  gtk_widget_class_install_action (widget_class, "accounts.disable", "s", disable_action);
}

static void
probity_accounts_page_init (ProbityAccountsPage *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  self->groups = g_ptr_array_new ();
  self->body = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  gtk_widget_set_tooltip_text (button, probity_label_for_new ("account"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.new");
  probity_page_pack_start (PROBITY_PAGE (self), button);
  probity_page_set_content (PROBITY_PAGE (self), GTK_WIDGET (self->body));
}

/** probity_accounts_page_new: (transfer floating) */
AdwNavigationPage *
probity_accounts_page_new (ProbitySession *session)
{
  ProbityAccountsPage *self = g_object_new (PROBITY_TYPE_ACCOUNTS_PAGE, "session", session, "title", _ ("Accounts"), NULL);

  probity_page_watch (PROBITY_PAGE (self), (const char *const[]) { "account", NULL });
  show_accounts (self);
  return ADW_NAVIGATION_PAGE (self);
}
