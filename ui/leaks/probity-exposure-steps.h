/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-exposure.h"
#include "probity-step-dialog.h"

G_BEGIN_DECLS

/* The dialogs of the exposure page; those with fields are ProbityStepDialog. */

/**
 * Asks for a step of the narrowing. What the case says already is filled in: its records, and the earliest time at
 * which it was seen published; of places, roles and units those that the logs hold are offered where they are few.
 * Calls @present with the dialog (floating) once that is read.
 */
void       probity_exposure_step_dialog_open (GtkWidget      *page,
                                              ProbitySession *session,
                                              const char     *reference,
                                              void (*present) (GtkWidget *page,
                                                         GtkWidget *dialog));
GtkWidget *probity_exposure_add_dialog_new (ProbitySession *session,
                                            const char     *reference);
GtkWidget *probity_exposure_exclude_dialog_new (ProbitySession              *session,
                                                const char                  *reference,
                                                const ProbityExposurePerson *person);
GtkWidget *probity_exposure_subject_dialog_new (ProbitySession              *session,
                                                const char                  *reference,
                                                const ProbityExposurePerson *person);
/** Asks why @log is set aside; where it is, why it is taken in again. */
GtkWidget *probity_exposure_set_aside_dialog_new (ProbitySession           *session,
                                                  const char               *reference,
                                                  const ProbityExposureLog *log);
/** What @person opened: the rows that are left after the last step. */
AdwDialog *probity_exposure_rows_dialog_new (ProbitySession              *session,
                                             const char                  *reference,
                                             const ProbityExposurePerson *person);
/** The rows of @log as it was imported. */
AdwDialog *probity_exposure_log_rows_dialog_new (ProbitySession           *session,
                                                 const char               *reference,
                                                 const ProbityExposureLog *log);

G_END_DECLS
