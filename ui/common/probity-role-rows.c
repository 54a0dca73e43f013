/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-role-rows.h"

#include <glib/gi18n.h>

#include "probity-labels.h"

#define N_ROLES PROBITY_N_ROLES

struct _ProbityRoleRows
{
  GObject parent_instance;

  GtkCheckButton *buttons[N_ROLES]; /* owned by the group */
};

typedef enum
{
  PROP_ROLES = 1,
} ProbityRoleRowsProps;

static GParamSpec *properties[PROP_ROLES + 1];

G_DEFINE_FINAL_TYPE (ProbityRoleRows, probity_role_rows, G_TYPE_OBJECT)

static const char *
describe_role (ProbityRoles role)
{
  if (role == PROBITY_ROLE_LINE_MANAGER)
    return _ ("Comments on the second jobs of their own people");
  if (role == PROBITY_ROLE_HR_OFFICER)
    return _ ("Enters applications and annual returns");
  if (role == PROBITY_ROLE_HEAD_OF_HR)
    return _ ("Comments, signs off where the profile says so, runs the annual review");
  if (role == PROBITY_ROLE_PSD_OFFICER)
    return _ ("Complaints and complaints checks");
  if (role == PROBITY_ROLE_ACU_OFFICER)
    return _ ("Intelligence and intelligence checks");
  if (role == PROBITY_ROLE_DECIDER)
    return _ ("Gives professional standards’ view, or decides");
  if (role == PROBITY_ROLE_CHIEF_OFFICER)
    return _ ("Decides appeals");
  return _ ("Accounts and roles; reads no content");
}

static void
button_toggled_cb (ProbityRoleRows *self)
{
  g_assert (PROBITY_IS_ROLE_ROWS (self));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLES]);
}

static void
probity_role_rows_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch ((ProbityRoleRowsProps) property_id)
    {
    case PROP_ROLES:
      g_value_set_uint (value, probity_role_rows_get_roles (PROBITY_ROLE_ROWS (object)));
      break;
    }
}

static void
probity_role_rows_class_init (ProbityRoleRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = probity_role_rows_get_property;

  properties[PROP_ROLES] =
      g_param_spec_uint ("roles", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
probity_role_rows_init (ProbityRoleRows *self)
{
}

/** probity_role_rows_new: (transfer none): adds the rows to @group, which owns the result. */
ProbityRoleRows *
probity_role_rows_new (AdwPreferencesGroup *group)
{
  ProbityRoleRows *self = g_object_new (PROBITY_TYPE_ROLE_ROWS, NULL);

  for (guint i = 0; i < N_ROLES; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *button = gtk_check_button_new ();

      self->buttons[i] = GTK_CHECK_BUTTON (button);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), probity_label_for_role (1u << i));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), describe_role (1u << i));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (button_toggled_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (group, row);
    }
  g_object_set_data_full (G_OBJECT (group), "probity-role-rows", self, g_object_unref);
  return self;
}

/** The roles that are ticked. */
ProbityRoles
probity_role_rows_get_roles (ProbityRoleRows *self)
{
  ProbityRoles roles = PROBITY_ROLE_NONE;

  g_return_val_if_fail (PROBITY_IS_ROLE_ROWS (self), PROBITY_ROLE_NONE);

  for (guint i = 0; i < N_ROLES; i++)
    if (gtk_check_button_get_active (self->buttons[i]))
      roles |= 1u << i;
  return roles;
}

/** Ticks @roles and no others. */
void
probity_role_rows_set_roles (ProbityRoleRows *self,
                             ProbityRoles     roles)
{
  g_return_if_fail (PROBITY_IS_ROLE_ROWS (self));

  for (guint i = 0; i < N_ROLES; i++)
    gtk_check_button_set_active (self->buttons[i], (roles & (1u << i)) != 0);
}
