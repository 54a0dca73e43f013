/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-record.h"

G_BEGIN_DECLS

/*
 * Rows for the fields of a kind of record: checks what is typed, beside the field; collects values;
 * keeps a draft. Properties: valid, dirty. Signals: changed (field name);
 * collect (ProbityValues) before a draft is saved, restore (ProbityValues) when one comes back.
 *
 *   form = probity_form_new (session, kind);
 *   probity_form_add_group (form, page, _ ("The job"), NULL, (const char *const[]) { "employer", "category", NULL });
 *   probity_form_set_record (form, record);                    // when one is edited
 *   probity_form_set_draft (form, "second-job/new");           // kept as it is typed
 *   values = probity_form_dup_values (form);
 *   probity_form_show_error (form, error);                     // marks the field that was refused
 */
#define PROBITY_TYPE_FORM (probity_form_get_type ())
G_DECLARE_FINAL_TYPE (ProbityForm, probity_form, PROBITY, FORM, GObject)

ProbityForm         *probity_form_new (ProbitySession          *session,
                                       const ProbityRecordKind *kind);
AdwPreferencesGroup *probity_form_add_group (ProbityForm        *self,
                                             AdwPreferencesPage *page,
                                             const char         *title,
                                             const char         *description,
                                             const char *const  *fields);
void                 probity_form_add_row (ProbityForm         *self,
                                           AdwPreferencesGroup *group,
                                           const char          *field);
GtkWidget           *probity_form_get_row (ProbityForm *self,
                                           const char  *field);
void                 probity_form_set_title (ProbityForm *self,
                                             const char  *field,
                                             const char  *title);
void                 probity_form_set_hint (ProbityForm *self,
                                            const char  *field,
                                            const char  *hint);
void                 probity_form_set_record (ProbityForm   *self,
                                              ProbityRecord *record);
ProbityRecord       *probity_form_get_record (ProbityForm *self);
char                *probity_form_dup_value (ProbityForm *self,
                                             const char  *field);
void                 probity_form_set_value (ProbityForm *self,
                                             const char  *field,
                                             const char  *value);
void                 probity_form_preset (ProbityForm *self,
                                          const char  *field,
                                          const char  *value);
void                 probity_form_set_values (ProbityForm   *self,
                                              ProbityValues *values);
ProbityValues       *probity_form_dup_values (ProbityForm *self);
gboolean             probity_form_get_valid (ProbityForm *self);
gboolean             probity_form_get_dirty (ProbityForm *self);
void                 probity_form_touch (ProbityForm *self);
gboolean             probity_form_show_error (ProbityForm  *self,
                                              const GError *error);
void                 probity_form_focus_first_problem (ProbityForm *self);
void                 probity_form_set_draft (ProbityForm *self,
                                             const char  *key);
void                 probity_form_save_draft (ProbityForm *self);
void                 probity_form_discard_draft (ProbityForm *self);

G_END_DECLS
