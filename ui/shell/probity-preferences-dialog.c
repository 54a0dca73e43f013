/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-preferences-dialog.h"

#include <glib/gi18n.h>

#include "probity-sections.h"

struct _ProbityPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  AdwComboRow *color_scheme_row;
  AdwSpinRow  *idle_row;
  AdwComboRow *default_page_row;
  GtkWidget   *notify_row;
};

G_DEFINE_FINAL_TYPE (ProbityPreferencesDialog, probity_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static const char *const schemes[] = { "system", "light", "dark", NULL };

static gboolean
position_from_setting (GValue   *value,
                       GVariant *variant,
                       gpointer  data)
{
  const char *const *names = data;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], g_variant_get_string (variant, NULL)))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  g_value_set_uint (value, 0);
  return TRUE;
}

static GVariant *
setting_from_position (const GValue       *value,
                       const GVariantType *type,
                       gpointer            data)
{
  const char *const *names = data;
  guint              position = g_value_get_uint (value);

  return position < g_strv_length ((char **) names) ? g_variant_new_string (names[position]) : NULL;
}

static void
probity_preferences_dialog_class_init (ProbityPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/shell/probity-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityPreferencesDialog, color_scheme_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityPreferencesDialog, idle_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityPreferencesDialog, default_page_row);
  gtk_widget_class_bind_template_child (widget_class, ProbityPreferencesDialog, notify_row);
}

static void
probity_preferences_dialog_init (ProbityPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** probity_preferences_dialog_new: (transfer floating): shows and changes @settings at once. */
AdwDialog *
probity_preferences_dialog_new (GSettings *settings)
{
  ProbityPreferencesDialog *self = g_object_new (PROBITY_TYPE_PREFERENCES_DIALOG, NULL);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const ProbitySection *sections;
  guint                 n_sections;

  sections = probity_sections_get (&n_sections);
  for (guint i = 0; i < n_sections; i++)
    {
      gtk_string_list_append (titles, _ (sections[i].title));
      g_ptr_array_add (names, (gpointer) sections[i].name);
    }
  g_ptr_array_add (names, NULL);
  adw_combo_row_set_model (self->default_page_row, G_LIST_MODEL (titles));

  g_settings_bind_with_mapping (settings, "color-scheme", self->color_scheme_row, "selected", G_SETTINGS_BIND_DEFAULT, position_from_setting, setting_from_position, (gpointer) schemes, NULL);
  g_settings_bind_with_mapping (settings, "default-page", self->default_page_row, "selected", G_SETTINGS_BIND_DEFAULT, position_from_setting, setting_from_position, g_ptr_array_free (g_steal_pointer (&names), FALSE), g_free);
  g_settings_bind (settings, "notify-due", self->notify_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "idle-lock-minutes", self->idle_row, "value", G_SETTINGS_BIND_DEFAULT);
  return ADW_DIALOG (self);
}
