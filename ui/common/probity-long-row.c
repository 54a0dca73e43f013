/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-long-row.h"

#include <glib/gi18n.h>

#include "probity-kept-rows.h"

#define LONG_ROW_KEY "probity-long-row"
/* Some lines of a column; a text that is hardly longer stands in full. */
#define N_LINES 4
#define N_LINES_AT_MOST 5
#define N_CHARACTERS 280
#define N_CHARACTERS_AT_MOST 350

typedef struct
{
  GtkWidget *row;
  char      *title;
  char      *title_start; /* NULL: the title stands in full */
  char      *subtitle;
  char      *subtitle_start; /* likewise */
  GtkWidget *button;         /* NULL where the row unfolds */
  gboolean   whole;
} LongRow;

static void
long_row_free (gpointer data)
{
  LongRow *self = data;

  g_free (self->title);
  g_free (self->title_start);
  g_free (self->subtitle);
  g_free (self->subtitle_start);
  g_free (self);
}

static gboolean
is_long (const char *text)
{
  guint n_lines = 1;
  guint n_characters = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      n_lines += *text == '\n';
      if (n_lines > N_LINES_AT_MOST || ++n_characters > N_CHARACTERS_AT_MOST)
        return TRUE;
    }

  return FALSE;
}

char *
probity_long_text_dup_start (const char *text)
{
  const char      *end = text;
  const char      *word = NULL; /* where the last one begins that may not be whole */
  guint            n_lines = 1;
  g_autofree char *start = NULL;

  if (text == NULL || !is_long (text))
    return NULL;

  for (guint n = 0; n < N_CHARACTERS; n++, end = g_utf8_next_char (end))
    {
      if (*end == '\n' && n_lines++ == N_LINES)
        {
          word = end;
          break;
        }
      if (g_unichar_isspace (g_utf8_get_char (end)))
        word = end;
    }
  /* Writing without blanks is cut between two letters, never before a mark on one. */
  if (word == NULL || word < text + (end - text) / 2)
    for (word = end; word > text && g_unichar_ismark (g_utf8_get_char (word));)
      word = g_utf8_prev_char (word);
  start = g_strchomp (g_strndup (text, (gsize) (word - text)));

  return g_strconcat (start, "…", NULL);
}

static void
show (LongRow *self)
{
  if (self->title_start != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), self->whole ? self->title : self->title_start);
  if (self->subtitle_start != NULL)
    g_object_set (self->row, "subtitle", self->whole ? self->subtitle : self->subtitle_start, NULL);
  if (self->button != NULL)
    {
      const char *label = self->whole ? _ ("Show Less") : _ ("Show the Whole Text");

      gtk_button_set_icon_name (GTK_BUTTON (self->button), self->whole ? "pan-up-symbolic" : "pan-down-symbolic");
      gtk_widget_set_tooltip_text (self->button, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, self->whole, -1);
    }
}

static void
expanded_cb (AdwExpanderRow *row,
             GParamSpec     *pspec,
             gpointer        data)
{
  LongRow *self = data;

  self->whole = adw_expander_row_get_expanded (row);
  show (self);
}

static void
toggled_cb (GtkWidget *widget,
            gpointer   data)
{
  LongRow *self = data;

  self->whole = !self->whole;
  show (self);
}

static void
add_button (LongRow *self)
{
  self->button = gtk_button_new ();
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  g_signal_connect (self->button, "clicked", G_CALLBACK (toggled_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), self->button);
  if (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (self->row)))
    return;
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->row), TRUE);
  g_signal_connect (self->row, "activated", G_CALLBACK (toggled_cb), self);
}

void
probity_long_row_limit (GtkWidget *row)
{
  const char      *title;
  LongRow         *self;
  g_autofree char *subtitle = NULL;
  g_autofree char *title_start = NULL;
  g_autofree char *subtitle_start = NULL;

  g_return_if_fail (ADW_IS_PREFERENCES_ROW (row));
  g_return_if_fail (g_object_get_data (G_OBJECT (row), LONG_ROW_KEY) == NULL);

  if (!ADW_IS_EXPANDER_ROW (row) && !ADW_IS_ACTION_ROW (row))
    return;
  title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  g_object_get (row, "subtitle", &subtitle, NULL);
  title_start = probity_long_text_dup_start (title);
  subtitle_start = probity_long_text_dup_start (subtitle);
  if (title_start == NULL && subtitle_start == NULL)
    return;

  self = g_new0 (LongRow, 1);
  self->row = row;
  self->title = g_strdup (title);
  self->title_start = g_steal_pointer (&title_start);
  self->subtitle = g_steal_pointer (&subtitle);
  self->subtitle_start = g_steal_pointer (&subtitle_start);
  g_object_set_data_full (G_OBJECT (row), LONG_ROW_KEY, self, long_row_free);
  /* Whole, it is called otherwise; and what is not shown yet is no less what it says. */
  probity_kept_row_set_key (row, probity_kept_row_get_key (row));
  probity_kept_row_add_content (row, self->title);
  if (self->subtitle != NULL)
    probity_kept_row_add_content (row, self->subtitle);

  if (ADW_IS_EXPANDER_ROW (row))
    g_signal_connect (row, "notify::expanded", G_CALLBACK (expanded_cb), self);
  else
    add_button (self);
  show (self);
}

gboolean
probity_long_row_is_whole (GtkWidget *row)
{
  LongRow *self = g_object_get_data (G_OBJECT (row), LONG_ROW_KEY);

  return self != NULL && self->whole;
}

void
probity_long_row_set_whole (GtkWidget *row,
                            gboolean   whole)
{
  LongRow *self = g_object_get_data (G_OBJECT (row), LONG_ROW_KEY);

  if (self == NULL || self->whole == whole)
    return;
  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), whole);
  else
    toggled_cb (row, self);
}
