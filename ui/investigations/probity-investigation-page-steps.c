/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-case-readers.h"
#include "probity-check-dialog.h"
#include "probity-closing-card.h"
#include "probity-investigation-form.h"
#include "probity-investigation-page-private.h"
#include "probity-investigation-steps.h"
#include "probity-labels.h"
#include "probity-reply.h"
#include "probity-toast.h"

/* What can be done with an investigation, and what comes next. */

void
probity_investigation_page_present (ProbityInvestigationPage *self,
                                    GtkWidget                *dialog)
{
  g_return_if_fail (PROBITY_IS_INVESTIGATION_PAGE (self));

  g_signal_connect_object (dialog, "closed", G_CALLBACK (_probity_investigation_page_reload), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static gboolean
may (ProbityInvestigationPage *self,
     ProbityOperation          operation)
{
  return probity_access_may (probity_page_get_session (PROBITY_PAGE (self)), operation);
}

static gboolean
is_secret (ProbityInvestigationPage *self)
{
  return probity_case_kind_get_compartment (self->kind) == PROBITY_COMPARTMENT_INTELLIGENCE;
}

static gboolean
may_check (ProbityInvestigationPage *self,
           ProbityCheckKind          kind)
{
  return self->closing != NULL && !self->closing->investigates && probity_record_get (self->record, "closed") == NULL &&
         may (self, kind == PROBITY_CHECK_COMPLAINTS && !is_secret (self) ? PROBITY_OPERATION_CHECK_COMPLAINTS : PROBITY_OPERATION_CHECK_INTELLIGENCE);
}

void
_probity_investigation_page_open_check (ProbityInvestigationPage *self,
                                        ProbityCheckKind          kind,
                                        const char               *subject,
                                        const char               *name)
{
  probity_investigation_page_present (self,
                                      probity_check_dialog_new_for_subject (probity_page_get_session (PROBITY_PAGE (self)),
                                                                            self->record,
                                                                            subject,
                                                                            name,
                                                                            kind,
                                                                            may_check (self, kind)));
}

/* --- Actions --- */

static void
investigate_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  ProbityInvestigationPage *self = PROBITY_INVESTIGATION_PAGE (widget);

  probity_investigation_page_present (self, probity_investigate_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record));
}

static void
open_stage_dialog (ProbityInvestigationPage *self,
                   const char               *stage)
{
  probity_investigation_page_present (self, probity_stage_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->kind, self->record, stage));
}

static void
stage_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  open_stage_dialog (PROBITY_INVESTIGATION_PAGE (widget), NULL);
}

static void
readers_loaded_cb (gpointer      object,
                   const GValue *value,
                   const GError *error)
{
  ProbityInvestigationPage *self = object;

  if (error != NULL)
    probity_toast_error (GTK_WIDGET (self), error);
  else
    probity_investigation_page_present (self, probity_assign_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->record, g_value_get_boxed (value)));
}

static void
assign_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ProbityInvestigationPage *self = PROBITY_INVESTIGATION_PAGE (widget);

  probity_reply (probity_case_load_readers (probity_page_get_session (PROBITY_PAGE (self)), self->kind, self->uid), self, readers_loaded_cb);
}

static void
amend_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbityInvestigationPage *self = PROBITY_INVESTIGATION_PAGE (widget);

  probity_investigation_page_present (self, GTK_WIDGET (probity_investigation_form_new_edit (probity_page_get_session (PROBITY_PAGE (self)), self->kind, self->record)));
}

static void
propose_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  ProbityInvestigationPage *self = PROBITY_INVESTIGATION_PAGE (widget);

  probity_investigation_page_present (self, probity_propose_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->kind, self->record));
}

static void
close_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbityInvestigationPage *self = PROBITY_INVESTIGATION_PAGE (widget);

  probity_investigation_page_present (self, probity_close_case_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->kind, self->record, self->closing));
}

static void
kind_step_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  ProbityInvestigationPage *self = PROBITY_INVESTIGATION_PAGE (widget);
  const guint               index = g_variant_get_uint32 (parameter);

  if (index < self->view->n_steps)
    self->view->steps[index].activate (self);
}

/* The first check that this reader makes and that nobody has made. */
static ProbityClosingSubject *
find_check (ProbityInvestigationPage *self,
            ProbityCheckKind         *ret_kind)
{
  for (guint i = 0; i < self->closing->subjects->len; i++)
    {
      ProbityClosingSubject *subject = g_ptr_array_index (self->closing->subjects, i);

      if (!subject->complaints && may_check (self, PROBITY_CHECK_COMPLAINTS))
        {
          *ret_kind = PROBITY_CHECK_COMPLAINTS;
          return subject;
        }
      if (!subject->intelligence && may_check (self, PROBITY_CHECK_INTELLIGENCE))
        {
          *ret_kind = PROBITY_CHECK_INTELLIGENCE;
          return subject;
        }
    }

  return NULL;
}

static void
check_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbityInvestigationPage *self = PROBITY_INVESTIGATION_PAGE (widget);
  ProbityCheckKind          kind;
  ProbityClosingSubject    *subject = self->closing != NULL ? find_check (self, &kind) : NULL;

  if (subject != NULL)
    _probity_investigation_page_open_check (self, kind, subject->uid, subject->name != NULL ? subject->name : subject->subject);
}

static void
next_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ProbityInvestigationPage *self = PROBITY_INVESTIGATION_PAGE (widget);

  if (self->next_step != NULL)
    self->next_step->activate (self);
  else if (self->next_stage != NULL)
    open_stage_dialog (self, self->next_stage);
  else if (self->next_action != NULL)
    gtk_widget_activate_action (widget, self->next_action, NULL);
}

/* --- What comes next --- */

/* The stage after the present one; NULL where only closing is left. */
static char *
dup_later_stage (ProbityInvestigationPage *self)
{
  g_auto (GStrv) stages = probity_case_dup_stages (probity_page_get_session (PROBITY_PAGE (self)), self->kind, self->record);

  for (guint i = 0; stages[i] != NULL && stages[i + 1] != NULL; i++)
    if (g_strcmp0 (stages[i], probity_record_get (self->record, "stage")) == 0)
      return g_strv_contains (self->kind->terminal, stages[i + 1]) ? NULL : g_strdup (stages[i + 1]);

  return NULL;
}

static gboolean
is_ready_to_close (ProbityInvestigationPage *self)
{
  g_autofree char *missing = probity_closing_dup_missing_text (self->closing);

  return missing == NULL;
}

/* A decider who is free of the case, where nothing is missing and somebody else proposed it. */
static gboolean
is_to_close (ProbityInvestigationPage *self)
{
  return may (self, PROBITY_OPERATION_CLOSE_CASE) && !self->closing->investigates && is_ready_to_close (self) && self->closing->proposed != NULL &&
         g_strcmp0 (self->closing->proposed_by, probity_session_get_account_name (probity_page_get_session (PROBITY_PAGE (self)))) != 0;
}

static const char *
find_next (ProbityInvestigationPage *self)
{
  g_autofree char       *later = NULL;
  ProbityCheckKind       kind;
  ProbityClosingSubject *unchecked;

  self->next_action = NULL;
  g_clear_pointer (&self->next_stage, g_free);
  self->next_step = NULL;
  if (self->closing == NULL || probity_record_get (self->record, "closed") != NULL || !may (self, self->kind->work))
    return NULL;

  self->next_step = self->view->find_next != NULL ? self->view->find_next (self) : NULL;
  if (self->next_step != NULL)
    return _ (self->next_step->label);
  if (is_to_close (self))
    {
      self->next_action = "case.close";
      return _ ("_Close the Case…");
    }
  if (probity_record_get (self->record, "decided_to_investigate") == NULL)
    {
      self->next_action = "case.investigate";
      return _ ("_Decide to Investigate…");
    }
  unchecked = find_check (self, &kind);
  if (unchecked != NULL)
    {
      self->next_action = "case.check";
      return kind == PROBITY_CHECK_COMPLAINTS ? _ ("_Check Complaints…") : _ ("_Check Intelligence…");
    }
  if (!self->closing->investigates)
    return NULL;
  later = dup_later_stage (self);
  if (later != NULL)
    {
      self->next_stage = g_steal_pointer (&later);
      return _ ("Change _Stage…");
    }
  if (self->closing->proposed == NULL)
    {
      self->next_action = "case.propose";
      return _ ("_Propose Closing…");
    }

  return NULL;
}

/* Whom the case waits for where this reader has no step. */
static const char *
find_waiting (ProbityInvestigationPage *self)
{
  if (self->closing == NULL || probity_record_get (self->record, "closed") != NULL)
    return NULL;
  if (probity_record_get (self->record, "decided_to_investigate") == NULL)
    return _ ("Waiting for the decision to investigate");
  if (self->closing->proposed == NULL)
    return _ ("Waiting for those who investigate it");
  if (!is_ready_to_close (self))
    return is_secret (self) ? _ ("Waiting for the checks, by an ACU officer who does not investigate it") : _ ("Waiting for the checks, by officers who do not investigate it");

  return _ ("Waiting for the closing decision");
}

/* Item by item, since somebody may have the menu open: steps that stay are not touched. */
static void
update_menu (ProbityInvestigationPage *self)
{
  int at = 0;

  for (guint i = 0; i < self->view->n_steps; i++)
    {
      const ProbityInvestigationStep *step = &self->view->steps[i];
      g_autofree char                *action = g_strdup_printf ("case.kind-step(uint32 %u)", i);
      guint32                         there;
      const gboolean                  possible = step->is_possible == NULL || step->is_possible (self);
      const gboolean                  stands = at < g_menu_model_get_n_items (G_MENU_MODEL (self->kind_section)) &&
                              g_menu_model_get_item_attribute (G_MENU_MODEL (self->kind_section), at, G_MENU_ATTRIBUTE_TARGET, "u", &there) && there == i;

      if (stands && !possible)
        g_menu_remove (self->kind_section, at);
      if (!stands && possible)
        g_menu_insert (self->kind_section, at, _ (step->label), action);
      at += possible;
    }
}

void
_probity_investigation_page_update_steps (ProbityInvestigationPage *self)
{
  const gboolean open = self->closing != NULL && probity_record_get (self->record, "closed") == NULL;
  const gboolean works = open && may (self, self->kind->work);
  const char    *label = find_next (self);
  const char    *waiting = label == NULL ? find_waiting (self) : NULL;

  probity_case_head_set_enabled (&self->head, "case.investigate", works && probity_record_get (self->record, "decided_to_investigate") == NULL);
  probity_case_head_set_enabled (&self->head, "case.stage", works);
  probity_case_head_set_enabled (&self->head, "case.assign", works);
  probity_case_head_set_enabled (&self->head, "case.amend", works);
  probity_case_head_set_enabled (&self->head, "case.propose", works);
  probity_case_head_set_enabled (&self->head, "case.close", open && may (self, PROBITY_OPERATION_CLOSE_CASE) && !self->closing->investigates);
  if (self->closing == NULL)
    return;
  update_menu (self);
  probity_case_head_update_menu (&self->head);

  gtk_widget_set_visible (self->head.next_button, label != NULL);
  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->head.next_button), label);
  probity_case_head_set_waiting (&self->head, waiting);
}

void
_probity_investigation_page_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "case.next", NULL, next_cb);
  gtk_widget_class_install_action (klass, "case.investigate", NULL, investigate_cb);
  gtk_widget_class_install_action (klass, "case.stage", NULL, stage_cb);
  gtk_widget_class_install_action (klass, "case.assign", NULL, assign_cb);
  gtk_widget_class_install_action (klass, "case.amend", NULL, amend_cb);
  gtk_widget_class_install_action (klass, "case.check", NULL, check_cb);
  gtk_widget_class_install_action (klass, "case.propose", NULL, propose_cb);
  gtk_widget_class_install_action (klass, "case.close", NULL, close_cb);
  gtk_widget_class_install_action (klass, "case.kind-step", "u", kind_step_cb);
}
