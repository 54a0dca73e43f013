/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-form.h"

G_BEGIN_DECLS

/*
 * A dialog around a form: saves, marks the field that was refused, shows both versions when somebody
 * else saved first, keeps a draft. Signal: saved (ProbityRecord).
 */
#define PROBITY_TYPE_FORM_DIALOG (probity_form_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityFormDialog, probity_form_dialog, PROBITY, FORM_DIALOG, AdwDialog)

/** Saves @values; @record is the one being edited, %NULL for a new one. Resolves to ProbityRecord. */
typedef DexFuture *(*ProbityFormSaveFunc) (ProbityFormDialog *dialog,
                                           ProbityRecord     *record,
                                           ProbityValues     *values,
                                           gpointer           data);

/** Whether what the dialog asks beside its fields is answered; shows what is not. */
typedef gboolean (*ProbityFormReadyFunc) (ProbityFormDialog *dialog);

ProbityFormDialog       *probity_form_dialog_new (ProbitySession          *session,
                                                  const ProbityRecordKind *kind,
                                                  const char              *title);
ProbitySession          *probity_form_dialog_get_session (ProbityFormDialog *self);
ProbityForm             *probity_form_dialog_get_form (ProbityFormDialog *self);
const ProbityRecordKind *probity_form_dialog_get_kind (ProbityFormDialog *self);
AdwPreferencesPage      *probity_form_dialog_get_page (ProbityFormDialog *self);
void                     probity_form_dialog_set_record (ProbityFormDialog *self,
                                                         ProbityRecord     *record);
void                     probity_form_dialog_set_save (ProbityFormDialog  *self,
                                                       const char         *label,
                                                       ProbityFormSaveFunc func,
                                                       gpointer            data,
                                                       GDestroyNotify      data_destroy);
void                     probity_form_dialog_set_ready (ProbityFormDialog   *self,
                                                        ProbityFormReadyFunc func);
void                     probity_form_dialog_start (ProbityFormDialog *self,
                                                    const char        *draft_key);

G_END_DECLS
