/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-application-private.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "probity-exhibit.h"
#include "probity-menu-names.h"
#include "probity-ui-resources.h"
#include "probity-window.h"

#define MOST_RECENT_CASEBOOKS 8

struct _ProbityApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (ProbityApplication, probity_application, ADW_TYPE_APPLICATION)

static void
apply_color_scheme (ProbityApplication *self)
{
  g_autofree char *scheme = g_settings_get_string (self->settings, "color-scheme");
  AdwStyleManager *manager = adw_style_manager_get_default ();

  if (g_str_equal (scheme, "dark"))
    adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  else if (g_str_equal (scheme, "light"))
    adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  else
    adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

static ProbityWindow *
ensure_window (ProbityApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (PROBITY_IS_WINDOW (window))
    return PROBITY_WINDOW (window);
  return probity_window_new (ADW_APPLICATION (self));
}

static void
probity_application_activate (GApplication *application)
{
  ProbityApplication *self = PROBITY_APPLICATION (application);
  gboolean            is_new = gtk_application_get_active_window (GTK_APPLICATION (self)) == NULL;
  ProbityWindow      *window = ensure_window (self);

  if (is_new)
    {
      g_auto (GStrv) recent = g_settings_get_strv (self->settings, "recent-casebooks");
      g_autofree char *keyring = recent[0] != NULL ? g_build_filename (recent[0], "keyring.jsonl", NULL) : NULL;

      /* Whoever worked in a casebook goes on there; the back button leads to the others. */
      if (keyring != NULL && g_file_test (keyring, G_FILE_TEST_EXISTS))
        probity_window_open_casebook (window, recent[0]);
      else
        probity_window_show_start (window);
    }
  gtk_window_present (GTK_WINDOW (window));
}

static int
probity_application_command_line (GApplication            *application,
                                  GApplicationCommandLine *command_line)
{
  ProbityApplication *self = PROBITY_APPLICATION (application);
  GVariantDict       *options = g_application_command_line_get_options_dict (command_line);
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (command_line, NULL);
  const char *folder = NULL;

  /* A file manager hands the folder over without the option's name. */
  if (!g_variant_dict_lookup (options, "casebook", "^&ay", &folder) && arguments[0] != NULL)
    folder = arguments[1];
  if (folder == NULL)
    folder = g_application_command_line_getenv (command_line, "PROBITY_CASEBOOK");
  if (folder != NULL && *folder != '\0')
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, folder);
      ProbityWindow *window = ensure_window (self);

      if (probity_window_get_session (window) != NULL)
        window = probity_window_new (ADW_APPLICATION (self));
      probity_window_open_casebook (window, g_file_peek_path (file));
      gtk_window_present (GTK_WINDOW (window));
      return 0;
    }
  g_application_activate (application);
  return 0;
}

static void
probity_application_startup (GApplication *application)
{
  ProbityApplication *self = PROBITY_APPLICATION (application);

  G_APPLICATION_CLASS (probity_application_parent_class)->startup (application);

  /* What a killed program left in clear does not wait until somebody signs in. */
  probity_exhibit_sweep_outside ();
  gtk_window_set_default_icon_name (PROBITY_APPLICATION_ID);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), "/org/probity/Probity/icons");
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (apply_color_scheme), self, G_CONNECT_SWAPPED);
  apply_color_scheme (self);
  _probity_application_add_actions (self);
}

static void
probity_application_dispose (GObject *object)
{
  ProbityApplication *self = PROBITY_APPLICATION (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (probity_application_parent_class)->dispose (object);
}

static void
probity_application_class_init (ProbityApplicationClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = probity_application_dispose;

  application_class->activate = probity_application_activate;
  application_class->command_line = probity_application_command_line;
  application_class->startup = probity_application_startup;
}

static void
probity_application_init (ProbityApplication *self)
{
  static const GOptionEntry options[] = {
    { "casebook", 'c', 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Open the casebook in FOLDER"), N_ ("FOLDER") },
    G_OPTION_ENTRY_NULL
  };

  self->settings = g_settings_new ("org.probity.Probity");
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/* A dialog keeps the keys of the window below it to itself; locking must be possible at any moment. */
static void
let_dialogs_lock (void)
{
  GtkWidgetClass *dialog_class = g_type_class_ref (ADW_TYPE_DIALOG);

  gtk_widget_class_add_binding_action (dialog_class, GDK_KEY_F1, 0, "win.help", NULL);
  gtk_widget_class_add_binding_action (dialog_class, GDK_KEY_l, GDK_CONTROL_MASK, "win.lock", NULL);
}

/** Registers resources and types; once, before any widget is made. */
void
probity_ui_init (void)
{
  static gboolean done;

  if (done)
    return;
  done = TRUE;
  dex_init ();
  adw_init ();
  probity_menu_names_init ();
  let_dialogs_lock ();
  probity_ui_register_resource ();
}

/** probity_application_new: (transfer full) */
ProbityApplication *
probity_application_new (void)
{
  return g_object_new (PROBITY_TYPE_APPLICATION,
                       "application-id",
                       PROBITY_APPLICATION_ID,
                       "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path",
                       "/org/probity/Probity",
                       NULL);
}

/** probity_application_get_settings: (transfer none) */
GSettings *
probity_application_get_settings (ProbityApplication *self)
{
  g_return_val_if_fail (PROBITY_IS_APPLICATION (self), NULL);
  return self->settings;
}

/** probity_application_dup_sample: (transfer full) (nullable): the folder of the sample casebook on this machine. */
char *
probity_application_dup_sample (ProbityApplication *self)
{
  const char      *given = g_getenv ("PROBITY_SAMPLE");
  g_autofree char *folder = NULL;
  g_autofree char *keyring = NULL;

  g_return_val_if_fail (PROBITY_IS_APPLICATION (self), NULL);

  folder = given != NULL && *given != '\0' ? g_strdup (given) : g_settings_get_string (self->settings, "sample-casebook");
  if (*folder == '\0')
    return NULL;
  keyring = g_build_filename (folder, "keyring.jsonl", NULL);
  return g_file_test (keyring, G_FILE_TEST_EXISTS) ? g_steal_pointer (&folder) : NULL;
}

/** Puts @folder first among the casebooks opened before. */
void
probity_application_remember_casebook (ProbityApplication *self,
                                       const char         *folder)
{
  g_auto (GStrv) before = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) after = NULL;

  g_return_if_fail (PROBITY_IS_APPLICATION (self));
  g_return_if_fail (folder != NULL);

  before = g_settings_get_strv (self->settings, "recent-casebooks");
  g_strv_builder_add (builder, folder);
  for (guint i = 0, kept = 1; before[i] != NULL && kept < MOST_RECENT_CASEBOOKS; i++)
    if (!g_str_equal (before[i], folder))
      {
        g_strv_builder_add (builder, before[i]);
        kept++;
      }
  after = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "recent-casebooks", (const char *const *) after);
}
