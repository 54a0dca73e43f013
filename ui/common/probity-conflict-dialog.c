/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-conflict-dialog.h"

#include <glib/gi18n.h>

#include "probity-format.h"
#include "probity-labels.h"
#include "probity-list-view.h"

struct _ProbityConflictDialog
{
  AdwDialog parent_instance;

  ProbitySession *session;
  ProbityRecord  *before;
  ProbityRecord  *theirs;
  ProbityValues  *mine;
  GHashTable     *buttons; /* field → the check button of one's own version */

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (ProbityConflictDialog, probity_conflict_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_RESOLVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_shown (ProbityConflictDialog *self,
           const ProbityField    *field,
           const char            *value)
{
  if (value == NULL || *value == '\0')
    return g_strdup (_ ("Empty"));
  if (field->type == PROBITY_FIELD_CHOICE)
    return g_strdup (probity_choices_get_label (probity_session_get_profile (self->session), field->choices, value));
  return probity_format_value (field->type, value);
}

static GtkWidget *
add_version (ProbityConflictDialog *self,
             AdwPreferencesGroup   *group,
             const ProbityField    *field,
             const char            *title,
             const char            *value,
             GtkWidget             *sibling)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *button = gtk_check_button_new ();
  g_autofree char *shown = dup_shown (self, field, value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), shown);
  gtk_widget_add_css_class (row, "property");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (sibling != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (sibling));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
  return button;
}

static void
add_field (ProbityConflictDialog *self,
           const ProbityField    *field)
{
  const char          *kind = probity_record_kind_get_name (probity_record_get_kind (self->theirs));
  const char          *mine = probity_values_get (self->mine, field->name);
  const char          *theirs = probity_record_get (self->theirs, field->name);
  const char          *before = probity_record_get (self->before, field->name);
  AdwPreferencesGroup *group;
  GtkWidget           *my_button, *their_button;

  if (mine == NULL || g_strcmp0 (mine, theirs != NULL ? theirs : "") == 0)
    return;
  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (group, probity_label_for_field (kind, field->name));
  my_button = add_version (self, group, field, _ ("What you entered"), mine, NULL);
  their_button = add_version (self, group, field, g_strcmp0 (before, theirs) == 0 ? _ ("As it was") : _ ("What somebody else saved"), theirs, my_button);
  /* A field that only this reader changed is no conflict: their own version stands unless they say otherwise. */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (g_strcmp0 (before, theirs) == 0 ? my_button : their_button), TRUE);
  g_object_set_data (G_OBJECT (my_button), "other-version", their_button);
  g_hash_table_insert (self->buttons, (gpointer) field->name, my_button);
  adw_preferences_page_add (self->page, group);
}

static void
add_their_other_fields (ProbityConflictDialog *self)
{
  const ProbityField  *fields;
  guint                n_fields;
  AdwPreferencesGroup *group = NULL;
  const char          *kind = probity_record_kind_get_name (probity_record_get_kind (self->theirs));

  fields = probity_record_kind_get_fields (probity_record_get_kind (self->theirs), &n_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      const char      *theirs = probity_record_get (self->theirs, fields[i].name);
      g_autofree char *shown = NULL;
      GtkWidget       *row;

      if (probity_values_get (self->mine, fields[i].name) != NULL ||
          g_strcmp0 (theirs, probity_record_get (self->before, fields[i].name)) == 0)
        continue;
      if (group == NULL)
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _ ("Also Changed by Somebody Else"));
          adw_preferences_page_add (self->page, group);
        }
      shown = dup_shown (self, &fields[i], theirs);
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), probity_label_for_field (kind, fields[i].name));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), shown);
      gtk_widget_add_css_class (row, "property");
      adw_preferences_group_add (group, row);
    }
}

static void
resolve_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  ProbityConflictDialog *self = PROBITY_CONFLICT_DIALOG (widget);
  g_autoptr (ProbityValues) chosen = probity_values_new ();
  g_autoptr (ProbityRecord) theirs = probity_record_ref (self->theirs);
  GHashTableIter iter;
  gpointer       field, button;

  g_hash_table_iter_init (&iter, self->buttons);
  while (g_hash_table_iter_next (&iter, &field, &button))
    if (gtk_check_button_get_active (button))
      probity_values_set (chosen, field, probity_values_get (self->mine, field));
  g_object_ref (self);
  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[SIGNAL_RESOLVED], 0, theirs, chosen);
  g_object_unref (self);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
probity_conflict_dialog_dispose (GObject *object)
{
  ProbityConflictDialog *self = PROBITY_CONFLICT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_CONFLICT_DIALOG);
  g_clear_object (&self->session);
  g_clear_pointer (&self->before, probity_record_unref);
  g_clear_pointer (&self->theirs, probity_record_unref);
  g_clear_pointer (&self->mine, probity_values_unref);
  g_clear_pointer (&self->buttons, g_hash_table_unref);

  G_OBJECT_CLASS (probity_conflict_dialog_parent_class)->dispose (object);
}

static void
probity_conflict_dialog_class_init (ProbityConflictDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = probity_conflict_dialog_dispose;

  signals[SIGNAL_RESOLVED] =
      g_signal_new ("resolved", PROBITY_TYPE_CONFLICT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, PROBITY_TYPE_RECORD, PROBITY_TYPE_VALUES);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/common/probity-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityConflictDialog, page);
  gtk_widget_class_install_action (widget_class, "conflict.resolve", NULL, resolve_action);
  gtk_widget_class_install_action (widget_class, "conflict.cancel", NULL, cancel_action);
}

static void
probity_conflict_dialog_init (ProbityConflictDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->buttons = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * probity_conflict_dialog_new:
 * @session: who is signed in
 * @before: the record as it was when editing began
 * @theirs: the record as somebody else saved it since
 * @mine: what this reader changed
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
probity_conflict_dialog_new (ProbitySession *session,
                             ProbityRecord  *before,
                             ProbityRecord  *theirs,
                             ProbityValues  *mine)
{
  ProbityConflictDialog *self = g_object_new (PROBITY_TYPE_CONFLICT_DIALOG, NULL);
  const ProbityField    *fields;
  guint                  n_fields;

  self->session = g_object_ref (session);
  self->before = probity_record_ref (before);
  self->theirs = probity_record_ref (theirs);
  self->mine = probity_values_ref (mine);
  fields = probity_record_kind_get_fields (probity_record_get_kind (theirs), &n_fields);
  for (guint i = 0; i < n_fields; i++)
    add_field (self, &fields[i]);
  add_their_other_fields (self);
  return ADW_DIALOG (self);
}

/** Chooses one's own version of @field, or the other. */
void
probity_conflict_dialog_choose (ProbityConflictDialog *self,
                                const char            *field,
                                gboolean               mine)
{
  GtkCheckButton *button;

  g_return_if_fail (PROBITY_IS_CONFLICT_DIALOG (self));

  button = g_hash_table_lookup (self->buttons, field);
  if (button == NULL)
    return;
  gtk_check_button_set_active (mine ? button : g_object_get_data (G_OBJECT (button), "other-version"), TRUE);
}
