/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-search.h"

G_BEGIN_DECLS

/*
 * A dialog in which somebody looks for one record by reference, name or words, and chooses it.
 *
 * Signal: found (const ProbitySearchHit *), after the dialog has closed.
 */
#define PROBITY_TYPE_CASE_FIND_DIALOG (probity_case_find_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityCaseFindDialog, probity_case_find_dialog, PROBITY, CASE_FIND_DIALOG, AdwDialog)

GtkWidget *probity_case_find_dialog_new (ProbitySession *session,
                                         const char     *title);
/** Leaves the record @uid out of what is found. */
void probity_case_find_dialog_hide (ProbityCaseFindDialog *self,
                                    const char            *uid);

G_END_DECLS
