/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-exposure.h"

G_BEGIN_DECLS

/*
 * Takes an access log into the exposure list of a leak: the file, why and under which authority, which column tells
 * what (as remembered of the system), and how its clock goes. Shows how far it is; can be stopped.
 *
 * Signal: imported (ProbityExposureLog), after the dialog has closed.
 */
#define PROBITY_TYPE_EXPOSURE_IMPORT_DIALOG (probity_exposure_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityExposureImportDialog, probity_exposure_import_dialog, PROBITY, EXPOSURE_IMPORT_DIALOG, AdwDialog)

AdwDialog *probity_exposure_import_dialog_new (ProbitySession *session,
                                               const char     *reference);
/** Chooses the file, as the row does. */
void probity_exposure_import_dialog_set_path (ProbityExposureImportDialog *self,
                                              const char                  *path);

G_END_DECLS
