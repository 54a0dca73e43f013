/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-sign-in-page.h"

#include <glib/gi18n.h>

#include "probity-casebook-name.h"
#include "probity-errors.h"
#include "probity-labels.h"
#include "probity-reply.h"

struct _ProbitySignInPage
{
  AdwBin parent_instance;

  char         *folder;
  ProbityClock *clock;
  GPtrArray    *sample_rows;
  gboolean      busy;
  gboolean      held;    /* the session before still ends */
  gboolean      waiting; /* to be signed in as soon as it has ended */
  guint         attempt;

  GtkWidget           *back_button;
  AdwBanner           *sample_banner;
  GtkLabel            *title_label;
  GtkLabel            *subtitle_label;
  AdwEntryRow         *account_row;
  AdwPasswordEntryRow *passphrase_row;
  GtkLabel            *error_label;
  GtkWidget           *sign_in_button;
  GtkStack            *button_stack;
  AdwPreferencesGroup *sample_group;
};

G_DEFINE_FINAL_TYPE (ProbitySignInPage, probity_sign_in_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define SAMPLE_PASSPHRASE "probity sample"

static void
set_passphrase (ProbitySignInPage *self,
                const char        *passphrase)
{
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase_row), passphrase);
}

static void
show_message (ProbitySignInPage *self,
              const char        *message)
{
  gtk_label_set_label (self->error_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), message != NULL);
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->passphrase_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->passphrase_row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->passphrase_row),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
update_sensitivity (ProbitySignInPage *self)
{
  const char *account = gtk_editable_get_text (GTK_EDITABLE (self->account_row));
  const char *passphrase = gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row));

  gtk_widget_set_sensitive (self->sign_in_button, !self->busy && *account != '\0' && *passphrase != '\0');
  gtk_widget_set_sensitive (GTK_WIDGET (self->account_row), !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->passphrase_row), !self->busy);
  gtk_widget_set_sensitive (self->back_button, !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sample_group), !self->busy);
  gtk_stack_set_visible_child_name (self->button_stack, self->busy ? "spinner" : "label");
}

static void
signed_in_cb (gpointer      object,
              const GValue *value,
              const GError *error)
{
  ProbitySignInPage *self = PROBITY_SIGN_IN_PAGE (object);

  self->busy = FALSE;
  set_passphrase (self, "");
  update_sensitivity (self);
  if (error != NULL)
    {
      g_autofree char *sentence = probity_error_dup_sentence (error);

      show_message (self, sentence);
      gtk_widget_grab_focus (GTK_WIDGET (self->passphrase_row));
      return;
    }
  g_signal_emit (self, signals[SIGNAL_SIGNED_IN], 0, g_value_get_object (value));
}

static void
begin (ProbitySignInPage *self)
{
  g_autofree char *account = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->account_row))));

  self->waiting = FALSE;
  probity_reply (probity_session_sign_in (self->folder, account, gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row)), self->clock), self, signed_in_cb);
}

static void
sign_in_cb (ProbitySignInPage *self)
{
  const char      *passphrase = gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row));
  g_autofree char *account = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->account_row))));

  g_assert (PROBITY_IS_SIGN_IN_PAGE (self));

  if (self->busy || self->folder == NULL || *account == '\0' || *passphrase == '\0')
    return;
  self->busy = TRUE;
  show_message (self, NULL);
  update_sensitivity (self);
  self->waiting = self->held;
  if (!self->held)
    begin (self);
}

static void
account_activated_cb (ProbitySignInPage *self)
{
  g_assert (PROBITY_IS_SIGN_IN_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase_row));
}

static void
input_changed_cb (ProbitySignInPage *self)
{
  g_assert (PROBITY_IS_SIGN_IN_PAGE (self));

  if (self->busy)
    return;
  if (*gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row)) != '\0')
    show_message (self, NULL);
  update_sensitivity (self);
}

static void
sample_row_activated_cb (ProbitySignInPage *self,
                         AdwActionRow      *row)
{
  g_assert (PROBITY_IS_SIGN_IN_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->account_row), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  set_passphrase (self, SAMPLE_PASSPHRASE);
  gtk_widget_grab_focus (self->sign_in_button);
}

static void
list_sample_accounts (ProbitySignInPage *self,
                      ProbityKeyring    *keyring)
{
  /* Translators: %s is the passphrase */
  g_autofree char *description = g_strdup_printf (_ ("Each one’s passphrase is “%s”. Choose an account to fill it in."), SAMPLE_PASSPHRASE);

  for (guint i = 0; i < self->sample_rows->len; i++)
    adw_preferences_group_remove (self->sample_group, g_ptr_array_index (self->sample_rows, i));
  g_ptr_array_set_size (self->sample_rows, 0);

  for (guint i = 0; keyring != NULL && i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);
      g_autofree char      *roles = probity_label_dup_roles (account->roles);
      GtkWidget            *row;

      if (account->disabled)
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), account->name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), roles);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (sample_row_activated_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->sample_group, row);
      g_ptr_array_add (self->sample_rows, row);
    }
  adw_preferences_group_set_description (self->sample_group, description);
  gtk_widget_set_visible (GTK_WIDGET (self->sample_group), self->sample_rows->len > 0);
  adw_banner_set_revealed (self->sample_banner, self->sample_rows->len > 0);
}

static void
probity_sign_in_page_dispose (GObject *object)
{
  ProbitySignInPage *self = PROBITY_SIGN_IN_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_SIGN_IN_PAGE);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->sample_rows, g_ptr_array_unref);
  g_clear_pointer (&self->clock, probity_clock_unref);

  G_OBJECT_CLASS (probity_sign_in_page_parent_class)->dispose (object);
}

static gboolean
probity_sign_in_page_grab_focus (GtkWidget *widget)
{
  ProbitySignInPage *self = PROBITY_SIGN_IN_PAGE (widget);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->account_row)) == '\0')
    return gtk_widget_grab_focus (GTK_WIDGET (self->account_row));
  return gtk_widget_grab_focus (GTK_WIDGET (self->passphrase_row));
}

static void
probity_sign_in_page_class_init (ProbitySignInPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_sign_in_page_dispose;
  widget_class->grab_focus = probity_sign_in_page_grab_focus;

  signals[SIGNAL_SIGNED_IN] =
      g_signal_new ("signed-in", PROBITY_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, PROBITY_TYPE_SESSION);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/shell/probity-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbitySignInPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, ProbitySignInPage, sample_banner);
  gtk_widget_class_bind_template_child (widget_class, ProbitySignInPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, ProbitySignInPage, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, ProbitySignInPage, account_row);
  gtk_widget_class_bind_template_child (widget_class, ProbitySignInPage, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, ProbitySignInPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, ProbitySignInPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, ProbitySignInPage, button_stack);
  gtk_widget_class_bind_template_child (widget_class, ProbitySignInPage, sample_group);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, account_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, input_changed_cb);
}

static void
probity_sign_in_page_init (ProbitySignInPage *self)
{
  self->sample_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  update_sensitivity (self);
}

/** Shows the casebook in @folder (nullable) as the one to sign in to, with empty fields. */
void
probity_sign_in_page_set_folder (ProbitySignInPage *self,
                                 const char        *folder)
{
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (PROBITY_IS_SIGN_IN_PAGE (self));

  /* Whoever waited did so for another casebook. */
  self->busy = self->busy && !self->waiting;
  self->waiting = FALSE;
  g_set_str (&self->folder, folder);
  gtk_editable_set_text (GTK_EDITABLE (self->account_row), "");
  set_passphrase (self, "");
  show_message (self, NULL);
  if (folder == NULL)
    return;

  keyring = probity_keyring_load (folder, &error);
  name = probity_casebook_dup_display_name (folder, keyring);
  gtk_label_set_label (self->title_label, name);
  gtk_label_set_label (self->subtitle_label, folder);
  if (keyring == NULL)
    {
      g_autofree char *sentence = probity_error_dup_sentence (error);

      show_message (self, sentence);
    }
  list_sample_accounts (self, keyring != NULL && probity_keyring_is_sample (keyring) ? keyring : NULL);
  update_sensitivity (self);
}

/** probity_sign_in_page_get_folder: (nullable): the casebook shown. */
const char *
probity_sign_in_page_get_folder (ProbitySignInPage *self)
{
  g_return_val_if_fail (PROBITY_IS_SIGN_IN_PAGE (self), NULL);
  return self->folder;
}

/** Fills in @account (nullable); @locked: says that the session was locked and that nothing is lost. */
void
probity_sign_in_page_set_account (ProbitySignInPage *self,
                                  const char        *account,
                                  gboolean           locked)
{
  g_return_if_fail (PROBITY_IS_SIGN_IN_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->account_row), account != NULL ? account : "");
  if (locked)
    gtk_label_set_label (self->subtitle_label, _ ("Locked. Drafts are kept; sign in to go on."));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/** Fills in @account if the casebook has it, and is not the sample, whose accounts are listed. */
void
probity_sign_in_page_suggest_account (ProbitySignInPage *self,
                                      const char        *account)
{
  g_autoptr (ProbityKeyring) keyring = NULL;

  g_return_if_fail (PROBITY_IS_SIGN_IN_PAGE (self));

  if (self->folder == NULL || account == NULL || *account == '\0' || self->sample_rows->len > 0)
    return;
  keyring = probity_keyring_load (self->folder, NULL);
  if (keyring != NULL && probity_keyring_find (keyring, account) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->account_row), account);
}

/** Sessions opened from here take the time from @clock (nullable). */
void
probity_sign_in_page_set_clock (ProbitySignInPage *self,
                                ProbityClock      *clock)
{
  g_return_if_fail (PROBITY_IS_SIGN_IN_PAGE (self));

  g_clear_pointer (&self->clock, probity_clock_unref);
  if (clock != NULL)
    self->clock = probity_clock_ref (clock);
}

void
probity_sign_in_page_set_held (ProbitySignInPage *self,
                               gboolean           held)
{
  g_return_if_fail (PROBITY_IS_SIGN_IN_PAGE (self));

  self->held = held;
  if (!held && self->waiting)
    begin (self);
}
