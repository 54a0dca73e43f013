/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-seal-choice.h"

#include <glib/gi18n.h>

#include "probity-reply.h"
#include "probity-seal-holders.h"
#include "probity-text-row.h"

/* In the form's draft, beside its fields. */
#define DRAFT_SEALED "seal"
#define DRAFT_NAMES "seal-for"
#define DRAFT_REASON "seal-reason"

struct _ProbitySealChoice
{
  GObject parent_instance;

  ProbitySession        *session;
  const ProbityCaseKind *kind;
  ProbityForm           *form; /* weak */
  GStrv                  people;
  gboolean               only_sealed;
  gboolean               reading;
  gboolean               stale; /* other people were named since what is read was asked for */
  gboolean               filling;

  GtkWidget           *switch_row;
  GtkWidget           *proposal_row;
  AdwPreferencesGroup *holders_group;
  ProbitySealHolders  *holders;
  AdwPreferencesGroup *reason_group;
  GtkWidget           *reason_row;
};

typedef enum
{
  PROP_VALID = 1,
} ProbitySealChoiceProps;

static GParamSpec *properties[PROP_VALID + 1];

G_DEFINE_FINAL_TYPE (ProbitySealChoice, probity_seal_choice, G_TYPE_OBJECT)

static void
update (ProbitySealChoice *self)
{
  const gboolean sealed = probity_seal_choice_get_sealed (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->switch_row), sealed ? _ ("Only you, and those chosen below, find it") : _ ("Off: whoever works on such cases finds it"));
  gtk_widget_set_visible (GTK_WIDGET (self->holders_group), sealed);
  gtk_widget_set_visible (GTK_WIDGET (self->reason_group), sealed);
  if (probity_seal_choice_get_valid (self))
    gtk_widget_remove_css_class (self->reason_row, "error");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

static void
changed_cb (ProbitySealChoice *self)
{
  g_assert (PROBITY_IS_SEAL_CHOICE (self));

  update (self);
  if (!self->filling && self->form != NULL)
    probity_form_touch (self->form);
}

static void
seal_clicked_cb (ProbitySealChoice *self)
{
  g_assert (PROBITY_IS_SEAL_CHOICE (self));

  adw_switch_row_set_active (ADW_SWITCH_ROW (self->switch_row), TRUE);
  gtk_widget_grab_focus (self->reason_row);
}

/* --- Who there is --- */

static void read_state (ProbitySealChoice *self);

static void
state_loaded_cb (gpointer      object,
                 const GValue *value,
                 const GError *error)
{
  ProbitySealChoice *self = object;
  ProbitySealState  *state = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autofree char   *proposal = state != NULL ? probity_seal_dup_proposal (state) : NULL;
  g_autofree char   *note = NULL;

  self->reading = FALSE;
  if (self->stale)
    {
      read_state (self);
      return;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->proposal_row), proposal != NULL ? proposal : "");
  gtk_widget_set_visible (self->proposal_row, proposal != NULL);
  if (state == NULL)
    return;
  note = probity_seal_dup_note (state, _ ("The case stands in a compartment of its own from the first, which those chosen here can open at their next sign-in. Who is taken off the seal later keeps what they copied until then."));
  adw_preferences_group_set_description (self->holders_group, note);
  probity_seal_holders_set_state (self->holders, state);
  update (self);
}

static void
read_state (ProbitySealChoice *self)
{
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  probity_reply (probity_case_load_seal_of_new (self->session, self->kind, (const char *const *) self->people), self, state_loaded_cb);
}

/* --- Drafts --- */

static void
collect_cb (ProbitySealChoice *self,
            ProbityValues     *values)
{
  g_auto (GStrv) names = probity_seal_choice_dup_names (self);
  g_autofree char *text = g_strjoinv ("\n", names);
  g_autofree char *reason = probity_seal_choice_dup_reason (self);

  g_assert (PROBITY_IS_SEAL_CHOICE (self));

  probity_values_set (values, DRAFT_SEALED, probity_seal_choice_get_sealed (self) ? "true" : "false");
  probity_values_set (values, DRAFT_NAMES, text);
  probity_values_set (values, DRAFT_REASON, reason);
}

static void
restore_cb (ProbitySealChoice *self,
            ProbityValues     *values)
{
  const char *names = probity_values_get (values, DRAFT_NAMES);
  const char *reason = probity_values_get (values, DRAFT_REASON);

  g_assert (PROBITY_IS_SEAL_CHOICE (self));

  self->filling = TRUE;
  if (names != NULL)
    {
      g_auto (GStrv) list = g_strsplit (names, "\n", -1);

      probity_seal_holders_set_names (self->holders, (const char *const *) list);
    }
  if (reason != NULL)
    probity_text_row_set_text (PROBITY_TEXT_ROW (self->reason_row), reason);
  adw_switch_row_set_active (ADW_SWITCH_ROW (self->switch_row), self->only_sealed || g_strcmp0 (probity_values_get (values, DRAFT_SEALED), "true") == 0);
  self->filling = FALSE;
  update (self);
}

static void
probity_seal_choice_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch ((ProbitySealChoiceProps) property_id)
    {
    case PROP_VALID:
      g_value_set_boolean (value, probity_seal_choice_get_valid (PROBITY_SEAL_CHOICE (object)));
      break;
    }
}

static void
probity_seal_choice_dispose (GObject *object)
{
  ProbitySealChoice *self = PROBITY_SEAL_CHOICE (object);

  g_clear_weak_pointer (&self->form);
  g_clear_object (&self->session);
  g_clear_object (&self->switch_row);
  g_clear_object (&self->holders);
  g_clear_object (&self->reason_row);
  g_clear_pointer (&self->people, g_strfreev);

  G_OBJECT_CLASS (probity_seal_choice_parent_class)->dispose (object);
}

static void
probity_seal_choice_class_init (ProbitySealChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_seal_choice_dispose;
  object_class->get_property = probity_seal_choice_get_property;

  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
probity_seal_choice_init (ProbitySealChoice *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Seal"));

  self->people = g_new0 (char *, 1);
  self->switch_row = g_object_ref_sink (adw_switch_row_new ());
  self->proposal_row = adw_action_row_new ();
  self->holders_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->holders = g_object_ref_sink (PROBITY_SEAL_HOLDERS (probity_seal_holders_new ()));
  self->reason_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->reason_row = g_object_ref_sink (probity_text_row_new (_ ("Reason for the seal")));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->switch_row), _ ("Sealed"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->proposal_row), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->proposal_row), button);
  gtk_widget_add_css_class (self->proposal_row, "warning");
  gtk_widget_set_visible (self->proposal_row, FALSE);
  g_object_bind_property (self->switch_row, "active", button, "visible", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  adw_preferences_group_add (self->holders_group, GTK_WIDGET (self->holders));
  adw_preferences_group_add (self->reason_group, self->reason_row);

  g_signal_connect_object (button, "clicked", G_CALLBACK (seal_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->switch_row, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->holders, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reason_row, "notify::text", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

ProbitySealChoice *
probity_seal_choice_new (ProbitySession        *session,
                         const ProbityCaseKind *kind,
                         gboolean               only_sealed,
                         ProbityForm           *form,
                         AdwPreferencesPage    *page)
{
  ProbitySealChoice   *self;
  AdwPreferencesGroup *group;

  g_return_val_if_fail (PROBITY_IS_FORM (form), NULL);

  if (!probity_case_may_open_sealed (session, kind))
    return NULL;

  self = g_object_new (PROBITY_TYPE_SEAL_CHOICE, NULL);
  self->session = g_object_ref (session);
  self->kind = kind;
  self->only_sealed = only_sealed;
  g_set_weak_pointer (&self->form, form);
  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  if (only_sealed)
    adw_preferences_group_set_description (group, _ ("You enter an application only sealed: professional standards, human resources and line managers enter the others."));
  adw_preferences_group_add (group, self->proposal_row);
  adw_preferences_group_add (group, self->switch_row);
  adw_preferences_page_add (page, group);
  adw_preferences_page_add (page, self->holders_group);
  adw_preferences_page_add (page, self->reason_group);

  self->filling = TRUE;
  adw_switch_row_set_active (ADW_SWITCH_ROW (self->switch_row), only_sealed);
  gtk_widget_set_sensitive (self->switch_row, !only_sealed);
  self->filling = FALSE;
  update (self);
  g_signal_connect_object (form, "collect", G_CALLBACK (collect_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  read_state (self);

  return self;
}

void
probity_seal_choice_set_people (ProbitySealChoice *self,
                                const char *const *staff_numbers)
{
  g_return_if_fail (PROBITY_IS_SEAL_CHOICE (self));
  g_return_if_fail (staff_numbers != NULL);

  if (g_strv_equal ((const char *const *) self->people, staff_numbers))
    return;
  g_strfreev (self->people);
  self->people = g_strdupv ((GStrv) staff_numbers);
  read_state (self);
}

gboolean
probity_seal_choice_get_sealed (ProbitySealChoice *self)
{
  g_return_val_if_fail (PROBITY_IS_SEAL_CHOICE (self), FALSE);

  return adw_switch_row_get_active (ADW_SWITCH_ROW (self->switch_row));
}

gboolean
probity_seal_choice_get_valid (ProbitySealChoice *self)
{
  g_autofree char *reason = NULL;

  g_return_val_if_fail (PROBITY_IS_SEAL_CHOICE (self), FALSE);

  reason = probity_seal_choice_dup_reason (self);

  return !probity_seal_choice_get_sealed (self) || *reason != '\0';
}

void
probity_seal_choice_show_problem (ProbitySealChoice *self)
{
  g_return_if_fail (PROBITY_IS_SEAL_CHOICE (self));

  if (probity_seal_choice_get_valid (self))
    return;
  gtk_widget_add_css_class (self->reason_row, "error");
  gtk_widget_grab_focus (self->reason_row);
}

/** probity_seal_choice_dup_names: (transfer full): who is chosen beside who opens it. */
GStrv
probity_seal_choice_dup_names (ProbitySealChoice *self)
{
  g_return_val_if_fail (PROBITY_IS_SEAL_CHOICE (self), NULL);

  return probity_seal_holders_dup_names (self->holders);
}

gboolean
probity_seal_choice_get_with_checks (ProbitySealChoice *self)
{
  g_return_val_if_fail (PROBITY_IS_SEAL_CHOICE (self), FALSE);

  return probity_seal_holders_get_with_checks (self->holders);
}

/** probity_seal_choice_dup_reason: (transfer full) */
char *
probity_seal_choice_dup_reason (ProbitySealChoice *self)
{
  g_return_val_if_fail (PROBITY_IS_SEAL_CHOICE (self), NULL);

  return g_strstrip (probity_text_row_dup_text (PROBITY_TEXT_ROW (self->reason_row)));
}
