/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-complaint-dialog.h"

#include <glib/gi18n.h>

#include "probity-labels.h"
#include "probity-subjects.h"

static ProbityFormDialog *
make_dialog (ProbitySession   *session,
             const char       *title,
             ProbitySubjects **ret_subjects)
{
  ProbityFormDialog  *dialog = probity_form_dialog_new (session, probity_record_kind_find ("complaint"), title);
  ProbityForm        *form = probity_form_dialog_get_form (dialog);
  AdwPreferencesPage *page = probity_form_dialog_get_page (dialog);

  probity_form_add_group (form, page, _ ("Complaint"), NULL, (const char *const[]) { "reference", "received", "complainant", "allegation", NULL });
  *ret_subjects = probity_subjects_new (dialog);
  probity_form_add_group (form, page, _ ("Course"), NULL, (const char *const[]) { "status", "finalised", "result", NULL });
  probity_form_dialog_set_save (dialog, NULL, probity_subjects_save, *ret_subjects, NULL);
  return dialog;
}

/** probity_complaint_dialog_new: (transfer floating) */
AdwDialog *
probity_complaint_dialog_new (ProbitySession *session)
{
  ProbitySubjects   *subjects;
  ProbityFormDialog *dialog = make_dialog (session, probity_label_for_new ("complaint"), &subjects);

  probity_form_dialog_start (dialog, "complaint/new");
  return ADW_DIALOG (dialog);
}

/** probity_complaint_dialog_new_edit: (transfer floating): changes @record and its subjects. */
AdwDialog *
probity_complaint_dialog_new_edit (ProbitySession *session,
                                   ProbityRecord  *record)
{
  ProbitySubjects   *subjects;
  ProbityFormDialog *dialog = make_dialog (session, _ ("Edit Complaint"), &subjects);
  g_autofree char   *key = g_strconcat ("complaint/", probity_record_get_uid (record), NULL);

  probity_form_dialog_set_record (dialog, record);
  probity_subjects_load (subjects, record);
  probity_form_dialog_start (dialog, key);
  return ADW_DIALOG (dialog);
}
