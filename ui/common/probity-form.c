/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-form.h"

#include <glib/gi18n.h>

#include "probity-field-problem.h"
#include "probity-form-field.h"
#include "probity-reply.h"
#include "probity-second-job.h"
#include "probity-staff-row.h"

#define DRAFT_DELAY_MS 1000

struct _ProbityForm
{
  GObject parent_instance;

  ProbitySession          *session;
  const ProbityRecordKind *kind;
  ProbityRecord           *record;
  GPtrArray               *fields; /* ProbityFormField */
  char                    *draft_key;
  guint                    draft_id;
  gboolean                 filling;
  gboolean                 valid;
  gboolean                 dirty;
  gboolean                 touched; /* something beside the fields */
};

typedef enum
{
  PROP_VALID = 1,
  PROP_DIRTY,
} ProbityFormProps;

static GParamSpec *properties[PROP_DIRTY + 1];

enum
{
  SIGNAL_CHANGED,
  SIGNAL_COLLECT,
  SIGNAL_RESTORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ProbityForm, probity_form, G_TYPE_OBJECT)

static ProbityFormField *
find_field (ProbityForm *self,
            const char  *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      ProbityFormField *field = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (field->field->name, name) == 0)
        return field;
    }
  return NULL;
}

static gboolean
check_field (ProbityForm      *self,
             ProbityFormField *field,
             GError          **error)
{
  g_autofree char *value = probity_form_field_dup_value (field);

  return probity_record_validate_value (self->kind, probity_session_get_profile (self->session), field->field->name, value, error);
}

static void
judge_field (ProbityForm      *self,
             ProbityFormField *field)
{
  g_autoptr (GError) error = NULL;
  const char *problem = NULL;

  if (!check_field (self, field, &error))
    {
      if (!g_error_matches (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_MISSING))
        problem = probity_field_problem_to_sentence (error, field->field);
      else if (field->touched)
        problem = _ ("This has to be filled in.");
    }
  probity_form_field_set_problem (field, problem);
}

static void
update_state (ProbityForm *self)
{
  gboolean valid = TRUE, dirty = FALSE;

  for (guint i = 0; i < self->fields->len; i++)
    {
      ProbityFormField *field = g_ptr_array_index (self->fields, i);

      valid &= check_field (self, field, NULL);
      dirty |= probity_form_field_is_changed (field);
    }
  if (valid != self->valid)
    {
      self->valid = valid;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
    }
  if (dirty != self->dirty)
    {
      self->dirty = dirty;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRTY]);
    }
}

static void
draft_timeout_cb (gpointer data)
{
  ProbityForm *self = data;

  self->draft_id = 0;
  probity_form_save_draft (self);
}

static void
field_changed (ProbityForm *self,
               GtkWidget   *row)
{
  ProbityFormField *field = g_object_get_data (G_OBJECT (row), "probity-form-field");

  if (self->filling || self->fields == NULL)
    return;
  field->touched = TRUE;
  judge_field (self, field);
  update_state (self);
  if (self->draft_key != NULL && self->draft_id == 0)
    self->draft_id = g_timeout_add_once (DRAFT_DELAY_MS, draft_timeout_cb, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, field->field->name);
}

static void
row_changed_cb (ProbityForm *self,
                GtkWidget   *row)
{
  g_assert (PROBITY_IS_FORM (self));

  field_changed (self, row);
}

static void
row_notify_cb (ProbityForm *self,
               GParamSpec  *pspec,
               GtkWidget   *row)
{
  g_assert (PROBITY_IS_FORM (self));

  field_changed (self, row);
}

static void
name_found_cb (ProbityForm *self,
               GParamSpec  *pspec,
               GtkWidget   *row)
{
  ProbityFormField *field = g_object_get_data (G_OBJECT (row), "probity-form-field");

  g_assert (PROBITY_IS_FORM (self));

  if (self->fields != NULL)
    probity_form_field_set_problem (field, field->problem);
}

static void
probity_form_dispose (GObject *object)
{
  ProbityForm *self = PROBITY_FORM (object);

  g_clear_handle_id (&self->draft_id, g_source_remove);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->record, probity_record_unref);
  g_clear_pointer (&self->draft_key, g_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (probity_form_parent_class)->dispose (object);
}

static void
probity_form_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  ProbityForm *self = PROBITY_FORM (object);

  switch ((ProbityFormProps) property_id)
    {
    case PROP_VALID:
      g_value_set_boolean (value, self->valid);
      break;
    case PROP_DIRTY:
      g_value_set_boolean (value, self->dirty);
      break;
    }
}

static void
probity_form_class_init (ProbityFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_form_dispose;
  object_class->get_property = probity_form_get_property;

  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DIRTY] = g_param_spec_boolean ("dirty", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", PROBITY_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /* What stands in a dialog beside the form's own fields joins its draft, and comes back from it. */
  signals[SIGNAL_COLLECT] =
      g_signal_new ("collect", PROBITY_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, PROBITY_TYPE_VALUES);
  signals[SIGNAL_RESTORE] =
      g_signal_new ("restore", PROBITY_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, PROBITY_TYPE_VALUES);
}

static void
probity_form_init (ProbityForm *self)
{
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_form_field_free);
}

/** probity_form_new: (transfer full): a form without fields as yet. */
ProbityForm *
probity_form_new (ProbitySession          *session,
                  const ProbityRecordKind *kind)
{
  ProbityForm *self = g_object_new (PROBITY_TYPE_FORM, NULL);

  self->session = g_object_ref (session);
  self->kind = kind;
  return self;
}

/** Adds the row of @field, which is one of the kind's, to @group. */
void
probity_form_add_row (ProbityForm         *self,
                      AdwPreferencesGroup *group,
                      const char          *field)
{
  const ProbityField *fields;
  guint               n_fields;

  g_return_if_fail (PROBITY_IS_FORM (self));

  fields = probity_record_kind_get_fields (self->kind, &n_fields);
  for (guint i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].name, field))
      {
        ProbityFormField *form_field = probity_form_field_new (self->session, self->kind, &fields[i]);
        const char       *signal = probity_form_field_get_signal (form_field);

        g_object_set_data (G_OBJECT (form_field->row), "probity-form-field", form_field);
        g_ptr_array_add (self->fields, form_field);
        g_signal_connect_object (form_field->row, signal, g_str_has_prefix (signal, "notify") ? G_CALLBACK (row_notify_cb) : G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
        if (PROBITY_IS_STAFF_ROW (form_field->row))
          g_signal_connect_object (form_field->row, "notify::person-name", G_CALLBACK (name_found_cb), self, G_CONNECT_SWAPPED);
        adw_preferences_group_add (group, form_field->row);
        adw_preferences_group_add (group, form_field->message_row);
        update_state (self);
        return;
      }
}

/**
 * probity_form_add_group:
 * @self: a form
 * @page: where the group goes
 * @title: (nullable): its heading
 * @description: (nullable): what it is about
 * @fields: %NULL-terminated names; those that the kind does not have are left out
 *
 * Returns: (transfer none): the group, for further rows
 */
AdwPreferencesGroup *
probity_form_add_group (ProbityForm        *self,
                        AdwPreferencesPage *page,
                        const char         *title,
                        const char         *description,
                        const char *const  *fields)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  g_return_val_if_fail (PROBITY_IS_FORM (self), NULL);

  if (title != NULL)
    adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  for (guint i = 0; fields != NULL && fields[i] != NULL; i++)
    probity_form_add_row (self, group, fields[i]);
  adw_preferences_page_add (page, group);
  return group;
}

/** probity_form_get_row: (transfer none) (nullable): the row of @field. */
GtkWidget *
probity_form_get_row (ProbityForm *self,
                      const char  *field)
{
  ProbityFormField *form_field = find_field (self, field);

  return form_field != NULL ? form_field->row : NULL;
}

/** Calls @field by another name than it has in lists. */
void
probity_form_set_title (ProbityForm *self,
                        const char  *field,
                        const char  *title)
{
  GtkWidget *row = probity_form_get_row (self, field);

  if (row != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
}

/** Says something below @field as long as nothing is wrong with it; %NULL: no more. */
void
probity_form_set_hint (ProbityForm *self,
                       const char  *field,
                       const char  *hint)
{
  ProbityFormField *form_field = find_field (self, field);

  if (form_field == NULL)
    return;
  g_set_str (&form_field->hint, hint);
  probity_form_field_set_problem (form_field, form_field->problem);
}

/** From now on @record is being edited: its values are shown, what is fixed cannot be changed. */
void
probity_form_set_record (ProbityForm   *self,
                         ProbityRecord *record)
{
  g_return_if_fail (PROBITY_IS_FORM (self));
  g_return_if_fail (record != NULL);

  g_clear_pointer (&self->record, probity_record_unref);
  self->record = probity_record_ref (record);
  self->filling = TRUE;
  for (guint i = 0; i < self->fields->len; i++)
    {
      ProbityFormField *field = g_ptr_array_index (self->fields, i);
      const char       *value = probity_record_get (record, field->field->name);

      probity_form_field_set_value (field, value);
      g_free (field->original);
      /* What the row gives back, so that another way to write the same is no change. */
      field->original = probity_form_field_dup_value (field);
      if (field->field->flags & PROBITY_FIELD_FIXED)
        gtk_widget_set_sensitive (field->row, FALSE);
      judge_field (self, field);
    }
  self->filling = FALSE;
  update_state (self);
}

/** probity_form_get_record: (transfer none) (nullable): the record being edited, at the version last seen. */
ProbityRecord *
probity_form_get_record (ProbityForm *self)
{
  g_return_val_if_fail (PROBITY_IS_FORM (self), NULL);
  return self->record;
}

/** probity_form_dup_value: (transfer full): what stands in @field; empty text for nothing. */
char *
probity_form_dup_value (ProbityForm *self,
                        const char  *field)
{
  ProbityFormField *form_field = find_field (self, field);

  return form_field != NULL ? probity_form_field_dup_value (form_field) : g_strdup ("");
}

/** Puts @value into @field as if it had been typed. */
void
probity_form_set_value (ProbityForm *self,
                        const char  *field,
                        const char  *value)
{
  ProbityFormField *form_field = find_field (self, field);

  if (form_field != NULL)
    probity_form_field_set_value (form_field, value);
}

/** Begins with @value, which nobody has entered: a form that holds no more than that is closed without a question. */
void
probity_form_preset (ProbityForm *self,
                     const char  *field,
                     const char  *value)
{
  ProbityFormField *form_field = find_field (self, field);

  g_return_if_fail (form_field != NULL && self->record == NULL);

  g_set_str (&form_field->original, value);
  probity_form_field_set_value (form_field, value);
  update_state (self);
}

/** Puts in all of @values, as if they had been typed. */
void
probity_form_set_values (ProbityForm   *self,
                         ProbityValues *values)
{
  g_auto (GStrv) names = probity_values_dup_fields (values);

  for (guint i = 0; names[i] != NULL; i++)
    probity_form_set_value (self, names[i], probity_values_get (values, names[i]));
  g_signal_emit (self, signals[SIGNAL_RESTORE], 0, values);
}

/** probity_form_dup_values: (transfer full): what was filled in; of a record being edited what was changed. */
ProbityValues *
probity_form_dup_values (ProbityForm *self)
{
  ProbityValues *values = probity_values_new ();

  g_return_val_if_fail (PROBITY_IS_FORM (self), values);

  for (guint i = 0; i < self->fields->len; i++)
    {
      ProbityFormField *field = g_ptr_array_index (self->fields, i);
      g_autofree char  *value = probity_form_field_dup_value (field);

      if (self->record != NULL ? probity_form_field_is_changed (field) : *value != '\0')
        probity_values_set (values, field->field->name, value);
    }
  return values;
}

/** Whether every field could be saved as it stands. */
gboolean
probity_form_get_valid (ProbityForm *self)
{
  g_return_val_if_fail (PROBITY_IS_FORM (self), FALSE);
  return self->valid;
}

/** Says that something beside the fields was changed, and so is part of the draft. */
void
probity_form_touch (ProbityForm *self)
{
  g_return_if_fail (PROBITY_IS_FORM (self));

  self->touched = TRUE;
  if (self->draft_key != NULL && self->draft_id == 0)
    self->draft_id = g_timeout_add_once (DRAFT_DELAY_MS, draft_timeout_cb, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, NULL);
}

/** Whether anything differs from the record being edited, or from an empty form. */
gboolean
probity_form_get_dirty (ProbityForm *self)
{
  g_return_val_if_fail (PROBITY_IS_FORM (self), FALSE);
  return self->dirty || self->touched;
}

/** Marks the field that @error names, and goes there; %FALSE if it names none of this form. */
gboolean
probity_form_show_error (ProbityForm  *self,
                         const GError *error)
{
  ProbityFormField *field;

  g_return_val_if_fail (PROBITY_IS_FORM (self), FALSE);

  if (error->domain != PROBITY_RECORD_ERROR || probity_record_error_get_field (error) == NULL)
    return FALSE;
  field = find_field (self, probity_record_error_get_field (error));
  if (field == NULL)
    return FALSE;
  probity_form_field_set_problem (field, probity_field_problem_to_sentence (error, field->field));
  gtk_widget_grab_focus (field->row);
  return TRUE;
}

/** Complains of every field that is wrong or empty, and goes to the first. */
void
probity_form_focus_first_problem (ProbityForm *self)
{
  ProbityFormField *first = NULL;

  g_return_if_fail (PROBITY_IS_FORM (self));

  for (guint i = 0; i < self->fields->len; i++)
    {
      ProbityFormField *field = g_ptr_array_index (self->fields, i);

      field->touched = TRUE;
      judge_field (self, field);
      if (field->problem != NULL && first == NULL)
        first = field;
    }
  if (first != NULL)
    gtk_widget_grab_focus (first->row);
}

/**
 * probity_form_set_draft:
 * @self: a form
 * @key: (nullable): under which the draft is kept, as `complaint/new` or `person/UID`
 *
 * From now on what is typed is saved a second later, encrypted in the casebook, for this account only.
 */
void
probity_form_set_draft (ProbityForm *self,
                        const char  *key)
{
  g_return_if_fail (PROBITY_IS_FORM (self));

  g_set_str (&self->draft_key, key);
}

/** Saves the draft at once, if anything was typed. */
void
probity_form_save_draft (ProbityForm *self)
{
  g_autoptr (ProbityValues) values = NULL;

  g_return_if_fail (PROBITY_IS_FORM (self));

  g_clear_handle_id (&self->draft_id, g_source_remove);
  if (self->draft_key == NULL || !(self->dirty || self->touched))
    return;
  values = probity_form_dup_values (self);
  g_signal_emit (self, signals[SIGNAL_COLLECT], 0, values);
  dex_future_disown (probity_draft_save (self->session, self->draft_key, values));
}

/** Removes the draft: it was saved as a record, or given up. */
void
probity_form_discard_draft (ProbityForm *self)
{
  g_return_if_fail (PROBITY_IS_FORM (self));

  g_clear_handle_id (&self->draft_id, g_source_remove);
  if (self->draft_key == NULL)
    return;
  dex_future_disown (probity_draft_save (self->session, self->draft_key, NULL));
}
