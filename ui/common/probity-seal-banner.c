/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-seal-banner.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-reply.h"
#include "probity-seal-dialog.h"
#include "probity-seal-holders.h"
#include "probity-second-job.h"

struct _ProbitySealBanner
{
  AdwBin parent_instance;

  ProbitySession     *session;
  ProbityRecord      *record; /* nullable */
  ProbitySealState   *state;  /* nullable until it is read */
  AdwBanner          *banner;
  GSimpleActionGroup *actions;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ProbitySealBanner, probity_seal_banner, ADW_TYPE_BIN)

static void
set_enabled (ProbitySealBanner *self,
             const char        *name,
             gboolean           enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

static void
show_state (ProbitySealBanner *self)
{
  const ProbityCaseKind *kind = probity_case_kind_of (probity_record_get_kind (self->record));
  /* Who holds all keys under which something of the case may stand. */
  const gboolean   seals = probity_access_may (self->session, kind->work) && probity_access_may (self->session, PROBITY_OPERATION_READ_INTELLIGENCE);
  const gboolean   sealed = self->state->sealed;
  g_autofree char *names = g_strjoinv (", ", self->state->holders);
  g_autofree char *title = NULL;

  if (sealed)
    /* Translators: %s are names of accounts. */
    title = g_strdup_printf (_ ("Sealed for %s: nobody else finds this case"), names);
  else if (seals || probity_record_get_kind (self->record) != &probity_second_job_kind)
    title = probity_seal_dup_proposal (self->state);
  adw_banner_set_title (self->banner, title != NULL ? title : "");
  adw_banner_set_button_label (self->banner, !sealed && seals && title != NULL ? _ ("_Seal…") : NULL);
  adw_banner_set_revealed (self->banner, title != NULL);

  /* And has somebody to name, or to take off beside themselves. */
  set_enabled (self, "name", seals && (!sealed || self->state->candidates[0] != NULL));
  set_enabled (self, "take-off", seals && sealed && g_strv_length (self->state->holders) > 1);
}

static void
loaded_cb (gpointer      object,
           const GValue *value,
           const GError *error)
{
  ProbitySealBanner *self = object;

  if (value == NULL || self->record == NULL)
    return;
  g_clear_pointer (&self->state, probity_seal_state_free);
  self->state = g_value_dup_boxed (value);
  show_state (self);
}

static void
closed_cb (ProbitySealBanner *self)
{
  g_assert (PROBITY_IS_SEAL_BANNER (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
present (ProbitySealBanner *self,
         GtkWidget         *dialog)
{
  g_signal_connect_object (dialog, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
name_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  ProbitySealBanner *self = user_data;

  present (self, probity_seal_dialog_new (self->session, self->record, self->state));
}

static void
take_off_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  ProbitySealBanner *self = user_data;

  present (self, probity_seal_without_dialog_new (self->session, self->record, self->state));
}

static void
probity_seal_banner_dispose (GObject *object)
{
  ProbitySealBanner *self = PROBITY_SEAL_BANNER (object);

  g_clear_object (&self->session);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->record, probity_record_unref);
  g_clear_pointer (&self->state, probity_seal_state_free);

  G_OBJECT_CLASS (probity_seal_banner_parent_class)->dispose (object);
}

static void
probity_seal_banner_class_init (ProbitySealBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = probity_seal_banner_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
probity_seal_banner_init (ProbitySealBanner *self)
{
  static const GActionEntry entries[] = {
    { .name = "name", .activate = name_cb },
    { .name = "take-off", .activate = take_off_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  set_enabled (self, "name", FALSE);
  set_enabled (self, "take-off", FALSE);

  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_banner_set_use_markup (self->banner, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->banner), "seal.name");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
}

ProbitySealBanner *
probity_seal_banner_add_to (ProbityPage *page,
                            GCallback    changed)
{
  ProbitySealBanner *self;

  g_return_val_if_fail (PROBITY_IS_PAGE (page), NULL);

  self = g_object_new (PROBITY_TYPE_SEAL_BANNER, NULL);
  self->session = g_object_ref (probity_page_get_session (page));
  g_signal_connect_object (self, "changed", changed, page, G_CONNECT_SWAPPED);
  gtk_widget_insert_action_group (GTK_WIDGET (page), "seal", G_ACTION_GROUP (self->actions));
  probity_page_add_top (page, GTK_WIDGET (self));

  return self;
}

void
probity_seal_banner_set_record (ProbitySealBanner *self,
                                ProbityRecord     *record)
{
  g_return_if_fail (PROBITY_IS_SEAL_BANNER (self));
  g_return_if_fail (record != NULL);

  g_clear_pointer (&self->record, probity_record_unref);
  self->record = probity_record_ref (record);
  probity_reply (probity_case_load_seal (self->session, probity_record_get_uid (record)), self, loaded_cb);
}

void
probity_seal_banner_clear (ProbitySealBanner *self)
{
  g_return_if_fail (PROBITY_IS_SEAL_BANNER (self));

  g_clear_pointer (&self->record, probity_record_unref);
  g_clear_pointer (&self->state, probity_seal_state_free);
  adw_banner_set_revealed (self->banner, FALSE);
  adw_banner_set_title (self->banner, "");
  set_enabled (self, "name", FALSE);
  set_enabled (self, "take-off", FALSE);
}

GActionGroup *
probity_seal_banner_get_actions (ProbitySealBanner *self)
{
  g_return_val_if_fail (PROBITY_IS_SEAL_BANNER (self), NULL);

  return G_ACTION_GROUP (self->actions);
}
