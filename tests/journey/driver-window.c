/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small window with one widget of each kind that the journeys work, for the test of their driver. */

#include "config.h"

#include <adwaita.h>

static void
greet_clicked_cb (GtkButton *button,
                  gpointer   user_data)
{
  AdwEntryRow         *entry = g_object_get_data (G_OBJECT (button), "entry");
  AdwPasswordEntryRow *passphrase = g_object_get_data (G_OBJECT (button), "passphrase");
  AdwComboRow         *role = g_object_get_data (G_OBJECT (button), "role");
  AdwSwitchRow        *paid = g_object_get_data (G_OBJECT (button), "paid");
  GtkTextView         *nature = g_object_get_data (G_OBJECT (button), "nature");
  GtkLabel            *label = GTK_LABEL (user_data);
  GtkTextBuffer       *buffer = gtk_text_view_get_buffer (nature);
  GtkTextIter          start, end;
  g_autofree char     *written = NULL;
  g_autofree char     *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  written = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  text = g_strdup_printf ("%s|%s|%u|%s|%s",
                          gtk_editable_get_text (GTK_EDITABLE (entry)),
                          gtk_editable_get_text (GTK_EDITABLE (passphrase)),
                          adw_combo_row_get_selected (role),
                          adw_switch_row_get_active (paid) ? "paid" : "unpaid",
                          written);
  gtk_label_set_label (label, text);
}

static gboolean
appear_cb (gpointer user_data)
{
  gtk_widget_set_visible (GTK_WIDGET (user_data), TRUE);
  return G_SOURCE_REMOVE;
}

static void
later_clicked_cb (GtkButton *button,
                  gpointer   user_data)
{
  g_timeout_add (400, appear_cb, user_data);
}

static void
dialog_clicked_cb (GtkButton *button,
                   gpointer   user_data)
{
  AdwDialog *dialog = ADW_DIALOG (adw_alert_dialog_new ("Withdraw the application?", "It cannot be submitted again."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", "_Cancel", "withdraw", "_Withdraw", NULL);
  adw_dialog_present (dialog, GTK_WIDGET (button));
}

static void
complain_clicked_cb (GtkButton *button,
                     gpointer   user_data)
{
  static guint     n_times = 0;
  g_autofree char *text = g_strdup_printf ("complained %u", ++n_times);

  g_warning ("This is not well");
  gtk_label_set_label (GTK_LABEL (user_data), text);
}

static void
activate_cb (GtkApplication *application,
             gpointer        user_data)
{
  GtkWidget        *window = adw_application_window_new (application);
  GtkWidget        *view = adw_toolbar_view_new ();
  GtkWidget        *page = adw_preferences_page_new ();
  GtkWidget        *group = adw_preferences_group_new ();
  GtkWidget        *entry = g_object_new (ADW_TYPE_ENTRY_ROW, "title", "Name", NULL);
  GtkWidget        *passphrase = g_object_new (ADW_TYPE_PASSWORD_ENTRY_ROW, "title", "Passphrase", NULL);
  const char *const roles[] = { "Line manager", "HR officer", "Decider", NULL };
  g_autoptr (GtkStringList) names = gtk_string_list_new (roles);
  GtkWidget *role = g_object_new (ADW_TYPE_COMBO_ROW, "title", "Role", "model", names, NULL);
  GtkWidget *paid = g_object_new (ADW_TYPE_SWITCH_ROW, "title", "Paid", NULL);
  GtkWidget *nature = gtk_text_view_new ();
  GtkWidget *greet = gtk_button_new_with_mnemonic ("_Greet");
  GtkWidget *later = gtk_button_new_with_label ("Later");
  GtkWidget *dialog = gtk_button_new_with_label ("Withdraw…");
  GtkWidget *complain = gtk_button_new_with_label ("Complain");
  GtkWidget *shut = gtk_button_new_with_label ("Shut");
  GtkWidget *label = gtk_label_new ("nothing yet");
  GtkWidget *appearing = gtk_label_new ("It appeared");

  gtk_window_set_title (GTK_WINDOW (window), "Driver window");
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 800);
  gtk_accessible_update_property (GTK_ACCESSIBLE (nature), GTK_ACCESSIBLE_PROPERTY_LABEL, "Nature", -1);
  gtk_widget_set_size_request (nature, -1, 60);
  gtk_widget_set_sensitive (shut, FALSE);
  gtk_widget_set_visible (appearing, FALSE);

  g_object_set_data (G_OBJECT (greet), "entry", entry);
  g_object_set_data (G_OBJECT (greet), "passphrase", passphrase);
  g_object_set_data (G_OBJECT (greet), "role", role);
  g_object_set_data (G_OBJECT (greet), "paid", paid);
  g_object_set_data (G_OBJECT (greet), "nature", nature);
  g_signal_connect (greet, "clicked", G_CALLBACK (greet_clicked_cb), label);
  g_signal_connect (later, "clicked", G_CALLBACK (later_clicked_cb), appearing);
  g_signal_connect (dialog, "clicked", G_CALLBACK (dialog_clicked_cb), NULL);
  g_signal_connect (complain, "clicked", G_CALLBACK (complain_clicked_cb), label);

  GtkWidget *rows[] = { entry, passphrase, role, paid, nature, greet, later, dialog, complain, shut, label, appearing };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), rows[i]);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new ("org.probity.DriverWindow", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
