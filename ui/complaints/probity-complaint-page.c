/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-complaint-page.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-complaint-dialog.h"
#include "probity-subject-group.h"

struct _ProbityComplaintPage
{
  ProbityRecordPage parent_instance;

  GtkWidget *edit_button;
};

G_DEFINE_FINAL_TYPE (ProbityComplaintPage, probity_complaint_page, PROBITY_TYPE_RECORD_PAGE)

static void
probity_complaint_page_show_record (ProbityRecordPage *page,
                                    ProbityRecord     *record)
{
  ProbityComplaintPage *self = PROBITY_COMPLAINT_PAGE (page);
  ProbitySession       *session = probity_page_get_session (PROBITY_PAGE (self));
  const char           *status = probity_record_get (record, "status");

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), probity_record_get_reference (record));
  probity_page_set_subtitle (PROBITY_PAGE (self), status != NULL ? status : _ ("Complaint"));
  gtk_widget_set_visible (self->edit_button, probity_access_may (session, PROBITY_OPERATION_EDIT_COMPLAINTS));

  probity_record_page_add_fields (page, _ ("Complaint"), (const char *const[]) { "received", "complainant", "allegation", NULL });
  probity_record_page_take_group (page, ADW_PREFERENCES_GROUP (probity_subject_group_new (session, record, probity_page_get_visit (PROBITY_PAGE (page)))));
  probity_record_page_add_fields (page, _ ("Course"), (const char *const[]) { "status", "finalised", "result", NULL });
}

static void
edit_cb (ProbityComplaintPage *self)
{
  ProbityRecord *record = probity_record_page_get_record (PROBITY_RECORD_PAGE (self));

  g_assert (PROBITY_IS_COMPLAINT_PAGE (self));

  if (record != NULL)
    adw_dialog_present (probity_complaint_dialog_new_edit (probity_page_get_session (PROBITY_PAGE (self)), record), GTK_WIDGET (self));
}

static void
probity_complaint_page_class_init (ProbityComplaintPageClass *klass)
{
  ProbityRecordPageClass *page_class = PROBITY_RECORD_PAGE_CLASS (klass);

  page_class->show_record = probity_complaint_page_show_record;
}

static void
probity_complaint_page_init (ProbityComplaintPage *self)
{
  self->edit_button = gtk_button_new_with_mnemonic (_ ("_Edit"));
  gtk_widget_set_visible (self->edit_button, FALSE);
  g_signal_connect_object (self->edit_button, "clicked", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  probity_page_pack_end (PROBITY_PAGE (self), self->edit_button);
}

/** probity_complaint_page_new: (transfer floating): the page of the complaint with @uid, which may be a reference. */
AdwNavigationPage *
probity_complaint_page_new (ProbitySession *session,
                            const char     *uid)
{
  return g_object_new (PROBITY_TYPE_COMPLAINT_PAGE, "session", session, "kind", "complaint", "uid", uid, NULL);
}
