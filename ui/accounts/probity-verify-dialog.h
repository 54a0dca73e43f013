/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-session.h"

G_BEGIN_DECLS

/* Proves the casebook and says what came of it. */
#define PROBITY_TYPE_VERIFY_DIALOG (probity_verify_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityVerifyDialog, probity_verify_dialog, PROBITY, VERIFY_DIALOG, AdwDialog)

AdwDialog *probity_verify_dialog_new (ProbitySession *session);

G_END_DECLS
