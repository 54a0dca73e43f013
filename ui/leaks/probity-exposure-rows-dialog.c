/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-case-group.h"
#include "probity-errors.h"
#include "probity-exposure-steps.h"
#include "probity-exposure-words.h"
#include "probity-format.h"
#include "probity-reply.h"

/* What one person opened, or what one log tells. */

#define MOST_ROWS 500

static void
append (GString    *text,
        const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static GtkWidget *
new_row (const ProbityExposureRow *row)
{
  g_autofree char *at = probity_format_instant_exactly (row->at);
  g_autofree char *source = g_strdup_printf ("%s · %s:%" G_GINT64_FORMAT, row->system, row->file_name, row->line);
  g_autoptr (GString) text = g_string_new (NULL);

  append (text, at);
  append (text, row->place);
  append (text, row->role);
  append (text, row->unit);
  append (text, row->account);
  g_string_append_printf (text, "\n%s", source);

  return probity_case_row_new (row->record, text->str);
}

static void
rows_loaded_cb (gpointer      object,
                const GValue *value,
                const GError *error)
{
  GtkWidget *group = g_object_get_data (object, "probity-group");

  if (error != NULL)
    {
      g_autofree char *sentence = probity_error_dup_sentence (error);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), sentence);
      return;
    }
  else
    {
      GPtrArray       *rows = g_value_get_boxed (value);
      const gboolean   whole = g_object_get_data (object, "probity-whole") != NULL;
      g_autofree char *text = NULL;

      if (rows->len >= MOST_ROWS)
        text = g_strdup (whole ? _ ("The first 500 rows of the log, as it was imported") : _ ("The first 500 rows that are left after the last step"));
      else if (whole)
        text = g_strdup_printf (ngettext ("%u row, as it was imported", "%u rows, as they were imported", rows->len), rows->len);
      else
        text = g_strdup_printf (ngettext ("%u row is left after the last step", "%u rows are left after the last step", rows->len), rows->len);
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), text);
      for (guint i = 0; i < rows->len; i++)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (g_ptr_array_index (rows, i)));
    }
}

static AdwDialog *
new_dialog (const char *title)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _ ("Loading…"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_title (dialog, title);
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 640);
  g_object_set_data (G_OBJECT (dialog), "probity-group", group);

  return dialog;
}

AdwDialog *
probity_exposure_rows_dialog_new (ProbitySession              *session,
                                  const char                  *reference,
                                  const ProbityExposurePerson *person)
{
  AdwDialog *dialog = new_dialog (probity_exposure_words_get_name (person));

  probity_reply (probity_exposure_load_rows (session, reference, person->uid, FALSE, MOST_ROWS, NULL), dialog, rows_loaded_cb);

  return dialog;
}

AdwDialog *
probity_exposure_log_rows_dialog_new (ProbitySession           *session,
                                      const char               *reference,
                                      const ProbityExposureLog *log)
{
  AdwDialog *dialog = new_dialog (log->file_name);

  g_object_set_data (G_OBJECT (dialog), "probity-whole", GINT_TO_POINTER (TRUE));
  probity_reply (probity_exposure_load_log_rows (session, reference, log->uid, MOST_ROWS, NULL), dialog, rows_loaded_cb);

  return dialog;
}
