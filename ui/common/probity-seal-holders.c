/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-seal-holders.h"

#include <glib/gi18n.h>

struct _ProbitySealHolders
{
  AdwBin parent_instance;

  GtkWidget        *box;
  GPtrArray        *groups;   /* AdwPreferencesGroup, in the box */
  GPtrArray        *buttons;  /* GtkCheckButton, one a candidate; its name is the account's */
  GHashTable       *ticked;   /* names, also of those who are no candidates just now */
  ProbitySealState *state;    /* nullable */
  gboolean          building; /* what toggles is not a person's doing */
  GtkWidget        *warning;  /* that nobody could decide */
};

G_DEFINE_FINAL_TYPE (ProbitySealHolders, probity_seal_holders, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_gaining (ProbitySealHolders *self,
            const char         *name)
{
  return self->state != NULL && g_strv_contains ((const char *const *) self->state->gaining, name);
}

static void
update_warning (ProbitySealHolders *self)
{
  gboolean decided = self->state == NULL || self->state->decided;

  for (guint i = 0; i < self->buttons->len && !decided; i++)
    decided = gtk_check_button_get_active (g_ptr_array_index (self->buttons, i)) &&
              g_strv_contains ((const char *const *) self->state->deciders, gtk_widget_get_name (g_ptr_array_index (self->buttons, i)));
  gtk_widget_set_visible (self->warning, !decided);
  gtk_widget_set_visible (GTK_WIDGET (self), self->buttons->len > 0 || !decided);
}

static void
toggled_cb (ProbitySealHolders *self,
            GtkCheckButton     *button)
{
  const char *name = gtk_widget_get_name (GTK_WIDGET (button));

  g_assert (PROBITY_IS_SEAL_HOLDERS (self));

  if (self->building)
    return;
  if (gtk_check_button_get_active (button))
    g_hash_table_add (self->ticked, g_strdup (name));
  else
    g_hash_table_remove (self->ticked, name);
  update_warning (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_account (ProbitySealHolders  *self,
             AdwPreferencesGroup *group,
             const char          *name)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();

  gtk_widget_set_name (button, name);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), g_hash_table_contains (self->ticked, name));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->buttons, button);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

static void
add_group (ProbitySealHolders *self,
           const char         *title,
           gboolean            gaining)
{
  GtkWidget *group = NULL;

  for (guint i = 0; self->state->candidates[i] != NULL; i++)
    {
      if (is_gaining (self, self->state->candidates[i]) != gaining)
        continue;
      if (group == NULL)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
          gtk_box_append (GTK_BOX (self->box), group);
          g_ptr_array_add (self->groups, group);
        }
      add_account (self, ADW_PREFERENCES_GROUP (group), self->state->candidates[i]);
    }
}

static void
probity_seal_holders_dispose (GObject *object)
{
  ProbitySealHolders *self = PROBITY_SEAL_HOLDERS (object);

  g_clear_pointer (&self->state, probity_seal_state_free);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->ticked, g_hash_table_unref);

  G_OBJECT_CLASS (probity_seal_holders_parent_class)->dispose (object);
}

static void
probity_seal_holders_class_init (ProbitySealHoldersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = probity_seal_holders_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
probity_seal_holders_init (ProbitySealHolders *self)
{
  self->groups = g_ptr_array_new ();
  self->buttons = g_ptr_array_new ();
  self->ticked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->warning = gtk_label_new (_ ("Nobody who would find the case can decide it. Name somebody who can, now or before it is to be closed or approved."));
  gtk_label_set_wrap (GTK_LABEL (self->warning), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->warning), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->warning), 0);
  gtk_widget_add_css_class (self->warning, "warning");
  gtk_widget_set_visible (self->warning, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->warning);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

/** probity_seal_holders_new: (transfer floating) */
GtkWidget *
probity_seal_holders_new (void)
{
  return g_object_new (PROBITY_TYPE_SEAL_HOLDERS, NULL);
}

void
probity_seal_holders_set_state (ProbitySealHolders *self,
                                ProbitySealState   *state)
{
  g_return_if_fail (PROBITY_IS_SEAL_HOLDERS (self));
  g_return_if_fail (state != NULL);

  /* The same people: the focus stays where it is. */
  if (self->state != NULL && g_strv_equal ((const char *const *) self->state->candidates, (const char *const *) state->candidates) &&
      g_strv_equal ((const char *const *) self->state->gaining, (const char *const *) state->gaining) &&
      g_strv_equal ((const char *const *) self->state->deciders, (const char *const *) state->deciders) && self->state->decided == state->decided)
    return;
  g_clear_pointer (&self->state, probity_seal_state_free);
  self->state = g_boxed_copy (PROBITY_TYPE_SEAL_STATE, state);
  self->building = TRUE;
  for (guint i = 0; i < self->groups->len; i++)
    gtk_box_remove (GTK_BOX (self->box), g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  g_ptr_array_set_size (self->buttons, 0);
  add_group (self, _ ("For Whom"), FALSE);
  add_group (self, _ ("Without a Key of Professional Standards"), TRUE);
  self->building = FALSE;
  gtk_box_reorder_child_after (GTK_BOX (self->box), self->warning, gtk_widget_get_last_child (self->box));
  update_warning (self);
}

/** probity_seal_holders_dup_names: (transfer full): who is ticked, in the order of the accounts. */
GStrv
probity_seal_holders_dup_names (ProbitySealHolders *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (PROBITY_IS_SEAL_HOLDERS (self), NULL);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->buttons, i)))
      g_strv_builder_add (names, gtk_widget_get_name (g_ptr_array_index (self->buttons, i)));

  return g_strv_builder_end (names);
}

void
probity_seal_holders_set_names (ProbitySealHolders *self,
                                const char *const  *names)
{
  g_return_if_fail (PROBITY_IS_SEAL_HOLDERS (self));
  g_return_if_fail (names != NULL);

  g_hash_table_remove_all (self->ticked);
  for (guint i = 0; names[i] != NULL; i++)
    g_hash_table_add (self->ticked, g_strdup (names[i]));
  self->building = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->buttons, i), g_hash_table_contains (self->ticked, gtk_widget_get_name (g_ptr_array_index (self->buttons, i))));
  self->building = FALSE;
  update_warning (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
probity_seal_holders_get_with_checks (ProbitySealHolders *self)
{
  g_return_val_if_fail (PROBITY_IS_SEAL_HOLDERS (self), FALSE);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->buttons, i)) && is_gaining (self, gtk_widget_get_name (g_ptr_array_index (self->buttons, i))))
      return TRUE;

  return FALSE;
}

char *
probity_seal_dup_proposal (ProbitySealState *state)
{
  g_autofree char *names = g_strjoinv (", ", state->conflicts);

  if (*names == '\0')
    return NULL;

  /* Translators: %s are names of accounts. */
  return g_strdup_printf (_ ("This case is about %s, or a relative of theirs, who could read its files"), names);
}

char *
probity_seal_dup_note (ProbitySealState *state,
                       const char       *what)
{
  if (state->gaining[0] == NULL)
    return g_strdup (what);

  return g_strjoin (" ", what, _ ("Both checks go with it: who holds no key of professional standards is shown none of them here, but is given a key with which other tools could read them."), NULL);
}
