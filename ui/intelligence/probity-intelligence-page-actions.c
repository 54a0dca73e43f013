/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-intelligence-page.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-intelligence-dialog.h"
#include "probity-intelligence.h"
#include "probity-reply.h"
#include "probity-toast.h"

static ProbityRecord *
get_record (gpointer self)
{
  return probity_record_page_get_record (PROBITY_RECORD_PAGE (self));
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  adw_dialog_present (probity_intelligence_dialog_new_edit (probity_page_get_session (PROBITY_PAGE (widget)), get_record (widget)), widget);
}

/* --- the original text --- */

static void open_original (ProbityIntelligencePage *self,
                           const char              *reason,
                           ProbityReplyFunc         func);
static void original_loaded_cb (gpointer      object,
                                const GValue *value,
                                const GError *error);
static void original_to_sanitise_cb (gpointer      object,
                                     const GValue *value,
                                     const GError *error);

static void
reason_changed_cb (AdwAlertDialog *dialog,
                   GtkEditable    *row)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  g_assert (ADW_IS_ALERT_DIALOG (dialog));

  adw_alert_dialog_set_response_enabled (dialog, "show", *reason != '\0');
}

static void
reason_answered_cb (ProbityIntelligencePage *self,
                    const char              *response,
                    AdwAlertDialog          *dialog)
{
  GtkEditable *row = g_object_get_data (G_OBJECT (dialog), "reason-row");
  gboolean     sanitise = g_object_get_data (G_OBJECT (dialog), "sanitise") != NULL;

  g_assert (PROBITY_IS_INTELLIGENCE_PAGE (self));

  if (g_str_equal (response, "show"))
    open_original (self, gtk_editable_get_text (row), sanitise ? original_to_sanitise_cb : original_loaded_cb);
}

static void
ask_for_reason (ProbityIntelligencePage *self,
                gboolean                 sanitise)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Why Do You Need the Original?"), _ ("It is neither your report nor was it sanitised by you. Your reason is logged."));
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Reason"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), list);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "show", _ ("_Show"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "show", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), "show", FALSE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "show");
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (dialog), "reason-row", row);
  g_object_set_data (G_OBJECT (dialog), "sanitise", GINT_TO_POINTER (sanitise));
  g_signal_connect_object (row, "changed", G_CALLBACK (reason_changed_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (reason_answered_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
  gtk_widget_grab_focus (row);
}

static gboolean
wants_reason (const GError *error)
{
  return error != NULL && error->domain == PROBITY_RECORD_ERROR &&
         g_strcmp0 (probity_record_error_get_field (error), "reason") == 0;
}

static void
original_loaded_cb (gpointer      object,
                    const GValue *value,
                    const GError *error)
{
  ProbityIntelligencePage *self = PROBITY_INTELLIGENCE_PAGE (object);

  if (wants_reason (error))
    ask_for_reason (self, FALSE);
  else if (error != NULL)
    probity_toast_error (GTK_WIDGET (self), error);
  else
    adw_dialog_present (probity_original_dialog_new (probity_record_get_reference (get_record (self)), g_value_get_string (value)), GTK_WIDGET (self));
}

static void
original_to_sanitise_cb (gpointer      object,
                         const GValue *value,
                         const GError *error)
{
  ProbityIntelligencePage *self = PROBITY_INTELLIGENCE_PAGE (object);

  if (wants_reason (error))
    ask_for_reason (self, TRUE);
  else if (error != NULL)
    probity_toast_error (GTK_WIDGET (self), error);
  else
    adw_dialog_present (probity_intelligence_dialog_new_sanitise (probity_page_get_session (PROBITY_PAGE (self)), get_record (self), g_value_get_string (value)), GTK_WIDGET (self));
}

static void
open_original (ProbityIntelligencePage *self,
               const char              *reason,
               ProbityReplyFunc         func)
{
  ProbitySession *session = probity_page_get_session (PROBITY_PAGE (self));
  ProbityRecord  *record = get_record (self);

  if (record != NULL)
    probity_reply (probity_record_load_withheld (session, probity_record_get_kind (record), probity_record_get_uid (record), "text", reason), self, func);
}

static void
show_original_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  open_original (PROBITY_INTELLIGENCE_PAGE (widget), NULL, original_loaded_cb);
}

static void
sanitise_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  open_original (PROBITY_INTELLIGENCE_PAGE (widget), NULL, original_to_sanitise_cb);
}

/* --- approving --- */

static void
approved_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  if (error != NULL)
    probity_toast_error (GTK_WIDGET (object), error);
  else
    probity_toast (GTK_WIDGET (object), _ ("The sanitised text is approved"));
}

static void
approve_answered_cb (ProbityIntelligencePage *self,
                     const char              *response)
{
  ProbityRecord *record = get_record (self);

  g_assert (PROBITY_IS_INTELLIGENCE_PAGE (self));

  if (g_str_equal (response, "approve") && record != NULL)
    probity_reply (probity_intelligence_approve_sanitised (probity_page_get_session (PROBITY_PAGE (self)), probity_record_get_uid (record), probity_record_get_version (record)), self, approved_cb);
}

static void
approve_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Approve the Sanitised Text?"), probity_record_get (get_record (widget), "sanitised_text"));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "approve", _ ("_Approve"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "approve", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "approve");
  g_signal_connect_object (dialog, "response", G_CALLBACK (approve_answered_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

void
_probity_intelligence_page_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "intelligence.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "intelligence.show-original", NULL, show_original_action);
  gtk_widget_class_install_action (widget_class, "intelligence.sanitise", NULL, sanitise_action);
  gtk_widget_class_install_action (widget_class, "intelligence.approve", NULL, approve_action);
}

void
_probity_intelligence_page_update_actions (ProbityIntelligencePage *self,
                                           ProbityRecord           *record)
{
  ProbitySession *session = probity_page_get_session (PROBITY_PAGE (self));
  gboolean        may_edit = probity_access_may (session, PROBITY_OPERATION_EDIT_INTELLIGENCE);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "intelligence.edit", may_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "intelligence.sanitise", may_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "intelligence.approve", probity_intelligence_may_approve (session, record));
}
