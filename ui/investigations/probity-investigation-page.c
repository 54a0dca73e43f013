/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-case-parts.h"
#include "probity-case-subjects.h"
#include "probity-closing-card.h"
#include "probity-format.h"
#include "probity-investigation-page-private.h"
#include "probity-kept-rows.h"
#include "probity-labels.h"
#include "probity-list-view.h"
#include "probity-record-page.h"
#include "probity-reply.h"

G_DEFINE_FINAL_TYPE (ProbityInvestigationPage, probity_investigation_page, PROBITY_TYPE_PAGE)

static void
set_pill (GtkLabel   *label,
          const char *value)
{
  gtk_widget_set_visible (GTK_WIDGET (label), value != NULL);
  if (value != NULL)
    gtk_label_set_label (label, probity_label_for_value (value));
}

static char *
dup_field_text (ProbityInvestigationPage *self,
                const char               *name)
{
  const ProbityRecordKind *kind = self->kind->record_kind;
  const ProbityField      *field = probity_record_kind_find_field (kind, name);
  const char              *value = probity_record_get (self->record, name);
  const char              *choices;

  if (value == NULL || *value == '\0' || field == NULL)
    return NULL;
  choices = probity_choices_for_field (kind->name, field);
  if (choices != NULL)
    return g_strdup (probity_choices_get_label (probity_session_get_profile (probity_page_get_session (PROBITY_PAGE (self))), choices, value));
  /* Free text stays as it was written. */
  if (field->type == PROBITY_FIELD_TEXT)
    return g_strdup (value);

  return probity_format_value (field->type, value);
}

static void
show_fields (ProbityInvestigationPage *self)
{
  GtkWidget *group = gtk_widget_get_first_child (self->fields);

  for (guint i = 0; i < self->view->n_groups; i++, group = gtk_widget_get_next_sibling (group))
    {
      gboolean any = FALSE;

      for (guint j = 0; self->view->groups[i].fields[j] != NULL; j++)
        {
          const char      *name = self->view->groups[i].fields[j];
          g_autofree char *text = NULL;

          /* These head the page. */
          if (g_str_equal (name, "title") || g_str_equal (name, "marking"))
            continue;
          text = dup_field_text (self, name);
          if (text == NULL)
            continue;
          probity_kept_rows_add (group, probity_property_row_new (probity_label_for_field (self->kind->record_kind->name, name), text));
          any = TRUE;
        }
      probity_kept_rows_show (group);
      gtk_widget_set_visible (group, any);
    }
}

static void
show_record (ProbityInvestigationPage *self)
{
  const char      *title = probity_record_get (self->record, "title");
  const char      *owner = probity_record_get (self->record, "owner");
  const char      *officer = probity_record_get (self->record, "investigating_officer");
  g_autofree char *text = NULL;

  /* Translators: %s is the account of whoever a case belongs to. */
  text = g_strdup_printf (_ ("Owner: %s"), owner);
  if (officer != NULL)
    {
      g_autofree char *before = g_steal_pointer (&text);

      /* Translators: the first is “Owner: …”, the second a staff number. */
      text = g_strdup_printf (_ ("%s · Investigating officer: %s"), before, officer);
    }
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), probity_record_get_reference (self->record));
  probity_page_set_subtitle (PROBITY_PAGE (self), _ (self->view->title));
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->owner_label, text);
  set_pill (self->stage_label, probity_record_get (self->record, "stage"));
  set_pill (self->outcome_label, probity_record_get (self->record, "outcome"));
  set_pill (self->marking_label, probity_record_get (self->record, "marking"));
  show_fields (self);
}

static void
closing_loaded_cb (gpointer      object,
                   const GValue *value,
                   const GError *error)
{
  ProbityInvestigationPage *self = object;

  if (value == NULL || self->head.gone)
    return;
  g_clear_pointer (&self->closing, probity_closing_state_free);
  self->closing = g_value_dup_boxed (value);
  probity_closing_card_set_state (PROBITY_CLOSING_CARD (self->card), self->record, self->closing);
  _probity_investigation_page_update_steps (self);
}

static void
record_loaded_cb (gpointer      object,
                  const GValue *value,
                  const GError *error)
{
  ProbityInvestigationPage *self = object;

  if (error != NULL)
    {
      probity_case_head_show_error (&self->head, error);
      return;
    }
  g_clear_pointer (&self->record, probity_record_unref);
  self->record = g_value_dup_boxed (value);
  probity_page_set_content (PROBITY_PAGE (self), self->body);
  show_record (self);
  for (guint i = 0; i < self->groups->len; i++)
    probity_case_group_set_record (g_ptr_array_index (self->groups, i), self->record);
  probity_case_parts_set_record (PROBITY_CASE_PARTS (adw_bin_get_child (self->course_bin)), self->record);
  probity_reply (probity_closing_load (probity_page_get_session (PROBITY_PAGE (self)), probity_record_get_uid (self->record)), self, closing_loaded_cb);
  probity_case_head_set_record (&self->head, self->record);
}

void
_probity_investigation_page_reload (ProbityInvestigationPage *self)
{
  probity_reply (probity_record_load_in_visit (probity_page_get_session (PROBITY_PAGE (self)),
                                               self->kind->record_kind,
                                               self->uid,
                                               probity_page_get_visit (PROBITY_PAGE (self))),
                 self,
                 record_loaded_cb);
}

static void
check_chosen_cb (ProbityInvestigationPage *self,
                 int                       kind,
                 const char               *subject,
                 const char               *name)
{
  g_assert (PROBITY_IS_INVESTIGATION_PAGE (self));

  _probity_investigation_page_open_check (self, (ProbityCheckKind) kind, subject, name);
}

static void
probity_investigation_page_refresh (ProbityPage *page)
{
  _probity_investigation_page_reload (PROBITY_INVESTIGATION_PAGE (page));
}

static void
probity_investigation_page_dispose (GObject *object)
{
  ProbityInvestigationPage *self = PROBITY_INVESTIGATION_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_INVESTIGATION_PAGE);
  probity_case_head_clear (&self->head);
  g_clear_object (&self->body);
  g_clear_object (&self->menu);
  g_clear_object (&self->kind_section);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->record, probity_record_unref);
  g_clear_pointer (&self->closing, probity_closing_state_free);
  g_clear_pointer (&self->next_stage, g_free);
  g_clear_pointer (&self->uid, g_free);

  G_OBJECT_CLASS (probity_investigation_page_parent_class)->dispose (object);
}

static void
probity_investigation_page_class_init (ProbityInvestigationPageClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  ProbityPageClass *page_class = PROBITY_PAGE_CLASS (klass);

  object_class->dispose = probity_investigation_page_dispose;
  page_class->refresh = probity_investigation_page_refresh;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/investigations/probity-investigation-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityInvestigationPage, breakpoint_bin);
  gtk_widget_class_bind_template_child (widget_class, ProbityInvestigationPage, layout_view);
  gtk_widget_class_bind_template_child (widget_class, ProbityInvestigationPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityInvestigationPage, owner_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityInvestigationPage, stage_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityInvestigationPage, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityInvestigationPage, marking_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityInvestigationPage, closing_box);
  gtk_widget_class_bind_template_child (widget_class, ProbityInvestigationPage, matter_box);
  gtk_widget_class_bind_template_child (widget_class, ProbityInvestigationPage, course_bin);
  gtk_widget_class_bind_template_child (widget_class, ProbityInvestigationPage, case_menu);
  _probity_investigation_page_install_actions (widget_class);
}

static void
probity_investigation_page_init (ProbityInvestigationPage *self)
{
  self->groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->body = g_object_ref (self->breakpoint_bin);

  self->menu = g_menu_new ();
  self->kind_section = g_menu_new ();
  g_menu_append_section (self->menu, NULL, self->case_menu);
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (self->kind_section));
}

/* A row of a part is a record of its own kind. */
static void
watch (ProbityInvestigationPage *self)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();

  g_ptr_array_add (kinds, (gpointer) self->kind->record_kind->name);
  g_ptr_array_add (kinds, (gpointer) "check");
  g_ptr_array_add (kinds, (gpointer) "complaint");
  g_ptr_array_add (kinds, (gpointer) "intelligence-report");
  for (guint i = 0; i < self->view->n_parts; i++)
    if (self->view->parts[i].part != NULL)
      g_ptr_array_add (kinds, (gpointer) probity_case_part_find (self->kind, self->view->parts[i].part)->record_kind->name);
  g_ptr_array_add (kinds, NULL);
  probity_page_watch (PROBITY_PAGE (self), (const char *const *) kinds->pdata);
}

static void
add_field_group (ProbityInvestigationPage *self,
                 const char               *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (self->fields), group);
}

static void
add_group (ProbityInvestigationPage   *self,
           const ProbityCaseGroupKind *kind)
{
  GtkWidget *group = probity_case_group_new (kind, probity_page_get_session (PROBITY_PAGE (self)), self->kind);

  gtk_box_append (GTK_BOX (self->matter_box), group);
  g_ptr_array_add (self->groups, group);
}

GtkWidget *
probity_investigation_page_new (ProbitySession        *session,
                                const ProbityCaseKind *kind,
                                const char            *uid)
{
  const ProbityInvestigationView *view;
  ProbityInvestigationPage       *self;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);
  g_return_val_if_fail (kind != NULL && uid != NULL, NULL);

  view = probity_investigation_view_find (kind);
  g_return_val_if_fail (view != NULL, NULL);

  self = g_object_new (PROBITY_TYPE_INVESTIGATION_PAGE, "session", session, "title", _ (view->title), NULL);
  self->kind = kind;
  self->view = view;
  self->uid = g_strdup (uid);
  probity_case_head_add_to (&self->head, PROBITY_PAGE (self), G_MENU_MODEL (self->menu), G_CALLBACK (_probity_investigation_page_reload));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->head.next_button), "case.next");
  self->card = probity_closing_card_new (view);
  gtk_box_append (GTK_BOX (self->closing_box), self->card);
  g_signal_connect_object (self->card, "check", G_CALLBACK (check_chosen_cb), self, G_CONNECT_SWAPPED);
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_box_append (GTK_BOX (self->matter_box), self->fields);
  for (guint i = 0; i < view->n_groups; i++)
    add_field_group (self, _ (view->groups[i].title));
  add_group (self, &probity_case_subjects_group);
  for (guint i = 0; i < view->n_parts; i++)
    add_group (self, probity_part_view_get_group (&view->parts[i]));
  adw_bin_set_child (self->course_bin, probity_case_parts_new (session, kind));

  watch (self);
  probity_page_show_loading (PROBITY_PAGE (self));
  /* Nothing can be done before it is known what the case is. */
  _probity_investigation_page_update_steps (self);
  _probity_investigation_page_reload (self);

  return GTK_WIDGET (self);
}

ProbityRecord *
probity_investigation_page_get_record (ProbityInvestigationPage *self)
{
  g_return_val_if_fail (PROBITY_IS_INVESTIGATION_PAGE (self), NULL);

  return self->record;
}

ProbityClosingState *
probity_investigation_page_get_closing (ProbityInvestigationPage *self)
{
  g_return_val_if_fail (PROBITY_IS_INVESTIGATION_PAGE (self), NULL);

  return self->closing;
}

const ProbityCaseKind *
probity_investigation_page_get_kind (ProbityInvestigationPage *self)
{
  g_return_val_if_fail (PROBITY_IS_INVESTIGATION_PAGE (self), NULL);

  return self->kind;
}

ProbityCaseGroup *
probity_investigation_page_find_group (ProbityInvestigationPage *self,
                                       const char               *part)
{
  g_return_val_if_fail (PROBITY_IS_INVESTIGATION_PAGE (self), NULL);

  for (guint i = 0; i < self->view->n_parts; i++)
    if (g_strcmp0 (self->view->parts[i].part, part) == 0)
      return g_ptr_array_index (self->groups, i + 1);

  return NULL;
}
