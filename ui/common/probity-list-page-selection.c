/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-page-private.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-bulk.h"
#include "probity-case.h"
#include "probity-errors.h"
#include "probity-step-dialog.h"
#include "probity-toast.h"

/* What is done with the selected rows of a list. */

static const ProbityListKind *
get_kind (ProbityListPage *self)
{
  return _probity_list_page_get_kind (self);
}

static ProbitySession *
get_session (ProbityListPage *self)
{
  return probity_page_get_session (PROBITY_PAGE (self));
}

/* --- Several cases in one act --- */

/* What was refused for some is told; what was refused for all is the dialog's to show, with nothing lost. */
static DexFuture *
bulk_done_cb (DexFuture *future,
              gpointer   data)
{
  ProbityListPage         *self = PROBITY_LIST_PAGE (data);
  const ProbityBulkResult *result = g_value_get_boxed (dex_future_get_value (future, NULL));
  g_autofree char         *text = NULL;

  if (result->n_done == 0 && result->failures->len > 0)
    return dex_future_new_for_error (g_error_copy (((ProbityBulkFailure *) g_ptr_array_index (result->failures, 0))->error));

  text = g_strdup_printf (ngettext ("Done for %u case", "Done for %u cases", result->n_done), result->n_done);
  if (result->failures->len > 0)
    {
      const ProbityBulkFailure *failure = g_ptr_array_index (result->failures, 0);
      g_autofree char          *done = g_steal_pointer (&text);
      g_autofree char          *sentence = probity_error_dup_sentence (failure->error);
      g_autofree char          *rest = g_strdup_printf (ngettext ("not for %u", "not for %u", result->failures->len), result->failures->len);

      /* Translators: for how many cases something was done, for how many not, the first of them and why not */
      text = g_strdup_printf (_ ("%s, %s. %s: %s"), done, rest, failure->reference != NULL ? failure->reference : "–", sentence);
    }
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      probity_toast (GTK_WIDGET (self), text);
      gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (_probity_list_page_get_selection (self)));
    }
  return dex_ref (future);
}

static DexFuture *
tell_result (ProbityListPage *self,
             DexFuture       *future)
{
  return dex_future_then (future, bulk_done_cb, g_object_ref (self), g_object_unref);
}

static DexFuture *
assign_step (ProbityStepDialog *dialog,
             gpointer           data)
{
  ProbityListPage *self = PROBITY_LIST_PAGE (data);
  g_autoptr (GArray) ids = probity_id_selection_dup_ids (_probity_list_page_get_selection (self));

  return tell_result (self, probity_bulk_assign (get_session (self), get_kind (self), (const gint64 *) (gpointer) ids->data, ids->len, probity_step_dialog_get (dialog, "owner"), probity_step_dialog_get (dialog, "reason")));
}

static DexFuture *
action_step (ProbityStepDialog *dialog,
             gpointer           data)
{
  static const char *const fields[] = { "title", "what", "owner", "soft_deadline", "hard_deadline" };
  ProbityListPage         *self = PROBITY_LIST_PAGE (data);
  g_autoptr (GArray) ids = probity_id_selection_dup_ids (_probity_list_page_get_selection (self));
  g_autoptr (ProbityValues) values = probity_values_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (*probity_step_dialog_get (dialog, fields[i]) != '\0')
      probity_values_set (values, fields[i], probity_step_dialog_get (dialog, fields[i]));
  return tell_result (self, probity_bulk_add_action (get_session (self), get_kind (self), (const gint64 *) (gpointer) ids->data, ids->len, values));
}

/* Accounts that work on such cases; whether each may see a certain one is judged when it is done. */
static void
add_owner (ProbityListPage   *self,
           ProbityStepDialog *dialog,
           const char        *label,
           const char        *initial)
{
  const ProbityCaseKind *kind = probity_case_kind_of (probity_list_kind_get_record_kind (get_kind (self)));
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (get_session (self));
  guint                         n_accounts = probity_keyring_get_n_accounts (keyring);
  g_autofree ProbityStepChoice *choices = g_new0 (ProbityStepChoice, n_accounts + 1);
  guint                         n_choices = 0;

  for (guint i = 0; i < n_accounts; i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);

      if (probity_access_account_may (account, kind->work))
        choices[n_choices++] = (ProbityStepChoice) { account->name, account->name };
    }
  probity_step_dialog_add_pick (dialog, "owner", label, choices, n_choices, initial);
}

static ProbityStepDialog *
new_dialog (ProbityListPage *self,
            const char      *title,
            const char      *label,
            ProbityStepFunc  step)
{
  ProbityStepDialog *dialog = probity_step_dialog_new (get_session (self), title, label);
  guint              n_selected = probity_id_selection_get_n_selected (_probity_list_page_get_selection (self));
  g_autofree char   *note = g_strdup_printf (ngettext ("For %u case. It is logged.", "For each of %u cases. Each is logged.", n_selected), n_selected);

  probity_step_dialog_set_note (dialog, note);
  probity_step_dialog_set_step (dialog, step, g_object_ref (self), g_object_unref);
  return dialog;
}

static void
assign_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  ProbityListPage   *self = PROBITY_LIST_PAGE (widget);
  ProbityStepDialog *dialog = new_dialog (self, _ ("Assign"), _ ("_Assign"), assign_step);

  add_owner (self, dialog, _ ("New Owner"), probity_session_get_account_name (get_session (self)));
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, TRUE);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
add_action_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  ProbityListPage   *self = PROBITY_LIST_PAGE (widget);
  ProbityStepDialog *dialog = new_dialog (self, _ ("New Action"), _ ("_Add"), action_step);

  probity_step_dialog_add_text (dialog, "title", _ ("Action"), NULL, 1, TRUE);
  probity_step_dialog_add_text (dialog, "what", _ ("What is to be done"), NULL, 3, FALSE);
  add_owner (self, dialog, _ ("Who does it"), probity_session_get_account_name (get_session (self)));
  probity_step_dialog_add_text (dialog, "soft_deadline", _ ("Aim"), _ ("A day such as 2026-12-01, or +10 for ten working days."), 1, FALSE);
  probity_step_dialog_add_text (dialog, "hard_deadline", _ ("Deadline"), _ ("It is moved only for a reason."), 1, FALSE);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
unselect_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  ProbityListPage *self = PROBITY_LIST_PAGE (widget);

  probity_list_page_set_selecting (self, FALSE);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (_probity_list_page_get_selection (self)));
}

static void
toggle_row_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (_probity_list_page_get_selection (PROBITY_LIST_PAGE (widget)));
  guint              position = g_variant_get_uint32 (parameter);

  if (gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_unselect_item (selection, position);
  else
    gtk_selection_model_select_item (selection, position, FALSE);
}

void
_probity_list_page_class_install_selection_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.assign", NULL, assign_action);
  gtk_widget_class_install_action (widget_class, "page.add-action", NULL, add_action_action);
  gtk_widget_class_install_action (widget_class, "page.unselect", NULL, unselect_action);
  gtk_widget_class_install_action (widget_class, "page.toggle-row", "u", toggle_row_action);
}

void
_probity_list_page_enable_selection_actions (ProbityListPage *self,
                                             gboolean         enabled)
{
  static const char *const actions[] = { "page.assign", "page.add-action", "page.export-selected" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], enabled);
}

/* Only what this account may do with such rows is offered. */
void
_probity_list_page_set_up_selection_menu (ProbityListPage *self,
                                          GtkMenuButton   *button)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  if (probity_bulk_may_assign (get_session (self), get_kind (self)))
    g_menu_append (menu, _ ("_Assign…"), "page.assign");
  if (probity_bulk_may_act (get_session (self), get_kind (self)))
    g_menu_append (menu, _ ("_Add an Action…"), "page.add-action");
  g_menu_append (menu, _ ("_Export…"), "page.export-selected");
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}
