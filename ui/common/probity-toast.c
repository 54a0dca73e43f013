/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-toast.h"

#include <glib/gi18n.h>

#include "probity-errors.h"

/* What is longer than this is not read before a toast goes away. */
#define LONGEST_TOAST 90

/**
 * probity_toast:
 * @widget: any widget of a window or dialog
 * @text: plain text, a few words
 *
 * Shows @text over the window or dialog that @widget is in, and lets a screen reader say it.
 */
void
probity_toast (GtkWidget  *widget,
               const char *text)
{
  GtkWidget *overlay;
  AdwToast  *toast;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  if (overlay == NULL)
    return;

  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/**
 * probity_alert:
 * @widget: any widget of a window or dialog
 * @heading: what happened
 * @body: what was kept and what can be done
 *
 * Shows a text that has to be read before going on.
 */
void
probity_alert (GtkWidget  *widget,
               const char *heading,
               const char *body)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, widget);
}

static void
discard_answered_cb (AdwDialog  *dialog,
                     const char *response)
{
  if (g_str_equal (response, "discard"))
    adw_dialog_force_close (dialog);
}

/**
 * probity_ask_discard:
 * @dialog: a dialog that cannot be closed because somebody typed something into it, of which no draft is kept
 *
 * Asks whether that is given up, and closes it then.
 */
void
probity_ask_discard (AdwDialog *dialog)
{
  AdwDialog *question = adw_alert_dialog_new (_ ("Discard What You Entered?"), _ ("No draft of it is kept."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (question), "cancel", _ ("_Go On"), "discard", _ ("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (question), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (question), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (question), "cancel");
  g_signal_connect_object (question, "response", G_CALLBACK (discard_answered_cb), dialog, G_CONNECT_SWAPPED);
  adw_dialog_present (question, GTK_WIDGET (dialog));
}

/**
 * probity_toast_error:
 * @widget: any widget of a window or dialog
 * @error: (nullable): what went wrong; a cancelled step is passed over in silence
 *
 * Tells of @error in the words of probity_error_dup_sentence(): short ones in passing, long ones so
 * that they stay until read.
 */
void
probity_toast_error (GtkWidget    *widget,
                     const GError *error)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (error == NULL || probity_error_is_cancelled (error))
    return;

  sentence = probity_error_dup_sentence (error);
  if (g_utf8_strlen (sentence, -1) <= LONGEST_TOAST &&
      gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY) != NULL)
    probity_toast (widget, sentence);
  else
    probity_alert (widget, _ ("This Did Not Work"), sentence);
}
