/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-application-private.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <sqlcipher/sqlite3.h>

#include "probity-window.h"

/* What is asked of whoever reports a fault. Nothing of a casebook is in it, not even a folder's name. */
static char *
get_debug_information (ProbityApplication *self)
{
  static const char *const withheld[] = { "recent-casebooks", "last-account", "sample-casebook", NULL };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  g_string_append_printf (text, "Probity %s (%s)\n", PROBITY_VERSION, PROBITY_PROFILE);
  g_string_append_printf (text, "Operating system: %s\n", os != NULL ? os : "unknown");
  g_string_append_printf (text, "Flatpak: %s\n", g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "yes" : "no");
  g_string_append_printf (text, "Language: %s\n\n", g_get_language_names ()[0]);
  g_string_append_printf (text, "GLib: %u.%u.%u (built with %u.%u.%u)\n", glib_major_version, glib_minor_version, glib_micro_version, GLIB_MAJOR_VERSION, GLIB_MINOR_VERSION, GLIB_MICRO_VERSION);
  g_string_append_printf (text, "GTK: %u.%u.%u (built with %u.%u.%u)\n", gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (), GTK_MAJOR_VERSION, GTK_MINOR_VERSION, GTK_MICRO_VERSION);
  g_string_append_printf (text, "libadwaita: %u.%u.%u (built with %s)\n", adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version (), ADW_VERSION_S);
  g_string_append_printf (text, "SQLite in SQLCipher: %s\n", sqlite3_libversion ());
  g_string_append_printf (text, "libsodium: %s\n\nSettings that differ from the default:\n", sodium_version_string ());

  g_object_get (probity_application_get_settings (self), "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GVariant) value = g_settings_get_user_value (probity_application_get_settings (self), keys[i]);
      g_autofree char *printed = NULL;

      if (value == NULL || g_strv_contains (withheld, keys[i]))
        continue;
      printed = g_variant_print (value, FALSE);
      g_string_append_printf (text, "  %s: %s\n", keys[i], printed);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  ProbityApplication *self = PROBITY_APPLICATION (data);
  AdwDialog          *dialog = adw_about_dialog_new ();
  g_autofree char    *debug = get_debug_information (self);

  g_object_set (dialog,
                "application-name",
                _ ("Probity"),
                "application-icon",
                "org.probity.Probity",
                "version",
                PROBITY_VERSION,
                "comments",
                _ ("Second jobs, complaints and intelligence of a police force: checked before they are approved, and provable afterwards."),
                "license-type",
                GTK_LICENSE_GPL_3_0,
                "debug-info",
                debug,
                "debug-info-filename",
                "probity-debug-info.txt",
                /* Translators: put your own name here, one a line */
                "translator-credits",
                _ ("translator-credits"),
                NULL);
  adw_dialog_present (dialog, GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (self))));
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (data));

  /* Each window signs its session out before it goes. */
  for (GList *l = g_list_last (windows); l != NULL;)
    {
      GtkWindow *window = l->data;

      l = l->prev;
      gtk_window_close (window);
    }
}

static void
new_window_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  ProbityWindow *window = probity_window_new (ADW_APPLICATION (data));

  probity_window_show_start (window);
  gtk_window_present (GTK_WINDOW (window));
}

void
_probity_application_add_actions (ProbityApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "about", .activate = about_action },
    { .name = "quit", .activate = quit_action },
    { .name = "new-window", .activate = new_window_action },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", (const char *[]) { "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.new-window", (const char *[]) { "<Control><Shift>n", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "window.close", (const char *[]) { "<Control>w", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "win.show-help-overlay", (const char *[]) { "<Control>question", NULL });
}
