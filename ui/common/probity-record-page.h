/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-page.h"
#include "probity-record.h"

G_BEGIN_DECLS

/* The base of a record's page: asks for the record, shows it, and again when somebody saves it. */
#define PROBITY_TYPE_RECORD_PAGE (probity_record_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (ProbityRecordPage, probity_record_page, PROBITY, RECORD_PAGE, ProbityPage)

struct _ProbityRecordPageClass
{
  ProbityPageClass parent_class;

  /* Builds the groups anew with probity_record_page_add_group(). */
  void (*show_record) (ProbityRecordPage *self,
                       ProbityRecord     *record);
};

const char          *probity_record_page_get_uid (ProbityRecordPage *self);
ProbityRecord       *probity_record_page_get_record (ProbityRecordPage *self);
void                 probity_record_page_load (ProbityRecordPage *self);
AdwPreferencesGroup *probity_record_page_add_group (ProbityRecordPage *self,
                                                    const char        *title,
                                                    const char        *description);
GtkWidget           *probity_record_page_add_fields (ProbityRecordPage *self,
                                                     const char        *title,
                                                     const char *const *fields);
void                 probity_record_page_take_group (ProbityRecordPage   *self,
                                                     AdwPreferencesGroup *group);
void                 probity_record_page_add_widget (ProbityRecordPage *self,
                                                     GtkWidget         *widget);
GtkWidget           *probity_property_row_new (const char *title,
                                               const char *value);
GtkWidget           *probity_link_row_new (const char *title,
                                           const char *subtitle,
                                           const char *kind,
                                           const char *uid);

G_END_DECLS
