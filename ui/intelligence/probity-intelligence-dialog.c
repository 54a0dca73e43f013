/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-intelligence-dialog.h"

#include <glib/gi18n.h>

#include "probity-labels.h"
#include "probity-subjects.h"

static void
add_report_group (ProbityFormDialog *dialog)
{
  ProbityForm *form = probity_form_dialog_get_form (dialog);

  probity_form_add_group (form, probity_form_dialog_get_page (dialog), _ ("Report"), NULL, (const char *const[]) { "reference", "date", "provenance", "source_reference", "category", "review_date", NULL });
  probity_form_set_hint (form, "source_reference", _ ("The source’s number, never a name."));
}

static void
add_grading_group (ProbityFormDialog *dialog)
{
  ProbityForm *form = probity_form_dialog_get_form (dialog);

  probity_form_add_group (form, probity_form_dialog_get_page (dialog), _ ("Grading (3×5×2)"), NULL, (const char *const[]) { "source_evaluation", "information_assessment", "handling_code", "handling_conditions", NULL });
  probity_form_set_hint (form, "handling_conditions", _ ("Needed with handling code C: what has to be kept to when it is shared."));
}

/** probity_intelligence_dialog_new: (transfer floating): enters a report with its original text. */
AdwDialog *
probity_intelligence_dialog_new (ProbitySession *session)
{
  ProbityFormDialog *dialog = probity_form_dialog_new (session, probity_record_kind_find ("intelligence-report"), probity_label_for_new ("intelligence-report"));
  ProbityForm       *form = probity_form_dialog_get_form (dialog);
  ProbitySubjects   *subjects;

  add_report_group (dialog);
  add_grading_group (dialog);
  subjects = probity_subjects_new (dialog);
  probity_form_add_group (form,
                          probity_form_dialog_get_page (dialog),
                          _ ("Text"),
                          _ ("The original opens to its author and its sanitiser only, to others with a reason that is logged. Lists, searches and checks show the sanitised text, which has no hint at the source."),
                          (const char *const[]) { "text", "sanitised_text", NULL });
  probity_form_dialog_set_save (dialog, NULL, probity_subjects_save, subjects, NULL);
  probity_form_dialog_start (dialog, "intelligence-report/new");
  return ADW_DIALOG (dialog);
}

/** probity_intelligence_dialog_new_edit: (transfer floating): changes @record but for its texts. */
AdwDialog *
probity_intelligence_dialog_new_edit (ProbitySession *session,
                                      ProbityRecord  *record)
{
  ProbityFormDialog *dialog = probity_form_dialog_new (session, probity_record_kind_find ("intelligence-report"), _ ("Edit Intelligence Report"));
  ProbitySubjects   *subjects;
  g_autofree char   *key = g_strconcat ("intelligence-report/", probity_record_get_uid (record), NULL);

  add_report_group (dialog);
  add_grading_group (dialog);
  subjects = probity_subjects_new (dialog);
  probity_form_dialog_set_save (dialog, NULL, probity_subjects_save, subjects, NULL);
  probity_form_dialog_set_record (dialog, record);
  probity_subjects_load (subjects, record);
  probity_form_dialog_start (dialog, key);
  return ADW_DIALOG (dialog);
}

static GtkWidget *
new_original_label (const char *original)
{
  GtkWidget *label = gtk_label_new (original != NULL && *original != '\0' ? original : _ ("There is no original text."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

/** probity_intelligence_dialog_new_sanitise: (transfer floating): writes the sanitised text beside @original (nullable). */
AdwDialog *
probity_intelligence_dialog_new_sanitise (ProbitySession *session,
                                          ProbityRecord  *record,
                                          const char     *original)
{
  ProbityFormDialog   *dialog = probity_form_dialog_new (session, probity_record_kind_find ("intelligence-report"), _ ("Sanitise"));
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char     *key = g_strconcat ("intelligence-report/sanitise/", probity_record_get_uid (record), NULL);

  adw_preferences_group_set_title (group, _ ("Original Text"));
  adw_preferences_group_add (group, new_original_label (original));
  adw_preferences_page_add (probity_form_dialog_get_page (dialog), group);
  probity_form_add_group (probity_form_dialog_get_form (dialog),
                          probity_form_dialog_get_page (dialog),
                          _ ("Sanitised Text"),
                          _ ("Nothing in it may point to the source. Somebody else approves it; an approval given before lapses."),
                          (const char *const[]) { "sanitised_text", NULL });
  probity_form_dialog_set_record (dialog, record);
  probity_form_dialog_start (dialog, key);
  return ADW_DIALOG (dialog);
}

/** probity_original_dialog_new: (transfer floating): shows @original until it is closed; nothing of it stays on the page. */
AdwDialog *
probity_original_dialog_new (const char *reference,
                             const char *original)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *label = new_original_label (original);

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 24);
  gtk_widget_set_margin_start (label, 18);
  gtk_widget_set_margin_end (label, 18);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scrolled);
  adw_dialog_set_title (dialog, reference);
  adw_dialog_set_content_width (dialog, 520);
  adw_dialog_set_content_height (dialog, 420);
  adw_dialog_set_child (dialog, view);
  return dialog;
}
