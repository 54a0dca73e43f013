/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ctl-call.h"

G_BEGIN_DECLS

/** Takes PROBITY_PASSPHRASE out of the environment and overwrites it there; first thing in main(). */
void ctl_passphrase_take_environment (void);
/** The passphrase of the account that signs in: --passphrase-file, else the environment's, else asked. Free with ctl_passphrase_free(). */
char *ctl_passphrase_dup (CtlCall *call, const char *account, GError **error);
/** A new passphrase: from the file of option @name, else asked twice. */
char *ctl_passphrase_dup_new (CtlCall *call, const char *name, const char *account, GError **error);
/** Wipes and frees. */
void ctl_passphrase_free (char *passphrase);

typedef char CtlPassphrase;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlPassphrase, ctl_passphrase_free)

G_END_DECLS
