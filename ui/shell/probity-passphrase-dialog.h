/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-session.h"

G_BEGIN_DECLS

#define PROBITY_TYPE_PASSPHRASE_DIALOG (probity_passphrase_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityPassphraseDialog, probity_passphrase_dialog, PROBITY, PASSPHRASE_DIALOG, AdwDialog)

AdwDialog *probity_passphrase_dialog_new_change (ProbitySession *session);
AdwDialog *probity_passphrase_dialog_new_reset (ProbitySession *session,
                                                const char     *account);
AdwDialog *probity_passphrase_dialog_new_recover (const char *folder);

G_END_DECLS
