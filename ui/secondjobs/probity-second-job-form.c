/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-second-job-form.h"

#include <glib/gi18n.h>

#include "probity-dialog-begin.h"
#include "probity-errors.h"
#include "probity-form.h"
#include "probity-labels.h"
#include "probity-reply.h"
#include "probity-seal-choice.h"

/* How long after the last key the hours are summed again. */
#define HOURS_DELAY_MS 400

struct _ProbitySecondJobForm
{
  AdwDialog parent_instance;

  ProbitySession *session;
  ProbityRecord  *record; /* NULL: a new application */
  ProbityForm    *form;
  ProbityValues  *draft; /* of an earlier time, not yet restored */
  guint           hours_id;
  gboolean        busy;

  ProbitySealChoice *seal; /* NULL: this account opens none sealed, or it is no new one */

  AdwPreferencesPage  *page;
  AdwPreferencesGroup *hours_group;
  GtkWidget           *hours_row;
  AdwBanner           *banner;
  AdwBanner           *draft_banner;
  GtkWidget           *submit_button;
  GtkWidget           *cancel_button;
  GtkWidget           *spinner;
};

G_DEFINE_FINAL_TYPE (ProbitySecondJobForm, probity_second_job_form, ADW_TYPE_DIALOG)

enum
{
  ENTERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
update (ProbitySecondJobForm *self)
{
  gtk_widget_set_sensitive (self->submit_button, !self->busy && probity_form_get_valid (self->form) && (self->seal == NULL || probity_seal_choice_get_valid (self->seal)));
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), !self->busy);
  gtk_widget_set_visible (self->spinner, self->busy);
}

/* --- Hours, summed as they are typed --- */

static void
hours_loaded_cb (gpointer      object,
                 const GValue *value,
                 const GError *error)
{
  ProbitySecondJobForm *self = object;
  ProbityHoursSummary  *hours = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->hours_group), hours != NULL);
  if (hours == NULL)
    return;
  /* Translators: the hours of all the work of a person, and the limit of the weekly average. */
  g_string_append_printf (text, _ ("%g of %g hours a week with police duty and other jobs"), hours->total, hours->limit);
  for (guint i = 0; hours->warnings != NULL && hours->warnings[i] != NULL; i++)
    g_string_append_printf (text, "\n%s", probity_label_for_value (hours->warnings[i]));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->hours_row), text->str);
  if (hours->warnings != NULL && hours->warnings[0] != NULL)
    gtk_widget_add_css_class (self->hours_row, "warning");
  else
    gtk_widget_remove_css_class (self->hours_row, "warning");
}

static void
hours_due_cb (gpointer data)
{
  ProbitySecondJobForm *self = data;
  g_autofree char      *number = probity_form_dup_value (self->form, "staff_number");
  g_autofree char      *hours = probity_form_dup_value (self->form, "weekly_hours");

  self->hours_id = 0;
  if (number == NULL || *number == '\0')
    return;
  probity_reply (probity_second_job_load_hours (self->session,
                                                self->record != NULL ? probity_record_get_reference (self->record) : NULL,
                                                number,
                                                hours != NULL ? g_ascii_strtod (hours, NULL) : 0),
                 self,
                 hours_loaded_cb);
}

static void
changed_cb (ProbitySecondJobForm *self,
            const char           *field)
{
  g_assert (PROBITY_IS_SECOND_JOB_FORM (self));

  if (g_strcmp0 (field, "staff_number") == 0 || g_strcmp0 (field, "weekly_hours") == 0)
    {
      g_clear_handle_id (&self->hours_id, g_source_remove);
      self->hours_id = g_timeout_add_once (HOURS_DELAY_MS, hours_due_cb, self);
    }
  if (g_strcmp0 (field, "staff_number") == 0 && self->seal != NULL)
    {
      g_autofree char *number = probity_form_dup_value (self->form, "staff_number");

      probity_seal_choice_set_people (self->seal, (const char *const[]) { *number != '\0' ? number : NULL, NULL });
    }
  update (self);
}

static void
valid_changed_cb (ProbitySecondJobForm *self)
{
  update (self);
}

/* --- Drafts --- */

static void
draft_loaded_cb (gpointer      object,
                 const GValue *value,
                 const GError *error)
{
  ProbitySecondJobForm *self = object;

  if (value == NULL || !G_VALUE_HOLDS (value, PROBITY_TYPE_VALUES) || g_value_get_boxed (value) == NULL)
    return;
  self->draft = g_value_dup_boxed (value);
  adw_banner_set_revealed (self->draft_banner, TRUE);
}

static void
restore_clicked_cb (ProbitySecondJobForm *self)
{
  g_assert (PROBITY_IS_SECOND_JOB_FORM (self));

  adw_banner_set_revealed (self->draft_banner, FALSE);
  if (self->draft != NULL)
    probity_form_set_values (self->form, self->draft);
  g_clear_pointer (&self->draft, probity_values_unref);
}

/* --- Submitting --- */

static void
show_problem (ProbitySecondJobForm *self,
              const GError         *error)
{
  g_autofree char *sentence = probity_error_dup_sentence (error);

  if (probity_form_show_error (self->form, error))
    {
      probity_form_focus_first_problem (self->form);
      return;
    }
  adw_banner_set_title (self->banner, sentence);
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
submitted_cb (gpointer      object,
              const GValue *value,
              const GError *error)
{
  ProbitySecondJobForm *self = object;
  g_autofree char      *uid = NULL;

  self->busy = FALSE;
  if (error != NULL)
    {
      show_problem (self, error);
      update (self);
      return;
    }

  probity_form_discard_draft (self->form);
  if (self->record != NULL)
    uid = g_strdup (probity_record_get_uid (self->record));
  else if (value != NULL && G_VALUE_HOLDS (value, PROBITY_TYPE_RECORD))
    uid = g_strdup (probity_record_get_uid (g_value_get_boxed (value)));
  g_object_ref (self);
  g_signal_emit (self, signals[ENTERED], 0, uid);
  /* While the dialog is still in the window, whose action it is. */
  if (self->record == NULL && uid != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(ss)", "second-job", uid);
  adw_dialog_force_close (ADW_DIALOG (self));
  g_object_unref (self);
}

static DexFuture *
submit (ProbitySecondJobForm *self,
        ProbityValues        *values)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *reason = NULL;

  if (self->seal == NULL || !probity_seal_choice_get_sealed (self->seal))
    return probity_second_job_submit (self->session, values);
  names = probity_seal_choice_dup_names (self->seal);
  reason = probity_seal_choice_dup_reason (self->seal);

  return probity_second_job_submit_sealed (self->session, values, (const char *const *) names, probity_seal_choice_get_with_checks (self->seal), reason);
}

static void
submit_clicked_cb (ProbitySecondJobForm *self)
{
  g_autoptr (ProbityValues) values = NULL;
  DexFuture *future;

  g_assert (PROBITY_IS_SECOND_JOB_FORM (self));

  if (!gtk_widget_get_sensitive (self->submit_button))
    return;
  values = probity_form_dup_values (self->form);
  adw_banner_set_revealed (self->banner, FALSE);
  self->busy = TRUE;
  update (self);
  if (self->record != NULL)
    future = probity_second_job_amend (self->session,
                                       probity_record_get_reference (self->record),
                                       probity_record_get_version (self->record),
                                       values);
  else
    future = submit (self, values);
  probity_reply (future, self, submitted_cb);
}

static void
cancel_clicked_cb (ProbitySecondJobForm *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
probity_second_job_form_closed (AdwDialog *dialog)
{
  ProbitySecondJobForm *self = PROBITY_SECOND_JOB_FORM (dialog);

  if (probity_form_get_dirty (self->form) && !self->busy)
    probity_form_save_draft (self->form);
}

static void
probity_second_job_form_dispose (GObject *object)
{
  ProbitySecondJobForm *self = PROBITY_SECOND_JOB_FORM (object);

  g_clear_handle_id (&self->hours_id, g_source_remove);
  g_clear_pointer (&self->draft, probity_values_unref);
  g_clear_object (&self->seal);
  g_clear_object (&self->form);
  g_clear_object (&self->session);
  g_clear_pointer (&self->record, probity_record_unref);

  G_OBJECT_CLASS (probity_second_job_form_parent_class)->dispose (object);
}

static void
probity_second_job_form_class_init (ProbitySecondJobFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = probity_second_job_form_dispose;
  ADW_DIALOG_CLASS (klass)->closed = probity_second_job_form_closed;

  signals[ENTERED] = g_signal_new ("entered",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);
}

static void
probity_second_job_form_init (ProbitySecondJobForm *self)
{
  GtkWidget     *view = adw_toolbar_view_new ();
  GtkWidget     *header = adw_header_bar_new ();
  AdwBreakpoint *breakpoint = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 300sp"));

  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  self->banner = ADW_BANNER (adw_banner_new (""));
  self->draft_banner = ADW_BANNER (adw_banner_new (_ ("There is a draft that was not submitted.")));
  adw_banner_set_button_label (self->draft_banner, _ ("_Restore"));
  self->cancel_button = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  self->submit_button = gtk_button_new_with_mnemonic (_ ("_Submit"));
  self->spinner = adw_spinner_new ();
  gtk_button_set_can_shrink (GTK_BUTTON (self->cancel_button), TRUE);
  gtk_button_set_can_shrink (GTK_BUTTON (self->submit_button), TRUE);
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_add_css_class (self->submit_button, "suggested-action");
  adw_banner_set_use_markup (self->banner, FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->cancel_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->submit_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->spinner);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->banner));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->draft_banner));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->page));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_content_width (ADW_DIALOG (self), 640);
  adw_dialog_set_content_height (ADW_DIALOG (self), 720);
  /* Beside large text the buttons need the room. */
  gtk_widget_set_size_request (GTK_WIDGET (self), 280, 200);
  adw_breakpoint_add_setters (breakpoint, G_OBJECT (header), "show-title", FALSE, NULL);
  adw_dialog_add_breakpoint (ADW_DIALOG (self), breakpoint);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Second Job Application"));
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->submit_button);
  probity_dialog_begin_in (ADW_DIALOG (self), GTK_WIDGET (self->page));

  g_signal_connect_object (self->submit_button, "clicked", G_CALLBACK (submit_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft_banner, "button-clicked", G_CALLBACK (restore_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cancel_button, "clicked", G_CALLBACK (cancel_clicked_cb), self, G_CONNECT_SWAPPED);
}

static void
add_hours (ProbitySecondJobForm *self)
{
  self->hours_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->hours_row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->hours_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->hours_row), _ ("Sum of Hours"));
  gtk_widget_add_css_class (self->hours_row, "property");
  adw_preferences_group_add (self->hours_group, self->hours_row);
  adw_preferences_page_add (self->page, self->hours_group);
  gtk_widget_set_visible (GTK_WIDGET (self->hours_group), FALSE);
}

static ProbitySecondJobForm *
make (ProbitySession *session,
      ProbityRecord  *record)
{
  ProbitySecondJobForm *self = g_object_new (PROBITY_TYPE_SECOND_JOB_FORM, NULL);
  g_autofree char      *draft = NULL;

  self->session = g_object_ref (session);
  self->record = record != NULL ? probity_record_ref (record) : NULL;
  self->form = probity_form_new (session, probity_record_kind_find ("second-job"));

  if (record == NULL)
    {
      probity_form_add_group (self->form, self->page, _ ("Applicant"), NULL, (const char *const[]) { "staff_number", "received", "how_declared", NULL });
      self->seal = probity_seal_choice_new (session, probity_case_kind_of (&probity_second_job_kind), !probity_access_may (session, PROBITY_OPERATION_SUBMIT), self->form, self->page);
    }
  probity_form_add_group (self->form, self->page, _ ("The Job"), NULL, (const char *const[]) { "employer", "own_business", "category", "nature", "paid", "place", "start", "already_started_since", "who_knew", "needed_by", NULL });
  probity_form_add_group (self->form, self->page, _ ("Hours"), NULL, (const char *const[]) { "weekly_hours", "pattern", NULL });
  add_hours (self);
  probity_form_add_group (self->form, self->page, _ ("Police Skills and Equipment"), _ ("What of the police role would be used in this work."), (const char *const[]) { "police_skills", "police_powers", "police_information", "police_equipment", NULL });
  probity_form_add_group (self->form, self->page, _ ("Conflicts of Interest"), NULL, (const char *const[]) { "customers", "licensed_trade", "private_security", "private_investigation", "relatives_interests", "relatives_licences", "publicity", NULL });
  probity_form_add_group (self->form, self->page, _ ("Declarations"), NULL, (const char *const[]) { "tax_insurance", "declarations", NULL });

  if (record != NULL)
    {
      adw_dialog_set_title (ADW_DIALOG (self), _ ("Amend Application"));
      gtk_button_set_label (GTK_BUTTON (self->submit_button), _ ("_Amend"));
      probity_form_set_record (self->form, record);
      draft = g_strdup_printf ("second-job/%s", probity_record_get_uid (record));
    }
  else
    {
      draft = g_strdup ("second-job/new");
    }
  g_signal_connect_object (self->form, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "notify::valid", G_CALLBACK (valid_changed_cb), self, G_CONNECT_SWAPPED);
  if (self->seal != NULL)
    g_signal_connect_object (self->seal, "notify::valid", G_CALLBACK (valid_changed_cb), self, G_CONNECT_SWAPPED);
  probity_form_set_draft (self->form, draft);
  probity_reply (probity_draft_load (session, draft), self, draft_loaded_cb);
  update (self);

  return self;
}

GtkWidget *
probity_second_job_form_new (ProbitySession *session)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);

  return GTK_WIDGET (make (session, NULL));
}

GtkWidget *
probity_second_job_form_new_for_amendment (ProbitySession *session,
                                           ProbityRecord  *record)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  return GTK_WIDGET (make (session, record));
}
