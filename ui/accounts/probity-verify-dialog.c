/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-verify-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "probity-audit.h"
#include "probity-errors.h"
#include "probity-labels.h"
#include "probity-record-page.h"
#include "probity-reply.h"

struct _ProbityVerifyDialog
{
  AdwDialog parent_instance;

  AdwToolbarView *view;
};

G_DEFINE_FINAL_TYPE (ProbityVerifyDialog, probity_verify_dialog, ADW_TYPE_DIALOG)

static void
add_problems (AdwPreferencesGroup *group,
              GStrv                problems)
{
  for (guint i = 0; problems != NULL && problems[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), problems[i]);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
      gtk_widget_add_css_class (row, "error");
      adw_preferences_group_add (group, row);
    }
}

/* What is in order and has to be known: above all that the casebook was restored from a backup. */
static void
add_notices (AdwPreferencesPage *page,
             GStrv               notices)
{
  AdwPreferencesGroup *group;

  if (notices == NULL || notices[0] == NULL)
    return;
  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (group, _ ("Restored From a Backup"));
  for (guint i = 0; notices[i] != NULL; i++)
    {
      const char *colon = strstr (notices[i], ": ");
      GtkWidget  *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), colon != NULL ? colon + 2 : notices[i]);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-information-symbolic"));
      adw_preferences_group_add (group, row);
    }
  adw_preferences_page_add (page, group);
}

static void
add_compartment (AdwPreferencesPage             *page,
                 const ProbityVerifyCompartment *compartment)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  ProbityCompartment   id;
  g_autofree char     *entries = NULL;

  adw_preferences_group_set_title (group, probity_compartment_from_string (compartment->name, &id) ? probity_label_for_compartment (id) : compartment->name);
  if (!compartment->held)
    {
      adw_preferences_group_set_description (group, _ ("Not judged: you do not hold its key."));
    }
  else
    {
      entries = g_strdup_printf ("%'" G_GINT64_FORMAT, compartment->entries);
      adw_preferences_group_add (group, probity_property_row_new (_ ("Entries"), entries));
      if (compartment->head != NULL)
        adw_preferences_group_add (group, probity_property_row_new (_ ("Head"), compartment->head));
      add_problems (group, compartment->problems);
    }
  adw_preferences_page_add (page, group);
}

static void
verified_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  ProbityVerifyDialog       *self = PROBITY_VERIFY_DIALOG (object);
  const ProbityVerifyReport *report;
  AdwPreferencesPage        *page;
  AdwPreferencesGroup       *group;
  GtkWidget                 *banner;

  if (error != NULL)
    {
      g_autofree char *sentence = probity_error_dup_sentence (error);
      g_autofree char *escaped = g_markup_escape_text (sentence, -1);
      GtkWidget       *status = adw_status_page_new ();

      adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "dialog-warning-symbolic");
      adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Not Verified"));
      adw_status_page_set_description (ADW_STATUS_PAGE (status), escaped);
      adw_toolbar_view_set_content (self->view, status);
      return;
    }
  report = g_value_get_boxed (value);
  banner = adw_banner_new (report->ok ? _ ("No problem found in what you can open") : _ ("Problems found: keep the casebook as it is and tell the administrator"));
  adw_banner_set_revealed (ADW_BANNER (banner), TRUE);
  adw_toolbar_view_add_top_bar (self->view, banner);
  page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  if (report->problems != NULL && *report->problems != NULL)
    {
      group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (group, _ ("The Casebook as a Whole"));
      add_problems (group, report->problems);
      adw_preferences_page_add (page, group);
    }
  add_notices (page, report->notices);
  for (guint i = 0; report->compartments != NULL && i < report->compartments->len; i++)
    add_compartment (page, g_ptr_array_index (report->compartments, i));
  adw_toolbar_view_set_content (self->view, GTK_WIDGET (page));
}

static void
probity_verify_dialog_class_init (ProbityVerifyDialogClass *klass)
{
}

static void
probity_verify_dialog_init (ProbityVerifyDialog *self)
{
  GtkWidget *spinner = adw_spinner_new ();

  self->view = ADW_TOOLBAR_VIEW (adw_toolbar_view_new ());
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Verifying"), -1);
  adw_toolbar_view_add_top_bar (self->view, adw_header_bar_new ());
  adw_toolbar_view_set_content (self->view, spinner);
  adw_dialog_set_child (ADW_DIALOG (self), GTK_WIDGET (self->view));
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Verify the Casebook"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 520);
  adw_dialog_set_content_height (ADW_DIALOG (self), 560);
}

/** probity_verify_dialog_new: (transfer floating): starts at once. */
AdwDialog *
probity_verify_dialog_new (ProbitySession *session)
{
  ProbityVerifyDialog *self = g_object_new (PROBITY_TYPE_VERIFY_DIALOG, NULL);

  probity_reply (probity_audit_verify (session, NULL), self, verified_cb);
  return ADW_DIALOG (self);
}
