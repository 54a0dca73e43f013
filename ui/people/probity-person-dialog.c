/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-person-dialog.h"

#include <glib/gi18n.h>

#include "probity-form-dialog.h"
#include "probity-labels.h"
#include "probity-staff-row.h"

static ProbityFormDialog *
make_person_dialog (ProbitySession *session,
                    const char     *title)
{
  ProbityFormDialog  *dialog = probity_form_dialog_new (session, probity_record_kind_find ("person"), title);
  ProbityForm        *form = probity_form_dialog_get_form (dialog);
  AdwPreferencesPage *page = probity_form_dialog_get_page (dialog);

  probity_form_add_group (form, page, _ ("Name"), NULL, (const char *const[]) { "staff_number", "forenames", "surname", "known_as", "former_names", NULL });
  probity_form_set_hint (form, "former_names", _ ("Names are compared in the checks: every earlier surname helps."));
  probity_form_add_group (form, page, _ ("Work"), NULL, (const char *const[]) { "rank", "unit", "line_manager", "employment_group", "status", "contracted_hours", "overtime_hours", NULL });
  probity_form_add_group (form, page, _ ("Person"), NULL, (const char *const[]) { "date_of_birth", "address", "postcode", "email", NULL });
  return dialog;
}

/** probity_person_dialog_new: (transfer floating): enters a person by hand. */
AdwDialog *
probity_person_dialog_new (ProbitySession *session)
{
  ProbityFormDialog *dialog = make_person_dialog (session, probity_label_for_new ("person"));

  probity_form_dialog_start (dialog, "person/new");
  return ADW_DIALOG (dialog);
}

/** probity_person_dialog_new_edit: (transfer floating): changes @record. */
AdwDialog *
probity_person_dialog_new_edit (ProbitySession *session,
                                ProbityRecord  *record)
{
  ProbityFormDialog *dialog = make_person_dialog (session, _ ("Edit Person"));
  g_autofree char   *key = g_strconcat ("person/", probity_record_get_uid (record), NULL);

  probity_form_dialog_set_record (dialog, record);
  probity_form_dialog_start (dialog, key);
  return ADW_DIALOG (dialog);
}

static ProbityFormDialog *
make_relation_dialog (ProbitySession *session,
                      const char     *title)
{
  ProbityFormDialog *dialog = probity_form_dialog_new (session, probity_record_kind_find ("relation"), title);

  probity_form_add_group (probity_form_dialog_get_form (dialog),
                          probity_form_dialog_get_page (dialog),
                          NULL,
                          _ ("Neither of two related people can open, find or count a case about the other."),
                          (const char *const[]) { "staff_number", "related_staff_number", "nature", "note", "ended", NULL });
  return dialog;
}

/** probity_relation_dialog_new: (transfer floating): relates the person @staff_number, called @name, to somebody. */
AdwDialog *
probity_relation_dialog_new (ProbitySession *session,
                             const char     *staff_number,
                             const char     *name)
{
  ProbityFormDialog *dialog = make_relation_dialog (session, probity_label_for_new ("relation"));
  GtkWidget         *row = probity_form_get_row (probity_form_dialog_get_form (dialog), "staff_number");

  probity_staff_row_set_person (PROBITY_STAFF_ROW (row), staff_number, name);
  gtk_widget_set_sensitive (row, FALSE);
  return ADW_DIALOG (dialog);
}

/** probity_relation_dialog_new_edit: (transfer floating): changes @record, or ends it. */
AdwDialog *
probity_relation_dialog_new_edit (ProbitySession *session,
                                  ProbityRecord  *record)
{
  ProbityFormDialog *dialog = make_relation_dialog (session, _ ("Edit Relation"));

  probity_form_dialog_set_record (dialog, record);
  return ADW_DIALOG (dialog);
}
