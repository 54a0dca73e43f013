/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-import-dialog.h"

#include <glib/gi18n.h>

#include "probity-access-log.h"
#include "probity-choose-path.h"
#include "probity-csv.h"
#include "probity-day-row.h"
#include "probity-dialog-begin.h"
#include "probity-errors.h"
#include "probity-mapping.h"
#include "probity-reply.h"
#include "probity-text-row.h"
#include "probity-toast.h"

#define PREVIEW_DELAY_MS 400
#define PROGRESS_MS 100

struct _ProbityExposureImportDialog
{
  AdwDialog parent_instance;

  ProbitySession          *session;
  char                    *reference;
  char                    *path;
  ProbityExposurePreview  *preview;
  GPtrArray               *choices;  /* char*: what can tell a column, after “None” */
  ProbityExposureProgress *progress; /* while an import runs */
  GCancellable            *cancellable;
  guint                    preview_id;
  guint                    progress_id;

  GtkWidget          *import_button;
  AdwBanner          *banner;
  AdwPreferencesPage *page;
  GtkWidget          *file_row;
  GtkWidget          *system_group;
  GtkWidget          *system_row;
  GtkWidget          *authority_row;
  GtkWidget          *necessity_row;
  GtkWidget          *from_row;
  GtkWidget          *to_row;
  GtkWidget          *columns_group;
  GtkWidget          *column_rows[PROBITY_EXPOSURE_N_LOG_COLUMNS];
  GtkWidget          *dates_row;
  GtkWidget          *zone_row;
  GtkWidget          *clock_row;
  GtkWidget          *progress_bar;
};

G_DEFINE_FINAL_TYPE (ProbityExposureImportDialog, probity_exposure_import_dialog, ADW_TYPE_DIALOG)

enum
{
  IMPORTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Without these three a row tells nothing. */
#define N_NEEDED 3

static const struct
{
  const char *title;
  const char *subtitle;
} columns[PROBITY_EXPOSURE_N_LOG_COLUMNS] = {
  { N_ ("Who"), N_ ("The account, or the staff number") },
  { N_ ("When"), NULL },
  { N_ ("Which Record"), NULL },
  { N_ ("From Where"), N_ ("The workstation") },
  { N_ ("Role"), NULL },
  { N_ ("Unit"), NULL },
};

static const char *const date_orders[] = { NULL, "dmy", "mdy", "iso" };

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* The heading chosen for a column, or several, one a line; NULL for none. */
static const char *
get_column (ProbityExposureImportDialog *self,
            guint                        column)
{
  const guint index = adw_combo_row_get_selected (ADW_COMBO_ROW (self->column_rows[column]));

  return index > 0 && index <= self->choices->len ? g_ptr_array_index (self->choices, index - 1) : NULL;
}

static void
add_choice (ProbityExposureImportDialog *self,
            GtkStringList               *labels,
            const char                  *headings)
{
  g_auto (GStrv) lines = g_strsplit (headings, "\n", -1);
  g_autofree char *label = g_strjoinv (" + ", lines);

  g_ptr_array_add (self->choices, g_strdup (headings));
  gtk_string_list_append (labels, label);
}

static void
update (ProbityExposureImportDialog *self)
{
  g_autofree char *necessity = probity_text_row_dup_text (PROBITY_TEXT_ROW (self->necessity_row));
  const gboolean   busy = self->progress != NULL;
  gboolean         complete = self->path != NULL && self->preview != NULL && *get_text (self->system_row) != '\0' && *get_text (self->authority_row) != '\0' && *necessity != '\0';

  for (guint i = 0; i < N_NEEDED; i++)
    complete &= get_column (self, i) != NULL;
  gtk_widget_set_sensitive (self->import_button, complete && !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), !busy);
  gtk_widget_set_visible (self->progress_bar, busy);
  gtk_widget_set_visible (self->columns_group, self->preview != NULL);
  adw_dialog_set_can_close (ADW_DIALOG (self), !busy && *get_text (self->authority_row) == '\0' && *necessity == '\0');
}

static void
show_problem (ProbityExposureImportDialog *self,
              const char                  *text)
{
  adw_banner_set_title (self->banner, text != NULL ? text : "");
  adw_banner_set_revealed (self->banner, text != NULL);
  if (text != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
show_error (ProbityExposureImportDialog *self,
            const GError                *error)
{
  g_autofree char *sentence = NULL;

  if (probity_error_is_cancelled (error))
    sentence = g_strdup (_ ("Stopped. Nothing of the log was kept."));
  else if (g_error_matches (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_EXISTS))
    sentence = g_strdup (_ ("This very file was imported into the case already. Set that log aside to import it once more."));
  else if (g_strcmp0 (probity_record_error_get_field (error), "date_order") == 0)
    {
      sentence = g_strdup (_ ("Days of this log can be read in two ways. Choose how days are written."));
      gtk_widget_grab_focus (self->dates_row);
    }
  else if (error->domain == PROBITY_CSV_ERROR || error->domain == PROBITY_MAPPING_ERROR)
    sentence = g_strdup (_ ("This file cannot be read as an access log. It has to be CSV with headings, or one JSON object a line."));
  else if (g_error_matches (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_INVALID) && probity_record_error_get_field (error) == NULL)
    sentence = g_strdup (_ ("No line of the log can be used. Look at which column tells what, and at how days are written."));
  else
    sentence = probity_error_dup_sentence (error);
  show_problem (self, sentence);
}

/* --- Which column tells what --- */

static void
show_preview (ProbityExposureImportDialog *self)
{
  g_autoptr (GtkStringList) headings = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->choices, 0);
  gtk_string_list_append (headings, _ ("None"));
  for (guint i = 0; self->preview->headings[i] != NULL; i++)
    add_choice (self, headings, self->preview->headings[i]);
  /* A day and a time in two columns. */
  for (guint i = 0; i < PROBITY_EXPOSURE_N_LOG_COLUMNS; i++)
    if (self->preview->columns[i] != NULL && strchr (self->preview->columns[i], '\n') != NULL)
      add_choice (self, headings, self->preview->columns[i]);
  for (guint i = 0; i < PROBITY_EXPOSURE_N_LOG_COLUMNS; i++)
    {
      guint index;

      adw_combo_row_set_model (ADW_COMBO_ROW (self->column_rows[i]), G_LIST_MODEL (headings));
      if (self->preview->columns[i] != NULL && g_ptr_array_find_with_equal_func (self->choices, self->preview->columns[i], g_str_equal, &index))
        adw_combo_row_set_selected (ADW_COMBO_ROW (self->column_rows[i]), index + 1);
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->columns_group),
                                         self->preview->remembered ? _ ("As for the last log of this system; what you change is remembered.")
                                                                   : _ ("Who, when and which record have to be there. The choice is remembered for the next log of this system."));
  if (self->preview->remembered)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->zone_row), self->preview->time_zone);
      adw_spin_row_set_value (ADW_SPIN_ROW (self->clock_row), self->preview->clock_error);
    }
}

static void
preview_loaded_cb (gpointer      object,
                   const GValue *value,
                   const GError *error)
{
  ProbityExposureImportDialog *self = object;

  g_clear_pointer (&self->preview, probity_exposure_preview_free);
  if (error != NULL)
    {
      show_error (self, error);
    }
  else
    {
      self->preview = g_value_dup_boxed (value);
      show_problem (self, NULL);
      show_preview (self);
    }
  update (self);
}

static void
load_preview (ProbityExposureImportDialog *self)
{
  if (self->path != NULL)
    probity_reply (probity_exposure_load_preview (self->session, self->path, get_text (self->system_row)), self, preview_loaded_cb);
}

static void
preview_due_cb (gpointer data)
{
  ProbityExposureImportDialog *self = data;

  self->preview_id = 0;
  load_preview (self);
}

static void
system_changed_cb (ProbityExposureImportDialog *self)
{
  g_assert (PROBITY_IS_EXPOSURE_IMPORT_DIALOG (self));

  g_clear_handle_id (&self->preview_id, g_source_remove);
  self->preview_id = g_timeout_add_once (PREVIEW_DELAY_MS, preview_due_cb, self);
  update (self);
}

static void
changed_cb (ProbityExposureImportDialog *self)
{
  g_assert (PROBITY_IS_EXPOSURE_IMPORT_DIALOG (self));

  update (self);
}

static void
systems_loaded_cb (gpointer      object,
                   const GValue *value,
                   const GError *error)
{
  ProbityExposureImportDialog *self = object;
  GStrv                        systems = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autofree char             *list = systems != NULL && systems[0] != NULL ? g_strjoinv (", ", systems) : NULL;
  g_autofree char             *text = NULL;

  if (list == NULL)
    return;
  /* Translators: %s is a list of systems: NICHE, CRIS. */
  text = g_strdup_printf (_ ("Logs were imported before of: %s"), list);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->system_group), text);
}

/* --- The file --- */

void
probity_exposure_import_dialog_set_path (ProbityExposureImportDialog *self,
                                         const char                  *path)
{
  g_autofree char *name = NULL;

  g_return_if_fail (PROBITY_IS_EXPOSURE_IMPORT_DIALOG (self));
  g_return_if_fail (path != NULL);

  name = g_filename_display_basename (path);
  g_set_str (&self->path, path);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->file_row), name);
  load_preview (self);
}

static void
file_chosen_cb (gpointer    widget,
                const char *path)
{
  probity_exposure_import_dialog_set_path (widget, path);
}

static void
choose_file_cb (ProbityExposureImportDialog *self)
{
  probity_choose_path (GTK_WIDGET (self), PROBITY_CHOOSE_FILE, _ ("Open an Access Log"), NULL, file_chosen_cb);
}

/* --- Importing --- */

static gboolean
progress_cb (gpointer data)
{
  ProbityExposureImportDialog *self = data;
  const guint64                rows = probity_exposure_progress_get_rows (self->progress);
  g_autofree char             *text = g_strdup_printf (ngettext ("%u row read", "%u rows read", (guint) rows), (guint) rows);

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress_bar), probity_exposure_progress_get_fraction (self->progress));
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->progress_bar), text);

  return G_SOURCE_CONTINUE;
}

static void
imported_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  ProbityExposureImportDialog *self = object;

  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_clear_pointer (&self->progress, probity_exposure_progress_unref);
  g_clear_object (&self->cancellable);
  update (self);
  if (error != NULL)
    {
      show_error (self, error);
      return;
    }
  g_object_ref (self);
  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[IMPORTED], 0, g_value_get_boxed (value));
  g_object_unref (self);
}

static void
import_cb (ProbityExposureImportDialog *self)
{
  const char           *chosen[PROBITY_EXPOSURE_N_LOG_COLUMNS];
  g_autofree char      *mapping = NULL;
  g_autofree char      *necessity = probity_text_row_dup_text (PROBITY_TEXT_ROW (self->necessity_row));
  g_autofree char      *from = probity_day_row_dup_value (PROBITY_DAY_ROW (self->from_row));
  g_autofree char      *to = probity_day_row_dup_value (PROBITY_DAY_ROW (self->to_row));
  ProbityExposureSource source = { .path = self->path };

  g_assert (PROBITY_IS_EXPOSURE_IMPORT_DIALOG (self));

  for (guint i = 0; i < PROBITY_EXPOSURE_N_LOG_COLUMNS; i++)
    chosen[i] = get_column (self, i);
  mapping = probity_exposure_preview_dup_mapping (self->preview, chosen, date_orders[adw_combo_row_get_selected (ADW_COMBO_ROW (self->dates_row))]);
  source.mapping = mapping;
  source.system = get_text (self->system_row);
  source.authority = get_text (self->authority_row);
  source.necessity = necessity;
  source.period_from = *from != '\0' ? from : NULL;
  source.period_to = *to != '\0' ? to : NULL;
  source.time_zone = *get_text (self->zone_row) != '\0' ? get_text (self->zone_row) : NULL;
  source.clock_error = (int) adw_spin_row_get_value (ADW_SPIN_ROW (self->clock_row));

  show_problem (self, NULL);
  self->progress = probity_exposure_progress_new ();
  self->cancellable = g_cancellable_new ();
  self->progress_id = g_timeout_add (PROGRESS_MS, progress_cb, self);
  update (self);
  probity_reply (probity_exposure_import (self->session, self->reference, &source, self->progress, self->cancellable), self, imported_cb);
}

static void
cancel_cb (ProbityExposureImportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static void
close_attempt (AdwDialog *dialog)
{
  ProbityExposureImportDialog *self = PROBITY_EXPOSURE_IMPORT_DIALOG (dialog);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    probity_ask_discard (dialog);
}

static void
probity_exposure_import_dialog_dispose (GObject *object)
{
  ProbityExposureImportDialog *self = PROBITY_EXPOSURE_IMPORT_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->preview_id, g_source_remove);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_clear_pointer (&self->progress, probity_exposure_progress_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->preview, probity_exposure_preview_free);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (probity_exposure_import_dialog_parent_class)->dispose (object);
}

static void
probity_exposure_import_dialog_class_init (ProbityExposureImportDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = probity_exposure_import_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->close_attempt = close_attempt;

  signals[IMPORTED] = g_signal_new ("imported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, PROBITY_TYPE_EXPOSURE_LOG);
}

static GtkWidget *
add_row (ProbityExposureImportDialog *self,
         GtkWidget                   *group,
         GtkWidget                   *row,
         const char                  *title,
         const char                  *signal,
         GCallback                    callback)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  if (signal != NULL)
    g_signal_connect_object (row, signal, callback, self, G_CONNECT_SWAPPED);

  return row;
}

static GtkWidget *
add_group (ProbityExposureImportDialog *self,
           const char                  *title,
           const char                  *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));

  return group;
}

static void
add_groups (ProbityExposureImportDialog *self)
{
  g_autoptr (GtkStringList) orders = gtk_string_list_new (NULL);
  GtkWidget *group = add_group (self, NULL, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name ("document-open-symbolic");

  self->file_row = add_row (self, group, adw_action_row_new (), _ ("Log File"), "activated", G_CALLBACK (choose_file_cb));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->file_row), _ ("CSV, or one JSON object a line"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->file_row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->file_row), TRUE);

  self->system_group = group = add_group (self, _ ("Where It Comes From"), NULL);
  self->system_row = add_row (self, group, adw_entry_row_new (), _ ("System"), "changed", G_CALLBACK (system_changed_cb));
  self->authority_row = add_row (self, group, adw_entry_row_new (), _ ("Authority"), "changed", G_CALLBACK (changed_cb));
  self->necessity_row = add_row (self, group, probity_text_row_new (NULL), _ ("Why it is needed, and why in this extent"), "notify::text", G_CALLBACK (changed_cb));
  self->from_row = add_row (self, group, probity_day_row_new (), _ ("Asked for From"), NULL, NULL);
  self->to_row = add_row (self, group, probity_day_row_new (), _ ("Asked for Until"), NULL, NULL);

  self->columns_group = group = add_group (self, _ ("Columns"), NULL);
  for (guint i = 0; i < PROBITY_EXPOSURE_N_LOG_COLUMNS; i++)
    {
      self->column_rows[i] = add_row (self, group, adw_combo_row_new (), _ (columns[i].title), "notify::selected", G_CALLBACK (changed_cb));
      if (columns[i].subtitle != NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (self->column_rows[i]), _ (columns[i].subtitle));
    }
  gtk_string_list_append (orders, _ ("As the file tells"));
  gtk_string_list_append (orders, _ ("Day, month, year"));
  gtk_string_list_append (orders, _ ("Month, day, year"));
  gtk_string_list_append (orders, _ ("Year, month, day"));
  self->dates_row = add_row (self, group, adw_combo_row_new (), _ ("How Days Are Written"), NULL, NULL);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->dates_row), G_LIST_MODEL (orders));

  group = add_group (self, _ ("Its Clock"), _ ("A window of time is widened by the clock’s error, so that nobody goes because of a wrong clock."));
  self->zone_row = add_row (self, group, adw_entry_row_new (), _ ("Time Zone"), NULL, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->zone_row), "Europe/London");
  self->clock_row = add_row (self, group, adw_spin_row_new_with_range (0, 86400, 1), _ ("Clock Error"), NULL, NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->clock_row), _ ("Seconds, either way"));
}

static void
probity_exposure_import_dialog_init (ProbityExposureImportDialog *self)
{
  GtkWidget     *view = adw_toolbar_view_new ();
  GtkWidget     *header = adw_header_bar_new ();
  GtkWidget     *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 300sp"));

  self->choices = g_ptr_array_new_with_free_func (g_free);
  self->import_button = gtk_button_new_with_mnemonic (_ ("_Import"));
  gtk_widget_add_css_class (self->import_button, "suggested-action");
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->import_button);
  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_banner_set_use_markup (self->banner, FALSE);
  self->progress_bar = gtk_progress_bar_new ();
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (self->progress_bar), TRUE);
  gtk_widget_set_margin_start (self->progress_bar, 12);
  gtk_widget_set_margin_end (self->progress_bar, 12);
  gtk_widget_set_margin_top (self->progress_bar, 6);
  gtk_widget_set_margin_bottom (self->progress_bar, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress_bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How far the import is"), -1);
  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  add_groups (self);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->banner));
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), self->progress_bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->page));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Import an Access Log"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 560);
  adw_dialog_set_content_height (ADW_DIALOG (self), 720);
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->import_button);
  probity_dialog_begin_in (ADW_DIALOG (self), GTK_WIDGET (self->page));
  /* With large text the two buttons leave no room for it. */
  adw_breakpoint_add_setters (narrow, G_OBJECT (header), "show-title", FALSE, NULL);
  adw_dialog_add_breakpoint (ADW_DIALOG (self), narrow);
  gtk_widget_set_size_request (GTK_WIDGET (self), 300, 150);
  g_signal_connect_object (self->import_button, "clicked", G_CALLBACK (import_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

AdwDialog *
probity_exposure_import_dialog_new (ProbitySession *session,
                                    const char     *reference)
{
  ProbityExposureImportDialog *self;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);
  g_return_val_if_fail (reference != NULL, NULL);

  self = g_object_new (PROBITY_TYPE_EXPOSURE_IMPORT_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->reference = g_strdup (reference);
  probity_reply (probity_exposure_load_systems (session), self, systems_loaded_cb);

  return ADW_DIALOG (self);
}
