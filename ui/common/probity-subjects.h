/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-form-dialog.h"

G_BEGIN_DECLS

/* The subjects of a complaint or report, in the dialog in which it is made or edited. Signal: changed. */
#define PROBITY_TYPE_SUBJECTS (probity_subjects_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySubjects, probity_subjects, PROBITY, SUBJECTS, GObject)

ProbitySubjects *probity_subjects_new (ProbityFormDialog *dialog);
void             probity_subjects_load (ProbitySubjects *self,
                                        ProbityRecord   *record);
void             probity_subjects_add (ProbitySubjects *self,
                                       const char      *staff_number,
                                       const char      *name,
                                       const char      *date_of_birth);
GStrv            probity_subjects_dup_staff_numbers (ProbitySubjects *self);
GPtrArray       *probity_subjects_dup_list (ProbitySubjects *self);
DexFuture       *probity_subjects_save (ProbityFormDialog *dialog,
                                        ProbityRecord     *record,
                                        ProbityValues     *values,
                                        gpointer           subjects);

G_END_DECLS
