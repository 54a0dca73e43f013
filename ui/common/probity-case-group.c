/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-group.h"

#include <glib/gi18n.h>

#include "probity-errors.h"
#include "probity-format.h"
#include "probity-kept-rows.h"
#include "probity-long-row.h"
#include "probity-reply.h"
#include "probity-toast.h"

/* So many more each time somebody asks: hundreds of rows at once hold up the page. */
#define PAGE 50

struct _ProbityCaseGroup
{
  AdwPreferencesGroup parent_instance;

  const ProbityCaseGroupKind *kind;
  const ProbityCaseKind      *case_kind;
  ProbitySession             *session;
  ProbityRecord              *record;
  GPtrArray                  *items;
  GtkWidget                  *view_button; /* nullable, as the next */
  GtkWidget                  *add_button;
  guint                       n_more; /* how many somebody asked for, beyond the first */
};

G_DEFINE_FINAL_TYPE (ProbityCaseGroup, probity_case_group, ADW_TYPE_PREFERENCES_GROUP)

static void
place_note (ProbityCaseGroup *self,
            const char       *text)
{
  GtkWidget *row = probity_case_row_new (text, NULL);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "dimmed");
  probity_kept_rows_add (GTK_WIDGET (self), row);
}

static void show_items (ProbityCaseGroup *self);

static void
more_clicked_cb (ProbityCaseGroup *self)
{
  g_assert (PROBITY_IS_CASE_GROUP (self));

  self->n_more += PAGE;
  show_items (self);
}

static void
place_more (ProbityCaseGroup *self,
            guint             n_more)
{
  g_autofree char *text = g_strdup_printf (ngettext ("Show %u More", "Show %u More", n_more), n_more);
  GtkWidget       *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  probity_kept_row_set_key (row, "more");
  g_signal_connect_object (row, "activated", G_CALLBACK (more_clicked_cb), self, G_CONNECT_SWAPPED);
  probity_kept_rows_add (GTK_WIDGET (self), row);
}

/* Whoever pressed it goes on with what it put there. */
static void
show_add_button (ProbityCaseGroup *self,
                 gboolean          visible)
{
  const gboolean had_focus = gtk_widget_is_focus (self->add_button);

  gtk_widget_set_visible (self->add_button, visible);
  if (had_focus && !visible)
    probity_kept_rows_grab_focus (GTK_WIDGET (self));
}

static void
show_items (ProbityCaseGroup *self)
{
  const guint      n_items = self->items->len;
  const guint      n_shown = self->kind->most == 0 ? n_items : MIN (n_items, self->kind->most + self->n_more);
  g_autofree char *description = self->kind->describe != NULL ? self->kind->describe (self->items) : NULL;

  for (guint i = 0; i < n_shown; i++)
    {
      GtkWidget *row = self->kind->make_row (self, g_ptr_array_index (self->items, self->kind->newest_first ? n_items - 1 - i : i));

      if (!self->kind->whole)
        probity_long_row_limit (row);
      probity_kept_rows_add (GTK_WIDGET (self), row);
    }
  if (n_shown < n_items)
    place_more (self, MIN (n_items - n_shown, PAGE));
  if (n_items == 0 && self->kind->empty != NULL)
    place_note (self, _ (self->kind->empty));
  probity_kept_rows_show (GTK_WIDGET (self));

  if (self->add_button != NULL && self->kind->may_add != NULL)
    show_add_button (self, self->kind->may_add (self->items));
  if (self->add_button != NULL && self->kind->may_add_for != NULL)
    show_add_button (self, self->kind->may_add_for (self));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), description);
  gtk_widget_set_visible (GTK_WIDGET (self), n_items > 0 || self->kind->empty != NULL);
}

static void
loaded_cb (gpointer      object,
           const GValue *value,
           const GError *error)
{
  ProbityCaseGroup *self = object;

  if (error != NULL)
    {
      g_autofree char *sentence = probity_error_is_cancelled (error) ? NULL : probity_error_dup_sentence (error);

      if (sentence != NULL)
        place_note (self, sentence);
      probity_kept_rows_show (GTK_WIDGET (self));
      return;
    }
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = g_value_dup_boxed (value);
  show_items (self);
}

static void
add_clicked_cb (ProbityCaseGroup *self)
{
  g_assert (PROBITY_IS_CASE_GROUP (self));

  if (self->record != NULL)
    self->kind->add (self);
}

static void
probity_case_group_dispose (GObject *object)
{
  ProbityCaseGroup *self = PROBITY_CASE_GROUP (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->record, probity_record_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_case_group_parent_class)->dispose (object);
}

static void
probity_case_group_class_init (ProbityCaseGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_case_group_dispose;
}

static void
probity_case_group_init (ProbityCaseGroup *self)
{
}

GtkWidget *
probity_case_group_new (const ProbityCaseGroupKind *kind,
                        ProbitySession             *session,
                        const ProbityCaseKind      *case_kind)
{
  ProbityCaseGroup *self = g_object_new (PROBITY_TYPE_CASE_GROUP, "title", _ (kind->title), NULL);
  GtkWidget        *buttons = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));

  self->kind = kind;
  self->case_kind = case_kind;
  self->session = g_object_ref (session);
  if (kind->view != NULL)
    {
      self->view_button = gtk_button_new_from_icon_name (kind->view_icon);
      gtk_widget_add_css_class (self->view_button, "flat");
      gtk_widget_set_valign (self->view_button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (self->view_button, _ (kind->view_label));
      gtk_box_append (GTK_BOX (buttons), self->view_button);
    }
  if (kind->add_label != NULL && probity_case_group_may_work (self))
    {
      self->add_button = gtk_button_new_from_icon_name ("list-add-symbolic");
      gtk_widget_add_css_class (self->add_button, "flat");
      gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (self->add_button, _ (kind->add_label));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (kind->add_label), -1);
      g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (buttons), self->add_button);
    }
  if (gtk_widget_get_first_child (buttons) != NULL)
    adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), buttons);
  g_object_unref (buttons);

  return GTK_WIDGET (self);
}

void
probity_case_group_set_record (ProbityCaseGroup *self,
                               ProbityRecord    *record)
{
  g_return_if_fail (PROBITY_IS_CASE_GROUP (self));
  g_return_if_fail (record != NULL);

  if (self->view_button != NULL)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->view_button), "(ss)", self->kind->view, probity_record_get_uid (record));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->view_button), "win.open-record");
    }

  probity_record_ref (record);
  g_clear_pointer (&self->record, probity_record_unref);
  self->record = record;
  probity_case_group_reload (self);
}

void
probity_case_group_reload (ProbityCaseGroup *self)
{
  if (self->record == NULL)
    return;
  probity_reply (self->kind->load_for != NULL ? self->kind->load_for (self)
                                              : self->kind->load (self->session, self->case_kind, probity_record_get_uid (self->record)),
                 self,
                 loaded_cb);
}

ProbitySession *
probity_case_group_get_session (ProbityCaseGroup *self)
{
  return self->session;
}

const ProbityCaseKind *
probity_case_group_get_case_kind (ProbityCaseGroup *self)
{
  return self->case_kind;
}

ProbityRecord *
probity_case_group_get_record (ProbityCaseGroup *self)
{
  return self->record;
}

gconstpointer
probity_case_group_get_data (ProbityCaseGroup *self)
{
  return self->kind->data;
}

GPtrArray *
probity_case_group_get_items (ProbityCaseGroup *self)
{
  return self->items;
}

gboolean
probity_case_group_may_work (ProbityCaseGroup *self)
{
  return probity_access_may (self->session, self->case_kind->work);
}

/* --- Menus of rows --- */

typedef struct
{
  ProbityCaseGroup        *group; /* outlives its rows */
  ProbityValues           *item;
  const ProbityCaseAction *action;
} Activation;

static void
activation_free (gpointer  data,
                 GClosure *closure)
{
  Activation *activation = data;

  probity_values_unref (activation->item);
  g_free (activation);
}

static void
activate_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  Activation *activation = data;

  activation->action->activate (activation->group, activation->item);
}

static int
compare_fields (gconstpointer a,
                gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* What the steps act on, in an order of its own. */
static void
add_content (GtkWidget     *row,
             ProbityValues *item)
{
  g_auto (GStrv) fields = probity_values_dup_fields (item);

  qsort (fields, g_strv_length (fields), sizeof *fields, compare_fields);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      g_autofree char *content = g_strdup_printf ("%s=%s", fields[i], probity_values_get (item, fields[i]));

      probity_kept_row_add_content (row, content);
    }
}

void
probity_case_group_add_menu (ProbityCaseGroup        *self,
                             GtkWidget               *row,
                             ProbityValues           *item,
                             const ProbityCaseAction *actions,
                             guint                    n_actions)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  const char      *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  g_autofree char *start = probity_long_text_dup_start (title);
  g_autofree char *label = NULL;
  GtkWidget       *button = gtk_menu_button_new ();

  for (guint i = 0; i < n_actions; i++)
    {
      g_autofree char *name = g_strdup_printf ("step-%u", i);
      g_autofree char *detailed = g_strconcat ("row.", name, NULL);
      g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);
      Activation *activation = g_new0 (Activation, 1);

      activation->group = self;
      activation->item = probity_values_ref (item);
      activation->action = &actions[i];
      g_signal_connect_data (action, "activate", G_CALLBACK (activate_cb), activation, activation_free, G_CONNECT_DEFAULT);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
      g_menu_append (menu, _ (actions[i].label), detailed);
    }
  add_content (row, item);
  gtk_widget_insert_action_group (row, "row", G_ACTION_GROUP (group));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  /* Translators: %s is an action, a log entry, a link … */
  label = g_strdup_printf (_ ("Steps for “%s”"), start != NULL ? start : title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), button);
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* --- Dialogs --- */

typedef struct
{
  ProbityCaseGroup   *group;
  ProbityValues      *item; /* nullable */
  ProbityCaseStepFunc step;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->group);
  g_clear_pointer (&step->item, probity_values_unref);
  g_free (step);
}

static DexFuture *
take_step (ProbityStepDialog *dialog,
           gpointer           data)
{
  Step *step = data;

  return step->step (step->group, dialog, step->item);
}

ProbityStepDialog *
probity_case_group_new_dialog (ProbityCaseGroup   *self,
                               const char         *title,
                               const char         *action_label,
                               ProbityValues      *item,
                               ProbityCaseStepFunc func)
{
  ProbityStepDialog *dialog = probity_step_dialog_new (self->session, title, action_label);
  Step              *step = g_new0 (Step, 1);

  step->group = g_object_ref (self);
  step->item = item != NULL ? probity_values_ref (item) : NULL;
  step->step = func;
  probity_step_dialog_set_step (dialog, take_step, step, step_free);

  return dialog;
}

void
probity_case_group_keep_draft (ProbityCaseGroup  *self,
                               ProbityStepDialog *dialog,
                               const char        *step,
                               const char        *about)
{
  g_autofree char *key = g_strjoin (":", step, probity_record_get_uid (probity_case_group_get_record (self)), about, NULL);

  probity_step_dialog_set_draft_key (dialog, key);
}

void
probity_case_group_present (ProbityCaseGroup  *self,
                            ProbityStepDialog *dialog)
{
  g_signal_connect_object (dialog, "taken", G_CALLBACK (probity_case_group_reload), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
ran_cb (gpointer      object,
        const GValue *value,
        const GError *error)
{
  if (error != NULL)
    probity_toast_error (GTK_WIDGET (object), error);
  probity_case_group_reload (object);
}

void
probity_case_group_run (ProbityCaseGroup *self,
                        DexFuture        *future)
{
  probity_reply (future, self, ran_cb);
}

ProbityValues *
probity_case_dialog_dup_values (ProbityStepDialog *dialog,
                                const char *const *fields)
{
  ProbityValues *values = probity_values_new ();

  for (guint i = 0; fields[i] != NULL; i++)
    probity_values_set (values, fields[i], probity_step_dialog_get (dialog, fields[i]));

  return values;
}

GtkWidget *
probity_case_row_new (const char *title,
                      const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : "");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL && *subtitle != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);

  return row;
}

char *
probity_case_dup_who_when (const char *who,
                           const char *at)
{
  g_autofree char *when = at != NULL ? probity_format_instant (at) : NULL;

  if (who != NULL && when != NULL)
    return g_strdup_printf ("%s, %s", who, when);

  return g_strdup (who != NULL ? who : when);
}
