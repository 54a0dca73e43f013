/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-help-dialog.h"

#include <glib/gi18n.h>

/*
 * Help without a network or another program. A topic is a text file a language: its first line is the
 * title, `## ` begins a heading, `- ` a point of a list, an empty line ends a paragraph.
 */

#define HELP_PATH "/org/probity/Probity/help/"

static const char *const topics[] = { "sign-in", "finding", "application", "checks", "leak", "sign-off", "afterwards", "conduct", "no-tipping-off", "lock", "backup", "logged", NULL };

/** probity_help_get_topics: (transfer none): the names of all topics, in their order. */
const char *const *
probity_help_get_topics (void)
{
  return topics;
}

/** probity_help_dup_text: (transfer full) (nullable): the text of @topic in @language, such as `cy`. */
char *
probity_help_dup_text (const char *topic,
                       const char *language)
{
  g_autofree char *path = g_strconcat (HELP_PATH, language, "/", topic, ".txt", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

/* The first of the person's languages in which there is help, as the rest of the window has it. */
static char *
dup_best_text (const char *topic)
{
  const char *const *languages = g_get_language_names ();

  for (guint i = 0; languages[i] != NULL; i++)
    {
      char *text = probity_help_dup_text (topic, languages[i]);

      if (text != NULL)
        return text;
    }
  return probity_help_dup_text (topic, "en");
}

static GtkWidget *
new_paragraph (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static GtkWidget *
new_point (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *bullet = gtk_label_new ("•");
  GtkWidget *label = new_paragraph (text);

  gtk_widget_set_valign (bullet, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), bullet);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
new_heading (const char *text)
{
  GtkWidget *label = new_paragraph (text);

  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, 12);
  return label;
}

static AdwNavigationPage *
new_page (const char *title,
          GtkWidget  *content)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), content);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scrolled);
  return adw_navigation_page_new (view, title);
}

static GtkWidget *
new_margins (GtkWidget *child)
{
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_widget_set_margin_start (clamp, 18);
  gtk_widget_set_margin_end (clamp, 18);
  gtk_widget_set_margin_top (clamp, 12);
  gtk_widget_set_margin_bottom (clamp, 24);
  return clamp;
}

static AdwNavigationPage *
new_topic_page (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  for (guint i = 1; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "## "))
      gtk_box_append (GTK_BOX (box), new_heading (lines[i] + 3));
    else if (g_str_has_prefix (lines[i], "- "))
      gtk_box_append (GTK_BOX (box), new_point (lines[i] + 2));
    else if (*lines[i] != '\0')
      gtk_box_append (GTK_BOX (box), new_paragraph (lines[i]));
  return new_page (lines[0], new_margins (box));
}

static void
row_activated_cb (AdwActionRow *row,
                  gpointer      data)
{
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (gtk_widget_get_ancestor (GTK_WIDGET (row), ADW_TYPE_NAVIGATION_VIEW));

  adw_navigation_view_push (view, new_topic_page (g_object_get_data (G_OBJECT (row), "text")));
}

static GtkWidget *
new_row (const char *topic)
{
  char            *text = dup_best_text (topic);
  const char      *end = text != NULL ? strchr (text, '\n') : NULL;
  g_autofree char *title = end != NULL ? g_strndup (text, (gsize) (end - text)) : g_strdup (topic);
  GtkWidget       *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "text", text, g_free);
  g_signal_connect (row, "activated", G_CALLBACK (row_activated_cb), NULL);
  return row;
}

/** probity_help_dialog_new: (transfer floating): the list of topics, each opening its text. */
AdwDialog *
probity_help_dialog_new (void)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_navigation_view_new ();
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = 0; topics[i] != NULL; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (topics[i]));
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), new_page (_ ("Help"), new_margins (group)));

  g_object_set_data (G_OBJECT (dialog), "probity-help", dialog);
  adw_dialog_set_title (dialog, _ ("Help"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 640);
  adw_dialog_set_child (dialog, view);
  return dialog;
}
