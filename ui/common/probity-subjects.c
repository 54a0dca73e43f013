/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-subjects.h"

#include <glib/gi18n.h>

#include "probity-day-row.h"
#include "probity-labels.h"
#include "probity-reply.h"
#include "probity-staff-row.h"

/* As many as a draft keeps; a complaint against more is entered as several. */
#define MOST_SUBJECTS 50

typedef struct
{
  GtkWidget *row; /* AdwExpanderRow */
  GtkWidget *staff_row;
  GtkWidget *name_row;
  GtkWidget *day_row;
} Subject;

struct _ProbitySubjects
{
  GObject parent_instance;

  ProbityFormDialog   *dialog; /* weak: owns this */
  AdwPreferencesGroup *group;
  GPtrArray           *subjects; /* Subject */
  gboolean             filling;
  gboolean             changed;
};

G_DEFINE_FINAL_TYPE (ProbitySubjects, probity_subjects, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
subject_free (gpointer data)
{
  ProbitySubject *subject = data;

  g_free (subject->staff_number);
  g_free (subject->name);
  g_free (subject->date_of_birth);
  g_free (subject);
}

static char *
dup_text (GtkWidget *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
update_title (Subject *subject)
{
  g_autofree char *name = dup_text (subject->name_row);
  g_autofree char *number = dup_text (subject->staff_row);
  const char      *found = probity_staff_row_get_name (PROBITY_STAFF_ROW (subject->staff_row));
  const char      *title = found != NULL ? found : name != NULL ? name
                                                                : number;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (subject->row), title != NULL ? title : _ ("Not yet named"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (subject->row), number != NULL ? number : "");
}

static Subject *
find_subject (ProbitySubjects *self,
              GtkWidget       *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW);

  for (guint i = 0; i < self->subjects->len; i++)
    {
      Subject *subject = g_ptr_array_index (self->subjects, i);

      if (subject->row == row)
        return subject;
    }
  return NULL;
}

static void
touch (ProbitySubjects *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->filling || self->dialog == NULL)
    return;
  self->changed = TRUE;
  probity_form_touch (probity_form_dialog_get_form (self->dialog));
}

static void
row_changed_cb (ProbitySubjects *self,
                GtkWidget       *row)
{
  Subject *subject = find_subject (self, row);

  g_assert (PROBITY_IS_SUBJECTS (self));

  if (subject != NULL)
    update_title (subject);
  touch (self);
}

static void
name_found_cb (ProbitySubjects *self,
               GParamSpec      *pspec,
               GtkWidget       *row)
{
  Subject *subject = find_subject (self, row);

  g_assert (PROBITY_IS_SUBJECTS (self));

  if (subject != NULL)
    update_title (subject);
}

static void
remove_clicked_cb (ProbitySubjects *self,
                   GtkWidget       *button)
{
  Subject *subject = find_subject (self, button);

  g_assert (PROBITY_IS_SUBJECTS (self));

  if (subject == NULL)
    return;
  adw_preferences_group_remove (self->group, subject->row);
  g_ptr_array_remove (self->subjects, subject);
  touch (self);
}

static void
add_clicked_cb (ProbitySubjects *self)
{
  g_assert (PROBITY_IS_SUBJECTS (self));

  if (self->subjects->len >= MOST_SUBJECTS)
    return;
  probity_subjects_add (self, NULL, NULL, NULL);
  gtk_widget_grab_focus (((Subject *) g_ptr_array_index (self->subjects, self->subjects->len - 1))->staff_row);
}

static void
collect_cb (ProbitySubjects *self,
            ProbityValues   *values)
{
  g_assert (PROBITY_IS_SUBJECTS (self));

  for (guint i = 0; self->changed && i < self->subjects->len; i++)
    {
      Subject         *subject = g_ptr_array_index (self->subjects, i);
      g_autofree char *key = g_strdup_printf ("subject-%u", i);
      g_autofree char *day = probity_day_row_dup_value (PROBITY_DAY_ROW (subject->day_row));
      g_autofree char *text = g_strjoin ("\t", gtk_editable_get_text (GTK_EDITABLE (subject->staff_row)), gtk_editable_get_text (GTK_EDITABLE (subject->name_row)), day, NULL);

      probity_values_set (values, key, text);
    }
}

static void
clear (ProbitySubjects *self)
{
  for (guint i = 0; i < self->subjects->len; i++)
    adw_preferences_group_remove (self->group, ((Subject *) g_ptr_array_index (self->subjects, i))->row);
  g_ptr_array_set_size (self->subjects, 0);
}

static void
restore_cb (ProbitySubjects *self,
            ProbityValues   *values)
{
  g_assert (PROBITY_IS_SUBJECTS (self));

  if (probity_values_get (values, "subject-0") == NULL)
    return;
  self->filling = TRUE;
  clear (self);
  for (guint i = 0; i < MOST_SUBJECTS; i++)
    {
      g_autofree char *key = g_strdup_printf ("subject-%u", i);
      const char      *text = probity_values_get (values, key);
      g_auto (GStrv) parts = text != NULL ? g_strsplit (text, "\t", 3) : NULL;

      if (parts == NULL || g_strv_length (parts) != 3)
        break;
      probity_subjects_add (self, parts[0], parts[1], parts[2]);
    }
  self->filling = FALSE;
  touch (self);
}

static void
subjects_loaded_cb (gpointer      object,
                    const GValue *value,
                    const GError *error)
{
  ProbitySubjects *self = PROBITY_SUBJECTS (object);
  GPtrArray       *list;

  if (value == NULL || self->changed)
    return;
  list = g_value_get_boxed (value);
  self->filling = TRUE;
  clear (self);
  for (guint i = 0; i < list->len; i++)
    {
      ProbitySubject *subject = g_ptr_array_index (list, i);

      probity_subjects_add (self, subject->staff_number, subject->name, subject->date_of_birth);
    }
  self->filling = FALSE;
}

static void
probity_subjects_finalize (GObject *object)
{
  ProbitySubjects *self = PROBITY_SUBJECTS (object);

  g_clear_weak_pointer (&self->dialog);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_subjects_parent_class)->finalize (object);
}

static void
probity_subjects_class_init (ProbitySubjectsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = probity_subjects_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
probity_subjects_init (ProbitySubjects *self)
{
  self->subjects = g_ptr_array_new_with_free_func (g_free);
}

/** probity_subjects_new: (transfer none): adds the group to @dialog, which owns the result. */
ProbitySubjects *
probity_subjects_new (ProbityFormDialog *dialog)
{
  ProbitySubjects *self = g_object_new (PROBITY_TYPE_SUBJECTS, NULL);
  GtkWidget       *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  g_set_weak_pointer (&self->dialog, dialog);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _ ("Subjects"));
  adw_preferences_group_set_description (self->group, _ ("Whom it is about. A staff number makes it found at once; a name and a date of birth are compared."));
  gtk_widget_set_tooltip_text (button, _ ("Add a Subject"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_preferences_group_set_header_suffix (self->group, button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (probity_form_dialog_get_page (dialog), self->group);
  g_signal_connect_object (probity_form_dialog_get_form (dialog), "collect", G_CALLBACK (collect_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (probity_form_dialog_get_form (dialog), "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (dialog), "probity-subjects", self, g_object_unref);
  return self;
}

/** Shows the subjects that @record has. */
void
probity_subjects_load (ProbitySubjects *self,
                       ProbityRecord   *record)
{
  g_return_if_fail (PROBITY_IS_SUBJECTS (self));

  probity_reply (probity_record_load_subjects (probity_form_dialog_get_session (self->dialog), probity_record_get_kind (record), probity_record_get_uid (record)), self, subjects_loaded_cb);
}

/** Adds a subject; each of its values may be %NULL. */
void
probity_subjects_add (ProbitySubjects *self,
                      const char      *staff_number,
                      const char      *name,
                      const char      *date_of_birth)
{
  Subject   *subject = g_new0 (Subject, 1);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  g_return_if_fail (PROBITY_IS_SUBJECTS (self));

  subject->row = adw_expander_row_new ();
  subject->staff_row = probity_staff_row_new (probity_form_dialog_get_session (self->dialog));
  subject->name_row = adw_entry_row_new ();
  subject->day_row = probity_day_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (subject->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (subject->staff_row), probity_label_for_field (NULL, "staff_number"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (subject->name_row), _ ("Name as it was reported"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (subject->day_row), probity_label_for_field (NULL, "date_of_birth"));
  gtk_widget_set_tooltip_text (button, _ ("Remove This Subject"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (subject->row), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (subject->row), subject->staff_row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (subject->row), subject->name_row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (subject->row), subject->day_row);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (subject->row), staff_number == NULL && name == NULL);
  g_ptr_array_add (self->subjects, subject);
  adw_preferences_group_add (self->group, subject->row);

  gtk_editable_set_text (GTK_EDITABLE (subject->staff_row), staff_number != NULL ? staff_number : "");
  gtk_editable_set_text (GTK_EDITABLE (subject->name_row), name != NULL ? name : "");
  probity_day_row_set_value (PROBITY_DAY_ROW (subject->day_row), date_of_birth);
  update_title (subject);
  g_signal_connect_object (subject->staff_row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (subject->staff_row, "notify::person-name", G_CALLBACK (name_found_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (subject->name_row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (subject->day_row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self, G_CONNECT_SWAPPED);
  touch (self);
}

/** probity_subjects_dup_staff_numbers: (transfer full): those that were entered. */
GStrv
probity_subjects_dup_staff_numbers (ProbitySubjects *self)
{
  g_autoptr (GStrvBuilder) numbers = g_strv_builder_new ();

  g_return_val_if_fail (PROBITY_IS_SUBJECTS (self), NULL);

  for (guint i = 0; i < self->subjects->len; i++)
    {
      g_autofree char *number = dup_text (((Subject *) g_ptr_array_index (self->subjects, i))->staff_row);

      if (number != NULL)
        g_strv_builder_add (numbers, number);
    }

  return g_strv_builder_end (numbers);
}

/** probity_subjects_dup_list: (transfer full) (element-type ProbitySubject): those of which anything was entered. */
GPtrArray *
probity_subjects_dup_list (ProbitySubjects *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (subject_free);

  for (guint i = 0; i < self->subjects->len; i++)
    {
      Subject         *row = g_ptr_array_index (self->subjects, i);
      ProbitySubject  *subject = g_new0 (ProbitySubject, 1);
      g_autofree char *day = probity_day_row_dup_value (PROBITY_DAY_ROW (row->day_row));

      subject->staff_number = dup_text (row->staff_row);
      subject->name = dup_text (row->name_row);
      subject->date_of_birth = *day != '\0' ? g_steal_pointer (&day) : NULL;
      if (subject->staff_number != NULL || subject->name != NULL || subject->date_of_birth != NULL)
        g_ptr_array_add (list, subject);
      else
        subject_free (subject);
    }
  return list;
}

/* --- saving record and subjects --- */

typedef struct
{
  ProbityFormDialog       *dialog; /* strong while it is saved */
  ProbitySession          *session;
  ProbityRecord           *record;
  ProbityValues           *values;
  GPtrArray               *subjects; /* NULL: unchanged */
  const ProbityRecordKind *kind;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_clear_object (&save->dialog);
  g_clear_object (&save->session);
  g_clear_pointer (&save->record, probity_record_unref);
  g_clear_pointer (&save->values, probity_values_unref);
  g_clear_pointer (&save->subjects, g_ptr_array_unref);
  g_free (save);
}

static DexFuture *
save_fiber (gpointer data)
{
  Save *save = data;
  g_autoptr (ProbityRecord) record = NULL;
  g_auto (GStrv) fields = probity_values_dup_fields (save->values);
  GError *error = NULL;

  if (save->record == NULL)
    record = dex_await_boxed (probity_record_create (save->session, save->kind, save->values), &error);
  else if (*fields != NULL)
    record = dex_await_boxed (probity_record_update (save->session, save->kind, probity_record_get_uid (save->record), probity_record_get_version (save->record), save->values), &error);
  else
    record = probity_record_ref (save->record);
  if (record == NULL)
    return dex_future_new_for_error (error);

  if (save->subjects != NULL)
    {
      /* The record is there already: should its subjects be refused, saving again changes it, and makes no second one. */
      if (save->record == NULL)
        probity_form_dialog_set_record (save->dialog, record);
      if (!dex_await (probity_record_set_subjects (save->session, save->kind, probity_record_get_uid (record), probity_record_get_version (record), save->subjects), &error))
        return dex_future_new_for_error (error);
    }
  return dex_future_new_take_boxed (PROBITY_TYPE_RECORD, g_steal_pointer (&record));
}

/** A ProbityFormSaveFunc: makes or updates the record, then sets its subjects if they were changed. */
DexFuture *
probity_subjects_save (ProbityFormDialog *dialog,
                       ProbityRecord     *record,
                       ProbityValues     *values,
                       gpointer           subjects)
{
  ProbitySubjects *self = PROBITY_SUBJECTS (subjects);
  Save            *save = g_new0 (Save, 1);

  save->dialog = g_object_ref (dialog);
  save->session = g_object_ref (probity_form_dialog_get_session (dialog));
  save->record = record != NULL ? probity_record_ref (record) : NULL;
  save->values = probity_values_ref (values);
  save->subjects = self->changed ? probity_subjects_dup_list (self) : NULL;
  save->kind = probity_form_dialog_get_kind (dialog);
  return dex_scheduler_spawn (NULL, 0, save_fiber, save, save_free);
}
