/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-check.h"

G_BEGIN_DECLS

/* One check of an applicant or a subject: what was found, a verdict on each, and the result. */
#define PROBITY_TYPE_CHECK_DIALOG (probity_check_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityCheckDialog, probity_check_dialog, PROBITY, CHECK_DIALOG, AdwDialog)

/* @record: the second job */
GtkWidget *probity_check_dialog_new (ProbitySession  *session,
                                     ProbityRecord   *record,
                                     ProbityCheckKind kind);
GtkWidget *probity_check_dialog_new_to_read (ProbitySession  *session,
                                             ProbityRecord   *record,
                                             ProbityCheckKind kind);
/* @record: an investigation; @subject: the uid of one whom it is about, called @name */
GtkWidget *probity_check_dialog_new_for_subject (ProbitySession  *session,
                                                 ProbityRecord   *record,
                                                 const char      *subject,
                                                 const char      *name,
                                                 ProbityCheckKind kind,
                                                 gboolean         may_check);

G_END_DECLS
