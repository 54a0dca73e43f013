/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-choice-row.h"
#include "probity-exhibit.h"
#include "probity-format.h"
#include "probity-investigation-view.h"
#include "probity-kept-rows.h"
#include "probity-labels.h"
#include "probity-list-view.h"
#include "probity-long-row.h"
#include "probity-page.h"
#include "probity-record-page.h"
#include "probity-reply.h"
#include "probity-toast.h"

/* A part of an investigation as rows, and the dialog that is made of its fields. */

const ProbityPartView *
probity_part_group_get_view (ProbityCaseGroup *group)
{
  return probity_case_group_get_data (group);
}

const ProbityCasePart *
probity_part_group_get_part (ProbityCaseGroup *group)
{
  return probity_case_part_find (probity_case_group_get_case_kind (group), probity_part_group_get_view (group)->part);
}

gboolean
probity_part_group_is_open (ProbityCaseGroup *group)
{
  ProbityRecord *record = probity_case_group_get_record (group);

  return probity_part_group_get_part (group)->after_closing || probity_record_get (record, "closed") == NULL;
}

/* --- Reading; with the names of those whom rows are about --- */

static DexFuture *
keep_subjects_cb (DexFuture *future,
                  gpointer   data)
{
  ProbityCaseGroup *group = data;
  DexFuture        *first = dex_future_set_get_future_at (DEX_FUTURE_SET (future), 0);
  const GValue     *subjects = dex_future_get_value (dex_future_set_get_future_at (DEX_FUTURE_SET (future), 1), NULL);

  if (subjects != NULL)
    g_object_set_data_full (G_OBJECT (group), "probity-subjects", g_value_dup_boxed (subjects), (GDestroyNotify) g_ptr_array_unref);

  return dex_ref (first);
}

DexFuture *
probity_part_group_load (ProbityCaseGroup *group)
{
  const ProbityCasePart *part = probity_part_group_get_part (group);
  ProbitySession        *session = probity_case_group_get_session (group);
  const char            *uid = probity_record_get_uid (probity_case_group_get_record (group));
  GtkWidget             *page = gtk_widget_get_ancestor (GTK_WIDGET (group), PROBITY_TYPE_PAGE);
  DexFuture             *rows;

  rows = page != NULL ? probity_investigation_load_rows_in_visit (session, part, uid, probity_page_get_visit (PROBITY_PAGE (page)))
                      : probity_investigation_load_rows (session, part, uid);
  if (probity_record_kind_find_field (part->record_kind, "subject") == NULL)
    return rows;

  return dex_future_then (dex_future_all (rows, probity_investigation_load_subjects (session, uid), NULL), keep_subjects_cb, g_object_ref (group), g_object_unref);
}

static const char *
find_subject_name (ProbityCaseGroup *group,
                   const char       *uid)
{
  GPtrArray *subjects = g_object_get_data (G_OBJECT (group), "probity-subjects");

  for (guint i = 0; subjects != NULL && i < subjects->len; i++)
    {
      ProbityCaseSubject *subject = g_ptr_array_index (subjects, i);

      if (g_strcmp0 (subject->uid, uid) == 0)
        return subject->name != NULL ? subject->name : subject->staff_number;
    }

  return uid;
}

char *
probity_part_group_dup_text (ProbityCaseGroup *group,
                             ProbityRecord    *row,
                             const char       *name)
{
  const ProbityCasePart *part = probity_part_group_get_part (group);
  const ProbityField    *field = probity_record_kind_find_field (part->record_kind, name);
  const char            *value = probity_record_get (row, name);
  const char            *choices;

  if (value == NULL || *value == '\0')
    return NULL;
  if (g_str_equal (name, "subject"))
    return g_strdup (find_subject_name (group, value));
  choices = field != NULL ? probity_choices_for_field (part->record_kind->name, field) : NULL;
  if (choices != NULL)
    return g_strdup (probity_choices_get_label (probity_session_get_profile (probity_case_group_get_session (group)), choices, value));
  /* Free text stays as it was written. */
  if (field == NULL || field->type == PROBITY_FIELD_TEXT)
    return g_strdup (value);

  return probity_format_value (field->type, value);
}

/* --- Rows --- */

static char *
dup_details (ProbityCaseGroup      *group,
             const ProbityPartView *view,
             ProbityRecord         *row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; view->details != NULL && view->details[i] != NULL; i++)
    {
      g_autofree char *part = probity_part_group_dup_text (group, row, view->details[i]);

      if (part != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
edit_clicked_cb (GtkWidget *button,
                 gpointer   data)
{
  ProbityCaseGroup *group = data;

  probity_part_group_open_dialog (group, g_object_get_data (G_OBJECT (button), "probity-row"));
}

static void
add_edit_button (ProbityCaseGroup *group,
                 AdwExpanderRow   *expander,
                 ProbityRecord    *row)
{
  GtkWidget       *button = gtk_button_new_from_icon_name ("document-edit-symbolic");
  const char      *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (expander));
  g_autofree char *start = probity_long_text_dup_start (title);
  /* Translators: %s is the title of something recorded in a case. */
  g_autofree char *label = g_strdup_printf (_ ("Correct “%s”"), start != NULL ? start : title);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Correct"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "probity-row", probity_record_ref (row), (GDestroyNotify) probity_record_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (edit_clicked_cb), group, G_CONNECT_DEFAULT);
  adw_expander_row_add_suffix (expander, button);
}

static char *
dup_recorded (ProbityCaseGroup *group,
              ProbityRecord    *row)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (probity_case_group_get_session (group));
  const char           *by = probity_record_get (row, "created_by");
  const ProbityAccount *account = by != NULL ? probity_keyring_find (keyring, by) : NULL;

  return probity_case_dup_who_when (account != NULL ? account->name : NULL, probity_record_get (row, "created"));
}

GtkWidget *
probity_part_group_make_row (ProbityCaseGroup *group,
                             gpointer          item)
{
  ProbityRecord         *row = item;
  const ProbityPartView *view = probity_part_group_get_view (group);
  const ProbityCasePart *part = probity_part_group_get_part (group);
  GtkWidget             *expander = adw_expander_row_new ();
  g_autofree char       *title = probity_part_group_dup_text (group, row, view->title);
  g_autofree char       *details = dup_details (group, view, row);
  g_autofree char       *recorded = dup_recorded (group, row);
  g_autofree char       *version = g_strdup_printf ("%s %" G_GINT64_FORMAT, probity_record_get_uid (row), probity_record_get_version (row));
  guint                  n_fields;
  const ProbityField    *fields = probity_record_kind_get_fields (part->record_kind, &n_fields);

  probity_kept_row_set_key (expander, probity_record_get_uid (row));
  probity_kept_row_add_content (expander, version);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (expander), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title != NULL ? title : "");
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), details);
  adw_expander_row_set_subtitle_lines (ADW_EXPANDER_ROW (expander), 3);
  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *text = NULL;

      if (g_str_equal (fields[i].name, "case_uid") || g_str_equal (fields[i].name, view->title))
        continue;
      text = probity_part_group_dup_text (group, row, fields[i].name);
      if (text != NULL)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), probity_property_row_new (probity_label_for_field (part->record_kind->name, fields[i].name), text));
    }
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), probity_property_row_new (_ ("Recorded"), recorded));
  if (part->editable && probity_case_group_may_work (group) && probity_part_group_is_open (group))
    add_edit_button (group, ADW_EXPANDER_ROW (expander), row);

  return expander;
}

/* --- The dialog --- */

typedef struct
{
  ProbityCaseGroup *group;
  ProbityRecord    *row;      /* nullable */
  GPtrArray        *all;      /* ProbityCaseSubject; nullable */
  GPtrArray        *subjects; /* those of them who were not eliminated */
  AdwComboRow      *subject_row;
  gboolean          needs_subject;
  GPtrArray        *exhibits; /* ProbityExhibit, where one of them can be named; nullable */
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->group);
  g_clear_pointer (&self->row, probity_record_unref);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->exhibits, g_ptr_array_unref);
  g_free (self);
}

static const char *
get_chosen_subject (Dialog *self)
{
  guint index = adw_combo_row_get_selected (self->subject_row);

  if (!self->needs_subject)
    {
      if (index == 0)
        return "";
      index--;
    }

  return index < self->subjects->len ? ((ProbityCaseSubject *) g_ptr_array_index (self->subjects, index))->uid : "";
}

static DexFuture *
save_row (ProbityFormDialog *dialog,
          ProbityRecord     *record,
          ProbityValues     *values,
          gpointer           data)
{
  Dialog                *self = data;
  const ProbityCasePart *part = probity_part_group_get_part (self->group);
  ProbitySession        *session = probity_case_group_get_session (self->group);
  const char            *uid = probity_record_get_uid (probity_case_group_get_record (self->group));

  if (self->subject_row != NULL)
    probity_values_set (values, "subject", get_chosen_subject (self));
  if (self->row != NULL)
    return probity_investigation_change_row (session, part, uid, probity_record_get_uid (self->row), probity_record_get_version (self->row), values);

  return probity_investigation_add_row (session, part, uid, values);
}

static void
subject_chosen_cb (ProbityFormDialog *dialog)
{
  probity_form_touch (probity_form_dialog_get_form (dialog));
}

void
probity_part_dialog_add_subject (ProbityFormDialog   *dialog,
                                 AdwPreferencesGroup *group)
{
  Dialog *self = g_object_get_data (G_OBJECT (dialog), "probity-part-dialog");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *chosen;

  g_return_if_fail (self != NULL && self->subjects != NULL);

  chosen = self->row != NULL ? probity_record_get (self->row, "subject") : NULL;
  self->subject_row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->subject_row), probity_label_for_field (NULL, "subject"));
  if (!self->needs_subject)
    gtk_string_list_append (names, _ ("Nobody in particular"));
  for (guint i = 0; i < self->subjects->len; i++)
    {
      ProbityCaseSubject *subject = g_ptr_array_index (self->subjects, i);

      gtk_string_list_append (names, subject->name != NULL ? subject->name : subject->staff_number);
    }
  adw_combo_row_set_model (self->subject_row, G_LIST_MODEL (names));
  for (guint i = 0; chosen != NULL && i < self->subjects->len; i++)
    if (g_str_equal (((ProbityCaseSubject *) g_ptr_array_index (self->subjects, i))->uid, chosen))
      adw_combo_row_set_selected (self->subject_row, i + (self->needs_subject ? 0 : 1));
  g_signal_connect_object (self->subject_row, "notify::selected", G_CALLBACK (subject_chosen_cb), dialog, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (self->subject_row));
}

/* --- The exhibit that holds what was captured: one of the case's, kept in the form as its reference --- */

#define EXHIBIT_FIELD "capture_exhibit"

static void
exhibit_chosen_cb (AdwComboRow *row,
                   GParamSpec  *pspec,
                   gpointer     data)
{
  GPtrArray *exhibits = g_object_get_data (G_OBJECT (row), "probity-exhibits");
  guint      index = adw_combo_row_get_selected (row);

  if (!probity_choice_begin (row))
    return;
  probity_form_set_value (data, EXHIBIT_FIELD, index > 0 && index <= exhibits->len ? ((ProbityExhibit *) g_ptr_array_index (exhibits, index - 1))->reference : NULL);
  probity_choice_end (row);
}

/* What a record or a draft says is chosen. */
static void
exhibit_set_cb (GtkEditable *entry,
                gpointer     data)
{
  AdwComboRow *row = data;
  GPtrArray   *exhibits = g_object_get_data (G_OBJECT (row), "probity-exhibits");
  const char  *reference = gtk_editable_get_text (entry);
  guint        chosen = 0;

  for (guint i = 0; i < exhibits->len; i++)
    if (g_str_equal (((ProbityExhibit *) g_ptr_array_index (exhibits, i))->reference, reference))
      chosen = i + 1;
  if (!probity_choice_begin (row))
    return;
  adw_combo_row_set_selected (row, chosen);
  probity_choice_end (row);
}

static void
add_exhibit (ProbityFormDialog       *dialog,
             AdwPreferencesGroup     *group,
             const ProbityRecordKind *kind)
{
  Dialog      *self = g_object_get_data (G_OBJECT (dialog), "probity-part-dialog");
  ProbityForm *form = probity_form_dialog_get_form (dialog);
  GtkWidget   *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  probity_form_add_row (form, group, EXHIBIT_FIELD);
  gtk_widget_set_visible (probity_form_get_row (form, EXHIBIT_FIELD), FALSE);

  gtk_string_list_append (names, self->exhibits->len > 0 ? _ ("None") : _ ("No exhibit yet"));
  for (guint i = 0; i < self->exhibits->len; i++)
    {
      ProbityExhibit  *exhibit = g_ptr_array_index (self->exhibits, i);
      g_autofree char *name = g_strdup_printf ("%s · %s", exhibit->reference, exhibit->description);

      gtk_string_list_append (names, name);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), probity_label_for_field (kind->name, EXHIBIT_FIELD));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  g_object_set_data_full (G_OBJECT (row), "probity-exhibits", g_ptr_array_ref (self->exhibits), (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (exhibit_chosen_cb), form, G_CONNECT_DEFAULT);
  g_signal_connect_object (probity_form_get_row (form, EXHIBIT_FIELD), "changed", G_CALLBACK (exhibit_set_cb), row, G_CONNECT_DEFAULT);
  adw_preferences_group_add (group, row);
}

static void
fill_all_fields (ProbityFormDialog     *dialog,
                 const ProbityPartView *view,
                 const ProbityCasePart *part)
{
  ProbityForm         *form = probity_form_dialog_get_form (dialog);
  AdwPreferencesGroup *group = probity_form_add_group (form, probity_form_dialog_get_page (dialog), NULL, view->note != NULL ? _ (view->note) : NULL, NULL);
  guint                n_fields;
  const ProbityField  *fields = probity_record_kind_get_fields (part->record_kind, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].name, "subject"))
      probity_part_dialog_add_subject (dialog, group);
    else if (g_str_equal (fields[i].name, EXHIBIT_FIELD))
      add_exhibit (dialog, group, part->record_kind);
    else if (!g_str_equal (fields[i].name, "case_uid"))
      probity_form_add_row (form, group, fields[i].name);
  for (guint i = 0; view->hints != NULL && view->hints[i] != NULL; i += 2)
    probity_form_set_hint (form, view->hints[i], _ (view->hints[i + 1]));
}

static void
present (Dialog *self /* transfer full */)
{
  const ProbityPartView *view = probity_part_group_get_view (self->group);
  const ProbityCasePart *part = probity_part_group_get_part (self->group);
  ProbityFormDialog     *dialog = probity_form_dialog_new (probity_case_group_get_session (self->group),
                                                       part->record_kind,
                                                       _ (self->row != NULL && view->change_title != NULL ? view->change_title : view->new_title));
  g_autofree char       *draft = g_strjoin ("/", part->record_kind->name, probity_record_get_uid (probity_case_group_get_record (self->group)), self->row != NULL ? probity_record_get_uid (self->row) : NULL, NULL);

  g_object_set_data_full (G_OBJECT (dialog), "probity-part-dialog", self, dialog_free);
  if (view->fill != NULL)
    view->fill (dialog, self->group, self->row);
  else
    fill_all_fields (dialog, view, part);
  if (self->row != NULL)
    probity_form_dialog_set_record (dialog, self->row);
  probity_form_dialog_set_save (dialog, self->row == NULL ? _ ("_Add") : NULL, save_row, self, NULL);
  probity_form_dialog_start (dialog, draft);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (probity_case_group_reload), self->group, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self->group));
}

/* The dialog that waited for an answer; with @error or where none waits any more: NULL. (transfer full) */
static Dialog *
take_opening (ProbityCaseGroup *group,
              const GError     *error)
{
  Dialog *self = g_object_steal_data (G_OBJECT (group), "probity-opening");

  if (self == NULL || error == NULL)
    return self;
  probity_toast_error (GTK_WIDGET (group), error);
  dialog_free (self);

  return NULL;
}

static void
subjects_loaded_cb (gpointer      object,
                    const GValue *value,
                    const GError *error)
{
  ProbityCaseGroup *group = object;
  Dialog           *self = take_opening (group, error);

  if (self == NULL)
    return;

  /* Of somebody eliminated nothing more is recorded. */
  self->all = g_value_dup_boxed (value);
  self->subjects = g_ptr_array_new ();
  for (guint i = 0; i < self->all->len; i++)
    if (((ProbityCaseSubject *) g_ptr_array_index (self->all, i))->eliminated == NULL)
      g_ptr_array_add (self->subjects, g_ptr_array_index (self->all, i));
  if (self->needs_subject && self->subjects->len == 0)
    {
      probity_alert (GTK_WIDGET (group), _ ("Nobody to Record This Of"), _ ("Add the person as a subject of the case first."));
      dialog_free (self);
      return;
    }
  present (self);
}

static void
exhibits_loaded_cb (gpointer      object,
                    const GValue *value,
                    const GError *error)
{
  ProbityCaseGroup *group = object;
  Dialog           *self = take_opening (group, error);

  if (self == NULL)
    return;

  self->exhibits = g_value_dup_boxed (value);
  present (self);
}

void
probity_part_group_open_dialog (ProbityCaseGroup *group,
                                ProbityRecord    *row)
{
  const ProbityCasePart *part = probity_part_group_get_part (group);
  const ProbityField    *subject = probity_record_kind_find_field (part->record_kind, "subject");
  ProbitySession        *session = probity_case_group_get_session (group);
  const char            *uid = probity_record_get_uid (probity_case_group_get_record (group));
  Dialog                *self = g_new0 (Dialog, 1);

  self->group = g_object_ref (group);
  self->row = row != NULL ? probity_record_ref (row) : NULL;
  if (subject != NULL)
    {
      self->needs_subject = (subject->flags & PROBITY_FIELD_REQUIRED) != 0;
      g_object_set_data_full (G_OBJECT (group), "probity-opening", self, dialog_free);
      probity_reply (probity_investigation_load_subjects (session, uid), group, subjects_loaded_cb);
    }
  else if (probity_record_kind_find_field (part->record_kind, EXHIBIT_FIELD) != NULL)
    {
      g_object_set_data_full (G_OBJECT (group), "probity-opening", self, dialog_free);
      probity_reply (probity_exhibit_list (session, uid), group, exhibits_loaded_cb);
    }
  else
    {
      present (self);
    }
}

void
probity_part_group_add (ProbityCaseGroup *group)
{
  probity_part_group_open_dialog (group, NULL);
}
