/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-session.h"

G_BEGIN_DECLS

/* Adds an account. Signal: added. */
#define PROBITY_TYPE_ACCOUNT_DIALOG (probity_account_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityAccountDialog, probity_account_dialog, PROBITY, ACCOUNT_DIALOG, AdwDialog)

AdwDialog *probity_account_dialog_new (ProbitySession *session);

G_END_DECLS
